/*
 * Notifications: MAPI's subscriptions under keys of the file's uid, what is watched, and the object's number.
 */
#include "msgstore.h"

#include <string.h>

#define KEY_SIZE 25

struct key
{
    ULONG size;
    BYTE bytes[KEY_SIZE];
};

/* The support object with a reference, and the key; NULL: the end. */
static IMAPISupport *make_key(struct logon *logon, char what, sqlite3_int64 id, struct key *key)
{
    IMAPISupport *support = NULL;
    struct db *db;

    if (FAILED(logon_enter(logon, &db)))
        return NULL;
    key->size = KEY_SIZE;
    memcpy(key->bytes, &db->uid, 16);
    key->bytes[16] = (BYTE)what;
    memcpy(key->bytes + 17, &id, 8);
    if ((support = logon->support))
        IMAPISupport_AddRef(support);
    logon_leave(logon, S_OK);
    return support;
}

static void tell(struct logon *logon, char what, sqlite3_int64 id, NOTIFICATION *notification)
{
    IMAPISupport *support;
    ULONG flags = 0;
    struct key key;

    if ((support = make_key(logon, what, id, &key)))
    {
        IMAPISupport_Notify(support, (NOTIFKEY *)&key, 1, notification, &flags);
        IMAPISupport_Release(support);
    }
}

static HRESULT subscribe(struct logon *logon, char what, sqlite3_int64 id, ULONG mask, IMAPIAdviseSink *sink,
                         ULONG_PTR *connection)
{
    IMAPISupport *support;
    struct key key;
    HRESULT hr;

    *connection = 0;
    if (!(support = make_key(logon, what, id, &key)))
        return MAPI_E_INVALID_OBJECT;
    hr = IMAPISupport_Subscribe(support, (NOTIFKEY *)&key, mask, 0, sink, connection);
    IMAPISupport_Release(support);
    return hr;
}

void notify_object(struct logon *logon, ULONG event, ULONG type, sqlite3_int64 id, sqlite3_int64 parent)
{
    BYTE entryid[ENTRYID_SIZE], folder[ENTRYID_SIZE];
    NOTIFICATION notification;
    struct db *db;

    if (FAILED(logon_enter(logon, &db)))
        return;
    entryid_make(db, type, id, entryid);
    entryid_make(db, MAPI_FOLDER, parent, folder);
    logon_leave(logon, S_OK);
    memset(&notification, 0, sizeof(notification));
    notification.ulEventType = event;
    notification.info.obj.ulObjType = type;
    notification.info.obj.cbEntryID = sizeof(entryid);
    notification.info.obj.lpEntryID = (ENTRYID *)entryid;
    if (parent)
    {
        notification.info.obj.cbParentID = sizeof(folder);
        notification.info.obj.lpParentID = (ENTRYID *)folder;
    }
    tell(logon, 'O', 0, &notification);
    tell(logon, 'O', id, &notification);
    if (parent)
        tell(logon, 'O', parent, &notification);
    /* A table is told that it has changed: whoever shows it reads it again. */
    memset(&notification, 0, sizeof(notification));
    notification.ulEventType = fnevTableModified;
    notification.info.tab.ulTableEvent = TABLE_CHANGED;
    if (parent)
        tell(logon, 'T', parent, &notification);
}

HRESULT notify_advise(struct logon *logon, sqlite3_int64 id, ULONG mask, IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    return subscribe(logon, 'O', id, mask, sink, connection);
}

HRESULT notify_advise_table(struct logon *logon, sqlite3_int64 id, IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    return subscribe(logon, 'T', id, fnevTableModified, sink, connection);
}

HRESULT notify_unadvise(struct logon *logon, ULONG_PTR connection)
{
    IMAPISupport *support;
    struct key key;
    HRESULT hr;

    if (!(support = make_key(logon, 0, 0, &key)))
        return MAPI_E_INVALID_OBJECT;
    hr = IMAPISupport_Unsubscribe(support, connection);
    IMAPISupport_Release(support);
    return hr == MAPI_E_NOT_FOUND ? MAPI_E_INVALID_PARAMETER : hr;
}

HRESULT notify_new_mail(struct logon *logon, NOTIFICATION *notification)
{
    sqlite3_int64 folder;
    struct db *db;
    ULONG type;
    HRESULT hr;

    if (FAILED(hr = logon_enter(logon, &db)))
        return hr;
    hr = notification->info.newmail.cbParentID ? entryid_read(db, notification->info.newmail.cbParentID,
                                                              notification->info.newmail.lpParentID, &type, &folder)
                                               : MAPI_E_INVALID_ENTRYID;
    if (FAILED(logon_leave(logon, hr)))
        return hr;
    tell(logon, 'O', 0, notification);
    tell(logon, 'O', folder, notification);
    return S_OK;
}
