/*
 * IProfSect: profile sections, their properties, their locks.
 */
#include "profile_support.h"

static const MAPIUID uid_one = {
        {0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 1}};
static const MAPIUID uid_two = {
        {0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 2}};
static const MAPIUID uid_instance = {{0x85, 0x03, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
static const MAPIUID uid_global = {
        {0x92, 0x07, 0xF3, 0xE0, 0xA3, 0xB1, 0x10, 0x19, 0x90, 0x8B, 0x08, 0x00, 0x2B, 0x2A, 0x56, 0xC2}};
#define SECTION_ONE L"112233445566778899aabbccddeeff01"
#define SECTION_TWO L"112233445566778899aabbccddeeff02"

/* One profile and its administration object; most tests need no more. */
struct fixture
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfAdmin *admin;
    IMsgServiceAdmin *services;
};

static void begin(struct fixture *fixture)
{
    harness_create_profile(fixture->name);
    fixture->admin = open_admin();
    assert_hr(admin_services(fixture->admin, fixture->name, &fixture->services), S_OK);
}

static void end(struct fixture *fixture)
{
    assert_int_equal(IMsgServiceAdmin_Release(fixture->services), 0);
    assert_int_equal(IProfAdmin_Release(fixture->admin), 0);
}

static HRESULT open_section(struct fixture *fixture, const MAPIUID *uid, ULONG flags, IProfSect **section)
{
    *section = (IProfSect *)0x1;
    return IMsgServiceAdmin_OpenProfileSection(fixture->services, (MAPIUID *)uid, NULL, flags, section);
}

static IProfSect *writer(struct fixture *fixture, const MAPIUID *uid)
{
    IProfSect *section;

    assert_hr(open_section(fixture, uid, MAPI_MODIFY, &section), S_OK);
    return section;
}

static void set_long(IProfSect *section, ULONG tag, LONG number)
{
    SPropValue value;

    value.ulPropTag = tag;
    value.Value.l = number;
    assert_hr(IProfSect_SetProps(section, 1, &value, NULL), S_OK);
}

/* One property; the caller frees *value. */
static HRESULT get_one(IProfSect *section, ULONG tag, SPropValue **value)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    ULONG count;
    HRESULT hr;

    hr = IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, value);
    if (SUCCEEDED(hr))
        assert_int_equal(count, 1);
    return hr;
}

static void assert_long(IProfSect *section, ULONG tag, LONG expected)
{
    SPropValue *value;

    assert_hr(get_one(section, tag, &value), S_OK);
    assert_int_equal(value->ulPropTag, tag);
    assert_int_equal(value->Value.l, expected);
    MAPIFreeBuffer(value);
}

static void assert_missing(IProfSect *section, ULONG tag)
{
    SPropValue *value;

    assert_hr(get_one(section, tag, &value), MAPI_W_ERRORS_RETURNED);
    assert_int_equal(PROP_TYPE(value->ulPropTag), PT_ERROR);
    assert_hr(value->Value.err, MAPI_E_NOT_FOUND);
    MAPIFreeBuffer(value);
}

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

static void SVC_20_not_transacted(void **state)
{
    SizedSPropTagArray(1, tags) = {1, {PROP_TAG(PT_LONG, 0x6601)}};
    struct fixture fixture;
    IProfSect *section, *reader, *second;

    (void)state;
    begin(&fixture);
    section = writer(&fixture, &uid_one);
    set_long(section, PROP_TAG(PT_LONG, 0x6601), 42);
    assert_hr(IProfSect_SaveChanges(section, KEEP_OPEN_READWRITE), S_OK);
    IProfSect_Release(section);
    assert_hr(open_section(&fixture, &uid_one, 0, &reader), S_OK);
    assert_hr(open_section(&fixture, &uid_one, 0, &second), S_OK);
    assert_long(reader, PROP_TAG(PT_LONG, 0x6601), 42);
    assert_long(second, PROP_TAG(PT_LONG, 0x6601), 42);
    /* A change by somebody else is seen without opening it again. */
    set_raw(fixture.name, SECTION_ONE, L"00036601", REG_BINARY, "\x2b\0\0", 4);
    assert_long(reader, PROP_TAG(PT_LONG, 0x6601), 43);
    assert_long(second, PROP_TAG(PT_LONG, 0x6601), 43);
    assert_hr(IProfSect_SaveChanges(reader, 0), S_OK);
    assert_hr(IProfSect_SaveChanges(reader, 0x40), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IProfSect_DeleteProps(reader, (SPropTagArray *)&tags, NULL), MAPI_E_NO_ACCESS);
    assert_long(reader, PROP_TAG(PT_LONG, 0x6601), 43);
    IProfSect_Release(reader);
    IProfSect_Release(second);
    end(&fixture);
}

static void SVC_20_read_only(void **state)
{
    struct fixture fixture;
    IProfSect *section;
    SPropValue value;
    SPropProblemArray *problems = (SPropProblemArray *)0x1;
    MAPIERROR *error = NULL;

    (void)state;
    begin(&fixture);
    section = writer(&fixture, &uid_one);
    IProfSect_Release(section);
    assert_hr(open_section(&fixture, &uid_one, 0, &section), S_OK);
    value.ulPropTag = PROP_TAG(PT_LONG, 0x6601);
    value.Value.l = 1;
    assert_hr(IProfSect_SetProps(section, 1, &value, &problems), MAPI_E_NO_ACCESS);
    assert_null(problems);
    assert_missing(section, value.ulPropTag);
    assert_hr(IProfSect_SetProps(section, 1, &value, NULL), MAPI_E_NO_ACCESS);
    assert_hr(IProfSect_GetLastError(section, MAPI_E_NO_ACCESS, 0, &error), S_OK);
    assert_non_null(error);
    MAPIFreeBuffer(error);
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

static void SVC_23_named_range(void **state)
{
    struct fixture fixture;
    IProfSect *section;
    SPropValue values[3];
    SPropProblemArray *problems = NULL;

    (void)state;
    begin(&fixture);
    section = writer(&fixture, &uid_one);
    values[0].ulPropTag = PROP_TAG(PT_LONG, 0x6601);
    values[0].Value.l = 1;
    values[1].ulPropTag = PROP_TAG(PT_LONG, 0x8000);
    values[1].Value.l = 2;
    values[2].ulPropTag = PROP_TAG(PT_LONG, 0x6602);
    values[2].Value.l = 3;
    assert_hr(IProfSect_SetProps(section, 3, values, &problems), S_OK);
    assert_non_null(problems);
    assert_int_equal(problems->cProblem, 1);
    assert_int_equal(problems->aProblem[0].ulIndex, 1);
    assert_int_equal(problems->aProblem[0].ulPropTag, PROP_TAG(PT_ERROR, 0x8000));
    assert_hr(problems->aProblem[0].scode, MAPI_E_NO_SUPPORT);
    MAPIFreeBuffer(problems);
    assert_long(section, values[0].ulPropTag, 1);
    assert_long(section, values[2].ulPropTag, 3);
    assert_missing(section, values[1].ulPropTag);
    assert_hr(IProfSect_SetProps(section, 3, values, NULL), S_OK);
    IProfSect_Release(section);
    end(&fixture);
}

static void SVC_23_computed_and_bad_values(void **state)
{
    SizedSPropTagArray(2, tags) = {2, {PR_OBJECT_TYPE, PR_PROFILE_NAME_W}};
    struct fixture fixture;
    IProfSect *section;
    SPropValue values[4], *got;
    SPropProblemArray *problems = NULL;

    (void)state;
    begin(&fixture);
    section = writer(&fixture, &uid_one);
    values[0].ulPropTag = PR_PROFILE_NAME_A;
    values[0].Value.lpszA = (char *)"other";
    values[1].ulPropTag = PR_OBJECT_TYPE;
    values[1].Value.l = MAPI_MESSAGE;
    values[2].ulPropTag = PR_NULL;
    values[3].ulPropTag = PROP_TAG(PT_ERROR, 0x6601);
    values[3].Value.err = MAPI_E_NOT_FOUND;
    assert_hr(IProfSect_SetProps(section, 4, values, &problems), S_OK);
    assert_int_equal(problems->cProblem, 2);
    assert_int_equal(problems->aProblem[0].ulIndex, 0);
    assert_hr(problems->aProblem[0].scode, MAPI_E_COMPUTED);
    assert_int_equal(problems->aProblem[1].ulIndex, 1);
    assert_hr(problems->aProblem[1].scode, MAPI_E_COMPUTED);
    MAPIFreeBuffer(problems);
    assert_hr(IProfSect_DeleteProps(section, (SPropTagArray *)&tags, &problems), S_OK);
    assert_int_equal(problems->cProblem, 2);
    assert_hr(problems->aProblem[1].scode, MAPI_E_COMPUTED);
    MAPIFreeBuffer(problems);
    assert_long(section, PR_OBJECT_TYPE, MAPI_PROFSECT);
    assert_hr(get_one(section, PR_PROFILE_NAME_W, &got), S_OK);
    assert_int_equal(wcscmp(got->Value.lpszW, fixture.name), 0);
    MAPIFreeBuffer(got);

    problems = (SPropProblemArray *)0x1;
    assert_hr(IProfSect_SetProps(section, 0, values, &problems), MAPI_E_INVALID_PARAMETER);
    assert_null(problems);
    assert_hr(IProfSect_SetProps(section, 1, NULL, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IProfSect_SetProps(section, 0x20000000, values, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IProfSect_SetProps(section, 1, (SPropValue *)64, NULL), MAPI_E_INVALID_PARAMETER);
    values[0].ulPropTag = PROP_TAG(PT_LONG, 0x6601);
    values[0].Value.l = 5;
    values[1].ulPropTag = PROP_TAG(PT_OBJECT, 0x6602);
    assert_hr(IProfSect_SetProps(section, 2, values, NULL), MAPI_E_INVALID_PARAMETER);
    assert_missing(section, values[0].ulPropTag); /* nothing was done */
    values[1].ulPropTag = PROP_TAG(PT_MV_LONG, 0x6602);
    values[1].Value.MVl.cValues = 0;
    values[1].Value.MVl.lpl = NULL;
    assert_hr(IProfSect_SetProps(section, 2, values, NULL), MAPI_E_INVALID_PARAMETER);
    values[1].ulPropTag = PROP_TAG(PT_UNICODE, 0x6602);
    values[1].Value.lpszW = (WCHAR *)64;
    assert_hr(IProfSect_SetProps(section, 2, values, NULL), MAPI_E_INVALID_PARAMETER);
    assert_missing(section, values[0].ulPropTag);
    values[1].ulPropTag = PROP_TAG(0x0077, 0x6602);
    assert_hr(IProfSect_SetProps(section, 2, values, &problems), S_OK);
    assert_int_equal(problems->cProblem, 1);
    assert_int_equal(problems->aProblem[0].ulIndex, 1);
    assert_hr(problems->aProblem[0].scode, MAPI_E_INVALID_TYPE);
    MAPIFreeBuffer(problems);
    assert_long(section, values[0].ulPropTag, 5);
    IProfSect_Release(section);
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

/* Every type there and back, also through the registry's own layout. */
static void SVC_20_types(void **state)
{
    static const GUID guid = {0x11223344, 0x5566, 0x7788, {1, 2, 3, 4, 5, 6, 7, 8}};
    static const WCHAR wide[] = L"\x041F\x043E\x0447\x0442\x0430 \xD83D\xDCEE";
    char *texts[] = {(char *)"one", (char *)"", (char *)"three"};
    WCHAR *wide_texts[] = {(WCHAR *)L"eins", (WCHAR *)wide};
    SBinary binaries[] = {{3, (BYTE *)"abc"}, {0, NULL}, {2, (BYTE *)"de"}};
    LONG longs[] = {1, -2, 3};
    GUID guids[] = {guid, guid};
    struct fixture fixture;
    IProfSect *section;
    SPropValue values[17], *got;
    SizedSPropTagArray(17, tags);
    ULONG count, i, n = 0;

    (void)state;
    memset(values, 0, sizeof(values));
#define VALUE(type, member, content)                                                                                   \
    values[n].ulPropTag = PROP_TAG(type, 0x6600 + n);                                                                  \
    values[n++].Value.member = content
    VALUE(PT_I2, i, -3);
    VALUE(PT_LONG, l, 0x12345678);
    VALUE(PT_R4, flt, 1.5f);
    VALUE(PT_DOUBLE, dbl, 2.25);
    VALUE(PT_BOOLEAN, b, TRUE);
    VALUE(PT_I8, li.QuadPart, 0x123456789ABCDEFll);
    VALUE(PT_CURRENCY, cur.int64, 12345);
    VALUE(PT_APPTIME, at, 3.5);
    VALUE(PT_SYSTIME, ft.dwHighDateTime, 0x01D00000);
    VALUE(PT_CLSID, lpguid, (GUID *)&guid);
    VALUE(PT_STRING8, lpszA,
          (char *)"Gr\xFC\xDF"
                  "e");
    VALUE(PT_UNICODE, lpszW, (WCHAR *)wide);
    VALUE(PT_BINARY, bin, binaries[0]);
    VALUE(PT_MV_LONG, MVl.cValues, 3);
    values[n - 1].Value.MVl.lpl = longs;
    VALUE(PT_MV_STRING8, MVszA.cValues, 3);
    values[n - 1].Value.MVszA.lppszA = texts;
    VALUE(PT_MV_BINARY, MVbin.cValues, 3);
    values[n - 1].Value.MVbin.lpbin = binaries;
    VALUE(PT_MV_UNICODE, MVszW.cValues, 2);
    values[n - 1].Value.MVszW.lppszW = wide_texts;
#undef VALUE
    begin(&fixture);
    section = writer(&fixture, &uid_one);
    assert_hr(IProfSect_SetProps(section, n, values, NULL), S_OK);
    IProfSect_Release(section);
    assert_hr(open_section(&fixture, &uid_one, 0, &section), S_OK);
    tags.cValues = n;
    for (i = 0; i < n; ++i)
        tags.aulPropTag[i] = values[i].ulPropTag;
    assert_hr(IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &got), S_OK);
    assert_int_equal(count, n);
    for (i = 0; i < n; ++i)
        assert_int_equal(got[i].ulPropTag, values[i].ulPropTag);
    assert_int_equal(got[0].Value.i, -3);
    assert_int_equal(got[1].Value.l, 0x12345678);
    assert_true(got[2].Value.flt == 1.5f);
    assert_true(got[3].Value.dbl == 2.25);
    assert_int_equal(got[4].Value.b, TRUE);
    assert_true(got[5].Value.li.QuadPart == 0x123456789ABCDEFll);
    assert_true(got[6].Value.cur.int64 == 12345);
    assert_true(got[7].Value.at == 3.5);
    assert_int_equal(got[8].Value.ft.dwHighDateTime, 0x01D00000);
    assert_memory_equal(got[9].Value.lpguid, &guid, sizeof(guid));
    assert_string_equal(got[10].Value.lpszA, "Gr\xFC\xDF"
                                             "e");
    assert_int_equal(wcscmp(got[11].Value.lpszW, wide), 0);
    assert_int_equal(got[12].Value.bin.cb, 3);
    assert_memory_equal(got[12].Value.bin.lpb, "abc", 3);
    assert_int_equal(got[13].Value.MVl.cValues, 3);
    assert_memory_equal(got[13].Value.MVl.lpl, longs, sizeof(longs));
    assert_int_equal(got[14].Value.MVszA.cValues, 3);
    for (i = 0; i < 3; ++i)
        assert_string_equal(got[14].Value.MVszA.lppszA[i], texts[i]);
    assert_int_equal(got[15].Value.MVbin.cValues, 3);
    assert_int_equal(got[15].Value.MVbin.lpbin[1].cb, 0);
    assert_int_equal(got[15].Value.MVbin.lpbin[2].cb, 2);
    assert_memory_equal(got[15].Value.MVbin.lpbin[2].lpb, "de", 2);
    assert_int_equal(got[16].Value.MVszW.cValues, 2);
    assert_int_equal(wcscmp(got[16].Value.MVszW.lppszW[0], L"eins"), 0);
    assert_int_equal(wcscmp(got[16].Value.MVszW.lppszW[1], wide), 0);
    MAPIFreeBuffer(got);
    (void)guids;

    /* Strings in the asked-for width. */
    assert_hr(get_one(section, PROP_TAG(PT_UNICODE, 0x660A), &got), S_OK);
    assert_int_equal(wcscmp(got->Value.lpszW, L"Gr\x00FC\x00DF"
                                              L"e"),
                     0);
    MAPIFreeBuffer(got);
    assert_hr(get_one(section, PROP_TAG(PT_UNSPECIFIED, 0x660A), &got), S_OK);
    assert_int_equal(got->ulPropTag, PROP_TAG(PT_STRING8, 0x660A));
    MAPIFreeBuffer(got);
    assert_hr(IProfSect_GetProps(section, NULL, MAPI_UNICODE, &count, &got), S_OK);
    assert_int_equal(count, n + 2);
    MAPIFreeBuffer(got);
    assert_hr(IProfSect_GetProps(section, NULL, 0x2, &count, &got), MAPI_E_UNKNOWN_FLAGS);
    assert_null(got);
    assert_int_equal(count, 0);
    tags.cValues = 0;
    assert_hr(IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &got), MAPI_E_INVALID_PARAMETER);
    IProfSect_Release(section);
    end(&fixture);
}

static void PROF_20_value_names(void **state)
{
    struct fixture fixture;
    IProfSect *section;
    SPropValue values[2];
    BYTE bytes[100];
    DWORD size, type;
    HKEY key;

    (void)state;
    begin(&fixture);
    section = writer(&fixture, &uid_one);
    values[0].ulPropTag = PR_DISPLAY_NAME_A;
    values[0].Value.lpszA = (char *)"Name";
    values[1].ulPropTag = PR_RESOURCE_FLAGS;
    values[1].Value.l = 0x01020304;
    assert_hr(IProfSect_SetProps(section, 2, values, NULL), S_OK);
    key = open_profile_key(fixture.name, SECTION_ONE);
    size = sizeof(bytes);
    assert_int_equal(RegQueryValueExW(key, L"001e3001", NULL, &type, bytes, &size), 0);
    assert_int_equal(type, REG_SZ);
    assert_int_equal(size, 5 * sizeof(WCHAR));
    assert_int_equal(wcscmp((WCHAR *)bytes, L"Name"), 0);
    size = sizeof(bytes);
    assert_int_equal(RegQueryValueExW(key, L"00033009", NULL, &type, bytes, &size), 0);
    assert_int_equal(type, REG_BINARY);
    assert_int_equal(size, 4);
    assert_memory_equal(bytes, "\4\3\2\1", 4);
    /* Another type replaces the first. */
    values[0].ulPropTag = PR_DISPLAY_NAME_W;
    values[0].Value.lpszW = (WCHAR *)L"Wide";
    assert_hr(IProfSect_SetProps(section, 1, values, NULL), S_OK);
    size = sizeof(bytes);
    assert_int_equal(RegQueryValueExW(key, L"001e3001", NULL, &type, bytes, &size), ERROR_FILE_NOT_FOUND);
    size = sizeof(bytes);
    assert_int_equal(RegQueryValueExW(key, L"001f3001", NULL, &type, bytes, &size), 0);
    assert_int_equal(type, REG_BINARY);
    assert_int_equal(size, 5 * sizeof(WCHAR));
    values[0].ulPropTag = PROP_TAG(PT_LONG, PROP_ID(PR_DISPLAY_NAME));
    values[0].Value.l = 7;
    assert_hr(IProfSect_SetProps(section, 1, values, NULL), S_OK);
    size = sizeof(bytes);
    assert_int_equal(RegQueryValueExW(key, L"001f3001", NULL, &type, bytes, &size), ERROR_FILE_NOT_FOUND);
    assert_long(section, values[0].ulPropTag, 7);
    RegCloseKey(key);
    IProfSect_Release(section);
    end(&fixture);
}

static void SVC_20_delete_props(void **state)
{
    SizedSPropTagArray(2, tags) = {2, {PROP_TAG(PT_UNSPECIFIED, 0x6601), PROP_TAG(PT_LONG, 0x6603)}};
    SPropProblemArray *problems = (SPropProblemArray *)0x1;
    struct fixture fixture;
    IProfSect *section;

    (void)state;
    begin(&fixture);
    section = writer(&fixture, &uid_one);
    set_long(section, PROP_TAG(PT_LONG, 0x6601), 1);
    set_long(section, PROP_TAG(PT_LONG, 0x6602), 2);
    assert_hr(IProfSect_DeleteProps(section, (SPropTagArray *)&tags, &problems), S_OK);
    assert_null(problems);
    assert_missing(section, PROP_TAG(PT_LONG, 0x6601));
    assert_long(section, PROP_TAG(PT_LONG, 0x6602), 2);
    assert_hr(IProfSect_DeleteProps(section, NULL, NULL), MAPI_E_INVALID_PARAMETER);
    tags.cValues = 0;
    assert_hr(IProfSect_DeleteProps(section, (SPropTagArray *)&tags, NULL), MAPI_E_INVALID_PARAMETER);
    IProfSect_Release(section);
    end(&fixture);
}

static void SVC_20_open_property(void **state)
{
    const ULONG tag = PROP_TAG(PT_BINARY, 0x6601);
    struct fixture fixture;
    IProfSect *section;
    IUnknown *unknown = (IUnknown *)0x1;

    (void)state;
    begin(&fixture);
    section = writer(&fixture, &uid_one);
    assert_hr(IProfSect_OpenProperty(section, tag, &IID_IStream, 0, 0, &unknown), MAPI_E_NOT_FOUND);
    assert_null(unknown);
    assert_hr(IProfSect_OpenProperty(section, PROP_TAG(PT_UNSPECIFIED, 0x6601), &IID_IStream, 0, 0, &unknown),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(IProfSect_OpenProperty(section, tag, NULL, 0, 0, &unknown), MAPI_E_INVALID_PARAMETER);
    assert_hr(IProfSect_OpenProperty(section, tag, &IID_IStream, 0, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IProfSect_OpenProperty(section, tag, &IID_IStream, 0, 0x100, &unknown), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IProfSect_OpenProperty(section, tag, &IID_IStream, 0, MAPI_CREATE | MAPI_MODIFY, &unknown),
              MAPI_E_NO_SUPPORT);
    assert_missing(section, tag);
    IProfSect_Release(section);
    assert_hr(open_section(&fixture, &uid_one, 0, &section), S_OK);
    assert_hr(IProfSect_OpenProperty(section, tag, &IID_IStream, 0, MAPI_CREATE | MAPI_MODIFY, &unknown),
              MAPI_E_NO_ACCESS);
    IProfSect_Release(section);
    end(&fixture);
}

static void SVC_20_copy_to(void **state)
{
    SizedSPropTagArray(1, exclude) = {1, {PROP_TAG(PT_STRING8, 0x6602)}};
    struct fixture fixture;
    IProfSect *source, *target;
    SPropProblemArray *problems = (SPropProblemArray *)0x1;
    SPropValue value;

    (void)state;
    begin(&fixture);
    source = writer(&fixture, &uid_one);
    target = writer(&fixture, &uid_two);
    set_long(source, PROP_TAG(PT_LONG, 0x6601), 1);
    set_long(source, PROP_TAG(PT_LONG, 0x6602), 2);
    set_long(source, PROP_TAG(PT_LONG, 0x6603), 3);
    value.ulPropTag = PROP_TAG(PT_UNICODE, 0x6604);
    value.Value.lpszW = (WCHAR *)L"\x90F5\x4FBF";
    assert_hr(IProfSect_SetProps(source, 1, &value, NULL), S_OK);
    set_long(target, PROP_TAG(PT_LONG, 0x6603), 33);
    set_long(target, PROP_TAG(PT_LONG, 0x6605), 5);
    assert_hr(IProfSect_CopyTo(source, 0, NULL, (SPropTagArray *)&exclude, 0, NULL, &IID_IProfSect, target,
                               MAPI_NOREPLACE, &problems),
              S_OK);
    assert_null(problems);
    assert_long(target, PROP_TAG(PT_LONG, 0x6601), 1);
    assert_missing(target, PROP_TAG(PT_LONG, 0x6602));
    assert_long(target, PROP_TAG(PT_LONG, 0x6603), 33);
    assert_long(target, PROP_TAG(PT_LONG, 0x6605), 5);
    assert_hr(IProfSect_CopyTo(source, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, target, MAPI_MOVE, NULL), S_OK);
    assert_long(target, PROP_TAG(PT_LONG, 0x6602), 2);
    assert_long(target, PROP_TAG(PT_LONG, 0x6603), 3);
    assert_missing(source, PROP_TAG(PT_LONG, 0x6601));
    assert_missing(source, PROP_TAG(PT_UNICODE, 0x6604));
    assert_long(source, PR_OBJECT_TYPE, MAPI_PROFSECT);

    assert_hr(IProfSect_CopyTo(source, 0, NULL, NULL, 0, NULL, &IID_IProfSect, source, 0, NULL), MAPI_E_NO_ACCESS);
    assert_hr(IProfSect_CopyTo(source, 0, NULL, NULL, 0, NULL, NULL, target, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IProfSect_CopyTo(source, 0, NULL, NULL, 0, NULL, &IID_IProfSect, NULL, 0, NULL),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(IProfSect_CopyTo(source, 0, NULL, NULL, 0, NULL, &IID_IMAPIFolder, target, 0, NULL),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_hr(IProfSect_CopyTo(source, 1, &IID_IMAPIProp, NULL, 0, NULL, &IID_IProfSect, target, 0, NULL),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_hr(IProfSect_CopyTo(source, 0, NULL, NULL, 0, NULL, &IID_IProfSect, target, 0x1000, NULL),
              MAPI_E_UNKNOWN_FLAGS);
    exclude.cValues = 0;
    assert_hr(IProfSect_CopyTo(source, 0, NULL, (SPropTagArray *)&exclude, 0, NULL, &IID_IProfSect, target, 0, NULL),
              MAPI_E_INVALID_PARAMETER);
    IProfSect_Release(source);
    IProfSect_Release(target);
    end(&fixture);
}

static void SVC_20_copy_props(void **state)
{
    SizedSPropTagArray(4, include) = {
            4, {PROP_TAG(PT_LONG, 0x6601), PROP_TAG(PT_LONG, 0x6609), PR_PROFILE_NAME_A, PROP_TAG(PT_STRING8, 0x67F1)}};
    struct fixture fixture;
    IProfSect *source, *target;
    SPropProblemArray *problems = NULL;
    SPropValue value, *got;

    (void)state;
    begin(&fixture);
    source = writer(&fixture, &uid_one);
    set_long(source, PROP_TAG(PT_LONG, 0x6601), 1);
    set_long(source, PROP_TAG(PT_LONG, 0x6602), 2);
    value.ulPropTag = PROP_TAG(PT_STRING8, 0x67F1);
    value.Value.lpszA = (char *)"hidden";
    assert_hr(IProfSect_SetProps(source, 1, &value, NULL), S_OK);
    target = writer(&fixture, &uid_two);
    assert_hr(IProfSect_CopyProps(source, (SPropTagArray *)&include, 0, NULL, &IID_IProfSect, target, 0, &problems),
              S_OK);
    assert_null(problems);
    assert_long(target, PROP_TAG(PT_LONG, 0x6601), 1);
    assert_missing(target, PROP_TAG(PT_LONG, 0x6602));
    assert_hr(get_one(target, value.ulPropTag, &got), S_OK);
    assert_string_equal(got->Value.lpszA, "hidden");
    MAPIFreeBuffer(got);
    IProfSect_Release(target);
    assert_hr(open_section(&fixture, &uid_two, 0, &target), S_OK);
    assert_hr(IProfSect_CopyProps(source, (SPropTagArray *)&include, 0, NULL, &IID_IProfSect, target, 0, NULL),
              MAPI_E_NO_ACCESS);
    assert_hr(IProfSect_CopyProps(target, (SPropTagArray *)&include, 0, NULL, &IID_IProfSect, source, MAPI_MOVE, NULL),
              MAPI_E_NO_ACCESS);
    assert_hr(IProfSect_CopyProps(source, NULL, 0, NULL, &IID_IProfSect, target, 0, NULL), MAPI_E_INVALID_PARAMETER);
    IProfSect_Release(source);
    IProfSect_Release(target);
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

static void SVC_20_copy_faults(void **state)
{
    SizedSPropTagArray(1, include) = {1, {PROP_TAG(PT_LONG, 0x6601)}};
    struct fixture fixture;
    IProfSect *source, *target;
    HRESULT hr;

    (void)state;
    begin(&fixture);
    source = writer(&fixture, &uid_one);
    set_long(source, PROP_TAG(PT_LONG, 0x6601), 1);
    IProfSect_Release(source);
    target = writer(&fixture, &uid_two);
    IProfSect_Release(target);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        source = target = NULL;
        hr = open_section(&fixture, &uid_one, MAPI_MODIFY, &source);
        if (SUCCEEDED(hr))
            hr = open_section(&fixture, &uid_two, MAPI_MODIFY, &target);
        if (SUCCEEDED(hr))
            hr = IProfSect_CopyTo(source, 0, NULL, NULL, 0, NULL, &IID_IProfSect, target, MAPI_NOREPLACE, NULL);
        if (SUCCEEDED(hr))
            hr = IProfSect_CopyProps(source, (SPropTagArray *)&include, 0, NULL, &IID_IProfSect, target, MAPI_MOVE,
                                     NULL);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        if (source)
        {
            set_long(source, PROP_TAG(PT_LONG, 0x6601), 1);
            IProfSect_Release(source);
        }
        if (target)
            IProfSect_Release(target);
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
            harness_test(SVC_20_not_transacted),
            harness_test(SVC_20_read_only),
            harness_test(SVC_20_types),
            harness_test(SVC_20_delete_props),
            harness_test(SVC_20_open_property),
            harness_test(SVC_20_copy_to),
            harness_test(SVC_20_copy_props),
            harness_test(SVC_20_copy_faults),
            harness_test(SVC_20_section_of_deleted_profile),
            harness_test(SVC_21_no_named_properties),
            harness_test(SVC_22_secure_range),
            harness_test(SVC_23_named_range),
            harness_test(SVC_23_computed_and_bad_values),
            harness_test(SVC_24_search_key),
            harness_test(PROF_20_value_names),
            harness_test(LOGOFF_45_68_session_sections),
            harness_test(SESS_28_faults),
    };

    return harness_run(tests);
}
