/*
 * The mail client's MAPI session. See session.h.
 */
#include "session.h"

#include "common/mapi_names.h"

#include <stdio.h>
#include <wchar.h>

static HRESULT fail(struct mail_session *session, HRESULT hr, const WCHAR *what)
{
    MAPIERROR *error = NULL;

    session->last_error = hr;
    text_free(&session->error_text);
    text_printf(&session->error_text, L"%ls\n\n", what);
    /* The session knows best, as long as there is one. */
    if (session->session && SUCCEEDED(IMAPISession_GetLastError(session->session, hr, MAPI_UNICODE, &error)) && error)
    {
        const WCHAR *text = (const WCHAR *)error->lpszError;

        text_append(&session->error_text, text && *text ? text : mapi_error_sentence(hr));
        session->mapi.free_buffer(error);
    }
    else
    {
        text_append(&session->error_text, mapi_error_sentence(hr));
    }
    text_append(&session->error_text, L"\n(");
    mapi_error_code(hr, &session->error_text);
    text_append(&session->error_text, L")");
    return hr;
}

static HRESULT load(struct mail_session *session)
{
    const char *missing;
    DWORD error;
    HRESULT hr;

    if (!session->mapi.module && !mapi_library_load(&session->mapi, &error, &missing))
    {
        fail(session, MAPI_E_CALL_FAILED, L"There is no usable mapi32.dll on this system.");
        text_free(&session->error_text);
        if (missing)
        {
            text_printf(&session->error_text, L"The mapi32.dll on this system lacks %hs.", missing);
        }
        else
        {
            text_printf(&session->error_text, L"mapi32.dll cannot be loaded (Windows error %lu).", error);
        }
        text_append(&session->error_text, L"\n\nRun \"postroom doctor\" to see why.");
        return MAPI_E_CALL_FAILED;
    }
    hr = mapi_library_initialize(&session->mapi);
    return FAILED(hr) ? fail(session, hr, L"MAPI cannot be started.") : S_OK;
}

/* Takes what the session gives while it is in use. A session that refuses a sink is still worth having. */
static void attach(struct mail_session *session, HWND window)
{
    session->sink = event_sink_create(window);
    if (session->sink)
    {
        session->connection = 0;
        session->advised = SUCCEEDED(IMAPISession_Advise(session->session, 0, NULL, fnevCriticalError | fnevExtended,
                                                         session->sink, &session->connection));
    }
}

/* Gives everything back, in the order that MAPI wants before a Logoff. */
static void detach(struct mail_session *session)
{
    if (session->advised)
    {
        IMAPISession_Unadvise(session->session, session->connection);
        session->advised = FALSE;
    }
    if (session->sink)
    {
        IMAPIAdviseSink_Release(session->sink);
        session->sink = NULL;
    }
}

/* The profile's name is what the row of the MAPI subsystem is called. */
static void read_profile_name(struct mail_session *session)
{
    SRowSet *rows;
    ULONG i;

    text_free(&session->profile_name);
    if (FAILED(mail_session_status(session, &rows)))
    {
        return;
    }
    for (i = 0; i < rows->cRows && !session->profile_name.length; i++)
    {
        if (mapi_row_long(&rows->aRow[i], PR_RESOURCE_TYPE, 0) == MAPI_SUBSYSTEM)
        {
            text_append(&session->profile_name, mapi_row_string(&rows->aRow[i], PR_DISPLAY_NAME_W, L""));
        }
    }
    session->mapi.free_rows(rows);
}

HRESULT mail_session_logon(struct mail_session *session, HWND window, enum logon_choice choice, const WCHAR *profile)
{
    ULONG flags = MAPI_EXTENDED | MAPI_UNICODE | MAPI_ALLOW_OTHERS;
    HRESULT hr;

    if (session->session)
    {
        return S_OK;
    }
    session->last_error = S_OK;
    hr = load(session);
    if (FAILED(hr))
    {
        return hr;
    }
    flags |= choice == LOGON_NAMED ? 0 : MAPI_LOGON_UI;
    flags |= choice == LOGON_DEFAULT ? MAPI_USE_DEFAULT : 0;
    hr = session->mapi.logon((ULONG_PTR)window, choice == LOGON_NAMED ? (WCHAR *)profile : NULL, NULL, flags,
                             &session->session);
    if (FAILED(hr) || !session->session)
    {
        session->session = NULL;
        return fail(session, FAILED(hr) ? hr : MAPI_E_CALL_FAILED, L"You cannot be logged on.");
    }
    attach(session, window);
    read_profile_name(session);
    return S_OK;
}

HRESULT mail_session_logoff(struct mail_session *session, HWND window, ULONG flags)
{
    HRESULT hr;

    if (!session->session)
    {
        return S_OK;
    }
    session->last_error = S_OK;
    detach(session);
    hr = IMAPISession_Logoff(session->session, (ULONG_PTR)window, flags, 0);
    if (FAILED(hr) && hr != MAPI_E_INVALID_OBJECT)
    {
        /* Nothing has happened: cancelled, or the session cannot end now. */
        attach(session, window);
        return hr == MAPI_E_USER_CANCEL ? session->last_error = hr : fail(session, hr, L"You cannot be logged off.");
    }
    /* An invalid object was logged off already, from elsewhere. Either way only Release is left. */
    IMAPISession_Release(session->session);
    session->session = NULL;
    text_free(&session->profile_name);
    return S_OK;
}

ULONG mail_session_others(struct mail_session *session, WCHAR *names, size_t size)
{
    PostroomSharedMember *members = NULL;
    ULONG count = 0, others = 0, i;
    size_t used = 0, length;

    *names = 0;
    if (!session->session || !session->mapi.list_shared || FAILED(session->mapi.list_shared(&count, &members)))
    {
        return 0;
    }
    for (i = 0; i < count; i++)
    {
        if (members[i].ulFlags & POSTROOM_MEMBER_OWN)
        {
            continue;
        }
        others++;
        length = wcslen(members[i].szProgram);
        if (length && used + length + 3 < size)
        {
            used += (size_t)swprintf(names + used, size - used, L"%ls%ls", used ? L", " : L"", members[i].szProgram);
        }
    }
    session->mapi.free_buffer(members);
    return others;
}

static HRESULT read_table(struct mail_session *session, IMAPITable *table, const SPropTagArray *columns, SRowSet **rows)
{
    HRESULT hr = mapi_library_query_rows(&session->mapi, table, columns, rows);

    IMAPITable_Release(table);
    return FAILED(hr) ? fail(session, hr, L"A table cannot be read.") : S_OK;
}

HRESULT mail_session_stores(struct mail_session *session, SRowSet **rows)
{
    static const SizedSPropTagArray(6, columns) = {6,
                                                   {PR_DISPLAY_NAME_W, PR_DEFAULT_STORE, PR_PROVIDER_DISPLAY_W,
                                                    PR_RESOURCE_FLAGS, PR_RESOURCE_TYPE, PR_ENTRYID}};
    IMAPITable *table = NULL;
    HRESULT hr = IMAPISession_GetMsgStoresTable(session->session, MAPI_UNICODE, &table);

    *rows = NULL;
    if (FAILED(hr))
    {
        return fail(session, hr, L"The message stores cannot be listed.");
    }
    return read_table(session, table, (const SPropTagArray *)&columns, rows);
}

HRESULT mail_session_status(struct mail_session *session, SRowSet **rows)
{
    static const SizedSPropTagArray(5, columns) = {
            5, {PR_DISPLAY_NAME_W, PR_RESOURCE_TYPE, PR_STATUS_CODE, PR_PROVIDER_DLL_NAME_W, PR_RESOURCE_METHODS}};
    IMAPITable *table = NULL;
    HRESULT hr = IMAPISession_GetStatusTable(session->session, MAPI_UNICODE, &table);

    *rows = NULL;
    if (FAILED(hr))
    {
        return fail(session, hr, L"The status of the session cannot be listed.");
    }
    return read_table(session, table, (const SPropTagArray *)&columns, rows);
}

void mail_session_close(struct mail_session *session)
{
    mail_session_logoff(session, NULL, 0);
    if (session->session)
    {
        /* It could not be logged off; its last Release ends it all the same. */
        detach(session);
        IMAPISession_Release(session->session);
        session->session = NULL;
    }
    mapi_library_unload(&session->mapi);
    text_free(&session->profile_name);
    text_free(&session->error_text);
}
