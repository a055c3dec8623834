/*
 * What a session does with entry identifiers: it finds the owner by the MAPIUID and hands the call on. Owners today
 * are MAPI's own status objects and one-off recipients; store and address book providers register theirs later.
 */
#include "session/session.h"
#include "addrbook/addrbook.h"

#define ENTRYID_MIN (FIELD_OFFSET(ENTRYID, ab) + sizeof(MAPIUID))

enum entry_owner
{
    OWNER_UNKNOWN,
    OWNER_STATUS,
    OWNER_ONEOFF
};

static enum entry_owner find_owner(const ENTRYID *entryid, ULONG size)
{
    if (entryid_has_uid(entryid, size, &status_uid))
        return OWNER_STATUS;
    if (entryid_has_uid(entryid, size, &oneoff_uid))
        return OWNER_ONEOFF;
    return OWNER_UNKNOWN;
}

/*
 * imapisession-openmsgstore. No provider serves a store, so no entry identifier names one: MAPI_E_NOT_FOUND.
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
        hr = MAPI_E_NOT_FOUND;
    return session_leave(session, &call, hr);
}

/* imapisession-openentry; SESS-17, 18, 34. */
HRESULT STDMETHODCALLTYPE session_OpenEntry(IMAPISession *iface, ULONG cbEntryID, ENTRYID *lpEntryID,
                                            const IID *lpInterface, ULONG ulFlags, ULONG *lpulObjType,
                                            IUnknown **lppUnk)
{
    static const ULONG known =
            MAPI_MODIFY | SHOW_SOFT_DELETES | MAPI_DEFERRED_ERRORS | MAPI_BEST_ACCESS | MAPI_NO_CACHE | MAPI_CACHE_ONLY;
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    ULONG index, type;
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
        switch (find_owner(lpEntryID, cbEntryID))
        {
        case OWNER_STATUS:
            type = MAPI_STATUS;
            if (status_find(lpEntryID, cbEntryID, &index))
                hr = status_open(session, index, lpInterface, lppUnk);
            else
                hr = MAPI_E_NOT_FOUND;
            break;
        case OWNER_ONEOFF:
            type = MAPI_MAILUSER;
            hr = mailuser_open(&session->gate, lpEntryID, cbEntryID, lpInterface, lppUnk);
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
        owner1 = find_owner(lpEntryID1, cbEntryID1);
        owner2 = find_owner(lpEntryID2, cbEntryID2);
        if (owner1 == OWNER_UNKNOWN || owner2 == OWNER_UNKNOWN)
            hr = MAPI_E_UNKNOWN_ENTRYID;
        else if (owner1 == OWNER_ONEOFF && owner2 == OWNER_ONEOFF)
            hr = oneoff_compare(lpEntryID1, cbEntryID1, lpEntryID2, cbEntryID2, lpulResult);
        else
            *lpulResult = cbEntryID1 == cbEntryID2 && !memcmp(lpEntryID1, lpEntryID2, cbEntryID1);
    }
    return session_leave(session, &call, hr);
}

/*
 * imapisession-advise; SESS-37, 38, 41. NULL registers for the session itself: critical errors always, extended
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
        hr = find_owner(lpEntryID, cbEntryID) == OWNER_UNKNOWN ? MAPI_E_UNKNOWN_ENTRYID : MAPI_E_NO_SUPPORT;
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
    return session_leave(session, &call, advise_remove(&session->advise, ulConnection));
}
