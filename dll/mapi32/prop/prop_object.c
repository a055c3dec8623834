/*
 * prop_object: IMAPIProp over a bag that does not change (see prop_object.h).
 */
#include "prop/prop_object.h"

void prop_object_init(struct prop_object *object, struct gate *gate)
{
    object->gate = gate;
    gate_addref(gate);
    object->last.code = S_OK;
    prop_bag_init(&object->bag);
}

void prop_object_destroy(struct prop_object *object)
{
    prop_bag_clear(&object->bag);
    gate_release(object->gate);
}

static HRESULT prop_object_leave(struct prop_object *object, struct gate_call *call, HRESULT hr)
{
    last_error_set(&object->last, hr);
    gate_leave(call);
    return hr;
}

HRESULT prop_object_GetLastError(struct prop_object *object, HRESULT hResult, ULONG ulFlags, MAPIERROR **error)
{
    struct gate_call call;
    HRESULT hr;

    TRACE("object %p, hResult %#lx, flags %#lx, error %p\n", object, hResult, ulFlags, error);

    if (error)
        *error = NULL;
    if (FAILED(hr = gate_enter(object->gate, &call)))
        return hr;
    hr = last_error_get(&object->last, hResult, ulFlags, error);
    gate_leave(&call);
    return hr;
}

HRESULT prop_object_SaveChanges(struct prop_object *object, ULONG ulFlags)
{
    struct gate_call call;
    HRESULT hr;

    TRACE("object %p, flags %#lx\n", object, ulFlags);

    if (FAILED(hr = gate_enter(object->gate, &call)))
        return hr;
    if (ulFlags & ~(KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = MAPI_E_NO_ACCESS;
    return prop_object_leave(object, &call, hr);
}

HRESULT prop_object_GetProps(struct prop_object *object, const SPropTagArray *tags, ULONG ulFlags, ULONG *count,
                             SPropValue **values)
{
    struct gate_call call;
    HRESULT hr;

    TRACE("object %p, tags %p, flags %#lx, count %p, values %p\n", object, tags, ulFlags, count, values);

    if (count)
        *count = 0;
    if (values)
        *values = NULL;
    if (FAILED(hr = gate_enter(object->gate, &call)))
        return hr;
    if (!count || !values || (tags && !prop_tags_valid(tags)))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~MAPI_UNICODE)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = prop_bag_get(&object->bag, tags, ulFlags, count, values);
    return prop_object_leave(object, &call, hr);
}

HRESULT prop_object_GetPropList(struct prop_object *object, ULONG ulFlags, SPropTagArray **tags)
{
    struct gate_call call;
    HRESULT hr;

    TRACE("object %p, flags %#lx, tags %p\n", object, ulFlags, tags);

    if (tags)
        *tags = NULL;
    if (FAILED(hr = gate_enter(object->gate, &call)))
        return hr;
    if (!tags)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~MAPI_UNICODE)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = prop_bag_list(&object->bag, ulFlags, tags);
    return prop_object_leave(object, &call, hr);
}

HRESULT prop_object_OpenProperty(struct prop_object *object, ULONG tag, IUnknown **unknown)
{
    struct gate_call call;
    HRESULT hr;

    TRACE("object %p, tag %#lx, unknown %p\n", object, tag, unknown);

    if (unknown)
        *unknown = NULL;
    if (FAILED(hr = gate_enter(object->gate, &call)))
        return hr;
    if (!unknown)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!prop_bag_find(&object->bag, tag))
        hr = MAPI_E_NOT_FOUND;
    else
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    return prop_object_leave(object, &call, hr);
}

HRESULT prop_object_SetProps(struct prop_object *object, ULONG count, const SPropValue *values,
                             SPropProblemArray **problems)
{
    struct gate_call call;
    HRESULT hr;

    TRACE("object %p, count %lu, values %p, problems %p\n", object, count, values, problems);

    if (problems)
        *problems = NULL;
    if (FAILED(hr = gate_enter(object->gate, &call)))
        return hr;
    return prop_object_leave(object, &call, count && values ? MAPI_E_NO_ACCESS : MAPI_E_INVALID_PARAMETER);
}

HRESULT prop_object_DeleteProps(struct prop_object *object, const SPropTagArray *tags, SPropProblemArray **problems)
{
    struct gate_call call;
    HRESULT hr;

    TRACE("object %p, tags %p, problems %p\n", object, tags, problems);

    if (problems)
        *problems = NULL;
    if (FAILED(hr = gate_enter(object->gate, &call)))
        return hr;
    return prop_object_leave(object, &call,
                             tags && prop_tags_valid(tags) ? MAPI_E_NO_ACCESS : MAPI_E_INVALID_PARAMETER);
}

/* Whether tags (which may be NULL: empty) has the property's id. */
static BOOL tags_have(const SPropTagArray *tags, ULONG tag)
{
    ULONG i;

    for (i = 0; tags && i < tags->cValues; i++)
    {
        if (PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag))
            return TRUE;
    }
    return FALSE;
}

HRESULT prop_object_copy(struct prop_object *object, const SPropTagArray *tags, BOOL include, const IID *iid,
                         void *target, ULONG ulFlags, SPropProblemArray **problems)
{
    SPropValue *values = NULL;
    struct gate_call call;
    ULONG count, i, kept;
    IMAPIProp *prop;
    HRESULT hr;

    TRACE("object %p, tags %p, include %d, iid %s, target %p, flags %#lx\n", object, tags, include, debugstr_guid(iid),
          target, ulFlags);

    if (problems)
        *problems = NULL;
    if (FAILED(hr = gate_enter(object->gate, &call)))
        return hr;
    if (!target || !iid || (include && !tags) || (tags && !prop_tags_valid(tags)))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~(MAPI_MOVE | MAPI_NOREPLACE | MAPI_DIALOG | MAPI_DECLINE_OK))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (ulFlags & MAPI_MOVE)
        hr = MAPI_E_NO_ACCESS;
    else if (ulFlags & MAPI_NOREPLACE)
        hr = MAPI_E_NO_SUPPORT;
    else if (FAILED(hr = IUnknown_QueryInterface((IUnknown *)target, &IID_IMAPIProp, (void **)&prop)))
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    else
    {
        if (SUCCEEDED(hr = prop_bag_get(&object->bag, NULL, MAPI_UNICODE, &count, &values)))
        {
            for (i = kept = 0; i < count; i++)
            {
                if (tags_have(tags, values[i].ulPropTag) == include)
                    values[kept++] = values[i];
            }
            hr = kept ? IMAPIProp_SetProps(prop, kept, values, problems) : S_OK;
            MAPIFreeBuffer(values);
        }
        IMAPIProp_Release(prop);
    }
    return prop_object_leave(object, &call, hr);
}

HRESULT prop_object_named(struct prop_object *object)
{
    struct gate_call call;
    HRESULT hr;

    TRACE("object %p\n", object);

    if (FAILED(hr = gate_enter(object->gate, &call)))
        return hr;
    return prop_object_leave(object, &call, MAPI_E_NO_SUPPORT);
}
