/*
 * support: the IMAPISupport objects that MAPI hands to service providers and to message services' entry functions.
 *
 * Contract: one object a provider's logon or a call of an entry function. Each flavour has the methods of its list
 * (imapisupportiunknown) and refuses the others with MAPI_E_NO_SUPPORT. Its owner ends it; who kept it gets
 * MAPI_E_INVALID_OBJECT from then on, and the last Release frees it (S-32). It may be used from any thread.
 */
#ifndef POSTROOM_PROVIDER_SUPPORT_H
#define POSTROOM_PROVIDER_SUPPORT_H

#include "profile/profile.h"

/*
 * For a message service's entry function: profile is administered, section the service's own (what OpenProfileSection
 * opens for NULL), gate the session's or NULL as for profile_open_section. One reference, which support_end gives back.
 * MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT support_create_configuration(struct profile *profile, struct gate *gate, const MAPIUID *section,
                                     IMAPISupport **out);

/* The entry function has returned: makes the object inert and releases it. */
void support_end(IMAPISupport *support);

/* What NewUID does; any failure of the system's is MAPI_E_CALL_FAILED. */
HRESULT support_new_uid(MAPIUID *uid);

/*
 * What MakeInvalid does: the object, a MAPI buffer of at least 16 bytes, gets methods of ours. AddRef and Release count,
 * the last Release frees it with MAPIFreeBuffer, everything else is MAPI_E_INVALID_OBJECT (SPI-13, LOGOFF-48).
 * MAPI_E_INVALID_PARAMETER: not writable, no reference, fewer than three methods. MAPI_E_NO_SUPPORT: that many methods are
 * no interface whose parameters are known (32 bits only, where a method has to remove them), or more than 64.
 */
HRESULT support_make_invalid(void *object, ULONG refcount, ULONG methods);

#endif
