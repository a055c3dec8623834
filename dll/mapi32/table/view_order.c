/*
 * The rows of a view: filtering, and following the row set's changes with cursor and bookmarks.
 *
 * Everything here runs under the row set's lock, exclusively where it changes something. Rows are ordered by the sort
 * order, then by insertion, so that every row has exactly one place.
 */
#include "table/view.h"

#include <string.h>

HRESULT view_order_build(struct table_view *view, const struct condition *condition, const struct sort_order *sort,
                         LCID locale, struct view_layout *layout)
{
    struct ordering ordering = {sort, locale};
    ULONG total = view->rows->inserted.count, count = 0, position, length, i;
    void **rows, **span;
    HRESULT hr = S_OK;
    BOOL match;

    ranked_init(&layout->order);
    ranked_init(&layout->all);
    rows = heap_alloc(total * sizeof(*rows));
    if (!rows)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (position = 0; SUCCEEDED(hr) && position < total; position += length)
    {
        span = ranked_span(&view->rows->inserted, position, &length);
        for (i = 0; i < length && SUCCEEDED(hr); i++)
        {
            /* Rows lie anywhere; most of the time would go into waiting for them. */
            if (condition && i + 4 < length)
            {
                __builtin_prefetch(span[i + 4]);
                __builtin_prefetch((char *)span[i + 4] + 64);
            }
            hr = condition_match(condition, span[i], &match);
            if (match)
                rows[count++] = span[i];
        }
    }
    if (SUCCEEDED(hr) && !rows_sort(&ordering, rows, count))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr) && sort && sort->levels)
        hr = view_categorize(view, &ordering, rows, count, layout);
    else if (SUCCEEDED(hr) && !ranked_build(&layout->order, rows, count))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    heap_free(rows);
    return hr;
}

void view_order_replace(struct table_view *view, struct view_layout *layout)
{
    struct view_layout old = {view->order, view->all};
    size_t i;

    layout_clear(&old);
    view->order = layout->order;
    view->all = layout->all;
    view->position = 0;
    for (i = 0; i < view->bookmark_count; i++)
    {
        view->bookmarks[i].generation += view->bookmarks[i].used;
        view->bookmarks[i].used = FALSE;
    }
}

/* Where the row is in a sequence of the view; its count when it is not there. */
static ULONG locate(struct table_view *view, const struct ranked *sequence, const struct table_row *row)
{
    ULONG position = view_place(view, sequence, row), length, i;
    void **span;

    if (position < sequence->count && ranked_get(sequence, position) == row)
        return position;
    /* A locale whose order contradicts itself: the row is somewhere. */
    for (position = 0; position < sequence->count; position += length)
    {
        span = ranked_span(sequence, position, &length);
        for (i = 0; i < length; i++)
        {
            if (span[i] == row)
                return position + i;
        }
    }
    return position;
}

ULONG view_order_locate(struct table_view *view, struct table_row *row)
{
    ULONG levels = row->is_heading ? row->heading.level : view_levels(view);

    return view_path_expanded(view, row, levels) ? locate(view, &view->order, row) : view->order.count;
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

/* count: rows before the insertion; moved: those that follow come with it. What stands on a row stays with it; at the
 * beginning and behind the end there is none to stay with, and the new row is still to be read. */
static void follow_insertion(struct table_view *view, ULONG position, ULONG count, BOOL moved)
{
    size_t i;

    if (position < view->position || (position == view->position && position && position < count))
        view->position++;
    for (i = 0; i < view->bookmark_count; i++)
    {
        struct bookmark *bookmark = &view->bookmarks[i];

        if (moved && bookmark->follows)
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

static void fresh_clear(struct table_view *view)
{
    ULONG level;

    for (level = 0; level < view_levels(view); level++)
    {
        table_row_release(view->fresh[level]);
        view->fresh[level] = NULL;
    }
}

/* Memory for a row that comes in: its place, and the headings that it is the first of. */
static HRESULT prepare_row(struct table_view *view, const struct table_row *row)
{
    ULONG levels = view_levels(view), level, place;
    HRESULT hr = S_OK;

    if (!ranked_reserve(&view->order, levels + 1) || (levels && !ranked_reserve(&view->all, levels + 1)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (level = 0; level < levels && SUCCEEDED(hr); level++)
    {
        if (!view_heading(view, row, level, &place))
            hr = heading_create(view, view->sort, row, level, &view->fresh[level]);
    }
    return hr;
}

HRESULT view_prepare_change(struct table_view *view, struct table_row *old, struct table_row *row, BOOL complete)
{
    HRESULT hr = S_OK;

    view->matched = view->was_there = FALSE;
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
    if (SUCCEEDED(hr) && view->matched)
        hr = prepare_row(view, row);
    if (SUCCEEDED(hr) && !view->rows->quiet && InterlockedCompareExchange(&view->sink_count, 0, 0) > 0
        && !view_events_prepare(view, 2 * view_levels(view) + 1))
    {
        if (complete)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
            WARN("a view's sinks are not told of a change, out of memory");
    }
    if (FAILED(hr))
        view_cancel_change(view);
    return hr;
}

void view_cancel_change(struct table_view *view)
{
    view_events_drop(view);
    fresh_clear(view);
}

/* A heading whose last row went. */
static void remove_heading(struct table_view *view, struct table_row *heading, ULONG place, BOOL visible,
                           struct table_event ***last)
{
    ULONG position = visible ? locate(view, &view->order, heading) : 0;

    ranked_remove(&view->all, place);
    if (visible)
    {
        ranked_remove(&view->order, position);
        follow_removal(view, position);
        view_event(view, TABLE_ROW_DELETED, heading, 0, last);
    }
    table_row_release(heading);
}

/* What a row's headings count when it goes: row NULL, or comes instead of another one. From the innermost one outwards;
 * the first so many are those of the row that comes too. */
static void leave_headings(struct table_view *view, struct table_row *old, struct table_row *row, ULONG shared,
                           struct table_event ***last)
{
    ULONG level = view_levels(view), place;
    struct table_row *heading;
    BOOL visible, changed;

    while (level--)
    {
        if (!(heading = view_heading(view, old, level, &place)))
            continue;
        visible = view_path_expanded(view, old, level);
        changed = heading_count(heading, old, -1);
        if (level < shared)
        {
            changed = !heading_counts_alike(old, row);
            heading_count(heading, row, 1);
        }
        if (!heading->heading.leaves)
            remove_heading(view, heading, place, visible, last);
        else if (changed && visible)
            view_event(view, TABLE_ROW_MODIFIED, heading, locate(view, &view->order, heading), last);
    }
}

/* From the outermost one that is not shared inwards. */
static void join_headings(struct table_view *view, struct table_row *row, ULONG shared, struct table_event ***last)
{
    ULONG level, place, position;
    struct table_row *heading;
    BOOL visible, changed;

    for (level = shared; level < view_levels(view); level++)
    {
        visible = view_path_expanded(view, row, level);
        heading = view_heading(view, row, level, &place);
        if (heading)
        {
            changed = heading_count(heading, row, 1);
            if (changed && visible)
                view_event(view, TABLE_ROW_MODIFIED, heading, locate(view, &view->order, heading), last);
            continue;
        }
        heading = view->fresh[level];
        view->fresh[level] = NULL;
        heading_count(heading, row, 1);
        ranked_insert(&view->all, place, heading);
        if (!visible)
            continue;
        position = view_place(view, &view->order, heading);
        ranked_insert(&view->order, position, heading);
        follow_insertion(view, position, view->order.count - 1, FALSE);
        view_event(view, TABLE_ROW_ADDED, heading, position, last);
    }
}

void view_commit_change(struct table_view *view, struct table_row *old, struct table_row *row,
                        struct table_event ***last)
{
    struct ordering ordering = {view->sort, view->locale};
    ULONG levels = view_levels(view), shared = 0, from = 0, to = 0, place;
    BOOL was = FALSE, is = row && view->matched, stays;

    if (old && view->was_there)
    {
        /* Under a collapsed heading it may be there and not show. */
        was = levels ? (place = locate(view, &view->all, old)) < view->all.count : TRUE;
        from = view_order_locate(view, old);
        if (levels && was)
            ranked_remove(&view->all, place);
        if (was && is && levels)
            shared = view_levels_shared(&ordering, old, row);
        stays = is && view_path_expanded(view, row, levels);
        if (from < view->order.count)
        {
            ranked_remove(&view->order, from);
            to = stays ? view_place(view, &view->order, row) : from;
            if (!stays || from != to || shared < levels)
            {
                mark_followers(view, from, stays);
                follow_removal(view, from);
            }
            if (!stays)
                view_event(view, TABLE_ROW_DELETED, old, 0, last);
            if (was)
                leave_headings(view, old, is ? row : NULL, shared, last);
            was = TRUE;
        }
        else
        {
            if (was)
                leave_headings(view, old, is ? row : NULL, shared, last);
            was = FALSE;
        }
    }
    if (is)
    {
        join_headings(view, row, shared, last);
        if (levels)
            ranked_insert(&view->all, view_place(view, &view->all, row), row);
        if (view_path_expanded(view, row, levels))
        {
            BOOL moved = !was || from != to || shared < levels;

            to = view_place(view, &view->order, row);
            ranked_insert(&view->order, to, row);
            if (moved)
                follow_insertion(view, to, view->order.count - 1, was);
            view_event(view, was ? TABLE_ROW_MODIFIED : TABLE_ROW_ADDED, row, to, last);
        }
    }
    mark_followers(view, 0, FALSE);
    view_cancel_change(view);
}

void view_announce_row(struct table_view *view, struct table_row *row, struct table_event ***last)
{
    ULONG position = view->order.count;

    if (view->events && view->matched)
        position = view_order_locate(view, row);
    if (position < view->order.count)
        view_event(view, TABLE_ROW_MODIFIED, row, position, last);
    view_cancel_change(view);
}
