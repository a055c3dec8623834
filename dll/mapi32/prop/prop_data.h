/*
 * prop_data: the properties of an IPropData, with what may be done with each and what has been done.
 *
 * Contract: no lock, the owner has one. Nothing here calls foreign code. A property that is deleted is remembered until
 * somebody declares it clean.
 */
#ifndef POSTROOM_PROP_PROP_DATA_H
#define POSTROOM_PROP_PROP_DATA_H

#include "prop/prop.h"
#include "prop/transfer.h"

#define IPROP_ACCESS (IPROP_READONLY | IPROP_READWRITE)
#define IPROP_STATUS (IPROP_CLEAN | IPROP_DIRTY)

struct prop_record
{
    ULONG tag;
    ULONG flags;  /* one of IPROP_ACCESS, one of IPROP_STATUS */
    BOOL deleted; /* no value in the bag */
};

struct prop_records
{
    struct prop_bag bag;
    struct prop_record *records;
    size_t count, capacity;
};

void prop_records_clear(struct prop_records *records);
struct prop_record *prop_records_find(const struct prop_records *records, ULONG tag);

/* Whether a value may be written; S_OK, or what to report: MAPI_E_NO_ACCESS, MAPI_E_INVALID_TYPE. */
HRESULT prop_records_judge(const struct prop_records *records, ULONG tag);

/* SetProps' parameters: nothing with an object or without a value, no text that ends nowhere. Unknown types pass. */
BOOL prop_records_values_valid(ULONG count, const SPropValue *values);

/* SetProps. All or nothing but for the problems, for which there is room. MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT prop_records_set(struct prop_records *records, ULONG count, const SPropValue *values,
                         SPropProblemArray *problems);
void prop_records_delete(struct prop_records *records, const SPropTagArray *tags, SPropProblemArray *problems);

/* HrSetPropAccess and HrGetPropAccess: flags for tags. */
BOOL prop_records_flags_valid(const ULONG *flags, ULONG count);
void prop_records_set_flags(struct prop_records *records, const SPropTagArray *tags, const ULONG *flags);
ULONG prop_records_flags(const struct prop_records *records, ULONG tag);

/* HrGetPropAccess. tags NULL: everything, deleted properties as well. Both results are MAPI buffers. */
HRESULT prop_records_access(const struct prop_records *records, const SPropTagArray *tags, SPropTagArray **list,
                            ULONG **access);

#endif
