/*
 * Tables (imapitableiunknown): every call asks the file for just the rows that it returns. The place in a table is a number
 * of rows; the rows may be others the next time.
 */
#include "table.h"

#include <string.h>

static const ULONG default_columns[][12] = {
        {10, PR_DISPLAY_NAME_W, PR_ENTRYID, PR_INSTANCE_KEY, PR_OBJECT_TYPE, PR_FOLDER_TYPE, PR_CONTENT_COUNT,
         PR_CONTENT_UNREAD, PR_SUBFOLDERS, PR_DEPTH, PR_COMMENT_W},
        {11, PR_ENTRYID, PR_INSTANCE_KEY, PR_OBJECT_TYPE, PR_SUBJECT_W, PR_MESSAGE_CLASS_W, PR_MESSAGE_DELIVERY_TIME,
         PR_MESSAGE_FLAGS, PR_MESSAGE_SIZE, PR_SENDER_NAME_W, PR_DISPLAY_TO_W, PR_HASATTACH},
        {5, PR_ENTRYID, PR_INSTANCE_KEY, PR_OBJECT_TYPE, PR_SUBJECT_W, PR_MESSAGE_CLASS_W},
        {6, PR_ATTACH_NUM, PR_INSTANCE_KEY, PR_ATTACH_METHOD, PR_ATTACH_FILENAME_W, PR_RENDERING_POSITION,
         PR_ATTACH_SIZE},
        {7, PR_ROWID, PR_INSTANCE_KEY, PR_DISPLAY_NAME_W, PR_RECIPIENT_TYPE, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W,
         PR_ENTRYID},
        {8, PR_ENTRYID, PR_INSTANCE_KEY, PR_SUBJECT_W, PR_MESSAGE_CLASS_W, PR_MESSAGE_FLAGS, PR_MESSAGE_SIZE,
         PR_DISPLAY_TO_W, PR_OBJECT_TYPE}};
static const int kinds[] = {KIND_FOLDER, KIND_MESSAGE, KIND_ASSOCIATED, KIND_ATTACHMENT, KIND_RECIPIENT, KIND_MESSAGE};

enum schema table_schema(const struct table *table)
{
    return table->object->type == OBJECT_MESSAGE ? table->object->source.schema : MAIN;
}

HRESULT table_query(struct table *table, struct db *db, const char *what, const SRestriction *also, BOOL ordered,
                    ULONG limit, ULONG offset, sqlite3_stmt **stmt)
{
    enum schema schema = table_schema(table);
    sqlite3_str *sql = sqlite3_str_new(db->handle);
    HRESULT hr = S_OK;
    char *text;
    int code;

    *stmt = NULL;
    sqlite3_str_appendf(sql, "SELECT %s", what);
    if (also)
        hr = restriction_write(sql, db, schema, also, 0);
    if (table->kind == TABLE_OUTGOING)
        sqlite3_str_appendall(sql, " FROM main.queue q CROSS JOIN main.object o ON o.id = q.message WHERE 1");
    else
        sqlite3_str_appendf(sql, " FROM %s.object o WHERE o.parent = %lld AND o.kind = %d",
                            schema == TEMP ? "temp" : "main", table->object->source.id, kinds[table->kind]);
    if (table->where)
        sqlite3_str_appendall(sql, table->where);
    if (SUCCEEDED(hr) && ordered)
    {
        sqlite3_str_appendall(sql, " ORDER BY ");
        if (!table->order && table->kind == TABLE_OUTGOING)
            sqlite3_str_appendall(sql, "q.time, o.id");
        else if (!table->order && table->kind >= TABLE_ATTACHMENTS)
            sqlite3_str_appendall(sql, "o.num");
        else
            hr = order_write(sql, schema, table->order);
        sqlite3_str_appendf(sql, " LIMIT %lld OFFSET %u", limit == ~0u ? -1LL : (sqlite3_int64)limit, offset);
    }
    if (!(text = sqlite3_str_finish(sql)))
        return FAILED(hr) ? hr : MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr) && (code = sqlite3_prepare_v2(db->handle, text, -1, stmt, NULL)) != SQLITE_OK)
        hr = (code & 0xff) == SQLITE_ERROR ? MAPI_E_TOO_COMPLEX : db_error(code);
    sqlite3_free(text);
    return hr;
}

HRESULT table_count(struct table *table, struct db *db, ULONG *count)
{
    sqlite3_stmt *stmt;
    HRESULT hr;

    *count = 0;
    if (FAILED(hr = table_query(table, db, "count(*)", NULL, FALSE, 0, 0, &stmt)))
        return hr;
    if (sqlite3_step(stmt) == SQLITE_ROW)
        *count = (ULONG)sqlite3_column_int64(stmt, 0);
    else
        hr = db_error(sqlite3_errcode(db->handle));
    sqlite3_finalize(stmt);
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_QueryInterface(IMAPITable *iface, REFIID riid, void **out)
{
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IMAPITable))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *out = iface;
    IMAPITable_AddRef(iface);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE table_AddRef(IMAPITable *iface)
{
    return InterlockedIncrement(&impl_from_IMAPITable(iface)->refcount);
}

static ULONG STDMETHODCALLTYPE table_Release(IMAPITable *iface)
{
    struct table *table = impl_from_IMAPITable(iface);
    ULONG refcount = InterlockedDecrement(&table->refcount), i;

    if (refcount)
        return refcount;
    for (i = 0; i < SINKS_MAX; i++)
        if (table->sinks[i])
            notify_unadvise(table->logon, table->sinks[i]);
    sqlite3_free(table->where);
    sqlite3_free(table->order);
    object_Release(table->object);
    logon_release(table->logon);
    HeapFree(GetProcessHeap(), 0, table);
    return 0;
}

static HRESULT STDMETHODCALLTYPE table_GetLastError(IMAPITable *iface, HRESULT hResult, ULONG flags, MAPIERROR **error)
{
    (void)iface;
    (void)hResult;
    (void)flags;
    if (!error)
        return MAPI_E_INVALID_PARAMETER;
    *error = NULL;
    return S_OK;
}

/* imapitable-advise. Attachments and recipients change by their own message only: MAPI_E_NO_SUPPORT. */
static HRESULT STDMETHODCALLTYPE table_Advise(IMAPITable *iface, ULONG mask, IMAPIAdviseSink *sink,
                                              ULONG_PTR *connection)
{
    struct table *table = impl_from_IMAPITable(iface);
    ULONG_PTR *slot = NULL;
    HRESULT hr;
    ULONG i;

    if (!sink || !connection)
        return MAPI_E_INVALID_PARAMETER;
    *connection = 0;
    if (!(mask & fnevTableModified) || table->kind > TABLE_ASSOCIATED)
        return MAPI_E_NO_SUPPORT;
    for (i = 0; i < SINKS_MAX && !slot; i++)
        if (!InterlockedCompareExchangePointer((void **)&table->sinks[i], (void *)~(ULONG_PTR)0, NULL))
            slot = &table->sinks[i];
    if (!slot)
        return MAPI_E_NOT_ENOUGH_RESOURCES;
    hr = notify_advise_table(table->logon, table->object->source.id, sink, connection);
    *slot = SUCCEEDED(hr) ? *connection : 0;
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_Unadvise(IMAPITable *iface, ULONG_PTR connection)
{
    struct table *table = impl_from_IMAPITable(iface);
    ULONG i;

    for (i = 0; connection && i < SINKS_MAX; i++)
    {
        if (table->sinks[i] != connection)
            continue;
        table->sinks[i] = 0;
        return notify_unadvise(table->logon, connection);
    }
    return MAPI_E_INVALID_PARAMETER;
}

static HRESULT STDMETHODCALLTYPE table_GetStatus(IMAPITable *iface, ULONG *status, ULONG *type)
{
    (void)iface;
    if (!status || !type)
        return MAPI_E_INVALID_PARAMETER;
    *status = TBLSTAT_COMPLETE;
    *type = TBLTYPE_DYNAMIC;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE table_SetColumns(IMAPITable *iface, SPropTagArray *tags, ULONG flags)
{
    struct table *table = impl_from_IMAPITable(iface);
    struct db *db;
    HRESULT hr;

    if (flags & ~(ULONG)(TBL_BATCH | TBL_ASYNC))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!tags || !tags->cValues)
        return MAPI_E_INVALID_PARAMETER;
    if (tags->cValues > COLUMNS_MAX)
        return MAPI_E_TOO_COMPLEX;
    if (FAILED(hr = logon_enter(table->logon, &db)))
        return hr;
    table->column_count = tags->cValues;
    memcpy(table->columns, tags->aulPropTag, tags->cValues * sizeof(ULONG));
    return logon_leave(table->logon, S_OK);
}

static HRESULT STDMETHODCALLTYPE table_QueryColumns(IMAPITable *iface, ULONG flags, SPropTagArray **tags)
{
    struct table *table = impl_from_IMAPITable(iface);
    ULONG count = flags & TBL_ALL_COLUMNS ? default_columns[table->kind][0] : table->column_count;

    if (!tags)
        return MAPI_E_INVALID_PARAMETER;
    *tags = NULL;
    if (flags & ~(ULONG)TBL_ALL_COLUMNS)
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(store_allocate(CbNewSPropTagArray(count), (void **)tags)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    (*tags)->cValues = count;
    memcpy((*tags)->aulPropTag, flags & TBL_ALL_COLUMNS ? &default_columns[table->kind][1] : table->columns,
           count * sizeof(ULONG));
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE table_GetRowCount(IMAPITable *iface, ULONG flags, ULONG *count)
{
    struct table *table = impl_from_IMAPITable(iface);
    struct db *db;
    HRESULT hr;

    if (!count)
        return MAPI_E_INVALID_PARAMETER;
    *count = 0;
    if (flags & ~(ULONG)TBL_NOWAIT)
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = logon_enter(table->logon, &db)))
        return hr;
    return logon_leave(table->logon, table_count(table, db, count));
}

/* One row, allocated by itself (FreeProws). Lock held. */
static HRESULT read_row(struct table *table, struct db *db, sqlite3_int64 id, SRow *row)
{
    struct source source = {table_schema(table), id};
    ULONG i;

    if (FAILED(store_allocate((table->column_count + 1) * sizeof(SPropValue), (void **)&row->lpProps)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    row->cValues = table->column_count;
    for (i = 0; i < table->column_count; i++)
    {
        SPropValue *value = &row->lpProps[i];
        ULONG tag = table->columns[i];

        if (PROP_TYPE(tag) == PT_NULL)
            value->ulPropTag = tag;
        else if (tag == PR_DEPTH && table->kind == TABLE_HIERARCHY)
        {
            value->ulPropTag = tag;
            value->Value.l = 1;
        }
        else if (tag == PR_ROW_TYPE)
        {
            value->ulPropTag = tag;
            value->Value.l = TBL_LEAF_ROW;
        }
        else
            value_get(db, &source, tag, table->wide, VALUE_MAX, row->lpProps, value);
    }
    return S_OK;
}

/* imapitable-queryrows; a negative count reads what is before the place. */
static HRESULT STDMETHODCALLTYPE table_QueryRows(IMAPITable *iface, LONG rows, ULONG flags, SRowSet **out)
{
    struct table *table = impl_from_IMAPITable(iface);
    ULONG wanted = rows < 0 ? 0u - (ULONG)rows : (ULONG)rows, from, used = 0, capacity;
    SRowSet *set = NULL, *grown;
    sqlite3_stmt *stmt = NULL;
    struct db *db;
    HRESULT hr;
    int code = SQLITE_DONE;

    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(ULONG)TBL_NOADVANCE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!rows)
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = logon_enter(table->logon, &db)))
        return hr;
    if (rows < 0)
        wanted = min(wanted, table->position);
    from = rows < 0 ? table->position - wanted : table->position;
    capacity = min(wanted, 64);
    if (FAILED(store_allocate(CbNewSRowSet(capacity + 1), (void **)&set)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (SUCCEEDED(hr = table_query(table, db, "o.id", NULL, TRUE, wanted, from, &stmt)))
    {
        while (SUCCEEDED(hr) && (code = sqlite3_step(stmt)) == SQLITE_ROW)
        {
            if (used == capacity)
            {
                capacity = capacity * 2 + 1;
                if (FAILED(store_allocate(CbNewSRowSet(capacity + 1), (void **)&grown)))
                {
                    hr = MAPI_E_NOT_ENOUGH_MEMORY;
                    break;
                }
                memcpy(grown->aRow, set->aRow, used * sizeof(SRow));
                store_free(set);
                set = grown;
            }
            if (SUCCEEDED(hr = read_row(table, db, sqlite3_column_int64(stmt, 0), &set->aRow[used])))
                used++;
        }
        if (SUCCEEDED(hr) && code != SQLITE_DONE)
            hr = db_error(code);
        sqlite3_finalize(stmt);
    }
    if (SUCCEEDED(hr))
    {
        set->cRows = used;
        *out = set;
        if (!(flags & TBL_NOADVANCE))
            table->position = rows < 0 ? from : from + used;
    }
    else
    {
        while (set && used)
            store_free(set->aRow[--used].lpProps);
        store_free(set);
    }
    return logon_leave(table->logon, hr);
}

static HRESULT STDMETHODCALLTYPE table_Abort(IMAPITable *iface)
{
    (void)iface;
    return S_OK; /* everything is done when a call returns */
}

static HRESULT STDMETHODCALLTYPE table_ExpandRow(IMAPITable *iface, ULONG size, BYTE *key, ULONG count, ULONG flags,
                                                 SRowSet **rows, ULONG *more)
{
    (void)iface, (void)size, (void)key, (void)count, (void)flags;
    if (rows)
        *rows = NULL;
    if (more)
        *more = 0;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT STDMETHODCALLTYPE table_CollapseRow(IMAPITable *iface, ULONG size, BYTE *key, ULONG flags, ULONG *count)
{
    (void)iface, (void)size, (void)key, (void)flags;
    if (count)
        *count = 0;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT STDMETHODCALLTYPE table_WaitForCompletion(IMAPITable *iface, ULONG flags, ULONG timeout, ULONG *status)
{
    (void)iface, (void)timeout;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    if (status)
        *status = TBLSTAT_COMPLETE;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE table_GetCollapseState(IMAPITable *iface, ULONG flags, ULONG key_size, BYTE *key,
                                                        ULONG *size, BYTE **state)
{
    (void)iface, (void)flags, (void)key_size, (void)key;
    if (size)
        *size = 0;
    if (state)
        *state = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT STDMETHODCALLTYPE table_SetCollapseState(IMAPITable *iface, ULONG flags, ULONG size, BYTE *state,
                                                        BOOKMARK *bookmark)
{
    (void)iface, (void)flags, (void)size, (void)state;
    if (bookmark)
        *bookmark = 0;
    return MAPI_E_NO_SUPPORT;
}

static const IMAPITableVtbl table_vtbl = {table_QueryInterface,   table_AddRef,          table_Release,
                                          table_GetLastError,     table_Advise,          table_Unadvise,
                                          table_GetStatus,        table_SetColumns,      table_QueryColumns,
                                          table_GetRowCount,      table_SeekRow,         table_SeekRowApprox,
                                          table_QueryPosition,    table_FindRow,         table_Restrict,
                                          table_CreateBookmark,   table_FreeBookmark,    table_SortTable,
                                          table_QuerySortOrder,   table_QueryRows,       table_Abort,
                                          table_ExpandRow,        table_CollapseRow,     table_WaitForCompletion,
                                          table_GetCollapseState, table_SetCollapseState};

HRESULT table_create(struct logon *logon, struct object *object, enum table_kind kind, BOOL wide, IMAPITable **out)
{
    struct table *table = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*table));
    ULONG i;

    if (!table)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    table->IMAPITable_iface.lpVtbl = &table_vtbl;
    table->refcount = 1;
    table->logon = logon;
    table->object = object;
    table->kind = kind;
    table->wide = wide;
    table->column_count = default_columns[kind][0];
    for (i = 0; i < table->column_count; i++)
    {
        ULONG tag = default_columns[kind][i + 1];

        table->columns[i] = !wide && PROP_TYPE(tag) == PT_UNICODE ? PROP_TAG(PT_STRING8, PROP_ID(tag)) : tag;
    }
    logon_addref(logon);
    object_AddRef(object);
    *out = &table->IMAPITable_iface;
    return S_OK;
}
