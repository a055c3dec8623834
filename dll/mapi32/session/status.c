/*
 * Status objects: what MAPI itself says in the status table (subsystem, spooler, address book), as rows and as
 * IMAPIStatus objects (status-tables, pidtagresourcemethods-canonical-property).
 */
#include "session/session.h"
#include "prop/prop_object.h"

struct status_object
{
    IMAPIStatus IMAPIStatus_iface;
    LONG refcount;
    struct object_mark mark;
    struct prop_object props;
    ULONG type, methods;     /* PR_RESOURCE_TYPE, PR_RESOURCE_METHODS */
    struct session *session; /* valid inside the gate, whose reference keeps it */
};

static const struct
{
    ULONG type, methods;
    const WCHAR *name; /* NULL: the profile's (SESS-33) */
} descriptions[STATUS_OBJECTS] = {
        {MAPI_SUBSYSTEM, STATUS_VALIDATE_STATE, NULL},
        {MAPI_SPOOLER, STATUS_VALIDATE_STATE | STATUS_FLUSH_QUEUES, L"MAPI Spooler"},
        {MAPI_AB, STATUS_VALIDATE_STATE, L"MAPI Address Book"},
};

static inline struct status_object *impl_from_IMAPIStatus(IMAPIStatus *iface)
{
    return CONTAINING_RECORD(iface, struct status_object, IMAPIStatus_iface);
}

static struct prop_object *status_props(IMAPIStatus *iface)
{
    return &impl_from_IMAPIStatus(iface)->props;
}

BOOL status_find(const ENTRYID *entryid, ULONG size, ULONG *index)
{
    return status_entryid_key(entryid, size, index) && *index < STATUS_OBJECTS;
}

/* The spooler of a session that it was not told of is out of order (LOGON-20). */
static LONG status_code(const struct session *session, ULONG type)
{
    return type == MAPI_SPOOLER && (session->logon_flags & MAPI_NO_MAIL) ? STATUS_FAILURE : STATUS_AVAILABLE;
}

HRESULT status_describe(struct session *session, ULONG index, struct prop_bag *bag)
{
    const WCHAR *name = descriptions[index].name ? descriptions[index].name : session->profile_name;
    struct status_entryid entryid;
    HRESULT hr;

    status_entryid_make(index, &entryid);
    if (FAILED(hr = prop_bag_set_text(bag, PR_DISPLAY_NAME, name))
        || FAILED(hr = prop_bag_set_long(bag, PR_STATUS_CODE, status_code(session, descriptions[index].type)))
        || FAILED(hr = prop_bag_set_long(bag, PR_RESOURCE_METHODS, descriptions[index].methods))
        || FAILED(hr = prop_bag_set_text(bag, PR_PROVIDER_DLL_NAME, L"mapi32.dll"))
        || FAILED(hr = prop_bag_set_text(bag, PR_PROVIDER_DISPLAY, L"Postroom"))
        || FAILED(hr = prop_bag_set_long(bag, PR_RESOURCE_FLAGS, STATUS_NO_PRIMARY_IDENTITY))
        || FAILED(hr = prop_bag_set_long(bag, PR_RESOURCE_TYPE, descriptions[index].type))
        || FAILED(hr = prop_bag_set_long(bag, PR_OBJECT_TYPE, MAPI_STATUS))
        || FAILED(hr = prop_bag_set_long(bag, PR_ROWID, index + 1))
        || FAILED(hr = prop_bag_set_binary(bag, PR_INSTANCE_KEY, &index, sizeof(index))))
        return hr;
    return prop_bag_set_binary(bag, PR_ENTRYID, &entryid, sizeof(entryid));
}

static HRESULT STDMETHODCALLTYPE status_QueryInterface(IMAPIStatus *iface, REFIID riid, void **out)
{
    struct status_object *status = impl_from_IMAPIStatus(iface);

    TRACE("iface %p, riid %s, out %p\n", iface, debugstr_guid(riid), out);

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!gate_is_open(status->props.gate))
        return MAPI_E_INVALID_OBJECT;
    if (!riid)
        return MAPI_E_INVALID_PARAMETER;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IMAPIProp) && !IsEqualGUID(riid, &IID_IMAPIStatus))
    {
        WARN("%s not implemented, returning E_NOINTERFACE.\n", debugstr_guid(riid));
        return E_NOINTERFACE;
    }
    IMAPIStatus_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE status_AddRef(IMAPIStatus *iface)
{
    ULONG refcount = InterlockedIncrement(&impl_from_IMAPIStatus(iface)->refcount);

    TRACE("iface %p, refcount %lu\n", iface, refcount);
    return refcount;
}

static ULONG STDMETHODCALLTYPE status_Release(IMAPIStatus *iface)
{
    struct status_object *status = impl_from_IMAPIStatus(iface);
    ULONG refcount = InterlockedDecrement(&status->refcount);

    TRACE("iface %p, refcount %lu\n", iface, refcount);

    if (!refcount)
    {
        prop_object_destroy(&status->props);
        object_died(&status->mark);
        heap_free(status);
    }
    return refcount;
}

PROP_OBJECT_METHODS(status, IMAPIStatus, status_props)

/* At the head of the four methods: what PR_RESOURCE_METHODS lacks is refused (SESS-35), then the flags are checked.
 * status_leave must follow S_OK. */
static HRESULT status_enter(struct status_object *status, ULONG method, ULONG flags, ULONG known,
                            struct gate_call *call)
{
    HRESULT hr = gate_enter(status->props.gate, call);

    if (FAILED(hr))
        return hr;
    if (!(status->methods & method))
        hr = MAPI_E_NO_SUPPORT;
    else if (flags & ~known)
        hr = MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr))
    {
        last_error_set(&status->props.last, hr);
        gate_leave(call);
    }
    return hr;
}

static HRESULT status_leave(struct status_object *status, struct gate_call *call, HRESULT hr)
{
    last_error_set(&status->props.last, hr);
    gate_leave(call);
    return hr;
}

/* A method that none of MAPI's objects has. */
static HRESULT status_refuse(IMAPIStatus *iface, ULONG method, ULONG flags, ULONG known)
{
    struct status_object *status = impl_from_IMAPIStatus(iface);
    struct gate_call call;
    HRESULT hr = status_enter(status, method, flags, known, &call);

    return FAILED(hr) ? hr : status_leave(status, &call, MAPI_E_NO_SUPPORT);
}

/* imapistatus-validatestate. The spooler's asks every transport, and with CONFIG_CHANGED for its address types again;
 * nothing else could be in another state than its row says. */
static HRESULT STDMETHODCALLTYPE status_ValidateState(IMAPIStatus *iface, ULONG_PTR ulUIParam, ULONG ulFlags)
{
    struct status_object *status = impl_from_IMAPIStatus(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, window %#Ix, flags %#lx\n", iface, ulUIParam, ulFlags);

    hr = status_enter(status, STATUS_VALIDATE_STATE, ulFlags,
                      SUPPRESS_UI | REFRESH_XP_HEADER_CACHE | PROCESS_XP_HEADER_CACHE | FORCE_XP_CONNECT
                              | FORCE_XP_DISCONNECT | CONFIG_CHANGED | ABORT_XP_HEADER_OPERATION,
                      &call);
    if (FAILED(hr))
        return hr;
    if (status->type == MAPI_SPOOLER && status->session->spooler)
        hr = spooler_validate(status->session->spooler, ulUIParam, ulFlags);
    return status_leave(status, &call, hr);
}

/* imapistatus-settingsdialog: no status object of MAPI's has one. */
static HRESULT STDMETHODCALLTYPE status_SettingsDialog(IMAPIStatus *iface, ULONG_PTR ulUIParam, ULONG ulFlags)
{
    TRACE("iface %p, window %#Ix, flags %#lx\n", iface, ulUIParam, ulFlags);

    return status_refuse(iface, STATUS_SETTINGS_DIALOG, ulFlags, UI_READONLY);
}

/* imapistatus-changepassword: no status object of MAPI's has one. The passwords are not looked at. */
static HRESULT STDMETHODCALLTYPE status_ChangePassword(IMAPIStatus *iface, LPTSTR lpOldPass, LPTSTR lpNewPass,
                                                       ULONG ulFlags)
{
    (void)lpOldPass;
    (void)lpNewPass;
    TRACE("iface %p, flags %#lx\n", iface, ulFlags);

    return status_refuse(iface, STATUS_CHANGE_PASSWORD, ulFlags, MAPI_UNICODE);
}

/* A transport's status row, by its identifier; 0: all of them. */
static HRESULT target_key(const ENTRYID *entryid, ULONG size, ULONG *key)
{
    *key = 0;
    if (!size)
        return S_OK;
    if (!entryid || !memory_readable(entryid, size))
        return MAPI_E_INVALID_PARAMETER;
    return status_entryid_key(entryid, size, key) && *key >= STATUS_KEY_FIRST ? S_OK : MAPI_E_NOT_FOUND;
}

/*
 * imapistatus-flushqueues: the spooler's has all transports, or the one whose row's identifier is given, send and receive
 * what waits. Without transports every queue is flushed. MAPI_E_BUSY: another such call is running.
 */
static HRESULT STDMETHODCALLTYPE status_FlushQueues(IMAPIStatus *iface, ULONG_PTR ulUIParam, ULONG cbTargetTransport,
                                                    ENTRYID *lpTargetTransport, ULONG ulFlags)
{
    struct status_object *status = impl_from_IMAPIStatus(iface);
    struct gate_call call;
    ULONG key;
    HRESULT hr;

    TRACE("iface %p, window %#Ix, size %lu, transport %p, flags %#lx\n", iface, ulUIParam, cbTargetTransport,
          lpTargetTransport, ulFlags);

    hr = status_enter(status, STATUS_FLUSH_QUEUES, ulFlags,
                      FLUSH_UPLOAD | FLUSH_DOWNLOAD | FLUSH_FORCE | FLUSH_NO_UI | FLUSH_ASYNC_OK, &call);
    if (FAILED(hr))
        return hr;
    if (SUCCEEDED(hr = target_key(lpTargetTransport, cbTargetTransport, &key)))
    {
        if (status->session->spooler)
            hr = spooler_flush(status->session->spooler, ulUIParam, key, ulFlags);
        else if (key)
            hr = MAPI_E_NOT_FOUND;
    }
    return status_leave(status, &call, hr);
}

static const IMAPIStatusVtbl status_vtbl = {
        status_QueryInterface, status_AddRef,         status_Release,        PROP_OBJECT_VTBL(status),
        status_ValidateState,  status_SettingsDialog, status_ChangePassword, status_FlushQueues,
};

HRESULT status_open(struct session *session, ULONG index, const IID *iid, IUnknown **out)
{
    struct status_object *status;
    HRESULT hr;

    *out = NULL;
    if (iid && !IsEqualGUID(iid, &IID_IMAPIStatus) && !IsEqualGUID(iid, &IID_IMAPIProp)
        && !IsEqualGUID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!(status = heap_alloc_zero(sizeof(*status))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    status->IMAPIStatus_iface.lpVtbl = &status_vtbl;
    status->refcount = 1;
    status->type = descriptions[index].type;
    status->methods = descriptions[index].methods;
    status->session = session;
    prop_object_init(&status->props, &session->gate);
    object_born(&status->mark, "status object");
    if (FAILED(hr = status_describe(session, index, &status->props.bag)))
    {
        IMAPIStatus_Release(&status->IMAPIStatus_iface);
        return hr;
    }
    *out = (IUnknown *)&status->IMAPIStatus_iface;
    return S_OK;
}
