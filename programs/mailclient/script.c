/*
 * Running a script: lines, time limits, transcript, watchdog. See script.h.
 */
#include "script.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "common/output.h"

#define FILE_MAX (1 << 20)
#define WATCHDOG_GRACE 5000 /* milliseconds */

void script_tell(struct script *script, const WCHAR *format, ...)
{
    WCHAR line[2048];
    va_list args;

    va_start(args, format);
    _vsnwprintf(line, ARRAYSIZE(line) - 2, format, args);
    va_end(args);
    line[ARRAYSIZE(line) - 2] = 0;
    wcscat(line, L"\n");
    output_write(script->output, line, wcslen(line));
}

static WCHAR *read_file(const WCHAR *name)
{
    HANDLE file = CreateFileW(name, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    char *bytes = malloc(FILE_MAX);
    WCHAR *text = NULL;
    DWORD count = 0, part;
    const char *start = bytes;
    int length;

    if (file == INVALID_HANDLE_VALUE || !bytes)
    {
        free(bytes);
        if (file != INVALID_HANDLE_VALUE)
        {
            CloseHandle(file);
        }
        return NULL;
    }
    while (count < FILE_MAX && ReadFile(file, bytes + count, FILE_MAX - count, &part, NULL) && part)
    {
        count += part;
    }
    CloseHandle(file);
    if (count >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3))
    {
        start += 3;
        count -= 3;
    }
    text = count < FILE_MAX ? calloc(count + 1, sizeof(*text)) : NULL;
    if (text && count)
    {
        length = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, start, (int)count, text, (int)count);
        if (!length)
        {
            free(text);
            text = NULL;
        }
    }
    free(bytes);
    return text;
}

BOOL script_open(struct script *script, struct mail_client *client, const WCHAR *file, HANDLE output)
{
    memset(script, 0, sizeof(*script));
    script->client = client;
    script->output = output;
    script->limit = SCRIPT_LIMIT_DEFAULT;
    script->source = script->next = read_file(file);
    if (!script->source)
    {
        script_tell(script, L"FAILED: the script \"%ls\" cannot be read", file);
        return FALSE;
    }
    client->script = script;
    return TRUE;
}

static void set_deadline(struct script *script)
{
    InterlockedExchange64(&script->deadline, (LONGLONG)(GetTickCount64() + script->limit));
}

/* Ends the process when nothing else can: the window's thread hangs in a call. */
static DWORD WINAPI watchdog_thread(void *param)
{
    struct script *script = param;

    while (WaitForSingleObject(script->finished, 500) == WAIT_TIMEOUT)
    {
        LONGLONG deadline = InterlockedCompareExchange64(&script->deadline, 0, 0);

        if ((LONGLONG)GetTickCount64() > deadline + WATCHDOG_GRACE)
        {
            script_tell(script, L"FAILED line %u: the window's thread does not answer any more: %ls", script->line,
                        script->text);
            if (script->test[0])
            {
                script_tell(script, L"not ok - %ls", script->test);
            }
            TerminateProcess(GetCurrentProcess(), 1);
        }
    }
    return 0;
}

void script_start(struct script *script)
{
    set_deadline(script);
    script->finished = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (script->finished)
    {
        script->watchdog = CreateThread(NULL, 0, watchdog_thread, script, 0, NULL);
    }
    SetTimer(script->client->window, SCRIPT_TIMER, SCRIPT_TICK, NULL);
}

/* The named test that is going on has its result. */
static void end_test(struct script *script, BOOL passed)
{
    if (script->test[0])
    {
        script_tell(script, L"%lsok - %ls", passed ? L"" : L"not ", script->test);
    }
    script->test[0] = 0;
}

static void end_script(struct script *script, BOOL failed)
{
    if (script->ended)
    {
        return;
    }
    script->ended = TRUE;
    script->failed = failed;
    end_test(script, !failed);
    set_deadline(script);
    /* Also out of a dialog that is still open: it ends with its owner. */
    PostMessageW(script->client->window, WM_APP_QUIT, 0, 0);
}

static void fail(struct script *script)
{
    HWND dialog = script_find_dialog(script, NULL);

    script_tell(script, L"FAILED line %u: %ls", script->line, script->text);
    script_tell(script, L"    %ls", script->why[0] ? script->why : L"the time limit is over");
    if (dialog)
    {
        script_dump_dialog(script, dialog);
    }
    end_script(script, TRUE);
}

/* Splits text into words; "a b" is one word, "" inside of quotes is a quote. FALSE: too many, or a quote is open. */
static BOOL split(struct script *script)
{
    const WCHAR *in = script->text;
    WCHAR *out = script->buffer;

    script->word_count = 0;
    while (*in)
    {
        BOOL quoted = FALSE;

        while (*in == ' ' || *in == '\t')
        {
            in++;
        }
        if (!*in || *in == '#')
        {
            return TRUE;
        }
        if (script->word_count == SCRIPT_WORDS)
        {
            return FALSE;
        }
        script->words[script->word_count++] = out;
        for (; *in && (quoted || (*in != ' ' && *in != '\t')); in++)
        {
            if (*in != '"')
            {
                *out++ = *in;
            }
            else if (quoted && in[1] == '"')
            {
                *out++ = *in++;
            }
            else
            {
                quoted = !quoted;
            }
        }
        *out++ = 0;
        if (quoted)
        {
            return FALSE;
        }
    }
    return TRUE;
}

/* Takes the next line that is not empty. FALSE: there is none, or it cannot be read (then the script has failed). */
static BOOL next_command(struct script *script)
{
    while (*script->next)
    {
        WCHAR line[1024];
        size_t length = wcscspn(script->next, L"\r\n");
        BOOL fits = length < ARRAYSIZE(line);
        DWORD expanded;

        script->line++;
        wcsncpy(line, script->next, fits ? length : 0);
        line[fits ? length : 0] = 0;
        script->next += length;
        script->next += *script->next == '\r';
        script->next += *script->next == '\n';
        expanded = ExpandEnvironmentStringsW(line, script->text, ARRAYSIZE(script->text));
        if (!fits || !expanded || expanded > ARRAYSIZE(script->text) || !split(script))
        {
            wcscpy(script->why, L"the line is too long or has an open quote or too many words");
            fail(script);
            return FALSE;
        }
        if (script->word_count)
        {
            script->running = TRUE;
            script->phase = 0;
            script->requests = script->client->requests_done;
            script->why[0] = 0;
            script->commands++;
            set_deadline(script);
            if (wcscmp(script->words[0], L"test"))
            {
                script_tell(script, L"%4u  %ls", script->line, script->text + wcsspn(script->text, L" \t"));
            }
            return TRUE;
        }
    }
    return FALSE;
}

/* test "NAME": closes the test before it, which has passed when the script has come this far. */
static enum script_result run(struct script *script)
{
    if (wcscmp(script->words[0], L"test"))
    {
        return script_run_command(script);
    }
    end_test(script, TRUE);
    _snwprintf(script->test, ARRAYSIZE(script->test) - 1, L"%ls", script->word_count > 1 ? script->words[1] : L"");
    return SCRIPT_DONE;
}

void script_tick(struct script *script)
{
    while (!script->ended)
    {
        if (!script->running && !next_command(script))
        {
            end_script(script, script->failed);
            return;
        }
        switch (run(script))
        {
        case SCRIPT_DONE:
            script->running = FALSE;
            break;
        case SCRIPT_WAIT:
            if ((LONGLONG)GetTickCount64() > script->deadline)
            {
                fail(script);
            }
            return;
        case SCRIPT_FAIL:
            fail(script);
            return;
        }
    }
}

void script_window_closed(struct script *script)
{
    if (script->ended)
    {
        return;
    }
    /* "expect closed", the last command, is what a script says when it wants this. */
    if (!script->running)
    {
        next_command(script);
    }
    script->ended = TRUE;
    if (script->running && script->word_count == 2 && !wcscmp(script->words[0], L"expect")
        && !wcscmp(script->words[1], L"closed"))
    {
        end_test(script, TRUE);
    }
    else
    {
        script->failed = TRUE;
        script_tell(script, L"FAILED line %u: the window was closed: %ls", script->line, script->text);
        end_test(script, FALSE);
    }
    set_deadline(script);
}

int script_close(struct script *script)
{
    int status = script->failed || !script->ended;

    if (script->finished)
    {
        SetEvent(script->finished);
    }
    if (script->watchdog)
    {
        WaitForSingleObject(script->watchdog, INFINITE);
        CloseHandle(script->watchdog);
    }
    if (script->finished)
    {
        CloseHandle(script->finished);
    }
    if (script->source)
    {
        script_tell(script, L"%ls: %u commands", status ? L"The script failed" : L"The script is done",
                    script->commands);
    }
    free(script->source);
    return status;
}
