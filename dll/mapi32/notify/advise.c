/*
 * Advise registrations. The list holds one reference on each receiver, a running OnNotify another; the last one gone
 * releases the sink (SESS-43).
 *
 * Lock: the list's guards its slots; the engine's may be taken under it. Sinks are called, counted up and released
 * without either.
 */
#include "notify/advise.h"

#include <string.h>

#include "notify/queue.h"
#include "notify/this_thread.h"

/* A connection number: the slot's number + 1 below, the slot's generation above. */
#define SLOT_BITS 20
#define SLOT_MASK ((1u << SLOT_BITS) - 1)
#define GENERATIONS (1u << (31 - SLOT_BITS)) /* the highest bit is left to numbers of others */
/* A slot is not used again while fewer than this many are free, so an old number stays wrong for long. */
#define FREE_RESERVE 64

void advise_list_init(struct advise_list *list)
{
    memset(list, 0, sizeof(*list));
    InitializeSRWLock(&list->lock);
    notify_prepare();
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
    list->slots[*slot].generation = list->first_generation;
    return TRUE;
}

/* Lock held. */
static void free_slot(struct advise_list *list, ULONG slot)
{
    list->slots[slot].receiver = NULL;
    heap_free(list->slots[slot].filter);
    list->slots[slot].filter = NULL;
    list->slots[slot].generation = (list->slots[slot].generation + 1) % GENERATIONS;
    list->slots[slot].next_free = 0;
    if (list->last_free)
        list->slots[list->last_free - 1].next_free = slot + 1;
    else
        list->first_free = slot + 1;
    list->last_free = slot + 1;
    list->free_count++;
}

ULONG advise_connection(const struct advise_list *list, size_t slot)
{
    return list->slots[slot].generation << SLOT_BITS | ((ULONG)slot + 1);
}

HRESULT advise_add(struct advise_list *list, ULONG mask, IMAPIAdviseSink *sink, ULONG *connection)
{
    return advise_add_filtered(list, mask, sink, NULL, connection);
}

HRESULT advise_add_filtered(struct advise_list *list, ULONG mask, IMAPIAdviseSink *sink, struct advise_filter *filter,
                            ULONG *connection)
{
    struct receiver *receiver = receiver_for(sink);
    HRESULT hr = S_OK;
    ULONG slot;

    *connection = 0;
    if (!receiver)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    AcquireSRWLockExclusive(&list->lock);
    if (filter && filter->synchronous && receiver->home)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (list->closed)
        hr = MAPI_E_INVALID_OBJECT;
    else if (!take_slot(list, &slot))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        list->slots[slot].receiver = receiver;
        list->slots[slot].filter = filter;
        list->slots[slot].mask = mask;
        *connection = advise_connection(list, slot);
    }
    ReleaseSRWLockExclusive(&list->lock);
    if (FAILED(hr))
        receiver_release(receiver);
    return hr;
}

HRESULT advise_remove(struct advise_list *list, ULONG_PTR connection)
{
    return advise_remove_owned(list, NULL, connection);
}

HRESULT advise_remove_owned(struct advise_list *list, const void *owner, ULONG_PTR connection)
{
    struct receiver *receiver = NULL;
    struct patience patience = {0};
    /* the upper half of what comes back is not ours (conformance.md 9.3) */
    ULONG number = (ULONG)connection, slot = (number & SLOT_MASK) - 1;

    AcquireSRWLockExclusive(&list->lock);
    if (slot < list->count && list->slots[slot].generation == number >> SLOT_BITS
        && (!list->slots[slot].filter || list->slots[slot].filter->owner == owner)
        && (receiver = list->slots[slot].receiver))
        free_slot(list, slot);
    ReleaseSRWLockExclusive(&list->lock);
    if (!receiver)
        return MAPI_E_NOT_FOUND;
    receiver_cancel(receiver);
    receiver_settle(receiver, &patience);
    receiver_release(receiver);
    return S_OK;
}

HRESULT advise_queue(struct advise_list *list, const NOTIFICATION *notification)
{
    HRESULT hr = S_OK, result;
    size_t slot;

    AcquireSRWLockShared(&list->lock);
    for (slot = 0; slot < list->count; slot++)
    {
        if (!list->slots[slot].receiver || !(list->slots[slot].mask & notification->ulEventType))
            continue;
        result = receiver_queue(list->slots[slot].receiver, notification);
        if (FAILED(result))
            hr = result;
    }
    ReleaseSRWLockShared(&list->lock);
    return hr;
}

/* The next receiver from *slot on, with a reference; NULL: none is left. */
static struct receiver *next_receiver(struct advise_list *list, size_t *slot)
{
    struct receiver *receiver = NULL;

    AcquireSRWLockShared(&list->lock);
    while (!receiver && *slot < list->count)
        receiver = list->slots[(*slot)++].receiver;
    if (receiver)
        receiver_addref(receiver);
    ReleaseSRWLockShared(&list->lock);
    return receiver;
}

void advise_flush(struct advise_list *list)
{
    struct receiver *receiver;
    size_t slot = 0;

    while ((receiver = next_receiver(list, &slot)))
    {
        receiver_flush(receiver, &list->patience);
        receiver_release(receiver);
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
        if (slots[i].receiver)
            receiver_cancel(slots[i].receiver);
    for (i = 0; i < count; i++)
    {
        if (!slots[i].receiver)
            continue;
        receiver_settle(slots[i].receiver, &list->patience);
        receiver_release(slots[i].receiver);
        heap_free(slots[i].filter);
    }
    heap_free(slots);
}

void advise_list_reopen(struct advise_list *list)
{
    AcquireSRWLockExclusive(&list->lock);
    list->first_generation = (list->first_generation + FREE_RESERVE) % GENERATIONS;
    list->closed = FALSE;
    list->patience.until = 0;
    ReleaseSRWLockExclusive(&list->lock);
}

void advise_store_connection(ULONG_PTR *out, ULONG connection)
{
    memcpy(out, &connection, sizeof(connection));
}
