/*
 * The transport.
 */
#define SPY_INSIDE
#include "spy.h"

#include <string.h>

static HRESULT WINAPI logon_QueryInterface(struct spy_logon *logon, REFIID riid, void **out)
{
    return spy_query(&logon->object, riid, out, &IID_IXPLogon);
}

/* Logons that are open. */
static struct
{
    SRWLOCK lock;
    struct spy_logon *first;
} transports = {SRWLOCK_INIT, NULL};

static void remember(struct spy_logon *logon)
{
    AcquireSRWLockExclusive(&transports.lock);
    logon->next = transports.first;
    transports.first = logon;
    ReleaseSRWLockExclusive(&transports.lock);
}

static void forget(struct spy_logon *logon)
{
    struct spy_logon **link;

    AcquireSRWLockExclusive(&transports.lock);
    for (link = &transports.first; *link && *link != logon; link = &(*link)->next)
        ;
    if (*link)
        *link = logon->next;
    ReleaseSRWLockExclusive(&transports.lock);
}

static struct spy_logon *find(const WCHAR *name)
{
    struct spy_logon *logon;

    AcquireSRWLockShared(&transports.lock);
    for (logon = transports.first; logon && lstrcmpW(logon->object.name, name); logon = logon->next)
        ;
    ReleaseSRWLockShared(&transports.lock);
    return logon;
}

__declspec(dllexport) HRESULT SpyIncoming(const WCHAR *name, ULONG count)
{
    struct spy_logon *logon = find(name);

    if (!logon)
        return MAPI_E_NOT_FOUND;
    InterlockedExchangeAdd(&logon->incoming, (LONG)count);
    return logon->support->lpVtbl->SpoolerNotify(logon->support, NOTIFY_NEWMAIL, NULL);
}

__declspec(dllexport) IMAPISupport *SpyTransportSupport(const WCHAR *name)
{
    struct spy_logon *logon = find(name);

    return logon ? logon->support : NULL;
}

void SpyMessageId(const MAPIUID *uid, ULONG number, BYTE *id);

__declspec(dllexport) HRESULT SpyNotify(const WCHAR *name, ULONG flags, const MAPIUID *store, ULONG number)
{
    struct spy_logon *logon = find(name);
    BYTE id[24];
    SBinary binary = {sizeof(id), id};

    if (!logon)
        return MAPI_E_NOT_FOUND;
    if (store)
        SpyMessageId(store, number, id);
    return logon->support->lpVtbl->SpoolerNotify(logon->support, flags, store ? &binary : NULL);
}

/* "SPY" and the provider's name. */
static HRESULT WINAPI logon_AddressTypes(struct spy_logon *logon, ULONG *lpulFlags, ULONG *count, LPTSTR **types,
                                         ULONG *uid_count, MAPIUID ***uids)
{
    static WCHAR *none[2];
    HRESULT hr = spy_call(&logon->object, "AddressTypes", "%s", "");

    *uid_count = 0;
    *uids = NULL;
    *count = 0;
    if (FAILED(hr))
        return hr;
    none[0] = (WCHAR *)L"SPY";
    none[1] = logon->object.name;
    *lpulFlags = MAPI_UNICODE;
    *count = *logon->object.name ? 2 : 1;
    *types = logon->flags & SPY_FLAG_ANY_TYPE ? NULL : (LPTSTR *)none;
    return hr;
}

static HRESULT WINAPI logon_RegisterOptions(struct spy_logon *logon, ULONG *lpulFlags, ULONG *count,
                                            OPTIONDATA **options)
{
    *lpulFlags = 0;
    *count = 0;
    *options = NULL;
    return spy_call(&logon->object, "RegisterOptions", "%s", "");
}

static HRESULT WINAPI logon_ValidateState(struct spy_logon *logon, ULONG_PTR ulUIParam, ULONG ulFlags)
{
    (void)ulUIParam;
    return spy_call(&logon->object, "ValidateState", "%#lx", ulFlags);
}

static void set_status(struct spy_logon *logon, ULONG code)
{
    SPropValue value = {.ulPropTag = PR_STATUS_CODE};

    value.Value.l = (LONG)code;
    if (!(logon->flags & SPY_FLAG_NO_STATUS_ROW))
        logon->support->lpVtbl->ModifyStatusRow(logon->support, 1, &value, STATUSROW_UPDATE);
}

/* With the number of the message that a deferral is about. */
static HRESULT WINAPI logon_TransportNotify(struct spy_logon *logon, ULONG *lpulFlags, void **data)
{
    if (*lpulFlags & NOTIFY_ABORT_DEFERRED)
        return spy_call(&logon->object, "TransportNotify", "%#lx, %lu", *lpulFlags, spy_mail_id_number(24, *data));
    if (*lpulFlags & NOTIFY_END_OUTBOUND_FLUSH)
        set_status(logon, STATUS_AVAILABLE | (*lpulFlags & NOTIFY_END_INBOUND_FLUSH ? 0 : STATUS_INBOUND_FLUSH));
    else if (*lpulFlags & NOTIFY_END_INBOUND_FLUSH)
        set_status(logon, STATUS_AVAILABLE);
    return spy_call(&logon->object, "TransportNotify", "%#lx", *lpulFlags);
}

/* Takes the recipients of its types. */
static void take_recipients(struct spy_logon *logon, IMessage *message)
{
    static const SizedSPropTagArray(3, columns) = {3, {PR_ROWID, PR_ADDRTYPE_W, PR_RESPONSIBILITY}};
    IMAPITable *table;
    ADRLIST *list;
    SRowSet *rows;
    ULONG i, k;

    if (FAILED(message->lpVtbl->GetRecipientTable(message, MAPI_UNICODE, &table)))
        return;
    table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0);
    if (SUCCEEDED(table->lpVtbl->QueryRows(table, 100, 0, &rows)))
    {
        list = (ADRLIST *)rows; /* of one shape */
        for (i = k = 0; i < rows->cRows; i++)
        {
            SPropValue *values = rows->aRow[i].lpProps;

            values[2].ulPropTag = PR_RESPONSIBILITY;
            if ((logon->flags & SPY_FLAG_ANY_TYPE) || !lstrcmpW(values[1].Value.lpszW, L"SPY")
                || !lstrcmpW(values[1].Value.lpszW, logon->object.name))
                values[2].Value.b = TRUE;
        }
        message->lpVtbl->ModifyRecipients(message, MODRECIP_MODIFY, list);
        for (i = 0; i < rows->cRows; i++)
            spy_free(rows->aRow[i].lpProps);
        spy_free(rows);
    }
    table->lpVtbl->Release(table);
}

static HRESULT WINAPI logon_SubmitMessage(struct spy_logon *logon, ULONG ulFlags, IMessage *message,
                                          ULONG_PTR *lpulMsgRef, ULONG_PTR *lpulReturnParm)
{
    ULONG number = spy_mail_number(message);
    HRESULT hr;

    *lpulMsgRef = number;
    hr = spy_call(&logon->object, "SubmitMessage", "%#lx, %lu", ulFlags, number);
    if (FAILED(hr))
        *lpulReturnParm = 1000; /* seconds: for no test's life */
    else
        take_recipients(logon, message);
    return hr;
}

static HRESULT WINAPI logon_EndMessage(struct spy_logon *logon, ULONG_PTR ulMsgRef, ULONG *lpulFlags)
{
    *lpulFlags = spy_flags(&logon->object, "EndMessage");
    return spy_call(&logon->object, "EndMessage", "%lu", (ULONG)ulMsgRef);
}

static HRESULT WINAPI logon_StartMessage(struct spy_logon *logon, ULONG ulFlags, IMessage *message,
                                         ULONG_PTR *lpulMsgRef)
{
    SPropValue subject = {.ulPropTag = PR_SUBJECT_W};
    HRESULT hr;

    hr = spy_call(&logon->object, "StartMessage", "%#lx, %lu", ulFlags, (ULONG)*lpulMsgRef);
    if (FAILED(hr) || InterlockedDecrement(&logon->incoming) < 0)
    {
        if (SUCCEEDED(hr))
            InterlockedIncrement(&logon->incoming);
        return hr;
    }
    subject.Value.lpszW = (WCHAR *)L"incoming";
    message->lpVtbl->SetProps(message, 1, &subject, NULL);
    message->lpVtbl->SaveChanges(message, 0);
    if (logon->incoming && !(logon->flags & SPY_FLAG_POLL))
        logon->support->lpVtbl->SpoolerNotify(logon->support, NOTIFY_NEWMAIL, NULL);
    return hr;
}

static HRESULT WINAPI logon_Idle(struct spy_logon *logon, ULONG ulFlags)
{
    return spy_call(&logon->object, "Idle", "%lu", ulFlags);
}

static HRESULT WINAPI logon_TransportLogoff(struct spy_logon *logon, ULONG ulFlags)
{
    HRESULT hr = spy_call(&logon->object, "TransportLogoff", "%lu", ulFlags);

    forget(logon);
    spy_logon_close(logon);
    return hr;
}

/* releasing-the-transport-provider: without a TransportLogoff it does the same. */
static ULONG WINAPI logon_Release(struct spy_logon *logon)
{
    if (logon->object.refcount == 1 && !logon->closed)
    {
        forget(logon);
        spy_logon_close(logon);
    }
    return spy_release(&logon->object);
}

static HRESULT WINAPI logon_Poll(struct spy_logon *logon, ULONG *incoming)
{
    *incoming = (ULONG)logon->incoming;
    return spy_call(&logon->object, "Poll", "%s", "");
}

static HRESULT WINAPI logon_OpenStatusEntry(struct spy_logon *logon, const IID *iid, ULONG ulFlags, ULONG *lpulObjType,
                                            void **lppEntry)
{
    (void)iid;
    return spy_logon_open_status(logon, ulFlags, lpulObjType, lppEntry);
}

static HRESULT WINAPI logon_FlushQueues(struct spy_logon *logon, ULONG_PTR ulUIParam, ULONG size, ENTRYID *transport,
                                        ULONG ulFlags)
{
    (void)ulUIParam;
    (void)transport;
    set_status(logon, STATUS_AVAILABLE | (ulFlags & FLUSH_UPLOAD ? STATUS_OUTBOUND_FLUSH : 0)
                              | (ulFlags & FLUSH_DOWNLOAD ? STATUS_INBOUND_FLUSH : 0));
    return spy_call(&logon->object, "FlushQueues", "%lu, %#lx", size, ulFlags);
}

static const void *const logon_vtbl[] = {logon_QueryInterface,
                                         spy_addref,
                                         logon_Release,
                                         logon_AddressTypes,
                                         logon_RegisterOptions,
                                         logon_TransportNotify,
                                         logon_Idle,
                                         logon_TransportLogoff,
                                         logon_SubmitMessage,
                                         logon_EndMessage,
                                         logon_Poll,
                                         logon_StartMessage,
                                         logon_OpenStatusEntry,
                                         logon_ValidateState,
                                         logon_FlushQueues};

__declspec(dllexport) HRESULT WINAPI
        SpyPreprocess(void *session, IMessage *message, IAddrBook *book, IMAPIFolder *folder, LPALLOCATEBUFFER allocate,
                      LPALLOCATEMORE more, LPFREEBUFFER release, ULONG *count, IMessage ***messages,
                      ADRLIST **recipients)
{
    (void)folder;
    (void)allocate;
    (void)more;
    (void)release;
    spy_note("SpyPreprocess(%s, %lu, %s)", session ? "session" : "NULL", spy_mail_number(message),
             book ? "book" : "NULL");
    *count = 0;
    *messages = NULL;
    *recipients = NULL;
    return S_OK;
}

__declspec(dllexport) HRESULT WINAPI SpyUndo(IMessage *message)
{
    spy_note("SpyUndo(%lu)", spy_mail_number(message));
    return S_OK;
}

static HRESULT WINAPI provider_TransportLogon(struct spy_provider *provider, IMAPISupport *support, ULONG_PTR ulUIParam,
                                              LPTSTR profile, ULONG *lpulFlags, MAPIERROR **error,
                                              struct spy_logon **out)
{
    static const MAPIUID none = {{0}};
    struct spy_section section;
    HRESULT hr;

    (void)ulUIParam;
    (void)profile;
    (void)error;
    *out = NULL;
    spy_read_section(support, &none, &section);
    lstrcpynW(provider->object.name, section.name, ARRAYSIZE(section.name));
    hr = spy_call(&provider->object, "TransportLogon", "%#lx", *lpulFlags);
    provider->object.name[0] = 0;
    if (FAILED(hr))
        return hr;
    if (!(*out = spy_logon_create(provider, "XPLogon", logon_vtbl, support, &section)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    *lpulFlags =
            (section.flags & SPY_FLAG_IDLE ? LOGON_SP_IDLE : 0) | (section.flags & SPY_FLAG_POLL ? LOGON_SP_POLL : 0);
    spy_announce(*out, MAPI_TRANSPORT_PROVIDER);
    if (section.flags & SPY_FLAG_PREPROCESS)
        spy_note("RegisterPreprocessor = %#lx",
                 support->lpVtbl->RegisterPreprocessor(support, NULL, (LPTSTR) "SPY", (LPTSTR) "spy.dll",
                                                       (LPSTR) "SpyPreprocess", (LPSTR) "SpyUndo", 0));
    remember(*out);
    return hr;
}

static const void *const provider_vtbl[] = {spy_provider_QueryInterface, spy_addref, spy_release, spy_provider_Shutdown,
                                            provider_TransportLogon};

__declspec(dllexport) HRESULT __cdecl XPProviderInit(HINSTANCE instance, IMalloc *allocator, LPALLOCATEBUFFER allocate,
                                                     LPALLOCATEMORE more, LPFREEBUFFER release, ULONG ulFlags,
                                                     ULONG ulMAPIVer, ULONG *lpulProviderVer, IXPProvider **out)
{
    static const struct spy_kind kind = {"XP", provider_vtbl, &IID_IXPProvider};
    struct spy_init init = {allocate, more, release, ulFlags, ulMAPIVer, lpulProviderVer};

    (void)instance;
    (void)allocator;
    return spy_provider_create(&kind, &init, (void **)out);
}
