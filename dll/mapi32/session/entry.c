/*
 * What a session does with entry identifiers: it finds the owner by the MAPIUID and hands the call on. Owners are MAPI's
 * own status objects and one-off recipients, and what store and address book providers have registered.
 */
#include "session/session.h"
#include "addrbook/addrbook.h"

#define ENTRYID_MIN (FIELD_OFFSET(ENTRYID, ab) + sizeof(MAPIUID))

enum entry_owner
{
    OWNER_UNKNOWN,
    OWNER_STATUS,
    OWNER_ONEOFF,
    OWNER_STORE, /* the identifier of a store itself */
    OWNER_PROVIDER
};

static enum entry_owner find_owner(struct session *session, const ENTRYID *entryid, ULONG size)
{
    if (entryid_has_uid(entryid, size, &status_uid))
        return OWNER_STATUS;
    if (entryid_has_uid(entryid, size, &oneoff_uid))
        return OWNER_ONEOFF;
    if (providers_is_store(entryid, size))
        return OWNER_STORE;
    return providers_own(session->providers, size, entryid) ? OWNER_PROVIDER : OWNER_UNKNOWN;
}

/*
 * imapisession-openmsgstore; SESS-08 to 16.
 *
 * ulUIParam    parent window of a provider's dialog
 * lpEntryID    from the stores table, a store's properties, or of a store that the profile does not know
 * lpInterface  NULL: IMsgStore
 * lppMDB       the provider's own object
 *
 * MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_FLAGS; MAPI_E_NOT_FOUND: no store's identifier, or its DLL is not there; what
 * the provider answers, also for every store of a service that has failed.
 */
HRESULT STDMETHODCALLTYPE session_OpenMsgStore(IMAPISession *iface, ULONG_PTR ulUIParam, ULONG cbEntryID,
                                               ENTRYID *lpEntryID, const IID *lpInterface, ULONG ulFlags,
                                               IMsgStore **lppMDB)
{
    static const ULONG known = MDB_NO_DIALOG | MDB_WRITE | MAPI_DEFERRED_ERRORS | MAPI_BEST_ACCESS | MDB_TEMPORARY
                               | MDB_NO_MAIL | MDB_ONLINE;
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, window %#Ix, size %lu, entryid %p, iid %s, flags %#lx, store %p\n", iface, ulUIParam, cbEntryID,
          lpEntryID, debugstr_guid(lpInterface), ulFlags, lppMDB);

    if ((lppMDB = OUT_POINTER(lppMDB)))
        *lppMDB = NULL;
    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if (!lppMDB || !lpEntryID || !cbEntryID || !memory_readable(lpEntryID, cbEntryID)
        || !memory_is_iid_or_null(lpInterface))
        hr = MAPI_E_INVALID_PARAMETER; /* SESS-08 */
    else if (ulFlags & ~known)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = providers_open_store(session->providers, ulUIParam, cbEntryID, lpEntryID, lpInterface, ulFlags, lppMDB);
    return session_leave(session, &call, hr);
}

/* SESS-22, 34 */
static HRESULT open_status(struct session *session, const ENTRYID *entryid, ULONG size, const IID *iid, ULONG flags,
                           ULONG *type, IUnknown **out)
{
    ULONG key;

    *type = MAPI_STATUS;
    if (!status_entryid_key(entryid, size, &key))
        return MAPI_E_NOT_FOUND;
    if (key < STATUS_OBJECTS)
        return status_open(session, key, iid, out);
    return providers_open_status(session->providers, key, iid, flags, type, out);
}

/* SESS-19, 23 */
static HRESULT open_store(struct session *session, const ENTRYID *entryid, ULONG size, const IID *iid, ULONG flags,
                          ULONG *type, IUnknown **out)
{
    ULONG store_flags =
            MDB_NO_DIALOG | (flags & (MAPI_DEFERRED_ERRORS | MAPI_BEST_ACCESS)) | (flags & MAPI_MODIFY ? MDB_WRITE : 0);

    *type = MAPI_STORE;
    return providers_open_store(session->providers, 0, size, entryid, iid, store_flags, (IMsgStore **)out);
}

/* imapisession-openentry; SESS-17 to 23, 34. */
HRESULT STDMETHODCALLTYPE session_OpenEntry(IMAPISession *iface, ULONG cbEntryID, ENTRYID *lpEntryID,
                                            const IID *lpInterface, ULONG ulFlags, ULONG *lpulObjType,
                                            IUnknown **lppUnk)
{
    static const ULONG known =
            MAPI_MODIFY | SHOW_SOFT_DELETES | MAPI_DEFERRED_ERRORS | MAPI_BEST_ACCESS | MAPI_NO_CACHE | MAPI_CACHE_ONLY;
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    ULONG type;
    HRESULT hr;

    TRACE("iface %p, size %lu, entryid %p, iid %s, flags %#lx, type %p, unknown %p\n", iface, cbEntryID, lpEntryID,
          debugstr_guid(lpInterface), ulFlags, lpulObjType, lppUnk);

    if ((lpulObjType = OUT_POINTER(lpulObjType)))
        *lpulObjType = 0;
    if ((lppUnk = OUT_POINTER(lppUnk)))
        *lppUnk = NULL;
    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if (!lppUnk || !lpulObjType || !lpEntryID || !cbEntryID || !memory_readable(lpEntryID, cbEntryID)
        || !memory_is_iid_or_null(lpInterface))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~known)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
    {
        type = 0;
        switch (find_owner(session, lpEntryID, cbEntryID))
        {
        case OWNER_STATUS:
            hr = open_status(session, lpEntryID, cbEntryID, lpInterface, ulFlags, &type, lppUnk);
            break;
        case OWNER_ONEOFF:
            type = MAPI_MAILUSER;
            hr = mailuser_open(&session->gate, lpEntryID, cbEntryID, lpInterface, lppUnk);
            break;
        case OWNER_STORE:
            hr = open_store(session, lpEntryID, cbEntryID, lpInterface, ulFlags, &type, lppUnk);
            break;
        case OWNER_PROVIDER:
            hr = providers_open_entry(session->providers, cbEntryID, lpEntryID, lpInterface, ulFlags, &type, lppUnk);
            break;
        default:
            hr = MAPI_E_UNKNOWN_ENTRYID;
            break;
        }
        if (SUCCEEDED(hr))
            *lpulObjType = type;
    }
    return session_leave(session, &call, hr);
}

/* imapisession-compareentryids; SESS-25, 26. */
HRESULT STDMETHODCALLTYPE session_CompareEntryIDs(IMAPISession *iface, ULONG cbEntryID1, ENTRYID *lpEntryID1,
                                                  ULONG cbEntryID2, ENTRYID *lpEntryID2, ULONG ulFlags,
                                                  ULONG *lpulResult)
{
    struct session *session = impl_from_IMAPISession(iface);
    enum entry_owner owner1, owner2;
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, sizes %lu %lu, entryids %p %p, flags %#lx, result %p\n", iface, cbEntryID1, cbEntryID2, lpEntryID1,
          lpEntryID2, ulFlags, lpulResult);

    if ((lpulResult = OUT_POINTER(lpulResult)))
        *lpulResult = FALSE;
    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if (!lpulResult || !lpEntryID1 || !lpEntryID2 || !memory_readable(lpEntryID1, cbEntryID1)
        || !memory_readable(lpEntryID2, cbEntryID2))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
    {
        owner1 = find_owner(session, lpEntryID1, cbEntryID1);
        owner2 = find_owner(session, lpEntryID2, cbEntryID2);
        if (owner1 == OWNER_UNKNOWN || owner2 == OWNER_UNKNOWN)
            hr = MAPI_E_UNKNOWN_ENTRYID;
        else if (owner1 == OWNER_ONEOFF && owner2 == OWNER_ONEOFF)
            hr = oneoff_compare(lpEntryID1, cbEntryID1, lpEntryID2, cbEntryID2, lpulResult);
        else if (owner1 == OWNER_STORE && owner2 == OWNER_STORE)
            hr = providers_compare_stores(session->providers, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2,
                                          lpulResult);
        else if (owner1 == OWNER_PROVIDER && owner2 == OWNER_PROVIDER)
            hr = providers_compare(session->providers, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, lpulResult);
        else
            *lpulResult = cbEntryID1 == cbEntryID2 && !memcmp(lpEntryID1, lpEntryID2, cbEntryID1);
    }
    return session_leave(session, &call, hr);
}

/* SESS-39 to 41: the provider's own affair. */
static HRESULT advise_entry(struct session *session, ULONG size, const ENTRYID *entryid, ULONG mask,
                            IMAPIAdviseSink *sink, ULONG_PTR *out)
{
    ULONG connection;
    HRESULT hr;

    switch (find_owner(session, entryid, size))
    {
    case OWNER_UNKNOWN:
        return MAPI_E_UNKNOWN_ENTRYID;
    case OWNER_PROVIDER:
        if (SUCCEEDED(hr = providers_advise(session->providers, size, entryid, mask, sink, &connection)))
            advise_store_connection(out, connection);
        return hr;
    default:
        return MAPI_E_NO_SUPPORT;
    }
}

/*
 * imapisession-advise; SESS-37 to 41. NULL registers for the session itself: critical errors always, extended
 * events when the mask has them, other bits never fire (S-23). Writes 32 bits through lpulConnection (9.3).
 */
HRESULT STDMETHODCALLTYPE session_Advise(IMAPISession *iface, ULONG cbEntryID, ENTRYID *lpEntryID, ULONG ulEventMask,
                                         IMAPIAdviseSink *lpAdviseSink, ULONG_PTR *lpulConnection)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    ULONG connection = 0;
    HRESULT hr;

    TRACE("iface %p, size %lu, entryid %p, mask %#lx, sink %p, connection %p\n", iface, cbEntryID, lpEntryID,
          ulEventMask, lpAdviseSink, lpulConnection);

    if ((lpulConnection = OUT_CONNECTION(lpulConnection)))
        advise_store_connection(lpulConnection, 0);
    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if (!lpulConnection || !memory_is_interface(lpAdviseSink, sizeof(IMAPIAdviseSinkVtbl) / sizeof(void *))
        || (lpEntryID && !memory_readable(lpEntryID, cbEntryID)) || (!lpEntryID && cbEntryID))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!lpEntryID)
    {
        if (SUCCEEDED(hr = advise_add(&session->advise, (ulEventMask & fnevExtended) | fnevCriticalError, lpAdviseSink,
                                      &connection)))
            advise_store_connection(lpulConnection, connection);
    }
    else if (cbEntryID < ENTRYID_MIN)
        hr = MAPI_E_INVALID_ENTRYID;
    else
        hr = advise_entry(session, cbEntryID, lpEntryID, ulEventMask, lpAdviseSink, lpulConnection);
    return session_leave(session, &call, hr);
}

/* imapisession-unadvise; SESS-42 to 44. */
HRESULT STDMETHODCALLTYPE session_Unadvise(IMAPISession *iface, ULONG_PTR ulConnection)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, connection %#Ix\n", iface, ulConnection);

    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if ((hr = advise_remove(&session->advise, ulConnection)) == MAPI_E_NOT_FOUND)
        hr = providers_unadvise(session->providers, ulConnection);
    return session_leave(session, &call, hr);
}
