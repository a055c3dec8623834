/*
 * prop: property values, copies of them, and bags of them.
 *
 * Contract: depends on base only. Structures that callers pass are hostile: every count and length is checked before
 * it is multiplied, nothing is read past what the structure says, unreadable pointers are refused.
 */
#ifndef POSTROOM_PROP_PROP_H
#define POSTROOM_PROP_PROP_H

#include "base/base.h"

/* TRUE when value and all that it points to can be read and its counts make sense. */
BOOL prop_valid(const SPropValue *value);
BOOL prop_tags_valid(const SPropTagArray *tags);

/* Deep copy into *dest, whatever needs memory is chained to base (a MAPI buffer). As PropCopyMore with our own
 * allocators. MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_INVALID_PARAMETER (unknown type, bad value). */
HRESULT prop_copy_more(SPropValue *dest, const SPropValue *source, void *base);

/* One MAPI buffer with count values, deep copied (ScDupPropset's result). */
HRESULT prop_dup(const SPropValue *values, ULONG count, SPropValue **out);

/* PT_ERROR value for a column or property that is not there. */
void prop_set_error(SPropValue *value, ULONG tag, SCODE error);

/* <0, 0, >0; locale-aware for strings, PT_STRING8 and PT_UNICODE may be mixed; different types: by type. */
int prop_order(const SPropValue *a, const SPropValue *b);

/*
 * A bag: an unordered set of values, one per property id, on our heap. Not locked: its owner locks.
 */
struct prop_bag
{
    SPropValue **values; /* each a MAPI buffer of its own */
    size_t count, capacity;
};

void prop_bag_init(struct prop_bag *bag);
void prop_bag_clear(struct prop_bag *bag);
/* Adds or replaces (same id). Strings are kept as given. On failure the bag is unchanged. */
HRESULT prop_bag_set(struct prop_bag *bag, const SPropValue *value);
HRESULT prop_bag_set_long(struct prop_bag *bag, ULONG tag, LONG number);
HRESULT prop_bag_set_bool(struct prop_bag *bag, ULONG tag, BOOL yes);
HRESULT prop_bag_set_text(struct prop_bag *bag, ULONG tag, const WCHAR *text); /* tag is made PT_UNICODE */
HRESULT prop_bag_set_binary(struct prop_bag *bag, ULONG tag, const void *bytes, ULONG count);
/* By id; the type is not looked at. NULL when it is not there. The pointer lives until the bag changes. */
const SPropValue *prop_bag_find(const struct prop_bag *bag, ULONG tag);
BOOL prop_bag_remove(struct prop_bag *bag, ULONG tag);

/*
 * What IMAPIProp::GetProps does with a bag: one MAPI buffer in tag order; strings in the asked-for width
 * (PT_UNSPECIFIED takes the stored type, strings then by MAPI_UNICODE in flags); missing ones and wrong types as
 * PT_ERROR with MAPI_E_NOT_FOUND and MAPI_W_ERRORS_RETURNED. tags NULL: everything.
 */
HRESULT prop_bag_get(const struct prop_bag *bag, const SPropTagArray *tags, ULONG flags, ULONG *count,
                     SPropValue **values);
/* IMAPIProp::GetPropList. */
HRESULT prop_bag_list(const struct prop_bag *bag, ULONG flags, SPropTagArray **tags);

/* One value in the wanted type (string widths are converted), chained to base; PT_ERROR value when it cannot. */
HRESULT prop_convert_more(SPropValue *dest, const SPropValue *source, ULONG tag, ULONG flags, void *base);

#endif
