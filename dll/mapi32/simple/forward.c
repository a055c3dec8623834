/*
 * The mail client that the user had before us: its Simple MAPI DLL, loaded while a call runs or a session of its is
 * open.
 *
 * One lock guards the list of running calls; the DLL is loaded and called without it.
 */
#include "simple/simple.h"

#include "register/client.h"

/* A client's dialog may well call us again from its message loop, once or twice. */
#define FORWARD_DEPTH 8

#ifndef LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR
#define LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR 0x00000100
#define LOAD_LIBRARY_SEARCH_SYSTEM32 0x00000800
#endif

/* Owner: this file. */
static struct
{
    SRWLOCK lock;
    struct forward *first;
} running = {SRWLOCK_INIT, NULL};

/* Calls in flight on this thread, this one included once it is in the list. */
static BOOL enter(struct forward *forward)
{
    const struct forward *other;
    unsigned int depth = 0;

    forward->thread = GetCurrentThreadId();
    forward->module = NULL;
    AcquireSRWLockExclusive(&running.lock);
    for (other = running.first; other; other = other->next)
        depth += other->thread == forward->thread;
    if (depth < FORWARD_DEPTH)
    {
        forward->next = running.first;
        running.first = forward;
    }
    ReleaseSRWLockExclusive(&running.lock);
    return depth < FORWARD_DEPTH;
}

static void leave(struct forward *forward)
{
    struct forward **at;

    AcquireSRWLockExclusive(&running.lock);
    for (at = &running.first; *at && *at != forward; at = &(*at)->next)
        ;
    if (*at)
        *at = forward->next;
    ReleaseSRWLockExclusive(&running.lock);
}

BOOL forward_begin(struct forward *forward)
{
    WCHAR path[MAX_PATH];

    if (!client_previous_dll(path))
    {
        WARN("no other mail client is registered\n");
        return FALSE;
    }
    if (!enter(forward))
    {
        ERR("the mail client %s leads back to us\n", debugstr_w(path));
        return FALSE;
    }
    /* Its own DLLs come from beside it or from the system, never from the current folder. Systems that do not know the
     * first way take the older one. */
    forward->module = LoadLibraryExW(path, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (!forward->module && GetLastError() == ERROR_INVALID_PARAMETER)
        forward->module = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    /* Another copy of ours, under whatever name. */
    if (forward->module && GetProcAddress(forward->module, "PostroomDiagnostics"))
    {
        ERR("%s is another copy of this DLL\n", debugstr_w(path));
        FreeLibrary(forward->module);
        forward->module = NULL;
    }
    if (!forward->module)
    {
        WARN("cannot use %s\n", debugstr_w(path));
        leave(forward);
        return FALSE;
    }
    return TRUE;
}

void forward_end(struct forward *forward)
{
    leave(forward);
    FreeLibrary(forward->module);
}

void *forward_function(const struct forward *forward, const char *name)
{
    return (void *)(ULONG_PTR)GetProcAddress(forward->module, name);
}
