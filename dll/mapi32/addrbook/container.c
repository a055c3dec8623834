/*
 * The root of the address book as an IABContainer. Its hierarchy lists the containers of the address book providers;
 * there are none before the provider interface exists, so the table is empty.
 */
#include "addrbook/addrbook.h"
#include "table/table.h"

struct container
{
    IABContainer IABContainer_iface;
    LONG refcount;
    struct object_mark mark;
    struct prop_object props;
};

static inline struct container *impl_from_IABContainer(IABContainer *iface)
{
    return CONTAINING_RECORD(iface, struct container, IABContainer_iface);
}

static struct prop_object *container_props(IABContainer *iface)
{
    return &impl_from_IABContainer(iface)->props;
}

static HRESULT STDMETHODCALLTYPE container_QueryInterface(IABContainer *iface, REFIID riid, void **out)
{
    struct container *container = impl_from_IABContainer(iface);

    TRACE("iface %p, riid %s, out %p\n", iface, debugstr_guid(riid), out);

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!gate_is_open(container->props.gate))
        return MAPI_E_INVALID_OBJECT;
    if (!riid)
        return MAPI_E_INVALID_PARAMETER;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IMAPIProp)
        && !IsEqualGUID(riid, &IID_IMAPIContainer) && !IsEqualGUID(riid, &IID_IABContainer))
    {
        WARN("%s not implemented, returning E_NOINTERFACE.\n", debugstr_guid(riid));
        return E_NOINTERFACE;
    }
    IABContainer_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE container_AddRef(IABContainer *iface)
{
    ULONG refcount = InterlockedIncrement(&impl_from_IABContainer(iface)->refcount);

    TRACE("iface %p, refcount %lu\n", iface, refcount);
    return refcount;
}

static ULONG STDMETHODCALLTYPE container_Release(IABContainer *iface)
{
    struct container *container = impl_from_IABContainer(iface);
    ULONG refcount = InterlockedDecrement(&container->refcount);

    TRACE("iface %p, refcount %lu\n", iface, refcount);

    if (!refcount)
    {
        prop_object_destroy(&container->props);
        object_died(&container->mark);
        heap_free(container);
    }
    return refcount;
}

PROP_OBJECT_METHODS(container, IABContainer, container_props)

/* For methods that a container without entries has no answer to. */
static HRESULT container_refuse(struct container *container, HRESULT hr)
{
    struct gate_call call;
    HRESULT entered;

    if (FAILED(entered = gate_enter(container->props.gate, &call)))
        return entered;
    last_error_set(&container->props.last, hr);
    gate_leave(&call);
    return hr;
}

static HRESULT container_table(struct container *container, ULONG ulFlags, IMAPITable **table)
{
    static const SizedSPropTagArray(7, columns) = {7,
                                                   {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_INSTANCE_KEY, PR_OBJECT_TYPE,
                                                    PR_DISPLAY_TYPE, PR_CONTAINER_FLAGS, PR_DEPTH}};
    struct row_set *rows;
    HRESULT hr;

    if (FAILED(hr = row_set_create(PR_INSTANCE_KEY, &rows)))
        return hr;
    hr = table_view_create(rows, container->props.gate, (const SPropTagArray *)&columns, ulFlags & MAPI_UNICODE, NULL,
                           FALSE, table);
    row_set_release(rows);
    return hr;
}

/* imapicontainer-getcontentstable: the root holds containers, no recipients. */
static HRESULT STDMETHODCALLTYPE container_GetContentsTable(IABContainer *iface, ULONG ulFlags, IMAPITable **lppTable)
{
    TRACE("iface %p, flags %#lx, table %p\n", iface, ulFlags, lppTable);

    if ((lppTable = OUT_POINTER(lppTable)))
        *lppTable = NULL;
    return container_refuse(impl_from_IABContainer(iface), lppTable ? MAPI_E_NO_SUPPORT : MAPI_E_INVALID_PARAMETER);
}

/* imapicontainer-gethierarchytable */
static HRESULT STDMETHODCALLTYPE container_GetHierarchyTable(IABContainer *iface, ULONG ulFlags, IMAPITable **lppTable)
{
    struct container *container = impl_from_IABContainer(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, flags %#lx, table %p\n", iface, ulFlags, lppTable);

    if ((lppTable = OUT_POINTER(lppTable)))
        *lppTable = NULL;
    if (FAILED(hr = gate_enter(container->props.gate, &call)))
        return hr;
    if (!lppTable)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~(CONVENIENT_DEPTH | MAPI_DEFERRED_ERRORS | MAPI_UNICODE))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = container_table(container, ulFlags, lppTable);
    last_error_set(&container->props.last, hr);
    gate_leave(&call);
    return hr;
}

static HRESULT STDMETHODCALLTYPE container_OpenEntry(IABContainer *iface, ULONG cbEntryID, ENTRYID *lpEntryID,
                                                     const IID *lpInterface, ULONG ulFlags, ULONG *lpulObjType,
                                                     IUnknown **lppUnk)
{
    struct container *container = impl_from_IABContainer(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, size %lu, entryid %p, iid %s, flags %#lx\n", iface, cbEntryID, lpEntryID,
          debugstr_guid(lpInterface), ulFlags);

    if ((lpulObjType = OUT_POINTER(lpulObjType)))
        *lpulObjType = 0;
    if ((lppUnk = OUT_POINTER(lppUnk)))
        *lppUnk = NULL;
    if (FAILED(hr = gate_enter(container->props.gate, &call)))
        return hr;
    if (!lppUnk || !lpulObjType || !lpEntryID || !memory_readable(lpEntryID, cbEntryID))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!entryid_has_uid(lpEntryID, cbEntryID, &oneoff_uid))
        hr = MAPI_E_UNKNOWN_ENTRYID;
    else if (SUCCEEDED(hr = mailuser_open(container->props.gate, lpEntryID, cbEntryID, lpInterface, lppUnk)))
        *lpulObjType = MAPI_MAILUSER;
    last_error_set(&container->props.last, hr);
    gate_leave(&call);
    return hr;
}

static HRESULT STDMETHODCALLTYPE container_SetSearchCriteria(IABContainer *iface, SRestriction *lpRestriction,
                                                             ENTRYLIST *lpContainerList, ULONG ulSearchFlags)
{
    TRACE("iface %p, restriction %p, containers %p, flags %#lx\n", iface, lpRestriction, lpContainerList,
          ulSearchFlags);

    return container_refuse(impl_from_IABContainer(iface), MAPI_E_NO_SUPPORT);
}

static HRESULT STDMETHODCALLTYPE container_GetSearchCriteria(IABContainer *iface, ULONG ulFlags,
                                                             SRestriction **lppRestriction,
                                                             ENTRYLIST **lppContainerList, ULONG *lpulSearchState)
{
    TRACE("iface %p, flags %#lx, restriction %p, containers %p, state %p\n", iface, ulFlags, lppRestriction,
          lppContainerList, lpulSearchState);

    if ((lppRestriction = OUT_POINTER(lppRestriction)))
        *lppRestriction = NULL;
    if ((lppContainerList = OUT_POINTER(lppContainerList)))
        *lppContainerList = NULL;
    if ((lpulSearchState = OUT_POINTER(lpulSearchState)))
        *lpulSearchState = 0;
    return container_refuse(impl_from_IABContainer(iface), MAPI_E_NO_SUPPORT);
}

static HRESULT STDMETHODCALLTYPE container_CreateEntry(IABContainer *iface, ULONG cbEntryID, ENTRYID *lpEntryID,
                                                       ULONG ulCreateFlags, IMAPIProp **lppMAPIPropEntry)
{
    TRACE("iface %p, size %lu, entryid %p, flags %#lx\n", iface, cbEntryID, lpEntryID, ulCreateFlags);

    if ((lppMAPIPropEntry = OUT_POINTER(lppMAPIPropEntry)))
        *lppMAPIPropEntry = NULL;
    return container_refuse(impl_from_IABContainer(iface), MAPI_E_NO_ACCESS);
}

static HRESULT STDMETHODCALLTYPE container_CopyEntries(IABContainer *iface, ENTRYLIST *lpEntries, ULONG_PTR ulUIParam,
                                                       IMAPIProgress *lpProgress, ULONG ulFlags)
{
    TRACE("iface %p, entries %p, window %#Ix, progress %p, flags %#lx\n", iface, lpEntries, ulUIParam, lpProgress,
          ulFlags);

    return container_refuse(impl_from_IABContainer(iface), MAPI_E_NO_ACCESS);
}

static HRESULT STDMETHODCALLTYPE container_DeleteEntries(IABContainer *iface, ENTRYLIST *lpEntries, ULONG ulFlags)
{
    TRACE("iface %p, entries %p, flags %#lx\n", iface, lpEntries, ulFlags);

    return container_refuse(impl_from_IABContainer(iface), MAPI_E_NO_ACCESS);
}

static HRESULT STDMETHODCALLTYPE container_ResolveNames(IABContainer *iface, SPropTagArray *lpPropTagArray,
                                                        ULONG ulFlags, ADRLIST *lpAdrList, FlagList *lpFlagList)
{
    TRACE("iface %p, tags %p, flags %#lx, list %p, flag list %p\n", iface, lpPropTagArray, ulFlags, lpAdrList,
          lpFlagList);

    return container_refuse(impl_from_IABContainer(iface), MAPI_E_NO_SUPPORT);
}

static const IABContainerVtbl container_vtbl = {
        container_QueryInterface,    container_AddRef,
        container_Release,           PROP_OBJECT_VTBL(container),
        container_GetContentsTable,  container_GetHierarchyTable,
        container_OpenEntry,         container_SetSearchCriteria,
        container_GetSearchCriteria, container_CreateEntry,
        container_CopyEntries,       container_DeleteEntries,
        container_ResolveNames,
};

HRESULT root_container_open(struct gate *gate, const IID *iid, IUnknown **out)
{
    struct container *container;
    HRESULT hr;

    *out = NULL;
    if (iid && !IsEqualGUID(iid, &IID_IABContainer) && !IsEqualGUID(iid, &IID_IMAPIContainer)
        && !IsEqualGUID(iid, &IID_IMAPIProp) && !IsEqualGUID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!(container = heap_alloc_zero(sizeof(*container))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    container->IABContainer_iface.lpVtbl = &container_vtbl;
    container->refcount = 1;
    prop_object_init(&container->props, gate);
    object_born(&container->mark, "address book root");
    if (FAILED(hr = prop_bag_set_long(&container->props.bag, PR_OBJECT_TYPE, MAPI_ABCONT))
        || FAILED(hr = prop_bag_set_long(&container->props.bag, PR_DISPLAY_TYPE, DT_LOCAL))
        || FAILED(hr = prop_bag_set_long(&container->props.bag, PR_CONTAINER_FLAGS, AB_UNMODIFIABLE)))
    {
        IABContainer_Release(&container->IABContainer_iface);
        return hr;
    }
    *out = (IUnknown *)&container->IABContainer_iface;
    return S_OK;
}
