/*
 * Writing registry values so that they can be put back exactly.
 *
 * The record of a set: "Architectures" (bits, written last: the record is complete), "Created" (bits by index: keys that
 * did not exist), and for each value "Before ID" (type and bytes, missing when it did not exist) and "Ours ID".
 */
#include "register/values.h"

#define VALUE_MAX 65536

void *value_read(HKEY root, const WCHAR *key_name, const WCHAR *name, DWORD *type, DWORD *size)
{
    BYTE *data = NULL;
    HKEY key = root;
    DWORD room;

    if (key_name && RegOpenKeyExW(root, key_name, 0, KEY_QUERY_VALUE, &key))
        return NULL;
    *size = 0;
    if (!RegQueryValueExW(key, name, NULL, type, NULL, size) && *size <= VALUE_MAX)
    {
        room = *size;
        data = heap_alloc(room + 1);
        if (data && RegQueryValueExW(key, name, NULL, type, data, size))
        {
            heap_free(data);
            data = NULL;
        }
    }
    if (key_name)
        RegCloseKey(key);
    return data;
}

/* "Before ID" or "Ours ID". */
static const WCHAR *record_name(const WCHAR *prefix, const WCHAR *id, WCHAR buffer[64])
{
    wcscpy(buffer, prefix);
    wcsncat(buffer, id, 63 - wcslen(buffer));
    return buffer;
}

static BOOL same_value(HKEY root, const WCHAR *key, const WCHAR *name, const void *data, DWORD type, DWORD size)
{
    DWORD there_type, there_size;
    void *there = value_read(root, key, name, &there_type, &there_size);
    BOOL same = there && there_type == type && there_size == size && !memcmp(there, data, size);

    heap_free(there);
    return same;
}

/* Whether a value is still what we wrote. */
static BOOL still_ours(HKEY record, const struct set_value *value)
{
    WCHAR name[64];
    DWORD type, size;
    void *ours = value_read(record, NULL, record_name(L"Ours ", value->id, name), &type, &size);
    BOOL same = ours && same_value(HKEY_LOCAL_MACHINE, value->key, value->name, ours, type, size);

    heap_free(ours);
    return same;
}

/* Writes down what is there, unless that is ours already. */
static LONG record_before(HKEY record, const struct set_value *value)
{
    WCHAR name[64];
    DWORD type, size;
    void *before;
    LONG error;

    if (still_ours(record, value))
        return ERROR_SUCCESS;
    record_name(L"Before ", value->id, name);
    before = value_read(HKEY_LOCAL_MACHINE, value->key, value->name, &type, &size);
    if (before)
    {
        error = RegSetValueExW(record, name, 0, type, before, size);
        heap_free(before);
        return error;
    }
    error = RegDeleteValueW(record, name);
    return error == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : error;
}

static LONG write_value(HKEY record, const struct set_value *value)
{
    const void *data = value->raw ? value->raw : value->text;
    DWORD type = value->raw ? value->raw_type : REG_SZ;
    DWORD size = value->raw ? value->raw_size : (DWORD)((wcslen(value->text) + 1) * sizeof(WCHAR));
    WCHAR name[64];
    LONG error;
    HKEY key;

    /* Ours is written down first: whatever happens next, putting back knows what to look for. */
    error = RegSetValueExW(record, record_name(L"Ours ", value->id, name), 0, type, data, size);
    if (error)
        return error;
    error = RegCreateKeyExW(HKEY_LOCAL_MACHINE, value->key, 0, NULL, 0, KEY_SET_VALUE, NULL, &key, NULL);
    if (error)
        return error;
    error = RegSetValueExW(key, value->name, 0, type, data, size);
    RegCloseKey(key);
    return error;
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

LONG values_write(const struct value_set *set, const struct set_value *values, size_t count, DWORD architecture)
{
    DWORD missing = missing_keys(set);
    LONG error;
    HKEY record;
    size_t i;

    error = RegCreateKeyExW(HKEY_LOCAL_MACHINE, set->record, 0, NULL, 0, KEY_QUERY_VALUE | KEY_SET_VALUE, NULL, &record,
            NULL);
    if (error)
        return error;
    error = write_bits(record, L"Created", read_bits(record, L"Created") | missing);
    for (i = 0; !error && i < count; i++)
        if (values[i].text || values[i].raw)
            error = record_before(record, &values[i]);
    for (i = 0; !error && i < count; i++)
        if (values[i].text || values[i].raw)
            error = write_value(record, &values[i]);
    if (!error)
        error = write_bits(record, L"Architectures", read_bits(record, L"Architectures") | architecture);
    RegCloseKey(record);
    return error;
}

static LONG restore_value(HKEY record, const struct set_value *value)
{
    WCHAR name[64];
    DWORD type, size;
    void *before;
    LONG error;
    HKEY key;

    if (!still_ours(record, value))
        return ERROR_SUCCESS;
    error = RegOpenKeyExW(HKEY_LOCAL_MACHINE, value->key, 0, KEY_SET_VALUE, &key);
    if (error)
        return error;
    before = value_read(record, NULL, record_name(L"Before ", value->id, name), &type, &size);
    if (before)
        error = RegSetValueExW(key, value->name, 0, type, before, size);
    else
        error = RegDeleteValueW(key, value->name);
    heap_free(before);
    RegCloseKey(key);
    return error;
}

static void delete_if_empty(const WCHAR *name)
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
            delete_if_empty(set->keys[i]);
    return error;
}
