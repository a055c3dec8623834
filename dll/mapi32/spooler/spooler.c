/*
 * The spooler's life: its thread, whose turn it is among all sessions on a profile, and its end.
 */
#include "spooler/internal.h"
#include "profile/kernel_names.h"

#define INTERVAL 10000      /* milliseconds, when nobody has set another */
#define QUIET_PATIENCE 2000 /* milliseconds that a fast shutdown gives the thread */

void spooler_addref(struct spooler *spooler)
{
    gate_addref(&spooler->set->gate);
}

void spooler_wake(struct spooler *spooler)
{
    InterlockedIncrement(&spooler->wakes);
    SetEvent(spooler->wake);
}

BOOL spooler_is_this_thread(const struct spooler *spooler)
{
    return spooler->thread_id == GetCurrentThreadId();
}

BOOL spooler_pause(struct spooler *spooler)
{
    if (spooler->ended || !gate_is_open(spooler->set->host.gate))
        return FALSE;
    gate_pause(10);
    return TRUE;
}

BOOL spooler_take_turn(struct spooler *spooler)
{
    while (turn_take(&spooler->set->turn, 50) != S_OK)
        if (spooler->stopping)
            return FALSE;
    return TRUE;
}

/* SESS-36 */
void spooler_wait_started(struct spooler *spooler)
{
    while (spooler && !spooler->started && !spooler_is_this_thread(spooler) && spooler_pause(spooler))
        ;
}

/* HKCU\Software\Postroom, SpoolerInterval: milliseconds, 0xffffffff: never by itself. */
static DWORD read_interval(void)
{
    DWORD value, type, size = sizeof(value), interval = INTERVAL;
    HKEY key;

    if (RegOpenKeyExW(HKEY_CURRENT_USER, L"Software\\Postroom", 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key))
        return interval;
    if (!RegQueryValueExW(key, L"SpoolerInterval", NULL, &type, (BYTE *)&value, &size) && type == REG_DWORD
        && size == sizeof(value) && value)
        interval = value;
    RegCloseKey(key);
    return interval;
}

/* Waits for the mutex of all sessions on the profile. FALSE: the session ends. A process that had it and died leaves it
 * abandoned, which is as good: what it was sending is still in its store's queue. */
static BOOL take_over(struct spooler *spooler)
{
    HANDLE handles[2] = {spooler->wake, spooler->mutex};
    DWORD result;

    if (!spooler->mutex)
        return !spooler->stopping;
    result = WaitForSingleObject(spooler->mutex, 0);
    if (result == WAIT_OBJECT_0 || result == WAIT_ABANDONED)
        return TRUE;
    InterlockedExchange(&spooler->started, TRUE); /* somewhere else */
    do
    {
        if (spooler->stopping)
            return FALSE;
        result = WaitForMultipleObjects(ARRAY_SIZE(handles), handles, FALSE, INFINITE);
    } while (result == WAIT_OBJECT_0);
    if (result == WAIT_FAILED)
        return FALSE;
    TRACE("spooler %p takes over\n", spooler);
    InterlockedExchange(&spooler->started, FALSE);
    return TRUE;
}

/* Transports may have windows on this thread. */
static void dispatch_messages(void)
{
    MSG message;

    while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
    {
        TranslateMessage(&message);
        DispatchMessageW(&message);
    }
}

static void rest(struct spooler *spooler)
{
    HANDLE handles[2] = {spooler->wake, spooler->shared_wake};
    ULONGLONG next = outbound_next(spooler), now = GetTickCount64();
    DWORD timeout = spooler->interval, count = spooler->shared_wake ? 2 : 1, result;

    if (next && next <= now)
        timeout = 0;
    else if (next && next - now < timeout)
        timeout = (DWORD)(next - now);
    do
    {
        result = MsgWaitForMultipleObjectsEx(count, handles, timeout, QS_ALLINPUT, MWMO_INPUTAVAILABLE);
        if (result == WAIT_OBJECT_0 + count)
            dispatch_messages();
    } while (result == WAIT_OBJECT_0 + count && !spooler->stopping);
}

static void run(struct spooler *spooler)
{
    LONG seen;

    transports_log_on(spooler);
    InterlockedExchange(&spooler->started, TRUE);
    while (!spooler->stopping)
    {
        seen = spooler->wakes;
        stores_log_on(spooler);
        transports_enable(spooler, stores_any(spooler));
        transports_refresh(spooler, FALSE);
        requests_run(spooler);
        outbound_run(spooler, NULL);
        inbound_run(spooler, NULL);
        stores_close(spooler);
        InterlockedExchange(&spooler->looked, seen);
        if (spooler->wakes != seen || spooler->stopping)
            continue;
        transports_idle(spooler);
        rest(spooler);
    }
    transports_log_off(spooler);
}

static void free_transports(struct spooler *spooler)
{
    struct transport *transport;

    for (;;)
    {
        AcquireSRWLockExclusive(&spooler->lock);
        if ((transport = spooler->transports))
            spooler->transports = transport->next;
        ReleaseSRWLockExclusive(&spooler->lock);
        if (!transport)
            break;
        logon_release(transport->logon);
        heap_free(transport->types);
        heap_free(transport->uids);
        heap_free(transport);
    }
}

static DWORD WINAPI spooler_proc(void *argument)
{
    struct spooler *spooler = argument;
    HMODULE module = spooler->module;

    if (take_over(spooler))
    {
        run(spooler);
        if (spooler->mutex)
            ReleaseMutex(spooler->mutex);
    }
    stores_end(spooler);
    InterlockedExchange(&spooler->started, TRUE);
    InterlockedExchange(&spooler->ended, TRUE);
    requests_end(spooler);
    free_transports(spooler);
    preprocess_end(spooler);
    TRACE("spooler %p ends\n", spooler);
    gate_release(&spooler->set->gate);
    thread_counted(-1);
    FreeLibraryAndExitThread(module, 0);
}

static void wait_for_thread(struct spooler *spooler, const struct providers_progress *progress, BOOL quietly)
{
    ULONGLONG start = GetTickCount64();
    const struct provider *told = NULL, *now;

    while (wait_step(spooler->thread, 50) != WAIT_OBJECT_0)
    {
        if (quietly && GetTickCount64() - start > QUIET_PATIENCE)
        {
            WARN("a transport does not come back; the process ends without it\n");
            break;
        }
        now = spooler->waiting_for;
        if (now && now != told && progress && progress->waiting_for)
            progress->waiting_for(progress->context, now->dll);
        told = now;
    }
}

/* LOGOFF-59: what the thread has begun it brings to its end; whoever waits answers sent messages. A transport that ends
 * the session from inside a call finds all others gone when it returns. */
static void spooler_stop(void *context, const struct providers_progress *progress, BOOL quietly)
{
    struct spooler *spooler = context;

    InterlockedExchange(&spooler->quietly, quietly);
    InterlockedExchange(&spooler->stopping, TRUE);
    if (spooler_is_this_thread(spooler))
    {
        transports_log_off(spooler);
        stores_end(spooler);
        return;
    }
    ResumeThread(spooler->thread);
    spooler_wake(spooler);
    wait_for_thread(spooler, progress, quietly);
    if (quietly)
        stores_end(spooler);
}

static BOOL spooler_yielded(void *context)
{
    return !!((struct spooler *)context)->stopping;
}

static void spooler_destroy(void *context)
{
    struct spooler *spooler = context;

    if (spooler->thread)
        CloseHandle(spooler->thread);
    if (spooler->wake)
        CloseHandle(spooler->wake);
    if (spooler->shared_wake)
        CloseHandle(spooler->shared_wake);
    if (spooler->mutex)
        CloseHandle(spooler->mutex);
    heap_free(spooler);
}

/* A named object that is this user's, or none. */
static HANDLE own_object(HANDLE object)
{
    if (object && GetLastError() == ERROR_ALREADY_EXISTS && !kernel_is_ours(object))
    {
        CloseHandle(object);
        return NULL;
    }
    return object;
}

static void open_shared(struct spooler *spooler)
{
    const WCHAR *profile = profile_name(spooler->set->host.profile);
    struct kernel_security security;
    SECURITY_ATTRIBUTES *attributes = kernel_security_init(&security);
    WCHAR name[KERNEL_NAME_MAX];

    if (!attributes)
        return;
    kernel_name_profile(L".Spooler.", profile, name);
    spooler->mutex = own_object(CreateMutexW(attributes, FALSE, name));
    kernel_name_profile(L".Spool.", profile, name);
    spooler->shared_wake = own_object(CreateEventW(attributes, FALSE, FALSE, name));
}

static BOOL create_thread(struct spooler *spooler)
{
    if (memory_should_fail() || !(spooler->wake = CreateEventW(NULL, FALSE, FALSE, NULL))
        || !GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)module_instance(),
                               &spooler->module))
        return FALSE;
    thread_counted(1);
    spooler_addref(spooler);
    spooler->thread = CreateThread(NULL, 0, spooler_proc, spooler, CREATE_SUSPENDED, &spooler->thread_id);
    if (spooler->thread)
        return TRUE;
    thread_counted(-1);
    FreeLibrary(spooler->module);
    gate_release(&spooler->set->gate);
    return FALSE;
}

static const struct spooling spooling = {
        .stop = spooler_stop,
        .store_opened = stores_opened,
        .store_logs_off = stores_log_off,
        .notified = requests_notified,
        .row_changed = requests_row_changed,
        .yielded = spooler_yielded,
        .completed = requests_complete,
        .reported = inbound_status,
        .preprocessor = preprocess_register,
        .needs_preprocessing = preprocess_needed,
        .destroy = spooler_destroy,
};

HRESULT spooler_create(struct provider_set *set, struct spooler **out)
{
    struct spooler *spooler;
    MAPIUID *uids;
    ULONG count;
    HRESULT hr;

    *out = NULL;
    if (set->host.logon_flags & MAPI_NO_MAIL) /* LOGON-18, LOGOFF-60 */
        return S_OK;
    if (FAILED(hr = provider_listed(set, PR_TRANSPORT_PROVIDERS, &uids, &count)))
        return hr;
    heap_free(uids);
    if (!count)
        return S_OK;
    if (!(spooler = heap_alloc_zero(sizeof(*spooler))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    spooler->set = set;
    InitializeSRWLock(&spooler->lock);
    spooler->interval = read_interval();
    open_shared(spooler);
    if (!create_thread(spooler))
    {
        spooler_destroy(spooler);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    providers_set_spooling(set, &spooling, spooler);
    *out = spooler;
    return S_OK;
}

void spooler_start(struct spooler *spooler)
{
    if (spooler)
        ResumeThread(spooler->thread);
}

void spooler_discard(struct spooler *spooler)
{
    if (spooler)
        spooler_stop(spooler, NULL, TRUE);
}
