/*
 * Receivers: a sink, and how a notification gets in line for it.
 */
#include "notify/engine.h"

#include <string.h>

#include "notify/copy.h"

struct receiver *receiver_create(IMAPIAdviseSink *sink, IMAPIAdviseSink *callee, struct notify_queue *home)
{
    struct receiver *receiver = heap_alloc_zero(sizeof(*receiver));

    if (!receiver)
        return NULL;
    receiver->refcount = 1;
    receiver->sink = sink;
    receiver->callee = callee;
    receiver->callee_vtbl = callee->lpVtbl;
    receiver->home = home;
    if (home)
        InterlockedIncrement(&home->refcount);
    IMAPIAdviseSink_AddRef(sink);
    return receiver;
}

void receiver_addref(struct receiver *receiver)
{
    InterlockedIncrement(&receiver->refcount);
}

BOOL callee_is_sound(const struct receiver *receiver)
{
    if (memory_readable(receiver->callee, sizeof(void *)) && receiver->callee->lpVtbl == receiver->callee_vtbl
        && memory_readable(receiver->callee_vtbl, sizeof(IMAPIAdviseSinkVtbl)))
        return TRUE;
    WARN("sink %p was destroyed while it was registered\n", receiver->callee);
    return FALSE;
}

void receiver_release(struct receiver *receiver)
{
    if (InterlockedDecrement(&receiver->refcount))
        return;
    if (receiver->sink != receiver->callee || callee_is_sound(receiver))
        IMAPIAdviseSink_Release(receiver->sink);
    if (receiver->home)
        notify_queue_release(receiver->home);
    heap_free(receiver);
}

/* A copy of its own; MAPI_E_INVALID_PARAMETER, MAPI_E_NOT_ENOUGH_MEMORY. */
static HRESULT make_item(const NOTIFICATION *notification, struct notify_item **out)
{
    size_t extent = 0, offset = 0;
    struct notify_item *item;

    *out = NULL;
    if (!notification_extent(notification, &extent) || extent > MAXLONG)
        return MAPI_E_INVALID_PARAMETER;
    if (!(item = heap_alloc(sizeof(*item) + extent)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    item->size = sizeof(*item) + extent;
    if (!notification_place(&item->notification, notification, (BYTE *)(item + 1), extent, &offset))
    {
        heap_free(item); /* it changed while it was copied */
        return MAPI_E_INVALID_PARAMETER;
    }
    *out = item;
    return S_OK;
}

static BOOL has_room(const struct receiver *receiver, size_t size)
{
    return !receiver->waiting
           || (receiver->waiting < RECEIVER_MAX_WAITING && receiver->waiting_bytes + size <= RECEIVER_MAX_BYTES);
}

/* What the reserve can keep of a notification: an event that points to nothing, a critical error without its texts, a
 * table's "something changed". FALSE: nothing. */
static BOOL shorten(const NOTIFICATION *notification, NOTIFICATION *said)
{
    size_t extent = 0;

    memset(said, 0, sizeof(*said));
    said->ulEventType = notification->ulEventType;
    if (said->ulEventType == fnevCriticalError)
        said->info.err.scode = notification->info.err.scode;
    else if (said->ulEventType == fnevTableModified)
    {
        said->info.tab.ulTableEvent = TABLE_CHANGED;
        said->info.tab.propIndex.ulPropTag = said->info.tab.propPrior.ulPropTag = PR_NULL;
    }
    else if (notification_extent(notification, &extent) && !extent)
        *said = *notification;
    else
        return FALSE;
    return TRUE;
}

/* Lock held. Lets a notification that has no item of its own wait in the receiver's reserve. When one waits there
 * already, a critical error takes its place, and a second change of a table says nothing new. FALSE: lost. */
static BOOL use_reserve(struct notify_queue *queue, struct receiver *receiver, const NOTIFICATION *said)
{
    NOTIFICATION *kept = &receiver->reserve.notification;

    if (receiver->reserve.serial && said->ulEventType != fnevCriticalError)
        return said->ulEventType == fnevTableModified && kept->ulEventType == fnevTableModified;
    *kept = *said;
    if (!receiver->reserve.serial)
        queue_append(queue, receiver, &receiver->reserve);
    return TRUE;
}

HRESULT receiver_queue(struct receiver *receiver, const NOTIFICATION *notification)
{
    struct init_delivery delivery;
    struct notify_queue *queue;
    struct notify_item *item;
    NOTIFICATION said;
    HWND window = NULL;
    BOOL short_form;
    HRESULT hr;

    if (!init_delivery(&delivery))
        return S_OK; /* INIT-19 */
    hr = make_item(notification, &item);
    if (hr == MAPI_E_INVALID_PARAMETER)
        return hr;
    short_form = shorten(notification, &said);
    AcquireSRWLockExclusive(&engine_lock);
    if (!(queue = queue_open(receiver, &delivery)))
        hr = S_OK;
    else
    {
        if (item && !has_room(receiver, item->size))
            hr = MAPI_E_NOT_ENOUGH_RESOURCES;
        if (SUCCEEDED(hr))
        {
            queue_append(queue, receiver, item);
            item = NULL;
        }
        else if (short_form && use_reserve(queue, receiver, &said))
            hr = S_OK;
        if (queue_wants_wake(queue))
            window = queue->window;
    }
    ReleaseSRWLockExclusive(&engine_lock);
    heap_free(item);
    if (FAILED(hr))
        WARN("an event %#lx is lost to sink %p, %#lx\n", notification->ulEventType, receiver->callee, hr);
    queue_wake(queue, window);
    return hr;
}

void receiver_cancel(struct receiver *receiver)
{
    struct notify_item *chain;

    AcquireSRWLockExclusive(&engine_lock);
    receiver->cancelled = TRUE;
    chain = queue_take_all(receiver, NULL);
    ReleaseSRWLockExclusive(&engine_lock);
    free_items(chain);
}
