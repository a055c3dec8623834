/*
 * The properties of an IPropData (see prop_data.h).
 */
#include "prop/prop_data.h"

#include "prop/layout.h"

#include <string.h>

void prop_records_clear(struct prop_records *records)
{
    prop_bag_clear(&records->bag);
    heap_free(records->records);
    memset(records, 0, sizeof(*records));
}

struct prop_record *prop_records_find(const struct prop_records *records, ULONG tag)
{
    size_t i;

    for (i = 0; i < records->count; i++)
    {
        if (PROP_ID(records->records[i].tag) == PROP_ID(tag))
            return &records->records[i];
    }
    return NULL;
}

HRESULT prop_records_judge(const struct prop_records *records, ULONG tag)
{
    const struct prop_record *record = prop_records_find(records, tag);
    struct prop_shape shape;

    if (!prop_shape_of(PROP_TYPE(tag), &shape) || PROP_TYPE(tag) == PT_UNSPECIFIED || !PROP_ID(tag)
        || PROP_ID(tag) == PROP_ID_INVALID)
        return MAPI_E_INVALID_TYPE;
    return record && (record->flags & IPROP_READONLY) ? MAPI_E_NO_ACCESS : S_OK;
}

BOOL prop_records_values_valid(ULONG count, const SPropValue *values)
{
    struct prop_shape shape;
    size_t size;
    ULONG i;

    if (!count || !size_multiply(count, sizeof(*values), &size) || !memory_readable(values, size))
        return FALSE;
    for (i = 0; i < count; i++)
    {
        ULONG tag = values[i].ulPropTag;

        if (tag == PR_NULL || PROP_TYPE(tag) == PT_ERROR || !prop_shape_of(PROP_TYPE(tag), &shape))
            continue;
        if (PROP_TYPE(tag) == PT_OBJECT || PROP_TYPE(tag) == PT_NULL || !prop_valid(&values[i])
            || (shape.multiple && !PROP_COUNT(&values[i])))
            return FALSE;
    }
    return TRUE;
}

/* There is room for it. */
static void record_written(struct prop_records *records, ULONG tag)
{
    struct prop_record *record = prop_records_find(records, tag);

    if (!record)
    {
        record = &records->records[records->count++];
        record->flags = IPROP_READWRITE;
    }
    record->tag = tag;
    record->deleted = FALSE;
    record->flags = (record->flags & IPROP_ACCESS) | IPROP_DIRTY;
}

/* Makes room first, so that nothing can fail in the middle. */
static HRESULT commit(struct prop_records *records, struct prop_bag *staged)
{
    struct prop_bag *bag = &records->bag;
    size_t i, j;

    if (!array_reserve((void **)&bag->values, &bag->capacity, bag->count + staged->count, sizeof(*bag->values))
        || !array_reserve((void **)&records->records, &records->capacity, records->count + staged->count,
                          sizeof(*records->records)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < staged->count; i++)
    {
        ULONG tag = staged->values[i]->ulPropTag;

        for (j = 0; j < bag->count && PROP_ID(bag->values[j]->ulPropTag) != PROP_ID(tag); j++)
            ;
        if (j < bag->count)
            MAPIFreeBuffer(bag->values[j]);
        else
            bag->count++;
        bag->values[j] = staged->values[i];
        record_written(records, tag);
    }
    staged->count = 0;
    return S_OK;
}

HRESULT prop_records_set(struct prop_records *records, ULONG count, const SPropValue *values,
                         SPropProblemArray *problems)
{
    struct prop_bag staged;
    HRESULT hr = S_OK, judged;
    ULONG i;

    prop_bag_init(&staged);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        ULONG tag = values[i].ulPropTag;

        if (tag == PR_NULL || PROP_TYPE(tag) == PT_ERROR)
            continue;
        if (FAILED(judged = prop_records_judge(records, tag)))
            problems_add(problems, i, tag, judged);
        else
            hr = prop_bag_set(&staged, &values[i]);
    }
    if (SUCCEEDED(hr))
        hr = commit(records, &staged);
    prop_bag_clear(&staged);
    return hr;
}

void prop_records_delete(struct prop_records *records, const SPropTagArray *tags, SPropProblemArray *problems)
{
    struct prop_record *record;
    ULONG i;

    for (i = 0; i < tags->cValues; i++)
    {
        record = prop_records_find(records, tags->aulPropTag[i]);
        if (!record || record->deleted)
            continue;
        if (record->flags & IPROP_READONLY)
        {
            problems_add(problems, i, tags->aulPropTag[i], MAPI_E_NO_ACCESS);
            continue;
        }
        prop_bag_remove(&records->bag, record->tag);
        record->deleted = TRUE;
        record->flags = (record->flags & IPROP_ACCESS) | IPROP_DIRTY;
    }
}

/* At least one flag, never two that say the opposite. */
BOOL prop_records_flags_valid(const ULONG *flags, ULONG count)
{
    ULONG i;

    for (i = 0; i < count; i++)
    {
        if (!flags[i] || (flags[i] & ~(ULONG)(IPROP_ACCESS | IPROP_STATUS)) || (flags[i] & IPROP_ACCESS) == IPROP_ACCESS
            || (flags[i] & IPROP_STATUS) == IPROP_STATUS)
            return FALSE;
    }
    return TRUE;
}

void prop_records_set_flags(struct prop_records *records, const SPropTagArray *tags, const ULONG *flags)
{
    struct prop_record *record;
    ULONG i;

    for (i = 0; i < tags->cValues; i++)
    {
        if (!(record = prop_records_find(records, tags->aulPropTag[i])))
            continue;
        if (flags[i] & IPROP_ACCESS)
            record->flags = (record->flags & IPROP_STATUS) | (flags[i] & IPROP_ACCESS);
        if (flags[i] & IPROP_STATUS)
            record->flags = (record->flags & IPROP_ACCESS) | (flags[i] & IPROP_STATUS);
        if (record->deleted && (record->flags & IPROP_CLEAN))
            *record = records->records[--records->count];
    }
}

/* What a caller is told: 0 deleted or unknown, IPROP_DIRTY alone when it was changed, else the access alone. */
ULONG prop_records_flags(const struct prop_records *records, ULONG tag)
{
    const struct prop_record *record = prop_records_find(records, tag);

    if (!record || record->deleted)
        return 0;
    return record->flags & IPROP_DIRTY ? IPROP_DIRTY : record->flags & IPROP_ACCESS;
}

HRESULT prop_records_access(const struct prop_records *records, const SPropTagArray *tags, SPropTagArray **list,
                            ULONG **access)
{
    ULONG count = tags ? tags->cValues : records->count, i;

    if (FAILED(MAPIAllocateBuffer(CbNewSPropTagArray(count), (void **)list)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(MAPIAllocateBuffer(count * sizeof(**access) + 1, (void **)access)))
    {
        MAPIFreeBuffer(*list);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    (*list)->cValues = count;
    for (i = 0; i < count; i++)
    {
        (*list)->aulPropTag[i] = tags ? tags->aulPropTag[i] : records->records[i].tag;
        (*access)[i] = prop_records_flags(records, (*list)->aulPropTag[i]);
    }
    return S_OK;
}
