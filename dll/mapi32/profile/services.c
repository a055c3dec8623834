/*
 * services: see the header. Lists are hostile: what does not make a uid is not in them.
 */
#include "profile/services.h"

HRESULT services_list(const WCHAR *profile, ULONG tag, MAPIUID **uids, ULONG *count)
{
    const SPropValue *value;
    struct prop_bag bag;
    HRESULT hr;

    *uids = NULL;
    *count = 0;
    hr = section_read(profile, &section_global, &bag);
    if (hr == MAPI_E_NOT_FOUND)
        return S_OK; /* a profile without services has no such section */
    if (FAILED(hr))
        return hr;
    value = prop_bag_find(&bag, tag);
    if (value && PROP_TYPE(value->ulPropTag) == PT_BINARY && value->Value.bin.cb >= sizeof(**uids))
    {
        if (value->Value.bin.cb % sizeof(**uids))
            WARN("list %#lx of %s ends in the middle of a uid", tag, debugstr_w(profile));
        *count = value->Value.bin.cb / sizeof(**uids);
        *uids = heap_alloc(*count * sizeof(**uids));
        if (*uids)
            memcpy(*uids, value->Value.bin.lpb, *count * sizeof(**uids));
        else
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    prop_bag_clear(&bag);
    if (FAILED(hr))
        *count = 0;
    return hr;
}

BOOL services_contain(const MAPIUID *uids, ULONG count, const MAPIUID *uid)
{
    ULONG i;

    for (i = 0; i < count; ++i)
        if (!memcmp(&uids[i], uid, sizeof(*uid)))
            return TRUE;
    return FALSE;
}
