/*
 * Row sets: the rows that views show, found by their index property.
 *
 * The lock is the one of the set and of all its views. A change first makes sure of all memory in every view, then is
 * made everywhere, then told to the views' sinks (queued, so that the order is that of the changes).
 */
#include "table/view.h"

#include <string.h>

/* Places in the order of insertion are this far apart, so that rows can come in between. */
#define SEQUENCE_STEP ((LONGLONG)1 << 32)

HRESULT row_set_create(ULONG index_tag, struct row_set **out)
{
    struct row_set *rows;

    *out = NULL;
    rows = heap_alloc_zero(sizeof(*rows));
    if (!rows)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    rows->refcount = 1;
    rows->index_tag = index_tag;
    InitializeSRWLock(&rows->lock);
    ranked_init(&rows->index);
    ranked_init(&rows->inserted);
    *out = rows;
    return S_OK;
}

void row_set_addref(struct row_set *rows)
{
    InterlockedIncrement(&rows->refcount);
}

/* Empties a sequence that holds references on its rows. */
static void release_rows(struct ranked *ranked)
{
    ULONG position, length, i;
    void **span;

    for (position = 0; position < ranked->count; position += length)
    {
        span = ranked_span(ranked, position, &length);
        for (i = 0; i < length; i++)
            table_row_release(span[i]);
    }
    ranked_clear(ranked);
}

void row_set_release(struct row_set *rows)
{
    if (!rows || InterlockedDecrement(&rows->refcount))
        return;
    ranked_clear(&rows->inserted);
    release_rows(&rows->index);
    heap_free(rows);
}

struct index_search
{
    ULONG tag;
    const SPropValue *value;
};

static int order_by_index(void *item, void *context)
{
    const struct index_search *search = context;

    return prop_order_in(table_row_value(item, search->tag), search->value, LOCALE_INVARIANT);
}

BOOL row_set_locate(struct row_set *rows, const SPropValue *index, ULONG *position)
{
    struct index_search search = {rows->index_tag, index};

    *position = ranked_search(&rows->index, order_by_index, &search);
    return *position < rows->index.count && !order_by_index(ranked_get(&rows->index, *position), &search);
}

static int order_by_sequence(void *item, void *context)
{
    LONGLONG a = ((struct table_row *)item)->sequence, b = *(LONGLONG *)context;

    return a < b ? -1 : a > b;
}

ULONG row_set_rank(struct row_set *rows, struct table_row *row)
{
    return ranked_search(&rows->inserted, order_by_sequence, &row->sequence);
}

static BOOL copy_sequence(const struct ranked *from, struct ranked *to, void **room)
{
    ULONG position, length;
    void **span;

    for (position = 0; position < from->count; position += length)
    {
        span = ranked_span(from, position, &length);
        memcpy(room + position, span, length * sizeof(*room));
    }
    return ranked_build(to, room, from->count);
}

HRESULT row_set_snapshot(struct row_set *rows, struct row_set **out)
{
    struct row_set *copy;
    void **room;
    HRESULT hr;
    ULONG i;

    hr = row_set_create(rows->index_tag, &copy);
    if (FAILED(hr))
        return hr;
    AcquireSRWLockShared(&rows->lock);
    room = heap_alloc(rows->index.count * sizeof(*room));
    if (room && copy_sequence(&rows->inserted, &copy->inserted, room)
        && copy_sequence(&rows->index, &copy->index, room))
    {
        for (i = 0; i < copy->index.count; i++)
            table_row_addref(room[i]);
    }
    else
    {
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    ReleaseSRWLockShared(&rows->lock);
    heap_free(room);
    if (SUCCEEDED(hr))
        *out = copy;
    else
        row_set_release(copy);
    return hr;
}

/* All views or none. */
static HRESULT prepare_views(struct row_set *rows, struct table_row *old, struct table_row *row, BOOL complete)
{
    struct table_view *view, *done;
    HRESULT hr = S_OK;

    for (view = rows->views; view; view = view->next)
    {
        hr = view_prepare_change(view, old, row, complete);
        if (FAILED(hr))
            break;
    }
    for (done = rows->views; FAILED(hr) && done != view; done = done->next)
        view_cancel_change(done);
    return hr;
}

/* Adds an event, if there is one, to a list. */
static void append(struct table_event ***last, struct table_event *event)
{
    **last = event;
    if (event)
        *last = &event->next;
}

static void commit_views(struct row_set *rows, struct table_row *old, struct table_row *row, struct table_event ***last)
{
    struct table_view *view;

    for (view = rows->views; view; view = view->next)
        view_commit_change(view, old, row, last);
}

/* One event a view. */
static void announce(struct row_set *rows, ULONG what, struct table_event ***last)
{
    struct table_view *view;

    for (view = rows->views; view; view = view->next)
        append(last, view_announce(view, what));
}

static LONGLONG sequence_at(struct row_set *rows, ULONG place)
{
    return ((struct table_row *)ranked_get(&rows->inserted, place))->sequence;
}

/*
 * The sequence of a row that comes before the one at place. Where there is no room left between two rows all rows are
 * numbered anew: their order stays the same, so every view's does too. Fixed views share the rows without this lock; they
 * do not look at the numbers (view_order_build).
 */
static LONGLONG make_room(struct row_set *rows, ULONG place)
{
    ULONG count = rows->inserted.count, i;
    LONGLONG before, after;

    if (!count)
        return 0;
    if (place == count)
        return sequence_at(rows, count - 1) + SEQUENCE_STEP;
    if (!place)
        return sequence_at(rows, 0) - SEQUENCE_STEP;
    before = sequence_at(rows, place - 1);
    after = sequence_at(rows, place);
    if (after - before < 2)
    {
        for (i = 0; i < count; i++)
            ((struct table_row *)ranked_get(&rows->inserted, i))->sequence = (LONGLONG)i * SEQUENCE_STEP;
        before = (LONGLONG)(place - 1) * SEQUENCE_STEP;
        after = before + SEQUENCE_STEP;
    }
    return before + (after - before) / 2;
}

/* Lock held. Takes over the reference on row when it succeeds; a replaced row keeps its place. */
static HRESULT put_row(struct row_set *rows, struct table_row *row, ULONG place, struct table_event ***last)
{
    struct table_row *old = NULL;
    ULONG position, length;
    HRESULT hr;

    if (row_set_locate(rows, table_row_typed(row, rows->index_tag), &position))
        old = ranked_get(&rows->index, position);
    else if (rows->index.count == MAXLONG || !ranked_reserve(&rows->index, 1) || !ranked_reserve(&rows->inserted, 1))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    row->sequence = old ? old->sequence : make_room(rows, place);
    hr = prepare_views(rows, old, row, TRUE);
    if (FAILED(hr))
        return hr;
    if (old)
    {
        *ranked_span(&rows->index, position, &length) = row;
        *ranked_span(&rows->inserted, row_set_rank(rows, old), &length) = row;
    }
    else
    {
        ranked_insert(&rows->index, position, row);
        ranked_insert(&rows->inserted, place, row);
    }
    commit_views(rows, old, row, last);
    table_row_release(old);
    return S_OK;
}

HRESULT row_set_put_rows(struct row_set *rows, struct table_row **put, ULONG count)
{
    struct table_event *events = NULL, **last = &events;
    HRESULT hr = S_OK;
    ULONG i;

    AcquireSRWLockExclusive(&rows->lock);
    rows->quiet = count > ROW_SET_EVENTS;
    for (i = 0; i < count; i++)
    {
        hr = put_row(rows, put[i], rows->inserted.count, &last);
        if (FAILED(hr))
            break;
        put[i] = NULL;
    }
    if (rows->quiet && i)
        announce(rows, TABLE_CHANGED, &last);
    rows->quiet = FALSE;
    table_events_queue(events);
    ReleaseSRWLockExclusive(&rows->lock);
    table_events_free(events);
    return hr;
}

HRESULT row_set_put(struct row_set *rows, const SPropValue *values, ULONG count)
{
    struct table_row *row;
    HRESULT hr;

    hr = table_row_create(values, count, &row);
    if (FAILED(hr))
        return hr;
    hr = table_row_typed(row, rows->index_tag) ? row_set_put_rows(rows, &row, 1) : MAPI_E_INVALID_PARAMETER;
    table_row_release(row);
    return hr;
}

HRESULT row_set_insert_row(struct row_set *rows, ULONG place, struct table_row *row)
{
    struct table_event *events = NULL, **last = &events;
    HRESULT hr = MAPI_E_INVALID_PARAMETER;
    ULONG position;

    AcquireSRWLockExclusive(&rows->lock);
    if (place <= rows->inserted.count && !row_set_locate(rows, table_row_typed(row, rows->index_tag), &position))
        hr = put_row(rows, row, place, &last);
    table_events_queue(events);
    ReleaseSRWLockExclusive(&rows->lock);
    table_events_free(events);
    return hr;
}

/* Lock held. */
static BOOL remove_row(struct row_set *rows, const SPropValue *index, struct table_event ***last)
{
    struct table_row *old;
    ULONG position;

    if (!row_set_locate(rows, index, &position))
        return FALSE;
    old = ranked_remove(&rows->index, position);
    ranked_remove(&rows->inserted, row_set_rank(rows, old));
    prepare_views(rows, old, NULL, FALSE);
    commit_views(rows, old, NULL, last);
    table_row_release(old);
    return TRUE;
}

ULONG row_set_remove_rows(struct row_set *rows, const SPropValue *const *indices, ULONG count)
{
    struct table_event *events = NULL, **last = &events;
    ULONG removed = 0, i;

    AcquireSRWLockExclusive(&rows->lock);
    rows->quiet = count > ROW_SET_EVENTS;
    for (i = 0; i < count; i++)
        removed += indices[i] && prop_valid(indices[i]) && remove_row(rows, indices[i], &last);
    if (rows->quiet && removed)
        announce(rows, TABLE_CHANGED, &last);
    rows->quiet = FALSE;
    table_events_queue(events);
    ReleaseSRWLockExclusive(&rows->lock);
    table_events_free(events);
    return removed;
}

HRESULT row_set_remove(struct row_set *rows, const SPropValue *index)
{
    return row_set_remove_rows(rows, &index, 1) ? S_OK : MAPI_E_NOT_FOUND;
}

ULONG row_set_clear(struct row_set *rows)
{
    struct table_event *events = NULL, **last = &events;
    struct view_layout empty;
    struct table_view *view;
    ULONG removed;
    AcquireSRWLockExclusive(&rows->lock);
    removed = rows->index.count;
    for (view = rows->views; view; view = view->next)
    {
        ranked_init(&empty.order);
        ranked_init(&empty.all);
        view_order_replace(view, &empty);
    }
    ranked_clear(&rows->inserted);
    release_rows(&rows->index);
    announce(rows, TABLE_RELOAD, &last);
    table_events_queue(events);
    ReleaseSRWLockExclusive(&rows->lock);
    table_events_free(events);
    return removed;
}

HRESULT row_set_notify(struct row_set *rows, const SPropValue *index)
{
    struct table_event *events = NULL, **last = &events;
    HRESULT hr = MAPI_E_NOT_FOUND;
    struct table_view *view;
    struct table_row *row;
    ULONG position;

    if (!prop_valid(index))
        return hr;
    AcquireSRWLockExclusive(&rows->lock);
    if (row_set_locate(rows, index, &position))
    {
        row = ranked_get(&rows->index, position);
        hr = prepare_views(rows, row, row, TRUE);
        for (view = rows->views; SUCCEEDED(hr) && view; view = view->next)
            view_announce_row(view, row, &last);
    }
    table_events_queue(events);
    ReleaseSRWLockExclusive(&rows->lock);
    table_events_free(events);
    return hr;
}

struct table_row *row_set_find(struct row_set *rows, const SPropValue *index, ULONG *place)
{
    struct table_row *row = NULL;
    ULONG position;

    if (!prop_valid(index))
        return NULL;
    AcquireSRWLockShared(&rows->lock);
    if (row_set_locate(rows, index, &position))
    {
        row = ranked_get(&rows->index, position);
        table_row_addref(row);
        if (place)
            *place = row_set_rank(rows, row);
    }
    ReleaseSRWLockShared(&rows->lock);
    return row;
}

struct table_row *row_set_nth(struct row_set *rows, ULONG place)
{
    struct table_row *row = NULL;

    AcquireSRWLockShared(&rows->lock);
    if (place < rows->inserted.count)
    {
        row = ranked_get(&rows->inserted, place);
        table_row_addref(row);
    }
    ReleaseSRWLockShared(&rows->lock);
    return row;
}

HRESULT row_set_get(struct row_set *rows, const SPropValue *index, ULONG *count, SPropValue **values)
{
    struct table_row *row = row_set_find(rows, index, NULL);
    HRESULT hr;

    *count = 0;
    *values = NULL;
    if (!row)
        return MAPI_E_NOT_FOUND;
    hr = prop_dup(row->values, row->count, values);
    if (SUCCEEDED(hr))
        *count = row->count;
    table_row_release(row);
    return hr;
}

ULONG row_set_count(struct row_set *rows)
{
    ULONG count;

    AcquireSRWLockShared(&rows->lock);
    count = rows->index.count;
    ReleaseSRWLockShared(&rows->lock);
    return count;
}
