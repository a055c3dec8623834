/*
 * Owner: disabling, restoring and surviving the window that owns a modal window of ours.
 *
 * EnableWindow sends messages, so on another thread's window it hangs as long as that thread does not pump. A keeper
 * thread calls it then; keeper memory belongs to both threads (refcount), and the keeper holds the module.
 */
#include "ui/owner.h"
#include "base/base.h"

/* How long an owner of another thread may take to answer before we do without it. */
#define ANSWER_TIME 500

struct keeper
{
    volatile LONG refcount;
    HWND window;
    HANDLE thread;
    HANDLE disabled; /* set by the keeper when EnableWindow(FALSE) has returned */
    HANDLE release;  /* set by the dialog's thread */
    HMODULE module;
};

static void keeper_release(struct keeper *keeper)
{
    if (InterlockedDecrement(&keeper->refcount))
        return;
    if (keeper->disabled)
        CloseHandle(keeper->disabled);
    if (keeper->release)
        CloseHandle(keeper->release);
    heap_free(keeper);
}

static DWORD WINAPI keeper_run(void *context)
{
    struct keeper *keeper = context;
    HMODULE module = keeper->module;
    BOOL was_disabled = EnableWindow(keeper->window, FALSE);

    SetEvent(keeper->disabled);
    WaitForSingleObject(keeper->release, INFINITE);
    if (!was_disabled && IsWindow(keeper->window))
        EnableWindow(keeper->window, TRUE);
    keeper_release(keeper);
    thread_counted(-1);
    FreeLibraryAndExitThread(module, 0);
}

static struct keeper *keeper_start(HWND window)
{
    struct keeper *keeper = heap_alloc_zero(sizeof(*keeper));

    if (!keeper)
        return NULL;
    keeper->refcount = 1;
    keeper->window = window;
    keeper->disabled = CreateEventW(NULL, TRUE, FALSE, NULL);
    keeper->release = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (keeper->disabled && keeper->release
        && GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)&keeper_run, &keeper->module))
    {
        InterlockedIncrement(&keeper->refcount);
        thread_counted(1);
        keeper->thread = CreateThread(NULL, 0, keeper_run, keeper, 0, NULL);
        if (keeper->thread)
            return keeper;
        thread_counted(-1);
        InterlockedDecrement(&keeper->refcount);
        FreeLibrary(keeper->module);
    }
    keeper_release(keeper);
    return NULL;
}

/* Lets the keeper enable the window again; does not wait for one that hangs. */
static BOOL keeper_finish(struct keeper *keeper)
{
    HANDLE thread = keeper->thread;
    BOOL finished;

    SetEvent(keeper->release);
    keeper_release(keeper);
    finished = wait_answering(thread, ANSWER_TIME);
    CloseHandle(thread);
    return finished;
}

static BOOL answers(HWND window)
{
    DWORD_PTR result;

    return SendMessageTimeoutW(window, WM_NULL, 0, 0, SMTO_ABORTIFHUNG, ANSWER_TIME, &result) != 0;
}

void owner_find(struct owner *owner, HWND parent)
{
    HWND root;

    memset(owner, 0, sizeof(*owner));
    owner->focus = GetFocus();
    if (!parent || parent == HWND_BROADCAST || !IsWindow(parent))
        return;
    root = GetAncestor(parent, GA_ROOT);
    /* Neither the desktop nor a window that only receives messages can own a dialog that people see. */
    if (!root || root == GetDesktopWindow() || GetAncestor(root, GA_PARENT) != GetDesktopWindow())
        return;
    owner->window = root;
    owner->foreign = GetWindowThreadProcessId(root, NULL) != GetCurrentThreadId();
}

void owner_take(struct owner *owner)
{
    if (!owner->window)
        return;
    if (!owner->foreign)
    {
        owner->was_disabled = EnableWindow(owner->window, FALSE);
        return;
    }
    if (answers(owner->window))
        owner->keeper = keeper_start(owner->window);
    if (owner->keeper && wait_answering(owner->keeper->disabled, ANSWER_TIME))
        return;
    WARN("owner %p does not answer\n", owner->window);
    if (owner->keeper)
        keeper_finish(owner->keeper);
    owner->keeper = NULL;
    owner->window = NULL;
}

void owner_restore(struct owner *owner, HWND ours)
{
    if (!owner->window)
        return;
    if (!owner->foreign)
    {
        if (!owner->was_disabled && IsWindow(owner->window))
            EnableWindow(owner->window, TRUE);
        return;
    }
    /* When our window goes, the system activates its owner and may wait for that. */
    if (!keeper_finish(owner->keeper) && ours)
        SetWindowLongPtrW(ours, GWLP_HWNDPARENT, 0);
    owner->keeper = NULL;
}

void owner_restore_focus(const struct owner *owner)
{
    HWND focus = owner->focus;

    if (!focus || focus == GetFocus() || !IsWindow(focus)
        || GetWindowThreadProcessId(focus, NULL) != GetCurrentThreadId())
        return;
    /* Only where the user is now, never pulling a window to the front. */
    if (GetActiveWindow() == GetAncestor(focus, GA_ROOT) && IsWindowEnabled(focus) && IsWindowVisible(focus))
        SetFocus(focus);
}

BOOL owner_is_alive(const struct owner *owner)
{
    return !owner->window || IsWindow(owner->window);
}
