/*
 * The FBad* functions and FEqualNames: every type, and structures that mean harm.
 */
#include "prop_samples.h"

#include <mapival.h>

static BOOL single_type(ULONG type)
{
    switch (type)
    {
    case PT_UNSPECIFIED:
    case PT_NULL:
    case PT_I2:
    case PT_LONG:
    case PT_R4:
    case PT_DOUBLE:
    case PT_CURRENCY:
    case PT_APPTIME:
    case PT_ERROR:
    case PT_BOOLEAN:
    case PT_OBJECT:
    case PT_I8:
    case PT_STRING8:
    case PT_UNICODE:
    case PT_SYSTIME:
    case PT_CLSID:
    case PT_BINARY:
        return TRUE;
    default:
        return FALSE;
    }
}

static void bad_tags(void **state)
{
    SizedSPropTagArray(2, tags) = {1, {0, 0}};
    ULONG type;

    (void)state;
    for (type = 0; type < 0x10000; type++)
    {
        BOOL known = single_type(type & ~(ULONG)MV_FLAG);

        assert_int_equal(FBadPropTag(PROP_TAG(type, 0x3001)), !known);
        tags.aulPropTag[0] = type;
        assert_int_equal(FBadColumnSet((SPropTagArray *)&tags), !known || type == PT_ERROR);
    }
    tags.cValues = 2;
    tags.aulPropTag[0] = tags.aulPropTag[1] = PR_NULL;
    assert_int_equal(FBadColumnSet((SPropTagArray *)&tags), 0);
    tags.cValues = 0xffffffff;
    assert_int_not_equal(FBadColumnSet((SPropTagArray *)&tags), 0);
    assert_int_not_equal(FBadColumnSet(NULL), 0);
    assert_int_not_equal(FBadColumnSet((SPropTagArray *)16), 0);
}

static void bad_props(void **state)
{
    SPropValue value;
    GUID guid;
    ULONG type;
    size_t i;

    (void)state;
    for (type = 0; type < 0x10000; type++)
    {
        memset(&value, 0, sizeof(value));
        value.ulPropTag = type;
        if (type == PT_STRING8 || type == PT_UNICODE)
            value.Value.lpszW = L"";
        if (type == PT_CLSID)
            value.Value.lpguid = &guid;
        assert_int_equal(FBadProp(&value), !single_type(type & ~(ULONG)MV_FLAG));
    }
    for (i = 0; i < ARRAY_SIZE(samples); i++)
    {
        make(samples[i].type, 1, &value);
        if (samples[i].type == PT_BOOLEAN)
            value.Value.b = TRUE;
        assert_int_equal(FBadProp(&value), 0);
    }
    make(PT_BOOLEAN, 1, &value);
    value.Value.b = 2;
    assert_int_not_equal(FBadProp(&value), 0);
    assert_int_not_equal(FBadProp(NULL), 0);
    assert_int_not_equal(FBadProp((SPropValue *)16), 0);
    make(PT_BINARY, 1, &value);
    value.Value.bin.lpb = NULL;
    assert_int_not_equal(FBadProp(&value), 0);
    make(PT_MV_UNICODE, 1, &value);
    value.Value.MVszW.cValues = 0x40000000;
    assert_int_not_equal(FBadProp(&value), 0);
    make(PT_CLSID, 1, &value);
    value.Value.lpguid = NULL;
    assert_int_not_equal(FBadProp(&value), 0);
}

/* A string right before memory that cannot be read: without its terminator it is bad, and nothing is read beyond. */
static void bad_at_the_edge(void **state)
{
    SYSTEM_INFO system;
    SPropValue value;
    BYTE *pages;

    (void)state;
    GetSystemInfo(&system);
    pages = VirtualAlloc(NULL, 2 * system.dwPageSize, MEM_RESERVE, PAGE_NOACCESS);
    assert_non_null(pages);
    assert_non_null(VirtualAlloc(pages, system.dwPageSize, MEM_COMMIT, PAGE_READWRITE));
    memset(pages, 'x', system.dwPageSize);
    make(PT_STRING8, 1, &value);
    value.Value.lpszA = (char *)pages + system.dwPageSize - 5;
    assert_int_not_equal(FBadProp(&value), 0);
    make(PT_UNICODE, 1, &value);
    value.Value.lpszW = (WCHAR *)(pages + system.dwPageSize - 5);
    assert_int_not_equal(FBadProp(&value), 0);
    pages[system.dwPageSize - 1] = 0;
    assert_int_not_equal(FBadProp(&value), 0); /* one zero byte ends no wide string */
    make(PT_STRING8, 1, &value);
    value.Value.lpszA = (char *)pages + system.dwPageSize - 5;
    assert_int_equal(FBadProp(&value), 0);
    make(PT_BINARY, 1, &value);
    value.Value.bin.lpb = pages + system.dwPageSize - 4;
    value.Value.bin.cb = 4;
    assert_int_equal(FBadProp(&value), 0);
    value.Value.bin.cb = 5;
    assert_int_not_equal(FBadProp(&value), 0);
    VirtualFree(pages, 0, MEM_RELEASE);
}

static void bad_rows(void **state)
{
    SPropValue values[2];
    SRow row = {0, 2, values};
    struct
    {
        ULONG count;
        SRow rows[2];
    } set = {2, {{0, 2, values}, {0, 0, NULL}}};

    (void)state;
    make(PT_LONG, 1, &values[0]);
    make(PT_STRING8, 2, &values[1]);
    assert_int_equal(FBadRow(&row), 0);
    assert_int_equal(FBadRowSet((SRowSet *)&set), 0);
    values[1].Value.lpszA = (char *)16;
    assert_int_not_equal(FBadRow(&row), 0);
    assert_int_not_equal(FBadRowSet((SRowSet *)&set), 0);
    set.count = 0;
    assert_int_equal(FBadRowSet((SRowSet *)&set), 0);
    set.count = 0xffffffff;
    assert_int_not_equal(FBadRowSet((SRowSet *)&set), 0);
    row.cValues = 0x10000000;
    assert_int_not_equal(FBadRow(&row), 0);
    assert_int_not_equal(FBadRow(NULL), 0);
    assert_int_not_equal(FBadRowSet(NULL), 0);
}

static void bad_sort_orders(void **state)
{
    SizedSSortOrderSet(2, order) = {2, 1, 1, {{PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND}, {PR_ROWID, TABLE_SORT_DESCEND}}};
    SSortOrderSet *sort = (SSortOrderSet *)&order;

    (void)state;
    assert_int_equal(FBadSortOrderSet(sort), 0);
    sort->cCategories = 3;
    assert_int_not_equal(FBadSortOrderSet(sort), 0);
    sort->cCategories = 0;
    assert_int_not_equal(FBadSortOrderSet(sort), 0); /* more expanded than categories */
    sort->cExpanded = 0;
    sort->aSort[1].ulOrder = 3;
    assert_int_not_equal(FBadSortOrderSet(sort), 0);
    sort->aSort[1].ulOrder = TABLE_SORT_COMBINE;
    sort->aSort[1].ulPropTag = PROP_TAG(0x999, 1);
    assert_int_not_equal(FBadSortOrderSet(sort), 0);
    sort->cSorts = 0x20000000;
    assert_int_not_equal(FBadSortOrderSet(sort), 0);
    assert_int_not_equal(FBadSortOrderSet(NULL), 0);
}

static void bad_restrictions(void **state)
{
    SRestriction restriction, parts[2];
    SPropValue value;

    (void)state;
    make(PT_LONG, 1, &value);
    memset(&restriction, 0, sizeof(restriction));
    memset(parts, 0, sizeof(parts));
    restriction.rt = RES_AND;
    restriction.res.resAnd.cRes = 2;
    restriction.res.resAnd.lpRes = parts;
    parts[0].rt = RES_EXIST;
    parts[0].res.resExist.ulPropTag = PR_ROWID;
    parts[1].rt = RES_PROPERTY;
    parts[1].res.resProperty.relop = RELOP_RE;
    parts[1].res.resProperty.ulPropTag = PR_ROWID;
    parts[1].res.resProperty.lpProp = &value;
    assert_int_equal(FBadRestriction(&restriction), 0);
    parts[1].res.resProperty.relop = RELOP_RE + 1;
    assert_int_not_equal(FBadRestriction(&restriction), 0);
    parts[1].res.resProperty.relop = RELOP_EQ;
    parts[1].res.resProperty.lpProp = NULL;
    assert_int_not_equal(FBadRestriction(&restriction), 0);
    parts[1].rt = RES_SUBRESTRICTION;
    parts[1].res.resSub.ulSubObject = PR_MESSAGE_RECIPIENTS;
    parts[1].res.resSub.lpRes = parts;
    assert_int_equal(FBadRestriction(&restriction), 0);
    restriction.rt = RES_NOT;
    restriction.res.resNot.lpRes = &restriction;
    assert_int_not_equal(FBadRestriction(&restriction), 0);
    restriction.rt = 0x50;
    assert_int_not_equal(FBadRestriction(&restriction), 0);
    assert_int_not_equal(FBadRestriction(NULL), 0);
}

static void bad_entry_lists(void **state)
{
    SBinary entries[2] = {{5, bytes}, {7, bytes}};
    ENTRYLIST list = {2, entries};

    (void)state;
    assert_false(FBadEntryList(&list));
    entries[1].cb = 3;
    assert_true(FBadEntryList(&list));
    entries[1].cb = 7;
    entries[1].lpb = (BYTE *)16;
    assert_true(FBadEntryList(&list));
    list.cValues = 0x7fffffff;
    assert_true(FBadEntryList(&list));
    list.cValues = 0;
    assert_false(FBadEntryList(&list));
    assert_true(FBadEntryList(NULL));
}

static void equal_names(void **state)
{
    GUID set = {1, 2, 3, {4}}, same = set, other = {9, 2, 3, {4}};
    MAPINAMEID a = {&set, MNID_ID, {7}}, b = {&same, MNID_ID, {7}};

    (void)state;
    assert_true(FEqualNames(&a, &b));
    b.Kind.lID = 8;
    assert_false(FEqualNames(&a, &b));
    b.Kind.lID = 7;
    b.lpguid = &other;
    assert_false(FEqualNames(&a, &b));
    b.lpguid = NULL;
    assert_false(FEqualNames(&a, &b));
    b.lpguid = &same;
    a.ulKind = b.ulKind = MNID_STRING;
    a.Kind.lpwstrName = L"Name";
    b.Kind.lpwstrName = L"Name";
    assert_true(FEqualNames(&a, &b));
    b.Kind.lpwstrName = L"name";
    assert_false(FEqualNames(&a, &b));
    b.Kind.lpwstrName = (WCHAR *)16;
    assert_false(FEqualNames(&a, &b));
    b.ulKind = MNID_ID;
    assert_false(FEqualNames(&a, &b));
    assert_false(FEqualNames(NULL, &b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(bad_tags),        harness_test(bad_props),       harness_test(bad_at_the_edge),
            harness_test(bad_rows),        harness_test(bad_sort_orders), harness_test(bad_restrictions),
            harness_test(bad_entry_lists), harness_test(equal_names),
    };

    return harness_run(tests);
}
