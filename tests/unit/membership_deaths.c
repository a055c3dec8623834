/*
 * Members of shared sessions that die at every single store into the record.
 *
 * A change of the record is done with its memory protected: each store is seen before it happens, and what the record
 * is then is kept. Afterwards each of these states is put back, with nobody behind the one who made it and its lock
 * abandoned, and the others have to go on as if it had never been or had done all of it.
 */
#include <stdlib.h>

#include "membership_member.h"

#define TEST(name) static void name(void **state __attribute__((unused)))
#define SURVIVORS 2 /* at most */
#define DEAD 4      /* slots of processes that have died before */
#define KEPT (SURVIVORS + DEAD + 2)
#define STATES_MAX 2000
#define TRAP_FLAG 0x100u
/* Milliseconds: less than RECORD_LOCK_WAIT, as who waits that out hangs. A busy machine is not a hang. */
#define NO_HANG 4000

/* The part of the record that the tests use. */
struct image
{
    BYTE bytes[offsetof(struct record, slots) + KEPT * sizeof(struct record_slot)];
};

static struct
{
    DWORD thread_id;
    struct record *record;
    BOOL stepping;
    struct image *states;
    ULONG count;
} recorder;

static void protect(DWORD protection)
{
    DWORD before;

    VirtualProtect(recorder.record, sizeof(*recorder.record), protection, &before);
}

static BOOL stores_into_record(const EXCEPTION_RECORD *exception)
{
    return exception->ExceptionCode == EXCEPTION_ACCESS_VIOLATION && exception->ExceptionInformation[0] == 1
           && exception->ExceptionInformation[1] - (ULONG_PTR)recorder.record < sizeof(*recorder.record);
}

/* Before a store its state is kept, then the store is done as a single step. */
static LONG CALLBACK on_exception(EXCEPTION_POINTERS *pointers)
{
    if (!recorder.record || GetCurrentThreadId() != recorder.thread_id)
        return EXCEPTION_CONTINUE_SEARCH;
    if (stores_into_record(pointers->ExceptionRecord))
    {
        if (recorder.count < STATES_MAX)
            memcpy(recorder.states[recorder.count++].bytes, recorder.record, sizeof(struct image));
        protect(PAGE_READWRITE);
        recorder.stepping = TRUE;
        pointers->ContextRecord->EFlags |= TRAP_FLAG;
        return EXCEPTION_CONTINUE_EXECUTION;
    }
    if (recorder.stepping && pointers->ExceptionRecord->ExceptionCode == EXCEPTION_SINGLE_STEP)
    {
        recorder.stepping = FALSE;
        pointers->ContextRecord->EFlags &= ~TRAP_FLAG;
        protect(PAGE_READONLY);
        return EXCEPTION_CONTINUE_EXECUTION;
    }
    return EXCEPTION_CONTINUE_SEARCH;
}

/* What the victim does. */
enum change
{
    JOINS, /* or makes the session, when nobody is there */
    LEAVES,
    LEAVES_SHARED,
    LEAVES_QUIETLY,
    ASKS_ALL_TO_LEAVE,
    LISTS,  /* and frees the places of the dead */
    REPAIRS /* a header that is not whole, and joins */
};

/* What the next one does who comes by. */
enum visitor
{
    VISITOR_JOINS,
    VISITOR_LISTS,
    VISITOR_ASKS_ALL_TO_LEAVE,
    SURVIVOR_LEAVES,
    VISITORS
};

static BOOL victim_is_on(enum change change)
{
    return change == LEAVES || change == LEAVES_SHARED || change == LEAVES_QUIETLY;
}

/* Slots that are whole, of processes that are not there any more. */
static void add_dead(struct record *record)
{
    struct record_slot slot;
    ULONG i;

    for (i = 0; i < DEAD; i++)
    {
        memset(&slot, 0, sizeof(slot));
        slot.process.id = 4 * (i + 1);
        slot.process.started = 1;
        slot.process.event = 1;
        slot.session = record->session;
        slot.number = i + 1;
        record_write(record, record_free_slot(record), &slot);
    }
}

static void make_change(enum change change, struct member *victim)
{
    struct record_slot *slots;

    switch (change)
    {
    case LEAVES:
        leave(victim, LEAVE);
        break;
    case LEAVES_SHARED:
        leave(victim, LEAVE_SHARED);
        break;
    case LEAVES_QUIETLY:
        leave(victim, LEAVE_QUIETLY);
        break;
    case ASKS_ALL_TO_LEAVE:
        PostroomLogoffShared();
        break;
    case LISTS:
        slots = malloc(RECORD_SLOTS * sizeof(*slots));
        record_list(&here.handles, 0, slots);
        free(slots);
        break;
    default:
        join(victim);
    }
}

/* After that nobody of this process is there, as others see it. */
static void end_watcher(void)
{
    MAPIUninitialize();
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_null(here.watcher);
}

/* Does a change on a fresh record and keeps its states, the one after it too. Everybody is on with an event that is not
 * there any more afterwards. */
static void record_change(struct record *record, enum change change, ULONG survivors)
{
    struct member members[SURVIVORS], victim;
    WCHAR name[KERNEL_NAME_MAX];
    struct record_process self;
    HANDLE first_event;
    ULONG i;

    /* The first number is taken: ours are on under the second. */
    end_watcher();
    assert_hr(local_attach(TRUE), S_OK);
    local_process(&self);
    self.event = 1;
    record_event_name(&self, name);
    assert_non_null(first_event = CreateEventW(NULL, FALSE, FALSE, name));

    memset(record, 0, sizeof(*record));
    memset(&victim, 0, sizeof(victim));
    for (i = 0; i < survivors; i++)
        assert_hr(join(&members[i]), S_OK);
    if (victim_is_on(change))
        assert_hr(join(&victim), S_OK);
    if (survivors)
        add_dead(record);
    if (change == REPAIRS)
        record->checksum++;

    recorder.count = 0;
    recorder.thread_id = GetCurrentThreadId();
    recorder.record = here.handles.record;
    protect(PAGE_READONLY);
    make_change(change, &victim);
    protect(PAGE_READWRITE);
    recorder.record = NULL;
    assert_in_range(recorder.count, 1, STATES_MAX - 1);
    memcpy(recorder.states[recorder.count++].bytes, record, sizeof(struct image));

    for (i = 0; i < survivors; i++)
        leave(&members[i], LEAVE_QUIETLY);
    if (!victim_is_on(change))
        leave(&victim, LEAVE_QUIETLY);
    local_detach();
    end_watcher();
    CloseHandle(first_event);
}

static DWORD WINAPI takes_the_lock(void *mutex)
{
    return WaitForSingleObject(mutex, DEADLINE);
}

/* A state as it was, with survivors who are there. Its lock was held, and its holder is gone. */
static void restore(const struct image *state, const struct image *first, struct member *members, ULONG survivors)
{
    struct record *record = here.handles.record;
    const struct record *before = (const struct record *)first;
    struct record_slot slot;
    HANDLE thread;
    ULONG i, event;

    memset(record, 0, sizeof(*record));
    memcpy(record, state->bytes, sizeof(*state));
    for (i = 0; i < survivors; i++)
    {
        memset(&members[i], 0, sizeof(members[i]));
        members[i].membership.hear = hears;
        assert_hr(local_attach(TRUE), S_OK);
        assert_true(record_read(record, i, &slot)); /* no change touches what is constant in them */
        assert_hr(local_add(&members[i].membership, &slot.process), S_OK);
        slot.number = members[i].membership.number;
        record_write(record, i, &slot);
        for (event = 0; event < MEMBERSHIP_EVENTS; event++)
            members[i].membership.heard[event] = before->slots[i].told[event];
        local_place(&members[i].membership, i, slot.session);
    }
    assert_non_null(thread = CreateThread(NULL, 0, takes_the_lock, here.handles.mutex, 0, NULL));
    assert_int_equal(WaitForSingleObject(thread, DEADLINE), WAIT_OBJECT_0);
    CloseHandle(thread);
}

/* What the dead one has told a survivor. */
static LONG told(const struct image *state, const struct image *first, ULONG i, enum membership_event event)
{
    const struct record *after = (const struct record *)state, *before = (const struct record *)first;

    return after->slots[i].told[event] - before->slots[i].told[event];
}

/* The first one to come by. *asked: everybody has been asked to leave once more. */
static void visit(enum visitor visitor, struct member *members, ULONG *survivors, BOOL *asked)
{
    struct record_slot *slots;

    switch (visitor)
    {
    case VISITOR_LISTS:
        slots = malloc(RECORD_SLOTS * sizeof(*slots));
        assert_int_equal(record_list(&here.handles, 0, slots), *survivors); /* nobody dead is among them */
        free(slots);
        break;
    case VISITOR_ASKS_ALL_TO_LEAVE:
        *asked = PostroomLogoffShared() == S_OK;
        break;
    case SURVIVOR_LEAVES:
        if (*survivors)
            leave(&members[--*survivors], LEAVE);
        break;
    default:
        break;
    }
}

static void goes_on(const struct image *state, const struct image *first, enum visitor visitor, ULONG survivors)
{
    struct member members[SURVIVORS], next;
    struct record *record = here.handles.record;
    ULONGLONG start = GetTickCount64();
    BOOL asked = FALSE, same;
    LONG shuts_down, left;
    ULONG i, stay = survivors;

    restore(state, first, members, survivors);
    visit(visitor, members, &stay, &asked);
    assert_hr(join(&next), S_OK);
    assert_int_equal(used_slots(record), stay + 1); /* no place is lost */
    same = stay && next.membership.session == members[0].membership.session;
    for (i = 0; i < stay; i++)
    {
        assert_true(next.membership.session >= members[i].membership.session);
        /* What it had counted is heard, though it woke nobody. */
        shuts_down = told(state, first, i, MEMBERSHIP_SHUTS_DOWN) + asked;
        left = told(state, first, i, MEMBERSHIP_LEFT) + (stay < survivors);
        assert_true(heard(&members[i], MEMBERSHIP_SHUTS_DOWN, shuts_down));
        assert_true(heard(&members[i], MEMBERSHIP_LEFT, left));
        /* Who has been asked to leave is in a session that nobody joins. */
        assert_false(shuts_down && same);
    }
    leave(&next, LEAVE_SHARED);
    for (i = 0; i < stay; i++)
        if (same)
            assert_true(heard(&members[i], MEMBERSHIP_SHUTS_DOWN, 1));
    while (stay)
        leave(&members[--stay], LEAVE);
    assert_int_equal(used_slots(record), 0);
    assert_true(GetTickCount64() - start < NO_HANG);
}

static void dies_at_every_store(enum change change, ULONG survivors, ULONG *deaths)
{
    struct record_handles handles;
    struct image *first;
    enum visitor visitor;
    ULONG i;

    assert_hr(record_open(&handles, TRUE), S_OK);
    record_change(handles.record, change, survivors);
    assert_hr(local_attach(TRUE), S_OK);
    first = &recorder.states[0];
    for (i = 0; i < recorder.count; i++)
        for (visitor = 0; visitor < VISITORS; visitor++, ++*deaths)
            goes_on(&recorder.states[i], first, visitor, survivors);
    local_detach();
    record_close(&handles);
}

static void dies_in_changes(enum change first, enum change last)
{
    void *handler = AddVectoredExceptionHandler(TRUE, on_exception);
    ULONG survivors, deaths = 0;
    enum change change;

    recorder.states = malloc(STATES_MAX * sizeof(*recorder.states));
    for (change = first; change <= last; change++)
        for (survivors = 0; survivors <= SURVIVORS; survivors++)
            if (survivors || change == JOINS || victim_is_on(change))
                dies_at_every_store(change, survivors, &deaths);
    free(recorder.states);
    RemoveVectoredExceptionHandler(handler);
    harness_note("%lu deaths", deaths);
    assert_true(deaths > 0);
}

TEST(SHARED_22_dies_while_it_lists)
{
    dies_in_changes(LISTS, LISTS);
}

TEST(SHARED_22_dies_while_it_joins)
{
    dies_in_changes(JOINS, JOINS);
}

TEST(SHARED_22_dies_while_it_leaves)
{
    dies_in_changes(LEAVES, LEAVES_QUIETLY);
}

TEST(SHARED_22_dies_while_it_asks_all_to_leave)
{
    dies_in_changes(ASKS_ALL_TO_LEAVE, ASKS_ALL_TO_LEAVE);
}

TEST(SHARED_22_dies_while_it_repairs)
{
    dies_in_changes(REPAIRS, REPAIRS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SHARED_22_dies_while_it_lists),   harness_test(SHARED_22_dies_while_it_joins),
            harness_test(SHARED_22_dies_while_it_leaves),  harness_test(SHARED_22_dies_while_it_asks_all_to_leave),
            harness_test(SHARED_22_dies_while_it_repairs),
    };

    return harness_run(tests);
}
