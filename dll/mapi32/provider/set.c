/*
 * The provider set: its life, its provider objects, its last error, the services that are out.
 */
#include "provider/set.h"
#include "provider/load.h"

static void set_destroy(struct gate *gate)
{
    struct provider_set *set = CONTAINING_RECORD(gate, struct provider_set, gate);
    struct provider_failure *failure;
    struct gate *session = set->host.gate;
    struct provider *provider;

    if (set->spooling)
        set->spooling->destroy(set->spooler);
    while ((provider = set->providers))
    {
        set->providers = provider->next;
        heap_free(provider);
    }
    while ((failure = set->failures))
    {
        set->failures = failure->next;
        heap_free(failure);
    }
    heap_free(set->known);
    heap_free(set->error.text);
    heap_free(set->error.component);
    profile_drop(set->host.profile);
    heap_free(set);
    gate_release(session);
}

HRESULT providers_create(const struct provider_host *host, struct provider_set **out)
{
    struct provider_set *set = heap_alloc_zero(sizeof(*set));
    HRESULT hr;

    *out = NULL;
    if (!set)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = provider_list_all(host->profile, &set->known, &set->known_count)))
    {
        heap_free(set);
        return hr;
    }
    *out = set;
    gate_init(&set->gate, set_destroy);
    set->host = *host;
    profile_keep(host->profile);
    gate_addref(host->gate); /* the session's memory stays while the set's does */
    set->last_key = STATUS_KEY_FIRST - 1;
    InitializeSRWLock(&set->lock);
    InitializeSRWLock(&set->turn.lock);
    return S_OK;
}

void providers_release(struct provider_set *set)
{
    gate_release(&set->gate);
}

void providers_set_spooling(struct provider_set *set, const struct spooling *spooling, void *context)
{
    set->spooler = context;
    set->spooling = spooling;
}

HRESULT provider_listed(struct provider_set *set, ULONG tag, MAPIUID **uids, ULONG *count)
{
    ULONG i, kept = 0;
    HRESULT hr;

    if (FAILED(hr = provider_list(set->host.profile, tag, uids, count)))
        return hr;
    AcquireSRWLockShared(&set->lock);
    for (i = 0; i < *count; i++)
        if (provider_list_contains(set->known, set->known_count, &(*uids)[i]))
            (*uids)[kept++] = (*uids)[i];
    ReleaseSRWLockShared(&set->lock);
    *count = kept;
    return S_OK;
}

HRESULT provider_make_known(struct provider_set *set, const MAPIUID *section)
{
    HRESULT hr = S_OK;
    MAPIUID *longer;

    AcquireSRWLockExclusive(&set->lock);
    if (!provider_list_contains(set->known, set->known_count, section))
    {
        if ((longer = heap_realloc(set->known, (set->known_count + 1) * sizeof(*longer))))
        {
            longer[set->known_count++] = *section;
            set->known = longer;
        }
        else
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    ReleaseSRWLockExclusive(&set->lock);
    return hr;
}

ULONG provider_list_tag(enum provider_kind kind)
{
    static const ULONG tags[PROVIDER_KINDS] = {PR_TRANSPORT_PROVIDERS, PR_AB_PROVIDERS, PR_STORE_PROVIDERS};

    return tags[kind];
}

HRESULT provider_section_dll(struct provider_set *set, const MAPIUID *section, WCHAR dll[DLL_NAME_MAX],
                             MAPIUID *service, BOOL *has_service)
{
    const SPropValue *name, *uid;
    struct prop_bag bag;
    HRESULT hr;

    *has_service = FALSE;
    if (SUCCEEDED(hr = provider_section_read(set->host.profile, section, &bag)))
    {
        name = prop_bag_find(&bag, PR_PROVIDER_DLL_NAME);
        if (!name || PROP_TYPE(name->ulPropTag) != PT_UNICODE || !*name->Value.lpszW
            || lstrlenW(name->Value.lpszW) >= DLL_NAME_MAX)
            hr = MAPI_E_NOT_FOUND;
        else
            lstrcpynW(dll, name->Value.lpszW, DLL_NAME_MAX);
        uid = prop_bag_find(&bag, PR_SERVICE_UID);
        if (uid && PROP_TYPE(uid->ulPropTag) == PT_BINARY && uid->Value.bin.cb == sizeof(*service))
        {
            memcpy(service, uid->Value.bin.lpb, sizeof(*service));
            *has_service = TRUE;
        }
    }
    prop_bag_clear(&bag);
    return hr;
}

HRESULT provider_find(struct provider_set *set, enum provider_kind kind, const WCHAR *dll, struct provider **out)
{
    struct provider *provider;
    HRESULT hr;

    *out = NULL;
    /* Only whoever has the turn adds one. */
    for (provider = set->providers; provider; provider = provider->next)
    {
        if (provider->kind == kind && !lstrcmpiW(provider->dll, dll))
        {
            *out = provider;
            return S_OK;
        }
    }
    if (!(provider = heap_alloc_zero(sizeof(*provider))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    provider->kind = kind;
    lstrcpynW(provider->dll, dll, DLL_NAME_MAX);
    if (FAILED(hr = provider_load(kind, dll, set->host.logon_flags & MAPI_NT_SERVICE, &provider->object)))
    {
        heap_free(provider);
        return hr;
    }
    AcquireSRWLockExclusive(&set->lock);
    provider->next = set->providers;
    set->providers = provider;
    ReleaseSRWLockExclusive(&set->lock);
    *out = provider;
    return S_OK;
}

HRESULT service_check(struct provider_set *set, const MAPIUID *service)
{
    const struct provider_failure *failure;
    HRESULT hr = S_OK;

    AcquireSRWLockShared(&set->lock);
    for (failure = set->failures; failure && hr == S_OK; failure = failure->next)
        if (!memcmp(&failure->service, service, sizeof(*service)))
            hr = failure->hr;
    ReleaseSRWLockShared(&set->lock);
    return hr;
}

/* LOGON-24. Without memory the service stays as it was, and is asked again. */
static void service_disable(struct provider_set *set, const MAPIUID *service, HRESULT hr)
{
    struct provider_failure *failure = heap_alloc(sizeof(*failure));

    if (!failure)
        return;
    failure->service = *service;
    failure->hr = hr;
    AcquireSRWLockExclusive(&set->lock);
    failure->next = set->failures;
    set->failures = failure;
    ReleaseSRWLockExclusive(&set->lock);
}

/* The caller's or the moment's fault, not the service's. */
static BOOL is_service_failure(HRESULT hr)
{
    return FAILED(hr) && hr != MAPI_E_FAILONEPROVIDER && hr != MAPI_E_USER_CANCEL && hr != MAPI_E_NOT_ENOUGH_MEMORY
           && hr != MAPI_E_INTERFACE_NOT_SUPPORTED && hr != MAPI_E_UNKNOWN_FLAGS && hr != MAPI_E_NO_ACCESS;
}

/* A text of a provider's, wide as asked for; what cannot be read is no text. */
static WCHAR *error_text_of(const void *text)
{
    WCHAR *copy = NULL;

    if (FAILED(text_dup_from_caller(text, MAPI_UNICODE, 0x400, &copy)))
        return NULL;
    return copy;
}

HRESULT provider_answered(struct logon *logon, HRESULT hr, MAPIERROR *error)
{
    struct provider_set *set = logon->set;
    WCHAR *text = NULL, *component = NULL, *old_text, *old_component;

    if (hr == S_OK)
    {
        MAPIFreeBuffer(error);
        return hr;
    }
    WARN("provider %s: logon answers %#lx\n", debugstr_w(logon->provider->dll), hr);
    if (error && memory_readable(error, sizeof(*error)))
    {
        text = error_text_of(error->lpszError);
        component = error_text_of(error->lpszComponent);
    }
    if (!component)
        component = text_dup(logon->provider->dll);
    AcquireSRWLockExclusive(&set->lock);
    old_text = set->error.text;
    old_component = set->error.component;
    set->error.hr = hr;
    set->error.text = text;
    set->error.component = component;
    set->error.low = error ? error->ulLowLevelError : 0;
    set->error.context = error ? error->ulContext : 0;
    ReleaseSRWLockExclusive(&set->lock);
    heap_free(old_text);
    heap_free(old_component);
    MAPIFreeBuffer(error);
    if (logon->has_service && is_service_failure(hr))
        service_disable(set, &logon->service, hr);
    return hr;
}

void provider_failed(struct provider_set *set, HRESULT hr)
{
    AcquireSRWLockExclusive(&set->lock);
    if (set->error.hr != hr)
    {
        heap_free(set->error.text);
        heap_free(set->error.component);
        set->error.text = set->error.component = NULL;
        set->error.low = (ULONG)hr;
        set->error.context = 0;
    }
    set->error.hr = MAPI_W_ERRORS_RETURNED;
    ReleaseSRWLockExclusive(&set->lock);
}

BOOL providers_last_error(struct provider_set *set, HRESULT hr, ULONG flags, MAPIERROR **error, HRESULT *result)
{
    BOOL wide = !!(flags & MAPI_UNICODE), complete;
    const WCHAR *text;
    MAPIERROR *out;

    AcquireSRWLockShared(&set->lock);
    if (hr == S_OK || set->error.hr != hr)
    {
        ReleaseSRWLockShared(&set->lock);
        return FALSE;
    }
    *result = MAPIAllocateBuffer(sizeof(*out), (void **)&out);
    if (SUCCEEDED(*result))
    {
        memset(out, 0, sizeof(*out));
        text = set->error.text ? set->error.text : error_text(hr);
        out->ulLowLevelError = set->error.low;
        out->ulContext = set->error.context;
        out->lpszError = wide ? (LPTSTR)text_more_w(text, out) : (LPTSTR)text_more_a(text, out);
        complete = out->lpszError != NULL;
        if (set->error.component)
        {
            text = set->error.component;
            out->lpszComponent = wide ? (LPTSTR)text_more_w(text, out) : (LPTSTR)text_more_a(text, out);
            complete = complete && out->lpszComponent;
        }
        *error = out;
        if (!complete)
        {
            MAPIFreeBuffer(out);
            *error = NULL;
            *result = MAPI_E_NOT_ENOUGH_MEMORY;
        }
    }
    ReleaseSRWLockShared(&set->lock);
    return TRUE;
}
