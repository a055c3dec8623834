/*
 * The session's tables, and what is answered from them: message stores, status, identity, address types, default
 * store. The row sets are made on first use and belong to the session; the tables are views of them.
 */
#include "session/session.h"
#include "addrbook/addrbook.h"

static const SizedSPropTagArray(10, store_columns) = {10,
                                                      {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_DEFAULT_STORE, PR_INSTANCE_KEY,
                                                       PR_MDB_PROVIDER, PR_OBJECT_TYPE, PR_PROVIDER_DISPLAY_W,
                                                       PR_RECORD_KEY, PR_RESOURCE_FLAGS, PR_RESOURCE_TYPE}};

static const SizedSPropTagArray(10, status_columns) = {10,
                                                       {PR_DISPLAY_NAME_W, PR_STATUS_CODE, PR_RESOURCE_METHODS,
                                                        PR_PROVIDER_DLL_NAME_W, PR_RESOURCE_FLAGS, PR_RESOURCE_TYPE,
                                                        PR_ENTRYID, PR_INSTANCE_KEY, PR_OBJECT_TYPE, PR_ROWID}};

static HRESULT put_status_row(struct session *session, struct row_set *rows, ULONG index)
{
    SPropValue *values = NULL;
    struct prop_bag bag;
    ULONG count;
    HRESULT hr;

    prop_bag_init(&bag);
    if (SUCCEEDED(hr = status_describe(session, index, &bag))
        && SUCCEEDED(hr = prop_bag_get(&bag, NULL, MAPI_UNICODE, &count, &values)))
        hr = row_set_put(rows, values, count);
    MAPIFreeBuffer(values);
    prop_bag_clear(&bag);
    return hr;
}

/* SESS-32 */
static HRESULT fill_status(struct session *session, struct row_set *rows)
{
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < STATUS_OBJECTS && SUCCEEDED(hr); i++)
        hr = put_status_row(session, rows, i);
    return FAILED(hr) ? hr : providers_fill_status(session->providers, rows);
}

static HRESULT fill_stores(struct session *session, struct row_set *rows)
{
    return providers_fill_stores(session->providers, rows);
}

/* The row set in *slot, made and filled by whoever comes first. The session keeps it. */
static HRESULT session_rows(struct session *session, struct row_set *volatile *slot,
                            HRESULT (*fill)(struct session *session, struct row_set *rows), struct row_set **out)
{
    struct row_set *rows, *winner;
    HRESULT hr;

    if ((*out = *slot))
        return S_OK;
    if (FAILED(hr = row_set_create(PR_INSTANCE_KEY, &rows)))
        return hr;
    if (FAILED(hr = fill(session, rows)))
    {
        row_set_release(rows);
        return hr;
    }
    if ((winner = InterlockedCompareExchangePointer((void *volatile *)slot, rows, NULL)))
    {
        row_set_release(rows);
        rows = winner;
    }
    *out = rows;
    return S_OK;
}

HRESULT session_status_rows(IMAPISession *iface, BOOL create, struct row_set **rows)
{
    struct session *session = impl_from_IMAPISession(iface);

    *rows = session->status;
    return create ? session_rows(session, &session->status, fill_status, rows) : S_OK;
}

HRESULT session_store_rows(IMAPISession *iface, BOOL create, struct row_set **rows)
{
    struct session *session = impl_from_IMAPISession(iface);

    *rows = session->stores;
    return create ? session_rows(session, &session->stores, fill_stores, rows) : S_OK;
}

/* The body of the two methods that hand out a table. */
static HRESULT session_table(struct session *session, ULONG ulFlags, struct row_set *volatile *slot,
                             HRESULT (*fill)(struct session *session, struct row_set *rows),
                             const SPropTagArray *columns, IMAPITable **table)
{
    struct gate_call call;
    struct row_set *rows;
    HRESULT hr;

    if ((table = OUT_POINTER(table)))
        *table = NULL;
    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if (!table)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~MAPI_UNICODE)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
    {
        if (slot == &session->status)
            spooler_wait_started(session->spooler); /* SESS-36 */
        if (SUCCEEDED(hr = session_rows(session, slot, fill, &rows)))
            hr = table_view_create(rows, &session->gate, columns, ulFlags, NULL, FALSE, table);
    }
    return session_leave(session, &call, hr);
}

/* imapisession-getmsgstorestable, message-store-tables; SESS-05, 06. */
HRESULT STDMETHODCALLTYPE session_GetMsgStoresTable(IMAPISession *iface, ULONG ulFlags, IMAPITable **lppTable)
{
    struct session *session = impl_from_IMAPISession(iface);

    TRACE("iface %p, flags %#lx, table %p\n", iface, ulFlags, lppTable);

    return session_table(session, ulFlags, &session->stores, fill_stores, (const SPropTagArray *)&store_columns,
                         lppTable);
}

/* imapisession-getstatustable, status-tables; SESS-32 to 34. */
HRESULT STDMETHODCALLTYPE session_GetStatusTable(IMAPISession *iface, ULONG ulFlags, IMAPITable **lppTable)
{
    struct session *session = impl_from_IMAPISession(iface);

    TRACE("iface %p, flags %#lx, table %p\n", iface, ulFlags, lppTable);

    return session_table(session, ulFlags, &session->status, fill_status, (const SPropTagArray *)&status_columns,
                         lppTable);
}

/*
 * imapisession-queryidentity; SESS-47, 48. Without a status row that has an identity the answer is the documented warning
 * and a fixed entry identifier: a one-off of a user whom nobody has named.
 */
HRESULT STDMETHODCALLTYPE session_QueryIdentity(IMAPISession *iface, ULONG *lpcbEntryID, ENTRYID **lppEntryID)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, size %p, entryid %p\n", iface, lpcbEntryID, lppEntryID);

    if ((lpcbEntryID = OUT_POINTER(lpcbEntryID)))
        *lpcbEntryID = 0;
    if ((lppEntryID = OUT_POINTER(lppEntryID)))
        *lppEntryID = NULL;
    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    spooler_wait_started(session->spooler);
    if (!lpcbEntryID || !lppEntryID)
        hr = MAPI_E_INVALID_PARAMETER;
    else if ((hr = providers_identity(session->providers, lpcbEntryID, lppEntryID)) == MAPI_E_NOT_FOUND
             && SUCCEEDED(
                     hr = oneoff_compose(L"Unknown", L"UNKNOWN", L"Unknown", MAPI_UNICODE, lpcbEntryID, lppEntryID)))
        hr = MAPI_W_NO_SERVICE;
    return session_leave(session, &call, hr);
}

/* imapisession-enumadrtypes; SESS-46: those of the transports that this session's spooler has loaded. */
HRESULT STDMETHODCALLTYPE session_EnumAdrTypes(IMAPISession *iface, ULONG ulFlags, ULONG *lpcAdrTypes,
                                               LPTSTR **lpppszAdrTypes)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, flags %#lx, count %p, types %p\n", iface, ulFlags, lpcAdrTypes, lpppszAdrTypes);

    if ((lpcAdrTypes = OUT_POINTER(lpcAdrTypes)))
        *lpcAdrTypes = 0;
    if ((lpppszAdrTypes = OUT_POINTER(lpppszAdrTypes)))
        *lpppszAdrTypes = NULL;
    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if (!lpcAdrTypes || !lpppszAdrTypes)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~MAPI_UNICODE)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (session->spooler)
    {
        spooler_wait_started(session->spooler);
        hr = spooler_address_types(session->spooler, ulFlags, lpcAdrTypes, lpppszAdrTypes);
    }
    return session_leave(session, &call, hr);
}

/* imapisession-setdefaultstore; SESS-49 to 53. The flags are an enumeration. NULL: no store has the role any more.
 * MAPI_E_NOT_FOUND: no store of the table. MAPI_E_NO_SUPPORT: it cannot send, create and change messages. */
HRESULT STDMETHODCALLTYPE session_SetDefaultStore(IMAPISession *iface, ULONG ulFlags, ULONG cbEntryID,
                                                  ENTRYID *lpEntryID)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, flags %#lx, size %lu, entryid %p\n", iface, ulFlags, cbEntryID, lpEntryID);

    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if (ulFlags < MAPI_DEFAULT_STORE || ulFlags > MAPI_SECONDARY_STORE)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (lpEntryID && (!cbEntryID || !memory_readable(lpEntryID, cbEntryID)))
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = providers_set_default_store(session->providers, ulFlags, cbEntryID, lpEntryID);
    return session_leave(session, &call, hr);
}
