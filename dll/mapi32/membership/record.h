/*
 * record: the shared record's layout, and what can be done with it. Nobody but this area includes this.
 *
 * The layout is the same for 32- and 64-bit processes. The record is a section that lives as long as a process has it
 * open; a record without living members is as good as none. A slot's last-written word is "used": whoever dies before
 * it leaves a free slot. Everything constant in a slot is under its checksum, so a torn or foreign one is known and
 * freed. A member is alive while its process's event exists: the system takes that away with the process, and the
 * name has the process's identifier and start time, so no later process is taken for it.
 */
#ifndef POSTROOM_MEMBERSHIP_RECORD_H
#define POSTROOM_MEMBERSHIP_RECORD_H

#include <stdint.h>

#include "base/kernel.h"
#include "membership/membership.h"

#define RECORD_MAGIC 0x31525053u
#define RECORD_VERSION 1u
#define RECORD_SLOTS 512u
#define RECORD_LOCK_WAIT 5000 /* milliseconds */

/* A process, as others know it. */
struct record_process
{
    uint64_t started; /* FILETIME */
    uint32_t id;
    uint32_t event; /* which event of the process; not 0 */
};

struct record_slot
{
    struct record_process process;
    uint64_t session; /* the shared session's number; not 0 */
    uint64_t since;   /* FILETIME */
    uint32_t number;  /* of the member in its process */
    uint32_t flags;   /* of its logon */
    uint16_t profile[MEMBERSHIP_PROFILE_MAX + 2];
    uint32_t checksum;                     /* of all above */
    volatile LONG used;                    /* 1: a member; anything else: free */
    volatile LONG told[MEMBERSHIP_EVENTS]; /* what others have told it */
    uint32_t reserved;
};

struct record
{
    uint32_t magic, version, size, slot_count;
    uint64_t session;   /* the newest shared session's number */
    uint32_t checksum;  /* of all above */
    volatile LONG open; /* 1: session can be joined */
    struct record_slot slots[RECORD_SLOTS];
};

_Static_assert(offsetof(struct record_slot, session) == 16 && offsetof(struct record_slot, since) == 24
                       && offsetof(struct record_slot, number) == 32 && offsetof(struct record_slot, profile) == 40
                       && offsetof(struct record_slot, checksum) == 172 && offsetof(struct record_slot, told) == 180
                       && sizeof(struct record_slot) == 192,
               "the same for both architectures");
_Static_assert(offsetof(struct record, session) == 16 && offsetof(struct record, checksum) == 24
                       && offsetof(struct record, slots) == 32 && sizeof(struct record) == 32 + 192 * RECORD_SLOTS,
               "the same for both architectures");

/* The record open in this process: one for all its members and whoever looks. */
struct record_handles
{
    HANDLE mutex, section;
    struct record *record; /* NULL: not open */
};

/* S_OK; MAPI_E_NOT_FOUND: there is none and create is FALSE; S_FALSE: its names are somebody else's, or it is too
 * small; MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT record_open(struct record_handles *handles, BOOL create);
void record_close(struct record_handles *handles);
BOOL record_exists(void);

/* The mutex, at most RECORD_LOCK_WAIT long. Afterwards the header is whole; after an owner's death the slots are too.
 * FALSE: not to be had. */
BOOL record_lock(const struct record_handles *handles);
void record_unlock(const struct record_handles *handles);

void record_event_name(const struct record_process *process, WCHAR name[KERNEL_NAME_MAX]);
/* A copy of a used slot that is whole. FALSE: free, or torn. Needs no lock. */
BOOL record_read(const struct record *record, ULONG index, struct record_slot *slot);
/* Whether the process of a slot is there to be told. */
BOOL record_alive(const struct record_process *process);

/* The open shared session with a living member: a copy of that member's slot. FALSE: there is none. Needs no lock. */
BOOL record_current(const struct record *record, struct record_slot *slot);

/* With the lock. The index of a free slot, for which dead members' are freed if need be; RECORD_SLOTS: full. */
ULONG record_free_slot(struct record *record);
/* With the lock: a new shared session's number, closed until record->open is set. */
uint64_t record_new_session(struct record *record);
/* With the lock: slot becomes used with these contents; its checksum is made. */
void record_write(struct record *record, ULONG index, struct record_slot *slot);
/* Whether a slot is that member's. */
BOOL record_is_member(const struct record *record, ULONG index, const struct record_process *process, ULONG number);
/* Frees a slot: any with the lock, a member's own without it too. */
void record_free(struct record *record, ULONG index);

/* Counts an event up in every member of a session and wakes them. reap: frees the slots of the dead; needs the lock. */
void record_tell(struct record *record, uint64_t session, const BOOL events[MEMBERSHIP_EVENTS], BOOL reap);
/* With the lock, if it can be had: every living member (session 0), or those of a session, into slots, which has room
 * for RECORD_SLOTS. Returns how many. */
ULONG record_list(const struct record_handles *handles, uint64_t session, struct record_slot *slots);

#endif
