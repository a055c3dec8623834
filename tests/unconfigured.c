/*
 * Providers that answer MAPI_E_UNCONFIGURED, and the entry functions of their services.
 */
#include "harness_spy.h"

#include "providers/admin/admin.h"

static struct admin_script script;
static HMODULE admin_dll;

static MAPIUID service_uid(BYTE number)
{
    MAPIUID uid = {{0x53, 0x56}};

    uid.ab[15] = number;
    return uid;
}

static void write_section(IMsgServiceAdmin *services, const MAPIUID *uid, ULONG count, SPropValue *values)
{
    IProfSect *section;

    assert_hr(IMsgServiceAdmin_OpenProfileSection(services, (MAPIUID *)uid, NULL, MAPI_MODIFY | MAPI_FORCE_ACCESS,
                                                  &section),
              S_OK);
    assert_hr(IProfSect_SetProps(section, count, values, NULL), S_OK);
    IProfSect_Release(section);
}

/* A session on a profile with the providers, whose service 1 has the entry function of the recording DLL. */
static IMAPISession *begin(const struct spy_setup *setups, ULONG count, ULONG flags)
{
    static const MAPIUID global = {
            {0x92, 0x07, 0xf3, 0xe0, 0xa3, 0xb1, 0x10, 0x19, 0x90, 0x8b, 0x08, 0x00, 0x2b, 0x2a, 0x56, 0xc2}};
    SPropValue values[2] = {{.ulPropTag = PR_SERVICE_DLL_NAME_W}, {.ulPropTag = PR_SERVICE_ENTRY_NAME}};
    SPropValue list = {.ulPropTag = PR_SERVICES};
    MAPIUID service = service_uid(1);
    WCHAR name[HARNESS_PROFILE_NAME];
    IMsgServiceAdmin *services;
    IProfAdmin *profiles;

    spy_begin();
    spy_profile(name, setups, count);
    admin_dll = LoadLibraryW(L"admin32.dll");
    assert_non_null(admin_dll);
    memset(&script, 0, sizeof(script));
    ((admin_script_function)(void *)GetProcAddress(admin_dll, "AdminScript"))(&script);
    assert_hr(MAPIAdminProfiles(0, &profiles), S_OK);
    assert_hr(IProfAdmin_AdminServices(profiles, (LPTSTR)name, NULL, 0, MAPI_UNICODE, &services), S_OK);
    values[0].Value.lpszW = (WCHAR *)L"admin.dll";
    values[1].ulPropTag = PROP_TAG(PT_STRING8, PROP_ID(PR_SERVICE_ENTRY_NAME));
    values[1].Value.lpszA = (char *)"ServiceEntry";
    write_section(services, &service, 2, values);
    list.Value.bin.cb = sizeof(service);
    list.Value.bin.lpb = service.ab;
    write_section(services, &global, 1, &list);
    IMsgServiceAdmin_Release(services);
    IProfAdmin_Release(profiles);
    return log_on_to(name, MAPI_NO_MAIL | flags);
}

static void end(IMAPISession *session)
{
    log_off(session);
    assert_int_equal(spy_objects(), 0);
    ((admin_script_function)(void *)GetProcAddress(admin_dll, "AdminScript"))(NULL);
    FreeLibrary(admin_dll);
}

static HRESULT open_store(IMAPISession *session, const WCHAR *name, ULONG flags, IMsgStore **store)
{
    ULONG size = 0;
    ENTRYID *entryid = spy_store_entryid(session, name, &size);
    HRESULT hr = IMAPISession_OpenMsgStore(session, 0, size, entryid, NULL, flags, store);

    MAPIFreeBuffer(entryid);
    return hr;
}

static void assert_one_call(ULONG flags)
{
    assert_int_equal(script.count, 1);
    assert_int_equal(script.calls[0].context, MSG_SERVICE_CONFIGURE);
    assert_int_equal(script.calls[0].flags, flags);
    assert_int_equal(script.calls[0].count, 0);
    assert_true(script.calls[0].complete);
}

/* LOGON-23: the service configures itself, the second Logon works. */
static void LOGON_23_configured(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", 0, L"MSone.Logon=fail1:8004011c", 1, 1, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups), 0);
    IMsgStore *store;

    (void)state;
    assert_hr(open_store(session, L"one", 0, &store), S_OK);
    assert_one_call(SERVICE_UI_ALLOWED);
    assert_spy("A MSProviderInit(0, 0x10010)\n"
               "A MSone.Logon(0, 0x80000000)\n"
               "A MSone.Logon(0, 0x80000000)\n");
    IMsgStore_Release(store);
    end(session);
}

static void LOGON_23_no_dialog(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", 0, L"MSone.Logon=fail1:8004011c", 1, 1, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups), 0);
    IMsgStore *store;

    (void)state;
    assert_hr(open_store(session, L"one", MDB_NO_DIALOG, &store), S_OK);
    assert_one_call(0);
    IMsgStore_Release(store);
    end(session);
}

/* Once only; then the whole service is out (LOGON-24). */
static void LOGON_23_retried_once(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", 0, L"MSone.Logon=fail:8004011c", 1, 1, NULL, 0},
            {MAPI_STORE_PROVIDER, L"two", 0, NULL, 2, 1, NULL, 0},
            {MAPI_STORE_PROVIDER, L"other", 0, NULL, 3, 2, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups), 0);
    IMsgStore *store;

    (void)state;
    assert_hr(open_store(session, L"one", 0, &store), MAPI_E_UNCONFIGURED);
    assert_null(store);
    assert_one_call(SERVICE_UI_ALLOWED);
    assert_spy("A MSProviderInit(0, 0x10010)\n"
               "A MSone.Logon(0, 0x80000000)\n"
               "A MSone.Logon(0, 0x80000000)\n");
    assert_hr(open_store(session, L"one", 0, &store), MAPI_E_UNCONFIGURED);
    assert_hr(open_store(session, L"two", 0, &store), MAPI_E_UNCONFIGURED);
    assert_int_equal(script.count, 1);
    assert_spy("");
    assert_hr(open_store(session, L"other", 0, &store), S_OK);
    IMsgStore_Release(store);
    end(session);
}

static HRESULT refuse(struct admin_script *current, IMAPISupport *support, IProviderAdmin *providers, ULONG context,
                      MAPIERROR **error)
{
    static const char text[] = "no server";

    (void)current;
    (void)support;
    (void)providers;
    (void)context;
    if (FAILED(MAPIAllocateBuffer(sizeof(**error), (void **)error)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(*error, 0, sizeof(**error));
    MAPIAllocateMore(sizeof(text), *error, (void **)&(*error)->lpszError);
    memcpy((*error)->lpszError, text, sizeof(text));
    return MAPI_E_NETWORK_ERROR;
}

/* SPI-23: what the entry function says is what the session's GetLastError says. */
static void SPI_23_configure_fails(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", 0, L"MSone.Logon=fail1:8004011c", 1, 1, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups), 0);
    MAPIERROR *error;
    IMsgStore *store;

    (void)state;
    script.act = refuse;
    assert_hr(open_store(session, L"one", 0, &store), MAPI_E_UNCONFIGURED);
    assert_one_call(SERVICE_UI_ALLOWED);
    assert_hr(IMAPISession_GetLastError(session, MAPI_E_UNCONFIGURED, MAPI_UNICODE, &error), S_OK);
    assert_non_null(error);
    assert_int_equal(wcscmp((WCHAR *)error->lpszError, L"no server"), 0);
    MAPIFreeBuffer(error);
    assert_hr(open_store(session, L"one", 0, &store), MAPI_E_UNCONFIGURED);
    assert_spy("A MSProviderInit(0, 0x10010)\nA MSone.Logon(0, 0x80000000)\n");
    end(session);
}

/* A provider that no service has, or whose service has no entry function, is not asked again. */
static void LOGON_23_nobody_to_ask(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", 0, L"MSone.Logon=fail1:8004011c;MStwo.Logon=fail1:8004011c", 1, 0, NULL, 0},
            {MAPI_STORE_PROVIDER, L"two", 0, NULL, 2, 2, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups), 0);
    IMsgStore *store;

    (void)state;
    assert_hr(open_store(session, L"one", 0, &store), MAPI_E_UNCONFIGURED);
    assert_hr(open_store(session, L"two", 0, &store), MAPI_E_UNCONFIGURED);
    assert_int_equal(script.count, 0);
    assert_hr(open_store(session, L"one", 0, &store), S_OK);
    assert_spy("A MSProviderInit(0, 0x10010)\n"
               "A MSone.Logon(0, 0x80000000)\n"
               "A MStwo.Logon(0, 0x80000000)\n"
               "A MSone.Logon(0, 0x80000000)\n");
    IMsgStore_Release(store);
    end(session);
}

static void LOGON_23_address_book(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_AB_PROVIDER, L"book", 0, L"ABbook.Logon=fail1:8004011c", 1, 1, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups), 0);
    IAddrBook *book;

    (void)state;
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book), S_OK);
    assert_one_call(0);
    assert_spy("A ABProviderInit(0, 0x10010)\n"
               "A ABbook.Logon(0x80000001)\n"
               "A ABbook.Logon(0x80000001)\n");
    IAddrBook_Release(book);
    end(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGON_23_configured),    harness_test(LOGON_23_no_dialog),
            harness_test(LOGON_23_retried_once),  harness_test(SPI_23_configure_fails),
            harness_test(LOGON_23_nobody_to_ask), harness_test(LOGON_23_address_book),
    };
    return harness_run(tests);
}
