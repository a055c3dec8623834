/*
 * Restrictions: each kind, each relation, each fuzzy level, and structures that mean harm.
 */
#include "unit/table_rows.h"

#include <mapival.h>

/* Builders: one property, one constant. */
static SRestriction property(ULONG relop, ULONG tag, SPropValue *value)
{
    SRestriction restriction;

    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = relop;
    restriction.res.resProperty.ulPropTag = tag;
    restriction.res.resProperty.lpProp = value;
    return restriction;
}

static SRestriction content(ULONG fuzzy, ULONG tag, SPropValue *value)
{
    SRestriction restriction;

    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_CONTENT;
    restriction.res.resContent.ulFuzzyLevel = fuzzy;
    restriction.res.resContent.ulPropTag = tag;
    restriction.res.resContent.lpProp = value;
    return restriction;
}

static SRestriction exist(ULONG tag)
{
    SRestriction restriction;

    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_EXIST;
    restriction.res.resExist.ulPropTag = tag;
    return restriction;
}

static SRestriction several(ULONG type, ULONG count, SRestriction *parts)
{
    SRestriction restriction;

    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = type;
    restriction.res.resAnd.cRes = count;
    restriction.res.resAnd.lpRes = parts;
    return restriction;
}

static SRestriction not(SRestriction * part)
{
    SRestriction restriction;

    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_NOT;
    restriction.res.resNot.lpRes = part;
    return restriction;
}

static SPropValue number(LONG value)
{
    SPropValue prop = {TEST_NUMBER, 0, {0}};

    prop.Value.l = value;
    return prop;
}

static SPropValue text(const WCHAR *value)
{
    SPropValue prop = {PR_DISPLAY_NAME_W, 0, {0}};

    prop.Value.lpszW = (WCHAR *)value;
    return prop;
}

/* The row that everything here is asked about. */
static struct test_row subject(void)
{
    static WCHAR *texts[] = {L"red", L"Green"};
    struct test_row row;
    SPropValue *value;

    test_row(&row, 1);
    test_value(&row, PR_DISPLAY_NAME_W)->Value.lpszW = L"R\xe9sum\xe9 of Work";
    test_value(&row, TEST_NUMBER)->Value.l = 5;
    test_value(&row, TEST_OTHER)->Value.l = 7;
    value = test_value(&row, TEST_BYTES);
    value->Value.bin.cb = 4;
    value->Value.bin.lpb = (BYTE *)"\1\2\3\4";
    value = test_value(&row, TEST_TEXTS);
    value->Value.MVszW.cValues = 2;
    value->Value.MVszW.lppszW = texts;
    test_value(&row, TEST_DOUBLE)->Value.dbl = 2.5;
    return row;
}

static BOOL holds(SRestriction *restriction)
{
    struct test_row row = subject();
    BOOL match = 9;

    assert_hr(restriction_match(restriction, row.values, row.count, &match), S_OK);
    return match;
}

static HRESULT verdict(SRestriction *restriction)
{
    struct test_row row = subject();
    BOOL match = 9;
    HRESULT hr = restriction_match(restriction, row.values, row.count, &match);

    assert_int_equal(FAILED(hr) ? match : 0, 0);
    return hr;
}

static void restrict_property_relations(void **state)
{
    static const BOOL expected[6][3] = {
            /* 5 RELOP 4, 5, 6 */
            {FALSE, FALSE, TRUE}, /* LT */
            {FALSE, TRUE, TRUE},  /* LE */
            {TRUE, FALSE, FALSE}, /* GT */
            {TRUE, TRUE, FALSE},  /* GE */
            {FALSE, TRUE, FALSE}, /* EQ */
            {TRUE, FALSE, TRUE},  /* NE */
    };
    SRestriction restriction;
    SPropValue value;
    ULONG relop;
    LONG i;

    (void)state;
    for (relop = RELOP_LT; relop <= RELOP_NE; relop++)
    {
        for (i = 0; i < 3; i++)
        {
            value = number(4 + i);
            restriction = property(relop, TEST_NUMBER, &value);
            assert_int_equal(holds(&restriction), expected[relop][i]);
        }
    }
    value = number(5);
    restriction = property(RELOP_RE, TEST_NUMBER, &value);
    assert_hr(verdict(&restriction), MAPI_E_TOO_COMPLEX);
    restriction = property(RELOP_RE + 1, TEST_NUMBER, &value);
    assert_hr(verdict(&restriction), MAPI_E_INVALID_PARAMETER);
    /* A property that the row lacks. */
    value.ulPropTag = PROP_TAG(PT_LONG, 0x6699);
    restriction = property(RELOP_EQ, value.ulPropTag, &value);
    assert_false(holds(&restriction));
    restriction = property(RELOP_LT, value.ulPropTag, &value);
    assert_false(holds(&restriction));
    restriction = property(RELOP_NE, value.ulPropTag, &value);
    assert_true(holds(&restriction));
}

static void restrict_property_types(void **state)
{
    SPropValue value = number(5);
    SRestriction restriction = property(RELOP_EQ, CHANGE_PROP_TYPE(TEST_NUMBER, PT_I2), &value);

    (void)state;
    assert_hr(verdict(&restriction), MAPI_E_TOO_COMPLEX);
    restriction = property(RELOP_EQ, CHANGE_PROP_TYPE(TEST_NUMBER, PT_UNSPECIFIED), &value);
    assert_hr(verdict(&restriction), MAPI_E_TOO_COMPLEX);
    restriction = property(RELOP_EQ, CHANGE_PROP_TYPE(TEST_NUMBER, 0x999), &value);
    assert_hr(verdict(&restriction), MAPI_E_INVALID_PARAMETER);
    value.ulPropTag = CHANGE_PROP_TYPE(TEST_NUMBER, PT_OBJECT);
    restriction = property(RELOP_EQ, value.ulPropTag, &value);
    assert_hr(verdict(&restriction), MAPI_E_TOO_COMPLEX);
    /* Either width of a string, with the other one on the other side. */
    value = text(L"R\xe9sum\xe9 of Work");
    restriction = property(RELOP_EQ, PR_DISPLAY_NAME_A, &value);
    assert_true(holds(&restriction));
    value.ulPropTag = PR_DISPLAY_NAME_A;
    value.Value.lpszA = "R";
    restriction = property(RELOP_GT, PR_DISPLAY_NAME_W, &value);
    assert_true(holds(&restriction));
}

static void restrict_property_multiple(void **state)
{
    WCHAR *same[] = {L"red", L"Green"}, *more[] = {L"red", L"Green", L"blue"};
    SPropValue value = text(L"Green");
    SRestriction restriction;

    (void)state;
    value.ulPropTag = CHANGE_PROP_TYPE(TEST_TEXTS, PT_UNICODE);
    restriction = property(RELOP_EQ, TEST_TEXTS, &value); /* one value has to do */
    assert_true(holds(&restriction));
    restriction = property(RELOP_EQ, MVI_PROP(TEST_TEXTS), &value);
    assert_true(holds(&restriction));
    value.Value.lpszW = L"blue";
    assert_false(holds(&restriction));
    value.ulPropTag = TEST_TEXTS; /* all as one */
    value.Value.MVszW.cValues = 2;
    value.Value.MVszW.lppszW = same;
    restriction = property(RELOP_EQ, TEST_TEXTS, &value);
    assert_true(holds(&restriction));
    value.Value.MVszW.cValues = 3;
    value.Value.MVszW.lppszW = more;
    assert_false(holds(&restriction));
    restriction = property(RELOP_LT, TEST_TEXTS, &value);
    assert_true(holds(&restriction));
}

static void restrict_content_levels(void **state)
{
    static const struct
    {
        const WCHAR *pattern;
        ULONG fuzzy;
        BOOL match;
    } cases[] = {
            {L"R\xe9sum\xe9 of Work", FL_FULLSTRING, TRUE},
            {L"R\xe9sum\xe9", FL_FULLSTRING, FALSE},
            {L"R\xe9sum\xe9", FL_PREFIX, TRUE},
            {L"of", FL_PREFIX, FALSE},
            {L"of", FL_SUBSTRING, TRUE},
            {L"", FL_SUBSTRING, TRUE},
            {L"", FL_PREFIX, TRUE},
            {L"", FL_FULLSTRING, FALSE},
            {L"WORK", FL_SUBSTRING, FALSE},
            {L"WORK", FL_SUBSTRING | FL_IGNORECASE, TRUE},
            {L"r\xc9SUM\xc9 OF WORK", FL_FULLSTRING | FL_IGNORECASE, TRUE},
            {L"Resume", FL_PREFIX, FALSE},
            {L"Resume", FL_PREFIX | FL_IGNORECASE, FALSE},
            {L"Resume", FL_PREFIX | FL_IGNORENONSPACE, TRUE},
            {L"resume", FL_PREFIX | FL_IGNORENONSPACE, FALSE},
            {L"resume", FL_PREFIX | FL_IGNORENONSPACE | FL_IGNORECASE, TRUE},
            {L"RESUME OF", FL_PREFIX | FL_LOOSE, TRUE},
            {L"Re\x301sume\x301", FL_PREFIX | FL_IGNORENONSPACE, TRUE},
            {L"work", FL_SUBSTRING | FL_LOOSE | 0x800000, TRUE}, /* a flag nobody knows is ignored */
            {L"R\xe9sum\xe9 of Work and more", FL_PREFIX, FALSE},
    };
    SRestriction restriction;
    SPropValue value;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        value = text(cases[i].pattern);
        restriction = content(cases[i].fuzzy, PR_DISPLAY_NAME_W, &value);
        if (holds(&restriction) != cases[i].match)
            fail_msg("case %u", (unsigned)i);
    }
    restriction = content(3, PR_DISPLAY_NAME_W, &value);
    assert_hr(verdict(&restriction), MAPI_E_TOO_COMPLEX);
    value = number(5);
    restriction = content(FL_FULLSTRING, TEST_NUMBER, &value);
    assert_hr(verdict(&restriction), MAPI_E_TOO_COMPLEX);
    restriction = content(FL_FULLSTRING, PR_DISPLAY_NAME_W, &value);
    assert_hr(verdict(&restriction), MAPI_E_TOO_COMPLEX);
    value = text(L"work");
    restriction = content(FL_SUBSTRING | FL_LOOSE, PROP_TAG(PT_UNICODE, 0x6699), &value);
    assert_false(holds(&restriction));
}

/* A text longer than any buffer on the way. */
static void restrict_content_long(void **state)
{
    SPropValue value = text(L"END"), *long_value;
    SRestriction restriction = content(FL_SUBSTRING | FL_LOOSE, PR_DISPLAY_NAME_W, &value);
    static WCHAR long_text[5000];
    struct test_row row;
    BOOL match;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(long_text) - 4; i++)
        long_text[i] = L'x';
    memcpy(long_text + i, L"end", 4 * sizeof(WCHAR));
    test_row(&row, 1);
    long_value = test_value(&row, PR_DISPLAY_NAME_W);
    long_value->Value.lpszW = long_text;
    assert_hr(restriction_match(&restriction, row.values, row.count, &match), S_OK);
    assert_true(match);
    value.Value.lpszW = long_text;
    restriction = content(FL_FULLSTRING | FL_LOOSE, PR_DISPLAY_NAME_W, &value);
    assert_hr(restriction_match(&restriction, row.values, row.count, &match), S_OK);
    assert_true(match);
}

static void restrict_content_binary_and_multiple(void **state)
{
    SPropValue value = {TEST_BYTES, 0, {0}};
    SRestriction restriction = content(FL_SUBSTRING, TEST_BYTES, &value);

    (void)state;
    value.Value.bin.cb = 2;
    value.Value.bin.lpb = (BYTE *)"\2\3";
    assert_true(holds(&restriction));
    restriction = content(FL_PREFIX, TEST_BYTES, &value);
    assert_false(holds(&restriction));
    value.Value.bin.lpb = (BYTE *)"\1\2";
    assert_true(holds(&restriction));
    restriction = content(FL_FULLSTRING, TEST_BYTES, &value);
    assert_false(holds(&restriction));
    value = text(L"gre");
    value.ulPropTag = CHANGE_PROP_TYPE(TEST_TEXTS, PT_UNICODE);
    restriction = content(FL_PREFIX | FL_IGNORECASE, TEST_TEXTS, &value);
    assert_true(holds(&restriction));
    restriction = content(FL_PREFIX, TEST_TEXTS, &value);
    assert_false(holds(&restriction));
}

static void restrict_compare_bitmask_size_exist(void **state)
{
    SRestriction restriction;

    (void)state;
    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_COMPAREPROPS;
    restriction.res.resCompareProps.relop = RELOP_LT;
    restriction.res.resCompareProps.ulPropTag1 = TEST_NUMBER;
    restriction.res.resCompareProps.ulPropTag2 = TEST_OTHER;
    assert_true(holds(&restriction));
    restriction.res.resCompareProps.relop = RELOP_EQ;
    assert_false(holds(&restriction));
    restriction.res.resCompareProps.relop = RELOP_RE;
    assert_hr(verdict(&restriction), MAPI_E_TOO_COMPLEX);
    restriction.res.resCompareProps.relop = RELOP_NE;
    restriction.res.resCompareProps.ulPropTag2 = PROP_TAG(PT_LONG, 0x6699);
    assert_true(holds(&restriction));
    restriction.res.resCompareProps.ulPropTag2 = TEST_DOUBLE;
    assert_hr(verdict(&restriction), MAPI_E_TOO_COMPLEX);

    restriction.rt = RES_BITMASK;
    restriction.res.resBitMask.relBMR = BMR_NEZ;
    restriction.res.resBitMask.ulPropTag = TEST_NUMBER;
    restriction.res.resBitMask.ulMask = 4;
    assert_true(holds(&restriction));
    restriction.res.resBitMask.ulMask = 2;
    assert_false(holds(&restriction));
    restriction.res.resBitMask.relBMR = BMR_EQZ;
    assert_true(holds(&restriction));
    restriction.res.resBitMask.ulPropTag = PROP_TAG(PT_LONG, 0x6699);
    assert_false(holds(&restriction));
    restriction.res.resBitMask.ulPropTag = TEST_DOUBLE;
    assert_hr(verdict(&restriction), MAPI_E_TOO_COMPLEX);
    restriction.res.resBitMask.relBMR = 2;
    assert_hr(verdict(&restriction), MAPI_E_INVALID_PARAMETER);

    restriction.rt = RES_SIZE;
    restriction.res.resSize.relop = RELOP_EQ;
    restriction.res.resSize.ulPropTag = TEST_BYTES;
    restriction.res.resSize.cb = 4;
    assert_true(holds(&restriction));
    restriction.res.resSize.ulPropTag = PR_DISPLAY_NAME_W;
    restriction.res.resSize.cb = 15 * sizeof(WCHAR);
    assert_true(holds(&restriction));
    restriction.res.resSize.ulPropTag = PR_DISPLAY_NAME_A;
    restriction.res.resSize.cb = 15;
    assert_true(holds(&restriction));
    restriction.res.resSize.ulPropTag = TEST_TEXTS;
    restriction.res.resSize.cb = 10 * sizeof(WCHAR);
    assert_true(holds(&restriction));
    restriction.res.resSize.relop = RELOP_GT;
    assert_false(holds(&restriction));
    restriction.res.resSize.relop = 99;
    assert_hr(verdict(&restriction), MAPI_E_INVALID_PARAMETER);

    restriction = exist(TEST_NUMBER);
    assert_true(holds(&restriction));
    restriction = exist(PR_DISPLAY_NAME_A);
    assert_true(holds(&restriction));
    restriction = exist(CHANGE_PROP_TYPE(TEST_NUMBER, PT_UNSPECIFIED));
    assert_true(holds(&restriction));
    restriction = exist(CHANGE_PROP_TYPE(TEST_NUMBER, PT_I2));
    assert_false(holds(&restriction));
    restriction = exist(PROP_TAG(PT_LONG, 0x6699));
    assert_false(holds(&restriction));
}

static void restrict_logic(void **state)
{
    SRestriction parts[3] = {exist(TEST_NUMBER), exist(TEST_OTHER), exist(PROP_TAG(PT_LONG, 0x6699))};
    SRestriction restriction, outer;

    (void)state;
    restriction = several(RES_AND, 2, parts);
    assert_true(holds(&restriction));
    restriction = several(RES_AND, 3, parts);
    assert_false(holds(&restriction));
    outer = not(&restriction);
    assert_true(holds(&outer));
    restriction = several(RES_OR, 3, parts);
    assert_true(holds(&restriction));
    restriction = several(RES_OR, 1, parts + 2);
    assert_false(holds(&restriction));
    restriction = several(RES_AND, 0, NULL);
    assert_true(holds(&restriction));
    restriction = several(RES_OR, 0, NULL);
    assert_false(holds(&restriction));

    memset(&outer, 0, sizeof(outer));
    outer.rt = RES_COMMENT;
    assert_true(holds(&outer));
    outer.res.resComment.lpRes = parts + 2;
    assert_false(holds(&outer));
    outer.res.resComment.lpRes = parts;
    assert_true(holds(&outer));
    outer.rt = RES_SUBRESTRICTION;
    outer.res.resSub.ulSubObject = PR_MESSAGE_RECIPIENTS;
    outer.res.resSub.lpRes = parts;
    assert_hr(verdict(&outer), MAPI_E_TOO_COMPLEX);
    outer = not(&outer);
    assert_hr(verdict(&outer), MAPI_E_TOO_COMPLEX); /* contains itself */
    outer.rt = 0x77;
    assert_hr(verdict(&outer), MAPI_E_INVALID_PARAMETER);
}

/* Nested to a depth, and structures that contain themselves, share their parts without end, or point nowhere. */
static void restrict_hostile(void **state)
{
    SRestriction chain[300], pair[2], restriction;
    SPropValue value = number(5);
    size_t i;

    (void)state;
    for (i = 0; i + 1 < ARRAY_SIZE(chain); i++)
        chain[i] = not(&chain[i + 1]);
    chain[ARRAY_SIZE(chain) - 1] = exist(TEST_NUMBER);
    assert_true(holds(&chain[ARRAY_SIZE(chain) - 101])); /* a hundred times NOT */
    assert_hr(verdict(chain), MAPI_E_TOO_COMPLEX);
    assert_int_not_equal(FBadRestriction(chain), 0);
    assert_int_equal(FBadRestriction(&chain[200]), 0);

    restriction = not(&restriction);
    assert_hr(verdict(&restriction), MAPI_E_TOO_COMPLEX);
    pair[0] = pair[1] = several(RES_AND, 2, pair); /* 2^128 parts */
    assert_hr(verdict(pair), MAPI_E_TOO_COMPLEX);
    assert_int_not_equal(FBadRestriction(pair), 0);

    restriction = several(RES_OR, 0xffffffff, pair);
    assert_hr(verdict(&restriction), MAPI_E_TOO_COMPLEX);
    restriction = several(RES_OR, 60000, (SRestriction *)16);
    assert_hr(verdict(&restriction), MAPI_E_INVALID_PARAMETER);
    restriction = several(RES_AND, 1, NULL);
    assert_hr(verdict(&restriction), MAPI_E_INVALID_PARAMETER);
    restriction = not(NULL);
    assert_hr(verdict(&restriction), MAPI_E_INVALID_PARAMETER);
    restriction = property(RELOP_EQ, TEST_NUMBER, NULL);
    assert_hr(verdict(&restriction), MAPI_E_INVALID_PARAMETER);
    restriction = property(RELOP_EQ, TEST_NUMBER, (SPropValue *)24);
    assert_hr(verdict(&restriction), MAPI_E_INVALID_PARAMETER);
    value = text((WCHAR *)32);
    restriction = property(RELOP_EQ, PR_DISPLAY_NAME_W, &value);
    assert_hr(verdict(&restriction), MAPI_E_INVALID_PARAMETER);
    restriction = content(FL_PREFIX, PR_DISPLAY_NAME_W, &value);
    assert_hr(verdict(&restriction), MAPI_E_INVALID_PARAMETER);
    value.ulPropTag = TEST_BYTES;
    value.Value.bin.cb = 0xffffffff;
    value.Value.bin.lpb = (BYTE *)&value;
    restriction = content(FL_PREFIX, TEST_BYTES, &value);
    assert_hr(verdict(&restriction), MAPI_E_INVALID_PARAMETER);
    assert_hr(verdict((SRestriction *)64), MAPI_E_INVALID_PARAMETER);
    assert_hr(verdict(NULL), MAPI_E_INVALID_PARAMETER);
}

static void restrict_table(void **state)
{
    struct row_set *rows = test_row_set();
    IMAPITable *table = test_view(rows, 0, FALSE);
    SPropValue value = number(3);
    SRestriction restriction = property(RELOP_GE, TEST_NUMBER, &value), self;
    BOOKMARK bookmark;
    ULONG count;
    LONG i;

    (void)state;
    for (i = 1; i <= 5; i++)
        test_put(rows, i, NULL, i);
    assert_hr(IMAPITable_SeekRow(table, BOOKMARK_END, 0, NULL), S_OK);
    assert_hr(IMAPITable_CreateBookmark(table, &bookmark), S_OK);
    assert_hr(IMAPITable_Restrict(table, &restriction, 0), S_OK);
    assert_int_equal(test_current(table), 3); /* the cursor is at the beginning */
    assert_hr(IMAPITable_SeekRow(table, bookmark, 0, NULL), MAPI_E_INVALID_BOOKMARK);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 3);

    /* Rows come into view and leave it. */
    test_put(rows, 1, NULL, 10);
    test_put(rows, 4, NULL, 0);
    test_put(rows, 6, NULL, 6);
    test_put(rows, 7, NULL, 1);
    assert_rows(table, 1, 3, 5, 6);
    assert_hr(test_remove(rows, 7), S_OK);
    assert_hr(test_remove(rows, 6), S_OK);
    assert_rows(table, 1, 3, 5);

    /* A refused restriction changes nothing. */
    self = not(&self);
    assert_hr(IMAPITable_Restrict(table, &self, 0), MAPI_E_TOO_COMPLEX);
    assert_hr(IMAPITable_Restrict(table, (SRestriction *)16, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPITable_Restrict(table, &restriction, 0x10), MAPI_E_UNKNOWN_FLAGS);
    assert_rows(table, 1, 3, 5);
    value.Value.l = 100;
    assert_hr(IMAPITable_Restrict(table, &restriction, TBL_ASYNC), S_OK);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 0);
    assert_hr(IMAPITable_Restrict(table, NULL, TBL_BATCH), S_OK);
    assert_rows(table, 1, 2, 3, 4, 5);
    assert_int_equal(IMAPITable_Release(table), 0);
    row_set_release(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(restrict_property_relations),
            harness_test(restrict_property_types),
            harness_test(restrict_property_multiple),
            harness_test(restrict_content_levels),
            harness_test(restrict_content_long),
            harness_test(restrict_content_binary_and_multiple),
            harness_test(restrict_compare_bitmask_size_exist),
            harness_test(restrict_logic),
            harness_test(restrict_hostile),
            harness_test(restrict_table),
    };

    return harness_run(tests);
}
