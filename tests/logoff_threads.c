/*
 * Logoff from inside OnNotify and from several threads at once.
 */
#include "harness_session.h"

static HRESULT nested_logoff;

static void logoff_from_sink(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    (void)count;
    (void)notifications;
    nested_logoff = IMAPISession_Logoff((IMAPISession *)sink->context, 0, 0, 0);
}

static void LOGOFF_53_from_inside_OnNotify(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0), *other = log_on(0);
    struct harness_sink *sink = test_sink_create();
    ULONG_PTR connection = 0;

    /* The sink runs inside the log-off of the same session. */
    sink->on_notify = logoff_from_sink;
    sink->context = session;
    nested_logoff = E_NOTIMPL;
    assert_hr(IMAPISession_Advise(session, 0, NULL, fnevExtended, &sink->IMAPIAdviseSink_iface, &connection), S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_hr(nested_logoff, MAPI_E_INVALID_OBJECT);
    assert_int_equal(IMAPISession_Release(session), 0);

    /* The sink runs inside the log-off of one session and logs off another. */
    session = log_on(0);
    sink->context = other;
    assert_hr(IMAPISession_Advise(session, 0, NULL, fnevExtended, &sink->IMAPIAdviseSink_iface, &connection), S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_hr(nested_logoff, S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(IMAPISession_Release(other), 0);
    assert_int_equal(test_sink_release(sink), 0);
}

static DWORD CALLBACK logoff_thread(void *session)
{
    HRESULT hr;

    MAPIInitialize(NULL);
    hr = IMAPISession_Logoff((IMAPISession *)session, 0, 0, 0);
    MAPIUninitialize();
    return hr;
}

static void LOGOFF_54_two_threads_at_once(void **state __attribute__((unused)))
{
    int round;

    for (round = 0; round < 50; round++)
    {
        IMAPISession *session = log_on(0);
        HANDLE threads[2];
        DWORD results[2];
        int i;

        for (i = 0; i < 2; i++)
            assert_non_null(threads[i] = CreateThread(NULL, 0, logoff_thread, session, 0, NULL));
        for (i = 0; i < 2; i++)
        {
            assert_int_equal(WaitForSingleObject(threads[i], 30000), WAIT_OBJECT_0);
            GetExitCodeThread(threads[i], &results[i]);
            CloseHandle(threads[i]);
        }
        assert_true((results[0] == S_OK && results[1] == (DWORD)MAPI_E_INVALID_OBJECT)
                    || (results[1] == S_OK && results[0] == (DWORD)MAPI_E_INVALID_OBJECT));
        assert_int_equal(IMAPISession_Release(session), 0);
    }
}

/* One thread calls methods until they fail; the log-off on the main thread waits for the call that is inside. */
static DWORD CALLBACK busy_thread(void *context)
{
    IMAPISession *session = context;
    IMAPITable *table;
    HRESULT hr;

    MAPIInitialize(NULL);
    while (SUCCEEDED(hr = IMAPISession_GetStatusTable(session, 0, &table)))
        IMAPITable_Release(table);
    MAPIUninitialize();
    return hr;
}

static void LOGOFF_54_calls_in_flight(void **state __attribute__((unused)))
{
    int round;

    for (round = 0; round < 20; round++)
    {
        IMAPISession *session = log_on(0);
        HANDLE threads[4];
        DWORD result;
        size_t i;

        for (i = 0; i < ARRAY_SIZE(threads); i++)
            assert_non_null(threads[i] = CreateThread(NULL, 0, busy_thread, session, 0, NULL));
        Sleep(round % 5);
        assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
        for (i = 0; i < ARRAY_SIZE(threads); i++)
        {
            assert_int_equal(WaitForSingleObject(threads[i], 30000), WAIT_OBJECT_0);
            GetExitCodeThread(threads[i], &result);
            assert_hr((HRESULT)result, MAPI_E_INVALID_OBJECT);
            CloseHandle(threads[i]);
        }
        assert_int_equal(IMAPISession_Release(session), 0);
    }
}

/* A call that stays inside until it is let go: PrepareForm, whose message's AddRef blocks. */
static HANDLE call_inside, call_may_leave;
static volatile LONG let_go;

static ULONG STDMETHODCALLTYPE blocking_AddRef(IMessage *iface)
{
    SetEvent(call_inside);
    WaitForSingleObject(call_may_leave, 30000);
    return InterlockedIncrement(&CONTAINING_RECORD(iface, struct test_message, IMessage_iface)->refcount);
}

static DWORD CALLBACK blocked_thread(void *session)
{
    struct test_message message;
    IMessageVtbl blocking;
    ULONG_PTR token = 0;
    HRESULT hr;

    test_message_init(&message);
    blocking = *message.IMessage_iface.lpVtbl;
    blocking.AddRef = blocking_AddRef;
    message.IMessage_iface.lpVtbl = &blocking;
    hr = IMAPISession_PrepareForm((IMAPISession *)session, NULL, &message.IMessage_iface, &token);
    /* Ended while it was inside: no token, and no reference on the message. */
    return message.refcount == 1 && !(ULONG)token ? hr : S_FALSE;
}

/* S_FALSE: it came back before the call inside was let go. */
static DWORD CALLBACK waiting_logoff_thread(void *session)
{
    HRESULT hr = IMAPISession_Logoff((IMAPISession *)session, 0, 0, 0);

    return let_go ? hr : S_FALSE;
}

static void LOGOFF_54_55_waits_for_a_call_inside(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);
    HANDLE blocked, logoff;
    IMAPITable *table;
    DWORD result;
    int i;

    let_go = FALSE;
    call_inside = CreateEventW(NULL, FALSE, FALSE, NULL);
    call_may_leave = CreateEventW(NULL, FALSE, FALSE, NULL);
    assert_non_null(blocked = CreateThread(NULL, 0, blocked_thread, session, 0, NULL));
    assert_int_equal(WaitForSingleObject(call_inside, 30000), WAIT_OBJECT_0);
    assert_non_null(logoff = CreateThread(NULL, 0, waiting_logoff_thread, session, 0, NULL));
    /* The gate closes while the call is inside. */
    for (i = 0; i < 3000 && IMAPISession_GetMsgStoresTable(session, 0, &table) == S_OK; i++)
    {
        IMAPITable_Release(table);
        Sleep(10);
    }
    assert_hr(IMAPISession_GetMsgStoresTable(session, 0, &table), MAPI_E_INVALID_OBJECT);
    /* A log-off that does not wait has time to come back now; one that does is not hurt by this. */
    Sleep(200);
    InterlockedExchange(&let_go, TRUE);
    SetEvent(call_may_leave);
    assert_int_equal(WaitForSingleObject(logoff, 30000), WAIT_OBJECT_0);
    GetExitCodeThread(logoff, &result);
    assert_hr((HRESULT)result, S_OK);
    assert_int_equal(WaitForSingleObject(blocked, 30000), WAIT_OBJECT_0);
    GetExitCodeThread(blocked, &result);
    assert_hr((HRESULT)result, MAPI_E_INVALID_OBJECT);
    CloseHandle(blocked);
    CloseHandle(logoff);
    CloseHandle(call_inside);
    CloseHandle(call_may_leave);
    assert_int_equal(IMAPISession_Release(session), 0);
}

/* S-12, prior-art.md B.4: a sink on another thread sends to the thread that logs off. */
struct sending
{
    HWND window;
    IMAPISession *session;
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

/* Logs off its own session, whose sink sends to the main thread; that sink's session method is in flight when the
 * main thread logs off too. */
static DWORD CALLBACK sending_thread(void *context)
{
    struct sending *sending = context;
    HRESULT hr;

    MAPIInitialize(NULL);
    hr = IMAPISession_Logoff(sending->session, 0, 0, 0);
    MAPIUninitialize();
    return hr;
}

static void LOGOFF_53_sink_sends_to_the_thread_that_waits(void **state __attribute__((unused)))
{
    WNDCLASSW class = {0};
    struct harness_sink *sink = test_sink_create();
    struct sending sending = {0};
    ULONG_PTR connection = 0;
    HANDLE thread;
    DWORD result;
    MSG message;

    class.lpfnWndProc = answering_proc;
    class.hInstance = GetModuleHandleW(NULL);
    class.lpszClassName = L"answering";
    assert_true(RegisterClassW(&class));
    sending.window = CreateWindowW(L"answering", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, class.hInstance, NULL);
    assert_non_null(sending.window);
    sending.inside = CreateEventW(NULL, FALSE, FALSE, NULL);
    sending.session = log_on(0);
    sink->on_notify = send_from_sink;
    sink->context = &sending;
    assert_hr(IMAPISession_Advise(sending.session, 0, NULL, fnevExtended, &sink->IMAPIAdviseSink_iface, &connection),
              S_OK);
    assert_non_null(thread = CreateThread(NULL, 0, sending_thread, &sending, 0, NULL));
    assert_int_equal(WaitForSingleObject(sending.inside, 30000), WAIT_OBJECT_0);
    /* The other thread is inside Logoff and waits for our answer; we must not be kept from giving it. */
    assert_hr(IMAPISession_Logoff(sending.session, 0, 0, 0), MAPI_E_INVALID_OBJECT);
    while (MsgWaitForMultipleObjects(1, &thread, FALSE, 30000, QS_ALLINPUT) == WAIT_OBJECT_0 + 1)
    {
        while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
            DispatchMessageW(&message);
    }
    GetExitCodeThread(thread, &result);
    assert_hr((HRESULT)result, S_OK);
    assert_int_equal(sending.answer, 42);
    CloseHandle(thread);
    CloseHandle(sending.inside);
    DestroyWindow(sending.window);
    UnregisterClassW(L"answering", class.hInstance);
    assert_int_equal(IMAPISession_Release(sending.session), 0);
    assert_int_equal(test_sink_release(sink), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGOFF_53_from_inside_OnNotify),
            harness_test(LOGOFF_54_two_threads_at_once),
            harness_test(LOGOFF_54_calls_in_flight),
            harness_test(LOGOFF_54_55_waits_for_a_call_inside),
            harness_test(LOGOFF_53_sink_sends_to_the_thread_that_waits),
    };

    return harness_run(tests);
}
