/*
 * Conversation indexes: a header of 22 bytes (a reserved byte, five bytes of the time, a GUID), then five bytes for each
 * answer: how long after the header's time, and a random number (tracking-conversations).
 */
#include "base/base.h"

#define HEADER_SIZE 22
#define TIME_OFFSET 1
#define TIME_SIZE 5
#define TIME_SHIFT 16 /* of the bits of a FILETIME that the header leaves out */
#define CHILD_SIZE 5
#define FINE_LIMIT (1ull << 49) /* of a difference whose high 15 bits are 0 */

static ULONGLONG now(void)
{
    FILETIME time;

    GetSystemTimeAsFileTime(&time);
    return (ULONGLONG)time.dwHighDateTime << 32 | time.dwLowDateTime;
}

/* number's lowest bytes, the highest of them first. */
static void put_bytes(BYTE *bytes, size_t count, ULONGLONG number)
{
    for (; count; number >>= 8)
        bytes[--count] = (BYTE)number;
}

static HRESULT write_header(BYTE *header)
{
    GUID guid;

    header[0] = 1;
    put_bytes(header + TIME_OFFSET, TIME_SIZE, now() >> TIME_SHIFT);
    if (FAILED(CoCreateGuid(&guid)))
        return MAPI_E_CALL_FAILED;
    memcpy(header + TIME_OFFSET + TIME_SIZE, &guid, sizeof(guid));
    return S_OK;
}

static void write_child(BYTE *child, const BYTE *header)
{
    /* The header's time lacks the highest byte, so the difference does too. */
    const ULONGLONG mask = (1ull << (8 * TIME_SIZE + TIME_SHIFT)) - 1;
    ULONGLONG begin = 0, passed;
    DWORD random = GetTickCount();
    size_t i;

    for (i = 0; i < TIME_SIZE; i++)
        begin = begin << 8 | header[TIME_OFFSET + i];
    passed = (now() - (begin << TIME_SHIFT)) & mask;
    if (passed < FINE_LIMIT)
        put_bytes(child, 4, passed >> 18);
    else
        put_bytes(child, 4, 0x80000000u | ((passed >> 23) & 0x7fffffff));
    child[4] = (BYTE)random;
}

/*
 * Makes the conversation index of a message: a new header, or the parent's index with one answer more.
 * cbParent, lpbParent: the index of the message that is answered; of a size that no index has: a new conversation.
 * The caller frees *lppbConvIndex (MAPIFreeBuffer). S_OK; MAPI_E_INVALID_PARAMETER: unreadable parent, no place for the
 * result; MAPI_E_NOT_ENOUGH_MEMORY; MAPI_E_CALL_FAILED: the system has no more GUIDs. Page sccreateconversationindex.
 */
SCODE WINAPI ScCreateConversationIndex(ULONG cbParent, LPBYTE lpbParent, ULONG *lpcbConvIndex, LPBYTE *lppbConvIndex)
{
    BOOL answers = cbParent >= HEADER_SIZE && (cbParent - HEADER_SIZE) % CHILD_SIZE == 0;
    ULONG size = HEADER_SIZE;
    SCODE code = S_OK;
    BYTE *index;

    TRACE("%lu, %p, %p, %p", cbParent, lpbParent, lpcbConvIndex, lppbConvIndex);

    lpcbConvIndex = OUT_POINTER(lpcbConvIndex);
    lppbConvIndex = OUT_POINTER(lppbConvIndex);
    if (lpcbConvIndex)
        *lpcbConvIndex = 0;
    if (lppbConvIndex)
        *lppbConvIndex = NULL;
    if (!lpcbConvIndex || !lppbConvIndex || cbParent > MAXLONG - CHILD_SIZE || !memory_readable(lpbParent, cbParent))
        return MAPI_E_INVALID_PARAMETER;
    if (answers)
        size = cbParent + CHILD_SIZE;
    if (MAPIAllocateBuffer(size, (void **)&index))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (answers)
    {
        memcpy(index, lpbParent, cbParent);
        write_child(index + cbParent, index);
    }
    else
        code = write_header(index);
    if (code != S_OK)
    {
        MAPIFreeBuffer(index);
        return code;
    }
    *lpcbConvIndex = size;
    *lppbConvIndex = index;
    return S_OK;
}
