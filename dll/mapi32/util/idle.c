/*
 * The idle engine: routines that run on the thread of the first MAPIInitIdle while it has nothing else to do.
 *
 * That thread has a message-only window with a timer: the system makes WM_TIMER only for a queue that is empty otherwise,
 * which is what idle means here; no thread of ours is needed. A round calls each routine that is due once, the highest
 * priority first (the greatest number), and ends early when the user has done something. Time during which the computer
 * slept does not count.
 *
 * Lock: idle_lock guards everything below; no foreign code runs under it. Tags are numbers, not addresses.
 */
#include "base/base.h"

#include <mapiutil.h>

#define REARM WM_APP
#define LONGEST_WAIT 60000 /* milliseconds */

struct routine
{
    struct routine *next;
    UINT_PTR number;
    PFNIDLE function;
    void *parameter;
    short priority;
    ULONG csec;
    USHORT options;
    ULONGLONG since; /* of its last call, or of its registration; milliseconds */
    ULONG round;     /* the one that called it last */
};

static SRWLOCK idle_lock = SRWLOCK_INIT;
static LONG users;
static HWND window;
static WNDPROC static_proc; /* of the window's class */
static struct routine *routines;
static UINT_PTR last_number;
static ULONG current_round;

static ULONGLONG now(void)
{
    ULONGLONG time = 0;

    QueryUnbiasedInterruptTime(&time);
    return time / 10000;
}

/* How long the user has done nothing. */
static ULONGLONG inaction(void)
{
    LASTINPUTINFO last = {sizeof(last), 0};

    return GetLastInputInfo(&last) ? GetTickCount() - last.dwTime : 0;
}

/* Milliseconds until a routine is due. */
static ULONGLONG wait_of(const struct routine *routine, ULONGLONG time, ULONGLONG quiet)
{
    ULONGLONG wanted = (ULONGLONG)routine->csec * 10;
    ULONGLONG passed = routine->options & FIROWAIT ? quiet : time - routine->since;

    return passed >= wanted ? 0 : wanted - passed;
}

static struct routine **find_link(UINT_PTR number)
{
    struct routine **link;

    for (link = &routines; *link && (*link)->number != number; link = &(*link)->next)
        ;
    return link;
}

/* The next one to be called in this round: its function; NULL: none is due. */
static PFNIDLE take_due(ULONG round, void **parameter)
{
    ULONGLONG time = now(), quiet = inaction();
    struct routine *routine, *best = NULL;
    PFNIDLE function = NULL;

    AcquireSRWLockExclusive(&idle_lock);
    for (routine = routines; routine; routine = routine->next)
    {
        if (!(routine->options & FIRODISABLED) && routine->round != round && !wait_of(routine, time, quiet)
            && (!best || routine->priority > best->priority))
            best = routine;
    }
    if (best)
    {
        best->round = round;
        best->since = time;
        function = best->function;
        *parameter = best->parameter;
    }
    ReleaseSRWLockExclusive(&idle_lock);
    return function;
}

/* On the window's thread: when to look again. */
static void rearm(HWND hwnd)
{
    ULONGLONG time = now(), quiet = inaction(), wait, least = LONGEST_WAIT;
    const struct routine *routine;
    BOOL any = FALSE;

    AcquireSRWLockShared(&idle_lock);
    for (routine = routines; routine; routine = routine->next)
    {
        if (routine->options & FIRODISABLED)
            continue;
        any = TRUE;
        wait = wait_of(routine, time, quiet);
        least = min(least, wait);
    }
    ReleaseSRWLockShared(&idle_lock);
    if (any)
        SetTimer(hwnd, 1, max((UINT)least, USER_TIMER_MINIMUM), NULL);
    else
        KillTimer(hwnd, 1);
}

static void run_round(HWND hwnd)
{
    void *parameter;
    PFNIDLE function;
    ULONG round;

    AcquireSRWLockExclusive(&idle_lock);
    round = ++current_round ? current_round : ++current_round;
    ReleaseSRWLockExclusive(&idle_lock);
    KillTimer(hwnd, 1);
    while (!HIWORD(GetQueueStatus(QS_INPUT)) && (function = take_due(round, &parameter)))
        function(parameter);
    if (IsWindow(hwnd)) /* a routine may have shut the engine down */
        rearm(hwnd);
}

static LRESULT CALLBACK idle_proc(HWND hwnd, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (message == WM_TIMER && wparam == 1)
    {
        run_round(hwnd);
        return 0;
    }
    if (message == REARM)
    {
        rearm(hwnd);
        return 0;
    }
    return CallWindowProcW(static_proc, hwnd, message, wparam, lparam);
}

static HWND make_window(void)
{
    HWND hwnd;

    if (memory_should_fail())
        return NULL;
    hwnd = CreateWindowExW(0, L"STATIC", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, module_instance(), NULL);
    if (hwnd)
    {
        static_proc = (WNDPROC)GetWindowLongPtrW(hwnd, GWLP_WNDPROC);
        SetWindowLongPtrW(hwnd, GWLP_WNDPROC, (LONG_PTR)idle_proc);
        window_counted(1);
    }
    return hwnd;
}

/* A thread cannot destroy another one's window: that one becomes harmless and closes itself. */
static void drop_window(HWND hwnd)
{
    window_counted(-1);
    if (!IsWindow(hwnd))
        return;
    KillTimer(hwnd, 1);
    SetWindowLongPtrW(hwnd, GWLP_WNDPROC, (LONG_PTR)static_proc);
    if (GetWindowThreadProcessId(hwnd, NULL) != GetCurrentThreadId() || !DestroyWindow(hwnd))
        PostMessageW(hwnd, WM_CLOSE, 0, 0);
}

/* Something changed: the window's thread looks when to wake next. */
static void changed(void)
{
    HWND hwnd;

    AcquireSRWLockShared(&idle_lock);
    hwnd = window;
    ReleaseSRWLockShared(&idle_lock);
    if (hwnd)
        PostMessageW(hwnd, REARM, 0, 0);
}

/*
 * MAPIInitIdle: starts the engine, on the calling thread, or counts one user more (mapiinitidle). When that thread has
 * ended, the next one that calls has the routines. 0; 1: lpvReserved is not NULL, or no window can be made.
 */
LONG WINAPI MAPIInitIdle(LPVOID lpvReserved)
{
    HWND made = NULL, old = NULL;
    BOOL needed;

    TRACE("%p", lpvReserved);

    if (lpvReserved)
        return 1;
    AcquireSRWLockShared(&idle_lock);
    needed = !window || !IsWindow(window);
    ReleaseSRWLockShared(&idle_lock);
    if (needed && !(made = make_window()))
        return 1;
    AcquireSRWLockExclusive(&idle_lock);
    users++;
    if (made)
    {
        old = window;
        if (!old || !IsWindow(old))
        {
            window = made;
            made = NULL;
        }
        else
            old = NULL;
    }
    ReleaseSRWLockExclusive(&idle_lock);
    if (made) /* another thread was faster */
        drop_window(made);
    if (old)
        drop_window(old);
    changed();
    return 0;
}

/* MAPIDeinitIdle: the last user ends the engine; routines that are still registered go with it (mapideinitidle). */
void WINAPI MAPIDeinitIdle(void)
{
    struct routine *left = NULL, *next;
    HWND hwnd = NULL;

    TRACE("()");

    AcquireSRWLockExclusive(&idle_lock);
    if (users && !--users)
    {
        left = routines;
        routines = NULL;
        hwnd = window;
        window = NULL;
    }
    ReleaseSRWLockExclusive(&idle_lock);
    for (; left; left = next)
    {
        next = left->next;
        heap_free(left);
    }
    if (hwnd)
        drop_window(hwnd);
}

/*
 * FtgRegisterIdleRoutine: adds a routine (ftgregisteridleroutine).
 *
 * csecIdle  hundredths of a second: between calls (FIROINTERVAL, and without a flag), or of user inaction (FIROWAIT)
 * iroIdle   FIROINTERVAL or FIROWAIT, FIRODISABLED; the obsolete ones are ignored
 *
 * NULL: MAPIInitIdle was not called, no function, both kinds of time, or out of memory.
 */
FTG WINAPI FtgRegisterIdleRoutine(PFNIDLE lpfnIdle, LPVOID lpvIdleParam, short priIdle, ULONG csecIdle, USHORT iroIdle)
{
    struct routine *routine;
    UINT_PTR number = 0;

    TRACE("%p, %p, %d, %lu, %#x", lpfnIdle, lpvIdleParam, priIdle, csecIdle, iroIdle);

    if (!lpfnIdle || (iroIdle & (FIROINTERVAL | FIROWAIT)) == (FIROINTERVAL | FIROWAIT)
        || !(routine = heap_alloc_zero(sizeof(*routine))))
        return FTGNULL;
    routine->function = lpfnIdle;
    routine->parameter = lpvIdleParam;
    routine->priority = priIdle;
    routine->csec = csecIdle;
    routine->options = iroIdle;
    routine->since = now();
    AcquireSRWLockExclusive(&idle_lock);
    if (users)
    {
        if (!++last_number)
            ++last_number;
        number = routine->number = last_number;
        routine->next = routines;
        routines = routine;
    }
    ReleaseSRWLockExclusive(&idle_lock);
    if (!number)
        heap_free(routine);
    changed();
    return (FTG)number;
}

/* EnableIdleRoutine: switches a routine on or off; unknown tags are ignored (enableidleroutine). */
void WINAPI EnableIdleRoutine(FTG ftg, WINBOOL fEnable)
{
    struct routine *routine;

    TRACE("%p, %d", ftg, fEnable);

    AcquireSRWLockExclusive(&idle_lock);
    if ((routine = *find_link((UINT_PTR)ftg)))
        routine->options = fEnable ? routine->options & ~FIRODISABLED : routine->options | FIRODISABLED;
    ReleaseSRWLockExclusive(&idle_lock);
    changed();
}

/* DeregisterIdleRoutine: a routine is not called again, but a call that is under way goes on; a routine may remove itself
 * (deregisteridleroutine). */
void WINAPI DeregisterIdleRoutine(FTG ftg)
{
    struct routine **link, *routine;

    TRACE("%p", ftg);

    AcquireSRWLockExclusive(&idle_lock);
    link = find_link((UINT_PTR)ftg);
    if ((routine = *link))
        *link = routine->next;
    ReleaseSRWLockExclusive(&idle_lock);
    heap_free(routine);
    changed();
}

/* ChangeIdleRoutine: what ircIdle (FIRC*) names gets the new value; whether it is enabled stays unless FIRCIRO says
 * otherwise (changeidleroutine). */
void WINAPI ChangeIdleRoutine(FTG ftg, PFNIDLE lpfnIdle, LPVOID lpvIdleParam, short priIdle, ULONG csecIdle,
                              USHORT iroIdle, USHORT ircIdle)
{
    struct routine *routine;

    TRACE("%p, %p, %p, %d, %lu, %#x, %#x", ftg, lpfnIdle, lpvIdleParam, priIdle, csecIdle, iroIdle, ircIdle);

    AcquireSRWLockExclusive(&idle_lock);
    if ((routine = *find_link((UINT_PTR)ftg)))
    {
        if ((ircIdle & FIRCPFN) && lpfnIdle)
            routine->function = lpfnIdle;
        if (ircIdle & FIRCPV)
            routine->parameter = lpvIdleParam;
        if (ircIdle & FIRCPRI)
            routine->priority = priIdle;
        if (ircIdle & FIRCCSEC)
            routine->csec = csecIdle;
        if ((ircIdle & FIRCIRO) && (iroIdle & (FIROINTERVAL | FIROWAIT)) != (FIROINTERVAL | FIROWAIT))
            routine->options = iroIdle;
    }
    ReleaseSRWLockExclusive(&idle_lock);
    changed();
}
