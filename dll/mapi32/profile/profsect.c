/*
 * profsect: IProfSect, one opened section.
 *
 * Nothing is transacted: every change is in the registry when the method returns. What was read is kept until the
 * registry tells of a change. Of a session's section the session's gate is asked in each method, and the section's
 * lock goes with the session; the object keeps the profile's memory, never its use.
 * Locks: bag_lock guards the bag and its generation; nothing foreign is called under it.
 */
#include "profile/internal.h"

/* What we compute belongs to this section, not to a target of copies. */
static const SizedSPropTagArray(2, computed_tags) = {2, {PR_OBJECT_TYPE, PR_PROFILE_NAME}};

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
    if (!lpcValues || !lppPropArray
        || (lpPropTagArray && (!prop_tags_valid(lpPropTagArray) || !lpPropTagArray->cValues)))
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
    hr = section_check_values(cValues, lpPropArray);
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
        hr = section_encode_values(&section->uid, cValues, lpPropArray, stored, problems);
    if (SUCCEEDED(hr))
    {
        AcquireSRWLockExclusive(&section->bag_lock);
        hr = section_refresh(section);
        if (SUCCEEDED(hr))
            hr = section_write_values(profile_name(section->profile), &section->uid,
                                      section->generation ? &section->bag : NULL, cValues, stored);
        section->generation = 0;
        ReleaseSRWLockExclusive(&section->bag_lock);
    }
    if (stored)
        section_free_stored(stored, cValues);
    if (SUCCEEDED(hr) && problems && problems->cProblem)
        *lppProblems = problems;
    else
        MAPIFreeBuffer(problems);
    return section_leave(section, &call, hr);
}

/* Removes the properties with these ids; bag_lock is not held. */
static HRESULT remove_tags(struct profile_section *section, const SPropTagArray *tags, SPropProblemArray *problems)
{
    HRESULT hr;

    AcquireSRWLockExclusive(&section->bag_lock);
    hr = section_remove_values(profile_name(section->profile), &section->uid, tags, problems);
    section->generation = 0;
    ReleaseSRWLockExclusive(&section->bag_lock);
    return hr;
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
    hr = prop_transfer((IMAPIProp *)iface, request, problems, &moved);
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
    struct copy_request request = {NULL,      lpExcludeProps, lpInterface,
                                   lpDestObj, ulFlags,        (const SPropTagArray *)&computed_tags};
    struct profile_section *section = impl_from_IProfSect(iface);
    struct gate_call call;
    size_t size;
    HRESULT hr;

    TRACE("iface %p, %lu interfaces, exclude %p, window %p, progress %p, interface %s, target %p, flags %#lx, "
          "problems %p",
          iface, ciidExclude, lpExcludeProps, (void *)ulUIParam, lpProgress, debugstr_guid(lpInterface), lpDestObj,
          ulFlags, lppProblems);

    if (lppProblems)
        *lppProblems = NULL;
    hr = section_enter(section, &call);
    if (FAILED(hr))
        return hr;
    if (!lpInterface || !lpDestObj || (lpExcludeProps && (!prop_tags_valid(lpExcludeProps) || !lpExcludeProps->cValues))
        || (ciidExclude
            && (!size_multiply(ciidExclude, sizeof(*rgiidExclude), &size) || !memory_readable(rgiidExclude, size))))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (excludes_everything(ciidExclude, rgiidExclude))
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    else
        hr = copy_values(section, &request, lppProblems);
    return section_leave(section, &call, hr);
}

static HRESULT STDMETHODCALLTYPE section_CopyProps(IProfSect *iface, SPropTagArray *lpIncludeProps, ULONG_PTR ulUIParam,
                                                   IMAPIProgress *lpProgress, const IID *lpInterface, void *lpDestObj,
                                                   ULONG ulFlags, SPropProblemArray **lppProblems)
{
    struct copy_request request = {lpIncludeProps, NULL,    lpInterface,
                                   lpDestObj,      ulFlags, (const SPropTagArray *)&computed_tags};
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

    TRACE("iface %p, tags %p, set %s, flags %#lx, count %p, names %p", iface, lppPropTags, debugstr_guid(lpPropSetGuid),
          ulFlags, lpcPropNames, lpppPropNames);

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
        section_QueryInterface,  section_AddRef,          section_Release,     section_GetLastError,
        section_SaveChanges,     section_GetProps,        section_GetPropList, section_OpenProperty,
        section_SetProps,        section_DeleteProps,     section_CopyTo,      section_CopyProps,
        section_GetNamesFromIDs, section_GetIDsFromNames,
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
