/*
 * Trace to OutputDebugString (POSTROOM_TRACE=1), caught as the exceptions that it raises. Wine's own channel is tested
 * by wine-tests/trace.sh, since its output passes by every Windows handle.
 */
#include <stdlib.h>

#include "harness.h"

#define PRINT_EXCEPTION 0x40010006

static volatile LONG lines; /* counted by the handler; only this program's thread traces */
static char last_line[1200], all_lines[16384];

static LONG CALLBACK catch_line(EXCEPTION_POINTERS *info)
{
    const EXCEPTION_RECORD *record = info->ExceptionRecord;
    size_t length, used = strlen(all_lines);

    if (record->ExceptionCode != PRINT_EXCEPTION || record->NumberParameters < 2)
        return EXCEPTION_CONTINUE_SEARCH;
    lines++;
    length = record->ExceptionInformation[0];
    if (length >= sizeof(last_line))
        length = sizeof(last_line) - 1;
    memcpy(last_line, (const void *)record->ExceptionInformation[1], length);
    last_line[length] = 0;
    if (used + length < sizeof(all_lines))
        strcpy(all_lines + used, last_line);
    return EXCEPTION_CONTINUE_EXECUTION;
}

static void traces_entries(void **state)
{
    char expected[64];
    void *buffer;

    (void)state;
    lines = 0;
    assert_hr(MAPIAllocateBuffer(123, &buffer), S_OK);
    assert_int_equal(lines, 1);
    _snprintf(expected, sizeof(expected), "%04lx:trace:mapi:MAPIAllocateBuffer (123, ", GetCurrentThreadId());
    assert_int_equal(strncmp(last_line, expected, strlen(expected)), 0);
    assert_int_equal(last_line[strlen(last_line) - 1], '\n');
    assert_hr(MAPIFreeBuffer(buffer), S_OK);
    assert_int_equal(lines, 2);
    assert_non_null(strstr(last_line, "trace:mapi:MAPIFreeBuffer "));
    assert_hr(MAPIFreeBuffer(buffer), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(lines, 4); /* the entry and the warning */
    assert_non_null(strstr(last_line, "warn:mapi:MAPIFreeBuffer "));
}

static void keeps_last_error(void **state)
{
    (void)state;
    SetLastError(0x12345);
    assert_hr(MAPIFreeBuffer(NULL), S_OK);
    assert_int_equal(GetLastError(), 0x12345);
}

/* Every function traces, wild parameters included, and allocates nothing for it. */
static void traces_wild_parameters(void **state)
{
    IMAPISession *session;
    PostroomCounts before, now;

    (void)state;
    harness_counts(&before);
    all_lines[0] = 0;
    assert_hr(MAPILogonEx(0, (LPTSTR)(ULONG_PTR)0x10000, (LPTSTR)(ULONG_PTR)0x7fff0001, MAPI_UNICODE, &session),
              MAPI_E_NOT_INITIALIZED);
    assert_non_null(strstr(all_lines, "trace:mapi:MAPILogonEx "));
    assert_hr(MAPIInitialize((void *)(ULONG_PTR)0x10000), MAPI_E_INVALID_PARAMETER);
    assert_non_null(strstr(all_lines, "trace:mapi:MAPIInitialize "));
    ScInitMapiUtil(1);
    assert_non_null(strstr(all_lines, "trace:mapi:ScInitMapiUtil "));
    IMalloc_GetSize(MAPIGetDefaultMalloc(), NULL);
    assert_non_null(strstr(all_lines, "trace:mapi:MAPIGetDefaultMalloc "));
    assert_non_null(strstr(all_lines, "trace:mapi:malloc_GetSize "));
    harness_counts(&now);
    assert_int_equal(now.cAllocations, before.cAllocations);
}

/* This program again, without the variable: it ends with the number of lines it saw. */
static void silent_by_default(void **state)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    WCHAR path[MAX_PATH], line[MAX_PATH + 16];
    DWORD code = 99;

    (void)state;
    assert_true(GetModuleFileNameW(NULL, path, ARRAY_SIZE(path)));
    _snwprintf(line, ARRAY_SIZE(line), L"\"%ls\" silent", path);
    assert_true(CreateProcessW(path, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process));
    assert_int_equal(WaitForSingleObject(process.hProcess, 30000), WAIT_OBJECT_0);
    assert_true(GetExitCodeProcess(process.hProcess, &code));
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    assert_int_equal(code, 42);
}

static int be_silent(void)
{
    void *buffer;

    SetEnvironmentVariableW(L"POSTROOM_TRACE", L"0");
    if (MAPIAllocateBuffer(10, &buffer) || MAPIFreeBuffer(buffer) || !MAPIFreeBuffer(buffer))
        return 1;
    return lines ? 2 : 42;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(traces_entries),
            harness_test_plain(keeps_last_error),
            harness_test_plain(traces_wild_parameters),
            harness_test_plain(silent_by_default),
    };

    AddVectoredExceptionHandler(1, catch_line);
    if (argc > 1 && !strcmp(argv[1], "silent"))
        return be_silent();
    /* before the DLL's first line: it looks once */
    SetEnvironmentVariableW(L"POSTROOM_TRACE", L"1");
    return harness_run(tests);
}
