/*
 * Asking: the dialogs of sessions and logons that are open in this process.
 *
 * Each is a frame on the stack of the thread that asks. While a thread asks it is inside no session's call: a log-off
 * elsewhere closes the dialog and goes on without waiting for that stack. Only the last MAPIUninitialize waits for the
 * stacks, a while, because the module may be unloaded after it.
 */
#ifndef POSTROOM_SESSION_ASKING_H
#define POSTROOM_SESSION_ASKING_H

#include "ui/ui.h"

struct asking
{
    struct asking *next; /* the list of all, under its lock (asking.c) */
    DWORD thread;
    struct modal modal;
    struct gate_call mark;
};

void asking_begin(struct asking *asking);
void asking_end(struct asking *asking);
/* Closes every open dialog. */
void asking_close_all(void);
/* Another thread still has one open. */
BOOL asking_elsewhere(void);

#endif
