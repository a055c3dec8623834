/*
 * The exported property functions: copying, counting, comparing, finding. What they answer for each type
 * is also what other implementations of MAPI are known to answer.
 */
#include "prop_samples.h"

/* Equal, and with nothing in common. */
static void assert_deep_copy(SPropValue *copy, SPropValue *original)
{
    ULONG type = PROP_TYPE(original->ulPropTag), i;

    assert_int_equal(copy->ulPropTag, original->ulPropTag);
    assert_int_equal(LPropCompareProp(copy, original), 0);
    if (type & MV_FLAG)
    {
        assert_int_equal(copy->Value.MVi.cValues, 3);
        assert_ptr_not_equal(copy->Value.MVi.lpi, original->Value.MVi.lpi);
        for (i = 0; i < 3 && (type == PT_MV_STRING8 || type == PT_MV_UNICODE); i++)
            assert_ptr_not_equal(copy->Value.MVszA.lppszA[i], original->Value.MVszA.lppszA[i]);
        if (type == PT_MV_BINARY)
            assert_ptr_not_equal(copy->Value.MVbin.lpbin[2].lpb, bytes);
    }
    else if (type == PT_STRING8 || type == PT_UNICODE || type == PT_CLSID)
    {
        assert_ptr_not_equal(copy->Value.lpszA, original->Value.lpszA);
    }
    else if (type == PT_BINARY)
    {
        assert_ptr_not_equal(copy->Value.bin.lpb, original->Value.bin.lpb);
    }
    else if (type != PT_OBJECT)
    {
        assert_memory_equal(&copy->Value, &original->Value, type == PT_I2 || type == PT_BOOLEAN ? 2 : 4);
    }
}

static void prop_copy_more_types(void **state)
{
    SPropValue source, *dest;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(samples); i++)
    {
        make(samples[i].type, 0x6600, &source);
        assert_hr(MAPIAllocateBuffer(sizeof(*dest), (void **)&dest), S_OK);
        assert_hr(PropCopyMore(dest, &source, MAPIAllocateMore, dest), S_OK);
        assert_deep_copy(dest, &source);
        MAPIFreeBuffer(dest);
    }
    memset(&source, 0, sizeof(source));
    source.ulPropTag = PR_NULL;
    assert_hr(MAPIAllocateBuffer(sizeof(*dest), (void **)&dest), S_OK);
    assert_hr(PropCopyMore(dest, &source, MAPIAllocateMore, dest), S_OK);
    source.ulPropTag = PROP_TAG(0x999, 1);
    assert_hr(PropCopyMore(dest, &source, MAPIAllocateMore, dest), MAPI_E_NO_SUPPORT);
    source.ulPropTag = MVI_PROP(PROP_TAG(PT_LONG, 1));
    assert_hr(PropCopyMore(dest, &source, MAPIAllocateMore, dest), MAPI_E_NO_SUPPORT);
    make(PT_STRING8, 1, &source);
    source.Value.lpszA = (char *)16;
    assert_hr(PropCopyMore(dest, &source, MAPIAllocateMore, dest), MAPI_E_INVALID_PARAMETER);
    assert_hr(PropCopyMore(dest, NULL, MAPIAllocateMore, dest), MAPI_E_INVALID_PARAMETER);
    assert_hr(PropCopyMore(NULL, &source, MAPIAllocateMore, dest), MAPI_E_INVALID_PARAMETER);
    assert_hr(PropCopyMore(dest, &source, NULL, dest), MAPI_E_INVALID_PARAMETER);
    MAPIFreeBuffer(dest);
}

static void prop_size(void **state)
{
    SPropValue value;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(samples); i++)
    {
        make(samples[i].type, 0x6600, &value);
        assert_int_equal(UlPropSize(&value), samples[i].size);
    }
    /* The bytes need not be there yet. */
    make(PT_BINARY, 1, &value);
    value.Value.bin.cb = 19;
    value.Value.bin.lpb = NULL;
    assert_int_equal(UlPropSize(&value), 19);
    make(PT_MV_LONG, 1, &value);
    value.Value.MVl.lpl = NULL;
    assert_int_equal(UlPropSize(&value), 12);
    value.ulPropTag = PROP_TAG(0x999, 1);
    assert_int_equal(UlPropSize(&value), 0);
    assert_int_equal(UlPropSize(NULL), 0);
    make(PT_UNICODE, 1, &value);
    value.Value.lpszW = (WCHAR *)8;
    assert_int_equal(UlPropSize(&value), 0);
}

static void prop_count(void **state)
{
    ULONG size, type;
    SPropValue value;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(samples); i++)
    {
        make(samples[i].type, 0x6600, &value);
        size = 0xcccccccc;
        assert_hr(ScCountProps(1, &value, &size), S_OK);
        assert_int_equal(size, sizeof(value) + samples[i].extra);
        assert_hr(ScCountProps(1, &value, NULL), S_OK);
    }
    for (type = 0; type < 0x10000; type++)
    {
        BOOL known = FALSE;

        for (i = 0; i < ARRAY_SIZE(samples); i++)
            known |= samples[i].type == type;
        if (known)
            continue;
        memset(&value, 0, sizeof(value));
        value.ulPropTag = PROP_TAG(type, 1);
        size = 0xcccccccc;
        assert_hr(ScCountProps(1, &value, &size), MAPI_E_INVALID_PARAMETER);
        assert_int_equal(size, 0xcccccccc);
    }
    make(PT_LONG, PROP_ID_NULL, &value);
    assert_hr(ScCountProps(1, &value, &size), MAPI_E_INVALID_PARAMETER);
    make(PT_LONG, PROP_ID_INVALID, &value);
    assert_hr(ScCountProps(1, &value, &size), MAPI_E_INVALID_PARAMETER);
    make(PT_MV_LONG, 1, &value);
    value.Value.MVl.cValues = 0;
    assert_hr(ScCountProps(1, &value, &size), MAPI_E_INVALID_PARAMETER);
    value.Value.MVl.cValues = 0xffffffff;
    assert_hr(ScCountProps(1, &value, &size), MAPI_E_INVALID_PARAMETER);
    make(PT_BINARY, 1, &value);
    value.Value.bin.cb = 0;
    assert_hr(ScCountProps(1, &value, &size), S_OK);
    assert_hr(ScCountProps(-1, &value, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCountProps(0x7fffffff, &value, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCountProps(1, (SPropValue *)16, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCountProps(1, NULL, &size), MAPI_E_INVALID_PARAMETER);
}

/* All samples in one block, moved there and back, also by way of no memory at all. */
static void prop_copy_and_move(void **state)
{
    SPropValue all[ARRAY_SIZE(samples)], *copy;
    static BYTE first[4096], second[4096];
    ULONG size, copied, moved;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(samples); i++)
        make(samples[i].type, 0x6600 + i, &all[i]);
    assert_hr(ScCountProps(ARRAY_SIZE(all), all, &size), S_OK);
    assert_true(size <= sizeof(first) - 8);
    memset(first, 0xcc, sizeof(first));
    assert_hr(ScCopyProps(ARRAY_SIZE(all), all, first, &copied), S_OK);
    assert_int_equal(copied, size);
    assert_int_equal(first[size], 0xcc);
    for (i = 0; i < ARRAY_SIZE(all); i++)
        assert_deep_copy((SPropValue *)first + i, &all[i]);

    memcpy(second, first, sizeof(first));
    memset(first, 0, sizeof(first)); /* whoever follows an old pointer finds nothing */
    assert_hr(ScRelocProps(ARRAY_SIZE(all), (SPropValue *)second, first, second, &moved), S_OK);
    assert_int_equal(moved, size);
    copy = (SPropValue *)second;
    for (i = 0; i < ARRAY_SIZE(all); i++)
        assert_deep_copy(&copy[i], &all[i]);

    /* To the base 0, as for a file, and back at another address. */
    assert_hr(ScRelocProps(ARRAY_SIZE(all), copy, second, NULL, &moved), S_OK);
    assert_int_equal(moved, size);
    assert_true((UINT_PTR)PpropFindProp(copy, ARRAY_SIZE(all), all[11].ulPropTag)->Value.lpszA < size);
    memcpy(first, second, sizeof(second));
    memset(second, 0xdd, sizeof(second));
    assert_hr(ScRelocProps(ARRAY_SIZE(all), (SPropValue *)first, NULL, first, &moved), S_OK);
    for (i = 0; i < ARRAY_SIZE(all); i++)
        assert_deep_copy((SPropValue *)first + i, &all[i]);
}

static void prop_copy_layout(void **state)
{
    SPropValue value, *copy;
    BYTE block[256], moved[256];
    ULONG size = 0;
    char *one[] = {"Test"};

    (void)state;
    make(PT_MV_STRING8, 1, &value);
    value.Value.MVszA.cValues = 1;
    value.Value.MVszA.lppszA = one;
    assert_hr(ScCopyProps(1, &value, block, &size), S_OK);
    copy = (SPropValue *)block;
    assert_int_equal(size, sizeof(value) + sizeof(char *) + 5);
    assert_ptr_equal(copy->Value.MVszA.lppszA, block + sizeof(value));
    assert_ptr_equal(copy->Value.MVszA.lppszA[0], block + sizeof(value) + sizeof(char *));
    memcpy(moved, block, sizeof(block));
    memset(block, 0, sizeof(block));
    assert_hr(ScRelocProps(1, (SPropValue *)moved, block, moved, &size), S_OK);
    copy = (SPropValue *)moved;
    assert_ptr_equal(copy->Value.MVszA.lppszA[0], moved + sizeof(value) + sizeof(char *));
    assert_string_equal(copy->Value.MVszA.lppszA[0], "Test");
}

static void prop_copy_refusals(void **state)
{
    SPropValue value, copy;
    BYTE block[64], before[64];
    ULONG size;

    (void)state;
    make(PT_LONG, 1, &value);
    assert_hr(ScCopyProps(1, &value, NULL, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCopyProps(1, &value, (void *)16, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCopyProps(-1, &value, block, &size), MAPI_E_INVALID_PARAMETER);
    value.ulPropTag = PROP_TAG(0x999, 1);
    assert_hr(ScCopyProps(1, &value, block, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScRelocProps(1, &value, block, before, &size), MAPI_E_INVALID_PARAMETER);
    make(PT_STRING8, 1, &value);
    value.Value.lpszA = (char *)0x20;
    copy = value;
    assert_hr(ScRelocProps(1, &value, &value, &value, &size), MAPI_E_INVALID_PARAMETER);
    assert_memory_equal(&copy, &value, sizeof(value));
    assert_hr(ScRelocProps(1, NULL, block, before, &size), MAPI_E_INVALID_PARAMETER);
}

static void prop_dup_set(void **state)
{
    SPropValue all[ARRAY_SIZE(samples)], *copy;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(samples); i++)
        make(samples[i].type, 0x6600 + i, &all[i]);
    assert_hr(ScDupPropset(ARRAY_SIZE(all), all, MAPIAllocateBuffer, &copy), S_OK);
    for (i = 0; i < ARRAY_SIZE(all); i++)
        assert_deep_copy(&copy[i], &all[i]);
    MAPIFreeBuffer(copy);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        SCODE sc = ScDupPropset(ARRAY_SIZE(all), all, MAPIAllocateBuffer, &copy);

        assert_hr(sc, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        MAPIFreeBuffer(copy);
    }
    copy = all;
    all[3].ulPropTag = PROP_TAG(0x999, 1);
    assert_hr(ScDupPropset(ARRAY_SIZE(all), all, MAPIAllocateBuffer, &copy), MAPI_E_INVALID_PARAMETER);
    assert_null(copy);
    assert_hr(ScDupPropset(1, all, NULL, &copy), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScDupPropset(1, all, MAPIAllocateBuffer, NULL), MAPI_E_INVALID_PARAMETER);
}

static void prop_contains(void **state)
{
    static const struct
    {
        const char *text, *pattern;
        ULONG fuzzy;
        BOOL in_text, in_bytes;
    } cases[] = {
            {"Full String", "Full String", FL_FULLSTRING, TRUE, TRUE},
            {"Full String", "Full", FL_FULLSTRING, FALSE, FALSE},
            {"Full String", "Full", FL_PREFIX, TRUE, TRUE},
            {"Full String", "Full", FL_SUBSTRING, TRUE, TRUE},
            {"Full String", "full", FL_PREFIX, FALSE, FALSE},
            {"Full String", "full", FL_PREFIX | FL_IGNORECASE, TRUE, FALSE},
            {"Full String", "full", FL_SUBSTRING | FL_LOOSE, TRUE, FALSE},
            {"Full String", "ll St", FL_FULLSTRING, FALSE, FALSE},
            {"Full String", "ll St", FL_PREFIX, FALSE, FALSE},
            {"Full String", "ll St", FL_SUBSTRING, TRUE, TRUE},
            {"Full String", "ll st", FL_SUBSTRING, FALSE, FALSE},
            {"Full String", "ll st", FL_SUBSTRING | FL_IGNORECASE, TRUE, FALSE},
            {"Full String", "ll st", FL_PREFIX | FL_IGNORECASE, FALSE, FALSE},
            {"Full String", "full string", FL_FULLSTRING | FL_IGNORECASE, TRUE, FALSE},
            {"Full String", "Full String", 9, TRUE, TRUE}, /* an unknown level means the whole */
            {"Full String", "Full", 9, FALSE, FALSE},
            {"", "x", FL_SUBSTRING, FALSE, FALSE},
    };
    SPropValue text, pattern;
    ULONG type;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        make(PT_STRING8, 1, &text);
        make(PT_STRING8, 2, &pattern);
        text.Value.lpszA = (char *)cases[i].text;
        pattern.Value.lpszA = (char *)cases[i].pattern;
        assert_int_equal(FPropContainsProp(&text, &pattern, cases[i].fuzzy), cases[i].in_text);
        make(PT_BINARY, 1, &text);
        make(PT_BINARY, 2, &pattern);
        text.Value.bin.cb = strlen(cases[i].text);
        text.Value.bin.lpb = (BYTE *)cases[i].text;
        pattern.Value.bin.cb = strlen(cases[i].pattern);
        pattern.Value.bin.lpb = (BYTE *)cases[i].pattern;
        assert_int_equal(FPropContainsProp(&text, &pattern, cases[i].fuzzy), cases[i].in_bytes);
    }
    for (type = 0; type < 0x10000; type++)
    {
        if (type == PT_STRING8 || type == PT_BINARY)
            continue;
        memset(&text, 0, sizeof(text));
        text.ulPropTag = type;
        pattern = text;
        assert_false(FPropContainsProp(&text, &pattern, FL_FULLSTRING));
    }
    make(PT_STRING8, 1, &text);
    make(PT_UNICODE, 1, &pattern);
    assert_false(FPropContainsProp(&text, &pattern, FL_FULLSTRING));
    assert_false(FPropContainsProp(NULL, &pattern, FL_FULLSTRING));
    pattern = text;
    pattern.Value.lpszA = (char *)16;
    assert_false(FPropContainsProp(&text, &pattern, FL_FULLSTRING));
}

/* Two values of a type that stand for 1 and 2. */
static BOOL make_pair(ULONG type, LONG a, SPropValue *value, GUID *guid, char *text, WCHAR *wide)
{
    memset(value, 0, sizeof(*value));
    value->ulPropTag = PROP_TAG(type, 0x6600);
    memset(guid, 0, sizeof(*guid));
    guid->Data4[7] = (BYTE)a;
    text[0] = (char)('0' + a);
    wide[0] = (WCHAR)('0' + a);
    text[1] = 0;
    wide[1] = 0;
    switch (type)
    {
    case PT_I2:
    case PT_BOOLEAN:
        value->Value.i = (SHORT)a;
        return TRUE;
    case PT_LONG:
    case PT_ERROR:
        value->Value.l = a;
        return TRUE;
    case PT_R4:
        value->Value.flt = (float)a;
        return TRUE;
    case PT_DOUBLE:
    case PT_APPTIME:
        value->Value.dbl = a;
        return TRUE;
    case PT_CURRENCY:
    case PT_I8:
    case PT_SYSTIME:
        value->Value.li.QuadPart = a;
        return TRUE;
    case PT_CLSID:
        value->Value.lpguid = guid;
        return TRUE;
    case PT_STRING8:
        value->Value.lpszA = text;
        return TRUE;
    case PT_UNICODE:
        value->Value.lpszW = wide;
        return TRUE;
    case PT_BINARY:
        value->Value.bin.cb = 1;
        value->Value.bin.lpb = (BYTE *)text;
        return TRUE;
    default:
        return FALSE;
    }
}

static void prop_compare(void **state)
{
    static const BOOL expected[6][3] = {
            /* first less, equal, greater */
            {TRUE, FALSE, FALSE}, /* LT */
            {TRUE, TRUE, FALSE},  /* LE */
            {FALSE, FALSE, TRUE}, /* GT */
            {FALSE, TRUE, TRUE},  /* GE */
            {FALSE, TRUE, FALSE}, /* EQ */
            {TRUE, FALSE, TRUE},  /* NE */
    };
    SPropValue a, b;
    GUID guid_a, guid_b;
    char text_a[2], text_b[2];
    WCHAR wide_a[2], wide_b[2];
    ULONG relop;
    size_t i, j;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(samples); i++)
    {
        for (j = 0; j < 3; j++)
        {
            LONG order = (LONG)j - 1;

            if (!make_pair(samples[i].type, j == 2 ? 2 : 1, &a, &guid_a, text_a, wide_a)
                || !make_pair(samples[i].type, j == 0 ? 2 : 1, &b, &guid_b, text_b, wide_b))
                continue;
            if (samples[i].type == PT_BOOLEAN)
                order = 0; /* both are set */
            assert_int_equal(LPropCompareProp(&a, &b), order);
            for (relop = RELOP_LT; relop <= RELOP_NE; relop++)
                assert_int_equal(FPropCompareProp(&a, relop, &b), expected[relop][order + 1]);
            assert_false(FPropCompareProp(&a, RELOP_RE, &b));
            assert_false(FPropCompareProp(&a, 99, &b));
        }
    }
    make(PT_LONG, 1, &a);
    make(PT_I2, 1, &b);
    assert_false(FPropCompareProp(&a, RELOP_NE, &b));
    assert_int_equal(LPropCompareProp(&a, &b), 1);
    assert_false(FPropCompareProp(&a, RELOP_EQ, NULL));
    assert_false(FPropCompareProp((SPropValue *)16, RELOP_EQ, &a));
    /* Strings are ordered as people read. */
    make(PT_STRING8, 1, &a);
    make(PT_STRING8, 1, &b);
    a.Value.lpszA = "apple";
    b.Value.lpszA = "Banana";
    assert_int_equal(LPropCompareProp(&a, &b), -1);
    make(PT_MV_LONG, 1, &a);
    make(PT_MV_LONG, 1, &b);
    b.Value.MVl.cValues = 2;
    assert_int_equal(LPropCompareProp(&a, &b), 1);
}

static void prop_find(void **state)
{
    SPropValue values[3];

    (void)state;
    make(PT_LONG, 1, &values[0]);
    make(PT_ERROR, 2, &values[1]);
    make(PT_LONG, 2, &values[2]);
    assert_ptr_equal(PpropFindProp(values, 3, PROP_TAG(PT_LONG, 2)), &values[2]);
    assert_ptr_equal(PpropFindProp(values, 3, PROP_TAG(PT_UNSPECIFIED, 2)), &values[1]);
    assert_null(PpropFindProp(values, 3, PROP_TAG(PT_I2, 2)));
    assert_null(PpropFindProp(values, 3, PROP_TAG(PT_UNSPECIFIED, 3)));
    assert_null(PpropFindProp(values, 0, PROP_TAG(PT_LONG, 1)));
    assert_null(PpropFindProp(NULL, 3, PROP_TAG(PT_LONG, 1)));
    assert_null(PpropFindProp((SPropValue *)16, 3, PROP_TAG(PT_LONG, 1)));
    assert_ptr_equal(LpValFindProp(PROP_TAG(PT_LONG, 2), 3, values), &values[2]);
    assert_ptr_equal(LpValFindProp(PROP_TAG(PT_NULL, 2), 3, values), &values[1]);
    assert_ptr_equal(LpValFindProp(PROP_TAG(PT_UNSPECIFIED, 2), 3, values), &values[1]);
    assert_null(LpValFindProp(PROP_TAG(PT_LONG, 0), 3, values));
    assert_null(LpValFindProp(PROP_TAG(PT_NULL, 0), 3, values));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(prop_copy_more_types), harness_test(prop_size),
            harness_test(prop_count),           harness_test(prop_copy_and_move),
            harness_test(prop_copy_layout),     harness_test(prop_copy_refusals),
            harness_test(prop_dup_set),         harness_test(prop_contains),
            harness_test(prop_compare),         harness_test(prop_find),
    };

    return harness_run(tests);
}
