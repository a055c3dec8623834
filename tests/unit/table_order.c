/*
 * Views of row sets: sorting by every type, finding, bookmarks.
 */
#include "unit/table_rows.h"

static void table_sort(void **state)
{
    SizedSSortOrderSet(2,
                       order) = {1, 0, 0, {{PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND}, {TEST_NUMBER, TABLE_SORT_DESCEND}}};
    struct row_set *rows = test_five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    SSortOrderSet *sort;

    (void)state;
    assert_hr(IMAPITable_QuerySortOrder(table, &sort), S_OK);
    assert_int_equal(sort->cSorts, 0);
    MAPIFreeBuffer(sort);

    /* No value last in both directions (ssortorder), and as people read, not as bytes are. */
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_rows(table, 2, 4, 3, 1, 5);
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
    test_release(table, rows);
}

static void table_sort_refusals(void **state)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{TEST_NUMBER, TABLE_SORT_DESCEND}}};
    struct row_set *rows = test_five_rows();
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
    sort->aSort[0].ulPropTag = PR_CONTENT_UNREAD; /* pidtagcontentunreadcount */
    assert_hr(IMAPITable_SortTable(table, sort, 0), MAPI_E_INVALID_PARAMETER);
    sort->aSort[0].ulPropTag = TEST_NUMBER;
    sort->aSort[0].ulOrder = 4; /* TABLE_SORT_CATEG_MAX */
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
    test_release(table, rows);
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
        test_release(table, rows);
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
    test_release(table, rows);
}

static void table_initial_sort(void **state)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND}}};
    SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
    struct row_set *rows = test_five_rows();
    SSortOrderSet *sort;
    IMAPITable *table;

    (void)state;
    assert_hr(table_view_create(rows, NULL, (SPropTagArray *)&columns, 0, (SSortOrderSet *)&order, FALSE, &table),
              S_OK);
    assert_rows(table, 2, 4, 3, 1, 5);
    test_put(rows, 6, L"canary", 0);
    assert_rows(table, 2, 4, 6, 3, 1, 5);
    assert_hr(IMAPITable_QuerySortOrder(table, &sort), S_OK);
    assert_int_equal(sort->aSort[0].ulPropTag, PR_DISPLAY_NAME_A);
    MAPIFreeBuffer(sort);
    test_release(table, rows);
}

static void table_find(void **state)
{
    struct row_set *rows = test_five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    SRestriction restriction;
    SPropValue value;

    (void)state;
    test_number_restriction(&restriction, &value, RELOP_LE, 2); /* rows 3 and 4 */
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
    test_release(table, rows);
}

/* The index property is found without a walk; the result is the same as with one. */
static void table_find_by_index(void **state)
{
    struct row_set *rows = test_five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    SRestriction restriction, hide;
    SPropValue value, number;

    (void)state;
    test_number_restriction(&restriction, &value, RELOP_EQ, 3);
    restriction.res.resProperty.ulPropTag = value.ulPropTag = PR_ROWID;
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0), S_OK);
    assert_int_equal(test_current(table), 3);
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_CURRENT, 0), S_OK);
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_CURRENT, DIR_BACKWARD), MAPI_E_NOT_FOUND);
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_END, DIR_BACKWARD), S_OK);
    value.Value.l = 33;
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0), MAPI_E_NOT_FOUND);
    test_number_restriction(&hide, &number, RELOP_NE, 2); /* hides row 3 */
    assert_hr(IMAPITable_Restrict(table, &hide, 0), S_OK);
    value.Value.l = 3;
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0), MAPI_E_NOT_FOUND);
    value.Value.l = 4;
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0), S_OK);
    assert_int_equal(test_current(table), 4);
    test_release(table, rows);
}

static void table_bookmarks(void **state)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND}}};
    struct row_set *rows = test_five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    BOOKMARK charlie = 0, end = 0, old;
    LONG sought;

    (void)state;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK); /* 2 4 3 1 5 */
    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 2, NULL), S_OK);
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
    assert_rows(table, 3, 6, 4, 1, 7, 5);

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
    test_release(table, rows);
}

static void table_bookmark_limit(void **state)
{
    struct row_set *rows = test_five_rows();
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
    test_release(table, rows);
}

/* Only the low half of the variable is written, and only that half is read back (conformance 9.3). */
static void table_bookmark_width(void **state)
{
    struct row_set *rows = test_five_rows();
    IMAPITable *table = test_view(rows, 0, FALSE);
    ULONG bookmark[2] = {0, 0xcccccccc};

    (void)state;
    assert_hr(IMAPITable_CreateBookmark(table, (BOOKMARK *)bookmark), S_OK);
    assert_int_equal(bookmark[1], 0xcccccccc);
    assert_hr(IMAPITable_SeekRow(table, bookmark[0], 1, NULL), S_OK);
    assert_hr(IMAPITable_FreeBookmark(table, bookmark[0]), S_OK);
    test_release(table, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
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
    };

    return harness_run(tests);
}
