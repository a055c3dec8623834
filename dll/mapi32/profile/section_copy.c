/*
 * section_copy: CopyTo and CopyProps of a profile section: GetProps here, SetProps there. No lock is held; source and
 * target are used like any caller would.
 */
#include "profile/internal.h"

static BOOL is_excluded(const SPropTagArray *exclude, ULONG tag)
{
    ULONG i;

    for (i = 0; exclude && i < exclude->cValues; ++i)
        if (PROP_ID(exclude->aulPropTag[i]) == PROP_ID(tag))
            return TRUE;
    return FALSE;
}

/* Moves what is to be copied to the front of values; where[i] is the place it had. Returns how many. */
static ULONG choose_values(SPropValue *values, ULONG count, const struct copy_request *request, ULONG *where)
{
    ULONG i, kept = 0;

    for (i = 0; i < count; ++i)
    {
        ULONG tag = values[i].ulPropTag;

        if (PROP_TYPE(tag) == PT_ERROR || is_excluded(request->exclude, tag))
            continue;
        /* What we compute belongs to this section, not to the target. */
        if (PROP_ID(tag) == PROP_ID(PR_OBJECT_TYPE) || PROP_ID(tag) == PROP_ID(PR_PROFILE_NAME))
            continue;
        values[kept] = values[i];
        where[kept++] = i;
    }
    return kept;
}

/* MAPI_NOREPLACE: drops what the target has already. */
static HRESULT drop_existing(IMAPIProp *target, SPropValue *values, ULONG *where, ULONG *count)
{
    SPropTagArray *tags = heap_alloc(CbNewSPropTagArray(*count));
    SPropValue *there = NULL;
    ULONG i, kept = 0, found = 0;
    HRESULT hr;

    if (!tags)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    tags->cValues = *count;
    for (i = 0; i < *count; ++i)
        tags->aulPropTag[i] = CHANGE_PROP_TYPE(values[i].ulPropTag, PT_UNSPECIFIED);
    hr = IMAPIProp_GetProps(target, tags, MAPI_UNICODE, &found, &there);
    heap_free(tags);
    if (FAILED(hr))
        return hr;
    for (i = 0; i < *count; ++i)
    {
        /* Too large to be returned is there as well. */
        if (i < found && (PROP_TYPE(there[i].ulPropTag) != PT_ERROR || there[i].Value.err != MAPI_E_NOT_FOUND))
            continue;
        values[kept] = values[i];
        where[kept++] = where[i];
    }
    MAPIFreeBuffer(there);
    *count = kept;
    return S_OK;
}

/* What arrived: every tag without a problem. */
static HRESULT list_moved(const SPropValue *values, ULONG count, const SPropProblemArray *problems,
                          SPropTagArray **moved)
{
    ULONG i, j;

    if (FAILED(MAPIAllocateBuffer(CbNewSPropTagArray(count), (void **)moved)))
    {
        *moved = NULL;
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    (*moved)->cValues = 0;
    for (i = 0; i < count; ++i)
    {
        for (j = 0; problems && j < problems->cProblem; ++j)
            if (problems->aProblem[j].ulIndex == i)
                break;
        if (!problems || j == problems->cProblem)
            (*moved)->aulPropTag[(*moved)->cValues++] = values[i].ulPropTag;
    }
    return S_OK;
}

static HRESULT set_values(IMAPIProp *target, SPropValue *values, const ULONG *where, ULONG count,
                          const struct copy_request *request, SPropProblemArray **problems, SPropTagArray **moved)
{
    SPropProblemArray *found = NULL;
    HRESULT hr;
    ULONG i;

    hr = IMAPIProp_SetProps(target, count, values, &found);
    if (FAILED(hr))
        return hr;
    if (request->flags & MAPI_MOVE)
        hr = list_moved(values, count, found, moved);
    if (FAILED(hr) || !problems)
        MAPIFreeBuffer(found);
    else if (found)
    {
        /* Indices count in the caller's list, not in ours. */
        for (i = 0; i < found->cProblem; ++i)
            if (found->aProblem[i].ulIndex < count)
                found->aProblem[i].ulIndex = where[found->aProblem[i].ulIndex];
        *problems = found;
    }
    return hr;
}

HRESULT section_copy(IProfSect *source, const struct copy_request *request, SPropProblemArray **problems,
                     SPropTagArray **moved)
{
    IUnknown *unknown = request->target, *asked = NULL;
    IMAPIProp *target = NULL;
    SPropValue *values = NULL;
    ULONG count = 0, *where;
    HRESULT hr;

    *moved = NULL;
    if (!memory_readable(unknown, sizeof(*unknown)) || !memory_readable(unknown->lpVtbl, sizeof(*unknown->lpVtbl)))
        return MAPI_E_INVALID_PARAMETER;
    hr = IUnknown_QueryInterface(unknown, request->iid, (void **)&asked);
    if (FAILED(hr) || !asked)
        return hr == MAPI_E_INVALID_OBJECT ? hr : MAPI_E_INTERFACE_NOT_SUPPORTED;
    hr = IUnknown_QueryInterface(asked, &IID_IMAPIProp, (void **)&target);
    IUnknown_Release(asked);
    if (FAILED(hr) || !target)
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    hr = IProfSect_GetProps(source, (SPropTagArray *)request->include, MAPI_UNICODE, &count, &values);
    where = SUCCEEDED(hr) ? heap_alloc((count + 1) * sizeof(*where)) : NULL;
    if (SUCCEEDED(hr) && !where)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
    {
        count = choose_values(values, count, request, where);
        hr = S_OK;
        if (count && (request->flags & MAPI_NOREPLACE))
            hr = drop_existing(target, values, where, &count);
        if (SUCCEEDED(hr) && count)
            hr = set_values(target, values, where, count, request, problems, moved);
    }
    heap_free(where);
    MAPIFreeBuffer(values);
    IMAPIProp_Release(target);
    return hr;
}
