/*
 * postroom session: who is on the shared session, and asking all of them to log off.
 */
#include <string.h>

#include "command.h"

static enum status need_postroom(struct context *context)
{
    enum status status = context_need_mapi(context);

    if (status == STATUS_OK && (!context->mapi.list_shared || !context->mapi.logoff_shared))
    {
        return context_error(context, STATUS_NO_MAPI,
                             L"The mapi32.dll on this system is not Postroom's. Try: postroom doctor");
    }
    return status;
}

/* "2026-11-27 12:34:56", in local time for people, in UTC and as ISO 8601 says it for programs. */
static void append_time(struct text *out, const FILETIME *time, BOOL json)
{
    FILETIME local = *time;
    SYSTEMTIME parts;

    if ((!json && !FileTimeToLocalFileTime(time, &local)) || !FileTimeToSystemTime(&local, &parts))
    {
        text_append(out, L"?");
        return;
    }
    text_printf(out, L"%04u-%02u-%02u%lc%02u:%02u:%02u%ls", parts.wYear, parts.wMonth, parts.wDay, json ? 'T' : ' ',
                parts.wHour, parts.wMinute, parts.wSecond, json ? L"Z" : L"");
}

static void list_json(struct context *context, const PostroomSharedMember *member)
{
    struct json *json = &context->writer;
    struct text since;

    text_init(&since);
    append_time(&since, &member->ftSince, TRUE);
    json_begin_object(json);
    json_key_string(json, L"profile", member->szProfileName);
    json_key_string(json, L"program", member->szProgram);
    json_key_number(json, L"process", member->ulProcessId);
    json_key_string(json, L"since", text_string(&since));
    json_key_bool(json, L"asked", !!(member->ulFlags & POSTROOM_MEMBER_ASKED));
    json_key_bool(json, L"noMail", !!(member->ulFlags & POSTROOM_MEMBER_NO_MAIL));
    json_end_object(json);
    context->out.failed |= since.failed;
    text_free(&since);
}

static void list_line(struct text *out, const PostroomSharedMember *member)
{
    append_visible(out, member->szProfileName);
    text_append(out, L"  ");
    text_pad(out, 24);
    append_visible(out, *member->szProgram ? member->szProgram : L"(unknown program)");
    text_append(out, L"  ");
    text_pad(out, 48);
    text_printf(out, L"process %lu, since ", member->ulProcessId);
    append_time(out, &member->ftSince, FALSE);
    text_append(out, member->ulFlags & POSTROOM_MEMBER_ASKED ? L", asked to log off\n" : L"\n");
}

static enum status list_run(struct context *context)
{
    PostroomSharedMember *members = NULL;
    enum status status = need_postroom(context);
    ULONG count = 0, i;
    HRESULT hr;

    if (status != STATUS_OK)
    {
        return status;
    }
    hr = context->mapi.list_shared(&count, &members);
    if (FAILED(hr))
    {
        return context_failed(context, STATUS_FAILED, hr, NULL, L"The shared session cannot be looked at");
    }
    if (context->json)
    {
        json_key(&context->writer, L"members");
        json_begin_array(&context->writer);
    }
    else if (!count)
    {
        text_append(&context->out, L"Nobody is on a shared session.\n");
    }
    for (i = 0; i < count; i++)
    {
        if (context->json)
        {
            list_json(context, &members[i]);
        }
        else
        {
            list_line(&context->out, &members[i]);
        }
    }
    if (context->json)
    {
        json_end_array(&context->writer);
    }
    context->mapi.free_buffer(members);
    return STATUS_OK;
}

static enum status logoff_run(struct context *context)
{
    enum status status = need_postroom(context);
    HRESULT hr;

    if (status != STATUS_OK)
    {
        return status;
    }
    hr = context->mapi.logoff_shared();
    if (hr == MAPI_E_NOT_FOUND)
    {
        return context_failed(context, STATUS_NOT_FOUND, hr, L"Nobody is on a shared session.", L"Nobody was asked");
    }
    if (FAILED(hr))
    {
        return context_failed(context, STATUS_FAILED, hr, NULL, L"The programs cannot be asked to log off");
    }
    if (!context->json)
    {
        text_append(&context->out, L"Every program on the shared session was asked to log off.\n");
    }
    return STATUS_OK;
}

static const struct command commands[] = {
        {L"list", NULL, 0, 0, L"Lists who is on the shared session: profile, program, process, since when", NULL, NULL,
         0, list_run},
        {L"logoff", NULL, 0, 0, L"Asks every program on the shared session to log off",
         L"Like a log-off with MAPI_LOGOFF_SHARED: each is told, none is forced, and nobody joins that session any "
         L"more.\n",
         NULL, 0, logoff_run},
};

const struct command_area session_area = {L"session", L"The session that several programs share.", commands,
                                          sizeof(commands) / sizeof(commands[0])};
