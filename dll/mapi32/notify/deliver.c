/*
 * Delivery: on which thread what waits is taken out and given to its sink, and waiting for those that are in OnNotify.
 *
 * Lock: running_calls is under engine_lock (engine.h).
 */
#include "notify/engine.h"

/* Deliveries inside one another on one thread, when sinks dispatch messages themselves. */
#define MAX_DEPTH 16

/* A call of OnNotify, on the caller's stack. */
struct running_call
{
    struct running_call *next;
    struct receiver *receiver; /* held */
    DWORD thread_id;
    BOOL synchronous;
};

static struct running_call *running_calls;

/* Lock held. The calls under way on this thread (of any receiver), and of the receiver (NULL: any) elsewhere. */
static void count_calls(const struct receiver *receiver, size_t *here, size_t *elsewhere)
{
    const struct running_call *call;

    *here = *elsewhere = 0;
    for (call = running_calls; call; call = call->next)
    {
        if (call->thread_id == GetCurrentThreadId())
            ++*here;
        else if (!receiver || call->receiver == receiver)
            ++*elsewhere;
    }
}

/* A moment of waiting, answering sent messages. FALSE: patience ends. */
static BOOL wait_a_moment(struct patience *patience)
{
    ULONGLONG now = GetTickCount64();

    if (!patience->until)
        patience->until = now + RUNNING_PATIENCE;
    if (now >= patience->until)
        return FALSE;
    gate_pause(1);
    return TRUE;
}

/* receiver NULL: any. */
void settle(const struct receiver *receiver, struct patience *patience)
{
    size_t here, elsewhere;

    do
    {
        AcquireSRWLockShared(&engine_lock);
        count_calls(receiver, &here, &elsewhere);
        ReleaseSRWLockShared(&engine_lock);
    } while (elsewhere && !here && wait_a_moment(patience));
    if (elsewhere && !here)
        WARN("an OnNotify on another thread is not waited for any longer\n");
}

void receiver_settle(struct receiver *receiver, struct patience *patience)
{
    settle(receiver, patience);
}

/* Lock held at the beginning and the end, not between. */
static void begin_call(struct running_call *call, struct receiver *receiver, BOOL synchronous)
{
    receiver_addref(receiver);
    call->receiver = receiver;
    call->thread_id = GetCurrentThreadId();
    call->synchronous = synchronous;
    call->next = running_calls;
    running_calls = call;
}

/* Lock held. */
static void end_call(struct running_call *call)
{
    struct running_call **link = &running_calls;

    while (*link != call)
        link = &(*link)->next;
    *link = call->next;
}

/* No lock held. Marked as inside, so that a method the sink calls is not this thread's outermost. */
static ULONG call_sink(struct receiver *receiver, NOTIFICATION *notification)
{
    struct gate_call mark;
    ULONG result = 0;

    TRACE("event %#lx to sink %p\n", notification->ulEventType, receiver->callee);
    gate_mark(&mark);
    if (callee_is_sound(receiver))
        result = IMAPIAdviseSink_OnNotify(receiver->callee, 1, notification);
    gate_unmark(&mark);
    return result;
}

ULONG receiver_call(struct receiver *receiver, NOTIFICATION *notification, BOOL synchronous)
{
    struct running_call call;
    ULONG result;

    AcquireSRWLockExclusive(&engine_lock);
    begin_call(&call, receiver, synchronous);
    ReleaseSRWLockExclusive(&engine_lock);
    result = call_sink(receiver, notification);
    AcquireSRWLockExclusive(&engine_lock);
    end_call(&call);
    ReleaseSRWLockExclusive(&engine_lock);
    receiver_release(receiver);
    return result;
}

BOOL notify_in_synchronous_call(void)
{
    const struct running_call *call;
    BOOL found = FALSE;

    AcquireSRWLockShared(&engine_lock);
    for (call = running_calls; call && !found; call = call->next)
        found = call->synchronous && call->thread_id == GetCurrentThreadId();
    ReleaseSRWLockShared(&engine_lock);
    return found;
}

/* Lock held at the beginning and the end, not while the sink is called. The receiver has something waiting. */
static void deliver_first_of(struct receiver *receiver)
{
    struct notify_item *item = queue_take_first(receiver);
    struct running_call call;
    NOTIFICATION notification = item->notification;

    begin_call(&call, receiver, FALSE);
    ReleaseSRWLockExclusive(&engine_lock);
    call_sink(receiver, &notification);
    if (item != &receiver->reserve)
        heap_free(item);
    AcquireSRWLockExclusive(&engine_lock);
    end_call(&call);
    ReleaseSRWLockExclusive(&engine_lock);
    receiver_release(receiver);
    AcquireSRWLockExclusive(&engine_lock);
}

enum delivery
{
    DELIVER_ALL,    /* asked for */
    DELIVER_WOKEN,  /* the posted message has come */
    DELIVER_LEAVING /* the thread leaves its outermost call: what that caused is left waiting */
};

/* Lock held. The oldest up to end that this thread may take; what another thread is flushing comes there, in order. */
static struct notify_item *next_to_deliver(const struct notify_queue *queue, ULONGLONG end)
{
    struct notify_item *item = queue->first;

    while (item && item->receiver->flushes)
        item = item->next;
    return item && item->serial <= end ? item : NULL;
}

/* Lock held at the beginning and the end. What comes meanwhile is left for the next time, so that a sink that causes
 * events does not keep the thread. */
static void deliver(struct notify_queue *queue, enum delivery how)
{
    ULONGLONG end = last_serial;
    struct notify_item *item;
    HWND window = NULL;

    if (how == DELIVER_LEAVING)
    {
        if (queue->barrier)
            end = queue->barrier - 1;
        queue->barrier = 0;
    }
    if (queue->depth >= MAX_DEPTH)
        return;
    queue->depth++;
    while ((item = next_to_deliver(queue, end)))
        deliver_first_of(item->receiver);
    queue->depth--;
    if (next_to_deliver(queue, last_serial) && queue_wants_wake(queue))
        window = queue->window;
    ReleaseSRWLockExclusive(&engine_lock);
    queue_wake(queue, window);
    AcquireSRWLockExclusive(&engine_lock);
}

/* Lock held. Whether this thread empties the queue: its own, or, when asked for, the main one whose thread has ended. */
static BOOL is_for_this_thread(const struct notify_queue *queue, enum delivery how)
{
    if (!queue->first)
        return FALSE;
    if (queue->thread_id == GetCurrentThreadId())
        return window_is_ours(queue->window, queue->thread_id);
    return how == DELIVER_ALL && queue == &main_queue && !window_is_ours(queue->window, queue->thread_id);
}

static void deliver_here(enum delivery how)
{
    struct notify_queue *queue;

    AcquireSRWLockExclusive(&engine_lock);
    if (how != DELIVER_LEAVING && main_queue.thread_id == GetCurrentThreadId())
        main_queue.posted = FALSE;
    if (is_for_this_thread(&main_queue, how))
        deliver(&main_queue, how);
    for (queue = thread_queues; queue; queue = queue->next)
    {
        if (queue->thread_id != GetCurrentThreadId())
            continue;
        if (how != DELIVER_LEAVING)
            queue->posted = FALSE;
        if (is_for_this_thread(queue, how))
        {
            InterlockedIncrement(&queue->refcount);
            deliver(queue, how);
            ReleaseSRWLockExclusive(&engine_lock);
            notify_queue_release(queue);
            return;
        }
    }
    ReleaseSRWLockExclusive(&engine_lock);
}

void deliver_on_message(void)
{
    deliver_here(DELIVER_WOKEN);
}

void deliver_on_outermost_leave(void)
{
    if (waiting_count)
        deliver_here(DELIVER_LEAVING);
}

/* Waits for our own thread to deliver what waits now. FALSE: it is still not done when patience ends. */
static BOOL wait_for_own_thread(const struct init_delivery *delivery)
{
    struct patience patience = {0};
    size_t here, elsewhere;
    ULONGLONG end;
    BOOL busy;

    AcquireSRWLockShared(&engine_lock);
    end = last_serial;
    ReleaseSRWLockShared(&engine_lock);
    do
    {
        AcquireSRWLockShared(&engine_lock);
        count_calls(NULL, &here, &elsewhere);
        busy = main_queue.generation == delivery->generation
               && (main_queue.depth || (main_queue.first && main_queue.first->serial <= end));
        ReleaseSRWLockShared(&engine_lock);
    } while (busy && !here && wait_a_moment(&patience));
    return !busy || here;
}

/* This thread's windows; either may be NULL. */
static void windows_here(const struct init_delivery *delivery, HWND windows[2])
{
    struct notify_queue *queue;

    windows[0] = delivery->thread_id == GetCurrentThreadId() ? delivery->window : NULL;
    AcquireSRWLockShared(&engine_lock);
    queue = queue_of_this_thread();
    windows[1] = queue ? queue->window : NULL;
    ReleaseSRWLockShared(&engine_lock);
}

HRESULT notify_dispatch(void)
{
    struct init_delivery delivery;
    HWND windows[2];

    if (!init_delivery(&delivery))
        return MAPI_E_NOT_INITIALIZED;
    /* before delivering, so that what comes meanwhile has its own message */
    windows_here(&delivery, windows);
    window_take_wakes(windows[0]);
    window_take_wakes(windows[1]);
    deliver_here(DELIVER_ALL);
    if (!windows[0] && delivery.own_thread && !wait_for_own_thread(&delivery))
        return MAPI_E_TIMEOUT;
    /* hidden windows are not told of the session's end, so the system is asked */
    return window_take_wakes(NULL) || GetSystemMetrics(SM_SHUTTINGDOWN) ? MAPI_E_USER_CANCEL : S_OK;
}

static void flush_here(struct receiver *receiver, struct patience *patience)
{
    size_t here, elsewhere;
    ULONGLONG end;

    AcquireSRWLockExclusive(&engine_lock);
    receiver->flushes++; /* nobody else begins a call */
    end = last_serial;
    ReleaseSRWLockExclusive(&engine_lock);
    settle(receiver, patience);
    AcquireSRWLockExclusive(&engine_lock);
    count_calls(receiver, &here, &elsewhere);
    while ((!elsewhere || here) && receiver->first && receiver->first->serial <= end)
        deliver_first_of(receiver);
    receiver->flushes--;
    ReleaseSRWLockExclusive(&engine_lock);
}

/* Waits for the home's thread. */
static void flush_there(const struct receiver *receiver, struct patience *patience)
{
    size_t here, elsewhere;
    BOOL waiting;

    do
    {
        AcquireSRWLockShared(&engine_lock);
        count_calls(receiver, &here, &elsewhere);
        waiting = receiver->first || elsewhere;
        ReleaseSRWLockShared(&engine_lock);
    } while (waiting && !here && wait_a_moment(patience));
}

void receiver_flush(struct receiver *receiver, struct patience *patience)
{
    if (receiver->home && receiver->home->thread_id != GetCurrentThreadId())
        flush_there(receiver, patience);
    else
        flush_here(receiver, patience);
}
