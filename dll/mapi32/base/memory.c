/*
 * Memory of our own objects (the process heap), the fault switch, and probing of strangers' pointers.
 */
#include <string.h>

#include "base/base.h"
#include "base/buffer.h"

static volatile LONG heap_blocks;      /* interlocked */
static volatile LONG heap_allocations; /* all but the buffers', and what stands in for one; interlocked */
static volatile LONG fault;            /* > 0: so many allocations from now one fails; interlocked */

BOOL memory_fault_due(void)
{
    /* the test alone in the usual case; several threads may count below zero, which means off as well */
    return fault > 0 && !InterlockedDecrement(&fault);
}

BOOL memory_should_fail(void)
{
    InterlockedIncrement(&heap_allocations);
    return memory_fault_due();
}

void memory_set_fault(LONG nth)
{
    InterlockedExchange(&fault, nth);
}

LONG memory_until_fault(void)
{
    return max(fault, 0);
}

LONG memory_allocation_count(void)
{
    return heap_allocations + buffer_allocations();
}

LONG memory_heap_blocks(void)
{
    return heap_blocks;
}

LONG memory_buffer_blocks(void)
{
    return buffer_blocks();
}

void memory_trim(void)
{
    buffer_trim();
}

static void *allocate(size_t size, DWORD flags)
{
    void *block;

    if (memory_should_fail() || !(block = HeapAlloc(GetProcessHeap(), flags, size)))
        return NULL;
    InterlockedIncrement(&heap_blocks);
    return block;
}

void *heap_alloc(size_t size)
{
    return allocate(size, 0);
}

void *heap_alloc_zero(size_t size)
{
    return allocate(size, HEAP_ZERO_MEMORY);
}

void *heap_realloc(void *block, size_t size)
{
    if (!block)
        return allocate(size, 0);
    if (memory_should_fail())
        return NULL;
    return HeapReAlloc(GetProcessHeap(), 0, block, size);
}

void heap_free(void *block)
{
    if (!block)
        return;
    InterlockedDecrement(&heap_blocks);
    HeapFree(GetProcessHeap(), 0, block);
}

BOOL size_add(size_t a, size_t b, size_t *result)
{
    return !__builtin_add_overflow(a, b, result);
}

BOOL size_multiply(size_t a, size_t b, size_t *result)
{
    return !__builtin_mul_overflow(a, b, result);
}

BOOL array_reserve(void **elements, size_t *capacity, size_t count, size_t size)
{
    size_t wanted, bytes;
    void *grown;

    if (count <= *capacity)
        return TRUE;
    wanted = *capacity < 8 ? 8 : *capacity;
    while (wanted < count)
    {
        if (wanted > SIZE_MAX / 2)
            return FALSE;
        wanted *= 2;
    }
    if (!size_multiply(wanted, size, &bytes) || !(grown = heap_realloc(*elements, bytes)))
        return FALSE;
    *elements = grown;
    *capacity = wanted;
    return TRUE;
}

/* Every region of the range has one of these protections. Regions are asked for one by one. */
static BOOL range_has(const void *address, size_t size, DWORD protections)
{
    const char *position = address, *end;
    MEMORY_BASIC_INFORMATION info;

    if (!size)
        return TRUE;
    if (!address || (ULONG_PTR)address > (ULONG_PTR)-1 - (size - 1))
        return FALSE;
    end = position + size;
    do
    {
        if (!VirtualQuery(position, &info, sizeof(info)) || info.State != MEM_COMMIT || !(info.Protect & protections)
            || info.Protect & (PAGE_GUARD | PAGE_NOACCESS))
            return FALSE;
        position = (const char *)info.BaseAddress + info.RegionSize;
    } while (position < end && position > (const char *)info.BaseAddress);
    return TRUE;
}

BOOL memory_readable(const void *address, size_t size)
{
    return range_has(address, size,
                     PAGE_READONLY | PAGE_READWRITE | PAGE_WRITECOPY | PAGE_EXECUTE_READ | PAGE_EXECUTE_READWRITE
                             | PAGE_EXECUTE_WRITECOPY);
}

BOOL memory_writable(void *address, size_t size)
{
    return range_has(address, size, PAGE_READWRITE | PAGE_WRITECOPY | PAGE_EXECUTE_READWRITE | PAGE_EXECUTE_WRITECOPY);
}

BOOL memory_is_interface(const void *object, size_t methods)
{
    return memory_readable(object, sizeof(void *)) && memory_readable(*(void *const *)object, methods * sizeof(void *));
}

BOOL memory_is_iid_or_null(const IID *iid)
{
    return !iid || memory_readable(iid, sizeof(*iid));
}
