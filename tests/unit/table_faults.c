/*
 * Every allocation of every table operation fails once: the operation says so, nothing leaks, nothing has changed.
 */
#include "unit/table_rows.h"

static struct row_set *some_rows(void)
{
    struct row_set *rows = test_row_set();
    LONG i;

    for (i = 1; i <= 200; i++)
        test_put(rows, i, i % 2 ? L"odd" : L"even", 200 - i);
    return rows;
}

static void check(HRESULT hr, struct harness_fault *fault)
{
    if (harness_fault_hit(fault))
        assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
    else
        assert_hr(hr, S_OK);
}

static void faults_create(void **state)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{TEST_NUMBER, TABLE_SORT_ASCEND}}};
    SizedSPropTagArray(2, columns) = {2, {PR_ROWID, PR_DISPLAY_NAME_W}};
    struct row_set *rows = some_rows();
    BOOL fixed;

    (void)state;
    for (fixed = FALSE; fixed <= TRUE; fixed++)
    {
        HARNESS_FOR_EACH_ALLOCATION(fault)
        {
            IMAPITable *table = (IMAPITable *)1;

            check(table_view_create(rows, NULL, (SPropTagArray *)&columns, 0, (SSortOrderSet *)&order, fixed, &table),
                  &fault);
            if (fault.nth && table)
                IMAPITable_Release(table);
        }
    }
    row_set_release(rows);
}

static void faults_rows(void **state)
{
    (void)state;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        struct row_set *rows = NULL;
        struct test_row row;
        HRESULT hr = row_set_create(PR_ROWID, &rows);
        SPropValue *values = NULL;
        ULONG count;

        test_row(&row, 5);
        test_value(&row, PR_DISPLAY_NAME_A)->Value.lpszA = "five";
        if (SUCCEEDED(hr))
            hr = row_set_put(rows, row.values, row.count);
        if (SUCCEEDED(hr))
            hr = row_set_put(rows, row.values, row.count);
        if (SUCCEEDED(hr))
            hr = row_set_get(rows, row.values, &count, &values);
        check(hr, &fault);
        MAPIFreeBuffer(values);
        row_set_release(rows);
    }
}

/* One operation on a view that exists already; undo brings everything back to how it was. */
static void each_fault(HRESULT (*operation)(IMAPITable *table))
{
    struct row_set *rows = some_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    ULONG row, numerator, denominator;

    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        HRESULT hr;

        IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 3, NULL);
        hr = operation(table);
        check(hr, &fault);
        if (FAILED(hr))
        {
            /* As before: every row, by insertion, the cursor where it was. */
            assert_hr(IMAPITable_QueryPosition(table, &row, &numerator, &denominator), S_OK);
            assert_int_equal(row, 3);
            assert_int_equal(denominator, 200);
        }
        /* What an operation keeps, until the next. */
        IMAPITable_Restrict(table, NULL, 0);
    }
    assert_int_equal(IMAPITable_Release(table), 0);
    row_set_release(rows);
}

static HRESULT do_query_rows(IMAPITable *table)
{
    SRowSet *set = (SRowSet *)1;
    HRESULT hr = IMAPITable_QueryRows(table, 20, 0, &set);

    if (SUCCEEDED(hr))
        FreeProws(set);
    else
        assert_null(set);
    return hr;
}

static HRESULT do_columns(IMAPITable *table)
{
    SPropTagArray *tags = NULL;
    HRESULT hr = IMAPITable_QueryColumns(table, TBL_ALL_COLUMNS, &tags);

    MAPIFreeBuffer(tags);
    return hr;
}

static HRESULT do_sort_order(IMAPITable *table)
{
    SSortOrderSet *sort = NULL;
    HRESULT hr = IMAPITable_QuerySortOrder(table, &sort);

    MAPIFreeBuffer(sort);
    return hr;
}

static HRESULT do_find(IMAPITable *table)
{
    SPropValue value = {PR_DISPLAY_NAME_A, 0, {0}};
    SRestriction parts[2], restriction;

    memset(parts, 0, sizeof(parts));
    value.Value.lpszA = "EVE";
    parts[0].rt = RES_CONTENT;
    parts[0].res.resContent.ulFuzzyLevel = FL_PREFIX | FL_LOOSE;
    parts[0].res.resContent.ulPropTag = PR_DISPLAY_NAME_A;
    parts[0].res.resContent.lpProp = &value;
    parts[1].rt = RES_EXIST;
    parts[1].res.resExist.ulPropTag = TEST_NUMBER;
    restriction.rt = RES_AND;
    restriction.res.resAnd.cRes = 2;
    restriction.res.resAnd.lpRes = parts;
    return IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0);
}

static HRESULT do_restrict(IMAPITable *table)
{
    SRestriction restriction;

    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_BITMASK;
    restriction.res.resBitMask.relBMR = BMR_EQZ;
    restriction.res.resBitMask.ulPropTag = TEST_NUMBER;
    restriction.res.resBitMask.ulMask = 1;
    return IMAPITable_Restrict(table, &restriction, 0);
}

static HRESULT do_bookmark(IMAPITable *table)
{
    BOOKMARK bookmark = 0;
    HRESULT hr = IMAPITable_CreateBookmark(table, &bookmark);

    if (SUCCEEDED(hr))
        hr = IMAPITable_FreeBookmark(table, bookmark);
    return hr;
}

static void faults_query_rows(void **state)
{
    (void)state;
    each_fault(do_query_rows);
}

static void faults_query_columns(void **state)
{
    (void)state;
    each_fault(do_columns);
}

static void faults_query_sort_order(void **state)
{
    (void)state;
    each_fault(do_sort_order);
}

static void faults_find(void **state)
{
    (void)state;
    each_fault(do_find);
}

/* These leave something in the view, so each run has a view of its own. */
static void each_fault_new_view(HRESULT (*operation)(IMAPITable *table))
{
    struct row_set *rows = some_rows();

    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
        ULONG row, numerator, denominator;
        IMAPITable *table = NULL;
        HRESULT hr = table_view_create(rows, NULL, (SPropTagArray *)&columns, 0, NULL, FALSE, &table);

        if (SUCCEEDED(hr))
        {
            IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 3, NULL);
            hr = operation(table);
            if (FAILED(hr))
            {
                assert_hr(IMAPITable_QueryPosition(table, &row, &numerator, &denominator), S_OK);
                assert_int_equal(row, 3);
                assert_int_equal(denominator, 200);
            }
        }
        check(hr, &fault);
        if (table)
            IMAPITable_Release(table);
    }
    row_set_release(rows);
}

static HRESULT do_sort(IMAPITable *table)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{TEST_NUMBER, TABLE_SORT_ASCEND}}};

    return IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0);
}

static HRESULT do_set_columns(IMAPITable *table)
{
    SizedSPropTagArray(2, columns) = {2, {PR_ROWID, TEST_NUMBER}};

    return IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0);
}

static void faults_restrict(void **state)
{
    (void)state;
    each_fault_new_view(do_restrict);
}

static void faults_sort(void **state)
{
    (void)state;
    each_fault_new_view(do_sort);
}

static void faults_set_columns(void **state)
{
    (void)state;
    each_fault_new_view(do_set_columns);
}

static void faults_bookmark(void **state)
{
    (void)state;
    each_fault_new_view(do_bookmark);
}

/* A change that several views have to follow: all of them or none. */
static void faults_change(void **state)
{
    (void)state;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
        IMAPITable *tables[3] = {NULL, NULL, NULL};
        struct row_set *rows = NULL;
        HRESULT hr = row_set_create(PR_ROWID, &rows);
        struct test_row row;
        ULONG i, count;
        LONG id;

        for (i = 0; SUCCEEDED(hr) && i < ARRAY_SIZE(tables); i++)
            hr = table_view_create(rows, NULL, (SPropTagArray *)&columns, 0, NULL, FALSE, &tables[i]);
        if (SUCCEEDED(hr))
            hr = do_restrict(tables[1]);
        for (id = 1; SUCCEEDED(hr) && id <= 70; id++)
        {
            test_row(&row, id);
            test_value(&row, TEST_NUMBER)->Value.l = 2;
            hr = row_set_put(rows, row.values, row.count);
        }
        if (tables[2])
        {
            for (i = 0; i < ARRAY_SIZE(tables); i++)
            {
                assert_hr(IMAPITable_GetRowCount(tables[i], 0, &count), S_OK);
                assert_int_equal(count, row_set_count(rows));
            }
        }
        check(hr, &fault);
        for (i = 0; i < ARRAY_SIZE(tables); i++)
        {
            if (tables[i])
                IMAPITable_Release(tables[i]);
        }
        row_set_release(rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(faults_create),           harness_test(faults_rows),
            harness_test(faults_query_rows),       harness_test(faults_query_columns),
            harness_test(faults_query_sort_order), harness_test(faults_find),
            harness_test(faults_restrict),         harness_test(faults_sort),
            harness_test(faults_set_columns),      harness_test(faults_bookmark),
            harness_test(faults_change),
    };

    return harness_run(tests);
}
