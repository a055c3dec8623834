/*
 * Text: wide strings inside, ANSI at the edge. This is the only place where LPTSTR becomes one or the other.
 */
#ifndef POSTROOM_BASE_TEXT_H
#define POSTROOM_BASE_TEXT_H

#include <windows.h>

/*
 * Copies a caller's LPTSTR (wide when flags has MAPI_UNICODE, else in the ANSI code page) into buffer, which has room
 * for size WCHARs with the terminator. NULL text gives "".
 * S_OK; MAPI_E_INVALID_PARAMETER: unreadable, or bytes that are no text in that code page; MAPI_E_TOO_BIG: does not
 * fit (buffer is "" then). Reads no further than size characters.
 */
HRESULT text_from_caller(const void *text, ULONG flags, WCHAR *buffer, size_t size);

/* The same into a heap block of any length up to limit characters; *out is NULL on failure or for NULL text. */
HRESULT text_dup_from_caller(const void *text, ULONG flags, size_t limit, WCHAR **out);

/* Copies of a wide text as a MAPI buffer chained to base (base NULL: a buffer of its own). NULL: out of memory. */
WCHAR *text_more_w(const WCHAR *text, void *base);
char *text_more_a(const WCHAR *text, void *base);

/* A wide copy on our heap; NULL: out of memory. */
WCHAR *text_dup(const WCHAR *text);

static inline BOOL is_high_surrogate(WCHAR c)
{
    return c >= 0xd800 && c < 0xdc00;
}

static inline BOOL is_low_surrogate(WCHAR c)
{
    return c >= 0xdc00 && c < 0xe000;
}

/* A name from outside made safe to show: control characters become blanks, direction characters go; cut with an
 * ellipsis when it does not fit. */
void text_clean(const WCHAR *name, WCHAR *buffer, size_t size);

#endif
