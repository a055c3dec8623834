/*
 * Layout of property values: shapes of the types, measuring, placing into a block.
 */
#include "prop/layout.h"

#include <string.h>

BOOL prop_shape_of(ULONG type, struct prop_shape *shape)
{
    ULONG single = type & ~(ULONG)MV_FLAG;

    shape->multiple = (type & MV_FLAG) != 0;
    shape->kind = PROP_KIND_FIXED;
    shape->size = 0;
    switch (single)
    {
    case PT_UNSPECIFIED:
    case PT_NULL:
    case PT_OBJECT:
        shape->kind = PROP_KIND_EMPTY;
        return !shape->multiple;
    case PT_ERROR:
        shape->size = sizeof(SCODE);
        return !shape->multiple;
    case PT_BOOLEAN:
        shape->size = sizeof(USHORT);
        return !shape->multiple;
    case PT_I2:
        shape->size = sizeof(SHORT);
        return TRUE;
    case PT_LONG:
    case PT_R4:
        shape->size = sizeof(LONG);
        return TRUE;
    case PT_DOUBLE:
    case PT_CURRENCY:
    case PT_APPTIME:
    case PT_I8:
    case PT_SYSTIME:
        shape->size = sizeof(LONGLONG);
        return TRUE;
    case PT_CLSID:
        shape->kind = PROP_KIND_GUID;
        shape->size = sizeof(GUID);
        return TRUE;
    case PT_STRING8:
        shape->kind = PROP_KIND_TEXT_A;
        shape->size = sizeof(char);
        return TRUE;
    case PT_UNICODE:
        shape->kind = PROP_KIND_TEXT_W;
        shape->size = sizeof(WCHAR);
        return TRUE;
    case PT_BINARY:
        shape->kind = PROP_KIND_BYTES;
        shape->size = sizeof(BYTE);
        return TRUE;
    default:
        return FALSE;
    }
}

BOOL prop_type_is_text(ULONG type)
{
    type &= ~(ULONG)MV_FLAG;
    return type == PT_STRING8 || type == PT_UNICODE;
}

ULONG prop_type_with_width(ULONG type, BOOL wide)
{
    if (!prop_type_is_text(type))
        return type;
    return (type & MV_FLAG) | (wide ? PT_UNICODE : PT_STRING8);
}

size_t prop_text_bytes(const void *text, enum prop_kind kind, enum prop_kind wanted)
{
    int count;

    if (kind == wanted)
        return kind == PROP_KIND_TEXT_A ? strlen(text) + 1 : (wcslen(text) + 1) * sizeof(WCHAR);
    if (wanted == PROP_KIND_TEXT_A)
        return WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    count = MultiByteToWideChar(CP_ACP, 0, text, -1, NULL, 0);
    return count * sizeof(WCHAR);
}

/* Takes bytes at the next multiple of align from *offset on. */
static BOOL claim(size_t align, size_t bytes, size_t *offset, size_t *start)
{
    size_t at;

    if (!size_add(*offset, align - 1, &at))
        return FALSE;
    at &= ~(align - 1);
    if (!size_add(at, bytes, offset))
        return FALSE;
    *start = at;
    return TRUE;
}

/* Both shapes, or FALSE when a value of the one type cannot be kept as the other. */
static BOOL shapes_of(ULONG from, ULONG to, struct prop_shape *source, struct prop_shape *wanted)
{
    if (!prop_shape_of(from, source) || !prop_shape_of(to, wanted))
        return FALSE;
    return from == to || (prop_type_is_text(from) && prop_type_is_text(to) && source->multiple == wanted->multiple);
}

static BOOL extent_of_array(const SPropValue *value, const struct prop_shape *source, const struct prop_shape *wanted,
                            size_t *offset)
{
    size_t count = PROP_COUNT(value), bytes, start, i;

    switch (source->kind)
    {
    case PROP_KIND_TEXT_A:
    case PROP_KIND_TEXT_W:
        if (!size_multiply(count, sizeof(void *), &bytes) || !claim(sizeof(void *), bytes, offset, &start))
            return FALSE;
        for (i = 0; i < count; i++)
        {
            bytes = prop_text_bytes(value->Value.MVszA.lppszA[i], source->kind, wanted->kind);
            if (!bytes || !claim(wanted->size, bytes, offset, &start))
                return FALSE;
        }
        return TRUE;
    case PROP_KIND_BYTES:
        if (!size_multiply(count, sizeof(SBinary), &bytes) || !claim(sizeof(void *), bytes, offset, &start))
            return FALSE;
        for (i = 0; i < count; i++)
        {
            if (!claim(1, value->Value.MVbin.lpbin[i].cb, offset, &start))
                return FALSE;
        }
        return TRUE;
    default:
        return size_multiply(count, source->size, &bytes)
               && claim(min(source->size, sizeof(LONGLONG)), bytes, offset, &start);
    }
}

BOOL prop_extent(const SPropValue *value, ULONG type, size_t *offset)
{
    struct prop_shape source, wanted;
    size_t bytes, start;

    if (!shapes_of(PROP_TYPE(value->ulPropTag), type, &source, &wanted))
        return FALSE;
    if (source.multiple)
        return extent_of_array(value, &source, &wanted, offset);
    switch (source.kind)
    {
    case PROP_KIND_GUID:
        return claim(sizeof(LONGLONG), sizeof(GUID), offset, &start);
    case PROP_KIND_TEXT_A:
    case PROP_KIND_TEXT_W:
        bytes = prop_text_bytes(value->Value.lpszA, source.kind, wanted.kind);
        return bytes && claim(wanted.size, bytes, offset, &start);
    case PROP_KIND_BYTES:
        return claim(sizeof(LONGLONG), value->Value.bin.cb, offset, &start);
    default:
        return TRUE;
    }
}

/* Where the next piece of a block goes. */
struct placing
{
    BYTE *block;
    size_t size;
    size_t *offset;
};

static BYTE *place_bytes(struct placing *placing, size_t align, const void *bytes, size_t count)
{
    size_t start;

    if (!claim(align, count, placing->offset, &start) || *placing->offset > placing->size)
        return NULL;
    if (bytes)
        memcpy(placing->block + start, bytes, count);
    return placing->block + start;
}

static void *place_text(struct placing *placing, const void *text, const struct prop_shape *source,
                        const struct prop_shape *wanted)
{
    size_t bytes = prop_text_bytes(text, source->kind, wanted->kind);
    int written;
    BYTE *to;

    if (!bytes || !(to = place_bytes(placing, wanted->size, NULL, bytes)))
        return NULL;
    if (source->kind == wanted->kind)
    {
        /* The terminator is ours: the text may change under us. */
        memcpy(to, text, bytes - wanted->size);
        memset(to + bytes - wanted->size, 0, wanted->size);
        return to;
    }
    if (wanted->kind == PROP_KIND_TEXT_A)
        written = WideCharToMultiByte(CP_ACP, 0, text, -1, (char *)to, bytes, NULL, NULL);
    else
        written = MultiByteToWideChar(CP_ACP, 0, text, -1, (WCHAR *)to, bytes / sizeof(WCHAR));
    return written ? to : NULL;
}

static BOOL place_array(SPropValue *dest, const SPropValue *value, const struct prop_shape *source,
                        const struct prop_shape *wanted, struct placing *placing)
{
    size_t count = PROP_COUNT(value), bytes, i;
    SBinary *binaries;
    char **texts;

    PROP_POINTER(dest) = NULL;
    if (!count)
        return TRUE;
    switch (source->kind)
    {
    case PROP_KIND_TEXT_A:
    case PROP_KIND_TEXT_W:
        if (!size_multiply(count, sizeof(char *), &bytes))
            return FALSE;
        texts = (char **)place_bytes(placing, sizeof(void *), NULL, bytes);
        if (!texts)
            return FALSE;
        for (i = 0; i < count; i++)
        {
            texts[i] = place_text(placing, value->Value.MVszA.lppszA[i], source, wanted);
            if (!texts[i])
                return FALSE;
        }
        dest->Value.MVszA.lppszA = texts;
        return TRUE;
    case PROP_KIND_BYTES:
        if (!size_multiply(count, sizeof(SBinary), &bytes))
            return FALSE;
        binaries = (SBinary *)place_bytes(placing, sizeof(void *), NULL, bytes);
        if (!binaries)
            return FALSE;
        for (i = 0; i < count; i++)
        {
            SBinary from = value->Value.MVbin.lpbin[i];

            binaries[i].cb = from.cb;
            binaries[i].lpb = from.cb ? place_bytes(placing, 1, from.lpb, from.cb) : NULL;
            if (from.cb && !binaries[i].lpb)
                return FALSE;
        }
        dest->Value.MVbin.lpbin = binaries;
        return TRUE;
    default:
        if (!size_multiply(count, source->size, &bytes))
            return FALSE;
        PROP_POINTER(dest) = place_bytes(placing, min(source->size, sizeof(LONGLONG)), PROP_POINTER(value), bytes);
        return PROP_POINTER(dest) != NULL;
    }
}

BOOL prop_place(SPropValue *dest, const SPropValue *source, ULONG type, BYTE *block, size_t size, size_t *offset)
{
    struct placing placing = {block, size, offset};
    struct prop_shape shape, wanted;
    SPropValue value = *source;

    if (!shapes_of(PROP_TYPE(value.ulPropTag), type, &shape, &wanted))
        return FALSE;
    *dest = value;
    dest->ulPropTag = CHANGE_PROP_TYPE(value.ulPropTag, type);
    dest->dwAlignPad = 0;
    if (shape.multiple)
        return place_array(dest, &value, &shape, &wanted, &placing);
    switch (shape.kind)
    {
    case PROP_KIND_GUID:
        dest->Value.lpguid = (GUID *)place_bytes(&placing, sizeof(LONGLONG), value.Value.lpguid, sizeof(GUID));
        return dest->Value.lpguid != NULL;
    case PROP_KIND_TEXT_A:
    case PROP_KIND_TEXT_W:
        dest->Value.lpszA = place_text(&placing, value.Value.lpszA, &shape, &wanted);
        return dest->Value.lpszA != NULL;
    case PROP_KIND_BYTES:
        dest->Value.bin.lpb = NULL;
        if (!value.Value.bin.cb)
            return TRUE;
        dest->Value.bin.lpb = place_bytes(&placing, sizeof(LONGLONG), value.Value.bin.lpb, value.Value.bin.cb);
        return dest->Value.bin.lpb != NULL;
    default:
        return TRUE;
    }
}

size_t prop_value_size(const SPropValue *value)
{
    struct prop_shape shape;
    size_t total = 0, i;

    if (!prop_shape_of(PROP_TYPE(value->ulPropTag), &shape) || shape.kind == PROP_KIND_EMPTY)
        return 0;
    if (!shape.multiple)
    {
        if (shape.kind == PROP_KIND_BYTES)
            return value->Value.bin.cb;
        if (shape.kind == PROP_KIND_TEXT_A || shape.kind == PROP_KIND_TEXT_W)
            return prop_text_bytes(value->Value.lpszA, shape.kind, shape.kind);
        return shape.size;
    }
    if (shape.kind != PROP_KIND_BYTES && shape.kind != PROP_KIND_TEXT_A && shape.kind != PROP_KIND_TEXT_W)
        return size_multiply(PROP_COUNT(value), shape.size, &total) ? total : 0;
    for (i = 0; i < PROP_COUNT(value); i++)
    {
        if (shape.kind == PROP_KIND_BYTES)
            total += value->Value.MVbin.lpbin[i].cb;
        else
            total += prop_text_bytes(value->Value.MVszA.lppszA[i], shape.kind, shape.kind);
    }
    return total;
}
