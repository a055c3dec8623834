/*
 * Unfinished: what Outlook's DLL adds for Exchange accounts, several address books in one profile, and working offline.
 */
#include "util/unfinished.h"

HRESULT WINAPI HrGetAutoDiscoverXML(const WCHAR *pwzAddress, const WCHAR *pwzPassword, HANDLE hCancelEvent,
                                    ULONG ulFlags, IStream **ppXmlStream)
{
    TRACE("%s, %p, %p, %#lx, %p", debugstr_w(pwzAddress), pwzPassword, hCancelEvent, ulFlags, ppXmlStream);

    clear_pointer(ppXmlStream);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrCreateNewWrappedObject(void *pvUnwrapped, ULONG ulUnwrappedFlags, ULONG ulWrappedFlags,
                                        const IID *pIID, const ULONG *pulReserved, BOOL fCheckWrap, void **ppvWrapped)
{
    TRACE("%p, %#lx, %#lx, %s, %p, %d, %p", pvUnwrapped, ulUnwrappedFlags, ulWrappedFlags, debugstr_guid(pIID),
          pulReserved, fCheckWrap, ppvWrapped);

    clear_pointer(ppvWrapped);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrOpenOfflineObj(ULONG ulReserved, const WCHAR *pwszProfileNameIn, const GUID *pGUID,
                                const GUID *pReserved, void **ppOfflineObj)
{
    TRACE("%#lx, %s, %s, %p, %p", ulReserved, debugstr_w(pwszProfileNameIn), debugstr_guid(pGUID), pReserved,
          ppOfflineObj);

    clear_pointer(ppOfflineObj);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrCreateOfflineObj(ULONG ulFlags, void *pCreateInfo, void **ppOffline)
{
    TRACE("%#lx, %p, %p", ulFlags, pCreateInfo, ppOffline);

    clear_pointer(ppOffline);
    return MAPI_E_NO_SUPPORT;
}

/* Cached mode is Exchange's; there is none here, which is what FALSE says. */
BOOL WINAPI GetDefCachedMode(BOOL *pfPolicy)
{
    TRACE("%p", pfPolicy);

    clear_ulong(pfPolicy);
    return FALSE;
}

BOOL WINAPI GetDefCachedModeDownloadPubFoldFavs(BOOL *pfPolicy)
{
    TRACE("%p", pfPolicy);

    clear_ulong(pfPolicy);
    return FALSE;
}

HRESULT WINAPI HrOpenABEntryWithExchangeContext(LPMAPISESSION pmsess, const MAPIUID *pEmsmdbUID, LPADRBOOK pAddrBook,
                                                ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, ULONG ulFlags,
                                                ULONG *lpulObjType, LPUNKNOWN *lppUnk)
{
    TRACE("%p, %p, %p, %lu, %p, %s, %#lx, %p, %p", pmsess, pEmsmdbUID, pAddrBook, cbEntryID, lpEntryID,
          debugstr_guid(lpInterface), ulFlags, lpulObjType, lppUnk);

    clear_ulong(lpulObjType);
    clear_pointer(lppUnk);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrDoABDetailsWithExchangeContext(LPMAPISESSION pmsess, const MAPIUID *pEmsmdbUID, LPADRBOOK pAddrBook,
                                                ULONG_PTR *lpulUIParam, LPFNDISMISS lpfnDismiss,
                                                void *lpvDismissContext, ULONG cbEntryID, LPENTRYID lpEntryID,
                                                LPFNBUTTON lpfButtonCallback, void *lpvButtonContext,
                                                char *lpszButtonText, ULONG ulFlags)
{
    TRACE("%p, %p, %p, %p, %p, %p, %lu, %p, %p, %p, %p, %#lx", pmsess, pEmsmdbUID, pAddrBook, lpulUIParam, lpfnDismiss,
          lpvDismissContext, cbEntryID, lpEntryID, lpfButtonCallback, lpvButtonContext, lpszButtonText, ulFlags);

    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrDoABDetailsWithProviderUID(const MAPIUID *pEmsabpUID, LPADRBOOK pAddrBook, ULONG_PTR *lpulUIParam,
                                            LPFNDISMISS lpfnDismiss, void *lpvDismissContext, ULONG cbEntryID,
                                            LPENTRYID lpEntryID, LPFNBUTTON lpfButtonCallback, void *lpvButtonContext,
                                            char *lpszButtonText, ULONG ulFlags)
{
    TRACE("%p, %p, %p, %p, %p, %lu, %p, %p, %p, %p, %#lx", pEmsabpUID, pAddrBook, lpulUIParam, lpfnDismiss,
          lpvDismissContext, cbEntryID, lpEntryID, lpfButtonCallback, lpvButtonContext, lpszButtonText, ulFlags);

    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrOpenABEntryUsingDefaultContext(LPMAPISESSION pmsess, LPADRBOOK pAddrBook, ULONG cbEntryID,
                                                LPENTRYID lpEntryID, LPCIID lpInterface, ULONG ulFlags,
                                                ULONG *lpulObjType, LPUNKNOWN *lppUnk)
{
    TRACE("%p, %p, %lu, %p, %s, %#lx, %p, %p", pmsess, pAddrBook, cbEntryID, lpEntryID, debugstr_guid(lpInterface),
          ulFlags, lpulObjType, lppUnk);

    clear_ulong(lpulObjType);
    clear_pointer(lppUnk);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrOpenABEntryWithProviderUID(const MAPIUID *pEmsabpUID, LPADRBOOK pAddrBook, ULONG cbEntryID,
                                            LPENTRYID lpEntryID, LPCIID lpInterface, ULONG ulFlags, ULONG *lpulObjType,
                                            LPUNKNOWN *lppUnk)
{
    TRACE("%p, %p, %lu, %p, %s, %#lx, %p, %p", pEmsabpUID, pAddrBook, cbEntryID, lpEntryID, debugstr_guid(lpInterface),
          ulFlags, lpulObjType, lppUnk);

    clear_ulong(lpulObjType);
    clear_pointer(lppUnk);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrOpenABEntryWithProviderUIDSupport(const MAPIUID *pEmsabpUID, LPMAPISUP lpSup, ULONG cbEntryID,
                                                   LPENTRYID lpEntryID, LPCIID lpInterface, ULONG ulFlags,
                                                   ULONG *lpulObjType, LPUNKNOWN *lppUnk)
{
    TRACE("%p, %p, %lu, %p, %s, %#lx, %p, %p", pEmsabpUID, lpSup, cbEntryID, lpEntryID, debugstr_guid(lpInterface),
          ulFlags, lpulObjType, lppUnk);

    clear_ulong(lpulObjType);
    clear_pointer(lppUnk);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrOpenABEntryWithResolvedRow(LPSRow prwResolved, LPADRBOOK pAddrBook, ULONG cbEntryID,
                                            LPENTRYID lpEntryID, LPCIID lpInterface, ULONG ulFlags, ULONG *lpulObjType,
                                            LPUNKNOWN *lppUnk)
{
    TRACE("%p, %p, %lu, %p, %s, %#lx, %p, %p", prwResolved, pAddrBook, cbEntryID, lpEntryID, debugstr_guid(lpInterface),
          ulFlags, lpulObjType, lppUnk);

    clear_ulong(lpulObjType);
    clear_pointer(lppUnk);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrOpenABEntryWithSupport(LPMAPISUP lpSup, ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface,
                                        ULONG ulFlags, ULONG *lpulObjType, LPUNKNOWN *lppUnk)
{
    TRACE("%p, %lu, %p, %s, %#lx, %p, %p", lpSup, cbEntryID, lpEntryID, debugstr_guid(lpInterface), ulFlags,
          lpulObjType, lppUnk);

    clear_ulong(lpulObjType);
    clear_pointer(lppUnk);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrCompareABEntryIDsWithExchangeContext(LPMAPISESSION pmsess, const MAPIUID *pEmsmdbUID,
                                                      LPADRBOOK pAddrBook, ULONG cbEntryID1, LPENTRYID lpEntryID1,
                                                      ULONG cbEntryID2, LPENTRYID lpEntryID2, ULONG ulFlags,
                                                      ULONG *lpulResult)
{
    TRACE("%p, %p, %p, %lu, %p, %lu, %p, %#lx, %p", pmsess, pEmsmdbUID, pAddrBook, cbEntryID1, lpEntryID1, cbEntryID2,
          lpEntryID2, ulFlags, lpulResult);

    clear_ulong(lpulResult);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrGetGALFromEmsmdbUID(LPMAPISESSION pSess, LPADRBOOK lpAdrBook, const MAPIUID *pEmsmdbUID,
                                     ULONG *lpcbeid, LPENTRYID *lppeid)
{
    TRACE("%p, %p, %p, %p, %p", pSess, lpAdrBook, pEmsmdbUID, lpcbeid, lppeid);

    clear_ulong(lpcbeid);
    clear_pointer(lppeid);
    return MAPI_E_NO_SUPPORT;
}
