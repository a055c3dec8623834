/*
 * ITableData: a table that its user fills, and views of it for others (CreateTable).
 *
 * Who owns whom: the table holds its row set; a view holds the row set too and, when somebody wants to know of its last
 * Release, the table. Lock: data->lock guards columns only; no foreign code runs under it. What a caller gets is allocated
 * with the functions that were given to CreateTable, everything else with our own.
 */
#include "table/row.h"
#include "table/table.h"
#include "table/tag_set.h"

#include <mapival.h>
#include <string.h>

struct table_data
{
    ITableData ITableData_iface;
    volatile LONG refcount;
    struct object_mark mark;
    ALLOCATEBUFFER *allocate;
    ULONG type, index_tag;
    struct row_set *rows;
    SRWLOCK lock;
    struct tag_set columns; /* those of CreateTable, then whatever rows brought */
};

/* Whom to tell of a view's last Release. */
struct release_note
{
    struct table_data *data; /* held */
    CALLERRELEASE *caller_release;
    ULONG_PTR caller_data;
};

static inline struct table_data *impl_from_ITableData(ITableData *iface)
{
    return CONTAINING_RECORD(iface, struct table_data, ITableData_iface);
}

static HRESULT WINAPI table_data_QueryInterface(ITableData *iface, REFIID riid, void **out)
{
    TRACE("(%p, %s, %p)", iface, debugstr_guid(riid), out);

    if (!(out = OUT_POINTER(out)))
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!memory_readable(riid, sizeof(*riid)))
        return MAPI_E_INVALID_PARAMETER;
    if (!IsEqualIID(riid, &IID_IUnknown) && !IsEqualIID(riid, &IID_IMAPITableData))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *out = iface;
    InterlockedIncrement(&impl_from_ITableData(iface)->refcount);
    return S_OK;
}

static ULONG WINAPI table_data_AddRef(ITableData *iface)
{
    TRACE("(%p)", iface);

    return InterlockedIncrement(&impl_from_ITableData(iface)->refcount);
}

static ULONG WINAPI table_data_Release(ITableData *iface)
{
    struct table_data *data = impl_from_ITableData(iface);
    ULONG count = InterlockedDecrement(&data->refcount);

    TRACE("(%p), refcount %lu", iface, count);

    if (!count)
    {
        row_set_release(data->rows);
        tag_set_clear(&data->columns);
        object_died(&data->mark);
        heap_free(data);
    }
    return count;
}

/* MAPI_E_NOT_ENOUGH_MEMORY. Columns never go, whatever becomes of the rows. */
static HRESULT add_columns(struct table_data *data, const SPropValue *values, ULONG count)
{
    BOOL added = TRUE;
    ULONG i;

    AcquireSRWLockExclusive(&data->lock);
    for (i = 0; i < count && added; i++)
    {
        ULONG type = PROP_TYPE(values[i].ulPropTag);

        if (type != PT_ERROR && type != PT_NULL && type != PT_UNSPECIFIED)
            added = tag_set_add(&data->columns, values[i].ulPropTag);
    }
    ReleaseSRWLockExclusive(&data->lock);
    return added ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

/* A caller's row, ready for the row set. MAPI_E_INVALID_PARAMETER: unreadable, or without the index column. */
static HRESULT make_row(struct table_data *data, const SRow *source, struct table_row **row)
{
    HRESULT hr;

    *row = NULL;
    if (!memory_readable(source, sizeof(*source)))
        return MAPI_E_INVALID_PARAMETER;
    hr = table_row_create(source->lpProps, source->cValues, row);
    if (FAILED(hr))
        return hr;
    hr = table_row_typed(*row, data->index_tag) ? add_columns(data, source->lpProps, source->cValues)
                                                : MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr))
    {
        table_row_release(*row);
        *row = NULL;
    }
    return hr;
}

/* The type in which a row's value goes out: as wide as its column is. */
static ULONG output_type(struct table_data *data, const SPropValue *value)
{
    ULONG stored = PROP_TYPE(value->ulPropTag), column;
    size_t size = 0;

    AcquireSRWLockShared(&data->lock);
    column = PROP_TYPE(tag_set_find(&data->columns, value->ulPropTag));
    ReleaseSRWLockShared(&data->lock);
    /* a text that the code page cannot take goes out as it is */
    return prop_type_with_width(column, TRUE) == stored && prop_extent(value, column, &size) ? column : stored;
}

/* The whole row as one block of the caller's allocator. */
static HRESULT row_to_caller(struct table_data *data, const struct table_row *row, SRow **out)
{
    size_t size = sizeof(SRow) + row->count * sizeof(SPropValue), offset = size;
    SPropValue *values;
    void *block;
    SCODE code;
    ULONG i;

    for (i = 0; i < row->count; i++)
    {
        if (!prop_extent(&row->values[i], output_type(data, &row->values[i]), &size))
            return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (size > MAXLONG)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(code = data->allocate(size, &block)))
        return code;
    values = (SPropValue *)((SRow *)block + 1);
    for (i = 0; i < row->count; i++)
        prop_place(&values[i], &row->values[i], output_type(data, &row->values[i]), block, size, &offset);
    *out = block;
    (*out)->ulAdrEntryPad = 0;
    (*out)->cValues = row->count;
    (*out)->lpProps = values;
    return S_OK;
}

/* A caller's index property: readable, and that of this table. */
static BOOL index_valid(const struct table_data *data, const SPropValue *index)
{
    return prop_valid(index) && PROP_ID(index->ulPropTag) == PROP_ID(data->index_tag)
           && prop_type_with_width(PROP_TYPE(index->ulPropTag), TRUE)
                      == prop_type_with_width(PROP_TYPE(data->index_tag), TRUE);
}

/* The index property among a row's values; NULL: there is none, or it cannot be read. */
static const SPropValue *find_index(const struct table_data *data, const SPropValue *values, ULONG count)
{
    ULONG i;

    for (i = 0; i < count && memory_readable(&values[i], sizeof(*values)); i++)
    {
        if (PROP_ID(values[i].ulPropTag) == PROP_ID(data->index_tag))
            return index_valid(data, &values[i]) ? &values[i] : NULL;
    }
    return NULL;
}

static void view_released(void *context, IMAPITable *table)
{
    struct release_note *note = context;
    ITableData *iface = &note->data->ITableData_iface;

    TRACE("view %p of %p", table, iface);
    note->caller_release(note->caller_data, iface, table);
    ITableData_Release(iface);
    heap_free(note);
}

/* The columns of a new view, on the heap. */
static SPropTagArray *current_columns(struct table_data *data)
{
    SPropTagArray *columns;

    AcquireSRWLockShared(&data->lock);
    if ((columns = heap_alloc(CbNewSPropTagArray(data->columns.count))))
    {
        columns->cValues = data->columns.count;
        memcpy(columns->aulPropTag, data->columns.tags, data->columns.count * sizeof(*data->columns.tags));
    }
    ReleaseSRWLockShared(&data->lock);
    return columns;
}

/*
 * ITableData::HrGetView: a view with all columns so far, cursor on the first row.
 * lpSSortOrderSet NULL: by insertion; lpfCallerRelease, may be NULL, is called at the view's last Release with
 * ulCallerData; the table lives until then. MAPI_E_INVALID_PARAMETER, MAPI_E_TOO_COMPLEX (bad order),
 * MAPI_E_NOT_ENOUGH_MEMORY. itabledata-hrgetview, callerrelease.
 */
static HRESULT WINAPI table_data_HrGetView(ITableData *iface, SSortOrderSet *lpSSortOrderSet,
                                           CALLERRELEASE *lpfCallerRelease, ULONG_PTR ulCallerData,
                                           IMAPITable **lppMAPITable)
{
    struct table_data *data = impl_from_ITableData(iface);
    struct release_note *note = NULL;
    SPropTagArray *columns = NULL;
    HRESULT hr;

    TRACE("(%p, %p, %p, %#Ix, %p)", iface, lpSSortOrderSet, lpfCallerRelease, ulCallerData, lppMAPITable);

    if (!(lppMAPITable = OUT_POINTER(lppMAPITable)))
        return MAPI_E_INVALID_PARAMETER;
    *lppMAPITable = NULL;
    if (FAILED(hr = init_check_utilities()))
        return hr;
    if (!(columns = current_columns(data)) || (lpfCallerRelease && !(note = heap_alloc(sizeof(*note)))))
    {
        heap_free(columns);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (note)
    {
        note->data = data;
        note->caller_release = lpfCallerRelease;
        note->caller_data = ulCallerData;
        InterlockedIncrement(&data->refcount);
    }
    hr = table_view_create_utility(data->rows, columns, lpSSortOrderSet, data->type, note ? view_released : NULL, note,
                                   lppMAPITable);
    heap_free(columns);
    if (FAILED(hr) && note)
    {
        ITableData_Release(iface);
        heap_free(note);
    }
    return hr;
}

/*
 * ITableData::HrModifyRow: adds a row at the end, or replaces the one with the same index property, which keeps its place.
 * MAPI_E_INVALID_PARAMETER: unreadable, no index column; MAPI_E_NOT_ENOUGH_MEMORY. itabledata-hrmodifyrow.
 */
static HRESULT WINAPI table_data_HrModifyRow(ITableData *iface, SRow *lpSRow)
{
    struct table_data *data = impl_from_ITableData(iface);
    struct table_row *row;
    HRESULT hr;

    TRACE("(%p, %p)", iface, lpSRow);

    if (FAILED(hr = init_check_utilities()) || FAILED(hr = make_row(data, lpSRow, &row)))
        return hr;
    hr = row_set_put_rows(data->rows, &row, 1);
    table_row_release(row);
    return hr;
}

/* ITableData::HrDeleteRow. MAPI_E_NOT_FOUND: the property is no row's index. itabledata-hrdeleterow. */
static HRESULT WINAPI table_data_HrDeleteRow(ITableData *iface, SPropValue *lpSPropValue)
{
    struct table_data *data = impl_from_ITableData(iface);
    HRESULT hr;

    TRACE("(%p, %p)", iface, lpSPropValue);

    if (FAILED(hr = init_check_utilities()))
        return hr;
    if (!prop_valid(lpSPropValue))
        return MAPI_E_INVALID_PARAMETER;
    return index_valid(data, lpSPropValue) ? row_set_remove(data->rows, lpSPropValue) : MAPI_E_NOT_FOUND;
}

/*
 * ITableData::HrQueryRow: all properties of the row with this index property, as one block, and its place in the order of
 * insertion (lpuliRow, may be NULL). MAPI_E_INVALID_PARAMETER: not the index column; MAPI_E_NOT_FOUND: no such row;
 * MAPI_E_NOT_ENOUGH_MEMORY. itabledata-hrqueryrow.
 */
static HRESULT WINAPI table_data_HrQueryRow(ITableData *iface, SPropValue *lpSPropValue, SRow **lppSRow,
                                            ULONG *lpuliRow)
{
    struct table_data *data = impl_from_ITableData(iface);
    struct table_row *row;
    ULONG place = 0;
    HRESULT hr;

    TRACE("(%p, %p, %p, %p)", iface, lpSPropValue, lppSRow, lpuliRow);

    if ((lppSRow = OUT_POINTER(lppSRow)))
        *lppSRow = NULL;
    if (FAILED(hr = init_check_utilities()))
        return hr;
    if (!lppSRow || (lpuliRow && !memory_writable(lpuliRow, sizeof(*lpuliRow))) || !index_valid(data, lpSPropValue))
        return MAPI_E_INVALID_PARAMETER;
    if (!(row = row_set_find(data->rows, lpSPropValue, &place)))
        return MAPI_E_NOT_FOUND;
    hr = row_to_caller(data, row, lppSRow);
    table_row_release(row);
    if (SUCCEEDED(hr) && lpuliRow)
        *lpuliRow = place;
    return hr;
}

/* ITableData::HrEnumRow: the row that was inserted as the ulRowNumber-th, from 0, as one block; S_OK and NULL where there
 * is none. MAPI_E_INVALID_PARAMETER, MAPI_E_NOT_ENOUGH_MEMORY. itabledata-hrenumrow. */
static HRESULT WINAPI table_data_HrEnumRow(ITableData *iface, ULONG ulRowNumber, SRow **lppSRow)
{
    struct table_data *data = impl_from_ITableData(iface);
    struct table_row *row;
    HRESULT hr;

    TRACE("(%p, %lu, %p)", iface, ulRowNumber, lppSRow);

    if (!(lppSRow = OUT_POINTER(lppSRow)))
        return MAPI_E_INVALID_PARAMETER;
    *lppSRow = NULL;
    if (FAILED(hr = init_check_utilities()))
        return hr;
    if (!(row = row_set_nth(data->rows, ulRowNumber)))
        return S_OK;
    hr = row_to_caller(data, row, lppSRow);
    table_row_release(row);
    return hr;
}

/* ITableData::HrNotify: tells the views' sinks that the row was modified. MAPI_E_UNKNOWN_FLAGS; MAPI_E_INVALID_PARAMETER:
 * no index column; MAPI_E_NOT_FOUND: no such row; MAPI_E_NOT_ENOUGH_MEMORY. itabledata-hrnotify. */
static HRESULT WINAPI table_data_HrNotify(ITableData *iface, ULONG ulFlags, ULONG cValues, SPropValue *lpSPropValue)
{
    struct table_data *data = impl_from_ITableData(iface);
    const SPropValue *index;
    HRESULT hr;

    TRACE("(%p, %#lx, %lu, %p)", iface, ulFlags, cValues, lpSPropValue);

    if (FAILED(hr = init_check_utilities()))
        return hr;
    if (ulFlags)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!(index = find_index(data, lpSPropValue, cValues)))
        return MAPI_E_INVALID_PARAMETER;
    return row_set_notify(data->rows, index);
}

/*
 * ITableData::HrInsertRow: a new row behind the first uliRow ones. MAPI_E_INVALID_PARAMETER: more than there are, a row
 * with that index property exists, no index column; MAPI_E_NOT_ENOUGH_MEMORY. itabledata-hrinsertrow.
 */
static HRESULT WINAPI table_data_HrInsertRow(ITableData *iface, ULONG uliRow, SRow *lpSRow)
{
    struct table_data *data = impl_from_ITableData(iface);
    struct table_row *row;
    HRESULT hr;

    TRACE("(%p, %lu, %p)", iface, uliRow, lpSRow);

    if (FAILED(hr = init_check_utilities()) || FAILED(hr = make_row(data, lpSRow, &row)))
        return hr;
    hr = row_set_insert_row(data->rows, uliRow, row);
    if (FAILED(hr))
        table_row_release(row);
    return hr;
}

/*
 * ITableData::HrModifyRows: HrModifyRow for several; more than eight are told of as one TABLE_CHANGED.
 * MAPI_E_UNKNOWN_FLAGS; MAPI_E_INVALID_PARAMETER: one cannot be read or lacks the index column, no row is changed;
 * MAPI_E_NOT_ENOUGH_MEMORY: those before the one that memory did not suffice for are changed. itabledata-hrmodifyrows.
 */
static HRESULT WINAPI table_data_HrModifyRows(ITableData *iface, ULONG ulFlags, SRowSet *lpSRowSet)
{
    struct table_data *data = impl_from_ITableData(iface);
    struct table_row **made;
    ULONG count, i;
    HRESULT hr;

    TRACE("(%p, %#lx, %p)", iface, ulFlags, lpSRowSet);

    if (FAILED(hr = init_check_utilities()))
        return hr;
    if (ulFlags)
        return MAPI_E_UNKNOWN_FLAGS;
    if (FBadRowSet(lpSRowSet))
        return MAPI_E_INVALID_PARAMETER;
    count = lpSRowSet->cRows;
    if (!(made = heap_alloc_zero(count * sizeof(*made))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        hr = make_row(data, &lpSRowSet->aRow[i], &made[i]);
    if (SUCCEEDED(hr))
        hr = row_set_put_rows(data->rows, made, count);
    for (i = 0; i < count; i++)
        table_row_release(made[i]);
    heap_free(made);
    return hr;
}

/*
 * ITableData::HrDeleteRows: removes the rows whose index properties the row set has; those that are not there are no error.
 * TAD_ALL_ROWS: all of them, told of as TABLE_RELOAD; lprowsetToDelete may be NULL then. cRowsDeleted may be NULL.
 * MAPI_E_UNKNOWN_FLAGS, MAPI_E_INVALID_PARAMETER, MAPI_E_NOT_ENOUGH_MEMORY. itabledata-hrdeleterows.
 */
static HRESULT WINAPI table_data_HrDeleteRows(ITableData *iface, ULONG ulFlags, SRowSet *lprowsetToDelete,
                                              ULONG *cRowsDeleted)
{
    struct table_data *data = impl_from_ITableData(iface);
    const SPropValue **indices;
    ULONG deleted, count, i;
    HRESULT hr;

    TRACE("(%p, %#lx, %p, %p)", iface, ulFlags, lprowsetToDelete, cRowsDeleted);

    if ((cRowsDeleted = OUT_POINTER(cRowsDeleted)))
        *cRowsDeleted = 0;
    if (FAILED(hr = init_check_utilities()))
        return hr;
    if (ulFlags & ~(ULONG)TAD_ALL_ROWS)
        return MAPI_E_UNKNOWN_FLAGS;
    if (ulFlags)
    {
        deleted = row_set_clear(data->rows);
    }
    else
    {
        if (FBadRowSet(lprowsetToDelete))
            return MAPI_E_INVALID_PARAMETER;
        count = lprowsetToDelete->cRows;
        if (!(indices = heap_alloc(count * sizeof(*indices))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        for (i = 0; i < count; i++)
            indices[i] = find_index(data, lprowsetToDelete->aRow[i].lpProps, lprowsetToDelete->aRow[i].cValues);
        deleted = row_set_remove_rows(data->rows, indices, count);
        heap_free(indices);
    }
    if (cRowsDeleted)
        *cRowsDeleted = deleted;
    return S_OK;
}

static const ITableDataVtbl table_data_vtbl = {
        table_data_QueryInterface, table_data_AddRef,      table_data_Release,      table_data_HrGetView,
        table_data_HrModifyRow,    table_data_HrDeleteRow, table_data_HrQueryRow,   table_data_HrEnumRow,
        table_data_HrNotify,       table_data_HrInsertRow, table_data_HrModifyRows, table_data_HrDeleteRows,
};

/* A single value that can be compared. */
static BOOL index_tag_valid(ULONG tag)
{
    struct prop_shape shape;
    ULONG type = PROP_TYPE(tag);

    return prop_shape_of(type, &shape) && !shape.multiple && shape.kind != PROP_KIND_EMPTY && type != PT_ERROR;
}

static BOOL columns_valid(const SPropTagArray *columns)
{
    return memory_readable(columns, offsetof(SPropTagArray, aulPropTag)) && columns->cValues <= 0x10000
           && !FBadColumnSet((SPropTagArray *)columns);
}

/*
 * CreateTable: an empty table (createtable; INIT-18).
 *
 * lpInterface             NULL or IID_IMAPITableData
 * lpAllocateBuffer        for what HrQueryRow and HrEnumRow return; lpAllocateMore and lpFreeBuffer belong to it
 * lpvReserved             NULL
 * ulTableType             TBLTYPE_*: what the views' GetStatus tells. A TBLTYPE_SNAPSHOT view stays as it was when it was
 *                         made; the others follow the table
 * ulPropTagIndexColumn    the property that identifies a row; no multi-value
 * lpSPropTagArrayColumns  the first columns; rows may bring more
 *
 * MAPI_E_NOT_INITIALIZED: neither MAPIInitialize nor ScInitMapiUtil; MAPI_E_INVALID_PARAMETER;
 * MAPI_E_INTERFACE_NOT_SUPPORTED; MAPI_E_NOT_ENOUGH_MEMORY.
 */
SCODE WINAPI CreateTable(LPCIID lpInterface, ALLOCATEBUFFER *lpAllocateBuffer, ALLOCATEMORE *lpAllocateMore,
                         FREEBUFFER *lpFreeBuffer, LPVOID lpvReserved, ULONG ulTableType, ULONG ulPropTagIndexColumn,
                         LPSPropTagArray lpSPropTagArrayColumns, LPTABLEDATA *lppTableData)
{
    struct table_data *data;
    HRESULT hr;
    ULONG i;

    TRACE("%s, %p, %p, %p, %p, %lu, %#lx, %p, %p", debugstr_guid(lpInterface), lpAllocateBuffer, lpAllocateMore,
          lpFreeBuffer, lpvReserved, ulTableType, ulPropTagIndexColumn, lpSPropTagArrayColumns, lppTableData);

    if ((lppTableData = OUT_POINTER(lppTableData)))
        *lppTableData = NULL;
    if (FAILED(hr = init_check_utilities()))
        return hr;
    if (!lppTableData || !memory_is_iid_or_null(lpInterface) || !lpAllocateBuffer || !lpAllocateMore || !lpFreeBuffer
        || lpvReserved || ulTableType > TBLTYPE_DYNAMIC || !index_tag_valid(ulPropTagIndexColumn)
        || !columns_valid(lpSPropTagArrayColumns))
        return MAPI_E_INVALID_PARAMETER;
    if (lpInterface && !IsEqualIID(lpInterface, &IID_IMAPITableData) && !IsEqualIID(lpInterface, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;

    if (!(data = heap_alloc_zero(sizeof(*data))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    data->ITableData_iface.lpVtbl = (ITableDataVtbl *)&table_data_vtbl;
    data->refcount = 1;
    data->allocate = lpAllocateBuffer;
    data->type = ulTableType;
    data->index_tag = ulPropTagIndexColumn;
    InitializeSRWLock(&data->lock);
    object_born(&data->mark, "ITableData");
    hr = row_set_create(ulPropTagIndexColumn, &data->rows);
    for (i = 0; SUCCEEDED(hr) && i < lpSPropTagArrayColumns->cValues; i++)
    {
        if (!tag_set_add(&data->columns, lpSPropTagArrayColumns->aulPropTag[i]))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (FAILED(hr))
        ITableData_Release(&data->ITableData_iface);
    else
        *lppTableData = &data->ITableData_iface;
    return hr;
}
