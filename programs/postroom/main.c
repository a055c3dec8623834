/*
 * postroom.exe: finds the command, checks its arguments, runs it and writes what it built.
 */
#include <string.h>
#include <wchar.h>

#include <windows.h>
#include <shellapi.h>

#include "command.h"
#include "common/output.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Every area of commands; a new one adds its line here. */
static const struct command_area *const areas[] = {
        &profile_area, &service_area, &provider_area, &session_area, &doctor_area, &version_area,
};

static const WCHAR options_help[] = L"Options of every command:\n"
                                    L"  --json        write one JSON object, for programs\n"
                                    L"  --help, -h    help for the command\n"
                                    L"  --            what follows are arguments, even if they begin with a dash\n";

static const WCHAR status_help[] =
        L"Exit status: 0 done, 1 failed or something found, 2 wrong command line, 3 MAPI not available,\n"
        L"4 no such profile, service or shared session, 5 exists already, 6 output not written.\n";

static void append_command(struct text *out, const struct command_area *area, const struct command *command)
{
    text_printf(out, L"postroom %ls", area->name);
    if (command->name)
    {
        text_printf(out, L" %ls", command->name);
    }
    if (command->arguments)
    {
        text_printf(out, L" %ls", command->arguments);
    }
}

static void command_lines(struct text *out, const struct command_area *area)
{
    size_t i;

    for (i = 0; i < area->command_count; i++)
    {
        const struct command *command = &area->commands[i];

        text_append(out, L"  ");
        append_command(out, area, command);
        text_append(out, L"  ");
        text_pad(out, 44);
        text_printf(out, L"%ls\n", command->summary);
    }
}

static void program_help(struct text *out)
{
    size_t i;

    text_append(out, L"Usage: postroom COMMAND [ARGUMENTS] [--json]\n\n"
                     L"Profiles of Extended MAPI, and what a mail program on this system gets for MAPI.\n\n"
                     L"Commands:\n");
    for (i = 0; i < COUNT(areas); i++)
    {
        command_lines(out, areas[i]);
    }
    text_printf(out, L"\n%ls\n%ls", options_help, status_help);
}

static void area_help(struct text *out, const struct command_area *area)
{
    text_printf(out, L"%ls\n\nCommands:\n", area->summary);
    command_lines(out, area);
    text_printf(out, L"\n%ls\n%ls", options_help, status_help);
}

static void command_help(struct text *out, const struct command_area *area, const struct command *command)
{
    size_t i;

    text_append(out, L"Usage: ");
    append_command(out, area, command);
    text_printf(out, L"\n\n%ls.\n", command->summary);
    if (command->help)
    {
        text_printf(out, L"\n%ls", command->help);
    }
    if (command->option_count)
    {
        text_append(out, L"\nOptions:\n");
    }
    for (i = 0; i < command->option_count; i++)
    {
        text_printf(out, L"  %ls", command->options[i].name);
        if (command->options[i].value)
        {
            text_printf(out, L" %ls", command->options[i].value);
        }
        text_append(out, L"  ");
        text_pad(out, 16);
        text_printf(out, L"%ls\n", command->options[i].help);
    }
    text_printf(out, L"\n%ls\n%ls", options_help, status_help);
}

/* What the command line says, before it is known whether it is right. */
struct request
{
    const struct command_area *area;
    const struct command *command;
    BOOL help;
};

static const struct command_area *find_area(const WCHAR *name)
{
    size_t i;

    for (i = 0; i < COUNT(areas); i++)
    {
        if (!wcscmp(areas[i]->name, name))
        {
            return areas[i];
        }
    }
    return NULL;
}

/* Takes a word as the area's or the command's name, else as an argument. FALSE: it is neither. */
static BOOL take_word(struct request *request, struct context *context, WCHAR *word)
{
    size_t i;

    if (!request->area)
    {
        request->area = find_area(word);
        if (request->area && !request->area->commands[0].name)
        {
            request->command = &request->area->commands[0];
        }
        return request->area != NULL;
    }
    if (!request->command)
    {
        for (i = 0; i < request->area->command_count; i++)
        {
            if (!wcscmp(request->area->commands[i].name, word))
            {
                request->command = &request->area->commands[i];
                return TRUE;
            }
        }
        return FALSE;
    }
    context->arguments[context->argument_count++] = word;
    return TRUE;
}

static enum status usage_error(struct context *context, const struct request *request, const WCHAR *what,
                               const WCHAR *word)
{
    if (request->command)
    {
        return context_error(context, STATUS_USAGE, L"%ls%ls%ls%ls. Try: postroom %ls%ls%ls --help", what,
                             word ? L" \"" : L"", word ? word : L"", word ? L"\"" : L"", request->area->name,
                             request->command->name ? L" " : L"",
                             request->command->name ? request->command->name : L"");
    }
    return context_error(context, STATUS_USAGE, L"%ls%ls%ls%ls. Try: postroom %ls%ls--help", what, word ? L" \"" : L"",
                         word ? word : L"", word ? L"\"" : L"", request->area ? request->area->name : L"",
                         request->area ? L" " : L"");
}

/* Options of the command stand behind its name. *consumed: the next word was its value. */
static enum status take_option(const struct request *request, struct context *context, const WCHAR *word,
                               const WCHAR *next, BOOL *consumed)
{
    size_t i;

    *consumed = FALSE;
    for (i = 0; request->command && i < request->command->option_count; i++)
    {
        const struct option *option = &request->command->options[i];

        if (wcscmp(option->name, word))
        {
            continue;
        }
        if (!option->value)
        {
            context->options[i] = L"";
            return STATUS_OK;
        }
        if (!next)
        {
            return usage_error(context, request, L"A value is missing behind", word);
        }
        context->options[i] = next;
        *consumed = TRUE;
        return STATUS_OK;
    }
    return usage_error(context, request, L"There is no option", word);
}

static enum status parse(int argc, WCHAR **argv, struct request *request, struct context *context)
{
    BOOL options = TRUE;
    int i;

    for (i = 1; i < argc; i++)
    {
        WCHAR *word = argv[i];
        enum status status;
        BOOL consumed;

        if (!options || word[0] != '-' || !word[1])
        {
            if (!take_word(request, context, word))
            {
                return usage_error(context, request, L"There is no command", word);
            }
        }
        else if (!wcscmp(word, L"--"))
        {
            options = FALSE;
        }
        else if (!wcscmp(word, L"--help") || !wcscmp(word, L"-h"))
        {
            request->help = TRUE;
        }
        else if (!wcscmp(word, L"--version") && !request->area)
        {
            request->area = &version_area;
            request->command = &version_area.commands[0];
        }
        else if (wcscmp(word, L"--json"))
        {
            status = take_option(request, context, word, i + 1 < argc ? argv[i + 1] : NULL, &consumed);
            if (status != STATUS_OK)
            {
                return status;
            }
            i += consumed;
        }
    }
    return STATUS_OK;
}

static enum status show_help(const struct request *request, struct context *context)
{
    struct text help, *out = &context->out;

    text_init(&help);
    if (context->json)
    {
        out = &help;
    }
    if (request->command)
    {
        command_help(out, request->area, request->command);
    }
    else if (request->area)
    {
        area_help(out, request->area);
    }
    else
    {
        program_help(out);
    }
    if (context->json)
    {
        json_key_string(&context->writer, L"help", text_string(&help));
        context->out.failed |= help.failed;
    }
    text_free(&help);
    return STATUS_OK;
}

static enum status dispatch(int argc, WCHAR **argv, struct context *context)
{
    struct request request = {0};
    enum status status = parse(argc, argv, &request, context);

    if (status != STATUS_OK)
    {
        return status;
    }
    if (request.help)
    {
        return show_help(&request, context);
    }
    if (!request.command)
    {
        return usage_error(context, &request, L"A command is missing", NULL);
    }
    if (context->argument_count < request.command->min_arguments)
    {
        return usage_error(context, &request, L"An argument is missing", NULL);
    }
    if (context->argument_count > request.command->max_arguments)
    {
        return usage_error(context, &request, L"There is an argument too many:",
                           context->arguments[request.command->max_arguments]);
    }
    return request.command->run(context);
}

/* Whether --json is on the command line: known before anything else, since errors are JSON then too. */
static BOOL wants_json(int argc, WCHAR **argv)
{
    int i;

    for (i = 1; i < argc && wcscmp(argv[i], L"--"); i++)
    {
        if (!wcscmp(argv[i], L"--json"))
        {
            return TRUE;
        }
    }
    return FALSE;
}

/* The body of the document is written after its first member, which only the end knows: so it is put together here. */
static enum status finish(struct context *context, enum status status)
{
    struct text document;
    BOOL written = TRUE;

    if (context->json)
    {
        json_end_object(&context->writer);
        text_init(&document);
        text_printf(&document, L"{\n  \"ok\": %ls", status == STATUS_OK ? L"true" : L"false");
        if (context->writer.filled[0])
        {
            text_append(&document, L",");
            text_append(&document, text_string(&context->out) + 1);
        }
        else
        {
            text_append(&document, L"\n}");
        }
        text_append(&document, L"\n");
        document.failed |= context->out.failed;
        text_free(&context->out);
        context->out = document;
    }
    if (context->out.failed || context->err.failed)
    {
        output_std(STD_ERROR_HANDLE, L"postroom: There is not enough memory for the output.\n");
        return STATUS_OUTPUT;
    }
    if (context->out.length)
    {
        written = output_std(STD_OUTPUT_HANDLE, text_string(&context->out));
    }
    if (context->err.length)
    {
        output_std(STD_ERROR_HANDLE, text_string(&context->err));
    }
    return written ? status : STATUS_OUTPUT;
}

int main(void)
{
    struct context context;
    enum status status;
    WCHAR **argv;
    int argc;

    memset(&context, 0, sizeof(context));
    argv = CommandLineToArgvW(GetCommandLineW(), &argc);
    if (argv)
    {
        context.arguments = CoTaskMemAlloc((size_t)argc * sizeof(*context.arguments));
    }
    if (!argv || !context.arguments)
    {
        output_std(STD_ERROR_HANDLE, L"postroom: There is not enough memory.\n");
        return STATUS_OUTPUT;
    }
    context.json = wants_json(argc, argv);
    json_init(&context.writer, &context.out);
    if (context.json)
    {
        json_begin_object(&context.writer);
    }
    status = dispatch(argc, argv, &context);
    status = finish(&context, status);
    mapi_library_unload(&context.mapi);
    text_free(&context.out);
    text_free(&context.err);
    CoTaskMemFree(context.arguments);
    LocalFree(argv);
    return status;
}
