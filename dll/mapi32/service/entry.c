/*
 * entry: see the header.
 */
#include "service/entry.h"
#include "service/provider_admin.h"
#include "profile/provider_sections.h"
#include "provider/library.h"
#include "provider/support.h"

#define ENTRY_ARGUMENT_BYTES 40 /* ten words on i686 */
#define NAME_MAX 128

/* Why there was no call at all, in our words. */
static HRESULT say(HRESULT hr, const WCHAR *text, MAPIERROR **error)
{
    if (*text)
        error_make(text, L"Postroom", 0, 0, MAPI_UNICODE, error);
    return hr;
}

/* The entry function itself; module is in use. */
static HRESULT call_entry(struct entry_call *call, LPMSGSERVICEENTRY entry, HMODULE module, const WCHAR *dll,
                          MAPIERROR **error)
{
    MAPIERROR *theirs = NULL;
    IProviderAdmin *providers;
    IMAPISupport *support;
    HRESULT hr;

    if (FAILED(hr = support_create_configuration(call->profile, call->gate, &call->service, &support)))
        return hr;
    if (SUCCEEDED(hr = provider_admin_create_for_entry(call, &providers)))
    {
        call->called = TRUE;
        hr = entry(module, MAPIGetDefaultMalloc(), support, call->window, call->flags, call->context, call->count,
                   (SPropValue *)call->values, providers, &theirs);
        provider_admin_end(providers);
        if (hr != S_OK)
        {
            WARN("entry function of %s, context %lu: %#lx\n", debugstr_w(dll), call->context, hr);
            *error = error_take(theirs, call->flags, dll);
        }
        else
            MAPIFreeBuffer(theirs);
    }
    support_end(support);
    return hr;
}

HRESULT entry_run_named(struct entry_call *call, const WCHAR *dll, const WCHAR *entry, MAPIERROR **error)
{
    WCHAR explanation[LIBRARY_TEXT_MAX];
    HMODULE module;
    FARPROC found;
    HRESULT hr;

    *error = NULL;
    if (FAILED(hr = library_load(dll, &module, explanation)))
        return say(hr, explanation, error);
    if (SUCCEEDED(library_entry(module, entry, ENTRY_ARGUMENT_BYTES, &found, explanation)))
        hr = call_entry(call, (LPMSGSERVICEENTRY)(void *)found, module, dll, error);
    else
        hr = say(MAPI_E_NOT_INITIALIZED, explanation, error);
    library_release(module);
    return hr;
}

/* A text of the section; FALSE: there is none, or none that can be a name. */
static BOOL section_text(const struct prop_bag *bag, ULONG tag, WCHAR *text, size_t size)
{
    const SPropValue *value = prop_bag_find(bag, tag);

    if (!value || PROP_TYPE(value->ulPropTag) != PT_UNICODE || wcslen(value->Value.lpszW) >= size)
        return FALSE;
    wcscpy(text, value->Value.lpszW);
    return text[0] != 0;
}

HRESULT entry_run(struct entry_call *call, MAPIERROR **error)
{
    WCHAR dll[MAX_PATH], entry[NAME_MAX];
    struct prop_bag bag;
    HRESULT hr;

    *error = NULL;
    hr = provider_section_read(call->profile, &call->service, &bag);
    /* SVC-11: a service may do without */
    if (SUCCEEDED(hr)
        && (!section_text(&bag, PR_SERVICE_DLL_NAME, dll, ARRAY_SIZE(dll))
            || !section_text(&bag, PR_SERVICE_ENTRY_NAME, entry, ARRAY_SIZE(entry))))
        hr = MAPI_E_NOT_INITIALIZED;
    prop_bag_clear(&bag);
    return SUCCEEDED(hr) ? entry_run_named(call, dll, entry, error) : hr;
}

HRESULT service_configure(struct profile *profile, struct gate *gate, const MAPIUID *service, ULONG_PTR window,
                          ULONG flags, ULONG count, const SPropValue *values, MAPIERROR **error)
{
    struct entry_call call = {.profile = profile,
                              .gate = gate,
                              .service = *service,
                              .context = MSG_SERVICE_CONFIGURE,
                              .window = window,
                              .flags = flags,
                              .count = count,
                              .values = values};
    MAPIERROR *told;
    MAPIUID *uids;
    ULONG services;
    BOOL listed;
    HRESULT hr;

    if (error)
        *error = NULL;
    if (FAILED(hr = provider_list(profile, PR_SERVICES, &uids, &services)))
        return hr;
    listed = provider_list_contains(uids, services, service);
    heap_free(uids);
    if (!listed)
        return MAPI_E_NOT_FOUND;
    hr = entry_run(&call, &told); /* SVC-12 */
    if (error)
        *error = told;
    else
        MAPIFreeBuffer(told);
    return hr;
}
