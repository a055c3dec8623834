/*
 * The log-off dialog over windows of other threads and processes, which may hang or go; two dialogs at once; many one
 * after the other.
 */
#include "dialog_window.h"

static UINT id_ok = IDOK, id_cancel = IDCANCEL;

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

/* Objects of GDI in this process. Windows counts them; Wine says 0 there, but finds an object by the place in its table
 * alone, which on Windows is no handle. */
static unsigned int gdi_objects(void)
{
    unsigned int count = GetGuiResources(GetCurrentProcess(), GR_GDIOBJECTS);
    ULONG_PTR place;

    for (place = 1; place < 0x10000; place++)
        count += GetObjectType((HGDIOBJ)place) != 0;
    return count;
}

/* The counter of the next test sees each kind that a dialog makes. */
static void a_leaked_gdi_object_is_counted(void **state)
{
    HGDIOBJ leaked[] = {CreateSolidBrush(RGB(1, 2, 3)), CreatePen(PS_SOLID, 1, 0), CreateBitmap(8, 8, 1, 1, NULL),
                        CreateRectRgn(0, 0, 5, 5), CreateFontW(20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, L"Tahoma")};
    unsigned int with = gdi_objects();
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(leaked); i++)
    {
        assert_true(DeleteObject(leaked[i]));
        assert_int_equal(gdi_objects(), with - i - 1);
    }
}

static void LOGOFF_73_hundred_rounds_leave_nothing(void **state)
{
    unsigned int windows_before = 0, windows_after = 0, round, gdi_before = 0;
    ULONG handles_before = 0, user_before = 0;
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
            gdi_before = gdi_objects();
            user_before = GetGuiResources(GetCurrentProcess(), GR_USEROBJECTS);
        }
        assert_hr(run(window.root, press, round % 2 ? &id_ok : &id_cancel), round % 2 ? S_OK : MAPI_E_USER_CANCEL);
    }
    EnumThreadWindows(GetCurrentThreadId(), count_window, (LPARAM)&windows_after);
    assert_int_equal(windows_after, windows_before);
    assert_in_range(harness_handle_count(), 0, handles_before);
    assert_true(gdi_before > 0);
    assert_in_range(gdi_objects(), 0, gdi_before);
    /* Wine says 0; this is for Windows. */
    assert_in_range(GetGuiResources(GetCurrentProcess(), GR_USEROBJECTS), 0, user_before);
    window_destroy(&window);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGOFF_03_owner_of_another_thread),  harness_test(LOGOFF_03_owner_that_hangs),
            harness_test(LOGOFF_03_owner_hangs_later),        harness_test(LOGOFF_03_owner_of_another_thread_destroyed),
            harness_test(LOGOFF_03_owner_of_another_process), harness_test(LOGOFF_03_two_threads_two_dialogs),
            harness_test(a_leaked_gdi_object_is_counted),     harness_test(LOGOFF_73_hundred_rounds_leave_nothing),
    };

    if (argc > 2 && !strcmp(argv[1], "--window"))
        return be_other_process(atoi(argv[2]));
    return harness_run(tests);
}
