/*
 * Owner: what a modal window of ours does to the window that owns it, and gives back.
 *
 * The owner may belong to another thread or process that does not answer. Such an owner is asked with a timeout before
 * it is taken, is disabled and enabled by a thread of ours that may block in its stead, and is let go of when it does
 * not answer at the end. One struct a run, on the stack of the thread that shows the window.
 */
#ifndef POSTROOM_UI_OWNER_H
#define POSTROOM_UI_OWNER_H

#include <windows.h>

struct keeper;

struct owner
{
    HWND window;  /* NULL: none */
    HWND focus;   /* had it before, in this thread */
    BOOL foreign; /* another thread's */
    BOOL was_disabled;
    struct keeper *keeper;
};

/* parent: any window, none, or garbage. Finds the owner; changes nothing. */
void owner_find(struct owner *owner, HWND parent);
/* Disables it; lets go of it (window becomes NULL) when it does not answer. */
void owner_take(struct owner *owner);
/* Before our window goes: gives the owner the state that it had. */
void owner_restore(struct owner *owner, HWND ours);
/* After our window has gone: the focus. */
void owner_restore_focus(const struct owner *owner);
/* FALSE when the owner has gone. */
BOOL owner_is_alive(const struct owner *owner);

#endif
