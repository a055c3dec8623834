/*
 * Preprocessors: functions of transports that see a message before it is sent (imapisupport-registerpreprocessor,
 * preprocessmessage, removepreprocessinfo). They are registered for as long as the transport is logged on; spooler->lock
 * guards their list, and a registration is kept in memory until the spooler goes, so that it can be called without it.
 */
#include "spooler/internal.h"
#include "provider/library.h"

struct preprocessor
{
    struct preprocessor *next; /* in the order of registration */
    struct logon *logon;       /* its memory */
    BOOL has_uid;
    MAPIUID uid;
    WCHAR type[PREPROCESSOR_TYPE_MAX]; /* "": none */
    HMODULE module;
    PREPROCESSMESSAGE *run; /* either may be NULL */
    REMOVEPREPROCESSINFO *undo;
};

static HRESULT find_function(HMODULE module, const char *name, ULONG bytes, FARPROC *function)
{
    WCHAR wide[PREPROCESSOR_NAME_MAX];

    *function = NULL;
    if (!*name)
        return S_OK;
    if (!MultiByteToWideChar(CP_ACP, MB_ERR_INVALID_CHARS, name, -1, wide, ARRAY_SIZE(wide)))
        return MAPI_E_INVALID_PARAMETER;
    return library_entry(module, wide, bytes, function, NULL);
}

static HRESULT load(struct preprocessor *preprocessor, const struct preprocessor_names *names)
{
    FARPROC run, undo;
    HRESULT hr;

    if (FAILED(hr = library_load(names->dll, &preprocessor->module, NULL)))
        return hr;
    if (SUCCEEDED(hr = find_function(preprocessor->module, names->run, 10 * sizeof(void *), &run))
        && SUCCEEDED(hr = find_function(preprocessor->module, names->undo, sizeof(void *), &undo)))
    {
        preprocessor->run = (PREPROCESSMESSAGE *)(void *)run;
        preprocessor->undo = (REMOVEPREPROCESSINFO *)(void *)undo;
        return S_OK;
    }
    library_release(preprocessor->module);
    return hr;
}

static void release(struct preprocessor *preprocessor)
{
    library_release(preprocessor->module);
    logon_release(preprocessor->logon);
    heap_free(preprocessor);
}

HRESULT preprocess_register(void *context, struct logon *logon, const struct preprocessor_names *names)
{
    struct spooler *spooler = context;
    struct preprocessor *preprocessor = heap_alloc_zero(sizeof(*preprocessor)), **link;
    HRESULT hr;

    if (!preprocessor)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = load(preprocessor, names)))
    {
        heap_free(preprocessor);
        return hr;
    }
    if ((preprocessor->has_uid = names->has_uid))
        preprocessor->uid = names->uid;
    lstrcpynW(preprocessor->type, names->type, ARRAY_SIZE(preprocessor->type));
    preprocessor->logon = logon;
    logon_addref(logon);
    AcquireSRWLockExclusive(&spooler->lock);
    if (spooler->ended)
        hr = MAPI_E_INVALID_OBJECT;
    for (link = &spooler->preprocessors; *link; link = &(*link)->next)
        ;
    if (SUCCEEDED(hr))
        *link = preprocessor;
    ReleaseSRWLockExclusive(&spooler->lock);
    if (FAILED(hr))
        release(preprocessor);
    return hr;
}

void preprocess_end(struct spooler *spooler)
{
    struct preprocessor *preprocessor;

    for (;;)
    {
        AcquireSRWLockExclusive(&spooler->lock);
        if ((preprocessor = spooler->preprocessors))
            spooler->preprocessors = preprocessor->next;
        ReleaseSRWLockExclusive(&spooler->lock);
        if (!preprocessor)
            break;
        release(preprocessor);
    }
}

/* Neither a MAPIUID nor a type: every recipient. */
static BOOL suits_row(const struct preprocessor *preprocessor, const SRow *row)
{
    const SPropValue *id = &row->lpProps[RECIPIENT_ENTRYID], *type = &row->lpProps[RECIPIENT_TYPE];

    if (!preprocessor->has_uid && !*preprocessor->type)
        return TRUE;
    if (preprocessor->has_uid && id->ulPropTag == PR_ENTRYID
        && id->Value.bin.cb >= FIELD_OFFSET(ENTRYID, ab) + sizeof(MAPIUID)
        && !memcmp(((ENTRYID *)id->Value.bin.lpb)->ab, &preprocessor->uid, sizeof(MAPIUID)))
        return TRUE;
    return *preprocessor->type && type->ulPropTag == PR_ADDRTYPE_W && !wcscmp(type->Value.lpszW, preprocessor->type);
}

/* Under the lock. Whether its transport is the one that would have the recipient: another one before it takes the call. */
static BOOL suits(struct spooler *spooler, const struct preprocessor *preprocessor, const SRowSet *rows)
{
    struct transport *transport;
    ULONG i;

    for (i = 0; i < rows->cRows; i++)
    {
        if (rows->aRow[i].cValues < RECIPIENT_COLUMNS || !suits_row(preprocessor, &rows->aRow[i]))
            continue;
        transport = transport_for(spooler, &rows->aRow[i]);
        if (transport && transport->logon == preprocessor->logon)
            return TRUE;
    }
    return FALSE;
}

/* The next one after another (NULL: the first) that suits. */
static struct preprocessor *next_suiting(struct spooler *spooler, const struct preprocessor *after, const SRowSet *rows)
{
    struct preprocessor *preprocessor;

    AcquireSRWLockShared(&spooler->lock);
    preprocessor = after ? after->next : spooler->preprocessors;
    while (preprocessor && !suits(spooler, preprocessor, rows))
        preprocessor = preprocessor->next;
    ReleaseSRWLockShared(&spooler->lock);
    return preprocessor;
}

BOOL preprocess_needed(void *context, IMessage *message)
{
    struct spooler *spooler = context;
    BOOL needed = FALSE;
    SRowSet *rows;

    if (!spooler->preprocessors || FAILED(outbound_recipients(message, &rows)))
        return FALSE;
    needed = next_suiting(spooler, NULL, rows) != NULL;
    FreeProws(rows);
    return needed;
}

/* What it has made besides is submitted; who it cannot be delivered to is reported. */
static void take_results(struct spooler *spooler, IMessage *message, ULONG count, IMessage **messages,
                         ADRLIST *undeliverable)
{
    ULONG i;

    if (count && messages && memory_readable(messages, (size_t)count * sizeof(*messages)))
    {
        for (i = 0; i < count; i++)
        {
            if (!memory_is_interface(messages[i], 22) || messages[i] == message)
                continue;
            IMessage_SubmitMessage(messages[i], 0);
            IMessage_Release(messages[i]);
        }
    }
    MAPIFreeBuffer(messages);
    if (undeliverable)
    {
        inbound_report(spooler, message, undeliverable, FALSE);
        FreePadrlist(undeliverable);
    }
}

static HRESULT run_one(struct spooler *spooler, const struct preprocessor *preprocessor, IMessage *message,
                       IAddrBook *book)
{
    ADRLIST *undeliverable = NULL;
    IMessage **messages = NULL;
    ULONG count = 0;
    HRESULT hr;

    if (!preprocessor->run || !logon_use(preprocessor->logon))
        return S_OK;
    hr = preprocessor->run(spooler->set->host.session, message, book, NULL, MAPIAllocateBuffer, MAPIAllocateMore,
                           MAPIFreeBuffer, &count, &messages, &undeliverable);
    logon_unuse(preprocessor->logon);
    if (SUCCEEDED(hr))
        take_results(spooler, message, count, messages, undeliverable);
    return hr;
}

HRESULT preprocess_run(struct spooler *spooler, IMessage *message)
{
    const struct provider_host *host = &spooler->set->host;
    struct preprocessor *preprocessor = NULL;
    IAddrBook *book = NULL;
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = outbound_recipients(message, &rows)))
        return hr;
    if (SUCCEEDED(hr = host->open_book(host->session, &book)))
    {
        while (SUCCEEDED(hr) && !spooler->stopping && (preprocessor = next_suiting(spooler, preprocessor, rows)))
            hr = run_one(spooler, preprocessor, message, book);
        IAddrBook_Release(book);
    }
    FreeProws(rows);
    /* the store takes it as done, and puts it into its queue without the flag */
    return FAILED(hr) || spooler->stopping ? hr : IMessage_SubmitMessage(message, 0);
}

void preprocess_undo(struct spooler *spooler, IMessage *message)
{
    static const SizedSPropTagArray(1, tags) = {1, {PR_PREPROCESS}};
    struct preprocessor *preprocessor = NULL;
    SPropValue *values = NULL;
    BOOL was_run = FALSE;
    SRowSet *rows;
    ULONG count;

    if (!spooler->preprocessors)
        return;
    if (SUCCEEDED(IMessage_GetProps(message, (SPropTagArray *)&tags, 0, &count, &values)))
        was_run = count == 1 && values[0].ulPropTag == PR_PREPROCESS && values[0].Value.b;
    MAPIFreeBuffer(values);
    if (!was_run || FAILED(outbound_recipients(message, &rows)))
        return;
    while ((preprocessor = next_suiting(spooler, preprocessor, rows)))
    {
        if (!preprocessor->undo || !logon_use(preprocessor->logon))
            continue;
        preprocessor->undo(message);
        logon_unuse(preprocessor->logon);
    }
    FreeProws(rows);
}
