/*
 * What a view shows: columns, restriction, sort order, rows.
 *
 * All three settings take effect before their method returns, TBL_ASYNC and TBL_BATCH or not; on failure the old one
 * stays. Each row is a MAPI buffer of its own, because clients take rows out of the set.
 */
#include "table/tag_set.h"
#include "table/view.h"

#include <string.h>

/* Column sets are small; this is what one row could hold in theory. */
#define MAX_COLUMNS 0x10000

/*
 * IMAPITable::SetColumns: the columns of rows from now on; PR_NULL reserves space, unknown ones will be PT_ERROR in the
 * rows. MAPI_E_INVALID_PARAMETER: none, unreadable, PT_ERROR or an undefined type. MAPI_E_TOO_COMPLEX: a multiple
 * property's instances (MVI_FLAG). MAPI_E_UNKNOWN_FLAGS. imapitable-setcolumns.
 */
HRESULT WINAPI table_SetColumns(IMAPITable *iface, SPropTagArray *lpPropTagArray, ULONG ulFlags)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    SPropTagArray *columns = NULL, *old;
    struct prop_shape shape;
    struct gate_call call;
    ULONG count, i;
    HRESULT hr;

    TRACE("(%p, %p, %#lx)", iface, lpPropTagArray, ulFlags);

    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    if (ulFlags & ~(TBL_ASYNC | TBL_BATCH))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!prop_tags_valid(lpPropTagArray) || !(count = lpPropTagArray->cValues) || count > MAX_COLUMNS)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!(columns = heap_alloc(CbNewSPropTagArray(count))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        memcpy(columns, lpPropTagArray, CbNewSPropTagArray(count));
        columns->cValues = count;
        for (i = 0; i < count && SUCCEEDED(hr); i++)
        {
            ULONG type = PROP_TYPE(columns->aulPropTag[i]);

            if (type & MV_INSTANCE)
                hr = MAPI_E_TOO_COMPLEX;
            else if (type == PT_ERROR || !prop_shape_of(type & ~(ULONG)MV_FLAG, &shape))
                hr = MAPI_E_INVALID_PARAMETER;
        }
    }
    if (SUCCEEDED(hr))
    {
        AcquireSRWLockExclusive(&view->rows->lock);
        old = view->columns;
        view->columns = columns;
        ReleaseSRWLockExclusive(&view->rows->lock);
        columns = old;
    }
    heap_free(columns);
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

/* The default columns, then whatever else the rows have. */
static BOOL collect_columns(struct table_view *view, struct tag_set *set)
{
    ULONG position, length, i, j;
    void **span;

    for (i = 0; i < view->default_columns->cValues; i++)
    {
        if (PROP_TYPE(view->default_columns->aulPropTag[i]) != PT_NULL
            && !tag_set_add(set, view->default_columns->aulPropTag[i]))
            return FALSE;
    }
    for (position = 0; position < view->rows->index.count; position += length)
    {
        span = ranked_span(&view->rows->index, position, &length);
        for (i = 0; i < length; i++)
        {
            const struct table_row *row = span[i];

            for (j = 0; j < row->count; j++)
            {
                ULONG tag = row->values[j].ulPropTag, type = prop_type_with_width(PROP_TYPE(tag), view->wide);

                if (type != PT_ERROR && type != PT_NULL && !tag_set_add(set, CHANGE_PROP_TYPE(tag, type)))
                    return FALSE;
            }
        }
    }
    return TRUE;
}

static HRESULT tags_to_buffer(const ULONG *tags, size_t count, SPropTagArray **out)
{
    SPropTagArray *array;

    if (FAILED(MAPIAllocateBuffer(CbNewSPropTagArray(count), (void **)&array)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    array->cValues = count;
    memcpy(array->aulPropTag, tags, count * sizeof(*tags));
    *out = array;
    return S_OK;
}

static HRESULT all_columns(struct table_view *view, SPropTagArray **out)
{
    struct tag_set *set = heap_alloc_zero(sizeof(*set));
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;

    if (!set)
        return hr;
    if (collect_columns(view, set))
        hr = tags_to_buffer(set->tags, set->count, out);
    tag_set_clear(set);
    heap_free(set);
    return hr;
}

/*
 * IMAPITable::QueryColumns: the columns that are set; with TBL_ALL_COLUMNS all that can be. Freed with MAPIFreeBuffer.
 * MAPI_E_UNKNOWN_FLAGS. imapitable-querycolumns.
 */
HRESULT WINAPI table_QueryColumns(IMAPITable *iface, ULONG ulFlags, SPropTagArray **lpPropTagArray)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p, %#lx, %p)", iface, ulFlags, lpPropTagArray);

    if (!lpPropTagArray || !memory_writable(lpPropTagArray, sizeof(*lpPropTagArray)))
        return MAPI_E_INVALID_PARAMETER;
    *lpPropTagArray = NULL;
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    if (ulFlags & ~TBL_ALL_COLUMNS)
    {
        hr = MAPI_E_UNKNOWN_FLAGS;
    }
    else
    {
        AcquireSRWLockShared(&view->rows->lock);
        hr = ulFlags ? all_columns(view, lpPropTagArray)
                     : tags_to_buffer(view->columns->aulPropTag, view->columns->cValues, lpPropTagArray);
        ReleaseSRWLockShared(&view->rows->lock);
    }
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

/*
 * IMAPITable::Restrict: shows only rows that match; NULL shows all. The cursor goes to the beginning, bookmarks are
 * discarded. MAPI_E_TOO_COMPLEX, MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_FLAGS. imapitable-restrict.
 */
HRESULT WINAPI table_Restrict(IMAPITable *iface, SRestriction *lpRestriction, ULONG ulFlags)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct condition *condition = NULL, *old;
    struct gate_call call;
    struct view_layout layout;
    HRESULT hr;

    TRACE("(%p, %p, %#lx)", iface, lpRestriction, ulFlags);

    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    if (ulFlags & ~(TBL_ASYNC | TBL_BATCH))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (lpRestriction)
        hr = condition_create(lpRestriction, &condition);
    if (SUCCEEDED(hr))
    {
        AcquireSRWLockExclusive(&view->rows->lock);
        hr = view_order_build(view, condition, view->sort, view->locale, &layout);
        if (SUCCEEDED(hr))
        {
            view_order_replace(view, &layout);
            old = view->condition;
            view->condition = condition;
            condition = old;
        }
        ReleaseSRWLockExclusive(&view->rows->lock);
    }
    condition_free(condition);
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

/*
 * IMAPITable::SortTable: orders the rows, strings as the user's locale orders them; no columns: order of insertion. Rows
 * that lack a value come last. The first cCategories columns make categories (view_category.c). The cursor goes to the
 * beginning, bookmarks are discarded. MAPI_E_TOO_COMPLEX: multiple properties' instances, columns without an order,
 * TABLE_SORT_CATEG_MAX and _MIN, TABLE_SORT_COMBINE where there is no category to combine with. MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_FLAGS. imapitable-sorttable.
 */
HRESULT WINAPI table_SortTable(IMAPITable *iface, SSortOrderSet *lpSortCriteria, ULONG ulFlags)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    LCID locale = GetUserDefaultLCID();
    struct sort_order *sort = NULL, *old;
    struct table_row **fresh = NULL, **old_fresh;
    struct gate_call call;
    struct view_layout layout;
    HRESULT hr;

    TRACE("(%p, %p, %#lx)", iface, lpSortCriteria, ulFlags);

    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    if (ulFlags & ~(TBL_ASYNC | TBL_BATCH))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!lpSortCriteria)
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = sort_order_create(lpSortCriteria, &sort);
    if (SUCCEEDED(hr) && !(fresh = heap_alloc_zero((sort->levels + 1) * sizeof(*fresh))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
    {
        AcquireSRWLockExclusive(&view->rows->lock);
        hr = view_order_build(view, view->condition, sort, locale, &layout);
        if (SUCCEEDED(hr))
        {
            view_order_replace(view, &layout);
            old = view->sort;
            view->sort = sort;
            view->locale = locale;
            sort = old;
            old_fresh = view->fresh;
            view->fresh = fresh;
            fresh = old_fresh;
        }
        ReleaseSRWLockExclusive(&view->rows->lock);
    }
    heap_free(fresh);
    heap_free(sort);
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

/*
 * IMAPITable::QuerySortOrder: the order that is set; no columns when there is none. Freed with MAPIFreeBuffer.
 * imapitable-querysortorder.
 */
HRESULT WINAPI table_QuerySortOrder(IMAPITable *iface, SSortOrderSet **lppSortCriteria)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    SSortOrderSet *sort;
    HRESULT hr;
    ULONG count;

    TRACE("(%p, %p)", iface, lppSortCriteria);

    if (!lppSortCriteria || !memory_writable(lppSortCriteria, sizeof(*lppSortCriteria)))
        return MAPI_E_INVALID_PARAMETER;
    *lppSortCriteria = NULL;
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    AcquireSRWLockShared(&view->rows->lock);
    count = view->sort ? view->sort->set.cSorts : 0;
    if (FAILED(MAPIAllocateBuffer(CbNewSSortOrderSet(count), (void **)&sort)))
    {
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    else
    {
        memset(sort, 0, CbNewSSortOrderSet(0));
        if (count)
            memcpy(sort, &view->sort->set, CbNewSSortOrderSet(count));
        *lppSortCriteria = sort;
    }
    ReleaseSRWLockShared(&view->rows->lock);
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

HRESULT view_read_rows(struct table_view *view, ULONG position, ULONG count, SRowSet **out)
{
    void **span = NULL;
    HRESULT hr = S_OK;
    ULONG left = 0;
    size_t size;
    SRowSet *rows;

    if (!size_multiply(count, sizeof(SRow), &size) || !size_add(size, CbNewSRowSet(0), &size) || size > MAXLONG
        || FAILED(MAPIAllocateBuffer(size, (void **)&rows)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(rows, 0, size);
    for (; rows->cRows < count; rows->cRows++)
    {
        SRow *row = &rows->aRow[rows->cRows];

        if (!left)
            span = ranked_span(&view->order, position + rows->cRows, &left);
        hr = table_row_output(*span, view->columns, view->wide, view_levels(view), &row->lpProps);
        if (FAILED(hr))
            break;
        row->cValues = view->columns->cValues;
        span++;
        left--;
    }
    if (FAILED(hr))
    {
        while (rows->cRows)
            MAPIFreeBuffer(rows->aRow[--rows->cRows].lpProps);
        MAPIFreeBuffer(rows);
        return hr;
    }
    *out = rows;
    return S_OK;
}

/*
 * IMAPITable::QueryRows: up to lRowCount rows from the cursor on; of a negative count, those before it, read forward.
 * The cursor goes behind the last row returned, with TBL_NOADVANCE to the first. No rows are left: S_OK and an empty
 * set. Each row is freed by itself (FreeProws does it).
 * MAPI_E_INVALID_PARAMETER: count 0. MAPI_E_UNKNOWN_FLAGS. On failure the cursor stays. imapitable-queryrows.
 */
HRESULT WINAPI table_QueryRows(IMAPITable *iface, LONG lRowCount, ULONG ulFlags, SRowSet **lppRows)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    ULONG first, count;
    HRESULT hr;

    TRACE("(%p, %ld, %#lx, %p)", iface, lRowCount, ulFlags, lppRows);

    if (!lppRows || !memory_writable(lppRows, sizeof(*lppRows)))
        return MAPI_E_INVALID_PARAMETER;
    *lppRows = NULL;
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    if (ulFlags & ~TBL_NOADVANCE)
    {
        hr = MAPI_E_UNKNOWN_FLAGS;
    }
    else if (!lRowCount)
    {
        hr = MAPI_E_INVALID_PARAMETER;
    }
    else
    {
        AcquireSRWLockExclusive(&view->rows->lock);
        first = view->position;
        if (lRowCount > 0)
        {
            count = min((ULONG)lRowCount, view->order.count - first);
        }
        else
        {
            count = min(0u - (ULONG)lRowCount, first);
            first -= count;
        }
        hr = view_read_rows(view, first, count, lppRows);
        if (SUCCEEDED(hr))
            view->position = ulFlags & TBL_NOADVANCE ? first : first + count;
        ReleaseSRWLockExclusive(&view->rows->lock);
    }
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}
