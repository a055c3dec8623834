/*
 * Row sets: the rows that views show, found by their index property.
 *
 * The lock is the one of the set and of all its views. A change first makes sure of all memory in every view, then is
 * made everywhere, then the views' sinks are told without the lock.
 */
#include "table/view.h"

#include <string.h>

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
    *out = rows;
    return S_OK;
}

void row_set_addref(struct row_set *rows)
{
    InterlockedIncrement(&rows->refcount);
}

void row_set_release(struct row_set *rows)
{
    ULONG position, length, i;
    void **span;

    if (!rows || InterlockedDecrement(&rows->refcount))
        return;
    for (position = 0; position < rows->index.count; position += length)
    {
        span = ranked_span(&rows->index, position, &length);
        for (i = 0; i < length; i++)
            table_row_release(span[i]);
    }
    ranked_clear(&rows->index);
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

HRESULT row_set_snapshot(struct row_set *rows, struct row_set **out)
{
    ULONG position, length, i;
    struct row_set *copy;
    void **items, **span;
    HRESULT hr;

    hr = row_set_create(rows->index_tag, &copy);
    if (FAILED(hr))
        return hr;
    AcquireSRWLockShared(&rows->lock);
    items = heap_alloc(rows->index.count * sizeof(*items));
    for (position = 0; items && position < rows->index.count; position += length)
    {
        span = ranked_span(&rows->index, position, &length);
        memcpy(items + position, span, length * sizeof(*items));
    }
    if (items && ranked_build(&copy->index, items, rows->index.count))
    {
        for (i = 0; i < copy->index.count; i++)
            table_row_addref(items[i]);
    }
    else
    {
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    ReleaseSRWLockShared(&rows->lock);
    heap_free(items);
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

static struct table_event *commit_views(struct row_set *rows, struct table_row *old, struct table_row *row)
{
    struct table_event *first = NULL, **last = &first;
    struct table_view *view;

    for (view = rows->views; view; view = view->next)
    {
        *last = view_commit_change(view, old, row);
        if (*last)
            last = &(*last)->next;
    }
    return first;
}

HRESULT row_set_put(struct row_set *rows, const SPropValue *values, ULONG count)
{
    struct table_event *events = NULL;
    struct table_row *row, *old = NULL;
    const SPropValue *index;
    ULONG position;
    HRESULT hr;

    hr = table_row_create(values, count, &row);
    if (FAILED(hr))
        return hr;
    index = table_row_typed(row, rows->index_tag);
    if (!index)
    {
        table_row_release(row);
        return MAPI_E_INVALID_PARAMETER;
    }
    AcquireSRWLockExclusive(&rows->lock);
    if (row_set_locate(rows, index, &position))
        old = ranked_get(&rows->index, position);
    else if (rows->index.count == MAXLONG || !ranked_reserve(&rows->index))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    row->sequence = old ? old->sequence : rows->next_sequence;
    if (SUCCEEDED(hr))
        hr = prepare_views(rows, old, row, TRUE);
    if (SUCCEEDED(hr))
    {
        ULONG length;

        if (old)
            *ranked_span(&rows->index, position, &length) = row;
        else
            ranked_insert(&rows->index, position, row);
        rows->next_sequence += !old;
        events = commit_views(rows, old, row);
        table_events_queue(events);
    }
    ReleaseSRWLockExclusive(&rows->lock);
    table_row_release(SUCCEEDED(hr) ? old : row);
    table_events_free(events);
    return hr;
}

HRESULT row_set_remove(struct row_set *rows, const SPropValue *index)
{
    struct table_event *events = NULL;
    struct table_row *old = NULL;
    ULONG position;

    if (!prop_valid(index))
        return MAPI_E_NOT_FOUND;
    AcquireSRWLockExclusive(&rows->lock);
    if (row_set_locate(rows, index, &position))
    {
        old = ranked_remove(&rows->index, position);
        prepare_views(rows, old, NULL, FALSE);
        events = commit_views(rows, old, NULL);
        table_events_queue(events);
    }
    ReleaseSRWLockExclusive(&rows->lock);
    table_row_release(old);
    table_events_free(events);
    return old ? S_OK : MAPI_E_NOT_FOUND;
}

HRESULT row_set_get(struct row_set *rows, const SPropValue *index, ULONG *count, SPropValue **values)
{
    HRESULT hr = MAPI_E_NOT_FOUND;
    struct table_row *row;
    ULONG position;

    *count = 0;
    *values = NULL;
    if (!prop_valid(index))
        return MAPI_E_NOT_FOUND;
    AcquireSRWLockShared(&rows->lock);
    if (row_set_locate(rows, index, &position))
    {
        row = ranked_get(&rows->index, position);
        hr = prop_dup(row->values, row->count, values);
        if (SUCCEEDED(hr))
            *count = row->count;
    }
    ReleaseSRWLockShared(&rows->lock);
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
