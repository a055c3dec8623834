/*
 * service_admin: IMsgServiceAdmin and IMsgServiceAdmin2 of one profile.
 *
 * From a session it asks the session's gate and ends with it (LOGOFF-46); from IProfAdmin it has none (LOGOFF-47). In
 * neither case does it keep the profile in use. Entry functions run inside its methods and may call it again.
 */
#include "service/changes.h"
#include "service/provider_admin.h"
#include "service/tables.h"
#include "profile/provider_sections.h"
#include "profile/service_sections.h"

#define SERVICE_NAME_MAX 256

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
    struct told_error told;
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

        told_error_set(&admin->told, S_OK, NULL);
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
    hr = told_error_get(&admin->told, &admin->last, hResult, ulFlags, lppMAPIError);
    gate_leave(&call);
    return hr;
}

typedef HRESULT (*table_function)(const struct profile *profile, struct gate *gate, ULONG flags, IMAPITable **table);

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
        hr = function(admin->profile, admin->gate, flags, table);
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
    hr = provider_list(admin->profile, PR_SERVICES, &uids, &count);
    if (SUCCEEDED(hr) && !provider_list_contains(uids, count, uid))
        hr = MAPI_E_NOT_FOUND;
    heap_free(uids);
    return hr;
}

static HRESULT create_service(struct service_admin *admin, const void *service, const void *display, ULONG_PTR window,
                              ULONG flags, MAPIUID *uid)
{
    WCHAR name[SERVICE_NAME_MAX], shown[SERVICE_NAME_MAX];
    MAPIUID created = {{0}};
    MAPIERROR *told = NULL;
    struct gate_call call;
    HRESULT hr;

    if ((uid = OUT_POINTER(uid)))
        *uid = created;
    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    if (flags & ~(SERVICE_UI_ALWAYS | SERVICE_UI_ALLOWED | SERVICE_NO_RESTART_WARNING | MAPI_UNICODE))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!service)
        hr = MAPI_E_INVALID_PARAMETER;
    else if ((hr = text_from_caller(service, flags, name, ARRAY_SIZE(name))) == MAPI_E_TOO_BIG)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = text_from_caller(display, flags, shown, ARRAY_SIZE(shown));
    if (SUCCEEDED(hr))
    {
        hr = service_add(admin->profile, admin->gate, name, shown, window, flags, &created, &told);
        told_error_set(&admin->told, hr, told);
    }
    if (SUCCEEDED(hr) && uid)
        *uid = created;
    return admin_leave(admin, &call, hr);
}

static HRESULT STDMETHODCALLTYPE services_CreateMsgService(IMsgServiceAdmin2 *iface, LPTSTR lpszService,
                                                           LPTSTR lpszDisplayName, ULONG_PTR ulUIParam, ULONG ulFlags)
{
    TRACE("iface %p, service %s, name %s, window %p, flags %#lx", iface, debugstr_t(lpszService, ulFlags),
          debugstr_t(lpszDisplayName, ulFlags), (void *)ulUIParam, ulFlags);

    return create_service(impl_from_IMsgServiceAdmin2(iface), lpszService, lpszDisplayName, ulUIParam, ulFlags, NULL);
}

static HRESULT STDMETHODCALLTYPE services_DeleteMsgService(IMsgServiceAdmin2 *iface, MAPIUID *lpUID)
{
    struct service_admin *admin = impl_from_IMsgServiceAdmin2(iface);
    MAPIERROR *told = NULL;
    struct gate_call call;
    MAPIUID uid;
    HRESULT hr;

    TRACE("iface %p, uid %s", iface, debugstr_guid((const GUID *)lpUID));

    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    hr = find_service(admin, lpUID);
    if (SUCCEEDED(hr))
    {
        uid = *lpUID;
        hr = service_remove(admin->profile, admin->gate, &uid, &told);
        told_error_set(&admin->told, hr, told);
    }
    return admin_leave(admin, &call, hr);
}

static const IMsgServiceAdmin2Vtbl services_vtbl;

/* The administration that a copy goes to: the one given, or the session's. A reference. */
static HRESULT copy_target(const IID *iid, void *object, IMsgServiceAdmin2 **out)
{
    IMsgServiceAdmin *services = NULL;
    HRESULT hr;

    *out = NULL;
    if (!memory_is_interface(object, 16)) /* as many as IMsgServiceAdmin2 has; a session has more */
        return MAPI_E_INVALID_PARAMETER;
    if (!iid || IsEqualIID(iid, &IID_IMAPISession))
        hr = IMAPISession_AdminServices((IMAPISession *)object, 0, &services);
    else if (IsEqualIID(iid, &IID_IMsgServiceAdmin) || IsEqualIID(iid, &IID_IMsgServiceAdmin2))
        hr = IUnknown_QueryInterface((IUnknown *)object, &IID_IMsgServiceAdmin, (void **)&services);
    else
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (SUCCEEDED(hr) && ((IMsgServiceAdmin2 *)services)->lpVtbl != &services_vtbl)
    {
        WARN("the target is of another MAPI subsystem\n");
        IMsgServiceAdmin_Release(services);
        hr = MAPI_E_INVALID_PARAMETER;
    }
    if (SUCCEEDED(hr))
        *out = (IMsgServiceAdmin2 *)services;
    return hr;
}

/* SVC-09: the entry function is not called for the copy; with SERVICE_UI_ALWAYS for its configuration afterwards. */
static HRESULT copy_service(struct service_admin *admin, const MAPIUID *uid, const IID *iid, void *object,
                            ULONG_PTR window, ULONG flags)
{
    struct service_admin *target;
    IMsgServiceAdmin2 *services;
    MAPIERROR *told = NULL;
    MAPIUID copy;
    HRESULT hr;

    if (FAILED(hr = copy_target(iid, object, &services)))
        return hr;
    target = impl_from_IMsgServiceAdmin2(services);
    hr = service_sections_copy(admin->profile, uid, target->profile, &copy);
    if (SUCCEEDED(hr) && (flags & SERVICE_UI_ALWAYS))
    {
        hr = service_configure(target->profile, target->gate, &copy, window, flags, 0, NULL, &told);
        if (hr == MAPI_E_NOT_INITIALIZED && !told)
            hr = S_OK; /* it has nothing to show */
        told_error_set(&admin->told, hr, told);
        if (FAILED(hr))
            service_sections_remove(target->profile, &copy);
    }
    IMsgServiceAdmin2_Release(services);
    return hr;
}

static HRESULT STDMETHODCALLTYPE services_CopyMsgService(IMsgServiceAdmin2 *iface, MAPIUID *lpUID,
                                                         LPTSTR lpszDisplayName, LPCIID lpInterfaceToCopy,
                                                         LPCIID lpInterfaceDst, void *lpObjectDst, ULONG_PTR ulUIParam,
                                                         ULONG ulFlags)
{
    struct service_admin *admin = impl_from_IMsgServiceAdmin2(iface);
    struct gate_call call;
    MAPIUID uid;
    HRESULT hr;

    TRACE("iface %p, uid %s, name %p, interface %s, target interface %s, target %p, window %p, flags %#lx", iface,
          debugstr_guid((const GUID *)lpUID), lpszDisplayName, debugstr_guid(lpInterfaceToCopy),
          debugstr_guid(lpInterfaceDst), lpObjectDst, (void *)ulUIParam, ulFlags);

    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    if (ulFlags & ~(SERVICE_UI_ALWAYS | MAPI_UNICODE))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = find_service(admin, lpUID);
    if (SUCCEEDED(hr))
    {
        uid = *lpUID;
        if (!lpObjectDst || !memory_is_iid_or_null(lpInterfaceToCopy) || !memory_is_iid_or_null(lpInterfaceDst))
            hr = MAPI_E_INVALID_PARAMETER;
        else if (lpInterfaceToCopy && !IsEqualIID(lpInterfaceToCopy, &IID_IProfSect))
            hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
        else
            hr = copy_service(admin, &uid, lpInterfaceDst, lpObjectDst, ulUIParam, ulFlags);
    }
    return admin_leave(admin, &call, hr);
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
    struct service_admin *admin = impl_from_IMsgServiceAdmin2(iface);
    MAPIERROR *told = NULL;
    struct gate_call call;
    MAPIUID uid;
    size_t size;
    HRESULT hr;

    TRACE("iface %p, uid %s, window %p, flags %#lx, count %lu, values %p", iface, debugstr_guid((const GUID *)lpUID),
          (void *)ulUIParam, ulFlags, cValues, lpProps);

    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    if (ulFlags
        & ~(SERVICE_UI_ALWAYS | SERVICE_UI_ALLOWED | MSG_SERVICE_UI_READ_ONLY | UI_CURRENT_PROVIDER_FIRST
            | MAPI_UNICODE))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (cValues
             && (!lpProps || !size_multiply(cValues, sizeof(*lpProps), &size) || !memory_readable(lpProps, size)))
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = find_service(admin, lpUID);
    if (SUCCEEDED(hr))
    {
        uid = *lpUID;
        hr = service_configure(admin->profile, admin->gate, &uid, ulUIParam, ulFlags, cValues, cValues ? lpProps : NULL,
                               &told);
        told_error_set(&admin->told, hr, told);
    }
    return admin_leave(admin, &call, hr);
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

static HRESULT STDMETHODCALLTYPE services_MsgServiceTransportOrder(IMsgServiceAdmin2 *iface, ULONG cUID,
                                                                   MAPIUID *lpUIDList, ULONG ulFlags)
{
    struct service_admin *admin = impl_from_IMsgServiceAdmin2(iface);
    struct gate_call call;
    size_t size;
    HRESULT hr;

    TRACE("iface %p, count %lu, uids %p, flags %#lx", iface, cUID, lpUIDList, ulFlags);

    hr = gate_enter(admin->gate, &call);
    if (FAILED(hr))
        return hr;
    if (ulFlags)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (cUID
             && (!lpUIDList || !size_multiply(cUID, sizeof(*lpUIDList), &size) || !memory_readable(lpUIDList, size)))
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = service_sections_order(admin->profile, cUID, lpUIDList); /* SVC-13 */
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
    if (SUCCEEDED(hr))
        hr = provider_admin_create(admin->profile, admin->gate, lpUID, lppProviderAdmin);
    return admin_leave(admin, &call, hr);
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
    else if (lpUID && !memory_readable(lpUID, sizeof(*lpUID)))
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = service_sections_identity(admin->profile, lpUID); /* SVC-14; NULL: nobody's */
    return admin_leave(admin, &call, hr);
}

static HRESULT STDMETHODCALLTYPE services_CreateMsgServiceEx(IMsgServiceAdmin2 *iface, LPTSTR lpszService,
                                                             LPTSTR lpszDisplayName, ULONG_PTR ulUIParam, ULONG ulFlags,
                                                             MAPIUID *lpuidService)
{
    TRACE("iface %p, service %s, name %s, window %p, flags %#lx, uid %p", iface, debugstr_t(lpszService, ulFlags),
          debugstr_t(lpszDisplayName, ulFlags), (void *)ulUIParam, ulFlags, lpuidService);

    return create_service(impl_from_IMsgServiceAdmin2(iface), lpszService, lpszDisplayName, ulUIParam, ulFlags,
                          lpuidService);
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

HRESULT service_admin_create(struct profile *profile, struct gate *gate, IMsgServiceAdmin **out)
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
    InitializeSRWLock(&admin->told.lock);
    object_born(&admin->mark, "message service administration");
    *out = (IMsgServiceAdmin *)&admin->IMsgServiceAdmin2_iface; /* the same slots, and one more */
    return S_OK;
}
