/*
 * service_sections: services and providers that come and go.
 */
#include "profile/service_change.h"
#include "profile/inf_file.h"

#define SECTION_TEXT_MAX 256 /* characters of a section's name in the file */

/* What every section of a service tells: whose it is. */
static HRESULT set_owner(struct drafts *drafts, struct draft *draft, const MAPIUID *service, const WCHAR *name)
{
    HRESULT hr = draft_set_binary(drafts, draft, PR_SERVICE_UID, service, sizeof(*service));

    return SUCCEEDED(hr) ? draft_set_text(drafts, draft, PR_SERVICE_NAME_A, name) : hr;
}

/* A provider's section; it has to have a type, by its values or the file, else draft->list stays 0. */
static HRESULT finish_provider(struct drafts *drafts, struct draft *draft, const MAPIUID *service, const WCHAR *name,
                               const WCHAR *display)
{
    const SPropValue *type = draft_find(draft, PR_RESOURCE_TYPE);
    HRESULT hr;

    if (type && PROP_TYPE(type->ulPropTag) == PT_LONG)
        draft->list = list_of_type(type->Value.l);
    hr = set_owner(drafts, draft, service, name);
    if (SUCCEEDED(hr))
        hr = draft_set_binary(drafts, draft, PR_PROVIDER_UID, &draft->uid, sizeof(draft->uid));
    if (SUCCEEDED(hr) && !draft_find(draft, PR_DISPLAY_NAME))
        hr = draft_set_text(drafts, draft, PR_DISPLAY_NAME_A, display);
    return hr;
}

/* One element of "Providers". */
static HRESULT add_provider(struct drafts *drafts, const struct inf *inf, const WCHAR *section, const WCHAR *name,
                            const WCHAR *display)
{
    MAPIUID service = drafts->list[0].uid;
    struct draft *draft;
    BOOL found;
    HRESULT hr;

    hr = draft_add(drafts, NULL, &draft);
    if (SUCCEEDED(hr))
        hr = draft_read_inf(drafts, draft, inf, section, &found);
    if (SUCCEEDED(hr))
        hr = finish_provider(drafts, draft, &service, name, display);
    if (SUCCEEDED(hr) && !draft->list)
    {
        WARN("[%s]: %s, left out\n", debugstr_w(section), found ? "no PR_RESOURCE_TYPE" : "no such section");
        heap_free(draft->values);
        --drafts->count;
    }
    return hr;
}

/* "UID=" of an extra section. FALSE: it has none that can be one. */
static BOOL read_uid(const struct inf *inf, const WCHAR *section, MAPIUID *uid)
{
    const WCHAR *text = inf_find(inf, section, L"UID");
    size_t i;

    if (!text || wcslen(text) != 2 * sizeof(*uid))
        return FALSE;
    for (i = 0; i < 2 * sizeof(*uid); ++i)
    {
        WCHAR c = text[i], digit = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

        if (digit > 15 || (c < '0' || (c > '9' && (c | 0x20) < 'a')))
            return FALSE;
        uid->ab[i / 2] = (BYTE)(uid->ab[i / 2] << 4 | digit);
    }
    return memcmp(uid, &section_global, sizeof(*uid)) && memcmp(uid, &section_instance, sizeof(*uid));
}

/* One element of "Sections": SVC-17. */
static HRESULT add_extra(struct drafts *drafts, const struct inf *inf, const WCHAR *section, const WCHAR *name)
{
    MAPIUID service = drafts->list[0].uid, uid = {{0}};
    struct draft *draft;
    HRESULT hr;

    hr = draft_add(drafts, read_uid(inf, section, &uid) ? &uid : NULL, &draft);
    if (SUCCEEDED(hr))
        hr = draft_read_inf(drafts, draft, inf, section, NULL);
    return SUCCEEDED(hr) ? set_owner(drafts, draft, &service, name) : hr;
}

/* Every element of a list in the service's section. */
static HRESULT add_linked(struct drafts *drafts, const struct inf *inf, const WCHAR *section, const WCHAR *display,
                          BOOL providers)
{
    const WCHAR *list = inf_find(inf, section, providers ? L"Providers" : L"Sections");
    WCHAR element[SECTION_TEXT_MAX];
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr) && inf_next(&list, element, ARRAY_SIZE(element)))
        hr = providers ? add_provider(drafts, inf, element, section, display)
                       : add_extra(drafts, inf, element, section);
    return hr;
}

/* The sections of one kind as a list of the service's own. */
static HRESULT set_uids(struct drafts *drafts, ULONG list, ULONG tag, size_t first, size_t count)
{
    MAPIUID *uids = heap_alloc((count + 1) * sizeof(*uids));
    ULONG found = 0;
    HRESULT hr = S_OK;
    size_t i;

    if (!uids)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = first; i < first + count; ++i)
        if (drafts->list[i].list == list)
            uids[found++] = drafts->list[i].uid;
    if (found)
        hr = draft_set_binary(drafts, &drafts->list[0], tag, uids, found * sizeof(*uids));
    heap_free(uids);
    return hr;
}

/* The service's section and those below it, as the file has them. */
static HRESULT make_drafts(struct drafts *drafts, const struct inf *inf, const WCHAR *section, const WCHAR *display)
{
    static const ULONG kinds[] = {PR_STORE_PROVIDERS, PR_AB_PROVIDERS, PR_TRANSPORT_PROVIDERS, PR_FILTERING_HOOKS};
    const WCHAR *named = inf_find(inf, section, L"PR_DISPLAY_NAME");
    size_t providers, i;
    struct draft *service;
    MAPIUID uid;
    HRESULT hr;

    if (named && *named)
        display = named;
    else if (!display || !*display)
        display = inf_find(inf, L"Services", section);
    if (!display || !*display)
        display = section;
    hr = draft_add(drafts, NULL, &service);
    if (SUCCEEDED(hr))
        hr = draft_read_inf(drafts, service, inf, section, NULL);
    if (SUCCEEDED(hr))
        hr = draft_set_text(drafts, service, PR_DISPLAY_NAME_A, display);
    if (FAILED(hr))
        return hr;
    uid = service->uid;
    if (FAILED(hr = set_owner(drafts, service, &uid, section))
        || FAILED(hr = add_linked(drafts, inf, section, display, TRUE)))
        return hr;
    providers = drafts->count - 1;
    for (i = 0; i < ARRAY_SIZE(kinds) && SUCCEEDED(hr); ++i)
        hr = set_uids(drafts, kinds[i], kinds[i], 1, providers);
    if (SUCCEEDED(hr))
        hr = add_linked(drafts, inf, section, display, FALSE);
    if (SUCCEEDED(hr))
        hr = set_uids(drafts, 0, PR_SERVICE_EXTRA_UIDS, 1 + providers, drafts->count - 1 - providers);
    return hr;
}

/* Into the profile's lists: the newest service is the last. */
static HRESULT list_drafts(struct service_change *change, const struct drafts *drafts)
{
    HRESULT hr = list_insert(&change->lists.lists[0], change->lists.lists[0].count, &drafts->list[0].uid);
    size_t i;

    for (i = 1; i < drafts->count && SUCCEEDED(hr); ++i)
        hr = service_change_list(change, &drafts->list[i]);
    return hr;
}

HRESULT service_sections_create(const struct profile *profile, const struct inf *inf, const WCHAR *section,
                                const WCHAR *display, MAPIUID *uid)
{
    struct service_change change;
    const SPropValue *flags;
    struct drafts drafts;
    HRESULT hr;

    hr = drafts_init(&drafts);
    if (SUCCEEDED(hr))
        hr = make_drafts(&drafts, inf, section, display);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = service_change_begin(profile, &change)))
    {
        flags = draft_find(&drafts.list[0], PR_RESOURCE_FLAGS);
        hr = service_change_single(&change, flags ? flags->Value.l : 0, section);
        if (SUCCEEDED(hr))
            hr = list_drafts(&change, &drafts);
        if (SUCCEEDED(hr))
            hr = service_change_add(&change, &drafts);
        service_change_end(&change);
    }
    if (SUCCEEDED(hr))
        *uid = drafts.list[0].uid;
    drafts_clear(&drafts);
    return hr;
}

HRESULT service_sections_list(const struct profile *profile, const MAPIUID *service, MAPIUID **providers, ULONG *count,
                              MAPIUID **extras, ULONG *extra_count)
{
    const WCHAR *name = profile_name(profile);
    struct section_lists lists;
    const SPropValue *value;
    struct prop_bag bag;
    ULONG total = 0, i, k;
    HRESULT hr;

    *providers = *extras = NULL;
    *count = *extra_count = 0;
    if (FAILED(hr = lists_read(name, &lists)))
        return hr;
    for (i = 1; i < SECTION_LISTS; ++i)
        total += lists.lists[i].count;
    if (!(*providers = heap_alloc((total + 1) * sizeof(**providers))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 1; i < SECTION_LISTS && SUCCEEDED(hr); ++i)
        for (k = 0; k < lists.lists[i].count; ++k)
            if (!services_contain(*providers, *count, &lists.lists[i].uids[k]))
                (*providers)[(*count)++] = lists.lists[i].uids[k];
    lists_clear(&lists);
    if (SUCCEEDED(hr))
        hr = sections_of_service(name, service, *providers, count);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = section_read(name, service, &bag)))
    {
        value = prop_bag_find(&bag, PR_SERVICE_EXTRA_UIDS);
        if (value && PROP_TYPE(value->ulPropTag) == PT_BINARY && value->Value.bin.cb >= sizeof(**extras))
        {
            *extra_count = value->Value.bin.cb / sizeof(**extras);
            if ((*extras = heap_alloc(*extra_count * sizeof(**extras))))
                memcpy(*extras, value->Value.bin.lpb, *extra_count * sizeof(**extras));
            else
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
        prop_bag_clear(&bag);
    }
    else if (hr == MAPI_E_NOT_FOUND)
        hr = S_OK; /* listed, but its section is gone */
    if (FAILED(hr))
    {
        heap_free(*providers);
        heap_free(*extras);
        *providers = *extras = NULL;
        *count = *extra_count = 0;
    }
    return hr;
}

/* Leaves those of a service's extra sections that no other service of the profile has too. */
static HRESULT drop_shared(const struct service_change *change, const MAPIUID *service, MAPIUID *extras, ULONG *count)
{
    const struct section_list *services = &change->lists.lists[0];
    const SPropValue *value;
    struct prop_bag bag;
    HRESULT hr = S_OK;
    ULONG i, k, kept = 0;

    for (i = 0; i < services->count && *count && SUCCEEDED(hr); ++i)
    {
        if (!memcmp(&services->uids[i], service, sizeof(*service)))
            continue;
        hr = section_read(change->name, &services->uids[i], &bag);
        value = SUCCEEDED(hr) ? prop_bag_find(&bag, PR_SERVICE_EXTRA_UIDS) : NULL;
        if (hr == MAPI_E_NOT_FOUND)
            hr = S_OK;
        if (value && PROP_TYPE(value->ulPropTag) == PT_BINARY)
        {
            const MAPIUID *theirs = (const MAPIUID *)value->Value.bin.lpb;

            for (k = kept = 0; k < *count; ++k)
                if (!services_contain(theirs, value->Value.bin.cb / sizeof(*theirs), &extras[k]))
                    extras[kept++] = extras[k];
            *count = kept;
        }
        prop_bag_clear(&bag);
    }
    return hr;
}

HRESULT service_sections_remove(const struct profile *profile, const MAPIUID *service)
{
    MAPIUID *providers = NULL, *extras = NULL, *all;
    ULONG count, extra_count, total = 0, i;
    struct service_change change;
    HRESULT hr;

    if (FAILED(hr = service_change_begin(profile, &change)))
        return hr;
    if (SUCCEEDED(hr = service_change_find(&change, service))
        && SUCCEEDED(hr = service_sections_list(profile, service, &providers, &count, &extras, &extra_count)))
        hr = drop_shared(&change, service, extras, &extra_count);
    if (SUCCEEDED(hr) && (all = heap_alloc((1 + count + extra_count) * sizeof(*all))))
    {
        for (i = 0; i < count; ++i)
            all[total++] = providers[i];
        for (i = 0; i < extra_count; ++i)
            if (memcmp(&extras[i], &section_global, sizeof(*extras))
                && memcmp(&extras[i], &section_instance, sizeof(*extras)))
                all[total++] = extras[i];
        all[total++] = *service;
        hr = service_change_remove(&change, all, total);
        heap_free(all);
    }
    else if (SUCCEEDED(hr))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    heap_free(providers);
    heap_free(extras);
    service_change_end(&change);
    return hr;
}

HRESULT provider_sections_create(const struct profile *profile, const struct inf *inf, const MAPIUID *service,
                                 const WCHAR *name, ULONG count, const SPropValue *values, MAPIUID *uid)
{
    WCHAR service_name[SERVICE_NAME_MAX];
    struct service_change change;
    struct draft *draft = NULL;
    struct drafts drafts;
    HRESULT hr;
    ULONG i;

    hr = drafts_init(&drafts);
    if (SUCCEEDED(hr))
        hr = section_service_name(profile_name(profile), service, service_name, ARRAY_SIZE(service_name));
    if (SUCCEEDED(hr))
        hr = draft_add(&drafts, NULL, &draft);
    if (SUCCEEDED(hr))
        hr = draft_read_inf(&drafts, draft, inf, name, NULL);
    for (i = 0; i < count && SUCCEEDED(hr); ++i)
        if (PROP_TYPE(values[i].ulPropTag) != PT_ERROR && PROP_TYPE(values[i].ulPropTag) != PT_NULL)
            hr = draft_set(&drafts, draft, &values[i]);
    if (SUCCEEDED(hr))
        hr = finish_provider(&drafts, draft, service, service_name, name);
    if (SUCCEEDED(hr) && !draft->list)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr) && SUCCEEDED(hr = service_change_begin(profile, &change)))
    {
        if (SUCCEEDED(hr = service_change_find(&change, service)) && SUCCEEDED(hr = service_change_list(&change, draft))
            && SUCCEEDED(hr = service_change_add(&change, &drafts)))
            service_change_own_lists(&change, service);
        service_change_end(&change);
    }
    if (SUCCEEDED(hr))
        *uid = draft->uid;
    drafts_clear(&drafts);
    return hr;
}

HRESULT provider_sections_remove(const struct profile *profile, const MAPIUID *service, const MAPIUID *provider)
{
    struct service_change change;
    BOOL listed = FALSE, belongs = FALSE;
    HRESULT hr;
    size_t i;

    if (FAILED(hr = service_change_begin(profile, &change)))
        return hr;
    for (i = 1; i < SECTION_LISTS; ++i)
        listed = listed || services_contain(change.lists.lists[i].uids, change.lists.lists[i].count, provider);
    hr = section_belongs(change.name, provider, service, &belongs);
    if (SUCCEEDED(hr) && (!listed || !belongs))
        hr = MAPI_E_NOT_FOUND;
    else if (SUCCEEDED(hr))
        hr = service_change_remove(&change, provider, 1);
    if (SUCCEEDED(hr))
        service_change_own_lists(&change, service);
    service_change_end(&change);
    return hr;
}
