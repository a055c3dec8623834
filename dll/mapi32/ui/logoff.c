/*
 * Log-off dialog: what IMAPISession::Logoff shows with MAPI_LOGOFF_UI.
 *
 * Its state lives on the stack of logoff_dialog_run. Texts that hold names are made when the controls are placed,
 * because names are cut to what fits.
 */
#include "ui/confirm.h"
#include "ui/dialog.h"

struct logoff_dialog
{
    struct dialog dialog;
    const struct logoff_question *question;
    HICON icon; /* ours, at the window's DPI */
    BOOL asked; /* the check box's state at first */
    BOOL policy;
};

static inline struct logoff_dialog *impl_from_dialog(struct dialog *dialog)
{
    return CONTAINING_RECORD(dialog, struct logoff_dialog, dialog);
}

static BOOL is_pending(const struct logoff_question *question)
{
    return question->unsent || question->others;
}

static void logoff_init(struct dialog *dialog)
{
    struct logoff_dialog *logoff = impl_from_dialog(dialog);
    WCHAR title[TEXT_SIZE];

    text_load(dialog->language, IDS_LOGOFF_TITLE, title, ARRAY_SIZE(title));
    SetWindowTextW(dialog->window, title);
    dialog_set_text(dialog, IDC_ASK, IDS_LOGOFF_ASK);
    dialog_set_text(dialog, IDOK, IDS_LOGOFF_YES);
    dialog_set_text(dialog, IDCANCEL, IDS_CANCEL);

    logoff->asked = confirm_get(&logoff->policy) == CONFIRM_ALWAYS;
    CheckDlgButton(dialog->window, IDC_ASK, logoff->asked ? BST_CHECKED : BST_UNCHECKED);
    EnableWindow(GetDlgItem(dialog->window, IDC_ASK), !logoff->policy);
    if (logoff->question->unsent)
        ShowWindow(GetDlgItem(dialog->window, IDC_UNSENT), SW_SHOW);
    if (logoff->question->others)
        ShowWindow(GetDlgItem(dialog->window, IDC_OTHERS), SW_SHOW);
}

/* The stock icon at the size that icons have at this DPI. Returns the size. */
static int set_icon(struct logoff_dialog *logoff)
{
    struct dialog *dialog = &logoff->dialog;
    HICON stock =
            LoadIconW(NULL, is_pending(logoff->question) ? (const WCHAR *)IDI_WARNING : (const WCHAR *)IDI_QUESTION);
    int size = layout_scale(&dialog->layout, 32);
    HICON icon = CopyImage(stock, IMAGE_ICON, size, size, LR_COPYFROMRESOURCE);

    SendDlgItemMessageW(dialog->window, IDC_TEXT_ICON, STM_SETICON, (WPARAM)(icon ? icon : stock), 0);
    if (logoff->icon)
        DestroyIcon(logoff->icon);
    logoff->icon = icon;
    return icon ? size : GetSystemMetrics(SM_CXICON);
}

static void set_question(struct logoff_dialog *logoff, int width)
{
    struct dialog *dialog = &logoff->dialog;
    WCHAR clean[NAME_SIZE], name[NAME_SIZE + 8], text[TEXT_SIZE];

    text_clean(logoff->question->profile_name ? logoff->question->profile_name : L"", clean, ARRAY_SIZE(clean));
    /* Leaves room for the quotation marks and what cannot be parted from them, square letters too. */
    layout_shorten(&dialog->layout, dialog->window, clean, width - layout_x(&dialog->layout, 36));
    text_isolate(dialog->language, clean, name, ARRAY_SIZE(name));
    text_format(dialog->language, *clean ? IDS_LOGOFF_QUESTION : IDS_LOGOFF_QUESTION_PLAIN, name, NULL, text,
                ARRAY_SIZE(text));
    SetDlgItemTextW(dialog->window, IDC_QUESTION, text);
}

static void set_unsent(struct logoff_dialog *logoff)
{
    struct dialog *dialog = &logoff->dialog;
    WCHAR text[TEXT_SIZE];

    text_format_count(dialog->language, IDS_UNSENT, logoff->question->unsent, NULL, text, ARRAY_SIZE(text));
    SetDlgItemTextW(dialog->window, IDC_UNSENT, text);
}

static void add(WCHAR *buffer, size_t size, const WCHAR *text)
{
    size_t length = (size_t)lstrlenW(buffer);

    lstrcpynW(buffer + length, text, (int)(size - length));
}

/* "a.exe, b.exe" in the language's way of writing a list; at most some lines of it. */
static void join_names(struct logoff_dialog *logoff, const WCHAR *names, int width, WCHAR *list, size_t size)
{
    struct dialog *dialog = &logoff->dialog;
    WCHAR separator[8], clean[NAME_SIZE], name[NAME_SIZE + 8];
    unsigned int count = 0;

    text_load(dialog->language, IDS_LIST_SEPARATOR, separator, ARRAY_SIZE(separator));
    list[0] = 0;
    while (*names)
    {
        const WCHAR *end = names;
        size_t length;

        while (*end && *end != ',')
            end++;
        length = (size_t)(end - names);
        lstrcpynW(name, names, (int)min(length + 1, ARRAY_SIZE(name)));
        text_clean(name, clean, ARRAY_SIZE(clean));
        layout_shorten(&dialog->layout, dialog->window, clean, width - layout_x(&dialog->layout, 36));
        text_isolate(dialog->language, clean, name, ARRAY_SIZE(name));
        if (*clean && (count == 8 || lstrlenW(list) + ARRAY_SIZE(name) + 12 > size))
        {
            add(list, size, separator);
            add(list, size, L"\x2026");
            return;
        }
        if (*clean)
        {
            if (count++)
                add(list, size, separator);
            add(list, size, name);
        }
        names = *end ? end + 1 : end;
        while (*names == ' ')
            names++;
    }
}

static void set_others(struct logoff_dialog *logoff, int width)
{
    const struct logoff_question *question = logoff->question;
    const struct language *language = logoff->dialog.language;
    WCHAR list[TEXT_SIZE / 2], names[TEXT_SIZE / 2 + 8], text[TEXT_SIZE], asked[TEXT_SIZE / 4];
    size_t length;

    join_names(logoff, question->other_names ? question->other_names : L"", width, list, ARRAY_SIZE(list));
    names[0] = 0;
    if (*list)
        text_format(language, IDS_OTHER_NAMES, list, NULL, names, ARRAY_SIZE(names));
    text_format_count(language, IDS_OTHERS, question->others, names, text, ARRAY_SIZE(text));
    if (question->shared)
    {
        text_format_count(language, IDS_OTHERS_ASKED, question->others, NULL, asked, ARRAY_SIZE(asked));
        length = (size_t)lstrlenW(text);
        /* No blank after an ideographic full stop. */
        if (length && text[length - 1] != 0x3002)
            add(text, ARRAY_SIZE(text), L" ");
        add(text, ARRAY_SIZE(text), asked);
    }
    SetDlgItemTextW(logoff->dialog.window, IDC_OTHERS, text);
}

static SIZE logoff_place(struct dialog *dialog)
{
    struct logoff_dialog *logoff = impl_from_dialog(dialog);
    const struct layout *layout = &dialog->layout;
    HWND window = dialog->window;
    int margin = layout_x(layout, 7), icon = set_icon(logoff), text_x = margin + icon + layout_x(layout, 7);
    int widest = layout_x(layout, 240), least = layout_x(layout, is_pending(logoff->question) ? 190 : 130);
    int width, y = layout_y(layout, 7), bottom;
    SIZE size, client;

    /* As wide as the question in one line, within reason; the other texts are wrapped at that. */
    set_question(logoff, widest);
    width = max(min((int)layout_text(layout, window, IDC_QUESTION, 0x4000, FALSE).cx, widest), least);
    width = max(width, layout_buttons_width(layout, window, IDOK, IDCANCEL) - (text_x - margin));
    width = max(width, min((int)layout_check_box(layout, window, IDC_ASK, 0x4000).cx, widest) - (text_x - margin));
    client.cx = text_x + width + margin;

    layout_move(window, IDC_TEXT_ICON, margin, y, icon, icon);
    bottom = y + icon;
    size = layout_text(layout, window, IDC_QUESTION, width, FALSE);
    /* One line stands beside the icon's middle; more begin at its top. */
    if (!is_pending(logoff->question) && size.cy < icon)
        y += (icon - size.cy) / 2;
    layout_move(window, IDC_QUESTION, text_x, y, width, size.cy);
    y += size.cy;
    if (logoff->question->unsent)
    {
        set_unsent(logoff);
        size = layout_text(layout, window, IDC_UNSENT, width, FALSE);
        y += layout_y(layout, 6);
        layout_move(window, IDC_UNSENT, text_x, y, width, size.cy);
        y += size.cy;
    }
    if (logoff->question->others)
    {
        set_others(logoff, width);
        size = layout_text(layout, window, IDC_OTHERS, width, FALSE);
        y += layout_y(layout, 6);
        layout_move(window, IDC_OTHERS, text_x, y, width, size.cy);
        y += size.cy;
    }
    y = max(y, bottom) + layout_y(layout, 9);

    size = layout_check_box(layout, window, IDC_ASK, client.cx - 2 * margin);
    layout_move(window, IDC_ASK, margin, y, size.cx, size.cy);
    y += size.cy + layout_y(layout, 9);
    layout_buttons(layout, window, IDOK, IDCANCEL, client.cx - margin, y);
    client.cy = y + layout_y(layout, 14 + 7);
    return client;
}

static void logoff_command(struct dialog *dialog, UINT id, UINT code)
{
    struct logoff_dialog *logoff = impl_from_dialog(dialog);
    BOOL asks;

    (void)code;
    if (id != IDOK || dialog->finished)
        return;
    asks = IsDlgButtonChecked(dialog->window, IDC_ASK) == BST_CHECKED;
    if (!logoff->policy && asks != logoff->asked)
        confirm_set(asks ? CONFIRM_ALWAYS : CONFIRM_PENDING);
    dialog_finish(dialog, S_OK);
}

static void logoff_destroy(struct dialog *dialog)
{
    struct logoff_dialog *logoff = impl_from_dialog(dialog);

    SendDlgItemMessageW(dialog->window, IDC_TEXT_ICON, STM_SETICON, 0, 0);
    if (logoff->icon)
        DestroyIcon(logoff->icon);
    logoff->icon = NULL;
}

static const struct dialog_kind logoff_kind = {
        .template_id = IDD_LOGOFF,
        .focus = IDOK,
        .init = logoff_init,
        .place = logoff_place,
        .command = logoff_command,
        .destroy = logoff_destroy,
};

HRESULT logoff_dialog_run(HWND parent, const struct logoff_question *question, struct modal *modal)
{
    struct logoff_dialog logoff = {.question = question};

    TRACE("(%p, %s, %lu unsent, %lu others)\n", parent, debugstr_w(question->profile_name), question->unsent,
          question->others);
    logoff.dialog.kind = &logoff_kind;
    logoff.dialog.language = language_current();
    return dialog_run(&logoff.dialog, parent, modal);
}
