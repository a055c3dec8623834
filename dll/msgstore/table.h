/* table: what a table is made of; table.c asks the file, table_state.c keeps place, order and columns. */
#ifndef POSTROOM_MSGSTORE_TABLE_H
#define POSTROOM_MSGSTORE_TABLE_H

#include "restriction.h"

#define COLUMNS_MAX 256
#define BOOKMARKS_MAX 64
#define SINKS_MAX 16
#define VALUE_MAX 4096 /* bytes; longer values of columns are MAPI_E_NOT_ENOUGH_MEMORY, as everywhere in tables */

struct table
{
    IMAPITable IMAPITable_iface;
    LONG refcount;
    struct logon *logon;
    struct object *object; /* with a reference */
    enum table_kind kind;
    BOOL wide;
    /* under the logon's lock: */
    SSortOrderSet *order;
    char *where; /* "" or " AND (...)" */
    ULONG column_count, position;
    ULONG columns[COLUMNS_MAX];
    ULONG bookmarks[BOOKMARKS_MAX]; /* a place plus 1; 0: free */
    ULONG_PTR sinks[SINKS_MAX];
};

static inline struct table *impl_from_IMAPITable(IMAPITable *iface)
{
    return CONTAINING_RECORD(iface, struct table, IMAPITable_iface);
}

enum schema table_schema(const struct table *table);
/* "SELECT what FROM the rows", also, if not NULL, as a column; with order: in theirs. Finalize the statement. */
HRESULT table_query(struct table *table, struct db *db, const char *what, const SRestriction *also, BOOL ordered,
                    ULONG limit, ULONG offset, sqlite3_stmt **stmt);
HRESULT table_count(struct table *table, struct db *db, ULONG *count);

HRESULT STDMETHODCALLTYPE table_SeekRow(IMAPITable *iface, BOOKMARK origin, LONG rows, LONG *sought);
HRESULT STDMETHODCALLTYPE table_SeekRowApprox(IMAPITable *iface, ULONG numerator, ULONG denominator);
HRESULT STDMETHODCALLTYPE table_QueryPosition(IMAPITable *iface, ULONG *row, ULONG *numerator, ULONG *denominator);
HRESULT STDMETHODCALLTYPE table_FindRow(IMAPITable *iface, SRestriction *restriction, BOOKMARK origin, ULONG flags);
HRESULT STDMETHODCALLTYPE table_Restrict(IMAPITable *iface, SRestriction *restriction, ULONG flags);
HRESULT STDMETHODCALLTYPE table_CreateBookmark(IMAPITable *iface, BOOKMARK *bookmark);
HRESULT STDMETHODCALLTYPE table_FreeBookmark(IMAPITable *iface, BOOKMARK bookmark);
HRESULT STDMETHODCALLTYPE table_SortTable(IMAPITable *iface, SSortOrderSet *order, ULONG flags);
HRESULT STDMETHODCALLTYPE table_QuerySortOrder(IMAPITable *iface, SSortOrderSet **order);

#endif
