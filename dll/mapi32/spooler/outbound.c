/*
 * What goes out: each store's outgoing queue in the order of submission, each message to the transports that take its
 * recipients, in transport order (sending-messages-mapi-spooler-tasks, ixplogon-submitmessage, ixplogon-endmessage).
 *
 * A message that waits, for a transport's sake or for a time, is remembered with its store; it stays in the store's queue,
 * so nothing is lost with the process. spooler->lock guards these lists.
 */
#include "spooler/internal.h"

#define AGAIN_MAX 10      /* times that a transport may have a message at once again */
#define SECONDS_MAX 86400 /* that a transport may have a message wait */
#define NEVER ((ULONGLONG)-1)

struct deferred
{
    struct deferred *next;
    const struct transport *transport; /* has it, and will say when; NULL: it waits for a time */
    BOOL ready;                        /* it has said so */
    BOOL seen;                         /* still in the queue */
    ULONGLONG time;                    /* tick count */
    ULONG size;
    BYTE id[];
};

enum outcome
{
    SENT,
    NOT_MINE,
    LATER,    /* at seconds */
    DEFERRED, /* until the transport says so */
    LOST      /* the session was ended from inside */
};

struct sending
{
    struct spooler *spooler;
    struct spool_store *store;
    IMessage *message;
    const struct transport *deferred_to;
    struct transport *transport; /* that has it now deferred */
    ULONG seconds;               /* until it is tried again; 0: the interval */
};

static BOOL is_lost(const struct sending *sending)
{
    return sending->store->state == STORE_GONE;
}

/*
 * Messages that wait.
 */

void deferred_free(struct spool_store *store)
{
    struct deferred *deferred;

    while ((deferred = store->deferred))
    {
        store->deferred = deferred->next;
        heap_free(deferred);
    }
}

/* Under the lock. */
static struct deferred *find(struct spool_store *store, const SBinary *id)
{
    struct deferred *deferred;

    for (deferred = store->deferred; deferred; deferred = deferred->next)
        if (deferred->size == id->cb && !memcmp(deferred->id, id->lpb, id->cb))
            break;
    return deferred;
}

/* Without memory it is tried again at the next look. */
static void remember(struct spooler *spooler, struct spool_store *store, const SBinary *id,
                     const struct transport *transport, ULONGLONG time)
{
    struct deferred *deferred;
    size_t size;

    AcquireSRWLockExclusive(&spooler->lock);
    if (!(deferred = find(store, id)) && size_add(sizeof(*deferred), id->cb, &size)
        && (deferred = heap_alloc_zero(size)))
    {
        deferred->size = id->cb;
        memcpy(deferred->id, id->lpb, id->cb);
        deferred->next = store->deferred;
        store->deferred = deferred;
    }
    if (deferred)
    {
        deferred->transport = transport;
        deferred->time = time;
        deferred->ready = FALSE;
        deferred->seen = TRUE;
    }
    ReleaseSRWLockExclusive(&spooler->lock);
}

static void forget(struct spooler *spooler, struct spool_store *store, const SBinary *id)
{
    struct deferred **link, *deferred = NULL;

    AcquireSRWLockExclusive(&spooler->lock);
    for (link = &store->deferred; *link; link = &(*link)->next)
    {
        if ((*link)->size != id->cb || memcmp((*link)->id, id->lpb, id->cb))
            continue;
        deferred = *link;
        *link = deferred->next;
        break;
    }
    ReleaseSRWLockExclusive(&spooler->lock);
    heap_free(deferred);
}

/* Whether it is to be tried now; *to: the transport that had deferred it. */
static BOOL is_due(struct spooler *spooler, struct spool_store *store, const SBinary *id, const struct transport **to)
{
    struct deferred *deferred;
    BOOL due = TRUE;

    *to = NULL;
    AcquireSRWLockExclusive(&spooler->lock);
    if ((deferred = find(store, id)))
    {
        deferred->seen = TRUE;
        *to = deferred->transport;
        due = deferred->transport ? deferred->ready : deferred->time <= GetTickCount64();
    }
    ReleaseSRWLockExclusive(&spooler->lock);
    return due;
}

HRESULT outbound_resume(struct spooler *spooler, const struct transport *transport, const SBinary *entryid)
{
    struct spool_store *store;
    struct deferred *deferred;
    HRESULT hr = MAPI_E_NOT_FOUND;

    AcquireSRWLockExclusive(&spooler->lock);
    for (store = spooler->stores; store && hr != S_OK; store = store->next)
    {
        if ((deferred = find(store, entryid)) && deferred->transport == transport)
        {
            deferred->ready = TRUE;
            hr = S_OK;
        }
    }
    ReleaseSRWLockExclusive(&spooler->lock);
    spooler_wake(spooler);
    return hr;
}

ULONGLONG outbound_next(struct spooler *spooler)
{
    const struct deferred *deferred;
    const struct spool_store *store;
    ULONGLONG next = 0;

    AcquireSRWLockShared(&spooler->lock);
    for (store = spooler->stores; store; store = store->next)
        for (deferred = store->deferred; deferred; deferred = deferred->next)
            if (!deferred->transport && deferred->time != NEVER && (!next || deferred->time < next))
                next = deferred->time;
    ReleaseSRWLockShared(&spooler->lock);
    return next;
}

/* Takes out a message that a transport has deferred; all: any, else one that is not in the queue any more. */
static struct deferred *take_deferred(struct spooler *spooler, struct spool_store *store, BOOL all)
{
    struct deferred **link, *deferred = NULL;

    AcquireSRWLockExclusive(&spooler->lock);
    for (link = &store->deferred; *link && !deferred;)
    {
        if ((all && (*link)->transport) || (!all && !(*link)->seen))
        {
            deferred = *link;
            *link = deferred->next;
        }
        else
            link = &(*link)->next;
    }
    ReleaseSRWLockExclusive(&spooler->lock);
    return deferred;
}

static void abort_deferred(struct deferred *deferred, ULONG flags)
{
    struct transport *transport = (struct transport *)deferred->transport;

    if (transport)
        transport_notify(transport, flags, deferred->id);
    heap_free(deferred);
}

/* Of the spooler's thread, which is the only one that takes stores out then. */
void outbound_abort_deferred(struct spooler *spooler)
{
    struct deferred *deferred;
    struct spool_store *store;

    for (store = spooler->stores; store; store = store->next)
        while ((deferred = take_deferred(spooler, store, TRUE)))
            abort_deferred(deferred, NOTIFY_ABORT_DEFERRED);
}

/*
 * One message.
 */

HRESULT outbound_recipients(IMessage *message, SRowSet **rows)
{
    static const SizedSPropTagArray(RECIPIENT_COLUMNS,
                                    columns) = {RECIPIENT_COLUMNS,
                                                {PR_ROWID, PR_RESPONSIBILITY, PR_ADDRTYPE_W, PR_ENTRYID,
                                                 PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_RECIPIENT_TYPE}};
    IMAPITable *table;
    HRESULT hr;

    *rows = NULL;
    if (FAILED(hr = IMessage_GetRecipientTable(message, MAPI_UNICODE, &table)))
        return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, rows);
    IMAPITable_Release(table);
    return hr;
}

static BOOL is_open(const SRow *row)
{
    const SPropValue *value;

    if (row->cValues < RECIPIENT_COLUMNS)
        return FALSE;
    value = &row->lpProps[RECIPIENT_RESPONSIBILITY];
    return value->ulPropTag != PR_RESPONSIBILITY || !value->Value.b;
}

static BOOL takes(const struct transport *transport, const SRow *row, BOOL by_uid)
{
    const SPropValue *id = &row->lpProps[RECIPIENT_ENTRYID], *type = &row->lpProps[RECIPIENT_TYPE];

    if (!is_open(row))
        return FALSE;
    if (by_uid)
        return id->ulPropTag == PR_ENTRYID && transport_takes_uid(transport, &id->Value.bin);
    return transport_takes_type(transport, type->ulPropTag == PR_ADDRTYPE_W ? type->Value.lpszW : L"");
}

/* ixplogon-addresstypes: all MAPIUIDs in transport order come before all types. NULL: nobody that was not tried. */
static struct transport *choose(struct spooler *spooler, const SRowSet *rows)
{
    struct transport *transport;
    ULONG i;
    int by_uid;

    for (by_uid = TRUE; by_uid >= FALSE; by_uid--)
        for (transport = spooler->transports; transport; transport = transport->next)
            for (i = 0; i < rows->cRows && !transport->tried; i++)
                if (takes(transport, &rows->aRow[i], by_uid))
                    return transport;
    return NULL;
}

/* What a transport's SubmitMessage meant. */
static enum outcome outcome_of(HRESULT hr, ULONG_PTR parameter, ULONG *seconds)
{
    *seconds = 0;
    switch (hr)
    {
    case MAPI_E_NOT_ME:
        return NOT_MINE;
    case MAPI_E_CANCEL: /* not to be sent; the queue has it until somebody asks again */
        *seconds = INFINITE;
        return LATER;
    case MAPI_E_WAIT:
    case MAPI_E_NETWORK_ERROR:
        *seconds = (ULONG)min(parameter, SECONDS_MAX);
        return LATER;
    default:
        return LATER;
    }
}

static enum outcome submit(struct sending *sending, struct transport *transport)
{
    ULONG flags = sending->deferred_to ? BEGIN_DEFERRED : 0, end, tries;
    IXPLogon *logon = transport_enter(transport);
    enum outcome outcome = LATER;
    ULONG_PTR reference, parameter;
    HRESULT hr;

    if (!logon)
        return LATER;
    for (tries = 0, end = END_RESEND_NOW; (end & END_RESEND_NOW) && tries < AGAIN_MAX; tries++)
    {
        reference = parameter = 0;
        end = 0;
        hr = IXPLogon_SubmitMessage(logon, flags, sending->message, &reference, &parameter);
        if (is_lost(sending))
            outcome = LOST;
        else if (FAILED(hr))
            outcome = outcome_of(hr, parameter, &sending->seconds);
        else
        {
            IXPLogon_EndMessage(logon, reference, &end);
            outcome = is_lost(sending)         ? LOST
                      : end & END_DONT_RESEND  ? DEFERRED
                      : end & END_RESEND_LATER ? LATER
                                               : SENT;
        }
        if (outcome != SENT)
            break;
    }
    transport_leave(transport);
    return end & END_RESEND_NOW && outcome == SENT ? LATER : outcome;
}

/* Without what it lacks, and without the columns that are of its row. */
static void take_properties(const SRow *row, ADRENTRY *entry)
{
    SPropValue *values = row->lpProps + RECIPIENT_TYPE;
    ULONG i, count = 0;

    for (i = 0; i < row->cValues - RECIPIENT_TYPE; i++)
        if (PROP_TYPE(values[i].ulPropTag) != PT_ERROR)
            values[count++] = values[i];
    entry->cValues = count;
    entry->rgPropVals = values;
}

/* Nobody takes the recipients that are left: their sender is told. */
static void report_undeliverable(struct sending *sending, const SRowSet *rows)
{
    ADRLIST *list;
    HRESULT hr;
    ULONG i;

    if (FAILED(MAPIAllocateBuffer(CbNewADRLIST(rows->cRows), (void **)&list)))
        return;
    memset(list, 0, CbNewADRLIST(rows->cRows));
    for (i = 0; i < rows->cRows; i++)
        if (is_open(&rows->aRow[i]))
            take_properties(&rows->aRow[i], &list->aEntries[list->cEntries++]);
    if (list->cEntries && FAILED(hr = inbound_report(sending->spooler, sending->message, list, FALSE)))
        WARN("a message that no transport takes is not reported, %#lx\n", hr);
    MAPIFreeBuffer(list);
}

/* To one transport. *rows: what is left of the recipients then. */
static enum outcome offer_one(struct sending *sending, struct transport *transport, SRowSet **rows)
{
    enum outcome outcome = submit(sending, transport);

    if (outcome == DEFERRED)
        sending->transport = transport;
    if (outcome != SENT)
        return outcome;
    IMessage_SaveChanges(sending->message, KEEP_OPEN_READWRITE);
    FreeProws(*rows);
    return FAILED(outbound_recipients(sending->message, rows)) ? LATER : SENT;
}

/* The one that had deferred it has it first, whatever it has said of the recipients before; then all that take one.
 * *rows: what is left of the recipients; freed by the caller. */
static enum outcome offer(struct sending *sending, struct transport *only, SRowSet **rows)
{
    struct transport *first = (struct transport *)sending->deferred_to, *transport;
    struct spooler *spooler = sending->spooler;
    enum outcome outcome = SENT, one;

    for (transport = spooler->transports; transport; transport = transport->next)
        transport->tried = FALSE;
    while (*rows)
    {
        if (!(transport = first ? first : choose(spooler, *rows)))
            break;
        first = NULL;
        transport->tried = TRUE;
        one = LATER;
        if ((!only || transport == only) && transport->begun && !spooler->stopping)
            one = offer_one(sending, transport, rows);
        sending->deferred_to = NULL;
        if (one == DEFERRED || one == LOST)
            return one;
        if (one == LATER)
            outcome = LATER;
    }
    return *rows ? outcome : LATER;
}

static enum outcome deliver(struct sending *sending, struct transport *only)
{
    enum outcome outcome;
    SRowSet *rows;

    if (FAILED(outbound_recipients(sending->message, &rows)))
        return LATER;
    outcome = offer(sending, only, &rows);
    if (outcome == SENT)
    {
        report_undeliverable(sending, rows);
        preprocess_undo(sending->spooler, sending->message);
    }
    if (rows)
        FreeProws(rows);
    return outcome;
}

/*
 * A queue.
 */

enum queue_column
{
    QUEUE_ENTRYID,
    QUEUE_FLAGS,
    QUEUE_TIME,
    QUEUE_COLUMNS
};

/* outgoing-queue-tables: if the store does not sort it, it is in the order already. */
static HRESULT read_queue(IMAPITable *table, SRowSet **rows)
{
    static const SizedSPropTagArray(QUEUE_COLUMNS, columns) = {QUEUE_COLUMNS,
                                                               {PR_ENTRYID, PR_SUBMIT_FLAGS, PR_CLIENT_SUBMIT_TIME}};
    static const SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_CLIENT_SUBMIT_TIME, TABLE_SORT_ASCEND}}};
    HRESULT hr;

    *rows = NULL;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, (SSortOrderSet *)&order, 0, rows);
    if (FAILED(hr))
        hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, rows);
    return hr;
}

static void set_sending(struct spooler *spooler, struct spool_store *store, BOOL sending)
{
    AcquireSRWLockExclusive(&spooler->lock);
    store->sending = sending;
    spooler->current = sending ? store : NULL;
    ReleaseSRWLockExclusive(&spooler->lock);
}

static ULONGLONG time_after(const struct spooler *spooler, ULONG seconds)
{
    if (seconds == INFINITE || (!seconds && spooler->interval == INFINITE))
        return NEVER;
    return GetTickCount64() + (seconds ? (ULONGLONG)seconds * 1000 : spooler->interval);
}

static BOOL has_flag(const SRow *row, ULONG flag)
{
    const SPropValue *flags = &row->lpProps[QUEUE_FLAGS];

    return flags->ulPropTag == PR_SUBMIT_FLAGS && (flags->Value.l & flag);
}

/* It is sent when it is in the queue without the flag, at the next look. */
static void preprocess(struct spooler *spooler, struct spool_store *store, IMessage *message, const SBinary *id)
{
    HRESULT hr = preprocess_run(spooler, message);

    if (FAILED(hr) && store->state == STORE_READY)
    {
        WARN("a message cannot be preprocessed, %#lx\n", hr);
        remember(spooler, store, id, NULL, time_after(spooler, 0));
        IMsgStore_SetLockState(store->store, message, MSG_UNLOCKED);
    }
    spooler_wake(spooler);
}

/* TRUE: it is out of the queue. */
static BOOL send_message(struct spooler *spooler, struct spool_store *store, const SRow *row,
                         const struct transport *deferred_to, struct transport *only)
{
    struct sending sending = {.spooler = spooler, .store = store, .deferred_to = deferred_to};
    const SBinary *id = &row->lpProps[QUEUE_ENTRYID].Value.bin;
    enum outcome outcome;
    ULONG type;
    HRESULT hr;

    hr = IMsgStore_OpenEntry(store->store, id->cb, (ENTRYID *)id->lpb, NULL, MAPI_MODIFY, &type,
                             (IUnknown **)&sending.message);
    if (SUCCEEDED(hr) && !has_flag(row, SUBMITFLAG_LOCKED)
        && FAILED(hr = IMsgStore_SetLockState(store->store, sending.message, MSG_LOCKED)))
        IMessage_Release(sending.message);
    if (FAILED(hr))
    {
        WARN("a message of a queue cannot be had, %#lx\n", hr);
        remember(spooler, store, id, NULL, time_after(spooler, 0));
        return FALSE;
    }
    set_sending(spooler, store, TRUE);
    if (has_flag(row, SUBMITFLAG_PREPROCESS))
    {
        preprocess(spooler, store, sending.message, id);
        set_sending(spooler, store, FALSE);
        IMessage_Release(sending.message);
        return FALSE;
    }
    outcome = deliver(&sending, only);
    set_sending(spooler, store, FALSE);
    if (outcome == LOST)
    {
        IMessage_Release(sending.message);
        return FALSE;
    }
    if (outcome == SENT)
    {
        IMessage_Release(sending.message); /* imapisupport-dosentmail: the store wants the only reference */
        forget(spooler, store, id);
        IMsgStore_FinishedMsg(store->store, 0, id->cb, (ENTRYID *)id->lpb);
        return TRUE;
    }
    remember(spooler, store, id, outcome == DEFERRED ? sending.transport : NULL, time_after(spooler, sending.seconds));
    IMsgStore_SetLockState(store->store, sending.message, MSG_UNLOCKED);
    IMessage_Release(sending.message);
    return FALSE;
}

/* What waits for its time is tried now; what is not seen in this round has been taken out of the queue. */
static void begin_round(struct spooler *spooler, struct spool_store *store, BOOL retry)
{
    struct deferred *deferred;

    AcquireSRWLockExclusive(&spooler->lock);
    for (deferred = store->deferred; deferred; deferred = deferred->next)
    {
        deferred->seen = FALSE;
        if (retry)
            deferred->time = 0;
    }
    ReleaseSRWLockExclusive(&spooler->lock);
}

static void run_queue(struct spooler *spooler, struct spool_store *store, struct transport *only, BOOL retry)
{
    const struct transport *deferred_to;
    struct deferred *deferred;
    ULONG i, sent = 0;
    const SRow *row;
    SRowSet *rows;

    if (!store->queue || FAILED(read_queue(store->queue, &rows)))
        return;
    begin_round(spooler, store, retry);
    store->waiting = rows->cRows;
    for (i = 0; i < rows->cRows && store->state == STORE_READY; i++)
    {
        row = &rows->aRow[i];
        if (row->cValues < QUEUE_COLUMNS || row->lpProps[QUEUE_ENTRYID].ulPropTag != PR_ENTRYID)
            continue;
        if (is_due(spooler, store, &row->lpProps[QUEUE_ENTRYID].Value.bin, &deferred_to) && !spooler->stopping)
            sent += send_message(spooler, store, row, deferred_to, only);
        store->waiting = rows->cRows - sent;
    }
    FreeProws(rows);
    while (store->state == STORE_READY && (deferred = take_deferred(spooler, store, FALSE)))
        abort_deferred(deferred, NOTIFY_ABORT_DEFERRED | NOTIFY_CANCEL_MESSAGE);
}

void outbound_run(struct spooler *spooler, struct transport *only)
{
    BOOL retry = InterlockedExchange(&spooler->retries, FALSE) || only;
    struct spool_store *store = NULL;

    while ((store = stores_next(spooler, store)))
    {
        if (spooler->stopping)
        {
            stores_unuse(spooler, store);
            break;
        }
        run_queue(spooler, store, only, retry);
    }
}
