/*
 * load: from a provider's DLL to its provider object (conformance.md 6.1).
 */
#ifndef POSTROOM_PROVIDER_LOAD_H
#define POSTROOM_PROVIDER_LOAD_H

#include "provider/set.h"

/*
 * Loads the DLL ("32" is added to its name) and has its entry point make a provider object. The DLL stays loaded until the
 * last MAPIUninitialize, whatever comes of it (S-35).
 * MAPI_E_NOT_FOUND: no such DLL, or no name of one; what library_load says besides (provider/library.h); MAPI_E_VERSION:
 * the provider is too old, or the DLL is for the other bitness; MAPI_E_CALL_FAILED: no
 * entry point, or it gave no object; what the entry point answers.
 */
HRESULT provider_load(enum provider_kind kind, const WCHAR *dll, ULONG flags, IUnknown **object);

#endif
