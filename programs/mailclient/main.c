/*
 * mailclient.exe: a small mail client for Extended MAPI. Command line, message loop, end.
 */
#include "mailclient.h"

#include <string.h>
#include <wchar.h>

#include <shellapi.h>

#include "common/output.h"
#include "script.h"

static const WCHAR usage[] =
        L"usage: mailclient [--profile NAME] [--script FILE [--output FILE]]\n\n"
        L"  --profile NAME  log on to this profile at once\n"
        L"  --script FILE   do what FILE says and write what was seen (docs/mailclient-script.md)\n"
        L"  --output FILE   write it there instead of to the standard output\n";

struct options
{
    WCHAR *profile, *script, *output;
    BOOL help, wrong;
};

static void read_options(int argc, WCHAR **argv, struct options *options)
{
    int i;

    for (i = 1; i < argc; i++)
    {
        WCHAR **value = NULL;

        if (!wcscmp(argv[i], L"--profile"))
        {
            value = &options->profile;
        }
        else if (!wcscmp(argv[i], L"--script"))
        {
            value = &options->script;
        }
        else if (!wcscmp(argv[i], L"--output"))
        {
            value = &options->output;
        }
        else if (!wcscmp(argv[i], L"--help"))
        {
            options->help = TRUE;
            continue;
        }
        if (!value || i + 1 == argc)
        {
            options->wrong = TRUE;
            return;
        }
        *value = argv[++i];
    }
}

/* A program with windows has no console of its own: the text goes to whatever there is. */
static int show_usage(const struct options *options)
{
    if (!output_std(options->wrong ? STD_ERROR_HANDLE : STD_OUTPUT_HANDLE, usage))
    {
        MessageBoxW(NULL, usage, APPLICATION_NAME, MB_OK | MB_ICONINFORMATION);
    }
    return options->wrong ? 2 : 0;
}

static HANDLE open_output(const WCHAR *name)
{
    return name ? CreateFileW(name, GENERIC_WRITE, FILE_SHARE_READ, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL)
                : GetStdHandle(STD_OUTPUT_HANDLE);
}

static void message_loop(struct mail_client *client)
{
    MSG message;

    while (GetMessageW(&message, NULL, 0, 0) > 0)
    {
        if (!IsWindow(client->window) || !window_translate(client, &message))
        {
            TranslateMessage(&message);
            DispatchMessageW(&message);
        }
    }
}

static int run(struct mail_client *client, const struct options *options, int show)
{
    HANDLE output = open_output(options->output);
    struct script script;
    int status = 0;

    if (options->script && !script_open(&script, client, options->script, output))
    {
        return 2;
    }
    if (!window_create(client, show))
    {
        return 3;
    }
    client->logon_profile = options->profile;
    if (client->script)
    {
        script_start(&script);
    }
    if (options->profile || !client->script)
    {
        PostMessageW(client->window, WM_APP_LOG_ON, options->profile ? LOGON_NAMED : LOGON_DEFAULT, 0);
    }
    message_loop(client);
    mail_session_close(&client->session);
    if (client->script)
    {
        status = script_close(&script);
    }
    if (options->output && output != INVALID_HANDLE_VALUE)
    {
        CloseHandle(output);
    }
    return status;
}

int WINAPI WinMain(HINSTANCE instance, HINSTANCE previous, char *command_line, int show)
{
    struct mail_client client;
    struct options options = {0};
    WCHAR **argv;
    int argc, status;

    (void)previous;
    (void)command_line;
    argv = CommandLineToArgvW(GetCommandLineW(), &argc);
    if (!argv)
    {
        return 3;
    }
    read_options(argc, argv, &options);
    if (options.help || options.wrong)
    {
        status = show_usage(&options);
    }
    else
    {
        memset(&client, 0, sizeof(client));
        client.instance = instance;
        status = run(&client, &options, show);
        if (client.font)
        {
            DeleteObject(client.font);
        }
    }
    LocalFree(argv);
    return status;
}
