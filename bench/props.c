/*
 * Property functions against the system's own mapi32.dll: ScDupPropset, ScCopyProps and FPropCompareProp over a row as
 * programs have them.
 */
#include "bench.h"

#define CALLS 20000

struct functions
{
    SCODE(WINAPI *dup)(int count, SPropValue *values, LPALLOCATEBUFFER allocate, SPropValue **out);
    SCODE(WINAPI *copy)(int count, SPropValue *values, void *out, ULONG *size);
    BOOL(WINAPI *compare)(SPropValue *left, ULONG relop, SPropValue *right);
    LPALLOCATEBUFFER allocate;
    LPMAPIFREEBUFFER release;
};

static struct functions ours, builtin;
static BYTE entryid[46];
static SPropValue row[8];

static void *find(HMODULE module, const char *name)
{
    return (void *)GetProcAddress(module, name);
}

static BOOL load(struct functions *functions, HMODULE module)
{
    if (!module)
        return FALSE;
    functions->dup = find(module, "ScDupPropset@16");
    functions->copy = find(module, "ScCopyProps@16");
    functions->compare = find(module, "FPropCompareProp@12");
    functions->allocate = find(module, "MAPIAllocateBuffer");
    functions->release = find(module, "MAPIFreeBuffer");
    return functions->dup && functions->copy && functions->compare && functions->allocate && functions->release;
}

/* A message in a list: identifiers, a subject, a sender, a date and some numbers. */
static void make_row(void)
{
    row[0].ulPropTag = PR_ENTRYID;
    row[0].Value.bin.cb = sizeof(entryid);
    row[0].Value.bin.lpb = entryid;
    row[1].ulPropTag = PR_SUBJECT_W;
    row[1].Value.lpszW = (WCHAR *)L"Re: the minutes of last week's meeting";
    row[2].ulPropTag = PR_SENDER_NAME_W;
    row[2].Value.lpszW = (WCHAR *)L"Somebody with a name";
    row[3].ulPropTag = PR_MESSAGE_CLASS_A;
    row[3].Value.lpszA = (char *)"IPM.Note";
    row[4].ulPropTag = PR_MESSAGE_DELIVERY_TIME;
    row[4].Value.ft.dwHighDateTime = 30000000;
    row[5].ulPropTag = PR_MESSAGE_SIZE;
    row[5].Value.l = 4711;
    row[6].ulPropTag = PR_MESSAGE_FLAGS;
    row[6].Value.l = MSGFLAG_READ;
    row[7].ulPropTag = PR_HASATTACH;
    row[7].Value.b = TRUE;
}

static long dup_rows(const struct functions *functions)
{
    SPropValue *copy;
    SCODE code = S_OK;
    int i;

    for (i = 0; i < CALLS && !code; i++)
    {
        if (!(code = functions->dup(ARRAYSIZE(row), row, functions->allocate, &copy)))
            functions->release(copy);
    }
    return code;
}

static long copy_rows(const struct functions *functions)
{
    static ULONGLONG space[256];
    SCODE code = S_OK;
    ULONG size;
    int i;

    for (i = 0; i < CALLS && !code; i++)
        code = functions->copy(ARRAYSIZE(row), row, space, &size);
    return code;
}

/* Each value with itself. */
static long compare_rows(const struct functions *functions)
{
    int i;

    for (i = 0; i < CALLS; i++)
    {
        SPropValue *value = &row[i % ARRAYSIZE(row)];

        if (!functions->compare(value, RELOP_EQ, value))
            return 1;
    }
    return 0;
}

#define SIDES(name)                                                                                                    \
    static long ours_##name(void *context)                                                                             \
    {                                                                                                                  \
        (void)context;                                                                                                 \
        return name(&ours);                                                                                            \
    }                                                                                                                  \
    static long builtin_##name(void *context)                                                                          \
    {                                                                                                                  \
        (void)context;                                                                                                 \
        return name(&builtin);                                                                                         \
    }

SIDES(dup_rows)
SIDES(copy_rows)
SIDES(compare_rows)

int main(void)
{
    const struct
    {
        const char *name;
        struct bench_pair pair;
    } lines[] = {
            {"ScDupPropset, 8 values", {ours_dup_rows, builtin_dup_rows, NULL, CALLS, CALLS, 15}},
            {"ScCopyProps, 8 values", {ours_copy_rows, builtin_copy_rows, NULL, CALLS, CALLS, 15}},
            {"FPropCompareProp", {ours_compare_rows, builtin_compare_rows, NULL, CALLS, CALLS, 15}},
    };
    HMODULE ours_module = bench_load_ours(), builtin_module = NULL;
    WCHAR path[MAX_PATH];
    int result = 0;
    size_t i;
    long code;

    bench_head();
    make_row();
    if (bench_copy_builtin(path))
        builtin_module = LoadLibraryW(path);
    if (!load(&ours, ours_module) || !load(&builtin, builtin_module))
        return bench_failed("ScDupPropset", GetLastError());
    for (i = 0; i < ARRAYSIZE(lines); i++)
    {
        code = bench_compare_pair(lines[i].name, &lines[i].pair, FALSE, FALSE, 1);
        if (code)
            result = bench_failed(lines[i].name, code);
    }
    FreeLibrary(builtin_module);
    FreeLibrary(ours_module);
    DeleteFileW(path);
    return result;
}
