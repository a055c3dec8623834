/*
 * ranked: a sequence of pointers that is read, changed and searched by position in O(log n).
 *
 * A tree of nodes with up to RANKED_FANOUT entries that knows how many items are below each. Insertion is made of two
 * steps, so that a change that touches several sequences can be made sure of first: ranked_reserve allocates, then
 * ranked_insert cannot fail. Not locked: its owner locks. The items are not owned.
 */
#ifndef POSTROOM_TABLE_RANKED_H
#define POSTROOM_TABLE_RANKED_H

#include "base/base.h"

#define RANKED_FANOUT 64

struct ranked_node;

struct ranked
{
    struct ranked_node *root;                          /* NULL when empty */
    struct ranked_node *spare_leaves, *spare_branches; /* reserved, chained */
    ULONG count;
    unsigned height; /* levels of branches above the leaves */
    ULONG spare_leaf_count, spare_branch_count;
};

void ranked_init(struct ranked *ranked);
/* Frees the nodes; an empty sequence again. */
void ranked_clear(struct ranked *ranked);
/* A sequence of these items; ranked was initialised only. FALSE: out of memory, ranked is empty. */
BOOL ranked_build(struct ranked *ranked, void *const *items, ULONG count);

/* Makes sure that the next so many calls of ranked_insert have their memory. FALSE: out of memory. */
BOOL ranked_reserve(struct ranked *ranked, ULONG inserts);
/* Puts item before the one at position (0 to count). ranked_reserve came before. */
void ranked_insert(struct ranked *ranked, ULONG position, void *item);
/* Takes the item at position (less than count) out. */
void *ranked_remove(struct ranked *ranked, ULONG position);

/* The items from position (less than count) on that lie side by side; *length is at least 1. */
void **ranked_span(const struct ranked *ranked, ULONG position, ULONG *length);
void *ranked_get(const struct ranked *ranked, ULONG position);

/* The first position whose item does not come before what is looked for; count when all do. order tells how an item
 * compares (<0: it comes before). */
ULONG ranked_search(const struct ranked *ranked, int (*order)(void *item, void *context), void *context);

#endif
