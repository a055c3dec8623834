/*
 * Texts: choice of the language, string tables, plural forms, and names from outside made safe to show.
 *
 * Contract and ownership: texts.h.
 */
#include "ui/texts.h"
#include "base/base.h"

/* Plural forms of whole numbers, after Unicode CLDR's rules. */

static enum plural_form plural_other(ULONG count)
{
    (void)count;
    return PLURAL_OTHER;
}

static enum plural_form plural_one(ULONG count)
{
    return count == 1 ? PLURAL_ONE : PLURAL_OTHER;
}

static enum plural_form plural_one_million(ULONG count)
{
    if (count == 1)
        return PLURAL_ONE;
    return count != 0 && count % 1000000 == 0 ? PLURAL_MANY : PLURAL_OTHER;
}

static enum plural_form plural_french(ULONG count)
{
    return count == 0 ? PLURAL_ONE : plural_one_million(count);
}

static BOOL ends_in_few(ULONG count)
{
    return count % 10 >= 2 && count % 10 <= 4 && !(count % 100 >= 12 && count % 100 <= 14);
}

static enum plural_form plural_polish(ULONG count)
{
    if (count == 1)
        return PLURAL_ONE;
    return ends_in_few(count) ? PLURAL_FEW : PLURAL_MANY;
}

static enum plural_form plural_czech(ULONG count)
{
    if (count == 1)
        return PLURAL_ONE;
    return count >= 2 && count <= 4 ? PLURAL_FEW : PLURAL_OTHER;
}

static enum plural_form plural_east_slavic(ULONG count)
{
    if (count % 10 == 1 && count % 100 != 11)
        return PLURAL_ONE;
    return ends_in_few(count) ? PLURAL_FEW : PLURAL_MANY;
}

static enum plural_form plural_arabic(ULONG count)
{
    if (count <= 2)
        return count == 0 ? PLURAL_ZERO : count == 1 ? PLURAL_ONE : PLURAL_TWO;
    if (count % 100 >= 3 && count % 100 <= 10)
        return PLURAL_FEW;
    return count % 100 >= 11 ? PLURAL_MANY : PLURAL_OTHER;
}

static enum plural_form plural_hebrew(ULONG count)
{
    return count == 1 ? PLURAL_ONE : count == 2 ? PLURAL_TWO : PLURAL_OTHER;
}

#define NEUTRAL(primary) MAKELANGID(primary, SUBLANG_NEUTRAL)

/* The first one is the fallback. A language that has two tables is told apart in language_find. */
static const struct language languages[] = {
        {NEUTRAL(LANG_ENGLISH), FALSE, DEFAULT_CHARSET, plural_one},
        {NEUTRAL(LANG_GERMAN), FALSE, DEFAULT_CHARSET, plural_one},
        {NEUTRAL(LANG_FRENCH), FALSE, DEFAULT_CHARSET, plural_french},
        {NEUTRAL(LANG_SPANISH), FALSE, DEFAULT_CHARSET, plural_one_million},
        {NEUTRAL(LANG_ITALIAN), FALSE, DEFAULT_CHARSET, plural_one_million},
        {NEUTRAL(LANG_PORTUGUESE), FALSE, DEFAULT_CHARSET, plural_french},
        {NEUTRAL(LANG_DUTCH), FALSE, DEFAULT_CHARSET, plural_one},
        {NEUTRAL(LANG_POLISH), FALSE, EASTEUROPE_CHARSET, plural_polish},
        {NEUTRAL(LANG_CZECH), FALSE, EASTEUROPE_CHARSET, plural_czech},
        {NEUTRAL(LANG_SWEDISH), FALSE, DEFAULT_CHARSET, plural_one},
        {NEUTRAL(LANG_RUSSIAN), FALSE, RUSSIAN_CHARSET, plural_east_slavic},
        {NEUTRAL(LANG_UKRAINIAN), FALSE, RUSSIAN_CHARSET, plural_east_slavic},
        {NEUTRAL(LANG_TURKISH), FALSE, TURKISH_CHARSET, plural_one},
        {NEUTRAL(LANG_JAPANESE), FALSE, SHIFTJIS_CHARSET, plural_other},
        {NEUTRAL(LANG_KOREAN), FALSE, HANGUL_CHARSET, plural_other},
        {MAKELANGID(LANG_CHINESE, SUBLANG_CHINESE_SIMPLIFIED), FALSE, GB2312_CHARSET, plural_other},
        {MAKELANGID(LANG_CHINESE, SUBLANG_CHINESE_TRADITIONAL), FALSE, CHINESEBIG5_CHARSET, plural_other},
        {NEUTRAL(LANG_ARABIC), TRUE, ARABIC_CHARSET, plural_arabic},
        {NEUTRAL(LANG_HEBREW), TRUE, HEBREW_CHARSET, plural_hebrew},
};

static volatile LONG language_for_tests;

void language_set_for_tests(LANGID id)
{
    InterlockedExchange(&language_for_tests, id);
}

const struct language *language_at(size_t index)
{
    return index < ARRAY_SIZE(languages) ? &languages[index] : NULL;
}

/* zh-TW, zh-HK, zh-MO and zh-Hant write traditional characters. */
static BOOL is_traditional(LANGID id)
{
    return id == 0x0404 || id == 0x0c04 || id == 0x1404 || id == 0x7c04;
}

const struct language *language_find(LANGID id)
{
    size_t i;

    if (PRIMARYLANGID(id) == LANG_CHINESE)
        id = MAKELANGID(LANG_CHINESE, is_traditional(id) ? SUBLANG_CHINESE_TRADITIONAL : SUBLANG_CHINESE_SIMPLIFIED);
    for (i = 0; i < ARRAY_SIZE(languages); i++)
    {
        if (PRIMARYLANGID(languages[i].id) == PRIMARYLANGID(id)
            && (languages[i].id == id || PRIMARYLANGID(id) != LANG_CHINESE))
            return &languages[i];
    }
    return &languages[0];
}

const struct language *language_current(void)
{
    LANGID id = (LANGID)InterlockedCompareExchange(&language_for_tests, 0, 0);

    return language_find(id ? id : GetThreadUILanguage());
}

BOOL text_load(const struct language *language, UINT id, WCHAR *buffer, size_t size)
{
    HINSTANCE module = module_instance();
    HRSRC resource = FindResourceExW(module, (const WCHAR *)RT_STRING, MAKEINTRESOURCEW(id / 16 + 1), language->id);
    HGLOBAL loaded = resource ? LoadResource(module, resource) : NULL;
    const WCHAR *string = loaded ? LockResource(loaded) : NULL;
    UINT i;

    buffer[0] = 0;
    if (!string)
        return FALSE;
    /* Sixteen strings a block, each with its length before it. */
    for (i = 0; i < id % 16; i++)
        string += 1 + *string;
    if (!*string)
        return FALSE;
    lstrcpynW(buffer, string + 1, (int)min(size, (size_t)*string + 1));
    return TRUE;
}

static void append(WCHAR *buffer, size_t size, size_t *length, const WCHAR *text)
{
    while (*text && *length + 1 < size)
        buffer[(*length)++] = *text++;
    if (*text && *length && is_high_surrogate(buffer[*length - 1]))
        (*length)--;
    buffer[*length] = 0;
}

static void expand(const WCHAR *format, const WCHAR *first, const WCHAR *second, WCHAR *buffer, size_t size)
{
    size_t length = 0;
    WCHAR one[2] = {0};

    buffer[0] = 0;
    while (*format)
    {
        if (format[0] == '%' && (format[1] == '1' || format[1] == '2'))
        {
            const WCHAR *argument = format[1] == '1' ? first : second;

            append(buffer, size, &length, argument ? argument : L"");
            format += 2;
            continue;
        }
        one[0] = *format++;
        append(buffer, size, &length, one);
    }
}

void text_format(const struct language *language, UINT id, const WCHAR *first, const WCHAR *second, WCHAR *buffer,
                 size_t size)
{
    WCHAR format[TEXT_SIZE / 2];

    text_load(language, id, format, ARRAY_SIZE(format));
    expand(format, first, second, buffer, size);
}

void text_format_count(const struct language *language, UINT id, ULONG count, const WCHAR *second, WCHAR *buffer,
                       size_t size)
{
    WCHAR format[TEXT_SIZE / 2], number[16];

    wsprintfW(number, L"%lu", count);
    if (!text_load(language, id + language->plural(count), format, ARRAY_SIZE(format)))
        text_load(language, id + PLURAL_OTHER, format, ARRAY_SIZE(format));
    expand(format, number, second, buffer, size);
}

/* C2_LEFTTORIGHT, C2_RIGHTTOLEFT, or something weaker. */
static WORD direction(const WCHAR *at)
{
    WORD type = C2_NOTAPPLICABLE;

    /* Nothing tells of the halves of a pair; those that are read right to left are U+10800 to U+10FFF and U+1E800 to
     * U+1EFFF. */
    if (is_high_surrogate(*at))
        return (*at >= 0xd802 && *at <= 0xd803) || *at == 0xd83a || *at == 0xd83b ? C2_RIGHTTOLEFT : C2_LEFTTORIGHT;
    GetStringTypeW(CT_CTYPE2, at, 1, &type);
    return type;
}

/* The direction of a name is its first letter's. It needs no fence when every letter goes that way and it begins and
 * ends with one: then what stands between it and the text around it is not its. */
static WORD name_direction(const WCHAR *name, BOOL *needs_fence)
{
    WORD first = C2_NOTAPPLICABLE, last = C2_NOTAPPLICABLE, type;
    const WCHAR *at;

    *needs_fence = FALSE;
    for (at = name; *at; at++)
    {
        if (is_low_surrogate(*at))
            continue;
        last = type = direction(at);
        if (type != C2_LEFTTORIGHT && type != C2_RIGHTTOLEFT)
        {
            *needs_fence |= at == name;
            continue;
        }
        if (first == C2_NOTAPPLICABLE)
            first = type;
        *needs_fence |= type != first;
    }
    *needs_fence |= last != first;
    return first;
}

static BOOL all_left_to_right(const WCHAR *name)
{
    for (; *name; name++)
    {
        if (!is_low_surrogate(*name) && direction(name) == C2_RIGHTTOLEFT)
            return FALSE;
    }
    return TRUE;
}

void text_isolate(const struct language *language, const WCHAR *clean, WCHAR *buffer, size_t size)
{
    static const WCHAR left_embedding[] = {0x202a, 0}, right_embedding[] = {0x202b, 0}, pop[] = {0x202c, 0};
    BOOL needs_fence;
    WORD main_direction = name_direction(clean, &needs_fence);
    size_t length = 0;

    buffer[0] = 0;
    /* The usual case, and one in which the order of weak characters is that of the text anyway. */
    if (!needs_fence || (!language->right_to_left && all_left_to_right(clean)))
    {
        append(buffer, size, &length, clean);
        return;
    }
    /* Embeddings instead of the newer isolates: Windows 7 does not know those and draws boxes. */
    append(buffer, size, &length, main_direction == C2_RIGHTTOLEFT ? right_embedding : left_embedding);
    append(buffer, size - 1, &length, clean);
    append(buffer, size, &length, pop);
}
