/*
 * IStream over a property (see prop_stream.h).
 *
 * Who owns whom: a stream holds the body, the body holds the property's object. Locks: body->lock guards bytes, count and
 * the positions of the streams on it; nothing foreign is called under it.
 */
#include "prop/prop_stream.h"

#include <string.h>

struct stream_body
{
    volatile LONG refcount;
    IUnknown *owner;
    HRESULT (*write)(IUnknown *owner, ULONG tag, const BYTE *bytes, ULONG count);
    ULONG tag;
    SRWLOCK lock;
    BYTE *bytes;
    size_t count, capacity;
    BYTE *saved; /* what the property has: for Revert */
    size_t saved_count;
};

struct prop_stream
{
    IStream IStream_iface;
    volatile LONG refcount;
    struct object_mark mark;
    struct stream_body *body;
    ULONGLONG position;
};

static inline struct prop_stream *impl_from_IStream(IStream *iface)
{
    return CONTAINING_RECORD(iface, struct prop_stream, IStream_iface);
}

static HRESULT stream_open(struct stream_body *body, ULONGLONG position, IStream **out);

static void body_release(struct stream_body *body)
{
    if (InterlockedDecrement(&body->refcount))
        return;
    if (body->owner)
        IUnknown_Release(body->owner);
    heap_free(body->bytes);
    heap_free(body->saved);
    heap_free(body);
}

static HRESULT WINAPI stream_QueryInterface(IStream *iface, REFIID riid, void **out)
{
    TRACE("%p, %s, %p", iface, debugstr_guid(riid), out);

    if (!(out = OUT_POINTER(out)))
        return E_POINTER;
    *out = NULL;
    if (!memory_readable(riid, sizeof(*riid)))
        return E_INVALIDARG;
    if (!IsEqualIID(riid, &IID_IUnknown) && !IsEqualIID(riid, &IID_ISequentialStream)
        && !IsEqualIID(riid, &IID_IStream))
        return E_NOINTERFACE;
    *out = iface;
    IStream_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI stream_AddRef(IStream *iface)
{
    TRACE("%p", iface);

    return InterlockedIncrement(&impl_from_IStream(iface)->refcount);
}

static ULONG WINAPI stream_Release(IStream *iface)
{
    struct prop_stream *stream = impl_from_IStream(iface);
    ULONG count = InterlockedDecrement(&stream->refcount);

    TRACE("%p, refcount %lu", iface, count);

    if (!count)
    {
        struct stream_body *body = stream->body;

        object_died(&stream->mark);
        heap_free(stream);
        body_release(body);
    }
    return count;
}

static HRESULT WINAPI stream_Read(IStream *iface, void *pv, ULONG cb, ULONG *pcbRead)
{
    struct prop_stream *stream = impl_from_IStream(iface);
    struct stream_body *body = stream->body;
    size_t count = 0;

    TRACE("%p, %p, %lu, %p", iface, pv, cb, pcbRead);

    if ((pcbRead = OUT_POINTER(pcbRead)))
        *pcbRead = 0;
    if (!memory_writable(pv, cb))
        return STG_E_INVALIDPOINTER;
    AcquireSRWLockExclusive(&body->lock);
    if (stream->position < body->count)
    {
        count = min(cb, body->count - (size_t)stream->position);
        memcpy(pv, body->bytes + stream->position, count);
        stream->position += count;
    }
    ReleaseSRWLockExclusive(&body->lock);
    if (pcbRead)
        *pcbRead = count;
    return count == cb ? S_OK : S_FALSE;
}

/* Room for count bytes; new ones are 0. Under the lock. */
static HRESULT body_resize(struct stream_body *body, ULONGLONG count)
{
    if (count > MAXLONG - sizeof(WCHAR))
        return STG_E_MEDIUMFULL;
    if (!array_reserve((void **)&body->bytes, &body->capacity, count, 1))
        return E_OUTOFMEMORY;
    if (count > body->count)
        memset(body->bytes + body->count, 0, count - body->count);
    body->count = count;
    return S_OK;
}

static HRESULT WINAPI stream_Write(IStream *iface, const void *pv, ULONG cb, ULONG *pcbWritten)
{
    struct prop_stream *stream = impl_from_IStream(iface);
    struct stream_body *body = stream->body;
    HRESULT hr = S_OK;

    TRACE("%p, %p, %lu, %p", iface, pv, cb, pcbWritten);

    if ((pcbWritten = OUT_POINTER(pcbWritten)))
        *pcbWritten = 0;
    if (!body->write)
        return STG_E_ACCESSDENIED;
    if (!memory_readable(pv, cb))
        return STG_E_INVALIDPOINTER;
    AcquireSRWLockExclusive(&body->lock);
    if (stream->position > MAXLONG)
        hr = STG_E_MEDIUMFULL;
    else if (cb && stream->position + cb > body->count)
        hr = body_resize(body, stream->position + cb);
    if (SUCCEEDED(hr) && cb)
    {
        memcpy(body->bytes + stream->position, pv, cb);
        stream->position += cb;
    }
    ReleaseSRWLockExclusive(&body->lock);
    if (SUCCEEDED(hr) && pcbWritten)
        *pcbWritten = cb;
    return hr;
}

static HRESULT WINAPI stream_Seek(IStream *iface, LARGE_INTEGER dlibMove, DWORD dwOrigin,
                                  ULARGE_INTEGER *plibNewPosition)
{
    struct prop_stream *stream = impl_from_IStream(iface);
    struct stream_body *body = stream->body;
    HRESULT hr = S_OK;
    ULONGLONG base;

    TRACE("%p, %I64d, %lu, %p", iface, dlibMove.QuadPart, dwOrigin, plibNewPosition);

    plibNewPosition = OUT_POINTER(plibNewPosition);
    AcquireSRWLockExclusive(&body->lock);
    base = dwOrigin == STREAM_SEEK_SET ? 0 : dwOrigin == STREAM_SEEK_CUR ? stream->position : body->count;
    if (dwOrigin > STREAM_SEEK_END
        || (dlibMove.QuadPart < 0 ? -(ULONGLONG)dlibMove.QuadPart > base
                                  : (ULONGLONG)dlibMove.QuadPart > MAXLONGLONG - base))
        hr = STG_E_INVALIDFUNCTION;
    else
        stream->position = base + dlibMove.QuadPart;
    if (plibNewPosition)
        plibNewPosition->QuadPart = stream->position;
    ReleaseSRWLockExclusive(&body->lock);
    return hr;
}

static HRESULT WINAPI stream_SetSize(IStream *iface, ULARGE_INTEGER libNewSize)
{
    struct stream_body *body = impl_from_IStream(iface)->body;
    HRESULT hr;

    TRACE("%p, %I64u", iface, libNewSize.QuadPart);

    if (!body->write)
        return STG_E_ACCESSDENIED;
    AcquireSRWLockExclusive(&body->lock);
    hr = body_resize(body, libNewSize.QuadPart);
    ReleaseSRWLockExclusive(&body->lock);
    return hr;
}

static HRESULT WINAPI stream_CopyTo(IStream *iface, IStream *pstm, ULARGE_INTEGER cb, ULARGE_INTEGER *pcbRead,
                                    ULARGE_INTEGER *pcbWritten)
{
    ULONGLONG read = 0, written = 0;
    HRESULT hr = S_OK;
    BYTE block[4096];

    TRACE("%p, %p, %I64u, %p, %p", iface, pstm, cb.QuadPart, pcbRead, pcbWritten);

    pcbRead = OUT_POINTER(pcbRead);
    pcbWritten = OUT_POINTER(pcbWritten);
    if (!memory_is_interface(pstm, sizeof(IStreamVtbl) / sizeof(void *)))
        return STG_E_INVALIDPOINTER;
    while (SUCCEEDED(hr) && read < cb.QuadPart)
    {
        ULONG got = 0, put = 0;

        stream_Read(iface, block, min(sizeof(block), cb.QuadPart - read), &got);
        if (!got)
            break;
        read += got;
        hr = IStream_Write(pstm, block, got, &put);
        written += put;
    }
    if (pcbRead)
        pcbRead->QuadPart = read;
    if (pcbWritten)
        pcbWritten->QuadPart = written;
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT WINAPI stream_Commit(IStream *iface, DWORD grfCommitFlags)
{
    struct stream_body *body = impl_from_IStream(iface)->body;
    size_t count;
    BYTE *copy;
    HRESULT hr;

    TRACE("%p, %#lx", iface, grfCommitFlags);

    if (!body->write)
        return S_OK;
    AcquireSRWLockShared(&body->lock);
    count = body->count;
    if ((copy = heap_alloc(count)))
        memcpy(copy, body->bytes, count);
    ReleaseSRWLockShared(&body->lock);
    if (!copy)
        return E_OUTOFMEMORY;
    hr = body->write(body->owner, body->tag, copy, count);
    if (SUCCEEDED(hr))
    {
        BYTE *old;

        AcquireSRWLockExclusive(&body->lock);
        old = body->saved;
        body->saved = copy;
        body->saved_count = count;
        ReleaseSRWLockExclusive(&body->lock);
        copy = old;
    }
    heap_free(copy);
    return hr;
}

static HRESULT WINAPI stream_Revert(IStream *iface)
{
    struct stream_body *body = impl_from_IStream(iface)->body;

    TRACE("%p", iface);

    AcquireSRWLockExclusive(&body->lock);
    if (body->saved_count <= body->capacity)
        memcpy(body->bytes, body->saved, body->saved_count);
    body->count = body->saved_count; /* what was there once has room: the capacity only grows */
    ReleaseSRWLockExclusive(&body->lock);
    return S_OK;
}

static HRESULT WINAPI stream_LockRegion(IStream *iface, ULARGE_INTEGER libOffset, ULARGE_INTEGER cb, DWORD dwLockType)
{
    TRACE("%p, %I64u, %I64u, %lu", iface, libOffset.QuadPart, cb.QuadPart, dwLockType);

    return STG_E_INVALIDFUNCTION;
}

static HRESULT WINAPI stream_UnlockRegion(IStream *iface, ULARGE_INTEGER libOffset, ULARGE_INTEGER cb, DWORD dwLockType)
{
    TRACE("%p, %I64u, %I64u, %lu", iface, libOffset.QuadPart, cb.QuadPart, dwLockType);

    return STG_E_INVALIDFUNCTION;
}

static HRESULT WINAPI stream_Stat(IStream *iface, STATSTG *pstatstg, DWORD grfStatFlag)
{
    struct stream_body *body = impl_from_IStream(iface)->body;

    TRACE("%p, %p, %#lx", iface, pstatstg, grfStatFlag);

    if (!(pstatstg = OUT_POINTER(pstatstg)))
        return STG_E_INVALIDPOINTER;
    memset(pstatstg, 0, sizeof(*pstatstg));
    pstatstg->type = STGTY_STREAM;
    pstatstg->grfMode = body->write ? STGM_READWRITE | STGM_TRANSACTED : STGM_READ;
    AcquireSRWLockShared(&body->lock);
    pstatstg->cbSize.QuadPart = body->count;
    ReleaseSRWLockShared(&body->lock);
    return S_OK;
}

static HRESULT WINAPI stream_Clone(IStream *iface, IStream **ppstm)
{
    struct prop_stream *stream = impl_from_IStream(iface);
    ULONGLONG position;

    TRACE("%p, %p", iface, ppstm);

    if (!(ppstm = OUT_POINTER(ppstm)))
        return STG_E_INVALIDPOINTER;
    AcquireSRWLockShared(&stream->body->lock);
    position = stream->position;
    ReleaseSRWLockShared(&stream->body->lock);
    return stream_open(stream->body, position, ppstm);
}

static const IStreamVtbl stream_vtbl = {
        stream_QueryInterface, stream_AddRef,       stream_Release, stream_Read,   stream_Write,
        stream_Seek,           stream_SetSize,      stream_CopyTo,  stream_Commit, stream_Revert,
        stream_LockRegion,     stream_UnlockRegion, stream_Stat,    stream_Clone,
};

/* Takes a reference on the body. */
static HRESULT stream_open(struct stream_body *body, ULONGLONG position, IStream **out)
{
    struct prop_stream *stream = heap_alloc_zero(sizeof(*stream));

    *out = NULL;
    if (!stream)
        return E_OUTOFMEMORY;
    stream->IStream_iface.lpVtbl = (IStreamVtbl *)&stream_vtbl;
    stream->refcount = 1;
    stream->body = body;
    stream->position = position;
    InterlockedIncrement(&body->refcount);
    object_born(&stream->mark, "IStream");
    *out = &stream->IStream_iface;
    return S_OK;
}

HRESULT prop_stream_create(IUnknown *owner,
                           HRESULT (*write)(IUnknown *owner, ULONG tag, const BYTE *bytes, ULONG count), ULONG tag,
                           const BYTE *bytes, ULONG count, IStream **out)
{
    struct stream_body *body = heap_alloc_zero(sizeof(*body));
    HRESULT hr;

    *out = NULL;
    if (!body)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    InitializeSRWLock(&body->lock);
    body->refcount = 1;
    body->write = write;
    body->tag = tag;
    body->saved = heap_alloc(count);
    if (!body->saved || FAILED(body_resize(body, count)))
    {
        body_release(body);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (count)
    {
        memcpy(body->bytes, bytes, count);
        memcpy(body->saved, bytes, count);
    }
    body->saved_count = count;
    body->owner = owner;
    IUnknown_AddRef(owner);
    hr = stream_open(body, 0, out);
    body_release(body);
    return FAILED(hr) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}
