/*
 * drive: acts on a modal window of ours while the test's own thread is inside it.
 *
 * A thread timer, dispatched by the modal loop, waits until the window is visible and then calls the script again and
 * again until it returns TRUE. A script that takes longer than 20 seconds, or a window that stays open after it, fails the
 * test: the window is closed and drive_end reports it.
 */
#ifndef POSTROOM_TESTS_UNIT_DRIVE_H
#define POSTROOM_TESTS_UNIT_DRIVE_H

#include "harness.h"

struct drive
{
    BOOL (*script)(HWND dialog, void *context, unsigned int step); /* TRUE: done */
    void *context;
    HWND not_this; /* a dialog that was open before */
    unsigned int step;
    BOOL done, late;
    UINT_PTR timer;
    DWORD start;
    struct drive *outer;
};

static __thread struct drive *drive_current;

struct drive_search
{
    HWND not_this, found;
};

static inline BOOL CALLBACK drive_check_window(HWND window, LPARAM parameter)
{
    struct drive_search *search = (struct drive_search *)parameter;
    WCHAR name[16];

    if (window == search->not_this || !IsWindowVisible(window) || !GetClassNameW(window, name, ARRAY_SIZE(name))
        || wcscmp(name, L"#32770"))
        return TRUE;
    search->found = window;
    return FALSE;
}

/* The visible dialog of a thread, NULL when there is none. */
static inline HWND drive_dialog(DWORD thread, HWND not_this)
{
    struct drive_search search = {not_this, NULL};

    EnumThreadWindows(thread, drive_check_window, (LPARAM)&search);
    return search.found;
}

static inline void CALLBACK drive_tick(HWND window, UINT message, UINT_PTR timer, DWORD time)
{
    struct drive *drive = drive_current;
    HWND dialog;

    (void)window;
    (void)message;
    (void)time;
    if (!drive || timer != drive->timer)
        return;
    dialog = drive_dialog(GetCurrentThreadId(), drive->not_this);
    if (GetTickCount() - drive->start > 20000)
    {
        drive->late = TRUE;
        if (dialog)
            PostMessageW(dialog, WM_CLOSE, 0, 0);
        return;
    }
    if (!dialog || drive->done)
        return;
    drive->done = drive->script(dialog, drive->context, drive->step++);
}

static inline void drive_begin(struct drive *drive, BOOL (*script)(HWND, void *, unsigned int), void *context)
{
    memset(drive, 0, sizeof(*drive));
    drive->script = script;
    drive->context = context;
    drive->not_this = drive_dialog(GetCurrentThreadId(), NULL);
    drive->start = GetTickCount();
    drive->outer = drive_current;
    drive_current = drive;
    drive->timer = SetTimer(NULL, 0, 10, drive_tick);
}

/* TRUE when the script came to its end in time. */
static inline BOOL drive_end(struct drive *drive)
{
    KillTimer(NULL, drive->timer);
    drive_current = drive->outer;
    return drive->done && !drive->late;
}

#endif
