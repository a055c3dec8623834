/*
 * Changes of profiles that are cut short at every single write.
 *
 * Cutting short: this program once more as a child ("crash"), where a thread makes the change and ends itself at the
 * n-th write to the registry, keys open and the mutex held, as a process that is killed would.
 */
#include "../profile_support.h"

#include "profile/internal.h"

static volatile LONG writes_left;
static DWORD doomed_thread;

static void end_at_write(void)
{
    if (GetCurrentThreadId() == doomed_thread && InterlockedDecrement(&writes_left) < 0)
        ExitThread(1);
}

enum operation
{
    OP_CREATE,
    OP_COPY,
    OP_RENAME,
    OP_RENAME_CASE,
    OP_DELETE,
    OP_COUNT
};

static DWORD WINAPI operate(void *context)
{
    doomed_thread = GetCurrentThreadId();
    switch ((enum operation)(INT_PTR)context)
    {
    case OP_CREATE:
        profile_create(L"New", FALSE);
        break;
    case OP_COPY:
        profile_copy(L"Old", L"New", FALSE);
        break;
    case OP_RENAME:
        profile_rename(L"Old", L"New", FALSE);
        break;
    case OP_RENAME_CASE:
        profile_rename(L"Old", L"OLD", FALSE);
        break;
    default:
        profile_delete(L"Old", FALSE);
    }
    doomed_thread = 0;
    return 0;
}

static BOOL value_is(const WCHAR *name, const WCHAR *section, const WCHAR *value, const WCHAR *text)
{
    HKEY key = open_profile_key(name, section);
    WCHAR buffer[64];
    DWORD size = sizeof(buffer);
    BOOL yes;

    if (!key)
        return FALSE;
    yes = !RegQueryValueExW(key, value, NULL, NULL, (BYTE *)buffer, &size) && !wcscmp(buffer, text);
    RegCloseKey(key);
    return yes;
}

static BOOL is_whole(const WCHAR *name)
{
    BYTE key[16];

    return value_is(name, GLOBAL_SECTION, L"001e3001", L"one") && value_is(name, GLOBAL_SECTION, L"001e3002", L"two")
           && value_is(name, L"11111111111111111111111111111111\\nested", L"x", L"three") && read_search_key(name, key);
}

/* What is listed; "(2)" and the like count as others. */
struct sight
{
    BOOL old_there, new_there;
    ULONG others;
    WCHAR other[PROFILE_NAME_MAX + 1];
    WCHAR default_name[PROFILE_NAME_MAX + 1];
};

static BOOL look(struct sight *sight)
{
    struct profile_list *list;
    ULONG i;

    memset(sight, 0, sizeof(*sight));
    if (FAILED(profile_list(FALSE, &list)))
        return FALSE;
    for (i = 0; i < list->count; ++i)
    {
        if (!_wcsicmp(list->profiles[i].name, L"Old"))
            sight->old_there = TRUE;
        else if (!wcscmp(list->profiles[i].name, L"New"))
            sight->new_there = TRUE;
        else
        {
            ++sight->others;
            wcscpy(sight->other, list->profiles[i].name);
        }
    }
    heap_free(list);
    profile_default(sight->default_name);
    return TRUE;
}

static BOOL judge(enum operation operation)
{
    struct sight sight;
    BYTE key[16];

    if (!look(&sight))
        return FALSE;
    switch (operation)
    {
    case OP_CREATE:
        return sight.old_there && is_whole(L"Old") && !sight.others
               && (!sight.new_there || read_search_key(L"New", key));
    case OP_COPY:
        return sight.old_there && is_whole(L"Old") && !sight.others && (!sight.new_there || is_whole(L"New"));
    case OP_RENAME:
        return !sight.others && sight.old_there != sight.new_there && is_whole(sight.new_there ? L"New" : L"Old")
               && !wcscmp(sight.default_name, sight.new_there ? L"New" : L"Old");
    case OP_RENAME_CASE:
        /* At worst it stays under the third name. */
        return sight.old_there + sight.others == 1 && is_whole(sight.others ? sight.other : L"Old")
               && !_wcsicmp(sight.default_name, sight.others ? sight.other : L"Old");
    default:
        if (sight.others || sight.new_there)
            return FALSE;
        return sight.old_there ? is_whole(L"Old") : !sight.default_name[0];
    }
}

/* After another change nothing is left over: as many keys as profiles, and no marks of renames. */
static BOOL is_tidy(void)
{
    struct profile_list *list;
    DWORD keys = 0;
    BOOL tidy;
    HKEY root;

    if (profile_create(L"Later", FALSE) != S_OK || profile_delete(L"Later", FALSE) != S_OK)
        return FALSE;
    if (FAILED(profile_list(TRUE, &list)))
        return FALSE;
    if (RegOpenKeyExW(HKEY_CURRENT_USER, PROFILES_KEY, 0, KEY_READ, &root))
        return FALSE;
    RegQueryInfoKeyW(root, NULL, NULL, NULL, &keys, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    RegCloseKey(root);
    tidy = keys == list->count;
    heap_free(list);
    return tidy;
}

static int crash_main(void)
{
    HKEY sandbox = sandbox_begin();
    enum operation operation;
    int failures = 0;
    LONG n;

    registry_before_write = end_at_write;
    for (operation = OP_CREATE; operation < OP_COUNT; ++operation)
    {
        DWORD ended_early = 1;

        for (n = 0; ended_early && n < 100; ++n)
        {
            HANDLE thread;

            profile_create(L"Old", FALSE);
            set_text_value(L"Old", GLOBAL_SECTION, L"001e3001", L"one");
            set_text_value(L"Old", GLOBAL_SECTION, L"001e3002", L"two");
            set_text_value(L"Old", L"11111111111111111111111111111111\\nested", L"x", L"three");
            profile_set_default(L"Old");
            writes_left = n;
            thread = CreateThread(NULL, 0, operate, (void *)(INT_PTR)operation, 0, NULL);
            WaitForSingleObject(thread, 60000);
            GetExitCodeThread(thread, &ended_early);
            CloseHandle(thread);
            doomed_thread = 0;
            if (!judge(operation) || !is_tidy() || !judge(operation))
            {
                printf("# operation %d cut short before write %ld\n", operation, n + 1);
                ++failures;
            }
            RegDeleteTreeW(HKEY_CURRENT_USER, PROFILES_KEY);
        }
        printf("# operation %d has %ld writes\n", operation, n - 1);
        if (n < 3 || n >= 100)
            ++failures;
    }
    fflush(stdout);
    registry_before_write = NULL;
    sandbox_end(sandbox);
    return failures;
}

static void PROF_02_cut_short_at_every_write(void **state)
{
    WCHAR path[MAX_PATH], command[MAX_PATH + 10];
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION information;
    DWORD code = 1;

    (void)state;
    GetModuleFileNameW(NULL, path, ARRAY_SIZE(path));
    wsprintfW(command, L"\"%s\" crash", path);
    fflush(stdout);
    assert_true(CreateProcessW(path, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &information));
    CloseHandle(information.hThread);
    assert_int_equal(WaitForSingleObject(information.hProcess, 240000), WAIT_OBJECT_0);
    GetExitCodeProcess(information.hProcess, &code);
    CloseHandle(information.hProcess);
    assert_int_equal(code, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(PROF_02_cut_short_at_every_write),
    };

    if (argc == 2 && !strcmp(argv[1], "crash"))
        return crash_main();
    return harness_run(tests);
}
