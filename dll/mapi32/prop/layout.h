/*
 * layout: how a property value and what it points to lie in memory.
 *
 * Private to prop/, table/ and notify/. One block holds an array of values and, behind it, everything they point to, in order;
 * such a block can be moved (ScRelocProps). Strings can change their width on the way. Nothing here allocates, and
 * nothing checks pointers: that is prop_valid's work, done before.
 */
#ifndef POSTROOM_PROP_LAYOUT_H
#define POSTROOM_PROP_LAYOUT_H

#include "prop/prop.h"

enum prop_kind
{
    PROP_KIND_EMPTY, /* PT_UNSPECIFIED, PT_NULL, PT_OBJECT: nothing of ours behind it */
    PROP_KIND_FIXED, /* the value lies in the union */
    PROP_KIND_GUID,  /* 16 bytes behind a pointer */
    PROP_KIND_TEXT_A,
    PROP_KIND_TEXT_W,
    PROP_KIND_BYTES /* a count and a pointer */
};

struct prop_shape
{
    enum prop_kind kind;
    BOOL multiple;
    size_t size; /* of one element: a fixed value, a GUID, a character */
};

/* Every value with a count and a pointer (PT_BINARY and all PT_MV_*) begins like this. */
#define PROP_COUNT(value) ((value)->Value.bin.cb)
#define PROP_POINTER(value) ((value)->Value.bin.lpb)

/* FALSE for a type that MAPI does not define (PT_MV_ of a type that has none and MV_INSTANCE included). */
BOOL prop_shape_of(ULONG type, struct prop_shape *shape);

/* TRUE for PT_STRING8, PT_UNICODE and their multiple forms. */
BOOL prop_type_is_text(ULONG type);
/* The type with its strings wide (TRUE) or ANSI; other types unchanged. */
ULONG prop_type_with_width(ULONG type, BOOL wide);

/* Bytes of text with its terminator after conversion to the wanted kind; 0 when it cannot be converted. */
size_t prop_text_bytes(const void *text, enum prop_kind kind, enum prop_kind wanted);

/* Moves *offset past what value needs outside of the structure when it is kept as type (its own, or the other string
 * width). FALSE: does not fit into the address space, or the types have nothing to do with each other. */
BOOL prop_extent(const SPropValue *value, ULONG type, size_t *offset);

/* Copies value to dest and what it points to into block at *offset. FALSE when that would pass size. dest gets source's
 * id and the given type. */
BOOL prop_place(SPropValue *dest, const SPropValue *source, ULONG type, BYTE *block, size_t size, size_t *offset);

/* A block that was moved, or is going to be: its pointers say where it was. */
struct prop_relocation
{
    UINT_PTR to_live; /* added to a stored pointer: where the bytes are now */
    UINT_PTR to_new;  /* added to a stored pointer: what is to be stored */
};
/* where: the block's beginning now. It is at that base which it begins at, or closely follows; the other one, or a base of
 * a file, is a mere number. */
void prop_relocation_init(struct prop_relocation *relocation, const void *where, const void *old_base,
                          const void *new_base);
/* Checks a value of a block and adds to *size what it takes there. */
BOOL prop_relocation_check(const struct prop_relocation *relocation, const SPropValue *value, size_t *size);
/* After that. */
void prop_relocation_apply(const struct prop_relocation *relocation, SPropValue *value);

/* The size of a value by itself, as UlPropSize counts it; 0 for unknown types. */
size_t prop_value_size(const SPropValue *value);

/* A zero-terminated text that can be read up to its end. */
BOOL prop_text_readable(const void *text, size_t width);

/* prop_order in a given locale. */
int prop_order_in(const SPropValue *a, const SPropValue *b, LCID locale);
/* Whether order (of prop_order) satisfies a RELOP_*; FALSE for RELOP_RE and unknown ones. */
BOOL prop_relation(int order, ULONG relop);

/* Brings text into the form in which texts are looked for under fuzzy's upper half (case, nonspacing marks). The result
 * is buffer when it has room for it, else a heap block that the caller frees; NULL: out of memory. */
WCHAR *prop_text_fold(const WCHAR *text, ULONG fuzzy, WCHAR *buffer, size_t room);
/* Whether text contains (is, begins with) pattern, both folded already. */
BOOL prop_text_contains(const WCHAR *text, const WCHAR *pattern, ULONG fuzzy);
BOOL prop_bytes_contain(const BYTE *bytes, size_t count, const BYTE *pattern, size_t pattern_count, ULONG fuzzy);

#endif
