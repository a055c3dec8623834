/*
 * Shared sessions inside one process: the SHARED rows, what MAPILogonEx decides (conformance.md 2.4), the list of
 * members, and a fault at every allocation. What several processes do to each other is tested by shared_processes.c and
 * wine-tests/sharing.sh.
 */
#include "shared_support.h"
#include <postroom/guids.h>

#define TEST(name) static void name(void **state __attribute__((unused)))

TEST(SHARED_01_05_others_are_told_once)
{
    IMAPISession *a = log_on_shared(0), *b = join(), *c = join();
    struct listener on_a, on_b, on_c;

    listen_to(&on_a, a, fnevExtended);
    listen_to(&on_b, b, fnevExtended);
    listen_to(&on_c, c, fnevExtended);
    log_off_shared(a);
    assert_heard(&on_a, 0, 1); /* SHARED_05, SHARED_07 */
    assert_heard(&on_b, 1, 1);
    assert_heard(&on_c, 1, 1);
    log_off(b);
    assert_heard(&on_b, 1, 2);
    assert_heard(&on_c, 1, 2);
    log_off(c);
    assert_heard(&on_c, 1, 3);
    assert_heard(&on_a, 0, 1);
}

TEST(SHARED_02_10_whatever_the_mask)
{
    IMAPISession *a = log_on_shared(0), *b = join(), *c = join();
    struct listener none, new_mail, extended;

    listen_to(&none, b, 0);
    listen_to(&new_mail, b, fnevNewMail);
    listen_to(&extended, b, fnevExtended);
    log_off(c); /* SHARED_06 */
    assert_heard(&extended, 0, 1);
    log_off_shared(a);
    assert_heard(&extended, 1, 2);
    assert_heard(&none, 1, 0);
    assert_heard(&new_mail, 1, 0);
    log_off(b);
    assert_heard(&none, 1, 0);
}

TEST(SHARED_03_04_09_12_payload)
{
    IMAPISession *a = log_on_shared(0), *b = join();
    struct listener critical, extended;
    NOTIFICATION *last;

    listen_to(&critical, b, 0);
    listen_to(&extended, b, fnevExtended);
    log_off_shared(a);
    assert_heard(&critical, 1, 0);
    last = &critical.sink.last;
    assert_int_equal(last->ulEventType, 1);
    assert_int_equal(last->info.err.cbEntryID, 0);
    assert_null(last->info.err.lpEntryID);
    assert_int_equal(last->info.err.scode, (SCODE)0x80040200);
    assert_int_equal(last->info.err.ulFlags, 0);
    assert_null(last->info.err.lpMAPIError);
    assert_heard(&extended, 1, 1);
    last = &extended.sink.last;
    assert_int_equal(last->ulEventType, (ULONG)0x80000000);
    assert_int_equal(last->info.ext.ulEvent, 0);
    assert_int_equal(last->info.ext.cb, 0);
    assert_null(last->info.ext.pbEventParameters);
    assert_true(bytes_zero(&last->info, sizeof(last->info)));
    log_off(b);
}

TEST(SHARED_06_08_plain_log_off)
{
    IMAPISession *a = log_on_shared(0), *b = join();
    struct listener on_a, on_b;

    listen_to(&on_a, a, fnevExtended);
    listen_to(&on_b, b, fnevExtended);
    log_off(a);
    assert_heard(&on_b, 0, 1);
    assert_heard(&on_a, 0, 1);
    log_off(b);
    assert_heard(&on_b, 0, 2);
}

/* S-09: the last Release logs off too. */
TEST(SHARED_08_last_release)
{
    IMAPISession *a = log_on_shared(0), *b = join();
    struct listener on_b;

    listen_to(&on_b, b, fnevExtended);
    assert_int_equal(IMAPISession_Release(a), 0);
    assert_heard(&on_b, 0, 1);
    log_off(b);
    assert_nothing_to_join();
}

/* LOGOFF_49: fast shutdown tells nobody, and leaves nobody behind. */
TEST(SHARED_22_fast_shutdown_is_quiet)
{
    IMAPISession *a = log_on_shared(0), *b = join(), *c = join();
    IMAPIClientShutdown *shutdown;
    struct listener on_b;

    listen_to(&on_b, b, fnevExtended);
    assert_hr(IMAPISession_QueryInterface(a, &IID_IMAPIClientShutdown, (void **)&shutdown), S_OK);
    assert_hr(IMAPIClientShutdown_DoFastShutdown(shutdown), S_OK);
    IMAPIClientShutdown_Release(shutdown);
    assert_int_equal(IMAPISession_Release(a), 0);
    log_off(c);
    assert_heard(&on_b, 0, 1); /* c's alone */
    log_off(b);
    assert_nothing_to_join();
}

TEST(SHARED_13_member_stays_usable)
{
    IMAPISession *a = log_on_shared(0), *b = join();
    struct listener on_b;
    IMAPITable *table;

    listen_to(&on_b, b, 0);
    log_off_shared(a);
    assert_heard(&on_b, 1, 0);
    assert_hr(IMAPISession_GetMsgStoresTable(b, 0, &table), S_OK);
    IMAPITable_Release(table);
    assert_hr(IMAPISession_Unadvise(b, on_b.connection), S_OK);
    log_off(b);
}

static ULONG spooler_status(IMAPISession *session)
{
    IMAPIStatus *status = open_status(session, MAPI_SPOOLER);
    SPropValue *value;
    ULONG code;

    assert_hr(HrGetOneProp((IMAPIProp *)status, PR_STATUS_CODE, &value), S_OK);
    code = value->Value.ul;
    MAPIFreeBuffer(value);
    IMAPIStatus_Release(status);
    return code;
}

TEST(SHARED_14_no_mail_is_each_ones_own)
{
    IMAPISession *a = log_on_shared(MAPI_NO_MAIL), *b = join();

    assert_true(spooler_status(a) & STATUS_FAILURE);
    assert_false(spooler_status(b) & STATUS_FAILURE);
    log_off(a);
    log_off(b);
    a = log_on_shared(0);
    assert_hr(MAPILogonEx(0, NULL, NULL, MAPI_EXTENDED | MAPI_NO_MAIL, &b), S_OK);
    assert_false(spooler_status(a) & STATUS_FAILURE);
    assert_true(spooler_status(b) & STATUS_FAILURE);
    log_off(a);
    log_off(b);
}

/* The profile's name as the subsystem's row says it. */
static void assert_profile(IMAPISession *session, const WCHAR *name)
{
    IMAPIStatus *status = open_status(session, MAPI_SUBSYSTEM);
    SPropValue *value;

    assert_hr(HrGetOneProp((IMAPIProp *)status, PR_DISPLAY_NAME_W, &value), S_OK);
    assert_int_equal(wcscmp(value->Value.lpszW, name), 0);
    MAPIFreeBuffer(value);
    IMAPIStatus_Release(status);
}

TEST(SHARED_15_28_name_is_not_looked_at)
{
    IMAPISession *a = log_on_shared(0), *b, *c;
    WCHAR other[HARNESS_PROFILE_NAME];

    assert_hr(MAPILogonEx(0, (LPTSTR) "no such profile", NULL, MAPI_EXTENDED, &b), S_OK);
    assert_profile(b, test_profile());
    harness_create_profile(other);
    assert_hr(MAPILogonEx(0, (LPTSTR)other, NULL, MAPI_EXTENDED | MAPI_UNICODE | MAPI_ALLOW_OTHERS, &c), S_OK);
    assert_profile(c, test_profile());
    log_off(a);
    log_off(b);
    log_off(c);
}

TEST(SHARED_16_new_session_does_not_join)
{
    IMAPISession *a = log_on_shared(0), *b, *refused = (IMAPISession *)1;
    WCHAR other[HARNESS_PROFILE_NAME];
    struct listener on_b;

    harness_create_profile(other);
    b = log_on_to(other, 0);
    assert_profile(b, other);
    listen_to(&on_b, b, fnevExtended);
    assert_hr(MAPILogonEx(0, (LPTSTR) "no such profile", NULL, MAPI_EXTENDED | MAPI_NEW_SESSION, &refused),
              MAPI_E_LOGON_FAILED);
    assert_null(refused);
    log_off_shared(a);
    /* Whatever b were to hear of a, it would have come before this. */
    log_off(b);
    assert_heard(&on_b, 0, 1);
}

TEST(SHARED_17_only_with_a_shared_session)
{
    IMAPISession *a, *b;

    assert_nothing_to_join();
    a = log_on_shared(0);
    b = join();
    log_off(b);
    log_off(a);
    assert_nothing_to_join();
}

TEST(SHARED_18_two_pointers)
{
    IMAPISession *a = log_on_shared(0), *b = join(), *c = join();

    assert_ptr_not_equal(a, b);
    assert_ptr_not_equal(b, c);
    log_off(a);
    log_off(b);
    log_off(c);
}

TEST(SHARED_19_individual_session_is_not_joined)
{
    IMAPISession *a, *b;

    assert_hr(MAPILogonEx(0, (LPTSTR)test_profile(), NULL, MAPI_EXTENDED | MAPI_UNICODE, &a), S_OK);
    b = log_on(0);
    assert_nothing_to_join();
    log_off(a);
    log_off(b);
}

/* conformance.md 2.4: NEW_SESSION and ALLOW_OTHERS. */
TEST(LOGON_table_new_and_allow_others)
{
    IMAPISession *a = log_on(MAPI_ALLOW_OTHERS), *b, *c, *d;
    WCHAR other[HARNESS_PROFILE_NAME];
    struct listener on_c;

    b = join();
    assert_profile(b, test_profile());
    /* There is one already: c is an individual session, and a's stays the shared one. */
    harness_create_profile(other);
    c = log_on_to(other, MAPI_ALLOW_OTHERS);
    assert_profile(c, other);
    listen_to(&on_c, c, fnevExtended);
    d = join();
    assert_profile(d, test_profile());
    log_off_shared(a);
    log_off(b);
    log_off(d);
    assert_nothing_to_join();
    log_off(c);
    assert_heard(&on_c, 0, 1);
}

TEST(SHARED_20_22_lives_until_the_last_one)
{
    IMAPISession *a = log_on_shared(0), *b = join(), *c, *d;

    log_off(a);
    c = join();
    assert_profile(c, test_profile());
    log_off(b);
    d = join();
    log_off(c);
    log_off(d);
    assert_nothing_to_join();
}

TEST(SHARED_21_closed_by_a_shared_log_off)
{
    IMAPISession *a = log_on_shared(0), *b = join(), *next, *joined;
    WCHAR other[HARNESS_PROFILE_NAME];
    struct listener on_b, on_next;

    listen_to(&on_b, b, fnevExtended);
    log_off_shared(a);
    assert_heard(&on_b, 1, 1);
    assert_nothing_to_join();
    /* A new one can be made while a member of the old one is still on; they have nothing to do with each other. */
    harness_create_profile(other);
    assert_hr(MAPILogonEx(0, (LPTSTR)other, NULL, MAPI_EXTENDED | MAPI_UNICODE | MAPI_ALLOW_OTHERS, &next), S_OK);
    listen_to(&on_next, next, fnevExtended);
    joined = join();
    assert_profile(joined, other);
    log_off_shared(b); /* closes nothing any more */
    log_off(joined);
    assert_heard(&on_next, 0, 1);
    joined = join();
    log_off(joined);
    log_off(next);
    assert_nothing_to_join();
}

TEST(SHARED_23_any_member_may)
{
    IMAPISession *a = log_on_shared(0), *b = join();
    struct listener on_a, on_b;

    listen_to(&on_a, a, 0);
    listen_to(&on_b, b, 0);
    log_off_shared(b);
    assert_heard(&on_a, 1, 0);
    assert_heard(&on_b, 0, 0);
    assert_nothing_to_join();
    log_off(a);
}

/* LOGOFF_SHARED on a session that is not shared has no effect. */
TEST(SHARED_flag_on_an_individual_session)
{
    IMAPISession *a = log_on_shared(0), *b = log_on(0), *c;
    struct listener on_a;

    listen_to(&on_a, a, fnevExtended);
    log_off_shared(b);
    c = join();
    log_off(c);
    assert_heard(&on_a, 0, 1);
    log_off(a);
}

/* The profile of a shared session may be marked for deletion: who joins uses it all the same. */
TEST(SHARED_15_throw_away_profile)
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IMAPISession *a, *b;

    harness_create_profile(name);
    assert_hr(MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_EXTENDED | MAPI_UNICODE | MAPI_ALLOW_OTHERS, &a), S_OK);
    harness_delete_profile(name);
    b = join();
    assert_profile(b, name);
    log_off(a);
    assert_true(profile_key_exists(name));
    log_off(b);
    assert_false(profile_key_exists(name));
}

/* Logoff from within OnNotify, which is what a member is told to do. */
static void logs_off_when_told(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct listener *listener = CONTAINING_RECORD(sink, struct listener, sink);

    listener_notified(sink, count, notifications);
    if (notifications->ulEventType == 1)
    {
        IMAPISession_Logoff(listener->session, 0, 0, 0);
        IMAPISession_Release(listener->session);
        InterlockedIncrement((LONG *)sink->context);
    }
}

TEST(SHARED_01_members_log_off_when_told)
{
    struct listener listeners[8];
    volatile LONG gone = 0;
    IMAPISession *a = log_on_shared(0);
    size_t i;

    for (i = 0; i < ARRAY_SIZE(listeners); i++)
    {
        listen_to(&listeners[i], join(), 0);
        listeners[i].sink.on_notify = logs_off_when_told;
        listeners[i].sink.context = (void *)&gone;
    }
    log_off_shared(a);
    assert_true(comes_to(&gone, ARRAY_SIZE(listeners)));
    for (i = 0; i < ARRAY_SIZE(listeners); i++)
    {
        assert_heard(&listeners[i], 1, 0);
        assert_true(comes_to(&(volatile LONG){-listeners[i].sink.refcount}, -1));
    }
    assert_nothing_to_join();
}

/* A member on a thread of its own, whose sink is wrapped for that thread. */
struct own_thread
{
    HANDLE ready;
    DWORD thread_id;
    struct listener listener;
    HRESULT hr;
};

static DWORD WINAPI listens_on_its_thread(void *context)
{
    struct own_thread *own = context;
    IMAPISession *session = NULL;
    IMAPIAdviseSink *wrapped;
    ULONG_PTR connection;

    own->thread_id = GetCurrentThreadId();
    harness_sink_init(&own->listener.sink);
    own->listener.sink.on_notify = listener_notified;
    own->hr = MAPIInitialize(NULL);
    if (SUCCEEDED(own->hr))
        own->hr = try_join(&session);
    if (SUCCEEDED(own->hr))
        own->hr = HrThisThreadAdviseSink(&own->listener.sink.IMAPIAdviseSink_iface, &wrapped);
    if (SUCCEEDED(own->hr))
    {
        own->hr = IMAPISession_Advise(session, 0, NULL, 0, wrapped, &connection);
        IMAPIAdviseSink_Release(wrapped);
    }
    SetEvent(own->ready);
    if (SUCCEEDED(own->hr))
        comes_to(&own->listener.critical, 1);
    if (session)
    {
        IMAPISession_Logoff(session, 0, 0, 0);
        IMAPISession_Release(session);
    }
    MAPIUninitialize();
    return 0;
}

TEST(SHARED_27_wrapped_sink)
{
    struct own_thread own = {.ready = CreateEventW(NULL, TRUE, FALSE, NULL)};
    IMAPISession *a = log_on_shared(0);
    HANDLE thread = CreateThread(NULL, 0, listens_on_its_thread, &own, 0, NULL);

    assert_int_equal(WaitForSingleObject(own.ready, DEADLINE), WAIT_OBJECT_0);
    assert_hr(own.hr, S_OK);
    log_off_shared(a);
    assert_int_equal(WaitForSingleObject(thread, DEADLINE), WAIT_OBJECT_0);
    CloseHandle(thread);
    CloseHandle(own.ready);
    assert_int_equal(own.listener.critical, 1);
    assert_int_equal(own.listener.sink.thread_id, own.thread_id);
}

/* The list that programs get. */
static PostroomSharedMember *list(ULONG expected)
{
    PostroomSharedMember *members = (PostroomSharedMember *)1;
    ULONG count = 12345;

    assert_hr(PostroomListSharedSessions(&count, &members), S_OK);
    assert_int_equal(count, expected);
    assert_true(!members == !expected);
    return members;
}

TEST(SHARED_list_of_members)
{
    PostroomSharedMember *members;
    IMAPISession *a, *b;
    FILETIME before, after;
    ULONG count;

    list(0);
    assert_hr(PostroomListSharedSessions(NULL, &members), MAPI_E_INVALID_PARAMETER);
    assert_null(members);
    assert_hr(PostroomListSharedSessions(&count, NULL), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(count, 0);
    GetSystemTimeAsFileTime(&before);
    a = log_on_shared(0);
    assert_hr(MAPILogonEx(0, NULL, NULL, MAPI_NO_MAIL, &b), S_OK);
    GetSystemTimeAsFileTime(&after);
    members = list(2);
    for (count = 0; count < 2; count++)
    {
        assert_int_equal(wcscmp(members[count].szProfileName, test_profile()), 0);
        assert_int_equal(wcscmp(members[count].szProgram, L"shared.exe"), 0);
        assert_int_equal(members[count].ulProcessId, GetCurrentProcessId());
        assert_true(CompareFileTime(&members[count].ftSince, &before) >= 0);
        assert_true(CompareFileTime(&members[count].ftSince, &after) <= 0);
    }
    assert_int_equal(members[0].ulFlags, POSTROOM_MEMBER_OWN);
    assert_int_equal(members[1].ulFlags, POSTROOM_MEMBER_OWN | POSTROOM_MEMBER_NO_MAIL);
    MAPIFreeBuffer(members);
    log_off_shared(a);
    members = list(1);
    assert_int_equal(members->ulFlags, POSTROOM_MEMBER_OWN | POSTROOM_MEMBER_NO_MAIL | POSTROOM_MEMBER_ASKED);
    MAPIFreeBuffer(members);
    log_off(b);
    list(0);
}

TEST(SHARED_log_off_of_all_from_outside)
{
    IMAPISession *a, *b;
    struct listener on_a, on_b;

    assert_hr(PostroomLogoffShared(), MAPI_E_NOT_FOUND);
    a = log_on_shared(0);
    b = join();
    listen_to(&on_a, a, fnevExtended);
    listen_to(&on_b, b, 0);
    assert_hr(PostroomLogoffShared(), S_OK);
    assert_heard(&on_a, 1, 0);
    assert_heard(&on_b, 1, 0);
    assert_nothing_to_join();
    assert_hr(PostroomLogoffShared(), MAPI_E_NOT_FOUND);
    log_off(b);
    log_off(a);
}

TEST(SHARED_not_initialized)
{
    PostroomSharedMember *members = (PostroomSharedMember *)1;
    ULONG count = 1;

    assert_hr(PostroomListSharedSessions(&count, &members), MAPI_E_NOT_INITIALIZED);
    assert_int_equal(count, 0);
    assert_null(members);
    assert_hr(PostroomLogoffShared(), MAPI_E_NOT_INITIALIZED);
}

/* S_41: what is still open at the last MAPIUninitialize logs off; the watcher's thread is gone afterwards. */
TEST(SHARED_22_last_uninitialize)
{
    IMAPISession *a, *b;
    PostroomCounts counts;

    assert_hr(MAPIInitialize(NULL), S_OK);
    a = log_on_shared(0);
    b = join();
    MAPIUninitialize();
    harness_counts(&counts);
    assert_int_equal(counts.cThreads, 0);
    assert_int_equal(IMAPISession_Release(a), 0);
    assert_int_equal(IMAPISession_Release(b), 0);
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_nothing_to_join();
    MAPIUninitialize();
}

/* 256 and more members; joining and leaving need no more than there are. */
TEST(SHARED_at_least_256_members)
{
    static IMAPISession *sessions[600];
    struct listener on_first;
    HRESULT hr = S_OK;
    ULONG count, i;

    sessions[0] = log_on_shared(0);
    listen_to(&on_first, sessions[0], 0);
    for (count = 1; count < ARRAY_SIZE(sessions) && SUCCEEDED(hr = try_join(&sessions[count])); count++)
        ;
    /* And one more than there is room for. */
    assert_hr(hr, MAPI_E_LOGON_FAILED);
    assert_null(sessions[count]);
    assert_true(count >= 256);
    MAPIFreeBuffer(list(count));
    log_off_shared(sessions[count - 1]);
    assert_heard(&on_first, 1, 0);
    for (i = 0; i + 1 < count; i++)
        log_off(sessions[i]);
    list(0);
}

TEST(SHARED_every_allocation_fails_once)
{
    IMAPISession *a, *b;
    struct listener on_a;
    HRESULT hr;

    /* The watcher stays until the last MAPIUninitialize. */
    log_off(log_on_shared(0));
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = MAPILogonEx(0, (LPTSTR)test_profile(), NULL, MAPI_EXTENDED | MAPI_UNICODE | MAPI_ALLOW_OTHERS, &a);
        if (harness_fault_hit(&fault))
        {
            assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
            assert_null(a);
        }
        else
        {
            assert_hr(hr, S_OK);
            log_off_shared(a);
        }
        assert_nothing_to_join();
    }
    a = log_on_shared(0);
    listen_to(&on_a, a, 0);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = try_join(&b);
        if (harness_fault_hit(&fault))
        {
            assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
            assert_null(b);
        }
        else
        {
            assert_hr(hr, S_OK);
            log_off(b);
        }
    }
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        PostroomSharedMember *members;
        ULONG count;

        hr = PostroomListSharedSessions(&count, &members);
        if (harness_fault_hit(&fault))
        {
            assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
            assert_int_equal(count, 0);
            assert_null(members);
        }
        else
        {
            assert_hr(hr, S_OK);
            assert_int_equal(count, 1);
            MAPIFreeBuffer(members);
        }
    }
    b = join();
    log_off_shared(b);
    assert_heard(&on_a, 1, 0);
    log_off(a);
}

/* The first logon makes the watcher too. */
TEST(SHARED_every_allocation_of_the_first_logon)
{
    IMAPISession *session;
    ULONG nth = 0;
    HRESULT hr;

    assert_hr(MAPIInitialize(NULL), S_OK);
    test_profile();
    MAPIUninitialize();
    do
    {
        assert_hr(MAPIInitialize(NULL), S_OK);
        PostroomDiagnostics(NULL, ++nth);
        hr = MAPILogonEx(0, (LPTSTR)test_profile(), NULL, MAPI_EXTENDED | MAPI_UNICODE | MAPI_ALLOW_OTHERS, &session);
        PostroomDiagnostics(NULL, 0);
        if (FAILED(hr))
        {
            assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
            assert_null(session);
        }
        else
            log_off(session);
        MAPIUninitialize();
    } while (FAILED(hr));
    assert_true(nth > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SHARED_01_05_others_are_told_once),
            harness_test_thread(SHARED_01_05_others_are_told_once),
            harness_test(SHARED_02_10_whatever_the_mask),
            harness_test(SHARED_03_04_09_12_payload),
            harness_test(SHARED_06_08_plain_log_off),
            harness_test(SHARED_08_last_release),
            harness_test(SHARED_22_fast_shutdown_is_quiet),
            harness_test(SHARED_13_member_stays_usable),
            harness_test(SHARED_14_no_mail_is_each_ones_own),
            harness_test(SHARED_15_28_name_is_not_looked_at),
            harness_test(SHARED_15_throw_away_profile),
            harness_test(SHARED_16_new_session_does_not_join),
            harness_test(SHARED_17_only_with_a_shared_session),
            harness_test(SHARED_18_two_pointers),
            harness_test(SHARED_19_individual_session_is_not_joined),
            harness_test(LOGON_table_new_and_allow_others),
            harness_test(SHARED_20_22_lives_until_the_last_one),
            harness_test(SHARED_21_closed_by_a_shared_log_off),
            harness_test(SHARED_23_any_member_may),
            harness_test(SHARED_flag_on_an_individual_session),
            harness_test(SHARED_01_members_log_off_when_told),
            harness_test_thread(SHARED_01_members_log_off_when_told),
            harness_test(SHARED_27_wrapped_sink),
            harness_test_thread(SHARED_27_wrapped_sink),
            harness_test(SHARED_list_of_members),
            harness_test(SHARED_log_off_of_all_from_outside),
            harness_test_plain(SHARED_not_initialized),
            harness_test_plain(SHARED_22_last_uninitialize),
            harness_test(SHARED_at_least_256_members),
            harness_test(SHARED_every_allocation_fails_once),
            harness_test_plain(SHARED_every_allocation_of_the_first_logon),
    };

    return harness_run(tests);
}
