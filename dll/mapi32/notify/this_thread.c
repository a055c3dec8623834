/*
 * HrThisThreadAdviseSink: a wrapper that has the wrapped sink called on the thread that made the wrapper.
 *
 * The wrapper owns a receiver whose home is that thread's queue. OnNotify queues to it from whatever thread; a source of
 * ours that is given a wrapper queues to that thread directly (receiver_for).
 */
#include "notify/this_thread.h"

#include "notify/sink.h"

struct wrapper
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    volatile LONG refcount;
    struct object_mark mark;
    struct receiver *receiver; /* of the wrapped sink; held */
};

static inline struct wrapper *impl_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct wrapper, IMAPIAdviseSink_iface);
}

static HRESULT STDMETHODCALLTYPE wrapper_QueryInterface(IMAPIAdviseSink *iface, REFIID riid, void **out)
{
    TRACE("iface %p, riid %s, out %p\n", iface, debugstr_guid(riid), out);

    return sink_query(iface, riid, out);
}

static ULONG STDMETHODCALLTYPE wrapper_AddRef(IMAPIAdviseSink *iface)
{
    return (ULONG)InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->refcount);
}

/* The last one drops what waits (timing-a-notification) and lets the wrapped sink go. */
static ULONG STDMETHODCALLTYPE wrapper_Release(IMAPIAdviseSink *iface)
{
    struct wrapper *wrapper = impl_from_IMAPIAdviseSink(iface);
    ULONG refcount = (ULONG)InterlockedDecrement(&wrapper->refcount);

    TRACE("iface %p, refcount %lu\n", iface, refcount);

    if (refcount)
        return refcount;
    receiver_cancel(wrapper->receiver);
    receiver_release(wrapper->receiver);
    object_died(&wrapper->mark);
    heap_free(wrapper);
    return 0;
}

/* Copies what it is given and returns; the wrapped sink gets one notification a call. */
static ULONG STDMETHODCALLTYPE wrapper_OnNotify(IMAPIAdviseSink *iface, ULONG cNotif, LPNOTIFICATION lpNotifications)
{
    struct wrapper *wrapper = impl_from_IMAPIAdviseSink(iface);
    HRESULT hr = S_OK;
    ULONG i;

    TRACE("iface %p, count %lu, notifications %p\n", iface, cNotif, lpNotifications);

    for (i = 0; i < cNotif && hr != MAPI_E_INVALID_PARAMETER; i++)
        hr = receiver_queue(wrapper->receiver, &lpNotifications[i]);
    return S_OK;
}

static IMAPIAdviseSinkVtbl wrapper_vtbl = {wrapper_QueryInterface, wrapper_AddRef, wrapper_Release, wrapper_OnNotify};

struct receiver *receiver_for(IMAPIAdviseSink *sink)
{
    struct receiver *wrapped;

    if (sink->lpVtbl != &wrapper_vtbl)
        return receiver_create(sink, sink, NULL);
    wrapped = impl_from_IMAPIAdviseSink(sink)->receiver;
    return receiver_create(sink, wrapped->callee, wrapped->home);
}

/*
 * HrThisThreadAdviseSink: wraps a sink so that its OnNotify runs on the calling thread only, while that dispatches
 * messages or leaves a call into MAPI. Not for synchronous subscriptions. The wrapper has one reference and holds the
 * sink; after the last MAPIUninitialize it does nothing any more.
 * MAPI_E_INVALID_PARAMETER; MAPI_E_NOT_INITIALIZED; MAPI_E_NOT_ENOUGH_MEMORY; MAPI_E_NOT_ENOUGH_RESOURCES: no window.
 */
HRESULT WINAPI HrThisThreadAdviseSink(LPMAPIADVISESINK lpAdviseSink, LPMAPIADVISESINK *lppAdviseSink)
{
    struct notify_queue *queue;
    struct wrapper *wrapper;
    HRESULT hr;

    TRACE("sink %p, wrapper %p\n", lpAdviseSink, lppAdviseSink);

    if ((lppAdviseSink = OUT_POINTER(lppAdviseSink)))
        *lppAdviseSink = NULL;
    if (FAILED(hr = init_check()))
        return hr;
    if (!lppAdviseSink || !memory_is_interface(lpAdviseSink, sizeof(IMAPIAdviseSinkVtbl) / sizeof(void *)))
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = notify_thread_queue(&queue)))
        return hr;
    if (!(wrapper = heap_alloc_zero(sizeof(*wrapper)))
        || !(wrapper->receiver = receiver_create(lpAdviseSink, lpAdviseSink, queue)))
    {
        heap_free(wrapper);
        notify_queue_release(queue);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    notify_queue_release(queue);
    wrapper->IMAPIAdviseSink_iface.lpVtbl = &wrapper_vtbl;
    wrapper->refcount = 1;
    object_born(&wrapper->mark, "advise sink wrapper");
    *lppAdviseSink = &wrapper->IMAPIAdviseSink_iface;
    return S_OK;
}
