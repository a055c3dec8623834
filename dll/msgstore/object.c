/*
 * IMAPIProp of stores, folders, messages and attachments (imapipropiunknown). What is set on a store or folder is in the
 * file at once; messages and attachments are copied into "temp" by their first change and saved as a whole.
 */
#include "msgstore.h"

#include <string.h>

static BOOL is_item(const struct object *object)
{
    return object->type == OBJECT_MESSAGE || object->type == OBJECT_ATTACHMENT;
}

struct object *object_from(void *iface)
{
    const void *vtbl = iface ? *(const void *const *)iface : NULL;

    return vtbl && (vtbl == &store_vtbl || vtbl == &folder_vtbl || vtbl == &message_vtbl || vtbl == &attach_vtbl)
                   ? iface
                   : NULL;
}

HRESULT object_create(struct logon *logon, enum object_type type, const struct source *source, BOOL modify,
                      struct object **out)
{
    static const void *const vtbls[] = {&store_vtbl, &folder_vtbl, &message_vtbl, &attach_vtbl};
    struct object *object = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*object));

    if (!(*out = object))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    object->vtbl = vtbls[type];
    object->refcount = 1;
    object->type = type;
    object->logon = logon;
    object->source = *source;
    object->modify = modify;
    logon_addref(logon);
    return S_OK;
}

HRESULT STDMETHODCALLTYPE object_QueryInterface(struct object *object, REFIID riid, void **out)
{
    static const IID *const own[] = {&IID_IMsgStore, &IID_IMAPIFolder, &IID_IMessage, &IID_IAttachment};

    if (!out || !riid)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IMAPIProp) && !IsEqualGUID(riid, own[object->type])
        && !(object->type == OBJECT_FOLDER && IsEqualGUID(riid, &IID_IMAPIContainer)))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *out = object;
    object_AddRef(object);
    return S_OK;
}

ULONG STDMETHODCALLTYPE object_AddRef(struct object *object)
{
    return InterlockedIncrement(&object->refcount);
}

/* The store's last Release is the end of the logon (shutting-down-a-message-store-provider; STORE-01, 02, 08). */
static void close_store(struct logon *logon)
{
    ULONG flags = logon->logoff_flags ? logon->logoff_flags : LOGOFF_ABORT;

    logon->store = NULL;
    if (logon->support)
        IMAPISupport_StoreLogoffTransports(logon->support, &flags);
    logon_close(logon);
}

ULONG STDMETHODCALLTYPE object_Release(struct object *object)
{
    ULONG refcount = InterlockedDecrement(&object->refcount);
    struct logon *logon = object->logon;
    struct db *db;

    if (refcount)
        return refcount;
    if (object->source.schema == TEMP && SUCCEEDED(logon_enter(logon, &db)))
    {
        tree_delete(db, &object->source);
        logon_leave(logon, S_OK);
    }
    if (object->type == OBJECT_STORE)
        close_store(logon);
    if (object->owner)
        object_Release(object->owner);
    logon_release(logon);
    HeapFree(GetProcessHeap(), 0, object);
    return 0;
}

HRESULT STDMETHODCALLTYPE object_GetLastError(struct object *object, HRESULT hResult, ULONG ulFlags, MAPIERROR **error)
{
    (void)object;
    (void)hResult;
    if (!error)
        return MAPI_E_INVALID_PARAMETER;
    *error = NULL;
    return ulFlags & ~(ULONG)MAPI_UNICODE ? MAPI_E_BAD_CHARWIDTH : S_OK;
}

HRESULT object_make_working(struct db *db, struct object *object)
{
    sqlite3_int64 id;
    HRESULT hr;

    if (!is_item(object) || object->source.schema == TEMP)
        return S_OK;
    if (FAILED(hr = tree_copy(db, &object->source, TEMP, 0, &id)))
        return hr;
    object->source.schema = TEMP;
    object->source.id = id;
    return S_OK;
}

/* Before the first change: whether it may be, and into what. Lock held. */
static HRESULT prepare_change(struct db *db, struct object *object)
{
    HRESULT hr;

    if (!object->modify || db->read_only)
        return MAPI_E_NO_ACCESS;
    if (object->submitted)
        return MAPI_E_SUBMITTED;
    if (SUCCEEDED(hr = object_make_working(db, object)) && is_item(object))
        object->changed = TRUE;
    return hr;
}

/* imapiprop-savechanges */
HRESULT STDMETHODCALLTYPE object_SaveChanges(struct object *object, ULONG ulFlags)
{
    if (ulFlags & ~(ULONG)(KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    return is_item(object) ? object_save(object, ulFlags) : S_OK;
}

/* Properties of the logon rather than of the file. Without the lock. */
static BOOL logon_value(struct logon *logon, ULONG tag, void *base, SPropValue *value)
{
    ENTRYID *wrapped = NULL;
    BOOL done = FALSE;
    ULONG size = 0;

    if (logon->support
        && SUCCEEDED(IMAPISupport_WrapStoreEntryID(logon->support, logon->entryid_size, (ENTRYID *)logon->entryid,
                                                   &size, &wrapped)))
    {
        if (SUCCEEDED(store_more(size, base, (void **)&value->Value.bin.lpb)))
        {
            memcpy(value->Value.bin.lpb, wrapped, size);
            value->Value.bin.cb = size;
            value->ulPropTag = tag;
            done = TRUE;
        }
        store_free(wrapped);
    }
    return done;
}

/* imapiprop-getprops */
HRESULT STDMETHODCALLTYPE object_GetProps(struct object *object, SPropTagArray *tags, ULONG ulFlags, ULONG *count,
                                          SPropValue **values)
{
    SPropTagArray *list = tags;
    BOOL errors = FALSE;
    struct db *db;
    HRESULT hr;
    ULONG i;

    if (!count || !values)
        return MAPI_E_INVALID_PARAMETER;
    *count = 0;
    *values = NULL;
    if (ulFlags & ~(ULONG)MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (tags && (!tags->cValues || tags->cValues > 0x10000))
        return MAPI_E_INVALID_PARAMETER;
    if (!list && FAILED(hr = object_GetPropList(object, ulFlags, &list)))
        return hr;
    if (FAILED(hr = store_allocate((list->cValues + 1) * sizeof(SPropValue), (void **)values)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (SUCCEEDED(hr = logon_enter(object->logon, &db)))
    {
        for (i = 0; i < list->cValues; i++)
            errors |= FAILED(value_get(db, &object->source, list->aulPropTag[i], !!(ulFlags & MAPI_UNICODE),
                                       tags ? 0 : 0x10000, *values, &(*values)[i]));
        logon_leave(object->logon, S_OK);
        for (i = 0; i < list->cValues; i++)
            if (PROP_ID(list->aulPropTag[i]) == PROP_ID(PR_STORE_ENTRYID)
                || (object->type == OBJECT_STORE && PROP_ID(list->aulPropTag[i]) == PROP_ID(PR_ENTRYID)))
                logon_value(object->logon, PROP_TAG(PT_BINARY, PROP_ID(list->aulPropTag[i])), *values, &(*values)[i]);
        errors = FALSE;
        for (i = 0; i < list->cValues; i++)
            errors |= PROP_TYPE((*values)[i].ulPropTag) == PT_ERROR;
    }
    if (SUCCEEDED(hr))
        *count = list->cValues;
    else
    {
        store_free(*values);
        *values = NULL;
    }
    if (!tags)
        store_free(list);
    return FAILED(hr) ? hr : errors ? MAPI_W_ERRORS_RETURNED : S_OK;
}

HRESULT STDMETHODCALLTYPE object_GetPropList(struct object *object, ULONG ulFlags, SPropTagArray **tags)
{
    struct db *db;
    HRESULT hr;

    if (!tags)
        return MAPI_E_INVALID_PARAMETER;
    *tags = NULL;
    if (ulFlags & ~(ULONG)MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = logon_enter(object->logon, &db)))
        return hr;
    return logon_leave(object->logon, value_tags(db, &object->source, !!(ulFlags & MAPI_UNICODE), tags));
}

static void add_problem(SPropProblemArray *problems, ULONG index, ULONG tag, HRESULT hr)
{
    SPropProblem *problem = &problems->aProblem[problems->cProblem++];

    problem->ulIndex = index;
    problem->ulPropTag = tag;
    problem->scode = hr;
}

static HRESULT set_one(struct db *db, struct object *object, const SPropValue *value)
{
    if (value->ulPropTag == PR_MESSAGE_FLAGS && object->type == OBJECT_MESSAGE && !object->saved)
        return db_run(db, TEMP, "UPDATE @.object SET flags = ? WHERE id = ?", "ii",
                      (sqlite3_int64)(value->Value.l & (MSGFLAG_READ | MSGFLAG_UNSENT | MSGFLAG_FROMME)),
                      object->source.id);
    if (PROP_TYPE(value->ulPropTag) == PT_NULL || PROP_TYPE(value->ulPropTag) == PT_ERROR)
        return S_OK; /* passed over, as in imapiprop-setprops */
    return value_is_computed(value->ulPropTag) ? MAPI_E_COMPUTED : value_set(db, &object->source, value);
}

/* imapiprop-setprops */
HRESULT STDMETHODCALLTYPE object_SetProps(struct object *object, ULONG count, SPropValue *values,
                                          SPropProblemArray **problems)
{
    SPropProblemArray *list = NULL;
    struct db *db;
    HRESULT hr, result;
    ULONG i;

    if (problems)
        *problems = NULL;
    if (!count || count > 0x10000 || !values)
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(store_allocate(CbNewSPropProblemArray(count), (void **)&list)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    list->cProblem = 0;
    if (SUCCEEDED(hr = logon_enter(object->logon, &db)))
    {
        hr = prepare_change(db, object);
        if (SUCCEEDED(hr) && !is_item(object))
            hr = db_begin(db);
        for (i = 0; SUCCEEDED(hr) && i < count; i++)
            if (FAILED(result = set_one(db, object, &values[i])))
                add_problem(list, i, values[i].ulPropTag, result);
        if (!is_item(object) && !sqlite3_get_autocommit(db->handle))
            hr = db_end(db, hr);
        logon_leave(object->logon, hr);
    }
    if (SUCCEEDED(hr) && object->type == OBJECT_FOLDER)
        notify_object(object->logon, fnevObjectModified, MAPI_FOLDER, object->source.id, object->folder);
    if (SUCCEEDED(hr) && list->cProblem && problems)
        *problems = list;
    else
        store_free(list);
    return hr;
}

/* imapiprop-deleteprops */
HRESULT STDMETHODCALLTYPE object_DeleteProps(struct object *object, SPropTagArray *tags, SPropProblemArray **problems)
{
    SPropProblemArray *list = NULL;
    HRESULT hr, result;
    struct db *db;
    ULONG i;

    if (problems)
        *problems = NULL;
    if (!tags || !tags->cValues || tags->cValues > 0x10000)
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(store_allocate(CbNewSPropProblemArray(tags->cValues), (void **)&list)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    list->cProblem = 0;
    if (SUCCEEDED(hr = logon_enter(object->logon, &db)))
    {
        hr = prepare_change(db, object);
        for (i = 0; SUCCEEDED(hr) && i < tags->cValues; i++)
        {
            result = value_is_computed(tags->aulPropTag[i]) ? MAPI_E_COMPUTED
                                                            : value_delete(db, &object->source, tags->aulPropTag[i]);
            if (FAILED(result))
                add_problem(list, i, tags->aulPropTag[i], result);
        }
        logon_leave(object->logon, hr);
    }
    if (SUCCEEDED(hr) && list->cProblem && problems)
        *problems = list;
    else
        store_free(list);
    return hr;
}

/* The message inside of an attachment: a copy until it is saved. */
static HRESULT open_embedded(struct object *object, ULONG flags, IUnknown **out)
{
    struct source source = {TEMP, 0};
    struct object *message;
    sqlite3_int64 inner;
    struct db *db;
    HRESULT hr;

    if (FAILED(hr = logon_enter(object->logon, &db)))
        return hr;
    inner = db_number(db, object->source.schema, 0, "SELECT id FROM @.object WHERE parent = ? AND kind = 7", "i",
                      object->source.id);
    if (inner)
    {
        struct source from = {object->source.schema, inner};

        hr = tree_copy(db, &from, TEMP, 0, &source.id);
    }
    else if (!(flags & MAPI_CREATE) || !object->modify)
        hr = MAPI_E_NOT_FOUND;
    else if (SUCCEEDED(hr = db_run(db, TEMP, "INSERT INTO @.object(kind, flags) VALUES(7, 8)", "")))
        source.id = sqlite3_last_insert_rowid(db->handle);
    if (SUCCEEDED(hr)
        && SUCCEEDED(hr = object_create(object->logon, OBJECT_MESSAGE, &source, object->modify, &message)))
    {
        message->kind = KIND_EMBEDDED;
        message->owner = object;
        object_AddRef(object);
        *out = (IUnknown *)message;
    }
    return logon_leave(object->logon, hr);
}

/* imapiprop-openproperty */
HRESULT STDMETHODCALLTYPE object_OpenProperty(struct object *object, ULONG tag, const IID *iid, ULONG options,
                                              ULONG flags, IUnknown **out)
{
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!iid)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)(MAPI_CREATE | MAPI_MODIFY | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & (MAPI_CREATE | MAPI_MODIFY)) && !object->modify)
        return MAPI_E_NO_ACCESS;
    if (IsEqualGUID(iid, &IID_IMAPITable))
    {
        BOOL wide = !!(options & MAPI_UNICODE);

        if (object->type == OBJECT_MESSAGE && tag == PR_MESSAGE_RECIPIENTS)
            return table_create(object->logon, object, TABLE_RECIPIENTS, wide, (IMAPITable **)out);
        if (object->type == OBJECT_MESSAGE && tag == PR_MESSAGE_ATTACHMENTS)
            return table_create(object->logon, object, TABLE_ATTACHMENTS, wide, (IMAPITable **)out);
        if (object->type == OBJECT_FOLDER && tag == PR_CONTAINER_CONTENTS)
            return table_create(object->logon, object, TABLE_CONTENTS, wide, (IMAPITable **)out);
        if (object->type == OBJECT_FOLDER && tag == PR_CONTAINER_HIERARCHY)
            return table_create(object->logon, object, TABLE_HIERARCHY, wide, (IMAPITable **)out);
        if (object->type == OBJECT_FOLDER && tag == PR_FOLDER_ASSOCIATED_CONTENTS)
            return table_create(object->logon, object, TABLE_ASSOCIATED, wide, (IMAPITable **)out);
    }
    if (object->type == OBJECT_ATTACHMENT && tag == PR_ATTACH_DATA_OBJ && IsEqualGUID(iid, &IID_IMessage))
        return open_embedded(object, flags, out);
    if (!IsEqualGUID(iid, &IID_IStream))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (value_is_computed(tag)
        || (PROP_TYPE(tag) != PT_BINARY && PROP_TYPE(tag) != PT_UNICODE && PROP_TYPE(tag) != PT_STRING8))
        return MAPI_E_NO_SUPPORT;
    return stream_create(object, tag, !!(flags & (MAPI_CREATE | MAPI_MODIFY)), !!(flags & MAPI_CREATE),
                         (IStream **)out);
}
