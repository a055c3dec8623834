/*
 * MAPIInitialize and MAPIUninitialize: the process's count, COM on each thread, and the notification window's life.
 *
 * The count's first step up and last step down take time and run foreign code (window hooks, advise sinks at the end of
 * sessions), so no lock is held during them: one thread at a time is in transition, others that want to change the
 * count wait for it and answer sent messages meanwhile. While a transition runs, init_check says "not initialized".
 *
 * Locks: init_lock guards the statics below. MAPIInitialize's CoInitialize belongs to a thread: a record a thread
 * (identified with its creation time, as ids come back) tells how many of its calls have one to undo.
 */
#include "base/base.h"
#include "base/init_internal.h"
#include "base/window.h"

#define WAIT_LIMIT 60000 /* for another thread's transition */
#define INIT_FLAGS (MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NO_COINIT | MAPI_NT_SERVICE)

struct thread_record
{
    DWORD id;
    ULONGLONG born;
    ULONG calls;    /* MAPIInitialize less MAPIUninitialize */
    ULONG with_com; /* how many of them called CoInitialize */
};

/* A thread that waits for a transition's end, on its stack. */
struct waiter
{
    struct waiter *next;
    HANDLE event;
};

static SRWLOCK init_lock = SRWLOCK_INIT;
static volatile LONG count;         /* written under the lock, read without */
static volatile LONG utility_count; /* interlocked */
static BOOL in_transition;
static DWORD transition_thread;
static struct waiter *waiters;
static struct thread_record *records;
static size_t record_count, record_capacity;
static struct notification_window notification;
static ULONG generation; /* of the time from a first MAPIInitialize to the last MAPIUninitialize */
static BOOL is_service;
static HMODULE own_reference; /* from the first MAPIInitialize to the last MAPIUninitialize, see start */
static struct uninit_hook *hooks;

static volatile LONG tls_slot = (LONG)TLS_OUT_OF_INDEXES; /* set once, by compare and exchange */

LONG init_count(void)
{
    return count;
}

HRESULT init_check(void)
{
    return count > 0 ? S_OK : MAPI_E_NOT_INITIALIZED;
}

HRESULT init_check_utilities(void)
{
    return count > 0 || utility_count > 0 ? S_OK : MAPI_E_NOT_INITIALIZED;
}

BOOL init_is_service(void)
{
    BOOL service;

    AcquireSRWLockShared(&init_lock);
    service = count > 0 && is_service;
    ReleaseSRWLockShared(&init_lock);
    return service;
}

HWND init_window(void)
{
    HWND window;

    AcquireSRWLockShared(&init_lock);
    window = count > 0 ? notification.window : NULL;
    ReleaseSRWLockShared(&init_lock);
    return window && IsWindow(window) ? window : NULL;
}

BOOL init_delivery(struct init_delivery *delivery)
{
    AcquireSRWLockShared(&init_lock);
    delivery->generation = generation;
    delivery->window = notification.window;
    delivery->thread_id = notification.thread_id;
    delivery->own_thread = notification.thread != NULL;
    ReleaseSRWLockShared(&init_lock);
    return delivery->window != NULL;
}

BOOL init_listen(HANDLE event, void (*run)(void))
{
    BOOL listens;

    AcquireSRWLockExclusive(&init_lock);
    listens = count > 0 && window_listen(&notification, event, run);
    ReleaseSRWLockExclusive(&init_lock);
    return listens;
}

void init_on_uninitialize(struct uninit_hook *hook)
{
    if (InterlockedExchange(&hook->registered, TRUE))
        return;
    AcquireSRWLockExclusive(&init_lock);
    hook->next = hooks;
    hooks = hook;
    ReleaseSRWLockExclusive(&init_lock);
}

static void run_hooks(BOOL last)
{
    struct uninit_hook *hook;

    /* hooks are only ever added at the head, so the list may be walked without the lock */
    AcquireSRWLockShared(&init_lock);
    hook = hooks;
    ReleaseSRWLockShared(&init_lock);
    for (; hook; hook = hook->next)
        if (hook->last == last)
            hook->run();
}

DWORD init_tls_slot(void)
{
    DWORD slot;

    if (tls_slot == (LONG)TLS_OUT_OF_INDEXES && (slot = TlsAlloc()) != TLS_OUT_OF_INDEXES
        && InterlockedCompareExchange(&tls_slot, (LONG)slot, (LONG)TLS_OUT_OF_INDEXES) != (LONG)TLS_OUT_OF_INDEXES)
        TlsFree(slot);
    return (DWORD)tls_slot;
}

void init_unload(void)
{
    if (tls_slot != (LONG)TLS_OUT_OF_INDEXES)
        TlsFree((DWORD)tls_slot);
}

/*
 * Takes the lock at a moment without a transition. FALSE, and no lock: this thread is in a transition itself (a call
 * from within a hook), is inside a session's call, which the transition may wait for, or another's does not end.
 */
static BOOL lock_settled(void)
{
    DWORD start = GetTickCount();
    struct waiter self, **link;
    BOOL waited;

    for (;;)
    {
        AcquireSRWLockExclusive(&init_lock);
        if (!in_transition)
            return TRUE;
        /* The transition may be waiting for this very thread to leave a call. */
        if (gate_thread_inside() || transition_thread == GetCurrentThreadId() || GetTickCount() - start >= WAIT_LIMIT)
        {
            ReleaseSRWLockExclusive(&init_lock);
            return FALSE;
        }
        self.event = CreateEventW(NULL, TRUE, FALSE, NULL);
        self.next = waiters;
        waiters = &self;
        ReleaseSRWLockExclusive(&init_lock);

        if (self.event)
            waited = wait_answering(self.event, WAIT_LIMIT);
        else
        {
            Sleep(10);
            waited = FALSE;
        }

        AcquireSRWLockExclusive(&init_lock);
        for (link = &waiters; !waited && *link; link = &(*link)->next)
        {
            if (*link == &self)
            {
                *link = self.next;
                break;
            }
        }
        ReleaseSRWLockExclusive(&init_lock);
        if (self.event)
            CloseHandle(self.event);
    }
}

/* Lock held. */
static void begin_transition(void)
{
    in_transition = TRUE;
    transition_thread = GetCurrentThreadId();
}

/* Lock held. Whoever waits is taken off the list: its place on the list is its stack. */
static void end_transition(void)
{
    in_transition = FALSE;
    for (; waiters; waiters = waiters->next)
        if (waiters->event)
            SetEvent(waiters->event);
}

static ULONGLONG thread_born(void)
{
    FILETIME born, ended, kernel, user;

    if (!GetThreadTimes(GetCurrentThread(), &born, &ended, &kernel, &user))
        return 0;
    return (ULONGLONG)born.dwHighDateTime << 32 | born.dwLowDateTime;
}

/* Lock held. This thread's record; NULL: it has none. One that a dead thread of the same id left is dropped: its COM
 * ended with it. */
static struct thread_record *find_record(ULONGLONG born)
{
    DWORD id = GetCurrentThreadId();
    size_t i;

    for (i = 0; i < record_count; i++)
    {
        if (records[i].id != id)
            continue;
        if (records[i].born == born)
            return &records[i];
        records[i] = records[--record_count];
        return NULL;
    }
    return NULL;
}

/* Lock held. NULL: out of memory. */
static struct thread_record *get_record(ULONGLONG born)
{
    struct thread_record *record = find_record(born);

    if (record || !array_reserve((void **)&records, &record_capacity, record_count + 1, sizeof(*records)))
        return record;
    record = &records[record_count++];
    record->id = GetCurrentThreadId();
    record->born = born;
    record->calls = record->with_com = 0;
    return record;
}

/* Lock held. Notes the end of one of this thread's calls; TRUE: it had called CoInitialize. Calls without it are taken
 * to end first, so that COM stays as long as anybody on the thread may need it. */
static BOOL end_record(ULONGLONG born)
{
    struct thread_record *record = find_record(born);
    BOOL with_com;

    if (!record)
        return FALSE;
    with_com = record->with_com == record->calls;
    record->calls--;
    if (with_com)
        record->with_com--;
    if (!record->calls)
        *record = records[--record_count];
    return with_com;
}

/* Lock held. */
static void drop_records(void)
{
    heap_free(records);
    records = NULL;
    record_count = record_capacity = 0;
}

/* Step 7: whether the place where profiles are kept can be read at all. */
static HRESULT check_profile_registry(void)
{
    HKEY key;

    if (RegOpenKeyExW(HKEY_CURRENT_USER, L"Software", 0, KEY_READ, &key))
        return MAPI_E_NOT_INITIALIZED;
    RegCloseKey(key);
    return S_OK;
}

/*
 * The first step up. The lock is not held and the transition is ours. The module is kept from being unloaded while it
 * is in use: a window of ours is on a thread of the program's.
 */
static HRESULT start(struct notification_window *window, HMODULE *module, ULONG flags)
{
    HRESULT hr;

    if (memory_should_fail()
        || !GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)module_instance(), module))
        return MAPI_E_SESSION_LIMIT;
    hr = window_create(window, !!(flags & MAPI_MULTITHREAD_NOTIFICATIONS));
    if (SUCCEEDED(hr) && FAILED(hr = check_profile_registry()))
    {
        window_destroy(window);
        window_join(window);
    }
    if (FAILED(hr))
        FreeLibrary(*module);
    return hr;
}

/* Steps 4 to 7; COM is initialised on the thread if it was to be. */
static HRESULT count_up(ULONG flags, BOOL with_com)
{
    struct notification_window window = {0};
    ULONGLONG born = thread_born();
    struct thread_record *record;
    HMODULE module = NULL;
    HRESULT hr = S_OK;

    if (!lock_settled())
        return MAPI_E_NOT_ENOUGH_RESOURCES;
    if (!get_record(born))
        hr = MAPI_E_SESSION_LIMIT;
    else if (!count)
    {
        begin_transition();
        ReleaseSRWLockExclusive(&init_lock);
        hr = start(&window, &module, flags);
        AcquireSRWLockExclusive(&init_lock);
        if (SUCCEEDED(hr))
        {
            notification = window;
            generation++;
            own_reference = module;
            is_service = !!(flags & MAPI_NT_SERVICE);
        }
        end_transition();
    }
    /* nobody else changed the records of this thread meanwhile, but they may have moved */
    record = find_record(born);
    if (SUCCEEDED(hr))
    {
        record->calls++;
        record->with_com += with_com;
        count++;
    }
    else if (record && !record->calls)
        *record = records[--record_count];
    if (!count)
        drop_records();
    ReleaseSRWLockExclusive(&init_lock);
    return hr;
}

/*
 * Counts MAPI's use in this process up; the first call makes the notification window. lpMapiInit: MAPIINIT_0 or NULL.
 * Errors, in the order of the steps (mapiinitialize):
 * MAPI_E_INVALID_PARAMETER: unreadable lpMapiInit, version other than 0 (INIT-03); MAPI_E_UNKNOWN_FLAGS (INIT-04);
 * whatever CoInitialize says, as RPC_E_CHANGED_MODE (INIT-14); MAPI_E_SESSION_LIMIT: no memory for this process's
 * records; MAPI_E_NOT_ENOUGH_RESOURCES: called from within the last MAPIUninitialize or a callback during it, or it does not
 * end; MAPI_E_INVALID_OBJECT: no window or thread; MAPI_E_NOT_INITIALIZED: the user's registry cannot be read.
 * A failure changes neither the count nor COM (INIT-07).
 */
HRESULT WINAPI MAPIInitialize(LPVOID lpMapiInit)
{
    const MAPIINIT_0 *init = lpMapiInit;
    ULONG flags = 0;
    HRESULT hr;

    TRACE("(%p)\n", lpMapiInit);
    if (init)
    {
        if (!memory_readable(init, sizeof(*init)) || init->ulVersion != MAPI_INIT_VERSION)
            return MAPI_E_INVALID_PARAMETER;
        flags = init->ulFlags;
        TRACE("flags %#lx\n", flags);
        if (flags & ~INIT_FLAGS)
            return MAPI_E_UNKNOWN_FLAGS;
    }
    /* step 2, a service's registry keys, needs nothing: we have no keys apart from the user's */
    if (!(flags & MAPI_NO_COINIT) && FAILED(hr = CoInitialize(NULL)))
        return hr;
    hr = count_up(flags, !(flags & MAPI_NO_COINIT));
    if (FAILED(hr))
    {
        WARN("failed, %#lx\n", hr);
        if (!(flags & MAPI_NO_COINIT))
            CoUninitialize();
    }
    return hr;
}

/*
 * Counts down. The last one ends what is left of sessions, then removes the notification window or thread. A call too
 * many does nothing (INIT-16).
 */
void WINAPI MAPIUninitialize(void)
{
    ULONGLONG born = thread_born();
    struct notification_window window;
    HMODULE module;
    BOOL with_com;

    TRACE("()\n");
    if (!lock_settled())
        return;
    if (!count)
    {
        ReleaseSRWLockExclusive(&init_lock);
        WARN("not initialized\n");
        return;
    }
    with_com = end_record(born);
    if (count > 1)
    {
        count--;
        ReleaseSRWLockExclusive(&init_lock);
        if (with_com)
            CoUninitialize();
        return;
    }

    begin_transition();
    count = 0;
    drop_records();
    window = notification;
    module = own_reference;
    ReleaseSRWLockExclusive(&init_lock);
    run_hooks(FALSE);
    run_hooks(TRUE);
    AcquireSRWLockExclusive(&init_lock);
    notification.window = NULL;
    notification.thread = NULL;
    ReleaseSRWLockExclusive(&init_lock);
    window_destroy(&window);
    AcquireSRWLockExclusive(&init_lock);
    end_transition();
    ReleaseSRWLockExclusive(&init_lock);

    /* outside of the transition: the thread may be in a callback that needs another thread, which waits in
     * MAPIInitialize */
    window_join(&window);
    memory_trim();
    object_report("the last MAPIUninitialize");
    if (with_com)
        CoUninitialize();
    FreeLibrary(module); /* whoever called has a reference, so this is not the last */
}

/*
 * Readies the utilities (tables, property objects) without the rest of MAPI; counted (INIT-18).
 * MAPI_E_UNKNOWN_FLAGS: ulFlags is not 0.
 */
SCODE WINAPI ScInitMapiUtil(ULONG ulFlags)
{
    TRACE("(%#lx)\n", ulFlags);
    if (ulFlags)
        return MAPI_E_UNKNOWN_FLAGS;
    InterlockedIncrement(&utility_count);
    return S_OK;
}

/* Undoes one ScInitMapiUtil. Superfluous ones do nothing: after MAPIInitialize none is needed (INIT-20). */
void WINAPI DeinitMapiUtil(void)
{
    LONG old, seen = utility_count;

    TRACE("()\n");
    while (seen > 0 && (old = InterlockedCompareExchange(&utility_count, seen - 1, seen)) != seen)
        seen = old;
}
