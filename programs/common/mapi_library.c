/*
 * mapi32.dll, loaded at run time. See mapi_library.h.
 */
#include "mapi_library.h"

#include <string.h>

struct wanted_function
{
    const char *name;
    const char *decorated;
    size_t offset;
    BOOL required;
};

#define WANTED(member, name, bytes, required)                                                                          \
    {                                                                                                                  \
        name, name "@" bytes, offsetof(struct mapi_library, member), required                                          \
    }

static const struct wanted_function wanted_functions[] = {
        WANTED(initialize, "MAPIInitialize", "4", TRUE),
        WANTED(uninitialize, "MAPIUninitialize", "0", TRUE),
        WANTED(logon, "MAPILogonEx", "20", TRUE),
        WANTED(admin_profiles, "MAPIAdminProfiles", "8", TRUE),
        WANTED(free_buffer, "MAPIFreeBuffer", "4", TRUE),
        WANTED(free_rows, "FreeProws", "4", TRUE),
        WANTED(query_all_rows, "HrQueryAllRows", "24", TRUE),
        WANTED(diagnostics, "PostroomDiagnostics", "8", FALSE),
        WANTED(list_shared, "PostroomListSharedSessions", "8", FALSE),
        WANTED(logoff_shared, "PostroomLogoffShared", "0", FALSE),
        WANTED(install_services, "PostroomInstallServices", "16", FALSE),
        WANTED(uninstall_service, "PostroomUninstallService", "16", FALSE),
};

BOOL mapi_library_load(struct mapi_library *library, DWORD *error, const char **missing)
{
    size_t i;

    memset(library, 0, sizeof(*library));
    *error = ERROR_SUCCESS;
    *missing = NULL;
    /* Beside the program or in the system directory, never in the current one. */
    SetDllDirectoryW(L"");
    library->module = LoadLibraryW(L"mapi32.dll");
    if (!library->module)
    {
        *error = GetLastError();
        return FALSE;
    }
    for (i = 0; i < sizeof(wanted_functions) / sizeof(wanted_functions[0]); i++)
    {
        const struct wanted_function *wanted = &wanted_functions[i];
        FARPROC proc = GetProcAddress(library->module, wanted->name);

        if (!proc)
        {
            proc = GetProcAddress(library->module, wanted->decorated);
        }
        if (!proc && wanted->required)
        {
            *missing = wanted->name;
            *error = ERROR_PROC_NOT_FOUND;
            mapi_library_unload(library);
            return FALSE;
        }
        memcpy((char *)library + wanted->offset, &proc, sizeof(proc));
    }
    return TRUE;
}

void mapi_library_unload(struct mapi_library *library)
{
    if (library->initialized)
    {
        library->uninitialize();
    }
    if (library->module)
    {
        FreeLibrary(library->module);
    }
    memset(library, 0, sizeof(*library));
}

HRESULT mapi_library_initialize(struct mapi_library *library)
{
    HRESULT hr;

    if (library->initialized)
    {
        return S_OK;
    }
    hr = library->initialize(NULL);
    library->initialized = SUCCEEDED(hr);
    return hr;
}

HRESULT mapi_library_query_rows(const struct mapi_library *library, IMAPITable *table, const SPropTagArray *columns,
                                SRowSet **rows)
{
    HRESULT hr;

    *rows = NULL;
    hr = library->query_all_rows(table, (SPropTagArray *)columns, NULL, NULL, 0, rows);
    if (FAILED(hr))
    {
        *rows = NULL;
        return hr;
    }
    return *rows ? S_OK : MAPI_E_CALL_FAILED;
}

const SPropValue *mapi_row_property(const SRow *row, ULONG tag)
{
    ULONG i;

    for (i = 0; i < row->cValues; i++)
    {
        if (row->lpProps[i].ulPropTag == tag)
        {
            return &row->lpProps[i];
        }
    }
    return NULL;
}

const WCHAR *mapi_row_string(const SRow *row, ULONG tag, const WCHAR *otherwise)
{
    const SPropValue *value = mapi_row_property(row, tag);

    return value && value->Value.lpszW ? value->Value.lpszW : otherwise;
}

LONG mapi_row_long(const SRow *row, ULONG tag, LONG otherwise)
{
    const SPropValue *value = mapi_row_property(row, tag);

    return value ? value->Value.l : otherwise;
}
