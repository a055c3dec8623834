/*
 * ui: the windows that MAPI shows: log-off dialog, profile chooser, progress of a log-off.
 *
 * Contract: shared/logoff-dialog.md's behaviour for every one of them (owner, focus, WM_QUIT, closing from outside).
 * No lock is held while a window is open. Owner windows may belong to other threads and processes: nothing is ever
 * sent to them without a timeout. Depends on base only; what it shows is handed in.
 */
#ifndef POSTROOM_UI_UI_H
#define POSTROOM_UI_UI_H

#include "base/base.h"

/*
 * A modal window that another thread may have to close. Zero-initialised by its owner (a session); usable again after
 * each run. window and ended are guarded by lock; nothing is sent under it, only posted.
 */
struct modal
{
    SRWLOCK lock;
    HWND window;
    BOOL ended;
};

/* From any thread: closes the window if it is open, now and as soon as it would open; the run returns
 * MAPI_E_INVALID_OBJECT. */
void modal_end(struct modal *modal);

struct logoff_question
{
    const WCHAR *profile_name;
    ULONG unsent;             /* messages in outgoing queues; 0: the line is not shown */
    ULONG others;             /* other members; 0: the line is not shown */
    const WCHAR *other_names; /* their executables, "a.exe, b.exe"; cleaned of control and direction characters here */
    BOOL shared;              /* MAPI_LOGOFF_SHARED: "They will be asked to log off too." */
};

/* Whether anybody could see a window of this process and answer it: no service, a visible window station. */
BOOL ui_can_ask(void);

/* Whether the user wants to be asked (ConfirmLogoff, policy before user), and whether this process can ask at all
 * (no service, a visible window station). */
BOOL logoff_wants_confirmation(BOOL something_pending);

/*
 * Asks. parent is the caller's ulUIParam: any window, none, or garbage.
 * S_OK: log off; MAPI_E_USER_CANCEL; MAPI_E_INVALID_OBJECT: modal_end came; MAPI_E_NOT_ENOUGH_MEMORY: the dialog
 * cannot be made.
 */
HRESULT logoff_dialog_run(HWND parent, const struct logoff_question *question, struct modal *modal);

/* What a new profile may get besides its name. */
struct service_choice
{
    ULONG count; /* 0: nothing to choose from, only a name is asked for */
    const WCHAR *const *names;
    BOOL *chosen; /* in: selected at first; out */
    /* Makes the profile, with windows above window. S_OK; MAPI_E_NO_ACCESS: exists; MAPI_E_INVALID_PARAMETER: bad name;
     * MAPI_E_USER_CANCEL: a service's own dialog was cancelled; all but S_OK leave the dialog open. */
    HRESULT (*create)(struct service_choice *services, HWND window, const WCHAR *name);
};

/* Asks for the name of a new profile and its services, and has it made. S_OK: name has it; results as below. */
HRESULT new_profile_run(HWND parent, struct service_choice *services, WCHAR name[65], struct modal *modal);

/* What the profile chooser gets and gives. */
struct profile_choice
{
    /* in: the list; the index of the default or -1 */
    ULONG count;
    const WCHAR *const *names;
    LONG preselected;
    BOOL explicit_profile; /* MAPI_EXPLICIT_PROFILE: nothing preselected */
    /* in: creates a profile ("New..."); S_OK, MAPI_E_NO_ACCESS: exists, MAPI_E_INVALID_PARAMETER: bad name */
    HRESULT (*create)(const WCHAR *name);
    struct service_choice *services; /* makes it in its stead; may be NULL */
    /* out */
    WCHAR chosen[65];
    BOOL always; /* "always use this profile" */
};

/* S_OK, MAPI_E_USER_CANCEL, MAPI_E_INVALID_OBJECT, MAPI_E_NOT_ENOUGH_MEMORY. modal may be NULL. */
HRESULT profile_chooser_run(HWND parent, struct profile_choice *choice, struct modal *modal);

/*
 * "Logging off from ..." with a marquee: a window on a thread of its own, made only when the work takes more than a
 * second. progress_begin never fails (then nothing is shown); progress_end waits for the thread, pumping sent
 * messages, and leaves nothing behind.
 */
struct language;

struct progress
{
    HANDLE thread, done;             /* made by the first progress_waiting_for */
    DWORD begun;                     /* GetTickCount's */
    const struct language *language; /* of the thread that began */
    WCHAR profile_name[65];
    WCHAR waiting_for[128];
    SRWLOCK lock; /* waiting_for */
};
void progress_begin(struct progress *progress, const WCHAR *profile_name);
/* Before each call into foreign code; the first one starts the clock's thread. Only by the thread that began. */
void progress_waiting_for(struct progress *progress, const WCHAR *name);
void progress_end(struct progress *progress);

#endif
