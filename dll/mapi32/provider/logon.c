/*
 * Logons: from the moment before the provider's Logon to the release of its logon object.
 */
#include "provider/set.h"

static const enum support_flavour flavours[PROVIDER_KINDS] = {SUPPORT_TRANSPORT, SUPPORT_BOOK, SUPPORT_STORE};

void logon_addref(struct logon *logon)
{
    InterlockedIncrement(&logon->memory);
}

void logon_release(struct logon *logon)
{
    struct gate *gate = &logon->set->gate;

    if (InterlockedDecrement(&logon->memory))
        return;
    prop_bag_clear(&logon->row);
    heap_free(logon->uids);
    heap_free(logon->id);
    heap_free(logon);
    gate_release(gate);
}

HRESULT logon_create(struct provider_set *set, struct provider *provider, const MAPIUID *section, struct logon **out)
{
    struct logon *logon = heap_alloc_zero(sizeof(*logon));
    HRESULT hr;

    *out = NULL;
    if (!logon)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    logon->set = set;
    logon->provider = provider;
    logon->section = *section;
    logon->users = 1;
    logon->memory = 2; /* the list's, and the first use's */
    prop_bag_init(&logon->row);
    gate_addref(&set->gate);
    if (FAILED(hr = support_create(flavours[provider->kind], set->host.profile, &set->gate, section, &logon->support)))
    {
        logon_unuse(logon);
        logon_release(logon);
        return hr;
    }
    logon->support->logon = logon;
    logon_addref(logon);
    *out = logon;
    return S_OK;
}

/* The creator's reference on the support object goes. SPI-05: nobody else may have one. */
static void give_up_support(struct logon *logon)
{
    struct support *support = logon->support;

    if (support)
        IMAPISupport_Release(&support->IMAPISupport_iface);
}

void logon_succeeded(struct logon *logon, IUnknown *object)
{
    struct provider_set *set = logon->set;
    struct support *support;
    struct logon *before;
    BOOL closed;

    logon->object = object;
    give_up_support(logon); /* while it is starting, its end is no end of a store */
    InterlockedExchange(&logon->state, LOGON_OPEN);
    AcquireSRWLockExclusive(&set->lock);
    if (!(closed = set->closed))
    {
        before = set->last;
        logon->prev = before;
        *(before ? &before->next : &set->first) = logon;
        set->last = logon;
    }
    ReleaseSRWLockExclusive(&set->lock);
    if (closed) /* the session was logged off from inside the provider's Logon */
    {
        logon_close(logon);
        if ((support = logon->support))
            InterlockedExchange(&support->ended, TRUE);
        logon_release(logon);
    }
}

BOOL logon_configure(struct logon *logon, ULONG_PTR window, BOOL shows, MAPIERROR **error)
{
    struct provider_set *set = logon->set;
    MAPIERROR *said = NULL;
    HRESULT hr;

    if (!logon->has_service)
        return FALSE;
    shows = shows && !(set->host.logon_flags & MAPI_NT_SERVICE);
    hr = set->host.configure(set->host.profile, &set->gate, &logon->service, shows ? window : 0,
                             shows ? SERVICE_UI_ALLOWED : 0, 0, NULL, &said);
    MAPIFreeBuffer(*error);
    *error = said;
    if (FAILED(hr)) /* SPI-23: the failed logon puts the service out */
        WARN("the service of provider %s is not configured: %#lx\n", debugstr_w(logon->provider->dll), hr);
    return SUCCEEDED(hr);
}

void logon_failed(struct logon *logon)
{
    struct support *support = logon->support;

    InterlockedExchange(&logon->state, LOGON_CLOSED);
    logon_forget_row(logon);
    if (support)
        InterlockedExchange(&support->ended, TRUE);
    give_up_support(logon);
    logon_unuse(logon);
    logon_release(logon);
}

BOOL logon_use(struct logon *logon)
{
    LONG users = logon->users, before;

    while (users)
    {
        if ((before = InterlockedCompareExchange(&logon->users, users + 1, users)) == users)
        {
            logon_addref(logon);
            return TRUE;
        }
        users = before;
    }
    return FALSE;
}

void logon_unuse(struct logon *logon)
{
    IUnknown *store;

    if (!InterlockedDecrement(&logon->users) && logon->object)
    {
        IUnknown_Release(logon->object); /* LOGOFF-25 */
        if ((store = InterlockedExchangePointer((void *volatile *)&logon->store, NULL)))
            IUnknown_Release(store);
    }
    logon_release(logon);
}

/* The provider's Logoff; what it answers changes nothing (S-14). Arguments: LOGOFF-22 to 24. */
static void log_off(struct logon *logon)
{
    ULONG none = 0;
    HRESULT hr;

    switch (logon->provider->kind)
    {
    case PROVIDER_TRANSPORT:
        hr = IXPLogon_TransportLogoff((IXPLogon *)logon->object, 0);
        break;
    case PROVIDER_BOOK:
        hr = IABLogon_Logoff((IABLogon *)logon->object, 0);
        break;
    default:
        hr = IMSLogon_Logoff((IMSLogon *)logon->object, &none);
        break;
    }
    if (FAILED(hr))
        WARN("provider %s: log-off answers %#lx\n", debugstr_w(logon->provider->dll), hr);
}

BOOL logon_close(struct logon *logon)
{
    /* LOGOFF-33: what its Logoff releases comes too late to close it again. */
    if (InterlockedCompareExchange(&logon->state, LOGON_CLOSED, LOGON_OPEN) != LOGON_OPEN)
        return FALSE;
    forwarded_drop(logon->set, logon);
    logon_forget_row(logon);
    log_off(logon);
    logon_unuse(logon);
    return TRUE;
}

/* MAPI's part of the support object's end: MAPIUIDs, status row, and for a store the log-off (STORE-08). */
void logon_support_gone(struct logon *logon)
{
    struct provider_set *set = logon->set;

    AcquireSRWLockExclusive(&set->lock);
    logon->support = NULL;
    ReleaseSRWLockExclusive(&set->lock);
    if (logon->state == LOGON_OPEN)
    {
        AcquireSRWLockExclusive(&set->lock);
        logon->uid_count = 0;
        ReleaseSRWLockExclusive(&set->lock);
        logon_forget_row(logon);
        if (logon->provider->kind == PROVIDER_STORE)
            logon_close(logon);
    }
    logon_release(logon);
}

HRESULT logon_add_uid(struct logon *logon, const MAPIUID *uid)
{
    HRESULT hr = S_OK;

    AcquireSRWLockExclusive(&logon->set->lock);
    if (array_reserve((void **)&logon->uids, &logon->uid_capacity, logon->uid_count + 1, sizeof(*uid)))
        logon->uids[logon->uid_count++] = *uid;
    else
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    ReleaseSRWLockExclusive(&logon->set->lock);
    return hr;
}

static BOOL has_uid(const struct logon *logon, const BYTE *uid)
{
    size_t i;

    for (i = 0; i < logon->uid_count; i++)
        if (!memcmp(&logon->uids[i], uid, sizeof(MAPIUID)))
            return TRUE;
    return FALSE;
}

/* SPI-07, SPI-08 */
struct logon *logon_of_uid(struct provider_set *set, ULONG size, const ENTRYID *entryid)
{
    struct logon *logon;

    if (size < FIELD_OFFSET(ENTRYID, ab) + sizeof(MAPIUID))
        return NULL;
    AcquireSRWLockShared(&set->lock);
    for (logon = set->first; logon; logon = logon->next)
        if (logon->state == LOGON_OPEN && !logon->spooler && has_uid(logon, entryid->ab) && logon_use(logon))
            break;
    ReleaseSRWLockShared(&set->lock);
    return logon;
}
