/*
 * MAPILogon, MAPILogoff, ScMAPIXFromSMAPI.
 *
 * A Simple MAPI session of ours holds one MAPIInitialize and one session. ScMAPIXFromSMAPI gives the caller a session
 * object of its own on the same profile, so that each side has its own log-off, which leaves the other (S-42).
 */
#include "simple/simple.h"

#include "session/session.h"

#define SIMPLE_TEXT_MAX 256
#define LOGON_FLAGS                                                                                                    \
    (MAPI_LOGON_UI | MAPI_NEW_SESSION | MAPI_ALLOW_OTHERS | MAPI_EXPLICIT_PROFILE | MAPI_EXTENDED | MAPI_USE_DEFAULT   \
     | MAPI_FORCE_DOWNLOAD | MAPI_PASSWORD_UI)

/* Extended MAPI's failures of a logon in Simple MAPI's codes. */
static ULONG simple_code(HRESULT hr)
{
    switch (hr)
    {
    case S_OK:
        return SUCCESS_SUCCESS;
    case MAPI_E_USER_CANCEL:
    case MAPI_E_CANCEL:
        return MAPI_USER_ABORT;
    case MAPI_E_NOT_ENOUGH_MEMORY:
        return MAPI_E_INSUFFICIENT_MEMORY;
    case MAPI_E_SESSION_LIMIT:
        return MAPI_E_TOO_MANY_SESSIONS;
    case MAPI_E_NOT_FOUND:
    case MAPI_E_LOGON_FAILED:
    case MAPI_E_UNCONFIGURED:
    case MAPI_E_FAILONEPROVIDER:
        return MAPI_E_LOGIN_FAILURE;
    default:
        return SUCCEEDED(hr) ? SUCCESS_SUCCESS : MAPI_E_FAILURE;
    }
}

static BOOL any_profile(void)
{
    struct profile_list *list;
    BOOL any = FALSE;

    if (SUCCEEDED(profile_list(FALSE, &list)))
    {
        any = list->count > 0;
        heap_free(list);
    }
    return any;
}

/* Our part: MAPIInitialize and a session on the wanted profile (NULL: the default one, or the user's choice). */
static HRESULT logon_own(struct simple_session *simple, ULONG_PTR ui, const char *name, const char *password)
{
    /* The program knows nothing of notifications and need not run a message loop; its COM is its own. */
    MAPIINIT_0 init = {MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NO_COINIT};
    ULONG flags = MAPI_EXTENDED
                  | (simple->flags
                     & (MAPI_LOGON_UI | MAPI_NEW_SESSION | MAPI_ALLOW_OTHERS | MAPI_USE_DEFAULT | MAPI_FORCE_DOWNLOAD
                        | MAPI_PASSWORD_UI));
    HRESULT hr;

    if (FAILED(hr = MAPIInitialize(&init)))
        return hr;
    if (name)
        flags |= MAPI_EXPLICIT_PROFILE;
    else if ((flags & (MAPI_LOGON_UI | MAPI_NEW_SESSION)) == MAPI_NEW_SESSION)
        flags |= MAPI_USE_DEFAULT;
    /* Sessions of Simple MAPI's are shared ones, unless they are to be new; SMAPI-04: who names nothing only joins. */
    if (!(flags & MAPI_NEW_SESSION) && (flags & (MAPI_LOGON_UI | MAPI_USE_DEFAULT | MAPI_EXPLICIT_PROFILE)))
        flags |= MAPI_ALLOW_OTHERS;
    hr = MAPILogonEx(ui, (LPTSTR)name, (LPTSTR)password, flags, &simple->session);
    simple->initialized = SUCCEEDED(hr);
    if (FAILED(hr))
        MAPIUninitialize();
    return hr;
}

/* The other client's part, for users without a profile of ours. */
static ULONG logon_other(struct simple_session *simple, ULONG_PTR ui, char *name, char *password)
{
    struct forward forward;
    LHANDLE other;
    ULONG code;

    if (!forward_begin(&forward))
        return MAPI_E_LOGIN_FAILURE;
    code = simple_session_other(simple, &forward, ui, name, password, &other);
    if (code == MAPI_E_NOT_SUPPORTED)
        code = MAPI_E_LOGIN_FAILURE;
    forward_end(&forward);
    return code;
}

/*
 * MAPILogon: a session for the calls to come (sdk-api nc-mapi-mapilogon).
 * ui: the window for dialogs, or 0. name, password: ANSI, at most 256 characters, may be NULL. flags: MAPI_LOGON_UI,
 * MAPI_NEW_SESSION, MAPI_FORCE_DOWNLOAD, MAPI_PASSWORD_UI. The caller ends *session with MAPILogoff.
 * Without MAPI_NEW_SESSION the shared session is joined if there is one (SMAPI-04, SMAPI-05). Else a profile is chosen by
 * name, by the user, or is the default one (MAPI_NEW_SESSION). Without any of these, or on a system without a profile,
 * the mail client that the user had before is asked.
 * MAPI_E_FAILURE: no place for the handle, undefined flags; MAPI_E_LOGIN_FAILURE: no such profile; MAPI_USER_ABORT;
 * MAPI_E_INSUFFICIENT_MEMORY; MAPI_E_TOO_MANY_SESSIONS.
 */
ULONG WINAPI MAPILogon(ULONG_PTR ulUIParam, LPSTR lpszProfileName, LPSTR lpszPassword, FLAGS flFlags, ULONG ulReserved,
                       LPLHANDLE lplhSession)
{
    struct simple_session *simple;
    BOOL own;
    ULONG code;

    TRACE("%#Ix, %s, %p, %#lx, %lu, %p", (size_t)ulUIParam, debugstr_a(lpszProfileName), lpszPassword, flFlags,
          ulReserved, lplhSession);

    if (!memory_writable(lplhSession, sizeof(*lplhSession)))
        return MAPI_E_FAILURE;
    *lplhSession = 0;
    if ((flFlags & ~LOGON_FLAGS) || ulReserved)
        return MAPI_E_FAILURE;
    if (lpszProfileName && !*lpszProfileName)
        lpszProfileName = NULL;
    if (lpszPassword && !*lpszPassword)
        lpszPassword = NULL;
    if ((lpszProfileName && strnlen(lpszProfileName, SIMPLE_TEXT_MAX + 1) > SIMPLE_TEXT_MAX)
        || (lpszPassword && strnlen(lpszPassword, SIMPLE_TEXT_MAX + 1) > SIMPLE_TEXT_MAX))
        return MAPI_E_LOGIN_FAILURE;
    if (!(simple = simple_session_create(flFlags)))
        return MAPI_E_INSUFFICIENT_MEMORY;

    own = (lpszProfileName || (flFlags & (MAPI_LOGON_UI | MAPI_NEW_SESSION | MAPI_USE_DEFAULT))) && any_profile();
    code = MAPI_E_LOGIN_FAILURE;
    if (own || (!(flFlags & MAPI_NEW_SESSION) && membership_may_exist()))
        code = simple_code(logon_own(simple, ulUIParam, lpszProfileName, lpszPassword));
    if (code == MAPI_E_LOGIN_FAILURE && !own)
        code = logon_other(simple, ulUIParam, lpszProfileName, lpszPassword);
    if (code == SUCCESS_SUCCESS)
        code = handle_create(simple, lplhSession);
    simple_session_release(simple);
    return code;
}

/*
 * MAPILogoff: ends a session of MAPILogon's; calls that other threads have in it finish first.
 * MAPI_E_INVALID_SESSION (SMAPI-01, SMAPI-03): no such session, or logged off already; MAPI_E_FAILURE (SMAPI-02): flags
 * or reserved are not 0, the session stays.
 */
ULONG WINAPI MAPILogoff(LHANDLE lhSession, ULONG_PTR ulUIParam, FLAGS flFlags, ULONG ulReserved)
{
    struct simple_session *simple;

    TRACE("%#Ix, %#Ix, %#lx, %lu", (size_t)lhSession, (size_t)ulUIParam, flFlags, ulReserved);

    if (!(simple = handle_get(lhSession)))
        return MAPI_E_INVALID_SESSION;
    simple_session_release(simple);
    if (flFlags || ulReserved)
        return MAPI_E_FAILURE;
    /* Another thread may have been faster. */
    if (!(simple = handle_take(lhSession)))
        return MAPI_E_INVALID_SESSION;
    simple_session_release(simple);
    return SUCCESS_SUCCESS;
}

/* A session of the caller's own beside that of simple (S-42). */
static HRESULT session_for(const struct simple_session *simple, const IID *iid, IMAPISession **out)
{
    IMAPISession *session;
    HRESULT hr;

    hr = session_logon_beside(impl_from_IMAPISession(simple->session), &session);
    if (FAILED(hr))
        return hr;
    hr = IMAPISession_QueryInterface(session, iid ? iid : &IID_IMAPISession, (void **)out);
    if (FAILED(hr))
    {
        IMAPISession_Logoff(session, 0, 0, 0);
        *out = NULL;
        hr = E_NOINTERFACE;
    }
    IMAPISession_Release(session);
    return hr;
}

/*
 * ScMAPIXFromSMAPI: an Extended MAPI session for a Simple MAPI one (SMAPI-07, LOGOFF-72). The caller logs it off and
 * releases it; the handle stays what it is.
 * MAPI_E_INVALID_PARAMETER: no place for the session, no such handle; MAPI_E_UNKNOWN_FLAGS; E_NOINTERFACE;
 * MAPI_E_NO_SUPPORT: the handle is of the user's other mail client alone.
 */
SCODE WINAPI ScMAPIXFromSMAPI(LHANDLE lhSimpleSession, ULONG ulFlags, LPCIID lpInterface, LPMAPISESSION *lppMAPISession)
{
    struct simple_session *simple;
    HRESULT hr = MAPI_E_NO_SUPPORT;

    TRACE("%#Ix, %#lx, %s, %p", (size_t)lhSimpleSession, ulFlags, debugstr_guid(lpInterface), lppMAPISession);

    if (!memory_writable(lppMAPISession, sizeof(*lppMAPISession)))
        return MAPI_E_INVALID_PARAMETER;
    *lppMAPISession = NULL;
    if (ulFlags)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!(simple = handle_get(lhSimpleSession)))
        return MAPI_E_INVALID_PARAMETER;
    if (simple->session)
        hr = session_for(simple, lpInterface, lppMAPISession);
    simple_session_release(simple);
    return hr;
}
