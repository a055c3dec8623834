/*
 * Unfinished: the idle engine. Nothing is ever registered, so there is nothing that the other functions could change.
 */
#include "util/unfinished.h"

/* The documented failure of this one is 1. */
LONG WINAPI MAPIInitIdle(LPVOID lpvReserved)
{
    TRACE("%p", lpvReserved);

    return 1;
}

void WINAPI MAPIDeinitIdle(void)
{
    TRACE("()");
}

FTG WINAPI FtgRegisterIdleRoutine(PFNIDLE lpfnIdle, LPVOID lpvIdleParam, short priIdle, ULONG csecIdle, USHORT iroIdle)
{
    TRACE("%p, %p, %d, %lu, %#x", lpfnIdle, lpvIdleParam, priIdle, csecIdle, iroIdle);

    return FTGNULL;
}

void WINAPI EnableIdleRoutine(FTG ftg, WINBOOL fEnable)
{
    TRACE("%p, %d", ftg, fEnable);
}

void WINAPI DeregisterIdleRoutine(FTG ftg)
{
    TRACE("%p", ftg);
}

void WINAPI ChangeIdleRoutine(FTG ftg, PFNIDLE lpfnIdle, LPVOID lpvIdleParam, short priIdle, ULONG csecIdle,
                              USHORT iroIdle, USHORT ircIdle)
{
    TRACE("%p, %p, %p, %d, %lu, %#x, %#x", ftg, lpfnIdle, lpvIdleParam, priIdle, csecIdle, iroIdle, ircIdle);
}
