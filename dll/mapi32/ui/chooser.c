/*
 * Profile chooser: what MAPILogonEx shows when it has MAPI_LOGON_UI and no usable profile name (LOGON-26), and the
 * small dialog above it that asks for the name of a new profile.
 *
 * The list box's item data is the index in names: first the caller's, then those made here (made, owned by the run).
 */
#include "ui/dialog.h"

struct made_name
{
    WCHAR name[65];
};

struct chooser
{
    struct dialog dialog;
    struct profile_choice *choice;
    struct made_name *made;
    size_t made_count, made_capacity;
};

struct new_profile
{
    struct dialog dialog;
    HRESULT (*create)(const WCHAR *name); /* when services is NULL */
    struct service_choice *services;
    WCHAR name[65];
};

static inline struct chooser *chooser_from_dialog(struct dialog *dialog)
{
    return CONTAINING_RECORD(dialog, struct chooser, dialog);
}

static inline struct new_profile *new_profile_from_dialog(struct dialog *dialog)
{
    return CONTAINING_RECORD(dialog, struct new_profile, dialog);
}

static void set_title(struct dialog *dialog, UINT text)
{
    WCHAR title[TEXT_SIZE];

    text_load(dialog->language, text, title, ARRAY_SIZE(title));
    SetWindowTextW(dialog->window, title);
}

/* New profile */

static void init_services(struct dialog *dialog, const struct service_choice *services)
{
    HWND list = GetDlgItem(dialog->window, IDC_SERVICES);
    WCHAR clean[NAME_SIZE];
    ULONG i;

    dialog_set_text(dialog, IDC_SERVICES_LABEL, IDS_NEW_SERVICES);
    ShowWindow(GetDlgItem(dialog->window, IDC_SERVICES_LABEL), SW_SHOW);
    ShowWindow(list, SW_SHOW);
    for (i = 0; i < services->count; i++)
    {
        text_clean(services->names[i], clean, ARRAY_SIZE(clean));
        SendMessageW(list, LB_ADDSTRING, 0, (LPARAM)clean);
        SendMessageW(list, LB_SETSEL, (WPARAM)services->chosen[i], (LPARAM)i);
    }
    SendMessageW(list, LB_SETTOPINDEX, 0, 0);
}

static void new_profile_init(struct dialog *dialog)
{
    const struct new_profile *new_profile = new_profile_from_dialog(dialog);

    set_title(dialog, IDS_NEW_TITLE);
    dialog_set_text(dialog, IDC_NAME_LABEL, IDS_NEW_NAME);
    if (new_profile->services && new_profile->services->count)
        init_services(dialog, new_profile->services);
    dialog_set_text(dialog, IDOK, IDS_OK);
    dialog_set_text(dialog, IDCANCEL, IDS_CANCEL);
    SendDlgItemMessageW(dialog->window, IDC_NAME, EM_LIMITTEXT, 64, 0);
    EnableWindow(GetDlgItem(dialog->window, IDOK), FALSE);
}

static SIZE new_profile_place(struct dialog *dialog)
{
    const struct layout *layout = &dialog->layout;
    HWND window = dialog->window;
    int margin = layout_x(layout, 7), y = layout_y(layout, 7), width = layout_x(layout, 180);
    SIZE size, client;

    width = max(width, layout_buttons_width(layout, window, IDOK, IDCANCEL));
    client.cx = width + 2 * margin;
    size = layout_text(layout, window, IDC_NAME_LABEL, width, TRUE);
    layout_move(window, IDC_NAME_LABEL, margin, y, width, size.cy);
    y += size.cy + layout_y(layout, 3);
    layout_move(window, IDC_NAME, margin, y, width, layout_y(layout, 14));
    y += layout_y(layout, 14);
    if (GetWindowTextLengthW(GetDlgItem(window, IDC_SERVICES_LABEL)))
    {
        y += layout_y(layout, 7);
        size = layout_text(layout, window, IDC_SERVICES_LABEL, width, TRUE);
        layout_move(window, IDC_SERVICES_LABEL, margin, y, width, size.cy);
        y += size.cy + layout_y(layout, 3);
        layout_move(window, IDC_SERVICES, margin, y, width, layout_y(layout, 60));
        y += layout_y(layout, 60);
    }
    if (GetWindowTextLengthW(GetDlgItem(window, IDC_PROBLEM)))
    {
        size = layout_text(layout, window, IDC_PROBLEM, width, FALSE);
        y += layout_y(layout, 4);
        layout_move(window, IDC_PROBLEM, margin, y, width, size.cy);
        y += size.cy;
    }
    y += layout_y(layout, 9);
    layout_buttons(layout, window, IDOK, IDCANCEL, client.cx - margin, y);
    client.cy = y + layout_y(layout, 14 + 7);
    return client;
}

/* Says under the field what is wrong (hr S_OK: nothing any more). */
static void show_problem(struct new_profile *new_profile, HRESULT hr)
{
    struct dialog *dialog = &new_profile->dialog;
    HWND problem = GetDlgItem(dialog->window, IDC_PROBLEM);
    WCHAR clean[NAME_SIZE], name[NAME_SIZE + 8], number[16], text[TEXT_SIZE] = {0};

    text_clean(new_profile->name, clean, ARRAY_SIZE(clean));
    layout_shorten(&dialog->layout, dialog->window, clean, layout_x(&dialog->layout, 180 - 36));
    text_isolate(dialog->language, clean, name, ARRAY_SIZE(name));
    wsprintfW(number, L"0x%08lX", hr);
    if (hr == MAPI_E_NO_ACCESS)
        text_format(dialog->language, IDS_NEW_EXISTS, name, NULL, text, ARRAY_SIZE(text));
    else if (hr == MAPI_E_INVALID_PARAMETER)
        text_format(dialog->language, IDS_NEW_BAD_NAME, NULL, NULL, text, ARRAY_SIZE(text));
    else if (hr)
        text_format(dialog->language, IDS_NEW_FAILED, number, NULL, text, ARRAY_SIZE(text));
    SetWindowTextW(problem, text);
    ShowWindow(problem, hr ? SW_SHOW : SW_HIDE);
    dialog_place(dialog);
}

/* The field's text without blanks around it; TRUE when something is left. */
static BOOL read_name(struct new_profile *new_profile)
{
    WCHAR text[65] = {0};
    const WCHAR *start = text;
    size_t length;

    GetDlgItemTextW(new_profile->dialog.window, IDC_NAME, text, ARRAY_SIZE(text));
    while (*start == ' ' || *start == 0x3000)
        start++;
    length = (size_t)lstrlenW(start);
    while (length && (start[length - 1] == ' ' || start[length - 1] == 0x3000))
        length--;
    lstrcpynW(new_profile->name, start, (int)length + 1);
    return length != 0;
}

/* While services show windows of their own, ours is not for the user. */
static HRESULT make_profile(struct new_profile *new_profile)
{
    struct service_choice *services = new_profile->services;
    HWND window = new_profile->dialog.window;
    HRESULT hr;
    ULONG i;

    if (!services)
        return new_profile->create(new_profile->name);
    for (i = 0; i < services->count; i++)
        services->chosen[i] = SendDlgItemMessageW(window, IDC_SERVICES, LB_GETSEL, i, 0) > 0;
    EnableWindow(window, FALSE);
    hr = services->create(services, window, new_profile->name);
    if (IsWindow(window))
        EnableWindow(window, TRUE);
    return hr;
}

static void new_profile_command(struct dialog *dialog, UINT id, UINT code)
{
    struct new_profile *new_profile = new_profile_from_dialog(dialog);
    HWND field = GetDlgItem(dialog->window, IDC_NAME);
    HRESULT hr;

    if (id == IDC_NAME && code == EN_CHANGE)
    {
        EnableWindow(GetDlgItem(dialog->window, IDOK), read_name(new_profile));
        if (GetWindowTextLengthW(GetDlgItem(dialog->window, IDC_PROBLEM)))
            show_problem(new_profile, S_OK);
        return;
    }
    if (id != IDOK || dialog->finished || !read_name(new_profile))
        return;
    hr = make_profile(new_profile);
    if (dialog->finished || !dialog->window)
        return;
    if (SUCCEEDED(hr))
    {
        dialog_finish(dialog, S_OK);
        return;
    }
    show_problem(new_profile, hr == MAPI_E_USER_CANCEL ? S_OK : hr);
    SendMessageW(dialog->window, WM_NEXTDLGCTL, (WPARAM)field, TRUE);
    SendMessageW(field, EM_SETSEL, 0, -1);
}

static const struct dialog_kind new_profile_kind = {
        .template_id = IDD_NEW_PROFILE,
        .focus = IDC_NAME,
        .init = new_profile_init,
        .place = new_profile_place,
        .command = new_profile_command,
};

HRESULT new_profile_run(HWND parent, struct service_choice *services, WCHAR name[65], struct modal *modal)
{
    struct new_profile new_profile = {.dialog.kind = &new_profile_kind, .services = services};
    HRESULT hr;

    new_profile.dialog.language = language_current();
    hr = dialog_run(&new_profile.dialog, parent, modal);
    lstrcpynW(name, hr == S_OK ? new_profile.name : L"", ARRAY_SIZE(new_profile.name));
    return hr;
}

/* Chooser */

static const WCHAR *name_at(struct chooser *chooser, size_t index)
{
    struct profile_choice *choice = chooser->choice;

    return index < choice->count ? choice->names[index] : chooser->made[index - choice->count].name;
}

/* Adds the index-th name as it can be shown; returns its position or a negative number. */
static LRESULT add_item(struct chooser *chooser, size_t index)
{
    HWND list = GetDlgItem(chooser->dialog.window, IDC_PROFILES);
    WCHAR clean[NAME_SIZE];
    LRESULT item;

    text_clean(name_at(chooser, index), clean, ARRAY_SIZE(clean));
    item = SendMessageW(list, LB_ADDSTRING, 0, (LPARAM)clean);
    if (item >= 0)
        SendMessageW(list, LB_SETITEMDATA, (WPARAM)item, (LPARAM)index);
    return item;
}

static void selection_changed(struct chooser *chooser)
{
    HWND window = chooser->dialog.window;
    BOOL empty = SendDlgItemMessageW(window, IDC_PROFILES, LB_GETCOUNT, 0, 0) <= 0;
    BOOL selected = SendDlgItemMessageW(window, IDC_PROFILES, LB_GETCURSEL, 0, 0) >= 0;

    EnableWindow(GetDlgItem(window, IDOK), selected);
    ShowWindow(GetDlgItem(window, IDC_EMPTY), empty ? SW_SHOW : SW_HIDE);
    /* What cannot be pressed is not the default button. */
    SendMessageW(window, DM_SETDEFID, selected ? IDOK : IDC_NEW, 0);
}

static void chooser_init(struct dialog *dialog)
{
    struct chooser *chooser = chooser_from_dialog(dialog);
    struct profile_choice *choice = chooser->choice;
    LRESULT item;
    LONG i;

    set_title(dialog, IDS_CHOOSER_TITLE);
    dialog_set_text(dialog, IDC_PROMPT, IDS_CHOOSER_PROMPT);
    dialog_set_text(dialog, IDC_EMPTY, IDS_CHOOSER_EMPTY);
    dialog_set_text(dialog, IDC_NEW, IDS_CHOOSER_NEW);
    dialog_set_text(dialog, IDC_ALWAYS, IDS_CHOOSER_ALWAYS);
    dialog_set_text(dialog, IDOK, IDS_OK);
    dialog_set_text(dialog, IDCANCEL, IDS_CANCEL);
    EnableWindow(GetDlgItem(dialog->window, IDC_NEW), choice->create != NULL);
    for (i = 0; i < (LONG)choice->count; i++)
    {
        /* Longer ones could not be given back. */
        if (lstrlenW(choice->names[i]) < (int)ARRAY_SIZE(choice->chosen))
            add_item(chooser, (size_t)i);
    }
    if (!choice->explicit_profile && choice->preselected >= 0)
    {
        for (item = 0; item < SendDlgItemMessageW(dialog->window, IDC_PROFILES, LB_GETCOUNT, 0, 0); item++)
        {
            if (SendDlgItemMessageW(dialog->window, IDC_PROFILES, LB_GETITEMDATA, (WPARAM)item, 0)
                == choice->preselected)
                SendDlgItemMessageW(dialog->window, IDC_PROFILES, LB_SETCURSEL, (WPARAM)item, 0);
        }
    }
    selection_changed(chooser);
}

static SIZE chooser_place(struct dialog *dialog)
{
    const struct layout *layout = &dialog->layout;
    HWND window = dialog->window;
    int margin = layout_x(layout, 7), gap = layout_x(layout, 5), y = layout_y(layout, 7), top;
    int new_width = layout_button(layout, window, IDC_NEW), list_width = layout_x(layout, 160), width;
    int list_height = layout_y(layout, 80);
    SIZE size, client;

    width = max(list_width + gap + new_width, layout_buttons_width(layout, window, IDOK, IDCANCEL));
    list_width = width - gap - new_width;
    client.cx = width + 2 * margin;

    size = layout_text(layout, window, IDC_PROMPT, width, TRUE);
    layout_move(window, IDC_PROMPT, margin, y, width, size.cy);
    y += size.cy + layout_y(layout, 3);
    layout_move(window, IDC_PROFILES, margin, y, list_width, list_height);
    layout_move(window, IDC_NEW, margin + list_width + gap, y, new_width, layout_y(layout, 14));
    /* The hint lies over the empty list. */
    top = layout_x(layout, 6);
    size = layout_text(layout, window, IDC_EMPTY, list_width - 2 * top, FALSE);
    layout_move(window, IDC_EMPTY, margin + top, y + top, list_width - 2 * top, size.cy);
    y += list_height + layout_y(layout, 7);
    size = layout_check_box(layout, window, IDC_ALWAYS, width);
    layout_move(window, IDC_ALWAYS, margin, y, size.cx, size.cy);
    y += size.cy + layout_y(layout, 9);
    layout_buttons(layout, window, IDOK, IDCANCEL, client.cx - margin, y);
    client.cy = y + layout_y(layout, 14 + 7);
    return client;
}

/* The hint lies on the empty list. */
static HBRUSH chooser_colour(struct dialog *dialog, HWND control, HDC dc)
{
    if (control != GetDlgItem(dialog->window, IDC_EMPTY))
        return NULL;
    SetBkColor(dc, GetSysColor(COLOR_WINDOW));
    SetTextColor(dc, GetSysColor(COLOR_WINDOWTEXT));
    return GetSysColorBrush(COLOR_WINDOW);
}

static void choose_new(struct chooser *chooser)
{
    struct dialog *dialog = &chooser->dialog;
    struct new_profile new_profile = {.dialog.kind = &new_profile_kind};
    LRESULT item;
    HRESULT hr;

    if (!array_reserve((void **)&chooser->made, &chooser->made_capacity, chooser->made_count + 1,
                       sizeof(*chooser->made)))
        return;
    new_profile.dialog.language = dialog->language;
    new_profile.create = chooser->choice->create;
    new_profile.services = chooser->choice->services;
    dialog->nested = &new_profile.dialog;
    hr = dialog_run(&new_profile.dialog, dialog->window, NULL);
    dialog->nested = NULL;
    if (hr != S_OK || dialog->finished || !dialog->window)
        return;
    lstrcpynW(chooser->made[chooser->made_count].name, new_profile.name, ARRAY_SIZE(new_profile.name));
    item = add_item(chooser, chooser->choice->count + chooser->made_count);
    chooser->made_count++;
    if (item < 0)
        return;
    SendDlgItemMessageW(dialog->window, IDC_PROFILES, LB_SETCURSEL, (WPARAM)item, 0);
    selection_changed(chooser);
    SendMessageW(dialog->window, WM_NEXTDLGCTL, (WPARAM)GetDlgItem(dialog->window, IDC_PROFILES), TRUE);
}

static void choose(struct chooser *chooser)
{
    HWND window = chooser->dialog.window;
    LRESULT item = SendDlgItemMessageW(window, IDC_PROFILES, LB_GETCURSEL, 0, 0);
    LRESULT index;

    if (item < 0)
        return;
    index = SendDlgItemMessageW(window, IDC_PROFILES, LB_GETITEMDATA, (WPARAM)item, 0);
    /* The list box is any program's to write to. */
    if (index < 0 || (size_t)index >= chooser->choice->count + chooser->made_count
        || lstrlenW(name_at(chooser, (size_t)index)) >= (int)ARRAY_SIZE(chooser->choice->chosen))
        return;
    lstrcpynW(chooser->choice->chosen, name_at(chooser, (size_t)index), ARRAY_SIZE(chooser->choice->chosen));
    chooser->choice->always = IsDlgButtonChecked(window, IDC_ALWAYS) == BST_CHECKED;
    dialog_finish(&chooser->dialog, S_OK);
}

static void chooser_command(struct dialog *dialog, UINT id, UINT code)
{
    struct chooser *chooser = chooser_from_dialog(dialog);

    if (dialog->finished)
        return;
    if (id == IDC_PROFILES && code == LBN_SELCHANGE)
        selection_changed(chooser);
    else if (id == IDOK || (id == IDC_PROFILES && code == LBN_DBLCLK))
        choose(chooser);
    else if (id == IDC_NEW && code == BN_CLICKED && !dialog->nested)
        choose_new(chooser);
}

static const struct dialog_kind chooser_kind = {
        .template_id = IDD_CHOOSER,
        .focus = IDC_PROFILES,
        .init = chooser_init,
        .place = chooser_place,
        .command = chooser_command,
        .colour = chooser_colour,
};

/* With nothing to choose from, New... comes first. */
static const struct dialog_kind empty_chooser_kind = {
        .template_id = IDD_CHOOSER,
        .focus = IDC_NEW,
        .init = chooser_init,
        .place = chooser_place,
        .command = chooser_command,
        .colour = chooser_colour,
};

HRESULT profile_chooser_run(HWND parent, struct profile_choice *choice, struct modal *modal)
{
    struct chooser chooser = {.choice = choice};
    HRESULT hr;

    TRACE("(%p, %lu profiles)\n", parent, choice->count);
    choice->chosen[0] = 0;
    choice->always = FALSE;
    chooser.dialog.kind = choice->count ? &chooser_kind : &empty_chooser_kind;
    chooser.dialog.language = language_current();
    hr = dialog_run(&chooser.dialog, parent, modal);
    if (FAILED(hr))
    {
        choice->chosen[0] = 0;
        choice->always = FALSE;
    }
    heap_free(chooser.made);
    return hr;
}
