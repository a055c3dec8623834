/*
 * What the benchmarks share: time, medians, the table, our DLL and the system's own one.
 *
 * Every figure is a ratio against something measured in the same run, in rounds that alternate between the two, so the
 * machine's speed and load drop out as far as possible. The system's mapi32.dll (Wine's builtin one) is loaded from a
 * private copy whose signature of Wine's is removed: so it can be in the same process, whatever WINEDLLOVERRIDES says.
 */
#ifndef POSTROOM_BENCH_H
#define POSTROOM_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <postroom/postroom.h>

/* Microseconds from some start. */
static inline double bench_now(void)
{
    LARGE_INTEGER now, frequency;

    QueryPerformanceCounter(&now);
    QueryPerformanceFrequency(&frequency);
    return now.QuadPart * 1e6 / frequency.QuadPart;
}

static inline int bench_compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return left < right ? -1 : left > right;
}

/* Sorts samples. */
static inline double bench_median(double *samples, size_t count)
{
    qsort(samples, count, sizeof(*samples), bench_compare);
    return count % 2 ? samples[count / 2] : (samples[count / 2 - 1] + samples[count / 2]) / 2;
}

static inline void bench_head(void)
{
    printf("%-46s %12s %12s %9s %9s\n", "name", "ours", "baseline", "ratio", "target");
}

/* One line of the table: medians in microseconds, and the median of the rounds' ratios. */
static inline void bench_row(const char *name, double ours, double baseline, double ratio, BOOL at_least, double target)
{
    BOOL met = at_least ? ratio >= target : ratio <= target;

    printf("%-46s %9.2f us %9.2f us %9.2f %s %6.1f  %s\n", name, ours, baseline, ratio, at_least ? ">=" : "<=", target,
           met ? "met" : "MISSED");
    fflush(stdout);
}

/* One line for something that must not grow. */
static inline void bench_growth(const char *name, double before, double after, double limit)
{
    printf("%-46s %12.0f %12.0f %+9.0f <= %6.0f  %s\n", name, after, before, after - before, limit,
           after - before <= limit ? "met" : "MISSED");
    fflush(stdout);
}

/* Says what could not be measured; what main returns then. */
static inline int bench_failed(const char *what, long code)
{
    printf("%-46s could not be measured (%#lx)\n", what, (unsigned long)code);
    fflush(stdout);
    return 1;
}

/* Two things to compare; each run returns 0 or a code. */
struct bench_pair
{
    long (*ours)(void *context);
    long (*baseline)(void *context);
    void *context;
    unsigned ours_count, baseline_count; /* operations in one run */
    unsigned rounds;
};

#define BENCH_ROUNDS_MAX 101

/* Runs both alternately, after one run of each that does not count, and prints the line. 0, or what stopped it. */
static inline long bench_compare_pair(const char *name, const struct bench_pair *pair, BOOL inverse, BOOL at_least,
                                      double target)
{
    static double ours[BENCH_ROUNDS_MAX], baseline[BENCH_ROUNDS_MAX], ratio[BENCH_ROUNDS_MAX];
    unsigned round;

    for (round = 0; round <= pair->rounds && round < BENCH_ROUNDS_MAX; round++)
    {
        double start = bench_now(), middle, end;
        long code = pair->ours(pair->context);

        middle = bench_now();
        if (!code)
            code = pair->baseline(pair->context);
        end = bench_now();
        if (code)
            return code;
        if (!round)
            continue;
        ours[round - 1] = (middle - start) / pair->ours_count;
        baseline[round - 1] = (end - middle) / pair->baseline_count;
        ratio[round - 1] = inverse ? baseline[round - 1] / ours[round - 1] : ours[round - 1] / baseline[round - 1];
    }
    bench_row(name, bench_median(ours, pair->rounds), bench_median(baseline, pair->rounds),
              bench_median(ratio, pair->rounds), at_least, target);
    return 0;
}

/* Our DLL's path: beside the program. */
static inline void bench_ours_path(WCHAR path[MAX_PATH])
{
    DWORD length = GetModuleFileNameW(NULL, path, MAX_PATH - 16);

    while (length && path[length - 1] != '\\')
        length--;
    lstrcpyW(path + length, L"mapi32.dll");
}

/* Loads our DLL; NULL when it is not Postroom's. */
static inline HMODULE bench_load_ours(void)
{
    WCHAR path[MAX_PATH];
    HMODULE module;

    bench_ours_path(path);
    module = LoadLibraryW(path);
    if (module && !GetProcAddress(module, "PostroomDiagnostics"))
    {
        FreeLibrary(module);
        module = NULL;
    }
    return module;
}

/* Makes the private copy of the system's DLL. FALSE when there is none or it cannot be copied. */
static inline BOOL bench_copy_builtin(WCHAR path[MAX_PATH])
{
    static const char signature[] = "Wine builtin DLL";
    WCHAR source[MAX_PATH];
    char head[0x40 + sizeof(signature)];
    HANDLE file;
    DWORD done = 0;

    GetSystemDirectoryW(source, MAX_PATH - 16);
    lstrcatW(source, L"\\mapi32.dll");
    if (!GetTempPathW(MAX_PATH - 40, path))
        return FALSE;
    wsprintfW(path + lstrlenW(path), L"postroom-bench-%lu.dll", GetCurrentProcessId());
    if (!CopyFileW(source, path, FALSE))
        return FALSE;
    file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return FALSE;
    if (ReadFile(file, head, sizeof(head), &done, NULL) && done == sizeof(head)
        && !memcmp(head + 0x40, signature, sizeof(signature) - 1))
    {
        memset(head + 0x40, 0, sizeof(signature) - 1);
        SetFilePointer(file, 0, NULL, FILE_BEGIN);
        WriteFile(file, head, sizeof(head), &done, NULL);
    }
    CloseHandle(file);
    return TRUE;
}

#endif
