/*
 * The mail client's MAPI session: logging on and off in the documented order, tables, notifications.
 *
 * One thread, the window's. Between detach and attach the session holds nothing but the IMAPISession pointer, which is
 * how Logoff wants it (advise sinks, tables and stores released first).
 */
#ifndef POSTROOM_MAILCLIENT_SESSION_H
#define POSTROOM_MAILCLIENT_SESSION_H

#include "common/mapi_library.h"
#include "common/text.h"

/* Posted to the window by the session's advise sink. wParam: the event, lParam: its HRESULT (critical errors). */
#define WM_APP_SESSION_EVENT (WM_APP + 1)

struct mail_session
{
    struct mapi_library mapi;
    IMAPISession *session; /* NULL: not logged on */
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
    BOOL advised;
    struct text profile_name; /* as the status table tells it */

    HRESULT last_error;     /* of the last logon or logoff: S_OK, or what failed */
    struct text error_text; /* the same for people */
};

enum logon_choice
{
    LOGON_DEFAULT, /* the default profile if there is one, else ask */
    LOGON_ASK,     /* show the profile chooser */
    LOGON_NAMED,   /* the named profile */
};

/* Loads MAPI when that was not done yet, logs on and registers for the session's notifications with window. */
HRESULT mail_session_logon(struct mail_session *session, HWND window, enum logon_choice choice, const WCHAR *profile);

/* flags: MAPI_LOGOFF_UI, MAPI_LOGOFF_SHARED. MAPI_E_USER_CANCEL: still logged on, everything as it was. */
HRESULT mail_session_logoff(struct mail_session *session, HWND window, ULONG flags);

/* Rows of the two tables that the client shows; free with mapi.free_rows. */
HRESULT mail_session_stores(struct mail_session *session, SRowSet **rows);
HRESULT mail_session_status(struct mail_session *session, SRowSet **rows);

/* How many other programs are on the same shared session, and their names, as many as fit. 0 with another MAPI. */
ULONG mail_session_others(struct mail_session *session, WCHAR *names, size_t size);

/* Logs off without a question if that is still to be done, ends MAPI and unloads it. */
void mail_session_close(struct mail_session *session);

/* A sink that posts WM_APP_SESSION_EVENT to window. NULL: out of memory. */
IMAPIAdviseSink *event_sink_create(HWND window);

#endif
