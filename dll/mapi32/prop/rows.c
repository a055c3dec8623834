/*
 * Rows: freeing row sets and address lists, and reading a whole table.
 */
#include "prop/prop.h"

#include <string.h>

#define ROWS_AT_ONCE 0x4000

/* Row sets and address lists are the same but for their names. */
C_ASSERT(offsetof(ADRLIST, aEntries) == offsetof(SRowSet, aRow) && sizeof(ADRENTRY) == sizeof(SRow));
C_ASSERT(offsetof(ADRENTRY, rgPropVals) == offsetof(SRow, lpProps));

static void free_rows(SRowSet *rows)
{
    size_t bytes;
    ULONG i;

    if (!rows || !memory_readable(rows, offsetof(SRowSet, aRow)))
        return;
    /* An impossible count: the rows are not to be trusted, the set itself still is MAPIFreeBuffer's to judge. */
    if (size_multiply(rows->cRows, sizeof(SRow), &bytes) && size_add(bytes, offsetof(SRowSet, aRow), &bytes)
        && memory_readable(rows, bytes))
    {
        for (i = 0; i < rows->cRows; i++)
            MAPIFreeBuffer(rows->aRow[i].lpProps);
    }
    MAPIFreeBuffer(rows);
}

/*
 * FreeProws: frees a row set with all its rows. NULL and rows whose properties somebody took (NULL) are fine.
 */
void WINAPI FreeProws(LPSRowSet prows)
{
    TRACE("(%p)", prows);

    free_rows(prows);
}

/*
 * FreePadrlist: frees an address list with all its entries.
 */
void WINAPI FreePadrlist(LPADRLIST padrlist)
{
    TRACE("(%p)", padrlist);

    free_rows((SRowSet *)padrlist);
}

/* Moves more's rows behind all's, and frees what is left of more. On failure both are freed. */
static HRESULT append_rows(SRowSet **all, SRowSet *more)
{
    SRowSet *joined = NULL;
    size_t count, bytes;

    if (!*all)
    {
        *all = more;
        return S_OK;
    }
    count = (size_t)(*all)->cRows + more->cRows;
    if (!size_multiply(count, sizeof(SRow), &bytes) || !size_add(bytes, offsetof(SRowSet, aRow), &bytes)
        || bytes > MAXLONG || FAILED(MAPIAllocateBuffer(bytes, (void **)&joined)))
    {
        free_rows(*all);
        free_rows(more);
        *all = NULL;
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    joined->cRows = count;
    memcpy(joined->aRow, (*all)->aRow, (*all)->cRows * sizeof(SRow));
    memcpy(joined->aRow + (*all)->cRows, more->aRow, more->cRows * sizeof(SRow));
    MAPIFreeBuffer(*all);
    MAPIFreeBuffer(more);
    *all = joined;
    return S_OK;
}

/* From the table's beginning on; more than limit rows (0: none) is an error. */
static HRESULT read_rows(IMAPITable *table, ULONG limit, SRowSet **out)
{
    LONG at_once = limit ? (LONG)min(limit, ROWS_AT_ONCE - 1) + 1 : ROWS_AT_ONCE;
    SRowSet *all = NULL, *rows;
    BOOL last = FALSE;
    HRESULT hr;

    while (!last)
    {
        rows = NULL;
        hr = IMAPITable_QueryRows(table, at_once, 0, &rows);
        if (SUCCEEDED(hr) && !rows)
            hr = MAPI_E_CALL_FAILED;
        if (FAILED(hr))
        {
            free_rows(all);
            return hr;
        }
        last = !rows->cRows;
        if (last && all)
            free_rows(rows);
        else if (FAILED(hr = append_rows(&all, rows)))
            return hr;
        if (limit && all->cRows > limit)
        {
            free_rows(all);
            return MAPI_E_TABLE_TOO_BIG;
        }
    }
    *out = all;
    return S_OK;
}

/*
 * HrQueryAllRows: sets columns, restriction and sort order where they are given and reads the table from its beginning
 * to its end. The rows are freed with FreeProws. Values that a row does not have come as the table gives them, PT_ERROR.
 * MAPI_E_TABLE_TOO_BIG: more than crowsMax rows (0: no limit). MAPI_E_INVALID_PARAMETER. What the table's methods return.
 */
HRESULT WINAPI HrQueryAllRows(LPMAPITABLE ptable, LPSPropTagArray ptaga, LPSRestriction pres, LPSSortOrderSet psos,
                              LONG crowsMax, LPSRowSet *pprows)
{
    HRESULT hr = S_OK;

    TRACE("(%p, %p, %p, %p, %ld, %p)", ptable, ptaga, pres, psos, crowsMax, pprows);

    if (!pprows || !memory_writable(pprows, sizeof(*pprows)))
        return MAPI_E_INVALID_PARAMETER;
    *pprows = NULL;
    if (!ptable || !memory_readable(ptable, sizeof(void *)) || !memory_readable(ptable->lpVtbl, sizeof(*ptable->lpVtbl))
        || crowsMax < 0)
        return MAPI_E_INVALID_PARAMETER;
    if (ptaga)
        hr = IMAPITable_SetColumns(ptable, ptaga, TBL_BATCH);
    if (SUCCEEDED(hr) && pres)
        hr = IMAPITable_Restrict(ptable, pres, TBL_BATCH);
    if (SUCCEEDED(hr) && psos)
        hr = IMAPITable_SortTable(ptable, psos, TBL_BATCH);
    if (SUCCEEDED(hr))
        hr = IMAPITable_SeekRow(ptable, BOOKMARK_BEGINNING, 0, NULL);
    if (FAILED(hr))
        return hr;
    return read_rows(ptable, crowsMax, pprows);
}
