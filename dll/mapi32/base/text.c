/*
 * Text: callers' LPTSTRs in, wide strings inside. A caller's text is read page by page, each page probed before, and
 * no further than the limit, so that a wild pointer or a missing terminator ends in an error.
 */
#include <string.h>

#include "base/base.h"

#define PAGE 0x1000u

/*
 * The length of a caller's text in units of step bytes (1 or 2), without the terminator; at most limit units are looked
 * at. FALSE: it runs into memory that cannot be read. *length == limit: no terminator among them.
 */
static BOOL measure(const void *text, size_t step, size_t limit, size_t *length)
{
    const unsigned char *bytes = text;
    size_t index;

    for (index = 0; index < limit; index++, bytes += step)
    {
        /* the first unit, the first of each page, and one that lies across two pages */
        if ((index == 0 || ((ULONG_PTR)bytes & (PAGE - 1)) < step || (step == 2 && ((ULONG_PTR)bytes + 1) % PAGE == 0))
            && !memory_readable(bytes, step))
            return FALSE;
        if (!bytes[0] && (step == 1 || !bytes[1]))
            break;
    }
    *length = index;
    return TRUE;
}

/* Units of a caller's text that limit characters can take at most, terminator excluded. */
static size_t ansi_limit(size_t limit)
{
    CPINFO info;
    UINT widest = GetCPInfo(CP_ACP, &info) ? info.MaxCharSize : 2;

    return limit > SIZE_MAX / 8 ? limit : limit * widest;
}

HRESULT text_from_caller(const void *text, ULONG flags, WCHAR *buffer, size_t size)
{
    size_t length, limit;
    int written;

    buffer[0] = 0;
    if (!text)
        return S_OK;
    if (flags & MAPI_UNICODE)
    {
        if (!measure(text, sizeof(WCHAR), size, &length))
            return MAPI_E_INVALID_PARAMETER;
        if (length == size)
            return MAPI_E_TOO_BIG;
        memcpy(buffer, text, length * sizeof(WCHAR));
        buffer[length] = 0;
        return S_OK;
    }

    limit = ansi_limit(size - 1);
    if (!measure(text, 1, limit + 1, &length))
        return MAPI_E_INVALID_PARAMETER;
    if (length > limit || length > INT_MAX || size > INT_MAX)
        return MAPI_E_TOO_BIG;
    if (!length)
        return S_OK;
    written = MultiByteToWideChar(CP_ACP, MB_ERR_INVALID_CHARS, text, (int)length, buffer, (int)size - 1);
    if (!written)
    {
        buffer[0] = 0;
        return GetLastError() == ERROR_INSUFFICIENT_BUFFER ? MAPI_E_TOO_BIG : MAPI_E_INVALID_PARAMETER;
    }
    buffer[written] = 0;
    return S_OK;
}

HRESULT text_dup_from_caller(const void *text, ULONG flags, size_t limit, WCHAR **out)
{
    size_t step = flags & MAPI_UNICODE ? sizeof(WCHAR) : 1, length, bytes;
    HRESULT hr;

    *out = NULL;
    if (!text)
        return S_OK;
    if (!measure(text, step, step == 1 ? ansi_limit(limit) + 1 : limit + 1, &length))
        return MAPI_E_INVALID_PARAMETER;
    if (length > (step == 1 ? ansi_limit(limit) : limit))
        return MAPI_E_TOO_BIG;
    /* an ANSI text never has more characters than bytes */
    if (length > limit)
        length = limit;
    if (!size_multiply(length + 1, sizeof(WCHAR), &bytes) || !(*out = heap_alloc(bytes)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = text_from_caller(text, flags, *out, length + 1)))
    {
        heap_free(*out);
        *out = NULL;
    }
    return hr;
}

static void *more(size_t size, void *base)
{
    void *buffer;

    if (size > MAXLONG)
        return NULL;
    if (base ? MAPIAllocateMore((ULONG)size, base, &buffer) : MAPIAllocateBuffer((ULONG)size, &buffer))
        return NULL;
    return buffer;
}

WCHAR *text_more_w(const WCHAR *text, void *base)
{
    size_t size = (wcslen(text) + 1) * sizeof(WCHAR);
    WCHAR *copy = more(size, base);

    return copy ? memcpy(copy, text, size) : NULL;
}

/* Characters that the ANSI code page lacks become its default character. */
char *text_more_a(const WCHAR *text, void *base)
{
    int size = WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    char *copy;

    if (size <= 0 || !(copy = more(size, base)))
        return NULL;
    if (!WideCharToMultiByte(CP_ACP, 0, text, -1, copy, size, NULL, NULL))
        copy[0] = 0;
    return copy;
}

WCHAR *text_dup(const WCHAR *text)
{
    size_t size = (wcslen(text) + 1) * sizeof(WCHAR);
    WCHAR *copy = heap_alloc(size);

    return copy ? memcpy(copy, text, size) : NULL;
}

static BOOL is_direction_character(WCHAR c)
{
    return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x206f);
}

static BOOL is_control_character(WCHAR c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

void text_clean(const WCHAR *name, WCHAR *buffer, size_t size)
{
    size_t length = 0;

    for (; *name && length + 1 < size; name++)
    {
        WCHAR c = *name;

        if (is_direction_character(c))
            continue;
        if (is_high_surrogate(c) && is_low_surrogate(name[1]))
        {
            if (length + 2 >= size)
                break;
            buffer[length++] = *name++;
            buffer[length++] = *name;
            continue;
        }
        if (is_control_character(c))
            c = ' ';
        else if (is_high_surrogate(c) || is_low_surrogate(c))
            c = 0xfffd;
        buffer[length++] = c;
    }
    if (*name && length)
    {
        if (is_low_surrogate(buffer[length - 1]))
            length--;
        buffer[length - 1] = 0x2026;
    }
    buffer[length] = 0;
}
