/*
 * entry: calls of message services' entry functions (MSGSERVICEENTRY).
 */
#ifndef POSTROOM_SERVICE_ENTRY_H
#define POSTROOM_SERVICE_ENTRY_H

#include "service/service.h"

#define SERVICE_UI_FLAGS (SERVICE_UI_ALWAYS | SERVICE_UI_ALLOWED)

/* One call. What is not named is zero. */
struct entry_call
{
    struct profile *profile;
    struct gate *gate; /* may be NULL */
    MAPIUID service;
    ULONG context; /* MSG_SERVICE_* */
    ULONG_PTR window;
    ULONG flags;
    ULONG count;
    const SPropValue *values;
    const MAPIUID *provider; /* that MSG_SERVICE_PROVIDER_CREATE and _DELETE are about; else NULL */
    const WCHAR *created;    /* the name that CreateProvider made it of */
    BOOL called;             /* out: the result is the entry function's own */
};

/*
 * Loads the DLL that the service's section names and calls its entry function with a configuration support object and a
 * provider administration, both good until it returns. error: as for service_configure, never NULL.
 * MAPI_E_NOT_FOUND: no such service, or no such DLL; MAPI_E_NOT_INITIALIZED: no entry function; what library_load says;
 * what the entry function answers.
 */
HRESULT entry_run(struct entry_call *call, MAPIERROR **error);

/* As entry_run, with the DLL and the entry function named by the caller, of a service that no profile has. */
HRESULT entry_run_named(struct entry_call *call, const WCHAR *dll, const WCHAR *entry, MAPIERROR **error);

#endif
