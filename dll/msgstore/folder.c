/*
 * Folders (imapifolderimapicontainer). Each operation on messages is one transaction; progress and notifications come
 * after it, without the lock.
 */
#include "msgstore.h"

#include <string.h>
#include <wchar.h>

static HRESULT STDMETHODCALLTYPE folder_GetContentsTable(struct object *folder, ULONG flags, IMAPITable **table)
{
    if (!table)
        return MAPI_E_INVALID_PARAMETER;
    *table = NULL;
    if (flags & ~(ULONG)(MAPI_UNICODE | MAPI_ASSOCIATED | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    return table_create(folder->logon, folder, flags & MAPI_ASSOCIATED ? TABLE_ASSOCIATED : TABLE_CONTENTS,
                        !!(flags & MAPI_UNICODE), table);
}

static HRESULT STDMETHODCALLTYPE folder_GetHierarchyTable(struct object *folder, ULONG flags, IMAPITable **table)
{
    if (!table)
        return MAPI_E_INVALID_PARAMETER;
    *table = NULL;
    if (flags & ~(ULONG)(MAPI_UNICODE | CONVENIENT_DEPTH | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & CONVENIENT_DEPTH)
        return MAPI_E_NO_SUPPORT;
    return table_create(folder->logon, folder, TABLE_HIERARCHY, !!(flags & MAPI_UNICODE), table);
}

static HRESULT STDMETHODCALLTYPE folder_OpenEntry(struct object *folder, ULONG size, ENTRYID *id, const IID *iid,
                                                  ULONG flags, ULONG *type, IUnknown **out)
{
    return object_open(folder->logon, size, id, iid, flags, type, out);
}

/* Search folders are not made (docs/store.md). */
static HRESULT STDMETHODCALLTYPE folder_SetSearchCriteria(struct object *folder, SRestriction *restriction,
                                                          SBinaryArray *list, ULONG flags)
{
    (void)folder;
    (void)restriction;
    (void)list;
    (void)flags;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT STDMETHODCALLTYPE folder_GetSearchCriteria(struct object *folder, ULONG flags,
                                                          SRestriction **restriction, SBinaryArray **list, ULONG *state)
{
    (void)folder;
    (void)flags;
    if (restriction)
        *restriction = NULL;
    if (list)
        *list = NULL;
    if (state)
        *state = 0;
    return MAPI_E_NO_SUPPORT;
}

/* imapifolder-createmessage */
static HRESULT STDMETHODCALLTYPE folder_CreateMessage(struct object *folder, const IID *iid, ULONG flags,
                                                      IMessage **out)
{
    struct source source = {TEMP, 0};
    struct object *message;
    struct db *db;
    HRESULT hr;

    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(ULONG)(MAPI_ASSOCIATED | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (iid && !IsEqualGUID(iid, &IID_IMessage) && !IsEqualGUID(iid, &IID_IMAPIProp)
        && !IsEqualGUID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!folder->modify)
        return MAPI_E_NO_ACCESS;
    if (FAILED(hr = logon_enter(folder->logon, &db)))
        return hr;
    hr = db_run(db, TEMP, "INSERT INTO @.object(kind, flags) VALUES(?, ?)", "ii",
                (sqlite3_int64)(flags & MAPI_ASSOCIATED ? KIND_ASSOCIATED : KIND_MESSAGE),
                (sqlite3_int64)(MSGFLAG_UNSENT | MSGFLAG_READ));
    source.id = sqlite3_last_insert_rowid(db->handle);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = object_create(folder->logon, OBJECT_MESSAGE, &source, TRUE, &message)))
    {
        message->folder = folder->source.id;
        message->kind = flags & MAPI_ASSOCIATED ? KIND_ASSOCIATED : KIND_MESSAGE;
        *out = (IMessage *)message;
    }
    return logon_leave(folder->logon, hr);
}

/* What is done with each message of a list. Lock held, within a transaction. */
struct operation
{
    HRESULT (*run)(struct db *db, struct operation *operation, sqlite3_int64 id);
    sqlite3_int64 folder, destination, result;
    ULONG flags, event;
};

/* A message of the folder that is not being sent. */
static HRESULT check_message(struct db *db, sqlite3_int64 id, sqlite3_int64 folder)
{
    sqlite3_int64 flags =
            db_number(db, MAIN, -1, "SELECT flags FROM main.object WHERE id = ? AND parent = ? AND kind IN (3, 4)",
                      "ii", id, folder);

    return flags < 0 ? MAPI_E_NOT_FOUND : flags & MSGFLAG_SUBMIT ? MAPI_E_SUBMITTED : S_OK;
}

static HRESULT delete_one(struct db *db, struct operation *operation, sqlite3_int64 id)
{
    struct source source = {MAIN, id};
    HRESULT hr = check_message(db, id, operation->folder);

    return FAILED(hr) ? hr : tree_delete(db, &source);
}

static HRESULT copy_one(struct db *db, struct operation *operation, sqlite3_int64 id)
{
    struct source source = {MAIN, id};
    HRESULT hr = check_message(db, id, operation->folder);

    if (FAILED(hr))
        return hr;
    operation->result = id;
    if (operation->flags & MESSAGE_MOVE)
        return db_run(db, MAIN, "UPDATE main.object SET parent = ?, change = ? WHERE id = ?", "iii",
                      operation->destination, db_change(db), id);
    if (FAILED(hr = tree_copy(db, &source, MAIN, operation->destination, &operation->result)))
        return hr;
    return db_run(db, MAIN, "UPDATE main.object SET change = ? WHERE id = ?", "ii", db_change(db), operation->result);
}

static HRESULT read_one(struct db *db, struct operation *operation, sqlite3_int64 id)
{
    if (FAILED(check_message(db, id, operation->folder)))
        return MAPI_E_NOT_FOUND;
    return db_run(db, MAIN,
                  operation->flags & CLEAR_READ_FLAG ? "UPDATE main.object SET flags = flags & ~1 WHERE id = ?"
                                                     : "UPDATE main.object SET flags = flags | 1 WHERE id = ?",
                  "i", id);
}

/* list NULL: every message of the folder. All that can be done is done (MAPI_W_PARTIAL_COMPLETION), in one transaction. */
static HRESULT for_each(struct object *folder, SBinaryArray *list, struct operation *operation, IMAPIProgress *progress)
{
    sqlite3_int64 *ids = NULL;
    BOOL partial = FALSE;
    int count = 0, i;
    struct db *db;
    HRESULT hr;
    ULONG type;

    operation->folder = folder->source.id;
    if (!folder->modify)
        return MAPI_E_NO_ACCESS;
    if (list && (list->cValues > 0x100000 || (list->cValues && !list->lpbin)))
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = logon_enter(folder->logon, &db)))
        return hr;
    if (!list)
        hr = db_list(db, MAIN, &ids, &count, "SELECT id FROM main.object WHERE parent = ? AND kind = 3", "i",
                     folder->source.id);
    else if (!(ids = sqlite3_malloc64(sizeof(*ids) * ((sqlite3_uint64)list->cValues + 1))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && list && (ULONG)i < list->cValues; i++, count++)
        if (FAILED(entryid_read(db, list->lpbin[i].cb, list->lpbin[i].lpb, &type, &ids[i])) || type != MAPI_MESSAGE)
            ids[i] = 0;
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_begin(db)))
    {
        for (i = 0; i < count; i++)
        {
            if (SUCCEEDED(operation->run(db, operation, ids[i])))
                continue;
            partial = TRUE;
            ids[i] = 0;
        }
        hr = db_end(db, S_OK);
    }
    logon_leave(folder->logon, hr);
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        if (progress)
            IMAPIProgress_Progress(progress, (ULONG)i + 1, (ULONG)i + 1, (ULONG)count);
        if (ids[i])
            notify_object(folder->logon, operation->event, MAPI_MESSAGE, ids[i],
                          operation->destination ? operation->destination : operation->folder);
    }
    if (SUCCEEDED(hr) && (operation->flags & MESSAGE_MOVE) && operation->run == copy_one && count)
        notify_object(folder->logon, fnevObjectModified, MAPI_FOLDER, folder->source.id, folder->source.id);
    db_free(ids);
    return FAILED(hr) ? hr : partial ? MAPI_W_PARTIAL_COMPLETION : S_OK;
}

/* A folder of the same file; 0: it is not. */
static sqlite3_int64 destination_id(struct object *folder, void *destination)
{
    struct object *object = object_from(destination);

    return object && object->type == OBJECT_FOLDER && object->logon->db && folder->logon->db
                           && !memcmp(&object->logon->db->uid, &folder->logon->db->uid, sizeof(MAPIUID))
                   ? object->source.id
                   : 0;
}

/* imapifolder-copymessages. MAPI_E_NO_SUPPORT: the destination is in another store. */
static HRESULT STDMETHODCALLTYPE folder_CopyMessages(struct object *folder, SBinaryArray *list, const IID *iid,
                                                     void *destination, ULONG_PTR window, IMAPIProgress *progress,
                                                     ULONG flags)
{
    struct operation operation = {.run = copy_one, .flags = flags};

    (void)iid;
    (void)window;
    if (!list || !destination)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)(MESSAGE_MOVE | MESSAGE_DIALOG | MAPI_DECLINE_OK))
        return MAPI_E_UNKNOWN_FLAGS;
    operation.event = flags & MESSAGE_MOVE ? fnevObjectMoved : fnevObjectCopied;
    if (!(operation.destination = destination_id(folder, destination)))
        return MAPI_E_NO_SUPPORT;
    return for_each(folder, list, &operation, progress);
}

static HRESULT STDMETHODCALLTYPE folder_DeleteMessages(struct object *folder, SBinaryArray *list, ULONG_PTR window,
                                                       IMAPIProgress *progress, ULONG flags)
{
    struct operation operation = {.run = delete_one, .event = fnevObjectDeleted};

    (void)window;
    if (!list)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)MESSAGE_DIALOG)
        return MAPI_E_UNKNOWN_FLAGS;
    return for_each(folder, list, &operation, progress);
}

static HRESULT STDMETHODCALLTYPE folder_SetReadFlags(struct object *folder, SBinaryArray *list, ULONG_PTR window,
                                                     IMAPIProgress *progress, ULONG flags)
{
    struct operation operation = {
            .run = read_one, .event = fnevObjectModified, .flags = flags & ~(ULONG)MESSAGE_DIALOG};

    (void)window;
    if (flags
        & ~(ULONG)(MESSAGE_DIALOG | SUPPRESS_RECEIPT | CLEAR_READ_FLAG | MAPI_DEFERRED_ERRORS | GENERATE_RECEIPT_ONLY
                   | CLEAR_RN_PENDING | CLEAR_NRN_PENDING))
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & GENERATE_RECEIPT_ONLY)
        return MAPI_E_NO_SUPPORT;
    return for_each(folder, list, &operation, progress);
}

static HRESULT STDMETHODCALLTYPE folder_EmptyFolder(struct object *folder, ULONG_PTR window, IMAPIProgress *progress,
                                                    ULONG flags)
{
    struct operation operation = {.run = delete_one, .event = fnevObjectDeleted};

    (void)window;
    if (flags & ~(ULONG)(FOLDER_DIALOG | DEL_ASSOCIATED))
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & DEL_ASSOCIATED)
        return MAPI_E_NO_SUPPORT;
    return for_each(folder, NULL, &operation, progress);
}

static HRESULT set_text(struct db *db, sqlite3_int64 id, ULONG tag, LPTSTR text, ULONG flags)
{
    struct source source = {MAIN, id};
    SPropValue value = {.ulPropTag = PROP_TAG(flags & MAPI_UNICODE ? PT_UNICODE : PT_STRING8, PROP_ID(tag))};

    value.Value.lpszW = (WCHAR *)text;
    return text ? value_set(db, &source, &value) : S_OK;
}

static BOOL is_empty(LPTSTR text, ULONG flags)
{
    return !text || (flags & MAPI_UNICODE ? !*(WCHAR *)text : !*(char *)text);
}

/* A subfolder of the name, without case; 0: none. */
static sqlite3_int64 find_folder(struct db *db, sqlite3_int64 parent, LPTSTR name, ULONG flags)
{
    static const char text[] =
            "SELECT o.id FROM main.object o JOIN main.prop p ON p.object = o.id AND p.id = 12289 WHERE "
            "o.parent = ? AND o.kind = 2 AND p.value = ? COLLATE NOCASE";
    WCHAR wide[256] = L"";

    if (flags & MAPI_UNICODE)
        lstrcpynW(wide, (WCHAR *)name, ARRAYSIZE(wide));
    else
        MultiByteToWideChar(CP_ACP, 0, (char *)name, -1, wide, ARRAYSIZE(wide) - 1);
    return db_number(db, MAIN, 0, text, "it", parent, wide);
}

static HRESULT STDMETHODCALLTYPE folder_CreateFolder(struct object *folder, ULONG type, LPTSTR name, LPTSTR comment,
                                                     const IID *iid, ULONG flags, IMAPIFolder **out)
{
    struct source source = {MAIN, 0};
    struct object *child = NULL;
    BOOL fresh = FALSE;
    struct db *db;
    HRESULT hr;

    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(ULONG)(MAPI_UNICODE | OPEN_IF_EXISTS | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (is_empty(name, flags) || (type != FOLDER_GENERIC && type != FOLDER_SEARCH))
        return MAPI_E_INVALID_PARAMETER;
    if (type == FOLDER_SEARCH)
        return MAPI_E_NO_SUPPORT;
    if (iid && !IsEqualGUID(iid, &IID_IMAPIFolder) && !IsEqualGUID(iid, &IID_IMAPIContainer)
        && !IsEqualGUID(iid, &IID_IMAPIProp) && !IsEqualGUID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!folder->modify)
        return MAPI_E_NO_ACCESS;
    if (FAILED(hr = logon_enter(folder->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = db_begin(db)))
    {
        if ((source.id = find_folder(db, folder->source.id, name, flags)))
            hr = flags & OPEN_IF_EXISTS ? S_OK : MAPI_E_COLLISION;
        else
        {
            fresh = TRUE;
            hr = db_run(db, MAIN, "INSERT INTO main.object(kind, parent, change) VALUES(2, ?, ?)", "ii",
                        folder->source.id, db_change(db));
            source.id = sqlite3_last_insert_rowid(db->handle);
            if (SUCCEEDED(hr))
                hr = set_text(db, source.id, PR_DISPLAY_NAME_W, name, flags);
            if (SUCCEEDED(hr))
                hr = set_text(db, source.id, PR_COMMENT_W, comment, flags);
        }
        hr = db_end(db, hr);
    }
    if (SUCCEEDED(hr))
        hr = object_create(folder->logon, OBJECT_FOLDER, &source, TRUE, &child);
    logon_leave(folder->logon, hr);
    if (SUCCEEDED(hr))
    {
        child->folder = folder->source.id;
        *out = (IMAPIFolder *)child;
        if (fresh)
            notify_object(folder->logon, fnevObjectCreated, MAPI_FOLDER, source.id, folder->source.id);
    }
    return hr;
}

/* Whether ancestor is id or above it. Lock held. */
static BOOL is_below(struct db *db, sqlite3_int64 id, sqlite3_int64 ancestor)
{
    int depth;

    for (depth = 0; id && depth < 1000; depth++)
    {
        if (id == ancestor)
            return TRUE;
        id = db_number(db, MAIN, 0, "SELECT parent FROM main.object WHERE id = ?", "i", id);
    }
    return FALSE;
}

/* A folder's copy: its messages always, its subfolders when asked for. */
static HRESULT copy_folder(struct db *db, sqlite3_int64 id, sqlite3_int64 parent, BOOL deep, sqlite3_int64 *copied)
{
    struct source source = {MAIN, id};
    sqlite3_int64 *children = NULL, child;
    int count = 0, i;
    HRESULT hr;

    if (deep)
        return tree_copy(db, &source, MAIN, parent, copied);
    if (FAILED(hr = db_run(db, MAIN, "INSERT INTO main.object(kind, parent) VALUES(2, ?)", "i", parent)))
        return hr;
    *copied = sqlite3_last_insert_rowid(db->handle);
    if (SUCCEEDED(hr = db_run(db, MAIN,
                              "INSERT INTO main.prop SELECT ?2, id, type, value FROM main.prop WHERE object = ?1", "ii",
                              id, *copied)))
        hr = db_list(db, MAIN, &children, &count, "SELECT id FROM main.object WHERE parent = ? AND kind IN (3, 4)", "i",
                     id);
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        source.id = children[i];
        hr = tree_copy(db, &source, MAIN, *copied, &child);
    }
    db_free(children);
    return hr;
}

static HRESULT STDMETHODCALLTYPE folder_CopyFolder(struct object *folder, ULONG size, ENTRYID *entryid, const IID *iid,
                                                   void *destination, LPTSTR name, ULONG_PTR window,
                                                   IMAPIProgress *progress, ULONG flags)
{
    sqlite3_int64 id, target, copied = 0;
    struct db *db;
    ULONG type;
    HRESULT hr;

    (void)iid;
    (void)window;
    (void)progress;
    if (!size || !entryid || !destination)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)(MAPI_UNICODE | FOLDER_MOVE | FOLDER_DIALOG | COPY_SUBFOLDERS | MAPI_DECLINE_OK))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!folder->modify)
        return MAPI_E_NO_ACCESS;
    if (!(target = destination_id(folder, destination)))
        return MAPI_E_NO_SUPPORT;
    if (FAILED(hr = logon_enter(folder->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = entryid_read(db, size, entryid, &type, &id)) && SUCCEEDED(hr = db_begin(db)))
    {
        if (type != MAPI_FOLDER
            || !db_number(db, MAIN, 0, "SELECT 1 FROM main.object WHERE id = ? AND kind = 2", "i", id))
            hr = MAPI_E_NOT_FOUND;
        else if ((flags & FOLDER_MOVE) && id < ID_FIRST_FREE)
            hr = MAPI_E_NO_ACCESS;
        else if (is_below(db, target, id))
            hr = MAPI_E_FOLDER_CYCLE;
        else if (!is_empty(name, flags) && find_folder(db, target, name, flags))
            hr = MAPI_E_COLLISION;
        else if (flags & FOLDER_MOVE)
            hr = db_run(db, MAIN, "UPDATE main.object SET parent = ? WHERE id = ?", "ii", target, copied = id);
        else
            hr = copy_folder(db, id, target, !!(flags & COPY_SUBFOLDERS), &copied);
        if (SUCCEEDED(hr) && !is_empty(name, flags))
            hr = set_text(db, copied, PR_DISPLAY_NAME_W, name, flags);
        hr = db_end(db, hr);
    }
    logon_leave(folder->logon, hr);
    if (SUCCEEDED(hr))
    {
        notify_object(folder->logon, flags & FOLDER_MOVE ? fnevObjectMoved : fnevObjectCopied, MAPI_FOLDER, copied,
                      target);
        if (flags & FOLDER_MOVE)
            notify_object(folder->logon, fnevObjectModified, MAPI_FOLDER, folder->source.id, folder->source.id);
    }
    return hr;
}

static HRESULT STDMETHODCALLTYPE folder_DeleteFolder(struct object *folder, ULONG size, ENTRYID *entryid,
                                                     ULONG_PTR window, IMAPIProgress *progress, ULONG flags)
{
    struct source source = {MAIN, 0};
    struct db *db;
    ULONG type;
    HRESULT hr;

    (void)window;
    (void)progress;
    if (!size || !entryid)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)(DEL_MESSAGES | DEL_FOLDERS | FOLDER_DIALOG))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!folder->modify)
        return MAPI_E_NO_ACCESS;
    if (FAILED(hr = logon_enter(folder->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = entryid_read(db, size, entryid, &type, &source.id)) && SUCCEEDED(hr = db_begin(db)))
    {
        if (type != MAPI_FOLDER
            || !db_number(db, MAIN, 0, "SELECT 1 FROM main.object WHERE id = ? AND parent = ? AND kind = 2", "ii",
                          source.id, folder->source.id))
            hr = MAPI_E_NOT_FOUND;
        else if (source.id < ID_FIRST_FREE)
            hr = MAPI_E_NO_ACCESS;
        else if (!(flags & DEL_FOLDERS)
                 && db_number(db, MAIN, 0, "SELECT 1 FROM main.object WHERE parent = ? AND kind = 2", "i", source.id))
            hr = MAPI_E_HAS_FOLDERS;
        else if (!(flags & DEL_MESSAGES)
                 && db_number(db, MAIN, 0, "SELECT 1 FROM main.object WHERE parent = ? AND kind = 3", "i", source.id))
            hr = MAPI_E_HAS_MESSAGES;
        else
            hr = tree_delete(db, &source);
        hr = db_end(db, hr);
    }
    logon_leave(folder->logon, hr);
    if (SUCCEEDED(hr))
        notify_object(folder->logon, fnevObjectDeleted, MAPI_FOLDER, source.id, folder->source.id);
    return hr;
}

static HRESULT change_status(struct object *folder, ULONG size, ENTRYID *entryid, ULONG status, ULONG mask, ULONG *old)
{
    sqlite3_int64 id, now;
    struct db *db;
    ULONG type;
    HRESULT hr;

    if (FAILED(hr = logon_enter(folder->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = size ? entryid_read(db, size, entryid, &type, &id) : MAPI_E_INVALID_ENTRYID))
    {
        now = db_number(db, MAIN, -1, "SELECT status FROM main.object WHERE id = ? AND parent = ? AND kind IN (3, 4)",
                        "ii", id, folder->source.id);
        if (now < 0)
            hr = MAPI_E_NOT_FOUND;
        else if (mask)
            hr = db_run(db, MAIN, "UPDATE main.object SET status = ? WHERE id = ?", "ii",
                        (sqlite3_int64)(((ULONG)now & ~mask) | (status & mask)), id);
        if (SUCCEEDED(hr) && old)
            *old = (ULONG)now;
    }
    logon_leave(folder->logon, hr);
    if (SUCCEEDED(hr) && mask)
        notify_object(folder->logon, fnevObjectModified, MAPI_MESSAGE, id, folder->source.id);
    return hr;
}

static HRESULT STDMETHODCALLTYPE folder_GetMessageStatus(struct object *folder, ULONG size, ENTRYID *entryid,
                                                         ULONG flags, ULONG *status)
{
    if (!status)
        return MAPI_E_INVALID_PARAMETER;
    *status = 0;
    return flags ? MAPI_E_UNKNOWN_FLAGS : change_status(folder, size, entryid, 0, 0, status);
}

static HRESULT STDMETHODCALLTYPE folder_SetMessageStatus(struct object *folder, ULONG size, ENTRYID *entryid,
                                                         ULONG status, ULONG mask, ULONG *old)
{
    if (old)
        *old = 0;
    return folder->modify ? change_status(folder, size, entryid, status, mask, old) : MAPI_E_NO_ACCESS;
}

/* The order is the client's to keep. */
static HRESULT STDMETHODCALLTYPE folder_SaveContentsSort(struct object *folder, SSortOrderSet *order, ULONG flags)
{
    (void)folder;
    (void)order;
    (void)flags;
    return MAPI_E_NO_SUPPORT;
}

const IMAPIFolderVtbl folder_vtbl = {
        OBJECT_METHODS,
        .GetContentsTable = (void *)folder_GetContentsTable,
        .GetHierarchyTable = (void *)folder_GetHierarchyTable,
        .OpenEntry = (void *)folder_OpenEntry,
        .SetSearchCriteria = (void *)folder_SetSearchCriteria,
        .GetSearchCriteria = (void *)folder_GetSearchCriteria,
        .CreateMessage = (void *)folder_CreateMessage,
        .CopyMessages = (void *)folder_CopyMessages,
        .DeleteMessages = (void *)folder_DeleteMessages,
        .CreateFolder = (void *)folder_CreateFolder,
        .CopyFolder = (void *)folder_CopyFolder,
        .DeleteFolder = (void *)folder_DeleteFolder,
        .SetReadFlags = (void *)folder_SetReadFlags,
        .GetMessageStatus = (void *)folder_GetMessageStatus,
        .SetMessageStatus = (void *)folder_SetMessageStatus,
        .SaveContentsSort = (void *)folder_SaveContentsSort,
        .EmptyFolder = (void *)folder_EmptyFolder,
};
