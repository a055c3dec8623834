/*
 * Opening message stores (imapisession-openmsgstore, loading-message-store-providers, imsprovider-logon).
 */
#include "provider/set.h"

/* {2B0F77B0-6C1E-4B7C-8B7D-50A9E4E5D6F3}: in identifiers of stores that have none of their own yet. */
static const MAPIUID section_uid = {
        {0xb0, 0x77, 0x0f, 0x2b, 0x1e, 0x6c, 0x7c, 0x4b, 0x8b, 0x7d, 0x50, 0xa9, 0xe4, 0xe5, 0xd6, 0xf3}};

/* What an identifier names. */
struct store_name
{
    WCHAR dll[DLL_NAME_MAX];
    ULONG id_size;
    const BYTE *id; /* NULL: the section's store, that has not been chosen */
    MAPIUID section, service;
    BOOL has_section, has_service, temporary, made;
};

void store_section_entryid(const MAPIUID *section, struct store_section_entryid *entryid)
{
    memset(entryid, 0, sizeof(*entryid));
    entryid->uid = section_uid;
    entryid->section = *section;
}

static BOOL is_section_entryid(const ENTRYID *entryid, ULONG size, MAPIUID *section)
{
    struct store_section_entryid given;

    if (size != sizeof(given))
        return FALSE;
    memcpy(&given, entryid, sizeof(given));
    *section = given.section;
    return !memcmp(&given.uid, &section_uid, sizeof(section_uid));
}

BOOL providers_is_store(const ENTRYID *entryid, ULONG size)
{
    WCHAR dll[DLL_NAME_MAX];
    ULONG private_size;
    const BYTE *private;
    MAPIUID section;

    return is_section_entryid(entryid, size, &section) || entryid_unwrap(entryid, size, dll, &private_size, &private);
}

BOOL store_section_id(const struct prop_bag *section, WCHAR dll[DLL_NAME_MAX], ULONG *size, const BYTE **id)
{
    const SPropValue *value = prop_bag_find(section, PR_ENTRYID);

    return value && PROP_TYPE(value->ulPropTag) == PT_BINARY
           && entryid_unwrap((ENTRYID *)value->Value.bin.lpb, value->Value.bin.cb, dll, size, id);
}

/* Whether the store that a listed section tells of is the one that is named. */
static BOOL is_same_store(struct provider_set *set, struct provider *provider, const struct store_name *name,
                          const MAPIUID *uid)
{
    WCHAR dll[DLL_NAME_MAX];
    struct prop_bag section;
    ULONG size, same = FALSE;
    const BYTE *id;

    /* SESS-11: always the provider's decision. */
    if (SUCCEEDED(provider_section_read(set->host.profile, uid, &section))
        && store_section_id(&section, dll, &size, &id) && !lstrcmpiW(dll, name->dll)
        && FAILED(IMSProvider_CompareStoreIDs((IMSProvider *)provider->object, name->id_size, (ENTRYID *)name->id, size,
                                              (ENTRYID *)id, 0, &same)))
        same = FALSE;
    prop_bag_clear(&section);
    return !!same;
}

static HRESULT find_section(struct provider_set *set, struct provider *provider, struct store_name *name)
{
    MAPIUID *uids;
    ULONG count, i;
    HRESULT hr;

    if (FAILED(hr = provider_listed(set, PR_STORE_PROVIDERS, &uids, &count)))
        return hr;
    for (i = 0; i < count && !name->has_section; i++)
    {
        if (is_same_store(set, provider, name, &uids[i]))
        {
            name->section = uids[i];
            name->has_section = TRUE;
        }
    }
    heap_free(uids);
    return S_OK;
}

/* SESS-15, LOGOFF-62: a section that no service has. */
static HRESULT make_section(struct provider_set *set, struct store_name *name)
{
    SPropValue values[3] = {
            {.ulPropTag = PR_PROVIDER_DLL_NAME_W}, {.ulPropTag = PR_RESOURCE_TYPE}, {.ulPropTag = PR_RESOURCE_FLAGS}};
    HRESULT hr;

    values[0].Value.lpszW = name->dll;
    values[1].Value.l = MAPI_STORE_PROVIDER;
    values[2].Value.l = name->temporary ? STATUS_TEMP_SECTION : 0;
    if (FAILED(hr = support_new_uid(&name->section)))
        return hr;
    if (FAILED(hr = provider_section_write(set->host.profile, &name->section, ARRAY_SIZE(values), values)))
    {
        provider_section_delete(set->host.profile, &name->section);
        return hr;
    }
    name->has_section = name->made = TRUE;
    return S_OK;
}

/* An identifier that came from anywhere must not have us load a DLL by path, unless the profile has it. */
static BOOL may_load(struct provider_set *set, const WCHAR *dll)
{
    BOOL listed = FALSE, has_service;
    WCHAR other[DLL_NAME_MAX];
    MAPIUID *uids, service;
    ULONG count, i;

    if (!wcspbrk(dll, L"\\/:"))
        return TRUE;
    if (FAILED(provider_listed(set, PR_STORE_PROVIDERS, &uids, &count)))
        return FALSE;
    for (i = 0; i < count && !listed; i++)
        listed =
                SUCCEEDED(provider_section_dll(set, &uids[i], other, &service, &has_service)) && !lstrcmpiW(other, dll);
    heap_free(uids);
    return listed;
}

static HRESULT name_store(struct provider_set *set, ULONG size, const ENTRYID *entryid, struct store_name *name)
{
    HRESULT hr;

    memset(name, 0, sizeof(*name));
    if (is_section_entryid(entryid, size, &name->section))
    {
        if (FAILED(hr = provider_section_dll(set, &name->section, name->dll, &name->service, &name->has_service)))
            return hr;
        name->has_section = TRUE;
        return S_OK;
    }
    if (!entryid_unwrap(entryid, size, name->dll, &name->id_size, &name->id) || !may_load(set, name->dll))
        return MAPI_E_NOT_FOUND;
    return S_OK;
}

/* Success without a store, or with pointers that are none, is the provider's fault; what can be given back is. */
static HRESULT check_objects(IMSLogon *object, IMsgStore *store)
{
    BOOL has_object = memory_is_interface(object, 10), has_store = memory_is_interface(store, 3);

    if (has_store && (has_object || !object))
        return S_OK;
    if (has_store)
        IMsgStore_Release(store);
    if (has_object)
        IMSLogon_Release(object);
    return MAPI_E_CALL_FAILED;
}

/* The provider's Logon. *store and *object belong to the caller; object NULL: the store was open (SESS-12). */
static HRESULT log_on(struct logon *logon, ULONG_PTR window, const struct store_name *name, const IID *iid, ULONG flags,
                      IMSLogon **object, IMsgStore **store, ULONG *security_size, BYTE **security)
{
    struct provider_set *set = logon->set;
    MAPIERROR *error = NULL;
    BOOL retried = FALSE;
    HRESULT hr;

    *security = NULL;
    for (;; retried = TRUE)
    {
        *object = NULL;
        *store = NULL;
        *security_size = 0;
        hr = IMSProvider_Logon((IMSProvider *)logon->provider->object, &logon->support->IMAPISupport_iface, window,
                               (LPTSTR)profile_name(set->host.profile), name->id_size, (ENTRYID *)name->id,
                               flags | MAPI_UNICODE, iid, security_size, security, &error, object, store);
        if (hr != MAPI_E_UNCONFIGURED || retried || !logon_configure(logon, window, !(flags & MDB_NO_DIALOG), &error))
            break;
        MAPIFreeBuffer(*security);
        *security = NULL;
    }
    hr = provider_answered(logon, hr, error);
    if (SUCCEEDED(hr))
        hr = check_objects(*object, *store);
    if (FAILED(hr))
    {
        *object = NULL;
        *store = NULL;
    }
    return hr;
}

static HRESULT keep_id(struct logon *logon, const struct store_name *name)
{
    if (!(logon->id = heap_alloc(name->id_size)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(logon->id, name->id, name->id_size);
    logon->id_size = name->id_size;
    return S_OK;
}

/* The section is there. */
static HRESULT open_with_section(struct provider_set *set, struct provider *provider, ULONG_PTR window,
                                 const struct store_name *name, const IID *iid, ULONG flags, IMsgStore **store)
{
    BYTE *security = NULL;
    ULONG security_size;
    struct logon *logon;
    IMSLogon *object;
    HRESULT hr;

    if (FAILED(hr = logon_create(set, provider, &name->section, &logon)))
        return hr;
    logon->temporary = name->temporary;
    logon->service = name->service;
    logon->has_service = name->has_service;
    if (SUCCEEDED(hr = keep_id(logon, name)))
        hr = log_on(logon, window, name, iid, flags, &object, store, &security_size, &security);
    if (SUCCEEDED(hr) && object)
    {
        logon_addref(logon);
        logon_succeeded(logon, (IUnknown *)object);
        if (set->spooling && !(flags & MDB_NO_MAIL) && logon->state == LOGON_OPEN) /* SPI-20 */
            set->spooling->store_opened(set->spooler, logon, security_size, security);
        logon_release(logon);
    }
    else
        logon_failed(logon);
    MAPIFreeBuffer(security);
    return hr;
}

HRESULT providers_open_store(struct provider_set *set, ULONG_PTR window, ULONG size, const ENTRYID *entryid,
                             const IID *iid, ULONG flags, IMsgStore **out)
{
    struct provider *provider;
    struct store_name name;
    WCHAR dll[DLL_NAME_MAX];
    HRESULT hr;

    *out = NULL;
    gate_addref(&set->gate); /* the session may be logged off from inside */
    turn_take(&set->turn, INFINITE);
    if (SUCCEEDED(hr = name_store(set, size, entryid, &name))
        && SUCCEEDED(hr = provider_find(set, PROVIDER_STORE, name.dll, &provider)))
    {
        name.temporary = !!(flags & MDB_TEMPORARY);
        if (name.id && !name.temporary)
            hr = find_section(set, provider, &name);
        else if (name.id)
            name.has_section = FALSE;
        if (SUCCEEDED(hr) && !name.has_section)
            hr = make_section(set, &name);
        if (SUCCEEDED(hr) && !name.made)
        {
            hr = provider_section_dll(set, &name.section, dll, &name.service, &name.has_service);
            if (SUCCEEDED(hr) && name.has_service)
                hr = service_check(set, &name.service);
        }
        if (SUCCEEDED(hr))
            hr = open_with_section(set, provider, window, &name, iid, flags, out);
        if (FAILED(hr) && name.made)
            provider_section_delete(set->host.profile, &name.section);
        if (SUCCEEDED(hr) && !name.made)
            store_row_refresh(set, &name.section);
    }
    turn_give(&set->turn);
    gate_release(&set->gate);
    return hr;
}

/* Two stores' identifiers, wrapped or not: the provider compares what is its own, once it is loaded. */
HRESULT providers_compare_stores(struct provider_set *set, ULONG size1, const ENTRYID *entryid1, ULONG size2,
                                 const ENTRYID *entryid2, ULONG *same)
{
    WCHAR dll1[DLL_NAME_MAX], dll2[DLL_NAME_MAX];
    struct provider *provider = NULL;
    ULONG id_size1, id_size2;
    const BYTE *id1, *id2;

    *same = size1 == size2 && !memcmp(entryid1, entryid2, size1);
    if (*same || !entryid_unwrap(entryid1, size1, dll1, &id_size1, &id1)
        || !entryid_unwrap(entryid2, size2, dll2, &id_size2, &id2) || lstrcmpiW(dll1, dll2))
        return S_OK;
    AcquireSRWLockShared(&set->lock);
    for (provider = set->providers; provider; provider = provider->next)
        if (provider->kind == PROVIDER_STORE && !lstrcmpiW(provider->dll, dll1))
            break;
    ReleaseSRWLockShared(&set->lock);
    if (!provider)
        return S_OK;
    return IMSProvider_CompareStoreIDs((IMSProvider *)provider->object, id_size1, (ENTRYID *)id1, id_size2,
                                       (ENTRYID *)id2, 0, same);
}
