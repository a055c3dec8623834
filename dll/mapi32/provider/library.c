/*
 * library: see the header.
 *
 * The list of loaded modules is under loaded.lock. An entry owns one LoadLibrary; it goes when nobody uses it and MAPI is
 * not initialized any more.
 */
#include <stdio.h>

#include "provider/library.h"

struct library
{
    struct library *next;
    HMODULE module;
    LONG uses; /* under loaded.lock */
};

static struct
{
    SRWLOCK lock;
    struct library *first;
} loaded = {SRWLOCK_INIT, NULL};

static void explain(WCHAR explanation[LIBRARY_TEXT_MAX], const WCHAR *format, const WCHAR *subject)
{
    if (!explanation)
        return;
    _snwprintf(explanation, LIBRARY_TEXT_MAX, format, subject);
    explanation[LIBRARY_TEXT_MAX - 1] = 0;
}

static BOOL is_separator(WCHAR c)
{
    return c == '\\' || c == '/';
}

/* A drive's root, or a server's share; not a device. */
static BOOL is_absolute(const WCHAR *path)
{
    if (is_separator(path[0]) && is_separator(path[1]))
        return path[2] && path[2] != '.' && path[2] != '?' && !is_separator(path[2]);
    return ((path[0] >= 'A' && path[0] <= 'Z') || (path[0] >= 'a' && path[0] <= 'z')) && path[1] == ':'
           && is_separator(path[2]);
}

HRESULT library_file_name(const WCHAR *registered, WCHAR file[MAX_PATH])
{
    size_t length = wcslen(registered), start = length, dot;

    file[0] = 0;
    while (start && !is_separator(registered[start - 1]))
        --start;
    if (start == length || length + ARRAY_SIZE(L"32.dll") > MAX_PATH)
        return MAPI_E_INVALID_PARAMETER;
    if ((start && !is_absolute(registered)) || wcschr(registered + start, ':'))
        return MAPI_E_INVALID_PARAMETER;
    for (dot = length; dot > start && registered[dot] != '.'; --dot)
        ;
    if (dot == start)
        dot = length;
    memcpy(file, registered, dot * sizeof(WCHAR));
    wcscpy(file + dot, L"32");
    wcscat(file, dot == length ? L".dll" : registered + dot);
    return S_OK;
}

static BOOL is_file(const WCHAR *path)
{
    DWORD attributes = GetFileAttributesW(path);

    return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

/* folder\file into path; FALSE: not there, or too long. */
static BOOL find_in(const WCHAR *folder, size_t length, const WCHAR *file, WCHAR path[MAX_PATH])
{
    if (!length || length + 1 + wcslen(file) >= MAX_PATH)
        return FALSE;
    memmove(path, folder, length * sizeof(WCHAR));
    if (!is_separator(path[length - 1]))
        path[length++] = '\\';
    wcscpy(path + length, file);
    return is_file(path);
}

static BOOL find_file(const WCHAR *file, WCHAR path[MAX_PATH])
{
    WCHAR folder[MAX_PATH];
    DWORD length;

    if (is_absolute(file))
    {
        wcscpy(path, file);
        return is_file(path);
    }
    length = GetSystemDirectoryW(folder, MAX_PATH);
    if (length < MAX_PATH && find_in(folder, length, file, path))
        return TRUE;
    length = GetModuleFileNameW(module_instance(), folder, MAX_PATH);
    if (length >= MAX_PATH)
        return FALSE;
    while (length && !is_separator(folder[length - 1]))
        --length;
    return find_in(folder, length, file, path);
}

/* The machine that a PE file is for; 0: it is none. */
static WORD read_machine(const WCHAR *path)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    struct
    {
        DWORD signature;
        IMAGE_FILE_HEADER header;
    } pe = {0, {0}};
    IMAGE_DOS_HEADER dos = {0};
    WORD machine = 0;
    DWORD read;

    if (file == INVALID_HANDLE_VALUE)
        return 0;
    if (ReadFile(file, &dos, sizeof(dos), &read, NULL) && read == sizeof(dos) && dos.e_magic == IMAGE_DOS_SIGNATURE
        && dos.e_lfanew > 0 && SetFilePointer(file, dos.e_lfanew, NULL, FILE_BEGIN) != INVALID_SET_FILE_POINTER
        && ReadFile(file, &pe, sizeof(pe), &read, NULL) && read == sizeof(pe) && pe.signature == IMAGE_NT_SIGNATURE)
        machine = pe.header.Machine;
    CloseHandle(file);
    return machine;
}

static HRESULT load_failed(const WCHAR *path, DWORD error, WCHAR explanation[LIBRARY_TEXT_MAX])
{
    WORD machine = read_machine(path);

#ifdef _WIN64
    if (machine == IMAGE_FILE_MACHINE_I386)
    {
        explain(explanation, L"The DLL %ls is for 32-bit programs, and this one is a 64-bit program.", path);
        return MAPI_E_VERSION;
    }
#else
    if (machine == IMAGE_FILE_MACHINE_AMD64)
    {
        explain(explanation, L"The DLL %ls is for 64-bit programs, and this one is a 32-bit program.", path);
        return MAPI_E_VERSION;
    }
#endif
    switch (error)
    {
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
        explain(explanation, L"There is not enough memory to load the DLL %ls.", path);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    case ERROR_MOD_NOT_FOUND:
        explain(explanation, L"The DLL %ls needs another DLL that was not found.", path);
        return MAPI_E_UNABLE_TO_COMPLETE;
    case ERROR_DLL_INIT_FAILED:
        explain(explanation, L"The DLL %ls could not be started.", path);
        return MAPI_E_UNABLE_TO_COMPLETE;
    case ERROR_ACCESS_DENIED:
        explain(explanation, L"The DLL %ls may not be read by this user.", path);
        return MAPI_E_NO_ACCESS;
    default:
        if (machine)
            explain(explanation, L"The DLL %ls cannot be loaded.", path);
        else
            explain(explanation, L"The file %ls is no DLL.", path);
        return machine ? MAPI_E_UNABLE_TO_COMPLETE : MAPI_E_CORRUPT_DATA;
    }
}

/* A DLL's own folder is searched for what it needs, the current directory is not. */
static HMODULE load_path(const WCHAR *path)
{
    HMODULE module = LoadLibraryExW(path, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);

    /* Windows 7 without its update does not know the flags. */
    if (!module && GetLastError() == ERROR_INVALID_PARAMETER)
        module = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    return module;
}

/* Takes what nobody uses off the list and unloads it. */
static void unload_unused(void)
{
    struct library *unused = NULL, *library, **link;

    AcquireSRWLockExclusive(&loaded.lock);
    for (link = &loaded.first; (library = *link);)
    {
        if (library->uses)
        {
            link = &library->next;
            continue;
        }
        *link = library->next;
        library->next = unused;
        unused = library;
    }
    ReleaseSRWLockExclusive(&loaded.lock);
    while ((library = unused))
    {
        unused = library->next;
        FreeLibrary(library->module);
        heap_free(library);
    }
}

static struct uninit_hook uninit_hook = {.run = unload_unused, .last = TRUE};

HRESULT library_load(const WCHAR *registered, HMODULE *module, WCHAR explanation[LIBRARY_TEXT_MAX])
{
    WCHAR file[MAX_PATH], path[MAX_PATH];
    struct library *fresh, *library;

    *module = NULL;
    if (explanation)
        explanation[0] = 0;
    if (FAILED(library_file_name(registered, file)))
    {
        explain(explanation, L"%.200ls is no name of a DLL: it has to be a bare name or an absolute path.", registered);
        return MAPI_E_INVALID_PARAMETER;
    }
    if (!find_file(file, path))
    {
        explain(explanation,
                L"The DLL %ls was not found. It is looked for under its path, or in the system directory "
                L"and beside mapi32.dll, with \"32\" added to the registered name.",
                file);
        return MAPI_E_NOT_FOUND;
    }
    init_on_uninitialize(&uninit_hook);
    if (!(fresh = heap_alloc_zero(sizeof(*fresh))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(fresh->module = load_path(path)))
    {
        HRESULT hr = load_failed(path, GetLastError(), explanation);

        WARN("%s, error %lu\n", debugstr_w(explanation ? explanation : path), GetLastError());
        heap_free(fresh);
        return hr;
    }
    AcquireSRWLockExclusive(&loaded.lock);
    for (library = loaded.first; library; library = library->next)
        if (library->module == fresh->module)
            break;
    if (!library)
    {
        library = fresh;
        library->next = loaded.first;
        loaded.first = library;
        fresh = NULL;
    }
    ++library->uses;
    *module = library->module;
    ReleaseSRWLockExclusive(&loaded.lock);
    if (fresh)
        FreeLibrary(fresh->module);
    heap_free(fresh);
    return S_OK;
}

void library_release(HMODULE module)
{
    struct library *library;

    AcquireSRWLockExclusive(&loaded.lock);
    for (library = loaded.first; library; library = library->next)
        if (library->module == module)
            break;
    if (library)
        --library->uses;
    ReleaseSRWLockExclusive(&loaded.lock);
    if (FAILED(init_check())) /* the last MAPIUninitialize left it because of us */
        unload_unused();
}

HRESULT library_entry(HMODULE module, const WCHAR *name, ULONG argument_bytes, FARPROC *entry,
                      WCHAR explanation[LIBRARY_TEXT_MAX])
{
    char decorated[80], *plain = decorated + 1;
    size_t length = wcslen(name), i;

    *entry = NULL;
    if (explanation)
        explanation[0] = 0;
    if (length && length < sizeof(decorated) - 16)
    {
        decorated[0] = '_';
        for (i = 0; i <= length; ++i)
            plain[i] = name[i] < 0x80 ? (char)name[i] : '?';
        *entry = GetProcAddress(module, plain);
#ifndef _WIN64
        if (!*entry && argument_bytes)
        {
            sprintf(plain + length, "@%lu", argument_bytes);
            *entry = GetProcAddress(module, plain);
            if (!*entry)
                *entry = GetProcAddress(module, decorated);
        }
#endif
    }
    if (*entry)
        return S_OK;
    (void)argument_bytes;
    explain(explanation, L"The DLL lacks the function %.100ls.", name);
    WARN("module %p has no function %s\n", module, debugstr_w(name));
    return MAPI_E_CALL_FAILED;
}
