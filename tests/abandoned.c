/*
 * Dialogs and calls that others end underneath: the last MAPIUninitialize, log-offs on other threads, sinks and messages
 * that call back at the worst moment. The first test needs a process that has had no session yet.
 */
#include "harness_session.h"

#define TEST(name) static void name(void **state __attribute__((unused)))

static const ULONG plain = MAPI_NEW_SESSION | MAPI_EXTENDED | MAPI_UNICODE;

static BOOL CALLBACK find_dialog(HWND window, LPARAM found)
{
    WCHAR class[16];

    GetClassNameW(window, class, ARRAY_SIZE(class));
    if (wcscmp(class, L"#32770") || !IsWindowVisible(window) || !IsWindowEnabled(window))
        return TRUE;
    *(HWND *)found = window;
    return FALSE;
}

static HWND wait_for_dialog(DWORD thread_id)
{
    HWND dialog = NULL;
    int i;

    for (i = 0; i < 3000 && !dialog; i++)
    {
        EnumThreadWindows(thread_id, find_dialog, (LPARAM)&dialog);
        if (!dialog)
            Sleep(10);
    }
    return dialog;
}

/* A call on a thread of its own. */
struct call
{
    DWORD(CALLBACK *run)(void *);
    IMAPISession *session;
    ULONG flags;
    HRESULT hr;
    HANDLE thread;
    DWORD thread_id;
};

static void start(struct call *call)
{
    call->thread = CreateThread(NULL, 0, call->run, call, 0, &call->thread_id);
    assert_non_null(call->thread);
}

static void finish(struct call *call)
{
    assert_int_equal(WaitForSingleObject(call->thread, 30000), WAIT_OBJECT_0);
    CloseHandle(call->thread);
}

static DWORD CALLBACK run_logon(void *context)
{
    struct call *call = context;

    call->session = (IMAPISession *)0x5a5a5a5a;
    call->hr = MAPILogonEx(0, NULL, NULL, plain | call->flags, &call->session);
    return 0;
}

static DWORD CALLBACK run_logoff(void *context)
{
    struct call *call = context;

    call->hr = IMAPISession_Logoff(call->session, 0, call->flags, 0);
    return 0;
}

TEST(LOGON_26_abandoned_before_any_session)
{
    struct call asks = {.run = run_logon, .flags = MAPI_LOGON_UI},
                waits = {.run = run_logon, .flags = MAPI_USE_DEFAULT};

    start(&asks);
    assert_non_null(wait_for_dialog(asks.thread_id));
    start(&waits); /* behind the chooser */
    MAPIUninitialize();
    finish(&asks);
    finish(&waits);
    assert_hr(asks.hr, MAPI_E_NOT_INITIALIZED);
    assert_hr(waits.hr, MAPI_E_NOT_INITIALIZED);
    assert_null(asks.session);
    assert_null(waits.session);
    assert_hr(MAPIInitialize(NULL), S_OK);
}

TEST(LOGOFF_58_dialog_open_at_the_last_uninitialize)
{
    struct call call = {.run = run_logoff, .flags = MAPI_LOGOFF_UI};

    call.session = log_on(0);
    clear_confirmation();
    start(&call);
    assert_non_null(wait_for_dialog(call.thread_id));
    MAPIUninitialize();
    finish(&call);
    assert_hr(call.hr, MAPI_E_INVALID_OBJECT);
    assert_int_equal(IMAPISession_Release(call.session), 0);
    assert_hr(MAPIInitialize(NULL), S_OK);
}

TEST(LOGOFF_54_without_the_flag_wins_over_the_dialog)
{
    struct call call = {.run = run_logoff, .flags = MAPI_LOGOFF_UI};

    call.session = log_on(0);
    start(&call);
    assert_non_null(wait_for_dialog(call.thread_id));
    assert_hr(IMAPISession_Logoff(call.session, 0, MAPI_LOGOFF_UI, 0), MAPI_E_BUSY);
    assert_hr(IMAPISession_Logoff(call.session, 0, 0, 0), S_OK);
    finish(&call);
    assert_hr(call.hr, MAPI_E_INVALID_OBJECT);
    assert_int_equal(IMAPISession_Release(call.session), 0);
}

/* The dialog's loop runs a timer of the program's, which opens a box that nobody answers. */
static void CALLBACK open_box(HWND window, UINT message, UINT_PTR id, DWORD time)
{
    (void)message;
    (void)time;
    KillTimer(window, id);
    MessageBoxW(NULL, L"Nobody answers this.", L"box", MB_OK);
}

static DWORD CALLBACK run_logoff_with_box(void *context)
{
    SetTimer(NULL, 0, 10, open_box);
    return run_logoff(context);
}

TEST(LOGOFF_54_does_not_wait_for_what_the_dialog_loop_does)
{
    struct call call = {.run = run_logoff_with_box, .flags = MAPI_LOGOFF_UI};
    HWND box = NULL;
    int i;

    call.session = log_on(0);
    start(&call);
    for (i = 0; i < 3000 && !(box = FindWindowW(L"#32770", L"box")); i++)
        Sleep(10);
    assert_non_null(box);
    assert_hr(IMAPISession_Logoff(call.session, 0, 0, 0), S_OK);
    PostMessageW(box, WM_COMMAND, IDOK, 0);
    finish(&call);
    assert_hr(call.hr, MAPI_E_INVALID_OBJECT);
    assert_int_equal(IMAPISession_Release(call.session), 0);
}

/* Two threads ask about a session each; each thread's timer ends the other's. */
struct crossing
{
    struct call call;
    IMAPISession *other;
    HRESULT hr;
};

static struct crossing crossings[2];
static volatile LONG crossing_ready;

static void CALLBACK end_other(HWND window, UINT message, UINT_PTR id, DWORD time)
{
    struct crossing *own = crossings[0].call.thread_id == GetCurrentThreadId() ? &crossings[0] : &crossings[1];

    (void)message;
    (void)time;
    if (crossing_ready < 2)
        return;
    KillTimer(window, id);
    own->hr = IMAPISession_Logoff(own->other, 0, 0, 0);
}

static DWORD CALLBACK run_crossing(void *context)
{
    SetTimer(NULL, 0, 10, end_other);
    return run_logoff(context);
}

TEST(LOGOFF_54_two_dialogs_end_each_other)
{
    HANDLE handles[2];
    int i;

    crossing_ready = 0;
    for (i = 0; i < 2; i++)
    {
        crossings[i].call.run = run_crossing;
        crossings[i].call.flags = MAPI_LOGOFF_UI;
        crossings[i].call.session = log_on(0);
        crossings[i].hr = E_NOTIMPL;
    }
    crossings[0].other = crossings[1].call.session;
    crossings[1].other = crossings[0].call.session;
    for (i = 0; i < 2; i++)
    {
        start(&crossings[i].call);
        assert_non_null(wait_for_dialog(crossings[i].call.thread_id));
    }
    crossing_ready = 2;
    /* When one is quick enough, the other's dialog is gone before its timer came, and the first one's is still open. */
    handles[0] = crossings[0].call.thread;
    handles[1] = crossings[1].call.thread;
    assert_in_range(WaitForMultipleObjects(2, handles, FALSE, 30000), WAIT_OBJECT_0, WAIT_OBJECT_0 + 1);
    for (i = 0; i < 2; i++)
        IMAPISession_Logoff(crossings[i].call.session, 0, 0, 0);
    for (i = 0; i < 2; i++)
        finish(&crossings[i].call);
    for (i = 0; i < 2; i++)
    {
        /* One of the two may have been ended before its timer came; its Logoff says so then. */
        assert_true(crossings[i].hr == S_OK || crossings[i].hr == MAPI_E_INVALID_OBJECT
                    || crossings[i].hr == E_NOTIMPL);
        assert_true(crossings[0].hr == S_OK || crossings[1].hr == S_OK);
        assert_hr(crossings[i].call.hr, MAPI_E_INVALID_OBJECT);
        assert_int_equal(IMAPISession_Release(crossings[i].call.session), 0);
    }
}

/* LOGOFF-54 with the flag, where nobody is asked: the loser finds the session gone, nobody is busy. */
TEST(LOGOFF_54_with_confirmation_switched_off)
{
    int round, i;

    set_confirmation(0);
    for (round = 0; round < 50; round++)
    {
        struct call calls[2];
        IMAPISession *session = log_on(0);

        for (i = 0; i < 2; i++)
        {
            memset(&calls[i], 0, sizeof(calls[i]));
            calls[i].run = run_logoff;
            calls[i].flags = MAPI_LOGOFF_UI;
            calls[i].session = session;
            start(&calls[i]);
        }
        for (i = 0; i < 2; i++)
            finish(&calls[i]);
        assert_true((calls[0].hr == S_OK && calls[1].hr == MAPI_E_INVALID_OBJECT)
                    || (calls[1].hr == S_OK && calls[0].hr == MAPI_E_INVALID_OBJECT));
        assert_int_equal(IMAPISession_Release(session), 0);
    }
    clear_confirmation();
}

/* Sinks that count the session up and down while its last reference goes. */
static void count_up_and_down(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    IMAPISession *session = sink->context;

    (void)count;
    (void)notifications;
    IMAPISession_AddRef(session);
    IMAPISession_Release(session);
    IMAPISession_AddRef(session);
    IMAPISession_Release(session);
}

TEST(LOGOFF_57_sink_counts_while_the_last_reference_goes)
{
    struct harness_sink *first = test_sink_create(), *second = test_sink_create();
    IMAPISession *session = log_on(0);
    ULONG_PTR connection = 0;

    first->on_notify = second->on_notify = count_up_and_down;
    first->context = second->context = session;
    assert_hr(IMAPISession_Advise(session, 0, NULL, fnevExtended, &first->IMAPIAdviseSink_iface, &connection), S_OK);
    assert_hr(IMAPISession_Advise(session, 0, NULL, fnevExtended, &second->IMAPIAdviseSink_iface, &connection), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(first->calls, 1);
    assert_int_equal(second->calls, 1);
    assert_int_equal(test_sink_release(first), 0);
    assert_int_equal(test_sink_release(second), 0);
}

/* LOGOFF-52: another thread's log-off is waited for, so nothing is called after the last MAPIUninitialize. */
static HANDLE sink_entered;

static void enter_and_linger(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    (void)sink;
    (void)count;
    (void)notifications;
    SetEvent(sink_entered);
    Sleep(300);
}

TEST(LOGOFF_52_nothing_after_the_last_uninitialize)
{
    struct harness_sink *first = test_sink_create(), *second = test_sink_create();
    struct call call = {.run = run_logoff};
    ULONG_PTR connection = 0;
    LONG calls;

    sink_entered = CreateEventW(NULL, FALSE, FALSE, NULL);
    call.session = log_on(0);
    first->on_notify = second->on_notify = enter_and_linger;
    assert_hr(IMAPISession_Advise(call.session, 0, NULL, fnevExtended, &first->IMAPIAdviseSink_iface, &connection),
              S_OK);
    assert_hr(IMAPISession_Advise(call.session, 0, NULL, fnevExtended, &second->IMAPIAdviseSink_iface, &connection),
              S_OK);
    start(&call);
    assert_int_equal(WaitForSingleObject(sink_entered, 30000), WAIT_OBJECT_0);
    MAPIUninitialize();
    calls = first->calls + second->calls;
    assert_int_equal(first->refcount, 1);
    assert_int_equal(second->refcount, 1);
    finish(&call);
    assert_hr(call.hr, S_OK);
    assert_int_equal(first->calls + second->calls, calls);
    assert_int_equal(IMAPISession_Release(call.session), 0);
    assert_int_equal(test_sink_release(first), 0);
    assert_int_equal(test_sink_release(second), 0);
    CloseHandle(sink_entered);
    assert_hr(MAPIInitialize(NULL), S_OK);
}

/* A message whose AddRef logs the session off. */
static IMAPISession *session_of_message;

static ULONG STDMETHODCALLTYPE rude_AddRef(IMessage *iface)
{
    IMAPISession_Logoff(session_of_message, 0, 0, 0);
    return InterlockedIncrement(&CONTAINING_RECORD(iface, struct test_message, IMessage_iface)->refcount);
}

TEST(LOGOFF_71_message_logs_off_while_it_is_prepared)
{
    struct test_message message;
    IMessageVtbl rude;
    ULONG_PTR token = 0;

    test_message_init(&message);
    rude = *message.IMessage_iface.lpVtbl;
    rude.AddRef = rude_AddRef;
    message.IMessage_iface.lpVtbl = &rude;
    session_of_message = log_on(0);
    assert_hr(IMAPISession_PrepareForm(session_of_message, NULL, &message.IMessage_iface, &token),
              MAPI_E_INVALID_OBJECT);
    assert_int_equal((ULONG)token, 0);
    assert_int_equal(message.refcount, 1);
    assert_int_equal(IMAPISession_Release(session_of_message), 0);
}

/* Callers built with mingw-w64's own headers, and pointers that lead nowhere. */
TEST(SESS_pointers_that_lead_nowhere)
{
    static const ULONG_PTR constant = 5;
    IMAPISession *session = log_on(0);
    void *not_an_object = (void *)0x10;
    IMAPIAdviseSink *sink = (IMAPIAdviseSink *)&not_an_object;
    ULONG_PTR connection = 0;
    IUnknown *unknown;
    IAddrBook *book;
    BYTE entryid[24] = {0};
    ULONG type;

    assert_hr(IMAPISession_Advise(session, 0, NULL, 0, sink, &connection), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_Advise(session, 0, NULL, 0, sink, (ULONG_PTR *)0x10), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_OpenAddressBook(session, 0, (IID *)0x10, 0, &book), MAPI_E_INVALID_PARAMETER);
    assert_null(book);
    assert_hr(IMAPISession_OpenEntry(session, sizeof(entryid), (ENTRYID *)entryid, (IID *)0x10, 0, &type, &unknown),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_QueryInterface(session, (IID *)0x10, (void **)&unknown), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_GetStatusTable(session, 0, (IMAPITable **)&constant), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_GetMsgStoresTable(session, 0, (IMAPITable **)0x10), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(constant, 5);
    log_off(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGON_26_abandoned_before_any_session),
            harness_test(LOGOFF_58_dialog_open_at_the_last_uninitialize),
            harness_test(LOGOFF_54_without_the_flag_wins_over_the_dialog),
            harness_test(LOGOFF_54_does_not_wait_for_what_the_dialog_loop_does),
            harness_test(LOGOFF_54_two_dialogs_end_each_other),
            harness_test(LOGOFF_54_with_confirmation_switched_off),
            harness_test(LOGOFF_57_sink_counts_while_the_last_reference_goes),
            harness_test(LOGOFF_52_nothing_after_the_last_uninitialize),
            harness_test(LOGOFF_71_message_logs_off_while_it_is_prepared),
            harness_test(SESS_pointers_that_lead_nowhere),
    };

    return harness_run(tests);
}
