/*
 * The mail client: what its files share. One window, one thread; everything belongs to struct mail_client.
 */
#ifndef POSTROOM_MAILCLIENT_MAILCLIENT_H
#define POSTROOM_MAILCLIENT_MAILCLIENT_H

#include "session.h"

#include <commctrl.h>

#include "resource.h"

#define APPLICATION_NAME L"Postroom Mail"

/* Posted by the window to itself: log on (wParam: enum logon_choice; the name is in the client), be gone. */
#define WM_APP_LOG_ON (WM_APP + 2)
#define WM_APP_QUIT (WM_APP + 3)

#define STATUS_PARTS 4
#define STATUS_OTHERS 3 /* the part that says who else is on */

struct script;

struct mail_client
{
    HINSTANCE instance;
    HWND window, tree, list, status;
    HWND notice, notice_button; /* the bar that says that everybody is asked to log off */
    HWND focus;                 /* the pane that has the focus when the window is active */
    HFONT font;
    HIMAGELIST images, row_height;
    UINT dpi;
    int split; /* tree's width in the thousandths of the window's */
    BOOL splitting;

    struct mail_session session;
    WCHAR *logon_profile; /* for LOGON_NAMED; belongs to the command line or the script */
    BOOL busy;            /* inside a logon or logoff, which may show windows */
    BOOL asked_to_leave;  /* another program logs this session off: the bar is shown */
    ULONG requests_done;  /* logons and logoffs that have returned, for scripts */
    SRowSet *stores;      /* what the tree shows */
    WCHAR status_text[STATUS_PARTS][256];

    struct script *script; /* NULL: a person uses the program */
};

/* window.c: the main window and what its menu does. */
BOOL window_create(struct mail_client *client, int show);
void window_log_on(struct mail_client *client, enum logon_choice choice);
BOOL window_log_off(struct mail_client *client, ULONG flags);
BOOL window_translate(struct mail_client *client, MSG *message);

/* layout.c: sizes, fonts, the splitter, the page that is shown while nobody is logged on. */
void layout_set_dpi(struct mail_client *client, UINT dpi);
void layout_arrange(struct mail_client *client);
void layout_paint(struct mail_client *client);
BOOL layout_over_splitter(const struct mail_client *client, int x);
void layout_move_splitter(struct mail_client *client, int x);
int layout_scale(const struct mail_client *client, int pixels);

/* view.c: the tree, the list and the status bar show the session. */
BOOL view_create(struct mail_client *client);
void view_refresh(struct mail_client *client);
void view_selected(struct mail_client *client);
void view_destroy(struct mail_client *client);
void view_others(struct mail_client *client);
void view_status(struct mail_client *client, int part, const WCHAR *text);

/* script.h has the rest. */
void script_tick(struct script *script);
void script_window_closed(struct script *script);
#define SCRIPT_TIMER 1
#define OTHERS_TIMER 2 /* who else is on is looked at from time to time: nobody tells of joining */

#endif
