/*
 * The log-off dialog as a window: answers, keys, an owner of the same thread, messages, ending from outside.
 * A script acts on the window while the test's thread is inside it (drive.h).
 */
#include "dialog_window.h"

static UINT id_ok = IDOK, id_cancel = IDCANCEL;

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

int main(void)
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
            harness_test(LOGOFF_03_without_memory),
    };

    return harness_run(tests);
}
