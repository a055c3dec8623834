/*
 * The properties of an object: the stored ones, and those that are worked out each time. And copies of whole objects.
 */
#include "msgstore.h"

#include <string.h>

static const ULONG computed[] = {PR_ENTRYID,
                                 PR_RECORD_KEY,
                                 PR_OBJECT_TYPE,
                                 PR_STORE_ENTRYID,
                                 PR_STORE_RECORD_KEY,
                                 PR_PARENT_ENTRYID,
                                 PR_CHANGE_KEY,
                                 PR_ACCESS,
                                 PR_ACCESS_LEVEL,
                                 PR_MESSAGE_FLAGS,
                                 PR_MSG_STATUS,
                                 PR_HASATTACH,
                                 PR_MESSAGE_SIZE,
                                 PR_CONTENT_COUNT,
                                 PR_CONTENT_UNREAD,
                                 PR_ASSOC_CONTENT_COUNT,
                                 PR_SUBFOLDERS,
                                 PR_FOLDER_TYPE,
                                 PR_STORE_SUPPORT_MASK,
                                 PR_MDB_PROVIDER,
                                 PR_IPM_SUBTREE_ENTRYID,
                                 PR_IPM_OUTBOX_ENTRYID,
                                 PR_IPM_SENTMAIL_ENTRYID,
                                 PR_IPM_WASTEBASKET_ENTRYID,
                                 PR_VIEWS_ENTRYID,
                                 PR_COMMON_VIEWS_ENTRYID,
                                 PR_FINDER_ENTRYID,
                                 PR_VALID_FOLDER_MASK,
                                 PR_INSTANCE_KEY,
                                 PR_ATTACH_NUM,
                                 PR_ROWID};

static const struct
{
    ULONG tag;
    sqlite3_int64 id;
} specials[] = {{PR_IPM_SUBTREE_ENTRYID, ID_IPM},   {PR_IPM_OUTBOX_ENTRYID, ID_OUTBOX},
                {PR_IPM_SENTMAIL_ENTRYID, ID_SENT}, {PR_IPM_WASTEBASKET_ENTRYID, ID_DELETED},
                {PR_VIEWS_ENTRYID, ID_VIEWS},       {PR_COMMON_VIEWS_ENTRYID, ID_COMMON_VIEWS},
                {PR_FINDER_ENTRYID, ID_FINDER}};

/* What object's row says. */
struct row
{
    sqlite3_int64 parent, size, change;
    ULONG kind, num, flags, status;
};

BOOL value_is_computed(ULONG tag)
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE(computed); i++)
        if (PROP_ID(computed[i]) == PROP_ID(tag))
            return TRUE;
    return FALSE;
}

static BOOL read_row(struct db *db, const struct source *source, struct row *row)
{
    sqlite3_stmt *stmt = db_statement(
            db, source->schema, "SELECT kind, parent, num, flags, status, change, size FROM @.object WHERE id = ?");
    BOOL found;

    memset(row, 0, sizeof(*row));
    if (!stmt)
        return FALSE;
    sqlite3_bind_int64(stmt, 1, source->id);
    if ((found = sqlite3_step(stmt) == SQLITE_ROW))
    {
        row->kind = (ULONG)sqlite3_column_int(stmt, 0);
        row->parent = sqlite3_column_int64(stmt, 1);
        row->num = (ULONG)sqlite3_column_int(stmt, 2);
        row->flags = (ULONG)sqlite3_column_int(stmt, 3);
        row->status = (ULONG)sqlite3_column_int(stmt, 4);
        row->change = sqlite3_column_int64(stmt, 5);
        row->size = sqlite3_column_int64(stmt, 6);
    }
    db_done(db, stmt);
    return found;
}

void entryid_make(const struct db *db, ULONG type, sqlite3_int64 id, BYTE entryid[ENTRYID_SIZE])
{
    memset(entryid, 0, 4);
    memcpy(entryid + 4, &db->uid, 16);
    memcpy(entryid + 20, &type, 4);
    memcpy(entryid + 24, &id, 8);
}

HRESULT entryid_read(const struct db *db, ULONG size, const void *entryid, ULONG *type, sqlite3_int64 *id)
{
    *type = MAPI_FOLDER;
    *id = ID_ROOT;
    if (!size)
        return S_OK;
    if (!entryid || size != ENTRYID_SIZE)
        return MAPI_E_INVALID_ENTRYID;
    if (memcmp((const BYTE *)entryid + 4, &db->uid, 16))
        return MAPI_E_UNKNOWN_ENTRYID;
    memcpy(type, (const BYTE *)entryid + 20, 4);
    memcpy(id, (const BYTE *)entryid + 24, 8);
    return *type == MAPI_FOLDER || *type == MAPI_MESSAGE ? S_OK : MAPI_E_INVALID_ENTRYID;
}

static HRESULT set_binary(const void *bytes, ULONG size, void *base, SPropValue *value)
{
    if (FAILED(store_more(size, base, (void **)&value->Value.bin.lpb)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(value->Value.bin.lpb, bytes, size);
    value->Value.bin.cb = size;
    return S_OK;
}

static HRESULT set_entryid(struct db *db, ULONG type, sqlite3_int64 id, void *base, SPropValue *value)
{
    BYTE entryid[ENTRYID_SIZE];

    entryid_make(db, type, id, entryid);
    return set_binary(entryid, sizeof(entryid), base, value);
}

/* The database's uid with a number. */
static HRESULT set_key(struct db *db, sqlite3_int64 number, void *base, SPropValue *value)
{
    BYTE key[24];

    memcpy(key, &db->uid, 16);
    memcpy(key + 16, &number, 8);
    return set_binary(key, sizeof(key), base, value);
}

static ULONG object_type_of(ULONG kind)
{
    static const ULONG types[] = {0,           MAPI_STORE,    MAPI_FOLDER, MAPI_MESSAGE, MAPI_MESSAGE,
                                  MAPI_ATTACH, MAPI_MAILUSER, MAPI_MESSAGE};

    return kind < ARRAYSIZE(types) ? types[kind] : 0;
}

static LONG count_children(struct db *db, sqlite3_int64 id, ULONG kind)
{
    return (LONG)db_number(db, MAIN, 0, "SELECT count(*) FROM main.object WHERE parent = ? AND kind = ?", "ii", id,
                           (sqlite3_int64)kind);
}

static HRESULT compute_folder(struct db *db, const struct source *source, const struct row *row, SPropValue *value)
{
    switch (PROP_ID(value->ulPropTag))
    {
    case PROP_ID(PR_CONTENT_COUNT):
        value->Value.l = count_children(db, source->id, KIND_MESSAGE);
        return S_OK;
    case PROP_ID(PR_ASSOC_CONTENT_COUNT):
        value->Value.l = count_children(db, source->id, KIND_ASSOCIATED);
        return S_OK;
    case PROP_ID(PR_CONTENT_UNREAD):
        value->Value.l =
                (LONG)db_number(db, MAIN, 0,
                                "SELECT count(*) FROM main.object INDEXED BY object_unread WHERE parent = ? AND "
                                "kind = 3 AND (flags & 1) = 0",
                                "i", source->id);
        return S_OK;
    case PROP_ID(PR_SUBFOLDERS):
        value->Value.b = !!db_number(db, MAIN, 0, "SELECT 1 FROM main.object WHERE parent = ? AND kind = 2 LIMIT 1",
                                     "i", source->id);
        return S_OK;
    case PROP_ID(PR_FOLDER_TYPE):
        value->Value.l = row->parent ? FOLDER_GENERIC : FOLDER_ROOT;
        return S_OK;
    default:
        return MAPI_E_NOT_FOUND;
    }
}

static HRESULT compute_store(struct db *db, void *base, SPropValue *value)
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE(specials); i++)
        if (specials[i].tag == value->ulPropTag)
            return set_entryid(db, MAPI_FOLDER, specials[i].id, base, value);
    switch (PROP_ID(value->ulPropTag))
    {
    case PROP_ID(PR_STORE_SUPPORT_MASK):
        value->Value.l = STORE_ENTRYID_UNIQUE | STORE_ATTACH_OK | STORE_NOTIFY_OK | STORE_SORT_OK | STORE_RESTRICTION_OK
                         | STORE_MV_PROPS_OK | STORE_UNICODE_OK | STORE_LOCALSTORE | STORE_HTML_OK
                         | (db->read_only ? STORE_READONLY : STORE_CREATE_OK | STORE_MODIFY_OK | STORE_SUBMIT_OK);
        return S_OK;
    case PROP_ID(PR_VALID_FOLDER_MASK):
        value->Value.l = FOLDER_IPM_SUBTREE_VALID | FOLDER_IPM_INBOX_VALID | FOLDER_IPM_OUTBOX_VALID
                         | FOLDER_IPM_WASTEBASKET_VALID | FOLDER_IPM_SENTMAIL_VALID | FOLDER_VIEWS_VALID
                         | FOLDER_COMMON_VIEWS_VALID | FOLDER_FINDER_VALID;
        return S_OK;
    case PROP_ID(PR_MDB_PROVIDER):
        return set_binary(&store_provider_uid, sizeof(store_provider_uid), base, value);
    default:
        return MAPI_E_NOT_FOUND;
    }
}

static HRESULT compute_message(const struct row *row, SPropValue *value)
{
    ULONG id = PROP_ID(value->ulPropTag);

    if (row->kind < KIND_MESSAGE || row->kind > KIND_EMBEDDED)
        return MAPI_E_NOT_FOUND;
    if ((row->kind == KIND_ATTACHMENT && id != PROP_ID(PR_ATTACH_NUM))
        || (row->kind == KIND_RECIPIENT && id != PROP_ID(PR_ROWID)))
        return MAPI_E_NOT_FOUND;
    switch (id)
    {
    case PROP_ID(PR_MESSAGE_FLAGS):
        value->Value.l = (LONG)(row->flags | (row->kind == KIND_ASSOCIATED ? MSGFLAG_ASSOCIATED : 0));
        return S_OK;
    case PROP_ID(PR_MSG_STATUS):
        value->Value.l = (LONG)row->status;
        return S_OK;
    case PROP_ID(PR_HASATTACH):
        value->Value.b = !!(row->flags & MSGFLAG_HASATTACH);
        return S_OK;
    case PROP_ID(PR_MESSAGE_SIZE):
        value->Value.l = row->size > 0x7fffffff ? 0x7fffffff : (LONG)row->size;
        return S_OK;
    case PROP_ID(PR_ATTACH_NUM): /* and recipients' PR_ROWID below */
        value->Value.l = (LONG)row->num;
        return row->kind == KIND_ATTACHMENT ? S_OK : MAPI_E_NOT_FOUND;
    case PROP_ID(PR_ROWID):
        value->Value.l = (LONG)row->num;
        return row->kind == KIND_RECIPIENT ? S_OK : MAPI_E_NOT_FOUND;
    default:
        return MAPI_E_NOT_FOUND;
    }
}

static HRESULT compute(struct db *db, const struct source *source, const struct row *row, void *base, SPropValue *value)
{
    BOOL own_entry = row->kind == KIND_FOLDER || row->kind == KIND_MESSAGE || row->kind == KIND_ASSOCIATED;
    sqlite3_int64 id = source->id;

    if (source->schema == TEMP)
        id = db_number(db, TEMP, 0, "SELECT origin FROM @.object WHERE id = ?", "i", source->id);
    switch (PROP_ID(value->ulPropTag))
    {
    case PROP_ID(PR_ENTRYID):
        return own_entry && id ? set_entryid(db, object_type_of(row->kind), id, base, value) : MAPI_E_NOT_FOUND;
    case PROP_ID(PR_RECORD_KEY):
        if (row->kind == KIND_STORE)
            return set_binary(&db->uid, sizeof(db->uid), base, value);
        return id ? set_key(db, id, base, value) : MAPI_E_NOT_FOUND;
    case PROP_ID(PR_INSTANCE_KEY):
        return set_key(db, source->id, base, value);
    case PROP_ID(PR_STORE_RECORD_KEY):
        return set_binary(&db->uid, sizeof(db->uid), base, value);
    case PROP_ID(PR_CHANGE_KEY):
        return own_entry && id ? set_key(db, row->change, base, value) : MAPI_E_NOT_FOUND;
    case PROP_ID(PR_PARENT_ENTRYID):
        if (source->schema == TEMP)
            return MAPI_E_NOT_FOUND;
        return own_entry ? set_entryid(db, MAPI_FOLDER, row->parent ? row->parent : source->id, base, value)
                         : MAPI_E_NOT_FOUND;
    case PROP_ID(PR_OBJECT_TYPE):
        value->Value.l = (LONG)object_type_of(row->kind);
        return S_OK;
    case PROP_ID(PR_ACCESS):
        value->Value.l = MAPI_ACCESS_READ;
        if (!db->read_only)
            value->Value.l |= MAPI_ACCESS_MODIFY | (source->id >= ID_FIRST_FREE ? MAPI_ACCESS_DELETE : 0)
                              | (row->kind == KIND_FOLDER ? MAPI_ACCESS_CREATE_HIERARCHY | MAPI_ACCESS_CREATE_CONTENTS
                                                                    | MAPI_ACCESS_CREATE_ASSOCIATED
                                                          : 0);
        return S_OK;
    case PROP_ID(PR_ACCESS_LEVEL):
        value->Value.l = db->read_only ? 0 : MAPI_MODIFY;
        return S_OK;
    default:
        if (row->kind == KIND_STORE)
            return compute_store(db, base, value);
        return row->kind == KIND_FOLDER ? compute_folder(db, source, row, value) : compute_message(row, value);
    }
}

static HRESULT read_stored(struct db *db, const struct source *source, ULONG tag, BOOL wide, ULONG limit, void *base,
                           SPropValue *value)
{
    sqlite3_stmt *stmt = db_statement(db, source->schema, "SELECT type, value FROM @.prop WHERE object = ? AND id = ?");
    HRESULT hr = MAPI_E_NOT_FOUND;
    ULONG type;

    if (!stmt)
        return MAPI_E_CALL_FAILED;
    sqlite3_bind_int64(stmt, 1, source->id);
    sqlite3_bind_int64(stmt, 2, PROP_ID(tag));
    if (sqlite3_step(stmt) == SQLITE_ROW)
    {
        type = (ULONG)sqlite3_column_int(stmt, 0);
        if (PROP_TYPE(tag) == PT_UNSPECIFIED)
        {
            tag = PROP_TAG(type, PROP_ID(tag));
            if (!wide && (type & ~(ULONG)MV_FLAG) == PT_UNICODE)
                tag = PROP_TAG(PT_STRING8 | (type & MV_FLAG), PROP_ID(tag));
        }
        hr = value_read(stmt, 1, type, tag, limit, base, value);
    }
    db_done(db, stmt);
    return hr;
}

HRESULT value_get(struct db *db, const struct source *source, ULONG tag, BOOL wide, ULONG limit, void *base,
                  SPropValue *value)
{
    HRESULT hr = MAPI_E_NOT_FOUND;
    struct row row;
    ULONG i;

    value->ulPropTag = tag;
    for (i = 0; i < ARRAYSIZE(computed) && PROP_ID(computed[i]) != PROP_ID(tag); i++)
        ;
    if (i == ARRAYSIZE(computed))
        hr = read_stored(db, source, tag, wide, limit, base, value);
    else if (PROP_TYPE(tag) == PT_UNSPECIFIED || computed[i] == tag)
    {
        value->ulPropTag = computed[i];
        if (read_row(db, source, &row))
            hr = compute(db, source, &row, base, value);
        if (hr == MAPI_E_NOT_FOUND) /* a stored one of the same number, of a recipient for example */
            hr = read_stored(db, source, tag, wide, limit, base, value);
    }
    if (FAILED(hr))
    {
        value->ulPropTag = PROP_TAG(PT_ERROR, PROP_ID(tag));
        value->Value.err = hr;
    }
    return hr;
}

HRESULT value_set(struct db *db, const struct source *source, const SPropValue *value)
{
    sqlite3_stmt *stmt = db_statement(db, source->schema,
                                      "INSERT INTO @.prop(object, id, type, value) VALUES(?,?,?,?) ON CONFLICT(object, "
                                      "id) DO UPDATE SET type = excluded.type, value = excluded.value");
    ULONG type;
    HRESULT hr;

    if (!stmt)
        return db_error(sqlite3_errcode(db->handle));
    sqlite3_bind_int64(stmt, 1, source->id);
    sqlite3_bind_int64(stmt, 2, PROP_ID(value->ulPropTag));
    hr = value_bind(stmt, 4, value, &type);
    sqlite3_bind_int64(stmt, 3, type);
    if (SUCCEEDED(hr))
        hr = db_error(sqlite3_step(stmt));
    db_done(db, stmt);
    return hr;
}

HRESULT value_delete(struct db *db, const struct source *source, ULONG tag)
{
    return db_run(db, source->schema, "DELETE FROM @.prop WHERE object = ? AND id = ?", "ii", source->id,
                  (sqlite3_int64)PROP_ID(tag));
}

HRESULT value_tags(struct db *db, const struct source *source, BOOL wide, SPropTagArray **tags)
{
    sqlite3_int64 *ids;
    ULONG used = 0, k;
    SPropValue value;
    void *base;
    HRESULT hr;
    int count, i;

    *tags = NULL;
    if (FAILED(hr = db_list(db, source->schema, &ids, &count,
                            "SELECT (id << 16) | type FROM @.prop WHERE object = ? ORDER BY id", "i", source->id)))
        return hr;
    if (FAILED(store_allocate(CbNewSPropTagArray((ULONG)count + ARRAYSIZE(computed)), (void **)tags)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        ULONG tag = (ULONG)ids[i];

        if (!wide && (PROP_TYPE(tag) & ~(ULONG)MV_FLAG) == PT_UNICODE)
            tag = PROP_TAG(PT_STRING8 | (PROP_TYPE(tag) & MV_FLAG), PROP_ID(tag));
        (*tags)->aulPropTag[used++] = tag;
    }
    if (SUCCEEDED(hr) && SUCCEEDED(store_allocate(sizeof(ULONG), &base)))
    {
        for (k = 0; k < ARRAYSIZE(computed); k++)
            if (SUCCEEDED(value_get(db, source, computed[k], wide, 0, base, &value)))
                (*tags)->aulPropTag[used++] = computed[k];
        store_free(base);
    }
    db_free(ids);
    if (SUCCEEDED(hr))
        (*tags)->cValues = used;
    return hr;
}

sqlite3_int64 db_change(struct db *db)
{
    db_run(db, MAIN, "UPDATE main.meta SET value = value + 1 WHERE name = 'change'", "");
    return db_number(db, MAIN, 0, "SELECT value FROM main.meta WHERE name = 'change'", "");
}

/* Between the two schemas: one statement each way, so the literals are four. */
static const char *const copy_object[2][2] = {
        {"INSERT INTO main.object(kind, parent, num, flags, status, change, date, size) SELECT kind, nullif(?2, 0), "
         "num, "
         "flags, status, change, date, size FROM main.object WHERE id = ?1",
         "INSERT INTO temp.object(kind, parent, num, flags, status, change, date, size, origin) SELECT kind, "
         "nullif(?2, 0), "
         "num, flags, status, change, date, size, id FROM main.object WHERE id = ?1"},
        {"INSERT INTO main.object(kind, parent, num, flags, status, change, date, size) SELECT kind, nullif(?2, 0), "
         "num, "
         "flags, status, change, date, size FROM temp.object WHERE id = ?1",
         "INSERT INTO temp.object(kind, parent, num, flags, status, change, date, size) SELECT kind, nullif(?2, 0), "
         "num, "
         "flags, status, change, date, size FROM temp.object WHERE id = ?1"}};
static const char *const copy_props[2][2] = {
        {"INSERT INTO main.prop SELECT ?2, id, type, value FROM main.prop WHERE object = ?1",
         "INSERT INTO temp.prop SELECT ?2, id, type, value FROM main.prop WHERE object = ?1"},
        {"INSERT INTO main.prop SELECT ?2, id, type, value FROM temp.prop WHERE object = ?1",
         "INSERT INTO temp.prop SELECT ?2, id, type, value FROM temp.prop WHERE object = ?1"}};

HRESULT tree_copy(struct db *db, const struct source *from, enum schema to, sqlite3_int64 parent, sqlite3_int64 *id)
{
    sqlite3_int64 *children = NULL, child;
    int count = 0, i;
    HRESULT hr;

    *id = 0;
    if (FAILED(hr = db_run(db, MAIN, copy_object[from->schema][to], "ii", from->id, parent)))
        return hr;
    if (!sqlite3_changes(db->handle))
        return MAPI_E_OBJECT_DELETED;
    *id = sqlite3_last_insert_rowid(db->handle);
    if (SUCCEEDED(hr = db_run(db, MAIN, copy_props[from->schema][to], "ii", from->id, *id)))
        hr = db_list(db, from->schema, &children, &count, "SELECT id FROM @.object WHERE parent = ?", "i", from->id);
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        struct source source = {from->schema, children[i]};

        hr = tree_copy(db, &source, to, *id, &child);
    }
    db_free(children);
    return hr;
}

HRESULT tree_delete(struct db *db, const struct source *source)
{
    return db_run(db, source->schema, "DELETE FROM @.object WHERE id = ?", "i", source->id);
}

static const char *const update_object[2] = {"UPDATE main.object SET (flags, status, change, date, size, num) = "
                                             "(SELECT flags, status, change, date, size, num "
                                             "FROM temp.object WHERE id = ?1) WHERE id = ?2",
                                             "UPDATE temp.object SET (flags, status, change, date, size, num) = "
                                             "(SELECT flags, status, change, date, size, num "
                                             "FROM temp.object AS source WHERE source.id = ?1) WHERE id = ?2"};

HRESULT tree_replace(struct db *db, const struct source *from, const struct source *to)
{
    sqlite3_int64 *children = NULL, child;
    int count = 0, i;
    HRESULT hr;

    if (FAILED(hr = db_run(db, to->schema, "DELETE FROM @.prop WHERE object = ?", "i", to->id))
        || FAILED(hr = db_run(db, to->schema, "DELETE FROM @.object WHERE parent = ?", "i", to->id))
        || FAILED(hr = db_run(db, MAIN, update_object[to->schema], "ii", from->id, to->id))
        || FAILED(hr = db_run(db, MAIN, copy_props[from->schema][to->schema], "ii", from->id, to->id)))
        return hr;
    hr = db_list(db, from->schema, &children, &count, "SELECT id FROM @.object WHERE parent = ?", "i", from->id);
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        struct source source = {from->schema, children[i]};

        hr = tree_copy(db, &source, to->schema, to->id, &child);
    }
    db_free(children);
    return hr;
}
