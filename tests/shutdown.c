/*
 * What providers see of the end of a session: the traces of conformance.md 1.6, byte for byte.
 */
#include "harness_spy.h"

#include <postroom/guids.h>

static const struct spy_setup both[] = {
        {MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0},
        {MAPI_AB_PROVIDER, L"book", 0, NULL, 2, 0, NULL, 0},
};

#define BOOK_OFF                                                                                                       \
    "A ABLogonbook.Logoff(0)\n"                                                                                        \
    "A ABLogonbook.Support.Release() = 0\n"                                                                            \
    "A ABLogonbook.Release() = 0\n"
#define STORE_OFF(name)                                                                                                \
    "A MSLogon" name ".Logoff(&0)\n"                                                                                   \
    "A MSLogon" name ".Support.Release() = 0\n"                                                                        \
    "A MSLogon" name ".Release() = 0\n"
#define BOOK_DOWN                                                                                                      \
    "A AB.Shutdown(&0)\n"                                                                                              \
    "A AB.Release() = 0\n"
#define STORE_DOWN                                                                                                     \
    "A MS.Shutdown(&0)\n"                                                                                              \
    "A MS.Release() = 0\n"
#define BOTH_OFF BOOK_OFF STORE_OFF("one") BOOK_DOWN STORE_DOWN

/* A session with the store and the book open; the list is empty. */
static IMAPISession *open_both(const struct spy_setup *setups, ULONG count, IMsgStore **store, IAddrBook **book)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IMAPISession *session;

    spy_begin();
    spy_profile(name, setups, count);
    session = log_on_to(name, MAPI_NO_MAIL);
    *store = spy_open_store(session, L"one", 0);
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, book), S_OK);
    spy_clear();
    return session;
}

static void release_leftovers(IMAPISession *session, IMsgStore *store, IAddrBook *book)
{
    assert_int_equal(IAddrBook_Release(book), 0);
    assert_int_equal(IMsgStore_Release(store), 0);
    if (session)
        assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(spy_objects(), 0);
}

/* LOGOFF-19, 20, 22, 23, 25 to 27, 30, 31, 33 to 35: with everything left open. */
static void LOGOFF_20_trace(void **state)
{
    IMAPISession *session;
    IMsgStore *store;
    IAddrBook *book;

    (void)state;
    session = open_both(both, ARRAY_SIZE(both), &store, &book);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_spy(BOTH_OFF);
    release_leftovers(session, store, book);
}

/* The trace of 1.6 with all three kinds, the spooler's thread among them. */
static void LOGOFF_30_transport_book_store(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0},
                                              {MAPI_AB_PROVIDER, L"book", 0, NULL, 2, 0, NULL, 0},
                                              {MAPI_TRANSPORT_PROVIDER, L"xp", 0, NULL, 0, 0, NULL, 0}};
    WCHAR name[HARNESS_PROFILE_NAME];
    IMAPISession *session;
    IMsgStore *store;
    IAddrBook *book;

    (void)state;
    spy_begin();
    SPY_PROFILE(name, setups);
    session = log_on_to(name, 0);
    store = spy_open_store(session, L"one", 0);
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), S_OK);
    await_spy("B XPLogonxp.TransportNotify(0x3)\n");
    spy_clear();
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_spy("B XPLogonxp.TransportNotify(0x30000)\n"
               "B XPLogonxp.TransportLogoff(0)\n"
               "B XPLogonxp.Support.Release() = 0\n"
               "B XPLogonxp.Release() = 0\n" BOOK_OFF "A SpoolerLogonone.Logoff(&0)\n"
               "A SpoolerLogonone.Support.Release() = 0\n"
               "A SpoolerLogonone.Release() = 0\n"
               "A SpoolStoreone.Release() = 0\n" STORE_OFF("one") "A XP.Shutdown(&0)\n"
                                                                  "A XP.Release() = 0\n" BOOK_DOWN STORE_DOWN);
    release_leftovers(session, store, book);
}

static void LOGOFF_57_last_release(void **state)
{
    IMAPISession *session;
    IMsgStore *store;
    IAddrBook *book;

    (void)state;
    session = open_both(both, ARRAY_SIZE(both), &store, &book);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_spy(BOTH_OFF);
    release_leftovers(NULL, store, book);
}

static void LOGOFF_58_last_uninitialize(void **state)
{
    IMAPISession *session;
    IMsgStore *store;
    IAddrBook *book;

    (void)state;
    assert_hr(MAPIInitialize(NULL), S_OK);
    session = open_both(both, ARRAY_SIZE(both), &store, &book);
    MAPIUninitialize();
    assert_spy(BOTH_OFF);
    release_leftovers(session, store, book);
}

/* LOGOFF-29, 32: two logons, the newest goes first; one Shutdown. */
static void LOGOFF_29_two_stores(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0},
                                              {MAPI_STORE_PROVIDER, L"two", 0, NULL, 2, 0, NULL, 0}};
    WCHAR name[HARNESS_PROFILE_NAME];
    IMsgStore *one, *two;
    IMAPISession *session;

    (void)state;
    spy_begin();
    SPY_PROFILE(name, setups);
    session = log_on_to(name, MAPI_NO_MAIL);
    one = spy_open_store(session, L"one", MDB_WRITE);
    assert_spy("A MSProviderInit(0, 0x10010)\n"
               "A MSone.Logon(0, 0x80000004)\n"); /* SPI-01, SESS-13 */
    two = spy_open_store(session, L"two", MDB_NO_DIALOG);
    assert_spy("A MStwo.Logon(0, 0x80000001)\n"); /* SESS-09 */
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_spy(STORE_OFF("two") STORE_OFF("one") STORE_DOWN);
    assert_int_equal(IMsgStore_Release(one), 0);
    assert_int_equal(IMsgStore_Release(two), 0);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(spy_objects(), 0);
}

/* LOGOFF-36, 37 for address book and store: whatever they answer, everyone is shut down. */
static void LOGOFF_37_failing_providers(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", 0, L"MSLogonone.Logoff=fail:80004005;MS.Shutdown=fail:8000ffff", 1, 0, NULL,
             0},
            {MAPI_AB_PROVIDER, L"book", 0, L"ABLogonbook.Logoff=fail:80040115;AB.Shutdown=fail:8007000e", 2, 0, NULL,
             0}};
    IMAPISession *session;
    IMsgStore *store;
    IAddrBook *book;

    (void)state;
    session = open_both(setups, ARRAY_SIZE(setups), &store, &book);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_spy(BOTH_OFF);
    release_leftovers(session, store, book);
}

/* S-32, S-34, STORE-10: a provider that keeps its support object has an inert one. */
static void S_32_leaked_support(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", 0, L"MSLogonone.Support=leak", 1, 0, NULL, 0},
            {MAPI_AB_PROVIDER, L"book", 0, NULL, 2, 0, NULL, 0}};
    IMAPISupport *support;
    IMAPISession *session;
    ULONG flags = LOGOFF_ABORT;
    IMsgStore *store;
    IAddrBook *book;
    MAPIUID uid;

    (void)state;
    session = open_both(setups, ARRAY_SIZE(setups), &store, &book);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_spy(BOOK_OFF "A MSLogonone.Logoff(&0)\nA MSLogonone.Release() = 0\n" BOOK_DOWN STORE_DOWN);
    support = spy_leaked_support();
    assert_non_null(support);
    assert_hr(IMAPISupport_NewUID(support, &uid), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPISupport_StoreLogoffTransports(support, &flags), S_OK);
    assert_int_equal(flags, LOGOFF_COMPLETE);
    assert_int_equal(IMAPISupport_Release(support), 0);
    assert_spy("");
    release_leftovers(session, store, book);
}

/* S-13: Logoff, and anything else of the session's, from inside a provider's Logoff. */
static void log_off_again(const char *point, void *context)
{
    HRESULT *results = context;
    IMAPISession *session = *(IMAPISession **)(results + 2);
    IMAPITable *table = (IMAPITable *)16;

    (void)point;
    results[0] = IMAPISession_Logoff(session, 0, 0, 0);
    results[1] = IMAPISession_GetStatusTable(session, 0, &table);
    if (table)
        results[1] = E_UNEXPECTED;
}

static void S_13_reentered_from_logoff(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", 0, L"MSLogonone.Logoff=call", 1, 0, NULL, 0},
            {MAPI_AB_PROVIDER, L"book", 0, NULL, 2, 0, NULL, 0}};
    struct
    {
        HRESULT results[2];
        IMAPISession *session;
    } context;
    IMsgStore *store;
    IAddrBook *book;

    (void)state;
    context.session = open_both(setups, ARRAY_SIZE(setups), &store, &book);
    spy_set_callback(log_off_again, &context);
    assert_hr(IMAPISession_Logoff(context.session, 0, 0, 0), S_OK);
    assert_hr(context.results[0], MAPI_E_INVALID_OBJECT);
    assert_hr(context.results[1], MAPI_E_INVALID_OBJECT);
    assert_spy(BOTH_OFF);
    release_leftovers(context.session, store, book);
}

/* STORE-02, 08: the store's last Release, without any log-off. */
static void STORE_08_released_store(void **state)
{
    IMAPISession *session;
    IMsgStore *store;
    IAddrBook *book;
    ULONG size = 0, type;
    IUnknown *unknown;
    BYTE folder[20] = {0, 0, 0, 0, 0x57, 0x4f};

    (void)state;
    session = open_both(both, ARRAY_SIZE(both), &store, &book);
    folder[19] = 1;
    size = sizeof(folder);
    assert_hr(IMAPISession_OpenEntry(session, size, (ENTRYID *)folder, NULL, 0, &type, &unknown), S_OK);
    assert_int_equal(type, MAPI_FOLDER);
    IUnknown_Release(unknown);
    spy_clear();
    assert_int_equal(IMsgStore_Release(store), 0);
    assert_spy("A MsgStoreone.Release() = 0\n"
               "A MSLogonone.Logoff(&0)\n"
               "A MSLogonone.Release() = 1\n"
               "A MSLogonone.Support.Release() = 0\n"
               "A MSLogonone.Release() = 0\n");
    assert_hr(IMAPISession_OpenEntry(session, size, (ENTRYID *)folder, NULL, 0, &type, &unknown),
              MAPI_E_UNKNOWN_ENTRYID);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_spy(BOOK_OFF BOOK_DOWN STORE_DOWN);
    assert_int_equal(IAddrBook_Release(book), 0);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(spy_objects(), 0);
}

/* LOGOFF-50, SESS-39, S-17a */
static void LOGOFF_50_forwarded_advise(void **state)
{
    BYTE folder[20] = {0, 0, 0, 0, 0x57, 0x4f};
    struct harness_sink sink;
    ULONG_PTR connection = 0, second = 0;
    IMAPISession *session;
    IMsgStore *store;
    IAddrBook *book;

    (void)state;
    session = open_both(both, ARRAY_SIZE(both), &store, &book);
    folder[19] = 1;
    harness_sink_init(&sink);
    assert_hr(IMAPISession_Advise(session, sizeof(folder), (ENTRYID *)folder, fnevNewMail, &sink.IMAPIAdviseSink_iface,
                                  &connection),
              S_OK);
    assert_hr(IMAPISession_Advise(session, sizeof(folder), (ENTRYID *)folder, fnevObjectMoved,
                                  &sink.IMAPIAdviseSink_iface, &second),
              S_OK);
    assert_true(connection && second && connection != second);
    assert_hr(IMAPISession_Unadvise(session, connection), S_OK);
    assert_hr(IMAPISession_Unadvise(session, connection), MAPI_E_NOT_FOUND);
    assert_spy("A MSLogonone.Advise(20, 0x2)\n"
               "A MSLogonone.Advise(20, 0x20)\n"
               "A MSLogonone.Unadvise(1)\n");
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_spy("A MSLogonone.Unadvise(2)\n" BOTH_OFF);
    release_leftovers(session, store, book);
}

/* LOGOFF-48, SPI-13 */
static void LOGOFF_48_made_invalid(void **state)
{
    static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", SPY_FLAG_MAKE_INVALID, NULL, 1, 0, NULL, 0},
                                              {MAPI_AB_PROVIDER, L"book", 0, NULL, 2, 0, NULL, 0}};
    IMAPISession *session;
    ULONG flags = LOGOFF_ORDERLY;
    IMsgStore *store;
    IAddrBook *book;

    (void)state;
    session = open_both(setups, ARRAY_SIZE(setups), &store, &book);
    IMsgStore_AddRef(store);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_spy(BOTH_OFF);
    assert_hr(IMsgStore_StoreLogoff(store, &flags), MAPI_E_INVALID_OBJECT);
    assert_int_equal(IMsgStore_Release(store), 1);
    release_leftovers(session, store, book);
}

/* LOGOFF-41, SPI-04 */
static void LOGOFF_41_dll_stays_loaded(void **state)
{
    IMAPISession *session;
    IMsgStore *store;
    IAddrBook *book;

    (void)state;
    assert_hr(MAPIInitialize(NULL), S_OK);
    session = open_both(both, ARRAY_SIZE(both), &store, &book);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    release_leftovers(session, store, book);
    spy_unload();
    assert_non_null(GetModuleHandleW(L"spy32.dll"));
    MAPIUninitialize();
    assert_null(GetModuleHandleW(L"spy32.dll"));
}

static IMAPIClientShutdown *client_shutdown(IMAPISession *session)
{
    IMAPIClientShutdown *shutdown;

    assert_hr(IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown), S_OK);
    return shutdown;
}

/* FAST-05: in each phase the address book before the store. Nothing else is called. */
static void FAST_05_order(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", SPY_FLAG_FAST_SHUTDOWN, NULL, 1, 0, NULL, 0},
            {MAPI_AB_PROVIDER, L"book", SPY_FLAG_FAST_SHUTDOWN, NULL, 2, 0, NULL, 0}};
    IMAPIClientShutdown *shutdown;
    IMAPISession *session;
    IMsgStore *store;
    IAddrBook *book;

    (void)state;
    session = open_both(setups, ARRAY_SIZE(setups), &store, &book);
    shutdown = client_shutdown(session);
    assert_hr(IMAPIClientShutdown_QueryFastShutdown(shutdown), S_OK);
    assert_spy("A AB.QueryFastShutdown()\nA MS.QueryFastShutdown()\n");
    assert_hr(IMAPIClientShutdown_NotifyProcessShutdown(shutdown), S_OK);
    assert_spy("A AB.NotifyProcessShutdown()\nA MS.NotifyProcessShutdown()\n");
    IMAPIClientShutdown_Release(shutdown);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_spy(BOTH_OFF);
    release_leftovers(session, store, book);
}

/* FAST-02 */
static void FAST_02_veto(void **state)
{
    static const struct spy_setup setups[] = {
            {MAPI_STORE_PROVIDER, L"one", SPY_FLAG_FAST_SHUTDOWN, L"MS.QueryFastShutdown=fail:80040102", 1, 0, NULL, 0},
            {MAPI_AB_PROVIDER, L"book", 0, NULL, 2, 0, NULL, 0}};
    IMAPIClientShutdown *shutdown;
    IMAPISession *session;
    IMsgStore *store;
    IAddrBook *book;

    (void)state;
    session = open_both(setups, ARRAY_SIZE(setups), &store, &book);
    shutdown = client_shutdown(session);
    assert_hr(IMAPIClientShutdown_QueryFastShutdown(shutdown), MAPI_E_NO_SUPPORT);
    assert_spy("A MS.QueryFastShutdown()\n");
    IMAPIClientShutdown_Release(shutdown);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    release_leftovers(session, store, book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGOFF_20_trace),         harness_test(LOGOFF_30_transport_book_store),
            harness_test(LOGOFF_57_last_release),  harness_test_plain(LOGOFF_58_last_uninitialize),
            harness_test(LOGOFF_29_two_stores),    harness_test(LOGOFF_37_failing_providers),
            harness_test(S_32_leaked_support),     harness_test(S_13_reentered_from_logoff),
            harness_test(STORE_08_released_store), harness_test(LOGOFF_50_forwarded_advise),
            harness_test(LOGOFF_48_made_invalid),  harness_test_plain(LOGOFF_41_dll_stays_loaded),
            harness_test(FAST_05_order),           harness_test(FAST_02_veto),
    };
    return harness_run(tests);
}
