/*
 * change: creates, copies, renames and deletes profiles.
 *
 * One change at a time in the whole logon session (a named mutex). A change is a row of single registry writes such
 * that after each of them the registry holds the old or the new profile: a new key is not a profile before its flag
 * "complete" is written; a renamed key is one until its successor is complete; a deleted one is none from its mark on.
 * What a dead process left half done is finished by whoever changes or misses something next (change_settle).
 * docs/profiles.md has the rows of writes.
 */
#include "profile/section_lists.h"

HRESULT change_begin(struct change *change, DWORD milliseconds, BOOL create)
{
    struct kernel_security security;
    WCHAR name[KERNEL_NAME_MAX];
    DWORD taken;
    LONG error;

    change->root = NULL;
    kernel_name_mutex(name);
    change->mutex = CreateMutexW(kernel_security_init(&security), FALSE, name);
    if (!change->mutex)
    {
        error = GetLastError();
        WARN("no mutex for changes, error %ld", error);
        return registry_result(error);
    }
    /* An abandoned mutex is as good: the registry is whole after every single write. */
    taken = wait_result(change->mutex, milliseconds);
    if (taken != WAIT_OBJECT_0 && taken != WAIT_ABANDONED_0)
    {
        CloseHandle(change->mutex);
        return MAPI_E_TIMEOUT;
    }
    error = registry_open(HKEY_CURRENT_USER, PROFILES_ROOT, KEY_ALL_ACCESS & ~KEY_CREATE_LINK, &change->root);
    if (error == ERROR_FILE_NOT_FOUND && create)
        error = registry_create(HKEY_CURRENT_USER, PROFILES_ROOT, NULL, &change->root);
    if (error != ERROR_SUCCESS)
    {
        change->root = NULL;
        ReleaseMutex(change->mutex);
        CloseHandle(change->mutex);
        return registry_result(error);
    }
    return S_OK;
}

void change_end(struct change *change)
{
    RegCloseKey(change->root);
    ReleaseMutex(change->mutex);
    CloseHandle(change->mutex);
    store_changed();
}

LONG profile_write_search_key(HKEY profile)
{
    WCHAR section[SECTION_NAME_SIZE], value[TAG_NAME_SIZE];
    LONG error;
    GUID guid;
    HKEY key;

    if (FAILED(CoCreateGuid(&guid)))
        return ERROR_INVALID_FUNCTION;
    section_name(&section_instance, section);
    error = registry_create(profile, section, NULL, &key);
    if (error != ERROR_SUCCESS)
        return error;
    value_name(PR_SEARCH_KEY, value);
    error = registry_set(key, value, REG_BINARY, &guid, sizeof(guid));
    RegCloseKey(key);
    return error;
}

static LONG set_flags(HKEY root, const WCHAR *name, DWORD flags)
{
    HKEY key;
    LONG error = registry_open(root, name, KEY_SET_VALUE, &key);

    if (error == ERROR_SUCCESS)
    {
        error = registry_set(key, MARK_FLAGS, REG_DWORD, &flags, sizeof(flags));
        RegCloseKey(key);
    }
    return error;
}

static LONG set_text(HKEY key, const WCHAR *name, const WCHAR *text)
{
    return registry_set(key, name, REG_SZ, text, (lstrlenW(text) + 1) * sizeof(WCHAR));
}

static LONG set_mark(HKEY root, const WCHAR *name, const WCHAR *mark, const WCHAR *text)
{
    HKEY key;
    LONG error = registry_open(root, name, KEY_SET_VALUE, &key);

    if (error == ERROR_SUCCESS)
    {
        error = set_text(key, mark, text);
        RegCloseKey(key);
    }
    return error;
}

static BOOL is_default(HKEY root, const WCHAR *name)
{
    WCHAR current[PROFILE_NAME_MAX + 1];

    return registry_get_profile_name(root, DEFAULT_PROFILE_VALUE, current) && profile_name_equal(current, name);
}

/* Sections of from that are to go have no place in its copy. */
static LONG drop_marked(HKEY from, HKEY copy)
{
    WCHAR section[SECTION_NAME_SIZE];
    LONG error = ERROR_SUCCESS;
    MAPIUID *uids;
    ULONG count, i;

    if (FAILED(sections_marked(from, &uids, &count)))
        return ERROR_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && error == ERROR_SUCCESS; ++i)
    {
        section_name(&uids[i], section);
        error = registry_remove_tree(copy, section);
    }
    heap_free(uids);
    return error;
}

/* A new profile under name: an empty one, or with the content of from (search_key: a new one). flags go to the
 * registry with the last write of all. origin and new_name may be NULL. */
static LONG build(HKEY root, const WCHAR *name, const WCHAR *from, BOOL search_key, const WCHAR *origin,
                  const WCHAR *new_name, DWORD flags)
{
    HKEY key, source;
    LONG error = registry_create(root, name, PROFILE_CLASS, &key);

    if (error != ERROR_SUCCESS)
        return error;
    if (from)
    {
        error = registry_open(root, from, KEY_READ, &source);
        if (error == ERROR_SUCCESS)
        {
            error = registry_copy_tree(source, key);
            if (error == ERROR_SUCCESS)
                error = drop_marked(source, key);
            RegCloseKey(source);
        }
    }
    if (error == ERROR_SUCCESS && search_key)
        error = profile_write_search_key(key);
    if (error == ERROR_SUCCESS && origin)
        error = set_text(key, MARK_ORIGIN, origin);
    if (error == ERROR_SUCCESS && new_name)
        error = set_text(key, MARK_RENAME, new_name);
    flags |= FLAG_COMPLETE;
    if (error == ERROR_SUCCESS)
        error = registry_set(key, MARK_FLAGS, REG_DWORD, &flags, sizeof(flags));
    RegCloseKey(key);
    if (error != ERROR_SUCCESS)
        registry_remove_tree(root, name);
    return error;
}

/* A profile whose deletion was marked, or whose name has gone on to its successor. */
static LONG finish_delete(HKEY root, const WCHAR *name)
{
    if (is_default(root, name))
        registry_remove(root, DEFAULT_PROFILE_VALUE);
    return registry_remove_tree(root, name);
}

/* The successor is complete. */
static LONG finish_rename(HKEY root, const struct profile_info *info)
{
    LONG error = ERROR_SUCCESS;
    HKEY key;

    if (is_default(root, info->name))
        error = set_text(root, DEFAULT_PROFILE_VALUE, info->new_name);
    if (error == ERROR_SUCCESS)
        error = registry_remove_tree(root, info->name);
    if (error == ERROR_SUCCESS && registry_open(root, info->new_name, KEY_SET_VALUE, &key) == ERROR_SUCCESS)
    {
        registry_remove(key, MARK_ORIGIN);
        RegCloseKey(key);
    }
    return error;
}

/* The old name stays; what the rename had marked goes. */
static void drop_rename(HKEY root, const struct profile_info *info)
{
    HKEY key;

    set_flags(root, info->name, info->flags & ~FLAG_RENAME);
    if (registry_open(root, info->name, KEY_SET_VALUE, &key) == ERROR_SUCCESS)
    {
        registry_remove(key, MARK_RENAME);
        RegCloseKey(key);
    }
}

/* A name that no profile has. */
static void spare_name(HKEY root, const WCHAR *name, WCHAR out[PROFILE_NAME_MAX + 1])
{
    struct profile_info info;
    int number, length;

    for (number = 2; number < 1000; ++number)
    {
        lstrcpynW(out, name, PROFILE_NAME_MAX - 5);
        length = lstrlenW(out);
        while (length && out[length - 1] == ' ')
            --length;
        wsprintfW(out + length, L" (%d)", number);
        store_read_info(root, out, &info);
        if (!info.exists && !info.building && !info.superseded)
            return;
    }
}

/* The marked rename of a profile that is not in use. */
static LONG do_rename(HKEY root, const struct profile_info *info)
{
    struct profile_info target;
    DWORD kept = info->flags & FLAG_APP;
    LONG error;

    if (info->superseded)
        return finish_rename(root, info);
    if (profile_name_equal(info->name, info->new_name))
    {
        /* Only the case differs: the registry has no room for both, so it goes over a third name. */
        struct profile_info between = *info;

        spare_name(root, info->new_name, between.new_name);
        error = set_mark(root, info->name, MARK_RENAME, between.new_name);
        if (error == ERROR_SUCCESS)
            error = build(root, between.new_name, info->name, FALSE, info->name, info->new_name, kept | FLAG_RENAME);
        if (error == ERROR_SUCCESS)
            error = finish_rename(root, &between);
        if (error != ERROR_SUCCESS)
            return error;
        store_read_info(root, between.new_name, &target);
        return do_rename(root, &target);
    }
    store_read_info(root, info->new_name, &target);
    if (target.building)
        registry_remove_tree(root, info->new_name);
    else if (target.exists || target.superseded)
    {
        WARN("profile %s cannot be renamed: there is a %s now", debugstr_w(info->name), debugstr_w(info->new_name));
        drop_rename(root, info);
        return ERROR_SUCCESS;
    }
    error = build(root, info->new_name, info->name, FALSE, info->name, NULL, kept);
    return error == ERROR_SUCCESS ? finish_rename(root, info) : error;
}

/* Sections that were to go. */
static LONG settle_sections(HKEY root, const WCHAR *name, BOOL remove)
{
    HKEY key;
    LONG error = registry_open(root, name, KEY_ALL_ACCESS & ~KEY_CREATE_LINK, &key);

    if (error == ERROR_SUCCESS)
    {
        error = sections_settle(key, name, remove);
        RegCloseKey(key);
    }
    return error;
}

/* One profile's marks; whether something was done. */
static BOOL settle_one(HKEY root, const WCHAR *name)
{
    struct profile_info info;

    store_read_info(root, name, &info);
    if (info.building)
        return registry_remove_tree(root, name) == ERROR_SUCCESS;
    if (!info.superseded && !(info.flags & (FLAG_DELETE | FLAG_RENAME | FLAG_SECTIONS)))
        return FALSE;
    if (profile_in_use(name))
        return FALSE;
    if ((info.flags & FLAG_SECTIONS) && !(info.flags & FLAG_DELETE) && !info.superseded
        && (settle_sections(root, name, TRUE) != ERROR_SUCCESS || !(info.flags & FLAG_RENAME)))
        return FALSE; /* no key has come or gone */
    info.flags &= ~FLAG_SECTIONS;
    if ((info.flags & FLAG_DELETE) && !info.superseded)
        return finish_delete(root, name) == ERROR_SUCCESS;
    return do_rename(root, &info) == ERROR_SUCCESS;
}

void change_settle(struct change *change)
{
    WCHAR name[256];
    DWORD index, size, steps = 0;

    for (index = 0; index < REGISTRY_PROFILES_MAX && steps < 2 * REGISTRY_PROFILES_MAX; ++steps)
    {
        size = ARRAY_SIZE(name);
        if (RegEnumKeyExW(change->root, index, name, &size, NULL, NULL, NULL, NULL) == ERROR_NO_MORE_ITEMS)
            break;
        /* A change moves the keys behind it, so the row is begun again. */
        if (size < ARRAY_SIZE(name) && profile_name_valid(name) && settle_one(change->root, name))
            index = 0;
        else
            ++index;
    }
}

void profiles_settle(DWORD milliseconds)
{
    struct change change;

    if (FAILED(change_begin(&change, milliseconds, FALSE)))
        return;
    change_settle(&change);
    change_end(&change);
}

/* Names that a new profile cannot have: existing ones, marked ones, and those that a rename waits for. */
static BOOL name_taken(HKEY root, const WCHAR *name, const WCHAR *but)
{
    struct profile_info info;
    WCHAR other[256];
    DWORD index, size;

    store_read_info(root, name, &info);
    if (info.exists && !(but && profile_name_equal(name, but)))
        return TRUE;
    for (index = 0; index < REGISTRY_PROFILES_MAX; ++index)
    {
        LONG error;

        size = ARRAY_SIZE(other);
        error = RegEnumKeyExW(root, index, other, &size, NULL, NULL, NULL, NULL);
        if (error == ERROR_NO_MORE_ITEMS)
            break;
        if (error != ERROR_SUCCESS || !profile_name_valid(other) || (but && profile_name_equal(other, but)))
            continue;
        store_read_info(root, other, &info);
        if ((info.flags & FLAG_RENAME) && !(info.flags & FLAG_DELETE) && profile_name_equal(info.new_name, name))
            return TRUE;
    }
    return FALSE;
}

HRESULT profile_create(const WCHAR *name, BOOL app_profile)
{
    struct change change;
    HRESULT hr;

    if (!profile_name_valid(name)) /* PROF-05 */
        return MAPI_E_INVALID_PARAMETER;
    hr = change_begin(&change, CHANGE_WAIT, TRUE);
    if (FAILED(hr))
        return hr;
    change_settle(&change);
    if (name_taken(change.root, name, NULL)) /* PROF-03 */
        hr = MAPI_E_NO_ACCESS;
    else
        hr = registry_result(build(change.root, name, NULL, TRUE, NULL, NULL, app_profile ? FLAG_APP : 0));
    change_end(&change);
    return hr;
}

/* The name as the registry spells it. */
static void spell(HKEY root, const WCHAR *name, WCHAR spelling[PROFILE_NAME_MAX + 1])
{
    WCHAR key[256];
    DWORD index, size;

    lstrcpynW(spelling, name, PROFILE_NAME_MAX + 1);
    for (index = 0; index < REGISTRY_PROFILES_MAX; ++index)
    {
        LONG error;

        size = ARRAY_SIZE(key);
        error = RegEnumKeyExW(root, index, key, &size, NULL, NULL, NULL, NULL);
        if (error == ERROR_NO_MORE_ITEMS)
            return;
        if (error == ERROR_SUCCESS && profile_name_equal(key, name))
        {
            lstrcpynW(spelling, key, PROFILE_NAME_MAX + 1);
            return;
        }
    }
}

/* The profile that a change begins with, info.name as the registry spells it; settles first. */
static HRESULT begin_with(struct change *change, const WCHAR *name, BOOL app_allowed, struct profile_info *info)
{
    WCHAR spelling[PROFILE_NAME_MAX + 1];
    HRESULT hr;

    if (!profile_name_valid(name))
        return MAPI_E_NOT_FOUND;
    hr = change_begin(change, CHANGE_WAIT, FALSE);
    if (FAILED(hr))
        return hr;
    change_settle(change);
    spell(change->root, name, spelling);
    store_read_info(change->root, spelling, info);
    if (!info->exists || (info->flags & FLAG_DELETE))
        hr = MAPI_E_NOT_FOUND;
    else if ((info->flags & FLAG_APP) && !app_allowed)
        hr = MAPI_E_NO_ACCESS;
    if (FAILED(hr))
        change_end(change);
    return hr;
}

HRESULT profile_copy(const WCHAR *from, const WCHAR *to, BOOL app_allowed)
{
    struct profile_info info;
    struct change change;
    HRESULT hr;

    if (!profile_name_valid(to))
        return MAPI_E_INVALID_PARAMETER;
    hr = begin_with(&change, from, app_allowed, &info);
    if (FAILED(hr))
        return hr;
    if (name_taken(change.root, to, NULL)) /* PROF-13 */
        hr = MAPI_E_NO_ACCESS;
    else /* PROF-12 */
        hr = registry_result(build(change.root, to, info.name, TRUE, NULL, NULL, info.flags & FLAG_APP));
    change_end(&change);
    return hr;
}

HRESULT profile_rename(const WCHAR *from, const WCHAR *to, BOOL app_allowed)
{
    struct profile_info info;
    struct change change;
    LONG error;
    HRESULT hr;

    if (!profile_name_valid(to))
        return MAPI_E_INVALID_PARAMETER;
    hr = begin_with(&change, from, app_allowed, &info);
    if (FAILED(hr))
        return hr;
    if (name_taken(change.root, to, info.name))
    {
        change_end(&change);
        return MAPI_E_NO_ACCESS;
    }
    if (!wcscmp(info.name, to))
    {
        /* Its own name: what is left to do is to forget a rename that was put off. */
        if (info.flags & FLAG_RENAME)
            drop_rename(change.root, &info);
        change_end(&change);
        return S_OK;
    }
    error = set_mark(change.root, info.name, MARK_RENAME, to);
    if (error == ERROR_SUCCESS)
        error = set_flags(change.root, info.name, info.flags | FLAG_RENAME);
    if (error == ERROR_SUCCESS && !profile_in_use(info.name)) /* PROF-15; else LOGOFF-66 */
    {
        lstrcpynW(info.new_name, to, ARRAY_SIZE(info.new_name));
        info.flags |= FLAG_RENAME;
        error = do_rename(change.root, &info);
        if (error != ERROR_SUCCESS)
        {
            store_read_info(change.root, info.name, &info);
            if (info.exists)
                drop_rename(change.root, &info);
        }
    }
    change_end(&change);
    return registry_result(error);
}

HRESULT profile_delete(const WCHAR *name, BOOL app_allowed)
{
    struct profile_info info;
    struct change change;
    LONG error;
    HRESULT hr;

    hr = begin_with(&change, name, app_allowed, &info);
    if (FAILED(hr))
        return hr;
    error = set_flags(change.root, info.name, info.flags | FLAG_DELETE);
    if (error == ERROR_SUCCESS && is_default(change.root, info.name))
        registry_remove(change.root, DEFAULT_PROFILE_VALUE);
    if (error == ERROR_SUCCESS && !profile_in_use(info.name)) /* else LOGOFF-63 */
        error = finish_delete(change.root, info.name);
    change_end(&change);
    return registry_result(error);
}

HRESULT profile_check_change(const WCHAR *name, BOOL app_allowed)
{
    struct profile_info info;
    struct change change;
    HRESULT hr = begin_with(&change, name, app_allowed, &info);

    if (SUCCEEDED(hr))
        change_end(&change);
    return hr;
}

HRESULT profile_set_default(const WCHAR *name)
{
    struct profile_info info;
    struct change change;
    HRESULT hr;

    if (!name)
    {
        hr = change_begin(&change, CHANGE_WAIT, FALSE);
        if (FAILED(hr))
            return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
        hr = registry_result(registry_remove(change.root, DEFAULT_PROFILE_VALUE));
    }
    else
    {
        hr = begin_with(&change, name, TRUE, &info);
        if (FAILED(hr))
            return hr;
        if (info.flags & FLAG_APP)
            hr = E_FAIL;
        else
            hr = registry_result(set_text(change.root, DEFAULT_PROFILE_VALUE, info.name));
    }
    change_end(&change);
    return hr;
}
