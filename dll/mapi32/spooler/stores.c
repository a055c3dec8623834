/*
 * Stores: the spooler's own logons to what clients have open, their outgoing queues, and how they are given up
 * (loading-message-store-providers, imsprovider-spoolerlogon, imapisupport-storelogofftransports).
 */
#include "spooler/internal.h"
#include "notify/sink.h"

/* What a queue's table tells of its changes. */
struct queue_sink
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    volatile LONG refcount;
    struct object_mark mark;
    struct spooler *spooler; /* a reference */
};

static struct queue_sink *impl_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct queue_sink, IMAPIAdviseSink_iface);
}

static HRESULT STDMETHODCALLTYPE sink_QueryInterface(IMAPIAdviseSink *iface, REFIID riid, void **out)
{
    return sink_query(iface, riid, out);
}

static ULONG STDMETHODCALLTYPE sink_AddRef(IMAPIAdviseSink *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->refcount);
}

static ULONG STDMETHODCALLTYPE sink_Release(IMAPIAdviseSink *iface)
{
    struct queue_sink *sink = impl_from_IMAPIAdviseSink(iface);
    ULONG refcount = InterlockedDecrement(&sink->refcount);

    if (!refcount)
    {
        gate_release(&sink->spooler->set->gate);
        object_died(&sink->mark);
        heap_free(sink);
    }
    return refcount;
}

static ULONG STDMETHODCALLTYPE sink_OnNotify(IMAPIAdviseSink *iface, ULONG cNotif, NOTIFICATION *lpNotifications)
{
    (void)cNotif;
    (void)lpNotifications;
    spooler_wake(impl_from_IMAPIAdviseSink(iface)->spooler);
    return S_OK;
}

static const IMAPIAdviseSinkVtbl sink_vtbl = {sink_QueryInterface, sink_AddRef, sink_Release, sink_OnNotify};

static struct queue_sink *create_sink(struct spooler *spooler)
{
    struct queue_sink *sink = heap_alloc_zero(sizeof(*sink));

    if (!sink)
        return NULL;
    sink->IMAPIAdviseSink_iface.lpVtbl = &sink_vtbl;
    sink->refcount = 1;
    sink->spooler = spooler;
    spooler_addref(spooler);
    object_born(&sink->mark, "sink of a queue");
    return sink;
}

void spool_store_release(struct spool_store *store)
{
    if (InterlockedDecrement(&store->refcount))
        return;
    heap_free(store->id);
    heap_free(store->security);
    if (store->token)
        CloseHandle(store->token);
    heap_free(store);
}

struct spool_store *stores_find(struct spooler *spooler, const MAPIUID *section)
{
    struct spool_store *store;

    for (store = spooler->stores; store; store = store->next)
        if (!memcmp(&store->section, section, sizeof(*section)))
            break;
    return store;
}

static BOOL keep_bytes(const void *bytes, ULONG size, BYTE **copy)
{
    if (!size)
        return TRUE;
    if (!(*copy = heap_alloc(size)))
        return FALSE;
    memcpy(*copy, bytes, size);
    return TRUE;
}

static BOOL is_default_store(struct provider_set *set, const MAPIUID *section)
{
    const SPropValue *flags;
    struct prop_bag bag;
    BOOL is_default = FALSE;

    if (SUCCEEDED(provider_section_read(set->host.profile, section, &bag))
        && (flags = prop_bag_find(&bag, PR_RESOURCE_FLAGS)) && PROP_TYPE(flags->ulPropTag) == PT_LONG)
        is_default = !!(flags->Value.l & STATUS_DEFAULT_STORE);
    prop_bag_clear(&bag);
    return is_default;
}

/* A store that had no identifier before its Logon has one in its section now. */
static BOOL keep_id(struct provider_set *set, const struct logon *client, struct spool_store *store)
{
    WCHAR dll[DLL_NAME_MAX];
    struct prop_bag bag;
    const BYTE *id;
    BOOL kept = TRUE;

    if ((store->id_size = client->id_size))
        return keep_bytes(client->id, client->id_size, &store->id);
    if (SUCCEEDED(provider_section_read(set->host.profile, &client->section, &bag))
        && store_section_id(&bag, dll, &store->id_size, &id))
        kept = keep_bytes(id, store->id_size, &store->id);
    prop_bag_clear(&bag);
    return kept;
}

/* Without memory the spooler does without the store. */
void stores_opened(void *context, struct logon *client, ULONG security_size, const BYTE *security)
{
    struct spooler *spooler = context;
    struct spool_store *store = heap_alloc_zero(sizeof(*store)), *known;

    if (!store)
        return;
    store->refcount = 1;
    store->provider = client->provider;
    store->section = client->section;
    store->security_size = security_size;
    store->is_default = is_default_store(spooler->set, &client->section);
    if (!keep_id(spooler->set, client, store) || !keep_bytes(security, security_size, &store->security))
    {
        spool_store_release(store);
        return;
    }
    AcquireSRWLockExclusive(&spooler->lock);
    if ((known = stores_find(spooler, &client->section)))
    {
        known->closes = FALSE;
        token_hold(spooler, known);
    }
    else
    {
        token_hold(spooler, store);
        store->next = spooler->stores;
        spooler->stores = store;
    }
    ReleaseSRWLockExclusive(&spooler->lock);
    if (known)
        spool_store_release(store);
    spooler_wake(spooler);
}

/* An outgoing queue is not every store's. */
static void open_queue(struct spooler *spooler, struct spool_store *store)
{
    struct queue_sink *sink;
    HRESULT hr;

    if (FAILED(hr = IMsgStore_GetOutgoingQueue(store->store, 0, &store->queue)))
    {
        TRACE("a store has no outgoing queue, %#lx\n", hr);
        store->queue = NULL;
        return;
    }
    if (!(sink = create_sink(spooler)))
        return;
    if (SUCCEEDED(IMAPITable_Advise(store->queue, fnevTableModified, &sink->IMAPIAdviseSink_iface, &store->connection)))
        store->sink = sink;
    else
        IMAPIAdviseSink_Release(&sink->IMAPIAdviseSink_iface);
}

static HRESULT spooler_logon(struct spooler *spooler, struct spool_store *store)
{
    struct provider_set *set = spooler->set;
    IMSLogon *object = NULL;
    MAPIERROR *error = NULL;
    IMsgStore *mdb = NULL;
    struct logon *logon;
    HRESULT hr;

    if (FAILED(hr = logon_create(set, store->provider, &store->section, &logon)))
        return hr;
    logon->spooler = TRUE;
    logon_addref(logon);
    hr = IMSProvider_SpoolerLogon((IMSProvider *)store->provider->object, &logon->support->IMAPISupport_iface, 0,
                                  (LPTSTR)profile_name(set->host.profile), store->id_size, (ENTRYID *)store->id,
                                  MDB_WRITE | MDB_NO_DIALOG | MAPI_UNICODE, NULL, store->security_size, store->security,
                                  &error, &object, &mdb);
    MAPIFreeBuffer(error);
    if (SUCCEEDED(hr) && !mdb)
        hr = MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr) && object)
    {
        logon->store = (IUnknown *)mdb;
        logon_succeeded(logon, (IUnknown *)object);
        store->logon = logon;
        store->store = mdb;
        open_queue(spooler, store);
        return hr;
    }
    logon_failed(logon);
    logon_release(logon);
    if (SUCCEEDED(hr)) /* the one that was open already: the spooler has no logon of its own to give up */
    {
        store->store = mdb;
        open_queue(spooler, store);
    }
    return hr;
}

static struct spool_store *take_offered(struct spooler *spooler)
{
    struct spool_store *store;

    AcquireSRWLockExclusive(&spooler->lock);
    for (store = spooler->stores; store && store->state != STORE_OFFERED; store = store->next)
        ;
    if (store)
    {
        store->in_use = TRUE;
        InterlockedIncrement(&store->refcount);
    }
    ReleaseSRWLockExclusive(&spooler->lock);
    return store;
}

/* SPI-20 */
void stores_log_on(struct spooler *spooler)
{
    struct spool_store *store;
    HRESULT hr;

    while (!spooler->stopping && (store = take_offered(spooler)))
    {
        hr = MAPI_E_USER_CANCEL;
        if (spooler_take_turn(spooler))
        {
            spooler->waiting_for = store->provider;
            hr = spooler_logon(spooler, store);
            spooler->waiting_for = NULL;
            turn_give(&spooler->set->turn);
        }
        if (FAILED(hr))
            WARN("store %s: the spooler's logon answers %#lx\n", debugstr_w(store->provider->dll), hr);
        AcquireSRWLockExclusive(&spooler->lock);
        if (store->state == STORE_OFFERED)
            store->state = SUCCEEDED(hr) ? STORE_READY : STORE_REFUSED;
        ReleaseSRWLockExclusive(&spooler->lock);
        stores_unuse(spooler, store);
    }
}

BOOL stores_any(struct spooler *spooler)
{
    struct spool_store *store;

    AcquireSRWLockShared(&spooler->lock);
    for (store = spooler->stores; store && store->state != STORE_READY; store = store->next)
        ;
    ReleaseSRWLockShared(&spooler->lock);
    return store != NULL;
}

IMsgStore *stores_object(struct spooler *spooler, const struct logon *client)
{
    struct spool_store *store;
    IMsgStore *mdb = NULL;

    AcquireSRWLockShared(&spooler->lock);
    if ((store = stores_find(spooler, &client->section)) && store->state == STORE_READY)
        mdb = store->store;
    if (mdb)
        IMsgStore_AddRef(mdb); /* counts and nothing else */
    ReleaseSRWLockShared(&spooler->lock);
    return mdb;
}

ULONG spooler_waiting(struct spooler *spooler)
{
    const struct spool_store *store;
    ULONG count = 0;

    if (!spooler)
        return 0;
    AcquireSRWLockShared(&spooler->lock);
    for (store = spooler->stores; store; store = store->next)
        count += store->waiting;
    ReleaseSRWLockShared(&spooler->lock);
    return count;
}

void stores_unuse(struct spooler *spooler, struct spool_store *store)
{
    AcquireSRWLockExclusive(&spooler->lock);
    store->in_use = FALSE;
    ReleaseSRWLockExclusive(&spooler->lock);
    spool_store_release(store);
}

/* Under the lock. */
static void use(struct spool_store *store)
{
    if (!store)
        return;
    store->in_use = TRUE;
    InterlockedIncrement(&store->refcount);
}

struct spool_store *stores_next(struct spooler *spooler, struct spool_store *store)
{
    struct spool_store *next;

    AcquireSRWLockExclusive(&spooler->lock);
    /* one that went out of the list meanwhile ends the round */
    next = store ? (store->state == STORE_READY ? store->next : NULL) : spooler->stores;
    while (next && next->state != STORE_READY)
        next = next->next;
    use(next);
    ReleaseSRWLockExclusive(&spooler->lock);
    if (store)
        stores_unuse(spooler, store);
    return next;
}

struct spool_store *stores_inbound(struct spooler *spooler)
{
    struct spool_store *store, *found = NULL;

    AcquireSRWLockExclusive(&spooler->lock);
    for (store = spooler->stores; store; store = store->next)
        if (store->state == STORE_READY && !store->closes && (!found || store->is_default))
            found = store;
    use(found);
    ReleaseSRWLockExclusive(&spooler->lock);
    return found;
}

static void close_queue(struct spool_store *store)
{
    if (store->sink)
    {
        IMAPITable_Unadvise(store->queue, store->connection);
        IMAPIAdviseSink_Release(&store->sink->IMAPIAdviseSink_iface);
        store->sink = NULL;
    }
    if (store->queue)
        IMAPITable_Release(store->queue);
    store->queue = NULL;
}

/* Out of the list and not in use: gives up what the spooler has of it. The store's last Release leads to the log-off
 * (STORE-08), as with a client's. */
void stores_let_go(struct spool_store *store)
{
    struct logon *logon = store->logon;

    close_queue(store);
    deferred_free(store);
    if (!logon)
    {
        if (store->store)
            IMsgStore_Release(store->store);
    }
    else
    {
        if (InterlockedExchangePointer((void *volatile *)&logon->store, NULL))
            IMsgStore_Release(store->store);
        logon_close(logon);
        logon_release(logon);
    }
    store->store = NULL;
    store->logon = NULL;
    spool_store_release(store);
}

void stores_unlink(struct spooler *spooler, struct spool_store *store)
{
    struct spool_store **link;

    for (link = &spooler->stores; *link && *link != store; link = &(*link)->next)
        ;
    if (*link)
        *link = store->next;
    store->next = NULL;
    store->state = STORE_GONE;
}

/* One that is to close, or any; out of the list. */
static struct spool_store *take_closing(struct spooler *spooler)
{
    struct spool_store *store;

    AcquireSRWLockExclusive(&spooler->lock);
    for (store = spooler->stores; store && !store->closes; store = store->next)
        ;
    if (store)
        stores_unlink(spooler, store);
    ReleaseSRWLockExclusive(&spooler->lock);
    return store;
}

void stores_close(struct spooler *spooler)
{
    struct spool_store *store;

    while ((store = take_closing(spooler)))
        stores_let_go(store);
}

/* The session ends: the logons go with all others of their kind, after the transports'. */
void stores_end(struct spooler *spooler)
{
    struct spool_store *store;

    for (;;)
    {
        AcquireSRWLockExclusive(&spooler->lock);
        if ((store = spooler->stores))
            stores_unlink(spooler, store);
        ReleaseSRWLockExclusive(&spooler->lock);
        if (!store)
            break;
        if (!spooler->quietly)
            close_queue(store);
        deferred_free(store);
        if (store->logon)
            logon_release(store->logon);
        else if (store->store && !spooler->quietly)
            IMsgStore_Release(store->store);
        store->logon = NULL;
        spool_store_release(store);
    }
}
