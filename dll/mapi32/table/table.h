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
 * This and row_set_remove tell the sinks of the dynamic views before they return, on this thread: call them without a
 * lock of your own.
 */
HRESULT row_set_put(struct row_set *rows, const SPropValue *values, ULONG count);
/* Needs no memory (but for telling sinks). MAPI_E_NOT_FOUND when no row has that index property. */
HRESULT row_set_remove(struct row_set *rows, const SPropValue *index);
/* A copy of the row as one MAPI buffer, in the order of the ids. MAPI_E_NOT_FOUND, MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT row_set_get(struct row_set *rows, const SPropValue *index, ULONG *count, SPropValue **values);
ULONG row_set_count(struct row_set *rows);

/*
 * A view with the given columns. Strings among the columns come out wide when flags has MAPI_UNICODE, else ANSI.
 * gate: the session it belongs to, may be NULL. sort: the initial order, may be NULL (order of insertion).
 * fixed: changes of the row set after this call are not seen (IProfAdmin's and IMsgServiceAdmin's tables).
 */
HRESULT table_view_create(struct row_set *rows, struct gate *gate, const SPropTagArray *columns, ULONG flags,
                          const SSortOrderSet *sort, BOOL fixed, IMAPITable **out);

/* Whether a row (a property array) passes a restriction. MAPI_E_TOO_COMPLEX, MAPI_E_INVALID_PARAMETER. */
HRESULT restriction_match(const SRestriction *restriction, const SPropValue *values, ULONG count, BOOL *match);

#endif
