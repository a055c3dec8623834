/*
 * Logging on to an empty profile and off again, against opening and closing one registry key; and that 10,000 such
 * cycles leave nothing behind. "session N" only runs N cycles, for counting what they ask of the system.
 */
#include "bench.h"

#include <psapi.h>
#include <winternl.h>

#define CYCLES 100
#define KEYS 1000
#define MANY 10000

static LPMAPIINITIALIZE initialize;
static LPMAPIUNINITIALIZE uninitialize;
static LPMAPIADMINPROFILES admin_profiles;
static LPMAPILOGONEX logon;
static LPPOSTROOMDIAGNOSTICS diagnostics;

static WCHAR profile[65];

static BOOL load(HMODULE module)
{
    if (!module)
        return FALSE;
    initialize = (LPMAPIINITIALIZE)(void *)GetProcAddress(module, "MAPIInitialize");
    uninitialize = (LPMAPIUNINITIALIZE)(void *)GetProcAddress(module, "MAPIUninitialize");
    admin_profiles = (LPMAPIADMINPROFILES)(void *)GetProcAddress(module, "MAPIAdminProfiles");
    logon = (LPMAPILOGONEX)(void *)GetProcAddress(module, "MAPILogonEx");
    diagnostics = (LPPOSTROOMDIAGNOSTICS)(void *)GetProcAddress(module, "PostroomDiagnostics");
    return initialize && uninitialize && admin_profiles && logon && diagnostics;
}

static HRESULT cycle(void)
{
    IMAPISession *session = NULL;
    HRESULT hr =
            logon(0, (LPTSTR)profile, NULL, MAPI_NEW_SESSION | MAPI_EXTENDED | MAPI_NO_MAIL | MAPI_UNICODE, &session);

    if (FAILED(hr))
        return hr;
    hr = IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    return hr;
}

static long cycles(void *context)
{
    unsigned i, count = *(const unsigned *)context;
    HRESULT hr = S_OK;

    for (i = 0; i < count && SUCCEEDED(hr); i++)
        hr = cycle();
    return FAILED(hr) ? hr : 0;
}

static long keys(void *context)
{
    unsigned i;

    (void)context;
    for (i = 0; i < KEYS; i++)
    {
        HKEY key;
        LONG error = RegOpenKeyExW(HKEY_CURRENT_USER, L"Software", 0, KEY_READ, &key);

        if (error)
            return error;
        RegCloseKey(key);
    }
    return 0;
}

/* Kernel handles of this process, counted in the system's list; -1 when that cannot be had. */
static LONG count_handles(void)
{
    struct entry
    {
        void *object;
        ULONG_PTR pid, handle;
        ULONG access;
        USHORT trace, type;
        ULONG attributes, reserved;
    };
    struct list
    {
        ULONG_PTR count, reserved;
        struct entry entries[1];
    } *list = NULL;
    NTSTATUS(WINAPI * query)(ULONG, void *, ULONG, ULONG *);
    ULONG size = 1 << 18;
    NTSTATUS status;
    ULONG_PTR i;
    LONG count = 0;

    query = (void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQuerySystemInformation");
    do
    {
        free(list);
        size *= 2;
        list = malloc(size);
        status = query && list ? query(64, list, size, NULL) : -1; /* SystemExtendedHandleInformation */
    } while (status == (NTSTATUS)0xc0000004 && size < 1 << 28);
    if (!status)
    {
        for (i = 0; i < list->count; i++)
            count += list->entries[i].pid == GetCurrentProcessId();
    }
    free(list);
    return status ? -1 : count;
}

/* Bytes in use in all heaps of the process: exact, where the system's counters are about pages. */
static double heap_bytes(void)
{
    HANDLE heaps[64];
    DWORD i, count = GetProcessHeaps(64, heaps);
    double bytes = 0;

    for (i = 0; i < count && i < 64; i++)
    {
        PROCESS_HEAP_ENTRY entry;

        entry.lpData = NULL;
        HeapLock(heaps[i]);
        while (HeapWalk(heaps[i], &entry))
        {
            if (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY)
                bytes += entry.cbData;
        }
        HeapUnlock(heaps[i]);
    }
    return bytes;
}

struct usage
{
    LONG handles;
    double heap_bytes;
    double private_bytes, working_set;
    PostroomCounts counts;
};

static BOOL measure_usage(struct usage *usage)
{
    typedef BOOL(WINAPI * MEMORYINFO)(HANDLE, PROCESS_MEMORY_COUNTERS *, DWORD);
    MEMORYINFO memory_info = (MEMORYINFO)(void *)GetProcAddress(LoadLibraryW(L"psapi.dll"), "GetProcessMemoryInfo");
    PROCESS_MEMORY_COUNTERS memory;

    ZeroMemory(usage, sizeof(*usage));
    usage->heap_bytes = heap_bytes();
    usage->handles = count_handles();
    usage->counts.cbSize = sizeof(usage->counts);
    if (usage->handles < 0 || !memory_info || !memory_info(GetCurrentProcess(), &memory, sizeof(memory)))
        return FALSE;
    usage->private_bytes = memory.PagefileUsage; /* the same thing on Windows, and the one that Wine fills in */
    usage->working_set = memory.WorkingSetSize;
    return diagnostics(&usage->counts, 0) == S_OK;
}

static int flat(void)
{
    unsigned many = MANY;
    struct usage before, after;
    long code;

    /* The first hundreds bring the heap and the caches to their size. */
    if ((code = cycles(&(unsigned){500})) || !measure_usage(&before))
        return bench_failed("10,000 cycles", code);
    if ((code = cycles(&many)) || !measure_usage(&after))
        return bench_failed("10,000 cycles", code);
    bench_growth("10,000 cycles: kernel handles", before.handles, after.handles, 0);
    bench_growth("10,000 cycles: bytes in heaps", before.heap_bytes, after.heap_bytes, 4096);
    bench_growth("10,000 cycles: private bytes", before.private_bytes, after.private_bytes, 131072);
    bench_growth("10,000 cycles: working set", before.working_set, after.working_set, 131072);
    bench_growth("10,000 cycles: objects", before.counts.cObjects, after.counts.cObjects, 0);
    bench_growth("10,000 cycles: heap blocks", before.counts.cHeapBlocks, after.counts.cHeapBlocks, 0);
    bench_growth("10,000 cycles: MAPI buffers", before.counts.cBuffers, after.counts.cBuffers, 0);
    bench_growth("10,000 cycles: windows", before.counts.cWindows, after.counts.cWindows, 0);
    bench_growth("10,000 cycles: threads", before.counts.cThreads, after.counts.cThreads, 0);
    return 0;
}

static int measure(unsigned only)
{
    unsigned count = CYCLES;
    const struct bench_pair pair = {cycles, keys, &count, CYCLES, KEYS, 31};
    long code;
    int result = 0;

    if (only)
        return cycles(&only) ? 1 : 0;
    code = bench_compare_pair("logon + Logoff + Release, empty profile", &pair, FALSE, FALSE, 15);
    if (code)
        result = bench_failed("logon + Logoff + Release, empty profile", code);
    return flat() || result;
}

int main(int argc, char **argv)
{
    HMODULE module = bench_load_ours();
    IProfAdmin *admin = NULL;
    HRESULT hr;
    int result;

    bench_head();
    if (!load(module))
        return bench_failed("session", GetLastError());
    hr = initialize(NULL);
    if (SUCCEEDED(hr))
        hr = admin_profiles(0, &admin);
    if (FAILED(hr))
        return bench_failed("session", hr);
    wsprintfW(profile, L"Postroom bench %lu", GetCurrentProcessId());
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)profile, NULL, 0, MAPI_UNICODE);
    if (SUCCEEDED(hr))
        result = measure(argc > 1 ? strtoul(argv[1], NULL, 10) : 0);
    else
        result = bench_failed("session: a profile", hr);
    IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, MAPI_UNICODE);
    IProfAdmin_Release(admin);
    uninitialize();
    FreeLibrary(module);
    return result;
}
