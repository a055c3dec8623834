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
    row->is_heading = FALSE;
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

    while (high - low > 8)
    {
        middle = (low + high) / 2;
        if (PROP_ID(row->values[middle].ulPropTag) < id)
            low = middle + 1;
        else
            high = middle + 1;
    }
    /* A few are looked through faster than divided. */
    while (low < high && PROP_ID(row->values[low].ulPropTag) < id)
        low++;
    return low < high && PROP_ID(row->values[low].ulPropTag) == id ? &row->values[low] : NULL;
}

const SPropValue *table_row_typed(const struct table_row *row, ULONG tag)
{
    const SPropValue *value = table_row_value(row, tag);

    return value && PROP_TYPE(value->ulPropTag) == prop_type_with_width(PROP_TYPE(tag), TRUE) ? value : NULL;
}

/* How a view shows a row: what column_value needs. */
struct row_look
{
    const struct table_row *row;
    BOOL wide;
    SPropValue type, depth; /* of a row of data in a categorized view; no tag otherwise */
};

static void look_at(struct row_look *look, const struct table_row *row, BOOL wide, ULONG levels)
{
    memset(look, 0, sizeof(*look));
    look->row = row;
    look->wide = wide;
    if (!levels || row->is_heading)
        return;
    look->type.ulPropTag = PR_ROW_TYPE;
    look->type.Value.l = TBL_LEAF_ROW;
    look->depth.ulPropTag = PR_DEPTH;
    look->depth.Value.l = levels;
}

/* Types whose values lie in the structure. */
static BOOL is_plain(ULONG type)
{
    switch (type)
    {
    case PT_I2:
    case PT_LONG:
    case PT_R4:
    case PT_DOUBLE:
    case PT_CURRENCY:
    case PT_APPTIME:
    case PT_BOOLEAN:
    case PT_I8:
    case PT_SYSTIME:
        return TRUE;
    }
    return FALSE;
}

/* What a column shows: a value to be kept as *type, or NULL and an error. */
static const SPropValue *column_value(const struct row_look *look, ULONG tag, ULONG *type, SCODE *error)
{
    const SPropValue *value;
    ULONG stored;

    if (PROP_ID(tag) == PROP_ID(PR_ROW_TYPE) && look->type.ulPropTag)
        value = &look->type;
    else if (PROP_ID(tag) == PROP_ID(PR_DEPTH) && look->depth.ulPropTag)
        value = &look->depth;
    else
        value = table_row_value(look->row, tag);
    *error = MAPI_E_NOT_FOUND;
    *type = PROP_TYPE(tag);
    if (!value)
        return NULL;
    if (value->ulPropTag == tag && is_plain(*type))
        return value;
    stored = PROP_TYPE(value->ulPropTag);
    if (*type == PT_UNSPECIFIED)
        *type = prop_type_with_width(stored, look->wide);
    if (stored == PT_ERROR)
        *error = value->Value.err;
    return stored != PT_ERROR && prop_type_with_width(*type, TRUE) == stored ? value : NULL;
}

/* Columns whose values are looked up once only. */
#define REMEMBERED 32

HRESULT table_row_output(const struct table_row *row, const SPropTagArray *columns, BOOL wide, ULONG levels,
                         SPropValue **out)
{
    size_t size = columns->cValues * sizeof(SPropValue), offset = size;
    const SPropValue *value, *found[REMEMBERED];
    ULONG type, types[REMEMBERED], i;
    SCODE error, errors[REMEMBERED];
    struct row_look look;
    SPropValue *values;

    *out = NULL;
    look_at(&look, row, wide, levels);
    for (i = 0; i < columns->cValues; i++)
    {
        value = column_value(&look, columns->aulPropTag[i], &type, &error);
        if (value && !is_plain(type) && !prop_extent(value, type, &size))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        if (i >= REMEMBERED)
            continue;
        found[i] = value;
        types[i] = type;
        errors[i] = error;
    }
    if (size > MAXLONG || FAILED(MAPIAllocateBuffer(size, (void **)&values)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < columns->cValues; i++)
    {
        ULONG tag = columns->aulPropTag[i];

        if (i < REMEMBERED)
        {
            value = found[i];
            type = types[i];
            error = errors[i];
        }
        else
        {
            value = column_value(&look, tag, &type, &error);
        }
        if (value && is_plain(type))
        {
            values[i] = *value;
        }
        else if (PROP_TYPE(tag) == PT_NULL)
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
