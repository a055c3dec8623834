/*
 * section_write: what SetProps and DeleteProps of a profile section do: everything that can be refused or needs memory
 * comes before the first write; then each value is one write of its own.
 */
#include "profile/internal.h"

HRESULT section_check_values(ULONG count, const SPropValue *values)
{
    size_t size;
    ULONG i;

    if (!count || !values || !size_multiply(count, sizeof(*values), &size) || !memory_readable(values, size))
        return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < count; ++i)
    {
        ULONG tag = values[i].ulPropTag;

        if (PROP_TYPE(tag) == PT_ERROR || PROP_TYPE(tag) == PT_NULL)
            continue;
        if (PROP_TYPE(tag) == PT_OBJECT)
            return MAPI_E_INVALID_PARAMETER;
        if (!value_type_known(tag))
            continue; /* told as a problem */
        if (!prop_valid(&values[i]) || ((PROP_TYPE(tag) & MV_FLAG) && !values[i].Value.MVl.cValues))
            return MAPI_E_INVALID_PARAMETER;
    }
    return S_OK;
}

/* Why a value cannot be set at all; S_OK: it can; S_FALSE: it is to be left out without a word. */
static HRESULT judge_value(const MAPIUID *uid, ULONG tag)
{
    if (PROP_TYPE(tag) == PT_ERROR || PROP_TYPE(tag) == PT_NULL || !PROP_ID(tag))
        return S_FALSE;
    if (PROP_ID(tag) >= 0x8000) /* SVC-23 */
        return MAPI_E_NO_SUPPORT;
    if (section_is_computed(uid, tag))
        return MAPI_E_COMPUTED;
    return value_type_known(tag) ? S_OK : MAPI_E_INVALID_TYPE;
}

void section_free_stored(struct stored_value *stored, ULONG count)
{
    ULONG i;

    for (i = 0; i < count; ++i)
    {
        if (stored[i].data)
            SecureZeroMemory(stored[i].data, stored[i].size);
        heap_free(stored[i].data);
    }
    heap_free(stored);
}

HRESULT section_encode_values(const MAPIUID *uid, ULONG count, const SPropValue *values, struct stored_value *stored,
                              SPropProblemArray *problems)
{
    HRESULT hr;
    ULONG i;

    for (i = 0; i < count; ++i)
    {
        ULONG tag = values[i].ulPropTag;

        hr = judge_value(uid, tag);
        if (hr == S_OK)
        {
            hr = value_encode(&values[i], &stored[i]);
            if (SUCCEEDED(hr) && tag_is_secure(tag))
                hr = secret_protect(&stored[i]);
            /* No memory is the call's failure; too large is that value's, told with the code of the pages. */
            if (hr == MAPI_E_NOT_ENOUGH_MEMORY)
                return hr;
            if (hr == MAPI_E_TOO_BIG)
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
        if (FAILED(hr))
        {
            if (stored[i].data)
                SecureZeroMemory(stored[i].data, stored[i].size);
            heap_free(stored[i].data);
            stored[i].data = NULL;
            problems_add(problems, i, PROP_ID(tag) >= 0x8000 ? CHANGE_PROP_TYPE(tag, PT_ERROR) : tag, hr);
        }
    }
    return S_OK;
}

HRESULT section_write_values(const WCHAR *profile, const MAPIUID *uid, const struct prop_bag *bag, ULONG count,
                             const struct stored_value *stored)
{
    WCHAR name[TAG_NAME_SIZE];
    LONG error = ERROR_SUCCESS;
    HRESULT hr;
    ULONG i;
    HKEY key;

    hr = section_open_key(profile, uid, TRUE, FALSE, &key);
    if (FAILED(hr))
        return hr;
    for (i = 0; i < count && error == ERROR_SUCCESS; ++i)
    {
        const SPropValue *old;

        if (!stored[i].data)
            continue;
        value_name(stored[i].tag, name);
        error = registry_set(key, name, stored[i].type, stored[i].data, stored[i].size);
        /* The same id with another type: the new value is there before the old one goes. Strings are looked for
         * always, as both kinds of them are one in the bag. */
        old = bag ? prop_bag_find(bag, stored[i].tag) : NULL;
        if (error == ERROR_SUCCESS
            && (!bag || (old && (old->ulPropTag != stored[i].tag || PROP_TYPE(old->ulPropTag) == PT_UNICODE))))
            error = section_remove_id(key, stored[i].tag, stored[i].tag);
    }
    RegCloseKey(key);
    store_changed();
    return registry_result(error);
}

HRESULT section_remove_values(const WCHAR *profile, const MAPIUID *uid, const SPropTagArray *tags,
                              SPropProblemArray *problems)
{
    LONG error = ERROR_SUCCESS;
    HRESULT hr;
    ULONG i;
    HKEY key;

    hr = section_open_key(profile, uid, TRUE, FALSE, &key);
    if (FAILED(hr))
        return hr;
    for (i = 0; i < tags->cValues && error == ERROR_SUCCESS; ++i)
    {
        if (section_is_computed(uid, tags->aulPropTag[i]))
            problems_add(problems, i, tags->aulPropTag[i], MAPI_E_COMPUTED);
        else if (PROP_ID(tags->aulPropTag[i]) && PROP_ID(tags->aulPropTag[i]) < 0x8000)
            error = section_remove_id(key, tags->aulPropTag[i], 0);
    }
    RegCloseKey(key);
    store_changed();
    return registry_result(error);
}
