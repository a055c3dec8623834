/*
 * notify: advise registrations.
 *
 * Contract: a list of registrations belongs to one advise source (a session, a table). Connection numbers are 32-bit,
 * never 0, and carry a generation, so a stale one is refused. A sink is never called and never released under the
 * list's lock.
 */
#ifndef POSTROOM_NOTIFY_ADVISE_H
#define POSTROOM_NOTIFY_ADVISE_H

#include "base/base.h"

struct advise_registration;

struct advise_slot
{
    struct advise_registration *registration; /* NULL: free */
    ULONG generation;                         /* of the connection number that this slot has or gets next */
    ULONG next_free;                          /* slot number + 1; 0: end */
};

struct advise_list
{
    SRWLOCK lock; /* guards all below */
    struct advise_slot *slots;
    size_t count, capacity;                  /* slots ever used; room */
    ULONG first_free, last_free, free_count; /* a queue: the slot that is free longest is used first */
    ULONGLONG serial;                        /* of the newest registration */
    BOOL closed;
};

void advise_list_init(struct advise_list *list);

/* Takes a reference on sink. S_OK with a connection number; MAPI_E_NOT_ENOUGH_MEMORY; MAPI_E_INVALID_OBJECT when the
 * list was closed. */
HRESULT advise_add(struct advise_list *list, ULONG mask, IMAPIAdviseSink *sink, ULONG *connection);

/* Releases the sink now, or when its running OnNotify returns. MAPI_E_NOT_FOUND: no such connection. */
HRESULT advise_remove(struct advise_list *list, ULONG_PTR connection);

/* Calls OnNotify of each registration whose mask has the event, one after the other, on this thread; registrations
 * that come meanwhile are left out. Allocates nothing. The list has to stay valid meanwhile (the caller holds its
 * owner); it may be closed. Each sink gets its own copy of the notification's outer structure. */
void advise_deliver(struct advise_list *list, const NOTIFICATION *notification);

/* Releases every sink and lets nobody in any more; once closed, closing again is harmless. Frees the list's memory. */
void advise_list_close(struct advise_list *list);

/* Writes a connection number through a caller's pointer: the low 32 bits only, as callers built with mingw-w64's
 * headers have room for no more (conformance.md 9.3). */
void advise_store_connection(ULONG_PTR *out, ULONG connection);

/* A caller's pointer for a connection number (or token), NULL when its 32 bits cannot be written. */
#define OUT_CONNECTION(pointer) (memory_writable((pointer), sizeof(ULONG)) ? (pointer) : NULL)

#endif
