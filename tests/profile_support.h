/*
 * profile_support: what the tests of profiles share: a registry of their own, reading the profile table, children.
 */
#ifndef POSTROOM_TESTS_PROFILE_SUPPORT_H
#define POSTROOM_TESTS_PROFILE_SUPPORT_H

#include <postroom/guids.h>

#include "harness.h"

#define SUBSYSTEM_KEY L"Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem"
#define PROFILES_KEY SUBSYSTEM_KEY L"\\Profiles"
#define SANDBOX_KEY L"Software\\Postroom tests"

#define INSTANCE_SECTION L"8503020000000000c000000000000046"
#define GLOBAL_SECTION L"9207f3e0a3b11019908b08002b2a56c2"

/* MAPIInitialize with a registry of the test's own in place of HKEY_CURRENT_USER, for this process. For tests that are
 * begun without MAPIInitialize, as the DLL keeps keys until the last MAPIUninitialize. */
static inline HKEY sandbox_begin(void)
{
    WCHAR name[80];
    HKEY key;

    wsprintfW(name, SANDBOX_KEY L"\\%lu.%lu", GetCurrentProcessId(), GetTickCount());
    assert_int_equal(RegCreateKeyExW(HKEY_CURRENT_USER, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL), 0);
    assert_hr(MAPIInitialize(NULL), S_OK); /* before, as windows need the user's own registry */
    assert_int_equal(RegOverridePredefKey(HKEY_CURRENT_USER, key), 0);
    return key;
}

static inline void sandbox_end(HKEY key)
{
    MAPIUninitialize();
    assert_int_equal(RegOverridePredefKey(HKEY_CURRENT_USER, NULL), 0);
    RegCloseKey(key);
    RegDeleteTreeW(HKEY_CURRENT_USER, SANDBOX_KEY);
}

static inline IProfAdmin *open_admin(void)
{
    IProfAdmin *admin = NULL;

    assert_hr(MAPIAdminProfiles(0, &admin), S_OK);
    assert_non_null(admin);
    return admin;
}

static inline HRESULT create_profile(IProfAdmin *admin, const WCHAR *name)
{
    return IProfAdmin_CreateProfile(admin, (LPTSTR)name, NULL, 0, MAPI_UNICODE);
}

static inline HRESULT delete_profile(IProfAdmin *admin, const WCHAR *name)
{
    return IProfAdmin_DeleteProfile(admin, (LPTSTR)name, MAPI_UNICODE);
}

static inline HRESULT rename_profile(IProfAdmin *admin, const WCHAR *from, const WCHAR *to)
{
    return IProfAdmin_RenameProfile(admin, (LPTSTR)from, NULL, (LPTSTR)to, 0, MAPI_UNICODE);
}

static inline HRESULT copy_profile(IProfAdmin *admin, const WCHAR *from, const WCHAR *to)
{
    return IProfAdmin_CopyProfile(admin, (LPTSTR)from, NULL, (LPTSTR)to, 0, MAPI_UNICODE);
}

static inline HRESULT admin_services(IProfAdmin *admin, const WCHAR *name, IMsgServiceAdmin **services)
{
    return IProfAdmin_AdminServices(admin, (LPTSTR)name, NULL, 0, MAPI_UNICODE, services);
}

static inline void free_rows(SRowSet *rows)
{
    ULONG i;

    for (i = 0; rows && i < rows->cRows; ++i)
        MAPIFreeBuffer(rows->aRow[i].lpProps);
    MAPIFreeBuffer(rows);
}

/* Times the name is in the table (exact spelling); *is_default as its row says; *total rows. */
static inline ULONG count_in_table(IMAPITable *table, const WCHAR *name, BOOL *is_default, ULONG *total)
{
    SizedSPropTagArray(2, columns) = {2, {PR_DISPLAY_NAME_W, PR_DEFAULT_PROFILE}};
    SRowSet *rows = NULL;
    ULONG i, found = 0;

    assert_hr(IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 0, NULL), S_OK);
    assert_hr(IMAPITable_QueryRows(table, 10000, 0, &rows), S_OK);
    for (i = 0; i < rows->cRows; ++i)
    {
        assert_int_equal(rows->aRow[i].cValues, 2);
        assert_int_equal(rows->aRow[i].lpProps[0].ulPropTag, PR_DISPLAY_NAME_W);
        assert_int_equal(rows->aRow[i].lpProps[1].ulPropTag, PR_DEFAULT_PROFILE);
        if (!name || wcscmp(rows->aRow[i].lpProps[0].Value.lpszW, name))
            continue;
        ++found;
        if (is_default)
            *is_default = rows->aRow[i].lpProps[1].Value.b;
    }
    if (total)
        *total = rows->cRows;
    free_rows(rows);
    return found;
}

static inline ULONG listed(IProfAdmin *admin, const WCHAR *name, ULONG flags)
{
    IMAPITable *table = NULL;
    ULONG found;

    assert_hr(IProfAdmin_GetProfileTable(admin, flags, &table), S_OK);
    found = count_in_table(table, name, NULL, NULL);
    assert_int_equal(IMAPITable_Release(table), 0);
    return found;
}

static inline BOOL listed_as_default(IProfAdmin *admin, const WCHAR *name)
{
    BOOL is_default = 2;
    IMAPITable *table = NULL;

    assert_hr(IProfAdmin_GetProfileTable(admin, MAPI_UNICODE, &table), S_OK);
    assert_int_equal(count_in_table(table, name, &is_default, NULL), 1);
    assert_int_equal(IMAPITable_Release(table), 0);
    return is_default;
}

static inline HKEY open_profile_key(const WCHAR *name, const WCHAR *section)
{
    WCHAR path[400];
    HKEY key = NULL;

    wcscpy(path, PROFILES_KEY L"\\");
    wcscat(path, name);
    if (section)
    {
        wcscat(path, L"\\");
        wcscat(path, section);
    }
    if (RegOpenKeyExW(HKEY_CURRENT_USER, path, 0, KEY_ALL_ACCESS, &key))
        return NULL;
    return key;
}

static inline BOOL profile_key_exists(const WCHAR *name)
{
    HKEY key = open_profile_key(name, NULL);

    if (key)
        RegCloseKey(key);
    return key != NULL;
}

/* The 16 bytes of PR_SEARCH_KEY as the registry has them; FALSE: not there. */
static inline BOOL read_search_key(const WCHAR *name, BYTE key[16])
{
    HKEY section = open_profile_key(name, INSTANCE_SECTION);
    DWORD size = 16, type = 0;
    LONG error;

    if (!section)
        return FALSE;
    error = RegQueryValueExW(section, L"0102300b", NULL, &type, key, &size);
    RegCloseKey(section);
    return !error && type == REG_BINARY && size == 16;
}

static inline void set_raw(const WCHAR *name, const WCHAR *section, const WCHAR *value, DWORD type, const void *data,
                           DWORD size)
{
    WCHAR path[400];
    HKEY key;

    wcscpy(path, PROFILES_KEY L"\\");
    wcscat(path, name);
    if (section)
    {
        wcscat(path, L"\\");
        wcscat(path, section);
    }
    assert_int_equal(RegCreateKeyExW(HKEY_CURRENT_USER, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL), 0);
    if (value)
        assert_int_equal(RegSetValueExW(key, value, 0, type, data, size), 0);
    RegCloseKey(key);
}

static inline void set_text_value(const WCHAR *name, const WCHAR *section, const WCHAR *value, const WCHAR *text)
{
    set_raw(name, section, value, REG_SZ, text, (DWORD)(wcslen(text) + 1) * sizeof(WCHAR));
}

static inline void set_number(const WCHAR *name, const WCHAR *section, const WCHAR *value, DWORD number)
{
    set_raw(name, section, value, REG_DWORD, &number, sizeof(number));
}

static inline HRESULT logon(const WCHAR *name, IMAPISession **session)
{
    return MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_NO_MAIL | MAPI_UNICODE, session);
}

#endif
