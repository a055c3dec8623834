/*
 * What others ask of the spooler: providers through their support objects (imapisupport-spoolernotify), clients through
 * its status object (imapistatus-flushqueues, imapistatus-validatestate).
 */
#include "spooler/internal.h"

/*
 * SpoolerNotify.
 */

static HRESULT store_notified(struct spooler *spooler, struct logon *logon, ULONG flags, void *data)
{
    if (flags & NOTIFY_READYTOSEND)
    {
        /* every transport is logged on, and its address types are known, when the store goes on */
        spooler_wait_started(spooler);
        InterlockedExchange(&spooler->retries, TRUE);
        spooler_wake(spooler);
        if (spooler->shared_wake)
            SetEvent(spooler->shared_wake); /* another session may run the spooler */
    }
    return flags & NOTIFY_NEWMAIL_RECEIVED ? inbound_received(spooler, logon, data) : S_OK;
}

/* Under the lock, so that the transport is there. */
static void mark(struct transport *transport, ULONG flags)
{
    if (flags & NOTIFY_CRITICAL_ERROR)
        InterlockedExchange(&transport->dead, TRUE);
    if (flags & NOTIFY_CRITSEC)
        InterlockedExchange(&transport->critical, TRUE);
    if (flags & NOTIFY_NONCRIT)
        InterlockedExchange(&transport->critical, FALSE);
    if (flags & NOTIFY_CONFIG_CHANGE)
        InterlockedExchange(&transport->changed, TRUE);
    if (flags & NOTIFY_NEWMAIL)
        InterlockedExchange(&transport->incoming, TRUE);
}

HRESULT requests_notified(void *context, struct logon *logon, ULONG flags, void *data)
{
    struct spooler *spooler = context;
    struct transport *transport;
    HRESULT hr = S_OK;

    if (logon->provider->kind == PROVIDER_STORE)
        return store_notified(spooler, logon, flags, data);
    AcquireSRWLockShared(&spooler->lock);
    for (transport = spooler->transports; transport && transport->logon != logon; transport = transport->next)
        ;
    if (transport)
        mark(transport, flags);
    ReleaseSRWLockShared(&spooler->lock);
    if (!transport)
        return MAPI_E_BUSY; /* its TransportLogon has not returned */
    if (flags & NOTIFY_READYTOSEND)
        InterlockedExchange(&spooler->retries, TRUE);
    if (flags & NOTIFY_SENTDEFERRED)
        hr = outbound_resume(spooler, transport, data);
    spooler_wake(spooler);
    return hr;
}

/* imapisupport-completemsg: a tightly coupled store has sent it. */
HRESULT requests_complete(void *context, struct logon *client, const SBinary *id)
{
    struct spooler *spooler = context;
    IMsgStore *mdb = stores_object(spooler, client);
    IMessage *message;
    ULONG type;
    HRESULT hr;

    if (!mdb)
        return MAPI_E_BUSY; /* the spooler is not on the store (yet) */
    hr = IMsgStore_OpenEntry(mdb, id->cb, (ENTRYID *)id->lpb, NULL, MAPI_MODIFY, &type, (IUnknown **)&message);
    if (SUCCEEDED(hr))
    {
        hr = IMsgStore_SetLockState(mdb, message, MSG_LOCKED);
        IMessage_Release(message);
    }
    if (SUCCEEDED(hr))
        hr = IMsgStore_FinishedMsg(mdb, 0, id->cb, (ENTRYID *)id->lpb);
    IMsgStore_Release(mdb);
    return hr;
}

/* implementing-the-flushqueues-method: a client has called FlushQueues of the transport's own status object, which has set
 * the bits; the spooler calls the logon object's when it comes to it. */
void requests_row_changed(void *context, struct logon *logon, ULONG status)
{
    ULONG flags =
            (status & STATUS_OUTBOUND_FLUSH ? FLUSH_UPLOAD : 0) | (status & STATUS_INBOUND_FLUSH ? FLUSH_DOWNLOAD : 0);
    struct spooler *spooler = context;
    struct transport *transport;
    BOOL asked;

    AcquireSRWLockShared(&spooler->lock);
    for (transport = spooler->transports; transport && transport->logon != logon; transport = transport->next)
        ;
    /* what it sets while it is flushed is its answer */
    if ((asked = flags && transport && !transport->flushing))
        InterlockedOr(&transport->flush, (LONG)flags);
    ReleaseSRWLockShared(&spooler->lock);
    if (asked)
        spooler_wake(spooler);
}

/*
 * FlushQueues and ValidateState, on the spooler's thread.
 */

static ULONG status_of(struct transport *transport)
{
    struct logon *logon = transport->logon;
    const SPropValue *value;
    ULONG status = 0;

    AcquireSRWLockShared(&logon->set->lock);
    value = prop_bag_find(&logon->row, PR_STATUS_CODE);
    if (value && PROP_TYPE(value->ulPropTag) == PT_LONG)
        status = value->Value.l;
    ReleaseSRWLockShared(&logon->set->lock);
    return status;
}

/* implementing-the-flushqueues-method, steps 1 to 13. What the session's end cuts short transports_log_off ends
 * (LOGOFF-40). */
static void flush(struct spooler *spooler, struct transport *transport, ULONG_PTR window, ULONG flags)
{
    IXPLogon *logon = transport_enter(transport);
    HRESULT hr;

    if (!logon)
        return;
    transport->flushing = TRUE;
    hr = IXPLogon_FlushQueues(logon, window, 0, NULL, flags & ~(ULONG)FLUSH_ASYNC_OK);
    transport_leave(transport);
    if (FAILED(hr))
        transport->flushing = FALSE;
    if (FAILED(hr) || spooler->stopping)
        return;
    if (status_of(transport) & STATUS_OUTBOUND_FLUSH)
    {
        outbound_run(spooler, transport);
        if (spooler->stopping)
            return;
        transport_notify(transport, NOTIFY_END_OUTBOUND_FLUSH, NULL);
    }
    if (!spooler->stopping && (status_of(transport) & STATUS_INBOUND_FLUSH))
    {
        InterlockedExchange(&transport->incoming, TRUE);
        inbound_run(spooler, transport);
        if (spooler->stopping)
            return;
        transport_notify(transport, NOTIFY_END_INBOUND_FLUSH, NULL);
    }
    if (!spooler->stopping)
        transport->flushing = FALSE;
}

static HRESULT validate(struct transport *transport, ULONG_PTR window, ULONG flags)
{
    IXPLogon *logon = transport_enter(transport);
    HRESULT hr;

    if (!logon)
        return S_OK;
    hr = transport->critical ? MAPI_E_BUSY : IXPLogon_ValidateState(logon, window, flags);
    transport_leave(transport);
    return hr == MAPI_E_NO_SUPPORT ? S_OK : hr;
}

static void finish(struct spooler *spooler, HRESULT hr)
{
    AcquireSRWLockExclusive(&spooler->lock);
    spooler->request.kind = REQUEST_NONE;
    spooler->request.done = spooler->request.number;
    spooler->request.hr = hr;
    ReleaseSRWLockExclusive(&spooler->lock);
}

/* What transports' own status objects were asked for. */
static void flush_some(struct spooler *spooler)
{
    struct transport *transport;
    ULONG flags;

    for (transport = spooler->transports; transport && !spooler->stopping; transport = transport->next)
        if ((flags = (ULONG)InterlockedExchange(&transport->flush, 0)))
            flush(spooler, transport, 0, flags);
}

void requests_run(struct spooler *spooler)
{
    struct transport *transport;
    enum request_kind kind;
    HRESULT hr = S_OK, one;
    ULONG_PTR window;
    ULONG key, flags;

    flush_some(spooler);
    AcquireSRWLockShared(&spooler->lock);
    kind = spooler->request.kind;
    window = spooler->request.window;
    flags = spooler->request.flags;
    key = spooler->request.key;
    ReleaseSRWLockShared(&spooler->lock);
    if (kind == REQUEST_NONE)
        return;
    if (kind == REQUEST_VALIDATE && (flags & CONFIG_CHANGED))
        transports_refresh(spooler, TRUE);
    for (transport = spooler->transports; transport && !spooler->stopping; transport = transport->next)
    {
        if (key && transport->logon->row_key != key)
            continue;
        if (kind == REQUEST_FLUSH)
            flush(spooler, transport, window, flags);
        else if (FAILED(one = validate(transport, window, flags)) && SUCCEEDED(hr))
            hr = one;
    }
    finish(spooler, spooler->stopping ? MAPI_E_INVALID_OBJECT : hr);
}

void requests_end(struct spooler *spooler)
{
    finish(spooler, MAPI_E_INVALID_OBJECT);
}

/* Puts the one request that there is. MAPI_E_BUSY: another one is running. */
static HRESULT put(struct spooler *spooler, enum request_kind kind, ULONG_PTR window, ULONG key, ULONG flags,
                   ULONG *number)
{
    HRESULT hr = S_OK;

    AcquireSRWLockExclusive(&spooler->lock);
    if (spooler->request.kind != REQUEST_NONE)
        hr = MAPI_E_BUSY;
    else
    {
        spooler->request.kind = kind;
        spooler->request.window = window;
        spooler->request.key = key;
        spooler->request.flags = flags;
        *number = ++spooler->request.number;
    }
    ReleaseSRWLockExclusive(&spooler->lock);
    spooler_wake(spooler);
    return hr;
}

/* Another one may be done, and put, between two looks. */
static HRESULT wait(struct spooler *spooler, ULONG number)
{
    HRESULT hr = MAPI_E_INVALID_OBJECT;
    BOOL done;

    do
    {
        AcquireSRWLockShared(&spooler->lock);
        if ((done = (LONG)(spooler->request.done - number) >= 0))
            hr = spooler->request.done == number ? spooler->request.hr : S_OK;
        ReleaseSRWLockShared(&spooler->lock);
    } while (!done && spooler_pause(spooler));
    return hr;
}

static BOOL has_key(struct spooler *spooler, ULONG key)
{
    const struct transport *transport;

    AcquireSRWLockShared(&spooler->lock);
    for (transport = spooler->transports; transport && transport->logon->row_key != key; transport = transport->next)
        ;
    ReleaseSRWLockShared(&spooler->lock);
    return transport != NULL;
}

HRESULT spooler_flush(struct spooler *spooler, ULONG_PTR window, ULONG key, ULONG flags)
{
    ULONG number;
    HRESULT hr;

    spooler_wait_started(spooler);
    if (key && !has_key(spooler, key))
        return MAPI_E_NOT_FOUND;
    if (!spooler->transports)
        return S_OK; /* another session's spooler has them */
    if (FAILED(hr = put(spooler, REQUEST_FLUSH, window, key, flags, &number)))
        return hr;
    /* a transport that asks for it from inside a call cannot be waited for here */
    if ((flags & FLUSH_ASYNC_OK) || spooler_is_this_thread(spooler))
        return S_OK;
    return wait(spooler, number);
}

HRESULT spooler_validate(struct spooler *spooler, ULONG_PTR window, ULONG flags)
{
    ULONG number;
    HRESULT hr;

    spooler_wait_started(spooler);
    if (!spooler->transports)
        return S_OK;
    if (FAILED(hr = put(spooler, REQUEST_VALIDATE, window, 0, flags, &number)))
        return hr;
    return spooler_is_this_thread(spooler) ? S_OK : wait(spooler, number);
}
