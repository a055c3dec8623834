/*
 * Message services and providers that are there: copies, order, identity, IProviderAdmin, what entry functions can do.
 */
#include "service_support.h"

static const char inf[] = "[Services]\n"
                          "ADM=Recording Service\n"
                          "PLAIN=Plain Service\n"
                          "LAST=Last Transport\n"
                          "ONCE=Only Once\n"
                          "[ADM]\n"
                          "PR_DISPLAY_NAME=Recorder\n"
                          "PR_SERVICE_DLL_NAME=admin.dll\n"
                          "PR_SERVICE_ENTRY_NAME=ServiceEntry\n"
                          "Providers=ADM Store, ADM Transport\n"
                          "Sections=ADM Extra, ADM Other\n"
                          "6600001e=text\n"
                          "[ADM Store]\n"
                          "PR_PROVIDER_DLL_NAME=spy.dll\n"
                          "PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\n"
                          "PR_RESOURCE_FLAGS=STATUS_NO_PRIMARY_IDENTITY\n"
                          "[ADM Transport]\n"
                          "PR_PROVIDER_DLL_NAME=spy.dll\n"
                          "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\n"
                          "6600001e=text of the transport\n"
                          "[ADM Extra]\n"
                          "UID=13DB0C8AA05101A9BB000AA002FC45A7\n"
                          "66050003=03000000\n"
                          "[ADM Other]\n"
                          "66050003=04000000\n"
                          "[PLAIN]\n"
                          "PR_RESOURCE_FLAGS=SERVICE_NO_PRIMARY_IDENTITY\n"
                          "Providers=ADM Transport\n"
                          "[LAST]\n"
                          "Providers=LAST Transport\n"
                          "[LAST Transport]\n"
                          "PR_PROVIDER_DLL_NAME=spy.dll\n"
                          "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\n"
                          "PR_RESOURCE_FLAGS=STATUS_XP_PREFER_LAST\n"
                          "[ONCE]\n"
                          "PR_RESOURCE_FLAGS=SERVICE_SINGLE_COPY\n"
                          "Providers=ADM Store\n";
static const MAPIUID extra_uid = {
        {0x13, 0xDB, 0x0C, 0x8A, 0xA0, 0x51, 0x01, 0xA9, 0xBB, 0x00, 0x0A, 0xA0, 0x02, 0xFC, 0x45, 0xA7}};

static void log_off(IMAPISession *session)
{
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
}

static HRESULT copy_service(struct service_test *test, const MAPIUID *uid, const IID *iid, void *target, ULONG flags)
{
    return IMsgServiceAdmin2_CopyMsgService(test->services, (MAPIUID *)uid, NULL, NULL, iid, target, 0x66, flags);
}

static void SVC_09_copy(void **state)
{
    struct service_test test;
    IMsgServiceAdmin2 *other;
    IMAPISession *session;
    MAPIUID uid, copied;
    SPropValue *value;
    SRowSet *rows;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_profile(test.profiles, L"Q"), S_OK);
    other = services_of(test.profiles, L"Q");
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK);
    test.script.count = 0;
    assert_hr(copy_service(&test, &uid, &IID_IMsgServiceAdmin, other, 0), S_OK);
    assert_int_equal(test.script.count, 0);
    rows = service_rows(other);
    assert_int_equal(rows->cRows, 1);
    assert_text(&rows->aRow[0], PR_DISPLAY_NAME_A, "Recorder");
    copied = row_uid(&rows->aRow[0], PR_SERVICE_UID);
    assert_memory_not_equal(&copied, &uid, sizeof(uid));
    free_rows(rows);
    rows = provider_rows(other);
    assert_int_equal(rows->cRows, 2);
    assert_non_null(value = section_value(other, &copied, PR_TRANSPORT_PROVIDERS));
    uid = row_uid(&rows->aRow[1], PR_PROVIDER_UID);
    assert_memory_equal(value->Value.bin.lpb, &uid, sizeof(uid)); /* the copy's own, not the original's */
    MAPIFreeBuffer(value);
    assert_non_null(value = section_value(other, &uid, PROP_TAG(PT_STRING8, 0x6600)));
    assert_string_equal(value->Value.lpszA, "text of the transport");
    MAPIFreeBuffer(value);
    uid = row_uid(&rows->aRow[1], PR_SERVICE_UID);
    assert_memory_equal(&copied, &uid, sizeof(uid));
    free_rows(rows);
    assert_true(has_section(L"Q", &extra_uid));
    /* Into a session's profile, and with the property sheet afterwards. */
    assert_hr(logon(L"Q", &session), S_OK);
    rows = service_rows(test.services);
    uid = row_uid(&rows->aRow[0], PR_SERVICE_UID);
    free_rows(rows);
    assert_hr(copy_service(&test, &uid, NULL, session, SERVICE_UI_ALWAYS), S_OK);
    assert_int_equal(test.script.count, 1);
    assert_int_equal(test.script.calls[0].context, MSG_SERVICE_CONFIGURE);
    assert_int_equal(test.script.calls[0].window, 0x66);
    assert_int_equal(count_services(other), 2);
    log_off(session);
    /* Into its own profile; one that can be there once cannot. */
    assert_hr(copy_service(&test, &uid, &IID_IMsgServiceAdmin, test.services, 0), S_OK);
    assert_int_equal(count_services(test.services), 2);
    assert_hr(create_service(&test, "ONCE", 0, &uid), S_OK);
    assert_hr(copy_service(&test, &uid, &IID_IMsgServiceAdmin, test.services, 0), MAPI_E_NO_ACCESS);
    assert_hr(copy_service(&test, &uid, &IID_IMsgServiceAdmin, other, 0), S_OK);
    assert_hr(copy_service(&test, &uid, &IID_IMsgServiceAdmin, other, 0), MAPI_E_NO_ACCESS);
    assert_hr(copy_service(&test, &uid, &IID_IProfSect, other, 0), MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_hr(copy_service(&test, &uid, NULL, NULL, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(copy_service(&test, &extra_uid, &IID_IMsgServiceAdmin, other, 0), MAPI_E_NOT_FOUND);
    assert_int_equal(IMsgServiceAdmin2_Release(other), 0);
    service_end(&test);
}

/* The uids of the profile's transports in the table's order; the table's ordinals are 0, 1, ... */
static ULONG transports(struct service_test *test, MAPIUID *uids)
{
    SRowSet *rows = provider_rows(test->services);
    ULONG i, count = 0;

    for (i = 0; i < rows->cRows; ++i)
    {
        if (row_value(&rows->aRow[i], PR_RESOURCE_TYPE)->Value.l != MAPI_TRANSPORT_PROVIDER)
            continue;
        assert_int_equal(row_value(&rows->aRow[i], PR_PROVIDER_ORDINAL)->Value.l, count);
        uids[count++] = row_uid(&rows->aRow[i], PR_PROVIDER_UID);
    }
    free_rows(rows);
    return count;
}

static void SVC_13_16_transport_order(void **state)
{
    MAPIUID before[3], after[3], swapped[3];
    struct service_test test;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "LAST", 0, NULL), S_OK);
    assert_int_equal(transports(&test, before), 1);
    assert_hr(create_service(&test, "ADM", 0, NULL), S_OK);
    assert_hr(create_service(&test, "PLAIN", 0, NULL), S_OK);
    assert_int_equal(transports(&test, after), 3);
    assert_memory_equal(&after[2], &before[0], sizeof(*after)); /* STATUS_XP_PREFER_LAST */
    swapped[0] = after[2];
    swapped[1] = after[1];
    swapped[2] = after[0];
    assert_hr(IMsgServiceAdmin2_MsgServiceTransportOrder(test.services, 2, swapped, 0), MAPI_E_BUSY);
    assert_hr(IMsgServiceAdmin2_MsgServiceTransportOrder(test.services, 3, swapped, 0), S_OK);
    assert_int_equal(transports(&test, after), 3);
    assert_memory_equal(after, swapped, sizeof(after));
    swapped[1] = swapped[0];
    assert_hr(IMsgServiceAdmin2_MsgServiceTransportOrder(test.services, 3, swapped, 0), MAPI_E_NOT_FOUND);
    swapped[1] = extra_uid;
    assert_hr(IMsgServiceAdmin2_MsgServiceTransportOrder(test.services, 3, swapped, 0), MAPI_E_NOT_FOUND);
    service_end(&test);
}

static LONG flags_of(struct service_test *test, const MAPIUID *uid)
{
    SPropValue *value = section_value(test->services, uid, PR_RESOURCE_FLAGS);
    LONG flags = value ? value->Value.l : 0;

    MAPIFreeBuffer(value);
    return flags;
}

static void SVC_14_identity(void **state)
{
    MAPIUID first, second, plain, of_transports[3];
    struct service_test test;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "ADM", 0, &first), S_OK);
    assert_hr(create_service(&test, "ADM", 0, &second), S_OK);
    assert_hr(create_service(&test, "PLAIN", 0, &plain), S_OK);
    assert_hr(IMsgServiceAdmin2_SetPrimaryIdentity(test.services, &plain, 0), MAPI_E_NO_ACCESS);
    assert_hr(IMsgServiceAdmin2_SetPrimaryIdentity(test.services, &first, 0), S_OK);
    assert_int_equal(transports(&test, of_transports), 3);
    assert_int_equal(flags_of(&test, &first), SERVICE_PRIMARY_IDENTITY);
    assert_int_equal(flags_of(&test, &of_transports[0]), STATUS_PRIMARY_IDENTITY);
    assert_hr(IMsgServiceAdmin2_SetPrimaryIdentity(test.services, &second, 0), S_OK);
    assert_int_equal(flags_of(&test, &first), 0);
    assert_int_equal(flags_of(&test, &of_transports[0]), 0);
    assert_int_equal(flags_of(&test, &second), SERVICE_PRIMARY_IDENTITY);
    assert_int_equal(flags_of(&test, &of_transports[1]), STATUS_PRIMARY_IDENTITY);
    assert_hr(IMsgServiceAdmin2_SetPrimaryIdentity(test.services, NULL, 0), S_OK);
    assert_int_equal(flags_of(&test, &second), 0);
    assert_int_equal(flags_of(&test, &of_transports[1]), 0);
    assert_int_equal(flags_of(&test, &plain), SERVICE_NO_PRIMARY_IDENTITY);
    service_end(&test);
}

static IProviderAdmin *providers_of(struct service_test *test, const MAPIUID *uid)
{
    IProviderAdmin *providers = NULL;

    assert_hr(IMsgServiceAdmin2_AdminProviders(test->services, (MAPIUID *)uid, 0, &providers), S_OK);
    return providers;
}

static SRowSet *rows_of(IProviderAdmin *providers)
{
    IMAPITable *table;

    assert_hr(IProviderAdmin_GetProviderTable(providers, 0, &table), S_OK);
    return all_rows(table);
}

static void SVC_15_17_extra_rows(void **state)
{
    IProviderAdmin *providers = (IProviderAdmin *)0x1;
    struct service_test test;
    ULONG i, extras = 0;
    MAPIUID uid, row;
    SRowSet *rows;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK);
    assert_hr(create_service(&test, "PLAIN", 0, NULL), S_OK);
    assert_hr(IMsgServiceAdmin2_AdminProviders(test.services, (MAPIUID *)&extra_uid, 0, &providers), MAPI_E_NOT_FOUND);
    assert_null(providers);
    providers = providers_of(&test, &uid);
    rows = rows_of(providers);
    assert_int_equal(rows->cRows, 4);
    for (i = 0; i < rows->cRows; ++i)
    {
        row = row_uid(&rows->aRow[i], PR_SERVICE_UID);
        assert_memory_equal(&row, &uid, sizeof(uid));
        assert_text(&rows->aRow[i], PR_SERVICE_NAME_A, "ADM");
        if (!row_value(&rows->aRow[i], PR_RESOURCE_TYPE))
            ++extras;
    }
    assert_int_equal(extras, 2);
    row = row_uid(&rows->aRow[2], PR_PROVIDER_UID);
    assert_memory_equal(&row, &extra_uid, sizeof(row));
    free_rows(rows);
    assert_int_equal(count_providers(test.services), 3); /* only here */
    assert_int_equal(IProviderAdmin_Release(providers), 0);
    service_end(&test);
}

static void SVC_18_create_provider(void **state)
{
    SPropValue values[2] = {{.ulPropTag = PR_DISPLAY_NAME_A, .Value.lpszA = "Second"},
                            {.ulPropTag = PROP_TAG(PT_LONG, 0x6610), .Value.l = 7}};
    struct service_test test;
    IProviderAdmin *providers;
    MAPIUID uid, created, row;
    DWORD sections;
    SRowSet *rows;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK);
    providers = providers_of(&test, &uid);
    assert_hr(
            IProviderAdmin_CreateProvider(providers, (LPTSTR) "ADM Transport", 2, values, 0x99, MAPI_DIALOG, &created),
            S_OK);
    assert_int_equal(test.script.count, 2);
    assert_int_equal(test.script.calls[1].context, MSG_SERVICE_PROVIDER_CREATE);
    assert_int_equal(test.script.calls[1].window, 0x99);
    assert_int_equal(test.script.calls[1].flags, SERVICE_UI_ALLOWED);
    assert_true(test.script.calls[1].complete);
    rows = rows_of(providers);
    assert_int_equal(rows->cRows, 5);
    row = row_uid(&rows->aRow[2], PR_PROVIDER_UID);
    assert_memory_equal(&row, &created, sizeof(row));
    assert_text(&rows->aRow[2], PR_DISPLAY_NAME_A, "Second");
    assert_text(&rows->aRow[2], PR_PROVIDER_DLL_NAME_A, "spy.dll");
    free_rows(rows);
    /* Refused by the service, or of no kind: nothing is left. */
    sections = count_sections(L"P");
    test.script.result = MAPI_E_NO_SUPPORT;
    assert_hr(IProviderAdmin_CreateProvider(providers, (LPTSTR) "ADM Store", 0, NULL, 0, 0, &row), MAPI_E_NO_SUPPORT);
    assert_memory_equal(&row, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
    assert_hr(IProviderAdmin_CreateProvider(providers, (LPTSTR) "Nobody", 0, NULL, 0, 0, &row), MAPI_E_NOT_FOUND);
    assert_hr(IProviderAdmin_DeleteProvider(providers, &created), MAPI_E_NO_SUPPORT);
    assert_int_equal(count_sections(L"P"), sections);
    test.script.result = S_OK;
    test.script.count = 0;
    assert_hr(IProviderAdmin_DeleteProvider(providers, &created), S_OK);
    assert_int_equal(test.script.calls[0].context, MSG_SERVICE_PROVIDER_DELETE);
    assert_hr(IProviderAdmin_DeleteProvider(providers, &created), MAPI_E_NOT_FOUND);
    assert_int_equal(count_sections(L"P"), sections - 1);
    assert_int_equal(IProviderAdmin_Release(providers), 0);
    service_end(&test);
}

/* The entry function does itself what it is asked about; what it does is not asked again. */
static HRESULT act_itself(struct admin_script *script, IMAPISupport *support, IProviderAdmin *providers, ULONG context,
                          MAPIERROR **error)
{
    SPropValue value = {.ulPropTag = PR_DISPLAY_NAME_A, .Value.lpszA = "Own"};
    MAPIUID *uid = script->context;
    MAPIUID other;

    (void)support;
    (void)error;
    if (context == MSG_SERVICE_PROVIDER_CREATE)
    {
        assert_hr(IProviderAdmin_CreateProvider(providers, (LPTSTR) "ADM Transport", 1, &value, 0, 0, uid), S_OK);
        assert_hr(IProviderAdmin_CreateProvider(providers, (LPTSTR) "ADM Store", 0, NULL, 0, 0, &other), S_OK);
        assert_hr(IProviderAdmin_DeleteProvider(providers, &other), S_OK);
    }
    if (context == MSG_SERVICE_PROVIDER_DELETE)
        assert_hr(IProviderAdmin_DeleteProvider(providers, uid), S_OK);
    return S_OK;
}

static void SVC_18_from_inside(void **state)
{
    struct service_test test;
    IProviderAdmin *providers;
    MAPIUID uid, inside, created;
    SRowSet *rows;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK);
    test.script.act = act_itself;
    test.script.context = &inside;
    providers = providers_of(&test, &uid);
    assert_hr(IProviderAdmin_CreateProvider(providers, (LPTSTR) "ADM Transport", 0, NULL, 0, 0, &created), S_OK);
    assert_memory_equal(&inside, &created, sizeof(inside));
    assert_int_equal(test.script.count, 2);
    rows = rows_of(providers);
    assert_int_equal(rows->cRows, 5);
    assert_text(&rows->aRow[2], PR_DISPLAY_NAME_A, "Own");
    free_rows(rows);
    assert_hr(IProviderAdmin_DeleteProvider(providers, &created), S_OK);
    assert_int_equal(test.script.count, 3);
    assert_int_equal(count_providers(test.services), 2);
    IProviderAdmin_Release(providers);
    service_end(&test);
}

struct kept
{
    struct service_test *test;
    IMAPISupport *support;
    IProviderAdmin *providers;
};

/* Sections from the entry function: SVC-19, SPI-18. */
static HRESULT open_sections(struct admin_script *script, IMAPISupport *support, IProviderAdmin *providers,
                             ULONG context, MAPIERROR **error)
{
    SPropValue value = {.ulPropTag = PROP_TAG(PT_LONG, 0x6611), .Value.l = 11};
    struct kept *kept = script->context;
    IMAPISupport *inner = NULL;
    LPALLOCATEBUFFER allocate;
    IAddrBook *book = NULL;
    IProfSect *section;
    MAPIUID uid;

    (void)context;
    (void)error;
    assert_hr(IProviderAdmin_OpenProfileSection(providers, NULL, NULL, MAPI_MODIFY, &section), S_OK);
    assert_hr(IProfSect_SetProps(section, 1, &value, NULL), S_OK);
    IProfSect_Release(section);
    value.Value.l = 12;
    assert_hr(IMAPISupport_OpenProfileSection(support, NULL, MAPI_MODIFY, &section), S_OK);
    assert_hr(IProfSect_SetProps(section, 1, &value, NULL), S_OK);
    IProfSect_Release(section);
    assert_hr(IMAPISupport_NewUID(support, &uid), S_OK);
    assert_hr(IMAPISupport_GetMemAllocRoutines(support, &allocate, NULL, NULL), S_OK);
    assert_hr(IMAPISupport_GetSvcConfigSupportObj(support, 0, &inner), S_OK);
    IMAPISupport_Release(inner);
    assert_hr(IMAPISupport_OpenAddressBook(support, NULL, 0, &book), MAPI_E_NO_SUPPORT);
    assert_hr(IMAPISupport_SetProviderUID(support, &uid, 0), MAPI_E_NO_SUPPORT);
    kept->support = support;
    kept->providers = providers;
    IMAPISupport_AddRef(support);
    IProviderAdmin_AddRef(providers);
    return IMsgServiceAdmin2_GetLastError(kept->test->services, S_OK, 0, error); /* its caller's object, from inside */
}

static LONG number_in(struct service_test *test, const MAPIUID *uid, ULONG tag)
{
    SPropValue *value = section_value(test->services, uid, tag);
    LONG number = value ? value->Value.l : -1;

    MAPIFreeBuffer(value);
    return number;
}

static void SVC_19_SPI_18_sections(void **state)
{
    struct service_test test;
    IProviderAdmin *providers;
    struct kept kept = {&test, NULL, NULL};
    IProfSect *section;
    MAPIUID uid, store;
    SRowSet *rows;

    (void)state;
    service_begin(&test, inf);
    test.script.act = open_sections;
    test.script.context = &kept;
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK);
    rows = provider_rows(test.services);
    store = row_uid(&rows->aRow[0], PR_PROVIDER_UID);
    free_rows(rows);
    assert_int_equal(number_in(&test, &store, PROP_TAG(PT_LONG, 0x6611)), 11);
    assert_int_equal(number_in(&test, &uid, PROP_TAG(PT_LONG, 0x6611)), 12);
    /* Good until it has returned. */
    section = (IProfSect *)0x1;
    assert_hr(IProviderAdmin_OpenProfileSection(kept.providers, NULL, NULL, 0, &section), MAPI_E_INVALID_OBJECT);
    assert_null(section);
    assert_hr(IMAPISupport_OpenProfileSection(kept.support, NULL, 0, &section), MAPI_E_INVALID_OBJECT);
    assert_int_equal(IProviderAdmin_Release(kept.providers), 0);
    assert_int_equal(IMAPISupport_Release(kept.support), 0);
    /* A client has to name a section, and to insist on one of a provider's. */
    providers = providers_of(&test, &uid);
    assert_hr(IProviderAdmin_OpenProfileSection(providers, NULL, NULL, 0, &section), MAPI_E_INVALID_PARAMETER);
    assert_hr(IProviderAdmin_OpenProfileSection(providers, &store, NULL, MAPI_MODIFY, &section), MAPI_E_NO_ACCESS);
    assert_hr(IProviderAdmin_OpenProfileSection(providers, &store, NULL, MAPI_FORCE_ACCESS, &section), S_OK);
    IProfSect_Release(section);
    IProviderAdmin_Release(providers);
    service_end(&test);
}

/* The service deletes itself while it is being configured. */
static HRESULT delete_itself(struct admin_script *script, IMAPISupport *support, IProviderAdmin *providers,
                             ULONG context, MAPIERROR **error)
{
    struct service_test *test = script->context;
    SRowSet *rows;
    MAPIUID uid;

    (void)support;
    (void)providers;
    (void)error;
    if (context != MSG_SERVICE_CONFIGURE)
        return S_OK;
    rows = service_rows(test->services);
    uid = row_uid(&rows->aRow[0], PR_SERVICE_UID);
    free_rows(rows);
    return IMsgServiceAdmin2_DeleteMsgService(test->services, &uid);
}

static void SVC_12_deletes_itself(void **state)
{
    struct service_test test;
    MAPIUID uid;

    (void)state;
    service_begin(&test, inf);
    test.script.act = delete_itself;
    test.script.context = &test;
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK);
    assert_hr(IMsgServiceAdmin2_ConfigureMsgService(test.services, &uid, 0, 0, 0, NULL), S_OK);
    assert_int_equal(count_services(test.services), 0);
    assert_int_equal(test.script.count, 3);
    service_end(&test);
}

static ULONG stores_listed(IMAPISession *session)
{
    IMAPITable *table;
    ULONG count;

    assert_hr(IMAPISession_GetMsgStoresTable(session, 0, &table), S_OK);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    IMAPITable_Release(table);
    return count;
}

static void LOGOFF_67_provider_in_use(void **state)
{
    struct service_test test;
    IProviderAdmin *providers;
    IMAPISession *session;
    MAPIUID uid, store;
    SRowSet *rows;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK);
    rows = provider_rows(test.services);
    store = row_uid(&rows->aRow[0], PR_PROVIDER_UID);
    free_rows(rows);
    assert_hr(logon(L"P", &session), S_OK);
    assert_int_equal(stores_listed(session), 1);
    providers = providers_of(&test, &uid);
    assert_hr(IProviderAdmin_DeleteProvider(providers, &store), S_OK);
    rows = rows_of(providers);
    assert_int_equal(rows->cRows, 3);
    free_rows(rows);
    assert_true(has_section(L"P", &store));
    assert_hr(IProviderAdmin_DeleteProvider(providers, &store), MAPI_E_NOT_FOUND);
    log_off(session);
    assert_false(has_section(L"P", &store));
    /* A whole service likewise. */
    assert_hr(logon(L"P", &session), S_OK);
    assert_hr(IMsgServiceAdmin2_DeleteMsgService(test.services, &uid), S_OK);
    assert_int_equal(count_services(test.services), 0);
    assert_true(has_section(L"P", &uid));
    log_off(session);
    assert_false(has_section(L"P", &uid));
    assert_int_equal(count_sections(L"P"), 2);
    IProviderAdmin_Release(providers);
    service_end(&test);
}

static void LOGOFF_69_next_session(void **state)
{
    struct service_test test;
    IMsgServiceAdmin *services;
    IMAPISession *session;

    (void)state;
    service_begin(&test, inf);
    assert_hr(logon(L"P", &session), S_OK);
    assert_hr(IMAPISession_AdminServices(session, 0, &services), S_OK);
    assert_hr(IMsgServiceAdmin_CreateMsgService(services, (LPTSTR) "ADM", NULL, 0, 0), S_OK);
    assert_int_equal(count_services((IMsgServiceAdmin2 *)services), 1);
    assert_int_equal(stores_listed(session), 0);
    IMsgServiceAdmin_Release(services);
    log_off(session);
    assert_hr(logon(L"P", &session), S_OK);
    assert_int_equal(stores_listed(session), 1);
    log_off(session);
    service_end(&test);
}

static void SVC_09_18_faults(void **state)
{
    struct service_test test;
    IProviderAdmin *providers;
    MAPIUID uid, created;
    ULONG services = 1, of_service;
    HRESULT hr;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK);
    providers = providers_of(&test, &uid);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = copy_service(&test, &uid, &IID_IMsgServiceAdmin, test.services, 0);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        services += SUCCEEDED(hr);
        assert_int_equal(count_services(test.services), services);
    }
    of_service = count_providers(test.services);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = IProviderAdmin_CreateProvider(providers, (LPTSTR) "ADM Store", 0, NULL, 0, 0, &created);
        harness_fault_hit(&fault);
        assert_true(hr == S_OK || hr == MAPI_E_NOT_ENOUGH_MEMORY);
        assert_int_equal(count_providers(test.services), of_service + SUCCEEDED(hr));
        if (SUCCEEDED(hr))
            assert_hr(IProviderAdmin_DeleteProvider(providers, &created), S_OK);
    }
    IProviderAdmin_Release(providers);
    service_end(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(SVC_09_copy),
            harness_test_plain(SVC_09_18_faults),
            harness_test_plain(SVC_12_deletes_itself),
            harness_test_plain(SVC_13_16_transport_order),
            harness_test_plain(SVC_14_identity),
            harness_test_plain(SVC_15_17_extra_rows),
            harness_test_plain(SVC_18_create_provider),
            harness_test_plain(SVC_18_from_inside),
            harness_test_plain(SVC_19_SPI_18_sections),
            harness_test_plain(LOGOFF_67_provider_in_use),
            harness_test_plain(LOGOFF_69_next_session),
    };

    return harness_run(tests);
}
