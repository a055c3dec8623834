/*
 * service: the administration of profiles, message services and providers, and message services' entry functions.
 *
 * Contract: stands on profile (sections in the registry, no foreign code) and on provider/library.h and provider/support.h.
 * An entry function is foreign code: it is called with no lock held, not under the mutex of changes, and may call back into
 * the object that called it. A profile never keeps half of a service: what fails is taken back.
 */
#ifndef POSTROOM_SERVICE_SERVICE_H
#define POSTROOM_SERVICE_SERVICE_H

#include "profile/profile.h"

/*
 * Has a message service configure itself (MSG_SERVICE_CONFIGURE), as IMsgServiceAdmin::ConfigureMsgService does; for a
 * provider's logon that was answered with MAPI_E_UNCONFIGURED too (LOGON-23, SPI-23): window and SERVICE_UI_ALLOWED when
 * the logon may show something, else 0 and 0.
 * gate: the session's, NULL: of no session. flags: SERVICE_UI_ALLOWED, SERVICE_UI_ALWAYS, MSG_SERVICE_UI_READ_ONLY,
 * UI_CURRENT_PROVIDER_FIRST, MAPI_UNICODE; they reach the entry function as they are, like count and values.
 * *error: why it failed in words, a wide MAPIERROR for MAPIFreeBuffer, or NULL; error itself may be NULL.
 * MAPI_E_NOT_FOUND: the profile has no such service, or its DLL is not there; MAPI_E_NOT_INITIALIZED: it has no entry
 * function; what library_load says (provider/library.h); what the entry function answers. Foreign code: no lock may be
 * held. The caller is inside the gate.
 */
HRESULT service_configure(struct profile *profile, struct gate *gate, const MAPIUID *service, ULONG_PTR window,
                          ULONG flags, ULONG count, const SPropValue *values, MAPIERROR **error);

/* IMsgServiceAdmin (and 2) on the profile; gate as for profile_open_section. MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT service_admin_create(struct profile *profile, struct gate *gate, IMsgServiceAdmin **out);

/* MAPIAdminProfiles' object. */
HRESULT profile_admin_create(IProfAdmin **out);

#endif
