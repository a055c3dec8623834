/*
 * Refresh: the sink on the display table (about-display-table-notifications). It marks controls as stale and wakes the
 * sheet's thread, which reads them again.
 *
 * sheet is NULL once the sheet has ended; lock guards it. Under the lock ids are compared and a message is posted.
 */
#include "display/sheet.h"
#include "notify/sink.h"

struct refresher
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    volatile LONG refcount;
    struct object_mark mark;
    SRWLOCK lock;
    struct sheet *sheet;
    ULONG_PTR connection;
};

static inline struct refresher *impl_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct refresher, IMAPIAdviseSink_iface);
}

static HRESULT STDMETHODCALLTYPE refresher_QueryInterface(IMAPIAdviseSink *iface, REFIID riid, void **out)
{
    return sink_query(iface, riid, out);
}

static ULONG STDMETHODCALLTYPE refresher_AddRef(IMAPIAdviseSink *iface)
{
    return (ULONG)InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->refcount);
}

static ULONG STDMETHODCALLTYPE refresher_Release(IMAPIAdviseSink *iface)
{
    struct refresher *refresher = impl_from_IMAPIAdviseSink(iface);
    ULONG refcount = (ULONG)InterlockedDecrement(&refresher->refcount);

    if (!refcount)
    {
        object_died(&refresher->mark);
        heap_free(refresher);
    }
    return refcount;
}

/* id NULL: all of them. */
static void mark_stale(struct sheet *sheet, const SBinary *id)
{
    BOOL any = FALSE;
    size_t i;

    for (i = 0; i < sheet->count; i++)
    {
        struct control *control = &sheet->controls[i];

        if (id && (id->cb != control->id.cb || memcmp(id->lpb, control->id.lpb, id->cb)))
            continue;
        InterlockedExchange(&control->stale, TRUE);
        any = TRUE;
    }
    if (any)
        PostMessageW(sheet->pages[0], WM_SHEET_REFRESH, 0, 0);
}

static ULONG STDMETHODCALLTYPE refresher_OnNotify(IMAPIAdviseSink *iface, ULONG cNotif, NOTIFICATION *lpNotifications)
{
    struct refresher *refresher = impl_from_IMAPIAdviseSink(iface);
    ULONG i;

    TRACE("iface %p, count %lu, notifications %p\n", iface, cNotif, lpNotifications);

    for (i = 0; i < cNotif && memory_readable(&lpNotifications[i], sizeof(*lpNotifications)); i++)
    {
        const TABLE_NOTIFICATION *change = &lpNotifications[i].info.tab;
        BOOL one = change->ulTableEvent == TABLE_ROW_MODIFIED && change->propIndex.ulPropTag == PR_CONTROL_ID;

        if (lpNotifications[i].ulEventType != fnevTableModified || (one && !prop_valid(&change->propIndex)))
            continue;
        if (!one && change->ulTableEvent != TABLE_CHANGED && change->ulTableEvent != TABLE_RELOAD
            && change->ulTableEvent != TABLE_ROW_MODIFIED)
            continue;
        AcquireSRWLockShared(&refresher->lock);
        if (refresher->sheet)
            mark_stale(refresher->sheet, one ? &change->propIndex.Value.bin : NULL);
        ReleaseSRWLockShared(&refresher->lock);
    }
    return 0;
}

static const IMAPIAdviseSinkVtbl refresher_vtbl = {
        refresher_QueryInterface,
        refresher_AddRef,
        refresher_Release,
        refresher_OnNotify,
};

void refresher_start(struct sheet *sheet)
{
    struct refresher *refresher = heap_alloc_zero(sizeof(*refresher));
    HRESULT hr;

    if (!refresher)
        return;
    refresher->IMAPIAdviseSink_iface.lpVtbl = (IMAPIAdviseSinkVtbl *)&refresher_vtbl;
    refresher->refcount = 1;
    refresher->sheet = sheet;
    InitializeSRWLock(&refresher->lock);
    object_born(&refresher->mark, "display table sink");
    sheet->refresher = refresher;
    hr = IMAPITable_Advise(sheet->table, fnevTableModified, &refresher->IMAPIAdviseSink_iface, &refresher->connection);
    if (FAILED(hr))
        refresher->connection = 0;
}

void refresher_end(struct sheet *sheet)
{
    struct refresher *refresher = sheet->refresher;

    if (!refresher)
        return;
    AcquireSRWLockExclusive(&refresher->lock);
    refresher->sheet = NULL;
    ReleaseSRWLockExclusive(&refresher->lock);
    if (refresher->connection)
        IMAPITable_Unadvise(sheet->table, refresher->connection);
    IMAPIAdviseSink_Release(&refresher->IMAPIAdviseSink_iface);
    sheet->refresher = NULL;
}
