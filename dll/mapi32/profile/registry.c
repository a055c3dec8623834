/*
 * registry: every access of the profiles to the registry goes through here.
 *
 * What is read is hostile: types, lengths and terminators are checked, links are not followed, depth and numbers have
 * limits. No state of its own but the hook that the tests set before they start.
 */
#include "profile/internal.h"

/* Set once by a test program before any thread uses profiles; no lock. */
void (*registry_before_write)(void);

static void before_write(void)
{
    if (registry_before_write)
        registry_before_write();
}

HRESULT registry_result(LONG error)
{
    switch (error)
    {
    case ERROR_SUCCESS:
        return S_OK;
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_KEY_DELETED:
        return MAPI_E_NOT_FOUND;
    case ERROR_ACCESS_DENIED:
        return MAPI_E_NO_ACCESS;
    case ERROR_OUTOFMEMORY:
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_NO_SYSTEM_RESOURCES:
        return MAPI_E_NOT_ENOUGH_MEMORY;
    case ERROR_NOT_ENOUGH_QUOTA:
    case ERROR_DISK_FULL:
        return MAPI_E_NOT_ENOUGH_DISK;
    default:
        return MAPI_E_CALL_FAILED;
    }
}

/* Whether the key is a link to another: then its content is somebody else's. */
static BOOL is_link(HKEY key)
{
    DWORD type;

    return RegQueryValueExW(key, L"SymbolicLinkValue", NULL, &type, NULL, NULL) == ERROR_SUCCESS && type == REG_LINK;
}

LONG registry_open(HKEY parent, const WCHAR *name, REGSAM access, HKEY *key)
{
    return RegOpenKeyExW(parent, name, REG_OPTION_OPEN_LINK, access, key);
}

LONG registry_create(HKEY parent, const WCHAR *name, const WCHAR *class, HKEY *key)
{
    before_write();
    return RegCreateKeyExW(parent, name, 0, (WCHAR *)class, 0, KEY_ALL_ACCESS & ~KEY_CREATE_LINK, NULL, key, NULL);
}

LONG registry_set(HKEY key, const WCHAR *name, DWORD type, const void *data, size_t size)
{
    before_write();
    return RegSetValueExW(key, name, 0, type, data, (DWORD)size);
}

LONG registry_remove(HKEY key, const WCHAR *name)
{
    LONG error;

    before_write();
    error = RegDeleteValueW(key, name);
    return error == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : error;
}

static LONG remove_tree(HKEY parent, const WCHAR *name, int depth)
{
    WCHAR child[256];
    DWORD size, index = 0;
    LONG error;
    HKEY key;

    if (depth <= REGISTRY_DEPTH_MAX
        && registry_open(parent, name, KEY_ENUMERATE_SUB_KEYS | KEY_QUERY_VALUE, &key) == ERROR_SUCCESS)
    {
        if (!is_link(key))
        {
            for (;;)
            {
                size = ARRAY_SIZE(child);
                if (RegEnumKeyExW(key, index, child, &size, NULL, NULL, NULL, NULL) != ERROR_SUCCESS)
                    break;
                /* One that does not want to go is stepped over; the key above it then stays as well. */
                if (remove_tree(key, child, depth + 1) != ERROR_SUCCESS)
                    ++index;
            }
        }
        RegCloseKey(key);
    }
    before_write();
    error = RegDeleteKeyW(parent, name);
    return error == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : error;
}

LONG registry_remove_tree(HKEY parent, const WCHAR *name)
{
    return remove_tree(parent, name, 0);
}

static BOOL is_mark(const WCHAR *name)
{
    return profile_name_equal(name, MARK_FLAGS) || profile_name_equal(name, MARK_RENAME)
           || profile_name_equal(name, MARK_ORIGIN) || profile_name_equal(name, MARK_SECTIONS);
}

/* The buffer is grown as needed and handed back; its owner frees it. */
static LONG copy_values(HKEY from, HKEY to, BOOL top, BYTE **buffer, size_t *capacity)
{
    WCHAR name[260];
    DWORD index, size, type, data_size;
    LONG error;

    for (index = 0; index < REGISTRY_VALUES_MAX;)
    {
        size = ARRAY_SIZE(name);
        data_size = (DWORD)*capacity;
        error = RegEnumValueW(from, index, name, &size, NULL, &type, *buffer, &data_size);
        if (error == ERROR_NO_MORE_ITEMS)
            return ERROR_SUCCESS;
        if (error == ERROR_MORE_DATA && data_size > *capacity && data_size <= REGISTRY_VALUE_MAX)
        {
            if (!array_reserve((void **)buffer, capacity, data_size, 1))
                return ERROR_NOT_ENOUGH_MEMORY;
            continue;
        }
        ++index;
        if (error != ERROR_SUCCESS)
        {
            WARN("value %lu cannot be copied (error %ld), skipped", index - 1, error);
            continue;
        }
        if (top && is_mark(name))
            continue;
        error = registry_set(to, name, type, *buffer, data_size);
        if (error != ERROR_SUCCESS)
            return error;
    }
    WARN("more than %u values, the rest is not copied", REGISTRY_VALUES_MAX);
    return ERROR_SUCCESS;
}

static LONG copy_tree(HKEY from, HKEY to, int depth, BYTE **buffer, size_t *capacity)
{
    LONG error = copy_values(from, to, depth == 0, buffer, capacity);
    WCHAR name[256];
    DWORD index, size;
    HKEY child, copy;

    for (index = 0; error == ERROR_SUCCESS; ++index)
    {
        size = ARRAY_SIZE(name);
        error = RegEnumKeyExW(from, index, name, &size, NULL, NULL, NULL, NULL);
        if (error == ERROR_NO_MORE_ITEMS)
            return ERROR_SUCCESS;
        if (error != ERROR_SUCCESS)
            return error;
        if (depth >= REGISTRY_DEPTH_MAX)
        {
            WARN("keys below keys %d deep, not copied", depth);
            return ERROR_SUCCESS;
        }
        if (registry_open(from, name, KEY_READ, &child) != ERROR_SUCCESS)
            continue;
        if (is_link(child))
            WARN("%s is a link, not copied", debugstr_w(name));
        else if ((error = registry_create(to, name, NULL, &copy)) == ERROR_SUCCESS)
        {
            error = copy_tree(child, copy, depth + 1, buffer, capacity);
            RegCloseKey(copy);
        }
        RegCloseKey(child);
    }
    return error;
}

LONG registry_copy_tree(HKEY from, HKEY to)
{
    BYTE *buffer = NULL;
    size_t capacity = 0;
    LONG error;

    if (!array_reserve((void **)&buffer, &capacity, 1024, 1))
        return ERROR_NOT_ENOUGH_MEMORY;
    error = copy_tree(from, to, 0, &buffer, &capacity);
    heap_free(buffer);
    return error;
}

BOOL registry_get_dword(HKEY key, const WCHAR *name, DWORD *number)
{
    DWORD type, size = sizeof(*number);

    return RegQueryValueExW(key, name, NULL, &type, (BYTE *)number, &size) == ERROR_SUCCESS && type == REG_DWORD
           && size == sizeof(*number);
}

BOOL registry_get_profile_name(HKEY key, const WCHAR *name, WCHAR out[PROFILE_NAME_MAX + 1])
{
    WCHAR buffer[PROFILE_NAME_MAX + 2];
    DWORD type, size = sizeof(buffer);
    size_t length;
    LONG error;

    out[0] = 0;
    error = RegQueryValueExW(key, name, NULL, &type, (BYTE *)buffer, &size);
    if (error == ERROR_FILE_NOT_FOUND)
        return FALSE;
    if (error != ERROR_SUCCESS || type != REG_SZ || size % sizeof(WCHAR))
    {
        WARN("%s is no profile name (error %ld), skipped", debugstr_w(name), error);
        return FALSE;
    }
    length = size / sizeof(WCHAR);
    while (length && !buffer[length - 1])
        --length;
    if (length > PROFILE_NAME_MAX || wcsnlen(buffer, length) < length)
    {
        WARN("%s is no profile name, skipped", debugstr_w(name));
        return FALSE;
    }
    buffer[length] = 0;
    if (!profile_name_valid(buffer))
    {
        if (length)
            WARN("%s is no profile name, skipped", debugstr_w(name));
        return FALSE;
    }
    memcpy(out, buffer, (length + 1) * sizeof(WCHAR));
    return TRUE;
}

BOOL registry_is_ours(HKEY key)
{
    WCHAR class[ARRAY_SIZE(PROFILE_CLASS) + 1];
    DWORD size = ARRAY_SIZE(class);

    /* A longer class of somebody else's fails with ERROR_MORE_DATA. */
    if (RegQueryInfoKeyW(key, class, &size, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) != ERROR_SUCCESS)
        return FALSE;
    class[ARRAY_SIZE(class) - 1] = 0;
    return !wcscmp(class, PROFILE_CLASS);
}
