/*
 * Sets of tags: see tag_set.h.
 */
#include "table/tag_set.h"

BOOL tag_set_add(struct tag_set *set, ULONG tag)
{
    ULONG id = PROP_ID(tag);

    if (set->seen[id / 8] & (1 << id % 8))
        return TRUE;
    if (!array_reserve((void **)&set->tags, &set->capacity, set->count + 1, sizeof(*set->tags)))
        return FALSE;
    set->seen[id / 8] |= 1 << id % 8;
    set->tags[set->count++] = tag;
    return TRUE;
}

ULONG tag_set_find(const struct tag_set *set, ULONG tag)
{
    ULONG id = PROP_ID(tag);
    size_t i;

    if (!(set->seen[id / 8] & (1 << id % 8)))
        return 0;
    for (i = 0; PROP_ID(set->tags[i]) != id; i++)
        ;
    return set->tags[i];
}

void tag_set_clear(struct tag_set *set)
{
    heap_free(set->tags);
    memset(set, 0, sizeof(*set));
}
