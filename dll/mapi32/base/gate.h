/*
 * Gate: the rundown protection of a session.
 *
 * One word holds the state (open, closing, closed) and the number of calls inside, so entering is one interlocked
 * operation. Objects that belong to a session keep a counted pointer to its gate and ask it at the head of each
 * method; after the session's end they stay valid memory and answer MAPI_E_INVALID_OBJECT.
 *
 * Who owns whom: the session embeds the gate; gate_addref/gate_release count the internal references, the last one
 * frees the session's memory (destroy). Children are told of the end through on_close.
 * Locks: gate->lock guards the list of children only. Nothing foreign is called under it.
 */
#ifndef POSTROOM_BASE_GATE_H
#define POSTROOM_BASE_GATE_H

#include <windows.h>

struct gate;

/* Something of the session's that has to do work when the session ends (drop sinks, give up a lock). It is part of
 * an object with a reference count; an object whose count is 0 already is left alone. */
struct gate_child
{
    struct gate_child *next, *prev; /* owned by the gate's list, under gate->lock */
    volatile LONG *refcount;
    void (*on_close)(struct gate_child *child); /* no lock held; the object is kept alive around it */
    void (*release)(struct gate_child *child);  /* gives the reference back that kept it alive */
};

struct gate
{
    volatile LONG word;
    volatile LONG refcount;
    HANDLE volatile drained; /* made by the thread that closes, when it has to wait at all; closed with the gate */
    SRWLOCK lock;
    struct gate_child children; /* list head, under lock */
    BOOL swept;                 /* nobody joins the list any more, under lock */
    BOOL silent;                /* the end is told to nobody; set between gate_close and gate_close_children */
    void (*destroy)(struct gate *gate);
};

/* One call in flight, on the caller's stack; the thread's own calls form a list from the newest outwards. */
struct gate_call
{
    struct gate *gate;
    struct gate_call *outer;
};

void gate_init(struct gate *gate, void (*destroy)(struct gate *gate)); /* open, one reference */
void gate_addref(struct gate *gate);
void gate_release(struct gate *gate);

/*
 * At the head of a method. gate may be NULL (an object of no session): then only the init count is asked for.
 * S_OK: gate_leave must follow. MAPI_E_NOT_INITIALIZED: no MAPIInitialize left. MAPI_E_INVALID_OBJECT: the session
 * is closing or closed.
 */
HRESULT gate_enter(struct gate *gate, struct gate_call *call);
/* The last thing that a method does with its object: when the thread leaves its outermost call, foreign code may run
 * here that gives the object up. */
void gate_leave(struct gate_call *call);
/* What runs then, with no lock held. Set once, or again to the same. */
void gate_on_outermost_leave(void (*run)(void));

/*
 * Marks this thread as being inside our code without a call in flight: while the user is asked something. Such a frame
 * keeps nobody waiting in gate_drain. gate_unmark undoes it.
 */
void gate_mark(struct gate_call *call);
void gate_unmark(struct gate_call *call);
/* This thread is inside a call or a mark, of whatever session. */
BOOL gate_thread_inside(void);

BOOL gate_is_open(struct gate *gate);
/* Calls of other threads are inside. */
BOOL gate_is_busy(struct gate *gate);
/* The one that gets TRUE closes; from now on nobody enters. */
BOOL gate_close(struct gate *gate);
/* After gate_close: waits until no call but this thread's own is inside. Pumps sent messages meanwhile. */
void gate_drain(struct gate *gate);
/* A wait of so many milliseconds at most, for loops that look for something that has no handle; answers sent messages. */
void gate_pause(DWORD milliseconds);
/* After gate_drain: calls every child's on_close once and empties the list. */
void gate_close_children(struct gate *gate);

/* FALSE: the gate is not open any more and the child was not added. Does not change the object's count. */
BOOL gate_attach(struct gate *gate, struct gate_child *child);
/* From the object's last Release; harmless when it is not attached (child->next NULL). */
void gate_detach(struct gate *gate, struct gate_child *child);

#endif
