/*
 * Wrapped store entry identifiers (MS-OXCDATA 2.2.4.3): the store's own one behind the name of its DLL; and those of stores
 * that have none yet, which name their profile section.
 */
#include "provider/set.h"

static const MAPIUID wrapped_uid = {
        {0x38, 0xa1, 0xbb, 0x10, 0x05, 0xe5, 0x10, 0x1a, 0xa1, 0xbb, 0x08, 0x00, 0x2b, 0x2a, 0x56, 0xc2}};

#define HEADER_SIZE (4 + sizeof(MAPIUID) + 2) /* flags, uid, version, flag */

HRESULT entryid_wrap(const WCHAR *dll, ULONG size, const void *private, ULONG *wrapped_size, ENTRYID **wrapped)
{
    char name[DLL_NAME_MAX];
    size_t name_size, total;
    BOOL lossy = FALSE;
    BYTE *bytes;
    HRESULT hr;

    *wrapped_size = 0;
    *wrapped = NULL;
    name_size = WideCharToMultiByte(CP_ACP, WC_NO_BEST_FIT_CHARS, dll, -1, name, sizeof(name), NULL, &lossy);
    if (!name_size || lossy)
        return MAPI_E_INVALID_PARAMETER;
    /* The private part begins at a multiple of 4. */
    total = (HEADER_SIZE + name_size + 3) & ~(size_t)3;
    name_size = total - HEADER_SIZE;
    if (!size_add(total, size, &total) || total > 0xffff)
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = MAPIAllocateBuffer((ULONG)total, (void **)&bytes)))
        return hr;
    memset(bytes, 0, total);
    memcpy(bytes + 4, &wrapped_uid, sizeof(wrapped_uid));
    memcpy(bytes + HEADER_SIZE, name, strlen(name));
    memcpy(bytes + HEADER_SIZE + name_size, private, size);
    *wrapped_size = (ULONG)total;
    *wrapped = (ENTRYID *)bytes;
    return S_OK;
}

BOOL entryid_unwrap(const ENTRYID *entryid, ULONG size, WCHAR dll[DLL_NAME_MAX], ULONG *private_size,
                    const BYTE **private)
{
    const BYTE *bytes = (const BYTE *)entryid;
    size_t name_size, begin;

    if (size <= HEADER_SIZE || memcmp(bytes + 4, &wrapped_uid, sizeof(wrapped_uid)) || bytes[HEADER_SIZE - 2])
        return FALSE;
    name_size = strnlen((const char *)bytes + HEADER_SIZE, size - HEADER_SIZE);
    begin = (HEADER_SIZE + name_size + 1 + 3) & ~(size_t)3;
    if (!name_size || name_size >= DLL_NAME_MAX || begin > size)
        return FALSE;
    if (!MultiByteToWideChar(CP_ACP, MB_ERR_INVALID_CHARS, (const char *)bytes + HEADER_SIZE, (int)name_size + 1, dll,
                             DLL_NAME_MAX))
        return FALSE;
    *private_size = size - (ULONG)begin;
    *private = bytes + begin;
    return TRUE;
}

/*
 * WrapStoreEntryID: a store's own identifier as one that names its DLL, for the profile and for other programs
 * (wrapstoreentryid).
 *
 * ulFlags  MAPI_UNICODE: lpszDLLName is wide
 *
 * The result is one MAPI buffer. MAPI_E_INVALID_PARAMETER: bad pointers, no name or one that is too long or not of the ANSI
 * code page, an identifier that is too large; MAPI_E_UNKNOWN_FLAGS; MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT WINAPI WrapStoreEntryID(ULONG ulFlags, LPTSTR lpszDLLName, ULONG cbOrigEntry, LPENTRYID lpOrigEntry,
                                ULONG *lpcbWrappedEntry, LPENTRYID *lppWrappedEntry)
{
    WCHAR name[DLL_NAME_MAX];

    TRACE("%#lx, %s, %lu, %p, %p, %p", ulFlags, debugstr_t(lpszDLLName, ulFlags), cbOrigEntry, lpOrigEntry,
          lpcbWrappedEntry, lppWrappedEntry);

    if ((lpcbWrappedEntry = OUT_POINTER(lpcbWrappedEntry)))
        *lpcbWrappedEntry = 0;
    if ((lppWrappedEntry = OUT_POINTER(lppWrappedEntry)))
        *lppWrappedEntry = NULL;
    if (!lpcbWrappedEntry || !lppWrappedEntry)
        return MAPI_E_INVALID_PARAMETER;
    if (ulFlags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(text_from_caller(lpszDLLName, ulFlags, name, ARRAY_SIZE(name))) || !*name || !cbOrigEntry
        || cbOrigEntry > 0xffff || !memory_readable(lpOrigEntry, cbOrigEntry))
        return MAPI_E_INVALID_PARAMETER;
    return entryid_wrap(name, cbOrigEntry, lpOrigEntry, lpcbWrappedEntry, lppWrappedEntry);
}
