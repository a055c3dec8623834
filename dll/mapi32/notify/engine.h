/*
 * engine: what the files of the engine share. Private to queue.c, receiver.c and deliver.c.
 *
 * Lock: engine_lock guards queues, the receivers' lists and the frames of running calls. Under it nothing but memory is
 * touched: freeing, waking, calling and releasing happen after it.
 */
#ifndef POSTROOM_NOTIFY_ENGINE_H
#define POSTROOM_NOTIFY_ENGINE_H

#include "notify/queue.h"

#include "base/window.h"

struct notify_queue
{
    struct notify_queue *next; /* on the list of threads' queues */
    volatile LONG refcount;    /* of a thread's queue */
    ULONG generation;          /* MAPI's, when the window was there; 0: nothing is let in */
    HWND window;
    DWORD thread_id;
    struct notification_window made; /* a thread's queue owns its window */
    struct notify_item *first, *last;
    ULONGLONG barrier; /* the oldest that was caused inside the call that the thread is in; 0: none */
    BOOL posted;       /* a message is on its way */
    ULONGLONG posted_at, again_after;
    ULONG depth; /* deliveries under way on the thread */
};

extern SRWLOCK engine_lock;
extern struct notify_queue main_queue;
extern struct notify_queue *thread_queues;
extern ULONG ended_generation;      /* nothing of this generation of MAPI's or older is let in */
extern ULONGLONG last_serial;       /* of the newest item */
extern volatile LONG waiting_count; /* items in all queues; read without the lock */

/*
 * queue.c, lock held.
 */

/* The queue of a receiver; NULL: nothing is delivered there any more. */
struct notify_queue *queue_open(const struct receiver *receiver, const struct init_delivery *delivery);
void queue_append(struct notify_queue *queue, struct receiver *receiver, struct notify_item *item);
/* Takes out the receiver's oldest item. */
struct notify_item *queue_take_first(struct receiver *receiver);
/* Takes out everything of the receiver's and puts it before chain, for free_items. */
struct notify_item *queue_take_all(struct receiver *receiver, struct notify_item *chain);
/* Whether the queue's thread has to be sent a message; it counts as sent. */
BOOL queue_wants_wake(struct notify_queue *queue);
/* This thread's own, whose window is alive. */
struct notify_queue *queue_of_this_thread(void);

/* No lock held. */
void queue_wake(struct notify_queue *queue, HWND window);
void free_items(struct notify_item *chain);

/* deliver.c: waits for calls of OnNotify on other threads, receiver NULL: whoever's. */
void settle(const struct receiver *receiver, struct patience *patience);
/* For the queue's window and for base's gate. */
void deliver_on_message(void);
void deliver_on_outermost_leave(void);

/* receiver.c: a program may have destroyed its sink with references left. What can be told of that is not called. */
BOOL callee_is_sound(const struct receiver *receiver);

#endif
