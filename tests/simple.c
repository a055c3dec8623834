/*
 * Simple MAPI: our sessions, and the mail functions that another client does. This program is that client too: it is
 * registered for the user while the tests run and exports the functions under their names.
 */
#include "harness.h"

#ifdef _WIN64
#define EXPORT_AS(name, function, bytes)                                                                               \
    __asm__(".section .drectve\n\t.ascii \" -export:" #name "=" #function "\"\n\t.text")
#else
#define EXPORT_AS(name, function, bytes)                                                                               \
    __asm__(".section .drectve\n\t.ascii \" -export:" #name "=" #function "@" #bytes "\"\n\t.text")
#endif

#define CLIENTS_KEY L"Software\\Clients\\Mail"
#define CLIENT_NAME L"Postroom test client"
#define FAKE_HANDLE 0x77

/* What the other client has seen. */
static struct
{
    int logons, logoffs, sends, frees;
    LHANDLE handle; /* of the last call */
    char subject[64], recipient[64];
    FLAGS flags;
    BOOL refuses; /* to log on */
    BOOL calls_back;
    int depth;
    ULONG inner_code;
} fake;

ULONG WINAPI fake_logon(ULONG_PTR ui, LPSTR name, LPSTR password, FLAGS flags, ULONG reserved, LPLHANDLE session)
{
    (void)ui, (void)name, (void)password, (void)reserved;
    fake.logons++;
    fake.flags = flags;
    if (fake.refuses)
        return MAPI_E_LOGIN_FAILURE;
    *session = FAKE_HANDLE;
    return SUCCESS_SUCCESS;
}
EXPORT_AS(MAPILogon, fake_logon, 24);

ULONG WINAPI fake_logoff(LHANDLE session, ULONG_PTR ui, FLAGS flags, ULONG reserved)
{
    (void)ui, (void)flags, (void)reserved;
    fake.logoffs++;
    fake.handle = session;
    return SUCCESS_SUCCESS;
}
EXPORT_AS(MAPILogoff, fake_logoff, 16);

ULONG WINAPI fake_send(LHANDLE session, ULONG_PTR ui, lpMapiMessage message, FLAGS flags, ULONG reserved)
{
    fake.sends++;
    fake.handle = session;
    if (fake.calls_back && fake.depth < 100)
    {
        ULONG code;

        fake.depth++;
        code = MAPISendMail(0, ui, message, flags, reserved);
        if (code != SUCCESS_SUCCESS)
            fake.inner_code = code;
        return SUCCESS_SUCCESS;
    }
    if (message && message->lpszSubject)
        snprintf(fake.subject, sizeof(fake.subject), "%s", message->lpszSubject);
    if (message && message->nRecipCount)
        snprintf(fake.recipient, sizeof(fake.recipient), "%s", message->lpRecips[0].lpszAddress);
    return SUCCESS_SUCCESS;
}
EXPORT_AS(MAPISendMail, fake_send, 20);

/* Its results are not blocks of ours. */
struct fake_result
{
    MapiMessage message;
    MapiRecipDesc recipients[2];
    MapiFileDesc file;
};

ULONG WINAPI fake_read(LHANDLE session, ULONG_PTR ui, LPSTR id, FLAGS flags, ULONG reserved, lpMapiMessage *message)
{
    struct fake_result *result = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*result));

    (void)ui, (void)id, (void)flags, (void)reserved;
    fake.handle = session;
    result->message.lpszSubject = "subject";
    result->message.nRecipCount = 2;
    result->message.lpRecips = result->recipients;
    result->recipients[0].lpszName = "first";
    result->recipients[1].lpszName = "second";
    result->recipients[1].ulEIDSize = 4;
    result->recipients[1].lpEntryID = "abc";
    result->message.nFileCount = 1;
    result->message.lpFiles = &result->file;
    result->file.lpszPathName = "C:\\file.txt";
    *message = &result->message;
    return SUCCESS_SUCCESS;
}
EXPORT_AS(MAPIReadMail, fake_read, 24);

ULONG WINAPI fake_resolve(LHANDLE session, ULONG_PTR ui, LPSTR name, FLAGS flags, ULONG reserved,
                          lpMapiRecipDesc *recipient)
{
    MapiRecipDesc *result = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*result));

    (void)ui, (void)name, (void)flags, (void)reserved;
    fake.handle = session;
    result->lpszName = "somebody";
    *recipient = result;
    return SUCCESS_SUCCESS;
}
EXPORT_AS(MAPIResolveName, fake_resolve, 24);

ULONG WINAPI fake_free(LPVOID block)
{
    fake.frees++;
    HeapFree(GetProcessHeap(), 0, block);
    return 0;
}
EXPORT_AS(MAPIFreeBuffer, fake_free, 4);

/* The user's default client becomes this program, and what was there comes back. */
static WCHAR default_before[256];
static BOOL had_default, had_key;

static void client_registered(const WCHAR *dll_path)
{
    DWORD size = sizeof(default_before);
    HKEY key, client;

    memset(&fake, 0, sizeof(fake));
    had_key = !RegOpenKeyExW(HKEY_CURRENT_USER, CLIENTS_KEY, 0, KEY_READ, &key);
    if (had_key)
    {
        had_default = !RegQueryValueExW(key, NULL, NULL, NULL, (BYTE *)default_before, &size);
        RegCloseKey(key);
    }
    assert_int_equal(RegCreateKeyExW(HKEY_CURRENT_USER, CLIENTS_KEY, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL), 0);
    assert_int_equal(RegSetValueExW(key, NULL, 0, REG_SZ, (const BYTE *)CLIENT_NAME, sizeof(CLIENT_NAME)), 0);
    assert_int_equal(RegCreateKeyExW(key, CLIENT_NAME, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &client, NULL), 0);
    assert_int_equal(RegSetValueExW(client, L"DLLPath", 0, REG_SZ, (const BYTE *)dll_path,
                                    (DWORD)(wcslen(dll_path) + 1) * sizeof(WCHAR)),
                     0);
    RegCloseKey(client);
    RegCloseKey(key);
}

static void client_forgotten(void)
{
    HKEY key;

    if (RegOpenKeyExW(HKEY_CURRENT_USER, CLIENTS_KEY, 0, KEY_ALL_ACCESS, &key))
        return;
    RegDeleteKeyW(key, CLIENT_NAME);
    if (had_default)
        RegSetValueExW(key, NULL, 0, REG_SZ, (const BYTE *)default_before,
                       (DWORD)(wcslen(default_before) + 1) * sizeof(WCHAR));
    else
        RegDeleteValueW(key, NULL);
    RegCloseKey(key);
    if (!had_key)
    {
        RegDeleteKeyW(HKEY_CURRENT_USER, CLIENTS_KEY);
        RegDeleteKeyW(HKEY_CURRENT_USER, L"Software\\Clients"); /* stays when it is not empty */
    }
}

static void this_client_registered(void)
{
    WCHAR path[MAX_PATH];

    assert_true(GetModuleFileNameW(NULL, path, MAX_PATH) < MAX_PATH);
    client_registered(path);
}

/* A profile by its ANSI name. */
static void create_profile(char name[HARNESS_PROFILE_NAME])
{
    WCHAR wide[HARNESS_PROFILE_NAME];

    harness_create_profile(wide);
    assert_true(WideCharToMultiByte(CP_ACP, 0, wide, -1, name, HARNESS_PROFILE_NAME, NULL, NULL) > 0);
}

static LHANDLE logon(void)
{
    char name[HARNESS_PROFILE_NAME];
    LHANDLE session = 0;

    create_profile(name);
    assert_int_equal(MAPILogon(0, name, NULL, MAPI_NEW_SESSION, 0, &session), SUCCESS_SUCCESS);
    assert_true(session != 0);
    return session;
}

static void SMAPI_01_logoff_of_nothing(void **state)
{
    (void)state;
    assert_int_equal(MAPILogoff(0, 0, 0, 0), MAPI_E_INVALID_SESSION);
    assert_int_equal(MAPILogoff(1, 0, 0, 0), MAPI_E_INVALID_SESSION);
    assert_int_equal(MAPILogoff((LHANDLE)-1, 0, 0, 0), MAPI_E_INVALID_SESSION);
    assert_int_equal(MAPILogoff(0, 0, 1, 0), MAPI_E_INVALID_SESSION);
}

static void SMAPI_02_logoff_with_flags(void **state)
{
    LHANDLE session = logon();

    (void)state;
    assert_int_equal(MAPILogoff(session, 0, 1, 0), MAPI_E_FAILURE);
    assert_int_equal(MAPILogoff(session, 0, 0, 1), MAPI_E_FAILURE);
    assert_int_equal(MAPILogoff(session, 0, 0, 0), SUCCESS_SUCCESS);
}

static void SMAPI_03_logoff_twice(void **state)
{
    LHANDLE session = logon(), again;

    (void)state;
    assert_int_equal(MAPILogoff(session, 0, 0, 0), SUCCESS_SUCCESS);
    assert_int_equal(MAPILogoff(session, 0, 0, 0), MAPI_E_INVALID_SESSION);
    /* The next session in the same place is another one. */
    again = logon();
    assert_true(again != session);
    assert_int_equal(MAPILogoff(session, 0, 0, 0), MAPI_E_INVALID_SESSION);
    assert_int_equal(MAPILogoff(again, 0, 0, 0), SUCCESS_SUCCESS);
}

static ULONG member_count(void)
{
    PostroomSharedMember *members;
    ULONG count;

    assert_hr(PostroomListSharedSessions(&count, &members), S_OK);
    MAPIFreeBuffer(members);
    return count;
}

/* The session that others can join, on a profile whose ANSI name is returned. */
static IMAPISession *shared_session(char name[HARNESS_PROFILE_NAME])
{
    IMAPISession *session;

    create_profile(name);
    assert_hr(MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_EXTENDED | MAPI_ALLOW_OTHERS, &session), S_OK);
    return session;
}

static void shared_session_end(IMAPISession *session)
{
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
}

static void SMAPI_04_only_with_a_shared_session(void **state)
{
    char name[HARNESS_PROFILE_NAME];
    IMAPISession *session;
    LHANDLE handle = 5;

    (void)state;
    this_client_registered();
    fake.refuses = TRUE;
    assert_int_equal(MAPILogon(0, NULL, NULL, 0, 0, &handle), MAPI_E_LOGIN_FAILURE);
    assert_true(handle == 0);
    assert_int_equal(fake.logons, 1);
    session = shared_session(name);
    assert_int_equal(MAPILogon(0, NULL, NULL, 0, 0, &handle), SUCCESS_SUCCESS);
    assert_true(handle != 0);
    assert_int_equal(fake.logons, 1);
    assert_int_equal(member_count(), 2);
    assert_int_equal(MAPILogoff(handle, 0, 0, 0), SUCCESS_SUCCESS);
    assert_int_equal(member_count(), 1);
    /* A name is not looked at then. */
    assert_int_equal(MAPILogon(0, "no such profile", NULL, 0, 0, &handle), SUCCESS_SUCCESS);
    assert_int_equal(member_count(), 2);
    shared_session_end(session);
    assert_int_equal(MAPILogoff(handle, 0, 0, 0), SUCCESS_SUCCESS);
    /* Nobody is on it any more: the other client is asked. */
    assert_int_equal(MAPILogon(0, NULL, NULL, 0, 0, &handle), MAPI_E_LOGIN_FAILURE);
    assert_int_equal(fake.logons, 2);
    client_forgotten();
}

/* Simple MAPI's sessions can be joined, by Simple MAPI too. */
static void SMAPI_04_is_shared_itself(void **state)
{
    char name[HARNESS_PROFILE_NAME];
    LHANDLE first, second;

    (void)state;
    create_profile(name);
    assert_int_equal(MAPILogon(0, name, NULL, 0, 0, &first), SUCCESS_SUCCESS);
    assert_int_equal(member_count(), 1);
    assert_int_equal(MAPILogon(0, NULL, NULL, 0, 0, &second), SUCCESS_SUCCESS);
    assert_int_equal(member_count(), 2);
    assert_int_equal(MAPILogoff(first, 0, 0, 0), SUCCESS_SUCCESS);
    assert_int_equal(MAPILogoff(second, 0, 0, 0), SUCCESS_SUCCESS);
    assert_int_equal(member_count(), 0);
}

static void SMAPI_05_new_session_does_not_join(void **state)
{
    char name[HARNESS_PROFILE_NAME], other[HARNESS_PROFILE_NAME];
    IMAPISession *session;
    LHANDLE handle = 5;

    (void)state;
    session = shared_session(name);
    create_profile(other);
    assert_int_equal(MAPILogon(0, "no such profile", NULL, MAPI_NEW_SESSION, 0, &handle), MAPI_E_LOGIN_FAILURE);
    assert_int_equal(MAPILogon(0, other, NULL, MAPI_NEW_SESSION, 0, &handle), SUCCESS_SUCCESS);
    assert_int_equal(member_count(), 1);
    assert_int_equal(MAPILogoff(handle, 0, 0, 0), SUCCESS_SUCCESS);
    shared_session_end(session);
    /* Nor does it make one. */
    assert_int_equal(MAPILogon(0, other, NULL, MAPI_NEW_SESSION, 0, &handle), SUCCESS_SUCCESS);
    assert_int_equal(member_count(), 0);
    assert_int_equal(MAPILogoff(handle, 0, 0, 0), SUCCESS_SUCCESS);
}

static void SMAPI_06_unknown_profile(void **state)
{
    char name[HARNESS_PROFILE_NAME], longer[300];
    LHANDLE session = 5;

    (void)state;
    create_profile(name);
    assert_int_equal(MAPILogon(0, "no such profile of this test", NULL, 0, 0, &session), MAPI_E_LOGIN_FAILURE);
    assert_true(session == 0);
    memset(longer, 'x', sizeof(longer));
    longer[299] = 0;
    session = 5;
    assert_int_equal(MAPILogon(0, longer, NULL, 0, 0, &session), MAPI_E_LOGIN_FAILURE);
    assert_true(session == 0);
    session = 5;
    assert_int_equal(MAPILogon(0, name, NULL, 0x40000000, 0, &session), MAPI_E_FAILURE);
    assert_true(session == 0);
    assert_int_equal(MAPILogon(0, name, NULL, 0, 0, NULL), MAPI_E_FAILURE);
}

static void SMAPI_07_session_from_handle(void **state)
{
    static const IID unknown_iid = {0x12345678, 0x1234, 0x1234, {1, 2, 3, 4, 5, 6, 7, 8}};
    LHANDLE handle = logon();
    IMAPISession *session;
    IMAPITable *table;

    (void)state;
    session = (IMAPISession *)1;
    assert_hr(ScMAPIXFromSMAPI(handle + 1, 0, NULL, &session), MAPI_E_INVALID_PARAMETER);
    assert_null(session);
    assert_hr(ScMAPIXFromSMAPI(0, 0, NULL, &session), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScMAPIXFromSMAPI(handle, 0, NULL, NULL), MAPI_E_INVALID_PARAMETER);
    session = (IMAPISession *)1;
    assert_hr(ScMAPIXFromSMAPI(handle, 1, NULL, &session), MAPI_E_UNKNOWN_FLAGS);
    assert_null(session);
    session = (IMAPISession *)1;
    assert_hr(ScMAPIXFromSMAPI(handle, 0, &unknown_iid, &session), E_NOINTERFACE);
    assert_null(session);

    assert_hr(ScMAPIXFromSMAPI(handle, 0, NULL, &session), S_OK);
    assert_non_null(session);
    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    IMAPITable_Release(table);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
    assert_int_equal(MAPILogoff(handle, 0, 0, 0), SUCCESS_SUCCESS);
}

/* S-42: each side has its own log-off. */
static void LOGOFF_72_each_side_logs_off(void **state)
{
    LHANDLE handle = logon();
    IMAPISession *session, *second;
    IMAPITable *table;

    (void)state;
    assert_hr(ScMAPIXFromSMAPI(handle, 0, NULL, &session), S_OK);
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
    /* The handle is still one, for everything. */
    assert_hr(ScMAPIXFromSMAPI(handle, 0, NULL, &second), S_OK);
    assert_int_equal(MAPILogoff(handle, 0, 0, 0), SUCCESS_SUCCESS);
    assert_int_equal(MAPILogoff(handle, 0, 0, 0), MAPI_E_INVALID_SESSION);
    /* And the other way round. */
    assert_hr(IMAPISession_GetStatusTable(second, 0, &table), S_OK);
    IMAPITable_Release(table);
    assert_hr(IMAPISession_Logoff(second, 0, 0, 0), S_OK);
    assert_int_equal(IMAPISession_Release(second), 0);
}

/* On a shared session both sides are members; beside a session of its own the other is one of its own too. */
static void LOGOFF_72_on_a_shared_session(void **state)
{
    char name[HARNESS_PROFILE_NAME], other[HARNESS_PROFILE_NAME];
    IMAPISession *session, *beside, *again;
    LHANDLE handle, own;

    (void)state;
    session = shared_session(name);
    assert_int_equal(MAPILogon(0, NULL, NULL, 0, 0, &handle), SUCCESS_SUCCESS);
    assert_hr(ScMAPIXFromSMAPI(handle, 0, NULL, &beside), S_OK);
    assert_int_equal(member_count(), 3);
    create_profile(other);
    assert_int_equal(MAPILogon(0, other, NULL, MAPI_NEW_SESSION, 0, &own), SUCCESS_SUCCESS);
    assert_hr(ScMAPIXFromSMAPI(own, 0, NULL, &again), S_OK);
    assert_int_equal(member_count(), 3);
    assert_hr(IMAPISession_Logoff(again, 0, MAPI_LOGOFF_SHARED, 0), S_OK);
    assert_int_equal(IMAPISession_Release(again), 0);
    assert_int_equal(MAPILogoff(own, 0, 0, 0), SUCCESS_SUCCESS);
    assert_int_equal(member_count(), 3);

    assert_hr(IMAPISession_Logoff(beside, 0, MAPI_LOGOFF_SHARED, 0), S_OK);
    assert_int_equal(IMAPISession_Release(beside), 0);
    /* The handle is still one; its shared session is closed, so what it gives is on its own. */
    assert_hr(ScMAPIXFromSMAPI(handle, 0, NULL, &again), S_OK);
    assert_int_equal(member_count(), 2);
    assert_hr(IMAPISession_Logoff(again, 0, 0, 0), S_OK);
    assert_int_equal(IMAPISession_Release(again), 0);
    assert_int_equal(MAPILogoff(handle, 0, 0, 0), SUCCESS_SUCCESS);
    shared_session_end(session);
}

static void SMAPI_14_handle_needed(void **state)
{
    MapiMessage *message = (MapiMessage *)1;
    char id[512] = "x";

    (void)state;
    assert_int_equal(MAPIDeleteMail(0, 0, id, 0, 0), MAPI_E_INVALID_SESSION);
    assert_int_equal(MAPIReadMail(0, 0, id, 0, 0, &message), MAPI_E_INVALID_SESSION);
    assert_null(message);
    assert_int_equal(MAPIFindNext(0, 0, NULL, NULL, 0, 0, id), MAPI_E_INVALID_SESSION);
    assert_int_equal(id[0], 0);
    assert_int_equal(MAPISendMail(12345, 0, NULL, 0, 0), MAPI_E_INVALID_SESSION);
}

static void SIMPLE_initializes_itself(void **state)
{
    char name[HARNESS_PROFILE_NAME];
    LHANDLE session;

    (void)state;
    assert_hr(MAPIInitialize(NULL), S_OK);
    create_profile(name);
    MAPIUninitialize();
    assert_int_equal(MAPILogon(0, name, NULL, MAPI_NEW_SESSION, 0, &session), SUCCESS_SUCCESS);
    assert_int_equal(MAPILogoff(session, 0, 0, 0), SUCCESS_SUCCESS);
}

static void SIMPLE_other_client_sends(void **state)
{
    MapiRecipDesc recipient = {0, MAPI_TO, "name", "SMTP:a@example.com", 0, NULL};
    MapiMessage message = {0};
    LHANDLE session;

    (void)state;
    this_client_registered();
    message.lpszSubject = "hello";
    message.nRecipCount = 1;
    message.lpRecips = &recipient;
    assert_int_equal(MAPISendMail(0, 0, &message, 0, 0), SUCCESS_SUCCESS);
    assert_int_equal(fake.sends, 1);
    assert_true(fake.handle == 0);
    assert_string_equal(fake.subject, "hello");
    assert_string_equal(fake.recipient, "SMTP:a@example.com");
    assert_int_equal(fake.logons, 0);

    /* With a session of ours there is one of theirs, made when it is needed first. */
    session = logon();
    assert_int_equal(fake.logons, 0);
    assert_int_equal(MAPISendMail(session, 0, &message, 0, 0), SUCCESS_SUCCESS);
    assert_int_equal(MAPISendMail(session, 0, &message, 0, 0), SUCCESS_SUCCESS);
    assert_int_equal(fake.logons, 1);
    assert_true(fake.handle == FAKE_HANDLE);
    assert_int_equal(fake.logoffs, 0);
    assert_int_equal(MAPILogoff(session, 0, 0, 0), SUCCESS_SUCCESS);
    assert_int_equal(fake.logoffs, 1);
    /* What it has not. */
    assert_int_equal(MAPISendDocuments(0, ";", "", "", 0), MAPI_E_NOT_SUPPORTED);
    client_forgotten();
}

/* Without a shared session there is nothing of ours to join: the program gets what it had before us. */
static void SIMPLE_other_client_logs_on(void **state)
{
    IMAPISession *mapi_session = (IMAPISession *)1;
    LHANDLE session = 0;

    (void)state;
    this_client_registered();
    assert_int_equal(MAPILogon(0, NULL, NULL, 0, 0, &session), SUCCESS_SUCCESS);
    assert_int_equal(fake.logons, 1);
    assert_true(session != 0 && session != FAKE_HANDLE);
    assert_int_equal(MAPISendMail(session, 0, NULL, 0, 0), SUCCESS_SUCCESS);
    assert_true(fake.handle == FAKE_HANDLE);
    assert_int_equal(fake.logons, 1);
    assert_hr(ScMAPIXFromSMAPI(session, 0, NULL, &mapi_session), MAPI_E_NO_SUPPORT);
    assert_null(mapi_session);
    assert_int_equal(MAPILogoff(session, 0, 0, 0), SUCCESS_SUCCESS);
    assert_int_equal(fake.logoffs, 1);
    client_forgotten();
}

static void SIMPLE_results_are_ours(void **state)
{
    LHANDLE session = logon();
    MapiRecipDesc *recipient;
    MapiMessage *message;

    (void)state;
    this_client_registered();
    assert_int_equal(MAPIReadMail(session, 0, "id", 0, 0, &message), SUCCESS_SUCCESS);
    assert_int_equal(fake.frees, 1);
    assert_string_equal(message->lpszSubject, "subject");
    assert_null(message->lpszNoteText);
    assert_null(message->lpOriginator);
    assert_int_equal(message->nRecipCount, 2);
    assert_string_equal(message->lpRecips[0].lpszName, "first");
    assert_string_equal(message->lpRecips[1].lpszName, "second");
    assert_memory_equal(message->lpRecips[1].lpEntryID, "abc", 4);
    assert_string_equal(message->lpFiles[0].lpszPathName, "C:\\file.txt");
    assert_int_equal(MAPIFreeBuffer(message), S_OK);

    assert_int_equal(MAPIResolveName(session, 0, "name", 0, 0, &recipient), SUCCESS_SUCCESS);
    assert_int_equal(fake.frees, 2);
    assert_string_equal(recipient->lpszName, "somebody");
    assert_int_equal(MAPIFreeBuffer(recipient), S_OK);
    assert_int_equal(MAPILogoff(session, 0, 0, 0), SUCCESS_SUCCESS);
    client_forgotten();
}

static void SIMPLE_recursion_ends(void **state)
{
    (void)state;
    this_client_registered();
    fake.calls_back = TRUE;
    assert_int_equal(MAPISendMail(0, 0, NULL, 0, 0), SUCCESS_SUCCESS);
    assert_int_equal(fake.inner_code, MAPI_E_NOT_SUPPORTED);
    assert_true(fake.depth < 20);
    client_forgotten();
}

/* A client whose DLL would be ours again, or anything from the current folder, is none: the machine's is taken. */
static void SIMPLE_bad_client_paths(void **state)
{
    static const WCHAR *const paths[] = {L"mapi32.dll",
                                         L"C:\\windows\\system32\\mapi32.dll",
                                         L"postroom.dll",
                                         L"simple.exe",
                                         L".\\simple.exe",
                                         L"\\\\server\\share\\client.dll",
                                         L""};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(paths); i++)
    {
        LHANDLE session;

        client_registered(paths[i]);
        if (MAPILogon(0, NULL, NULL, 0, 0, &session) == SUCCESS_SUCCESS)
            MAPILogoff(session, 0, 0, 0);
        assert_int_equal(fake.logons, 0);
        client_forgotten();
    }
}

static void SIMPLE_wide_message(void **state)
{
    MapiRecipDescW recipient = {0, MAPI_TO, L"name", L"SMTP:b@example.com", 0, NULL};
    MapiMessageW message = {0};

    (void)state;
    this_client_registered();
    message.lpszSubject = L"wide";
    message.nRecipCount = 1;
    message.lpRecips = &recipient;
    assert_int_equal(MAPISendMailW(0, 0, &message, 0, 0), SUCCESS_SUCCESS);
    assert_string_equal(fake.subject, "wide");
    assert_string_equal(fake.recipient, "SMTP:b@example.com");
    assert_int_equal(MAPISendMailW(0, 0, &message, MAPI_FORCE_UNICODE, 0), MAPI_E_UNICODE_NOT_SUPPORTED);
    assert_int_equal(MAPISendMailW(0, 0, NULL, 0, 0), MAPI_E_FAILURE);
    assert_int_equal(fake.sends, 1);
    client_forgotten();
}

static void SIMPLE_logon_faults(void **state)
{
    char name[HARNESS_PROFILE_NAME];

    (void)state;
    create_profile(name);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        LHANDLE session = 5;
        ULONG code = MAPILogon(0, name, NULL, MAPI_NEW_SESSION, 0, &session);

        if (harness_fault_hit(&fault))
            assert_true(code == SUCCESS_SUCCESS || code == MAPI_E_INSUFFICIENT_MEMORY);
        else
            assert_int_equal(code, SUCCESS_SUCCESS);
        assert_true(code == SUCCESS_SUCCESS ? session != 0 : session == 0);
        if (code == SUCCESS_SUCCESS)
            assert_int_equal(MAPILogoff(session, 0, 0, 0), SUCCESS_SUCCESS);
    }
}

/* A session of the other client's that cannot be kept is logged off there. */
static void SIMPLE_other_client_logon_faults(void **state)
{
    (void)state;
    this_client_registered();
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        LHANDLE session = 5;
        ULONG code;

        fake.logons = fake.logoffs = 0;
        code = MAPILogon(0, NULL, NULL, 0, 0, &session);
        assert_int_equal(code, harness_fault_hit(&fault) ? MAPI_E_INSUFFICIENT_MEMORY : SUCCESS_SUCCESS);
        assert_true(code == SUCCESS_SUCCESS ? session != 0 : session == 0);
        if (code == SUCCESS_SUCCESS)
            assert_int_equal(MAPILogoff(session, 0, 0, 0), SUCCESS_SUCCESS);
        assert_int_equal(fake.logoffs, fake.logons);
    }
    client_forgotten();
}

static void SIMPLE_read_faults(void **state)
{
    LHANDLE session = logon();

    (void)state;
    this_client_registered();
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        MapiMessage *message = NULL;
        ULONG code = MAPIReadMail(session, 0, "id", 0, 0, &message);

        if (harness_fault_hit(&fault))
            assert_int_equal(code, MAPI_E_INSUFFICIENT_MEMORY);
        else
            assert_int_equal(code, SUCCESS_SUCCESS);
        assert_true(!message == (code != SUCCESS_SUCCESS));
        MAPIFreeBuffer(message);
    }
    assert_int_equal(MAPILogoff(session, 0, 0, 0), SUCCESS_SUCCESS);
    client_forgotten();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SMAPI_01_logoff_of_nothing),
            harness_test(SMAPI_02_logoff_with_flags),
            harness_test(SMAPI_03_logoff_twice),
            harness_test(SMAPI_04_only_with_a_shared_session),
            harness_test(SMAPI_04_is_shared_itself),
            harness_test(SMAPI_05_new_session_does_not_join),
            harness_test(SMAPI_06_unknown_profile),
            harness_test(LOGOFF_72_on_a_shared_session),
            harness_test(SMAPI_07_session_from_handle),
            harness_test(LOGOFF_72_each_side_logs_off),
            harness_test(SMAPI_14_handle_needed),
            harness_test_plain(SIMPLE_initializes_itself),
            harness_test(SIMPLE_other_client_sends),
            harness_test(SIMPLE_other_client_logs_on),
            harness_test(SIMPLE_results_are_ours),
            harness_test(SIMPLE_recursion_ends),
            harness_test(SIMPLE_bad_client_paths),
            harness_test(SIMPLE_wide_message),
            harness_test(SIMPLE_logon_faults),
            harness_test(SIMPLE_read_faults),
            harness_test(SIMPLE_other_client_logon_faults),
    };

    return harness_run(tests);
}
