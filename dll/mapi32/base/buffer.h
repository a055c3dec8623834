/*
 * buffer: what memory.c and init.c need to know of MAPI's buffers.
 */
#ifndef POSTROOM_BASE_BUFFER_H
#define POSTROOM_BASE_BUFFER_H

#include <windows.h>

LONG buffer_blocks(void);      /* not freed, MAPIAllocateMore's included */
LONG buffer_allocations(void); /* calls so far */
/* memory_should_fail without counting the allocation: the buffers have counts of their own. */
BOOL memory_fault_due(void);
void buffer_trim(void); /* gives empty pages back */
/* Only while the module goes away and no other thread can be inside: gives the look-up tables back as well. */
void buffer_unload(void);

#endif
