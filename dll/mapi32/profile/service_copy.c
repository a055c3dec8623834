/*
 * service_copy: services copied into a profile, the order of transports, the primary identity.
 */
#include "profile/service_change.h"

/* The sections that are copied, and what they are called there. */
struct renaming
{
    MAPIUID *from, *to; /* the service's own is the first */
    ULONG count, providers;
};

/* Lists of uids among the properties name the copies. */
static void rename_uids(const struct renaming *renaming, SPropValue *value)
{
    MAPIUID *uids = (MAPIUID *)value->Value.bin.lpb;
    ULONG i, k;

    for (i = 0; i < value->Value.bin.cb / sizeof(*uids); ++i)
        for (k = 0; k < renaming->count; ++k)
            if (!memcmp(&uids[i], &renaming->from[k], sizeof(*uids)))
            {
                uids[i] = renaming->to[k];
                break;
            }
}

static BOOL is_uid_list(ULONG tag)
{
    return tag == PR_SERVICE_UID || tag == PR_PROVIDER_UID || tag == PR_STORE_PROVIDERS || tag == PR_AB_PROVIDERS
           || tag == PR_TRANSPORT_PROVIDERS || tag == PR_FILTERING_HOOKS || tag == PR_SERVICE_EXTRA_UIDS;
}

static HRESULT copy_section(struct drafts *drafts, const WCHAR *profile, const struct renaming *renaming, ULONG index)
{
    const SPropValue *type;
    struct draft *draft;
    struct prop_bag bag;
    HRESULT hr;
    size_t i;

    hr = section_read(profile, &renaming->from[index], &bag);
    if (SUCCEEDED(hr))
        hr = draft_add(drafts, &renaming->to[index], &draft);
    for (i = 0; SUCCEEDED(hr) && i < bag.count; ++i)
    {
        SPropValue *value = bag.values[i];

        if (is_uid_list(value->ulPropTag))
            rename_uids(renaming, value);
        if (PROP_TYPE(value->ulPropTag) == PT_UNICODE)
            hr = draft_set_text(drafts, draft, CHANGE_PROP_TYPE(value->ulPropTag, PT_STRING8), value->Value.lpszW);
        else
            hr = draft_set(drafts, draft, value);
    }
    if (SUCCEEDED(hr) && index && index <= renaming->providers)
    {
        type = draft_find(draft, PR_RESOURCE_TYPE);
        draft->list = type && PROP_TYPE(type->ulPropTag) == PT_LONG ? list_of_type(type->Value.l) : 0;
    }
    prop_bag_clear(&bag);
    return hr == MAPI_E_NOT_FOUND && index ? S_OK : hr;
}

/* An extra section of a fixed uid keeps it in a profile that has none of it: its service looks for it there. */
static HRESULT name_copies(struct renaming *renaming, const WCHAR *to)
{
    struct prop_bag bag;
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < renaming->count && SUCCEEDED(hr); ++i)
    {
        BOOL keep = FALSE;

        if (i > renaming->providers)
        {
            hr = section_read(to, &renaming->from[i], &bag);
            keep = hr == MAPI_E_NOT_FOUND;
            prop_bag_clear(&bag);
            if (keep)
                hr = S_OK;
        }
        if (keep || FAILED(hr))
            renaming->to[i] = renaming->from[i];
        else if (FAILED(CoCreateGuid((GUID *)&renaming->to[i])))
            hr = MAPI_E_CALL_FAILED;
    }
    return hr;
}

static HRESULT make_renaming(const struct profile *from, const MAPIUID *service, const struct profile *to,
                             struct renaming *renaming)
{
    MAPIUID *providers, *extras;
    ULONG extra_count;
    HRESULT hr;

    memset(renaming, 0, sizeof(*renaming));
    hr = service_sections_list(from, service, &providers, &renaming->providers, &extras, &extra_count);
    if (FAILED(hr))
        return hr;
    renaming->count = 1 + renaming->providers + extra_count;
    renaming->from = heap_alloc(2 * renaming->count * sizeof(*renaming->from));
    if (renaming->from)
    {
        renaming->to = renaming->from + renaming->count;
        renaming->from[0] = *service;
        memcpy(renaming->from + 1, providers, renaming->providers * sizeof(*providers));
        memcpy(renaming->from + 1 + renaming->providers, extras, extra_count * sizeof(*extras));
        hr = name_copies(renaming, profile_name(to));
    }
    else
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    heap_free(providers);
    heap_free(extras);
    return hr;
}

/* Under the target's change. */
static HRESULT add_copy(struct service_change *change, struct drafts *drafts)
{
    const SPropValue *flags = draft_find(&drafts->list[0], PR_RESOURCE_FLAGS);
    const SPropValue *name = draft_find(&drafts->list[0], PR_SERVICE_NAME_A);
    WCHAR wide[SERVICE_NAME_MAX] = {0};
    HRESULT hr;
    size_t i;

    if (name)
        text_from_caller(name->Value.lpszA, PROP_TYPE(name->ulPropTag) == PT_UNICODE ? MAPI_UNICODE : 0, wide,
                         ARRAY_SIZE(wide));
    hr = service_change_single(change, flags && PROP_TYPE(flags->ulPropTag) == PT_LONG ? flags->Value.l : 0, wide);
    if (SUCCEEDED(hr))
        hr = list_insert(&change->lists.lists[0], change->lists.lists[0].count, &drafts->list[0].uid);
    for (i = 1; i < drafts->count && SUCCEEDED(hr); ++i)
        hr = service_change_list(change, &drafts->list[i]);
    return SUCCEEDED(hr) ? service_change_add(change, drafts) : hr;
}

HRESULT service_sections_copy(const struct profile *from, const MAPIUID *service, const struct profile *to,
                              MAPIUID *copy)
{
    struct service_change change;
    struct renaming renaming;
    struct drafts drafts;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = service_change_begin(to, &change)))
        return hr;
    hr = make_renaming(from, service, to, &renaming);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = drafts_init(&drafts)))
    {
        for (i = 0; i < renaming.count && SUCCEEDED(hr); ++i)
            hr = copy_section(&drafts, profile_name(from), &renaming, i);
        if (SUCCEEDED(hr))
            hr = add_copy(&change, &drafts);
        if (SUCCEEDED(hr))
            *copy = renaming.to[0];
        drafts_clear(&drafts);
    }
    heap_free(renaming.from);
    service_change_end(&change);
    return hr;
}

HRESULT service_sections_order(const struct profile *profile, ULONG count, const MAPIUID *uids)
{
    struct service_change change;
    struct section_list *list;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = service_change_begin(profile, &change)))
        return hr;
    list = lists_of(&change.lists, PR_TRANSPORT_PROVIDERS);
    if (count != list->count)
        hr = MAPI_E_BUSY; /* documented so */
    for (i = 0; SUCCEEDED(hr) && i < count; ++i)
        if (!services_contain(list->uids, count, &uids[i]) || services_contain(uids, i, &uids[i]))
            hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr) && count)
    {
        memcpy(list->uids, uids, count * sizeof(*uids));
        list->changed = TRUE;
        hr = registry_result(lists_write(change.key, &change.lists));
        store_changed();
    }
    service_change_end(&change);
    return hr;
}

/* Sets and clears flags of a section; one that is not there has none. */
static HRESULT change_flags(const struct service_change *change, const MAPIUID *uid, LONG set, LONG clear)
{
    WCHAR section[SECTION_NAME_SIZE], value[TAG_NAME_SIZE];
    LONG old, flags, error;
    HRESULT hr;
    HKEY key;

    hr = section_long(change->name, uid, PR_RESOURCE_FLAGS, &old);
    flags = (old & ~clear) | set;
    if (FAILED(hr) || flags == old)
        return hr;
    section_name(uid, section);
    error = registry_open(change->key, section, KEY_SET_VALUE, &key);
    if (error != ERROR_SUCCESS)
        return error == ERROR_FILE_NOT_FOUND ? S_OK : registry_result(error);
    value_name(PR_RESOURCE_FLAGS, value);
    error = registry_set(key, value, REG_BINARY, &flags, sizeof(flags));
    RegCloseKey(key);
    return registry_result(error);
}

/* The providers of the service have the flag, unless they say that they have no identity; the others do not. */
static HRESULT set_provider(const struct service_change *change, const MAPIUID *uid, const MAPIUID *service)
{
    BOOL has = FALSE;
    HRESULT hr = S_OK;
    LONG flags;

    if (service)
        hr = section_belongs(change->name, uid, service, &has);
    if (SUCCEEDED(hr) && has)
    {
        hr = section_long(change->name, uid, PR_RESOURCE_FLAGS, &flags);
        has = !(flags & STATUS_NO_PRIMARY_IDENTITY);
    }
    if (FAILED(hr))
        return hr;
    return change_flags(change, uid, has ? STATUS_PRIMARY_IDENTITY : 0, has ? 0 : STATUS_PRIMARY_IDENTITY);
}

static HRESULT set_identity(const struct service_change *change, const MAPIUID *service)
{
    const struct section_lists *lists = &change->lists;
    HRESULT hr = S_OK;
    size_t i;
    ULONG k;

    for (i = 0; i < lists->lists[0].count && SUCCEEDED(hr); ++i)
        if (!service || memcmp(&lists->lists[0].uids[i], service, sizeof(*service)))
            hr = change_flags(change, &lists->lists[0].uids[i], 0, SERVICE_PRIMARY_IDENTITY);
    for (i = 1; i < SECTION_LISTS; ++i)
        for (k = 0; k < lists->lists[i].count && SUCCEEDED(hr); ++k)
            hr = set_provider(change, &lists->lists[i].uids[k], service);
    if (SUCCEEDED(hr) && service)
        hr = change_flags(change, service, SERVICE_PRIMARY_IDENTITY, 0);
    return hr;
}

HRESULT service_sections_identity(const struct profile *profile, const MAPIUID *service)
{
    struct service_change change;
    LONG flags = 0;
    HRESULT hr;

    if (FAILED(hr = service_change_begin(profile, &change)))
        return hr;
    if (service && SUCCEEDED(hr = service_change_find(&change, service)))
        hr = section_long(change.name, service, PR_RESOURCE_FLAGS, &flags);
    if (SUCCEEDED(hr) && (flags & SERVICE_NO_PRIMARY_IDENTITY))
        hr = MAPI_E_NO_ACCESS; /* SVC-14 */
    if (SUCCEEDED(hr))
        hr = set_identity(&change, service);
    store_changed();
    service_change_end(&change);
    return hr;
}
