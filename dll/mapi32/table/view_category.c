/*
 * Categories: the headings of a view, what they count, which of its rows show.
 *
 * A categorized view keeps all its headings and rows in one sequence (all), as if everything were expanded; order has
 * those of them that show. A heading stands before what it heads: it compares like its rows by the columns that it has.
 * Everything runs under the row set's lock.
 */
#include "table/view.h"

#include <string.h>

/* Parts of an instance key: what tells it from the keys of rows, which view, which of its headings. */
struct heading_key
{
    ULONG mark, view;
    ULONGLONG number;
};

#define HEADING_KEY_MARK 0x48725450

static LONG *counter(struct table_row *heading, ULONG tag)
{
    return &((SPropValue *)table_row_value(heading, tag))->Value.l;
}

BOOL heading_expanded(const struct table_row *heading)
{
    return table_row_value(heading, PR_ROW_TYPE)->Value.l == TBL_EXPANDED_CATEGORY;
}

void heading_expand(struct table_row *heading, BOOL expand)
{
    *counter(heading, PR_ROW_TYPE) = expand ? TBL_EXPANDED_CATEGORY : TBL_COLLAPSED_CATEGORY;
}

/* Whether the row is a message that a heading counts, and an unread one. */
static BOOL counts_as_content(const struct table_row *row, BOOL *unread)
{
    const SPropValue *flags = table_row_typed(row, PR_MESSAGE_FLAGS);
    BOOL associated = flags && flags->Value.l & MSGFLAG_ASSOCIATED;

    *unread = flags && !associated && !(flags->Value.l & MSGFLAG_READ);
    return !associated;
}

BOOL heading_count(struct table_row *heading, const struct table_row *row, LONG sign)
{
    BOOL unread, content = counts_as_content(row, &unread);

    heading->heading.leaves += sign;
    *counter(heading, PR_CONTENT_COUNT) += content ? sign : 0;
    *counter(heading, PR_CONTENT_UNREAD) += unread ? sign : 0;
    return content || unread;
}

BOOL heading_counts_alike(const struct table_row *a, const struct table_row *b)
{
    BOOL unread_a, unread_b, content_a = counts_as_content(a, &unread_a), content_b = counts_as_content(b, &unread_b);

    return content_a == content_b && unread_a == unread_b;
}

HRESULT heading_create(struct table_view *view, const struct sort_order *sort, const struct table_row *row, ULONG level,
                       struct table_row **out)
{
    ULONG columns = sort_level_columns(sort, level), count = 0, i;
    struct heading_key key = {HEADING_KEY_MARK, view->number, ++view->headings};
    const SPropValue *value;
    SPropValue *values;
    HRESULT hr;

    *out = NULL;
    values = heap_alloc_zero((columns + 5) * sizeof(*values));
    if (!values)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < columns; i++)
    {
        value = table_row_typed(row, sort->set.aSort[i].ulPropTag);
        if (value)
            values[count++] = *value;
    }
    values[count++].ulPropTag = PR_CONTENT_COUNT;
    values[count++].ulPropTag = PR_CONTENT_UNREAD;
    values[count].Value.bin.cb = sizeof(key);
    values[count].Value.bin.lpb = (BYTE *)&key;
    values[count++].ulPropTag = PR_INSTANCE_KEY;
    values[count].Value.l = level < sort->set.cExpanded ? TBL_EXPANDED_CATEGORY : TBL_COLLAPSED_CATEGORY;
    values[count++].ulPropTag = PR_ROW_TYPE;
    values[count].Value.l = level;
    values[count++].ulPropTag = PR_DEPTH;
    hr = table_row_create(values, count, out);
    heap_free(values);
    if (FAILED(hr))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    (*out)->is_heading = TRUE;
    (*out)->heading.level = level;
    (*out)->heading.columns = columns;
    (*out)->heading.leaves = 0;
    return S_OK;
}

/* A place among the entries of a view: that of a row, or of the heading of so many columns that it would have. */
struct entry_search
{
    struct ordering ordering;
    const struct table_row *row;
    ULONG columns; /* ALL_COLUMNS: the row itself */
};

#define ALL_COLUMNS 0xffffffff

static int order_by_entry(void *item, void *context)
{
    const struct entry_search *search = context;
    const struct table_row *row = item;
    ULONG columns = row->is_heading ? row->heading.columns : ALL_COLUMNS, count;
    int order = 0;

    if (search->ordering.sort)
    {
        count = min(min(columns, search->columns), search->ordering.sort->set.cSorts);
        order = order_columns(&search->ordering, row, search->row, 0, count);
    }
    if (order || columns != search->columns)
        return order ? order : columns < search->columns ? -1 : 1;
    if (columns != ALL_COLUMNS)
        return 0;
    return row->sequence < search->row->sequence ? -1 : row->sequence > search->row->sequence;
}

ULONG view_place(struct table_view *view, const struct ranked *sequence, const struct table_row *row)
{
    struct entry_search search = {
            {view->sort, view->locale}, row, row->is_heading ? row->heading.columns : ALL_COLUMNS};

    return ranked_search(sequence, order_by_entry, &search);
}

struct table_row *view_heading(struct table_view *view, const struct table_row *row, ULONG level, ULONG *place)
{
    struct entry_search search = {{view->sort, view->locale}, row, sort_level_columns(view->sort, level)};
    struct table_row *heading;

    *place = ranked_search(&view->all, order_by_entry, &search);
    if (*place == view->all.count)
        return NULL;
    heading = ranked_get(&view->all, *place);
    return heading->is_heading && !order_by_entry(heading, &search) ? heading : NULL;
}

/* Whether what is below the level-th heading of the row's shows; headings that are not there yet are in fresh. */
BOOL view_path_expanded(struct table_view *view, const struct table_row *row, ULONG levels)
{
    struct table_row *heading;
    ULONG level, place;

    for (level = 0; level < levels; level++)
    {
        heading = view_heading(view, row, level, &place);
        if (!heading)
            heading = view->fresh[level];
        if (!heading || !heading_expanded(heading))
            return FALSE;
    }
    return TRUE;
}

void layout_clear(struct view_layout *layout)
{
    ULONG position, length, i;
    void **span;

    for (position = 0; position < layout->all.count; position += length)
    {
        span = ranked_span(&layout->all, position, &length);
        for (i = 0; i < length; i++)
        {
            if (((struct table_row *)span[i])->is_heading)
                table_row_release(span[i]);
        }
    }
    ranked_clear(&layout->all);
    ranked_clear(&layout->order);
}

HRESULT view_visible(const struct ranked *all, struct ranked *order)
{
    ULONG count = 0, position, length, hidden = ALL_COLUMNS, i;
    void **rows = heap_alloc(all->count * sizeof(*rows)), **span;
    BOOL built;

    ranked_init(order);
    if (!rows)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (position = 0; position < all->count; position += length)
    {
        span = ranked_span(all, position, &length);
        for (i = 0; i < length; i++)
        {
            struct table_row *row = span[i];

            /* Below a collapsed heading nothing shows until one of its level or further out comes. */
            if (hidden != ALL_COLUMNS && (!row->is_heading || row->heading.level > hidden))
                continue;
            rows[count++] = row;
            if (row->is_heading)
                hidden = heading_expanded(row) ? ALL_COLUMNS : row->heading.level;
        }
    }
    built = ranked_build(order, rows, count);
    heap_free(rows);
    return built ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

/* The outermost level whose heading the two rows do not share; the number of levels when they share all. */
ULONG view_levels_shared(const struct ordering *ordering, const struct table_row *a, const struct table_row *b)
{
    ULONG level, from = 0, to;

    for (level = 0; level < ordering->sort->levels; level++, from = to)
    {
        to = sort_level_columns(ordering->sort, level);
        if (order_columns(ordering, a, b, from, to))
            break;
    }
    return level;
}

/* Puts the headings in between the sorted rows. *entries has room for total; those made are in it when it fails, too. */
static HRESULT interleave(struct table_view *view, const struct ordering *ordering, void *const *rows, ULONG count,
                          void **entries, ULONG *made, struct table_row **path)
{
    ULONG levels = ordering->sort->levels, level, i;
    HRESULT hr;

    for (i = 0; i < count; i++)
    {
        level = i ? view_levels_shared(ordering, rows[i - 1], rows[i]) : 0;
        for (; level < levels; level++)
        {
            hr = heading_create(view, ordering->sort, rows[i], level, &path[level]);
            if (FAILED(hr))
                return hr;
            entries[(*made)++] = path[level];
        }
        for (level = 0; level < levels; level++)
            heading_count(path[level], rows[i], 1);
        entries[(*made)++] = rows[i];
    }
    return S_OK;
}

HRESULT view_categorize(struct table_view *view, const struct ordering *ordering, void *const *rows, ULONG count,
                        struct view_layout *layout)
{
    ULONG levels = ordering->sort->levels, total = count, made = 0, i;
    struct table_row **path = heap_alloc_zero(levels * sizeof(*path));
    void **entries = NULL;
    HRESULT hr = S_OK;

    for (i = 0; i < count; i++)
    {
        ULONG fresh = levels - (i ? view_levels_shared(ordering, rows[i - 1], rows[i]) : 0);

        if (fresh > MAXLONG - total)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
            total += fresh;
    }
    if (SUCCEEDED(hr))
        entries = heap_alloc(total * sizeof(*entries));
    if (!path || !entries)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
        hr = interleave(view, ordering, rows, count, entries, &made, path);
    if (SUCCEEDED(hr) && !ranked_build(&layout->all, entries, made))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; FAILED(hr) && i < made; i++)
    {
        if (((struct table_row *)entries[i])->is_heading)
            table_row_release(entries[i]);
    }
    heap_free(entries);
    heap_free(path);
    if (SUCCEEDED(hr))
        hr = view_visible(&layout->all, &layout->order);
    if (FAILED(hr))
        layout_clear(layout);
    return hr;
}
