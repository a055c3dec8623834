/*
 * postroom provider: the service providers of one profile.
 */
#include "services.h"

static const WCHAR *type_name(LONG type)
{
    switch (type)
    {
    case MAPI_STORE_PROVIDER:
        return L"store";
    case MAPI_AB_PROVIDER:
        return L"address-book";
    case MAPI_TRANSPORT_PROVIDER:
        return L"transport";
    case MAPI_HOOK_PROVIDER:
        return L"hook";
    default:
        return L"other";
    }
}

static void tell_provider(struct context *context, const SRow *row)
{
    const WCHAR *type = type_name(mapi_row_long(row, PR_RESOURCE_TYPE, 0));
    const WCHAR *dll = mapi_row_string(row, PR_PROVIDER_DLL_NAME_W, NULL);
    WCHAR uid[33];

    services_uid_text(row, PR_PROVIDER_UID, uid);
    if (context->json)
    {
        json_begin_object(&context->writer);
        json_key_string(&context->writer, L"type", type);
        json_key_string(&context->writer, L"name", mapi_row_string(row, PR_DISPLAY_NAME_W, NULL));
        json_key_string(&context->writer, L"dll", dll);
        json_key_string(&context->writer, L"service", mapi_row_string(row, PR_SERVICE_NAME_W, NULL));
        json_key_number(&context->writer, L"ordinal", (unsigned)mapi_row_long(row, PR_PROVIDER_ORDINAL, 0));
        json_key_string(&context->writer, L"uid", uid);
        json_end_object(&context->writer);
        return;
    }
    text_printf(&context->out, L"%ls  ", type);
    text_pad(&context->out, 14);
    append_visible(&context->out, mapi_row_string(row, PR_DISPLAY_NAME_W, L"?"));
    text_append(&context->out, L"  ");
    text_pad(&context->out, 44);
    append_visible(&context->out, dll ? dll : L"?");
    text_printf(&context->out, L"  %ls\n", uid);
}

static enum status providers_work(struct context *context, IMsgServiceAdmin2 *services)
{
    static const SizedSPropTagArray(6, columns) = {6,
                                                   {PR_DISPLAY_NAME_W, PR_PROVIDER_DLL_NAME_W, PR_RESOURCE_TYPE,
                                                    PR_PROVIDER_UID, PR_SERVICE_NAME_W, PR_PROVIDER_ORDINAL}};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    ULONG i;
    HRESULT hr = IMsgServiceAdmin2_GetProviderTable(services, MAPI_UNICODE, &table);

    if (SUCCEEDED(hr))
    {
        hr = mapi_library_query_rows(&context->mapi, table, (const SPropTagArray *)&columns, &rows);
        IMAPITable_Release(table);
    }
    if (FAILED(hr))
    {
        return services_failed(context, services, hr, L"The providers cannot be listed");
    }
    if (context->json)
    {
        json_key(&context->writer, L"providers");
        json_begin_array(&context->writer);
    }
    else if (!rows->cRows)
    {
        text_append(&context->out, L"There are no providers. Add a message service with: postroom service add NAME\n");
    }
    for (i = 0; i < rows->cRows; i++)
    {
        tell_provider(context, &rows->aRow[i]);
    }
    if (context->json)
    {
        json_end_array(&context->writer);
    }
    context->mapi.free_rows(rows);
    return STATUS_OK;
}

static enum status providers_run(struct context *context)
{
    return services_run(context, providers_work);
}

static const struct option profile_option[] = {PROFILE_OPTION};

static const struct command provider_commands[] = {
        {L"list", NULL, 0, 0, L"List the providers of a profile", NULL, profile_option, 1, providers_run},
};

const struct command_area provider_area = {L"provider", L"Service providers of a profile", provider_commands,
                                           ARRAYSIZE(provider_commands)};
