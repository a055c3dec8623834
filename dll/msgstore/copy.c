/*
 * CopyTo, CopyProps and named properties. Between objects of the file what is below goes along; into objects of others
 * properties go by their SetProps, and recipients by their ModifyRecipients.
 */
#include "msgstore.h"

#include <string.h>
#include <wchar.h>

static BOOL has_tag(const SPropTagArray *tags, ULONG tag)
{
    ULONG i;

    for (i = 0; tags && i < tags->cValues; i++)
        if (PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag))
            return TRUE;
    return FALSE;
}

/* The properties of these tags into the other object. */
static HRESULT copy_values(struct object *object, SPropTagArray *tags, IMAPIProp *to, ULONG flags,
                           SPropProblemArray **problems)
{
    SPropValue *values = NULL;
    SPropProblemArray *found = NULL;
    ULONG count, i, kept = 0;
    HRESULT hr;

    if (!tags->cValues)
        return S_OK;
    if (FAILED(hr = object_GetProps(object, tags, MAPI_UNICODE, &count, &values)))
        return hr;
    for (i = 0; i < count; i++)
        if (PROP_TYPE(values[i].ulPropTag) != PT_ERROR)
            values[kept++] = values[i];
    if (kept && SUCCEEDED(hr = IMAPIProp_SetProps(to, kept, values, &found)) && (flags & MAPI_MOVE))
        hr = object_DeleteProps(object, tags, NULL);
    store_free(values);
    if (problems && found)
        *problems = found;
    else
        store_free(found);
    return hr;
}

/* Children of a kind, within the file: into the other's copy. */
static HRESULT copy_children(struct object *object, struct object *to, ULONG kind)
{
    sqlite3_int64 *ids = NULL, child;
    int count = 0, i;
    struct db *db;
    HRESULT hr;

    if (FAILED(hr = logon_enter(object->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = object_make_working(db, to)) && SUCCEEDED(hr = object_make_working(db, object)))
    {
        to->changed = TRUE;
        if (SUCCEEDED(hr = db_run(db, TEMP, "DELETE FROM @.object WHERE parent = ? AND kind = ?", "ii", to->source.id,
                                  (sqlite3_int64)kind)))
            hr = db_list(db, TEMP, &ids, &count, "SELECT id FROM @.object WHERE parent = ? AND kind = ?", "ii",
                         object->source.id, (sqlite3_int64)kind);
        for (i = 0; SUCCEEDED(hr) && i < count; i++)
        {
            struct source source = {TEMP, ids[i]};

            hr = tree_copy(db, &source, TEMP, to->source.id, &child);
        }
        db_free(ids);
    }
    return logon_leave(object->logon, hr);
}

/* imapiprop-copyto. MAPI_E_NO_SUPPORT: folders and stores, and messages with attachments into another store. */
HRESULT STDMETHODCALLTYPE object_CopyTo(struct object *object, ULONG count, const IID *excluded, SPropTagArray *tags,
                                        ULONG_PTR window, IMAPIProgress *progress, const IID *iid, void *destination,
                                        ULONG flags, SPropProblemArray **problems)
{
    struct object *to = object_from(destination);
    SPropTagArray *list;
    ULONG i, used = 0;
    BOOL same;
    HRESULT hr;

    (void)count;
    (void)excluded;
    (void)window;
    (void)progress;
    (void)iid;
    if (problems)
        *problems = NULL;
    if (!destination)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)(MAPI_MOVE | MAPI_NOREPLACE | MAPI_DIALOG | MAPI_DECLINE_OK))
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & MAPI_NOREPLACE)
        return MAPI_E_NO_SUPPORT;
    if (object->type == OBJECT_STORE || object->type == OBJECT_FOLDER)
        return MAPI_E_NO_SUPPORT;
    if (to == object)
        return MAPI_E_NO_ACCESS;
    same = to && to->logon == object->logon && to->type == object->type;
    if (same && (!to->modify || to->submitted))
        return to->submitted ? MAPI_E_SUBMITTED : MAPI_E_NO_ACCESS;
    if (!same && object->type == OBJECT_MESSAGE)
        return MAPI_E_NO_SUPPORT;
    if (FAILED(hr = object_GetPropList(object, MAPI_UNICODE, &list)))
        return hr;
    for (i = 0; i < list->cValues; i++)
        if (!value_is_computed(list->aulPropTag[i]) && !has_tag(tags, list->aulPropTag[i]))
            list->aulPropTag[used++] = list->aulPropTag[i];
    list->cValues = used;
    hr = copy_values(object, list, destination, flags, problems);
    store_free(list);
    if (SUCCEEDED(hr) && same && object->type == OBJECT_MESSAGE && !has_tag(tags, PR_MESSAGE_RECIPIENTS))
        hr = copy_children(object, to, KIND_RECIPIENT);
    if (SUCCEEDED(hr) && same && object->type == OBJECT_MESSAGE && !has_tag(tags, PR_MESSAGE_ATTACHMENTS))
        hr = copy_children(object, to, KIND_ATTACHMENT);
    if (SUCCEEDED(hr) && same && object->type == OBJECT_ATTACHMENT)
        hr = copy_children(object, to, KIND_EMBEDDED);
    return hr;
}

/* imapiprop-copyprops */
HRESULT STDMETHODCALLTYPE object_CopyProps(struct object *object, SPropTagArray *tags, ULONG_PTR window,
                                           IMAPIProgress *progress, const IID *iid, void *destination, ULONG flags,
                                           SPropProblemArray **problems)
{
    struct object *to = object_from(destination);
    HRESULT hr;

    (void)window;
    (void)progress;
    (void)iid;
    if (problems)
        *problems = NULL;
    if (!destination || !tags || !tags->cValues)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)(MAPI_MOVE | MAPI_NOREPLACE | MAPI_DIALOG | MAPI_DECLINE_OK))
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & MAPI_NOREPLACE)
        return MAPI_E_NO_SUPPORT;
    hr = copy_values(object, tags, destination, flags, problems);
    if (SUCCEEDED(hr) && object->type == OBJECT_MESSAGE && to && to->type == OBJECT_MESSAGE && to != object
        && to->logon == object->logon)
    {
        if (has_tag(tags, PR_MESSAGE_RECIPIENTS))
            hr = copy_children(object, to, KIND_RECIPIENT);
        if (SUCCEEDED(hr) && has_tag(tags, PR_MESSAGE_ATTACHMENTS))
            hr = copy_children(object, to, KIND_ATTACHMENT);
    }
    return hr;
}

static const GUID mapi_set = {0x00020328, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}; /* PS_MAPI */

static HRESULT read_name(struct db *db, ULONG id, void *base, MAPINAMEID **out)
{
    sqlite3_stmt *stmt;
    MAPINAMEID *name;
    HRESULT hr = MAPI_W_ERRORS_RETURNED;
    ULONG size;

    *out = NULL;
    if (FAILED(store_more(sizeof(*name) + sizeof(GUID), base, (void **)&name)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    name->lpguid = (GUID *)(name + 1);
    if (id < 0x8000)
    {
        *name->lpguid = mapi_set;
        name->ulKind = MNID_ID;
        name->Kind.lID = (LONG)id;
        *out = name;
        return S_OK;
    }
    if (!(stmt = db_statement(db, MAIN, "SELECT guid, lid, name FROM main.named WHERE id = ?")))
        return MAPI_E_CALL_FAILED;
    sqlite3_bind_int64(stmt, 1, id);
    if (sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_bytes(stmt, 0) == sizeof(GUID))
    {
        memcpy(name->lpguid, sqlite3_column_blob(stmt, 0), sizeof(GUID));
        name->ulKind = (ULONG)sqlite3_column_type(stmt, 2) == SQLITE_NULL ? MNID_ID : MNID_STRING;
        hr = S_OK;
        if (name->ulKind == MNID_ID)
            name->Kind.lID = sqlite3_column_int(stmt, 1);
        else
        {
            const void *text = sqlite3_column_text16(stmt, 2);

            size = (ULONG)sqlite3_column_bytes16(stmt, 2);
            if (FAILED(store_more(size + sizeof(WCHAR), base, (void **)&name->Kind.lpwstrName)))
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
            else
            {
                memcpy(name->Kind.lpwstrName, text, size);
                name->Kind.lpwstrName[size / sizeof(WCHAR)] = 0;
            }
        }
        if (hr == S_OK)
            *out = name;
    }
    db_done(db, stmt);
    return hr;
}

/* imapiprop-getnamesfromids. All names of the store without tags: MAPI_E_NO_SUPPORT. */
HRESULT STDMETHODCALLTYPE object_GetNamesFromIDs(struct object *object, SPropTagArray **tags, GUID *set, ULONG flags,
                                                 ULONG *count, MAPINAMEID ***names)
{
    HRESULT hr, result = S_OK;
    struct db *db;
    ULONG i;

    (void)set;
    if (!count || !names || !tags)
        return MAPI_E_INVALID_PARAMETER;
    *count = 0;
    *names = NULL;
    if (flags & ~(ULONG)(MAPI_NO_STRINGS | MAPI_NO_IDS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!*tags)
        return MAPI_E_NO_SUPPORT;
    if ((*tags)->cValues > 0x10000)
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(store_allocate(((*tags)->cValues + 1) * sizeof(void *), (void **)names)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr = logon_enter(object->logon, &db)))
    {
        for (i = 0; SUCCEEDED(hr) && i < (*tags)->cValues; i++)
            if ((hr = read_name(db, PROP_ID((*tags)->aulPropTag[i]), *names, &(*names)[i])) == MAPI_W_ERRORS_RETURNED)
                result = hr;
        logon_leave(object->logon, hr);
    }
    if (FAILED(hr))
    {
        store_free(*names);
        *names = NULL;
        return hr;
    }
    *count = (*tags)->cValues;
    return result;
}

/* The number of a name; 0: it has none. Lock held. */
static HRESULT find_name(struct db *db, const MAPINAMEID *name, BOOL create, ULONG *id)
{
    sqlite3_int64 found;
    HRESULT hr = S_OK;

    *id = 0;
    if (!name || !name->lpguid || name->ulKind > MNID_STRING || (name->ulKind == MNID_STRING && !name->Kind.lpwstrName))
        return MAPI_E_INVALID_PARAMETER;
    if (name->ulKind == MNID_ID && IsEqualGUID(name->lpguid, &mapi_set))
    {
        *id = name->Kind.lID > 0 && name->Kind.lID < 0x8000 ? (ULONG)name->Kind.lID : 0;
        return S_OK;
    }
    if (name->ulKind == MNID_ID)
        found = db_number(db, MAIN, 0, "SELECT id FROM main.named WHERE guid = ? AND lid = ? AND name IS NULL", "bi",
                          name->lpguid, (int)sizeof(GUID), (sqlite3_int64)name->Kind.lID);
    else
        found = db_number(db, MAIN, 0, "SELECT id FROM main.named WHERE guid = ? AND name = ?", "bt", name->lpguid,
                          (int)sizeof(GUID), name->Kind.lpwstrName);
    if (!found && create)
    {
        found = db_number(db, MAIN, 0x8000, "SELECT max(id) + 1 FROM main.named", "");
        if (found > 0xfffe)
            return MAPI_E_TOO_BIG;
        hr = name->ulKind == MNID_ID ? db_run(db, MAIN, "INSERT INTO main.named VALUES(?, ?, ?, NULL)", "ibi", found,
                                              name->lpguid, (int)sizeof(GUID), (sqlite3_int64)name->Kind.lID)
                                     : db_run(db, MAIN, "INSERT INTO main.named VALUES(?, ?, NULL, ?)", "ibt", found,
                                              name->lpguid, (int)sizeof(GUID), name->Kind.lpwstrName);
    }
    *id = (ULONG)found;
    return hr;
}

/* imapiprop-getidsfromnames */
HRESULT STDMETHODCALLTYPE object_GetIDsFromNames(struct object *object, ULONG count, MAPINAMEID **names, ULONG flags,
                                                 SPropTagArray **tags)
{
    BOOL create = !!(flags & MAPI_CREATE), errors = FALSE;
    struct db *db;
    HRESULT hr;
    ULONG id, i;

    if (!tags)
        return MAPI_E_INVALID_PARAMETER;
    *tags = NULL;
    if (flags & ~(ULONG)MAPI_CREATE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!count || !names)
        return MAPI_E_NO_SUPPORT;
    if (count > 0x8000)
        return MAPI_E_TOO_BIG;
    if (create && !object->logon->modify)
        return MAPI_E_NO_ACCESS;
    if (FAILED(store_allocate(CbNewSPropTagArray(count), (void **)tags)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    (*tags)->cValues = count;
    if (SUCCEEDED(hr = logon_enter(object->logon, &db)))
    {
        if (create)
            hr = db_begin(db);
        for (i = 0; SUCCEEDED(hr) && i < count; i++)
        {
            hr = find_name(db, names[i], create, &id);
            (*tags)->aulPropTag[i] = PROP_TAG(id ? PT_UNSPECIFIED : PT_ERROR, id);
            errors |= !id;
        }
        if (create && !sqlite3_get_autocommit(db->handle))
            hr = db_end(db, hr);
        logon_leave(object->logon, hr);
    }
    if (FAILED(hr))
    {
        store_free(*tags);
        *tags = NULL;
        return hr;
    }
    return errors ? MAPI_W_ERRORS_RETURNED : S_OK;
}
