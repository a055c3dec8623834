/*
 * Delivery of notifications as a program sees it: on which thread, when, and with what.
 */
#include "notify_support.h"

#include "init_support.h"

struct wrapping
{
    struct harness_sink sink;
    IMAPIAdviseSink *wrapper;
    IMAPISession *session;
    HRESULT hr;
};

static void wrap(void *context)
{
    struct wrapping *wrapping = context;

    wrapping->hr = HrThisThreadAdviseSink(&wrapping->sink.IMAPIAdviseSink_iface, &wrapping->wrapper);
}

static void call_mapi(void *context)
{
    struct wrapping *wrapping = context;
    IMAPITable *table;

    wrapping->hr = IMAPISession_GetStatusTable(wrapping->session, 0, &table);
    if (SUCCEEDED(wrapping->hr))
        IMAPITable_Release(table);
}

static void dispatch(void *context)
{
    *(HRESULT *)context = HrDispatchNotifications(0);
}

static void NOTIF_01_02_wrapped_sink(void)
{
    NOTIFICATION event = event_of(fnevExtended);
    struct wrapping wrapping = {0};
    struct worker worker = {0};

    worker_start(&worker);
    harness_sink_init(&wrapping.sink);
    worker_do(&worker, wrap, &wrapping);
    assert_hr(wrapping.hr, S_OK);
    assert_ptr_not_equal(wrapping.wrapper, &wrapping.sink.IMAPIAdviseSink_iface);
    assert_int_equal(wrapping.sink.refcount, 2);
    assert_int_equal(IMAPIAdviseSink_OnNotify(wrapping.wrapper, 1, &event), S_OK);
    pump_once(NULL);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(wrapping.sink.calls, 0);
    worker_do(&worker, pump_once, NULL);
    assert_int_equal(wrapping.sink.calls, 1);
    assert_int_equal(wrapping.sink.thread_id, worker.id);
    assert_int_equal(wrapping.sink.last.ulEventType, fnevExtended);
    assert_int_equal(IMAPIAdviseSink_Release(wrapping.wrapper), 0);
    assert_int_equal(wrapping.sink.refcount, 1);
    worker_do(&worker, pump_once, NULL);
    worker_stop(&worker);
}

TEST(NOTIF_01_02_this_thread)
{
    NOTIF_01_02_wrapped_sink();
}

TEST(NOTIF_01_02_this_thread_with_MAPIs_own)
{
    NOTIF_01_02_wrapped_sink();
}

/* A source of ours that is given a wrapper goes to its thread directly, whether or not the main one pumps. */
TEST(NOTIF_01_wrapper_registered_with_a_table)
{
    struct wrapping wrapping = {0};
    struct worker worker = {0};
    struct source source;
    ULONG_PTR connection;

    worker_start(&worker);
    source_open(&source);
    harness_sink_init(&wrapping.sink);
    worker_do(&worker, wrap, &wrapping);
    connection = source_advise(&source, wrapping.wrapper);
    assert_int_equal(IMAPIAdviseSink_Release(wrapping.wrapper), 1);
    assert_hr(change(&source, 1), S_OK);
    worker_do(&worker, pump_once, NULL);
    assert_int_equal(wrapping.sink.calls, 1);
    assert_int_equal(wrapping.sink.thread_id, worker.id);
    assert_hr(change(&source, 2), S_OK);
    assert_hr(IMAPITable_Unadvise(source.table, connection), S_OK);
    assert_int_equal(wrapping.sink.refcount, 1);
    worker_do(&worker, pump_once, NULL);
    assert_int_equal(wrapping.sink.calls, 1);
    source_close(&source);
    worker_stop(&worker);
}

TEST(NOTIF_03_inside_a_call)
{
    NOTIFICATION event = event_of(fnevExtended);
    struct wrapping wrapping = {0};
    struct worker worker = {0};
    struct harness_sink sink;
    struct source source;
    IMAPITable *table;

    wrapping.session = log_on(0);
    worker_start(&worker);
    harness_sink_init(&wrapping.sink);
    worker_do(&worker, wrap, &wrapping);
    IMAPIAdviseSink_OnNotify(wrapping.wrapper, 1, &event);
    worker_do(&worker, call_mapi, &wrapping);
    assert_hr(wrapping.hr, S_OK);
    assert_int_equal(wrapping.sink.calls, 1);
    assert_int_equal(wrapping.sink.thread_id, worker.id);
    assert_int_equal(IMAPIAdviseSink_Release(wrapping.wrapper), 0);

    /* and so on MAPI's thread, without its message */
    source_open(&source);
    harness_sink_init(&sink);
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    assert_int_equal(sink.calls, 0);
    assert_hr(IMAPISession_GetStatusTable(wrapping.session, 0, &table), S_OK);
    assert_int_equal(sink.calls, 1);
    IMAPITable_Release(table);
    source_close(&source);
    log_off(wrapping.session);
    worker_do(&worker, pump_once, NULL);
    worker_stop(&worker);
}

TEST(NOTIF_04_dispatch)
{
    NOTIFICATION event = event_of(fnevExtended);
    struct wrapping wrapping = {0};
    struct harness_sink sink;
    struct source source;
    LONG i;

    assert_hr(HrDispatchNotifications(0), S_OK);
    source_open(&source);
    harness_sink_init(&sink);
    harness_sink_init(&wrapping.sink);
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    wrap(&wrapping);
    for (i = 0; i < 100; i++)
        assert_hr(change(&source, i), S_OK);
    IMAPIAdviseSink_OnNotify(wrapping.wrapper, 1, &event);
    assert_int_equal(sink.calls + wrapping.sink.calls, 0);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 100);
    assert_int_equal(wrapping.sink.calls, 1);
    assert_int_equal(IMAPIAdviseSink_Release(wrapping.wrapper), 0);
    source_close(&source);
}

TEST(NOTIF_04_dispatch_waits_for_MAPIs_thread)
{
    struct harness_sink sink;
    struct source source;

    source_open(&source);
    harness_sink_init(&sink);
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 1);
    source_close(&source);
}

TEST(NOTIF_05_quit)
{
    struct harness_sink sink;
    struct source source;
    MSG message;

    source_open(&source);
    harness_sink_init(&sink);
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    PostQuitMessage(7);
    assert_hr(HrDispatchNotifications(0), MAPI_E_USER_CANCEL);
    assert_int_equal(sink.calls, 1);
    assert_hr(HrDispatchNotifications(0), MAPI_E_USER_CANCEL);
    while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE) && message.message != WM_QUIT)
        DispatchMessageW(&message);
    assert_int_equal(message.message, WM_QUIT); /* left for the program's loop */
    assert_int_equal(message.wParam, 7);
    assert_hr(HrDispatchNotifications(0), S_OK);
    source_close(&source);
}

TEST(NOTIF_06_flags)
{
    assert_hr(HrDispatchNotifications(1), MAPI_E_UNKNOWN_FLAGS);
    MAPIUninitialize();
    assert_hr(HrDispatchNotifications(0), MAPI_E_NOT_INITIALIZED);
    assert_hr(HrDispatchNotifications(1), MAPI_E_NOT_INITIALIZED);
    assert_hr(MAPIInitialize(NULL), S_OK);
}

TEST(NOTIF_07_not_before_the_call_returns)
{
    struct harness_sink sink;
    struct source source;

    source_open(&source);
    harness_sink_init(&sink);
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    assert_int_equal(sink.calls, 0);
    pump_once(NULL);
    assert_int_equal(sink.calls, 1);
    source_close(&source);
}

static void look_at_bytes(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    (void)count;
    memcpy(sink->context, notifications->info.ext.pbEventParameters, notifications->info.ext.cb);
}

TEST(NOTIF_10_wrapper_copies)
{
    NOTIFICATION events[2] = {event_of(fnevExtended), event_of(fnevExtended)};
    BYTE bytes[4] = {1, 2, 3, 4}, seen[4] = {0};
    struct wrapping wrapping = {0};

    harness_sink_init(&wrapping.sink);
    wrapping.sink.on_notify = look_at_bytes;
    wrapping.sink.context = seen;
    wrap(&wrapping);
    events[0].info.ext.cb = events[1].info.ext.cb = sizeof(bytes);
    events[0].info.ext.pbEventParameters = events[1].info.ext.pbEventParameters = bytes;
    assert_int_equal(IMAPIAdviseSink_OnNotify(wrapping.wrapper, 2, events), S_OK);
    memset(bytes, 0, sizeof(bytes));
    memset(events, 0, sizeof(events));
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(wrapping.sink.events, 2);
    assert_memory_equal(seen, ((BYTE[]){1, 2, 3, 4}), 4);
    /* what is no notification is not passed on */
    assert_int_equal(IMAPIAdviseSink_OnNotify(wrapping.wrapper, 1, NULL), S_OK);
    assert_int_equal(IMAPIAdviseSink_OnNotify(wrapping.wrapper, 0xffffffff, (NOTIFICATION *)0x10), S_OK);
    assert_int_equal(IMAPIAdviseSink_OnNotify(wrapping.wrapper, 2, events), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(wrapping.sink.events, 2);
    assert_int_equal(IMAPIAdviseSink_Release(wrapping.wrapper), 0);
}

struct called
{
    ULONG calls, count, type;
};

static LONG WINAPI callback(void *context, ULONG count, NOTIFICATION *notifications)
{
    struct called *called = context;

    called->calls++;
    called->count = count;
    called->type = notifications[count - 1].ulEventType;
    return S_OK;
}

TEST(NOTIF_15_callback)
{
    NOTIFICATION events[2] = {event_of(fnevNewMail), event_of(fnevExtended)};
    struct called called = {0};
    IMAPIAdviseSink *sink = (IMAPIAdviseSink *)0x10;
    struct source source;
    void *object;

    assert_hr(HrAllocAdviseSink(NULL, NULL, &sink), MAPI_E_INVALID_PARAMETER);
    assert_null(sink);
    assert_hr(HrAllocAdviseSink(callback, NULL, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrAllocAdviseSink(callback, &called, &sink), S_OK);
    assert_int_equal(IMAPIAdviseSink_OnNotify(sink, 2, events), S_OK);
    assert_int_equal(called.calls, 1);
    assert_int_equal(called.count, 2);
    assert_int_equal(called.type, fnevExtended);
    assert_hr(IMAPIAdviseSink_QueryInterface(sink, &IID_IUnknown, &object), S_OK);
    assert_ptr_equal(object, sink);
    assert_hr(IMAPIAdviseSink_QueryInterface(sink, &IID_IMAPITable, &object), MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_null(object);
    source_open(&source);
    source_advise(&source, sink);
    assert_int_equal(IMAPIAdviseSink_Release(sink), 2);
    assert_int_equal(IMAPIAdviseSink_Release(sink), 1);
    assert_hr(change(&source, 1), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(called.calls, 2);
    assert_int_equal(called.count, 1);
    assert_int_equal(called.type, fnevTableModified);
    source_close(&source);
}

static void change_many(void *context)
{
    LONG i;

    for (i = 0; i < 50; i++)
        change(context, i);
}

static void in_order(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    LONG *next = sink->context;

    (void)count;
    if (notifications->info.tab.propIndex.Value.l == *next)
        ++*next;
}

TEST(NOTIF_16_on_the_first_thread)
{
    struct worker worker = {0};
    struct harness_sink sink;
    struct source source;
    LONG next = 0;

    worker_start(&worker);
    source_open(&source);
    harness_sink_init(&sink);
    sink.on_notify = in_order;
    sink.context = &next;
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    worker_do(&worker, change_many, &source);
    worker_do(&worker, pump_once, NULL);
    assert_int_equal(sink.calls, 0);
    pump_once(NULL);
    assert_int_equal(sink.calls, 50);
    assert_int_equal(next, 50);
    assert_int_equal(sink.thread_id, GetCurrentThreadId());
    source_close(&source);
    worker_stop(&worker);
}

TEST(NOTIF_17_on_MAPIs_thread)
{
    struct worker worker = {0};
    struct harness_sink sink;
    struct source source;
    LONG next = 0;

    worker_start(&worker);
    source_open(&source);
    harness_sink_init(&sink);
    sink.on_notify = in_order;
    sink.context = &next;
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    worker_do(&worker, change_many, &source);
    assert_true(reaches(&sink.calls, 50)); /* nobody here pumps */
    assert_int_equal(sink.calls, 50);
    assert_int_equal(next, 50);
    assert_int_not_equal(sink.thread_id, GetCurrentThreadId());
    assert_int_not_equal(sink.thread_id, worker.id);
    source_close(&source);
    worker_stop(&worker);
}

TEST(NOTIF_18_registered_message)
{
    UINT registered = RegisterWindowMessageA("MAPI Notify window message");
    struct harness_sink sink;
    struct source source;
    HWND window;
    MSG message;

    pump_once(NULL);
    assert_int_equal(find_windows(&window), 1);
    source_open(&source);
    harness_sink_init(&sink);
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    assert_false(PeekMessageW(&message, window, registered, registered, PM_NOREMOVE));
    assert_hr(change(&source, 1), S_OK);
    assert_hr(change(&source, 2), S_OK);
    assert_true(PeekMessageW(&message, window, registered, registered, PM_REMOVE));
    assert_int_equal(sink.calls, 0);
    DispatchMessageW(&message);
    assert_int_equal(sink.calls, 2);
    /* one message was enough for both */
    assert_false(PeekMessageW(&message, window, registered, registered, PM_REMOVE));

    /* HrDispatchNotifications leaves none behind */
    assert_hr(change(&source, 3), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 3);
    assert_false(PeekMessageW(&message, window, registered, registered, PM_NOREMOVE));

    /* When it is eaten, another one comes, not with each event but after a while. */
    assert_hr(change(&source, 4), S_OK);
    assert_true(PeekMessageW(&message, window, registered, registered, PM_REMOVE));
    Sleep(1500);
    assert_hr(change(&source, 5), S_OK);
    pump_once(NULL);
    assert_int_equal(sink.calls, 5);
    source_close(&source);
}

TEST(NOTIF_19_nothing_after_unadvise)
{
    struct harness_sink sink;
    struct source source;
    ULONG_PTR connection;

    source_open(&source);
    harness_sink_init(&sink);
    connection = source_advise(&source, &sink.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    assert_hr(IMAPITable_Unadvise(source.table, connection), S_OK);
    assert_int_equal(sink.refcount, 1);
    sink.IMAPIAdviseSink_iface.lpVtbl = NULL; /* whoever called it now would fall */
    pump_once(NULL);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 0);
    source_close(&source);
}

/* A client frees its sink although it is registered: it is not called, and nobody else suffers. */
TEST(sink_destroyed_while_registered)
{
    struct harness_sink sink, other;
    struct source source;

    source_open(&source);
    harness_sink_init(&sink);
    harness_sink_init(&other);
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    source_advise(&source, &other.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    sink.IMAPIAdviseSink_iface.lpVtbl = (IMAPIAdviseSinkVtbl *)0xfeeefeee;
    pump_once(NULL);
    assert_int_equal(sink.calls, 0);
    assert_int_equal(other.calls, 1);
    source_close(&source);
    assert_int_equal(other.refcount, 1);
}

/* Nobody pumps: what waits is bounded, and the table says at the end that something changed. */
TEST(queue_is_bounded)
{
    PostroomCounts before, after;
    struct harness_sink sink;
    struct source source;
    LONG i;

    source_open(&source);
    harness_sink_init(&sink);
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 0), S_OK);
    harness_counts(&before);
    for (i = 0; i < 10000; i++)
        assert_hr(change(&source, 0), S_OK);
    harness_counts(&after);
    assert_true(after.cHeapBlocks - before.cHeapBlocks < 5000);
    pump_once(NULL);
    assert_true(sink.calls > 1000 && sink.calls < 5000);
    assert_int_equal(sink.last.info.tab.ulTableEvent, TABLE_CHANGED);
    assert_int_equal(sink.last.info.tab.propIndex.ulPropTag, PR_NULL);
    assert_hr(change(&source, 0), S_OK);
    pump_once(NULL);
    assert_int_equal(sink.last.info.tab.ulTableEvent, TABLE_ROW_MODIFIED);
    source_close(&source);
}

/* A sink may dispatch what waits behind it, to a depth that the stack bears. */
struct depth
{
    LONG now, most;
    IMAPISession *session;
};

static void dispatch_inside(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct depth *depth = sink->context;

    (void)count;
    (void)notifications;
    depth->now++;
    depth->most = max(depth->most, depth->now);
    HrDispatchNotifications(0);
    depth->now--;
}

TEST(sink_dispatches)
{
    struct depth depth = {0, 0, NULL};
    struct harness_sink sink;
    struct source source;
    LONG i;

    source_open(&source);
    harness_sink_init(&sink);
    sink.on_notify = dispatch_inside;
    sink.context = &depth;
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    for (i = 0; i < 2000; i++)
        assert_hr(change(&source, i), S_OK);
    pump_once(NULL);
    assert_int_equal(sink.calls, 2000);
    assert_true(depth.most > 1 && depth.most < 100);
    source_close(&source);
}

static void call_inside(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct depth *depth = sink->context;
    IMAPITable *table;

    (void)count;
    (void)notifications;
    depth->now++;
    depth->most = max(depth->most, depth->now);
    if (SUCCEEDED(IMAPISession_GetStatusTable(depth->session, 0, &table)))
        IMAPITable_Release(table);
    depth->now--;
}

/* A call into MAPI from inside OnNotify delivers nothing: sinks that only call MAPI are not called inside each other. */
TEST(sink_calls_mapi)
{
    struct depth depth = {0, 0, log_on(0)};
    struct harness_sink sink;
    struct source source;
    LONG i;

    source_open(&source);
    harness_sink_init(&sink);
    sink.on_notify = call_inside;
    sink.context = &depth;
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    for (i = 0; i < 20; i++)
        assert_hr(change(&source, i), S_OK);
    pump_once(NULL);
    assert_int_equal(sink.calls, 20);
    assert_int_equal(depth.most, 1);
    source_close(&source);
    log_off(depth.session);
}

static void change_again(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    (void)count;
    (void)notifications;
    change(sink->context, 1);
}

/* A sink that causes an event each time does not keep the thread for ever. */
TEST(sink_causes_events)
{
    struct harness_sink sink;
    struct source source;

    source_open(&source);
    harness_sink_init(&sink);
    sink.on_notify = change_again;
    sink.context = &source;
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 1);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 2);
    sink.on_notify = NULL;
    pump_once(NULL);
    assert_int_equal(sink.calls, 3);
    source_close(&source);
}

struct removing
{
    struct source *source;
    ULONG_PTR own, other;
    HRESULT hr[3];
    IMAPIAdviseSink *added;
};

static void remove_both(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct removing *removing = sink->context;

    (void)count;
    (void)notifications;
    removing->hr[0] = IMAPITable_Unadvise(removing->source->table, removing->own);
    removing->hr[1] = IMAPITable_Unadvise(removing->source->table, removing->other);
    removing->hr[2] = IMAPITable_Unadvise(removing->source->table, removing->own);
    IMAPITable_Release(removing->source->table); /* and the table's last reference */
    removing->source->table = NULL;
}

TEST(NOTIF_19_sink_unadvises_itself_and_another)
{
    struct removing removing = {0};
    struct harness_sink sink, other;
    struct source source;

    source_open(&source);
    harness_sink_init(&sink);
    harness_sink_init(&other);
    sink.on_notify = remove_both;
    sink.context = &removing;
    removing.source = &source;
    removing.own = source_advise(&source, &sink.IMAPIAdviseSink_iface);
    removing.other = source_advise(&source, &other.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    assert_hr(change(&source, 2), S_OK);
    pump_once(NULL);
    assert_int_equal(sink.calls, 1);
    assert_int_equal(other.calls, 0);
    assert_hr(removing.hr[0], S_OK);
    assert_hr(removing.hr[1], S_OK);
    assert_hr(removing.hr[2], MAPI_E_NOT_FOUND);
    assert_int_equal(sink.refcount, 1);
    assert_int_equal(other.refcount, 1);
    source_close(&source);
}

TEST(LOGOFF_52_nothing_after_uninitialize)
{
    NOTIFICATION event = event_of(fnevExtended);
    struct wrapping wrapping = {0};
    struct harness_sink sink;
    struct source source;

    source_open(&source);
    harness_sink_init(&sink);
    harness_sink_init(&wrapping.sink);
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    wrap(&wrapping);
    assert_hr(change(&source, 1), S_OK);
    IMAPIAdviseSink_OnNotify(wrapping.wrapper, 1, &event);
    MAPIUninitialize();
    pump_once(NULL);
    assert_hr(change(&source, 2), MAPI_E_NOT_INITIALIZED);
    IMAPIAdviseSink_OnNotify(wrapping.wrapper, 1, &event);
    pump_once(NULL);
    assert_int_equal(sink.calls + wrapping.sink.calls, 0);

    /* a table lives on with its sinks, a wrapper's thread does not come back */
    assert_hr(MAPIInitialize(NULL), S_OK);
    pump_once(NULL);
    assert_int_equal(sink.calls + wrapping.sink.calls, 0);
    IMAPIAdviseSink_OnNotify(wrapping.wrapper, 1, &event);
    assert_hr(change(&source, 3), S_OK);
    pump_once(NULL);
    assert_int_equal(sink.calls, 1);
    assert_int_equal(wrapping.sink.calls, 0);
    assert_int_equal(IMAPIAdviseSink_Release(wrapping.wrapper), 0);
    assert_int_equal(wrapping.sink.refcount, 1);
    source_close(&source);
}

static void initialize_first(void *context)
{
    *(HRESULT *)context = MAPIInitialize(NULL);
}

/* The thread of the first MAPIInitialize ends: whoever asks gets what waits. */
TEST(first_thread_ends)
{
    struct worker worker = {0};
    struct harness_sink sink;
    struct source source;
    HRESULT hr;

    worker_start(&worker);
    worker_do(&worker, initialize_first, &hr);
    assert_hr(hr, S_OK);
    assert_hr(MAPIInitialize(NULL), S_OK);
    source_open(&source);
    harness_sink_init(&sink);
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    worker_stop(&worker);
    pump_once(NULL);
    assert_hr(change(&source, 2), S_OK);
    assert_int_equal(sink.calls, 0);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 2);
    assert_hr(change(&source, 3), S_OK);
    source_close(&source);
    MAPIUninitialize();
    MAPIUninitialize();
}

/* The thread that wrapped a sink ends without having pumped. */
TEST(wrapping_thread_ends)
{
    NOTIFICATION event = event_of(fnevExtended);
    struct wrapping wrapping = {0};
    struct worker worker = {0};
    struct source source;
    HRESULT hr;
    LONG i;

    worker_start(&worker);
    source_open(&source);
    harness_sink_init(&wrapping.sink);
    worker_do(&worker, wrap, &wrapping);
    source_advise(&source, wrapping.wrapper);
    assert_hr(change(&source, 1), S_OK);
    worker_do(&worker, dispatch, &hr);
    assert_hr(hr, S_OK);
    assert_int_equal(wrapping.sink.calls, 1);
    assert_hr(change(&source, 2), S_OK);
    worker_stop(&worker);
    for (i = 0; i < 100; i++)
    {
        assert_hr(change(&source, i), S_OK);
        IMAPIAdviseSink_OnNotify(wrapping.wrapper, 1, &event);
    }
    source_close(&source);
    assert_int_equal(IMAPIAdviseSink_Release(wrapping.wrapper), 0);
    assert_int_equal(wrapping.sink.calls, 1);
    assert_int_equal(wrapping.sink.refcount, 1);
}

TEST(this_thread_arguments)
{
    struct wrapping wrapping = {0};
    void *object = &wrapping;

    harness_sink_init(&wrapping.sink);
    wrapping.wrapper = (IMAPIAdviseSink *)0x10;
    assert_hr(HrThisThreadAdviseSink(NULL, &wrapping.wrapper), MAPI_E_INVALID_PARAMETER);
    assert_null(wrapping.wrapper);
    assert_hr(HrThisThreadAdviseSink((IMAPIAdviseSink *)0x10, &wrapping.wrapper), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrThisThreadAdviseSink(&wrapping.sink.IMAPIAdviseSink_iface, NULL), MAPI_E_INVALID_PARAMETER);
    wrap(&wrapping);
    assert_hr(wrapping.hr, S_OK);
    assert_hr(IMAPIAdviseSink_QueryInterface(wrapping.wrapper, &IID_IMAPITable, &object),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_null(object);
    assert_hr(IMAPIAdviseSink_QueryInterface(wrapping.wrapper, &IID_IMAPIAdviseSink, &object), S_OK);
    assert_int_equal(IMAPIAdviseSink_Release(wrapping.wrapper), 1);
    assert_int_equal(IMAPIAdviseSink_Release(wrapping.wrapper), 0);
    assert_int_equal(wrapping.sink.refcount, 1);
}

TEST(faults)
{
    struct wrapping wrapping = {0};
    struct called called = {0};
    NOTIFICATION event = event_of(fnevExtended);
    BYTE parameter = 7;
    IMAPIAdviseSink *sink;
    LONG delivered = 0;
    HRESULT hr;

    harness_sink_init(&wrapping.sink);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = HrAllocAdviseSink(callback, &called, &sink);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        if (sink)
            IMAPIAdviseSink_Release(sink);
    }
    event.info.ext.cb = 1;
    event.info.ext.pbEventParameters = &parameter;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        wrap(&wrapping);
        if (wrapping.wrapper)
        {
            IMAPIAdviseSink_OnNotify(wrapping.wrapper, 1, &event);
            delivered = wrapping.sink.calls;
            assert_hr(HrDispatchNotifications(0), S_OK);
            delivered = wrapping.sink.calls - delivered;
        }
        if (!harness_fault_hit(&fault))
            assert_int_equal(delivered, 1);
        else if (FAILED(wrapping.hr))
            assert_true(wrapping.hr == MAPI_E_NOT_ENOUGH_MEMORY || wrapping.hr == MAPI_E_NOT_ENOUGH_RESOURCES);
        else
            assert_int_equal(delivered, 0);
        if (wrapping.wrapper)
            assert_int_equal(IMAPIAdviseSink_Release(wrapping.wrapper), 0);
        assert_int_equal(wrapping.sink.refcount, 1);
    }
}

/* What must not be lost is not, with no memory at all: a critical error, and that a table changed. */
TEST(faults_lose_no_critical_error)
{
    NOTIFICATION event = event_of(fnevCriticalError);
    struct wrapping wrapping = {0};
    struct harness_sink sink;
    struct source source;
    BYTE id[20] = {0};
    LONG calls;
    HRESULT hr;
    ULONG nth;

    harness_sink_init(&wrapping.sink);
    wrap(&wrapping);
    event.info.err.cbEntryID = sizeof(id);
    event.info.err.lpEntryID = (ENTRYID *)id;
    event.info.err.scode = MAPI_E_END_OF_SESSION;
    PostroomDiagnostics(NULL, 1);
    IMAPIAdviseSink_OnNotify(wrapping.wrapper, 1, &event);
    PostroomDiagnostics(NULL, 0);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(wrapping.sink.calls, 1);
    assert_int_equal(wrapping.sink.last.ulEventType, fnevCriticalError);
    assert_hr(wrapping.sink.last.info.err.scode, MAPI_E_END_OF_SESSION);
    assert_int_equal(wrapping.sink.last.info.err.cbEntryID, 0);
    assert_int_equal(IMAPIAdviseSink_Release(wrapping.wrapper), 0);

    source_open(&source);
    harness_sink_init(&sink);
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    /* Not HARNESS_FOR_EACH_ALLOCATION: a table keeps what it got for its next change. */
    for (nth = 1; nth < 30; nth++)
    {
        calls = sink.calls;
        PostroomDiagnostics(NULL, nth);
        hr = change(&source, 1);
        PostroomDiagnostics(NULL, 0);
        assert_hr(HrDispatchNotifications(0), S_OK);
        assert_int_equal(sink.calls - calls, SUCCEEDED(hr));
    }
    assert_hr(hr, S_OK); /* there were fewer allocations than that */
    source_close(&source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(NOTIF_01_02_this_thread),
            harness_test_thread(NOTIF_01_02_this_thread_with_MAPIs_own),
            harness_test(NOTIF_01_wrapper_registered_with_a_table),
            harness_test(NOTIF_03_inside_a_call),
            harness_test(NOTIF_04_dispatch),
            harness_test_thread(NOTIF_04_dispatch_waits_for_MAPIs_thread),
            harness_test(NOTIF_05_quit),
            harness_test(NOTIF_06_flags),
            harness_test(NOTIF_07_not_before_the_call_returns),
            harness_test(NOTIF_10_wrapper_copies),
            harness_test(NOTIF_15_callback),
            harness_test(NOTIF_16_on_the_first_thread),
            harness_test_thread(NOTIF_17_on_MAPIs_thread),
            harness_test(NOTIF_18_registered_message),
            harness_test(NOTIF_19_nothing_after_unadvise),
            harness_test(NOTIF_19_sink_unadvises_itself_and_another),
            harness_test(sink_destroyed_while_registered),
            harness_test(queue_is_bounded),
            harness_test(sink_dispatches),
            harness_test(sink_calls_mapi),
            harness_test(sink_causes_events),
            harness_test(LOGOFF_52_nothing_after_uninitialize),
            harness_test_plain(first_thread_ends),
            harness_test(wrapping_thread_ends),
            harness_test(this_thread_arguments),
            harness_test(faults),
            harness_test(faults_lose_no_critical_error),
    };

    return harness_run(tests);
}
