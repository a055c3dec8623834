/*
 * MAPI buffers and MAPIGetDefaultMalloc (MEM rows).
 */
#include "harness.h"

/* mapiutil.h and mapix.h lack it in some versions of mingw-w64. */
SCODE WINAPI MAPIReallocateBuffer(LPVOID lpv, ULONG ulSize, LPVOID *lppv);

static void MEM_01_free_null(void **state)
{
    (void)state;
    assert_int_equal(MAPIFreeBuffer(NULL), S_OK);
}

static void MEM_02_base_frees_chain(void **state)
{
    void *base, *blocks[200];
    PostroomCounts before, now;
    ULONG i;

    (void)state;
    harness_counts(&before);
    assert_hr(MAPIAllocateBuffer(10, &base), S_OK);
    for (i = 0; i < ARRAY_SIZE(blocks); i++)
    {
        assert_hr(MAPIAllocateMore(i * 37, base, &blocks[i]), S_OK);
        memset(blocks[i], (int)i, i * 37);
    }
    for (i = 0; i < ARRAY_SIZE(blocks); i++)
        assert_true(i == 0 || ((unsigned char *)blocks[i])[i * 37 - 1] == (unsigned char)i);
    harness_counts(&now);
    assert_int_equal(now.cBuffers - before.cBuffers, 201);
    assert_hr(MAPIFreeBuffer(base), S_OK);
    harness_counts(&now);
    assert_int_equal(now.cBuffers, before.cBuffers);
}

/* A large base with small blocks, and the other way round. */
static void MEM_02_mixed_sizes(void **state)
{
    static const ULONG sizes[] = {0, 1, 16, 1023, 1024, 1025, 5000, 70000, 1 << 20};
    void *base, *more;
    size_t i, j;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        assert_hr(MAPIAllocateBuffer(sizes[i], &base), S_OK);
        memset(base, 0xaa, sizes[i]);
        for (j = 0; j < ARRAY_SIZE(sizes); j++)
        {
            assert_hr(MAPIAllocateMore(sizes[j], base, &more), S_OK);
            memset(more, 0x55, sizes[j]);
        }
        assert_hr(MAPIFreeBuffer(base), S_OK);
    }
}

static void MEM_03_alignment(void **state)
{
    void *base, *more;
    ULONG size;

    (void)state;
    for (size = 0; size < 3000; size += 7)
    {
        assert_hr(MAPIAllocateBuffer(size, &base), S_OK);
        assert_non_null(base);
        assert_int_equal((ULONG_PTR)base & 15, 0);
        assert_hr(MAPIAllocateMore(size, base, &more), S_OK);
        assert_int_equal((ULONG_PTR)more & 15, 0);
        assert_ptr_not_equal(base, more);
        assert_hr(MAPIFreeBuffer(base), S_OK);
    }
}

static void MEM_04_reallocate_copies(void **state)
{
    static const ULONG sizes[] = {100, 120, 1000, 1024, 2000, 100000, 3000, 50, 0, 16};
    unsigned char *buffer, *other, *chained;
    PostroomCounts before, now;
    ULONG size = 40, i, j;

    (void)state;
    harness_counts(&before);
    assert_hr(MAPIAllocateBuffer(size, (void **)&buffer), S_OK);
    assert_hr(MAPIAllocateMore(50, buffer, (void **)&chained), S_OK);
    memset(chained, 0x77, 50);
    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        for (j = 0; j < size; j++)
            buffer[j] = (unsigned char)(j * 7 + i);
        assert_hr(MAPIReallocateBuffer(buffer, sizes[i], (void **)&other), S_OK);
        for (j = 0; j < size && j < sizes[i]; j++)
            assert_int_equal(other[j], (unsigned char)(j * 7 + i));
        if (other != buffer)
            assert_hr(MAPIFreeBuffer(buffer), MAPI_E_INVALID_PARAMETER);
        buffer = other;
        size = sizes[i];
    }
    for (j = 0; j < 50; j++)
        assert_int_equal(chained[j], 0x77);
    assert_hr(MAPIFreeBuffer(buffer), S_OK);
    harness_counts(&now);
    assert_int_equal(now.cBuffers, before.cBuffers); /* what was chained went along */
}

static void MEM_04_reallocate_bad(void **state)
{
    void *buffer, *more, *out;

    (void)state;
    assert_hr(MAPIReallocateBuffer(NULL, 20, &out), S_OK);
    assert_hr(MAPIFreeBuffer(out), S_OK);
    out = &out;
    assert_hr(MAPIReallocateBuffer(&buffer, 20, &out), MAPI_E_INVALID_PARAMETER);
    assert_null(out);
    assert_hr(MAPIAllocateBuffer(20, &buffer), S_OK);
    assert_hr(MAPIAllocateMore(20, buffer, &more), S_OK);
    assert_hr(MAPIReallocateBuffer(more, 40, &out), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIReallocateBuffer(buffer, 40, NULL), MAPI_E_INVALID_PARAMETER);
    out = &out;
    assert_hr(MAPIReallocateBuffer(buffer, 0xfffffff0, &out), MAPI_E_NOT_ENOUGH_MEMORY);
    assert_null(out);
    assert_hr(MAPIFreeBuffer(buffer), S_OK); /* untouched by the failures */
    assert_hr(MAPIReallocateBuffer(buffer, 40, &out), MAPI_E_INVALID_PARAMETER);
}

static void MEM_05_default_malloc(void **state)
{
    IMalloc *malloc = MAPIGetDefaultMalloc();
    IUnknown *unknown;
    char *block;

    (void)state;
    assert_non_null(malloc);
    assert_ptr_equal(MAPIGetDefaultMalloc(), malloc);
    assert_int_equal(IMalloc_AddRef(malloc), 1);
    assert_int_equal(IMalloc_Release(malloc), 1);
    assert_hr(IMalloc_QueryInterface(malloc, &IID_IUnknown, (void **)&unknown), S_OK);
    assert_ptr_equal(unknown, malloc);
    assert_hr(IMalloc_QueryInterface(malloc, &IID_IMalloc, (void **)&unknown), S_OK);
    assert_hr(IMalloc_QueryInterface(malloc, &IID_IStream, (void **)&unknown), E_NOINTERFACE);
    assert_null(unknown);

    block = IMalloc_Alloc(malloc, 100);
    assert_non_null(block);
    strcpy(block, "kept");
    assert_int_equal(IMalloc_GetSize(malloc, block), 100);
    assert_int_equal(IMalloc_DidAlloc(malloc, block), -1);
    block = IMalloc_Realloc(malloc, block, 5000);
    assert_non_null(block);
    assert_string_equal(block, "kept");
    assert_int_equal(IMalloc_GetSize(malloc, block), 5000);
    CoTaskMemFree(block); /* the same heap */
    block = CoTaskMemAlloc(10);
    assert_null(IMalloc_Realloc(malloc, block, 0));
    assert_true(IMalloc_GetSize(malloc, NULL) == (SIZE_T)-1);
    block = IMalloc_Realloc(malloc, NULL, 10);
    assert_non_null(block);
    IMalloc_Free(malloc, block);
    IMalloc_Free(malloc, NULL);
    IMalloc_HeapMinimize(malloc);
}

static void MEM_06_outlive_uninitialize(void **state)
{
    char *buffer, *more;

    (void)state;
    assert_hr(MAPIInitialize(NULL), S_OK);
    assert_hr(MAPIAllocateBuffer(100, (void **)&buffer), S_OK);
    memset(buffer, 0x11, 100);
    MAPIUninitialize();
    assert_int_equal(buffer[99], 0x11);
    assert_hr(MAPIAllocateMore(10, buffer, (void **)&more), S_OK);
    assert_hr(MAPIFreeBuffer(buffer), S_OK);
}

static void MEM_invalid_pointers(void **state)
{
    static char in_module[64];
    char on_stack[64], *buffer, *more, *large, *heap = HeapAlloc(GetProcessHeap(), 0, 100);
    void *reserved = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS), *out = NULL;
    const void *bad[] = {(void *)1,
                         (void *)(ULONG_PTR)16,
                         (void *)(ULONG_PTR)0xdeadbeef0,
                         (void *)~(ULONG_PTR)0,
                         (void *)(~(ULONG_PTR)0 << 4),
                         in_module,
                         on_stack,
                         heap,
                         reserved,
                         (char *)reserved + 0x10000};
    size_t i;

    (void)state;
    assert_hr(MAPIAllocateBuffer(100, (void **)&buffer), S_OK);
    assert_hr(MAPIAllocateBuffer(100000, (void **)&large), S_OK);
    assert_hr(MAPIAllocateMore(100, buffer, (void **)&more), S_OK);
    for (i = 0; i < ARRAY_SIZE(bad); i++)
    {
        assert_hr(MAPIFreeBuffer((void *)bad[i]), MAPI_E_INVALID_PARAMETER);
        out = &out;
        assert_hr(MAPIAllocateMore(10, (void *)bad[i], &out), MAPI_E_INVALID_PARAMETER);
        assert_null(out);
        assert_hr(MAPIReallocateBuffer((void *)bad[i], 10, &out), MAPI_E_INVALID_PARAMETER);
    }
    /* inside of blocks, and in the slab's own front */
    for (i = 1; i < 100; i++)
        assert_hr(MAPIFreeBuffer(buffer + i), MAPI_E_INVALID_PARAMETER);
    for (i = 8; i < 0x10000; i += 16)
        assert_hr(MAPIFreeBuffer((char *)((ULONG_PTR)buffer & ~(ULONG_PTR)0xffff) + i), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIFreeBuffer((void *)((ULONG_PTR)buffer & ~(ULONG_PTR)0xffff)), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIFreeBuffer(large + 16), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIFreeBuffer(large - 16), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIFreeBuffer(more), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIAllocateMore(10, more, &out), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIAllocateMore(10, NULL, &out), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIAllocateMore(10, buffer, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIAllocateBuffer(10, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIFreeBuffer(buffer), S_OK);
    assert_hr(MAPIFreeBuffer(buffer), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIFreeBuffer(more), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIAllocateMore(10, buffer, &out), MAPI_E_INVALID_PARAMETER);
    assert_hr(MAPIFreeBuffer(large), S_OK);
    assert_hr(MAPIFreeBuffer(large), MAPI_E_INVALID_PARAMETER);
    HeapFree(GetProcessHeap(), 0, heap);
    VirtualFree(reserved, 0, MEM_RELEASE);
}

static void MEM_sizes_at_the_edge(void **state)
{
    static const ULONG huge[] = {0x7fff0001, 0x80000000, 0xfffffff0, 0xffffffff};
    void *buffer, *out;
    size_t i;

    (void)state;
    assert_hr(MAPIAllocateBuffer(0, &buffer), S_OK);
    assert_non_null(buffer);
    for (i = 0; i < ARRAY_SIZE(huge); i++)
    {
        out = &out;
        assert_hr(MAPIAllocateBuffer(huge[i], &out), MAPI_E_NOT_ENOUGH_MEMORY);
        assert_null(out);
        out = &out;
        assert_hr(MAPIAllocateMore(huge[i], buffer, &out), MAPI_E_NOT_ENOUGH_MEMORY);
        assert_null(out);
    }
    assert_hr(MAPIFreeBuffer(buffer), S_OK);
}

/* Time for blocks chained does not grow with the chain: the second half may not take much longer than the first. */
static void MEM_long_chain(void **state)
{
    LARGE_INTEGER start, middle, end;
    void *base, *more;
    ULONG i, tries;

    (void)state;
    for (tries = 0; tries < 5; tries++)
    {
        assert_hr(MAPIAllocateBuffer(10, &base), S_OK);
        QueryPerformanceCounter(&start);
        for (i = 0; i < 20000; i++)
            assert_hr(MAPIAllocateMore(i % 200, base, &more), S_OK);
        QueryPerformanceCounter(&middle);
        for (i = 0; i < 20000; i++)
            assert_hr(MAPIAllocateMore(i % 200, base, &more), S_OK);
        QueryPerformanceCounter(&end);
        assert_hr(MAPIFreeBuffer(base), S_OK);
        if (end.QuadPart - middle.QuadPart < 2 * (middle.QuadPart - start.QuadPart))
            return;
    }
    fail_msg("MAPIAllocateMore gets slower in a long chain");
}

/* At most 32 bytes a block, seen from outside: neighbours of one size are no further apart. */
static void MEM_overhead(void **state)
{
    static const ULONG sizes[] = {1, 15, 16, 17, 24, 100, 130, 500, 1000, 1024};
    static char *blocks[4000];
    ULONG_PTR low, high;
    size_t i, j, count;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        count = 50000 / (sizes[i] + 32);
        for (j = 0; j < count && j < ARRAY_SIZE(blocks); j++)
            assert_hr(MAPIAllocateBuffer(sizes[i], (void **)&blocks[j]), S_OK);
        count = j;
        low = high = (ULONG_PTR)blocks[0];
        for (j = 0; j < count; j++)
        {
            /* those in the same slab as the first */
            if ((ULONG_PTR)blocks[j] >> 16 != (ULONG_PTR)blocks[0] >> 16)
                break;
            low = (ULONG_PTR)blocks[j] < low ? (ULONG_PTR)blocks[j] : low;
            high = (ULONG_PTR)blocks[j] > high ? (ULONG_PTR)blocks[j] : high;
        }
        assert_true(j < 2 || (high - low) / (j - 1) + sizeof(void *) <= sizes[i] + 32);
        for (j = 0; j < count; j++)
            assert_hr(MAPIFreeBuffer(blocks[j]), S_OK);
    }
}

struct hammer
{
    ULONG seed;
    LONG errors;
};

static DWORD WINAPI hammer_proc(void *argument)
{
    struct hammer *hammer = argument;
    unsigned char *slots[64] = {0}, *more;
    ULONG sizes[64] = {0}, i, round, size;

    for (round = 0; round < 40000; round++)
    {
        hammer->seed = hammer->seed * 1664525 + 1013904223;
        i = hammer->seed >> 26;
        size = hammer->seed >> 10 & (round % 50 ? 0x1ff : 0x1fff);
        if (!slots[i])
        {
            if (MAPIAllocateBuffer(size + 1, (void **)&slots[i]))
                hammer->errors++;
            else
                memset(slots[i], (int)i, (sizes[i] = size + 1));
        }
        else if (round & 1)
        {
            if (MAPIAllocateMore(size, slots[i], (void **)&more))
                hammer->errors++;
            else
                memset(more, 0xee, size);
        }
        else
        {
            if (slots[i][0] != i || slots[i][sizes[i] - 1] != i)
                hammer->errors++;
            if (MAPIFreeBuffer(slots[i]))
                hammer->errors++;
            slots[i] = NULL;
        }
    }
    for (i = 0; i < ARRAY_SIZE(slots); i++)
        MAPIFreeBuffer(slots[i]);
    return 0;
}

static void MEM_threads(void **state)
{
    struct hammer hammers[4];
    HANDLE threads[4];
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(threads); i++)
    {
        hammers[i].seed = (ULONG)i * 77 + 1;
        hammers[i].errors = 0;
        threads[i] = CreateThread(NULL, 0, hammer_proc, &hammers[i], 0, NULL);
        assert_non_null(threads[i]);
    }
    WaitForMultipleObjects(ARRAY_SIZE(threads), threads, TRUE, INFINITE);
    for (i = 0; i < ARRAY_SIZE(threads); i++)
    {
        CloseHandle(threads[i]);
        assert_int_equal(hammers[i].errors, 0);
    }
}

struct shared_base
{
    void *base;
    LONG errors;
};

static DWORD WINAPI share_proc(void *argument)
{
    struct shared_base *shared = argument;
    void *more;
    int i;

    for (i = 0; i < 5000; i++)
    {
        if (MAPIAllocateMore((ULONG)i % 1500, shared->base, &more))
            InterlockedIncrement(&shared->errors);
        else
            memset(more, 0x33, (size_t)i % 1500);
    }
    return 0;
}

/* Several threads chain to one buffer: nothing gets lost. */
static void MEM_threads_share_a_base(void **state)
{
    struct shared_base shared = {0};
    PostroomCounts before, now;
    HANDLE threads[3];
    size_t i;

    (void)state;
    harness_counts(&before);
    assert_hr(MAPIAllocateBuffer(10, &shared.base), S_OK);
    for (i = 0; i < ARRAY_SIZE(threads); i++)
        threads[i] = CreateThread(NULL, 0, share_proc, &shared, 0, NULL);
    WaitForMultipleObjects(ARRAY_SIZE(threads), threads, TRUE, INFINITE);
    for (i = 0; i < ARRAY_SIZE(threads); i++)
        CloseHandle(threads[i]);
    assert_int_equal(shared.errors, 0);
    harness_counts(&now);
    assert_int_equal(now.cBuffers - before.cBuffers, 15001);
    assert_hr(MAPIFreeBuffer(shared.base), S_OK);
    harness_counts(&now);
    assert_int_equal(now.cBuffers, before.cBuffers);
}

static void MEM_faults(void **state)
{
    static const ULONG sizes[] = {10, 5000};
    void *base = NULL, *more = NULL, *grown;
    SCODE code;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        HARNESS_FOR_EACH_ALLOCATION(fault)
        {
            code = MAPIAllocateBuffer(sizes[i], &base);
            if (!code)
                code = MAPIAllocateMore(sizes[i], base, &more);
            if (!code)
            {
                code = MAPIReallocateBuffer(base, sizes[i] * 2, &grown);
                base = code ? base : grown;
            }
            assert_hr(code, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
            MAPIFreeBuffer(base);
            base = NULL;
        }
    }
    assert_hr(PostroomDiagnostics(NULL, 0), S_OK);
}

static void diagnostics_bad_parameters(void **state)
{
    PostroomCounts counts = {0};

    (void)state;
    assert_hr(PostroomDiagnostics(&counts, 0), MAPI_E_INVALID_PARAMETER);
    counts.cbSize = sizeof(counts) + 4;
    assert_hr(PostroomDiagnostics(&counts, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(PostroomDiagnostics((PostroomCounts *)(ULONG_PTR)0x10, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(PostroomDiagnostics(NULL, 0x80000000), MAPI_E_INVALID_PARAMETER);
    counts.cbSize = sizeof(counts);
    assert_hr(PostroomDiagnostics(&counts, 0), S_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(MEM_01_free_null),
            harness_test_plain(MEM_02_base_frees_chain),
            harness_test_plain(MEM_02_mixed_sizes),
            harness_test_plain(MEM_03_alignment),
            harness_test_plain(MEM_04_reallocate_copies),
            harness_test_plain(MEM_04_reallocate_bad),
            harness_test_plain(MEM_05_default_malloc),
            harness_test_plain(MEM_06_outlive_uninitialize),
            harness_test_plain(MEM_invalid_pointers),
            harness_test_plain(MEM_sizes_at_the_edge),
            harness_test_plain(MEM_long_chain),
            harness_test_plain(MEM_overhead),
            harness_test_plain(MEM_threads),
            harness_test_plain(MEM_threads_share_a_base),
            harness_test_plain(MEM_faults),
            harness_test_plain(diagnostics_bad_parameters),
    };

    return harness_run(tests);
}
