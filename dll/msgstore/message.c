/*
 * Messages and attachments (imessageimapiprop, iattachimapiprop), and the saving of both.
 */
#include "msgstore.h"

#include <string.h>
#include <wchar.h>

/* Names of the recipients of a type, with "; " between them. */
static HRESULT set_display(struct db *db, const struct source *source, ULONG tag, ULONG type)
{
    return db_run(db, source->schema,
                  "INSERT OR REPLACE INTO @.prop SELECT ?1, ?2, 31, coalesce((SELECT group_concat(n.value, '; ') FROM "
                  "@.object r JOIN @.prop t ON t.object = r.id AND t.id = 0x0c15 AND t.value = ?3 JOIN @.prop n ON "
                  "n.object = r.id AND n.id = 0x3001 WHERE r.parent = ?1 AND r.kind = 6), '')",
                  "iii", source->id, (sqlite3_int64)PROP_ID(tag), (sqlite3_int64)type);
}

static sqlite3_int64 now(void)
{
    sqlite3_int64 time;
    FILETIME filetime;

    GetSystemTimeAsFileTime(&filetime);
    memcpy(&time, &filetime, sizeof(time));
    return time;
}

static HRESULT set_default(struct db *db, const struct source *source, ULONG tag, sqlite3_int64 number)
{
    return db_run(db, source->schema, "INSERT OR IGNORE INTO @.prop VALUES(?, ?, ?, ?)", "iiii", source->id,
                  (sqlite3_int64)PROP_ID(tag), (sqlite3_int64)PROP_TYPE(tag), number);
}

/* What a message has by itself once it is saved. Lock held. */
static HRESULT complete_message(struct db *db, const struct source *source, BOOL recipients)
{
    sqlite3_int64 time = now();
    HRESULT hr;

    if (FAILED(hr = db_run(db, source->schema, "INSERT OR IGNORE INTO @.prop VALUES(?, 0x001a, 31, 'IPM')", "i",
                           source->id))
        || FAILED(hr = db_run(db, source->schema, "INSERT OR IGNORE INTO @.prop VALUES(?, 0x300b, 258, randomblob(16))",
                              "i", source->id))
        || FAILED(hr = set_default(db, source, PR_CREATION_TIME, time))
        || FAILED(hr = db_run(db, source->schema, "INSERT OR REPLACE INTO @.prop VALUES(?, 0x3008, 64, ?)", "ii",
                              source->id, time)))
        return hr;
    if (recipients
        && (FAILED(hr = set_display(db, source, PR_DISPLAY_TO_W, MAPI_TO))
            || FAILED(hr = set_display(db, source, PR_DISPLAY_CC_W, MAPI_CC))
            || FAILED(hr = set_display(db, source, PR_DISPLAY_BCC_W, MAPI_BCC))))
        return hr;
    return db_run(
            db, source->schema,
            "UPDATE @.object SET flags = (flags & ~16) | CASE WHEN EXISTS(SELECT 1 FROM @.object c WHERE c.parent = "
            "?1 AND c.kind = 5) THEN 16 ELSE 0 END, date = coalesce((SELECT value FROM @.prop WHERE object = ?1 AND "
            "id = 0x0e06), (SELECT value FROM @.prop WHERE object = ?1 AND id = 0x3007)), size = (SELECT "
            "sum(length(CAST(value AS BLOB))) FROM @.prop WHERE object = ?1) + coalesce((SELECT "
            "sum(length(CAST(p.value AS BLOB))) FROM @.object c JOIN @.prop p ON p.object = c.id WHERE c.parent = "
            "?1), 0) WHERE id = ?1",
            "i", source->id);
}

static HRESULT save_into_folder(struct db *db, struct object *object, ULONG flags, BOOL *created)
{
    struct source saved = {MAIN, object->saved};
    sqlite3_int64 change;
    HRESULT hr;

    if (*created)
    {
        if (!db_number(db, MAIN, 0, "SELECT 1 FROM main.object WHERE id = ? AND kind = 2", "i", object->folder))
            return MAPI_E_OBJECT_DELETED;
        if (FAILED(hr = tree_copy(db, &object->source, MAIN, object->folder, &saved.id)))
            return hr;
    }
    else
    {
        change = db_number(db, MAIN, -1, "SELECT change FROM main.object WHERE id = ?", "i", object->saved);
        if (change < 0)
            return MAPI_E_OBJECT_DELETED;
        if (change != object->change && !(flags & FORCE_SAVE))
            return MAPI_E_OBJECT_CHANGED;
        /* What others have done with these columns stays. */
        if (FAILED(hr = db_run(
                           db, MAIN,
                           "UPDATE temp.object SET flags = (flags & ~1) | (SELECT flags & 1 FROM main.object WHERE id "
                           "= ?1), status = (SELECT status FROM main.object WHERE id = ?1) WHERE id = ?2",
                           "ii", object->saved, object->source.id))
            || FAILED(hr = tree_replace(db, &object->source, &saved)))
            return hr;
    }
    change = db_change(db);
    if (FAILED(hr = db_run(db, MAIN, "UPDATE main.object SET change = ?, flags = flags & ~2 WHERE id = ?", "ii", change,
                           saved.id)))
        return hr;
    object->saved = saved.id;
    object->change = change;
    return db_run(db, TEMP, "UPDATE @.object SET origin = ?, change = ? WHERE id = ?", "iii", saved.id, change,
                  object->source.id);
}

/* An attachment into its message, an embedded message into its attachment. */
static HRESULT save_into_owner(struct db *db, struct object *object)
{
    struct source saved;
    HRESULT hr;

    if (FAILED(hr = object_make_working(db, object->owner)))
        return hr;
    object->owner->changed = TRUE;
    saved.schema = TEMP;
    if (object->type == OBJECT_ATTACHMENT) /* by number: the owner may have become a copy since */
        saved.id =
                db_number(db, TEMP, 0,
                          "SELECT a.id FROM @.object a, @.object own WHERE own.id = ? AND a.parent = ? AND a.kind = 5 "
                          "AND a.num = own.num",
                          "ii", object->source.id, object->owner->source.id);
    else
        saved.id = db_number(db, TEMP, 0, "SELECT id FROM @.object WHERE parent = ? AND kind = 7", "i",
                             object->owner->source.id);
    if (saved.id)
        hr = tree_replace(db, &object->source, &saved);
    else
        hr = tree_copy(db, &object->source, TEMP, object->owner->source.id, &saved.id);
    object->saved = saved.id;
    return hr;
}

/* imapiprop-savechanges; all or nothing. */
HRESULT object_save(struct object *object, ULONG flags)
{
    BOOL created = !object->owner && !object->saved;
    sqlite3_int64 folder = object->folder;
    struct object before = *object;
    struct db *db;
    HRESULT hr;

    if (!object->modify)
        return MAPI_E_NO_ACCESS;
    if (FAILED(hr = logon_enter(object->logon, &db)))
        return hr;
    if (object->source.schema == MAIN || (!object->changed && object->saved))
    {
        object->modify = !(flags & KEEP_OPEN_READONLY);
        return logon_leave(object->logon, S_OK);
    }
    if (SUCCEEDED(hr = db_begin(db)))
    {
        if (object->type == OBJECT_MESSAGE)
            hr = complete_message(db, &object->source, TRUE);
        if (SUCCEEDED(hr))
            hr = object->owner ? save_into_owner(db, object) : save_into_folder(db, object, flags, &created);
        hr = db_end(db, hr);
    }
    if (FAILED(hr))
    {
        object->saved = before.saved;
        object->change = before.change;
    }
    else
    {
        object->changed = FALSE;
        object->recipients_changed = FALSE;
        object->modify = !(flags & KEEP_OPEN_READONLY);
        if (!object->owner && !folder)
            folder = db_number(db, MAIN, 0, "SELECT parent FROM main.object WHERE id = ?", "i", object->saved);
    }
    logon_leave(object->logon, hr);
    if (SUCCEEDED(hr) && !object->owner)
        notify_object(object->logon, created ? fnevObjectCreated : fnevObjectModified, MAPI_MESSAGE, object->saved,
                      folder);
    return hr;
}

/* imsgstore-openentry, imslogon-openentry, imapicontainer-openentry */
HRESULT object_open(struct logon *logon, ULONG size, const void *entryid, const IID *iid, ULONG flags, ULONG *type,
                    IUnknown **out)
{
    struct source source = {MAIN, 0};
    struct object *object = NULL;
    struct db *db;
    ULONG kind;
    HRESULT hr;

    if (type)
        *type = 0;
    if (!out || !type)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(ULONG)(MAPI_MODIFY | MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS | SHOW_SOFT_DELETES | MAPI_NO_CACHE))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & MAPI_MODIFY) && !logon->modify)
        return MAPI_E_NO_ACCESS;
    if (FAILED(hr = logon_enter(logon, &db)))
        return hr;
    if (FAILED(hr = entryid_read(db, size, entryid, type, &source.id)))
        return logon_leave(logon, hr);
    kind = (ULONG)db_number(db, MAIN, 0, "SELECT kind FROM main.object WHERE id = ?", "i", source.id);
    if (*type == MAPI_FOLDER ? kind != KIND_FOLDER : kind != KIND_MESSAGE && kind != KIND_ASSOCIATED)
        hr = MAPI_E_NOT_FOUND;
    else
        hr = object_create(logon, *type == MAPI_FOLDER ? OBJECT_FOLDER : OBJECT_MESSAGE, &source,
                           logon->modify && (flags & (MAPI_MODIFY | MAPI_BEST_ACCESS)), &object);
    if (SUCCEEDED(hr))
    {
        object->kind = kind;
        object->saved = source.id;
        object->folder = db_number(db, MAIN, 0, "SELECT parent FROM main.object WHERE id = ?", "i", source.id);
        object->change = db_number(db, MAIN, 0, "SELECT change FROM main.object WHERE id = ?", "i", source.id);
        object->submitted = kind == KIND_MESSAGE
                            && db_number(db, MAIN, 0, "SELECT flags & 4 FROM main.object WHERE id = ?", "i", source.id);
    }
    logon_leave(logon, hr);
    if (SUCCEEDED(hr))
    {
        hr = object_QueryInterface(object, iid ? iid : &IID_IMAPIProp, (void **)out);
        object_Release(object);
    }
    if (FAILED(hr))
        *type = 0;
    return hr;
}

static HRESULT STDMETHODCALLTYPE message_GetAttachmentTable(struct object *message, ULONG flags, IMAPITable **table)
{
    if (!table)
        return MAPI_E_INVALID_PARAMETER;
    *table = NULL;
    if (flags & ~(ULONG)(MAPI_UNICODE | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    return table_create(message->logon, message, TABLE_ATTACHMENTS, !!(flags & MAPI_UNICODE), table);
}

static HRESULT STDMETHODCALLTYPE message_GetRecipientTable(struct object *message, ULONG flags, IMAPITable **table)
{
    if (!table)
        return MAPI_E_INVALID_PARAMETER;
    *table = NULL;
    if (flags & ~(ULONG)(MAPI_UNICODE | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    return table_create(message->logon, message, TABLE_RECIPIENTS, !!(flags & MAPI_UNICODE), table);
}

static BOOL is_attachment_iid(const IID *iid)
{
    return !iid || IsEqualGUID(iid, &IID_IAttachment) || IsEqualGUID(iid, &IID_IMAPIProp)
           || IsEqualGUID(iid, &IID_IUnknown);
}

/* What is opened is a copy of its own until it is saved into the message. */
static HRESULT open_attachment(struct object *message, const struct source *source, BOOL modify, sqlite3_int64 saved,
                               IAttach **out)
{
    struct object *object;
    HRESULT hr = object_create(message->logon, OBJECT_ATTACHMENT, source, modify, &object);

    if (FAILED(hr))
        return hr;
    object->saved = saved;
    object->owner = message;
    object_AddRef(message);
    *out = (IAttach *)object;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE message_OpenAttach(struct object *message, ULONG number, const IID *iid, ULONG flags,
                                                    IAttach **out)
{
    struct source source = message->source, copied = {TEMP, 0};
    struct db *db;
    HRESULT hr;

    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(ULONG)(MAPI_MODIFY | MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!is_attachment_iid(iid))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if ((flags & MAPI_MODIFY) && !message->modify)
        return MAPI_E_NO_ACCESS;
    if (FAILED(hr = logon_enter(message->logon, &db)))
        return hr;
    source.id = db_number(db, source.schema, 0, "SELECT id FROM @.object WHERE parent = ? AND kind = 5 AND num = ?",
                          "ii", message->source.id, (sqlite3_int64)number);
    if (!source.id)
        hr = MAPI_E_NOT_FOUND;
    else if (SUCCEEDED(hr = tree_copy(db, &source, TEMP, 0, &copied.id)))
        hr = open_attachment(message, &copied, message->modify && (flags & (MAPI_MODIFY | MAPI_BEST_ACCESS)), source.id,
                             out);
    return logon_leave(message->logon, hr);
}

static HRESULT STDMETHODCALLTYPE message_CreateAttach(struct object *message, const IID *iid, ULONG flags,
                                                      ULONG *number, IAttach **out)
{
    struct source source = {TEMP, 0};
    sqlite3_int64 next;
    struct db *db;
    HRESULT hr;

    if (number)
        *number = 0;
    if (!out || !number)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(ULONG)MAPI_DEFERRED_ERRORS)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!is_attachment_iid(iid))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!message->modify || message->submitted)
        return message->submitted ? MAPI_E_SUBMITTED : MAPI_E_NO_ACCESS;
    if (FAILED(hr = logon_enter(message->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = object_make_working(db, message)))
    {
        /* status of the message's copy counts what was given out and is not saved yet */
        next = db_number(db, TEMP, 0,
                         "SELECT max(coalesce(max(num) + 1, 0), (SELECT coalesce(max(num) + 1, 0) FROM @.object WHERE "
                         "origin = -?1)) FROM @.object WHERE parent = ?1 AND kind = 5",
                         "i", message->source.id);
        hr = db_run(db, TEMP, "INSERT INTO @.object(kind, num, origin) VALUES(5, ?, -?)", "ii", next,
                    message->source.id);
        source.id = sqlite3_last_insert_rowid(db->handle);
        if (SUCCEEDED(hr) && SUCCEEDED(hr = open_attachment(message, &source, TRUE, 0, out)))
            *number = (ULONG)next;
    }
    return logon_leave(message->logon, hr);
}

static HRESULT STDMETHODCALLTYPE message_DeleteAttach(struct object *message, ULONG number, ULONG_PTR window,
                                                      IMAPIProgress *progress, ULONG flags)
{
    struct db *db;
    HRESULT hr;

    (void)window;
    (void)progress;
    if (flags & ~(ULONG)ATTACH_DIALOG)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!message->modify || message->submitted)
        return message->submitted ? MAPI_E_SUBMITTED : MAPI_E_NO_ACCESS;
    if (FAILED(hr = logon_enter(message->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = object_make_working(db, message)))
        hr = db_run(db, TEMP, "DELETE FROM @.object WHERE parent = ? AND kind = 5 AND num = ?", "ii",
                    message->source.id, (sqlite3_int64)number);
    if (SUCCEEDED(hr) && !sqlite3_changes(db->handle))
        hr = MAPI_E_NOT_FOUND;
    message->changed |= SUCCEEDED(hr);
    return logon_leave(message->logon, hr);
}

/* One entry of ModifyRecipients. Lock held. */
static HRESULT put_recipient(struct db *db, struct object *message, ULONG flags, const ADRENTRY *entry)
{
    struct source source = {TEMP, 0};
    sqlite3_int64 number = -1;
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < entry->cValues; i++)
        if (entry->rgPropVals[i].ulPropTag == PR_ROWID)
            number = entry->rgPropVals[i].Value.l;
    if (number >= 0 && !(flags & MODRECIP_ADD))
        source.id = db_number(db, TEMP, 0, "SELECT id FROM @.object WHERE parent = ? AND kind = 6 AND num = ?", "ii",
                              message->source.id, number);
    if (flags & MODRECIP_REMOVE)
        return source.id ? tree_delete(db, &source) : MAPI_E_NOT_FOUND;
    if (source.id)
        hr = db_run(db, TEMP, "DELETE FROM @.prop WHERE object = ?", "i", source.id);
    else
    {
        hr = db_run(
                db, TEMP,
                "INSERT INTO @.object(kind, parent, num) SELECT 6, ?1, coalesce(max(num) + 1, 0) FROM @.object WHERE "
                "parent = ?1 AND kind = 6",
                "i", message->source.id);
        source.id = sqlite3_last_insert_rowid(db->handle);
    }
    for (i = 0; SUCCEEDED(hr) && i < entry->cValues; i++)
        if (entry->rgPropVals[i].ulPropTag != PR_ROWID && PROP_TYPE(entry->rgPropVals[i].ulPropTag) != PT_ERROR
            && PROP_TYPE(entry->rgPropVals[i].ulPropTag) != PT_NULL)
            hr = value_set(db, &source, &entry->rgPropVals[i]);
    return hr;
}

/* imessage-modifyrecipients; flags 0 puts the list in the place of all. */
static HRESULT STDMETHODCALLTYPE message_ModifyRecipients(struct object *message, ULONG flags, ADRLIST *list)
{
    struct db *db;
    HRESULT hr;
    ULONG i;

    if (!list || list->cEntries > 0x100000)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)(MODRECIP_ADD | MODRECIP_MODIFY | MODRECIP_REMOVE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!message->modify || message->submitted)
        return message->submitted ? MAPI_E_SUBMITTED : MAPI_E_NO_ACCESS;
    if (FAILED(hr = logon_enter(message->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = object_make_working(db, message))
        && SUCCEEDED(hr = db_error(sqlite3_exec(db->handle, "SAVEPOINT recipients", NULL, NULL, NULL))))
    {
        if (!flags)
            hr = db_run(db, TEMP, "DELETE FROM @.object WHERE parent = ? AND kind = 6", "i", message->source.id);
        for (i = 0; SUCCEEDED(hr) && i < list->cEntries; i++)
            hr = put_recipient(db, message, flags, &list->aEntries[i]);
        if (FAILED(hr))
            sqlite3_exec(db->handle, "ROLLBACK TO recipients", NULL, NULL, NULL);
        sqlite3_exec(db->handle, "RELEASE recipients", NULL, NULL, NULL);
        message->changed |= SUCCEEDED(hr);
    }
    return logon_leave(message->logon, hr);
}

/* imessage-setreadflag: at once, without SaveChanges. */
static HRESULT STDMETHODCALLTYPE message_SetReadFlag(struct object *message, ULONG flags)
{
    struct db *db;
    HRESULT hr;

    if (flags
        & ~(ULONG)(SUPPRESS_RECEIPT | CLEAR_READ_FLAG | MAPI_DEFERRED_ERRORS | GENERATE_RECEIPT_ONLY | CLEAR_RN_PENDING
                   | CLEAR_NRN_PENDING))
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & GENERATE_RECEIPT_ONLY)
        return MAPI_E_NO_SUPPORT;
    if (!message->logon->modify)
        return MAPI_E_NO_ACCESS;
    if (FAILED(hr = logon_enter(message->logon, &db)))
        return hr;
    if (message->source.schema == TEMP)
        hr = db_run(db, TEMP, "UPDATE @.object SET flags = (flags & ~1) | ? WHERE id = ?", "ii",
                    (sqlite3_int64) !(flags & CLEAR_READ_FLAG), message->source.id);
    if (SUCCEEDED(hr) && !message->owner && message->saved)
        hr = db_run(db, MAIN, "UPDATE main.object SET flags = (flags & ~1) | ? WHERE id = ?", "ii",
                    (sqlite3_int64) !(flags & CLEAR_READ_FLAG), message->saved);
    logon_leave(message->logon, hr);
    if (SUCCEEDED(hr) && !message->owner && message->saved)
        notify_object(message->logon, fnevObjectModified, MAPI_MESSAGE, message->saved, message->folder);
    return hr;
}

/* imessage-submitmessage: saved, in the outgoing queue and no longer to be changed, in one transaction. */
static HRESULT STDMETHODCALLTYPE message_SubmitMessage(struct object *message, ULONG flags)
{
    struct db *db;
    HRESULT hr;

    if (flags & ~(ULONG)FORCE_SUBMIT)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!message->modify || message->owner || message->kind == KIND_ASSOCIATED)
        return MAPI_E_NO_ACCESS;
    if (message->submitted && !(flags & FORCE_SUBMIT))
        return MAPI_E_SUBMITTED;
    if (FAILED(hr = logon_enter(message->logon, &db)))
        return hr;
    if (!db_number(db, message->source.schema, 0, "SELECT 1 FROM @.object WHERE parent = ? AND kind = 6", "i",
                   message->source.id))
        return logon_leave(message->logon, MAPI_E_NO_RECIPIENTS);
    logon_leave(message->logon, S_OK);
    if (FAILED(hr = object_save(message, KEEP_OPEN_READWRITE)) || FAILED(hr = logon_enter(message->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = db_begin(db)))
    {
        hr = db_run(db, MAIN, "UPDATE main.object SET flags = flags | 4, change = ? WHERE id = ?", "ii", db_change(db),
                    message->saved);
        if (SUCCEEDED(hr))
            hr = db_run(db, MAIN, "INSERT OR IGNORE INTO main.queue(message, time) VALUES(?, ?)", "ii", message->saved,
                        now());
        hr = db_end(db, hr);
    }
    if (SUCCEEDED(hr))
        message->submitted = TRUE;
    logon_leave(message->logon, hr);
    if (SUCCEEDED(hr))
        notify_object(message->logon, fnevObjectModified, MAPI_MESSAGE, message->saved, message->folder);
    return hr;
}

const IMessageVtbl message_vtbl = {
        OBJECT_METHODS,
        .GetAttachmentTable = (void *)message_GetAttachmentTable,
        .OpenAttach = (void *)message_OpenAttach,
        .CreateAttach = (void *)message_CreateAttach,
        .DeleteAttach = (void *)message_DeleteAttach,
        .GetRecipientTable = (void *)message_GetRecipientTable,
        .ModifyRecipients = (void *)message_ModifyRecipients,
        .SubmitMessage = (void *)message_SubmitMessage,
        .SetReadFlag = (void *)message_SetReadFlag,
};

const IAttachVtbl attach_vtbl = {OBJECT_METHODS};
