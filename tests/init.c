/*
 * MAPIInitialize and its family (INIT rows).
 */
#include <objbase.h>

#include "init_support.h"

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
    assert_hr(MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_UNICODE | MAPI_NO_MAIL,
                          &session),
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
    HRESULT(WINAPI * can_unload)
    (void) = (HRESULT(WINAPI *)(void))(void *)GetProcAddress(GetModuleHandleW(L"mapi32.dll"), "DllCanUnloadNow");

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
    };

    return harness_run(tests);
}
