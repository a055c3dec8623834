/*
 * spooler: what carries messages between stores and transports (conformance.md 6.7).
 *
 * Contract: a session that was logged on with mail, on a profile that lists transports, has one, with a thread of its own.
 * Of all sessions on one profile, in whatever processes, one at a time runs the spooler: it is the one whose thread has a
 * named mutex. The others sleep on it, and the next one takes over when it is given back, or when its process has died.
 * Transports are called on the spooler's thread. The session owns the spooler and stops it first of all its providers
 * (provider/spooling.h); nothing of it is called afterwards.
 */
#ifndef POSTROOM_SPOOLER_SPOOLER_H
#define POSTROOM_SPOOLER_SPOOLER_H

#include "provider/providers.h"

struct spooler;

/* The set's spooler, whose memory it becomes. *out NULL and S_OK: there is none, as the session is without mail or its
 * profile without transports. The thread sleeps until spooler_start. MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT spooler_create(struct provider_set *set, struct spooler **out);
void spooler_start(struct spooler *spooler);
/* For a session that nobody has seen: ends the thread before it has done anything. NULL is none. */
void spooler_discard(struct spooler *spooler);

/* Waits until the transports are logged on, or another session runs the spooler; answers sent messages. At once on the
 * spooler's thread, and when the session ends meanwhile. NULL is none. */
void spooler_wait_started(struct spooler *spooler);

/*
 * The address types of the loaded transports in transport order, each once, as one MAPI buffer; strings wide with
 * MAPI_UNICODE in flags. *types is NULL for none. MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT spooler_address_types(struct spooler *spooler, ULONG flags, ULONG *count, LPTSTR **types);

/* Messages in the outgoing queues of the stores that it is on, at its last look. NULL is none. */
ULONG spooler_waiting(struct spooler *spooler);

/*
 * IMAPIStatus of the spooler. key: of a transport's status row, 0: all transports. Both run on the spooler's thread and
 * are waited for, but FlushQueues with FLUSH_ASYNC_OK. MAPI_E_BUSY: another one is running; MAPI_E_NOT_FOUND: no transport
 * has the key; MAPI_E_INVALID_OBJECT: the session ends; of ValidateState what a transport answers.
 */
HRESULT spooler_flush(struct spooler *spooler, ULONG_PTR window, ULONG key, ULONG flags);
HRESULT spooler_validate(struct spooler *spooler, ULONG_PTR window, ULONG flags);

#endif
