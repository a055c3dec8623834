/*
 * Tables of 100,000 and of a million rows: sorting against qsort of the same keys, restricting against a plain loop,
 * reading against memcpy and the allocations that the interface demands, memory a row, growth of single changes.
 */
#include "bench.h"

#include <psapi.h>

#define SMALL 100000
#define LARGE 1000000

#define FEW PROP_TAG(PT_LONG, 0x6601)
#define SOME PROP_TAG(PT_LONG, 0x6602)
#define WHEN PROP_TAG(PT_SYSTIME, 0x6603)
#define VALUES 4

typedef SCODE(WINAPI *create_table)(LPCIID, ALLOCATEBUFFER *, ALLOCATEMORE *, FREEBUFFER *, LPVOID, ULONG, ULONG,
                                    LPSPropTagArray, LPTABLEDATA *);

static struct
{
    create_table create;
    ALLOCATEBUFFER *allocate;
    ALLOCATEMORE *more;
    FREEBUFFER *release;
    void(WINAPI *free_rows)(SRowSet *);
    SCODE(WINAPI *init)(ULONG);
} mapi;

/* A row as a program would keep it by itself. */
struct plain_row
{
    ULONG count;
    SPropValue *values;
};

struct key
{
    LONG few, some;
    ULONGLONG when;
    ULONG row;
};

struct subject
{
    ITableData *data;
    IMAPITable *view;
    ULONG count, columns; /* of the sort order */
    struct plain_row *plain;
    struct key *keys, *sorted;
    const struct plain_row **matches;
};

static ULONGLONG number;

static ULONG choose(ULONG below)
{
    number = number * 6364136223846793005ull + 1442695040888963407ull;
    return (ULONG)(number >> 33) % below;
}

static void fill(SPropValue *values, ULONG id)
{
    memset(values, 0, VALUES * sizeof(*values));
    values[0].ulPropTag = PR_ROWID;
    values[0].Value.l = id;
    values[1].ulPropTag = FEW;
    values[1].Value.l = choose(100);
    values[2].ulPropTag = SOME;
    values[2].Value.l = choose(0x7fffffff);
    values[3].ulPropTag = WHEN;
    values[3].Value.li.QuadPart = (LONGLONG)choose(0x7fffffff) << 20;
}

static size_t memory_in_use(void)
{
    PROCESS_MEMORY_COUNTERS counters = {sizeof(counters), 0, 0, 0, 0, 0, 0, 0, 0, 0};

    return K32GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters)) ? counters.PagefileUsage : 0;
}

static HRESULT put(struct subject *subject, ULONG id)
{
    SPropValue values[VALUES];
    SRow row = {0, VALUES, values};

    fill(values, id);
    return ITableData_HrModifyRow(subject->data, &row);
}

static HRESULT make_table(struct subject *subject, ULONG count)
{
    SizedSPropTagArray(VALUES, columns) = {VALUES, {PR_ROWID, FEW, SOME, WHEN}};
    HRESULT hr;
    ULONG i;

    number = 12345;
    subject->count = count;
    hr = mapi.create(NULL, mapi.allocate, mapi.more, mapi.release, NULL, TBLTYPE_DYNAMIC, PR_ROWID,
                     (SPropTagArray *)&columns, &subject->data);
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
        hr = put(subject, i);
    return SUCCEEDED(hr) ? ITableData_HrGetView(subject->data, NULL, NULL, 0, &subject->view) : hr;
}

/* The same rows without us. */
static BOOL make_plain(struct subject *subject)
{
    ULONG i;

    number = 12345;
    subject->plain = calloc(subject->count, sizeof(*subject->plain));
    subject->keys = calloc(subject->count, sizeof(*subject->keys));
    subject->sorted = calloc(subject->count, sizeof(*subject->sorted));
    subject->matches = calloc(subject->count, sizeof(*subject->matches));
    if (!subject->plain || !subject->keys || !subject->sorted || !subject->matches)
        return FALSE;
    for (i = 0; i < subject->count; i++)
    {
        SPropValue *values = malloc(VALUES * sizeof(*values));

        if (!values)
            return FALSE;
        fill(values, i);
        subject->plain[i].count = VALUES;
        subject->plain[i].values = values;
        subject->keys[i].few = values[1].Value.l;
        subject->keys[i].some = values[2].Value.l;
        subject->keys[i].when = values[3].Value.li.QuadPart;
        subject->keys[i].row = i;
    }
    return TRUE;
}

static void end_subject(struct subject *subject)
{
    ULONG i;

    for (i = 0; subject->plain && i < subject->count; i++)
        free(subject->plain[i].values);
    free(subject->plain);
    free(subject->keys);
    free(subject->sorted);
    free(subject->matches);
    if (subject->view)
        IMAPITable_Release(subject->view);
    if (subject->data)
        ITableData_Release(subject->data);
    memset(subject, 0, sizeof(*subject));
}

static long sort_ours(void *context)
{
    SizedSSortOrderSet(3, order) = {
            0, 0, 0, {{SOME, TABLE_SORT_ASCEND}, {WHEN, TABLE_SORT_ASCEND}, {PR_ROWID, TABLE_SORT_ASCEND}}};
    struct subject *subject = context;

    order.cSorts = subject->columns;
    if (subject->columns == 3)
    {
        order.aSort[0].ulPropTag = FEW;
        order.aSort[1].ulPropTag = SOME;
        order.aSort[2].ulPropTag = WHEN;
    }
    return IMAPITable_SortTable(subject->view, (SSortOrderSet *)&order, 0);
}

static int compare_one(const void *a, const void *b)
{
    const struct key *x = a, *y = b;

    return x->some < y->some ? -1 : x->some > y->some;
}

static int compare_three(const void *a, const void *b)
{
    const struct key *x = a, *y = b;

    if (x->few != y->few)
        return x->few < y->few ? -1 : 1;
    if (x->some != y->some)
        return x->some < y->some ? -1 : 1;
    return x->when < y->when ? -1 : x->when > y->when;
}

static long sort_plain(void *context)
{
    struct subject *subject = context;

    memcpy(subject->sorted, subject->keys, subject->count * sizeof(*subject->keys));
    qsort(subject->sorted, subject->count, sizeof(*subject->sorted),
          subject->columns == 1 ? compare_one : compare_three);
    return 0;
}

static long restrict_ours(void *context)
{
    struct subject *subject = context;
    SPropValue value = {FEW, 0, {0}};
    SRestriction restriction;

    memset(&restriction, 0, sizeof(restriction));
    value.Value.l = 50;
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_LT;
    restriction.res.resProperty.ulPropTag = FEW;
    restriction.res.resProperty.lpProp = &value;
    return IMAPITable_Restrict(subject->view, &restriction, 0);
}

static long restrict_plain(void *context)
{
    struct subject *subject = context;
    ULONG count = 0, i, j;

    for (i = 0; i < subject->count; i++)
    {
        const struct plain_row *row = &subject->plain[i];

        for (j = 0; j < row->count && row->values[j].ulPropTag != FEW; j++)
            ;
        if (j < row->count && row->values[j].Value.l < 50)
            subject->matches[count++] = row;
    }
    return count ? 0 : -1;
}

static long query_ours(void *context)
{
    struct subject *subject = context;
    SRowSet *rows;
    HRESULT hr;

    IMAPITable_SeekRow(subject->view, BOOKMARK_BEGINNING, 0, NULL);
    hr = IMAPITable_QueryRows(subject->view, subject->count, 0, &rows);
    if (FAILED(hr))
        return hr;
    if (rows->cRows != subject->count)
        hr = E_UNEXPECTED;
    mapi.free_rows(rows);
    return hr;
}

static long query_plain(void *context)
{
    struct subject *subject = context;
    SRowSet *rows;
    ULONG i;

    if (FAILED(mapi.allocate(CbNewSRowSet(subject->count), (void **)&rows)))
        return E_OUTOFMEMORY;
    for (i = 0; i < subject->count; i++)
    {
        if (FAILED(mapi.allocate(VALUES * sizeof(SPropValue), (void **)&rows->aRow[i].lpProps)))
            return E_OUTOFMEMORY;
        memcpy(rows->aRow[i].lpProps, subject->plain[i].values, VALUES * sizeof(SPropValue));
        rows->aRow[i].cValues = VALUES;
    }
    rows->cRows = subject->count;
    mapi.free_rows(rows);
    return 0;
}

static int compare(const char *name, struct subject *subject, long (*ours)(void *), long (*plain)(void *),
                   unsigned rounds)
{
    const struct bench_pair pair = {ours, plain, subject, 1, 1, rounds};
    long code = bench_compare_pair(name, &pair, FALSE, FALSE, 2);

    return code ? bench_failed(name, code) : 0;
}

#define SINGLE 2000

/* Microseconds for a row that comes, is sought and goes, in a sorted view. */
static double single_changes(struct subject *subject)
{
    SPropValue index = {PR_ROWID, 0, {0}};
    double start;
    ULONG i;

    subject->columns = 1;
    IMAPITable_Restrict(subject->view, NULL, 0);
    sort_ours(subject);
    start = bench_now();
    for (i = 0; i < SINGLE; i++)
    {
        index.Value.l = 0x10000000 + i;
        put(subject, index.Value.l);
        IMAPITable_SeekRow(subject->view, BOOKMARK_BEGINNING, choose(subject->count), NULL);
        ITableData_HrDeleteRow(subject->data, &index);
    }
    return (bench_now() - start) / SINGLE;
}

static BOOL load(HMODULE module)
{
    mapi.create = (create_table)(void *)GetProcAddress(module, "CreateTable");
    mapi.allocate = (ALLOCATEBUFFER *)(void *)GetProcAddress(module, "MAPIAllocateBuffer");
    mapi.more = (ALLOCATEMORE *)(void *)GetProcAddress(module, "MAPIAllocateMore");
    mapi.release = (FREEBUFFER *)(void *)GetProcAddress(module, "MAPIFreeBuffer");
    mapi.free_rows = (void(WINAPI *)(SRowSet *))(void *)GetProcAddress(module, "FreeProws");
    mapi.init = (SCODE(WINAPI *)(ULONG))(void *)GetProcAddress(module, "ScInitMapiUtil");
    return mapi.create && mapi.allocate && mapi.more && mapi.release && mapi.free_rows && mapi.init
           && SUCCEEDED(mapi.init(0));
}

int main(void)
{
    SizedSSortOrderSet(1, unsorted) = {0, 0, 0, {{0, 0}}};
    static struct subject small, large;
    HMODULE module = bench_load_ours();
    double small_change, large_change;
    size_t before, after;
    int result = 0;

    bench_head();
    if (!module || !load(module))
        return bench_failed("CreateTable", GetLastError());
    before = memory_in_use();
    if (FAILED(make_table(&large, LARGE)))
        return bench_failed("a table of a million rows", 0);
    after = memory_in_use();
    bench_growth("a row beyond its properties, bytes", VALUES * sizeof(SPropValue), (double)(after - before) / LARGE,
                 64);
    if (FAILED(make_table(&small, SMALL)) || !make_plain(&small) || !make_plain(&large))
        return bench_failed("tables", 0);

    small.columns = large.columns = 1;
    result |= compare("sort 100,000 rows by one column", &small, sort_ours, sort_plain, 9);
    result |= compare("sort 1,000,000 rows by one column", &large, sort_ours, sort_plain, 5);
    small.columns = large.columns = 3;
    result |= compare("sort 100,000 rows by three columns", &small, sort_ours, sort_plain, 9);
    result |= compare("sort 1,000,000 rows by three columns", &large, sort_ours, sort_plain, 5);
    IMAPITable_SortTable(large.view, (SSortOrderSet *)&unsorted, 0);
    result |= compare("QueryRows of 1,000,000 rows", &large, query_ours, query_plain, 5);
    result |= compare("restrict 1,000,000 rows", &large, restrict_ours, restrict_plain, 5);
    small_change = single_changes(&small);
    large_change = single_changes(&large);
    bench_row("come, seek, go: 1,000,000 against 100,000", large_change, small_change, large_change / small_change,
              FALSE, 2);
    end_subject(&small);
    end_subject(&large);
    return result;
}
