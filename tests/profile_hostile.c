/*
 * Registry content that nobody well-meaning wrote: skipped, never followed, never a reason to stop.
 */
#include "profile_support.h"

#define SECTION L"00000000000000000000000000000001"
static const MAPIUID uid = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

static IProfSect *open_section(const WCHAR *name, ULONG flags)
{
    IProfAdmin *admin = open_admin();
    IMsgServiceAdmin *services = NULL;
    IProfSect *section = NULL;

    assert_hr(admin_services(admin, name, &services), S_OK);
    assert_hr(IMsgServiceAdmin_OpenProfileSection(services, (MAPIUID *)&uid, NULL, flags | MAPI_FORCE_ACCESS, &section),
              S_OK);
    IMsgServiceAdmin_Release(services);
    IProfAdmin_Release(admin);
    return section;
}

static void PROF_20_hostile_values(void **state)
{
    static const struct
    {
        const WCHAR *name;
        DWORD type;
        const void *data;
        DWORD size;
    } bad[] = {
            {L"", REG_SZ, L"default", 16},
            {L"001e300", REG_SZ, L"short name", 22},
            {L"001e30011", REG_SZ, L"long name", 20},
            {L"001g3001", REG_SZ, L"no hex", 14},
            {L"00039001", REG_BINARY, "\1\0\0", 4}, /* a named property */
            {L"00030000", REG_BINARY, "\1\0\0", 4}, /* id 0 */
            {L"00036610", REG_BINARY, "\1\0", 3},
            {L"00036611", REG_BINARY, "", 0},
            {L"00036612", REG_SZ, L"1", 4},
            {L"00036613", REG_BINARY, "\1\0\0\0\0\0\0", 8},
            {L"000b6614", REG_BINARY, "\1\0\0\0", 4},
            {L"001e6615", REG_SZ, L"odd", 7},
            {L"001e6616", REG_BINARY, "ansi", 5},
            {L"001f6617", REG_BINARY, L"odd", 7},
            {L"00486618", REG_BINARY, "0123456789", 10},
            {L"000d6619", REG_BINARY, "\0\0\0", 4},         /* an object */
            {L"0077661a", REG_BINARY, "\0\0\0", 4},         /* no type */
            {L"1003661b", REG_BINARY, "\2\0\0\0\1\0\0", 8}, /* says two, holds one */
            {L"1003661c", REG_BINARY, "\377\377\377\377\1\0\0", 8},
            {L"1003661d", REG_BINARY, "\0\0\0", 4},                /* no value at all */
            {L"101e661e", REG_BINARY, "\1\0\0\0\377\377\377", 8},  /* offset outside */
            {L"101e661f", REG_BINARY, "\1\0\0\0\10\0\0\0abc", 11}, /* does not end */
            {L"101e6620", REG_BINARY, "\377\377\377\177\10\0\0", 8},
            {L"101f6621", REG_BINARY, "\1\0\0\0\11\0\0\0a\0\0\0", 12},        /* odd offset */
            {L"11026622", REG_BINARY, "\1\0\0\0\377\377\377\377\14\0\0", 12}, /* length outside */
            {L"11026623", REG_BINARY, "\1\0\0\0\1\0\0\0\14\0\0", 12},
            {L"11026624", REG_BINARY, "\1\0\0", 4},
            {L"010267f3", REG_BINARY, "PRs1\3\0\0\0garbage", 15}, /* a secret of nobody's */
            {L"010267f4", REG_BINARY, "PRs1", 4},                 /* short, so just four bytes */
            {L"00033d12", REG_BINARY, "\1\0\0", 4},               /* PR_PROFILE_NAME as a number */
            {L"00030ffe", REG_BINARY, "\5\0\0", 4},               /* PR_OBJECT_TYPE of a message */
    };
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfSect *section;
    SPropTagArray *tags;
    SPropValue *values;
    ULONG count, i, object_types = 0;
    size_t n;

    (void)state;
    harness_create_profile(name);
    for (n = 0; n < ARRAY_SIZE(bad); ++n)
        set_raw(name, SECTION, bad[n].name, bad[n].type, bad[n].data, bad[n].size);
    /* And some good ones among them. */
    set_raw(name, SECTION, L"00036601", REG_BINARY, "\7\0\0", 4);
    set_raw(name, SECTION, L"001e6602", REG_SZ, L"unterminated", 10);
    set_number(name, SECTION, L"00036603", 9);
    set_raw(name, SECTION, L"00036604", REG_BINARY, "\7\0\0", 4);
    set_raw(name, SECTION, L"001f6604", REG_BINARY, L"both", 10);
    section = open_section(name, 0);
    assert_hr(IProfSect_GetPropList(section, MAPI_UNICODE, &tags), S_OK);
    for (i = 0; i < tags->cValues; ++i)
        assert_true(PROP_ID(tags->aulPropTag[i]) < 0x6610 || PROP_ID(tags->aulPropTag[i]) > 0x6624);
    MAPIFreeBuffer(tags);
    assert_hr(IProfSect_GetProps(section, NULL, MAPI_UNICODE, &count, &values), S_OK);
    assert_int_equal(count, 6);
    for (i = 0; i < count; ++i)
    {
        switch (values[i].ulPropTag)
        {
        case PR_OBJECT_TYPE:
            assert_int_equal(values[i].Value.l, MAPI_PROFSECT);
            ++object_types;
            break;
        case PROP_TAG(PT_LONG, 0x6601):
            assert_int_equal(values[i].Value.l, 7);
            break;
        case PROP_TAG(PT_UNICODE, 0x6602):
            assert_int_equal(wcscmp(values[i].Value.lpszW, L"unter"), 0);
            break;
        case PROP_TAG(PT_LONG, 0x6603):
            assert_int_equal(values[i].Value.l, 9);
            break;
        case PROP_TAG(PT_UNICODE, 0x6604):
            assert_int_equal(wcscmp(values[i].Value.lpszW, L"both"), 0);
            break;
        default:
            assert_int_equal(values[i].ulPropTag, PR_PROFILE_NAME_W);
            assert_int_equal(wcscmp(values[i].Value.lpszW, name), 0);
        }
    }
    assert_int_equal(object_types, 1);
    MAPIFreeBuffer(values);
    IProfSect_Release(section);
}

static void PROF_20_huge_and_many_values(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME], value[32], *long_name;
    SizedSPropTagArray(2, tags) = {2, {PROP_TAG(PT_BINARY, 0x6601), PROP_TAG(PT_BINARY, 0x6602)}};
    const DWORD limit = 1024 * 1024;
    SPropProblemArray *problems = NULL;
    SPropValue *values, set;
    IProfSect *section;
    BYTE *large;
    ULONG count, i;
    HKEY key;

    (void)state;
    harness_create_profile(name);
    large = calloc(1, limit + 1);
    assert_non_null(large);
    set_raw(name, SECTION, L"01026601", REG_BINARY, large, limit);
    set_raw(name, SECTION, L"01026602", REG_BINARY, large, limit + 1);
    long_name = calloc(16001, sizeof(WCHAR));
    for (i = 0; i < 16000; ++i)
        long_name[i] = 'a';
    set_raw(name, SECTION, long_name, REG_BINARY, large, 4);
    free(long_name);
    section = open_section(name, MAPI_MODIFY);
    assert_hr(IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &values), MAPI_W_ERRORS_RETURNED);
    assert_int_equal(values[0].ulPropTag, PROP_TAG(PT_BINARY, 0x6601));
    assert_int_equal(values[0].Value.bin.cb, limit);
    assert_int_equal(PROP_TYPE(values[1].ulPropTag), PT_ERROR);
    MAPIFreeBuffer(values);
    /* And none of ours becomes like it. */
    set.ulPropTag = PROP_TAG(PT_BINARY, 0x6603);
    set.Value.bin.cb = limit + 1;
    set.Value.bin.lpb = large;
    assert_hr(IProfSect_SetProps(section, 1, &set, &problems), S_OK);
    assert_non_null(problems);
    assert_hr(problems->aProblem[0].scode, MAPI_E_NOT_ENOUGH_MEMORY);
    MAPIFreeBuffer(problems);
    IProfSect_Release(section);
    free(large);

    key = open_profile_key(name, SECTION);
    for (i = 0; i < 5000; ++i)
    {
        wsprintfW(value, L"0003%04x", 0x1000 + i);
        RegSetValueExW(key, value, 0, REG_BINARY, (BYTE *)&i, sizeof(i));
    }
    RegCloseKey(key);
    section = open_section(name, 0);
    assert_hr(IProfSect_GetProps(section, NULL, 0, &count, &values), S_OK);
    assert_true(count > 4000 && count <= 4100);
    MAPIFreeBuffer(values);
    IProfSect_Release(section);
}

static void PROF_06_hostile_profiles(void **state)
{
    static const WCHAR long_name[] = L"12345678901234567890123456789012345678901234567890123456789012345";
    HKEY sandbox = sandbox_begin();
    IProfAdmin *admin = open_admin();
    IMsgServiceAdmin *services;
    IMAPISession *session;
    IMAPITable *table;
    WCHAR path[300];
    BYTE key[16];
    ULONG total;
    HKEY root;
    int i;

    (void)state;
    /* Names that no profile has, marks that mean nothing, and one that somebody else made. */
    set_raw(L" leading", NULL, NULL, 0, NULL, 0);
    set_raw(L"trailing ", NULL, NULL, 0, NULL, 0);
    set_raw(long_name, NULL, NULL, 0, NULL, 0);
    set_text_value(L"Foreign", GLOBAL_SECTION, L"001e3001", L"content");
    set_text_value(L"Odd marks", NULL, L"Postroom", L"4");
    set_raw(L"Odd marks 2", NULL, L"Postroom", REG_DWORD, "\4\0", 3);
    set_number(L"Odd marks 3", NULL, L"Postroom", 1 | 8); /* a rename to nowhere */
    set_number(L"Odd marks 4", NULL, L"Postroom", 1 | 8);
    set_text_value(L"Odd marks 4", NULL, L"PostroomRename", L"bad ");
    set_number(L"Odd marks 5", NULL, L"Postroom", 0xFFFFFFF0);
    assert_hr(IProfAdmin_GetProfileTable(admin, 0, &table), S_OK);
    assert_int_equal(count_in_table(table, L"Foreign", NULL, &total), 1);
    assert_int_equal(total, 6);
    IMAPITable_Release(table);
    /* Somebody else's profile is as good as ours. */
    assert_hr(logon(L"foreign", &session), S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    IMAPISession_Release(session);
    assert_hr(copy_profile(admin, L"Foreign", L"Copy"), S_OK);
    assert_true(read_search_key(L"Copy", key));
    assert_hr(rename_profile(admin, L"Foreign", L"Domestic"), S_OK);
    assert_hr(delete_profile(admin, L"Domestic"), S_OK);
    for (i = 1; i <= 5; ++i)
    {
        wsprintfW(path, i == 1 ? L"Odd marks" : L"Odd marks %d", i);
        assert_hr(delete_profile(admin, path), S_OK);
    }
    /* DefaultProfile of every bad kind. */
    assert_int_equal(RegOpenKeyExW(HKEY_CURRENT_USER, PROFILES_KEY, 0, KEY_ALL_ACCESS, &root), 0);
    assert_hr(IProfAdmin_SetDefaultProfile(admin, (LPTSTR) "Copy", 0), S_OK);
    assert_true(listed_as_default(admin, L"Copy"));
    RegSetValueExW(root, L"DefaultProfile", 0, REG_DWORD, (BYTE *)"\1\0\0", 4);
    assert_false(listed_as_default(admin, L"Copy"));
    RegSetValueExW(root, L"DefaultProfile", 0, REG_SZ, (BYTE *)L"Copy", 7);
    assert_false(listed_as_default(admin, L"Copy"));
    RegSetValueExW(root, L"DefaultProfile", 0, REG_SZ, (BYTE *)L"Copy", 8); /* no terminator, but a name */
    assert_true(listed_as_default(admin, L"Copy"));
    RegSetValueExW(root, L"DefaultProfile", 0, REG_SZ, (BYTE *)long_name, sizeof(long_name));
    assert_false(listed_as_default(admin, L"Copy"));
    RegSetValueExW(root, L"DefaultProfile", 0, REG_SZ, (BYTE *)L"Co\0py", 12);
    assert_false(listed_as_default(admin, L"Copy"));
    RegSetValueExW(root, L"DefaultProfile", 0, REG_SZ, (BYTE *)L"", 2);
    assert_false(listed_as_default(admin, L"Copy"));
    RegCloseKey(root);
    /* A value where a key should be, a key that is a file's name. */
    assert_hr(admin_services(admin, L"Copy", &services), S_OK);
    IMsgServiceAdmin_Release(services);
    IProfAdmin_Release(admin);
    sandbox_end(sandbox);
}

/* What half-done changes look like; docs/profiles.md. */
static void PROF_02_half_states(void **state)
{
    HKEY sandbox = sandbox_begin(), key, root;
    IProfAdmin *admin = open_admin();
    IMAPISession *session;
    BYTE search_key[16];

    (void)state;
    assert_hr(create_profile(admin, L"Whole"), S_OK);
    assert_hr(IProfAdmin_SetDefaultProfile(admin, (LPTSTR) "Whole", 0), S_OK);
    assert_int_equal(RegOpenKeyExW(HKEY_CURRENT_USER, PROFILES_KEY, 0, KEY_ALL_ACCESS, &root), 0);

    /* A creation that ended early. */
    assert_int_equal(
            RegCreateKeyExW(root, L"Half", 0, (WCHAR *)L"Postroom.Profile", 0, KEY_ALL_ACCESS, NULL, &key, NULL), 0);
    RegCloseKey(key);
    set_text_value(L"Half", GLOBAL_SECTION, L"001e3001", L"content");
    assert_true(FAILED(logon(L"Half", &session)));
    assert_int_equal(listed(admin, L"Half", 0), 0);
    assert_hr(create_profile(admin, L"Half"), S_OK);
    assert_true(read_search_key(L"Half", search_key));
    key = open_profile_key(L"Half", GLOBAL_SECTION);
    assert_null(key); /* nothing of the first is in the second */

    /* A rename whose successor is complete and whose old key is still there, default not yet moved. */
    set_text_value(L"Whole", NULL, L"PostroomRename", L"Successor");
    set_number(L"Whole", NULL, L"Postroom", 1 | 8);
    assert_int_equal(
            RegCreateKeyExW(root, L"Successor", 0, (WCHAR *)L"Postroom.Profile", 0, KEY_ALL_ACCESS, NULL, &key, NULL),
            0);
    RegCloseKey(key);
    set_text_value(L"Successor", NULL, L"PostroomRenamedFrom", L"Whole");
    set_number(L"Successor", NULL, L"Postroom", 1);
    assert_hr(logon(L"Successor", &session), S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    IMAPISession_Release(session);
    assert_int_equal(listed(admin, L"Whole", 0), 0);
    assert_int_equal(listed(admin, L"Successor", 0), 1);
    assert_true(listed_as_default(admin, L"Successor"));
    assert_false(profile_key_exists(L"Whole"));

    /* A rename that was marked and not begun. */
    set_text_value(L"Successor", NULL, L"PostroomRename", L"Third");
    set_number(L"Successor", NULL, L"Postroom", 1 | 8);
    assert_int_equal(listed(admin, L"Third", 0), 1);
    assert_int_equal(listed(admin, L"Successor", 0), 0);
    assert_true(listed_as_default(admin, L"Third"));

    /* A deletion that was marked and not finished. */
    set_number(L"Third", NULL, L"Postroom", 1 | 4);
    assert_int_equal(listed(admin, L"Third", 0), 0);
    assert_false(profile_key_exists(L"Third"));
    RegCloseKey(root);
    IProfAdmin_Release(admin);
    sandbox_end(sandbox);
}

/* The whole tree is taken away and comes back while the DLL watches it. */
static void PROF_07_root_comes_and_goes(void **state)
{
    HKEY sandbox = sandbox_begin();
    IProfAdmin *admin = open_admin();
    int round;

    (void)state;
    for (round = 0; round < 3; ++round)
    {
        set_text_value(L"Outside", GLOBAL_SECTION, L"001e3001", L"x");
        assert_int_equal(listed(admin, L"Outside", 0), 1);
        assert_hr(create_profile(admin, L"Inside"), S_OK);
        assert_int_equal(listed(admin, L"Inside", 0), 1);
        assert_int_equal(RegDeleteTreeW(HKEY_CURRENT_USER, round == 1 ? PROFILES_KEY : L"Software"), 0);
        assert_int_equal(listed(admin, L"Inside", 0), 0);
        assert_int_equal(listed(admin, L"Outside", 0), 0);
        assert_hr(delete_profile(admin, L"Inside"), MAPI_E_NOT_FOUND);
    }
    IProfAdmin_Release(admin);
    sandbox_end(sandbox);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(PROF_20_hostile_values),
            harness_test(PROF_20_huge_and_many_values),
            harness_test_plain(PROF_06_hostile_profiles),
            harness_test_plain(PROF_02_half_states),
            harness_test_plain(PROF_07_root_comes_and_goes),
    };

    return harness_run(tests);
}
