/*
 * changes: services that come into a profile and go, entry functions included. Inside service/ only.
 *
 * told: why in words, a wide MAPIERROR or NULL, never a NULL pointer. gate may be NULL.
 */
#ifndef POSTROOM_SERVICE_CHANGES_H
#define POSTROOM_SERVICE_CHANGES_H

#include "service/entry.h"

/*
 * CreateMsgServiceEx. display: "" when there is none. flags: SERVICE_UI_*, MAPI_UNICODE.
 * MAPI_E_NOT_FOUND: no such service in mapisvc.inf; MAPI_E_NO_ACCESS: SVC-07; as entry_run. After a failure the service is
 * not in the profile. An entry function that answers MAPI_E_UNCONFIGURED and may not show anything is no failure: its
 * caller is going to configure it (imsgserviceadmin-createmsgservice).
 */
HRESULT service_add(struct profile *profile, struct gate *gate, const WCHAR *name, const WCHAR *display,
                    ULONG_PTR window, ULONG flags, MAPIUID *uid, MAPIERROR **told);

/* All of [Default Services], in the order of the file: first every section, then every entry function (PROF-04). */
HRESULT service_add_defaults(struct profile *profile, ULONG_PTR window, ULONG flags, MAPIERROR **told);

/* DeleteMsgService. MAPI_E_USER_CANCEL is the one answer of the entry function that counts. */
HRESULT service_remove(struct profile *profile, struct gate *gate, const MAPIUID *uid, MAPIERROR **told);

/* The profile is going to be deleted: every service hears of it (PROF-10); what they answer changes nothing.
 * MAPI_E_NOT_ENOUGH_MEMORY: not all have heard. */
HRESULT service_tell_deletion(const WCHAR *profile);

#endif
