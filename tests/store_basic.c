/*
 * The built-in message store: folders, messages, recipients, attachments, tables, submission, through MAPI only.
 */
#define INITGUID
#include "store_support.h"
#include <postroom/guids.h>

#include <wchar.h>

static void special_folders(void **state)
{
    static const ULONG tags[] = {PR_IPM_SUBTREE_ENTRYID,     PR_IPM_OUTBOX_ENTRYID, PR_IPM_SENTMAIL_ENTRYID,
                                 PR_IPM_WASTEBASKET_ENTRYID, PR_VIEWS_ENTRYID,      PR_COMMON_VIEWS_ENTRYID,
                                 PR_FINDER_ENTRYID};
    struct store_test test;
    IMAPIFolder *folder;
    ENTRYID *entryid;
    ULONG i, size;

    (void)state;
    store_begin(&test);
    for (i = 0; i < ARRAY_SIZE(tags); i++)
    {
        folder = store_folder(&test, tags[i]);
        IMAPIFolder_Release(folder);
    }
    assert_int_equal(store_long(test.store, PR_STORE_SUPPORT_MASK) & (STORE_SUBMIT_OK | STORE_SEARCH_OK),
                     STORE_SUBMIT_OK);
    assert_hr(IMsgStore_GetReceiveFolder(test.store, (LPTSTR)L"IPM.Note.Custom", MAPI_UNICODE, &size, &entryid, NULL),
              S_OK);
    assert_hr(IMsgStore_OpenEntry(test.store, size, entryid, NULL, 0, &i, (IUnknown **)&folder), S_OK);
    assert_int_equal(store_long(folder, PR_CONTENT_COUNT), 0);
    IMAPIFolder_Release(folder);
    MAPIFreeBuffer(entryid);
    store_end(&test);
}

static void folders(void **state)
{
    IMAPIFolder *top, *child, *again;
    struct store_test test;
    SPropValue *entryid;
    IMAPITable *table;

    (void)state;
    store_begin(&test);
    top = store_folder(&test, PR_IPM_SUBTREE_ENTRYID);
    assert_hr(IMAPIFolder_CreateFolder(top, FOLDER_GENERIC, (LPTSTR)L"Caf\u00e9", (LPTSTR)L"a comment", NULL,
                                       MAPI_UNICODE, &child),
              S_OK);
    assert_hr(IMAPIFolder_CreateFolder(top, FOLDER_GENERIC, (LPTSTR)L"Caf\u00e9", NULL, NULL, MAPI_UNICODE, &again),
              MAPI_E_COLLISION);
    assert_null(again);
    assert_hr(IMAPIFolder_CreateFolder(top, FOLDER_SEARCH, (LPTSTR)L"Search", NULL, NULL, MAPI_UNICODE, &again),
              MAPI_E_NO_SUPPORT);
    assert_hr(IMAPIFolder_GetHierarchyTable(top, 0, &table), S_OK);
    assert_int_equal(store_rows(table), 5);
    store_add(child, L"inside");
    assert_hr(HrGetOneProp((IMAPIProp *)child, PR_ENTRYID, &entryid), S_OK);
    assert_hr(IMAPIFolder_DeleteFolder(top, entryid->Value.bin.cb, (ENTRYID *)entryid->Value.bin.lpb, 0, NULL, 0),
              MAPI_E_HAS_MESSAGES);
    assert_hr(IMAPIFolder_CopyFolder(top, entryid->Value.bin.cb, (ENTRYID *)entryid->Value.bin.lpb, NULL, child, NULL,
                                     0, NULL, FOLDER_MOVE),
              MAPI_E_FOLDER_CYCLE);
    assert_hr(IMAPIFolder_DeleteFolder(top, entryid->Value.bin.cb, (ENTRYID *)entryid->Value.bin.lpb, 0, NULL,
                                       DEL_MESSAGES | DEL_FOLDERS),
              S_OK);
    IMAPIFolder_Release(child);
    MAPIFreeBuffer(entryid);
    assert_hr(IMAPIFolder_GetHierarchyTable(top, 0, &table), S_OK);
    assert_int_equal(store_rows(table), 4);
    IMAPIFolder_Release(top);
    store_end(&test);
}

/* Nothing of a message is there before SaveChanges, and all of it after, in the next session too. */
static void save_is_all_or_nothing(void **state)
{
    static const WCHAR text[] = L"Gr\u00fc\u00dfe \u4f60\u597d";
    SPropValue value = {.ulPropTag = PR_SUBJECT_W}, *entryid, *found;
    IMessage *message, *second;
    struct store_test test;
    IMAPIFolder *folder;
    ULONG type;

    (void)state;
    store_begin(&test);
    folder = store_folder(&test, PR_IPM_SUBTREE_ENTRYID);
    assert_hr(IMAPIFolder_CreateMessage(folder, NULL, 0, &message), S_OK);
    value.Value.lpszW = (WCHAR *)text;
    assert_hr(IMessage_SetProps(message, 1, &value, NULL), S_OK);
    store_add_recipient(message, L"Anna");
    assert_hr(HrGetOneProp((IMAPIProp *)message, PR_ENTRYID, &entryid), MAPI_E_NOT_FOUND);
    assert_int_equal(store_long(folder, PR_CONTENT_COUNT), 0);
    IMessage_Release(message);
    assert_int_equal(store_long(folder, PR_CONTENT_COUNT), 0);

    message = store_message(folder, text);
    assert_int_equal(store_long(folder, PR_CONTENT_COUNT), 1);
    assert_hr(HrGetOneProp((IMAPIProp *)message, PR_ENTRYID, &entryid), S_OK);
    assert_hr(IMsgStore_OpenEntry(test.store, entryid->Value.bin.cb, (ENTRYID *)entryid->Value.bin.lpb, NULL,
                                  MAPI_MODIFY, &type, (IUnknown **)&second),
              S_OK);
    assert_int_equal(type, MAPI_MESSAGE);
    value.Value.lpszW = (WCHAR *)L"first";
    assert_hr(IMessage_SetProps(message, 1, &value, NULL), S_OK);
    assert_hr(HrGetOneProp((IMAPIProp *)second, PR_SUBJECT_W, &found), S_OK);
    assert_int_equal(wcscmp(found->Value.lpszW, text), 0);
    MAPIFreeBuffer(found);
    assert_hr(IMessage_SaveChanges(message, KEEP_OPEN_READONLY), S_OK);
    assert_hr(IMessage_SetProps(message, 1, &value, NULL), MAPI_E_NO_ACCESS);
    assert_hr(IMessage_SetProps(second, 1, &value, NULL), S_OK);
    assert_hr(IMessage_SaveChanges(second, KEEP_OPEN_READWRITE), MAPI_E_OBJECT_CHANGED);
    assert_hr(IMessage_SaveChanges(second, KEEP_OPEN_READWRITE | FORCE_SAVE), S_OK);
    IMessage_Release(second);
    IMessage_Release(message);
    IMAPIFolder_Release(folder);
    store_log_off(&test);

    store_log_on(&test);
    assert_hr(IMsgStore_OpenEntry(test.store, entryid->Value.bin.cb, (ENTRYID *)entryid->Value.bin.lpb, NULL, 0, &type,
                                  (IUnknown **)&message),
              S_OK);
    assert_hr(HrGetOneProp((IMAPIProp *)message, PR_SUBJECT_W, &found), S_OK);
    assert_int_equal(wcscmp(found->Value.lpszW, L"first"), 0);
    MAPIFreeBuffer(found);
    IMessage_Release(message);
    MAPIFreeBuffer(entryid);
    store_end(&test);
}

static void attachments(void **state)
{
    SPropValue value = {.ulPropTag = PR_ATTACH_METHOD}, *entryid, *found;
    IMessage *message, *inner;
    struct store_test test;
    IMAPIFolder *folder;
    IMAPITable *table;
    IAttach *attach;
    IStream *stream;
    ULONG number, i, type, done;
    BYTE block[1024];

    (void)state;
    store_begin(&test);
    folder = store_folder(&test, PR_IPM_SUBTREE_ENTRYID);
    message = store_message(folder, L"with attachments");
    assert_hr(IMessage_CreateAttach(message, NULL, 0, &number, &attach), S_OK);
    assert_int_equal(number, 0);
    value.Value.l = ATTACH_BY_VALUE;
    assert_hr(IAttach_SetProps(attach, 1, &value, NULL), S_OK);
    assert_hr(IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream, 0, MAPI_CREATE | MAPI_MODIFY,
                                   (IUnknown **)&stream),
              S_OK);
    for (i = 0; i < 2048; i++)
    {
        memset(block, (int)i & 0xff, sizeof(block));
        assert_hr(IStream_Write(stream, block, sizeof(block), &done), S_OK);
        assert_int_equal(done, sizeof(block));
    }
    assert_hr(IStream_Commit(stream, 0), S_OK);
    IStream_Release(stream);
    assert_hr(IMessage_GetAttachmentTable(message, 0, &table), S_OK);
    assert_int_equal(store_rows(table), 0);
    assert_hr(IAttach_SaveChanges(attach, 0), S_OK);
    IAttach_Release(attach);
    assert_hr(IMessage_GetAttachmentTable(message, 0, &table), S_OK);
    assert_int_equal(store_rows(table), 1);
    assert_hr(IMessage_CreateAttach(message, NULL, 0, &number, &attach), S_OK);
    assert_int_equal(number, 1);
    value.Value.l = ATTACH_EMBEDDED_MSG;
    assert_hr(IAttach_SetProps(attach, 1, &value, NULL), S_OK);
    assert_hr(IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY,
                                   (IUnknown **)&inner),
              S_OK);
    value.ulPropTag = PR_SUBJECT_W;
    value.Value.lpszW = (WCHAR *)L"the inner one";
    assert_hr(IMessage_SetProps(inner, 1, &value, NULL), S_OK);
    assert_hr(IMessage_SaveChanges(inner, 0), S_OK);
    IMessage_Release(inner);
    assert_hr(IAttach_SaveChanges(attach, 0), S_OK);
    IAttach_Release(attach);
    assert_hr(IMessage_SaveChanges(message, 0), S_OK);
    assert_hr(HrGetOneProp((IMAPIProp *)message, PR_ENTRYID, &entryid), S_OK);
    IMessage_Release(message);

    assert_hr(IMsgStore_OpenEntry(test.store, entryid->Value.bin.cb, (ENTRYID *)entryid->Value.bin.lpb, NULL,
                                  MAPI_MODIFY, &type, (IUnknown **)&message),
              S_OK);
    assert_true(store_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_HASATTACH);
    assert_true(store_long(message, PR_MESSAGE_SIZE) > 2048 * 1024);
    assert_hr(IMessage_OpenAttach(message, 0, NULL, 0, &attach), S_OK);
    assert_hr(HrGetOneProp((IMAPIProp *)attach, PR_ATTACH_DATA_BIN, &found), S_OK);
    assert_int_equal(found->Value.bin.cb, 2048 * 1024);
    for (i = 0; i < 2048; i++)
        assert_int_equal(found->Value.bin.lpb[i * 1024 + 7], i & 0xff);
    MAPIFreeBuffer(found);
    IAttach_Release(attach);
    assert_hr(IMessage_OpenAttach(message, 1, NULL, 0, &attach), S_OK);
    assert_hr(IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, (IUnknown **)&inner), S_OK);
    assert_hr(HrGetOneProp((IMAPIProp *)inner, PR_SUBJECT_W, &found), S_OK);
    assert_int_equal(wcscmp(found->Value.lpszW, L"the inner one"), 0);
    MAPIFreeBuffer(found);
    IMessage_Release(inner);
    IAttach_Release(attach);
    assert_hr(IMessage_DeleteAttach(message, 0, 0, NULL, 0), S_OK);
    assert_hr(IMessage_DeleteAttach(message, 0, 0, NULL, 0), MAPI_E_NOT_FOUND);
    assert_hr(IMessage_SaveChanges(message, 0), S_OK);
    IMessage_Release(message);
    MAPIFreeBuffer(entryid);
    IMAPIFolder_Release(folder);
    store_end(&test);
}

static void contents_table(void **state)
{
    SizedSPropTagArray(2, columns) = {2, {PR_SUBJECT_W, PR_MESSAGE_FLAGS}};
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_SUBJECT_W, TABLE_SORT_DESCEND}}};
    SPropValue value = {.ulPropTag = PR_SUBJECT_W};
    SRestriction restriction = {.rt = RES_CONTENT};
    struct store_test test;
    IMAPIFolder *folder;
    IMAPITable *table;
    WCHAR subject[16];
    SRowSet *rows;
    LONG sought;
    ULONG count;
    int i;

    (void)state;
    store_begin(&test);
    folder = store_folder(&test, PR_IPM_SUBTREE_ENTRYID);
    for (i = 0; i < 30; i++)
    {
        _snwprintf(subject, ARRAY_SIZE(subject), L"Subject %02d", i);
        store_add(folder, subject);
    }
    assert_hr(IMAPIFolder_GetContentsTable(folder, MAPI_UNICODE, &table), S_OK);
    assert_hr(IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 28, &sought), S_OK);
    assert_int_equal(sought, 28);
    assert_hr(IMAPITable_QueryRows(table, 10, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 2);
    assert_int_equal(wcscmp(rows->aRow[1].lpProps[0].Value.lpszW, L"Subject 00"), 0);
    FreeProws(rows);
    assert_hr(IMAPITable_QueryRows(table, -3, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 3);
    FreeProws(rows);
    restriction.res.resContent.ulFuzzyLevel = FL_SUBSTRING | FL_IGNORECASE;
    restriction.res.resContent.ulPropTag = PR_SUBJECT_W;
    restriction.res.resContent.lpProp = &value;
    value.Value.lpszW = (WCHAR *)L"SUBJECT 1";
    assert_hr(IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0), S_OK);
    assert_hr(IMAPITable_QueryRows(table, 1, 0, &rows), S_OK);
    assert_int_equal(wcscmp(rows->aRow[0].lpProps[0].Value.lpszW, L"Subject 19"), 0);
    FreeProws(rows);
    assert_hr(IMAPITable_Restrict(table, &restriction, 0), S_OK);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 10);
    value.Value.lpszW = (WCHAR *)L"'; DROP TABLE object; --";
    assert_hr(IMAPITable_Restrict(table, &restriction, 0), S_OK);
    assert_int_equal(store_rows(table), 0);
    assert_int_equal(store_long(folder, PR_CONTENT_COUNT), 30);
    assert_hr(IMAPIFolder_EmptyFolder(folder, 0, NULL, 0), S_OK);
    assert_int_equal(store_long(folder, PR_CONTENT_COUNT), 0);
    IMAPIFolder_Release(folder);
    store_end(&test);
}

static void LOGOFF_61_submitted_is_queued_at_the_next_logon(void **state)
{
    struct store_test test;
    IMAPIFolder *outbox;
    SPropValue *entryid;
    IMAPITable *table;
    IMessage *message;
    ULONG type;

    (void)state;
    store_begin(&test);
    outbox = store_folder(&test, PR_IPM_OUTBOX_ENTRYID);
    message = store_message(outbox, L"on its way");
    assert_hr(IMessage_SubmitMessage(message, 0), MAPI_E_NO_RECIPIENTS);
    store_add_recipient(message, L"Anna");
    assert_hr(IMessage_SubmitMessage(message, 0), S_OK);
    assert_hr(HrGetOneProp((IMAPIProp *)message, PR_ENTRYID, &entryid), S_OK);
    IMessage_Release(message);
    IMAPIFolder_Release(outbox);
    store_log_off(&test);

    store_log_on(&test);
    assert_hr(IMsgStore_GetOutgoingQueue(test.store, 0, &table), S_OK);
    assert_int_equal(store_rows(table), 1);
    assert_hr(IMsgStore_OpenEntry(test.store, entryid->Value.bin.cb, (ENTRYID *)entryid->Value.bin.lpb, NULL,
                                  MAPI_MODIFY, &type, (IUnknown **)&message),
              S_OK);
    assert_true(store_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_SUBMIT);
    assert_hr(IMsgStore_SetLockState(test.store, message, MSG_LOCKED), S_OK);
    assert_hr(IMsgStore_AbortSubmit(test.store, entryid->Value.bin.cb, (ENTRYID *)entryid->Value.bin.lpb, 0),
              MAPI_E_UNABLE_TO_ABORT);
    assert_hr(IMsgStore_SetLockState(test.store, message, MSG_UNLOCKED), S_OK);
    IMessage_Release(message);
    assert_hr(IMsgStore_AbortSubmit(test.store, entryid->Value.bin.cb, (ENTRYID *)entryid->Value.bin.lpb, 0), S_OK);
    assert_hr(IMsgStore_AbortSubmit(test.store, entryid->Value.bin.cb, (ENTRYID *)entryid->Value.bin.lpb, 0),
              MAPI_E_NOT_IN_QUEUE);
    MAPIFreeBuffer(entryid);
    store_end(&test);
}

static void notifications(void **state)
{
    struct harness_sink object, rows;
    ULONG_PTR connection = 0, table_connection = 0;
    struct store_test test;
    IMAPIFolder *folder;
    IMAPITable *table;

    (void)state;
    store_begin(&test);
    harness_sink_init(&object);
    harness_sink_init(&rows);
    folder = store_folder(&test, PR_IPM_SUBTREE_ENTRYID);
    assert_hr(IMAPIFolder_GetContentsTable(folder, 0, &table), S_OK);
    assert_hr(IMAPITable_Advise(table, fnevTableModified, &rows.IMAPIAdviseSink_iface, &table_connection), S_OK);
    assert_hr(IMsgStore_Advise(test.store, 0, NULL, fnevObjectCreated, &object.IMAPIAdviseSink_iface, &connection),
              S_OK);
    store_add(folder, L"news");
    assert_hr(HrDispatchNotifications(0), S_OK);
    assert_int_equal(object.events, 1);
    assert_int_equal(rows.events, 1);
    assert_hr(IMsgStore_Unadvise(test.store, connection), S_OK);
    assert_hr(IMAPITable_Unadvise(table, table_connection), S_OK);
    IMAPITable_Release(table);
    IMAPIFolder_Release(folder);
    store_end(&test);
}

/* Files that are no stores are told as what they are, and left as they are. */
static void bad_files(void **state)
{
    struct store_test test;
    char bytes[4096];
    HANDLE file;
    DWORD done;

    (void)state;
    store_begin(&test);
    store_log_off(&test);
    store_delete_file(test.path);
    memset(bytes, 'x', sizeof(bytes));
    file = CreateFileW(test.path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, bytes, sizeof(bytes), &done, NULL));
    CloseHandle(file);
    test.session = log_on_to(test.profile, 0);
    assert_hr(store_try_open(&test, MDB_WRITE), MAPI_E_CORRUPT_STORE);
    assert_null(test.store);
    store_end(&test);
}

/* What is open when the session ends answers MAPI_E_INVALID_OBJECT and can be released. */
static void left_open_at_log_off(void **state)
{
    SPropValue *value = NULL;
    struct store_test test;
    IMAPIFolder *folder;
    IMAPITable *table;
    IMessage *message;
    SRowSet *rows;

    (void)state;
    store_begin(&test);
    folder = store_folder(&test, PR_IPM_SUBTREE_ENTRYID);
    message = store_message(folder, L"left");
    assert_hr(IMAPIFolder_GetContentsTable(folder, 0, &table), S_OK);
    log_off(test.session);
    test.session = NULL;
    assert_hr(HrGetOneProp((IMAPIProp *)message, PR_SUBJECT_W, &value), MAPI_E_INVALID_OBJECT);
    assert_hr(IMAPITable_QueryRows(table, 1, 0, &rows), MAPI_E_INVALID_OBJECT);
    IMAPITable_Release(table);
    IMessage_Release(message);
    IMAPIFolder_Release(folder);
    IMsgStore_Release(test.store);
    test.store = NULL;
    store_end(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(special_folders),        harness_test(folders),
            harness_test(save_is_all_or_nothing), harness_test(attachments),
            harness_test(contents_table),         harness_test(LOGOFF_61_submitted_is_queued_at_the_next_logon),
            harness_test(notifications),          harness_test(bad_files),
            harness_test(left_open_at_log_off),
    };
    return harness_run(tests);
}
