/*
 * What real clients do around logging off, right or wrong (prior-art.md B.4 and F): none of it may crash, hang or
 * leave anything behind.
 */
#include "harness_session.h"
#include <postroom/guids.h>

#define TEST(name) static void name(void **state __attribute__((unused)))

static const ULONG plain = MAPI_NEW_SESSION | MAPI_EXTENDED | MAPI_UNICODE;

/* MFCMAPI keeps the address book across a log-off and uses it after the next logon. */
TEST(MISUSE_address_book_survives_its_session)
{
    IMAPISession *session = log_on(0);
    ENTRYID *entryid;
    IAddrBook *book;
    ULONG size;

    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), S_OK);
    log_off(session);
    session = log_on(0);
    assert_hr(IAddrBook_CreateOneOff(book, NULL, (LPTSTR) "SMTP", (LPTSTR) "a@b", 0, &size, &entryid),
              MAPI_E_INVALID_OBJECT);
    assert_int_equal(IAddrBook_Release(book), 0);
    log_off(session);
}

/* A C++ wrapper whose every copy logs off and releases. */
TEST(MISUSE_every_copy_logs_off)
{
    IMAPISession *session = log_on(0);
    int copies;

    for (copies = 0; copies < 4; copies++)
        IMAPISession_AddRef(session);
    for (copies = 5; copies; copies--)
    {
        assert_hr(IMAPISession_Logoff(session, 0, 0, 0), copies == 5 ? S_OK : MAPI_E_INVALID_OBJECT);
        assert_int_equal(IMAPISession_Release(session), copies - 1);
    }
}

/* Logging on again simply releases the old session. */
TEST(MISUSE_release_instead_of_logoff)
{
    IMAPISession *session = NULL;
    int i;

    for (i = 0; i < 10; i++)
    {
        if (session)
            assert_int_equal(IMAPISession_Release(session), 0);
        assert_hr(MAPILogonEx(0, (LPTSTR)test_profile(), NULL, plain, &session), S_OK);
    }
    assert_int_equal(IMAPISession_Release(session), 0);
}

/* Wine's own mail sender leaves tables open across Logoff, and buffers for ever. */
TEST(MISUSE_table_and_rows_outlive_everything)
{
    IMAPISession *session = log_on(0);
    IMAPITable *table, *second;
    SRowSet *rows;
    ULONG count;

    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    assert_hr(IMAPISession_GetStatusTable(session, MAPI_UNICODE, &second), S_OK);
    assert_hr(IMAPITable_QueryRows(table, 2, 0, &rows), S_OK);
    log_off(session);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), MAPI_E_INVALID_OBJECT);
    MAPIUninitialize();
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), MAPI_E_NOT_INITIALIZED);
    assert_int_equal(rows->cRows, 2);
    FreeProws(rows);
    assert_int_equal(IMAPITable_Release(table), 0);
    assert_int_equal(IMAPITable_Release(second), 0);
    assert_hr(MAPIInitialize(NULL), S_OK);
}

/* MFCMAPI's exit: the last MAPIUninitialize with a session, tables and sinks alive, releases afterwards. */
TEST(MISUSE_uninitialize_first)
{
    IMAPISession *session = log_on(0);
    struct harness_sink *sink = test_sink_create();
    ULONG_PTR connection = 0, on_table = 0;
    IMsgServiceAdmin *admin;
    IMAPITable *table;
    IProfAdmin *profiles;
    IProfSect *section;
    IMAPIStatus *status;
    IAddrBook *book;
    MAPIUID uid = {{9}};

    assert_hr(IMAPISession_Advise(session, 0, NULL, 0, &sink->IMAPIAdviseSink_iface, &connection), S_OK);
    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    assert_hr(IMAPITable_Advise(table, fnevTableModified, &sink->IMAPIAdviseSink_iface, &on_table), S_OK);
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), S_OK);
    assert_hr(IMAPISession_OpenProfileSection(session, &uid, NULL, MAPI_MODIFY, &section), S_OK);
    assert_hr(IMAPISession_AdminServices(session, 0, &admin), S_OK);
    assert_hr(MAPIAdminProfiles(0, &profiles), S_OK);
    status = open_status(session, MAPI_AB);
    MAPIUninitialize();
    assert_int_equal(sink->refcount, 1);
    assert_int_equal(IMAPITable_Release(table), 0);
    assert_int_equal(IAddrBook_Release(book), 0);
    assert_int_equal(IProfSect_Release(section), 0);
    assert_int_equal(IMsgServiceAdmin_Release(admin), 0);
    assert_int_equal(IMAPIStatus_Release(status), 0);
    assert_int_equal(IProfAdmin_Release(profiles), 0);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(test_sink_release(sink), 0);
    assert_hr(MAPIInitialize(NULL), S_OK);
}

/* A loader thread makes its own balanced calls and finishes after the log-off. */
struct loader
{
    IMAPITable *table;
    HANDLE go;
    HRESULT hr;
};

static DWORD CALLBACK loader_thread(void *context)
{
    struct loader *loader = context;
    SRowSet *rows = NULL;

    MAPIInitialize(NULL);
    WaitForSingleObject(loader->go, 30000);
    loader->hr = IMAPITable_QueryRows(loader->table, 255, 0, &rows);
    if (rows)
        FreeProws(rows);
    IMAPITable_Release(loader->table);
    MAPIUninitialize();
    return 0;
}

TEST(MISUSE_loader_thread_is_late)
{
    IMAPISession *session = log_on(0);
    struct loader loader = {0};
    HANDLE thread;

    assert_hr(IMAPISession_GetStatusTable(session, 0, &loader.table), S_OK);
    loader.go = CreateEventW(NULL, FALSE, FALSE, NULL);
    assert_non_null(thread = CreateThread(NULL, 0, loader_thread, &loader, 0, NULL));
    log_off(session);
    SetEvent(loader.go);
    assert_int_equal(WaitForSingleObject(thread, 30000), WAIT_OBJECT_0);
    assert_hr(loader.hr, MAPI_E_INVALID_OBJECT);
    CloseHandle(thread);
    CloseHandle(loader.go);
}

/* Threads that log on, look around and log off, all at once. */
static DWORD CALLBACK busy_client(void *name)
{
    HRESULT failed = S_OK, hr;
    int i;

    MAPIInitialize(NULL);
    for (i = 0; i < 25; i++)
    {
        IMAPISession *session = NULL;
        IMAPITable *table;

        if (FAILED(hr = MAPILogonEx(0, (LPTSTR)name, NULL, plain, &session)))
        {
            failed = hr;
            continue;
        }
        if (FAILED(hr = IMAPISession_GetStatusTable(session, 0, &table)))
            failed = hr;
        else
            IMAPITable_Release(table);
        if (i % 3 && FAILED(hr = IMAPISession_Logoff(session, 0, 0, 0)))
            failed = hr;
        IMAPISession_Release(session);
    }
    MAPIUninitialize();
    return failed;
}

TEST(MISUSE_many_clients_in_one_process)
{
    HANDLE threads[8];
    DWORD result;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(threads); i++)
        assert_non_null(threads[i] = CreateThread(NULL, 0, busy_client, (void *)test_profile(), 0, NULL));
    for (i = 0; i < ARRAY_SIZE(threads); i++)
    {
        assert_int_equal(WaitForSingleObject(threads[i], 60000), WAIT_OBJECT_0);
        GetExitCodeThread(threads[i], &result);
        assert_hr((HRESULT)result, S_OK);
        CloseHandle(threads[i]);
    }
}

/* A sink that does all that it should not: unadvises itself, logs off, releases the session's last reference. */
static void rude(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    IMAPISession *session = sink->context;
    IMAPITable *table;

    (void)count;
    (void)notifications;
    IMAPISession_Unadvise(session, 1);
    IMAPISession_GetStatusTable(session, 0, &table);
    IMAPISession_Logoff(session, 0, MAPI_LOGOFF_UI, 0);
    IMAPISession_Release(session);
}

TEST(MISUSE_sink_releases_the_session)
{
    IMAPISession *session = log_on(0);
    struct harness_sink *sink = test_sink_create();
    ULONG_PTR connection = 0;

    sink->on_notify = rude;
    sink->context = session;
    assert_hr(IMAPISession_Advise(session, 0, NULL, fnevExtended, &sink->IMAPIAdviseSink_iface, &connection), S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(sink->calls, 1);
    assert_int_equal(test_sink_release(sink), 0);
}

/* The last reference goes on another thread than the one that logged on, without Logoff. */
static void release_session(void *session)
{
    IMAPISession_Release((IMAPISession *)session);
}

TEST(MISUSE_release_on_another_thread)
{
    IMAPISession *session = log_on(0);

    harness_on_thread(release_session, session);
}

/* prior-art.md F, KB901014: loading and unloading over and over. The DLL under test stays loaded by import; a second
 * reference comes and goes with a session each time. */
TEST(MISUSE_load_and_free)
{
    int i;

    for (i = 0; i < 30; i++)
    {
        HMODULE module = LoadLibraryW(L"mapi32.dll");
        HRESULT(WINAPI * logon)(ULONG_PTR, LPTSTR, LPTSTR, FLAGS, IMAPISession **);
        IMAPISession *session;

        assert_non_null(module);
        logon = (void *)GetProcAddress(module, "MAPILogonEx@20");
        assert_non_null(logon);
        assert_hr(logon(0, (LPTSTR)test_profile(), NULL, plain, &session), S_OK);
        log_off(session);
        FreeLibrary(module);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(MISUSE_address_book_survives_its_session),
            harness_test(MISUSE_every_copy_logs_off),
            harness_test(MISUSE_release_instead_of_logoff),
            harness_test(MISUSE_table_and_rows_outlive_everything),
            harness_test(MISUSE_uninitialize_first),
            harness_test(MISUSE_loader_thread_is_late),
            harness_test(MISUSE_many_clients_in_one_process),
            harness_test(MISUSE_sink_releases_the_session),
            harness_test(MISUSE_release_on_another_thread),
            harness_test(MISUSE_load_and_free),
    };

    return harness_run(tests);
}
