/*
 * MAPIInitialize and its family (INIT rows). MAPI's hidden window is found by its class, as any program could.
 */
#include <objbase.h>

#include "harness.h"

#define WINDOW_CLASS L"Postroom Notification Window"

/* This process's hidden windows; *window: the last one found. */
static int find_windows(HWND *window)
{
    HWND found = NULL;
    DWORD process;
    int count = 0;

    *window = NULL;
    while ((found = FindWindowExW(HWND_MESSAGE, found, WINDOW_CLASS, NULL)))
    {
        GetWindowThreadProcessId(found, &process);
        if (process != GetCurrentProcessId())
            continue;
        *window = found;
        count++;
    }
    return count;
}

static ULONG init_count(void)
{
    PostroomCounts counts;

    harness_counts(&counts);
    return counts.cInit;
}

static HRESULT initialize(ULONG flags)
{
    MAPIINIT_0 init = {MAPI_INIT_VERSION, flags};

    return MAPIInitialize(&init);
}

static BOOL com_is_up(void)
{
    IUnknown *unknown;
    HRESULT hr;

    /* a class that does not exist: the question is only how far it gets */
    hr = CoCreateInstance(&IID_IStream, NULL, CLSCTX_INPROC_SERVER, &IID_IUnknown, (void **)&unknown);
    return hr != CO_E_NOTINITIALIZED;
}

static void INIT_01_null(void **state)
{
    (void)state;
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_int_equal(init_count(), 1);
    MAPIUninitialize();
    assert_int_equal(init_count(), 0);
}

static void INIT_02_flags(void **state)
{
    static const ULONG flags[] = {0, MAPI_MULTITHREAD_NOTIFICATIONS, MAPI_NO_COINIT,
            MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NO_COINIT, MAPI_NT_SERVICE};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(flags); i++)
    {
        assert_hr(initialize(flags[i]), S_OK);
        MAPIUninitialize();
        assert_int_equal(init_count(), 0);
    }
}

static void INIT_03_07_version(void **state)
{
    MAPIINIT_0 init = {1, 0};

    (void)state;
    assert_hr(MAPIInitialize(&init), MAPI_E_INVALID_PARAMETER);
    init.ulVersion = 0xffffffff;
    assert_hr(MAPIInitialize(&init), MAPI_E_INVALID_PARAMETER);
    /* the version tells what the rest means, so it is looked at first */
    init.ulFlags = 0x80;
    assert_hr(MAPIInitialize(&init), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIInitialize((void *)(ULONG_PTR)16), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(init_count(), 0);
}

static void INIT_04_07_unknown_flags(void **state)
{
    ULONG bit;

    (void)state;
    for (bit = 1; bit; bit <<= 1)
    {
        if (bit == MAPI_MULTITHREAD_NOTIFICATIONS || bit == MAPI_NO_COINIT || bit == MAPI_NT_SERVICE)
            continue;
        assert_hr(initialize(bit), MAPI_E_UNKNOWN_FLAGS);
    }
    assert_int_equal(init_count(), 0);
}

static void INIT_05_17_counted(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IMAPISession *session;
    IMAPITable *table;
    IProfAdmin *admin;
    int i;

    (void)state;
    for (i = 0; i < 5; i++)
        assert_hr(MAPIInitialize(NULL), S_OK);
    harness_create_profile(name);
    assert_hr(MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_UNICODE | MAPI_NO_MAIL, &session),
            S_OK);
    for (i = 0; i < 4; i++)
        MAPIUninitialize();
    assert_int_equal(init_count(), 1);
    assert_hr(IMAPISession_GetMsgStoresTable(session, 0, &table), S_OK);
    IMAPITable_Release(table);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    IMAPISession_Release(session);
    harness_delete_profile(name);
    MAPIUninitialize();
    admin = (void *)&admin;
    assert_hr(MAPIAdminProfiles(0, &admin), MAPI_E_NOT_INITIALIZED);
    assert_null(admin);
}

static void INIT_06_17_not_initialized(void **state)
{
    IMAPISession *session = (void *)&session;
    IProfAdmin *admin = (void *)&admin;
    int round;

    (void)state;
    for (round = 0; round < 2; round++)
    {
        assert_hr(MAPILogonEx(0, NULL, NULL, MAPI_EXTENDED, &session), MAPI_E_NOT_INITIALIZED);
        assert_null(session);
        assert_hr(MAPIAdminProfiles(0, &admin), MAPI_E_NOT_INITIALIZED);
        assert_null(admin);
        assert_hr(HrDispatchNotifications(0), MAPI_E_NOT_INITIALIZED);
        assert_hr(MAPIInitialize(NULL), S_OK);
        MAPIUninitialize();
    }
}

static void INIT_07_no_memory(void **state)
{
    static const ULONG flags[] = {0, MAPI_MULTITHREAD_NOTIFICATIONS};
    HRESULT hr;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(flags); i++)
    {
        HARNESS_FOR_EACH_ALLOCATION(fault)
        {
            hr = initialize(flags[i] | MAPI_NO_COINIT);
            if (harness_fault_hit(&fault) && FAILED(hr))
            {
                assert_true(hr == MAPI_E_SESSION_LIMIT || hr == MAPI_E_INVALID_OBJECT);
                assert_int_equal(init_count(), 0);
            }
            else
            {
                assert_hr(hr, S_OK);
                MAPIUninitialize();
            }
        }
    }
}

static void INIT_08_window_on_callers_thread(void **state)
{
    HWND window;

    (void)state;
    assert_int_equal(find_windows(&window), 0);
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_int_equal(find_windows(&window), 1);
    assert_int_equal(GetWindowThreadProcessId(window, NULL), GetCurrentThreadId());
    MAPIUninitialize();
    assert_int_equal(find_windows(&window), 0);
}

static void INIT_09_11_window_on_our_thread(void **state)
{
    PostroomCounts counts;
    HANDLE thread;
    HWND window;
    DWORD id;

    (void)state;
    assert_hr(initialize(MAPI_MULTITHREAD_NOTIFICATIONS), S_OK);
    assert_int_equal(find_windows(&window), 1);
    id = GetWindowThreadProcessId(window, NULL);
    assert_int_not_equal(id, GetCurrentThreadId());
    /* it pumps: a message that is sent comes back */
    assert_int_equal(SendMessageTimeoutW(window, WM_NULL, 0, 0, SMTO_BLOCK, 5000, NULL) != 0, 1);
    thread = OpenThread(SYNCHRONIZE, FALSE, id);
    assert_non_null(thread);
    /* what a stray callback posts does not end it */
    PostThreadMessageW(id, WM_QUIT, 0, 0);
    PostMessageW(window, RegisterWindowMessageW(L"MAPI Notify window message"), 0, 0);
    assert_int_equal(WaitForSingleObject(thread, 50), WAIT_TIMEOUT);
    harness_counts(&counts);
    assert_int_equal(counts.cThreads, 1);
    MAPIUninitialize();
    assert_int_equal(WaitForSingleObject(thread, 0), WAIT_OBJECT_0);
    CloseHandle(thread);
    assert_int_equal(find_windows(&window), 0);
}

static void INIT_10_first_call_decides(void **state)
{
    HWND window, other;

    (void)state;
    assert_hr(MAPIInitialize(NULL), S_OK);
    find_windows(&window);
    assert_hr(initialize(MAPI_MULTITHREAD_NOTIFICATIONS), S_OK);
    assert_int_equal(find_windows(&other), 1);
    assert_ptr_equal(window, other);
    MAPIUninitialize();
    assert_int_equal(find_windows(&other), 1);
    MAPIUninitialize();

    assert_hr(initialize(MAPI_MULTITHREAD_NOTIFICATIONS), S_OK);
    find_windows(&window);
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_int_equal(find_windows(&other), 1);
    assert_ptr_equal(window, other);
    MAPIUninitialize();
    MAPIUninitialize();
    assert_int_equal(find_windows(&other), 0);
}

struct com_results
{
    HRESULT hr[4];
    BOOL up[6];
};

static void without_com(void *context)
{
    struct com_results *results = context;

    results->up[0] = com_is_up();
    results->hr[0] = initialize(MAPI_NO_COINIT);
    results->up[1] = com_is_up();
    MAPIUninitialize();
    results->up[2] = com_is_up();
}

static void INIT_12_no_coinit(void **state)
{
    struct com_results results = {0};

    (void)state;
    harness_on_thread(without_com, &results);
    assert_hr(results.hr[0], S_OK);
    assert_false(results.up[0]);
    assert_false(results.up[1]);
    assert_false(results.up[2]);
}

static void with_com(void *context)
{
    struct com_results *results = context;

    results->hr[0] = MAPIInitialize(NULL);
    results->up[0] = com_is_up();
    results->hr[1] = MAPIInitialize(NULL);
    results->hr[2] = initialize(MAPI_NO_COINIT);
    MAPIUninitialize();
    MAPIUninitialize();
    results->up[1] = com_is_up();
    MAPIUninitialize();
    results->up[2] = com_is_up();
    MAPIUninitialize();

    /* the program's own initialisation stays */
    CoInitialize(NULL);
    results->hr[3] = MAPIInitialize(NULL);
    MAPIUninitialize();
    results->up[3] = com_is_up();
    MAPIUninitialize();
    results->up[4] = com_is_up();
    CoUninitialize();
    results->up[5] = com_is_up();
}

static void INIT_13_coinit(void **state)
{
    struct com_results results = {0};
    size_t i;

    (void)state;
    harness_on_thread(with_com, &results);
    for (i = 0; i < ARRAY_SIZE(results.hr); i++)
        assert_hr(results.hr[i], S_OK);
    assert_true(results.up[0]);
    assert_true(results.up[1]);
    assert_false(results.up[2]);
    assert_true(results.up[3]);
    assert_true(results.up[4]);
    assert_false(results.up[5]);
}

static void uninitialize(void *context)
{
    struct com_results *results = context;

    CoInitialize(NULL);
    MAPIUninitialize();
    results->up[0] = com_is_up();
    CoUninitialize();
    results->up[1] = com_is_up();
}

/* The call on another thread counts, but does not take that thread's COM away. */
static void INIT_13_other_thread(void **state)
{
    struct com_results results = {0};

    (void)state;
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_hr(MAPIInitialize(NULL), S_OK);
    harness_on_thread(uninitialize, &results);
    assert_true(results.up[0]);
    assert_false(results.up[1]);
    assert_int_equal(init_count(), 1);
    MAPIUninitialize();
    CoUninitialize(); /* what nobody could undo */
    assert_false(com_is_up());
}

static void in_mta(void *context)
{
    struct com_results *results = context;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    results->hr[0] = MAPIInitialize(NULL);
    results->up[0] = init_count() != 0;
    results->hr[1] = initialize(MAPI_NO_COINIT);
    MAPIUninitialize();
    results->up[1] = com_is_up();
    CoUninitialize();
}

static void INIT_14_changed_mode(void **state)
{
    struct com_results results = {0};

    (void)state;
    harness_on_thread(in_mta, &results);
    assert_hr(results.hr[0], RPC_E_CHANGED_MODE);
    assert_false(results.up[0]);
    assert_hr(results.hr[1], S_OK);
    assert_true(results.up[1]);
}

struct other_thread
{
    IMAPISession *session;
    HRESULT hr[2];
    ULONG count;
};

static void use_session(void *context)
{
    struct other_thread *other = context;
    IMAPITable *table;

    other->hr[0] = MAPIInitialize(NULL);
    other->count = init_count();
    if (SUCCEEDED(other->hr[1] = IMAPISession_GetMsgStoresTable(other->session, 0, &table)))
        IMAPITable_Release(table);
    MAPIUninitialize();
}

static void INIT_15_second_thread(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    struct other_thread other;

    (void)state;
    harness_create_profile(name);
    assert_hr(MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_UNICODE | MAPI_NO_MAIL,
                      &other.session),
            S_OK);
    harness_on_thread(use_session, &other);
    assert_hr(other.hr[0], S_OK);
    assert_int_equal(other.count, 2);
    assert_hr(other.hr[1], S_OK);
    assert_int_equal(init_count(), 1);
    assert_hr(IMAPISession_Logoff(other.session, 0, 0, 0), S_OK);
    assert_int_equal(IMAPISession_Release(other.session), 0);
    harness_delete_profile(name);
}

static void INIT_16_surplus_uninitialize(void **state)
{
    (void)state;
    MAPIUninitialize();
    MAPIUninitialize();
    assert_int_equal(init_count(), 0);
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_int_equal(init_count(), 1);
    MAPIUninitialize();
    MAPIUninitialize();
    assert_int_equal(init_count(), 0);
}

static void INIT_18_utilities(void **state)
{
    IProfAdmin *admin;

    (void)state;
    assert_hr(ScInitMapiUtil(1), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(ScInitMapiUtil(0), S_OK);
    assert_hr(ScInitMapiUtil(0), S_OK);
    assert_int_equal(init_count(), 0);
    assert_hr(MAPIAdminProfiles(0, &admin), MAPI_E_NOT_INITIALIZED); /* the utilities only */
    DeinitMapiUtil();
    DeinitMapiUtil();
    DeinitMapiUtil();
    assert_hr(ScInitMapiUtil(0), S_OK);
    DeinitMapiUtil();
}

static void INIT_20_deinit_not_needed(void **state)
{
    HRESULT(WINAPI *can_unload)(void) =
            (HRESULT(WINAPI *)(void))(void *)GetProcAddress(GetModuleHandleW(L"mapi32.dll"), "DllCanUnloadNow");

    (void)state;
    assert_non_null(can_unload);
    assert_hr(can_unload(), S_OK);
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_hr(can_unload(), S_FALSE);
    MAPIUninitialize();
    assert_hr(can_unload(), S_OK);
    /* one that comes nevertheless does no harm */
    DeinitMapiUtil();
    assert_hr(ScInitMapiUtil(0), S_OK);
    assert_hr(can_unload(), S_FALSE);
    DeinitMapiUtil();
    assert_hr(can_unload(), S_OK);
}

static void INIT_21_again(void **state)
{
    IProfAdmin *admin;
    HWND window;
    int i;

    (void)state;
    for (i = 0; i < 20; i++)
    {
        assert_hr(initialize(i & 1), S_OK);
        assert_int_equal(find_windows(&window), 1);
        assert_int_equal(GetWindowThreadProcessId(window, NULL) == GetCurrentThreadId(), !(i & 1));
        assert_hr(MAPIAdminProfiles(0, &admin), S_OK);
        IProfAdmin_Release(admin);
        MAPIUninitialize();
    }
}

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
        assert_ptr_equal(GetWindowLongPtrW(window, GWLP_WNDPROC), GetProcAddress(GetModuleHandleW(L"user32.dll"), "DefWindowProcW"));
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
            harness_test_plain(INIT_01_null),
            harness_test_plain(INIT_02_flags),
            harness_test_plain(INIT_03_07_version),
            harness_test_plain(INIT_04_07_unknown_flags),
            harness_test_plain(INIT_05_17_counted),
            harness_test_plain(INIT_06_17_not_initialized),
            harness_test_plain(INIT_07_no_memory),
            harness_test_plain(INIT_08_window_on_callers_thread),
            harness_test_plain(INIT_09_11_window_on_our_thread),
            harness_test_plain(INIT_10_first_call_decides),
            harness_test_plain(INIT_12_no_coinit),
            harness_test_plain(INIT_13_coinit),
            harness_test_plain(INIT_13_other_thread),
            harness_test_plain(INIT_14_changed_mode),
            harness_test(INIT_15_second_thread),
            harness_test_plain(INIT_16_surplus_uninitialize),
            harness_test_plain(INIT_18_utilities),
            harness_test_plain(INIT_20_deinit_not_needed),
            harness_test_plain(INIT_21_again),
            harness_test_plain(window_thread_died),
            harness_test_plain(window_thread_blocked),
            harness_test_plain(uninitialize_on_our_thread),
            harness_test_plain(many_threads),
            harness_test_plain(INIT_unload_leaves_nothing),
    };

    return harness_run(tests);
}
