/*
 * Unfinished: questions about the installation, entry points of other vendors' mapi32.dll, the profile provider.
 */
#include "util/unfinished.h"

/* No classes are registered by this DLL; the form library's class factory comes with the forms. */
HRESULT WINAPI DllGetClassObject(REFCLSID rclsid, REFIID riid, void **ppv)
{
    TRACE("%s, %s, %p", debugstr_guid(rclsid), debugstr_guid(riid), ppv);

    clear_pointer(ppv);
    return CLASS_E_CLASSNOTAVAILABLE;
}

DWORD WINAPI FixMAPI(void)
{
    TRACE("()");

    return MAPI_E_NO_SUPPORT;
}

/* No Outlook, no version. */
DWORD WINAPI GetOutlookVersion(void)
{
    TRACE("()");

    return 0;
}

/* Finds a component of the Windows Installer; there is none of ours, which is what FALSE says. */
BOOL WINAPI FGetComponentPath(const char *szComponent, char *szQualifier, char *szDllPath, DWORD cchBufferSize,
                              BOOL fInstall)
{
    TRACE("%s, %s, %p, %lu, %d", debugstr_a(szComponent), debugstr_a(szQualifier), szDllPath, cchBufferSize, fInstall);

    clear_text(szDllPath, cchBufferSize);
    return FALSE;
}

void WINAPI MAPICrashRecovery(ULONG ulFlags)
{
    TRACE("%#lx", ulFlags);
}

DWORD WINAPI MAPIGetNetscapeVersion(void)
{
    TRACE("()");

    return 0;
}

ULONG WINAPI MAPI_NSCP_SynchronizeClient(LHANDLE session, ULONG port)
{
    TRACE("%#Ix, %lu", (size_t)session, port);

    return MAPI_E_NOT_SUPPORTED;
}

/* mingw-w64's import library for x86_64 has this name for an entry that Microsoft's DLL exports by ordinal only. */
HRESULT CDECL ord_8(void)
{
    TRACE("()");

    return MAPI_E_NO_SUPPORT;
}

HRESULT CDECL ScSplEntry(void)
{
    TRACE("()");

    return MAPI_E_NO_SUPPORT;
}

HRESULT CDECL PRProviderInit(HINSTANCE hInstance, LPMALLOC lpMalloc, LPALLOCATEBUFFER lpAllocateBuffer,
                             LPALLOCATEMORE lpAllocateMore, LPFREEBUFFER lpFreeBuffer, ULONG ulFlags, ULONG ulMAPIVer,
                             ULONG *lpulProviderVer, void **lppProvider)
{
    TRACE("%p, %p, %p, %p, %p, %#lx, %#lx, %p, %p", hInstance, lpMalloc, lpAllocateBuffer, lpAllocateMore, lpFreeBuffer,
          ulFlags, ulMAPIVer, lpulProviderVer, lppProvider);

    clear_ulong(lpulProviderVer);
    clear_pointer(lppProvider);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrGetOmiProvidersFlags(MAPIUID *lpuidProvider, ULONG *lpulFlags)
{
    TRACE("%p, %p", lpuidProvider, lpulFlags);

    clear_ulong(lpulFlags);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrSetOmiProvidersFlagsInvalid(MAPIUID *lpuidProvider)
{
    TRACE("%p", lpuidProvider);

    return MAPI_E_NO_SUPPORT;
}
