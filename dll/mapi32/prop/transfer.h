/*
 * transfer: copies of properties from one object to another through IMAPIProp, and problem arrays.
 *
 * Contract: source and target are used as any caller would; no lock of ours may be held.
 */
#ifndef POSTROOM_PROP_TRANSFER_H
#define POSTROOM_PROP_TRANSFER_H

#include "prop/prop.h"

/* Room for count problems; NULL: out of memory. */
SPropProblemArray *problems_allocate(ULONG count);
/* problems may be NULL: nobody asked. */
void problems_add(SPropProblemArray *problems, ULONG index, ULONG tag, SCODE code);

/* Hands problems over when there are any and somebody asked; frees them otherwise. */
void problems_give(SPropProblemArray *problems, SPropProblemArray **out, HRESULT hr);

/* CopyTo and CopyProps through the target's SetProps. values are the source's. */
struct copy_request
{
    const SPropTagArray *include; /* CopyProps */
    const SPropTagArray *exclude; /* CopyTo; may be NULL */
    const IID *iid;
    void *target;
    ULONG flags;
    const SPropTagArray *computed; /* what the source computes and the target does not want; may be NULL */
};

/*
 * Named properties keep their names: they get the target's identifiers. Object properties are announced to a target that
 * is an IPropData; for any other they are problems (MAPI_E_NO_SUPPORT). moved: the source's tags that were copied, one
 * MAPI buffer, only with MAPI_MOVE. Problems count in the list that the caller gave, or in GetProps's.
 * MAPI_E_INVALID_PARAMETER: no object; MAPI_E_INTERFACE_NOT_SUPPORTED; MAPI_E_NO_ACCESS: the target is the source;
 * MAPI_E_NOT_ENOUGH_MEMORY; what GetProps and SetProps return.
 */
HRESULT prop_transfer(IMAPIProp *source, const struct copy_request *request, SPropProblemArray **problems,
                      SPropTagArray **moved);

#endif
