/*
 * init_support: what the programs that test MAPIInitialize share. MAPI's hidden window is found by its class, as any
 * program could.
 */
#ifndef POSTROOM_TESTS_INIT_SUPPORT_H
#define POSTROOM_TESTS_INIT_SUPPORT_H

#include "harness.h"

#define WINDOW_CLASS L"Postroom Notification Window"

/* This process's hidden windows; *window: the last one found. */
static inline int find_windows(HWND *window)
{
    HWND found = NULL;
    DWORD process;
    int count = 0;

    *window = NULL;
    while ((found = FindWindowExW(HWND_MESSAGE, found, WINDOW_CLASS, NULL)))
    {
        GetWindowThreadProcessId(found, &process);
        if (process != GetCurrentProcessId())
            continue;
        *window = found;
        count++;
    }
    return count;
}

static inline ULONG init_count(void)
{
    PostroomCounts counts;

    harness_counts(&counts);
    return counts.cInit;
}

static inline HRESULT initialize(ULONG flags)
{
    MAPIINIT_0 init = {MAPI_INIT_VERSION, flags};

    return MAPIInitialize(&init);
}

#endif
