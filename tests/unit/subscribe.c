/*
 * The keyed engine behind IMAPISupport::Subscribe, Notify and Unsubscribe. The main thread delivers, when it asks for it.
 */
#include "harness.h"

#include "notify/subscribe.h"

struct key
{
    ULONG cb;
    BYTE ab[8];
};

static struct key one = {3, {1, 2, 3}}, other = {3, {1, 2, 4}}, longer = {4, {1, 2, 3, 0}}, empty = {0, {0}};
static int owner_a, owner_b;

static NOTIFICATION event_of(ULONG type)
{
    NOTIFICATION notification = {0};

    notification.ulEventType = type;
    return notification;
}

static ULONG subscribe(const struct key *key, ULONG mask, ULONG flags, struct harness_sink *sink)
{
    ULONG connection = 0;

    assert_hr(subscription_add(&owner_a, (const NOTIFKEY *)key, mask, flags, &sink->IMAPIAdviseSink_iface, &connection),
              S_OK);
    assert_int_not_equal(connection, 0);
    return connection;
}

static void unsubscribe(ULONG connection)
{
    assert_hr(subscription_remove(&owner_a, connection), S_OK);
}

static ULONG notify(const struct key *key, const NOTIFICATION *event)
{
    ULONG flags = 0;

    assert_hr(subscription_notify((const NOTIFKEY *)key, 1, event, &flags), S_OK);
    return flags;
}

static void NOTIF_07_asynchronous(void **state)
{
    NOTIFICATION event = event_of(fnevNewMail);
    struct harness_sink sink;
    ULONG connection;

    (void)state;
    harness_sink_init(&sink);
    connection = subscribe(&one, fnevNewMail, 0, &sink);
    assert_int_equal(sink.refcount, 2);
    assert_int_equal(notify(&one, &event), 0);
    assert_int_equal(sink.calls, 0);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 1);
    assert_int_equal(sink.last.ulEventType, fnevNewMail);
    unsubscribe(connection);
    assert_int_equal(sink.refcount, 1);
}

static void NOTIF_08_synchronous(void **state)
{
    NOTIFICATION event = event_of(fnevExtended);
    struct harness_sink sink;
    ULONG connection;

    (void)state;
    harness_sink_init(&sink);
    connection = subscribe(&one, fnevExtended, NOTIFY_SYNC, &sink);
    assert_int_equal(notify(&one, &event), 0);
    assert_int_equal(sink.calls, 1);
    assert_int_equal(sink.thread_id, GetCurrentThreadId());
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 1);
    unsubscribe(connection);
}

static LONG WINAPI cancelling(void *context, ULONG count, NOTIFICATION *notifications)
{
    (void)count;
    (void)notifications;
    ++*(LONG *)context;
    return (LONG)CALLBACK_DISCONTINUE;
}

static void NOTIF_09_discontinue(void **state)
{
    NOTIFICATION events[2] = {event_of(fnevExtended), event_of(fnevExtended)};
    ULONG first = 0, second, third, flags = 0;
    struct harness_sink sync, async;
    IMAPIAdviseSink *sink;
    LONG calls = 0;

    (void)state;
    harness_sink_init(&sync);
    harness_sink_init(&async);
    assert_hr(HrAllocAdviseSink(cancelling, &calls, &sink), S_OK);
    assert_hr(subscription_add(&owner_a, (NOTIFKEY *)&one, fnevExtended, NOTIFY_SYNC, sink, &first), S_OK);
    assert_int_equal(IMAPIAdviseSink_Release(sink), 1);
    second = subscribe(&one, fnevExtended, NOTIFY_SYNC, &sync);
    third = subscribe(&one, fnevExtended, 0, &async);
    assert_hr(subscription_notify((NOTIFKEY *)&one, 2, events, &flags), S_OK);
    assert_int_equal(flags, NOTIFY_CANCELED);
    assert_int_equal(calls, 1);      /* the second notification does not come any more */
    assert_int_equal(sync.calls, 0); /* nor does the next sink get the first */
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(async.calls, 2); /* whoever is told later has nothing to do with it */
    unsubscribe(first);
    unsubscribe(second);
    unsubscribe(third);
}

static WCHAR text_seen[32];
static BYTE id_seen[4];

static void look_at_mail(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    NEWMAIL_NOTIFICATION *mail = &notifications[count - 1].info.newmail;

    (void)sink;
    if (mail->ulFlags & MAPI_UNICODE)
        lstrcpynW(text_seen, (WCHAR *)mail->lpszMessageClass, ARRAY_SIZE(text_seen));
    memcpy(id_seen, mail->lpEntryID, min(mail->cbEntryID, sizeof(id_seen)));
}

static void NOTIF_10_copies(void **state)
{
    NOTIFICATION event = event_of(fnevNewMail);
    WCHAR text[] = L"IPM.Note";
    BYTE id[4] = {9, 8, 7, 6};
    ULONG connection, flags = MAPI_UNICODE;
    struct harness_sink sink;

    (void)state;
    harness_sink_init(&sink);
    sink.on_notify = look_at_mail;
    connection = subscribe(&one, fnevNewMail, 0, &sink);
    event.info.newmail.cbEntryID = sizeof(id);
    event.info.newmail.lpEntryID = (ENTRYID *)id;
    event.info.newmail.lpszMessageClass = (LPTSTR)text;
    assert_hr(subscription_notify((NOTIFKEY *)&one, 1, &event, &flags), S_OK);
    assert_int_equal(flags, 0);
    memset(id, 0, sizeof(id));
    memset(text, 0, sizeof(text));
    memset(&event, 0, sizeof(event));
    memset(text_seen, 0, sizeof(text_seen));
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 1);
    assert_int_equal(wcscmp(text_seen, L"IPM.Note"), 0);
    assert_memory_equal(id_seen, ((BYTE[]){9, 8, 7, 6}), 4);
    unsubscribe(connection);
}

static void NOTIF_11_nobody(void **state)
{
    NOTIFICATION event = event_of(fnevExtended);

    (void)state;
    assert_int_equal(notify(&one, &event), 0);
}

static void NOTIF_12_keys(void **state)
{
    const struct key *keys[] = {&one, &other, &longer, &empty};
    NOTIFICATION event = event_of(fnevExtended);
    struct harness_sink sinks[ARRAY_SIZE(keys)];
    ULONG connections[ARRAY_SIZE(keys)];
    size_t i, k;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(keys); i++)
    {
        harness_sink_init(&sinks[i]);
        connections[i] = subscribe(keys[i], fnevExtended, 0, &sinks[i]);
    }
    for (k = 0; k < ARRAY_SIZE(keys); k++)
    {
        struct key same = *keys[k]; /* bytes count, not the address */

        notify(&same, &event);
        assert_hr(HrDispatchNotifications(0), S_OK);
        for (i = 0; i < ARRAY_SIZE(keys); i++)
            assert_int_equal(sinks[i].calls, i <= k);
    }
    for (i = 0; i < ARRAY_SIZE(keys); i++)
        unsubscribe(connections[i]);
}

static void NOTIF_13_mask(void **state)
{
    NOTIFICATION created = event_of(fnevObjectCreated), deleted = event_of(fnevObjectDeleted);
    struct harness_sink sync, async;
    ULONG first, second;

    (void)state;
    harness_sink_init(&sync);
    harness_sink_init(&async);
    first = subscribe(&one, fnevObjectDeleted | fnevExtended, NOTIFY_SYNC, &sync);
    second = subscribe(&one, fnevObjectDeleted, 0, &async);
    notify(&one, &created);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sync.calls + async.calls, 0);
    notify(&one, &deleted);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sync.calls, 1);
    assert_int_equal(async.calls, 1);
    unsubscribe(first);
    unsubscribe(second);
}

static void NOTIF_14_unknown_connection(void **state)
{
    struct harness_sink sink;
    ULONG connection;

    (void)state;
    harness_sink_init(&sink);
    assert_hr(subscription_remove(&owner_a, 0), MAPI_E_NOT_FOUND);
    assert_hr(subscription_remove(&owner_a, 77), MAPI_E_NOT_FOUND);
    connection = subscribe(&one, fnevExtended, 0, &sink);
    assert_hr(subscription_remove(&owner_b, connection), MAPI_E_NOT_FOUND);
    assert_int_equal(sink.refcount, 2);
    unsubscribe(connection);
    assert_hr(subscription_remove(&owner_a, connection), MAPI_E_NOT_FOUND);
}

static void end_of_an_owner(void **state)
{
    NOTIFICATION event = event_of(fnevExtended);
    struct harness_sink a, b;
    ULONG connection = 0;

    (void)state;
    harness_sink_init(&a);
    harness_sink_init(&b);
    subscribe(&one, fnevExtended, 0, &a);
    subscribe(&other, fnevExtended, 0, &a);
    assert_hr(subscription_add(&owner_b, (NOTIFKEY *)&one, fnevExtended, 0, &b.IMAPIAdviseSink_iface, &connection),
              S_OK);
    notify(&one, &event);
    subscription_remove_all(&owner_a);
    assert_int_equal(a.refcount, 1);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(a.calls, 0);
    assert_int_equal(b.calls, 1);
    /* what an owner forgets goes with the last MAPIUninitialize, and its number stays wrong afterwards */
    notify(&one, &event);
    MAPIUninitialize();
    assert_int_equal(b.refcount, 1);
    assert_int_equal(b.calls, 1);
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(b.calls, 1);
    subscribe(&one, fnevExtended, 0, &a);
    assert_hr(subscription_remove(&owner_b, connection), MAPI_E_NOT_FOUND);
    assert_hr(subscription_remove(&owner_a, connection), MAPI_E_NOT_FOUND);
    subscription_remove_all(&owner_a);
}

static void bad_arguments(void **state)
{
    NOTIFICATION event = event_of(fnevExtended), bad = event_of(3), unreadable = event_of(fnevExtended);
    NOTIFICATION mixed[2] = {event, bad};
    IMAPIAdviseSink *wrapper;
    struct harness_sink sink;
    ULONG connection, mine, flags;
    struct key huge = {0xfffffff0, {0}};

    (void)state;
    harness_sink_init(&sink);
    connection = 5;
    assert_hr(subscription_add(&owner_a, NULL, 1, 0, &sink.IMAPIAdviseSink_iface, &connection),
              MAPI_E_INVALID_PARAMETER);
    assert_int_equal(connection, 0);
    assert_hr(subscription_add(&owner_a, (NOTIFKEY *)&huge, 1, 0, &sink.IMAPIAdviseSink_iface, &connection),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(subscription_add(&owner_a, (NOTIFKEY *)&one, 1, 0, NULL, &connection), MAPI_E_INVALID_PARAMETER);
    assert_hr(subscription_add(&owner_a, (NOTIFKEY *)&one, 1, 1, &sink.IMAPIAdviseSink_iface, &connection),
              MAPI_E_UNKNOWN_FLAGS);
    assert_hr(HrThisThreadAdviseSink(&sink.IMAPIAdviseSink_iface, &wrapper), S_OK);
    assert_hr(subscription_add(&owner_a, (NOTIFKEY *)&one, 1, NOTIFY_SYNC, wrapper, &connection),
              MAPI_E_INVALID_PARAMETER);
    assert_int_equal(IMAPIAdviseSink_Release(wrapper), 0);
    assert_int_equal(sink.refcount, 1);

    mine = subscribe(&one, fnevExtended, 0, &sink);
    flags = 0;
    assert_hr(subscription_notify(NULL, 1, &event, &flags), MAPI_E_INVALID_PARAMETER);
    assert_hr(subscription_notify((NOTIFKEY *)&one, 1, &event, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(subscription_notify((NOTIFKEY *)&one, 1, NULL, &flags), MAPI_E_INVALID_PARAMETER);
    assert_hr(subscription_notify((NOTIFKEY *)&one, 0xffffffff, &event, &flags), MAPI_E_INVALID_PARAMETER);
    unreadable.info.ext.cb = 5;
    unreadable.info.ext.pbEventParameters = (BYTE *)0x10;
    assert_hr(subscription_notify((NOTIFKEY *)&one, 1, &unreadable, &flags), MAPI_E_INVALID_PARAMETER);
    /* all or nothing */
    assert_hr(subscription_notify((NOTIFKEY *)&one, 2, mixed, &flags), MAPI_E_INVALID_PARAMETER);
    flags = 1;
    assert_hr(subscription_notify((NOTIFKEY *)&one, 1, &event, &flags), MAPI_E_UNKNOWN_FLAGS);
    flags = 0;
    assert_hr(subscription_notify((NOTIFKEY *)&one, 0, NULL, &flags), S_OK);
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(sink.calls, 0);
    unsubscribe(mine);
}

struct inside
{
    HRESULT nested;
    ULONG connection;
};

static void notify_again(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct inside *inside = sink->context;
    ULONG flags = 0;

    (void)count;
    inside->nested = subscription_notify((NOTIFKEY *)&one, 1, notifications, &flags);
    subscription_remove(&owner_a, inside->connection);
}

/* A synchronous sink must not cause synchronous calls; it may unsubscribe itself. */
static void synchronous_from_inside(void **state)
{
    NOTIFICATION event = event_of(fnevExtended);
    struct harness_sink sink;
    struct inside inside;

    (void)state;
    harness_sink_init(&sink);
    sink.on_notify = notify_again;
    sink.context = &inside;
    inside.connection = subscribe(&one, fnevExtended, NOTIFY_SYNC, &sink);
    notify(&one, &event);
    assert_hr(inside.nested, MAPI_E_BUSY);
    assert_int_equal(sink.calls, 1);
    assert_int_equal(sink.refcount, 1);
    notify(&one, &event);
    assert_int_equal(sink.calls, 1);
}

static void faults(void **state)
{
    NOTIFICATION event = event_of(fnevExtended);
    struct harness_sink sink, keeper;
    ULONG connection, flags, kept;
    BYTE bytes[4] = {0};
    HRESULT hr;

    (void)state;
    harness_sink_init(&sink);
    harness_sink_init(&keeper);
    kept = subscribe(&other, 0, 0, &keeper); /* the list's memory stays while anybody is on it */
    event.info.ext.cb = sizeof(bytes);
    event.info.ext.pbEventParameters = bytes;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        LONG calls = sink.calls;

        connection = flags = 0;
        hr = subscription_add(&owner_a, (NOTIFKEY *)&one, fnevExtended, 0, &sink.IMAPIAdviseSink_iface, &connection);
        if (SUCCEEDED(hr))
            hr = subscription_notify((NOTIFKEY *)&one, 1, &event, &flags);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        assert_hr(HrDispatchNotifications(0), S_OK);
        assert_int_equal(sink.calls, calls + SUCCEEDED(hr));
        if (connection)
            unsubscribe(connection);
        assert_int_equal(sink.refcount, 1);
    }
    unsubscribe(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(NOTIF_07_asynchronous),   harness_test(NOTIF_08_synchronous),
            harness_test(NOTIF_09_discontinue),    harness_test(NOTIF_10_copies),
            harness_test(NOTIF_11_nobody),         harness_test(NOTIF_12_keys),
            harness_test(NOTIF_13_mask),           harness_test(NOTIF_14_unknown_connection),
            harness_test(end_of_an_owner),         harness_test(bad_arguments),
            harness_test(synchronous_from_inside), harness_test(faults),
    };

    return harness_run(tests);
}
