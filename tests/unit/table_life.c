/*
 * Views of row sets: independence, references, errors, the end of the session (LOGOFF-43, LOGOFF-44).
 */
#include "unit/table_rows.h"

static void table_views_are_independent(void **state)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{TEST_NUMBER, TABLE_SORT_ASCEND}}};
    struct row_set *rows = test_five_rows();
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
    struct row_set *rows = test_five_rows();
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
    struct row_set *rows = test_five_rows();
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
    test_release(table, rows);
}

static void table_last_error(void **state)
{
    struct row_set *rows = test_five_rows();
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
    test_release(table, rows);
}

static void destroy_nothing(struct gate *gate)
{
    (void)gate;
}

/* After the session's end every method refuses, the sinks are gone, and references still count. */
static void LOGOFF_43_44_view_after_the_end(void **state)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
    struct row_set *rows = test_five_rows();
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
    struct row_set *rows = test_five_rows();
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
    test_number_restriction(&restriction, &value, RELOP_EQ, 1);
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
    test_release(table, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
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
