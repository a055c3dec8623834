/*
 * PostroomDiagnostics: what the DLL holds, and the fault switch. Works at any time, allocates nothing.
 */
#include "base/base.h"
#include "base/init_internal.h"

HRESULT WINAPI PostroomDiagnostics(PostroomCounts *counts, ULONG ulFailAllocation)
{
    TRACE("(%p, %lu)\n", counts, ulFailAllocation);
    if (counts && (!memory_writable(counts, sizeof(*counts)) || counts->cbSize != sizeof(*counts)))
        return MAPI_E_INVALID_PARAMETER;
    if (ulFailAllocation > MAXLONG)
        return MAPI_E_INVALID_PARAMETER;
    if (counts)
    {
        counts->cObjects = (ULONG)object_count();
        counts->cHeapBlocks = (ULONG)memory_heap_blocks();
        counts->cBuffers = (ULONG)memory_buffer_blocks();
        counts->cWindows = (ULONG)window_count();
        counts->cThreads = (ULONG)thread_count();
        counts->cInit = (ULONG)init_count();
        counts->cAllocations = (ULONG)memory_allocation_count();
        counts->cUntilFault = (ULONG)memory_until_fault();
    }
    memory_set_fault((LONG)ulFailAllocation);
    return S_OK;
}
