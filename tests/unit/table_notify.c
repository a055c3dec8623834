/*
 * Table notifications: which event a change makes in each view, with which keys and columns, and to whom it goes.
 */
#include "unit/table_rows.h"

/* What a sink saw last, copied while it was valid. */
struct seen
{
    ULONG event, prior_tag, cells;
    LONG index, prior, first_cell;
    IMAPITable *table; /* for a sink that uses the table */
};

static void on_notify(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    TABLE_NOTIFICATION *table = &notifications[count - 1].info.tab;
    struct seen *seen = sink->context;
    ULONG rows;

    seen->event = table->ulTableEvent;
    seen->index = table->propIndex.Value.l;
    seen->prior_tag = table->propPrior.ulPropTag;
    seen->prior = table->propPrior.Value.l;
    seen->cells = table->row.cValues;
    seen->first_cell = table->row.lpProps ? table->row.lpProps[0].Value.l : -1;
    if (seen->table) /* no lock is held: the table can be used */
        IMAPITable_GetRowCount(seen->table, 0, &rows);
}

static ULONG_PTR listen(IMAPITable *table, struct harness_sink *sink, struct seen *seen)
{
    ULONG_PTR connection = 0;

    memset(seen, 0, sizeof(*seen));
    harness_sink_init(sink);
    sink->on_notify = on_notify;
    sink->context = seen;
    assert_hr(IMAPITable_Advise(table, fnevTableModified, &sink->IMAPIAdviseSink_iface, &connection), S_OK);
    assert_int_not_equal((ULONG)connection, 0);
    assert_int_equal(sink->refcount, 2);
    return connection;
}

static void NOTIF_20_mask(void **state)
{
    struct row_set *rows = test_row_set();
    IMAPITable *table = test_view(rows, 0, FALSE);
    struct harness_sink sink;
    ULONG_PTR connection = 99;

    (void)state;
    harness_sink_init(&sink);
    assert_hr(IMAPITable_Advise(table, fnevObjectModified, &sink.IMAPIAdviseSink_iface, &connection),
              MAPI_E_NO_SUPPORT);
    assert_int_equal((ULONG)connection, 0);
    assert_hr(IMAPITable_Advise(table, 0, &sink.IMAPIAdviseSink_iface, &connection), MAPI_E_NO_SUPPORT);
    assert_int_equal(sink.refcount, 1);
    assert_hr(IMAPITable_Advise(table, fnevTableModified, NULL, &connection), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPITable_Advise(table, fnevTableModified, &sink.IMAPIAdviseSink_iface, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPITable_Unadvise(table, 5), MAPI_E_NOT_FOUND);

    /* Other bits beside the one that counts bring nothing. */
    assert_hr(IMAPITable_Advise(table, fnevTableModified | fnevCriticalError, &sink.IMAPIAdviseSink_iface, &connection),
              S_OK);
    test_put(rows, 1, L"one", 1);
    assert_int_equal(sink.calls, 1);
    assert_int_equal(sink.last.ulEventType, fnevTableModified);
    assert_hr(IMAPITable_Unadvise(table, connection), S_OK);
    assert_int_equal(sink.refcount, 1);
    assert_hr(IMAPITable_Unadvise(table, connection), MAPI_E_NOT_FOUND);
    test_put(rows, 2, L"two", 2);
    assert_int_equal(sink.calls, 1);
    test_release(table, rows);
}

static void NOTIF_21_first_row(void **state)
{
    struct row_set *rows = test_row_set();
    IMAPITable *table = test_view(rows, 0, FALSE);
    struct harness_sink sink;
    struct seen seen;

    (void)state;
    listen(table, &sink, &seen);
    seen.table = table;
    test_put(rows, 1, L"one", 1);
    assert_int_equal(seen.event, TABLE_ROW_ADDED);
    assert_int_equal(seen.index, 1);
    assert_int_equal(seen.prior_tag, PR_NULL);
    assert_int_equal(seen.cells, 3);
    assert_int_equal(seen.first_cell, 1);
    test_put(rows, 2, L"two", 2);
    assert_int_equal(seen.event, TABLE_ROW_ADDED);
    assert_int_equal(seen.index, 2);
    assert_int_equal(seen.prior_tag, PR_ROWID);
    assert_int_equal(seen.prior, 1);
    test_put(rows, 2, L"deux", 2);
    assert_int_equal(seen.event, TABLE_ROW_MODIFIED);
    assert_int_equal(seen.prior, 1);
    assert_int_equal(sink.calls, 3);
    test_release(table, rows);
    assert_int_equal(sink.refcount, 1); /* the table's end releases it */
}

static void NOTIF_22_deleted_row(void **state)
{
    struct row_set *rows = test_row_set();
    IMAPITable *table = test_view(rows, 0, FALSE);
    struct harness_sink sink;
    struct seen seen;

    (void)state;
    listen(table, &sink, &seen);
    test_put(rows, 1, L"one", 1);
    assert_hr(test_remove(rows, 1), S_OK);
    assert_int_equal(seen.event, TABLE_ROW_DELETED);
    assert_int_equal(seen.index, 1);
    assert_int_equal(seen.prior_tag, PR_NULL);
    assert_int_equal(seen.cells, 0);
    assert_int_equal(seen.first_cell, -1);
    test_release(table, rows);
}

/* Each view tells of its own rows, order and columns. */
static void notify_follows_the_view(void **state)
{
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{TEST_NUMBER, TABLE_SORT_DESCEND}}};
    SizedSPropTagArray(1, columns) = {1, {TEST_NUMBER}};
    struct row_set *rows = test_row_set();
    IMAPITable *sorted = test_view(rows, 0, FALSE), *hiding = test_view(rows, 0, FALSE), *fixed;
    struct harness_sink sink_a, sink_b, sink_c;
    struct seen a, b, c;
    SPropValue value = {TEST_NUMBER, 0, {0}};
    SRestriction restriction;

    (void)state;
    test_put(rows, 1, L"one", 10);
    fixed = test_view(rows, 0, TRUE);
    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_GT;
    restriction.res.resProperty.ulPropTag = TEST_NUMBER;
    restriction.res.resProperty.lpProp = &value;
    value.Value.l = 15;
    assert_hr(IMAPITable_SortTable(sorted, (SSortOrderSet *)&order, 0), S_OK);
    assert_hr(IMAPITable_SetColumns(sorted, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(IMAPITable_Restrict(hiding, &restriction, 0), S_OK);
    listen(sorted, &sink_a, &a);
    listen(hiding, &sink_b, &b);
    listen(fixed, &sink_c, &c);

    test_put(rows, 2, L"two", 5);
    assert_int_equal(a.event, TABLE_ROW_ADDED);
    assert_int_equal(a.prior, 1);
    assert_int_equal(a.cells, 1);
    assert_int_equal(a.first_cell, 5);
    assert_int_equal(sink_b.calls, 0); /* hidden rows make no events */
    test_put(rows, 2, L"two", 20);
    assert_int_equal(a.event, TABLE_ROW_MODIFIED);
    assert_int_equal(a.prior_tag, PR_NULL); /* now the first row */
    assert_int_equal(b.event, TABLE_ROW_ADDED);
    assert_int_equal(sink_b.calls, 1);
    test_put(rows, 2, L"two", 7);
    assert_int_equal(a.event, TABLE_ROW_MODIFIED);
    assert_int_equal(a.prior, 1);
    assert_int_equal(b.event, TABLE_ROW_DELETED);
    assert_int_equal(b.cells, 0);
    assert_hr(test_remove(rows, 2), S_OK);
    assert_int_equal(a.event, TABLE_ROW_DELETED);
    assert_int_equal(sink_a.calls, 4);
    assert_int_equal(sink_b.calls, 2);
    assert_int_equal(sink_c.calls, 0); /* a snapshot takes registrations and never fires */
    assert_int_equal(IMAPITable_Release(fixed), 0);
    assert_int_equal(IMAPITable_Release(hiding), 0);
    test_release(sorted, rows);
    assert_int_equal(sink_a.refcount, 1);
    assert_int_equal(sink_b.refcount, 1);
    assert_int_equal(sink_c.refcount, 1);
}

static void drop_table(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    IMAPITable *table = sink->context;

    (void)count;
    (void)notifications;
    if (!table)
        return;
    sink->context = NULL;
    IMAPITable_Release(table);
}

/* The last reference goes while the sink runs: the view lives until the delivery is over. */
static void notify_release_inside(void **state)
{
    struct row_set *rows = test_row_set();
    IMAPITable *table = test_view(rows, 0, FALSE);
    struct harness_sink sink;
    ULONG_PTR connection;

    (void)state;
    harness_sink_init(&sink);
    sink.on_notify = drop_table;
    sink.context = table;
    assert_hr(IMAPITable_Advise(table, fnevTableModified, &sink.IMAPIAdviseSink_iface, &connection), S_OK);
    test_put(rows, 1, L"one", 1);
    assert_int_equal(sink.calls, 1);
    assert_int_equal(sink.refcount, 1);
    row_set_release(rows);
}

/* A change either is made and told, or fails and is not. */
static void notify_out_of_memory(void **state)
{
    struct harness_sink sink;
    struct seen seen;

    (void)state;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        struct row_set *rows = NULL;
        IMAPITable *table = NULL;
        SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
        ULONG_PTR connection = 0;
        struct test_row row;
        LONG calls;
        HRESULT hr;

        memset(&seen, 0, sizeof(seen));
        harness_sink_init(&sink);
        sink.on_notify = on_notify;
        sink.context = &seen;
        hr = row_set_create(PR_ROWID, &rows);
        if (SUCCEEDED(hr))
            hr = table_view_create(rows, NULL, (SPropTagArray *)&columns, 0, NULL, FALSE, &table);
        if (SUCCEEDED(hr))
            hr = IMAPITable_Advise(table, fnevTableModified, &sink.IMAPIAdviseSink_iface, &connection);
        if (SUCCEEDED(hr))
        {
            test_row(&row, 1);
            hr = row_set_put(rows, row.values, row.count);
            assert_hr(HrDispatchNotifications(0), S_OK);
            calls = sink.calls;
            /* Told in full or at least that something changed. */
            if (SUCCEEDED(hr) && calls)
                assert_true(seen.event == TABLE_ROW_ADDED || seen.event == TABLE_CHANGED);
            if (FAILED(hr))
                assert_int_equal(calls, 0);
            assert_int_equal(row_set_count(rows), SUCCEEDED(hr));
            if (SUCCEEDED(hr))
                assert_hr(test_remove(rows, 1), S_OK); /* removing cannot fail */
        }
        if (!harness_fault_hit(&fault))
        {
            assert_hr(hr, S_OK);
            assert_int_equal(sink.calls, 2);
        }
        else if (FAILED(hr))
        {
            assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
        }
        if (table)
            IMAPITable_Release(table);
        row_set_release(rows);
        assert_int_equal(sink.refcount, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(NOTIF_20_mask),         harness_test(NOTIF_21_first_row),
            harness_test(NOTIF_22_deleted_row),  harness_test(notify_follows_the_view),
            harness_test(notify_release_inside), harness_test(notify_out_of_memory),
    };

    return harness_run(tests);
}
