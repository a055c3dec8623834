/*
 * service_support: what the tests of message services share: a registry and a mapisvc.inf of their own, the recording
 * service DLL (providers/admin), tables as rows.
 */
#ifndef POSTROOM_TESTS_SERVICE_SUPPORT_H
#define POSTROOM_TESTS_SERVICE_SUPPORT_H

#include "profile_support.h"
#include "providers/admin/admin.h"

struct service_test
{
    HKEY sandbox;
    HMODULE dll;
    WCHAR inf[MAX_PATH];
    struct admin_script script;
    IProfAdmin *profiles;
    IMsgServiceAdmin2 *services; /* of the profile "P" */
};

static inline void write_inf(const struct service_test *test, const char *text)
{
    HANDLE file = CreateFileW(test->inf, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD written;

    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, text, (DWORD)strlen(text), &written, NULL));
    CloseHandle(file);
}

static inline IMsgServiceAdmin2 *services_of(IProfAdmin *profiles, const WCHAR *name)
{
    IMsgServiceAdmin *services = NULL;

    assert_hr(admin_services(profiles, name, &services), S_OK);
    return (IMsgServiceAdmin2 *)services;
}

static inline void set_script(struct service_test *test, struct admin_script *script)
{
    admin_script_function set = (admin_script_function)(void *)GetProcAddress(test->dll, "AdminScript");

    assert_non_null(set);
    set(script);
}

/* For tests that are begun without MAPIInitialize. */
static inline void service_begin(struct service_test *test, const char *inf)
{
    WCHAR folder[MAX_PATH];
    HKEY key;

    memset(test, 0, sizeof(*test));
    test->sandbox = sandbox_begin();
    GetTempPathW(MAX_PATH - 60, folder);
    wsprintfW(test->inf, L"%spostroom-%lu-mapisvc.inf", folder, GetCurrentProcessId());
    write_inf(test, inf);
    assert_int_equal(
            RegCreateKeyExW(HKEY_CURRENT_USER, L"Software\\Postroom", 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL), 0);
    assert_int_equal(RegSetValueExW(key, L"MapisvcInf", 0, REG_SZ, (BYTE *)test->inf,
                                    (DWORD)(wcslen(test->inf) + 1) * sizeof(WCHAR)),
                     0);
    RegCloseKey(key);
    test->dll = LoadLibraryW(L"admin32.dll");
    assert_non_null(test->dll);
    set_script(test, &test->script);
    test->profiles = open_admin();
    assert_hr(create_profile(test->profiles, L"P"), S_OK);
    test->services = services_of(test->profiles, L"P");
}

static inline void service_end(struct service_test *test)
{
    assert_int_equal(IMsgServiceAdmin2_Release(test->services), 0);
    assert_int_equal(IProfAdmin_Release(test->profiles), 0);
    set_script(test, NULL);
    FreeLibrary(test->dll);
    sandbox_end(test->sandbox);
    DeleteFileW(test->inf);
}

static inline HRESULT create_service(struct service_test *test, const char *name, ULONG flags, MAPIUID *uid)
{
    return IMsgServiceAdmin2_CreateMsgServiceEx(test->services, (LPTSTR)name, NULL, 0, flags, uid);
}

static inline SRowSet *all_rows(IMAPITable *table)
{
    SRowSet *rows = NULL;

    assert_hr(IMAPITable_QueryRows(table, 1000, 0, &rows), S_OK);
    assert_int_equal(IMAPITable_Release(table), 0);
    return rows;
}

static inline SRowSet *service_rows(IMsgServiceAdmin2 *services)
{
    IMAPITable *table = NULL;

    assert_hr(IMsgServiceAdmin2_GetMsgServiceTable(services, 0, &table), S_OK);
    return all_rows(table);
}

static inline SRowSet *provider_rows(IMsgServiceAdmin2 *services)
{
    IMAPITable *table = NULL;

    assert_hr(IMsgServiceAdmin2_GetProviderTable(services, 0, &table), S_OK);
    return all_rows(table);
}

/* The property of a row; NULL: an error, or not there. */
static inline const SPropValue *row_value(const SRow *row, ULONG tag)
{
    ULONG i;

    for (i = 0; i < row->cValues; ++i)
        if (row->lpProps[i].ulPropTag == tag)
            return &row->lpProps[i];
    return NULL;
}

static inline void assert_text(const SRow *row, ULONG tag, const char *expected)
{
    const SPropValue *value = row_value(row, tag);

    assert_non_null(value);
    assert_string_equal(value->Value.lpszA, expected);
}

static inline MAPIUID row_uid(const SRow *row, ULONG tag)
{
    const SPropValue *value = row_value(row, tag);

    assert_non_null(value);
    assert_int_equal(value->Value.bin.cb, sizeof(MAPIUID));
    return *(MAPIUID *)value->Value.bin.lpb;
}

static inline ULONG count_services(IMsgServiceAdmin2 *services)
{
    SRowSet *rows = service_rows(services);
    ULONG count = rows->cRows;

    free_rows(rows);
    return count;
}

static inline ULONG count_providers(IMsgServiceAdmin2 *services)
{
    SRowSet *rows = provider_rows(services);
    ULONG count = rows->cRows;

    free_rows(rows);
    return count;
}

/* Keys below the profile's: what is left of a service is a section too many. */
static inline DWORD count_sections(const WCHAR *profile)
{
    HKEY key = open_profile_key(profile, NULL);
    DWORD count = 0;

    assert_non_null(key);
    assert_int_equal(RegQueryInfoKeyW(key, NULL, NULL, NULL, &count, NULL, NULL, NULL, NULL, NULL, NULL, NULL), 0);
    RegCloseKey(key);
    return count;
}

static inline BOOL has_section(const WCHAR *profile, const MAPIUID *uid)
{
    WCHAR name[33];
    HKEY key;
    int i;

    for (i = 0; i < 16; ++i)
        wsprintfW(name + 2 * i, L"%02x", uid->ab[i]);
    key = open_profile_key(profile, name);
    if (key)
        RegCloseKey(key);
    return key != NULL;
}

/* A property of a section, MAPIFreeBuffer; NULL: no such section or property. */
static inline SPropValue *section_value(IMsgServiceAdmin2 *services, const MAPIUID *uid, ULONG tag)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    SPropValue *values = NULL;
    IProfSect *section;
    ULONG count;
    HRESULT hr;

    if (FAILED(IMsgServiceAdmin2_OpenProfileSection(services, (MAPIUID *)uid, NULL, MAPI_FORCE_ACCESS, &section)))
        return NULL;
    hr = IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &values);
    IProfSect_Release(section);
    if (hr == S_OK)
        return values;
    MAPIFreeBuffer(values);
    return NULL;
}

#endif
