/*
 * Notifications and threads: sinks that block, unadvise, log off or send messages while others wait for them, and many
 * threads doing everything at once.
 */
#include "shared_support.h"

#include "notify_support.h"

/* What a sink does in OnNotify: says that it is inside, and stays there until it is let go. */
struct stay
{
    HANDLE inside, leave;
    volatile LONG finished;
};

static void stay_inside(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct stay *stay = sink->context;

    (void)count;
    (void)notifications;
    SetEvent(stay->inside);
    WaitForSingleObject(stay->leave, PATIENCE);
    InterlockedExchange(&stay->finished, TRUE);
}

static void stay_init(struct stay *stay, struct harness_sink *sink)
{
    stay->inside = CreateEventW(NULL, FALSE, FALSE, NULL);
    stay->leave = CreateEventW(NULL, FALSE, FALSE, NULL);
    stay->finished = FALSE;
    harness_sink_init(sink);
    sink->on_notify = stay_inside;
    sink->context = stay;
}

static void stay_done(struct stay *stay)
{
    CloseHandle(stay->inside);
    CloseHandle(stay->leave);
}

static void let_go_later(void *context)
{
    Sleep(100);
    SetEvent(((struct stay *)context)->leave);
}

/* Unadvise waits for OnNotify on another thread, so that whoever called may free what the sink uses; a second at most. */
TEST(SESS_43_unadvise_waits_for_a_running_OnNotify)
{
    struct worker worker = {0};
    struct harness_sink sink;
    struct source source;
    ULONG_PTR connection;
    ULONGLONG start;
    struct stay stay;
    LONG finished;

    worker_start(&worker);
    source_open(&source);
    stay_init(&stay, &sink);
    connection = source_advise(&source, &sink.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    assert_int_equal(WaitForSingleObject(stay.inside, PATIENCE), WAIT_OBJECT_0);
    worker_begin(&worker, let_go_later, &stay);
    start = GetTickCount64();
    assert_hr(IMAPITable_Unadvise(source.table, connection), S_OK);
    finished = stay.finished;
    assert_true(finished || GetTickCount64() - start >= 900);
    worker_wait(&worker);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.refcount, 1);
    source_close(&source);
    worker_stop(&worker);
    stay_done(&stay);
}

/* The sink waits for the very thread that unadvises, tables and sessions end around it: nobody hangs, and nothing that
 * was waiting behind comes any more. */
TEST(SESS_43_sink_waits_for_whoever_unadvises)
{
    struct harness_sink sink, other;
    ULONG_PTR connection, second;
    struct source source;
    ULONGLONG start;
    struct stay stay;

    source_open(&source);
    stay_init(&stay, &sink);
    harness_sink_init(&other);
    connection = source_advise(&source, &sink.IMAPIAdviseSink_iface);
    second = source_advise(&source, &other.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    assert_hr(change(&source, 2), S_OK);
    assert_int_equal(WaitForSingleObject(stay.inside, PATIENCE), WAIT_OBJECT_0);
    start = GetTickCount64();
    assert_hr(IMAPITable_Unadvise(source.table, second), S_OK); /* not its OnNotify: no wait */
    assert_hr(IMAPITable_Unadvise(source.table, connection), S_OK);
    assert_true(GetTickCount64() - start < PATIENCE / 2);
    assert_int_equal(sink.refcount, 2); /* held while its OnNotify runs */
    assert_int_equal(other.refcount, 1);
    assert_hr(HrDispatchNotifications(0), MAPI_E_TIMEOUT); /* MAPI's thread is kept */
    SetEvent(stay.leave);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 1);
    assert_int_equal(sink.refcount, 1);
    assert_int_equal(other.calls, 0);
    source_close(&source);
    stay_done(&stay);
}

struct sending
{
    HWND window;
    HANDLE inside;
    LRESULT answer;
};

static LRESULT CALLBACK answering_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (message == WM_APP)
        return 42;
    return DefWindowProcW(window, message, wparam, lparam);
}

static void send_from_sink(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct sending *sending = sink->context;

    (void)count;
    (void)notifications;
    SetEvent(sending->inside);
    sending->answer = SendMessageW(sending->window, WM_APP, 0, 0);
}

static void sending_init(struct sending *sending, struct harness_sink *sink)
{
    WNDCLASSW class = {0};

    class.lpfnWndProc = answering_proc;
    class.hInstance = GetModuleHandleW(NULL);
    class.lpszClassName = L"answering";
    assert_true(RegisterClassW(&class));
    sending->window = CreateWindowW(L"answering", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, class.hInstance, NULL);
    assert_non_null(sending->window);
    sending->inside = CreateEventW(NULL, FALSE, FALSE, NULL);
    sending->answer = 0;
    harness_sink_init(sink);
    sink->on_notify = send_from_sink;
    sink->context = sending;
}

static void sending_done(struct sending *sending)
{
    CloseHandle(sending->inside);
    DestroyWindow(sending->window);
    UnregisterClassW(L"answering", GetModuleHandleW(NULL));
}

TEST(unadvise_answers_the_sink)
{
    struct sending sending;
    struct harness_sink sink;
    struct source source;
    ULONG_PTR connection;

    source_open(&source);
    sending_init(&sending, &sink);
    connection = source_advise(&source, &sink.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    assert_int_equal(WaitForSingleObject(sending.inside, PATIENCE), WAIT_OBJECT_0);
    assert_hr(IMAPITable_Unadvise(source.table, connection), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sending.answer, 42);
    assert_int_equal(sink.refcount, 1);
    source_close(&source);
    sending_done(&sending);
}

static ULONG_PTR session_advise(IMAPISession *session, IMAPIAdviseSink *sink)
{
    ULONG_PTR connection = 0;

    assert_hr(IMAPISession_Advise(session, 0, NULL, fnevExtended, sink, &connection), S_OK);
    return connection;
}

/* A sink on MAPI's thread sends to the thread that logs off. */
TEST(LOGOFF_53_logoff_answers_the_sink)
{
    IMAPISession *a = log_on_shared(0), *b = join();
    struct sending sending;
    struct harness_sink sink;

    sending_init(&sending, &sink);
    session_advise(b, &sink.IMAPIAdviseSink_iface);
    log_off(a);
    assert_int_equal(WaitForSingleObject(sending.inside, PATIENCE), WAIT_OBJECT_0);
    log_off(b);
    assert_int_equal(sending.answer, 42);
    assert_int_equal(sink.calls, 2); /* a's log-off and its own */
    assert_int_equal(sink.refcount, 1);
    sending_done(&sending);
}

/* A sink on MAPI's thread waits for the thread that logs off: Logoff comes back, and the session's other sink is told. */
TEST(LOGOFF_53_sink_waits_for_whoever_logs_off)
{
    IMAPISession *a = log_on_shared(0), *b = join();
    struct harness_sink sink, other;
    ULONGLONG start;
    struct stay stay;

    stay_init(&stay, &sink);
    harness_sink_init(&other);
    session_advise(b, &sink.IMAPIAdviseSink_iface);
    session_advise(b, &other.IMAPIAdviseSink_iface);
    log_off(a);
    assert_int_equal(WaitForSingleObject(stay.inside, PATIENCE), WAIT_OBJECT_0);
    start = GetTickCount64();
    log_off(b);
    assert_true(GetTickCount64() - start < PATIENCE / 2);
    assert_int_equal(other.calls, 2);
    assert_int_equal(other.refcount, 1);
    assert_int_equal(sink.refcount, 2);
    SetEvent(stay.leave);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 1);
    assert_int_equal(sink.refcount, 1);
    stay_done(&stay);
}

struct logging_off
{
    IMAPISession *session;
    HRESULT hr;
    ULONG refcount;
};

static void log_off_inside(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct logging_off *context = sink->context;
    IMAPISession *session = context->session;

    (void)count;
    (void)notifications;
    if (!session)
        return; /* Logoff has what waits delivered, its own event included */
    context->session = NULL;
    context->hr = IMAPISession_Logoff(session, 0, 0, 0);
    context->refcount = IMAPISession_Release(session);
}

/* The documented reaction to another member's log-off: log off too, from inside OnNotify. */
static void log_off_in_answer(void (*let_it_happen)(IMAPISession *session))
{
    IMAPISession *a = log_on_shared(0);
    struct logging_off context = {join(), E_NOTIMPL, 99};
    struct harness_sink sink;
    IMAPISession *bystander = join();

    harness_sink_init(&sink);
    sink.on_notify = log_off_inside;
    sink.context = &context;
    session_advise(context.session, &sink.IMAPIAdviseSink_iface);
    assert_hr(IMAPISession_Logoff(a, 0, MAPI_LOGOFF_SHARED, 0), S_OK);
    assert_int_equal(IMAPISession_Release(a), 0);
    let_it_happen(bystander);
    assert_hr(context.hr, S_OK);
    assert_int_equal(context.refcount, 0);
    assert_int_equal(sink.refcount, 1);
    assert_true(sink.calls >= 1 && sink.calls <= 3);
    log_off(bystander);
}

static void by_dispatching(IMAPISession *session)
{
    (void)session;
    harness_pump(50);
    assert_hr(HrDispatchNotifications(0), S_OK);
}

static void by_calling(IMAPISession *session)
{
    IMAPITable *table;

    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    IMAPITable_Release(table);
    by_dispatching(session);
}

TEST(LOGOFF_53_from_a_dispatched_OnNotify)
{
    log_off_in_answer(by_dispatching);
}

TEST(LOGOFF_53_from_an_OnNotify_inside_a_call)
{
    log_off_in_answer(by_calling);
}

TEST(LOGOFF_53_from_MAPIs_thread)
{
    log_off_in_answer(by_dispatching);
}

static void use_own_session(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct logging_off *context = sink->context;
    IMAPISession *session = context->session;
    IMAPITable *table;

    (void)count;
    (void)notifications;
    context->session = NULL;
    if (session && SUCCEEDED(IMAPISession_GetStatusTable(session, 0, &table)))
    {
        IMAPITable_Release(table);
        context->hr = IMAPISession_Logoff(session, 0, 0, 0);
        context->refcount = IMAPISession_Release(session);
    }
}

/* A call into MAPI on whose way out the sink ends the very session, and gives up its last reference. */
TEST(sink_ends_the_session_that_is_being_called)
{
    IMAPISession *a = log_on_shared(0), *b = join();
    struct logging_off context = {b, E_NOTIMPL, 99};
    struct harness_sink sink;
    IMAPITable *table;

    harness_sink_init(&sink);
    sink.on_notify = use_own_session;
    sink.context = &context;
    session_advise(b, &sink.IMAPIAdviseSink_iface);
    log_off(a);
    while (context.session)
    {
        assert_hr(IMAPISession_GetStatusTable(b, 0, &table), S_OK);
        IMAPITable_Release(table);
    }
    assert_hr(context.hr, S_OK);
    assert_int_equal(context.refcount, 0);
    assert_int_equal(sink.refcount, 1);
}

static void wrap(void *context)
{
    IMAPIAdviseSink **sink = context, *wrapper;

    *sink = FAILED(HrThisThreadAdviseSink(*sink, &wrapper)) ? NULL : wrapper;
}

static void pump_a_while(void *flag)
{
    while (!*(volatile LONG *)flag)
    {
        pump_once(NULL);
        Sleep(1);
    }
}

/* A sink that another thread wrapped hears of the log-off there, before Logoff returns, when that thread pumps; else not
 * at all. */
TEST(LOGOFF_52_wrapped_sinks)
{
    struct worker pumping = {0}, stuck = {0};
    struct harness_sink sinks[3];
    IMAPIAdviseSink *wrappers[3];
    IMAPISession *session = log_on(0);
    LONG stop = FALSE;
    ULONGLONG start;
    size_t i;

    worker_start(&pumping);
    worker_start(&stuck);
    for (i = 0; i < 3; i++)
    {
        harness_sink_init(&sinks[i]);
        wrappers[i] = &sinks[i].IMAPIAdviseSink_iface;
    }
    wrap(&wrappers[0]);
    worker_do(&pumping, wrap, &wrappers[1]);
    worker_do(&stuck, wrap, &wrappers[2]);
    for (i = 0; i < 3; i++)
    {
        assert_non_null(wrappers[i]);
        session_advise(session, wrappers[i]);
        IMAPIAdviseSink_Release(wrappers[i]);
    }
    worker_begin(&pumping, pump_a_while, &stop);
    start = GetTickCount64();
    log_off(session);
    assert_true(GetTickCount64() - start < PATIENCE / 2);
    assert_int_equal(sinks[0].calls, 1);
    assert_int_equal(sinks[0].thread_id, GetCurrentThreadId());
    assert_int_equal(sinks[1].calls, 1);
    assert_int_equal(sinks[1].thread_id, pumping.id);
    assert_int_equal(sinks[2].calls, 0);
    InterlockedExchange(&stop, TRUE);
    worker_wait(&pumping);
    worker_do(&stuck, pump_once, NULL);
    for (i = 0; i < 3; i++)
    {
        assert_int_equal(sinks[i].calls, i < 2);
        assert_int_equal(sinks[i].refcount, 1);
    }
    worker_stop(&pumping);
    worker_stop(&stuck);
}

/* A sink on the main thread blocks; other threads' sinks, calls and log-offs go on. */
static void while_the_main_thread_is_kept(void *context)
{
    NOTIFICATION event = event_of(fnevExtended);
    struct logging_off *result = context;
    struct harness_sink sink;
    IMAPIAdviseSink *wrapper = &sink.IMAPIAdviseSink_iface;
    IMAPITable *table;

    harness_sink_init(&sink);
    wrap(&wrapper);
    IMAPIAdviseSink_OnNotify(wrapper, 1, &event);
    result->hr = HrDispatchNotifications(0);
    IMAPIAdviseSink_Release(wrapper);
    if (SUCCEEDED(result->hr) && SUCCEEDED(result->hr = IMAPISession_GetStatusTable(result->session, 0, &table)))
        IMAPITable_Release(table);
    if (SUCCEEDED(result->hr))
        result->hr = IMAPISession_Logoff(result->session, 0, 0, 0);
    result->refcount = sink.calls == 1 && sink.refcount == 1 ? IMAPISession_Release(result->session) : 99;
}

struct busy_main
{
    struct worker *worker;
    struct logging_off *result;
};

static void let_worker_work(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct busy_main *busy = sink->context;

    (void)count;
    (void)notifications;
    worker_begin(busy->worker, while_the_main_thread_is_kept, busy->result);
    WaitForSingleObject(busy->worker->done, PATIENCE);
}

TEST(blocked_sink_hurts_nobody_else)
{
    struct logging_off result = {log_on(0), E_NOTIMPL, 99};
    struct worker worker = {0};
    struct busy_main busy = {&worker, &result};
    struct harness_sink sink;
    struct source source;

    worker_start(&worker);
    source_open(&source);
    harness_sink_init(&sink);
    sink.on_notify = let_worker_work;
    sink.context = &busy;
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    assert_hr(change(&source, 1), S_OK);
    pump_once(NULL);
    assert_int_equal(sink.calls, 1);
    assert_hr(result.hr, S_OK);
    assert_int_equal(result.refcount, 0);
    source_close(&source);
    worker_stop(&worker);
}

static void uninitialize_inside(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    (void)count;
    (void)notifications;
    if (sink->calls == 1)
        MAPIUninitialize();
    SetEvent(sink->context);
}

/* The last MAPIUninitialize comes from inside a sink; what waited behind is not delivered. */
static void uninitialize_from_inside(ULONG flags)
{
    MAPIINIT_0 init = {MAPI_INIT_VERSION, flags};
    HANDLE called = CreateEventW(NULL, FALSE, FALSE, NULL);
    struct harness_sink sink;
    struct source source;
    PostroomCounts counts;
    ULONGLONG start;

    assert_hr(MAPIInitialize(&init), S_OK);
    source_open(&source);
    harness_sink_init(&sink);
    sink.on_notify = uninitialize_inside;
    sink.context = called;
    source_advise(&source, &sink.IMAPIAdviseSink_iface);
    change(&source, 1);
    change(&source, 2); /* too late when MAPI's thread was quick */
    if (flags)
        assert_int_equal(WaitForSingleObject(called, PATIENCE), WAIT_OBJECT_0);
    else
        pump_once(NULL);
    start = GetTickCount64();
    do
    {
        Sleep(1);
        harness_counts(&counts);
    } while (counts.cThreads && GetTickCount64() - start < PATIENCE);
    assert_int_equal(counts.cThreads, 0);
    assert_int_equal(counts.cInit, 0);
    pump_once(NULL);
    assert_int_equal(sink.calls, 1);
    source_close(&source);
    assert_int_equal(sink.refcount, 1);
    CloseHandle(called);
}

TEST(LOGOFF_52_uninitialize_from_inside)
{
    uninitialize_from_inside(0);
}

TEST(LOGOFF_52_uninitialize_from_MAPIs_thread)
{
    uninitialize_from_inside(MAPI_MULTITHREAD_NOTIFICATIONS);
}

/*
 * Everything at once.
 */
#define STRESS_THREADS 6
#define STRESS_ROUNDS 300

struct stress
{
    struct source source;
    volatile LONG late, disorder, failures, calls;
};

/* A sink of the stress test: knows whether it may still be called, and what it heard last. */
struct stress_sink
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    volatile LONG refcount;
    volatile LONG dead; /* Unadvise has returned */
    LONG last[STRESS_THREADS];
    BOOL wrapped;
    struct stress *stress;
};

static HRESULT STDMETHODCALLTYPE stress_QueryInterface(IMAPIAdviseSink *iface, REFIID riid, void **out)
{
    (void)iface;
    (void)riid;
    *out = NULL;
    return E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE stress_AddRef(IMAPIAdviseSink *iface)
{
    return (ULONG)InterlockedIncrement(&CONTAINING_RECORD(iface, struct stress_sink, IMAPIAdviseSink_iface)->refcount);
}

static ULONG STDMETHODCALLTYPE stress_Release(IMAPIAdviseSink *iface)
{
    struct stress_sink *sink = CONTAINING_RECORD(iface, struct stress_sink, IMAPIAdviseSink_iface);
    LONG refcount = InterlockedDecrement(&sink->refcount);

    if (!refcount)
        HeapFree(GetProcessHeap(), 0, sink);
    return (ULONG)refcount;
}

static ULONG STDMETHODCALLTYPE stress_OnNotify(IMAPIAdviseSink *iface, ULONG count, LPNOTIFICATION notifications)
{
    struct stress_sink *sink = CONTAINING_RECORD(iface, struct stress_sink, IMAPIAdviseSink_iface);
    LONG id = notifications->info.tab.propIndex.Value.l;

    (void)count;
    InterlockedIncrement(&sink->stress->calls);
    if (sink->dead)
        InterlockedIncrement(&sink->stress->late);
    if (notifications->ulEventType == fnevTableModified
        && notifications->info.tab.ulTableEvent == TABLE_ROW_ADDED) /* rows of one thread are added in order */
    {
        if (id % 1000000 <= sink->last[id / 1000000])
            InterlockedIncrement(&sink->stress->disorder);
        sink->last[id / 1000000] = id % 1000000;
    }
    return S_OK;
}

static IMAPIAdviseSinkVtbl stress_vtbl = {stress_QueryInterface, stress_AddRef, stress_Release, stress_OnNotify};

static ULONG stress_random(ULONG *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

struct stress_thread
{
    struct stress *stress;
    LONG number;
    ULONG seed;
};

static void stress_session(struct stress *stress, IMAPIAdviseSink *sink)
{
    IMAPISession *session = NULL;
    ULONG_PTR connection;

    if (FAILED(MAPILogonEx(0, (LPTSTR)test_profile(), NULL, MAPI_NEW_SESSION | MAPI_EXTENDED | MAPI_UNICODE, &session))
        || FAILED(IMAPISession_Advise(session, 0, NULL, fnevExtended, sink, &connection))
        || FAILED(IMAPISession_Logoff(session, 0, 0, 0)) || IMAPISession_Release(session))
        InterlockedIncrement(&stress->failures);
}

static DWORD CALLBACK stress_proc(void *parameter)
{
    struct stress_thread *thread = parameter;
    struct stress *stress = thread->stress;
    IMAPIAdviseSink *given, *wrapper;
    struct stress_sink *sink;
    ULONG_PTR connection;
    LONG round, id = 0;
    ULONG i;

    MAPIInitialize(NULL);
    for (round = 0; round < STRESS_ROUNDS; round++)
    {
        if (!(sink = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*sink))))
            break;
        sink->IMAPIAdviseSink_iface.lpVtbl = &stress_vtbl;
        sink->refcount = 1;
        sink->stress = stress;
        given = &sink->IMAPIAdviseSink_iface;
        wrapper = NULL;
        if (stress_random(&thread->seed) % 4 == 0 && SUCCEEDED(HrThisThreadAdviseSink(given, &wrapper)))
            given = wrapper;
        if (FAILED(IMAPITable_Advise(stress->source.table, fnevTableModified, given, &connection)))
            InterlockedIncrement(&stress->failures);
        for (i = stress_random(&thread->seed) % 8; i; i--)
            if (FAILED(change(&stress->source, thread->number * 1000000 + ++id)))
                InterlockedIncrement(&stress->failures);
        switch (stress_random(&thread->seed) % 4)
        {
        case 0:
            if (FAILED(HrDispatchNotifications(0)))
                InterlockedIncrement(&stress->failures);
            break;
        case 1:
            pump_once(NULL);
            break;
        case 2:
            stress_session(stress, given);
            break;
        }
        if (FAILED(IMAPITable_Unadvise(stress->source.table, connection)))
            InterlockedIncrement(&stress->failures);
        InterlockedExchange(&sink->dead, TRUE);
        if (wrapper)
            IMAPIAdviseSink_Release(wrapper);
        IMAPIAdviseSink_Release(&sink->IMAPIAdviseSink_iface);
    }
    MAPIUninitialize();
    return 0;
}

static void stress_all(void)
{
    struct stress_thread threads[STRESS_THREADS];
    HANDLE handles[STRESS_THREADS];
    struct stress stress = {0};
    ULONG seed = GetTickCount();
    ULONGLONG start;
    size_t i;

    harness_note("seed %lu", seed);
    assert_non_null(test_profile());
    source_open(&stress.source);
    for (i = 0; i < STRESS_THREADS; i++)
    {
        threads[i] = (struct stress_thread){&stress, (LONG)i, seed + (ULONG)i * 7919};
        assert_non_null(handles[i] = CreateThread(NULL, 0, stress_proc, &threads[i], 0, NULL));
    }
    start = GetTickCount64();
    while (WaitForMultipleObjects(STRESS_THREADS, handles, TRUE, 1) == WAIT_TIMEOUT
           && GetTickCount64() - start < 8 * PATIENCE)
        pump_once(NULL);
    for (i = 0; i < STRESS_THREADS; i++)
    {
        assert_int_equal(WaitForSingleObject(handles[i], 0), WAIT_OBJECT_0);
        CloseHandle(handles[i]);
    }
    pump_once(NULL);
    source_close(&stress.source);
    harness_note("%ld calls", stress.calls);
    assert_int_equal(stress.failures, 0);
    assert_int_equal(stress.late, 0);
    assert_int_equal(stress.disorder, 0);
    assert_true(stress.calls > STRESS_ROUNDS);
}

TEST(stress_on_the_main_thread)
{
    stress_all();
}

TEST(stress_on_MAPIs_thread)
{
    stress_all();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_thread(SESS_43_unadvise_waits_for_a_running_OnNotify),
            harness_test_thread(SESS_43_sink_waits_for_whoever_unadvises),
            harness_test_thread(unadvise_answers_the_sink),
            harness_test_thread(LOGOFF_53_logoff_answers_the_sink),
            harness_test_thread(LOGOFF_53_sink_waits_for_whoever_logs_off),
            harness_test(LOGOFF_53_from_a_dispatched_OnNotify),
            harness_test(LOGOFF_53_from_an_OnNotify_inside_a_call),
            harness_test_thread(LOGOFF_53_from_MAPIs_thread),
            harness_test(sink_ends_the_session_that_is_being_called),
            harness_test(LOGOFF_52_wrapped_sinks),
            harness_test(blocked_sink_hurts_nobody_else),
            harness_test_plain(LOGOFF_52_uninitialize_from_inside),
            harness_test_plain(LOGOFF_52_uninitialize_from_MAPIs_thread),
            harness_test(stress_on_the_main_thread),
            harness_test_thread(stress_on_MAPIs_thread),
    };

    return harness_run(tests);
}
