/*
 * store_support: a profile with the built-in message store in a file of its own, and short forms of what tests do with it.
 */
#ifndef POSTROOM_TESTS_STORE_SUPPORT_H
#define POSTROOM_TESTS_STORE_SUPPORT_H

#include "harness_session.h"

/* The property of the section that names the file. */
#define STORE_PATH PROP_TAG(PT_UNICODE, 0x6600)

struct store_test
{
    WCHAR profile[HARNESS_PROFILE_NAME];
    WCHAR path[MAX_PATH];
    IMAPISession *session;
    IMsgStore *store;
};

static inline void store_write_section(IMsgServiceAdmin *services, const MAPIUID *uid, ULONG count, SPropValue *values)
{
    IProfSect *section;

    assert_hr(IMsgServiceAdmin_OpenProfileSection(services, (MAPIUID *)uid, NULL, MAPI_MODIFY | MAPI_FORCE_ACCESS,
                                                  &section),
              S_OK);
    assert_hr(IProfSect_SetProps(section, count, values, NULL), S_OK);
    IProfSect_Release(section);
}

/* A profile whose only provider is the store in that file. */
static inline void store_make_profile(struct store_test *test)
{
    static const MAPIUID global = {
            {0x92, 0x07, 0xf3, 0xe0, 0xa3, 0xb1, 0x10, 0x19, 0x90, 0x8b, 0x08, 0x00, 0x2b, 0x2a, 0x56, 0xc2}};
    static const MAPIUID uid = {{0x50, 0x53}};
    SPropValue values[4] = {{.ulPropTag = PR_PROVIDER_DLL_NAME_W},
                            {.ulPropTag = PR_RESOURCE_TYPE},
                            {.ulPropTag = STORE_PATH},
                            {.ulPropTag = PR_RESOURCE_FLAGS}},
               list = {.ulPropTag = PR_STORE_PROVIDERS};
    IMsgServiceAdmin *services;
    IProfAdmin *profiles;

    harness_create_profile(test->profile);
    values[0].Value.lpszW = (WCHAR *)L"postroomstore.dll";
    values[1].Value.l = MAPI_STORE_PROVIDER;
    values[2].Value.lpszW = test->path;
    values[3].Value.l = STATUS_DEFAULT_STORE;
    list.Value.bin.cb = sizeof(uid);
    list.Value.bin.lpb = (BYTE *)&uid;
    assert_hr(MAPIAdminProfiles(0, &profiles), S_OK);
    assert_hr(IProfAdmin_AdminServices(profiles, (LPTSTR)test->profile, NULL, 0, MAPI_UNICODE, &services), S_OK);
    store_write_section(services, &uid, 4, values);
    store_write_section(services, &global, 1, &list);
    IMsgServiceAdmin_Release(services);
    IProfAdmin_Release(profiles);
}

static inline HRESULT store_try_open(struct store_test *test, ULONG flags)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    assert_hr(IMAPISession_GetMsgStoresTable(test->session, 0, &table), S_OK);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 1);
    hr = IMAPISession_OpenMsgStore(test->session, 0, rows->aRow[0].lpProps[0].Value.bin.cb,
                                   (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL, flags, &test->store);
    FreeProws(rows);
    IMAPITable_Release(table);
    return hr;
}

static inline void store_log_on(struct store_test *test)
{
    test->session = log_on_to(test->profile, 0);
    assert_hr(store_try_open(test, MDB_WRITE), S_OK);
}

static inline void store_log_off(struct store_test *test)
{
    if (test->store)
        IMsgStore_Release(test->store);
    test->store = NULL;
    log_off(test->session);
    test->session = NULL;
}

static inline void store_delete_file(const WCHAR *path)
{
    WCHAR name[MAX_PATH + 8];

    SetFileAttributesW(path, FILE_ATTRIBUTE_NORMAL);
    DeleteFileW(path);
    wcscat(wcscpy(name, path), L"-wal");
    DeleteFileW(name);
    wcscat(wcscpy(name, path), L"-shm");
    DeleteFileW(name);
}

/* A fresh file, a profile for it, logged on, the store open. */
static inline void store_begin(struct store_test *test)
{
    WCHAR folder[MAX_PATH];

    memset(test, 0, sizeof(*test));
    GetTempPathW(MAX_PATH, folder);
    _snwprintf(test->path, MAX_PATH, L"%lsstore%lu.postroom", folder, GetCurrentProcessId());
    store_delete_file(test->path);
    store_make_profile(test);
    store_log_on(test);
}

static inline void store_end(struct store_test *test)
{
    if (test->session)
        store_log_off(test);
    store_delete_file(test->path);
}

/* A folder that a property of the store names. */
static inline IMAPIFolder *store_folder(struct store_test *test, ULONG tag)
{
    IMAPIFolder *folder = NULL;
    SPropValue *value = NULL;
    ULONG type;

    assert_hr(HrGetOneProp((IMAPIProp *)test->store, tag, &value), S_OK);
    assert_hr(IMsgStore_OpenEntry(test->store, value->Value.bin.cb, (ENTRYID *)value->Value.bin.lpb, NULL, MAPI_MODIFY,
                                  &type, (IUnknown **)&folder),
              S_OK);
    assert_int_equal(type, MAPI_FOLDER);
    MAPIFreeBuffer(value);
    return folder;
}

/* A saved message, with a reference. */
static inline IMessage *store_message(IMAPIFolder *folder, const WCHAR *subject)
{
    SPropValue value = {.ulPropTag = PR_SUBJECT_W};
    IMessage *message;

    value.Value.lpszW = (WCHAR *)subject;
    assert_hr(IMAPIFolder_CreateMessage(folder, NULL, 0, &message), S_OK);
    assert_hr(IMessage_SetProps(message, 1, &value, NULL), S_OK);
    assert_hr(IMessage_SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    return message;
}

/* A saved message, closed. */
static inline void store_add(IMAPIFolder *folder, const WCHAR *subject)
{
    IMessage *message = store_message(folder, subject);

    IMessage_Release(message);
}

static inline void store_add_recipient(IMessage *message, const WCHAR *name)
{
    SPropValue values[4] = {{.ulPropTag = PR_DISPLAY_NAME_W},
                            {.ulPropTag = PR_EMAIL_ADDRESS_W},
                            {.ulPropTag = PR_ADDRTYPE_W},
                            {.ulPropTag = PR_RECIPIENT_TYPE}};
    ADRLIST list = {1, {{0, 4, values}}};

    values[0].Value.lpszW = (WCHAR *)name;
    values[1].Value.lpszW = (WCHAR *)L"someone@example.com";
    values[2].Value.lpszW = (WCHAR *)L"SMTP";
    values[3].Value.l = MAPI_TO;
    assert_hr(IMessage_ModifyRecipients(message, MODRECIP_ADD, &list), S_OK);
}

static inline LONG store_long(void *object, ULONG tag)
{
    SPropValue *value = NULL;
    LONG number;

    assert_hr(HrGetOneProp((IMAPIProp *)object, tag, &value), S_OK);
    number = value->Value.l;
    MAPIFreeBuffer(value);
    return number;
}

static inline ULONG store_rows(IMAPITable *table)
{
    ULONG count = 0;

    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    IMAPITable_Release(table);
    return count;
}

#endif
