/*
 * Dialog: the machinery under the modal windows of ui: creation from a template in the right language and reading
 * direction, owner, modal loop, closing from outside, layout at the window's DPI.
 *
 * A dialog lives on the stack of the thread that runs it. Its kind fills in texts, places the controls and answers
 * commands; everything that all of them share is in dialog.c and layout.c.
 */
#ifndef POSTROOM_UI_DIALOG_H
#define POSTROOM_UI_DIALOG_H

#include "ui/ui.h"
#include "ui/owner.h"
#include "ui/resource.h"
#include "ui/texts.h"

struct dialog;

struct dialog_kind
{
    UINT template_id;
    UINT focus; /* the control that has the focus at first; 0: the first one */
    /* Fills in the texts; no measures yet. */
    void (*init)(struct dialog *dialog);
    /* Places the controls for layout's font and DPI and gives the size of the client area. Called again on a change. */
    SIZE (*place)(struct dialog *dialog);
    /* WM_COMMAND; IDCANCEL is done by dialog.c. */
    void (*command)(struct dialog *dialog, UINT id, UINT code);
    /* WM_NOTIFY; may be NULL. */
    void (*notify)(struct dialog *dialog, const NMHDR *header);
    /* WM_DESTROY; may be NULL. */
    void (*destroy)(struct dialog *dialog);
    /* WM_CTLCOLORSTATIC of one control: its brush, NULL for the usual one; may be NULL. */
    HBRUSH (*colour)(struct dialog *dialog, HWND control, HDC dc);
};

/* What the measures depend on. One dialog unit is base_x / 4 wide and base_y / 8 high. */
struct layout
{
    UINT dpi;
    HFONT font; /* NULL: the stock font */
    int base_x, base_y;
};

struct dialog
{
    const struct dialog_kind *kind;
    const struct language *language;
    struct modal *modal; /* may be NULL */
    struct owner owner;
    HWND window;           /* NULL before creation and after destruction */
    struct dialog *nested; /* open above this one, in this thread */
    struct layout layout;
    SIZE size; /* of the window; 0 until it has been laid out */
    BOOL finished;
    HRESULT result;
};

/* kind and language are set by the caller, the rest is zero. Results as in ui.h. */
HRESULT dialog_run(struct dialog *dialog, HWND parent, struct modal *modal);
/* Ends the run; the window goes when the loop sees it. The first result stays. */
void dialog_finish(struct dialog *dialog, HRESULT result);
/* Places everything again, after a text has changed. */
void dialog_place(struct dialog *dialog);
/* The text of a control, from the language's table. */
void dialog_set_text(struct dialog *dialog, UINT control, UINT text);

/*
 * Creates a window from one of our templates, in the reading direction of the language; controls get their themed
 * look also in programs that have none. Shows nothing. NULL on failure.
 */
HWND dialog_create(UINT template_id, const struct language *language, HWND owner, DLGPROC procedure, LPARAM context);

/* Registers classes of common controls (ICC_*): before a template with one of them. FreeLibrary afterwards; may be NULL. */
HMODULE dialog_load_controls(DWORD classes);

/* For WM_CTLCOLORSTATIC and WM_CTLCOLORBTN: what a device context needs to draw right to left. has_picture: an icon or
 * a check mark, which must not be drawn as in a mirror. */
void dialog_prepare_drawing(HDC dc, const struct language *language, BOOL has_picture);

/* layout.c */

/* Font and measures for the window's DPI and language; gives the font to the window and its controls. */
void layout_set(struct layout *layout, HWND window, const struct language *language);
void layout_free(struct layout *layout);
int layout_x(const struct layout *layout, int units);
int layout_y(const struct layout *layout, int units);
/* Pixels at 96 DPI scaled. */
int layout_scale(const struct layout *layout, int pixels);
/* The size of a control's text, wrapped at width. prefix: & marks a mnemonic. */
SIZE layout_text(const struct layout *layout, HWND window, UINT control, int width, BOOL prefix);
/* The width that a push button needs. */
int layout_button(const struct layout *layout, HWND window, UINT control);
/* Width and height of a check box, wrapped at width. */
SIZE layout_check_box(const struct layout *layout, HWND window, UINT control, int width);
void layout_move(HWND window, UINT control, int x, int y, int width, int height);
/* Cuts clean text so that it is at most width pixels wide, with an ellipsis. */
void layout_shorten(const struct layout *layout, HWND window, WCHAR *text, int width);
/* OK-like and Cancel-like buttons in the lower right corner at y; returns the width that the row needs. */
int layout_buttons_width(const struct layout *layout, HWND window, UINT first, UINT second);
void layout_buttons(const struct layout *layout, HWND window, UINT first, UINT second, int right, int y);
/* The size of the whole window around a client area. */
SIZE layout_window_size(HWND window, SIZE client);
/* Sizes the window and centres it over owner (NULL, hidden or minimised: on the monitor that has the cursor), inside
 * the work area. */
void layout_centre(HWND window, SIZE size, HWND owner);
/* Sizes it where it is, or at corner, but not out of the work area. */
void layout_resize(HWND window, SIZE size, const POINT *corner);

#endif
