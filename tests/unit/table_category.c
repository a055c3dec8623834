/*
 * Categorized views: headings, expanding, collapsing, saved states; random changes against plain loops, read and as a client
 * sees them that keeps its copy by notifications only.
 *
 * The seed is printed; POSTROOM_SEED in the environment sets it.
 */
#include "unit/table_rows.h"

#include <stdlib.h>

#define IDS 60
#define ENTRIES (IDS * 4)
#define NONE (-12345)
#define STEPS 4000

enum
{
    CELL_ID,
    CELL_TYPE,
    CELL_DEPTH,
    CELL_COUNT,
    CELL_UNREAD,
    CELL_NUMBER,
    CELL_OTHER,
    CELLS
};

static ULONG seed;

static ULONG choose(ULONG below)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % below;
}

/* What a client sees of a row. */
struct entry
{
    LONG cells[CELLS];
    BYTE key[16]; /* of a heading */
};

static IMAPITable *category_view(struct row_set *rows)
{
    SizedSPropTagArray(8, columns) = {8,
                                      {PR_ROWID, PR_ROW_TYPE, PR_DEPTH, PR_CONTENT_COUNT, PR_CONTENT_UNREAD,
                                       TEST_NUMBER, TEST_OTHER, PR_INSTANCE_KEY}};
    IMAPITable *table;

    assert_hr(table_view_create(rows, NULL, (SPropTagArray *)&columns, 0, NULL, FALSE, &table), S_OK);
    return table;
}

static void put(struct row_set *rows, LONG id, LONG number, LONG other, LONG flags)
{
    struct test_row row;

    test_row(&row, id);
    if (number != NONE)
        test_value(&row, TEST_NUMBER)->Value.l = number;
    if (other != NONE)
        test_value(&row, TEST_OTHER)->Value.l = other;
    test_value(&row, PR_MESSAGE_FLAGS)->Value.l = flags;
    assert_hr(row_set_put(rows, row.values, row.count), S_OK);
    HrDispatchNotifications(0);
}

static void entry_of(const SRow *row, struct entry *entry)
{
    ULONG i;

    memset(entry, 0, sizeof(*entry));
    assert_int_equal(row->cValues, CELLS + 1);
    for (i = 0; i < CELLS; i++)
        entry->cells[i] = PROP_TYPE(row->lpProps[i].ulPropTag) == PT_ERROR ? NONE : row->lpProps[i].Value.l;
    if (row->lpProps[CELLS].ulPropTag == PR_INSTANCE_KEY)
    {
        assert_int_equal(row->lpProps[CELLS].Value.bin.cb, sizeof(entry->key));
        memcpy(entry->key, row->lpProps[CELLS].Value.bin.lpb, sizeof(entry->key));
    }
}

static ULONG read_all(IMAPITable *table, struct entry *entries)
{
    SRowSet *set;
    ULONG count, i;

    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 0, NULL), S_OK);
    assert_hr(IMAPITable_QueryRows(table, ENTRIES, 0, &set), S_OK);
    count = set->cRows;
    for (i = 0; i < count; i++)
        entry_of(&set->aRow[i], &entries[i]);
    FreeProws(set);
    assert_hr(IMAPITable_GetRowCount(table, 0, &i), S_OK);
    assert_int_equal(i, count);
    return count;
}

/* Ids of rows, minus depth minus one for headings. */
#define assert_shape(table, ...)                                                                                       \
    do                                                                                                                 \
    {                                                                                                                  \
        const LONG expected[] = {__VA_ARGS__};                                                                         \
        struct entry found[ENTRIES];                                                                                   \
        ULONG at;                                                                                                      \
        assert_int_equal(read_all((table), found), ARRAY_SIZE(expected));                                              \
        for (at = 0; at < ARRAY_SIZE(expected); at++)                                                                  \
            assert_int_equal(found[at].cells[CELL_TYPE] == TBL_LEAF_ROW ? found[at].cells[CELL_ID]                     \
                                                                        : -1 - found[at].cells[CELL_DEPTH],            \
                             expected[at]);                                                                            \
    } while (0)

static void headings_expand_and_collapse(void **state)
{
    SizedSSortOrderSet(3, order) = {
            3,
            2,
            0,
            {{TEST_NUMBER, TABLE_SORT_ASCEND}, {TEST_OTHER, TABLE_SORT_DESCEND}, {PR_ROWID, TABLE_SORT_DESCEND}}};
    struct row_set *rows = test_row_set();
    IMAPITable *table = category_view(rows);
    struct entry entries[ENTRIES];
    ULONG more, row, denominator;
    BOOKMARK bookmark;
    SRowSet *set;
    LONG sought;

    (void)state;
    put(rows, 1, 1, 1, MSGFLAG_READ);
    put(rows, 2, 1, 2, 0);
    put(rows, 3, 2, 1, 0);
    put(rows, 4, 1, 2, MSGFLAG_READ);
    put(rows, 5, NONE, 1, MSGFLAG_ASSOCIATED);
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_shape(table, -1, -1, -1);
    order.cExpanded = 1;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_shape(table, -1, -2, -2, -1, -2, -1, -2);
    order.cExpanded = 2;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_shape(table, -1, -2, 4, 2, -2, 1, -1, -2, 3, -1, -2, 5);
    read_all(table, entries);
    assert_int_equal(entries[0].cells[CELL_TYPE], TBL_EXPANDED_CATEGORY);
    assert_int_equal(entries[0].cells[CELL_COUNT], 3);
    assert_int_equal(entries[0].cells[CELL_UNREAD], 1);
    assert_int_equal(entries[0].cells[CELL_NUMBER], 1);
    assert_int_equal(entries[0].cells[CELL_OTHER], NONE); /* not its column */
    assert_int_equal(entries[1].cells[CELL_OTHER], 2);
    assert_int_equal(entries[2].cells[CELL_DEPTH], 2);
    assert_int_equal(entries[9].cells[CELL_COUNT], 0); /* associated ones are not counted */

    /* A bookmark on a row that goes stands on the next one that shows, and says so. */
    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 3, NULL), S_OK);
    assert_hr(IMAPITable_CreateBookmark(table, &bookmark), S_OK);
    assert_hr(IMAPITable_CollapseRow(table, 16, entries[0].key, 0, &more), S_OK);
    assert_int_equal(more, 5);
    assert_hr(IMAPITable_SeekRow(table, bookmark, 0, &sought), MAPI_W_POSITION_CHANGED);
    assert_hr(IMAPITable_SeekRow(table, bookmark, 0, &sought), S_OK);
    assert_hr(IMAPITable_QueryPosition(table, &row, &more, &denominator), S_OK);
    assert_int_equal(row, 1);
    assert_shape(table, -1, -1, -2, 3, -1, -2, 5);
    assert_hr(IMAPITable_CollapseRow(table, 16, entries[0].key, 0, &more), S_OK);
    assert_int_equal(more, 0);
    /* What is inside kept its state; the cursor goes behind what was returned. */
    assert_hr(IMAPITable_ExpandRow(table, 16, entries[0].key, 2, 0, &set, &more), S_OK);
    assert_int_equal(more, 5);
    assert_int_equal(set->cRows, 2);
    assert_int_equal(set->aRow[1].lpProps[CELL_ID].Value.l, 4);
    FreeProws(set);
    assert_int_equal(test_current(table), 2);
    assert_hr(IMAPITable_ExpandRow(table, 16, entries[0].key, 0, 0, NULL, &more), S_OK);
    assert_int_equal(more, 0);
    assert_hr(IMAPITable_ExpandRow(table, 16, (BYTE *)"0123456789abcdef", 0, 0, NULL, &more), MAPI_E_NOT_FOUND);
    assert_hr(IMAPITable_ExpandRow(table, 16, NULL, 0, 0, NULL, &more), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPITable_ExpandRow(table, 16, entries[0].key, 0, 1, NULL, &more), MAPI_E_UNKNOWN_FLAGS);
    assert_shape(table, -1, -2, 4, 2, -2, 1, -1, -2, 3, -1, -2, 5);

    /* One level of two columns. */
    order.aSort[1].ulOrder = TABLE_SORT_COMBINE;
    order.cExpanded = 1;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_shape(table, -1, 1, -1, 4, 2, -1, 3, -1, 5);
    test_release(table, rows);
}

static void collapse_state_is_restored(void **state)
{
    SizedSSortOrderSet(2, order) = {2, 2, 2, {{TEST_NUMBER, TABLE_SORT_ASCEND}, {TEST_OTHER, TABLE_SORT_ASCEND}}};
    struct row_set *rows = test_row_set();
    IMAPITable *table = category_view(rows);
    struct entry entries[ENTRIES];
    BYTE *saved, *copy;
    BOOKMARK bookmark;
    ULONG size, more;

    (void)state;
    put(rows, 1, 1, 1, 0);
    put(rows, 2, 1, 2, 0);
    put(rows, 3, 2, 1, 0);
    assert_hr(IMAPITable_GetCollapseState(table, 0, 16, (BYTE *)"0123456789abcdef", &size, &saved), MAPI_E_NO_SUPPORT);
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_shape(table, -1, -2, 1, -2, 2, -1, -2, 3);
    read_all(table, entries);
    assert_hr(IMAPITable_CollapseRow(table, 16, entries[1].key, 0, &more), S_OK);
    assert_hr(IMAPITable_CollapseRow(table, 16, entries[5].key, 0, &more), S_OK);
    assert_shape(table, -1, -2, -2, 2, -1);
    assert_hr(IMAPITable_GetCollapseState(table, 0, 16, entries[5].key, &size, &saved), S_OK);
    assert_hr(IMAPITable_GetCollapseState(table, 0, 16, NULL, &size, &copy), MAPI_E_INVALID_PARAMETER);

    /* The same order again, so all is expanded; the state puts it back, in another view too. */
    assert_hr(IMAPITable_GetCollapseState(table, 0, 16, entries[5].key, &size, &copy), S_OK);
    MAPIFreeBuffer(copy);
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    put(rows, 4, 3, 3, 0); /* unknown to the state */
    assert_hr(IMAPITable_SetCollapseState(table, 0, size, saved, &bookmark), S_OK);
    assert_shape(table, -1, -2, -2, 2, -1, -1, -2, 4);
    assert_hr(IMAPITable_SeekRow(table, bookmark, 0, NULL), S_OK);
    assert_hr(IMAPITable_QueryPosition(table, &more, &more, &more), S_OK);
    assert_hr(IMAPITable_FreeBookmark(table, bookmark), S_OK);

    /* Hostile or of another order. */
    assert_hr(IMAPITable_SetCollapseState(table, 0, size - 1, saved, &bookmark), MAPI_E_UNABLE_TO_COMPLETE);
    assert_hr(IMAPITable_SetCollapseState(table, 0, 8, saved, &bookmark), MAPI_E_UNABLE_TO_COMPLETE);
    assert_hr(IMAPITable_SetCollapseState(table, 0, size, (BYTE *)16, &bookmark), MAPI_E_INVALID_PARAMETER);
    order.aSort[1].ulOrder = TABLE_SORT_DESCEND;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_hr(IMAPITable_SetCollapseState(table, 0, size, saved, &bookmark), MAPI_E_UNABLE_TO_COMPLETE);
    MAPIFreeBuffer(saved);
    test_release(table, rows);
}

/* The oracle. */
struct model_row
{
    LONG id, number, other, flags;
};

struct model_heading
{
    LONG number, other;
    ULONG level;
    BOOL expanded, seen;
};

struct model
{
    struct model_row rows[IDS]; /* in the order of insertion */
    ULONG count;
    struct model_heading headings[ENTRIES];
    ULONG heading_count;
    ULONG levels, expanded;
    BOOL combined;     /* one level of both columns */
    BOOL down, filter; /* number descending; other must be there */
    struct entry view[ENTRIES];
    ULONG view_count;
    struct entry copy[ENTRIES]; /* the client's */
    ULONG copy_count;
    ULONG wrong;
};

static int compare(LONG a, LONG b, BOOL down)
{
    if (a == NONE || b == NONE)
        return (a == NONE) - (b == NONE);
    return a == b ? 0 : (a < b) != down ? -1 : 1;
}

static struct model_heading *model_heading(struct model *model, const struct model_row *row, ULONG level)
{
    struct model_heading *heading;
    BOOL both = level || model->combined;
    ULONG i;

    for (i = 0; i < model->heading_count; i++)
    {
        heading = &model->headings[i];
        if (heading->level == level && heading->number == row->number && (!both || heading->other == row->other))
            return heading;
    }
    assert_true(i < ENTRIES);
    heading = &model->headings[model->heading_count++];
    heading->level = level;
    heading->number = row->number;
    heading->other = both ? row->other : NONE;
    heading->expanded = level < model->expanded;
    heading->seen = FALSE;
    return heading;
}

static BOOL in_heading(const struct model *model, const struct model_row *a, const struct model_row *b, ULONG level)
{
    return a->number == b->number && ((!level && !model->combined) || a->other == b->other);
}

static void rebuild(struct model *model)
{
    struct model_row sorted[IDS];
    ULONG count = 0, i, at, level, j;

    for (i = 0; i < model->count; i++)
    {
        const struct model_row *row = &model->rows[i];

        if (model->filter && row->other == NONE)
            continue;
        for (at = count; at; at--)
        {
            int order = compare(sorted[at - 1].number, row->number, model->down);

            if (!order)
                order = compare(sorted[at - 1].other, row->other, FALSE);
            if (order <= 0)
                break;
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = *row;
        count++;
    }
    for (i = 0; i < model->heading_count; i++)
        model->headings[i].seen = FALSE;
    model->view_count = 0;
    for (i = 0; i < count; i++)
    {
        BOOL shows = TRUE;

        for (level = 0; level < model->levels; level++)
        {
            struct model_heading *heading = model_heading(model, &sorted[i], level);
            struct entry *entry = &model->view[model->view_count];

            if (!heading->seen && shows)
            {
                memset(entry, 0, sizeof(*entry));
                entry->cells[CELL_ID] = NONE;
                entry->cells[CELL_TYPE] = heading->expanded ? TBL_EXPANDED_CATEGORY : TBL_COLLAPSED_CATEGORY;
                entry->cells[CELL_DEPTH] = level;
                entry->cells[CELL_NUMBER] = sorted[i].number;
                entry->cells[CELL_OTHER] = level || model->combined ? sorted[i].other : NONE;
                for (j = 0; j < count; j++)
                {
                    if (!in_heading(model, &sorted[i], &sorted[j], level) || sorted[j].flags & MSGFLAG_ASSOCIATED)
                        continue;
                    entry->cells[CELL_COUNT]++;
                    entry->cells[CELL_UNREAD] += !(sorted[j].flags & MSGFLAG_READ);
                }
                model->view_count++;
            }
            heading->seen = TRUE;
            shows &= heading->expanded;
        }
        if (shows)
        {
            struct entry *entry = &model->view[model->view_count++];
            LONG cells[] = {sorted[i].id,
                            model->levels ? (LONG)TBL_LEAF_ROW : NONE,
                            model->levels ? (LONG)model->levels : NONE,
                            NONE,
                            NONE,
                            sorted[i].number,
                            sorted[i].other};

            memset(entry, 0, sizeof(*entry));
            memcpy(entry->cells, cells, sizeof(cells));
        }
    }
    for (i = 0, at = 0; i < model->heading_count; i++)
        if (model->headings[i].seen)
            model->headings[at++] = model->headings[i];
    model->heading_count = at;
}

static ULONG copy_find(const struct model *model, const SPropValue *key)
{
    ULONG i;

    for (i = 0; i < model->copy_count; i++)
    {
        const struct entry *entry = &model->copy[i];

        if (key->ulPropTag == PR_ROWID
                    ? entry->cells[CELL_ID] == key->Value.l
                    : entry->cells[CELL_ID] == NONE && !memcmp(entry->key, key->Value.bin.lpb, sizeof(entry->key)))
            break;
    }
    return i;
}

/* The client: knows of changes what the events say. */
static void on_notify(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct model *model = sink->context;
    ULONG i, at, prior;

    for (i = 0; i < count; i++)
    {
        const TABLE_NOTIFICATION *event = &notifications[i].info.tab;

        at = copy_find(model, &event->propIndex);
        if ((event->ulTableEvent == TABLE_ROW_ADDED) != (at == model->copy_count))
            model->wrong++;
        if (at < model->copy_count)
        {
            model->copy_count--;
            memmove(&model->copy[at], &model->copy[at + 1], (model->copy_count - at) * sizeof(model->copy[0]));
        }
        if (event->ulTableEvent == TABLE_ROW_DELETED)
            continue;
        prior = event->propPrior.ulPropTag == PR_NULL ? 0 : copy_find(model, &event->propPrior) + 1;
        if (prior > model->copy_count || event->row.cValues != CELLS + 1)
        {
            model->wrong++;
            continue;
        }
        memmove(&model->copy[prior + 1], &model->copy[prior], (model->copy_count - prior) * sizeof(model->copy[0]));
        entry_of(&event->row, &model->copy[prior]);
        model->copy_count++;
    }
}

static void change_random(struct model *model, struct row_set *rows)
{
    struct model_row row = {1 + choose(IDS), choose(6) ? (LONG)choose(3) : NONE, choose(6) ? (LONG)choose(3) : NONE,
                            choose(2) | (choose(5) ? 0 : MSGFLAG_ASSOCIATED)};
    ULONG i;

    for (i = 0; i < model->count && model->rows[i].id != row.id; i++)
        ;
    if (choose(10) < 6)
    {
        model->rows[i] = row;
        model->count += i == model->count;
        put(rows, row.id, row.number, row.other, row.flags);
    }
    else
    {
        assert_hr(test_remove(rows, row.id), i < model->count ? S_OK : MAPI_E_NOT_FOUND);
        if (i == model->count)
            return;
        model->count--;
        memmove(&model->rows[i], &model->rows[i + 1], (model->count - i) * sizeof(model->rows[0]));
    }
}

static void sort_random(struct model *model, IMAPITable *table)
{
    SizedSSortOrderSet(2, order) = {2, 0, 0, {{TEST_NUMBER, TABLE_SORT_ASCEND}, {TEST_OTHER, TABLE_SORT_ASCEND}}};

    order.cCategories = choose(3);
    model->combined = order.cCategories == 2 && choose(3) == 0;
    model->levels = order.cCategories - model->combined;
    order.cExpanded = model->expanded = choose(model->levels + 1);
    model->down = choose(2);
    order.aSort[0].ulOrder = model->down ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND;
    order.aSort[1].ulOrder = model->combined ? TABLE_SORT_COMBINE : TABLE_SORT_ASCEND;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    model->heading_count = 0;
}

static void restrict_random(struct model *model, IMAPITable *table)
{
    SRestriction restriction;

    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_EXIST;
    restriction.res.resExist.ulPropTag = TEST_OTHER;
    model->filter = choose(2);
    assert_hr(IMAPITable_Restrict(table, model->filter ? &restriction : NULL, 0), S_OK);
    model->heading_count = 0;
}

static void toggle_random(struct model *model, IMAPITable *table)
{
    struct entry entries[ENTRIES];
    ULONG count = read_all(table, entries), at = count ? choose(count) : 0;
    struct model_row row;

    if (!count || entries[at].cells[CELL_ID] != NONE)
        return;
    row.number = entries[at].cells[CELL_NUMBER];
    row.other = entries[at].cells[CELL_OTHER];
    if (entries[at].cells[CELL_TYPE] == TBL_COLLAPSED_CATEGORY)
        assert_hr(IMAPITable_ExpandRow(table, 16, entries[at].key, 0, 0, NULL, NULL), S_OK);
    else
        assert_hr(IMAPITable_CollapseRow(table, 16, entries[at].key, 0, NULL), S_OK);
    model_heading(model, &row, entries[at].cells[CELL_DEPTH])->expanded ^= TRUE;
}

static void random_categories_and_their_copy(void **state)
{
    const char *wanted = getenv("POSTROOM_SEED");
    struct row_set *rows = test_row_set();
    IMAPITable *table = category_view(rows);
    static struct entry entries[ENTRIES];
    static struct model model;
    struct harness_sink sink;
    ULONG_PTR connection;
    ULONG step, i, what;

    (void)state;
    seed = wanted ? strtoul(wanted, NULL, 0) : GetTickCount() ^ GetCurrentProcessId() << 16;
    seed |= !seed;
    harness_note("POSTROOM_SEED=%lu", seed);
    memset(&model, 0, sizeof(model));
    harness_sink_init(&sink);
    sink.on_notify = on_notify;
    sink.context = &model;
    assert_hr(IMAPITable_Advise(table, fnevTableModified, &sink.IMAPIAdviseSink_iface, &connection), S_OK);
    sort_random(&model, table);
    for (step = 0; step < STEPS; step++)
    {
        what = choose(100);
        if (what < 80)
            change_random(&model, rows);
        else if (what < 94)
            toggle_random(&model, table);
        else if (what < 97)
            sort_random(&model, table);
        else
            restrict_random(&model, table);
        rebuild(&model);
        assert_int_equal(read_all(table, entries), model.view_count);
        for (i = 0; i < model.view_count; i++)
            assert_memory_equal(entries[i].cells, model.view[i].cells, sizeof(entries[i].cells));
        if (what < 80)
        {
            assert_int_equal(model.wrong, 0);
            assert_int_equal(model.copy_count, model.view_count);
            assert_memory_equal(model.copy, entries, model.copy_count * sizeof(entries[0]));
        }
        model.copy_count = model.view_count;
        memcpy(model.copy, entries, sizeof(entries));
    }
    assert_hr(IMAPITable_Unadvise(table, connection), S_OK);
    test_release(table, rows);
}

/* Every allocation of sorting, changing, expanding and restoring fails once: nothing has changed, nothing leaks. */
static void faults_categories(void **state)
{
    SizedSSortOrderSet(2, order) = {2, 2, 2, {{TEST_NUMBER, TABLE_SORT_ASCEND}, {TEST_OTHER, TABLE_SORT_ASCEND}}};
    struct row_set *rows = test_row_set();
    IMAPITable *table = category_view(rows);
    struct entry before[ENTRIES], after[ENTRIES];
    struct test_row row;
    BOOKMARK bookmark = 0;
    BYTE *saved = NULL;
    ULONG count, size;
    HRESULT hr;
    LONG i;

    (void)state;
    for (i = 1; i <= 20; i++)
        put(rows, i, i % 3, i % 4, i % 2);
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_hr(IMAPITable_CollapseRow(table, 16, (read_all(table, before), before[0].key), 0, NULL), S_OK);
    count = read_all(table, before);
    /* What a view keeps for the next time. */
    assert_hr(IMAPITable_CreateBookmark(table, &bookmark), S_OK);
    assert_hr(IMAPITable_FreeBookmark(table, bookmark), S_OK);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = IMAPITable_GetCollapseState(table, 0, 16, before[0].key, &size, &saved);
        if (SUCCEEDED(hr))
            hr = IMAPITable_ExpandRow(table, 16, before[0].key, 0, 0, NULL, NULL);
        if (SUCCEEDED(hr))
            hr = IMAPITable_SetCollapseState(table, 0, size, saved, &bookmark);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        MAPIFreeBuffer(saved);
        saved = NULL;
        IMAPITable_FreeBookmark(table, bookmark);
        IMAPITable_CollapseRow(table, 16, before[0].key, 0, NULL);
    }
    assert_int_equal(read_all(table, after), count);
    assert_memory_equal(after, before, count * sizeof(before[0]));
    put(rows, 50, 9, NONE, 0);
    assert_hr(test_remove(rows, 50), S_OK);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        /* A row of two new categories; it goes again, for which memory is not needed. */
        test_row(&row, 50);
        test_value(&row, TEST_NUMBER)->Value.l = 9;
        hr = row_set_put(rows, row.values, row.count);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        if (SUCCEEDED(hr))
            assert_hr(row_set_remove(rows, row.values), S_OK);
    }
    assert_int_equal(read_all(table, after), count);
    assert_memory_equal(after, before, count * sizeof(before[0]));
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
    }
    test_release(table, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(headings_expand_and_collapse),
            harness_test(collapse_state_is_restored),
            harness_test(random_categories_and_their_copy),
            harness_test(faults_categories),
    };

    return harness_run(tests);
}
