/*
 * The store object (imsgstoreimapiprop), receive folders and the outgoing queue.
 */
#include "msgstore.h"

#include <string.h>
#include <wchar.h>

static HRESULT STDMETHODCALLTYPE store_Advise(struct object *store, ULONG size, ENTRYID *entryid, ULONG mask,
                                              IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    return IMSLogon_Advise(&store->logon->IMSLogon_iface, size, entryid, mask, sink, connection);
}

static HRESULT STDMETHODCALLTYPE store_Unadvise(struct object *store, ULONG_PTR connection)
{
    return notify_unadvise(store->logon, connection);
}

static HRESULT STDMETHODCALLTYPE store_CompareEntryIDs(struct object *store, ULONG size1, ENTRYID *id1, ULONG size2,
                                                       ENTRYID *id2, ULONG flags, ULONG *result)
{
    return IMSLogon_CompareEntryIDs(&store->logon->IMSLogon_iface, size1, id1, size2, id2, flags, result);
}

static HRESULT STDMETHODCALLTYPE store_OpenEntry(struct object *store, ULONG size, ENTRYID *entryid, const IID *iid,
                                                 ULONG flags, ULONG *type, IUnknown **out)
{
    return object_open(store->logon, size, entryid, iid, flags, type, out);
}

/* A message class; FALSE: too long, or characters that none has. */
static BOOL read_class(LPTSTR text, ULONG flags, WCHAR wide[256])
{
    wide[0] = 0;
    if (!text)
        return TRUE;
    if (!(flags & MAPI_UNICODE))
        return MultiByteToWideChar(CP_ACP, 0, (char *)text, -1, wide, 256) != 0;
    if (wcslen((WCHAR *)text) > 255)
        return FALSE;
    wcscpy(wide, (WCHAR *)text);
    return TRUE;
}

/* imsgstore-setreceivefolder; without an identifier the class has no folder of its own any more. */
static HRESULT STDMETHODCALLTYPE store_SetReceiveFolder(struct object *store, LPTSTR class, ULONG flags, ULONG size,
                                                        ENTRYID *entryid)
{
    sqlite3_int64 id = 0;
    WCHAR wide[256];
    struct db *db;
    ULONG type;
    HRESULT hr;

    if (flags & ~(ULONG)MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!read_class(class, flags, wide) || (!size && !wide[0]))
        return MAPI_E_INVALID_PARAMETER;
    if (!store->modify)
        return MAPI_E_NO_ACCESS;
    if (FAILED(hr = logon_enter(store->logon, &db)))
        return hr;
    if (!size)
        hr = db_run(db, MAIN, "DELETE FROM main.receive WHERE class = ?", "t", wide);
    else if (SUCCEEDED(hr = entryid_read(db, size, entryid, &type, &id)))
    {
        if (type != MAPI_FOLDER
            || !db_number(db, MAIN, 0, "SELECT 1 FROM main.object WHERE id = ? AND kind = 2", "i", id))
            hr = MAPI_E_NOT_FOUND;
        else
            hr = db_run(db, MAIN, "INSERT OR REPLACE INTO main.receive VALUES(?, ?)", "ti", wide, id);
    }
    return logon_leave(store->logon, hr);
}

/* imsgstore-getreceivefolder: the longest class that the given one begins with, in whole parts. */
static HRESULT STDMETHODCALLTYPE store_GetReceiveFolder(struct object *store, LPTSTR class, ULONG flags, ULONG *size,
                                                        ENTRYID **entryid, LPTSTR *explicit_class)
{
    WCHAR wide[256], *dot;
    sqlite3_int64 id = 0;
    struct db *db;
    HRESULT hr;

    if (!size || !entryid)
        return MAPI_E_INVALID_PARAMETER;
    *size = 0;
    *entryid = NULL;
    if (explicit_class)
        *explicit_class = NULL;
    if (flags & ~(ULONG)MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!read_class(class, flags, wide))
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = logon_enter(store->logon, &db)))
        return hr;
    for (;;)
    {
        id = db_number(db, MAIN, 0, "SELECT folder FROM main.receive WHERE class = ?", "t", wide);
        if (id || !wide[0])
            break;
        dot = wcsrchr(wide, '.');
        *(dot ? dot : wide) = 0;
    }
    if (!id)
        id = ID_INBOX;
    if (FAILED(store_allocate(ENTRYID_SIZE, (void **)entryid)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        entryid_make(db, MAPI_FOLDER, id, (BYTE *)*entryid);
        *size = ENTRYID_SIZE;
        if (explicit_class && FAILED(store_allocate(sizeof(wide), (void **)explicit_class)))
        {
            store_free(*entryid);
            *entryid = NULL;
            *size = 0;
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
        else if (explicit_class && (flags & MAPI_UNICODE))
            wcscpy((WCHAR *)*explicit_class, wide);
        else if (explicit_class)
            WideCharToMultiByte(CP_ACP, 0, wide, -1, (char *)*explicit_class, sizeof(wide), NULL, NULL);
    }
    return logon_leave(store->logon, hr);
}

static HRESULT STDMETHODCALLTYPE store_GetReceiveFolderTable(struct object *store, ULONG flags, IMAPITable **table)
{
    (void)store;
    (void)flags;
    if (table)
        *table = NULL;
    return MAPI_E_NO_SUPPORT; /* docs/store.md */
}

/* imsgstore-storelogoff: what is said here is told to MAPI with the store's last Release (STORE-01). */
static HRESULT STDMETHODCALLTYPE store_StoreLogoff(struct object *store, ULONG *flags)
{
    static const ULONG known = LOGOFF_NO_WAIT | LOGOFF_ORDERLY | LOGOFF_PURGE | LOGOFF_ABORT | LOGOFF_QUIET;

    if (!flags)
        return MAPI_E_INVALID_PARAMETER;
    if (!*flags || (*flags & ~known) || (*flags & (*flags - 1)))
        return MAPI_E_UNKNOWN_FLAGS;
    store->logon->logoff_flags = *flags;
    *flags = LOGOFF_COMPLETE;
    return S_OK;
}

/* Out of the queue; the flags lose and gain bits. */
static HRESULT dequeue(struct db *db, sqlite3_int64 id, ULONG clear, ULONG set)
{
    HRESULT hr = db_run(db, MAIN, "DELETE FROM main.queue WHERE message = ?", "i", id);

    if (SUCCEEDED(hr) && !sqlite3_changes(db->handle))
        return MAPI_E_NOT_IN_QUEUE;
    if (SUCCEEDED(hr))
        hr = db_run(db, MAIN, "UPDATE main.object SET flags = (flags & ~?) | ?, change = ? WHERE id = ?", "iiii",
                    (sqlite3_int64)clear, (sqlite3_int64)set, db_change(db), id);
    return hr;
}

/* imsgstore-abortsubmit. MAPI_E_UNABLE_TO_ABORT: it is being sent. */
static HRESULT STDMETHODCALLTYPE store_AbortSubmit(struct object *store, ULONG size, ENTRYID *entryid, ULONG flags)
{
    sqlite3_int64 id, folder = 0;
    struct db *db;
    ULONG type;
    HRESULT hr;

    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!size || !entryid)
        return MAPI_E_INVALID_PARAMETER;
    if (!store->modify)
        return MAPI_E_NO_ACCESS;
    if (FAILED(hr = logon_enter(store->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = entryid_read(db, size, entryid, &type, &id)) && SUCCEEDED(hr = db_begin(db)))
    {
        folder = db_number(db, MAIN, 0, "SELECT parent FROM main.object WHERE id = ?", "i", id);
        if (db_number(db, MAIN, 0, "SELECT locked FROM main.queue WHERE message = ?", "i", id))
            hr = MAPI_E_UNABLE_TO_ABORT;
        else
            hr = dequeue(db, id, MSGFLAG_SUBMIT, MSGFLAG_UNSENT);
        hr = db_end(db, hr);
    }
    logon_leave(store->logon, hr);
    if (SUCCEEDED(hr))
        notify_object(store->logon, fnevObjectModified, MAPI_MESSAGE, id, folder);
    return hr;
}

static HRESULT STDMETHODCALLTYPE store_GetOutgoingQueue(struct object *store, ULONG flags, IMAPITable **table)
{
    if (!table)
        return MAPI_E_INVALID_PARAMETER;
    *table = NULL;
    if (flags & ~(ULONG)MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    return table_create(store->logon, store, TABLE_OUTGOING, !!(flags & MAPI_UNICODE), table);
}

/* imsgstore-setlockstate. MAPI_E_NO_ACCESS: another one has the lock; MAPI_E_NOT_IN_QUEUE. */
static HRESULT STDMETHODCALLTYPE store_SetLockState(struct object *store, IMessage *iface, ULONG state)
{
    struct object *message = object_from(iface);
    struct db *db;
    HRESULT hr;

    if (!message || message->type != OBJECT_MESSAGE || message->logon != store->logon
        || (state != MSG_LOCKED && state != MSG_UNLOCKED))
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = logon_enter(store->logon, &db)))
        return hr;
    hr = db_run(db, MAIN, "UPDATE main.queue SET locked = ? WHERE message = ? AND locked <> ?1", "ii",
                (sqlite3_int64)(state == MSG_LOCKED), message->saved);
    if (SUCCEEDED(hr) && !sqlite3_changes(db->handle))
    {
        if (!db_number(db, MAIN, 0, "SELECT 1 FROM main.queue WHERE message = ?", "i", message->saved))
            hr = MAPI_E_NOT_IN_QUEUE;
        else if (state == MSG_LOCKED)
            hr = MAPI_E_NO_ACCESS;
    }
    return logon_leave(store->logon, hr);
}

/* Where a sent message belongs (PR_DELETE_AFTER_SUBMIT, PR_SENTMAIL_ENTRYID); 0: it is deleted. Lock held. */
static sqlite3_int64 sent_folder(struct db *db, sqlite3_int64 id)
{
    struct source source = {MAIN, id};
    sqlite3_int64 folder = 0;
    SPropValue value;
    void *base;
    ULONG type;

    if (db_number(db, MAIN, 0, "SELECT value FROM main.prop WHERE object = ? AND id = 0x0e01", "i", id))
        return 0;
    folder = db_number(db, MAIN, 0, "SELECT parent FROM main.object WHERE id = ?", "i", id);
    if (FAILED(store_allocate(sizeof(ULONG), &base)))
        return folder;
    if (SUCCEEDED(value_get(db, &source, PR_SENTMAIL_ENTRYID, TRUE, 0, base, &value))
        && (FAILED(entryid_read(db, value.Value.bin.cb, value.Value.bin.lpb, &type, &folder)) || type != MAPI_FOLDER
            || !db_number(db, MAIN, 0, "SELECT 1 FROM main.object WHERE id = ? AND kind = 2", "i", folder)))
        folder = ID_SENT;
    store_free(base);
    return folder;
}

/* imsgstore-finishedmsg: the message was sent. */
static HRESULT STDMETHODCALLTYPE store_FinishedMsg(struct object *store, ULONG flags, ULONG size, ENTRYID *entryid)
{
    struct source source = {MAIN, 0};
    sqlite3_int64 before = 0, folder = 0;
    struct db *db;
    ULONG type;
    HRESULT hr;

    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!size || !entryid)
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = logon_enter(store->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = entryid_read(db, size, entryid, &type, &source.id)) && SUCCEEDED(hr = db_begin(db)))
    {
        before = db_number(db, MAIN, 0, "SELECT parent FROM main.object WHERE id = ?", "i", source.id);
        hr = dequeue(db, source.id, MSGFLAG_SUBMIT | MSGFLAG_UNSENT, MSGFLAG_READ);
        if (SUCCEEDED(hr) && !(folder = sent_folder(db, source.id)))
            hr = tree_delete(db, &source);
        else if (SUCCEEDED(hr) && folder != before)
            hr = db_run(db, MAIN, "UPDATE main.object SET parent = ? WHERE id = ?", "ii", folder, source.id);
        hr = db_end(db, hr);
    }
    logon_leave(store->logon, hr);
    if (SUCCEEDED(hr) && folder)
        notify_object(store->logon, folder == before ? fnevObjectModified : fnevObjectMoved, MAPI_MESSAGE, source.id,
                      folder);
    if (SUCCEEDED(hr) && folder != before)
        notify_object(store->logon, folder ? fnevObjectModified : fnevObjectDeleted,
                      folder ? MAPI_FOLDER : MAPI_MESSAGE, folder ? before : source.id, before);
    return hr;
}

/* imsgstore-notifynewmail: a new message in a folder of ours. */
static HRESULT STDMETHODCALLTYPE store_NotifyNewMail(struct object *store, NOTIFICATION *notification)
{
    if (!notification || notification->ulEventType != fnevNewMail)
        return MAPI_E_INVALID_PARAMETER;
    return notify_new_mail(store->logon, notification);
}

const IMsgStoreVtbl store_vtbl = {
        OBJECT_METHODS,
        .Advise = (void *)store_Advise,
        .Unadvise = (void *)store_Unadvise,
        .CompareEntryIDs = (void *)store_CompareEntryIDs,
        .OpenEntry = (void *)store_OpenEntry,
        .SetReceiveFolder = (void *)store_SetReceiveFolder,
        .GetReceiveFolder = (void *)store_GetReceiveFolder,
        .GetReceiveFolderTable = (void *)store_GetReceiveFolderTable,
        .StoreLogoff = (void *)store_StoreLogoff,
        .AbortSubmit = (void *)store_AbortSubmit,
        .GetOutgoingQueue = (void *)store_GetOutgoingQueue,
        .SetLockState = (void *)store_SetLockState,
        .FinishedMsg = (void *)store_FinishedMsg,
        .NotifyNewMail = (void *)store_NotifyNewMail,
};
