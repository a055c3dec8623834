/*
 * Restrictions: a caller's restriction is checked and copied into a tree of conditions, which is then asked about rows.
 *
 * Strings are wide in conditions as they are in rows. The caller's structure may contain itself or share parts without
 * end: depth and number of parts are limited. What the pages leave open: a comparison with a property that a row lacks
 * does not hold, except RELOP_NE.
 */
#include "table/row.h"
#include "table/table.h"

#include <string.h>

#define MAX_DEPTH 128
#define MAX_NODES 65536
#define FOLD_BUFFER 128

#define FUZZY_FOLDED (FL_IGNORECASE | FL_IGNORENONSPACE | FL_LOOSE)

struct condition
{
    ULONG kind; /* RES_* */
    ULONG how;  /* RELOP_*, BMR_* or fuzzy level */
    ULONG tag;
    ULONG tag2;   /* RES_COMPAREPROPS */
    ULONG number; /* mask, size */
    BOOL simple;  /* RES_PROPERTY of a PT_LONG; accept tells for less, equal and more whether it holds */
    BOOL accept[3];
    BOOL any;                   /* a multiple property of which one value must do */
    struct table_row *constant; /* one value */
    WCHAR *folded;              /* RES_CONTENT of strings: what is looked for, when it is looked for folded */
    ULONG count;
    struct condition *children;
};

static void condition_clear(struct condition *condition)
{
    ULONG i;

    for (i = 0; i < condition->count; i++)
        condition_clear(&condition->children[i]);
    heap_free(condition->children);
    heap_free(condition->folded);
    table_row_release(condition->constant);
}

void condition_free(struct condition *condition)
{
    if (!condition)
        return;
    condition_clear(condition);
    heap_free(condition);
}

static HRESULT compile(const SRestriction *restriction, struct condition *condition, unsigned depth, unsigned *nodes);

static HRESULT compile_children(const SRestriction *restrictions, ULONG count, struct condition *condition,
                                unsigned depth, unsigned *nodes)
{
    HRESULT hr;
    ULONG i;

    if (count > *nodes)
        return MAPI_E_TOO_COMPLEX;
    if (!count)
        return S_OK;
    if (!restrictions || !memory_readable(restrictions, count * sizeof(*restrictions)))
        return MAPI_E_INVALID_PARAMETER;
    condition->children = heap_alloc_zero(count * sizeof(*condition->children));
    if (!condition->children)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    condition->count = count;
    for (i = 0; i < count; i++)
    {
        hr = compile(&restrictions[i], &condition->children[i], depth, nodes);
        if (FAILED(hr))
            return hr;
    }
    return S_OK;
}

/* A tag as restrictions name it: without the instance flag, strings wide. */
static HRESULT compile_tag(ULONG tag, ULONG *out)
{
    ULONG type = PROP_TYPE(tag) & ~(ULONG)MV_INSTANCE;
    struct prop_shape shape;

    if (!prop_shape_of(type, &shape))
        return MAPI_E_INVALID_PARAMETER;
    *out = CHANGE_PROP_TYPE(tag, prop_type_with_width(type, TRUE));
    return S_OK;
}

static HRESULT compile_constant(const SPropValue *value, struct condition *condition)
{
    ULONG constant, wanted = PROP_TYPE(condition->tag);
    struct prop_shape shape;
    HRESULT hr;

    hr = table_row_create(value, 1, &condition->constant);
    if (FAILED(hr))
        return hr;
    constant = PROP_TYPE(condition->constant->values[0].ulPropTag);
    condition->any = constant != wanted && (constant | MV_FLAG) == wanted;
    prop_shape_of(constant, &shape);
    if ((constant != wanted && !condition->any) || shape.kind == PROP_KIND_EMPTY || constant == PT_ERROR)
        return MAPI_E_TOO_COMPLEX;
    return S_OK;
}

static HRESULT check_relop(ULONG relop)
{
    /* What a regular expression looks like is documented nowhere. */
    return relop > RELOP_RE ? MAPI_E_INVALID_PARAMETER : relop == RELOP_RE ? MAPI_E_TOO_COMPLEX : S_OK;
}

static HRESULT compile_property(const SPropertyRestriction *property, struct condition *condition)
{
    HRESULT hr = check_relop(property->relop);
    int order;

    condition->how = property->relop;
    if (SUCCEEDED(hr))
        hr = compile_tag(property->ulPropTag, &condition->tag);
    if (SUCCEEDED(hr))
        hr = compile_constant(property->lpProp, condition);
    if (FAILED(hr))
        return hr;
    condition->simple = PROP_TYPE(condition->tag) == PT_LONG;
    for (order = -1; order <= 1; order++)
        condition->accept[order + 1] = prop_relation(order, condition->how);
    return S_OK;
}

static HRESULT compile_content(const SContentRestriction *content, struct condition *condition)
{
    const SPropValue *constant;
    HRESULT hr;

    condition->how = content->ulFuzzyLevel;
    if ((content->ulFuzzyLevel & 0xffff) > FL_PREFIX)
        return MAPI_E_TOO_COMPLEX;
    hr = compile_tag(content->ulPropTag, &condition->tag);
    if (SUCCEEDED(hr))
        hr = compile_constant(content->lpProp, condition);
    if (FAILED(hr))
        return hr;
    constant = &condition->constant->values[0];
    if (PROP_TYPE(constant->ulPropTag) == PT_UNICODE)
    {
        if (condition->how & FUZZY_FOLDED)
        {
            condition->folded = prop_text_fold(constant->Value.lpszW, condition->how, NULL, 0);
            return condition->folded ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
        }
        return S_OK;
    }
    return PROP_TYPE(constant->ulPropTag) == PT_BINARY ? S_OK : MAPI_E_TOO_COMPLEX;
}

static HRESULT compile_compare(const SComparePropsRestriction *compare, struct condition *condition)
{
    struct prop_shape shape;
    HRESULT hr = check_relop(compare->relop);

    condition->how = compare->relop;
    if (SUCCEEDED(hr))
        hr = compile_tag(compare->ulPropTag1, &condition->tag);
    if (SUCCEEDED(hr))
        hr = compile_tag(compare->ulPropTag2, &condition->tag2);
    if (FAILED(hr))
        return hr;
    prop_shape_of(PROP_TYPE(condition->tag), &shape);
    return PROP_TYPE(condition->tag) == PROP_TYPE(condition->tag2) && shape.kind != PROP_KIND_EMPTY
                           && PROP_TYPE(condition->tag) != PT_ERROR
                   ? S_OK
                   : MAPI_E_TOO_COMPLEX;
}

static HRESULT compile_bitmask(const SBitMaskRestriction *bitmask, struct condition *condition)
{
    condition->how = bitmask->relBMR;
    condition->tag = bitmask->ulPropTag;
    condition->number = bitmask->ulMask;
    if (bitmask->relBMR > BMR_NEZ)
        return MAPI_E_INVALID_PARAMETER;
    return PROP_TYPE(bitmask->ulPropTag) == PT_LONG ? S_OK : MAPI_E_TOO_COMPLEX;
}

static HRESULT compile_size(const SSizeRestriction *size, struct condition *condition)
{
    ULONG tag;

    condition->how = size->relop;
    condition->tag = size->ulPropTag; /* the width of strings matters here */
    condition->number = size->cb;
    if (FAILED(compile_tag(size->ulPropTag, &tag)))
        return MAPI_E_INVALID_PARAMETER;
    return check_relop(size->relop);
}

static HRESULT compile(const SRestriction *restriction, struct condition *condition, unsigned depth, unsigned *nodes)
{
    if (!depth-- || !*nodes)
        return MAPI_E_TOO_COMPLEX;
    --*nodes;
    if (!restriction || !memory_readable(restriction, sizeof(*restriction)))
        return MAPI_E_INVALID_PARAMETER;
    condition->kind = restriction->rt;
    switch (restriction->rt)
    {
    case RES_AND:
    case RES_OR:
        return compile_children(restriction->res.resAnd.lpRes, restriction->res.resAnd.cRes, condition, depth, nodes);
    case RES_NOT:
        return compile_children(restriction->res.resNot.lpRes, 1, condition, depth, nodes);
    case RES_COMMENT:
        /* A comment around nothing restricts nothing. */
        return compile_children(restriction->res.resComment.lpRes, restriction->res.resComment.lpRes != NULL, condition,
                                depth, nodes);
    case RES_PROPERTY:
        return compile_property(&restriction->res.resProperty, condition);
    case RES_CONTENT:
        return compile_content(&restriction->res.resContent, condition);
    case RES_COMPAREPROPS:
        return compile_compare(&restriction->res.resCompareProps, condition);
    case RES_BITMASK:
        return compile_bitmask(&restriction->res.resBitMask, condition);
    case RES_SIZE:
        return compile_size(&restriction->res.resSize, condition);
    case RES_EXIST:
        return compile_tag(restriction->res.resExist.ulPropTag, &condition->tag);
    case RES_SUBRESTRICTION: /* rows have no attachments or recipients to look into */
    case 0xb:                /* RES_COUNT */
    case 0xc:                /* RES_ANNOTATION */
        return MAPI_E_TOO_COMPLEX;
    default:
        return MAPI_E_INVALID_PARAMETER;
    }
}

HRESULT condition_create(const SRestriction *restriction, struct condition **out)
{
    unsigned nodes = MAX_NODES;
    struct condition *condition;
    HRESULT hr;

    *out = NULL;
    condition = heap_alloc_zero(sizeof(*condition));
    if (!condition)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = compile(restriction, condition, MAX_DEPTH, &nodes);
    if (FAILED(hr))
        condition_free(condition);
    else
        *out = condition;
    return hr;
}

/* The i-th value of a multiple one, as a single one. */
static void element_of(const SPropValue *value, ULONG i, SPropValue *element)
{
    struct prop_shape shape;

    prop_shape_of(PROP_TYPE(value->ulPropTag), &shape);
    memset(element, 0, sizeof(*element));
    element->ulPropTag = value->ulPropTag & ~(ULONG)MV_FLAG;
    switch (shape.kind)
    {
    case PROP_KIND_TEXT_W:
    case PROP_KIND_TEXT_A:
        element->Value.lpszW = value->Value.MVszW.lppszW[i];
        break;
    case PROP_KIND_BYTES:
        element->Value.bin = value->Value.MVbin.lpbin[i];
        break;
    case PROP_KIND_GUID:
        element->Value.lpguid = &value->Value.MVguid.lpguid[i];
        break;
    default:
        memcpy(&element->Value, PROP_POINTER(value) + i * shape.size, shape.size);
        break;
    }
}

static HRESULT content_of_one(const struct condition *condition, const SPropValue *value, BOOL *match)
{
    const SPropValue *pattern = &condition->constant->values[0];
    WCHAR buffer[FOLD_BUFFER], *folded;

    if (PROP_TYPE(pattern->ulPropTag) == PT_BINARY)
    {
        *match = prop_bytes_contain(value->Value.bin.lpb, value->Value.bin.cb, pattern->Value.bin.lpb,
                                    pattern->Value.bin.cb, condition->how);
        return S_OK;
    }
    if (!condition->folded)
    {
        *match = prop_text_contains(value->Value.lpszW, pattern->Value.lpszW, condition->how);
        return S_OK;
    }
    folded = prop_text_fold(value->Value.lpszW, condition->how, buffer, FOLD_BUFFER);
    if (!folded)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    *match = prop_text_contains(folded, condition->folded, condition->how);
    if (folded != buffer)
        heap_free(folded);
    return S_OK;
}

static HRESULT match_one(const struct condition *condition, const SPropValue *value, BOOL *match)
{
    if (condition->kind == RES_CONTENT)
        return content_of_one(condition, value, match);
    *match = prop_relation(prop_order(value, &condition->constant->values[0]), condition->how);
    return S_OK;
}

static HRESULT match_constant(const struct condition *condition, const struct table_row *row, BOOL *match)
{
    const SPropValue *value = table_row_typed(row, condition->tag);
    SPropValue element;
    HRESULT hr = S_OK;
    ULONG i;

    if (!value)
        *match = condition->kind == RES_PROPERTY && condition->how == RELOP_NE;
    else if (!condition->any)
        hr = match_one(condition, value, match);
    else
    {
        for (i = 0; i < PROP_COUNT(value) && SUCCEEDED(hr) && !*match; i++)
        {
            element_of(value, i, &element);
            hr = match_one(condition, &element, match);
        }
    }
    return hr;
}

static BOOL match_size(const struct condition *condition, const struct table_row *row)
{
    const SPropValue *value = PROP_TYPE(condition->tag) == PT_UNSPECIFIED ? table_row_value(row, condition->tag)
                                                                          : table_row_typed(row, condition->tag);
    size_t size = 0;
    ULONG i;

    if (!value || PROP_TYPE(value->ulPropTag) == PT_ERROR)
        return FALSE;
    if (PROP_TYPE(condition->tag) == PT_STRING8)
    {
        size = prop_text_bytes(value->Value.lpszW, PROP_KIND_TEXT_W, PROP_KIND_TEXT_A);
    }
    else if (PROP_TYPE(condition->tag) == PT_MV_STRING8)
    {
        for (i = 0; i < value->Value.MVszW.cValues; i++)
            size += prop_text_bytes(value->Value.MVszW.lppszW[i], PROP_KIND_TEXT_W, PROP_KIND_TEXT_A);
    }
    else
    {
        size = prop_value_size(value);
    }
    return prop_relation(size < condition->number ? -1 : size > condition->number, condition->how);
}

static BOOL match_compare(const struct condition *condition, const struct table_row *row)
{
    const SPropValue *a = table_row_typed(row, condition->tag), *b = table_row_typed(row, condition->tag2);

    if (!a || !b)
        return condition->how == RELOP_NE && a != b;
    return prop_relation(prop_order(a, b), condition->how);
}

static BOOL match_exist(const struct condition *condition, const struct table_row *row)
{
    const SPropValue *value = table_row_value(row, condition->tag);

    if (!value || PROP_TYPE(value->ulPropTag) == PT_ERROR)
        return FALSE;
    return PROP_TYPE(condition->tag) == PT_UNSPECIFIED || PROP_TYPE(condition->tag) == PROP_TYPE(value->ulPropTag);
}

/* AND stops at the first that does not match, OR at the first that does. */
static HRESULT match_children(const struct condition *condition, const struct table_row *row, BOOL *match)
{
    BOOL all = condition->kind != RES_OR;
    HRESULT hr = S_OK;
    ULONG i;

    *match = all;
    for (i = 0; i < condition->count && SUCCEEDED(hr) && *match == all; i++)
        hr = condition_match(&condition->children[i], row, match);
    return hr;
}

/* What most restrictions of many rows come to, without any detour. */
static BOOL match_long(const struct condition *condition, const struct table_row *row)
{
    const SPropValue *value = table_row_value(row, condition->tag);
    LONG number = condition->constant->values[0].Value.l;

    if (!value || value->ulPropTag != condition->tag)
        return condition->how == RELOP_NE;
    return condition->accept[1 + (value->Value.l > number) - (value->Value.l < number)];
}

HRESULT condition_match(const struct condition *condition, const struct table_row *row, BOOL *match)
{
    const SPropValue *value;
    HRESULT hr = S_OK;

    *match = FALSE;
    if (!condition)
    {
        *match = TRUE;
        return S_OK;
    }
    if (condition->simple)
    {
        *match = match_long(condition, row);
        return S_OK;
    }
    switch (condition->kind)
    {
    case RES_AND:
    case RES_OR:
    case RES_COMMENT:
        return match_children(condition, row, match);
    case RES_NOT:
        hr = condition_match(condition->children, row, match);
        *match = !*match;
        return hr;
    case RES_PROPERTY:
    case RES_CONTENT:
        return match_constant(condition, row, match);
    case RES_COMPAREPROPS:
        *match = match_compare(condition, row);
        return S_OK;
    case RES_BITMASK:
        value = table_row_typed(row, condition->tag);
        *match = value && !(value->Value.ul & condition->number) == (condition->how == BMR_EQZ);
        return S_OK;
    case RES_SIZE:
        *match = match_size(condition, row);
        return S_OK;
    default:
        *match = match_exist(condition, row);
        return S_OK;
    }
}

const SPropValue *condition_exact(const struct condition *condition, ULONG tag)
{
    if (condition->kind != RES_PROPERTY || condition->how != RELOP_EQ || condition->any
        || condition->tag != CHANGE_PROP_TYPE(tag, prop_type_with_width(PROP_TYPE(tag), TRUE)))
        return NULL;
    return &condition->constant->values[0];
}

HRESULT restriction_match(const SRestriction *restriction, const SPropValue *values, ULONG count, BOOL *match)
{
    struct condition *condition;
    struct table_row *row;
    HRESULT hr;

    *match = FALSE;
    hr = condition_create(restriction, &condition);
    if (FAILED(hr))
        return hr;
    hr = table_row_create(values, count, &row);
    if (SUCCEEDED(hr))
    {
        hr = condition_match(condition, row, match);
        table_row_release(row);
    }
    condition_free(condition);
    return hr;
}
