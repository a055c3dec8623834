/*
 * Binary identifiers as text: hexadecimal digits, two a byte, ANSI whatever the compiler thinks of LPTSTR. No page
 * describes the form that others use; text made by another MAPI is refused unless it is hexadecimal too.
 */
#include "base/base.h"

#define SIZE_LIMIT ((ULONG)MAXLONG / 2 - 1)

/* Characters that cb bytes take as text, the terminator included; 0: too many. */
ULONG WINAPI CchOfEncoding(ULONG cb)
{
    TRACE("%lu", cb);

    return cb <= SIZE_LIMIT ? 2 * cb + 1 : 0;
}

/* Bytes that a text stands for; 0: it is none of ours. */
ULONG WINAPI CbOfEncoded(LPCTSTR sz)
{
    const char *text = (const char *)sz;
    size_t digits;

    TRACE("%p", sz);

    if (!text || IsBadStringPtrA(text, (UINT_PTR)-1))
        return 0;
    digits = strspn(text, "0123456789abcdefABCDEF");
    return text[digits] || digits % 2 || digits / 2 > SIZE_LIMIT ? 0 : (ULONG)(digits / 2);
}

/* Writes CchOfEncoding(cb) characters to sz; an empty text for bytes that cannot be read. */
void WINAPI EncodeID(LPBYTE pb, ULONG cb, LPTSTR sz)
{
    TRACE("%p, %lu, %p", pb, cb, sz);

    if (cb > SIZE_LIMIT || !memory_writable(sz, 2 * (size_t)cb + 1))
        return;
    HexFromBin(memory_readable(pb, cb) ? pb : NULL, (int)cb, sz);
}

/* Writes CbOfEncoded(sz) bytes to pb and their number to *pcb. FALSE: sz is no text of EncodeID's. */
BOOL WINAPI FDecodeID(LPTSTR sz, LPBYTE pb, ULONG *pcb)
{
    ULONG size;

    TRACE("%p, %p, %p", sz, pb, pcb);

    if (!(pcb = OUT_POINTER(pcb)))
        return FALSE;
    *pcb = 0;
    if (!(size = CbOfEncoded(sz)) || !memory_writable(pb, size) || !FBinFromHex(sz, pb))
        return FALSE;
    *pcb = size;
    return TRUE;
}

/*
 * An entry identifier as text; the caller frees *lpsz (MAPIFreeBuffer). MAPI_E_INVALID_PARAMETER: no place for the text;
 * MAPI_E_INVALID_ENTRYID: nothing, too much, unreadable; MAPI_E_NOT_ENOUGH_MEMORY. Page hrszfromentryid.
 */
HRESULT WINAPI HrSzFromEntryID(ULONG cb, LPENTRYID lpEntryID, LPTSTR *lpsz)
{
    char *text;

    TRACE("%lu, %p, %p", cb, lpEntryID, lpsz);

    if (!(lpsz = OUT_POINTER(lpsz)))
        return MAPI_E_INVALID_PARAMETER;
    *lpsz = NULL;
    if (!cb || cb > SIZE_LIMIT || !memory_readable(lpEntryID, cb))
        return MAPI_E_INVALID_ENTRYID;
    if (MAPIAllocateBuffer(CchOfEncoding(cb), (void **)&text))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    EncodeID((BYTE *)lpEntryID, cb, (LPTSTR)text);
    *lpsz = (LPTSTR)text;
    return S_OK;
}

/*
 * The entry identifier that a text of HrSzFromEntryID's stands for; the caller frees *lppEntryID (MAPIFreeBuffer).
 * MAPI_E_INVALID_PARAMETER: no place for the result; MAPI_E_INVALID_ENTRYID: another text; MAPI_E_NOT_ENOUGH_MEMORY.
 * Page hrentryidfromsz.
 */
HRESULT WINAPI HrEntryIDFromSz(LPTSTR lpsz, ULONG *lpcb, LPENTRYID *lppEntryID)
{
    ULONG size;
    void *bytes;

    TRACE("%p, %p, %p", lpsz, lpcb, lppEntryID);

    lpcb = OUT_POINTER(lpcb);
    lppEntryID = OUT_POINTER(lppEntryID);
    if (lpcb)
        *lpcb = 0;
    if (lppEntryID)
        *lppEntryID = NULL;
    if (!lpcb || !lppEntryID)
        return MAPI_E_INVALID_PARAMETER;
    if (!(size = CbOfEncoded(lpsz)))
        return MAPI_E_INVALID_ENTRYID;
    if (MAPIAllocateBuffer(size, &bytes))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    /* Another thread may have changed the text meanwhile. */
    if (ScBinFromHexBounded(lpsz, bytes, size) != S_OK)
    {
        MAPIFreeBuffer(bytes);
        return MAPI_E_INVALID_ENTRYID;
    }
    *lpcb = size;
    *lppEntryID = bytes;
    return S_OK;
}
