/*
 * open_section: what every OpenProfileSection does: whether the section is there and may be had, its lock, its object.
 */
#include "profile/internal.h"

/* The section is there afterwards. */
static HRESULT find_or_make(const WCHAR *name, const MAPIUID *uid, BOOL write)
{
    HRESULT hr;
    HKEY key;

    if (!memcmp(uid, &section_instance, sizeof(*uid)))
        return section_make_search_key(name);             /* SVC-24 */
    hr = section_open_key(name, uid, write, write, &key); /* SESS-27, SESS-28 */
    if (SUCCEEDED(hr))
        RegCloseKey(key);
    return hr;
}

HRESULT profile_open_section(struct profile *profile, struct gate *gate, const MAPIUID *uid, const IID *iid,
                             ULONG flags, IProfSect **out)
{
    BOOL write = (flags & MAPI_MODIFY) != 0;
    struct section_lock *lock;
    BOOL of_provider;
    HRESULT hr;

    *out = NULL;
    if (!uid || !memory_readable(uid, sizeof(*uid)) || (iid && !memory_readable(iid, sizeof(*iid))))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_MODIFY | MAPI_FORCE_ACCESS | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (iid && !IsEqualIID(iid, &IID_IProfSect) && !IsEqualIID(iid, &IID_IMAPIProp) && !IsEqualIID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!(flags & MAPI_FORCE_ACCESS)) /* SESS-31 */
    {
        hr = section_is_provider(profile_name(profile), uid, &of_provider);
        if (SUCCEEDED(hr) && of_provider)
            hr = MAPI_E_NO_ACCESS;
        if (FAILED(hr))
            return hr;
    }
    hr = section_lock_take(profile_name(profile), uid, write, &lock);
    if (FAILED(hr))
        return hr;
    hr = find_or_make(profile_name(profile), uid, write);
    if (FAILED(hr))
    {
        section_lock_give(lock, write);
        return hr;
    }
    return profile_section_create(profile, gate, uid, write, lock, out);
}
