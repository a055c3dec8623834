/*
 * harness: leak checks, fault injection, profiles and sinks for the cmocka programs (harness.h). State belongs to the
 * test's thread.
 */
#include <stdlib.h>

#include "harness.h"

/* NtQuerySystemInformation's list of every handle (SystemExtendedHandleInformation). */
struct handle_entry
{
    void *object;
    ULONG_PTR process_id;
    ULONG_PTR handle;
    ULONG access;
    USHORT trace_index, type_index;
    ULONG attributes, reserved;
};

struct handle_list
{
    ULONG_PTR count;
    ULONG_PTR reserved;
    struct handle_entry entries[1];
};

#define EXTENDED_HANDLE_INFORMATION 64
#define LENGTH_MISMATCH ((LONG)0xc0000004)
#define MAX_PROFILES 64

typedef LONG(WINAPI *query_system_information)(int class, void *buffer, ULONG size, ULONG *needed);

static WCHAR profiles[MAX_PROFILES][HARNESS_PROFILE_NAME]; /* made by the running test and not deleted */
static size_t profile_count;

void harness_note(const char *format, ...)
{
    va_list args;
    char line[512];

    va_start(args, format);
    _vsnprintf(line, sizeof(line) - 1, format, args);
    line[sizeof(line) - 1] = 0;
    va_end(args);
    printf("# %s\n", line);
    fflush(stdout);
}

ULONG harness_handle_count(void)
{
    query_system_information query = (query_system_information)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"),
                                                                                      "NtQuerySystemInformation");
    static struct handle_list *list; /* kept, so that counting does not allocate each time */
    static ULONG size = 0x40000;
    ULONG count = 0, needed = 0;
    LONG status = LENGTH_MISMATCH;
    ULONG_PTR i;

    while (query && status == LENGTH_MISMATCH && size < 0x10000000)
    {
        if (!list && !(list = malloc(size)))
            break;
        status = query(EXTENDED_HANDLE_INFORMATION, list, size, &needed);
        if (status == LENGTH_MISMATCH)
        {
            free(list);
            list = NULL;
            size = needed > size ? needed * 2 : size * 2;
        }
    }
    if (status < 0)
    {
        GetProcessHandleCount(GetCurrentProcess(), &count);
        return count;
    }
    for (i = 0; i < list->count; i++)
        if (list->entries[i].process_id == GetCurrentProcessId())
            count++;
    return count;
}

void harness_assert_hr(HRESULT actual, HRESULT expected, const char *text, const char *file, int line)
{
    if (actual == expected)
        return;
    harness_note("%s is %#lx, expected %#lx", text, actual, expected);
    _fail(file, line);
}

void harness_counts(PostroomCounts *counts)
{
    memset(counts, 0, sizeof(*counts));
    counts->cbSize = sizeof(*counts);
    if (PostroomDiagnostics(counts, 0))
        fail_msg("PostroomDiagnostics failed");
}

void harness_assert_counts(const PostroomCounts *before, const char *what, const char *file, int line)
{
    PostroomCounts now;

    harness_counts(&now);
    if (now.cObjects == before->cObjects && now.cHeapBlocks == before->cHeapBlocks && now.cBuffers == before->cBuffers
        && now.cWindows == before->cWindows && now.cThreads == before->cThreads && now.cInit == before->cInit)
        return;
    harness_note("%s: objects %+ld, heap blocks %+ld, buffers %+ld, windows %+ld, threads %+ld, init count %+ld", what,
                 (LONG)(now.cObjects - before->cObjects), (LONG)(now.cHeapBlocks - before->cHeapBlocks),
                 (LONG)(now.cBuffers - before->cBuffers), (LONG)(now.cWindows - before->cWindows),
                 (LONG)(now.cThreads - before->cThreads), (LONG)(now.cInit - before->cInit));
    _fail(file, line);
}

/* A profile that is in use or gone already is no fault of the test's. */
static void delete_profiles(void)
{
    IProfAdmin *admin;

    if (!profile_count)
        return;
    if (!MAPIInitialize(NULL))
    {
        if (!MAPIAdminProfiles(0, &admin))
        {
            while (profile_count)
                IProfAdmin_DeleteProfile(admin, (LPTSTR)profiles[--profile_count], MAPI_UNICODE);
            IProfAdmin_Release(admin);
        }
        MAPIUninitialize();
    }
    profile_count = 0;
}

void harness_profile_name(WCHAR name[HARNESS_PROFILE_NAME])
{
    static ULONG number;

    _snwprintf(name, HARNESS_PROFILE_NAME, L"Postroom test %08lx %08lx %lu", GetCurrentProcessId(), GetTickCount(),
               ++number);
    name[HARNESS_PROFILE_NAME - 1] = 0;
}

void harness_create_profile(WCHAR name[HARNESS_PROFILE_NAME])
{
    IProfAdmin *admin;

    harness_profile_name(name);
    assert_true(profile_count < MAX_PROFILES);
    assert_hr(MAPIAdminProfiles(0, &admin), S_OK);
    assert_hr(IProfAdmin_CreateProfile(admin, (LPTSTR)name, NULL, 0, MAPI_UNICODE), S_OK);
    IProfAdmin_Release(admin);
    wcscpy(profiles[profile_count++], name);
}

void harness_delete_profile(const WCHAR *name)
{
    IProfAdmin *admin;
    size_t i;

    assert_hr(MAPIAdminProfiles(0, &admin), S_OK);
    assert_hr(IProfAdmin_DeleteProfile(admin, (LPTSTR)name, MAPI_UNICODE), S_OK);
    IProfAdmin_Release(admin);
    for (i = 0; i < profile_count; i++)
        if (!wcscmp(profiles[i], name))
            memmove(profiles[i], profiles[--profile_count], sizeof(profiles[i]));
}

/* One run of a test with MAPI as it wants it. */
static void run_once(const struct harness_case *test, const PostroomCounts *before)
{
    MAPIINIT_0 threaded = {MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS};
    void *state = NULL;

    if (test->start != HARNESS_PLAIN)
        assert_hr(MAPIInitialize(test->start == HARNESS_THREAD ? &threaded : NULL), S_OK);
    test->function(&state);
    PostroomDiagnostics(NULL, 0);
    delete_profiles();
    if (test->start != HARNESS_PLAIN)
        MAPIUninitialize();
    harness_assert_counts(before, "left by the test", __FILE__, __LINE__);
}

void harness_case_run(void **state)
{
    const struct harness_case *test = *state;
    ULONG handles, now, run;
    PostroomCounts before;

    harness_counts(&before);
    handles = harness_handle_count();
    for (run = 0; run < 3; run++)
    {
        run_once(test, &before);
        now = harness_handle_count();
        if (now <= handles)
            return;
        if (run)
            harness_note("run %lu of the test left %lu kernel handles", run + 1, now - handles);
        handles = now;
    }
    fail_msg("kernel handles leaked by each run");
}

/* After a failed test: what it left must not disturb the next. */
int harness_case_end(void **state)
{
    PostroomCounts counts;

    (void)state;
    harness_counts(&counts);
    while (counts.cInit--)
        MAPIUninitialize();
    delete_profiles();
    return 0;
}

int harness_run_tests(const struct CMUnitTest *tests, size_t count)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("tests", tests, count, NULL, NULL) != 0;
}

BOOL harness_fault_next(struct harness_fault *fault, const char *file, int line)
{
    PostroomCounts now;

    if (fault->nth)
    {
        BOOL hit = harness_fault_hit(fault);

        harness_assert_counts(&fault->before, "left with an allocation failed", file, line);
        if (!hit)
            return FALSE;
    }
    harness_counts(&now);
    if (fault->nth == 10000)
    {
        harness_note("%s:%d: no end of allocations", file, line);
        _fail(file, line);
    }
    fault->before = now;
    fault->known = FALSE;
    fault->nth++;
    PostroomDiagnostics(NULL, fault->nth);
    return TRUE;
}

BOOL harness_fault_hit(struct harness_fault *fault)
{
    PostroomCounts now;

    if (!fault->known)
    {
        harness_counts(&now);
        fault->hit = !now.cUntilFault;
        fault->known = TRUE;
    }
    return fault->hit;
}

static inline struct harness_sink *impl_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct harness_sink, IMAPIAdviseSink_iface);
}

static HRESULT STDMETHODCALLTYPE sink_QueryInterface(IMAPIAdviseSink *iface, REFIID riid, void **out)
{
    static const GUID unknown = {0, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
    static const GUID sink = {0x00020302, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};

    *out = NULL;
    if (memcmp(riid, &unknown, sizeof(unknown)) && memcmp(riid, &sink, sizeof(sink)))
        return E_NOINTERFACE;
    *out = iface;
    InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->refcount);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE sink_AddRef(IMAPIAdviseSink *iface)
{
    return (ULONG)InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->refcount);
}

static ULONG STDMETHODCALLTYPE sink_Release(IMAPIAdviseSink *iface)
{
    return (ULONG)InterlockedDecrement(&impl_from_IMAPIAdviseSink(iface)->refcount);
}

static ULONG STDMETHODCALLTYPE sink_OnNotify(IMAPIAdviseSink *iface, ULONG count, LPNOTIFICATION notifications)
{
    struct harness_sink *sink = impl_from_IMAPIAdviseSink(iface);

    sink->last = notifications[count - 1];
    sink->thread_id = GetCurrentThreadId();
    InterlockedExchangeAdd(&sink->events, (LONG)count);
    InterlockedIncrement(&sink->calls);
    if (sink->on_notify)
        sink->on_notify(sink, count, notifications);
    return S_OK;
}

static IMAPIAdviseSinkVtbl sink_vtbl = {sink_QueryInterface, sink_AddRef, sink_Release, sink_OnNotify};

void harness_sink_init(struct harness_sink *sink)
{
    memset(sink, 0, sizeof(*sink));
    sink->IMAPIAdviseSink_iface.lpVtbl = &sink_vtbl;
    sink->refcount = 1;
}

struct on_thread
{
    void (*function)(void *context);
    void *context;
};

static DWORD WINAPI on_thread_proc(void *argument)
{
    struct on_thread *call = argument;

    call->function(call->context);
    return 0;
}

void harness_on_thread(void (*function)(void *context), void *context)
{
    struct on_thread call = {function, context};
    HANDLE thread = CreateThread(NULL, 0, on_thread_proc, &call, 0, NULL);
    DWORD start = GetTickCount(), result = WAIT_TIMEOUT;
    MSG message;

    assert_non_null(thread);
    while (result != WAIT_OBJECT_0 && GetTickCount() - start < 60000)
    {
        result = MsgWaitForMultipleObjects(1, &thread, FALSE, 100, QS_SENDMESSAGE);
        PeekMessageW(&message, NULL, 0, 0, PM_NOREMOVE | PM_QS_SENDMESSAGE);
    }
    CloseHandle(thread);
    if (result != WAIT_OBJECT_0)
        fail_msg("the thread does not end");
}

void harness_pump(DWORD milliseconds)
{
    DWORD start = GetTickCount(), passed;
    MSG message;

    do
    {
        while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
        {
            TranslateMessage(&message);
            DispatchMessageW(&message);
        }
        passed = GetTickCount() - start;
        if (passed < milliseconds)
            MsgWaitForMultipleObjects(0, NULL, FALSE, milliseconds - passed, QS_ALLINPUT);
        passed = GetTickCount() - start;
    } while (passed < milliseconds);
}
