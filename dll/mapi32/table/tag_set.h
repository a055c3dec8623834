/*
 * tag_set: a growing set of property tags, in the order in which they were added; one for each property id. Not locked:
 * its owner locks.
 */
#ifndef POSTROOM_TABLE_TAG_SET_H
#define POSTROOM_TABLE_TAG_SET_H

#include "base/base.h"

/* All zero: empty. */
struct tag_set
{
    ULONG *tags;
    size_t count, capacity;
    BYTE seen[0x10000 / 8];
};

/* TRUE also when there is a tag of that id already, which stays as it is. FALSE: out of memory, the set is unchanged. */
BOOL tag_set_add(struct tag_set *set, ULONG tag);
/* The set's tag of that id; 0: there is none. */
ULONG tag_set_find(const struct tag_set *set, ULONG tag);
/* Frees the tags, not the structure. */
void tag_set_clear(struct tag_set *set);

#endif
