/*
 * Unfinished: entry identifiers as text, composed entry identifiers, conversation indexes, encoded identifiers.
 */
#include "util/unfinished.h"

HRESULT WINAPI HrSzFromEntryID(ULONG cb, LPENTRYID lpEntryID, LPTSTR *lpsz)
{
    TRACE("%lu, %p, %p", cb, lpEntryID, lpsz);

    clear_pointer(lpsz);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrEntryIDFromSz(LPTSTR lpsz, ULONG *lpcb, LPENTRYID *lppEntryID)
{
    TRACE("%s, %p, %p", debugstr_a((const char *)lpsz), lpcb, lppEntryID);

    clear_ulong(lpcb);
    clear_pointer(lppEntryID);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrComposeEID(LPMAPISESSION lpSession, ULONG cbStoreRecordKey, LPBYTE lpStoreRecordKey,
                            ULONG cbMsgEntryID, LPENTRYID lpMsgEntryID, ULONG *lpcbEID, LPENTRYID *lppEntryID)
{
    TRACE("%p, %lu, %p, %lu, %p, %p, %p", lpSession, cbStoreRecordKey, lpStoreRecordKey, cbMsgEntryID, lpMsgEntryID,
          lpcbEID, lppEntryID);

    clear_ulong(lpcbEID);
    clear_pointer(lppEntryID);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrDecomposeEID(LPMAPISESSION lpSession, ULONG cbEntryID, LPENTRYID lpEntryID, ULONG *lpcbStoreEntryID,
                              LPENTRYID *lppStoreEntryID, ULONG *lpcbMsgEntryID, LPENTRYID *lppMsgEntryID)
{
    TRACE("%p, %lu, %p, %p, %p, %p, %p", lpSession, cbEntryID, lpEntryID, lpcbStoreEntryID, lppStoreEntryID,
          lpcbMsgEntryID, lppMsgEntryID);

    clear_ulong(lpcbStoreEntryID);
    clear_pointer(lppStoreEntryID);
    clear_ulong(lpcbMsgEntryID);
    clear_pointer(lppMsgEntryID);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrComposeMsgID(LPMAPISESSION lpSession, ULONG cbStoreSearchKey, LPBYTE pStoreSearchKey,
                              ULONG cbMsgEntryID, LPENTRYID lpMsgEntryID, LPTSTR *lpszMsgID)
{
    TRACE("%p, %lu, %p, %lu, %p, %p", lpSession, cbStoreSearchKey, pStoreSearchKey, cbMsgEntryID, lpMsgEntryID,
          lpszMsgID);

    clear_pointer(lpszMsgID);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrDecomposeMsgID(LPMAPISESSION lpSession, LPTSTR lpszMsgID, ULONG *lpcbStoreEntryID,
                                LPENTRYID *lppStoreEntryID, ULONG *lppcbMsgEntryID, LPENTRYID *lppMsgEntryID)
{
    TRACE("%p, %s, %p, %p, %p, %p", lpSession, debugstr_a((const char *)lpszMsgID), lpcbStoreEntryID, lppStoreEntryID,
          lppcbMsgEntryID, lppMsgEntryID);

    clear_ulong(lpcbStoreEntryID);
    clear_pointer(lppStoreEntryID);
    clear_ulong(lppcbMsgEntryID);
    clear_pointer(lppMsgEntryID);
    return MAPI_E_NO_SUPPORT;
}

SCODE WINAPI ScCreateConversationIndex(ULONG cbParent, LPBYTE lpbParent, ULONG *lpcbConvIndex, LPBYTE *lppbConvIndex)
{
    TRACE("%lu, %p, %p, %p", cbParent, lpbParent, lpcbConvIndex, lppbConvIndex);

    clear_ulong(lpcbConvIndex);
    clear_pointer(lppbConvIndex);
    return MAPI_E_NO_SUPPORT;
}

void WINAPI EncodeID(LPBYTE pb, ULONG cb, LPTSTR sz)
{
    TRACE("%p, %lu, %p", pb, cb, sz);
}

BOOL WINAPI FDecodeID(LPTSTR sz, LPBYTE pb, ULONG *pcb)
{
    TRACE("%p, %p, %p", sz, pb, pcb);

    clear_ulong(pcb);
    return FALSE;
}

ULONG WINAPI CchOfEncoding(ULONG cb)
{
    TRACE("%lu", cb);

    return 0;
}

ULONG WINAPI CbOfEncoded(LPCTSTR sz)
{
    TRACE("%p", sz);

    return 0;
}
