/*
 * MAPI's allocator against the system's own mapi32.dll: a chain of 10,000 blocks, and single buffers.
 */
#include "bench.h"

#define CHAIN 10000
#define PAIRS 20000

struct allocator
{
    LPMAPIALLOCATEBUFFER allocate;
    LPMAPIALLOCATEMORE more;
    LPMAPIFREEBUFFER release;
};

static struct allocator ours, builtin;

static BOOL load(struct allocator *allocator, HMODULE module)
{
    if (!module)
        return FALSE;
    allocator->allocate = (LPMAPIALLOCATEBUFFER)(void *)GetProcAddress(module, "MAPIAllocateBuffer");
    allocator->more = (LPMAPIALLOCATEMORE)(void *)GetProcAddress(module, "MAPIAllocateMore");
    allocator->release = (LPMAPIFREEBUFFER)(void *)GetProcAddress(module, "MAPIFreeBuffer");
    return allocator->allocate && allocator->more && allocator->release;
}

static long chain(const struct allocator *allocator)
{
    void *base, *block;
    SCODE sc = allocator->allocate(64, &base);
    int i;

    if (sc)
        return sc;
    for (i = 0; i < CHAIN && !sc; i++)
        sc = allocator->more(64, base, &block);
    allocator->release(base);
    return sc;
}

static long pairs(const struct allocator *allocator)
{
    void *block;
    int i;

    for (i = 0; i < PAIRS; i++)
    {
        SCODE sc = allocator->allocate(64, &block);

        if (sc)
            return sc;
        allocator->release(block);
    }
    return 0;
}

static long ours_chain(void *context)
{
    (void)context;
    return chain(&ours);
}

static long builtin_chain(void *context)
{
    (void)context;
    return chain(&builtin);
}

static long ours_pairs(void *context)
{
    (void)context;
    return pairs(&ours);
}

static long builtin_pairs(void *context)
{
    (void)context;
    return pairs(&builtin);
}

int main(void)
{
    const struct bench_pair chains = {ours_chain, builtin_chain, NULL, CHAIN, CHAIN, 7};
    const struct bench_pair buffers = {ours_pairs, builtin_pairs, NULL, PAIRS, PAIRS, 31};
    HMODULE ours_module = bench_load_ours(), builtin_module = NULL;
    WCHAR path[MAX_PATH];
    int result = 0;
    long code;

    bench_head();
    if (bench_copy_builtin(path))
        builtin_module = LoadLibraryW(path);
    if (!load(&ours, ours_module) || !load(&builtin, builtin_module))
        return bench_failed("MAPIAllocateBuffer", GetLastError());

    code = bench_compare_pair("MAPIAllocateMore, chain of 10,000 (times)", &chains, TRUE, TRUE, 50);
    if (code)
        result = bench_failed("MAPIAllocateMore", code);
    code = bench_compare_pair("MAPIAllocateBuffer + MAPIFreeBuffer", &buffers, FALSE, FALSE, 1);
    if (code)
        result = bench_failed("MAPIAllocateBuffer", code);

    FreeLibrary(builtin_module);
    FreeLibrary(ours_module);
    DeleteFileW(path);
    return result;
}
