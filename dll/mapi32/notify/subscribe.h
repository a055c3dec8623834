/*
 * subscribe: what IMAPISupport::Subscribe, Notify and Unsubscribe do, for this process.
 *
 * Contract: a subscription is a registration under a key; keys are compared byte by byte and mean the same to every
 * support object of the process. owner is the support object, for Unsubscribe and for its end; it is only compared.
 * The last MAPIUninitialize drops what is left.
 */
#ifndef POSTROOM_NOTIFY_SUBSCRIBE_H
#define POSTROOM_NOTIFY_SUBSCRIBE_H

#include "base/base.h"

/*
 * flags: NOTIFY_SYNC has subscription_notify call the sink before it returns. Takes a reference on sink.
 * MAPI_E_INVALID_PARAMETER: bad pointers, or a sink of HrThisThreadAdviseSink's with NOTIFY_SYNC; MAPI_E_UNKNOWN_FLAGS;
 * MAPI_E_NOT_ENOUGH_MEMORY. *connection is 0 then.
 */
HRESULT subscription_add(const void *owner, const NOTIFKEY *key, ULONG mask, ULONG flags, IMAPIAdviseSink *sink,
                         ULONG *connection);
/* As advise_remove. MAPI_E_NOT_FOUND: no such subscription, or another owner's. */
HRESULT subscription_remove(const void *owner, ULONG_PTR connection);
void subscription_remove_all(const void *owner);

/*
 * Copies the notifications for every subscription to the key that wants them and returns, unless some are synchronous:
 * those are called here, one after the other, with one notification a call.
 * flags: in: MAPI_UNICODE, the notifications' texts are wide; out: 0, or NOTIFY_CANCELED when a synchronous sink returned
 * CALLBACK_DISCONTINUE, after which no other one was called.
 * S_OK also without subscribers. MAPI_E_INVALID_PARAMETER: bad pointers or structures, nobody was told;
 * MAPI_E_UNKNOWN_FLAGS; MAPI_E_BUSY: a synchronous sink must not cause another synchronous call, nobody was told;
 * MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_NOT_ENOUGH_RESOURCES: some subscription missed something (advise_queue).
 */
HRESULT subscription_notify(const NOTIFKEY *key, ULONG count, const NOTIFICATION *notifications, ULONG *flags);

/* From the last MAPIUninitialize. */
void subscriptions_end(void);

#endif
