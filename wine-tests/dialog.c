/*
 * IMAPISession::Logoff with MAPI_LOGOFF_UI, and the profile chooser of MAPILogonEx, in a program with a window:
 * the main thread owns the window and calls MAPI; a second thread looks at the dialog and answers it as a user would.
 */
#include "support.h"

#define PROFILE "Dialog test \xe4"

static const WCHAR class_name[] = L"Postroom dialog test";
static DWORD main_thread;
static HWND window, edit;
static IMAPISession *session;

/* What the second thread does while the main thread is inside the call. */
struct user
{
    void (*act)(HWND dialog, struct user *user);
    BOOL done;
    HRESULT hr;
    BOOL flag;
    HANDLE thread;
};

static BOOL is_gone(void *dialog)
{
    return !IsWindow(dialog);
}

static DWORD WINAPI user_run(void *context)
{
    struct user *user = context;
    HWND dialog = wait_for_dialog(main_thread);

    if (!dialog)
    {
        note("no dialog came");
        return 1;
    }
    user->act(dialog, user);
    /* A dialog that does not heed its user must not stop the whole test. */
    user->done = wait_until(is_gone, dialog);
    if (!user->done)
    {
        note("the dialog stays open");
        PostMessageW(dialog, WM_CLOSE, 0, 0);
    }
    return 0;
}

static void user_start(struct user *user, void (*act)(HWND dialog, struct user *user))
{
    memset(user, 0, sizeof(*user));
    user->act = act;
    user->thread = CreateThread(NULL, 0, user_run, user, 0, NULL);
}

static BOOL user_end(struct user *user)
{
    WaitForSingleObject(user->thread, 60000);
    CloseHandle(user->thread);
    return user->done;
}

static void press_ok(HWND dialog, struct user *user)
{
    user->flag = GetWindow(dialog, GW_OWNER) == window;
    PostMessageW(dialog, WM_COMMAND, IDOK, 0);
}

static void press_cancel(HWND dialog, struct user *user)
{
    user->flag = !IsWindowEnabled(window);
    PostMessageW(dialog, WM_COMMAND, IDCANCEL, 0);
}

/*
 * Types until the dialog has gone: a key that comes while the display server still moves the focus is lost to every
 * program. One that no key closes is cancelled, and the flag tells.
 */
static void type_to_close(HWND dialog, struct user *user, WORD key)
{
    int i;

    for (i = 0; i < 2 && !is_gone(dialog); ++i)
    {
        user->flag = wait_for_foreground(dialog);
        type_key(key);
        wait_until(is_gone, dialog);
    }
    if (is_gone(dialog))
        return;
    user->flag = FALSE;
    PostMessageW(dialog, WM_COMMAND, IDCANCEL, 0);
}

static void type_enter(HWND dialog, struct user *user)
{
    type_to_close(dialog, user, VK_RETURN);
}

static void type_escape(HWND dialog, struct user *user)
{
    type_to_close(dialog, user, VK_ESCAPE);
}

/* Posted, not typed: an Alt that the display server delivers without its F4 opens a menu, which nobody would close. */
static void type_alt_f4(HWND dialog, struct user *user)
{
    user->flag = wait_for_foreground(dialog);
    PostMessageW(dialog, WM_SYSKEYDOWN, VK_F4, 0x203e0001);
    wait_until(is_gone, dialog);
    if (is_gone(dialog))
        return;
    user->flag = FALSE;
    PostMessageW(dialog, WM_COMMAND, IDCANCEL, 0);
}

static HRESULT log_off(ULONG_PTR parent, ULONG flags)
{
    return IMAPISession_Logoff(session, parent, flags, 0);
}

static BOOL is_alive(void)
{
    IMAPITable *table = NULL;
    HRESULT hr = IMAPISession_GetMsgStoresTable(session, 0, &table);

    if (table)
        IMAPITable_Release(table);
    return hr == S_OK;
}

static void open_session(void)
{
    HRESULT hr = session_open(PROFILE, 0, &session);

    if (FAILED(hr))
        check_hr(hr, S_OK, "logon");
}

static void close_session(void)
{
    IMAPISession_Release(session);
    session = NULL;
}

static void test_answers(void)
{
    struct user user;

    open_session();
    check_hr(log_off((ULONG_PTR)window, MAPI_LOGOFF_UI | 4), MAPI_E_UNKNOWN_FLAGS, "no dialog for unknown flags");
    SetFocus(edit);
    user_start(&user, press_cancel);
    check_hr(log_off((ULONG_PTR)edit, MAPI_LOGOFF_UI), MAPI_E_USER_CANCEL, "LOGOFF_03 Cancel");
    check(user_end(&user) && user.flag, "LOGOFF_03 the owner was disabled meanwhile");
    check(IsWindowEnabled(window) && GetFocus() == edit, "LOGOFF_03 owner enabled, focus back");
    check(is_alive(), "LOGOFF_03 after Cancel the session goes on");

    user_start(&user, type_escape);
    check_hr(log_off((ULONG_PTR)window, MAPI_LOGOFF_UI), MAPI_E_USER_CANCEL, "LOGOFF_03 the Esc key");
    check(user_end(&user) && user.flag, "LOGOFF_03 the dialog had the keyboard (Esc)");
    user_start(&user, type_alt_f4);
    check_hr(log_off((ULONG_PTR)window, MAPI_LOGOFF_UI), MAPI_E_USER_CANCEL, "LOGOFF_03 the keys Alt+F4");
    check(user_end(&user) && user.flag, "LOGOFF_03 the dialog had the keyboard (Alt+F4)");
    check(is_alive(), "LOGOFF_03 the session goes on");

    user_start(&user, press_ok);
    check_hr(log_off((ULONG_PTR)edit, MAPI_LOGOFF_UI), S_OK, "LOGOFF_03 Log off");
    check(user_end(&user) && user.flag, "LOGOFF_03 owned by the root of the window given");
    check_hr(log_off(0, 0), MAPI_E_INVALID_OBJECT, "LOGOFF_12 the session has ended");
    close_session();

    open_session();
    user_start(&user, type_enter);
    check_hr(log_off((ULONG_PTR)window, MAPI_LOGOFF_UI | MAPI_LOGOFF_SHARED), S_OK,
             "LOGOFF_05 both flags, the Enter key");
    check(user_end(&user) && user.flag, "LOGOFF_05 the dialog had the keyboard");
    close_session();

    open_session();
    user_start(&user, press_ok);
    check_hr(log_off(0, MAPI_LOGOFF_UI), S_OK, "LOGOFF_03 without an owner");
    user_end(&user);
    close_session();

    open_session();
    user_start(&user, press_ok);
    check_hr(log_off(0xdeadbeef, MAPI_LOGOFF_UI), S_OK, "LOGOFF_03 with a handle of no window");
    user_end(&user);
    close_session();

    open_session();
    check_hr(log_off(0xdeadbeef, 0), S_OK, "LOGOFF_02 without MAPI_LOGOFF_UI the handle is not looked at");
    close_session();
}

static DWORD WINAPI watch(void *context)
{
    volatile LONG *stop = context;

    while (!*stop)
    {
        if (dialog_of(main_thread))
        {
            PostMessageW(dialog_of(main_thread), WM_CLOSE, 0, 0);
            return 1;
        }
        Sleep(1);
    }
    return 0;
}

static void test_confirmation_off(void)
{
    volatile LONG stop = FALSE;
    HANDLE thread;
    DWORD seen = 1;

    static const LONG values[] = {0, 1};
    size_t i;

    for (i = 0; i < ARRAY_SIZE(values); i++)
    {
        set_confirm(values[i]);
        open_session();
        stop = FALSE;
        thread = CreateThread(NULL, 0, watch, (void *)&stop, 0, NULL);
        check_hr(log_off((ULONG_PTR)window, MAPI_LOGOFF_UI), S_OK, "LOGOFF_03 ConfirmLogoff %ld: at once", values[i]);
        stop = TRUE;
        WaitForSingleObject(thread, INFINITE);
        GetExitCodeThread(thread, &seen);
        CloseHandle(thread);
        check(!seen, "LOGOFF_03 ConfirmLogoff %ld: no window", values[i]);
        close_session();
    }
    set_confirm(-1);
}

static void second_call(HWND dialog, struct user *user)
{
    user->flag = is_alive();
    user->hr = log_off((ULONG_PTR)window, MAPI_LOGOFF_UI);
    PostMessageW(dialog, WM_COMMAND, IDCANCEL, 0);
}

static void end_underneath(HWND dialog, struct user *user)
{
    (void)dialog;
    user->hr = log_off(0, 0);
}

static void test_other_threads(void)
{
    struct user user;

    open_session();
    user_start(&user, second_call);
    check_hr(log_off((ULONG_PTR)window, MAPI_LOGOFF_UI), MAPI_E_USER_CANCEL, "LOGOFF_54 the first dialog stays");
    check(user_end(&user) && user.flag, "LOGOFF_54 the session works while the dialog is open");
    check_hr(user.hr, MAPI_E_BUSY, "LOGOFF_54 a second Logoff that wants to ask");

    user_start(&user, end_underneath);
    check_hr(log_off((ULONG_PTR)window, MAPI_LOGOFF_UI), MAPI_E_INVALID_OBJECT,
             "LOGOFF_54 ended underneath the dialog");
    user_end(&user);
    check_hr(user.hr, S_OK, "LOGOFF_54 the one that does not ask wins");
    check(IsWindowEnabled(window), "LOGOFF_54 the owner is enabled");
    close_session();
}

static void post_quit(HWND dialog, struct user *user)
{
    (void)dialog;
    (void)user;
    PostThreadMessageW(main_thread, WM_QUIT, 7, 0);
}

static void destroy_window(HWND dialog, struct user *user)
{
    (void)dialog;
    (void)user;
    PostMessageW(window, WM_APP, 0, 0);
}

static LRESULT CALLBACK window_procedure(HWND hwnd, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (message == WM_APP)
        return DestroyWindow(hwnd);
    return DefWindowProcW(hwnd, message, wparam, lparam);
}

static void create_window(void)
{
    window = CreateWindowW(class_name, L"Mail", WS_OVERLAPPEDWINDOW | WS_VISIBLE, 150, 100, 640, 400, NULL, NULL, NULL,
                           NULL);
    edit = CreateWindowW(L"Edit", L"", WS_CHILD | WS_VISIBLE, 0, 0, 200, 24, window, NULL, NULL, NULL);
    SetForegroundWindow(window);
    SetFocus(edit);
}

static void test_messages(void)
{
    struct user user;
    MSG msg = {0};

    open_session();
    user_start(&user, post_quit);
    check_hr(log_off((ULONG_PTR)window, MAPI_LOGOFF_UI), MAPI_E_USER_CANCEL, "LOGOFF_03 WM_QUIT is a cancel");
    user_end(&user);
    while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE) && msg.message != WM_QUIT)
        DispatchMessageW(&msg);
    check(msg.message == WM_QUIT && msg.wParam == 7, "LOGOFF_03 WM_QUIT comes again with its exit code");

    user_start(&user, destroy_window);
    check_hr(log_off((ULONG_PTR)window, MAPI_LOGOFF_UI), MAPI_E_USER_CANCEL, "LOGOFF_03 owner destroyed");
    user_end(&user);
    check(is_alive(), "LOGOFF_03 the session goes on without the owner");
    check_hr(log_off(0, 0), S_OK, "LOGOFF_01 log off");
    close_session();
    create_window();
}

/* Disabled owner, a timer of the program's and its painting while the dialog is open. */

static LONG timer_ticks;

static void CALLBACK tick(HWND hwnd, UINT message, UINT_PTR id, DWORD time)
{
    (void)hwnd;
    (void)message;
    (void)id;
    (void)time;
    InterlockedIncrement(&timer_ticks);
}

static BOOL has_ticked(void *context)
{
    (void)context;
    return timer_ticks > 2;
}

static void wait_for_ticks(HWND dialog, struct user *user)
{
    user->flag = wait_until(has_ticked, NULL);
    PostMessageW(dialog, WM_COMMAND, IDCANCEL, 0);
}

static void test_owner(void)
{
    struct user user;
    UINT_PTR timer;

    open_session();
    timer_ticks = 0;
    timer = SetTimer(NULL, 0, 20, tick);
    user_start(&user, wait_for_ticks);
    check_hr(log_off((ULONG_PTR)window, MAPI_LOGOFF_UI), MAPI_E_USER_CANCEL, "LOGOFF_03 cancelled");
    check(user_end(&user) && user.flag, "LOGOFF_03 timers fire while the dialog is open");
    KillTimer(NULL, timer);

    EnableWindow(window, FALSE);
    user_start(&user, press_cancel);
    check_hr(log_off((ULONG_PTR)window, MAPI_LOGOFF_UI), MAPI_E_USER_CANCEL, "LOGOFF_03 with a disabled owner");
    user_end(&user);
    check(!IsWindowEnabled(window), "LOGOFF_03 a disabled owner stays disabled");
    EnableWindow(window, TRUE);
    check_hr(log_off(0, 0), S_OK, "LOGOFF_01 log off");
    close_session();
}

static void test_rounds(void)
{
    PostroomCounts before = {.cbSize = sizeof(before)}, after = {.cbSize = sizeof(after)};
    BOOL good = TRUE;
    int round;

    for (round = 0; round < 100; round++)
    {
        struct user user;

        /* The first rounds make what the system keeps. */
        if (round == 10)
            mapi.diagnostics(&before, 0);
        open_session();
        user_start(&user, press_cancel);
        good &= log_off((ULONG_PTR)edit, MAPI_LOGOFF_UI) == MAPI_E_USER_CANCEL;
        good &= user_end(&user);
        user_start(&user, press_ok);
        good &= log_off((ULONG_PTR)edit, MAPI_LOGOFF_UI) == S_OK;
        good &= user_end(&user);
        good &= IsWindowEnabled(window);
        close_session();
    }
    mapi.diagnostics(&after, 0);
    check(good, "LOGOFF_03 100 rounds of Cancel and Log off");
    check(after.cObjects == before.cObjects && after.cHeapBlocks == before.cHeapBlocks
                  && after.cBuffers == before.cBuffers && after.cWindows == before.cWindows
                  && after.cThreads == before.cThreads,
          "LOGOFF_73 100 rounds leave nothing");
}

/* The chooser */

static void choose_ours(HWND dialog, struct user *user)
{
    HWND list = FindWindowExW(dialog, NULL, L"ListBox", NULL);
    LRESULT item = list ? SendMessageW(list, LB_FINDSTRINGEXACT, (WPARAM)-1, (LPARAM)L"Dialog test \x00e4") : -1;

    user->flag = item >= 0 && GetWindow(dialog, GW_OWNER) == window && !IsWindowEnabled(window);
    SendMessageW(list, LB_SETCURSEL, (WPARAM)item, 0);
    SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(GetDlgCtrlID(list), LBN_SELCHANGE), (LPARAM)list);
    PostMessageW(dialog, WM_COMMAND, IDOK, 0);
}

static void uninitialize_underneath(HWND dialog, struct user *user)
{
    (void)dialog;
    (void)user;
    mapi.uninitialize();
}

static void test_chooser(void)
{
    IMAPISession *chosen = (IMAPISession *)1;
    ULONG flags = MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE | MAPI_LOGON_UI;
    struct user user;

    user_start(&user, press_cancel);
    check_hr(mapi.logon((ULONG_PTR)edit, NULL, NULL, flags, &chosen), MAPI_E_USER_CANCEL, "LOGON_26 Cancel");
    check(user_end(&user) && user.flag && !chosen, "LOGON_26 modal to the window, no session");
    user_start(&user, choose_ours);
    check_hr(mapi.logon((ULONG_PTR)edit, NULL, NULL, flags, &chosen), S_OK, "LOGON_26 a profile chosen");
    check(user_end(&user) && user.flag, "LOGON_26 the profile was in the list");
    check(IsWindowEnabled(window), "LOGON_26 owner enabled");
    if (chosen)
    {
        check_hr(IMAPISession_Logoff(chosen, 0, 0, 0), S_OK, "LOGON_26 the session logs off");
        IMAPISession_Release(chosen);
    }
}

static void test_uninitialize(void)
{
    struct user user;
    HRESULT hr;

    open_session();
    user_start(&user, uninitialize_underneath);
    hr = log_off((ULONG_PTR)window, MAPI_LOGOFF_UI);
    user_end(&user);
    check(hr == MAPI_E_INVALID_OBJECT || hr == MAPI_E_NOT_INITIALIZED, "LOGOFF_58 the last MAPIUninitialize closes it");
    note("result %#lx", hr);
    check(IsWindowEnabled(window), "LOGOFF_58 the owner is enabled");
    close_session();
}

int main(void)
{
    WNDCLASSW class = {.lpfnWndProc = window_procedure, .lpszClassName = class_name};
    PostroomCounts counts = {.cbSize = sizeof(counts)};
    LONG confirm = get_confirm();

    main_thread = GetCurrentThreadId();
    mapi_load();
    RegisterClassW(&class);
    create_window();
    set_confirm(-1);
    check_hr(mapi.initialize(NULL), S_OK, "MAPIInitialize");
    profile_drop(PROFILE);
    check_hr(profile_make(PROFILE), S_OK, "a profile");
    test_answers();
    test_confirmation_off();
    test_other_threads();
    test_messages();
    test_owner();
    test_rounds();
    test_chooser();
    profile_drop(PROFILE);
    profile_make(PROFILE);
    test_uninitialize();
    check_hr(mapi.initialize(NULL), S_OK, "MAPIInitialize again");
    check_hr(profile_drop(PROFILE), S_OK, "the profile deleted");
    mapi.uninitialize();
    set_confirm(confirm);
    DestroyWindow(window);
    check_hr(mapi.diagnostics(&counts, 0), S_OK, "counts");
    check(!counts.cObjects && !counts.cHeapBlocks && !counts.cBuffers && !counts.cWindows && !counts.cThreads,
          "LOGOFF_73 nothing is left: %lu objects, %lu blocks, %lu buffers, %lu windows, %lu threads", counts.cObjects,
          counts.cHeapBlocks, counts.cBuffers, counts.cWindows, counts.cThreads);
    check(FreeLibrary(mapi.module), "unloaded");
    return checks_end();
}
