/*
 * queue: what waits for advise sinks, and its delivery. Private to notify/.
 *
 * A receiver is a sink with the notifications that wait for it. They wait in the queue of a thread: the main one's is the
 * thread of the first MAPIInitialize (or ours, with MAPI_MULTITHREAD_NOTIFICATIONS), others belong to threads that
 * wrapped a sink for themselves. A queue is emptied, oldest first, when its thread dispatches the message that its
 * hidden window was posted, leaves its outermost call into MAPI, or asks for it.
 *
 * Who owns whom: a receiver is counted (its registration has one reference, each running OnNotify another), holds its
 * sink and its queue; what waits is freed when it is cancelled. Each waiting notification is a deep copy of its own.
 * Lock: one for the engine (queue.c); no sink is called, released or counted up under it.
 */
#ifndef POSTROOM_NOTIFY_QUEUE_H
#define POSTROOM_NOTIFY_QUEUE_H

#include "notify/advise.h"

/* More than so many, or so many bytes, do not wait for one receiver. */
#define RECEIVER_MAX_WAITING 4096
#define RECEIVER_MAX_BYTES (4 * 1024 * 1024)
/* The longest wait for OnNotify on another thread, in milliseconds: it may be waiting for the very thread that waits. */
#define RUNNING_PATIENCE 1000

struct notify_queue;
struct receiver;

struct notify_item
{
    struct notify_item *next, *prev; /* in its queue */
    struct notify_item *next_own;    /* of the same receiver */
    struct receiver *receiver;
    ULONGLONG serial; /* grows along a queue; 0: waits nowhere */
    size_t size;
    NOTIFICATION notification; /* what it points to follows */
};

struct receiver
{
    volatile LONG refcount;
    IMAPIAdviseSink *sink;     /* held */
    IMAPIAdviseSink *callee;   /* whose OnNotify is called: the sink, or what a wrapper of ours wraps */
    const void *callee_vtbl;   /* as it was at the beginning */
    struct notify_queue *home; /* held; NULL: the main one */
    /* Under the engine's lock: */
    BOOL cancelled;
    struct notify_item *first, *last; /* what waits, oldest first */
    size_t waiting, waiting_bytes;
    ULONG flushes;              /* under way: only they take what waits */
    struct notify_item reserve; /* for what must not be lost when there is no memory or no room */
};

/* Takes references. home NULL: the main queue. NULL: out of memory. */
struct receiver *receiver_create(IMAPIAdviseSink *sink, IMAPIAdviseSink *callee, struct notify_queue *home);
void receiver_addref(struct receiver *receiver);
void receiver_release(struct receiver *receiver);

/*
 * Has a copy of the notification wait. Calls nobody; may be called under the caller's locks. S_OK too when nobody can be
 * told: MAPI is not initialised (INIT-19), the receiver was cancelled, its thread is gone.
 * MAPI_E_INVALID_PARAMETER: bad structure. MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_NOT_ENOUGH_RESOURCES (too many wait): it is
 * lost, which critical errors never are; a table's change then becomes TABLE_CHANGED, and one event that points to nothing
 * is kept.
 */
HRESULT receiver_queue(struct receiver *receiver, const NOTIFICATION *notification);

/* Drops what waits; nothing is delivered from now on. What runs goes on. */
void receiver_cancel(struct receiver *receiver);

/* Waits until no other thread runs the receiver's OnNotify, or patience ends; answers sent messages. Waits for nothing
 * when this thread is inside an OnNotify itself. */
void receiver_settle(struct receiver *receiver, struct patience *patience);
/* Delivers what waits: here when the home is the main queue or this thread's, else waits with patience for the home's
 * thread to do it. */
void receiver_flush(struct receiver *receiver, struct patience *patience);

/* Calls the sink on this thread, marked as running; what OnNotify returns, 0 when the sink turned out to be no more. */
ULONG receiver_call(struct receiver *receiver, NOTIFICATION *notification, BOOL synchronous);
/* This thread is inside a synchronous call of some receiver's. */
BOOL notify_in_synchronous_call(void);

/* The queue of this thread for wrapped sinks, with a reference. */
HRESULT notify_thread_queue(struct notify_queue **queue);
void notify_queue_release(struct notify_queue *queue);

/* What HrDispatchNotifications does. */
HRESULT notify_dispatch(void);

#endif
