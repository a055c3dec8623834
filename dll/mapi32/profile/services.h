/*
 * services: the lists of a profile's message services and providers. Inside profile/ only.
 */
#ifndef POSTROOM_PROFILE_SERVICES_H
#define POSTROOM_PROFILE_SERVICES_H

#include "profile/internal.h"

/* A list of MAPI's own section (PR_SERVICES and others) as one heap block; none: S_OK and 0. */
HRESULT services_list(const WCHAR *profile, ULONG tag, MAPIUID **uids, ULONG *count);
BOOL services_contain(const MAPIUID *uids, ULONG count, const MAPIUID *uid);

#endif
