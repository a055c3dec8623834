/*
 * Restrictions and sort orders as SQL. Values are written as numbers or hexadecimal literals, never as text.
 */
#include "restriction.h"

#include <string.h>

#define DEPTH_MAX 40

static const char *const schemas[] = {"main", "temp"};

/* A property of the row o as an expression. */
static BOOL write_property(sqlite3_str *sql, enum schema schema, ULONG tag)
{
    switch (PROP_ID(tag))
    {
    case PROP_ID(PR_MESSAGE_FLAGS):
        sqlite3_str_appendall(sql, "o.flags");
        return TRUE;
    case PROP_ID(PR_MESSAGE_SIZE):
        sqlite3_str_appendall(sql, "o.size");
        return TRUE;
    case PROP_ID(PR_MSG_STATUS):
        sqlite3_str_appendall(sql, "o.status");
        return TRUE;
    case PROP_ID(PR_HASATTACH):
        sqlite3_str_appendall(sql, "((o.flags & 16) != 0)");
        return TRUE;
    case PROP_ID(PR_ATTACH_NUM):
    case PROP_ID(PR_ROWID):
        sqlite3_str_appendall(sql, "o.num");
        return TRUE;
    case PROP_ID(PR_ENTRYID):
    case PROP_ID(PR_RECORD_KEY):
    case PROP_ID(PR_INSTANCE_KEY):
        sqlite3_str_appendall(sql, "o.id");
        return TRUE;
    default:
        if (value_is_computed(tag))
            return FALSE;
        sqlite3_str_appendf(sql, "(SELECT value FROM %s.prop WHERE object = o.id AND id = %d)", schemas[schema],
                            (int)PROP_ID(tag));
        return TRUE;
    }
}

static void write_hex(sqlite3_str *sql, const void *bytes, size_t size)
{
    size_t i;

    sqlite3_str_appendall(sql, "x'");
    for (i = 0; i < size; i++)
        sqlite3_str_appendf(sql, "%02x", ((const BYTE *)bytes)[i]);
    sqlite3_str_appendall(sql, "'");
}

/* The text in UTF-8; free with sqlite3_free. NULL: no memory. */
static char *to_utf8(const SPropValue *value)
{
    const WCHAR *wide = value->Value.lpszW;
    WCHAR *converted = NULL;
    char *text = NULL;
    int length;

    if (PROP_TYPE(value->ulPropTag) == PT_STRING8)
    {
        length = MultiByteToWideChar(CP_ACP, 0, value->Value.lpszA, -1, NULL, 0);
        if (!(converted = sqlite3_malloc64((sqlite3_uint64)(length + 1) * sizeof(WCHAR))))
            return NULL;
        converted[0] = 0;
        MultiByteToWideChar(CP_ACP, 0, value->Value.lpszA, -1, converted, length);
        wide = converted;
    }
    length = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
    if ((text = sqlite3_malloc64((sqlite3_uint64)length + 1)))
    {
        text[0] = 0;
        WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, length, NULL, NULL);
    }
    sqlite3_free(converted);
    return text;
}

static HRESULT write_value(sqlite3_str *sql, const SPropValue *value)
{
    sqlite3_int64 number;
    char *text;

    switch (PROP_TYPE(value->ulPropTag))
    {
    case PT_I2:
        sqlite3_str_appendf(sql, "%d", value->Value.i);
        return S_OK;
    case PT_LONG:
        sqlite3_str_appendf(sql, "%d", value->Value.l);
        return S_OK;
    case PT_BOOLEAN:
        sqlite3_str_appendf(sql, "%d", !!value->Value.b);
        return S_OK;
    case PT_R4:
        sqlite3_str_appendf(sql, "%!.17g", (double)value->Value.flt);
        return S_OK;
    case PT_DOUBLE:
    case PT_APPTIME:
        sqlite3_str_appendf(sql, "%!.17g", value->Value.dbl);
        return S_OK;
    case PT_CURRENCY:
    case PT_SYSTIME:
    case PT_I8:
        memcpy(&number, &value->Value, sizeof(number));
        sqlite3_str_appendf(sql, "%lld", number);
        return S_OK;
    case PT_CLSID:
        write_hex(sql, value->Value.lpguid, sizeof(GUID));
        return S_OK;
    case PT_BINARY:
        write_hex(sql, value->Value.bin.lpb, value->Value.bin.cb);
        return S_OK;
    case PT_STRING8:
    case PT_UNICODE:
        if (!(text = to_utf8(value)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        sqlite3_str_appendall(sql, "CAST(");
        write_hex(sql, text, strlen(text));
        sqlite3_str_appendall(sql, " AS TEXT) COLLATE NOCASE");
        sqlite3_free(text);
        return S_OK;
    default:
        return MAPI_E_TOO_COMPLEX;
    }
}

static HRESULT write_comparison(sqlite3_str *sql, const struct db *db, enum schema schema,
                                const SPropertyRestriction *property)
{
    static const char *const operators[] = {" < ", " <= ", " > ", " >= ", " = ", " <> "};
    sqlite3_int64 id = 0;

    if (property->relop >= ARRAYSIZE(operators) || !property->lpProp)
        return MAPI_E_TOO_COMPLEX;
    if (!write_property(sql, schema, property->ulPropTag))
        return MAPI_E_TOO_COMPLEX;
    sqlite3_str_appendall(sql, operators[property->relop]);
    switch (PROP_ID(property->ulPropTag))
    {
    case PROP_ID(PR_ENTRYID): /* ends with the number; other stores' are never equal */
    case PROP_ID(PR_RECORD_KEY):
    case PROP_ID(PR_INSTANCE_KEY):
        if (property->relop != RELOP_EQ && property->relop != RELOP_NE)
            return MAPI_E_TOO_COMPLEX;
        if (property->lpProp->Value.bin.cb >= 24
            && !memcmp(property->lpProp->Value.bin.lpb + (property->lpProp->Value.bin.cb == ENTRYID_SIZE ? 4 : 0),
                       &db->uid, 16))
            memcpy(&id, property->lpProp->Value.bin.lpb + property->lpProp->Value.bin.cb - 8, 8);
        sqlite3_str_appendf(sql, "%lld", id);
        return S_OK;
    default:
        return write_value(sql, property->lpProp);
    }
}

static HRESULT write_content(sqlite3_str *sql, enum schema schema, const SContentRestriction *content)
{
    ULONG fuzzy = content->ulFuzzyLevel & 0xffff, type;
    BOOL loose = !!(content->ulFuzzyLevel & (FL_IGNORECASE | FL_LOOSE));
    HRESULT hr;

    if (!content->lpProp || fuzzy > FL_PREFIX)
        return MAPI_E_TOO_COMPLEX;
    type = PROP_TYPE(content->lpProp->ulPropTag);
    if (type != PT_UNICODE && type != PT_STRING8 && type != PT_BINARY)
        return MAPI_E_TOO_COMPLEX;
    if (fuzzy == FL_FULLSTRING && type != PT_BINARY)
        sqlite3_str_appendall(sql, loose ? "1 = (lower(" : "1 = ((");
    else
        sqlite3_str_appendall(sql, loose && type != PT_BINARY ? "instr(lower(" : "instr((");
    if (!write_property(sql, schema, content->ulPropTag))
        return MAPI_E_TOO_COMPLEX;
    sqlite3_str_appendall(sql, fuzzy == FL_FULLSTRING && type != PT_BINARY ? ") = " : "), ");
    sqlite3_str_appendall(sql, loose && type != PT_BINARY ? "lower(" : "(");
    if (FAILED(hr = write_value(sql, content->lpProp)))
        return hr;
    sqlite3_str_appendall(sql, fuzzy == FL_FULLSTRING && type != PT_BINARY ? ") COLLATE BINARY)"
                               : fuzzy == FL_SUBSTRING                     ? ")) > 0"
                                                                           : ")) = 1");
    return S_OK;
}

HRESULT restriction_write(sqlite3_str *sql, const struct db *db, enum schema schema, const SRestriction *restriction,
                          int depth)
{
    static const char *const operators[] = {" < ", " <= ", " > ", " >= ", " = ", " <> "};
    HRESULT hr = S_OK;
    ULONG i;

    if (!restriction || depth > DEPTH_MAX || sqlite3_str_length(sql) > 500000)
        return MAPI_E_TOO_COMPLEX;
    sqlite3_str_appendall(sql, "(");
    switch (restriction->rt)
    {
    case RES_AND:
    case RES_OR:
        sqlite3_str_appendall(sql, restriction->rt == RES_AND ? "1" : "0");
        for (i = 0; SUCCEEDED(hr) && i < restriction->res.resAnd.cRes; i++)
        {
            sqlite3_str_appendall(sql, restriction->rt == RES_AND ? " AND " : " OR ");
            hr = restriction_write(sql, db, schema, &restriction->res.resAnd.lpRes[i], depth + 1);
        }
        break;
    case RES_NOT:
        sqlite3_str_appendall(sql, "NOT coalesce(");
        hr = restriction_write(sql, db, schema, restriction->res.resNot.lpRes, depth + 1);
        sqlite3_str_appendall(sql, ", 0)");
        break;
    case RES_PROPERTY:
        hr = write_comparison(sql, db, schema, &restriction->res.resProperty);
        break;
    case RES_CONTENT:
        hr = write_content(sql, schema, &restriction->res.resContent);
        break;
    case RES_COMPAREPROPS:
        if (restriction->res.resCompareProps.relop >= ARRAYSIZE(operators)
            || !write_property(sql, schema, restriction->res.resCompareProps.ulPropTag1))
            return MAPI_E_TOO_COMPLEX;
        sqlite3_str_appendall(sql, operators[restriction->res.resCompareProps.relop]);
        if (!write_property(sql, schema, restriction->res.resCompareProps.ulPropTag2))
            return MAPI_E_TOO_COMPLEX;
        break;
    case RES_BITMASK:
        sqlite3_str_appendall(sql, "(");
        if (!write_property(sql, schema, restriction->res.resBitMask.ulPropTag))
            return MAPI_E_TOO_COMPLEX;
        sqlite3_str_appendf(sql, " & %u) %s 0", restriction->res.resBitMask.ulMask,
                            restriction->res.resBitMask.relBMR == BMR_EQZ ? "=" : "<>");
        break;
    case RES_SIZE:
        if (restriction->res.resSize.relop >= ARRAYSIZE(operators))
            return MAPI_E_TOO_COMPLEX;
        sqlite3_str_appendall(sql, "length(CAST(");
        if (!write_property(sql, schema, restriction->res.resSize.ulPropTag))
            return MAPI_E_TOO_COMPLEX;
        sqlite3_str_appendf(sql, " AS BLOB))%s%u", operators[restriction->res.resSize.relop],
                            restriction->res.resSize.cb);
        break;
    case RES_EXIST:
        if (!write_property(sql, schema, restriction->res.resExist.ulPropTag))
            return MAPI_E_TOO_COMPLEX;
        sqlite3_str_appendall(sql, " IS NOT NULL");
        break;
    case RES_COMMENT:
        hr = restriction_write(sql, db, schema, restriction->res.resComment.lpRes, depth + 1);
        break;
    default: /* RES_SUBRESTRICTION, RES_COUNT */
        return MAPI_E_TOO_COMPLEX;
    }
    sqlite3_str_appendall(sql, ")");
    return hr;
}

HRESULT order_write(sqlite3_str *sql, enum schema schema, const SSortOrderSet *order)
{
    BOOL descending = FALSE;
    ULONG i;

    for (i = 0; order && i < order->cSorts; i++)
    {
        ULONG tag = order->aSort[i].ulPropTag;

        descending = order->aSort[i].ulOrder == TABLE_SORT_DESCEND;
        if (PROP_ID(tag) == PROP_ID(PR_MESSAGE_DELIVERY_TIME))
            sqlite3_str_appendall(sql, "o.date");
        else if (!write_property(sql, schema, tag))
            return MAPI_E_TOO_COMPLEX;
        if (PROP_TYPE(tag) == PT_UNICODE || PROP_TYPE(tag) == PT_STRING8)
            sqlite3_str_appendall(sql, " COLLATE NOCASE");
        sqlite3_str_appendall(sql, descending ? " DESC, " : ", ");
    }
    if (!order || !order->cSorts)
        sqlite3_str_appendall(sql, "o.date, ");
    sqlite3_str_appendall(sql, descending ? "o.id DESC" : "o.id");
    return S_OK;
}
