/*
 * Unfinished: the allocation functions of Microsoft's common object base ("unknown object"). Their first argument is
 * an object of the caller's that carries its allocators in a layout which is not published.
 */
#include "util/unfinished.h"

SCODE WINAPI UNKOBJ_ScAllocate(void *unknown, ULONG size, void **block)
{
    TRACE("%p, %lu, %p", unknown, size, block);

    clear_pointer(block);
    return MAPI_E_NO_SUPPORT;
}

SCODE WINAPI UNKOBJ_ScAllocateMore(void *unknown, ULONG size, void *base, void **block)
{
    TRACE("%p, %lu, %p, %p", unknown, size, base, block);

    clear_pointer(block);
    return MAPI_E_NO_SUPPORT;
}

void WINAPI UNKOBJ_Free(void *unknown, void *block)
{
    TRACE("%p, %p", unknown, block);
}

void WINAPI UNKOBJ_FreeRows(void *unknown, SRowSet *rows)
{
    TRACE("%p, %p", unknown, rows);
}

SCODE WINAPI UNKOBJ_ScCOAllocate(void *unknown, ULONG size, void **block)
{
    TRACE("%p, %lu, %p", unknown, size, block);

    clear_pointer(block);
    return MAPI_E_NO_SUPPORT;
}

/* The block stays what it was: it goes in and out through the same pointer. */
SCODE WINAPI UNKOBJ_ScCOReallocate(void *unknown, ULONG size, void **block)
{
    TRACE("%p, %lu, %p", unknown, size, block);

    return MAPI_E_NO_SUPPORT;
}

void WINAPI UNKOBJ_COFree(void *unknown, void *block)
{
    TRACE("%p, %p", unknown, block);
}

SCODE WINAPI UNKOBJ_ScSzFromIdsAlloc(void *unknown, UINT id, ULONG flags, int count, WCHAR **text)
{
    TRACE("%p, %u, %#lx, %d, %p", unknown, id, flags, count, text);

    clear_pointer(text);
    return MAPI_E_NO_SUPPORT;
}
