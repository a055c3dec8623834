/*
 * IMsgServiceAdmin: the services and providers of a profile.
 */
#include "profile_support.h"

static const MAPIUID unknown_uid = {{9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}};
static const MAPIUID service_one = {{0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
static const MAPIUID service_two = {{0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}};
static const MAPIUID service_gone = {{0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3}};
#define SERVICE_ONE L"11000000000000000000000000000001"
#define SERVICE_TWO L"11000000000000000000000000000002"
#define PROVIDER_ONE L"22000000000000000000000000000001"

static IMsgServiceAdmin *open_services(const WCHAR *name)
{
    IProfAdmin *admin = open_admin();
    IMsgServiceAdmin *services = NULL;

    assert_hr(admin_services(admin, name, &services), S_OK);
    assert_non_null(services);
    IProfAdmin_Release(admin);
    return services;
}

static void SESS_54_interfaces(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IMsgServiceAdmin *services;
    IMsgServiceAdmin2 *second;
    IUnknown *unknown;

    (void)state;
    harness_create_profile(name);
    services = open_services(name);
    assert_hr(IMsgServiceAdmin_QueryInterface(services, &IID_IMsgServiceAdmin2, (void **)&second), S_OK);
    assert_int_equal(IMsgServiceAdmin2_Release(second), 1);
    assert_hr(IMsgServiceAdmin_QueryInterface(services, &IID_IMsgServiceAdmin, (void **)&unknown), S_OK);
    assert_int_equal(IUnknown_Release(unknown), 1);
    assert_hr(IMsgServiceAdmin_QueryInterface(services, &IID_IUnknown, (void **)&unknown), S_OK);
    assert_int_equal(IUnknown_Release(unknown), 1);
    unknown = (IUnknown *)0x1;
    assert_hr(IMsgServiceAdmin_QueryInterface(services, &IID_IProviderAdmin, (void **)&unknown),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_null(unknown);
    /* Where MFCMAPI looks into the object. */
    assert_memory_equal((BYTE *)services + 0x48, "\0\0\0\0\0\0\0", 8);
    assert_int_equal(IMsgServiceAdmin_Release(services), 0);
}

static void SVC_01_empty(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IMsgServiceAdmin *services;
    IMAPITable *table;
    ULONG count = 1;

    (void)state;
    harness_create_profile(name);
    services = open_services(name);
    assert_hr(IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table), S_OK);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 0);
    assert_int_equal(IMAPITable_Release(table), 0);
    count = 1;
    assert_hr(IMsgServiceAdmin_GetProviderTable(services, 0, &table), S_OK);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 0);
    assert_int_equal(IMAPITable_Release(table), 0);
    table = (IMAPITable *)0x1;
    assert_hr(IMsgServiceAdmin_GetMsgServiceTable(services, 1, &table), MAPI_E_UNKNOWN_FLAGS);
    assert_null(table);
    table = (IMAPITable *)0x1;
    assert_hr(IMsgServiceAdmin_GetProviderTable(services, 1, &table), MAPI_E_UNKNOWN_FLAGS);
    assert_null(table);
    assert_hr(IMsgServiceAdmin_GetMsgServiceTable(services, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMsgServiceAdmin_GetProviderTable(services, 0, NULL), MAPI_E_INVALID_PARAMETER);
    IMsgServiceAdmin_Release(services);
}

static void assert_columns(IMAPITable *table, const ULONG *expected, ULONG expected_count)
{
    SPropTagArray *columns;
    ULONG i, j;

    assert_hr(IMAPITable_QueryColumns(table, 0, &columns), S_OK);
    assert_int_equal(columns->cValues, expected_count);
    for (i = 0; i < expected_count; ++i)
    {
        for (j = 0; j < columns->cValues; ++j)
            if (columns->aulPropTag[j] == expected[i])
                break;
        assert_true(j < columns->cValues);
    }
    MAPIFreeBuffer(columns);
}

static void SVC_02_columns(void **state)
{
    static const ULONG expected[] = {PR_DISPLAY_NAME_A,          PR_INSTANCE_KEY,       PR_RESOURCE_FLAGS,
                                     PR_SERVICE_DLL_NAME_A,      PR_SERVICE_ENTRY_NAME, PR_SERVICE_NAME_A,
                                     PR_SERVICE_SUPPORT_FILES_A, PR_SERVICE_UID};
    WCHAR name[HARNESS_PROFILE_NAME];
    IMsgServiceAdmin *services;
    IMAPITable *table;

    (void)state;
    harness_create_profile(name);
    services = open_services(name);
    assert_hr(IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table), S_OK);
    assert_columns(table, expected, ARRAY_SIZE(expected));
    IMAPITable_Release(table);
    IMsgServiceAdmin_Release(services);
}

static void add_services(const WCHAR *name)
{
    MAPIUID list[4] = {service_one, service_gone, service_two, service_one};

    set_raw(name, GLOBAL_SECTION, L"01023d0e", REG_BINARY, list, sizeof(list) - 3);
    set_text_value(name, SERVICE_ONE, L"001e3001", L"Zebra");
    set_text_value(name, SERVICE_ONE, L"001e3d09", L"MSPST");
    set_text_value(name, SERVICE_ONE, L"001e3d0a", L"mspst.dll");
    set_raw(name, SERVICE_ONE, L"00033009", REG_BINARY, "\2\0\0", 4);
    set_text_value(name, SERVICE_TWO, L"001e3001", L"Antelope");
}

static void SVC_02_rows(void **state)
{
    SizedSPropTagArray(4, columns) = {4, {PR_DISPLAY_NAME_A, PR_SERVICE_UID, PR_RESOURCE_FLAGS, PR_SERVICE_NAME_A}};
    WCHAR name[HARNESS_PROFILE_NAME];
    IMsgServiceAdmin *services;
    IMAPITable *table;
    SRowSet *rows;
    ULONG count = 0;

    (void)state;
    harness_create_profile(name);
    add_services(name);
    services = open_services(name);
    assert_hr(IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table), S_OK);
    assert_hr(IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(IMAPITable_QueryRows(table, 10, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 2); /* what is listed but not there, or cut off, is no row */
    assert_string_equal(rows->aRow[0].lpProps[0].Value.lpszA, "Zebra");
    assert_memory_equal(rows->aRow[0].lpProps[1].Value.bin.lpb, &service_one, 16);
    assert_int_equal(rows->aRow[0].lpProps[2].Value.l, 2);
    assert_string_equal(rows->aRow[0].lpProps[3].Value.lpszA, "MSPST");
    assert_string_equal(rows->aRow[1].lpProps[0].Value.lpszA, "Antelope");
    assert_int_equal(PROP_TYPE(rows->aRow[1].lpProps[2].ulPropTag), PT_ERROR);
    free_rows(rows);
    /* Static: a change later on is for the next table. */
    set_raw(name, GLOBAL_SECTION, L"01023d0e", REG_BINARY, &service_two, sizeof(service_two));
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 2);
    IMAPITable_Release(table);
    assert_hr(IMsgServiceAdmin_GetMsgServiceTable(services, MAPI_UNICODE, &table), S_OK);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 1);
    IMAPITable_Release(table);
    IMsgServiceAdmin_Release(services);
}

static void SVC_16_provider_columns(void **state)
{
    static const ULONG expected[] = {
            PR_INSTANCE_KEY, PR_DISPLAY_NAME_A, PR_PROVIDER_DISPLAY_A, PR_PROVIDER_DLL_NAME_A, PR_PROVIDER_ORDINAL,
            PR_PROVIDER_UID, PR_RESOURCE_FLAGS, PR_RESOURCE_TYPE,      PR_SERVICE_NAME_A,      PR_SERVICE_UID};
    SizedSPropTagArray(3, columns) = {3, {PR_PROVIDER_UID, PR_PROVIDER_ORDINAL, PR_PROVIDER_DLL_NAME_A}};
    MAPIUID list[2] = {service_two, {{0x22, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}};
    WCHAR name[HARNESS_PROFILE_NAME];
    IMsgServiceAdmin *services;
    IMAPITable *table;
    SRowSet *rows;

    (void)state;
    harness_create_profile(name);
    set_raw(name, GLOBAL_SECTION, L"01023d02", REG_BINARY, list, sizeof(list));
    set_text_value(name, SERVICE_TWO, L"001e3001", L"First");
    set_text_value(name, PROVIDER_ONE, L"001e300a", L"transport.dll");
    services = open_services(name);
    assert_hr(IMsgServiceAdmin_GetProviderTable(services, 0, &table), S_OK);
    assert_columns(table, expected, ARRAY_SIZE(expected));
    assert_hr(IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(IMAPITable_QueryRows(table, 10, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 2);
    assert_int_equal(rows->aRow[0].lpProps[1].Value.l, 0);
    assert_int_equal(rows->aRow[1].lpProps[1].Value.l, 1);
    assert_memory_equal(rows->aRow[1].lpProps[0].Value.bin.lpb, &list[1], 16);
    assert_string_equal(rows->aRow[1].lpProps[2].Value.lpszA, "transport.dll");
    free_rows(rows);
    IMAPITable_Release(table);

    assert_hr(IMsgServiceAdmin_MsgServiceTransportOrder(services, 1, list, 0), MAPI_E_BUSY);
    list[0] = unknown_uid;
    assert_hr(IMsgServiceAdmin_MsgServiceTransportOrder(services, 2, list, 0), MAPI_E_NOT_FOUND);
    list[0] = service_two;
    assert_hr(IMsgServiceAdmin_MsgServiceTransportOrder(services, 2, list, 0), S_OK);
    assert_hr(IMsgServiceAdmin_MsgServiceTransportOrder(services, 2, list, 1), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMsgServiceAdmin_MsgServiceTransportOrder(services, 2, NULL, 0), MAPI_E_INVALID_PARAMETER);
    IMsgServiceAdmin_Release(services);
}

static void SVC_10_rename_service(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IMsgServiceAdmin *services;
    MAPIERROR *error = NULL;

    (void)state;
    harness_create_profile(name);
    services = open_services(name);
    assert_hr(IMsgServiceAdmin_RenameMsgService(services, (MAPIUID *)&service_one, 0, (LPTSTR) "x"), MAPI_E_NO_SUPPORT);
    assert_hr(IMsgServiceAdmin_RenameMsgService(services, NULL, 0, NULL), MAPI_E_NO_SUPPORT);
    assert_hr(IMsgServiceAdmin_GetLastError(services, MAPI_E_NO_SUPPORT, 0, &error), S_OK);
    assert_non_null(error);
    MAPIFreeBuffer(error);
    IMsgServiceAdmin_Release(services);
}

static void SVC_08_15_unknown_services(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IProviderAdmin *providers = (IProviderAdmin *)0x1;
    MAPIUID *uid = (MAPIUID *)&unknown_uid, created;
    IMsgServiceAdmin *services;
    IMsgServiceAdmin2 *second;

    (void)state;
    harness_create_profile(name);
    services = open_services(name);
    assert_hr(IMsgServiceAdmin_DeleteMsgService(services, uid), MAPI_E_NOT_FOUND);
    assert_hr(IMsgServiceAdmin_DeleteMsgService(services, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMsgServiceAdmin_CopyMsgService(services, uid, NULL, NULL, NULL, NULL, 0, 0), MAPI_E_NOT_FOUND);
    assert_hr(IMsgServiceAdmin_ConfigureMsgService(services, uid, 0, 0, 0, NULL), MAPI_E_NOT_FOUND);
    assert_hr(IMsgServiceAdmin_ConfigureMsgService(services, uid, 0, 1, 0, NULL), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMsgServiceAdmin_AdminProviders(services, uid, 0, &providers), MAPI_E_NOT_FOUND);
    assert_null(providers);
    assert_hr(IMsgServiceAdmin_AdminProviders(services, uid, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMsgServiceAdmin_SetPrimaryIdentity(services, uid, 0), MAPI_E_NOT_FOUND);
    assert_hr(IMsgServiceAdmin_SetPrimaryIdentity(services, NULL, 0), S_OK);
    assert_hr(IMsgServiceAdmin_SetPrimaryIdentity(services, NULL, 1), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMsgServiceAdmin_MsgServiceTransportOrder(services, 0, NULL, 0), S_OK);
    assert_hr(IMsgServiceAdmin_MsgServiceTransportOrder(services, 1, uid, 0), MAPI_E_BUSY);
    assert_hr(IMsgServiceAdmin_CreateMsgService(services, (LPTSTR) "MSUPST MS", NULL, 0, 0), MAPI_E_NOT_FOUND);
    assert_hr(IMsgServiceAdmin_CreateMsgService(services, NULL, NULL, 0, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMsgServiceAdmin_CreateMsgService(services, (LPTSTR) "x", NULL, 0, 0x4), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMsgServiceAdmin_QueryInterface(services, &IID_IMsgServiceAdmin2, (void **)&second), S_OK);
    created = unknown_uid;
    assert_hr(IMsgServiceAdmin2_CreateMsgServiceEx(second, (LPTSTR) "MSUPST MS", NULL, 0, 0, &created),
              MAPI_E_NOT_FOUND);
    assert_memory_equal(&created, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
    IMsgServiceAdmin2_Release(second);
    add_services(name);
    assert_hr(IMsgServiceAdmin_AdminProviders(services, (MAPIUID *)&service_one, 0, &providers), S_OK);
    assert_int_equal(IProviderAdmin_Release(providers), 0);
    assert_hr(IMsgServiceAdmin_DeleteMsgService(services, (MAPIUID *)&service_one), S_OK);
    assert_hr(IMsgServiceAdmin_AdminProviders(services, (MAPIUID *)&service_one, 0, &providers), MAPI_E_NOT_FOUND);
    IMsgServiceAdmin_Release(services);
}

static void LOGOFF_46_47_after_logoff(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IMsgServiceAdmin *of_session, *of_admin;
    IMAPISession *session;
    IProfSect *section;
    IMAPITable *table;
    IUnknown *unknown;

    (void)state;
    harness_create_profile(name);
    of_admin = open_services(name);
    assert_hr(logon(name, &session), S_OK);
    assert_hr(IMAPISession_AdminServices(session, 0, &of_session), S_OK);
    assert_hr(IMsgServiceAdmin_GetMsgServiceTable(of_session, 0, &table), S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(IMAPITable_Release(table), 0);
    table = (IMAPITable *)0x1;
    assert_hr(IMsgServiceAdmin_GetMsgServiceTable(of_session, 0, &table), MAPI_E_INVALID_OBJECT);
    assert_null(table);
    section = (IProfSect *)0x1;
    assert_hr(IMsgServiceAdmin_OpenProfileSection(of_session, (MAPIUID *)&unknown_uid, NULL, MAPI_MODIFY, &section),
              MAPI_E_INVALID_OBJECT);
    assert_null(section);
    unknown = (IUnknown *)0x1;
    assert_hr(IMsgServiceAdmin_QueryInterface(of_session, &IID_IUnknown, (void **)&unknown), MAPI_E_INVALID_OBJECT);
    assert_null(unknown);
    assert_int_equal(IMsgServiceAdmin_Release(of_session), 0);
    assert_hr(IMsgServiceAdmin_GetMsgServiceTable(of_admin, 0, &table), S_OK);
    assert_int_equal(IMAPITable_Release(table), 0);
    assert_int_equal(IMsgServiceAdmin_Release(of_admin), 0);
    IMAPISession_Release(session);
}

static void SVC_01_faults(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IProfAdmin *admin = open_admin();
    IMsgServiceAdmin *services;
    IMAPITable *table;
    HRESULT hr;

    (void)state;
    harness_create_profile(name);
    add_services(name);
    set_raw(name, GLOBAL_SECTION, L"01023d00", REG_BINARY, &service_two, sizeof(service_two));
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        services = NULL;
        table = NULL;
        hr = admin_services(admin, name, &services);
        if (SUCCEEDED(hr))
        {
            hr = IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table);
            if (SUCCEEDED(hr))
            {
                IMAPITable_Release(table);
                hr = IMsgServiceAdmin_GetProviderTable(services, 0, &table);
            }
            if (SUCCEEDED(hr))
                IMAPITable_Release(table);
            else
                assert_null(table);
            IMsgServiceAdmin_Release(services);
        }
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
    }
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        services = NULL;
        hr = admin_services(admin, name, &services);
        if (SUCCEEDED(hr))
        {
            hr = IMsgServiceAdmin_DeleteMsgService(services, (MAPIUID *)&service_two);
            IMsgServiceAdmin_Release(services);
        }
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
    }
    IProfAdmin_Release(admin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SESS_54_interfaces),
            harness_test(SVC_01_empty),
            harness_test(SVC_01_faults),
            harness_test(SVC_02_columns),
            harness_test(SVC_02_rows),
            harness_test(SVC_08_15_unknown_services),
            harness_test(SVC_10_rename_service),
            harness_test(SVC_16_provider_columns),
            harness_test(LOGOFF_46_47_after_logoff),
    };

    return harness_run(tests);
}
