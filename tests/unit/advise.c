/*
 * Advise registrations from the inside; SESS_43 is what a session's Unadvise rests on. Where nothing else is said, the
 * main thread delivers, when it asks for it.
 */
#include "harness.h"

#include "notify/advise.h"

static NOTIFICATION event_of(ULONG type)
{
    NOTIFICATION notification = {0};

    notification.ulEventType = type;
    return notification;
}

static void deliver(struct advise_list *list, const NOTIFICATION *event)
{
    assert_hr(advise_queue(list, event), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
}

static void add_deliver_remove(void **state)
{
    NOTIFICATION created = event_of(fnevObjectCreated), extended = event_of(fnevExtended);
    struct harness_sink a, b;
    struct advise_list list;
    ULONG first, second;

    (void)state;
    advise_list_init(&list);
    harness_sink_init(&a);
    harness_sink_init(&b);
    assert_hr(advise_add(&list, fnevObjectCreated | fnevExtended, &a.IMAPIAdviseSink_iface, &first), S_OK);
    assert_hr(advise_add(&list, fnevExtended, &b.IMAPIAdviseSink_iface, &second), S_OK);
    assert_int_not_equal(first, 0);
    assert_int_not_equal(second, 0);
    assert_int_not_equal(first, second);
    assert_int_equal(a.refcount, 2);
    deliver(&list, &created);
    assert_int_equal(a.calls, 1);
    assert_int_equal(b.calls, 0);
    deliver(&list, &extended);
    assert_int_equal(a.calls, 2);
    assert_int_equal(b.calls, 1);
    assert_int_equal(b.last.ulEventType, fnevExtended);
    assert_hr(advise_remove(&list, first), S_OK);
    assert_int_equal(a.refcount, 1);
    assert_hr(advise_remove(&list, first), MAPI_E_NOT_FOUND);
    deliver(&list, &extended);
    assert_int_equal(a.calls, 2);
    assert_int_equal(b.calls, 2);
    advise_list_close(&list);
    assert_int_equal(b.refcount, 1);
    advise_list_close(&list);
    deliver(&list, &extended);
    assert_int_equal(b.calls, 2);
    assert_hr(advise_remove(&list, second), MAPI_E_NOT_FOUND);
    assert_hr(advise_add(&list, 1, &a.IMAPIAdviseSink_iface, &first), MAPI_E_INVALID_OBJECT);
    assert_int_equal(first, 0);
    assert_int_equal(a.refcount, 1);
}

static void SESS_44_bad_numbers(void **state)
{
    struct harness_sink sink;
    struct advise_list list;
    ULONG connection, old;
    int i;

    (void)state;
    advise_list_init(&list);
    harness_sink_init(&sink);
    assert_hr(advise_remove(&list, 0), MAPI_E_NOT_FOUND);
    assert_hr(advise_remove(&list, 1), MAPI_E_NOT_FOUND);
    assert_hr(advise_add(&list, 1, &sink.IMAPIAdviseSink_iface, &connection), S_OK);
    assert_hr(advise_remove(&list, connection + 1), MAPI_E_NOT_FOUND);
    assert_hr(advise_remove(&list, ~(ULONG_PTR)0), MAPI_E_NOT_FOUND);
    assert_hr(advise_remove(&list, connection ^ 0x80000000), MAPI_E_NOT_FOUND);
#ifdef _WIN64
    /* what the upper half holds is not ours: the caller may have had room for 32 bits only */
    assert_hr(advise_remove(&list, connection | (ULONG_PTR)0xdead << 32), S_OK);
#else
    assert_hr(advise_remove(&list, connection), S_OK);
#endif
    /* an old number stays wrong, however often its place is used again */
    old = connection;
    for (i = 0; i < 20000; i++)
    {
        assert_hr(advise_add(&list, 1, &sink.IMAPIAdviseSink_iface, &connection), S_OK);
        assert_int_not_equal(connection, old);
        assert_hr(advise_remove(&list, old), MAPI_E_NOT_FOUND);
        assert_hr(advise_remove(&list, connection), S_OK);
    }
    assert_int_equal(sink.refcount, 1);
    advise_list_close(&list);
}

static void store_connection(void **state)
{
    ULONG_PTR place[2] = {~(ULONG_PTR)0, ~(ULONG_PTR)0};

    (void)state;
    advise_store_connection(&place[0], 0x12345678);
    assert_int_equal((ULONG)place[0], 0x12345678);
    assert_int_equal(((ULONG *)&place[0])[sizeof(ULONG_PTR) / sizeof(ULONG)], 0xffffffff);
#ifdef _WIN64
    assert_int_equal((ULONG)(place[0] >> 32), 0xffffffff);
#endif
}

struct nested
{
    struct advise_list *list;
    struct harness_sink *sink, *victim;
    ULONG connection, victim_connection, added;
    LONG refcount_inside, victim_refcount;
    BOOL close;
};

static void remove_inside(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct nested *nested = sink->context;

    (void)count;
    (void)notifications;
    if (nested->close)
        advise_list_close(nested->list);
    else
    {
        advise_remove(nested->list, nested->connection);
        advise_remove(nested->list, nested->victim_connection);
        advise_add(nested->list, ~0u, &nested->victim->IMAPIAdviseSink_iface, &nested->added);
    }
    nested->refcount_inside = sink->refcount;
    nested->victim_refcount = nested->victim->refcount;
}

static void remove_from_inside(void **state)
{
    NOTIFICATION event = event_of(fnevExtended);
    struct harness_sink sink, victim;
    struct nested nested = {0};
    struct advise_list list;
    int round;

    (void)state;
    for (round = 0; round < 2; round++)
    {
        advise_list_init(&list);
        harness_sink_init(&sink);
        harness_sink_init(&victim);
        nested.list = &list;
        nested.victim = &victim;
        nested.close = round;
        sink.context = &nested;
        sink.on_notify = remove_inside;
        assert_hr(advise_add(&list, fnevExtended, &sink.IMAPIAdviseSink_iface, &nested.connection), S_OK);
        assert_hr(advise_add(&list, fnevExtended, &victim.IMAPIAdviseSink_iface, &nested.victim_connection), S_OK);
        deliver(&list, &event);
        assert_int_equal(sink.calls, 1);
        assert_int_equal(nested.refcount_inside, 2); /* still held while its OnNotify runs */
        assert_int_equal(sink.refcount, 1);
        assert_int_equal(victim.calls, 0); /* removed before its turn, and added too late for this one */
        assert_int_equal(nested.victim_refcount, round ? 1 : 2);
        deliver(&list, &event);
        assert_int_equal(victim.calls, round ? 0 : 1);
        advise_list_close(&list);
        assert_int_equal(victim.refcount, 1);
    }
}

struct slow
{
    struct advise_list *list;
    HANDLE entered, leave;
    LONG refcount_at_end;
};

static void slow_notify(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct slow *slow = sink->context;

    (void)count;
    (void)notifications;
    SetEvent(slow->entered);
    WaitForSingleObject(slow->leave, 10000);
    slow->refcount_at_end = sink->refcount;
}

static void SESS_43_removed_while_running(void **state)
{
    struct harness_sink sink;
    struct advise_list list;
    NOTIFICATION event = event_of(fnevExtended);
    struct slow slow;
    ULONG connection;
    int round;

    (void)state;
    for (round = 0; round < 2; round++)
    {
        advise_list_init(&list);
        harness_sink_init(&sink);
        slow.list = &list;
        slow.entered = CreateEventW(NULL, FALSE, FALSE, NULL);
        slow.leave = CreateEventW(NULL, FALSE, FALSE, NULL);
        sink.context = &slow;
        sink.on_notify = slow_notify;
        assert_hr(advise_add(&list, fnevExtended, &sink.IMAPIAdviseSink_iface, &connection), S_OK);
        assert_hr(advise_queue(&list, &event), S_OK);
        assert_int_equal(WaitForSingleObject(slow.entered, 10000), WAIT_OBJECT_0);
        /* comes back although OnNotify runs and waits for us */
        if (round)
            advise_list_close(&list);
        else
            assert_hr(advise_remove(&list, connection), S_OK);
        assert_int_equal(sink.refcount, 2);
        SetEvent(slow.leave);
        assert_hr(HrDispatchNotifications(0), S_OK);
        assert_int_equal(slow.refcount_at_end, 2);
        assert_int_equal(sink.refcount, 1);
        CloseHandle(slow.entered);
        CloseHandle(slow.leave);
        advise_list_close(&list);
    }
}

static void many(void **state)
{
    static ULONG connections[100000];
    NOTIFICATION event = event_of(fnevExtended);
    struct harness_sink sink;
    struct advise_list list;
    DWORD start = GetTickCount();
    size_t i;

    (void)state;
    advise_list_init(&list);
    harness_sink_init(&sink);
    for (i = 0; i < ARRAY_SIZE(connections); i++)
        assert_hr(advise_add(&list, fnevExtended, &sink.IMAPIAdviseSink_iface, &connections[i]), S_OK);
    assert_int_equal(sink.refcount, 100001);
    deliver(&list, &event);
    assert_int_equal(sink.calls, 100000);
    for (i = 0; i < ARRAY_SIZE(connections); i += 2)
        assert_hr(advise_remove(&list, connections[i]), S_OK);
    for (i = 0; i < ARRAY_SIZE(connections); i += 2)
        assert_hr(advise_add(&list, fnevExtended, &sink.IMAPIAdviseSink_iface, &connections[i]), S_OK);
    assert_int_equal(sink.refcount, 100001);
    for (i = 0; i < ARRAY_SIZE(connections); i++)
        assert_hr(advise_remove(&list, connections[i]), S_OK);
    assert_int_equal(sink.refcount, 1);
    advise_list_close(&list);
    /* half a million operations; anything that looks through the list each time takes minutes */
    assert_true(GetTickCount() - start < 20000);
}

static void faults(void **state)
{
    struct harness_sink sink;
    struct advise_list list;
    ULONG connection;
    HRESULT hr;

    (void)state;
    harness_sink_init(&sink);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        advise_list_init(&list);
        hr = advise_add(&list, fnevExtended, &sink.IMAPIAdviseSink_iface, &connection);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        assert_int_equal(sink.refcount, hr ? 1 : 2);
        assert_int_equal(connection == 0, hr != S_OK);
        advise_list_close(&list);
        assert_int_equal(sink.refcount, 1);
    }
}

struct crowd
{
    struct advise_list list;
    struct harness_sink sink;
    volatile LONG stop, failures;
};

static DWORD WINAPI crowd_proc(void *context)
{
    struct crowd *crowd = context;
    ULONG connections[16];
    size_t i;
    int round;

    for (round = 0; round < 2000; round++)
    {
        for (i = 0; i < ARRAY_SIZE(connections); i++)
            if (advise_add(&crowd->list, fnevExtended, &crowd->sink.IMAPIAdviseSink_iface, &connections[i]))
                InterlockedIncrement(&crowd->failures);
        for (i = 0; i < ARRAY_SIZE(connections); i++)
            if (advise_remove(&crowd->list, connections[i]))
                InterlockedIncrement(&crowd->failures);
    }
    return 0;
}

static void threads(void **state)
{
    NOTIFICATION event = event_of(fnevExtended);
    struct crowd crowd = {0};
    HANDLE handles[3];
    size_t i;

    (void)state;
    advise_list_init(&crowd.list);
    harness_sink_init(&crowd.sink);
    for (i = 0; i < ARRAY_SIZE(handles); i++)
        handles[i] = CreateThread(NULL, 0, crowd_proc, &crowd, 0, NULL);
    while (WaitForMultipleObjects(ARRAY_SIZE(handles), handles, TRUE, 0) == WAIT_TIMEOUT)
        deliver(&crowd.list, &event);
    for (i = 0; i < ARRAY_SIZE(handles); i++)
        CloseHandle(handles[i]);
    assert_int_equal(crowd.failures, 0);
    assert_int_equal(crowd.sink.refcount, 1);
    advise_list_close(&crowd.list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(add_deliver_remove),
            harness_test_plain(SESS_44_bad_numbers),
            harness_test_plain(store_connection),
            harness_test(remove_from_inside),
            harness_test_thread(SESS_43_removed_while_running),
            harness_test(many),
            harness_test_plain(faults),
            harness_test(threads),
    };

    return harness_run(tests);
}
