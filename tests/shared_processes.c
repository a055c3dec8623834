/*
 * Shared sessions between processes: this program starts itself (or, with "--child PATH", the same program of the other
 * architecture) as members. Parent and children talk through a section that the children inherit: a seat for each.
 *
 * What dies here dies at random moments; "--kills N" and "--seed N" do more of it, or the same again.
 */
#include <stdlib.h>

#include "shared_support.h"

#include "ui/resource.h"

#define TEST(name) static void name(void **state __attribute__((unused)))
#define SEATS 64
#define KILLS 200
/* Milliseconds: less than RECORD_LOCK_WAIT, as who waits that out hangs. A busy machine is not a hang. */
#define NO_HANG 4000

enum command
{
    LOG_OFF,
    LOG_OFF_SHARED,
    JUST_EXIT
};

enum stage
{
    STARTING,
    READY, /* on the session; a looping one: has been */
    DONE
};

struct seat
{
    volatile LONG stage, command;
    volatile LONG critical, extended, wrong; /* notifications */
    volatile LONG hr;                        /* of the first thing that failed */
    volatile LONG rounds;
};

struct board
{
    volatile LONG stop; /* for those who loop */
    WCHAR profile[HARNESS_PROFILE_NAME];
    struct seat seats[SEATS];
};

static struct
{
    WCHAR program[MAX_PATH]; /* what is started as a child */
    HANDLE section;
    struct board *board;
    unsigned long kills, seed;
} here;

/* ---- the child ---- */

static void seat_failed(struct seat *seat, HRESULT hr)
{
    if (FAILED(hr))
        InterlockedCompareExchange(&seat->hr, hr, S_OK);
}

static IMAPISession *child_logon(const struct board *board, struct seat *seat)
{
    IMAPISession *session = NULL;

    seat_failed(seat, MAPILogonEx(0, (LPTSTR)board->profile, NULL, MAPI_ALLOW_OTHERS | MAPI_EXTENDED | MAPI_UNICODE,
                                  &session));
    return session;
}

static void child_listen(struct listener *listener, IMAPISession *session, struct seat *seat)
{
    memset(listener, 0, sizeof(*listener));
    harness_sink_init(&listener->sink);
    listener->sink.on_notify = listener_notified;
    seat_failed(seat, IMAPISession_Advise(session, 0, NULL, fnevExtended, &listener->sink.IMAPIAdviseSink_iface,
                                          &listener->connection));
}

/* Stays until the event is set, then does what the seat says. */
static void child_member(struct board *board, struct seat *seat, HANDLE event)
{
    IMAPISession *session = child_logon(board, seat);
    struct listener listener;

    if (!session)
        return;
    child_listen(&listener, session, seat);
    InterlockedExchange(&seat->stage, READY);
    while (WaitForSingleObject(event, 50) == WAIT_TIMEOUT)
    {
        InterlockedExchange(&seat->critical, listener.critical);
        InterlockedExchange(&seat->extended, listener.extended);
    }
    if (seat->command == JUST_EXIT)
        ExitProcess(0);
    seat_failed(seat, IMAPISession_Logoff(session, 0, seat->command == LOG_OFF_SHARED ? MAPI_LOGOFF_SHARED : 0, 0));
    /* S_24: nothing comes later. */
    InterlockedExchange(&seat->critical, listener.critical);
    InterlockedExchange(&seat->extended, listener.extended);
    InterlockedExchange(&seat->wrong, listener.others + listener.malformed);
    IMAPISession_Release(session);
}

struct looping
{
    struct board *board;
    struct seat *seat;
    ULONG number;
};

/* Logs on and off in every way until it is told to stop, or is killed. */
static DWORD WINAPI loop(void *context)
{
    struct looping *looping = context;
    struct seat *seat = looping->seat;
    PostroomSharedMember *members;
    struct listener listener;
    IMAPISession *session;
    ULONG count, round;

    for (round = looping->number; !looping->board->stop; round++)
    {
        if (!(session = child_logon(looping->board, seat)))
            break;
        InterlockedExchange(&seat->stage, READY);
        child_listen(&listener, session, seat);
        switch (round % 5)
        {
        case 0:
            seat_failed(seat, IMAPISession_Logoff(session, 0, MAPI_LOGOFF_SHARED, 0));
            break;
        case 1:
            seat_failed(seat, PostroomListSharedSessions(&count, &members));
            MAPIFreeBuffer(members);
            break;
        case 2:
            PostroomLogoffShared();
            break;
        default:
            seat_failed(seat, IMAPISession_Logoff(session, 0, 0, 0));
        }
        IMAPISession_Release(session);
        if (listener.sink.refcount != 1 || listener.malformed || listener.others)
            InterlockedIncrement(&seat->wrong);
        InterlockedIncrement(&seat->rounds);
    }
    return 0;
}

static void child_loops(struct board *board, struct seat *seat)
{
    struct looping both[2] = {{board, seat, (ULONG)(seat - board->seats)}, {board, seat, GetCurrentProcessId()}};
    HANDLE thread = CreateThread(NULL, 0, loop, &both[1], 0, NULL);

    loop(&both[0]);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
}

static int child_main(char **arguments)
{
    HANDLE section = (HANDLE)(ULONG_PTR)strtoul(arguments[1], NULL, 16);
    HANDLE event = (HANDLE)(ULONG_PTR)strtoul(arguments[2], NULL, 16);
    struct board *board = MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, sizeof(*board));
    MAPIINIT_0 threaded = {MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS};
    BOOL stuck = !strcmp(arguments[0], "stuck");
    struct seat *seat;

    if (!board)
        return 1;
    seat = &board->seats[atoi(arguments[3])];
    /* One that is stuck gets its notifications on the thread that never pumps. */
    seat_failed(seat, MAPIInitialize(stuck ? NULL : &threaded));
    if (!strcmp(arguments[0], "loop"))
        child_loops(board, seat);
    else
        child_member(board, seat, event);
    MAPIUninitialize();
    InterlockedExchange(&seat->stage, DONE);
    return 0;
}

/* ---- the parent ---- */

static void board_clear(void)
{
    memset(here.board, 0, sizeof(*here.board));
    wcscpy(here.board->profile, test_profile());
}

static HANDLE inherited_event(void)
{
    SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};

    return CreateEventW(&inherited, TRUE, FALSE, NULL);
}

/* A child for a seat; NULL: it cannot be started. While others are killed Wine fails to start one now and then: that is
 * said, and tried again. */
static HANDLE spawn(const WCHAR *mode, ULONG index, HANDLE event)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    WCHAR command[MAX_PATH + 100];
    int tries = 0;

    memset(&here.board->seats[index], 0, sizeof(here.board->seats[index]));
    _snwprintf(command, ARRAY_SIZE(command), L"\"%s\" %s %x %x %lu", here.program, mode, (UINT)(UINT_PTR)here.section,
               (UINT)(UINT_PTR)event, index);
    /* Half of what starting one costs would be its console. */
    while (!CreateProcessW(here.program, command, NULL, NULL, TRUE, DETACHED_PROCESS, NULL, NULL, &startup, &process))
    {
        harness_note("process %lu is not started: error %lu", index, GetLastError());
        if (++tries == 10)
            return NULL;
        Sleep(100);
    }
    CloseHandle(process.hThread);
    return process.hProcess;
}

static BOOL seat_reaches(ULONG index, enum stage stage)
{
    return comes_to(&here.board->seats[index].stage, stage);
}

struct child
{
    ULONG index;
    HANDLE process, event;
    struct seat *seat;
};

static struct child child_start(const WCHAR *mode, ULONG index)
{
    struct child child = {.index = index, .event = inherited_event(), .seat = &here.board->seats[index]};

    child.process = spawn(mode, index, child.event);
    assert_non_null(child.process);
    assert_true(seat_reaches(index, READY));
    assert_hr(child.seat->hr, S_OK);
    return child;
}

static void child_gone(struct child *child)
{
    assert_int_equal(WaitForSingleObject(child->process, DEADLINE), WAIT_OBJECT_0);
    CloseHandle(child->process);
    CloseHandle(child->event);
}

static void child_ends(struct child *child, enum command command)
{
    child->seat->command = command;
    SetEvent(child->event);
    child_gone(child);
    assert_int_equal(child->seat->wrong, 0);
    assert_hr(child->seat->hr, S_OK);
}

static void assert_members(ULONG expected)
{
    PostroomSharedMember *members;
    ULONG count;

    assert_hr(PostroomListSharedSessions(&count, &members), S_OK);
    assert_int_equal(count, expected);
    MAPIFreeBuffer(members);
}

TEST(SHARED_26_rows_between_processes)
{
    struct child b, c;
    IMAPISession *a;
    struct listener on_a;

    board_clear();
    a = log_on_shared(0);
    listen_to(&on_a, a, fnevExtended);
    b = child_start(L"member", 0);
    c = child_start(L"member", 1);
    assert_members(3);
    /* SHARED_06, 08: a plain log-off. */
    child_ends(&c, LOG_OFF);
    assert_int_equal(c.seat->critical, 0);
    assert_int_equal(c.seat->extended, 1); /* SHARED_07 */
    assert_heard(&on_a, 0, 1);
    assert_true(comes_to(&b.seat->extended, 1));
    /* SHARED_23: any member; SHARED_21: closed. */
    child_ends(&b, LOG_OFF_SHARED);
    assert_int_equal(b.seat->critical, 0); /* SHARED_05 */
    assert_int_equal(b.seat->extended, 2);
    assert_heard(&on_a, 1, 2);
    assert_nothing_to_join();
    log_off(a);
    assert_members(0);
}

TEST(SHARED_26_child_is_told)
{
    struct child b, c;
    IMAPISession *a;

    board_clear();
    a = log_on_shared(0);
    b = child_start(L"member", 0);
    log_off_shared(a);
    /* SHARED_01, 03, 04, 09, 12 */
    assert_true(comes_to(&b.seat->critical, 1));
    assert_true(comes_to(&b.seat->extended, 1));
    /* SHARED_21: a third client makes a session of its own. */
    c = child_start(L"member", 1);
    child_ends(&b, LOG_OFF);
    assert_int_equal(b.seat->critical, 1);
    assert_int_equal(b.seat->extended, 2);
    child_ends(&c, LOG_OFF);
    assert_int_equal(c.seat->critical, 0);
    assert_int_equal(c.seat->extended, 1);
    assert_members(0);
}

TEST(SHARED_26_20_22_creator_leaves_first)
{
    struct child a, b;
    IMAPISession *c;

    board_clear();
    a = child_start(L"member", 0);
    b = child_start(L"member", 1);
    child_ends(&a, LOG_OFF);
    c = join(); /* SHARED_15, 17, 20 */
    child_ends(&b, LOG_OFF);
    log_off(c);
    assert_nothing_to_join();
}

TEST(SHARED_26_list_between_processes)
{
    const WCHAR *name = wcsrchr(here.program, '\\') + 1;
    PostroomSharedMember *members;
    IMAPISession *a;
    struct child b;
    ULONG count;

    board_clear();
    a = log_on_shared(0);
    b = child_start(L"member", 0);
    assert_hr(PostroomListSharedSessions(&count, &members), S_OK);
    assert_int_equal(count, 2);
    assert_int_equal(members[1].ulProcessId, GetProcessId(b.process));
    assert_int_equal(members[1].ulFlags, 0);
    assert_int_equal(lstrcmpiW(members[1].szProgram, name), 0);
    assert_int_equal(wcscmp(members[1].szProfileName, test_profile()), 0); /* SHARED_28 */
    MAPIFreeBuffer(members);
    assert_hr(PostroomLogoffShared(), S_OK);
    assert_true(comes_to(&b.seat->critical, 1));
    child_ends(&b, LOG_OFF);
    log_off(a);
}

/* A process that ends without logging off is no member any more, and its place is free. */
TEST(SHARED_22_exit_without_log_off)
{
    IMAPISession *a;
    struct child b;

    board_clear();
    b = child_start(L"member", 0);
    assert_members(1);
    child_ends(&b, JUST_EXIT);
    assert_members(0);
    assert_nothing_to_join();
    /* The record is held open by a member, and another one dies. */
    a = log_on_shared(0);
    b = child_start(L"member", 0);
    assert_members(2);
    assert_true(TerminateProcess(b.process, 1));
    child_gone(&b);
    assert_members(1);
    log_off_shared(a);
    assert_nothing_to_join();
}

TEST(SHARED_24_member_that_never_pumps)
{
    ULONGLONG start;
    IMAPISession *a;
    struct child b;

    board_clear();
    a = log_on_shared(0);
    b = child_start(L"stuck", 0);
    start = GetTickCount64();
    log_off_shared(a);
    assert_true(GetTickCount64() - start < 5000);
    /* Its own log-off delivers what waited. */
    child_ends(&b, LOG_OFF);
    assert_int_equal(b.seat->critical, 1);
    assert_int_equal(b.seat->extended, 2);
}

/* ---- the dialog's second line ---- */

struct user
{
    DWORD thread_id;
    WPARAM button;
    WCHAR text[1024];
    BOOL shown;
};

/* Reads who else is on, and presses a button. */
static DWORD WINAPI user_answers(void *context)
{
    struct user *user = context;
    HWND dialog = dialog_of(user->thread_id);

    if (!dialog)
        return 1;
    user->shown = IsWindowVisible(GetDlgItem(dialog, IDC_OTHERS));
    GetDlgItemTextW(dialog, IDC_OTHERS, user->text, ARRAY_SIZE(user->text));
    PostMessageW(dialog, WM_COMMAND, user->button, 0);
    return 0;
}

static HRESULT log_off_asked(IMAPISession *session, ULONG flags, struct user *user, WPARAM button)
{
    HANDLE thread;
    HRESULT hr;

    memset(user, 0, sizeof(*user));
    user->thread_id = GetCurrentThreadId();
    user->button = button;
    thread = CreateThread(NULL, 0, user_answers, user, 0, NULL);
    hr = IMAPISession_Logoff(session, 0, MAPI_LOGOFF_UI | flags, 0);
    assert_int_equal(WaitForSingleObject(thread, 60000), WAIT_OBJECT_0);
    CloseHandle(thread);
    return hr;
}

static void copy_beside(const WCHAR *folder, const WCHAR *from, const WCHAR *to, WCHAR copy[MAX_PATH])
{
    WCHAR source[MAX_PATH];

    GetModuleFileNameW(GetModuleHandleW(from), source, ARRAY_SIZE(source));
    _snwprintf(copy, MAX_PATH, L"%s\\%s", folder, to);
    assert_true(CopyFileW(source, copy, FALSE));
}

TEST(DIALOG_other_programs_are_named)
{
    WCHAR folder[MAX_PATH], program[MAX_PATH], dll[MAX_PATH], before[MAX_PATH];
    IMAPISession *a, *own;
    struct child b, c;
    struct user user;

    board_clear();
    /* A program whose name wants to look like another's, or like two. */
    assert_true(GetTempPathW(MAX_PATH - 40, folder) > 0);
    _snwprintf(folder + wcslen(folder), 40, L"postroom-%lu", GetCurrentProcessId());
    assert_true(CreateDirectoryW(folder, NULL));
    copy_beside(folder, NULL, L"note,\x202e pad.exe", program);
    copy_beside(folder, L"mapi32.dll", L"mapi32.dll", dll);

    a = log_on_shared(0);
    b = child_start(L"member", 0);
    wcscpy(before, here.program);
    wcscpy(here.program, program);
    c = child_start(L"member", 1);
    wcscpy(here.program, before);

    assert_hr(log_off_asked(a, MAPI_LOGOFF_SHARED, &user, IDCANCEL), MAPI_E_USER_CANCEL);
    assert_true(user.shown);
    assert_non_null(wcsstr(user.text, L"2 other programs use this session"));
    assert_non_null(wcsstr(user.text, L"shared_processes.exe"));
    assert_non_null(wcsstr(user.text, L"note  pad.exe"));
    assert_non_null(wcsstr(user.text, L"They will be asked to log off too."));
    assert_hr(log_off_asked(a, 0, &user, IDCANCEL), MAPI_E_USER_CANCEL);
    assert_true(user.shown);
    assert_null(wcsstr(user.text, L"They will be asked"));
    child_ends(&c, LOG_OFF);
    assert_int_equal(c.seat->critical, 0); /* a cancelled log-off tells nobody */
    assert_hr(log_off_asked(a, MAPI_LOGOFF_SHARED, &user, IDCANCEL), MAPI_E_USER_CANCEL);
    assert_non_null(wcsstr(user.text, L"1 other program uses this session"));

    /* ConfirmLogoff 1: others count as pending, with the flag only. */
    set_confirmation(1);
    own = join();
    assert_hr(IMAPISession_Logoff(own, 0, MAPI_LOGOFF_UI, 0), S_OK);
    assert_int_equal(IMAPISession_Release(own), 0);
    assert_hr(log_off_asked(a, MAPI_LOGOFF_SHARED, &user, IDOK), S_OK);
    assert_true(user.shown);
    assert_int_equal(IMAPISession_Release(a), 0);
    assert_true(comes_to(&b.seat->critical, 1));
    child_ends(&b, LOG_OFF);
    a = log_on_shared(0);
    assert_hr(IMAPISession_Logoff(a, 0, MAPI_LOGOFF_UI | MAPI_LOGOFF_SHARED, 0), S_OK);
    assert_int_equal(IMAPISession_Release(a), 0);
    clear_confirmation();
    assert_true(DeleteFileW(program));
    assert_true(DeleteFileW(dll));
    RemoveDirectoryW(folder);
}

/*
 * Everybody logs off SHARED at once. Whoever is n-th in that hears of the n - 1 before, each once: exactly so many in
 * all, however they interleave.
 */
TEST(SHARED_01_storm)
{
    LONG critical = 0, extended = 0;
    HANDLE event = inherited_event(), processes[SEATS];
    ULONG i;

    board_clear();
    for (i = 0; i < SEATS; i++)
        assert_non_null(processes[i] = spawn(L"member", i, event));
    for (i = 0; i < SEATS; i++)
        assert_true(seat_reaches(i, READY));
    assert_members(SEATS);
    for (i = 0; i < SEATS; i++)
        here.board->seats[i].command = LOG_OFF_SHARED;
    SetEvent(event);
    for (i = 0; i < SEATS; i++)
    {
        assert_int_equal(WaitForSingleObject(processes[i], DEADLINE), WAIT_OBJECT_0);
        CloseHandle(processes[i]);
        assert_hr(here.board->seats[i].hr, S_OK);
        assert_int_equal(here.board->seats[i].wrong, 0);
        critical += here.board->seats[i].critical;
        extended += here.board->seats[i].extended;
    }
    CloseHandle(event);
    assert_int_equal(critical, SEATS * (SEATS - 1) / 2);
    assert_int_equal(extended, SEATS * (SEATS - 1) / 2 + SEATS);
    assert_members(0);
    assert_nothing_to_join();
}

/* Some join while the last one leaves, all the time. */
TEST(SHARED_22_joining_while_the_last_leaves)
{
    HANDLE processes[3];
    ULONG i;

    board_clear();
    for (i = 0; i < ARRAY_SIZE(processes); i++)
        assert_non_null(processes[i] = spawn(L"loop", i, NULL));
    for (i = 0; i < ARRAY_SIZE(processes); i++)
        assert_true(comes_to(&here.board->seats[i].rounds, 200));
    here.board->stop = TRUE;
    for (i = 0; i < ARRAY_SIZE(processes); i++)
    {
        assert_int_equal(WaitForSingleObject(processes[i], DEADLINE), WAIT_OBJECT_0);
        CloseHandle(processes[i]);
        assert_hr(here.board->seats[i].hr, S_OK);
        assert_int_equal(here.board->seats[i].wrong, 0);
    }
    assert_members(0);
    assert_nothing_to_join();
}

/* How many members there is room for. */
static ULONG room(void)
{
    static IMAPISession *sessions[1024];
    ULONG count, i;

    sessions[0] = log_on_shared(0);
    for (count = 1; count < ARRAY_SIZE(sessions) && try_join(&sessions[count]) == S_OK; count++)
        ;
    for (i = 0; i < count; i++)
        log_off(sessions[i]);
    return count;
}

/*
 * Processes with two threads that log on and off are killed at random moments. The rest goes on: logging on never fails
 * and does not hang, nobody dead is a member, and no place is lost.
 */
TEST(SHARED_members_killed_at_any_moment)
{
    HANDLE processes[4] = {0};
    ULONG places = room(), killed = 0, i;
    ULONGLONG start, longest = 0;
    IMAPISession *a, *keeper;

    board_clear();
    harness_note("seed %lu, %lu kills", here.seed, here.kills);
    srand(here.seed);
    keeper = log_on_shared(0); /* holds the record open; its session is closed again and again */
    for (i = 0; i < ARRAY_SIZE(processes); i++)
        assert_non_null(processes[i] = spawn(L"loop", i, NULL));
    for (killed = 0; killed < here.kills; killed++)
    {
        i = killed % ARRAY_SIZE(processes);
        assert_true(seat_reaches(i, READY));
        assert_hr(here.board->seats[i].hr, S_OK);
        if (rand() % 4)
            Sleep(rand() % 8);
        assert_true(TerminateProcess(processes[i], 1));
        start = GetTickCount64();
        a = log_on_shared(0);
        log_off(a);
        longest = max(longest, GetTickCount64() - start);
        assert_int_equal(WaitForSingleObject(processes[i], DEADLINE), WAIT_OBJECT_0);
        CloseHandle(processes[i]);
        assert_hr(here.board->seats[i].hr, S_OK);
        assert_int_equal(here.board->seats[i].wrong, 0);
        assert_non_null(processes[i] = spawn(L"loop", i, NULL));
    }
    for (i = 0; i < ARRAY_SIZE(processes); i++)
    {
        TerminateProcess(processes[i], 1);
        assert_int_equal(WaitForSingleObject(processes[i], DEADLINE), WAIT_OBJECT_0);
        CloseHandle(processes[i]);
    }
    harness_note("longest logon and log-off meanwhile: %lu ms", (ULONG)longest);
    assert_true(longest < NO_HANG);
    assert_members(1);
    log_off(keeper);
    assert_members(0);
    assert_int_equal(room(), places);
    assert_nothing_to_join();
}

static BOOL board_create(void)
{
    SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};

    here.section = CreateFileMappingW(INVALID_HANDLE_VALUE, &inherited, PAGE_READWRITE, 0, sizeof(*here.board), NULL);
    here.board = here.section ? MapViewOfFile(here.section, FILE_MAP_WRITE, 0, 0, sizeof(*here.board)) : NULL;
    return here.board != NULL;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest rows[] = {
            harness_test(SHARED_26_rows_between_processes),     harness_test(SHARED_26_child_is_told),
            harness_test(SHARED_26_20_22_creator_leaves_first), harness_test(SHARED_26_list_between_processes),
            harness_test(SHARED_22_exit_without_log_off),       harness_test(SHARED_24_member_that_never_pumps),
    };
    const struct CMUnitTest all[] = {
            harness_test(SHARED_26_rows_between_processes),        harness_test(SHARED_26_child_is_told),
            harness_test(SHARED_26_20_22_creator_leaves_first),    harness_test(SHARED_26_list_between_processes),
            harness_test(SHARED_22_exit_without_log_off),          harness_test(SHARED_24_member_that_never_pumps),
            harness_test(DIALOG_other_programs_are_named),         harness_test(SHARED_01_storm),
            harness_test(SHARED_22_joining_while_the_last_leaves), harness_test(SHARED_members_killed_at_any_moment),
    };
    BOOL other = FALSE;
    int i;

    if (argc == 5 && *argv[1] != '-')
        return child_main(argv + 1);
    GetModuleFileNameW(NULL, here.program, ARRAY_SIZE(here.program));
    here.kills = KILLS;
    here.seed = GetTickCount();
    for (i = 1; i + 1 < argc; i += 2)
    {
        if (!strcmp(argv[i], "--kills"))
            here.kills = strtoul(argv[i + 1], NULL, 10);
        else if (!strcmp(argv[i], "--seed"))
            here.seed = strtoul(argv[i + 1], NULL, 10);
        else if (!strcmp(argv[i], "--child"))
            other = MultiByteToWideChar(CP_ACP, 0, argv[i + 1], -1, here.program, ARRAY_SIZE(here.program)) > 0;
    }
    if (!board_create())
        return 1;
    return other ? harness_run(rows) : harness_run(all);
}
