/*
 * section: the properties of one profile section in the registry, and the readers and writers that have it open.
 *
 * The list of open sections is the process's, under open_sections.lock; an entry lives as long as it has readers or a
 * writer.
 */
#include "profile/internal.h"

const MAPIUID section_instance = {
        {0x85, 0x03, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46}};
const MAPIUID section_global = {
        {0x92, 0x07, 0xF3, 0xE0, 0xA3, 0xB1, 0x10, 0x19, 0x90, 0x8B, 0x08, 0x00, 0x2B, 0x2A, 0x56, 0xC2}};

void section_name(const MAPIUID *uid, WCHAR name[SECTION_NAME_SIZE])
{
    size_t i;

    for (i = 0; i < sizeof(uid->ab); ++i)
    {
        name[2 * i] = L"0123456789abcdef"[uid->ab[i] >> 4];
        name[2 * i + 1] = L"0123456789abcdef"[uid->ab[i] & 15];
    }
    name[2 * i] = 0;
}

HRESULT section_open_key(const WCHAR *profile, const MAPIUID *uid, BOOL write, BOOL create, HKEY *key)
{
    REGSAM access = write ? KEY_READ | KEY_SET_VALUE : KEY_READ;
    WCHAR path[ARRAY_SIZE(PROFILES_ROOT) + 1 + PROFILE_NAME_MAX], name[SECTION_NAME_SIZE];
    HKEY profile_key;
    LONG error;

    *key = NULL;
    memcpy(path, PROFILES_ROOT L"\\", ARRAY_SIZE(PROFILES_ROOT) * sizeof(WCHAR) + sizeof(WCHAR));
    lstrcpynW(path + ARRAY_SIZE(PROFILES_ROOT), profile, PROFILE_NAME_MAX + 1);
    section_name(uid, name);
    error = registry_open(HKEY_CURRENT_USER, path, create ? KEY_READ | KEY_CREATE_SUB_KEY : KEY_READ, &profile_key);
    if (error != ERROR_SUCCESS)
        return registry_result(error);
    error = registry_open(profile_key, name, access, key);
    if (error == ERROR_FILE_NOT_FOUND && create)
    {
        error = registry_create(profile_key, name, NULL, key);
        store_changed();
    }
    RegCloseKey(profile_key);
    if (error != ERROR_SUCCESS)
        *key = NULL;
    return registry_result(error);
}

BOOL section_is_computed(const MAPIUID *uid, ULONG tag)
{
    switch (PROP_ID(tag))
    {
    case PROP_ID(PR_OBJECT_TYPE):
    case PROP_ID(PR_PROFILE_NAME):
        return TRUE;
    case PROP_ID(PR_SEARCH_KEY):
        return !memcmp(uid, &section_instance, sizeof(*uid));
    default:
        return FALSE;
    }
}

/* One registry value into the bag. Only running out of memory is a failure. */
static HRESULT load_value(struct prop_bag *bag, const WCHAR *name, DWORD type, const BYTE *data, size_t size)
{
    struct decoded_value decoded;
    const SPropValue *old;
    BYTE *clear = NULL;
    DWORD clear_type;
    size_t clear_size;
    HRESULT hr;
    ULONG tag;

    if (!value_name_parse(name, &tag))
    {
        WARN("value %s is no property, skipped", debugstr_w(name));
        return S_OK;
    }
    if (PROP_ID(tag) == PROP_ID(PR_OBJECT_TYPE) || PROP_ID(tag) == PROP_ID(PR_PROFILE_NAME))
        return S_OK;
    /* Two values of one id: a property that changed its type while the machine stopped. The wider text is the newer
     * one as a rule; else the first one counts. */
    old = prop_bag_find(bag, tag);
    if (old && PROP_TYPE(tag) != PT_UNICODE)
        return S_OK;
    if (tag_is_secure(tag))
    {
        hr = secret_unprotect(type, data, size, &clear_type, &clear, &clear_size);
        if (hr == MAPI_E_NOT_ENOUGH_MEMORY)
            return hr;
        if (FAILED(hr))
        {
            WARN("property %#lx cannot be read by this user, skipped", tag);
            return S_OK;
        }
        if (clear)
        {
            type = clear_type;
            data = clear;
            size = clear_size;
        }
    }
    hr = value_decode(tag, type, data, size, &decoded);
    if (SUCCEEDED(hr))
    {
        hr = prop_bag_set(bag, &decoded.value);
        heap_free(decoded.scratch);
    }
    if (clear)
        SecureZeroMemory(clear, clear_size);
    heap_free(clear);
    if (hr == MAPI_E_NOT_ENOUGH_MEMORY)
        return hr;
    if (FAILED(hr))
        WARN("value %s, type %lu, %Iu bytes: no property, skipped", debugstr_w(name), type, size);
    return S_OK;
}

HRESULT section_load(HKEY key, const WCHAR *profile, struct prop_bag *bag)
{
    DWORD index = 0, name_size, type, data_size;
    size_t capacity = 0;
    BYTE *data = NULL;
    WCHAR name[64];
    LONG error;
    HRESULT hr;

    hr = prop_bag_set_long(bag, PR_OBJECT_TYPE, MAPI_PROFSECT);
    if (SUCCEEDED(hr))
        hr = prop_bag_set_text(bag, PR_PROFILE_NAME, profile);
    if (SUCCEEDED(hr) && !array_reserve((void **)&data, &capacity, 1024, 1))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    while (SUCCEEDED(hr) && index < REGISTRY_VALUES_MAX)
    {
        name_size = ARRAY_SIZE(name);
        data_size = (DWORD)capacity;
        error = RegEnumValueW(key, index, name, &name_size, NULL, &type, data, &data_size);
        if (error == ERROR_NO_MORE_ITEMS)
            break;
        if (error == ERROR_MORE_DATA && data_size > capacity && data_size <= REGISTRY_VALUE_MAX)
        {
            if (!array_reserve((void **)&data, &capacity, data_size, 1))
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
            continue;
        }
        ++index;
        if (error == ERROR_SUCCESS)
            hr = load_value(bag, name, type, data, data_size);
        else if (error != ERROR_MORE_DATA)
            hr = registry_result(error);
        else
            WARN("value %lu is too large or its name too long, skipped", index - 1);
    }
    if (index == REGISTRY_VALUES_MAX)
        WARN("more than %u values, the rest is not seen", REGISTRY_VALUES_MAX);
    if (data)
        SecureZeroMemory(data, capacity);
    heap_free(data);
    if (FAILED(hr))
        prop_bag_clear(bag);
    return hr;
}

LONG section_remove_id(HKEY key, ULONG tag, ULONG keep)
{
    DWORD index = 0, size;
    WCHAR name[64];
    ULONG found;
    LONG error;

    while (index < REGISTRY_VALUES_MAX)
    {
        size = ARRAY_SIZE(name);
        error = RegEnumValueW(key, index, name, &size, NULL, NULL, NULL, NULL);
        if (error == ERROR_NO_MORE_ITEMS)
            break;
        if (error != ERROR_SUCCESS || !value_name_parse(name, &found) || PROP_ID(found) != PROP_ID(tag)
            || found == keep)
        {
            if (error != ERROR_SUCCESS && error != ERROR_MORE_DATA)
                return error;
            ++index;
            continue;
        }
        error = registry_remove(key, name);
        if (error != ERROR_SUCCESS)
            return error;
    }
    return ERROR_SUCCESS;
}

HRESULT section_read(const WCHAR *profile, const MAPIUID *uid, struct prop_bag *bag)
{
    HRESULT hr;
    HKEY key;

    prop_bag_init(bag);
    hr = section_open_key(profile, uid, FALSE, FALSE, &key);
    if (FAILED(hr))
        return hr;
    hr = section_load(key, profile, bag);
    RegCloseKey(key);
    return hr;
}

/* SVC-24: profiles of others, or empty keys, may lack it. Under the mutex of changes, so all sessions see one key. */
HRESULT section_make_search_key(const WCHAR *profile)
{
    WCHAR value[TAG_NAME_SIZE];
    struct change change;
    LONG error;
    HRESULT hr;
    HKEY key;

    value_name(PR_SEARCH_KEY, value);
    hr = section_open_key(profile, &section_instance, FALSE, FALSE, &key);
    if (SUCCEEDED(hr))
    {
        error = RegQueryValueExW(key, value, NULL, NULL, NULL, NULL);
        RegCloseKey(key);
        if (error == ERROR_SUCCESS)
            return S_OK;
    }
    hr = change_begin(&change, CHANGE_WAIT, FALSE);
    if (FAILED(hr))
        return hr;
    error = ERROR_FILE_NOT_FOUND;
    if (SUCCEEDED(section_open_key(profile, &section_instance, FALSE, FALSE, &key)))
    {
        error = RegQueryValueExW(key, value, NULL, NULL, NULL, NULL);
        RegCloseKey(key);
    }
    if (error != ERROR_SUCCESS)
    {
        error = registry_open(change.root, profile, KEY_READ | KEY_CREATE_SUB_KEY, &key);
        if (error == ERROR_SUCCESS)
        {
            error = profile_write_search_key(key);
            RegCloseKey(key);
        }
    }
    change_end(&change);
    return registry_result(error);
}

/* A list of section uids, one after the other. */
static BOOL is_listed(const struct prop_bag *bag, ULONG tag, const MAPIUID *uid)
{
    const SPropValue *value = prop_bag_find(bag, tag);
    ULONG i;

    if (!value || PROP_TYPE(value->ulPropTag) != PT_BINARY)
        return FALSE;
    for (i = 0; i < value->Value.bin.cb / sizeof(*uid); ++i)
        if (!memcmp(value->Value.bin.lpb + i * sizeof(*uid), uid, sizeof(*uid)))
            return TRUE;
    return FALSE;
}

HRESULT section_is_provider(const WCHAR *profile, const MAPIUID *uid, BOOL *yes)
{
    struct prop_bag bag;
    HRESULT hr;

    *yes = FALSE;
    hr = section_read(profile, uid, &bag);
    if (SUCCEEDED(hr))
        *yes = prop_bag_find(&bag, PR_PROVIDER_DLL_NAME) != NULL;
    else if (hr != MAPI_E_NOT_FOUND)
        return hr;
    prop_bag_clear(&bag);
    if (*yes)
        return S_OK;
    hr = section_read(profile, &section_global, &bag);
    if (FAILED(hr))
        return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
    *yes = is_listed(&bag, PR_STORE_PROVIDERS, uid) || is_listed(&bag, PR_AB_PROVIDERS, uid)
           || is_listed(&bag, PR_TRANSPORT_PROVIDERS, uid);
    prop_bag_clear(&bag);
    return S_OK;
}

struct section_lock
{
    struct section_lock *next;
    LONG readers, writers;
    MAPIUID uid;
    WCHAR profile[PROFILE_NAME_MAX + 1];
};

static struct
{
    SRWLOCK lock;
    struct section_lock *first;
} open_sections = {SRWLOCK_INIT, NULL};

HRESULT section_lock_take(const WCHAR *profile, const MAPIUID *uid, BOOL write, struct section_lock **out)
{
    struct section_lock *fresh = heap_alloc_zero(sizeof(*fresh)), *entry;
    HRESULT hr = S_OK;

    *out = NULL;
    if (!fresh)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    fresh->uid = *uid;
    lstrcpynW(fresh->profile, profile, ARRAY_SIZE(fresh->profile));
    AcquireSRWLockExclusive(&open_sections.lock);
    for (entry = open_sections.first; entry; entry = entry->next)
        if (!memcmp(&entry->uid, uid, sizeof(*uid)) && profile_name_equal(entry->profile, profile))
            break;
    if (!entry)
    {
        entry = fresh;
        fresh = NULL;
        entry->next = open_sections.first;
        open_sections.first = entry;
    }
    else if (entry->writers || write) /* SESS-29, SESS-30 */
        hr = MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
    {
        ++*(write ? &entry->writers : &entry->readers);
        *out = entry;
    }
    ReleaseSRWLockExclusive(&open_sections.lock);
    heap_free(fresh);
    return hr;
}

void section_lock_give(struct section_lock *lock, BOOL write)
{
    struct section_lock **link;

    if (!lock)
        return;
    AcquireSRWLockExclusive(&open_sections.lock);
    --*(write ? &lock->writers : &lock->readers);
    if (lock->writers || lock->readers)
        lock = NULL;
    for (link = &open_sections.first; lock && *link; link = &(*link)->next)
    {
        if (*link == lock)
        {
            *link = lock->next;
            break;
        }
    }
    ReleaseSRWLockExclusive(&open_sections.lock);
    heap_free(lock);
}
