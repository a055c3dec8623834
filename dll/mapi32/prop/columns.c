/*
 * Columns: putting columns to the front of a table's column set. No lock is held; table, allocator and filter are the
 * caller's, and what they bring is checked like every caller's input.
 */
#include "prop/prop.h"

#include <string.h>

static BOOL tags_include(const ULONG *tags, ULONG count, ULONG tag)
{
    ULONG i;

    for (i = 0; i < count && tags[i] != tag; i++)
        ;
    return i < count;
}

/* The added tags, then those of old that are not among them. */
static HRESULT join_tags(const SPropTagArray *added, const SPropTagArray *old, ALLOCATEBUFFER *allocate,
                         SPropTagArray **out)
{
    ULONG count = added->cValues, i;
    SPropTagArray *joined = NULL;
    size_t bytes;

    if (!size_add(count, old->cValues, &bytes) || !size_multiply(bytes, sizeof(ULONG), &bytes)
        || !size_add(bytes, CbNewSPropTagArray(0), &bytes) || bytes > MAXLONG
        || FAILED(allocate((ULONG)bytes, (void **)&joined)) || !joined)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    joined->cValues = count;
    memcpy(joined->aulPropTag, added->aulPropTag, count * sizeof(ULONG));
    for (i = 0; i < old->cValues; i++)
    {
        /* PR_NULL reserves a place and is nobody's name. */
        if (old->aulPropTag[i] == PR_NULL || !tags_include(joined->aulPropTag, count, old->aulPropTag[i]))
            joined->aulPropTag[joined->cValues++] = old->aulPropTag[i];
    }
    *out = joined;
    return S_OK;
}

/*
 * HrAddColumnsEx: puts columns in front of those that a table shows, or moves them there; the others follow in the order
 * they had. Tags are the same when their types are too. filter (may be NULL) is shown the old columns first: it may change
 * tags and lessen their count, a greater one is ignored.
 * MAPI_E_INVALID_PARAMETER: no table, no readable tags, no allocator; the table's answer is no column set.
 * MAPI_E_NOT_ENOUGH_MEMORY. What QueryColumns and SetColumns return. hraddcolumnsex.
 */
HRESULT WINAPI HrAddColumnsEx(LPMAPITABLE lptbl, LPSPropTagArray lpproptagColumnsNew, LPALLOCATEBUFFER lpAllocateBuffer,
                              LPFREEBUFFER lpFreeBuffer, void (*lpfnFilterColumns)(LPSPropTagArray ptaga))
{
    SPropTagArray *old = NULL, *joined = NULL;
    ULONG count;
    HRESULT hr;

    TRACE("(%p, %p, %p, %p, %p)", lptbl, lpproptagColumnsNew, lpAllocateBuffer, lpFreeBuffer, lpfnFilterColumns);

    if (!memory_is_interface(lptbl, sizeof(IMAPITableVtbl) / sizeof(void *)) || !prop_tags_valid(lpproptagColumnsNew)
        || !lpAllocateBuffer || !lpFreeBuffer)
        return MAPI_E_INVALID_PARAMETER;
    hr = IMAPITable_QueryColumns(lptbl, 0, &old);
    if (FAILED(hr))
        return hr;
    hr = prop_tags_valid(old) ? S_OK : MAPI_E_INVALID_PARAMETER;
    if (SUCCEEDED(hr) && lpfnFilterColumns)
    {
        count = old->cValues;
        lpfnFilterColumns(old);
        old->cValues = min(old->cValues, count);
    }
    if (SUCCEEDED(hr))
        hr = join_tags(lpproptagColumnsNew, old, lpAllocateBuffer, &joined);
    if (SUCCEEDED(hr))
    {
        hr = IMAPITable_SetColumns(lptbl, joined, TBL_BATCH);
        lpFreeBuffer(joined);
    }
    if (old)
        lpFreeBuffer(old);
    return hr;
}

/*
 * HrAddColumns: HrAddColumnsEx without a filter. hraddcolumns.
 */
HRESULT WINAPI HrAddColumns(LPMAPITABLE lptbl, LPSPropTagArray lpproptagColumnsNew, LPALLOCATEBUFFER lpAllocateBuffer,
                            LPFREEBUFFER lpFreeBuffer)
{
    return HrAddColumnsEx(lptbl, lpproptagColumnsNew, lpAllocateBuffer, lpFreeBuffer, NULL);
}
