/*
 * MAPI buffers: MAPIAllocateBuffer and family.
 *
 * Small blocks come from slabs: 64 KiB regions of blocks of one size class. What a block is (free, a buffer, chained to
 * one) stands in its link, out of band at the slab's front, together with the address of the next block of its chain;
 * so a block costs one pointer, MAPIAllocateMore takes constant time, and a pointer can be judged without looking at
 * what it points to: a table tells which 64 KiB regions are slabs of ours (slab.c). Large blocks come from the process
 * heap and are found by their address in a hash table (large.c).
 *
 * Locks: one a size class (slab.h), one for the large blocks; never two at once. The links of a block belong to the
 * lock of its class. A chain hangs on its base; after the base was taken off (state free), the chain is its taker's.
 * Limit: a pointer that was freed is refused until its memory is handed out again.
 */
#include <string.h>

#include "base/base.h"
#include "base/buffer.h"
#include "base/slab.h"

/* Beyond this no allocation is tried; nobody's property is that large, and sizes near 4 GiB are errors of arithmetic. */
#define SIZE_LIMIT 0x7fff0000u

static void *allocate(ULONG size, enum block_state state)
{
    if (size > SIZE_LIMIT)
        return NULL;
    return size <= SLAB_MAX_BLOCK ? slab_allocate(size, state) : large_allocate(size, state);
}

static ULONG_PTR *lock(const void *block, enum block_state state, struct block_place *place)
{
    return slab_class(block) ? slab_lock(block, state, place) : large_lock(block, state, place);
}

static void *next_of(ULONG_PTR link)
{
    return (void *)(link & ~(ULONG_PTR)BLOCK_STATES);
}

/* Sets the link of a block that nobody else knows of yet. The state in it stays, so whoever probes the address at the
 * same moment sees the same. */
static void set_next(void *block, void *next, enum block_state state)
{
    *(slab_class(block) ? slab_link(block) : large_link(block)) = make_link(next, state);
}

/* Hangs a block on a base. FALSE: it is not a base. */
static BOOL chain(void *base, void *block)
{
    struct block_place place;
    ULONG_PTR *link = lock(base, BLOCK_BASE, &place);

    if (!link)
        return FALSE;
    if (next_of(*link))
        set_next(block, next_of(*link), BLOCK_CHAINED);
    *link = make_link(block, BLOCK_BASE);
    spin_release(place.lock);
    return TRUE;
}

/* Frees a block if it is in the state given. FALSE: it is not. *next: what came after it in its chain. */
static BOOL release(void *block, enum block_state state, void **next)
{
    struct block_place place;
    BOOL is_large = !slab_class(block);
    ULONG_PTR *link = is_large ? large_lock(block, state, &place) : slab_lock(block, state, &place);

    if (!link)
        return FALSE;
    *next = next_of(*link);
    if (is_large)
        large_free(block);
    else
        slab_free(block, link);
    return TRUE;
}

static void release_chain(void *block)
{
    void *next;

    while (block && release(block, BLOCK_CHAINED, &next))
        block = next;
}

/*
 * A buffer of cbSize bytes (0 allowed), 16-byte aligned, not zeroed. Needs no MAPIInitialize.
 * MAPI_E_INVALID_PARAMETER: no out pointer; MAPI_E_NOT_ENOUGH_MEMORY (mapiallocatebuffer, MEM-03).
 */
SCODE WINAPI MAPIAllocateBuffer(ULONG cbSize, LPVOID *lppBuffer)
{
    TRACE("(%lu, %p)\n", cbSize, lppBuffer);
    if (!lppBuffer)
        return MAPI_E_INVALID_PARAMETER;
    *lppBuffer = allocate(cbSize, BLOCK_BASE);
    return *lppBuffer ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

/*
 * The same, freed together with lpObject, which must come from MAPIAllocateBuffer: a block of MAPIAllocateMore is
 * refused (mapiallocatemore, MEM-02).
 * MAPI_E_INVALID_PARAMETER: no out pointer, lpObject is no buffer; MAPI_E_NOT_ENOUGH_MEMORY.
 */
SCODE WINAPI MAPIAllocateMore(ULONG cbSize, LPVOID lpObject, LPVOID *lppBuffer)
{
    void *block, *next;

    TRACE("(%lu, %p, %p)\n", cbSize, lpObject, lppBuffer);
    if (!lppBuffer)
        return MAPI_E_INVALID_PARAMETER;
    *lppBuffer = NULL;
    if (!lpObject)
        return MAPI_E_INVALID_PARAMETER;
    if (!(block = allocate(cbSize, BLOCK_CHAINED)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!chain(lpObject, block))
    {
        WARN("%p is no buffer\n", lpObject);
        release(block, BLOCK_CHAINED, &next);
        return MAPI_E_INVALID_PARAMETER;
    }
    *lppBuffer = block;
    return S_OK;
}

/*
 * Frees a buffer and everything chained to it. NULL: S_OK (MEM-01). MAPI_E_INVALID_PARAMETER and nothing done: not
 * MAPIAllocateBuffer's, chained to another, or freed already.
 */
ULONG WINAPI MAPIFreeBuffer(LPVOID lpBuffer)
{
    void *next;

    TRACE("(%p)\n", lpBuffer);
    if (!lpBuffer)
        return S_OK;
    if (!release(lpBuffer, BLOCK_BASE, &next))
    {
        WARN("%p is no buffer\n", lpBuffer);
        return MAPI_E_INVALID_PARAMETER;
    }
    release_chain(next);
    return S_OK;
}

/* The bytes that a live base has room for; 0: it is none. */
static size_t capacity_of(void *base)
{
    struct block_place place;

    if (!lock(base, BLOCK_BASE, &place))
        return 0;
    if (!place.capacity)
        place.capacity = large_capacity(base);
    spin_release(place.lock);
    return place.capacity;
}

/*
 * Resizes a buffer: contents up to the smaller size stay, what is chained to it stays with it, the address may change;
 * pointers inside are not adapted (mapireallocatebuffer, MEM-04). lpv NULL: as MAPIAllocateBuffer. On failure lpv is
 * untouched and still the caller's.
 * MAPI_E_INVALID_PARAMETER: no out pointer, lpv is no buffer; MAPI_E_NOT_ENOUGH_MEMORY.
 */
SCODE WINAPI MAPIReallocateBuffer(LPVOID lpv, ULONG ulSize, LPVOID *lppv)
{
    size_t capacity;
    void *block, *next, *last;

    TRACE("(%p, %lu, %p)\n", lpv, ulSize, lppv);
    if (!lppv)
        return MAPI_E_INVALID_PARAMETER;
    *lppv = NULL;
    if (lpv && !(capacity = capacity_of(lpv)))
    {
        WARN("%p is no buffer\n", lpv);
        return MAPI_E_INVALID_PARAMETER;
    }
    if (!(block = allocate(ulSize, BLOCK_BASE)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (lpv)
    {
        memcpy(block, lpv, ulSize < capacity ? ulSize : capacity);
        if (!release(lpv, BLOCK_BASE, &next)) /* another thread freed it meanwhile */
        {
            release(block, BLOCK_BASE, &last);
            return MAPI_E_INVALID_PARAMETER;
        }
        set_next(block, next, BLOCK_BASE);
    }
    *lppv = block;
    return S_OK;
}

LONG buffer_blocks(void)
{
    return slab_blocks() + large_blocks();
}

LONG buffer_allocations(void)
{
    return slab_allocations() + large_allocations();
}

void buffer_trim(void)
{
    slab_trim();
}

void buffer_unload(void)
{
    slab_unload();
    large_unload();
}
