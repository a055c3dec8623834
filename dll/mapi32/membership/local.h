/*
 * local: this process's part of membership: the record while it is open, the members, and the watcher that listens for
 * them.
 */
#ifndef POSTROOM_MEMBERSHIP_LOCAL_H
#define POSTROOM_MEMBERSHIP_LOCAL_H

#include "membership/record.h"

/* Who listens for the members. Two references when it has a thread: here's (then whoever ends it), and the thread's. */
struct watcher
{
    volatile LONG refcount;
    HANDLE event; /* its name is in the record */
    ULONG event_number;
    HANDLE thread;      /* NULL: MAPI's notification thread listens */
    HMODULE module;     /* the thread's reference */
    volatile LONG stop; /* the thread is to end when the event is set */
};

/* Owner: local.c. lock guards all; it is held for system calls that wait for nobody and for hear, and never taken before
 * the record's mutex. */
struct here
{
    SRWLOCK lock;
    ULONG attached; /* who needs the record: members, and calls that look */
    struct record_handles handles;
    uint64_t started; /* this process; FILETIME */
    struct membership *first;
    ULONG last_number;
    struct watcher *watcher; /* from the first member to the last MAPIUninitialize */
};
extern struct here here;

/* Opens the record for the caller, results as record_open's. local_detach must follow S_OK; in between here.handles
 * does not change. */
HRESULT local_attach(BOOL create);
void local_detach(void);

/* Lists a member that has no slot yet and sees to it that there is a watcher. process: as the record is to have it.
 * MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT local_add(struct membership *membership, struct record_process *process);
/* Gives a listed member its place; before the slot is used. */
void local_place(struct membership *membership, ULONG slot, ULONGLONG session);
/* Takes a member off the list; what is left of its slot's counters goes to unheard (may be NULL). With the record's
 * mutex, or the slot may be another's already. */
void local_remove(struct membership *membership, ULONG unheard[MEMBERSHIP_EVENTS]);
/* Ends the watcher when MAPI is not initialised any more and no member is left; waits for its thread. Without a lock. */
void local_settle(void);

/* This process, while the record is open. */
void local_process(struct record_process *process);
/* The process is this one, and this copy of the DLL. */
BOOL local_is_here(const struct record_process *process);
/* Has the watcher look at the counters. */
void local_wake(void);

#endif
