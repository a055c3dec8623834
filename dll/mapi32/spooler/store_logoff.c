/*
 * How a store that a client closes is given up: StoreLogoffTransports, on the client's thread
 * (imapisupport-storelogofftransports). Who else has it open, in whatever process, shows in a named event that each session
 * holds.
 */
#include "spooler/internal.h"
#include "profile/kernel_names.h"

static void token_name(const struct spooler *spooler, const struct spool_store *store, WCHAR name[KERNEL_NAME_MAX])
{
    kernel_name_profile(L".Store.", profile_name(spooler->set->host.profile), name);
    kernel_name_number(name + lstrlenW(name), hash_bytes(&store->section, sizeof(store->section)));
}

void token_hold(const struct spooler *spooler, struct spool_store *store)
{
    struct kernel_security security;
    SECURITY_ATTRIBUTES *attributes = kernel_security_init(&security);
    WCHAR name[KERNEL_NAME_MAX];

    token_name(spooler, store, name);
    if (attributes && !store->token)
        store->token = CreateEventW(attributes, TRUE, FALSE, name);
}

/* Whether it is there without ours, which is held again if it is not. */
static BOOL token_is_shared(const struct spooler *spooler, struct spool_store *store)
{
    WCHAR name[KERNEL_NAME_MAX];
    HANDLE other;

    if (!store->token)
        return FALSE;
    CloseHandle(store->token);
    store->token = NULL;
    token_name(spooler, store, name);
    if ((other = OpenEventW(SYNCHRONIZE, FALSE, name)))
        CloseHandle(other);
    else
        token_hold(spooler, store);
    return other != NULL;
}

/* STORE-06: another logon of a client's, in this session or in any other on the profile. */
static BOOL is_open_elsewhere(struct spooler *spooler, const struct logon *client)
{
    struct provider_set *set = spooler->set;
    const struct logon *logon;
    struct spool_store *store;
    BOOL is_shared;

    AcquireSRWLockShared(&set->lock);
    for (logon = set->first; logon; logon = logon->next)
        if (logon != client && logon->provider->kind == PROVIDER_STORE && logon->state == LOGON_OPEN && !logon->spooler
            && !memcmp(&logon->section, &client->section, sizeof(client->section)))
            break;
    ReleaseSRWLockShared(&set->lock);
    if (logon)
        return TRUE;
    AcquireSRWLockExclusive(&spooler->lock);
    is_shared = (store = stores_find(spooler, &client->section)) && token_is_shared(spooler, store);
    ReleaseSRWLockExclusive(&spooler->lock);
    return is_shared;
}

/* What is going on with a store, as LOGOFF_*; *known FALSE: the queue may have changed since the last look. */
static ULONG activity(struct spooler *spooler, const MAPIUID *section, BOOL *known)
{
    const struct spool_store *store;
    ULONG found = 0;

    AcquireSRWLockShared(&spooler->lock);
    if ((store = stores_find(spooler, section)))
        found = (store->sending ? LOGOFF_OUTBOUND : 0) | (store->receiving ? LOGOFF_INBOUND : 0)
                | (store->waiting > (ULONG)store->sending ? LOGOFF_OUTBOUND_QUEUE : 0);
    *known = !store || store->state != STORE_READY || spooler->current || spooler->looked == spooler->wakes;
    ReleaseSRWLockShared(&spooler->lock);
    return found;
}

/* Takes it from the spooler as soon as its thread is not at work on it. */
static void take_away(struct spooler *spooler, const MAPIUID *section)
{
    struct spool_store *store, *taken = NULL;

    do
    {
        AcquireSRWLockExclusive(&spooler->lock);
        store = stores_find(spooler, section);
        if (store && (!store->in_use || spooler_is_this_thread(spooler)))
            stores_unlink(spooler, taken = store);
        ReleaseSRWLockExclusive(&spooler->lock);
    } while (store && !taken && spooler_pause(spooler));
    if (taken)
        stores_let_go(taken);
    spooler_wake(spooler);
}

/* It goes when its queue was looked at. */
static void close_later(struct spooler *spooler, const MAPIUID *section, BOOL wait)
{
    struct spool_store *store;
    BOOL ready = FALSE;

    AcquireSRWLockExclusive(&spooler->lock);
    if ((store = stores_find(spooler, section)))
        ready = store->closes = store->state == STORE_READY;
    ReleaseSRWLockExclusive(&spooler->lock);
    if (!ready) /* another session's spooler has the queue, or none */
    {
        take_away(spooler, section);
        return;
    }
    spooler_wake(spooler);
    while (wait && store && !spooler_is_this_thread(spooler) && spooler_pause(spooler))
    {
        AcquireSRWLockShared(&spooler->lock);
        store = stores_find(spooler, section);
        ReleaseSRWLockShared(&spooler->lock);
    }
}

/* STORE-03 to 06 */
HRESULT stores_log_off(void *context, struct logon *client, ULONG *flags)
{
    struct spooler *spooler = context;
    ULONG how = *flags, found;
    BOOL known;

    *flags = LOGOFF_COMPLETE;
    if (client->spooler || is_open_elsewhere(spooler, client))
        return S_OK;
    do
        found = activity(spooler, &client->section, &known);
    while (how == LOGOFF_QUIET && !known && !spooler_is_this_thread(spooler) && spooler_pause(spooler));
    switch (how)
    {
    case LOGOFF_QUIET:
        if (found)
            *flags = found;
        else
            take_away(spooler, &client->section);
        break;
    case LOGOFF_ABORT: /* what waits stays in the queue */
        if (found & (LOGOFF_INBOUND | LOGOFF_OUTBOUND))
            *flags = found;
        else
            take_away(spooler, &client->section);
        break;
    case LOGOFF_ORDERLY:
        take_away(spooler, &client->section);
        break;
    default: /* LOGOFF_NO_WAIT, LOGOFF_PURGE */
        if (found && how == LOGOFF_NO_WAIT)
            *flags |= found;
        close_later(spooler, &client->section, how == LOGOFF_PURGE);
        break;
    }
    return S_OK;
}
