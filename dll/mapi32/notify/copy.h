/*
 * copy: notifications of every type as blocks of memory.
 *
 * A copy is one block: the structures, then what they point to, in order. Structures that come from outside are hostile.
 */
#ifndef POSTROOM_NOTIFY_COPY_H
#define POSTROOM_NOTIFY_COPY_H

#include "prop/layout.h"

/* FALSE: unknown event type, bad pointers, counts that do not fit; else *offset moves past what the notification needs
 * outside of its structure. */
BOOL notification_extent(const NOTIFICATION *notification, size_t *offset);

/* Copies a notification to dest and what it points to into block at *offset. FALSE: it does not fit into size. */
BOOL notification_place(NOTIFICATION *dest, const NOTIFICATION *source, BYTE *block, size_t size, size_t *offset);

/* Checks the pointers of a notification in a block that moves and adds what they take there to *offset; apply: adjusts
 * them, after they have been checked. FALSE: unknown event type, bad pointers. */
BOOL notification_relocate(NOTIFICATION *notification, const struct prop_relocation *relocation, BOOL apply,
                           size_t *offset);

#endif
