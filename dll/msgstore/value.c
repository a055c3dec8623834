/*
 * Property values as columns of the file. Texts are kept as PT_UNICODE; multiple values are one blob: the count, then the
 * values, those of variable size each with its size before it.
 */
#include "msgstore.h"

#include <string.h>

static ULONG stored_type(ULONG type)
{
    if (type == PT_STRING8)
        return PT_UNICODE;
    return type == PT_MV_STRING8 ? PT_MV_UNICODE : type;
}

static ULONG element_size(ULONG type)
{
    switch (type & ~(ULONG)MV_FLAG)
    {
    case PT_I2:
        return 2;
    case PT_LONG:
    case PT_R4:
        return 4;
    case PT_DOUBLE:
    case PT_APPTIME:
    case PT_CURRENCY:
    case PT_SYSTIME:
    case PT_I8:
        return 8;
    case PT_CLSID:
        return sizeof(GUID);
    default:
        return 0;
    }
}

static WCHAR *widen(const char *text)
{
    int length = MultiByteToWideChar(CP_ACP, 0, text, -1, NULL, 0);
    WCHAR *wide = sqlite3_malloc64((sqlite3_uint64)(length + 1) * sizeof(WCHAR));

    if (wide && !MultiByteToWideChar(CP_ACP, 0, text, -1, wide, length))
        wide[0] = 0;
    return wide;
}

/* An element of a multiple value of variable size: its bytes, and what to free. */
static const void *element(const SPropValue *value, ULONG i, ULONG *size, void **block)
{
    *block = NULL;
    *size = 0;
    switch (PROP_TYPE(value->ulPropTag))
    {
    case PT_MV_BINARY:
        *size = value->Value.MVbin.lpbin[i].cb;
        return value->Value.MVbin.lpbin[i].lpb;
    case PT_MV_STRING8:
        if ((*block = widen(value->Value.MVszA.lppszA[i])))
            *size = ((ULONG)wcslen(*block) + 1) * sizeof(WCHAR);
        return *block;
    default:
        *size = ((ULONG)wcslen(value->Value.MVszW.lppszW[i]) + 1) * sizeof(WCHAR);
        return value->Value.MVszW.lppszW[i];
    }
}

static HRESULT bind_multiple(sqlite3_stmt *stmt, int parameter, const SPropValue *value)
{
    ULONG count = value->Value.MVl.cValues, fixed = element_size(PROP_TYPE(value->ulPropTag)), size, i;
    sqlite3_uint64 total = sizeof(ULONG), used = sizeof(ULONG);
    const void *bytes;
    void *block;
    BYTE *blob;

    if (fixed)
        total += (sqlite3_uint64)count * fixed;
    for (i = 0; !fixed && i < count; i++)
    {
        if (!element(value, i, &size, &block) && size)
            return MAPI_E_INVALID_PARAMETER;
        sqlite3_free(block);
        total += sizeof(ULONG) + size;
    }
    if (total > 0x7fffffff)
        return MAPI_E_TOO_BIG;
    if (!(blob = sqlite3_malloc64(total)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(blob, &count, sizeof(count));
    if (fixed)
        memcpy(blob + used, value->Value.MVl.lpl, (size_t)count * fixed);
    for (i = 0; !fixed && i < count; i++)
    {
        bytes = element(value, i, &size, &block);
        if (!bytes || used + sizeof(size) + size > total)
            size = 0;
        memcpy(blob + used, &size, sizeof(size));
        if (size)
            memcpy(blob + used + sizeof(size), bytes, size);
        used += sizeof(size) + size;
        sqlite3_free(block);
    }
    return db_error(sqlite3_bind_blob64(stmt, parameter, blob, total, sqlite3_free));
}

HRESULT value_bind(sqlite3_stmt *stmt, int parameter, const SPropValue *value, ULONG *type)
{
    sqlite3_int64 number;
    WCHAR *wide;
    int code;

    *type = stored_type(PROP_TYPE(value->ulPropTag));
    if (*type & MV_FLAG)
        return *type == PT_MV_BINARY || *type == PT_MV_UNICODE || element_size(*type)
                       ? bind_multiple(stmt, parameter, value)
                       : MAPI_E_INVALID_TYPE;
    switch (PROP_TYPE(value->ulPropTag))
    {
    case PT_I2:
        code = sqlite3_bind_int(stmt, parameter, value->Value.i);
        break;
    case PT_LONG:
        code = sqlite3_bind_int(stmt, parameter, value->Value.l);
        break;
    case PT_BOOLEAN:
        code = sqlite3_bind_int(stmt, parameter, !!value->Value.b);
        break;
    case PT_R4:
        code = sqlite3_bind_double(stmt, parameter, value->Value.flt);
        break;
    case PT_DOUBLE:
    case PT_APPTIME:
        code = sqlite3_bind_double(stmt, parameter, value->Value.dbl);
        break;
    case PT_CURRENCY:
    case PT_SYSTIME:
    case PT_I8:
        memcpy(&number, &value->Value, sizeof(number));
        code = sqlite3_bind_int64(stmt, parameter, number);
        break;
    case PT_CLSID:
        code = sqlite3_bind_blob(stmt, parameter, value->Value.lpguid, sizeof(GUID), SQLITE_TRANSIENT);
        break;
    case PT_BINARY:
        code = value->Value.bin.cb > 0x7fffffff ? SQLITE_TOOBIG
               : value->Value.bin.cb            ? sqlite3_bind_blob(stmt, parameter, value->Value.bin.lpb,
                                                                    (int)value->Value.bin.cb, SQLITE_STATIC)
                                                : sqlite3_bind_zeroblob(stmt, parameter, 0);
        break;
    case PT_STRING8:
        if (!(wide = widen(value->Value.lpszA)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        code = sqlite3_bind_text16(stmt, parameter, wide, -1, sqlite3_free);
        break;
    case PT_UNICODE:
        code = sqlite3_bind_text16(stmt, parameter, value->Value.lpszW, -1, SQLITE_STATIC);
        break;
    default:
        return MAPI_E_INVALID_TYPE;
    }
    return db_error(code);
}

static HRESULT copy(const void *bytes, ULONG size, ULONG zeros, void *base, void *out)
{
    BYTE *block;
    SCODE code;

    if (FAILED(code = store_more(size + zeros ? size + zeros : 1, base, (void **)&block)))
        return code;
    if (size)
        memcpy(block, bytes, size);
    memset(block + size, 0, zeros);
    *(void **)out = block;
    return S_OK;
}

static HRESULT narrow(const WCHAR *wide, void *base, char **out)
{
    int size = WideCharToMultiByte(CP_ACP, 0, wide, -1, NULL, 0, NULL, NULL);
    SCODE code = store_more(size ? size : 1, base, (void **)out);

    if (FAILED(code))
        return code;
    (*out)[0] = 0;
    WideCharToMultiByte(CP_ACP, 0, wide, -1, *out, size, NULL, NULL);
    return S_OK;
}

static HRESULT read_element(const BYTE *bytes, ULONG size, ULONG i, void *base, SPropValue *value)
{
    WCHAR *wide = NULL;
    HRESULT hr;

    if (PROP_TYPE(value->ulPropTag) == PT_MV_BINARY)
    {
        value->Value.MVbin.lpbin[i].cb = size;
        return copy(bytes, size, 0, base, &value->Value.MVbin.lpbin[i].lpb);
    }
    if (FAILED(hr = copy(bytes, size, sizeof(WCHAR), base, &wide)))
        return hr;
    if (PROP_TYPE(value->ulPropTag) == PT_MV_STRING8)
        return narrow(wide, base, &value->Value.MVszA.lppszA[i]);
    value->Value.MVszW.lppszW[i] = wide;
    return S_OK;
}

/* The file's bytes are hostile: counts and sizes are checked. */
static HRESULT read_multiple(const BYTE *blob, ULONG length, void *base, SPropValue *value)
{
    ULONG fixed = element_size(PROP_TYPE(value->ulPropTag)), count, size, used = sizeof(ULONG), i;
    HRESULT hr = S_OK;

    if (length < sizeof(count))
        return MAPI_E_CORRUPT_DATA;
    memcpy(&count, blob, sizeof(count));
    if (count > (length - sizeof(count)) / (fixed ? fixed : sizeof(ULONG)))
        return MAPI_E_CORRUPT_DATA;
    value->Value.MVl.cValues = count;
    if (fixed)
        return copy(blob + sizeof(count), count * fixed, 0, base, &value->Value.MVl.lpl);
    if (FAILED(store_more((count + 1) * sizeof(SBinary), base, (void **)&value->Value.MVbin.lpbin)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        if (length - used < sizeof(size))
            return MAPI_E_CORRUPT_DATA;
        memcpy(&size, blob + used, sizeof(size));
        used += sizeof(size);
        if (size > length - used)
            return MAPI_E_CORRUPT_DATA;
        hr = read_element(blob + used, size, i, base, value);
        used += size;
    }
    return hr;
}

HRESULT value_read(sqlite3_stmt *stmt, int column, ULONG type, ULONG tag, ULONG limit, void *base, SPropValue *value)
{
    ULONG wanted = PROP_TYPE(tag), size;
    sqlite3_int64 number;
    const void *bytes;
    WCHAR *wide;
    HRESULT hr;

    value->ulPropTag = tag;
    if (stored_type(wanted) != type)
        return MAPI_E_NOT_FOUND;
    switch (type)
    {
    case PT_I2:
    case PT_LONG:
        value->Value.l = sqlite3_column_int(stmt, column);
        return S_OK;
    case PT_BOOLEAN:
        value->Value.b = !!sqlite3_column_int(stmt, column);
        return S_OK;
    case PT_R4:
        value->Value.flt = (float)sqlite3_column_double(stmt, column);
        return S_OK;
    case PT_DOUBLE:
    case PT_APPTIME:
        value->Value.dbl = sqlite3_column_double(stmt, column);
        return S_OK;
    case PT_CURRENCY:
    case PT_SYSTIME:
    case PT_I8:
        number = sqlite3_column_int64(stmt, column);
        memcpy(&value->Value, &number, sizeof(number));
        return S_OK;
    case PT_UNICODE:
        if (!(bytes = sqlite3_column_text16(stmt, column)))
            bytes = L"";
        size = (ULONG)sqlite3_column_bytes16(stmt, column);
        if (limit && size > limit)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        if (wanted == PT_STRING8)
            return narrow(bytes, base, &value->Value.lpszA);
        hr = copy(bytes, size, sizeof(WCHAR), base, &wide);
        value->Value.lpszW = wide;
        return hr;
    default:
        bytes = sqlite3_column_blob(stmt, column);
        size = bytes ? (ULONG)sqlite3_column_bytes(stmt, column) : 0;
        if (limit && size > limit)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        if (type & MV_FLAG)
            return read_multiple(bytes, size, base, value);
        if (type == PT_CLSID)
            return size == sizeof(GUID) ? copy(bytes, size, 0, base, &value->Value.lpguid) : MAPI_E_CORRUPT_DATA;
        value->Value.bin.cb = size;
        return copy(bytes, size, 0, base, &value->Value.bin.lpb);
    }
}
