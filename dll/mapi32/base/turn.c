/*
 * Turn: see turn.h. Free of system calls as long as nobody has to wait.
 */
#include "base/turn.h"

/* Under the lock: TRUE when the turn is now the thread's. */
static BOOL turn_try(struct turn *turn, DWORD thread)
{
    if (turn->owner && turn->owner != thread)
        return FALSE;
    turn->owner = thread;
    turn->depth++;
    return TRUE;
}

/* Waits a little for the turn to be given; sent messages are dispatched meanwhile. */
static void turn_wait(HANDLE released, DWORD timeout)
{
    /* Without an event (no memory for one) look again soon. */
    if (!released && timeout > 10)
        timeout = 10;
    wait_step(released, timeout);
}

HRESULT turn_take(struct turn *turn, DWORD timeout)
{
    DWORD thread = GetCurrentThreadId(), elapsed;
    ULONGLONG start = GetTickCount64();
    HANDLE released;
    BOOL taken;

    AcquireSRWLockExclusive(&turn->lock);
    if (!(taken = turn_try(turn, thread)))
    {
        turn->waiters++;
        for (;;)
        {
            elapsed = timeout == INFINITE ? 0 : (DWORD)(GetTickCount64() - start);
            if (timeout != INFINITE && elapsed >= timeout)
                break;
            if (!turn->released && !memory_should_fail())
                turn->released = CreateEventW(NULL, FALSE, FALSE, NULL);
            released = turn->released;
            ReleaseSRWLockExclusive(&turn->lock);
            turn_wait(released, timeout == INFINITE ? INFINITE : timeout - elapsed);
            AcquireSRWLockExclusive(&turn->lock);
            if ((taken = turn_try(turn, thread)))
                break;
        }
        /* The last one that waited takes the event away. */
        if (!--turn->waiters && turn->released)
        {
            CloseHandle(turn->released);
            turn->released = NULL;
        }
    }
    ReleaseSRWLockExclusive(&turn->lock);
    return taken ? S_OK : MAPI_E_TIMEOUT;
}

void turn_give(struct turn *turn)
{
    AcquireSRWLockExclusive(&turn->lock);
    if (!--turn->depth)
    {
        turn->owner = 0;
        if (turn->released)
            SetEvent(turn->released);
    }
    ReleaseSRWLockExclusive(&turn->lock);
}
