/*
 * The log-off dialog and the profile chooser as windows: owner, focus, keys, messages, closing from outside, leaks.
 * A script acts on the window while the test's thread is inside it (drive.h).
 */
#include "drive.h"

#include "ui/confirm.h"
#include "ui/dialog.h"

static const WCHAR user_key[] = L"Software\\Postroom";
static const WCHAR policy_key[] = L"Software\\Policies\\Postroom";
static const WCHAR value_name[] = L"ConfirmLogoff";

static const struct logoff_question question = {.profile_name = L"Work"};

/* The test's own window with two controls; the second has the focus. */
struct window
{
    HWND root, first, second;
};

/* What the last window made has got; not on a test's stack, because a failed test leaves its window behind. */
static HWND counted;
static unsigned int paints, ticks;

static LRESULT CALLBACK window_procedure(HWND hwnd, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (hwnd == counted && message == WM_PAINT)
        paints++;
    if (hwnd == counted && message == WM_TIMER)
        ticks++;
    return DefWindowProcW(hwnd, message, wparam, lparam);
}

static void window_create(struct window *window, DWORD style)
{
    WNDCLASSW class = {.lpfnWndProc = window_procedure, .lpszClassName = L"Postroom test window"};
    int x = 100 + (int)(GetCurrentProcessId() % 50);

    RegisterClassW(&class);
    memset(window, 0, sizeof(*window));
    window->root = CreateWindowW(class.lpszClassName, L"Owner", WS_OVERLAPPEDWINDOW | style, x, 120, 600, 400, NULL,
                                 NULL, NULL, NULL);
    window->first = CreateWindowW(L"Edit", L"", WS_CHILD | WS_VISIBLE, 0, 0, 90, 20, window->root, NULL, NULL, NULL);
    window->second = CreateWindowW(L"Edit", L"", WS_CHILD | WS_VISIBLE, 0, 30, 90, 20, window->root, NULL, NULL, NULL);
    counted = window->root;
    if (style & WS_VISIBLE && !(style & WS_DISABLED))
    {
        SetForegroundWindow(window->root);
        SetFocus(window->second);
    }
}

static void window_destroy(struct window *window)
{
    counted = NULL;
    if (IsWindow(window->root))
        DestroyWindow(window->root);
    UnregisterClassW(L"Postroom test window", NULL);
}

/* Runs the dialog over parent with a script. */
static HRESULT run(HWND parent, BOOL (*script)(HWND, void *, unsigned int), void *context)
{
    struct modal modal = {.lock = SRWLOCK_INIT};
    struct drive drive;
    HRESULT hr;

    drive_begin(&drive, script, context);
    hr = logoff_dialog_run(parent, &question, &modal);
    assert_true(drive_end(&drive));
    assert_null(modal.window);
    assert_false(modal.ended);
    return hr;
}

static BOOL press(HWND dialog, void *context, unsigned int step)
{
    (void)step;
    PostMessageW(dialog, WM_COMMAND, *(UINT *)context, 0);
    return TRUE;
}

static UINT id_ok = IDOK, id_cancel = IDCANCEL;

/* Registry values of these tests; saved and put back. */
static void set_value(HKEY root, const WCHAR *path, LONG value)
{
    DWORD number = (DWORD)value;
    HKEY key;

    assert_int_equal(RegCreateKeyExW(root, path, 0, NULL, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, NULL), 0);
    if (value < 0)
        RegDeleteValueW(key, value_name);
    else
        RegSetValueExW(key, value_name, 0, REG_DWORD, (BYTE *)&number, sizeof(number));
    RegCloseKey(key);
}

static LONG get_value(HKEY root, const WCHAR *path)
{
    DWORD number = 0, size = sizeof(number), type;
    LONG result = -1;
    HKEY key;

    if (RegOpenKeyExW(root, path, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key))
        return -1;
    if (!RegQueryValueExW(key, value_name, NULL, &type, (BYTE *)&number, &size))
        result = (LONG)number;
    RegCloseKey(key);
    return result;
}

/* Answers */

static void LOGOFF_03_no_owner(void **state)
{
    (void)state;
    assert_hr(run(NULL, press, &id_ok), S_OK);
    assert_hr(run(NULL, press, &id_cancel), MAPI_E_USER_CANCEL);
}

static BOOL close_with(HWND dialog, void *context, unsigned int step)
{
    (void)step;
    PostMessageW(dialog, *(UINT *)context, *(UINT *)context == WM_SYSCOMMAND ? SC_CLOSE : 0, 0);
    return TRUE;
}

static void LOGOFF_03_closing_is_a_cancel(void **state)
{
    static UINT messages[] = {WM_CLOSE, WM_SYSCOMMAND, WM_QUERYENDSESSION};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(messages); i++)
        assert_hr(run(NULL, close_with, &messages[i]), MAPI_E_USER_CANCEL);
}

struct key
{
    UINT message, key;
};

static BOOL post_key(HWND dialog, void *context, unsigned int step)
{
    struct key *key = context;
    HWND focus = GetFocus();

    (void)step;
    /* The window is there before its default button has the focus. */
    if (!focus || !IsChild(dialog, focus))
        return FALSE;
    PostMessageW(focus, key->message, key->key, key->message == WM_SYSCHAR ? 1 << 29 : 1);
    return TRUE;
}

static BOOL post_tab_and_space(HWND dialog, void *context, unsigned int step)
{
    HWND focus = GetFocus();

    (void)context;
    if (step == 0 || GetDlgCtrlID(focus) == IDOK)
    {
        PostMessageW(focus, WM_KEYDOWN, VK_TAB, 1);
        return FALSE;
    }
    if (GetDlgCtrlID(focus) != IDCANCEL)
        return FALSE;
    PostMessageW(dialog, WM_NULL, 0, 0);
    PostMessageW(focus, WM_KEYDOWN, VK_SPACE, 1);
    PostMessageW(focus, WM_KEYUP, VK_SPACE, 1);
    return TRUE;
}

static void LOGOFF_03_keys(void **state)
{
    struct window window;
    struct key enter = {WM_KEYDOWN, VK_RETURN}, escape = {WM_KEYDOWN, VK_ESCAPE};
    struct key yes = {WM_SYSCHAR, 'l'}, no = {WM_SYSCHAR, 'c'};

    (void)state;
    language_set_for_tests(MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US));
    window_create(&window, WS_VISIBLE);
    assert_hr(run(window.root, post_key, &enter), S_OK);
    assert_hr(run(window.root, post_key, &escape), MAPI_E_USER_CANCEL);
    assert_hr(run(window.root, post_key, &yes), S_OK);
    assert_hr(run(window.root, post_key, &no), MAPI_E_USER_CANCEL);
    assert_hr(run(window.root, post_tab_and_space, NULL), MAPI_E_USER_CANCEL);
    window_destroy(&window);
    language_set_for_tests(0);
}

static BOOL send_query(HWND dialog, void *context, unsigned int step)
{
    (void)step;
    *(LRESULT *)context = SendMessageW(dialog, WM_QUERYENDSESSION, 0, 0);
    return TRUE;
}

static BOOL send_end_session(HWND dialog, void *context, unsigned int step)
{
    SendMessageW(dialog, WM_ENDSESSION, FALSE, 0);
    if (step == 0)
        return FALSE;
    *(BOOL *)context = IsWindowEnabled(dialog);
    SendMessageW(dialog, WM_ENDSESSION, TRUE, 0);
    return TRUE;
}

static void LOGOFF_03_end_of_windows_session(void **state)
{
    LRESULT answer = FALSE;
    BOOL open = FALSE;

    (void)state;
    assert_hr(run(NULL, send_query, &answer), MAPI_E_USER_CANCEL);
    assert_int_equal(answer, TRUE);
    assert_hr(run(NULL, send_end_session, &open), MAPI_E_USER_CANCEL);
    assert_true(open);
}

/* Owner */

struct owner_check
{
    struct window *window;
    BOOL disabled, owned, inside;
    unsigned int paints, ticks;
};

static BOOL look_and_press(HWND dialog, void *context, unsigned int step)
{
    struct owner_check *check = context;
    RECT rect, work;

    if (step == 0)
    {
        check->disabled = !IsWindowEnabled(check->window->root);
        check->owned = GetWindow(dialog, GW_OWNER) == check->window->root;
        GetWindowRect(dialog, &rect);
        SystemParametersInfoW(SPI_GETWORKAREA, 0, &work, 0);
        check->inside = rect.left >= work.left && rect.top >= work.top && rect.right <= work.right
                        && rect.bottom <= work.bottom;
        check->paints = paints;
        check->ticks = ticks;
        SetTimer(check->window->root, 7, 10, NULL);
    }
    if (IsWindowVisible(check->window->root))
    {
        InvalidateRect(check->window->root, NULL, TRUE);
        if (paints < check->paints + 3)
            return FALSE;
    }
    if (ticks < check->ticks + 3)
        return FALSE;
    PostMessageW(dialog, WM_COMMAND, IDOK, 0);
    return TRUE;
}

/* Child window handle given: the owner is its root; disabled meanwhile; its timers and paints go on; focus back. */
static void LOGOFF_03_owner_of_child(void **state)
{
    struct owner_check check = {0};
    struct window window;

    (void)state;
    window_create(&window, WS_VISIBLE);
    assert_ptr_equal(GetFocus(), window.second);
    check.window = &window;
    assert_hr(run(window.first, look_and_press, &check), S_OK);
    assert_true(check.disabled);
    assert_true(check.owned);
    assert_true(check.inside);
    assert_true(IsWindowEnabled(window.root));
    assert_ptr_equal(GetActiveWindow(), window.root);
    assert_ptr_equal(GetFocus(), window.second);
    window_destroy(&window);
}

static void LOGOFF_03_disabled_owner_stays_disabled(void **state)
{
    struct owner_check check = {0};
    struct window window;

    (void)state;
    window_create(&window, WS_VISIBLE | WS_DISABLED);
    check.window = &window;
    assert_hr(run(window.root, look_and_press, &check), S_OK);
    assert_true(check.disabled);
    assert_true(check.owned);
    assert_false(IsWindowEnabled(window.root));
    window_destroy(&window);
}

static void LOGOFF_03_hidden_and_minimised_owner(void **state)
{
    struct owner_check check = {0};
    struct window window;

    (void)state;
    window_create(&window, 0);
    check.window = &window;
    assert_hr(run(window.root, look_and_press, &check), S_OK);
    assert_true(check.inside);
    assert_true(IsWindowEnabled(window.root));
    window_destroy(&window);
    window_create(&window, WS_VISIBLE);
    ShowWindow(window.root, SW_MINIMIZE);
    check.window = &window;
    assert_hr(run(window.root, press, &id_ok), S_OK);
    assert_true(IsWindowEnabled(window.root));
    window_destroy(&window);
}

/* An owner that lies outside of the screen. */
static void LOGOFF_03_inside_the_work_area(void **state)
{
    struct owner_check check = {0};
    struct window window;

    (void)state;
    window_create(&window, 0);
    SetWindowPos(window.root, NULL, -500, -300, 0, 0, SWP_NOSIZE | SWP_NOZORDER | SWP_SHOWWINDOW);
    check.window = &window;
    assert_hr(run(window.root, look_and_press, &check), S_OK);
    assert_true(check.inside);
    window_destroy(&window);
}

static BOOL destroy_owner(HWND dialog, void *context, unsigned int step)
{
    (void)dialog;
    (void)step;
    DestroyWindow(*(HWND *)context);
    return TRUE;
}

static void LOGOFF_03_owner_destroyed(void **state)
{
    struct window window;

    (void)state;
    window_create(&window, WS_VISIBLE);
    assert_hr(run(window.root, destroy_owner, &window.root), MAPI_E_USER_CANCEL);
    assert_false(IsWindow(window.root));
    window_destroy(&window);
}

static BOOL check_unowned(HWND dialog, void *context, unsigned int step)
{
    (void)step;
    *(BOOL *)context = GetWindow(dialog, GW_OWNER) == NULL;
    PostMessageW(dialog, WM_COMMAND, IDOK, 0);
    return TRUE;
}

static void LOGOFF_03_no_window_at_all(void **state)
{
    HWND destroyed = CreateWindowW(L"Static", L"", WS_POPUP, 0, 0, 1, 1, NULL, NULL, NULL, NULL);
    HWND message_only = CreateWindowW(L"Static", L"", 0, 0, 0, 1, 1, HWND_MESSAGE, NULL, NULL, NULL);
    HWND handles[] = {NULL,
                      (HWND)(ULONG_PTR)0xdeadbeef,
                      (HWND)(LONG_PTR)-1,
                      HWND_BROADCAST,
                      HWND_MESSAGE,
                      GetDesktopWindow(),
                      destroyed,
                      message_only,
                      (HWND)(ULONG_PTR)1};
    BOOL unowned;
    size_t i;

    (void)state;
    DestroyWindow(destroyed);
    for (i = 0; i < ARRAY_SIZE(handles); i++)
    {
        unowned = FALSE;
        assert_hr(run(handles[i], check_unowned, &unowned), S_OK);
        assert_true(unowned);
    }
    assert_true(IsWindowEnabled(GetDesktopWindow()));
    DestroyWindow(message_only);
}

/* Messages of the thread */

static BOOL post_quit(HWND dialog, void *context, unsigned int step)
{
    (void)dialog;
    (void)context;
    (void)step;
    PostQuitMessage(42);
    return TRUE;
}

static void LOGOFF_03_quit_is_a_cancel_and_comes_again(void **state)
{
    struct window window;
    MSG msg;

    (void)state;
    window_create(&window, WS_VISIBLE);
    assert_hr(run(window.root, post_quit, NULL), MAPI_E_USER_CANCEL);
    assert_true(IsWindowEnabled(window.root));
    while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE) && msg.message != WM_QUIT)
        DispatchMessageW(&msg);
    assert_int_equal(msg.message, WM_QUIT);
    assert_int_equal(msg.wParam, 42);
    assert_false(PeekMessageW(&msg, NULL, WM_QUIT, WM_QUIT, PM_REMOVE) && msg.message == WM_QUIT);
    window_destroy(&window);
}

/* Ending from outside */

static BOOL end_here(HWND dialog, void *context, unsigned int step)
{
    (void)dialog;
    (void)step;
    modal_end(context);
    return TRUE;
}

static DWORD WINAPI end_on_thread(void *context)
{
    modal_end(context);
    return 0;
}

static BOOL end_elsewhere(HWND dialog, void *context, unsigned int step)
{
    HANDLE thread = CreateThread(NULL, 0, end_on_thread, context, 0, NULL);

    (void)dialog;
    (void)step;
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    return TRUE;
}

static BOOL answer_and_end(HWND dialog, void *context, unsigned int step)
{
    (void)step;
    SendMessageW(dialog, WM_COMMAND, IDOK, 0);
    modal_end(context);
    return TRUE;
}

static void LOGOFF_54_ended_underneath(void **state)
{
    static BOOL (*const scripts[])(HWND, void *, unsigned int) = {end_here, end_elsewhere, answer_and_end};
    struct modal modal = {.lock = SRWLOCK_INIT};
    struct window window;
    struct drive drive;
    size_t i;

    (void)state;
    window_create(&window, WS_VISIBLE);
    for (i = 0; i < ARRAY_SIZE(scripts); i++)
    {
        drive_begin(&drive, scripts[i], &modal);
        assert_hr(logoff_dialog_run(window.root, &question, &modal), MAPI_E_INVALID_OBJECT);
        assert_true(drive_end(&drive));
        assert_true(IsWindowEnabled(window.root));
        assert_null(modal.window);
    }
    /* Before it opens; and it can be used again after that. */
    modal_end(&modal);
    assert_hr(logoff_dialog_run(window.root, &question, &modal), MAPI_E_INVALID_OBJECT);
    drive_begin(&drive, press, &id_ok);
    assert_hr(logoff_dialog_run(window.root, &question, &modal), S_OK);
    assert_true(drive_end(&drive));
    window_destroy(&window);
}

static BOOL end_in_menu(HWND dialog, void *context, unsigned int step)
{
    GUITHREADINFO info = {.cbSize = sizeof(info)};

    if (step == 0)
        PostMessageW(dialog, WM_SYSCOMMAND, SC_KEYMENU, ' ');
    if (!GetGUIThreadInfo(GetCurrentThreadId(), &info) || !(info.flags & GUI_INMENUMODE))
        return FALSE;
    modal_end(context);
    return TRUE;
}

/* The window's menu is open when the session ends: its loop must not keep the dialog. */
static void LOGOFF_54_ended_in_the_menu(void **state)
{
    struct modal modal = {.lock = SRWLOCK_INIT};
    struct window window;
    struct drive drive;

    (void)state;
    window_create(&window, WS_VISIBLE);
    drive_begin(&drive, end_in_menu, &modal);
    assert_hr(logoff_dialog_run(window.root, &question, &modal), MAPI_E_INVALID_OBJECT);
    assert_true(drive_end(&drive));
    assert_true(IsWindowEnabled(window.root));
    window_destroy(&window);
}

/* A stranger's message is not believed. */
static BOOL post_every_message(HWND dialog, void *context, unsigned int step)
{
    UINT message;

    if (step == 0)
    {
        for (message = WM_APP; message < WM_APP + 0x200; message++)
            SendMessageW(dialog, message, 1, 1);
        return FALSE;
    }
    *(BOOL *)context = TRUE;
    PostMessageW(dialog, WM_COMMAND, IDOK, 0);
    return TRUE;
}

static void LOGOFF_54_only_the_session_ends_it(void **state)
{
    BOOL stayed = FALSE;

    (void)state;
    assert_hr(run(NULL, post_every_message, &stayed), S_OK);
    assert_true(stayed);
}

/* Owners of other threads and processes */

struct other_thread
{
    HANDLE ready, hang, resume, quit;
    HWND window;
    BOOL hung_from_start;
};

static DWORD WINAPI other_thread(void *context)
{
    struct other_thread *other = context;
    HANDLE handles[] = {other->hang, other->quit};
    MSG msg;

    other->window = CreateWindowW(L"Static", L"Other", WS_OVERLAPPEDWINDOW | WS_VISIBLE, 60, 60, 500, 300, NULL, NULL,
                                  NULL, NULL);
    if (!other->hung_from_start)
    {
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE))
            DispatchMessageW(&msg);
    }
    SetEvent(other->ready);
    /* Not even a look at its queue. */
    if (other->hung_from_start)
    {
        WaitForSingleObject(other->resume, INFINITE);
        ResetEvent(other->hang);
    }
    for (;;)
    {
        DWORD result = MsgWaitForMultipleObjects(2, handles, FALSE, INFINITE, QS_ALLINPUT);

        if (result == WAIT_OBJECT_0)
        {
            WaitForSingleObject(other->resume, INFINITE);
            ResetEvent(other->hang);
        }
        else if (result == WAIT_OBJECT_0 + 1)
            break;
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE))
            DispatchMessageW(&msg);
    }
    if (IsWindow(other->window))
        DestroyWindow(other->window);
    return 0;
}

static HANDLE other_start(struct other_thread *other, BOOL hung)
{
    HANDLE thread;

    memset(other, 0, sizeof(*other));
    other->ready = CreateEventW(NULL, TRUE, FALSE, NULL);
    other->hang = CreateEventW(NULL, TRUE, hung, NULL);
    other->resume = CreateEventW(NULL, TRUE, FALSE, NULL);
    other->quit = CreateEventW(NULL, TRUE, FALSE, NULL);
    other->hung_from_start = hung;
    thread = CreateThread(NULL, 0, other_thread, other, 0, NULL);
    WaitForSingleObject(other->ready, 20000);
    return thread;
}

static void other_stop(struct other_thread *other, HANDLE thread)
{
    SetEvent(other->resume);
    SetEvent(other->quit);
    assert_int_equal(WaitForSingleObject(thread, 20000), WAIT_OBJECT_0);
    CloseHandle(thread);
    CloseHandle(other->ready);
    CloseHandle(other->hang);
    CloseHandle(other->resume);
    CloseHandle(other->quit);
}

struct other_check
{
    struct other_thread *other;
    BOOL owned, disabled;
};

static BOOL look_at_other(HWND dialog, void *context, unsigned int step)
{
    struct other_check *check = context;

    (void)step;
    check->owned = GetWindow(dialog, GW_OWNER) == check->other->window;
    check->disabled = !IsWindowEnabled(check->other->window);
    PostMessageW(dialog, WM_COMMAND, IDOK, 0);
    return TRUE;
}

static void LOGOFF_03_owner_of_another_thread(void **state)
{
    struct other_thread other;
    struct other_check check = {&other, FALSE, FALSE};
    HANDLE thread = other_start(&other, FALSE);

    (void)state;
    assert_hr(run(other.window, look_at_other, &check), S_OK);
    assert_true(check.owned);
    assert_true(check.disabled);
    assert_true(IsWindowEnabled(other.window));
    other_stop(&other, thread);
}

static void LOGOFF_03_owner_that_hangs(void **state)
{
    struct other_thread other;
    struct other_check check = {&other, TRUE, TRUE};
    HANDLE thread = other_start(&other, TRUE);
    DWORD start = GetTickCount();

    (void)state;
    assert_hr(run(other.window, look_at_other, &check), S_OK);
    assert_false(check.owned);
    assert_in_range(GetTickCount() - start, 0, 15000);
    other_stop(&other, thread);
}

static BOOL hang_and_press(HWND dialog, void *context, unsigned int step)
{
    struct other_check *check = context;

    /* Its hanging begins when it has taken the event's news; a message it does not answer tells. */
    DWORD_PTR result;

    if (step == 0)
        SetEvent(check->other->hang);
    if (SendMessageTimeoutW(check->other->window, WM_NULL, 0, 0, SMTO_ABORTIFHUNG, 200, &result))
        return FALSE;
    PostMessageW(dialog, WM_COMMAND, IDOK, 0);
    return TRUE;
}

/* It stops pumping while the dialog is open: the answer comes all the same, and it gets its state when it resumes. */
static void LOGOFF_03_owner_hangs_later(void **state)
{
    struct other_thread other;
    struct other_check check = {&other, FALSE, FALSE};
    HANDLE thread = other_start(&other, FALSE);
    DWORD start = GetTickCount();

    (void)state;
    assert_hr(run(other.window, hang_and_press, &check), S_OK);
    assert_in_range(GetTickCount() - start, 0, 15000);
    SetEvent(other.resume);
    for (start = GetTickCount(); !IsWindowEnabled(other.window) && GetTickCount() - start < 10000;)
        Sleep(10);
    assert_true(IsWindowEnabled(other.window));
    /* The thread that enabled it ends by itself. */
    for (start = GetTickCount(); thread_count() && GetTickCount() - start < 10000;)
        Sleep(10);
    other_stop(&other, thread);
}

static BOOL quit_other(HWND dialog, void *context, unsigned int step)
{
    (void)dialog;
    (void)step;
    SetEvent(((struct other_check *)context)->other->quit);
    return TRUE;
}

static void LOGOFF_03_owner_of_another_thread_destroyed(void **state)
{
    struct other_thread other;
    struct other_check check = {&other, FALSE, FALSE};
    HANDLE thread = other_start(&other, FALSE);

    (void)state;
    assert_hr(run(other.window, quit_other, &check), MAPI_E_USER_CANCEL);
    other_stop(&other, thread);
}

/* The owner belongs to a child process, which hangs, or not, or dies. */
static void LOGOFF_03_owner_of_another_process(void **state)
{
    WCHAR path[MAX_PATH], command[MAX_PATH + 64];
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    BOOL hung;

    (void)state;
    GetModuleFileNameW(NULL, path, ARRAY_SIZE(path));
    for (hung = FALSE; hung <= TRUE; hung++)
    {
        HANDLE ready = CreateEventW(NULL, TRUE, FALSE, L"Postroom test: window is there");
        DWORD start = GetTickCount();
        HWND window = NULL;

        _snwprintf(command, ARRAY_SIZE(command), L"\"%ls\" --window %d", path, hung);
        assert_true(CreateProcessW(path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process));
        assert_int_equal(WaitForSingleObject(ready, 30000), WAIT_OBJECT_0);
        window = FindWindowW(L"Static", L"Postroom test: other process");
        assert_non_null(window);
        start = GetTickCount();
        assert_hr(run(window, press, &id_ok), S_OK);
        assert_in_range(GetTickCount() - start, 0, 15000);
        if (!hung)
        {
            assert_true(IsWindowEnabled(window));
        }
        TerminateProcess(process.hProcess, 0);
        WaitForSingleObject(process.hProcess, INFINITE);
        CloseHandle(process.hThread);
        CloseHandle(process.hProcess);
        CloseHandle(ready);
    }
}

static int be_other_process(BOOL hung)
{
    HANDLE ready = OpenEventW(EVENT_MODIFY_STATE, FALSE, L"Postroom test: window is there");
    MSG msg;

    CreateWindowW(L"Static", L"Postroom test: other process", WS_OVERLAPPEDWINDOW | WS_VISIBLE, 80, 80, 500, 300, NULL,
                  NULL, NULL, NULL);
    SetEvent(ready);
    if (hung)
        Sleep(60000);
    SetTimer(NULL, 0, 60000, NULL);
    while (GetMessageW(&msg, NULL, 0, 0) > 0 && msg.message != WM_TIMER)
        DispatchMessageW(&msg);
    return 0;
}

/* Several at once, many after each other */

struct dialog_thread
{
    HWND owner;
    HRESULT hr;
    BOOL in_time;
    HANDLE both_open;
    volatile LONG *open;
};

static BOOL wait_for_both(HWND dialog, void *context, unsigned int step)
{
    struct dialog_thread *thread = context;

    if (step == 0 && InterlockedIncrement(thread->open) == 2)
        SetEvent(thread->both_open);
    if (WaitForSingleObject(thread->both_open, 0) != WAIT_OBJECT_0)
        return FALSE;
    PostMessageW(dialog, WM_COMMAND, IDOK, 0);
    return TRUE;
}

static DWORD WINAPI dialog_thread(void *context)
{
    struct dialog_thread *thread = context;
    struct modal modal = {.lock = SRWLOCK_INIT};
    struct drive drive;

    drive_begin(&drive, wait_for_both, thread);
    thread->hr = logoff_dialog_run(NULL, &question, &modal);
    thread->in_time = drive_end(&drive);
    return 0;
}

static void LOGOFF_03_two_threads_two_dialogs(void **state)
{
    HANDLE both = CreateEventW(NULL, TRUE, FALSE, NULL), handles[2];
    volatile LONG open = 0;
    struct dialog_thread threads[2] = {{NULL, E_FAIL, FALSE, both, &open}, {NULL, E_FAIL, FALSE, both, &open}};
    int i;

    (void)state;
    for (i = 0; i < 2; i++)
        handles[i] = CreateThread(NULL, 0, dialog_thread, &threads[i], 0, NULL);
    assert_int_equal(WaitForMultipleObjects(2, handles, TRUE, 60000), WAIT_OBJECT_0);
    for (i = 0; i < 2; i++)
    {
        CloseHandle(handles[i]);
        assert_hr(threads[i].hr, S_OK);
        assert_true(threads[i].in_time);
    }
    CloseHandle(both);
}

static BOOL CALLBACK count_window(HWND window, LPARAM count)
{
    (void)window;
    ++*(unsigned int *)count;
    return TRUE;
}

static void LOGOFF_73_hundred_rounds_leave_nothing(void **state)
{
    unsigned int windows_before = 0, windows_after = 0, round;
    ULONG handles_before = 0, gdi_before = 0, user_before = 0;
    struct window window;

    (void)state;
    window_create(&window, WS_VISIBLE);
    for (round = 0; round < 110; round++)
    {
        /* What the system keeps after first use does not count. */
        if (round == 10)
        {
            EnumThreadWindows(GetCurrentThreadId(), count_window, (LPARAM)&windows_before);
            handles_before = harness_handle_count();
            gdi_before = GetGuiResources(GetCurrentProcess(), GR_GDIOBJECTS);
            user_before = GetGuiResources(GetCurrentProcess(), GR_USEROBJECTS);
        }
        assert_hr(run(window.root, press, round % 2 ? &id_ok : &id_cancel), round % 2 ? S_OK : MAPI_E_USER_CANCEL);
    }
    EnumThreadWindows(GetCurrentThreadId(), count_window, (LPARAM)&windows_after);
    assert_int_equal(windows_after, windows_before);
    assert_in_range(harness_handle_count(), 0, handles_before);
    /* Wine counts neither and says 0; this is for Windows. */
    assert_in_range(GetGuiResources(GetCurrentProcess(), GR_GDIOBJECTS), 0, gdi_before);
    assert_in_range(GetGuiResources(GetCurrentProcess(), GR_USEROBJECTS), 0, user_before);
    window_destroy(&window);
}

/* The check box */

struct box
{
    BOOL enabled, checked;
    UINT set_to, answer;
};

static BOOL use_box(HWND dialog, void *context, unsigned int step)
{
    struct box *box = context;

    (void)step;
    box->enabled = IsWindowEnabled(GetDlgItem(dialog, IDC_ASK));
    box->checked = IsDlgButtonChecked(dialog, IDC_ASK) == BST_CHECKED;
    CheckDlgButton(dialog, IDC_ASK, box->set_to);
    PostMessageW(dialog, WM_COMMAND, box->answer, 0);
    return TRUE;
}

static void LOGOFF_03_check_box_is_stored_on_log_off_only(void **state)
{
    static const struct
    {
        LONG before, policy;
        BOOL checked, enabled;
        UINT set_to, answer;
        LONG after;
    } cases[] = {
            {-1, -1, TRUE, TRUE, BST_UNCHECKED, IDCANCEL, -1}, {-1, -1, TRUE, TRUE, BST_CHECKED, IDOK, -1},
            {-1, -1, TRUE, TRUE, BST_UNCHECKED, IDOK, 1},      {2, -1, TRUE, TRUE, BST_UNCHECKED, IDOK, 1},
            {2, -1, TRUE, TRUE, BST_UNCHECKED, IDCANCEL, 2},   {2, -1, TRUE, TRUE, BST_CHECKED, IDOK, 2},
            {7, -1, TRUE, TRUE, BST_CHECKED, IDOK, 7},         {1, -1, FALSE, TRUE, BST_CHECKED, IDOK, 2},
            {1, -1, FALSE, TRUE, BST_CHECKED, IDCANCEL, 1},    {1, -1, FALSE, TRUE, BST_UNCHECKED, IDOK, 1},
            {2, 1, FALSE, FALSE, BST_CHECKED, IDOK, 2},        {1, 2, TRUE, FALSE, BST_UNCHECKED, IDOK, 1},
    };
    LONG user = get_value(HKEY_CURRENT_USER, user_key), policy = get_value(HKEY_LOCAL_MACHINE, policy_key);
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        struct box box = {.set_to = cases[i].set_to, .answer = cases[i].answer};
        HRESULT hr;
        LONG after;

        set_value(HKEY_CURRENT_USER, user_key, cases[i].before);
        set_value(HKEY_LOCAL_MACHINE, policy_key, cases[i].policy);
        hr = run(NULL, use_box, &box);
        after = get_value(HKEY_CURRENT_USER, user_key);
        set_value(HKEY_CURRENT_USER, user_key, user);
        set_value(HKEY_LOCAL_MACHINE, policy_key, policy);
        assert_hr(hr, cases[i].answer == IDOK ? S_OK : MAPI_E_USER_CANCEL);
        if (box.checked != cases[i].checked || box.enabled != cases[i].enabled || after != cases[i].after)
            fail_msg("case %u: checked %d, enabled %d, stored %ld", (unsigned int)i, box.checked, box.enabled, after);
    }
}

static void LOGOFF_03_wants_confirmation(void **state)
{
    static const struct
    {
        LONG user, policy;
        BOOL idle, pending;
    } cases[] = {
            {-1, -1, TRUE, TRUE}, {2, -1, TRUE, TRUE},  {1, -1, FALSE, TRUE}, {0, -1, FALSE, FALSE},
            {99, -1, TRUE, TRUE}, {2, 0, FALSE, FALSE}, {0, 2, TRUE, TRUE},   {0, 1, FALSE, TRUE},
    };
    LONG user = get_value(HKEY_CURRENT_USER, user_key), policy = get_value(HKEY_LOCAL_MACHINE, policy_key);
    BOOL idle, pending;
    size_t i;
    HKEY key;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        set_value(HKEY_CURRENT_USER, user_key, cases[i].user);
        set_value(HKEY_LOCAL_MACHINE, policy_key, cases[i].policy);
        idle = logoff_wants_confirmation(FALSE);
        pending = logoff_wants_confirmation(TRUE);
        set_value(HKEY_CURRENT_USER, user_key, user);
        set_value(HKEY_LOCAL_MACHINE, policy_key, policy);
        if (idle != cases[i].idle || pending != cases[i].pending)
            fail_msg("case %u: %d %d", (unsigned int)i, idle, pending);
    }
    /* A value of another type or size is none. */
    assert_int_equal(RegOpenKeyExW(HKEY_CURRENT_USER, user_key, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, &key), 0);
    RegSetValueExW(key, value_name, 0, REG_SZ, (const BYTE *)L"0", 4);
    idle = logoff_wants_confirmation(FALSE);
    RegSetValueExW(key, value_name, 0, REG_BINARY, (const BYTE *)"\0\0\0\0", 4);
    pending = logoff_wants_confirmation(FALSE);
    RegSetValueExW(key, value_name, 0, REG_DWORD, (const BYTE *)"\0\0", 2);
    RegCloseKey(key);
    idle &= logoff_wants_confirmation(FALSE);
    set_value(HKEY_CURRENT_USER, user_key, user);
    assert_true(idle && pending);
}

/* The station of a service shows nothing. */
static void LOGOFF_03_no_visible_window_station(void **state)
{
    HWINSTA old = GetProcessWindowStation(), station = CreateWindowStationW(NULL, 0, WINSTA_ALL_ACCESS, NULL);
    BOOL wants;

    (void)state;
    assert_non_null(station);
    assert_true(SetProcessWindowStation(station));
    wants = logoff_wants_confirmation(TRUE);
    SetProcessWindowStation(old);
    CloseWindowStation(station);
    assert_false(wants);
}

/* Texts */

struct texts
{
    WCHAR question[256], unsent[256], others[512];
    BOOL unsent_shown, others_shown;
};

static BOOL read_texts(HWND dialog, void *context, unsigned int step)
{
    struct texts *texts = context;

    (void)step;
    GetDlgItemTextW(dialog, IDC_QUESTION, texts->question, ARRAY_SIZE(texts->question));
    GetDlgItemTextW(dialog, IDC_UNSENT, texts->unsent, ARRAY_SIZE(texts->unsent));
    GetDlgItemTextW(dialog, IDC_OTHERS, texts->others, ARRAY_SIZE(texts->others));
    texts->unsent_shown = IsWindowVisible(GetDlgItem(dialog, IDC_UNSENT));
    texts->others_shown = IsWindowVisible(GetDlgItem(dialog, IDC_OTHERS));
    PostMessageW(dialog, WM_COMMAND, IDCANCEL, 0);
    return TRUE;
}

static void read_dialog(const struct logoff_question *asked, struct texts *texts)
{
    struct modal modal = {.lock = SRWLOCK_INIT};
    struct drive drive;

    memset(texts, 0, sizeof(*texts));
    drive_begin(&drive, read_texts, texts);
    assert_hr(logoff_dialog_run(NULL, asked, &modal), MAPI_E_USER_CANCEL);
    assert_true(drive_end(&drive));
}

static void assert_text(const WCHAR *actual, const WCHAR *expected)
{
    if (wcscmp(actual, expected))
        fail_msg("\"%ls\" instead of \"%ls\"", actual, expected);
}

static void LOGOFF_03_texts(void **state)
{
    static const WCHAR sixty_four[] = L"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW";
    struct logoff_question asked = {.profile_name = L"Work"};
    struct texts texts;

    (void)state;
    language_set_for_tests(MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US));
    read_dialog(&asked, &texts);
    assert_text(texts.question, L"Log off from the profile \"Work\"?");
    assert_false(texts.unsent_shown);
    assert_false(texts.others_shown);

    asked.profile_name = L"%s%n%1%2 && &x";
    read_dialog(&asked, &texts);
    assert_text(texts.question, L"Log off from the profile \"%s%n%1%2 && &x\"?");
    asked.profile_name = L"a\r\nb\x202e"
                         L"c";
    read_dialog(&asked, &texts);
    assert_text(texts.question, L"Log off from the profile \"a  bc\"?");
    asked.profile_name = sixty_four;
    read_dialog(&asked, &texts);
    assert_non_null(wcschr(texts.question, 0x2026));
    assert_null(wcsstr(texts.question, sixty_four));
    asked.profile_name = NULL;
    read_dialog(&asked, &texts);
    assert_text(texts.question, L"Log off?");

    asked.profile_name = L"Work";
    asked.unsent = 1;
    asked.others = 1;
    asked.other_names = L"notes.exe";
    read_dialog(&asked, &texts);
    assert_true(texts.unsent_shown);
    assert_true(texts.others_shown);
    assert_text(texts.unsent, L"1 message has not been sent. It stays in the Outbox until you log on again.");
    assert_text(texts.others, L"1 other program uses this session (notes.exe).");
    asked.unsent = 3;
    asked.others = 2;
    asked.other_names = L"notes.exe, calendar\x202e.exe";
    asked.shared = TRUE;
    read_dialog(&asked, &texts);
    assert_text(texts.unsent, L"3 messages have not been sent. They stay in the Outbox until you log on again.");
    assert_text(texts.others,
                L"2 other programs use this session (notes.exe, calendar.exe). They will be asked to log off "
                L"too.");
    asked.other_names = NULL;
    read_dialog(&asked, &texts);
    assert_text(texts.others, L"2 other programs use this session. They will be asked to log off too.");
    language_set_for_tests(0);
}

/* No memory: the error, and the owner as it was. */
static void LOGOFF_03_without_memory(void **state)
{
    struct modal modal = {.lock = SRWLOCK_INIT};
    struct window window;
    struct drive drive;
    HRESULT hr;

    (void)state;
    window_create(&window, WS_VISIBLE);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        drive_begin(&drive, press, &id_ok);
        hr = logoff_dialog_run(window.root, &question, &modal);
        drive_end(&drive);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        assert_true(IsWindowEnabled(window.root));
    }
    window_destroy(&window);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGOFF_03_no_owner),
            harness_test(LOGOFF_03_closing_is_a_cancel),
            harness_test(LOGOFF_03_keys),
            harness_test(LOGOFF_03_end_of_windows_session),
            harness_test(LOGOFF_03_owner_of_child),
            harness_test(LOGOFF_03_disabled_owner_stays_disabled),
            harness_test(LOGOFF_03_hidden_and_minimised_owner),
            harness_test(LOGOFF_03_inside_the_work_area),
            harness_test(LOGOFF_03_owner_destroyed),
            harness_test(LOGOFF_03_no_window_at_all),
            harness_test(LOGOFF_03_quit_is_a_cancel_and_comes_again),
            harness_test(LOGOFF_54_ended_underneath),
            harness_test(LOGOFF_54_ended_in_the_menu),
            harness_test(LOGOFF_54_only_the_session_ends_it),
            harness_test(LOGOFF_03_owner_of_another_thread),
            harness_test(LOGOFF_03_owner_that_hangs),
            harness_test(LOGOFF_03_owner_hangs_later),
            harness_test(LOGOFF_03_owner_of_another_thread_destroyed),
            harness_test(LOGOFF_03_owner_of_another_process),
            harness_test(LOGOFF_03_two_threads_two_dialogs),
            harness_test(LOGOFF_73_hundred_rounds_leave_nothing),
            harness_test(LOGOFF_03_check_box_is_stored_on_log_off_only),
            harness_test(LOGOFF_03_wants_confirmation),
            harness_test(LOGOFF_03_no_visible_window_station),
            harness_test(LOGOFF_03_texts),
            harness_test(LOGOFF_03_without_memory),
    };

    if (argc > 2 && !strcmp(argv[1], "--window"))
        return be_other_process(atoi(argv[2]));
    return harness_run(tests);
}
