/*
 * changes: see the header.
 */
#include "service/changes.h"
#include "profile/inf_file.h"
#include "profile/provider_sections.h"
#include "profile/service_sections.h"

/* MSG_SERVICE_CREATE: window and flags only for those that may show something. */
static HRESULT tell_creation(struct profile *profile, struct gate *gate, const MAPIUID *uid, ULONG_PTR window,
                             ULONG flags, MAPIERROR **told)
{
    BOOL shows = !!(flags & SERVICE_UI_FLAGS);
    struct entry_call call = {.profile = profile,
                              .gate = gate,
                              .service = *uid,
                              .context = MSG_SERVICE_CREATE,
                              .window = shows ? window : 0,
                              .flags = shows ? flags & (SERVICE_UI_FLAGS | MAPI_UNICODE) : 0};
    HRESULT hr = entry_run(&call, told);

    if ((hr == MAPI_E_NOT_INITIALIZED && !call.called && !*told)
        || (hr == MAPI_E_UNCONFIGURED && call.called && !shows))
    {
        MAPIFreeBuffer(*told);
        *told = NULL;
        hr = S_OK;
    }
    return hr;
}

HRESULT service_add(struct profile *profile, struct gate *gate, const WCHAR *name, const WCHAR *display,
                    ULONG_PTR window, ULONG flags, MAPIUID *uid, MAPIERROR **told)
{
    const WCHAR *section;
    struct inf inf;
    MAPIUID created;
    HRESULT hr;

    *told = NULL;
    if (FAILED(hr = inf_file_read(&inf)))
        return hr;
    section = inf_service_section(&inf, name);
    hr = section ? service_sections_create(profile, &inf, section, display, &created) : MAPI_E_NOT_FOUND;
    inf_clear(&inf);
    if (FAILED(hr))
        return hr;
    hr = tell_creation(profile, gate, &created, window, flags, told); /* SVC-04 */
    if (FAILED(hr))
        service_sections_remove(profile, &created);
    else
        *uid = created;
    return hr;
}

/* The sections of every default service; *uids is a heap block. */
static HRESULT create_defaults(struct profile *profile, MAPIUID **uids, size_t *count)
{
    size_t capacity = 0, i;
    struct inf inf;
    HRESULT hr;

    *uids = NULL;
    *count = 0;
    if (FAILED(hr = inf_file_read(&inf)))
        return hr;
    for (i = 0; i < inf.count && SUCCEEDED(hr); ++i)
    {
        const WCHAR *section;

        if (_wcsicmp(inf.entries[i].section, L"Default Services"))
            continue;
        if (!(section = inf_service_section(&inf, inf.entries[i].key)))
        {
            WARN("[Default Services] has %s, [Services] has not\n", debugstr_w(inf.entries[i].key));
            continue;
        }
        if (!array_reserve((void **)uids, &capacity, *count + 1, sizeof(**uids)))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else if (SUCCEEDED(hr = service_sections_create(profile, &inf, section, L"", &(*uids)[*count])))
            ++*count;
        else if (hr == MAPI_E_NO_ACCESS)
            hr = S_OK; /* listed twice, and allowed once */
    }
    inf_clear(&inf);
    return hr;
}

HRESULT service_add_defaults(struct profile *profile, ULONG_PTR window, ULONG flags, MAPIERROR **told)
{
    MAPIUID *uids;
    size_t count, i;
    HRESULT hr;

    *told = NULL;
    hr = create_defaults(profile, &uids, &count);
    for (i = 0; i < count && SUCCEEDED(hr); ++i)
        hr = tell_creation(profile, NULL, &uids[i], window, flags, told);
    heap_free(uids);
    return hr;
}

HRESULT service_remove(struct profile *profile, struct gate *gate, const MAPIUID *uid, MAPIERROR **told)
{
    struct entry_call call = {.profile = profile, .gate = gate, .service = *uid, .context = MSG_SERVICE_DELETE};
    HRESULT hr;

    hr = entry_run(&call, told); /* SVC-08 */
    if (call.called ? hr == MAPI_E_USER_CANCEL : hr == MAPI_E_NOT_ENOUGH_MEMORY)
        return hr;
    if (FAILED(hr) && (call.called || *told))
        WARN("a service answers %#lx to its deletion, and is deleted\n", hr);
    MAPIFreeBuffer(*told);
    *told = NULL;
    hr = service_sections_remove(profile, uid);
    return hr == MAPI_E_NOT_FOUND && call.called ? S_OK : hr; /* from inside */
}

HRESULT service_tell_deletion(const WCHAR *name)
{
    struct profile *profile;
    MAPIERROR *told;
    MAPIUID *uids;
    ULONG count, i;
    HRESULT hr;

    if (FAILED(hr = profile_attach(name, &profile)))
        return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
    hr = provider_list(profile, PR_SERVICES, &uids, &count);
    for (i = 0; i < count && SUCCEEDED(hr); ++i)
    {
        struct entry_call call = {.profile = profile, .service = uids[i], .context = MSG_SERVICE_DELETE};

        if (entry_run(&call, &told) == MAPI_E_NOT_ENOUGH_MEMORY && !call.called)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        MAPIFreeBuffer(told);
    }
    heap_free(uids);
    profile_drop(profile);
    return hr;
}
