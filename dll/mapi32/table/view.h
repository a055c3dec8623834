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
    BOOL moved;            /* its row is gone since it was last used */
    BOOL follows;          /* during a change: its row is the one that changes */
    struct table_row *row; /* while headings expand and collapse: where it stands */
};

/* A change that a view's sinks are to be told of. */
struct table_event
{
    struct table_event *next;
    struct table_view *view;       /* held */
    struct table_row *row, *prior; /* held, for the keys in notification */
    NOTIFICATION notification;
};

/* An order as the caller gave it, and what it means for categories. */
struct sort_order
{
    ULONG levels; /* of categories: those that TABLE_SORT_COMBINE does not put into the one before */
    SSortOrderSet set;
};

/* By what rows are compared. */
struct ordering
{
    const struct sort_order *sort; /* NULL: by insertion */
    LCID locale;
};

/* The rows of a view. */
struct view_layout
{
    struct ranked order, all; /* see struct table_view */
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
    struct sort_order *sort;
    LCID locale; /* of the sort order */
    struct condition *condition;
    struct ranked order; /* of struct table_row, those that pass condition, in the order of sort; what shows of them */
    struct ranked all;   /* categorized views: headings (held) and rows, whether they show or not; else empty */
    struct table_row **fresh; /* a heading for each level; made for the change under way */
    ULONG number;             /* constant: which view this is, in its headings' keys */
    ULONGLONG headings;       /* made so far */
    ULONG position;           /* the cursor: the next row to be read */
    struct bookmark *bookmarks;
    size_t bookmark_count, bookmark_capacity;

    /* Prepared for the change under way. */
    BOOL matched, was_there; /* whether the new row belongs to the view, whether the old one does */
    struct table_event *events;
};

/* Levels of categories. */
static inline ULONG view_levels(const struct table_view *view)
{
    return view->sort ? view->sort->levels : 0;
}

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

/* view_sort.c */

/* Checks a caller's order and copies it to the heap. MAPI_E_TOO_COMPLEX, MAPI_E_INVALID_PARAMETER. */
HRESULT sort_order_create(const SSortOrderSet *sort, struct sort_order **out);
/* How many columns make up a level of categories and those around it. */
ULONG sort_level_columns(const struct sort_order *sort, ULONG level);
/* How two rows compare by the columns of an order from one to another. */
int order_columns(const struct ordering *ordering, const struct table_row *a, const struct table_row *b, ULONG from,
                  ULONG to);
/* Sorts rows that are in the order of insertion; equal ones stay in it. FALSE: out of memory, nothing changed. */
BOOL rows_sort(const struct ordering *ordering, void **rows, ULONG count);

/* view_category.c, under the lock */

HRESULT heading_create(struct table_view *view, const struct sort_order *sort, const struct table_row *row, ULONG level,
                       struct table_row **out);
BOOL heading_expanded(const struct table_row *heading);
void heading_expand(struct table_row *heading, BOOL expand);
/* A row comes (1) or goes (-1). Whether that changes what the heading shows. */
BOOL heading_count(struct table_row *heading, const struct table_row *row, LONG sign);
/* Whether two rows make no difference to what a heading shows. */
BOOL heading_counts_alike(const struct table_row *a, const struct table_row *b);
/* Where a row or a heading belongs in a sequence of the view's. */
ULONG view_place(struct table_view *view, const struct ranked *sequence, const struct table_row *row);
/* The heading above the row, and where in all it is or would be. NULL: not there. */
struct table_row *view_heading(struct table_view *view, const struct table_row *row, ULONG level, ULONG *place);
/* Whether the outermost so many headings above the row are expanded. */
BOOL view_path_expanded(struct table_view *view, const struct table_row *row, ULONG levels);
/* How many of their headings two rows share. */
ULONG view_levels_shared(const struct ordering *ordering, const struct table_row *a, const struct table_row *b);
/* Makes the layout of sorted rows. On failure it is empty. */
HRESULT view_categorize(struct table_view *view, const struct ordering *ordering, void *const *rows, ULONG count,
                        struct view_layout *layout);
/* What shows of all. */
HRESULT view_visible(const struct ranked *all, struct ranked *order);
void layout_clear(struct view_layout *layout);

/* view_order.c: which rows a view has. All are called under the lock. */

/* The rows that pass condition in the order of sort; nothing in the view changes. */
HRESULT view_order_build(struct table_view *view, const struct condition *condition, const struct sort_order *sort,
                         LCID locale, struct view_layout *layout);
/* Takes over new rows, before the new order is; cursor to the beginning, bookmarks gone. */
void view_order_replace(struct table_view *view, struct view_layout *layout);
/* Where a row of the view is; the number of rows when it does not show. */
ULONG view_order_locate(struct table_view *view, struct table_row *row);

/* A change in two steps: prepare may fail and changes nothing that shows, commit cannot fail and adds its events to a
 * list. old or row may be NULL. complete FALSE: events that memory does not suffice for are left out instead of failing. */
HRESULT view_prepare_change(struct table_view *view, struct table_row *old, struct table_row *row, BOOL complete);
void view_cancel_change(struct table_view *view);
void view_commit_change(struct table_view *view, struct table_row *old, struct table_row *row,
                        struct table_event ***last);
/* The row is announced as modified if the view shows it, after view_prepare_change with it as old and new row. */
void view_announce_row(struct table_view *view, struct table_row *row, struct table_event ***last);

/* view_event.c, under the lock */

BOOL view_events_prepare(struct table_view *view, ULONG count);
void view_events_drop(struct table_view *view);
/* Fills in a prepared event, if there is one and somebody to tell. what: TABLE_ROW_*; position: where the row is. */
void view_event(struct table_view *view, ULONG what, struct table_row *row, ULONG position, struct table_event ***last);
/* Something happened to the whole table (TABLE_CHANGED, TABLE_RELOAD). NULL: nobody to tell. */
struct table_event *view_announce(struct table_view *view, ULONG what);

/* Queues a list of events; under the lock, so that their order is that of the changes. */
void table_events_queue(const struct table_event *events);
/* Frees it; no lock held, as a view may go. */
void table_events_free(struct table_event *events);
void table_event_free(struct table_event *event);

/* count rows from position on (view_rows.c). */
HRESULT view_read_rows(struct table_view *view, ULONG position, ULONG count, SRowSet **out);
/* A new bookmark at a position (view_seek.c). MAPI_E_UNABLE_TO_COMPLETE, MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT view_bookmark(struct table_view *view, ULONG position, ULONG *number);
/* Moves one that was just made; moved: its row is not there. */
void view_bookmark_move(struct table_view *view, ULONG number, ULONG position, BOOL moved);

/* view_seek.c, view_rows.c, view_collapse.c: IMAPITable's methods, see there. */
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
HRESULT WINAPI table_ExpandRow(IMAPITable *iface, ULONG cbInstanceKey, BYTE *pbInstanceKey, ULONG ulRowCount,
                               ULONG ulFlags, SRowSet **lppRows, ULONG *lpulMoreRows);
HRESULT WINAPI table_CollapseRow(IMAPITable *iface, ULONG cbInstanceKey, BYTE *pbInstanceKey, ULONG ulFlags,
                                 ULONG *lpulRowCount);
HRESULT WINAPI table_GetCollapseState(IMAPITable *iface, ULONG ulFlags, ULONG cbInstanceKey, BYTE *lpbInstanceKey,
                                      ULONG *lpcbCollapseState, BYTE **lppbCollapseState);
HRESULT WINAPI table_SetCollapseState(IMAPITable *iface, ULONG ulFlags, ULONG cbCollapseState, BYTE *pbCollapseState,
                                      BOOKMARK *lpbkLocation);
HRESULT WINAPI table_CreateBookmark(IMAPITable *iface, BOOKMARK *lpbkPosition);
HRESULT WINAPI table_FreeBookmark(IMAPITable *iface, BOOKMARK bkPosition);

#endif
