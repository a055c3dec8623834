/*
 * The logon object (imslogoniunknown): the connection, and what ends it.
 */
#include "msgstore.h"

#include <string.h>
#include <wchar.h>

static struct logon *impl_from_IMSLogon(IMSLogon *iface)
{
    return CONTAINING_RECORD(iface, struct logon, IMSLogon_iface);
}

void logon_addref(struct logon *logon)
{
    InterlockedIncrement(&logon->refcount);
}

void logon_release(struct logon *logon)
{
    if (!InterlockedDecrement(&logon->refcount))
    {
        logon_close(logon);
        DeleteCriticalSection(&logon->lock);
        HeapFree(GetProcessHeap(), 0, logon->entryid);
        HeapFree(GetProcessHeap(), 0, logon);
    }
}

HRESULT logon_enter(struct logon *logon, struct db **db)
{
    EnterCriticalSection(&logon->lock);
    if ((*db = logon->db))
        return S_OK;
    LeaveCriticalSection(&logon->lock);
    return MAPI_E_INVALID_OBJECT;
}

HRESULT logon_leave(struct logon *logon, HRESULT hr)
{
    LeaveCriticalSection(&logon->lock);
    return hr;
}

/* The support object goes last, without the lock: MAPI's part of the end begins with it. */
void logon_close(struct logon *logon)
{
    IMAPISupport *support;
    struct db *db;

    EnterCriticalSection(&logon->lock);
    db = logon->db;
    support = logon->support;
    logon->db = NULL;
    logon->support = NULL;
    LeaveCriticalSection(&logon->lock);
    if (db)
        db_close(db);
    if (support)
        IMAPISupport_Release(support);
}

static HRESULT STDMETHODCALLTYPE logon_QueryInterface(IMSLogon *iface, REFIID riid, void **out)
{
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IMSLogon))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *out = iface;
    IMSLogon_AddRef(iface);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE logon_AddRef(IMSLogon *iface)
{
    return InterlockedIncrement(&impl_from_IMSLogon(iface)->refcount);
}

static ULONG STDMETHODCALLTYPE logon_Release(IMSLogon *iface)
{
    ULONG refcount = impl_from_IMSLogon(iface)->refcount - 1;

    logon_release(impl_from_IMSLogon(iface));
    return refcount;
}

static HRESULT STDMETHODCALLTYPE logon_GetLastError(IMSLogon *iface, HRESULT hResult, ULONG ulFlags, MAPIERROR **error)
{
    (void)iface;
    (void)hResult;
    if (!error)
        return MAPI_E_INVALID_PARAMETER;
    *error = NULL;
    return ulFlags & ~(ULONG)MAPI_UNICODE ? MAPI_E_BAD_CHARWIDTH : S_OK;
}

static HRESULT STDMETHODCALLTYPE logon_Logoff(IMSLogon *iface, ULONG *lpulFlags)
{
    (void)lpulFlags;
    logon_close(impl_from_IMSLogon(iface));
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE logon_OpenEntry(IMSLogon *iface, ULONG cbEntryID, ENTRYID *lpEntryID, const IID *iid,
                                                 ULONG ulFlags, ULONG *lpulObjType, IUnknown **lppUnk)
{
    return object_open(impl_from_IMSLogon(iface), cbEntryID, lpEntryID, iid, ulFlags, lpulObjType, lppUnk);
}

static HRESULT STDMETHODCALLTYPE logon_CompareEntryIDs(IMSLogon *iface, ULONG size1, ENTRYID *id1, ULONG size2,
                                                       ENTRYID *id2, ULONG flags, ULONG *result)
{
    (void)iface;
    if (!result)
        return MAPI_E_INVALID_PARAMETER;
    *result = FALSE;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    *result = size1 == ENTRYID_SIZE && size1 == size2 && id1 && id2
              && !memcmp((BYTE *)id1 + 4, (BYTE *)id2 + 4, ENTRYID_SIZE - 4);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE logon_Advise(IMSLogon *iface, ULONG cbEntryID, ENTRYID *lpEntryID, ULONG ulEventMask,
                                              IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    struct logon *logon = impl_from_IMSLogon(iface);
    sqlite3_int64 id = 0;
    struct db *db;
    ULONG type;
    HRESULT hr;

    if (!sink || !connection)
        return MAPI_E_INVALID_PARAMETER;
    *connection = 0;
    if (cbEntryID && cbEntryID == ENTRYID_SIZE)
    {
        if (FAILED(hr = logon_enter(logon, &db)))
            return hr;
        if (FAILED(hr = logon_leave(logon, entryid_read(db, cbEntryID, lpEntryID, &type, &id))))
            return hr;
    }
    return notify_advise(logon, id, ulEventMask, sink, connection);
}

static HRESULT STDMETHODCALLTYPE logon_Unadvise(IMSLogon *iface, ULONG_PTR connection)
{
    return notify_unadvise(impl_from_IMSLogon(iface), connection);
}

static HRESULT STDMETHODCALLTYPE logon_OpenStatusEntry(IMSLogon *iface, const IID *iid, ULONG flags, ULONG *type,
                                                       void **entry)
{
    (void)iface;
    (void)iid;
    (void)flags;
    if (type)
        *type = 0;
    if (entry)
        *entry = NULL;
    return MAPI_E_NO_SUPPORT; /* no status row is made */
}

static const IMSLogonVtbl logon_vtbl = {
        logon_QueryInterface, logon_AddRef,          logon_Release, logon_GetLastError, logon_Logoff,
        logon_OpenEntry,      logon_CompareEntryIDs, logon_Advise,  logon_Unadvise,     logon_OpenStatusEntry};

HRESULT logon_create(IMAPISupport *support, struct db *db, const WCHAR *path, BOOL modify, struct logon **out)
{
    ULONG path_size = ((ULONG)wcslen(path) + 1) * sizeof(WCHAR);
    struct logon *logon = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*logon));

    *out = NULL;
    if (!logon)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    logon->entryid_size = 36 + path_size;
    if (!(logon->entryid = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, logon->entryid_size)))
    {
        HeapFree(GetProcessHeap(), 0, logon);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    memcpy(logon->entryid + 4, &store_provider_uid, 16);
    memcpy(logon->entryid + 20, &db->uid, 16);
    memcpy(logon->entryid + 36, path, path_size);
    InitializeCriticalSection(&logon->lock);
    logon->IMSLogon_iface.lpVtbl = &logon_vtbl;
    logon->refcount = 1;
    logon->db = db;
    logon->modify = modify;
    logon->support = support;
    IMAPISupport_AddRef(support);
    *out = logon;
    return S_OK;
}
