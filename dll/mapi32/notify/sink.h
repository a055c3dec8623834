/*
 * sink: what our advise sinks have in common.
 */
#ifndef POSTROOM_NOTIFY_SINK_H
#define POSTROOM_NOTIFY_SINK_H

#include "base/base.h"

/* QueryInterface: IUnknown and IMAPIAdviseSink. MAPI_E_INVALID_PARAMETER, MAPI_E_INTERFACE_NOT_SUPPORTED. */
static inline HRESULT sink_query(IMAPIAdviseSink *sink, REFIID riid, void **out)
{
    if (!(out = OUT_POINTER(out)))
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!riid || !memory_readable(riid, sizeof(*riid)))
        return MAPI_E_INVALID_PARAMETER;
    if (!IsEqualIID(riid, &IID_IUnknown) && !IsEqualIID(riid, &IID_IMAPIAdviseSink))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPIAdviseSink_AddRef(sink);
    *out = sink;
    return S_OK;
}

#endif
