/*
 * OpenStreamOnFile and its flags; paths of network shares.
 */
#include "harness.h"

#include <postroom/guids.h>

#include <mapiutil.h>

#ifndef SOF_UNIQUEFILENAME
#define SOF_UNIQUEFILENAME 0x80000000u
#endif

SCODE WINAPI ScUNCFromLocalPath(LPSTR local, LPSTR unc, UINT size);
SCODE WINAPI ScLocalPathFromUNC(LPSTR unc, LPSTR local, UINT size);

static HRESULT open_w(ULONG flags, const WCHAR *name, const WCHAR *prefix, IStream **stream)
{
    *stream = (IStream *)1;
    return OpenStreamOnFileW(MAPIAllocateBuffer, MAPIFreeBuffer, flags, (WCHAR *)name, (WCHAR *)prefix, stream);
}

static void temporary_name(WCHAR *name)
{
    WCHAR path[MAX_PATH + 1];

    assert_true(GetTempPathW(ARRAY_SIZE(path), path) > 0);
    assert_true(GetTempFileNameW(path, L"pst", 0, name) > 0);
}

static void FILE_flags(void **state)
{
    IStream *stream;

    (void)state;
    assert_hr(OpenStreamOnFileW(MAPIAllocateBuffer, MAPIFreeBuffer, STGM_READ, L"x", NULL, NULL),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(open_w(STGM_CREATE, L"x", NULL, &stream), MAPI_E_INVALID_PARAMETER);
    assert_null(stream);
    assert_hr(open_w(SOF_UNIQUEFILENAME | STGM_READWRITE, L".", NULL, &stream), MAPI_E_INVALID_PARAMETER);
    assert_hr(open_w(STGM_READ, NULL, NULL, &stream), MAPI_E_INVALID_PARAMETER);
    assert_hr(open_w(STGM_CREATE | STGM_READWRITE, NULL, NULL, &stream), MAPI_E_INVALID_PARAMETER);
    assert_hr(open_w(0x00400000, L"x", NULL, &stream), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(open_w(STGM_READ, (WCHAR *)16, NULL, &stream), MAPI_E_INVALID_PARAMETER);
    assert_hr(open_w(SOF_UNIQUEFILENAME | STGM_CREATE | STGM_READWRITE, NULL, L"long", &stream),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(open_w(STGM_READ, L"Z:\\no\\such\\file", NULL, &stream), MAPI_E_NOT_FOUND);
    assert_hr(open_w(SOF_UNIQUEFILENAME | STGM_CREATE | STGM_READWRITE, L"C:\\no\\such\\directory", NULL, &stream),
              MAPI_E_NOT_FOUND);
    assert_null(stream);
}

static void FILE_content(void **state)
{
    LARGE_INTEGER move = {.QuadPart = 6};
    ULARGE_INTEGER size = {.QuadPart = 9}, position, all = {.QuadPart = ~0ull}, read, written;
    IStream *stream, *clone;
    WCHAR name[MAX_PATH + 1];
    char buffer[32];
    STATSTG stat;
    ULONG count;

    (void)state;
    temporary_name(name);
    assert_hr(open_w(STGM_CREATE | STGM_READWRITE, name, NULL, &stream), S_OK);
    assert_hr(IStream_Write(stream, "hello world", 11, &count), S_OK);
    assert_int_equal(count, 11);
    assert_hr(IStream_Seek(stream, move, STREAM_SEEK_SET, &position), S_OK);
    assert_int_equal(position.QuadPart, 6);
    assert_hr(IStream_Clone(stream, &clone), S_OK);
    assert_hr(IStream_SetSize(stream, size), S_OK);
    /* the clone has a position of its own */
    assert_hr(IStream_Read(stream, buffer, sizeof(buffer), &count), S_FALSE);
    assert_int_equal(count, 3);
    assert_memory_equal(buffer, "wor", 3);
    assert_hr(IStream_Read(clone, buffer, 3, &count), S_OK);
    assert_hr(IStream_Read(clone, buffer, 3, &count), S_FALSE);
    assert_int_equal(count, 0);
    move.QuadPart = -1;
    assert_hr(IStream_Seek(stream, move, STREAM_SEEK_SET, NULL), STG_E_INVALIDFUNCTION);
    move.QuadPart = -9;
    assert_hr(IStream_Seek(stream, move, STREAM_SEEK_END, &position), S_OK);
    assert_int_equal(position.QuadPart, 0);
    assert_hr(IStream_Stat(stream, &stat, 0), S_OK);
    assert_int_equal(stat.cbSize.QuadPart, 9);
    assert_int_equal(wcscmp(stat.pwcsName, name), 0);
    CoTaskMemFree(stat.pwcsName);
    assert_hr(IStream_Commit(stream, 0), S_OK);
    IStream_Release(clone);
    IStream_Release(stream);

    assert_hr(open_w(STGM_READ, name, NULL, &stream), S_OK);
    assert_hr(IStream_Write(stream, "x", 1, NULL), STG_E_ACCESSDENIED);
    assert_hr(IStream_SetSize(stream, size), STG_E_ACCESSDENIED);
    assert_hr(open_w(STGM_CREATE | STGM_DELETEONRELEASE | STGM_READWRITE, NULL, NULL, &clone), S_OK);
    assert_hr(IStream_CopyTo(stream, clone, all, &read, &written), S_OK);
    assert_int_equal(read.QuadPart, 9);
    assert_int_equal(written.QuadPart, 9);
    IStream_Release(clone);
    IStream_Release(stream);
    assert_true(DeleteFileW(name));
}

/* A unique file has the prefix, is empty, and goes with its last stream when it is told to. */
static void FILE_unique(void **state)
{
    static const ULONG flags = SOF_UNIQUEFILENAME | STGM_CREATE | STGM_READWRITE | STGM_DELETEONRELEASE;
    WCHAR path[MAX_PATH + 1], *last;
    char path_a[MAX_PATH + 1];
    IStream *one, *two;
    STATSTG stat, other;

    (void)state;
    assert_true(GetTempPathW(ARRAY_SIZE(path), path) > 0);
    assert_hr(open_w(flags, path, L"abc", &one), S_OK);
    assert_hr(IStream_Stat(one, &stat, 0), S_OK);
    last = wcsrchr(stat.pwcsName, '\\');
    assert_non_null(last);
    assert_int_equal(_wcsnicmp(last + 1, L"abc", 3), 0);
    assert_true(GetTempPathA(ARRAY_SIZE(path_a), path_a) > 0);
    assert_hr(OpenStreamOnFile(MAPIAllocateBuffer, MAPIFreeBuffer, flags, (LPTSTR)path_a, NULL, &two), S_OK);
    assert_hr(IStream_Stat(two, &other, 0), S_OK);
    last = wcsrchr(other.pwcsName, '\\');
    assert_int_equal(_wcsnicmp(last + 1, L"SOF", 3), 0);
    assert_int_not_equal(GetFileAttributesW(stat.pwcsName), INVALID_FILE_ATTRIBUTES);
    IStream_Release(one);
    IStream_Release(two);
    assert_int_equal(GetFileAttributesW(stat.pwcsName), INVALID_FILE_ATTRIBUTES);
    assert_int_equal(GetFileAttributesW(other.pwcsName), INVALID_FILE_ATTRIBUTES);
    CoTaskMemFree(stat.pwcsName);
    CoTaskMemFree(other.pwcsName);
}

/* Somebody else has the file for himself. */
static void FILE_no_access(void **state)
{
    WCHAR name[MAX_PATH + 1];
    IStream *stream;
    HANDLE holder;

    (void)state;
    temporary_name(name);
    holder = CreateFileW(name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    assert_true(holder != INVALID_HANDLE_VALUE);
    assert_hr(open_w(STGM_READWRITE, name, NULL, &stream), MAPI_E_NO_ACCESS);
    assert_hr(open_w(STGM_READ, name, NULL, &stream), MAPI_E_NO_ACCESS);
    CloseHandle(holder);
    assert_hr(open_w(STGM_READ, name, NULL, &stream), S_OK);
    IStream_Release(stream);
    assert_true(DeleteFileW(name));
}

static void FILE_faults(void **state)
{
    (void)state;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        IStream *stream = NULL;
        HRESULT hr = OpenStreamOnFile(MAPIAllocateBuffer, MAPIFreeBuffer,
                                      STGM_CREATE | STGM_READWRITE | STGM_DELETEONRELEASE, NULL, NULL, &stream);

        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        if (stream)
            IStream_Release(stream);
    }
}

static void UTIL_network_paths(void **state)
{
    char out[64];

    (void)state;
    assert_hr(ScUNCFromLocalPath((char *)"\\\\server\\share\\a", out, sizeof(out)), S_FALSE);
    assert_string_equal(out, "\\\\server\\share\\a");
    assert_hr(ScUNCFromLocalPath((char *)"\\\\server\\share\\a", out, 16), MAPI_E_TOO_BIG);
    assert_string_equal(out, "");
    assert_hr(ScUNCFromLocalPath((char *)"nothing", out, sizeof(out)), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScUNCFromLocalPath(NULL, out, sizeof(out)), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScUNCFromLocalPath((char *)"C:\\a", NULL, sizeof(out)), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScUNCFromLocalPath((char *)"Q:\\a", out, sizeof(out)), MAPI_E_NOT_FOUND);
    assert_hr(ScLocalPathFromUNC((char *)"C:\\a", out, sizeof(out)), S_FALSE);
    assert_string_equal(out, "C:\\a");
    assert_hr(ScLocalPathFromUNC((char *)"\\\\no-such-server\\share\\a", out, sizeof(out)), MAPI_E_NOT_FOUND);
    assert_hr(ScLocalPathFromUNC((char *)"a", out, sizeof(out)), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScLocalPathFromUNC((char *)"C:\\a", out, 0), MAPI_E_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(FILE_flags),     harness_test(FILE_content), harness_test(FILE_unique),
            harness_test(FILE_no_access), harness_test(FILE_faults),  harness_test(UTIL_network_paths),
    };

    return harness_run(tests);
}
