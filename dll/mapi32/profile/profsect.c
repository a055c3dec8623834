/*
 * profsect: IProfSect, one opened section.
 *
 * Nothing is transacted: every change is in the registry when the method returns. What was read is kept until the
 * registry tells of a change. Of a session's section the session's gate is asked in each method, and the section's
 * lock goes with the session; the object keeps the profile's memory, never its use.
 * Locks: bag_lock guards the bag and its generation; nothing foreign is called under it.
 */
#include "profile/internal.h"

struct profile_section
{
    IProfSect IProfSect_iface;
    LONG refcount;
    struct object_mark mark;
    struct profile *profile;
    struct gate *gate; /* NULL: of no session */
    struct gate_child child;
    MAPIUID uid;
    BOOL write;
    struct section_lock *volatile lock; /* taken out with an interlocked exchange */
    struct last_error last;
    SRWLOCK bag_lock;
    struct prop_bag bag;
    ULONG generation; /* of the bag; 0: to be read */
};

static inline struct profile_section *impl_from_IProfSect(IProfSect *iface)
{
    return CONTAINING_RECORD(iface, struct profile_section, IProfSect_iface);
}

static HRESULT section_enter(struct profile_section *section, struct gate_call *call)
{
    return gate_enter(section->gate, call);
}

static HRESULT section_leave(struct profile_section *section, struct gate_call *call, HRESULT hr)
{
    last_error_set(&section->last, hr);
    gate_leave(call);
    return hr;
}

static HRESULT STDMETHODCALLTYPE section_QueryInterface(IProfSect *iface, REFIID riid, void **ppvObj)
{
    struct profile_section *section = impl_from_IProfSect(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, riid %s, out %p", iface, debugstr_guid(riid), ppvObj);

    if (!ppvObj)
        return MAPI_E_INVALID_PARAMETER;
    *ppvObj = NULL;
    hr = section_enter(section, &call);
    if (FAILED(hr))
        return hr;
    if (!riid)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (IsEqualIID(riid, &IID_IUnknown) || IsEqualIID(riid, &IID_IMAPIProp) || IsEqualIID(riid, &IID_IProfSect))
    {
        IProfSect_AddRef(iface);
        *ppvObj = iface;
    }
    else
    {
        WARN("no interface %s", debugstr_guid(riid));
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    gate_leave(&call);
    return hr;
}

static ULONG STDMETHODCALLTYPE section_AddRef(IProfSect *iface)
{
    struct profile_section *section = impl_from_IProfSect(iface);
    ULONG refcount = InterlockedIncrement(&section->refcount);

    TRACE("iface %p, refcount %lu", iface, refcount);
    return refcount;
}

static void section_unlock(struct profile_section *section)
{
    section_lock_give(InterlockedExchangePointer((void *volatile *)&section->lock, NULL), section->write);
}

static ULONG STDMETHODCALLTYPE section_Release(IProfSect *iface)
{
    struct profile_section *section = impl_from_IProfSect(iface);
    ULONG refcount = InterlockedDecrement(&section->refcount);

    TRACE("iface %p, refcount %lu", iface, refcount);

    if (!refcount)
    {
        struct gate *gate = section->gate;

        if (gate)
            gate_detach(gate, &section->child);
        section_unlock(section);
        prop_bag_clear(&section->bag);
        profile_drop(section->profile);
        object_died(&section->mark);
        heap_free(section);
        if (gate)
            gate_release(gate);
    }
    return refcount;
}

static HRESULT STDMETHODCALLTYPE section_GetLastError(IProfSect *iface, HRESULT hResult, ULONG ulFlags,
                                                      MAPIERROR **lppMAPIError)
{
    struct profile_section *section = impl_from_IProfSect(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, hResult %#lx, flags %#lx, error %p", iface, hResult, ulFlags, lppMAPIError);

    if (lppMAPIError)
        *lppMAPIError = NULL;
    hr = section_enter(section, &call);
    if (FAILED(hr))
        return hr;
    hr = last_error_get(&section->last, hResult, ulFlags, lppMAPIError);
    gate_leave(&call);
    return hr;
}

/* SVC-20: there is nothing to save. */
static HRESULT STDMETHODCALLTYPE section_SaveChanges(IProfSect *iface, ULONG ulFlags)
{
    struct profile_section *section = impl_from_IProfSect(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, flags %#lx", iface, ulFlags);

    hr = section_enter(section, &call);
    if (FAILED(hr))
        return hr;
    if (ulFlags & ~(KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS))
        hr = MAPI_E_UNKNOWN_FLAGS;
    return section_leave(section, &call, hr);
}

/* Makes the bag what the registry has now; bag_lock is held. */
static HRESULT section_refresh(struct profile_section *section)
{
    ULONG generation = store_generation();
    HRESULT hr;

    if (generation && generation == section->generation)
        return S_OK;
    section->generation = 0;
    prop_bag_clear(&section->bag);
    hr = section_read(profile_name(section->profile), &section->uid, &section->bag);
    if (SUCCEEDED(hr))
        section->generation = generation;
    return hr;
}

/* The visible tags without a type, so the caller's flag decides about strings. */
static HRESULT visible_tags(const struct prop_bag *bag, SPropTagArray **tags)
{
    size_t i;

    *tags = heap_alloc(CbNewSPropTagArray(bag->count));
    if (!*tags)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    (*tags)->cValues = 0;
    for (i = 0; i < bag->count; ++i)
        if (!tag_is_secure(bag->values[i]->ulPropTag)) /* SVC-22 */
            (*tags)->aulPropTag[(*tags)->cValues++] = CHANGE_PROP_TYPE(bag->values[i]->ulPropTag, PT_UNSPECIFIED);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE section_GetProps(IProfSect *iface, SPropTagArray *lpPropTagArray, ULONG ulFlags,
                                                  ULONG *lpcValues, SPropValue **lppPropArray)
{
    struct profile_section *section = impl_from_IProfSect(iface);
    SPropTagArray *visible = NULL;
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, tags %p, flags %#lx, count %p, values %p", iface, lpPropTagArray, ulFlags, lpcValues,
          lppPropArray);

    if (lpcValues)
        *lpcValues = 0;
    if (lppPropArray)
        *lppPropArray = NULL;
    hr = section_enter(section, &call);
    if (FAILED(hr))
        return hr;
    if (!lpcValues || !lppPropArray || (lpPropTagArray && (!prop_tags_valid(lpPropTagArray) || !lpPropTagArray->cValues)))
        return section_leave(section, &call, MAPI_E_INVALID_PARAMETER);
    if (ulFlags & ~MAPI_UNICODE)
        return section_leave(section, &call, MAPI_E_UNKNOWN_FLAGS);
    AcquireSRWLockExclusive(&section->bag_lock);
    hr = section_refresh(section);
    if (SUCCEEDED(hr) && !lpPropTagArray)
    {
        hr = visible_tags(&section->bag, &visible);
        lpPropTagArray = visible;
    }
    if (SUCCEEDED(hr))
        hr = prop_bag_get(&section->bag, lpPropTagArray, ulFlags, lpcValues, lppPropArray);
    ReleaseSRWLockExclusive(&section->bag_lock);
    heap_free(visible);
    return section_leave(section, &call, hr);
}

static HRESULT STDMETHODCALLTYPE section_GetPropList(IProfSect *iface, ULONG ulFlags, SPropTagArray **lppPropTagArray)
{
    struct profile_section *section = impl_from_IProfSect(iface);
    struct gate_call call;
    ULONG i, kept = 0;
    HRESULT hr;

    TRACE("iface %p, flags %#lx, tags %p", iface, ulFlags, lppPropTagArray);

    if (lppPropTagArray)
        *lppPropTagArray = NULL;
    hr = section_enter(section, &call);
    if (FAILED(hr))
        return hr;
    if (!lppPropTagArray)
        return section_leave(section, &call, MAPI_E_INVALID_PARAMETER);
    if (ulFlags & ~MAPI_UNICODE)
        return section_leave(section, &call, MAPI_E_UNKNOWN_FLAGS);
    AcquireSRWLockExclusive(&section->bag_lock);
    hr = section_refresh(section);
    if (SUCCEEDED(hr))
        hr = prop_bag_list(&section->bag, ulFlags, lppPropTagArray);
    ReleaseSRWLockExclusive(&section->bag_lock);
    if (SUCCEEDED(hr))
    {
        SPropTagArray *tags = *lppPropTagArray;

        for (i = 0; i < tags->cValues; ++i)
            if (!tag_is_secure(tags->aulPropTag[i])) /* SVC-22 */
                tags->aulPropTag[kept++] = tags->aulPropTag[i];
        tags->cValues = kept;
    }
    return section_leave(section, &call, hr);
}

/* Values here are small enough for GetProps and SetProps; there is no other way to them. */
static HRESULT STDMETHODCALLTYPE section_OpenProperty(IProfSect *iface, ULONG ulPropTag, const IID *lpiid,
                                                      ULONG ulInterfaceOptions, ULONG ulFlags, IUnknown **lppUnk)
{
    struct profile_section *section = impl_from_IProfSect(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, tag %#lx, iid %s, options %#lx, flags %#lx, out %p", iface, ulPropTag, debugstr_guid(lpiid),
          ulInterfaceOptions, ulFlags, lppUnk);

    if (lppUnk)
        *lppUnk = NULL;
    hr = section_enter(section, &call);
    if (FAILED(hr))
        return hr;
    if (!lppUnk || !lpiid || PROP_TYPE(ulPropTag) == PT_UNSPECIFIED)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~(MAPI_CREATE | MAPI_MODIFY | MAPI_DEFERRED_ERRORS))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if ((ulFlags & MAPI_MODIFY) && !section->write)
        hr = MAPI_E_NO_ACCESS;
    else
    {
        AcquireSRWLockExclusive(&section->bag_lock);
        hr = section_refresh(section);
        if (SUCCEEDED(hr) && !(ulFlags & MAPI_CREATE) && !prop_bag_find(&section->bag, ulPropTag))
            hr = MAPI_E_NOT_FOUND;
        ReleaseSRWLockExclusive(&section->bag_lock);
        if (SUCCEEDED(hr))
            hr = MAPI_E_NO_SUPPORT;
    }
    return section_leave(section, &call, hr);
}

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

static HRESULT check_values(ULONG count, const SPropValue *values)
{
    size_t size;
    ULONG i;

    if (!count || !values || !size_multiply(count, sizeof(*values), &size) || !memory_readable(values, size))
        return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < count; ++i)
    {
        ULONG tag = values[i].ulPropTag;

        if (PROP_TYPE(tag) == PT_ERROR || PROP_TYPE(tag) == PT_NULL)
            continue;
        if (PROP_TYPE(tag) == PT_OBJECT)
            return MAPI_E_INVALID_PARAMETER;
        if (!value_type_known(tag))
            continue; /* told as a problem */
        if (!prop_valid(&values[i]) || ((PROP_TYPE(tag) & MV_FLAG) && !values[i].Value.MVl.cValues))
            return MAPI_E_INVALID_PARAMETER;
    }
    return S_OK;
}

/* Why a value cannot be set at all; S_OK: it can; S_FALSE: it is to be left out without a word. */
static HRESULT judge_value(const struct profile_section *section, ULONG tag)
{
    if (PROP_TYPE(tag) == PT_ERROR || PROP_TYPE(tag) == PT_NULL || !PROP_ID(tag))
        return S_FALSE;
    if (PROP_ID(tag) >= 0x8000) /* SVC-23 */
        return MAPI_E_NO_SUPPORT;
    if (section_is_computed(&section->uid, tag))
        return MAPI_E_COMPUTED;
    return value_type_known(tag) ? S_OK : MAPI_E_INVALID_TYPE;
}

static void free_stored(struct stored_value *stored, ULONG count)
{
    ULONG i;

    for (i = 0; i < count; ++i)
    {
        if (stored[i].data)
            SecureZeroMemory(stored[i].data, stored[i].size);
        heap_free(stored[i].data);
    }
    heap_free(stored);
}

/* Everything that needs memory comes before the first write. */
static HRESULT encode_values(struct profile_section *section, ULONG count, const SPropValue *values,
                             struct stored_value *stored, SPropProblemArray *problems)
{
    HRESULT hr;
    ULONG i;

    for (i = 0; i < count; ++i)
    {
        ULONG tag = values[i].ulPropTag;

        hr = judge_value(section, tag);
        if (hr == S_OK)
        {
            hr = value_encode(&values[i], &stored[i]);
            if (SUCCEEDED(hr) && tag_is_secure(tag))
                hr = secret_protect(&stored[i]);
            /* No memory is the call's failure; too large is that value's, told with the code of the pages. */
            if (hr == MAPI_E_NOT_ENOUGH_MEMORY)
                return hr;
            if (hr == MAPI_E_TOO_BIG)
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
        if (FAILED(hr))
        {
            if (stored[i].data)
                SecureZeroMemory(stored[i].data, stored[i].size);
            heap_free(stored[i].data);
            stored[i].data = NULL;
            problems_add(problems, i, PROP_ID(tag) >= 0x8000 ? CHANGE_PROP_TYPE(tag, PT_ERROR) : tag, hr);
        }
    }
    return S_OK;
}

static HRESULT write_values(struct profile_section *section, ULONG count, const struct stored_value *stored)
{
    WCHAR name[TAG_NAME_SIZE];
    LONG error = ERROR_SUCCESS;
    HRESULT hr;
    ULONG i;
    HKEY key;

    hr = section_open_key(profile_name(section->profile), &section->uid, TRUE, FALSE, &key);
    if (FAILED(hr))
        return hr;
    for (i = 0; i < count && error == ERROR_SUCCESS; ++i)
    {
        const SPropValue *old;

        if (!stored[i].data)
            continue;
        value_name(stored[i].tag, name);
        error = registry_set(key, name, stored[i].type, stored[i].data, stored[i].size);
        /* The same id with another type: the new value is there before the old one goes. Strings are looked for
         * always, as both kinds of them are one in the bag. */
        old = prop_bag_find(&section->bag, stored[i].tag);
        if (error == ERROR_SUCCESS && (!section->generation || (old && (old->ulPropTag != stored[i].tag
            || PROP_TYPE(old->ulPropTag) == PT_UNICODE))))
            error = section_remove_id(key, stored[i].tag, stored[i].tag);
    }
    RegCloseKey(key);
    section->generation = 0;
    store_changed();
    return registry_result(error);
}

static HRESULT STDMETHODCALLTYPE section_SetProps(IProfSect *iface, ULONG cValues, SPropValue *lpPropArray,
                                                  SPropProblemArray **lppProblems)
{
    struct profile_section *section = impl_from_IProfSect(iface);
    SPropProblemArray *problems = NULL;
    struct stored_value *stored;
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, count %lu, values %p, problems %p", iface, cValues, lpPropArray, lppProblems);

    if (lppProblems)
        *lppProblems = NULL;
    hr = section_enter(section, &call);
    if (FAILED(hr))
        return hr;
    hr = check_values(cValues, lpPropArray);
    if (SUCCEEDED(hr) && !section->write)
        hr = MAPI_E_NO_ACCESS;
    if (FAILED(hr))
        return section_leave(section, &call, hr);
    stored = heap_alloc_zero(cValues * sizeof(*stored)); /* smaller than the array that was just seen to be readable */
    if (lppProblems)
        problems = problems_allocate(cValues);
    if (!stored || (lppProblems && !problems))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
        hr = encode_values(section, cValues, lpPropArray, stored, problems);
    if (SUCCEEDED(hr))
    {
        AcquireSRWLockExclusive(&section->bag_lock);
        hr = section_refresh(section);
        if (SUCCEEDED(hr))
            hr = write_values(section, cValues, stored);
        ReleaseSRWLockExclusive(&section->bag_lock);
    }
    if (stored)
        free_stored(stored, cValues);
    if (SUCCEEDED(hr) && problems && problems->cProblem)
        *lppProblems = problems;
    else
        MAPIFreeBuffer(problems);
    return section_leave(section, &call, hr);
}

/* Removes the properties with these ids; bag_lock is not held. */
static HRESULT remove_tags(struct profile_section *section, const SPropTagArray *tags, SPropProblemArray *problems)
{
    LONG error = ERROR_SUCCESS;
    HRESULT hr;
    ULONG i;
    HKEY key;

    hr = section_open_key(profile_name(section->profile), &section->uid, TRUE, FALSE, &key);
    if (FAILED(hr))
        return hr;
    AcquireSRWLockExclusive(&section->bag_lock);
    for (i = 0; i < tags->cValues && error == ERROR_SUCCESS; ++i)
    {
        if (section_is_computed(&section->uid, tags->aulPropTag[i]))
            problems_add(problems, i, tags->aulPropTag[i], MAPI_E_COMPUTED);
        else if (PROP_ID(tags->aulPropTag[i]) && PROP_ID(tags->aulPropTag[i]) < 0x8000)
            error = section_remove_id(key, tags->aulPropTag[i], 0);
    }
    section->generation = 0;
    ReleaseSRWLockExclusive(&section->bag_lock);
    RegCloseKey(key);
    store_changed();
    return registry_result(error);
}

static HRESULT STDMETHODCALLTYPE section_DeleteProps(IProfSect *iface, SPropTagArray *lpPropTagArray,
                                                     SPropProblemArray **lppProblems)
{
    struct profile_section *section = impl_from_IProfSect(iface);
    SPropProblemArray *problems = NULL;
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, tags %p, problems %p", iface, lpPropTagArray, lppProblems);

    if (lppProblems)
        *lppProblems = NULL;
    hr = section_enter(section, &call);
    if (FAILED(hr))
        return hr;
    if (!lpPropTagArray || !prop_tags_valid(lpPropTagArray) || !lpPropTagArray->cValues)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!section->write)
        hr = MAPI_E_NO_ACCESS;
    else if (lppProblems && !(problems = problems_allocate(lpPropTagArray->cValues)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
        hr = remove_tags(section, lpPropTagArray, problems);
    if (SUCCEEDED(hr) && problems && problems->cProblem)
        *lppProblems = problems;
    else
        MAPIFreeBuffer(problems);
    return section_leave(section, &call, hr);
}

/* CopyTo and CopyProps, once their own parameters are known to be good. */
static HRESULT copy_values(struct profile_section *section, const struct copy_request *request,
                           SPropProblemArray **problems)
{
    IProfSect *iface = &section->IProfSect_iface;
    SPropTagArray *moved = NULL;
    HRESULT hr;

    if (request->flags & ~(MAPI_MOVE | MAPI_NOREPLACE | MAPI_DECLINE_OK | MAPI_DIALOG))
        return MAPI_E_UNKNOWN_FLAGS;
    if (request->target == iface || ((request->flags & MAPI_MOVE) && !section->write))
        return MAPI_E_NO_ACCESS;
    hr = section_copy(iface, request, problems, &moved);
    if (hr == S_OK && moved && moved->cValues)
        hr = remove_tags(section, moved, NULL);
    MAPIFreeBuffer(moved);
    return hr;
}

static BOOL excludes_everything(ULONG count, const IID *iids)
{
    ULONG i;

    for (i = 0; i < count; ++i)
        if (IsEqualIID(&iids[i], &IID_IProfSect) || IsEqualIID(&iids[i], &IID_IMAPIProp)
            || IsEqualIID(&iids[i], &IID_IUnknown))
            return TRUE;
    return FALSE;
}

static HRESULT STDMETHODCALLTYPE section_CopyTo(IProfSect *iface, ULONG ciidExclude, const IID *rgiidExclude,
                                                SPropTagArray *lpExcludeProps, ULONG_PTR ulUIParam,
                                                IMAPIProgress *lpProgress, const IID *lpInterface, void *lpDestObj,
                                                ULONG ulFlags, SPropProblemArray **lppProblems)
{
    struct copy_request request = {NULL, lpExcludeProps, lpInterface, lpDestObj, ulFlags};
    struct profile_section *section = impl_from_IProfSect(iface);
    struct gate_call call;
    size_t size;
    HRESULT hr;

    TRACE("iface %p, %lu interfaces, exclude %p, window %p, progress %p, interface %s, target %p, flags %#lx, "
          "problems %p", iface, ciidExclude, lpExcludeProps, (void *)ulUIParam, lpProgress, debugstr_guid(lpInterface),
          lpDestObj, ulFlags, lppProblems);

    if (lppProblems)
        *lppProblems = NULL;
    hr = section_enter(section, &call);
    if (FAILED(hr))
        return hr;
    if (!lpInterface || !lpDestObj
        || (lpExcludeProps && (!prop_tags_valid(lpExcludeProps) || !lpExcludeProps->cValues))
        || (ciidExclude && (!size_multiply(ciidExclude, sizeof(*rgiidExclude), &size)
                            || !memory_readable(rgiidExclude, size))))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (excludes_everything(ciidExclude, rgiidExclude))
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    else
        hr = copy_values(section, &request, lppProblems);
    return section_leave(section, &call, hr);
}

static HRESULT STDMETHODCALLTYPE section_CopyProps(IProfSect *iface, SPropTagArray *lpIncludeProps,
                                                   ULONG_PTR ulUIParam, IMAPIProgress *lpProgress,
                                                   const IID *lpInterface, void *lpDestObj, ULONG ulFlags,
                                                   SPropProblemArray **lppProblems)
{
    struct copy_request request = {lpIncludeProps, NULL, lpInterface, lpDestObj, ulFlags};
    struct profile_section *section = impl_from_IProfSect(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, include %p, window %p, progress %p, interface %s, target %p, flags %#lx, problems %p", iface,
          lpIncludeProps, (void *)ulUIParam, lpProgress, debugstr_guid(lpInterface), lpDestObj, ulFlags, lppProblems);

    if (lppProblems)
        *lppProblems = NULL;
    hr = section_enter(section, &call);
    if (FAILED(hr))
        return hr;
    if (!lpIncludeProps || !prop_tags_valid(lpIncludeProps) || !lpIncludeProps->cValues || !lpInterface || !lpDestObj)
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = copy_values(section, &request, lppProblems);
    return section_leave(section, &call, hr);
}

/* SVC-21 */
static HRESULT STDMETHODCALLTYPE section_GetNamesFromIDs(IProfSect *iface, SPropTagArray **lppPropTags,
                                                         GUID *lpPropSetGuid, ULONG ulFlags, ULONG *lpcPropNames,
                                                         MAPINAMEID ***lpppPropNames)
{
    struct profile_section *section = impl_from_IProfSect(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, tags %p, set %s, flags %#lx, count %p, names %p", iface, lppPropTags,
          debugstr_guid(lpPropSetGuid), ulFlags, lpcPropNames, lpppPropNames);

    if (lpcPropNames)
        *lpcPropNames = 0;
    if (lpppPropNames)
        *lpppPropNames = NULL;
    hr = section_enter(section, &call);
    if (FAILED(hr))
        return hr;
    return section_leave(section, &call, MAPI_E_NO_SUPPORT);
}

/* SVC-21 */
static HRESULT STDMETHODCALLTYPE section_GetIDsFromNames(IProfSect *iface, ULONG cPropNames, MAPINAMEID **lppPropNames,
                                                         ULONG ulFlags, SPropTagArray **lppPropTags)
{
    struct profile_section *section = impl_from_IProfSect(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, count %lu, names %p, flags %#lx, tags %p", iface, cPropNames, lppPropNames, ulFlags, lppPropTags);

    if (lppPropTags)
        *lppPropTags = NULL;
    hr = section_enter(section, &call);
    if (FAILED(hr))
        return hr;
    return section_leave(section, &call, MAPI_E_NO_SUPPORT);
}

static const IProfSectVtbl section_vtbl = {
        section_QueryInterface,
        section_AddRef,
        section_Release,
        section_GetLastError,
        section_SaveChanges,
        section_GetProps,
        section_GetPropList,
        section_OpenProperty,
        section_SetProps,
        section_DeleteProps,
        section_CopyTo,
        section_CopyProps,
        section_GetNamesFromIDs,
        section_GetIDsFromNames,
};

/* The session ends: others may have the section (LOGOFF-68). */
static void section_on_close(struct gate_child *child)
{
    section_unlock(CONTAINING_RECORD(child, struct profile_section, child));
}

static void section_child_release(struct gate_child *child)
{
    IProfSect_Release(&CONTAINING_RECORD(child, struct profile_section, child)->IProfSect_iface);
}

HRESULT profile_section_create(struct profile *profile, struct gate *gate, const MAPIUID *uid, BOOL write,
                               struct section_lock *lock, IProfSect **out)
{
    struct profile_section *section = heap_alloc_zero(sizeof(*section));

    *out = NULL;
    if (!section)
    {
        section_lock_give(lock, write);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    section->IProfSect_iface.lpVtbl = &section_vtbl;
    section->refcount = 1;
    section->profile = profile;
    profile_keep(profile);
    section->uid = *uid;
    section->write = write;
    section->lock = lock;
    InitializeSRWLock(&section->bag_lock);
    prop_bag_init(&section->bag);
    object_born(&section->mark, "profile section");
    section->gate = gate;
    if (gate)
    {
        gate_addref(gate);
        section->child.refcount = &section->refcount;
        section->child.on_close = section_on_close;
        section->child.release = section_child_release;
        if (!gate_attach(gate, &section->child))
        {
            IProfSect_Release(&section->IProfSect_iface);
            return MAPI_E_INVALID_OBJECT;
        }
    }
    *out = &section->IProfSect_iface;
    return S_OK;
}
