/*
 * use: profiles in use.
 *
 * A profile is in use while an event of its name exists; each process that has sessions on it holds one handle. Whoever
 * puts a mark (delete, rename) on a profile writes it first and then looks for the event; whoever comes or goes makes
 * or closes the event first and then looks for marks: so one of the two always sees the other, without a lock between
 * processes on the way in and out.
 *
 * uses: sessions (and who else the contract lets put it in use); refs: memory, uses included as one. The list of
 * profiles in use is under in_use.lock.
 */
#include "profile/internal.h"

/* How long a log-off waits to carry out what was put off. Whoever holds the mutex longer means no good; the marks stay,
 * and whoever lists, opens or changes profiles next carries them out. */
#define SETTLE_WAIT 250

struct profile
{
    struct profile *next; /* the list, while uses > 0 */
    LONG uses;            /* under in_use.lock */
    volatile LONG refs;
    HANDLE event; /* NULL: not in use, or the system would not give one */
    WCHAR name[PROFILE_NAME_MAX + 1];
};

static struct
{
    SRWLOCK lock;
    struct profile *first;
} in_use = {SRWLOCK_INIT, NULL};

static struct profile *profile_new(const WCHAR *name)
{
    struct profile *profile = heap_alloc_zero(sizeof(*profile));

    if (profile)
    {
        profile->refs = 1;
        lstrcpynW(profile->name, name, ARRAY_SIZE(profile->name));
    }
    return profile;
}

static HRESULT use_event_create(const WCHAR *name, HANDLE *event)
{
    struct kernel_security security;
    WCHAR event_name[KERNEL_NAME_MAX];

    *event = NULL;
    if (memory_should_fail())
        return MAPI_E_NOT_ENOUGH_MEMORY;
    kernel_name_use(name, event_name);
    *event = CreateEventW(kernel_security_init(&security), TRUE, FALSE, event_name);
    if (!*event)
    {
        DWORD error = GetLastError();

        if (registry_result(error) == MAPI_E_NOT_ENOUGH_MEMORY)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        /* Somebody sits on the name: logging on matters more than a delete that is put off. */
        WARN("profile %s cannot be marked as in use, error %lu", debugstr_w(name), error);
    }
    return S_OK;
}

BOOL profile_in_use(const WCHAR *name)
{
    WCHAR event_name[KERNEL_NAME_MAX];
    HANDLE event;

    kernel_name_use(name, event_name);
    event = OpenEventW(SYNCHRONIZE, FALSE, event_name);
    if (event)
        CloseHandle(event);
    /* Of another kind or another owner's: somebody sits on the name, so better too careful. */
    return event || GetLastError() == ERROR_ACCESS_DENIED || GetLastError() == ERROR_INVALID_HANDLE;
}

/* The profile exists and may be opened; its event is held already, so marks made from now on are put off. joins: by
 * somebody to whom a mark means nothing, as others have it in use and go on so. */
static HRESULT check_openable(WCHAR name[PROFILE_NAME_MAX + 1], BOOL joins)
{
    struct profile_info info;
    struct change change;
    HRESULT hr;

    hr = store_info(name, &info);
    if (FAILED(hr))
        return hr;
    if (info.exists && (joins || !(info.flags & (FLAG_DELETE | FLAG_RENAME))))
    {
        lstrcpynW(name, info.name, PROFILE_NAME_MAX + 1);
        return S_OK;
    }
    if (!info.exists || (info.flags & FLAG_DELETE))
        return MAPI_E_NOT_FOUND;
    /* The rename may be going on at this moment; under the mutex it has been done or will not be before we leave. */
    hr = change_begin(&change, CHANGE_WAIT, FALSE);
    if (FAILED(hr))
        return hr;
    store_read_info(change.root, name, &info);
    change_end(&change);
    if (!info.exists || (info.flags & FLAG_DELETE))
        return MAPI_E_NOT_FOUND;
    return S_OK;
}

static struct profile *use_again(const WCHAR *name)
{
    struct profile *profile;

    AcquireSRWLockExclusive(&in_use.lock);
    for (profile = in_use.first; profile; profile = profile->next)
        if (profile_name_equal(profile->name, name))
            break;
    if (profile)
        ++profile->uses;
    ReleaseSRWLockExclusive(&in_use.lock);
    return profile;
}

static HRESULT open_once(const WCHAR *name, BOOL joins, struct profile **out)
{
    WCHAR canonical[PROFILE_NAME_MAX + 1];
    struct profile *profile;
    HRESULT hr;

    lstrcpynW(canonical, name, ARRAY_SIZE(canonical));
    profile = use_again(name);
    if (profile)
    {
        hr = check_openable(canonical, joins);
        if (FAILED(hr))
            profile_release(profile);
        else
            *out = profile;
        return hr;
    }
    profile = profile_new(name);
    if (!profile)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = use_event_create(name, &profile->event);
    if (SUCCEEDED(hr))
        hr = check_openable(profile->name, joins);
    if (FAILED(hr))
    {
        if (profile->event)
            CloseHandle(profile->event);
        heap_free(profile);
        return hr;
    }
    /* Two threads that open it for the first time at once get two structures with a handle of the event each. */
    profile->uses = 1;
    AcquireSRWLockExclusive(&in_use.lock);
    profile->next = in_use.first;
    in_use.first = profile;
    ReleaseSRWLockExclusive(&in_use.lock);
    *out = profile;
    return S_OK;
}

HRESULT profile_open(const WCHAR *name, struct profile **out)
{
    HRESULT hr;

    *out = NULL;
    if (!profile_name_valid(name))
        return MAPI_E_NOT_FOUND;
    hr = open_once(name, FALSE, out);
    if (hr == MAPI_E_NOT_FOUND)
    {
        /* A rename that a dead process left behind may bring it. */
        profiles_settle(2000);
        hr = open_once(name, FALSE, out);
    }
    return hr;
}

HRESULT profile_open_joined(const WCHAR *name, struct profile **out)
{
    *out = NULL;
    return profile_name_valid(name) ? open_once(name, TRUE, out) : MAPI_E_NOT_FOUND;
}

HRESULT profile_attach(const WCHAR *name, struct profile **out)
{
    struct profile_info info;
    HRESULT hr;

    *out = NULL;
    if (!profile_name_valid(name))
        return MAPI_E_NOT_FOUND;
    hr = store_info(name, &info);
    if (SUCCEEDED(hr) && (!info.exists || (info.flags & FLAG_DELETE)))
    {
        profiles_settle(2000);
        hr = store_info(name, &info);
    }
    if (FAILED(hr))
        return hr;
    if (!info.exists || (info.flags & FLAG_DELETE))
        return MAPI_E_NOT_FOUND;
    *out = profile_new(info.name);
    return *out ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

HRESULT profile_attach_none(struct profile **out)
{
    *out = profile_new(L" "); /* no valid name, so no key has it */
    return *out ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

void profile_addref(struct profile *profile)
{
    AcquireSRWLockExclusive(&in_use.lock);
    ++profile->uses;
    ReleaseSRWLockExclusive(&in_use.lock);
}

void profile_release(struct profile *profile)
{
    struct profile **link;

    AcquireSRWLockExclusive(&in_use.lock);
    if (--profile->uses)
    {
        ReleaseSRWLockExclusive(&in_use.lock);
        return;
    }
    for (link = &in_use.first; *link; link = &(*link)->next)
    {
        if (*link == profile)
        {
            *link = profile->next;
            break;
        }
    }
    ReleaseSRWLockExclusive(&in_use.lock);
    if (profile->event)
        CloseHandle(profile->event);
    profile->event = NULL;
    if (!store_unchanged(profile->name))
    {
        struct profile_info info;
        HKEY root;

        /* Not through the cache: it may be closed already, and needs memory. */
        if (registry_open(HKEY_CURRENT_USER, PROFILES_ROOT, KEY_READ, &root) == ERROR_SUCCESS)
        {
            store_read_info(root, profile->name, &info);
            RegCloseKey(root);
            /* LOGOFF-63, LOGOFF-66, LOGOFF-67 */
            if ((info.flags & (FLAG_DELETE | FLAG_RENAME | FLAG_SECTIONS)) && !profile_in_use(profile->name))
                profiles_settle(SETTLE_WAIT);
        }
    }
    profile_drop(profile);
}

void profile_keep(struct profile *profile)
{
    InterlockedIncrement(&profile->refs);
}

void profile_drop(struct profile *profile)
{
    if (!InterlockedDecrement(&profile->refs))
        heap_free(profile);
}

const WCHAR *profile_name(const struct profile *profile)
{
    return profile->name;
}
