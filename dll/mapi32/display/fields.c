/*
 * Fields: the controls' windows: made, filled from a property, and read again.
 */
#include "display/sheet.h"

#include <mapiutil.h>
#include <mapival.h>

#define TEXT_MAX 0x100000
#define EDIT_LIMIT 32767 /* where the structure has none */

static const struct
{
    ULONG type;
    const WCHAR *class_name;
    DWORD style, extended;
} windows[] = {
        {DTCT_LABEL, L"Static", SS_LEFT, 0},
        {DTCT_EDIT, L"Edit", WS_TABSTOP, WS_EX_CLIENTEDGE},
        {DTCT_LBX, L"ListBox", WS_TABSTOP | LBS_NOTIFY | LBS_USETABSTOPS | LBS_NOINTEGRALHEIGHT, WS_EX_CLIENTEDGE},
        {DTCT_COMBOBOX, L"ComboBox", WS_TABSTOP | WS_VSCROLL | CBS_DROPDOWN | CBS_AUTOHSCROLL, 0},
        {DTCT_DDLBX, L"ComboBox", WS_TABSTOP | WS_VSCROLL | CBS_DROPDOWNLIST, 0},
        {DTCT_CHECKBOX, L"Button", WS_TABSTOP | BS_AUTOCHECKBOX | BS_MULTILINE, 0},
        {DTCT_GROUPBOX, L"Button", BS_GROUPBOX, 0},
        {DTCT_BUTTON, L"Button", WS_TABSTOP | WS_GROUP | BS_PUSHBUTTON, 0},
        {DTCT_RADIOBUTTON, L"Button", BS_AUTORADIOBUTTON | BS_MULTILINE, 0},
        {DTCT_MVLISTBOX, L"ListBox", WS_TABSTOP | WS_VSCROLL | LBS_NOSEL | LBS_NOINTEGRALHEIGHT, WS_EX_CLIENTEDGE},
        {DTCT_MVDDLBX, L"ComboBox", WS_TABSTOP | WS_VSCROLL | CBS_DROPDOWNLIST, 0},
};

/* The first of its group: the row before is no button of the same one. */
static BOOL starts_group(const struct sheet *sheet, const struct control *control)
{
    const struct control *at = sheet->controls;

    while (at < control)
    {
        const struct control *next = at + (at->shape->type == DTCT_RADIOBUTTON ? at->fields[2] : 1);

        if (next > control)
            return FALSE;
        at = next;
    }
    return TRUE;
}

static DWORD more_style(const struct sheet *sheet, const struct control *control)
{
    DWORD style = 0;

    if (control->shape->type == DTCT_EDIT)
    {
        if (control->flags & DT_MULTILINE)
            style |= ES_MULTILINE | ES_AUTOVSCROLL | ES_WANTRETURN | WS_VSCROLL;
        else
            style |= ES_AUTOHSCROLL;
        if (control->flags & DT_PASSWORD_EDIT)
            style |= ES_PASSWORD;
        if (!(control->flags & DT_EDITABLE))
            style |= ES_READONLY;
    }
    else if (control->shape->type == DTCT_LBX)
    {
        style |= control->fields[0] & MAPI_NO_HBAR ? 0 : WS_HSCROLL;
        style |= control->fields[0] & MAPI_NO_VBAR ? 0 : WS_VSCROLL;
        style |= control_property(control) == PR_NULL ? LBS_EXTENDEDSEL : 0;
    }
    else if ((control->shape->allowed & DT_EDITABLE) && control->shape->type != DTCT_RADIOBUTTON
             && !(control->flags & DT_EDITABLE))
        style |= WS_DISABLED;
    if (control->shape->type != DTCT_RADIOBUTTON || starts_group(sheet, control))
        style |= WS_GROUP;
    if (control->shape->type == DTCT_RADIOBUTTON && starts_group(sheet, control))
        style |= WS_TABSTOP;
    return style;
}

HWND field_create(struct sheet *sheet, struct control *control, HWND page)
{
    const WCHAR *text = control->shape->label && control->text ? control->text : L"";
    ULONG limit = control->fields[2];
    size_t i;

    for (i = 0; windows[i].type != control->shape->type; i++)
        ;
    control->window = CreateWindowExW(windows[i].extended | WS_EX_NOPARENTNOTIFY, windows[i].class_name, text,
                                      WS_CHILD | WS_VISIBLE | windows[i].style | more_style(sheet, control), 0, 0, 10,
                                      10, page, (HMENU)(ULONG_PTR)(IDC_DISPLAY + (size_t)(control - sheet->controls)),
                                      module_instance(), NULL);
    if (!limit || limit > TEXT_MAX)
        limit = EDIT_LIMIT;
    if (control->shape->type == DTCT_EDIT)
        SendMessageW(control->window, EM_SETLIMITTEXT, limit, 0);
    else if (control->shape->type == DTCT_COMBOBOX)
        SendMessageW(control->window, CB_LIMITTEXT, limit, 0);
    return control->window;
}

/* A string property's text on our heap; NULL: it is none. */
static WCHAR *text_of(const SPropValue *value)
{
    WCHAR *text = NULL;

    if (value && PROP_TYPE(value->ulPropTag) == PT_UNICODE)
        text_dup_from_caller(value->Value.lpszW, MAPI_UNICODE, TEXT_MAX, &text);
    else if (value && PROP_TYPE(value->ulPropTag) == PT_STRING8)
        text_dup_from_caller(value->Value.lpszA, 0, TEXT_MAX, &text);
    return text;
}

static void add_item(const struct control *control, const WCHAR *text)
{
    BOOL combo = control->shape->type != DTCT_LBX && control->shape->type != DTCT_MVLISTBOX;

    SendMessageW(control->window, combo ? CB_ADDSTRING : LB_ADDSTRING, 0, (LPARAM)text);
}

/* The texts of a row, one column after the other: up to six. */
static void add_list_row(const struct control *control, const SRow *row)
{
    WCHAR line[TEXT_SIZE] = {0};
    unsigned int shown = 0;
    size_t length = 0;
    ULONG i;

    for (i = 0; i < row->cValues && shown < 6; i++)
    {
        WCHAR clean[NAME_SIZE], *text = text_of(&row->lpProps[i]);

        if (!text)
            continue;
        text_clean(text, clean, ARRAY_SIZE(clean));
        heap_free(text);
        if (shown++)
            line[length++] = '\t';
        lstrcpynW(line + length, clean, (int)(ARRAY_SIZE(line) - length));
        length += (size_t)lstrlenW(line + length);
    }
    add_item(control, line);
}

/* The columns that a table of choices has to have; NULL: those that it comes with. */
static const SPropTagArray *choice_columns(const struct control *control, SPropTagArray *columns)
{
    if (control->shape->type == DTCT_LBX)
        return NULL;
    columns->cValues = 1;
    columns->aulPropTag[0] = control->fields[control->shape->type == DTCT_COMBOBOX ? 3 : 1];
    if (control->shape->type == DTCT_DDLBX)
        columns->aulPropTag[columns->cValues++] = control->fields[2];
    return columns;
}

static void fill_choices(struct control *control)
{
    BOOL combo = control->shape->type != DTCT_LBX;
    ULONG i;

    SendMessageW(control->window, combo ? CB_RESETCONTENT : LB_RESETCONTENT, 0, 0);
    for (i = 0; control->rows && i < control->rows->cRows; i++)
    {
        const SRow *row = &control->rows->aRow[i];
        WCHAR *text;

        if (!combo)
        {
            add_list_row(control, row);
            continue;
        }
        text = row->cValues ? text_of(&row->lpProps[0]) : NULL;
        add_item(control, text ? text : L"");
        heap_free(text);
    }
}

static void open_choices(struct sheet *sheet, struct control *control)
{
    SizedSPropTagArray(2, columns) = {0, {0, 0}};
    IUnknown *unknown = NULL;
    SRowSet *rows = NULL;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty(sheet->object, control->fields[control->shape->choices], &IID_IMAPITable, 0, 0,
                                &unknown);
    if (SUCCEEDED(hr) && unknown)
    {
        hr = HrQueryAllRows((IMAPITable *)unknown, (SPropTagArray *)choice_columns(control, (SPropTagArray *)&columns),
                            NULL, NULL, CHOICES_MAX, &rows);
        IUnknown_Release(unknown);
    }
    if (FAILED(hr))
        WARN("no choices for %#lx: %#lx", control_property(control), hr);
    if (rows && FBadRowSet(rows))
        rows = NULL; /* nothing that could be freed */
    if (control->rows)
        FreeProws(control->rows);
    control->rows = rows;
    if (sheet_is_open(sheet))
        fill_choices(control);
}

static void open_button(struct sheet *sheet, struct control *control)
{
    ULONG state = MAPI_DISABLED;
    IUnknown *unknown = NULL;

    if (!control->button
        && SUCCEEDED(IMAPIProp_OpenProperty(sheet->object, control->fields[2], &IID_IMAPIControl, 0, 0, &unknown)))
    {
        /* Meanwhile a notification may have opened it too. */
        unknown = InterlockedExchangePointer((void *volatile *)&control->button, unknown);
        if (unknown)
            IUnknown_Release(unknown);
    }
    if (!control->button || FAILED(IMAPIControl_GetState(control->button, 0, &state)))
        state = MAPI_DISABLED;
    if (sheet_is_open(sheet))
        EnableWindow(control->window, state == MAPI_ENABLED);
}

void field_open(struct sheet *sheet, struct control *control)
{
    if (control->shape->type == DTCT_BUTTON)
        open_button(sheet, control);
    else if (control->shape->choices)
        open_choices(sheet, control);
}

/* The choice whose value to set is this one; -1: none. */
static LRESULT choice_of(const struct control *control, const SPropValue *value)
{
    ULONG i, j;

    for (i = 0; value && control->rows && i < control->rows->cRows; i++)
    {
        const SRow *row = &control->rows->aRow[i];

        for (j = 0; j < row->cValues; j++)
        {
            if (row->lpProps[j].ulPropTag == value->ulPropTag && !prop_order(&row->lpProps[j], value))
                return (LRESULT)i;
        }
    }
    return -1;
}

static void show_values(const struct control *control, const SPropValue *value)
{
    BOOL combo = control->shape->type == DTCT_MVDDLBX;
    ULONG i;

    SendMessageW(control->window, combo ? CB_RESETCONTENT : LB_RESETCONTENT, 0, 0);
    for (i = 0; value && i < value->Value.MVszW.cValues; i++)
    {
        SPropValue one = {.ulPropTag = value->ulPropTag & ~MV_FLAG};
        WCHAR *text;

        if (PROP_TYPE(value->ulPropTag) == PT_MV_UNICODE)
            one.Value.lpszW = value->Value.MVszW.lppszW[i];
        else
            one.Value.lpszA = value->Value.MVszA.lppszA[i];
        text = text_of(&one);
        add_item(control, text ? text : L"");
        heap_free(text);
    }
    if (combo)
        SendMessageW(control->window, CB_SETCURSEL, 0, 0);
}

void field_show(struct sheet *sheet, struct control *control, const SPropValue *value)
{
    WCHAR *text;

    if (value && (value->ulPropTag != control_property(control) || !prop_valid(value)))
        value = NULL;
    sheet->loading = TRUE;
    switch (control->shape->type)
    {
    case DTCT_EDIT:
    case DTCT_COMBOBOX:
        text = text_of(value);
        SetWindowTextW(control->window, text ? text : L"");
        heap_free(text);
        break;
    case DTCT_CHECKBOX:
        SendMessageW(control->window, BM_SETCHECK, value && value->Value.b ? BST_CHECKED : BST_UNCHECKED, 0);
        break;
    case DTCT_RADIOBUTTON:
        SendMessageW(control->window, BM_SETCHECK,
                     value && value->Value.l == (LONG)control->fields[4] ? BST_CHECKED : BST_UNCHECKED, 0);
        break;
    case DTCT_DDLBX:
        SendMessageW(control->window, CB_SETCURSEL, (WPARAM)choice_of(control, value), 0);
        break;
    case DTCT_LBX:
        if (control_property(control) != PR_NULL)
            SendMessageW(control->window, LB_SETCURSEL, (WPARAM)choice_of(control, value), 0);
        break;
    case DTCT_MVLISTBOX:
    case DTCT_MVDDLBX:
        show_values(control, value);
        break;
    }
    sheet->loading = FALSE;
    control->dirty = FALSE;
}

static BOOL typed_value(const struct control *control, SPropValue *value, void *base)
{
    int length = GetWindowTextLengthW(control->window);
    WCHAR *text = heap_alloc_zero(((size_t)length + 1) * sizeof(WCHAR));

    if (!text)
        return FALSE;
    GetWindowTextW(control->window, text, length + 1);
    if (PROP_TYPE(value->ulPropTag) == PT_UNICODE)
        value->Value.lpszW = text_more_w(text, base);
    else
        value->Value.lpszA = text_more_a(text, base);
    heap_free(text);
    return value->Value.lpszW != NULL;
}

static BOOL chosen_value(const struct control *control, SPropValue *value, void *base)
{
    BOOL combo = control->shape->type == DTCT_DDLBX;
    LRESULT item = SendMessageW(control->window, combo ? CB_GETCURSEL : LB_GETCURSEL, 0, 0);
    const SRow *row;
    ULONG i;

    if (item < 0 || !control->rows || (size_t)item >= control->rows->cRows)
        return FALSE;
    row = &control->rows->aRow[item];
    for (i = 0; i < row->cValues; i++)
    {
        if (row->lpProps[i].ulPropTag == control_property(control))
            return SUCCEEDED(prop_copy_more(value, &row->lpProps[i], base));
    }
    return FALSE;
}

BOOL field_value(const struct control *control, SPropValue *value, void *base)
{
    memset(value, 0, sizeof(*value));
    value->ulPropTag = control_property(control);
    switch (control->shape->type)
    {
    case DTCT_EDIT:
    case DTCT_COMBOBOX:
        return typed_value(control, value, base);
    case DTCT_CHECKBOX:
        value->Value.b = SendMessageW(control->window, BM_GETCHECK, 0, 0) == BST_CHECKED;
        return TRUE;
    case DTCT_RADIOBUTTON:
        value->Value.l = (LONG)control->fields[4];
        return SendMessageW(control->window, BM_GETCHECK, 0, 0) == BST_CHECKED;
    case DTCT_DDLBX:
    case DTCT_LBX:
        return chosen_value(control, value, base);
    }
    return FALSE;
}

BOOL field_is_empty(const struct control *control)
{
    return GetWindowTextLengthW(control->window) == 0;
}

/* A character that takes two bytes in a code page that has such ones. */
static BOOL is_double(WCHAR character)
{
    char bytes[8];
    CPINFO info;

    return GetCPInfo(CP_ACP, &info) && info.MaxCharSize == 2
           && WideCharToMultiByte(CP_ACP, 0, &character, 1, bytes, sizeof(bytes), NULL, NULL) == 2;
}

void field_filter(struct sheet *sheet, struct control *control)
{
    int length = GetWindowTextLengthW(control->window), kept = 0, i;
    BOOL combo = control->shape->type == DTCT_COMBOBOX;
    DWORD start = 0, end = 0;
    WCHAR *text;

    if (!(text = heap_alloc_zero(((size_t)length + 1) * sizeof(WCHAR))))
        return;
    length = GetWindowTextW(control->window, text, length + 1);
    for (i = 0; i < length; i++)
    {
        if (filter_allows(control->text, text[i]) && ((control->flags & DT_ACCEPT_DBCS) || !is_double(text[i])))
            text[kept++] = text[i];
    }
    text[kept] = 0;
    if (kept != length)
    {
        SendMessageW(control->window, combo ? CB_GETEDITSEL : EM_GETSEL, (WPARAM)&start, (LPARAM)&end);
        start -= min(start, (DWORD)(length - kept));
        sheet->loading = TRUE;
        SetWindowTextW(control->window, text);
        sheet->loading = FALSE;
        if (combo)
            SendMessageW(control->window, CB_SETEDITSEL, 0, MAKELPARAM(start, start));
        else
            SendMessageW(control->window, EM_SETSEL, start, (LPARAM)start);
        MessageBeep(MB_OK);
    }
    heap_free(text);
}

BOOL field_changed(const struct control *control, UINT code, BOOL *complete)
{
    *complete = TRUE;
    switch (control->shape->type)
    {
    case DTCT_EDIT:
        *complete = FALSE;
        return code == EN_UPDATE;
    case DTCT_COMBOBOX:
        *complete = code == CBN_SELCHANGE;
        return code == CBN_EDITUPDATE || code == CBN_SELCHANGE;
    case DTCT_DDLBX:
        return code == CBN_SELCHANGE;
    case DTCT_LBX:
        return code == LBN_SELCHANGE && control_property(control) != PR_NULL;
    case DTCT_CHECKBOX:
    case DTCT_RADIOBUTTON:
        return code == BN_CLICKED;
    }
    return FALSE;
}

BOOL field_left(const struct control *control, UINT code)
{
    return (control->shape->type == DTCT_EDIT && code == EN_KILLFOCUS)
           || (control->shape->type == DTCT_COMBOBOX && code == CBN_KILLFOCUS);
}
