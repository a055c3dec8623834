/*
 * The end of a session: IMAPISession::Logoff, and the shut-down that it shares with the last Release, the last
 * MAPIUninitialize and fast shutdown (conformance.md 1.5).
 */
#include "session/session.h"

/* The running program's file name: what is waited for when calls are inside or sinks are told. */
static void program_name(WCHAR *name, DWORD size)
{
    WCHAR path[MAX_PATH];
    DWORD length = GetModuleFileNameW(NULL, path, ARRAY_SIZE(path));
    const WCHAR *last;

    last = length && length < ARRAY_SIZE(path) ? wcsrchr(path, '\\') : NULL;
    lstrcpynW(name, last ? last + 1 : L"", size);
}

/* Closes the dialog that another call on this session has open. After gate_close nobody opens one. */
static void close_dialog(struct session *session)
{
    AcquireSRWLockExclusive(&session->lock);
    if (session->asking)
        modal_end(&session->asking->modal); /* posts, does not send */
    ReleaseSRWLockExclusive(&session->lock);
}

static void waiting_for_provider(void *context, const WCHAR *name)
{
    progress_waiting_for(context, name);
}

/* Conformance.md 1.6. They may keep the set's memory, and it the session's, through support objects that they leak. */
static void end_providers(struct session *session, struct progress *progress)
{
    const struct providers_progress steps = {progress ? waiting_for_provider : NULL, progress};
    struct provider_set *providers = session->providers;

    if (session->gate.silent)
        providers_abandon(providers);
    else
        providers_shut_down(providers, &steps);
    session->providers = NULL;
    session->spooler = NULL;
    providers_release(providers);
}

BOOL session_end(struct session *session, enum session_ending ending, BOOL show_progress)
{
    struct profile *profile = session->profile;
    struct progress progress;
    WCHAR program[MAX_PATH];

    TRACE("session %p, ending %d\n", session, ending);

    if (!gate_close(&session->gate))
        return FALSE;
    /* From here on nobody enters. What is inside on other threads is waited for. */
    gate_addref(&session->gate);
    session_is_ending(session);
    close_dialog(session);
    progress_begin(&progress, session->profile_name);
    if (show_progress)
    {
        program_name(program, ARRAY_SIZE(program));
        progress_waiting_for(&progress, program);
    }
    gate_drain(&session->gate);

    session->gate.silent = ending == SESSION_FAST_SHUTDOWN;
    session_unshare(session, ending);
    if (!session->gate.silent)
    {
        session_tell(session, fnevExtended, 1);
        advise_flush(&session->advise); /* LOGOFF-52, S-24 */
    }
    advise_list_close(&session->advise); /* LOGOFF-49 */
    gate_close_children(&session->gate); /* tables' sinks, section locks: LOGOFF-45, 68 */
    session_drop_tokens(session);        /* LOGOFF-71, S-43 */
    end_providers(session, show_progress ? &progress : NULL);

    /* The last use of the profile carries out what was put off: LOGOFF-63 to 66, S-40. */
    session->profile = NULL;
    profile_release(profile);
    progress_end(&progress);
    session_forget(session);
    gate_release(&session->gate);
    return TRUE;
}

/* Makes this call the one that asks. MAPI_E_BUSY: another one is; MAPI_E_INVALID_OBJECT: the session has ended. */
static HRESULT asking_claim(struct session *session, struct asking *asking)
{
    HRESULT hr = S_OK;

    AcquireSRWLockExclusive(&session->lock);
    if (!gate_is_open(&session->gate))
        hr = MAPI_E_INVALID_OBJECT;
    else if (session->asking)
        hr = MAPI_E_BUSY;
    else
        session->asking = asking;
    ReleaseSRWLockExclusive(&session->lock);
    return hr;
}

static void asking_release(struct session *session)
{
    AcquireSRWLockExclusive(&session->lock);
    session->asking = NULL;
    ReleaseSRWLockExclusive(&session->lock);
}

/*
 * Shows the dialog. The call steps out of the session meanwhile: another thread may end it, and does not wait for
 * whatever the program does in this dialog's message loop. Stepping in again fails then.
 */
static HRESULT logoff_ask(struct session *session, const struct logoff_question *question, HWND parent,
                          struct gate_call *call)
{
    struct asking asking;
    HRESULT hr;

    gate_leave(call);
    asking_begin(&asking);
    if (SUCCEEDED(hr = asking_claim(session, &asking)))
    {
        hr = logoff_dialog_run(parent, question, &asking.modal);
        asking_release(session);
    }
    asking_end(&asking);
    return FAILED(gate_enter(&session->gate, call)) ? MAPI_E_INVALID_OBJECT : hr;
}

/* The dialog, when it is wanted: S_OK means go on. */
static HRESULT logoff_confirm(struct session *session, ULONG_PTR ulUIParam, ULONG ulFlags, struct gate_call *call)
{
    struct logoff_question question;
    WCHAR programs[512];
    HRESULT hr;

    if (!(ulFlags & MAPI_LOGOFF_UI) || (session->logon_flags & MAPI_NT_SERVICE))
        return S_OK;

    memset(&question, 0, sizeof(question));
    question.profile_name = session->profile_name;
    question.unsent = spooler_waiting(session->spooler);
    question.others = membership_others(&session->membership, programs, ARRAY_SIZE(programs));
    question.other_names = programs;
    question.shared = !!(ulFlags & MAPI_LOGOFF_SHARED);
    if (!logoff_wants_confirmation(question.unsent || (question.shared && question.others)))
        return S_OK;
    hr = logoff_ask(session, &question, (HWND)ulUIParam, call);
    if (hr == MAPI_E_USER_CANCEL || hr == MAPI_E_INVALID_OBJECT || hr == MAPI_E_BUSY)
        return hr;
    /* The flag is a permission to ask. A dialog that cannot be made must not keep anyone logged on (1.3). */
    if (FAILED(hr))
        WARN("No dialog, hr %#lx; logging off without one.\n", hr);
    return S_OK;
}

/*
 * IMAPISession::Logoff (imapisession-logoff; conformance.md 1).
 *
 * ulUIParam   parent window for the dialog; not looked at without MAPI_LOGOFF_UI; 0 or a bad handle: no owner
 * ulFlags     MAPI_LOGOFF_SHARED: the other members of a shared session are told (no effect on one that is not
 *             shared); MAPI_LOGOFF_UI: the user may be asked
 * ulReserved  0
 *
 * S_OK: the session has ended; its pointer takes nothing but Release. MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_FLAGS:
 * nothing has happened. MAPI_E_USER_CANCEL: the user wants to stay. MAPI_E_BUSY: another call is asking the user.
 * MAPI_E_INVALID_OBJECT: the session has ended already, or while the user was asked. MAPI_E_NOT_INITIALIZED.
 */
HRESULT STDMETHODCALLTYPE session_Logoff(IMAPISession *iface, ULONG_PTR ulUIParam, ULONG ulFlags, ULONG ulReserved)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, window %#Ix, flags %#lx, reserved %#lx\n", iface, ulUIParam, ulFlags, ulReserved);

    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    gate_addref(&session->gate); /* the call steps out of the session while it asks */
    if (ulReserved)
        hr = MAPI_E_INVALID_PARAMETER; /* S-01, S-03 */
    else if (ulFlags & ~(ULONG)(MAPI_LOGOFF_SHARED | MAPI_LOGOFF_UI))
        hr = MAPI_E_UNKNOWN_FLAGS; /* S-02 */
    else if (SUCCEEDED(hr = logoff_confirm(session, ulUIParam, ulFlags, &call)))
    {
        BOOL show_progress = (ulFlags & MAPI_LOGOFF_UI) && !(session->logon_flags & MAPI_NT_SERVICE) && ui_can_ask();

        hr = session_end(session, ulFlags & MAPI_LOGOFF_SHARED ? SESSION_LOGS_OFF_SHARED : SESSION_LOGS_OFF,
                         show_progress)
                     ? S_OK
                     : MAPI_E_INVALID_OBJECT; /* S-11 */
    }
    hr = session_leave(session, &call, hr);
    gate_release(&session->gate);
    return hr;
}
