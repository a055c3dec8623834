/*
 * kernel_names: names of kernel objects that belong to a profile, for other areas (base/kernel.h).
 */
#ifndef POSTROOM_PROFILE_KERNEL_NAMES_H
#define POSTROOM_PROFILE_KERNEL_NAMES_H

#include "base/kernel.h"

/* kind: a short text that tells such objects from others. The same for every spelling of the profile's name. */
void kernel_name_profile(const WCHAR *kind, const WCHAR *profile, WCHAR name[KERNEL_NAME_MAX]);

#endif
