/*
 * Asking: see asking.h.
 */
#include "session/asking.h"

/* Owner: this file. modal_end posts and sends nothing, so it may be called under the lock. */
static struct
{
    SRWLOCK lock;
    struct asking *first;
} all = {SRWLOCK_INIT, NULL};

void asking_begin(struct asking *asking)
{
    memset(asking, 0, sizeof(*asking));
    InitializeSRWLock(&asking->modal.lock);
    asking->thread = GetCurrentThreadId();
    gate_mark(&asking->mark);
    AcquireSRWLockExclusive(&all.lock);
    asking->next = all.first;
    all.first = asking;
    ReleaseSRWLockExclusive(&all.lock);
}

void asking_end(struct asking *asking)
{
    struct asking **link;

    AcquireSRWLockExclusive(&all.lock);
    for (link = &all.first; *link != asking; link = &(*link)->next)
        ;
    *link = asking->next;
    ReleaseSRWLockExclusive(&all.lock);
    gate_unmark(&asking->mark);
}

void asking_close_all(void)
{
    struct asking *asking;

    AcquireSRWLockShared(&all.lock);
    for (asking = all.first; asking; asking = asking->next)
        modal_end(&asking->modal);
    ReleaseSRWLockShared(&all.lock);
}

BOOL asking_elsewhere(void)
{
    struct asking *asking;

    AcquireSRWLockShared(&all.lock);
    for (asking = all.first; asking; asking = asking->next)
    {
        if (asking->thread != GetCurrentThreadId())
            break;
    }
    ReleaseSRWLockShared(&all.lock);
    return asking != NULL;
}
