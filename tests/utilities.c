/*
 * The small exported utilities: numbers, texts, byte order, reference counts.
 */
#include "harness.h"

/* The texts are ANSI; the prototypes say LPTSTR. */
#define T(text) ((LPTSTR)(text))

void WINAPI SwapPlong(PVOID pv, ULONG cb);
void WINAPI SwapPword(PVOID pv, ULONG cb);
SCODE WINAPI ScGenerateMuid(LPMAPIUID lpMapiUid);
BOOL WINAPI IsBadBoundedStringPtr(const void *lpsz, UINT cchMax);
FILETIME WINAPI FtAdcFt(FILETIME ftAddend1, FILETIME ftAddend2, WORD *carry);
BOOL WINAPI FBadRglpszA(LPTSTR *lppszT, ULONG cStrings);
LPWSTR WINAPI MNLS_lstrcpyW(LPWSTR target, LPCWSTR source);
int WINAPI MNLS_lstrlenW(LPCWSTR text);
int WINAPI MNLS_lstrcmpW(LPCWSTR left, LPCWSTR right);

static FILETIME ft(ULONGLONG number)
{
    FILETIME time = {(DWORD)number, (DWORD)(number >> 32)};

    return time;
}

static ULONGLONG number(FILETIME time)
{
    return ((ULONGLONG)time.dwHighDateTime << 32) | time.dwLowDateTime;
}

#define assert_ft(expression, expected) assert_true(number(expression) == (expected))

static void UTIL_filetimes(void **state)
{
    WORD carry = 7;

    (void)state;
    assert_ft(FtAddFt(ft(0xffffffffull), ft(1)), 0x100000000ull);
    assert_ft(FtAddFt(ft(~0ull), ft(2)), 1);
    assert_ft(FtAdcFt(ft(~0ull), ft(2), &carry), 1);
    assert_int_equal(carry, 1);
    assert_ft(FtAdcFt(ft(3), ft(4), &carry), 7);
    assert_int_equal(carry, 0);
    assert_ft(FtSubFt(ft(0x100000000ull), ft(1)), 0xffffffffull);
    assert_ft(FtSubFt(ft(0), ft(1)), ~0ull);
    assert_ft(FtMulDw(3, ft(0x80000000ull)), 0x180000000ull);
    assert_ft(FtMulDwDw(0xffffffff, 0xffffffff), 0xfffffffe00000001ull);
    assert_ft(FtNegFt(ft(1)), ~0ull);
    assert_ft(FtNegFt(ft(0)), 0);
}

static void UTIL_numbers_in_text(void **state)
{
    (void)state;
    assert_int_equal(UFromSz(T("55")), 55);
    assert_int_equal(UFromSz(T("5a5b")), 5);
    assert_int_equal(UFromSz(T("a5b5")), 0);
    assert_int_equal(UFromSz(T("")), 0);
    assert_int_equal(UFromSz(NULL), 0);
    assert_int_equal(UlFromSzHex(T("5a")), 0x5a);
    assert_int_equal(UlFromSzHex(T("5g5h")), 5);
    assert_int_equal(UlFromSzHex(T("g5h5")), 0);
    assert_int_equal(UlFromSzHex(T("dEaDbeef")), 0xdeadbeef);
    assert_int_equal(UlFromSzHex(NULL), 0);
}

static void UTIL_hexadecimal(void **state)
{
    BYTE bytes[4] = {0x00, 0x0a, 0xff, 0x7f}, back[5];
    char text[16];

    (void)state;
    memset(text, 'x', sizeof(text));
    HexFromBin(bytes, 4, T(text));
    assert_string_equal(text, "000AFF7F");
    assert_int_equal(text[9], 'x');
    HexFromBin(NULL, 0, T(text));
    assert_string_equal(text, "");

    memset(back, 0xcc, sizeof(back));
    assert_true(FBinFromHex(T("000aFf7F"), back));
    assert_memory_equal(back, bytes, 4);
    assert_int_equal(back[4], 0xcc);
    assert_false(FBinFromHex(T("0g"), back));
    assert_false(FBinFromHex(NULL, back));
    assert_false(FBinFromHex(T("00"), NULL));

    memset(back, 0xcc, sizeof(back));
    assert_hr(ScBinFromHexBounded(T("000aff7f"), back, 4), S_OK);
    assert_memory_equal(back, bytes, 4);
    assert_int_equal(back[4], 0xcc);
    memset(back, 0xcc, sizeof(back));
    /* Too long, half a byte, no digit: nothing is written. */
    assert_hr(ScBinFromHexBounded(T("000aff7f"), back, 3), MAPI_E_CALL_FAILED);
    assert_hr(ScBinFromHexBounded(T("000af"), back, 4), MAPI_E_CALL_FAILED);
    assert_hr(ScBinFromHexBounded(T("000x"), back, 4), MAPI_E_CALL_FAILED);
    assert_int_equal(back[0], 0xcc);
    assert_hr(ScBinFromHexBounded(NULL, back, 4), MAPI_E_CALL_FAILED);
    assert_hr(ScBinFromHexBounded(T(""), NULL, 0), S_OK);
}

static void UTIL_byte_order(void **state)
{
    BYTE bytes[7] = {1, 2, 3, 4, 5, 6, 7};
    static const BYTE longs[7] = {4, 3, 2, 1, 5, 6, 7}, words[7] = {3, 4, 1, 2, 6, 5, 7};

    (void)state;
    SwapPlong(bytes, 7); /* one whole DWORD */
    assert_memory_equal(bytes, longs, 7);
    SwapPword(bytes, 7);
    assert_memory_equal(bytes, words, 7);
    SwapPlong(NULL, 4);
    SwapPword(NULL, 4);
}

static void UTIL_find_in_text(void **state)
{
    static const char text[] = "one two one";

    (void)state;
    assert_ptr_equal(SzFindCh(T(text), 'o'), text);
    assert_ptr_equal(SzFindLastCh(T(text), 'o'), text + 8);
    assert_null(SzFindCh(T(text), 'x'));
    assert_null(SzFindLastCh(T(text), 'x'));
    assert_null(SzFindCh(NULL, 'x'));
    assert_ptr_equal(SzFindSz(T(text), T("two")), text + 4);
    assert_null(SzFindSz(T(text), T("Two")));
    assert_null(SzFindSz(T("tw"), T("two")));
    assert_null(SzFindSz(NULL, T("two")));
    assert_null(SzFindSz(T(text), NULL));
}

static void UTIL_wide_text(void **state)
{
    WCHAR copy[8];

    (void)state;
    assert_int_equal(MNLS_lstrlenW(L"four"), 4);
    assert_int_equal(MNLS_lstrcmpW(L"a", L"a"), 0);
    assert_true(MNLS_lstrcmpW(L"a", L"b") < 0);
    assert_ptr_equal(MNLS_lstrcpyW(copy, L"four"), copy);
    assert_int_equal(wcscmp(copy, L"four"), 0);
    assert_null(MNLS_lstrcpyW(NULL, L"four"));
}

static void UTIL_bad_text(void **state)
{
    char *texts[] = {"one", "two"};
    char *page = VirtualAlloc(NULL, 4096, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);

    (void)state;
    assert_non_null(page);
    memset(page, 'x', 4096); /* no end; the next page need not be readable, so stay inside */
    assert_false(IsBadBoundedStringPtr("text", 100));
    assert_false(IsBadBoundedStringPtr(page, 4096));
    assert_false(IsBadBoundedStringPtr(NULL, 0));
    assert_true(IsBadBoundedStringPtr(NULL, 1));
    VirtualFree(page, 0, MEM_RELEASE);

    assert_false(FBadRglpszA((LPTSTR *)texts, 2));
    assert_true(FBadRglpszA(NULL, 2));
    texts[1] = NULL;
    assert_true(FBadRglpszA((LPTSTR *)texts, 2));
}

static void UTIL_reference_counts(void **state)
{
    struct harness_sink sink;

    (void)state;
    harness_sink_init(&sink);
    assert_int_equal(UlAddRef(&sink.IMAPIAdviseSink_iface), 2);
    assert_int_equal(UlRelease(&sink.IMAPIAdviseSink_iface), 1);
    assert_int_equal(UlAddRef(NULL), 0);
    assert_int_equal(UlRelease(NULL), 0);
}

static void UTIL_generate_muid(void **state)
{
    MAPIUID one, two;

    (void)state;
    assert_hr(ScGenerateMuid(&one), S_OK);
    assert_hr(ScGenerateMuid(&two), S_OK);
    assert_memory_not_equal(&one, &two, sizeof(one));
    assert_hr(ScGenerateMuid(NULL), MAPI_E_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(UTIL_filetimes),     harness_test_plain(UTIL_numbers_in_text),
            harness_test_plain(UTIL_hexadecimal),   harness_test_plain(UTIL_byte_order),
            harness_test_plain(UTIL_find_in_text),  harness_test_plain(UTIL_wide_text),
            harness_test_plain(UTIL_bad_text),      harness_test_plain(UTIL_reference_counts),
            harness_test_plain(UTIL_generate_muid),
    };

    return harness_run(tests);
}
