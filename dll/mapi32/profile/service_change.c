/*
 * service_change: see the header.
 */
#include "profile/service_change.h"

HRESULT service_change_begin(const struct profile *profile, struct service_change *change)
{
    struct profile_info info;
    LONG error;
    HRESULT hr;

    memset(change, 0, sizeof(*change));
    change->name = profile_name(profile);
    if (!profile_name_valid(change->name))
        return MAPI_E_NOT_FOUND;
    if (FAILED(hr = change_begin(&change->change, CHANGE_WAIT, FALSE)))
        return hr;
    store_read_info(change->change.root, change->name, &info);
    if (!info.exists
        || registry_open(change->change.root, change->name, KEY_ALL_ACCESS & ~KEY_CREATE_LINK, &change->key))
    {
        change_end(&change->change);
        return MAPI_E_NOT_FOUND;
    }
    change->in_use = profile_in_use(change->name);
    if (info.flags & FLAG_SECTIONS)
    {
        error = sections_settle(change->key, change->name, !change->in_use);
        store_changed();
        hr = registry_result(error);
    }
    if (SUCCEEDED(hr))
        hr = lists_read(change->name, &change->lists);
    if (SUCCEEDED(hr))
        hr = sections_marked(change->key, &change->marked, &change->marked_count);
    if (FAILED(hr))
        service_change_end(change);
    return hr;
}

void service_change_end(struct service_change *change)
{
    lists_clear(&change->lists);
    heap_free(change->marked);
    RegCloseKey(change->key);
    change_end(&change->change);
}

HRESULT service_change_add(struct service_change *change, struct drafts *drafts)
{
    WCHAR section[SECTION_NAME_SIZE];
    MAPIUID *marks;
    ULONG count, i, kept = 0;
    LONG error;
    HRESULT hr;
    HKEY key;

    for (i = 0; i < drafts->count; ++i)
    {
        section_name(&drafts->list[i].uid, section);
        drafts->list[i].fresh = registry_open(change->key, section, KEY_READ, &key) != ERROR_SUCCESS;
        if (!drafts->list[i].fresh)
            RegCloseKey(key);
    }
    if (FAILED(hr = drafts_encode(drafts)))
        return hr;
    if (!(marks = heap_alloc((change->marked_count + drafts->count) * sizeof(*marks))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(marks, change->marked, change->marked_count * sizeof(*marks));
    count = change->marked_count;
    for (i = 0; i < drafts->count; ++i)
        if (drafts->list[i].fresh)
            marks[count++] = drafts->list[i].uid;
    error = sections_mark(change->key, marks, count);
    for (i = 0; i < drafts->count && error == ERROR_SUCCESS; ++i)
        error = draft_write(change->key, &drafts->list[i]);
    if (error == ERROR_SUCCESS)
        error = lists_write(change->key, &change->lists);
    if (error == ERROR_SUCCESS)
    {
        /* One that was to go and is wanted again stays. */
        for (i = 0; i < change->marked_count; ++i)
        {
            size_t k;

            for (k = 0; k < drafts->count && memcmp(&drafts->list[k].uid, &marks[i], sizeof(*marks)); ++k)
                ;
            if (k == drafts->count)
                marks[kept++] = marks[i];
        }
        error = sections_mark(change->key, marks, kept);
    }
    if (error != ERROR_SUCCESS)
        sections_leave(change->key, &change->lists, marks, count, !change->in_use);
    heap_free(marks);
    store_changed();
    return registry_result(error);
}

HRESULT service_change_remove(struct service_change *change, const MAPIUID *uids, ULONG count)
{
    MAPIUID *marks = heap_alloc((change->marked_count + count) * sizeof(*marks));
    LONG error;

    if (!marks)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(marks, change->marked, change->marked_count * sizeof(*marks));
    memcpy(marks + change->marked_count, uids, count * sizeof(*marks));
    error = sections_mark(change->key, marks, change->marked_count + count);
    if (error == ERROR_SUCCESS)
        error = sections_leave(change->key, &change->lists, marks, change->marked_count + count, !change->in_use);
    heap_free(marks);
    store_changed();
    return registry_result(error);
}

HRESULT service_change_find(const struct service_change *change, const MAPIUID *service)
{
    return services_contain(change->lists.lists[0].uids, change->lists.lists[0].count, service) ? S_OK
                                                                                                : MAPI_E_NOT_FOUND;
}

/* A section that is not there is an empty one. */
static HRESULT read_section(const WCHAR *profile, const MAPIUID *uid, struct prop_bag *bag)
{
    HRESULT hr = section_read(profile, uid, bag);

    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

HRESULT section_long(const WCHAR *profile, const MAPIUID *uid, ULONG tag, LONG *number)
{
    const SPropValue *value;
    struct prop_bag bag;
    HRESULT hr;

    *number = 0;
    hr = read_section(profile, uid, &bag);
    if (SUCCEEDED(hr) && (value = prop_bag_find(&bag, tag)) && PROP_TYPE(value->ulPropTag) == PT_LONG)
        *number = value->Value.l;
    prop_bag_clear(&bag);
    return hr;
}

HRESULT section_belongs(const WCHAR *profile, const MAPIUID *uid, const MAPIUID *service, BOOL *yes)
{
    const SPropValue *value;
    struct prop_bag bag;
    HRESULT hr;

    hr = read_section(profile, uid, &bag);
    *yes = SUCCEEDED(hr) && (value = prop_bag_find(&bag, PR_SERVICE_UID)) && PROP_TYPE(value->ulPropTag) == PT_BINARY
           && value->Value.bin.cb == sizeof(*service) && !memcmp(value->Value.bin.lpb, service, sizeof(*service));
    prop_bag_clear(&bag);
    return hr;
}

HRESULT sections_of_service(const WCHAR *profile, const MAPIUID *service, MAPIUID *uids, ULONG *count)
{
    ULONG i, kept = 0;
    HRESULT hr = S_OK;
    BOOL yes;

    for (i = 0; i < *count && SUCCEEDED(hr); ++i)
    {
        hr = section_belongs(profile, &uids[i], service, &yes);
        if (SUCCEEDED(hr) && yes)
            uids[kept++] = uids[i];
    }
    *count = kept;
    return hr;
}

HRESULT section_service_name(const WCHAR *profile, const MAPIUID *uid, WCHAR *name, size_t size)
{
    const SPropValue *value;
    struct prop_bag bag;
    HRESULT hr;

    name[0] = 0;
    hr = read_section(profile, uid, &bag);
    if (SUCCEEDED(hr) && (value = prop_bag_find(&bag, PR_SERVICE_NAME)) && PROP_TYPE(value->ulPropTag) == PT_UNICODE
        && wcslen(value->Value.lpszW) < size)
        wcscpy(name, value->Value.lpszW);
    prop_bag_clear(&bag);
    return hr;
}

HRESULT service_change_list(struct service_change *change, const struct draft *draft)
{
    const SPropValue *flags = draft_find(draft, PR_RESOURCE_FLAGS);
    struct section_list *list = lists_of(&change->lists, draft->list);
    LONG last = STATUS_XP_PREFER_LAST;
    HRESULT hr = S_OK;
    ULONG index;

    if (!list)
        return S_OK;
    index = list->count;
    if (draft->list == PR_TRANSPORT_PROVIDERS && !(flags && (flags->Value.l & last)))
        for (; index; --index)
        {
            hr = section_long(change->name, &list->uids[index - 1], PR_RESOURCE_FLAGS, &last);
            if (FAILED(hr) || !(last & STATUS_XP_PREFER_LAST))
                break;
        }
    return SUCCEEDED(hr) ? list_insert(list, index, &draft->uid) : hr;
}

void service_change_own_lists(struct service_change *change, const MAPIUID *service)
{
    WCHAR section[SECTION_NAME_SIZE], value[TAG_NAME_SIZE];
    struct section_lists lists;
    HKEY key = NULL;
    LONG error;
    size_t i;

    if (FAILED(lists_read(change->name, &lists)))
        return;
    section_name(service, section);
    error = registry_open(change->key, section, KEY_SET_VALUE | KEY_QUERY_VALUE, &key);
    for (i = 1; i < SECTION_LISTS && error == ERROR_SUCCESS; ++i)
    {
        struct section_list *list = &lists.lists[i];

        if (FAILED(sections_of_service(change->name, service, list->uids, &list->count)))
        {
            error = ERROR_NOT_ENOUGH_MEMORY;
            break;
        }
        value_name(list->tag, value);
        if (list->count)
            error = registry_set(key, value, REG_BINARY, list->uids, list->count * sizeof(*list->uids));
        else
            error = registry_remove(key, value);
    }
    if (error != ERROR_SUCCESS)
        WARN("a service's own lists of providers are not current, error %ld\n", error);
    if (key)
        RegCloseKey(key);
    lists_clear(&lists);
}

HRESULT service_change_single(const struct service_change *change, LONG flags, const WCHAR *service_name)
{
    const struct section_list *services = &change->lists.lists[0];
    WCHAR name[SERVICE_NAME_MAX];
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; (flags & SERVICE_SINGLE_COPY) && SUCCEEDED(hr) && i < services->count; ++i)
    {
        hr = section_service_name(change->name, &services->uids[i], name, ARRAY_SIZE(name));
        if (SUCCEEDED(hr) && name[0] && !_wcsicmp(name, service_name)) /* SVC-07 */
            hr = MAPI_E_NO_ACCESS;
    }
    return hr;
}
