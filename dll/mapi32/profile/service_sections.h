/*
 * service_sections: the sections of message services and their providers in a profile.
 *
 * Contract: each function is one change of the profile under the mutex of changes, done or not done: what needs memory comes
 * before the first write, and what a failure or a dead process leaves half written is taken back, at the latest by the next
 * change. Sections of a profile that is in use leave the lists at once and the registry with the last session (LOGOFF-67).
 * No foreign code. Everywhere: MAPI_E_NOT_FOUND: no such profile, service or provider; MAPI_E_TIMEOUT: another process holds
 * the mutex for too long; MAPI_E_NOT_ENOUGH_MEMORY; what the registry says.
 */
#ifndef POSTROOM_PROFILE_SERVICE_SECTIONS_H
#define POSTROOM_PROFILE_SERVICE_SECTIONS_H

#include "profile/inf.h"
#include "profile/profile.h"

/*
 * A service from its section of mapisvc.inf: a section for it, one for each provider, one for each of its "Sections".
 * display: its name when the file has none; may be NULL. *uid: its PR_SERVICE_UID.
 * MAPI_E_NO_ACCESS: SERVICE_SINGLE_COPY, and the profile has it (SVC-07).
 */
HRESULT service_sections_create(const struct profile *profile, const struct inf *inf, const WCHAR *section,
                                const WCHAR *display, MAPIUID *uid);
HRESULT service_sections_remove(const struct profile *profile, const MAPIUID *service);
/* SVC-09; from and to may be one. MAPI_E_NO_ACCESS as above. */
HRESULT service_sections_copy(const struct profile *from, const MAPIUID *service, const struct profile *to,
                              MAPIUID *copy);

/* A provider of the service from its section of mapisvc.inf, if there is one of the name, and then the values.
 * MAPI_E_NOT_FOUND: also when neither says what kind of provider it is. */
HRESULT provider_sections_create(const struct profile *profile, const struct inf *inf, const MAPIUID *service,
                                 const WCHAR *name, ULONG count, const SPropValue *values, MAPIUID *uid);
/* MAPI_E_NOT_FOUND: also a provider of another service. */
HRESULT provider_sections_remove(const struct profile *profile, const MAPIUID *service, const MAPIUID *provider);

/* SVC-13. MAPI_E_BUSY: not as many as the profile has transports; MAPI_E_NOT_FOUND: one is none, or is there twice. */
HRESULT service_sections_order(const struct profile *profile, ULONG count, const MAPIUID *uids);
/* service NULL: none has it. MAPI_E_NO_ACCESS: the service has SERVICE_NO_PRIMARY_IDENTITY (SVC-14). */
HRESULT service_sections_identity(const struct profile *profile, const MAPIUID *service);

/* The uids of a service's providers, by the lists of the profile and by the service they say they are of; the sections
 * that it has besides are those of extras. Heap blocks. */
HRESULT service_sections_list(const struct profile *profile, const MAPIUID *service, MAPIUID **providers, ULONG *count,
                              MAPIUID **extras, ULONG *extra_count);

#endif
