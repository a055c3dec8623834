/*
 * inf: the text of a mapisvc.inf as sections of entries, and its entries as properties (conformance.md 4.7).
 *
 * Contract: the text is hostile. Whatever it is, parsing ends, in time and memory proportional to its size, and what makes
 * no sense is skipped. No state, no locks; knows nothing of files.
 *
 * Text: UTF-16 with a mark, UTF-8, else the ANSI code page. "[name]" begins a section; sections of one name are one.
 * "key = value"; blanks around both are dropped, and quotes around a whole value. A comment begins with ";" at the
 * beginning of a line or after a blank, outside of quotes. A line that ends in a backslash after a blank, a comma or "|"
 * goes on in the next one; a backslash after anything else is part of the value, as in "C:\Mail\". Keys and section names
 * are compared without case; of entries with one key in a section, the first counts.
 */
#ifndef POSTROOM_PROFILE_INF_H
#define POSTROOM_PROFILE_INF_H

#include "prop/prop.h"

#define INF_SIZE_MAX (1024 * 1024) /* bytes of a text */

struct inf_entry
{
    const WCHAR *section, *key, *value; /* never NULL */
};

struct inf
{
    size_t count, capacity;
    struct inf_entry *entries; /* in the order of the text */
    WCHAR *text;               /* what the entries point into */
};

/* The text as UTF-16 with a terminator, on our heap. MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT inf_decode(const void *bytes, size_t size, WCHAR **out, size_t *length);
/* MAPI_E_TOO_BIG: more than INF_SIZE_MAX; MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT inf_parse(const void *bytes, size_t size, struct inf *inf);
void inf_clear(struct inf *inf);

/* The value of a key; NULL: there is none. */
const WCHAR *inf_find(const struct inf *inf, const WCHAR *section, const WCHAR *key);
/* The next element of a list separated by commas, *list moves behind it. FALSE: no more. One that does not fit into size
 * characters is left out. */
BOOL inf_next(const WCHAR **list, WCHAR *element, size_t size);

/*
 * An entry as a property: the key is the name of a MAPI property or 8 hex digits, id first. Memory is chained to base.
 * Numbers are hex bytes in memory order ("01000000" is 1), decimal, 0x..., or names joined by "|"; binaries hex bytes; lists
 * of texts are separated by commas. PT_STRING8 becomes PT_UNICODE when the ANSI code page cannot hold the text.
 * MAPI_E_NOT_FOUND: no property, or a value that it cannot have; MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT inf_property(const struct inf_entry *entry, void *base, SPropValue *value);

#endif
