/*
 * Errors: texts for codes, and the last error that an object keeps for its GetLastError.
 */
#ifndef POSTROOM_BASE_ERROR_H
#define POSTROOM_BASE_ERROR_H

#include <postroom/postroom.h>

/* The last error of one object: one word, owner is the object, written with interlocked operations only. */
struct last_error
{
    volatile LONG code;
};

/* Keeps a failure or a warning; S_OK leaves the old one. Returns hr, so a method can end in it. */
HRESULT last_error_set(struct last_error *last, HRESULT hr);

/*
 * What every GetLastError(hResult, ulFlags, lppMAPIError) does.
 * S_OK with *error NULL when hResult is not the object's last error; else one buffer (one MAPIFreeBuffer) with a
 * readable text, component "Postroom", wide with MAPI_UNICODE.
 * MAPI_E_INVALID_PARAMETER: no out pointer; MAPI_E_UNKNOWN_FLAGS; MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT last_error_get(const struct last_error *last, HRESULT hr, ULONG flags, MAPIERROR **error);

/* The English text for a code; never NULL. */
const WCHAR *error_text(HRESULT hr);

#endif
