/*
 * Expanding and collapsing categories, and keeping which of them are.
 *
 * What shows is made anew from all headings and rows, so that either the old state or the new one is there. Saved states
 * name headings by a hash of what they have in the columns of the sort order, so that a state fits another view, or a later
 * one, of the same order.
 */
#include "table/view.h"

#include <stdlib.h>
#include <string.h>

#define STATE_MARK 0x53435250
#define STATE_VERSION 1

struct state_head
{
    ULONG mark, version;
    ULONGLONG order; /* hash of the sort order */
    ULONGLONG row;   /* hash of the heading that the state was asked for; 0: it was a row, whose key follows */
    ULONG key_size, count;
    /* then count hashes of headings, ascending, the lowest bit telling whether it is expanded; then the key */
};

static BOOL writable_or_null(void *pointer, size_t size)
{
    return !pointer || memory_writable(pointer, size);
}

static ULONGLONG hash_bytes(ULONGLONG hash, const void *data, size_t size)
{
    const BYTE *bytes = data;

    while (size--)
        hash = (hash ^ *bytes++) * 0x100000001b3ull;
    return hash;
}

static ULONGLONG hash_value(ULONGLONG hash, const SPropValue *value)
{
    struct prop_shape shape;
    ULONG i;

    prop_shape_of(PROP_TYPE(value->ulPropTag), &shape);
    hash = hash_bytes(hash, &value->ulPropTag, sizeof(value->ulPropTag));
    if (shape.multiple && shape.kind == PROP_KIND_TEXT_W)
    {
        for (i = 0; i < PROP_COUNT(value); i++)
            hash = hash_bytes(hash, value->Value.MVszW.lppszW[i],
                              (wcslen(value->Value.MVszW.lppszW[i]) + 1) * sizeof(WCHAR));
        return hash;
    }
    if (shape.multiple && shape.kind == PROP_KIND_BYTES)
    {
        for (i = 0; i < PROP_COUNT(value); i++)
            hash = hash_bytes(hash_bytes(hash, &value->Value.MVbin.lpbin[i].cb, sizeof(ULONG)),
                              value->Value.MVbin.lpbin[i].lpb, value->Value.MVbin.lpbin[i].cb);
        return hash;
    }
    if (shape.multiple)
        return hash_bytes(hash, PROP_POINTER(value), PROP_COUNT(value) * shape.size);
    switch (shape.kind)
    {
    case PROP_KIND_TEXT_W:
        return hash_bytes(hash, value->Value.lpszW, wcslen(value->Value.lpszW) * sizeof(WCHAR));
    case PROP_KIND_BYTES:
        return hash_bytes(hash, value->Value.bin.lpb, value->Value.bin.cb);
    case PROP_KIND_GUID:
        return hash_bytes(hash, value->Value.lpguid, sizeof(GUID));
    default:
        return hash_bytes(hash, &value->Value, shape.size);
    }
}

/* Even and not 0. */
static ULONGLONG hash_heading(const struct table_view *view, const struct table_row *heading)
{
    ULONGLONG hash = 0xcbf29ce484222325ull;
    const SPropValue *value;
    ULONG i;

    hash = hash_bytes(hash, &heading->heading.level, sizeof(heading->heading.level));
    for (i = 0; i < heading->heading.columns; i++)
    {
        value = table_row_typed(heading, view->sort->set.aSort[i].ulPropTag);
        hash = value ? hash_value(hash, value) : hash_bytes(hash, &i, sizeof(i));
    }
    hash &= ~1ull;
    return hash ? hash : 2;
}

/* cExpanded says how an order begins, not what it is. */
static ULONGLONG hash_order(const struct table_view *view)
{
    ULONGLONG hash = 0xcbf29ce484222325ull;

    hash = hash_bytes(hash, &view->sort->set.cSorts, sizeof(ULONG));
    hash = hash_bytes(hash, &view->sort->set.cCategories, sizeof(ULONG));
    return hash_bytes(hash, view->sort->set.aSort, view->sort->set.cSorts * sizeof(SSortOrder));
}

/* The next heading from a place in all on; NULL: none. Innermost headings' rows are passed over at once. */
static struct table_row *next_heading(struct table_view *view, ULONG *place)
{
    struct table_row *entry;

    while (*place < view->all.count)
    {
        entry = ranked_get(&view->all, *place);
        if (entry->is_heading)
            return entry;
        ++*place;
    }
    return NULL;
}

static void pass_heading(struct table_view *view, const struct table_row *heading, ULONG *place)
{
    *place += (ULONG)heading->heading.level + 1 == view_levels(view) ? heading->heading.leaves + 1 : 1;
}

static BOOL key_is(const SPropValue *value, const BYTE *key, ULONG size)
{
    return value && PROP_TYPE(value->ulPropTag) == PT_BINARY && value->Value.bin.cb == size
           && !memcmp(value->Value.bin.lpb, key, size);
}

/* By instance key; NULL when there is none. */
static struct table_row *find_heading(struct table_view *view, const BYTE *key, ULONG size)
{
    struct table_row *heading;
    ULONG place = 0;

    while ((heading = next_heading(view, &place)))
    {
        if (key_is(table_row_value(heading, PR_INSTANCE_KEY), key, size))
            return heading;
        pass_heading(view, heading, &place);
    }
    return NULL;
}

/* A row of the view by instance key. */
static struct table_row *find_row(struct table_view *view, const BYTE *key, ULONG size)
{
    ULONG position, length, i;
    void **span;

    for (position = 0; position < view->all.count; position += length)
    {
        span = ranked_span(&view->all, position, &length);
        for (i = 0; i < length; i++)
        {
            struct table_row *row = span[i];

            if (!row->is_heading
                && (key_is(table_row_value(row, PR_INSTANCE_KEY), key, size)
                    || key_is(table_row_value(row, view->rows->index_tag), key, size)))
                return row;
        }
    }
    return NULL;
}

static BOOL key_readable(const BYTE *key, ULONG size)
{
    return key && size && memory_readable(key, size);
}

static struct table_row *row_at(const struct table_view *view, ULONG position)
{
    return position < view->order.count ? ranked_get(&view->order, position) : NULL;
}

/* Where a row shows in the new order; if it does not, the next one that does. */
static ULONG place_again(struct table_view *view, struct table_row *row, BOOL *moved)
{
    ULONG position = row ? view_place(view, &view->order, row) : view->order.count;

    *moved = row_at(view, position) != row;
    return position;
}

/* Takes over what shows now; cursor and bookmarks follow. */
static void replace_shown(struct table_view *view, struct ranked *order)
{
    struct table_row *cursor = row_at(view, view->position);
    BOOL moved;
    size_t i;

    for (i = 0; i < view->bookmark_count; i++)
        view->bookmarks[i].row = row_at(view, view->bookmarks[i].position);
    ranked_clear(&view->order);
    view->order = *order;
    view->position = place_again(view, cursor, &moved);
    for (i = 0; i < view->bookmark_count; i++)
    {
        view->bookmarks[i].position = place_again(view, view->bookmarks[i].row, &moved);
        view->bookmarks[i].moved |= moved;
    }
}

/* Sets a heading's state. *where: its position; *count: the rows that came or went behind it. */
static HRESULT set_expanded(struct table_view *view, struct table_row *heading, BOOL expand, ULONG *where, ULONG *count)
{
    ULONG before = view->order.count;
    struct ranked order;
    HRESULT hr;

    heading_expand(heading, expand);
    hr = view_visible(&view->all, &order);
    if (FAILED(hr))
    {
        heading_expand(heading, !expand);
        return hr;
    }
    *count = expand ? order.count - before : before - order.count;
    replace_shown(view, &order);
    *where = view_order_locate(view, heading);
    return S_OK;
}

/*
 * IMAPITable::ExpandRow: shows what is below a heading. Up to ulRowCount of the rows that come are returned, the cursor is
 * behind them; *lpulMoreRows (may be NULL) gets how many came. No notification. One that is expanded already gains none.
 * MAPI_E_NOT_FOUND: no heading has that key. MAPI_E_UNKNOWN_FLAGS, MAPI_E_INVALID_PARAMETER. imapitable-expandrow.
 */
HRESULT WINAPI table_ExpandRow(IMAPITable *iface, ULONG cbInstanceKey, BYTE *pbInstanceKey, ULONG ulRowCount,
                               ULONG ulFlags, SRowSet **lppRows, ULONG *lpulMoreRows)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    ULONG position = 0, added = 0, visible;
    struct table_row *heading;
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p, %lu, %p, %lu, %#lx, %p, %p)", iface, cbInstanceKey, pbInstanceKey, ulRowCount, ulFlags, lppRows,
          lpulMoreRows);

    if (!writable_or_null(lppRows, sizeof(*lppRows)) || !writable_or_null(lpulMoreRows, sizeof(*lpulMoreRows))
        || (ulRowCount && !lppRows))
        return MAPI_E_INVALID_PARAMETER;
    if (lppRows)
        *lppRows = NULL;
    if (lpulMoreRows)
        *lpulMoreRows = 0;
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    AcquireSRWLockExclusive(&view->rows->lock);
    if (ulFlags)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!key_readable(pbInstanceKey, cbInstanceKey))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!(heading = find_heading(view, pbInstanceKey, cbInstanceKey)))
        hr = MAPI_E_NOT_FOUND;
    else if (!heading_expanded(heading))
        hr = set_expanded(view, heading, TRUE, &position, &added);
    else
        position = view_order_locate(view, heading);
    if (SUCCEEDED(hr))
    {
        visible = min(ulRowCount, added);
        if (lppRows)
            hr = view_read_rows(view, min(position + 1, view->order.count), visible, lppRows);
        if (position < view->order.count)
            view->position = position + 1 + (SUCCEEDED(hr) ? visible : 0);
        if (lpulMoreRows)
            *lpulMoreRows = added;
    }
    ReleaseSRWLockExclusive(&view->rows->lock);
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

/*
 * IMAPITable::CollapseRow: hides what is below a heading; *lpulRowCount (may be NULL) gets how many rows went. Bookmarks on
 * them go to the next row that shows. No notification.
 * MAPI_E_NOT_FOUND: no heading has that key. MAPI_E_UNKNOWN_FLAGS, MAPI_E_INVALID_PARAMETER. imapitable-collapserow.
 */
HRESULT WINAPI table_CollapseRow(IMAPITable *iface, ULONG cbInstanceKey, BYTE *pbInstanceKey, ULONG ulFlags,
                                 ULONG *lpulRowCount)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    ULONG position, removed = 0;
    struct table_row *heading;
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p, %lu, %p, %#lx, %p)", iface, cbInstanceKey, pbInstanceKey, ulFlags, lpulRowCount);

    if (!writable_or_null(lpulRowCount, sizeof(*lpulRowCount)))
        return MAPI_E_INVALID_PARAMETER;
    if (lpulRowCount)
        *lpulRowCount = 0;
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    AcquireSRWLockExclusive(&view->rows->lock);
    if (ulFlags)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!key_readable(pbInstanceKey, cbInstanceKey))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!(heading = find_heading(view, pbInstanceKey, cbInstanceKey)))
        hr = MAPI_E_NOT_FOUND;
    else if (heading_expanded(heading))
        hr = set_expanded(view, heading, FALSE, &position, &removed);
    if (SUCCEEDED(hr) && lpulRowCount)
        *lpulRowCount = removed;
    ReleaseSRWLockExclusive(&view->rows->lock);
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

static int compare_hashes(const void *a, const void *b)
{
    ULONGLONG x = *(const ULONGLONG *)a, y = *(const ULONGLONG *)b;

    return x < y ? -1 : x > y;
}

static HRESULT save_state(struct table_view *view, const BYTE *key, ULONG size, ULONG *state_size, BYTE **state)
{
    ULONG place = 0, count = 0, total;
    struct table_row *heading;
    struct state_head head = {STATE_MARK, STATE_VERSION, hash_order(view), 0, size, 0};
    ULONGLONG *hashes;

    while ((heading = next_heading(view, &place)))
    {
        head.count++;
        pass_heading(view, heading, &place);
    }
    if ((heading = find_heading(view, key, size)))
        head.row = hash_heading(view, heading);
    if (size > 0x10000000 || head.count > 0x1000000)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    total = sizeof(head) + head.count * sizeof(*hashes) + size;
    if (FAILED(MAPIAllocateBuffer(total, (void **)state)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(*state, &head, sizeof(head));
    hashes = (ULONGLONG *)(*state + sizeof(head));
    for (place = 0; (heading = next_heading(view, &place)); pass_heading(view, heading, &place))
        hashes[count++] = hash_heading(view, heading) | heading_expanded(heading);
    qsort(hashes, count, sizeof(*hashes), compare_hashes);
    memcpy(hashes + count, key, size);
    *state_size = total;
    return S_OK;
}

/*
 * IMAPITable::GetCollapseState: which headings are expanded, and which row is meant, as bytes for SetCollapseState. Freed
 * with MAPIFreeBuffer. MAPI_E_NO_SUPPORT: the view is not categorized. MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_FLAGS,
 * MAPI_E_NOT_ENOUGH_MEMORY. imapitable-getcollapsestate.
 */
HRESULT WINAPI table_GetCollapseState(IMAPITable *iface, ULONG ulFlags, ULONG cbInstanceKey, BYTE *lpbInstanceKey,
                                      ULONG *lpcbCollapseState, BYTE **lppbCollapseState)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p, %#lx, %lu, %p, %p, %p)", iface, ulFlags, cbInstanceKey, lpbInstanceKey, lpcbCollapseState,
          lppbCollapseState);

    if (!writable_or_null(lpcbCollapseState, sizeof(*lpcbCollapseState))
        || !writable_or_null(lppbCollapseState, sizeof(*lppbCollapseState)))
        return MAPI_E_INVALID_PARAMETER;
    if (lpcbCollapseState)
        *lpcbCollapseState = 0;
    if (lppbCollapseState)
        *lppbCollapseState = NULL;
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    AcquireSRWLockExclusive(&view->rows->lock);
    if (ulFlags)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!view_levels(view))
        hr = MAPI_E_NO_SUPPORT;
    else if (!lpcbCollapseState || !lppbCollapseState || !key_readable(lpbInstanceKey, cbInstanceKey))
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = save_state(view, lpbInstanceKey, cbInstanceKey, lpcbCollapseState, lppbCollapseState);
    ReleaseSRWLockExclusive(&view->rows->lock);
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

/* Whether a saved state is one, and of this order. */
static BOOL state_fits(const struct table_view *view, const BYTE *state, ULONG size, struct state_head *head)
{
    if (size < sizeof(*head) || !memory_readable(state, size))
        return FALSE;
    memcpy(head, state, sizeof(*head));
    return head->mark == STATE_MARK && head->version == STATE_VERSION && head->order == hash_order(view)
           && head->count <= (size - sizeof(*head)) / sizeof(ULONGLONG)
           && head->key_size == size - sizeof(*head) - head->count * sizeof(ULONGLONG);
}

/* Whether the state of a heading was saved; *expanded. */
static BOOL saved_state(const BYTE *hashes, ULONG count, ULONGLONG hash, BOOL *expanded)
{
    ULONG low = 0, high = count, middle;
    ULONGLONG found;

    while (low < high)
    {
        middle = (low + high) / 2;
        memcpy(&found, hashes + middle * sizeof(found), sizeof(found));
        if (found < hash)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == count)
        return FALSE;
    memcpy(&found, hashes + low * sizeof(found), sizeof(found));
    *expanded = found & 1;
    return (found & ~1ull) == hash;
}

/* The innermost of the row's headings that shows, or the row. */
static ULONG shown_position(struct table_view *view, struct table_row *row)
{
    ULONG position = view_order_locate(view, row), level = row->is_heading ? row->heading.level : view_levels(view),
          place;
    struct table_row *heading;

    while (position == view->order.count && level--)
    {
        heading = view_heading(view, row, level, &place);
        if (heading)
            position = view_order_locate(view, heading);
    }
    return position;
}

static void undo_states(struct table_view *view, const BYTE *before)
{
    struct table_row *heading;
    ULONG place;

    for (place = 0; (heading = next_heading(view, &place)); pass_heading(view, heading, &place))
        heading_expand(heading, *before++);
}

static HRESULT restore_state(struct table_view *view, const BYTE *state, const struct state_head *head, ULONG *bookmark)
{
    const BYTE *hashes = state + sizeof(*head), *key = hashes + head->count * sizeof(ULONGLONG);
    struct table_row *heading, *row = NULL;
    BYTE *before = heap_alloc(view->all.count + 1);
    ULONG place, made = 0;
    struct ranked order;
    ULONGLONG hash;
    BOOL expanded;
    HRESULT hr;

    if (!before)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (place = 0; (heading = next_heading(view, &place)); pass_heading(view, heading, &place))
    {
        before[made++] = heading_expanded(heading);
        hash = hash_heading(view, heading);
        if (saved_state(hashes, head->count, hash, &expanded))
            heading_expand(heading, expanded);
        if (hash == head->row)
            row = heading;
    }
    if (!head->row)
        row = find_row(view, key, head->key_size);
    hr = view_visible(&view->all, &order);
    if (SUCCEEDED(hr))
    {
        hr = view_bookmark(view, 0, bookmark);
        if (FAILED(hr))
            ranked_clear(&order);
    }
    if (FAILED(hr))
    {
        undo_states(view, before);
    }
    else
    {
        replace_shown(view, &order);
        view_bookmark_move(view, *bookmark, row ? shown_position(view, row) : 0, !row);
    }
    heap_free(before);
    return hr;
}

/*
 * IMAPITable::SetCollapseState: expands and collapses headings as they were; those that the state does not know stay.
 * *lpbkLocation gets a bookmark of the row that GetCollapseState was given (its heading, where it is collapsed away).
 * MAPI_E_UNABLE_TO_COMPLETE: not a state of this sort order. MAPI_E_NO_SUPPORT, MAPI_E_UNKNOWN_FLAGS,
 * MAPI_E_INVALID_PARAMETER, MAPI_E_NOT_ENOUGH_MEMORY. imapitable-setcollapsestate.
 */
HRESULT WINAPI table_SetCollapseState(IMAPITable *iface, ULONG ulFlags, ULONG cbCollapseState, BYTE *pbCollapseState,
                                      BOOKMARK *lpbkLocation)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct state_head head;
    struct gate_call call;
    ULONG bookmark = 0;
    HRESULT hr;

    TRACE("(%p, %#lx, %lu, %p, %p)", iface, ulFlags, cbCollapseState, pbCollapseState, lpbkLocation);

    if (!writable_or_null(lpbkLocation, sizeof(ULONG)))
        return MAPI_E_INVALID_PARAMETER;
    if (lpbkLocation)
        *(ULONG *)lpbkLocation = 0;
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    AcquireSRWLockExclusive(&view->rows->lock);
    if (ulFlags)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!view_levels(view))
        hr = MAPI_E_NO_SUPPORT;
    else if (!lpbkLocation || !pbCollapseState || !memory_readable(pbCollapseState, cbCollapseState))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!state_fits(view, pbCollapseState, cbCollapseState, &head))
        hr = MAPI_E_UNABLE_TO_COMPLETE;
    else
        hr = restore_state(view, pbCollapseState, &head, &bookmark);
    if (SUCCEEDED(hr))
        *(ULONG *)lpbkLocation = bookmark;
    ReleaseSRWLockExclusive(&view->rows->lock);
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}
