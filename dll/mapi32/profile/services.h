/*
 * services: the message services and providers that a profile lists. Inside profile/ only.
 */
#ifndef POSTROOM_PROFILE_SERVICES_H
#define POSTROOM_PROFILE_SERVICES_H

#include "profile/internal.h"
#include "table/table.h"

/* A list of MAPI's own section (PR_SERVICES and others) as one heap block; none: S_OK and 0. */
HRESULT services_list(const WCHAR *profile, ULONG tag, MAPIUID **uids, ULONG *count);
BOOL services_contain(const MAPIUID *uids, ULONG count, const MAPIUID *uid);

HRESULT services_table(const WCHAR *profile, struct gate *gate, ULONG flags, IMAPITable **table);
HRESULT providers_table(const WCHAR *profile, struct gate *gate, ULONG flags, IMAPITable **table);

#endif
