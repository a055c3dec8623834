/*
 * doctor's look at the DLLs that profiles name: providers and message services. See doctor.h. The files are read, none is
 * loaded.
 */
#include "doctor.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define FILE_MAX 520

static const WCHAR remedy_missing[] =
        L"Put the DLL, with \"32\" in its name, into the system directory or beside mapi32.dll, "
        L"or remove the service: postroom service remove SERVICE --profile NAME";
static const WCHAR remedy_other[] =
        L"Get the DLL from its vendor for this bitness, or remove the service: postroom service "
        L"remove SERVICE --profile NAME";

/* Whom a DLL belongs to. */
struct owner
{
    const WCHAR *profile, *name, *kind;
};

/* "32" before the extension of the last component; FALSE: no name of a DLL. */
static BOOL file_name(const WCHAR *registered, WCHAR file[FILE_MAX])
{
    const WCHAR *last = registered, *dot, *c;

    for (c = registered; *c; c++)
    {
        if (*c == '\\' || *c == '/')
        {
            last = c + 1;
        }
    }
    if (!*last || wcslen(registered) + 8 > FILE_MAX || (last != registered && !wcschr(L":\\/", registered[1])))
    {
        return FALSE;
    }
    dot = wcsrchr(last, '.');
    if (!dot || dot == last)
    {
        dot = registered + wcslen(registered);
    }
    _snwprintf(file, FILE_MAX, L"%.*ls32%ls", (int)(dot - registered), registered, *dot ? dot : L".dll");
    return TRUE;
}

/* Where it would be loaded from: its path, the system directory, beside mapi32.dll. FALSE: nowhere. */
static BOOL find_dll(const struct doctor *doctor, const WCHAR *file, WCHAR path[FILE_MAX])
{
    WCHAR folder[MAX_PATH], *slash;
    UINT length;

    if (wcspbrk(file, L"\\/"))
    {
        wcscpy(path, file);
        return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
    }
    length = GetSystemDirectoryW(folder, MAX_PATH);
    if (length && length < MAX_PATH)
    {
        _snwprintf(path, FILE_MAX, L"%ls\\%ls", folder, file);
        path[FILE_MAX - 1] = 0;
        if (GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES)
        {
            return TRUE;
        }
    }
    lstrcpynW(folder, doctor->loaded_path, MAX_PATH);
    slash = wcsrchr(folder, '\\');
    if (!slash)
    {
        return FALSE;
    }
    *slash = 0;
    _snwprintf(path, FILE_MAX, L"%ls\\%ls", folder, file);
    path[FILE_MAX - 1] = 0;
    return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

static void check_dll(struct doctor *doctor, const struct owner *owner, const WCHAR *dll, const char *entry)
{
    WCHAR file[FILE_MAX], path[FILE_MAX];
    struct pe_file pe;

    if (!file_name(dll, file))
    {
        doctor_add_finding(doctor, L"provider-name", remedy_missing,
                           L"%ls \"%ls\" of the profile \"%ls\": \"%ls\" is no name of a DLL.", owner->kind,
                           owner->name, owner->profile, dll);
        return;
    }
    if (!find_dll(doctor, file, path))
    {
        doctor_add_finding(doctor, L"provider-missing", remedy_missing,
                           L"%ls \"%ls\" of the profile \"%ls\": the DLL \"%ls\" is not there.", owner->kind,
                           owner->name, owner->profile, file);
        return;
    }
    pe_file_read_for(path, entry, &pe);
    if (!pe.is_dll)
    {
        doctor_add_finding(doctor, L"provider-no-dll", remedy_other,
                           L"%ls \"%ls\" of the profile \"%ls\": the file \"%ls\" is no DLL.", owner->kind, owner->name,
                           owner->profile, path);
    }
    else if (pe_file_bits(&pe) != sizeof(void *) * 8)
    {
        doctor_add_finding(
                doctor, L"provider-bitness", remedy_other,
                L"%ls \"%ls\" of the profile \"%ls\": the DLL \"%ls\" is for %u-bit programs, and this one is a "
                L"%u-bit program.",
                owner->kind, owner->name, owner->profile, path, pe_file_bits(&pe), (unsigned)sizeof(void *) * 8);
    }
    else if (entry && *entry && pe.exports_known && !pe.has_wanted)
    {
        doctor_add_finding(doctor, L"provider-entry", remedy_other,
                           L"%ls \"%ls\" of the profile \"%ls\": the DLL \"%ls\" lacks the function %hs.", owner->kind,
                           owner->name, owner->profile, path, entry);
    }
}

static const char *entry_of_type(LONG type)
{
    switch (type)
    {
    case MAPI_STORE_PROVIDER:
        return "MSProviderInit";
    case MAPI_AB_PROVIDER:
        return "ABProviderInit";
    case MAPI_TRANSPORT_PROVIDER:
        return "XPProviderInit";
    default:
        return NULL;
    }
}

static void check_provider(struct doctor *doctor, const WCHAR *profile, const SRow *row)
{
    struct owner owner = {profile, mapi_row_string(row, PR_DISPLAY_NAME_W, L"?"), L"Provider"};
    const WCHAR *dll = mapi_row_string(row, PR_PROVIDER_DLL_NAME_W, NULL);

    if (dll)
    {
        check_dll(doctor, &owner, dll, entry_of_type(mapi_row_long(row, PR_RESOURCE_TYPE, 0)));
    }
    else
    {
        doctor_add_finding(doctor, L"provider-name", remedy_missing,
                           L"Provider \"%ls\" of the profile \"%ls\" names no DLL.", owner.name, profile);
    }
}

/* A service may do without a DLL. */
static void check_service(struct doctor *doctor, const WCHAR *profile, const SRow *row)
{
    struct owner owner = {profile, mapi_row_string(row, PR_DISPLAY_NAME_W, L"?"), L"Message service"};
    const SPropValue *entry = mapi_row_property(row, PR_SERVICE_ENTRY_NAME);
    const WCHAR *dll = mapi_row_string(row, PR_SERVICE_DLL_NAME_W, NULL);

    if (dll && *dll && entry)
    {
        check_dll(doctor, &owner, dll, entry->Value.lpszA);
    }
}

static void check_table(struct doctor *doctor, const WCHAR *profile, IMAPITable *table, const SPropTagArray *columns,
                        void (*check)(struct doctor *doctor, const WCHAR *profile, const SRow *row))
{
    const struct mapi_library *library = &doctor->context->mapi;
    SRowSet *rows;
    ULONG i;

    if (SUCCEEDED(mapi_library_query_rows(library, table, columns, &rows)))
    {
        for (i = 0; i < rows->cRows; i++)
        {
            check(doctor, profile, &rows->aRow[i]);
        }
        library->free_rows(rows);
    }
    IMAPITable_Release(table);
}

static void check_profile(struct doctor *doctor, IProfAdmin *admin, const WCHAR *profile)
{
    static const SizedSPropTagArray(3, providers) = {3, {PR_DISPLAY_NAME_W, PR_PROVIDER_DLL_NAME_W, PR_RESOURCE_TYPE}};
    static const SizedSPropTagArray(3, services) = {3,
                                                    {PR_DISPLAY_NAME_W, PR_SERVICE_DLL_NAME_W, PR_SERVICE_ENTRY_NAME}};
    IMsgServiceAdmin *service_admin;
    IMAPITable *table;

    if (FAILED(IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, MAPI_UNICODE, &service_admin)))
    {
        return;
    }
    if (SUCCEEDED(IMsgServiceAdmin_GetMsgServiceTable(service_admin, MAPI_UNICODE, &table)))
    {
        check_table(doctor, profile, table, (const SPropTagArray *)&services, check_service);
    }
    if (SUCCEEDED(IMsgServiceAdmin_GetProviderTable(service_admin, MAPI_UNICODE, &table)))
    {
        check_table(doctor, profile, table, (const SPropTagArray *)&providers, check_provider);
    }
    IMsgServiceAdmin_Release(service_admin);
}

void doctor_check_providers(struct doctor *doctor)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_DISPLAY_NAME_W}};
    const struct mapi_library *library = &doctor->context->mapi;
    IProfAdmin *admin = NULL;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    if (FAILED(library->admin_profiles(0, &admin)) || !admin)
    {
        return;
    }
    if (SUCCEEDED(IProfAdmin_GetProfileTable(admin, 0, &table)))
    {
        if (SUCCEEDED(mapi_library_query_rows(library, table, (const SPropTagArray *)&columns, &rows)))
        {
            for (i = 0; i < rows->cRows; i++)
            {
                check_profile(doctor, admin, mapi_row_string(&rows->aRow[i], PR_DISPLAY_NAME_W, L""));
            }
            library->free_rows(rows);
        }
        IMAPITable_Release(table);
    }
    IProfAdmin_Release(admin);
}
