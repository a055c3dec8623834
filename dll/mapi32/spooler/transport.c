/*
 * Transports: their logons in transport order, what addresses they take, what they are told (ixpprovider-transportlogon,
 * ixplogon-addresstypes, ixplogon-transportnotify).
 */
#include "spooler/internal.h"

#define COUNT_MAX 0x1000 /* of address types and MAPIUIDs, each: more is garbage */
#define TYPE_MAX 64      /* characters of an address type */

/* A log-off meanwhile waits for it. */
static void set_waiting_for(const struct transport *transport, const struct provider *provider)
{
    struct spooler *spooler = transport->logon->set->spooler;

    spooler->waiting_for = provider;
}

IXPLogon *transport_enter(struct transport *transport)
{
    if (transport->dead || !logon_use(transport->logon))
        return NULL;
    if (transport->logon->state != LOGON_OPEN)
    {
        logon_unuse(transport->logon);
        return NULL;
    }
    set_waiting_for(transport, transport->logon->provider);
    return (IXPLogon *)transport->logon->object;
}

void transport_leave(struct transport *transport)
{
    set_waiting_for(transport, NULL);
    logon_unuse(transport->logon);
}

void transport_notify(struct transport *transport, ULONG flags, void *data)
{
    IXPLogon *logon = transport_enter(transport);
    HRESULT hr;

    if (!logon)
        return;
    if (FAILED(hr = IXPLogon_TransportNotify(logon, &flags, &data)))
        WARN("transport %s: TransportNotify answers %#lx\n", debugstr_w(transport->logon->provider->dll), hr);
    transport_leave(transport);
}

/* Its strings one after the other in a heap block. */
static HRESULT copy_types(ULONG flags, ULONG count, LPTSTR *types, WCHAR **copy)
{
    WCHAR type[TYPE_MAX], *to;
    ULONG i;

    *copy = NULL;
    if (!count)
        return S_OK;
    if (count > COUNT_MAX || !memory_readable(types, count * sizeof(*types)))
        return MAPI_E_INVALID_PARAMETER;
    if (!(to = *copy = heap_alloc(count * sizeof(type))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count; i++)
    {
        if (FAILED(text_from_caller(types[i], flags, type, ARRAY_SIZE(type))))
            *type = 0; /* matches nothing */
        lstrcpyW(to, type);
        to += lstrlenW(type) + 1;
    }
    return S_OK;
}

static HRESULT copy_uids(ULONG count, MAPIUID **uids, MAPIUID **copy, ULONG *copied)
{
    ULONG i;

    *copy = NULL;
    *copied = 0;
    if (!count)
        return S_OK;
    if (count > COUNT_MAX || !memory_readable(uids, count * sizeof(*uids)))
        return MAPI_E_INVALID_PARAMETER;
    if (!(*copy = heap_alloc(count * sizeof(**copy))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count; i++)
        if (memory_readable(uids[i], sizeof(**uids)))
            (*copy)[(*copied)++] = *uids[i];
    return S_OK;
}

/* What it does not answer leaves what is known (SPI-21). */
static void ask_address_types(struct spooler *spooler, struct transport *transport)
{
    ULONG flags = 0, type_count = 0, given = 0, uid_count = 0;
    MAPIUID **uids = NULL, *new_uids = NULL, *old_uids;
    WCHAR *new_types = NULL, *old_types;
    IXPLogon *logon = transport_enter(transport);
    LPTSTR *types = NULL;
    HRESULT hr;

    if (!logon)
        return;
    hr = IXPLogon_AddressTypes(logon, &flags, &type_count, &types, &given, &uids);
    if (!types)
        type_count = 0;
    if (!uids)
        given = 0;
    if (SUCCEEDED(hr) && SUCCEEDED(hr = copy_types(flags, type_count, types, &new_types)))
        hr = copy_uids(given, uids, &new_uids, &uid_count);
    if (SUCCEEDED(hr))
    {
        AcquireSRWLockExclusive(&spooler->lock);
        old_types = transport->types;
        old_uids = transport->uids;
        transport->types = new_types;
        transport->uids = new_uids;
        transport->type_count = type_count;
        transport->uid_count = uid_count;
        transport->any_type = !types;
        ReleaseSRWLockExclusive(&spooler->lock);
        new_types = old_types;
        new_uids = old_uids;
    }
    else
        WARN("transport %s: no address types, %#lx\n", debugstr_w(transport->logon->provider->dll), hr);
    heap_free(new_types);
    heap_free(new_uids);
    transport_leave(transport);
}

/* No page says what becomes of options; what MAPI would do with them is not supported (SESS-45). */
static void ask_options(struct transport *transport)
{
    IXPLogon *logon = transport_enter(transport);
    ULONG flags = 0, count = 0;
    OPTIONDATA *options = NULL;

    if (!logon)
        return;
    IXPLogon_RegisterOptions(logon, &flags, &count, &options);
    transport_leave(transport);
}

static HRESULT find_provider(struct spooler *spooler, const MAPIUID *section, struct provider **provider,
                             MAPIUID *service, BOOL *has_service)
{
    struct provider_set *set = spooler->set;
    WCHAR dll[DLL_NAME_MAX];
    HRESULT hr;

    if (FAILED(hr = provider_section_dll(set, section, dll, service, has_service))
        || (*has_service && FAILED(hr = service_check(set, service))))
        return hr;
    if (!spooler_take_turn(spooler))
        return MAPI_E_USER_CANCEL;
    hr = provider_find(set, PROVIDER_TRANSPORT, dll, provider);
    turn_give(&set->turn);
    return hr;
}

/* SPI-22 */
static HRESULT log_on(struct logon *logon, struct transport *transport)
{
    struct provider_set *set = logon->set;
    ULONG flags = LOGON_NO_INBOUND | LOGON_NO_OUTBOUND | MAPI_UNICODE, asked;
    BOOL retried = FALSE;
    IXPLogon *object = NULL;
    MAPIERROR *error = NULL;
    HRESULT hr;

    if (!(set->host.logon_flags & MAPI_LOGON_UI))
        flags |= LOGON_NO_DIALOG;
    for (asked = flags;; retried = TRUE)
    {
        flags = asked;
        hr = IXPProvider_TransportLogon((IXPProvider *)logon->provider->object, &logon->support->IMAPISupport_iface, 0,
                                        (LPTSTR)profile_name(set->host.profile), &flags, &error, &object);
        if (hr != MAPI_E_UNCONFIGURED || retried || !logon_configure(logon, 0, !(asked & LOGON_NO_DIALOG), &error))
            break;
    }
    hr = provider_answered(logon, hr, error);
    if (SUCCEEDED(hr) && !memory_is_interface(object, 15))
        hr = MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr))
    {
        transport->wants = flags & (LOGON_SP_IDLE | LOGON_SP_POLL | LOGON_SP_RESOLVE);
        logon_succeeded(logon, (IUnknown *)object);
    }
    else
        logon_failed(logon);
    return hr;
}

static void append(struct spooler *spooler, struct transport *transport)
{
    struct transport **link;

    AcquireSRWLockExclusive(&spooler->lock);
    for (link = &spooler->transports; *link; link = &(*link)->next)
        ;
    *link = transport;
    ReleaseSRWLockExclusive(&spooler->lock);
}

static HRESULT add_transport(struct spooler *spooler, const MAPIUID *section)
{
    struct transport *transport;
    struct provider *provider;
    struct logon *logon;
    BOOL has_service;
    MAPIUID service;
    HRESULT hr;

    if (FAILED(hr = find_provider(spooler, section, &provider, &service, &has_service)))
        return hr;
    if (!(transport = heap_alloc_zero(sizeof(*transport))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = logon_create(spooler->set, provider, section, &logon)))
    {
        heap_free(transport);
        return hr;
    }
    if ((logon->has_service = has_service))
        logon->service = service;
    transport->logon = logon;
    logon_addref(logon);
    spooler->waiting_for = provider;
    hr = log_on(logon, transport);
    spooler->waiting_for = NULL;
    if (FAILED(hr))
    {
        logon_release(logon);
        heap_free(transport);
        return hr;
    }
    append(spooler, transport);
    ask_address_types(spooler, transport);
    ask_options(transport);
    return S_OK;
}

/* In transport order: that of the profile's list. One that fails keeps no other from being logged on. */
void transports_log_on(struct spooler *spooler)
{
    MAPIUID *uids;
    ULONG count, i;
    HRESULT hr;

    if (FAILED(hr = provider_listed(spooler->set, PR_TRANSPORT_PROVIDERS, &uids, &count)))
    {
        ERR("no transports, %#lx\n", hr);
        return;
    }
    for (i = 0; i < count && !spooler->quietly; i++)
        if (FAILED(hr = add_transport(spooler, &uids[i])))
            WARN("transport %lu is not there, %#lx\n", i, hr);
    heap_free(uids);
}

/* The newest whose logon is open. */
static struct transport *newest(struct spooler *spooler)
{
    struct transport *transport, *found = NULL;

    for (transport = spooler->transports; transport; transport = transport->next)
        if (transport->logon->state == LOGON_OPEN)
            found = transport;
    return found;
}

/* LOGOFF-38, 40: each is told to stop, the newest first. */
static void stop_transports(struct spooler *spooler, struct transport *transport)
{
    if (!transport)
        return;
    stop_transports(spooler, transport->next);
    if (transport->flushing)
        transport_notify(transport, NOTIFY_END_INBOUND_FLUSH | NOTIFY_END_OUTBOUND_FLUSH, NULL);
    transport->flushing = FALSE;
    if (transport->begun)
        transport_notify(transport, NOTIFY_END_INBOUND | NOTIFY_END_OUTBOUND, NULL);
    transport->begun = FALSE;
}

/* imapisupport-spoolernotify: of one that has failed for good nothing is called but Release. */
static void release_dead(struct logon *logon)
{
    if (InterlockedCompareExchange(&logon->state, LOGON_CLOSED, LOGON_OPEN) != LOGON_OPEN)
        return;
    logon_forget_row(logon);
    logon_unuse(logon);
}

void transports_log_off(struct spooler *spooler)
{
    struct transport *transport;

    if (spooler->quietly)
        return;
    stop_transports(spooler, spooler->transports);
    outbound_abort_deferred(spooler);
    while ((transport = newest(spooler)))
    {
        spooler->waiting_for = transport->logon->provider;
        if (transport->dead)
            release_dead(transport->logon);
        else
            logon_close(transport->logon); /* LOGOFF-21, 24, 36 */
    }
    spooler->waiting_for = NULL;
}

void transports_enable(struct spooler *spooler, BOOL stores)
{
    struct transport *transport;

    for (transport = spooler->transports; transport && !spooler->stopping; transport = transport->next)
    {
        if (transport->begun == stores)
            continue;
        transport->begun = stores;
        transport_notify(
                transport,
                stores ? NOTIFY_BEGIN_INBOUND | NOTIFY_BEGIN_OUTBOUND : NOTIFY_END_INBOUND | NOTIFY_END_OUTBOUND, NULL);
    }
}

void transports_refresh(struct spooler *spooler, BOOL all)
{
    struct transport *transport;

    for (transport = spooler->transports; transport && !spooler->stopping; transport = transport->next)
        if (InterlockedExchange(&transport->changed, FALSE) || all)
            ask_address_types(spooler, transport);
}

void transports_idle(struct spooler *spooler)
{
    struct transport *transport;
    IXPLogon *logon;

    for (transport = spooler->transports; transport && !spooler->stopping; transport = transport->next)
    {
        if (!(transport->wants & LOGON_SP_IDLE) || transport->critical || !(logon = transport_enter(transport)))
            continue;
        IXPLogon_Idle(logon, 0);
        transport_leave(transport);
    }
}

BOOL transport_takes_uid(const struct transport *transport, const SBinary *entryid)
{
    const ENTRYID *id = (ENTRYID *)entryid->lpb;
    ULONG i;

    if (entryid->cb < FIELD_OFFSET(ENTRYID, ab) + sizeof(MAPIUID))
        return FALSE;
    for (i = 0; i < transport->uid_count; i++)
        if (!memcmp(&transport->uids[i], id->ab, sizeof(MAPIUID)))
            return TRUE;
    return FALSE;
}

BOOL transport_takes_type(const struct transport *transport, const WCHAR *type)
{
    const WCHAR *own = transport->types;
    ULONG i;

    for (i = 0; i < transport->type_count; i++, own += lstrlenW(own) + 1)
        if (*own && !wcscmp(own, type))
            return TRUE;
    return transport->any_type;
}

struct transport *transport_for(struct spooler *spooler, const SRow *row)
{
    const SPropValue *id = &row->lpProps[RECIPIENT_ENTRYID], *type = &row->lpProps[RECIPIENT_TYPE];
    const WCHAR *name = type->ulPropTag == PR_ADDRTYPE_W ? type->Value.lpszW : L"";
    struct transport *transport;

    for (transport = spooler->transports; transport; transport = transport->next)
        if (id->ulPropTag == PR_ENTRYID && transport_takes_uid(transport, &id->Value.bin))
            return transport;
    for (transport = spooler->transports; transport && !transport_takes_type(transport, name);
         transport = transport->next)
        ;
    return transport;
}

/* Whether one of the first count strings is the text. */
static BOOL has_text(const WCHAR *const *texts, ULONG count, const WCHAR *text)
{
    ULONG i;

    for (i = 0; i < count && wcscmp(texts[i], text); i++)
        ;
    return i < count;
}

/* Under the lock: the types of all that are logged on, each once, pointers into the transports. */
static ULONG list_types(struct spooler *spooler, const WCHAR **texts, ULONG room)
{
    const struct transport *transport;
    const WCHAR *type;
    ULONG count = 0, i;

    for (transport = spooler->transports; transport; transport = transport->next)
    {
        if (transport->dead || transport->logon->state != LOGON_OPEN)
            continue;
        type = transport->types;
        for (i = 0; i < transport->type_count && count < room; i++, type += lstrlenW(type) + 1)
            if (*type && !has_text(texts, count, type))
                texts[count++] = type;
    }
    return count;
}

/* SESS-46 */
HRESULT spooler_address_types(struct spooler *spooler, ULONG flags, ULONG *count, LPTSTR **types)
{
    const struct transport *transport;
    ULONG room = 0, found, i;
    const WCHAR **texts;
    HRESULT hr = S_OK;

    *count = 0;
    *types = NULL;
    AcquireSRWLockShared(&spooler->lock);
    for (transport = spooler->transports; transport; transport = transport->next)
        room += transport->type_count; /* of at most COUNT_MAX a transport */
    if (!(texts = heap_alloc((size_t)room * sizeof(*texts))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if ((found = list_types(spooler, texts, room))
             && SUCCEEDED(hr = MAPIAllocateBuffer(found * sizeof(**types), (void **)types)))
    {
        for (i = 0; i < found && SUCCEEDED(hr); i++)
        {
            (*types)[i] = flags & MAPI_UNICODE ? (LPTSTR)text_more_w(texts[i], *types)
                                               : (LPTSTR)text_more_a(texts[i], *types);
            if (!(*types)[i])
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
        *count = found;
    }
    ReleaseSRWLockShared(&spooler->lock);
    heap_free(texts);
    if (FAILED(hr))
    {
        MAPIFreeBuffer(*types);
        *types = NULL;
        *count = 0;
    }
    return hr;
}
