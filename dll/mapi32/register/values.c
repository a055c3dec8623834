/*
 * Writing registry values so that they can be put back exactly.
 *
 * The record of a set: "Architectures" (bits, written last: the record is complete), "Created" (bits by index: keys
 * that did not exist), and for each value "Before ID" (type and bytes, missing when it did not exist) and "Ours ID".
 */
#include "register/values.h"

#define VALUE_MAX 65536

LONG value_read(HKEY root, const WCHAR *key_name, const WCHAR *name, struct value *value)
{
    HKEY key = root;
    LONG error;

    memset(value, 0, sizeof(*value));
    if (key_name && (error = RegOpenKeyExW(root, key_name, 0, KEY_QUERY_VALUE, &key)))
        return error;
    error = RegQueryValueExW(key, name, NULL, &value->type, NULL, &value->size);
    if (!error && value->size > VALUE_MAX)
        error = ERROR_MORE_DATA;
    if (!error && !(value->data = heap_alloc(value->size + 1)))
        error = ERROR_NOT_ENOUGH_MEMORY;
    if (!error)
        error = RegQueryValueExW(key, name, NULL, &value->type, value->data, &value->size);
    if (error)
    {
        heap_free(value->data);
        value->data = NULL;
    }
    if (key_name)
        RegCloseKey(key);
    return error;
}

/* "Before ID" or "Ours ID". */
static const WCHAR *record_name(const WCHAR *prefix, const WCHAR *id, WCHAR buffer[64])
{
    wcscpy(buffer, prefix);
    wcsncat(buffer, id, 63 - wcslen(buffer));
    return buffer;
}

/* Whether a value is still what we wrote. What is not there is not ours. */
static LONG still_ours(HKEY record, const struct set_value *set_value, BOOL *same)
{
    struct value ours, there = {NULL, 0, 0};
    WCHAR name[64];
    LONG error;

    *same = FALSE;
    error = value_read(record, NULL, record_name(L"Ours ", set_value->id, name), &ours);
    if (!error)
        error = value_read(HKEY_LOCAL_MACHINE, set_value->key, set_value->name, &there);
    if (!error)
        *same = ours.type == there.type && ours.size == there.size && !memcmp(ours.data, there.data, ours.size);
    heap_free(ours.data);
    heap_free(there.data);
    return error == ERROR_FILE_NOT_FOUND || error == ERROR_MORE_DATA ? ERROR_SUCCESS : error;
}

/* Writes down what is there, unless that is ours already. */
static LONG record_before(const struct value_set *set, HKEY record, const struct set_value *set_value,
                          struct undo *undo)
{
    struct value before;
    WCHAR name[64];
    LONG error;
    BOOL ours;

    if ((error = still_ours(record, set_value, &ours)) || ours)
        return error;
    record_name(L"Before ", set_value->id, name);
    error = value_read(HKEY_LOCAL_MACHINE, set_value->key, set_value->name, &before);
    if (error == ERROR_FILE_NOT_FOUND)
        return undo_delete(undo, set->record, name);
    if (!error)
        error = undo_set(undo, set->record, name, before.type, before.data, before.size);
    heap_free(before.data);
    return error;
}

static LONG write_value(const struct value_set *set, const struct set_value *value, struct undo *undo)
{
    const void *data = value->raw ? value->raw : value->text;
    DWORD type = value->raw ? value->raw_type : REG_SZ;
    DWORD size = value->raw ? value->raw_size : (DWORD)((wcslen(value->text) + 1) * sizeof(WCHAR));
    WCHAR name[64];
    LONG error;

    /* Ours is written down first: whatever happens next, putting back knows what to look for. */
    error = undo_set(undo, set->record, record_name(L"Ours ", value->id, name), type, data, size);
    return error ? error : undo_set(undo, value->key, value->name, type, data, size);
}

static DWORD read_bits(HKEY record, const WCHAR *name)
{
    DWORD bits = 0, type, size = sizeof(bits);

    if (RegQueryValueExW(record, name, NULL, &type, (BYTE *)&bits, &size) || type != REG_DWORD || size != sizeof(bits))
        return 0;
    return bits;
}

static LONG write_bits(HKEY record, const WCHAR *name, DWORD bits)
{
    return RegSetValueExW(record, name, 0, REG_DWORD, (const BYTE *)&bits, sizeof(bits));
}

static DWORD missing_keys(const struct value_set *set)
{
    DWORD missing = 0;
    size_t i;
    HKEY key;

    for (i = 0; i < set->key_count; i++)
        if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, set->keys[i], 0, KEY_QUERY_VALUE, &key))
            missing |= 1u << i;
        else
            RegCloseKey(key);
    return missing;
}

static LONG add_bits(const struct value_set *set, HKEY record, const WCHAR *name, DWORD bits, struct undo *undo)
{
    bits |= read_bits(record, name);
    return undo_set(undo, set->record, name, REG_DWORD, &bits, sizeof(bits));
}

/* Makes the keys of the set and its record, outer ones first. */
static LONG open_record(const struct value_set *set, HKEY *record, struct undo *undo)
{
    LONG error = ERROR_SUCCESS;
    size_t i;

    for (i = 0; !error && i < set->key_count; i++)
        error = undo_make_key(undo, set->keys[i]);
    if (!error)
        error = undo_make_key(undo, set->record);
    if (!error)
        error = RegOpenKeyExW(HKEY_LOCAL_MACHINE, set->record, 0, KEY_QUERY_VALUE, record);
    return error;
}

LONG values_write(const struct value_set *set, const struct set_value *values, size_t count, DWORD architecture,
                  struct undo *undo)
{
    DWORD missing = missing_keys(set);
    LONG error;
    HKEY record;
    size_t i;

    if ((error = open_record(set, &record, undo)))
        return error;
    error = add_bits(set, record, L"Created", missing, undo);
    for (i = 0; !error && i < count; i++)
        if (values[i].text || values[i].raw)
            error = record_before(set, record, &values[i], undo);
    for (i = 0; !error && i < count; i++)
        if (values[i].text || values[i].raw)
            error = write_value(set, &values[i], undo);
    if (!error)
        error = add_bits(set, record, L"Architectures", architecture, undo);
    RegCloseKey(record);
    return error;
}

static LONG restore_value(HKEY record, const struct set_value *set_value)
{
    struct value before;
    WCHAR name[64];
    LONG error;
    BOOL ours;
    HKEY key;

    if ((error = still_ours(record, set_value, &ours)) || !ours)
        return error;
    error = RegOpenKeyExW(HKEY_LOCAL_MACHINE, set_value->key, 0, KEY_SET_VALUE, &key);
    if (error)
        return error;
    error = value_read(record, NULL, record_name(L"Before ", set_value->id, name), &before);
    if (error == ERROR_FILE_NOT_FOUND)
        error = RegDeleteValueW(key, set_value->name);
    else if (!error)
        error = RegSetValueExW(key, set_value->name, 0, before.type, before.data, before.size);
    heap_free(before.data);
    RegCloseKey(key);
    return error;
}

void key_delete_if_empty(const WCHAR *name)
{
    DWORD keys = 1, values = 1;
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, name, 0, KEY_QUERY_VALUE, &key))
        return;
    if (RegQueryInfoKeyW(key, NULL, NULL, NULL, &keys, NULL, NULL, &values, NULL, NULL, NULL, NULL))
        keys = 1;
    RegCloseKey(key);
    if (!keys && !values)
        RegDeleteKeyW(HKEY_LOCAL_MACHINE, name);
}

LONG values_restore(const struct value_set *set, const struct set_value *values, size_t count, DWORD architecture)
{
    LONG error, first = ERROR_SUCCESS;
    DWORD created, architectures;
    HKEY record;
    size_t i;

    error = RegOpenKeyExW(HKEY_LOCAL_MACHINE, set->record, 0, KEY_QUERY_VALUE | KEY_SET_VALUE, &record);
    if (error)
        return error == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : error;
    architectures = read_bits(record, L"Architectures") & ~architecture;
    if (architectures)
    {
        error = write_bits(record, L"Architectures", architectures);
        RegCloseKey(record);
        return error;
    }
    /* One value that cannot be put back does not keep the others from it. */
    for (i = 0; i < count; i++)
    {
        error = restore_value(record, &values[i]);
        if (error && !first)
            first = error;
    }
    created = read_bits(record, L"Created");
    RegCloseKey(record);
    if (first)
        return first; /* the record stays for another try */
    error = RegDeleteKeyW(HKEY_LOCAL_MACHINE, set->record);
    for (i = set->key_count; i-- > 0;)
        if (created & (1u << i))
            key_delete_if_empty(set->keys[i]);
    return error;
}
