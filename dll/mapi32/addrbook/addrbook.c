/*
 * IAddrBook: the session's integrated address book. One-off recipients are ours; entries of address book providers are
 * opened, compared and advised on through the provider that has registered their MAPIUID. The rest answers as documented
 * for a profile without containers.
 */
#include "addrbook/addrbook.h"
#include "notify/advise.h"

struct addrbook
{
    IAddrBook IAddrBook_iface;
    LONG refcount;
    struct object_mark mark;
    struct prop_object props;
    struct provider_set *providers; /* while the session is open */
};

static inline struct addrbook *impl_from_IAddrBook(IAddrBook *iface)
{
    return CONTAINING_RECORD(iface, struct addrbook, IAddrBook_iface);
}

static struct prop_object *addrbook_props(IAddrBook *iface)
{
    return &impl_from_IAddrBook(iface)->props;
}

static HRESULT addrbook_enter(struct addrbook *book, struct gate_call *call)
{
    return gate_enter(book->props.gate, call);
}

static HRESULT addrbook_leave(struct addrbook *book, struct gate_call *call, HRESULT hr)
{
    last_error_set(&book->props.last, hr);
    gate_leave(call);
    return hr;
}

/* The whole of a method that has no provider to ask. */
static HRESULT addrbook_refuse(struct addrbook *book, HRESULT hr)
{
    struct gate_call call;
    HRESULT entered;

    if (FAILED(entered = addrbook_enter(book, &call)))
        return entered;
    return addrbook_leave(book, &call, hr);
}

static HRESULT STDMETHODCALLTYPE addrbook_QueryInterface(IAddrBook *iface, REFIID riid, void **out)
{
    struct addrbook *book = impl_from_IAddrBook(iface);

    TRACE("iface %p, riid %s, out %p\n", iface, debugstr_guid(riid), out);

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!gate_is_open(book->props.gate))
        return MAPI_E_INVALID_OBJECT;
    if (!riid)
        return MAPI_E_INVALID_PARAMETER;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IMAPIProp) && !IsEqualGUID(riid, &IID_IAddrBook))
    {
        WARN("%s not implemented, returning E_NOINTERFACE.\n", debugstr_guid(riid));
        return E_NOINTERFACE;
    }
    IAddrBook_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE addrbook_AddRef(IAddrBook *iface)
{
    ULONG refcount = InterlockedIncrement(&impl_from_IAddrBook(iface)->refcount);

    TRACE("iface %p, refcount %lu\n", iface, refcount);
    return refcount;
}

static ULONG STDMETHODCALLTYPE addrbook_Release(IAddrBook *iface)
{
    struct addrbook *book = impl_from_IAddrBook(iface);
    ULONG refcount = InterlockedDecrement(&book->refcount);

    TRACE("iface %p, refcount %lu\n", iface, refcount);

    if (!refcount)
    {
        prop_object_destroy(&book->props);
        object_died(&book->mark);
        heap_free(book);
    }
    return refcount;
}

PROP_OBJECT_METHODS(addrbook, IAddrBook, addrbook_props)

/* iaddrbook-openentry: NULL is the root, one-offs are ours, everything else a provider's. */
static HRESULT STDMETHODCALLTYPE addrbook_OpenEntry(IAddrBook *iface, ULONG cbEntryID, ENTRYID *lpEntryID,
                                                    const IID *lpInterface, ULONG ulFlags, ULONG *lpulObjType,
                                                    IUnknown **lppUnk)
{
    static const ULONG known =
            MAPI_MODIFY | MAPI_DEFERRED_ERRORS | MAPI_BEST_ACCESS | MAPI_GAL_ONLY | MAPI_NO_CACHE | MAPI_CACHE_ONLY;
    struct addrbook *book = impl_from_IAddrBook(iface);
    struct gate_call call;
    ULONG type = 0;
    HRESULT hr;

    TRACE("iface %p, size %lu, entryid %p, iid %s, flags %#lx, type %p, unknown %p\n", iface, cbEntryID, lpEntryID,
          debugstr_guid(lpInterface), ulFlags, lpulObjType, lppUnk);

    if ((lpulObjType = OUT_POINTER(lpulObjType)))
        *lpulObjType = 0;
    if ((lppUnk = OUT_POINTER(lppUnk)))
        *lppUnk = NULL;
    if (FAILED(hr = addrbook_enter(book, &call)))
        return hr;
    if (!lppUnk || !lpulObjType || !memory_readable(lpEntryID, cbEntryID) || !memory_is_iid_or_null(lpInterface))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~known)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!cbEntryID)
    {
        if (SUCCEEDED(hr = root_container_open(book->props.gate, lpInterface, lppUnk)))
            *lpulObjType = MAPI_ABCONT;
    }
    else if (!entryid_has_uid(lpEntryID, cbEntryID, &oneoff_uid))
    {
        hr = providers_open_entry(book->providers, cbEntryID, lpEntryID, lpInterface, ulFlags, &type, lppUnk);
        if (SUCCEEDED(hr))
            *lpulObjType = type;
    }
    else if (SUCCEEDED(hr = mailuser_open(book->props.gate, lpEntryID, cbEntryID, lpInterface, lppUnk)))
        *lpulObjType = MAPI_MAILUSER;
    return addrbook_leave(book, &call, hr);
}

/* iaddrbook-compareentryids */
static HRESULT STDMETHODCALLTYPE addrbook_CompareEntryIDs(IAddrBook *iface, ULONG cbEntryID1, ENTRYID *lpEntryID1,
                                                          ULONG cbEntryID2, ENTRYID *lpEntryID2, ULONG ulFlags,
                                                          ULONG *lpulResult)
{
    struct addrbook *book = impl_from_IAddrBook(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, sizes %lu %lu, entryids %p %p, flags %#lx, result %p\n", iface, cbEntryID1, cbEntryID2, lpEntryID1,
          lpEntryID2, ulFlags, lpulResult);

    if ((lpulResult = OUT_POINTER(lpulResult)))
        *lpulResult = FALSE;
    if (FAILED(hr = addrbook_enter(book, &call)))
        return hr;
    if (!lpulResult || !lpEntryID1 || !lpEntryID2 || !memory_readable(lpEntryID1, cbEntryID1)
        || !memory_readable(lpEntryID2, cbEntryID2))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!entryid_has_uid(lpEntryID1, cbEntryID1, &oneoff_uid)
             || !entryid_has_uid(lpEntryID2, cbEntryID2, &oneoff_uid))
        hr = providers_compare(book->providers, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, lpulResult);
    else
        hr = oneoff_compare(lpEntryID1, cbEntryID1, lpEntryID2, cbEntryID2, lpulResult);
    return addrbook_leave(book, &call, hr);
}

/* iaddrbook-advise: forwarded to the provider that owns the entry; one-offs never change. */
static HRESULT STDMETHODCALLTYPE addrbook_Advise(IAddrBook *iface, ULONG cbEntryID, ENTRYID *lpEntryID,
                                                 ULONG ulEventMask, IMAPIAdviseSink *lpAdviseSink,
                                                 ULONG_PTR *lpulConnection)
{
    struct addrbook *book = impl_from_IAddrBook(iface);
    struct gate_call call;
    ULONG connection;
    HRESULT hr;

    TRACE("iface %p, size %lu, entryid %p, mask %#lx, sink %p, connection %p\n", iface, cbEntryID, lpEntryID,
          ulEventMask, lpAdviseSink, lpulConnection);

    if ((lpulConnection = OUT_CONNECTION(lpulConnection)))
        advise_store_connection(lpulConnection, 0);
    if (FAILED(hr = addrbook_enter(book, &call)))
        return hr;
    if (!memory_is_interface(lpAdviseSink, sizeof(IMAPIAdviseSinkVtbl) / sizeof(void *)) || !lpulConnection
        || !memory_readable(lpEntryID, cbEntryID))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (cbEntryID < FIELD_OFFSET(ENTRYID, ab) + sizeof(MAPIUID))
        hr = MAPI_E_INVALID_ENTRYID;
    else if (entryid_has_uid(lpEntryID, cbEntryID, &oneoff_uid))
        hr = MAPI_E_NO_SUPPORT;
    else if (SUCCEEDED(hr = providers_advise(book->providers, cbEntryID, lpEntryID, ulEventMask, lpAdviseSink,
                                             &connection)))
        advise_store_connection(lpulConnection, connection);
    return addrbook_leave(book, &call, hr);
}

static HRESULT STDMETHODCALLTYPE addrbook_Unadvise(IAddrBook *iface, ULONG_PTR ulConnection)
{
    struct addrbook *book = impl_from_IAddrBook(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, connection %#Ix\n", iface, ulConnection);

    if (FAILED(hr = addrbook_enter(book, &call)))
        return hr;
    return addrbook_leave(book, &call, providers_unadvise(book->providers, ulConnection));
}

/* iaddrbook-createoneoff: the result is one MAPI buffer. */
static HRESULT STDMETHODCALLTYPE addrbook_CreateOneOff(IAddrBook *iface, LPTSTR lpszName, LPTSTR lpszAdrType,
                                                       LPTSTR lpszAddress, ULONG ulFlags, ULONG *lpcbEntryID,
                                                       ENTRYID **lppEntryID)
{
    struct addrbook *book = impl_from_IAddrBook(iface);
    WCHAR *name = NULL, *type = NULL, *address = NULL;
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, name %s, type %s, address %s, flags %#lx, size %p, entryid %p\n", iface,
          debugstr_t(lpszName, ulFlags), debugstr_t(lpszAdrType, ulFlags), debugstr_t(lpszAddress, ulFlags), ulFlags,
          lpcbEntryID, lppEntryID);

    if ((lpcbEntryID = OUT_POINTER(lpcbEntryID)))
        *lpcbEntryID = 0;
    if ((lppEntryID = OUT_POINTER(lppEntryID)))
        *lppEntryID = NULL;
    if (FAILED(hr = addrbook_enter(book, &call)))
        return hr;
    if (!lpcbEntryID || !lppEntryID || !lpszAdrType || !lpszAddress)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~(MAPI_UNICODE | MAPI_SEND_NO_RICH_INFO))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (SUCCEEDED(hr = text_dup_from_caller(lpszName, ulFlags, 0x7fff, &name))
             && SUCCEEDED(hr = text_dup_from_caller(lpszAdrType, ulFlags, 0x7fff, &type))
             && SUCCEEDED(hr = text_dup_from_caller(lpszAddress, ulFlags, 0x7fff, &address)))
        hr = oneoff_compose(name, type, address, ulFlags, lpcbEntryID, lppEntryID);
    heap_free(name);
    heap_free(type);
    heap_free(address);
    return addrbook_leave(book, &call, hr);
}

static HRESULT STDMETHODCALLTYPE addrbook_NewEntry(IAddrBook *iface, ULONG_PTR ulUIParam, ULONG ulFlags,
                                                   ULONG cbEIDContainer, ENTRYID *lpEIDContainer,
                                                   ULONG cbEIDNewEntryTpl, ENTRYID *lpEIDNewEntryTpl,
                                                   ULONG *lpcbEIDNewEntry, ENTRYID **lppEIDNewEntry)
{
    TRACE("iface %p, window %#Ix, flags %#lx, container %lu %p, template %lu %p\n", iface, ulUIParam, ulFlags,
          cbEIDContainer, lpEIDContainer, cbEIDNewEntryTpl, lpEIDNewEntryTpl);

    if ((lpcbEIDNewEntry = OUT_POINTER(lpcbEIDNewEntry)))
        *lpcbEIDNewEntry = 0;
    if ((lppEIDNewEntry = OUT_POINTER(lppEIDNewEntry)))
        *lppEIDNewEntry = NULL;
    return addrbook_refuse(impl_from_IAddrBook(iface), MAPI_E_NO_SUPPORT);
}

static HRESULT STDMETHODCALLTYPE addrbook_ResolveName(IAddrBook *iface, ULONG_PTR ulUIParam, ULONG ulFlags,
                                                      LPTSTR lpszNewEntryTitle, ADRLIST *lpAdrList)
{
    TRACE("iface %p, window %#Ix, flags %#lx, title %s, list %p\n", iface, ulUIParam, ulFlags,
          debugstr_t(lpszNewEntryTitle, ulFlags & AB_UNICODEUI ? MAPI_UNICODE : 0), lpAdrList);

    return addrbook_refuse(impl_from_IAddrBook(iface), MAPI_E_NO_SUPPORT);
}

static HRESULT STDMETHODCALLTYPE addrbook_Address(IAddrBook *iface, ULONG_PTR *lpulUIParam, ADRPARM *lpAdrParms,
                                                  ADRLIST **lppAdrList)
{
    TRACE("iface %p, window %p, parameters %p, list %p\n", iface, lpulUIParam, lpAdrParms, lppAdrList);

    return addrbook_refuse(impl_from_IAddrBook(iface), MAPI_E_NO_SUPPORT);
}

static HRESULT STDMETHODCALLTYPE addrbook_Details(IAddrBook *iface, ULONG_PTR *lpulUIParam, LPFNDISMISS lpfnDismiss,
                                                  void *lpvDismissContext, ULONG cbEntryID, ENTRYID *lpEntryID,
                                                  LPFNBUTTON lpfButtonCallback, void *lpvButtonContext,
                                                  LPTSTR lpszButtonText, ULONG ulFlags)
{
    (void)lpfnDismiss;
    (void)lpfButtonCallback;
    TRACE("iface %p, window %p, contexts %p %p, size %lu, entryid %p, text %p, flags %#lx\n", iface, lpulUIParam,
          lpvDismissContext, lpvButtonContext, cbEntryID, lpEntryID, lpszButtonText, ulFlags);

    return addrbook_refuse(impl_from_IAddrBook(iface), MAPI_E_NO_SUPPORT);
}

static HRESULT STDMETHODCALLTYPE addrbook_RecipOptions(IAddrBook *iface, ULONG_PTR ulUIParam, ULONG ulFlags,
                                                       ADRENTRY *lpRecip)
{
    TRACE("iface %p, window %#Ix, flags %#lx, recipient %p\n", iface, ulUIParam, ulFlags, lpRecip);

    return addrbook_refuse(impl_from_IAddrBook(iface), MAPI_E_NO_SUPPORT);
}

static HRESULT STDMETHODCALLTYPE addrbook_QueryDefaultRecipOpt(IAddrBook *iface, LPTSTR lpszAdrType, ULONG ulFlags,
                                                               ULONG *lpcValues, SPropValue **lppOptions)
{
    TRACE("iface %p, type %s, flags %#lx\n", iface, debugstr_t(lpszAdrType, ulFlags), ulFlags);

    if ((lpcValues = OUT_POINTER(lpcValues)))
        *lpcValues = 0;
    if ((lppOptions = OUT_POINTER(lppOptions)))
        *lppOptions = NULL;
    return addrbook_refuse(impl_from_IAddrBook(iface), MAPI_E_NO_SUPPORT);
}

/* The answer of GetPAB and GetDefaultDir without containers: success and no entry identifier. */
static HRESULT no_container(struct addrbook *book, ULONG *size, ENTRYID **entryid)
{
    if ((size = OUT_POINTER(size)))
        *size = 0;
    if ((entryid = OUT_POINTER(entryid)))
        *entryid = NULL;
    return addrbook_refuse(book, size && entryid ? S_OK : MAPI_E_INVALID_PARAMETER);
}

static HRESULT STDMETHODCALLTYPE addrbook_GetPAB(IAddrBook *iface, ULONG *lpcbEntryID, ENTRYID **lppEntryID)
{
    TRACE("iface %p, size %p, entryid %p\n", iface, lpcbEntryID, lppEntryID);

    return no_container(impl_from_IAddrBook(iface), lpcbEntryID, lppEntryID);
}

/* No container exists that could become anything. */
static HRESULT set_container(struct addrbook *book, ULONG size, const ENTRYID *entryid)
{
    BOOL readable = size && entryid && memory_readable(entryid, size);

    return addrbook_refuse(book, readable ? MAPI_E_UNKNOWN_ENTRYID : MAPI_E_INVALID_PARAMETER);
}

static HRESULT STDMETHODCALLTYPE addrbook_SetPAB(IAddrBook *iface, ULONG cbEntryID, ENTRYID *lpEntryID)
{
    TRACE("iface %p, size %lu, entryid %p\n", iface, cbEntryID, lpEntryID);

    return set_container(impl_from_IAddrBook(iface), cbEntryID, lpEntryID);
}

static HRESULT STDMETHODCALLTYPE addrbook_GetDefaultDir(IAddrBook *iface, ULONG *lpcbEntryID, ENTRYID **lppEntryID)
{
    TRACE("iface %p, size %p, entryid %p\n", iface, lpcbEntryID, lppEntryID);

    return no_container(impl_from_IAddrBook(iface), lpcbEntryID, lppEntryID);
}

static HRESULT STDMETHODCALLTYPE addrbook_SetDefaultDir(IAddrBook *iface, ULONG cbEntryID, ENTRYID *lpEntryID)
{
    TRACE("iface %p, size %lu, entryid %p\n", iface, cbEntryID, lpEntryID);

    return set_container(impl_from_IAddrBook(iface), cbEntryID, lpEntryID);
}

/* iaddrbook-getsearchpath: a row set without rows where there are no containers. */
static HRESULT STDMETHODCALLTYPE addrbook_GetSearchPath(IAddrBook *iface, ULONG ulFlags, SRowSet **lppSearchPath)
{
    struct addrbook *book = impl_from_IAddrBook(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, flags %#lx, path %p\n", iface, ulFlags, lppSearchPath);

    if ((lppSearchPath = OUT_POINTER(lppSearchPath)))
        *lppSearchPath = NULL;
    if (FAILED(hr = addrbook_enter(book, &call)))
        return hr;
    if (!lppSearchPath)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~MAPI_UNICODE)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (SUCCEEDED(hr = MAPIAllocateBuffer(sizeof(**lppSearchPath), (void **)lppSearchPath)))
        memset(*lppSearchPath, 0, sizeof(**lppSearchPath));
    return addrbook_leave(book, &call, hr);
}

static HRESULT STDMETHODCALLTYPE addrbook_SetSearchPath(IAddrBook *iface, ULONG ulFlags, SRowSet *lpSearchPath)
{
    TRACE("iface %p, flags %#lx, path %p\n", iface, ulFlags, lpSearchPath);

    return addrbook_refuse(impl_from_IAddrBook(iface), MAPI_E_NO_SUPPORT);
}

static HRESULT STDMETHODCALLTYPE addrbook_PrepareRecips(IAddrBook *iface, ULONG ulFlags, SPropTagArray *lpPropTagArray,
                                                        ADRLIST *lpRecipList)
{
    TRACE("iface %p, flags %#lx, tags %p, list %p\n", iface, ulFlags, lpPropTagArray, lpRecipList);

    return addrbook_refuse(impl_from_IAddrBook(iface), MAPI_E_NO_SUPPORT);
}

static const IAddrBookVtbl addrbook_vtbl = {
        addrbook_QueryInterface,
        addrbook_AddRef,
        addrbook_Release,
        PROP_OBJECT_VTBL(addrbook),
        addrbook_OpenEntry,
        addrbook_CompareEntryIDs,
        addrbook_Advise,
        addrbook_Unadvise,
        addrbook_CreateOneOff,
        addrbook_NewEntry,
        addrbook_ResolveName,
        addrbook_Address,
        addrbook_Details,
        addrbook_RecipOptions,
        addrbook_QueryDefaultRecipOpt,
        addrbook_GetPAB,
        addrbook_SetPAB,
        addrbook_GetDefaultDir,
        addrbook_SetDefaultDir,
        addrbook_GetSearchPath,
        addrbook_SetSearchPath,
        addrbook_PrepareRecips,
};

HRESULT addrbook_create(struct gate *gate, struct provider_set *providers, IAddrBook **out)
{
    struct addrbook *book;
    HRESULT hr;

    *out = NULL;
    if (!(book = heap_alloc_zero(sizeof(*book))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    book->IAddrBook_iface.lpVtbl = &addrbook_vtbl;
    book->refcount = 1;
    book->providers = providers;
    prop_object_init(&book->props, gate);
    object_born(&book->mark, "address book");
    if (FAILED(hr = prop_bag_set_long(&book->props.bag, PR_OBJECT_TYPE, MAPI_ADDRBOOK)))
    {
        IAddrBook_Release(&book->IAddrBook_iface);
        return hr;
    }
    *out = &book->IAddrBook_iface;
    return S_OK;
}
