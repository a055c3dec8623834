/*
 * Simple MAPI's session handles: numbers of an index and a generation, so that one that was logged off is never taken
 * for a later one.
 *
 * The table holds one reference on each session, each running call another. One lock guards the table and the
 * references; sessions end without it.
 */
#include "simple/simple.h"

#define INDEX_BITS 12
#define INDEX_COUNT ((1u << INDEX_BITS) - 1) /* index 0 is not used: no handle is 0 */
#define GENERATION_MASK 0x7ffffu             /* handles stay positive 32-bit numbers */

/* Owner: this file. */
static struct
{
    SRWLOCK lock;
    struct
    {
        struct simple_session *simple; /* NULL: free */
        ULONG generation;
    } * slots;
    size_t capacity; /* slots that have memory */
    ULONG count;     /* slots that have been used at any time */
    ULONG open;
    ULONG generation; /* of the newest handle; goes on when the table is given back */
} handles = {SRWLOCK_INIT, NULL, 0, 0, 0, 0};

static inline LHANDLE handle_of(ULONG index)
{
    return ((handles.slots[index].generation & GENERATION_MASK) << INDEX_BITS) | (index + 1);
}

/* The index, or INDEX_COUNT. Under the lock. */
static ULONG index_of(LHANDLE handle)
{
    ULONG index = (ULONG)(handle & INDEX_COUNT) - 1;

    if (index < handles.count && handles.slots[index].simple && handle_of(index) == handle)
        return index;
    return INDEX_COUNT;
}

struct simple_session *simple_session_create(FLAGS flags)
{
    struct simple_session *simple = heap_alloc_zero(sizeof(*simple));

    if (!simple)
        return NULL;
    simple->refcount = 1;
    simple->flags = flags;
    object_born(&simple->mark, "Simple MAPI session");
    return simple;
}

/* The last reference ends what it holds. */
static void simple_session_destroy(struct simple_session *simple)
{
    if (simple->other && simple->module)
    {
        LPMAPILOGOFF logoff = (LPMAPILOGOFF)(ULONG_PTR)GetProcAddress(simple->module, "MAPILogoff");

        if (logoff)
            logoff(simple->other, 0, 0, 0);
    }
    if (simple->module)
        FreeLibrary(simple->module);
    if (simple->session)
    {
        IMAPISession_Logoff(simple->session, 0, 0, 0);
        IMAPISession_Release(simple->session);
    }
    if (simple->initialized)
        MAPIUninitialize();
    object_died(&simple->mark);
    heap_free(simple);
}

void simple_session_release(struct simple_session *simple)
{
    BOOL last;

    AcquireSRWLockExclusive(&handles.lock);
    last = !--simple->refcount;
    ReleaseSRWLockExclusive(&handles.lock);
    if (last)
        simple_session_destroy(simple);
}

/* Some free slot, or a new one. Under the lock. */
static ULONG slot_find(ULONG *index)
{
    for (*index = 0; handles.open < handles.count && *index < handles.count; ++*index)
        if (!handles.slots[*index].simple)
            return SUCCESS_SUCCESS;
    *index = handles.count;
    if (*index >= INDEX_COUNT)
        return MAPI_E_TOO_MANY_SESSIONS;
    if (!array_reserve((void **)&handles.slots, &handles.capacity, *index + 1, sizeof(*handles.slots)))
        return MAPI_E_INSUFFICIENT_MEMORY;
    handles.slots[*index].simple = NULL;
    handles.count++;
    return SUCCESS_SUCCESS;
}

ULONG handle_create(struct simple_session *simple, LHANDLE *handle)
{
    ULONG index, code;

    *handle = 0;
    AcquireSRWLockExclusive(&handles.lock);
    code = slot_find(&index);
    if (code == SUCCESS_SUCCESS)
    {
        handles.slots[index].simple = simple;
        handles.slots[index].generation = ++handles.generation;
        handles.open++;
        simple->refcount++;
        *handle = handle_of(index);
    }
    ReleaseSRWLockExclusive(&handles.lock);
    return code;
}

struct simple_session *handle_get(LHANDLE handle)
{
    struct simple_session *simple = NULL;
    ULONG index;

    AcquireSRWLockExclusive(&handles.lock);
    index = index_of(handle);
    if (index != INDEX_COUNT)
    {
        simple = handles.slots[index].simple;
        simple->refcount++;
    }
    ReleaseSRWLockExclusive(&handles.lock);
    return simple;
}

struct simple_session *handle_take(LHANDLE handle)
{
    struct simple_session *simple = NULL;
    void *slots = NULL;
    ULONG index;

    AcquireSRWLockExclusive(&handles.lock);
    index = index_of(handle);
    if (index != INDEX_COUNT)
    {
        simple = handles.slots[index].simple;
        handles.slots[index].simple = NULL;
        if (!--handles.open)
        {
            /* Nothing of ours stays behind when the DLL is unloaded. */
            slots = handles.slots;
            handles.slots = NULL;
            handles.capacity = 0;
            handles.count = 0;
        }
    }
    ReleaseSRWLockExclusive(&handles.lock);
    heap_free(slots);
    return simple;
}

/* Keeps what the other client's MAPILogon gave, unless another thread was faster. Returns the one that counts. */
static LHANDLE keep_other(struct simple_session *simple, const struct forward *forward, LHANDLE fresh, BOOL *kept)
{
    HMODULE module = NULL;
    LHANDLE other;

    /* One reference on the DLL for as long as its handle lives. */
    *kept = !memory_should_fail()
            && GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)(ULONG_PTR)forward->module,
                                  &module);
    if (!*kept)
        return 0;
    AcquireSRWLockExclusive(&handles.lock);
    if ((*kept = !simple->other))
    {
        simple->other = fresh;
        simple->module = module;
    }
    other = simple->other;
    ReleaseSRWLockExclusive(&handles.lock);
    if (!*kept)
        FreeLibrary(module);
    return other;
}

ULONG simple_session_other(struct simple_session *simple, const struct forward *forward, ULONG_PTR ui, char *name,
                           char *password, LHANDLE *other)
{
    LPMAPILOGOFF logoff = (LPMAPILOGOFF)forward_function(forward, "MAPILogoff");
    LPMAPILOGON logon = (LPMAPILOGON)forward_function(forward, "MAPILogon");
    LHANDLE fresh = 0;
    BOOL kept;
    ULONG code;

    AcquireSRWLockExclusive(&handles.lock);
    *other = simple->other;
    ReleaseSRWLockExclusive(&handles.lock);
    if (*other)
        return SUCCESS_SUCCESS;
    if (!logon)
        return MAPI_E_NOT_SUPPORTED;
    code = logon(ui, name, password, simple->flags, 0, &fresh);
    if (code != SUCCESS_SUCCESS)
        return code;
    if (!fresh)
        return SUCCESS_SUCCESS; /* that client needs no handle */
    *other = keep_other(simple, forward, fresh, &kept);
    if (!kept && logoff)
        logoff(fresh, 0, 0, 0);
    return *other ? SUCCESS_SUCCESS : MAPI_E_INSUFFICIENT_MEMORY;
}
