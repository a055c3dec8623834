/*
 * The advise sink of the session: turns its two kinds of notification into window messages, so that nothing is done
 * inside OnNotify, whatever thread it runs on. Owned by its reference count.
 */
#include <postroom/guids.h>

#include <stdlib.h>

#include "session.h"

struct event_sink
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    LONG refcount;
    HWND window;
};

static struct event_sink *impl_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct event_sink, IMAPIAdviseSink_iface);
}

static ULONG WINAPI event_sink_AddRef(IMAPIAdviseSink *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->refcount);
}

static ULONG WINAPI event_sink_Release(IMAPIAdviseSink *iface)
{
    struct event_sink *sink = impl_from_IMAPIAdviseSink(iface);
    ULONG refcount = InterlockedDecrement(&sink->refcount);

    if (!refcount)
    {
        free(sink);
    }
    return refcount;
}

static HRESULT WINAPI event_sink_QueryInterface(IMAPIAdviseSink *iface, REFIID iid, void **out)
{
    if (!out)
    {
        return E_INVALIDARG;
    }
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMAPIAdviseSink))
    {
        return E_NOINTERFACE;
    }
    *out = iface;
    event_sink_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI event_sink_OnNotify(IMAPIAdviseSink *iface, ULONG count, NOTIFICATION *notifications)
{
    struct event_sink *sink = impl_from_IMAPIAdviseSink(iface);
    ULONG i;

    for (i = 0; notifications && i < count; i++)
    {
        const NOTIFICATION *notification = &notifications[i];
        HRESULT hr = notification->ulEventType == fnevCriticalError ? notification->info.err.scode : S_OK;

        PostMessageW(sink->window, WM_APP_SESSION_EVENT, notification->ulEventType, hr);
    }
    return S_OK;
}

static const IMAPIAdviseSinkVtbl event_sink_vtbl = {
        event_sink_QueryInterface,
        event_sink_AddRef,
        event_sink_Release,
        event_sink_OnNotify,
};

IMAPIAdviseSink *event_sink_create(HWND window)
{
    struct event_sink *sink = calloc(1, sizeof(*sink));

    if (!sink)
    {
        return NULL;
    }
    sink->IMAPIAdviseSink_iface.lpVtbl = (IMAPIAdviseSinkVtbl *)&event_sink_vtbl;
    sink->refcount = 1;
    sink->window = window;
    return &sink->IMAPIAdviseSink_iface;
}
