/*
 * Order and containment of property values.
 *
 * Strings are ordered as the user's locale orders them; containment compares characters, after folding case or
 * nonspacing marks away where the caller asks for it. Nothing here is locked or shared.
 */
#include "prop/layout.h"

#include <string.h>

#define TEXT_BUFFER 256

static int sign(LONGLONG difference)
{
    return difference < 0 ? -1 : difference > 0;
}

/* NaN comes before every number and equals itself, so that sorting stays an order. */
static int order_doubles(double a, double b)
{
    if (a != a || b != b)
        return (b != b) - (a != a);
    return a < b ? -1 : a > b;
}

static int order_bytes(const BYTE *a, size_t a_count, const BYTE *b, size_t b_count)
{
    size_t common = min(a_count, b_count);
    int order = common ? memcmp(a, b, common) : 0;

    if (order)
        return sign(order);
    return a_count < b_count ? -1 : a_count > b_count;
}

/* The text as wide characters: itself, in buffer, or in a block that *block tells of. NULL: out of memory. */
static const WCHAR *wide_text(const void *text, BOOL wide, WCHAR *buffer, WCHAR **block)
{
    int count;

    *block = NULL;
    if (wide)
        return text;
    if (MultiByteToWideChar(CP_ACP, 0, text, -1, buffer, TEXT_BUFFER))
        return buffer;
    count = MultiByteToWideChar(CP_ACP, 0, text, -1, NULL, 0);
    if (!count || !(*block = heap_alloc(count * sizeof(WCHAR))))
        return NULL;
    MultiByteToWideChar(CP_ACP, 0, text, -1, *block, count);
    return *block;
}

static int order_texts(const void *a, BOOL a_wide, const void *b, BOOL b_wide, LCID locale)
{
    WCHAR a_buffer[TEXT_BUFFER], b_buffer[TEXT_BUFFER], *a_block, *b_block;
    const WCHAR *a_text, *b_text;
    int order = 0, compared;

    if (a == b && a_wide == b_wide)
        return 0;
    a_text = wide_text(a, a_wide, a_buffer, &a_block);
    b_text = wide_text(b, b_wide, b_buffer, &b_block);
    if (a_text && b_text)
    {
        compared = CompareStringW(locale, 0, a_text, -1, b_text, -1);
        order = compared ? compared - CSTR_EQUAL : sign(wcscmp(a_text, b_text));
    }
    else if (!a_wide && !b_wide)
    {
        order = sign(strcmp(a, b));
    }
    heap_free(a_block);
    heap_free(b_block);
    return order;
}

/* One element of a fixed size; a and b need not be aligned. */
static int order_fixed(ULONG type, const void *a, const void *b)
{
    LARGE_INTEGER i, j;
    double d, e;
    float f, g;
    SHORT s, t;
    LONG l, m;

    switch (type)
    {
    case PT_I2:
        memcpy(&s, a, sizeof(s));
        memcpy(&t, b, sizeof(t));
        return sign(s - t);
    case PT_BOOLEAN:
        memcpy(&s, a, sizeof(s));
        memcpy(&t, b, sizeof(t));
        return !!s - !!t;
    case PT_LONG:
    case PT_ERROR:
        memcpy(&l, a, sizeof(l));
        memcpy(&m, b, sizeof(m));
        return l < m ? -1 : l > m;
    case PT_R4:
        memcpy(&f, a, sizeof(f));
        memcpy(&g, b, sizeof(g));
        return order_doubles(f, g);
    case PT_DOUBLE:
    case PT_APPTIME:
        memcpy(&d, a, sizeof(d));
        memcpy(&e, b, sizeof(e));
        return order_doubles(d, e);
    case PT_SYSTIME:
        memcpy(&i, a, sizeof(i));
        memcpy(&j, b, sizeof(j));
        return (ULONGLONG)i.QuadPart < (ULONGLONG)j.QuadPart ? -1 : (ULONGLONG)i.QuadPart > (ULONGLONG)j.QuadPart;
    default:
        memcpy(&i, a, sizeof(i));
        memcpy(&j, b, sizeof(j));
        return i.QuadPart < j.QuadPart ? -1 : i.QuadPart > j.QuadPart;
    }
}

static int order_arrays(const SPropValue *a, const SPropValue *b, const struct prop_shape *shape, BOOL a_wide,
                        BOOL b_wide, LCID locale)
{
    ULONG common = min(PROP_COUNT(a), PROP_COUNT(b)), type = PROP_TYPE(a->ulPropTag) & ~(ULONG)MV_FLAG, i;
    int order = 0;

    for (i = 0; i < common && !order; i++)
    {
        switch (shape->kind)
        {
        case PROP_KIND_TEXT_A:
        case PROP_KIND_TEXT_W:
            order = order_texts(a->Value.MVszA.lppszA[i], a_wide, b->Value.MVszA.lppszA[i], b_wide, locale);
            break;
        case PROP_KIND_BYTES:
            order = order_bytes(a->Value.MVbin.lpbin[i].lpb, a->Value.MVbin.lpbin[i].cb, b->Value.MVbin.lpbin[i].lpb,
                                b->Value.MVbin.lpbin[i].cb);
            break;
        case PROP_KIND_GUID:
            order = sign(memcmp(&a->Value.MVguid.lpguid[i], &b->Value.MVguid.lpguid[i], sizeof(GUID)));
            break;
        default:
            order = order_fixed(type, PROP_POINTER(a) + i * shape->size, PROP_POINTER(b) + i * shape->size);
            break;
        }
    }
    /* The missing value counts as null, which comes first. */
    return order ? order : PROP_COUNT(a) < PROP_COUNT(b) ? -1 : PROP_COUNT(a) > PROP_COUNT(b);
}

int prop_order_in(const SPropValue *a, const SPropValue *b, LCID locale)
{
    ULONG a_type = PROP_TYPE(a->ulPropTag), b_type = PROP_TYPE(b->ulPropTag);
    BOOL a_wide = (a_type & ~(ULONG)MV_FLAG) == PT_UNICODE, b_wide = (b_type & ~(ULONG)MV_FLAG) == PT_UNICODE;
    struct prop_shape shape;

    if (prop_type_with_width(a_type, TRUE) != prop_type_with_width(b_type, TRUE))
        return a_type < b_type ? -1 : 1;
    if (!prop_shape_of(a_type, &shape))
        return 0;
    if (shape.multiple)
        return order_arrays(a, b, &shape, a_wide, b_wide, locale);
    switch (shape.kind)
    {
    case PROP_KIND_EMPTY:
        return 0;
    case PROP_KIND_TEXT_A:
    case PROP_KIND_TEXT_W:
        return order_texts(a->Value.lpszA, a_wide, b->Value.lpszA, b_wide, locale);
    case PROP_KIND_BYTES:
        return order_bytes(a->Value.bin.lpb, a->Value.bin.cb, b->Value.bin.lpb, b->Value.bin.cb);
    case PROP_KIND_GUID:
        return sign(memcmp(a->Value.lpguid, b->Value.lpguid, sizeof(GUID)));
    default:
        return order_fixed(a_type, &a->Value, &b->Value);
    }
}

int prop_order(const SPropValue *a, const SPropValue *b)
{
    return prop_order_in(a, b, LOCALE_USER_DEFAULT);
}

BOOL prop_relation(int order, ULONG relop)
{
    switch (relop)
    {
    case RELOP_LT:
        return order < 0;
    case RELOP_LE:
        return order <= 0;
    case RELOP_GT:
        return order > 0;
    case RELOP_GE:
        return order >= 0;
    case RELOP_EQ:
        return !order;
    case RELOP_NE:
        return !!order;
    default:
        return FALSE;
    }
}

/* Takes the nonspacing marks out of a decomposed text, in place. */
static void drop_nonspacing(WCHAR *text)
{
    WCHAR *to = text;
    WORD type;

    for (; *text; text++)
    {
        if (GetStringTypeW(CT_CTYPE3, text, 1, &type) && (type & C3_NONSPACING) && !(type & C3_ALPHA))
            continue;
        *to++ = *text;
    }
    *to = 0;
}

WCHAR *prop_text_fold(const WCHAR *text, ULONG fuzzy, WCHAR *buffer, size_t room)
{
    BOOL marks = (fuzzy & (FL_IGNORENONSPACE | FL_LOOSE)) != 0;
    size_t length = wcslen(text);
    WCHAR *folded = buffer;
    int needed = length + 1;

    if (marks)
    {
        needed = FoldStringW(MAP_COMPOSITE, text, -1, NULL, 0);
        if (needed <= 0)
        {
            marks = FALSE;
            needed = length + 1;
        }
    }
    if ((size_t)needed > room && !(folded = heap_alloc(needed * sizeof(WCHAR))))
        return NULL;
    if (marks && FoldStringW(MAP_COMPOSITE, text, -1, folded, needed))
        drop_nonspacing(folded);
    else
        lstrcpynW(folded, text, needed);
    if (fuzzy & (FL_IGNORECASE | FL_LOOSE))
        CharLowerW(folded);
    return folded;
}

BOOL prop_text_contains(const WCHAR *text, const WCHAR *pattern, ULONG fuzzy)
{
    switch (fuzzy & 0xffff)
    {
    case FL_SUBSTRING:
        return wcsstr(text, pattern) != NULL;
    case FL_PREFIX:
        return !wcsncmp(text, pattern, wcslen(pattern));
    default:
        return !wcscmp(text, pattern);
    }
}

BOOL prop_bytes_contain(const BYTE *bytes, size_t count, const BYTE *pattern, size_t pattern_count, ULONG fuzzy)
{
    const BYTE *at, *end;

    if (pattern_count > count)
        return FALSE;
    if (!pattern_count)
        return (fuzzy & 0xffff) == FL_SUBSTRING || (fuzzy & 0xffff) == FL_PREFIX || !count;
    switch (fuzzy & 0xffff)
    {
    case FL_SUBSTRING:
        end = bytes + (count - pattern_count) + 1;
        for (at = bytes; (at = memchr(at, *pattern, end - at)) != NULL; at++)
        {
            if (!memcmp(at, pattern, pattern_count))
                return TRUE;
        }
        return FALSE;
    case FL_PREFIX:
        return !memcmp(bytes, pattern, pattern_count);
    default:
        return count == pattern_count && !memcmp(bytes, pattern, count);
    }
}
