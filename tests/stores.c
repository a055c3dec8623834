/*
 * Opening message stores and address books of providers, and what the session does with their entries.
 */
#include "harness_spy.h"

#include <postroom/guids.h>

static const struct spy_setup one_store[] = {{MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0}};

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

/* An identifier of an entry of the provider that has registered uid number n. */
static void entry_of(BYTE n, BYTE entryid[20])
{
    memset(entryid, 0, 20);
    entryid[4] = 0x57;
    entryid[5] = 0x4f;
    entryid[19] = n;
}

static ULONG count_stores(IMAPISession *session)
{
    IMAPITable *table;
    ULONG count = 0;

    assert_hr(IMAPISession_GetMsgStoresTable(session, 0, &table), S_OK);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    IMAPITable_Release(table);
    return count;
}

/* SESS-10, 11, SPI-16: the wrapped identifier that the store told arrives unwrapped, after it was compared. */
static void SESS_10_unwrapped(void **state)
{
    IMAPISession *session = begin(one_store, ARRAY_SIZE(one_store));
    IMsgStore *store;

    (void)state;
    store = spy_open_store(session, L"one", 0);
    IMsgStore_Release(store);
    spy_clear();
    store = spy_open_store(session, L"one", 0);
    assert_spy("A MS.CompareStoreIDs(20, 20, 0)\n"
               "A MSone.Logon(20, 0x80000000)\n");
    IMsgStore_Release(store);
    end(session);
}

/* SESS-12: the provider gives out the store that is open, and no logon object. */
static void SESS_12_open_already(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", SPY_FLAG_REUSE, NULL, 1, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    IMsgStore *first, *second;

    (void)state;
    first = spy_open_store(session, L"one", 0);
    spy_clear();
    second = spy_open_store(session, L"one", 0);
    assert_ptr_equal(first, second);
    assert_spy("A MS.CompareStoreIDs(20, 20, 0)\nA MSone.Logon(20, 0x80000000)\n");
    IMsgStore_Release(second);
    spy_clear();
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_spy("A MSLogonone.Logoff(&0)\n"
               "A MSLogonone.Support.Release() = 0\n"
               "A MSLogonone.Release() = 0\n"
               "A MS.Shutdown(&0)\n"
               "A MS.Release() = 0\n");
    IMsgStore_Release(first);
    IMAPISession_Release(session);
    assert_int_equal(spy_objects(), 0);
}

static DWORD count_sections(const WCHAR *profile)
{
    WCHAR path[256];
    DWORD count = 0;
    HKEY key;

    swprintf(path, ARRAY_SIZE(path),
             L"Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem\\"
             L"Profiles\\%ls",
             profile);
    assert_int_equal(RegOpenKeyExW(HKEY_CURRENT_USER, path, 0, KEY_READ, &key), ERROR_SUCCESS);
    RegQueryInfoKeyW(key, NULL, NULL, NULL, &count, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    RegCloseKey(key);
    return count;
}

/* SESS-14, LOGOFF-62 */
static void LOGOFF_62_temporary_store(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", SPY_FLAG_MODIFY_PROFILE, NULL, 1, 0, NULL, 0}};
    WCHAR name[HARNESS_PROFILE_NAME];
    IMsgStore *store, *temporary;
    IMAPISession *session;
    ENTRYID *entryid;
    ULONG size;
    DWORD before;

    (void)state;
    spy_begin();
    SPY_PROFILE(name, setups);
    session = log_on_to(name, MAPI_NO_MAIL);
    store = spy_open_store(session, L"one", 0);
    entryid = spy_store_entryid(session, L"one", &size);
    before = count_sections(name);
    assert_hr(IMAPISession_OpenMsgStore(session, 0, size, entryid, NULL, MDB_TEMPORARY, &temporary), S_OK);
    assert_int_equal(count_sections(name), before + 1);
    assert_int_equal(count_stores(session), 1);
    MAPIFreeBuffer(entryid);
    IMsgStore_Release(temporary);
    IMsgStore_Release(store);
    end(session);
    assert_int_equal(count_sections(name), before);
}

/* SESS-15, SPI-12: a store that the profile does not know; listed once the provider asks for it. */
static void SESS_15_unknown_store(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", SPY_FLAG_MODIFY_PROFILE, NULL, 1, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    IMsgStore *store, *other;
    ENTRYID *entryid;
    ULONG size;

    (void)state;
    store = spy_open_store(session, L"one", 0);
    entryid = spy_store_entryid(session, L"one", &size);
    ((BYTE *)entryid)[size - 1] ^= 0xff; /* the store's own part */
    spy_clear();
    assert_hr(IMAPISession_OpenMsgStore(session, 0, size, entryid, NULL, 0, &other), S_OK);
    assert_spy("A MS.CompareStoreIDs(20, 20, 0)\nA MS.Logon(20, 0x80000000)\n");
    assert_int_equal(count_stores(session), 1);
    MAPIFreeBuffer(entryid);
    IMsgStore_Release(other);
    IMsgStore_Release(store);
    end(session);
}

/* SESS-16 */
static void SESS_16_interfaces(void **state)
{
    IMAPISession *session = begin(one_store, ARRAY_SIZE(one_store));
    IMsgStore *store;
    ENTRYID *entryid;
    ULONG size;

    (void)state;
    entryid = spy_store_entryid(session, L"one", &size);
    assert_hr(IMAPISession_OpenMsgStore(session, 0, size, entryid, &IID_IMsgStore, 0, &store), S_OK);
    assert_non_null(store);
    IMsgStore_Release(store);
    MAPIFreeBuffer(entryid);
    end(session);
}

/* SESS-18 to 24, 41: by MAPIUID. */
static void SESS_20_entries(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0},
                                              {MAPI_AB_PROVIDER, L"book", 0, NULL, 2, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    BYTE folder[20], container[20], foreign[20];
    ULONG type, same = 7;
    IUnknown *unknown;
    IMsgStore *store;
    IAddrBook *book;

    (void)state;
    entry_of(1, folder);
    entry_of(2, container);
    entry_of(9, foreign);
    store = spy_open_store(session, L"one", 0);
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), S_OK);
    IAddrBook_Release(book);
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book), S_OK);
    assert_spy("A MSProviderInit(0, 0x10010)\nA MSone.Logon(0, 0x80000000)\n"
               "A ABProviderInit(0, 0x10010)\nA ABbook.Logon(0x80000000)\n"); /* SESS-04 */
    assert_hr(IMAPISession_OpenEntry(session, 20, (ENTRYID *)folder, NULL, MAPI_MODIFY, &type, &unknown), S_OK);
    assert_int_equal(type, MAPI_FOLDER);
    IUnknown_Release(unknown);
    assert_hr(IAddrBook_OpenEntry(book, 20, (ENTRYID *)container, NULL, 0, &type, &unknown), S_OK);
    assert_int_equal(type, MAPI_ABCONT);
    IUnknown_Release(unknown);
    assert_hr(IMAPISession_OpenEntry(session, 20, (ENTRYID *)foreign, NULL, 0, &type, &unknown),
              MAPI_E_UNKNOWN_ENTRYID);
    assert_null(unknown);
    assert_hr(IMAPISession_CompareEntryIDs(session, 20, (ENTRYID *)folder, 20, (ENTRYID *)folder, 0, &same), S_OK);
    assert_true(same);
    assert_hr(IMAPISession_CompareEntryIDs(session, 20, (ENTRYID *)folder, 20, (ENTRYID *)container, 0, &same), S_OK);
    assert_false(same); /* SESS-26 */
    assert_hr(IMAPISession_CompareEntryIDs(session, 20, (ENTRYID *)folder, 20, (ENTRYID *)foreign, 0, &same),
              MAPI_E_UNKNOWN_ENTRYID);
    assert_spy("A MSLogonone.OpenEntry(20, 0x1)\nA Folderone.Release() = 0\n"
               "A ABLogonbook.OpenEntry(20, 0)\nA Containerbook.Release() = 0\n"
               "A MSLogonone.CompareEntryIDs(20, 20, 0)\n");
    IAddrBook_Release(book);
    IMsgStore_Release(store);
    end(session);
}

/* SESS-19, 23 */
static void SESS_23_store_entry(void **state)
{
    IMAPISession *session = begin(one_store, ARRAY_SIZE(one_store));
    ENTRYID *entryid;
    IUnknown *unknown;
    ULONG size, type;

    (void)state;
    entryid = spy_store_entryid(session, L"one", &size);
    assert_hr(IMAPISession_OpenEntry(session, size, entryid, NULL, MAPI_MODIFY, &type, &unknown), S_OK);
    assert_int_equal(type, MAPI_STORE);
    assert_spy("A MSProviderInit(0, 0x10010)\nA MSone.Logon(0, 0x80000005)\n");
    IUnknown_Release(unknown);
    MAPIFreeBuffer(entryid);
    end(session);
}

static ULONG count_status(IMAPISession *session)
{
    IMAPITable *table;
    ULONG count = 0;

    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    IMAPITable_Release(table);
    return count;
}

/* SESS-22, SPI-09, SPI-10 */
static void SPI_09_status_row(void **state)
{
    SizedSPropTagArray(3, columns) = {3, {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_RESOURCE_TYPE}};
    IMAPISession *session = begin(one_store, ARRAY_SIZE(one_store));
    IMAPIStatus *status;
    IMAPITable *table;
    IMsgStore *store;
    SRowSet *rows;
    ULONG type;

    (void)state;
    assert_int_equal(count_status(session), 3);
    store = spy_open_store(session, L"one", 0);
    assert_int_equal(count_status(session), 4);
    assert_hr(IMAPISession_GetStatusTable(session, MAPI_UNICODE, &table), S_OK);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    assert_int_equal(wcscmp(rows->aRow[3].lpProps[0].Value.lpszW, L"one"), 0);
    assert_int_equal(rows->aRow[3].lpProps[2].Value.l, MAPI_STORE_PROVIDER);
    spy_clear();
    assert_hr(IMAPISession_OpenEntry(session, rows->aRow[3].lpProps[1].Value.bin.cb,
                                     (ENTRYID *)rows->aRow[3].lpProps[1].Value.bin.lpb, NULL, 0, &type,
                                     (IUnknown **)&status),
              S_OK);
    assert_int_equal(type, MAPI_STATUS);
    assert_hr(IMAPIStatus_ValidateState(status, 0, 0), S_OK);
    IMAPIStatus_Release(status);
    assert_spy("A MSLogonone.OpenStatusEntry(0)\nA Statusone.ValidateState(0)\nA Statusone.Release() = 0\n");
    FreeProws(rows);
    IMAPITable_Release(table);
    IMsgStore_Release(store);
    assert_int_equal(count_status(session), 3);
    end(session);
}

/* SESS-02 */
static void SESS_02_failing_book(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_AB_PROVIDER, L"bad", 0, L"ABbad.Logon=fail:8004011d", 1, 0, NULL, 0},
            {MAPI_AB_PROVIDER, L"good", 0, NULL, 2, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    MAPIERROR *error = NULL;
    BYTE container[20];
    IUnknown *unknown;
    IAddrBook *book = NULL;
    ULONG type;

    (void)state;
    entry_of(2, container);
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), MAPI_W_ERRORS_RETURNED);
    assert_non_null(book);
    assert_hr(IMAPISession_GetLastError(session, MAPI_W_ERRORS_RETURNED, 0, &error), S_OK);
    assert_non_null(error);
    MAPIFreeBuffer(error);
    assert_hr(IAddrBook_OpenEntry(book, 20, (ENTRYID *)container, NULL, 0, &type, &unknown), S_OK);
    IUnknown_Release(unknown);
    IAddrBook_Release(book);
    end(session);
}

/* LOGON-24: after one failure the service's other providers are not asked. LOGON-25: but for MAPI_E_FAILONEPROVIDER. */
static void LOGON_24_failing_service(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"bad", 0, L"MSbad.Logon=fail:80040111", 1, 1, NULL, 0},
            {MAPI_STORE_PROVIDER, L"same", 0, NULL, 2, 1, NULL, 0},
            {MAPI_STORE_PROVIDER, L"single", 0, L"MSsingle.Logon=fail:8004011d", 3, 2, NULL, 0},
            {MAPI_STORE_PROVIDER, L"usable", 0, NULL, 4, 2, NULL, 0}};
    static const WCHAR *const names[] = {L"bad", L"same", L"single", L"usable"};
    static const HRESULT expected[] = {MAPI_E_LOGON_FAILED, MAPI_E_LOGON_FAILED, MAPI_E_FAILONEPROVIDER, S_OK};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    IMsgStore *store;
    ENTRYID *entryid;
    ULONG size, i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        entryid = spy_store_entryid(session, names[i], &size);
        assert_hr(IMAPISession_OpenMsgStore(session, 0, size, entryid, NULL, 0, &store), expected[i]);
        MAPIFreeBuffer(entryid);
        if (store)
            IMsgStore_Release(store);
        else
            assert_true(FAILED(expected[i]));
    }
    assert_null(strstr(spy_trace(), "MSsame.Logon"));
    assert_non_null(strstr(spy_trace(), "MSusable.Logon"));
    end(session);
}

/* SPI-02 and other ways in which a DLL cannot be had. */
static void SPI_02_versions(void **state)
{
    IMAPISession *session = begin(one_store, ARRAY_SIZE(one_store));
    IMsgStore *store;
    ENTRYID *entryid;
    ULONG size;

    (void)state;
    entryid = spy_store_entryid(session, L"one", &size);
    spy_fail_init("MS", S_OK, 0x100);
    assert_hr(IMAPISession_OpenMsgStore(session, 0, size, entryid, NULL, 0, &store), MAPI_E_VERSION);
    assert_null(store);
    assert_spy("A MSProviderInit(0, 0x10010)\nA MS.Release() = 0\n");
    spy_fail_init("MS", MAPI_E_VERSION, 0);
    assert_hr(IMAPISession_OpenMsgStore(session, 0, size, entryid, NULL, 0, &store), MAPI_E_VERSION);
    assert_hr(IMAPISession_OpenMsgStore(session, 0, size, entryid, NULL, 0, &store), S_OK);
    IMsgStore_Release(store);
    MAPIFreeBuffer(entryid);
    end(session);
}

static void SPI_04_missing_dll(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"none", 0, NULL, 1, 0, L"no-such-provider.dll", 0},
                                              {MAPI_STORE_PROVIDER, L"other", 0, NULL, 1, 0, L"..\\spy.dll", 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    IMsgStore *store;
    ENTRYID *entryid;
    ULONG size;

    (void)state;
    entryid = spy_store_entryid(session, L"none", &size);
    assert_hr(IMAPISession_OpenMsgStore(session, 0, size, entryid, NULL, 0, &store), MAPI_E_NOT_FOUND);
    MAPIFreeBuffer(entryid);
    entryid = spy_store_entryid(session, L"other", &size);
    assert_hr(IMAPISession_OpenMsgStore(session, 0, size, entryid, NULL, 0, &store), MAPI_E_NOT_FOUND);
    MAPIFreeBuffer(entryid);
    end(session);
}

/* SPI-05: without a reference of the provider's the support object goes after Logon; the logon stays. */
static void SPI_05_support_not_kept(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_AB_PROVIDER, L"book", SPY_FLAG_NOT_KEPT | SPY_FLAG_NO_UID, NULL, 1, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    IAddrBook *book;

    (void)state;
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), S_OK);
    IAddrBook_Release(book);
    spy_clear();
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_spy("A ABLogonbook.Logoff(0)\nA ABLogonbook.Release() = 0\nA AB.Shutdown(&0)\nA AB.Release() = 0\n");
    IMAPISession_Release(session);
    assert_int_equal(spy_objects(), 0);
}

static BOOL is_default(IMAPISession *session, const WCHAR *name)
{
    SizedSPropTagArray(2, columns) = {2, {PR_DISPLAY_NAME_W, PR_DEFAULT_STORE}};
    IMAPITable *table;
    BOOL yes = FALSE;
    SRowSet *rows;
    ULONG i;

    assert_hr(IMAPISession_GetMsgStoresTable(session, MAPI_UNICODE, &table), S_OK);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    for (i = 0; i < rows->cRows; i++)
        if (!wcscmp(rows->aRow[i].lpProps[0].Value.lpszW, name))
            yes = rows->aRow[i].lpProps[1].Value.b;
    FreeProws(rows);
    IMAPITable_Release(table);
    return yes;
}

/* SESS-49 to 52 */
static void SESS_50_default_store(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", SPY_FLAG_NO_SECTION, NULL, 1, 0, NULL, STATUS_DEFAULT_STORE},
            {MAPI_STORE_PROVIDER, L"two", SPY_FLAG_NO_SECTION, NULL, 2, 0, NULL, 0},
            {MAPI_STORE_PROVIDER, L"read", SPY_FLAG_NO_SECTION | SPY_FLAG_READ_ONLY, NULL, 3, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    ENTRYID *two, *read;
    ULONG two_size, read_size;

    (void)state;
    assert_true(is_default(session, L"one"));
    two = spy_store_entryid(session, L"two", &two_size);
    read = spy_store_entryid(session, L"read", &read_size);
    assert_hr(IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, read_size, read), MAPI_E_NO_SUPPORT);
    assert_true(is_default(session, L"one"));
    assert_hr(IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, two_size, two), S_OK);
    assert_true(is_default(session, L"two"));
    assert_false(is_default(session, L"one"));
    assert_hr(IMAPISession_SetDefaultStore(session, MAPI_SIMPLE_STORE_PERMANENT, read_size, read), S_OK);
    assert_true(is_default(session, L"two"));
    assert_hr(IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, 0, NULL), S_OK);
    assert_false(is_default(session, L"two"));
    MAPIFreeBuffer(two);
    MAPIFreeBuffer(read);
    end(session);
}

/* SESS-40 */
static void SESS_40_advise_refused(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", 0, L"MSLogonone.Advise=fail:80040102", 1, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    ULONG_PTR connection = 1;
    struct harness_sink sink;
    IMsgStore *store;
    BYTE folder[20];

    (void)state;
    harness_sink_init(&sink);
    entry_of(1, folder);
    store = spy_open_store(session, L"one", 0);
    assert_hr(
            IMAPISession_Advise(session, 20, (ENTRYID *)folder, fnevNewMail, &sink.IMAPIAdviseSink_iface, &connection),
            MAPI_E_NO_SUPPORT);
    assert_int_equal((ULONG)connection, 0);
    IMsgStore_Release(store);
    end(session);
}

/* STORE-01, 03, 09: StoreLogoff ends the store, not the session. */
static void STORE_01_store_logoff(void **state)
{
    IMAPISession *session = begin(one_store, ARRAY_SIZE(one_store));
    ULONG flags = LOGOFF_ORDERLY;
    IMsgStore *store;

    (void)state;
    store = spy_open_store(session, L"one", 0);
    spy_clear();
    assert_hr(IMsgStore_StoreLogoff(store, &flags), S_OK);
    assert_int_equal(flags, LOGOFF_COMPLETE);
    IMsgStore_Release(store);
    assert_spy("A MsgStoreone.StoreLogoff(0x2)\n"
               "A MsgStoreone.StoreLogoffTransports = 0x10000, 0\n"
               "A MsgStoreone.Release() = 0\n"
               "A MSLogonone.Logoff(&0)\n"
               "A MSLogonone.Release() = 1\n"
               "A MSLogonone.Support.Release() = 0\n"
               "A MSLogonone.Release() = 0\n");
    store = spy_open_store(session, L"one", 0);
    flags = LOGOFF_ORDERLY | LOGOFF_ABORT; /* STORE-07 */
    assert_hr(IMsgStore_StoreLogoff(store, &flags), MAPI_E_UNKNOWN_FLAGS);
    IMsgStore_Release(store);
    end(session);
}

/* LOGOFF-55 */
struct opener
{
    IMAPISession *session;
    ENTRYID *entryid;
    ULONG size;
    IMsgStore *store;
    HRESULT hr;
};

static DWORD WINAPI open_on_thread(void *context)
{
    struct opener *opener = context;

    opener->hr = IMAPISession_OpenMsgStore(opener->session, 0, opener->size, opener->entryid, NULL, 0, &opener->store);
    return 0;
}

static DWORD WINAPI release_soon(void *context)
{
    (void)context;
    Sleep(100);
    spy_release_blocked();
    return 0;
}

static void LOGOFF_55_waits_for_open_store(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", 0, L"MSone.Logon=block", 1, 0, NULL, 0}};
    IMAPISession *session = begin(setups, ARRAY_SIZE(setups));
    struct opener opener = {session, NULL, 0, NULL, E_FAIL};
    HANDLE threads[2];

    (void)state;
    opener.entryid = spy_store_entryid(session, L"one", &opener.size);
    threads[0] = CreateThread(NULL, 0, open_on_thread, &opener, 0, NULL);
    while (!spy_blocked())
        Sleep(1);
    threads[1] = CreateThread(NULL, 0, release_soon, NULL, 0, NULL);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    WaitForMultipleObjects(2, threads, TRUE, INFINITE);
    CloseHandle(threads[0]);
    CloseHandle(threads[1]);
    assert_hr(opener.hr, S_OK);
    assert_spy("B MSProviderInit(0, 0x10010)\n"
               "B MSone.Logon(0, 0x80000000)\n"
               "A MSLogonone.Logoff(&0)\n"
               "A MSLogonone.Support.Release() = 0\n"
               "A MSLogonone.Release() = 0\n"
               "A MS.Shutdown(&0)\n"
               "A MS.Release() = 0\n");
    IMsgStore_Release(opener.store);
    MAPIFreeBuffer(opener.entryid);
    IMAPISession_Release(session);
    assert_int_equal(spy_objects(), 0);
}

/* Logs on, opens the store of the first section and the address book, ends it all. What failed first, else S_OK. */
static HRESULT open_everything(const WCHAR *name, struct harness_fault *fault)
{
    struct
    {
        BYTE flags[4];
        BYTE uid[16];
        MAPIUID section;
    } entryid = {{0},
                 {0xb0, 0x77, 0x0f, 0x2b, 0x1e, 0x6c, 0x7c, 0x4b, 0x8b, 0x7d, 0x50, 0xa9, 0xe4, 0xe5, 0xd6, 0xf3},
                 spy_section_uid(0)};
    IMAPISession *session = NULL;
    IMsgStore *store = NULL;
    IAddrBook *book = NULL;
    HRESULT hr, opened;

    hr = MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_NEW_SESSION | MAPI_EXTENDED | MAPI_UNICODE | MAPI_NO_MAIL, &session);
    if (SUCCEEDED(hr))
    {
        hr = IMAPISession_OpenMsgStore(session, 0, sizeof(entryid), (ENTRYID *)&entryid, NULL, 0, &store);
        assert_true(SUCCEEDED(hr) == (store != NULL));
        opened = IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book);
        assert_true(SUCCEEDED(opened) == (book != NULL));
        if (hr == S_OK)
            hr = opened;
    }
    if (fault)
        harness_fault_hit(fault); /* switches it off */
    if (book)
        IAddrBook_Release(book);
    if (session)
    {
        assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
        IMAPISession_Release(session);
    }
    if (store)
        IMsgStore_Release(store);
    assert_int_equal(spy_objects(), 0);
    spy_clear();
    return hr;
}

/* Every allocation on the way to an open store and an open address book fails once. */
static void open_faults(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", SPY_FLAG_MODIFY_PROFILE, NULL, 1, 0, NULL, 0},
            {MAPI_AB_PROVIDER, L"book", 0, NULL, 2, 0, NULL, 0}};
    WCHAR name[HARNESS_PROFILE_NAME];

    (void)state;
    spy_begin();
    SPY_PROFILE(name, setups);
    assert_hr(open_everything(name, NULL), S_OK); /* the DLL stays loaded from here on */
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        HRESULT hr = open_everything(name, &fault);

        if (!harness_fault_hit(&fault))
            assert_hr(hr, S_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SESS_10_unwrapped),
            harness_test(SESS_12_open_already),
            harness_test(LOGOFF_62_temporary_store),
            harness_test(SESS_15_unknown_store),
            harness_test(SESS_16_interfaces),
            harness_test(SESS_20_entries),
            harness_test(SESS_23_store_entry),
            harness_test(SPI_09_status_row),
            harness_test(SESS_02_failing_book),
            harness_test(LOGON_24_failing_service),
            harness_test(SPI_02_versions),
            harness_test(SPI_04_missing_dll),
            harness_test(SPI_05_support_not_kept),
            harness_test(SESS_50_default_store),
            harness_test(SESS_40_advise_refused),
            harness_test(STORE_01_store_logoff),
            harness_test(LOGOFF_55_waits_for_open_store),
            harness_test(open_faults),
    };
    return harness_run(tests);
}
