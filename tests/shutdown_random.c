/*
 * Random sequences of opens, advises, releases and log-offs over the spy's providers, from several threads with sessions
 * of their own. A model says after each step who must have been called, with what, in which order; nobody else may be.
 *
 * The seed is printed; the program's first argument sets it.
 */
#include "shutdown_model.h"

/*
 * The operations.
 */

static void log_on_to_slot(struct worker *worker, struct slot *slot)
{
    ULONG i;

    memset(slot, 0, sizeof(*slot));
    for (i = 0; i < SINKS; i++)
        harness_sink_init(&slot->sinks[i].sink);
    check_hr(worker,
             MAPILogonEx(0, (LPTSTR)profile, NULL, MAPI_NEW_SESSION | MAPI_EXTENDED | MAPI_UNICODE | MAPI_NO_MAIL,
                         &slot->session),
             S_OK);
}

static void open_store(struct worker *worker, struct slot *slot)
{
    ULONG which = random_below(&worker->random, STORES), i;
    IMsgStore *store;
    HRESULT hr;

    if (slot->logon_count >= LOGONS - BOOKS)
        return;
    expect_loading(worker, slot, FALSE);
    for (i = 0; i <= which; i++)
        expect(worker, "MS", 0, "CompareStoreIDs", stores[which].size ? SPY_ENTRYID_SIZE : 0);
    expect(worker, "MS", *setups[which].name, "Logon", SPY_ENTRYID_SIZE);
    hr = IMAPISession_OpenMsgStore(slot->session, 0, stores[which].size, stores[which].entryid, NULL,
                                   MDB_NO_MAIL | MDB_NO_DIALOG, &store);
    check_hr(worker, hr, which == FAILING ? MAPI_E_FAILONEPROVIDER : S_OK);
    check(worker, SUCCEEDED(hr) == !!store, "the store's pointer");
    if (store)
        add_logon(slot, which, store);
}

/* One of the test's references; the last one closes the store (STORE-08). */
static void release_store(struct worker *worker, struct slot *slot, struct logon *logon)
{
    IMsgStore *store = logon->store;
    WCHAR name = name_of(logon);

    expect(worker, "MsgStore", name, "Release", --logon->refcount);
    if (!logon->refcount)
    {
        logon->refcount = 1; /* until it is out of the list */
        expect_unadvises(worker, slot, logon);
        expect(worker, "MSLogon", name, "Logoff", 0);
        expect(worker, "MSLogon", name, "Release", 1);
        expect(worker, "MSLogon", name, "Support.Release", 0);
        expect(worker, "MSLogon", name, "Release", 0);
        remove_logon(slot, logon);
    }
    IMsgStore_Release(store);
}

static void use_store(struct worker *worker, struct slot *slot)
{
    struct logon *logon = slot->logon_count ? slot->order[random_below(&worker->random, slot->logon_count)] : NULL;

    if (!logon || is_book(logon))
        return;
    if (logon->refcount == 1 && random_below(&worker->random, 3))
    {
        IMsgStore_AddRef(logon->store);
        logon->refcount++;
    }
    else
        release_store(worker, slot, logon);
}

static void release_book(struct slot *slot)
{
    if (slot->book_count)
    {
        slot->book_count--;
        IAddrBook_Release(slot->books[slot->book_count]);
    }
}

static void open_books(struct worker *worker, struct slot *slot)
{
    BOOL missing = FALSE;
    IAddrBook *book;
    ULONG i;

    if (slot->book_count == TABLES || slot->logon_count + BOOKS > LOGONS)
    {
        release_book(slot);
        return;
    }
    for (i = STORES; i < STORES + BOOKS; i++)
    {
        if (has_logon(slot, i))
            continue;
        if (!missing)
            expect_loading(worker, slot, TRUE);
        missing = TRUE;
        expect(worker, "AB", *setups[i].name, "Logon", (ULONG)MAPI_UNICODE);
        add_logon(slot, i, NULL);
    }
    check_hr(worker, IMAPISession_OpenAddressBook(slot->session, 0, NULL, 0, &book), S_OK);
    slot->books[slot->book_count++] = book;
}

static void open_entry(struct worker *worker, struct slot *slot)
{
    BYTE entryid[SPY_ENTRYID_SIZE], uid = (BYTE)(1 + random_below(&worker->random, 7));
    const struct logon *owner = owner_of(slot, uid);
    IUnknown *entry = NULL;
    ULONG type;
    HRESULT hr;

    spy_entryid(uid, entryid);
    if (owner)
    {
        expect(worker, kind_of(owner), name_of(owner), "OpenEntry", sizeof(entryid));
        expect(worker, is_book(owner) ? "Container" : "Folder", name_of(owner), "Release", 0);
    }
    hr = IMAPISession_OpenEntry(slot->session, sizeof(entryid), (ENTRYID *)entryid, NULL, 0, &type, &entry);
    check_hr(worker, hr, owner ? S_OK : MAPI_E_UNKNOWN_ENTRYID);
    if (entry)
        IUnknown_Release(entry);
}

static void compare_entries(struct worker *worker, struct slot *slot)
{
    BYTE uid1 = (BYTE)(1 + random_below(&worker->random, 6)), uid2 = (BYTE)(1 + random_below(&worker->random, 6));
    const struct logon *one = owner_of(slot, uid1), *other = owner_of(slot, uid2);
    BYTE entryid1[SPY_ENTRYID_SIZE], entryid2[SPY_ENTRYID_SIZE];
    ULONG same = 2;

    spy_entryid(uid1, entryid1);
    spy_entryid(uid2, entryid2);
    if (one && one == other)
        expect(worker, kind_of(one), name_of(one), "CompareEntryIDs", sizeof(entryid1));
    check_hr(worker,
             IMAPISession_CompareEntryIDs(slot->session, sizeof(entryid1), (ENTRYID *)entryid1, sizeof(entryid2),
                                          (ENTRYID *)entryid2, 0, &same),
             one && other ? S_OK : MAPI_E_UNKNOWN_ENTRYID);
    check(worker, same == (ULONG)(one && one == other && uid1 == uid2), "the comparison");
}

static void advise(struct worker *worker, struct slot *slot)
{
    BYTE entryid[SPY_ENTRYID_SIZE], uid = (BYTE)(1 + random_below(&worker->random, 6));
    struct logon *owner = owner_of(slot, uid);
    struct advise *advise = &slot->advises[slot->advise_count];

    if (slot->advise_count == ADVISES)
        return;
    spy_entryid(uid, entryid);
    if (owner)
        expect(worker, kind_of(owner), name_of(owner), "Advise", sizeof(entryid));
    check_hr(worker,
             IMAPISession_Advise(slot->session, sizeof(entryid), (ENTRYID *)entryid, fnevNewMail,
                                 &slot->sinks[0].sink.IMAPIAdviseSink_iface, &advise->connection),
             owner ? S_OK : MAPI_E_UNKNOWN_ENTRYID);
    if (!owner)
        return;
    advise->logon = owner;
    advise->theirs = ++owner->last_connection;
    slot->advise_count++;
}

static void unadvise(struct worker *worker, struct slot *slot)
{
    ULONG i = random_below(&worker->random, ADVISES);
    ULONG_PTR connection = i < slot->advise_count ? slot->advises[i].connection : 0x80000000u;

    if (i < slot->advise_count)
    {
        const struct advise *gone = &slot->advises[i];

        expect(worker, kind_of(gone->logon), name_of(gone->logon), "Unadvise", gone->theirs);
        memmove(&slot->advises[i], &slot->advises[i + 1], (--slot->advise_count - i) * sizeof(*gone));
        check_hr(worker, IMAPISession_Unadvise(slot->session, connection), S_OK);
    }
    check_hr(worker, IMAPISession_Unadvise(slot->session, connection), MAPI_E_NOT_FOUND);
}

static void advise_session(struct worker *worker, struct slot *slot)
{
    struct sink *sink = &slot->sinks[random_below(&worker->random, SINKS)];

    if (sink->connection)
    {
        check_hr(worker, IMAPISession_Unadvise(slot->session, sink->connection), S_OK);
        sink->connection = 0;
        check(worker, sink->sink.refcount == 1, "the sink's count after Unadvise");
        return;
    }
    sink->extended = (BOOL)random_below(&worker->random, 2);
    check_hr(worker,
             IMAPISession_Advise(slot->session, 0, NULL, sink->extended ? (ULONG)fnevExtended : fnevNewMail,
                                 &sink->sink.IMAPIAdviseSink_iface, &sink->connection),
             S_OK);
}

/* A status table has MAPI's rows and one of each logon; it follows. */
static void use_table(struct worker *worker, struct slot *slot)
{
    ULONG rows = 0;

    if (slot->table_count < TABLES && random_below(&worker->random, 2))
    {
        check_hr(worker, IMAPISession_GetStatusTable(slot->session, 0, &slot->tables[slot->table_count]), S_OK);
        slot->table_count++;
    }
    else if (slot->table_count && !random_below(&worker->random, 3))
    {
        slot->table_count--;
        IMAPITable_Release(slot->tables[slot->table_count]);
    }
    if (!slot->table_count)
        return;
    check_hr(worker, IMAPITable_GetRowCount(slot->tables[0], 0, &rows), S_OK);
    check(worker, rows == 3 + slot->logon_count, "the status table's rows");
}

static void query_fast_shutdown(struct worker *worker, struct slot *slot)
{
    IMAPIClientShutdown *shutdown;

    check_hr(worker, IMAPISession_QueryInterface(slot->session, &IID_IMAPIClientShutdown, (void **)&shutdown), S_OK);
    if (slot->fast[TRUE])
        expect(worker, "AB", 0, "QueryFastShutdown", 0);
    if (slot->fast[FALSE])
        expect(worker, "MS", 0, "QueryFastShutdown", 0);
    check_hr(worker, IMAPIClientShutdown_QueryFastShutdown(shutdown), S_OK);
    IMAPIClientShutdown_Release(shutdown);
}

static void release_left(struct worker *worker)
{
    struct logon *logon = &worker->left[worker->left_count - 1];

    expect(worker, "MsgStore", name_of(logon), "Release", --logon->refcount);
    IMsgStore_Release(logon->store);
    if (!logon->refcount)
        worker->left_count--;
}

/* What the program still has of a session that is over. */
static void leave_things(struct worker *worker, struct slot *slot)
{
    ULONG i, rows;

    for (i = 0; i < SINKS; i++)
    {
        const struct sink *sink = &slot->sinks[i];

        check(worker, sink->sink.refcount == 1, "a sink's count at the end");
        check(worker, sink->sink.calls == (sink->connection && sink->extended), "a sink's calls at the end");
    }
    for (i = 0; i < slot->table_count; i++)
    {
        check_hr(worker, IMAPITable_GetRowCount(slot->tables[i], 0, &rows), MAPI_E_INVALID_OBJECT);
        IMAPITable_Release(slot->tables[i]);
    }
    while (slot->book_count)
        release_book(slot);
    for (i = 0; i < slot->logon_count; i++)
    {
        if (is_book(slot->order[i]))
            continue;
        while (worker->left_count == LEFT)
            release_left(worker);
        worker->left[worker->left_count++] = *slot->order[i];
    }
    slot->session = NULL;
}

static void end_session(struct worker *worker, struct slot *slot)
{
    expect_end(worker, slot);
    if (random_below(&worker->random, 3))
    {
        check_hr(worker, IMAPISession_Logoff(slot->session, 0, 0, 0), S_OK);
        check_hr(worker, IMAPISession_Logoff(slot->session, 0, 0, 0), MAPI_E_INVALID_OBJECT);
    }
    check(worker, !IMAPISession_Release(slot->session), "the session's count");
    leave_things(worker, slot);
}

static const struct
{
    const char *name;
    void (*function)(struct worker *worker, struct slot *slot);
    ULONG weight;
} operations[] = {
        {"OpenEntry", open_entry, 36}, {"CompareEntryIDs", compare_entries, 28},
        {"Advise", advise, 32},        {"Unadvise", unadvise, 28},
        {"sinks", advise_session, 24}, {"tables", use_table, 16},
        {"books", open_books, 3},      {"OpenMsgStore", open_store, 5},
        {"stores", use_store, 8},      {"QueryFastShutdown", query_fast_shutdown, 4},
        {"log-off", end_session, 1},
};

static void step(struct worker *worker)
{
    struct slot *slot = &worker->slots[random_below(&worker->random, SESSIONS)];
    ULONG total = 0, choice, i;

    for (i = 0; i < ARRAY_SIZE(operations); i++)
        total += operations[i].weight;
    choice = random_below(&worker->random, total);
    for (i = 0; choice >= operations[i].weight; i++)
        choice -= operations[i].weight;
    worker->operation = slot->session ? operations[i].name : "logon";
    if (worker->left_count && !random_below(&worker->random, 8))
        release_left(worker);
    else if (!slot->session)
        log_on_to_slot(worker, slot);
    else
        operations[i].function(worker, slot);
    compare(worker);
}

static DWORD WINAPI work(void *context)
{
    struct worker *worker = context;
    ULONG i;

    TlsSetValue(worker_slot, worker);
    check_hr(worker, MAPIInitialize(NULL), S_OK);
    random_start(&worker->random, seed, (ULONG)(worker - workers));
    for (worker->step = 0; worker->step < STEPS && !*worker->failure; worker->step++)
        step(worker);
    for (i = 0; i < SESSIONS; i++)
        if (worker->slots[i].session)
            end_session(worker, &worker->slots[i]);
    while (worker->left_count)
        release_left(worker);
    compare(worker);
    MAPIUninitialize();
    return 0;
}

static void wait_for_workers(HANDLE *threads)
{
    DWORD start = GetTickCount(), result = WAIT_OBJECT_0 + WORKERS;

    while (result != WAIT_OBJECT_0 && GetTickCount() - start < 300000)
    {
        harness_pump(0);
        result = WaitForMultipleObjects(WORKERS, threads, TRUE, 0);
        if (result != WAIT_OBJECT_0)
            MsgWaitForMultipleObjects(0, NULL, FALSE, 20, QS_ALLINPUT);
    }
    assert_int_equal(result, WAIT_OBJECT_0);
}

/* Every section knows its identifier, and the stores write nothing any more. */
static void prepare(void)
{
    IMAPISession *session;
    IMsgStore *store;
    ULONG i;

    spy_begin();
    SPY_PROFILE(profile, setups);
    session = log_on_to(profile, MAPI_NO_MAIL);
    for (i = 0; i < STORES; i++)
    {
        store = spy_open_store(session, setups[i].name, MDB_NO_MAIL);
        IMsgStore_Release(store);
        stores[i].entryid = spy_store_entryid(session, setups[i].name, &stores[i].size);
        assert_non_null(stores[i].entryid);
    }
    log_off(session);
    for (i = 0; i < STORES; i++)
        spy_set_flags(profile, i, setups[i].flags | SPY_FLAG_NO_SECTION);
    spy_set_script(SCRIPT);
    spy_set_recorder(record);
}

static void LOGOFF_19_random(void **state)
{
    HANDLE threads[WORKERS];
    ULONG i;

    (void)state;
    worker_slot = TlsAlloc();
    prepare();
    memset(workers, 0, sizeof(workers));
    for (i = 0; i < WORKERS; i++)
    {
        threads[i] = CreateThread(NULL, 0, work, &workers[i], 0, NULL);
        assert_non_null(threads[i]);
    }
    wait_for_workers(threads);
    for (i = 0; i < WORKERS; i++)
        CloseHandle(threads[i]);
    spy_set_recorder(NULL);
    TlsFree(worker_slot);
    for (i = 0; i < STORES; i++)
        MAPIFreeBuffer(stores[i].entryid);
    for (i = 0; i < WORKERS; i++)
    {
        if (*workers[i].failure)
            harness_note("thread %lu, %s", i, workers[i].failure);
        assert_int_equal(workers[i].failure[0], 0);
        assert_int_equal(workers[i].step, STEPS);
    }
    assert_int_equal(spy_objects(), 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGOFF_19_random),
    };

    seed = random_seed(argc, argv);
    return harness_run(tests);
}
