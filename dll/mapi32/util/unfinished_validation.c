/*
 * Unfinished: parameter validation by method number, and what asks for arrays of names. What cannot be checked counts
 * as bad.
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

BOOL WINAPI FBadRglpszA(char **lppszT, ULONG cStrings)
{
    TRACE("%p, %lu", lppszT, cStrings);

    return TRUE;
}

BOOL WINAPI FBadRglpszW(WCHAR **lppszW, ULONG cStrings)
{
    TRACE("%p, %lu", lppszW, cStrings);

    return TRUE;
}

BOOL WINAPI FBadRglpNameID(LPMAPINAMEID *lppNameId, ULONG cNames)
{
    TRACE("%p, %lu", lppNameId, cNames);

    return TRUE;
}
