/*
 * IProfSect: profile sections are opened, locked, and end with what they belong to.
 */
#include "section_support.h"

static void SESS_27_28_open(void **state)
{
    struct fixture fixture;
    IProfSect *section;
    IUnknown *unknown;
    HKEY key;

    (void)state;
    begin(&fixture);
    assert_hr(open_section(&fixture, &uid_one, 0, &section), MAPI_E_NOT_FOUND);
    assert_null(section);
    assert_null(open_profile_key(fixture.name, SECTION_ONE));
    section = writer(&fixture, &uid_one);
    key = open_profile_key(fixture.name, SECTION_ONE);
    assert_non_null(key);
    RegCloseKey(key);
    assert_hr(IProfSect_QueryInterface(section, &IID_IMAPIProp, (void **)&unknown), S_OK);
    assert_ptr_equal(unknown, section);
    assert_int_equal(IUnknown_Release(unknown), 1);
    assert_hr(IProfSect_QueryInterface(section, &IID_IProfSect, (void **)&unknown), S_OK);
    assert_int_equal(IUnknown_Release(unknown), 1);
    assert_hr(IProfSect_QueryInterface(section, &IID_IUnknown, (void **)&unknown), S_OK);
    assert_int_equal(IUnknown_Release(unknown), 1);
    assert_hr(IProfSect_QueryInterface(section, &IID_IMAPISession, (void **)&unknown), MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_null(unknown);
    assert_int_equal(IProfSect_Release(section), 0);
    assert_hr(open_section(&fixture, &uid_one, 0, &section), S_OK);
    assert_int_equal(IProfSect_Release(section), 0);
    end(&fixture);
}

static void SESS_27_parameters(void **state)
{
    struct fixture fixture;
    IProfSect *section;

    (void)state;
    begin(&fixture);
    assert_hr(open_section(&fixture, NULL, 0, &section), MAPI_E_INVALID_PARAMETER);
    assert_null(section);
    assert_hr(open_section(&fixture, (MAPIUID *)16, 0, &section), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMsgServiceAdmin_OpenProfileSection(fixture.services, (MAPIUID *)&uid_one, NULL, 0, NULL),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(open_section(&fixture, &uid_one, 0x80, &section), MAPI_E_UNKNOWN_FLAGS);
    assert_null(section);
    section = (IProfSect *)0x1;
    assert_hr(IMsgServiceAdmin_OpenProfileSection(fixture.services, (MAPIUID *)&uid_one, &IID_IMAPIFolder, MAPI_MODIFY,
                                                  &section),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_null(section);
    assert_null(open_profile_key(fixture.name, SECTION_ONE));
    assert_hr(IMsgServiceAdmin_OpenProfileSection(fixture.services, (MAPIUID *)&uid_one, &IID_IMAPIProp,
                                                  MAPI_MODIFY | MAPI_DEFERRED_ERRORS, &section),
              S_OK);
    IProfSect_Release(section);
    end(&fixture);
}

static void SESS_29_30_locks(void **state)
{
    struct fixture fixture;
    IProfSect *first, *second, *other;

    (void)state;
    begin(&fixture);
    first = writer(&fixture, &uid_one);
    assert_hr(open_section(&fixture, &uid_one, MAPI_MODIFY, &second), MAPI_E_NO_ACCESS);
    assert_null(second);
    assert_hr(open_section(&fixture, &uid_one, 0, &second), MAPI_E_NO_ACCESS);
    other = writer(&fixture, &uid_two);
    IProfSect_Release(other);
    IProfSect_Release(first);
    assert_hr(open_section(&fixture, &uid_one, 0, &first), S_OK);
    assert_hr(open_section(&fixture, &uid_one, 0, &second), S_OK);
    assert_hr(open_section(&fixture, &uid_one, MAPI_MODIFY, &other), MAPI_E_NO_ACCESS);
    IProfSect_Release(first);
    assert_hr(open_section(&fixture, &uid_one, MAPI_MODIFY, &other), MAPI_E_NO_ACCESS);
    IProfSect_Release(second);
    other = writer(&fixture, &uid_one);
    IProfSect_Release(other);
    end(&fixture);
}

static void SESS_31_provider_sections(void **state)
{
    struct fixture fixture;
    IProfSect *section;
    SPropValue *value;

    (void)state;
    begin(&fixture);
    set_text_value(fixture.name, SECTION_ONE, L"001e300a", L"store.dll");
    set_raw(fixture.name, SECTION_TWO, NULL, 0, NULL, 0);
    set_raw(fixture.name, GLOBAL_SECTION, L"01023d01", REG_BINARY, &uid_two, sizeof(uid_two));
    assert_hr(open_section(&fixture, &uid_one, 0, &section), MAPI_E_NO_ACCESS);
    assert_null(section);
    assert_hr(open_section(&fixture, &uid_two, MAPI_MODIFY, &section), MAPI_E_NO_ACCESS);
    assert_hr(open_section(&fixture, &uid_one, MAPI_FORCE_ACCESS, &section), S_OK);
    assert_hr(get_one(section, PR_PROVIDER_DLL_NAME_A, &value), S_OK);
    assert_string_equal(value->Value.lpszA, "store.dll");
    MAPIFreeBuffer(value);
    IProfSect_Release(section);
    assert_hr(open_section(&fixture, &uid_two, MAPI_FORCE_ACCESS | MAPI_MODIFY, &section), S_OK);
    IProfSect_Release(section);
    /* MAPI's own section belongs to no provider. */
    assert_hr(open_section(&fixture, &uid_global, 0, &section), S_OK);
    IProfSect_Release(section);
    end(&fixture);
}

static void SVC_20_section_of_deleted_profile(void **state)
{
    struct fixture fixture;
    IProfSect *section, *late;
    SPropValue value, *got = (SPropValue *)0x1;
    ULONG count = 1;

    (void)state;
    begin(&fixture);
    section = writer(&fixture, &uid_one);
    set_long(section, PROP_TAG(PT_LONG, 0x6601), 1);
    assert_hr(delete_profile(fixture.admin, fixture.name), S_OK);
    assert_false(profile_key_exists(fixture.name));
    assert_hr(IProfSect_GetProps(section, NULL, 0, &count, &got), MAPI_E_NOT_FOUND);
    assert_null(got);
    assert_int_equal(count, 0);
    value.ulPropTag = PROP_TAG(PT_LONG, 0x6601);
    value.Value.l = 2;
    assert_hr(IProfSect_SetProps(section, 1, &value, NULL), MAPI_E_NOT_FOUND);
    assert_false(profile_key_exists(fixture.name)); /* nothing brings it back */
    assert_hr(open_section(&fixture, &uid_two, MAPI_MODIFY, &late), MAPI_E_NOT_FOUND);
    assert_hr(open_section(&fixture, &uid_instance, 0, &late), MAPI_E_NOT_FOUND);
    assert_false(profile_key_exists(fixture.name));
    IProfSect_Release(section);
    end(&fixture);
}

static void SVC_21_no_named_properties(void **state)
{
    struct fixture fixture;
    IProfSect *section;
    SPropTagArray *tags = (SPropTagArray *)0x1;
    MAPINAMEID id = {.lpguid = (GUID *)&IID_IUnknown, .ulKind = MNID_ID, .Kind = {1}}, *ids = &id, **names;
    ULONG count = 7;

    (void)state;
    begin(&fixture);
    section = writer(&fixture, &uid_one);
    assert_hr(IProfSect_GetIDsFromNames(section, 1, &ids, MAPI_CREATE, &tags), MAPI_E_NO_SUPPORT);
    assert_null(tags);
    names = (MAPINAMEID **)0x1;
    assert_hr(IProfSect_GetNamesFromIDs(section, &tags, NULL, 0, &count, &names), MAPI_E_NO_SUPPORT);
    assert_null(names);
    assert_int_equal(count, 0);
    IProfSect_Release(section);
    end(&fixture);
}

static BOOL has_tag(const SPropTagArray *tags, ULONG tag)
{
    ULONG i;

    for (i = 0; i < tags->cValues; ++i)
        if (PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag))
            return TRUE;
    return FALSE;
}

static void SVC_22_secure_range(void **state)
{
    static const char secret[] = "correct horse battery staple";
    const ULONG first = PROP_TAG(PT_STRING8, 0x67F0), last = PROP_TAG(PT_BINARY, 0x67FF);
    const ULONG below = PROP_TAG(PT_LONG, 0x67EF), above = PROP_TAG(PT_LONG, 0x6800);
    struct fixture fixture;
    IProfSect *section;
    SPropValue values[4], *got;
    SPropTagArray *tags;
    BYTE raw[2000];
    DWORD size = sizeof(raw), type, offset;
    ULONG count, i;
    HKEY key;

    (void)state;
    begin(&fixture);
    section = writer(&fixture, &uid_one);
    values[0].ulPropTag = first;
    values[0].Value.lpszA = (char *)secret;
    values[1].ulPropTag = last;
    values[1].Value.bin.cb = sizeof(secret);
    values[1].Value.bin.lpb = (BYTE *)secret;
    values[2].ulPropTag = below;
    values[2].Value.l = 1;
    values[3].ulPropTag = above;
    values[3].Value.l = 2;
    assert_hr(IProfSect_SetProps(section, 4, values, NULL), S_OK);
    assert_hr(IProfSect_GetPropList(section, 0, &tags), S_OK);
    assert_false(has_tag(tags, first));
    assert_false(has_tag(tags, last));
    assert_true(has_tag(tags, below));
    assert_true(has_tag(tags, above));
    MAPIFreeBuffer(tags);
    assert_hr(IProfSect_GetProps(section, NULL, 0, &count, &got), S_OK);
    for (i = 0; i < count; ++i)
        assert_false(PROP_ID(got[i].ulPropTag) >= 0x67F0 && PROP_ID(got[i].ulPropTag) <= 0x67FF);
    assert_int_equal(count, 4); /* below, above, PR_OBJECT_TYPE, PR_PROFILE_NAME */
    MAPIFreeBuffer(got);
    assert_hr(get_one(section, first, &got), S_OK);
    assert_string_equal(got->Value.lpszA, secret);
    MAPIFreeBuffer(got);
    assert_hr(get_one(section, last, &got), S_OK);
    assert_int_equal(got->Value.bin.cb, sizeof(secret));
    assert_memory_equal(got->Value.bin.lpb, secret, sizeof(secret));
    MAPIFreeBuffer(got);
    IProfSect_Release(section);

    /* Not in the clear on the disk. */
    key = open_profile_key(fixture.name, SECTION_ONE);
    assert_int_equal(RegQueryValueExW(key, L"010267ff", NULL, &type, raw, &size), 0);
    for (offset = 0; offset + sizeof(secret) <= size; ++offset)
        assert_memory_not_equal(raw + offset, secret, sizeof(secret));
    RegCloseKey(key);
    end(&fixture);
}

static void SVC_24_search_key(void **state)
{
    struct fixture fixture;
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfSect *section;
    SPropValue *value, set;
    SPropProblemArray *problems = NULL;
    BYTE first[16];
    HKEY key;

    (void)state;
    begin(&fixture);
    wcscpy(name, fixture.name);
    assert_hr(open_section(&fixture, &uid_instance, 0, &section), S_OK);
    assert_hr(get_one(section, PR_SEARCH_KEY, &value), S_OK);
    assert_int_equal(value->Value.bin.cb, 16);
    memcpy(first, value->Value.bin.lpb, 16);
    MAPIFreeBuffer(value);
    IProfSect_Release(section);
    section = writer(&fixture, &uid_instance);
    set.ulPropTag = PR_SEARCH_KEY;
    set.Value.bin.cb = 4;
    set.Value.bin.lpb = (BYTE *)"mine";
    assert_hr(IProfSect_SetProps(section, 1, &set, &problems), S_OK);
    assert_non_null(problems);
    assert_hr(problems->aProblem[0].scode, MAPI_E_COMPUTED);
    MAPIFreeBuffer(problems);
    IProfSect_Release(section);
    end(&fixture);

    fixture.admin = open_admin();
    assert_hr(delete_profile(fixture.admin, name), S_OK);
    assert_hr(create_profile(fixture.admin, name), S_OK);
    assert_hr(admin_services(fixture.admin, name, &fixture.services), S_OK);
    assert_hr(open_section(&fixture, &uid_instance, 0, &section), S_OK);
    assert_hr(get_one(section, PR_SEARCH_KEY, &value), S_OK);
    assert_int_equal(value->Value.bin.cb, 16);
    assert_memory_not_equal(value->Value.bin.lpb, first, 16);
    MAPIFreeBuffer(value);
    IProfSect_Release(section);

    /* A profile of somebody else's without the section gets one when it is asked for. */
    key = open_profile_key(name, NULL);
    assert_int_equal(RegDeleteTreeW(key, INSTANCE_SECTION), 0);
    RegCloseKey(key);
    assert_false(read_search_key(name, first));
    assert_hr(open_section(&fixture, &uid_instance, 0, &section), S_OK);
    assert_hr(get_one(section, PR_SEARCH_KEY, &value), S_OK);
    assert_true(read_search_key(name, first));
    assert_memory_equal(value->Value.bin.lpb, first, 16);
    MAPIFreeBuffer(value);
    IProfSect_Release(section);
    end(&fixture);
}

static void LOGOFF_45_68_session_sections(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IMAPISession *first, *second;
    IProfSect *section, *other;
    SPropValue *value;
    ULONG count = 1;

    (void)state;
    harness_create_profile(name);
    assert_hr(logon(name, &first), S_OK);
    assert_hr(logon(name, &second), S_OK);
    assert_hr(IMAPISession_OpenProfileSection(first, (MAPIUID *)&uid_one, NULL, MAPI_MODIFY, &section), S_OK);
    assert_hr(IMAPISession_OpenProfileSection(second, (MAPIUID *)&uid_one, NULL, MAPI_MODIFY, &other),
              MAPI_E_NO_ACCESS);
    assert_hr(IMAPISession_Logoff(first, 0, 0, 0), S_OK);
    value = (SPropValue *)0x1;
    assert_hr(IProfSect_GetProps(section, NULL, 0, &count, &value), MAPI_E_INVALID_OBJECT);
    assert_null(value);
    assert_int_equal(count, 0);
    assert_hr(IProfSect_SaveChanges(section, 0), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPISession_OpenProfileSection(second, (MAPIUID *)&uid_one, NULL, MAPI_MODIFY, &other), S_OK);
    assert_int_equal(IProfSect_AddRef(section), 2);
    assert_int_equal(IProfSect_Release(section), 1);
    assert_int_equal(IProfSect_Release(section), 0);
    /* The dead one's Release has not given the lock of the living one away. */
    assert_hr(IMAPISession_OpenProfileSection(second, (MAPIUID *)&uid_one, NULL, 0, &section), MAPI_E_NO_ACCESS);
    assert_int_equal(IProfSect_Release(other), 0);
    assert_hr(IMAPISession_Logoff(second, 0, 0, 0), S_OK);
    IMAPISession_Release(first);
    IMAPISession_Release(second);
}

static void SESS_28_faults(void **state)
{
    struct fixture fixture;
    IProfSect *section;
    SPropValue values[3], *got;
    SPropTagArray *tags;
    SPropProblemArray *problems;
    ULONG count;
    HRESULT hr;

    (void)state;
    begin(&fixture);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = open_section(&fixture, &uid_one, MAPI_MODIFY, &section);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        if (SUCCEEDED(hr))
            IProfSect_Release(section);
        else
            assert_null(section);
    }
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = open_section(&fixture, &uid_instance, 0, &section);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        if (SUCCEEDED(hr))
            IProfSect_Release(section);
    }
    values[0].ulPropTag = PROP_TAG(PT_STRING8, 0x6601);
    values[0].Value.lpszA = (char *)"text";
    values[1].ulPropTag = PROP_TAG(PT_BINARY, 0x67F0);
    values[1].Value.bin.cb = 6;
    values[1].Value.bin.lpb = (BYTE *)"secret";
    values[2].ulPropTag = PROP_TAG(PT_LONG, 0x9000);
    section = writer(&fixture, &uid_one);
    assert_hr(IProfSect_SetProps(section, 3, values, NULL), S_OK);
    IProfSect_Release(section);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        section = NULL;
        problems = NULL;
        hr = open_section(&fixture, &uid_one, MAPI_MODIFY, &section);
        if (SUCCEEDED(hr))
        {
            hr = IProfSect_SetProps(section, 3, values, &problems);
            assert_true(SUCCEEDED(hr) == (problems != NULL));
            MAPIFreeBuffer(problems);
            IProfSect_Release(section);
        }
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
    }
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        section = NULL;
        got = NULL;
        tags = NULL;
        hr = open_section(&fixture, &uid_one, 0, &section);
        if (SUCCEEDED(hr))
        {
            hr = IProfSect_GetProps(section, NULL, 0, &count, &got);
            if (SUCCEEDED(hr))
                hr = IProfSect_GetPropList(section, 0, &tags);
            MAPIFreeBuffer(got);
            MAPIFreeBuffer(tags);
            IProfSect_Release(section);
        }
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
    }
    end(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SESS_27_28_open),
            harness_test(SESS_27_parameters),
            harness_test(SESS_29_30_locks),
            harness_test(SESS_31_provider_sections),
            harness_test(SVC_20_section_of_deleted_profile),
            harness_test(SVC_21_no_named_properties),
            harness_test(SVC_22_secure_range),
            harness_test(SVC_24_search_key),
            harness_test(LOGOFF_45_68_session_sections),
            harness_test(SESS_28_faults),
    };

    return harness_run(tests);
}
