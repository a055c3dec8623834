/*
 * provider_admin: IProviderAdmin of one message service. Inside service/ only.
 */
#ifndef POSTROOM_SERVICE_PROVIDER_ADMIN_H
#define POSTROOM_SERVICE_PROVIDER_ADMIN_H

#include "service/entry.h"

/* For a client. gate as everywhere. */
HRESULT provider_admin_create(struct profile *profile, struct gate *gate, const MAPIUID *service, IProviderAdmin **out);

/* For an entry function that is about to be called; provider_admin_end makes it inert and gives up the reference. */
HRESULT provider_admin_create_for_entry(const struct entry_call *call, IProviderAdmin **out);
void provider_admin_end(IProviderAdmin *providers);

#endif
