/*
 * local: see local.h. The watcher comes with the first member and stays until the last MAPIUninitialize: a thread is dear,
 * and programs log on again. It is the notification thread where MAPI has one, else a thread of its own.
 */
#include "membership/local.h"

#define EVENT_NUMBERS 16 /* copies of this DLL in one process that may have members */
#define TOLD_MAX 1000u   /* log-offs that are told of at once */
#define END_WAIT 10000   /* milliseconds */

struct here here = {.lock = SRWLOCK_INIT};

static uint64_t process_started(void)
{
    FILETIME started, exited, kernel, user;

    if (!GetProcessTimes(GetCurrentProcess(), &started, &exited, &kernel, &user))
        return 0;
    return (uint64_t)started.dwHighDateTime << 32 | started.dwLowDateTime;
}

HRESULT local_attach(BOOL create)
{
    HRESULT hr = S_OK;

    AcquireSRWLockExclusive(&here.lock);
    if (here.attached || (hr = record_open(&here.handles, create)) == S_OK)
    {
        here.attached++;
        if (!here.started)
            here.started = process_started();
    }
    ReleaseSRWLockExclusive(&here.lock);
    return hr;
}

void local_detach(void)
{
    AcquireSRWLockExclusive(&here.lock);
    if (!--here.attached)
        record_close(&here.handles);
    ReleaseSRWLockExclusive(&here.lock);
}

void local_process(struct record_process *process)
{
    process->id = GetCurrentProcessId();
    process->event = here.watcher ? here.watcher->event_number : 0;
    process->started = here.started;
}

BOOL local_is_here(const struct record_process *process)
{
    struct record_process self;
    BOOL is_here;

    if (process->id != GetCurrentProcessId())
        return FALSE;
    AcquireSRWLockShared(&here.lock);
    local_process(&self);
    is_here = here.watcher && !memcmp(process, &self, sizeof(self));
    ReleaseSRWLockShared(&here.lock);
    return is_here;
}

void local_wake(void)
{
    AcquireSRWLockShared(&here.lock);
    if (here.watcher)
        SetEvent(here.watcher->event);
    ReleaseSRWLockShared(&here.lock);
}

/* Under the lock: what a member has been told since the last time. FALSE: nothing, or its slot is not its own. */
static BOOL take_told(struct membership *membership, ULONG count[MEMBERSHIP_EVENTS])
{
    const struct record_slot *slot = &here.handles.record->slots[membership->slot];
    struct record_process self;
    BOOL any = FALSE;
    LONG told;
    ULONG i;

    memset(count, 0, MEMBERSHIP_EVENTS * sizeof(*count));
    local_process(&self);
    if (slot->number != membership->number || memcmp(&slot->process, &self, sizeof(self)))
        return FALSE;
    for (i = 0; i < MEMBERSHIP_EVENTS; i++)
    {
        told = slot->told[i];
        if (told == membership->heard[i])
            continue;
        /* Nobody counts so far ahead of us but who writes garbage. */
        count[i] = min((ULONG)told - (ULONG)membership->heard[i], TOLD_MAX);
        membership->heard[i] = told;
        any = TRUE;
    }
    return any;
}

static void watcher_release(struct watcher *watcher)
{
    if (InterlockedDecrement(&watcher->refcount))
        return;
    if (watcher->event)
        CloseHandle(watcher->event);
    if (watcher->thread)
        CloseHandle(watcher->thread);
    heap_free(watcher);
}

static void hear_all(void)
{
    ULONG count[MEMBERSHIP_EVENTS], i;
    struct membership *membership;

    AcquireSRWLockExclusive(&here.lock);
    for (membership = here.first; membership; membership = membership->next)
    {
        if (membership->slot == RECORD_SLOTS || !take_told(membership, count))
            continue;
        for (i = 0; i < MEMBERSHIP_EVENTS; i++)
            if (count[i])
                membership->hear(membership, i, count[i]);
    }
    ReleaseSRWLockExclusive(&here.lock);
}

static DWORD WINAPI watch_proc(void *argument)
{
    struct watcher *watcher = argument;
    HMODULE module = watcher->module;

    while (WaitForSingleObject(watcher->event, INFINITE) == WAIT_OBJECT_0 && !watcher->stop)
        hear_all();
    TRACE("watcher %p ends\n", watcher);
    watcher_release(watcher);
    thread_counted(-1);
    FreeLibraryAndExitThread(module, 0);
}

/* Under the lock: an event whose name no other copy of this DLL in this process has. */
static BOOL create_event(struct watcher *watcher)
{
    struct kernel_security security;
    SECURITY_ATTRIBUTES *attributes = kernel_security_init(&security);
    struct record_process self;
    WCHAR name[KERNEL_NAME_MAX];

    local_process(&self);
    for (self.event = 1; attributes && self.event <= EVENT_NUMBERS; self.event++)
    {
        record_event_name(&self, name);
        watcher->event = CreateEventW(attributes, FALSE, FALSE, name);
        watcher->event_number = self.event;
        if (watcher->event && GetLastError() != ERROR_ALREADY_EXISTS)
            return TRUE;
        if (watcher->event)
            CloseHandle(watcher->event);
        watcher->event = NULL;
    }
    return FALSE;
}

/* Under the lock. */
static BOOL start_thread(struct watcher *watcher)
{
    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)module_instance(), &watcher->module))
        return FALSE;
    thread_counted(1);
    watcher->refcount++;
    if ((watcher->thread = CreateThread(NULL, 0, watch_proc, watcher, 0, NULL)))
        return TRUE;
    watcher->refcount--;
    thread_counted(-1);
    FreeLibrary(watcher->module);
    return FALSE;
}

void local_settle(void)
{
    struct watcher *watcher = NULL;

    AcquireSRWLockExclusive(&here.lock);
    if (here.watcher && !here.first && FAILED(init_check()))
    {
        watcher = here.watcher;
        here.watcher = NULL;
        InterlockedExchange(&watcher->stop, TRUE);
        SetEvent(watcher->event);
    }
    ReleaseSRWLockExclusive(&here.lock);
    if (!watcher)
        return;
    /* Bounded, as a program may come here with the loader's lock held, which the thread needs to end. */
    if (watcher->thread && wait_result(watcher->thread, END_WAIT) != WAIT_OBJECT_0)
        ERR("the watcher does not end\n");
    watcher_release(watcher);
}

/* Sessions that are still open then end after it or before it; the last one to leave settles too. */
static struct uninit_hook settle_hook = {.run = local_settle};

/* Under the lock. */
static HRESULT start_watcher(void)
{
    struct watcher *watcher = heap_alloc_zero(sizeof(*watcher));

    if (!watcher)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    watcher->refcount = 1;
    if (memory_should_fail() || !create_event(watcher)
        || (!init_listen(watcher->event, hear_all) && !start_thread(watcher)))
    {
        watcher_release(watcher);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    here.watcher = watcher;
    init_on_uninitialize(&settle_hook);
    return S_OK;
}

HRESULT local_add(struct membership *membership, struct record_process *process)
{
    HRESULT hr = S_OK;

    membership->slot = RECORD_SLOTS;
    memset(membership->heard, 0, sizeof(membership->heard));
    AcquireSRWLockExclusive(&here.lock);
    if (here.watcher || SUCCEEDED(hr = start_watcher()))
    {
        local_process(process);
        membership->number = ++here.last_number;
        membership->next = here.first;
        here.first = membership;
    }
    ReleaseSRWLockExclusive(&here.lock);
    return hr;
}

void local_place(struct membership *membership, ULONG slot, ULONGLONG session)
{
    AcquireSRWLockExclusive(&here.lock);
    membership->slot = slot;
    membership->session = session;
    ReleaseSRWLockExclusive(&here.lock);
}

void local_remove(struct membership *membership, ULONG unheard[MEMBERSHIP_EVENTS])
{
    struct membership **link;

    AcquireSRWLockExclusive(&here.lock);
    for (link = &here.first; *link != membership; link = &(*link)->next)
        ;
    *link = membership->next;
    if (unheard && membership->slot < RECORD_SLOTS)
        take_told(membership, unheard);
    ReleaseSRWLockExclusive(&here.lock);
    membership->session = 0;
}
