/*
 * FreeProws, FreePadrlist, HrQueryAllRows, and the functions for one property of an object, against a table and an
 * object of the test's own.
 */
#include "harness.h"

/* A table that hands out numbered rows, some at a time, and keeps a record of what it was asked to do. */
struct fake_table
{
    IMAPITable IMAPITable_iface;
    ULONG rows, position, at_once;
    ULONG set_columns, restricts, sorts;
    HRESULT fail_columns, fail_rows;
};

static struct fake_table *table_of(IMAPITable *iface)
{
    return CONTAINING_RECORD(iface, struct fake_table, IMAPITable_iface);
}

static HRESULT WINAPI fake_SetColumns(IMAPITable *iface, SPropTagArray *tags, ULONG flags)
{
    (void)tags;
    (void)flags;
    table_of(iface)->set_columns++;
    return table_of(iface)->fail_columns;
}

static HRESULT WINAPI fake_Restrict(IMAPITable *iface, SRestriction *restriction, ULONG flags)
{
    (void)restriction;
    (void)flags;
    table_of(iface)->restricts++;
    return S_OK;
}

static HRESULT WINAPI fake_SortTable(IMAPITable *iface, SSortOrderSet *sort, ULONG flags)
{
    (void)sort;
    (void)flags;
    table_of(iface)->sorts++;
    return S_OK;
}

static HRESULT WINAPI fake_SeekRow(IMAPITable *iface, BOOKMARK origin, LONG count, LONG *sought)
{
    (void)origin;
    (void)count;
    (void)sought;
    table_of(iface)->position = 0;
    return S_OK;
}

static HRESULT WINAPI fake_QueryRows(IMAPITable *iface, LONG count, ULONG flags, SRowSet **out)
{
    struct fake_table *table = table_of(iface);
    ULONG rows = table->rows - table->position, i;
    SRowSet *set;

    (void)flags;
    if (FAILED(table->fail_rows) && table->position)
        return table->fail_rows;
    rows = min(rows, table->at_once);
    rows = min(rows, (ULONG)count);
    if (FAILED(MAPIAllocateBuffer(CbNewSRowSet(rows), (void **)&set)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(set, 0, CbNewSRowSet(rows));
    for (i = 0; i < rows; i++)
    {
        if (FAILED(MAPIAllocateBuffer(sizeof(SPropValue), (void **)&set->aRow[i].lpProps)))
        {
            set->cRows = i;
            FreeProws(set);
            return MAPI_E_NOT_ENOUGH_MEMORY;
        }
        set->aRow[i].cValues = 1;
        set->aRow[i].lpProps[0].ulPropTag = PR_ROWID;
        set->aRow[i].lpProps[0].Value.l = table->position + i;
    }
    set->cRows = rows;
    table->position += rows;
    *out = set;
    return S_OK;
}

static IMAPITableVtbl fake_table_vtbl;

static void fake_table(struct fake_table *table, ULONG rows, ULONG at_once)
{
    memset(table, 0, sizeof(*table));
    fake_table_vtbl.SetColumns = fake_SetColumns;
    fake_table_vtbl.Restrict = fake_Restrict;
    fake_table_vtbl.SortTable = fake_SortTable;
    fake_table_vtbl.SeekRow = fake_SeekRow;
    fake_table_vtbl.QueryRows = fake_QueryRows;
    table->IMAPITable_iface.lpVtbl = &fake_table_vtbl;
    table->rows = rows;
    table->at_once = at_once;
}

static void rows_free(void **state)
{
    struct fake_table table;
    SRowSet *set;

    (void)state;
    FreeProws(NULL);
    FreePadrlist(NULL);
    FreeProws((SRowSet *)16);
    fake_table(&table, 5, 100);
    assert_hr(HrQueryAllRows(&table.IMAPITable_iface, NULL, NULL, NULL, 0, &set), S_OK);
    /* A row that was taken. */
    MAPIFreeBuffer(set->aRow[2].lpProps);
    memset(&set->aRow[2], 0, sizeof(set->aRow[2]));
    FreeProws(set);
    table.position = 0;
    assert_hr(fake_QueryRows(&table.IMAPITable_iface, 5, 0, &set), S_OK);
    FreePadrlist((ADRLIST *)set); /* the same structure under another name */
}

static void rows_free_impossible_count(void **state)
{
    SRowSet *set;

    (void)state;
    assert_hr(MAPIAllocateBuffer(CbNewSRowSet(1), (void **)&set), S_OK);
    memset(set, 0, CbNewSRowSet(1));
    set->cRows = 0xffffffff;
    FreeProws(set); /* no crash, and the set itself is freed: the harness counts */
}

static void rows_query_all(void **state)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_ROWID, TABLE_SORT_ASCEND}}};
    SRestriction restriction;
    struct fake_table table;
    SRowSet *set;
    ULONG i;

    (void)state;
    memset(&restriction, 0, sizeof(restriction));
    fake_table(&table, 1000, 7); /* seven rows at a time */
    assert_hr(HrQueryAllRows(&table.IMAPITable_iface, (SPropTagArray *)&columns, &restriction, (SSortOrderSet *)&order,
                             0, &set),
              S_OK);
    assert_int_equal(set->cRows, 1000);
    for (i = 0; i < set->cRows; i++)
        assert_int_equal(set->aRow[i].lpProps[0].Value.l, i);
    FreeProws(set);
    assert_int_equal(table.set_columns, 1);
    assert_int_equal(table.restricts, 1);
    assert_int_equal(table.sorts, 1);

    /* The limit, from below and above; nothing given means nothing asked for; always from the beginning. */
    fake_table(&table, 10, 100);
    table.position = 4;
    assert_hr(HrQueryAllRows(&table.IMAPITable_iface, NULL, NULL, NULL, 10, &set), S_OK);
    assert_int_equal(set->cRows, 10);
    FreeProws(set);
    assert_int_equal(table.set_columns + table.restricts + table.sorts, 0);
    assert_hr(HrQueryAllRows(&table.IMAPITable_iface, NULL, NULL, NULL, 9, &set), MAPI_E_TABLE_TOO_BIG);
    assert_null(set);
    fake_table(&table, 0, 100);
    assert_hr(HrQueryAllRows(&table.IMAPITable_iface, NULL, NULL, NULL, 1, &set), S_OK);
    assert_non_null(set);
    assert_int_equal(set->cRows, 0);
    FreeProws(set);
}

static void rows_query_all_failures(void **state)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
    struct fake_table table;
    SRowSet *set = (SRowSet *)1;

    (void)state;
    fake_table(&table, 10, 3);
    table.fail_columns = MAPI_E_BUSY;
    assert_hr(HrQueryAllRows(&table.IMAPITable_iface, (SPropTagArray *)&columns, NULL, NULL, 0, &set), MAPI_E_BUSY);
    assert_null(set);
    table.fail_columns = S_OK;
    table.fail_rows = MAPI_E_NETWORK_ERROR; /* after the first rows */
    assert_hr(HrQueryAllRows(&table.IMAPITable_iface, NULL, NULL, NULL, 0, &set), MAPI_E_NETWORK_ERROR);
    assert_null(set);
    assert_hr(HrQueryAllRows(NULL, NULL, NULL, NULL, 0, &set), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrQueryAllRows((IMAPITable *)16, NULL, NULL, NULL, 0, &set), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrQueryAllRows(&table.IMAPITable_iface, NULL, NULL, NULL, -1, &set), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrQueryAllRows(&table.IMAPITable_iface, NULL, NULL, NULL, 0, NULL), MAPI_E_INVALID_PARAMETER);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        HRESULT hr;

        fake_table(&table, 10, 3);
        hr = HrQueryAllRows(&table.IMAPITable_iface, NULL, NULL, NULL, 0, &set);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        FreeProws(set);
    }
}

/* An object with one property, or with trouble. */
struct fake_object
{
    IMAPIProp IMAPIProp_iface;
    SPropValue value;
    HRESULT result; /* of GetProps and SetProps */
    SCODE problem;
    ULONG list_flags;
};

static struct fake_object *object_of(IMAPIProp *iface)
{
    return CONTAINING_RECORD(iface, struct fake_object, IMAPIProp_iface);
}

static HRESULT WINAPI fake_GetProps(IMAPIProp *iface, SPropTagArray *tags, ULONG flags, ULONG *count, SPropValue **out)
{
    struct fake_object *object = object_of(iface);

    (void)flags;
    *count = 0;
    *out = NULL;
    if (FAILED(object->result))
        return object->result;
    if (FAILED(MAPIAllocateBuffer(sizeof(**out), (void **)out)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    *count = tags->cValues;
    **out = object->value;
    return object->result;
}

static HRESULT WINAPI fake_GetPropList(IMAPIProp *iface, ULONG flags, SPropTagArray **out)
{
    struct fake_object *object = object_of(iface);

    object->list_flags = flags;
    *out = NULL;
    if (FAILED(object->result))
        return object->result;
    if (FAILED(MAPIAllocateBuffer(CbNewSPropTagArray(2), (void **)out)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    (*out)->cValues = 2;
    (*out)->aulPropTag[0] = PR_ROWID;
    (*out)->aulPropTag[1] = flags & MAPI_UNICODE ? PR_DISPLAY_NAME_W : PR_DISPLAY_NAME_A;
    return S_OK;
}

static HRESULT WINAPI fake_SetProps(IMAPIProp *iface, ULONG count, SPropValue *values, SPropProblemArray **problems)
{
    struct fake_object *object = object_of(iface);

    if (problems)
        *problems = NULL;
    if (FAILED(object->result))
        return object->result;
    assert_int_equal(count, 1);
    object->value = *values;
    if (object->problem && problems && SUCCEEDED(MAPIAllocateBuffer(sizeof(**problems), (void **)problems)))
    {
        (*problems)->cProblem = 1;
        (*problems)->aProblem[0].ulIndex = 0;
        (*problems)->aProblem[0].ulPropTag = values->ulPropTag;
        (*problems)->aProblem[0].scode = object->problem;
    }
    return S_OK;
}

static IMAPIPropVtbl fake_object_vtbl;

static void fake_object(struct fake_object *object)
{
    memset(object, 0, sizeof(*object));
    fake_object_vtbl.GetProps = fake_GetProps;
    fake_object_vtbl.GetPropList = fake_GetPropList;
    fake_object_vtbl.SetProps = fake_SetProps;
    object->IMAPIProp_iface.lpVtbl = &fake_object_vtbl;
    object->value.ulPropTag = PR_ROWID;
    object->value.Value.l = 42;
}

static void one_prop_get(void **state)
{
    struct fake_object object;
    SPropValue *value = (SPropValue *)1;

    (void)state;
    fake_object(&object);
    assert_hr(HrGetOneProp(&object.IMAPIProp_iface, PR_ROWID, &value), S_OK);
    assert_int_equal(value->Value.l, 42);
    MAPIFreeBuffer(value);

    /* Warnings become errors. */
    object.result = MAPI_W_ERRORS_RETURNED;
    object.value.ulPropTag = CHANGE_PROP_TYPE(PR_ROWID, PT_ERROR);
    object.value.Value.err = MAPI_E_NO_ACCESS;
    assert_hr(HrGetOneProp(&object.IMAPIProp_iface, PR_ROWID, &value), MAPI_E_NO_ACCESS);
    assert_null(value);
    object.value.Value.err = 0;
    assert_hr(HrGetOneProp(&object.IMAPIProp_iface, PR_ROWID, &value), MAPI_E_NOT_FOUND);
    object.result = MAPI_E_NETWORK_ERROR;
    assert_hr(HrGetOneProp(&object.IMAPIProp_iface, PR_ROWID, &value), MAPI_E_NETWORK_ERROR);
    assert_hr(HrGetOneProp(NULL, PR_ROWID, &value), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrGetOneProp((IMAPIProp *)16, PR_ROWID, &value), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrGetOneProp(&object.IMAPIProp_iface, PR_ROWID, NULL), MAPI_E_INVALID_PARAMETER);
}

static void one_prop_set(void **state)
{
    struct fake_object object;
    SPropValue value = {PR_ROWID, 0, {0}};

    (void)state;
    fake_object(&object);
    value.Value.l = 7;
    assert_hr(HrSetOneProp(&object.IMAPIProp_iface, &value), S_OK);
    assert_int_equal(object.value.Value.l, 7);
    object.problem = MAPI_E_COMPUTED;
    assert_hr(HrSetOneProp(&object.IMAPIProp_iface, &value), MAPI_E_COMPUTED);
    object.result = MAPI_E_NO_ACCESS;
    assert_hr(HrSetOneProp(&object.IMAPIProp_iface, &value), MAPI_E_NO_ACCESS);
    assert_hr(HrSetOneProp(&object.IMAPIProp_iface, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrSetOneProp(NULL, &value), MAPI_E_INVALID_PARAMETER);
}

static void one_prop_exists(void **state)
{
    struct fake_object object;

    (void)state;
    fake_object(&object);
    assert_true(FPropExists(&object.IMAPIProp_iface, PR_ROWID));
    assert_true(FPropExists(&object.IMAPIProp_iface, PR_DISPLAY_NAME_A));
    assert_true(FPropExists(&object.IMAPIProp_iface, PR_DISPLAY_NAME_W));
    assert_true(FPropExists(&object.IMAPIProp_iface, CHANGE_PROP_TYPE(PR_ROWID, PT_UNSPECIFIED)));
    assert_false(FPropExists(&object.IMAPIProp_iface, CHANGE_PROP_TYPE(PR_ROWID, PT_BINARY)));
    assert_false(FPropExists(&object.IMAPIProp_iface, PR_ENTRYID));
    object.result = MAPI_E_NETWORK_ERROR;
    assert_false(FPropExists(&object.IMAPIProp_iface, PR_ROWID));
    assert_false(FPropExists(NULL, PR_ROWID));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(rows_free),       harness_test(rows_free_impossible_count),
            harness_test(rows_query_all),  harness_test(rows_query_all_failures),
            harness_test(one_prop_get),    harness_test(one_prop_set),
            harness_test(one_prop_exists),
    };

    return harness_run(tests);
}
