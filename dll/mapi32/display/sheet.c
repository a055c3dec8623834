/*
 * Sheet: the dialog with tabs that shows a display table and writes what the user changes into its object.
 */
#include "display/sheet.h"

#include <commctrl.h>

static inline struct sheet *sheet_from_dialog(struct dialog *dialog)
{
    return CONTAINING_RECORD(dialog, struct sheet, dialog);
}

/* What is wrong, below the pages; text NULL: nothing any more. */
static void show_problem(struct sheet *sheet, const WCHAR *text)
{
    HWND problem = GetDlgItem(sheet->dialog.window, IDC_PROBLEM);

    if (!text && !GetWindowTextLengthW(problem))
        return;
    SetWindowTextW(problem, text ? text : L"");
    ShowWindow(problem, text ? SW_SHOW : SW_HIDE);
    dialog_place(&sheet->dialog);
}

/* The object's own words for its failure when it has some, else ours. Frees error. */
static void show_failure(struct sheet *sheet, HRESULT hr, MAPIERROR *error)
{
    WCHAR text[TEXT_SIZE] = {0}, clean[TEXT_SIZE], number[16];

    if (error && memory_readable(error, sizeof(*error)) && error->lpszError
        && SUCCEEDED(text_from_caller(error->lpszError, MAPI_UNICODE, clean, ARRAY_SIZE(clean))))
        text_clean(clean, text, ARRAY_SIZE(text));
    MAPIFreeBuffer(error);
    if (!text[0])
    {
        wsprintfW(number, L"0x%08lX", hr);
        text_format(sheet->dialog.language, IDS_SHEET_FAILED, number, NULL, text, ARRAY_SIZE(text));
    }
    if (sheet_is_open(sheet))
        show_problem(sheet, text);
}

static void show_page(struct sheet *sheet, size_t page)
{
    ShowWindow(sheet->pages[page], SW_SHOW);
    if (page != sheet->shown)
        ShowWindow(sheet->pages[sheet->shown], SW_HIDE);
    sheet->shown = page;
    SendDlgItemMessageW(sheet->dialog.window, IDC_TABS, TCM_SETCURSEL, page, 0);
}

/* Values */

/* Reads the controls' properties, all (stale FALSE) or those that the table told of, in one call, and shows them. */
static void load(struct sheet *sheet, BOOL stale)
{
    SPropTagArray *tags = heap_alloc_zero(CbNewSPropTagArray(sheet->count));
    struct control **wanted = heap_alloc_zero((sheet->count + 1) * sizeof(struct control *));
    SPropValue *values = NULL;
    ULONG count = 0, i;
    size_t at;
    HRESULT hr = S_OK;

    for (at = 0; tags && wanted && at < sheet->count && sheet_is_open(sheet); at++)
    {
        struct control *control = &sheet->controls[at];

        if (stale && !InterlockedExchange(&control->stale, FALSE))
            continue;
        field_open(sheet, control);
        if (!control_property(control) || control_property(control) == PR_NULL)
            continue;
        wanted[tags->cValues] = control;
        tags->aulPropTag[tags->cValues++] = control_property(control);
    }
    if (tags && tags->cValues && sheet_is_open(sheet))
        hr = IMAPIProp_GetProps(sheet->object, tags, MAPI_UNICODE, &count, &values);
    if (FAILED(hr) || !memory_readable(values, count * sizeof(*values)) || !values)
        count = 0;
    for (i = 0; tags && wanted && i < tags->cValues && sheet_is_open(sheet); i++)
        field_show(sheet, wanted[i], count == tags->cValues ? &values[i] : NULL);
    MAPIFreeBuffer(values);
    heap_free(wanted);
    heap_free(tags);
}

/* SetProps of the controls that were changed, or of the one that only is given. */
static HRESULT set_changed(struct sheet *sheet, struct control *only)
{
    SPropProblemArray *problems = NULL;
    MAPIERROR *error = NULL;
    SPropValue *values;
    ULONG count = 0;
    HRESULT hr;
    size_t i;

    if (MAPIAllocateBuffer((ULONG)((sheet->count + 1) * sizeof(*values)), (void **)&values))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < sheet->count; i++)
    {
        struct control *control = &sheet->controls[i];

        if (control->dirty && (!only || only == control) && field_value(control, &values[count], values))
            count++;
    }
    hr = count ? IMAPIProp_SetProps(sheet->object, count, values, &problems) : S_OK;
    if (SUCCEEDED(hr) && problems)
    {
        if (memory_readable(problems, sizeof(*problems)) && problems->cProblem)
            hr = problems->aProblem[0].scode;
        MAPIFreeBuffer(problems);
    }
    MAPIFreeBuffer(values);
    if (FAILED(hr))
    {
        if (FAILED(IMAPIProp_GetLastError(sheet->object, hr, MAPI_UNICODE, &error)))
            error = NULL;
        show_failure(sheet, hr, error);
        return hr;
    }
    for (i = 0; i < sheet->count; i++)
    {
        if (!only || only == &sheet->controls[i])
            sheet->controls[i].dirty = FALSE;
    }
    return hr;
}

static void focus_on(struct sheet *sheet, const struct control *control)
{
    show_page(sheet, control->page);
    SendMessageW(sheet->dialog.window, WM_NEXTDLGCTL, (WPARAM)control->window, TRUE);
}

/* FALSE: one that needs a value has none; it has the focus then. */
static BOOL all_filled(struct sheet *sheet)
{
    WCHAR text[TEXT_SIZE];
    size_t i;

    for (i = 0; i < sheet->count; i++)
    {
        const struct control *control = &sheet->controls[i];

        if (!(control->flags & DT_REQUIRED) || !(control->flags & DT_EDITABLE) || !field_is_empty(control))
            continue;
        text_load(sheet->dialog.language, IDS_SHEET_REQUIRED, text, ARRAY_SIZE(text));
        show_problem(sheet, text);
        focus_on(sheet, control);
        return FALSE;
    }
    return TRUE;
}

/* OK and Apply. */
static BOOL apply(struct sheet *sheet)
{
    HRESULT hr;

    if (!all_filled(sheet))
        return FALSE;
    sheet->busy = TRUE;
    hr = set_changed(sheet, NULL);
    if (SUCCEEDED(hr))
    {
        hr = IMAPIProp_SaveChanges(sheet->object, KEEP_OPEN_READWRITE);
        if (hr == MAPI_E_NO_SUPPORT)
            hr = S_OK; /* nothing to save */
        if (FAILED(hr))
            show_failure(sheet, hr, NULL);
    }
    sheet->busy = FALSE;
    if (FAILED(hr) || !sheet_is_open(sheet))
        return FALSE;
    sheet->applied = TRUE;
    show_problem(sheet, NULL);
    EnableWindow(GetDlgItem(sheet->dialog.window, IDC_APPLY), FALSE);
    return TRUE;
}

/* DT_SET_IMMEDIATE: the user has finished with the control. */
static void set_immediately(struct sheet *sheet, struct control *control)
{
    if (!control->dirty || !(control->flags & (DT_SET_IMMEDIATE | DT_SET_SELECTION)))
        return;
    sheet->busy = TRUE;
    if (SUCCEEDED(set_changed(sheet, control)) && sheet_is_open(sheet))
        show_problem(sheet, NULL);
    sheet->busy = FALSE;
}

static void press_button(struct sheet *sheet, struct control *control)
{
    ULONG state = MAPI_DISABLED;
    MAPIERROR *error = NULL;
    HRESULT hr = S_OK;
    size_t i;

    for (i = 0; i < sheet->count && sheet_is_open(sheet); i++)
        set_immediately(sheet, &sheet->controls[i]);
    if (!control->button || !sheet_is_open(sheet))
        return;
    sheet->busy = TRUE;
    if (SUCCEEDED(IMAPIControl_GetState(control->button, 0, &state)) && state == MAPI_ENABLED && sheet_is_open(sheet))
        hr = IMAPIControl_Activate(control->button, 0, (ULONG_PTR)sheet->dialog.window);
    if (FAILED(hr) && hr != MAPI_E_USER_CANCEL
        && FAILED(IMAPIControl_GetLastError(control->button, hr, MAPI_UNICODE, &error)))
        error = NULL;
    sheet->busy = FALSE;
    if (FAILED(hr) && hr != MAPI_E_USER_CANCEL)
        show_failure(sheet, hr, error);
    else if (sheet_is_open(sheet))
        show_problem(sheet, NULL);
}

static void control_command(struct sheet *sheet, struct control *control, UINT code)
{
    BOOL complete;
    size_t i;

    if (sheet->loading || sheet->busy || !sheet_is_open(sheet))
        return;
    if (control->shape->type == DTCT_BUTTON)
    {
        if (code == BN_CLICKED)
            press_button(sheet, control);
        return;
    }
    if (field_left(control, code))
    {
        set_immediately(sheet, control);
        return;
    }
    if (!field_changed(control, code, &complete))
        return;
    if (control->shape->filter)
        field_filter(sheet, control);
    for (i = 0; control->shape->type == DTCT_RADIOBUTTON && i < sheet->count; i++)
    {
        /* The property has one value only. */
        if (control_property(&sheet->controls[i]) == control_property(control))
            sheet->controls[i].dirty = FALSE;
    }
    control->dirty = TRUE;
    EnableWindow(GetDlgItem(sheet->dialog.window, IDC_APPLY), TRUE);
    if (complete)
        set_immediately(sheet, control);
}

/* Windows */

static void create_controls(struct sheet *sheet, HWND window)
{
    size_t i, page = 0;

    while (page + 1 < sheet->page_count && sheet->pages[page])
        page++;
    sheet->pages[page] = window;
    for (i = 0; i < sheet->count; i++)
    {
        if (sheet->controls[i].page == page && sheet->controls[i].shape->type != DTCT_PAGE)
            field_create(sheet, &sheet->controls[i], window);
    }
}

static INT_PTR CALLBACK page_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct sheet *sheet = (struct sheet *)GetWindowLongPtrW(window, DWLP_USER);
    size_t index = LOWORD(wparam) - (size_t)IDC_DISPLAY;

    if (message == WM_INITDIALOG)
    {
        SetWindowLongPtrW(window, DWLP_USER, lparam);
        create_controls((struct sheet *)lparam, window);
        return FALSE;
    }
    if (!sheet)
        return FALSE;
    switch (message)
    {
    case WM_COMMAND:
        if (index < sheet->count)
            control_command(sheet, &sheet->controls[index], HIWORD(wparam));
        else
            SendMessageW(sheet->dialog.window, WM_COMMAND, wparam, lparam);
        return TRUE;
    case WM_SHEET_REFRESH:
        if (sheet_is_open(sheet) && !sheet->loading)
            load(sheet, TRUE);
        return TRUE;
    case WM_CTLCOLORSTATIC:
    case WM_CTLCOLORBTN:
        dialog_prepare_drawing((HDC)wparam, sheet->dialog.language, FALSE);
        return FALSE;
    }
    return FALSE;
}

static void add_tab(struct sheet *sheet, const struct control *page)
{
    WCHAR clean[NAME_SIZE];
    TCITEMW item = {.mask = TCIF_TEXT, .pszText = clean};

    text_clean(page->text ? page->text : L"", clean, ARRAY_SIZE(clean));
    SendDlgItemMessageW(sheet->dialog.window, IDC_TABS, TCM_INSERTITEMW, page->page, (LPARAM)&item);
    dialog_create(IDD_PAGE, sheet->dialog.language, sheet->dialog.window, page_procedure, (LPARAM)sheet);
}

static void sheet_init(struct dialog *dialog)
{
    struct sheet *sheet = sheet_from_dialog(dialog);
    WCHAR clean[TEXT_SIZE];
    size_t i;

    text_clean(sheet->title ? sheet->title : L"", clean, ARRAY_SIZE(clean));
    SetWindowTextW(dialog->window, clean);
    dialog_set_text(dialog, IDOK, IDS_OK);
    dialog_set_text(dialog, IDCANCEL, IDS_CANCEL);
    dialog_set_text(dialog, IDC_APPLY, IDS_SHEET_APPLY);
    for (i = 0; i < sheet->count; i++)
    {
        if (sheet->controls[i].shape->type == DTCT_PAGE)
            add_tab(sheet, &sheet->controls[i]);
    }
    load(sheet, FALSE);
    if (!dialog->window)
        return;
    show_page(sheet, sheet->shown);
    for (i = 0; i < sheet->count; i++)
    {
        const struct control *control = &sheet->controls[i];

        if (control->page == sheet->shown && control->window
            && (GetWindowLongW(control->window, GWL_STYLE) & WS_TABSTOP) && IsWindowEnabled(control->window))
        {
            PostMessageW(dialog->window, WM_NEXTDLGCTL, (WPARAM)control->window, TRUE);
            break;
        }
    }
}

static void place_controls(struct sheet *sheet)
{
    const struct layout *layout = &sheet->dialog.layout;
    size_t i;

    for (i = 0; i < sheet->count; i++)
    {
        const struct control *control = &sheet->controls[i];
        int height = layout_y(layout, control->height);

        if (!control->window)
            continue;
        /* The height of a combo box is that of its list, which some tables leave out. */
        if (control->shape->type == DTCT_COMBOBOX || control->shape->type == DTCT_DDLBX
            || control->shape->type == DTCT_MVDDLBX)
            height = max(height, layout_y(layout, 80));
        SetWindowPos(control->window, NULL, layout_x(layout, control->x), layout_y(layout, control->y),
                     layout_x(layout, control->width), height, SWP_NOZORDER | SWP_NOACTIVATE | SWP_NOCOPYBITS);
        if (control->shape->type == DTCT_LBX)
        {
            int stop = max(control->width / 2, 40);

            SendMessageW(control->window, LB_SETTABSTOPS, 1, (LPARAM)&stop);
        }
    }
}

static SIZE sheet_place(struct dialog *dialog)
{
    struct sheet *sheet = sheet_from_dialog(dialog);
    const struct layout *layout = &dialog->layout;
    int margin = layout_x(layout, 7), gap = layout_x(layout, 4), y = layout_y(layout, 7), button, width;
    RECT area = {0, 0, layout_x(layout, sheet->page_width + 7), layout_y(layout, sheet->page_height + 7)};
    HWND window = dialog->window;
    SIZE size, client;
    size_t i;

    button = max(layout_button(layout, window, IDOK), layout_button(layout, window, IDCANCEL));
    button = max(button, layout_button(layout, window, IDC_APPLY));
    area.right = max(area.right, 3 * button + 2 * gap);
    width = area.right;
    layout_move(window, IDC_TABS, margin, y, width, area.bottom);
    SendDlgItemMessageW(window, IDC_TABS, TCM_ADJUSTRECT, TRUE, (LPARAM)&area);
    width = area.right - area.left;
    layout_move(window, IDC_TABS, margin, y, width, area.bottom - area.top);
    OffsetRect(&area, margin - area.left, y - area.top);
    y = area.bottom;
    SendDlgItemMessageW(window, IDC_TABS, TCM_ADJUSTRECT, FALSE, (LPARAM)&area);
    for (i = 0; i < sheet->page_count; i++)
        SetWindowPos(sheet->pages[i], HWND_TOP, area.left, area.top, area.right - area.left, area.bottom - area.top,
                     SWP_NOACTIVATE);
    place_controls(sheet);
    client.cx = width + 2 * margin;
    if (GetWindowTextLengthW(GetDlgItem(window, IDC_PROBLEM)))
    {
        size = layout_text(layout, window, IDC_PROBLEM, width, FALSE);
        y += layout_y(layout, 4);
        layout_move(window, IDC_PROBLEM, margin, y, width, size.cy);
        y += size.cy;
    }
    y += layout_y(layout, 7);
    layout_move(window, IDC_APPLY, client.cx - margin - button, y, button, layout_y(layout, 14));
    layout_move(window, IDCANCEL, client.cx - margin - 2 * button - gap, y, button, layout_y(layout, 14));
    layout_move(window, IDOK, client.cx - margin - 3 * button - 2 * gap, y, button, layout_y(layout, 14));
    client.cy = y + layout_y(layout, 14 + 7);
    return client;
}

static void sheet_command(struct dialog *dialog, UINT id, UINT code)
{
    struct sheet *sheet = sheet_from_dialog(dialog);

    (void)code;
    if (sheet->busy || !sheet_is_open(sheet))
        return;
    if (id == IDOK && apply(sheet))
        dialog_finish(dialog, S_OK);
    else if (id == IDC_APPLY)
        apply(sheet);
}

static void sheet_notify(struct dialog *dialog, const NMHDR *header)
{
    struct sheet *sheet = sheet_from_dialog(dialog);
    LRESULT page;

    if (header->code != (UINT)TCN_SELCHANGE || header->idFrom != IDC_TABS || sheet->loading)
        return;
    page = SendDlgItemMessageW(dialog->window, IDC_TABS, TCM_GETCURSEL, 0, 0);
    if (page >= 0 && (size_t)page < sheet->page_count)
        show_page(sheet, (size_t)page);
}

static const struct dialog_kind sheet_kind = {
        .template_id = IDD_SHEET,
        .init = sheet_init,
        .place = sheet_place,
        .command = sheet_command,
        .notify = sheet_notify,
};

HRESULT display_sheet_run(HWND parent, const WCHAR *title, IMAPITable *table, IMAPIProp *object, ULONG top_page)
{
    struct sheet sheet = {.title = title, .table = table, .object = object};
    HMODULE controls;
    HRESULT hr;

    TRACE("(%p, %s, %p, %p, %lu)\n", parent, debugstr_w(title), table, object, top_page);

    hr = sheet_read(&sheet);
    if (SUCCEEDED(hr))
    {
        sheet.shown = top_page < sheet.page_count ? top_page : 0;
        sheet.dialog.kind = &sheet_kind;
        sheet.dialog.language = language_current();
        controls = dialog_load_controls(ICC_TAB_CLASSES);
        refresher_start(&sheet);
        hr = dialog_run(&sheet.dialog, parent, NULL);
        refresher_end(&sheet);
        if (controls)
            FreeLibrary(controls);
        if (hr == MAPI_E_USER_CANCEL && sheet.applied)
            hr = S_OK;
    }
    sheet_free(&sheet);
    return hr;
}
