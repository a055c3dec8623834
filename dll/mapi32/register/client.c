/*
 * Which mail client's Simple MAPI DLL there is besides us. Nothing is kept: the registry is asked each time.
 */
#include "register/client.h"

#define CLIENT_NAME_MAX 200

BOOL registry_text(HKEY key, const WCHAR *name, BOOL expand, WCHAR *buffer, size_t size)
{
    WCHAR raw[1024];
    DWORD type, bytes = sizeof(raw) - sizeof(WCHAR);
    size_t length;

    buffer[0] = 0;
    if (RegQueryValueExW(key, name, NULL, &type, (BYTE *)raw, &bytes) || (type != REG_SZ && type != REG_EXPAND_SZ))
        return FALSE;
    raw[bytes / sizeof(WCHAR)] = 0;
    if (type == REG_EXPAND_SZ && expand)
    {
        DWORD expanded = ExpandEnvironmentStringsW(raw, buffer, (DWORD)size);

        if (expanded && expanded <= size)
            return TRUE;
        buffer[0] = 0;
        return FALSE;
    }
    length = wcslen(raw);
    if (length >= size)
        return FALSE;
    memcpy(buffer, raw, (length + 1) * sizeof(WCHAR));
    return TRUE;
}

static BOOL is_letter(WCHAR c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

BOOL client_dll_path(const WCHAR *value, WCHAR path[MAX_PATH])
{
    static const WCHAR *const ours[] = {L"mapi32",       L"mapi32.dll", L"mapistub",
                                        L"mapistub.dll", L"postroom",   L"postroom.dll"};
    const WCHAR *name = value, *c;
    size_t length = wcslen(value), directory = 0, i;

    path[0] = 0;
    for (c = value; *c; c++)
        if (*c == '\\' || *c == '/' || *c == ':')
            name = c + 1;
    for (i = 0; i < ARRAY_SIZE(ours); i++)
        if (!lstrcmpiW(name, ours[i]))
            return FALSE;
    if (!*name)
        return FALSE;

    if (name == value)
    {
        directory = GetSystemDirectoryW(path, MAX_PATH);
        if (!directory || directory + 1 + length >= MAX_PATH)
        {
            path[0] = 0;
            return FALSE;
        }
        path[directory++] = '\\';
    }
    else if (!is_letter(value[0]) || value[1] != ':' || (value[2] != '\\' && value[2] != '/') || length >= MAX_PATH)
        return FALSE;
    memcpy(path + directory, value, (length + 1) * sizeof(WCHAR));
    return TRUE;
}

/* The DLLPath of one client, which is below root\Software\Clients\Mail. */
static BOOL client_dll(HKEY root, const WCHAR *client, WCHAR path[MAX_PATH])
{
    WCHAR key_name[ARRAY_SIZE(CLIENTS_KEY) + CLIENT_NAME_MAX + 1], value[MAX_PATH];
    BOOL found;
    HKEY key;

    if (!*client || wcslen(client) > CLIENT_NAME_MAX)
        return FALSE;
    wcscpy(key_name, CLIENTS_KEY L"\\");
    wcscat(key_name, client);
    if (RegOpenKeyExW(root, key_name, 0, KEY_QUERY_VALUE, &key))
        return FALSE;
    found = registry_text(key, L"DLLPath", TRUE, value, ARRAY_SIZE(value)) && client_dll_path(value, path);
    RegCloseKey(key);
    return found;
}

/* The client whose name is the default value of root\Software\Clients\Mail. */
static BOOL default_client_dll(HKEY root, WCHAR path[MAX_PATH])
{
    WCHAR client[CLIENT_NAME_MAX + 1];
    BOOL found;
    HKEY key;

    if (RegOpenKeyExW(root, CLIENTS_KEY, 0, KEY_QUERY_VALUE, &key))
        return FALSE;
    found = registry_text(key, NULL, FALSE, client, ARRAY_SIZE(client));
    RegCloseKey(key);
    /* A user's choice may name a client that is registered for the machine. */
    return found
           && ((root == HKEY_CURRENT_USER && client_dll(HKEY_CURRENT_USER, client, path))
               || client_dll(HKEY_LOCAL_MACHINE, client, path));
}

BOOL client_previous_dll(WCHAR path[MAX_PATH])
{
    if (client_dll(HKEY_LOCAL_MACHINE, CLIENT_NAME, path) || default_client_dll(HKEY_CURRENT_USER, path)
        || default_client_dll(HKEY_LOCAL_MACHINE, path))
        return TRUE;
    path[0] = 0;
    return FALSE;
}
