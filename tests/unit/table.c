/*
 * Views of row sets: columns, rows, seeking, sorting, finding, bookmarks, notifications, lifetimes.
 */
#include "unit/table_rows.h"

#include "notify/advise.h"

/* 1 delta 4, 2 Alpha 3, 3 charlie 2, 4 bravo 1, 5 (no name) 5 */
static struct row_set *five_rows(void)
{
    struct row_set *rows = test_row_set();

    test_put(rows, 1, L"delta", 4);
    test_put(rows, 2, L"Alpha", 3);
    test_put(rows, 3, L"charlie", 2);
    test_put(rows, 4, L"bravo", 1);
    test_put(rows, 5, NULL, 5);
    return rows;
}

static void release(IMAPITable *table, struct row_set *rows)
{
    assert_int_equal(IMAPITable_Release(table), 0);
    row_set_release(rows);
}

static void table_columns(void **state)
{
    SizedSPropTagArray(5, wanted) = {5, {PR_DISPLAY_NAME_A, PR_NULL, PR_DISPLAY_NAME_W, PROP_TAG(PT_LONG, 0x7777),
                                         PROP_TAG(PT_UNSPECIFIED, PROP_ID(PR_DISPLAY_NAME))}};
    SizedSPropTagArray(1, bad) = {1, {PROP_TAG(PT_ERROR, 0x6601)}};
    struct row_set *rows = five_rows();
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
    release(table, rows);
}

static void table_all_columns(void **state)
{
    struct row_set *rows = five_rows();
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
    release(table, rows);
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
    release(table, rows);
}

static void table_query_rows(void **state)
{
    struct row_set *rows = five_rows();
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
    release(table, rows);
}

static void table_seek(void **state)
{
    struct row_set *rows = five_rows();
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
    release(table, rows);
}

static void table_row_count(void **state)
{
    struct row_set *rows = five_rows();
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
    release(table, rows);
}

static void table_no_categories(void **state)
{
    struct row_set *rows = five_rows();
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
    release(table, rows);
}

static void table_sort(void **state)
{
    SizedSSortOrderSet(2, order) = {1, 0, 0, {{PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND}, {TEST_NUMBER, TABLE_SORT_DESCEND}}};
    struct row_set *rows = five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    SSortOrderSet *sort;

    (void)state;
    assert_hr(IMAPITable_QuerySortOrder(table, &sort), S_OK);
    assert_int_equal(sort->cSorts, 0);
    MAPIFreeBuffer(sort);

    /* No value first, and as people read, not as bytes are. */
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_rows(table, 5, 2, 4, 3, 1);
    order.aSort[0].ulPropTag = PR_DISPLAY_NAME_A;
    order.aSort[0].ulOrder = TABLE_SORT_DESCEND;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, TBL_ASYNC), S_OK);
    assert_rows(table, 1, 3, 4, 2, 5);

    test_put(rows, 6, L"bravo", 7);
    test_put(rows, 7, L"bravo", 0);
    test_put(rows, 8, L"bravo", 7);
    order.cSorts = 2;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, TBL_BATCH), S_OK);
    assert_rows(table, 1, 3, 6, 8, 4, 7, 2, 5); /* equal rows stay in the order of insertion */
    assert_hr(IMAPITable_QuerySortOrder(table, &sort), S_OK);
    assert_int_equal(sort->cSorts, 2);
    assert_int_equal(sort->aSort[1].ulPropTag, TEST_NUMBER);
    MAPIFreeBuffer(sort);

    order.cSorts = 0;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_rows(table, 1, 2, 3, 4, 5, 6, 7, 8);
    release(table, rows);
}

static void table_sort_refusals(void **state)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{TEST_NUMBER, TABLE_SORT_DESCEND}}};
    struct row_set *rows = five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    SSortOrderSet *sort = (SSortOrderSet *)&order;

    (void)state;
    assert_hr(IMAPITable_SortTable(table, sort, 0), S_OK);
    assert_hr(IMAPITable_SortTable(table, NULL, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)16, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPITable_SortTable(table, sort, 4), MAPI_E_UNKNOWN_FLAGS);
    sort->cSorts = 0x10000000;
    assert_hr(IMAPITable_SortTable(table, sort, 0), MAPI_E_TOO_COMPLEX);
    sort->cSorts = 1;
    sort->cCategories = 1;
    assert_hr(IMAPITable_SortTable(table, sort, 0), MAPI_E_TOO_COMPLEX);
    sort->cCategories = 2;
    assert_hr(IMAPITable_SortTable(table, sort, 0), MAPI_E_INVALID_PARAMETER);
    sort->cCategories = 0;
    sort->aSort[0].ulOrder = TABLE_SORT_COMBINE;
    assert_hr(IMAPITable_SortTable(table, sort, 0), MAPI_E_TOO_COMPLEX);
    sort->aSort[0].ulOrder = TABLE_SORT_ASCEND;
    sort->aSort[0].ulPropTag = MVI_PROP(TEST_TEXTS);
    assert_hr(IMAPITable_SortTable(table, sort, 0), MAPI_E_TOO_COMPLEX);
    sort->aSort[0].ulPropTag = PROP_TAG(PT_OBJECT, 0x6601);
    assert_hr(IMAPITable_SortTable(table, sort, 0), MAPI_E_TOO_COMPLEX);
    assert_rows(table, 5, 1, 2, 3, 4); /* still by number, descending */
    release(table, rows);
}

static void table_sort_by_every_type(void **state)
{
    static const struct
    {
        ULONG type;
        LONGLONG small, large; /* as the union's bits */
    } cases[] = {
        {PT_I2, (USHORT)-3, 2},
        {PT_LONG, (ULONG)-70000, 70000},
        {PT_R4, 0xc0a00000, 0x3f800000}, /* -5, 1 */
        {PT_DOUBLE, (LONGLONG)0xc014000000000000, 0x3ff0000000000000},
        {PT_APPTIME, (LONGLONG)0x7ff8000000000000, (LONGLONG)0xc014000000000000}, /* no number comes first */
        {PT_CURRENCY, -10000, 10000},
        {PT_BOOLEAN, 0, 1},
        {PT_I8, -1, 0x100000000},
        {PT_SYSTIME, 0x7fffffffffffffff, (LONGLONG)0x8000000000000000},
    };
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{0, TABLE_SORT_ASCEND}}};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        struct row_set *rows = test_row_set();
        IMAPITable *table = test_view(rows, 0, FALSE);
        ULONG tag = PROP_TAG(cases[i].type, 0x6611);
        struct test_row row;

        test_row(&row, 1);
        test_value(&row, tag)->Value.li.QuadPart = cases[i].large;
        assert_hr(row_set_put(rows, row.values, row.count), S_OK);
        test_row(&row, 2);
        test_value(&row, tag)->Value.li.QuadPart = cases[i].small;
        assert_hr(row_set_put(rows, row.values, row.count), S_OK);
        order.aSort[0].ulPropTag = tag;
        assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
        assert_rows(table, 2, 1);
        release(table, rows);
    }
}

static void table_sort_by_pointer_types(void **state)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{0, TABLE_SORT_ASCEND}}};
    WCHAR *few[] = {L"a", L"b"}, *many[] = {L"a", L"b", L"c"};
    GUID low = {1, 0, 0, {0}}, high = {2, 0, 0, {0}};
    struct row_set *rows = test_row_set();
    IMAPITable *table = test_view(rows, 0, FALSE);
    struct test_row row;
    SPropValue *value;
    LONG id;

    (void)state;
    for (id = 1; id <= 2; id++)
    {
        test_row(&row, id);
        value = test_value(&row, TEST_BYTES);
        value->Value.bin.cb = id == 1 ? 3 : 2;
        value->Value.bin.lpb = (BYTE *)"\1\2\3";
        value = test_value(&row, TEST_TEXTS);
        value->Value.MVszW.cValues = id == 1 ? 3 : 2;
        value->Value.MVszW.lppszW = id == 1 ? many : few;
        test_value(&row, PROP_TAG(PT_CLSID, 0x6612))->Value.lpguid = id == 1 ? &high : &low;
        assert_hr(row_set_put(rows, row.values, row.count), S_OK);
    }
    order.aSort[0].ulPropTag = TEST_BYTES;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_rows(table, 2, 1);
    order.aSort[0].ulOrder = TABLE_SORT_DESCEND;
    order.aSort[0].ulPropTag = TEST_TEXTS;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_rows(table, 1, 2);
    order.aSort[0].ulOrder = TABLE_SORT_ASCEND;
    order.aSort[0].ulPropTag = PROP_TAG(PT_CLSID, 0x6612);
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_rows(table, 2, 1);
    release(table, rows);
}

static void table_initial_sort(void **state)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND}}};
    SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
    struct row_set *rows = five_rows();
    SSortOrderSet *sort;
    IMAPITable *table;

    (void)state;
    assert_hr(table_view_create(rows, NULL, (SPropTagArray *)&columns, 0, (SSortOrderSet *)&order, FALSE, &table), S_OK);
    assert_rows(table, 5, 2, 4, 3, 1);
    test_put(rows, 6, L"canary", 0);
    assert_rows(table, 5, 2, 4, 6, 3, 1);
    assert_hr(IMAPITable_QuerySortOrder(table, &sort), S_OK);
    assert_int_equal(sort->aSort[0].ulPropTag, PR_DISPLAY_NAME_A);
    MAPIFreeBuffer(sort);
    release(table, rows);
}

static void number_restriction(SRestriction *restriction, SPropValue *value, ULONG relop, LONG number)
{
    restriction->rt = RES_PROPERTY;
    restriction->res.resProperty.relop = relop;
    restriction->res.resProperty.ulPropTag = TEST_NUMBER;
    restriction->res.resProperty.lpProp = value;
    memset(value, 0, sizeof(*value));
    value->ulPropTag = TEST_NUMBER;
    value->Value.l = number;
}

static void table_find(void **state)
{
    struct row_set *rows = five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    SRestriction restriction;
    SPropValue value;

    (void)state;
    number_restriction(&restriction, &value, RELOP_LE, 2); /* rows 3 and 4 */
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0), S_OK);
    assert_int_equal(test_current(table), 3);
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_CURRENT, 0), S_OK);
    assert_int_equal(test_current(table), 3); /* a search begins with the current row */
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_END, DIR_BACKWARD), S_OK);
    assert_int_equal(test_current(table), 4);
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_CURRENT, DIR_BACKWARD), S_OK);
    assert_int_equal(test_current(table), 3); /* backward with the one before it */
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_CURRENT, DIR_BACKWARD), MAPI_E_NOT_FOUND);
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_END, 0), MAPI_E_NOT_FOUND);
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, DIR_BACKWARD), MAPI_E_NOT_FOUND);
    assert_int_equal(test_current(table), 3);
    assert_hr(IMAPITable_FindRow(table, &restriction, 88, 0), MAPI_E_INVALID_BOOKMARK);
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_CURRENT, 2), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPITable_FindRow(table, NULL, BOOKMARK_CURRENT, 0), MAPI_E_INVALID_PARAMETER);
    release(table, rows);
}

/* The index property is found without a walk; the result is the same as with one. */
static void table_find_by_index(void **state)
{
    struct row_set *rows = five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    SRestriction restriction, hide;
    SPropValue value, number;

    (void)state;
    number_restriction(&restriction, &value, RELOP_EQ, 3);
    restriction.res.resProperty.ulPropTag = value.ulPropTag = PR_ROWID;
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0), S_OK);
    assert_int_equal(test_current(table), 3);
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_CURRENT, 0), S_OK);
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_CURRENT, DIR_BACKWARD), MAPI_E_NOT_FOUND);
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_END, DIR_BACKWARD), S_OK);
    value.Value.l = 33;
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0), MAPI_E_NOT_FOUND);
    number_restriction(&hide, &number, RELOP_NE, 2); /* hides row 3 */
    assert_hr(IMAPITable_Restrict(table, &hide, 0), S_OK);
    value.Value.l = 3;
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0), MAPI_E_NOT_FOUND);
    value.Value.l = 4;
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0), S_OK);
    assert_int_equal(test_current(table), 4);
    release(table, rows);
}

static void table_bookmarks(void **state)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND}}};
    struct row_set *rows = five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    BOOKMARK charlie = 0, end = 0, old;
    LONG sought;

    (void)state;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK); /* 5 2 4 3 1 */
    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 3, NULL), S_OK);
    assert_hr(IMAPITable_CreateBookmark(table, &charlie), S_OK);
    assert_true((ULONG)charlie > (ULONG)BOOKMARK_END);
    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_END, 0, NULL), S_OK);
    assert_hr(IMAPITable_CreateBookmark(table, &end), S_OK);

    /* Rows come and go before and behind: the bookmark stays with its row. */
    test_put(rows, 6, L"abacus", 0);
    test_put(rows, 7, L"zebra", 0);
    assert_hr(test_remove(rows, 2), S_OK);
    assert_hr(IMAPITable_SeekRow(table, charlie, 0, NULL), S_OK);
    assert_int_equal(test_current(table), 3);
    /* Also when the row itself goes to another place. */
    test_put(rows, 3, L"aardvark", 2);
    assert_hr(IMAPITable_SeekRow(table, charlie, 0, NULL), S_OK);
    assert_int_equal(test_current(table), 3);
    assert_rows(table, 5, 3, 6, 4, 1, 7);

    /* Its row gone, it moves to the next one and says so once. */
    assert_hr(test_remove(rows, 3), S_OK);
    assert_hr(IMAPITable_SeekRow(table, charlie, 1, &sought), MAPI_W_POSITION_CHANGED);
    assert_int_equal(sought, 1);
    assert_int_equal(test_current(table), 4);
    assert_hr(IMAPITable_SeekRow(table, charlie, 0, NULL), S_OK);
    assert_int_equal(test_current(table), 6);

    old = charlie;
    assert_hr(IMAPITable_FreeBookmark(table, charlie), S_OK);
    assert_hr(IMAPITable_FreeBookmark(table, charlie), MAPI_E_INVALID_BOOKMARK);
    assert_hr(IMAPITable_CreateBookmark(table, &charlie), S_OK);
    assert_int_not_equal((ULONG)charlie, (ULONG)old);
    assert_hr(IMAPITable_SeekRow(table, old, 0, NULL), MAPI_E_INVALID_BOOKMARK);
    assert_hr(IMAPITable_FreeBookmark(table, BOOKMARK_BEGINNING), S_OK);
    assert_hr(IMAPITable_FreeBookmark(table, BOOKMARK_CURRENT), S_OK);
    assert_hr(IMAPITable_FreeBookmark(table, BOOKMARK_END), S_OK);
    assert_hr(IMAPITable_FreeBookmark(table, 3), MAPI_E_INVALID_BOOKMARK);

    /* Sorting and restricting discard them all. */
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_hr(IMAPITable_SeekRow(table, charlie, 0, NULL), MAPI_E_INVALID_BOOKMARK);
    assert_hr(IMAPITable_SeekRow(table, end, 0, NULL), MAPI_E_INVALID_BOOKMARK);
    release(table, rows);
}

static void table_bookmark_limit(void **state)
{
    struct row_set *rows = five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    BOOKMARK bookmark = 0, last = 0;
    ULONG i;

    (void)state;
    for (i = 0; i < 4096; i++)
        assert_hr(IMAPITable_CreateBookmark(table, &last), S_OK);
    assert_hr(IMAPITable_CreateBookmark(table, &bookmark), MAPI_E_UNABLE_TO_COMPLETE);
    assert_int_equal((ULONG)bookmark, 0);
    assert_hr(IMAPITable_FreeBookmark(table, last), S_OK);
    assert_hr(IMAPITable_CreateBookmark(table, &bookmark), S_OK);
    release(table, rows);
}

/* Only the low half of the variable is written, and only that half is read back (conformance 9.3). */
static void table_bookmark_width(void **state)
{
    struct row_set *rows = five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    ULONG bookmark[2] = {0, 0xcccccccc};

    (void)state;
    assert_hr(IMAPITable_CreateBookmark(table, (BOOKMARK *)bookmark), S_OK);
    assert_int_equal(bookmark[1], 0xcccccccc);
    assert_hr(IMAPITable_SeekRow(table, bookmark[0], 1, NULL), S_OK);
    assert_hr(IMAPITable_FreeBookmark(table, bookmark[0]), S_OK);
    release(table, rows);
}

static void table_views_are_independent(void **state)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{TEST_NUMBER, TABLE_SORT_ASCEND}}};
    struct row_set *rows = five_rows();
    IMAPITable *a = test_view(rows, 0, FALSE), *b = test_view(rows, MAPI_UNICODE, FALSE);
    IMAPITable *fixed = test_view(rows, 0, TRUE);
    ULONG status, type;

    (void)state;
    assert_hr(IMAPITable_SortTable(a, (SSortOrderSet *)&order, 0), S_OK);
    assert_hr(IMAPITable_SeekRow(b, BOOKMARK_BEGINNING, 2, NULL), S_OK);
    test_put(rows, 6, L"new", 0);
    assert_hr(test_remove(rows, 1), S_OK);
    assert_int_equal(test_current(b), 3);
    assert_rows(a, 6, 4, 3, 2, 5);
    assert_rows(b, 2, 3, 4, 5, 6);
    assert_rows(fixed, 1, 2, 3, 4, 5);
    assert_hr(IMAPITable_GetStatus(fixed, &status, &type), S_OK);
    assert_int_equal(type, TBLTYPE_SNAPSHOT);
    row_set_release(rows); /* the views keep it */
    assert_int_equal(IMAPITable_Release(a), 0);
    assert_rows(b, 2, 3, 4, 5, 6);
    assert_int_equal(IMAPITable_Release(b), 0);
    assert_int_equal(IMAPITable_Release(fixed), 0);
}

static void table_row_set(void **state)
{
    SPropValue key = {PR_ROWID, 0, {0}}, *values;
    struct row_set *rows = five_rows();
    struct test_row row;
    ULONG count;

    (void)state;
    assert_int_equal(row_set_count(rows), 5);
    key.Value.l = 2;
    assert_hr(row_set_get(rows, &key, &count, &values), S_OK);
    assert_int_equal(count, 3);
    assert_int_equal(wcscmp(PpropFindProp(values, count, PR_DISPLAY_NAME_W)->Value.lpszW, L"Alpha"), 0);
    MAPIFreeBuffer(values);
    key.Value.l = 22;
    assert_hr(row_set_get(rows, &key, &count, &values), MAPI_E_NOT_FOUND);
    assert_null(values);
    assert_hr(row_set_remove(rows, &key), MAPI_E_NOT_FOUND);
    test_row(&row, 1);
    assert_hr(row_set_put(rows, row.values + 1, 0), MAPI_E_INVALID_PARAMETER); /* no index */
    test_value(&row, PR_DISPLAY_NAME_W)->Value.lpszW = (WCHAR *)16;
    assert_hr(row_set_put(rows, row.values, row.count), MAPI_E_INVALID_PARAMETER);
    row.count = 1;
    test_value(&row, PR_ROWID);
    assert_hr(row_set_put(rows, row.values, row.count), MAPI_E_INVALID_PARAMETER); /* an id twice */
    assert_int_equal(row_set_count(rows), 5);
    row_set_release(rows);
}

static void table_unknown(void **state)
{
    struct row_set *rows = five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    void *object = NULL;

    (void)state;
    assert_hr(IMAPITable_QueryInterface(table, &IID_IUnknown, &object), S_OK);
    assert_ptr_equal(object, table);
    assert_hr(IMAPITable_QueryInterface(table, &IID_IMAPITable, &object), S_OK);
    assert_int_equal(IMAPITable_Release(table), 2);
    assert_int_equal(IMAPITable_Release(table), 1);
    assert_hr(IMAPITable_QueryInterface(table, &IID_IMAPIProp, &object), MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_null(object);
    assert_hr(IMAPITable_QueryInterface(table, &IID_IUnknown, NULL), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(IMAPITable_AddRef(table), 2);
    assert_int_equal(IMAPITable_Release(table), 1);
    release(table, rows);
}

static void table_last_error(void **state)
{
    struct row_set *rows = five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    MAPIERROR *error = NULL;
    ULONG count;

    (void)state;
    assert_hr(IMAPITable_GetRowCount(table, 1, &count), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPITable_GetLastError(table, MAPI_E_UNKNOWN_FLAGS, MAPI_UNICODE, &error), S_OK);
    assert_non_null(error);
    MAPIFreeBuffer(error);
    assert_hr(IMAPITable_GetLastError(table, MAPI_E_NO_ACCESS, 0, &error), S_OK);
    assert_null(error);
    release(table, rows);
}

static void destroy_nothing(struct gate *gate)
{
    (void)gate;
}

/* After the session's end every method refuses, the sinks are gone, and references still count. */
static void LOGOFF_43_44_view_after_the_end(void **state)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
    struct row_set *rows = five_rows();
    struct harness_sink sink;
    ULONG_PTR connection = 0;
    SRowSet *set = (SRowSet *)1;
    void *object = rows;
    IMAPITable *table;
    struct gate gate;
    ULONG count = 9;

    (void)state;
    harness_sink_init(&sink);
    gate_init(&gate, destroy_nothing);
    assert_hr(table_view_create(rows, &gate, (SPropTagArray *)&columns, 0, NULL, FALSE, &table), S_OK);
    assert_int_equal(gate.refcount, 2);
    assert_hr(IMAPITable_Advise(table, fnevTableModified, &sink.IMAPIAdviseSink_iface, &connection), S_OK);
    assert_int_equal(sink.refcount, 2);
    assert_true(gate_close(&gate));
    gate_drain(&gate);
    gate_close_children(&gate);
    assert_int_equal(sink.refcount, 1);

    assert_hr(IMAPITable_QueryRows(table, 1, 0, &set), MAPI_E_INVALID_OBJECT);
    assert_null(set);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), MAPI_E_INVALID_OBJECT);
    assert_int_equal(count, 0);
    assert_hr(IMAPITable_QueryInterface(table, &IID_IUnknown, &object), MAPI_E_INVALID_OBJECT);
    assert_null(object);
    assert_hr(IMAPITable_Unadvise(table, connection), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_Advise(table, fnevTableModified, &sink.IMAPIAdviseSink_iface, &connection),
              MAPI_E_INVALID_OBJECT);
    assert_int_equal((ULONG)connection, 0);
    test_put(rows, 8, L"late", 8);
    assert_int_equal(sink.calls, 0);
    assert_int_equal(IMAPITable_AddRef(table), 2);
    assert_int_equal(IMAPITable_Release(table), 1);
    assert_int_equal(IMAPITable_Release(table), 0);
    assert_int_equal(gate.refcount, 1);
    assert_hr(table_view_create(rows, &gate, (SPropTagArray *)&columns, 0, NULL, FALSE, &table), MAPI_E_INVALID_OBJECT);
    assert_null(table);
    assert_int_equal(gate.refcount, 1);
    row_set_release(rows);
}

static void LOGOFF_43_44_every_method_after_the_end(void **state)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{TEST_NUMBER, TABLE_SORT_ASCEND}}};
    SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
    struct row_set *rows = five_rows();
    ULONG a = 9, b = 9, c = 9;
    SSortOrderSet *sort = (SSortOrderSet *)1;
    MAPIERROR *error = (MAPIERROR *)1;
    SPropTagArray *tags = (SPropTagArray *)1;
    SRestriction restriction;
    BOOKMARK bookmark = 9;
    SPropValue value;
    IMAPITable *table;
    struct gate gate;
    LONG sought = 9;

    (void)state;
    number_restriction(&restriction, &value, RELOP_EQ, 1);
    gate_init(&gate, destroy_nothing);
    assert_hr(table_view_create(rows, &gate, (SPropTagArray *)&columns, 0, NULL, TRUE, &table), S_OK);
    assert_true(gate_close(&gate));
    gate_drain(&gate);
    gate_close_children(&gate);
    assert_hr(IMAPITable_GetLastError(table, S_OK, 0, &error), MAPI_E_INVALID_OBJECT);
    assert_null(error);
    assert_hr(IMAPITable_GetStatus(table, &a, &b), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_QueryColumns(table, 0, &tags), MAPI_E_INVALID_OBJECT);
    assert_null(tags);
    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 1, &sought), MAPI_E_INVALID_OBJECT);
    assert_int_equal(sought, 0);
    assert_hr(IMAPITable_SeekRowApprox(table, 1, 2), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_QueryPosition(table, &a, &b, &c), MAPI_E_INVALID_OBJECT);
    assert_int_equal(a, 0);
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_Restrict(table, &restriction, 0), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_CreateBookmark(table, &bookmark), MAPI_E_INVALID_OBJECT);
    assert_int_equal((ULONG)bookmark, 0);
    assert_hr(IMAPITable_FreeBookmark(table, bookmark), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_QuerySortOrder(table, &sort), MAPI_E_INVALID_OBJECT);
    assert_null(sort);
    assert_hr(IMAPITable_Abort(table), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_ExpandRow(table, 0, NULL, 0, 0, NULL, NULL), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_CollapseRow(table, 0, NULL, 0, NULL), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_WaitForCompletion(table, 0, 0, NULL), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_GetCollapseState(table, 0, 0, NULL, NULL, NULL), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_SetCollapseState(table, 0, 0, NULL, NULL), MAPI_E_INVALID_OBJECT);
    assert_int_equal(IMAPITable_Release(table), 0);
    row_set_release(rows);
}

static void table_without_initialize(void **state)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
    struct row_set *rows = test_row_set();
    IMAPITable *table;
    ULONG count;

    (void)state;
    assert_hr(table_view_create(rows, NULL, (SPropTagArray *)&columns, 0, NULL, FALSE, &table), S_OK);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), MAPI_E_NOT_INITIALIZED);
    release(table, rows);
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
        harness_test(table_sort),
        harness_test(table_sort_refusals),
        harness_test(table_sort_by_every_type),
        harness_test(table_sort_by_pointer_types),
        harness_test(table_initial_sort),
        harness_test(table_find),
        harness_test(table_find_by_index),
        harness_test(table_bookmarks),
        harness_test(table_bookmark_limit),
        harness_test(table_bookmark_width),
        harness_test(table_views_are_independent),
        harness_test(table_row_set),
        harness_test(table_unknown),
        harness_test(table_last_error),
        harness_test(LOGOFF_43_44_view_after_the_end),
        harness_test(LOGOFF_43_44_every_method_after_the_end),
        harness_test_plain(table_without_initialize),
    };

    return harness_run(tests);
}
