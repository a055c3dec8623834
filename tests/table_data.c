/*
 * CreateTable and ITableData: with MAPI and with the utilities alone, rows in their order, notifications, views.
 */
#include "harness.h"

#include <postroom/guids.h>

#define TEST(name) static void name(void **state __attribute__((unused)))

#define TEST_TEXT PROP_TAG(PT_STRING8, 0x6600)
#define TEST_NUMBER PROP_TAG(PT_LONG, 0x6601)
#define TEST_EXTRA PROP_TAG(PT_UNICODE, 0x6602)

static SizedSPropTagArray(3, table_columns) = {3, {PR_ROWID, TEST_TEXT, TEST_NUMBER}};

static ITableData *make_table(ULONG type)
{
    ITableData *data = NULL;

    assert_hr(CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, type,
                          PR_ROWID, (SPropTagArray *)&table_columns, &data),
              S_OK);
    assert_non_null(data);
    return data;
}

/* A row of the three columns; its values live in the caller's array. */
static SRow row_of(SPropValue values[3], LONG id, const char *text, LONG number)
{
    SRow row = {0, 3, values};

    memset(values, 0, 3 * sizeof(*values));
    values[0].ulPropTag = TEST_NUMBER;
    values[0].Value.l = number;
    values[1].ulPropTag = PR_ROWID;
    values[1].Value.l = id;
    values[2].ulPropTag = TEST_TEXT;
    values[2].Value.lpszA = (char *)text;
    return row;
}

static HRESULT put(ITableData *data, LONG id, const char *text, LONG number)
{
    SPropValue values[3];
    SRow row = row_of(values, id, text, number);

    return ITableData_HrModifyRow(data, &row);
}

static HRESULT insert(ITableData *data, ULONG place, LONG id)
{
    SPropValue values[3];
    SRow row = row_of(values, id, "inserted", id);

    return ITableData_HrInsertRow(data, place, &row);
}

static SPropValue index_of(LONG id)
{
    SPropValue index = {PR_ROWID, 0, {0}};

    index.Value.l = id;
    return index;
}

/* The id of the row at a place; -1: there is none. */
static LONG id_at(ITableData *data, ULONG place)
{
    const SPropValue *value;
    SRow *row = NULL;
    LONG id = -1;

    assert_hr(ITableData_HrEnumRow(data, place, &row), S_OK);
    if (!row)
        return -1;
    value = PpropFindProp(row->lpProps, row->cValues, PR_ROWID);
    assert_non_null(value);
    id = value->Value.l;
    assert_int_equal(MAPIFreeBuffer(row), S_OK);
    return id;
}

static ULONG row_count(IMAPITable *table)
{
    ULONG count = 0;

    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    return count;
}

TEST(INIT_18_create_table_with_the_utilities_alone)
{
    ITableData *data = (ITableData *)0x5a5a5a5a;
    IMAPITable *table;
    SRowSet *rows;

    assert_hr(CreateTable(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, TBLTYPE_DYNAMIC, PR_ROWID,
                          (SPropTagArray *)&table_columns, &data),
              MAPI_E_NOT_INITIALIZED);
    assert_null(data);

    assert_hr(ScInitMapiUtil(0), S_OK);
    data = make_table(TBLTYPE_DYNAMIC);
    assert_hr(put(data, 1, "one", 10), S_OK);
    assert_hr(ITableData_HrGetView(data, NULL, NULL, 0, &table), S_OK);
    assert_int_equal(row_count(table), 1);
    assert_hr(IMAPITable_QueryRows(table, 10, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 1);
    assert_int_equal(rows->aRow[0].cValues, 3);
    assert_int_equal(rows->aRow[0].lpProps[1].ulPropTag, TEST_TEXT);
    assert_string_equal(rows->aRow[0].lpProps[1].Value.lpszA, "one");
    FreeProws(rows);
    IMAPITable_Release(table);
    ITableData_Release(data);
    DeinitMapiUtil();
}

TEST(INIT_19_no_notification_with_the_utilities_alone)
{
    struct harness_sink sink;
    ULONG_PTR connection = 0;
    ITableData *data;
    IMAPITable *table;

    assert_hr(ScInitMapiUtil(0), S_OK);
    data = make_table(TBLTYPE_DYNAMIC);
    assert_hr(ITableData_HrGetView(data, NULL, NULL, 0, &table), S_OK);
    harness_sink_init(&sink);
    assert_hr(IMAPITable_Advise(table, fnevTableModified, &sink.IMAPIAdviseSink_iface, &connection), S_OK);
    assert_hr(put(data, 1, "one", 10), S_OK);
    harness_pump(100);
    assert_int_equal(sink.calls, 0);
    IMAPITable_Release(table);
    ITableData_Release(data);
    DeinitMapiUtil();
    assert_int_equal(sink.refcount, 1);
}

TEST(create_table_arguments)
{
    SizedSPropTagArray(1, bad) = {1, {PROP_TAG(PT_ERROR, 0x6600)}};
    SPropTagArray *columns = (SPropTagArray *)&table_columns;
    ITableData *data;

#define CREATE(iid, allocate, more, free, reserved, type, index, columns)                                              \
    (data = (ITableData *)0x5a5a5a5a,                                                                                  \
     CreateTable((iid), (allocate), (more), (free), (reserved), (type), (index), (columns), &data))
#define REFUSED(hr, ...)                                                                                               \
    do                                                                                                                 \
    {                                                                                                                  \
        assert_hr(CREATE(__VA_ARGS__), hr);                                                                            \
        assert_null(data);                                                                                             \
    } while (0)
    REFUSED(MAPI_E_INTERFACE_NOT_SUPPORTED, &IID_IMAPITable, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
            TBLTYPE_DYNAMIC, PR_ROWID, columns);
    REFUSED(MAPI_E_INVALID_PARAMETER, NULL, NULL, MAPIAllocateMore, MAPIFreeBuffer, NULL, 0, PR_ROWID, columns);
    REFUSED(MAPI_E_INVALID_PARAMETER, NULL, MAPIAllocateBuffer, NULL, MAPIFreeBuffer, NULL, 0, PR_ROWID, columns);
    REFUSED(MAPI_E_INVALID_PARAMETER, NULL, MAPIAllocateBuffer, MAPIAllocateMore, NULL, NULL, 0, PR_ROWID, columns);
    REFUSED(MAPI_E_INVALID_PARAMETER, NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, &data, 0, PR_ROWID,
            columns);
    REFUSED(MAPI_E_INVALID_PARAMETER, NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, 3, PR_ROWID,
            columns);
    REFUSED(MAPI_E_INVALID_PARAMETER, NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, 0,
            PROP_TAG(PT_MV_LONG, 0x6600), columns);
    REFUSED(MAPI_E_INVALID_PARAMETER, NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, 0,
            PROP_TAG(PT_OBJECT, 0x6600), columns);
    REFUSED(MAPI_E_INVALID_PARAMETER, NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, 0, PR_ROWID,
            NULL);
    REFUSED(MAPI_E_INVALID_PARAMETER, NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, 0, PR_ROWID,
            (SPropTagArray *)&bad);
    assert_hr(CreateTable(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, 0, PR_ROWID, columns, NULL),
              MAPI_E_INVALID_PARAMETER);
#undef REFUSED
#undef CREATE
}

TEST(rows_keep_their_order)
{
    ITableData *data = make_table(TBLTYPE_DYNAMIC);
    SPropValue index = index_of(2);
    ULONG place = 99;
    SRow *row;

    assert_hr(put(data, 3, "three", 1), S_OK);
    assert_hr(put(data, 1, "one", 2), S_OK);
    assert_hr(put(data, 2, "two", 3), S_OK);
    assert_hr(put(data, 1, "uno", 4), S_OK); /* stays where it is */
    assert_int_equal(id_at(data, 0), 3);
    assert_int_equal(id_at(data, 1), 1);
    assert_int_equal(id_at(data, 2), 2);
    assert_int_equal(id_at(data, 3), -1);
    assert_hr(ITableData_HrQueryRow(data, &index, &row, &place), S_OK);
    assert_int_equal(place, 2);
    assert_string_equal(PpropFindProp(row->lpProps, row->cValues, TEST_TEXT)->Value.lpszA, "two");
    MAPIFreeBuffer(row);

    assert_hr(insert(data, 0, 10), S_OK);
    assert_hr(insert(data, 4, 11), S_OK);
    assert_hr(insert(data, 2, 12), S_OK);
    assert_hr(insert(data, 7, 13), MAPI_E_INVALID_PARAMETER); /* behind the end */
    assert_hr(insert(data, 0, 12), MAPI_E_INVALID_PARAMETER); /* there is one */
    assert_int_equal(id_at(data, 0), 10);
    assert_int_equal(id_at(data, 1), 3);
    assert_int_equal(id_at(data, 2), 12);
    assert_int_equal(id_at(data, 3), 1);
    assert_int_equal(id_at(data, 4), 2);
    assert_int_equal(id_at(data, 5), 11);

    index.ulPropTag = TEST_NUMBER;
    assert_hr(ITableData_HrQueryRow(data, &index, &row, NULL), MAPI_E_INVALID_PARAMETER);
    assert_null(row);
    index = index_of(77);
    assert_hr(ITableData_HrQueryRow(data, &index, &row, NULL), MAPI_E_NOT_FOUND);
    assert_hr(ITableData_HrDeleteRow(data, &index), MAPI_E_NOT_FOUND);
    index = index_of(3);
    assert_hr(ITableData_HrDeleteRow(data, &index), S_OK);
    assert_int_equal(id_at(data, 1), 12);
    ITableData_Release(data);
}

/* So many rows between the same two that their numbers have to be given out anew, against an array. */
TEST(inserting_at_the_same_place)
{
    enum
    {
        ROWS = 300
    };
    ITableData *data = make_table(TBLTYPE_DYNAMIC);
    LONG model[ROWS], i, count = 0;
    IMAPITable *view;
    SRowSet *rows;

    assert_hr(ITableData_HrGetView(data, NULL, NULL, 0, &view), S_OK);
    for (i = 0; i < ROWS; i++)
    {
        LONG place = i < 2 ? i : i % 3 == 0 ? count / 2 : 1;

        assert_hr(insert(data, place, i), S_OK);
        memmove(model + place + 1, model + place, (count - place) * sizeof(*model));
        model[place] = i;
        count++;
    }
    for (i = 0; i < ROWS; i++)
        assert_int_equal(id_at(data, i), model[i]);
    assert_hr(IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL), S_OK);
    assert_hr(IMAPITable_QueryRows(view, ROWS, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, ROWS);
    for (i = 0; i < ROWS; i++)
        assert_int_equal(rows->aRow[i].lpProps[0].Value.l, model[i]);
    FreeProws(rows);
    IMAPITable_Release(view);
    ITableData_Release(data);
}

TEST(views_sort_and_follow)
{
    SizedSSortOrderSet(1, sort) = {1, 0, 0, {{TEST_TEXT, TABLE_SORT_DESCEND}}};
    ITableData *data = make_table(TBLTYPE_DYNAMIC);
    SPropValue values[3], index = index_of(1);
    SPropTagArray *columns;
    IMAPITable *first, *second;
    ULONG status, type;
    SRowSet *rows;
    SRow row;

    assert_hr(put(data, 1, "apple", 1), S_OK);
    assert_hr(put(data, 2, "pear", 2), S_OK);
    assert_hr(ITableData_HrGetView(data, (SSortOrderSet *)&sort, NULL, 0, &first), S_OK);
    assert_hr(IMAPITable_GetStatus(first, &status, &type), S_OK);
    assert_int_equal(type, TBLTYPE_DYNAMIC);

    /* a property that is no column yet: for later views */
    row = row_of(values, 3, "zucchini", 3);
    values[0].ulPropTag = TEST_EXTRA;
    values[0].Value.lpszW = (WCHAR *)L"extra";
    assert_hr(ITableData_HrModifyRow(data, &row), S_OK);
    assert_hr(ITableData_HrGetView(data, NULL, NULL, 0, &second), S_OK);
    assert_hr(IMAPITable_QueryColumns(first, 0, &columns), S_OK);
    assert_int_equal(columns->cValues, 3);
    MAPIFreeBuffer(columns);
    assert_hr(IMAPITable_QueryColumns(first, TBL_ALL_COLUMNS, &columns), S_OK);
    assert_int_equal(columns->cValues, 4);
    MAPIFreeBuffer(columns);
    assert_hr(IMAPITable_QueryColumns(second, 0, &columns), S_OK);
    assert_int_equal(columns->cValues, 4);
    assert_int_equal(columns->aulPropTag[3], TEST_EXTRA);
    MAPIFreeBuffer(columns);

    assert_hr(IMAPITable_QueryRows(first, 10, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 3);
    assert_int_equal(rows->aRow[0].lpProps[0].Value.l, 3);
    assert_int_equal(rows->aRow[2].lpProps[0].Value.l, 1);
    FreeProws(rows);

    /* columns stay when the only row that has them goes */
    index = index_of(3);
    assert_hr(ITableData_HrDeleteRow(data, &index), S_OK);
    IMAPITable_Release(second);
    assert_hr(ITableData_HrGetView(data, NULL, NULL, 0, &second), S_OK);
    assert_hr(IMAPITable_QueryColumns(second, 0, &columns), S_OK);
    assert_int_equal(columns->cValues, 4);
    MAPIFreeBuffer(columns);
    assert_int_equal(row_count(first), 2);
    ITableData_Release(data); /* views keep what they need */
    assert_int_equal(row_count(second), 2);
    IMAPITable_Release(first);
    IMAPITable_Release(second);
}

TEST(snapshot_views_stay_as_they_were)
{
    ITableData *data = make_table(TBLTYPE_SNAPSHOT);
    ULONG status, type = 99;
    IMAPITable *table;

    assert_hr(put(data, 1, "one", 1), S_OK);
    assert_hr(ITableData_HrGetView(data, NULL, NULL, 0, &table), S_OK);
    assert_hr(put(data, 2, "two", 2), S_OK);
    assert_hr(IMAPITable_GetStatus(table, &status, &type), S_OK);
    assert_int_equal(type, TBLTYPE_SNAPSHOT);
    assert_int_equal(row_count(table), 1);
    IMAPITable_Release(table);
    ITableData_Release(data);
}

struct released
{
    LONG calls;
    ULONG_PTR data;
    ITableData *table;
    IMAPITable *view;
    ULONG rows;
};
static struct released released;

/* What a provider does in it: it still uses the view, and gives the table up. */
static void WINAPI on_release(ULONG_PTR ulCallerData, ITableData *lpTblData, IMAPITable *lpVue)
{
    released.calls++;
    released.data = ulCallerData;
    released.table = lpTblData;
    released.view = lpVue;
    IMAPITable_AddRef(lpVue);
    IMAPITable_GetRowCount(lpVue, 0, &released.rows);
    IMAPITable_Release(lpVue);
    ITableData_Release(lpTblData);
}

TEST(caller_release_is_called_once)
{
    ITableData *data = make_table(TBLTYPE_DYNAMIC);
    IMAPITable *table;

    memset(&released, 0, sizeof(released));
    assert_hr(put(data, 1, "one", 1), S_OK);
    assert_hr(ITableData_HrGetView(data, NULL, on_release, (ULONG_PTR)0x123456789abcULL, &table), S_OK);
    IMAPITable_AddRef(table);
    assert_int_equal(IMAPITable_Release(table), 1);
    assert_int_equal(released.calls, 0);
    assert_int_equal(IMAPITable_Release(table), 0); /* takes the table along */
    assert_int_equal(released.calls, 1);
    assert_true(released.data == (ULONG_PTR)0x123456789abcULL);
    assert_ptr_equal(released.table, data);
    assert_ptr_equal(released.view, table);
    assert_int_equal(released.rows, 1);
}

static void wait_for(struct harness_sink *sink, LONG events)
{
    DWORD start = GetTickCount();

    while (sink->events < events && GetTickCount() - start < 10000)
        harness_pump(10);
    harness_pump(30);
    assert_int_equal(sink->events, events);
}

TEST(changes_are_told)
{
    ITableData *data = make_table(TBLTYPE_DYNAMIC);
    SPropValue values[12][3], index = index_of(1);
    struct harness_sink sink;
    ULONG_PTR connection;
    IMAPITable *table;
    SRowSet *rows;
    ULONG deleted, i;

    harness_sink_init(&sink);
    assert_hr(ITableData_HrGetView(data, NULL, NULL, 0, &table), S_OK);
    assert_hr(IMAPITable_Advise(table, fnevTableModified, &sink.IMAPIAdviseSink_iface, &connection), S_OK);

    assert_hr(put(data, 1, "one", 1), S_OK);
    wait_for(&sink, 1);
    assert_int_equal(sink.last.info.tab.ulTableEvent, TABLE_ROW_ADDED);
    assert_hr(put(data, 1, "uno", 1), S_OK);
    wait_for(&sink, 2);
    assert_int_equal(sink.last.info.tab.ulTableEvent, TABLE_ROW_MODIFIED);
    assert_hr(ITableData_HrNotify(data, 0, 1, &index), S_OK); /* although nothing changed */
    wait_for(&sink, 3);
    assert_int_equal(sink.last.info.tab.ulTableEvent, TABLE_ROW_MODIFIED);
    assert_hr(ITableData_HrNotify(data, 1, 1, &index), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(ITableData_HrNotify(data, 0, 0, &index), MAPI_E_INVALID_PARAMETER);
    index = index_of(2);
    assert_hr(ITableData_HrNotify(data, 0, 1, &index), MAPI_E_NOT_FOUND);

    assert_hr(MAPIAllocateBuffer(CbNewSRowSet(12), (void **)&rows), S_OK);
    for (i = 0; i < 12; i++)
        rows->aRow[i] = row_of(values[i], 100 + i, "many", i);
    rows->cRows = 8;
    assert_hr(ITableData_HrModifyRows(data, 0, rows), S_OK); /* one each */
    wait_for(&sink, 11);
    assert_int_equal(sink.last.info.tab.ulTableEvent, TABLE_ROW_ADDED);
    rows->cRows = 12;
    assert_hr(ITableData_HrModifyRows(data, 1, rows), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(ITableData_HrModifyRows(data, 0, rows), S_OK); /* one for all */
    wait_for(&sink, 12);
    assert_int_equal(sink.last.info.tab.ulTableEvent, TABLE_CHANGED);
    assert_int_equal(row_count(table), 13);

    rows->aRow[5].lpProps[1].ulPropTag = TEST_EXTRA & 0xffff0000; /* no index: nothing changes */
    rows->aRow[0].lpProps[0].Value.l = 777;
    assert_hr(ITableData_HrModifyRows(data, 0, rows), MAPI_E_INVALID_PARAMETER);
    harness_pump(30);
    assert_int_equal(sink.events, 12);
    rows->aRow[5] = row_of(values[5], 9999, "not there", 0);

    rows->cRows = 3;
    rows->aRow[2] = rows->aRow[5];
    assert_hr(ITableData_HrDeleteRows(data, 0, rows, &deleted), S_OK);
    assert_int_equal(deleted, 2);
    wait_for(&sink, 14);
    assert_int_equal(sink.last.info.tab.ulTableEvent, TABLE_ROW_DELETED);
    assert_hr(ITableData_HrDeleteRows(data, 2, rows, &deleted), MAPI_E_UNKNOWN_FLAGS);
    assert_int_equal(deleted, 0);
    assert_hr(ITableData_HrDeleteRows(data, 0, NULL, &deleted), MAPI_E_INVALID_PARAMETER);
    assert_hr(ITableData_HrDeleteRows(data, TAD_ALL_ROWS, NULL, &deleted), S_OK);
    assert_int_equal(deleted, 11);
    wait_for(&sink, 15);
    assert_int_equal(sink.last.info.tab.ulTableEvent, TABLE_RELOAD);
    assert_int_equal(row_count(table), 0);
    assert_int_equal(id_at(data, 0), -1);
    MAPIFreeBuffer(rows);

    assert_hr(IMAPITable_Unadvise(table, connection), S_OK);
    IMAPITable_Release(table);
    ITableData_Release(data);
}

/* What a caller gets comes from the functions that it gave. */
static LONG own_allocations;

static SCODE WINAPI own_allocate(ULONG size, void **buffer)
{
    own_allocations++;
    return MAPIAllocateBuffer(size, buffer);
}

static SCODE WINAPI no_memory(ULONG size __attribute__((unused)), void **buffer)
{
    *buffer = NULL;
    return MAPI_E_NOT_ENOUGH_RESOURCES;
}

TEST(rows_come_from_the_callers_allocator)
{
    SPropTagArray *columns = (SPropTagArray *)&table_columns;
    SPropValue index = index_of(1);
    ITableData *data;
    SRow *row;

    own_allocations = 0;
    assert_hr(CreateTable(NULL, own_allocate, MAPIAllocateMore, MAPIFreeBuffer, NULL, TBLTYPE_KEYSET, PR_ROWID, columns,
                          &data),
              S_OK);
    assert_hr(put(data, 1, "one", 1), S_OK);
    assert_hr(ITableData_HrQueryRow(data, &index, &row, NULL), S_OK);
    assert_int_equal(own_allocations, 1);
    MAPIFreeBuffer(row);
    ITableData_Release(data);

    assert_hr(CreateTable(NULL, no_memory, MAPIAllocateMore, MAPIFreeBuffer, NULL, TBLTYPE_KEYSET, PR_ROWID, columns,
                          &data),
              S_OK);
    assert_hr(put(data, 1, "one", 1), S_OK);
    assert_hr(ITableData_HrQueryRow(data, &index, &row, NULL), MAPI_E_NOT_ENOUGH_RESOURCES);
    assert_null(row);
    ITableData_Release(data);
}

TEST(hostile_rows)
{
    SPropValue values[3], index = index_of(1);
    ITableData *data = make_table(TBLTYPE_DYNAMIC);
    SRow row = row_of(values, 1, "one", 1);
    SRowSet huge = {0xffffffff, {row}};
    ULONG deleted;

    assert_hr(ITableData_HrModifyRow(data, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(ITableData_HrModifyRow(data, (SRow *)0x10), MAPI_E_INVALID_PARAMETER);
    row.lpProps = (SPropValue *)0x10;
    assert_hr(ITableData_HrModifyRow(data, &row), MAPI_E_INVALID_PARAMETER);
    row = row_of(values, 1, (char *)0x10, 1);
    assert_hr(ITableData_HrModifyRow(data, &row), MAPI_E_INVALID_PARAMETER);
    row = row_of(values, 1, "one", 1);
    values[1].ulPropTag = PROP_TAG(PT_I8, PROP_ID(PR_ROWID)); /* another type */
    assert_hr(ITableData_HrModifyRow(data, &row), MAPI_E_INVALID_PARAMETER);
    values[1].ulPropTag = TEST_NUMBER; /* twice the same id, no index */
    assert_hr(ITableData_HrModifyRow(data, &row), MAPI_E_INVALID_PARAMETER);
    assert_hr(ITableData_HrModifyRows(data, 0, &huge), MAPI_E_INVALID_PARAMETER);
    assert_hr(ITableData_HrDeleteRows(data, 0, &huge, &deleted), MAPI_E_INVALID_PARAMETER);
    assert_hr(ITableData_HrDeleteRow(data, (SPropValue *)0x10), MAPI_E_INVALID_PARAMETER);
    index.ulPropTag = TEST_NUMBER;
    assert_hr(ITableData_HrDeleteRow(data, &index), MAPI_E_NOT_FOUND);
    assert_hr(ITableData_HrGetView(data, NULL, NULL, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(ITableData_HrEnumRow(data, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(id_at(data, 0), -1);
    ITableData_Release(data);
}

TEST(faults)
{
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        ITableData *data = NULL;
        IMAPITable *table = NULL;
        SRow *row = NULL;
        HRESULT hr;

        memset(&released, 0, sizeof(released));
        hr = CreateTable(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, TBLTYPE_DYNAMIC, PR_ROWID,
                         (SPropTagArray *)&table_columns, &data);
        if (SUCCEEDED(hr) && SUCCEEDED(hr = ITableData_HrGetView(data, NULL, on_release, 0, &table))
            && SUCCEEDED(hr = put(data, 2, "two", 1)) && SUCCEEDED(hr = insert(data, 0, 1))
            && SUCCEEDED(hr = put(data, 2, "zwei", 1)))
            hr = ITableData_HrEnumRow(data, 1, &row);
        if (harness_fault_hit(&fault))
            assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
        else
            assert_hr(hr, S_OK);
        MAPIFreeBuffer(row);
        if (table)
            IMAPITable_Release(table); /* and with it the table data */
        else if (data)
            ITableData_Release(data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(INIT_18_create_table_with_the_utilities_alone),
            harness_test_plain(INIT_19_no_notification_with_the_utilities_alone),
            harness_test(create_table_arguments),
            harness_test(rows_keep_their_order),
            harness_test(inserting_at_the_same_place),
            harness_test(views_sort_and_follow),
            harness_test(snapshot_views_stay_as_they_were),
            harness_test(caller_release_is_called_once),
            harness_test(changes_are_told),
            harness_test(rows_come_from_the_callers_allocator),
            harness_test(hostile_rows),
            harness_test(faults),
    };

    return harness_run(tests);
}
