/*
 * MAPILogonEx: the shared session or which profile, asked for if need be, and a session on it.
 *
 * What there is to join is looked at first (conformance.md 2.4), without any lock, and made sure of when the session
 * becomes a member; when another process was faster in between, everything begins anew.
 */
#include "session/session.h"
#include "base/turn.h"
#include "wizard/wizard.h"

#define LOGON_FLAGS                                                                                                    \
    (MAPI_LOGON_UI | MAPI_NEW_SESSION | MAPI_APP_PROFILE | MAPI_ALLOW_OTHERS | MAPI_EXPLICIT_PROFILE | MAPI_EXTENDED   \
     | MAPI_USE_DEFAULT | MAPI_FORCE_DOWNLOAD | MAPI_SERVICE_UI_ALWAYS | MAPI_NO_MAIL | MAPI_NT_SERVICE                \
     | MAPI_PASSWORD_UI | MAPI_TIMEOUT_SHORT | MAPI_BG_SESSION | MAPI_UNICODE)

#define SHORT_TIMEOUT 5000 /* milliseconds: "a few seconds" */
#define LOOKS_MAX 100      /* at what other processes have changed again */

/* All logons of the process are serialised (mapilogonex). Owner: this file. */
static struct turn logon_turn = {SRWLOCK_INIT, 0, 0, 0, NULL};

static HRESULT create_from_chooser(const WCHAR *name)
{
    return profile_create(name, FALSE);
}

/* The chooser over a list of profiles. */
static HRESULT choose_from(HWND parent, const struct profile_list *list, ULONG flags, WCHAR *name)
{
    struct wizard_services services = {0};
    struct profile_choice choice;
    struct asking asking;
    const WCHAR **names;
    HRESULT hr;
    ULONG i;

    memset(&choice, 0, sizeof(choice));
    choice.preselected = -1;
    if (!(names = heap_alloc(list->count * sizeof(*names))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < list->count; i++)
    {
        names[i] = list->profiles[i].name;
        if (list->profiles[i].is_default && !(flags & MAPI_EXPLICIT_PROFILE))
            choice.preselected = i;
    }
    choice.count = list->count;
    choice.names = names;
    choice.explicit_profile = !!(flags & MAPI_EXPLICIT_PROFILE);
    choice.create = create_from_chooser;
    /* Without a list of services there is still the name to choose. */
    if (SUCCEEDED(wizard_services(&services)))
        choice.services = &services.choice;

    asking_begin(&asking);
    /* Either the last MAPIUninitialize finds the dialog, or we see that it has been. */
    hr = init_check();
    if (SUCCEEDED(hr))
        hr = profile_chooser_run(parent, &choice, &asking.modal);
    asking_end(&asking);
    wizard_services_free(&services);
    heap_free(names);
    if (FAILED(hr))
        return hr;

    lstrcpynW(name, choice.chosen, PROFILE_NAME_MAX + 1);
    /* A default that cannot be kept is no reason not to log on. */
    if (choice.always && FAILED(hr = profile_set_default(name)))
        WARN("Cannot make %s the default profile, hr %#lx.\n", debugstr_w(name), hr);
    return S_OK;
}

/* LOGON-26: MAPI_E_USER_CANCEL also when there is nobody to ask. */
static HRESULT choose_profile(ULONG_PTR ulUIParam, ULONG flags, WCHAR *name)
{
    struct profile_list *list;
    HRESULT hr;

    if (!ui_can_ask())
        return MAPI_E_USER_CANCEL;
    if (FAILED(hr = profile_list(!!(flags & MAPI_APP_PROFILE), &list)))
        return hr;
    hr = choose_from((HWND)ulUIParam, list, flags, name);
    heap_free(list);
    /* The chooser was closed from outside: MAPI is gone. */
    return hr == MAPI_E_INVALID_OBJECT ? MAPI_E_NOT_INITIALIZED : hr;
}

/* The profile to log on to, put in use. name is the caller's, "" for none; the user is asked only when it takes one
 * and may be asked. */
static HRESULT find_profile(ULONG_PTR ulUIParam, WCHAR *name, ULONG flags, struct profile **profile)
{
    BOOL ask = (flags & MAPI_LOGON_UI) && !(flags & MAPI_NT_SERVICE) && !init_is_service();
    HRESULT hr = MAPI_E_NOT_FOUND;

    /* LOGON-04, 05, 08: MAPI_USE_DEFAULT beats MAPI_EXPLICIT_PROFILE; a name beats both. */
    if (!*name && (flags & MAPI_USE_DEFAULT) && FAILED(hr = profile_default(name)) && hr != MAPI_E_NOT_FOUND)
        return hr;
    if (*name)
        hr = profile_open(name, profile);
    while (hr == MAPI_E_NOT_FOUND && ask)
    {
        if (FAILED(hr = choose_profile(ulUIParam, flags, name)))
            return hr;
        hr = profile_open(name, profile); /* somebody may have deleted it while the chooser was open */
    }
    /* LOGON-02, 03, 06. MAPI_E_TIMEOUT is for another logon only (1.3). */
    return hr == MAPI_E_NOT_FOUND || hr == MAPI_E_TIMEOUT ? MAPI_E_LOGON_FAILED : hr;
}

/* One look at what there is to join, then a session. MAPI_E_NOT_FOUND: it was gone meanwhile, or something was there
 * first. name is kept, so the user is asked once. */
static HRESULT logon_once(ULONG_PTR ulUIParam, WCHAR *name, ULONG flags, IMAPISession **session)
{
    struct membership_offer offer = {0};
    struct profile *profile;
    BOOL joins, makes;
    HRESULT hr;

    /* SHARED-16: who wants a session of its own does not look. */
    if ((flags & (MAPI_NEW_SESSION | MAPI_ALLOW_OTHERS)) != MAPI_NEW_SESSION && FAILED(hr = membership_find(&offer)))
        return hr;
    joins = offer.session && !(flags & MAPI_NEW_SESSION);
    makes = !offer.session && (flags & MAPI_ALLOW_OTHERS);
    hr = joins ? profile_open_joined(offer.profile, &profile) : find_profile(ulUIParam, name, flags, &profile);
    if (SUCCEEDED(hr))
    {
        if (makes)
            lstrcpynW(offer.profile, profile_name(profile), ARRAY_SIZE(offer.profile));
        if (FAILED(hr = session_create(profile, flags, joins || makes ? &offer : NULL, session)))
            profile_release(profile);
    }
    membership_offer_end(&offer);
    return hr;
}

static HRESULT logon(ULONG_PTR ulUIParam, WCHAR *name, ULONG flags, IMAPISession **session)
{
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = turn_take(&logon_turn, flags & MAPI_TIMEOUT_SHORT ? SHORT_TIMEOUT : INFINITE)))
        return hr;
    hr = MAPI_E_NOT_FOUND;
    /* The wait may have been long. */
    for (i = 0; hr == MAPI_E_NOT_FOUND && i < LOOKS_MAX; i++)
        if (SUCCEEDED(hr = init_check()))
            hr = logon_once(ulUIParam, name, flags, session);
    turn_give(&logon_turn);
    if (hr == MAPI_E_TIMEOUT && !(flags & MAPI_TIMEOUT_SHORT))
        hr = MAPI_E_LOGON_FAILED;
    return hr == MAPI_E_NOT_FOUND ? MAPI_E_LOGON_FAILED : hr;
}

HRESULT session_logon_beside(struct session *session, IMAPISession **out)
{
    struct membership_offer offer = {0};
    struct profile *profile;
    HRESULT hr;

    if (FAILED(hr = profile_open_joined(session->profile_name, &profile)))
        return hr == MAPI_E_NOT_FOUND ? MAPI_E_LOGON_FAILED : hr;
    offer.session = session->membership.session;
    hr = MAPI_E_NOT_FOUND;
    if (offer.session)
        hr = session_create(profile, MAPI_EXTENDED, &offer, out);
    /* A session on its own, or one whose shared session was closed: nobody joins that any more (S-26). */
    if (hr == MAPI_E_NOT_FOUND)
        hr = session_create(profile, MAPI_EXTENDED, NULL, out);
    if (FAILED(hr))
        profile_release(profile);
    return hr;
}

/*
 * MAPILogonEx (mapilogonex; conformance.md 2.4).
 *
 * ulUIParam       parent window of a dialog, not looked at when none appears
 * lpszProfileName up to 64 characters, NULL or "": see MAPI_USE_DEFAULT and MAPI_LOGON_UI; wide with MAPI_UNICODE; not
 *                 looked at when there is a shared session to join
 * lpszPassword    NULL or ""
 * lppSession      the session, one reference; NULL on failure
 *
 * MAPI_E_NOT_INITIALIZED; MAPI_E_INVALID_PARAMETER: lppSession; MAPI_E_UNKNOWN_FLAGS; MAPI_E_LOGON_FAILED: no such
 * profile, none named, name too long, a password, no room on the shared session; MAPI_E_TIMEOUT: MAPI_TIMEOUT_SHORT and
 * another logon is going on; MAPI_E_USER_CANCEL; MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT WINAPI MAPILogonEx(ULONG_PTR ulUIParam, LPTSTR lpszProfileName, LPTSTR lpszPassword, FLAGS flFlags,
                           IMAPISession **lppSession)
{
    WCHAR name[PROFILE_NAME_MAX + 1], password[2];
    HRESULT hr;

    TRACE("window %#Ix, profile %s, flags %#lx, session %p\n", ulUIParam, debugstr_t(lpszProfileName, flFlags), flFlags,
          lppSession);

    if ((lppSession = OUT_POINTER(lppSession)))
        *lppSession = NULL;
    if (FAILED(hr = init_check()))
        return hr;
    if (!lppSession)
        return MAPI_E_INVALID_PARAMETER;
    if ((flFlags & ~(ULONG)LOGON_FLAGS)
        || (flFlags & (MAPI_LOGON_UI | MAPI_PASSWORD_UI)) == (MAPI_LOGON_UI | MAPI_PASSWORD_UI))
        return MAPI_E_UNKNOWN_FLAGS;
    /* LOGON-10, 16: the page gives one code for every bad string. */
    if (FAILED(text_from_caller(lpszProfileName, flFlags, name, ARRAY_SIZE(name)))
        || FAILED(text_from_caller(lpszPassword, flFlags, password, ARRAY_SIZE(password))) || *password)
        return MAPI_E_LOGON_FAILED;
    session_watch_uninitialize();
    return logon(ulUIParam, name, flFlags, lppSession);
}
