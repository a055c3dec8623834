/*
 * The message store. An open store and its logon object know each other; each is counted on its own.
 */
#define SPY_INSIDE
#include "spy.h"

#include <string.h>

static const MAPIUID store_uid = {{0x57, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
static const MAPIUID mdb_provider = {{0x57, 0x0e, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}};

/* Logons whose store is open, for SPY_FLAG_REUSE. */
static struct
{
    SRWLOCK lock;
    struct spy_logon *first;
} open_logons = {SRWLOCK_INIT, NULL};

static struct spy_logon *find_open(const void *id, ULONG size)
{
    struct spy_logon *logon;

    AcquireSRWLockShared(&open_logons.lock);
    for (logon = open_logons.first; logon; logon = logon->next)
        if (logon->id_size == size && !memcmp(logon->id, id, size))
            break;
    ReleaseSRWLockShared(&open_logons.lock);
    return logon;
}

static void remember(struct spy_logon *logon)
{
    AcquireSRWLockExclusive(&open_logons.lock);
    logon->next = open_logons.first;
    open_logons.first = logon;
    ReleaseSRWLockExclusive(&open_logons.lock);
}

static void forget(struct spy_logon *logon)
{
    struct spy_logon **link;

    AcquireSRWLockExclusive(&open_logons.lock);
    for (link = &open_logons.first; *link && *link != logon; link = &(*link)->next)
        ;
    if (*link)
        *link = logon->next;
    ReleaseSRWLockExclusive(&open_logons.lock);
}

__declspec(dllexport) IMAPISupport *SpyStoreSupport(const WCHAR *name)
{
    struct spy_logon *logon;

    AcquireSRWLockShared(&open_logons.lock);
    for (logon = open_logons.first; logon && lstrcmpW(logon->object.name, name); logon = logon->next)
        ;
    ReleaseSRWLockShared(&open_logons.lock);
    return logon ? logon->support : NULL;
}

static ULONG WINAPI logon_Release(struct spy_logon *logon);

static HRESULT WINAPI store_QueryInterface(struct spy_object *store, REFIID riid, void **out)
{
    return spy_query(store, riid, out, IsEqualGUID(riid, &IID_IMAPIProp) ? &IID_IMAPIProp : &IID_IMsgStore);
}

/* Its last Release gives the support object up, unless the logon's Logoff has (STORE-01, 02, 08). */
static ULONG WINAPI store_Release(struct spy_object *store)
{
    struct spy_logon *logon = NULL;
    IMAPISupport *support = NULL;
    ULONG refcount, flags = LOGOFF_ABORT;

    AcquireSRWLockExclusive(&spy_links);
    if (store->refcount == 1 && (logon = store->logon))
    {
        store->logon = NULL;
        logon->store = NULL;
        if (logon->closed)
            logon = NULL;
        else
        {
            support = spy_logon_claim(logon);
            spy_addref(&logon->object);
        }
    }
    ReleaseSRWLockExclusive(&spy_links);
    if (!logon)
        return spy_release(store);
    forget(logon);
    if (support && !logon->logoff_flags)
        support->lpVtbl->StoreLogoffTransports(support, &flags);
    refcount = spy_release(store);
    spy_logon_give_up(logon, support);
    logon_Release(logon);
    return refcount;
}

static HRESULT WINAPI store_GetProps(struct spy_object *store, SPropTagArray *tags, ULONG ulFlags, ULONG *count,
                                     SPropValue **values)
{
    struct spy_logon *logon = store->logon;
    SPropValue *value;
    ULONG i;

    (void)ulFlags;
    *count = 0;
    *values = NULL;
    if (!tags || !logon || FAILED(spy_allocate(tags->cValues * sizeof(*value), (void **)values)))
        return MAPI_E_CALL_FAILED;
    for (i = 0; i < tags->cValues; i++)
    {
        value = &(*values)[i];
        value->ulPropTag = tags->aulPropTag[i];
        if (value->ulPropTag == PR_STORE_SUPPORT_MASK)
            value->Value.l = logon->flags & SPY_FLAG_READ_ONLY
                                     ? 0
                                     : STORE_SUBMIT_OK | STORE_CREATE_OK | STORE_MODIFY_OK | STORE_ENTRYID_UNIQUE;
        else if (value->ulPropTag == PR_OBJECT_TYPE)
            value->Value.l = MAPI_STORE;
        else if (value->ulPropTag == PR_ENTRYID)
            logon->support->lpVtbl->WrapStoreEntryID(logon->support, logon->id_size, (ENTRYID *)logon->id,
                                                     &value->Value.bin.cb, (ENTRYID **)&value->Value.bin.lpb);
        else
        {
            value->ulPropTag = PROP_TAG(PT_ERROR, PROP_ID(value->ulPropTag));
            value->Value.err = MAPI_E_NOT_FOUND;
        }
    }
    *count = tags->cValues;
    return S_OK;
}

static HRESULT WINAPI store_StoreLogoff(struct spy_object *store, ULONG *lpulFlags)
{
    struct spy_logon *logon = store->logon;
    HRESULT hr = spy_call(store, "StoreLogoff", "%#lx", *lpulFlags);

    if (FAILED(hr) || !logon || logon->closed)
        return hr;
    logon->logoff_flags = *lpulFlags;
    hr = logon->support->lpVtbl->StoreLogoffTransports(logon->support, lpulFlags);
    spy_note("%s%ls.StoreLogoffTransports = %#lx, %#lx", store->kind, store->name, *lpulFlags, hr);
    return hr;
}

static HRESULT WINAPI store_OpenEntry(struct spy_object *store, ULONG cbEntryID, ENTRYID *lpEntryID, const IID *iid,
                                      ULONG ulFlags, ULONG *lpulObjType, void **lppUnk)
{
    (void)iid;
    (void)ulFlags;
    return store->logon ? spy_mail_open(store->logon, cbEntryID, lpEntryID, lpulObjType, lppUnk)
                        : MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI store_GetReceiveFolder(struct spy_object *store, WCHAR *class_name, ULONG ulFlags, ULONG *size,
                                             void **id, WCHAR **explicit_class)
{
    (void)class_name;
    (void)ulFlags;
    if (explicit_class)
        *explicit_class = NULL;
    return store->logon ? spy_mail_folder_id(store->logon, size, id) : MAPI_E_INVALID_OBJECT;
}

static HRESULT WINAPI store_GetOutgoingQueue(struct spy_object *store, ULONG ulFlags, IMAPITable **lppTable)
{
    HRESULT hr = spy_call(store, "GetOutgoingQueue", "%#lx", ulFlags);

    return FAILED(hr) ? hr : spy_mail_queue(store->logon, lppTable);
}

static HRESULT WINAPI store_SetLockState(struct spy_object *store, void *message, ULONG ulLockState)
{
    return spy_call(store, "SetLockState", "%lu, %lu", spy_mail_number(message), ulLockState);
}

static HRESULT WINAPI store_FinishedMsg(struct spy_object *store, ULONG ulFlags, ULONG cbEntryID, ENTRYID *lpEntryID)
{
    ULONG number = spy_mail_id_number(cbEntryID, lpEntryID);
    HRESULT hr = spy_call(store, "FinishedMsg", "%#lx, %lu", ulFlags, number);

    if (FAILED(hr))
        return hr;
    return spy_mail_remove(number) ? S_OK : MAPI_E_NOT_FOUND;
}

static HRESULT WINAPI store_NotifyNewMail(struct spy_object *store, NOTIFICATION *notification)
{
    const NEWMAIL_NOTIFICATION *mail = &notification->info.newmail;

    return spy_call(store, "NotifyNewMail", "%lu, %ls", spy_mail_id_number(mail->cbEntryID, mail->lpEntryID),
                    (WCHAR *)mail->lpszMessageClass);
}

static const void *const store_vtbl[] = {store_QueryInterface,
                                         spy_addref,
                                         store_Release,
                                         NONE(4),
                                         NONE(2),
                                         store_GetProps,
                                         NONE(3),
                                         NONE(6),
                                         NONE(4),
                                         NONE(3),
                                         NONE(10),
                                         NONE(8),
                                         NONE(6),
                                         NONE(5),
                                         NONE(6),
                                         NONE(2),
                                         NONE(7),
                                         store_OpenEntry,
                                         NONE(5),
                                         store_GetReceiveFolder,
                                         NONE(3),
                                         store_StoreLogoff,
                                         NONE(4),
                                         store_GetOutgoingQueue,
                                         store_SetLockState,
                                         store_FinishedMsg,
                                         store_NotifyNewMail};

static HRESULT WINAPI logon_QueryInterface(struct spy_logon *logon, REFIID riid, void **out)
{
    return spy_query(&logon->object, riid, out, &IID_IMSLogon);
}

static ULONG WINAPI logon_Release(struct spy_logon *logon)
{
    BOOL last;

    AcquireSRWLockExclusive(&spy_links);
    if ((last = logon->object.refcount == 1) && logon->store)
        logon->store->logon = NULL;
    ReleaseSRWLockExclusive(&spy_links);
    if (last)
        forget(logon);
    if (last && !logon->closed) /* nobody has logged it off */
        spy_logon_close(logon);
    return spy_release(&logon->object);
}

static HRESULT WINAPI logon_GetLastError(struct spy_logon *logon, HRESULT hResult, ULONG ulFlags, MAPIERROR **error)
{
    *error = NULL;
    return spy_call(&logon->object, "GetLastError", "%#lx, %#lx", hResult, ulFlags);
}

static HRESULT WINAPI logon_Logoff(struct spy_logon *logon, ULONG *lpulFlags)
{
    HRESULT hr = spy_call(&logon->object, "Logoff", lpulFlags ? "&%lu" : "NULL", lpulFlags ? *lpulFlags : 0);
    struct spy_object *store = logon->store;

    if ((logon->flags & SPY_FLAG_MAKE_INVALID) && store && logon->support)
    {
        logon->store = NULL;
        logon->support->lpVtbl->MakeInvalid(logon->support, 0, store, store->refcount, ARRAYSIZE(store_vtbl));
        spy_forget_object();
    }
    spy_logon_close(logon);
    return hr;
}

static HRESULT WINAPI logon_OpenEntry(struct spy_logon *logon, ULONG cbEntryID, ENTRYID *lpEntryID, const IID *iid,
                                      ULONG ulFlags, ULONG *lpulObjType, IUnknown **lppUnk)
{
    (void)iid;
    return spy_logon_open_entry(logon, "Folder", cbEntryID, lpEntryID, ulFlags, lpulObjType, lppUnk);
}

static HRESULT WINAPI logon_Advise(struct spy_logon *logon, ULONG cbEntryID, ENTRYID *lpEntryID, ULONG ulEventMask,
                                   IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    (void)lpEntryID;
    (void)sink;
    return spy_logon_advise(logon, cbEntryID, ulEventMask, connection);
}

static HRESULT WINAPI logon_Unadvise(struct spy_logon *logon, ULONG_PTR connection)
{
    return spy_call(&logon->object, "Unadvise", "%lu", (ULONG)connection);
}

static HRESULT WINAPI logon_OpenStatusEntry(struct spy_logon *logon, const IID *iid, ULONG ulFlags, ULONG *lpulObjType,
                                            void **lppEntry)
{
    (void)iid;
    return spy_logon_open_status(logon, ulFlags, lpulObjType, lppEntry);
}

static const void *const logon_vtbl[] = {
        logon_QueryInterface, spy_addref,        logon_Release, logon_GetLastError, logon_Logoff,
        logon_OpenEntry,      spy_logon_compare, logon_Advise,  logon_Unadvise,     logon_OpenStatusEntry};

/* What a store writes into its section at its first logon. */
static void write_section(struct spy_logon *logon)
{
    IMAPISupport *support = logon->support;
    SPropValue values[5] = {{.ulPropTag = PR_ENTRYID},
                            {.ulPropTag = PR_RECORD_KEY},
                            {.ulPropTag = PR_MDB_PROVIDER},
                            {.ulPropTag = PR_DISPLAY_NAME_W},
                            {.ulPropTag = PR_PROVIDER_DISPLAY_W}};
    IProfSect *section;

    if (FAILED(support->lpVtbl->WrapStoreEntryID(support, logon->id_size, (ENTRYID *)logon->id, &values[0].Value.bin.cb,
                                                 (ENTRYID **)&values[0].Value.bin.lpb)))
        return;
    values[1].Value.bin.cb = logon->id_size;
    values[1].Value.bin.lpb = logon->id;
    values[2].Value.bin.cb = sizeof(mdb_provider);
    values[2].Value.bin.lpb = (BYTE *)&mdb_provider;
    values[3].Value.lpszW = logon->object.name;
    values[4].Value.lpszW = (WCHAR *)L"Spy";
    if (SUCCEEDED(support->lpVtbl->OpenProfileSection(support, NULL, MAPI_MODIFY, &section)))
    {
        section->lpVtbl->SetProps(section, ARRAYSIZE(values), values, NULL);
        section->lpVtbl->Release(section);
    }
    spy_free(values[0].Value.bin.lpb);
}

/* The identifier that is opened: the caller's, or one of the store's own. */
static void choose_id(struct spy_logon *logon, ULONG size, const void *id)
{
    memset(logon->id, 0, sizeof(logon->id));
    if (size)
    {
        logon->id_size = min(size, sizeof(logon->id));
        memcpy(logon->id, id, logon->id_size);
    }
    else
    {
        logon->id_size = 4 + sizeof(logon->uid);
        memcpy(logon->id + 4, &logon->uid, sizeof(logon->uid));
    }
}

static HRESULT open_again(struct spy_logon *logon, const IID *iid, struct spy_object **store)
{
    if (!iid)
        iid = &IID_IMsgStore;
    return store_QueryInterface(logon->store, iid, (void **)store);
}

static HRESULT open_store(struct spy_provider *provider, const char *kind, IMAPISupport *support,
                          const struct spy_section *section, ULONG size, const void *id, ULONG flags,
                          struct spy_logon **out, struct spy_object **store)
{
    struct spy_logon *logon;

    if (!(logon = spy_logon_create(provider, kind, logon_vtbl, support, section)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    logon->store_flags = flags;
    choose_id(logon, size, id);
    if (!(logon->store = spy_create(sizeof(*logon->store), strcmp(kind, "MSLogon") ? "SpoolStore" : "MsgStore",
                                    store_vtbl, section->name)))
    {
        logon->closed = TRUE;
        spy_logon_close(logon);
        spy_release(&logon->object);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    logon->store->logon = logon;
    *out = logon;
    *store = logon->store;
    return S_OK;
}

static HRESULT WINAPI provider_Logon(struct spy_provider *provider, IMAPISupport *support, ULONG_PTR ulUIParam,
                                     LPTSTR profile, ULONG size, ENTRYID *id, ULONG flags, const IID *iid,
                                     ULONG *security_size, BYTE **security, MAPIERROR **error, struct spy_logon **out,
                                     struct spy_object **store)
{
    struct spy_section section;
    struct spy_logon *open;
    HRESULT hr;

    (void)ulUIParam;
    (void)profile;
    (void)error;
    *out = NULL;
    *store = NULL;
    spy_read_section(support, &store_uid, &section);
    lstrcpynW(provider->object.name, section.name, ARRAYSIZE(section.name));
    hr = spy_call(&provider->object, "Logon", "%lu, %#lx", size, flags);
    provider->object.name[0] = 0;
    if (FAILED(hr))
        return hr;
    if ((section.flags & SPY_FLAG_REUSE) && (open = find_open(id, size)))
        return open_again(open, iid, store);
    if (section.flags & SPY_FLAG_BAD_OBJECT)
    {
        *out = (struct spy_logon *)16;
        *store = (struct spy_object *)16;
        return S_OK;
    }
    if (FAILED(hr = open_store(provider, "MSLogon", support, &section, size, id, flags, out, store)))
        return hr;
    if (section.flags & SPY_FLAG_NO_OBJECT)
    {
        (*out)->store = NULL;
        (*store)->logon = NULL;
        spy_release(*store);
        *store = NULL;
        return S_OK;
    }
    if (!(section.flags & SPY_FLAG_NO_SECTION))
        write_section(*out);
    spy_announce(*out, MAPI_STORE_PROVIDER);
    if ((section.flags & SPY_FLAG_MODIFY_PROFILE))
        support->lpVtbl->ModifyProfile(support, flags & MDB_TEMPORARY);
    remember(*out);
    if (SUCCEEDED(spy_allocate(4, (void **)security)))
    {
        memcpy(*security, "SPY", 4);
        *security_size = 4;
    }
    return S_OK;
}

static HRESULT WINAPI provider_SpoolerLogon(struct spy_provider *provider, IMAPISupport *support, ULONG_PTR ulUIParam,
                                            LPTSTR profile, ULONG size, ENTRYID *id, ULONG flags, const IID *iid,
                                            ULONG security_size, BYTE *security, MAPIERROR **error,
                                            struct spy_logon **out, struct spy_object **store)
{
    struct spy_section section;
    HRESULT hr;

    (void)ulUIParam;
    (void)profile;
    (void)iid;
    (void)error;
    *out = NULL;
    *store = NULL;
    spy_read_section(support, &store_uid, &section);
    lstrcpynW(provider->object.name, section.name, ARRAYSIZE(section.name));
    hr = spy_call(&provider->object, "SpoolerLogon", "%lu, %#lx, \"%.*s\"", size, flags, (int)security_size,
                  security ? (const char *)security : "");
    provider->object.name[0] = 0;
    if (FAILED(hr))
        return hr;
    return open_store(provider, "SpoolerLogon", support, &section, size, id, flags, out, store);
}

static HRESULT WINAPI provider_CompareStoreIDs(struct spy_provider *provider, ULONG size1, ENTRYID *id1, ULONG size2,
                                               ENTRYID *id2, ULONG flags, ULONG *result)
{
    *result = size1 == size2 && !memcmp(id1, id2, size1);
    return spy_call(&provider->object, "CompareStoreIDs", "%lu, %lu, %#lx", size1, size2, flags);
}

static const void *const provider_vtbl[] = {spy_provider_QueryInterface, spy_addref,     spy_release,
                                            spy_provider_Shutdown,       provider_Logon, provider_SpoolerLogon,
                                            provider_CompareStoreIDs};

__declspec(dllexport) HRESULT __cdecl MSProviderInit(HINSTANCE instance, IMalloc *allocator, LPALLOCATEBUFFER allocate,
                                                     LPALLOCATEMORE more, LPFREEBUFFER release, ULONG ulFlags,
                                                     ULONG ulMAPIVer, ULONG *lpulProviderVer, IMSProvider **out)
{
    static const struct spy_kind kind = {"MS", provider_vtbl, &IID_IMSProvider};
    struct spy_init init = {allocate, more, release, ulFlags, ulMAPIVer, lpulProviderVer};

    (void)instance;
    (void)allocator;
    return spy_provider_create(&kind, &init, (void **)out);
}
