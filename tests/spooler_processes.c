/*
 * The spooler between processes: the one that runs it is killed, another mail-enabled member takes over. This program
 * starts itself as members, with the profile's name and an event that is set when the member is on.
 */
#include <stdlib.h>

#include "harness_spy.h"

#define CHILDREN 3
#define ROUNDS 12

static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0},
                                          {MAPI_TRANSPORT_PROVIDER, L"xp", 0, NULL, 0, 0, NULL, 0}};

static unsigned long seed;

/* ---- the child ---- */

/* flags: of the logon. loops: logs on and off until it is killed; else it stays on. */
static int run_child(WCHAR *profile, HANDLE ready, ULONG flags, BOOL loops)
{
    IMAPISession *session;
    IMAPITable *table;

    if (FAILED(MAPIInitialize(NULL)))
        return 1;
    do
    {
        if (FAILED(MAPILogonEx(0, (LPTSTR)profile, NULL, flags | MAPI_EXTENDED | MAPI_UNICODE, &session)))
            return 2;
        /* the transports are on, if this is where the spooler runs */
        if (FAILED(IMAPISession_GetStatusTable(session, 0, &table)))
            return 3;
        IMAPITable_Release(table);
        SetEvent(ready);
        if (!loops)
            Sleep(INFINITE);
        IMAPISession_Logoff(session, 0, 0, 0);
        IMAPISession_Release(session);
    } while (loops);
    return 0;
}

/* ---- the parent ---- */

static HANDLE start_child(const WCHAR *profile, ULONG flags, BOOL loops, HANDLE *ready)
{
    SECURITY_ATTRIBUTES inherit = {sizeof(inherit), NULL, TRUE};
    WCHAR program[MAX_PATH], command[2 * MAX_PATH];
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;

    *ready = CreateEventW(&inherit, TRUE, FALSE, NULL);
    assert_non_null(*ready);
    GetModuleFileNameW(NULL, program, ARRAY_SIZE(program));
    swprintf(command, ARRAY_SIZE(command), L"\"%ls\" --member \"%ls\" %lu %lu %d", program, profile,
             (ULONG)(ULONG_PTR)*ready, flags, loops);
    assert_true(CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process));
    CloseHandle(process.hThread);
    return process.hProcess;
}

static void wait_ready(HANDLE process, HANDLE ready)
{
    HANDLE handles[2] = {ready, process};

    assert_int_equal(WaitForMultipleObjects(2, handles, FALSE, 60000), WAIT_OBJECT_0);
}

static void kill(HANDLE process, HANDLE ready)
{
    TerminateProcess(process, 0);
    assert_int_equal(WaitForSingleObject(process, 60000), WAIT_OBJECT_0);
    CloseHandle(process);
    CloseHandle(ready);
}

static IMAPISession *join(const WCHAR *profile, ULONG flags, IMsgStore **store)
{
    IMAPISession *session = NULL;

    assert_hr(MAPILogonEx(0, (LPTSTR)profile, NULL, flags | MAPI_EXTENDED | MAPI_UNICODE, &session), S_OK);
    *store = spy_open_store(session, L"one", MDB_WRITE);
    return session;
}

static void leave(IMAPISession *session, IMsgStore *store)
{
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(IMsgStore_Release(store), 0);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(spy_objects(), 0);
    spy_clear();
}

/* The first mail-enabled member of the shared session runs the spooler; when it is killed, the next one does, and sends
 * what is waiting. */
static void takes_over_from_killed(void **state)
{
    WCHAR profile[HARNESS_PROFILE_NAME];
    IMAPISession *session;
    HANDLE child, ready;
    IMsgStore *store;

    (void)state;
    spy_begin();
    SPY_PROFILE(profile, setups);
    child = start_child(profile, MAPI_ALLOW_OTHERS, FALSE, &ready);
    wait_ready(child, ready);
    session = join(profile, 0, &store);
    spy_submit(L"one", L"waiting", L"SPY:a");
    harness_pump(200);
    assert_null(strstr(spy_trace(), "XP"));
    assert_null(strstr(spy_trace(), "SpoolerLogon"));
    spy_clear();
    kill(child, ready);
    await_spy("B SpoolStoreone.FinishedMsg(0, 1)\n");
    assert_spy("B XPProviderInit(0, 0x10010)\n"
               "B XPxp.TransportLogon(0x80000019)\n"
               "B XPLogonxp.AddressTypes()\n"
               "B XPLogonxp.RegisterOptions()\n"
               "B MSone.SpoolerLogon(20, 0x80000005, \"SPY\")\n"
               "B SpoolStoreone.GetOutgoingQueue(0)\n"
               "B XPLogonxp.TransportNotify(0x3)\n"
               "B SpoolStoreone.SetLockState(1, 1)\n"
               "B XPLogonxp.SubmitMessage(0, 1)\n"
               "B XPLogonxp.EndMessage(1)\n"
               "B SpoolStoreone.FinishedMsg(0, 1)\n");
    leave(session, store);
}

/* A member without mail never does. */
static void no_mail_does_not(void **state)
{
    WCHAR profile[HARNESS_PROFILE_NAME];
    HANDLE child, ready, other, other_ready;
    IMAPISession *session;
    IMsgStore *store;

    (void)state;
    spy_begin();
    SPY_PROFILE(profile, setups);
    child = start_child(profile, MAPI_ALLOW_OTHERS, FALSE, &ready);
    wait_ready(child, ready);
    session = join(profile, MAPI_NO_MAIL, &store);
    other = start_child(profile, 0, FALSE, &other_ready);
    wait_ready(other, other_ready);
    kill(child, ready);
    kill(other, other_ready);
    assert_null(strstr(spy_trace(), "XP"));
    leave(session, store);
}

/* Whoever of several is next: at last the one that is left. */
static void takes_over_in_turn(void **state)
{
    HANDLE children[CHILDREN], ready[CHILDREN];
    WCHAR profile[HARNESS_PROFILE_NAME];
    IMAPISession *session;
    IMsgStore *store;
    ULONG i;

    (void)state;
    spy_begin();
    SPY_PROFILE(profile, setups);
    for (i = 0; i < CHILDREN; i++)
    {
        children[i] = start_child(profile, i ? 0 : MAPI_ALLOW_OTHERS, FALSE, &ready[i]);
        wait_ready(children[i], ready[i]);
    }
    session = join(profile, 0, &store);
    for (i = 0; i < CHILDREN; i++)
        kill(children[i], ready[i]);
    await_spy("XPLogonxp.TransportNotify(0x3)\n");
    leave(session, store);
}

/* Killed at any moment of logging on and off: whoever is left runs it, once. */
static void killed_at_random(void **state)
{
    WCHAR profile[HARNESS_PROFILE_NAME];
    HANDLE children[2], ready[2];
    IMAPISession *session;
    IMsgStore *store;
    ULONG round, i;

    (void)state;
    harness_note("seed %lu", seed);
    srand(seed);
    spy_begin();
    SPY_PROFILE(profile, setups);
    for (round = 0; round < ROUNDS; round++)
    {
        for (i = 0; i < ARRAY_SIZE(children); i++)
            children[i] = start_child(profile, MAPI_NEW_SESSION, TRUE, &ready[i]);
        for (i = 0; i < ARRAY_SIZE(children); i++)
            wait_ready(children[i], ready[i]);
        session = join(profile, MAPI_NEW_SESSION, &store);
        Sleep(rand() % 20);
        for (i = 0; i < ARRAY_SIZE(children); i++)
            kill(children[i], ready[i]);
        await_spy("XPLogonxp.TransportNotify(0x3)\n");
        leave(session, store);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
            harness_test(takes_over_from_killed),
            harness_test(no_mail_does_not),
            harness_test(takes_over_in_turn),
            harness_test(killed_at_random),
    };
    WCHAR profile[HARNESS_PROFILE_NAME];

    if (argc == 6 && !strcmp(argv[1], "--member"))
    {
        MultiByteToWideChar(CP_ACP, 0, argv[2], -1, profile, ARRAY_SIZE(profile));
        return run_child(profile, (HANDLE)(ULONG_PTR)strtoul(argv[3], NULL, 10), strtoul(argv[4], NULL, 10),
                         atoi(argv[5]));
    }
    seed = argc == 3 && !strcmp(argv[1], "--seed") ? strtoul(argv[2], NULL, 10) : GetTickCount();
    return harness_run(tests);
}
