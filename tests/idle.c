/*
 * The idle engine: which routines run, in which order, on which thread. Nothing here depends on how long things take: a
 * test waits for calls, and what must not happen is asked for after something that comes later.
 */
#include "harness.h"

#include <mapiutil.h>

struct record
{
    LONG calls, other_thread;
    DWORD thread_id;
    FTG own; /* removed by its own call when it is set */
    char *order;
    char letter;
};

static BOOL STDAPICALLTYPE note(void *context)
{
    struct record *record = context;

    record->calls++;
    if (GetCurrentThreadId() != record->thread_id)
        record->other_thread++;
    if (record->order && strlen(record->order) < 8)
        record->order[strlen(record->order)] = record->letter;
    if (record->own)
        DeregisterIdleRoutine(record->own);
    return FALSE;
}

static void wait_for_calls(const struct record *record, LONG calls)
{
    int i;

    for (i = 0; i < 1000 && record->calls < calls; i++)
        harness_pump(10);
    assert_true(record->calls >= calls);
}

static void IDLE_not_started(void **state)
{
    struct record record = {.thread_id = GetCurrentThreadId()};

    (void)state;
    assert_null(FtgRegisterIdleRoutine(note, &record, 1, 0, FIROINTERVAL));
    assert_int_equal(MAPIInitIdle(&record), 1);
    MAPIDeinitIdle();
    assert_int_equal(MAPIInitIdle(NULL), 0);
    assert_null(FtgRegisterIdleRoutine(NULL, &record, 1, 0, FIROINTERVAL));
    assert_null(FtgRegisterIdleRoutine(note, &record, 1, 0, FIROINTERVAL | FIROWAIT));
    EnableIdleRoutine((FTG)12345, TRUE);
    DeregisterIdleRoutine((FTG)12345);
    ChangeIdleRoutine((FTG)12345, note, &record, 1, 1, FIROWAIT, FIRCPFN);
    MAPIDeinitIdle();
    assert_int_equal(record.calls, 0);
}

/* Users are counted; all routines go with the last of them. */
static void IDLE_users(void **state)
{
    struct record record = {.thread_id = GetCurrentThreadId()};
    LONG before;

    (void)state;
    assert_int_equal(MAPIInitIdle(NULL), 0);
    assert_int_equal(MAPIInitIdle(NULL), 0);
    assert_non_null(FtgRegisterIdleRoutine(note, &record, 1, 1, FIROINTERVAL));
    MAPIDeinitIdle();
    wait_for_calls(&record, 3);
    assert_int_equal(record.other_thread, 0);
    MAPIDeinitIdle();
    before = record.calls;
    harness_pump(50);
    assert_int_equal(record.calls, before);
}

/* In one round the greatest priority comes first; one that is disabled does not run until it is enabled. */
static void IDLE_priorities(void **state)
{
    char order[16] = "";
    struct record a = {.thread_id = GetCurrentThreadId(), .order = order, .letter = 'a'}, b = a, c = a, d = a;
    FTG disabled;

    (void)state;
    b.letter = 'b';
    c.letter = 'c';
    d.letter = 'd';
    assert_int_equal(MAPIInitIdle(NULL), 0);
    assert_non_null(FtgRegisterIdleRoutine(note, &a, -2, 0, FIROINTERVAL));
    assert_non_null(FtgRegisterIdleRoutine(note, &b, 3, 0, FIROINTERVAL));
    disabled = FtgRegisterIdleRoutine(note, &c, 9, 0, FIROINTERVAL | FIRODISABLED);
    assert_non_null(FtgRegisterIdleRoutine(note, &d, 1, 0, FIROWAIT));
    wait_for_calls(&a, 1);
    assert_memory_equal(order, "bda", 3);
    assert_int_equal(c.calls, 0);
    EnableIdleRoutine(disabled, TRUE);
    wait_for_calls(&c, 1);
    EnableIdleRoutine(disabled, FALSE);
    c.calls = 0;
    wait_for_calls(&a, a.calls + 2);
    assert_int_equal(c.calls, 0);
    MAPIDeinitIdle();
}

/* A routine may remove itself; parameter, function and priority can be changed. */
static void IDLE_changes(void **state)
{
    struct record once = {.thread_id = GetCurrentThreadId()}, first = once, second = once;
    FTG tag;

    (void)state;
    assert_int_equal(MAPIInitIdle(NULL), 0);
    once.own = FtgRegisterIdleRoutine(note, &once, 5, 0, FIROINTERVAL);
    assert_non_null(once.own);
    tag = FtgRegisterIdleRoutine(note, &first, 1, 0, FIROINTERVAL);
    wait_for_calls(&first, 3);
    assert_int_equal(once.calls, 1);
    ChangeIdleRoutine(tag, NULL, &second, 1, 0, 0, FIRCPV | FIRCPFN);
    first.calls = 0;
    wait_for_calls(&second, 2);
    assert_int_equal(first.calls, 0);
    DeregisterIdleRoutine(tag);
    second.calls = 0;
    assert_non_null(FtgRegisterIdleRoutine(note, &first, 1, 0, FIROINTERVAL));
    wait_for_calls(&first, 2);
    assert_int_equal(second.calls, 0);
    MAPIDeinitIdle();
}

static void register_here(void *context)
{
    FtgRegisterIdleRoutine(note, context, 1, 0, FIROINTERVAL);
}

static void start_here(void *context)
{
    *(LONG *)context = MAPIInitIdle(NULL);
}

/* Routines run on the thread of MAPIInitIdle, whoever registers them; when that thread has ended, the next one has them. */
static void IDLE_thread(void **state)
{
    struct record record = {.thread_id = GetCurrentThreadId()};
    LONG started = 7;

    (void)state;
    harness_on_thread(start_here, &started);
    assert_int_equal(started, 0);
    harness_on_thread(register_here, &record);
    assert_int_equal(MAPIInitIdle(NULL), 0);
    wait_for_calls(&record, 2);
    assert_int_equal(record.other_thread, 0);
    MAPIDeinitIdle();
    MAPIDeinitIdle();
}

static void IDLE_faults(void **state)
{
    struct record record = {.thread_id = GetCurrentThreadId()};

    (void)state;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        LONG failed = MAPIInitIdle(NULL);
        FTG tag = failed ? NULL : FtgRegisterIdleRoutine(note, &record, 1, 0, FIROINTERVAL | FIRODISABLED);

        if (harness_fault_hit(&fault))
            assert_true(failed == 1 || !tag);
        else
            assert_true(!failed && tag);
        if (!failed)
            MAPIDeinitIdle();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(IDLE_not_started), harness_test(IDLE_users),  harness_test(IDLE_priorities),
            harness_test(IDLE_changes),     harness_test(IDLE_thread), harness_test_plain(IDLE_faults),
    };

    return harness_run(tests);
}
