/*
 * Memory: one place where the DLL allocates.
 *
 * heap_*: memory of our own objects. MAPI buffers (MAPIAllocateBuffer and family) are for everything that a caller
 * frees. Both are counted, and both can be made to fail on the n-th call from now (PostroomDiagnostics), which is how
 * the tests reach every error path.
 */
#ifndef POSTROOM_BASE_MEMORY_H
#define POSTROOM_BASE_MEMORY_H

#include <windows.h>

/* NULL when out of memory (or told to fail). heap_alloc(0) gives a valid pointer. */
void *heap_alloc(size_t size);
void *heap_alloc_zero(size_t size);
/* As realloc; on failure NULL and the old block is untouched. */
void *heap_realloc(void *block, size_t size);
/* NULL allowed. */
void heap_free(void *block);

/* Makes room for count elements of size bytes in a heap block; grows by doubling, checks for overflow. FALSE and
 * nothing changed when it cannot. */
BOOL array_reserve(void **elements, size_t *capacity, size_t count, size_t size);

/* TRUE and *result = a + b (a * b), FALSE when it does not fit. */
BOOL size_add(size_t a, size_t b, size_t *result);
BOOL size_multiply(size_t a, size_t b, size_t *result);

/* The fault switch: TRUE when this allocation has to fail. Counts it as an allocation. Also used where a system call
 * stands in for one. */
BOOL memory_should_fail(void);

/* TRUE when the bytes can be read (written): for pointers that a stranger handed in. No bytes always can. */
BOOL memory_readable(const void *address, size_t size);
BOOL memory_writable(void *address, size_t size);
/* TRUE when a stranger's interface pointer leads to a vtable with so many methods. */
BOOL memory_is_interface(const void *object, size_t methods);
/* NULL is one: for parameters whose IID may be left out. */
BOOL memory_is_iid_or_null(const IID *iid);

/* What PostroomDiagnostics reports. */
LONG memory_heap_blocks(void);
LONG memory_buffer_blocks(void);
void memory_set_fault(LONG nth);    /* the nth allocation from now fails, once; 0 switches it off */
LONG memory_until_fault(void);      /* what is left of nth; 0: switched off, or it has failed */
LONG memory_allocation_count(void); /* calls so far, for the tests to know how many there are to fail */
/* Gives what is cached back to the system; called by the last MAPIUninitialize. */
void memory_trim(void);

#endif
