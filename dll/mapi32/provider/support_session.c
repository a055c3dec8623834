/*
 * The support object's methods that reach into the session: identifiers, entries, status rows, the profile, subscriptions.
 */
#include "provider/set.h"
#include "notify/subscribe.h"
#include "notify/advise.h"

static const struct provider_host *host_of(const struct support *support)
{
    return &support->logon->set->host;
}

/* imapisupport-subscribe */
HRESULT STDMETHODCALLTYPE support_Subscribe(IMAPISupport *iface, NOTIFKEY *lpKey, ULONG ulEventMask, ULONG ulFlags,
                                            IMAPIAdviseSink *lpAdviseSink, ULONG_PTR *lpulConnection)
{
    struct support *support = impl_from_IMAPISupport(iface);
    ULONG connection = 0;
    HRESULT hr;

    TRACE("iface %p, key %p, mask %#lx, flags %#lx, sink %p, connection %p\n", iface, lpKey, ulEventMask, ulFlags,
          lpAdviseSink, lpulConnection);

    if ((lpulConnection = OUT_CONNECTION(lpulConnection)))
        advise_store_connection(lpulConnection, 0);
    if (FAILED(hr = support_enter(support, SUPPORT_PROVIDERS)))
        return hr;
    if (!lpulConnection)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (SUCCEEDED(hr = subscription_add(support, lpKey, ulEventMask, ulFlags, lpAdviseSink, &connection)))
        advise_store_connection(lpulConnection, connection);
    return support_leave(support, hr);
}

/* imapisupport-unsubscribe */
HRESULT STDMETHODCALLTYPE support_Unsubscribe(IMAPISupport *iface, ULONG_PTR ulConnection)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, connection %#Ix\n", iface, ulConnection);

    if (FAILED(hr = support_enter(support, SUPPORT_PROVIDERS)))
        return hr;
    return support_leave(support, subscription_remove(support, ulConnection));
}

/* imapisupport-notify */
HRESULT STDMETHODCALLTYPE support_Notify(IMAPISupport *iface, NOTIFKEY *lpKey, ULONG cNotification,
                                         NOTIFICATION *lpNotifications, ULONG *lpulFlags)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, key %p, count %lu, notifications %p, flags %p\n", iface, lpKey, cNotification, lpNotifications,
          lpulFlags);

    if (FAILED(hr = support_enter(support, SUPPORT_PROVIDERS)))
        return hr;
    return support_leave(support, subscription_notify(lpKey, cNotification, lpNotifications, lpulFlags));
}

static BOOL values_valid(ULONG count, const SPropValue *values)
{
    size_t size;
    ULONG i;

    if (!count || !values || !size_multiply(count, sizeof(*values), &size) || !memory_readable(values, size))
        return FALSE;
    for (i = 0; i < count; i++)
        if (!prop_valid(&values[i]))
            return FALSE;
    return TRUE;
}

/* imapisupport-modifystatusrow; SPI-09 */
HRESULT STDMETHODCALLTYPE support_ModifyStatusRow(IMAPISupport *iface, ULONG cValues, SPropValue *lpColumnVals,
                                                  ULONG ulFlags)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, count %lu, values %p, flags %#lx\n", iface, cValues, lpColumnVals, ulFlags);

    if (FAILED(hr = support_enter(support, SUPPORT_PROVIDERS)))
        return hr;
    if (ulFlags & ~(ULONG)STATUSROW_UPDATE)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!values_valid(cValues, lpColumnVals))
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = logon_set_row(support->logon, cValues, lpColumnVals, !!(ulFlags & STATUSROW_UPDATE));
    return support_leave(support, hr);
}

/* imapisupport-createoneoff */
HRESULT STDMETHODCALLTYPE support_CreateOneOff(IMAPISupport *iface, LPTSTR lpszName, LPTSTR lpszAdrType,
                                               LPTSTR lpszAddress, ULONG ulFlags, ULONG *lpcbEntryID,
                                               ENTRYID **lppEntryID)
{
    struct support *support = impl_from_IMAPISupport(iface);
    IAddrBook *book;
    HRESULT hr;

    TRACE("iface %p, name %p, type %p, address %p, flags %#lx, size %p, entryid %p\n", iface, lpszName, lpszAdrType,
          lpszAddress, ulFlags, lpcbEntryID, lppEntryID);

    if ((lpcbEntryID = OUT_POINTER(lpcbEntryID)))
        *lpcbEntryID = 0;
    if ((lppEntryID = OUT_POINTER(lppEntryID)))
        *lppEntryID = NULL;
    if (FAILED(hr = support_enter(support, SUPPORT_PROVIDERS)))
        return hr;
    if (SUCCEEDED(hr = host_of(support)->open_book(host_of(support)->session, &book)))
    {
        hr = IAddrBook_CreateOneOff(book, lpszName, lpszAdrType, lpszAddress, ulFlags, lpcbEntryID, lppEntryID);
        IAddrBook_Release(book);
    }
    return support_leave(support, hr);
}

/* imapisupport-setprovideruid; SPI-07: adds, duplicates too. */
HRESULT STDMETHODCALLTYPE support_SetProviderUID(IMAPISupport *iface, MAPIUID *lpProviderID, ULONG ulFlags)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, uid %s, flags %#lx\n", iface, debugstr_guid((GUID *)lpProviderID), ulFlags);

    if (FAILED(hr = support_enter(support, SUPPORT_STORE | SUPPORT_BOOK)))
        return hr;
    if (ulFlags)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!lpProviderID || !memory_readable(lpProviderID, sizeof(*lpProviderID)))
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = logon_add_uid(support->logon, lpProviderID);
    return support_leave(support, hr);
}

/* imapisupport-compareentryids: as the session's method, which is asked. */
HRESULT STDMETHODCALLTYPE support_CompareEntryIDs(IMAPISupport *iface, ULONG cbEntry1, ENTRYID *lpEntry1,
                                                  ULONG cbEntry2, ENTRYID *lpEntry2, ULONG ulCompareFlags,
                                                  ULONG *lpulResult)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, sizes %lu %lu, entryids %p %p, flags %#lx, result %p\n", iface, cbEntry1, cbEntry2, lpEntry1,
          lpEntry2, ulCompareFlags, lpulResult);

    if (FAILED(hr = support_enter(support, SUPPORT_PROVIDERS)))
        return hr;
    return support_leave(support, IMAPISession_CompareEntryIDs(host_of(support)->session, cbEntry1, lpEntry1, cbEntry2,
                                                               lpEntry2, ulCompareFlags, lpulResult));
}

/* imapisupport-openentry: as the session's method, which is asked. */
HRESULT STDMETHODCALLTYPE support_OpenEntry(IMAPISupport *iface, ULONG cbEntryID, ENTRYID *lpEntryID,
                                            const IID *lpInterface, ULONG ulOpenFlags, ULONG *lpulObjType,
                                            IUnknown **lppUnk)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, size %lu, entryid %p, iid %s, flags %#lx, type %p, unknown %p\n", iface, cbEntryID, lpEntryID,
          debugstr_guid(lpInterface), ulOpenFlags, lpulObjType, lppUnk);

    if (FAILED(hr = support_enter(support, SUPPORT_PROVIDERS)))
        return hr;
    return support_leave(support, IMAPISession_OpenEntry(host_of(support)->session, cbEntryID, lpEntryID, lpInterface,
                                                         ulOpenFlags, lpulObjType, lppUnk));
}

/* imapisupport-openaddressbook. A provider's own Logon must not wait for the logons of all others, nor they for it: the
 * book is the session's, without loading any. */
HRESULT STDMETHODCALLTYPE support_OpenAddressBook(IMAPISupport *iface, const IID *lpInterface, ULONG ulFlags,
                                                  IAddrBook **lppAdrBook)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, iid %s, flags %#lx, book %p\n", iface, debugstr_guid(lpInterface), ulFlags, lppAdrBook);

    if ((lppAdrBook = OUT_POINTER(lppAdrBook)))
        *lppAdrBook = NULL;
    if (FAILED(hr = support_enter(support, SUPPORT_PROVIDERS)))
        return hr;
    if (!lppAdrBook || !memory_is_iid_or_null(lpInterface))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~AB_NO_DIALOG)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (lpInterface && !IsEqualGUID(lpInterface, &IID_IAddrBook) && !IsEqualGUID(lpInterface, &IID_IUnknown))
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    else
        hr = host_of(support)->open_book(host_of(support)->session, lppAdrBook);
    return support_leave(support, hr);
}

/* imapisupport-wrapstoreentryid; SPI-16 */
HRESULT STDMETHODCALLTYPE support_WrapStoreEntryID(IMAPISupport *iface, ULONG cbOrigEntry, ENTRYID *lpOrigEntry,
                                                   ULONG *lpcbWrappedEntry, ENTRYID **lppWrappedEntry)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, size %lu, entryid %p, wrapped size %p, wrapped %p\n", iface, cbOrigEntry, lpOrigEntry,
          lpcbWrappedEntry, lppWrappedEntry);

    if ((lpcbWrappedEntry = OUT_POINTER(lpcbWrappedEntry)))
        *lpcbWrappedEntry = 0;
    if ((lppWrappedEntry = OUT_POINTER(lppWrappedEntry)))
        *lppWrappedEntry = NULL;
    if (FAILED(hr = support_enter(support, SUPPORT_PROVIDERS)))
        return hr;
    if (!lpcbWrappedEntry || !lppWrappedEntry || !cbOrigEntry || !lpOrigEntry
        || !memory_readable(lpOrigEntry, cbOrigEntry))
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = entryid_wrap(support->logon->provider->dll, cbOrigEntry, lpOrigEntry, lpcbWrappedEntry, lppWrappedEntry);
    return support_leave(support, hr);
}

/* imapisupport-modifyprofile; SPI-12 */
HRESULT STDMETHODCALLTYPE support_ModifyProfile(IMAPISupport *iface, ULONG ulFlags)
{
    struct support *support = impl_from_IMAPISupport(iface);
    struct provider_set *set;
    HRESULT hr;

    TRACE("iface %p, flags %#lx\n", iface, ulFlags);

    if (FAILED(hr = support_enter(support, SUPPORT_STORE)))
        return hr;
    if (ulFlags & ~(ULONG)MDB_TEMPORARY)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!(ulFlags & MDB_TEMPORARY) && !support->logon->temporary)
    {
        set = support->logon->set;
        if (SUCCEEDED(hr = provider_make_known(set, &support->section))
            && SUCCEEDED(hr = provider_list_add(set->host.profile, PR_STORE_PROVIDERS, &support->section)))
            store_row_refresh(set, &support->section);
    }
    return support_leave(support, hr);
}

/* imapisupport-storelogofftransports; STORE-03 to 07, 10. Without a spooler every activity is at its end, and so it is
 * after the session's log-off (S-34). */
HRESULT STDMETHODCALLTYPE support_StoreLogoffTransports(IMAPISupport *iface, ULONG *lpulFlags)
{
    static const ULONG known = LOGOFF_ABORT | LOGOFF_NO_WAIT | LOGOFF_ORDERLY | LOGOFF_PURGE | LOGOFF_QUIET;
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr = S_OK;

    TRACE("iface %p, flags %p\n", iface, lpulFlags);

    if (!support->ended && FAILED(hr = support_enter(support, SUPPORT_STORE)))
        return hr;
    if (!OUT_POINTER(lpulFlags))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!*lpulFlags || (*lpulFlags & ~known) || (*lpulFlags & (*lpulFlags - 1)))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (support->ended || !support->logon->set->spooling)
        *lpulFlags = LOGOFF_COMPLETE;
    else
        hr = support->logon->set->spooling->store_logs_off(support->logon->set->spooler, support->logon, lpulFlags);
    return support_leave(support, hr);
}

static inline struct support *impl_from_IMAPIGetSession(IMAPIGetSession *iface)
{
    return CONTAINING_RECORD(iface, struct support, IMAPIGetSession_iface);
}

static HRESULT STDMETHODCALLTYPE get_session_QueryInterface(IMAPIGetSession *iface, REFIID riid, void **out)
{
    return IMAPISupport_QueryInterface(&impl_from_IMAPIGetSession(iface)->IMAPISupport_iface, riid, out);
}

static ULONG STDMETHODCALLTYPE get_session_AddRef(IMAPIGetSession *iface)
{
    return IMAPISupport_AddRef(&impl_from_IMAPIGetSession(iface)->IMAPISupport_iface);
}

static ULONG STDMETHODCALLTYPE get_session_Release(IMAPIGetSession *iface)
{
    return IMAPISupport_Release(&impl_from_IMAPIGetSession(iface)->IMAPISupport_iface);
}

/* imapigetsession-getmapisession; SPI-17. A client reference, which the provider has to give back. */
static HRESULT STDMETHODCALLTYPE get_session_GetMAPISession(IMAPIGetSession *iface, IUnknown **lppSession)
{
    struct support *support = impl_from_IMAPIGetSession(iface);
    HRESULT hr;

    TRACE("iface %p, session %p\n", iface, lppSession);

    if ((lppSession = OUT_POINTER(lppSession)))
        *lppSession = NULL;
    if (FAILED(hr = support_enter(support, SUPPORT_PROVIDERS)))
        return hr;
    if (!lppSession)
        return support_leave(support, MAPI_E_INVALID_PARAMETER);
    hr = IMAPISession_QueryInterface(host_of(support)->session, &IID_IMAPISession, (void **)lppSession);
    return support_leave(support, hr);
}

const IMAPIGetSessionVtbl get_session_vtbl = {
        get_session_QueryInterface,
        get_session_AddRef,
        get_session_Release,
        get_session_GetMAPISession,
};
