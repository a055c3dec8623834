/*
 * Reference counts of objects that may be missing, unique identifiers.
 */
#include "base/base.h"

ULONG WINAPI UlAddRef(LPVOID lpunk)
{
    TRACE("%p", lpunk);

    return lpunk ? IUnknown_AddRef((IUnknown *)lpunk) : 0;
}

ULONG WINAPI UlRelease(LPVOID lpunk)
{
    TRACE("%p", lpunk);

    return lpunk ? IUnknown_Release((IUnknown *)lpunk) : 0;
}

/* A MAPIUID is a GUID's bytes. S_OK; MAPI_E_INVALID_PARAMETER; MAPI_E_CALL_FAILED: the system has no more. */
SCODE WINAPI ScGenerateMuid(LPMAPIUID lpMapiUid)
{
    GUID guid;

    TRACE("%p", lpMapiUid);

    if (!lpMapiUid)
        return MAPI_E_INVALID_PARAMETER;
    ZeroMemory(lpMapiUid, sizeof(*lpMapiUid));
    if (FAILED(CoCreateGuid(&guid)))
        return MAPI_E_CALL_FAILED;
    memcpy(lpMapiUid, &guid, sizeof(*lpMapiUid));
    return S_OK;
}
