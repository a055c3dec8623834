/*
 * What providers do with their support objects, and what sessions make of it: identifiers, status rows, identities, the
 * session itself, fast shutdown, and calls that come at the wrong time.
 */
#include "harness_spy.h"

#include <postroom/guids.h>

static IMAPISession *begin(const struct spy_setup *setups, ULONG count)
{
    WCHAR name[HARNESS_PROFILE_NAME];

    spy_begin();
    spy_profile(name, setups, count);
    return log_on_to(name, MAPI_NO_MAIL);
}

static void end(IMAPISession *session)
{
    log_off(session);
    assert_int_equal(spy_objects(), 0);
}

static HRESULT open_entry(IMAPISession *session, BYTE uid)
{
    BYTE entryid[SPY_ENTRYID_SIZE];
    IUnknown *entry;
    ULONG type;
    HRESULT hr;

    spy_entryid(uid, entryid);
    hr = IMAPISession_OpenEntry(session, sizeof(entryid), (ENTRYID *)entryid, NULL, 0, &type, &entry);
    if (SUCCEEDED(hr))
        IUnknown_Release(entry);
    return hr;
}

/* The spy's list of an Init function that was told it is in a service. */
static void SPI_03_service_flag(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0}};
    MAPIINIT_0 init = {MAPI_INIT_VERSION, MAPI_NT_SERVICE};
    IMAPISession *session;
    IMsgStore *store;

    (void)state;
    assert_hr(MAPIInitialize(&init), S_OK);
    session = begin(setups, ARRAY_SIZE(setups));
    store = spy_open_store(session, L"one", 0);
    assert_spy("A MSProviderInit(0x10000, 0x10010)\n"
               "A MSone.Logon(0, 0x80000000)\n");
    IMsgStore_Release(store);
    end(session);
    MAPIUninitialize();
}

/* Every one that was registered routes; the same one again is no error. */
static void SPI_07_two_uids(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    IMsgStore *store = spy_open_store(session, L"one", 0);
    IMAPISupport *support = spy_store_support(L"one");
    BYTE entryid[SPY_ENTRYID_SIZE];

    (void)state;
    spy_entryid(9, entryid);
    assert_hr(open_entry(session, 9), MAPI_E_UNKNOWN_ENTRYID);
    assert_hr(IMAPISupport_SetProviderUID(support, (MAPIUID *)(entryid + 4), 0), S_OK);
    assert_hr(IMAPISupport_SetProviderUID(support, (MAPIUID *)(entryid + 4), 0), S_OK);
    assert_hr(IMAPISupport_SetProviderUID(support, (MAPIUID *)(entryid + 4), 1), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISupport_SetProviderUID(support, NULL, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(open_entry(session, 9), S_OK);
    assert_hr(open_entry(session, 1), S_OK);
    IMsgStore_Release(store);
    assert_hr(open_entry(session, 9), MAPI_E_UNKNOWN_ENTRYID);
    end(session);
}

/* A store and an address book with one MAPIUID: who was first is asked, then the other. */
static void SPI_08_shared_uid(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0},
                                              {MAPI_AB_PROVIDER, L"book", 0, NULL, 1, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    IMsgStore *store = spy_open_store(session, L"one", 0);
    IAddrBook *book;

    (void)state;
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), S_OK);
    spy_clear();
    assert_hr(open_entry(session, 1), S_OK);
    assert_spy("A MSLogonone.OpenEntry(20, 0)\nA Folderone.Release() = 0\n");
    IMsgStore_Release(store);
    spy_clear();
    assert_hr(open_entry(session, 1), S_OK);
    assert_spy("A ABLogonbook.OpenEntry(20, 0)\nA Containerbook.Release() = 0\n");
    IAddrBook_Release(book);
    end(session);
}

/* STATUSROW_UPDATE changes the given columns, and subscribers hear of it. */
static void SPI_09_update(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0}};
    SizedSPropTagArray(3, columns) = {3, {PR_DISPLAY_NAME_W, PR_STATUS_CODE, PR_RESOURCE_METHODS}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    IMsgStore *store = spy_open_store(session, L"one", 0);
    IMAPISupport *support = spy_store_support(L"one");
    SPropValue value = {.ulPropTag = PR_STATUS_CODE};
    struct harness_sink sink;
    ULONG_PTR connection = 0;
    IMAPITable *table;
    SRowSet *rows;

    (void)state;
    harness_sink_init(&sink);
    assert_hr(IMAPISession_GetStatusTable(session, MAPI_UNICODE, &table), S_OK);
    assert_hr(IMAPITable_Advise(table, fnevTableModified, &sink.IMAPIAdviseSink_iface, &connection), S_OK);
    value.Value.l = STATUS_OFFLINE;
    assert_hr(IMAPISupport_ModifyStatusRow(support, 1, &value, STATUSROW_UPDATE), S_OK);
    assert_hr(IMAPISupport_ModifyStatusRow(support, 1, &value, 1), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.events, 1);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 4);
    assert_int_equal(wcscmp(rows->aRow[3].lpProps[0].Value.lpszW, L"one"), 0);
    assert_int_equal(rows->aRow[3].lpProps[1].Value.l, STATUS_OFFLINE);
    assert_int_equal(rows->aRow[3].lpProps[2].Value.l, STATUS_VALIDATE_STATE);
    FreeProws(rows);
    assert_hr(IMAPITable_Unadvise(table, connection), S_OK);
    IMAPITable_Release(table);
    IMsgStore_Release(store);
    end(session);
}

static void SPI_17_get_session(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    IMsgStore *store = spy_open_store(session, L"one", 0);
    IUnknown *got = NULL;
    IMAPIGetSession *get;

    (void)state;
    assert_hr(IMAPISupport_QueryInterface(spy_store_support(L"one"), &IID_IMAPIGetSession, (void **)&get), S_OK);
    assert_hr(get->lpVtbl->GetMAPISession(get, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(get->lpVtbl->GetMAPISession(get, &got), S_OK);
    assert_ptr_equal(got, session);
    assert_int_equal(IUnknown_Release(got), 1);
    get->lpVtbl->Release(get);
    IMsgStore_Release(store);
    end(session);
}

static void set_identity(const WCHAR *store, BYTE number)
{
    SPropValue value = {.ulPropTag = PR_IDENTITY_ENTRYID};
    BYTE entryid[SPY_ENTRYID_SIZE];

    spy_entryid(number, entryid);
    value.Value.bin.cb = sizeof(entryid);
    value.Value.bin.lpb = entryid;
    assert_hr(IMAPISupport_ModifyStatusRow(spy_store_support(store), 1, &value, STATUSROW_UPDATE), S_OK);
}

static void assert_identity(IMAPISession *session, BYTE number)
{
    ENTRYID *identity = NULL;
    ULONG size = 0;

    assert_hr(IMAPISession_QueryIdentity(session, &size, &identity), S_OK);
    assert_int_equal(size, SPY_ENTRYID_SIZE);
    assert_int_equal(((BYTE *)identity)[SPY_ENTRYID_SIZE - 1], number);
    MAPIFreeBuffer(identity);
}

/* The first that has one, but the primary one's before all. */
static void SESS_47_identity(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0},
            {MAPI_STORE_PROVIDER, L"two", 0, NULL, 2, 0, NULL, STATUS_PRIMARY_IDENTITY}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    IMsgStore *one = spy_open_store(session, L"one", 0), *two = spy_open_store(session, L"two", 0);

    (void)state;
    set_identity(L"one", 41);
    assert_identity(session, 41);
    set_identity(L"two", 42);
    assert_identity(session, 42);
    IMsgStore_Release(two);
    assert_identity(session, 41);
    IMsgStore_Release(one);
    end(session);
}

/* A store that cannot take messages is no default store; the one that is stays it. */
static void SESS_52_unsuitable_store(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"good", 0, NULL, 1, 0, NULL, 0},
                                              {MAPI_STORE_PROVIDER, L"poor", SPY_FLAG_READ_ONLY, NULL, 2, 0, NULL, 0}};
    SizedSPropTagArray(2, columns) = {2, {PR_DISPLAY_NAME_W, PR_DEFAULT_STORE}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    ENTRYID *good, *poor;
    ULONG good_size, poor_size, i;
    IMAPITable *table;
    SRowSet *rows;

    (void)state;
    good = spy_store_entryid(session, L"good", &good_size);
    assert_hr(IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, good_size, good), S_OK);
    MAPIFreeBuffer(good);
    poor = spy_store_entryid(session, L"poor", &poor_size);
    assert_hr(IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, poor_size, poor), MAPI_E_NO_SUPPORT);
    MAPIFreeBuffer(poor);
    assert_hr(IMAPISession_GetMsgStoresTable(session, MAPI_UNICODE, &table), S_OK);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 2);
    for (i = 0; i < rows->cRows; i++)
        assert_int_equal(!!rows->aRow[i].lpProps[1].Value.b, !wcscmp(rows->aRow[i].lpProps[0].Value.lpszW, L"good"));
    FreeProws(rows);
    IMAPITable_Release(table);
    end(session);
}

#define SHUTDOWN_KEY L"Software\\Policies\\Microsoft\\Office\\14.0\\Outlook\\Options\\Shutdown"

static HRESULT query_shutdown(IMAPISession *session, DWORD behaviour)
{
    IMAPIClientShutdown *shutdown;
    HRESULT hr;

    assert_hr(IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown), S_OK);
    assert_int_equal(RegSetKeyValueW(HKEY_CURRENT_USER, SHUTDOWN_KEY, L"FastShutdownBehavior", REG_DWORD, &behaviour,
                                     sizeof(behaviour)),
                     0);
    hr = IMAPIClientShutdown_QueryFastShutdown(shutdown);
    RegDeleteKeyValueW(HKEY_CURRENT_USER, SHUTDOWN_KEY, L"FastShutdownBehavior");
    IMAPIClientShutdown_Release(shutdown);
    return hr;
}

/* FAST-04 besides: with behaviour 2 nobody is asked. */
static void FAST_03_every_provider(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", SPY_FLAG_FAST_SHUTDOWN, NULL, 1, 0, NULL, 0},
            {MAPI_AB_PROVIDER, L"book", 0, NULL, 2, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    IMsgStore *store = spy_open_store(session, L"one", 0);
    IAddrBook *book;

    (void)state;
    spy_clear();
    assert_hr(query_shutdown(session, 1), S_OK);
    assert_spy("A MS.QueryFastShutdown()\n");
    assert_hr(query_shutdown(session, 2), MAPI_E_NO_SUPPORT);
    assert_spy("");
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), S_OK);
    assert_hr(query_shutdown(session, 0), S_OK);
    assert_hr(query_shutdown(session, 1), MAPI_E_NO_SUPPORT);
    IAddrBook_Release(book);
    IMsgStore_Release(store);
    end(session);
}

static void STORE_09_session_stays(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    IMsgStore *store = spy_open_store(session, L"one", 0);
    ULONG flags = LOGOFF_ORDERLY;

    (void)state;
    assert_hr(IMsgStore_StoreLogoff(store, &flags), S_OK);
    assert_int_equal(flags, LOGOFF_COMPLETE);
    assert_hr(open_entry(session, 1), S_OK);
    IMsgStore_Release(store);
    store = spy_open_store(session, L"one", 0);
    IMsgStore_Release(store);
    end(session);
}

struct late_calls
{
    IMAPISession *session;
    IMAPISupport *support;
    ULONG refcount;
    HRESULT logoff, entry, advise;
    ULONG count;
};

static void call_session(const char *point, void *context)
{
    struct late_calls *late = context;
    ULONG_PTR connection = 0;
    struct harness_sink sink;
    IUnknown *entry;
    ULONG type;
    BYTE id[SPY_ENTRYID_SIZE];

    (void)point;
    harness_sink_init(&sink);
    spy_entryid(1, id);
    IMAPISession_AddRef(late->session);
    late->logoff = IMAPISession_Logoff(late->session, 0, 0, 0);
    late->entry = IMAPISession_OpenEntry(late->session, sizeof(id), (ENTRYID *)id, NULL, 0, &type, &entry);
    late->advise = IMAPISession_Advise(late->session, 0, NULL, fnevExtended, &sink.IMAPIAdviseSink_iface, &connection);
    late->refcount = IMAPISession_Release(late->session);
    late->count++;
}

/* S-13 from Shutdown, for the store and for the address book. */
static void S_13_reentered_from_shutdown(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", 0, L"MS.Shutdown=call;AB.Shutdown=call", 1, 0, NULL, 0},
            {MAPI_AB_PROVIDER, L"book", 0, NULL, 2, 0, NULL, 0}};
    struct late_calls late = {.session = begin(setups, ARRAY_SIZE(setups))};
    IMsgStore *store = spy_open_store(late.session, L"one", 0);
    IAddrBook *book;

    (void)state;
    assert_hr(IMAPISession_OpenAddressBook(late.session, 0, NULL, 0, &book), S_OK);
    spy_set_callback(call_session, &late);
    assert_hr(IMAPISession_Logoff(late.session, 0, 0, 0), S_OK);
    assert_int_equal(late.count, 2);
    assert_hr(late.logoff, MAPI_E_INVALID_OBJECT);
    assert_hr(late.entry, MAPI_E_INVALID_OBJECT);
    assert_hr(late.advise, MAPI_E_INVALID_OBJECT);
    assert_int_equal(late.refcount, 1);
    IAddrBook_Release(book);
    IMsgStore_Release(store);
    assert_int_equal(IMAPISession_Release(late.session), 0);
    assert_int_equal(spy_objects(), 0);
}

/* Success with nothing behind it is a failure of that provider; nothing of it stays. */
static void SPI_05_success_without_objects(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"none", SPY_FLAG_NO_OBJECT, NULL, 1, 0, NULL, 0},
                                              {MAPI_STORE_PROVIDER, L"bad", SPY_FLAG_BAD_OBJECT, NULL, 2, 0, NULL, 0},
                                              {MAPI_STORE_PROVIDER, L"good", 0, NULL, 3, 0, NULL, 0},
                                              {MAPI_AB_PROVIDER, L"k", SPY_FLAG_NO_OBJECT, NULL, 4, 0, NULL, 0},
                                              {MAPI_AB_PROVIDER, L"l", SPY_FLAG_BAD_OBJECT, NULL, 5, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    IMsgStore *store;
    ENTRYID *entryid;
    IAddrBook *book;
    ULONG size, i;

    (void)state;
    for (i = 0; i < 2; i++)
    {
        entryid = spy_store_entryid(session, setups[i].name, &size);
        store = (IMsgStore *)16;
        assert_hr(IMAPISession_OpenMsgStore(session, 0, size, entryid, NULL, 0, &store), MAPI_E_CALL_FAILED);
        assert_null(store);
        MAPIFreeBuffer(entryid);
        assert_int_equal(spy_objects(), 1); /* the provider object */
    }
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), MAPI_W_ERRORS_RETURNED);
    assert_int_equal(spy_objects(), 2);
    store = spy_open_store(session, L"good", 0);
    assert_hr(open_entry(session, 1), MAPI_E_UNKNOWN_ENTRYID);
    assert_hr(open_entry(session, 3), S_OK);
    IAddrBook_Release(book);
    IMsgStore_Release(store);
    end(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(SPI_03_service_flag),
            harness_test(SPI_07_two_uids),
            harness_test(SPI_08_shared_uid),
            harness_test(SPI_09_update),
            harness_test(SPI_17_get_session),
            harness_test(SESS_47_identity),
            harness_test(SESS_52_unsuitable_store),
            harness_test(FAST_03_every_provider),
            harness_test(STORE_09_session_stays),
            harness_test(S_13_reentered_from_shutdown),
            harness_test(SPI_05_success_without_objects),
    };
    return harness_run(tests);
}
