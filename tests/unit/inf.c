/*
 * The text of mapisvc.inf: sections, entries, properties, and texts that are none.
 */
#include "harness.h"

#include <stdlib.h>

#include "profile/inf.h"

static void parse(const char *text, struct inf *inf)
{
    assert_hr(inf_parse(text, strlen(text), inf), S_OK);
}

static void assert_value(const struct inf *inf, const WCHAR *section, const WCHAR *key, const WCHAR *expected)
{
    const WCHAR *value = inf_find(inf, section, key);

    if (!expected)
    {
        assert_null(value);
        return;
    }
    assert_non_null(value);
    assert_true(!wcscmp(value, expected));
}

static void SVC_25_services(void **state)
{
    struct inf inf;

    (void)state;
    parse("[Services]\r\nAB=Default Address Book\r\nMsgService = My Own Service \r\n\r\n[AB]\r\nProviders=AB "
          "Provider\r\n",
          &inf);
    assert_value(&inf, L"services", L"ab", L"Default Address Book");
    assert_value(&inf, L"Services", L"MsgService", L"My Own Service");
    assert_value(&inf, L"AB", L"Providers", L"AB Provider");
    assert_value(&inf, L"AB", L"MsgService", NULL);
    assert_value(&inf, L"Nowhere", L"AB", NULL);
    inf_clear(&inf);
}

static void syntax(void **state)
{
    struct inf inf;

    (void)state;
    parse("; a comment\n"
          "lost=before any section\n"
          "[A] junk ; and more\n"
          "one = two;three ; four\n"
          "quoted=\" a ; b \"\n"
          "folder=C:\\Mail\\\n"
          "list=x, \\ ; continued\n"
          "  y | \\\n"
          "z\n"
          "one=again\n"
          "=no key\n"
          "no equals\n"
          "empty=\n"
          "[B\n"
          "of=nobody\n"
          "[ a ]\r"
          "late=1",
          &inf);
    assert_value(&inf, L"", L"lost", L"before any section");
    assert_value(&inf, L"A", L"one", L"two;three");
    assert_value(&inf, L"A", L"quoted", L" a ; b ");
    assert_value(&inf, L"A", L"folder", L"C:\\Mail\\");
    assert_value(&inf, L"A", L"list", L"x,   y | z");
    assert_value(&inf, L"A", L"empty", L"");
    assert_value(&inf, L"A", L"late", L"1");
    assert_value(&inf, L"A", L"of", NULL);
    assert_value(&inf, L"A", L"", NULL);
    inf_clear(&inf);
}

static void encodings(void **state)
{
    static const WCHAR wide[] = L"\xFEFF[S]\nname=\x00E4\x4E2D\n";
    char text[] = "[S]\nname=\xC3\xA4\xE4\xB8\xAD\n", ansi[] = "[S]\nname=?x\n",
         marked[sizeof(text) + 3] = "\xEF\xBB\xBF";
    BYTE turned[sizeof(wide)];
    WCHAR expected[2] = {0};
    struct inf inf;
    size_t i;

    (void)state;
    parse(text, &inf);
    assert_value(&inf, L"S", L"name", L"\x00E4\x4E2D");
    inf_clear(&inf);
    strcat(marked, text);
    parse(marked, &inf);
    assert_value(&inf, L"S", L"name", L"\x00E4\x4E2D");
    inf_clear(&inf);
    assert_hr(inf_parse(wide, sizeof(wide) - sizeof(WCHAR), &inf), S_OK);
    assert_value(&inf, L"S", L"name", L"\x00E4\x4E2D");
    inf_clear(&inf);
    for (i = 0; i < sizeof(wide); ++i)
        turned[i] = ((const BYTE *)wide)[i ^ 1];
    assert_hr(inf_parse(turned, sizeof(wide) - sizeof(WCHAR), &inf), S_OK);
    assert_value(&inf, L"S", L"name", L"\x00E4\x4E2D");
    inf_clear(&inf);
    /* no UTF-8: the ANSI code page, whatever it makes of the byte */
    ansi[9] = '\xE4';
    parse(ansi, &inf);
    assert_int_equal(MultiByteToWideChar(CP_ACP, 0, ansi + 9, 1, expected, 1), 1);
    assert_int_equal(inf_find(&inf, L"S", L"name")[0], expected[0]);
    inf_clear(&inf);
}

/* The value of one entry as a property, NULL: it is none. *base is the test's to free. */
static BOOL property(const char *line, void **base, SPropValue *value)
{
    struct inf inf;
    HRESULT hr;

    assert_hr(MAPIAllocateBuffer(1, base), S_OK);
    parse(line, &inf);
    assert_int_equal(inf.count, 1);
    hr = inf_property(&inf.entries[0], *base, value);
    inf_clear(&inf);
    if (hr)
        assert_hr(hr, MAPI_E_NOT_FOUND);
    return hr == S_OK;
}

static void SVC_26_tag(void **state)
{
    SPropValue value;
    void *base;

    (void)state;
    assert_true(property("6600001e=text", &base, &value));
    assert_int_equal(value.ulPropTag, PROP_TAG(PT_STRING8, 0x6600));
    assert_string_equal(value.Value.lpszA, "text");
    MAPIFreeBuffer(base);
    assert_true(property("66000102=01 02,fF", &base, &value));
    assert_int_equal(value.Value.bin.cb, 3);
    assert_memory_equal(value.Value.bin.lpb, "\1\2\xFF", 3);
    MAPIFreeBuffer(base);
    assert_true(property("PR_SERVICE_SUPPORT_FILES=a.dll, b.dll ,,", &base, &value));
    assert_int_equal(value.Value.MVszW.cValues, 2);
    assert_true(!wcscmp(value.Value.MVszW.lppszW[1], L"b.dll"));
    MAPIFreeBuffer(base);
    assert_true(property("6601000b=TRUE", &base, &value));
    assert_int_equal(value.Value.b, 1);
    MAPIFreeBuffer(base);
    assert_true(property("66020014=0100000000000080", &base, &value));
    assert_int_equal(value.Value.li.QuadPart, 0x8000000000000001ll);
    MAPIFreeBuffer(base);
}

static void SVC_27_numbers(void **state)
{
    static const struct
    {
        const char *line;
        ULONG number;
    } cases[] = {
            {"PR_RESOURCE_TYPE=MAPI_AB_PROVIDER", MAPI_AB_PROVIDER},
            {"pr_resource_type = mapi_store_provider", MAPI_STORE_PROVIDER},
            {"PR_RESOURCE_FLAGS=SERVICE_SINGLE_COPY | SERVICE_NO_PRIMARY_IDENTITY",
             SERVICE_SINGLE_COPY | SERVICE_NO_PRIMARY_IDENTITY},
            {"PR_RESOURCE_FLAGS=STATUS_NO_DEFAULT_STORE|0x10000|2", STATUS_NO_DEFAULT_STORE | 0x10002},
            {"66020003=01000000", 1},
            {"66020003=78563412", 0x12345678},
            {"66020003=42", 42},
            {"66020003=4294967295", 0xFFFFFFFF},
    };
    SPropValue value;
    void *base;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(cases); ++i)
    {
        assert_true(property(cases[i].line, &base, &value));
        assert_int_equal(value.Value.ul, cases[i].number);
        MAPIFreeBuffer(base);
    }
}

static void no_properties(void **state)
{
    static const char *const lines[] = {
            "Providers=x",         "PR_NONSENSE=1", "PR_SERVICE_UID=00",
            "3D0C0102=00",         "6600001=x",     "6600001g=x",
            "0000001e=x",          "8001001e=x",    "66020003=",
            "66020003=4294967296", "66020003=1|",   "PR_RESOURCE_TYPE=MAPI_NOTHING",
            "66000102=0",          "66000102=0x",   "66020014=00",
            "66020048=0011",       "6600000d=00",   "PR_SERVICE_SUPPORT_FILES=,",
            "6602101e=",           "66021102=00",
    };
    SPropValue value;
    void *base;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(lines); ++i)
    {
        assert_false(property(lines[i], &base, &value));
        MAPIFreeBuffer(base);
    }
}

static void lists(void **state)
{
    const WCHAR *list = L" a , ,b,ccccc, d";
    WCHAR element[4];

    (void)state;
    assert_true(inf_next(&list, element, ARRAY_SIZE(element)));
    assert_true(!wcscmp(element, L"a"));
    assert_true(inf_next(&list, element, ARRAY_SIZE(element)));
    assert_true(!wcscmp(element, L"b"));
    assert_true(inf_next(&list, element, ARRAY_SIZE(element))); /* one that does not fit is left out */
    assert_true(!wcscmp(element, L"d"));
    assert_false(inf_next(&list, element, ARRAY_SIZE(element)));
}

/* Bytes at random, from what matters to the parser: ends, and every pointer leads to a text that ends. */
static void hostile(void **state)
{
    static const char alphabet[] = "[]=;\\\"\r\n \t,|aB0\xFF\xC3\xA4";
    char *text = malloc(4096), *large;
    unsigned seed = 20260;
    struct inf inf;
    size_t size, i;
    int round;

    (void)state;
    assert_non_null(text);
    for (round = 0; round < 4000; ++round)
    {
        seed = seed * 1103515245u + 12345u;
        size = (seed >> 8) % (round < 3900 ? 64 : 4096);
        for (i = 0; i < size; ++i)
        {
            seed = seed * 1103515245u + 12345u;
            text[i] = alphabet[(seed >> 16) % sizeof(alphabet)]; /* its terminator too */
        }
        assert_hr(inf_parse(text, size, &inf), S_OK);
        for (i = 0; i < inf.count; ++i)
        {
            assert_true(wcslen(inf.entries[i].section) + wcslen(inf.entries[i].key) + wcslen(inf.entries[i].value)
                        <= 3 * size);
            assert_int_not_equal(inf.entries[i].key[0], 0);
            assert_non_null(inf_find(&inf, inf.entries[i].section, inf.entries[i].key));
        }
        inf_clear(&inf);
    }
    free(text);
    large = calloc(INF_SIZE_MAX + 1, 1);
    assert_non_null(large);
    assert_hr(inf_parse(large, INF_SIZE_MAX + 1, &inf), MAPI_E_TOO_BIG);
    assert_hr(inf_parse(large, INF_SIZE_MAX, &inf), S_OK);
    assert_int_equal(inf.count, 0);
    inf_clear(&inf);
    free(large);
    assert_hr(inf_parse("", 0, &inf), S_OK);
    inf_clear(&inf);
}

static void faults(void **state)
{
    static const char text[] = "[A]\nPR_DISPLAY_NAME=x\n66000102=0102\nPR_SERVICE_SUPPORT_FILES=a,b\n";
    SPropValue value;
    struct inf inf;
    void *base;
    HRESULT hr;
    size_t i;

    (void)state;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = inf_parse(text, sizeof(text) - 1, &inf);
        base = NULL;
        if (SUCCEEDED(hr))
            hr = MAPIAllocateBuffer(1, &base);
        for (i = 0; SUCCEEDED(hr) && i < inf.count; ++i)
            hr = inf_property(&inf.entries[i], base, &value);
        if (harness_fault_hit(&fault))
            assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
        else
            assert_hr(hr, S_OK);
        MAPIFreeBuffer(base);
        inf_clear(&inf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SVC_25_services), harness_test(syntax),         harness_test(encodings),
            harness_test(SVC_26_tag),      harness_test(SVC_27_numbers), harness_test(no_properties),
            harness_test(lists),           harness_test(hostile),        harness_test(faults),
    };

    return harness_run(tests);
}
