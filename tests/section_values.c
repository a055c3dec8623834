/*
 * IProfSect: the properties of a profile section are read, set, deleted and copied.
 */
#include "section_support.h"

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
            harness_test(SVC_20_not_transacted), harness_test(SVC_20_read_only),
            harness_test(SVC_23_named_range),    harness_test(SVC_23_computed_and_bad_values),
            harness_test(SVC_20_types),          harness_test(PROF_20_value_names),
            harness_test(SVC_20_delete_props),   harness_test(SVC_20_open_property),
            harness_test(SVC_20_copy_to),        harness_test(SVC_20_copy_props),
            harness_test(SVC_20_copy_faults),
    };

    return harness_run(tests);
}
