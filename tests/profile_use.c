/*
 * Profiles in use: what is put off until the last session of the last process has ended, and what is left behind by
 * processes that die. The child is this program once more, with "hold" and a profile's name.
 */
#include "profile_support.h"

#include <shellapi.h>

static HANDLE child_event(const WCHAR *what, DWORD pid)
{
    WCHAR name[80];

    wsprintfW(name, L"Local\\postroom-test-%s-%lu", what, pid);
    return CreateEventW(NULL, TRUE, FALSE, name);
}

struct child
{
    HANDLE process, ready, go;
};

/* A process that has logged on to the profile. */
static void child_start(struct child *child, const WCHAR *name)
{
    WCHAR path[MAX_PATH], command[MAX_PATH + 100];
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION information;
    HANDLE both[2];

    GetModuleFileNameW(NULL, path, ARRAY_SIZE(path));
    wsprintfW(command, L"\"%s\" hold \"%s\"", path, name);
    assert_true(CreateProcessW(path, command, NULL, NULL, FALSE, CREATE_SUSPENDED, NULL, NULL, &startup, &information));
    child->process = information.hProcess;
    child->ready = child_event(L"ready", information.dwProcessId);
    child->go = child_event(L"go", information.dwProcessId);
    ResumeThread(information.hThread);
    CloseHandle(information.hThread);
    both[0] = child->ready;
    both[1] = child->process;
    assert_int_equal(WaitForMultipleObjects(2, both, FALSE, 60000), WAIT_OBJECT_0);
}

static void child_close(struct child *child)
{
    CloseHandle(child->ready);
    CloseHandle(child->go);
    CloseHandle(child->process);
}

/* It logs off. */
static void child_end(struct child *child)
{
    DWORD code = 1;

    SetEvent(child->go);
    assert_int_equal(WaitForSingleObject(child->process, 60000), WAIT_OBJECT_0);
    GetExitCodeProcess(child->process, &code);
    assert_int_equal(code, 0);
    child_close(child);
}

static void child_kill(struct child *child)
{
    TerminateProcess(child->process, 9);
    assert_int_equal(WaitForSingleObject(child->process, 60000), WAIT_OBJECT_0);
    child_close(child);
}

static int child_main(const WCHAR *name)
{
    HANDLE ready = child_event(L"ready", GetCurrentProcessId()), go = child_event(L"go", GetCurrentProcessId());
    IMAPISession *session;

    if (FAILED(MAPIInitialize(NULL)))
        return 2;
    if (FAILED(logon(name, &session)))
        return 3;
    SetEvent(ready);
    if (WaitForSingleObject(go, 60000) != WAIT_OBJECT_0)
        return 4;
    if (IMAPISession_Logoff(session, 0, 0, 0) != S_OK)
        return 5;
    IMAPISession_Release(session);
    MAPIUninitialize();
    return 0;
}

static void end_session(IMAPISession *session)
{
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    IMAPISession_Release(session);
}

static void LOGOFF_63_65_delete_in_use(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    IMsgServiceAdmin *services;
    IMAPISession *session, *other = (IMAPISession *)0x1;
    IMAPITable *table;

    (void)state;
    harness_create_profile(name);
    assert_hr(logon(name, &session), S_OK);
    assert_hr(delete_profile(admin, name), S_OK);
    assert_int_equal(listed(admin, name, 0), 0); /* LOGOFF-65 */
    assert_true(profile_key_exists(name));
    assert_hr(IMAPISession_GetMsgStoresTable(session, 0, &table), S_OK); /* still usable */
    IMAPITable_Release(table);
    assert_true(FAILED(logon(name, &other))); /* but not for others */
    assert_null(other);
    assert_hr(admin_services(admin, name, &services), MAPI_E_LOGON_FAILED);
    assert_hr(delete_profile(admin, name), MAPI_E_NOT_FOUND);
    assert_hr(create_profile(admin, name), MAPI_E_NO_ACCESS);
    assert_hr(rename_profile(admin, name, L"other"), MAPI_E_NOT_FOUND);
    assert_hr(IProfAdmin_SetDefaultProfile(admin, (LPTSTR)name, MAPI_UNICODE), MAPI_E_NOT_FOUND);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_false(profile_key_exists(name)); /* LOGOFF-63: within Logoff, not within Release */
    IMAPISession_Release(session);
    assert_hr(create_profile(admin, name), S_OK);
    IProfAdmin_Release(admin);
}

static void LOGOFF_63_children_of_the_session_do_not_hold_it(void **state)
{
    static const MAPIUID uid = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    IMsgServiceAdmin *services, *free_services;
    IMAPISession *session;
    IProfSect *section, *free_section;

    (void)state;
    harness_create_profile(name);
    assert_hr(logon(name, &session), S_OK);
    assert_hr(IMAPISession_OpenProfileSection(session, (MAPIUID *)&uid, NULL, MAPI_MODIFY, &section), S_OK);
    assert_hr(IMAPISession_AdminServices(session, 0, &services), S_OK);
    assert_hr(admin_services(admin, name, &free_services), S_OK);
    assert_hr(IMsgServiceAdmin_OpenProfileSection(free_services, (MAPIUID *)"0123456789abcdef", NULL, MAPI_MODIFY,
                                                  &free_section),
              S_OK);
    assert_hr(delete_profile(admin, name), S_OK);
    assert_true(profile_key_exists(name));
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_false(profile_key_exists(name));
    IProfSect_Release(section);
    IProfSect_Release(free_section);
    IMsgServiceAdmin_Release(services);
    IMsgServiceAdmin_Release(free_services);
    IMAPISession_Release(session);
    IProfAdmin_Release(admin);
}

static void LOGOFF_64_two_sessions(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    IMAPISession *first, *second;

    (void)state;
    harness_create_profile(name);
    assert_hr(logon(name, &first), S_OK);
    assert_hr(logon(name, &second), S_OK);
    assert_hr(delete_profile(admin, name), S_OK);
    end_session(first);
    assert_true(profile_key_exists(name));
    end_session(second);
    assert_false(profile_key_exists(name));
    IProfAdmin_Release(admin);
}

static void LOGOFF_64_two_processes(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    IMAPISession *session;
    struct child child;

    (void)state;
    harness_create_profile(name);
    assert_hr(logon(name, &session), S_OK);
    child_start(&child, name);
    assert_hr(delete_profile(admin, name), S_OK);
    end_session(session);
    assert_true(profile_key_exists(name)); /* the child has it */
    assert_int_equal(listed(admin, name, 0), 0);
    assert_true(profile_key_exists(name)); /* looking does not take it away either */
    child_end(&child);
    assert_false(profile_key_exists(name));

    /* The other way round: the child first. */
    assert_hr(create_profile(admin, name), S_OK);
    assert_hr(logon(name, &session), S_OK);
    child_start(&child, name);
    assert_hr(delete_profile(admin, name), S_OK);
    child_end(&child);
    assert_true(profile_key_exists(name));
    end_session(session);
    assert_false(profile_key_exists(name));
    IProfAdmin_Release(admin);
}

static void LOGOFF_64_process_dies(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    IMAPISession *session;
    struct child child;

    (void)state;
    harness_create_profile(name);
    child_start(&child, name);
    assert_hr(delete_profile(admin, name), S_OK);
    assert_true(profile_key_exists(name));
    child_kill(&child);
    assert_int_equal(listed(admin, name, 0), 0); /* who looks next carries it out */
    assert_false(profile_key_exists(name));

    assert_hr(create_profile(admin, name), S_OK);
    child_start(&child, name);
    assert_hr(delete_profile(admin, name), S_OK);
    child_kill(&child);
    assert_hr(create_profile(admin, name), S_OK); /* a new one of the name */
    assert_int_equal(listed(admin, name, 0), 1);
    assert_hr(logon(name, &session), S_OK);
    end_session(session);
    assert_true(profile_key_exists(name));
    IProfAdmin_Release(admin);
}

static void LOGOFF_66_rename_in_use(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], renamed[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    BYTE before[16], after[16];
    IMAPISession *first, *second;

    (void)state;
    harness_create_profile(name);
    harness_profile_name(renamed);
    assert_true(read_search_key(name, before));
    assert_hr(logon(name, &first), S_OK);
    assert_hr(rename_profile(admin, name, renamed), S_OK);
    assert_int_equal(listed(admin, name, 0), 1);
    assert_int_equal(listed(admin, renamed, 0), 0);
    assert_hr(create_profile(admin, renamed), MAPI_E_NO_ACCESS); /* the name is spoken for */
    assert_hr(copy_profile(admin, name, renamed), MAPI_E_NO_ACCESS);
    assert_hr(logon(name, &second), S_OK); /* under the old name it can be had until then */
    end_session(first);
    assert_int_equal(listed(admin, name, 0), 1);
    assert_hr(IMAPISession_Logoff(second, 0, 0, 0), S_OK);
    assert_int_equal(listed(admin, name, 0), 0);
    assert_int_equal(listed(admin, renamed, 0), 1);
    assert_false(profile_key_exists(name));
    IMAPISession_Release(second);
    assert_true(read_search_key(renamed, after));
    assert_memory_equal(before, after, 16);
    assert_hr(logon(renamed, &first), S_OK);
    end_session(first);
    assert_hr(delete_profile(admin, renamed), S_OK);
    IProfAdmin_Release(admin);
}

static void LOGOFF_66_rename_changed_or_dropped(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], second[HARNESS_PROFILE_NAME], third[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    IMAPISession *session;

    (void)state;
    harness_create_profile(name);
    harness_profile_name(second);
    harness_profile_name(third);
    /* The last word counts. */
    assert_hr(logon(name, &session), S_OK);
    assert_hr(rename_profile(admin, name, second), S_OK);
    assert_hr(rename_profile(admin, name, third), S_OK);
    end_session(session);
    assert_int_equal(listed(admin, second, 0), 0);
    assert_int_equal(listed(admin, third, 0), 1);
    /* Its own name: not at all. */
    assert_hr(logon(third, &session), S_OK);
    assert_hr(rename_profile(admin, third, name), S_OK);
    assert_hr(rename_profile(admin, third, third), S_OK);
    end_session(session);
    assert_int_equal(listed(admin, third, 0), 1);
    assert_int_equal(listed(admin, name, 0), 0);
    /* Deleted after all. */
    assert_hr(logon(third, &session), S_OK);
    assert_hr(rename_profile(admin, third, name), S_OK);
    assert_hr(delete_profile(admin, third), S_OK);
    end_session(session);
    assert_int_equal(listed(admin, third, 0), 0);
    assert_int_equal(listed(admin, name, 0), 0);
    /* Somebody else has taken the name meanwhile, past us: the profile stays what it was. */
    assert_hr(create_profile(admin, name), S_OK);
    assert_hr(logon(name, &session), S_OK);
    assert_hr(rename_profile(admin, name, second), S_OK);
    set_text_value(second, GLOBAL_SECTION, L"001e6601", L"foreign");
    end_session(session);
    assert_int_equal(listed(admin, name, 0), 1);
    assert_int_equal(listed(admin, second, 0), 1);
    assert_hr(delete_profile(admin, second), S_OK);
    IProfAdmin_Release(admin);
}

static void LOGOFF_66_rename_with_process(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], renamed[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    IMAPISession *session;
    struct child child;

    (void)state;
    harness_create_profile(name);
    harness_profile_name(renamed);
    child_start(&child, name);
    assert_hr(rename_profile(admin, name, renamed), S_OK);
    assert_int_equal(listed(admin, name, 0), 1);
    child_end(&child);
    assert_int_equal(listed(admin, name, 0), 0);
    assert_int_equal(listed(admin, renamed, 0), 1);
    child_start(&child, renamed);
    assert_hr(rename_profile(admin, renamed, name), S_OK);
    child_kill(&child);
    assert_hr(logon(name, &session), S_OK); /* the one who looks for the new name brings it about */
    assert_int_equal(listed(admin, name, 0), 1);
    assert_int_equal(listed(admin, renamed, 0), 0);
    end_session(session);
    IProfAdmin_Release(admin);
}

struct worker
{
    WCHAR name[HARNESS_PROFILE_NAME];
    LONG *failures;
};

/* Profiles of its own, and one that all threads log on to. */
static DWORD WINAPI work(void *context)
{
    struct worker *worker = context;
    WCHAR copy[HARNESS_PROFILE_NAME + 4];
    IMAPISession *session;
    IProfAdmin *admin;
    IMAPITable *table;
    int round;

    wcscpy(copy, worker->name);
    wcscat(copy, L" 2");
    if (FAILED(MAPIInitialize(NULL)) || FAILED(MAPIAdminProfiles(0, &admin)))
    {
        InterlockedIncrement(worker->failures);
        return 0;
    }
    for (round = 0; round < 6; ++round)
    {
        BOOL good = create_profile(admin, worker->name) == S_OK && copy_profile(admin, worker->name, copy) == S_OK;

        if (good && logon(worker->name, &session) == S_OK)
        {
            good = delete_profile(admin, worker->name) == S_OK;
            good = IMAPISession_Logoff(session, 0, 0, 0) == S_OK && good;
            IMAPISession_Release(session);
        }
        else
            good = FALSE;
        if (SUCCEEDED(IProfAdmin_GetProfileTable(admin, 0, &table)))
            IMAPITable_Release(table);
        else
            good = FALSE;
        if (!good || profile_key_exists(worker->name) || rename_profile(admin, copy, worker->name) != S_OK
            || delete_profile(admin, worker->name) != S_OK)
            InterlockedIncrement(worker->failures);
    }
    IProfAdmin_Release(admin);
    MAPIUninitialize();
    return 0;
}

static void PROF_02_threads(void **state)
{
    struct worker workers[4];
    HANDLE threads[4];
    LONG failures = 0;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(workers); ++i)
    {
        harness_profile_name(workers[i].name);
        workers[i].failures = &failures;
    }
    for (i = 0; i < ARRAY_SIZE(workers); ++i)
        threads[i] = CreateThread(NULL, 0, work, &workers[i], 0, NULL);
    assert_int_equal(WaitForMultipleObjects(ARRAY_SIZE(threads), threads, TRUE, 120000), WAIT_OBJECT_0);
    for (i = 0; i < ARRAY_SIZE(threads); ++i)
        CloseHandle(threads[i]);
    assert_int_equal(failures, 0);
}

static void PROF_02_faults(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], copy[HARNESS_PROFILE_NAME];
    IProfAdmin *admin;
    IMAPITable *table;
    HRESULT hr;

    (void)state;
    harness_create_profile(name);
    harness_profile_name(copy);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        admin = NULL;
        hr = MAPIAdminProfiles(0, &admin);
        if (SUCCEEDED(hr))
            hr = IProfAdmin_GetProfileTable(admin, 0, &table);
        if (SUCCEEDED(hr))
            IMAPITable_Release(table);
        if (admin)
            IProfAdmin_Release(admin);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
    }
    admin = open_admin();
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = copy_profile(admin, name, copy);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        if (FAILED(hr))
            assert_false(profile_key_exists(copy)); /* nothing half made */
        else
            assert_hr(delete_profile(admin, copy), S_OK);
    }
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = rename_profile(admin, name, copy);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        assert_int_equal(listed(admin, name, 0), FAILED(hr));
        assert_int_equal(listed(admin, copy, 0), SUCCEEDED(hr));
        if (SUCCEEDED(hr))
            assert_hr(rename_profile(admin, copy, name), S_OK);
    }
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = create_profile(admin, copy);
        if (SUCCEEDED(hr))
            hr = IProfAdmin_SetDefaultProfile(admin, NULL, 0);
        if (SUCCEEDED(hr))
            hr = delete_profile(admin, copy);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        if (FAILED(hr) && profile_key_exists(copy))
            assert_hr(delete_profile(admin, copy), S_OK);
    }
    IProfAdmin_Release(admin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGOFF_63_65_delete_in_use),
            harness_test(LOGOFF_63_children_of_the_session_do_not_hold_it),
            harness_test(LOGOFF_64_two_sessions),
            harness_test(LOGOFF_64_two_processes),
            harness_test(LOGOFF_64_process_dies),
            harness_test(LOGOFF_66_rename_in_use),
            harness_test(LOGOFF_66_rename_changed_or_dropped),
            harness_test(LOGOFF_66_rename_with_process),
            harness_test(PROF_02_threads),
            harness_test(PROF_02_faults),
    };
    WCHAR **arguments;
    int count;

    arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    if (arguments && count == 3 && !wcscmp(arguments[1], L"hold"))
        return child_main(arguments[2]);
    LocalFree(arguments);
    return harness_run(tests);
}
