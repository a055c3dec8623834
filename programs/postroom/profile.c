/*
 * postroom profile: everything that IProfAdmin does with whole profiles.
 */
#include <string.h>
#include <wchar.h>

#include "command.h"

static const WCHAR bad_name[] = L"A profile's name has 1 to 64 characters, no space at its beginning or end, no "
                                L"backslash and no control character.";

/* Releases the admin object before MAPI goes, whatever happened in between. */
enum status profile_with_admin(struct context *context, enum status (*work)(struct context *context, IProfAdmin *admin))
{
    enum status status = context_need_mapi(context);
    IProfAdmin *admin = NULL;
    HRESULT hr;

    if (status != STATUS_OK)
    {
        return status;
    }
    hr = context->mapi.admin_profiles(0, &admin);
    if (FAILED(hr) || !admin)
    {
        return context_failed(context, STATUS_NO_MAPI, FAILED(hr) ? hr : MAPI_E_CALL_FAILED, NULL,
                              L"The profiles cannot be administered");
    }
    status = work(context, admin);
    IProfAdmin_Release(admin);
    return status;
}

/* Rows of PR_DISPLAY_NAME_W and PR_DEFAULT_PROFILE. */
static HRESULT profile_rows(struct context *context, IProfAdmin *admin, SRowSet **rows)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_DISPLAY_NAME_W, PR_DEFAULT_PROFILE}};
    IMAPITable *table = NULL;
    HRESULT hr = IProfAdmin_GetProfileTable(admin, 0, &table);

    *rows = NULL;
    if (FAILED(hr))
    {
        return hr;
    }
    hr = mapi_library_query_rows(&context->mapi, table, (const SPropTagArray *)&columns, rows);
    IMAPITable_Release(table);
    return hr;
}

static BOOL row_is_default(const SRow *row)
{
    const SPropValue *value = mapi_row_property(row, PR_DEFAULT_PROFILE);

    return value && value->Value.b;
}

HRESULT profile_default_name(struct context *context, IProfAdmin *admin, struct text *name)
{
    SRowSet *rows;
    ULONG i;
    HRESULT hr = profile_rows(context, admin, &rows);

    if (FAILED(hr))
    {
        return hr;
    }
    for (i = 0; i < rows->cRows; i++)
    {
        if (row_is_default(&rows->aRow[i]))
        {
            text_append(name, mapi_row_string(&rows->aRow[i], PR_DISPLAY_NAME_W, L""));
            break;
        }
    }
    context->mapi.free_rows(rows);
    return S_OK;
}

static enum status list_work(struct context *context, IProfAdmin *admin)
{
    SRowSet *rows;
    ULONG i;
    HRESULT hr = profile_rows(context, admin, &rows);

    if (FAILED(hr))
    {
        return context_failed(context, STATUS_FAILED, hr, NULL, L"The profiles cannot be listed");
    }
    if (context->json)
    {
        json_key(&context->writer, L"profiles");
        json_begin_array(&context->writer);
    }
    else if (!rows->cRows)
    {
        text_append(&context->out, L"There are no profiles. Create one with: postroom profile create NAME\n");
    }
    for (i = 0; i < rows->cRows; i++)
    {
        const WCHAR *name = mapi_row_string(&rows->aRow[i], PR_DISPLAY_NAME_W, L"");
        BOOL is_default = row_is_default(&rows->aRow[i]);

        if (context->json)
        {
            json_begin_object(&context->writer);
            json_key_string(&context->writer, L"name", name);
            json_key_bool(&context->writer, L"default", is_default);
            json_end_object(&context->writer);
        }
        else
        {
            append_visible(&context->out, name);
            text_append(&context->out, is_default ? L" (default)\n" : L"\n");
        }
    }
    if (context->json)
    {
        json_end_array(&context->writer);
    }
    context->mapi.free_rows(rows);
    return STATUS_OK;
}

static enum status list_run(struct context *context)
{
    return profile_with_admin(context, list_work);
}

/*
 * One operation of IProfAdmin on one or two names. names are WCHAR strings with MAPI_UNICODE in flags, else char
 * strings: some MAPI DLLs know only those for profiles.
 */
typedef HRESULT (*name_operation)(IProfAdmin *admin, void *first, void *second, ULONG flags);

static HRESULT create_operation(IProfAdmin *admin, void *first, void *second, ULONG flags)
{
    (void)second;
    return IProfAdmin_CreateProfile(admin, first, NULL, 0, flags);
}

static HRESULT copy_operation(IProfAdmin *admin, void *first, void *second, ULONG flags)
{
    return IProfAdmin_CopyProfile(admin, first, NULL, second, 0, flags);
}

static HRESULT rename_operation(IProfAdmin *admin, void *first, void *second, ULONG flags)
{
    return IProfAdmin_RenameProfile(admin, first, NULL, second, 0, flags);
}

static HRESULT delete_operation(IProfAdmin *admin, void *first, void *second, ULONG flags)
{
    (void)second;
    return IProfAdmin_DeleteProfile(admin, first, flags);
}

static HRESULT default_operation(IProfAdmin *admin, void *first, void *second, ULONG flags)
{
    (void)second;
    return IProfAdmin_SetDefaultProfile(admin, first, flags);
}

/* In the ANSI code page, if every character has its place there. */
static BOOL to_ansi(const WCHAR *name, char *buffer, int size)
{
    BOOL lost = FALSE;

    return WideCharToMultiByte(CP_ACP, WC_NO_BEST_FIT_CHARS, name, -1, buffer, size, NULL, &lost) && !lost;
}

static HRESULT run_operation(IProfAdmin *admin, name_operation operation, WCHAR *first, WCHAR *second)
{
    HRESULT hr = operation(admin, first, second, MAPI_UNICODE);
    char first_ansi[256], second_ansi[256];

    if (hr != MAPI_E_UNKNOWN_FLAGS && hr != MAPI_E_BAD_CHARWIDTH)
    {
        return hr;
    }
    if ((first && !to_ansi(first, first_ansi, sizeof(first_ansi)))
        || (second && !to_ansi(second, second_ansi, sizeof(second_ansi))))
    {
        return hr;
    }
    return operation(admin, first ? first_ansi : NULL, second ? second_ansi : NULL, 0);
}

/* Why an operation on profiles failed, in its own words where they are better than the code's. */
static enum status operation_failed(struct context *context, HRESULT hr, const WCHAR *what)
{
    switch (hr)
    {
    case MAPI_E_INVALID_PARAMETER:
    case MAPI_E_TOO_BIG:
    case MAPI_E_STRING_TOO_LONG:
        return context_failed(context, STATUS_FAILED, hr, bad_name, L"%ls", what);
    case MAPI_E_NO_ACCESS:
    case MAPI_E_COLLISION:
        return context_failed(context, STATUS_EXISTS, hr, L"There is a profile of that name already.", L"%ls", what);
    case MAPI_E_NOT_FOUND:
        return context_failed(context, STATUS_NOT_FOUND, hr, L"There is no profile of that name.", L"%ls", what);
    default:
        return context_failed(context, STATUS_FAILED, hr, NULL, L"%ls", what);
    }
}

/* verb: what could not be done, past: what was done; both with the first name in between, then the second. */
static enum status name_work(struct context *context, IProfAdmin *admin, name_operation operation, const WCHAR *verb,
                             const WCHAR *past)
{
    WCHAR *first = context->arguments[0];
    WCHAR *second = context->argument_count > 1 ? context->arguments[1] : NULL;
    HRESULT hr = run_operation(admin, operation, first, second);
    enum status status;
    struct text what;

    text_init(&what);
    if (FAILED(hr))
    {
        text_printf(&what, L"The profile \"%ls\" cannot be %ls", first, verb);
        if (second)
        {
            text_printf(&what, L" \"%ls\"", second);
        }
        status = operation_failed(context, hr, text_string(&what));
    }
    else
    {
        status = STATUS_OK;
        if (context->json)
        {
            json_key_string(&context->writer, second ? L"from" : L"profile", first);
            if (second)
            {
                json_key_string(&context->writer, L"to", second);
            }
        }
        else
        {
            text_append(&context->out, L"The profile ");
            append_quoted(&context->out, first);
            text_printf(&context->out, L" was %ls", past);
            if (second)
            {
                text_append(&context->out, L" ");
                append_quoted(&context->out, second);
            }
            text_append(&context->out, L".\n");
        }
    }
    text_free(&what);
    return status;
}

static enum status create_work(struct context *context, IProfAdmin *admin)
{
    return name_work(context, admin, create_operation, L"created", L"created");
}

static enum status create_run(struct context *context)
{
    return profile_with_admin(context, create_work);
}

static enum status copy_work(struct context *context, IProfAdmin *admin)
{
    return name_work(context, admin, copy_operation, L"copied to", L"copied to");
}

static enum status copy_run(struct context *context)
{
    return profile_with_admin(context, copy_work);
}

static enum status rename_work(struct context *context, IProfAdmin *admin)
{
    return name_work(context, admin, rename_operation, L"renamed to", L"renamed to");
}

static enum status rename_run(struct context *context)
{
    return profile_with_admin(context, rename_work);
}

static enum status delete_work(struct context *context, IProfAdmin *admin)
{
    return name_work(context, admin, delete_operation, L"deleted", L"deleted");
}

static enum status delete_run(struct context *context)
{
    return profile_with_admin(context, delete_work);
}

static void tell_default(struct context *context, const WCHAR *name)
{
    if (context->json)
    {
        json_key_string(&context->writer, L"default", name);
    }
    else if (name)
    {
        append_visible(&context->out, name);
        text_append(&context->out, L"\n");
    }
    else
    {
        text_append(&context->out, L"There is no default profile.\n");
    }
}

static enum status default_show(struct context *context, IProfAdmin *admin)
{
    const WCHAR *name = NULL;
    SRowSet *rows;
    ULONG i;
    HRESULT hr = profile_rows(context, admin, &rows);

    if (FAILED(hr))
    {
        return context_failed(context, STATUS_FAILED, hr, NULL, L"The profiles cannot be listed");
    }
    for (i = 0; i < rows->cRows && !name; i++)
    {
        name = row_is_default(&rows->aRow[i]) ? mapi_row_string(&rows->aRow[i], PR_DISPLAY_NAME_W, NULL) : NULL;
    }
    tell_default(context, name);
    context->mapi.free_rows(rows);
    return STATUS_OK;
}

static enum status default_set(struct context *context, IProfAdmin *admin)
{
    WCHAR *name = context->options[0] ? NULL : context->arguments[0];
    HRESULT hr = run_operation(admin, default_operation, name, NULL);
    enum status status;
    struct text what;

    if (SUCCEEDED(hr))
    {
        if (context->json)
        {
            json_key_string(&context->writer, L"default", name);
        }
        else if (name)
        {
            append_quoted(&context->out, name);
            text_append(&context->out, L" is the default profile now.\n");
        }
        else
        {
            text_append(&context->out, L"There is no default profile any more.\n");
        }
        return STATUS_OK;
    }
    text_init(&what);
    if (name)
    {
        text_printf(&what, L"\"%ls\" cannot be made the default profile", name);
    }
    else
    {
        text_append(&what, L"The default profile cannot be taken away");
    }
    status = operation_failed(context, hr, text_string(&what));
    text_free(&what);
    return status;
}

static enum status default_run(struct context *context)
{
    if (context->options[0] && context->argument_count)
    {
        return context_error(context, STATUS_USAGE,
                             L"Either a name or --none, not both. Try: postroom profile default --help");
    }
    return profile_with_admin(context, context->options[0] || context->argument_count ? default_set : default_show);
}

static const WCHAR name_help[] = L"A name has 1 to 64 characters of any script, no space at its beginning or end, no\n"
                                 L"backslash and no control character.\n";

static const WCHAR in_use_help[] =
        L"While a program is logged on to the profile this is put off until it has logged off.\n";

static const struct option default_options[] = {
        {L"--none", NULL, L"leave no default profile"},
};

static const struct command profile_commands[] = {
        {
                .name = L"list",
                .summary = L"List the profiles",
                .help = L"JSON: {\"ok\", \"profiles\": [{\"name\", \"default\"}]}\n",
                .run = list_run,
        },
        {
                .name = L"create",
                .arguments = L"NAME",
                .min_arguments = 1,
                .max_arguments = 1,
                .summary = L"Create an empty profile",
                .help = name_help,
                .run = create_run,
        },
        {
                .name = L"copy",
                .arguments = L"FROM TO",
                .min_arguments = 2,
                .max_arguments = 2,
                .summary = L"Copy a profile under a new name",
                .help = name_help,
                .run = copy_run,
        },
        {
                .name = L"rename",
                .arguments = L"FROM TO",
                .min_arguments = 2,
                .max_arguments = 2,
                .summary = L"Rename a profile",
                .help = in_use_help,
                .run = rename_run,
        },
        {
                .name = L"delete",
                .arguments = L"NAME",
                .min_arguments = 1,
                .max_arguments = 1,
                .summary = L"Delete a profile",
                .help = in_use_help,
                .run = delete_run,
        },
        {
                .name = L"default",
                .arguments = L"[NAME | --none]",
                .max_arguments = 1,
                .summary = L"Show or set the default profile",
                .help = L"JSON: {\"ok\", \"default\": name or null}\n",
                .options = default_options,
                .option_count = sizeof(default_options) / sizeof(default_options[0]),
                .run = default_run,
        },
};

const struct command_area profile_area = {
        L"profile",
        L"Profiles: the sets of message services that programs log on with.",
        profile_commands,
        sizeof(profile_commands) / sizeof(profile_commands[0]),
};
