/*
 * Strings: searching in ANSI text (double-byte code pages included), wide string functions under MAPI's own names,
 * checks of strings. The texts of the Sz functions are ANSI whatever the compiler thinks of LPTSTR.
 */
#include "base/base.h"

/* The character that begins at text: one byte, or two when the first is a lead byte. */
static USHORT character_at(const char *text)
{
    if (IsDBCSLeadByte((BYTE)text[0]) && text[1])
        return (USHORT)((BYTE)text[0] << 8 | (BYTE)text[1]);
    return (BYTE)text[0];
}

/* A double-byte character may be given with either byte first: lead byte low is how string literals are read. */
static BOOL is_character(const char *text, USHORT ch)
{
    USHORT here = character_at(text);

    return here == ch || (here > 0xff && here == (USHORT)(ch << 8 | ch >> 8));
}

LPTSTR WINAPI SzFindCh(LPCTSTR lpsz, USHORT ch)
{
    const char *text;

    TRACE("%s, %#x", debugstr_a((const char *)lpsz), ch);

    for (text = (const char *)lpsz; text && *text; text = CharNextA(text))
        if (is_character(text, ch))
            return (LPTSTR)text;
    return NULL;
}

LPTSTR WINAPI SzFindLastCh(LPCTSTR lpsz, USHORT ch)
{
    const char *text, *last = NULL;

    TRACE("%s, %#x", debugstr_a((const char *)lpsz), ch);

    for (text = (const char *)lpsz; text && *text; text = CharNextA(text))
        if (is_character(text, ch))
            last = text;
    return (LPTSTR)last;
}

LPTSTR WINAPI SzFindSz(LPCTSTR lpsz, LPCTSTR lpszKey)
{
    const char *text, *key = (const char *)lpszKey;
    size_t length;

    TRACE("%s, %s", debugstr_a((const char *)lpsz), debugstr_a(key));

    if (!lpsz || !key)
        return NULL;
    length = strlen(key);
    for (text = (const char *)lpsz; *text; text = CharNextA(text))
        if (!strncmp(text, key, length))
            return (LPTSTR)text;
    return length ? NULL : (LPTSTR)text;
}

int WINAPI MNLS_lstrlenW(LPCWSTR text)
{
    TRACE("%s", debugstr_w(text));

    return lstrlenW(text);
}

int WINAPI MNLS_lstrcmpW(LPCWSTR left, LPCWSTR right)
{
    TRACE("%s, %s", debugstr_w(left), debugstr_w(right));

    return lstrcmpW(left, right);
}

LPWSTR WINAPI MNLS_lstrcpyW(LPWSTR target, LPCWSTR source)
{
    TRACE("%p, %s", target, debugstr_w(source));

    if (!target || !source)
        return NULL;
    return memcpy(target, source, (wcslen(source) + 1) * sizeof(WCHAR));
}

int WINAPI MNLS_CompareStringW(LCID locale, DWORD flags, LPCWSTR left, int left_length, LPCWSTR right, int right_length)
{
    TRACE("%#lx, %#lx, %p, %d, %p, %d", locale, flags, left, left_length, right, right_length);

    return CompareStringW(locale, flags, left, left_length, right, right_length);
}

int WINAPI MNLS_MultiByteToWideChar(UINT code_page, DWORD flags, LPCSTR source, int length, LPWSTR target, int size)
{
    TRACE("%u, %#lx, %p, %d, %p, %d", code_page, flags, source, length, target, size);

    return MultiByteToWideChar(code_page, flags, source, length, target, size);
}

int WINAPI MNLS_WideCharToMultiByte(UINT code_page, DWORD flags, LPCWSTR source, int length, LPSTR target, int size,
                                    LPCSTR default_char, BOOL *used_default)
{
    TRACE("%u, %#lx, %p, %d, %p, %d, %p, %p", code_page, flags, source, length, target, size, default_char,
          used_default);

    return WideCharToMultiByte(code_page, flags, source, length, target, size, default_char, used_default);
}

BOOL WINAPI MNLS_IsBadStringPtrW(LPCWSTR text, UINT_PTR limit)
{
    TRACE("%p, %Iu", text, (size_t)limit);

    return IsBadStringPtrW(text, limit);
}

/* As IsBadStringPtr: the text must be readable up to its end or up to limit characters. */
BOOL WINAPI IsBadBoundedStringPtr(const void *lpsz, UINT cchMax)
{
    TRACE("%p, %u", lpsz, cchMax);

    return cchMax && IsBadStringPtrA(lpsz, cchMax);
}

/* An array of cStrings strings: bad when it or one of its strings cannot be read. */
BOOL WINAPI FBadRglpszA(LPTSTR *lppszT, ULONG cStrings)
{
    const char *const *strings = (const char *const *)lppszT;
    ULONG i;

    TRACE("%p, %lu", lppszT, cStrings);

    if (cStrings > MAXLONG / sizeof(*strings) || IsBadReadPtr(strings, cStrings * sizeof(*strings)))
        return TRUE;
    for (i = 0; i < cStrings; i++)
        if (IsBadStringPtrA(strings[i], (UINT_PTR)-1))
            return TRUE;
    return FALSE;
}

BOOL WINAPI FBadRglpszW(LPWSTR *lppszW, ULONG cStrings)
{
    ULONG i;

    TRACE("%p, %lu", lppszW, cStrings);

    if (cStrings > MAXLONG / sizeof(*lppszW) || IsBadReadPtr(lppszW, cStrings * sizeof(*lppszW)))
        return TRUE;
    for (i = 0; i < cStrings; i++)
        if (IsBadStringPtrW(lppszW[i], (UINT_PTR)-1))
            return TRUE;
    return FALSE;
}

/* An array of pointers to names, each by number or by text. */
BOOL WINAPI FBadRglpNameID(LPMAPINAMEID *lppNameId, ULONG cNames)
{
    ULONG i;

    TRACE("%p, %lu", lppNameId, cNames);

    if (cNames > MAXLONG / sizeof(*lppNameId) || IsBadReadPtr(lppNameId, cNames * sizeof(*lppNameId)))
        return TRUE;
    for (i = 0; i < cNames; i++)
    {
        const MAPINAMEID *name = lppNameId[i];

        if (IsBadReadPtr(name, sizeof(*name)) || (name->ulKind != MNID_ID && name->ulKind != MNID_STRING))
            return TRUE;
        if (name->ulKind == MNID_STRING && IsBadStringPtrW(name->Kind.lpwstrName, (UINT_PTR)-1))
            return TRUE;
    }
    return FALSE;
}
