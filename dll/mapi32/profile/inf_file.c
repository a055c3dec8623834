/*
 * inf_file: see the header.
 */
#include "profile/inf_file.h"

#define INF_NAME L"mapisvc.inf"
#define SERVICES L"Services"

/* folder\mapisvc.inf; INVALID_HANDLE_VALUE: not there, or the folder is not known. */
static HANDLE open_in(WCHAR *folder, DWORD length)
{
    if (!length || length + ARRAY_SIZE(L"\\" INF_NAME) > MAX_PATH)
        return INVALID_HANDLE_VALUE;
    wcscpy(folder + length, L"\\" INF_NAME);
    return CreateFileW(folder, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                       OPEN_EXISTING, 0, NULL);
}

static HANDLE open_file(void)
{
    WCHAR folder[MAX_PATH + 1];
    DWORD length = GetModuleFileNameW(module_instance(), folder, MAX_PATH);
    HANDLE file;

    if (length >= MAX_PATH)
        length = 0;
    while (length && folder[--length] != '\\')
        ;
    file = open_in(folder, length);
    if (file != INVALID_HANDLE_VALUE || GetLastError() == ERROR_SHARING_VIOLATION)
        return file;
    return open_in(folder, GetSystemDirectoryW(folder, MAX_PATH));
}

HRESULT inf_file_read(struct inf *inf)
{
    LARGE_INTEGER size;
    HANDLE file;
    BYTE *bytes;
    HRESULT hr;
    DWORD read;

    memset(inf, 0, sizeof(*inf));
    file = open_file();
    if (file == INVALID_HANDLE_VALUE)
    {
        DWORD error = GetLastError();

        return error == ERROR_SHARING_VIOLATION || error == ERROR_ACCESS_DENIED ? MAPI_E_DISK_ERROR : S_OK;
    }
    if (!GetFileSizeEx(file, &size))
        hr = MAPI_E_DISK_ERROR;
    else if (size.QuadPart > INF_SIZE_MAX)
        hr = MAPI_E_TOO_BIG;
    else if (!(bytes = heap_alloc((size_t)size.QuadPart)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        if (ReadFile(file, bytes, (DWORD)size.QuadPart, &read, NULL))
            hr = inf_parse(bytes, read, inf);
        else
            hr = MAPI_E_DISK_ERROR;
        heap_free(bytes);
    }
    CloseHandle(file);
    return hr;
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
