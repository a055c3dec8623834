/*
 * provider_sections: what a session reads and writes of its providers' sections, past the locks of OpenProfileSection.
 */
#ifndef POSTROOM_PROFILE_PROVIDER_SECTIONS_H
#define POSTROOM_PROFILE_PROVIDER_SECTIONS_H

#include "profile/profile.h"
#include "prop/prop.h"

/* tag: PR_STORE_PROVIDERS, PR_AB_PROVIDERS, PR_TRANSPORT_PROVIDERS, PR_SERVICES. The sections' uids in the profile's order as one heap
 * block; S_OK and 0 when there are none. */
HRESULT provider_list(const struct profile *profile, ULONG tag, MAPIUID **uids, ULONG *count);
/* The providers of every kind, by one read. */
HRESULT provider_list_all(const struct profile *profile, MAPIUID **uids, ULONG *count);
BOOL provider_list_contains(const MAPIUID *uids, ULONG count, const MAPIUID *uid);
/* Puts a section at the end of the list; S_OK when it is there already. */
HRESULT provider_list_add(const struct profile *profile, ULONG tag, const MAPIUID *uid);

/* Fills an empty bag; the caller clears it, also after a failure. MAPI_E_NOT_FOUND. */
HRESULT provider_section_read(const struct profile *profile, const MAPIUID *uid, struct prop_bag *bag);
/* Values that a caller wants in a section. MAPI_E_INVALID_PARAMETER: not all of them are any. */
HRESULT provider_values_check(ULONG count, const SPropValue *values);
/* Makes the section when it is missing; all values or a failure. */
HRESULT provider_section_write(const struct profile *profile, const MAPIUID *uid, ULONG count,
                               const SPropValue *values);
/* S_OK when there is none. */
HRESULT provider_section_delete(const struct profile *profile, const MAPIUID *uid);

#endif
