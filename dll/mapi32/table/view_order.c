/*
 * The rows of a view: filtering, sorting, and following the row set's changes with cursor and bookmarks.
 *
 * Everything here runs under the row set's lock, exclusively where it changes something. Rows are ordered by the sort
 * order, then by insertion, so that every row has exactly one place.
 */
#include "table/view.h"

#include <string.h>

#define MAX_SORTS 256

HRESULT sort_order_copy(const SSortOrderSet *sort, SSortOrderSet **out)
{
    struct prop_shape shape;
    SSortOrderSet *copy;
    ULONG count, i;

    *out = NULL;
    if (!memory_readable(sort, offsetof(SSortOrderSet, aSort)))
        return MAPI_E_INVALID_PARAMETER;
    count = sort->cSorts;
    if (sort->cCategories > count || sort->cExpanded > sort->cCategories)
        return MAPI_E_INVALID_PARAMETER;
    if (count > MAX_SORTS || sort->cCategories)
        return MAPI_E_TOO_COMPLEX;
    if (!memory_readable(sort, CbNewSSortOrderSet(count)))
        return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < count; i++)
    {
        ULONG type = PROP_TYPE(sort->aSort[i].ulPropTag);

        if (sort->aSort[i].ulOrder != TABLE_SORT_ASCEND && sort->aSort[i].ulOrder != TABLE_SORT_DESCEND)
            return MAPI_E_TOO_COMPLEX;
        if (!prop_shape_of(type, &shape) || shape.kind == PROP_KIND_EMPTY || type == PT_ERROR)
            return MAPI_E_TOO_COMPLEX;
    }
    copy = heap_alloc(CbNewSSortOrderSet(count));
    if (!copy)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(copy, sort, CbNewSSortOrderSet(count));
    copy->cSorts = count;
    copy->cCategories = copy->cExpanded = 0;
    *out = copy;
    return S_OK;
}

/* How two rows compare in an order; 0: the one that was inserted first comes first. */
struct ordering
{
    const SSortOrderSet *sort; /* NULL: by insertion */
    LCID locale;
};

static int order_rows(const struct ordering *ordering, const struct table_row *a, const struct table_row *b)
{
    const SPropValue *x, *y;
    int order;
    ULONG i;

    for (i = 0; ordering->sort && i < ordering->sort->cSorts; i++)
    {
        const SSortOrder *key = &ordering->sort->aSort[i];

        x = table_row_typed(a, key->ulPropTag);
        y = table_row_typed(b, key->ulPropTag);
        /* A missing value comes before all others. */
        order = x && y ? prop_order_in(x, y, ordering->locale) : !!x - !!y;
        if (order)
            return key->ulOrder == TABLE_SORT_DESCEND ? -order : order;
    }
    return 0;
}

/* Merges two sorted neighbours; what compares equal stays in its order. */
static void merge(const struct ordering *ordering, void **rows, ULONG left, ULONG count, void **room)
{
    ULONG i = 0, j = left, to = 0;

    if (order_rows(ordering, rows[left - 1], rows[left]) <= 0)
        return;
    memcpy(room, rows, left * sizeof(*rows));
    while (i < left && j < count)
        rows[to++] = order_rows(ordering, room[i], rows[j]) <= 0 ? room[i++] : rows[j++];
    memcpy(rows + to, room + i, (left - i) * sizeof(*rows));
}

static void sort_rows(const struct ordering *ordering, void **rows, ULONG count, void **room)
{
    ULONG left = count / 2, i, at;

    if (count > 8)
    {
        sort_rows(ordering, rows, left, room);
        sort_rows(ordering, rows + left, count - left, room);
        merge(ordering, rows, left, count, room);
        return;
    }
    for (i = 1; i < count; i++)
    {
        void *row = rows[i];

        for (at = i; at && order_rows(ordering, rows[at - 1], row) > 0; at--)
            rows[at] = rows[at - 1];
        rows[at] = row;
    }
}

HRESULT view_order_build(struct table_view *view, const struct condition *condition, const SSortOrderSet *sort,
                         LCID locale, struct ranked *order)
{
    struct ordering ordering = {sort, locale};
    ULONG total = view->rows->inserted.count, count = 0, position, length, i;
    void **rows, **room, **span;
    HRESULT hr = S_OK;
    BOOL match;

    ranked_init(order);
    rows = heap_alloc(total * sizeof(*rows));
    room = heap_alloc((total / 2 + 1) * sizeof(*room));
    if (!rows || !room)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (position = 0; SUCCEEDED(hr) && position < total; position += length)
    {
        span = ranked_span(&view->rows->inserted, position, &length);
        for (i = 0; i < length && SUCCEEDED(hr); i++)
        {
            hr = condition_match(condition, span[i], &match);
            if (match)
                rows[count++] = span[i];
        }
    }
    if (SUCCEEDED(hr))
    {
        sort_rows(&ordering, rows, count, room);
        if (!ranked_build(order, rows, count))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    heap_free(rows);
    heap_free(room);
    return hr;
}

void view_order_replace(struct table_view *view, struct ranked *order)
{
    size_t i;

    ranked_clear(&view->order);
    view->order = *order;
    view->position = 0;
    for (i = 0; i < view->bookmark_count; i++)
    {
        view->bookmarks[i].generation += view->bookmarks[i].used;
        view->bookmarks[i].used = FALSE;
    }
}

struct row_search
{
    struct ordering ordering;
    const struct table_row *row;
};

static int order_by_view(void *item, void *context)
{
    const struct row_search *search = context;
    const struct table_row *row = item;
    int order = order_rows(&search->ordering, row, search->row);

    if (order)
        return order;
    return row->sequence < search->row->sequence ? -1 : row->sequence > search->row->sequence;
}

/* Where a row belongs among the rows of the view. */
static ULONG place_of(struct table_view *view, const struct table_row *row)
{
    struct row_search search = {{view->sort, view->locale}, row};

    return ranked_search(&view->order, order_by_view, &search);
}

ULONG view_order_locate(struct table_view *view, struct table_row *row)
{
    ULONG position = place_of(view, row), length, i;
    void **span;

    if (position < view->order.count && ranked_get(&view->order, position) == row)
        return position;
    /* A locale whose order contradicts itself: the row is somewhere. */
    for (position = 0; position < view->order.count; position += length)
    {
        span = ranked_span(&view->order, position, &length);
        for (i = 0; i < length; i++)
        {
            if (span[i] == row)
                return position + i;
        }
    }
    return position;
}

static void follow_removal(struct table_view *view, ULONG position)
{
    size_t i;

    view->position -= view->position > position;
    for (i = 0; i < view->bookmark_count; i++)
    {
        struct bookmark *bookmark = &view->bookmarks[i];

        if (bookmark->position == position && !bookmark->follows)
            bookmark->moved = TRUE;
        bookmark->position -= bookmark->position > position;
    }
}

/* count: rows before the insertion. What stands on a row stays with it; at the beginning and behind the end there is
 * none to stay with, and the new row is still to be read. */
static void follow_insertion(struct table_view *view, ULONG position, ULONG count)
{
    size_t i;

    if (position < view->position || (position == view->position && position && position < count))
        view->position++;
    for (i = 0; i < view->bookmark_count; i++)
    {
        struct bookmark *bookmark = &view->bookmarks[i];

        if (bookmark->follows)
            bookmark->position = position;
        else if (position < bookmark->position || (position == bookmark->position && position < count))
            bookmark->position++;
    }
}

/* Bookmarks on the row at position go where it goes. */
static void mark_followers(struct table_view *view, ULONG position, BOOL follow)
{
    size_t i;

    for (i = 0; i < view->bookmark_count; i++)
        view->bookmarks[i].follows = follow && view->bookmarks[i].position == position;
}

HRESULT view_prepare_change(struct table_view *view, struct table_row *old, struct table_row *row, BOOL complete)
{
    HRESULT hr = S_OK;

    view->matched = view->was_there = FALSE;
    view->event = NULL;
    if (row)
        hr = condition_match(view->condition, row, &view->matched);
    if (SUCCEEDED(hr) && old)
    {
        hr = condition_match(view->condition, old, &view->was_there);
        if (FAILED(hr) && !complete)
        {
            /* Then it is looked for. */
            view->was_there = TRUE;
            hr = S_OK;
        }
    }
    if (SUCCEEDED(hr) && view->matched && !ranked_reserve(&view->order))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr) && !view->rows->quiet && InterlockedCompareExchange(&view->sink_count, 0, 0) > 0)
    {
        view->event = heap_alloc_zero(sizeof(*view->event));
        if (!view->event && complete)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        if (!view->event && !complete)
            WARN("a view's sinks are not told of a change, out of memory");
    }
    return hr;
}

void view_cancel_change(struct table_view *view)
{
    heap_free(view->event);
    view->event = NULL;
}

/* A reference, unless the last one is gone already. */
static BOOL hold_view(struct table_view *view)
{
    LONG count = view->refcount, seen;

    while (count)
    {
        seen = InterlockedCompareExchange(&view->refcount, count + 1, count);
        if (seen == count)
            return TRUE;
        count = seen;
    }
    return FALSE;
}

/* An event without a row. */
static void set_bare_event(TABLE_NOTIFICATION *table, ULONG what)
{
    memset(table, 0, sizeof(*table));
    table->ulTableEvent = what;
    table->propPrior.ulPropTag = table->propIndex.ulPropTag = PR_NULL;
}

/* Fills in the prepared event; NULL when there is none, or nobody to tell. what is a TABLE_* event. */
static struct table_event *make_event(struct table_view *view, ULONG what, struct table_row *row, ULONG position)
{
    struct table_event *event = view->event;
    TABLE_NOTIFICATION *table;

    view->event = NULL;
    if (!event || !what || !hold_view(view))
    {
        heap_free(event);
        return NULL;
    }
    event->view = view;
    event->row = row;
    table_row_addref(row);
    event->notification.ulEventType = fnevTableModified;
    table = &event->notification.info.tab;
    table->ulTableEvent = what;
    table->propPrior.ulPropTag = PR_NULL; /* NOTIF-21 */
    table->propIndex = *table_row_value(row, view->rows->index_tag);
    if (what == TABLE_ROW_DELETED) /* NOTIF-22: no row data */
        return event;
    if (position)
    {
        event->prior = ranked_get(&view->order, position - 1);
        table_row_addref(event->prior);
        table->propPrior = *table_row_value(event->prior, view->rows->index_tag);
    }
    if (FAILED(table_row_output(row, view->columns, view->wide, &table->row.lpProps)))
    {
        /* "Something changed, read again" needs no memory. */
        set_bare_event(table, TABLE_CHANGED);
        return event;
    }
    table->row.cValues = view->columns->cValues;
    return event;
}

struct table_event *view_commit_change(struct table_view *view, struct table_row *old, struct table_row *row)
{
    ULONG count = view->order.count, from = count, to = 0, what = 0;
    BOOL was = FALSE;

    if (old && view->was_there)
    {
        from = view_order_locate(view, old);
        was = from < count;
    }
    if (was)
        ranked_remove(&view->order, from);
    if (row && view->matched)
    {
        to = place_of(view, row);
        ranked_insert(&view->order, to, row);
        what = was ? TABLE_ROW_MODIFIED : TABLE_ROW_ADDED;
    }
    else if (was)
    {
        what = TABLE_ROW_DELETED;
    }
    if (was && (what == TABLE_ROW_DELETED || from != to))
    {
        mark_followers(view, from, what == TABLE_ROW_MODIFIED);
        follow_removal(view, from);
    }
    if (what == TABLE_ROW_ADDED || (what == TABLE_ROW_MODIFIED && from != to))
    {
        follow_insertion(view, to, count - was);
        mark_followers(view, 0, FALSE);
    }
    return make_event(view, what, what == TABLE_ROW_DELETED ? old : row, to);
}

struct table_event *view_announce_row(struct table_view *view, struct table_row *row)
{
    ULONG position = view->order.count;

    if (view->event && view->matched)
        position = view_order_locate(view, row);
    return make_event(view, position < view->order.count ? TABLE_ROW_MODIFIED : 0, row, position);
}

struct table_event *view_announce(struct table_view *view, ULONG what)
{
    struct table_event *event = NULL;

    if (InterlockedCompareExchange(&view->sink_count, 0, 0) > 0 && !(event = heap_alloc_zero(sizeof(*event))))
        WARN("a view's sinks are not told of event %lu, out of memory", what);
    if (!event || !hold_view(view))
    {
        heap_free(event);
        return NULL;
    }
    event->view = view;
    event->notification.ulEventType = fnevTableModified;
    set_bare_event(&event->notification.info.tab, what);
    return event;
}

void table_event_free(struct table_event *event)
{
    MAPIFreeBuffer(event->notification.info.tab.row.lpProps);
    table_row_release(event->row);
    table_row_release(event->prior);
    IMAPITable_Release(&event->view->IMAPITable_iface);
    heap_free(event);
}

void table_events_queue(const struct table_event *events)
{
    for (; events; events = events->next)
        if (FAILED(advise_queue(&events->view->sinks, &events->notification)))
            WARN("sinks of view %p miss a change", events->view);
}

void table_events_free(struct table_event *events)
{
    struct table_event *next;

    for (; events; events = next)
    {
        next = events->next;
        table_event_free(events);
    }
}
