/*
 * Unfinished: compressed RTF, TNEF, messages in structured storage.
 */
#include "util/unfinished.h"

HRESULT WINAPI RTFSync(LPMESSAGE lpMessage, ULONG ulFlags, WINBOOL *lpfMessageUpdated)
{
    TRACE("%p, %#lx, %p", lpMessage, ulFlags, lpfMessageUpdated);

    clear_ulong(lpfMessageUpdated);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI WrapCompressedRTFStream(LPSTREAM lpCompressedRTFStream, ULONG ulFlags, LPSTREAM *lpUncompressedRTFStream)
{
    TRACE("%p, %#lx, %p", lpCompressedRTFStream, ulFlags, lpUncompressedRTFStream);

    clear_pointer(lpUncompressedRTFStream);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI WrapCompressedRTFStreamEx(LPSTREAM lpCompressedRTFStream, const RTF_WCSINFO *pWCSInfo,
                                         LPSTREAM *lppUncompressedRTFStream, RTF_WCSRETINFO *pRetInfo)
{
    TRACE("%p, %p, %p, %p", lpCompressedRTFStream, pWCSInfo, lppUncompressedRTFStream, pRetInfo);

    clear_pointer(lppUncompressedRTFStream);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI OpenTnefStream(LPVOID lpvSupport, LPSTREAM lpStream, LPTSTR lpszStreamName, ULONG ulFlags,
                              LPMESSAGE lpMessage, WORD wKeyVal, LPITNEF *lppTNEF)
{
    TRACE("%p, %p, %s, %#lx, %p, %u, %p", lpvSupport, lpStream, debugstr_a((const char *)lpszStreamName), ulFlags,
          lpMessage, wKeyVal, lppTNEF);

    clear_pointer(lppTNEF);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI OpenTnefStreamEx(LPVOID lpvSupport, LPSTREAM lpStream, LPTSTR lpszStreamName, ULONG ulFlags,
                                LPMESSAGE lpMessage, WORD wKeyVal, LPADRBOOK lpAddressBook, LPITNEF *lppTNEF)
{
    TRACE("%p, %p, %s, %#lx, %p, %u, %p, %p", lpvSupport, lpStream, debugstr_a((const char *)lpszStreamName), ulFlags,
          lpMessage, wKeyVal, lpAddressBook, lppTNEF);

    clear_pointer(lppTNEF);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI GetTnefStreamCodepage(LPSTREAM lpStream, ULONG *lpulCodepage, ULONG *lpulSubCodepage)
{
    TRACE("%p, %p, %p", lpStream, lpulCodepage, lpulSubCodepage);

    clear_ulong(lpulCodepage);
    clear_ulong(lpulSubCodepage);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrIStorageFromStream(LPUNKNOWN lpUnkIn, LPCIID lpInterface, ULONG ulFlags, LPSTORAGE *lppStorageOut)
{
    TRACE("%p, %s, %#lx, %p", lpUnkIn, debugstr_guid(lpInterface), ulFlags, lppStorageOut);

    clear_pointer(lppStorageOut);
    return MAPI_E_NO_SUPPORT;
}

SCODE WINAPI OpenIMsgSession(LPMALLOC lpMalloc, ULONG ulFlags, void **lppMsgSess)
{
    TRACE("%p, %#lx, %p", lpMalloc, ulFlags, lppMsgSess);

    clear_pointer(lppMsgSess);
    return MAPI_E_NO_SUPPORT;
}

void WINAPI CloseIMsgSession(void *lpMsgSess)
{
    TRACE("%p", lpMsgSess);
}

SCODE WINAPI OpenIMsgOnIStg(void *lpMsgSess, LPALLOCATEBUFFER lpAllocateBuffer, LPALLOCATEMORE lpAllocateMore,
                            LPFREEBUFFER lpFreeBuffer, LPMALLOC lpMalloc, LPVOID lpMapiSup, LPSTORAGE lpStg,
                            void *lpfMsgCallRelease, ULONG ulCallerData, ULONG ulFlags, LPMESSAGE *lppMsg)
{
    TRACE("%p, %p, %p, %p, %p, %p, %p, %p, %#lx, %#lx, %p", lpMsgSess, lpAllocateBuffer, lpAllocateMore, lpFreeBuffer,
          lpMalloc, lpMapiSup, lpStg, lpfMsgCallRelease, ulCallerData, ulFlags, lppMsg);

    clear_pointer(lppMsg);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI GetAttribIMsgOnIStg(LPVOID lpObject, LPSPropTagArray lpPropTagArray, void **lppPropAttrArray)
{
    TRACE("%p, %p, %p", lpObject, lpPropTagArray, lppPropAttrArray);

    clear_pointer(lppPropAttrArray);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI SetAttribIMsgOnIStg(LPVOID lpObject, LPSPropTagArray lpPropTags, void *lpPropAttrs,
                                   LPSPropProblemArray *lppPropProblems)
{
    TRACE("%p, %p, %p, %p", lpObject, lpPropTags, lpPropAttrs, lppPropProblems);

    clear_pointer(lppPropProblems);
    return MAPI_E_NO_SUPPORT;
}

SCODE WINAPI MapStorageSCode(SCODE StgSCode)
{
    TRACE("%#lx", StgSCode);

    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrValidateIPMSubtree(LPMDB lpMDB, ULONG ulFlags, ULONG *lpcValues, LPSPropValue *lppValues,
                                    LPMAPIERROR *lpperr)
{
    TRACE("%p, %#lx, %p, %p, %p", lpMDB, ulFlags, lpcValues, lppValues, lpperr);

    clear_ulong(lpcValues);
    clear_pointer(lppValues);
    clear_pointer(lpperr);
    return MAPI_E_NO_SUPPORT;
}
