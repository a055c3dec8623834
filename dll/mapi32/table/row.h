/*
 * row: one row of a row set, and restrictions that were made ready for rows.
 *
 * Rows never change once made; they are counted and shared by the set, its snapshots and the events under way. A row
 * lies in one block, its values sorted by id, its strings wide. Headings of categories are rows of one view; their
 * counts and their state do change, under the lock, and no event looks at them.
 */
#ifndef POSTROOM_TABLE_ROW_H
#define POSTROOM_TABLE_ROW_H

#include "prop/layout.h"

struct table_row
{
    volatile LONG refcount;
    ULONG count : 24; /* of values */
    ULONG is_heading : 1;
    union
    {
        LONGLONG sequence; /* set by the row set, under its lock: grows in the order of insertion */
        struct
        {
            USHORT level;   /* 0: outermost */
            USHORT columns; /* of the sort order that it has: those that make up its level and the ones around it */
            ULONG leaves;   /* rows of data in it */
        } heading;
    };
    SPropValue values[];
};

/* A row with one reference. MAPI_E_INVALID_PARAMETER: bad values, an id twice; MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT table_row_create(const SPropValue *values, ULONG count, struct table_row **out);
void table_row_addref(struct table_row *row);
void table_row_release(struct table_row *row);

/* By id; NULL when there is none. */
const SPropValue *table_row_value(const struct table_row *row, ULONG tag);
/* The same, but of the tag's type (either string width) only. */
const SPropValue *table_row_typed(const struct table_row *row, ULONG tag);

/* The row as a view shows it: one MAPI buffer with a value per column. wide: for columns of PT_UNSPECIFIED. levels: of
 * the view's categories; where there are some, a row of data tells its type and depth. */
HRESULT table_row_output(const struct table_row *row, const SPropTagArray *columns, BOOL wide, ULONG levels,
                         SPropValue **out);

struct condition;

/* Checks and copies a restriction. MAPI_E_TOO_COMPLEX, MAPI_E_INVALID_PARAMETER, MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT condition_create(const SRestriction *restriction, struct condition **out);
/* NULL allowed. */
void condition_free(struct condition *condition);
/* NULL matches every row. MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT condition_match(const struct condition *condition, const struct table_row *row, BOOL *match);
/* The value that the condition demands of the property tag, when it demands that and nothing else; else NULL. */
const SPropValue *condition_exact(const struct condition *condition, ULONG tag);

#endif
