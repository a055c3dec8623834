/*
 * Registration as a mail client: DllRegisterServer, DllUnregisterServer, DllInstall (regsvr32 calls them).
 *
 * Two sets of values, each with its record beside it: the mail clients, which are one key for both architectures on
 * Windows 7 and later and one for each on Wine; and the messaging subsystem, which is one for each everywhere.
 */
#include "register/client.h"
#include "register/values.h"

#ifdef _WIN64
#define ARCHITECTURE 2
#else
#define ARCHITECTURE 1
#endif

/* Longer ones are ignored by the MAPI stub library, which gives the buffer's size in the wrong unit. */
#define PATH_LIMIT 129

#define SUBSYSTEM_KEY L"Software\\Microsoft\\Windows Messaging Subsystem"
#define OWN_KEY L"Software\\Postroom"
#define MAPI_VERSION L"1.0.0.1"

static const WCHAR *const client_keys[] = {L"Software\\Clients", CLIENTS_KEY, CLIENT_KEY};
static const struct value_set client_set = {CLIENT_KEY L"\\Previous", client_keys, ARRAY_SIZE(client_keys)};

static const WCHAR *const subsystem_keys[] = {OWN_KEY, SUBSYSTEM_KEY};
static const struct value_set subsystem_set = {OWN_KEY L"\\Previous", subsystem_keys, ARRAY_SIZE(subsystem_keys)};

/* The names here, the contents in DllRegisterServer. */
enum
{
    VALUE_CLIENT_NAME,
    VALUE_DLL_PATH,
    VALUE_DLL_PATH_EX,
    VALUE_DEFAULT_CLIENT, /* last: whoever looks for the default client finds a complete one */
    CLIENT_VALUES
};

static const struct set_value client_values[CLIENT_VALUES] = {
        [VALUE_CLIENT_NAME] = {CLIENT_KEY, NULL, L"name", CLIENT_NAME, NULL, 0, 0},
        [VALUE_DLL_PATH] = {CLIENT_KEY, L"DLLPath", L"DLLPath", NULL, NULL, 0, 0},
        [VALUE_DLL_PATH_EX] = {CLIENT_KEY, L"DLLPathEx", L"DLLPathEx", NULL, NULL, 0, 0},
        [VALUE_DEFAULT_CLIENT] = {CLIENTS_KEY, NULL, L"default client", CLIENT_NAME, NULL, 0, 0},
};

/* What is true of us: Simple MAPI (by way of the other client) and Extended MAPI; neither CMC nor OLE Messaging. */
static const struct set_value subsystem_values[] = {
        {SUBSYSTEM_KEY, L"MAPI", L"MAPI", L"1", NULL, 0, 0},
        {SUBSYSTEM_KEY, L"MAPIX", L"MAPIX", L"1", NULL, 0, 0},
        {SUBSYSTEM_KEY, L"MAPIXVER", L"MAPIXVER", MAPI_VERSION, NULL, 0, 0},
};

/*
 * Where this DLL is, as both architectures can say it: the 32-bit system directory is called by the name of the real
 * one, which the loader of 32-bit programs redirects.
 */
static LONG own_path(WCHAR path[MAX_PATH])
{
    WCHAR directory[MAX_PATH], native[MAX_PATH];
    const WCHAR *name = path, *c;
    UINT length;
    DWORD size;

    size = GetModuleFileNameW(module_instance(), path, MAX_PATH);
    if (!size || size >= MAX_PATH)
        return ERROR_FILENAME_EXCED_RANGE;
    for (c = path; *c; c++)
        if (*c == '\\' || *c == '/')
            name = c + 1;
    /* The system's own mapi32.dll would load itself for ever. */
    if (!lstrcmpiW(name, L"mapi32.dll") || !lstrcmpiW(name, L"mapistub.dll"))
    {
        ERR("%s must not be registered under this name: call it postroom.dll\n", debugstr_w(path));
        return ERROR_INVALID_NAME;
    }
    length = GetSystemWow64DirectoryW(directory, MAX_PATH);
    if (length && length < MAX_PATH && name == path + length + 1
        && CompareStringOrdinal(path, (int)length, directory, (int)length, TRUE) == CSTR_EQUAL)
    {
        UINT native_length = GetSystemDirectoryW(native, MAX_PATH);
        size_t name_length = wcslen(name);

        if (native_length && native_length + 1 + name_length < MAX_PATH)
        {
            memmove(path + native_length + 1, name, (name_length + 1) * sizeof(WCHAR));
            memcpy(path, native, native_length * sizeof(WCHAR));
            path[native_length] = '\\';
        }
    }
    return wcslen(path) <= PATH_LIMIT ? ERROR_SUCCESS : ERROR_FILENAME_EXCED_RANGE;
}

/* The DLLPath of the client that is the machine's default now, as it stands there; our own when that is us. As
 * value_read. */
static LONG default_client_dll_path(struct value *value)
{
    WCHAR client[256], key[512];
    BOOL found = FALSE;
    HKEY mail;

    memset(value, 0, sizeof(*value));
    if (!RegOpenKeyExW(HKEY_LOCAL_MACHINE, CLIENTS_KEY, 0, KEY_QUERY_VALUE, &mail))
    {
        found = registry_text(mail, NULL, FALSE, client, ARRAY_SIZE(client));
        RegCloseKey(mail);
    }
    if (!found || !*client)
        return ERROR_FILE_NOT_FOUND;
    wcscpy(key, CLIENTS_KEY L"\\");
    wcscat(key, client);
    return value_read(HKEY_LOCAL_MACHINE, key, L"DLLPath", value);
}

static LONG unregister(void)
{
    LONG client, subsystem;

    client = values_restore(&client_set, client_values, ARRAY_SIZE(client_values), ARCHITECTURE);
    subsystem = values_restore(&subsystem_set, subsystem_values, ARRAY_SIZE(subsystem_values), ARCHITECTURE);
    return client ? client : subsystem;
}

/*
 * Makes this DLL the default mail client's Extended MAPI. Simple MAPI stays with the client that was the default: its
 * DLLPath becomes ours. S_OK; ERROR_INVALID_NAME (the file is called mapi32.dll), ERROR_FILENAME_EXCED_RANGE (the path
 * is longer than clients read), ERROR_ACCESS_DENIED as HRESULTs: nothing was changed.
 */
HRESULT WINAPI DllRegisterServer(void)
{
    struct set_value values[CLIENT_VALUES];
    struct undo undo = {NULL, 0, 0};
    struct value dll_path;
    WCHAR path[MAX_PATH];
    LONG error;

    TRACE("()");

    if ((error = own_path(path)))
        return HRESULT_FROM_WIN32(error);
    error = default_client_dll_path(&dll_path);
    if (error && error != ERROR_FILE_NOT_FOUND)
        return HRESULT_FROM_WIN32(error);
    memcpy(values, client_values, sizeof(values));
    values[VALUE_DLL_PATH_EX].text = path;
    values[VALUE_DLL_PATH].raw = dll_path.data;
    values[VALUE_DLL_PATH].raw_type = dll_path.type;
    values[VALUE_DLL_PATH].raw_size = dll_path.size;

    error = values_write(&subsystem_set, subsystem_values, ARRAY_SIZE(subsystem_values), ARCHITECTURE, &undo);
    if (!error)
        error = values_write(&client_set, values, ARRAY_SIZE(values), ARCHITECTURE, &undo);
    /* An earlier registration stays as it was, too. */
    if (error)
        undo_run(&undo);
    else
        undo_forget(&undo);
    heap_free(dll_path.data);
    return HRESULT_FROM_WIN32(error);
}

/* Puts back what DllRegisterServer found. S_OK also when nothing is registered. */
HRESULT WINAPI DllUnregisterServer(void)
{
    LONG error;

    TRACE("()");

    error = unregister();
    return HRESULT_FROM_WIN32(error);
}

/* regsvr32 /i: the same two, there is nothing to choose. E_INVALIDARG: any command line. */
HRESULT WINAPI DllInstall(BOOL bInstall, LPCWSTR pszCmdLine)
{
    TRACE("%d, %s", bInstall, debugstr_w(pszCmdLine));

    if (pszCmdLine && *pszCmdLine)
        return E_INVALIDARG;
    return bInstall ? DllRegisterServer() : DllUnregisterServer();
}
