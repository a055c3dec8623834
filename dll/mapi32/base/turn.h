/*
 * Turn: one at a time, for logons of sessions and of providers. The documentation calls it a mutex; here it is a turn that
 * a thread takes and gives back, because a logon may show a dialog while it has it and waiting for it must pump sent
 * messages.
 */
#ifndef POSTROOM_BASE_TURN_H
#define POSTROOM_BASE_TURN_H

#include "base/base.h"

struct turn
{
    SRWLOCK lock; /* guards the rest */
    DWORD owner;  /* thread, 0: free */
    ULONG depth;  /* the owner may take it again: its dialog's messages can lead to another logon */
    ULONG waiters;
    HANDLE released; /* only while somebody waits */
};

/* timeout in milliseconds or INFINITE. MAPI_E_TIMEOUT. Pumps sent messages while waiting. */
HRESULT turn_take(struct turn *turn, DWORD timeout);
void turn_give(struct turn *turn);

#endif
