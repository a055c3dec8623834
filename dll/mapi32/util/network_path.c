/*
 * Paths with a drive letter and the UNC paths that they stand for: what the network redirector has connected.
 */
#include "base/base.h"

#include <string.h>
#include <winnetwk.h>

BOOL WINAPI IsBadBoundedStringPtr(const void *lpsz, UINT cchMax);

typedef DWORD(WINAPI *GET_CONNECTION)(const char *local, char *remote, DWORD *size);

/* The share that a drive is connected to; FALSE when it is not. */
static BOOL drive_share(HMODULE network, char letter, char *share, DWORD size)
{
    GET_CONNECTION get = network ? (GET_CONNECTION)(void *)GetProcAddress(network, "WNetGetConnectionA") : NULL;
    const char drive[] = {letter, ':', 0};

    return get && get(drive, share, &size) == NO_ERROR && *share;
}

static BOOL is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static BOOL is_local(const char *path)
{
    return is_letter(path[0]) && path[1] == ':';
}

static BOOL is_unc(const char *path)
{
    return path[0] == '\\' && path[1] == '\\';
}

/* two texts one after the other */
static SCODE put(const char *first, const char *second, char *out, UINT size)
{
    size_t a = strlen(first), b = strlen(second);

    if (a + b >= size)
        return MAPI_E_TOO_BIG;
    memcpy(out, first, a);
    memcpy(out + a, second, b + 1);
    return S_OK;
}

/* Checks the parameters of both and clears the output. */
static BOOL begin(const char *path, char *out, UINT size)
{
    if (!size || !memory_writable(out, size))
        return FALSE;
    *out = 0;
    return !IsBadBoundedStringPtr(path, 0x8000);
}

/*
 * ScUNCFromLocalPath: \\server\share\path for a path on a connected drive (scuncfromlocalpath).
 * S_FALSE: it is a UNC path already, and copied. MAPI_E_INVALID_PARAMETER: neither, or bad pointers; MAPI_E_NOT_FOUND: the
 * drive is not connected to a share; MAPI_E_TOO_BIG.
 */
SCODE WINAPI ScUNCFromLocalPath(LPSTR lpszLocal, LPSTR lpszUNC, UINT cchUNC)
{
    char share[1024];
    HMODULE network;
    SCODE code;

    TRACE("%s, %p, %u", debugstr_a(lpszLocal), lpszUNC, cchUNC);

    if (!begin(lpszLocal, lpszUNC, cchUNC))
        return MAPI_E_INVALID_PARAMETER;
    if (is_unc(lpszLocal))
        return FAILED(code = put(lpszLocal, "", lpszUNC, cchUNC)) ? code : S_FALSE;
    if (!is_local(lpszLocal))
        return MAPI_E_INVALID_PARAMETER;
    network = LoadLibraryW(L"mpr.dll");
    code = drive_share(network, *lpszLocal, share, sizeof(share)) ? put(share, lpszLocal + 2, lpszUNC, cchUNC)
                                                                  : MAPI_E_NOT_FOUND;
    if (network)
        FreeLibrary(network);
    return code;
}

/*
 * ScLocalPathFromUNC: the path on a connected drive for a UNC path (sclocalpathfromunc).
 * S_FALSE: it is a local path already, and copied. MAPI_E_INVALID_PARAMETER: neither, or bad pointers; MAPI_E_NOT_FOUND: no
 * drive is connected to that share; MAPI_E_TOO_BIG.
 */
SCODE WINAPI ScLocalPathFromUNC(LPSTR lpszUNC, LPSTR lpszLocal, UINT cchLocal)
{
    SCODE code = MAPI_E_NOT_FOUND;
    char share[1024], letter;
    HMODULE network;

    TRACE("%s, %p, %u", debugstr_a(lpszUNC), lpszLocal, cchLocal);

    if (!begin(lpszUNC, lpszLocal, cchLocal))
        return MAPI_E_INVALID_PARAMETER;
    if (is_local(lpszUNC))
        return FAILED(code = put(lpszUNC, "", lpszLocal, cchLocal)) ? code : S_FALSE;
    if (!is_unc(lpszUNC))
        return MAPI_E_INVALID_PARAMETER;
    network = LoadLibraryW(L"mpr.dll");
    for (letter = 'A'; letter <= 'Z' && code == MAPI_E_NOT_FOUND; letter++)
    {
        const char drive[] = {letter, ':', 0};
        size_t length;

        if (!drive_share(network, letter, share, sizeof(share)))
            continue;
        length = strlen(share);
        if (strlen(lpszUNC) >= length && (!lpszUNC[length] || lpszUNC[length] == '\\')
            && CompareStringA(LOCALE_INVARIANT, NORM_IGNORECASE, lpszUNC, (int)length, share, (int)length)
                       == CSTR_EQUAL)
            code = put(drive, lpszUNC + length, lpszLocal, cchLocal);
    }
    if (network)
        FreeLibrary(network);
    return code;
}
