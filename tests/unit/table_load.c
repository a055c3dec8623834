/*
 * Load: many threads on one row set, many rows in one view.
 */
#include "unit/table_rows.h"

/* Threads that change one row set and threads that read it through views of their own and one view of all. */
struct hammer
{
    struct row_set *rows;
    IMAPITable *shared;
    volatile LONG stop, failures, rounds;
    volatile LONG next;
};

static DWORD WINAPI hammer_thread(void *context)
{
    struct hammer *hammer = context;
    LONG number = InterlockedIncrement(&hammer->next), i = 0;
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{TEST_NUMBER, TABLE_SORT_ASCEND}}};
    SizedSPropTagArray(1, columns) = {1, {TEST_NUMBER}};
    IMAPITable *own = NULL;
    struct test_row row;
    SRowSet *set;
    ULONG j;

    while (!hammer->stop)
    {
        i++;
        if (number % 2)
        {
            test_row(&row, i * 7 % 300);
            test_value(&row, TEST_NUMBER)->Value.l = i * 31 % 100;
            if (FAILED(row_set_put(hammer->rows, row.values, row.count)))
                InterlockedIncrement(&hammer->failures);
            if (i % 3 == 0)
                test_remove(hammer->rows, i * 5 % 300);
        }
        else
        {
            if (!own
                && FAILED(table_view_create(hammer->rows, NULL, (SPropTagArray *)&columns, 0, (SSortOrderSet *)&order,
                                            i % 2, &own)))
            {
                InterlockedIncrement(&hammer->failures);
                break;
            }
            IMAPITable_SeekRow(own, BOOKMARK_BEGINNING, 0, NULL);
            if (FAILED(IMAPITable_QueryRows(own, 1000, 0, &set)))
            {
                InterlockedIncrement(&hammer->failures);
                break;
            }
            for (j = 1; j < set->cRows; j++)
            {
                if (set->aRow[j - 1].lpProps[0].Value.l > set->aRow[j].lpProps[0].Value.l)
                    InterlockedIncrement(&hammer->failures);
            }
            FreeProws(set);
            IMAPITable_SortTable(hammer->shared, (SSortOrderSet *)&order, 0);
            if (SUCCEEDED(IMAPITable_QueryRows(hammer->shared, 10, 0, &set)))
                FreeProws(set);
            if (i % 4 == 0)
            {
                IMAPITable_Release(own);
                own = NULL;
            }
        }
        InterlockedIncrement(&hammer->rounds);
    }
    if (own)
        IMAPITable_Release(own);
    return 0;
}

static void threads_on_one_row_set(void **state)
{
    struct hammer hammer = {test_row_set(), NULL, 0, 0, 0, 0};
    struct harness_sink sink;
    ULONG_PTR connection;
    HANDLE threads[6];
    ULONG i;

    (void)state;
    hammer.shared = test_view(hammer.rows, 0, FALSE);
    harness_sink_init(&sink);
    assert_hr(IMAPITable_Advise(hammer.shared, fnevTableModified, &sink.IMAPIAdviseSink_iface, &connection), S_OK);
    for (i = 0; i < ARRAY_SIZE(threads); i++)
    {
        threads[i] = CreateThread(NULL, 0, hammer_thread, &hammer, 0, NULL);
        assert_non_null(threads[i]);
    }
    Sleep(1500);
    hammer.stop = 1;
    assert_int_equal(WaitForMultipleObjects(ARRAY_SIZE(threads), threads, TRUE, 60000), WAIT_OBJECT_0);
    for (i = 0; i < ARRAY_SIZE(threads); i++)
        CloseHandle(threads[i]);
    assert_int_equal(hammer.failures, 0);
    assert_true(hammer.rounds > 100);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_true(sink.calls > 0);
    assert_int_equal(IMAPITable_Release(hammer.shared), 0);
    assert_int_equal(sink.refcount, 1);
    row_set_release(hammer.rows);
}

/* A large table stays quick: each single change, and finding by index, is far from a walk over all rows. */
static void many_rows(void **state)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{TEST_NUMBER, TABLE_SORT_ASCEND}}};
    struct row_set *rows = test_row_set();
    IMAPITable *table = test_view(rows, 0, FALSE);
    struct test_row row;
    SRowSet *set;
    ULONG count;
    LONG i;

    (void)state;
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    for (i = 0; i < 50000; i++)
    {
        test_row(&row, i);
        test_value(&row, TEST_NUMBER)->Value.l = (i * 7919) % 50000;
        assert_hr(row_set_put(rows, row.values, row.count), S_OK);
    }
    for (i = 0; i < 50000; i += 2)
        assert_hr(test_remove(rows, i), S_OK);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 25000);
    assert_hr(IMAPITable_QueryRows(table, 100000, 0, &set), S_OK);
    assert_int_equal(set->cRows, 25000);
    for (i = 1; i < 25000; i++)
        assert_true(set->aRow[i - 1].lpProps[2].Value.l < set->aRow[i].lpProps[2].Value.l);
    FreeProws(set);
    assert_int_equal(IMAPITable_Release(table), 0);
    row_set_release(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(threads_on_one_row_set),
            harness_test(many_rows),
    };

    return harness_run(tests);
}
