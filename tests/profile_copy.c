/*
 * IProfAdmin: profiles are copied and renamed; app profiles.
 */
#include "profile_support.h"

static void PROF_02_app_profiles(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], copy[HARNESS_PROFILE_NAME], other[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    const ULONG app = MAPI_UNICODE | MAPI_APP_PROFILE;

    (void)state;
    harness_profile_name(name);
    harness_profile_name(copy);
    harness_profile_name(other);
    assert_hr(IProfAdmin_CreateProfile(admin, (LPTSTR)name, NULL, 0, app), S_OK);
    assert_int_equal(listed(admin, name, 0), 0);
    assert_int_equal(listed(admin, name, MAPI_APP_PROFILE), 1);
    assert_hr(IProfAdmin_SetDefaultProfile(admin, (LPTSTR)name, MAPI_UNICODE), E_FAIL);
    assert_hr(delete_profile(admin, name), MAPI_E_NO_ACCESS);
    assert_hr(copy_profile(admin, name, copy), MAPI_E_NO_ACCESS);
    assert_hr(rename_profile(admin, name, copy), MAPI_E_NO_ACCESS);
    assert_hr(IProfAdmin_CopyProfile(admin, (LPTSTR)name, NULL, (LPTSTR)copy, 0, app), S_OK);
    assert_int_equal(listed(admin, copy, 0), 0);
    assert_int_equal(listed(admin, copy, MAPI_APP_PROFILE), 1);
    assert_hr(IProfAdmin_RenameProfile(admin, (LPTSTR)copy, NULL, (LPTSTR)other, 0, app), S_OK);
    assert_int_equal(listed(admin, other, 0), 0);
    assert_int_equal(listed(admin, other, MAPI_APP_PROFILE), 1);
    assert_hr(IProfAdmin_DeleteProfile(admin, (LPTSTR)other, app), S_OK);
    assert_hr(IProfAdmin_DeleteProfile(admin, (LPTSTR)name, app), S_OK);
    /* A copy of an ordinary profile is an ordinary one, whatever the flag says. */
    harness_create_profile(name);
    assert_hr(IProfAdmin_CopyProfile(admin, (LPTSTR)name, NULL, (LPTSTR)copy, 0, app), S_OK);
    assert_int_equal(listed(admin, copy, 0), 1);
    assert_hr(delete_profile(admin, copy), S_OK);
    IProfAdmin_Release(admin);
}

static void PROF_12_copy(void **state)
{
    static const BYTE bytes[] = {1, 2, 3, 4, 5};
    static const WCHAR section[] = L"00112233445566778899aabbccddeeff";
    WCHAR name[HARNESS_PROFILE_NAME], copy[HARNESS_PROFILE_NAME], text[32];
    IProfAdmin *admin = open_admin();
    BYTE old_key[16], new_key[16], large[5000], back[5000];
    DWORD size, type;
    HKEY key;

    (void)state;
    memset(large, 0x5A, sizeof(large));
    harness_create_profile(name);
    harness_profile_name(copy);
    set_raw(name, section, L"01026601", REG_BINARY, bytes, sizeof(bytes));
    set_raw(name, section, L"01026602", REG_BINARY, large, sizeof(large));
    set_text_value(name, section, L"001e3001",
                   L"Gr\x00FC\x00DF"
                   L"e");
    set_text_value(name, L"00112233445566778899aabbccddeeff\\00000001", L"Account", L"nested");
    set_text_value(name, NULL, L"Foreign", L"kept");
    assert_hr(copy_profile(admin, name, copy), S_OK);
    assert_int_equal(listed(admin, name, 0), 1);
    assert_int_equal(listed(admin, copy, 0), 1);

    key = open_profile_key(copy, section);
    assert_non_null(key);
    size = sizeof(back);
    assert_int_equal(RegQueryValueExW(key, L"01026602", NULL, &type, back, &size), 0);
    assert_int_equal(size, sizeof(large));
    assert_memory_equal(back, large, sizeof(large));
    size = sizeof(back);
    assert_int_equal(RegQueryValueExW(key, L"01026601", NULL, &type, back, &size), 0);
    assert_int_equal(type, REG_BINARY);
    assert_int_equal(size, sizeof(bytes));
    assert_memory_equal(back, bytes, sizeof(bytes));
    size = sizeof(text);
    assert_int_equal(RegQueryValueExW(key, L"001e3001", NULL, &type, (BYTE *)text, &size), 0);
    assert_int_equal(type, REG_SZ);
    assert_int_equal(wcscmp(text, L"Gr\x00FC\x00DF"
                                  L"e"),
                     0);
    RegCloseKey(key);
    key = open_profile_key(copy, L"00112233445566778899aabbccddeeff\\00000001");
    assert_non_null(key);
    size = sizeof(text);
    assert_int_equal(RegQueryValueExW(key, L"Account", NULL, &type, (BYTE *)text, &size), 0);
    RegCloseKey(key);
    key = open_profile_key(copy, NULL);
    size = sizeof(text);
    assert_int_equal(RegQueryValueExW(key, L"Foreign", NULL, &type, (BYTE *)text, &size), 0);
    RegCloseKey(key);

    assert_true(read_search_key(name, old_key));
    assert_true(read_search_key(copy, new_key));
    assert_memory_not_equal(old_key, new_key, 16);
    assert_hr(delete_profile(admin, copy), S_OK);
    IProfAdmin_Release(admin);
}

static void PROF_13_copy_to_existing(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], other[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    BYTE before[16], after[16];

    (void)state;
    harness_create_profile(name);
    harness_create_profile(other);
    assert_true(read_search_key(other, before));
    assert_hr(copy_profile(admin, name, other), MAPI_E_NO_ACCESS);
    assert_hr(copy_profile(admin, name, name), MAPI_E_NO_ACCESS);
    assert_true(read_search_key(other, after));
    assert_memory_equal(before, after, 16);
    assert_hr(copy_profile(admin, name, L" bad"), MAPI_E_INVALID_PARAMETER);
    assert_hr(copy_profile(admin, name, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(copy_profile(admin, NULL, other), MAPI_E_INVALID_PARAMETER);
    assert_hr(IProfAdmin_CopyProfile(admin, (LPTSTR)name, NULL, (LPTSTR)other, 0, MAPI_UNICODE | 0x1),
              MAPI_E_UNKNOWN_FLAGS);
    IProfAdmin_Release(admin);
}

static void PROF_14_copy_unknown(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], other[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();

    (void)state;
    harness_profile_name(name);
    harness_profile_name(other);
    assert_hr(copy_profile(admin, name, other), MAPI_E_NOT_FOUND);
    assert_int_equal(listed(admin, other, 0), 0);
    assert_false(profile_key_exists(other));
    IProfAdmin_Release(admin);
}

static void PROF_15_rename(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], other[HARNESS_PROFILE_NAME], taken[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    BYTE before[16], after[16];

    (void)state;
    harness_create_profile(name);
    harness_create_profile(taken);
    harness_profile_name(other);
    set_text_value(name, GLOBAL_SECTION, L"001e6601", L"content");
    assert_true(read_search_key(name, before));
    assert_hr(rename_profile(admin, name, taken), MAPI_E_NO_ACCESS);
    assert_hr(rename_profile(admin, other, L"whatever"), MAPI_E_NOT_FOUND);
    assert_hr(rename_profile(admin, name, L"bad "), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(listed(admin, name, 0), 1);
    assert_hr(rename_profile(admin, name, other), S_OK);
    assert_int_equal(listed(admin, name, 0), 0);
    assert_int_equal(listed(admin, other, 0), 1);
    assert_false(profile_key_exists(name));
    assert_true(read_search_key(other, after)); /* the same profile under another name */
    assert_memory_equal(before, after, 16);
    assert_true(profile_key_exists(other));
    /* And back, so that the harness finds it; to itself is nothing. */
    assert_hr(rename_profile(admin, other, name), S_OK);
    assert_hr(rename_profile(admin, name, name), S_OK);
    assert_int_equal(listed(admin, name, 0), 1);
    assert_int_equal(listed(admin, other, 0), 0);
    IProfAdmin_Release(admin);
}

static void PROF_15_rename_case_only(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], upper[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    BYTE before[16], after[16];
    IMAPITable *table;
    ULONG first, last;

    (void)state;
    harness_create_profile(name);
    wcscpy(upper, name);
    CharUpperW(upper);
    if (!wcscmp(upper, name))
        CharLowerW(upper);
    assert_true(wcscmp(upper, name) != 0);
    assert_true(read_search_key(name, before));
    assert_hr(IProfAdmin_GetProfileTable(admin, 0, &table), S_OK);
    count_in_table(table, name, NULL, &first);
    IMAPITable_Release(table);
    assert_hr(rename_profile(admin, name, upper), S_OK);
    assert_int_equal(listed(admin, upper, 0), 1);
    assert_int_equal(listed(admin, name, 0), 0);
    assert_true(read_search_key(upper, after));
    assert_memory_equal(before, after, 16);
    assert_hr(IProfAdmin_GetProfileTable(admin, 0, &table), S_OK);
    count_in_table(table, name, NULL, &last);
    IMAPITable_Release(table);
    assert_int_equal(first, last); /* no third name is left */
    assert_hr(delete_profile(admin, name), S_OK);
    IProfAdmin_Release(admin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(PROF_02_app_profiles), harness_test(PROF_12_copy),   harness_test(PROF_13_copy_to_existing),
            harness_test(PROF_14_copy_unknown), harness_test(PROF_15_rename), harness_test(PROF_15_rename_case_only),
    };

    return harness_run(tests);
}
