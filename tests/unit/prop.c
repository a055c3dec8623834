/*
 * Property values inside the DLL: copies, conversion, order, bags.
 */
#include "harness.h"

#include "prop/layout.h"

static SPropValue number(ULONG tag, LONG value)
{
    SPropValue prop = {tag, 0, {0}};

    prop.Value.l = value;
    return prop;
}

static void prop_types(void **state)
{
    struct prop_shape shape;

    (void)state;
    assert_true(prop_shape_of(PT_MV_BINARY, &shape));
    assert_true(shape.multiple);
    assert_int_equal(shape.kind, PROP_KIND_BYTES);
    assert_true(prop_shape_of(PT_NULL, &shape));
    assert_false(prop_shape_of(MV_FLAG | PT_NULL, &shape));
    assert_false(prop_shape_of(MV_FLAG | PT_BOOLEAN, &shape));
    assert_false(prop_shape_of(MV_INSTANCE | PT_MV_LONG, &shape));
    assert_false(prop_shape_of(8, &shape));
    assert_int_equal(prop_type_with_width(PT_MV_STRING8, TRUE), PT_MV_UNICODE);
    assert_int_equal(prop_type_with_width(PT_UNICODE, FALSE), PT_STRING8);
    assert_int_equal(prop_type_with_width(PT_BINARY, FALSE), PT_BINARY);
}

static void prop_valid_refuses(void **state)
{
    SizedSPropTagArray(1, tags) = {0x40000000, {PR_ROWID}};
    SPropValue value = number(PR_ROWID, 1);

    (void)state;
    assert_true(prop_valid(&value));
    assert_false(prop_valid(NULL));
    assert_false(prop_valid((SPropValue *)8));
    value.ulPropTag = PR_ENTRYID;
    value.Value.bin.cb = 0x7fffffff;
    value.Value.bin.lpb = (BYTE *)&value;
    assert_false(prop_valid(&value));
    value.ulPropTag = PROP_TAG(PT_MV_DOUBLE, 1);
    value.Value.MVdbl.cValues = 0x20000001; /* 8 bytes each: wraps on 32 bits */
    assert_false(prop_valid(&value));
    assert_false(prop_tags_valid((SPropTagArray *)&tags));
    assert_false(prop_tags_valid(NULL));
    tags.cValues = 1;
    assert_true(prop_tags_valid((SPropTagArray *)&tags));
}

static void prop_dup_and_convert(void **state)
{
    SPropValue source = {PR_DISPLAY_NAME_W, 0, {0}}, *copy, dest;
    WCHAR *several[] = {L"eins", L"zwei"};

    (void)state;
    source.Value.lpszW = L"text";
    assert_hr(prop_dup(&source, 1, &copy), S_OK);
    assert_int_equal(prop_order(copy, &source), 0);
    assert_hr(prop_convert_more(&dest, &source, PR_DISPLAY_NAME_A, 0, copy), S_OK);
    assert_int_equal(dest.ulPropTag, PR_DISPLAY_NAME_A);
    assert_string_equal(dest.Value.lpszA, "text");
    assert_int_equal(prop_order(&dest, &source), 0); /* widths may be mixed */
    assert_hr(prop_convert_more(&dest, &source, CHANGE_PROP_TYPE(PR_DISPLAY_NAME_W, PT_UNSPECIFIED), 0, copy), S_OK);
    assert_int_equal(dest.ulPropTag, PR_DISPLAY_NAME_A);
    assert_hr(
            prop_convert_more(&dest, &source, CHANGE_PROP_TYPE(PR_DISPLAY_NAME_W, PT_UNSPECIFIED), MAPI_UNICODE, copy),
            S_OK);
    assert_int_equal(dest.ulPropTag, PR_DISPLAY_NAME_W);
    assert_hr(prop_convert_more(&dest, &source, CHANGE_PROP_TYPE(PR_DISPLAY_NAME_W, PT_LONG), 0, copy), S_OK);
    assert_int_equal(dest.ulPropTag, CHANGE_PROP_TYPE(PR_DISPLAY_NAME_W, PT_ERROR));
    assert_hr(dest.Value.err, MAPI_E_NOT_FOUND);
    source.ulPropTag = PROP_TAG(PT_MV_UNICODE, 0x6600);
    source.Value.MVszW.cValues = 2;
    source.Value.MVszW.lppszW = several;
    assert_hr(prop_convert_more(&dest, &source, PROP_TAG(PT_MV_STRING8, 0x6600), 0, copy), S_OK);
    assert_string_equal(dest.Value.MVszA.lppszA[1], "zwei");
    source.ulPropTag = PROP_TAG(8, 1);
    assert_hr(prop_copy_more(&dest, &source, copy), MAPI_E_INVALID_PARAMETER);
    MAPIFreeBuffer(copy);
    assert_hr(prop_dup(NULL, 1, &copy), MAPI_E_INVALID_PARAMETER);
    assert_null(copy);
}

static void prop_dup_frees(void **state)
{
    SPropValue source = {PR_DISPLAY_NAME_W, 0, {0}}, *copy;

    (void)state;
    source.Value.lpszW = L"text";
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        HRESULT hr = prop_dup(&source, 1, &copy);

        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        if (SUCCEEDED(hr))
            assert_ptr_not_equal(copy->Value.lpszW, source.Value.lpszW);
        MAPIFreeBuffer(copy);
    }
}

static void prop_order_of_types(void **state)
{
    SPropValue a = number(PR_ROWID, 5), b = number(PR_ROWID, -5), c = number(CHANGE_PROP_TYPE(PR_ROWID, PT_BOOLEAN), 1);
    SPropValue nan = {PROP_TAG(PT_DOUBLE, 1), 0, {0}}, one = nan;

    (void)state;
    assert_int_equal(prop_order(&a, &b), 1);
    assert_int_equal(prop_order(&b, &a), -1);
    assert_int_equal(prop_order(&a, &c), -1);
    assert_int_equal(prop_order(&c, &a), 1);
    nan.Value.li.QuadPart = 0x7ff8000000000000;
    one.Value.dbl = -1e300;
    assert_int_equal(prop_order(&nan, &one), -1);
    assert_int_equal(prop_order(&one, &nan), 1);
    assert_int_equal(prop_order(&nan, &nan), 0);
}

static void bag_set_and_find(void **state)
{
    SPropValue bad = {PROP_TAG(8, 1), 0, {0}};
    struct prop_bag bag;

    (void)state;
    prop_bag_init(&bag);
    assert_null(prop_bag_find(&bag, PR_ROWID));
    assert_hr(prop_bag_set_long(&bag, PR_ROWID, 3), S_OK);
    assert_hr(prop_bag_set_text(&bag, PR_DISPLAY_NAME_A, L"name"), S_OK);
    assert_hr(prop_bag_set_bool(&bag, PR_DEFAULT_STORE, 8), S_OK);
    assert_hr(prop_bag_set_binary(&bag, PR_ENTRYID, "abc", 3), S_OK);
    assert_int_equal(bag.count, 4);
    assert_int_equal(prop_bag_find(&bag, PR_DISPLAY_NAME_A)->ulPropTag, PR_DISPLAY_NAME_W);
    assert_int_equal(prop_bag_find(&bag, PR_DEFAULT_STORE)->Value.b, TRUE);
    assert_int_equal(prop_bag_find(&bag, CHANGE_PROP_TYPE(PR_ENTRYID, PT_UNSPECIFIED))->Value.bin.cb, 3);
    /* Same id: replaced, also with another type. */
    assert_hr(prop_bag_set_text(&bag, PR_ROWID, L"three"), S_OK);
    assert_int_equal(bag.count, 4);
    assert_int_equal(PROP_TYPE(prop_bag_find(&bag, PR_ROWID)->ulPropTag), PT_UNICODE);
    assert_hr(prop_bag_set(&bag, &bad), MAPI_E_INVALID_PARAMETER);
    assert_hr(prop_bag_set_text(&bag, PR_ROWID, (WCHAR *)16), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(wcscmp(prop_bag_find(&bag, PR_ROWID)->Value.lpszW, L"three"), 0);
    assert_true(prop_bag_remove(&bag, PR_ROWID));
    assert_false(prop_bag_remove(&bag, PR_ROWID));
    assert_int_equal(bag.count, 3);
    prop_bag_clear(&bag);
    assert_int_equal(bag.count, 0);
}

static void bag_get(void **state)
{
    SizedSPropTagArray(5, tags) = {5,
                                   {PR_ENTRYID, PR_DISPLAY_NAME_A, CHANGE_PROP_TYPE(PR_DISPLAY_NAME_A, PT_UNSPECIFIED),
                                    PR_COMMENT_W, CHANGE_PROP_TYPE(PR_ENTRYID, PT_LONG)}};
    struct prop_bag bag;
    SPropTagArray *list;
    SPropValue *values;
    ULONG count;

    (void)state;
    prop_bag_init(&bag);
    assert_hr(prop_bag_get(&bag, NULL, 0, &count, &values), S_OK);
    assert_int_equal(count, 0);
    assert_null(values);
    assert_hr(prop_bag_set_text(&bag, PR_DISPLAY_NAME_A, L"name"), S_OK);
    assert_hr(prop_bag_set_binary(&bag, PR_ENTRYID, "abc", 3), S_OK);
    assert_hr(prop_bag_get(&bag, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &values), MAPI_W_ERRORS_RETURNED);
    assert_int_equal(count, 5);
    assert_memory_equal(values[0].Value.bin.lpb, "abc", 3);
    assert_string_equal(values[1].Value.lpszA, "name");
    assert_int_equal(values[2].ulPropTag, PR_DISPLAY_NAME_W);
    assert_int_equal(values[3].ulPropTag, CHANGE_PROP_TYPE(PR_COMMENT_W, PT_ERROR));
    assert_hr(values[3].Value.err, MAPI_E_NOT_FOUND);
    assert_int_equal(values[4].ulPropTag, CHANGE_PROP_TYPE(PR_ENTRYID, PT_ERROR));
    MAPIFreeBuffer(values);
    assert_hr(prop_bag_get(&bag, NULL, 0, &count, &values), S_OK);
    assert_int_equal(count, 2);
    assert_int_equal(values[0].ulPropTag, PR_DISPLAY_NAME_A);
    MAPIFreeBuffer(values);
    assert_hr(prop_bag_get(&bag, NULL, 4, &count, &values), MAPI_E_UNKNOWN_FLAGS);
    assert_null(values);
    tags.cValues = 0;
    assert_hr(prop_bag_get(&bag, (SPropTagArray *)&tags, 0, &count, &values), MAPI_E_INVALID_PARAMETER);
    assert_hr(prop_bag_get(&bag, (SPropTagArray *)16, 0, &count, &values), MAPI_E_INVALID_PARAMETER);

    assert_hr(prop_bag_list(&bag, MAPI_UNICODE, &list), S_OK);
    assert_int_equal(list->cValues, 2);
    assert_int_equal(list->aulPropTag[0], PR_DISPLAY_NAME_W);
    MAPIFreeBuffer(list);
    assert_hr(prop_bag_list(&bag, 0, &list), S_OK);
    assert_int_equal(list->aulPropTag[0], PR_DISPLAY_NAME_A);
    MAPIFreeBuffer(list);
    assert_hr(prop_bag_list(&bag, 1, &list), MAPI_E_UNKNOWN_FLAGS);
    prop_bag_clear(&bag);
}

static void bag_out_of_memory(void **state)
{
    (void)state;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        SPropTagArray *list = NULL;
        SPropValue *values = NULL;
        struct prop_bag bag;
        ULONG count, i;
        HRESULT hr = S_OK;

        prop_bag_init(&bag);
        for (i = 0; SUCCEEDED(hr) && i < 20; i++)
        {
            hr = prop_bag_set_long(&bag, PROP_TAG(PT_LONG, 0x6600 + i / 2), i);
            if (FAILED(hr) && i % 2) /* the old one is still there */
                assert_int_equal(prop_bag_find(&bag, PROP_TAG(PT_LONG, 0x6600 + i / 2))->Value.l, i - 1);
        }
        if (SUCCEEDED(hr))
            hr = prop_bag_get(&bag, NULL, 0, &count, &values);
        if (SUCCEEDED(hr))
            hr = prop_bag_list(&bag, 0, &list);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        MAPIFreeBuffer(values);
        MAPIFreeBuffer(list);
        prop_bag_clear(&bag);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(prop_types),     harness_test(prop_valid_refuses),  harness_test(prop_dup_and_convert),
            harness_test(prop_dup_frees), harness_test(prop_order_of_types), harness_test(bag_set_and_find),
            harness_test(bag_get),        harness_test(bag_out_of_memory),
    };

    return harness_run(tests);
}
