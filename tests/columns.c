/*
 * HrAddColumns and HrAddColumnsEx: against a view of a table of ours, and against a table of the test's own that fails.
 */
#include "harness.h"

#include <postroom/guids.h>

#define TEST_TEXT PROP_TAG(PT_UNICODE, 0x6600)
#define TEST_NUMBER PROP_TAG(PT_LONG, 0x6601)
#define TEST_OTHER PROP_TAG(PT_LONG, 0x6602)

static SizedSPropTagArray(3, table_columns) = {3, {PR_ROWID, TEST_TEXT, TEST_NUMBER}};

static IMAPITable *make_view(void)
{
    IMAPITable *view = NULL;
    ITableData *data = NULL;

    assert_hr(CreateTable(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, TBLTYPE_DYNAMIC, PR_ROWID,
                          (SPropTagArray *)&table_columns, &data),
              S_OK);
    assert_hr(ITableData_HrGetView(data, NULL, NULL, 0, &view), S_OK);
    ITableData_Release(data);
    return view;
}

/* The view shows exactly these columns. */
#define assert_columns(view, ...)                                                                                      \
    do                                                                                                                 \
    {                                                                                                                  \
        const ULONG expected[] = {__VA_ARGS__};                                                                        \
        SPropTagArray *tags = NULL;                                                                                    \
        assert_hr(IMAPITable_QueryColumns((view), 0, &tags), S_OK);                                                    \
        assert_int_equal(tags->cValues, ARRAY_SIZE(expected));                                                         \
        assert_memory_equal(tags->aulPropTag, expected, sizeof(expected));                                             \
        MAPIFreeBuffer(tags);                                                                                          \
    } while (0)

static void columns_are_added_or_moved_to_the_front(void **state)
{
    SizedSPropTagArray(2, front) = {2, {TEST_NUMBER, TEST_OTHER}};
    SizedSPropTagArray(1, narrow) = {1, {CHANGE_PROP_TYPE(TEST_TEXT, PT_STRING8)}};
    SizedSPropTagArray(1, none) = {0, {0}};
    IMAPITable *view = make_view();

    (void)state;
    assert_hr(HrAddColumns(view, (SPropTagArray *)&front, MAPIAllocateBuffer, MAPIFreeBuffer), S_OK);
    assert_columns(view, TEST_NUMBER, TEST_OTHER, PR_ROWID, TEST_TEXT);
    assert_hr(HrAddColumns(view, (SPropTagArray *)&none, MAPIAllocateBuffer, MAPIFreeBuffer), S_OK);
    assert_columns(view, TEST_NUMBER, TEST_OTHER, PR_ROWID, TEST_TEXT);
    /* Another type is another column. */
    assert_hr(HrAddColumnsEx(view, (SPropTagArray *)&narrow, MAPIAllocateBuffer, MAPIFreeBuffer, NULL), S_OK);
    assert_columns(view, narrow.aulPropTag[0], TEST_NUMBER, TEST_OTHER, PR_ROWID, TEST_TEXT);
    assert_int_equal(IMAPITable_Release(view), 0);
}

/* A place that a client reserved stays, however many PR_NULL are added. */
static void columns_reserved_places_stay(void **state)
{
    SizedSPropTagArray(3, places) = {3, {PR_NULL, PR_ROWID, PR_NULL}};
    SizedSPropTagArray(2, front) = {2, {PR_NULL, TEST_NUMBER}};
    IMAPITable *view = make_view();

    (void)state;
    assert_hr(IMAPITable_SetColumns(view, (SPropTagArray *)&places, 0), S_OK);
    assert_hr(HrAddColumns(view, (SPropTagArray *)&front, MAPIAllocateBuffer, MAPIFreeBuffer), S_OK);
    assert_columns(view, PR_NULL, TEST_NUMBER, PR_NULL, PR_ROWID, PR_NULL);
    assert_int_equal(IMAPITable_Release(view), 0);
}

static ULONG filtered; /* what the filter was shown */

static void filter_to_narrow(SPropTagArray *tags)
{
    ULONG i;

    filtered = tags->cValues;
    for (i = 0; i < tags->cValues; i++)
    {
        if (PROP_TYPE(tags->aulPropTag[i]) == PT_UNICODE)
            tags->aulPropTag[i] = CHANGE_PROP_TYPE(tags->aulPropTag[i], PT_STRING8);
    }
}

static void filter_to_fewer(SPropTagArray *tags)
{
    tags->cValues = 1;
}

static void filter_to_more(SPropTagArray *tags)
{
    tags->cValues = 0x10000000;
}

static void columns_pass_the_filter_first(void **state)
{
    SizedSPropTagArray(1, narrow) = {1, {CHANGE_PROP_TYPE(TEST_TEXT, PT_STRING8)}};
    SizedSPropTagArray(1, other) = {1, {TEST_OTHER}};
    IMAPITable *view = make_view();

    (void)state;
    filtered = 0;
    assert_hr(HrAddColumnsEx(view, (SPropTagArray *)&narrow, MAPIAllocateBuffer, MAPIFreeBuffer, filter_to_narrow),
              S_OK);
    assert_int_equal(filtered, 3); /* the columns before anything was added */
    assert_columns(view, narrow.aulPropTag[0], PR_ROWID, TEST_NUMBER);
    assert_hr(HrAddColumnsEx(view, (SPropTagArray *)&other, MAPIAllocateBuffer, MAPIFreeBuffer, filter_to_fewer), S_OK);
    assert_columns(view, TEST_OTHER, narrow.aulPropTag[0]);
    assert_hr(HrAddColumnsEx(view, (SPropTagArray *)&other, MAPIAllocateBuffer, MAPIFreeBuffer, filter_to_more), S_OK);
    assert_columns(view, TEST_OTHER, narrow.aulPropTag[0]);
    assert_int_equal(IMAPITable_Release(view), 0);
}

static void columns_arguments(void **state)
{
    struct
    {
        ULONG count, tags[1];
    } hostile = {0x7fffffff, {TEST_OTHER}};
    SizedSPropTagArray(1, bad) = {1, {PROP_TAG(PT_ERROR, 0x6603)}};
    SizedSPropTagArray(1, other) = {1, {TEST_OTHER}};
    SPropTagArray *tags = (SPropTagArray *)&other;
    IMAPITable *view = make_view();

    (void)state;
    assert_hr(HrAddColumns(NULL, tags, MAPIAllocateBuffer, MAPIFreeBuffer), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrAddColumns((IMAPITable *)16, tags, MAPIAllocateBuffer, MAPIFreeBuffer), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrAddColumns(view, NULL, MAPIAllocateBuffer, MAPIFreeBuffer), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrAddColumns(view, (SPropTagArray *)16, MAPIAllocateBuffer, MAPIFreeBuffer), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrAddColumns(view, (SPropTagArray *)&hostile, MAPIAllocateBuffer, MAPIFreeBuffer),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(HrAddColumns(view, tags, NULL, MAPIFreeBuffer), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrAddColumns(view, tags, MAPIAllocateBuffer, NULL), MAPI_E_INVALID_PARAMETER);
    /* What the table refuses changes nothing. */
    assert_hr(HrAddColumns(view, (SPropTagArray *)&bad, MAPIAllocateBuffer, MAPIFreeBuffer), MAPI_E_INVALID_PARAMETER);
    assert_columns(view, PR_ROWID, TEST_TEXT, TEST_NUMBER);
    assert_int_equal(IMAPITable_Release(view), 0);
}

/* A table whose methods answer as the test wants. */
static struct
{
    HRESULT query, set;
    BOOL no_columns;
    ULONG sets;
} fake;

static HRESULT WINAPI fake_QueryColumns(IMAPITable *iface, ULONG flags, SPropTagArray **out)
{
    (void)iface;
    assert_int_equal(flags, 0);
    *out = NULL;
    if (FAILED(fake.query) || fake.no_columns)
        return fake.query;
    assert_hr(MAPIAllocateBuffer(CbNewSPropTagArray(1), (void **)out), S_OK);
    (*out)->cValues = 1;
    (*out)->aulPropTag[0] = PR_ROWID;
    return S_OK;
}

static HRESULT WINAPI fake_SetColumns(IMAPITable *iface, SPropTagArray *tags, ULONG flags)
{
    (void)iface;
    (void)flags;
    assert_int_equal(tags->cValues, 2);
    fake.sets++;
    return fake.set;
}

static void columns_of_a_table_that_fails(void **state)
{
    IMAPITableVtbl vtbl = {.QueryColumns = fake_QueryColumns, .SetColumns = fake_SetColumns};
    SizedSPropTagArray(1, other) = {1, {TEST_OTHER}};
    SPropTagArray *tags = (SPropTagArray *)&other;
    IMAPITable table = {&vtbl};

    (void)state;
    memset(&fake, 0, sizeof(fake));
    fake.query = MAPI_E_NETWORK_ERROR;
    assert_hr(HrAddColumns(&table, tags, MAPIAllocateBuffer, MAPIFreeBuffer), MAPI_E_NETWORK_ERROR);
    fake.query = S_OK;
    fake.no_columns = TRUE;
    assert_hr(HrAddColumns(&table, tags, MAPIAllocateBuffer, MAPIFreeBuffer), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(fake.sets, 0);
    fake.no_columns = FALSE;
    fake.set = MAPI_E_BUSY;
    assert_hr(HrAddColumns(&table, tags, MAPIAllocateBuffer, MAPIFreeBuffer), MAPI_E_BUSY);
    assert_int_equal(fake.sets, 1);
}

static void columns_out_of_memory(void **state)
{
    SizedSPropTagArray(1, other) = {1, {TEST_OTHER}};
    IMAPITable *view = make_view();

    (void)state;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        /* A run that fails changes nothing, and one that does not is the last. */
        HRESULT hr = HrAddColumns(view, (SPropTagArray *)&other, MAPIAllocateBuffer, MAPIFreeBuffer);
        if (harness_fault_hit(&fault))
        {
            assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
            assert_columns(view, PR_ROWID, TEST_TEXT, TEST_NUMBER);
        }
        else
        {
            assert_hr(hr, S_OK);
            assert_columns(view, TEST_OTHER, PR_ROWID, TEST_TEXT, TEST_NUMBER);
        }
    }
    assert_int_equal(IMAPITable_Release(view), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(columns_are_added_or_moved_to_the_front), harness_test(columns_reserved_places_stay),
            harness_test(columns_pass_the_filter_first),           harness_test(columns_arguments),
            harness_test(columns_of_a_table_that_fails),           harness_test(columns_out_of_memory),
    };

    return harness_run(tests);
}
