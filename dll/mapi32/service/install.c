/*
 * install: message services that come to this system and go, in mapisvc.inf.
 *
 * The file is changed as a whole: a copy beside it, as UTF-16, is edited and takes its place.
 */
#include "service/entry.h"
#include "profile/inf_file.h"

#define SERVICES L"Services"
#define DEFAULTS L"Default Services"
#define HELP L"Help File Mappings"
#define NAME_MAX 256

/* The copy that is edited; path has room for it. FALSE: too long. */
static BOOL copy_path(const WCHAR *path, WCHAR copy[MAX_PATH])
{
    if (wcslen(path) + 16 > MAX_PATH)
        return FALSE;
    wsprintfW(copy, L"%s.%lx", path, GetCurrentProcessId());
    return TRUE;
}

static HRESULT write_copy(const WCHAR *copy, const WCHAR *text, size_t length)
{
    static const WCHAR mark = 0xFEFF;
    HANDLE file = CreateFileW(copy, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD written;
    BOOL done;

    if (file == INVALID_HANDLE_VALUE)
        return MAPI_E_NO_ACCESS;
    done = WriteFile(file, &mark, sizeof(mark), &written, NULL)
           && WriteFile(file, text, (DWORD)(length * sizeof(*text)), &written, NULL);
    CloseHandle(file);
    return done ? S_OK : MAPI_E_DISK_ERROR;
}

/* The file that counts, or nothing, as the copy. */
static HRESULT begin_edit(WCHAR path[MAX_PATH], WCHAR copy[MAX_PATH])
{
    WCHAR *text = NULL;
    size_t size, length;
    BYTE *bytes;
    HRESULT hr;

    if (!inf_file_path(path) || !copy_path(path, copy))
        return MAPI_E_TOO_BIG;
    hr = inf_file_bytes(path, &bytes, &size);
    if (hr == MAPI_E_NOT_FOUND)
        hr = S_OK;
    if (SUCCEEDED(hr))
        hr = inf_decode(bytes, size, &text, &length);
    if (SUCCEEDED(hr))
        hr = write_copy(copy, text, length);
    heap_free(bytes);
    heap_free(text);
    return hr;
}

static HRESULT end_edit(const WCHAR *path, const WCHAR *copy, HRESULT hr)
{
    WritePrivateProfileStringW(NULL, NULL, NULL, copy); /* what Windows keeps of the file is written */
    if (SUCCEEDED(hr) && !MoveFileExW(copy, path, MOVEFILE_REPLACE_EXISTING))
        hr = MAPI_E_NO_ACCESS;
    if (FAILED(hr))
        DeleteFileW(copy);
    return hr;
}

/* key NULL: the whole section; value NULL: the key goes. */
static HRESULT put(const WCHAR *copy, const WCHAR *section, const WCHAR *key, const WCHAR *value)
{
    size_t length = value ? wcslen(value) : 0;
    WCHAR *quoted = NULL;
    BOOL done;

    /* What would be read as something else without quotes. */
    if (length && (wcschr(value, ';') || value[0] == ' ' || value[length - 1] == ' ' || value[length - 1] == '\\'))
    {
        if (!(quoted = heap_alloc((length + 3) * sizeof(*quoted))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        quoted[0] = quoted[length + 1] = '"';
        memcpy(quoted + 1, value, length * sizeof(*quoted));
        quoted[length + 2] = 0;
        value = quoted;
    }
    done = WritePrivateProfileStringW(section, key, value, copy);
    heap_free(quoted);
    return done ? S_OK : MAPI_E_DISK_ERROR;
}

static BOOL is_shared(const WCHAR *section)
{
    return !_wcsicmp(section, SERVICES) || !_wcsicmp(section, HELP);
}

/* Everything of the file but its default services. */
static HRESULT merge(const struct inf *inf, const WCHAR *copy)
{
    const WCHAR *before = L"";
    HRESULT hr = S_OK;
    size_t i;

    /* Old sections first, as one may be in pieces. */
    for (i = 0; i < inf->count && SUCCEEDED(hr); ++i)
    {
        const WCHAR *section = inf->entries[i].section;

        if (section == before || !*section || is_shared(section) || !_wcsicmp(section, DEFAULTS))
            continue;
        before = section;
        hr = put(copy, section, NULL, NULL);
    }
    for (i = inf->count;
         i-- && SUCCEEDED(hr);) /* of two entries with one key the first counts, so it is written last */
        if (*inf->entries[i].section && _wcsicmp(inf->entries[i].section, DEFAULTS))
            hr = put(copy, inf->entries[i].section, inf->entries[i].key, inf->entries[i].value);
    return hr;
}

/* Calls the entry function of a service of the file with a reason that concerns no profile. */
static HRESULT tell_system(const struct inf *inf, const WCHAR *section, ULONG context, ULONG_PTR window, ULONG flags,
                           BOOL *called, MAPIERROR **told)
{
    const WCHAR *dll = inf_find(inf, section, L"PR_SERVICE_DLL_NAME");
    const WCHAR *entry = inf_find(inf, section, L"PR_SERVICE_ENTRY_NAME");
    struct entry_call call = {.context = context, .window = window, .flags = flags};
    HRESULT hr;

    *called = FALSE;
    *told = NULL;
    if (!dll || !*dll || !entry || !*entry)
        return S_OK;
    if (FAILED(hr = profile_attach_none(&call.profile)))
        return hr;
    hr = entry_run_named(&call, dll, entry, told);
    *called = call.called;
    profile_drop(call.profile);
    return hr;
}

static void keep_first(MAPIERROR *told, MAPIERROR **error)
{
    if (error && !*error)
        *error = told;
    else
        MAPIFreeBuffer(told);
}

static HRESULT check_call(const WCHAR *text, ULONG flags)
{
    HRESULT hr = init_check();

    if (FAILED(hr))
        return hr;
    if (!text || !memory_readable(text, sizeof(*text)))
        return MAPI_E_INVALID_PARAMETER;
    return flags & ~SERVICE_UI_FLAGS ? MAPI_E_UNKNOWN_FLAGS : S_OK;
}

/* Postroom's own; see postroom/postroom.h. */
HRESULT WINAPI PostroomInstallServices(const WCHAR *path, ULONG_PTR ulUIParam, ULONG ulFlags, LPMAPIERROR *lppError)
{
    WCHAR target[MAX_PATH], copy[MAX_PATH];
    MAPIERROR *told;
    struct inf inf;
    BOOL called, found = FALSE;
    HRESULT hr;
    size_t i;

    TRACE("path %s, window %p, flags %#lx, error %p", debugstr_w(path), (void *)ulUIParam, ulFlags, lppError);

    if ((lppError = OUT_POINTER(lppError)))
        *lppError = NULL;
    if (FAILED(hr = check_call(path, ulFlags)) || FAILED(hr = inf_file_read_path(path, &inf)))
        return hr;
    for (i = 0; i < inf.count && !found; ++i)
        found = !_wcsicmp(inf.entries[i].section, SERVICES);
    hr = found ? begin_edit(target, copy) : MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = end_edit(target, copy, merge(&inf, copy));
    for (i = 0; i < inf.count && SUCCEEDED(hr); ++i)
    {
        if (_wcsicmp(inf.entries[i].section, SERVICES))
            continue;
        tell_system(&inf, inf.entries[i].key, MSG_SERVICE_INSTALL, ulUIParam, ulFlags, &called, &told);
        keep_first(told, lppError);
    }
    inf_clear(&inf);
    return hr;
}

/* A service's section, those that it links, and its places in the lists. */
static HRESULT cut_out(const struct inf *inf, const WCHAR *section, const WCHAR *copy)
{
    static const WCHAR *const links[] = {L"Providers", L"Sections"};
    WCHAR element[NAME_MAX];
    HRESULT hr = S_OK;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(links); ++i)
    {
        const WCHAR *list = inf_find(inf, section, links[i]);

        while (SUCCEEDED(hr) && inf_next(&list, element, ARRAY_SIZE(element)))
            hr = put(copy, element, NULL, NULL);
    }
    if (SUCCEEDED(hr) && SUCCEEDED(hr = put(copy, section, NULL, NULL))
        && SUCCEEDED(hr = put(copy, SERVICES, section, NULL)) && SUCCEEDED(hr = put(copy, DEFAULTS, section, NULL)))
        hr = put(copy, HELP, section, NULL);
    return hr;
}

/* Postroom's own; see postroom/postroom.h. */
HRESULT WINAPI PostroomUninstallService(const WCHAR *service, ULONG_PTR ulUIParam, ULONG ulFlags, LPMAPIERROR *lppError)
{
    WCHAR target[MAX_PATH], copy[MAX_PATH], name[NAME_MAX];
    const WCHAR *section;
    MAPIERROR *told;
    struct inf inf;
    BOOL called;
    HRESULT hr;

    TRACE("service %s, window %p, flags %#lx, error %p", debugstr_w(service), (void *)ulUIParam, ulFlags, lppError);

    if ((lppError = OUT_POINTER(lppError)))
        *lppError = NULL;
    if (FAILED(hr = check_call(service, ulFlags)))
        return hr;
    if ((hr = text_from_caller(service, MAPI_UNICODE, name, ARRAY_SIZE(name))) == MAPI_E_TOO_BIG)
        hr = MAPI_E_NOT_FOUND;
    if (FAILED(hr) || FAILED(hr = inf_file_read(&inf)))
        return hr;
    if (!(section = inf_service_section(&inf, name)))
    {
        inf_clear(&inf);
        return MAPI_E_NOT_FOUND;
    }
    hr = tell_system(&inf, section, MSG_SERVICE_UNINSTALL, ulUIParam, ulFlags, &called, &told);
    keep_first(told, lppError);
    if (hr != MAPI_E_USER_CANCEL || !called)
    {
        hr = begin_edit(target, copy);
        if (SUCCEEDED(hr))
            hr = end_edit(target, copy, cut_out(&inf, section, copy));
    }
    inf_clear(&inf);
    return hr;
}
