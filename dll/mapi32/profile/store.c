/*
 * store: the names of all profiles and the marks on them, as the registry has them.
 *
 * Reads are cached per process; the cache is dropped by registry change notification, asked for without waiting (one
 * call). What is cached, the watched key and the event belong to this file, under cache.lock, and go with the last
 * MAPIUninitialize.
 */
#include "profile/internal.h"

struct record
{
    BOOL known; /* more than the name is filled */
    struct profile_info info;
};

/* As many profiles as most users will ever have need no memory: logging on allocates nothing for the cache. */
#define RECORDS_FIXED 24

static struct
{
    SRWLOCK lock; /* guards all below */
    HKEY watch;   /* the subsystem's key: the root below it may come and go */
    HKEY root;    /* NULL: there is none */
    HANDLE changed;
    BOOL armed; /* changed will be set by the next change */
    BOOL valid; /* what follows was read since the last change */
    ULONG generation;
    struct record fixed[RECORDS_FIXED];
    struct record *records; /* NULL: fixed is used */
    size_t count, capacity; /* capacity of records */
    BOOL default_known;
    WCHAR default_name[PROFILE_NAME_MAX + 1];
} cache = {.lock = SRWLOCK_INIT};

static void cache_close_keys(void)
{
    if (cache.root)
        RegCloseKey(cache.root);
    if (cache.watch)
        RegCloseKey(cache.watch);
    if (cache.changed)
        CloseHandle(cache.changed);
    cache.root = cache.watch = NULL;
    cache.changed = NULL;
    cache.armed = cache.valid = FALSE;
    ++cache.generation;
}

static void cache_close(void)
{
    AcquireSRWLockExclusive(&cache.lock);
    cache_close_keys();
    heap_free(cache.records);
    cache.records = NULL;
    cache.count = cache.capacity = 0;
    cache.default_known = FALSE;
    ReleaseSRWLockExclusive(&cache.lock);
}

static struct uninit_hook uninit_hook = {.run = cache_close};

/* Whether what is cached is still true. */
static BOOL cache_poll(void)
{
    if (cache.armed && WaitForSingleObject(cache.changed, 0) == WAIT_OBJECT_0)
    {
        cache.armed = cache.valid = FALSE;
        ++cache.generation;
    }
    return cache.valid;
}

static LONG cache_arm(void)
{
    LONG error;

    if (!cache.watch)
    {
        error = registry_open(HKEY_CURRENT_USER, PROFILES_SUBSYSTEM, KEY_NOTIFY | KEY_QUERY_VALUE, &cache.watch);
        if (error != ERROR_SUCCESS)
        {
            cache.watch = NULL;
            return error;
        }
    }
    if (!cache.changed)
    {
        init_on_uninitialize(&uninit_hook);
        cache.changed = memory_should_fail() ? NULL : CreateEventW(NULL, FALSE, FALSE, NULL);
        if (!cache.changed)
            return ERROR_NOT_ENOUGH_MEMORY;
    }
    if (cache.armed)
        return ERROR_SUCCESS;
    error = RegNotifyChangeKeyValue(cache.watch, TRUE, REG_NOTIFY_CHANGE_NAME | REG_NOTIFY_CHANGE_LAST_SET,
                                    cache.changed, TRUE);
    cache.armed = error == ERROR_SUCCESS;
    return error;
}

static struct record *cache_records(void)
{
    return cache.records ? cache.records : cache.fixed;
}

/* Room for one more; the block is kept until the last MAPIUninitialize. */
static BOOL cache_reserve(void)
{
    BOOL first = !cache.records;

    if (first && cache.count < RECORDS_FIXED)
        return TRUE;
    if (!array_reserve((void **)&cache.records, &cache.capacity, cache.count + 1, sizeof(*cache.records)))
        return FALSE;
    if (first)
        memcpy(cache.records, cache.fixed, cache.count * sizeof(*cache.records));
    return TRUE;
}

static HRESULT cache_read_names(void)
{
    WCHAR name[256];
    DWORD index, size;
    LONG error;

    for (index = 0; index < REGISTRY_PROFILES_MAX; ++index)
    {
        struct record *record;

        size = ARRAY_SIZE(name);
        error = RegEnumKeyExW(cache.root, index, name, &size, NULL, NULL, NULL, NULL);
        if (error == ERROR_NO_MORE_ITEMS)
            return S_OK;
        if (error != ERROR_SUCCESS)
        {
            WARN("profile key %lu cannot be read (error %ld), skipped", index, error);
            if (error != ERROR_MORE_DATA)
                return registry_result(error);
            continue;
        }
        if (!profile_name_valid(name))
        {
            WARN("key %s has no profile's name, skipped", debugstr_w(name));
            continue;
        }
        if (!cache_reserve())
            return MAPI_E_NOT_ENOUGH_MEMORY;
        record = &cache_records()[cache.count++];
        memset(record, 0, sizeof(*record));
        lstrcpynW(record->info.name, name, ARRAY_SIZE(record->info.name));
    }
    WARN("more than %u profiles, the rest is not seen", REGISTRY_PROFILES_MAX);
    return S_OK;
}

/* Makes the cache valid; again: even when nothing seems to have changed. S_FALSE: there is no subsystem key at all. */
static HRESULT cache_refresh(BOOL again)
{
    HRESULT hr;
    LONG error;

    if (cache_poll() && !again)
        return S_OK;
    cache.valid = FALSE;
    cache.count = 0;
    cache.default_known = FALSE;
    if (cache.root)
        RegCloseKey(cache.root);
    cache.root = NULL;
    /* A key that was deleted and made anew never tells of a change through the old handle. */
    if (again)
        cache_close_keys();
    error = cache_arm();
    if (error == ERROR_KEY_DELETED)
    {
        cache_close_keys();
        error = cache_arm();
    }
    if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND)
        return S_FALSE;
    if (error != ERROR_SUCCESS)
        return registry_result(error);
    error = registry_open(HKEY_CURRENT_USER, PROFILES_ROOT, KEY_READ, &cache.root);
    if (error == ERROR_FILE_NOT_FOUND)
    {
        cache.root = NULL;
        cache.valid = TRUE;
        return S_OK;
    }
    if (error != ERROR_SUCCESS)
    {
        cache.root = NULL;
        return registry_result(error);
    }
    hr = cache_read_names();
    if (SUCCEEDED(hr))
        cache.valid = TRUE;
    return hr;
}

static void record_fill(struct record *record)
{
    if (record->known)
        return;
    store_read_info(cache.root, record->info.name, &record->info);
    record->known = TRUE;
}

static struct record *cache_find(const WCHAR *name)
{
    size_t i;

    for (i = 0; i < cache.count; ++i)
    {
        struct record *record = &cache_records()[i];

        if (!profile_name_equal(record->info.name, name))
            continue;
        record_fill(record);
        return record;
    }
    return NULL;
}

/* The new profile of a rename whose old key is still there. */
static BOOL is_successor(HKEY root, const WCHAR *new_name, const WCHAR *old_name)
{
    WCHAR origin[PROFILE_NAME_MAX + 1];
    DWORD flags = 0;
    BOOL yes;
    HKEY key;

    if (profile_name_equal(new_name, old_name) || registry_open(root, new_name, KEY_READ, &key) != ERROR_SUCCESS)
        return FALSE;
    yes = registry_get_dword(key, MARK_FLAGS, &flags) && (flags & FLAG_COMPLETE)
          && registry_get_profile_name(key, MARK_ORIGIN, origin) && profile_name_equal(origin, old_name);
    RegCloseKey(key);
    return yes;
}

void store_read_info(HKEY root, const WCHAR *name, struct profile_info *info)
{
    WCHAR copy[PROFILE_NAME_MAX + 1]; /* name may be info's own */
    HKEY key;

    lstrcpynW(copy, name, ARRAY_SIZE(copy));
    memset(info, 0, sizeof(*info));
    memcpy(info->name, copy, sizeof(copy));
    if (!root || registry_open(root, copy, KEY_READ, &key) != ERROR_SUCCESS)
        return;
    if (!registry_get_dword(key, MARK_FLAGS, &info->flags))
        info->flags = 0;
    info->building = !(info->flags & FLAG_COMPLETE) && registry_is_ours(key);
    info->exists = !info->building;
    if ((info->flags & FLAG_RENAME) && !registry_get_profile_name(key, MARK_RENAME, info->new_name))
        info->flags &= ~FLAG_RENAME;
    RegCloseKey(key);
    if ((info->flags & FLAG_RENAME) && is_successor(root, info->new_name, copy))
    {
        info->superseded = TRUE;
        info->exists = FALSE;
    }
}

HRESULT store_info(const WCHAR *name, struct profile_info *info)
{
    struct record *record = NULL;
    HRESULT hr;

    memset(info, 0, sizeof(*info));
    lstrcpynW(info->name, name, ARRAY_SIZE(info->name));
    AcquireSRWLockExclusive(&cache.lock);
    hr = cache_refresh(FALSE);
    if (hr == S_OK && !(record = cache_find(name)))
    {
        hr = cache_refresh(TRUE);
        if (hr == S_OK)
            record = cache_find(name);
    }
    if (record)
        *info = record->info;
    ReleaseSRWLockExclusive(&cache.lock);
    return FAILED(hr) ? hr : S_OK;
}

BOOL store_unchanged(const WCHAR *name)
{
    BOOL unchanged = FALSE;
    size_t i;

    AcquireSRWLockExclusive(&cache.lock);
    if (cache_poll())
    {
        for (i = 0; i < cache.count && !unchanged; ++i)
        {
            const struct record *record = &cache_records()[i];

            unchanged = record->known && profile_name_equal(record->info.name, name) && record->info.exists
                        && !(record->info.flags & (FLAG_DELETE | FLAG_RENAME));
        }
    }
    ReleaseSRWLockExclusive(&cache.lock);
    return unchanged;
}

HRESULT store_infos(struct profile_info **infos, size_t *count)
{
    HRESULT hr;
    size_t i;

    *infos = NULL;
    *count = 0;
    AcquireSRWLockExclusive(&cache.lock);
    hr = cache_refresh(FALSE);
    if (hr == S_OK)
    {
        *infos = heap_alloc((cache.count ? cache.count : 1) * sizeof(**infos));
        if (!*infos)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    for (i = 0; *infos && i < cache.count; ++i)
    {
        struct record *record = &cache_records()[i];

        record_fill(record);
        (*infos)[i] = record->info;
    }
    if (*infos)
        *count = cache.count;
    ReleaseSRWLockExclusive(&cache.lock);
    return FAILED(hr) ? hr : S_OK;
}

void store_changed(void)
{
    AcquireSRWLockExclusive(&cache.lock);
    cache.valid = FALSE;
    ++cache.generation;
    ReleaseSRWLockExclusive(&cache.lock);
}

ULONG store_generation(void)
{
    ULONG generation = 0;

    AcquireSRWLockExclusive(&cache.lock);
    cache_poll();
    if (cache_arm() == ERROR_SUCCESS)
        generation = cache.generation ? cache.generation : ++cache.generation;
    ReleaseSRWLockExclusive(&cache.lock);
    return generation;
}

HRESULT store_default_name(WCHAR name[PROFILE_NAME_MAX + 1])
{
    HRESULT hr;

    name[0] = 0;
    AcquireSRWLockExclusive(&cache.lock);
    hr = cache_refresh(FALSE);
    if (hr == S_OK)
    {
        if (!cache.default_known)
        {
            cache.default_name[0] = 0;
            if (cache.root)
                registry_get_profile_name(cache.root, DEFAULT_PROFILE_VALUE, cache.default_name);
            cache.default_known = TRUE;
        }
        lstrcpynW(name, cache.default_name, PROFILE_NAME_MAX + 1);
    }
    ReleaseSRWLockExclusive(&cache.lock);
    if (FAILED(hr))
        return hr;
    return name[0] ? S_OK : MAPI_E_NOT_FOUND;
}
