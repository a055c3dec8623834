/*
 * Ranked sequences: a B+ tree without keys; each branch knows the number of items below each of its children.
 */
#include "table/ranked.h"

#include <string.h>

/* A node that has fewer entries than this is joined with a neighbour when both fit into one. */
#define FEW (RANKED_FANOUT / 4)

struct ranked_node
{
    ULONG used;
    void *entries[RANKED_FANOUT]; /* items in leaves, nodes in branches */
    ULONG below[];                /* branches have RANKED_FANOUT of them, leaves none */
};

#define LEAF_SIZE sizeof(struct ranked_node)
#define BRANCH_SIZE (sizeof(struct ranked_node) + RANKED_FANOUT * sizeof(ULONG))

static struct ranked_node *child_of(struct ranked_node *branch, ULONG i)
{
    return branch->entries[i];
}

void ranked_init(struct ranked *ranked)
{
    memset(ranked, 0, sizeof(*ranked));
}

static void free_nodes(struct ranked_node *node, unsigned level)
{
    ULONG i;

    for (i = 0; level && i < node->used; i++)
        free_nodes(child_of(node, i), level - 1);
    heap_free(node);
}

static void free_chain(struct ranked_node *node)
{
    struct ranked_node *next;

    for (; node; node = next)
    {
        next = node->entries[0];
        heap_free(node);
    }
}

void ranked_clear(struct ranked *ranked)
{
    if (ranked->root)
        free_nodes(ranked->root, ranked->height);
    free_chain(ranked->spare_leaves);
    free_chain(ranked->spare_branches);
    ranked_init(ranked);
}

static ULONG count_below(struct ranked_node *node, unsigned level)
{
    ULONG count = 0, i;

    if (!level)
        return node->used;
    for (i = 0; i < node->used; i++)
        count += node->below[i];
    return count;
}

/* Makes one level above nodes; *count becomes the number of its nodes, which replace the old ones in the array. FALSE:
 * out of memory, all nodes are freed. */
static BOOL build_level(void **nodes, ULONG *count, unsigned level)
{
    ULONG made = 0, done = 0, i;

    while (done < *count)
    {
        struct ranked_node *branch = heap_alloc(BRANCH_SIZE);

        if (!branch)
        {
            for (i = 0; i < made; i++)
                free_nodes(nodes[i], level);
            for (; done < *count; done++)
                free_nodes(nodes[done], level - 1);
            return FALSE;
        }
        branch->used = min(*count - done, RANKED_FANOUT);
        for (i = 0; i < branch->used; i++)
        {
            branch->entries[i] = nodes[done + i];
            branch->below[i] = count_below(nodes[done + i], level - 1);
        }
        done += branch->used;
        nodes[made++] = branch;
    }
    *count = made;
    return TRUE;
}

BOOL ranked_build(struct ranked *ranked, void *const *items, ULONG count)
{
    ULONG made = 0, done = 0;
    void **nodes;

    if (!count)
        return TRUE;
    nodes = heap_alloc(((count - 1) / RANKED_FANOUT + 1) * sizeof(*nodes));
    if (!nodes)
        return FALSE;
    while (done < count)
    {
        struct ranked_node *leaf = heap_alloc(LEAF_SIZE);

        if (!leaf)
        {
            while (made)
                heap_free(nodes[--made]);
            heap_free(nodes);
            return FALSE;
        }
        leaf->used = min(count - done, RANKED_FANOUT);
        memcpy(leaf->entries, items + done, leaf->used * sizeof(*items));
        done += leaf->used;
        nodes[made++] = leaf;
    }
    while (made > 1)
    {
        if (!build_level(nodes, &made, ++ranked->height))
        {
            heap_free(nodes);
            ranked->height = 0;
            return FALSE;
        }
    }
    ranked->root = nodes[0];
    ranked->count = count;
    heap_free(nodes);
    return TRUE;
}

/* Chains nodes until there are as many as wanted. */
static BOOL reserve_nodes(struct ranked_node **chain, ULONG *count, ULONG wanted, size_t size)
{
    while (*count < wanted)
    {
        struct ranked_node *node = heap_alloc(size);

        if (!node)
            return FALSE;
        node->entries[0] = *chain;
        *chain = node;
        ++*count;
    }
    return TRUE;
}

BOOL ranked_reserve(struct ranked *ranked, ULONG inserts)
{
    ULONG levels = ranked->height + 1, left;

    /* Every branch on the way may split, and a new root come on top; many insertions may add some levels more. */
    for (left = inserts; left > RANKED_FANOUT / 2; left /= RANKED_FANOUT / 2)
        levels++;
    return reserve_nodes(&ranked->spare_leaves, &ranked->spare_leaf_count, inserts, LEAF_SIZE)
           && reserve_nodes(&ranked->spare_branches, &ranked->spare_branch_count, inserts * levels + (inserts > 1),
                            BRANCH_SIZE);
}

static struct ranked_node *take_spare(struct ranked *ranked, unsigned level)
{
    struct ranked_node **chain = level ? &ranked->spare_branches : &ranked->spare_leaves, *node = *chain;

    *chain = node->entries[0];
    --*(level ? &ranked->spare_branch_count : &ranked->spare_leaf_count);
    node->used = 0;
    return node;
}

static void entry_insert(struct ranked_node *node, unsigned level, ULONG i, void *entry, ULONG below)
{
    memmove(node->entries + i + 1, node->entries + i, (node->used - i) * sizeof(*node->entries));
    node->entries[i] = entry;
    if (level)
    {
        memmove(node->below + i + 1, node->below + i, (node->used - i) * sizeof(*node->below));
        node->below[i] = below;
    }
    node->used++;
}

static void entry_remove(struct ranked_node *node, unsigned level, ULONG i)
{
    node->used--;
    memmove(node->entries + i, node->entries + i + 1, (node->used - i) * sizeof(*node->entries));
    if (level)
        memmove(node->below + i, node->below + i + 1, (node->used - i) * sizeof(*node->below));
}

/* Moves count entries from the place at in source to the end of node. */
static void entries_move(struct ranked_node *node, struct ranked_node *source, unsigned level, ULONG at, ULONG count)
{
    memcpy(node->entries + node->used, source->entries + at, count * sizeof(*node->entries));
    if (level)
        memcpy(node->below + node->used, source->below + at, count * sizeof(*node->below));
    node->used += count;
    source->used -= count;
}

/* Splits a full node; entries that are appended at the end leave full nodes behind, so that growing costs no space. */
static struct ranked_node *split(struct ranked *ranked, struct ranked_node *node, unsigned level, ULONG at)
{
    struct ranked_node *right = take_spare(ranked, level);
    ULONG keep = at == RANKED_FANOUT ? RANKED_FANOUT : RANKED_FANOUT / 2;

    entries_move(right, node, level, keep, node->used - keep);
    return right;
}

/* Inserts below node; a new right neighbour of node when it had to be split. */
static struct ranked_node *insert_below(struct ranked *ranked, struct ranked_node *node, unsigned level, ULONG position,
                                        void *item)
{
    struct ranked_node *entry = item, *right = NULL;
    ULONG i = position, below = 0;

    if (level)
    {
        for (i = 0; i + 1 < node->used && position > node->below[i]; i++)
            position -= node->below[i];
        entry = insert_below(ranked, child_of(node, i), level - 1, position, item);
        node->below[i]++;
        if (!entry)
            return NULL;
        below = count_below(entry, level - 1);
        node->below[i] -= below;
        i++;
    }
    if (node->used == RANKED_FANOUT)
    {
        right = split(ranked, node, level, i);
        if (i > node->used || node->used == RANKED_FANOUT)
        {
            entry_insert(right, level, i - node->used, entry, below);
            return right;
        }
    }
    entry_insert(node, level, i, entry, below);
    return right;
}

void ranked_insert(struct ranked *ranked, ULONG position, void *item)
{
    struct ranked_node *right, *root;

    if (!ranked->root)
        ranked->root = take_spare(ranked, 0);
    right = insert_below(ranked, ranked->root, ranked->height, position, item);
    ranked->count++;
    if (!right)
        return;
    root = take_spare(ranked, 1);
    entry_insert(root, 1, 0, ranked->root, count_below(ranked->root, ranked->height));
    entry_insert(root, 1, 1, right, count_below(right, ranked->height));
    ranked->root = root;
    ranked->height++;
}

/* Joins the i-th child with its right neighbour when both together fit well into one node. */
static void join_children(struct ranked_node *node, unsigned level, ULONG i)
{
    struct ranked_node *left, *right;

    if (i + 1 >= node->used)
        return;
    left = child_of(node, i);
    right = child_of(node, i + 1);
    if (left->used + right->used > RANKED_FANOUT - FEW)
        return;
    entries_move(left, right, level - 1, 0, right->used);
    node->below[i] += node->below[i + 1];
    entry_remove(node, level, i + 1);
    heap_free(right);
}

static void *remove_below(struct ranked_node *node, unsigned level, ULONG position)
{
    ULONG i = position;
    void *item;

    if (!level)
    {
        item = node->entries[i];
        entry_remove(node, 0, i);
        return item;
    }
    for (i = 0; position >= node->below[i]; i++)
        position -= node->below[i];
    item = remove_below(child_of(node, i), level - 1, position);
    node->below[i]--;
    if (!child_of(node, i)->used)
    {
        heap_free(child_of(node, i));
        entry_remove(node, level, i);
    }
    else if (child_of(node, i)->used < FEW)
    {
        join_children(node, level, i);
        if (i)
            join_children(node, level, i - 1);
    }
    return item;
}

void *ranked_remove(struct ranked *ranked, ULONG position)
{
    void *item = remove_below(ranked->root, ranked->height, position);
    struct ranked_node *root = ranked->root;

    ranked->count--;
    while (ranked->height && root->used == 1)
    {
        ranked->root = child_of(root, 0);
        ranked->height--;
        heap_free(root);
        root = ranked->root;
    }
    if (!ranked->count)
    {
        heap_free(root);
        ranked->root = NULL;
        ranked->height = 0;
    }
    return item;
}

void **ranked_span(const struct ranked *ranked, ULONG position, ULONG *length)
{
    struct ranked_node *node = ranked->root;
    unsigned level;
    ULONG i;

    for (level = ranked->height; level; level--)
    {
        for (i = 0; position >= node->below[i]; i++)
            position -= node->below[i];
        node = child_of(node, i);
    }
    *length = node->used - position;
    return node->entries + position;
}

void *ranked_get(const struct ranked *ranked, ULONG position)
{
    ULONG length;

    return *ranked_span(ranked, position, &length);
}

static void *first_item(struct ranked_node *node, unsigned level)
{
    for (; level; level--)
        node = child_of(node, 0);
    return node->entries[0];
}

ULONG ranked_search(const struct ranked *ranked, int (*order)(void *item, void *context), void *context)
{
    struct ranked_node *node = ranked->root;
    ULONG position = 0, low, high, middle, i;
    unsigned level = ranked->height;
    void *item;

    if (!node)
        return 0;
    for (;; level--)
    {
        /* The first entry that does not begin before what is looked for. */
        for (low = 0, high = node->used; low < high;)
        {
            middle = (low + high) / 2;
            item = level ? first_item(child_of(node, middle), level - 1) : node->entries[middle];
            if (order(item, context) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        if (!level)
            return position + low;
        if (!low)
            return position;
        for (i = 0; i < low - 1; i++)
            position += node->below[i];
        node = child_of(node, low - 1);
    }
}
