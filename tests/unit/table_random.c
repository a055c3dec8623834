/*
 * Random operations on a view, compared step by step with a plain array that is filtered and sorted by loops; the same for
 * the sequence below it.
 *
 * The seed is printed; POSTROOM_SEED in the environment sets it.
 */
#include "unit/table_rows.h"

#include <stdlib.h>

#include "table/ranked.h"

#define IDS 400
#define BOOKMARKS 8
#define STEPS 6000

static ULONG seed;

static ULONG choose(ULONG below)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % below;
}

static void start_random(void)
{
    const char *wanted = getenv("POSTROOM_SEED");

    seed = wanted ? strtoul(wanted, NULL, 0) : GetTickCount() ^ GetCurrentProcessId() << 16;
    seed |= !seed;
    harness_note("POSTROOM_SEED=%lu", seed);
}

/* The oracle's row; rows stay in the order of insertion. */
struct model_row
{
    LONG id, number, other;
    BOOL has_number;
    WCHAR name[4];
};

struct model_bookmark
{
    BOOKMARK number;
    ULONG position;
    BOOL used, moved;
};

struct model
{
    struct model_row rows[IDS];
    ULONG count;
    struct model_row view[IDS]; /* filtered and sorted */
    ULONG view_count, position;
    struct model_bookmark bookmarks[BOOKMARKS];
    ULONG filter; /* 0 none, 1 number >= limit, 2 name begins with a letter, 3 not (has number), 4 number < other */
    LONG limit;
    WCHAR letter[2];
    ULONG order; /* 0 none, 1 number up, 2 number down, 3 name up then number down */
};

static BOOL passes(const struct model *model, const struct model_row *row)
{
    switch (model->filter)
    {
    case 1:
        return row->has_number && row->number >= model->limit;
    case 2:
        return row->name[0] == model->letter[0];
    case 3:
        return !row->has_number;
    case 4:
        return row->has_number && row->number < row->other;
    default:
        return TRUE;
    }
}

static int compare_numbers(const struct model_row *a, const struct model_row *b)
{
    return !a->has_number || a->number == b->number ? 0 : a->number < b->number ? -1 : 1;
}

static int compare(const struct model *model, const struct model_row *a, const struct model_row *b)
{
    int order;

    switch (model->order)
    {
    case 1:
        return a->has_number != b->has_number ? b->has_number - a->has_number : compare_numbers(a, b);
    case 2:
        return a->has_number != b->has_number ? b->has_number - a->has_number : -compare_numbers(a, b);
    case 3:
        order = wcscmp(a->name, b->name); /* lower-case letters only: every locale's order */
        if (!order && a->has_number != b->has_number)
            return b->has_number - a->has_number; /* no value comes last */
        return order ? order : -compare_numbers(a, b);
    default:
        return 0;
    }
}

static void rebuild(struct model *model)
{
    ULONG i, at;

    model->view_count = 0;
    for (i = 0; i < model->count; i++)
    {
        if (!passes(model, &model->rows[i]))
            continue;
        for (at = model->view_count; at && compare(model, &model->view[at - 1], &model->rows[i]) > 0; at--)
            model->view[at] = model->view[at - 1];
        model->view[at] = model->rows[i];
        model->view_count++;
    }
}

static ULONG place_in_view(const struct model *model, LONG id)
{
    ULONG i;

    for (i = 0; i < model->view_count && model->view[i].id != id; i++)
        ;
    return i;
}

/* Applies a change that was made to model->rows; id is the row's. */
static void follow_change(struct model *model, LONG id)
{
    ULONG from = place_in_view(model, id), old_count = model->view_count, to, i, between;
    BOOL was = from < old_count, is;

    rebuild(model);
    to = place_in_view(model, id);
    is = to < model->view_count;
    if (was == is && (!is || from == to))
        return;
    between = old_count - was;
    if (was)
        model->position -= model->position > from;
    if (is && (to < model->position || (to == model->position && to && to < between)))
        model->position++;
    for (i = 0; i < BOOKMARKS; i++)
    {
        struct model_bookmark *bookmark = &model->bookmarks[i];

        if (was && is && bookmark->position == from)
        {
            bookmark->position = to;
            continue;
        }
        if (was && bookmark->position == from)
            bookmark->moved = TRUE;
        if (was)
            bookmark->position -= bookmark->position > from;
        if (is && (to < bookmark->position || (to == bookmark->position && to < between)))
            bookmark->position++;
    }
}

static void put_random(struct model *model, struct row_set *rows)
{
    struct model_row row = {1 + choose(IDS), choose(20) - 10, choose(20) - 10, choose(4) != 0, L""};
    struct test_row values;
    ULONG i;

    row.name[0] = L'a' + choose(3);
    row.name[1] = choose(2) ? L'a' + choose(3) : 0;
    for (i = 0; i < model->count && model->rows[i].id != row.id; i++)
        ;
    model->rows[i] = row;
    model->count += i == model->count;
    test_row(&values, row.id);
    test_value(&values, PR_DISPLAY_NAME_W)->Value.lpszW = row.name;
    if (row.has_number)
        test_value(&values, TEST_NUMBER)->Value.l = row.number;
    test_value(&values, TEST_OTHER)->Value.l = row.other;
    assert_hr(row_set_put(rows, values.values, values.count), S_OK);
    follow_change(model, row.id);
}

static void remove_random(struct model *model, struct row_set *rows)
{
    LONG id = 1 + choose(IDS);
    ULONG i;

    for (i = 0; i < model->count && model->rows[i].id != id; i++)
        ;
    assert_hr(test_remove(rows, id), i < model->count ? S_OK : MAPI_E_NOT_FOUND);
    if (i == model->count)
        return;
    model->count--;
    memmove(&model->rows[i], &model->rows[i + 1], (model->count - i) * sizeof(model->rows[0]));
    follow_change(model, id);
}

static void forget_positions(struct model *model)
{
    memset(model->bookmarks, 0, sizeof(model->bookmarks));
    model->position = 0;
    rebuild(model);
}

static void restrict_random(struct model *model, IMAPITable *table)
{
    SPropValue value = {TEST_NUMBER, 0, {0}};
    SRestriction restriction, inner;

    model->filter = choose(5);
    model->limit = choose(20) - 10;
    model->letter[0] = L'a' + choose(3);
    memset(&restriction, 0, sizeof(restriction));
    memset(&inner, 0, sizeof(inner));
    switch (model->filter)
    {
    case 1:
        value.Value.l = model->limit;
        restriction.rt = RES_PROPERTY;
        restriction.res.resProperty.relop = RELOP_GE;
        restriction.res.resProperty.ulPropTag = TEST_NUMBER;
        restriction.res.resProperty.lpProp = &value;
        break;
    case 2:
        value.ulPropTag = PR_DISPLAY_NAME_W;
        value.Value.lpszW = model->letter;
        restriction.rt = RES_CONTENT;
        restriction.res.resContent.ulFuzzyLevel = FL_PREFIX;
        restriction.res.resContent.ulPropTag = PR_DISPLAY_NAME_W;
        restriction.res.resContent.lpProp = &value;
        break;
    case 3:
        restriction.rt = RES_NOT;
        restriction.res.resNot.lpRes = &inner;
        inner.rt = RES_EXIST;
        inner.res.resExist.ulPropTag = TEST_NUMBER;
        break;
    case 4:
        restriction.rt = RES_COMPAREPROPS;
        restriction.res.resCompareProps.relop = RELOP_LT;
        restriction.res.resCompareProps.ulPropTag1 = TEST_NUMBER;
        restriction.res.resCompareProps.ulPropTag2 = TEST_OTHER;
        break;
    }
    assert_hr(IMAPITable_Restrict(table, model->filter ? &restriction : NULL, 0), S_OK);
    forget_positions(model);
}

static void sort_random(struct model *model, IMAPITable *table)
{
    SizedSSortOrderSet(2, order) = {0, 0, 0, {{TEST_NUMBER, TABLE_SORT_ASCEND}, {TEST_NUMBER, TABLE_SORT_DESCEND}}};

    model->order = choose(4);
    order.cSorts = model->order == 3 ? 2 : model->order ? 1 : 0;
    if (model->order == 2)
        order.aSort[0].ulOrder = TABLE_SORT_DESCEND;
    if (model->order == 3)
        order.aSort[0].ulPropTag = PR_DISPLAY_NAME_W;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    forget_positions(model);
}

static void seek_random(struct model *model, IMAPITable *table)
{
    struct model_bookmark *bookmark = NULL;
    LONG distance = (LONG)choose(60) - 30, sought, origin, target;
    ULONG which = choose(6);
    BOOKMARK from = which < 3 ? which : 0;
    HRESULT expected = S_OK;

    origin = which == 0 ? 0 : which == 1 ? model->position : model->view_count;
    if (which > 2)
    {
        bookmark = &model->bookmarks[choose(BOOKMARKS)];
        if (!bookmark->used)
            return;
        from = bookmark->number;
        origin = bookmark->position;
        expected = bookmark->moved ? MAPI_W_POSITION_CHANGED : S_OK;
        bookmark->moved = FALSE;
    }
    target = origin + distance;
    target = target < 0 ? 0 : min(target, (LONG)model->view_count);
    assert_hr(IMAPITable_SeekRow(table, from, distance, &sought), expected);
    assert_int_equal(sought, target - origin);
    model->position = target;
}

static void find_random(struct model *model, IMAPITable *table)
{
    SPropValue value = {choose(2) ? TEST_OTHER : PR_ROWID, 0, {0}};
    LONG wanted = value.ulPropTag == PR_ROWID ? 1 + (LONG)choose(IDS) : (LONG)choose(20) - 10;
    BOOL backward = choose(2);
    LONG i = model->position - backward, step = backward ? -1 : 1;
    SRestriction restriction;

    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = value.ulPropTag;
    restriction.res.resProperty.lpProp = &value;
    value.Value.l = wanted;
    for (; i >= 0 && i < (LONG)model->view_count; i += step)
    {
        if ((value.ulPropTag == PR_ROWID ? model->view[i].id : model->view[i].other) == wanted)
            break;
    }
    if (i >= 0 && i < (LONG)model->view_count)
    {
        assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_CURRENT, backward ? DIR_BACKWARD : 0), S_OK);
        model->position = i;
    }
    else
    {
        assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_CURRENT, backward ? DIR_BACKWARD : 0),
                  MAPI_E_NOT_FOUND);
    }
}

static void bookmark_random(struct model *model, IMAPITable *table)
{
    struct model_bookmark *bookmark = &model->bookmarks[choose(BOOKMARKS)];

    if (bookmark->used)
    {
        assert_hr(IMAPITable_FreeBookmark(table, bookmark->number), S_OK);
        assert_hr(IMAPITable_SeekRow(table, bookmark->number, 0, NULL), MAPI_E_INVALID_BOOKMARK);
        memset(bookmark, 0, sizeof(*bookmark));
        return;
    }
    bookmark->number = 0;
    assert_hr(IMAPITable_CreateBookmark(table, &bookmark->number), S_OK);
    bookmark->position = model->position;
    bookmark->used = TRUE;
    bookmark->moved = FALSE;
}

static void check_rows(struct model *model, IMAPITable *table)
{
    LONG count = choose(2) ? 1 + (LONG)choose(IDS) : -1 - (LONG)choose(IDS);
    ULONG first = model->position, expected, i, flags = choose(2) ? TBL_NOADVANCE : 0, row, numerator, denominator;
    SRowSet *set;

    if (count > 0)
        expected = min((ULONG)count, model->view_count - first);
    else
        first -= expected = min((ULONG)-count, first);
    assert_hr(IMAPITable_QueryRows(table, count, flags, &set), S_OK);
    assert_int_equal(set->cRows, expected);
    for (i = 0; i < expected; i++)
    {
        const struct model_row *wanted = &model->view[first + i];
        const SPropValue *values = set->aRow[i].lpProps;

        assert_int_equal(values[0].Value.l, wanted->id);
        assert_int_equal(wcscmp(values[1].Value.lpszW, wanted->name), 0);
        if (wanted->has_number)
            assert_int_equal(values[2].Value.l, wanted->number);
        else
            assert_int_equal(values[2].ulPropTag, CHANGE_PROP_TYPE(TEST_NUMBER, PT_ERROR));
    }
    FreeProws(set);
    model->position = flags ? first : first + expected;
    assert_hr(IMAPITable_QueryPosition(table, &row, &numerator, &denominator), S_OK);
    assert_int_equal(row, model->position);
    assert_int_equal(denominator, max(model->view_count, 1));
}

static void random_against_plain_loops(void **state)
{
    static struct model model;
    struct row_set *rows = test_row_set();
    IMAPITable *table = test_view(rows, MAPI_UNICODE, FALSE);
    ULONG step;

    (void)state;
    start_random();
    memset(&model, 0, sizeof(model));
    for (step = 0; step < STEPS; step++)
    {
        ULONG what = choose(100);

        if (what < 45)
            put_random(&model, rows);
        else if (what < 65)
            remove_random(&model, rows);
        else if (what < 74)
            seek_random(&model, table);
        else if (what < 82)
            bookmark_random(&model, table);
        else if (what < 90)
            find_random(&model, table);
        else if (what < 92)
            restrict_random(&model, table);
        else if (what < 94)
            sort_random(&model, table);
        else
            check_rows(&model, table);
    }
    assert_int_equal(IMAPITable_Release(table), 0);
    row_set_release(rows);
}

/* Items are numbers; their order is their value. */
static int order_numbers(void *item, void *context)
{
    ULONG_PTR a = (ULONG_PTR)item, b = *(ULONG_PTR *)context;

    return a < b ? -1 : a > b;
}

static void random_sequence(void **state)
{
    static ULONG_PTR plain[20000];
    struct ranked ranked;
    ULONG count = 0, step, length, at;
    BOOL growing = TRUE;
    ULONG_PTR item;
    void **span;

    (void)state;
    start_random();
    ranked_init(&ranked);
    for (step = 0; step < 120000; step++)
    {
        if (count > 15000 || !count)
            growing = !count;
        if (growing ? choose(10) < 7 : count && choose(10) < 3)
        {
            item = choose(100000);
            at = choose(4) ? ranked_search(&ranked, order_numbers, &item) : count;
            if (at == count && count && plain[count - 1] > item)
                item = plain[count - 1]; /* appended: keeps the order */
            assert_true(ranked_reserve(&ranked, 1));
            ranked_insert(&ranked, at, (void *)item);
            memmove(plain + at + 1, plain + at, (count - at) * sizeof(*plain));
            plain[at] = item;
            count++;
        }
        else if (count)
        {
            at = choose(8) ? choose(count) : 0;
            assert_int_equal((ULONG_PTR)ranked_remove(&ranked, at), plain[at]);
            count--;
            memmove(plain + at, plain + at + 1, (count - at) * sizeof(*plain));
        }
        assert_int_equal(ranked.count, count);
        if (count)
        {
            at = choose(count);
            assert_int_equal((ULONG_PTR)ranked_get(&ranked, at), plain[at]);
        }
        if (step % 5000 == 0)
        {
            for (at = 0; at < count; at += length)
            {
                span = ranked_span(&ranked, at, &length);
                assert_memory_equal(span, plain + at, length * sizeof(*plain));
            }
            assert_int_equal(at, count);
        }
    }
    ranked_clear(&ranked);
    for (count = 0; count < 5000; count += 1 + count / 3)
    {
        assert_true(ranked_build(&ranked, (void *const *)plain, count));
        for (at = 0; at < count; at++)
            assert_int_equal((ULONG_PTR)ranked_get(&ranked, at), plain[at]);
        ranked_clear(&ranked);
    }
}

static void sequence_out_of_memory(void **state)
{
    static ULONG_PTR items[9000];

    (void)state;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        struct ranked ranked;
        BOOL done;

        ranked_init(&ranked);
        done = ranked_build(&ranked, (void *const *)items, ARRAY_SIZE(items));
        if (done)
            done = ranked_reserve(&ranked, 1);
        assert_int_equal(done, !harness_fault_hit(&fault));
        ranked_clear(&ranked);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(random_against_plain_loops),
            harness_test(random_sequence),
            harness_test(sequence_out_of_memory),
    };

    return harness_run(tests);
}
