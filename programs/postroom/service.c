/*
 * postroom service: what IMsgServiceAdmin does with the message services of one profile.
 */
#include <string.h>
#include <wchar.h>

#include "services.h"

static const IID iid_service_admin2 = {0x00020387, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};

enum service_option
{
    OPTION_PROFILE, /* of every command here */
    OPTION_UI,
    OPTION_UNINSTALL = OPTION_UI
};

/* One command at a time: what with_profile has to do when it has the administration. */
static services_work current_work;

enum status services_failed(struct context *context, IMsgServiceAdmin2 *services, HRESULT hr, const WCHAR *what)
{
    enum status status = hr == MAPI_E_NOT_FOUND ? STATUS_NOT_FOUND : STATUS_FAILED;
    MAPIERROR *error = NULL;

    if (hr == MAPI_E_NO_ACCESS)
    {
        return context_failed(context, STATUS_EXISTS, hr, L"The profile has it, and may have it once only.", L"%ls",
                              what);
    }
    if (FAILED(IMsgServiceAdmin2_GetLastError(services, hr, MAPI_UNICODE, &error)))
    {
        error = NULL;
    }
    status = context_failed(context, status, hr, error ? (const WCHAR *)error->lpszError : NULL, L"%ls", what);
    context->mapi.free_buffer(error);
    return status;
}

static enum status with_profile(struct context *context, IProfAdmin *admin)
{
    IMsgServiceAdmin2 *services = NULL;
    IMsgServiceAdmin *first = NULL;
    enum status status;
    struct text name;
    HRESULT hr;

    text_init(&name);
    if (context->options[OPTION_PROFILE])
    {
        text_append(&name, context->options[OPTION_PROFILE]);
    }
    else if (FAILED(hr = profile_default_name(context, admin, &name)))
    {
        text_free(&name);
        return context_failed(context, STATUS_FAILED, hr, NULL, L"The profiles cannot be listed");
    }
    if (!name.length)
    {
        text_free(&name);
        return context_error(context, STATUS_NOT_FOUND, L"There is no default profile. Name one: --profile NAME");
    }
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)text_string(&name), NULL, 0, MAPI_UNICODE, &first);
    if (SUCCEEDED(hr))
    {
        hr = IMsgServiceAdmin_QueryInterface(first, &iid_service_admin2, (void **)&services);
        IMsgServiceAdmin_Release(first);
    }
    if (FAILED(hr))
    {
        status = context_failed(context, hr == MAPI_E_LOGON_FAILED ? STATUS_NOT_FOUND : STATUS_FAILED, hr,
                                hr == MAPI_E_LOGON_FAILED ? L"There is no profile of that name." : NULL,
                                L"The profile \"%ls\" cannot be administered", text_string(&name));
        text_free(&name);
        return status;
    }
    if (context->json)
    {
        json_key_string(&context->writer, L"profile", text_string(&name));
    }
    text_free(&name);
    status = current_work(context, services);
    IMsgServiceAdmin2_Release(services);
    return status;
}

enum status services_run(struct context *context, services_work work)
{
    current_work = work;
    return profile_with_admin(context, with_profile);
}

void services_uid_text(const SRow *row, ULONG tag, WCHAR text[33])
{
    const SPropValue *value = mapi_row_property(row, tag);
    ULONG i;

    text[0] = 0;
    for (i = 0; value && value->Value.bin.cb == 16 && i < 16; i++)
    {
        wsprintfW(text + 2 * i, L"%02x", value->Value.bin.lpb[i]);
    }
}

static HRESULT service_rows(struct context *context, IMsgServiceAdmin2 *services, SRowSet **rows)
{
    static const SizedSPropTagArray(5, columns) = {
            5, {PR_SERVICE_NAME_W, PR_DISPLAY_NAME_W, PR_SERVICE_DLL_NAME_W, PR_SERVICE_UID, PR_RESOURCE_FLAGS}};
    IMAPITable *table = NULL;
    HRESULT hr = IMsgServiceAdmin2_GetMsgServiceTable(services, MAPI_UNICODE, &table);

    *rows = NULL;
    if (FAILED(hr))
    {
        return hr;
    }
    hr = mapi_library_query_rows(&context->mapi, table, (const SPropTagArray *)&columns, rows);
    IMAPITable_Release(table);
    return hr;
}

static enum status list_work(struct context *context, IMsgServiceAdmin2 *services)
{
    WCHAR uid[33];
    SRowSet *rows;
    ULONG i;
    HRESULT hr = service_rows(context, services, &rows);

    if (FAILED(hr))
    {
        return services_failed(context, services, hr, L"The message services cannot be listed");
    }
    if (context->json)
    {
        json_key(&context->writer, L"services");
        json_begin_array(&context->writer);
    }
    else if (!rows->cRows)
    {
        text_append(&context->out, L"There are no message services. Add one with: postroom service add NAME\n");
    }
    for (i = 0; i < rows->cRows; i++)
    {
        const SRow *row = &rows->aRow[i];

        services_uid_text(row, PR_SERVICE_UID, uid);
        if (context->json)
        {
            json_begin_object(&context->writer);
            json_key_string(&context->writer, L"service", mapi_row_string(row, PR_SERVICE_NAME_W, NULL));
            json_key_string(&context->writer, L"name", mapi_row_string(row, PR_DISPLAY_NAME_W, NULL));
            json_key_string(&context->writer, L"dll", mapi_row_string(row, PR_SERVICE_DLL_NAME_W, NULL));
            json_key_string(&context->writer, L"uid", uid);
            json_end_object(&context->writer);
        }
        else
        {
            append_visible(&context->out, mapi_row_string(row, PR_SERVICE_NAME_W, L"?"));
            text_append(&context->out, L"  ");
            text_pad(&context->out, 24);
            append_visible(&context->out, mapi_row_string(row, PR_DISPLAY_NAME_W, L""));
            text_printf(&context->out, L"  %ls\n", uid);
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
    return services_run(context, list_work);
}

/* The service of the first argument: by its uid, its name, its display name. FALSE: the status says why not. */
static BOOL find_service(struct context *context, IMsgServiceAdmin2 *services, MAPIUID *uid, enum status *status)
{
    const WCHAR *wanted = context->arguments[0];
    const SPropValue *value;
    SRowSet *rows;
    WCHAR text[33];
    ULONG i, found = 0;
    HRESULT hr = service_rows(context, services, &rows);

    if (FAILED(hr))
    {
        *status = services_failed(context, services, hr, L"The message services cannot be listed");
        return FALSE;
    }
    for (i = 0; i < rows->cRows; i++)
    {
        const SRow *row = &rows->aRow[i];

        services_uid_text(row, PR_SERVICE_UID, text);
        value = mapi_row_property(row, PR_SERVICE_UID);
        if (text[0]
            && (!_wcsicmp(text, wanted) || !_wcsicmp(mapi_row_string(row, PR_SERVICE_NAME_W, L""), wanted)
                || !_wcsicmp(mapi_row_string(row, PR_DISPLAY_NAME_W, L""), wanted)))
        {
            memcpy(uid, value->Value.bin.lpb, sizeof(*uid));
            found++;
        }
    }
    context->mapi.free_rows(rows);
    if (found == 1)
    {
        return TRUE;
    }
    *status =
            found ? context_error(context, STATUS_FAILED,
                                  L"There are %lu message services \"%ls\". Name one by its uid: postroom service list",
                                  found, wanted)
                  : context_error(context, STATUS_NOT_FOUND, L"The profile has no message service \"%ls\".", wanted);
    return FALSE;
}

static void tell(struct context *context, const WCHAR *service, const WCHAR *past)
{
    if (context->json)
    {
        json_key_string(&context->writer, L"service", service);
    }
    else
    {
        text_append(&context->out, L"The message service ");
        append_quoted(&context->out, service);
        text_printf(&context->out, L" was %ls.\n", past);
    }
}

static HRESULT create_service(IMsgServiceAdmin2 *services, const WCHAR *name, ULONG flags)
{
    MAPIUID uid;

    return IMsgServiceAdmin2_CreateMsgServiceEx(services, (LPTSTR)name, NULL, 0, flags | MAPI_UNICODE, &uid);
}

static enum status add_failed(struct context *context, IMsgServiceAdmin2 *services, HRESULT hr, const WCHAR *name)
{
    WCHAR what[256];

    _snwprintf(what, 255, L"The message service \"%.150ls\" cannot be added", name);
    what[255] = 0;
    return services_failed(context, services, hr, what);
}

static enum status add_named(struct context *context, IMsgServiceAdmin2 *services)
{
    const WCHAR *name = context->arguments[0];
    HRESULT hr = create_service(services, name, context->options[OPTION_UI] ? SERVICE_UI_ALLOWED : 0);

    if (FAILED(hr))
    {
        return add_failed(context, services, hr, name);
    }
    tell(context, name, L"added");
    return STATUS_OK;
}

static BOOL is_inf(const WCHAR *name)
{
    size_t length = wcslen(name);

    return length > 4 && !_wcsicmp(name + length - 4, L".inf");
}

/* Names of [Services] in the file, each ended by a zero, the list by another. NULL: there are none. */
static WCHAR *services_of_file(const WCHAR *path)
{
    const DWORD size = 32767;
    WCHAR *names = CoTaskMemAlloc(size * sizeof(*names));

    if (names && !GetPrivateProfileStringW(L"Services", NULL, L"", names, size, path))
    {
        CoTaskMemFree(names);
        names = NULL;
    }
    return names;
}

static enum status add_file(struct context *context, IMsgServiceAdmin2 *services)
{
    WCHAR path[MAX_PATH], *names, *name, *failed = NULL;
    enum status status = STATUS_OK;
    MAPIERROR *error = NULL;
    DWORD length = GetFullPathNameW(context->arguments[0], MAX_PATH, path, NULL);
    HRESULT hr;

    if (!context->mapi.install_services)
    {
        return context_error(context, STATUS_NO_MAPI, L"Only Postroom's mapi32.dll can install message services.");
    }
    if (!length || length >= MAX_PATH)
    {
        return context_error(context, STATUS_FAILED, L"The path \"%ls\" is too long.", context->arguments[0]);
    }
    hr = context->mapi.install_services(path, 0, context->options[OPTION_UI] ? SERVICE_UI_ALLOWED : 0, &error);
    if (FAILED(hr))
    {
        status = context_failed(context, hr == MAPI_E_NOT_FOUND ? STATUS_NOT_FOUND : STATUS_FAILED, hr,
                                hr == MAPI_E_NOT_FOUND ? L"There is no such file, or no [Services] in it." : NULL,
                                L"\"%ls\" cannot be installed", path);
    }
    context->mapi.free_buffer(error);
    names = SUCCEEDED(hr) ? services_of_file(path) : NULL;
    if (context->json && SUCCEEDED(hr))
    {
        json_key(&context->writer, L"added");
        json_begin_array(&context->writer);
    }
    for (name = names; name && *name && SUCCEEDED(hr); name += wcslen(name) + 1)
    {
        hr = create_service(services, name, context->options[OPTION_UI] ? SERVICE_UI_ALLOWED : 0);
        if (SUCCEEDED(hr) && context->json)
        {
            json_string(&context->writer, name);
        }
        else if (SUCCEEDED(hr))
        {
            tell(context, name, L"added");
        }
        else
        {
            failed = name;
        }
    }
    if (context->json && (SUCCEEDED(hr) || failed))
    {
        json_end_array(&context->writer);
    }
    if (failed)
    {
        status = add_failed(context, services, hr, failed);
    }
    CoTaskMemFree(names);
    return status;
}

static enum status add_work(struct context *context, IMsgServiceAdmin2 *services)
{
    return is_inf(context->arguments[0]) ? add_file(context, services) : add_named(context, services);
}

static enum status add_run(struct context *context)
{
    return services_run(context, add_work);
}

static enum status remove_work(struct context *context, IMsgServiceAdmin2 *services)
{
    enum status status;
    MAPIUID uid;
    HRESULT hr;

    if (!find_service(context, services, &uid, &status))
    {
        return status;
    }
    hr = IMsgServiceAdmin2_DeleteMsgService(services, &uid);
    if (FAILED(hr))
    {
        return services_failed(context, services, hr, L"The message service cannot be removed");
    }
    tell(context, context->arguments[0], L"removed");
    return STATUS_OK;
}

static enum status uninstall(struct context *context)
{
    enum status status = context_need_mapi(context);
    MAPIERROR *error = NULL;
    HRESULT hr;

    if (status != STATUS_OK)
    {
        return status;
    }
    if (!context->mapi.uninstall_service)
    {
        return context_error(context, STATUS_NO_MAPI, L"Only Postroom's mapi32.dll can uninstall message services.");
    }
    hr = context->mapi.uninstall_service(context->arguments[0], 0, 0, &error);
    if (FAILED(hr))
    {
        status = context_failed(context, hr == MAPI_E_NOT_FOUND ? STATUS_NOT_FOUND : STATUS_FAILED, hr,
                                hr == MAPI_E_NOT_FOUND ? L"mapisvc.inf has none of that name." : NULL,
                                L"The message service \"%ls\" cannot be uninstalled", context->arguments[0]);
    }
    else
    {
        tell(context, context->arguments[0], L"uninstalled");
    }
    context->mapi.free_buffer(error);
    return status;
}

static enum status remove_run(struct context *context)
{
    return context->options[OPTION_UNINSTALL] ? uninstall(context) : services_run(context, remove_work);
}

/* "6600001e=text" as a property. FALSE: it is none. The text stays the argument's. */
static BOOL parse_property(WCHAR *argument, SPropValue *value)
{
    WCHAR *equals = wcschr(argument, '='), *end;

    memset(value, 0, sizeof(*value));
    if (!equals || equals != argument + 8)
    {
        return FALSE;
    }
    value->ulPropTag = wcstoul(argument, &end, 16);
    if (end != equals)
    {
        return FALSE;
    }
    switch (PROP_TYPE(value->ulPropTag))
    {
    case PT_STRING8:
    case PT_UNICODE:
        value->ulPropTag = CHANGE_PROP_TYPE(value->ulPropTag, PT_UNICODE);
        value->Value.lpszW = equals + 1;
        return TRUE;
    case PT_LONG:
        value->Value.ul = wcstoul(equals + 1, &end, 0);
        return equals[1] && !*end;
    case PT_BOOLEAN:
        value->Value.b = !wcscmp(equals + 1, L"1");
        return TRUE;
    default:
        return FALSE;
    }
}

#define PROPERTIES_MAX 16

static enum status configure_work(struct context *context, IMsgServiceAdmin2 *services)
{
    ULONG flags = context->options[OPTION_UI] ? SERVICE_UI_ALWAYS : 0, count = 0;
    SPropValue values[PROPERTIES_MAX];
    enum status status;
    MAPIUID uid;
    HRESULT hr;
    int i;

    for (i = 1; i < context->argument_count; i++)
    {
        if (!parse_property(context->arguments[i], &values[count++]))
        {
            return context_error(context, STATUS_USAGE,
                                 L"\"%ls\" is no property: eight hex digits of a text, a number or a boolean, and "
                                 L"\"=value\".",
                                 context->arguments[i]);
        }
    }
    if (!find_service(context, services, &uid, &status))
    {
        return status;
    }
    hr = IMsgServiceAdmin2_ConfigureMsgService(services, &uid, 0, flags | MAPI_UNICODE, count, count ? values : NULL);
    if (FAILED(hr))
    {
        return services_failed(context, services, hr, L"The message service cannot be configured");
    }
    tell(context, context->arguments[0], L"configured");
    return STATUS_OK;
}

static enum status configure_run(struct context *context)
{
    return services_run(context, configure_work);
}

static const struct option only_profile[] = {PROFILE_OPTION};
static const struct option with_ui[] = {PROFILE_OPTION, {L"--ui", NULL, L"the service may show its own window"}};
static const struct option with_uninstall[] = {PROFILE_OPTION,
                                               {L"--uninstall", NULL, L"out of mapisvc.inf, instead of the profile"}};

static const struct command service_commands[] = {
        {L"list", NULL, 0, 0, L"List the message services of a profile", NULL, only_profile, 1, list_run},
        {L"add", L"SERVICE|FILE.inf", 1, 1, L"Add a message service to a profile",
         L"SERVICE is a name in [Services] of mapisvc.inf. FILE.inf is installed into mapisvc.inf first, and all of "
         L"its\n"
         L"services are added.\n",
         with_ui, 2, add_run},
        {L"remove", L"SERVICE", 1, 1, L"Remove a message service from a profile",
         L"SERVICE is its name, its display name or its uid.\n", with_uninstall, 2, remove_run},
        {L"configure", L"SERVICE [PROPERTY=VALUE...]", 1, 1 + PROPERTIES_MAX, L"Configure a message service",
         L"PROPERTY has eight hex digits, the type last: 6600001e=text, 66000003=number, 6600000b=1.\n", with_ui, 2,
         configure_run},
};

const struct command_area service_area = {L"service", L"Message services of a profile", service_commands,
                                          ARRAYSIZE(service_commands)};
