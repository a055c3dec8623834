/*
 * Wait: waiting on a thread that may own windows. Messages that other threads send are answered meanwhile, so that whoever
 * is waited for may send some; posted messages stay where they are.
 */
#ifndef POSTROOM_BASE_WAIT_H
#define POSTROOM_BASE_WAIT_H

#include <windows.h>

/* Waits until the object is signalled or milliseconds have passed, INFINITE included. WAIT_OBJECT_0; WAIT_ABANDONED_0: a
 * mutex is taken too, its last owner died with it; WAIT_TIMEOUT; WAIT_FAILED. */
DWORD wait_result(HANDLE object, DWORD milliseconds);
/* The same; TRUE: it is signalled. Not for mutexes, which may be abandoned. */
BOOL wait_answering(HANDLE object, DWORD milliseconds);
/* One step of such a wait: returns when the object (NULL: none) is signalled, a sent message has been answered, or the
 * time is over, whichever comes first; which, as MsgWaitForMultipleObjects says it. */
DWORD wait_step(HANDLE object, DWORD milliseconds);

#endif
