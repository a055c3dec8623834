/*
 * The session's methods, for a profile without message services: the SESS and FAST rows that need no provider.
 */
#include "harness_session.h"
#include <postroom/guids.h>

static const MAPIUID foreign_uid = {{0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};

/* An entry identifier of a provider that nobody knows. */
struct foreign_entryid
{
    BYTE flags[4];
    MAPIUID uid;
    BYTE rest[12];
};

static void foreign_entryid(struct foreign_entryid *entryid)
{
    memset(entryid, 0, sizeof(*entryid));
    entryid->uid = foreign_uid;
}

static BOOL has_column(const SPropTagArray *columns, ULONG tag)
{
    ULONG i;

    for (i = 0; i < columns->cValues; i++)
    {
        if (columns->aulPropTag[i] == tag)
            return TRUE;
    }
    return FALSE;
}

#define TEST(name) static void name(void **state __attribute__((unused)))

TEST(SESS_01_GetLastError)
{
    IMAPISession *session = log_on(0);
    MAPIERROR *error = (MAPIERROR *)0x5a5a5a5a;
    IMAPITable *table;

    assert_hr(IMAPISession_GetLastError(session, S_OK, 0, &error), S_OK);
    assert_null(error);

    assert_hr(IMAPISession_GetMsgStoresTable(session, 0x4, &table), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISession_GetLastError(session, MAPI_E_UNKNOWN_FLAGS, MAPI_UNICODE, &error), S_OK);
    assert_non_null(error);
    assert_int_equal(error->ulVersion, MAPI_ERROR_VERSION);
    assert_true(wcslen((WCHAR *)error->lpszError) > 3);
    assert_true(wcslen((WCHAR *)error->lpszComponent) > 3);
    assert_hr(MAPIFreeBuffer(error), S_OK);

    assert_hr(IMAPISession_GetLastError(session, MAPI_E_UNKNOWN_FLAGS, 0, &error), S_OK);
    assert_non_null(error);
    assert_true(strlen((char *)error->lpszError) > 3);
    assert_hr(MAPIFreeBuffer(error), S_OK);

    /* Of another error nothing is known. */
    assert_hr(IMAPISession_GetLastError(session, MAPI_E_NETWORK_ERROR, 0, &error), S_OK);
    assert_null(error);
    assert_hr(IMAPISession_GetLastError(session, S_OK, 0x1, &error), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISession_GetLastError(session, S_OK, 0, NULL), MAPI_E_INVALID_PARAMETER);
    log_off(session);
}

TEST(SESS_01_text_of_a_failed_logoff)
{
    IMAPISession *session = log_on(0);
    MAPIERROR *error;

    assert_hr(IMAPISession_Logoff(session, 0, 0, 7), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_GetLastError(session, MAPI_E_INVALID_PARAMETER, 0, &error), S_OK); /* S-44 */
    assert_hr(MAPIFreeBuffer(error), S_OK);
    log_off(session);
}

TEST(SESS_05_06_stores_table)
{
    static const ULONG required[] = {PR_DEFAULT_STORE, PR_ENTRYID,    PR_INSTANCE_KEY,   PR_MDB_PROVIDER,
                                     PR_OBJECT_TYPE,   PR_RECORD_KEY, PR_RESOURCE_FLAGS, PR_RESOURCE_TYPE};
    IMAPISession *session = log_on(0);
    SPropTagArray *columns;
    IMAPITable *table;
    ULONG count = 5, i;
    int unicode;

    for (unicode = 0; unicode < 2; unicode++)
    {
        assert_hr(IMAPISession_GetMsgStoresTable(session, unicode ? MAPI_UNICODE : 0, &table), S_OK);
        assert_hr(IMAPITable_QueryColumns(table, 0, &columns), S_OK);
        for (i = 0; i < ARRAY_SIZE(required); i++)
            assert_true(has_column(columns, required[i]));
        assert_true(has_column(columns, unicode ? PR_DISPLAY_NAME_W : PR_DISPLAY_NAME_A));
        assert_true(has_column(columns, unicode ? PR_PROVIDER_DISPLAY_W : PR_PROVIDER_DISPLAY_A));
        MAPIFreeBuffer(columns);
        assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
        assert_int_equal(count, 0);
        assert_int_equal(IMAPITable_Release(table), 0);
    }
    assert_hr(IMAPISession_GetMsgStoresTable(session, 0, NULL), MAPI_E_INVALID_PARAMETER);
    table = (IMAPITable *)0x5a5a5a5a;
    assert_hr(IMAPISession_GetMsgStoresTable(session, 1, &table), MAPI_E_UNKNOWN_FLAGS);
    assert_null(table);
    log_off(session);
}

TEST(SESS_08_OpenMsgStore)
{
    IMAPISession *session = log_on(0);
    IMsgStore *store = (IMsgStore *)0x5a5a5a5a;
    struct foreign_entryid entryid;

    foreign_entryid(&entryid);
    assert_hr(IMAPISession_OpenMsgStore(session, 0, 0, NULL, NULL, 0, &store), MAPI_E_INVALID_PARAMETER);
    assert_null(store);
    assert_hr(IMAPISession_OpenMsgStore(session, 0, 24, NULL, NULL, 0, &store), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_OpenMsgStore(session, 0, 24, (ENTRYID *)0x10, NULL, 0, &store), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_OpenMsgStore(session, 0, sizeof(entryid), (ENTRYID *)&entryid, NULL, 0x2, &store),
              MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISession_OpenMsgStore(session, 0, sizeof(entryid), (ENTRYID *)&entryid, NULL, MDB_NO_DIALOG, &store),
              MAPI_E_NOT_FOUND);
    assert_null(store);
    log_off(session);
}

TEST(SESS_17_18_OpenEntry)
{
    IMAPISession *session = log_on(0);
    IUnknown *unknown = (IUnknown *)0x5a5a5a5a;
    struct foreign_entryid entryid;
    ULONG type = 5;

    foreign_entryid(&entryid);
    assert_hr(IMAPISession_OpenEntry(session, 0, NULL, NULL, 0, &type, &unknown), MAPI_E_INVALID_PARAMETER);
    assert_null(unknown);
    assert_int_equal(type, 0);
    assert_hr(IMAPISession_OpenEntry(session, sizeof(entryid), (ENTRYID *)&entryid, NULL, 0, &type, &unknown),
              MAPI_E_UNKNOWN_ENTRYID);
    assert_hr(IMAPISession_OpenEntry(session, 3, (ENTRYID *)&entryid, NULL, 0, &type, &unknown),
              MAPI_E_UNKNOWN_ENTRYID);
    assert_hr(IMAPISession_OpenEntry(session, sizeof(entryid), (ENTRYID *)&entryid, NULL, 0x40, &type, &unknown),
              MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISession_OpenEntry(session, 0x7fffffff, (ENTRYID *)&entryid, NULL, 0, &type, &unknown),
              MAPI_E_INVALID_PARAMETER);
    log_off(session);
}

TEST(SESS_25_26_CompareEntryIDs)
{
    IMAPISession *session = log_on(0);
    struct foreign_entryid foreign;
    ULONG size, same = 5, status_size, count;
    SPropValue *value;
    IMAPIStatus *status;
    ENTRYID *identity;
    SizedSPropTagArray(1, tags) = {1, {PR_ENTRYID}};

    foreign_entryid(&foreign);
    assert_hr(IMAPISession_CompareEntryIDs(session, sizeof(foreign), (ENTRYID *)&foreign, sizeof(foreign),
                                           (ENTRYID *)&foreign, 0, &same),
              MAPI_E_UNKNOWN_ENTRYID);
    assert_int_equal(same, FALSE);
    assert_hr(IMAPISession_QueryIdentity(session, &size, &identity), MAPI_W_NO_SERVICE);
    status = open_status(session, MAPI_SPOOLER);
    assert_hr(IMAPIStatus_GetProps(status, (SPropTagArray *)&tags, 0, &count, &value), S_OK);
    status_size = value->Value.bin.cb;
    assert_hr(IMAPISession_CompareEntryIDs(session, size, identity, status_size, (ENTRYID *)value->Value.bin.lpb, 0,
                                           &same),
              S_OK);
    assert_int_equal(same, FALSE);
    assert_hr(IMAPISession_CompareEntryIDs(session, status_size, (ENTRYID *)value->Value.bin.lpb, status_size,
                                           (ENTRYID *)value->Value.bin.lpb, 0, &same),
              S_OK);
    assert_int_equal(same, TRUE);
    assert_hr(IMAPISession_CompareEntryIDs(session, size, identity, size, identity, 1, &same), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISession_CompareEntryIDs(session, size, identity, size, identity, 0, NULL), MAPI_E_INVALID_PARAMETER);
    MAPIFreeBuffer(value);
    MAPIFreeBuffer(identity);
    assert_int_equal(IMAPIStatus_Release(status), 0);
    log_off(session);
}

static const MAPIUID section_uid = {{0x50, 0x6f, 0x73, 0x74, 0x72, 0x6f, 0x6f, 0x6d, 9, 1, 2, 3, 4, 5, 6, 7}};

TEST(SESS_27_28_29_30_profile_sections)
{
    IMAPISession *session = log_on(0);
    IProfSect *first = (IProfSect *)0x5a5a5a5a, *second;
    MAPIUID *uid = (MAPIUID *)&section_uid;

    assert_hr(IMAPISession_OpenProfileSection(session, uid, NULL, 0, &first), MAPI_E_NOT_FOUND);
    assert_null(first);
    assert_hr(IMAPISession_OpenProfileSection(session, uid, NULL, MAPI_MODIFY, &first), S_OK);
    assert_hr(IMAPISession_OpenProfileSection(session, uid, NULL, MAPI_MODIFY, &second), MAPI_E_NO_ACCESS);
    assert_hr(IMAPISession_OpenProfileSection(session, uid, NULL, 0, &second), MAPI_E_NO_ACCESS);
    assert_int_equal(IProfSect_Release(first), 0);
    assert_hr(IMAPISession_OpenProfileSection(session, uid, NULL, 0, &first), S_OK);
    assert_hr(IMAPISession_OpenProfileSection(session, uid, &IID_IProfSect, 0, &second), S_OK);
    assert_int_equal(IProfSect_Release(second), 0);
    assert_int_equal(IProfSect_Release(first), 0);
    assert_hr(IMAPISession_OpenProfileSection(session, NULL, NULL, 0, &first), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_OpenProfileSection(session, (MAPIUID *)0x10, NULL, 0, &first), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_OpenProfileSection(session, uid, NULL, 0x2, &first), MAPI_E_UNKNOWN_FLAGS);
    log_off(session);
}

TEST(SESS_32_33_34_status_table)
{
    SizedSPropTagArray(5, columns) = {
            5, {PR_RESOURCE_TYPE, PR_OBJECT_TYPE, PR_DISPLAY_NAME_W, PR_STATUS_CODE, PR_ENTRYID}};
    static const ULONG types[] = {MAPI_SUBSYSTEM, MAPI_SPOOLER, MAPI_AB};
    IMAPISession *session = log_on(0);
    SPropTagArray *all;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    assert_hr(IMAPITable_QueryColumns(table, 0, &all), S_OK);
    assert_true(has_column(all, PR_DISPLAY_NAME_A) && has_column(all, PR_PROVIDER_DLL_NAME_A)
                && has_column(all, PR_RESOURCE_FLAGS) && has_column(all, PR_RESOURCE_METHODS)
                && has_column(all, PR_INSTANCE_KEY) && has_column(all, PR_ROWID));
    MAPIFreeBuffer(all);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 3);
    for (i = 0; i < rows->cRows; i++)
    {
        SPropValue *values = rows->aRow[i].lpProps;
        IMAPIStatus *status;
        ULONG type;

        assert_int_equal(values[0].Value.ul, types[i]);
        assert_int_equal(values[1].Value.ul, MAPI_STATUS);
        if (types[i] == MAPI_SUBSYSTEM)
            assert_int_equal(wcscmp(values[2].Value.lpszW, test_profile()), 0);
        assert_int_equal(values[3].Value.ul, STATUS_AVAILABLE);
        assert_hr(IMAPISession_OpenEntry(session, values[4].Value.bin.cb, (ENTRYID *)values[4].Value.bin.lpb, NULL, 0,
                                         &type, (IUnknown **)&status),
                  S_OK);
        assert_int_equal(type, MAPI_STATUS);
        assert_int_equal(IMAPIStatus_Release(status), 0);
    }
    FreeProws(rows);
    assert_int_equal(IMAPITable_Release(table), 0);
    log_off(session);
}

TEST(SESS_35_status_objects)
{
    static const ULONG types[] = {MAPI_SUBSYSTEM, MAPI_SPOOLER, MAPI_AB};
    SizedSPropTagArray(1, tags) = {1, {PR_RESOURCE_METHODS}};
    IMAPISession *session = log_on(0);
    ULONG i, count, methods;

    for (i = 0; i < ARRAY_SIZE(types); i++)
    {
        IMAPIStatus *status = open_status(session, types[i]);
        BOOL spooler = types[i] == MAPI_SPOOLER;
        SPropValue *value;

        assert_hr(IMAPIStatus_GetProps(status, (SPropTagArray *)&tags, 0, &count, &value), S_OK);
        methods = value->Value.ul;
        MAPIFreeBuffer(value);
        assert_int_equal(methods, STATUS_VALIDATE_STATE | (spooler ? STATUS_FLUSH_QUEUES : 0));
        assert_hr(IMAPIStatus_ValidateState(status, 0, SUPPRESS_UI), S_OK);
        assert_hr(IMAPIStatus_ValidateState(status, 0, 0x2), MAPI_E_UNKNOWN_FLAGS);
        assert_hr(IMAPIStatus_FlushQueues(status, 0, 0, NULL, FLUSH_UPLOAD), spooler ? S_OK : MAPI_E_NO_SUPPORT);
        assert_hr(IMAPIStatus_SettingsDialog(status, 0, 0), MAPI_E_NO_SUPPORT);
        assert_hr(IMAPIStatus_ChangePassword(status, NULL, NULL, 0), MAPI_E_NO_SUPPORT);
        assert_hr(IMAPIStatus_SaveChanges(status, 0), MAPI_E_NO_ACCESS);
        assert_int_equal(IMAPIStatus_Release(status), 0);
    }
    log_off(session);
}

TEST(SESS_37_38_41_42_44_advise)
{
    IMAPISession *session = log_on(0);
    struct harness_sink *sink = test_sink_create();
    struct foreign_entryid entryid;
    ULONG guard[3] = {0x11111111, 0, 0x22222222};
    ULONG_PTR connection = 0, second = 0;

    assert_hr(IMAPISession_Advise(session, 0, NULL, fnevCriticalError, &sink->IMAPIAdviseSink_iface, &connection),
              S_OK);
    assert_true(connection != 0);
    assert_int_equal(sink->refcount, 2);
    assert_hr(IMAPISession_Unadvise(session, connection), S_OK);
    assert_int_equal(sink->refcount, 1);
    assert_hr(IMAPISession_Unadvise(session, connection), MAPI_E_NOT_FOUND);
    assert_hr(IMAPISession_Unadvise(session, 0), MAPI_E_NOT_FOUND);
    assert_hr(IMAPISession_Unadvise(session, 0xffffffff), MAPI_E_NOT_FOUND);

    /* A number that was used before is not given again at once. */
    assert_hr(IMAPISession_Advise(session, 0, NULL, 0, &sink->IMAPIAdviseSink_iface, &second), S_OK);
    assert_int_not_equal((ULONG)connection, (ULONG)second);
    assert_hr(IMAPISession_Unadvise(session, second), S_OK);

    assert_hr(IMAPISession_Advise(session, 0, NULL, 0, NULL, &connection), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_Advise(session, 0, NULL, 0, &sink->IMAPIAdviseSink_iface, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_Advise(session, 0, NULL, 0, (IMAPIAdviseSink *)0x10, &connection), MAPI_E_INVALID_PARAMETER);
    foreign_entryid(&entryid);
    assert_hr(IMAPISession_Advise(session, sizeof(entryid), (ENTRYID *)&entryid, fnevExtended,
                                  &sink->IMAPIAdviseSink_iface, &connection),
              MAPI_E_UNKNOWN_ENTRYID);
    assert_hr(IMAPISession_Advise(session, 3, (ENTRYID *)&entryid, fnevExtended, &sink->IMAPIAdviseSink_iface,
                                  &connection),
              MAPI_E_INVALID_ENTRYID);

    /* Callers built with 32-bit connection numbers have room for no more. */
    assert_hr(IMAPISession_Advise(session, 0, NULL, 0, &sink->IMAPIAdviseSink_iface, (ULONG_PTR *)(void *)&guard[1]),
              S_OK);
    assert_int_equal(guard[0], 0x11111111);
    assert_int_equal(guard[2], 0x22222222);
    assert_hr(IMAPISession_Unadvise(session, guard[1]), S_OK);
    assert_int_equal(test_sink_release(sink), 0);
    log_off(session);
}

TEST(SESS_45_message_options)
{
    IMAPISession *session = log_on(0);
    SPropValue *options = (SPropValue *)0x5a5a5a5a;
    ULONG count = 5;

    assert_hr(IMAPISession_MessageOptions(session, 0, 0, NULL, NULL), MAPI_E_NO_SUPPORT);
    assert_hr(IMAPISession_QueryDefaultMessageOpt(session, (LPTSTR) "SMTP", 0, &count, &options), MAPI_E_NO_SUPPORT);
    assert_null(options);
    assert_int_equal(count, 0);
    log_off(session);
}

TEST(SESS_46_address_types_without_transports)
{
    IMAPISession *session = log_on(0);
    LPTSTR *types = (LPTSTR *)0x5a5a5a5a;
    ULONG count = 5;

    assert_hr(IMAPISession_EnumAdrTypes(session, 0, &count, &types), S_OK);
    assert_int_equal(count, 0);
    assert_hr(MAPIFreeBuffer(types), S_OK);
    assert_hr(IMAPISession_EnumAdrTypes(session, 4, &count, &types), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISession_EnumAdrTypes(session, 0, NULL, &types), MAPI_E_INVALID_PARAMETER);
    log_off(session);
}

TEST(SESS_48_QueryIdentity)
{
    IMAPISession *session = log_on(0);
    ENTRYID *entryid = NULL;
    ULONG size = 0, type;
    IUnknown *user;

    assert_hr(IMAPISession_QueryIdentity(session, &size, &entryid), MAPI_W_NO_SERVICE);
    assert_non_null(entryid);
    assert_hr(IMAPISession_OpenEntry(session, size, entryid, NULL, 0, &type, &user), S_OK);
    assert_int_equal(IUnknown_Release(user), 0);
    MAPIFreeBuffer(entryid);
    assert_hr(IMAPISession_QueryIdentity(session, NULL, &entryid), MAPI_E_INVALID_PARAMETER);
    assert_null(entryid);
    log_off(session);
}

TEST(SESS_49_51_53_SetDefaultStore)
{
    IMAPISession *session = log_on(0);
    struct foreign_entryid entryid;

    foreign_entryid(&entryid);
    assert_hr(IMAPISession_SetDefaultStore(session, 0, 0, NULL), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISession_SetDefaultStore(session, 6, 0, NULL), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISession_SetDefaultStore(session, MAPI_SIMPLE_STORE_PERMANENT, sizeof(entryid), (ENTRYID *)&entryid),
              MAPI_E_NOT_FOUND);
    assert_hr(IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, 0, NULL), S_OK);
    assert_hr(IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, 0, (ENTRYID *)&entryid),
              MAPI_E_INVALID_PARAMETER);
    log_off(session);
}

TEST(SESS_54_AdminServices)
{
    IMAPISession *session = log_on(0);
    IMsgServiceAdmin *admin = (IMsgServiceAdmin *)0x5a5a5a5a;
    IMsgServiceAdmin2 *admin2;

    assert_hr(IMAPISession_AdminServices(session, 1, &admin), MAPI_E_UNKNOWN_FLAGS);
    assert_null(admin);
    assert_hr(IMAPISession_AdminServices(session, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_AdminServices(session, 0, &admin), S_OK);
    assert_hr(IMsgServiceAdmin_QueryInterface(admin, &IID_IMsgServiceAdmin2, (void **)&admin2), S_OK);
    assert_int_equal(IMsgServiceAdmin2_Release(admin2), 1);
    assert_int_equal(IMsgServiceAdmin_Release(admin), 0);
    log_off(session);
}

TEST(SESS_55_56_57_forms)
{
    IMAPISession *session = log_on(0);
    struct test_message message;
    ULONG_PTR token = 0;

    test_message_init(&message);
    assert_hr(IMAPISession_PrepareForm(session, &IID_IMAPIFolder, &message.IMessage_iface, &token),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_hr(IMAPISession_PrepareForm(session, NULL, NULL, &token), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_PrepareForm(session, NULL, (IMessage *)0x10, &token), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(message.refcount, 1);
    assert_hr(IMAPISession_PrepareForm(session, &IID_IMessage, &message.IMessage_iface, &token), S_OK);
    assert_true(token != 0);
    assert_int_equal(message.refcount, 2);
    assert_hr(IMAPISession_ShowForm(session, 0, NULL, NULL, NULL, token + 1, NULL, 0, 0, 0, 0, NULL),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISession_ShowForm(session, 0, NULL, NULL, NULL, token, &message.IMessage_iface, 0, 0, 0, 0, NULL),
              MAPI_E_INVALID_PARAMETER);
    assert_int_equal(message.refcount, 2);
    assert_hr(IMAPISession_ShowForm(session, 0, NULL, NULL, NULL, token, NULL, 0, 0, 0, 0, (LPSTR) "IPM.Note"),
              MAPI_E_NO_SUPPORT);
    assert_int_equal(message.refcount, 1);
    log_off(session);
}

TEST(SESS_58_FAST_01_client_shutdown)
{
    IMAPISession *session = log_on(0);
    IMAPIClientShutdown *shutdown;
    struct harness_sink *sink = test_sink_create();
    ULONG_PTR connection = 0;
    IUnknown *first, *second;

    assert_hr(IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown), S_OK);
    assert_hr(IMAPISession_QueryInterface(session, &IID_IUnknown, (void **)&first), S_OK);
    assert_hr(IMAPIClientShutdown_QueryInterface(shutdown, &IID_IUnknown, (void **)&second), S_OK);
    assert_ptr_equal(first, second);
    IUnknown_Release(first);
    IUnknown_Release(second);

    assert_hr(IMAPISession_Advise(session, 0, NULL, fnevExtended, &sink->IMAPIAdviseSink_iface, &connection), S_OK);
    assert_hr(IMAPIClientShutdown_QueryFastShutdown(shutdown), S_OK);
    assert_hr(IMAPIClientShutdown_NotifyProcessShutdown(shutdown), S_OK);
    assert_hr(IMAPIClientShutdown_DoFastShutdown(shutdown), S_OK);
    assert_int_equal(sink->calls, 0);
    assert_int_equal(sink->refcount, 1);
    /* S-49, prior-art.md B.4 item 9: what clients do afterwards all the same is harmless. */
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPIClientShutdown_QueryFastShutdown(shutdown), MAPI_E_INVALID_OBJECT);
    assert_int_equal(IMAPIClientShutdown_Release(shutdown), 1);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(test_sink_release(sink), 0);
}

#define SHUTDOWN_KEY L"Software\\Policies\\Microsoft\\Office\\14.0\\Outlook\\Options\\Shutdown"

TEST(FAST_04_06_switched_off)
{
    IMAPISession *session = log_on(0);
    IMAPIClientShutdown *shutdown;
    DWORD value = 2;

    assert_hr(IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown), S_OK);
    assert_int_equal(
            RegSetKeyValueW(HKEY_CURRENT_USER, SHUTDOWN_KEY, L"FastShutdownBehavior", REG_DWORD, &value, sizeof(value)),
            0);
    assert_hr(IMAPIClientShutdown_QueryFastShutdown(shutdown), MAPI_E_NO_SUPPORT);
    assert_hr(IMAPIClientShutdown_NotifyProcessShutdown(shutdown), S_OK);
    assert_hr(IMAPIClientShutdown_DoFastShutdown(shutdown), MAPI_E_NO_SUPPORT);
    value = 1;
    RegSetKeyValueW(HKEY_CURRENT_USER, SHUTDOWN_KEY, L"FastShutdownBehavior", REG_DWORD, &value, sizeof(value));
    assert_hr(IMAPIClientShutdown_QueryFastShutdown(shutdown), S_OK);
    RegDeleteKeyValueW(HKEY_CURRENT_USER, SHUTDOWN_KEY, L"FastShutdownBehavior");
    IMAPIClientShutdown_Release(shutdown);
    log_off(session);
}

TEST(SESS_query_interface)
{
    IMAPISession *session = log_on(0);
    void *out = (void *)0x5a5a5a5a;

    assert_hr(IMAPISession_QueryInterface(session, &IID_IMAPIFolder, &out), E_NOINTERFACE);
    assert_null(out);
    assert_hr(IMAPISession_QueryInterface(session, &IID_IMAPISession, &out), S_OK);
    assert_ptr_equal(out, session);
    assert_int_equal(IMAPISession_Release(session), 1);
    assert_hr(IMAPISession_QueryInterface(session, &IID_IUnknown, NULL), E_POINTER);
    log_off(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SESS_01_GetLastError),
            harness_test(SESS_01_text_of_a_failed_logoff),
            harness_test(SESS_05_06_stores_table),
            harness_test(SESS_08_OpenMsgStore),
            harness_test(SESS_17_18_OpenEntry),
            harness_test(SESS_25_26_CompareEntryIDs),
            harness_test(SESS_27_28_29_30_profile_sections),
            harness_test(SESS_32_33_34_status_table),
            harness_test(SESS_35_status_objects),
            harness_test(SESS_37_38_41_42_44_advise),
            harness_test(SESS_45_message_options),
            harness_test(SESS_46_address_types_without_transports),
            harness_test(SESS_48_QueryIdentity),
            harness_test(SESS_49_51_53_SetDefaultStore),
            harness_test(SESS_54_AdminServices),
            harness_test(SESS_55_56_57_forms),
            harness_test(SESS_58_FAST_01_client_shutdown),
            harness_test(FAST_04_06_switched_off),
            harness_test(SESS_query_interface),
    };

    return harness_run(tests);
}
