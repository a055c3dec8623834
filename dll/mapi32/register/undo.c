/*
 * Registry writes that can be taken back: see undo.h.
 */
#include "register/undo.h"
#include "register/values.h"

struct undo_entry
{
    const WCHAR *key;
    WCHAR name[64];      /* "": the default value */
    BOOL key_made;       /* nothing else then: the key was not there */
    BOOL existed;        /* the value did, as before says */
    struct value before; /* owned */
};

/* Notes what is there now. On failure nothing is noted. */
static LONG remember(struct undo *undo, const WCHAR *key, const WCHAR *name)
{
    struct undo_entry *entry;
    LONG error;

    if (!array_reserve((void **)&undo->entries, &undo->capacity, undo->count + 1, sizeof(*undo->entries)))
        return ERROR_NOT_ENOUGH_MEMORY;
    entry = &undo->entries[undo->count];
    memset(entry, 0, sizeof(*entry));
    entry->key = key;
    lstrcpynW(entry->name, name ? name : L"", ARRAY_SIZE(entry->name));
    error = value_read(HKEY_LOCAL_MACHINE, key, entry->name, &entry->before);
    if (error && error != ERROR_FILE_NOT_FOUND)
        return error;
    entry->existed = !error;
    undo->count++;
    return ERROR_SUCCESS;
}

static void forget_last(struct undo *undo)
{
    heap_free(undo->entries[--undo->count].before.data);
}

LONG undo_make_key(struct undo *undo, const WCHAR *key)
{
    struct undo_entry *entry;
    DWORD disposition;
    HKEY handle;
    LONG error;

    if (!array_reserve((void **)&undo->entries, &undo->capacity, undo->count + 1, sizeof(*undo->entries)))
        return ERROR_NOT_ENOUGH_MEMORY;
    error = RegCreateKeyExW(HKEY_LOCAL_MACHINE, key, 0, NULL, 0, KEY_QUERY_VALUE, NULL, &handle, &disposition);
    if (error)
        return error;
    RegCloseKey(handle);
    if (disposition == REG_CREATED_NEW_KEY)
    {
        entry = &undo->entries[undo->count++];
        memset(entry, 0, sizeof(*entry));
        entry->key = key;
        entry->key_made = TRUE;
    }
    return ERROR_SUCCESS;
}

LONG undo_set(struct undo *undo, const WCHAR *key, const WCHAR *name, DWORD type, const void *data, DWORD size)
{
    LONG error;
    HKEY handle;

    if ((error = remember(undo, key, name)))
        return error;
    error = RegOpenKeyExW(HKEY_LOCAL_MACHINE, key, 0, KEY_SET_VALUE, &handle);
    if (!error)
    {
        error = RegSetValueExW(handle, name, 0, type, data, size);
        RegCloseKey(handle);
    }
    if (error)
        forget_last(undo);
    return error;
}

LONG undo_delete(struct undo *undo, const WCHAR *key, const WCHAR *name)
{
    LONG error;
    HKEY handle;

    if ((error = remember(undo, key, name)))
        return error;
    error = RegOpenKeyExW(HKEY_LOCAL_MACHINE, key, 0, KEY_SET_VALUE, &handle);
    if (!error)
    {
        error = RegDeleteValueW(handle, name);
        RegCloseKey(handle);
    }
    if (error)
        forget_last(undo);
    return error == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : error;
}

static void take_back(const struct undo_entry *entry)
{
    HKEY handle;

    if (entry->key_made)
    {
        key_delete_if_empty(entry->key);
        return;
    }
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, entry->key, 0, KEY_SET_VALUE, &handle))
        return;
    if (entry->existed)
        RegSetValueExW(handle, entry->name, 0, entry->before.type, entry->before.data, entry->before.size);
    else
        RegDeleteValueW(handle, entry->name);
    RegCloseKey(handle);
}

void undo_run(struct undo *undo)
{
    size_t i;

    for (i = undo->count; i-- > 0;)
        take_back(&undo->entries[i]);
    undo_forget(undo);
}

void undo_forget(struct undo *undo)
{
    while (undo->count)
        forget_last(undo);
    heap_free(undo->entries);
    memset(undo, 0, sizeof(*undo));
}
