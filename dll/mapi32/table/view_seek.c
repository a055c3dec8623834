/*
 * Position in a view: counting, seeking, finding, bookmarks.
 *
 * A bookmark's number is made of its slot and a generation, so that one that was freed, or that a new sort order
 * discarded, is refused although its slot serves again. Only the low 32 bits of numbers count (see advise.h).
 */
#include "table/view.h"

#include <string.h>

#define BOOKMARK_SLOT_BITS 12
#define MAX_BOOKMARKS (1u << BOOKMARK_SLOT_BITS)
#define MAX_GENERATION (0xffffffffu >> BOOKMARK_SLOT_BITS)

/* The bookmark of a number, NULL when there is none (any more). */
static struct bookmark *bookmark_of(struct table_view *view, BOOKMARK number)
{
    ULONG slot = (ULONG)number & (MAX_BOOKMARKS - 1), generation = (ULONG)number >> BOOKMARK_SLOT_BITS;

    if (slot >= view->bookmark_count || !view->bookmarks[slot].used || view->bookmarks[slot].generation != generation)
        return NULL;
    return &view->bookmarks[slot];
}

/* Where a bookmark, one of the three fixed ones included, stands. MAPI_W_POSITION_CHANGED: no longer at the row where
 * it was when it was last used; MAPI_E_INVALID_BOOKMARK. */
static HRESULT resolve(struct table_view *view, BOOKMARK number, ULONG *position, struct bookmark **bookmark)
{
    *bookmark = NULL;
    switch ((ULONG)number)
    {
    case (ULONG)BOOKMARK_BEGINNING:
        *position = 0;
        return S_OK;
    case (ULONG)BOOKMARK_CURRENT:
        *position = view->position;
        return S_OK;
    case (ULONG)BOOKMARK_END:
        *position = view->order.count;
        return S_OK;
    }
    *bookmark = bookmark_of(view, number);
    if (!*bookmark)
        return MAPI_E_INVALID_BOOKMARK;
    *position = (*bookmark)->position;
    return (*bookmark)->moved ? MAPI_W_POSITION_CHANGED : S_OK;
}

/*
 * IMAPITable::GetRowCount: the rows that pass the restriction. MAPI_E_UNKNOWN_FLAGS. imapitable-getrowcount.
 */
HRESULT WINAPI table_GetRowCount(IMAPITable *iface, ULONG ulFlags, ULONG *lpulCount)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p, %#lx, %p)", iface, ulFlags, lpulCount);

    if (!lpulCount || !memory_writable(lpulCount, sizeof(*lpulCount)))
        return MAPI_E_INVALID_PARAMETER;
    *lpulCount = 0;
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    if (ulFlags)
    {
        hr = MAPI_E_UNKNOWN_FLAGS;
    }
    else
    {
        AcquireSRWLockShared(&view->rows->lock);
        *lpulCount = view->order.count;
        ReleaseSRWLockShared(&view->rows->lock);
    }
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

/*
 * IMAPITable::SeekRow: moves the cursor lRowCount rows away from a bookmark, as far as there are rows; *lplRowsSought
 * (may be NULL) gets the rows gone. MAPI_W_POSITION_CHANGED, MAPI_E_INVALID_BOOKMARK. imapitable-seekrow.
 */
HRESULT WINAPI table_SeekRow(IMAPITable *iface, BOOKMARK bkOrigin, LONG lRowCount, LONG *lplRowsSought)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct bookmark *bookmark;
    struct gate_call call;
    LONGLONG target;
    ULONG position;
    HRESULT hr;

    TRACE("(%p, %#lx, %ld, %p)", iface, (ULONG)bkOrigin, lRowCount, lplRowsSought);

    if (lplRowsSought)
    {
        if (!memory_writable(lplRowsSought, sizeof(*lplRowsSought)))
            return MAPI_E_INVALID_PARAMETER;
        *lplRowsSought = 0;
    }
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    AcquireSRWLockExclusive(&view->rows->lock);
    hr = resolve(view, bkOrigin, &position, &bookmark);
    if (SUCCEEDED(hr))
    {
        target = (LONGLONG)position + lRowCount;
        target = target < 0 ? 0 : min(target, view->order.count);
        if (lplRowsSought)
            *lplRowsSought = target - position;
        view->position = target;
        if (bookmark)
            bookmark->moved = FALSE;
    }
    ReleaseSRWLockExclusive(&view->rows->lock);
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

/*
 * IMAPITable::SeekRowApprox: moves the cursor to a fraction of the table. MAPI_E_INVALID_PARAMETER: denominator 0.
 * A fraction above 1 is the end. imapitable-seekrowapprox.
 */
HRESULT WINAPI table_SeekRowApprox(IMAPITable *iface, ULONG ulNumerator, ULONG ulDenominator)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p, %lu, %lu)", iface, ulNumerator, ulDenominator);

    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    if (!ulDenominator)
    {
        hr = MAPI_E_INVALID_PARAMETER;
    }
    else
    {
        AcquireSRWLockExclusive(&view->rows->lock);
        view->position = ulNumerator >= ulDenominator
                                 ? view->order.count
                                 : (ULONG)((ULONGLONG)view->order.count * ulNumerator / ulDenominator);
        ReleaseSRWLockExclusive(&view->rows->lock);
    }
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

/*
 * IMAPITable::QueryPosition: the cursor as row number and as fraction; the denominator is never 0.
 * imapitable-queryposition.
 */
HRESULT WINAPI table_QueryPosition(IMAPITable *iface, ULONG *lpulRow, ULONG *lpulNumerator, ULONG *lpulDenominator)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p, %p, %p, %p)", iface, lpulRow, lpulNumerator, lpulDenominator);

    if (!lpulRow || !memory_writable(lpulRow, sizeof(*lpulRow)) || !lpulNumerator
        || !memory_writable(lpulNumerator, sizeof(*lpulNumerator)) || !lpulDenominator
        || !memory_writable(lpulDenominator, sizeof(*lpulDenominator)))
        return MAPI_E_INVALID_PARAMETER;
    *lpulRow = *lpulNumerator = 0;
    *lpulDenominator = 1;
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    AcquireSRWLockShared(&view->rows->lock);
    *lpulRow = *lpulNumerator = view->position;
    *lpulDenominator = max(view->order.count, 1);
    ReleaseSRWLockShared(&view->rows->lock);
    last_error_set(&view->last, S_OK);
    gate_leave(&call);
    return S_OK;
}

/* A search for the value of the index property needs no walk: FALSE when it is none. */
static BOOL find_by_index(struct table_view *view, const struct condition *condition, ULONG *found)
{
    const SPropValue *key = condition_exact(condition, view->rows->index_tag);
    struct table_row *row;
    ULONG at;
    BOOL match;

    /* Headings have keys of their own. */
    if (!key || view_levels(view))
        return FALSE;
    *found = view->order.count;
    if (!row_set_locate(view->rows, key, &at))
        return TRUE;
    row = ranked_get(&view->rows->index, at);
    if (FAILED(condition_match(view->condition, row, &match)))
        return FALSE;
    if (match)
        *found = view_order_locate(view, row);
    return TRUE;
}

/* From origin on, or backward from the row before it. *found is untouched when there is none. */
static HRESULT find(struct table_view *view, const struct condition *condition, ULONG origin, BOOL backward,
                    ULONG *found)
{
    ULONG position = origin, count = view->order.count, at;
    HRESULT hr = S_OK;
    BOOL match;

    if (find_by_index(view, condition, &at))
    {
        if (at == count || (backward ? at >= origin : at < origin))
            return MAPI_E_NOT_FOUND;
        *found = at;
        return S_OK;
    }
    while (backward ? position-- > 0 : position < count)
    {
        hr = condition_match(condition, ranked_get(&view->order, position), &match);
        if (FAILED(hr))
            return hr;
        if (match)
        {
            *found = position;
            return S_OK;
        }
        position += !backward;
    }
    return MAPI_E_NOT_FOUND;
}

/*
 * IMAPITable::FindRow: moves the cursor to the first row from the bookmark on that matches, with DIR_BACKWARD to the
 * first before it. MAPI_E_NOT_FOUND leaves the cursor. MAPI_W_POSITION_CHANGED, MAPI_E_INVALID_BOOKMARK,
 * MAPI_E_TOO_COMPLEX, MAPI_E_UNKNOWN_FLAGS. imapitable-findrow.
 */
HRESULT WINAPI table_FindRow(IMAPITable *iface, SRestriction *lpRestriction, BOOKMARK bkOrigin, ULONG ulFlags)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct condition *condition = NULL;
    struct bookmark *bookmark;
    struct gate_call call;
    HRESULT hr, found;
    ULONG position;

    TRACE("(%p, %p, %#lx, %#lx)", iface, lpRestriction, (ULONG)bkOrigin, ulFlags);

    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    hr = ulFlags & ~DIR_BACKWARD ? MAPI_E_UNKNOWN_FLAGS : condition_create(lpRestriction, &condition);
    if (SUCCEEDED(hr))
    {
        AcquireSRWLockExclusive(&view->rows->lock);
        hr = resolve(view, bkOrigin, &position, &bookmark);
        if (SUCCEEDED(hr))
        {
            found = find(view, condition, position, (ulFlags & DIR_BACKWARD) != 0, &position);
            if (FAILED(found))
                hr = found;
            else
                view->position = position;
            if (bookmark && SUCCEEDED(found))
                bookmark->moved = FALSE;
        }
        ReleaseSRWLockExclusive(&view->rows->lock);
    }
    condition_free(condition);
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

/* A free slot; view->bookmark_count when there is none, grown by one then. */
static HRESULT bookmark_slot(struct table_view *view, size_t *slot)
{
    size_t i;

    for (i = 0; i < view->bookmark_count; i++)
    {
        if (!view->bookmarks[i].used && view->bookmarks[i].generation < MAX_GENERATION)
            break;
    }
    if (i == MAX_BOOKMARKS)
        return MAPI_E_UNABLE_TO_COMPLETE;
    if (i == view->bookmark_count)
    {
        if (!array_reserve((void **)&view->bookmarks, &view->bookmark_capacity, i + 1, sizeof(*view->bookmarks)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        memset(&view->bookmarks[i], 0, sizeof(view->bookmarks[i]));
        view->bookmarks[i].generation = 1;
        view->bookmark_count++;
    }
    *slot = i;
    return S_OK;
}

HRESULT view_bookmark(struct table_view *view, ULONG position, ULONG *number)
{
    struct bookmark *bookmark;
    HRESULT hr;
    size_t slot;

    hr = bookmark_slot(view, &slot);
    if (FAILED(hr))
        return hr;
    bookmark = &view->bookmarks[slot];
    bookmark->used = TRUE;
    bookmark->moved = FALSE;
    bookmark->position = position;
    *number = bookmark->generation << BOOKMARK_SLOT_BITS | slot;
    return S_OK;
}

void view_bookmark_move(struct table_view *view, ULONG number, ULONG position, BOOL moved)
{
    struct bookmark *bookmark = bookmark_of(view, number);

    bookmark->position = position;
    bookmark->moved = moved;
}

/*
 * IMAPITable::CreateBookmark: marks the cursor's row. MAPI_E_UNABLE_TO_COMPLETE: 4096 are in use.
 * imapitable-createbookmark.
 */
HRESULT WINAPI table_CreateBookmark(IMAPITable *iface, BOOKMARK *lpbkPosition)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p, %p)", iface, lpbkPosition);

    if (!lpbkPosition || !memory_writable(lpbkPosition, sizeof(ULONG)))
        return MAPI_E_INVALID_PARAMETER;
    *(ULONG *)lpbkPosition = 0;
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    AcquireSRWLockExclusive(&view->rows->lock);
    hr = view_bookmark(view, view->position, (ULONG *)lpbkPosition);
    ReleaseSRWLockExclusive(&view->rows->lock);
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

/*
 * IMAPITable::FreeBookmark: the three fixed bookmarks are left alone, with S_OK. MAPI_E_INVALID_BOOKMARK.
 * imapitable-freebookmark.
 */
HRESULT WINAPI table_FreeBookmark(IMAPITable *iface, BOOKMARK bkPosition)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct bookmark *bookmark;
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p, %#lx)", iface, (ULONG)bkPosition);

    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    if ((ULONG)bkPosition > (ULONG)BOOKMARK_END)
    {
        AcquireSRWLockExclusive(&view->rows->lock);
        bookmark = bookmark_of(view, bkPosition);
        if (bookmark)
        {
            bookmark->used = FALSE;
            bookmark->generation++;
        }
        else
        {
            hr = MAPI_E_INVALID_BOOKMARK;
        }
        ReleaseSRWLockExclusive(&view->rows->lock);
    }
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}
