/*
 * database: see the header.
 */
#include "database.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Columns of object: num is an attachment's or a recipient's number, date the delivery time, change counts the file's
 * changes, origin the number in "main" of what was copied into "temp". */
#define TABLES(schema)                                                                                                 \
    "CREATE TABLE IF NOT EXISTS " schema ".object(id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, "       \
    "parent INTEGER REFERENCES object(id) ON DELETE CASCADE, num INTEGER NOT NULL DEFAULT 0, "                         \
    "flags INTEGER NOT NULL DEFAULT 0, status INTEGER NOT NULL DEFAULT 0, change INTEGER NOT NULL DEFAULT 0, "         \
    "date INTEGER NOT NULL DEFAULT 0, size INTEGER NOT NULL DEFAULT 0, origin INTEGER);"                               \
    "CREATE TABLE IF NOT EXISTS " schema ".prop(object INTEGER NOT NULL REFERENCES object(id) ON DELETE CASCADE, "     \
    "id INTEGER NOT NULL, type INTEGER NOT NULL, value, PRIMARY KEY(object, id)) WITHOUT ROWID;"                       \
    "CREATE INDEX IF NOT EXISTS " schema ".object_parent ON object(parent, kind, date);"

/* Step n brings a file of version n to version n + 1. */
static const char *const steps[SCHEMA_VERSION] = {
        TABLES("main") "CREATE INDEX object_unread ON object(parent) WHERE kind = 3 AND (flags & 1) = 0;"
                       "CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
                       "CREATE TABLE named(id INTEGER PRIMARY KEY, guid BLOB NOT NULL, lid INTEGER, name TEXT);"
                       "CREATE UNIQUE INDEX named_lid ON named(guid, lid) WHERE name IS NULL;"
                       "CREATE UNIQUE INDEX named_name ON named(guid, name) WHERE name IS NOT NULL;"
                       "CREATE TABLE receive(class TEXT PRIMARY KEY COLLATE NOCASE, folder INTEGER NOT NULL "
                       "REFERENCES object(id) ON DELETE CASCADE) WITHOUT ROWID;"
                       "CREATE TABLE queue(message INTEGER PRIMARY KEY REFERENCES object(id) ON DELETE CASCADE, "
                       "time INTEGER NOT NULL, locked INTEGER NOT NULL DEFAULT 0);"
                       "INSERT INTO meta VALUES('uid', randomblob(16)), ('change', 0);"
                       "INSERT INTO object(id, kind, parent) VALUES(1,1,NULL),(2,2,NULL),(3,2,2),(4,2,3),(5,2,3),"
                       "(6,2,3),(7,2,3),(8,2,2),(9,2,2),(10,2,2);"
                       "INSERT INTO prop VALUES(2,0x3001,0x1f,''),(3,0x3001,0x1f,'Top of Personal Folders'),"
                       "(4,0x3001,0x1f,'Inbox'),(5,0x3001,0x1f,'Outbox'),(6,0x3001,0x1f,'Sent Items'),"
                       "(7,0x3001,0x1f,'Deleted Items'),(8,0x3001,0x1f,'Views'),(9,0x3001,0x1f,'Common Views'),"
                       "(10,0x3001,0x1f,'Finder');"
                       "UPDATE sqlite_sequence SET seq = 31 WHERE name = 'object';"
                       "INSERT INTO receive VALUES('', 4), ('IPM', 4), ('REPORT.IPM', 4), ('IPC', 2);"
                       "PRAGMA application_id = 0x506f7374;"};

HRESULT db_error(int code)
{
    switch (code & 0xff)
    {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return S_OK;
    case SQLITE_NOMEM:
        return MAPI_E_NOT_ENOUGH_MEMORY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return MAPI_E_BUSY;
    case SQLITE_FULL:
        return MAPI_E_NOT_ENOUGH_DISK;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return MAPI_E_NO_ACCESS;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return MAPI_E_CORRUPT_STORE;
    case SQLITE_TOOBIG:
        return MAPI_E_TOO_BIG;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return MAPI_E_DISK_ERROR;
    default:
        return MAPI_E_CALL_FAILED;
    }
}

static sqlite3_stmt *prepare(struct db *db, enum schema schema, const char *text)
{
    static const char *const names[] = {"main", "temp"};
    sqlite3_stmt *stmt = NULL;
    char sql[2048];
    size_t used = 0;

    for (; *text && used < sizeof(sql) - 8; text++)
    {
        if (*text == '@')
        {
            memcpy(sql + used, names[schema], 4);
            used += 4;
        }
        else
            sql[used++] = *text;
    }
    sql[used] = 0;
    if (*text || sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        return NULL;
    return stmt;
}

sqlite3_stmt *db_statement(struct db *db, enum schema schema, const char *text)
{
    struct statement *statement;
    int i;

    for (i = 0; i < db->cached; i++)
    {
        statement = &db->cache[i];
        if (statement->text == text && statement->schema == schema && !statement->busy)
        {
            statement->busy = TRUE;
            return statement->stmt;
        }
    }
    if (db->cached == ARRAYSIZE(db->cache))
        return prepare(db, schema, text);
    statement = &db->cache[db->cached];
    if (!(statement->stmt = prepare(db, schema, text)))
        return NULL;
    statement->text = text;
    statement->schema = schema;
    statement->busy = TRUE;
    db->cached++;
    return statement->stmt;
}

void db_done(struct db *db, sqlite3_stmt *stmt)
{
    int i;

    if (!stmt)
        return;
    for (i = 0; i < db->cached; i++)
    {
        if (db->cache[i].stmt == stmt)
        {
            sqlite3_reset(stmt);
            sqlite3_clear_bindings(stmt);
            db->cache[i].busy = FALSE;
            return;
        }
    }
    sqlite3_finalize(stmt);
}

static sqlite3_stmt *bind_list(struct db *db, enum schema schema, const char *text, const char *format, va_list list)
{
    sqlite3_stmt *stmt = db_statement(db, schema, text);
    const void *bytes;
    int i;

    for (i = 1; stmt && *format; i++, format++)
    {
        switch (*format)
        {
        case 'i':
            sqlite3_bind_int64(stmt, i, va_arg(list, sqlite3_int64));
            break;
        case 't':
            sqlite3_bind_text16(stmt, i, va_arg(list, const WCHAR *), -1, SQLITE_TRANSIENT);
            break;
        default:
            bytes = va_arg(list, const void *);
            sqlite3_bind_blob(stmt, i, bytes, va_arg(list, int), SQLITE_TRANSIENT);
            break;
        }
    }
    return stmt;
}

HRESULT db_run(struct db *db, enum schema schema, const char *text, const char *format, ...)
{
    sqlite3_stmt *stmt;
    va_list list;
    int code;

    va_start(list, format);
    stmt = bind_list(db, schema, text, format, list);
    va_end(list);
    if (!stmt)
        return db_error(sqlite3_errcode(db->handle));
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW)
        ;
    db_done(db, stmt);
    return db_error(code);
}

sqlite3_int64 db_number(struct db *db, enum schema schema, sqlite3_int64 fallback, const char *text, const char *format,
                        ...)
{
    sqlite3_stmt *stmt;
    va_list list;

    va_start(list, format);
    stmt = bind_list(db, schema, text, format, list);
    va_end(list);
    if (stmt && sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
        fallback = sqlite3_column_int64(stmt, 0);
    db_done(db, stmt);
    return fallback;
}

HRESULT db_list(struct db *db, enum schema schema, sqlite3_int64 **ids, int *count, const char *text,
                const char *format, ...)
{
    sqlite3_int64 *list = NULL, *grown;
    int used = 0, capacity = 0, code;
    sqlite3_stmt *stmt;
    va_list arguments;

    *ids = NULL;
    *count = 0;
    va_start(arguments, format);
    stmt = bind_list(db, schema, text, format, arguments);
    va_end(arguments);
    if (!stmt)
        return db_error(sqlite3_errcode(db->handle));
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW)
    {
        if (used == capacity)
        {
            capacity = capacity ? capacity * 2 : 32;
            if (!(grown = sqlite3_realloc64(list, sizeof(*list) * (sqlite3_uint64)capacity)))
            {
                code = SQLITE_NOMEM;
                break;
            }
            list = grown;
        }
        list[used++] = sqlite3_column_int64(stmt, 0);
    }
    db_done(db, stmt);
    if (code != SQLITE_DONE)
    {
        sqlite3_free(list);
        return db_error(code);
    }
    *ids = list;
    *count = used;
    return S_OK;
}

void db_free(void *block)
{
    sqlite3_free(block);
}

HRESULT db_begin(struct db *db)
{
    return db->read_only ? MAPI_E_NO_ACCESS : db_error(sqlite3_exec(db->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL));
}

HRESULT db_end(struct db *db, HRESULT hr)
{
    if (SUCCEEDED(hr))
    {
        HRESULT result = db_error(sqlite3_exec(db->handle, "COMMIT", NULL, NULL, NULL));

        if (SUCCEEDED(result))
            return hr;
        hr = result;
    }
    if (!sqlite3_get_autocommit(db->handle))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    return hr;
}

static int user_version(struct db *db)
{
    sqlite3_stmt *stmt = NULL;
    int version = -1;

    if (sqlite3_prepare_v2(db->handle, "PRAGMA user_version", -1, &stmt, NULL) == SQLITE_OK
        && sqlite3_step(stmt) == SQLITE_ROW)
        version = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    return version;
}

/* Brings the file to our version, in one transaction. A file of other programs is left alone. */
static HRESULT migrate(struct db *db)
{
    HRESULT hr = S_OK;
    char pragma[48];
    int version;

    version = user_version(db);
    if (version < 0)
        return db_error(sqlite3_errcode(db->handle));
    if (version > SCHEMA_VERSION)
        return MAPI_E_VERSION;
    if (version == SCHEMA_VERSION)
        return S_OK;
    if (FAILED(hr = db_begin(db)))
        return hr;
    version = user_version(db); /* somebody else may have done it meanwhile */
    if (!version && db_number(db, MAIN, 0, "SELECT count(*) FROM sqlite_master", ""))
        hr = MAPI_E_CORRUPT_STORE;
    for (; SUCCEEDED(hr) && version < SCHEMA_VERSION; version++)
        hr = db_error(sqlite3_exec(db->handle, steps[version], NULL, NULL, NULL));
    snprintf(pragma, sizeof(pragma), "PRAGMA user_version = %d", SCHEMA_VERSION);
    if (SUCCEEDED(hr))
        hr = db_error(sqlite3_exec(db->handle, pragma, NULL, NULL, NULL));
    return db_end(db, hr);
}

static HRESULT read_uid(struct db *db)
{
    sqlite3_stmt *stmt = db_statement(db, MAIN, "SELECT value FROM meta WHERE name = 'uid'");
    HRESULT hr = MAPI_E_CORRUPT_STORE;

    if (stmt && sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_bytes(stmt, 0) == sizeof(db->uid))
    {
        memcpy(&db->uid, sqlite3_column_blob(stmt, 0), sizeof(db->uid));
        hr = S_OK;
    }
    db_done(db, stmt);
    return hr;
}

static HRESULT set_up(struct db *db)
{
    HRESULT hr;

    sqlite3_busy_timeout(db->handle, 10000);
    if (FAILED(hr = db_error(sqlite3_exec(db->handle, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL", NULL, NULL,
                                          NULL))))
        return hr;
    if (!db->read_only)
    {
        hr = db_error(sqlite3_exec(db->handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL));
        if (SUCCEEDED(hr))
            hr = migrate(db);
    }
    else if (user_version(db) != SCHEMA_VERSION)
        hr = user_version(db) > SCHEMA_VERSION ? MAPI_E_VERSION : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = db_error(sqlite3_exec(db->handle, TABLES("temp"), NULL, NULL, NULL));
    return SUCCEEDED(hr) ? read_uid(db) : hr;
}

HRESULT db_open(const WCHAR *path, BOOL create, BOOL read_only, struct db **out)
{
    DWORD attributes = GetFileAttributesW(path);
    char name[MAX_PATH * 3];
    struct db *db;
    HRESULT hr;
    int flags;

    *out = NULL;
    if (attributes == INVALID_FILE_ATTRIBUTES && !create)
        return MAPI_E_NOT_FOUND;
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY))
        return MAPI_E_NO_ACCESS;
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_READONLY))
        read_only = TRUE;
    if (!WideCharToMultiByte(CP_UTF8, 0, path, -1, name, sizeof(name), NULL, NULL))
        return MAPI_E_INVALID_PARAMETER;
    if (!(db = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*db))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    InitializeCriticalSection(&db->lock);
    db->read_only = read_only;
    flags = (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0))
            | SQLITE_OPEN_EXRESCODE;
    hr = db_error(sqlite3_open_v2(name, &db->handle, flags, NULL));
    if (SUCCEEDED(hr))
        hr = set_up(db);
    if (FAILED(hr))
        db_close(db);
    else
        *out = db;
    return hr;
}

void db_close(struct db *db)
{
    int i;

    for (i = 0; i < db->cached; i++)
        sqlite3_finalize(db->cache[i].stmt);
    sqlite3_close_v2(db->handle);
    DeleteCriticalSection(&db->lock);
    HeapFree(GetProcessHeap(), 0, db);
}
