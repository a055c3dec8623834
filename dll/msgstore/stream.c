/*
 * A property as a stream: its bytes in memory, put back by Commit and by the last Release.
 */
#include "msgstore.h"

#include <string.h>
#include <wchar.h>

struct stream
{
    IStream IStream_iface;
    LONG refcount;
    struct object *object;
    ULONG tag;
    BOOL write, dirty;
    BYTE *bytes; /* under the logon's lock, with what follows */
    ULONG size, capacity, position;
};

static struct stream *impl_from_IStream(IStream *iface)
{
    return CONTAINING_RECORD(iface, struct stream, IStream_iface);
}

static BOOL resize(struct stream *stream, ULONGLONG size)
{
    BYTE *grown;
    ULONG capacity;

    if (size > 0x7ffffff0)
        return FALSE;
    if (size > stream->capacity)
    {
        capacity = (ULONG)size < 0x20000000 ? (ULONG)size * 2 + 64 : (ULONG)size;
        grown = stream->bytes ? HeapReAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, stream->bytes, capacity)
                              : HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, capacity);
        if (!grown)
            return FALSE;
        stream->bytes = grown;
        stream->capacity = capacity;
    }
    if (size > stream->size)
        memset(stream->bytes + stream->size, 0, (size_t)(size - stream->size));
    stream->size = (ULONG)size;
    return TRUE;
}

static HRESULT STDMETHODCALLTYPE stream_QueryInterface(IStream *iface, REFIID riid, void **out)
{
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IStream)
        && !IsEqualGUID(riid, &IID_ISequentialStream))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *out = iface;
    IStream_AddRef(iface);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE stream_AddRef(IStream *iface)
{
    return InterlockedIncrement(&impl_from_IStream(iface)->refcount);
}

static ULONG STDMETHODCALLTYPE stream_Release(IStream *iface)
{
    struct stream *stream = impl_from_IStream(iface);
    ULONG refcount = InterlockedDecrement(&stream->refcount);

    if (refcount)
        return refcount;
    IStream_Commit(iface, STGC_DEFAULT);
    object_Release(stream->object);
    HeapFree(GetProcessHeap(), 0, stream->bytes);
    HeapFree(GetProcessHeap(), 0, stream);
    return 0;
}

static HRESULT STDMETHODCALLTYPE stream_Read(IStream *iface, void *bytes, ULONG size, ULONG *read)
{
    struct stream *stream = impl_from_IStream(iface);
    ULONG count;
    struct db *db;

    if (read)
        *read = 0;
    if (!bytes && size)
        return STG_E_INVALIDPOINTER;
    if (FAILED(logon_enter(stream->object->logon, &db)))
        return STG_E_REVERTED;
    count = stream->position < stream->size ? min(size, stream->size - stream->position) : 0;
    if (count)
        memcpy(bytes, stream->bytes + stream->position, count);
    stream->position += count;
    if (read)
        *read = count;
    return logon_leave(stream->object->logon, S_OK);
}

static HRESULT STDMETHODCALLTYPE stream_Write(IStream *iface, const void *bytes, ULONG size, ULONG *written)
{
    struct stream *stream = impl_from_IStream(iface);
    ULONGLONG end;
    struct db *db;
    HRESULT hr = S_OK;

    if (written)
        *written = 0;
    if (!bytes && size)
        return STG_E_INVALIDPOINTER;
    if (!stream->write)
        return STG_E_ACCESSDENIED;
    if (FAILED(logon_enter(stream->object->logon, &db)))
        return STG_E_REVERTED;
    end = (ULONGLONG)stream->position + size;
    if (end > stream->size && !resize(stream, end))
        hr = STG_E_MEDIUMFULL;
    else if (size)
    {
        memcpy(stream->bytes + stream->position, bytes, size);
        stream->position += size;
        stream->dirty = TRUE;
        if (written)
            *written = size;
    }
    return logon_leave(stream->object->logon, hr);
}

static HRESULT STDMETHODCALLTYPE stream_Seek(IStream *iface, LARGE_INTEGER move, DWORD origin, ULARGE_INTEGER *place)
{
    struct stream *stream = impl_from_IStream(iface);
    LONGLONG target = origin == STREAM_SEEK_SET ? 0 : origin == STREAM_SEEK_CUR ? stream->position : stream->size;

    if (place)
        place->QuadPart = stream->position;
    if (origin > STREAM_SEEK_END)
        return STG_E_INVALIDFUNCTION;
    if (move.QuadPart < -target || move.QuadPart > 0x7ffffff0 - target)
        return STG_E_INVALIDFUNCTION;
    stream->position = (ULONG)(target + move.QuadPart);
    if (place)
        place->QuadPart = stream->position;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_SetSize(IStream *iface, ULARGE_INTEGER size)
{
    struct stream *stream = impl_from_IStream(iface);
    struct db *db;
    HRESULT hr;

    if (!stream->write)
        return STG_E_ACCESSDENIED;
    if (FAILED(logon_enter(stream->object->logon, &db)))
        return STG_E_REVERTED;
    hr = resize(stream, size.QuadPart) ? S_OK : STG_E_MEDIUMFULL;
    stream->dirty |= SUCCEEDED(hr);
    return logon_leave(stream->object->logon, hr);
}

static HRESULT STDMETHODCALLTYPE stream_CopyTo(IStream *iface, IStream *to, ULARGE_INTEGER size, ULARGE_INTEGER *read,
                                               ULARGE_INTEGER *written)
{
    ULONGLONG copied = 0, wrote = 0;
    BYTE buffer[4096];
    HRESULT hr = S_OK;
    ULONG count, done;

    if (!to)
        return STG_E_INVALIDPOINTER;
    while (SUCCEEDED(hr) && copied < size.QuadPart)
    {
        ULONG wanted = (ULONG)min(size.QuadPart - copied, sizeof(buffer));

        if (FAILED(hr = IStream_Read(iface, buffer, wanted, &count)) || !count)
            break;
        copied += count;
        done = 0;
        hr = IStream_Write(to, buffer, count, &done);
        wrote += done;
    }
    if (read)
        read->QuadPart = copied;
    if (written)
        written->QuadPart = wrote;
    return hr;
}

/* Into the object, by its SetProps. */
static HRESULT STDMETHODCALLTYPE stream_Commit(IStream *iface, DWORD flags)
{
    struct stream *stream = impl_from_IStream(iface);
    SPropValue value = {.ulPropTag = stream->tag};
    SPropProblemArray *problems = NULL;
    static BYTE none[1];
    HRESULT hr;

    (void)flags;
    if (!stream->dirty)
        return S_OK;
    if (PROP_TYPE(stream->tag) == PT_BINARY)
    {
        value.Value.bin.cb = stream->size;
        value.Value.bin.lpb = stream->bytes ? stream->bytes : none;
    }
    else
    {
        ULONG size = stream->size;

        if (!resize(stream, (ULONGLONG)size + 2 * sizeof(WCHAR))) /* a terminator, which is not part of it */
            return STG_E_MEDIUMFULL;
        memset(stream->bytes + size, 0, 2 * sizeof(WCHAR));
        stream->size = size;
        value.Value.lpszW = (WCHAR *)stream->bytes;
    }
    hr = object_SetProps(stream->object, 1, &value, &problems);
    if (SUCCEEDED(hr) && problems)
        hr = problems->aProblem[0].scode;
    store_free(problems);
    if (SUCCEEDED(hr))
        stream->dirty = FALSE;
    return hr;
}

static HRESULT STDMETHODCALLTYPE stream_Revert(IStream *iface)
{
    (void)iface;
    return STG_E_INVALIDFUNCTION;
}

static HRESULT STDMETHODCALLTYPE stream_Region(IStream *iface, ULARGE_INTEGER offset, ULARGE_INTEGER size, DWORD type)
{
    (void)iface;
    (void)offset;
    (void)size;
    (void)type;
    return STG_E_INVALIDFUNCTION;
}

static HRESULT STDMETHODCALLTYPE stream_Stat(IStream *iface, STATSTG *stat, DWORD flags)
{
    struct stream *stream = impl_from_IStream(iface);

    (void)flags;
    if (!stat)
        return STG_E_INVALIDPOINTER;
    memset(stat, 0, sizeof(*stat));
    stat->type = STGTY_STREAM;
    stat->cbSize.QuadPart = stream->size;
    stat->grfMode = stream->write ? STGM_READWRITE : STGM_READ;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_Clone(IStream *iface, IStream **out)
{
    (void)iface;
    if (out)
        *out = NULL;
    return STG_E_INVALIDFUNCTION;
}

static const IStreamVtbl stream_vtbl = {
        stream_QueryInterface, stream_AddRef, stream_Release, stream_Read,   stream_Write,  stream_Seek, stream_SetSize,
        stream_CopyTo,         stream_Commit, stream_Revert,  stream_Region, stream_Region, stream_Stat, stream_Clone};

HRESULT stream_create(struct object *object, ULONG tag, BOOL write, BOOL empty, IStream **out)
{
    struct stream *stream = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*stream));
    const void *bytes = NULL;
    SPropValue value;
    ULONG size = 0;
    void *base;
    struct db *db;
    HRESULT hr;

    if (!stream)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    stream->IStream_iface.lpVtbl = (IStreamVtbl *)&stream_vtbl;
    stream->refcount = 1;
    stream->object = object;
    stream->tag = tag;
    stream->write = write;
    stream->dirty = empty;
    object_AddRef(object);
    hr = store_allocate(sizeof(ULONG), &base);
    if (SUCCEEDED(hr) && !empty && SUCCEEDED(hr = logon_enter(object->logon, &db)))
        hr = logon_leave(object->logon, value_get(db, &object->source, tag, TRUE, 0, base, &value));
    if (SUCCEEDED(hr) && !empty)
    {
        bytes = PROP_TYPE(tag) == PT_BINARY ? (void *)value.Value.bin.lpb : (void *)value.Value.lpszW;
        size = PROP_TYPE(tag) == PT_BINARY    ? value.Value.bin.cb
               : PROP_TYPE(tag) == PT_UNICODE ? (ULONG)(wcslen(value.Value.lpszW) * sizeof(WCHAR))
                                              : (ULONG)strlen(value.Value.lpszA);
        if (!resize(stream, size))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else if (size)
            memcpy(stream->bytes, bytes, size);
    }
    store_free(base);
    if (FAILED(hr))
    {
        stream->dirty = FALSE;
        IStream_Release(&stream->IStream_iface);
        return hr;
    }
    *out = &stream->IStream_iface;
    return S_OK;
}
