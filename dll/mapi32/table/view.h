/*
 * view: an IMAPITable on a row set. Private to table/.
 *
 * Who owns whom: a view holds its row set and its session's gate; the row set knows its dynamic views without holding
 * them (a view leaves the list in its last Release). A fixed view has a row set of its own, sharing the rows.
 * Lock: rows->lock guards the row set and everything in its views that is not marked otherwise below. No sink is called
 * under it: changes make events, which are queued (notify/advise.h).
 */
#ifndef POSTROOM_TABLE_VIEW_H
#define POSTROOM_TABLE_VIEW_H

#include "notify/advise.h"
#include "table/ranked.h"
#include "table/row.h"
#include "table/table.h"

struct row_set
{
    volatile LONG refcount;
    SRWLOCK lock;
    ULONG index_tag;
    struct ranked index;      /* of struct table_row, held; by index property */
    struct ranked inserted;   /* the same rows in the order of insertion */
    struct table_view *views; /* the dynamic ones */
    BOOL quiet;               /* a change of many rows is under way: no event for each */
};

/* A position that the client named. It stays with its row; when that goes, it moves to the next one. */
struct bookmark
{
    ULONG generation; /* part of the number, so that a freed one is refused */
    ULONG position;
    BOOL used;
    BOOL moved;   /* its row is gone since it was last used */
    BOOL follows; /* during a change: its row is the one that changes */
};

/* A change that a view's sinks are to be told of. */
struct table_event
{
    struct table_event *next;
    struct table_view *view;       /* held */
    struct table_row *row, *prior; /* held, for the keys in notification */
    NOTIFICATION notification;
};

struct table_view
{
    IMAPITable IMAPITable_iface;
    volatile LONG refcount;
    struct object_mark mark;
    struct gate *gate;         /* held; may be NULL */
    struct gate_child child;   /* the gate's */
    struct last_error last;    /* interlocked */
    struct advise_list sinks;  /* has its own lock */
    volatile LONG sink_count;  /* interlocked: whether events are worth making */
    struct row_set *rows;      /* held; constant */
    BOOL wide, fixed, utility; /* constant */
    ULONG type;                /* TBLTYPE_*; constant */
    table_released *released;  /* who wants to know of the last Release; set once, before others have the view */
    void *released_context;
    LONG released_told;
    SPropTagArray *default_columns; /* constant */

    struct table_view *next, *prev; /* the row set's list */
    SPropTagArray *columns;
    SSortOrderSet *sort;
    LCID locale; /* of the sort order */
    struct condition *condition;
    struct ranked order; /* of struct table_row, those that pass condition, in the order of sort */
    ULONG position;      /* the cursor: the next row to be read */
    struct bookmark *bookmarks;
    size_t bookmark_count, bookmark_capacity;

    /* Prepared for the change under way. */
    BOOL matched, was_there; /* whether the new row belongs to the view, whether the old one does */
    struct table_event *event;
};

static inline struct table_view *impl_from_IMAPITable(IMAPITable *iface)
{
    return CONTAINING_RECORD(iface, struct table_view, IMAPITable_iface);
}

/* gate_enter for a view: those of ITableData need no more than the utilities (INIT-18). */
static inline HRESULT view_enter(struct table_view *view, struct gate_call *call)
{
    if (!view->utility)
        return gate_enter(view->gate, call);
    call->gate = NULL;
    return init_check_utilities();
}

/* row_set.c */

/* Where the row with this index property is; FALSE: where it would be. Locked. */
BOOL row_set_locate(struct row_set *rows, const SPropValue *index, ULONG *position);
/* Where the row is in the order of insertion. Locked. */
ULONG row_set_rank(struct row_set *rows, struct table_row *row);
/* A row set of its own with the same rows. */
HRESULT row_set_snapshot(struct row_set *rows, struct row_set **out);

/* view_order.c: which rows a view has, in which order. All are called under the lock. */

/* Checks a caller's order and copies it to the heap. MAPI_E_TOO_COMPLEX, MAPI_E_INVALID_PARAMETER. */
HRESULT sort_order_copy(const SSortOrderSet *sort, SSortOrderSet **out);
/* The rows that pass condition in the order of sort; nothing in the view changes. */
HRESULT view_order_build(struct table_view *view, const struct condition *condition, const SSortOrderSet *sort,
                         LCID locale, struct ranked *order);
/* Takes over a new order; cursor to the beginning, bookmarks gone. */
void view_order_replace(struct table_view *view, struct ranked *order);
/* Where a row of the view is. */
ULONG view_order_locate(struct table_view *view, struct table_row *row);

/* A change in two steps: prepare may fail and changes nothing that shows, commit cannot fail. old or row may be NULL.
 * complete FALSE: events that memory does not suffice for are left out instead of failing. */
HRESULT view_prepare_change(struct table_view *view, struct table_row *old, struct table_row *row, BOOL complete);
void view_cancel_change(struct table_view *view);
struct table_event *view_commit_change(struct table_view *view, struct table_row *old, struct table_row *row);

/* Events that no change brings: the row is announced as modified if the view shows it, after view_prepare_change with it
 * as old and new row; something happened to the whole table (TABLE_CHANGED, TABLE_RELOAD). NULL: nobody to tell. */
struct table_event *view_announce_row(struct table_view *view, struct table_row *row);
struct table_event *view_announce(struct table_view *view, ULONG what);

/* Queues a list of events; under the lock, so that their order is that of the changes. */
void table_events_queue(const struct table_event *events);
/* Frees it; no lock held, as a view may go. */
void table_events_free(struct table_event *events);
void table_event_free(struct table_event *event);

/* view_seek.c and view_rows.c: IMAPITable's methods, see there. */
HRESULT WINAPI table_SetColumns(IMAPITable *iface, SPropTagArray *lpPropTagArray, ULONG ulFlags);
HRESULT WINAPI table_QueryColumns(IMAPITable *iface, ULONG ulFlags, SPropTagArray **lpPropTagArray);
HRESULT WINAPI table_QueryRows(IMAPITable *iface, LONG lRowCount, ULONG ulFlags, SRowSet **lppRows);
HRESULT WINAPI table_Restrict(IMAPITable *iface, SRestriction *lpRestriction, ULONG ulFlags);
HRESULT WINAPI table_SortTable(IMAPITable *iface, SSortOrderSet *lpSortCriteria, ULONG ulFlags);
HRESULT WINAPI table_QuerySortOrder(IMAPITable *iface, SSortOrderSet **lppSortCriteria);
HRESULT WINAPI table_GetRowCount(IMAPITable *iface, ULONG ulFlags, ULONG *lpulCount);
HRESULT WINAPI table_SeekRow(IMAPITable *iface, BOOKMARK bkOrigin, LONG lRowCount, LONG *lplRowsSought);
HRESULT WINAPI table_SeekRowApprox(IMAPITable *iface, ULONG ulNumerator, ULONG ulDenominator);
HRESULT WINAPI table_QueryPosition(IMAPITable *iface, ULONG *lpulRow, ULONG *lpulNumerator, ULONG *lpulDenominator);
HRESULT WINAPI table_FindRow(IMAPITable *iface, SRestriction *lpRestriction, BOOKMARK bkOrigin, ULONG ulFlags);
HRESULT WINAPI table_CreateBookmark(IMAPITable *iface, BOOKMARK *lpbkPosition);
HRESULT WINAPI table_FreeBookmark(IMAPITable *iface, BOOKMARK bkPosition);

#endif
