/*
 * Copies of property values: the exported family (PropCopyMore, ScCountProps, ScCopyProps, ScRelocProps, ScDupPropset,
 * UlPropSize) and what the DLL itself uses.
 *
 * A copied array is one block: the values, then what they point to, in order. Values are checked before they are read.
 */
#include "prop/layout.h"

#include <string.h>

void prop_set_error(SPropValue *value, ULONG tag, SCODE error)
{
    memset(value, 0, sizeof(*value));
    value->ulPropTag = CHANGE_PROP_TYPE(tag, PT_ERROR);
    value->Value.err = error;
}

/* Bytes that count valid values need in one block. */
static BOOL array_extent(const SPropValue *values, size_t count, size_t *size)
{
    size_t i;

    if (!size_multiply(count, sizeof(*values), size))
        return FALSE;
    for (i = 0; i < count; i++)
    {
        if (!prop_extent(&values[i], PROP_TYPE(values[i].ulPropTag), size))
            return FALSE;
    }
    return TRUE;
}

static BOOL array_place(const SPropValue *values, size_t count, BYTE *block, size_t size)
{
    size_t offset = count * sizeof(*values), i;

    for (i = 0; i < count; i++)
    {
        SPropValue value;

        /* Through a variable: a caller may copy an array onto itself. */
        if (!prop_place(&value, &values[i], PROP_TYPE(values[i].ulPropTag), block, size, &offset))
            return FALSE;
        memcpy(block + i * sizeof(value), &value, sizeof(value));
    }
    return TRUE;
}

static BOOL array_valid(const SPropValue *values, size_t count)
{
    size_t bytes, i;

    if (!count)
        return TRUE;
    if (!values || !size_multiply(count, sizeof(*values), &bytes) || !memory_readable(values, bytes))
        return FALSE;
    for (i = 0; i < count; i++)
    {
        if (!prop_valid(&values[i]))
            return FALSE;
    }
    return TRUE;
}

static SCODE copy_more(SPropValue *dest, const SPropValue *source, ULONG type, ALLOCATEMORE *more, void *base)
{
    size_t size = 0, offset = 0;
    void *block = NULL;
    SPropValue value;
    SCODE sc;

    if (!prop_extent(source, type, &size))
        return MAPI_E_INVALID_PARAMETER;
    if (size > MAXLONG)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (size)
    {
        sc = more(size, base, &block);
        if (FAILED(sc))
            return sc;
        if (!block)
            return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (!prop_place(&value, source, type, block, size, &offset))
        return MAPI_E_INVALID_PARAMETER;
    *dest = value;
    return S_OK;
}

HRESULT prop_copy_more(SPropValue *dest, const SPropValue *source, void *base)
{
    if (!prop_valid(source))
        return MAPI_E_INVALID_PARAMETER;
    return copy_more(dest, source, PROP_TYPE(source->ulPropTag), MAPIAllocateMore, base);
}

HRESULT prop_convert_more(SPropValue *dest, const SPropValue *source, ULONG tag, ULONG flags, void *base)
{
    ULONG stored, type = PROP_TYPE(tag);

    if (!prop_valid(source))
        return MAPI_E_INVALID_PARAMETER;
    stored = PROP_TYPE(source->ulPropTag);
    if (type == PT_UNSPECIFIED)
        type = prop_type_with_width(stored, (flags & MAPI_UNICODE) != 0);
    if (prop_type_with_width(type, TRUE) != prop_type_with_width(stored, TRUE))
    {
        prop_set_error(dest, tag, MAPI_E_NOT_FOUND);
        return S_OK;
    }
    return copy_more(dest, source, type, MAPIAllocateMore, base);
}

static SCODE duplicate(const SPropValue *values, size_t count, LPALLOCATEBUFFER allocate, SPropValue **out)
{
    void *block = NULL;
    size_t size;
    SCODE sc;

    *out = NULL;
    if (!array_valid(values, count) || !array_extent(values, count, &size))
        return MAPI_E_INVALID_PARAMETER;
    if (size > MAXLONG)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    sc = allocate(size, &block);
    if (FAILED(sc))
        return sc;
    if (!block)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!array_place(values, count, block, size))
    {
        /* The values changed under us; only our own buffers can be given back without the allocator's partner. */
        if (allocate == MAPIAllocateBuffer)
            MAPIFreeBuffer(block);
        return MAPI_E_INVALID_PARAMETER;
    }
    *out = block;
    return S_OK;
}

HRESULT prop_dup(const SPropValue *values, ULONG count, SPropValue **out)
{
    return duplicate(values, count, MAPIAllocateBuffer, out);
}

/*
 * PropCopyMore: copies one value; what does not fit into the structure goes into one block of lpfAllocMore's, chained to
 * lpvObject. The destination is untouched on failure.
 * MAPI_E_NO_SUPPORT: unknown type. MAPI_E_INVALID_PARAMETER: bad pointers. What lpfAllocMore returns.
 */
SCODE WINAPI PropCopyMore(LPSPropValue lpSPropValueDest, LPSPropValue lpSPropValueSrc, ALLOCATEMORE *lpfAllocMore,
                          LPVOID lpvObject)
{
    struct prop_shape shape;

    TRACE("(%p, %p, %p, %p)", lpSPropValueDest, lpSPropValueSrc, lpfAllocMore, lpvObject);

    if (!lpSPropValueDest || !memory_writable(lpSPropValueDest, sizeof(*lpSPropValueDest)) || !lpSPropValueSrc
        || !memory_readable(lpSPropValueSrc, sizeof(*lpSPropValueSrc)) || !lpfAllocMore)
        return MAPI_E_INVALID_PARAMETER;
    if (!prop_shape_of(PROP_TYPE(lpSPropValueSrc->ulPropTag), &shape))
        return MAPI_E_NO_SUPPORT;
    if (!prop_valid(lpSPropValueSrc))
        return MAPI_E_INVALID_PARAMETER;
    return copy_more(lpSPropValueDest, lpSPropValueSrc, PROP_TYPE(lpSPropValueSrc->ulPropTag), lpfAllocMore, lpvObject);
}

/*
 * UlPropSize: the bytes of a value without its structure; of strings with the terminator, of multiple values without
 * the array of pointers. 0 for types without a value, unknown ones and bad pointers.
 */
ULONG WINAPI UlPropSize(LPSPropValue lpSPropValue)
{
    struct prop_shape shape;
    size_t size;

    TRACE("(%p)", lpSPropValue);

    if (!lpSPropValue || !memory_readable(lpSPropValue, sizeof(*lpSPropValue))
        || !prop_shape_of(PROP_TYPE(lpSPropValue->ulPropTag), &shape))
        return 0;
    /* Binary and fixed values are told by their count alone: callers ask before they have the bytes. */
    if (shape.kind == PROP_KIND_TEXT_A || shape.kind == PROP_KIND_TEXT_W)
    {
        if (!prop_valid(lpSPropValue))
            return 0;
    }
    else if (shape.kind == PROP_KIND_BYTES && shape.multiple)
    {
        if (!size_multiply(PROP_COUNT(lpSPropValue), sizeof(SBinary), &size)
            || (size && !memory_readable(lpSPropValue->Value.MVbin.lpbin, size)))
            return 0;
    }
    size = prop_value_size(lpSPropValue);
    return size > MAXDWORD ? 0 : size;
}

/*
 * ScCountProps: the size of the block that ScCopyProps makes of these values; with pcb NULL only checks them.
 * MAPI_E_INVALID_PARAMETER: bad pointers, PROP_ID_NULL or PROP_ID_INVALID, a type without a value, a multiple value with
 * no values; *pcb is untouched then.
 */
SCODE WINAPI ScCountProps(int cprop, LPSPropValue rgprop, ULONG *pcb)
{
    struct prop_shape shape;
    size_t size;
    int i;

    TRACE("(%d, %p, %p)", cprop, rgprop, pcb);

    if (cprop < 0 || (pcb && !memory_writable(pcb, sizeof(*pcb))) || !array_valid(rgprop, cprop))
        return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < cprop; i++)
    {
        ULONG id = PROP_ID(rgprop[i].ulPropTag);

        prop_shape_of(PROP_TYPE(rgprop[i].ulPropTag), &shape);
        if (id == PROP_ID_NULL || id == PROP_ID_INVALID || (shape.multiple && !PROP_COUNT(&rgprop[i]))
            || (shape.kind == PROP_KIND_EMPTY && PROP_TYPE(rgprop[i].ulPropTag) != PT_OBJECT))
            return MAPI_E_INVALID_PARAMETER;
    }
    if (!array_extent(rgprop, cprop, &size) || size > MAXDWORD)
        return MAPI_E_INVALID_PARAMETER;
    if (pcb)
        *pcb = size;
    return S_OK;
}

/*
 * ScCopyProps: copies values and what they point to into one block at pvDst, which has room for what ScCountProps tells.
 * The copy can be moved with ScRelocProps. *pcb gets the bytes written.
 * MAPI_E_INVALID_PARAMETER: bad pointers, unknown types.
 */
SCODE WINAPI ScCopyProps(int cprop, LPSPropValue rgprop, LPVOID pvDst, ULONG *pcb)
{
    size_t size;

    TRACE("(%d, %p, %p, %p)", cprop, rgprop, pvDst, pcb);

    if (cprop < 0 || !pvDst || (pcb && !memory_writable(pcb, sizeof(*pcb))) || !array_valid(rgprop, cprop)
        || !array_extent(rgprop, cprop, &size) || size > MAXDWORD || !memory_writable(pvDst, size)
        || !array_place(rgprop, cprop, pvDst, size))
        return MAPI_E_INVALID_PARAMETER;
    if (pcb)
        *pcb = size;
    return S_OK;
}

/*
 * ScDupPropset: a copy of the values in one buffer of lpAllocateBuffer's.
 * MAPI_E_INVALID_PARAMETER; what lpAllocateBuffer returns.
 */
SCODE WINAPI ScDupPropset(int cprop, LPSPropValue rgprop, LPALLOCATEBUFFER lpAllocateBuffer, LPSPropValue *prgprop)
{
    TRACE("(%d, %p, %p, %p)", cprop, rgprop, lpAllocateBuffer, prgprop);

    if (!prgprop || !memory_writable(prgprop, sizeof(*prgprop)))
        return MAPI_E_INVALID_PARAMETER;
    *prgprop = NULL;
    if (cprop < 0 || !lpAllocateBuffer)
        return MAPI_E_INVALID_PARAMETER;
    return duplicate(rgprop, cprop, lpAllocateBuffer, prgprop);
}

void prop_relocation_init(struct prop_relocation *relocation, const void *where, const void *old_base,
                          const void *new_base)
{
    UINT_PTR live = (UINT_PTR)new_base;

    if ((UINT_PTR)where - (UINT_PTR)old_base < (UINT_PTR)where - (UINT_PTR)new_base)
        live = (UINT_PTR)old_base;
    relocation->to_live = live - (UINT_PTR)old_base;
    relocation->to_new = (UINT_PTR)new_base - (UINT_PTR)old_base;
}

static void *moved(const void *pointer, UINT_PTR distance)
{
    return (void *)((UINT_PTR)pointer + distance);
}

/* The same value with pointers that can be followed; FALSE when they cannot. elements gets the live array of a
 * multiple value of strings or binaries, whose own pointers are still the stored ones. */
static BOOL relocation_live(const struct prop_relocation *relocation, const SPropValue *value, SPropValue *live,
                            const struct prop_shape *shape)
{
    *live = *value;
    if (shape->kind == PROP_KIND_EMPTY || (!shape->multiple && shape->kind == PROP_KIND_FIXED))
        return TRUE;
    if (shape->multiple || shape->kind == PROP_KIND_BYTES)
    {
        if (PROP_COUNT(value))
            PROP_POINTER(live) = moved(PROP_POINTER(value), relocation->to_live);
        return TRUE;
    }
    live->Value.lpszA = moved(value->Value.lpszA, relocation->to_live);
    return TRUE;
}

/* One element of a multiple value of strings or binaries, as a single value with pointers that can be followed. */
static void relocation_element(const struct prop_relocation *relocation, const SPropValue *live, ULONG i,
                               SPropValue *element, const struct prop_shape *shape)
{
    memset(element, 0, sizeof(*element));
    element->ulPropTag = live->ulPropTag & ~(ULONG)MV_FLAG;
    if (shape->kind == PROP_KIND_BYTES)
    {
        element->Value.bin.cb = live->Value.MVbin.lpbin[i].cb;
        element->Value.bin.lpb = moved(live->Value.MVbin.lpbin[i].lpb, relocation->to_live);
    }
    else
    {
        element->Value.lpszA = moved(live->Value.MVszA.lppszA[i], relocation->to_live);
    }
}

static BOOL is_nested(const struct prop_shape *shape)
{
    return shape->multiple
           && (shape->kind == PROP_KIND_BYTES || shape->kind == PROP_KIND_TEXT_A || shape->kind == PROP_KIND_TEXT_W);
}

BOOL prop_relocation_check(const struct prop_relocation *relocation, const SPropValue *value, size_t *size)
{
    struct prop_shape shape;
    SPropValue live, element;
    size_t bytes;
    ULONG i;

    if (!prop_shape_of(PROP_TYPE(value->ulPropTag), &shape) || !relocation_live(relocation, value, &live, &shape))
        return FALSE;
    if (!is_nested(&shape))
        return prop_valid(&live) && prop_extent(&live, PROP_TYPE(live.ulPropTag), size);
    bytes = shape.kind == PROP_KIND_BYTES ? sizeof(SBinary) : sizeof(char *);
    *size = (*size + sizeof(void *) - 1) & ~(sizeof(void *) - 1);
    if (!size_multiply(PROP_COUNT(&live), bytes, &bytes) || (bytes && !memory_writable(PROP_POINTER(&live), bytes))
        || !size_add(*size, bytes, size))
        return FALSE;
    for (i = 0; i < PROP_COUNT(&live); i++)
    {
        relocation_element(relocation, &live, i, &element, &shape);
        if (!prop_valid(&element))
            return FALSE;
        if (shape.kind == PROP_KIND_TEXT_W)
            *size = (*size + sizeof(WCHAR) - 1) & ~(sizeof(WCHAR) - 1);
        if (!size_add(*size, prop_value_size(&element), size))
            return FALSE;
    }
    return TRUE;
}

void prop_relocation_apply(const struct prop_relocation *relocation, SPropValue *value)
{
    struct prop_shape shape;
    SPropValue live;
    ULONG i;

    prop_shape_of(PROP_TYPE(value->ulPropTag), &shape);
    relocation_live(relocation, value, &live, &shape);
    if (is_nested(&shape))
    {
        for (i = 0; i < PROP_COUNT(&live); i++)
        {
            if (shape.kind != PROP_KIND_BYTES)
                live.Value.MVszA.lppszA[i] = moved(live.Value.MVszA.lppszA[i], relocation->to_new);
            else if (live.Value.MVbin.lpbin[i].cb)
                live.Value.MVbin.lpbin[i].lpb = moved(live.Value.MVbin.lpbin[i].lpb, relocation->to_new);
        }
    }
    if (shape.multiple || shape.kind == PROP_KIND_BYTES)
    {
        if (PROP_COUNT(value))
            PROP_POINTER(value) = moved(PROP_POINTER(value), relocation->to_new);
    }
    else if (shape.kind != PROP_KIND_EMPTY && shape.kind != PROP_KIND_FIXED)
    {
        value->Value.lpszA = moved(value->Value.lpszA, relocation->to_new);
    }
}

/*
 * ScRelocProps: adjusts the pointers of a block that ScCopyProps made and that moves, or has moved, from pvBaseOld to
 * pvBaseNew. rgprop is where the values are now; either base may be a mere number (0 for a file). *pcb gets the size of
 * the block.
 * MAPI_E_INVALID_PARAMETER: bad pointers, unknown types; nothing is changed then.
 */
SCODE WINAPI ScRelocProps(int cprop, LPSPropValue rgprop, LPVOID pvBaseOld, LPVOID pvBaseNew, ULONG *pcb)
{
    struct prop_relocation relocation;
    size_t size;
    int i;

    TRACE("(%d, %p, %p, %p, %p)", cprop, rgprop, pvBaseOld, pvBaseNew, pcb);

    if (cprop < 0 || (pcb && !memory_writable(pcb, sizeof(*pcb))) || !size_multiply(cprop, sizeof(*rgprop), &size)
        || (cprop && (!rgprop || !memory_writable(rgprop, size))))
        return MAPI_E_INVALID_PARAMETER;
    prop_relocation_init(&relocation, rgprop, pvBaseOld, pvBaseNew);
    for (i = 0; i < cprop; i++)
    {
        if (!prop_relocation_check(&relocation, &rgprop[i], &size))
            return MAPI_E_INVALID_PARAMETER;
    }
    for (i = 0; i < cprop; i++)
        prop_relocation_apply(&relocation, &rgprop[i]);
    if (pcb)
        *pcb = size;
    return S_OK;
}
