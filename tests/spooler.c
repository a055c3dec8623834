/*
 * The spooler: what it does between stores and transports, call by call. It looks only when something has happened: the
 * interval is set to never.
 */
#include "harness_spy.h"

#include <postroom/guids.h>

#define TRANSPORT(name, flags, script)                                                                                 \
    {                                                                                                                  \
        MAPI_TRANSPORT_PROVIDER, (name), (flags), (script), 0, 0, NULL, 0                                              \
    }
#define STORE                                                                                                          \
    {                                                                                                                  \
        MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0                                                            \
    }

#define BEGIN "B XPLogonxp.TransportNotify(0x3)\n"
#define END "B XPLogonxp.TransportNotify(0x30000)\n"
#define LOCK(number) "B SpoolStoreone.SetLockState(" number ", 1)\n"
#define UNLOCK(number) "B SpoolStoreone.SetLockState(" number ", 0)\n"
#define SUBMIT(name, number) "B XPLogon" name ".SubmitMessage(0, " number ")\n"
#define ENDED(name, number) "B XPLogon" name ".EndMessage(" number ")\n"
#define FINISHED(number) "B SpoolStoreone.FinishedMsg(0, " number ")\n"
#define TRANSPORT_OFF                                                                                                  \
    "B XPLogonxp.TransportLogoff(0)\n"                                                                                 \
    "B XPLogonxp.Support.Release() = 0\n"                                                                              \
    "B XPLogonxp.Release() = 0\n"
#define STORES_OFF                                                                                                     \
    "A SpoolerLogonone.Logoff(&0)\n"                                                                                   \
    "A SpoolerLogonone.Support.Release() = 0\n"                                                                        \
    "A SpoolerLogonone.Release() = 0\n"                                                                                \
    "A SpoolStoreone.Release() = 0\n"                                                                                  \
    "A MSLogonone.Logoff(&0)\n"                                                                                        \
    "A MSLogonone.Support.Release() = 0\n"                                                                             \
    "A MSLogonone.Release() = 0\n"
#define DOWN                                                                                                           \
    "A XP.Shutdown(&0)\n"                                                                                              \
    "A XP.Release() = 0\n"                                                                                             \
    "A MS.Shutdown(&0)\n"                                                                                              \
    "A MS.Release() = 0\n"

static const struct spy_setup plain[] = {STORE, TRANSPORT(L"xp", 0, NULL)};

struct fixture
{
    WCHAR profile[HARNESS_PROFILE_NAME];
    IMAPISession *session;
    IMsgStore *store;
};

/* Logged on, the store open, the spooler at rest, the list empty. */
static void begin(struct fixture *fixture, const struct spy_setup *setups, ULONG count)
{
    char begun[64];

    spy_begin();
    spy_profile(fixture->profile, setups, count);
    fixture->session = log_on_to(fixture->profile, 0);
    fixture->store = spy_open_store(fixture->session, L"one", MDB_WRITE);
    snprintf(begun, sizeof(begun), "B XPLogon%ls.TransportNotify(0x3)\n", setups[count - 1].name);
    await_spy(begun);
    spy_clear();
}

static void end(struct fixture *fixture)
{
    assert_hr(IMAPISession_Logoff(fixture->session, 0, 0, 0), S_OK);
    assert_int_equal(IMsgStore_Release(fixture->store), 0);
    assert_int_equal(IMAPISession_Release(fixture->session), 0);
    assert_int_equal(spy_objects(), 0);
    spy_clear();
}

/* SPI-20, LOGOFF-21, 30, 38: the life of all three kinds of logon. */
static void SPI_20_life(void **state)
{
    struct fixture fixture;

    (void)state;
    spy_begin();
    SPY_PROFILE(fixture.profile, plain);
    fixture.session = log_on_to(fixture.profile, 0);
    await_spy("RegisterOptions()\n");
    assert_spy("B XPProviderInit(0, 0x10010)\n"
               "B XPxp.TransportLogon(0x80000019)\n"
               "B XPLogonxp.AddressTypes()\n"
               "B XPLogonxp.RegisterOptions()\n");
    fixture.store = spy_open_store(fixture.session, L"one", MDB_WRITE);
    await_spy(BEGIN);
    assert_spy("A MSProviderInit(0, 0x10010)\n"
               "A MSone.Logon(0, 0x80000004)\n"
               "B MSone.SpoolerLogon(20, 0x80000005, \"SPY\")\n"
               "B SpoolStoreone.GetOutgoingQueue(0)\n" BEGIN);
    assert_hr(IMAPISession_Logoff(fixture.session, 0, 0, 0), S_OK);
    assert_spy(END TRANSPORT_OFF STORES_OFF DOWN);
    assert_int_equal(IMsgStore_Release(fixture.store), 0);
    assert_int_equal(IMAPISession_Release(fixture.session), 0);
    assert_int_equal(spy_objects(), 0);
}

/* SPI-20: nothing of it with MDB_NO_MAIL or MAPI_NO_MAIL. */
static void SPI_20_no_mail(void **state)
{
    struct fixture fixture;

    (void)state;
    spy_begin();
    SPY_PROFILE(fixture.profile, plain);
    fixture.session = log_on_to(fixture.profile, 0);
    await_spy("RegisterOptions()\n");
    spy_clear();
    fixture.store = spy_open_store(fixture.session, L"one", MDB_WRITE | MDB_NO_MAIL);
    assert_hr(IMAPISession_Logoff(fixture.session, 0, 0, 0), S_OK);
    assert_null(strstr(spy_trace(), "SpoolerLogon"));
    assert_int_equal(IMsgStore_Release(fixture.store), 0);
    assert_int_equal(IMAPISession_Release(fixture.session), 0);

    spy_clear();
    fixture.session = log_on_to(fixture.profile, MAPI_NO_MAIL);
    fixture.store = spy_open_store(fixture.session, L"one", MDB_WRITE);
    assert_hr(IMAPISession_Logoff(fixture.session, 0, 0, 0), S_OK);
    assert_null(strstr(spy_trace(), "SpoolerLogon"));
    assert_null(strstr(spy_trace(), "XP"));
    assert_int_equal(IMsgStore_Release(fixture.store), 0);
    assert_int_equal(IMAPISession_Release(fixture.session), 0);
    assert_int_equal(spy_objects(), 0);
}

/* A message that was there before, then one that comes. */
static void sends_messages(void **state)
{
    struct fixture fixture;

    (void)state;
    begin(&fixture, plain, ARRAY_SIZE(plain));
    spy_submit(L"one", L"first", L"SPY:a;SPY:b");
    await_spy(FINISHED("1"));
    assert_spy(LOCK("1") SUBMIT("xp", "1") ENDED("xp", "1") FINISHED("1"));
    spy_submit(L"one", L"second", L"SPY:a");
    spy_submit(L"one", L"third", L"SPY:a");
    await_spy(FINISHED("3"));
    assert_spy(LOCK("2") SUBMIT("xp", "2") ENDED("xp", "2") FINISHED("2") LOCK("3") SUBMIT("xp", "3") ENDED("xp", "3")
                       FINISHED("3"));
    assert_int_equal(spy_queued(L"one"), 0);
    end(&fixture);
}

static void sends_what_was_waiting(void **state)
{
    struct fixture fixture;

    (void)state;
    spy_begin();
    SPY_PROFILE(fixture.profile, plain);
    spy_submit(L"one", L"old", L"SPY:a");
    fixture.session = log_on_to(fixture.profile, 0);
    fixture.store = spy_open_store(fixture.session, L"one", MDB_WRITE);
    await_spy(BEGIN LOCK("1") SUBMIT("xp", "1") ENDED("xp", "1") FINISHED("1"));
    end(&fixture);
}

/* ixplogon-addresstypes: to each transport what it takes, in transport order; one that answers MAPI_E_NOT_ME is passed. */
static void sends_to_each_transport(void **state)
{
    static const struct spy_setup setups[] = {STORE, TRANSPORT(L"no", 0, L"XPLogonno.SubmitMessage=fail:80040502"),
                                              TRANSPORT(L"FAX", 0, NULL), TRANSPORT(L"xp", 0, NULL)};
    struct fixture fixture;

    (void)state;
    begin(&fixture, setups, ARRAY_SIZE(setups));
    spy_submit(L"one", L"both", L"FAX:1;xp:2");
    await_spy(FINISHED("1"));
    assert_spy(LOCK("1") SUBMIT("FAX", "1") ENDED("FAX", "1") SUBMIT("xp", "1") ENDED("xp", "1") FINISHED("1"));
    spy_submit(L"one", L"any", L"SPY:1");
    await_spy(FINISHED("2"));
    assert_spy(LOCK("2") SUBMIT("no", "2") SUBMIT("FAX", "2") ENDED("FAX", "2") FINISHED("2"));
    end(&fixture);
}

/* A recipient that nobody takes is reported to the sender. */
static void reports_undeliverable(void **state)
{
    struct fixture fixture;

    (void)state;
    begin(&fixture, plain, ARRAY_SIZE(plain));
    spy_submit(L"one", L"lost", L"SPY:a;PIGEON:b");
    await_spy(FINISHED("1"));
    assert_spy(LOCK("1") SUBMIT("xp", "1") ENDED(
            "xp", "1") "B Messageone.SaveChanges(0x2, \"Undeliverable: lost\", REPORT.IPM.Note.NDR, 1)\n"
                       "B SpoolStoreone.NotifyNewMail(2, REPORT.IPM.Note.NDR)\n" FINISHED("1"));
    end(&fixture);
}

/* MAPI_E_WAIT, then SpoolerNotify(NOTIFY_READYTOSEND). */
static void waits_for_transport(void **state)
{
    static const struct spy_setup setups[] = {STORE, TRANSPORT(L"xp", 0, L"XPLogonxp.SubmitMessage=fail1:80040500")};
    struct fixture fixture;

    (void)state;
    begin(&fixture, setups, ARRAY_SIZE(setups));
    spy_submit(L"one", L"later", L"SPY:a");
    await_spy(UNLOCK("1"));
    assert_spy(LOCK("1") SUBMIT("xp", "1") UNLOCK("1"));
    assert_int_equal(spy_queued(L"one"), 1);
    assert_hr(spy_notify(L"xp", NOTIFY_READYTOSEND, NULL, 0), S_OK);
    await_spy(FINISHED("1"));
    assert_spy(LOCK("1") SUBMIT("xp", "1") ENDED("xp", "1") FINISHED("1"));
    end(&fixture);
}

/* A message that needs it goes through the preprocessor of the transport that will have it, and back into the queue. */
static void preprocesses(void **state)
{
    static const struct spy_setup setups[] = {STORE, TRANSPORT(L"other", SPY_FLAG_ANY_TYPE, NULL),
                                              TRANSPORT(L"xp", SPY_FLAG_PREPROCESS, NULL)};
    static const struct spy_setup alone[] = {STORE, TRANSPORT(L"xp", SPY_FLAG_PREPROCESS, NULL)};
    struct fixture fixture;

    (void)state;
    begin(&fixture, alone, ARRAY_SIZE(alone));
    spy_submit(L"one", L"pre:message", L"SPY:a");
    await_spy(FINISHED("1"));
    assert_spy(LOCK("1") "B SpyPreprocess(session, 1, book)\n"
                         "B Messageone.SubmitMessage(0)\n" LOCK("1") SUBMIT("xp", "1")
                                 ENDED("xp", "1") "B SpyUndo(1)\n" FINISHED("1"));
    spy_submit(L"one", L"plain", L"SPY:a");
    await_spy(FINISHED("2"));
    assert_null(strstr(spy_trace(), "Spy"));
    end(&fixture);
    /* another transport comes first: it is not that one's */
    begin(&fixture, setups, ARRAY_SIZE(setups));
    spy_submit(L"one", L"pre:message", L"SPY:a");
    await_spy(FINISHED("1"));
    assert_null(strstr(spy_trace(), "SpyPreprocess"));
    assert_non_null(strstr(spy_trace(), "Messageone.SubmitMessage(0)"));
    end(&fixture);
}

/* END_RESEND_NOW */
static void sends_again_at_once(void **state)
{
    static const struct spy_setup setups[] = {STORE, TRANSPORT(L"xp", 0, L"XPLogonxp.EndMessage=flags:10000")};
    struct fixture fixture;

    (void)state;
    begin(&fixture, setups, ARRAY_SIZE(setups));
    spy_submit(L"one", L"twice", L"SPY:a");
    await_spy(FINISHED("1"));
    assert_spy(LOCK("1") SUBMIT("xp", "1") ENDED("xp", "1") SUBMIT("xp", "1") ENDED("xp", "1") FINISHED("1"));
    end(&fixture);
}

#define DEFERS L"XPLogonxp.EndMessage=flags:40000"
static const struct spy_setup defers[] = {STORE, TRANSPORT(L"xp", 0, DEFERS)};
static const MAPIUID store_uid = {{0x57, 0x4f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

/* END_DONT_RESEND, then SpoolerNotify(NOTIFY_SENTDEFERRED). */
static void resumes_deferred(void **state)
{
    struct fixture fixture;

    (void)state;
    begin(&fixture, defers, ARRAY_SIZE(defers));
    spy_submit(L"one", L"deferred", L"SPY:a");
    await_spy(UNLOCK("1"));
    assert_spy(LOCK("1") SUBMIT("xp", "1") ENDED("xp", "1") UNLOCK("1"));
    assert_hr(spy_notify(L"xp", NOTIFY_SENTDEFERRED, &store_uid, 7), MAPI_E_NOT_FOUND);
    assert_hr(spy_notify(L"xp", NOTIFY_READYTOSEND, NULL, 0), S_OK);
    assert_hr(spy_notify(L"xp", NOTIFY_SENTDEFERRED, &store_uid, 1), S_OK);
    await_spy(FINISHED("1"));
    assert_spy(LOCK("1") "B XPLogonxp.SubmitMessage(0x1, 1)\n" ENDED("xp", "1") FINISHED("1"));
    end(&fixture);
}

/* ixplogon-transportnotify: a deferred message that its user takes back. */
static void aborts_deferred(void **state)
{
    struct fixture fixture;
    ULONG number;

    (void)state;
    begin(&fixture, defers, ARRAY_SIZE(defers));
    number = spy_submit(L"one", L"deferred", L"SPY:a");
    await_spy(UNLOCK("1"));
    spy_clear();
    spy_remove(number);
    await_spy("TransportNotify");
    assert_spy("B XPLogonxp.TransportNotify(0xc0000000, 1)\n");
    end(&fixture);
}

/* LOGOFF-39: NOTIFY_ABORT_DEFERRED alone; the message stays. */
static void LOGOFF_39_deferred(void **state)
{
    struct fixture fixture;

    (void)state;
    begin(&fixture, defers, ARRAY_SIZE(defers));
    spy_submit(L"one", L"deferred", L"SPY:a");
    await_spy(UNLOCK("1"));
    spy_clear();
    assert_hr(IMAPISession_Logoff(fixture.session, 0, 0, 0), S_OK);
    assert_spy(END "B XPLogonxp.TransportNotify(0x40000000, 1)\n" TRANSPORT_OFF STORES_OFF DOWN);
    assert_int_equal(spy_queued(L"one"), 1);
    IMsgStore_Release(fixture.store);
    IMAPISession_Release(fixture.session);
    spy_clear();
}

/* SpoolerNotify(NOTIFY_NEWMAIL) */
static void receives(void **state)
{
    struct fixture fixture;

    (void)state;
    begin(&fixture, plain, ARRAY_SIZE(plain));
    assert_hr(spy_incoming(L"xp", 2), S_OK);
    await_spy("NotifyNewMail(2");
    assert_spy("B XPLogonxp.StartMessage(0, 1)\n"
               "B Messageone.SaveChanges(0, \"incoming\", IPM.Note, 0)\n"
               "B SpoolStoreone.NotifyNewMail(1, IPM.Note)\n"
               "B XPLogonxp.StartMessage(0, 1)\n"
               "B Messageone.SaveChanges(0, \"incoming\", IPM.Note, 0)\n"
               "B SpoolStoreone.NotifyNewMail(2, IPM.Note)\n");
    end(&fixture);
}

/* Poll and Idle as the transport has asked for, until nothing is left; neither in a critical section. */
static void polls_and_idles(void **state)
{
    static const struct spy_setup setups[] = {STORE, TRANSPORT(L"xp", SPY_FLAG_POLL | SPY_FLAG_IDLE, NULL)};
    struct fixture fixture;

    (void)state;
    begin(&fixture, setups, ARRAY_SIZE(setups));
    assert_hr(spy_notify(L"xp", NOTIFY_READYTOSEND, NULL, 0), S_OK);
    await_spy("B XPLogonxp.Poll()\nB XPLogonxp.Idle(0)\n");
    assert_hr(spy_notify(L"xp", NOTIFY_CRITSEC, NULL, 0), S_OK);
    spy_submit(L"one", L"before", L"SPY:a");
    await_spy(FINISHED("1"));
    spy_clear();
    spy_submit(L"one", L"meanwhile", L"SPY:a");
    await_spy(FINISHED("2"));
    assert_null(strstr(spy_trace(), "Poll"));
    assert_null(strstr(spy_trace(), "Idle"));
    spy_clear();
    assert_hr(spy_notify(L"xp", NOTIFY_NONCRIT, NULL, 0), S_OK);
    await_spy("Idle(0)\n");
    end(&fixture);
}

/* NOTIFY_CONFIG_CHANGE asks for the types again; NOTIFY_CRITICAL_ERROR leaves nothing but the release. */
static void hears_transport(void **state)
{
    struct fixture fixture;

    (void)state;
    begin(&fixture, plain, ARRAY_SIZE(plain));
    assert_hr(spy_notify(L"xp", NOTIFY_CONFIG_CHANGE, NULL, 0), S_OK);
    await_spy("AddressTypes");
    assert_spy("B XPLogonxp.AddressTypes()\n");
    assert_hr(spy_notify(L"xp", NOTIFY_SENTDEFERRED | NOTIFY_CRITICAL_ERROR, &store_uid, 1), MAPI_E_INVALID_PARAMETER);
    assert_hr(spy_notify(L"xp", NOTIFY_NEWMAIL_RECEIVED, NULL, 0), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(spy_notify(L"xp", 0, NULL, 0), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(spy_notify(L"xp", NOTIFY_SENTDEFERRED, NULL, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(spy_notify(L"xp", NOTIFY_CRITICAL_ERROR, NULL, 0), S_OK);
    assert_hr(IMAPISession_Logoff(fixture.session, 0, 0, 0), S_OK);
    assert_spy("B XPLogonxp.Support.Release() = 0\nB XPLogonxp.Release() = 0\n" STORES_OFF DOWN);
    IMsgStore_Release(fixture.store);
    IMAPISession_Release(fixture.session);
    spy_clear();
}

/* implementing-the-flushqueues-method, with one transport and with none of that name. */
static void FLUSH_queues(void **state)
{
    struct fixture fixture;
    IMAPIStatus *status;
    BYTE unknown[24] = {0};

    (void)state;
    begin(&fixture, plain, ARRAY_SIZE(plain));
    status = open_status(fixture.session, MAPI_SPOOLER);
    assert_hr(IMAPIStatus_FlushQueues(status, 0, 0, NULL, FLUSH_UPLOAD | FLUSH_DOWNLOAD | FLUSH_NO_UI), S_OK);
    assert_spy("B XPLogonxp.FlushQueues(0, 0x16)\n"
               "B XPLogonxp.TransportNotify(0x80000)\n"
               "B XPLogonxp.StartMessage(0, 1)\n"
               "B XPLogonxp.TransportNotify(0x40000)\n");
    assert_hr(IMAPIStatus_FlushQueues(status, 0, sizeof(unknown), (ENTRYID *)unknown, FLUSH_UPLOAD), MAPI_E_NOT_FOUND);
    assert_hr(IMAPIStatus_FlushQueues(status, 0, sizeof(unknown), NULL, FLUSH_UPLOAD), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPIStatus_FlushQueues(status, 0, 0, NULL, 0x40), MAPI_E_UNKNOWN_FLAGS);
    assert_spy("");
    IMAPIStatus_Release(status);
    end(&fixture);
}

/* A transport's own status object: its FlushQueues sets bits in its row, and the spooler flushes that transport. */
static void FLUSH_one_transport(void **state)
{
    static const struct spy_setup setups[] = {STORE, TRANSPORT(L"other", 0, NULL), TRANSPORT(L"xp", 0, NULL)};
    SizedSPropTagArray(2, columns) = {2, {PR_DISPLAY_NAME_W, PR_ENTRYID}};
    struct fixture fixture;
    IMAPIStatus *status = NULL;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i, type;

    (void)state;
    begin(&fixture, setups, ARRAY_SIZE(setups));
    assert_hr(IMAPISession_GetStatusTable(fixture.session, 0, &table), S_OK);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    for (i = 0; i < rows->cRows; i++)
    {
        SPropValue *values = rows->aRow[i].lpProps;

        if (values[0].ulPropTag == PR_DISPLAY_NAME_W && !wcscmp(values[0].Value.lpszW, L"xp"))
            assert_hr(IMAPISession_OpenEntry(fixture.session, values[1].Value.bin.cb,
                                             (ENTRYID *)values[1].Value.bin.lpb, NULL, 0, &type, (IUnknown **)&status),
                      S_OK);
    }
    FreeProws(rows);
    IMAPITable_Release(table);
    assert_non_null(status);
    spy_clear();
    assert_hr(IMAPIStatus_FlushQueues(status, 0, 0, NULL, FLUSH_UPLOAD), S_OK);
    await_spy("B XPLogonxp.TransportNotify(0x40000)\n");
    assert_spy("A Statusxp.FlushQueues(0, 0x2)\n"
               "B XPLogonxp.FlushQueues(0, 0x2)\n"
               "B XPLogonxp.TransportNotify(0x80000)\n"
               "B XPLogonxp.StartMessage(0, 1)\n"
               "B XPLogonxp.TransportNotify(0x40000)\n");
    IMAPIStatus_Release(status);
    end(&fixture);
}

static void wait_blocked(void)
{
    ULONG i;

    for (i = 0; i < 1000 && !spy_blocked(); i++)
        harness_pump(10);
    assert_int_equal(spy_blocked(), 1);
}

static DWORD WINAPI release_proc(void *context)
{
    (void)context;
    Sleep(300);
    spy_release_blocked();
    return 0;
}

static HANDLE release_later(void)
{
    HANDLE thread = CreateThread(NULL, 0, release_proc, NULL, 0, NULL);

    assert_non_null(thread);
    return thread;
}

static void join(HANDLE thread)
{
    assert_int_equal(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CloseHandle(thread);
}

/* LOGOFF-40: a flush that is running when the session ends. Another one meanwhile: MAPI_E_BUSY. */
static void LOGOFF_40_flush_running(void **state)
{
    static const struct spy_setup setups[] = {STORE, TRANSPORT(L"xp", 0, L"XPLogonxp.FlushQueues=block")};
    struct fixture fixture;
    IMAPIStatus *status;
    HANDLE thread;

    (void)state;
    begin(&fixture, setups, ARRAY_SIZE(setups));
    status = open_status(fixture.session, MAPI_SPOOLER);
    assert_hr(IMAPIStatus_FlushQueues(status, 0, 0, NULL, FLUSH_UPLOAD | FLUSH_ASYNC_OK), S_OK);
    wait_blocked();
    assert_hr(IMAPIStatus_FlushQueues(status, 0, 0, NULL, FLUSH_UPLOAD | FLUSH_ASYNC_OK), MAPI_E_BUSY);
    IMAPIStatus_Release(status);
    thread = release_later();
    assert_hr(IMAPISession_Logoff(fixture.session, 0, 0, 0), S_OK);
    join(thread);
    assert_spy("B XPLogonxp.FlushQueues(0, 0x2)\n"
               "B XPLogonxp.TransportNotify(0xc0000)\n" END TRANSPORT_OFF STORES_OFF DOWN);
    IMsgStore_Release(fixture.store);
    IMAPISession_Release(fixture.session);
    spy_clear();
}

/* A log-off while a message is being sent lets it be finished, and begins no other (S-36). */
static void S_36_sending_at_logoff(void **state)
{
    static const struct spy_setup setups[] = {STORE, TRANSPORT(L"xp", 0, L"XPLogonxp.SubmitMessage=block")};
    struct fixture fixture;
    HANDLE thread;

    (void)state;
    begin(&fixture, setups, ARRAY_SIZE(setups));
    spy_submit(L"one", L"first", L"SPY:a");
    spy_submit(L"one", L"second", L"SPY:a");
    wait_blocked();
    thread = release_later();
    assert_hr(IMAPISession_Logoff(fixture.session, 0, 0, 0), S_OK);
    join(thread);
    assert_spy(LOCK("1") SUBMIT("xp", "1") ENDED("xp", "1") FINISHED("1") END TRANSPORT_OFF STORES_OFF DOWN);
    assert_int_equal(spy_queued(L"one"), 1);
    IMsgStore_Release(fixture.store);
    IMAPISession_Release(fixture.session);
    spy_clear();
}

/* STORE-04: QUIET while a message is being sent. */
static void STORE_04_quiet_sending(void **state)
{
    static const struct spy_setup setups[] = {STORE, TRANSPORT(L"xp", 0, L"XPLogonxp.SubmitMessage=block")};
    struct fixture fixture;
    ULONG flags;

    (void)state;
    begin(&fixture, setups, ARRAY_SIZE(setups));
    spy_submit(L"one", L"first", L"SPY:a");
    wait_blocked();
    spy_clear();
    flags = LOGOFF_QUIET;
    assert_hr(IMsgStore_StoreLogoff(fixture.store, &flags), S_OK);
    assert_int_equal(flags, LOGOFF_OUTBOUND);
    flags = LOGOFF_ABORT;
    assert_hr(IMsgStore_StoreLogoff(fixture.store, &flags), S_OK);
    assert_int_equal(flags, LOGOFF_OUTBOUND);
    assert_null(strstr(spy_trace(), "SpoolerLogon"));
    spy_release_blocked();
    await_spy(FINISHED("1"));
    end(&fixture);
}

/* STORE-05: QUIET while messages wait; NO_WAIT says so and lets go later. */
static void STORE_05_quiet_waiting(void **state)
{
    static const struct spy_setup setups[] = {STORE, TRANSPORT(L"xp", 0, L"XPLogonxp.SubmitMessage=fail:80040500")};
    struct fixture fixture;
    ULONG flags;

    (void)state;
    begin(&fixture, setups, ARRAY_SIZE(setups));
    spy_submit(L"one", L"first", L"SPY:a");
    await_spy(UNLOCK("1"));
    flags = LOGOFF_QUIET;
    assert_hr(IMsgStore_StoreLogoff(fixture.store, &flags), S_OK);
    assert_int_equal(flags, LOGOFF_OUTBOUND_QUEUE);
    spy_clear();
    flags = LOGOFF_NO_WAIT;
    assert_hr(IMsgStore_StoreLogoff(fixture.store, &flags), S_OK);
    assert_int_equal(flags, LOGOFF_COMPLETE | LOGOFF_OUTBOUND_QUEUE);
    await_spy("B SpoolerLogonone.Logoff(&0)\n");
    await_spy("B SpoolerLogonone.Release() = 0\n");
    assert_int_equal(spy_queued(L"one"), 1);
    end(&fixture);
}

/* STORE-03: at rest it is let go, and the transports hear that there is no store any more. */
static void STORE_03_idle(void **state)
{
    struct fixture fixture;
    ULONG flags = LOGOFF_QUIET;

    (void)state;
    begin(&fixture, plain, ARRAY_SIZE(plain));
    assert_hr(IMsgStore_StoreLogoff(fixture.store, &flags), S_OK);
    assert_int_equal(flags, LOGOFF_COMPLETE);
    await_spy(END); /* by the spooler's thread, at any time */
    await_spy("A MsgStoreone.StoreLogoff(0x10)\n"
              "A SpoolStoreone.Release() = 0\n"
              "A SpoolerLogonone.Logoff(&0)\n"
              "A SpoolerLogonone.Release() = 1\n"
              "A SpoolerLogonone.Support.Release() = 0\n"
              "A SpoolerLogonone.Release() = 0\n");
    await_spy("A MsgStoreone.StoreLogoffTransports = 0x10000, 0\n");
    end(&fixture);
}

/* STORE-06: open elsewhere. */
static void STORE_06_open_twice(void **state)
{
    struct fixture fixture;
    IMsgStore *second;
    ULONG flags = LOGOFF_PURGE;

    (void)state;
    begin(&fixture, plain, ARRAY_SIZE(plain));
    second = spy_open_store(fixture.session, L"one", MDB_WRITE);
    spy_clear();
    assert_hr(IMsgStore_StoreLogoff(second, &flags), S_OK);
    assert_int_equal(flags, LOGOFF_COMPLETE);
    assert_spy("A MsgStoreone.StoreLogoff(0x4)\nA MsgStoreone.StoreLogoffTransports = 0x10000, 0\n");
    assert_int_equal(IMsgStore_Release(second), 0);
    assert_null(strstr(spy_trace(), "SpoolerLogon"));
    end(&fixture);
}

/* STORE-06: open in another session on the profile. */
static void STORE_06_other_session(void **state)
{
    struct fixture first, second;
    ULONG flags = LOGOFF_QUIET;

    (void)state;
    begin(&first, plain, ARRAY_SIZE(plain));
    second.session = log_on_to(first.profile, 0);
    second.store = spy_open_store(second.session, L"one", MDB_WRITE);
    spy_clear();
    assert_hr(IMsgStore_StoreLogoff(first.store, &flags), S_OK);
    assert_int_equal(flags, LOGOFF_COMPLETE);
    assert_null(strstr(spy_trace(), "SpoolerLogon"));
    assert_hr(IMAPISession_Logoff(second.session, 0, 0, 0), S_OK);
    IMsgStore_Release(second.store);
    IMAPISession_Release(second.session);
    end(&first);
}

/* The log-off dialog counts what waits. */
struct asked
{
    DWORD thread;
    HWND dialog;
};

static DWORD WINAPI cancel_dialog(void *context)
{
    struct asked *asked = context;

    if ((asked->dialog = dialog_of(asked->thread)))
        PostMessageW(asked->dialog, WM_CLOSE, 0, 0);
    return 0;
}

static void LOGOFF_dialog_counts_unsent(void **state)
{
    static const struct spy_setup setups[] = {STORE, TRANSPORT(L"xp", 0, L"XPLogonxp.SubmitMessage=fail:80040500")};
    struct asked asked = {GetCurrentThreadId(), NULL};
    struct fixture fixture;
    HANDLE thread;

    (void)state;
    set_confirmation(1); /* when something is pending */
    begin(&fixture, setups, ARRAY_SIZE(setups));
    spy_submit(L"one", L"waiting", L"SPY:a");
    await_spy(UNLOCK("1"));
    thread = CreateThread(NULL, 0, cancel_dialog, &asked, 0, NULL);
    assert_non_null(thread);
    assert_hr(IMAPISession_Logoff(fixture.session, 0, MAPI_LOGOFF_UI, 0), MAPI_E_USER_CANCEL);
    join(thread);
    assert_non_null(asked.dialog);
    end(&fixture);
    clear_confirmation();
}

/* A log-off that waits for a transport for more than a second shows for whom. */
static BOOL CALLBACK find_text(HWND window, LPARAM lParam)
{
    WCHAR text[256] = {0};

    GetWindowTextW(window, text, ARRAY_SIZE(text));
    if (wcsstr(text, L"spy.dll"))
        *(BOOL *)lParam = TRUE;
    return !*(BOOL *)lParam;
}

static BOOL CALLBACK find_progress(HWND window, LPARAM lParam)
{
    DWORD process;

    GetWindowThreadProcessId(window, &process);
    if (process == GetCurrentProcessId() && IsWindowVisible(window))
        EnumChildWindows(window, find_text, lParam);
    return !*(BOOL *)lParam;
}

static DWORD WINAPI await_progress(void *context)
{
    BOOL *found = context;
    ULONG i;

    for (i = 0; i < 1000 && !*found; i++)
    {
        Sleep(10);
        EnumWindows(find_progress, (LPARAM)found);
    }
    spy_release_blocked();
    return 0;
}

static void LOGOFF_shows_whom_it_waits_for(void **state)
{
    static const struct spy_setup setups[] = {STORE, TRANSPORT(L"xp", 0, L"XPLogonxp.SubmitMessage=block")};
    struct fixture fixture;
    BOOL found = FALSE;
    HANDLE thread;

    (void)state;
    set_confirmation(0);
    begin(&fixture, setups, ARRAY_SIZE(setups));
    spy_submit(L"one", L"slow", L"SPY:a");
    wait_blocked();
    thread = CreateThread(NULL, 0, await_progress, &found, 0, NULL);
    assert_non_null(thread);
    assert_hr(IMAPISession_Logoff(fixture.session, 0, MAPI_LOGOFF_UI, 0), S_OK);
    join(thread);
    assert_true(found);
    IMsgStore_Release(fixture.store);
    IMAPISession_Release(fixture.session);
    spy_clear();
    clear_confirmation();
}

/* A store is closed while a transport blocks in Poll: nobody waits for it. */
static void STORE_02_polling_transport(void **state)
{
    static const struct spy_setup setups[] = {STORE, TRANSPORT(L"xp", SPY_FLAG_POLL, L"XPLogonxp.Poll=block")};
    struct fixture fixture;

    (void)state;
    begin(&fixture, setups, ARRAY_SIZE(setups));
    wait_blocked();
    assert_int_equal(IMsgStore_Release(fixture.store), 0);
    assert_int_equal(spy_blocked(), 1);
    assert_non_null(strstr(spy_trace(), "A SpoolerLogonone.Logoff(&0)\n"));
    spy_release_blocked();
    assert_hr(IMAPISession_Logoff(fixture.session, 0, 0, 0), S_OK);
    assert_int_equal(IMAPISession_Release(fixture.session), 0);
    assert_int_equal(spy_objects(), 0);
    spy_clear();
}

/* Of two sessions on a profile one runs the spooler; when it logs off, the other takes over, and sends what is left. */
static void S_48_takes_over(void **state)
{
    struct fixture first, second;

    (void)state;
    begin(&first, plain, ARRAY_SIZE(plain));
    memcpy(second.profile, first.profile, sizeof(first.profile));
    second.session = log_on_to(second.profile, 0);
    second.store = spy_open_store(second.session, L"one", MDB_WRITE);
    assert_null(strstr(spy_trace(), "XP"));
    assert_null(strstr(spy_trace(), "SpoolerLogon"));
    assert_hr(IMAPISession_Logoff(first.session, 0, 0, 0), S_OK);
    await_spy("C XPLogonxp.TransportNotify(0x3)\n");
    spy_submit(L"one", L"after", L"SPY:a");
    await_spy("C SpoolStoreone.FinishedMsg(0, 1)\n");
    IMsgStore_Release(first.store);
    IMAPISession_Release(first.session);
    end(&second);
}

static void set_interval(BOOL set)
{
    DWORD never = 0xffffffff;
    HKEY key;

    if (RegCreateKeyExW(HKEY_CURRENT_USER, L"Software\\Postroom", 0, NULL, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, NULL,
                        &key, NULL))
        return;
    if (set)
        RegSetValueExW(key, L"SpoolerInterval", 0, REG_DWORD, (BYTE *)&never, sizeof(never));
    else
        RegDeleteValueW(key, L"SpoolerInterval");
    RegCloseKey(key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SPI_20_life),
            harness_test(SPI_20_no_mail),
            harness_test(sends_messages),
            harness_test_thread(sends_what_was_waiting),
            harness_test(sends_to_each_transport),
            harness_test(reports_undeliverable),
            harness_test(waits_for_transport),
            harness_test(preprocesses),
            harness_test(sends_again_at_once),
            harness_test(resumes_deferred),
            harness_test(aborts_deferred),
            harness_test(LOGOFF_39_deferred),
            harness_test(receives),
            harness_test(polls_and_idles),
            harness_test(hears_transport),
            harness_test(FLUSH_queues),
            harness_test(FLUSH_one_transport),
            harness_test(LOGOFF_40_flush_running),
            harness_test(S_36_sending_at_logoff),
            harness_test(STORE_03_idle),
            harness_test(STORE_04_quiet_sending),
            harness_test(STORE_05_quiet_waiting),
            harness_test(STORE_06_open_twice),
            harness_test(STORE_06_other_session),
            harness_test(S_48_takes_over),
            harness_test(LOGOFF_shows_whom_it_waits_for),
            harness_test(STORE_02_polling_transport),
            harness_test(LOGOFF_dialog_counts_unsent),
    };
    int result;

    set_interval(TRUE);
    result = harness_run(tests);
    set_interval(FALSE);
    return result;
}
