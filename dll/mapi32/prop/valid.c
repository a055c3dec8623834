/*
 * Validation of what callers pass: values, tags, rows, sort orders, restrictions, entry lists (the FBad* family).
 *
 * Nothing is read that memory_readable has not vouched for, and every count is checked before it is multiplied.
 */
#include "prop/layout.h"

#include <mapival.h>
#include <string.h>

#define PAGE 4096
/* A restriction may refer to one part many times, even to itself. */
#define RESTRICTION_DEPTH 128
#define RESTRICTION_NODES 65536

BOOL prop_text_readable(const void *text, size_t width)
{
    const BYTE *at = text;

    if (!text)
        return FALSE;
    for (;;)
    {
        size_t room = (PAGE - ((UINT_PTR)at & (PAGE - 1))) & ~(width - 1);
        size_t i;

        if (!room)
            room = width;
        if (!memory_readable(at, room))
            return FALSE;
        for (i = 0; i < room; i += width)
        {
            if (!at[i] && (width == 1 || !at[i + 1]))
                return TRUE;
        }
        at += room;
    }
}

static BOOL array_readable(const void *elements, size_t count, size_t size)
{
    size_t bytes;

    if (!count)
        return TRUE;
    return elements && size_multiply(count, size, &bytes) && memory_readable(elements, bytes);
}

/* A structure with a count in front of its elements. */
static BOOL counted_readable(const void *structure, size_t header, size_t count, size_t size)
{
    size_t bytes;

    return size_multiply(count, size, &bytes) && size_add(bytes, header, &bytes) && memory_readable(structure, bytes);
}

static BOOL elements_valid(const SPropValue *value, const struct prop_shape *shape)
{
    ULONG count = PROP_COUNT(value), i;

    switch (shape->kind)
    {
    case PROP_KIND_TEXT_A:
    case PROP_KIND_TEXT_W:
        if (!array_readable(value->Value.MVszA.lppszA, count, sizeof(char *)))
            return FALSE;
        for (i = 0; i < count; i++)
        {
            if (!prop_text_readable(value->Value.MVszA.lppszA[i], shape->size))
                return FALSE;
        }
        return TRUE;
    case PROP_KIND_BYTES:
        if (!array_readable(value->Value.MVbin.lpbin, count, sizeof(SBinary)))
            return FALSE;
        for (i = 0; i < count; i++)
        {
            if (!array_readable(value->Value.MVbin.lpbin[i].lpb, value->Value.MVbin.lpbin[i].cb, 1))
                return FALSE;
        }
        return TRUE;
    default:
        return array_readable(PROP_POINTER(value), count, shape->size);
    }
}

BOOL prop_valid(const SPropValue *value)
{
    struct prop_shape shape;

    if (!value || !memory_readable(value, sizeof(*value)) || !prop_shape_of(PROP_TYPE(value->ulPropTag), &shape))
        return FALSE;
    if (shape.multiple)
        return elements_valid(value, &shape);
    switch (shape.kind)
    {
    case PROP_KIND_GUID:
        return array_readable(value->Value.lpguid, 1, sizeof(GUID));
    case PROP_KIND_TEXT_A:
    case PROP_KIND_TEXT_W:
        return prop_text_readable(value->Value.lpszA, shape.size);
    case PROP_KIND_BYTES:
        return array_readable(value->Value.bin.lpb, value->Value.bin.cb, 1);
    default:
        return TRUE;
    }
}

BOOL prop_tags_valid(const SPropTagArray *tags)
{
    return tags && memory_readable(tags, offsetof(SPropTagArray, aulPropTag))
           && counted_readable(tags, offsetof(SPropTagArray, aulPropTag), tags->cValues, sizeof(ULONG));
}

/* Any defined type, single or multiple: what the FBad* functions have always let through. */
static BOOL type_is_known(ULONG type)
{
    struct prop_shape shape;

    return prop_shape_of(type & ~(ULONG)MV_FLAG, &shape);
}

/*
 * FBadPropTag: whether a property tag's type is none that MAPI defines. The page is the function's own.
 */
ULONG WINAPI FBadPropTag(ULONG ulPropTag)
{
    TRACE("(%#lx)", ulPropTag);

    return !type_is_known(PROP_TYPE(ulPropTag));
}

/* FBadProp without its trace line, for rows. */
static BOOL bad_prop(const SPropValue *value)
{
    ULONG type;

    if (!value || !memory_readable(value, sizeof(*value)))
        return TRUE;
    type = PROP_TYPE(value->ulPropTag);
    if (type == PT_BOOLEAN)
        return value->Value.b != TRUE && value->Value.b != FALSE;
    /* Types without a multiple form pass, as they always have: nothing of such a value is looked at. */
    if (type == (MV_FLAG | PT_UNSPECIFIED) || type == (MV_FLAG | PT_NULL) || type == (MV_FLAG | PT_ERROR)
        || type == (MV_FLAG | PT_BOOLEAN) || type == (MV_FLAG | PT_OBJECT))
        return FALSE;
    return !prop_valid(value);
}

/*
 * FBadProp: whether a property value is invalid: unknown type, a boolean that is neither TRUE nor FALSE, memory that
 * cannot be read.
 */
ULONG WINAPI FBadProp(LPSPropValue lpprop)
{
    TRACE("(%p)", lpprop);

    return bad_prop(lpprop);
}

static BOOL bad_row(const SRow *row)
{
    ULONG i;

    if (!row || !memory_readable(row, sizeof(*row)) || !array_readable(row->lpProps, row->cValues, sizeof(SPropValue)))
        return TRUE;
    for (i = 0; i < row->cValues; i++)
    {
        if (bad_prop(&row->lpProps[i]))
            return TRUE;
    }
    return FALSE;
}

/*
 * FBadRow: whether a row, or one of its values, is invalid.
 */
ULONG WINAPI FBadRow(LPSRow lprow)
{
    TRACE("(%p)", lprow);

    return bad_row(lprow);
}

/*
 * FBadRowSet: whether a row set, or one of its rows, is invalid. NULL is.
 */
BOOL WINAPI FBadRowSet(LPSRowSet lpRowSet)
{
    ULONG i;

    TRACE("(%p)", lpRowSet);

    if (!lpRowSet || !memory_readable(lpRowSet, offsetof(SRowSet, aRow))
        || !counted_readable(lpRowSet, offsetof(SRowSet, aRow), lpRowSet->cRows, sizeof(SRow)))
        return TRUE;
    for (i = 0; i < lpRowSet->cRows; i++)
    {
        if (bad_row(&lpRowSet->aRow[i]))
            return TRUE;
    }
    return FALSE;
}

/*
 * FBadColumnSet: whether a column set could not be given to SetColumns: unreadable, an unknown type, PT_ERROR.
 */
ULONG WINAPI FBadColumnSet(LPSPropTagArray lpptaCols)
{
    ULONG i;

    TRACE("(%p)", lpptaCols);

    if (!prop_tags_valid(lpptaCols))
        return TRUE;
    for (i = 0; i < lpptaCols->cValues; i++)
    {
        ULONG type = PROP_TYPE(lpptaCols->aulPropTag[i]);

        if (type == PT_ERROR || !type_is_known(type))
            return TRUE;
    }
    return FALSE;
}

/*
 * FBadSortOrderSet: whether a sort order set is invalid: unreadable, counts that contradict each other, unknown types
 * or directions.
 */
ULONG WINAPI FBadSortOrderSet(LPSSortOrderSet lpsos)
{
    ULONG i;

    TRACE("(%p)", lpsos);

    if (!lpsos || !memory_readable(lpsos, offsetof(SSortOrderSet, aSort))
        || !counted_readable(lpsos, offsetof(SSortOrderSet, aSort), lpsos->cSorts, sizeof(SSortOrder)))
        return TRUE;
    if (lpsos->cCategories > lpsos->cSorts || lpsos->cExpanded > lpsos->cCategories)
        return TRUE;
    for (i = 0; i < lpsos->cSorts; i++)
    {
        ULONG order = lpsos->aSort[i].ulOrder;

        /* 4 and 8 are TABLE_SORT_CATEG_MAX and _MIN. */
        if (order != TABLE_SORT_ASCEND && order != TABLE_SORT_DESCEND && order != TABLE_SORT_COMBINE && order != 4
            && order != 8)
            return TRUE;
        if (!type_is_known(PROP_TYPE(lpsos->aSort[i].ulPropTag) & ~(ULONG)MV_INSTANCE))
            return TRUE;
    }
    return FALSE;
}

static BOOL bad_restriction(const SRestriction *restriction, unsigned depth, unsigned *nodes);

static BOOL bad_restrictions(const SRestriction *restrictions, ULONG count, unsigned depth, unsigned *nodes)
{
    ULONG i;

    if (!array_readable(restrictions, count, sizeof(*restrictions)))
        return TRUE;
    for (i = 0; i < count; i++)
    {
        if (bad_restriction(&restrictions[i], depth, nodes))
            return TRUE;
    }
    return FALSE;
}

static BOOL bad_restriction(const SRestriction *restriction, unsigned depth, unsigned *nodes)
{
    const SCommentRestriction *comment;
    ULONG i;

    if (!depth-- || !*nodes || !restriction || !memory_readable(restriction, sizeof(*restriction)))
        return TRUE;
    --*nodes;
    switch (restriction->rt)
    {
    case RES_AND:
    case RES_OR:
        return bad_restrictions(restriction->res.resAnd.lpRes, restriction->res.resAnd.cRes, depth, nodes);
    case RES_NOT:
        return bad_restriction(restriction->res.resNot.lpRes, depth, nodes);
    case RES_CONTENT:
        return !type_is_known(PROP_TYPE(restriction->res.resContent.ulPropTag) & ~(ULONG)MV_INSTANCE)
               || bad_prop(restriction->res.resContent.lpProp);
    case RES_PROPERTY:
        return restriction->res.resProperty.relop > RELOP_RE
               || !type_is_known(PROP_TYPE(restriction->res.resProperty.ulPropTag) & ~(ULONG)MV_INSTANCE)
               || bad_prop(restriction->res.resProperty.lpProp);
    case RES_COMPAREPROPS:
        return restriction->res.resCompareProps.relop > RELOP_RE
               || !type_is_known(PROP_TYPE(restriction->res.resCompareProps.ulPropTag1) & ~(ULONG)MV_INSTANCE)
               || !type_is_known(PROP_TYPE(restriction->res.resCompareProps.ulPropTag2) & ~(ULONG)MV_INSTANCE);
    case RES_BITMASK:
        return restriction->res.resBitMask.relBMR > BMR_NEZ
               || !type_is_known(PROP_TYPE(restriction->res.resBitMask.ulPropTag));
    case RES_SIZE:
        return restriction->res.resSize.relop > RELOP_RE
               || !type_is_known(PROP_TYPE(restriction->res.resSize.ulPropTag));
    case RES_EXIST:
        return !type_is_known(PROP_TYPE(restriction->res.resExist.ulPropTag) & ~(ULONG)MV_INSTANCE);
    case RES_SUBRESTRICTION:
        return bad_restriction(restriction->res.resSub.lpRes, depth, nodes);
    case RES_COMMENT:
        comment = &restriction->res.resComment;
        if (!array_readable(comment->lpProp, comment->cValues, sizeof(SPropValue)))
            return TRUE;
        for (i = 0; i < comment->cValues; i++)
        {
            if (bad_prop(&comment->lpProp[i]))
                return TRUE;
        }
        return comment->lpRes && bad_restriction(comment->lpRes, depth, nodes);
    default:
        return TRUE;
    }
}

/*
 * FBadRestriction: whether a restriction, or a part of it, is invalid. Nesting deeper than 128 and more than 65536 parts
 * count as invalid, so a restriction that contains itself is.
 */
ULONG WINAPI FBadRestriction(LPSRestriction lpres)
{
    unsigned nodes = RESTRICTION_NODES;

    TRACE("(%p)", lpres);

    return bad_restriction(lpres, RESTRICTION_DEPTH, &nodes);
}

/*
 * FBadEntryList: whether a list of entry identifiers is invalid: unreadable, or an identifier shorter than the flags that
 * every identifier begins with.
 */
BOOL WINAPI FBadEntryList(LPENTRYLIST lpEntryList)
{
    ULONG i;

    TRACE("(%p)", lpEntryList);

    if (!lpEntryList || !memory_readable(lpEntryList, sizeof(*lpEntryList))
        || !array_readable(lpEntryList->lpbin, lpEntryList->cValues, sizeof(SBinary)))
        return TRUE;
    for (i = 0; i < lpEntryList->cValues; i++)
    {
        const SBinary *entry = &lpEntryList->lpbin[i];

        if (entry->cb < offsetof(ENTRYID, ab) || !array_readable(entry->lpb, entry->cb, 1))
            return TRUE;
    }
    return FALSE;
}
