/*
 * tables: static tables of a profile's message services and providers. Inside service/ only.
 *
 * gate: of the session whose table it is, NULL: of none. flags: MAPI_UNICODE or 0.
 */
#ifndef POSTROOM_SERVICE_TABLES_H
#define POSTROOM_SERVICE_TABLES_H

#include "profile/profile.h"

HRESULT services_table(const struct profile *profile, struct gate *gate, ULONG flags, IMAPITable **table);
HRESULT providers_table(const struct profile *profile, struct gate *gate, ULONG flags, IMAPITable **table);
/* The providers of one service, and its extra sections. */
HRESULT service_providers_table(const struct profile *profile, const MAPIUID *service, struct gate *gate, ULONG flags,
                                IMAPITable **table);

#endif
