/*
 * IPropData: properties kept in memory (CreateIProp).
 *
 * Who owns whom: streams on a property hold the object. Lock: data->lock guards records, names and access; no foreign code
 * runs under it. Values and lists that a caller gets are allocated with the function that was given to CreateIProp, names
 * and problems with MAPI's own.
 */
#include "prop/layout.h"
#include "prop/name_map.h"
#include "prop/prop_data.h"
#include "prop/prop_stream.h"

#include <string.h>

struct prop_data
{
    IPropData IPropData_iface;
    volatile LONG refcount;
    struct object_mark mark;
    ALLOCATEBUFFER *allocate;
    FREEBUFFER *free;
    struct last_error last;
    SRWLOCK lock;
    struct prop_records records;
    struct name_map names;
    ULONG access; /* IPROP_READONLY or IPROP_READWRITE */
};

static inline struct prop_data *impl_from_IPropData(IPropData *iface)
{
    return CONTAINING_RECORD(iface, struct prop_data, IPropData_iface);
}

static HRESULT result(struct prop_data *data, HRESULT hr)
{
    return last_error_set(&data->last, hr);
}

static HRESULT WINAPI data_QueryInterface(IPropData *iface, REFIID riid, void **out)
{
    TRACE("%p, %s, %p", iface, debugstr_guid(riid), out);

    if (!(out = OUT_POINTER(out)))
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!memory_readable(riid, sizeof(*riid)))
        return MAPI_E_INVALID_PARAMETER;
    if (!IsEqualIID(riid, &IID_IUnknown) && !IsEqualIID(riid, &IID_IMAPIProp) && !IsEqualIID(riid, &IID_IMAPIPropData))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *out = iface;
    InterlockedIncrement(&impl_from_IPropData(iface)->refcount);
    return S_OK;
}

static ULONG WINAPI data_AddRef(IPropData *iface)
{
    TRACE("%p", iface);

    return InterlockedIncrement(&impl_from_IPropData(iface)->refcount);
}

static ULONG WINAPI data_Release(IPropData *iface)
{
    struct prop_data *data = impl_from_IPropData(iface);
    ULONG count = InterlockedDecrement(&data->refcount);

    TRACE("%p, refcount %lu", iface, count);

    if (!count)
    {
        prop_records_clear(&data->records);
        name_map_clear(&data->names);
        object_died(&data->mark);
        heap_free(data);
    }
    return count;
}

static HRESULT WINAPI data_GetLastError(IPropData *iface, HRESULT hResult, ULONG ulFlags, MAPIERROR **lppMAPIError)
{
    TRACE("%p, %#lx, %#lx, %p", iface, hResult, ulFlags, lppMAPIError);

    return last_error_get(&impl_from_IPropData(iface)->last, hResult, ulFlags, OUT_POINTER(lppMAPIError));
}

/* There is nothing to make permanent: the object is not transacted. */
static HRESULT WINAPI data_SaveChanges(IPropData *iface, ULONG ulFlags)
{
    struct prop_data *data = impl_from_IPropData(iface);

    TRACE("%p, %#lx", iface, ulFlags);

    if (ulFlags & ~(KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS))
        return result(data, MAPI_E_UNKNOWN_FLAGS);
    if ((ulFlags & (KEEP_OPEN_READWRITE | FORCE_SAVE)) && data->access == IPROP_READONLY)
        return result(data, MAPI_E_NO_ACCESS);
    return S_OK;
}

/* Our buffer as one of the caller's allocator; frees ours. */
static HRESULT hand_out(struct prop_data *data, void *block, size_t size, void **out)
{
    SCODE code = S_OK;

    *out = block;
    if (data->allocate != MAPIAllocateBuffer)
    {
        *out = NULL;
        code = data->allocate(size, out);
        if (SUCCEEDED(code) && !*out)
            code = MAPI_E_NOT_ENOUGH_MEMORY;
        if (SUCCEEDED(code))
            memcpy(*out, block, size);
        else
            *out = NULL;
        MAPIFreeBuffer(block);
    }
    return code;
}

static HRESULT WINAPI data_GetProps(IPropData *iface, SPropTagArray *lpPropTagArray, ULONG ulFlags, ULONG *lpcValues,
                                    SPropValue **lppPropArray)
{
    struct prop_data *data = impl_from_IPropData(iface);
    SPropValue *values, *theirs;
    ULONG count;
    HRESULT hr;

    TRACE("%p, %p, %#lx, %p, %p", iface, lpPropTagArray, ulFlags, lpcValues, lppPropArray);

    if ((lpcValues = OUT_POINTER(lpcValues)))
        *lpcValues = 0;
    if ((lppPropArray = OUT_POINTER(lppPropArray)))
        *lppPropArray = NULL;
    if (!lpcValues || !lppPropArray || (lpPropTagArray && !prop_tags_valid(lpPropTagArray)))
        return result(data, MAPI_E_INVALID_PARAMETER);
    AcquireSRWLockShared(&data->lock);
    hr = prop_bag_get(&data->records.bag, lpPropTagArray, ulFlags, &count, &values);
    ReleaseSRWLockShared(&data->lock);
    if (SUCCEEDED(hr) && values && data->allocate != MAPIAllocateBuffer)
    {
        SCODE code = ScDupPropset(count, values, data->allocate, &theirs);

        MAPIFreeBuffer(values);
        values = theirs;
        if (FAILED(code))
            hr = code;
    }
    if (SUCCEEDED(hr))
    {
        *lpcValues = count;
        *lppPropArray = values;
    }
    return result(data, hr);
}

static HRESULT WINAPI data_GetPropList(IPropData *iface, ULONG ulFlags, SPropTagArray **lppPropTagArray)
{
    struct prop_data *data = impl_from_IPropData(iface);
    SPropTagArray *tags;
    HRESULT hr;

    TRACE("%p, %#lx, %p", iface, ulFlags, lppPropTagArray);

    if (!(lppPropTagArray = OUT_POINTER(lppPropTagArray)))
        return result(data, MAPI_E_INVALID_PARAMETER);
    *lppPropTagArray = NULL;
    AcquireSRWLockShared(&data->lock);
    hr = prop_bag_list(&data->records.bag, ulFlags, &tags);
    ReleaseSRWLockShared(&data->lock);
    if (SUCCEEDED(hr))
        hr = hand_out(data, tags, CbNewSPropTagArray(tags->cValues), (void **)lppPropTagArray);
    return result(data, hr);
}

/* A stream's bytes become the property's value. */
static HRESULT write_stream(IUnknown *owner, ULONG tag, const BYTE *bytes, ULONG count)
{
    struct prop_data *data = impl_from_IPropData((IPropData *)owner);
    SPropValue value = {tag, 0, {0}};
    BYTE *text = NULL;
    HRESULT hr;

    if (PROP_TYPE(tag) == PT_BINARY)
    {
        value.Value.bin.cb = count;
        value.Value.bin.lpb = (BYTE *)bytes;
    }
    else
    {
        /* a text ends where it says, or with the stream; half a character at the end is none */
        if (!(text = heap_alloc_zero((size_t)count + sizeof(WCHAR) + 1)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        memcpy(text, bytes, PROP_TYPE(tag) == PT_UNICODE ? count & ~1u : count);
        value.Value.lpszA = (char *)text;
    }
    AcquireSRWLockExclusive(&data->lock);
    if (data->access == IPROP_READONLY)
        hr = MAPI_E_NO_ACCESS;
    else if (SUCCEEDED(hr = prop_records_judge(&data->records, tag)))
        hr = prop_records_set(&data->records, 1, &value, NULL);
    ReleaseSRWLockExclusive(&data->lock);
    heap_free(text);
    return result(data, hr);
}

/* The value's bytes as the tag's type has them, one MAPI buffer. MAPI_E_NOT_FOUND. */
static HRESULT stream_value(struct prop_data *data, ULONG tag, SPropValue **value, const BYTE **bytes, ULONG *count)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    ULONG found;
    HRESULT hr;

    AcquireSRWLockShared(&data->lock);
    hr = prop_bag_get(&data->records.bag, (SPropTagArray *)&tags, 0, &found, value);
    ReleaseSRWLockShared(&data->lock);
    if (FAILED(hr))
        return hr;
    if (PROP_TYPE((*value)->ulPropTag) == PT_ERROR)
    {
        MAPIFreeBuffer(*value);
        *value = NULL;
        return MAPI_E_NOT_FOUND;
    }
    if (PROP_TYPE(tag) == PT_BINARY)
    {
        *bytes = (*value)->Value.bin.lpb;
        *count = (*value)->Value.bin.cb;
    }
    else
    {
        *bytes = (const BYTE *)(*value)->Value.lpszA;
        *count = PROP_TYPE(tag) == PT_UNICODE ? wcslen((*value)->Value.lpszW) * sizeof(WCHAR)
                                              : strlen((*value)->Value.lpszA);
    }
    return S_OK;
}

/*
 * IMAPIProp::OpenProperty: a stream on a binary or text property. What is written becomes the property's value with the
 * stream's Commit; MAPI_CREATE makes it empty, at once, and MAPI_MODIFY goes with it.
 */
static HRESULT WINAPI data_OpenProperty(IPropData *iface, ULONG ulPropTag, const IID *lpiid, ULONG ulInterfaceOptions,
                                        ULONG ulFlags, IUnknown **lppUnk)
{
    struct prop_data *data = impl_from_IPropData(iface);
    BOOL write = (ulFlags & (MAPI_MODIFY | MAPI_CREATE)) != 0;
    ULONG type = PROP_TYPE(ulPropTag), count = 0;
    SPropValue *value = NULL;
    const BYTE *bytes = NULL;
    HRESULT hr = S_OK;

    TRACE("%p, %#lx, %s, %#lx, %#lx, %p", iface, ulPropTag, debugstr_guid(lpiid), ulInterfaceOptions, ulFlags, lppUnk);

    if (!(lppUnk = OUT_POINTER(lppUnk)))
        return result(data, MAPI_E_INVALID_PARAMETER);
    *lppUnk = NULL;
    if (!memory_readable(lpiid, sizeof(*lpiid)) || type == PT_UNSPECIFIED
        || (ulFlags & (MAPI_CREATE | MAPI_MODIFY)) == MAPI_CREATE)
        return result(data, MAPI_E_INVALID_PARAMETER);
    if (ulFlags & ~(MAPI_CREATE | MAPI_MODIFY | MAPI_DEFERRED_ERRORS))
        return result(data, MAPI_E_UNKNOWN_FLAGS);
    if ((type != PT_BINARY && type != PT_STRING8 && type != PT_UNICODE) || !IsEqualIID(lpiid, &IID_IStream))
        return result(data, MAPI_E_INTERFACE_NOT_SUPPORTED);
    if (write)
    {
        AcquireSRWLockShared(&data->lock);
        hr = data->access == IPROP_READONLY ? MAPI_E_NO_ACCESS : prop_records_judge(&data->records, ulPropTag);
        ReleaseSRWLockShared(&data->lock);
    }
    if (SUCCEEDED(hr) && (ulFlags & MAPI_CREATE))
        hr = write_stream((IUnknown *)iface, ulPropTag, (const BYTE *)"", 0);
    else if (SUCCEEDED(hr))
        hr = stream_value(data, ulPropTag, &value, &bytes, &count);
    if (SUCCEEDED(hr))
        hr = prop_stream_create((IUnknown *)iface, write ? write_stream : NULL, ulPropTag, bytes, count,
                                (IStream **)lppUnk);
    MAPIFreeBuffer(value);
    return result(data, hr);
}

static HRESULT WINAPI data_SetProps(IPropData *iface, ULONG cValues, SPropValue *lpPropArray,
                                    SPropProblemArray **lppProblems)
{
    struct prop_data *data = impl_from_IPropData(iface);
    SPropProblemArray *problems = NULL;
    HRESULT hr;

    TRACE("%p, %lu, %p, %p", iface, cValues, lpPropArray, lppProblems);

    if ((lppProblems = OUT_POINTER(lppProblems)))
        *lppProblems = NULL;
    if (!prop_records_values_valid(cValues, lpPropArray))
        return result(data, MAPI_E_INVALID_PARAMETER);
    if (lppProblems && !(problems = problems_allocate(cValues)))
        return result(data, MAPI_E_NOT_ENOUGH_MEMORY);
    AcquireSRWLockExclusive(&data->lock);
    hr = data->access == IPROP_READONLY ? MAPI_E_NO_ACCESS
                                        : prop_records_set(&data->records, cValues, lpPropArray, problems);
    ReleaseSRWLockExclusive(&data->lock);
    problems_give(problems, lppProblems, hr);
    return result(data, hr);
}

static HRESULT WINAPI data_DeleteProps(IPropData *iface, SPropTagArray *lpPropTagArray, SPropProblemArray **lppProblems)
{
    struct prop_data *data = impl_from_IPropData(iface);
    SPropProblemArray *problems = NULL;
    HRESULT hr = S_OK;

    TRACE("%p, %p, %p", iface, lpPropTagArray, lppProblems);

    if ((lppProblems = OUT_POINTER(lppProblems)))
        *lppProblems = NULL;
    if (!prop_tags_valid(lpPropTagArray) || !lpPropTagArray->cValues)
        return result(data, MAPI_E_INVALID_PARAMETER);
    if (lppProblems && !(problems = problems_allocate(lpPropTagArray->cValues)))
        return result(data, MAPI_E_NOT_ENOUGH_MEMORY);
    AcquireSRWLockExclusive(&data->lock);
    if (data->access == IPROP_READONLY)
        hr = MAPI_E_NO_ACCESS;
    else
        prop_records_delete(&data->records, lpPropTagArray, problems);
    ReleaseSRWLockExclusive(&data->lock);
    problems_give(problems, lppProblems, hr);
    return result(data, hr);
}

static HRESULT copy_props(struct prop_data *data, struct copy_request *request, SPropProblemArray **problems)
{
    SPropTagArray *moved = NULL;
    HRESULT hr;

    if (!memory_readable(request->iid, sizeof(*request->iid)) || !request->target)
        return MAPI_E_INVALID_PARAMETER;
    if (request->flags & ~(MAPI_MOVE | MAPI_NOREPLACE | MAPI_DIALOG | MAPI_DECLINE_OK))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((request->flags & MAPI_MOVE) && data->access == IPROP_READONLY)
        return MAPI_E_NO_ACCESS;
    hr = prop_transfer((IMAPIProp *)&data->IPropData_iface, request, problems, &moved);
    if (SUCCEEDED(hr) && moved && moved->cValues)
        hr = data_DeleteProps(&data->IPropData_iface, moved, NULL);
    MAPIFreeBuffer(moved);
    return hr;
}

static HRESULT WINAPI data_CopyTo(IPropData *iface, ULONG ciidExclude, const IID *rgiidExclude,
                                  SPropTagArray *lpExcludeProps, ULONG_PTR ulUIParam, IMAPIProgress *lpProgress,
                                  const IID *lpInterface, void *lpDestObj, ULONG ulFlags,
                                  SPropProblemArray **lppProblems)
{
    struct copy_request request = {NULL, lpExcludeProps, lpInterface, lpDestObj, ulFlags, NULL};
    struct prop_data *data = impl_from_IPropData(iface);
    size_t size;
    ULONG i;

    TRACE("%p, %lu, %p, %p, %p, %p, %s, %p, %#lx, %p", iface, ciidExclude, rgiidExclude, lpExcludeProps,
          (void *)ulUIParam, lpProgress, debugstr_guid(lpInterface), lpDestObj, ulFlags, lppProblems);

    if ((lppProblems = OUT_POINTER(lppProblems)))
        *lppProblems = NULL;
    if ((lpExcludeProps && (!prop_tags_valid(lpExcludeProps) || !lpExcludeProps->cValues))
        || !size_multiply(ciidExclude, sizeof(*rgiidExclude), &size) || !memory_readable(rgiidExclude, size))
        return result(data, MAPI_E_INVALID_PARAMETER);
    for (i = 0; i < ciidExclude; i++)
    {
        if (IsEqualIID(&rgiidExclude[i], &IID_IUnknown) || IsEqualIID(&rgiidExclude[i], &IID_IMAPIProp))
            return result(data, MAPI_E_INTERFACE_NOT_SUPPORTED);
    }
    return result(data, copy_props(data, &request, lppProblems));
}

static HRESULT WINAPI data_CopyProps(IPropData *iface, SPropTagArray *lpIncludeProps, ULONG_PTR ulUIParam,
                                     IMAPIProgress *lpProgress, const IID *lpInterface, void *lpDestObj, ULONG ulFlags,
                                     SPropProblemArray **lppProblems)
{
    struct copy_request request = {lpIncludeProps, NULL, lpInterface, lpDestObj, ulFlags, NULL};
    struct prop_data *data = impl_from_IPropData(iface);

    TRACE("%p, %p, %p, %p, %s, %p, %#lx, %p", iface, lpIncludeProps, (void *)ulUIParam, lpProgress,
          debugstr_guid(lpInterface), lpDestObj, ulFlags, lppProblems);

    if ((lppProblems = OUT_POINTER(lppProblems)))
        *lppProblems = NULL;
    if (!prop_tags_valid(lpIncludeProps) || !lpIncludeProps->cValues)
        return result(data, MAPI_E_INVALID_PARAMETER);
    return result(data, copy_props(data, &request, lppProblems));
}

static HRESULT WINAPI data_GetNamesFromIDs(IPropData *iface, SPropTagArray **lppPropTags, GUID *lpPropSetGuid,
                                           ULONG ulFlags, ULONG *lpcPropNames, MAPINAMEID ***lpppPropNames)
{
    struct prop_data *data = impl_from_IPropData(iface);
    HRESULT hr;

    TRACE("%p, %p, %s, %#lx, %p, %p", iface, lppPropTags, debugstr_guid(lpPropSetGuid), ulFlags, lpcPropNames,
          lpppPropNames);

    if ((lpcPropNames = OUT_POINTER(lpcPropNames)))
        *lpcPropNames = 0;
    if ((lpppPropNames = OUT_POINTER(lpppPropNames)))
        *lpppPropNames = NULL;
    if (!lpcPropNames || !lpppPropNames || !(lppPropTags = OUT_POINTER(lppPropTags))
        || (*lppPropTags && (!prop_tags_valid(*lppPropTags) || !(*lppPropTags)->cValues))
        || (lpPropSetGuid && !memory_readable(lpPropSetGuid, sizeof(*lpPropSetGuid))))
        return result(data, MAPI_E_INVALID_PARAMETER);
    if (ulFlags & ~(MAPI_NO_IDS | MAPI_NO_STRINGS))
        return result(data, MAPI_E_UNKNOWN_FLAGS);
    AcquireSRWLockShared(&data->lock);
    hr = name_map_names(&data->names, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames);
    ReleaseSRWLockShared(&data->lock);
    return result(data, hr);
}

static HRESULT WINAPI data_GetIDsFromNames(IPropData *iface, ULONG cPropNames, MAPINAMEID **lppPropNames, ULONG ulFlags,
                                           SPropTagArray **lppPropTags)
{
    struct prop_data *data = impl_from_IPropData(iface);
    HRESULT hr;

    TRACE("%p, %lu, %p, %#lx, %p", iface, cPropNames, lppPropNames, ulFlags, lppPropTags);

    if (!(lppPropTags = OUT_POINTER(lppPropTags)))
        return result(data, MAPI_E_INVALID_PARAMETER);
    *lppPropTags = NULL;
    if (ulFlags & ~MAPI_CREATE)
        return result(data, MAPI_E_UNKNOWN_FLAGS);
    if (lppPropNames ? !cPropNames || !name_map_names_valid(cPropNames, lppPropNames)
                     : cPropNames || (ulFlags & MAPI_CREATE))
        return result(data, MAPI_E_INVALID_PARAMETER);
    AcquireSRWLockExclusive(&data->lock);
    if ((ulFlags & MAPI_CREATE) && data->access == IPROP_READONLY)
        hr = MAPI_E_NO_ACCESS;
    else
        hr = name_map_ids(&data->names, cPropNames, lppPropNames, (ulFlags & MAPI_CREATE) != 0, lppPropTags);
    ReleaseSRWLockExclusive(&data->lock);
    return result(data, hr);
}

static HRESULT WINAPI data_HrSetObjAccess(IPropData *iface, ULONG ulAccess)
{
    struct prop_data *data = impl_from_IPropData(iface);

    TRACE("%p, %#lx", iface, ulAccess);

    if (ulAccess != IPROP_READONLY && ulAccess != IPROP_READWRITE)
        return result(data, MAPI_E_INVALID_PARAMETER);
    AcquireSRWLockExclusive(&data->lock);
    data->access = ulAccess;
    ReleaseSRWLockExclusive(&data->lock);
    return S_OK;
}

static HRESULT WINAPI data_HrSetPropAccess(IPropData *iface, SPropTagArray *lpPropTagArray, ULONG *rgulAccess)
{
    struct prop_data *data = impl_from_IPropData(iface);
    HRESULT hr = S_OK;
    size_t size;

    TRACE("%p, %p, %p", iface, lpPropTagArray, rgulAccess);

    if (!prop_tags_valid(lpPropTagArray) || !size_multiply(lpPropTagArray->cValues, sizeof(*rgulAccess), &size)
        || !memory_readable(rgulAccess, size) || !prop_records_flags_valid(rgulAccess, lpPropTagArray->cValues))
        return result(data, MAPI_E_INVALID_PARAMETER);
    AcquireSRWLockExclusive(&data->lock);
    if (data->access == IPROP_READONLY)
        hr = MAPI_E_NO_ACCESS;
    else
        prop_records_set_flags(&data->records, lpPropTagArray, rgulAccess);
    ReleaseSRWLockExclusive(&data->lock);
    return result(data, hr);
}

static HRESULT WINAPI data_HrGetPropAccess(IPropData *iface, SPropTagArray **lppPropTagArray, ULONG **lprgulAccess)
{
    struct prop_data *data = impl_from_IPropData(iface);
    SPropTagArray *asked, *list, *given = NULL;
    ULONG *access, count;
    HRESULT hr;

    TRACE("%p, %p, %p", iface, lppPropTagArray, lprgulAccess);

    if ((lprgulAccess = OUT_POINTER(lprgulAccess)))
        *lprgulAccess = NULL;
    if (!lprgulAccess || !(lppPropTagArray = OUT_POINTER(lppPropTagArray)))
        return result(data, MAPI_E_INVALID_PARAMETER);
    asked = *lppPropTagArray;
    if (asked && (!prop_tags_valid(asked) || asked->cValues > 0xffffff))
        return result(data, MAPI_E_INVALID_PARAMETER);
    AcquireSRWLockShared(&data->lock);
    hr = prop_records_access(&data->records, asked, &list, &access);
    ReleaseSRWLockShared(&data->lock);
    if (FAILED(hr))
        return result(data, hr);
    count = list->cValues;
    if (asked)
        MAPIFreeBuffer(list);
    else if (FAILED(hr = hand_out(data, list, CbNewSPropTagArray(count), (void **)&given)))
        MAPIFreeBuffer(access);
    if (SUCCEEDED(hr) && FAILED(hr = hand_out(data, access, count * sizeof(*access) + 1, (void **)lprgulAccess))
        && given)
        data->free(given);
    if (SUCCEEDED(hr) && !asked)
        *lppPropTagArray = given;
    return result(data, hr);
}

/* MAPI_W_PARTIAL_COMPLETION: some may not be written; they are in the problems. */
static HRESULT WINAPI data_HrAddObjProps(IPropData *iface, SPropTagArray *lpPropTagArray,
                                         SPropProblemArray **lppProblems)
{
    struct prop_data *data = impl_from_IPropData(iface);
    SPropProblemArray *problems;
    SPropValue *values;
    HRESULT hr;
    ULONG i;

    TRACE("%p, %p, %p", iface, lpPropTagArray, lppProblems);

    if ((lppProblems = OUT_POINTER(lppProblems)))
        *lppProblems = NULL;
    if (!prop_tags_valid(lpPropTagArray) || !lpPropTagArray->cValues || lpPropTagArray->cValues > 0xffff)
        return result(data, MAPI_E_INVALID_PARAMETER);
    for (i = 0; i < lpPropTagArray->cValues; i++)
    {
        if (PROP_TYPE(lpPropTagArray->aulPropTag[i]) != PT_OBJECT)
            return result(data, MAPI_E_INVALID_TYPE);
    }
    problems = problems_allocate(lpPropTagArray->cValues);
    values = heap_alloc_zero(lpPropTagArray->cValues * sizeof(*values));
    hr = problems && values ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < lpPropTagArray->cValues; i++)
        values[i].ulPropTag = lpPropTagArray->aulPropTag[i];
    AcquireSRWLockExclusive(&data->lock);
    if (SUCCEEDED(hr) && data->access == IPROP_READONLY)
        hr = MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = prop_records_set(&data->records, lpPropTagArray->cValues, values, problems);
    ReleaseSRWLockExclusive(&data->lock);
    heap_free(values);
    if (SUCCEEDED(hr) && problems->cProblem)
        hr = MAPI_W_PARTIAL_COMPLETION;
    problems_give(problems, lppProblems, hr);
    return result(data, hr);
}

static const IPropDataVtbl data_vtbl = {
        data_QueryInterface,  data_AddRef,          data_Release,         data_GetLastError,    data_SaveChanges,
        data_GetProps,        data_GetPropList,     data_OpenProperty,    data_SetProps,        data_DeleteProps,
        data_CopyTo,          data_CopyProps,       data_GetNamesFromIDs, data_GetIDsFromNames, data_HrSetObjAccess,
        data_HrSetPropAccess, data_HrGetPropAccess, data_HrAddObjProps,
};

/*
 * CreateIProp: an empty property object, read/write (createiprop).
 *
 * lpInterface       NULL or IID_IMAPIPropData
 * lpAllocateBuffer  for values, tags and access flags that it returns; lpAllocateMore and lpFreeBuffer belong to it
 * lpvReserved       NULL
 *
 * MAPI_E_NOT_INITIALIZED: neither MAPIInitialize nor ScInitMapiUtil; MAPI_E_INVALID_PARAMETER;
 * MAPI_E_INTERFACE_NOT_SUPPORTED; MAPI_E_NOT_ENOUGH_MEMORY.
 */
SCODE WINAPI CreateIProp(LPCIID lpInterface, ALLOCATEBUFFER *lpAllocateBuffer, ALLOCATEMORE *lpAllocateMore,
                         FREEBUFFER *lpFreeBuffer, LPVOID lpvReserved, LPPROPDATA *lppPropData)
{
    struct prop_data *data;
    HRESULT hr;

    TRACE("%s, %p, %p, %p, %p, %p", debugstr_guid(lpInterface), lpAllocateBuffer, lpAllocateMore, lpFreeBuffer,
          lpvReserved, lppPropData);

    if ((lppPropData = OUT_POINTER(lppPropData)))
        *lppPropData = NULL;
    if (FAILED(hr = init_check_utilities()))
        return hr;
    if (!lppPropData || !memory_is_iid_or_null(lpInterface) || !lpAllocateBuffer || !lpAllocateMore || !lpFreeBuffer
        || lpvReserved)
        return MAPI_E_INVALID_PARAMETER;
    if (lpInterface && !IsEqualIID(lpInterface, &IID_IMAPIPropData))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!(data = heap_alloc_zero(sizeof(*data))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    data->IPropData_iface.lpVtbl = (IPropDataVtbl *)&data_vtbl;
    data->refcount = 1;
    data->allocate = lpAllocateBuffer;
    data->free = lpFreeBuffer;
    data->access = IPROP_READWRITE;
    InitializeSRWLock(&data->lock);
    object_born(&data->mark, "IPropData");
    *lppPropData = &data->IPropData_iface;
    return S_OK;
}
