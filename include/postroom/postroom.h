/*
 * Postroom's own additions to MAPI. Includes the corrected Extended MAPI headers.
 */
#ifndef POSTROOM_POSTROOM_H
#define POSTROOM_POSTROOM_H

#include <postroom/mapix.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Payload of the notifications about a log-off (conformance.md S-22). */
#define POSTROOM_LOGOFF_SCODE MAPI_E_END_OF_SESSION
#define POSTROOM_LOGOFF_EXTENDED_EVENT 0

/*
 * What the DLL holds at this moment, for leak tests and support. Only Postroom's mapi32.dll exports it, so finding
 * it also tells which DLL a program has got.
 */
typedef struct PostroomCounts
{
    ULONG cbSize;       /* in: sizeof(PostroomCounts) */
    ULONG cObjects;     /* COM objects alive */
    ULONG cHeapBlocks;  /* blocks of our own heap */
    ULONG cBuffers;     /* MAPI buffers not freed, MAPIAllocateMore's included */
    ULONG cWindows;     /* windows of ours, hidden ones included */
    ULONG cThreads;     /* threads of ours */
    ULONG cInit;        /* MAPIInitialize's count */
    ULONG cAllocations; /* calls to allocate since the module was loaded */
    ULONG cUntilFault;  /* allocations from now to the one that is going to fail; 0: none is */
} PostroomCounts;

/*
 * Fills counts. ulFailAllocation n > 0 makes the n-th allocation from now fail, once (fault injection for tests); 0
 * switches that off. S_OK; MAPI_E_INVALID_PARAMETER when counts is not NULL and its cbSize is wrong.
 */
HRESULT WINAPI PostroomDiagnostics(PostroomCounts *counts, ULONG ulFailAllocation);
typedef HRESULT(WINAPI *LPPOSTROOMDIAGNOSTICS)(PostroomCounts *counts, ULONG ulFailAllocation);

#ifdef __cplusplus
}
#endif
#endif
