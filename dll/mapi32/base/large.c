/*
 * Large blocks: from the process heap, each with a header in front of it, found by address in a hash table. The lock
 * guards the table, the headers and the counts.
 */
#include "base/base.h"
#include "base/buffer.h"
#include "base/slab.h"

struct header
{
    struct header *next; /* in its bucket */
    ULONG_PTR link;
#ifndef _WIN64
    void *allocated; /* the heap aligns to 8 only */
    ULONG unused;
#endif
};

C_ASSERT(sizeof(struct header) == 16); /* what it adds to an aligned block leaves it aligned */

#define FIRST_BITS 8

static struct
{
    struct spin_lock lock; /* guards all below */
    struct header *first_buckets[1 << FIRST_BITS];
    struct header **buckets; /* NULL: first_buckets */
    ULONG bits;
    LONG blocks, allocations;
} table = {.bits = FIRST_BITS};

/* Lock held. */
static struct header **bucket_of(const struct header *header)
{
    ULONG hash = (ULONG)((ULONG_PTR)header >> 4 ^ (ULONGLONG)(ULONG_PTR)header >> 32) * 0x9e3779b1u;

    return &(table.buckets ? table.buckets : table.first_buckets)[hash >> (32 - table.bits)];
}

/* Lock held. Doubles the table when it is full; goes on with the old one when there is no memory for it. */
static void grow(void)
{
    struct header **grown, **old = table.buckets ? table.buckets : table.first_buckets, *header, *next, **bucket;
    size_t i, count = (size_t)1 << table.bits;

    if ((size_t)table.blocks < count || table.bits >= 28
        || !(grown = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, 2 * count * sizeof(*grown))))
        return;
    table.bits++;
    table.buckets = grown;
    for (i = 0; i < count; i++)
    {
        for (header = old[i]; header; header = next)
        {
            next = header->next;
            bucket = bucket_of(header);
            header->next = *bucket;
            *bucket = header;
        }
    }
    if (old != table.first_buckets)
        HeapFree(GetProcessHeap(), 0, old);
}

static struct header *heap_get(ULONG size)
{
    struct header *header;
#ifdef _WIN64
    header = HeapAlloc(GetProcessHeap(), 0, sizeof(*header) + size);
#else
    char *allocated = HeapAlloc(GetProcessHeap(), 0, sizeof(*header) + 8 + size);

    if (!allocated)
        return NULL;
    header = (struct header *)(((ULONG_PTR)allocated + 15) & ~(ULONG_PTR)15);
    header->allocated = allocated;
#endif
    return header;
}

static void *heap_start(struct header *header)
{
#ifdef _WIN64
    return header;
#else
    return header->allocated;
#endif
}

void *large_allocate(ULONG size, enum block_state state)
{
    BOOL fail = memory_fault_due();
    struct header *header = fail ? NULL : heap_get(size), **bucket;

    spin_acquire(&table.lock);
    table.allocations++;
    if (header)
    {
        grow();
        header->link = make_link(NULL, state);
        bucket = bucket_of(header);
        header->next = *bucket;
        *bucket = header;
        table.blocks++;
    }
    spin_release(&table.lock);
    return header ? header + 1 : NULL;
}

ULONG_PTR *large_lock(const void *block, enum block_state state, struct block_place *place)
{
    struct header *header = (struct header *)((ULONG_PTR)block - sizeof(*header)), *other;

    spin_acquire(&table.lock);
    for (other = *bucket_of(header); other; other = other->next)
    {
        if (other == header && (other->link & BLOCK_STATES) == state)
        {
            place->lock = &table.lock;
            place->capacity = 0;
            return &header->link;
        }
    }
    spin_release(&table.lock);
    return NULL;
}

size_t large_capacity(const void *block)
{
    struct header *header = (struct header *)block - 1;

    return HeapSize(GetProcessHeap(), 0, heap_start(header)) - ((const char *)block - (char *)heap_start(header));
}

ULONG_PTR *large_link(void *block)
{
    return &((struct header *)block - 1)->link;
}

void large_free(void *block)
{
    struct header *header = (struct header *)block - 1, **bucket = bucket_of(header);

    while (*bucket != header)
        bucket = &(*bucket)->next;
    *bucket = header->next;
    table.blocks--;
    spin_release(&table.lock);
    HeapFree(GetProcessHeap(), 0, heap_start(header));
}

LONG large_blocks(void)
{
    return table.blocks;
}

LONG large_allocations(void)
{
    return table.allocations;
}

void large_unload(void)
{
    if (table.buckets)
        HeapFree(GetProcessHeap(), 0, table.buckets);
}
