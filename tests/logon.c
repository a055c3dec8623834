/*
 * MAPILogonEx: the LOGON rows that need neither providers nor shared sessions. The profile chooser is answered by a
 * thread that finds its window.
 */
#include "harness_session.h"

#define TEST(name) static void name(void **state __attribute__((unused)))
#define GARBAGE ((IMAPISession *)0x5a5a5a5a)

static const ULONG plain = MAPI_NEW_SESSION | MAPI_EXTENDED | MAPI_UNICODE;

static void set_default_profile(const WCHAR *name)
{
    IProfAdmin *profiles;

    assert_hr(MAPIAdminProfiles(0, &profiles), S_OK);
    assert_hr(IProfAdmin_SetDefaultProfile(profiles, (LPTSTR)name, MAPI_UNICODE), S_OK);
    IProfAdmin_Release(profiles);
}

/* A logon that has to fail and clear its output. */
static void refused(const void *name, const void *password, ULONG flags, HRESULT hr)
{
    IMAPISession *session = GARBAGE;

    assert_hr(MAPILogonEx(0, (LPTSTR)name, (LPTSTR)password, flags, &session), hr);
    assert_null(session);
}

static void accepted(const void *name, const void *password, ULONG flags)
{
    IMAPISession *session = GARBAGE;

    assert_hr(MAPILogonEx(0xdeadbeef, (LPTSTR)name, (LPTSTR)password, flags, &session), S_OK); /* LOGON-15 */
    log_off(session);
}

TEST(LOGON_01_15_existing_profile)
{
    accepted(test_profile(), NULL, plain);
    accepted(test_profile(), L"", plain);
}

TEST(LOGON_02_unknown_profile)
{
    WCHAR name[HARNESS_PROFILE_NAME];

    harness_profile_name(name);
    refused(name, NULL, plain, MAPI_E_LOGON_FAILED);
    refused("Postroom: no such profile", NULL, MAPI_NEW_SESSION, MAPI_E_LOGON_FAILED);
}

TEST(LOGON_03_no_name)
{
    set_default_profile(test_profile());
    refused(NULL, NULL, plain, MAPI_E_LOGON_FAILED);
    refused(L"", NULL, plain, MAPI_E_LOGON_FAILED);
    refused(NULL, NULL, 0, MAPI_E_LOGON_FAILED);
    refused(NULL, NULL, plain | MAPI_EXPLICIT_PROFILE, MAPI_E_LOGON_FAILED);
    set_default_profile(NULL);
}

TEST(LOGON_04_05_08_default_profile)
{
    SizedSPropTagArray(1, columns) = {1, {PR_DISPLAY_NAME_W}};
    IMAPISession *session;
    IMAPITable *table;
    SRowSet *rows;

    set_default_profile(test_profile());
    accepted(NULL, NULL, plain | MAPI_USE_DEFAULT);
    accepted(L"", NULL, plain | MAPI_USE_DEFAULT);
    accepted("", NULL, MAPI_NEW_SESSION | MAPI_USE_DEFAULT);
    accepted(NULL, NULL, plain | MAPI_USE_DEFAULT | MAPI_EXPLICIT_PROFILE);

    assert_hr(MAPILogonEx(0, NULL, NULL, plain | MAPI_USE_DEFAULT, &session), S_OK);
    assert_hr(IMAPISession_GetStatusTable(session, MAPI_UNICODE, &table), S_OK);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    assert_int_equal(wcscmp(rows->aRow[0].lpProps[0].Value.lpszW, test_profile()), 0);
    FreeProws(rows);
    IMAPITable_Release(table);
    log_off(session);
    set_default_profile(NULL);
}

TEST(LOGON_06_no_default_profile)
{
    set_default_profile(NULL);
    refused(NULL, NULL, plain | MAPI_USE_DEFAULT, MAPI_E_LOGON_FAILED);
}

TEST(LOGON_07_explicit_profile_with_a_name)
{
    accepted(test_profile(), NULL, plain | MAPI_EXPLICIT_PROFILE);
}

TEST(LOGON_09_unicode_and_ansi_names)
{
    static const WCHAR *const names[] = {L"Почта", L"郵便室", L"بريد", L"\xd83d\xdcec post", L"Ünïcödé"};
    IProfAdmin *profiles;
    char ansi[HARNESS_PROFILE_NAME];
    size_t i;

    assert_hr(MAPIAdminProfiles(0, &profiles), S_OK);
    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        delete_profile(names[i]);
        assert_hr(IProfAdmin_CreateProfile(profiles, (LPTSTR)names[i], NULL, 0, MAPI_UNICODE), S_OK);
        accepted(names[i], NULL, plain);
        assert_hr(delete_profile(names[i]), S_OK);
    }
    IProfAdmin_Release(profiles);

    assert_true(WideCharToMultiByte(CP_ACP, 0, test_profile(), -1, ansi, sizeof(ansi), NULL, NULL) > 0);
    accepted(ansi, "", MAPI_NEW_SESSION | MAPI_EXTENDED);
}

TEST(LOGON_10_long_names)
{
    WCHAR name[200];
    char ansi[200];
    size_t i;

    for (i = 0; i < 65; i++)
        name[i] = 'x';
    name[i] = 0;
    refused(name, NULL, plain, MAPI_E_LOGON_FAILED);
    memset(ansi, 'x', sizeof(ansi));
    ansi[65] = 0;
    refused(ansi, NULL, MAPI_NEW_SESSION, MAPI_E_LOGON_FAILED);
    refused((void *)0x10, NULL, plain, MAPI_E_LOGON_FAILED);
    refused(test_profile(), (void *)0x10, plain, MAPI_E_LOGON_FAILED);
}

TEST(LOGON_11_no_output)
{
    assert_hr(MAPILogonEx(0, (LPTSTR)test_profile(), NULL, plain, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPILogonEx(0, (LPTSTR)test_profile(), NULL, plain, (IMAPISession **)0x10), MAPI_E_INVALID_PARAMETER);
}

TEST(LOGON_12_unknown_flags)
{
    refused(test_profile(), NULL, plain | 0x80, MAPI_E_UNKNOWN_FLAGS);
    refused(test_profile(), NULL, plain | 0x40000000, MAPI_E_UNKNOWN_FLAGS);
    refused(test_profile(), NULL, plain | MAPI_LOGON_UI | MAPI_PASSWORD_UI, MAPI_E_UNKNOWN_FLAGS);
}

TEST(LOGON_16_passwords)
{
    accepted(test_profile(), L"", plain);
    refused(test_profile(), L"x", plain, MAPI_E_LOGON_FAILED);
    refused(test_profile(), L"a long password", plain, MAPI_E_LOGON_FAILED);
}

TEST(LOGON_17_two_sessions_on_one_profile)
{
    IMAPISession *first = log_on(0), *second = log_on(0);
    IMAPITable *table;

    assert_ptr_not_equal(first, second);
    log_off(first);
    assert_hr(IMAPISession_GetStatusTable(second, 0, &table), S_OK);
    IMAPITable_Release(table);
    log_off(second);
}

TEST(LOGON_19_20_no_mail)
{
    SizedSPropTagArray(2, columns) = {2, {PR_RESOURCE_TYPE, PR_STATUS_CODE}};
    IMAPISession *session = log_on(MAPI_NO_MAIL);
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 3);
    for (i = 0; i < rows->cRows; i++)
    {
        assert_int_not_equal(rows->aRow[i].lpProps[0].Value.ul, MAPI_TRANSPORT_PROVIDER);
        assert_int_equal(!!(rows->aRow[i].lpProps[1].Value.ul & STATUS_FAILURE),
                         rows->aRow[i].lpProps[0].Value.ul == MAPI_SPOOLER);
    }
    FreeProws(rows);
    IMAPITable_Release(table);
    log_off(session);
}

TEST(LOGON_21_service)
{
    refused(NULL, NULL, plain | MAPI_LOGON_UI | MAPI_NT_SERVICE | MAPI_NO_MAIL, MAPI_E_LOGON_FAILED);
    accepted(test_profile(), NULL, plain | MAPI_LOGON_UI | MAPI_NT_SERVICE | MAPI_NO_MAIL);
}

TEST(LOGON_22_every_flag)
{
    static const ULONG flags[] = {MAPI_LOGON_UI, MAPI_APP_PROFILE, MAPI_ALLOW_OTHERS,   MAPI_EXPLICIT_PROFILE,
                                  MAPI_EXTENDED, MAPI_USE_DEFAULT, MAPI_FORCE_DOWNLOAD, MAPI_SERVICE_UI_ALWAYS,
                                  MAPI_NO_MAIL,  MAPI_PASSWORD_UI, MAPI_TIMEOUT_SHORT,  MAPI_BG_SESSION};
    size_t i;

    for (i = 0; i < ARRAY_SIZE(flags); i++)
        accepted(test_profile(), NULL, MAPI_NEW_SESSION | MAPI_UNICODE | flags[i]);
}

TEST(INIT_06_logon_before_MAPIInitialize)
{
    IMAPISession *session = GARBAGE;

    assert_hr(MAPILogonEx(0, (LPTSTR)L"x", NULL, plain, &session), MAPI_E_NOT_INITIALIZED);
    assert_null(session);
}

/*
 * The chooser.
 */

/* Another thread's logon with the chooser. */
struct chooser_logon
{
    ULONG flags;
    HANDLE thread;
    DWORD thread_id;
    HRESULT hr;
    IMAPISession *session;
};

static DWORD CALLBACK chooser_thread(void *context)
{
    struct chooser_logon *logon = context;

    MAPIInitialize(NULL);
    logon->session = GARBAGE;
    logon->hr = MAPILogonEx(0, NULL, NULL, plain | MAPI_LOGON_UI | logon->flags, &logon->session);
    MAPIUninitialize();
    return 0;
}

static HWND start_chooser(struct chooser_logon *logon)
{
    HWND dialog;

    logon->thread = CreateThread(NULL, 0, chooser_thread, logon, 0, &logon->thread_id);
    assert_non_null(logon->thread);
    dialog = dialog_of(logon->thread_id);
    assert_non_null(dialog);
    return dialog;
}

static void end_chooser(struct chooser_logon *logon)
{
    assert_int_equal(WaitForSingleObject(logon->thread, 30000), WAIT_OBJECT_0);
    CloseHandle(logon->thread);
}

TEST(LOGON_26_cancel)
{
    struct chooser_logon logon = {0};
    HWND dialog;

    test_profile();
    dialog = start_chooser(&logon);
    PostMessageW(dialog, WM_COMMAND, IDCANCEL, 0);
    end_chooser(&logon);
    assert_hr(logon.hr, MAPI_E_USER_CANCEL);
    assert_null(logon.session);
}

TEST(LOGON_26_ok_takes_the_default)
{
    struct chooser_logon logon = {0};
    HWND dialog;

    set_default_profile(test_profile());
    dialog = start_chooser(&logon);
    PostMessageW(dialog, WM_COMMAND, IDOK, 0);
    end_chooser(&logon);
    assert_hr(logon.hr, S_OK);
    log_off(logon.session);
    set_default_profile(NULL);
}

TEST(LOGON_13_14_one_logon_at_a_time)
{
    struct chooser_logon logon = {0};
    IMAPISession *session = GARBAGE;
    HWND dialog;

    test_profile();
    dialog = start_chooser(&logon);
    assert_hr(MAPILogonEx(0, (LPTSTR)test_profile(), NULL, plain | MAPI_TIMEOUT_SHORT, &session), MAPI_E_TIMEOUT);
    assert_null(session);
    PostMessageW(dialog, WM_COMMAND, IDCANCEL, 0);
    accepted(test_profile(), NULL, plain); /* waits for the other one */
    end_chooser(&logon);
    assert_hr(logon.hr, MAPI_E_USER_CANCEL);
}

/* The last MAPIUninitialize, here of both threads, closes a chooser that nobody answers. */
static DWORD CALLBACK abandoned_thread(void *context)
{
    struct chooser_logon *logon = context;

    logon->session = GARBAGE;
    logon->hr = MAPILogonEx(0, NULL, NULL, plain | MAPI_LOGON_UI, &logon->session);
    return 0;
}

TEST(LOGON_26_abandoned_by_MAPIUninitialize)
{
    struct chooser_logon logon = {0};

    test_profile();
    logon.thread = CreateThread(NULL, 0, abandoned_thread, &logon, 0, &logon.thread_id);
    assert_non_null(dialog_of(logon.thread_id));
    MAPIUninitialize();
    end_chooser(&logon);
    assert_hr(logon.hr, MAPI_E_NOT_INITIALIZED);
    assert_null(logon.session);
    assert_hr(MAPIInitialize(NULL), S_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGON_01_15_existing_profile),
            harness_test(LOGON_02_unknown_profile),
            harness_test(LOGON_03_no_name),
            harness_test(LOGON_04_05_08_default_profile),
            harness_test(LOGON_06_no_default_profile),
            harness_test(LOGON_07_explicit_profile_with_a_name),
            harness_test(LOGON_09_unicode_and_ansi_names),
            harness_test(LOGON_10_long_names),
            harness_test(LOGON_11_no_output),
            harness_test(LOGON_12_unknown_flags),
            harness_test(LOGON_16_passwords),
            harness_test(LOGON_17_two_sessions_on_one_profile),
            harness_test(LOGON_19_20_no_mail),
            harness_test(LOGON_21_service),
            harness_test(LOGON_22_every_flag),
            harness_test_plain(INIT_06_logon_before_MAPIInitialize),
            harness_test(LOGON_26_cancel),
            harness_test(LOGON_26_ok_takes_the_default),
            harness_test(LOGON_13_14_one_logon_at_a_time),
            harness_test(LOGON_26_abandoned_by_MAPIUninitialize),
    };

    return harness_run(tests);
}
