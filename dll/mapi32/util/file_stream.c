/*
 * OpenStreamOnFile: an IStream over a file.
 *
 * Who owns whom: a stream holds the file; clones share it. Every read and write says where in the file it is, so the
 * file's own position does not matter. Lock: file->lock guards the positions; nothing foreign is called under it.
 */
#include "base/base.h"

#include <string.h>

#ifndef SOF_UNIQUEFILENAME
#define SOF_UNIQUEFILENAME 0x80000000u
#endif

#define SHARE_FLAGS 0x70u /* STGM_SHARE_*: the file is open to readers whatever is asked for */
#define WRITE_FLAGS (STGM_READWRITE | STGM_WRITE)

struct file
{
    volatile LONG refcount;
    HANDLE handle;
    DWORD mode; /* STGM_* */
    SRWLOCK lock;
    WCHAR name[1]; /* allocated to fit */
};

struct file_stream
{
    IStream IStream_iface;
    volatile LONG refcount;
    struct object_mark mark;
    struct file *file;
    ULONGLONG position;
};

static inline struct file_stream *impl_from_IStream(IStream *iface)
{
    return CONTAINING_RECORD(iface, struct file_stream, IStream_iface);
}

static HRESULT stream_open(struct file *file, ULONGLONG position, IStream **out);

static void file_release(struct file *file)
{
    if (!InterlockedDecrement(&file->refcount))
    {
        CloseHandle(file->handle);
        heap_free(file);
    }
}

/* What a stream answers with. */
static HRESULT stream_error(DWORD error)
{
    switch (error)
    {
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
    case ERROR_WRITE_PROTECT:
        return STG_E_ACCESSDENIED;
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
        return STG_E_MEDIUMFULL;
    default:
        return HRESULT_FROM_WIN32(error);
    }
}

static HRESULT WINAPI file_QueryInterface(IStream *iface, REFIID riid, void **out)
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

static ULONG WINAPI file_AddRef(IStream *iface)
{
    TRACE("%p", iface);

    return InterlockedIncrement(&impl_from_IStream(iface)->refcount);
}

static ULONG WINAPI file_Release(IStream *iface)
{
    struct file_stream *stream = impl_from_IStream(iface);
    ULONG count = InterlockedDecrement(&stream->refcount);

    TRACE("%p, refcount %lu", iface, count);

    if (!count)
    {
        struct file *file = stream->file;

        object_died(&stream->mark);
        heap_free(stream);
        file_release(file);
    }
    return count;
}

static OVERLAPPED at(ULONGLONG position)
{
    OVERLAPPED place = {.Offset = (DWORD)position, .OffsetHigh = (DWORD)(position >> 32)};

    return place;
}

static HRESULT WINAPI file_Read(IStream *iface, void *pv, ULONG cb, ULONG *pcbRead)
{
    struct file_stream *stream = impl_from_IStream(iface);
    HRESULT hr = S_OK;
    OVERLAPPED place;
    DWORD got = 0;

    TRACE("%p, %p, %lu, %p", iface, pv, cb, pcbRead);

    if ((pcbRead = OUT_POINTER(pcbRead)))
        *pcbRead = 0;
    if (!memory_writable(pv, cb))
        return STG_E_INVALIDPOINTER;
    AcquireSRWLockExclusive(&stream->file->lock);
    place = at(stream->position);
    if (!ReadFile(stream->file->handle, pv, cb, &got, &place) && GetLastError() != ERROR_HANDLE_EOF)
        hr = stream_error(GetLastError());
    else
        stream->position += got;
    ReleaseSRWLockExclusive(&stream->file->lock);
    if (pcbRead && SUCCEEDED(hr))
        *pcbRead = got;
    return FAILED(hr) ? hr : got == cb ? S_OK : S_FALSE;
}

static HRESULT WINAPI file_Write(IStream *iface, const void *pv, ULONG cb, ULONG *pcbWritten)
{
    struct file_stream *stream = impl_from_IStream(iface);
    HRESULT hr = S_OK;
    OVERLAPPED place;
    DWORD put = 0;

    TRACE("%p, %p, %lu, %p", iface, pv, cb, pcbWritten);

    if ((pcbWritten = OUT_POINTER(pcbWritten)))
        *pcbWritten = 0;
    if (!(stream->file->mode & WRITE_FLAGS))
        return STG_E_ACCESSDENIED;
    if (!memory_readable(pv, cb))
        return STG_E_INVALIDPOINTER;
    AcquireSRWLockExclusive(&stream->file->lock);
    place = at(stream->position);
    if (!WriteFile(stream->file->handle, pv, cb, &put, &place))
        hr = stream_error(GetLastError());
    stream->position += put;
    ReleaseSRWLockExclusive(&stream->file->lock);
    if (pcbWritten)
        *pcbWritten = put;
    return hr;
}

static HRESULT WINAPI file_Seek(IStream *iface, LARGE_INTEGER dlibMove, DWORD dwOrigin, ULARGE_INTEGER *plibNewPosition)
{
    struct file_stream *stream = impl_from_IStream(iface);
    LARGE_INTEGER size = {.QuadPart = 0};
    HRESULT hr = S_OK;
    ULONGLONG base;

    TRACE("%p, %I64d, %lu, %p", iface, dlibMove.QuadPart, dwOrigin, plibNewPosition);

    plibNewPosition = OUT_POINTER(plibNewPosition);
    AcquireSRWLockExclusive(&stream->file->lock);
    if (dwOrigin == STREAM_SEEK_END && !GetFileSizeEx(stream->file->handle, &size))
        hr = stream_error(GetLastError());
    base = dwOrigin == STREAM_SEEK_CUR ? stream->position : (ULONGLONG)size.QuadPart;
    if (dwOrigin > STREAM_SEEK_END
        || (dlibMove.QuadPart < 0 ? -(ULONGLONG)dlibMove.QuadPart > base
                                  : (ULONGLONG)dlibMove.QuadPart > MAXLONGLONG - base))
        hr = STG_E_INVALIDFUNCTION;
    if (SUCCEEDED(hr))
        stream->position = base + dlibMove.QuadPart;
    if (plibNewPosition)
        plibNewPosition->QuadPart = stream->position;
    ReleaseSRWLockExclusive(&stream->file->lock);
    return hr;
}

static HRESULT WINAPI file_SetSize(IStream *iface, ULARGE_INTEGER libNewSize)
{
    struct file *file = impl_from_IStream(iface)->file;
    LARGE_INTEGER size = {.QuadPart = libNewSize.QuadPart};
    HRESULT hr = S_OK;

    TRACE("%p, %I64u", iface, libNewSize.QuadPart);

    if (!(file->mode & WRITE_FLAGS))
        return STG_E_ACCESSDENIED;
    if (size.QuadPart < 0)
        return STG_E_INVALIDFUNCTION;
    AcquireSRWLockExclusive(&file->lock);
    if (!SetFilePointerEx(file->handle, size, NULL, FILE_BEGIN) || !SetEndOfFile(file->handle))
        hr = stream_error(GetLastError());
    ReleaseSRWLockExclusive(&file->lock);
    return hr;
}

static HRESULT WINAPI file_CopyTo(IStream *iface, IStream *pstm, ULARGE_INTEGER cb, ULARGE_INTEGER *pcbRead,
                                  ULARGE_INTEGER *pcbWritten)
{
    ULONGLONG read = 0, written = 0;
    HRESULT hr = S_OK;
    BYTE block[8192];

    TRACE("%p, %p, %I64u, %p, %p", iface, pstm, cb.QuadPart, pcbRead, pcbWritten);

    pcbRead = OUT_POINTER(pcbRead);
    pcbWritten = OUT_POINTER(pcbWritten);
    if (!memory_is_interface(pstm, sizeof(IStreamVtbl) / sizeof(void *)))
        return STG_E_INVALIDPOINTER;
    while (SUCCEEDED(hr) && read < cb.QuadPart)
    {
        ULONG got = 0, put = 0;

        hr = file_Read(iface, block, min(sizeof(block), cb.QuadPart - read), &got);
        if (FAILED(hr) || !got)
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

static HRESULT WINAPI file_Commit(IStream *iface, DWORD grfCommitFlags)
{
    struct file *file = impl_from_IStream(iface)->file;

    TRACE("%p, %#lx", iface, grfCommitFlags);

    if ((file->mode & WRITE_FLAGS) && !FlushFileBuffers(file->handle))
        return stream_error(GetLastError());
    return S_OK;
}

/* Not transacted: there is nothing that could be taken back. */
static HRESULT WINAPI file_Revert(IStream *iface)
{
    TRACE("%p", iface);

    return STG_E_INVALIDFUNCTION;
}

static HRESULT WINAPI file_LockRegion(IStream *iface, ULARGE_INTEGER libOffset, ULARGE_INTEGER cb, DWORD dwLockType)
{
    TRACE("%p, %I64u, %I64u, %lu", iface, libOffset.QuadPart, cb.QuadPart, dwLockType);

    return STG_E_INVALIDFUNCTION;
}

static HRESULT WINAPI file_UnlockRegion(IStream *iface, ULARGE_INTEGER libOffset, ULARGE_INTEGER cb, DWORD dwLockType)
{
    TRACE("%p, %I64u, %I64u, %lu", iface, libOffset.QuadPart, cb.QuadPart, dwLockType);

    return STG_E_INVALIDFUNCTION;
}

static HRESULT WINAPI file_Stat(IStream *iface, STATSTG *pstatstg, DWORD grfStatFlag)
{
    struct file *file = impl_from_IStream(iface)->file;
    BY_HANDLE_FILE_INFORMATION information;
    size_t bytes;

    TRACE("%p, %p, %#lx", iface, pstatstg, grfStatFlag);

    if (!(pstatstg = OUT_POINTER(pstatstg)))
        return STG_E_INVALIDPOINTER;
    memset(pstatstg, 0, sizeof(*pstatstg));
    if (!GetFileInformationByHandle(file->handle, &information))
        return stream_error(GetLastError());
    if (!(grfStatFlag & STATFLAG_NONAME))
    {
        bytes = (wcslen(file->name) + 1) * sizeof(WCHAR);
        if (!(pstatstg->pwcsName = CoTaskMemAlloc(bytes)))
            return E_OUTOFMEMORY;
        memcpy(pstatstg->pwcsName, file->name, bytes);
    }
    pstatstg->type = STGTY_STREAM;
    pstatstg->cbSize.LowPart = information.nFileSizeLow;
    pstatstg->cbSize.HighPart = information.nFileSizeHigh;
    pstatstg->mtime = information.ftLastWriteTime;
    pstatstg->ctime = information.ftCreationTime;
    pstatstg->atime = information.ftLastAccessTime;
    pstatstg->grfMode = file->mode;
    return S_OK;
}

static HRESULT WINAPI file_Clone(IStream *iface, IStream **ppstm)
{
    struct file_stream *stream = impl_from_IStream(iface);
    ULONGLONG position;

    TRACE("%p, %p", iface, ppstm);

    if (!(ppstm = OUT_POINTER(ppstm)))
        return STG_E_INVALIDPOINTER;
    AcquireSRWLockShared(&stream->file->lock);
    position = stream->position;
    ReleaseSRWLockShared(&stream->file->lock);
    return stream_open(stream->file, position, ppstm);
}

static const IStreamVtbl file_vtbl = {
        file_QueryInterface, file_AddRef, file_Release, file_Read,       file_Write,        file_Seek, file_SetSize,
        file_CopyTo,         file_Commit, file_Revert,  file_LockRegion, file_UnlockRegion, file_Stat, file_Clone,
};

/* Takes a reference on the file. */
static HRESULT stream_open(struct file *file, ULONGLONG position, IStream **out)
{
    struct file_stream *stream = heap_alloc_zero(sizeof(*stream));

    *out = NULL;
    if (!stream)
        return E_OUTOFMEMORY;
    stream->IStream_iface.lpVtbl = (IStreamVtbl *)&file_vtbl;
    stream->refcount = 1;
    stream->file = file;
    stream->position = position;
    InterlockedIncrement(&file->refcount);
    object_born(&stream->mark, "IStream on a file");
    *out = &stream->IStream_iface;
    return S_OK;
}

/* What OpenStreamOnFile answers with. */
static HRESULT open_error(DWORD error)
{
    switch (error)
    {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME:
    case ERROR_BAD_PATHNAME:
    case ERROR_DIRECTORY:
    case ERROR_INVALID_DRIVE:
        return MAPI_E_NOT_FOUND;
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
    case ERROR_WRITE_PROTECT:
        return MAPI_E_NO_ACCESS;
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
        return MAPI_E_NOT_ENOUGH_DISK;
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
        return MAPI_E_NOT_ENOUGH_MEMORY;
    default:
        return MAPI_E_CALL_FAILED;
    }
}

/* name exists already when unique is TRUE: GetTempFileName made it. */
static HRESULT open_file(const WCHAR *name, ULONG flags, BOOL unique, IStream **out)
{
    struct file *file = heap_alloc_zero(sizeof(*file) + wcslen(name) * sizeof(WCHAR));
    DWORD access = GENERIC_READ | (flags & WRITE_FLAGS ? GENERIC_WRITE : 0);
    DWORD share = FILE_SHARE_READ, attributes = FILE_ATTRIBUTE_NORMAL;
    HRESULT hr;

    if (!file)
    {
        if (unique)
            DeleteFileW(name);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (flags & STGM_DELETEONRELEASE)
    {
        attributes |= FILE_FLAG_DELETE_ON_CLOSE;
        access |= DELETE;
        share |= FILE_SHARE_DELETE;
    }
    if (!(flags & WRITE_FLAGS))
        share |= FILE_SHARE_WRITE;
    InitializeSRWLock(&file->lock);
    file->refcount = 1;
    file->mode = flags & (WRITE_FLAGS | STGM_CREATE | STGM_DELETEONRELEASE);
    wcscpy(file->name, name);
    file->handle = CreateFileW(name, access, share, NULL, flags & STGM_CREATE ? CREATE_ALWAYS : OPEN_EXISTING,
                               attributes, NULL);
    if (file->handle == INVALID_HANDLE_VALUE)
    {
        hr = open_error(GetLastError());
        if (unique)
            DeleteFileW(name);
        heap_free(file);
        return hr;
    }
    hr = stream_open(file, 0, out);
    file_release(file);
    if (FAILED(hr) && unique)
        DeleteFileW(name);
    return FAILED(hr) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

/* directory NULL: where temporary files go. name has room for MAX_PATH characters. */
static HRESULT make_unique(const WCHAR *directory, const WCHAR *prefix, WCHAR *name)
{
    WCHAR temporary[MAX_PATH + 1];

    if (!directory)
    {
        if (!GetTempPathW(ARRAY_SIZE(temporary), temporary))
            wcscpy(temporary, L".");
        directory = temporary;
    }
    if (wcslen(directory) > MAX_PATH - 14)
        return MAPI_E_NOT_FOUND;
    if (!GetTempFileNameW(directory, prefix ? prefix : L"SOF", 0, name))
        return open_error(GetLastError());
    return S_OK;
}

static BOOL flags_make_sense(ULONG flags, BOOL named)
{
    if ((flags & STGM_CREATE) && !(flags & WRITE_FLAGS))
        return FALSE;
    if ((flags & SOF_UNIQUEFILENAME) && !(flags & STGM_CREATE))
        return FALSE;
    return named || (flags & (STGM_CREATE | STGM_DELETEONRELEASE)) == (STGM_CREATE | STGM_DELETEONRELEASE);
}

/*
 * OpenStreamOnFileW: a stream on a file (openstreamonfilew).
 *
 * ulFlags       STGM_READ, STGM_READWRITE; STGM_CREATE: a new file in any case; STGM_DELETEONRELEASE: it goes with the
 *               last stream; SOF_UNIQUEFILENAME: a new file in the directory lpszFileName. STGM_SHARE_* are accepted
 * lpszFileName  the file; no path is searched for it. NULL: a temporary file
 * lpszPrefix    with SOF_UNIQUEFILENAME, up to three characters; NULL: "SOF"
 * The allocators are not used: nothing that the stream returns is a MAPI buffer.
 *
 * MAPI_E_INVALID_PARAMETER: flags that do not go together, bad pointers, a longer prefix; MAPI_E_UNKNOWN_FLAGS;
 * MAPI_E_NOT_FOUND: no such file or directory; MAPI_E_NO_ACCESS; MAPI_E_NOT_ENOUGH_DISK; MAPI_E_NOT_ENOUGH_MEMORY;
 * MAPI_E_CALL_FAILED: anything else that the file system says.
 */
HRESULT STDMETHODCALLTYPE OpenStreamOnFileW(LPALLOCATEBUFFER lpAllocateBuffer, LPFREEBUFFER lpFreeBuffer, ULONG ulFlags,
                                            LPWSTR lpszFileName, LPWSTR lpszPrefix, LPSTREAM *lppStream)
{
    BOOL unique = !lpszFileName || (ulFlags & SOF_UNIQUEFILENAME);
    WCHAR made[MAX_PATH + 1], prefix[4], *name;
    HRESULT hr = S_OK;

    TRACE("%p, %p, %#lx, %s, %s, %p", lpAllocateBuffer, lpFreeBuffer, ulFlags, debugstr_w(lpszFileName),
          debugstr_w(lpszPrefix), lppStream);

    if (!(lppStream = OUT_POINTER(lppStream)))
        return MAPI_E_INVALID_PARAMETER;
    *lppStream = NULL;
    if (ulFlags & ~(SOF_UNIQUEFILENAME | STGM_CREATE | STGM_DELETEONRELEASE | WRITE_FLAGS | SHARE_FLAGS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!flags_make_sense(ulFlags, lpszFileName != NULL))
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(text_dup_from_caller(lpszFileName, MAPI_UNICODE, 0x7fff, &name))
        || (unique && FAILED(text_from_caller(lpszPrefix, MAPI_UNICODE, prefix, ARRAY_SIZE(prefix)))))
    {
        heap_free(name);
        return MAPI_E_INVALID_PARAMETER;
    }
    if (unique)
        hr = make_unique(name, lpszPrefix ? prefix : NULL, made);
    if (SUCCEEDED(hr))
        hr = open_file(unique ? made : name, ulFlags, unique, lppStream);
    heap_free(name);
    return hr;
}

/*
 * OpenStreamOnFile: the same with ANSI texts. MAPI_UNICODE has the value of SOF_UNIQUEFILENAME, so the texts cannot be
 * wide here.
 */
HRESULT STDMETHODCALLTYPE OpenStreamOnFile(LPALLOCATEBUFFER lpAllocateBuffer, LPFREEBUFFER lpFreeBuffer, ULONG ulFlags,
                                           LPTSTR lpszFileName, LPTSTR lpszPrefix, LPSTREAM *lppStream)
{
    WCHAR *name = NULL, *prefix = NULL;
    HRESULT hr;

    TRACE("%p, %p, %#lx, %s, %s, %p", lpAllocateBuffer, lpFreeBuffer, ulFlags, debugstr_a((const char *)lpszFileName),
          debugstr_a((const char *)lpszPrefix), lppStream);

    if (!(lppStream = OUT_POINTER(lppStream)))
        return MAPI_E_INVALID_PARAMETER;
    *lppStream = NULL;
    hr = text_dup_from_caller(lpszFileName, 0, 0x7fff, &name);
    if (SUCCEEDED(hr) && lpszPrefix && (ulFlags & SOF_UNIQUEFILENAME))
        hr = text_dup_from_caller(lpszPrefix, 0, 16, &prefix);
    if (SUCCEEDED(hr))
        hr = OpenStreamOnFileW(lpAllocateBuffer, lpFreeBuffer, ulFlags, name, prefix, lppStream);
    else if (hr != MAPI_E_NOT_ENOUGH_MEMORY)
        hr = MAPI_E_INVALID_PARAMETER;
    heap_free(name);
    heap_free(prefix);
    return hr;
}
