/*
 * table: one in-memory table engine; every IMAPITable of the DLL is a view of a set of rows here.
 *
 * Contract: a row set is shared and counted; views are independent of one another (columns, order, restriction,
 * position, bookmarks). Depends on prop, notify and base. No lock is held while a sink is called.
 */
#ifndef POSTROOM_TABLE_TABLE_H
#define POSTROOM_TABLE_TABLE_H

#include "base/base.h"
#include "prop/prop.h"

struct row_set;

/* An empty set, one reference. index_tag: the property that identifies a row (PR_INSTANCE_KEY, PR_ROWID). */
HRESULT row_set_create(ULONG index_tag, struct row_set **out);
void row_set_addref(struct row_set *rows);
void row_set_release(struct row_set *rows);

/*
 * Adds the row, or replaces the one with the same index property. Values are copied, strings become wide. On failure
 * nothing changed. MAPI_E_INVALID_PARAMETER: bad values, an id twice, no index property; MAPI_E_NOT_ENOUGH_MEMORY.
 * This and row_set_remove queue notifications for the sinks of the dynamic views.
 */
HRESULT row_set_put(struct row_set *rows, const SPropValue *values, ULONG count);
/* Needs no memory (but for telling sinks). MAPI_E_NOT_FOUND when no row has that index property. */
HRESULT row_set_remove(struct row_set *rows, const SPropValue *index);
/* A copy of the row as one MAPI buffer, in the order of the ids. MAPI_E_NOT_FOUND, MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT row_set_get(struct row_set *rows, const SPropValue *index, ULONG *count, SPropValue **values);
ULONG row_set_count(struct row_set *rows);

/*
 * The same for rows that were made already (table/row.h), several as one change: more than ROW_SET_EVENTS of them are
 * told of as one (TABLE_CHANGED). Each row that comes in takes its reference from the array and leaves NULL there; the
 * first that cannot come in ends it. Every row has the index property.
 */
#define ROW_SET_EVENTS 8
struct table_row;
HRESULT row_set_put_rows(struct row_set *rows, struct table_row **put, ULONG count);
/* A row whose index property is new, before the one that is the place-th in the order of insertion; takes over its
 * reference. MAPI_E_INVALID_PARAMETER: there is one already, or no such place; MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT row_set_insert_row(struct row_set *rows, ULONG place, struct table_row *row);
/* Index properties without a row, and bad ones, are passed over. Returns how many rows went. */
ULONG row_set_remove_rows(struct row_set *rows, const SPropValue *const *indices, ULONG count);
/* All of them, told of as TABLE_RELOAD. Returns how many rows went. */
ULONG row_set_clear(struct row_set *rows);
/* Tells the sinks of the views that show the row that it was modified. MAPI_E_NOT_FOUND. */
HRESULT row_set_notify(struct row_set *rows, const SPropValue *index);
/* With a reference; NULL: there is none. place: in the order of insertion; may be NULL for row_set_find. */
struct table_row *row_set_find(struct row_set *rows, const SPropValue *index, ULONG *place);
struct table_row *row_set_nth(struct row_set *rows, ULONG place);

/*
 * A view with the given columns. Strings among the columns come out wide when flags has MAPI_UNICODE, else ANSI.
 * gate: the session it belongs to, may be NULL. sort: the initial order, may be NULL (order of insertion).
 * fixed: changes of the row set after this call are not seen (IProfAdmin's and IMsgServiceAdmin's tables).
 */
HRESULT table_view_create(struct row_set *rows, struct gate *gate, const SPropTagArray *columns, ULONG flags,
                          const SSortOrderSet *sort, BOOL fixed, IMAPITable **out);

/* A view of an ITableData: of no session, usable under ScInitMapiUtil alone, the columns' strings as wide as their tags
 * say. type: TBLTYPE_*, what GetStatus tells; TBLTYPE_SNAPSHOT is fixed. released, if given, is called once, at the last
 * Release, without a lock, while the view is still whole. */
typedef void table_released(void *context, IMAPITable *table);
HRESULT table_view_create_utility(struct row_set *rows, const SPropTagArray *columns, const SSortOrderSet *sort,
                                  ULONG type, table_released *released, void *context, IMAPITable **out);

/* Whether a row (a property array) passes a restriction. MAPI_E_TOO_COMPLEX, MAPI_E_INVALID_PARAMETER. */
HRESULT restriction_match(const SRestriction *restriction, const SPropValue *values, ULONG count, BOOL *match);

#endif
