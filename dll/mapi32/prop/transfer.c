/*
 * Copies of properties between objects (see transfer.h): GetProps here, SetProps there. No lock is held.
 */
#include "prop/transfer.h"

#include <string.h>

/* What was read, and where each value that is left came from. */
struct transfer
{
    IMAPIProp *source, *target;
    SPropValue *values;
    struct origin
    {
        ULONG index, tag;
    } * origins; /* heap; the second half is for the objects */
    ULONG count;
    struct origin *objects;
    ULONG object_count;
};

SPropProblemArray *problems_allocate(ULONG count)
{
    SPropProblemArray *problems;

    if (count > 0xFFFFFF || FAILED(MAPIAllocateBuffer(CbNewSPropProblemArray(count), (void **)&problems)))
        return NULL;
    problems->cProblem = 0;
    return problems;
}

void problems_add(SPropProblemArray *problems, ULONG index, ULONG tag, SCODE code)
{
    if (problems)
    {
        problems->aProblem[problems->cProblem].ulIndex = index;
        problems->aProblem[problems->cProblem].ulPropTag = tag;
        problems->aProblem[problems->cProblem].scode = code;
        ++problems->cProblem;
    }
}

void problems_give(SPropProblemArray *problems, SPropProblemArray **out, HRESULT hr)
{
    if (SUCCEEDED(hr) && out && problems && problems->cProblem)
        *out = problems;
    else
        MAPIFreeBuffer(problems);
}

static BOOL is_listed(const SPropTagArray *tags, ULONG tag)
{
    ULONG i;

    for (i = 0; tags && i < tags->cValues; ++i)
        if (PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag))
            return TRUE;
    return FALSE;
}

/* Moves what is to be copied to the front of the values. */
static void choose_values(struct transfer *transfer, const struct copy_request *request)
{
    ULONG i, kept = 0;

    for (i = 0; i < transfer->count; ++i)
    {
        ULONG tag = transfer->values[i].ulPropTag;
        struct origin origin = {i, tag};

        if (PROP_TYPE(tag) == PT_ERROR || is_listed(request->exclude, tag) || is_listed(request->computed, tag))
            continue;
        if (PROP_TYPE(tag) == PT_OBJECT)
        {
            transfer->objects[transfer->object_count++] = origin;
            continue;
        }
        transfer->values[kept] = transfer->values[i];
        transfer->origins[kept++] = origin;
    }
    transfer->count = kept;
}

/* The tags of the values from 0x8000 on; *tags NULL when there are none. */
static HRESULT list_named(const struct transfer *transfer, SPropTagArray **tags)
{
    ULONG i, count = 0;

    *tags = NULL;
    for (i = 0; i < transfer->count; ++i)
        count += PROP_ID(transfer->values[i].ulPropTag) >= 0x8000;
    if (!count)
        return S_OK;
    if (!(*tags = heap_alloc(CbNewSPropTagArray(count))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    (*tags)->cValues = 0;
    for (i = 0; i < transfer->count; ++i)
        if (PROP_ID(transfer->values[i].ulPropTag) >= 0x8000)
            (*tags)->aulPropTag[(*tags)->cValues++] = transfer->values[i].ulPropTag;
    return S_OK;
}

/* Gives named properties the target's identifiers. An object without names leaves them as they are. */
static HRESULT rename_values(struct transfer *transfer)
{
    SPropTagArray *tags, *renamed;
    MAPINAMEID **names = NULL;
    ULONG i, at, count = 0;
    HRESULT hr;

    if (FAILED(hr = list_named(transfer, &tags)) || !tags)
        return hr;
    hr = IMAPIProp_GetNamesFromIDs(transfer->source, &tags, NULL, 0, &count, &names);
    for (i = at = 0; SUCCEEDED(hr) && names && i < transfer->count && at < count; ++i)
    {
        if (PROP_ID(transfer->values[i].ulPropTag) < 0x8000)
            continue;
        if (names[at])
        {
            renamed = NULL;
            hr = IMAPIProp_GetIDsFromNames(transfer->target, 1, &names[at], MAPI_CREATE, &renamed);
            if (SUCCEEDED(hr) && renamed && renamed->cValues == 1 && PROP_ID(renamed->aulPropTag[0]))
                transfer->values[i].ulPropTag =
                        PROP_TAG(PROP_TYPE(transfer->values[i].ulPropTag), PROP_ID(renamed->aulPropTag[0]));
            MAPIFreeBuffer(renamed);
        }
        ++at;
    }
    MAPIFreeBuffer(names);
    heap_free(tags);
    return hr == MAPI_E_NOT_ENOUGH_MEMORY || hr == MAPI_E_TOO_BIG ? hr : S_OK;
}

/* MAPI_NOREPLACE: drops what the target has already. */
static HRESULT drop_existing(struct transfer *transfer)
{
    SPropTagArray *tags = heap_alloc(CbNewSPropTagArray(transfer->count));
    SPropValue *there = NULL;
    ULONG i, kept = 0, found = 0;
    HRESULT hr;

    if (!tags)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    tags->cValues = transfer->count;
    for (i = 0; i < transfer->count; ++i)
        tags->aulPropTag[i] = CHANGE_PROP_TYPE(transfer->values[i].ulPropTag, PT_UNSPECIFIED);
    hr = IMAPIProp_GetProps(transfer->target, tags, MAPI_UNICODE, &found, &there);
    heap_free(tags);
    if (FAILED(hr))
        return hr;
    for (i = 0; i < transfer->count; ++i)
    {
        /* Too large to be returned is there as well. */
        if (i < found && (PROP_TYPE(there[i].ulPropTag) != PT_ERROR || there[i].Value.err != MAPI_E_NOT_FOUND))
            continue;
        transfer->values[kept] = transfer->values[i];
        transfer->origins[kept++] = transfer->origins[i];
    }
    MAPIFreeBuffer(there);
    transfer->count = kept;
    return S_OK;
}

/* TRUE: the target knows of the object properties now. */
static BOOL announce_objects(struct transfer *transfer)
{
    SPropTagArray *tags;
    IPropData *data;
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    ULONG i;

    if (FAILED(IMAPIProp_QueryInterface(transfer->target, &IID_IMAPIPropData, (void **)&data)) || !data)
        return FALSE;
    if ((tags = heap_alloc(CbNewSPropTagArray(transfer->object_count))))
    {
        tags->cValues = transfer->object_count;
        for (i = 0; i < tags->cValues; ++i)
            tags->aulPropTag[i] = transfer->objects[i].tag;
        hr = IPropData_HrAddObjProps(data, tags, NULL);
        heap_free(tags);
    }
    IPropData_Release(data);
    return hr == S_OK;
}

/* What arrived: every tag without a problem, as the source names it. */
static HRESULT list_moved(const struct transfer *transfer, const SPropProblemArray *problems, SPropTagArray **moved)
{
    ULONG i, j;

    if (FAILED(MAPIAllocateBuffer(CbNewSPropTagArray(transfer->count), (void **)moved)))
    {
        *moved = NULL;
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    (*moved)->cValues = 0;
    for (i = 0; i < transfer->count; ++i)
    {
        for (j = 0; problems && j < problems->cProblem; ++j)
            if (problems->aProblem[j].ulIndex == i)
                break;
        if (!problems || j == problems->cProblem)
            (*moved)->aulPropTag[(*moved)->cValues++] = transfer->origins[i].tag;
    }
    return S_OK;
}

/* The target's problems, with the places and tags of the caller's list, and the objects that did not go. */
static HRESULT report_problems(const struct transfer *transfer, const SPropProblemArray *found, BOOL objects,
                               SPropProblemArray **problems)
{
    ULONG i, count = found ? found->cProblem : 0;

    if (!count && !objects)
        return S_OK;
    if (!(*problems = problems_allocate(count + transfer->object_count)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count; ++i)
    {
        ULONG index = found->aProblem[i].ulIndex;

        if (index < transfer->count)
            problems_add(*problems, transfer->origins[index].index, transfer->origins[index].tag,
                         found->aProblem[i].scode);
    }
    for (i = 0; objects && i < transfer->object_count; ++i)
        problems_add(*problems, transfer->objects[i].index, transfer->objects[i].tag, MAPI_E_NO_SUPPORT);
    return S_OK;
}

static HRESULT set_values(struct transfer *transfer, const struct copy_request *request, SPropProblemArray **problems,
                          SPropTagArray **moved)
{
    BOOL objects = transfer->object_count && !announce_objects(transfer);
    SPropProblemArray *found = NULL;
    HRESULT hr = S_OK;

    if (transfer->count)
        hr = IMAPIProp_SetProps(transfer->target, transfer->count, transfer->values, &found);
    if (FAILED(hr))
        return hr;
    hr = S_OK;
    if (request->flags & MAPI_MOVE)
        hr = list_moved(transfer, found, moved);
    if (SUCCEEDED(hr) && problems)
        hr = report_problems(transfer, found, objects, problems);
    if (FAILED(hr))
    {
        MAPIFreeBuffer(*moved);
        *moved = NULL;
    }
    MAPIFreeBuffer(found);
    return hr;
}

static BOOL same_object(IMAPIProp *a, IMAPIProp *b)
{
    IUnknown *one = NULL, *other = NULL;
    BOOL same;

    IMAPIProp_QueryInterface(a, &IID_IUnknown, (void **)&one);
    IMAPIProp_QueryInterface(b, &IID_IUnknown, (void **)&other);
    same = one && one == other;
    if (one)
        IUnknown_Release(one);
    if (other)
        IUnknown_Release(other);
    return same;
}

static HRESULT find_target(const struct copy_request *request, IMAPIProp **target)
{
    IUnknown *unknown = request->target, *asked = NULL;
    HRESULT hr;

    *target = NULL;
    if (!memory_is_interface(unknown, 3))
        return MAPI_E_INVALID_PARAMETER;
    hr = IUnknown_QueryInterface(unknown, request->iid, (void **)&asked);
    if (FAILED(hr) || !asked)
        return hr == MAPI_E_INVALID_OBJECT ? hr : MAPI_E_INTERFACE_NOT_SUPPORTED;
    hr = IUnknown_QueryInterface(asked, &IID_IMAPIProp, (void **)target);
    IUnknown_Release(asked);
    if (FAILED(hr) || !*target)
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    return S_OK;
}

HRESULT prop_transfer(IMAPIProp *source, const struct copy_request *request, SPropProblemArray **problems,
                      SPropTagArray **moved)
{
    struct transfer transfer = {.source = source};
    HRESULT hr;

    *moved = NULL;
    if (FAILED(hr = find_target(request, &transfer.target)))
        return hr;
    if (same_object(source, transfer.target))
        hr = MAPI_E_NO_ACCESS;
    else
        hr = IMAPIProp_GetProps(source, (SPropTagArray *)request->include, MAPI_UNICODE, &transfer.count,
                                &transfer.values);
    if (SUCCEEDED(hr))
    {
        transfer.origins = heap_alloc((2 * (size_t)transfer.count + 1) * sizeof(*transfer.origins));
        hr = transfer.origins ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr))
    {
        transfer.objects = transfer.origins + transfer.count;
        choose_values(&transfer, request);
        hr = rename_values(&transfer);
        if (SUCCEEDED(hr) && transfer.count && (request->flags & MAPI_NOREPLACE))
            hr = drop_existing(&transfer);
        if (SUCCEEDED(hr))
            hr = set_values(&transfer, request, problems, moved);
    }
    heap_free(transfer.origins);
    MAPIFreeBuffer(transfer.values);
    IMAPIProp_Release(transfer.target);
    return hr;
}
