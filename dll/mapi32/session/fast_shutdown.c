/*
 * IMAPIClientShutdown: the end of a session without the providers' Logoff, for a process that is about to exit
 * (conformance.md 1.13). The policy decides, and the providers that are loaded.
 */
#include "session/session.h"

#define FAST_SHUTDOWN_KEY L"Software\\Policies\\Microsoft\\Office\\14.0\\Outlook\\Options\\Shutdown"
#define FAST_SHUTDOWN_VALUE L"FastShutdownBehavior"

enum fast_shutdown_behavior
{
    FAST_SHUTDOWN_UNLESS_VETO = 0,  /* the default: a provider that answers MAPI_E_NO_SUPPORT prevents it */
    FAST_SHUTDOWN_IF_ALL_AGREE = 1, /* so does a provider without the interface */
    FAST_SHUTDOWN_NEVER = 2
};

/* Values of another type or meaning count as absent. */
static DWORD fast_shutdown_behavior(void)
{
    DWORD behavior = FAST_SHUTDOWN_UNLESS_VETO, size = sizeof(behavior);

    if (RegGetValueW(HKEY_CURRENT_USER, FAST_SHUTDOWN_KEY, FAST_SHUTDOWN_VALUE, RRF_RT_REG_DWORD, NULL, &behavior,
                     &size)
        || behavior > FAST_SHUTDOWN_NEVER)
        behavior = FAST_SHUTDOWN_UNLESS_VETO;
    return behavior;
}

/* FAST-01 to 04, 06 */
static HRESULT fast_shutdown_ask(struct session *session, enum fast_phase phase)
{
    DWORD behavior = fast_shutdown_behavior();

    if (behavior == FAST_SHUTDOWN_NEVER)
        return MAPI_E_NO_SUPPORT;
    return providers_fast_shutdown(session->providers, phase, behavior == FAST_SHUTDOWN_IF_ALL_AGREE);
}

static HRESULT STDMETHODCALLTYPE client_shutdown_QueryInterface(IMAPIClientShutdown *iface, REFIID riid, void **out)
{
    return IMAPISession_QueryInterface(&impl_from_IMAPIClientShutdown(iface)->IMAPISession_iface, riid, out);
}

static ULONG STDMETHODCALLTYPE client_shutdown_AddRef(IMAPIClientShutdown *iface)
{
    return IMAPISession_AddRef(&impl_from_IMAPIClientShutdown(iface)->IMAPISession_iface);
}

static ULONG STDMETHODCALLTYPE client_shutdown_Release(IMAPIClientShutdown *iface)
{
    return IMAPISession_Release(&impl_from_IMAPIClientShutdown(iface)->IMAPISession_iface);
}

/* imapiclientshutdown-queryfastshutdown */
static HRESULT STDMETHODCALLTYPE client_shutdown_QueryFastShutdown(IMAPIClientShutdown *iface)
{
    struct session *session = impl_from_IMAPIClientShutdown(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p\n", iface);

    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    return session_leave(session, &call, fast_shutdown_ask(session, FAST_QUERY));
}

/* imapiclientshutdown-notifyprocessshutdown: also after a Query that said no. */
static HRESULT STDMETHODCALLTYPE client_shutdown_NotifyProcessShutdown(IMAPIClientShutdown *iface)
{
    struct session *session = impl_from_IMAPIClientShutdown(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p\n", iface);

    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    providers_fast_shutdown(session->providers, FAST_NOTIFY, FALSE);
    return session_leave(session, &call, S_OK);
}

/* imapiclientshutdown-dofastshutdown; afterwards the session is as after Logoff (S-49). That a provider refuses comes
 * too late: it was asked by Query. */
static HRESULT STDMETHODCALLTYPE client_shutdown_DoFastShutdown(IMAPIClientShutdown *iface)
{
    struct session *session = impl_from_IMAPIClientShutdown(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p\n", iface);

    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if (fast_shutdown_behavior() == FAST_SHUTDOWN_NEVER)
        return session_leave(session, &call, MAPI_E_NO_SUPPORT);
    providers_fast_shutdown(session->providers, FAST_DO, FALSE);
    hr = session_end(session, SESSION_FAST_SHUTDOWN, FALSE) ? S_OK : MAPI_E_INVALID_OBJECT;
    return session_leave(session, &call, hr);
}

const IMAPIClientShutdownVtbl client_shutdown_vtbl = {
        client_shutdown_QueryInterface,
        client_shutdown_AddRef,
        client_shutdown_Release,
        client_shutdown_QueryFastShutdown,
        client_shutdown_NotifyProcessShutdown,
        client_shutdown_DoFastShutdown,
};
