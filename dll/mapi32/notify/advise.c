/*
 * Advise registrations. The list holds one reference on each registration, a running OnNotify another; the last one
 * gone releases the sink. So Unadvise during an OnNotify never waits, and the sink goes when that OnNotify is over
 * (SESS-43).
 *
 * Lock: the list's guards its slots. Sinks are called, counted up and released without it.
 */
#include <string.h>

#include "notify/advise.h"

/* A connection number: the slot's number + 1 below, the slot's generation above. */
#define SLOT_BITS 20
#define SLOT_MASK ((1u << SLOT_BITS) - 1)
#define GENERATIONS (1u << (32 - SLOT_BITS))
/* A slot is not used again while fewer than this many are free, so an old number stays wrong for long. */
#define FREE_RESERVE 64

struct advise_registration
{
    volatile LONG refcount;
    ULONG mask;
    ULONGLONG serial;
    IMAPIAdviseSink *sink;
};

void advise_list_init(struct advise_list *list)
{
    memset(list, 0, sizeof(*list));
    InitializeSRWLock(&list->lock);
}

static void registration_release(struct advise_registration *registration)
{
    if (InterlockedDecrement(&registration->refcount))
        return;
    IMAPIAdviseSink_Release(registration->sink);
    heap_free(registration);
}

/* Lock held. The number of a slot to use; FALSE: out of memory or numbers. */
static BOOL take_slot(struct advise_list *list, ULONG *slot)
{
    if (list->free_count > FREE_RESERVE || (list->free_count && list->count >= SLOT_MASK - 1))
    {
        *slot = list->first_free - 1;
        list->first_free = list->slots[*slot].next_free;
        if (!--list->free_count)
            list->last_free = 0;
        return TRUE;
    }
    if (list->count >= SLOT_MASK - 1
        || !array_reserve((void **)&list->slots, &list->capacity, list->count + 1, sizeof(*list->slots)))
        return FALSE;
    *slot = (ULONG)list->count++;
    list->slots[*slot].generation = 0;
    return TRUE;
}

/* Lock held. */
static void free_slot(struct advise_list *list, ULONG slot)
{
    list->slots[slot].registration = NULL;
    list->slots[slot].generation = (list->slots[slot].generation + 1) % GENERATIONS;
    list->slots[slot].next_free = 0;
    if (list->last_free)
        list->slots[list->last_free - 1].next_free = slot + 1;
    else
        list->first_free = slot + 1;
    list->last_free = slot + 1;
    list->free_count++;
}

HRESULT advise_add(struct advise_list *list, ULONG mask, IMAPIAdviseSink *sink, ULONG *connection)
{
    struct advise_registration *registration;
    HRESULT hr = S_OK;
    ULONG slot;

    *connection = 0;
    if (!(registration = heap_alloc(sizeof(*registration))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    registration->refcount = 1;
    registration->mask = mask;
    registration->sink = sink;
    IMAPIAdviseSink_AddRef(sink);

    AcquireSRWLockExclusive(&list->lock);
    if (list->closed)
        hr = MAPI_E_INVALID_OBJECT;
    else if (!take_slot(list, &slot))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        registration->serial = ++list->serial;
        list->slots[slot].registration = registration;
        *connection = list->slots[slot].generation << SLOT_BITS | (slot + 1);
    }
    ReleaseSRWLockExclusive(&list->lock);
    if (FAILED(hr))
        registration_release(registration);
    return hr;
}

HRESULT advise_remove(struct advise_list *list, ULONG_PTR connection)
{
    struct advise_registration *registration = NULL;
    /* the upper half of what comes back is not ours (conformance.md 9.3) */
    ULONG number = (ULONG)connection, slot = (number & SLOT_MASK) - 1;

    AcquireSRWLockExclusive(&list->lock);
    if (slot < list->count && list->slots[slot].generation == number >> SLOT_BITS
        && (registration = list->slots[slot].registration))
        free_slot(list, slot);
    ReleaseSRWLockExclusive(&list->lock);
    if (!registration)
        return MAPI_E_NOT_FOUND;
    registration_release(registration);
    return S_OK;
}

/* The next registration from *slot on that wants the event, with a reference; NULL: none is left. */
static struct advise_registration *next_wanting(struct advise_list *list, size_t *slot, ULONG event, ULONGLONG *newest)
{
    struct advise_registration *registration, *found = NULL;

    AcquireSRWLockShared(&list->lock);
    if (!*slot)
        *newest = list->serial;
    for (; !list->closed && !found && *slot < list->count; ++*slot)
    {
        registration = list->slots[*slot].registration;
        if (!registration || !(registration->mask & event) || registration->serial > *newest)
            continue;
        InterlockedIncrement(&registration->refcount);
        found = registration;
    }
    ReleaseSRWLockShared(&list->lock);
    return found;
}

void advise_deliver(struct advise_list *list, const NOTIFICATION *notification)
{
    struct advise_registration *registration;
    ULONGLONG newest = 0;
    NOTIFICATION copy;
    size_t slot = 0;

    while ((registration = next_wanting(list, &slot, notification->ulEventType, &newest)))
    {
        copy = *notification;
        TRACE("event %#lx to sink %p\n", copy.ulEventType, registration->sink);
        IMAPIAdviseSink_OnNotify(registration->sink, 1, &copy);
        registration_release(registration);
    }
}

void advise_list_close(struct advise_list *list)
{
    struct advise_slot *slots;
    size_t count, i;

    AcquireSRWLockExclusive(&list->lock);
    list->closed = TRUE;
    slots = list->slots;
    count = list->count;
    list->slots = NULL;
    list->count = list->capacity = 0;
    list->first_free = list->last_free = list->free_count = 0;
    ReleaseSRWLockExclusive(&list->lock);
    for (i = 0; i < count; i++)
        if (slots[i].registration)
            registration_release(slots[i].registration);
    heap_free(slots);
}

void advise_store_connection(ULONG_PTR *out, ULONG connection)
{
    memcpy(out, &connection, sizeof(connection));
}
