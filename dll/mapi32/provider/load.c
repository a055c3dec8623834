/*
 * load: see load.h. Loaded DLLs are counted by nobody: each is loaded once and freed by the last MAPIUninitialize, after
 * the sessions have ended (SPI-04, LOGOFF-41).
 */
#include "provider/load.h"

#define OLDEST_PROVIDER 0x00010000 /* PDK1 */

struct library
{
    struct library *next;
    HMODULE module;
    WCHAR dll[DLL_NAME_MAX];
};

static struct
{
    SRWLOCK lock;
    struct library *first;
} libraries = {SRWLOCK_INIT, NULL};

static void free_libraries(void)
{
    struct library *library, *next;

    AcquireSRWLockExclusive(&libraries.lock);
    library = libraries.first;
    libraries.first = NULL;
    ReleaseSRWLockExclusive(&libraries.lock);
    for (; library; library = next)
    {
        next = library->next;
        FreeLibrary(library->module);
        heap_free(library);
    }
}

static struct uninit_hook free_hook = {NULL, 0, free_libraries};

void providers_watch_uninitialize(void)
{
    init_on_uninitialize(&free_hook);
}

static BOOL has_path(const WCHAR *dll)
{
    return wcspbrk(dll, L"\\/:") != NULL;
}

static BOOL is_absolute(const WCHAR *dll)
{
    return (dll[0] && dll[1] == ':' && (dll[2] == '\\' || dll[2] == '/')) || (dll[0] == '\\' && dll[1] == '\\');
}

/* SVC-28: "32" before the extension. FALSE: too long. */
static BOOL insert_32(const WCHAR *dll, WCHAR out[DLL_NAME_MAX])
{
    const WCHAR *name = dll, *dot, *p;
    size_t length = wcslen(dll), stem;

    for (p = dll; *p; p++)
        if (*p == '\\' || *p == '/')
            name = p + 1;
    dot = wcsrchr(name, '.');
    stem = dot ? (size_t)(dot - dll) : length;
    if (length + 3 > DLL_NAME_MAX)
        return FALSE;
    memcpy(out, dll, stem * sizeof(*out));
    memcpy(out + stem, L"32", 2 * sizeof(*out));
    memcpy(out + stem + 2, dll + stem, (length - stem + 1) * sizeof(*out));
    return TRUE;
}

/* Beside this DLL, then in the system directory; never in the current directory or along PATH. */
static HMODULE load_by_name(const WCHAR *file)
{
    WCHAR path[MAX_PATH + DLL_NAME_MAX];
    DWORD length = GetModuleFileNameW(module_instance(), path, MAX_PATH);
    HMODULE module = NULL;
    WCHAR *slash;

    path[length < MAX_PATH ? length : 0] = 0;
    if ((slash = wcsrchr(path, '\\')))
    {
        lstrcpynW(slash + 1, file, DLL_NAME_MAX);
        module = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    }
    if (!module && (length = GetSystemDirectoryW(path, MAX_PATH)) && length < MAX_PATH)
    {
        path[length] = '\\';
        lstrcpynW(path + length + 1, file, DLL_NAME_MAX);
        module = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    }
    return module;
}

static HMODULE load_module(const WCHAR *dll)
{
    WCHAR file[DLL_NAME_MAX];

    if (!insert_32(dll, file))
        return NULL;
    if (!has_path(file))
        return load_by_name(file);
    return is_absolute(file) ? LoadLibraryExW(file, NULL, LOAD_WITH_ALTERED_SEARCH_PATH) : NULL;
}

/* The module of a DLL, kept. */
static HRESULT find_library(const WCHAR *dll, HMODULE *module)
{
    struct library *library, *fresh;

    AcquireSRWLockShared(&libraries.lock);
    for (library = libraries.first; library; library = library->next)
        if (!lstrcmpiW(library->dll, dll))
            break;
    ReleaseSRWLockShared(&libraries.lock);
    if (library)
    {
        *module = library->module;
        return S_OK;
    }
    if (!(fresh = heap_alloc(sizeof(*fresh))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(fresh->module = load_module(dll)))
    {
        WARN("provider %s cannot be loaded, error %lu\n", debugstr_w(dll), GetLastError());
        heap_free(fresh);
        return MAPI_E_NOT_FOUND;
    }
    lstrcpynW(fresh->dll, dll, DLL_NAME_MAX);
    *module = fresh->module;
    AcquireSRWLockExclusive(&libraries.lock);
    fresh->next = libraries.first;
    libraries.first = fresh; /* a second entry of another thread's has a count of its own at the system's */
    ReleaseSRWLockExclusive(&libraries.lock);
    return S_OK;
}

/* The entry points differ in the type of their last parameter only. */
typedef HRESULT(__cdecl *provider_init)(HINSTANCE instance, IMalloc *allocator, LPALLOCATEBUFFER allocate,
                                        LPALLOCATEMORE more, LPFREEBUFFER release, ULONG flags, ULONG version,
                                        ULONG *provider_version, IUnknown **provider);

HRESULT provider_load(enum provider_kind kind, const WCHAR *dll, ULONG flags, IUnknown **object)
{
    static const char *const names[PROVIDER_KINDS] = {"XPProviderInit", "ABProviderInit", "MSProviderInit"};
    ULONG version = 0;
    provider_init init;
    HMODULE module;
    HRESULT hr;

    *object = NULL;
    if (FAILED(hr = find_library(dll, &module)))
        return hr;
    if (!(init = (provider_init)(void *)GetProcAddress(module, names[kind])))
    {
        WARN("provider %s has no %s\n", debugstr_w(dll), names[kind]);
        return MAPI_E_CALL_FAILED;
    }
    /* SPI-01, SPI-03 */
    hr = init(module, MAPIGetDefaultMalloc(), MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
              flags ? MAPI_NT_SERVICE : 0, CURRENT_SPI_VERSION, &version, object);
    if (FAILED(hr))
        *object = NULL;
    else if (!memory_is_interface(*object, 5))
    {
        *object = NULL;
        hr = MAPI_E_CALL_FAILED;
    }
    else if (version < OLDEST_PROVIDER) /* SPI-02 */
    {
        IUnknown_Release(*object);
        *object = NULL;
        hr = MAPI_E_VERSION;
    }
    return hr;
}
