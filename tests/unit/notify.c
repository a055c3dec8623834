/*
 * The engine from the inside: what a call on the delivering thread causes, the flush at a session's end, what is kept when
 * there is no room.
 */
#include "harness.h"

#include "notify/advise.h"
#include "notify/queue.h"
#include "table/table.h"

static NOTIFICATION event_of(ULONG type)
{
    NOTIFICATION notification = {0};

    notification.ulEventType = type;
    return notification;
}

static NOTIFICATION extended(ULONG number)
{
    NOTIFICATION notification = event_of(fnevExtended);

    notification.info.ext.ulEvent = number;
    return notification;
}

static void add(struct advise_list *list, ULONG mask, struct harness_sink *sink)
{
    ULONG connection;

    harness_sink_init(sink);
    assert_hr(advise_add(list, mask, &sink->IMAPIAdviseSink_iface, &connection), S_OK);
}

static void queue(struct advise_list *list, ULONG number)
{
    NOTIFICATION event = extended(number);

    assert_hr(advise_queue(list, &event), S_OK);
}

static void destroy_nothing(struct gate *gate)
{
    (void)gate;
}

/* Leaving a call delivers what was caused before it, not what it caused itself; the next one does. */
static void NOTIF_07_own_call(void **state)
{
    struct gate_call outer, inner;
    struct harness_sink sink;
    struct advise_list list;
    struct gate gate;

    (void)state;
    gate_init(&gate, destroy_nothing);
    advise_list_init(&list);
    add(&list, fnevExtended, &sink);
    queue(&list, 1);
    assert_hr(gate_enter(&gate, &outer), S_OK);
    queue(&list, 2);
    assert_hr(gate_enter(&gate, &inner), S_OK);
    queue(&list, 3);
    gate_leave(&inner);
    assert_int_equal(sink.calls, 0); /* not the outermost */
    gate_leave(&outer);
    assert_int_equal(sink.calls, 1);
    assert_int_equal(sink.last.info.ext.ulEvent, 1);
    assert_hr(gate_enter(&gate, &outer), S_OK);
    queue(&list, 4);
    gate_leave(&outer);
    assert_int_equal(sink.calls, 3);
    assert_int_equal(sink.last.info.ext.ulEvent, 3);
    /* dispatching is no call of MAPI's: everything comes */
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 4);
    advise_list_close(&list);
    assert_int_equal(sink.refcount, 1);
}

static void in_order(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    LONG *next = sink->context;

    if (notifications[count - 1].info.ext.ulEvent == (ULONG)*next)
        ++*next;
}

static void flush_and_close(void *context)
{
    advise_flush(context);
    advise_list_close(context);
}

/* What waits is delivered on the thread that ends the list, in order, and nothing afterwards; other lists' stays. */
static void LOGOFF_52_flush(void **state)
{
    struct harness_sink a, b, elsewhere;
    struct advise_list list, other;
    LONG next_a = 0, next_b = 0;
    ULONG i;

    (void)state;
    advise_list_init(&list);
    advise_list_init(&other);
    add(&list, fnevExtended, &a);
    add(&list, fnevExtended, &b);
    add(&other, fnevExtended, &elsewhere);
    a.on_notify = b.on_notify = in_order;
    a.context = &next_a;
    b.context = &next_b;
    for (i = 0; i < 200; i++)
    {
        queue(&list, i);
        queue(&other, i);
    }
    harness_on_thread(flush_and_close, &list);
    assert_int_equal(next_a, 200);
    assert_int_equal(next_b, 200);
    assert_int_equal(a.calls, 200);
    assert_int_not_equal(a.thread_id, GetCurrentThreadId());
    assert_int_equal(a.refcount, 1);
    assert_int_equal(b.refcount, 1);
    queue(&list, 201); /* closed */
    assert_int_equal(elsewhere.calls, 0);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(elsewhere.calls, 200);
    assert_int_equal(a.calls, 200);
    advise_list_close(&other);
}

/* Flushing on one thread while the delivering one delivers: each sink gets each event once, in order, one at a time. */
struct race
{
    struct advise_list list;
    HANDLE begin;
    volatile LONG inside, overlaps;
    LONG next;
};

static void take_time(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct race *race = sink->context;

    if (InterlockedIncrement(&race->inside) != 1)
        InterlockedIncrement(&race->overlaps);
    if (notifications[count - 1].info.ext.ulEvent == (ULONG)race->next)
        race->next++;
    if (race->next < 50)
        Sleep(1);
    InterlockedDecrement(&race->inside);
}

static DWORD WINAPI flush_proc(void *context)
{
    struct race *race = context;

    WaitForSingleObject(race->begin, 30000);
    advise_flush(&race->list);
    return 0;
}

static void LOGOFF_52_flush_while_delivering(void **state)
{
    struct harness_sink sink;
    struct race race = {0};
    HANDLE thread;
    ULONG i;

    (void)state;
    race.begin = CreateEventW(NULL, FALSE, FALSE, NULL);
    advise_list_init(&race.list);
    add(&race.list, fnevExtended, &sink);
    sink.on_notify = take_time;
    sink.context = &race;
    thread = CreateThread(NULL, 0, flush_proc, &race, 0, NULL);
    for (i = 0; i < 1000; i++)
        queue(&race.list, i);
    SetEvent(race.begin);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(WaitForSingleObject(thread, 10000), WAIT_OBJECT_0);
    assert_int_equal(sink.calls, 1000);
    assert_int_equal(race.next, 1000);
    assert_int_equal(race.overlaps, 0);
    advise_list_close(&race.list);
    CloseHandle(thread);
    CloseHandle(race.begin);
}

/* Without a sink's being asked to take what waits: after the last MAPIUninitialize it is all gone. */
static void LOGOFF_52_uninitialize_frees(void **state)
{
    NOTIFICATION event = extended(1);
    PostroomCounts before, after;
    struct harness_sink sink;
    struct advise_list list;
    BYTE bytes[1000] = {0};
    ULONG i;

    (void)state;
    advise_list_init(&list);
    add(&list, fnevExtended, &sink);
    harness_counts(&before);
    event.info.ext.cb = sizeof(bytes);
    event.info.ext.pbEventParameters = bytes;
    for (i = 0; i < 100; i++)
        assert_hr(advise_queue(&list, &event), S_OK);
    MAPIUninitialize();
    harness_counts(&after);
    assert_true(after.cHeapBlocks <= before.cHeapBlocks);
    assert_hr(advise_queue(&list, &event), S_OK); /* INIT-19: to nobody */
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 0);
    assert_hr(advise_queue(&list, &event), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 1);
    advise_list_close(&list);
}

/* Somebody's hook runs after the engine's: what that causes is let in no more. The hook was registered before the
 * engine's. */
static struct advise_list *late_list;
static HRESULT late_result;

static void late_event(void)
{
    NOTIFICATION event = extended(7);

    if (late_list)
        late_result = advise_queue(late_list, &event);
}

static struct uninit_hook late_hook = {.run = late_event};

static void LOGOFF_52_events_during_the_end(void **state)
{
    struct harness_sink sink;
    struct advise_list list;

    (void)state;
    advise_list_init(&list);
    add(&list, fnevExtended, &sink);
    late_list = &list;
    late_result = E_NOTIMPL;
    MAPIUninitialize();
    late_list = NULL;
    assert_hr(late_result, S_OK);
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 0);
    queue(&list, 8);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 1);
    advise_list_close(&list);
}

/* A full receiver: critical errors come through and become one, a table's changes become one, the rest is refused. */
static void what_is_kept(void **state)
{
    NOTIFICATION error = event_of(fnevCriticalError), big = extended(1), small = extended(2), table;
    struct harness_sink sink;
    struct advise_list list;
    BYTE *bytes;
    ULONG i;

    (void)state;
    table = event_of(fnevTableModified);
    table.info.tab.ulTableEvent = TABLE_ROW_DELETED;
    bytes = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, RECEIVER_MAX_BYTES);
    assert_non_null(bytes);
    advise_list_init(&list);
    add(&list, ~0u, &sink);
    big.info.ext.cb = RECEIVER_MAX_BYTES - sizeof(struct notify_item);
    big.info.ext.pbEventParameters = bytes;
    assert_hr(advise_queue(&list, &big), S_OK);
    assert_hr(advise_queue(&list, &big), MAPI_E_NOT_ENOUGH_RESOURCES); /* bytes count, and it points to some */
    assert_hr(advise_queue(&list, &small), S_OK);                      /* kept, alone */
    assert_hr(advise_queue(&list, &small), MAPI_E_NOT_ENOUGH_RESOURCES);
    assert_hr(advise_queue(&list, &table), MAPI_E_NOT_ENOUGH_RESOURCES);
    error.info.err.scode = MAPI_E_NETWORK_ERROR;
    assert_hr(advise_queue(&list, &error), S_OK);
    error.info.err.scode = MAPI_E_END_OF_SESSION;
    assert_hr(advise_queue(&list, &error), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 2);
    assert_int_equal(sink.last.ulEventType, fnevCriticalError);
    assert_hr(sink.last.info.err.scode, MAPI_E_END_OF_SESSION);

    for (i = 0; i < RECEIVER_MAX_WAITING; i++)
        assert_hr(advise_queue(&list, &small), S_OK);
    for (i = 0; i < 10; i++)
        assert_hr(advise_queue(&list, &table), S_OK);
    assert_hr(advise_queue(&list, &small), MAPI_E_NOT_ENOUGH_RESOURCES);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 2 + RECEIVER_MAX_WAITING + 1);
    assert_int_equal(sink.last.info.tab.ulTableEvent, TABLE_CHANGED);

    /* one that is larger than everything that may wait comes when it is alone */
    big.info.ext.cb = RECEIVER_MAX_BYTES;
    assert_hr(advise_queue(&list, &big), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.last.info.ext.cb, RECEIVER_MAX_BYTES);
    advise_list_close(&list);
    HeapFree(GetProcessHeap(), 0, bytes);
}

static void bad_structures(void **state)
{
    NOTIFICATION event = extended(1);
    struct harness_sink sink;
    struct advise_list list;

    (void)state;
    advise_list_init(&list);
    add(&list, ~0u, &sink);
    event.info.ext.cb = 4;
    event.info.ext.pbEventParameters = (BYTE *)0x10;
    assert_hr(advise_queue(&list, &event), MAPI_E_INVALID_PARAMETER);
    event = event_of(3);
    assert_hr(advise_queue(&list, &event), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 0);
    advise_list_close(&list);
}

struct reentering
{
    struct advise_list *list;
    BOOL flush;
};

static void end_the_list(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct reentering *reentering = sink->context;

    (void)count;
    (void)notifications;
    if (!reentering->flush)
        return;
    reentering->flush = FALSE;
    advise_flush(reentering->list);
    advise_list_close(reentering->list);
}

/* LOGOFF-53 at its core: the list ends from inside a sink that it just called. */
static void LOGOFF_53_flush_from_inside(void **state)
{
    struct harness_sink sink, other;
    struct advise_list list;
    struct reentering reentering = {&list, TRUE};

    (void)state;
    advise_list_init(&list);
    add(&list, fnevExtended, &sink);
    add(&list, fnevExtended, &other);
    sink.on_notify = end_the_list;
    sink.context = &reentering;
    queue(&list, 1);
    queue(&list, 2);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 2);
    assert_int_equal(other.calls, 2);
    assert_int_equal(sink.refcount, 1);
    assert_int_equal(other.refcount, 1);
}

/* A session's tables tell what waits when the session ends (conformance.md 1.5, step 8), unless it ends in silence. */
static void LOGOFF_52_tables(void **state)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
    SPropValue value = {PR_ROWID, 0, {0}};
    struct harness_sink sink;
    struct row_set *rows;
    ULONG_PTR connection;
    IMAPITable *table;
    struct gate gate;
    int silent;

    (void)state;
    for (silent = 0; silent < 2; silent++)
    {
        gate_init(&gate, destroy_nothing);
        harness_sink_init(&sink);
        assert_hr(row_set_create(PR_ROWID, &rows), S_OK);
        assert_hr(table_view_create(rows, &gate, (SPropTagArray *)&columns, 0, NULL, FALSE, &table), S_OK);
        assert_hr(IMAPITable_Advise(table, fnevTableModified, &sink.IMAPIAdviseSink_iface, &connection), S_OK);
        assert_hr(row_set_put(rows, &value, 1), S_OK);
        assert_int_equal(sink.calls, 0);
        assert_true(gate_close(&gate));
        gate_drain(&gate);
        gate.silent = silent;
        gate_close_children(&gate);
        assert_int_equal(sink.calls, silent ? 0 : 1);
        assert_int_equal(sink.refcount, 1);
        assert_hr(HrDispatchNotifications(0), S_OK);
        assert_int_equal(sink.calls, silent ? 0 : 1);
        assert_int_equal(IMAPITable_Release(table), 0);
        row_set_release(rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(NOTIF_07_own_call),
            harness_test(LOGOFF_52_flush),
            harness_test(LOGOFF_52_flush_while_delivering),
            harness_test(LOGOFF_52_uninitialize_frees),
            harness_test(LOGOFF_52_events_during_the_end),
            harness_test(what_is_kept),
            harness_test(bad_structures),
            harness_test(LOGOFF_52_tables),
            harness_test(LOGOFF_53_flush_from_inside),
    };

    init_on_uninitialize(&late_hook); /* before the engine's */
    return harness_run(tests);
}
