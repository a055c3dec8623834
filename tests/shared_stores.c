/*
 * Shared sessions whose members have stores open: each member has its own provider objects (S-47), and what the session
 * tells does not go to sinks of a store.
 */
#include "harness_spy.h"

static const struct spy_setup one_store[] = {{MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0}};

static ULONG calls_of(const char *method)
{
    const char *at = spy_trace();
    ULONG count = 0;

    while ((at = strstr(at, method)))
    {
        count++;
        at += strlen(method);
    }
    return count;
}

/* The one that makes the shared session, or another member. */
static IMAPISession *member(WCHAR *profile)
{
    IMAPISession *session = NULL;

    assert_hr(MAPILogonEx(0, (LPTSTR)profile, NULL, MAPI_EXTENDED | MAPI_UNICODE | MAPI_ALLOW_OTHERS | MAPI_NO_MAIL,
                          &session),
              S_OK);
    return session;
}

static void SHARED_25_each_member_has_its_own_providers(void **state)
{
    WCHAR profile[HARNESS_PROFILE_NAME];
    IMAPISession *a, *b;
    IMsgStore *of_a, *of_b;

    (void)state;
    spy_begin();
    SPY_PROFILE(profile, one_store);
    a = member(profile);
    b = member(profile);
    of_a = spy_open_store(a, L"one", 0);
    of_b = spy_open_store(b, L"one", 0);
    assert_int_equal(calls_of("MSProviderInit"), 2);
    IMsgStore_Release(of_a);
    spy_clear();

    assert_hr(IMAPISession_Logoff(a, 0, MAPI_LOGOFF_SHARED, 0), S_OK);
    IMAPISession_Release(a);
    harness_pump(50);
    /* a's own were shut down; b's go on */
    assert_int_equal(calls_of("MS.Shutdown"), 1);
    assert_int_equal(calls_of("MSLogonone.Logoff"), 0); /* a's store was released, and with it its logon */
    IMsgStore_Release(of_b);
    of_b = spy_open_store(b, L"one", 0);
    IMsgStore_Release(of_b);
    spy_clear();
    log_off(b);
    assert_int_equal(calls_of("MS.Shutdown"), 1);
    assert_int_equal(spy_objects(), 0);
}

static void SHARED_11_a_stores_sink_hears_nothing_of_the_session(void **state)
{
    struct harness_sink on_store, on_session;
    WCHAR profile[HARNESS_PROFILE_NAME];
    ULONG_PTR of_store = 0, of_session = 0;
    IMAPISession *a, *b;
    IMsgStore *store;
    BYTE folder[20] = {0, 0, 0, 0, 0x57, 0x4f}; /* of the store's */
    DWORD start;

    (void)state;
    spy_begin();
    SPY_PROFILE(profile, one_store);
    a = member(profile);
    b = member(profile);
    store = spy_open_store(b, L"one", 0);
    folder[19] = 1;
    harness_sink_init(&on_store);
    harness_sink_init(&on_session);
    assert_hr(IMAPISession_Advise(b, sizeof(folder), (ENTRYID *)folder, fnevCriticalError | fnevExtended,
                                  &on_store.IMAPIAdviseSink_iface, &of_store),
              S_OK);
    assert_hr(IMAPISession_Advise(b, 0, NULL, fnevExtended, &on_session.IMAPIAdviseSink_iface, &of_session), S_OK);
    assert_hr(IMAPISession_Logoff(a, 0, MAPI_LOGOFF_SHARED, 0), S_OK);
    IMAPISession_Release(a);
    for (start = GetTickCount(); on_session.events < 2 && GetTickCount() - start < 10000;)
        harness_pump(10);
    assert_int_equal(on_session.events, 2); /* fnevCriticalError, fnevExtended */
    assert_int_equal(on_store.calls, 0);
    IMsgStore_Release(store);
    log_off(b);
    assert_int_equal(on_store.calls, 0);
    assert_int_equal(on_store.refcount, 1);
    assert_int_equal(on_session.refcount, 1);
    assert_int_equal(spy_objects(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SHARED_25_each_member_has_its_own_providers),
            harness_test(SHARED_11_a_stores_sink_hears_nothing_of_the_session),
    };

    return harness_run(tests);
}
