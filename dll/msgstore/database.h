/*
 * database: one connection to a store's file, and the statements that are prepared on it.
 *
 * Contract: whoever calls has the connection's lock (db_lock). The file is "main"; "temp" has the same tables in memory,
 * for messages that are being changed and not saved. Numbers of objects are never used twice within a file.
 */
#ifndef POSTROOM_MSGSTORE_DATABASE_H
#define POSTROOM_MSGSTORE_DATABASE_H

#include <postroom/mapix.h>
#include <sqlite3.h>

#define SCHEMA_VERSION 1

/* The kinds of objects: object.kind. */
enum kind
{
    KIND_STORE = 1,
    KIND_FOLDER,
    KIND_MESSAGE,
    KIND_ASSOCIATED,
    KIND_ATTACHMENT,
    KIND_RECIPIENT,
    KIND_EMBEDDED /* the message in an attachment */
};

/* Folders that every store has; their numbers in each file. */
enum special
{
    ID_STORE = 1,
    ID_ROOT,
    ID_IPM,
    ID_INBOX,
    ID_OUTBOX,
    ID_SENT,
    ID_DELETED,
    ID_VIEWS,
    ID_COMMON_VIEWS,
    ID_FINDER,
    ID_FIRST_FREE = 32
};

enum schema
{
    MAIN,
    TEMP
};

struct statement
{
    const char *text; /* a literal, compared by address */
    sqlite3_stmt *stmt;
    enum schema schema;
    BOOL busy;
};

struct db
{
    sqlite3 *handle;
    CRITICAL_SECTION lock;
    MAPIUID uid; /* of the file */
    BOOL read_only;
    struct statement cache[96];
    int cached;
};

/* create: a file that is not there is made. MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS, MAPI_E_CORRUPT_STORE, MAPI_E_VERSION: the
 * file is of a newer Postroom; MAPI_E_DISK_ERROR, MAPI_E_NOT_ENOUGH_DISK, MAPI_E_BUSY. */
HRESULT db_open(const WCHAR *path, BOOL create, BOOL read_only, struct db **out);
void db_close(struct db *db);
HRESULT db_error(int code);

/* A statement of a literal in which @ stands for the schema. NULL: an error. db_done gives it back. */
sqlite3_stmt *db_statement(struct db *db, enum schema schema, const char *text);
void db_done(struct db *db, sqlite3_stmt *stmt);
/* Binds parameters from 1 on. format: i sqlite3_int64, t const WCHAR *, b const void * and int. */
HRESULT db_run(struct db *db, enum schema schema, const char *text, const char *format, ...);
/* The first column of the first row; fallback: there is none. */
sqlite3_int64 db_number(struct db *db, enum schema schema, sqlite3_int64 fallback, const char *text, const char *format,
                        ...);
/* The numbers in the first column; free with db_free. */
HRESULT db_list(struct db *db, enum schema schema, sqlite3_int64 **ids, int *count, const char *text,
                const char *format, ...);
void db_free(void *block);

HRESULT db_begin(struct db *db);
/* Commits, or rolls back when hr is an error; what is returned then is hr. */
HRESULT db_end(struct db *db, HRESULT hr);

#endif
