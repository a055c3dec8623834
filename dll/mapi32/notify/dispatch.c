/*
 * HrDispatchNotifications.
 */
#include "notify/queue.h"

/*
 * HrDispatchNotifications: delivers what waits for the calling thread, without a message having to be dispatched; when
 * MAPI has a notification thread of its own, waits a second at most for that to deliver.
 * MAPI_E_NOT_INITIALIZED (INIT-06); MAPI_E_UNKNOWN_FLAGS: ulFlags is not 0 (NOTIF-06); MAPI_E_USER_CANCEL: WM_QUIT waits
 * for this thread or the Windows session ends (NOTIF-05); everything was delivered nevertheless; MAPI_E_TIMEOUT: a sink
 * keeps MAPI's thread.
 */
HRESULT WINAPI HrDispatchNotifications(ULONG ulFlags)
{
    HRESULT hr;

    TRACE("flags %#lx\n", ulFlags);

    if (FAILED(hr = init_check()))
        return hr;
    return ulFlags ? MAPI_E_UNKNOWN_FLAGS : notify_dispatch();
}
