/*
 * postroom version: this program's version and architecture.
 */
#include "command.h"

#include "version.h"

#ifdef _WIN64
#define ARCHITECTURE L"x86_64"
#else
#define ARCHITECTURE L"i686"
#endif

#define WIDE_(string) L##string
#define WIDE(string) WIDE_(string)

static enum status version_run(struct context *context)
{
    if (context->json)
    {
        json_key_string(&context->writer, L"program", L"postroom");
        json_key_string(&context->writer, L"version", WIDE(POSTROOM_VERSION_STRING));
        json_key_string(&context->writer, L"architecture", ARCHITECTURE);
    }
    else
    {
        text_append(&context->out, L"postroom " WIDE(POSTROOM_VERSION_STRING) L" (" ARCHITECTURE L")\n");
    }
    return STATUS_OK;
}

static const struct command version_commands[] = {
        {
                .summary = L"Show the version of this program",
                .run = version_run,
        },
};

const struct command_area version_area = {L"version", L"This program's version.", version_commands, 1};
