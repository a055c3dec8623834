/*
 * inf_file: see the header.
 */
#include "profile/inf_file.h"

#define INF_NAME L"mapisvc.inf"
#define SERVICES L"Services"

#define PATH_KEY L"Software\\Postroom"
#define PATH_VALUE L"MapisvcInf"

/* What a subsystem without a file has; UTF-8. No service is part of this DLL. */
static const char default_text[] = "[Services]\r\n[Default Services]\r\n[Help File Mappings]\r\n";

/* FALSE: no such value, or no absolute path. */
static BOOL registered_path(HKEY root, WCHAR path[MAX_PATH])
{
    DWORD size = (MAX_PATH - 1) * sizeof(WCHAR), type;
    LONG error;
    HKEY key;

    if (RegOpenKeyExW(root, PATH_KEY, 0, KEY_QUERY_VALUE, &key))
        return FALSE;
    memset(path, 0, MAX_PATH * sizeof(WCHAR));
    error = RegQueryValueExW(key, PATH_VALUE, NULL, &type, (BYTE *)path, &size);
    RegCloseKey(key);
    return !error && type == REG_SZ && path[0] && (path[1] == ':' || (path[0] == '\\' && path[1] == '\\'));
}

static BOOL append_name(WCHAR path[MAX_PATH], DWORD length)
{
    if (!length || length + ARRAY_SIZE(L"\\" INF_NAME) > MAX_PATH)
        return FALSE;
    wcscpy(path + length, L"\\" INF_NAME);
    return TRUE;
}

static BOOL path_beside(WCHAR path[MAX_PATH])
{
    DWORD length = GetModuleFileNameW(module_instance(), path, MAX_PATH);

    if (length >= MAX_PATH)
        length = 0;
    while (length && path[--length] != '\\')
        ;
    return append_name(path, length);
}

BOOL inf_file_path(WCHAR path[MAX_PATH])
{
    return registered_path(HKEY_CURRENT_USER, path) || registered_path(HKEY_LOCAL_MACHINE, path) || path_beside(path);
}

static HANDLE open_path(const WCHAR *path)
{
    return CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                       0, NULL);
}

static HANDLE open_file(void)
{
    HANDLE file = INVALID_HANDLE_VALUE;
    WCHAR path[MAX_PATH];

    SetLastError(ERROR_FILE_NOT_FOUND);
    if (inf_file_path(path))
        file = open_path(path);
    if (file == INVALID_HANDLE_VALUE && GetLastError() != ERROR_SHARING_VIOLATION
        && append_name(path, GetSystemDirectoryW(path, MAX_PATH)))
        file = open_path(path);
    return file;
}

/* Reads and closes the file. */
static HRESULT read_bytes(HANDLE file, BYTE **bytes, size_t *size)
{
    LARGE_INTEGER there;
    HRESULT hr = S_OK;
    DWORD read = 0;

    *bytes = NULL;
    if (!GetFileSizeEx(file, &there))
        hr = MAPI_E_DISK_ERROR;
    else if (there.QuadPart > INF_SIZE_MAX)
        hr = MAPI_E_TOO_BIG;
    else if (!(*bytes = heap_alloc((size_t)there.QuadPart)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (!ReadFile(file, *bytes, (DWORD)there.QuadPart, &read, NULL))
        hr = MAPI_E_DISK_ERROR;
    if (FAILED(hr))
    {
        heap_free(*bytes);
        *bytes = NULL;
    }
    *size = read;
    CloseHandle(file);
    return hr;
}

/* Why a file could not be opened. */
static HRESULT open_failed(void)
{
    DWORD error = GetLastError();

    return error == ERROR_SHARING_VIOLATION || error == ERROR_ACCESS_DENIED ? MAPI_E_DISK_ERROR : MAPI_E_NOT_FOUND;
}

static HRESULT parse_file(HANDLE file, struct inf *inf)
{
    size_t size;
    BYTE *bytes;
    HRESULT hr = read_bytes(file, &bytes, &size);

    if (SUCCEEDED(hr))
        hr = inf_parse(bytes, size, inf);
    heap_free(bytes);
    return hr;
}

HRESULT inf_file_bytes(const WCHAR *path, BYTE **bytes, size_t *size)
{
    HANDLE file = open_path(path);

    *bytes = NULL;
    *size = 0;
    return file == INVALID_HANDLE_VALUE ? open_failed() : read_bytes(file, bytes, size);
}

HRESULT inf_file_read_path(const WCHAR *path, struct inf *inf)
{
    HANDLE file = open_path(path);

    memset(inf, 0, sizeof(*inf));
    return file == INVALID_HANDLE_VALUE ? open_failed() : parse_file(file, inf);
}

HRESULT inf_file_read(struct inf *inf)
{
    HANDLE file;
    HRESULT hr;

    memset(inf, 0, sizeof(*inf));
    file = open_file();
    if (file != INVALID_HANDLE_VALUE)
        return parse_file(file, inf);
    hr = open_failed();
    return hr == MAPI_E_NOT_FOUND ? inf_parse(default_text, sizeof(default_text) - 1, inf) : hr;
}

const WCHAR *inf_service_section(const struct inf *inf, const WCHAR *service)
{
    const WCHAR *named = NULL;
    size_t i;

    for (i = 0; i < inf->count; ++i)
    {
        const struct inf_entry *entry = &inf->entries[i];

        if (_wcsicmp(entry->section, SERVICES))
            continue;
        if (!_wcsicmp(entry->key, service))
            return entry->key;
        if (!named && !_wcsicmp(entry->value, service))
            named = entry->key;
    }
    return named;
}
