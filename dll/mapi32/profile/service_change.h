/*
 * service_change: what the changes of services and providers share. Inside profile/ only.
 */
#ifndef POSTROOM_PROFILE_SERVICE_CHANGE_H
#define POSTROOM_PROFILE_SERVICE_CHANGE_H

#include "profile/draft.h"
#include "profile/section_lists.h"
#include "profile/service_sections.h"
#include "profile/services.h"

struct service_change
{
    struct change change;
    const WCHAR *name; /* the profile's */
    BOOL in_use;
    HKEY key;
    struct section_lists lists;
    MAPIUID *marked; /* sections that wait for the profile's last session */
    ULONG marked_count;
};

/* What was left half done is settled. */
HRESULT service_change_begin(const struct profile *profile, struct service_change *change);
void service_change_end(struct service_change *change);

/* Writes the drafts and the lists, or neither. */
HRESULT service_change_add(struct service_change *change, struct drafts *drafts);
/* The sections leave the lists, and the registry when the profile is not in use. */
HRESULT service_change_remove(struct service_change *change, const MAPIUID *uids, ULONG count);

/* S_OK: the profile lists the service. MAPI_E_NOT_FOUND. */
HRESULT service_change_find(const struct service_change *change, const MAPIUID *service);
/* Puts a provider's draft into its list: transports in front of those that want to be last (STATUS_XP_PREFER_LAST). */
HRESULT service_change_list(struct service_change *change, const struct draft *draft);
/* The service's own section has the lists of its providers too. */
void service_change_own_lists(struct service_change *change, const MAPIUID *service);
/* MAPI_E_NO_ACCESS: a service that can be there once only is there. */
HRESULT service_change_single(const struct service_change *change, LONG flags, const WCHAR *service_name);

/* Of a section; 0, FALSE, "": it is not there, or has another type. MAPI_E_NOT_ENOUGH_MEMORY and what the registry says. */
HRESULT section_long(const WCHAR *profile, const MAPIUID *uid, ULONG tag, LONG *number);
HRESULT section_belongs(const WCHAR *profile, const MAPIUID *uid, const MAPIUID *service, BOOL *yes);
HRESULT section_service_name(const WCHAR *profile, const MAPIUID *uid, WCHAR *name, size_t size);
/* Leaves those of the uids that belong to the service. */
HRESULT sections_of_service(const WCHAR *profile, const MAPIUID *service, MAPIUID *uids, ULONG *count);

#define SERVICE_NAME_MAX 256

#endif
