/*
 * Commands of postroom.exe: one table an area, one file an area.
 *
 * A command gets a context with its arguments checked for number, and builds its whole output in it; main writes it.
 * With --json the output is exactly one JSON object, also for errors.
 */
#ifndef POSTROOM_PROGRAMS_COMMAND_H
#define POSTROOM_PROGRAMS_COMMAND_H

#include <windows.h>

#include "common/json.h"
#include "common/mapi_library.h"
#include "common/text.h"

/* Exit statuses; documented in docs/postroom.md and by --help. */
enum status
{
    STATUS_OK = 0,
    STATUS_FAILED = 1,    /* the operation failed, or doctor found something */
    STATUS_USAGE = 2,     /* the command line is wrong */
    STATUS_NO_MAPI = 3,   /* no usable mapi32.dll, or MAPIInitialize failed */
    STATUS_NOT_FOUND = 4, /* there is no such profile, or no shared session */
    STATUS_EXISTS = 5,    /* there is one of that name already */
    STATUS_OUTPUT = 6,    /* the output could not be built or written */
};

#define OPTIONS_MAX 8

struct option
{
    const WCHAR *name;  /* "--none" */
    const WCHAR *value; /* what its value is called in the help; NULL: takes none */
    const WCHAR *help;
};

struct context;

struct command
{
    const WCHAR *name; /* NULL for the only command of an area: "postroom doctor" */
    const WCHAR *arguments;
    int min_arguments, max_arguments;
    const WCHAR *summary; /* one line */
    const WCHAR *help;    /* more lines, each ended; NULL: the summary says it all */
    const struct option *options;
    size_t option_count;
    enum status (*run)(struct context *context);
};

struct command_area
{
    const WCHAR *name;
    const WCHAR *summary;
    const struct command *commands;
    size_t command_count;
};

struct context
{
    BOOL json;
    int argument_count;
    WCHAR **arguments;
    const WCHAR *options[OPTIONS_MAX]; /* by index in the command's table: NULL absent, "" or its value */

    struct text out;
    struct text err;
    struct json writer; /* writes to out; with json set main has opened the object and closes it */
    struct mapi_library mapi;
};

/* Loads and initialises MAPI; on failure the error is in the output and the status is what run has to return. */
enum status context_need_mapi(struct context *context);

/* Reports a failure: what could not be done, why. sentence NULL: the code's own. */
enum status context_failed(struct context *context, enum status status, HRESULT hr, const WCHAR *sentence,
                           const WCHAR *format, ...);

/* A failure without a MAPI code. */
enum status context_error(struct context *context, enum status status, const WCHAR *format, ...);

/* Has work done with IProfAdmin, which is released before MAPI goes. */
enum status profile_with_admin(struct context *context,
                               enum status (*work)(struct context *context, IProfAdmin *admin));
/* The default profile's name, "" when there is none. */
HRESULT profile_default_name(struct context *context, IProfAdmin *admin, struct text *name);

/* Appends a name for people: quoted, characters that could steer a terminal replaced. */
void append_quoted(struct text *text, const WCHAR *name);
void append_visible(struct text *text, const WCHAR *name);

extern const struct command_area profile_area;
extern const struct command_area service_area;
extern const struct command_area provider_area;
extern const struct command_area session_area;
extern const struct command_area doctor_area;
extern const struct command_area version_area;

#endif
