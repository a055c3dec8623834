/*
 * Waits that answer sent messages. MWMO_INPUTAVAILABLE: a message that was looked at but not taken must not be slept
 * over.
 */
#include "base/wait.h"

DWORD wait_step(HANDLE object, DWORD milliseconds)
{
    DWORD result =
            MsgWaitForMultipleObjectsEx(object ? 1 : 0, &object, milliseconds, QS_SENDMESSAGE, MWMO_INPUTAVAILABLE);
    MSG message;

    if (result != WAIT_TIMEOUT)
        PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE | PM_QS_SENDMESSAGE);
    return result;
}

DWORD wait_result(HANDLE object, DWORD milliseconds)
{
    DWORD start = GetTickCount(), passed = 0;
    DWORD result = WaitForSingleObject(object, 0);

    while (result != WAIT_OBJECT_0 && result != WAIT_ABANDONED_0 && result != WAIT_FAILED && passed < milliseconds)
    {
        result = wait_step(object, milliseconds - passed);
        if (result == WAIT_OBJECT_0 + 1)
            result = WAIT_TIMEOUT;
        passed = GetTickCount() - start;
    }
    return result;
}

BOOL wait_answering(HANDLE object, DWORD milliseconds)
{
    return wait_result(object, milliseconds) == WAIT_OBJECT_0;
}
