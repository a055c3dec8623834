/*
 * The transport.
 */
#define SPY_INSIDE
#include "spy.h"

#include <string.h>

static HRESULT WINAPI logon_QueryInterface(struct spy_logon *logon, REFIID riid, void **out)
{
    return spy_query(&logon->object, riid, out, &IID_IXPLogon);
}

/* "SPY" and the provider's name. */
static HRESULT WINAPI logon_AddressTypes(struct spy_logon *logon, ULONG *lpulFlags, ULONG *count, LPTSTR **types,
                                         ULONG *uid_count, MAPIUID ***uids)
{
    static WCHAR *none[2];
    HRESULT hr = spy_call(&logon->object, "AddressTypes", "%s", "");

    *uid_count = 0;
    *uids = NULL;
    *count = 0;
    if (FAILED(hr))
        return hr;
    none[0] = (WCHAR *)L"SPY";
    none[1] = logon->object.name;
    *lpulFlags = MAPI_UNICODE;
    *count = *logon->object.name ? 2 : 1;
    *types = (LPTSTR *)none;
    return hr;
}

static HRESULT WINAPI logon_RegisterOptions(struct spy_logon *logon, ULONG *lpulFlags, ULONG *count,
                                            OPTIONDATA **options)
{
    *lpulFlags = 0;
    *count = 0;
    *options = NULL;
    return spy_call(&logon->object, "RegisterOptions", "%s", "");
}

static HRESULT WINAPI logon_ValidateState(struct spy_logon *logon, ULONG_PTR ulUIParam, ULONG ulFlags)
{
    (void)ulUIParam;
    return spy_call(&logon->object, "ValidateState", "%#lx", ulFlags);
}

static HRESULT WINAPI logon_TransportNotify(struct spy_logon *logon, ULONG *lpulFlags, void **data)
{
    (void)data;
    return spy_call(&logon->object, "TransportNotify", "%#lx", *lpulFlags);
}

static HRESULT WINAPI logon_Idle(struct spy_logon *logon, ULONG ulFlags)
{
    return spy_call(&logon->object, "Idle", "%lu", ulFlags);
}

static HRESULT WINAPI logon_TransportLogoff(struct spy_logon *logon, ULONG ulFlags)
{
    HRESULT hr = spy_call(&logon->object, "TransportLogoff", "%lu", ulFlags);

    spy_logon_close(logon);
    return hr;
}

static HRESULT WINAPI logon_Poll(struct spy_logon *logon, ULONG *incoming)
{
    *incoming = 0;
    return spy_call(&logon->object, "Poll", "%s", "");
}

static HRESULT WINAPI logon_OpenStatusEntry(struct spy_logon *logon, const IID *iid, ULONG ulFlags, ULONG *lpulObjType,
                                            void **lppEntry)
{
    (void)iid;
    return spy_logon_open_status(logon, ulFlags, lpulObjType, lppEntry);
}

static HRESULT WINAPI logon_FlushQueues(struct spy_logon *logon, ULONG_PTR ulUIParam, ULONG size, ENTRYID *transport,
                                        ULONG ulFlags)
{
    (void)ulUIParam;
    (void)transport;
    return spy_call(&logon->object, "FlushQueues", "%lu, %#lx", size, ulFlags);
}

static const void *const logon_vtbl[] = {logon_QueryInterface,
                                         spy_addref,
                                         spy_release,
                                         logon_AddressTypes,
                                         logon_RegisterOptions,
                                         logon_TransportNotify,
                                         logon_Idle,
                                         logon_TransportLogoff,
                                         NONE(5),
                                         NONE(3),
                                         logon_Poll,
                                         NONE(4),
                                         logon_OpenStatusEntry,
                                         logon_ValidateState,
                                         logon_FlushQueues};

static HRESULT WINAPI provider_TransportLogon(struct spy_provider *provider, IMAPISupport *support, ULONG_PTR ulUIParam,
                                              LPTSTR profile, ULONG *lpulFlags, MAPIERROR **error,
                                              struct spy_logon **out)
{
    static const MAPIUID none = {{0}};
    struct spy_section section;
    HRESULT hr;

    (void)ulUIParam;
    (void)profile;
    (void)error;
    *out = NULL;
    spy_read_section(support, &none, &section);
    lstrcpynW(provider->object.name, section.name, ARRAYSIZE(section.name));
    hr = spy_call(&provider->object, "TransportLogon", "%#lx", *lpulFlags);
    provider->object.name[0] = 0;
    if (FAILED(hr))
        return hr;
    if (!(*out = spy_logon_create(provider, "XPLogon", logon_vtbl, support, &section)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    *lpulFlags =
            (section.flags & SPY_FLAG_IDLE ? LOGON_SP_IDLE : 0) | (section.flags & SPY_FLAG_POLL ? LOGON_SP_POLL : 0);
    spy_announce(*out, MAPI_TRANSPORT_PROVIDER);
    return hr;
}

static const void *const provider_vtbl[] = {spy_provider_QueryInterface, spy_addref, spy_release, spy_provider_Shutdown,
                                            provider_TransportLogon};

__declspec(dllexport) HRESULT __cdecl XPProviderInit(HINSTANCE instance, IMalloc *allocator, LPALLOCATEBUFFER allocate,
                                                     LPALLOCATEMORE more, LPFREEBUFFER release, ULONG ulFlags,
                                                     ULONG ulMAPIVer, ULONG *lpulProviderVer, IXPProvider **out)
{
    static const struct spy_kind kind = {"XP", provider_vtbl, &IID_IXPProvider};
    struct spy_init init = {allocate, more, release, ulFlags, ulMAPIVer, lpulProviderVer};

    (void)instance;
    (void)allocator;
    return spy_provider_create(&kind, &init, (void **)out);
}
