/*
 * Dialogs for scripts: finding those of this process, reading them, pressing their buttons. See script.h.
 */
#include "script.h"

#include <stdio.h>
#include <wchar.h>

#define TEXT_MAX_LENGTH 512

struct search
{
    const WCHAR *title; /* NULL: any */
    HWND main;
    HWND found;
};

static BOOL CALLBACK check_window(HWND window, LPARAM param)
{
    struct search *search = (struct search *)param;
    WCHAR class[32], title[TEXT_MAX_LENGTH];
    DWORD process;

    GetWindowThreadProcessId(window, &process);
    if (process != GetCurrentProcessId() || window == search->main || !IsWindowVisible(window)
        || !GetClassNameW(window, class, ARRAYSIZE(class)) || wcscmp(class, L"#32770"))
    {
        return TRUE;
    }
    title[0] = 0;
    GetWindowTextW(window, title, ARRAYSIZE(title));
    if (search->title && wcscmp(search->title, title))
    {
        return TRUE;
    }
    search->found = window;
    return FALSE;
}

HWND script_find_dialog(struct script *script, const WCHAR *title)
{
    struct search search = {title, script->client->window, NULL};

    EnumWindows(check_window, (LPARAM)&search);
    return search.found;
}

/* Text of a control without the mnemonics' marks. */
static void control_text(HWND control, WCHAR text[TEXT_MAX_LENGTH])
{
    WCHAR *in, *out;

    text[0] = 0;
    GetWindowTextW(control, text, TEXT_MAX_LENGTH);
    for (in = out = text; *in; in++)
    {
        if (*in == '&' && in[1] != '&')
        {
            continue;
        }
        in += *in == '&';
        *out++ = *in;
    }
    *out = 0;
}

struct button_search
{
    const WCHAR *name;
    HWND found;
};

static BOOL CALLBACK check_button(HWND control, LPARAM param)
{
    struct button_search *search = (struct button_search *)param;
    WCHAR class[32], text[TEXT_MAX_LENGTH];

    if (GetClassNameW(control, class, ARRAYSIZE(class)) && !_wcsicmp(class, L"Button") && IsWindowVisible(control))
    {
        control_text(control, text);
        if (!wcscmp(text, search->name))
        {
            search->found = control;
        }
    }
    return !search->found;
}

/* OK and Cancel mean the dialog's default and cancel buttons whatever they are called; else the button's text. */
enum script_result script_press(struct script *script, HWND dialog, const WCHAR *button)
{
    struct button_search search = {button, NULL};

    if (!wcscmp(button, L"OK"))
    {
        search.found = GetDlgItem(dialog, IDOK);
    }
    else if (!wcscmp(button, L"Cancel"))
    {
        search.found = GetDlgItem(dialog, IDCANCEL);
    }
    if (!search.found)
    {
        EnumChildWindows(dialog, check_button, (LPARAM)&search);
    }
    if (!search.found || !IsWindowEnabled(search.found))
    {
        _snwprintf(script->why, ARRAYSIZE(script->why) - 1, L"the dialog has no button \"%ls\" that can be pressed",
                   button);
        return SCRIPT_WAIT;
    }
    script->dialog = NULL;
    PostMessageW(search.found, BM_CLICK, 0, 0);
    return SCRIPT_DONE;
}

struct text_search
{
    const WCHAR *wanted;
    BOOL found;
};

static BOOL CALLBACK check_text(HWND control, LPARAM param)
{
    struct text_search *search = (struct text_search *)param;
    WCHAR text[TEXT_MAX_LENGTH];

    if (IsWindowVisible(control))
    {
        control_text(control, text);
        search->found |= wcsstr(text, search->wanted) != NULL;
    }
    return !search->found;
}

BOOL script_dialog_has_text(HWND dialog, const WCHAR *text)
{
    struct text_search search = {text, FALSE};

    EnumChildWindows(dialog, check_text, (LPARAM)&search);
    return search.found;
}

static BOOL CALLBACK dump_control(HWND control, LPARAM param)
{
    struct script *script = (struct script *)param;
    WCHAR class[32] = L"", text[TEXT_MAX_LENGTH];
    const WCHAR *mark = L"";

    if (!IsWindowVisible(control))
    {
        return TRUE;
    }
    GetClassNameW(control, class, ARRAYSIZE(class));
    control_text(control, text);
    if (!_wcsicmp(class, L"Button") && (GetWindowLongW(control, GWL_STYLE) & BS_TYPEMASK) == BS_AUTOCHECKBOX)
    {
        mark = SendMessageW(control, BM_GETCHECK, 0, 0) == BST_CHECKED ? L"[x] " : L"[ ] ";
    }
    if (text[0])
    {
        script_tell(script, L"        %ls: %ls%ls%ls", class, mark, text,
                    IsWindowEnabled(control) ? L"" : L" (disabled)");
    }
    return TRUE;
}

void script_dump_dialog(struct script *script, HWND dialog)
{
    WCHAR title[TEXT_MAX_LENGTH] = L"";

    GetWindowTextW(dialog, title, ARRAYSIZE(title));
    script_tell(script, L"      dialog \"%ls\"", title);
    EnumChildWindows(dialog, dump_control, (LPARAM)script);
}
