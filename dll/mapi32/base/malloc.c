/*
 * MAPIGetDefaultMalloc: one IMalloc for the process, over the process heap, so that its blocks and CoTaskMemAlloc's can
 * be freed by each other. It is static: its count does not matter and it outlives every MAPIUninitialize.
 */
#include "base/base.h"

static HRESULT STDMETHODCALLTYPE malloc_QueryInterface(IMalloc *iface, REFIID riid, void **ppv)
{
    TRACE("(%p, %s, %p)\n", iface, debugstr_guid(riid), ppv);
    if (!ppv)
        return E_POINTER;
    *ppv = NULL;
    if (!riid)
        return E_INVALIDARG;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IMalloc))
        return E_NOINTERFACE;
    *ppv = iface;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE malloc_AddRef(IMalloc *iface)
{
    TRACE("(%p)\n", iface);
    return 1;
}

static ULONG STDMETHODCALLTYPE malloc_Release(IMalloc *iface)
{
    TRACE("(%p)\n", iface);
    return 1;
}

static void *STDMETHODCALLTYPE malloc_Alloc(IMalloc *iface, SIZE_T cb)
{
    TRACE("(%p, %Iu)\n", iface, cb);
    if (memory_should_fail())
        return NULL;
    return HeapAlloc(GetProcessHeap(), 0, cb);
}

/* As CoTaskMemRealloc: no block means Alloc, no size means Free. */
static void *STDMETHODCALLTYPE malloc_Realloc(IMalloc *iface, void *pv, SIZE_T cb)
{
    TRACE("(%p, %p, %Iu)\n", iface, pv, cb);
    if (pv && !cb)
    {
        HeapFree(GetProcessHeap(), 0, pv);
        return NULL;
    }
    if (memory_should_fail())
        return NULL;
    return pv ? HeapReAlloc(GetProcessHeap(), 0, pv, cb) : HeapAlloc(GetProcessHeap(), 0, cb);
}

static void STDMETHODCALLTYPE malloc_Free(IMalloc *iface, void *pv)
{
    TRACE("(%p, %p)\n", iface, pv);
    if (pv)
        HeapFree(GetProcessHeap(), 0, pv);
}

static SIZE_T STDMETHODCALLTYPE malloc_GetSize(IMalloc *iface, void *pv)
{
    TRACE("(%p, %p)\n", iface, pv);
    return pv ? HeapSize(GetProcessHeap(), 0, pv) : (SIZE_T)-1;
}

/* "Cannot tell", which is what CoTaskMem's answers without a spy. */
static int STDMETHODCALLTYPE malloc_DidAlloc(IMalloc *iface, void *pv)
{
    TRACE("(%p, %p)\n", iface, pv);
    return -1;
}

static void STDMETHODCALLTYPE malloc_HeapMinimize(IMalloc *iface)
{
    TRACE("(%p)\n", iface);
    HeapCompact(GetProcessHeap(), 0);
}

static IMallocVtbl malloc_vtbl = {
        malloc_QueryInterface, malloc_AddRef,  malloc_Release,  malloc_Alloc,        malloc_Realloc,
        malloc_Free,           malloc_GetSize, malloc_DidAlloc, malloc_HeapMinimize,
};

static IMalloc default_malloc = {&malloc_vtbl};

/* The process's IMalloc; never NULL, no MAPIInitialize needed (MEM-05, mapigetdefaultmalloc). */
LPMALLOC WINAPI MAPIGetDefaultMalloc(void)
{
    TRACE("()\n");
    return &default_malloc;
}
