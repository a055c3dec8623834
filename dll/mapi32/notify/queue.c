/*
 * The queues of notifications: what waits where, whom to wake, and their life.
 *
 * The main queue belongs to nobody's object and is for the thread of the first MAPIInitialize; its thread and window
 * follow MAPI's generation. Queues of threads that wrapped sinks are counted and on a list. The last MAPIUninitialize
 * empties all of them.
 */
#include "notify/engine.h"
#include "notify/subscribe.h"

/* A posted message that had no effect for so long was eaten by somebody; the time doubles with each one. */
#define FIRST_WAKE_AGAIN 1000

SRWLOCK engine_lock = SRWLOCK_INIT;
struct notify_queue main_queue;
struct notify_queue *thread_queues;
ULONG ended_generation;
ULONGLONG last_serial;
volatile LONG waiting_count;

struct notify_queue *queue_open(const struct receiver *receiver, const struct init_delivery *delivery)
{
    struct notify_queue *queue = receiver->home;

    if (receiver->cancelled || delivery->generation <= ended_generation)
        return NULL;
    if (queue)
        return queue->generation ? queue : NULL;
    if (main_queue.generation != delivery->generation)
    {
        main_queue.generation = delivery->generation;
        main_queue.window = delivery->window;
        main_queue.thread_id = delivery->thread_id;
        main_queue.posted = FALSE;
        main_queue.barrier = 0;
    }
    return &main_queue;
}

void queue_append(struct notify_queue *queue, struct receiver *receiver, struct notify_item *item)
{
    item->receiver = receiver;
    item->serial = ++last_serial;
    item->next = item->next_own = NULL;
    if ((item->prev = queue->last))
        item->prev->next = item;
    else
        queue->first = item;
    queue->last = item;
    if (receiver->last)
        receiver->last->next_own = item;
    else
        receiver->first = item;
    receiver->last = item;
    receiver->waiting++;
    receiver->waiting_bytes += item->size;
    waiting_count++;
    /* NOTIF-07: not to be delivered before the call that caused it has returned */
    if (!queue->barrier && queue->thread_id == GetCurrentThreadId() && gate_thread_inside())
        queue->barrier = item->serial;
}

struct notify_item *queue_take_first(struct receiver *receiver)
{
    struct notify_queue *queue = receiver->home ? receiver->home : &main_queue;
    struct notify_item *item = receiver->first;

    if (item->next)
        item->next->prev = item->prev;
    else
        queue->last = item->prev;
    if (item->prev)
        item->prev->next = item->next;
    else
        queue->first = item->next;
    if (!(receiver->first = item->next_own))
        receiver->last = NULL;
    receiver->waiting--;
    receiver->waiting_bytes -= item->size;
    waiting_count--;
    if (queue->barrier == item->serial)
        queue->barrier = 0;
    item->serial = 0;
    return item;
}

struct notify_item *queue_take_all(struct receiver *receiver, struct notify_item *chain)
{
    struct notify_item *item;

    while (receiver->first)
    {
        item = queue_take_first(receiver);
        if (item == &receiver->reserve)
            continue;
        item->next_own = chain;
        chain = item;
    }
    return chain;
}

void free_items(struct notify_item *chain)
{
    struct notify_item *next;

    for (; chain; chain = next)
    {
        next = chain->next_own;
        heap_free(chain);
    }
}

BOOL queue_wants_wake(struct notify_queue *queue)
{
    ULONGLONG now = GetTickCount64();

    if (!queue->first || (queue->posted && now - queue->posted_at < queue->again_after))
        return FALSE;
    queue->again_after = queue->posted ? queue->again_after * 2 : FIRST_WAKE_AGAIN;
    queue->posted = TRUE;
    queue->posted_at = now;
    return TRUE;
}

void queue_wake(struct notify_queue *queue, HWND window)
{
    if (!window || window_wake(window))
        return;
    TRACE("window %p is gone or its thread's queue is full\n", window);
    AcquireSRWLockExclusive(&engine_lock);
    queue->posted = FALSE;
    ReleaseSRWLockExclusive(&engine_lock);
}

struct notify_queue *queue_of_this_thread(void)
{
    struct notify_queue *queue;

    for (queue = thread_queues; queue; queue = queue->next)
        if (queue->thread_id == GetCurrentThreadId() && queue->generation
            && window_is_ours(queue->window, queue->thread_id))
            return queue;
    return NULL;
}

HRESULT notify_thread_queue(struct notify_queue **out)
{
    struct init_delivery delivery;
    struct notify_queue *queue;
    HRESULT hr = S_OK;

    *out = NULL;
    notify_prepare();
    if (!init_delivery(&delivery))
        return MAPI_E_NOT_INITIALIZED;
    AcquireSRWLockExclusive(&engine_lock);
    if ((queue = queue_of_this_thread()))
        InterlockedIncrement(&queue->refcount);
    ReleaseSRWLockExclusive(&engine_lock);
    if ((*out = queue))
        return S_OK;

    if (!(queue = heap_alloc_zero(sizeof(*queue))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = window_create(&queue->made, FALSE)))
    {
        heap_free(queue);
        return MAPI_E_NOT_ENOUGH_RESOURCES;
    }
    queue->refcount = 1;
    queue->window = queue->made.window;
    queue->thread_id = queue->made.thread_id;
    AcquireSRWLockExclusive(&engine_lock);
    queue->generation = delivery.generation > ended_generation ? delivery.generation : 0;
    queue->next = thread_queues;
    thread_queues = queue;
    ReleaseSRWLockExclusive(&engine_lock);
    *out = queue;
    return S_OK;
}

void notify_queue_release(struct notify_queue *queue)
{
    struct notify_queue **link;
    HWND window = NULL;
    BOOL last;

    /* under the lock, as the list gives references */
    AcquireSRWLockExclusive(&engine_lock);
    last = !InterlockedDecrement(&queue->refcount);
    if (last)
    {
        for (link = &thread_queues; *link != queue; link = &(*link)->next)
            ;
        *link = queue->next;
        window = queue->window;
    }
    ReleaseSRWLockExclusive(&engine_lock);
    if (!last)
        return;
    if (window)
        window_destroy(&queue->made);
    heap_free(queue);
}

/* Lock held. Empties a queue into chain and closes it. */
static struct notify_item *close_queue(struct notify_queue *queue, struct notify_item *chain)
{
    while (queue->first)
        chain = queue_take_all(queue->first->receiver, chain);
    queue->generation = 0;
    queue->posted = FALSE;
    return chain;
}

/* The last MAPIUninitialize: nothing is delivered any more, no window stays. */
static void end_generation(void)
{
    struct patience patience = {0};
    struct notify_item *chain;
    struct init_delivery delivery;
    struct notify_queue *queue;
    struct notification_window made;

    init_delivery(&delivery);
    AcquireSRWLockExclusive(&engine_lock);
    ended_generation = delivery.generation;
    chain = close_queue(&main_queue, NULL);
    for (queue = thread_queues; queue; queue = queue->next)
        chain = close_queue(queue, chain);
    ReleaseSRWLockExclusive(&engine_lock);
    free_items(chain);
    settle(NULL, &patience);
    subscriptions_end();

    for (;;)
    {
        AcquireSRWLockExclusive(&engine_lock);
        for (queue = thread_queues; queue && !queue->window; queue = queue->next)
            ;
        if (queue)
        {
            made = queue->made;
            queue->window = NULL;
        }
        ReleaseSRWLockExclusive(&engine_lock);
        if (!queue)
            break;
        window_destroy(&made);
    }
}

static struct uninit_hook end_hook = {.run = end_generation};

void notify_prepare(void)
{
    init_on_uninitialize(&end_hook);
    window_on_notification(deliver_on_message);
    gate_on_outermost_leave(deliver_on_outermost_leave);
}
