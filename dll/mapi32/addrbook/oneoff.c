/*
 * One-off entry identifiers: 4 flag bytes, the MAPIUID, a version word, a flag word, then name, address type and
 * address as terminated strings, wide or in the ANSI code page (MS-OXCDATA 2.2.5.1).
 */
#include "addrbook/addrbook.h"

#define ONEOFF_UNICODE 0x8000
#define ONEOFF_NO_RICH_INFO 0x0001
#define ONEOFF_HEADER 24       /* flags, uid, version, flag word */
#define ONEOFF_TEXT_MAX 0x8000 /* characters a string */

const MAPIUID oneoff_uid = {
        {0x81, 0x2b, 0x1f, 0xa4, 0xbe, 0xa3, 0x10, 0x19, 0x9d, 0x6e, 0x00, 0xdd, 0x01, 0x0f, 0x54, 0x02}};

BOOL entryid_has_uid(const ENTRYID *entryid, ULONG size, const MAPIUID *uid)
{
    return size >= FIELD_OFFSET(ENTRYID, ab) + sizeof(*uid) && !memcmp(entryid->ab, uid, sizeof(*uid));
}

/* Bytes that text takes in the entry identifier, terminator included; 0: it cannot be said in the code page. */
static ULONG text_bytes(const WCHAR *text, ULONG flags)
{
    BOOL replaced = FALSE;
    int count;

    if (flags & MAPI_UNICODE)
        return ((ULONG)wcslen(text) + 1) * sizeof(WCHAR);
    /* UTF-8 as the ANSI code page says everything and takes neither of the two. */
    if (GetACP() == CP_UTF8)
        return WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    count = WideCharToMultiByte(CP_ACP, WC_NO_BEST_FIT_CHARS, text, -1, NULL, 0, NULL, &replaced);
    return replaced ? 0 : count;
}

static BYTE *text_put(BYTE *to, ULONG size, const WCHAR *text, ULONG flags)
{
    if (flags & MAPI_UNICODE)
        memcpy(to, text, size);
    else
        WideCharToMultiByte(CP_ACP, 0, text, -1, (char *)to, size, NULL, NULL);
    return to + size;
}

HRESULT oneoff_compose(const WCHAR *name, const WCHAR *type, const WCHAR *address, ULONG flags, ULONG *size,
                       ENTRYID **entryid)
{
    const WCHAR *texts[3] = {name && *name ? name : address, type, address};
    ULONG bytes[3], total = ONEOFF_HEADER, i;
    WORD words[2];
    BYTE *at;
    SCODE sc;

    *size = 0;
    *entryid = NULL;
    if (!*type || !*address || wcschr(type, ':'))
        return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < ARRAY_SIZE(texts); i++)
    {
        if (wcslen(texts[i]) >= ONEOFF_TEXT_MAX)
            return MAPI_E_TOO_BIG;
        if (!(bytes[i] = text_bytes(texts[i], flags)))
            return MAPI_E_INVALID_PARAMETER;
        total += bytes[i];
    }
    if (FAILED(sc = MAPIAllocateBuffer(total, (void **)entryid)))
        return sc;

    words[0] = 0;
    words[1] = (flags & MAPI_UNICODE ? ONEOFF_UNICODE : 0) | (flags & MAPI_SEND_NO_RICH_INFO ? ONEOFF_NO_RICH_INFO : 0);
    at = (BYTE *)*entryid;
    memset(at, 0, 4);
    memcpy(at + 4, &oneoff_uid, sizeof(oneoff_uid));
    memcpy(at + 20, words, sizeof(words));
    at += ONEOFF_HEADER;
    for (i = 0; i < ARRAY_SIZE(texts); i++)
        at = text_put(at, bytes[i], texts[i], flags);
    *size = total;
    return S_OK;
}

/* Reads one terminated string and moves *at behind it. */
static HRESULT text_take(const BYTE **at, const BYTE *end, BOOL wide, WCHAR **out)
{
    const BYTE *start = *at;
    int count, bytes;

    if (wide)
    {
        WCHAR c;

        do
        {
            if (end - *at < (ptrdiff_t)sizeof(c))
                return MAPI_E_INVALID_ENTRYID;
            memcpy(&c, *at, sizeof(c));
            *at += sizeof(c);
        } while (c);
        if (!(*out = heap_alloc(*at - start)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        memcpy(*out, start, *at - start);
        return S_OK;
    }

    do
    {
        if (*at == end)
            return MAPI_E_INVALID_ENTRYID;
    } while (*(*at)++);
    bytes = (int)(*at - start);
    if (!(count = MultiByteToWideChar(CP_ACP, MB_ERR_INVALID_CHARS, (const char *)start, bytes, NULL, 0)))
        return MAPI_E_INVALID_ENTRYID;
    if (!(*out = heap_alloc(count * sizeof(WCHAR))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    MultiByteToWideChar(CP_ACP, MB_ERR_INVALID_CHARS, (const char *)start, bytes, *out, count);
    return S_OK;
}

HRESULT oneoff_parse(const ENTRYID *entryid, ULONG size, struct oneoff *oneoff)
{
    const BYTE *at = (const BYTE *)entryid, *end = at + size;
    WORD words[2];
    HRESULT hr;
    BOOL wide;

    memset(oneoff, 0, sizeof(*oneoff));
    if (size < ONEOFF_HEADER || size > ONEOFF_HEADER + 3 * ONEOFF_TEXT_MAX * sizeof(WCHAR)
        || !entryid_has_uid(entryid, size, &oneoff_uid))
        return MAPI_E_INVALID_ENTRYID;
    memcpy(words, at + 20, sizeof(words));
    if (words[0])
        return MAPI_E_INVALID_ENTRYID;
    wide = !!(words[1] & ONEOFF_UNICODE);
    oneoff->rich_info = !(words[1] & ONEOFF_NO_RICH_INFO);

    at += ONEOFF_HEADER;
    if (FAILED(hr = text_take(&at, end, wide, &oneoff->name)) || FAILED(hr = text_take(&at, end, wide, &oneoff->type))
        || FAILED(hr = text_take(&at, end, wide, &oneoff->address)))
        oneoff_clear(oneoff);
    return hr;
}

void oneoff_clear(struct oneoff *oneoff)
{
    heap_free(oneoff->name);
    heap_free(oneoff->type);
    heap_free(oneoff->address);
    memset(oneoff, 0, sizeof(*oneoff));
}

static BOOL same_text(const WCHAR *a, const WCHAR *b)
{
    return CompareStringOrdinal(a, -1, b, -1, TRUE) == CSTR_EQUAL;
}

HRESULT oneoff_compare(const ENTRYID *a, ULONG size_a, const ENTRYID *b, ULONG size_b, ULONG *same)
{
    struct oneoff first, second;
    HRESULT hr;

    *same = FALSE;
    if (FAILED(hr = oneoff_parse(a, size_a, &first)))
        return hr;
    if (SUCCEEDED(hr = oneoff_parse(b, size_b, &second)))
    {
        *same = same_text(first.type, second.type) && same_text(first.address, second.address);
        oneoff_clear(&second);
    }
    oneoff_clear(&first);
    return hr;
}
