/*
 * msgstore: the built-in message store provider. One SQLite file a store, one connection a logon.
 *
 * Contract: everything that is handed out (stores, folders, messages, attachments, tables, streams) has a reference on its
 * logon. The connection's lock is held between logon_enter and logon_leave, and nobody outside of this DLL is called then.
 * After the logon's end logon_enter fails with MAPI_E_INVALID_OBJECT.
 */
#ifndef POSTROOM_MSGSTORE_H
#define POSTROOM_MSGSTORE_H

#include "database.h"

/* In the section: the file's path. */
#define PR_STORE_PATH_W PROP_TAG(PT_UNICODE, 0x6600)
#define STORE_PATH_MAX 512
#ifndef PR_CHANGE_KEY
#define PR_CHANGE_KEY PROP_TAG(PT_BINARY, 0x65e2)
#endif

extern LPALLOCATEBUFFER store_allocate;
extern LPALLOCATEMORE store_more;
extern LPFREEBUFFER store_free;
extern const MAPIUID store_provider_uid; /* of PR_MDB_PROVIDER and of stores' own identifiers */

struct logon
{
    IMSLogon IMSLogon_iface;
    LONG refcount;
    CRITICAL_SECTION lock; /* guards db and support while they go */
    struct db *db;         /* NULL: the end */
    IMAPISupport *support;
    IMsgStore *store;   /* while it lives; no reference */
    ULONG entryid_size; /* of the private identifier */
    BYTE *entryid;
    ULONG logoff_flags;
    BOOL modify;
};

void logon_addref(struct logon *logon);
void logon_release(struct logon *logon);
HRESULT logon_enter(struct logon *logon, struct db **db);
HRESULT logon_leave(struct logon *logon, HRESULT hr);
void logon_close(struct logon *logon);
HRESULT logon_create(IMAPISupport *support, struct db *db, const WCHAR *path, BOOL modify, struct logon **out);

/* Entry identifiers of objects in the file. */
#define ENTRYID_SIZE 32
void entryid_make(const struct db *db, ULONG type, sqlite3_int64 id, BYTE entryid[ENTRYID_SIZE]);
/* MAPI_E_INVALID_ENTRYID, MAPI_E_UNKNOWN_ENTRYID: of another store. size 0: the root folder. */
HRESULT entryid_read(const struct db *db, ULONG size, const void *entryid, ULONG *type, sqlite3_int64 *id);

/* Values. id is an object's number; tags may have PT_UNSPECIFIED. */
struct source
{
    enum schema schema;
    sqlite3_int64 id;
};
/* One value of an object, what is computed included, allocated with store_more on base. limit: more bytes than this give
 * MAPI_E_NOT_ENOUGH_MEMORY; 0: none. The answer is also in value when it is an error (PT_ERROR). */
HRESULT value_get(struct db *db, const struct source *source, ULONG tag, BOOL wide, ULONG limit, void *base,
                  SPropValue *value);
HRESULT value_set(struct db *db, const struct source *source, const SPropValue *value);
HRESULT value_delete(struct db *db, const struct source *source, ULONG tag);
/* The properties that an object has; free with store_free. */
HRESULT value_tags(struct db *db, const struct source *source, BOOL wide, SPropTagArray **tags);
BOOL value_is_computed(ULONG tag);
/* Reads a stored column into a value: type is the stored one, tag the wanted one. */
HRESULT value_read(sqlite3_stmt *stmt, int column, ULONG type, ULONG tag, ULONG limit, void *base, SPropValue *value);
HRESULT value_bind(sqlite3_stmt *stmt, int parameter, const SPropValue *value, ULONG *type);

/* Copies an object with all below it; parent 0: none. *id is the copy. */
HRESULT tree_copy(struct db *db, const struct source *from, enum schema to, sqlite3_int64 parent, sqlite3_int64 *id);
HRESULT tree_delete(struct db *db, const struct source *source);
/* What an object of temp holds takes the place of what *to holds. */
HRESULT tree_replace(struct db *db, const struct source *from, const struct source *to);
sqlite3_int64 db_change(struct db *db); /* the next change number */

enum object_type
{
    OBJECT_STORE,
    OBJECT_FOLDER,
    OBJECT_MESSAGE,
    OBJECT_ATTACHMENT
};

/* Everything that is an IMAPIProp. */
struct object
{
    const void *vtbl;
    LONG refcount;
    enum object_type type;
    struct logon *logon;
    struct object *owner; /* with a reference: what a message or attachment is saved into; NULL: a folder */
    struct source source;
    sqlite3_int64 saved;  /* the number in main, or in the owner's copy; 0: never saved */
    sqlite3_int64 folder; /* where a new message goes */
    sqlite3_int64 change; /* of the object in main when it was read */
    ULONG kind;
    BOOL modify, changed, submitted, recipients_changed;
};

HRESULT object_create(struct logon *logon, enum object_type type, const struct source *source, BOOL modify,
                      struct object **out);
/* A number of main. iid NULL: the kind's own. */
HRESULT object_open(struct logon *logon, ULONG size, const void *entryid, const IID *iid, ULONG flags, ULONG *type,
                    IUnknown **out);
/* For a message or attachment: from now on source is a copy in temp. Lock held. */
HRESULT object_make_working(struct db *db, struct object *object);
HRESULT object_save(struct object *object, ULONG flags);
struct object *object_from(void *iface); /* NULL: not ours */

HRESULT STDMETHODCALLTYPE object_QueryInterface(struct object *object, REFIID riid, void **out);
ULONG STDMETHODCALLTYPE object_AddRef(struct object *object);
ULONG STDMETHODCALLTYPE object_Release(struct object *object);
HRESULT STDMETHODCALLTYPE object_GetLastError(struct object *object, HRESULT hResult, ULONG ulFlags, MAPIERROR **error);
HRESULT STDMETHODCALLTYPE object_SaveChanges(struct object *object, ULONG ulFlags);
HRESULT STDMETHODCALLTYPE object_GetProps(struct object *object, SPropTagArray *tags, ULONG ulFlags, ULONG *count,
                                          SPropValue **values);
HRESULT STDMETHODCALLTYPE object_GetPropList(struct object *object, ULONG ulFlags, SPropTagArray **tags);
HRESULT STDMETHODCALLTYPE object_OpenProperty(struct object *object, ULONG tag, const IID *iid, ULONG options,
                                              ULONG flags, IUnknown **out);
HRESULT STDMETHODCALLTYPE object_SetProps(struct object *object, ULONG count, SPropValue *values,
                                          SPropProblemArray **problems);
HRESULT STDMETHODCALLTYPE object_DeleteProps(struct object *object, SPropTagArray *tags, SPropProblemArray **problems);
HRESULT STDMETHODCALLTYPE object_CopyTo(struct object *object, ULONG count, const IID *excluded, SPropTagArray *tags,
                                        ULONG_PTR window, IMAPIProgress *progress, const IID *iid, void *destination,
                                        ULONG flags, SPropProblemArray **problems);
HRESULT STDMETHODCALLTYPE object_CopyProps(struct object *object, SPropTagArray *tags, ULONG_PTR window,
                                           IMAPIProgress *progress, const IID *iid, void *destination, ULONG flags,
                                           SPropProblemArray **problems);
HRESULT STDMETHODCALLTYPE object_GetNamesFromIDs(struct object *object, SPropTagArray **tags, GUID *set, ULONG flags,
                                                 ULONG *count, MAPINAMEID ***names);
HRESULT STDMETHODCALLTYPE object_GetIDsFromNames(struct object *object, ULONG count, MAPINAMEID **names, ULONG flags,
                                                 SPropTagArray **tags);
#define OBJECT_METHODS                                                                                                 \
    .QueryInterface = (void *)object_QueryInterface, .AddRef = (void *)object_AddRef,                                  \
    .Release = (void *)object_Release, .GetLastError = (void *)object_GetLastError,                                    \
    .SaveChanges = (void *)object_SaveChanges, .GetProps = (void *)object_GetProps,                                    \
    .GetPropList = (void *)object_GetPropList, .OpenProperty = (void *)object_OpenProperty,                            \
    .SetProps = (void *)object_SetProps, .DeleteProps = (void *)object_DeleteProps, .CopyTo = (void *)object_CopyTo,   \
    .CopyProps = (void *)object_CopyProps, .GetNamesFromIDs = (void *)object_GetNamesFromIDs,                          \
    .GetIDsFromNames = (void *)object_GetIDsFromNames

extern const IMsgStoreVtbl store_vtbl;
extern const IMAPIFolderVtbl folder_vtbl;
extern const IMessageVtbl message_vtbl;
extern const IAttachVtbl attach_vtbl;

/* A table of the objects below parent; object NULL, or what the table shows the copy of. */
enum table_kind
{
    TABLE_HIERARCHY,
    TABLE_CONTENTS,
    TABLE_ASSOCIATED,
    TABLE_ATTACHMENTS,
    TABLE_RECIPIENTS,
    TABLE_OUTGOING
};
HRESULT table_create(struct logon *logon, struct object *object, enum table_kind kind, BOOL wide, IMAPITable **out);
HRESULT stream_create(struct object *object, ULONG tag, BOOL write, BOOL empty, IStream **out);

/* What a change tells those who are advised, outside of the lock. parent 0: none. */
void notify_object(struct logon *logon, ULONG event, ULONG type, sqlite3_int64 id, sqlite3_int64 parent);
HRESULT notify_advise(struct logon *logon, sqlite3_int64 id, ULONG mask, IMAPIAdviseSink *sink, ULONG_PTR *connection);
HRESULT notify_advise_table(struct logon *logon, sqlite3_int64 id, IMAPIAdviseSink *sink, ULONG_PTR *connection);
HRESULT notify_unadvise(struct logon *logon, ULONG_PTR connection);
HRESULT notify_new_mail(struct logon *logon, NOTIFICATION *notification);

#endif
