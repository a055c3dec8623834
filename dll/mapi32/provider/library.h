/*
 * library: the DLLs of service providers and message services, by the name that profiles and mapisvc.inf have for them.
 *
 * Contract: lowest layer of provider/, knows nothing of profiles and sessions. A DLL that was loaded stays mapped until
 * the last MAPIUninitialize has ended every session (S-35, LOGOFF-41), and as long as somebody uses it. Nothing is ever
 * loaded from the current directory. DllMains run with no lock held.
 */
#ifndef POSTROOM_PROVIDER_LIBRARY_H
#define POSTROOM_PROVIDER_LIBRARY_H

#include "base/base.h"

#define LIBRARY_TEXT_MAX 512 /* characters of an explanation, with the terminator */

/*
 * The file name of a registered name: "32" before the last component's extension, or "32.dll" when it has none (SVC-28).
 * The last component, not the first period of the whole text: "C:\Program Files\v1.2\store.dll" has to work. A name that
 * carries "32" already gets a second one, so it fails as a file that is not there, as documented.
 * MAPI_E_INVALID_PARAMETER: empty, ends in a separator, too long, a relative path, or a device or stream.
 */
HRESULT library_file_name(const WCHAR *registered, WCHAR file[MAX_PATH]);

/*
 * Loads the DLL of a registered name, from its absolute path or, for a bare name, from the system directory or the folder
 * of this DLL. Each success is one use, given back with library_release.
 * explanation: what failed, in words; may be NULL, "" on success.
 * MAPI_E_INVALID_PARAMETER: no name that can be one; MAPI_E_NOT_FOUND: no such file; MAPI_E_VERSION: for programs of the
 * other bitness; MAPI_E_CORRUPT_DATA: no DLL; MAPI_E_UNABLE_TO_COMPLETE: a DLL that it needs is missing, or its DllMain
 * refuses; MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT library_load(const WCHAR *registered, HMODULE *module, WCHAR explanation[LIBRARY_TEXT_MAX]);
/* The DLL goes with the last MAPIUninitialize, or now when that has been. */
void library_release(HMODULE module);

/*
 * An exported function, plain or as stdcall decorates it on i686 ("name@40", "_name@40"). argument_bytes: of a stdcall
 * function on i686, 0: cdecl. MAPI_E_CALL_FAILED: there is none; explanation as above.
 */
HRESULT library_entry(HMODULE module, const WCHAR *name, ULONG argument_bytes, FARPROC *entry,
                      WCHAR explanation[LIBRARY_TEXT_MAX]);

#endif
