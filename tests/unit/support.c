/*
 * Support objects by themselves: the configuration flavour, and MakeInvalid.
 */
#include "harness.h"

#include "provider/support.h"

static const MAPIUID own_section = {{0x5a, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 1, 2, 3, 4, 5, 6, 7, 8}};

static struct profile *test_profile_open(void)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    struct profile *profile = NULL;

    harness_create_profile(name);
    assert_hr(profile_open(name, &profile), S_OK);
    return profile;
}

static void SPI_18_configuration_methods(void **state)
{
    struct profile *profile = test_profile_open();
    LPALLOCATEBUFFER allocate = NULL;
    IMAPISupport *support, *other;
    LPALLOCATEMORE more = NULL;
    LPFREEBUFFER release = NULL;
    MAPIERROR *error;
    IAddrBook *book;
    ULONG flags = 0;

    (void)state;
    assert_hr(support_create_configuration(profile, NULL, &own_section, &support), S_OK);
    /* SPI-15 */
    assert_hr(IMAPISupport_GetMemAllocRoutines(support, &allocate, &more, &release), S_OK);
    assert_ptr_equal(allocate, MAPIAllocateBuffer);
    assert_ptr_equal(more, MAPIAllocateMore);
    assert_ptr_equal(release, MAPIFreeBuffer);
    assert_hr(IMAPISupport_GetMemAllocRoutines(support, NULL, NULL, NULL), S_OK);
    /* SPI-06: everything that is on no list of this flavour */
    assert_hr(IMAPISupport_OpenAddressBook(support, NULL, 0, &book), MAPI_E_NO_SUPPORT);
    assert_hr(IMAPISupport_SetProviderUID(support, (MAPIUID *)&own_section, 0), MAPI_E_NO_SUPPORT);
    assert_hr(IMAPISupport_StoreLogoffTransports(support, &flags), MAPI_E_NO_SUPPORT);
    assert_hr(IMAPISupport_GetLastError(support, MAPI_E_NO_SUPPORT, 0, &error), S_OK);
    assert_non_null(error);
    MAPIFreeBuffer(error);
    assert_hr(IMAPISupport_GetSvcConfigSupportObj(support, 1, &other), MAPI_E_UNKNOWN_FLAGS);
    assert_null(other);
    assert_hr(IMAPISupport_GetSvcConfigSupportObj(support, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISupport_GetSvcConfigSupportObj(support, 0, &other), S_OK);
    support_end(support);
    assert_hr(IMAPISupport_GetLastError(other, S_OK, 0, &error), S_OK);
    assert_int_equal(IMAPISupport_Release(other), 0);
    profile_release(profile);
}

/* SPI-14: two calls give two identifiers. */
static void SPI_14_new_uid(void **state)
{
    struct profile *profile = test_profile_open();
    MAPIUID first, second;
    IMAPISupport *support;

    (void)state;
    assert_hr(support_create_configuration(profile, NULL, &own_section, &support), S_OK);
    assert_hr(IMAPISupport_NewUID(support, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISupport_NewUID(support, &first), S_OK);
    assert_hr(IMAPISupport_NewUID(support, &second), S_OK);
    assert_memory_not_equal(&first, &second, sizeof(first));
    support_end(support);
    profile_release(profile);
}

/* SPI-11: NULL is the section that the object was made for, also when it is a provider's. */
static void SPI_11_own_section(void **state)
{
    struct profile *profile = test_profile_open();
    SPropValue value = {.ulPropTag = PR_PROVIDER_DLL_NAME_W, .Value.lpszW = (WCHAR *)L"any.dll"};
    SizedSPropTagArray(1, tags) = {1, {PR_PROVIDER_DLL_NAME_W}};
    IMAPISupport *support;
    SPropValue *values;
    IProfSect *section;
    ULONG count;

    (void)state;
    assert_hr(support_create_configuration(profile, NULL, &own_section, &support), S_OK);
    assert_hr(IMAPISupport_OpenProfileSection(support, NULL, 0, &section), MAPI_E_NOT_FOUND);
    assert_null(section);
    assert_hr(IMAPISupport_OpenProfileSection(support, NULL, 0x4000, &section), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISupport_OpenProfileSection(support, NULL, MAPI_MODIFY, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISupport_OpenProfileSection(support, NULL, MAPI_MODIFY, &section), S_OK);
    assert_hr(IProfSect_SetProps(section, 1, &value, NULL), S_OK);
    IProfSect_Release(section);
    assert_hr(profile_open_section(profile, NULL, &own_section, NULL, 0, &section), MAPI_E_NO_ACCESS);
    assert_hr(IMAPISupport_OpenProfileSection(support, NULL, 0, &section), S_OK);
    assert_hr(IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &values), S_OK);
    assert_int_equal(wcscmp(values[0].Value.lpszW, L"any.dll"), 0);
    MAPIFreeBuffer(values);
    IProfSect_Release(section);
    support_end(support);
    profile_release(profile);
}

/* S-32: an entry function that keeps its object can do nothing with it afterwards but release it. */
static void S_32_ended_support_is_inert(void **state)
{
    struct profile *profile = test_profile_open();
    IMAPISupport *support;
    IProfSect *section;
    IUnknown *unknown;
    MAPIUID uid;

    (void)state;
    assert_hr(support_create_configuration(profile, NULL, &own_section, &support), S_OK);
    assert_hr(IMAPISupport_QueryInterface(support, &IID_IMAPISup, (void **)&unknown), S_OK);
    assert_ptr_equal(unknown, support);
    assert_hr(IMAPISupport_QueryInterface(support, &IID_IMessage, (void **)&unknown), E_NOINTERFACE);
    assert_null(unknown);
    support_end(support);
    profile_release(profile);
    assert_hr(IMAPISupport_OpenProfileSection(support, NULL, MAPI_MODIFY, &section), MAPI_E_INVALID_OBJECT);
    assert_null(section);
    assert_hr(IMAPISupport_NewUID(support, &uid), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPISupport_SpoolerYield(support, 0), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPISupport_QueryInterface(support, &IID_IUnknown, (void **)&unknown), MAPI_E_INVALID_OBJECT);
    assert_null(unknown);
    assert_int_equal(IMAPISupport_Release(support), 0);
}

static void support_faults(void **state)
{
    struct profile *profile = test_profile_open();

    (void)state;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        IMAPISupport *support;
        HRESULT hr = support_create_configuration(profile, NULL, &own_section, &support);

        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        if (support)
            support_end(support);
    }
    profile_release(profile);
}

/* Methods that were never called stand for the provider's code, which may be gone. */
static void *make_object(void)
{
    void **object;

    assert_hr(MAPIAllocateBuffer(64, (void **)&object), S_OK);
    object[0] = NULL;
    return object;
}

/* SPI-13, LOGOFF-48 */
static void SPI_13_make_invalid(void **state)
{
    static const ULONG sizes[] = {7, 10, 13, 14, 15, 18, 19, 22, 23, 26, 27, 30};
    IMAPIProp *prop;
    IUnknown *out;
    ULONG i, count;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        prop = make_object();
        assert_hr(support_make_invalid(prop, 2, sizes[i]), S_OK);
        assert_int_equal(IMAPIProp_AddRef(prop), 3);
        out = (IUnknown *)prop;
        assert_hr(IMAPIProp_QueryInterface(prop, &IID_IUnknown, (void **)&out), MAPI_E_INVALID_OBJECT);
        assert_null(out);
        assert_int_equal(IMAPIProp_Release(prop), 2);
        assert_int_equal(IMAPIProp_Release(prop), 1);
        assert_int_equal(IMAPIProp_Release(prop), 0);
    }
    prop = make_object();
    assert_hr(support_make_invalid(prop, 1, 14), S_OK);
    for (i = 0; i < 100; i++) /* each removes its parameters */
    {
        assert_hr(IMAPIProp_SaveChanges(prop, 0), MAPI_E_INVALID_OBJECT);
        assert_hr(IMAPIProp_GetProps(prop, NULL, 0, &count, NULL), MAPI_E_INVALID_OBJECT);
        assert_hr(IMAPIProp_CopyTo(prop, 0, NULL, NULL, 0, NULL, NULL, NULL, 0, NULL), MAPI_E_INVALID_OBJECT);
        assert_hr(IMAPIProp_CopyProps(prop, NULL, 0, NULL, NULL, NULL, 0, NULL), MAPI_E_INVALID_OBJECT);
        assert_hr(IMAPIProp_OpenProperty(prop, 0, NULL, 0, 0, NULL), MAPI_E_INVALID_OBJECT);
    }
    assert_int_equal(IMAPIProp_Release(prop), 0);
}

static void SPI_13_parameters(void **state)
{
    void *object = make_object();

    (void)state;
    assert_hr(support_make_invalid(NULL, 1, 14), MAPI_E_INVALID_PARAMETER);
    assert_hr(support_make_invalid((void *)(ULONG_PTR)16, 1, 14), MAPI_E_INVALID_PARAMETER);
    assert_hr(support_make_invalid(object, 0, 14), MAPI_E_INVALID_PARAMETER);
    assert_hr(support_make_invalid(object, 1, 2), MAPI_E_INVALID_PARAMETER);
    assert_hr(support_make_invalid(object, 1, 65), MAPI_E_NO_SUPPORT);
#ifdef _WIN64
    assert_hr(support_make_invalid(object, 1, 64), S_OK);
#else
    assert_hr(support_make_invalid(object, 1, 64), MAPI_E_NO_SUPPORT);
    assert_hr(support_make_invalid(object, 1, 3), S_OK);
#endif
    assert_int_equal(IUnknown_Release((IUnknown *)object), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SPI_18_configuration_methods),
            harness_test(SPI_14_new_uid),
            harness_test(SPI_11_own_section),
            harness_test(S_32_ended_support_is_inert),
            harness_test(support_faults),
            harness_test(SPI_13_make_invalid),
            harness_test(SPI_13_parameters),
    };
    return harness_run(tests);
}
