/*
 * provider_admin: IProviderAdmin, for clients (IMsgServiceAdmin::AdminProviders) and for entry functions.
 *
 * What an entry function does through its own object does not call it again. While MAPI asks it about a provider that
 * MAPI has made (MSG_SERVICE_PROVIDER_CREATE), its CreateProvider of that name is the answer to that: it adds to that
 * provider and makes no second one; its DeleteProvider likewise (msgserviceentry, iprovideradmin-createprovider). All of its
 * service's sections are open to it, to clients those of no provider unless they insist.
 */
#include "service/provider_admin.h"
#include "service/tables.h"
#include "profile/inf_file.h"
#include "profile/provider_sections.h"
#include "profile/service_sections.h"

#define PROVIDER_NAME_MAX 256

struct provider_admin
{
    IProviderAdmin IProviderAdmin_iface;
    /* MFCMAPI writes a byte at 0x60 when OpenProfileSection fails. */
    BYTE untouched[0x70 - sizeof(IProviderAdmin)];
    LONG refcount;
    struct object_mark mark;
    struct profile *profile; /* kept */
    struct gate *gate;
    MAPIUID service;
    struct last_error last;
    struct told_error told;
    /* Of an entry function. */
    BOOL of_entry;
    volatile LONG ended;
    MAPIUID current;                  /* the provider that it is about, or the service's first; zero: none */
    WCHAR created[PROVIDER_NAME_MAX]; /* not "": the name that current was made of, until it is answered for */
};

C_ASSERT(offsetof(struct provider_admin, refcount) >= 0x70);

static inline struct provider_admin *impl_from_IProviderAdmin(IProviderAdmin *iface)
{
    return CONTAINING_RECORD(iface, struct provider_admin, IProviderAdmin_iface);
}

static HRESULT admin_enter(struct provider_admin *admin, struct gate_call *call)
{
    HRESULT hr = gate_enter(admin->gate, call);

    if (SUCCEEDED(hr) && admin->ended)
    {
        gate_leave(call);
        hr = MAPI_E_INVALID_OBJECT;
    }
    return hr;
}

static HRESULT admin_leave(struct provider_admin *admin, struct gate_call *call, HRESULT hr)
{
    last_error_set(&admin->last, hr);
    gate_leave(call);
    return hr;
}

static HRESULT STDMETHODCALLTYPE providers_QueryInterface(IProviderAdmin *iface, REFIID riid, void **ppvObj)
{
    struct provider_admin *admin = impl_from_IProviderAdmin(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, riid %s, out %p", iface, debugstr_guid(riid), ppvObj);

    if (!ppvObj)
        return MAPI_E_INVALID_PARAMETER;
    *ppvObj = NULL;
    hr = admin_enter(admin, &call);
    if (FAILED(hr))
        return hr;
    if (!riid)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (IsEqualIID(riid, &IID_IUnknown) || IsEqualIID(riid, &IID_IProviderAdmin))
    {
        IProviderAdmin_AddRef(iface);
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

static ULONG STDMETHODCALLTYPE providers_AddRef(IProviderAdmin *iface)
{
    ULONG refcount = InterlockedIncrement(&impl_from_IProviderAdmin(iface)->refcount);

    TRACE("iface %p, refcount %lu", iface, refcount);
    return refcount;
}

static ULONG STDMETHODCALLTYPE providers_Release(IProviderAdmin *iface)
{
    struct provider_admin *admin = impl_from_IProviderAdmin(iface);
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

static HRESULT STDMETHODCALLTYPE providers_GetLastError(IProviderAdmin *iface, HRESULT hResult, ULONG ulFlags,
                                                        MAPIERROR **lppMAPIError)
{
    struct provider_admin *admin = impl_from_IProviderAdmin(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, hResult %#lx, flags %#lx, error %p", iface, hResult, ulFlags, lppMAPIError);

    if (lppMAPIError)
        *lppMAPIError = NULL;
    hr = admin_enter(admin, &call);
    if (FAILED(hr))
        return hr;
    hr = told_error_get(&admin->told, &admin->last, hResult, ulFlags, lppMAPIError);
    gate_leave(&call);
    return hr;
}

static HRESULT STDMETHODCALLTYPE providers_GetProviderTable(IProviderAdmin *iface, ULONG ulFlags, IMAPITable **lppTable)
{
    struct provider_admin *admin = impl_from_IProviderAdmin(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, flags %#lx, table %p", iface, ulFlags, lppTable);

    if (lppTable)
        *lppTable = NULL;
    hr = admin_enter(admin, &call);
    if (FAILED(hr))
        return hr;
    if (!lppTable)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~MAPI_UNICODE)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = service_providers_table(admin->profile, &admin->service, admin->gate, ulFlags, lppTable);
    return admin_leave(admin, &call, hr);
}

/* Asks the entry function about a provider of the service; a service without one has nothing against it. *called: it has
 * answered itself. */
static HRESULT ask_entry(struct provider_admin *admin, ULONG context, const MAPIUID *provider, const WCHAR *name,
                         ULONG_PTR window, ULONG flags, BOOL *called)
{
    struct entry_call call = {.profile = admin->profile,
                              .gate = admin->gate,
                              .service = admin->service,
                              .context = context,
                              .window = window,
                              .flags = flags,
                              .provider = provider,
                              .created = name};
    MAPIERROR *told;
    HRESULT hr;

    hr = entry_run(&call, &told);
    *called = call.called;
    if (hr == MAPI_E_NOT_INITIALIZED && !told)
        return S_OK;
    told_error_set(&admin->told, hr, told);
    return hr;
}

/* The provider that the entry function is asked about is what it creates itself. */
static HRESULT adopt(struct provider_admin *admin, ULONG count, const SPropValue *values, MAPIUID *uid)
{
    HRESULT hr = S_OK;

    if (count)
        hr = provider_section_write(admin->profile, &admin->current, count, values);
    if (SUCCEEDED(hr))
    {
        admin->created[0] = 0;
        *uid = admin->current;
    }
    return hr;
}

static HRESULT create_provider(struct provider_admin *admin, const WCHAR *name, ULONG count, const SPropValue *values,
                               ULONG_PTR window, ULONG flags, MAPIUID *uid)
{
    struct inf inf;
    MAPIUID made;
    HRESULT hr;

    if (admin->of_entry && admin->created[0] && !_wcsicmp(admin->created, name))
        return adopt(admin, count, values, uid);
    if (FAILED(hr = inf_file_read(&inf)))
        return hr;
    hr = provider_sections_create(admin->profile, &inf, &admin->service, name, count, values, &made);
    inf_clear(&inf);
    if (SUCCEEDED(hr) && !admin->of_entry) /* SVC-18 */
    {
        BOOL dialog = !!(flags & MAPI_DIALOG), called;

        /* MAPI_DIALOG itself would mean MSG_SERVICE_UI_READ_ONLY to it. */
        hr = ask_entry(admin, MSG_SERVICE_PROVIDER_CREATE, &made, name, dialog ? window : 0,
                       dialog ? SERVICE_UI_ALLOWED | (flags & MAPI_UNICODE) : 0, &called);
        if (FAILED(hr))
            provider_sections_remove(admin->profile, &admin->service, &made);
    }
    if (SUCCEEDED(hr))
        *uid = made;
    return hr;
}

static HRESULT STDMETHODCALLTYPE providers_CreateProvider(IProviderAdmin *iface, LPTSTR lpszProvider, ULONG cValues,
                                                          SPropValue *lpProps, ULONG_PTR ulUIParam, ULONG ulFlags,
                                                          MAPIUID *lpUID)
{
    struct provider_admin *admin = impl_from_IProviderAdmin(iface);
    WCHAR name[PROVIDER_NAME_MAX];
    struct gate_call call;
    MAPIUID made = {{0}};
    HRESULT hr;

    TRACE("iface %p, provider %s, count %lu, values %p, window %p, flags %#lx, uid %p", iface,
          debugstr_t(lpszProvider, ulFlags), cValues, lpProps, (void *)ulUIParam, ulFlags, lpUID);

    if ((lpUID = OUT_POINTER(lpUID)))
        *lpUID = made;
    hr = admin_enter(admin, &call);
    if (FAILED(hr))
        return hr;
    if (ulFlags & ~(MAPI_DIALOG | MAPI_UNICODE))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!lpszProvider)
        hr = MAPI_E_INVALID_PARAMETER;
    else if ((hr = text_from_caller(lpszProvider, ulFlags, name, ARRAY_SIZE(name))) == MAPI_E_TOO_BIG)
        hr = MAPI_E_NOT_FOUND;
    else if (SUCCEEDED(hr) && cValues)
        hr = provider_values_check(cValues, lpProps);
    if (SUCCEEDED(hr))
        hr = create_provider(admin, name, cValues, lpProps, ulUIParam, ulFlags, &made);
    if (SUCCEEDED(hr) && lpUID)
        *lpUID = made;
    return admin_leave(admin, &call, hr);
}

static HRESULT delete_provider(struct provider_admin *admin, const MAPIUID *uid)
{
    ULONG count, extra_count;
    MAPIUID *uids, *extras;
    BOOL listed, called;
    HRESULT hr;

    hr = service_sections_list(admin->profile, &admin->service, &uids, &count, &extras, &extra_count);
    if (FAILED(hr))
        return hr;
    listed = provider_list_contains(uids, count, uid);
    heap_free(uids);
    heap_free(extras);
    if (!listed)
        return MAPI_E_NOT_FOUND;
    if (!admin->of_entry)
    {
        hr = ask_entry(admin, MSG_SERVICE_PROVIDER_DELETE, uid, NULL, 0, 0, &called);
        if (FAILED(hr) && called)
            return hr;
        if (FAILED(hr)) /* without its DLL a service cannot mind */
            WARN("provider %s is deleted all the same\n", debugstr_guid((const GUID *)uid));
    }
    hr = provider_sections_remove(admin->profile, &admin->service, uid);
    return hr == MAPI_E_NOT_FOUND && !admin->of_entry ? S_OK : hr; /* the entry function has done it */
}

/* LOGOFF-67 */
static HRESULT STDMETHODCALLTYPE providers_DeleteProvider(IProviderAdmin *iface, MAPIUID *lpUID)
{
    struct provider_admin *admin = impl_from_IProviderAdmin(iface);
    struct gate_call call;
    MAPIUID uid;
    HRESULT hr;

    TRACE("iface %p, uid %s", iface, debugstr_guid((const GUID *)lpUID));

    hr = admin_enter(admin, &call);
    if (FAILED(hr))
        return hr;
    if (!lpUID || !memory_readable(lpUID, sizeof(*lpUID)))
        hr = MAPI_E_INVALID_PARAMETER;
    else
    {
        uid = *lpUID;
        hr = delete_provider(admin, &uid);
    }
    return admin_leave(admin, &call, hr);
}

/* SVC-19: NULL is for entry functions, and the section of the provider that they are called for. */
static HRESULT STDMETHODCALLTYPE providers_OpenProfileSection(IProviderAdmin *iface, MAPIUID *lpUID, LPCIID lpInterface,
                                                              ULONG ulFlags, IProfSect **lppProfSect)
{
    static const MAPIUID none;
    struct provider_admin *admin = impl_from_IProviderAdmin(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, uid %s, interface %s, flags %#lx, out %p", iface, debugstr_guid((const GUID *)lpUID),
          debugstr_guid(lpInterface), ulFlags, lppProfSect);

    if (lppProfSect)
        *lppProfSect = NULL;
    hr = admin_enter(admin, &call);
    if (FAILED(hr))
        return hr;
    if (admin->of_entry)
    {
        if (!lpUID)
            lpUID = memcmp(&admin->current, &none, sizeof(none)) ? &admin->current : &admin->service;
        ulFlags |= MAPI_FORCE_ACCESS;
    }
    if (!lppProfSect)
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = profile_open_section(admin->profile, admin->gate, lpUID, lpInterface, ulFlags, lppProfSect);
    return admin_leave(admin, &call, hr);
}

static const IProviderAdminVtbl providers_vtbl = {
        providers_QueryInterface,   providers_AddRef,         providers_Release,        providers_GetLastError,
        providers_GetProviderTable, providers_CreateProvider, providers_DeleteProvider, providers_OpenProfileSection,
};

static HRESULT create(struct profile *profile, struct gate *gate, const MAPIUID *service, struct provider_admin **out)
{
    struct provider_admin *admin = heap_alloc_zero(sizeof(*admin));

    if (!(*out = admin))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    admin->IProviderAdmin_iface.lpVtbl = &providers_vtbl;
    admin->refcount = 1;
    admin->profile = profile;
    profile_keep(profile);
    admin->gate = gate;
    if (gate)
        gate_addref(gate);
    admin->service = *service;
    InitializeSRWLock(&admin->told.lock);
    object_born(&admin->mark, "provider administration");
    return S_OK;
}

HRESULT provider_admin_create(struct profile *profile, struct gate *gate, const MAPIUID *service, IProviderAdmin **out)
{
    struct provider_admin *admin;
    HRESULT hr = create(profile, gate, service, &admin);

    *out = SUCCEEDED(hr) ? &admin->IProviderAdmin_iface : NULL;
    return hr;
}

HRESULT provider_admin_create_for_entry(const struct entry_call *call, IProviderAdmin **out)
{
    struct provider_admin *admin;
    ULONG count, extra_count;
    MAPIUID *uids, *extras;
    HRESULT hr;

    *out = NULL;
    if (FAILED(hr = create(call->profile, call->gate, &call->service, &admin)))
        return hr;
    admin->of_entry = TRUE;
    if (call->created)
        lstrcpynW(admin->created, call->created, ARRAY_SIZE(admin->created));
    if (call->provider)
        admin->current = *call->provider;
    else
    {
        hr = service_sections_list(call->profile, &call->service, &uids, &count, &extras, &extra_count);
        if (SUCCEEDED(hr) && count)
            admin->current = uids[0];
        if (SUCCEEDED(hr))
        {
            heap_free(uids);
            heap_free(extras);
        }
    }
    if (FAILED(hr))
        IProviderAdmin_Release(&admin->IProviderAdmin_iface);
    else
        *out = &admin->IProviderAdmin_iface;
    return hr;
}

void provider_admin_end(IProviderAdmin *providers)
{
    InterlockedExchange(&impl_from_IProviderAdmin(providers)->ended, TRUE);
    IProviderAdmin_Release(providers);
}
