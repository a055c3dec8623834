/*
 * membership: shared sessions, as a record that processes of one user in one logon session have in common.
 *
 * Contract: one shared session can be joined at a time; it is open until a SHARED log-off closes it or its last member
 * leaves. A member is one session object of one process. The record holds no pointer, no handle and no callback, and
 * nothing in it is believed further than its bounds allow. The watcher, one a process from its first member to the last
 * MAPIUninitialize, turns the signals of others into calls of struct membership's hear.
 *
 * Locks: a named mutex around changes of the record, held for some dozen system calls that wait for nobody; waiting for
 * it is bounded and pumps sent messages. Inside the process here.lock (local.h) guards the list of members; hear, which
 * queues and returns, is all that is called under it. Depends on base only. docs/shared-sessions.md describes the
 * protocol.
 */
#ifndef POSTROOM_MEMBERSHIP_MEMBERSHIP_H
#define POSTROOM_MEMBERSHIP_MEMBERSHIP_H

#include "base/base.h"

#define MEMBERSHIP_PROFILE_MAX 64 /* characters, without the terminator */

enum membership_event
{
    MEMBERSHIP_SHUTS_DOWN, /* a member logs off SHARED: everybody should */
    MEMBERSHIP_LEFT,       /* a member has logged off */
    MEMBERSHIP_EVENTS
};

/* A session's membership, embedded in it; zeroed: not a member. */
struct membership
{
    struct membership *next;       /* the process's list, under here.lock */
    ULONGLONG session;             /* number of the shared session; 0: not a member */
    ULONG slot, number;            /* its place in the record, and what it is known by there */
    LONG heard[MEMBERSHIP_EVENTS]; /* of the slot's counters, under here.lock */
    /* On the watcher's or the notification thread, under here.lock: count log-offs of others have happened since the last time. Calls
     * nothing foreign and does not wait. */
    void (*hear)(struct membership *membership, enum membership_event event, ULONG count);
};

/* What there is to join. */
struct membership_offer
{
    ULONGLONG session; /* 0: nothing */
    WCHAR profile[MEMBERSHIP_PROFILE_MAX + 1];
    BOOL attached; /* membership_offer_end has something to do */
};

/* Looks for an open shared session with a living member. Costs one system call when there is none in the whole logon
 * session. membership_offer_end must follow. MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT membership_find(struct membership_offer *offer);
void membership_offer_end(struct membership_offer *offer);
/* Whether there is a record at all: one system call, and no promise. */
BOOL membership_may_exist(void);

/*
 * Makes a session a member: of what the offer says, or of a new shared session on its profile when it says nothing.
 * flags: of the logon. hear has to be set.
 * S_OK; S_FALSE: nothing can be shared here (somebody else sits on the names), membership stays zero;
 * MAPI_E_NOT_FOUND: what the offer says is no longer so, look again; MAPI_E_LOGON_FAILED: no room for another member;
 * MAPI_E_TIMEOUT: the record is not to be had (a process that was stopped in the middle of a change);
 * MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT membership_join(struct membership *membership, const struct membership_offer *offer, ULONG flags);

enum membership_leaving
{
    LEAVE_QUIETLY, /* nobody is told */
    LEAVE,         /* MEMBERSHIP_LEFT to the others */
    LEAVE_SHARED   /* MEMBERSHIP_SHUTS_DOWN too, and nobody joins this shared session any more */
};
/* Ends a membership; harmless for who is no member. Cannot fail and waits for no other member. unheard: what others
 * did before and hear was not called for. hear is not called any more. */
void membership_leave(struct membership *membership, enum membership_leaving how, ULONG unheard[MEMBERSHIP_EVENTS]);

/*
 * The programs of the other members of the same shared session: how many processes, and their names, "a.exe, b.exe",
 * cleaned for showing, as many as fit. 0 and "" without a membership, or without memory.
 */
ULONG membership_others(const struct membership *membership, WCHAR *names, size_t size);

#endif
