/*
 * HrAllocAdviseSink: an advise sink that calls a function.
 */
#include "notify/sink.h"

struct callback_sink
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    volatile LONG refcount;
    struct object_mark mark;
    LPNOTIFCALLBACK callback;
    void *context;
};

static inline struct callback_sink *impl_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct callback_sink, IMAPIAdviseSink_iface);
}

static HRESULT STDMETHODCALLTYPE callback_QueryInterface(IMAPIAdviseSink *iface, REFIID riid, void **out)
{
    TRACE("iface %p, riid %s, out %p\n", iface, debugstr_guid(riid), out);

    return sink_query(iface, riid, out);
}

static ULONG STDMETHODCALLTYPE callback_AddRef(IMAPIAdviseSink *iface)
{
    return (ULONG)InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->refcount);
}

static ULONG STDMETHODCALLTYPE callback_Release(IMAPIAdviseSink *iface)
{
    struct callback_sink *sink = impl_from_IMAPIAdviseSink(iface);
    ULONG refcount = (ULONG)InterlockedDecrement(&sink->refcount);

    TRACE("iface %p, refcount %lu\n", iface, refcount);

    if (!refcount)
    {
        object_died(&sink->mark);
        heap_free(sink);
    }
    return refcount;
}

/* Its result is the callback's, so that a synchronous one can return CALLBACK_DISCONTINUE (notifcallback). */
static ULONG STDMETHODCALLTYPE callback_OnNotify(IMAPIAdviseSink *iface, ULONG cNotif, LPNOTIFICATION lpNotifications)
{
    struct callback_sink *sink = impl_from_IMAPIAdviseSink(iface);

    TRACE("iface %p, count %lu, notifications %p\n", iface, cNotif, lpNotifications);

    return (ULONG)sink->callback(sink->context, cNotif, lpNotifications);
}

static IMAPIAdviseSinkVtbl callback_vtbl = {callback_QueryInterface, callback_AddRef, callback_Release,
                                            callback_OnNotify};

/*
 * HrAllocAdviseSink: an advise sink with one reference whose OnNotify calls lpfnCallback(lpvContext, count,
 * notifications), on whatever thread that is called (NOTIF-15). Needs no MAPIInitialize.
 * MAPI_E_INVALID_PARAMETER: no callback, or lppAdviseSink; MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT WINAPI HrAllocAdviseSink(LPNOTIFCALLBACK lpfnCallback, LPVOID lpvContext, LPMAPIADVISESINK *lppAdviseSink)
{
    struct callback_sink *sink;

    TRACE("callback %p, context %p, sink %p\n", lpfnCallback, lpvContext, lppAdviseSink);

    if ((lppAdviseSink = OUT_POINTER(lppAdviseSink)))
        *lppAdviseSink = NULL;
    if (!lppAdviseSink || !memory_readable((const void *)(UINT_PTR)lpfnCallback, 1))
        return MAPI_E_INVALID_PARAMETER;
    if (!(sink = heap_alloc_zero(sizeof(*sink))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    sink->IMAPIAdviseSink_iface.lpVtbl = &callback_vtbl;
    sink->refcount = 1;
    sink->callback = lpfnCallback;
    sink->context = lpvContext;
    object_born(&sink->mark, "advise sink");
    *lppAdviseSink = &sink->IMAPIAdviseSink_iface;
    return S_OK;
}
