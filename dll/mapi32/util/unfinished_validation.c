/*
 * Unfinished: parameter validation by method number, a division that no page describes.
 */
#include "util/unfinished.h"

#include <stdarg.h>

HRESULT WINAPI HrValidateParameters(ULONG eMethod, LPVOID *ppFirstArg)
{
    TRACE("%#lx, %p", eMethod, ppFirstArg);

    return MAPI_E_NO_SUPPORT;
}

HRESULT CDECL HrValidateParametersV(ULONG eMethod, ...)
{
    TRACE("%#lx", eMethod);

    return MAPI_E_NO_SUPPORT;
}

HRESULT CDECL HrValidateParametersValist(ULONG eMethod, va_list arglist)
{
    (void)arglist;
    TRACE("%#lx", eMethod);

    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI __ValidateParameters(ULONG eMethod, LPVOID First)
{
    TRACE("%#lx, %p", eMethod, First);

    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI __CPPValidateParameters(ULONG eMethod, const void *First)
{
    TRACE("%#lx, %p", eMethod, First);

    return MAPI_E_NO_SUPPORT;
}

/* Divides; the name is Microsoft's, and no page describes what is bogus about it. */
FILETIME WINAPI FtDivFtBogus(FILETIME ftDividend, FILETIME ftDivisor, CHAR chShift)
{
    FILETIME none = {0, 0};

    (void)ftDividend;
    (void)ftDivisor;
    TRACE("%d", chShift);

    return none;
}
