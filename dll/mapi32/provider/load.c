/*
 * load: see load.h.
 */
#include "provider/load.h"
#include "provider/library.h"

#define OLDEST_PROVIDER 0x00010000 /* PDK1 */

/* The entry points differ in the type of their last parameter only. */
typedef HRESULT(__cdecl *provider_init)(HINSTANCE instance, IMalloc *allocator, LPALLOCATEBUFFER allocate,
                                        LPALLOCATEMORE more, LPFREEBUFFER release, ULONG flags, ULONG version,
                                        ULONG *provider_version, IUnknown **provider);

HRESULT provider_load(enum provider_kind kind, const WCHAR *dll, ULONG flags, IUnknown **object)
{
    static const WCHAR *const names[PROVIDER_KINDS] = {L"XPProviderInit", L"ABProviderInit", L"MSProviderInit"};
    ULONG version = 0;
    HMODULE module;
    FARPROC entry;
    HRESULT hr;

    *object = NULL;
    /* a name that can be none is, for whoever opens a store, a DLL that is not there */
    if (FAILED(hr = library_load(dll, &module, NULL)))
        return hr == MAPI_E_INVALID_PARAMETER ? MAPI_E_NOT_FOUND : hr;
    hr = library_entry(module, names[kind], 0, &entry, NULL);
    if (SUCCEEDED(hr))
    {
        /* SPI-01, SPI-03 */
        hr = ((provider_init)(void *)entry)(module, MAPIGetDefaultMalloc(), MAPIAllocateBuffer, MAPIAllocateMore,
                                            MAPIFreeBuffer, flags ? MAPI_NT_SERVICE : 0, CURRENT_SPI_VERSION, &version,
                                            object);
    }
    /* It stays until the last MAPIUninitialize, by when every session and with it every provider object has gone. */
    library_release(module);
    if (FAILED(hr))
        *object = NULL;
    else if (!memory_is_interface(*object, 5))
    {
        *object = NULL;
        hr = MAPI_E_CALL_FAILED;
    }
    else if (version < OLDEST_PROVIDER) /* SPI-02 */
    {
        IUnknown_Release(*object);
        *object = NULL;
        hr = MAPI_E_VERSION;
    }
    return hr;
}
