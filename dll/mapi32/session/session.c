/*
 * The session object: life, interfaces, and the methods that are a line or two.
 *
 * The list of open sessions is the module's one piece of session state; it exists for the last MAPIUninitialize.
 */
#include "session/session.h"
#include "addrbook/addrbook.h"
#include "service/service.h"

/* Every open session. Owner: this file; a session joins in session_create and leaves in session_forget. */
static struct
{
    SRWLOCK lock;
    struct session *first;
} open_sessions = {SRWLOCK_INIT, NULL};

/* FALSE: MAPI was uninitialised meanwhile. The last MAPIUninitialize first counts to 0 and then looks at the list. */
static BOOL session_remember(struct session *session)
{
    BOOL initialized;

    AcquireSRWLockExclusive(&open_sessions.lock);
    if ((initialized = SUCCEEDED(init_check())))
    {
        session->next = open_sessions.first;
        session->prev = NULL;
        if (session->next)
            session->next->prev = session;
        open_sessions.first = session;
    }
    ReleaseSRWLockExclusive(&open_sessions.lock);
    return initialized;
}

void session_is_ending(struct session *session)
{
    AcquireSRWLockExclusive(&open_sessions.lock);
    session->ending_thread = GetCurrentThreadId();
    ReleaseSRWLockExclusive(&open_sessions.lock);
}

void session_forget(struct session *session)
{
    AcquireSRWLockExclusive(&open_sessions.lock);
    if (session->next)
        session->next->prev = session->prev;
    if (session->prev)
        session->prev->next = session->next;
    else if (open_sessions.first == session)
        open_sessions.first = session->next;
    session->next = session->prev = NULL;
    ReleaseSRWLockExclusive(&open_sessions.lock);
}

/* An open session with a reference on its gate, NULL when there is none. */
static struct session *first_open_session(void)
{
    struct session *session;

    AcquireSRWLockShared(&open_sessions.lock);
    for (session = open_sessions.first; session; session = session->next)
    {
        if (gate_is_open(&session->gate))
        {
            gate_addref(&session->gate);
            break;
        }
    }
    ReleaseSRWLockShared(&open_sessions.lock);
    return session;
}

/* A session that another thread is ending. */
static BOOL ending_elsewhere(void)
{
    struct session *session;

    AcquireSRWLockShared(&open_sessions.lock);
    for (session = open_sessions.first; session; session = session->next)
    {
        if (session->ending_thread != GetCurrentThreadId())
            break;
    }
    ReleaseSRWLockShared(&open_sessions.lock);
    return session != NULL;
}

#define PATIENCE 10000 /* milliseconds, for other threads to leave: the program may unload the module next */

/*
 * The last MAPIUninitialize with sessions still open (S-41, LOGOFF-58): they end as in Logoff. Dialogs close first, for
 * the calls behind them may be in each other's way; what other threads are ending already is waited for (LOGOFF-52).
 */
static void end_all_sessions(void)
{
    ULONGLONG start = GetTickCount64();
    struct session *session;

    asking_close_all();
    while ((session = first_open_session()))
    {
        WARN("Session %p is still open at the last MAPIUninitialize.\n", session);
        session_end(session, SESSION_LOGS_OFF, FALSE);
        gate_release(&session->gate);
    }
    while ((asking_elsewhere() || ending_elsewhere()) && GetTickCount64() - start < PATIENCE)
        gate_pause(10);
}

static struct uninit_hook end_all_hook = {.run = end_all_sessions};

void session_watch_uninitialize(void)
{
    notify_prepare();
    init_on_uninitialize(&end_all_hook);
}

/* The last internal reference is gone. */
static void session_destroy(struct gate *gate)
{
    struct session *session = CONTAINING_RECORD(gate, struct session, gate);

    TRACE("session %p\n", session);

    session_drop_tokens(session);
    if (session->stores)
        row_set_release(session->stores);
    if (session->status)
        row_set_release(session->status);
    object_died(&session->mark);
    heap_free(session);
}

HRESULT session_enter(struct session *session, struct gate_call *call)
{
    return gate_enter(&session->gate, call);
}

HRESULT session_leave(struct session *session, struct gate_call *call, HRESULT hr)
{
    last_error_set(&session->last, hr);
    gate_leave(call);
    return hr;
}

/* A dead session has no interfaces to give (S-08, LOGOFF-16). */
static HRESULT session_query(struct session *session, REFIID riid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!gate_is_open(&session->gate))
        return MAPI_E_INVALID_OBJECT;
    if (!memory_readable(riid, sizeof(*riid)))
        return MAPI_E_INVALID_PARAMETER;

    if (IsEqualGUID(riid, &IID_IUnknown) || IsEqualGUID(riid, &IID_IMAPISession))
        *out = &session->IMAPISession_iface;
    else if (IsEqualGUID(riid, &IID_IMAPIClientShutdown))
        *out = &session->IMAPIClientShutdown_iface;
    else
    {
        WARN("%s not implemented, returning E_NOINTERFACE.\n", debugstr_guid(riid));
        return E_NOINTERFACE;
    }
    IUnknown_AddRef((IUnknown *)*out);
    return S_OK;
}

static ULONG session_addref(struct session *session)
{
    ULONG refcount = InterlockedIncrement(&session->refcount);

    TRACE("session %p, refcount %lu\n", session, refcount);
    return refcount;
}

/* The last client reference ends the session like Logoff(0, 0, 0) (S-09, LOGOFF-57), once: a sink that it tells may
 * count up and down again. */
static ULONG session_release(struct session *session)
{
    ULONG refcount = InterlockedDecrement(&session->refcount);

    TRACE("session %p, refcount %lu\n", session, refcount);

    if (!refcount && !InterlockedExchange(&session->let_go, TRUE))
    {
        session_end(session, SESSION_LOGS_OFF, FALSE);
        gate_release(&session->gate);
    }
    return refcount;
}

static HRESULT STDMETHODCALLTYPE session_QueryInterface(IMAPISession *iface, REFIID riid, void **out)
{
    TRACE("iface %p, riid %s, out %p\n", iface, debugstr_guid(riid), out);

    return session_query(impl_from_IMAPISession(iface), riid, out);
}

static ULONG STDMETHODCALLTYPE session_AddRef(IMAPISession *iface)
{
    return session_addref(impl_from_IMAPISession(iface));
}

static ULONG STDMETHODCALLTYPE session_Release(IMAPISession *iface)
{
    return session_release(impl_from_IMAPISession(iface));
}

/* imapisession-getlasterror; SESS-01. Leaves the kept error as it is. */
static HRESULT STDMETHODCALLTYPE session_GetLastError(IMAPISession *iface, HRESULT hResult, ULONG ulFlags,
                                                      MAPIERROR **lppMAPIError)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, hResult %#lx, flags %#lx, error %p\n", iface, hResult, ulFlags, lppMAPIError);

    if ((lppMAPIError = OUT_POINTER(lppMAPIError)))
        *lppMAPIError = NULL;
    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    /* A provider may have said more about it than the code does. */
    if (!lppMAPIError || (ulFlags & ~MAPI_UNICODE)
        || !providers_last_error(session->providers, hResult, ulFlags, lppMAPIError, &hr))
        hr = last_error_get(&session->last, hResult, ulFlags, lppMAPIError);
    gate_leave(&call);
    return hr;
}

/* The book is usable even when providers are not: MAPI_W_ERRORS_RETURNED then (SESS-02). */
static HRESULT open_address_book(struct session *session, ULONG_PTR window, ULONG flags, IAddrBook **book)
{
    HRESULT hr = providers_open_books(session->providers, window, flags), created;

    if (FAILED(hr))
        return hr;
    created = addrbook_create(&session->gate, session->providers, book);
    return FAILED(created) ? created : hr;
}

/* imapisession-openaddressbook; SESS-02 to 04 */
static HRESULT STDMETHODCALLTYPE session_OpenAddressBook(IMAPISession *iface, ULONG_PTR ulUIParam,
                                                         const IID *lpInterface, ULONG ulFlags, IAddrBook **lppAdrBook)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, window %#Ix, iid %s, flags %#lx, book %p\n", iface, ulUIParam, debugstr_guid(lpInterface), ulFlags,
          lppAdrBook);

    if ((lppAdrBook = OUT_POINTER(lppAdrBook)))
        *lppAdrBook = NULL;
    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if (!lppAdrBook || !memory_is_iid_or_null(lpInterface))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~AB_NO_DIALOG)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (lpInterface && !IsEqualGUID(lpInterface, &IID_IAddrBook) && !IsEqualGUID(lpInterface, &IID_IMAPIProp)
             && !IsEqualGUID(lpInterface, &IID_IUnknown))
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    else
        hr = open_address_book(session, ulUIParam, ulFlags, lppAdrBook);
    return session_leave(session, &call, hr);
}

/* imapisession-openprofilesection; SESS-27 to SESS-31. */
static HRESULT STDMETHODCALLTYPE session_OpenProfileSection(IMAPISession *iface, MAPIUID *lpUID, const IID *lpInterface,
                                                            ULONG ulFlags, IProfSect **lppProfSect)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, uid %s, iid %s, flags %#lx, section %p\n", iface, debugstr_guid((GUID *)lpUID),
          debugstr_guid(lpInterface), ulFlags, lppProfSect);

    if ((lppProfSect = OUT_POINTER(lppProfSect)))
        *lppProfSect = NULL;
    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if (!lppProfSect || !lpUID || !memory_readable(lpUID, sizeof(*lpUID)))
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = profile_open_section(session->profile, &session->gate, lpUID, lpInterface, ulFlags, lppProfSect);
    return session_leave(session, &call, hr);
}

/* Documented as not supported (SESS-45). */
static HRESULT STDMETHODCALLTYPE session_MessageOptions(IMAPISession *iface, ULONG_PTR ulUIParam, ULONG ulFlags,
                                                        LPTSTR lpszAdrType, IMessage *lpMessage)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, window %#Ix, flags %#lx, type %s, message %p\n", iface, ulUIParam, ulFlags,
          debugstr_t(lpszAdrType, ulFlags), lpMessage);

    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    return session_leave(session, &call, MAPI_E_NO_SUPPORT);
}

/* Documented as not supported (SESS-45). */
static HRESULT STDMETHODCALLTYPE session_QueryDefaultMessageOpt(IMAPISession *iface, LPTSTR lpszAdrType, ULONG ulFlags,
                                                                ULONG *lpcValues, SPropValue **lppOptions)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, type %s, flags %#lx, count %p, options %p\n", iface, debugstr_t(lpszAdrType, ulFlags), ulFlags,
          lpcValues, lppOptions);

    if ((lpcValues = OUT_POINTER(lpcValues)))
        *lpcValues = 0;
    if ((lppOptions = OUT_POINTER(lppOptions)))
        *lppOptions = NULL;
    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    return session_leave(session, &call, MAPI_E_NO_SUPPORT);
}

/* imapisession-adminservices; SESS-54, LOGOFF-46. */
static HRESULT STDMETHODCALLTYPE session_AdminServices(IMAPISession *iface, ULONG ulFlags,
                                                       IMsgServiceAdmin **lppServiceAdmin)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, flags %#lx, admin %p\n", iface, ulFlags, lppServiceAdmin);

    if ((lppServiceAdmin = OUT_POINTER(lppServiceAdmin)))
        *lppServiceAdmin = NULL;
    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if (!lppServiceAdmin)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = service_admin_create(session->profile, &session->gate, lppServiceAdmin);
    return session_leave(session, &call, hr);
}

static const IMAPISessionVtbl session_vtbl = {
        session_QueryInterface,
        session_AddRef,
        session_Release,
        session_GetLastError,
        session_GetMsgStoresTable,
        session_OpenMsgStore,
        session_OpenAddressBook,
        session_OpenProfileSection,
        session_GetStatusTable,
        session_OpenEntry,
        session_CompareEntryIDs,
        session_Advise,
        session_Unadvise,
        session_MessageOptions,
        session_QueryDefaultMessageOpt,
        session_EnumAdrTypes,
        session_QueryIdentity,
        session_Logoff,
        session_SetDefaultStore,
        session_AdminServices,
        session_ShowForm,
        session_PrepareForm,
};

/* For support objects: inside a call or not. */
static HRESULT session_book(IMAPISession *iface, IAddrBook **book)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    HRESULT hr;

    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    hr = addrbook_create(&session->gate, session->providers, book);
    gate_leave(&call);
    return hr;
}

static HRESULT session_make_providers(struct session *session)
{
    const struct provider_host host = {&session->IMAPISession_iface,
                                       &session->gate,
                                       session->profile,
                                       session->logon_flags | (init_is_service() ? MAPI_NT_SERVICE : 0),
                                       session_status_rows,
                                       session_store_rows,
                                       session_book,
                                       service_configure};

    HRESULT hr = providers_create(&host, &session->providers);

    return FAILED(hr) ? hr : spooler_create(session->providers, &session->spooler);
}

/* Of a session that nobody has seen. */
static void session_drop_providers(struct session *session)
{
    spooler_discard(session->spooler);
    session->spooler = NULL;
    if (session->providers)
        providers_release(session->providers);
    session->providers = NULL;
}

HRESULT session_create(struct profile *profile, ULONG logon_flags, const struct membership_offer *offer,
                       IMAPISession **out)
{
    struct session *session;
    HRESULT hr;

    *out = NULL;
    if (!(session = heap_alloc_zero(sizeof(*session))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    session->IMAPISession_iface.lpVtbl = &session_vtbl;
    session->IMAPIClientShutdown_iface.lpVtbl = &client_shutdown_vtbl;
    session->refcount = 1;
    gate_init(&session->gate, session_destroy);
    object_born(&session->mark, "session");
    advise_list_init(&session->advise);
    InitializeSRWLock(&session->lock);
    session->profile = profile;
    lstrcpynW(session->profile_name, profile_name(profile), ARRAY_SIZE(session->profile_name));
    session->logon_flags = logon_flags;
    if (FAILED(hr = session_make_providers(session)) || (offer && FAILED(hr = session_share(session, offer))))
    {
        session_drop_providers(session);
        gate_release(&session->gate);
        return hr;
    }
    spooler_start(session->spooler);
    if (!session_remember(session))
    {
        session_unshare(session, SESSION_FAST_SHUTDOWN);
        providers_shut_down(session->providers, NULL);
        session_drop_providers(session);
        gate_release(&session->gate);
        return MAPI_E_NOT_INITIALIZED;
    }
    *out = &session->IMAPISession_iface;
    return S_OK;
}
