/*
 * Profiles from the inside: use counts, the codec of values, and waiting for changes.
 */
#include "../profile_support.h"

#include "profile/internal.h"

static void LOGOFF_64_uses(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    struct profile *first, *second, *third = (struct profile *)0x1;

    (void)state;
    harness_create_profile(name);
    assert_false(profile_in_use(name));
    assert_hr(profile_open(name, &first), S_OK);
    assert_true(profile_in_use(name));
    assert_hr(profile_open(name, &second), S_OK);
    assert_ptr_equal(first, second);
    assert_int_equal(wcscmp(profile_name(first), name), 0);
    profile_addref(first);
    profile_release(first);
    profile_release(second);
    assert_true(profile_in_use(name));
    assert_hr(profile_delete(name, FALSE), S_OK);
    assert_hr(profile_open(name, &third), MAPI_E_NOT_FOUND);
    assert_null(third);
    assert_true(profile_key_exists(name));
    profile_release(first);
    assert_false(profile_in_use(name));
    assert_false(profile_key_exists(name));
    assert_hr(profile_open(L"", &third), MAPI_E_NOT_FOUND);
    assert_hr(profile_open(L"no such profile", &third), MAPI_E_NOT_FOUND);
}

/* The registry's spelling counts, and an object that is only attached is no use. */
static void PROF_18_attach(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], upper[HARNESS_PROFILE_NAME];
    struct profile *profile;

    (void)state;
    harness_create_profile(name);
    wcscpy(upper, name);
    CharUpperW(upper);
    assert_hr(profile_open(upper, &profile), S_OK);
    assert_int_equal(wcscmp(profile_name(profile), name), 0);
    profile_release(profile);
    assert_hr(profile_attach(upper, &profile), S_OK);
    assert_false(profile_in_use(name));
    assert_int_equal(wcscmp(profile_name(profile), name), 0);
    profile_keep(profile);
    profile_drop(profile);
    profile_drop(profile);
}

static void LOGOFF_63_release_needs_no_memory(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    struct profile *profile;
    LONG before;

    (void)state;
    harness_create_profile(name);
    assert_hr(profile_open(name, &profile), S_OK);
    before = memory_allocation_count();
    profile_release(profile);
    assert_int_equal(memory_allocation_count(), before);
    assert_hr(profile_open(name, &profile), S_OK);
    assert_hr(profile_delete(name, FALSE), S_OK);
    before = memory_allocation_count();
    profile_release(profile);
    assert_int_equal(memory_allocation_count(), before);
    assert_false(profile_key_exists(name));
}

static void LOGON_open_faults(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    struct profile *profile;
    HRESULT hr;

    (void)state;
    harness_create_profile(name);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = profile_open(name, &profile);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        if (SUCCEEDED(hr))
            profile_release(profile);
        assert_false(profile_in_use(name));
    }
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = profile_attach(name, &profile);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        if (SUCCEEDED(hr))
            profile_drop(profile);
    }
}

static void PROF_16_default(void **state)
{
    HKEY sandbox = sandbox_begin();
    WCHAR name[PROFILE_NAME_MAX + 1];
    struct profile_list *list;

    (void)state;
    assert_hr(profile_default(name), MAPI_E_NOT_FOUND);
    assert_int_equal(name[0], 0);
    assert_hr(profile_list(FALSE, &list), S_OK);
    assert_int_equal(list->count, 0);
    heap_free(list);
    assert_hr(profile_create(L"beta", FALSE), S_OK);
    assert_hr(profile_create(L"Alpha", FALSE), S_OK);
    assert_hr(profile_create(L"gamma", TRUE), S_OK);
    assert_hr(profile_set_default(L"BETA"), S_OK);
    assert_hr(profile_default(name), S_OK);
    assert_int_equal(wcscmp(name, L"beta"), 0);
    assert_hr(profile_set_default(L"gamma"), E_FAIL);
    assert_hr(profile_list(FALSE, &list), S_OK);
    assert_int_equal(list->count, 2);
    assert_int_equal(wcscmp(list->profiles[0].name, L"Alpha"), 0);
    assert_int_equal(wcscmp(list->profiles[1].name, L"beta"), 0);
    assert_true(list->profiles[1].is_default && !list->profiles[0].is_default);
    heap_free(list);
    assert_hr(profile_list(TRUE, &list), S_OK);
    assert_int_equal(list->count, 3);
    assert_true(list->profiles[2].is_app);
    heap_free(list);
    /* A default that names no profile is none. */
    assert_hr(profile_delete(L"beta", FALSE), S_OK);
    assert_hr(profile_default(name), MAPI_E_NOT_FOUND);
    assert_hr(profile_set_default(L"beta"), MAPI_E_NOT_FOUND);
    assert_hr(profile_set_default(NULL), S_OK);
    sandbox_end(sandbox);
}

/* More profiles than the cache has room for without memory. */
static void PROF_07_many_profiles(void **state)
{
    HKEY sandbox = sandbox_begin();
    struct profile_list *list;
    struct profile *profile;
    WCHAR name[40];
    int i;

    (void)state;
    for (i = 0; i < 60; ++i)
    {
        wsprintfW(name, L"Profile %03d", i);
        set_text_value(name, GLOBAL_SECTION, L"001e3001", L"x");
    }
    assert_hr(profile_list(FALSE, &list), S_OK);
    assert_int_equal(list->count, 60);
    for (i = 0; i < 60; ++i)
    {
        wsprintfW(name, L"Profile %03d", i);
        assert_int_equal(wcscmp(list->profiles[i].name, name), 0);
    }
    heap_free(list);
    assert_hr(profile_open(L"Profile 059", &profile), S_OK);
    profile_release(profile);
    sandbox_end(sandbox);
}

static void PROF_20_tag_names(void **state)
{
    WCHAR name[TAG_NAME_SIZE];
    ULONG tag = 0;

    (void)state;
    value_name(PR_DISPLAY_NAME_A, name);
    assert_int_equal(wcscmp(name, L"001e3001"), 0);
    value_name(PROP_TAG(PT_BINARY, 0x3D0C), name);
    assert_int_equal(wcscmp(name, L"01023d0c"), 0);
    assert_true(value_name_parse(L"01023D0c", &tag));
    assert_int_equal(tag, PROP_TAG(PT_BINARY, 0x3D0C));
    assert_false(value_name_parse(L"", &tag));
    assert_false(value_name_parse(L"01023d0", &tag));
    assert_false(value_name_parse(L"01023d0c0", &tag));
    assert_false(value_name_parse(L"00038000", &tag));
    assert_false(value_name_parse(L"00030000", &tag));
}

static DWORD random_state = 1;

static DWORD next_random(void)
{
    random_state = random_state * 1664525 + 1013904223;
    return random_state >> 8;
}

/* Random bytes as every type: nothing is read outside, whatever they are. The bytes end where a page ends. */
static void PROF_20_random_values(void **state)
{
    static const ULONG types[] = {PT_I2,      PT_LONG,  PT_R4,         PT_DOUBLE,     PT_BOOLEAN,   PT_I8,
                                  PT_SYSTIME, PT_CLSID, PT_STRING8,    PT_UNICODE,    PT_BINARY,    PT_MV_I2,
                                  PT_MV_LONG, PT_MV_I8, PT_MV_STRING8, PT_MV_UNICODE, PT_MV_BINARY, PT_MV_CLSID};
    SYSTEM_INFO system;
    BYTE *pages;
    DWORD old;
    ULONG round, good = 0;

    (void)state;
    GetSystemInfo(&system);
    pages = VirtualAlloc(NULL, 2 * system.dwPageSize, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    assert_non_null(pages);
    assert_true(VirtualProtect(pages + system.dwPageSize, system.dwPageSize, PAGE_NOACCESS, &old));
    for (round = 0; round < 200000; ++round)
    {
        ULONG tag = PROP_TAG(types[next_random() % ARRAY_SIZE(types)], 0x6601);
        DWORD size = next_random() % 40, type = next_random() % 3 ? REG_BINARY : REG_SZ, i;
        BYTE *data = pages + system.dwPageSize - size;
        struct decoded_value decoded;
        HRESULT hr;

        for (i = 0; i < size; ++i)
            data[i] = next_random() % 3 ? 0 : (BYTE)(next_random() % 24);
        hr = value_decode(tag, type, data, size, &decoded);
        if (SUCCEEDED(hr))
        {
            ++good;
            if (!prop_valid(&decoded.value))
                fail_msg("tag %#lx, type %lu, %lu bytes", tag, type, size);
            heap_free(decoded.scratch);
        }
        else
        {
            assert_hr(hr, MAPI_E_NOT_FOUND);
            assert_null(decoded.scratch);
        }
    }
    assert_true(good > 1000);
    VirtualFree(pages, 0, MEM_RELEASE);
}

struct holder
{
    HWND window;
    HANDLE held, end;
    DWORD_PTR answer;
    BOOL answered;
};

static LRESULT CALLBACK answer_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    return message == WM_APP ? 42 : DefWindowProcW(window, message, wparam, lparam);
}

/* Holds the mutex of changes until the other thread's window has answered. */
static DWORD WINAPI hold_and_send(void *context)
{
    struct holder *holder = context;
    struct change change;

    if (FAILED(change_begin(&change, 1000, TRUE)))
        return 1;
    SetEvent(holder->held);
    holder->answered = SendMessageTimeoutW(holder->window, WM_APP, 0, 0, SMTO_NORMAL, 8000, &holder->answer) != 0;
    change_end(&change);
    return 0;
}

static void PROF_02_waiting_answers_messages(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    struct holder holder = {0};
    WNDCLASSW class = {0};
    DWORD code = 1;
    HANDLE thread;

    (void)state;
    class.lpfnWndProc = answer_proc;
    class.hInstance = GetModuleHandleW(NULL);
    class.lpszClassName = L"PostroomTestAnswer";
    RegisterClassW(&class);
    holder.window = CreateWindowW(class.lpszClassName, NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, class.hInstance, NULL);
    assert_non_null(holder.window);
    holder.held = CreateEventW(NULL, TRUE, FALSE, NULL);
    harness_profile_name(name);
    thread = CreateThread(NULL, 0, hold_and_send, &holder, 0, NULL);
    assert_int_equal(WaitForSingleObject(holder.held, 60000), WAIT_OBJECT_0);
    assert_hr(profile_create(name, FALSE), S_OK);
    assert_int_equal(WaitForSingleObject(thread, 60000), WAIT_OBJECT_0);
    GetExitCodeThread(thread, &code);
    assert_int_equal(code, 0);
    assert_true(holder.answered);
    assert_int_equal(holder.answer, 42);
    assert_hr(profile_delete(name, FALSE), S_OK);
    CloseHandle(thread);
    CloseHandle(holder.held);
    DestroyWindow(holder.window);
    UnregisterClassW(class.lpszClassName, class.hInstance);
}

/* Another process holds it for ever: the call ends, nothing is done. */
static DWORD WINAPI hold_for_long(void *context)
{
    struct holder *holder = context;
    struct change change;

    if (FAILED(change_begin(&change, 1000, TRUE)))
        return 1;
    SetEvent(holder->held);
    Sleep(1000);
    change_end(&change);
    return 0;
}

static void PROF_02_waiting_is_bounded(void **state)
{
    struct holder holder = {0};
    struct change change;
    HANDLE thread;

    (void)state;
    holder.held = CreateEventW(NULL, TRUE, FALSE, NULL);
    thread = CreateThread(NULL, 0, hold_for_long, &holder, 0, NULL);
    assert_int_equal(WaitForSingleObject(holder.held, 60000), WAIT_OBJECT_0);
    assert_hr(change_begin(&change, 50, TRUE), MAPI_E_TIMEOUT);
    assert_int_equal(WaitForSingleObject(thread, 60000), WAIT_OBJECT_0);
    assert_hr(change_begin(&change, 50, TRUE), S_OK);
    change_end(&change);
    CloseHandle(thread);
    CloseHandle(holder.held);
}

/* Holds the mutex of changes until it is told to end. */
static DWORD WINAPI hold_until_told(void *context)
{
    struct holder *holder = context;
    struct change change;

    if (FAILED(change_begin(&change, 1000, TRUE)))
        return 1;
    SetEvent(holder->held);
    WaitForSingleObject(holder->end, 60000);
    change_end(&change);
    return 0;
}

/* A deletion that was put off, while somebody sits on the mutex: the last use ends all the same, and whoever looks at the
 * profiles next deletes it. */
static void LOGOFF_63_somebody_holds_the_mutex(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    struct holder holder = {0};
    struct profile_list *list;
    struct profile *profile;
    DWORD start, passed;
    HANDLE thread;

    (void)state;
    harness_create_profile(name);
    assert_hr(profile_open(name, &profile), S_OK);
    assert_hr(profile_delete(name, FALSE), S_OK);
    holder.held = CreateEventW(NULL, TRUE, FALSE, NULL);
    holder.end = CreateEventW(NULL, TRUE, FALSE, NULL);
    thread = CreateThread(NULL, 0, hold_until_told, &holder, 0, NULL);
    assert_int_equal(WaitForSingleObject(holder.held, 60000), WAIT_OBJECT_0);
    start = GetTickCount();
    profile_release(profile);
    passed = GetTickCount() - start;
    assert_int_equal(WaitForSingleObject(thread, 0), WAIT_TIMEOUT);
    assert_in_range(passed, 0, 3000);
    assert_true(profile_key_exists(name));
    assert_hr(profile_open(name, &profile), MAPI_E_NOT_FOUND);
    SetEvent(holder.end);
    assert_int_equal(WaitForSingleObject(thread, 60000), WAIT_OBJECT_0);
    assert_hr(profile_list(FALSE, &list), S_OK);
    heap_free(list);
    assert_false(profile_key_exists(name));
    CloseHandle(thread);
    CloseHandle(holder.held);
    CloseHandle(holder.end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGOFF_64_uses),
            harness_test(LOGOFF_63_release_needs_no_memory),
            harness_test(LOGON_open_faults),
            harness_test_plain(PROF_16_default),
            harness_test_plain(PROF_07_many_profiles),
            harness_test(PROF_18_attach),
            harness_test(PROF_02_waiting_answers_messages),
            harness_test(PROF_02_waiting_is_bounded),
            harness_test(LOGOFF_63_somebody_holds_the_mutex),
            harness_test_plain(PROF_20_tag_names),
            harness_test_plain(PROF_20_random_values),
    };

    return harness_run(tests);
}
