/*
 * What a view's sinks are told: events are allocated before a change, filled in while it is made, queued under the lock.
 */
#include "table/view.h"

#include <string.h>

BOOL view_events_prepare(struct table_view *view, ULONG count)
{
    struct table_event *event;

    while (count--)
    {
        event = heap_alloc_zero(sizeof(*event));
        if (!event)
            return FALSE;
        event->next = view->events;
        view->events = event;
    }
    return TRUE;
}

void view_events_drop(struct table_view *view)
{
    struct table_event *event;

    while ((event = view->events))
    {
        view->events = event->next;
        heap_free(event);
    }
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

/* What tells a row of the view from the others. */
static SPropValue row_key(const struct table_view *view, const struct table_row *row)
{
    return *table_row_value(row, row->is_heading ? PR_INSTANCE_KEY : view->rows->index_tag);
}

void view_event(struct table_view *view, ULONG what, struct table_row *row, ULONG position, struct table_event ***last)
{
    struct table_event *event = view->events;
    TABLE_NOTIFICATION *table;

    if (!event || !hold_view(view))
        return;
    view->events = event->next;
    event->next = NULL;
    **last = event;
    *last = &event->next;
    event->view = view;
    event->row = row;
    table_row_addref(row);
    event->notification.ulEventType = fnevTableModified;
    table = &event->notification.info.tab;
    table->ulTableEvent = what;
    table->propPrior.ulPropTag = PR_NULL; /* NOTIF-21 */
    table->propIndex = row_key(view, row);
    if (what == TABLE_ROW_DELETED) /* NOTIF-22: no row data */
        return;
    if (position)
    {
        event->prior = ranked_get(&view->order, position - 1);
        table_row_addref(event->prior);
        table->propPrior = row_key(view, event->prior);
    }
    if (FAILED(table_row_output(row, view->columns, view->wide, view_levels(view), &table->row.lpProps)))
    {
        /* "Something changed, read again" needs no memory. */
        set_bare_event(table, TABLE_CHANGED);
        return;
    }
    table->row.cValues = view->columns->cValues;
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
