/*
 * record: see record.h. Everything that reads or writes the shared memory, and its names.
 */
#include "membership/local.h"

static void shared_name(WCHAR name[KERNEL_NAME_MAX], const WCHAR *what)
{
    kernel_name_text(kernel_name_begin(name), what);
}

#define SECTION_NAME L".Shared.1"
#define MUTEX_NAME L".Shared.1.Lock"

void record_event_name(const struct record_process *process, WCHAR name[KERNEL_NAME_MAX])
{
    WCHAR *end = kernel_name_number(kernel_name_text(kernel_name_begin(name), L".Shared."), process->started);

    kernel_name_number(kernel_name_text(end, L"."), (ULONGLONG)process->id << 32 | process->event);
}

BOOL record_exists(void)
{
    WCHAR name[KERNEL_NAME_MAX];
    HANDLE section;

    shared_name(name, SECTION_NAME);
    if (!(section = OpenFileMappingW(FILE_MAP_READ, FALSE, name)))
        return FALSE;
    CloseHandle(section);
    return TRUE;
}

/* S_OK with an object of this user's; S_FALSE: somebody else's, or of another kind. */
static HRESULT object_result(HANDLE *object, BOOL existed)
{
    DWORD error = GetLastError();

    if (*object)
    {
        if (!existed || kernel_is_ours(*object))
            return S_OK;
        CloseHandle(*object);
        *object = NULL;
        ERR("somebody else sits on a name of ours\n");
        return S_FALSE;
    }
    if (error == ERROR_FILE_NOT_FOUND)
        return MAPI_E_NOT_FOUND;
    WARN("error %lu\n", error);
    return error == ERROR_NOT_ENOUGH_MEMORY || error == ERROR_COMMITMENT_LIMIT ? MAPI_E_NOT_ENOUGH_MEMORY : S_FALSE;
}

static HRESULT open_section(HANDLE *section, SECURITY_ATTRIBUTES *security, BOOL create)
{
    WCHAR name[KERNEL_NAME_MAX];

    shared_name(name, SECTION_NAME);
    if (!create)
    {
        *section = OpenFileMappingW(FILE_MAP_READ | FILE_MAP_WRITE | READ_CONTROL, FALSE, name);
        return object_result(section, TRUE);
    }
    *section = CreateFileMappingW(INVALID_HANDLE_VALUE, security, PAGE_READWRITE, 0, sizeof(struct record), name);
    return object_result(section, GetLastError() == ERROR_ALREADY_EXISTS);
}

static HRESULT open_mutex(HANDLE *mutex, SECURITY_ATTRIBUTES *security)
{
    WCHAR name[KERNEL_NAME_MAX];

    shared_name(name, MUTEX_NAME);
    *mutex = CreateMutexW(security, FALSE, name);
    return object_result(mutex, GetLastError() == ERROR_ALREADY_EXISTS);
}

HRESULT record_open(struct record_handles *handles, BOOL create)
{
    struct kernel_security security;
    SECURITY_ATTRIBUTES *attributes;
    HRESULT hr;

    memset(handles, 0, sizeof(*handles));
    if (memory_should_fail())
        return MAPI_E_NOT_ENOUGH_MEMORY;
    /* Without an owner's name nothing is shared with anybody. */
    if (!(attributes = kernel_security_init(&security)))
        return S_FALSE;
    hr = open_section(&handles->section, attributes, create);
    if (hr == S_OK)
        hr = open_mutex(&handles->mutex, attributes);
    if (hr == S_OK)
    {
        handles->record =
                MapViewOfFile(handles->section, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, sizeof(*handles->record));
        /* A section of ours that is too small is no record of this version. */
        if (!handles->record)
            hr = GetLastError() == ERROR_NOT_ENOUGH_MEMORY ? MAPI_E_NOT_ENOUGH_MEMORY : S_FALSE;
    }
    if (hr != S_OK)
        record_close(handles);
    return hr;
}

void record_close(struct record_handles *handles)
{
    if (handles->record)
        UnmapViewOfFile(handles->record);
    if (handles->section)
        CloseHandle(handles->section);
    if (handles->mutex)
        CloseHandle(handles->mutex);
    memset(handles, 0, sizeof(*handles));
}

static uint32_t header_checksum(const struct record *header)
{
    return (uint32_t)hash_bytes(header, offsetof(struct record, checksum));
}

/* The newest shared session's number; 0: there has been none, or the header is not whole. */
static uint64_t header_session(const struct record *record)
{
    struct record header;

    memcpy(&header, record, offsetof(struct record, open));
    if (header.magic != RECORD_MAGIC || header.version != RECORD_VERSION || header.size != sizeof(*record)
        || header.slot_count != RECORD_SLOTS || header.checksum != header_checksum(&header))
        return 0;
    return header.session;
}

static void header_write(struct record *record, uint64_t session)
{
    InterlockedExchange(&record->open, 0);
    record->magic = RECORD_MAGIC;
    record->version = RECORD_VERSION;
    record->size = sizeof(*record);
    record->slot_count = RECORD_SLOTS;
    record->session = session;
    MemoryBarrier();
    record->checksum = header_checksum(record);
    MemoryBarrier();
}

static uint32_t slot_checksum(const struct record_slot *slot)
{
    return (uint32_t)hash_bytes(slot, offsetof(struct record_slot, checksum));
}

BOOL record_read(const struct record *record, ULONG index, struct record_slot *slot)
{
    const struct record_slot *shared = &record->slots[index];

    if (shared->used != 1)
        return FALSE;
    MemoryBarrier();
    memcpy(slot, shared, sizeof(*slot));
    return slot->checksum == slot_checksum(slot) && slot->session && slot->process.event
           && !slot->profile[MEMBERSHIP_PROFILE_MAX];
}

void record_free(struct record *record, ULONG index)
{
    InterlockedExchange(&record->slots[index].used, 0);
}

/* The event of another process's member; NULL: it is gone, or *known says that it may not be. */
static HANDLE open_event(const struct record_process *process, BOOL *known)
{
    WCHAR name[KERNEL_NAME_MAX];
    HANDLE event;

    record_event_name(process, name);
    event = OpenEventW(EVENT_MODIFY_STATE, FALSE, name);
    *known = event || GetLastError() != ERROR_FILE_NOT_FOUND;
    return event;
}

/* Wakes the process of a member; FALSE: it is gone. */
static BOOL process_wake(const struct record_process *process, BOOL signal)
{
    HANDLE event;
    BOOL known;

    if (local_is_here(process))
    {
        if (signal)
            local_wake();
        return TRUE;
    }
    if ((event = open_event(process, &known)))
    {
        if (signal)
            SetEvent(event);
        CloseHandle(event);
    }
    return known;
}

BOOL record_alive(const struct record_process *process)
{
    return process_wake(process, FALSE);
}

/* With the lock: what a dead owner, or somebody who is none of us, may have left in the slots. Members whom it had not
 * come to wake are woken. Returns the highest number of a session. */
static uint64_t slots_repair(struct record *record)
{
    struct record_slot slot;
    uint64_t highest = 0;
    ULONG i;

    for (i = 0; i < RECORD_SLOTS; i++)
    {
        if (!record_read(record, i, &slot) || !process_wake(&slot.process, TRUE))
            record_free(record, i);
        else if (slot.session > highest)
            highest = slot.session;
    }
    return highest;
}

BOOL record_lock(const struct record_handles *handles)
{
    struct record *record = handles->record;
    DWORD taken = wait_result(handles->mutex, RECORD_LOCK_WAIT);
    uint64_t highest;

    if (taken != WAIT_OBJECT_0 && taken != WAIT_ABANDONED_0)
    {
        ERR("the record of shared sessions is locked and stays so\n");
        return FALSE;
    }
    if (taken == WAIT_ABANDONED_0)
        WARN("a process died while it changed the record of shared sessions\n");
    if (taken == WAIT_ABANDONED_0 || !header_session(record))
    {
        highest = slots_repair(record);
        if (!header_session(record))
        {
            if (record->magic)
                WARN("the record of shared sessions was not whole\n");
            header_write(record, highest + 1 ? highest + 1 : 1);
        }
    }
    return TRUE;
}

void record_unlock(const struct record_handles *handles)
{
    ReleaseMutex(handles->mutex);
}

BOOL record_current(const struct record *record, struct record_slot *slot)
{
    uint64_t session = header_session(record);
    ULONG i;

    if (!session || record->open != 1)
        return FALSE;
    for (i = 0; i < RECORD_SLOTS; i++)
        if (record_read(record, i, slot) && slot->session == session && record_alive(&slot->process))
            return TRUE;
    return FALSE;
}

static ULONG first_free(const struct record *record)
{
    ULONG i;

    for (i = 0; i < RECORD_SLOTS && record->slots[i].used == 1; i++)
        ;
    return i;
}

/* With the lock. */
static void reap(struct record *record)
{
    struct record_slot slot;
    ULONG i;

    for (i = 0; i < RECORD_SLOTS; i++)
        if (record->slots[i].used && (!record_read(record, i, &slot) || !record_alive(&slot.process)))
            record_free(record, i);
}

ULONG record_free_slot(struct record *record)
{
    ULONG index = first_free(record), i;

    if (index == RECORD_SLOTS)
    {
        reap(record);
        index = first_free(record);
    }
    for (i = 0; index < RECORD_SLOTS && i < MEMBERSHIP_EVENTS; i++)
        InterlockedExchange(&record->slots[index].told[i], 0);
    return index;
}

uint64_t record_new_session(struct record *record)
{
    uint64_t session = header_session(record) + 1;

    header_write(record, session ? session : 1);
    return record->session;
}

void record_write(struct record *record, ULONG index, struct record_slot *slot)
{
    slot->checksum = slot_checksum(slot);
    memcpy(&record->slots[index], slot, offsetof(struct record_slot, used));
    InterlockedExchange(&record->slots[index].used, 1);
}

BOOL record_is_member(const struct record *record, ULONG index, const struct record_process *process, ULONG number)
{
    struct record_slot slot;

    return index < RECORD_SLOTS && record_read(record, index, &slot) && slot.number == number
           && !memcmp(&slot.process, process, sizeof(*process));
}

/* Some slot before has the same process and session: it has been woken. */
static BOOL woken_before(const struct record *record, ULONG index, const struct record_slot *slot)
{
    const struct record_slot *before;

    for (before = record->slots; before < &record->slots[index]; before++)
        if (before->used == 1 && before->session == slot->session
            && !memcmp(&before->process, &slot->process, sizeof(slot->process)))
            return TRUE;
    return FALSE;
}

/* Opens the events of a session's members, one for each process, and finds the dead. Returns how many. */
static ULONG open_events(struct record *record, uint64_t session, BOOL reap_dead, HANDLE *events)
{
    struct record_slot slot;
    ULONG i, count = 0;
    BOOL known;

    for (i = 0; i < RECORD_SLOTS; i++)
    {
        if (record->slots[i].used != 1 || record->slots[i].session != session)
            continue;
        known = record_read(record, i, &slot);
        if (known && !local_is_here(&slot.process) && !woken_before(record, i, &slot)
            && (events[count] = open_event(&slot.process, &known)))
            count++;
        if (!known && reap_dead)
            record_free(record, i);
    }
    return count;
}

void record_tell(struct record *record, uint64_t session, const BOOL events[MEMBERSHIP_EVENTS], BOOL reap_dead)
{
    HANDLE handles[RECORD_SLOTS];
    ULONG i, event, count;

    for (i = 0; i < RECORD_SLOTS; i++)
        for (event = 0; event < MEMBERSHIP_EVENTS; event++)
            if (events[event] && record->slots[i].used == 1 && record->slots[i].session == session)
                InterlockedIncrement(&record->slots[i].told[event]);
    /* Who is woken works at once: everything is ready before the first one is. */
    count = open_events(record, session, reap_dead, handles);
    for (i = 0; i < count; i++)
        SetEvent(handles[i]);
    local_wake();
    for (i = 0; i < count; i++)
        CloseHandle(handles[i]);
}

ULONG record_list(const struct record_handles *handles, uint64_t session, struct record_slot *slots)
{
    struct record *record = handles->record;
    BOOL locked = record_lock(handles);
    ULONG i, count = 0;

    if (locked)
        reap(record);
    for (i = 0; i < RECORD_SLOTS; i++)
        if (record_read(record, i, &slots[count]) && (!session || slots[count].session == session)
            && (locked || record_alive(&slots[count].process)))
            count++;
    if (locked)
        record_unlock(handles);
    return count;
}
