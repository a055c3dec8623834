/*
 * Rows: making them from a caller's values, looking values up, turning them into the columns that a view shows.
 */
#include "table/row.h"

#include <string.h>

/* The values in the order of their ids; FALSE when an id comes twice. */
static BOOL sort_values(const SPropValue *values, ULONG count, const SPropValue **sorted)
{
    ULONG i, at;

    for (i = 0; i < count; i++)
    {
        ULONG id = PROP_ID(values[i].ulPropTag);

        for (at = i; at && PROP_ID(sorted[at - 1]->ulPropTag) > id; at--)
            sorted[at] = sorted[at - 1];
        if (at && PROP_ID(sorted[at - 1]->ulPropTag) == id)
            return FALSE;
        sorted[at] = &values[i];
    }
    return TRUE;
}

static ULONG wide_type(const SPropValue *value)
{
    return prop_type_with_width(PROP_TYPE(value->ulPropTag), TRUE);
}

static HRESULT build_row(const SPropValue *const *sorted, ULONG count, struct table_row **out)
{
    size_t size, offset;
    struct table_row *row;
    ULONG i;

    size = offset = offsetof(struct table_row, values) + (size_t)count * sizeof(SPropValue);
    for (i = 0; i < count; i++)
    {
        if (!prop_extent(sorted[i], wide_type(sorted[i]), &size))
            return MAPI_E_INVALID_PARAMETER;
    }
    row = heap_alloc(size);
    if (!row)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    row->refcount = 1;
    row->count = count;
    row->sequence = 0;
    for (i = 0; i < count; i++)
    {
        if (!prop_place(&row->values[i], sorted[i], wide_type(sorted[i]), (BYTE *)row, size, &offset))
        {
            heap_free(row);
            return MAPI_E_INVALID_PARAMETER;
        }
    }
    *out = row;
    return S_OK;
}

HRESULT table_row_create(const SPropValue *values, ULONG count, struct table_row **out)
{
    const SPropValue **sorted;
    HRESULT hr;
    ULONG i;

    *out = NULL;
    /* A property id has 16 bits. */
    if (count > 0x10000 || (count && !values))
        return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < count; i++)
    {
        if (!prop_valid(&values[i]))
            return MAPI_E_INVALID_PARAMETER;
    }
    sorted = heap_alloc(count * sizeof(*sorted));
    if (!sorted)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = sort_values(values, count, sorted) ? build_row(sorted, count, out) : MAPI_E_INVALID_PARAMETER;
    heap_free(sorted);
    return hr;
}

void table_row_addref(struct table_row *row)
{
    InterlockedIncrement(&row->refcount);
}

void table_row_release(struct table_row *row)
{
    if (row && !InterlockedDecrement(&row->refcount))
        heap_free(row);
}

const SPropValue *table_row_value(const struct table_row *row, ULONG tag)
{
    ULONG low = 0, high = row->count, middle, id = PROP_ID(tag);

    while (low < high)
    {
        middle = (low + high) / 2;
        if (PROP_ID(row->values[middle].ulPropTag) < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < row->count && PROP_ID(row->values[low].ulPropTag) == id ? &row->values[low] : NULL;
}

const SPropValue *table_row_typed(const struct table_row *row, ULONG tag)
{
    const SPropValue *value = table_row_value(row, tag);

    return value && PROP_TYPE(value->ulPropTag) == prop_type_with_width(PROP_TYPE(tag), TRUE) ? value : NULL;
}

/* What a column shows: a value to be kept as *type, or NULL and an error. */
static const SPropValue *column_value(const struct table_row *row, ULONG tag, BOOL wide, ULONG *type, SCODE *error)
{
    const SPropValue *value = table_row_value(row, tag);
    ULONG stored;

    *error = MAPI_E_NOT_FOUND;
    if (!value)
        return NULL;
    stored = PROP_TYPE(value->ulPropTag);
    *type = PROP_TYPE(tag);
    if (*type == PT_UNSPECIFIED)
        *type = prop_type_with_width(stored, wide);
    if (stored == PT_ERROR)
        *error = value->Value.err;
    return stored != PT_ERROR && prop_type_with_width(*type, TRUE) == stored ? value : NULL;
}

HRESULT table_row_output(const struct table_row *row, const SPropTagArray *columns, BOOL wide, SPropValue **out)
{
    size_t size = columns->cValues * sizeof(SPropValue), offset = size;
    const SPropValue *value;
    SPropValue *values;
    ULONG type, i;
    SCODE error;

    *out = NULL;
    for (i = 0; i < columns->cValues; i++)
    {
        value = column_value(row, columns->aulPropTag[i], wide, &type, &error);
        if (value && !prop_extent(value, type, &size))
            return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (size > MAXLONG || FAILED(MAPIAllocateBuffer(size, (void **)&values)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < columns->cValues; i++)
    {
        ULONG tag = columns->aulPropTag[i];

        value = column_value(row, tag, wide, &type, &error);
        if (PROP_TYPE(tag) == PT_NULL)
        {
            /* Space that the client reserved for itself. */
            memset(&values[i], 0, sizeof(values[i]));
            values[i].ulPropTag = tag;
        }
        else if (!value || !prop_place(&values[i], value, type, (BYTE *)values, size, &offset))
        {
            prop_set_error(&values[i], tag, error);
        }
    }
    *out = values;
    return S_OK;
}
