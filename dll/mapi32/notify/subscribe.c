/*
 * Subscriptions: one list of registrations for the process, each with a filter that tells its key and owner.
 *
 * Lock: the list's guards its slots, filters included. Synchronous sinks are called without it.
 */
#include "notify/subscribe.h"

#include <string.h>

#include "notify/advise.h"
#include "notify/copy.h"
#include "notify/queue.h"

static struct advise_list subscriptions = {.lock = SRWLOCK_INIT};

/* The bytes of a caller's key can be read. */
static BOOL key_is_valid(const NOTIFKEY *key)
{
    size_t size;

    return memory_readable(key, offsetof(NOTIFKEY, ab)) && size_add(offsetof(NOTIFKEY, ab), key->cb, &size)
           && memory_readable(key, size);
}

HRESULT subscription_add(const void *owner, const NOTIFKEY *key, ULONG mask, ULONG flags, IMAPIAdviseSink *sink,
                         ULONG *connection)
{
    struct advise_filter *filter;
    HRESULT hr;

    *connection = 0;
    if (!key_is_valid(key) || !memory_is_interface(sink, sizeof(IMAPIAdviseSinkVtbl) / sizeof(void *)))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)NOTIFY_SYNC)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!(filter = heap_alloc(sizeof(*filter) + key->cb)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    filter->owner = owner;
    filter->synchronous = (flags & NOTIFY_SYNC) != 0;
    filter->size = key->cb;
    memcpy(filter->key, key->ab, filter->size);
    notify_prepare();
    hr = advise_add_filtered(&subscriptions, mask, sink, filter, connection);
    if (FAILED(hr))
        heap_free(filter);
    return hr;
}

HRESULT subscription_remove(const void *owner, ULONG_PTR connection)
{
    return advise_remove_owned(&subscriptions, owner, connection);
}

/* The connection number of some subscription of the owner's; 0: it has none. */
static ULONG find_owned(const void *owner)
{
    const struct advise_slot *slot;
    ULONG connection = 0;
    size_t i;

    AcquireSRWLockShared(&subscriptions.lock);
    for (i = 0; i < subscriptions.count && !connection; i++)
    {
        slot = &subscriptions.slots[i];
        if (slot->receiver && slot->filter->owner == owner)
            connection = advise_connection(&subscriptions, i);
    }
    ReleaseSRWLockShared(&subscriptions.lock);
    return connection;
}

void subscription_remove_all(const void *owner)
{
    ULONG connection;

    while ((connection = find_owned(owner)))
        subscription_remove(owner, connection);
}

static BOOL is_subscribed(const struct advise_slot *slot, const NOTIFKEY *key, BOOL synchronous)
{
    return slot->receiver && slot->filter->synchronous == synchronous && slot->filter->size == key->cb
           && !memcmp(slot->filter->key, key->ab, key->cb);
}

/* Lock held. */
static BOOL any_synchronous(const NOTIFKEY *key)
{
    size_t i;

    for (i = 0; i < subscriptions.count; i++)
        if (is_subscribed(&subscriptions.slots[i], key, TRUE))
            return TRUE;
    return FALSE;
}

/* Notify's flag also stands for texts whose structure has a flag of its own. */
static NOTIFICATION with_width(const NOTIFICATION *notification, ULONG flags)
{
    NOTIFICATION copy = *notification;

    if (copy.ulEventType == fnevNewMail)
        copy.info.newmail.ulFlags |= flags & MAPI_UNICODE;
    else if (copy.ulEventType == fnevCriticalError)
        copy.info.err.ulFlags |= flags & MAPI_UNICODE;
    return copy;
}

/* Lock held. Queues for those who are told later. */
static HRESULT queue_for_subscribers(const NOTIFKEY *key, const NOTIFICATION *notification)
{
    HRESULT hr = S_OK, result;
    size_t i;

    for (i = 0; i < subscriptions.count; i++)
    {
        const struct advise_slot *slot = &subscriptions.slots[i];

        if (!is_subscribed(slot, key, FALSE) || !(slot->mask & notification->ulEventType))
            continue;
        result = receiver_queue(slot->receiver, notification);
        if (FAILED(result))
            hr = result;
    }
    return hr;
}

/* The next synchronous subscriber from *i on, below end, that wants the event, with a reference. */
static struct receiver *next_synchronous(const NOTIFKEY *key, ULONG event, size_t *i, size_t end)
{
    struct receiver *receiver = NULL;

    AcquireSRWLockShared(&subscriptions.lock);
    for (; !receiver && *i < end && *i < subscriptions.count; ++*i)
    {
        const struct advise_slot *slot = &subscriptions.slots[*i];

        if (is_subscribed(slot, key, TRUE) && (slot->mask & event))
            receiver = slot->receiver;
    }
    if (receiver)
        receiver_addref(receiver);
    ReleaseSRWLockShared(&subscriptions.lock);
    return receiver;
}

/* FALSE: a sink wants no more. end leaves out whoever subscribes meanwhile. */
static BOOL call_subscribers(const NOTIFKEY *key, const NOTIFICATION *notification, size_t end)
{
    struct receiver *receiver;
    NOTIFICATION copy;
    BOOL go_on = TRUE;
    size_t i = 0;

    while (go_on && (receiver = next_synchronous(key, notification->ulEventType, &i, end)))
    {
        copy = *notification;
        go_on = receiver_call(receiver, &copy, TRUE) != CALLBACK_DISCONTINUE;
        receiver_release(receiver);
    }
    return go_on;
}

static BOOL notifications_are_valid(const NOTIFICATION *notifications, ULONG count, ULONG flags)
{
    size_t size, extent = 0;
    NOTIFICATION copy;
    ULONG i;

    if (!size_multiply(count, sizeof(*notifications), &size) || !memory_readable(notifications, size))
        return FALSE;
    for (i = 0; i < count; i++)
    {
        copy = with_width(&notifications[i], flags);
        if (!notification_extent(&copy, &extent))
            return FALSE;
    }
    return TRUE;
}

HRESULT subscription_notify(const NOTIFKEY *key, ULONG count, const NOTIFICATION *notifications, ULONG *flags)
{
    HRESULT hr = S_OK, result;
    NOTIFICATION copy;
    ULONG i, width;
    size_t end;

    if (!memory_writable(flags, sizeof(*flags)))
        return MAPI_E_INVALID_PARAMETER;
    width = *flags;
    *flags = 0;
    if (width & ~(ULONG)MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!key_is_valid(key) || !notifications_are_valid(notifications, count, width))
        return MAPI_E_INVALID_PARAMETER;

    AcquireSRWLockShared(&subscriptions.lock);
    end = any_synchronous(key) ? subscriptions.count : 0;
    if (end && notify_in_synchronous_call())
        hr = MAPI_E_BUSY;
    for (i = 0; hr != MAPI_E_BUSY && i < count; i++)
    {
        copy = with_width(&notifications[i], width);
        result = queue_for_subscribers(key, &copy);
        if (FAILED(result))
            hr = result;
    }
    ReleaseSRWLockShared(&subscriptions.lock);
    for (i = 0; hr != MAPI_E_BUSY && end && i < count && !*flags; i++)
    {
        copy = with_width(&notifications[i], width);
        if (!call_subscribers(key, &copy, end))
            *flags = NOTIFY_CANCELED;
    }
    return hr;
}

void subscriptions_end(void)
{
    advise_list_close(&subscriptions);
    advise_list_reopen(&subscriptions);
}
