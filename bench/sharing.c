/*
 * Shared sessions: the time from a SHARED log-off until the last member's OnNotify, against waking as many processes
 * with an event each; joining as the 64th member against joining as the 2nd; Logoff with members whose sinks are slow.
 *
 * Members are children of this program ("sharing.exe INDEX NAME"). They do what the board, shared memory, says when
 * their event is set, and count the semaphore up when they have.
 */
#include "bench.h"

#include <wchar.h>

#define MEMBERS 64
#define ROUNDS 15
#define PATIENCE 60000 /* milliseconds */
#define SLOW 200       /* milliseconds that a slow sink takes */

enum order
{
    ORDER_JOIN,
    ORDER_WAKE,
    ORDER_LEAVE,
    ORDER_QUIT
};

struct board
{
    WCHAR profile[64];
    volatile LONG order, slow, failed;
    volatile double heard[MEMBERS]; /* when the order or the notification came */
    volatile double join[MEMBERS];  /* how long joining took */
};

static struct board *board;
static HANDLE done;
static HANDLE go[MEMBERS];
static HANDLE processes[MEMBERS];
static HRESULT(WINAPI *initialize)(void *init);
static void(WINAPI *uninitialize)(void);
static HRESULT(WINAPI *logon)(ULONG_PTR ui, WCHAR *profile, WCHAR *password, ULONG flags, IMAPISession **session);
static HRESULT(WINAPI *admin_profiles)(ULONG flags, IProfAdmin **admin);

static BOOL find(HMODULE module, const char *name, void *function)
{
    FARPROC proc = module ? GetProcAddress(module, name) : NULL;

    memcpy(function, &proc, sizeof(proc));
    return proc != NULL;
}

static BOOL load(HMODULE module)
{
    return find(module, "MAPIInitialize", &initialize) && find(module, "MAPIUninitialize", &uninitialize)
           && find(module, "MAPILogonEx", &logon) && find(module, "MAPIAdminProfiles", &admin_profiles);
}

/* The board, the semaphore and a member's event, by the run's name. */
static BOOL open_board(const WCHAR *name)
{
    WCHAR text[96];
    HANDLE section;

    swprintf(text, 96, L"%ls.board", name);
    section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof(*board), text);
    board = section ? MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, 0) : NULL;
    swprintf(text, 96, L"%ls.done", name);
    done = CreateSemaphoreW(NULL, 0, 10 * MEMBERS, text);
    return board && done;
}

static HANDLE open_go(const WCHAR *name, int index)
{
    WCHAR text[96];

    swprintf(text, 96, L"%ls.go.%d", name, index);
    return CreateEventW(NULL, FALSE, FALSE, text);
}

/* ---- a member ---- */

static int own_index;
static IMAPISession *session;

static HRESULT WINAPI sink_QueryInterface(IMAPIAdviseSink *sink, REFIID iid, void **out)
{
    (void)iid;
    *out = sink;
    return S_OK;
}

static ULONG WINAPI sink_count(IMAPIAdviseSink *sink)
{
    (void)sink;
    return 2;
}

static ULONG WINAPI sink_OnNotify(IMAPIAdviseSink *sink, ULONG count, NOTIFICATION *notifications)
{
    (void)sink;
    (void)count;
    if (notifications->ulEventType != fnevCriticalError)
        return S_OK;
    if (board->slow)
        Sleep(SLOW);
    board->heard[own_index] = bench_now();
    ReleaseSemaphore(done, 1, NULL);
    return S_OK;
}

static IMAPIAdviseSinkVtbl sink_vtbl = {sink_QueryInterface, sink_count, sink_count, sink_OnNotify};
static IMAPIAdviseSink sink = {&sink_vtbl};

static HRESULT member_join(void)
{
    double start = bench_now();
    ULONG_PTR connection = 0;
    HRESULT hr = logon(0, NULL, NULL, MAPI_EXTENDED | MAPI_UNICODE, &session);

    board->join[own_index] = bench_now() - start;
    return FAILED(hr) ? hr : IMAPISession_Advise(session, 0, NULL, 0, &sink, &connection);
}

static HRESULT member_leave(void)
{
    HRESULT hr = session ? IMAPISession_Logoff(session, 0, 0, 0) : S_OK;

    if (session)
        IMAPISession_Release(session);
    session = NULL;
    return hr;
}

static int member(int index, const WCHAR *name)
{
    MAPIINIT_0 init = {0, MAPI_MULTITHREAD_NOTIFICATIONS};
    HMODULE module = bench_load_ours();
    HANDLE event = open_go(name, index);
    IMAPISession *first = NULL;
    BOOL quit = FALSE;

    own_index = index;
    if (!open_board(name) || !load(module) || FAILED(initialize(&init)))
        return 1;
    /* The first logon of a process loads what the others find. */
    if (SUCCEEDED(logon(0, board->profile, NULL, MAPI_EXTENDED | MAPI_UNICODE | MAPI_NEW_SESSION, &first)))
    {
        IMAPISession_Logoff(first, 0, 0, 0);
        IMAPISession_Release(first);
    }
    ReleaseSemaphore(done, 1, NULL);
    while (!quit && WaitForSingleObject(event, PATIENCE) == WAIT_OBJECT_0)
    {
        HRESULT hr = S_OK;

        board->heard[index] = bench_now();
        if (board->order == ORDER_JOIN)
            hr = member_join();
        else if (board->order == ORDER_LEAVE)
            hr = member_leave();
        quit = board->order == ORDER_QUIT;
        if (FAILED(hr))
            board->failed = hr;
        ReleaseSemaphore(done, 1, NULL);
    }
    member_leave();
    uninitialize();
    return 0;
}

/* ---- the program that measures ---- */

static BOOL wait_done(int count)
{
    while (count-- > 0)
        if (WaitForSingleObject(done, PATIENCE) != WAIT_OBJECT_0)
            return FALSE;
    return !board->failed;
}

static BOOL start_members(const WCHAR *name)
{
    WCHAR path[MAX_PATH], command[2 * MAX_PATH];
    PROCESS_INFORMATION process;
    STARTUPINFOW startup;
    int i;

    GetModuleFileNameW(NULL, path, MAX_PATH);
    for (i = 0; i < MEMBERS; i++)
    {
        ZeroMemory(&startup, sizeof(startup));
        startup.cb = sizeof(startup);
        go[i] = open_go(name, i);
        swprintf(command, 2 * MAX_PATH, L"\"%ls\" %d %ls", path, i, name);
        if (!go[i] || !CreateProcessW(path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
            return FALSE;
        CloseHandle(process.hThread);
        processes[i] = process.hProcess;
    }
    return wait_done(MEMBERS);
}

static BOOL order_all(enum order order, int count)
{
    int i;

    board->order = order;
    for (i = 0; i < count; i++)
        SetEvent(go[i]);
    return wait_done(count);
}

static double last_heard(int count)
{
    double last = 0;
    int i;

    for (i = 0; i < count; i++)
        if (board->heard[i] > last)
            last = board->heard[i];
    return last;
}

struct round
{
    double told, returned, woken, join_second, join_last;
};

/* One shared session with so many other members, from its beginning to its end. */
static BOOL run_round(int count, BOOL slow, struct round *round)
{
    IMAPISession *own;
    double start;
    int i;

    board->slow = slow;
    if (FAILED(logon(0, board->profile, NULL, MAPI_EXTENDED | MAPI_UNICODE | MAPI_ALLOW_OTHERS, &own)))
        return FALSE;
    board->order = ORDER_JOIN;
    for (i = 0; i < count; i++)
    {
        SetEvent(go[i]);
        if (!wait_done(1))
            return FALSE;
    }
    round->join_second = board->join[0];
    round->join_last = board->join[count - 1];
    start = bench_now();
    if (FAILED(IMAPISession_Logoff(own, 0, MAPI_LOGOFF_SHARED, 0)))
        return FALSE;
    round->returned = bench_now() - start;
    IMAPISession_Release(own);
    if (!wait_done(count))
        return FALSE;
    round->told = last_heard(count) - start;
    start = bench_now();
    if (!order_all(ORDER_WAKE, count))
        return FALSE;
    round->woken = last_heard(count) - start;
    return order_all(ORDER_LEAVE, count);
}

static BOOL measure_told(int count)
{
    double told[ROUNDS], woken[ROUNDS], ratio[ROUNDS], second[ROUNDS], last[ROUNDS], join[ROUNDS];
    struct round round;
    char name[64];
    int i;

    for (i = -1; i < ROUNDS; i++)
    {
        if (!run_round(count, FALSE, &round))
            return FALSE;
        if (i < 0)
            continue;
        told[i] = round.told;
        woken[i] = round.woken;
        ratio[i] = round.told / round.woken;
        second[i] = round.join_second;
        last[i] = round.join_last;
        join[i] = round.join_last / round.join_second;
    }
    snprintf(name, sizeof(name), "SHARED log-off until the last of %d was told", count);
    bench_row(name, bench_median(told, ROUNDS), bench_median(woken, ROUNDS), bench_median(ratio, ROUNDS), FALSE, 3);
    if (count == MEMBERS - 1)
        bench_row("joining as the 64th member, as the 2nd", bench_median(last, ROUNDS), bench_median(second, ROUNDS),
                  bench_median(join, ROUNDS), FALSE, 2);
    return TRUE;
}

static BOOL measure_slow(void)
{
    double quick[ROUNDS], slow[ROUNDS], ratio[ROUNDS];
    struct round a, b;
    int i;

    for (i = 0; i < ROUNDS; i++)
    {
        if (!run_round(8, FALSE, &a) || !run_round(8, TRUE, &b))
            return FALSE;
        quick[i] = a.returned;
        slow[i] = b.returned;
        ratio[i] = b.returned / a.returned;
    }
    bench_row("SHARED log-off returns, 8 slow members", bench_median(slow, ROUNDS), bench_median(quick, ROUNDS),
              bench_median(ratio, ROUNDS), FALSE, 2);
    return TRUE;
}

static int measure(const WCHAR *name)
{
    BOOL good = start_members(name) && measure_told(1) && measure_told(8) && measure_told(MEMBERS - 1)
                && measure_told(MEMBERS) && measure_slow();
    int i;

    board->order = ORDER_QUIT;
    for (i = 0; i < MEMBERS; i++)
    {
        SetEvent(go[i]);
        WaitForSingleObject(processes[i], PATIENCE);
    }
    return good ? 0 : bench_failed("sharing", board->failed);
}

int wmain(int argc, WCHAR **argv)
{
    HMODULE module;
    IProfAdmin *admin = NULL;
    WCHAR name[64];
    HRESULT hr;
    int result;

    if (argc > 2)
        return member(_wtoi(argv[1]), argv[2]);
    module = bench_load_ours();
    bench_head();
    swprintf(name, 64, L"Postroom.Bench.%lu", GetCurrentProcessId());
    if (!load(module) || !open_board(name))
        return bench_failed("sharing", GetLastError());
    hr = initialize(NULL);
    if (SUCCEEDED(hr))
        hr = admin_profiles(0, &admin);
    if (FAILED(hr))
        return bench_failed("sharing", hr);
    swprintf(board->profile, 64, L"Postroom bench %lu", GetCurrentProcessId());
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)board->profile, NULL, 0, MAPI_UNICODE);
    result = SUCCEEDED(hr) ? measure(name) : bench_failed("sharing: a profile", hr);
    IProfAdmin_DeleteProfile(admin, (LPTSTR)board->profile, MAPI_UNICODE);
    IProfAdmin_Release(admin);
    uninitialize();
    FreeLibrary(module);
    return result;
}
