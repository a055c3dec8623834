/*
 * Provider DLLs by their registered names: which file, from where, what is said when there is none, how long it stays.
 */
#include "harness.h"

#include "provider/library.h"

static WCHAR folder[MAX_PATH]; /* of this program, with a separator at its end */

static const WCHAR *in_folder(const WCHAR *name)
{
    static WCHAR path[2 * MAX_PATH];

    wcscpy(path, folder);
    wcscat(path, name);
    return path;
}

static void SVC_28_file_name(void **state)
{
    static const struct
    {
        const WCHAR *registered, *file; /* NULL: refused */
    } cases[] = {
            {L"foo.dll", L"foo32.dll"},
            {L"foo", L"foo32.dll"},
            {L"foo.bar.dll", L"foo.bar32.dll"},
            {L"foo32.dll", L"foo3232.dll"},
            {L"C:\\v1.2\\foo.dll", L"C:\\v1.2\\foo32.dll"},
            {L"C:/v1.2/foo", L"C:/v1.2/foo32.dll"},
            {L"\\\\server\\share\\a.b\\foo.dll", L"\\\\server\\share\\a.b\\foo32.dll"},
            {L".dll", L".dll32.dll"},
            {L"", NULL},
            {L"foo\\bar.dll", NULL},
            {L"..\\foo.dll", NULL},
            {L".\\foo.dll", NULL},
            {L"\\foo.dll", NULL},
            {L"C:foo.dll", NULL},
            {L"C:\\foo.dll:stream", NULL},
            {L"\\\\.\\pipe\\foo", NULL},
            {L"\\\\?\\C:\\foo.dll", NULL},
            {L"C:\\folder\\", NULL},
    };
    WCHAR file[MAX_PATH], longest[MAX_PATH + 8];
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(cases); ++i)
    {
        assert_hr(library_file_name(cases[i].registered, file), cases[i].file ? S_OK : MAPI_E_INVALID_PARAMETER);
        if (cases[i].file)
            assert_true(!wcscmp(file, cases[i].file));
    }
    for (i = 0; i < MAX_PATH + 7; ++i)
        longest[i] = 'a';
    longest[i] = 0;
    assert_hr(library_file_name(longest, file), MAPI_E_INVALID_PARAMETER);
}

/* Its file is removed by whoever called. */
static void put_dll(const WCHAR *name)
{
    WCHAR source[2 * MAX_PATH];

    wcscpy(source, in_folder(L"..\\admin32.dll"));
    assert_true(CopyFileW(source, in_folder(name), FALSE));
}

static void put_text(const WCHAR *name, const void *bytes, DWORD size)
{
    HANDLE file = CreateFileW(in_folder(name), GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD written;

    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, bytes, size, &written, NULL));
    CloseHandle(file);
}

static void SVC_28_loads(void **state)
{
    WCHAR text[LIBRARY_TEXT_MAX], old[MAX_PATH], other[MAX_PATH];
    HMODULE module, again;

    (void)state;
    put_dll(L"beside32.dll");
    assert_hr(library_load(L"beside.dll", &module, text), S_OK);
    assert_int_equal(text[0], 0);
    assert_hr(library_load(in_folder(L"beside.dll"), &again, NULL), S_OK);
    assert_ptr_equal(module, again);
    library_release(again);
    library_release(module);
    /* never the current directory */
    put_dll(L"..\\elsewhere32.dll");
    GetCurrentDirectoryW(ARRAY_SIZE(old), old);
    wcscpy(other, in_folder(L".."));
    assert_true(SetCurrentDirectoryW(other));
    assert_hr(library_load(L"elsewhere.dll", &again, text), MAPI_E_NOT_FOUND);
    assert_null(again);
    assert_non_null(wcsstr(text, L"elsewhere32.dll"));
    assert_true(SetCurrentDirectoryW(old));
    DeleteFileW(in_folder(L"..\\elsewhere32.dll"));
    MAPIUninitialize();
    assert_true(DeleteFileW(in_folder(L"beside32.dll"))); /* so it is not mapped any more */
    assert_hr(MAPIInitialize(NULL), S_OK);
}

static void LOGOFF_41_stays(void **state)
{
    HMODULE module, used;

    (void)state;
    put_dll(L"stays32.dll");
    assert_hr(library_load(L"stays.dll", &module, NULL), S_OK);
    library_release(module);
    assert_ptr_equal(GetModuleHandleW(L"stays32.dll"), module);
    assert_hr(library_load(L"stays.dll", &used, NULL), S_OK);
    assert_ptr_equal(used, module);
    MAPIUninitialize();
    assert_ptr_equal(GetModuleHandleW(L"stays32.dll"), module); /* in use */
    library_release(used);
    assert_null(GetModuleHandleW(L"stays32.dll"));
    assert_true(DeleteFileW(in_folder(L"stays32.dll")));
    assert_hr(MAPIInitialize(NULL), S_OK);
}

static void explained_failures(void **state)
{
#ifdef _WIN64
    static const WORD other = IMAGE_FILE_MACHINE_I386;
    static const WCHAR *says = L"32-bit";
#else
    static const WORD other = IMAGE_FILE_MACHINE_AMD64;
    static const WCHAR *says = L"64-bit";
#endif
    BYTE image[0x200] = {'M', 'Z'};
    WCHAR text[LIBRARY_TEXT_MAX];
    HMODULE module;

    (void)state;
    put_text(L"text32.dll", "no DLL", 6);
    assert_hr(library_load(L"text.dll", &module, text), MAPI_E_CORRUPT_DATA);
    assert_null(module);
    assert_non_null(wcsstr(text, L"is no DLL"));
    assert_true(DeleteFileW(in_folder(L"text32.dll")));

    *(DWORD *)(image + 0x3c) = 0x40;
    memcpy(image + 0x40, "PE\0", 4);
    memcpy(image + 0x44, &other, sizeof(other));
    put_text(L"other32.dll", image, sizeof(image));
    assert_hr(library_load(L"other.dll", &module, text), MAPI_E_VERSION);
    assert_non_null(wcsstr(text, says));
    assert_true(DeleteFileW(in_folder(L"other32.dll")));

    assert_hr(library_load(L"a\\b.dll", &module, text), MAPI_E_INVALID_PARAMETER);
    assert_non_null(wcsstr(text, L"a\\b.dll"));
    assert_hr(library_load(L"missing.dll", &module, text), MAPI_E_NOT_FOUND);
    assert_non_null(wcsstr(text, L"missing32.dll"));
    assert_hr(library_load(L"missing32.dll", &module, text), MAPI_E_NOT_FOUND);
    assert_non_null(wcsstr(text, L"missing3232.dll"));
}

static void entry_points(void **state)
{
    WCHAR text[LIBRARY_TEXT_MAX];
    HMODULE module;
    FARPROC entry;

    (void)state;
    put_dll(L"entry32.dll");
    assert_hr(library_load(L"entry.dll", &module, NULL), S_OK);
    assert_hr(library_entry(module, L"ServiceEntry", 40, &entry, text), S_OK);
    assert_non_null(entry);
    assert_hr(library_entry(module, L"AdminScript", 0, &entry, NULL), S_OK);
    assert_non_null(entry);
    assert_hr(library_entry(module, L"Nowhere", 40, &entry, text), MAPI_E_CALL_FAILED);
    assert_null(entry);
    assert_non_null(wcsstr(text, L"Nowhere"));
    assert_hr(library_entry(module, L"", 40, &entry, NULL), MAPI_E_CALL_FAILED);
#ifndef _WIN64
    assert_hr(library_entry(module, L"ServiceEntry", 36, &entry, NULL), MAPI_E_CALL_FAILED);
#endif
    library_release(module);
    MAPIUninitialize();
    assert_true(DeleteFileW(in_folder(L"entry32.dll")));
    assert_hr(MAPIInitialize(NULL), S_OK);
}

static void load_faults(void **state)
{
    HMODULE module;
    HRESULT hr;

    (void)state;
    put_dll(L"faults32.dll");
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = library_load(L"faults.dll", &module, NULL);
        if (harness_fault_hit(&fault))
            assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
        else
            assert_hr(hr, S_OK);
        if (module)
            library_release(module);
        MAPIUninitialize();
        assert_hr(MAPIInitialize(NULL), S_OK);
    }
    assert_true(DeleteFileW(in_folder(L"faults32.dll")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SVC_28_file_name),   harness_test(SVC_28_loads), harness_test(LOGOFF_41_stays),
            harness_test(explained_failures), harness_test(entry_points), harness_test(load_faults),
    };
    WCHAR *end;

    GetModuleFileNameW(NULL, folder, MAX_PATH);
    end = wcsrchr(folder, '\\');
    end[1] = 0;
    return harness_run(tests);
}
