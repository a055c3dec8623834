/*
 * base from the inside: heap, growth, text, errors, objects, hooks.
 */
#include "harness.h"

#include "base/base.h"

static void heap_counts(void **state)
{
    LONG before = memory_heap_blocks();
    char *block;

    (void)state;
    block = heap_alloc(0);
    assert_non_null(block);
    assert_int_equal(memory_heap_blocks(), before + 1);
    block = heap_realloc(block, 100);
    assert_int_equal(memory_heap_blocks(), before + 1);
    memset(block, 1, 100);
    heap_free(block);
    heap_free(NULL);
    block = heap_alloc_zero(100);
    assert_int_equal(block[0] | block[99], 0);
    heap_free(block);
    block = heap_realloc(NULL, 10);
    assert_non_null(block);
    assert_null(heap_realloc(block, SIZE_MAX / 2));
    heap_free(block);
    assert_int_equal(memory_heap_blocks(), before);
}

static void fault_switch(void **state)
{
    void *blocks[4];
    LONG allocations = memory_allocation_count();
    int i;

    (void)state;
    memory_set_fault(3);
    for (i = 0; i < 4; i++)
        blocks[i] = heap_alloc(10);
    assert_non_null(blocks[0]);
    assert_non_null(blocks[1]);
    assert_null(blocks[2]);
    assert_non_null(blocks[3]); /* once only */
    assert_int_equal(memory_allocation_count() - allocations, 4);
    for (i = 0; i < 4; i++)
        heap_free(blocks[i]);
    memory_set_fault(1);
    memory_set_fault(0);
    assert_false(memory_should_fail());
}

static void growth(void **state)
{
    int *numbers = NULL;
    size_t capacity = 0, i, result;
    void *elements = NULL;

    (void)state;
    for (i = 0; i < 1000; i++)
    {
        assert_true(array_reserve((void **)&numbers, &capacity, i + 1, sizeof(*numbers)));
        numbers[i] = (int)i;
    }
    assert_true(capacity >= 1000 && capacity < 2500);
    for (i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i);
    assert_false(array_reserve((void **)&numbers, &capacity, SIZE_MAX, sizeof(*numbers)));
    assert_false(array_reserve((void **)&numbers, &capacity, SIZE_MAX / 4, 8));
    memory_set_fault(1);
    i = capacity;
    assert_false(array_reserve((void **)&numbers, &capacity, capacity + 1, sizeof(*numbers)));
    assert_int_equal(capacity, i);
    assert_int_equal(numbers[999], 999);
    heap_free(numbers);
    assert_false(array_reserve(&elements, &result, 0, 0) && elements);

    assert_true(size_add(1, 2, &result) && result == 3);
    assert_false(size_add(SIZE_MAX, 1, &result));
    assert_true(size_multiply(6, 7, &result) && result == 42);
    assert_false(size_multiply(SIZE_MAX / 2, 3, &result));
}

static void probing(void **state)
{
    char *pages = VirtualAlloc(NULL, 0x3000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    DWORD old;

    (void)state;
    VirtualProtect(pages + 0x1000, 0x1000, PAGE_READONLY, &old);
    VirtualProtect(pages + 0x2000, 0x1000, PAGE_NOACCESS, &old);
    assert_true(memory_readable(pages, 0x2000));
    assert_false(memory_readable(pages, 0x2001));
    assert_true(memory_writable(pages, 0x1000));
    assert_false(memory_writable(pages + 0xfff, 2));
    assert_false(memory_readable(NULL, 1));
    assert_false(memory_readable((void *)(ULONG_PTR)8, 1));
    assert_false(memory_readable((void *)(~(ULONG_PTR)0 - 2), 8));
    assert_false(memory_readable(pages, SIZE_MAX));
    VirtualFree(pages, 0, MEM_RELEASE);
    assert_false(memory_readable(pages, 1));
}

/* A text right before memory that cannot be read; step bytes a character. */
static char *at_page_end(char **pages, const void *text, size_t size)
{
    DWORD old;

    *pages = VirtualAlloc(NULL, 0x2000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    VirtualProtect(*pages + 0x1000, 0x1000, PAGE_NOACCESS, &old);
    return memcpy(*pages + 0x1000 - size, text, size);
}

static void text_wide(void **state)
{
    char *pages, *odd = HeapAlloc(GetProcessHeap(), 0, 32);
    const WCHAR *text;
    WCHAR buffer[6];

    (void)state;
    assert_hr(text_from_caller(NULL, MAPI_UNICODE, buffer, 6), S_OK);
    assert_int_equal(buffer[0], 0);
    assert_hr(text_from_caller(L"12345", MAPI_UNICODE, buffer, 6), S_OK);
    assert_int_equal(wcscmp(buffer, L"12345"), 0);
    assert_hr(text_from_caller(L"123456", MAPI_UNICODE, buffer, 6), MAPI_E_TOO_BIG);
    assert_int_equal(buffer[0], 0);
    assert_hr(text_from_caller((void *)(ULONG_PTR)0x10, MAPI_UNICODE, buffer, 6), MAPI_E_INVALID_PARAMETER);

    text = (const WCHAR *)at_page_end(&pages, L"1234", 8); /* without its end */
    assert_hr(text_from_caller(text, MAPI_UNICODE, buffer, 6), MAPI_E_INVALID_PARAMETER);
    assert_hr(text_from_caller(text, MAPI_UNICODE, buffer, 4), MAPI_E_TOO_BIG); /* looks no further than that */
    VirtualFree(pages, 0, MEM_RELEASE);
    text = (const WCHAR *)at_page_end(&pages, L"1234", 10);
    assert_hr(text_from_caller(text, MAPI_UNICODE, buffer, 6), S_OK);
    assert_int_equal(wcscmp(buffer, L"1234"), 0);
    VirtualFree(pages, 0, MEM_RELEASE);

    memcpy(odd + 1, L"abc", 8);
    assert_hr(text_from_caller(odd + 1, MAPI_UNICODE, buffer, 6), S_OK);
    assert_int_equal(wcscmp(buffer, L"abc"), 0);
    HeapFree(GetProcessHeap(), 0, odd);
    /* one character, half of it on either page */
    text = (const WCHAR *)at_page_end(&pages, "\0a", 1);
    assert_hr(text_from_caller(text, MAPI_UNICODE, buffer, 6), MAPI_E_INVALID_PARAMETER);
    VirtualFree(pages, 0, MEM_RELEASE);
}

static void text_ansi(void **state)
{
    char *pages, *text;
    WCHAR buffer[6], expected[6];

    (void)state;
    assert_hr(text_from_caller("12345", 0, buffer, 6), S_OK);
    assert_int_equal(wcscmp(buffer, L"12345"), 0);
    assert_hr(text_from_caller("", 0, buffer, 6), S_OK);
    assert_hr(text_from_caller("123456", 0, buffer, 6), MAPI_E_TOO_BIG);
    assert_int_equal(buffer[0], 0);
    text = at_page_end(&pages, "1234", 4);
    assert_hr(text_from_caller(text, 0, buffer, 6), MAPI_E_INVALID_PARAMETER);
    VirtualFree(pages, 0, MEM_RELEASE);
    text = at_page_end(&pages, "1234", 5);
    assert_hr(text_from_caller(text, 0, buffer, 6), S_OK);
    VirtualFree(pages, 0, MEM_RELEASE);
    if (MultiByteToWideChar(CP_ACP, MB_ERR_INVALID_CHARS, "\xe4", -1, expected, 6))
    {
        assert_hr(text_from_caller("\xe4", 0, buffer, 6), S_OK);
        assert_int_equal(wcscmp(buffer, expected), 0);
    }
    else
        assert_hr(text_from_caller("\xe4", 0, buffer, 6), MAPI_E_INVALID_PARAMETER);
}

static void text_copies(void **state)
{
    WCHAR *wide = (void *)&wide, *long_text;
    void *base;
    char *ansi;
    int i;

    (void)state;
    assert_hr(text_dup_from_caller(NULL, 0, 10, &wide), S_OK);
    assert_null(wide);
    assert_hr(text_dup_from_caller("hello", 0, 10, &wide), S_OK);
    assert_int_equal(wcscmp(wide, L"hello"), 0);
    heap_free(wide);
    assert_hr(text_dup_from_caller(L"hello", MAPI_UNICODE, 5, &wide), S_OK);
    assert_int_equal(wcscmp(wide, L"hello"), 0);
    heap_free(wide);
    assert_hr(text_dup_from_caller(L"hello", MAPI_UNICODE, 4, &wide), MAPI_E_TOO_BIG);
    assert_null(wide);
    assert_hr(text_dup_from_caller("hello", 0, 4, &wide), MAPI_E_TOO_BIG);
    assert_null(wide);
    assert_hr(text_dup_from_caller((void *)(ULONG_PTR)3, 0, 4, &wide), MAPI_E_INVALID_PARAMETER);
    memory_set_fault(1);
    assert_hr(text_dup_from_caller("hello", 0, 10, &wide), MAPI_E_NOT_ENOUGH_MEMORY);
    assert_null(wide);

    long_text = heap_alloc(20001 * sizeof(WCHAR));
    for (i = 0; i < 20000; i++)
        long_text[i] = 'x';
    long_text[20000] = 0;
    assert_hr(text_dup_from_caller(long_text, MAPI_UNICODE, 100000, &wide), S_OK);
    assert_int_equal(wcscmp(wide, long_text), 0);
    heap_free(wide);
    heap_free(long_text);

    assert_hr(MAPIAllocateBuffer(1, &base), S_OK);
    assert_int_equal(wcscmp(text_more_w(L"wide", base), L"wide"), 0);
    assert_string_equal(text_more_a(L"ansi", base), "ansi");
    memory_set_fault(1);
    assert_null(text_more_w(L"wide", base));
    memory_set_fault(1);
    assert_null(text_more_a(L"ansi", base));
    MAPIFreeBuffer(base);
    ansi = text_more_a(L"own", NULL);
    assert_string_equal(ansi, "own");
    assert_hr(MAPIFreeBuffer(ansi), S_OK);
    wide = text_dup(L"dup");
    assert_int_equal(wcscmp(wide, L"dup"), 0);
    heap_free(wide);
}

static void last_error(void **state)
{
    struct last_error last = {0};
    MAPIERROR *error = (void *)&error;

    (void)state;
    assert_hr(last_error_get(&last, S_OK, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(last_error_get(&last, S_OK, 1, &error), MAPI_E_UNKNOWN_FLAGS);
    assert_null(error);
    assert_hr(last_error_get(&last, MAPI_E_NOT_FOUND, 0, &error), S_OK);
    assert_null(error);
    assert_hr(last_error_set(&last, MAPI_E_NOT_FOUND), MAPI_E_NOT_FOUND);
    assert_hr(last_error_set(&last, S_OK), S_OK);
    assert_hr(last_error_get(&last, MAPI_E_NO_ACCESS, 0, &error), S_OK);
    assert_null(error);
    assert_hr(last_error_get(&last, MAPI_E_NOT_FOUND, 0, &error), S_OK);
    assert_string_equal((char *)error->lpszError, "The object was not found.");
    assert_string_equal((char *)error->lpszComponent, "Postroom");
    assert_int_equal(error->ulVersion, MAPI_ERROR_VERSION);
    assert_hr(MAPIFreeBuffer(error), S_OK);
    assert_hr(last_error_get(&last, MAPI_E_NOT_FOUND, MAPI_UNICODE, &error), S_OK);
    assert_int_equal(wcscmp((WCHAR *)error->lpszError, L"The object was not found."), 0);
    assert_int_equal(wcscmp((WCHAR *)error->lpszComponent, L"Postroom"), 0);
    assert_hr(MAPIFreeBuffer(error), S_OK);
    memory_set_fault(1);
    assert_hr(last_error_get(&last, MAPI_E_NOT_FOUND, 0, &error), MAPI_E_NOT_ENOUGH_MEMORY);
    assert_null(error);
    assert_non_null(error_text(0x80041234));
    assert_non_null(error_text(0x00041234));
}

static void objects(void **state)
{
    struct object_mark marks[3];
    LONG before = object_count();

    (void)state;
    object_born(&marks[0], "first");
    object_born(&marks[1], "second");
    object_born(&marks[2], "third");
    assert_int_equal(object_count(), before + 3);
    object_died(&marks[1]);
    object_report("a test"); /* to the debug channel, in debug builds */
    object_died(&marks[0]);
    object_died(&marks[2]);
    assert_int_equal(object_count(), before);
}

static void debug_texts(void **state)
{
    GUID guid = {0x12345678, 0x9abc, 0xdef0, {1, 2, 3, 4, 5, 6, 7, 8}};
    char long_text[1000], *pages, *end;
    const char *first;
    int i;

    (void)state;
    assert_string_equal(debugstr_w(NULL), "(null)");
    assert_string_equal(debugstr_w(L"a\"\\\n\x20ac"), "L\"a\\\"\\\\\\n\\20ac\"");
    assert_string_equal(debugstr_a("a\xff"), "\"a\\xff\"");
    assert_string_equal(debugstr_a((char *)(ULONG_PTR)0x1234), "#1234");
    assert_string_equal(debugstr_t("x", 0), "\"x\"");
    assert_string_equal(debugstr_t(L"x", MAPI_UNICODE), "L\"x\"");
    assert_string_equal(debugstr_guid(&guid), "{12345678-9abc-def0-0102-030405060708}");
    assert_string_equal(debugstr_guid(NULL), "(null)");
    assert_string_equal(debugstr_guid((GUID *)(ULONG_PTR)4), "<bad>");
    memset(long_text, 'x', sizeof(long_text));
    long_text[999] = 0;
    assert_true(strlen(debugstr_a(long_text)) < 200);
    end = at_page_end(&pages, "abc", 3);
    assert_string_equal(debugstr_a(end), "\"abc\"");
    assert_string_equal(debugstr_a(end + 3), "<bad>");
    VirtualFree(pages, 0, MEM_RELEASE);
    first = debugstr_a("first");
    for (i = 0; i < 8; i++)
        debugstr_a("more");
    assert_string_equal(first, "\"first\"");
}

static LONG hook_runs;
static LONG order[8];
static HRESULT hook_check, hook_initialize;
static HWND hook_window;

static void first_hook(void)
{
    order[hook_runs++ % 8] = 1;
}

static void second_hook(void)
{
    order[hook_runs++ % 8] = 2;
    hook_check = init_check();
    hook_initialize = MAPIInitialize(NULL);
    MAPIUninitialize();
    hook_window = FindWindowExW(HWND_MESSAGE, NULL, L"Postroom Notification Window", NULL);
}

/* Hooks run newest first, while the window is still there and MAPI says it is not initialised. */
static void uninitialize_hooks(void **state)
{
    static struct uninit_hook hooks[2] = {{.run = first_hook}, {.run = second_hook}};

    (void)state;
    hook_runs = 0;
    init_on_uninitialize(&hooks[0]);
    init_on_uninitialize(&hooks[1]);
    init_on_uninitialize(&hooks[0]);
    assert_hr(init_check(), MAPI_E_NOT_INITIALIZED);
    assert_null(init_window());
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_hr(init_check(), S_OK);
    assert_true(IsWindow(init_window()));
    MAPIUninitialize();
    assert_int_equal(hook_runs, 0);
    MAPIUninitialize();
    assert_int_equal(hook_runs, 2);
    assert_int_equal(order[0], 2);
    assert_int_equal(order[1], 1);
    assert_hr(hook_check, MAPI_E_NOT_INITIALIZED);
    assert_hr(hook_initialize, MAPI_E_NOT_ENOUGH_RESOURCES);
    assert_non_null(hook_window);
    assert_hr(MAPIInitialize(NULL), S_OK);
    MAPIUninitialize();
    assert_int_equal(hook_runs, 4);
}

static void service_flag(void **state)
{
    MAPIINIT_0 init = {MAPI_INIT_VERSION, MAPI_NT_SERVICE};

    (void)state;
    assert_false(init_is_service());
    assert_hr(MAPIInitialize(&init), S_OK);
    assert_true(init_is_service());
    MAPIUninitialize();
    assert_false(init_is_service());
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_false(init_is_service());
    MAPIUninitialize();
}

static void tls(void **state)
{
    DWORD slot = init_tls_slot();

    (void)state;
    assert_int_not_equal(slot, TLS_OUT_OF_INDEXES);
    assert_int_equal(init_tls_slot(), slot);
    assert_ptr_equal(module_instance(), GetModuleHandleW(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(heap_counts), harness_test_plain(fault_switch),       harness_test_plain(growth),
            harness_test_plain(probing),     harness_test_plain(text_wide),          harness_test_plain(text_ansi),
            harness_test_plain(text_copies), harness_test_plain(last_error),         harness_test_plain(objects),
            harness_test_plain(debug_texts), harness_test_plain(uninitialize_hooks), harness_test_plain(service_flag),
            harness_test_plain(tls),
    };

    return harness_run(tests);
}
