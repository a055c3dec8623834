/*
 * sheet: a property sheet while it is shown. Private to display/.
 *
 * Who owns whom: the sheet lives on the stack of display_sheet_run and owns its controls; the sink that the display
 * table tells of changes may outlive it and is cut off first. Only the sink's thread is another one.
 */
#ifndef POSTROOM_DISPLAY_SHEET_H
#define POSTROOM_DISPLAY_SHEET_H

#include "display/display.h"
#include "display/kinds.h"
#include "prop/prop.h"
#include "ui/dialog.h"

/* Rows of a table of choices. */
#define CHOICES_MAX 10000
/* A page, in dialog units. */
#define PAGE_WIDTH_MAX 500
#define PAGE_HEIGHT_MAX 360

struct control
{
    const struct control_shape *shape;
    ULONG flags;
    int x, y, width, height; /* dialog units */
    ULONG fields[5];         /* the structure */
    WCHAR *text;             /* label or filter; NULL: none */
    SBinary id;              /* on our heap */
    size_t page;
    HWND window;
    BOOL dirty;          /* the user changed it, the object does not know yet */
    volatile LONG stale; /* the display table told that it has changed */
    SRowSet *rows;       /* the choices */
    IMAPIControl *button;
};

struct refresher;

struct sheet
{
    struct dialog dialog;
    const WCHAR *title;
    IMAPITable *table;
    IMAPIProp *object;
    struct control *controls;
    size_t count, capacity;
    size_t page_count, shown;
    HWND pages[PAGES_MAX];
    int page_width, page_height; /* dialog units */
    BOOL loading;                /* what the controls tell now is not the user's doing */
    BOOL busy;                   /* the object is being called */
    BOOL applied;
    struct refresher *refresher;
};

static inline ULONG control_property(const struct control *control)
{
    return control->shape->property ? control->fields[control->shape->property] : 0;
}

/* TRUE while the sheet can be used: after each foreign call. */
static inline BOOL sheet_is_open(const struct sheet *sheet)
{
    return sheet->dialog.window && !sheet->dialog.finished;
}

/* rows.c: reads the whole display table. */
HRESULT sheet_read(struct sheet *sheet);
void sheet_free(struct sheet *sheet);

/* fields.c */
/* The control's window on its page; NULL on failure. */
HWND field_create(struct sheet *sheet, struct control *control, HWND page);
/* Opens the table of choices, or the button's object. */
void field_open(struct sheet *sheet, struct control *control);
/* Shows a value; NULL, or another type than the control's: none. */
void field_show(struct sheet *sheet, struct control *control, const SPropValue *value);
/* The control's value, what needs memory chained to base. FALSE: it has none. */
BOOL field_value(const struct control *control, SPropValue *value, void *base);
BOOL field_is_empty(const struct control *control);
/* What the user typed, without the characters that the filter refuses. */
void field_filter(struct sheet *sheet, struct control *control);
/* TRUE when code is a change by the user. *complete: there is nothing more to come, as with a click. */
BOOL field_changed(const struct control *control, UINT code, BOOL *complete);
BOOL field_left(const struct control *control, UINT code);

/* filter.c: one character against a filter (dtctl). */
BOOL filter_allows(const WCHAR *filter, WCHAR character);

/* refresh.c: Advise on the display table; failures only mean that nothing is told. Posts WM_SHEET_REFRESH to page. */
#define WM_SHEET_REFRESH (WM_APP + 0x31)
void refresher_start(struct sheet *sheet);
void refresher_end(struct sheet *sheet);

#endif
