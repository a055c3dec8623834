/*
 * Address books: all that the profile lists are logged on to when the first address book is opened.
 */
#include "provider/set.h"

static BOOL is_logged_on(struct provider_set *set, const MAPIUID *section)
{
    const struct logon *logon;

    AcquireSRWLockShared(&set->lock);
    for (logon = set->first; logon; logon = logon->next)
        if (logon->provider->kind == PROVIDER_BOOK && logon->state == LOGON_OPEN
            && !memcmp(&logon->section, section, sizeof(*section)))
            break;
    ReleaseSRWLockShared(&set->lock);
    return logon != NULL;
}

/* iabprovider-logon */
static HRESULT log_on(struct logon *logon, ULONG_PTR window, ULONG flags)
{
    struct provider_set *set = logon->set;
    ULONG security_size = 0;
    BYTE *security = NULL;
    IABLogon *object = NULL;
    MAPIERROR *error = NULL;
    BOOL retried = FALSE;
    HRESULT hr;

    for (;; retried = TRUE)
    {
        hr = IABProvider_Logon((IABProvider *)logon->provider->object, &logon->support->IMAPISupport_iface, window,
                               (LPTSTR)profile_name(set->host.profile), flags | MAPI_UNICODE, &security_size, &security,
                               &error, &object);
        MAPIFreeBuffer(security);
        security = NULL;
        if (hr != MAPI_E_UNCONFIGURED || retried || !logon_configure(logon, window, !(flags & AB_NO_DIALOG), &error))
            break;
    }
    hr = provider_answered(logon, hr, error);
    if (SUCCEEDED(hr) && !memory_is_interface(object, 13))
        hr = MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr))
        logon_succeeded(logon, (IUnknown *)object);
    else
        logon_failed(logon);
    return hr;
}

static HRESULT open_book(struct provider_set *set, const MAPIUID *section, ULONG_PTR window, ULONG flags)
{
    WCHAR dll[DLL_NAME_MAX];
    struct provider *provider;
    struct logon *logon;
    BOOL has_service;
    MAPIUID service;
    HRESULT hr;

    if (FAILED(hr = provider_section_dll(set, section, dll, &service, &has_service))
        || (has_service && FAILED(hr = service_check(set, &service)))
        || FAILED(hr = provider_find(set, PROVIDER_BOOK, dll, &provider))
        || FAILED(hr = logon_create(set, provider, section, &logon)))
        return hr;
    logon->has_service = has_service;
    if (has_service)
        logon->service = service;
    return log_on(logon, window, flags);
}

/* SESS-02, SESS-04 */
HRESULT providers_open_books(struct provider_set *set, ULONG_PTR window, ULONG flags)
{
    BOOL failed = FALSE;
    MAPIUID *uids;
    ULONG count, i;
    HRESULT hr;

    if (FAILED(hr = provider_listed(set, PR_AB_PROVIDERS, &uids, &count)))
        return hr;
    gate_addref(&set->gate); /* the session may be logged off from inside */
    if (count)
        turn_take(&set->turn, INFINITE);
    for (i = 0; i < count; i++)
        if (!is_logged_on(set, &uids[i]) && FAILED(hr = open_book(set, &uids[i], window, flags)))
        {
            failed = TRUE;
            provider_failed(set, hr);
        }
    if (count)
        turn_give(&set->turn);
    gate_release(&set->gate);
    heap_free(uids);
    return failed ? MAPI_W_ERRORS_RETURNED : S_OK;
}
