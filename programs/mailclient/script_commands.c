/*
 * The commands of the script language, each tried again until it is done. See docs/mailclient-script.md.
 */
#include "script.h"

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#include "common/mapi_names.h"

struct script_command
{
    const WCHAR *name;
    unsigned min_words, max_words; /* with the name */
    enum script_result (*run)(struct script *script);
};

static enum script_result wait_for(struct script *script, BOOL reached, const WCHAR *format, const WCHAR *detail)
{
    if (reached)
    {
        return SCRIPT_DONE;
    }
    _snwprintf(script->why, ARRAYSIZE(script->why) - 1, format, detail);
    return SCRIPT_WAIT;
}

static enum script_result wrong(struct script *script, const WCHAR *why)
{
    _snwprintf(script->why, ARRAYSIZE(script->why) - 1, L"%ls", why);
    return SCRIPT_FAIL;
}

/* timeout SECONDS */
static enum script_result run_timeout(struct script *script)
{
    unsigned long seconds = wcstoul(script->words[1], NULL, 10);

    if (!seconds || seconds > 600)
    {
        return wrong(script, L"a time limit is 1 to 600 seconds");
    }
    script->limit = seconds * 1000ull;
    return SCRIPT_DONE;
}

/* logon [PROFILE]: without a name as at the start of the program. Done when it has succeeded. */
static enum script_result run_logon(struct script *script)
{
    struct mail_client *client = script->client;

    if (!script->phase)
    {
        /* The name outlives the command, and the call does not return before it is done. */
        static WCHAR profile[256];

        if (client->session.session || client->busy)
        {
            return wrong(script, L"somebody is logged on already");
        }
        if (script->word_count > 1)
        {
            _snwprintf(profile, ARRAYSIZE(profile) - 1, L"%ls", script->words[1]);
            client->logon_profile = profile;
        }
        /* What is in there is about an earlier one. */
        client->session.last_error = S_OK;
        PostMessageW(client->window, WM_APP_LOG_ON, script->word_count > 1 ? LOGON_NAMED : LOGON_DEFAULT, 0);
        script->phase = 1;
    }
    if (FAILED(client->session.last_error))
    {
        return wrong(script, text_string(&client->session.error_text));
    }
    return wait_for(script, client->session.session && !client->busy, L"%ls",
                    L"waiting until the logon is done; is a window open?");
}

/* try-logon PROFILE: posts the logon and goes on, whatever comes of it. */
static enum script_result run_try_logon(struct script *script)
{
    static WCHAR profile[256];

    _snwprintf(profile, ARRAYSIZE(profile) - 1, L"%ls", script->words[1]);
    script->client->logon_profile = profile;
    PostMessageW(script->client->window, WM_APP_LOG_ON, LOGON_NAMED, 0);
    return SCRIPT_DONE;
}

static enum script_result run_menu(struct script *script)
{
    return script_menu(script, script->words[1]);
}

/* wait dialog TITLE | wait idle */
static enum script_result run_wait(struct script *script)
{
    HWND dialog;

    if (!wcscmp(script->words[1], L"idle"))
    {
        return wait_for(script, !script->client->busy, L"%ls", L"a logon or logoff is still going on");
    }
    if (wcscmp(script->words[1], L"dialog") || script->word_count != 3)
    {
        return wrong(script, L"wait dialog TITLE, or wait idle");
    }
    dialog = script_find_dialog(script, script->words[2]);
    if (dialog)
    {
        script->dialog = dialog;
    }
    return wait_for(script, dialog != NULL, L"there is no dialog \"%ls\"", script->words[2]);
}

/* press BUTTON: then waits until the dialog is gone or shows that it took it. */
static enum script_result run_press(struct script *script)
{
    HWND dialog = script->dialog && IsWindow(script->dialog) ? script->dialog : script_find_dialog(script, NULL);

    if (!dialog)
    {
        return wait_for(script, FALSE, L"%ls", L"there is no dialog");
    }
    return script_press(script, dialog, script->words[1]);
}

/* key NAME: to the window that has the focus, else to the dialog or the main window. */
static enum script_result run_key(struct script *script)
{
    static const struct
    {
        const WCHAR *name;
        WPARAM key;
    } keys[] = {
            {L"Enter", VK_RETURN}, {L"Escape", VK_ESCAPE}, {L"Tab", VK_TAB}, {L"Space", VK_SPACE},
            {L"Up", VK_UP},        {L"Down", VK_DOWN},     {L"F5", VK_F5},   {L"F6", VK_F6},
    };
    HWND target = GetFocus();
    size_t i;

    if (script->dialog && IsWindow(script->dialog) && (!target || !IsChild(script->dialog, target)))
    {
        target = script->dialog;
    }
    if (!target)
    {
        target = script->client->window;
    }
    for (i = 0; i < ARRAYSIZE(keys); i++)
    {
        if (!wcscmp(keys[i].name, script->words[1]))
        {
            PostMessageW(target, WM_KEYDOWN, keys[i].key, 1);
            PostMessageW(target, WM_KEYUP, keys[i].key, (LPARAM)0xc0000001);
            return SCRIPT_DONE;
        }
    }
    return wrong(script, L"there is no key of that name");
}

/* dump tree|list|status|dialog */
static enum script_result run_dump(struct script *script)
{
    struct text status;

    if (!wcscmp(script->words[1], L"tree"))
    {
        script_dump_tree(script);
    }
    else if (!wcscmp(script->words[1], L"list"))
    {
        script_dump_list(script);
    }
    else if (!wcscmp(script->words[1], L"status"))
    {
        text_init(&status);
        script_status(script, &status);
        script_tell(script, L"      %ls", text_string(&status));
        text_free(&status);
    }
    else if (!wcscmp(script->words[1], L"dialog"))
    {
        HWND dialog = script_find_dialog(script, NULL);

        if (!dialog)
        {
            return wait_for(script, FALSE, L"%ls", L"there is no dialog");
        }
        script_dump_dialog(script, dialog);
    }
    else
    {
        return wrong(script, L"dump tree, list, status or dialog");
    }
    return SCRIPT_DONE;
}

/* select TEXT: an item of the tree. */
static enum script_result run_select(struct script *script)
{
    return wait_for(script, script_tree_has(script, script->words[1], TRUE), L"the tree has no \"%ls\"",
                    script->words[1]);
}

/*
 * screenshot-ready FILE: everything is painted, FILE is made, and the script goes on when somebody has deleted it.
 */
static enum script_result run_screenshot_ready(struct script *script)
{
    HWND dialog = script_find_dialog(script, NULL);
    HANDLE file;

    if (!script->phase)
    {
        RedrawWindow(script->client->window, NULL, NULL, RDW_INVALIDATE | RDW_ALLCHILDREN | RDW_UPDATENOW);
        if (dialog)
        {
            RedrawWindow(dialog, NULL, NULL, RDW_INVALIDATE | RDW_ALLCHILDREN | RDW_UPDATENOW);
        }
        GdiFlush();
        file = CreateFileW(script->words[1], GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
        if (file == INVALID_HANDLE_VALUE)
        {
            return wrong(script, L"the file cannot be made");
        }
        CloseHandle(file);
        script->phase = 1;
    }
    return wait_for(script, GetFileAttributesW(script->words[1]) == INVALID_FILE_ATTRIBUTES,
                    L"nobody has taken the file \"%ls\" away", script->words[1]);
}

static enum script_result run_close(struct script *script)
{
    PostMessageW(script->client->window, WM_CLOSE, 0, 0);
    return SCRIPT_DONE;
}

/* destroy: the main window goes, whatever is open. */
static enum script_result run_destroy(struct script *script)
{
    PostMessageW(script->client->window, WM_APP_QUIT, 0, 0);
    return SCRIPT_DONE;
}

/* end-outside: as if another program had ended the shared session. */
static enum script_result run_end_outside(struct script *script)
{
    PostMessageW(script->client->window, WM_APP_SESSION_EVENT, fnevCriticalError, MAPI_E_END_OF_SESSION);
    return SCRIPT_DONE;
}

/* answer-notice: presses the button of the bar that another program's log-off has brought. */
static enum script_result run_answer_notice(struct script *script)
{
    HWND button = script->client->notice_button;

    if (!IsWindowVisible(button))
    {
        return wait_for(script, FALSE, L"%ls", L"there is no notice");
    }
    SendMessageW(button, BM_CLICK, 0, 0);
    return SCRIPT_DONE;
}

/* quit: the rest of the script is not read. */
static enum script_result run_quit(struct script *script)
{
    script->next = script->next + wcslen(script->next);
    return SCRIPT_DONE;
}

static enum script_result expect_rows(struct script *script)
{
    long wanted = wcstol(script->words[script->word_count - 1], NULL, 10);
    long rows = (long)SendMessageW(script->client->list, LVM_GETITEMCOUNT, 0, 0);
    BOOL least = script->word_count == 4 && !wcscmp(script->words[2], L">=");
    WCHAR count[16];

    _snwprintf(count, ARRAYSIZE(count), L"%ld", rows);
    return wait_for(script, least ? rows >= wanted : rows == wanted, L"the list has %ls rows", count);
}

static enum script_result expect_status(struct script *script)
{
    struct text status;
    enum script_result result;

    text_init(&status);
    script_status(script, &status);
    result = wait_for(script, wcsstr(text_string(&status), script->words[2]) != NULL, L"the status bar says \"%ls\"",
                      text_string(&status));
    text_free(&status);
    return result;
}

static enum script_result expect_error(struct script *script)
{
    HRESULT wanted, last = script->client->session.last_error;
    const WCHAR *name = mapi_error_name(last);

    if (!mapi_error_by_name(script->words[2], &wanted))
    {
        return wrong(script, L"there is no error of that name");
    }
    return wait_for(script, last == wanted, L"the last result is %ls", name ? name : L"one without a name");
}

static enum script_result expect_no(struct script *script)
{
    struct mail_client *client = script->client;

    if (!wcscmp(script->words[2], L"dialog"))
    {
        return wait_for(script, !script_find_dialog(script, NULL), L"%ls", L"there is a dialog");
    }
    if (!wcscmp(script->words[2], L"notice"))
    {
        return wait_for(script, !IsWindowVisible(client->notice), L"%ls", L"there is a notice");
    }
    if (!wcscmp(script->words[2], L"session"))
    {
        return wait_for(script, !client->session.session && !client->busy, L"%ls", L"there is a session");
    }
    return wrong(script, L"expect no dialog, no notice or no session");
}

/* expect WHAT ...: waits until it is so. */
static enum script_result run_expect(struct script *script)
{
    struct mail_client *client = script->client;
    const WCHAR *what = script->words[1];
    const WCHAR *detail = script->word_count > 2 ? script->words[2] : L"";
    HWND dialog = script_find_dialog(script, NULL);

    if (!wcscmp(what, L"closed"))
    {
        return wait_for(script, FALSE, L"%ls", L"the window is still open");
    }
    if (!wcscmp(what, L"session"))
    {
        return wait_for(script, client->session.session && !client->busy, L"%ls", L"there is no session");
    }
    if (!wcscmp(what, L"notice"))
    {
        return wait_for(script, IsWindowVisible(client->notice), L"%ls", L"there is no notice");
    }
    if (script->word_count < 3)
    {
        return wrong(script, L"something is missing behind expect");
    }
    if (!wcscmp(what, L"no"))
    {
        return expect_no(script);
    }
    if (!wcscmp(what, L"rows"))
    {
        return expect_rows(script);
    }
    if (!wcscmp(what, L"status"))
    {
        return expect_status(script);
    }
    if (!wcscmp(what, L"error"))
    {
        return expect_error(script);
    }
    if (!wcscmp(what, L"row"))
    {
        return wait_for(script, script_list_has(script, detail), L"the list has no \"%ls\"", detail);
    }
    if (!wcscmp(what, L"tree"))
    {
        return wait_for(script, script_tree_has(script, detail, FALSE), L"the tree has no \"%ls\"", detail);
    }
    if (!wcscmp(what, L"text"))
    {
        return wait_for(script, dialog && script_dialog_has_text(dialog, detail), L"the dialog does not say \"%ls\"",
                        detail);
    }
    if (!wcscmp(what, L"window"))
    {
        return wait_for(script, !IsWindowEnabled(client->window) == !wcscmp(detail, L"disabled"),
                        L"the main window is not %ls", detail);
    }
    return wrong(script, L"nothing of that name can be expected");
}

static const struct script_command script_commands[] = {
        {L"timeout", 2, 2, run_timeout},
        {L"logon", 1, 2, run_logon},
        {L"try-logon", 2, 2, run_try_logon},
        {L"menu", 2, 2, run_menu},
        {L"wait", 2, 3, run_wait},
        {L"press", 2, 2, run_press},
        {L"key", 2, 2, run_key},
        {L"expect", 2, 4, run_expect},
        {L"select", 2, 2, run_select},
        {L"dump", 2, 2, run_dump},
        {L"screenshot-ready", 2, 2, run_screenshot_ready},
        {L"close", 1, 1, run_close},
        {L"destroy", 1, 1, run_destroy},
        {L"end-outside", 1, 1, run_end_outside},
        {L"answer-notice", 1, 1, run_answer_notice},
        {L"quit", 1, 1, run_quit},
};

enum script_result script_run_command(struct script *script)
{
    size_t i;

    for (i = 0; i < ARRAYSIZE(script_commands); i++)
    {
        const struct script_command *command = &script_commands[i];

        if (wcscmp(command->name, script->words[0]))
        {
            continue;
        }
        if (script->word_count < command->min_words || script->word_count > command->max_words)
        {
            return wrong(script, L"too many or too few words");
        }
        return command->run(script);
    }
    return wrong(script, L"there is no such command");
}
