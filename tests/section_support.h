/*
 * section_support: what the tests of profile sections share.
 */
#ifndef POSTROOM_TESTS_SECTION_SUPPORT_H
#define POSTROOM_TESTS_SECTION_SUPPORT_H

#include "profile_support.h"

static const MAPIUID __attribute__((unused))
uid_one = {{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 1}};
static const MAPIUID __attribute__((unused))
uid_two = {{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 2}};
static const MAPIUID __attribute__((unused))
uid_instance = {{0x85, 0x03, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
static const MAPIUID __attribute__((unused))
uid_global = {{0x92, 0x07, 0xF3, 0xE0, 0xA3, 0xB1, 0x10, 0x19, 0x90, 0x8B, 0x08, 0x00, 0x2B, 0x2A, 0x56, 0xC2}};
#define SECTION_ONE L"112233445566778899aabbccddeeff01"
#define SECTION_TWO L"112233445566778899aabbccddeeff02"

/* One profile and its administration object; most tests need no more. */
struct fixture
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfAdmin *admin;
    IMsgServiceAdmin *services;
};

static inline void begin(struct fixture *fixture)
{
    harness_create_profile(fixture->name);
    fixture->admin = open_admin();
    assert_hr(admin_services(fixture->admin, fixture->name, &fixture->services), S_OK);
}

static inline void end(struct fixture *fixture)
{
    assert_int_equal(IMsgServiceAdmin_Release(fixture->services), 0);
    assert_int_equal(IProfAdmin_Release(fixture->admin), 0);
}

static inline HRESULT open_section(struct fixture *fixture, const MAPIUID *uid, ULONG flags, IProfSect **section)
{
    *section = (IProfSect *)0x1;
    return IMsgServiceAdmin_OpenProfileSection(fixture->services, (MAPIUID *)uid, NULL, flags, section);
}

static inline IProfSect *writer(struct fixture *fixture, const MAPIUID *uid)
{
    IProfSect *section;

    assert_hr(open_section(fixture, uid, MAPI_MODIFY, &section), S_OK);
    return section;
}

static inline void set_long(IProfSect *section, ULONG tag, LONG number)
{
    SPropValue value;

    value.ulPropTag = tag;
    value.Value.l = number;
    assert_hr(IProfSect_SetProps(section, 1, &value, NULL), S_OK);
}

/* One property; the caller frees *value. */
static inline HRESULT get_one(IProfSect *section, ULONG tag, SPropValue **value)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    ULONG count;
    HRESULT hr;

    hr = IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, value);
    if (SUCCEEDED(hr))
        assert_int_equal(count, 1);
    return hr;
}

static inline void assert_long(IProfSect *section, ULONG tag, LONG expected)
{
    SPropValue *value;

    assert_hr(get_one(section, tag, &value), S_OK);
    assert_int_equal(value->ulPropTag, tag);
    assert_int_equal(value->Value.l, expected);
    MAPIFreeBuffer(value);
}

static inline void assert_missing(IProfSect *section, ULONG tag)
{
    SPropValue *value;

    assert_hr(get_one(section, tag, &value), MAPI_W_ERRORS_RETURNED);
    assert_int_equal(PROP_TYPE(value->ulPropTag), PT_ERROR);
    assert_hr(value->Value.err, MAPI_E_NOT_FOUND);
    MAPIFreeBuffer(value);
}

#endif
