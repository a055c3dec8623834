/*
 * Gate: state and calls in flight in one word, the children that must hear of the end, and the pumping wait.
 *
 * The list of a thread's own calls starts in a thread-local slot and runs through the stack frames of the calls, so
 * it needs no memory and nothing has to be cleaned up when a thread ends.
 */
#include "base/base.h"

#define GATE_CLOSED ((LONG)0x40000000)
#define GATE_COUNT ((LONG)0x3fffffff)

static void (*volatile on_outermost_leave)(void);

void gate_on_outermost_leave(void (*run)(void))
{
    on_outermost_leave = run;
}

void gate_init(struct gate *gate, void (*destroy)(struct gate *gate))
{
    memset(gate, 0, sizeof(*gate));
    gate->refcount = 1;
    gate->destroy = destroy;
    InitializeSRWLock(&gate->lock);
    gate->children.next = gate->children.prev = &gate->children;
}

void gate_addref(struct gate *gate)
{
    if (gate)
        InterlockedIncrement(&gate->refcount);
}

void gate_release(struct gate *gate)
{
    if (!gate || InterlockedDecrement(&gate->refcount))
        return;
    if (gate->drained)
        CloseHandle(gate->drained);
    gate->destroy(gate);
}

HRESULT gate_enter(struct gate *gate, struct gate_call *call)
{
    DWORD slot = init_tls_slot();
    HRESULT hr;
    LONG seen;

    call->gate = NULL;
    call->outer = NULL;
    if (FAILED(hr = init_check()))
        return hr;
    if (!gate)
        return S_OK;
    /* Without the slot a nested Logoff would wait for its own thread. */
    if (slot == TLS_OUT_OF_INDEXES)
        return MAPI_E_NOT_ENOUGH_RESOURCES;

    do
    {
        seen = gate->word;
        if (seen & GATE_CLOSED)
            return MAPI_E_INVALID_OBJECT;
    } while (InterlockedCompareExchange(&gate->word, seen + 1, seen) != seen);

    gate_addref(gate);
    call->gate = gate;
    call->outer = TlsGetValue(slot);
    TlsSetValue(slot, call);
    return S_OK;
}

void gate_leave(struct gate_call *call)
{
    struct gate *gate = call->gate;
    HANDLE drained;

    if (!gate)
        return;
    TlsSetValue(init_tls_slot(), call->outer);
    if ((InterlockedDecrement(&gate->word) & GATE_CLOSED) && (drained = gate->drained))
        SetEvent(drained);
    if (!call->outer && on_outermost_leave)
        on_outermost_leave();
    gate_release(gate);
}

void gate_mark(struct gate_call *call)
{
    DWORD slot = init_tls_slot();

    call->gate = NULL;
    call->outer = slot == TLS_OUT_OF_INDEXES ? NULL : TlsGetValue(slot);
    if (slot != TLS_OUT_OF_INDEXES)
        TlsSetValue(slot, call);
}

void gate_unmark(struct gate_call *call)
{
    DWORD slot = init_tls_slot();

    if (slot != TLS_OUT_OF_INDEXES)
        TlsSetValue(slot, call->outer);
}

BOOL gate_thread_inside(void)
{
    DWORD slot = init_tls_slot();

    return slot != TLS_OUT_OF_INDEXES && TlsGetValue(slot);
}

BOOL gate_is_open(struct gate *gate)
{
    return !(gate->word & GATE_CLOSED);
}

BOOL gate_close(struct gate *gate)
{
    return !(InterlockedOr(&gate->word, GATE_CLOSED) & GATE_CLOSED);
}

/* Calls of the current thread that are inside. */
static LONG gate_own_calls(const struct gate *gate)
{
    DWORD slot = init_tls_slot();
    struct gate_call *call;
    LONG count = 0;

    if (slot == TLS_OUT_OF_INDEXES)
        return 0;
    for (call = TlsGetValue(slot); call; call = call->outer)
    {
        if (call->gate == gate)
            count++;
    }
    return count;
}

BOOL gate_is_busy(struct gate *gate)
{
    return (gate->word & GATE_COUNT) > gate_own_calls(gate);
}

void gate_pause(DWORD milliseconds)
{
    wait_step(NULL, milliseconds);
}

void gate_drain(struct gate *gate)
{
    HANDLE drained;

    while (gate_is_busy(gate))
    {
        if ((drained = gate->drained))
        {
            wait_step(drained, INFINITE);
            continue;
        }
        /* The last call may have left before it could see the event, so look again before waiting for it. */
        drained = memory_should_fail() ? NULL : CreateEventW(NULL, FALSE, FALSE, NULL);
        InterlockedExchangePointer((void *volatile *)&gate->drained, drained);
        if (!drained)
            gate_pause(10);
    }
}

/* A reference for an object whose last one is not gone yet. */
static BOOL addref_if_alive(volatile LONG *refcount)
{
    LONG seen;

    do
    {
        if (!(seen = *refcount))
            return FALSE;
    } while (InterlockedCompareExchange(refcount, seen + 1, seen) != seen);
    return TRUE;
}

static void gate_unlink(struct gate_child *child)
{
    child->next->prev = child->prev;
    child->prev->next = child->next;
    child->next = child->prev = NULL;
}

void gate_close_children(struct gate *gate)
{
    struct gate_child *child;
    BOOL alive;

    for (;;)
    {
        AcquireSRWLockExclusive(&gate->lock);
        gate->swept = TRUE;
        child = gate->children.next;
        if (child == &gate->children)
            break;
        gate_unlink(child);
        alive = addref_if_alive(child->refcount);
        ReleaseSRWLockExclusive(&gate->lock);
        if (!alive)
            continue;
        child->on_close(child);
        child->release(child);
    }
    ReleaseSRWLockExclusive(&gate->lock);
}

BOOL gate_attach(struct gate *gate, struct gate_child *child)
{
    BOOL attached;

    AcquireSRWLockExclusive(&gate->lock);
    if ((attached = !gate->swept))
    {
        child->next = &gate->children;
        child->prev = gate->children.prev;
        child->prev->next = child;
        gate->children.prev = child;
    }
    ReleaseSRWLockExclusive(&gate->lock);
    return attached;
}

void gate_detach(struct gate *gate, struct gate_child *child)
{
    AcquireSRWLockExclusive(&gate->lock);
    if (child->next)
        gate_unlink(child);
    ReleaseSRWLockExclusive(&gate->lock);
}
