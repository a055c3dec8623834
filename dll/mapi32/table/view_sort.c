/*
 * Sort orders: checking a caller's, comparing the rows of a view, sorting many of them.
 *
 * What sorts many rows reads one column of all of them into numbers that have its order, sorts those, and goes on with
 * the next column where they are equal; only texts and bytes are compared where they lie.
 */
#include "table/view.h"

#include <string.h>

#define MAX_SORTS 256

/* What a heading shows of its own. */
static BOOL heading_has(ULONG tag)
{
    switch (PROP_ID(tag))
    {
    case PROP_ID(PR_CONTENT_COUNT):
    case PROP_ID(PR_CONTENT_UNREAD):
    case PROP_ID(PR_INSTANCE_KEY):
    case PROP_ID(PR_ROW_TYPE):
    case PROP_ID(PR_DEPTH):
        return TRUE;
    }
    return FALSE;
}

static HRESULT check_column(const SSortOrderSet *sort, ULONG i)
{
    ULONG tag = sort->aSort[i].ulPropTag, order = sort->aSort[i].ulOrder, j;
    struct prop_shape shape;

    if (order == TABLE_SORT_COMBINE ? !i || i >= sort->cCategories
                                    : order != TABLE_SORT_ASCEND && order != TABLE_SORT_DESCEND)
        return MAPI_E_TOO_COMPLEX;
    if (!prop_shape_of(PROP_TYPE(tag), &shape) || shape.kind == PROP_KIND_EMPTY || PROP_TYPE(tag) == PT_ERROR)
        return MAPI_E_TOO_COMPLEX;
    if (i >= sort->cCategories)
        return S_OK;
    if (heading_has(tag))
        return MAPI_E_INVALID_PARAMETER;
    for (j = 0; j < i; j++)
    {
        if (PROP_ID(sort->aSort[j].ulPropTag) == PROP_ID(tag))
            return MAPI_E_TOO_COMPLEX;
    }
    return S_OK;
}

HRESULT sort_order_create(const SSortOrderSet *sort, struct sort_order **out)
{
    struct sort_order *order;
    HRESULT hr = S_OK;
    ULONG count, i;

    *out = NULL;
    if (!memory_readable(sort, offsetof(SSortOrderSet, aSort)))
        return MAPI_E_INVALID_PARAMETER;
    count = sort->cSorts;
    if (sort->cCategories > count || sort->cExpanded > sort->cCategories)
        return MAPI_E_INVALID_PARAMETER;
    if (count > MAX_SORTS)
        return MAPI_E_TOO_COMPLEX;
    if (!memory_readable(sort, CbNewSSortOrderSet(count)))
        return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        hr = check_column(sort, i);
    if (FAILED(hr))
        return hr;
    order = heap_alloc_zero(offsetof(struct sort_order, set) + CbNewSSortOrderSet(count));
    if (!order)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(&order->set, sort, CbNewSSortOrderSet(count));
    for (i = 0; i < order->set.cCategories; i++)
        order->levels += order->set.aSort[i].ulOrder != TABLE_SORT_COMBINE;
    *out = order;
    return S_OK;
}

ULONG sort_level_columns(const struct sort_order *sort, ULONG level)
{
    ULONG i, left = level + 1;

    for (i = 0; i < sort->set.cCategories; i++)
    {
        if (sort->set.aSort[i].ulOrder != TABLE_SORT_COMBINE && !left--)
            break;
    }
    return i;
}

int order_columns(const struct ordering *ordering, const struct table_row *a, const struct table_row *b, ULONG from,
                  ULONG to)
{
    const SPropValue *x, *y;
    int order;
    ULONG i;

    for (i = from; i < to; i++)
    {
        const SSortOrder *key = &ordering->sort->set.aSort[i];

        x = table_row_typed(a, key->ulPropTag);
        y = table_row_typed(b, key->ulPropTag);
        /* A missing value comes last in both directions (ssortorder). */
        if (!x || !y)
            order = !x - !y;
        else if ((order = prop_order_in(x, y, ordering->locale)) && key->ulOrder == TABLE_SORT_DESCEND)
            order = -order;
        if (order)
            return order;
    }
    return 0;
}

/* A row on its way through sorting; number has the order of the column at hand. */
struct sort_item
{
    ULONGLONG number;
    void *row;
};

static ULONGLONG number_of_double(double value)
{
    ULONGLONG bits;

    if (value != value)
        return 0;
    value += 0.0; /* there is one zero */
    memcpy(&bits, &value, sizeof(bits));
    return bits >> 63 ? ~bits : bits | 1ull << 63;
}

/* FALSE: equal numbers do not mean equal values. */
static BOOL number_of(const SPropValue *value, ULONGLONG *number)
{
    ULONG i;

    switch (PROP_TYPE(value->ulPropTag))
    {
    case PT_I2:
        *number = (USHORT)value->Value.i ^ 0x8000u;
        return TRUE;
    case PT_BOOLEAN:
        *number = !!value->Value.b;
        return TRUE;
    case PT_LONG:
        *number = (ULONG)value->Value.l ^ 0x80000000u;
        return TRUE;
    case PT_R4:
        *number = number_of_double(value->Value.flt);
        return TRUE;
    case PT_DOUBLE:
    case PT_APPTIME:
        *number = number_of_double(value->Value.dbl);
        return TRUE;
    case PT_SYSTIME:
        *number = (ULONGLONG)value->Value.li.QuadPart;
        return TRUE;
    case PT_I8:
    case PT_CURRENCY:
        *number = (ULONGLONG)value->Value.li.QuadPart ^ 1ull << 63;
        return TRUE;
    case PT_BINARY:
        for (*number = 0, i = 0; i < 8 && i < value->Value.bin.cb; i++)
            *number |= (ULONGLONG)value->Value.bin.lpb[i] << (56 - 8 * i);
        return FALSE;
    default:
        *number = 0;
        return FALSE;
    }
}

/* The rows that lack the column go behind the others, in their order. Returns how many have it. */
static ULONG read_column(const SSortOrder *column, struct sort_item *items, ULONG count, struct sort_item *room,
                         BOOL *exact)
{
    ULONGLONG flip = column->ulOrder == TABLE_SORT_DESCEND ? ~0ull : 0;
    ULONG have = 0, lack = 0, i;
    const SPropValue *value;

    *exact = TRUE;
    for (i = 0; i < count; i++)
    {
        value = table_row_typed(items[i].row, column->ulPropTag);
        if (!value)
        {
            room[lack++] = items[i];
            continue;
        }
        items[have].row = items[i].row;
        *exact = number_of(value, &items[have].number);
        items[have++].number ^= flip;
    }
    memcpy(items + have, room, lack * sizeof(*room));
    return have;
}

/* Order of two items: by number, or by the columns from `from` on. */
struct item_order
{
    const struct ordering *ordering; /* NULL: by number */
    ULONG from;
};

static BOOL comes_after(const struct item_order *order, const struct sort_item *a, const struct sort_item *b)
{
    if (!order->ordering)
        return a->number > b->number;
    return order_columns(order->ordering, a->row, b->row, order->from, order->ordering->sort->set.cSorts) > 0;
}

/* What is equal stays in its order. */
static void merge_sort(const struct item_order *order, struct sort_item *items, ULONG count, struct sort_item *room)
{
    ULONG left = count / 2, i, j, to;
    struct sort_item item;

    if (count <= 8)
    {
        for (i = 1; i < count; i++)
        {
            item = items[i];
            for (j = i; j && comes_after(order, &items[j - 1], &item); j--)
                items[j] = items[j - 1];
            items[j] = item;
        }
        return;
    }
    merge_sort(order, items, left, room);
    merge_sort(order, items + left, count - left, room);
    if (!comes_after(order, &items[left - 1], &items[left]))
        return;
    memcpy(room, items, left * sizeof(*items));
    for (i = 0, j = left, to = 0; i < left && j < count;)
        items[to++] = comes_after(order, &room[i], &items[j]) ? items[j++] : room[i++];
    memcpy(items + to, room + i, (left - i) * sizeof(*items));
}

/* Byte by byte from the last one on; bytes that all numbers share are passed over. */
static void radix_sort(struct sort_item *items, ULONG count, struct sort_item *room)
{
    struct sort_item *from = items, *to = room, *other;
    ULONG starts[256], counts[256], i, sum;
    unsigned shift;

    for (shift = 0; shift < 64; shift += 8)
    {
        memset(counts, 0, sizeof(counts));
        for (i = 0; i < count; i++)
            counts[from[i].number >> shift & 0xff]++;
        if (counts[from[0].number >> shift & 0xff] == count)
            continue;
        for (i = 0, sum = 0; i < 256; i++)
        {
            starts[i] = sum;
            sum += counts[i];
        }
        for (i = 0; i < count; i++)
            to[starts[from[i].number >> shift & 0xff]++] = from[i];
        other = from;
        from = to;
        to = other;
    }
    if (from != items)
        memcpy(items, from, count * sizeof(*items));
}

/* room has as many items. */
static void sort_items(const struct ordering *ordering, struct sort_item *items, ULONG count, struct sort_item *room,
                       ULONG column)
{
    struct item_order order = {NULL, column};
    ULONG have, start, end;
    BOOL exact;

    if (count < 2 || column == ordering->sort->set.cSorts)
        return;
    have = read_column(&ordering->sort->set.aSort[column], items, count, room, &exact);
    if (have > 256)
        radix_sort(items, have, room);
    else
        merge_sort(&order, items, have, room);
    if (!exact)
        order.ordering = ordering;
    for (start = 0; start < have; start = end)
    {
        for (end = start + 1; end < have && items[end].number == items[start].number;)
            end++;
        if (exact)
            sort_items(ordering, items + start, end - start, room, column + 1);
        else
            merge_sort(&order, items + start, end - start, room);
    }
    sort_items(ordering, items + have, count - have, room, column + 1);
}

BOOL rows_sort(const struct ordering *ordering, void **rows, ULONG count)
{
    struct sort_item *items, *room;
    size_t size;
    ULONG i;

    if (!ordering->sort || !ordering->sort->set.cSorts || count < 2)
        return TRUE;
    if (!size_multiply(count, sizeof(*items), &size))
        return FALSE;
    items = heap_alloc(size);
    room = heap_alloc(size);
    if (items && room)
    {
        for (i = 0; i < count; i++)
            items[i].row = rows[i];
        sort_items(ordering, items, count, room, 0);
        for (i = 0; i < count; i++)
            rows[i] = items[i].row;
    }
    heap_free(room);
    if (!items || !room)
    {
        heap_free(items);
        return FALSE;
    }
    heap_free(items);
    return TRUE;
}
