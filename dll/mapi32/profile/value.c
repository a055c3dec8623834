/*
 * value: one property to and from its registry value.
 *
 * Name: eight lower-case hex digits, type first ("001e3001"). PT_STRING8 is REG_SZ, everything else REG_BINARY,
 * little-endian. Several values: a count, then (strings) offsets or (binaries) pairs of length and offset from the
 * beginning of the value, then the bytes; numbers follow the count directly. Everything here is pure: no state, no locks.
 */
#include "profile/internal.h"

void value_name(ULONG tag, WCHAR name[TAG_NAME_SIZE])
{
    ULONG turned = (PROP_TYPE(tag) << 16) | PROP_ID(tag);
    int i;

    for (i = 0; i < 8; ++i)
        name[i] = L"0123456789abcdef"[(turned >> (28 - 4 * i)) & 15];
    name[8] = 0;
}

BOOL value_name_parse(const WCHAR *name, ULONG *tag)
{
    ULONG turned = 0;
    int i;

    for (i = 0; i < 8; ++i)
    {
        WCHAR c = name[i];

        if (c >= '0' && c <= '9')
            turned = turned << 4 | (c - '0');
        else if (c >= 'a' && c <= 'f')
            turned = turned << 4 | (c - 'a' + 10);
        else if (c >= 'A' && c <= 'F')
            turned = turned << 4 | (c - 'A' + 10);
        else
            return FALSE;
    }
    *tag = PROP_TAG(turned >> 16, turned & 0xFFFF);
    return !name[8] && PROP_ID(*tag) && PROP_ID(*tag) < 0x8000;
}

/* Bytes of one value of a type of fixed size; 0: not of fixed size, or unknown. */
static size_t fixed_size(ULONG type)
{
    switch (type)
    {
    case PT_I2:
    case PT_BOOLEAN:
        return 2;
    case PT_LONG:
    case PT_R4:
        return 4;
    case PT_DOUBLE:
    case PT_APPTIME:
    case PT_CURRENCY:
    case PT_I8:
    case PT_SYSTIME:
        return 8;
    case PT_CLSID:
        return sizeof(GUID);
    default:
        return 0;
    }
}

BOOL value_type_known(ULONG tag)
{
    ULONG type = PROP_TYPE(tag) & ~MV_FLAG;

    if ((PROP_TYPE(tag) & MV_FLAG) && type == PT_BOOLEAN)
        return FALSE;
    return fixed_size(type) || type == PT_STRING8 || type == PT_UNICODE || type == PT_BINARY;
}

static HRESULT take_room(struct stored_value *out, size_t size)
{
    if (size > REGISTRY_VALUE_MAX)
        return MAPI_E_TOO_BIG;
    out->data = heap_alloc_zero(size ? size : 1);
    out->size = size;
    return out->data ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

static HRESULT encode_single(const SPropValue *value, struct stored_value *out)
{
    ULONG type = PROP_TYPE(value->ulPropTag);
    const void *bytes = &value->Value;
    size_t size = fixed_size(type);
    int length;
    HRESULT hr;

    if (type == PT_STRING8)
    {
        length = MultiByteToWideChar(CP_ACP, 0, value->Value.lpszA, -1, NULL, 0);
        if (!length)
            return MAPI_E_BAD_CHARWIDTH;
        hr = take_room(out, length * sizeof(WCHAR));
        if (FAILED(hr))
            return hr;
        MultiByteToWideChar(CP_ACP, 0, value->Value.lpszA, -1, (WCHAR *)out->data, length);
        out->type = REG_SZ;
        return S_OK;
    }
    if (type == PT_UNICODE)
    {
        bytes = value->Value.lpszW;
        size = (wcslen(value->Value.lpszW) + 1) * sizeof(WCHAR);
    }
    else if (type == PT_BINARY)
    {
        bytes = value->Value.bin.lpb;
        size = value->Value.bin.cb;
    }
    else if (type == PT_CLSID)
        bytes = value->Value.lpguid;
    hr = take_room(out, size);
    if (SUCCEEDED(hr) && size)
        memcpy(out->data, bytes, size);
    return hr;
}

/* Where the i-th of several values lies and how long it is. */
static const void *element(const SPropValue *value, ULONG i, size_t *size)
{
    switch (PROP_TYPE(value->ulPropTag))
    {
    case PT_MV_STRING8:
        *size = strlen(value->Value.MVszA.lppszA[i]) + 1;
        return value->Value.MVszA.lppszA[i];
    case PT_MV_UNICODE:
        *size = (wcslen(value->Value.MVszW.lppszW[i]) + 1) * sizeof(WCHAR);
        return value->Value.MVszW.lppszW[i];
    default:
        *size = value->Value.MVbin.lpbin[i].cb;
        return value->Value.MVbin.lpbin[i].lpb;
    }
}

static HRESULT encode_several(const SPropValue *value, struct stored_value *out)
{
    ULONG type = PROP_TYPE(value->ulPropTag) & ~MV_FLAG;
    ULONG count = value->Value.MVl.cValues, i;
    size_t size = fixed_size(type), entry, total, length;
    HRESULT hr;

    entry = size ? size : type == PT_BINARY ? 2 * sizeof(ULONG) : sizeof(ULONG);
    if (!size_multiply(count, entry, &total) || !size_add(total, sizeof(ULONG), &total) || total > REGISTRY_VALUE_MAX)
        return MAPI_E_TOO_BIG;
    if (size)
    {
        hr = take_room(out, total);
        if (FAILED(hr))
            return hr;
        memcpy(out->data, &count, sizeof(count));
        memcpy(out->data + sizeof(count), value->Value.MVl.lpl, count * size);
        return S_OK;
    }
    length = total;
    for (i = 0; i < count; ++i)
    {
        element(value, i, &size);
        if (!size_add(total, size, &total) || total > REGISTRY_VALUE_MAX)
            return MAPI_E_TOO_BIG;
    }
    hr = take_room(out, total);
    if (FAILED(hr))
        return hr;
    memcpy(out->data, &count, sizeof(count));
    for (i = 0, total = length; i < count; ++i)
    {
        const void *bytes = element(value, i, &size);
        ULONG head[2] = {(ULONG)size, (ULONG)total};

        memcpy(out->data + sizeof(count) + i * entry, type == PT_BINARY ? head : head + 1, entry);
        if (size)
            memcpy(out->data + total, bytes, size);
        total += size;
    }
    return S_OK;
}

HRESULT value_encode(const SPropValue *value, struct stored_value *out)
{
    memset(out, 0, sizeof(*out));
    out->tag = value->ulPropTag;
    out->type = REG_BINARY;
    if (!value_type_known(value->ulPropTag))
        return MAPI_E_INVALID_TYPE;
    return PROP_TYPE(value->ulPropTag) & MV_FLAG ? encode_several(value, out) : encode_single(value, out);
}

/* Text of a REG_SZ or of UTF-16 bytes: a copy that ends, whatever the bytes are. */
static HRESULT decode_text(const BYTE *data, size_t size, struct decoded_value *out)
{
    WCHAR *text;

    if (size % sizeof(WCHAR))
        return MAPI_E_NOT_FOUND;
    text = heap_alloc(size + sizeof(WCHAR));
    if (!text)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(text, data, size);
    text[size / sizeof(WCHAR)] = 0;
    out->scratch = text;
    out->value.ulPropTag = CHANGE_PROP_TYPE(out->value.ulPropTag, PT_UNICODE);
    out->value.Value.lpszW = text;
    return S_OK;
}

static HRESULT decode_single(ULONG tag, DWORD type, const BYTE *data, size_t size, struct decoded_value *out)
{
    size_t expected = fixed_size(PROP_TYPE(tag));

    if (PROP_TYPE(tag) == PT_STRING8)
        return type == REG_SZ || type == REG_EXPAND_SZ ? decode_text(data, size, out) : MAPI_E_NOT_FOUND;
    /* Administrators write numbers as numbers. */
    if (type == REG_DWORD && size == sizeof(DWORD) && (PROP_TYPE(tag) == PT_LONG || PROP_TYPE(tag) == PT_BOOLEAN))
        size = expected;
    else if (type != REG_BINARY)
        return MAPI_E_NOT_FOUND;
    if (PROP_TYPE(tag) == PT_UNICODE)
        return decode_text(data, size, out);
    if (PROP_TYPE(tag) == PT_BINARY)
    {
        out->value.Value.bin.cb = (ULONG)size;
        out->value.Value.bin.lpb = (BYTE *)data;
        return S_OK;
    }
    if (size != expected)
        return MAPI_E_NOT_FOUND;
    if (PROP_TYPE(tag) == PT_CLSID)
        out->value.Value.lpguid = (GUID *)data;
    else
        memcpy(&out->value.Value, data, size);
    return S_OK;
}

/* Several strings or binaries. Each one is checked to lie, and to end, inside the value. */
static HRESULT decode_elements(const BYTE *data, size_t size, ULONG count, struct decoded_value *out)
{
    ULONG type = PROP_TYPE(out->value.ulPropTag) & ~MV_FLAG;
    size_t entry = type == PT_BINARY ? 2 * sizeof(ULONG) : sizeof(ULONG), width = type == PT_UNICODE ? 2 : 1;
    size_t item = type == PT_BINARY ? sizeof(SBinary) : sizeof(void *), length;
    ULONG i, head[2];

    if (count > (size - sizeof(ULONG)) / entry)
        return MAPI_E_NOT_FOUND;
    /* The items, and behind them a copy of the bytes that is aligned and ends with a zero. */
    out->scratch = heap_alloc_zero(count * item + size + 2 * sizeof(WCHAR));
    if (!out->scratch)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count; ++i)
    {
        memcpy(type == PT_BINARY ? head : head + 1, data + sizeof(ULONG) + i * entry, entry);
        if (head[1] > size)
            return MAPI_E_NOT_FOUND;
        if (type == PT_BINARY)
        {
            SBinary *binary = (SBinary *)out->scratch + i;

            if (head[0] > size - head[1])
                return MAPI_E_NOT_FOUND;
            binary->cb = head[0];
            binary->lpb = (BYTE *)data + head[1];
            continue;
        }
        if (head[1] % width)
            return MAPI_E_NOT_FOUND;
        for (length = head[1]; length + width <= size; length += width)
            if (!data[length] && (width == 1 || !data[length + 1]))
                break;
        if (length + width > size)
            return MAPI_E_NOT_FOUND;
        ((void **)out->scratch)[i] = (BYTE *)out->scratch + count * item + head[1];
    }
    if (type != PT_BINARY)
        memcpy((BYTE *)out->scratch + count * item, data, size);
    out->value.Value.MVbin.cValues = count;
    out->value.Value.MVbin.lpbin = out->scratch; /* every kind of several values has its pointer at the same place */
    return S_OK;
}

static HRESULT decode_several(DWORD type, const BYTE *data, size_t size, struct decoded_value *out)
{
    size_t each = fixed_size(PROP_TYPE(out->value.ulPropTag) & ~MV_FLAG);
    ULONG count;

    if (type != REG_BINARY || size < sizeof(count))
        return MAPI_E_NOT_FOUND;
    memcpy(&count, data, sizeof(count));
    if (!count)
        return MAPI_E_NOT_FOUND;
    if (!each)
        return decode_elements(data, size, count, out);
    if ((size - sizeof(count)) % each || (size - sizeof(count)) / each != count)
        return MAPI_E_NOT_FOUND;
    out->scratch = heap_alloc(size); /* aligned */
    if (!out->scratch)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(out->scratch, data + sizeof(count), size - sizeof(count));
    out->value.Value.MVl.cValues = count;
    out->value.Value.MVl.lpl = out->scratch;
    return S_OK;
}

HRESULT value_decode(ULONG tag, DWORD type, const BYTE *data, size_t size, struct decoded_value *out)
{
    HRESULT hr;

    memset(out, 0, sizeof(*out));
    out->value.ulPropTag = tag;
    if (!value_type_known(tag))
        return MAPI_E_NOT_FOUND;
    if (PROP_TYPE(tag) & MV_FLAG)
        hr = decode_several(type, data, size, out);
    else
        hr = decode_single(tag, type, data, size, out);
    if (FAILED(hr))
    {
        heap_free(out->scratch);
        out->scratch = NULL;
    }
    return hr;
}

C_ASSERT(offsetof(SPropValue, Value.MVl.lpl) == offsetof(SPropValue, Value.MVbin.lpbin));
C_ASSERT(offsetof(SPropValue, Value.MVl.lpl) == offsetof(SPropValue, Value.MVszA.lppszA));
C_ASSERT(offsetof(SPropValue, Value.MVl.lpl) == offsetof(SPropValue, Value.MVszW.lppszW));
C_ASSERT(offsetof(SPropValue, Value.MVl.lpl) == offsetof(SPropValue, Value.MVguid.lpguid));
C_ASSERT(offsetof(SPropValue, Value.MVl.lpl) == offsetof(SPropValue, Value.MVi.lpi));
