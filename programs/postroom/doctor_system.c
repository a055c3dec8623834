/*
 * doctor's reading part: registry, environment, files, and this program's own mapi32.dll. See doctor.h.
 */
#include "doctor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define VALUE_BYTES_MAX 65536

static const WCHAR clients_key[] = L"Software\\Clients\\Mail";
static const WCHAR subsystem_key[] = L"Software\\Microsoft\\Windows Messaging Subsystem";

/* Reads a value whatever its type, size and termination are. */
static void read_value(HKEY key, const WCHAR *name, struct value *value)
{
    DWORD type = 0, size = 0, expanded;
    WCHAR *data, *buffer;

    memset(value, 0, sizeof(*value));
    if (RegQueryValueExW(key, name, NULL, &type, NULL, &size) != ERROR_SUCCESS)
    {
        return;
    }
    value->present = TRUE;
    value->is_string = type == REG_SZ || type == REG_EXPAND_SZ;
    if (!value->is_string || size > VALUE_BYTES_MAX)
    {
        return;
    }
    data = calloc(1, size + 2 * sizeof(WCHAR));
    if (!data || RegQueryValueExW(key, name, NULL, &type, (BYTE *)data, &size) != ERROR_SUCCESS)
    {
        free(data);
        return;
    }
    if (type == REG_EXPAND_SZ)
    {
        expanded = ExpandEnvironmentStringsW(data, NULL, 0);
        buffer = expanded && expanded <= VALUE_BYTES_MAX ? calloc(expanded + 1, sizeof(WCHAR)) : NULL;
        if (buffer && ExpandEnvironmentStringsW(data, buffer, expanded))
        {
            text_append(&value->text, buffer);
        }
        free(buffer);
    }
    else
    {
        text_append(&value->text, data);
    }
    free(data);
}

static void read_client(struct bitness *bitness)
{
    HKEY clients, client;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, clients_key, 0, KEY_READ | bitness->view, &clients) != ERROR_SUCCESS)
    {
        return;
    }
    read_value(clients, NULL, &bitness->client);
    if (bitness->client.text.length
        && RegOpenKeyExW(clients, text_string(&bitness->client.text), 0, KEY_READ | bitness->view, &client)
                   == ERROR_SUCCESS)
    {
        bitness->client_key = TRUE;
        read_value(client, L"DLLPathEx", &bitness->dll_path_ex);
        read_value(client, L"DLLPath", &bitness->dll_path);
        read_value(client, L"MSIComponentID", &bitness->msi_component);
        read_value(client, L"MSIApplicationLCID", &bitness->msi_lcid);
        RegCloseKey(client);
    }
    RegCloseKey(clients);
}

static void read_subsystem(struct bitness *bitness)
{
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, subsystem_key, 0, KEY_READ | bitness->view, &key) != ERROR_SUCCESS)
    {
        return;
    }
    read_value(key, L"MAPI", &bitness->subsystem_mapi);
    read_value(key, L"MAPIX", &bitness->subsystem_mapix);
    read_value(key, L"MAPIXVER", &bitness->subsystem_mapixver);
    RegCloseKey(key);
}

static BOOL file_exists(const WCHAR *path)
{
    DWORD attributes = GetFileAttributesW(path);

    return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

/* directory\name into a buffer; FALSE: it does not fit. */
static BOOL join(WCHAR buffer[MAX_PATH], const WCHAR *directory, const WCHAR *name)
{
    int written = _snwprintf(buffer, MAX_PATH, L"%ls\\%ls", directory, name);

    if (written < 0 || written >= MAX_PATH)
    {
        buffer[0] = 0;
        return FALSE;
    }
    return TRUE;
}

BOOL doctor_find_file(const struct bitness *bitness, const WCHAR *path, WCHAR shown[MAX_PATH], WCHAR real[MAX_PATH])
{
    size_t prefix = wcslen(bitness->system_shown);
    WCHAR native[MAX_PATH];
    DWORD length;

    shown[0] = real[0] = 0;
    if (!wcspbrk(path, L"\\/:"))
    {
        WCHAR environment[4096];

        if (join(shown, bitness->system_shown, path) && join(real, bitness->system_real, path) && file_exists(real))
        {
            return TRUE;
        }
        length = GetEnvironmentVariableW(L"PATH", environment, ARRAYSIZE(environment));
        if (!length || length >= ARRAYSIZE(environment))
        {
            return FALSE;
        }
        length = SearchPathW(environment, path, NULL, MAX_PATH, shown, NULL);
        if (!length || length >= MAX_PATH)
        {
            shown[0] = 0;
            return FALSE;
        }
        wcscpy(real, shown);
        return TRUE;
    }
    if (wcslen(path) >= MAX_PATH)
    {
        return FALSE;
    }
    wcscpy(shown, path);
    /* Files of the system directory are somebody else's for programs of the other bitness. */
    length = GetWindowsDirectoryW(native, MAX_PATH);
    if (length && length < MAX_PATH - 12)
    {
        wcscat(native, L"\\system32");
        prefix = wcslen(native);
        if (!_wcsnicmp(path, native, prefix) && path[prefix] == '\\')
        {
            return join(real, bitness->system_real, path + prefix + 1) && file_exists(real);
        }
    }
    wcscpy(real, shown);
    return file_exists(real);
}

static void add_bitness(struct doctor *doctor, unsigned bits, const WCHAR *shown, const WCHAR *real)
{
    struct bitness *bitness = &doctor->bitnesses[doctor->bitness_count++];

    bitness->bits = bits;
    bitness->view = bits == 64 ? KEY_WOW64_64KEY : KEY_WOW64_32KEY;
    wcscpy(bitness->system_shown, shown);
    wcscpy(bitness->system_real, real);
    read_client(bitness);
    read_subsystem(bitness);
    if (join(bitness->system_mapi, bitness->system_real, L"mapi32.dll"))
    {
        pe_file_read(bitness->system_mapi, &bitness->system_pe);
    }
    join(bitness->system_mapi, bitness->system_shown, L"mapi32.dll");
}

/* Which bitnesses this system runs, and where each has its system directory. */
static void read_bitnesses(struct doctor *doctor)
{
    WCHAR system[MAX_PATH] = L"", windows[MAX_PATH] = L"", other[MAX_PATH] = L"", probe[MAX_PATH];

    if (!GetSystemDirectoryW(system, MAX_PATH) || !GetWindowsDirectoryW(windows, MAX_PATH))
    {
        return;
    }
#ifdef _WIN64
    add_bitness(doctor, 64, system, system);
    if (GetSystemWow64DirectoryW(other, MAX_PATH) && join(probe, other, L"kernel32.dll") && file_exists(probe))
    {
        add_bitness(doctor, 32, system, other);
    }
#else
    {
        BOOL wow64 = FALSE;

        if (IsWow64Process(GetCurrentProcess(), &wow64) && wow64 && join(other, windows, L"sysnative")
            && join(probe, other, L"kernel32.dll") && file_exists(probe))
        {
            add_bitness(doctor, 64, system, other);
        }
        add_bitness(doctor, 32, system, system);
    }
#endif
}

/* The part of WINEDLLOVERRIDES that is about mapi32: "a,mapi32=n;b=d" gives "n". The last one counts. */
static void read_environment_override(struct doctor *doctor)
{
    WCHAR buffer[4096], *entry, *next, *order, *name, *rest;
    DWORD length = GetEnvironmentVariableW(L"WINEDLLOVERRIDES", buffer, ARRAYSIZE(buffer));

    if (!length || length >= ARRAYSIZE(buffer))
    {
        return;
    }
    for (entry = buffer; entry; entry = next)
    {
        next = wcschr(entry, ';');
        if (next)
        {
            *next++ = 0;
        }
        order = wcschr(entry, '=');
        if (order)
        {
            *order++ = 0;
        }
        for (name = entry; name; name = rest)
        {
            rest = wcschr(name, ',');
            if (rest)
            {
                *rest++ = 0;
            }
            name += *name == '*';
            if (!_wcsicmp(name, L"mapi32") || !_wcsicmp(name, L"mapi32.dll"))
            {
                doctor->environment_override_set = TRUE;
                _snwprintf(doctor->environment_override, ARRAYSIZE(doctor->environment_override) - 1, L"%ls",
                           order ? order : L"");
            }
        }
    }
}

static void read_override_key(struct doctor *doctor, HKEY parent, const WCHAR *path, const WCHAR *program)
{
    static const WCHAR *const names[] = {L"mapi32", L"*mapi32", L"mapi32.dll", L"*mapi32.dll"};
    struct value value;
    HKEY key;
    size_t i;

    if (RegOpenKeyExW(parent, path, 0, KEY_READ, &key) != ERROR_SUCCESS)
    {
        return;
    }
    for (i = 0; i < ARRAYSIZE(names) && doctor->override_count < OVERRIDES_MAX; i++)
    {
        read_value(key, names[i], &value);
        if (value.is_string)
        {
            struct override *override = &doctor->overrides[doctor->override_count++];

            _snwprintf(override->program, ARRAYSIZE(override->program) - 1, L"%ls", program);
            _snwprintf(override->order, ARRAYSIZE(override->order) - 1, L"%ls", text_string(&value.text));
        }
        text_free(&value.text);
    }
    RegCloseKey(key);
}

static void read_overrides(struct doctor *doctor)
{
    WCHAR name[64], path[128];
    DWORD length, i;
    HKEY programs;

    read_environment_override(doctor);
    read_override_key(doctor, HKEY_CURRENT_USER, L"Software\\Wine\\DllOverrides", L"");
    if (RegOpenKeyExW(HKEY_CURRENT_USER, L"Software\\Wine\\AppDefaults", 0, KEY_READ, &programs) != ERROR_SUCCESS)
    {
        return;
    }
    for (i = 0;; i++)
    {
        LSTATUS status;

        length = ARRAYSIZE(name);
        status = RegEnumKeyExW(programs, i, name, &length, NULL, NULL, NULL, NULL);
        if (status == ERROR_MORE_DATA)
        {
            continue;
        }
        if (status != ERROR_SUCCESS)
        {
            break;
        }
        _snwprintf(path, ARRAYSIZE(path), L"%ls\\DllOverrides", name);
        read_override_key(doctor, programs, path, name);
    }
    RegCloseKey(programs);
}

static void read_version(const WCHAR *path, WCHAR version[32])
{
    DWORD handle, size = GetFileVersionInfoSizeW(path, &handle);
    VS_FIXEDFILEINFO *info;
    UINT length;
    void *data;

    version[0] = 0;
    data = size ? malloc(size) : NULL;
    if (data && GetFileVersionInfoW(path, 0, size, data) && VerQueryValueW(data, L"\\", (void **)&info, &length)
        && length >= sizeof(*info))
    {
        _snwprintf(version, 31, L"%u.%u.%u.%u", HIWORD(info->dwFileVersionMS), LOWORD(info->dwFileVersionMS),
                   HIWORD(info->dwFileVersionLS), LOWORD(info->dwFileVersionLS));
        version[31] = 0;
    }
    free(data);
}

static void read_profiles(struct doctor *doctor)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_DISPLAY_NAME_W, PR_DEFAULT_PROFILE}};
    struct mapi_library *library = &doctor->context->mapi;
    IProfAdmin *admin = NULL;
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    ULONG i;

    if (FAILED(library->admin_profiles(0, &admin)) || !admin)
    {
        return;
    }
    if (SUCCEEDED(IProfAdmin_GetProfileTable(admin, 0, &table)) && table)
    {
        if (SUCCEEDED(mapi_library_query_rows(library, table, (const SPropTagArray *)&columns, &rows)))
        {
            doctor->profiles_read = TRUE;
            doctor->profile_count = rows->cRows;
            for (i = 0; i < rows->cRows && !doctor->has_default; i++)
            {
                const SPropValue *value = mapi_row_property(&rows->aRow[i], PR_DEFAULT_PROFILE);

                if (value && value->Value.b)
                {
                    doctor->has_default = TRUE;
                    text_append(&doctor->default_profile, mapi_row_string(&rows->aRow[i], PR_DISPLAY_NAME_W, L""));
                }
            }
            library->free_rows(rows);
        }
        IMAPITable_Release(table);
    }
    IProfAdmin_Release(admin);
}

static void read_own_mapi(struct doctor *doctor)
{
    struct mapi_library *library = &doctor->context->mapi;

    doctor->initialize_result = MAPI_E_NOT_INITIALIZED;
    doctor->loaded = mapi_library_load(library, &doctor->load_error, &doctor->load_missing);
    if (!doctor->loaded)
    {
        return;
    }
    GetModuleFileNameW(library->module, doctor->loaded_path, MAX_PATH);
    doctor->loaded_path[MAX_PATH - 1] = 0;
    doctor->loaded_is_postroom = library->diagnostics != NULL;
    read_version(doctor->loaded_path, doctor->loaded_version);
    doctor->initialize_result = mapi_library_initialize(library);
    if (SUCCEEDED(doctor->initialize_result))
    {
        read_profiles(doctor);
    }
}

void doctor_read(struct doctor *doctor)
{
    const char *(CDECL * wine_get_version)(void);
    FARPROC proc = GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version");

    if (proc)
    {
        memcpy(&wine_get_version, &proc, sizeof(proc));
        doctor->wine_version = wine_get_version();
        read_overrides(doctor);
    }
    read_bitnesses(doctor);
    read_own_mapi(doctor);
}

void doctor_free(struct doctor *doctor)
{
    size_t i, j;

    for (i = 0; i < doctor->bitness_count; i++)
    {
        struct bitness *bitness = &doctor->bitnesses[i];

        text_free(&bitness->client.text);
        text_free(&bitness->dll_path_ex.text);
        text_free(&bitness->dll_path.text);
        text_free(&bitness->msi_component.text);
        text_free(&bitness->msi_lcid.text);
        text_free(&bitness->subsystem_mapi.text);
        text_free(&bitness->subsystem_mapix.text);
        text_free(&bitness->subsystem_mapixver.text);
        for (j = 0; j < bitness->step_count; j++)
        {
            text_free(&bitness->steps[j].path);
            text_free(&bitness->steps[j].file);
        }
    }
    for (i = 0; i < doctor->finding_count; i++)
    {
        text_free(&doctor->findings[i].problem);
        text_free(&doctor->findings[i].remedy);
    }
    text_free(&doctor->default_profile);
}
