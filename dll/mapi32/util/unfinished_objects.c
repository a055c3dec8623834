/*
 * Unfinished: objects that clients and providers ask for: forms, progress wrappers.
 */
#include "util/unfinished.h"

HRESULT WINAPI MAPIOpenFormMgr(LPMAPISESSION pSession, LPMAPIFORMMGR *ppmgr)
{
    TRACE("%p, %p", pSession, ppmgr);

    clear_pointer(ppmgr);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI MAPIOpenLocalFormContainer(LPMAPIFORMCONTAINER *ppfcnt)
{
    TRACE("%p", ppfcnt);

    clear_pointer(ppfcnt);
    return MAPI_E_NO_SUPPORT;
}

BOOL WINAPI InstallFilterHook(BOOL install)
{
    TRACE("%d", install);

    return FALSE;
}

HRESULT WINAPI WrapProgress(IMAPIProgress *progress, ULONG *min, ULONG *max, ULONG *flags, IMAPIProgress **wrapped)
{
    TRACE("%p, %p, %p, %p, %p", progress, min, max, flags, wrapped);

    clear_pointer(wrapped);
    return MAPI_E_NO_SUPPORT;
}
