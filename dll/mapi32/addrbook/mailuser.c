/*
 * IMailUser on a one-off entry identifier: a read-only property object with what the identifier says.
 */
#include "addrbook/addrbook.h"

struct mailuser
{
    IMailUser IMailUser_iface;
    LONG refcount;
    struct object_mark mark;
    struct prop_object props;
};

static inline struct mailuser *impl_from_IMailUser(IMailUser *iface)
{
    return CONTAINING_RECORD(iface, struct mailuser, IMailUser_iface);
}

static struct prop_object *mailuser_props(IMailUser *iface)
{
    return &impl_from_IMailUser(iface)->props;
}

static HRESULT STDMETHODCALLTYPE mailuser_QueryInterface(IMailUser *iface, REFIID riid, void **out)
{
    struct mailuser *user = impl_from_IMailUser(iface);

    TRACE("iface %p, riid %s, out %p\n", iface, debugstr_guid(riid), out);

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!gate_is_open(user->props.gate))
        return MAPI_E_INVALID_OBJECT;
    if (!riid)
        return MAPI_E_INVALID_PARAMETER;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IMAPIProp) && !IsEqualGUID(riid, &IID_IMailUser))
    {
        WARN("%s not implemented, returning E_NOINTERFACE.\n", debugstr_guid(riid));
        return E_NOINTERFACE;
    }
    IMailUser_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE mailuser_AddRef(IMailUser *iface)
{
    ULONG refcount = InterlockedIncrement(&impl_from_IMailUser(iface)->refcount);

    TRACE("iface %p, refcount %lu\n", iface, refcount);
    return refcount;
}

static ULONG STDMETHODCALLTYPE mailuser_Release(IMailUser *iface)
{
    struct mailuser *user = impl_from_IMailUser(iface);
    ULONG refcount = InterlockedDecrement(&user->refcount);

    TRACE("iface %p, refcount %lu\n", iface, refcount);

    if (!refcount)
    {
        prop_object_destroy(&user->props);
        object_died(&user->mark);
        heap_free(user);
    }
    return refcount;
}

PROP_OBJECT_METHODS(mailuser, IMailUser, mailuser_props)

static const IMailUserVtbl mailuser_vtbl = {
        mailuser_QueryInterface,
        mailuser_AddRef,
        mailuser_Release,
        PROP_OBJECT_VTBL(mailuser),
};

/* PR_SEARCH_KEY of a recipient: "TYPE:ADDRESS" in upper case, terminated, in the ANSI code page. */
static HRESULT set_search_key(struct prop_bag *bag, const struct oneoff *oneoff)
{
    size_t length = wcslen(oneoff->type) + 1 + wcslen(oneoff->address) + 1;
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    WCHAR *key = heap_alloc(length * sizeof(*key));
    char *bytes = NULL;
    int count;

    if (key)
    {
        wcscpy(key, oneoff->type);
        wcscat(key, L":");
        wcscat(key, oneoff->address);
        CharUpperW(key);
        count = WideCharToMultiByte(CP_ACP, 0, key, -1, NULL, 0, NULL, NULL);
        if ((bytes = heap_alloc(count)))
        {
            WideCharToMultiByte(CP_ACP, 0, key, -1, bytes, count, NULL, NULL);
            hr = prop_bag_set_binary(bag, PR_SEARCH_KEY, bytes, count);
        }
    }
    heap_free(bytes);
    heap_free(key);
    return hr;
}

static HRESULT mailuser_fill(struct prop_bag *bag, const ENTRYID *entryid, ULONG size, const struct oneoff *oneoff)
{
    HRESULT hr;

    if (FAILED(hr = prop_bag_set_long(bag, PR_OBJECT_TYPE, MAPI_MAILUSER))
        || FAILED(hr = prop_bag_set_long(bag, PR_DISPLAY_TYPE, DT_MAILUSER))
        || FAILED(hr = prop_bag_set_binary(bag, PR_ENTRYID, entryid, size))
        || FAILED(hr = prop_bag_set_binary(bag, PR_RECORD_KEY, entryid, size))
        || FAILED(hr = prop_bag_set_text(bag, PR_DISPLAY_NAME, oneoff->name))
        || FAILED(hr = prop_bag_set_text(bag, PR_ADDRTYPE, oneoff->type))
        || FAILED(hr = prop_bag_set_text(bag, PR_EMAIL_ADDRESS, oneoff->address))
        || FAILED(hr = prop_bag_set_bool(bag, PR_SEND_RICH_INFO, oneoff->rich_info)))
        return hr;
    return set_search_key(bag, oneoff);
}

HRESULT mailuser_open(struct gate *gate, const ENTRYID *entryid, ULONG size, const IID *iid, IUnknown **out)
{
    struct mailuser *user;
    struct oneoff oneoff;
    HRESULT hr;

    *out = NULL;
    if (iid && !IsEqualGUID(iid, &IID_IMailUser) && !IsEqualGUID(iid, &IID_IMAPIProp)
        && !IsEqualGUID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (FAILED(hr = oneoff_parse(entryid, size, &oneoff)))
        return hr;
    if ((user = heap_alloc_zero(sizeof(*user))))
    {
        user->IMailUser_iface.lpVtbl = &mailuser_vtbl;
        user->refcount = 1;
        prop_object_init(&user->props, gate);
        object_born(&user->mark, "one-off recipient");
        if (SUCCEEDED(hr = mailuser_fill(&user->props.bag, entryid, size, &oneoff)))
            *out = (IUnknown *)&user->IMailUser_iface;
        else
            IMailUser_Release(&user->IMailUser_iface);
    }
    else
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    oneoff_clear(&oneoff);
    return hr;
}
