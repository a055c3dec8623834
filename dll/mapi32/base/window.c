/*
 * The hidden notification window: a message-only window of class "Postroom Notification Window", made by the first
 * MAPIInitialize and gone after the last MAPIUninitialize, and more of them for notify. The registered message
 * szMAPINotificationMsg ("MAPI Notify window message") posted to one means: deliver what is queued.
 *
 * The class's own procedure is DefWindowProcW and each window is subclassed, so a window whose thread does not pump can
 * be left behind without any code of ours in it (initializing-mapi: the program's thread may do as it likes).
 *
 * Our thread holds a reference on the module and drops it in its last instruction here, so it may be ended from within
 * a callback that it runs itself.
 *
 * Locks: class_lock guards class_users. struct window_thread is counted: one for its owner, one for the thread.
 */
#include "base/base.h"
#include "base/init_internal.h"
#include "base/window.h"

#define CLASS_NAME L"Postroom Notification Window"
#define NOTIFICATION_MESSAGE L"MAPI Notify window message" /* szMAPINotificationMsg */
#define WM_POSTROOM_CLOSE (WM_USER + 1) /* sent by window_destroy: let the owner's thread destroy its window */

#define START_TIMEOUT 10000
#define CLOSE_TIMEOUT 250
#define JOIN_TIMEOUT 10000

struct window_thread
{
    volatile LONG refcount;
    HANDLE handle;
    HANDLE ready; /* set by the thread when window is valid */
    HANDLE stop;  /* set by window_destroy */
    DWORD id;
    HWND window;              /* written before ready is set; NULL: it could not be made */
    HMODULE module;           /* the thread's reference */
    HANDLE volatile listened; /* window_listen's, a handle of our own; set once, after run */
    void (*run)(void);
};

static SRWLOCK class_lock = SRWLOCK_INIT;
static LONG class_users;     /* under class_lock: windows alive, orphans included only until they are left behind */
static volatile LONG inside; /* threads in window_proc; interlocked */
static UINT notification_message; /* written before the first window exists, always the same value */
static void (*volatile on_notification)(void);

static LRESULT CALLBACK window_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    LRESULT result = 0;

    InterlockedIncrement(&inside);
    if (message == WM_POSTROOM_CLOSE)
    {
        TRACE("closing %p\n", window);
        result = DestroyWindow(window);
    }
    else if (message == notification_message)
    {
        TRACE("told to deliver\n");
        if (on_notification)
            on_notification();
    }
    else
        result = DefWindowProcW(window, message, wparam, lparam);
    InterlockedDecrement(&inside);
    return result;
}

static BOOL class_acquire(void)
{
    WNDCLASSW class = {0};
    BOOL ok;

    class.lpfnWndProc = DefWindowProcW;
    class.hInstance = module_instance();
    class.lpszClassName = CLASS_NAME;
    AcquireSRWLockExclusive(&class_lock);
    /* it exists already when an orphaned window of an earlier time is still there */
    ok = class_users || RegisterClassW(&class) || GetLastError() == ERROR_CLASS_ALREADY_EXISTS;
    if (ok)
        class_users++;
    ReleaseSRWLockExclusive(&class_lock);
    return ok;
}

static void class_release(void)
{
    AcquireSRWLockExclusive(&class_lock);
    if (!--class_users)
        UnregisterClassW(CLASS_NAME, module_instance());
    ReleaseSRWLockExclusive(&class_lock);
}

/* On the calling thread. NULL: it cannot be made. */
static HWND make_window(void)
{
    HWND window;

    if (memory_should_fail() || !class_acquire())
        return NULL;
    notification_message = RegisterWindowMessageW(NOTIFICATION_MESSAGE);
    window = CreateWindowExW(0, CLASS_NAME, NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, module_instance(), NULL);
    if (!window)
    {
        ERR("no notification window, error %lu\n", GetLastError());
        class_release();
        return NULL;
    }
    SetWindowLongPtrW(window, GWLP_WNDPROC, (LONG_PTR)window_proc);
    window_counted(1);
    return window;
}

BOOL window_is_ours(HWND window, DWORD thread_id)
{
    return GetWindowThreadProcessId(window, NULL) == thread_id
           && (WNDPROC)GetWindowLongPtrW(window, GWLP_WNDPROC) == window_proc;
}

BOOL window_wake(HWND window)
{
    return PostMessageW(window, notification_message, 0, 0);
}

BOOL window_take_wakes(HWND window)
{
    MSG message;

    while (window && PeekMessageW(&message, window, notification_message, notification_message, PM_REMOVE))
    {
        if (message.message != WM_QUIT) /* which comes whatever was asked for */
            continue;
        PostQuitMessage((int)message.wParam);
        return TRUE;
    }
    return PeekMessageW(&message, NULL, WM_QUIT, WM_QUIT, PM_NOREMOVE) && message.message == WM_QUIT;
}

void window_on_notification(void (*run)(void))
{
    on_notification = run;
}

static void thread_release(struct window_thread *thread)
{
    if (InterlockedDecrement(&thread->refcount))
        return;
    CloseHandle(thread->ready);
    CloseHandle(thread->stop);
    if (thread->listened)
        CloseHandle(thread->listened);
    if (thread->handle)
        CloseHandle(thread->handle);
    heap_free(thread);
}

BOOL window_listen(struct notification_window *window, HANDLE event, void (*run)(void))
{
    struct window_thread *thread = window->thread;
    HANDLE listened;

    if (!thread || thread->listened
        || !DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &listened, SYNCHRONIZE, FALSE, 0))
        return FALSE;
    thread->run = run;
    InterlockedExchangePointer((void *volatile *)&thread->listened, listened);
    window_wake(window->window); /* so that it waits anew */
    return TRUE;
}

/* Until there are messages, or it is time to stop. */
static void thread_wait(struct window_thread *thread)
{
    HANDLE handles[2] = {thread->stop, thread->listened};
    DWORD count = handles[1] ? 2 : 1;

    if (MsgWaitForMultipleObjectsEx(count, handles, INFINITE, QS_ALLINPUT, MWMO_INPUTAVAILABLE) != WAIT_OBJECT_0 + 1
        || count == 1)
        return;
    thread->run();
    if (on_notification)
        on_notification();
}

static BOOL should_stop(struct window_thread *thread)
{
    return WaitForSingleObject(thread->stop, 0) == WAIT_OBJECT_0;
}

static DWORD WINAPI thread_proc(void *argument)
{
    struct window_thread *thread = argument;
    HMODULE module = thread->module;
    HWND window = make_window();
    MSG message;

    thread->window = window;
    SetEvent(thread->ready);
    /* a WM_QUIT that a callback posted is not for this loop: the thread lives until it is told */
    while (window && !should_stop(thread))
    {
        while (!should_stop(thread) && PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
        {
            TranslateMessage(&message);
            DispatchMessageW(&message);
        }
        if (!should_stop(thread))
            thread_wait(thread);
    }
    if (window)
    {
        DestroyWindow(window);
        window_counted(-1);
        class_release();
    }
    TRACE("thread ends\n");
    thread_release(thread);
    thread_counted(-1);
    FreeLibraryAndExitThread(module, 0);
}

static HRESULT start_thread(struct notification_window *window)
{
    struct window_thread *thread = heap_alloc_zero(sizeof(*thread));
    BOOL started;

    if (!thread)
        return MAPI_E_INVALID_OBJECT;
    thread->refcount = 2;
    thread->ready = CreateEventW(NULL, TRUE, FALSE, NULL);
    thread->stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    started = !memory_should_fail() && thread->ready && thread->stop
              && GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)module_instance(),
                                    &thread->module);
    if (started && !(thread->handle = CreateThread(NULL, 0, thread_proc, thread, 0, &thread->id)))
    {
        FreeLibrary(thread->module);
        started = FALSE;
    }
    if (!started)
    {
        ERR("no notification thread, error %lu\n", GetLastError());
        if (thread->ready)
            CloseHandle(thread->ready);
        if (thread->stop)
            CloseHandle(thread->stop);
        heap_free(thread);
        return MAPI_E_INVALID_OBJECT;
    }
    thread_counted(1);

    if (wait_answering(thread->ready, START_TIMEOUT) && thread->window)
    {
        window->thread = thread;
        window->thread_id = thread->id;
        window->window = thread->window;
        return S_OK;
    }
    SetEvent(thread->stop);
    wait_answering(thread->handle, JOIN_TIMEOUT);
    thread_release(thread);
    return MAPI_E_INVALID_OBJECT;
}

HRESULT window_create(struct notification_window *window, BOOL own_thread)
{
    window->thread = NULL;
    if (own_thread)
        return start_thread(window);
    window->thread_id = GetCurrentThreadId();
    window->window = make_window();
    return window->window ? S_OK : MAPI_E_INVALID_OBJECT;
}

/* A window of another thread of the program's. That thread is given a moment to destroy it; if it does not answer, the
 * window is left to it, without our code. */
static void close_foreign(HWND window, DWORD thread_id)
{
    DWORD_PTR result;
    int tries;

    if (!window_is_ours(window, thread_id))
        return; /* it went with its thread */
    SendMessageTimeoutW(window, WM_POSTROOM_CLOSE, 0, 0, SMTO_NORMAL, CLOSE_TIMEOUT, &result);
    if (!window_is_ours(window, thread_id))
        return;
    WARN("thread %04lx does not answer, its window is left behind\n", thread_id);
    SetWindowLongPtrW(window, GWLP_WNDPROC, (LONG_PTR)DefWindowProcW);
    PostMessageW(window, WM_CLOSE, 0, 0);
    /* it may have begun to answer this very moment */
    for (tries = 0; inside && tries < 100; tries++)
        Sleep(1);
}

void window_destroy(struct notification_window *window)
{
    if (window->thread)
    {
        SetEvent(window->thread->stop);
        return;
    }
    if (window->thread_id == GetCurrentThreadId())
    {
        if (window_is_ours(window->window, window->thread_id))
            DestroyWindow(window->window);
    }
    else
        close_foreign(window->window, window->thread_id);
    window_counted(-1);
    class_release();
}

void window_join(struct notification_window *window)
{
    if (!window->thread)
        return;
    /* Bounded, as a program may come here with the loader's lock held, which the thread needs to end. That is harmless:
     * it has a reference on the module. */
    if (window->thread->id != GetCurrentThreadId() && !wait_answering(window->thread->handle, JOIN_TIMEOUT))
        ERR("the notification thread does not end\n");
    thread_release(window->thread);
    window->thread = NULL;
}
