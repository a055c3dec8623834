/*
 * Registry writes that can be taken back: each one first remembers what was there.
 *
 * Contract: everything is below HKEY_LOCAL_MACHINE; key and value names live as long as the undo (static ones, but for
 * value names, which are copied). Not locked: it lives on one call's stack.
 */
#ifndef POSTROOM_REGISTER_UNDO_H
#define POSTROOM_REGISTER_UNDO_H

#include "base/base.h"

struct undo_entry;

/* All zero: nothing to take back. */
struct undo
{
    struct undo_entry *entries;
    size_t count, capacity;
};

/* Makes the key if it is not there; its parents are there. A Windows error code. */
LONG undo_make_key(struct undo *undo, const WCHAR *key);
/* Sets a value (name NULL: the default one) of a key that is there. A Windows error code; then it is as it was. */
LONG undo_set(struct undo *undo, const WCHAR *key, const WCHAR *name, DWORD type, const void *data, DWORD size);
/* ERROR_SUCCESS also when there is no such value. */
LONG undo_delete(struct undo *undo, const WCHAR *key, const WCHAR *name);

/* Takes everything back, newest first; keys that were made go when they are empty. Needs no memory. */
void undo_run(struct undo *undo);
/* What was done is to stay. */
void undo_forget(struct undo *undo);

#endif
