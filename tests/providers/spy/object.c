/*
 * What opens from a logon: status objects, entries. And the fast shutdown of provider objects.
 */
#define SPY_INSIDE
#include "spy.h"

#include <string.h>

static HRESULT WINAPI entry_QueryInterface(struct spy_object *object, REFIID riid, void **out)
{
    return spy_query(object, riid, out, &IID_IMAPIProp);
}

static HRESULT WINAPI status_QueryInterface(struct spy_object *object, REFIID riid, void **out)
{
    return spy_query(object, riid, out, IsEqualGUID(riid, &IID_IMAPIStatus) ? &IID_IMAPIStatus : &IID_IMAPIProp);
}

static HRESULT WINAPI status_ValidateState(struct spy_object *object, ULONG_PTR ulUIParam, ULONG ulFlags)
{
    (void)ulUIParam;
    return spy_call(object, "ValidateState", "%#lx", ulFlags);
}

/* Of a transport: the spooler is to flush it. */
static HRESULT WINAPI status_FlushQueues(struct spy_object *object, ULONG_PTR ulUIParam, ULONG size, ENTRYID *target,
                                         ULONG ulFlags)
{
    HRESULT hr = spy_call(object, "FlushQueues", "%lu, %#lx", size, ulFlags);
    SPropValue value = {.ulPropTag = PR_STATUS_CODE};
    IMAPISupport *support = object->logon->support;

    (void)ulUIParam;
    (void)target;
    value.Value.l = STATUS_AVAILABLE | (ulFlags & FLUSH_UPLOAD ? STATUS_OUTBOUND_FLUSH : 0)
                    | (ulFlags & FLUSH_DOWNLOAD ? STATUS_INBOUND_FLUSH : 0);
    if (support)
        support->lpVtbl->ModifyStatusRow(support, 1, &value, STATUSROW_UPDATE);
    return hr;
}

static const void *const entry_vtbl[] = {entry_QueryInterface,
                                         spy_addref,
                                         spy_release,
                                         NONE(4),
                                         NONE(2),
                                         NONE(5),
                                         NONE(3),
                                         NONE(6),
                                         NONE(4),
                                         NONE(3),
                                         NONE(10),
                                         NONE(8),
                                         NONE(6),
                                         NONE(5)};
static const void *const status_vtbl[] = {status_QueryInterface,
                                          spy_addref,
                                          spy_release,
                                          NONE(4),
                                          NONE(2),
                                          NONE(5),
                                          NONE(3),
                                          NONE(6),
                                          NONE(4),
                                          NONE(3),
                                          NONE(10),
                                          NONE(8),
                                          NONE(6),
                                          NONE(5),
                                          status_ValidateState,
                                          NONE(3),
                                          NONE(4),
                                          status_FlushQueues};

struct spy_object *spy_entry_create(struct spy_logon *logon, const char *kind)
{
    return spy_create(sizeof(struct spy_object), kind, entry_vtbl, logon->object.name);
}

struct spy_object *spy_status_create(struct spy_logon *logon)
{
    struct spy_object *status = spy_create(sizeof(*status), "Status", status_vtbl, logon->object.name);

    if (status)
        status->logon = logon;
    return status;
}

/* IMAPIProviderShutdown is part of a provider object. */
static struct spy_provider *provider_of(void *iface)
{
    return CONTAINING_RECORD(iface, struct spy_provider, shutdown_vtbl);
}

static HRESULT WINAPI shutdown_QueryInterface(void *iface, REFIID riid, void **out)
{
    return spy_query(&provider_of(iface)->object, riid, out, &IID_IUnknown);
}

static ULONG WINAPI shutdown_AddRef(void *iface)
{
    return spy_addref(&provider_of(iface)->object);
}

static ULONG WINAPI shutdown_Release(void *iface)
{
    return InterlockedDecrement(&provider_of(iface)->object.refcount); /* never the last */
}

static HRESULT WINAPI shutdown_Query(void *iface)
{
    return spy_call(&provider_of(iface)->object, "QueryFastShutdown", "%s", "");
}

static HRESULT WINAPI shutdown_Notify(void *iface)
{
    return spy_call(&provider_of(iface)->object, "NotifyProcessShutdown", "%s", "");
}

static HRESULT WINAPI shutdown_Do(void *iface)
{
    return spy_call(&provider_of(iface)->object, "DoFastShutdown", "%s", "");
}

const void *const spy_provider_shutdown_vtbl[] = {shutdown_QueryInterface, shutdown_AddRef, shutdown_Release,
                                                  shutdown_Query,          shutdown_Notify, shutdown_Do};

HRESULT WINAPI spy_provider_QueryInterface(struct spy_provider *provider, REFIID riid, void **out)
{
    if (provider->fast_shutdown && IsEqualGUID(riid, &IID_IMAPIProviderShutdown))
    {
        *out = &provider->shutdown_vtbl;
        spy_addref(&provider->object);
        return S_OK;
    }
    return spy_query(&provider->object, riid, out, provider->iid);
}

HRESULT WINAPI spy_provider_Shutdown(struct spy_provider *provider, ULONG *lpulFlags)
{
    return spy_call(&provider->object, "Shutdown", lpulFlags ? "&%lu" : "NULL", lpulFlags ? *lpulFlags : 0);
}

HRESULT spy_provider_create(const struct spy_kind *kind, const struct spy_init *init, void **out)
{
    struct spy_provider *provider;
    HRESULT hr;

    *out = NULL;
    spy_allocate = init->allocate;
    spy_more = init->more;
    spy_free = init->release;
    if (!spy_record(NULL, kind->name, "ProviderInit", init->flags))
        spy_note("%sProviderInit(%#lx, %#lx)", kind->name, init->flags, init->version);
    *init->provider_version = CURRENT_SPI_VERSION;
    if (FAILED(hr = spy_init_result(kind->name, init->provider_version)))
        return hr;
    if (!(provider = (struct spy_provider *)spy_create(sizeof(*provider), kind->name, kind->vtbl, L"")))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    provider->shutdown_vtbl = spy_provider_shutdown_vtbl;
    provider->iid = kind->iid;
    *out = provider;
    return S_OK;
}

struct spy_logon *spy_logon_create(struct spy_provider *provider, const char *kind, const void *const *vtbl,
                                   IMAPISupport *support, const struct spy_section *section)
{
    struct spy_logon *logon = (struct spy_logon *)spy_create(sizeof(*logon), kind, vtbl, section->name);

    if (!logon)
        return NULL;
    logon->object.provider = provider;
    logon->support = support;
    logon->uid = section->uid;
    logon->flags = section->flags;
    if (section->flags & SPY_FLAG_FAST_SHUTDOWN)
        provider->fast_shutdown = TRUE;
    if (!(logon->flags & SPY_FLAG_NOT_KEPT))
        support->lpVtbl->AddRef(support);
    return logon;
}

static IMAPISupport *leaked_support;

__declspec(dllexport) IMAPISupport *SpyLeakedSupport(void)
{
    return leaked_support;
}

SRWLOCK spy_links = SRWLOCK_INIT;

IMAPISupport *spy_logon_claim(struct spy_logon *logon)
{
    IMAPISupport *support = logon->support;

    logon->closed = TRUE;
    logon->support = NULL;
    return logon->flags & SPY_FLAG_NOT_KEPT ? NULL : support;
}

void spy_logon_give_up(struct spy_logon *logon, IMAPISupport *support)
{
    spy_mail_close(logon);
    if (!support)
        return;
    if (spy_leaks(&logon->object, "Support"))
        leaked_support = support;
    else
        spy_released(&logon->object, "Support.Release", support->lpVtbl->Release(support));
}

/* What a logon object does in its Logoff: the support object last. */
void spy_logon_close(struct spy_logon *logon)
{
    IMAPISupport *support;

    AcquireSRWLockExclusive(&spy_links);
    support = spy_logon_claim(logon);
    ReleaseSRWLockExclusive(&spy_links);
    spy_logon_give_up(logon, support);
}

HRESULT spy_logon_open_entry(struct spy_logon *logon, const char *kind, ULONG size, ENTRYID *entryid, ULONG flags,
                             ULONG *type, IUnknown **out)
{
    struct spy_object *entry;
    HRESULT hr;

    (void)entryid;
    *out = NULL;
    if (FAILED(hr = spy_call(&logon->object, "OpenEntry", "%lu, %#lx", size, flags)))
        return hr;
    if (!(entry = spy_entry_create(logon, kind)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    *type = strcmp(kind, "Folder") ? MAPI_ABCONT : MAPI_FOLDER;
    *out = (IUnknown *)entry;
    return S_OK;
}

HRESULT WINAPI spy_logon_compare(struct spy_logon *logon, ULONG size1, ENTRYID *entryid1, ULONG size2,
                                 ENTRYID *entryid2, ULONG flags, ULONG *result)
{
    *result = size1 == size2 && !memcmp(entryid1, entryid2, size1);
    return spy_call(&logon->object, "CompareEntryIDs", "%lu, %lu, %#lx", size1, size2, flags);
}

HRESULT spy_logon_advise(struct spy_logon *logon, ULONG size, ULONG mask, ULONG_PTR *connection)
{
    HRESULT hr = spy_call(&logon->object, "Advise", "%lu, %#lx", size, mask);

    if (SUCCEEDED(hr))
        *connection = ++logon->next_connection;
    return hr;
}

HRESULT spy_logon_open_status(struct spy_logon *logon, ULONG flags, ULONG *type, void **out)
{
    HRESULT hr;

    *out = NULL;
    if (FAILED(hr = spy_call(&logon->object, "OpenStatusEntry", "%#lx", flags)))
        return hr;
    *type = MAPI_STATUS;
    *out = spy_status_create(logon);
    return *out ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}
