/*
 * Choice of the language, plural forms, and names from outside made safe to show.
 */
#include "harness.h"

#include "ui/dialog.h"

static void plural_forms_follow_cldr(void **state)
{
    static const struct
    {
        LANGID id;
        ULONG count;
        enum plural_form form;
    } cases[] = {
            {LANG_ENGLISH, 0, PLURAL_OTHER},       {LANG_ENGLISH, 1, PLURAL_ONE},
            {LANG_ENGLISH, 21, PLURAL_OTHER},      {LANG_FRENCH, 0, PLURAL_ONE},
            {LANG_FRENCH, 1, PLURAL_ONE},          {LANG_FRENCH, 2, PLURAL_OTHER},
            {LANG_FRENCH, 1000000, PLURAL_MANY},   {LANG_PORTUGUESE, 0, PLURAL_ONE},
            {LANG_SPANISH, 0, PLURAL_OTHER},       {LANG_ITALIAN, 3000000, PLURAL_MANY},
            {LANG_ITALIAN, 3000001, PLURAL_OTHER}, {LANG_POLISH, 1, PLURAL_ONE},
            {LANG_POLISH, 2, PLURAL_FEW},          {LANG_POLISH, 4, PLURAL_FEW},
            {LANG_POLISH, 5, PLURAL_MANY},         {LANG_POLISH, 12, PLURAL_MANY},
            {LANG_POLISH, 21, PLURAL_MANY},        {LANG_POLISH, 22, PLURAL_FEW},
            {LANG_POLISH, 112, PLURAL_MANY},       {LANG_CZECH, 1, PLURAL_ONE},
            {LANG_CZECH, 4, PLURAL_FEW},           {LANG_CZECH, 5, PLURAL_OTHER},
            {LANG_CZECH, 22, PLURAL_OTHER},        {LANG_RUSSIAN, 1, PLURAL_ONE},
            {LANG_RUSSIAN, 11, PLURAL_MANY},       {LANG_RUSSIAN, 21, PLURAL_ONE},
            {LANG_RUSSIAN, 22, PLURAL_FEW},        {LANG_RUSSIAN, 25, PLURAL_MANY},
            {LANG_RUSSIAN, 111, PLURAL_MANY},      {LANG_UKRAINIAN, 101, PLURAL_ONE},
            {LANG_UKRAINIAN, 114, PLURAL_MANY},    {LANG_TURKISH, 1, PLURAL_ONE},
            {LANG_TURKISH, 2, PLURAL_OTHER},       {LANG_JAPANESE, 1, PLURAL_OTHER},
            {LANG_ARABIC, 0, PLURAL_ZERO},         {LANG_ARABIC, 1, PLURAL_ONE},
            {LANG_ARABIC, 2, PLURAL_TWO},          {LANG_ARABIC, 3, PLURAL_FEW},
            {LANG_ARABIC, 10, PLURAL_FEW},         {LANG_ARABIC, 11, PLURAL_MANY},
            {LANG_ARABIC, 99, PLURAL_MANY},        {LANG_ARABIC, 100, PLURAL_OTHER},
            {LANG_ARABIC, 102, PLURAL_OTHER},      {LANG_ARABIC, 103, PLURAL_FEW},
            {LANG_ARABIC, 111, PLURAL_MANY},       {LANG_HEBREW, 1, PLURAL_ONE},
            {LANG_HEBREW, 2, PLURAL_TWO},          {LANG_HEBREW, 20, PLURAL_OTHER},
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        if (language_find(cases[i].id)->plural(cases[i].count) != cases[i].form)
            fail_msg("language %#x, %lu", cases[i].id, cases[i].count);
    }
}

static void language_falls_back(void **state)
{
    (void)state;
    assert_int_equal(language_find(0x0c07)->id, LANG_GERMAN);     /* Austria */
    assert_int_equal(language_find(0x0816)->id, LANG_PORTUGUESE); /* Portugal */
    assert_int_equal(language_find(0x0404)->id, 0x0404);          /* Taiwan */
    assert_int_equal(language_find(0x0c04)->id, 0x0404);          /* Hong Kong */
    assert_int_equal(language_find(0x7c04)->id, 0x0404);          /* traditional, no place */
    assert_int_equal(language_find(0x0804)->id, 0x0804);
    assert_int_equal(language_find(0x1004)->id, 0x0804);       /* Singapore */
    assert_int_equal(language_find(0x040b)->id, LANG_ENGLISH); /* Finnish */
    assert_int_equal(language_find(0)->id, LANG_ENGLISH);
}

static void names_are_made_safe(void **state)
{
    static const struct
    {
        const WCHAR *name, *clean;
    } cases[] = {
            {L"Work", L"Work"},
            {L"a\tb\r\nc\x7f\x85 d", L"a b  c   d"},
            {L"a\x202e\x2066\x200f\x061c"
             L"b",
             L"ab"},
            {L"\xd83d\xde00", L"\xd83d\xde00"},
            {L"x\xd83dy\xde00z", L"x\xfffdy\xfffdz"},
            {L"100% && %s%n%1%2", L"100% && %s%n%1%2"},
    };
    const struct language *english = language_find(LANG_ENGLISH), *hebrew = language_find(LANG_HEBREW);
    WCHAR clean[NAME_SIZE], text[NAME_SIZE], small[4];
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        text_clean(cases[i].name, clean, ARRAY_SIZE(clean));
        assert_memory_equal(clean, cases[i].clean, (wcslen(cases[i].clean) + 1) * sizeof(WCHAR));
    }
    text_clean(L"abcd", small, ARRAY_SIZE(small));
    assert_memory_equal(small, L"ab\x2026", sizeof(small));
    text_clean(L"a\xd83d\xde00z", small, ARRAY_SIZE(small));
    assert_memory_equal(small, L"a\x2026", 3 * sizeof(WCHAR));
    text_isolate(english, L"Work", text, ARRAY_SIZE(text));
    assert_memory_equal(text, L"Work", sizeof(L"Work"));
    text_isolate(english, L"Work (1)", text, ARRAY_SIZE(text));
    assert_memory_equal(text, L"Work (1)", sizeof(L"Work (1)"));
    text_isolate(hebrew, L"Work", text, ARRAY_SIZE(text));
    assert_memory_equal(text, L"Work", sizeof(L"Work"));
    text_isolate(hebrew, L"C++", text, ARRAY_SIZE(text));
    assert_memory_equal(text,
                        L"\x202a"
                        L"C++\x202c",
                        6 * sizeof(WCHAR));
    text_isolate(english, L"\x05e9 1", text, ARRAY_SIZE(text));
    assert_memory_equal(text, L"\x202b\x05e9 1\x202c", 6 * sizeof(WCHAR));
    text_isolate(english, L"\x05e9", text, ARRAY_SIZE(text));
    assert_memory_equal(text, L"\x05e9", 2 * sizeof(WCHAR));
    /* Not expanded a second time. */
    text_format(english, IDS_LOGOFF_QUESTION, L"%1%2%s", L"no", text, ARRAY_SIZE(text));
    assert_memory_equal(text, L"Log off from the profile \"%1%2%s\"?", 35 * sizeof(WCHAR));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(plural_forms_follow_cldr),
            harness_test(language_falls_back),
            harness_test(names_are_made_safe),
    };

    return harness_run(tests);
}
