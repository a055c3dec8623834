/*
 * The list of exports, def/exports.txt, against the DLL: every name resolves, plain and decorated, with its ordinals;
 * what is not done yet fails as the list says and clears its outputs.
 */
#include "harness.h"

struct export_entry
{
    const char *name;
    int bytes;   /* of arguments, -1: cdecl */
    int ordinal; /* of the decorated name, 0: none */
    int plain_ordinal;
    const char *state;
    const char *answer; /* "": done */
    const char *outputs;
};

struct export_alias
{
    const char *name;
    const char *target;
    int ordinal;
};

#define EXPORT_ENTRY(name, bytes, ordinal, plain_ordinal, state, answer, outputs)                                      \
    {name, bytes, ordinal, plain_ordinal, state, answer, outputs},
#define EXPORT_ALIAS(name, target, ordinal)
static const struct export_entry entries[] = {
#include "exports_list.h"
};

#undef EXPORT_ENTRY
#undef EXPORT_ALIAS
#define EXPORT_ENTRY(name, bytes, ordinal, plain_ordinal, state, answer, outputs)
#define EXPORT_ALIAS(name, target, ordinal) {name, target, ordinal},
static const struct export_alias aliases[] = {
#include "exports_list.h"
};

static HMODULE dll(void)
{
    return GetModuleHandleW(L"mapi32.dll");
}

static FARPROC by_ordinal(int ordinal)
{
    return GetProcAddress(dll(), MAKEINTRESOURCEA(ordinal));
}

/* Notes each name that is wrong, so that one run tells all of them. */
static void EXPORTS_names(void **state)
{
    char decorated[128];
    int wrong = 0;
    size_t i;

    (void)state;
    assert_true(ARRAY_SIZE(entries) > 190);
    for (i = 0; i < ARRAY_SIZE(entries); i++)
    {
        FARPROC plain = GetProcAddress(dll(), entries[i].name);

        snprintf(decorated, sizeof(decorated), "%s@%d", entries[i].name, entries[i].bytes);
        if (!plain || (entries[i].bytes >= 0 && GetProcAddress(dll(), decorated) != plain))
        {
            harness_note("%s (%s) is wrong", entries[i].name, decorated);
            wrong++;
        }
    }
    for (i = 0; i < ARRAY_SIZE(aliases); i++)
    {
        FARPROC alias = GetProcAddress(dll(), aliases[i].name);

        if (!alias || alias != GetProcAddress(dll(), aliases[i].target))
        {
            harness_note("%s is not %s", aliases[i].name, aliases[i].target);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void EXPORTS_ordinals(void **state)
{
    int wrong = 0, checked = 0;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(entries); i++)
    {
        FARPROC function = GetProcAddress(dll(), entries[i].name);

        checked += (entries[i].ordinal > 0) + (entries[i].plain_ordinal > 0);
        if ((entries[i].ordinal && by_ordinal(entries[i].ordinal) != function)
            || (entries[i].plain_ordinal && by_ordinal(entries[i].plain_ordinal) != function))
        {
            harness_note("%s has not the ordinals %d, %d", entries[i].name, entries[i].ordinal,
                         entries[i].plain_ordinal);
            wrong++;
        }
    }
    for (i = 0; i < ARRAY_SIZE(aliases); i++)
        if (aliases[i].ordinal && by_ordinal(aliases[i].ordinal) != GetProcAddress(dll(), aliases[i].target))
            wrong++;
    assert_int_equal(wrong, 0);
    assert_true(checked > 180);
}

/* Calls by argument count; on i686 a wrong count of a stdcall function would leave the stack askew. */
typedef ULONG_PTR A;
#define ARGS_1 a[0]
#define ARGS_2 ARGS_1, a[1]
#define ARGS_3 ARGS_2, a[2]
#define ARGS_4 ARGS_3, a[3]
#define ARGS_5 ARGS_4, a[4]
#define ARGS_6 ARGS_5, a[5]
#define ARGS_7 ARGS_6, a[6]
#define ARGS_8 ARGS_7, a[7]
#define ARGS_9 ARGS_8, a[8]
#define ARGS_10 ARGS_9, a[9]
#define ARGS_11 ARGS_10, a[10]
#define ARGS_12 ARGS_11, a[11]

static ULONG_PTR call(FARPROC function, int bytes, const ULONG_PTR *a)
{
    switch (bytes / 4)
    {
    case 0:
        return ((A(WINAPI *)(void))function)();
    case 1:
        return ((A(WINAPI *)(A))function)(ARGS_1);
    case 2:
        return ((A(WINAPI *)(A, A))function)(ARGS_2);
    case 3:
        return ((A(WINAPI *)(A, A, A))function)(ARGS_3);
    case 4:
        return ((A(WINAPI *)(A, A, A, A))function)(ARGS_4);
    case 5:
        return ((A(WINAPI *)(A, A, A, A, A))function)(ARGS_5);
    case 6:
        return ((A(WINAPI *)(A, A, A, A, A, A))function)(ARGS_6);
    case 7:
        return ((A(WINAPI *)(A, A, A, A, A, A, A))function)(ARGS_7);
    case 8:
        return ((A(WINAPI *)(A, A, A, A, A, A, A, A))function)(ARGS_8);
    case 9:
        return ((A(WINAPI *)(A, A, A, A, A, A, A, A, A))function)(ARGS_9);
    case 10:
        return ((A(WINAPI *)(A, A, A, A, A, A, A, A, A, A))function)(ARGS_10);
    case 11:
        return ((A(WINAPI *)(A, A, A, A, A, A, A, A, A, A, A))function)(ARGS_11);
    default:
        return ((A(WINAPI *)(A, A, A, A, A, A, A, A, A, A, A, A))function)(ARGS_12);
    }
}

static ULONG_PTR call_entry(const struct export_entry *entry, const ULONG_PTR *a)
{
    FARPROC function = GetProcAddress(dll(), entry->name);

    if (entry->bytes < 0)
        return ((A(CDECL *)(A, A, A, A, A, A, A, A, A))function)(ARGS_9);
    return call(function, entry->bytes, a);
}

/* Whether a result is the one that the list promises. */
static BOOL as_promised(const char *answer, ULONG_PTR result, BOOL initialized)
{
    static const struct
    {
        const char *answer;
        ULONG value;
    } answers[] = {
            {"hr", MAPI_E_NO_SUPPORT},
            {"noclass", CLASS_E_CLASSNOTAVAILABLE},
            {"mapi", MAPI_E_NOT_SUPPORTED},
            {"cmc", 21},
            {"null", 0},
            {"zero", 0},
            {"false", 0},
            {"ft", 0},
            {"true", 1},
            {"idle", 1},
    };
    size_t i;

    if (!strcmp(answer, "void"))
        return TRUE;
    if (!strcmp(answer, "init"))
        return (ULONG)result == (ULONG)(initialized ? MAPI_E_NO_SUPPORT : MAPI_E_NOT_INITIALIZED);
    for (i = 0; i < ARRAY_SIZE(answers); i++)
        if (!strcmp(answer, answers[i].answer))
            return !strcmp(answer, "null") ? !result : (ULONG)result == answers[i].value;
    return FALSE;
}

static void later_fail(BOOL initialized)
{
    static const ULONG_PTR nothing[12];
    int wrong = 0, checked = 0;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(entries); i++)
    {
        ULONG_PTR result;

        if (!*entries[i].answer)
            continue;
        result = call_entry(&entries[i], nothing);
        checked++;
        if (!as_promised(entries[i].answer, result, initialized))
        {
            harness_note("%s answers %#lx, not %s", entries[i].name, (ULONG)result, entries[i].answer);
            wrong++;
        }
    }
    harness_note("%d functions", checked);
    assert_int_equal(wrong, 0);
}

static void EXPORTS_later_fail(void **state)
{
    (void)state;
    later_fail(TRUE);
}

static void INIT_06_later_fail_before_initialize(void **state)
{
    (void)state;
    later_fail(FALSE);
}

static void EXPORTS_later_clear_outputs(void **state)
{
    static const ULONG_PTR filling = (ULONG_PTR)0xccccccccccccccccull;
    int wrong = 0, checked = 0;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(entries); i++)
    {
        ULONG_PTR outputs[12][2], arguments[12] = {0};
        const char *at;

        if (!*entries[i].outputs)
            continue;
        for (at = entries[i].outputs; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
        {
            int index = atoi(at) - 1;

            outputs[index][0] = outputs[index][1] = filling;
            arguments[index] = (ULONG_PTR)&outputs[index];
            if (strchr("s", at[strspn(at, "0123456789")]))
                arguments[index + 1] = sizeof(outputs[index]);
        }
        if (!as_promised(entries[i].answer, call_entry(&entries[i], arguments), TRUE))
            wrong++;
        for (at = entries[i].outputs; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
        {
            int index = atoi(at) - 1;
            char kind = at[strspn(at, "0123456789")];
            size_t size = kind == 'p' ? sizeof(void *) : kind == 'u' ? sizeof(ULONG) : 1;
            static const BYTE zero[sizeof(void *)];

            checked++;
            /* All of the output and nothing behind it. */
            if (memcmp(outputs[index], zero, size)
                || memcmp((BYTE *)outputs[index] + (kind == 's' ? sizeof(void *) : size), &filling, sizeof(ULONG)))
            {
                harness_note("%s does not clear its argument %d", entries[i].name, index + 1);
                wrong++;
            }
        }
    }
    assert_int_equal(wrong, 0);
    assert_true(checked > 50);
}

static void EXPORTS_version_info(void **state)
{
    VS_FIXEDFILEINFO *fixed;
    WCHAR path[MAX_PATH], *text;
    static BYTE info[8192];
    DWORD size, handle;
    struct
    {
        WORD language, code_page;
    } * translation;
    WCHAR block[64];
    UINT length;

    (void)state;
    assert_true(GetModuleFileNameW(dll(), path, MAX_PATH));
    size = GetFileVersionInfoSizeW(path, &handle);
    assert_true(size && size <= sizeof(info));
    assert_true(GetFileVersionInfoW(path, 0, size, info));
    assert_true(VerQueryValueW(info, L"\\", (void **)&fixed, &length));
    assert_int_equal(fixed->dwSignature, 0xfeef04bd);
    assert_int_equal(fixed->dwFileType, VFT_DLL);
    assert_true(VerQueryValueW(info, L"\\VarFileInfo\\Translation", (void **)&translation, &length));
    swprintf(block, ARRAY_SIZE(block), L"\\StringFileInfo\\%04x%04x\\ProductName", translation->language,
             translation->code_page);
    assert_true(VerQueryValueW(info, block, (void **)&text, &length));
    assert_int_equal(wcscmp(text, L"Postroom"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(EXPORTS_names),         harness_test_plain(EXPORTS_ordinals),
            harness_test(EXPORTS_later_fail),          harness_test_plain(INIT_06_later_fail_before_initialize),
            harness_test(EXPORTS_later_clear_outputs), harness_test_plain(EXPORTS_version_info),
    };

    return harness_run(tests);
}
