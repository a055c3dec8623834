/*
 * Loading our DLL and MAPIInitialize, against only loading the system's own mapi32.dll: in fresh processes that have a
 * window, as a mail client has before it logs on (children of this one that tell microseconds as their exit status);
 * in fresh processes that have none yet, where MAPIInitialize's CoInitialize, which creates the apartment's window, is
 * what first connects the process to the display; and again in one process where the DLLs that
 * both need stay loaded.
 */
#include "bench.h"

#define REPEAT 20

static WCHAR builtin_path[MAX_PATH];

/* One load with what belongs to it, in microseconds; negative when it failed. */
static double once_ours(BOOL end)
{
    double start = bench_now(), time;
    HMODULE module = bench_load_ours();
    LPMAPIINITIALIZE initialize;
    LPMAPIUNINITIALIZE uninitialize;

    if (!module)
        return -1;
    initialize = (LPMAPIINITIALIZE)(void *)GetProcAddress(module, "MAPIInitialize");
    uninitialize = (LPMAPIUNINITIALIZE)(void *)GetProcAddress(module, "MAPIUninitialize");
    if (!initialize || !uninitialize || initialize(NULL))
        return -1;
    time = bench_now() - start;
    uninitialize();
    FreeLibrary(module);
    return end ? bench_now() - start : time;
}

static double once_builtin(const WCHAR *path, BOOL end)
{
    double start = bench_now(), time;
    HMODULE module = LoadLibraryW(path);

    if (!module)
        return -1;
    time = bench_now() - start;
    FreeLibrary(module);
    return end ? bench_now() - start : time;
}

/* Runs this program again with the given argument; the child makes a window first, when that is wanted. */
static double in_child(const WCHAR *argument, BOOL window)
{
    STARTUPINFOW startup;
    PROCESS_INFORMATION process;
    WCHAR path[MAX_PATH], command[3 * MAX_PATH];
    DWORD status = 0;

    ZeroMemory(&startup, sizeof(startup));
    startup.cb = sizeof(startup);
    GetModuleFileNameW(NULL, path, MAX_PATH);
    lstrcpyW(command, L"\"");
    lstrcatW(command, path);
    lstrcatW(command, L"\" \"");
    lstrcatW(command, argument);
    lstrcatW(command, window ? L"\" window" : L"\"");
    if (!CreateProcessW(path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
        return -1;
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &status);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return (LONG)status > 0 ? (double)status : -1;
}

static long fresh(const char *name, BOOL window)
{
    enum
    {
        ROUNDS = 31
    };
    double ours[ROUNDS], baseline[ROUNDS], ratio[ROUNDS];
    int round;

    for (round = -1; round < ROUNDS; round++)
    {
        double a = 0, b;

        /* What the machine does besides is not to fall on the same one each time. */
        if (round & 1)
            a = in_child(L"ours", window);
        b = in_child(builtin_path, window);
        if (!(round & 1))
            a = in_child(L"ours", window);
        if (a < 0 || b < 0)
            return 1;
        if (round < 0)
            continue;
        ours[round] = a;
        baseline[round] = b;
        ratio[round] = a / b;
    }
    bench_row(name, bench_median(ours, ROUNDS), bench_median(baseline, ROUNDS), bench_median(ratio, ROUNDS), FALSE, 2);
    return 0;
}

static long repeat_ours(void *context)
{
    int i;

    (void)context;
    for (i = 0; i < REPEAT; i++)
    {
        if (once_ours(TRUE) < 0)
            return 1;
    }
    return 0;
}

static long repeat_builtin(void *context)
{
    int i;

    (void)context;
    for (i = 0; i < REPEAT; i++)
    {
        if (once_builtin(builtin_path, TRUE) < 0)
            return 1;
    }
    return 0;
}

int wmain(int argc, WCHAR **argv)
{
    const struct bench_pair again = {repeat_ours, repeat_builtin, NULL, REPEAT, REPEAT, 15};
    static const WCHAR *const needed[] = {
            L"ole32.dll",   L"oleaut32.dll", L"comctl32.dll", L"comdlg32.dll", L"shell32.dll",
            L"shlwapi.dll", L"user32.dll",   L"gdi32.dll",    L"advapi32.dll", L"version.dll",
    };
    int result = 0;
    size_t i;

    if (argc > 1)
    {
        double time;

        if (argc > 2 && !CreateWindowW(L"Static", L"Work", WS_OVERLAPPEDWINDOW, 0, 0, 100, 100, NULL, NULL, NULL, NULL))
            return -1;
        time = lstrcmpW(argv[1], L"ours") ? once_builtin(argv[1], FALSE) : once_ours(FALSE);

        return time < 0 ? -1 : (int)time + 1;
    }

    bench_head();
    if (!bench_copy_builtin(builtin_path))
        return bench_failed("loading", GetLastError());
    if (fresh("load + MAPIInitialize, fresh process", TRUE) || fresh("the same, as its first window", FALSE))
        result = bench_failed("load + MAPIInitialize, fresh process", GetLastError());
    for (i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
        LoadLibraryW(needed[i]);
    if (bench_compare_pair("load + init + end + unload, again", &again, FALSE, FALSE, 2))
        result = bench_failed("load + init + end + unload, again", GetLastError());
    DeleteFileW(builtin_path);
    return result;
}
