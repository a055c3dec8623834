/*
 * Rows and views for the table tests: a row set indexed by PR_ROWID with a few columns of different types.
 */
#ifndef POSTROOM_TESTS_TABLE_ROWS_H
#define POSTROOM_TESTS_TABLE_ROWS_H

#include "harness.h"

#include "table/table.h"

#define TEST_NUMBER PROP_TAG(PT_LONG, 0x6601)
#define TEST_DOUBLE PROP_TAG(PT_DOUBLE, 0x6602)
#define TEST_BYTES PROP_TAG(PT_BINARY, 0x6603)
#define TEST_TEXTS PROP_TAG(PT_MV_UNICODE, 0x6604)
#define TEST_FLAG PROP_TAG(PT_BOOLEAN, 0x6605)
#define TEST_OTHER PROP_TAG(PT_LONG, 0x6606)
#define TEST_TIME PROP_TAG(PT_SYSTIME, 0x6607)

/* A row under construction. */
struct test_row
{
    SPropValue values[8];
    ULONG count;
};

static inline SPropValue *test_value(struct test_row *row, ULONG tag)
{
    SPropValue *value = &row->values[row->count++];

    memset(value, 0, sizeof(*value));
    value->ulPropTag = tag;
    return value;
}

static inline void test_row(struct test_row *row, LONG id)
{
    row->count = 0;
    test_value(row, PR_ROWID)->Value.l = id;
}

/* id, name (may be NULL) and number. */
/* Both changes have their notifications delivered, where MAPI is initialised. */
static inline void test_put(struct row_set *rows, LONG id, const WCHAR *name, LONG number)
{
    struct test_row row;

    test_row(&row, id);
    if (name)
        test_value(&row, PR_DISPLAY_NAME_W)->Value.lpszW = (WCHAR *)name;
    test_value(&row, TEST_NUMBER)->Value.l = number;
    assert_hr(row_set_put(rows, row.values, row.count), S_OK);
    HrDispatchNotifications(0);
}

static inline HRESULT test_remove(struct row_set *rows, LONG id)
{
    SPropValue index = {PR_ROWID, 0, {0}};
    HRESULT hr;

    index.Value.l = id;
    hr = row_set_remove(rows, &index);
    HrDispatchNotifications(0);
    return hr;
}

static inline struct row_set *test_row_set(void)
{
    struct row_set *rows;

    assert_hr(row_set_create(PR_ROWID, &rows), S_OK);
    return rows;
}

static inline IMAPITable *test_view(struct row_set *rows, ULONG flags, BOOL fixed)
{
    SizedSPropTagArray(3, columns) = {3, {PR_ROWID, PR_DISPLAY_NAME_W, TEST_NUMBER}};
    IMAPITable *table;

    assert_hr(table_view_create(rows, NULL, (SPropTagArray *)&columns, flags, NULL, fixed, &table), S_OK);
    return table;
}

/* The ids of the view's rows from the cursor on; the number of rows. */
static inline ULONG test_ids(IMAPITable *table, LONG *ids, ULONG room)
{
    SRowSet *rows;
    ULONG i;

    assert_hr(IMAPITable_QueryRows(table, room, TBL_NOADVANCE, &rows), S_OK);
    for (i = 0; i < rows->cRows; i++)
    {
        assert_int_equal(rows->aRow[i].lpProps[0].ulPropTag, PR_ROWID);
        ids[i] = rows->aRow[i].lpProps[0].Value.l;
    }
    i = rows->cRows;
    FreeProws(rows);
    return i;
}

/* The whole view has exactly these rows. */
#define assert_rows(table, ...)                                                                                        \
    do                                                                                                                 \
    {                                                                                                                  \
        const LONG expected_ids[] = {__VA_ARGS__};                                                                     \
        LONG ids[64];                                                                                                  \
        assert_hr(IMAPITable_SeekRow((table), BOOKMARK_BEGINNING, 0, NULL), S_OK);                                     \
        assert_int_equal(test_ids((table), ids, ARRAY_SIZE(ids)), ARRAY_SIZE(expected_ids));                           \
        assert_memory_equal(ids, expected_ids, sizeof(expected_ids));                                                  \
    } while (0)

/* 1 delta 4, 2 Alpha 3, 3 charlie 2, 4 bravo 1, 5 (no name) 5 */
static inline struct row_set *test_five_rows(void)
{
    struct row_set *rows = test_row_set();

    test_put(rows, 1, L"delta", 4);
    test_put(rows, 2, L"Alpha", 3);
    test_put(rows, 3, L"charlie", 2);
    test_put(rows, 4, L"bravo", 1);
    test_put(rows, 5, NULL, 5);
    return rows;
}

/* The last references on both. */
static inline void test_release(IMAPITable *table, struct row_set *rows)
{
    assert_int_equal(IMAPITable_Release(table), 0);
    row_set_release(rows);
}

/* TEST_NUMBER RELOP number. */
static inline void test_number_restriction(SRestriction *restriction, SPropValue *value, ULONG relop, LONG number)
{
    restriction->rt = RES_PROPERTY;
    restriction->res.resProperty.relop = relop;
    restriction->res.resProperty.ulPropTag = TEST_NUMBER;
    restriction->res.resProperty.lpProp = value;
    memset(value, 0, sizeof(*value));
    value->ulPropTag = TEST_NUMBER;
    value->Value.l = number;
}

static inline LONG test_current(IMAPITable *table)
{
    LONG id;

    return test_ids(table, &id, 1) ? id : -1;
}

#endif
