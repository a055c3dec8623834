/*
 * IMAPISession::Logoff without its dialog: the LOGOFF rows that need no provider. The dialog is tested in wine-tests.
 */
#include "harness_session.h"
#include <postroom/guids.h>

#define OTHER_METHODS 18

/* Calls the index-th of the other session methods with good arguments, every output preset to garbage; returns its
 * result and whether all outputs are NULL or 0. */
static HRESULT call_method(IMAPISession *session, int index, BOOL *cleared)
{
    static BYTE bytes[24];
    void *pointer = (void *)0x5a5a5a5a, *second = (void *)0x5a5a5a5a;
    ULONG number = 0x5a5a5a5a;
    ULONG_PTR wide = 0x5a5a5a5a;
    MAPIUID uid = {{1, 2, 3}};
    struct harness_sink *sink = test_sink_create();
    HRESULT hr = E_NOTIMPL;

    *cleared = FALSE;
#define OUT_POINTER (pointer == NULL)
    switch (index)
    {
    case 0:
        hr = IMAPISession_GetLastError(session, S_OK, 0, (MAPIERROR **)&pointer);
        *cleared = OUT_POINTER;
        break;
    case 1:
        hr = IMAPISession_GetMsgStoresTable(session, 0, (IMAPITable **)&pointer);
        *cleared = OUT_POINTER;
        break;
    case 2:
        hr = IMAPISession_OpenMsgStore(session, 0, sizeof(bytes), (ENTRYID *)bytes, NULL, 0, (IMsgStore **)&pointer);
        *cleared = OUT_POINTER;
        break;
    case 3:
        hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0, (IAddrBook **)&pointer);
        *cleared = OUT_POINTER;
        break;
    case 4:
        hr = IMAPISession_OpenProfileSection(session, &uid, NULL, MAPI_MODIFY, (IProfSect **)&pointer);
        *cleared = OUT_POINTER;
        break;
    case 5:
        hr = IMAPISession_GetStatusTable(session, 0, (IMAPITable **)&pointer);
        *cleared = OUT_POINTER;
        break;
    case 6:
        hr = IMAPISession_OpenEntry(session, sizeof(bytes), (ENTRYID *)bytes, NULL, 0, &number, (IUnknown **)&pointer);
        *cleared = OUT_POINTER && !number;
        break;
    case 7:
        hr = IMAPISession_CompareEntryIDs(session, sizeof(bytes), (ENTRYID *)bytes, sizeof(bytes), (ENTRYID *)bytes, 0,
                                          &number);
        *cleared = !number;
        break;
    case 8:
        hr = IMAPISession_Advise(session, 0, NULL, fnevExtended, &sink->IMAPIAdviseSink_iface, &wide);
        *cleared = !(ULONG)wide;
        break;
    case 9:
        hr = IMAPISession_Unadvise(session, 1);
        *cleared = TRUE;
        break;
    case 10:
        hr = IMAPISession_MessageOptions(session, 0, 0, NULL, NULL);
        *cleared = TRUE;
        break;
    case 11:
        hr = IMAPISession_QueryDefaultMessageOpt(session, NULL, 0, &number, (SPropValue **)&pointer);
        *cleared = OUT_POINTER && !number;
        break;
    case 12:
        hr = IMAPISession_EnumAdrTypes(session, 0, &number, (LPTSTR **)&pointer);
        *cleared = OUT_POINTER && !number;
        break;
    case 13:
        hr = IMAPISession_QueryIdentity(session, &number, (ENTRYID **)&pointer);
        *cleared = OUT_POINTER && !number;
        break;
    case 14:
        hr = IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, 0, NULL);
        *cleared = TRUE;
        break;
    case 15:
        hr = IMAPISession_AdminServices(session, 0, (IMsgServiceAdmin **)&pointer);
        *cleared = OUT_POINTER;
        break;
    case 16:
        hr = IMAPISession_ShowForm(session, 0, NULL, NULL, NULL, 1, NULL, 0, 0, 0, 0, NULL);
        *cleared = TRUE;
        break;
    case 17:
        hr = IMAPISession_PrepareForm(session, NULL, (IMessage *)&second, &wide);
        *cleared = !(ULONG)wide;
        break;
    }
#undef OUT_POINTER
    assert_int_equal(test_sink_release(sink), 0);
    return hr;
}

static void LOGOFF_01_plain(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);

    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
}

static void LOGOFF_02_window_is_not_looked_at_without_the_flag(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);

    assert_hr(IMAPISession_Logoff(session, 0xdeadbeef, 0, 0), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
}

static void LOGOFF_03_05_confirmation_switched_off(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);

    set_confirmation(0);
    assert_hr(IMAPISession_Logoff(session, 0, MAPI_LOGOFF_UI, 0), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);

    session = log_on(0);
    assert_hr(IMAPISession_Logoff(session, 0xdeadbeef, MAPI_LOGOFF_UI | MAPI_LOGOFF_SHARED, 0), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
    clear_confirmation();
}

static void LOGOFF_04_shared_flag_on_a_session_of_one(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0), *other = log_on(0);
    struct harness_sink *sink = test_sink_create();
    ULONG_PTR connection = 0;

    assert_hr(IMAPISession_Advise(other, 0, NULL, fnevExtended | fnevCriticalError, &sink->IMAPIAdviseSink_iface,
                                  &connection),
              S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, MAPI_LOGOFF_SHARED, 0), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(sink->calls, 0);
    assert_hr(IMAPISession_Unadvise(other, connection), S_OK);
    assert_int_equal(test_sink_release(sink), 0);
    log_off(other);
}

static void LOGOFF_06_10_reserved_is_not_zero(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);
    struct harness_sink *sink = test_sink_create();
    ULONG_PTR connection = 0;
    IMAPITable *table;

    assert_hr(IMAPISession_Advise(session, 0, NULL, fnevExtended, &sink->IMAPIAdviseSink_iface, &connection), S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 1), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(sink->calls, 0);
    assert_hr(IMAPISession_GetMsgStoresTable(session, 0, &table), S_OK);
    IMAPITable_Release(table);
    assert_hr(IMAPISession_Unadvise(session, connection), S_OK);
    assert_int_equal(test_sink_release(sink), 0);
    log_off(session);
}

static void LOGOFF_07_08_09_unknown_flags(void **state __attribute__((unused)))
{
    static const struct
    {
        ULONG flags, reserved;
        HRESULT hr;
    } cases[] = {
            {0x4, 0, MAPI_E_UNKNOWN_FLAGS},        {MAPI_UNICODE, 0, MAPI_E_UNKNOWN_FLAGS},
            {0xffffffff, 0, MAPI_E_UNKNOWN_FLAGS}, {MAPI_LOGOFF_UI | 0x8, 0, MAPI_E_UNKNOWN_FLAGS},
            {0x4, 1, MAPI_E_INVALID_PARAMETER},    {0, 0xffffffff, MAPI_E_INVALID_PARAMETER},
    };
    IMAPISession *session = log_on(0);
    IMAPITable *table;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        assert_hr(IMAPISession_Logoff(session, 0, cases[i].flags, cases[i].reserved), cases[i].hr);
        assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
        IMAPITable_Release(table);
    }
    log_off(session);
}

static void LOGOFF_11_15_references_are_the_clients(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);

    assert_int_equal(IMAPISession_AddRef(session), 2);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(IMAPISession_AddRef(session), 3);
    assert_int_equal(IMAPISession_Release(session), 2);
    assert_int_equal(IMAPISession_Release(session), 1);
    assert_int_equal(IMAPISession_Release(session), 0);
}

static void LOGOFF_12_twice(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);

    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPISession_Logoff(session, 0, MAPI_LOGOFF_UI, 0), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPISession_Logoff(session, 0, 0x4, 1), MAPI_E_INVALID_OBJECT); /* state is checked first: S-03 */
    assert_int_equal(IMAPISession_Release(session), 0);
}

static void LOGOFF_13_14_every_other_method_afterwards(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);
    BOOL cleared;
    int i;

    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    for (i = 0; i < OTHER_METHODS; i++)
    {
        assert_hr(call_method(session, i, &cleared), MAPI_E_INVALID_OBJECT);
        assert_true(cleared);
    }
    assert_int_equal(IMAPISession_Release(session), 0);
}

static void LOGOFF_16_query_interface_afterwards(void **state __attribute__((unused)))
{
    static const IID *const iids[] = {&IID_IMAPIProp, &IID_IMAPIClientShutdown, &IID_IMAPISession, &IID_IUnknown};
    IMAPISession *session = log_on(0);
    void *out;
    size_t i;

    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    for (i = 0; i < ARRAY_SIZE(iids); i++)
    {
        out = (void *)0x5a5a5a5a;
        assert_hr(IMAPISession_QueryInterface(session, iids[i], &out), MAPI_E_INVALID_OBJECT);
        assert_null(out);
    }
    assert_int_equal(IMAPISession_Release(session), 0);
}

static void LOGOFF_17_18_buffers_are_the_clients(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);
    SPropTagArray *columns;
    ENTRYID *entryid;
    IMAPITable *table;
    SRowSet *rows;
    ULONG size;

    assert_hr(IMAPISession_QueryIdentity(session, &size, &entryid), MAPI_W_NO_SERVICE);
    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    assert_hr(IMAPITable_QueryRows(table, 10, 0, &rows), S_OK);
    assert_hr(IMAPITable_QueryColumns(table, 0, &columns), S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    IMAPITable_Release(table);
    assert_int_equal(IMAPISession_Release(session), 0);

    assert_int_equal(rows->cRows, 3);
    assert_int_equal(PROP_TYPE(rows->aRow[0].lpProps[0].ulPropTag), PT_STRING8);
    assert_true(strlen(rows->aRow[0].lpProps[0].Value.lpszA) > 0);
    FreeProws(rows);
    assert_true(size > 20 && ((BYTE *)entryid)[size - 1] == 0);
    assert_hr(MAPIFreeBuffer(entryid), S_OK);
    assert_hr(MAPIFreeBuffer(columns), S_OK);
}

static void LOGOFF_42_address_book_left_open(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);
    ENTRYID *entryid = (ENTRYID *)0x5a5a5a5a;
    ULONG size = 1, type = 1;
    IUnknown *unknown;
    IAddrBook *book;

    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), S_OK);
    log_off(session);
    assert_hr(IAddrBook_CreateOneOff(book, (LPTSTR) "a", (LPTSTR) "SMTP", (LPTSTR) "a@b", 0, &size, &entryid),
              MAPI_E_INVALID_OBJECT);
    assert_null(entryid);
    assert_int_equal(size, 0);
    assert_hr(IAddrBook_OpenEntry(book, 0, NULL, NULL, 0, &type, &unknown), MAPI_E_INVALID_OBJECT);
    assert_hr(IAddrBook_SaveChanges(book, 0), MAPI_E_INVALID_OBJECT);
    assert_int_equal(IAddrBook_AddRef(book), 2);
    assert_int_equal(IAddrBook_Release(book), 1);
    assert_int_equal(IAddrBook_Release(book), 0);
}

static void table_left_open(HRESULT(STDMETHODCALLTYPE *get)(IMAPISession *, ULONG, IMAPITable **),
                            IMAPISession *session)
{
    struct harness_sink *sink = test_sink_create();
    SRowSet *rows = (SRowSet *)0x5a5a5a5a;
    ULONG_PTR connection = 0;
    IMAPITable *table;
    ULONG count = 7;

    assert_hr(get(session, 0, &table), S_OK);
    assert_hr(IMAPITable_Advise(table, fnevTableModified, &sink->IMAPIAdviseSink_iface, &connection), S_OK);
    assert_int_equal(sink->refcount, 2);
    log_off(session);
    assert_int_equal(sink->refcount, 1); /* the session's end has released it */
    assert_hr(IMAPITable_QueryRows(table, 1, 0, &rows), MAPI_E_INVALID_OBJECT);
    assert_null(rows);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), MAPI_E_INVALID_OBJECT);
    assert_int_equal(count, 0);
    assert_hr(IMAPITable_Unadvise(table, connection), MAPI_E_INVALID_OBJECT);
    assert_int_equal(IMAPITable_Release(table), 0);
    assert_int_equal(test_sink_release(sink), 0);
}

static void LOGOFF_43_stores_table_left_open(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);

    table_left_open(session->lpVtbl->GetMsgStoresTable, session);
}

static void LOGOFF_44_status_table_left_open(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);

    table_left_open(session->lpVtbl->GetStatusTable, session);
}

static void LOGOFF_44_status_object_left_open(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);
    IMAPIStatus *status = open_status(session, MAPI_SPOOLER);
    SPropValue *values = (SPropValue *)0x5a5a5a5a;
    ULONG count = 1;

    log_off(session);
    assert_hr(IMAPIStatus_GetProps(status, NULL, 0, &count, &values), MAPI_E_INVALID_OBJECT);
    assert_null(values);
    assert_int_equal(count, 0);
    assert_hr(IMAPIStatus_ValidateState(status, 0, 0), MAPI_E_INVALID_OBJECT);
    assert_int_equal(IMAPIStatus_Release(status), 0);
}

static const MAPIUID section_uid = {{0x70, 0x6f, 0x73, 0x74, 0x72, 0x6f, 0x6f, 0x6d, 0, 1, 2, 3, 4, 5, 6, 7}};

static void LOGOFF_45_68_profile_section_left_open(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0), *second = log_on(0);
    IProfSect *section, *again;
    SPropValue *values;
    ULONG count;

    assert_hr(IMAPISession_OpenProfileSection(session, (MAPIUID *)&section_uid, NULL, MAPI_MODIFY, &section), S_OK);
    assert_hr(IMAPISession_OpenProfileSection(second, (MAPIUID *)&section_uid, NULL, MAPI_MODIFY, &again),
              MAPI_E_NO_ACCESS);
    log_off(session);
    assert_hr(IProfSect_GetProps(section, NULL, 0, &count, &values), MAPI_E_INVALID_OBJECT);
    assert_null(values);
    assert_hr(IMAPISession_OpenProfileSection(second, (MAPIUID *)&section_uid, NULL, MAPI_MODIFY, &again), S_OK);
    assert_int_equal(IProfSect_Release(again), 0);
    assert_int_equal(IProfSect_Release(section), 0);
    log_off(second);
}

static void LOGOFF_46_47_service_administration_left_open(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);
    IMsgServiceAdmin *own, *independent;
    IProfAdmin *profiles;
    IMAPITable *table;

    assert_hr(IMAPISession_AdminServices(session, 0, &own), S_OK);
    assert_hr(MAPIAdminProfiles(0, &profiles), S_OK);
    assert_hr(IProfAdmin_AdminServices(profiles, (LPTSTR)test_profile(), (LPTSTR)L"", 0, MAPI_UNICODE, &independent),
              S_OK);
    log_off(session);
    assert_hr(IMsgServiceAdmin_GetMsgServiceTable(own, 0, &table), MAPI_E_INVALID_OBJECT);
    assert_null(table);
    assert_int_equal(IMsgServiceAdmin_Release(own), 0);
    assert_hr(IMsgServiceAdmin_GetMsgServiceTable(independent, 0, &table), S_OK);
    IMAPITable_Release(table);
    IMsgServiceAdmin_Release(independent);
    IProfAdmin_Release(profiles);
}

static void LOGOFF_49_51_sinks_are_released_once(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);
    struct harness_sink *sink = test_sink_create();
    ULONG_PTR first = 0, second = 0;

    assert_hr(IMAPISession_Advise(session, 0, NULL, 0, &sink->IMAPIAdviseSink_iface, &first), S_OK);
    assert_hr(IMAPISession_Advise(session, 0, NULL, fnevExtended, &sink->IMAPIAdviseSink_iface, &second), S_OK);
    assert_int_not_equal((ULONG)first, (ULONG)second);
    assert_int_equal(sink->refcount, 3);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(sink->refcount, 1);
    assert_int_equal(sink->calls, 1); /* only the registration that asked for fnevExtended */
    assert_hr(IMAPISession_Unadvise(session, first), MAPI_E_INVALID_OBJECT);
    assert_int_equal(sink->refcount, 1);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(test_sink_release(sink), 0);
}

static void LOGOFF_56_after_the_last_uninitialize(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);
    BOOL cleared;
    int i;

    MAPIUninitialize();
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), MAPI_E_NOT_INITIALIZED);
    for (i = 0; i < OTHER_METHODS; i++)
    {
        assert_hr(call_method(session, i, &cleared), MAPI_E_NOT_INITIALIZED);
        assert_true(cleared);
    }
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), MAPI_E_INVALID_OBJECT);
    assert_int_equal(IMAPISession_Release(session), 0);
}

static void LOGOFF_57_last_release_without_logoff(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);
    struct harness_sink *sink = test_sink_create();
    ULONG_PTR connection = 0;
    IMAPITable *table;
    SRowSet *rows;

    assert_hr(IMAPISession_Advise(session, 0, NULL, fnevExtended, &sink->IMAPIAdviseSink_iface, &connection), S_OK);
    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(sink->calls, 1);
    assert_int_equal(sink->last.ulEventType, fnevExtended);
    assert_int_equal(test_sink_release(sink), 0);
    assert_hr(IMAPITable_QueryRows(table, 1, 0, &rows), MAPI_E_INVALID_OBJECT);
    assert_int_equal(IMAPITable_Release(table), 0);
}

static void LOGOFF_58_last_uninitialize_with_an_open_session(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);
    struct harness_sink *sink = test_sink_create();
    ULONG_PTR connection = 0;

    assert_hr(IMAPISession_Advise(session, 0, NULL, fnevExtended, &sink->IMAPIAdviseSink_iface, &connection), S_OK);
    MAPIUninitialize();
    assert_int_equal(sink->calls, 1);
    assert_int_equal(test_sink_release(sink), 0);
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), MAPI_E_INVALID_OBJECT);
    assert_int_equal(IMAPISession_Release(session), 0);
}

static void LOGOFF_70_log_on_again_at_once(void **state __attribute__((unused)))
{
    int i;

    for (i = 0; i < 20; i++)
        log_off(log_on(MAPI_NO_MAIL));
}

static void LOGOFF_71_prepared_form_without_show(void **state __attribute__((unused)))
{
    struct test_message message;
    IMAPISession *session = log_on(0);
    ULONG_PTR token = 0;

    test_message_init(&message);
    assert_hr(IMAPISession_PrepareForm(session, NULL, &message.IMessage_iface, &token), S_OK);
    assert_int_equal(message.refcount, 2);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(message.refcount, 1);
    assert_int_equal(IMAPISession_Release(session), 0);
}

static void LOGOFF_73_documented_order(void **state __attribute__((unused)))
{
    IMAPISession *session = log_on(0);
    struct harness_sink *sink = test_sink_create();
    ULONG_PTR connection = 0;
    IMAPITable *table;
    ENTRYID *entryid;
    IAddrBook *book;
    ULONG size;

    assert_hr(OleInitialize(NULL), S_OK); /* MAPIInitialize has initialised COM for this thread */
    assert_hr(IMAPISession_Advise(session, 0, NULL, fnevExtended, &sink->IMAPIAdviseSink_iface, &connection), S_OK);
    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), S_OK);
    assert_hr(IMAPISession_QueryIdentity(session, &size, &entryid), MAPI_W_NO_SERVICE);

    assert_hr(IMAPISession_Unadvise(session, connection), S_OK);
    assert_int_equal(test_sink_release(sink), 0);
    assert_int_equal(IMAPITable_Release(table), 0);
    assert_int_equal(IAddrBook_Release(book), 0);
    assert_hr(MAPIFreeBuffer(entryid), S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
    OleUninitialize();
    /* The harness uninitialises MAPI and counts allocations, objects, windows and handles. */
}

static void LOGOFF_74_vtable(void **state __attribute__((unused)))
{
    typedef HRESULT(STDMETHODCALLTYPE * logoff_method)(void *, ULONG_PTR, ULONG, ULONG);
    IMAPISession *session = log_on(0);
    void **vtable = *(void ***)session;

    assert_int_equal(sizeof(IMAPISessionVtbl) / sizeof(void *), 22);
    assert_hr(((logoff_method)vtable[17])(session, 0, 0x4, 0), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(((logoff_method)vtable[17])(session, 0, 0, 0), S_OK);
    assert_int_equal(((ULONG(STDMETHODCALLTYPE *)(void *))vtable[2])(session), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGOFF_01_plain),
            harness_test(LOGOFF_02_window_is_not_looked_at_without_the_flag),
            harness_test(LOGOFF_03_05_confirmation_switched_off),
            harness_test(LOGOFF_04_shared_flag_on_a_session_of_one),
            harness_test(LOGOFF_06_10_reserved_is_not_zero),
            harness_test(LOGOFF_07_08_09_unknown_flags),
            harness_test(LOGOFF_11_15_references_are_the_clients),
            harness_test(LOGOFF_12_twice),
            harness_test(LOGOFF_13_14_every_other_method_afterwards),
            harness_test(LOGOFF_16_query_interface_afterwards),
            harness_test(LOGOFF_17_18_buffers_are_the_clients),
            harness_test(LOGOFF_42_address_book_left_open),
            harness_test(LOGOFF_43_stores_table_left_open),
            harness_test(LOGOFF_44_status_table_left_open),
            harness_test(LOGOFF_44_status_object_left_open),
            harness_test(LOGOFF_45_68_profile_section_left_open),
            harness_test(LOGOFF_46_47_service_administration_left_open),
            harness_test(LOGOFF_49_51_sinks_are_released_once),
            harness_test(LOGOFF_56_after_the_last_uninitialize),
            harness_test(LOGOFF_57_last_release_without_logoff),
            harness_test(LOGOFF_58_last_uninitialize_with_an_open_session),
            harness_test(LOGOFF_70_log_on_again_at_once),
            harness_test(LOGOFF_71_prepared_form_without_show),
            harness_test(LOGOFF_73_documented_order),
            harness_test(LOGOFF_74_vtable),
    };

    return harness_run(tests);
}
