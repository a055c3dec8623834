/*
 * The address book.
 */
#define SPY_INSIDE
#include "spy.h"

static const MAPIUID book_uid = {{0x0a, 0xb0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

static HRESULT WINAPI logon_QueryInterface(struct spy_logon *logon, REFIID riid, void **out)
{
    return spy_query(&logon->object, riid, out, &IID_IABLogon);
}

static HRESULT WINAPI logon_GetLastError(struct spy_logon *logon, HRESULT hResult, ULONG ulFlags, MAPIERROR **error)
{
    *error = NULL;
    return spy_call(&logon->object, "GetLastError", "%#lx, %#lx", hResult, ulFlags);
}

static HRESULT WINAPI logon_Logoff(struct spy_logon *logon, ULONG ulFlags)
{
    HRESULT hr = spy_call(&logon->object, "Logoff", "%lu", ulFlags);

    spy_logon_close(logon);
    return hr;
}

static HRESULT WINAPI logon_OpenEntry(struct spy_logon *logon, ULONG cbEntryID, ENTRYID *lpEntryID, const IID *iid,
                                      ULONG ulFlags, ULONG *lpulObjType, IUnknown **lppUnk)
{
    (void)iid;
    return spy_logon_open_entry(logon, "Container", cbEntryID, lpEntryID, ulFlags, lpulObjType, lppUnk);
}

static HRESULT WINAPI logon_Advise(struct spy_logon *logon, ULONG cbEntryID, ENTRYID *lpEntryID, ULONG ulEventMask,
                                   IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    (void)lpEntryID;
    (void)sink;
    return spy_logon_advise(logon, cbEntryID, ulEventMask, connection);
}

static HRESULT WINAPI logon_Unadvise(struct spy_logon *logon, ULONG_PTR connection)
{
    return spy_call(&logon->object, "Unadvise", "%lu", (ULONG)connection);
}

static HRESULT WINAPI logon_OpenStatusEntry(struct spy_logon *logon, const IID *iid, ULONG ulFlags, ULONG *lpulObjType,
                                            void **lppEntry)
{
    (void)iid;
    return spy_logon_open_status(logon, ulFlags, lpulObjType, lppEntry);
}

static const void *const logon_vtbl[] = {logon_QueryInterface,
                                         spy_addref,
                                         spy_release,
                                         logon_GetLastError,
                                         logon_Logoff,
                                         logon_OpenEntry,
                                         spy_logon_compare,
                                         logon_Advise,
                                         logon_Unadvise,
                                         logon_OpenStatusEntry,
                                         NONE(8),
                                         NONE(3),
                                         NONE(4)};

static HRESULT WINAPI provider_Logon(struct spy_provider *provider, IMAPISupport *support, ULONG_PTR ulUIParam,
                                     LPTSTR profile, ULONG ulFlags, ULONG *security_size, BYTE **security,
                                     MAPIERROR **error, struct spy_logon **out)
{
    struct spy_section section;
    HRESULT hr;

    (void)ulUIParam;
    (void)profile;
    (void)security_size;
    (void)security;
    (void)error;
    *out = NULL;
    spy_read_section(support, &book_uid, &section);
    lstrcpynW(provider->object.name, section.name, ARRAYSIZE(section.name));
    hr = spy_call(&provider->object, "Logon", "%#lx", ulFlags);
    provider->object.name[0] = 0;
    if (FAILED(hr))
        return hr;
    if (section.flags & SPY_FLAG_BAD_OBJECT)
        *out = (struct spy_logon *)16;
    if (section.flags & (SPY_FLAG_BAD_OBJECT | SPY_FLAG_NO_OBJECT))
        return S_OK;
    if (!(*out = spy_logon_create(provider, "ABLogon", logon_vtbl, support, &section)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    spy_announce(*out, MAPI_AB_PROVIDER);
    return hr;
}

static const void *const provider_vtbl[] = {spy_provider_QueryInterface, spy_addref, spy_release, spy_provider_Shutdown,
                                            provider_Logon};

__declspec(dllexport) HRESULT __cdecl ABProviderInit(HINSTANCE instance, IMalloc *allocator, LPALLOCATEBUFFER allocate,
                                                     LPALLOCATEMORE more, LPFREEBUFFER release, ULONG ulFlags,
                                                     ULONG ulMAPIVer, ULONG *lpulProviderVer, IABProvider **out)
{
    static const struct spy_kind kind = {"AB", provider_vtbl, &IID_IABProvider};
    struct spy_init init = {allocate, more, release, ulFlags, ulMAPIVer, lpulProviderVer};

    (void)instance;
    (void)allocator;
    return spy_provider_create(&kind, &init, (void **)out);
}
