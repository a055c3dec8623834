/*
 * harness_session: see harness_session.h.
 */
#include "harness_session.h"

#include <stdlib.h>

#define PROFILES_KEY L"Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem\\Profiles"

static WCHAR current_profile[HARNESS_PROFILE_NAME];

const WCHAR *test_profile(void)
{
    if (!profile_key_exists(current_profile))
        harness_create_profile(current_profile);
    return current_profile;
}

IMAPISession *log_on_to(const WCHAR *name, ULONG flags)
{
    IMAPISession *session = NULL;

    assert_hr(MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_NEW_SESSION | MAPI_EXTENDED | MAPI_UNICODE | flags, &session),
              S_OK);
    assert_non_null(session);
    return session;
}

IMAPISession *log_on(ULONG flags)
{
    return log_on_to(test_profile(), flags);
}

IMAPISession *log_on_temporary(WCHAR name[HARNESS_PROFILE_NAME])
{
    harness_create_profile(name);
    return log_on_to(name, 0);
}

void log_off(IMAPISession *session)
{
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
}

HRESULT delete_profile(const WCHAR *name)
{
    IProfAdmin *profiles;
    HRESULT hr;

    assert_hr(MAPIAdminProfiles(0, &profiles), S_OK);
    /* IProfAdmin's names are ANSI without a flag, and this method has none for wide ones. */
    hr = IProfAdmin_DeleteProfile(profiles, (LPTSTR)name, MAPI_UNICODE);
    IProfAdmin_Release(profiles);
    return hr;
}

BOOL profile_key_exists(const WCHAR *name)
{
    HKEY root, key;
    BOOL exists = FALSE;

    if (!*name || RegOpenKeyExW(HKEY_CURRENT_USER, PROFILES_KEY, 0, KEY_READ, &root))
        return FALSE;
    if (!RegOpenKeyExW(root, name, 0, KEY_READ, &key))
    {
        exists = TRUE;
        RegCloseKey(key);
    }
    RegCloseKey(root);
    return exists;
}

BOOL profile_listed(const WCHAR *name)
{
    SizedSPropTagArray(1, columns) = {1, {PR_DISPLAY_NAME_W}};
    IProfAdmin *profiles;
    BOOL listed = FALSE;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    assert_hr(MAPIAdminProfiles(0, &profiles), S_OK);
    assert_hr(IProfAdmin_GetProfileTable(profiles, 0, &table), S_OK);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    for (i = 0; i < rows->cRows; i++)
        listed |= !wcscmp(rows->aRow[i].lpProps[0].Value.lpszW, name);
    FreeProws(rows);
    IMAPITable_Release(table);
    IProfAdmin_Release(profiles);
    return listed;
}

void set_confirmation(DWORD value)
{
    assert_int_equal(RegSetKeyValueW(HKEY_CURRENT_USER, L"Software\\Postroom", L"ConfirmLogoff", REG_DWORD, &value,
                                     sizeof(value)),
                     0);
}

void clear_confirmation(void)
{
    RegDeleteKeyValueW(HKEY_CURRENT_USER, L"Software\\Postroom", L"ConfirmLogoff");
}

static BOOL CALLBACK find_dialog(HWND window, LPARAM found)
{
    WCHAR class[16];

    GetClassNameW(window, class, ARRAY_SIZE(class));
    if (wcscmp(class, L"#32770") || !IsWindowVisible(window))
        return TRUE;
    *(HWND *)found = window;
    return FALSE;
}

HWND dialog_of(DWORD thread_id)
{
    HWND dialog = NULL;
    int i;

    for (i = 0; i < 3000 && !dialog; i++)
    {
        Sleep(10);
        EnumThreadWindows(thread_id, find_dialog, (LPARAM)&dialog);
    }
    return dialog;
}

IMAPIStatus *open_status(IMAPISession *session, ULONG type)
{
    SizedSPropTagArray(2, columns) = {2, {PR_RESOURCE_TYPE, PR_ENTRYID}};
    IUnknown *unknown = NULL;
    IMAPITable *table;
    ULONG object_type;
    SRowSet *rows;
    ULONG i;

    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    for (i = 0; i < rows->cRows; i++)
    {
        SBinary *entryid = &rows->aRow[i].lpProps[1].Value.bin;

        if (rows->aRow[i].lpProps[0].Value.ul != type)
            continue;
        assert_hr(
                IMAPISession_OpenEntry(session, entryid->cb, (ENTRYID *)entryid->lpb, NULL, 0, &object_type, &unknown),
                S_OK);
        assert_int_equal(object_type, MAPI_STATUS);
    }
    FreeProws(rows);
    IMAPITable_Release(table);
    assert_non_null(unknown);
    return (IMAPIStatus *)unknown;
}

struct harness_sink *test_sink_create(void)
{
    struct harness_sink *sink = calloc(1, sizeof(*sink));

    assert_non_null(sink);
    harness_sink_init(sink);
    return sink;
}

ULONG test_sink_release(struct harness_sink *sink)
{
    ULONG refcount = InterlockedDecrement(&sink->refcount);

    if (!refcount)
        free(sink);
    return refcount;
}

static ULONG STDMETHODCALLTYPE message_AddRef(IMessage *iface)
{
    return InterlockedIncrement(&CONTAINING_RECORD(iface, struct test_message, IMessage_iface)->refcount);
}

static ULONG STDMETHODCALLTYPE message_Release(IMessage *iface)
{
    return InterlockedDecrement(&CONTAINING_RECORD(iface, struct test_message, IMessage_iface)->refcount);
}

void test_message_init(struct test_message *message)
{
    static const IMessageVtbl vtbl = {.AddRef = message_AddRef, .Release = message_Release};

    message->IMessage_iface.lpVtbl = &vtbl;
    message->refcount = 1;
}
