/*
 * A table's place, bookmarks, restriction and order. The place of a bookmark is a number of rows as well.
 */
#include "table.h"

#include <string.h>

/* The place of a bookmark. Lock held. */
static HRESULT place_of(struct table *table, struct db *db, BOOKMARK bookmark, ULONG *place)
{
    if (bookmark == BOOKMARK_BEGINNING)
        *place = 0;
    else if (bookmark == BOOKMARK_CURRENT)
        *place = table->position;
    else if (bookmark == BOOKMARK_END)
        return table_count(table, db, place);
    else if (bookmark - 3 < BOOKMARKS_MAX && table->bookmarks[bookmark - 3])
        *place = table->bookmarks[bookmark - 3] - 1;
    else
        return MAPI_E_INVALID_BOOKMARK;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE table_SeekRow(IMAPITable *iface, BOOKMARK origin, LONG rows, LONG *sought)
{
    struct table *table = impl_from_IMAPITable(iface);
    ULONG place = 0, count = 0;
    sqlite3_int64 target;
    struct db *db;
    HRESULT hr;

    if (sought)
        *sought = 0;
    if (FAILED(hr = logon_enter(table->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = place_of(table, db, origin, &place)))
    {
        target = (sqlite3_int64)place + rows;
        if (rows > 0 || place > 0)
            hr = table_count(table, db, &count);
        target = target < 0 ? 0 : target > count ? count : target;
        if (SUCCEEDED(hr))
        {
            table->position = (ULONG)target;
            if (sought)
                *sought = (LONG)(target - place);
        }
    }
    return logon_leave(table->logon, hr);
}

HRESULT STDMETHODCALLTYPE table_SeekRowApprox(IMAPITable *iface, ULONG numerator, ULONG denominator)
{
    struct table *table = impl_from_IMAPITable(iface);
    struct db *db;
    ULONG count;
    HRESULT hr;

    if (!denominator)
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = logon_enter(table->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = table_count(table, db, &count)))
        table->position = numerator >= denominator ? count : (ULONG)((ULONGLONG)count * numerator / denominator);
    return logon_leave(table->logon, hr);
}

HRESULT STDMETHODCALLTYPE table_QueryPosition(IMAPITable *iface, ULONG *row, ULONG *numerator, ULONG *denominator)
{
    struct table *table = impl_from_IMAPITable(iface);
    struct db *db;
    ULONG count;
    HRESULT hr;

    if (!row || !numerator || !denominator)
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = logon_enter(table->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = table_count(table, db, &count)))
    {
        *row = *numerator = min(table->position, count);
        *denominator = count ? count : 1;
    }
    return logon_leave(table->logon, hr);
}

HRESULT STDMETHODCALLTYPE table_FindRow(IMAPITable *iface, SRestriction *restriction, BOOKMARK origin, ULONG flags)
{
    struct table *table = impl_from_IMAPITable(iface);
    BOOL backward = !!(flags & DIR_BACKWARD), found = FALSE;
    ULONG place = 0, row = 0, last = 0;
    sqlite3_stmt *stmt;
    struct db *db;
    HRESULT hr;

    if (flags & ~(ULONG)DIR_BACKWARD)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!restriction)
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = logon_enter(table->logon, &db)))
        return hr;
    if (SUCCEEDED(hr = place_of(table, db, origin, &place))
        && SUCCEEDED(hr = table_query(table, db, "", restriction, TRUE, backward ? place : ~0u, backward ? 0 : place,
                                      &stmt)))
    {
        for (row = backward ? 0 : place; sqlite3_step(stmt) == SQLITE_ROW; row++)
        {
            if (!sqlite3_column_int(stmt, 0))
                continue;
            found = TRUE;
            last = row;
            if (!backward)
                break;
        }
        sqlite3_finalize(stmt);
        if (found)
            table->position = last;
        else
            hr = MAPI_E_NOT_FOUND;
    }
    return logon_leave(table->logon, hr);
}

HRESULT STDMETHODCALLTYPE table_Restrict(IMAPITable *iface, SRestriction *restriction, ULONG flags)
{
    struct table *table = impl_from_IMAPITable(iface);
    sqlite3_str *sql;
    char *text = NULL;
    struct db *db;
    HRESULT hr;

    if (flags & ~(ULONG)(TBL_BATCH | TBL_ASYNC))
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = logon_enter(table->logon, &db)))
        return hr;
    if (restriction)
    {
        sql = sqlite3_str_new(db->handle);
        sqlite3_str_appendall(sql, " AND ");
        hr = restriction_write(sql, db, table_schema(table), restriction, 0);
        if (!(text = sqlite3_str_finish(sql)) && SUCCEEDED(hr))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr))
    {
        sqlite3_free(table->where);
        table->where = text;
        table->position = 0;
        memset(table->bookmarks, 0, sizeof(table->bookmarks));
    }
    else
        sqlite3_free(text);
    return logon_leave(table->logon, hr);
}

HRESULT STDMETHODCALLTYPE table_CreateBookmark(IMAPITable *iface, BOOKMARK *bookmark)
{
    struct table *table = impl_from_IMAPITable(iface);
    struct db *db;
    HRESULT hr;
    ULONG i;

    if (!bookmark)
        return MAPI_E_INVALID_PARAMETER;
    *bookmark = 0;
    if (FAILED(hr = logon_enter(table->logon, &db)))
        return hr;
    for (i = 0; i < BOOKMARKS_MAX && table->bookmarks[i]; i++)
        ;
    if (i == BOOKMARKS_MAX)
        return logon_leave(table->logon, MAPI_E_UNABLE_TO_COMPLETE);
    table->bookmarks[i] = table->position + 1;
    *bookmark = i + 3;
    return logon_leave(table->logon, S_OK);
}

HRESULT STDMETHODCALLTYPE table_FreeBookmark(IMAPITable *iface, BOOKMARK bookmark)
{
    struct table *table = impl_from_IMAPITable(iface);
    struct db *db;
    HRESULT hr;

    if (bookmark <= BOOKMARK_END)
        return S_OK;
    if (FAILED(hr = logon_enter(table->logon, &db)))
        return hr;
    if (bookmark - 3 >= BOOKMARKS_MAX || !table->bookmarks[bookmark - 3])
        return logon_leave(table->logon, MAPI_E_INVALID_BOOKMARK);
    table->bookmarks[bookmark - 3] = 0;
    return logon_leave(table->logon, S_OK);
}

/* Categories are not made: MAPI_E_TOO_COMPLEX, as imapitable-sorttable has it. */
HRESULT STDMETHODCALLTYPE table_SortTable(IMAPITable *iface, SSortOrderSet *order, ULONG flags)
{
    struct table *table = impl_from_IMAPITable(iface);
    SSortOrderSet *copy;
    sqlite3_str *sql;
    struct db *db;
    HRESULT hr;

    if (flags & ~(ULONG)(TBL_BATCH | TBL_ASYNC))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!order)
        return MAPI_E_INVALID_PARAMETER;
    if (order->cCategories || order->cExpanded || order->cSorts > 32)
        return MAPI_E_TOO_COMPLEX;
    if (FAILED(hr = logon_enter(table->logon, &db)))
        return hr;
    sql = sqlite3_str_new(db->handle);
    hr = order_write(sql, MAIN, order);
    sqlite3_free(sqlite3_str_finish(sql));
    if (SUCCEEDED(hr) && !(copy = sqlite3_malloc64(CbSSortOrderSet(order))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
    {
        memcpy(copy, order, CbSSortOrderSet(order));
        sqlite3_free(table->order);
        table->order = copy;
        table->position = 0;
        memset(table->bookmarks, 0, sizeof(table->bookmarks));
    }
    return logon_leave(table->logon, hr);
}

HRESULT STDMETHODCALLTYPE table_QuerySortOrder(IMAPITable *iface, SSortOrderSet **order)
{
    struct table *table = impl_from_IMAPITable(iface);
    ULONG count;

    if (!order)
        return MAPI_E_INVALID_PARAMETER;
    *order = NULL;
    count = table->order ? table->order->cSorts : 0;
    if (FAILED(store_allocate(CbNewSSortOrderSet(count + 1), (void **)order)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(*order, 0, CbNewSSortOrderSet(count + 1));
    if (table->order)
        memcpy(*order, table->order, CbSSortOrderSet(table->order));
    return S_OK;
}
