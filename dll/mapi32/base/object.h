/*
 * Objects: every COM object of ours carries a mark from birth to death. It counts live objects for the tests and, in
 * debug builds, remembers type and place of creation for the leak report of the last MAPIUninitialize and unloading.
 */
#ifndef POSTROOM_BASE_OBJECT_H
#define POSTROOM_BASE_OBJECT_H

#include <windows.h>

struct object_mark
{
    const char *type;
#ifdef POSTROOM_DEBUG
    struct object_mark *next, *prev; /* the list of all, under its lock (object.c) */
    const char *file;
    int line;
    void *creator; /* return address into whoever called us */
#endif
};

#define object_born(mark, type) object_mark_set((mark), (type), __FILE__, __LINE__, __builtin_return_address(0))
void object_mark_set(struct object_mark *mark, const char *type, const char *file, int line, void *creator);
void object_died(struct object_mark *mark);

LONG object_count(void);
/* Debug builds: one ERR line for each object alive. Otherwise nothing. */
void object_report(const char *when);

/* A window of ours was made (+1) or destroyed (-1); a thread likewise. */
void window_counted(LONG change);
void thread_counted(LONG change);
LONG window_count(void);
LONG thread_count(void);

#endif
