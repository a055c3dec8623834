/*
 * Bags: unordered sets of property values, one per property id.
 *
 * Each value is a MAPI buffer of its own. A bag has no lock; its owner has.
 */
#include "prop/layout.h"

#include <string.h>

void prop_bag_init(struct prop_bag *bag)
{
    memset(bag, 0, sizeof(*bag));
}

void prop_bag_clear(struct prop_bag *bag)
{
    size_t i;

    for (i = 0; i < bag->count; i++)
        MAPIFreeBuffer(bag->values[i]);
    heap_free(bag->values);
    prop_bag_init(bag);
}

/* The place of an id, or count when it is not there. */
static size_t bag_index(const struct prop_bag *bag, ULONG tag)
{
    size_t i;

    for (i = 0; i < bag->count; i++)
    {
        if (PROP_ID(bag->values[i]->ulPropTag) == PROP_ID(tag))
            break;
    }
    return i;
}

HRESULT prop_bag_set(struct prop_bag *bag, const SPropValue *value)
{
    size_t i;
    SPropValue *copy;
    HRESULT hr;

    hr = prop_dup(value, 1, &copy);
    if (FAILED(hr))
        return hr;
    i = bag_index(bag, copy->ulPropTag);
    if (i < bag->count)
    {
        MAPIFreeBuffer(bag->values[i]);
    }
    else if (!array_reserve((void **)&bag->values, &bag->capacity, bag->count + 1, sizeof(*bag->values)))
    {
        MAPIFreeBuffer(copy);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    else
    {
        bag->count++;
    }
    bag->values[i] = copy;
    return S_OK;
}

HRESULT prop_bag_set_long(struct prop_bag *bag, ULONG tag, LONG number)
{
    SPropValue value = {CHANGE_PROP_TYPE(tag, PT_LONG), 0, {0}};

    value.Value.l = number;
    return prop_bag_set(bag, &value);
}

HRESULT prop_bag_set_bool(struct prop_bag *bag, ULONG tag, BOOL yes)
{
    SPropValue value = {CHANGE_PROP_TYPE(tag, PT_BOOLEAN), 0, {0}};

    value.Value.b = yes != FALSE;
    return prop_bag_set(bag, &value);
}

HRESULT prop_bag_set_text(struct prop_bag *bag, ULONG tag, const WCHAR *text)
{
    SPropValue value = {CHANGE_PROP_TYPE(tag, PT_UNICODE), 0, {0}};

    value.Value.lpszW = (WCHAR *)text;
    return prop_bag_set(bag, &value);
}

HRESULT prop_bag_set_binary(struct prop_bag *bag, ULONG tag, const void *bytes, ULONG count)
{
    SPropValue value = {CHANGE_PROP_TYPE(tag, PT_BINARY), 0, {0}};

    value.Value.bin.cb = count;
    value.Value.bin.lpb = (BYTE *)bytes;
    return prop_bag_set(bag, &value);
}

const SPropValue *prop_bag_find(const struct prop_bag *bag, ULONG tag)
{
    size_t i = bag_index(bag, tag);

    return i < bag->count ? bag->values[i] : NULL;
}

BOOL prop_bag_remove(struct prop_bag *bag, ULONG tag)
{
    size_t i = bag_index(bag, tag);

    if (i == bag->count)
        return FALSE;
    MAPIFreeBuffer(bag->values[i]);
    bag->count--;
    memmove(&bag->values[i], &bag->values[i + 1], (bag->count - i) * sizeof(*bag->values));
    return TRUE;
}

/* The type in which a stored value answers a request for a type; FALSE when it does not. */
static BOOL answered_type(const SPropValue *value, ULONG wanted, ULONG flags, ULONG *type)
{
    ULONG stored = PROP_TYPE(value->ulPropTag);

    if (wanted == PT_UNSPECIFIED)
        wanted = prop_type_with_width(stored, (flags & MAPI_UNICODE) != 0);
    *type = wanted;
    return prop_type_with_width(wanted, TRUE) == prop_type_with_width(stored, TRUE);
}

/* The value that answers the i-th request, NULL when there is none. */
static const SPropValue *bag_answer(const struct prop_bag *bag, const SPropTagArray *tags, ULONG i, ULONG flags,
                                    ULONG *type)
{
    const SPropValue *value = tags ? prop_bag_find(bag, tags->aulPropTag[i]) : bag->values[i];

    if (value && answered_type(value, tags ? PROP_TYPE(tags->aulPropTag[i]) : PT_UNSPECIFIED, flags, type))
        return value;
    return NULL;
}

HRESULT prop_bag_get(const struct prop_bag *bag, const SPropTagArray *tags, ULONG flags, ULONG *count,
                     SPropValue **values)
{
    size_t size, offset, wanted = bag->count;
    const SPropValue *value;
    BOOL missing = FALSE;
    SPropValue *block;
    ULONG type, i;

    *count = 0;
    *values = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (tags)
    {
        if (!prop_tags_valid(tags) || !tags->cValues)
            return MAPI_E_INVALID_PARAMETER;
        wanted = tags->cValues;
    }
    if (!wanted)
        return S_OK;
    if (!size_multiply(wanted, sizeof(**values), &size))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    offset = size;
    for (i = 0; i < wanted; i++)
    {
        value = bag_answer(bag, tags, i, flags, &type);
        if (value && !prop_extent(value, type, &size))
            return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (size > MAXLONG || FAILED(MAPIAllocateBuffer(size, (void **)&block)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < wanted; i++)
    {
        value = bag_answer(bag, tags, i, flags, &type);
        if (!value || !prop_place(&block[i], value, type, (BYTE *)block, size, &offset))
        {
            prop_set_error(&block[i], tags ? tags->aulPropTag[i] : bag->values[i]->ulPropTag, MAPI_E_NOT_FOUND);
            missing = TRUE;
        }
    }
    *count = wanted;
    *values = block;
    return missing ? MAPI_W_ERRORS_RETURNED : S_OK;
}

HRESULT prop_bag_list(const struct prop_bag *bag, ULONG flags, SPropTagArray **tags)
{
    SPropTagArray *list;
    size_t i;

    *tags = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (bag->count > MAXLONG / sizeof(ULONG) - 1
        || FAILED(MAPIAllocateBuffer(CbNewSPropTagArray(bag->count), (void **)&list)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    list->cValues = bag->count;
    for (i = 0; i < bag->count; i++)
    {
        ULONG tag = bag->values[i]->ulPropTag;

        list->aulPropTag[i] = CHANGE_PROP_TYPE(tag, prop_type_with_width(PROP_TYPE(tag), (flags & MAPI_UNICODE) != 0));
    }
    *tags = list;
    return S_OK;
}
