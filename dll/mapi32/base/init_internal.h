/*
 * init_internal: what init.c, window.c and main.c share.
 */
#ifndef POSTROOM_BASE_INIT_INTERNAL_H
#define POSTROOM_BASE_INIT_INTERNAL_H

#include <windows.h>

LONG init_count(void);
/* Only while the module goes away: gives the TLS slot back. */
void init_unload(void);

#endif
