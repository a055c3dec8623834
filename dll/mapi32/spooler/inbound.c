/*
 * What comes in: transports are asked, or have said that there is something, and put it into a new message in the store
 * that messages come into (message-reception-model, ixplogon-poll, ixplogon-startmessage); reports about what went out.
 */
#include "spooler/internal.h"
#include "provider/report.h"

#define ROUND_MAX 100 /* messages of one transport before the others have their turn again */

/* The folder that messages of a class come into. */
static HRESULT open_receive_folder(IMsgStore *store, const WCHAR *class_name, IMAPIFolder **folder, SBinary *id)
{
    ENTRYID *entryid = NULL;
    LPTSTR explicit_class = NULL;
    ULONG size = 0, type;
    HRESULT hr;

    *folder = NULL;
    memset(id, 0, sizeof(*id));
    hr = IMsgStore_GetReceiveFolder(store, (LPTSTR)class_name, MAPI_UNICODE, &size, &entryid, &explicit_class);
    if (FAILED(hr))
        return hr;
    MAPIFreeBuffer(explicit_class);
    if (SUCCEEDED(hr = IMsgStore_OpenEntry(store, size, entryid, NULL, MAPI_MODIFY, &type, (IUnknown **)folder)))
    {
        id->cb = size;
        id->lpb = (BYTE *)entryid;
        return hr;
    }
    *folder = NULL;
    MAPIFreeBuffer(entryid);
    return hr;
}

/* newmail_notification: the message has been saved, which its entry identifier shows. */
static BOOL announce(IMsgStore *store, IMessage *message, const SBinary *folder)
{
    static const SizedSPropTagArray(3, tags) = {3, {PR_ENTRYID, PR_MESSAGE_CLASS_W, PR_MESSAGE_FLAGS}};
    NOTIFICATION notification = {.ulEventType = fnevNewMail};
    NEWMAIL_NOTIFICATION *mail = &notification.info.newmail;
    SPropValue *values = NULL;
    ULONG count;
    BOOL saved;

    if (FAILED(IMessage_GetProps(message, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &values)) || count != 3)
        return FALSE;
    if ((saved = values[0].ulPropTag == PR_ENTRYID && values[0].Value.bin.cb))
    {
        mail->cbEntryID = values[0].Value.bin.cb;
        mail->lpEntryID = (ENTRYID *)values[0].Value.bin.lpb;
        mail->cbParentID = folder->cb;
        mail->lpParentID = (ENTRYID *)folder->lpb;
        mail->ulFlags = MAPI_UNICODE;
        mail->lpszMessageClass =
                (LPTSTR)(values[1].ulPropTag == PR_MESSAGE_CLASS_W ? values[1].Value.lpszW : L"IPM.Note");
        mail->ulMessageFlags = values[2].ulPropTag == PR_MESSAGE_FLAGS ? values[2].Value.l : 0;
        IMsgStore_NotifyNewMail(store, &notification);
    }
    MAPIFreeBuffer(values);
    return saved;
}

/* One message. FALSE: the transport had none, or no more can come now. */
static BOOL receive(struct spool_store *store, struct transport *transport)
{
    ULONG_PTR reference = 1;
    IMessage *message = NULL;
    IMAPIFolder *folder;
    BOOL more = FALSE;
    IXPLogon *logon;
    SBinary id;
    HRESULT hr;

    if (FAILED(hr = open_receive_folder(store->store, L"IPM.Note", &folder, &id)))
    {
        WARN("a store has no folder for what comes in, %#lx\n", hr);
        return FALSE;
    }
    if (FAILED(hr = IMAPIFolder_CreateMessage(folder, NULL, 0, &message)))
        message = NULL;
    else if ((logon = transport_enter(transport)))
    {
        hr = IXPLogon_StartMessage(logon, 0, message, &reference);
        transport_leave(transport);
        if (SUCCEEDED(hr) && store->state == STORE_READY)
            more = announce(store->store, message, &id);
    }
    if (message)
        IMessage_Release(message);
    IMAPIFolder_Release(folder);
    MAPIFreeBuffer(id.lpb);
    return more;
}

static BOOL poll(struct transport *transport)
{
    IXPLogon *logon = transport_enter(transport);
    ULONG incoming = 0;

    if (!logon)
        return FALSE;
    if (FAILED(IXPLogon_Poll(logon, &incoming)))
        incoming = 0;
    transport_leave(transport);
    return !!incoming;
}

/* Whether there is something, as far as the transport has said, or says. */
static BOOL is_incoming(struct transport *transport)
{
    if (!transport->begun || transport->dead)
        return FALSE;
    if (InterlockedExchange(&transport->incoming, FALSE))
        return TRUE;
    return (transport->wants & LOGON_SP_POLL) && !transport->critical && poll(transport);
}

static void set_receiving(struct spooler *spooler, struct spool_store *store, BOOL receiving)
{
    AcquireSRWLockExclusive(&spooler->lock);
    store->receiving = receiving;
    spooler->current = receiving ? store : NULL;
    ReleaseSRWLockExclusive(&spooler->lock);
}

/* A transport is polled while no store is in use: whoever closes one need not wait for it. */
static void run_transport(struct spooler *spooler, struct transport *transport)
{
    struct spool_store *store;
    ULONG count = 0;
    BOOL more = TRUE;

    while (more && !spooler->stopping && is_incoming(transport) && (store = stores_inbound(spooler)))
    {
        if ((more = count++ < ROUND_MAX))
        {
            set_receiving(spooler, store, TRUE);
            more = receive(store, transport);
            set_receiving(spooler, store, FALSE);
        }
        else
        {
            InterlockedExchange(&transport->incoming, TRUE);
            spooler_wake(spooler);
        }
        stores_unuse(spooler, store);
    }
}

void inbound_run(struct spooler *spooler, struct transport *only)
{
    struct transport *transport;

    for (transport = spooler->transports; transport; transport = transport->next)
        if (!only || transport == only)
            run_transport(spooler, transport);
}

/*
 * Reports.
 */

static HRESULT write_report(IMsgStore *store, IMessage *message, const ADRLIST *recipients, BOOL delivered)
{
    IMAPIFolder *folder;
    IMessage *report;
    SBinary id;
    HRESULT hr;

    if (FAILED(hr = open_receive_folder(store, L"REPORT", &folder, &id)))
        return hr;
    if (SUCCEEDED(hr = IMAPIFolder_CreateMessage(folder, NULL, 0, &report)))
    {
        if (SUCCEEDED(hr = report_fill(report, message, delivered ? REPORT_DELIVERED : REPORT_UNDELIVERABLE))
            && SUCCEEDED(hr = IMessage_ModifyRecipients(report, MODRECIP_ADD, (ADRLIST *)recipients))
            && SUCCEEDED(hr = IMessage_SaveChanges(report, KEEP_OPEN_READWRITE)))
            announce(store, report, &id);
        IMessage_Release(report);
    }
    IMAPIFolder_Release(folder);
    MAPIFreeBuffer(id.lpb);
    return hr;
}

HRESULT inbound_report(struct spooler *spooler, IMessage *message, const ADRLIST *recipients, BOOL delivered)
{
    struct spool_store *store, *found = NULL;
    IMsgStore *mdb = NULL;
    HRESULT hr;

    /* the store may be in use by the message that is reported on: its object is counted by itself */
    AcquireSRWLockExclusive(&spooler->lock);
    for (store = spooler->stores; store; store = store->next)
        if (store->state == STORE_READY && (!found || store->is_default))
            found = store;
    if (found)
        mdb = found->store;
    ReleaseSRWLockExclusive(&spooler->lock);
    if (!mdb)
        return MAPI_E_NOT_FOUND;
    hr = write_report(mdb, message, recipients, delivered);
    return hr;
}

/* What the recipients' properties say: with a time of delivery or not. */
static BOOL is_delivered(const ADRENTRY *entry)
{
    ULONG i;

    for (i = 0; i < entry->cValues; i++)
        if (entry->rgPropVals[i].ulPropTag == PR_DELIVER_TIME)
            return TRUE;
    return FALSE;
}

static HRESULT report_some(struct spooler *spooler, IMessage *message, const ADRLIST *recipients, BOOL delivered)
{
    ADRLIST *some;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = MAPIAllocateBuffer(CbNewADRLIST(recipients->cEntries), (void **)&some)))
        return hr;
    some->cEntries = 0;
    for (i = 0; i < recipients->cEntries; i++)
        if (is_delivered(&recipients->aEntries[i]) == delivered)
            some->aEntries[some->cEntries++] = recipients->aEntries[i];
    if (some->cEntries)
        hr = inbound_report(spooler, message, some, delivered);
    MAPIFreeBuffer(some);
    return hr;
}

HRESULT inbound_status(void *context, IMessage *message, const ADRLIST *recipients)
{
    struct spooler *spooler = context;
    HRESULT hr;

    /* on other threads the store could go at any time */
    if (!spooler_is_this_thread(spooler) || spooler->stopping)
        return MAPI_E_BUSY;
    if (FAILED(hr = report_some(spooler, message, recipients, TRUE)))
        return hr;
    return report_some(spooler, message, recipients, FALSE);
}

/*
 * Tightly coupled stores: the spooler tells the store of its own message, as of any other.
 */
HRESULT inbound_received(struct spooler *spooler, struct logon *client, const NEWMAIL_NOTIFICATION *mail)
{
    NOTIFICATION notification = {.ulEventType = fnevNewMail};
    IMsgStore *mdb = stores_object(spooler, client);
    HRESULT hr;

    if (!mdb)
        return S_OK;
    notification.info.newmail = *mail;
    hr = IMsgStore_NotifyNewMail(mdb, &notification);
    IMsgStore_Release(mdb);
    return hr;
}
