/*
 * IProfAdmin: profiles are created, listed, deleted and made the default.
 */
#include "profile_support.h"

#include <psapi.h>

static void PROF_01_admin_needs_no_session(void **state)
{
    IProfAdmin *admin = NULL;
    IUnknown *unknown = NULL;

    (void)state;
    assert_hr(MAPIAdminProfiles(0, &admin), S_OK);
    assert_hr(IProfAdmin_QueryInterface(admin, &IID_IUnknown, (void **)&unknown), S_OK);
    assert_ptr_equal(unknown, admin);
    assert_int_equal(IUnknown_Release(unknown), 1);
    assert_hr(IProfAdmin_QueryInterface(admin, &IID_IProfAdmin, (void **)&unknown), S_OK);
    assert_int_equal(IUnknown_Release(unknown), 1);
    unknown = (IUnknown *)0x1;
    assert_hr(IProfAdmin_QueryInterface(admin, &IID_IMAPISession, (void **)&unknown), MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_null(unknown);
    assert_hr(IProfAdmin_QueryInterface(admin, &IID_IUnknown, NULL), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(IProfAdmin_AddRef(admin), 2);
    assert_int_equal(IProfAdmin_Release(admin), 1);
    assert_int_equal(IProfAdmin_Release(admin), 0);
}

static void PROF_01_parameters(void **state)
{
    IProfAdmin *admin = (IProfAdmin *)0x1;

    (void)state;
    assert_hr(MAPIAdminProfiles(0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIAdminProfiles(0x1000, &admin), MAPI_E_UNKNOWN_FLAGS);
    assert_null(admin);
}

static void INIT_06_needs_initialisation(void **state)
{
    IProfAdmin *admin = (IProfAdmin *)0x1;
    IMAPITable *table = (IMAPITable *)0x1;
    IMsgServiceAdmin *services = (IMsgServiceAdmin *)0x1;

    (void)state;
    assert_hr(MAPIAdminProfiles(0, &admin), MAPI_E_NOT_INITIALIZED);
    assert_null(admin);
    assert_hr(MAPIInitialize(NULL), S_OK);
    admin = open_admin();
    MAPIUninitialize();
    assert_hr(IProfAdmin_GetProfileTable(admin, 0, &table), MAPI_E_NOT_INITIALIZED);
    assert_null(table);
    assert_hr(create_profile(admin, L"never"), MAPI_E_NOT_INITIALIZED);
    assert_hr(delete_profile(admin, L"never"), MAPI_E_NOT_INITIALIZED);
    assert_hr(copy_profile(admin, L"never", L"ever"), MAPI_E_NOT_INITIALIZED);
    assert_hr(rename_profile(admin, L"never", L"ever"), MAPI_E_NOT_INITIALIZED);
    assert_hr(IProfAdmin_SetDefaultProfile(admin, NULL, 0), MAPI_E_NOT_INITIALIZED);
    assert_hr(IProfAdmin_ChangeProfilePassword(admin, NULL, NULL, NULL, 0), MAPI_E_NOT_INITIALIZED);
    assert_hr(admin_services(admin, L"never", &services), MAPI_E_NOT_INITIALIZED);
    assert_null(services);
    assert_int_equal(IProfAdmin_Release(admin), 0);
}

static void PROF_02_create_new(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();

    (void)state;
    harness_profile_name(name);
    assert_int_equal(listed(admin, name, 0), 0);
    assert_hr(create_profile(admin, name), S_OK);
    assert_int_equal(listed(admin, name, 0), 1);
    assert_hr(delete_profile(admin, name), S_OK);
    assert_int_equal(listed(admin, name, 0), 0);
    assert_false(profile_key_exists(name));
    IProfAdmin_Release(admin);
}

static void PROF_02_create_ansi_with_default_services(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    char ansi[2 * HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    IMsgServiceAdmin *services;
    IMAPITable *table;
    ULONG count = 1;

    (void)state;
    harness_profile_name(name);
    WideCharToMultiByte(CP_ACP, 0, name, -1, ansi, sizeof(ansi), NULL, NULL);
    assert_hr(IProfAdmin_CreateProfile(admin, (LPTSTR)ansi, (LPTSTR) "", 0, MAPI_DEFAULT_SERVICES | MAPI_DIALOG), S_OK);
    assert_int_equal(listed(admin, name, 0), 1);
    /* There are no default services to add. */
    assert_hr(IProfAdmin_AdminServices(admin, (LPTSTR)ansi, (LPTSTR) "", 0, MAPI_DIALOG, &services), S_OK);
    assert_hr(IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table), S_OK);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 0);
    IMAPITable_Release(table);
    assert_int_equal(IMsgServiceAdmin_Release(services), 0);
    assert_hr(IProfAdmin_DeleteProfile(admin, (LPTSTR)ansi, 0), S_OK);
    IProfAdmin_Release(admin);
}

static void PROF_03_create_existing(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], other[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    BYTE before[16], after[16];
    MAPIERROR *error = NULL;

    (void)state;
    harness_create_profile(name);
    assert_true(read_search_key(name, before));
    assert_hr(create_profile(admin, name), MAPI_E_NO_ACCESS);
    assert_hr(IProfAdmin_GetLastError(admin, MAPI_E_NO_ACCESS, MAPI_UNICODE, &error), S_OK);
    assert_non_null(error);
    MAPIFreeBuffer(error);
    wcscpy(other, name);
    CharUpperW(other);
    if (!wcscmp(other, name))
        CharLowerW(other);
    assert_hr(create_profile(admin, other), MAPI_E_NO_ACCESS);
    assert_true(read_search_key(name, after));
    assert_memory_equal(before, after, 16);
    assert_hr(delete_profile(admin, other), S_OK); /* names are compared without case */
    assert_false(profile_key_exists(name));
    IProfAdmin_Release(admin);
}

static void PROF_05_names(void **state)
{
    static const WCHAR long_name[] = L"1234567890123456789012345678901234567890123456789012345678901234";
    static const WCHAR *const bad[] = {
            L"",
            L" ",
            L" leading",
            L"trailing ",
            L"12345678901234567890123456789012345678901234567890123456789012345",
            L"back\\slash",
            L"tab\tulator",
            L"line\nfeed",
            L"bell\x0007",
            L"delete\x007f",
            L"control\x0085",
    };
    IProfAdmin *admin = open_admin();
    IMsgServiceAdmin *services;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(bad); ++i)
    {
        assert_hr(create_profile(admin, bad[i]), MAPI_E_INVALID_PARAMETER);
        assert_hr(delete_profile(admin, bad[i]), MAPI_E_NOT_FOUND);
        assert_hr(IProfAdmin_SetDefaultProfile(admin, (LPTSTR)bad[i], MAPI_UNICODE), MAPI_E_NOT_FOUND);
        assert_hr(admin_services(admin, bad[i], &services), MAPI_E_LOGON_FAILED);
        assert_null(services);
    }
    assert_hr(create_profile(admin, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(delete_profile(admin, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(admin_services(admin, NULL, &services), MAPI_E_INVALID_PARAMETER);
    assert_hr(create_profile(admin, (WCHAR *)16), MAPI_E_INVALID_PARAMETER);
    assert_hr(IProfAdmin_CreateProfile(admin, (LPTSTR)16, NULL, 0, 0), MAPI_E_INVALID_PARAMETER);

    delete_profile(admin, long_name); /* of a run that failed */
    assert_hr(create_profile(admin, long_name), S_OK);
    assert_int_equal(listed(admin, long_name, 0), 1);
    assert_hr(delete_profile(admin, long_name), S_OK);
    IProfAdmin_Release(admin);
}

static void PROF_05_names_in_any_script(void **state)
{
    static const WCHAR *const names[] = {
            L"\x041F\x043E\x0447\x0442\x0430 \x0434\x043E\x043C\x0430", /* Cyrillic */
            L"\x90F5\x4FBF\x5C40",                                      /* CJK */
            L"\xD83D\xDCEE mail \xD83D\xDE00",                          /* outside the first plane */
            L"\x0628\x0631\x064A\x062F",                                /* Arabic */
            L"\x00C5ngstr\x00F6m_\x00DF",
            L"\x0395\x03BB\x03BB\x03B7\x03BD\x03B9\x03BA\x03AC",
            L"a/b:c*d?e\"f<g>h|i.j",
            L"\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00"
            L"\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00"
            L"\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00"
            L"\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00\xD83D\xDE00",
    };
    IProfAdmin *admin = open_admin();
    IMsgServiceAdmin *services;
    WCHAR copy[70];
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(names); ++i)
    {
        delete_profile(admin, names[i]);
        assert_hr(create_profile(admin, names[i]), S_OK);
        assert_int_equal(listed(admin, names[i], 0), 1);
        assert_hr(admin_services(admin, names[i], &services), S_OK);
        assert_int_equal(IMsgServiceAdmin_Release(services), 0);
        if (wcslen(names[i]) < 60)
        {
            wcscpy(copy, names[i]);
            wcscat(copy, L" 2");
            delete_profile(admin, copy);
            assert_hr(copy_profile(admin, names[i], copy), S_OK);
            assert_int_equal(listed(admin, copy, 0), 1);
            assert_hr(delete_profile(admin, copy), S_OK);
        }
        assert_hr(delete_profile(admin, names[i]), S_OK);
        assert_int_equal(listed(admin, names[i], 0), 0);
    }
    IProfAdmin_Release(admin);
}

static void PROF_06_no_profiles(void **state)
{
    HKEY sandbox = sandbox_begin();
    IMAPITable *table = NULL;
    ULONG total = 1, round;
    IProfAdmin *admin;

    (void)state;
    /* Without any key of the subsystem, then with an empty root. */
    for (round = 0; round < 2; ++round)
    {
        admin = open_admin();
        assert_hr(IProfAdmin_GetProfileTable(admin, 0, &table), S_OK);
        count_in_table(table, NULL, NULL, &total);
        assert_int_equal(total, 0);
        IMAPITable_Release(table);
        assert_hr(delete_profile(admin, L"nothing"), MAPI_E_NOT_FOUND);
        assert_hr(IProfAdmin_SetDefaultProfile(admin, NULL, 0), S_OK);
        if (!round)
        {
            HKEY key;

            assert_int_equal(RegOpenKeyExW(HKEY_CURRENT_USER, L"Software", 0, KEY_READ, &key), ERROR_FILE_NOT_FOUND);
            assert_int_equal(RegCreateKeyExW(HKEY_CURRENT_USER, PROFILES_KEY, 0, NULL, 0, KEY_READ, NULL, &key, NULL),
                             0);
            RegCloseKey(key);
        }
        IProfAdmin_Release(admin);
    }
    sandbox_end(sandbox);
}

static void PROF_07_table_is_static(void **state)
{
    WCHAR first[HARNESS_PROFILE_NAME], second[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    IMAPITable *table;
    ULONG before, after;

    (void)state;
    harness_create_profile(first);
    assert_hr(IProfAdmin_GetProfileTable(admin, 0, &table), S_OK);
    assert_int_equal(count_in_table(table, first, NULL, &before), 1);
    harness_create_profile(second);
    assert_hr(delete_profile(admin, first), S_OK);
    assert_int_equal(count_in_table(table, first, NULL, &after), 1);
    assert_int_equal(count_in_table(table, second, NULL, NULL), 0);
    assert_int_equal(before, after);
    assert_int_equal(IMAPITable_Release(table), 0);
    IProfAdmin_Release(admin);
}

static void PROF_08_columns(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    SPropTagArray *columns;
    IMAPITable *table;
    SRowSet *rows;
    ULONG unicode;

    (void)state;
    harness_create_profile(name);
    for (unicode = 0; unicode < 2; ++unicode)
    {
        assert_hr(IProfAdmin_GetProfileTable(admin, unicode ? MAPI_UNICODE : 0, &table), S_OK);
        assert_hr(IMAPITable_QueryColumns(table, 0, &columns), S_OK);
        assert_int_equal(columns->cValues, 2);
        assert_int_equal(columns->aulPropTag[0], unicode ? PR_DISPLAY_NAME_W : PR_DISPLAY_NAME_A);
        assert_int_equal(columns->aulPropTag[1], PR_DEFAULT_PROFILE);
        MAPIFreeBuffer(columns);
        assert_hr(IMAPITable_QueryRows(table, 1, 0, &rows), S_OK);
        assert_int_equal(rows->cRows, 1);
        assert_int_equal(rows->aRow[0].cValues, 2);
        assert_int_equal(rows->aRow[0].lpProps[0].ulPropTag, unicode ? PR_DISPLAY_NAME_W : PR_DISPLAY_NAME_A);
        free_rows(rows);
        IMAPITable_Release(table);
    }
    table = (IMAPITable *)0x1;
    assert_hr(IProfAdmin_GetProfileTable(admin, 0x2, &table), MAPI_E_UNKNOWN_FLAGS);
    assert_null(table);
    assert_hr(IProfAdmin_GetProfileTable(admin, 0, NULL), MAPI_E_INVALID_PARAMETER);
    IProfAdmin_Release(admin);
}

static void PROF_09_delete_unknown(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();

    (void)state;
    harness_profile_name(name);
    assert_hr(delete_profile(admin, name), MAPI_E_NOT_FOUND);
    assert_hr(IProfAdmin_DeleteProfile(admin, (LPTSTR)name, MAPI_UNICODE | 0x8), MAPI_E_UNKNOWN_FLAGS);
    IProfAdmin_Release(admin);
}

static void PROF_11_password(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], other[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    IMsgServiceAdmin *services;
    BYTE before[16], after[16];

    (void)state;
    harness_create_profile(name);
    harness_profile_name(other);
    assert_true(read_search_key(name, before));
    assert_hr(IProfAdmin_ChangeProfilePassword(admin, (LPTSTR)name, (LPTSTR)L"", (LPTSTR)L"new", MAPI_UNICODE), S_OK);
    assert_hr(IProfAdmin_ChangeProfilePassword(admin, (LPTSTR) "no such profile", NULL, NULL, 0), S_OK);
    assert_hr(IProfAdmin_ChangeProfilePassword(admin, NULL, NULL, NULL, 0x1), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(admin_services(admin, name, &services), S_OK); /* still without a password */
    IMsgServiceAdmin_Release(services);
    assert_true(read_search_key(name, after));
    assert_memory_equal(before, after, 16);

    assert_hr(IProfAdmin_CreateProfile(admin, (LPTSTR)other, (LPTSTR)L"secret", 0, MAPI_UNICODE),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(IProfAdmin_CopyProfile(admin, (LPTSTR)name, (LPTSTR)L"x", (LPTSTR)other, 0, MAPI_UNICODE),
              MAPI_E_LOGON_FAILED);
    assert_hr(IProfAdmin_RenameProfile(admin, (LPTSTR)name, (LPTSTR)L"x", (LPTSTR)other, 0, MAPI_UNICODE),
              MAPI_E_LOGON_FAILED);
    assert_hr(IProfAdmin_AdminServices(admin, (LPTSTR)name, (LPTSTR)L"x", 0, MAPI_UNICODE, &services),
              MAPI_E_LOGON_FAILED);
    assert_null(services);
    assert_int_equal(listed(admin, other, 0), 0);
    IProfAdmin_Release(admin);
}

static void PROF_16_17_default(void **state)
{
    HKEY sandbox = sandbox_begin(), key;
    IProfAdmin *admin;
    WCHAR text[80];
    DWORD size, type;

    (void)state;
    admin = open_admin();
    assert_hr(create_profile(admin, L"First"), S_OK);
    assert_hr(create_profile(admin, L"Second"), S_OK);
    assert_false(listed_as_default(admin, L"First"));
    assert_hr(IProfAdmin_SetDefaultProfile(admin, (LPTSTR) "first", 0), S_OK);
    assert_int_equal(listed_as_default(admin, L"First"), TRUE);
    assert_int_equal(listed_as_default(admin, L"Second"), FALSE);
    assert_hr(IProfAdmin_SetDefaultProfile(admin, (LPTSTR)L"Second", MAPI_UNICODE), S_OK);
    assert_int_equal(listed_as_default(admin, L"First"), FALSE);
    assert_int_equal(listed_as_default(admin, L"Second"), TRUE);
    assert_hr(IProfAdmin_SetDefaultProfile(admin, (LPTSTR)L"Third", MAPI_UNICODE), MAPI_E_NOT_FOUND);
    assert_hr(IProfAdmin_SetDefaultProfile(admin, (LPTSTR)L"First", MAPI_UNICODE | 0x1), MAPI_E_UNKNOWN_FLAGS);
    assert_int_equal(listed_as_default(admin, L"Second"), TRUE);

    assert_int_equal(RegOpenKeyExW(HKEY_CURRENT_USER, PROFILES_KEY, 0, KEY_READ, &key), 0);
    size = sizeof(text);
    assert_int_equal(RegQueryValueExW(key, L"DefaultProfile", NULL, &type, (BYTE *)text, &size), 0);
    assert_int_equal(type, REG_SZ);
    assert_int_equal(wcscmp(text, L"Second"), 0);

    /* The default follows a rename and ends with a delete. */
    assert_hr(rename_profile(admin, L"Second", L"Third"), S_OK);
    assert_int_equal(listed_as_default(admin, L"Third"), TRUE);
    assert_hr(delete_profile(admin, L"Third"), S_OK);
    size = sizeof(text);
    assert_int_equal(RegQueryValueExW(key, L"DefaultProfile", NULL, &type, (BYTE *)text, &size), ERROR_FILE_NOT_FOUND);
    assert_hr(IProfAdmin_SetDefaultProfile(admin, (LPTSTR)L"First", MAPI_UNICODE), S_OK);
    assert_hr(IProfAdmin_SetDefaultProfile(admin, NULL, 0), S_OK);
    assert_int_equal(listed_as_default(admin, L"First"), FALSE);
    RegCloseKey(key);
    IProfAdmin_Release(admin);
    sandbox_end(sandbox);
}

static void PROF_18_services_of_unknown(void **state)
{
    IMsgServiceAdmin *services = (IMsgServiceAdmin *)0x1;
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();

    (void)state;
    harness_profile_name(name);
    assert_hr(admin_services(admin, name, &services), MAPI_E_LOGON_FAILED);
    assert_null(services);
    harness_create_profile(name);
    assert_hr(admin_services(admin, name, &services), S_OK);
    assert_int_equal(IMsgServiceAdmin_Release(services), 0);
    assert_hr(IProfAdmin_AdminServices(admin, (LPTSTR)name, NULL, 0, MAPI_UNICODE | 0x1, &services),
              MAPI_E_UNKNOWN_FLAGS);
    assert_null(services);
    assert_hr(admin_services(admin, name, NULL), MAPI_E_INVALID_PARAMETER);
    IProfAdmin_Release(admin);
}

/* Modules of this process. */
static DWORD loaded_modules(void)
{
    HMODULE modules[1024];
    DWORD size = 0;

    assert_true(K32EnumProcessModules(GetCurrentProcess(), modules, sizeof(modules), &size));
    return size / sizeof(modules[0]);
}

/* A profile that names a provider DLL which could be loaded: administration looks at it and leaves it alone. */
static void PROF_19_loads_no_provider(void **state)
{
    static const MAPIUID uid = {{'P', 'R', 'O', 'F', '-', '1', '9'}};
    SPropValue value = {.ulPropTag = PR_PROVIDER_DLL_NAME_A, .Value.lpszA = (char *)"msacm.dll"};
    IMsgServiceAdmin *services;
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    IMAPITable *table;
    IProfSect *section;
    DWORD before;

    (void)state;
    harness_create_profile(name);
    assert_hr(admin_services(admin, name, &services), S_OK);
    assert_hr(IMsgServiceAdmin_OpenProfileSection(services, (MAPIUID *)&uid, NULL, MAPI_MODIFY, &section), S_OK);
    assert_hr(IProfSect_SetProps(section, 1, &value, NULL), S_OK);
    assert_int_equal(IProfSect_Release(section), 0);
    assert_int_equal(IMsgServiceAdmin_Release(services), 0);

    before = loaded_modules();
    assert_hr(admin_services(admin, name, &services), S_OK);
    assert_hr(IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table), S_OK);
    assert_int_equal(IMAPITable_Release(table), 0);
    assert_hr(IMsgServiceAdmin_GetProviderTable(services, 0, &table), S_OK);
    assert_int_equal(IMAPITable_Release(table), 0);
    assert_int_equal(IMsgServiceAdmin_Release(services), 0);
    assert_null(GetModuleHandleW(L"msacm32.dll"));
    assert_int_equal(loaded_modules(), before);
    IProfAdmin_Release(admin);
}

static void PROF_20_registry(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], key_name[80];
    DWORD size, index;
    BYTE search_key[16];
    HKEY key;

    (void)state;
    harness_create_profile(name);
    key = open_profile_key(name, NULL);
    assert_non_null(key);
    for (index = 0;; ++index)
    {
        size = ARRAY_SIZE(key_name);
        if (RegEnumKeyExW(key, index, key_name, &size, NULL, NULL, NULL, NULL))
            break;
        assert_int_equal(size, 32);
        assert_int_equal(wcsspn(key_name, L"0123456789abcdef"), 32);
    }
    assert_int_equal(index, 1);
    RegCloseKey(key);
    assert_true(read_search_key(name, search_key));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(PROF_01_admin_needs_no_session),
            harness_test(PROF_01_parameters),
            harness_test_plain(INIT_06_needs_initialisation),
            harness_test(PROF_02_create_new),
            harness_test(PROF_02_create_ansi_with_default_services),
            harness_test(PROF_03_create_existing),
            harness_test(PROF_05_names),
            harness_test(PROF_05_names_in_any_script),
            harness_test_plain(PROF_06_no_profiles),
            harness_test(PROF_07_table_is_static),
            harness_test(PROF_08_columns),
            harness_test(PROF_09_delete_unknown),
            harness_test(PROF_11_password),
            harness_test_plain(PROF_16_17_default),
            harness_test(PROF_18_services_of_unknown),
            harness_test(PROF_19_loads_no_provider),
            harness_test(PROF_20_registry),
    };

    return harness_run(tests);
}
