/*
 * list: what there is to choose from, and the default.
 */
#include "profile/internal.h"

#include <stdlib.h>

/* Marks that somebody who died has left. */
static BOOL needs_settling(const struct profile_info *infos, size_t count)
{
    size_t i;

    for (i = 0; i < count; ++i)
    {
        if (infos[i].building || infos[i].superseded)
            return TRUE;
        if ((infos[i].flags & (FLAG_DELETE | FLAG_RENAME)) && !profile_in_use(infos[i].name))
            return TRUE;
    }
    return FALSE;
}

/* The name is the first member. */
static int compare_names(const void *a, const void *b)
{
    return lstrcmpiW(a, b);
}

HRESULT profile_list(BOOL app_profiles, struct profile_list **out)
{
    WCHAR default_name[PROFILE_NAME_MAX + 1];
    struct profile_list *list;
    struct profile_info *infos;
    size_t count, i;
    HRESULT hr;

    *out = NULL;
    hr = store_infos(&infos, &count);
    if (SUCCEEDED(hr) && needs_settling(infos, count))
    {
        /* Somebody else may be at it: then there is nothing to do but to leave out what is marked. */
        heap_free(infos);
        profiles_settle(0);
        hr = store_infos(&infos, &count);
    }
    if (SUCCEEDED(hr))
    {
        hr = store_default_name(default_name);
        if (hr == MAPI_E_NOT_FOUND)
            hr = S_OK;
    }
    if (FAILED(hr))
    {
        heap_free(infos);
        return hr;
    }
    list = heap_alloc(sizeof(*list) + count * sizeof(list->profiles[0]));
    if (!list)
    {
        heap_free(infos);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    list->count = 0;
    for (i = 0; i < count; ++i)
    {
        const struct profile_info *info = &infos[i];

        if (!info->exists || (info->flags & FLAG_DELETE)) /* LOGOFF-65 */
            continue;
        if ((info->flags & FLAG_APP) && !app_profiles)
            continue;
        lstrcpynW(list->profiles[list->count].name, info->name, PROFILE_NAME_MAX + 1);
        list->profiles[list->count].is_app = (info->flags & FLAG_APP) != 0;
        list->profiles[list->count].is_default = default_name[0] && profile_name_equal(info->name, default_name);
        ++list->count;
    }
    heap_free(infos);
    qsort(list->profiles, list->count, sizeof(list->profiles[0]), compare_names);
    *out = list;
    return S_OK;
}

HRESULT profile_default(WCHAR name[PROFILE_NAME_MAX + 1])
{
    struct profile_info info = {0};
    HRESULT hr = store_default_name(name);

    if (SUCCEEDED(hr))
        hr = store_info(name, &info);
    if (SUCCEEDED(hr) && (!info.exists || (info.flags & FLAG_DELETE)))
    {
        /* A rename that was cut short may have to bring the new name first. */
        profiles_settle(2000);
        hr = store_default_name(name);
        if (SUCCEEDED(hr))
            hr = store_info(name, &info);
    }
    if (SUCCEEDED(hr) && (!info.exists || (info.flags & FLAG_DELETE)))
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        lstrcpynW(name, info.name, PROFILE_NAME_MAX + 1);
    else
        name[0] = 0;
    return hr;
}
