/*
 * kernel_name: profile names, how they are compared, and the kernel objects that stand for them between processes
 * (base/kernel.h), with the folded profile name hashed into their names: fixed length, any script.
 */
#include "profile/internal.h"
#include "profile/kernel_names.h"

BOOL profile_name_valid(const WCHAR *name)
{
    size_t length;

    if (!name || name[0] == ' ')
        return FALSE;
    for (length = 0; name[length]; ++length)
    {
        if (length == PROFILE_NAME_MAX)
            return FALSE;
        if (name[length] == '\\' || name[length] < ' ' || (name[length] >= 0x7F && name[length] <= 0x9F))
            return FALSE;
    }
    return length && name[length - 1] != ' ';
}

BOOL profile_name_equal(const WCHAR *a, const WCHAR *b)
{
    return CompareStringOrdinal(a, -1, b, -1, TRUE) == CSTR_EQUAL;
}

void kernel_name_mutex(WCHAR name[KERNEL_NAME_MAX])
{
    kernel_name_text(kernel_name_begin(name), L".Profiles");
}

void kernel_name_profile(const WCHAR *kind, const WCHAR *profile, WCHAR name[KERNEL_NAME_MAX])
{
    WCHAR folded[PROFILE_NAME_MAX];
    int length = LCMapStringEx(LOCALE_NAME_INVARIANT, LCMAP_UPPERCASE, profile, lstrlenW(profile), folded,
                               ARRAY_SIZE(folded), NULL, NULL, 0);

    kernel_name_number(kernel_name_text(kernel_name_begin(name), kind),
                       length > 0 ? hash_bytes(folded, length * sizeof(WCHAR))
                                  : hash_bytes(profile, lstrlenW(profile) * sizeof(WCHAR)));
}

void kernel_name_use(const WCHAR *profile, WCHAR name[KERNEL_NAME_MAX])
{
    kernel_name_profile(L".Use.", profile, name);
}
