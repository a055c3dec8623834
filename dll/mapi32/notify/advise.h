/*
 * notify: advise registrations and the delivery of notifications.
 *
 * Contract: a list of registrations belongs to one advise source (a session, a table). Connection numbers are 32-bit,
 * never 0, and carry a generation, so a stale one is refused. advise_queue copies an event for every registration that
 * wants it and returns; sinks are called later, on the thread that docs/notifications.md names, in the order of the
 * events, with no lock held. A sink is never called and never released under a list's lock.
 */
#ifndef POSTROOM_NOTIFY_ADVISE_H
#define POSTROOM_NOTIFY_ADVISE_H

#include "base/base.h"

struct receiver;

/* One wait's patience: begins with the first look. */
struct patience
{
    ULONGLONG until; /* 0: not begun */
};

/* What a subscription has besides (subscribe.h). */
struct advise_filter
{
    const void *owner;
    BOOL synchronous;
    ULONG size; /* of the key */
    BYTE key[];
};

struct advise_slot
{
    struct receiver *receiver;    /* NULL: free */
    struct advise_filter *filter; /* owned; NULL in other lists */
    ULONG mask;
    ULONG generation; /* of the connection number that this slot has or gets next */
    ULONG next_free;  /* slot number + 1; 0: end */
};

struct advise_list
{
    SRWLOCK lock; /* guards all below */
    struct advise_slot *slots;
    size_t count, capacity;                  /* slots ever used; room */
    ULONG first_free, last_free, free_count; /* a queue: the slot that is free longest is used first */
    ULONG first_generation;                  /* of a slot that is new */
    BOOL closed;
    struct patience patience; /* not under the lock: of whoever ends the list, for all its receivers */
};

void advise_list_init(struct advise_list *list);

/* Takes a reference on sink. mask: the event types that reach it (a session's has fnevCriticalError always). S_OK with a
 * connection number; MAPI_E_NOT_ENOUGH_MEMORY; MAPI_E_INVALID_OBJECT when the list was closed. */
HRESULT advise_add(struct advise_list *list, ULONG mask, IMAPIAdviseSink *sink, ULONG *connection);

/*
 * Drops what waits for the sink and releases it, now or when its running OnNotify returns (SESS-43). For an OnNotify on
 * another thread it waits a second at most, answering sent messages; from inside any OnNotify not at all.
 * MAPI_E_NOT_FOUND: no such connection.
 */
HRESULT advise_remove(struct advise_list *list, ULONG_PTR connection);

/*
 * Queues a deep copy of the event for each registration whose mask has its type. From any thread, also under the
 * caller's locks: calls no foreign code and does not wait. The list has to stay valid meanwhile; it may be closed. S_OK
 * when nobody is registered or MAPI is not initialised (INIT-19).
 * MAPI_E_INVALID_PARAMETER: bad structure. MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_NOT_ENOUGH_RESOURCES: a registration missed
 * it, which does not happen to a critical error; a table's becomes TABLE_CHANGED.
 */
HRESULT advise_queue(struct advise_list *list, const NOTIFICATION *notification);

/*
 * Delivers what waits for the list's registrations, on this thread, for the end of the list's owner (LOGOFF-52); what
 * goes to sinks that another thread wrapped for itself, that thread gets a second to deliver. The list has to stay valid.
 */
void advise_flush(struct advise_list *list);

/* Drops what waits, releases every sink as advise_remove does, and lets nobody in any more; once closed, closing again is
 * harmless. Frees the list's memory. */
void advise_list_close(struct advise_list *list);

/*
 * For the list of subscriptions. advise_add_filtered takes the filter over when it succeeds, and refuses a wrapped sink
 * for a synchronous one (MAPI_E_INVALID_PARAMETER). advise_connection is the number of a slot in use, under the list's
 * lock. advise_list_reopen makes a closed list one that nobody has registered with; old numbers stay wrong.
 */
HRESULT advise_add_filtered(struct advise_list *list, ULONG mask, IMAPIAdviseSink *sink, struct advise_filter *filter,
                            ULONG *connection);
HRESULT advise_remove_owned(struct advise_list *list, const void *owner, ULONG_PTR connection);
ULONG advise_connection(const struct advise_list *list, size_t slot);
void advise_list_reopen(struct advise_list *list);

/* Writes a connection number through a caller's pointer: the low 32 bits only, as callers built with mingw-w64's
 * headers have room for no more (conformance.md 9.3). */
void advise_store_connection(ULONG_PTR *out, ULONG connection);

/* A caller's pointer for a connection number (or token), NULL when its 32 bits cannot be written. */
#define OUT_CONNECTION(pointer) (memory_writable((pointer), sizeof(ULONG)) ? (pointer) : NULL)

/* Sees to it that nothing is delivered after the last MAPIUninitialize: before init_on_uninitialize of those who still
 * deliver in their hook. Every advise_list_init does it too. */
void notify_prepare(void);

#endif
