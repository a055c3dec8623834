/*
 * Objects: counts of what is alive; in debug builds a list of all of it, for the leak report.
 */
#include "base/base.h"

static volatile LONG objects, windows, threads; /* interlocked */

#ifdef POSTROOM_DEBUG
static SRWLOCK list_lock = SRWLOCK_INIT; /* guards list and the links of the marks in it */
static struct object_mark list = {"", &list, &list, "", 0, NULL};
#endif

void object_mark_set(struct object_mark *mark, const char *type, const char *file, int line, void *creator)
{
    mark->type = type;
#ifdef POSTROOM_DEBUG
    mark->file = file;
    mark->line = line;
    mark->creator = creator;
    AcquireSRWLockExclusive(&list_lock);
    mark->prev = list.prev;
    mark->next = &list;
    list.prev->next = mark;
    list.prev = mark;
    ReleaseSRWLockExclusive(&list_lock);
#else
    (void)file;
    (void)line;
    (void)creator;
#endif
    InterlockedIncrement(&objects);
}

void object_died(struct object_mark *mark)
{
#ifdef POSTROOM_DEBUG
    AcquireSRWLockExclusive(&list_lock);
    mark->prev->next = mark->next;
    mark->next->prev = mark->prev;
    ReleaseSRWLockExclusive(&list_lock);
#else
    (void)mark;
#endif
    InterlockedDecrement(&objects);
}

LONG object_count(void)
{
    return objects;
}

void object_report(const char *when)
{
#ifdef POSTROOM_DEBUG
    struct object_mark copies[32]; /* as printing may run a debugger's code, it is not done under the lock */
    const struct object_mark *mark;
    size_t count = 0, more = 0, i;

    AcquireSRWLockExclusive(&list_lock);
    for (mark = list.next; mark != &list; mark = mark->next)
    {
        if (count < ARRAY_SIZE(copies))
            copies[count++] = *mark;
        else
            more++;
    }
    ReleaseSRWLockExclusive(&list_lock);
    for (i = 0; i < count; i++)
        ERR("leaked at %s: %s made at %s:%d by %p\n", when, copies[i].type, copies[i].file, copies[i].line,
            copies[i].creator);
    if (more)
        ERR("leaked at %s: %Iu objects more\n", when, more);
#else
    (void)when;
#endif
}

void window_counted(LONG change)
{
    InterlockedExchangeAdd(&windows, change);
}

void thread_counted(LONG change)
{
    InterlockedExchangeAdd(&threads, change);
}

LONG window_count(void)
{
    return windows;
}

LONG thread_count(void)
{
    return threads;
}
