/*
 * Registry values that a registration changes, with a record from which they are put back.
 *
 * Contract: a set of values has one record key. The first registration writes down what was there (nothing is said
 * about a value that did not exist) and what it writes itself; later ones keep that, except for values that somebody
 * else has changed meanwhile. Putting back touches only values that are still as we wrote them, and deletes only keys
 * that we made, when they are empty. Everything is below HKEY_LOCAL_MACHINE, in the caller's own view of it.
 */
#ifndef POSTROOM_REGISTER_VALUES_H
#define POSTROOM_REGISTER_VALUES_H

#include "register/undo.h"

/* One value, and what it is to be: REG_SZ text, or any type as bytes of another value (raw). text and raw NULL: leave
 * it alone. */
struct set_value
{
    const WCHAR *key;
    const WCHAR *name; /* NULL: the default value */
    const WCHAR *id;   /* its name in the record */
    const WCHAR *text;
    const void *raw;
    DWORD raw_type, raw_size;
};

struct value_set
{
    const WCHAR *record;      /* key of the record */
    const WCHAR *const *keys; /* that may have to be made, outer ones first; the record's parents among them */
    size_t key_count;         /* at most 32 */
};

/* Registered for architecture (a bit): writes the record and the values. A Windows error code; then some may be
 * written: undo_run takes them back, be it a first registration or a later one. */
LONG values_write(const struct value_set *set, const struct set_value *values, size_t count, DWORD architecture,
                  struct undo *undo);

/* No longer registered for architecture; when it was the last one, puts everything back. ERROR_SUCCESS also when
 * nothing was registered. */
LONG values_restore(const struct value_set *set, const struct set_value *values, size_t count, DWORD architecture);

/* A value as it is, on our heap. */
struct value
{
    void *data; /* heap_free; NULL: not read */
    DWORD type, size;
};

/* key NULL: a value of root itself. ERROR_FILE_NOT_FOUND: there is none; ERROR_NOT_ENOUGH_MEMORY; ERROR_MORE_DATA: more
 * than 64 KiB. */
LONG value_read(HKEY root, const WCHAR *key, const WCHAR *name, struct value *value);

/* Below HKEY_LOCAL_MACHINE; a key with values or keys in it stays. */
void key_delete_if_empty(const WCHAR *name);

#endif
