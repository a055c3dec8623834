/*
 * Confirm: the user's wish to be asked before a log-off, and the policy above it.
 */
#ifndef POSTROOM_UI_CONFIRM_H
#define POSTROOM_UI_CONFIRM_H

#include <windows.h>

enum confirm
{
    CONFIRM_NEVER,
    CONFIRM_PENDING, /* only when something is pending */
    CONFIRM_ALWAYS
};

/* What holds; *policy tells whether the user can change it. */
enum confirm confirm_get(BOOL *policy);
/* Stores the user's wish; a failure is traced and otherwise without effect. */
void confirm_set(enum confirm confirm);

#endif
