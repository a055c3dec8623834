/*
 * The DLL's entry points and the provider object (imsprovideriunknown, msproviderinit, msgserviceentry).
 */
#include "msgstore.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

LPALLOCATEBUFFER store_allocate;
LPALLOCATEMORE store_more;
LPFREEBUFFER store_free;

/* {6F0B5AB1-9C3E-4D5D-A1F7-3E5C8A7B2D90} */
const MAPIUID store_provider_uid = {
        {0xb1, 0x5a, 0x0b, 0x6f, 0x3e, 0x9c, 0x5d, 0x4d, 0xa1, 0xf7, 0x3e, 0x5c, 0x8a, 0x7b, 0x2d, 0x90}};

/* A store's own identifier: 4 bytes 0, the provider's uid, the file's uid, its path with the terminator. */
#define STORE_ID_HEAD 36

struct provider
{
    IMSProvider IMSProvider_iface;
    LONG refcount;
};

static HRESULT STDMETHODCALLTYPE provider_QueryInterface(IMSProvider *iface, REFIID riid, void **out)
{
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IMSProvider))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *out = iface;
    IMSProvider_AddRef(iface);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE provider_AddRef(IMSProvider *iface)
{
    return InterlockedIncrement(&CONTAINING_RECORD(iface, struct provider, IMSProvider_iface)->refcount);
}

static ULONG STDMETHODCALLTYPE provider_Release(IMSProvider *iface)
{
    struct provider *provider = CONTAINING_RECORD(iface, struct provider, IMSProvider_iface);
    ULONG refcount = InterlockedDecrement(&provider->refcount);

    if (!refcount)
        HeapFree(GetProcessHeap(), 0, provider);
    return refcount;
}

static HRESULT STDMETHODCALLTYPE provider_Shutdown(IMSProvider *iface, ULONG *lpulFlags)
{
    (void)iface;
    (void)lpulFlags;
    return S_OK;
}

/* The path in a store's identifier; FALSE: it is none of ours. */
static BOOL path_of_id(ULONG size, const BYTE *id, WCHAR path[STORE_PATH_MAX])
{
    ULONG length = (size - STORE_ID_HEAD) / sizeof(WCHAR);

    if (size < STORE_ID_HEAD + 2 * sizeof(WCHAR) || size % sizeof(WCHAR) || length > STORE_PATH_MAX
        || memcmp(id + 4, &store_provider_uid, 16))
        return FALSE;
    memcpy(path, id + STORE_ID_HEAD, length * sizeof(WCHAR));
    return !path[length - 1];
}

/* The section's path; MAPI_E_NOT_FOUND: it has none. */
static HRESULT path_of_section(IMAPISupport *support, WCHAR path[STORE_PATH_MAX])
{
    SizedSPropTagArray(1, tags) = {1, {PR_STORE_PATH_W}};
    SPropValue *values = NULL;
    IProfSect *section;
    ULONG count;
    HRESULT hr;

    if (FAILED(hr = IMAPISupport_OpenProfileSection(support, NULL, 0, &section)))
        return hr;
    hr = IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &values);
    IProfSect_Release(section);
    if (FAILED(hr))
        return hr;
    hr = MAPI_E_NOT_FOUND;
    if (values[0].ulPropTag == PR_STORE_PATH_W && wcslen(values[0].Value.lpszW) < STORE_PATH_MAX - 1
        && ExpandEnvironmentStringsW(values[0].Value.lpszW, path, STORE_PATH_MAX - 1) < STORE_PATH_MAX)
        hr = S_OK;
    store_free(values);
    return hr;
}

/* What the stores table shows of a store (message-store-tables), written at its logon. */
static HRESULT write_section(IMAPISupport *support, struct logon *logon)
{
    SizedSPropTagArray(1, tags) = {1, {PR_DISPLAY_NAME_W}};
    SPropValue values[5] = {{.ulPropTag = PR_ENTRYID},
                            {.ulPropTag = PR_RECORD_KEY},
                            {.ulPropTag = PR_MDB_PROVIDER},
                            {.ulPropTag = PR_PROVIDER_DISPLAY_W},
                            {.ulPropTag = PR_DISPLAY_NAME_W}};
    SPropValue *name = NULL;
    IProfSect *section;
    ULONG count;
    HRESULT hr;

    if (FAILED(hr = IMAPISupport_WrapStoreEntryID(support, logon->entryid_size, (ENTRYID *)logon->entryid,
                                                  &values[0].Value.bin.cb, (ENTRYID **)&values[0].Value.bin.lpb)))
        return hr;
    values[1].Value.bin.cb = sizeof(logon->db->uid);
    values[1].Value.bin.lpb = (BYTE *)&logon->db->uid;
    values[2].Value.bin.cb = sizeof(store_provider_uid);
    values[2].Value.bin.lpb = (BYTE *)&store_provider_uid;
    values[3].Value.lpszW = (WCHAR *)L"Postroom Personal Folders";
    values[4].Value.lpszW = (WCHAR *)L"Personal Folders";
    if (SUCCEEDED(hr = IMAPISupport_OpenProfileSection(support, NULL, MAPI_MODIFY, &section)))
    {
        hr = IProfSect_GetProps(section, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &name);
        if (SUCCEEDED(hr))
            hr = IProfSect_SetProps(section, name[0].ulPropTag == PR_DISPLAY_NAME_W ? 4 : 5, values, NULL);
        store_free(name);
        IProfSect_Release(section);
    }
    else if (hr == MAPI_E_NO_ACCESS) /* another session has it open; it is written already */
        hr = S_OK;
    store_free(values[0].Value.bin.lpb);
    return hr;
}

/* *error tells in words why the file cannot be used. */
static void explain(HRESULT hr, const WCHAR *path, MAPIERROR **error)
{
    const WCHAR *text = hr == MAPI_E_VERSION         ? L"was made by a newer version of Postroom"
                        : hr == MAPI_E_CORRUPT_STORE ? L"is damaged, or is no message store"
                        : hr == MAPI_E_NOT_FOUND     ? L"does not exist"
                        : hr == MAPI_E_BUSY          ? L"is being used by another program"
                                                     : L"cannot be opened";
    WCHAR *message;

    if (!error || FAILED(store_allocate(sizeof(**error), (void **)error)))
        return;
    memset(*error, 0, sizeof(**error));
    if (FAILED(store_more((STORE_PATH_MAX + 100) * sizeof(WCHAR), *error, (void **)&message)))
        return;
    _snwprintf(message, STORE_PATH_MAX + 99, L"The file %ls %ls.", path, text);
    message[STORE_PATH_MAX + 99] = 0;
    (*error)->lpszError = (LPTSTR)message;
}

/* imsprovider-logon. The file's path is the section's, which may be made; or that of the identifier, which may not: an
 * identifier can come from anywhere. */
static HRESULT log_on(IMAPISupport *support, ULONG size, const ENTRYID *id, ULONG flags, const IID *iid,
                      MAPIERROR **error, IMSLogon **logon_out, IMsgStore **store_out)
{
    WCHAR path[STORE_PATH_MAX] = L"";
    struct source source = {MAIN, ID_STORE};
    BOOL modify = !!(flags & (MDB_WRITE | MAPI_BEST_ACCESS)), from_section;
    struct logon *logon = NULL;
    struct object *store;
    struct db *db;
    HRESULT hr;

    if (error)
        *error = NULL;
    *logon_out = NULL;
    *store_out = NULL;
    if (iid && !IsEqualGUID(iid, &IID_IMsgStore) && !IsEqualGUID(iid, &IID_IMAPIProp)
        && !IsEqualGUID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    from_section = SUCCEEDED(path_of_section(support, path));
    if (!from_section && (!size || !path_of_id(size, (const BYTE *)id, path)))
        return MAPI_E_UNCONFIGURED;
    if (FAILED(hr = db_open(path, from_section, FALSE, &db)))
    {
        explain(hr, path, error);
        return hr;
    }
    if (modify && db->read_only && !(flags & MAPI_BEST_ACCESS))
        hr = MAPI_E_NO_ACCESS;
    if (FAILED(hr) || FAILED(hr = logon_create(support, db, path, modify && !db->read_only, &logon)))
    {
        db_close(db);
        return hr;
    }
    hr = write_section(support, logon);
    if (SUCCEEDED(hr))
        hr = IMAPISupport_SetProviderUID(support, &db->uid, 0);
    if (SUCCEEDED(hr))
        hr = object_create(logon, OBJECT_STORE, &source, logon->modify, &store);
    if (FAILED(hr))
    {
        logon_close(logon);
        logon_release(logon);
        return hr;
    }
    logon->store = (IMsgStore *)store;
    *store_out = (IMsgStore *)store;
    *logon_out = &logon->IMSLogon_iface;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE provider_Logon(IMSProvider *iface, IMAPISupport *support, ULONG_PTR window,
                                                LPTSTR profile, ULONG size, ENTRYID *id, ULONG flags, const IID *iid,
                                                ULONG *spool_size, BYTE **spool, MAPIERROR **error, IMSLogon **logon,
                                                IMsgStore **store)
{
    (void)iface;
    (void)window;
    (void)profile;
    if (!support || !logon || !store)
        return MAPI_E_INVALID_PARAMETER;
    if (spool_size)
        *spool_size = 0;
    if (spool)
        *spool = NULL;
    return log_on(support, size, id, flags, iid, error, logon, store);
}

static HRESULT STDMETHODCALLTYPE provider_SpoolerLogon(IMSProvider *iface, IMAPISupport *support, ULONG_PTR window,
                                                       LPTSTR profile, ULONG size, ENTRYID *id, ULONG flags,
                                                       const IID *iid, ULONG spool_size, BYTE *spool, MAPIERROR **error,
                                                       IMSLogon **logon, IMsgStore **store)
{
    (void)spool_size;
    (void)spool;
    return provider_Logon(iface, support, window, profile, size, id, flags | MDB_WRITE, iid, NULL, NULL, error, logon,
                          store);
}

/* imsprovider-comparestoreids: the same file, wherever it is now. */
static HRESULT STDMETHODCALLTYPE provider_CompareStoreIDs(IMSProvider *iface, ULONG size1, ENTRYID *id1, ULONG size2,
                                                          ENTRYID *id2, ULONG flags, ULONG *result)
{
    (void)iface;
    if (!result)
        return MAPI_E_INVALID_PARAMETER;
    *result = FALSE;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    *result = size1 >= STORE_ID_HEAD && size2 >= STORE_ID_HEAD && id1 && id2
              && !memcmp((BYTE *)id1 + 4, (BYTE *)id2 + 4, 32);
    return S_OK;
}

static const IMSProviderVtbl provider_vtbl = {provider_QueryInterface, provider_AddRef, provider_Release,
                                              provider_Shutdown,       provider_Logon,  provider_SpoolerLogon,
                                              provider_CompareStoreIDs};

/* msproviderinit. MAPI_E_VERSION: MAPI is older than the interface that this is written for. */
HRESULT STDMAPIINITCALLTYPE MSProviderInit(HINSTANCE hInstance, LPMALLOC lpMalloc, LPALLOCATEBUFFER lpAllocateBuffer,
                                           LPALLOCATEMORE lpAllocateMore, LPFREEBUFFER lpFreeBuffer, ULONG ulFlags,
                                           ULONG ulMAPIVer, ULONG *lpulProviderVer, LPMSPROVIDER *lppMSProvider)
{
    struct provider *provider;

    (void)hInstance;
    (void)lpMalloc;
    (void)ulFlags;
    *lppMSProvider = NULL;
    *lpulProviderVer = CURRENT_SPI_VERSION;
    if (ulMAPIVer < 0x00010000)
        return MAPI_E_VERSION;
    if (sqlite3_initialize() != SQLITE_OK || !(provider = HeapAlloc(GetProcessHeap(), 0, sizeof(*provider))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    store_allocate = lpAllocateBuffer;
    store_more = lpAllocateMore;
    store_free = lpFreeBuffer;
    provider->IMSProvider_iface.lpVtbl = &provider_vtbl;
    provider->refcount = 1;
    *lppMSProvider = &provider->IMSProvider_iface;
    return S_OK;
}
