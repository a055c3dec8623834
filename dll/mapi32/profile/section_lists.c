/*
 * section_lists: see the header.
 */
#include "profile/section_lists.h"
#include "profile/services.h"

static const ULONG list_tags[SECTION_LISTS] = {PR_SERVICES, PR_STORE_PROVIDERS, PR_AB_PROVIDERS, PR_TRANSPORT_PROVIDERS,
                                               PR_FILTERING_HOOKS};

struct section_list *lists_of(struct section_lists *lists, ULONG tag)
{
    size_t i;

    for (i = 0; i < SECTION_LISTS; ++i)
        if (lists->lists[i].tag == tag)
            return &lists->lists[i];
    return NULL;
}

ULONG list_of_type(LONG type)
{
    switch (type)
    {
    case MAPI_STORE_PROVIDER:
        return PR_STORE_PROVIDERS;
    case MAPI_AB_PROVIDER:
        return PR_AB_PROVIDERS;
    case MAPI_TRANSPORT_PROVIDER:
        return PR_TRANSPORT_PROVIDERS;
    case MAPI_HOOK_PROVIDER:
        return PR_FILTERING_HOOKS;
    default:
        return 0;
    }
}

HRESULT lists_read(const WCHAR *profile, struct section_lists *lists)
{
    HRESULT hr = S_OK;
    size_t i;

    memset(lists, 0, sizeof(*lists));
    for (i = 0; i < SECTION_LISTS; ++i)
        lists->lists[i].tag = list_tags[i];
    for (i = 0; i < SECTION_LISTS && SUCCEEDED(hr); ++i)
        hr = services_list(profile, list_tags[i], &lists->lists[i].uids, &lists->lists[i].count);
    if (FAILED(hr))
        lists_clear(lists);
    return hr;
}

void lists_clear(struct section_lists *lists)
{
    size_t i;

    for (i = 0; i < SECTION_LISTS; ++i)
        heap_free(lists->lists[i].uids);
    memset(lists, 0, sizeof(*lists));
}

HRESULT list_insert(struct section_list *list, ULONG index, const MAPIUID *uid)
{
    MAPIUID *longer;

    if (services_contain(list->uids, list->count, uid))
        return S_OK;
    if (!(longer = heap_realloc(list->uids, (list->count + 1) * sizeof(*longer))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (index > list->count)
        index = list->count;
    memmove(&longer[index + 1], &longer[index], (list->count - index) * sizeof(*longer));
    longer[index] = *uid;
    list->uids = longer;
    ++list->count;
    list->changed = TRUE;
    return S_OK;
}

BOOL list_remove(struct section_list *list, const MAPIUID *uid)
{
    ULONG i, kept = 0;
    BOOL found;

    for (i = 0; i < list->count; ++i)
        if (memcmp(&list->uids[i], uid, sizeof(*uid)))
            list->uids[kept++] = list->uids[i];
    found = kept < list->count;
    list->count = kept;
    list->changed = list->changed || found;
    return found;
}

LONG lists_write(HKEY profile, const struct section_lists *lists)
{
    WCHAR section[SECTION_NAME_SIZE], value[TAG_NAME_SIZE];
    LONG error = ERROR_SUCCESS;
    BOOL changed = FALSE;
    HKEY key;
    size_t i;

    for (i = 0; i < SECTION_LISTS; ++i)
        changed = changed || lists->lists[i].changed;
    if (!changed)
        return ERROR_SUCCESS;
    section_name(&section_global, section);
    error = registry_open(profile, section, KEY_SET_VALUE, &key);
    if (error == ERROR_FILE_NOT_FOUND)
        error = registry_create(profile, section, NULL, &key);
    if (error != ERROR_SUCCESS)
        return error;
    for (i = 0; i < SECTION_LISTS && error == ERROR_SUCCESS; ++i)
    {
        const struct section_list *list = &lists->lists[i];

        if (!list->changed)
            continue;
        value_name(list->tag, value);
        if (list->count)
            error = registry_set(key, value, REG_BINARY, list->uids, list->count * sizeof(*list->uids));
        else
            error = registry_remove(key, value);
    }
    RegCloseKey(key);
    return error;
}

HRESULT sections_marked(HKEY profile, MAPIUID **uids, ULONG *count)
{
    DWORD type, size = 0;

    *uids = NULL;
    *count = 0;
    if (RegQueryValueExW(profile, MARK_SECTIONS, NULL, &type, NULL, &size) != ERROR_SUCCESS || type != REG_BINARY
        || size < sizeof(**uids) || size > REGISTRY_VALUE_MAX)
        return S_OK;
    if (!(*uids = heap_alloc(size)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (RegQueryValueExW(profile, MARK_SECTIONS, NULL, &type, (BYTE *)*uids, &size) != ERROR_SUCCESS)
        size = 0; /* shorter or longer in the meantime: nobody but us writes it under the mutex */
    *count = size / sizeof(**uids);
    return S_OK;
}

LONG sections_mark(HKEY profile, const MAPIUID *uids, ULONG count)
{
    DWORD flags = 0;
    LONG error;

    registry_get_dword(profile, MARK_FLAGS, &flags);
    if (!count)
    {
        error = registry_remove(profile, MARK_SECTIONS);
        flags &= ~FLAG_SECTIONS;
    }
    else
    {
        error = registry_set(profile, MARK_SECTIONS, REG_BINARY, uids, count * sizeof(*uids));
        flags |= FLAG_SECTIONS;
    }
    if (error == ERROR_SUCCESS && !flags) /* a profile of others, which has none */
        error = registry_remove(profile, MARK_FLAGS);
    else if (error == ERROR_SUCCESS)
        error = registry_set(profile, MARK_FLAGS, REG_DWORD, &flags, sizeof(flags));
    return error;
}

LONG sections_leave(HKEY profile, struct section_lists *lists, const MAPIUID *uids, ULONG count, BOOL remove)
{
    WCHAR section[SECTION_NAME_SIZE];
    LONG error;
    ULONG i;
    size_t k;

    for (i = 0; i < count; ++i)
        for (k = 0; k < SECTION_LISTS; ++k)
            list_remove(&lists->lists[k], &uids[i]);
    error = lists_write(profile, lists);
    for (i = 0; i < count && remove && error == ERROR_SUCCESS; ++i)
    {
        section_name(&uids[i], section);
        error = registry_remove_tree(profile, section);
    }
    if (error == ERROR_SUCCESS && remove)
        error = sections_mark(profile, NULL, 0);
    return error;
}

LONG sections_settle(HKEY profile, const WCHAR *name, BOOL remove)
{
    struct section_lists lists;
    LONG error = ERROR_NOT_ENOUGH_MEMORY;
    MAPIUID *uids;
    ULONG count;

    if (FAILED(sections_marked(profile, &uids, &count)))
        return error;
    if (SUCCEEDED(lists_read(name, &lists)))
    {
        error = sections_leave(profile, &lists, uids, count, remove);
        lists_clear(&lists);
    }
    heap_free(uids);
    return error;
}
