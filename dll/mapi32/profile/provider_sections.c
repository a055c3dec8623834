/*
 * provider_sections: see the header.
 */
#include "profile/provider_sections.h"
#include "profile/services.h"

HRESULT provider_list(const struct profile *profile, ULONG tag, MAPIUID **uids, ULONG *count)
{
    return services_list(profile_name(profile), tag, uids, count);
}

HRESULT provider_list_all(const struct profile *profile, MAPIUID **uids, ULONG *count)
{
    static const ULONG tags[] = {PR_STORE_PROVIDERS, PR_AB_PROVIDERS, PR_TRANSPORT_PROVIDERS};
    size_t capacity = 0, total, i;
    struct prop_bag bag;
    HRESULT hr;

    *uids = NULL;
    *count = 0;
    hr = section_read(profile_name(profile), &section_global, &bag);
    for (i = 0; i < ARRAY_SIZE(tags) && SUCCEEDED(hr); ++i)
    {
        const SPropValue *value = prop_bag_find(&bag, tags[i]);

        if (!value || PROP_TYPE(value->ulPropTag) != PT_BINARY || value->Value.bin.cb < sizeof(**uids))
            continue;
        total = *count + value->Value.bin.cb / sizeof(**uids);
        if (!array_reserve((void **)uids, &capacity, total, sizeof(**uids)))
        {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
            break;
        }
        memcpy(*uids + *count, value->Value.bin.lpb, (total - *count) * sizeof(**uids));
        *count = (ULONG)total;
    }
    prop_bag_clear(&bag);
    if (SUCCEEDED(hr) || hr == MAPI_E_NOT_FOUND)
        return S_OK;
    heap_free(*uids);
    *uids = NULL;
    *count = 0;
    return hr;
}

BOOL provider_list_contains(const MAPIUID *uids, ULONG count, const MAPIUID *uid)
{
    return services_contain(uids, count, uid);
}

HRESULT provider_section_read(const struct profile *profile, const MAPIUID *uid, struct prop_bag *bag)
{
    return section_read(profile_name(profile), uid, bag);
}

HRESULT provider_values_check(ULONG count, const SPropValue *values)
{
    return section_check_values(count, values);
}

HRESULT provider_section_write(const struct profile *profile, const MAPIUID *uid, ULONG count, const SPropValue *values)
{
    struct stored_value *stored;
    HRESULT hr;
    HKEY key;

    if (FAILED(hr = section_open_key(profile_name(profile), uid, TRUE, TRUE, &key)))
        return hr;
    RegCloseKey(key);
    if (!(stored = heap_alloc_zero(count * sizeof(*stored))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr = section_encode_values(uid, count, values, stored, NULL)))
        hr = section_write_values(profile_name(profile), uid, NULL, count, stored);
    section_free_stored(stored, count);
    return hr;
}

HRESULT provider_section_delete(const struct profile *profile, const MAPIUID *uid)
{
    WCHAR name[SECTION_NAME_SIZE];
    struct change change;
    LONG error;
    HKEY key;
    HRESULT hr;

    if (FAILED(hr = change_begin(&change, CHANGE_WAIT, FALSE)))
        return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
    section_name(uid, name);
    error = registry_open(change.root, profile_name(profile), KEY_ALL_ACCESS, &key);
    if (error == ERROR_SUCCESS)
    {
        error = registry_remove_tree(key, name);
        RegCloseKey(key);
    }
    store_changed();
    change_end(&change);
    return error == ERROR_FILE_NOT_FOUND ? S_OK : registry_result(error);
}

HRESULT provider_list_add(const struct profile *profile, ULONG tag, const MAPIUID *uid)
{
    SPropValue value = {.ulPropTag = tag};
    MAPIUID *uids, *longer;
    ULONG count;
    HRESULT hr;

    if (FAILED(hr = services_list(profile_name(profile), tag, &uids, &count)))
        return hr;
    if (services_contain(uids, count, uid))
    {
        heap_free(uids);
        return S_OK;
    }
    if ((longer = heap_realloc(uids, (count + 1) * sizeof(*uids))))
    {
        longer[count] = *uid;
        value.Value.bin.cb = (count + 1) * sizeof(*longer);
        value.Value.bin.lpb = (BYTE *)longer;
        hr = provider_section_write(profile, &section_global, 1, &value);
        uids = longer;
    }
    else
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    heap_free(uids);
    return hr;
}
