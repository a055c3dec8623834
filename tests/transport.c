/*
 * Transports: how the spooler logs them on and off, what clients see of them.
 */
#include "harness_spy.h"

#include <postroom/guids.h>

#define TRANSPORT(name, flags, script)                                                                                 \
    {                                                                                                                  \
        MAPI_TRANSPORT_PROVIDER, (name), (flags), (script), 0, 0, NULL, 0                                              \
    }

#define LOGON(name)                                                                                                    \
    "B XP" name ".TransportLogon(0x80000019)\n"                                                                        \
    "B XPLogon" name ".AddressTypes()\n"                                                                               \
    "B XPLogon" name ".RegisterOptions()\n"
#define LOGOFF(name)                                                                                                   \
    "B XPLogon" name ".TransportLogoff(0)\n"                                                                           \
    "B XPLogon" name ".Support.Release() = 0\n"                                                                        \
    "B XPLogon" name ".Release() = 0\n"
#define DOWN                                                                                                           \
    "A XP.Shutdown(&0)\n"                                                                                              \
    "A XP.Release() = 0\n"

static const struct spy_setup one[] = {TRANSPORT(L"xp", 0, NULL)};

/* A session whose transports are logged on. */
static IMAPISession *begin(const struct spy_setup *setups, ULONG count)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IMAPISession *session;
    IMAPITable *table;

    spy_begin();
    spy_profile(name, setups, count);
    session = log_on_to(name, 0);
    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    IMAPITable_Release(table);
    return session;
}

/* SPI-21, SPI-22, SESS-36, LOGOFF-21, 24, 34: the whole life. */
static void SPI_21_life(void **state)
{
    IMAPISession *session;

    (void)state;
    session = begin(one, ARRAY_SIZE(one));
    assert_spy("B XPProviderInit(0, 0x10010)\n" LOGON("xp"));
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_spy(LOGOFF("xp") DOWN);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(spy_objects(), 0);
}

/* In transport order; the newest goes first; one provider object. */
static void LOGOFF_32_order(void **state)
{
    static const struct spy_setup setups[] = {TRANSPORT(L"two", 0, NULL), TRANSPORT(L"one", 0, NULL)};
    IMAPISession *session;

    (void)state;
    session = begin(setups, ARRAY_SIZE(setups));
    assert_spy("B XPProviderInit(0, 0x10010)\n" LOGON("two") LOGON("one"));
    assert_int_equal(IMAPISession_Release(session), 0); /* LOGOFF-57 */
    assert_spy(LOGOFF("one") LOGOFF("two") DOWN);
    assert_int_equal(spy_objects(), 0);
}

static void LOGOFF_58_last_uninitialize(void **state)
{
    IMAPISession *session;

    (void)state;
    assert_hr(MAPIInitialize(NULL), S_OK);
    session = begin(one, ARRAY_SIZE(one));
    spy_clear();
    MAPIUninitialize();
    assert_spy(LOGOFF("xp") DOWN);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(spy_objects(), 0);
}

/* LOGOFF-36, 37 */
static void LOGOFF_36_failing_transport(void **state)
{
    static const struct spy_setup setups[] = {
            TRANSPORT(L"xp", 0, L"XPLogonxp.TransportLogoff=fail:80004005;XP.Shutdown=fail:8000ffff")};
    IMAPISession *session;

    (void)state;
    session = begin(setups, ARRAY_SIZE(setups));
    spy_clear();
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_spy(LOGOFF("xp") DOWN);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(spy_objects(), 0);
}

/* A transport that fails keeps no other from being logged on. */
static void LOGON_24_failed_logon(void **state)
{
    static const struct spy_setup setups[] = {TRANSPORT(L"bad", 0, L"XPbad.TransportLogon=fail:80040115"),
                                              TRANSPORT(L"xp", 0, NULL)};
    IMAPISession *session;

    (void)state;
    session = begin(setups, ARRAY_SIZE(setups));
    assert_spy("B XPProviderInit(0, 0x10010)\nB XPbad.TransportLogon(0x80000019)\n" LOGON("xp"));
    log_off(session);
    assert_spy(LOGOFF("xp") DOWN);
    assert_int_equal(spy_objects(), 0);
}

static void wait_blocked(void)
{
    ULONG i;

    for (i = 0; i < 1000 && !spy_blocked(); i++)
        Sleep(10);
    assert_int_equal(spy_blocked(), 1);
}

static void release_later(void *context)
{
    (void)context;
    Sleep(300);
    spy_release_blocked();
}

static DWORD WINAPI release_proc(void *context)
{
    release_later(context);
    return 0;
}

/* LOGOFF-59: a log-off while a TransportLogon runs waits for it, and the trace is whole. */
static void LOGOFF_59_slow_logon(void **state)
{
    static const struct spy_setup setups[] = {TRANSPORT(L"xp", 0, L"XPxp.TransportLogon=block")};
    WCHAR name[HARNESS_PROFILE_NAME];
    IMAPISession *session;
    HANDLE thread;

    (void)state;
    spy_begin();
    SPY_PROFILE(name, setups);
    session = log_on_to(name, 0);
    wait_blocked();
    thread = CreateThread(NULL, 0, release_proc, NULL, 0, NULL);
    assert_non_null(thread);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(spy_blocked(), 0);
    assert_spy("B XPProviderInit(0, 0x10010)\n" LOGON("xp") LOGOFF("xp") DOWN);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CloseHandle(thread);
    assert_int_equal(spy_objects(), 0);
}

/* LOGOFF-60, LOGON-18, 19: no transport is loaded, nobody waits. */
static void LOGOFF_60_no_mail(void **state)
{
    static const struct spy_setup setups[] = {TRANSPORT(L"xp", 0, L"XPxp.TransportLogon=block")};
    SizedSPropTagArray(1, columns) = {1, {PR_RESOURCE_TYPE}};
    WCHAR name[HARNESS_PROFILE_NAME];
    IMAPISession *session;
    IMAPITable *table;
    LPTSTR *types;
    SRowSet *rows;
    ULONG i, count;

    (void)state;
    spy_begin();
    SPY_PROFILE(name, setups);
    session = log_on_to(name, MAPI_NO_MAIL);
    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 3);
    for (i = 0; i < rows->cRows; i++)
        assert_int_not_equal(rows->aRow[i].lpProps[0].Value.l, MAPI_TRANSPORT_PROVIDER);
    FreeProws(rows);
    IMAPITable_Release(table);
    assert_hr(IMAPISession_EnumAdrTypes(session, 0, &count, &types), S_OK);
    assert_int_equal(count, 0);
    log_off(session);
    assert_spy("");
}

/* SESS-46: in transport order, each once; one MAPIFreeBuffer. */
static void SESS_46_address_types(void **state)
{
    static const struct spy_setup setups[] = {TRANSPORT(L"ONE", 0, NULL), TRANSPORT(L"TWO", 0, NULL)};
    IMAPISession *session;
    ULONG count = 0;
    LPTSTR *types;

    (void)state;
    session = begin(setups, ARRAY_SIZE(setups));
    assert_hr(IMAPISession_EnumAdrTypes(session, MAPI_UNICODE, &count, &types), S_OK);
    assert_int_equal(count, 3);
    assert_int_equal(wcscmp((WCHAR *)types[0], L"SPY"), 0);
    assert_int_equal(wcscmp((WCHAR *)types[1], L"ONE"), 0);
    assert_int_equal(wcscmp((WCHAR *)types[2], L"TWO"), 0);
    MAPIFreeBuffer(types);
    assert_hr(IMAPISession_EnumAdrTypes(session, 0, &count, &types), S_OK);
    assert_int_equal(count, 3);
    assert_string_equal((char *)types[1], "ONE");
    MAPIFreeBuffer(types);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        HRESULT hr = IMAPISession_EnumAdrTypes(session, 0, &count, &types);

        if (harness_fault_hit(&fault))
            assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
        else
            assert_hr(hr, S_OK);
        MAPIFreeBuffer(types);
    }
    log_off(session);
    spy_clear();
}

/* A transport's row, and what is behind it. */
static void SESS_22_transport_status(void **state)
{
    SizedSPropTagArray(3, columns) = {3, {PR_RESOURCE_TYPE, PR_ENTRYID, PR_DISPLAY_NAME_W}};
    IMAPISession *session;
    IMAPIStatus *status;
    IMAPITable *table;
    ULONG i, type, found = 0;
    SRowSet *rows;

    (void)state;
    session = begin(one, ARRAY_SIZE(one));
    spy_clear();
    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    for (i = 0; i < rows->cRows; i++)
    {
        SPropValue *values = rows->aRow[i].lpProps;

        if (values[0].Value.l != MAPI_TRANSPORT_PROVIDER)
            continue;
        found++;
        assert_int_equal(wcscmp(values[2].Value.lpszW, L"xp"), 0);
        assert_hr(IMAPISession_OpenEntry(session, values[1].Value.bin.cb, (ENTRYID *)values[1].Value.bin.lpb, NULL, 0,
                                         &type, (IUnknown **)&status),
                  S_OK);
        assert_int_equal(type, MAPI_STATUS);
        assert_hr(IMAPIStatus_ValidateState(status, 0, SUPPRESS_UI), S_OK);
        IMAPIStatus_Release(status);
    }
    assert_int_equal(found, 1);
    FreeProws(rows);
    IMAPITable_Release(table);
    assert_spy("A XPLogonxp.OpenStatusEntry(0)\n"
               "A Statusxp.ValidateState(0x1)\n"
               "A Statusxp.Release() = 0\n");
    log_off(session);
    spy_clear();
}

/* imapistatus-validatestate of the spooler: CONFIG_CHANGED asks for address types again, all on the spooler's thread. */
static void SESS_35_spooler_validates(void **state)
{
    static const struct spy_setup setups[] = {TRANSPORT(L"one", 0, NULL),
                                              TRANSPORT(L"two", 0, L"XPLogontwo.ValidateState=fail1:8004010b")};
    IMAPISession *session;
    IMAPIStatus *status;

    (void)state;
    session = begin(setups, ARRAY_SIZE(setups));
    spy_clear();
    status = open_status(session, MAPI_SPOOLER);
    assert_hr(IMAPIStatus_ValidateState(status, 0, SUPPRESS_UI), MAPI_E_BUSY);
    assert_spy("B XPLogonone.ValidateState(0x1)\nB XPLogontwo.ValidateState(0x1)\n");
    assert_hr(IMAPIStatus_ValidateState(status, 0, CONFIG_CHANGED), S_OK);
    assert_spy("B XPLogonone.AddressTypes()\n"
               "B XPLogontwo.AddressTypes()\n"
               "B XPLogonone.ValidateState(0x100000)\n"
               "B XPLogontwo.ValidateState(0x100000)\n");
    IMAPIStatus_Release(status);
    log_off(session);
    spy_clear();
}

/* Logoff from inside a transport's call, on the spooler's own thread. */
static void log_off_inside(const char *point, void *context)
{
    struct
    {
        IMAPISession *session;
        HRESULT hr;
    } *inside = context;

    (void)point;
    inside->hr = IMAPISession_Logoff(inside->session, 0, 0, 0);
}

static void S_13_logoff_inside_transport(void **state)
{
    static const struct spy_setup setups[] = {TRANSPORT(L"xp", 0, L"XPLogonxp.ValidateState=call")};
    struct
    {
        IMAPISession *session;
        HRESULT hr;
    } inside = {NULL, E_UNEXPECTED};
    PostroomCounts counts;
    IMAPIStatus *status;
    ULONG i;

    (void)state;
    inside.session = begin(setups, ARRAY_SIZE(setups));
    spy_clear();
    spy_set_callback(log_off_inside, &inside);
    status = open_status(inside.session, MAPI_SPOOLER);
    assert_hr(IMAPIStatus_ValidateState(status, 0, 0), MAPI_E_INVALID_OBJECT);
    IMAPIStatus_Release(status);
    for (i = 0; i < 1000 && inside.hr == E_UNEXPECTED; i++)
        Sleep(10);
    assert_hr(inside.hr, S_OK);
    assert_int_equal(IMAPISession_Release(inside.session), 0);
    for (i = 0, counts.cThreads = 1; i < 1000 && counts.cThreads; i++)
    {
        harness_counts(&counts);
        Sleep(10);
    }
    assert_spy("B XPLogonxp.ValidateState(0)\n"
               "B XPLogonxp.TransportLogoff(0)\n"
               "B XPLogonxp.Support.Release() = 0\n"
               "B XP.Shutdown(&0)\n"
               "B XP.Release() = 0\n"
               "B XPLogonxp.Release() = 0\n");
    assert_int_equal(spy_objects(), 0);
}

/* FAST-05: transports first; afterwards nobody is called. */
static void FAST_05_transports(void **state)
{
    static const struct spy_setup setups[] = {TRANSPORT(L"xp", SPY_FLAG_FAST_SHUTDOWN, NULL)};
    IMAPIClientShutdown *shutdown;
    IMAPISession *session;

    (void)state;
    session = begin(setups, ARRAY_SIZE(setups));
    spy_clear();
    assert_hr(IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown), S_OK);
    assert_hr(IMAPIClientShutdown_QueryFastShutdown(shutdown), S_OK);
    assert_hr(IMAPIClientShutdown_NotifyProcessShutdown(shutdown), S_OK);
    IMAPIClientShutdown_Release(shutdown);
    assert_spy("A XP.QueryFastShutdown()\nA XP.NotifyProcessShutdown()\n");
    log_off(session);
    spy_clear();
}

/* Whichever allocation fails, the logon does or a transport is missing; nothing is left. */
static void FAULT_logon(void **state)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IMAPISession *session;
    HRESULT hr;

    (void)state;
    spy_begin();
    SPY_PROFILE(name, one);
    log_off(log_on_to(name, 0)); /* what stays for the next time */
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_NEW_SESSION | MAPI_EXTENDED | MAPI_UNICODE, &session);
        if (hr != S_OK)
            assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
        else
            log_off(session);
        assert_int_equal(spy_objects(), 0);
        harness_fault_hit(&fault);
    }
    spy_clear();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SPI_21_life),
            harness_test(LOGOFF_32_order),
            harness_test_plain(LOGOFF_58_last_uninitialize),
            harness_test(LOGOFF_36_failing_transport),
            harness_test(LOGON_24_failed_logon),
            harness_test(LOGOFF_59_slow_logon),
            harness_test(LOGOFF_60_no_mail),
            harness_test(SESS_46_address_types),
            harness_test(SESS_22_transport_status),
            harness_test(SESS_35_spooler_validates),
            harness_test(S_13_logoff_inside_transport),
            harness_test(FAST_05_transports),
            harness_test(FAULT_logon),
    };
    return harness_run(tests);
}
