/*
 * A view's life: creation, references, notification, status.
 *
 * The gate keeps the session's memory, the row set keeps the rows; the view's last Release lets both go. At the end of
 * the session the gate has the view release its sinks; from then on every method answers MAPI_E_INVALID_OBJECT.
 */
#include "table/view.h"

#include <string.h>

static void leave_rows(struct table_view *view)
{
    AcquireSRWLockExclusive(&view->rows->lock);
    if (view->prev)
        view->prev->next = view->next;
    else if (view->rows->views == view)
        view->rows->views = view->next;
    if (view->next)
        view->next->prev = view->prev;
    ReleaseSRWLockExclusive(&view->rows->lock);
}

static void view_destroy(struct table_view *view)
{
    struct view_layout layout = {view->order, view->all};
    struct gate *gate = view->gate;

    if (view->rows)
        leave_rows(view);
    if (gate)
        gate_detach(gate, &view->child);
    advise_list_close(&view->sinks);
    layout_clear(&layout);
    heap_free(view->fresh);
    condition_free(view->condition);
    heap_free(view->bookmarks);
    heap_free(view->sort);
    heap_free(view->columns);
    heap_free(view->default_columns);
    row_set_release(view->rows);
    object_died(&view->mark);
    heap_free(view);
    if (gate)
        gate_release(gate);
}

/*
 * IUnknown::QueryInterface. IUnknown and IMAPITable. MAPI_E_INVALID_OBJECT after the session's end, as LOGOFF-16 has it
 * for the session.
 */
static HRESULT WINAPI table_QueryInterface(IMAPITable *iface, REFIID riid, void **ppvObject)
{
    struct table_view *view = impl_from_IMAPITable(iface);

    TRACE("(%p, %s, %p)", iface, debugstr_guid(riid), ppvObject);

    if (!ppvObject || !memory_writable(ppvObject, sizeof(*ppvObject)))
        return MAPI_E_INVALID_PARAMETER;
    *ppvObject = NULL;
    if (!riid || !memory_readable(riid, sizeof(*riid)))
        return MAPI_E_INVALID_PARAMETER;
    if (view->gate && !gate_is_open(view->gate))
        return MAPI_E_INVALID_OBJECT;
    if (!IsEqualIID(riid, &IID_IUnknown) && !IsEqualIID(riid, &IID_IMAPITable))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *ppvObject = iface;
    InterlockedIncrement(&view->refcount);
    return S_OK;
}

static ULONG WINAPI table_AddRef(IMAPITable *iface)
{
    struct table_view *view = impl_from_IMAPITable(iface);

    TRACE("(%p)", iface);

    return InterlockedIncrement(&view->refcount);
}

static ULONG WINAPI table_Release(IMAPITable *iface)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    ULONG count;

    TRACE("(%p)", iface);

    count = InterlockedDecrement(&view->refcount);
    if (!count && view->released && !InterlockedExchange(&view->released_told, TRUE))
    {
        /* It may count up and down again meanwhile. */
        view->refcount = 1;
        view->released(view->released_context, iface);
        count = InterlockedDecrement(&view->refcount);
    }
    if (!count)
        view_destroy(view);
    return count;
}

/*
 * IMAPITable::GetLastError: a readable text for the last error of this view. imapitable-getlasterror.
 */
static HRESULT WINAPI table_GetLastError(IMAPITable *iface, HRESULT hResult, ULONG ulFlags, MAPIERROR **lppMAPIError)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p, %#lx, %#lx, %p)", iface, hResult, ulFlags, lppMAPIError);

    if (!lppMAPIError || !memory_writable(lppMAPIError, sizeof(*lppMAPIError)))
        return MAPI_E_INVALID_PARAMETER;
    *lppMAPIError = NULL;
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    hr = last_error_get(&view->last, hResult, ulFlags, lppMAPIError);
    gate_leave(&call);
    return hr;
}

/*
 * IMAPITable::Advise: registers a sink for changes of the rows that the view shows.
 * MAPI_E_NO_SUPPORT: the mask lacks fnevTableModified; its other bits mean nothing to a table (NOTIF-20).
 * MAPI_E_INVALID_PARAMETER, MAPI_E_NOT_ENOUGH_MEMORY. imapitable-advise.
 */
static HRESULT WINAPI table_Advise(IMAPITable *iface, ULONG ulEventMask, IMAPIAdviseSink *lpAdviseSink,
                                   ULONG_PTR *lpulConnection)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    ULONG connection = 0;
    HRESULT hr;

    TRACE("(%p, %#lx, %p, %p)", iface, ulEventMask, lpAdviseSink, lpulConnection);

    if (!lpulConnection || !memory_writable(lpulConnection, sizeof(ULONG)))
        return MAPI_E_INVALID_PARAMETER;
    advise_store_connection(lpulConnection, 0);
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    if (!lpAdviseSink || !memory_readable(lpAdviseSink, sizeof(*lpAdviseSink))
        || !memory_readable(lpAdviseSink->lpVtbl, sizeof(*lpAdviseSink->lpVtbl)))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!(ulEventMask & fnevTableModified))
        hr = MAPI_E_NO_SUPPORT;
    else
        hr = advise_add(&view->sinks, fnevTableModified, lpAdviseSink, &connection);
    if (SUCCEEDED(hr))
    {
        InterlockedIncrement(&view->sink_count);
        advise_store_connection(lpulConnection, connection);
    }
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

/*
 * IMAPITable::Unadvise: releases the sink, at once or when its running OnNotify returns. MAPI_E_NOT_FOUND: no such
 * connection. imapitable-unadvise.
 */
static HRESULT WINAPI table_Unadvise(IMAPITable *iface, ULONG_PTR ulConnection)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p, %#Ix)", iface, (size_t)ulConnection);

    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    hr = advise_remove(&view->sinks, ulConnection);
    if (SUCCEEDED(hr))
        InterlockedDecrement(&view->sink_count);
    last_error_set(&view->last, hr);
    gate_leave(&call);
    return hr;
}

/*
 * IMAPITable::GetStatus: always complete; a snapshot or dynamic. Either pointer may be NULL. imapitable-getstatus.
 */
static HRESULT WINAPI table_GetStatus(IMAPITable *iface, ULONG *lpulTableStatus, ULONG *lpulTableType)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p, %p, %p)", iface, lpulTableStatus, lpulTableType);

    if ((lpulTableStatus && !memory_writable(lpulTableStatus, sizeof(*lpulTableStatus)))
        || (lpulTableType && !memory_writable(lpulTableType, sizeof(*lpulTableType))))
        return MAPI_E_INVALID_PARAMETER;
    if (lpulTableStatus)
        *lpulTableStatus = TBLSTAT_COMPLETE;
    if (lpulTableType)
        *lpulTableType = 0;
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    if (lpulTableType)
        *lpulTableType = view->type;
    gate_leave(&call);
    return S_OK;
}

/*
 * IMAPITable::Abort: every operation is complete when its method returns, so there is nothing to stop and nothing that
 * could not be stopped: S_OK. imapitable-abort.
 */
static HRESULT WINAPI table_Abort(IMAPITable *iface)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p)", iface);

    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    gate_leave(&call);
    return S_OK;
}

/*
 * IMAPITable::WaitForCompletion: nothing is ever under way, so it returns at once. imapitable-waitforcompletion.
 */
static HRESULT WINAPI table_WaitForCompletion(IMAPITable *iface, ULONG ulFlags, ULONG ulTimeout, ULONG *lpulTableStatus)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct gate_call call;
    HRESULT hr;

    TRACE("(%p, %#lx, %lu, %p)", iface, ulFlags, ulTimeout, lpulTableStatus);

    if (lpulTableStatus && !memory_writable(lpulTableStatus, sizeof(*lpulTableStatus)))
        return MAPI_E_INVALID_PARAMETER;
    if (lpulTableStatus)
        *lpulTableStatus = TBLSTAT_COMPLETE;
    hr = view_enter(view, &call);
    if (FAILED(hr))
        return hr;
    hr = last_error_set(&view->last, ulFlags ? MAPI_E_UNKNOWN_FLAGS : S_OK);
    gate_leave(&call);
    return hr;
}

static const IMAPITableVtbl table_vtbl = {
        table_QueryInterface,   table_AddRef,           table_Release,
        table_GetLastError,     table_Advise,           table_Unadvise,
        table_GetStatus,        table_SetColumns,       table_QueryColumns,
        table_GetRowCount,      table_SeekRow,          table_SeekRowApprox,
        table_QueryPosition,    table_FindRow,          table_Restrict,
        table_CreateBookmark,   table_FreeBookmark,     table_SortTable,
        table_QuerySortOrder,   table_QueryRows,        table_Abort,
        table_ExpandRow,        table_CollapseRow,      table_WaitForCompletion,
        table_GetCollapseState, table_SetCollapseState,
};

static void view_on_close(struct gate_child *child)
{
    struct table_view *view = CONTAINING_RECORD(child, struct table_view, child);

    if (!view->gate->silent)
        advise_flush(&view->sinks);
    advise_list_close(&view->sinks);
    InterlockedExchange(&view->sink_count, 0);
}

static void view_release_child(struct gate_child *child)
{
    IMAPITable_Release(&CONTAINING_RECORD(child, struct table_view, child)->IMAPITable_iface);
}

/* A tag as the view has it: its own width where the columns say that, else one for all. */
static ULONG view_tag(const struct table_view *view, ULONG tag)
{
    return view->utility ? tag : CHANGE_PROP_TYPE(tag, prop_type_with_width(PROP_TYPE(tag), view->wide));
}

static SPropTagArray *copy_columns(const struct table_view *view, const SPropTagArray *columns)
{
    SPropTagArray *copy = heap_alloc(CbNewSPropTagArray(columns->cValues));
    ULONG i;

    if (!copy)
        return NULL;
    copy->cValues = columns->cValues;
    for (i = 0; i < columns->cValues; i++)
        copy->aulPropTag[i] = view_tag(view, columns->aulPropTag[i]);
    return copy;
}

/* What of a view can fail; the view can be destroyed whatever comes back. */
static HRESULT view_fill(struct table_view *view, struct row_set *rows, const SPropTagArray *columns,
                         const SSortOrderSet *sort)
{
    struct view_layout layout;
    HRESULT hr = S_OK;
    ULONG i;

    if (view->fixed)
    {
        hr = row_set_snapshot(rows, &view->rows);
    }
    else
    {
        row_set_addref(rows);
        view->rows = rows;
    }
    if (FAILED(hr))
        return hr;
    view->columns = copy_columns(view, columns);
    view->default_columns = copy_columns(view, columns);
    if (!view->columns || !view->default_columns)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (sort)
    {
        hr = sort_order_create(sort, &view->sort);
        if (FAILED(hr))
            return hr;
        for (i = 0; i < view->sort->set.cSorts; i++)
            view->sort->set.aSort[i].ulPropTag = view_tag(view, view->sort->set.aSort[i].ulPropTag);
        if (!(view->fresh = heap_alloc_zero((view->sort->levels + 1) * sizeof(*view->fresh))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    AcquireSRWLockExclusive(&view->rows->lock);
    hr = view_order_build(view, NULL, view->sort, view->locale, &layout);
    if (SUCCEEDED(hr))
    {
        view_order_replace(view, &layout);
        view->next = view->rows->views;
        if (view->next)
            view->next->prev = view;
        view->rows->views = view;
    }
    ReleaseSRWLockExclusive(&view->rows->lock);
    return hr;
}

static struct table_view *view_new(ULONG type)
{
    static LONG last_number;
    struct table_view *view = heap_alloc_zero(sizeof(*view));

    if (!view)
        return NULL;
    view->IMAPITable_iface.lpVtbl = (IMAPITableVtbl *)&table_vtbl;
    view->refcount = 1;
    view->type = type;
    view->fixed = type == TBLTYPE_SNAPSHOT;
    view->locale = GetUserDefaultLCID();
    view->child.refcount = &view->refcount;
    view->child.on_close = view_on_close;
    view->child.release = view_release_child;
    advise_list_init(&view->sinks);
    view->number = InterlockedIncrement(&last_number);
    ranked_init(&view->order);
    ranked_init(&view->all);
    object_born(&view->mark, "IMAPITable");
    return view;
}

HRESULT table_view_create(struct row_set *rows, struct gate *gate, const SPropTagArray *columns, ULONG flags,
                          const SSortOrderSet *sort, BOOL fixed, IMAPITable **out)
{
    struct table_view *view = view_new(fixed ? TBLTYPE_SNAPSHOT : TBLTYPE_DYNAMIC);
    HRESULT hr;

    *out = NULL;
    if (!view)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    view->wide = (flags & MAPI_UNICODE) != 0;
    hr = view_fill(view, rows, columns, sort);
    if (SUCCEEDED(hr) && gate)
    {
        gate_addref(gate);
        view->gate = gate;
        if (!gate_attach(gate, &view->child))
            hr = MAPI_E_INVALID_OBJECT;
    }
    if (FAILED(hr))
        view_destroy(view);
    else
        *out = &view->IMAPITable_iface;
    return hr;
}

HRESULT table_view_create_utility(struct row_set *rows, const SPropTagArray *columns, const SSortOrderSet *sort,
                                  ULONG type, table_released *released, void *context, IMAPITable **out)
{
    struct table_view *view = view_new(type);
    HRESULT hr;
    ULONG i;

    *out = NULL;
    if (!view)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    view->utility = TRUE;
    /* Strings of columns that are added later. */
    for (i = 0; i < columns->cValues; i++)
        view->wide |= (PROP_TYPE(columns->aulPropTag[i]) & ~MV_FLAG) == PT_UNICODE;
    hr = view_fill(view, rows, columns, sort);
    if (FAILED(hr))
    {
        view_destroy(view);
        return hr;
    }
    view->released = released;
    view->released_context = context;
    *out = &view->IMAPITable_iface;
    return S_OK;
}
