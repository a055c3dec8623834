/*
 * init_internal: what init.c, window.c and main.c share.
 */
#ifndef POSTROOM_BASE_INIT_INTERNAL_H
#define POSTROOM_BASE_INIT_INTERNAL_H

#include <windows.h>

LONG init_count(void);
/* Only while the module goes away: gives the TLS slot back. */
void init_unload(void);

/*
 * The hidden notification window (window.c): a message-only window, on the thread that calls or on a thread of ours.
 * One place holds it; init.c calls these for the first MAPIInitialize and the last MAPIUninitialize only, one after the
 * other, and with no lock held.
 */
struct notification_window
{
    HWND window;
    DWORD thread_id;              /* the window's owner */
    struct window_thread *thread; /* NULL: it belongs to a thread of the program's */
};

HRESULT window_create(struct notification_window *window, BOOL own_thread);
/* Destroys the window or makes it harmless. Until then, and no longer, it may belong to a new generation's time. */
void window_destroy(struct notification_window *window);
/* Waits for our thread, if there was one; a while at most, and not on that thread. */
void window_join(struct notification_window *window);

/* Waits until the object is signalled or milliseconds have passed, while sent messages are answered. */
BOOL wait_answering(HANDLE object, DWORD milliseconds);

#endif
