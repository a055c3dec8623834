/*
 * notify_support: a source of notifications that any program can have (a table of its own), and threads that wait.
 */
#ifndef POSTROOM_TESTS_NOTIFY_SUPPORT_H
#define POSTROOM_TESTS_NOTIFY_SUPPORT_H

#include "harness_session.h"

#include <postroom/guids.h>

#define TEST(name) static void name(void **state __attribute__((unused)))
#define PATIENCE 30000 /* of a test that something hangs */

/* A table whose only rows are those that change() adds. */
struct source
{
    ITableData *data;
    IMAPITable *table;
};

static inline void source_open(struct source *source)
{
    static SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};

    assert_hr(CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                          TBLTYPE_DYNAMIC, PR_ROWID, (SPropTagArray *)&columns, &source->data),
              S_OK);
    assert_hr(ITableData_HrGetView(source->data, NULL, NULL, 0, &source->table), S_OK);
}

static inline void source_close(struct source *source)
{
    if (source->table)
        IMAPITable_Release(source->table);
    ITableData_Release(source->data);
}

/* Adds or changes a row; one notification. From any thread. */
static inline HRESULT change(struct source *source, LONG id)
{
    SPropValue value = {PR_ROWID, 0, {0}};
    SRow row = {0, 1, &value};

    value.Value.l = id;
    return ITableData_HrModifyRow(source->data, &row);
}

static inline ULONG_PTR source_advise(struct source *source, IMAPIAdviseSink *sink)
{
    ULONG_PTR connection = 0;

    assert_hr(IMAPITable_Advise(source->table, fnevTableModified, sink, &connection), S_OK);
    return connection;
}

/* A thread that does what it is told, one thing after the other, and between them neither pumps nor is inside MAPI. */
struct worker
{
    HANDLE thread, go, done;
    DWORD id;
    void (*function)(void *context);
    void *context;
};

static inline DWORD CALLBACK worker_thread(void *parameter)
{
    struct worker *worker = parameter;

    while (WaitForSingleObject(worker->go, PATIENCE) == WAIT_OBJECT_0 && worker->function)
    {
        worker->function(worker->context);
        SetEvent(worker->done);
    }
    return 0;
}

static inline void worker_start(struct worker *worker)
{
    worker->go = CreateEventW(NULL, FALSE, FALSE, NULL);
    worker->done = CreateEventW(NULL, FALSE, FALSE, NULL);
    worker->thread = CreateThread(NULL, 0, worker_thread, worker, 0, &worker->id);
    assert_non_null(worker->thread);
}

static inline void worker_begin(struct worker *worker, void (*function)(void *context), void *context)
{
    worker->function = function;
    worker->context = context;
    SetEvent(worker->go);
}

static inline void worker_wait(struct worker *worker)
{
    assert_int_equal(WaitForSingleObject(worker->done, PATIENCE), WAIT_OBJECT_0);
}

static inline void worker_do(struct worker *worker, void (*function)(void *context), void *context)
{
    worker_begin(worker, function, context);
    worker_wait(worker);
}

static inline void worker_stop(struct worker *worker)
{
    worker_begin(worker, NULL, NULL);
    assert_int_equal(WaitForSingleObject(worker->thread, PATIENCE), WAIT_OBJECT_0);
    CloseHandle(worker->thread);
    CloseHandle(worker->go);
    CloseHandle(worker->done);
}

/* Dispatches every message that is there, and waits for none. */
static inline void pump_once(void *unused)
{
    MSG message;

    (void)unused;
    while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
        DispatchMessageW(&message);
}

/* Waits until *counter reaches value, for as long as a test is patient. */
static inline BOOL reaches(volatile LONG *counter, LONG value)
{
    ULONGLONG start = GetTickCount64();

    while (*counter < value && GetTickCount64() - start < PATIENCE)
        Sleep(1);
    return *counter >= value;
}

static inline NOTIFICATION event_of(ULONG type)
{
    NOTIFICATION notification = {0};

    notification.ulEventType = type;
    return notification;
}

#endif
