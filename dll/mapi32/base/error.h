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

/*
 * A MAPIERROR as one MAPI buffer: copies of the texts in the width of flags, NULL: none. MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT error_make(const WCHAR *text, const WCHAR *component, ULONG low, ULONG context, ULONG flags, MAPIERROR **error);

/*
 * What foreign code said about its failure, texts in the width of flags: a wide copy that can be trusted; theirs is freed.
 * component is for those that name none. NULL: it said nothing that can be read, or there is no memory.
 */
MAPIERROR *error_take(MAPIERROR *theirs, ULONG flags, const WCHAR *component);

/* What somebody else said about an object's last failure. The error is wide and on our side, under lock. */
struct told_error
{
    SRWLOCK lock;
    HRESULT hr;
    MAPIERROR *error; /* NULL: nothing */
};
/* Takes error over; NULL: nothing was said. */
void told_error_set(struct told_error *told, HRESULT hr, MAPIERROR *error);
/* As last_error_get, but what was told about hr comes first. */
HRESULT told_error_get(struct told_error *told, const struct last_error *last, HRESULT hr, ULONG flags,
                       MAPIERROR **error);

/* The English text for a code; never NULL. */
const WCHAR *error_text(HRESULT hr);

#endif
