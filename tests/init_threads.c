/*
 * MAPIInitialize and MAPIUninitialize among several threads, and unloading (INIT-11, INIT-21 under load).
 */
#include "init_support.h"

static void initialize_and_die(void *context)
{
    *(HRESULT *)context = MAPIInitialize(NULL);
}

/* The window went with its thread. */
static void window_thread_died(void **state)
{
    HWND window;
    HRESULT hr;

    (void)state;
    harness_on_thread(initialize_and_die, &hr);
    assert_hr(hr, S_OK);
    assert_int_equal(find_windows(&window), 0);
    MAPIUninitialize();
    assert_int_equal(init_count(), 0);
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_int_equal(find_windows(&window), 1);
    MAPIUninitialize();
}

static void last_uninitialize(void *context)
{
    MAPIUninitialize();
    SetEvent(context);
}

static DWORD WINAPI last_uninitialize_proc(void *context)
{
    last_uninitialize(context);
    return 0;
}

/* The last MAPIUninitialize comes from a thread that the window's thread waits for without answering anything. */
static void window_thread_blocked(void **state)
{
    HANDLE done = CreateEventW(NULL, TRUE, FALSE, NULL), thread;
    DWORD start = GetTickCount();
    HWND window;

    (void)state;
    assert_hr(initialize(MAPI_NO_COINIT), S_OK);
    assert_int_equal(find_windows(&window), 1);
    thread = CreateThread(NULL, 0, last_uninitialize_proc, done, 0, NULL);
    assert_int_equal(WaitForSingleObject(thread, 10000), WAIT_OBJECT_0);
    assert_true(GetTickCount() - start < 5000);
    CloseHandle(thread);
    CloseHandle(done);
    assert_int_equal(init_count(), 0);
    /* the window is without our code; it goes when its thread looks at its messages */
    if (IsWindow(window))
        assert_ptr_equal(GetWindowLongPtrW(window, GWLP_WNDPROC),
                         GetProcAddress(GetModuleHandleW(L"user32.dll"), "DefWindowProcW"));
    harness_pump(100);
    assert_int_equal(find_windows(&window), 0);
    /* and a new one can be made */
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_int_equal(find_windows(&window), 1);
    MAPIUninitialize();
    assert_int_equal(find_windows(&window), 0);
}

static WNDPROC old_proc;

static LRESULT CALLBACK uninitialize_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (message == WM_APP)
    {
        MAPIUninitialize();
        SetEvent((HANDLE)lparam);
        return 0;
    }
    return CallWindowProcW(old_proc, window, message, wparam, lparam);
}

/* The last MAPIUninitialize comes from a callback on our own thread. */
static void uninitialize_on_our_thread(void **state)
{
    HANDLE done = CreateEventW(NULL, TRUE, FALSE, NULL), thread;
    HWND window;
    DWORD id;

    (void)state;
    assert_hr(initialize(MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NO_COINIT), S_OK);
    assert_int_equal(find_windows(&window), 1);
    id = GetWindowThreadProcessId(window, NULL);
    thread = OpenThread(SYNCHRONIZE, FALSE, id);
    old_proc = (WNDPROC)SetWindowLongPtrW(window, GWLP_WNDPROC, (LONG_PTR)uninitialize_proc);
    PostMessageW(window, WM_APP, 0, (LPARAM)done);
    assert_int_equal(WaitForSingleObject(done, 10000), WAIT_OBJECT_0);
    assert_int_equal(init_count(), 0);
    assert_int_equal(WaitForSingleObject(thread, 10000), WAIT_OBJECT_0);
    CloseHandle(thread);
    CloseHandle(done);
    assert_int_equal(find_windows(&window), 0);
}

static DWORD WINAPI up_and_down(void *context)
{
    LONG *failures = context;
    int i;

    for (i = 0; i < 60; i++)
    {
        if (initialize(i % 3 ? 0 : MAPI_MULTITHREAD_NOTIFICATIONS))
            InterlockedIncrement(failures);
        else
            MAPIUninitialize();
    }
    return 0;
}

static void many_threads(void **state)
{
    HANDLE threads[6];
    LONG failures = 0;
    HWND window;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(threads); i++)
        threads[i] = CreateThread(NULL, 0, up_and_down, &failures, 0, NULL);
    assert_int_equal(WaitForMultipleObjects(ARRAY_SIZE(threads), threads, TRUE, 120000), WAIT_OBJECT_0);
    for (i = 0; i < ARRAY_SIZE(threads); i++)
        CloseHandle(threads[i]);
    assert_int_equal(failures, 0);
    assert_int_equal(init_count(), 0);
    assert_int_equal(find_windows(&window), 0);
}

static ULONG thread_total(void)
{
    PostroomCounts counts;

    harness_counts(&counts);
    return counts.cThreads;
}

/* Loads a copy of the DLL under another name, uses it and frees it. */
static void load_cycle(const WCHAR *path, BOOL threaded)
{
    MAPIINIT_0 init = {MAPI_INIT_VERSION, threaded ? MAPI_MULTITHREAD_NOTIFICATIONS : 0};
    HMODULE module = LoadLibraryW(path);
    LPMAPIINITIALIZE load_initialize = (LPMAPIINITIALIZE)(void *)GetProcAddress(module, "MAPIInitialize");
    LPMAPIUNINITIALIZE load_uninitialize = (LPMAPIUNINITIALIZE)(void *)GetProcAddress(module, "MAPIUninitialize");
    WNDCLASSW class;
    HWND window;

    assert_non_null(module);
    assert_hr(load_initialize(&init), S_OK);
    assert_int_equal(find_windows(&window), 1);
    load_uninitialize();
    assert_int_equal(find_windows(&window), 0);
    assert_false(GetClassInfoW((HINSTANCE)module, WINDOW_CLASS, &class));
    assert_true(FreeLibrary(module));
    assert_null(GetModuleHandleW(path));
}

static void INIT_unload_leaves_nothing(void **state)
{
    WCHAR path[MAX_PATH], folder[MAX_PATH], own[MAX_PATH];
    ULONG handles;
    int i;

    (void)state;
    assert_true(GetModuleFileNameW(GetModuleHandleW(L"mapi32.dll"), own, ARRAY_SIZE(own)));
    assert_true(GetTempPathW(ARRAY_SIZE(folder), folder));
    _snwprintf(path, ARRAY_SIZE(path) - 1, L"%ls\\postroom_copy_%lx.dll", folder, GetCurrentProcessId());
    path[ARRAY_SIZE(path) - 1] = 0;
    assert_true(CopyFileW(own, path, FALSE));
    load_cycle(path, FALSE);
    load_cycle(path, TRUE);
    handles = harness_handle_count();
    for (i = 0; i < 50; i++)
        load_cycle(path, i & 1);
    assert_in_range(harness_handle_count(), 0, handles + 2);
    assert_int_equal(thread_total(), 0);
    assert_true(DeleteFileW(path)); /* nobody has it mapped any more */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(window_thread_died),         harness_test_plain(window_thread_blocked),
            harness_test_plain(uninitialize_on_our_thread), harness_test_plain(many_threads),
            harness_test_plain(INIT_unload_leaves_nothing),
    };

    return harness_run(tests);
}
