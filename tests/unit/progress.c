/*
 * The window that tells what a log-off waits for: not in the first second, then until the end, and nothing of it in a
 * log-off that waits for nobody.
 */
#include "drive.h"

#include "ui/dialog.h"

/* The progress window is on a thread of its own, so it is looked for among all windows of this process. */
static BOOL CALLBACK find_progress(HWND window, LPARAM found)
{
    DWORD process;

    GetWindowThreadProcessId(window, &process);
    if (process != GetCurrentProcessId() || !IsWindowVisible(window) || !GetDlgItem(window, IDC_BAR))
        return TRUE;
    *(HWND *)found = window;
    return FALSE;
}

static HWND progress_window(void)
{
    HWND found = NULL;

    EnumWindows(find_progress, (LPARAM)&found);
    return found;
}

/* The slow provider: waits until the window is there, without answering any message. */
static HWND wait_for_window(DWORD limit)
{
    DWORD start = GetTickCount();
    HWND window;

    while (!(window = progress_window()) && GetTickCount() - start < limit)
        Sleep(10);
    return window;
}

static void fast_log_off_makes_no_thread(void **state)
{
    struct progress progress;
    LONG threads = thread_count();

    (void)state;
    progress_begin(&progress, L"Work");
    assert_int_equal(thread_count(), threads);
    assert_null(progress.thread);
    assert_null(progress.done);
    progress_end(&progress);
}

/* What a log-off pays that waits for someone, but not long. */
static void cost_of_a_short_wait(void **state)
{
    LARGE_INTEGER frequency, start, end;
    struct progress progress;
    double none, some;
    unsigned int i;

    (void)state;
    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&start);
    for (i = 0; i < 1000; i++)
    {
        progress_begin(&progress, L"Work");
        progress_end(&progress);
    }
    QueryPerformanceCounter(&end);
    none = 1e6 * (double)(end.QuadPart - start.QuadPart) / (double)frequency.QuadPart / 1000;
    QueryPerformanceCounter(&start);
    for (i = 0; i < 50; i++)
    {
        progress_begin(&progress, L"Work");
        progress_waiting_for(&progress, L"Store");
        progress_end(&progress);
    }
    QueryPerformanceCounter(&end);
    some = 1e6 * (double)(end.QuadPart - start.QuadPart) / (double)frequency.QuadPart / 50;
    harness_note("begin and end: %.2f us; with one wait: %.0f us", none, some);
    /* Nothing is made when nobody is waited for. */
    assert_true(none * 10 < some);
}

static void nothing_is_seen_in_the_first_second(void **state)
{
    struct progress progress;
    DWORD start;

    (void)state;
    progress_begin(&progress, L"Work");
    start = GetTickCount();
    progress_waiting_for(&progress, L"Store");
    while (GetTickCount() - start < 700)
    {
        assert_null(progress_window());
        Sleep(20);
    }
    progress_end(&progress);
    assert_null(progress_window());
    assert_null(progress.thread);
}

static void wait_for_text(HWND window, UINT id, const WCHAR *expected)
{
    DWORD start = GetTickCount();
    WCHAR text[256] = {0};

    do
    {
        GetDlgItemTextW(window, (int)id, text, ARRAY_SIZE(text));
        if (!wcscmp(text, expected))
            return;
        Sleep(10);
    } while (GetTickCount() - start < 10000);
    fail_msg("\"%ls\" instead of \"%ls\"", text, expected);
}

static void slow_log_off_shows_what_it_waits_for(void **state)
{
    struct progress progress;
    HWND window;
    DWORD start;

    (void)state;
    language_set_for_tests(MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US));
    start = GetTickCount();
    progress_begin(&progress, L"Work & %s");
    progress_waiting_for(&progress, L"Mailbox (a.dll)");
    window = wait_for_window(20000);
    assert_non_null(window);
    assert_in_range(GetTickCount() - start, 900, 20000);
    assert_int_not_equal(GetWindowThreadProcessId(window, NULL), GetCurrentThreadId());
    /* It stands in nobody's way, whatever window manager there is. */
    assert_null(GetWindow(window, GW_OWNER));
    assert_int_not_equal(GetWindowLongW(window, GWL_EXSTYLE) & WS_EX_NOACTIVATE, 0);
    assert_ptr_not_equal(GetForegroundWindow(), window);
    wait_for_text(window, IDC_WHAT, L"Logging off from \"Work & %s\"...");
    wait_for_text(window, IDC_WAITING, L"Waiting for Mailbox (a.dll)");
    assert_int_not_equal(GetWindowLongW(GetDlgItem(window, IDC_BAR), GWL_STYLE) & 8 /* PBS_MARQUEE */, 0);
    progress_waiting_for(&progress, L"b\nc.dll");
    wait_for_text(window, IDC_WAITING, L"Waiting for b c.dll");
    progress_waiting_for(&progress, NULL);
    wait_for_text(window, IDC_WAITING, L"");
    /* It cannot be closed. */
    SendMessageW(window, WM_CLOSE, 0, 0);
    SendMessageW(window, WM_COMMAND, IDCANCEL, 0);
    SendMessageW(window, WM_SYSCOMMAND, SC_CLOSE, 0);
    assert_true(IsWindowVisible(window));
    progress_end(&progress);
    assert_false(IsWindow(window));
    language_set_for_tests(0);
}

/* The thread that logs off answers sent messages while it waits for the window to go. */
static void end_answers_sent_messages(void **state)
{
    struct progress progress;
    HWND window;
    unsigned int i;

    (void)state;
    for (i = 0; i < 20; i++)
    {
        progress_begin(&progress, NULL);
        progress.begun -= 2000;
        progress_waiting_for(&progress, L"Store");
        if (i % 2)
        {
            window = wait_for_window(20000);
            assert_non_null(window);
        }
        progress_end(&progress);
        assert_null(progress_window());
    }
}

static void without_memory_nothing_is_shown(void **state)
{
    struct progress progress;

    (void)state;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        progress_begin(&progress, L"Work");
        progress.begun -= 2000;
        progress_waiting_for(&progress, L"Store");
        if (progress.thread)
            Sleep(100);
        progress_end(&progress);
        harness_fault_hit(&fault);
        assert_null(progress_window());
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(fast_log_off_makes_no_thread),        harness_test(cost_of_a_short_wait),
            harness_test(nothing_is_seen_in_the_first_second), harness_test(slow_log_off_shows_what_it_waits_for),
            harness_test(end_answers_sent_messages),           harness_test(without_memory_nothing_is_shown),
    };

    return harness_run(tests);
}
