/*
 * Views of row sets: columns, rows, seeking, status, and what only categorized tables do.
 */
#include "unit/table_rows.h"

static void table_columns(void **state)
{
    SizedSPropTagArray(5, wanted) = {5,
                                     {PR_DISPLAY_NAME_A, PR_NULL, PR_DISPLAY_NAME_W, PROP_TAG(PT_LONG, 0x7777),
                                      PROP_TAG(PT_UNSPECIFIED, PROP_ID(PR_DISPLAY_NAME))}};
    SizedSPropTagArray(1, bad) = {1, {PROP_TAG(PT_ERROR, 0x6601)}};
    struct row_set *rows = test_five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    SPropTagArray *tags;
    SPropValue *values;
    SRowSet *set;

    (void)state;
    /* Without MAPI_UNICODE the view's own columns are ANSI. */
    assert_hr(IMAPITable_QueryColumns(table, 0, &tags), S_OK);
    assert_int_equal(tags->cValues, 3);
    assert_int_equal(tags->aulPropTag[1], PR_DISPLAY_NAME_A);
    MAPIFreeBuffer(tags);

    assert_hr(IMAPITable_SetColumns(table, (SPropTagArray *)&wanted, TBL_BATCH), S_OK);
    assert_hr(IMAPITable_QueryRows(table, 1, 0, &set), S_OK);
    assert_int_equal(set->cRows, 1);
    assert_int_equal(set->aRow[0].cValues, 5);
    values = set->aRow[0].lpProps;
    assert_int_equal(values[0].ulPropTag, PR_DISPLAY_NAME_A);
    assert_string_equal(values[0].Value.lpszA, "delta");
    assert_int_equal(values[1].ulPropTag, PR_NULL);
    assert_int_equal(values[2].ulPropTag, PR_DISPLAY_NAME_W);
    assert_int_equal(wcscmp(values[2].Value.lpszW, L"delta"), 0);
    assert_int_equal(values[3].ulPropTag, PROP_TAG(PT_ERROR, 0x7777));
    assert_hr(values[3].Value.err, MAPI_E_NOT_FOUND);
    assert_int_equal(values[4].ulPropTag, PR_DISPLAY_NAME_A);
    FreeProws(set);

    assert_hr(IMAPITable_SetColumns(table, NULL, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPITable_SetColumns(table, (SPropTagArray *)&bad, 0), MAPI_E_INVALID_PARAMETER);
    bad.aulPropTag[0] = MVI_PROP(TEST_TEXTS);
    assert_hr(IMAPITable_SetColumns(table, (SPropTagArray *)&bad, 0), MAPI_E_TOO_COMPLEX);
    bad.cValues = 0;
    assert_hr(IMAPITable_SetColumns(table, (SPropTagArray *)&bad, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPITable_SetColumns(table, (SPropTagArray *)&wanted, 0x80), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPITable_QueryColumns(table, 2, &tags), MAPI_E_UNKNOWN_FLAGS);
    assert_null(tags);

    assert_hr(IMAPITable_QueryColumns(table, 0, &tags), S_OK);
    assert_int_equal(tags->cValues, 5); /* the last good set */
    MAPIFreeBuffer(tags);
    test_release(table, rows);
}

static void table_all_columns(void **state)
{
    struct row_set *rows = test_five_rows();
    IMAPITable *table = test_view(rows, MAPI_UNICODE, FALSE);
    SPropTagArray *tags;
    struct test_row row;

    (void)state;
    test_row(&row, 9);
    test_value(&row, PROP_TAG(PT_STRING8, 0x6700))->Value.lpszA = "text";
    test_value(&row, PROP_TAG(PT_ERROR, 0x6701))->Value.err = MAPI_E_NO_ACCESS;
    assert_hr(row_set_put(rows, row.values, row.count), S_OK);
    assert_hr(IMAPITable_QueryColumns(table, TBL_ALL_COLUMNS, &tags), S_OK);
    assert_int_equal(tags->cValues, 4);
    assert_int_equal(tags->aulPropTag[0], PR_ROWID);
    assert_int_equal(tags->aulPropTag[3], PROP_TAG(PT_UNICODE, 0x6700));
    MAPIFreeBuffer(tags);
    test_release(table, rows);
}

static void table_error_value_is_shown(void **state)
{
    SizedSPropTagArray(1, columns) = {1, {TEST_NUMBER}};
    struct row_set *rows = test_row_set();
    IMAPITable *table = test_view(rows, 0, FALSE);
    struct test_row row;
    SRowSet *set;

    (void)state;
    test_row(&row, 9);
    test_value(&row, CHANGE_PROP_TYPE(TEST_NUMBER, PT_ERROR))->Value.err = MAPI_E_NO_ACCESS;
    assert_hr(row_set_put(rows, row.values, row.count), S_OK);
    assert_hr(IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(IMAPITable_QueryRows(table, 1, 0, &set), S_OK);
    assert_int_equal(set->aRow[0].lpProps[0].ulPropTag, CHANGE_PROP_TYPE(TEST_NUMBER, PT_ERROR));
    assert_hr(set->aRow[0].lpProps[0].Value.err, MAPI_E_NO_ACCESS);
    FreeProws(set);
    test_release(table, rows);
}

static void table_query_rows(void **state)
{
    struct row_set *rows = test_five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    ULONG row, numerator, denominator;
    SPropValue *stolen;
    SRowSet *set;

    (void)state;
    assert_hr(IMAPITable_QueryRows(table, 0, 0, &set), MAPI_E_INVALID_PARAMETER);
    assert_null(set);
    assert_hr(IMAPITable_QueryRows(table, 1, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPITable_QueryRows(table, 1, 2, &set), MAPI_E_UNKNOWN_FLAGS);

    assert_hr(IMAPITable_QueryRows(table, 2, TBL_NOADVANCE, &set), S_OK);
    assert_int_equal(set->cRows, 2);
    assert_int_equal(set->aRow[1].lpProps[0].Value.l, 2);
    /* Clients take rows and leave the set without them. */
    stolen = set->aRow[0].lpProps;
    memset(&set->aRow[0], 0, sizeof(set->aRow[0]));
    FreeProws(set);
    assert_int_equal(stolen[0].Value.l, 1);
    MAPIFreeBuffer(stolen);
    assert_hr(IMAPITable_QueryPosition(table, &row, &numerator, &denominator), S_OK);
    assert_int_equal(row, 0);

    assert_hr(IMAPITable_QueryRows(table, 3, 0, &set), S_OK);
    assert_int_equal(set->cRows, 3);
    FreeProws(set);
    assert_hr(IMAPITable_QueryPosition(table, &row, &numerator, &denominator), S_OK);
    assert_int_equal(row, 3);
    assert_int_equal(numerator, 3);
    assert_int_equal(denominator, 5);

    /* Backward: the rows before the cursor, read forward. */
    assert_hr(IMAPITable_QueryRows(table, -2, 0, &set), S_OK);
    assert_int_equal(set->cRows, 2);
    assert_int_equal(set->aRow[0].lpProps[0].Value.l, 2);
    assert_int_equal(set->aRow[1].lpProps[0].Value.l, 3);
    FreeProws(set);
    assert_int_equal(test_current(table), 4);
    assert_hr(IMAPITable_QueryRows(table, (LONG)0x80000000, TBL_NOADVANCE, &set), S_OK);
    assert_int_equal(set->cRows, 3);
    FreeProws(set);
    assert_int_equal(test_current(table), 1);

    assert_hr(IMAPITable_QueryRows(table, 0x7fffffff, 0, &set), S_OK);
    assert_int_equal(set->cRows, 5);
    FreeProws(set);
    assert_hr(IMAPITable_QueryRows(table, 5, 0, &set), S_OK);
    assert_non_null(set);
    assert_int_equal(set->cRows, 0);
    FreeProws(set);
    test_release(table, rows);
}

static void table_seek(void **state)
{
    struct row_set *rows = test_five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    ULONG row, numerator, denominator;
    LONG sought;

    (void)state;
    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 3, &sought), S_OK);
    assert_int_equal(sought, 3);
    assert_int_equal(test_current(table), 4);
    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_CURRENT, -9, &sought), S_OK);
    assert_int_equal(sought, -3);
    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_END, -1, &sought), S_OK);
    assert_int_equal(sought, -1);
    assert_int_equal(test_current(table), 5);
    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_CURRENT, 0x7fffffff, &sought), S_OK);
    assert_int_equal(sought, 1);
    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_CURRENT, (LONG)0x80000000, NULL), S_OK);
    assert_int_equal(test_current(table), 1);
    assert_hr(IMAPITable_SeekRow(table, 77, 0, &sought), MAPI_E_INVALID_BOOKMARK);
    assert_int_equal(sought, 0);

    assert_hr(IMAPITable_SeekRowApprox(table, 1, 2), S_OK);
    assert_hr(IMAPITable_QueryPosition(table, &row, &numerator, &denominator), S_OK);
    assert_int_equal(row, 2);
    assert_hr(IMAPITable_SeekRowApprox(table, 0xffffffff, 0xffffffff), S_OK);
    assert_hr(IMAPITable_QueryPosition(table, &row, &numerator, &denominator), S_OK);
    assert_int_equal(row, 5);
    assert_hr(IMAPITable_SeekRowApprox(table, 9, 3), S_OK);
    assert_hr(IMAPITable_SeekRowApprox(table, 1, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPITable_SeekRowApprox(table, 0, 7), S_OK);
    assert_int_equal(test_current(table), 1);
    assert_hr(IMAPITable_QueryPosition(table, &row, NULL, &denominator), MAPI_E_INVALID_PARAMETER);
    test_release(table, rows);
}

static void table_row_count(void **state)
{
    struct row_set *rows = test_five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    ULONG count = 99, status = 99, type = 99;

    (void)state;
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 5);
    assert_hr(IMAPITable_GetRowCount(table, 1, &count), MAPI_E_UNKNOWN_FLAGS);
    assert_int_equal(count, 0);
    assert_hr(IMAPITable_GetStatus(table, &status, &type), S_OK);
    assert_int_equal(status, TBLSTAT_COMPLETE);
    assert_int_equal(type, TBLTYPE_DYNAMIC);
    assert_hr(IMAPITable_WaitForCompletion(table, 0, INFINITE, &status), S_OK);
    assert_hr(IMAPITable_Abort(table), S_OK);
    test_release(table, rows);
}

static void table_no_categories(void **state)
{
    struct row_set *rows = test_five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    SRowSet *set = (SRowSet *)1;
    BOOKMARK bookmark = 99;
    BYTE key[4] = {0}, *saved = key;
    ULONG count = 99;

    (void)state;
    assert_hr(IMAPITable_ExpandRow(table, 4, key, 1, 0, &set, &count), MAPI_E_NOT_FOUND);
    assert_null(set);
    assert_int_equal(count, 0);
    count = 99;
    assert_hr(IMAPITable_CollapseRow(table, 4, key, 0, &count), MAPI_E_NOT_FOUND);
    assert_int_equal(count, 0);
    count = 99;
    assert_hr(IMAPITable_GetCollapseState(table, 0, 4, key, &count, &saved), MAPI_E_NO_SUPPORT);
    assert_int_equal(count, 0);
    assert_null(saved);
    assert_hr(IMAPITable_SetCollapseState(table, 0, 4, key, &bookmark), MAPI_E_NO_SUPPORT);
    assert_int_equal((ULONG)bookmark, 0);
    assert_hr(IMAPITable_CollapseRow(table, 4, key, 1, &count), MAPI_E_UNKNOWN_FLAGS);
    test_release(table, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(table_columns),
            harness_test(table_all_columns),
            harness_test(table_error_value_is_shown),
            harness_test(table_query_rows),
            harness_test(table_seek),
            harness_test(table_row_count),
            harness_test(table_no_categories),
    };

    return harness_run(tests);
}
