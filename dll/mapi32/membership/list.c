/*
 * list: who is on the shared session, for the dialog, for programs and for the command line.
 */
#include <stdlib.h>

#include "membership/local.h"

/* The file name of a member's program, cleaned for showing; "" when it cannot be told. */
static void program_name(const struct record_process *process, WCHAR *name, size_t size)
{
    FILETIME started, exited, kernel, user;
    WCHAR path[1024];
    DWORD length = ARRAY_SIZE(path);
    const WCHAR *last;
    HANDLE handle;

    *name = 0;
    if (!(handle = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process->id)))
        return;
    if (GetProcessTimes(handle, &started, &exited, &kernel, &user)
        && process->started == ((uint64_t)started.dwHighDateTime << 32 | started.dwLowDateTime)
        && QueryFullProcessImageNameW(handle, 0, path, &length))
    {
        last = wcsrchr(path, '\\');
        text_clean(last ? last + 1 : path, name, size);
    }
    CloseHandle(handle);
}

/* The living members (of a session; 0: of all) in a heap block, NULL when there are none. open: the session that can be
 * joined, 0: none. MAPI_E_NOT_ENOUGH_MEMORY. */
static HRESULT take_list(uint64_t session, struct record_slot **slots, ULONG *count, uint64_t *open)
{
    struct record_slot current;
    HRESULT hr = local_attach(FALSE);

    *slots = NULL;
    *count = 0;
    *open = 0;
    if (hr != S_OK)
        return hr == MAPI_E_NOT_ENOUGH_MEMORY ? hr : S_OK; /* without a record there is nobody */
    if (!(*slots = heap_alloc(RECORD_SLOTS * sizeof(**slots))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        *count = record_list(&here.handles, session, *slots);
        if (record_current(here.handles.record, &current))
            *open = current.session;
    }
    local_detach();
    return hr;
}

static BOOL same_process(const struct record_process *a, const struct record_process *b)
{
    return a->id == b->id && a->started == b->started;
}

/* ", name" at the end of names if it fits. A comma in a file name would look like two programs. */
static void append_name(WCHAR *names, size_t size, WCHAR *name)
{
    size_t used = (size_t)lstrlenW(names);
    WCHAR *comma;

    for (comma = name; *comma; comma++)
        if (*comma == ',')
            *comma = ' ';
    if (!*name || used + (size_t)lstrlenW(name) + 3 > size)
        return;
    wsprintfW(names + used, used ? L", %s" : L"%s", name);
}

ULONG membership_others(const struct membership *membership, WCHAR *names, size_t size)
{
    WCHAR name[POSTROOM_PROGRAM_NAME];
    struct record_slot *slots;
    ULONG count, programs = 0, i, j;
    struct record_process self;
    uint64_t open;

    *names = 0;
    if (!membership->session || FAILED(take_list(membership->session, &slots, &count, &open)))
        return 0;
    local_process(&self);
    for (i = 0; i < count; i++)
        if (slots[i].number == membership->number && same_process(&slots[i].process, &self))
            slots[i--] = slots[--count];
    for (i = 0; i < count; i++)
    {
        for (j = 0; j < i && !same_process(&slots[i].process, &slots[j].process); j++)
            ;
        if (j < i)
            continue;
        programs++;
        program_name(&slots[i].process, name, ARRAY_SIZE(name));
        append_name(names, size, name);
    }
    heap_free(slots);
    return programs;
}

static void member_describe(PostroomSharedMember *member, const struct record_slot *slot, uint64_t open_session)
{
    memset(member, 0, sizeof(*member));
    memcpy(member->szProfileName, slot->profile, MEMBERSHIP_PROFILE_MAX * sizeof(WCHAR));
    program_name(&slot->process, member->szProgram, ARRAY_SIZE(member->szProgram));
    member->ulProcessId = slot->process.id;
    member->ulFlags = (slot->session == open_session ? 0 : POSTROOM_MEMBER_ASKED)
                      | (slot->flags & MAPI_NO_MAIL ? POSTROOM_MEMBER_NO_MAIL : 0)
                      | (slot->process.id == GetCurrentProcessId() ? POSTROOM_MEMBER_OWN : 0);
    member->ftSince.dwLowDateTime = (DWORD)slot->since;
    member->ftSince.dwHighDateTime = (DWORD)(slot->since >> 32);
}

/* qsort: who came first; the slots' order says nothing. */
static int by_age(const void *first, const void *second)
{
    const struct record_slot *a = first, *b = second;

    if (a->since != b->since)
        return a->since < b->since ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* See postroom.h. */
HRESULT WINAPI PostroomListSharedSessions(ULONG *count, PostroomSharedMember **members)
{
    struct record_slot *slots;
    uint64_t open_session;
    ULONG found, i;
    HRESULT hr;

    TRACE("count %p, members %p\n", count, members);

    if ((count = OUT_POINTER(count)))
        *count = 0;
    if ((members = OUT_POINTER(members)))
        *members = NULL;
    if (FAILED(hr = init_check()))
        return hr;
    if (!count || !members)
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = take_list(0, &slots, &found, &open_session)))
        return hr;
    if (found && !(hr = MAPIAllocateBuffer(found * sizeof(**members), (void **)members)))
    {
        qsort(slots, found, sizeof(*slots), by_age);
        for (i = 0; i < found; i++)
            member_describe(&(*members)[i], &slots[i], open_session);
        *count = found;
    }
    heap_free(slots);
    return hr;
}

/* See postroom.h. */
HRESULT WINAPI PostroomLogoffShared(void)
{
    const BOOL events[MEMBERSHIP_EVENTS] = {TRUE, FALSE};
    struct record_slot current;
    HRESULT hr;

    TRACE("\n");

    if (FAILED(hr = init_check()))
        return hr;
    hr = local_attach(FALSE);
    if (hr != S_OK)
        return hr == MAPI_E_NOT_ENOUGH_MEMORY ? hr : MAPI_E_NOT_FOUND;
    if (!record_lock(&here.handles))
        hr = MAPI_E_TIMEOUT;
    else
    {
        if (record_current(here.handles.record, &current))
        {
            InterlockedExchange(&here.handles.record->open, 0);
            record_tell(here.handles.record, current.session, events, TRUE);
        }
        else
            hr = MAPI_E_NOT_FOUND;
        record_unlock(&here.handles);
    }
    local_detach();
    return hr;
}
