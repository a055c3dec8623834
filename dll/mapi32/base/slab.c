/*
 * Slabs: 64 KiB regions of blocks of one size class. A slab's front holds its header and one link a block.
 *
 * Which regions are slabs stands in a tree of three levels, indexed by the address: its leaves have one byte a region,
 * the class. It is read without a lock; a region's byte is written under the lock of its class and judged again
 * under it, so a slab cannot go away under a reader. Nodes stay until the module goes.
 */
#include "base/base.h"
#include "base/buffer.h"
#include "base/slab.h"

#define SLAB_SIZE 0x10000u /* Windows hands out address space in such steps, so every slab is aligned to it */
#define GRAIN 16u
#define CLASSES (SLAB_MAX_BLOCK / GRAIN)
#define COMMIT_STEP 0x4000u /* bytes */
#define LEAF_BITS 10
#define NODE_BITS 10
#define ROOT_BITS 11 /* 47 bits of address in all, which is what a process has */

struct slab
{
    struct slab *next, *prev; /* list of the class's slabs with room */
    ULONG used, fresh;        /* blocks in use; first block never used */
    ULONG free;               /* first free block by number + 1; the links of free blocks go on */
    ULONG total;
    ULONG reciprocal; /* of the block size, times 2^32, rounded up: a multiplication in place of a division */
    char *blocks;
    char *committed; /* end of the committed part */
    ULONG_PTR links[];
};

struct size_class
{
    struct spin_lock lock; /* guards all below, and the slabs of the class */
    LONG blocks, allocations;
    struct slab *with_room;     /* the first is allocated from */
    struct slab *empty;         /* one without blocks is kept; it is not in the list */
} __attribute__((aligned(64))); /* a cache line each */

struct leaf
{
    unsigned char classes[1 << LEAF_BITS];
};

struct node
{
    struct leaf *volatile leaves[1 << NODE_BITS];
};

static struct size_class classes[CLASSES + 1];     /* 0 stays unused */
static struct node *volatile root[1 << ROOT_BITS]; /* set once each, by compare and exchange */

static volatile unsigned char *find_class(const void *address)
{
    ULONG_PTR key = (ULONG_PTR)address / SLAB_SIZE;
    struct node *node;
    struct leaf *leaf;

    if (key >> (LEAF_BITS + NODE_BITS + ROOT_BITS) || !(node = root[key >> (LEAF_BITS + NODE_BITS)])
        || !(leaf = node->leaves[key >> LEAF_BITS & ((1 << NODE_BITS) - 1)]))
        return NULL;
    return &leaf->classes[key & ((1 << LEAF_BITS) - 1)];
}

/* The same, and makes what is missing; NULL: out of memory. */
static volatile unsigned char *make_class(const void *address)
{
    ULONG_PTR key = (ULONG_PTR)address / SLAB_SIZE;
    struct node *volatile *node = &root[key >> (LEAF_BITS + NODE_BITS)];
    struct leaf *volatile *leaf;
    void *made;

    if (key >> (LEAF_BITS + NODE_BITS + ROOT_BITS))
        return NULL;
    if (!*node)
    {
        if (!(made = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(struct node))))
            return NULL;
        if (InterlockedCompareExchangePointer((void *volatile *)node, made, NULL))
            HeapFree(GetProcessHeap(), 0, made);
    }
    leaf = &(*node)->leaves[key >> LEAF_BITS & ((1 << NODE_BITS) - 1)];
    if (!*leaf)
    {
        if (!(made = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(struct leaf))))
            return NULL;
        if (InterlockedCompareExchangePointer((void *volatile *)leaf, made, NULL))
            HeapFree(GetProcessHeap(), 0, made);
    }
    return find_class(address);
}

ULONG slab_class(const void *address)
{
    volatile unsigned char *class = find_class(address);

    return class ? *class : 0;
}

/* Class lock held. */
static void list_add(struct size_class *class, struct slab *slab)
{
    slab->prev = NULL;
    slab->next = class->with_room;
    if (slab->next)
        slab->next->prev = slab;
    class->with_room = slab;
}

/* Class lock held. */
static void list_remove(struct size_class *class, struct slab *slab)
{
    if (slab->prev)
        slab->prev->next = slab->next;
    else
        class->with_room = slab->next;
    if (slab->next)
        slab->next->prev = slab->prev;
}

/* Class lock held. */
static struct slab *slab_create(ULONG number)
{
    ULONG size = number * GRAIN, total = (SLAB_SIZE - sizeof(struct slab) - GRAIN) / (size + sizeof(ULONG_PTR));
    size_t front = (sizeof(struct slab) + total * sizeof(ULONG_PTR) + GRAIN - 1) / GRAIN * GRAIN;
    volatile unsigned char *entry;
    struct slab *slab;
    char *region;

    if (!(region = VirtualAlloc(NULL, SLAB_SIZE, MEM_RESERVE, PAGE_READWRITE)))
        return NULL;
    if (!(entry = make_class(region)) || !VirtualAlloc(region, front, MEM_COMMIT, PAGE_READWRITE))
    {
        VirtualFree(region, 0, MEM_RELEASE);
        return NULL;
    }
    slab = (struct slab *)region;
    slab->total = total;
    slab->reciprocal = (ULONG)(((ULONGLONG)1 << 32) / size) + 1;
    slab->blocks = region + front;
    slab->committed = region + (front + 0xfff) / 0x1000 * 0x1000;
    *entry = (unsigned char)number;
    return slab;
}

/* Class lock held. */
static void slab_destroy(struct slab *slab)
{
    *find_class(slab) = 0;
    VirtualFree(slab, 0, MEM_RELEASE);
}

/* Class lock held. A slab for the class to allocate from, at the head of its list; NULL: out of memory. */
static struct slab *find_room(struct size_class *class, ULONG number)
{
    struct slab *slab = class->with_room;

    if (slab)
        return slab;
    if ((slab = class->empty))
        class->empty = NULL;
    else if (!(slab = slab_create(number)))
        return NULL;
    list_add(class, slab);
    return slab;
}

/* Class lock held. A block never used before; FALSE: its memory cannot be had. */
static BOOL commit_fresh(struct slab *slab, ULONG size)
{
    char *end = slab->blocks + (size_t)(slab->fresh + 1) * size, *limit = (char *)slab + SLAB_SIZE;
    size_t step;

    if (end <= slab->committed)
        return TRUE;
    step = COMMIT_STEP < (size_t)(limit - slab->committed) ? COMMIT_STEP : (size_t)(limit - slab->committed);
    if (!VirtualAlloc(slab->committed, step, MEM_COMMIT, PAGE_READWRITE))
        return FALSE;
    slab->committed += step;
    return TRUE;
}

void *slab_allocate(ULONG size, enum block_state state)
{
    ULONG number = size ? (size + GRAIN - 1) / GRAIN : 1, index;
    struct size_class *class = &classes[number];
    struct slab *slab;
    void *block = NULL;

    spin_acquire(&class->lock);
    class->allocations++;
    if (!memory_fault_due() && (slab = find_room(class, number)))
    {
        if (slab->free)
        {
            index = slab->free - 1;
            slab->free = (ULONG)(slab->links[index] / (BLOCK_STATES + 1));
            block = slab->blocks + (size_t)index * number * GRAIN;
        }
        else if (commit_fresh(slab, number * GRAIN))
        {
            index = slab->fresh++;
            block = slab->blocks + (size_t)index * number * GRAIN;
        }
        if (block)
        {
            slab->links[index] = make_link(NULL, state);
            if (++slab->used == slab->total)
                list_remove(class, slab);
            class->blocks++;
        }
    }
    spin_release(&class->lock);
    return block;
}

ULONG_PTR *slab_lock(const void *block, enum block_state state, struct block_place *place)
{
    struct slab *slab = (struct slab *)((ULONG_PTR)block & ~(ULONG_PTR)(SLAB_SIZE - 1));
    volatile unsigned char *entry = find_class(block);
    ULONG number, offset, index;

    if (!entry || !(number = *entry))
        return NULL;
    spin_acquire(&classes[number].lock);
    if (*entry == number && (const char *)block >= slab->blocks)
    {
        offset = (ULONG)((const char *)block - slab->blocks);
        index = (ULONG)((ULONGLONG)offset * slab->reciprocal >> 32);
        if (index * number * GRAIN == offset && index < slab->fresh && (slab->links[index] & BLOCK_STATES) == state)
        {
            place->lock = &classes[number].lock;
            place->capacity = number * GRAIN;
            return &slab->links[index];
        }
    }
    spin_release(&classes[number].lock);
    return NULL;
}

ULONG_PTR *slab_link(void *block)
{
    struct slab *slab = (struct slab *)((ULONG_PTR)block & ~(ULONG_PTR)(SLAB_SIZE - 1));

    return &slab->links[(ULONG)((ULONGLONG)(ULONG)((char *)block - slab->blocks) * slab->reciprocal >> 32)];
}

void slab_free(void *block, ULONG_PTR *link)
{
    struct slab *slab = (struct slab *)((ULONG_PTR)block & ~(ULONG_PTR)(SLAB_SIZE - 1)), *surplus = NULL;
    struct size_class *class = &classes[*find_class(block)];

    *link = (ULONG_PTR)slab->free * (BLOCK_STATES + 1) | BLOCK_FREE;
    slab->free = (ULONG)(link - slab->links) + 1;
    class->blocks--;
    if (slab->used-- == slab->total)
        list_add(class, slab);
    if (!slab->used)
    {
        list_remove(class, slab);
        surplus = class->empty;
        class->empty = slab;
    }
    if (surplus)
        slab_destroy(surplus);
    spin_release(&class->lock);
}

LONG slab_blocks(void)
{
    LONG count = 0;
    size_t i;

    for (i = 1; i <= CLASSES; i++)
        count += classes[i].blocks;
    return count;
}

LONG slab_allocations(void)
{
    LONG count = 0;
    size_t i;

    for (i = 1; i <= CLASSES; i++)
        count += classes[i].allocations;
    return count;
}

void slab_trim(void)
{
    size_t i;

    for (i = 1; i <= CLASSES; i++)
    {
        spin_acquire(&classes[i].lock);
        if (classes[i].empty)
            slab_destroy(classes[i].empty);
        classes[i].empty = NULL;
        spin_release(&classes[i].lock);
    }
}

/* Slabs with live blocks stay: somebody may still read those. */
void slab_unload(void)
{
    size_t i, j;

    slab_trim();
    for (i = 0; i < ARRAY_SIZE(root); i++)
    {
        if (!root[i])
            continue;
        for (j = 0; j < ARRAY_SIZE(root[i]->leaves); j++)
            if (root[i]->leaves[j])
                HeapFree(GetProcessHeap(), 0, root[i]->leaves[j]);
        HeapFree(GetProcessHeap(), 0, root[i]);
        root[i] = NULL;
    }
}
