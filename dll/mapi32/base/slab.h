/*
 * slab, large: the two sources of MAPI buffers (buffer.c).
 *
 * Contract: a link is the address of the next block of the chain with the block's state in the low bits; blocks are
 * 16-byte aligned. Every function judges a block by tables of ours alone, never by its contents.
 */
#ifndef POSTROOM_BASE_SLAB_H
#define POSTROOM_BASE_SLAB_H

#include <windows.h>

#include "base/spin.h"

enum block_state
{
    BLOCK_FREE,
    BLOCK_BASE,
    BLOCK_CHAINED,
    BLOCK_STATES = 15 /* mask */
};

#define SLAB_MAX_BLOCK 1024

/* What locking a block tells about it. */
struct block_place
{
    struct spin_lock *lock; /* held */
    size_t capacity;        /* bytes that a slab's block has room for; 0 for a large one, see large_capacity */
};

/* The class of the slab that an address lies in; 0: in none. The address need not be a block's. */
ULONG slab_class(const void *address);

/* NULL: out of memory. The block has no successor. */
void *slab_allocate(ULONG size, enum block_state state);
/* The link of a block, with the block's lock held. NULL and no lock: the address is not that of a block in that
 * state. */
ULONG_PTR *slab_lock(const void *block, enum block_state state, struct block_place *place);
/* The link of a block that is known to be a live one of the caller's. */
ULONG_PTR *slab_link(void *block);
/* Frees a block whose lock is held and gives the lock back. */
void slab_free(void *block, ULONG_PTR *link);
LONG slab_blocks(void);
LONG slab_allocations(void);
void slab_trim(void);
void slab_unload(void);

void *large_allocate(ULONG size, enum block_state state);
ULONG_PTR *large_lock(const void *block, enum block_state state, struct block_place *place);
size_t large_capacity(const void *block); /* its lock is held */
ULONG_PTR *large_link(void *block);
void large_free(void *block);
LONG large_blocks(void);
LONG large_allocations(void);
void large_unload(void);

static inline ULONG_PTR make_link(void *next, enum block_state state)
{
    return (ULONG_PTR)next | state;
}

#endif
