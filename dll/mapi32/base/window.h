/*
 * The hidden notification windows: message-only windows, on the thread that calls or on a thread of ours. The process has
 * one from the first MAPIInitialize on (init.c); a thread that wraps sinks for itself has another (notify).
 *
 * Contract: a window is made and destroyed by its owner, who sees to it that both happen once, and with no lock held.
 * The registered message szMAPINotificationMsg, posted to a window, has what window_on_notification registered run on
 * the window's thread.
 */
#ifndef POSTROOM_BASE_WINDOW_H
#define POSTROOM_BASE_WINDOW_H

#include <windows.h>

struct notification_window
{
    HWND window;
    DWORD thread_id;              /* the window's owner */
    struct window_thread *thread; /* NULL: it belongs to a thread of the program's */
};

/* MAPI_E_INVALID_OBJECT: no window, or no thread. */
HRESULT window_create(struct notification_window *window, BOOL own_thread);
/* Destroys the window or makes it harmless. Until then, and no longer, it may belong to a new generation's time. */
void window_destroy(struct notification_window *window);
/* Waits for our thread, if there was one; a while at most, and not on that thread. */
void window_join(struct notification_window *window);

/* Has a thread of ours wait for an event too, as long as it lives: each time that it is set, run is called there, with no
 * lock held, and what waits then is delivered. Once a thread. FALSE: the window is on no thread of ours, or out of handles. */
BOOL window_listen(struct notification_window *window, HANDLE event, void (*run)(void));

/* Still the window that we made: not gone with its thread, nor another one that got its number. */
BOOL window_is_ours(HWND window, DWORD thread_id);
/* Posts the registered message. FALSE: the window is gone, or its thread's queue is full. */
BOOL window_wake(HWND window);
/* Takes such messages, those that are there already, out of the calling thread's queue. window may be NULL. TRUE:
 * WM_QUIT is in that queue too, where it stays. */
BOOL window_take_wakes(HWND window);
/* What the message runs; no lock is held. Set once, or again to the same. */
void window_on_notification(void (*run)(void));

#endif
