/*
 * services: IMsgServiceAdmin and IMsgServiceAdmin2 of one profile.
 *
 * What changes the services answers MAPI_E_NO_SUPPORT once its parameters are good, until services can be installed.
 * From a session it asks the session's gate and ends with it (LOGOFF-46); from IProfAdmin it has none (LOGOFF-47). In
 * neither case does it keep the profile in use.
 */
#include "profile/services.h"

struct service_admin
{
    IMsgServiceAdmin2 IMsgServiceAdmin2_iface;
    /* MFCMAPI reaches into the object when OpenProfileSection fails: a pointer at 0x48 that it leaves alone when it is
     * NULL, and it writes a byte at 0x60. */
    BYTE untouched[0x70 - sizeof(IMsgServiceAdmin2)];
    LONG refcount;
    struct object_mark mark;
    struct profile *profile;
    struct gate *gate;
    struct last_error last;
};

C_ASSERT(offsetof(struct service_admin, refcount) >= 0x70);

static inline struct service_admin *impl_from_IMsgServiceAdmin2(IMsgServiceAdmin2 *iface)
{
    return CONTAINING_RECORD(iface, struct service_admin, IMsgServiceAdmin2_iface);
}

static HRESULT admin_leave(struct service_admin *admin, struct gate_call *call, HRESULT hr)
{
    last_error_set(&admin->last, hr);
    gate_leave(call);
    return hr;
}

static HRESULT STDMETHODCALLTYPE services_QueryInterface(IMsgServiceAdmin2 *iface, REFIID riid, void **ppvObj)
{
    struct service_admin *admin = impl_from_IMsgServiceAdmin2(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, riid %s, out %p", iface, debugstr_guid(riid), ppvObj);

    if (!ppvObj)
        return MAPI_E_INVALID_PARAMETER;
    *ppvObj = NULL;
    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    if (!riid)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (IsEqualIID(riid, &IID_IUnknown) || IsEqualIID(riid, &IID_IMsgServiceAdmin)
             || IsEqualIID(riid, &IID_IMsgServiceAdmin2))
    {
        IMsgServiceAdmin2_AddRef(iface);
        *ppvObj = iface;
    }
    else
    {
        WARN("no interface %s", debugstr_guid(riid));
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    gate_leave(&call);
    return hr;
}

static ULONG STDMETHODCALLTYPE services_AddRef(IMsgServiceAdmin2 *iface)
{
    ULONG refcount = InterlockedIncrement(&impl_from_IMsgServiceAdmin2(iface)->refcount);

    TRACE("iface %p, refcount %lu", iface, refcount);
    return refcount;
}

static ULONG STDMETHODCALLTYPE services_Release(IMsgServiceAdmin2 *iface)
{
    struct service_admin *admin = impl_from_IMsgServiceAdmin2(iface);
    ULONG refcount = InterlockedDecrement(&admin->refcount);

    TRACE("iface %p, refcount %lu", iface, refcount);

    if (!refcount)
    {
        struct gate *gate = admin->gate;

        profile_drop(admin->profile);
        object_died(&admin->mark);
        heap_free(admin);
        if (gate)
            gate_release(gate);
    }
    return refcount;
}

static HRESULT STDMETHODCALLTYPE services_GetLastError(IMsgServiceAdmin2 *iface, HRESULT hResult, ULONG ulFlags,
                                                       MAPIERROR **lppMAPIError)
{
    struct service_admin *admin = impl_from_IMsgServiceAdmin2(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, hResult %#lx, flags %#lx, error %p", iface, hResult, ulFlags, lppMAPIError);

    if (lppMAPIError)
        *lppMAPIError = NULL;
    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    hr = last_error_get(&admin->last, hResult, ulFlags, lppMAPIError);
    gate_leave(&call);
    return hr;
}

typedef HRESULT (*table_function)(const WCHAR *profile, struct gate *gate, ULONG flags, IMAPITable **table);

static HRESULT get_table(struct service_admin *admin, table_function function, ULONG flags, IMAPITable **table)
{
    struct gate_call call;
    HRESULT hr;

    if (table)
        *table = NULL;
    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    if (!table)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (flags & ~MAPI_UNICODE)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = function(profile_name(admin->profile), admin->gate, flags, table);
    return admin_leave(admin, &call, hr);
}

static HRESULT STDMETHODCALLTYPE services_GetMsgServiceTable(IMsgServiceAdmin2 *iface, ULONG ulFlags,
                                                             IMAPITable **lppTable)
{
    TRACE("iface %p, flags %#lx, table %p", iface, ulFlags, lppTable);

    return get_table(impl_from_IMsgServiceAdmin2(iface), services_table, ulFlags, lppTable);
}

static HRESULT STDMETHODCALLTYPE services_GetProviderTable(IMsgServiceAdmin2 *iface, ULONG ulFlags,
                                                           IMAPITable **lppTable)
{
    TRACE("iface %p, flags %#lx, table %p", iface, ulFlags, lppTable);

    return get_table(impl_from_IMsgServiceAdmin2(iface), providers_table, ulFlags, lppTable);
}

/* MAPI_E_NOT_FOUND: no such service; else S_OK. */
static HRESULT find_service(struct service_admin *admin, const MAPIUID *uid)
{
    MAPIUID *uids;
    ULONG count;
    HRESULT hr;

    if (!uid || !memory_readable(uid, sizeof(*uid)))
        return MAPI_E_INVALID_PARAMETER;
    hr = services_list(profile_name(admin->profile), PR_SERVICES, &uids, &count);
    if (SUCCEEDED(hr) && !services_contain(uids, count, uid))
        hr = MAPI_E_NOT_FOUND;
    heap_free(uids);
    return hr;
}

/* A method on a service that exists but cannot be changed yet. */
static HRESULT on_service(struct service_admin *admin, const MAPIUID *uid, ULONG unknown_flags)
{
    struct gate_call call;
    HRESULT hr;

    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    if (unknown_flags)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = find_service(admin, uid);
    if (SUCCEEDED(hr))
        hr = MAPI_E_NO_SUPPORT;
    return admin_leave(admin, &call, hr);
}

static HRESULT create_service(struct service_admin *admin, const void *service, ULONG flags)
{
    struct gate_call call;
    HRESULT hr;

    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    if (!service || !memory_readable(service, flags & MAPI_UNICODE ? sizeof(WCHAR) : sizeof(char)))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (flags & ~(SERVICE_UI_ALWAYS | SERVICE_UI_ALLOWED | SERVICE_NO_RESTART_WARNING | MAPI_UNICODE))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = MAPI_E_NO_SUPPORT;
    return admin_leave(admin, &call, hr);
}

static HRESULT STDMETHODCALLTYPE services_CreateMsgService(IMsgServiceAdmin2 *iface, LPTSTR lpszService,
                                                           LPTSTR lpszDisplayName, ULONG_PTR ulUIParam, ULONG ulFlags)
{
    TRACE("iface %p, service %s, name %s, window %p, flags %#lx", iface, debugstr_t(lpszService, ulFlags),
          debugstr_t(lpszDisplayName, ulFlags), (void *)ulUIParam, ulFlags);

    return create_service(impl_from_IMsgServiceAdmin2(iface), lpszService, ulFlags);
}

static HRESULT STDMETHODCALLTYPE services_DeleteMsgService(IMsgServiceAdmin2 *iface, MAPIUID *lpUID)
{
    TRACE("iface %p, uid %s", iface, debugstr_guid((const GUID *)lpUID));

    return on_service(impl_from_IMsgServiceAdmin2(iface), lpUID, 0);
}

static HRESULT STDMETHODCALLTYPE services_CopyMsgService(IMsgServiceAdmin2 *iface, MAPIUID *lpUID,
                                                         LPTSTR lpszDisplayName, LPCIID lpInterfaceToCopy,
                                                         LPCIID lpInterfaceDst, void *lpObjectDst, ULONG_PTR ulUIParam,
                                                         ULONG ulFlags)
{
    TRACE("iface %p, uid %s, name %p, interface %s, target interface %s, target %p, window %p, flags %#lx", iface,
          debugstr_guid((const GUID *)lpUID), lpszDisplayName, debugstr_guid(lpInterfaceToCopy),
          debugstr_guid(lpInterfaceDst), lpObjectDst, (void *)ulUIParam, ulFlags);

    return on_service(impl_from_IMsgServiceAdmin2(iface), lpUID, ulFlags & ~(SERVICE_UI_ALWAYS | MAPI_UNICODE));
}

/* SVC-10: not supported, and documented so. */
static HRESULT STDMETHODCALLTYPE services_RenameMsgService(IMsgServiceAdmin2 *iface, MAPIUID *lpUID, ULONG ulFlags,
                                                           LPTSTR lpszDisplayName)
{
    struct service_admin *admin = impl_from_IMsgServiceAdmin2(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, uid %s, flags %#lx, name %p", iface, debugstr_guid((const GUID *)lpUID), ulFlags, lpszDisplayName);

    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    return admin_leave(admin, &call, MAPI_E_NO_SUPPORT);
}

static HRESULT STDMETHODCALLTYPE services_ConfigureMsgService(IMsgServiceAdmin2 *iface, MAPIUID *lpUID,
                                                              ULONG_PTR ulUIParam, ULONG ulFlags, ULONG cValues,
                                                              SPropValue *lpProps)
{
    TRACE("iface %p, uid %s, window %p, flags %#lx, count %lu, values %p", iface, debugstr_guid((const GUID *)lpUID),
          (void *)ulUIParam, ulFlags, cValues, lpProps);

    return on_service(impl_from_IMsgServiceAdmin2(iface), lpUID,
                      ulFlags & ~(SERVICE_UI_ALWAYS | SERVICE_UI_ALLOWED | MSG_SERVICE_UI_READ_ONLY | MAPI_UNICODE));
}

static HRESULT STDMETHODCALLTYPE services_OpenProfileSection(IMsgServiceAdmin2 *iface, MAPIUID *lpUID,
                                                             LPCIID lpInterface, ULONG ulFlags, IProfSect **lppProfSect)
{
    struct service_admin *admin = impl_from_IMsgServiceAdmin2(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, uid %s, interface %s, flags %#lx, out %p", iface, debugstr_guid((const GUID *)lpUID),
          debugstr_guid(lpInterface), ulFlags, lppProfSect);

    if (lppProfSect)
        *lppProfSect = NULL;
    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    if (!lppProfSect)
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = profile_open_section(admin->profile, admin->gate, lpUID, lpInterface, ulFlags, lppProfSect);
    return admin_leave(admin, &call, hr);
}

/* The transports of the profile against the caller's list. Nothing to order is in order. */
static HRESULT check_order(struct service_admin *admin, ULONG count, const MAPIUID *list)
{
    MAPIUID *uids;
    ULONG there, i;
    size_t size;
    HRESULT hr;

    if (count && (!list || !size_multiply(count, sizeof(*list), &size) || !memory_readable(list, size)))
        return MAPI_E_INVALID_PARAMETER;
    hr = services_list(profile_name(admin->profile), PR_TRANSPORT_PROVIDERS, &uids, &there);
    if (SUCCEEDED(hr) && count != there)
        hr = MAPI_E_BUSY;
    for (i = 0; SUCCEEDED(hr) && i < count; ++i)
        if (!services_contain(uids, there, &list[i]))
            hr = MAPI_E_NOT_FOUND;
    heap_free(uids);
    return SUCCEEDED(hr) && count ? MAPI_E_NO_SUPPORT : hr;
}

static HRESULT STDMETHODCALLTYPE services_MsgServiceTransportOrder(IMsgServiceAdmin2 *iface, ULONG cUID,
                                                                   MAPIUID *lpUIDList, ULONG ulFlags)
{
    struct service_admin *admin = impl_from_IMsgServiceAdmin2(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, count %lu, uids %p, flags %#lx", iface, cUID, lpUIDList, ulFlags);

    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    hr = ulFlags ? MAPI_E_UNKNOWN_FLAGS : check_order(admin, cUID, lpUIDList);
    return admin_leave(admin, &call, hr);
}

static HRESULT STDMETHODCALLTYPE services_AdminProviders(IMsgServiceAdmin2 *iface, MAPIUID *lpUID, ULONG ulFlags,
                                                         IProviderAdmin **lppProviderAdmin)
{
    struct service_admin *admin = impl_from_IMsgServiceAdmin2(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, uid %s, flags %#lx, out %p", iface, debugstr_guid((const GUID *)lpUID), ulFlags, lppProviderAdmin);

    if (lppProviderAdmin)
        *lppProviderAdmin = NULL;
    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    if (!lppProviderAdmin)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~MAPI_UNICODE)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = find_service(admin, lpUID);
    return admin_leave(admin, &call, SUCCEEDED(hr) ? MAPI_E_NO_SUPPORT : hr);
}

/* NULL clears the primary identity: done already in a profile that has no service to have one. */
static HRESULT clear_identity(struct service_admin *admin)
{
    MAPIUID *uids;
    ULONG count;
    HRESULT hr;

    hr = services_list(profile_name(admin->profile), PR_SERVICES, &uids, &count);
    heap_free(uids);
    return SUCCEEDED(hr) && count ? MAPI_E_NO_SUPPORT : hr;
}

static HRESULT STDMETHODCALLTYPE services_SetPrimaryIdentity(IMsgServiceAdmin2 *iface, MAPIUID *lpUID, ULONG ulFlags)
{
    struct service_admin *admin = impl_from_IMsgServiceAdmin2(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, uid %s, flags %#lx", iface, debugstr_guid((const GUID *)lpUID), ulFlags);

    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    if (ulFlags)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!lpUID)
        hr = clear_identity(admin);
    else
    {
        hr = find_service(admin, lpUID);
        if (SUCCEEDED(hr))
            hr = MAPI_E_NO_SUPPORT;
    }
    return admin_leave(admin, &call, hr);
}

static HRESULT STDMETHODCALLTYPE services_CreateMsgServiceEx(IMsgServiceAdmin2 *iface, LPTSTR lpszService,
                                                             LPTSTR lpszDisplayName, ULONG_PTR ulUIParam, ULONG ulFlags,
                                                             MAPIUID *lpuidService)
{
    TRACE("iface %p, service %s, name %s, window %p, flags %#lx, uid %p", iface, debugstr_t(lpszService, ulFlags),
          debugstr_t(lpszDisplayName, ulFlags), (void *)ulUIParam, ulFlags, lpuidService);

    if (lpuidService)
        memset(lpuidService, 0, sizeof(*lpuidService));
    return create_service(impl_from_IMsgServiceAdmin2(iface), lpszService, ulFlags);
}

static const IMsgServiceAdmin2Vtbl services_vtbl = {
        services_QueryInterface,
        services_AddRef,
        services_Release,
        services_GetLastError,
        services_GetMsgServiceTable,
        services_CreateMsgService,
        services_DeleteMsgService,
        services_CopyMsgService,
        services_RenameMsgService,
        services_ConfigureMsgService,
        services_OpenProfileSection,
        services_MsgServiceTransportOrder,
        services_AdminProviders,
        services_SetPrimaryIdentity,
        services_GetProviderTable,
        services_CreateMsgServiceEx,
};

HRESULT profile_admin_services(struct profile *profile, struct gate *gate, IMsgServiceAdmin **out)
{
    struct service_admin *admin = heap_alloc_zero(sizeof(*admin));

    *out = NULL;
    if (!admin)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    admin->IMsgServiceAdmin2_iface.lpVtbl = &services_vtbl;
    admin->refcount = 1;
    admin->profile = profile;
    profile_keep(profile);
    admin->gate = gate;
    if (gate)
        gate_addref(gate);
    object_born(&admin->mark, "message service administration");
    *out = (IMsgServiceAdmin *)&admin->IMsgServiceAdmin2_iface; /* the same slots, and one more */
    return S_OK;
}
