/*
 * Compound entry identifiers: a store's record key and an object's entry identifier in that store, in one. Ours begin with
 * a MAPIUID of their own and say both sizes; everything else is not compound and is copied.
 */
#include "base/base.h"

struct compound
{
    BYTE flags[4];
    MAPIUID uid;
    ULONG key_size, entry_size;
    BYTE bytes[]; /* the record key, then the entry identifier */
};

static const MAPIUID compound_uid = {
        {0x7d, 0x2e, 0x91, 0x4c, 0x0b, 0x6f, 0x4a, 0x55, 0x9e, 0x13, 0xc8, 0x27, 0x5a, 0xd4, 0x60, 0xf2}};

static HRESULT copy_bytes(const void *bytes, ULONG size, ULONG *copy_size, ENTRYID **copy)
{
    void *block;

    if (MAPIAllocateBuffer(size, &block))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(block, bytes, size);
    *copy_size = size;
    *copy = block;
    return S_OK;
}

/* Whether the two sizes are what makes up the whole; the bytes come from anywhere. */
static BOOL is_compound(const ENTRYID *entry, ULONG size)
{
    const struct compound *compound = (const struct compound *)entry;
    ULONG rest;

    if (size <= sizeof(*compound) || memcmp(&compound->uid, &compound_uid, sizeof(compound_uid)))
        return FALSE;
    rest = size - sizeof(*compound);
    return compound->key_size && compound->entry_size && compound->key_size < rest
           && compound->entry_size == rest - compound->key_size;
}

/* The two outputs of an identifier; FALSE: no place for one of them. Clears what there is. */
static BOOL clear_output(ULONG **size, ENTRYID ***entry)
{
    *size = OUT_POINTER(*size);
    *entry = OUT_POINTER(*entry);
    if (*size)
        **size = 0;
    if (*entry)
        **entry = NULL;
    return *size && *entry;
}

/*
 * One identifier of an object (lpMsgEntryID) and the record key of the store that it is in; without a key a copy of the
 * object's identifier. The session is not needed. The caller frees *lppEntryID (MAPIFreeBuffer).
 * MAPI_E_INVALID_PARAMETER: no place for the result, unreadable or too large key; MAPI_E_INVALID_ENTRYID: no or an
 * unreadable identifier; MAPI_E_NOT_ENOUGH_MEMORY. Page hrcomposeeid.
 */
HRESULT WINAPI HrComposeEID(LPMAPISESSION lpSession, ULONG cbStoreRecordKey, LPBYTE lpStoreRecordKey,
                            ULONG cbMsgEntryID, LPENTRYID lpMsgEntryID, ULONG *lpcbEID, LPENTRYID *lppEntryID)
{
    struct compound *compound;
    size_t size;

    TRACE("%p, %lu, %p, %lu, %p, %p, %p", lpSession, cbStoreRecordKey, lpStoreRecordKey, cbMsgEntryID, lpMsgEntryID,
          lpcbEID, lppEntryID);

    if (!clear_output(&lpcbEID, &lppEntryID) || !memory_readable(lpStoreRecordKey, cbStoreRecordKey))
        return MAPI_E_INVALID_PARAMETER;
    if (!cbMsgEntryID || !memory_readable(lpMsgEntryID, cbMsgEntryID))
        return MAPI_E_INVALID_ENTRYID;
    if (!cbStoreRecordKey)
        return copy_bytes(lpMsgEntryID, cbMsgEntryID, lpcbEID, lppEntryID);
    if (!size_add(cbStoreRecordKey, cbMsgEntryID, &size) || !size_add(size, sizeof(*compound), &size) || size > MAXLONG)
        return MAPI_E_INVALID_PARAMETER;
    if (MAPIAllocateBuffer((ULONG)size, (void **)&compound))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    ZeroMemory(compound->flags, sizeof(compound->flags));
    compound->uid = compound_uid;
    compound->key_size = cbStoreRecordKey;
    compound->entry_size = cbMsgEntryID;
    memcpy(compound->bytes, lpStoreRecordKey, cbStoreRecordKey);
    memcpy(compound->bytes + cbStoreRecordKey, lpMsgEntryID, cbMsgEntryID);
    *lpcbEID = (ULONG)size;
    *lppEntryID = (ENTRYID *)compound;
    return S_OK;
}

/* The entry identifier of the session's store with this record key. MAPI_E_NOT_FOUND: there is none. */
static HRESULT find_store(IMAPISession *session, BYTE *key, ULONG key_size, ULONG *size, ENTRYID **entry)
{
    SizedSPropTagArray(1, tags) = {1, {PR_ENTRYID}};
    SPropValue wanted = {.ulPropTag = PR_RECORD_KEY, .Value.bin = {key_size, key}};
    SRestriction restriction = {.rt = RES_PROPERTY, .res.resProperty = {RELOP_EQ, PR_RECORD_KEY, &wanted}};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr;

    hr = IMAPISession_GetMsgStoresTable(session, 0, &table);
    if (FAILED(hr))
        return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&tags, &restriction, NULL, 0, &rows);
    if (SUCCEEDED(hr))
    {
        const SPropValue *found = rows->cRows && rows->aRow[0].cValues ? rows->aRow[0].lpProps : NULL;

        if (found && found->ulPropTag == PR_ENTRYID && found->Value.bin.cb)
            hr = copy_bytes(found->Value.bin.lpb, found->Value.bin.cb, size, entry);
        else
            hr = MAPI_E_NOT_FOUND;
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return hr;
}

/*
 * Takes an identifier of HrComposeEID's apart: the store's entry identifier, looked up in the session's table of stores,
 * and the object's in it. Of another identifier a copy, and no store. The caller frees both (MAPIFreeBuffer), and keeps
 * lpEntryID: freeing what a caller only lends would be wrong for most.
 * MAPI_E_INVALID_PARAMETER: no place for a result, no session for a compound one; MAPI_E_INVALID_ENTRYID: none, or
 * unreadable; MAPI_E_NOT_FOUND: the session has no such store; MAPI_E_NOT_ENOUGH_MEMORY; the session's own errors. Page
 * hrdecomposeeid.
 */
HRESULT WINAPI HrDecomposeEID(LPMAPISESSION lpSession, ULONG cbEntryID, LPENTRYID lpEntryID, ULONG *lpcbStoreEntryID,
                              LPENTRYID *lppStoreEntryID, ULONG *lpcbMsgEntryID, LPENTRYID *lppMsgEntryID)
{
    BOOL store_place = clear_output(&lpcbStoreEntryID, &lppStoreEntryID);
    BOOL entry_place = clear_output(&lpcbMsgEntryID, &lppMsgEntryID);
    struct compound *compound = (struct compound *)lpEntryID;
    HRESULT hr;

    TRACE("%p, %lu, %p, %p, %p, %p, %p", lpSession, cbEntryID, lpEntryID, lpcbStoreEntryID, lppStoreEntryID,
          lpcbMsgEntryID, lppMsgEntryID);

    if (!store_place || !entry_place)
        return MAPI_E_INVALID_PARAMETER;
    if (!cbEntryID || !memory_readable(lpEntryID, cbEntryID))
        return MAPI_E_INVALID_ENTRYID;
    if (!is_compound(lpEntryID, cbEntryID))
        return copy_bytes(lpEntryID, cbEntryID, lpcbMsgEntryID, lppMsgEntryID);
    if (!memory_is_interface(lpSession, 4))
        return MAPI_E_INVALID_PARAMETER;
    hr = copy_bytes(compound->bytes + compound->key_size, compound->entry_size, lpcbMsgEntryID, lppMsgEntryID);
    if (SUCCEEDED(hr))
        hr = find_store(lpSession, compound->bytes, compound->key_size, lpcbStoreEntryID, lppStoreEntryID);
    if (FAILED(hr))
    {
        MAPIFreeBuffer(*lppMsgEntryID);
        *lppMsgEntryID = NULL;
        *lpcbMsgEntryID = 0;
    }
    return hr;
}

/* HrComposeEID, then HrSzFromEntryID; their errors. Page hrcomposemsgid. */
HRESULT WINAPI HrComposeMsgID(LPMAPISESSION lpSession, ULONG cbStoreSearchKey, LPBYTE pStoreSearchKey,
                              ULONG cbMsgEntryID, LPENTRYID lpMsgEntryID, LPTSTR *lpszMsgID)
{
    ENTRYID *entry;
    ULONG size;
    HRESULT hr;

    TRACE("%p, %lu, %p, %lu, %p, %p", lpSession, cbStoreSearchKey, pStoreSearchKey, cbMsgEntryID, lpMsgEntryID,
          lpszMsgID);

    if (!(lpszMsgID = OUT_POINTER(lpszMsgID)))
        return MAPI_E_INVALID_PARAMETER;
    *lpszMsgID = NULL;
    hr = HrComposeEID(lpSession, cbStoreSearchKey, pStoreSearchKey, cbMsgEntryID, lpMsgEntryID, &size, &entry);
    if (FAILED(hr))
        return hr;
    hr = HrSzFromEntryID(size, entry, lpszMsgID);
    MAPIFreeBuffer(entry);
    return hr;
}

/* HrEntryIDFromSz, then HrDecomposeEID; their errors. Page hrdecomposemsgid. */
HRESULT WINAPI HrDecomposeMsgID(LPMAPISESSION lpSession, LPTSTR lpszMsgID, ULONG *lpcbStoreEntryID,
                                LPENTRYID *lppStoreEntryID, ULONG *lppcbMsgEntryID, LPENTRYID *lppMsgEntryID)
{
    BOOL store_place = clear_output(&lpcbStoreEntryID, &lppStoreEntryID);
    BOOL entry_place = clear_output(&lppcbMsgEntryID, &lppMsgEntryID);
    ENTRYID *entry;
    ULONG size;
    HRESULT hr;

    TRACE("%p, %p, %p, %p, %p, %p", lpSession, lpszMsgID, lpcbStoreEntryID, lppStoreEntryID, lppcbMsgEntryID,
          lppMsgEntryID);

    if (!store_place || !entry_place)
        return MAPI_E_INVALID_PARAMETER;
    hr = HrEntryIDFromSz(lpszMsgID, &size, &entry);
    if (FAILED(hr))
        return hr;
    hr = HrDecomposeEID(lpSession, size, entry, lpcbStoreEntryID, lppStoreEntryID, lppcbMsgEntryID, lppMsgEntryID);
    MAPIFreeBuffer(entry);
    return hr;
}
