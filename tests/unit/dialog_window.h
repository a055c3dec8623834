/*
 * dialog_window: the test's own window and one run of the log-off dialog over it.
 */
#ifndef POSTROOM_TESTS_UNIT_DIALOG_WINDOW_H
#define POSTROOM_TESTS_UNIT_DIALOG_WINDOW_H

#include "drive.h"

#include "ui/dialog.h"

static const struct logoff_question question = {.profile_name = L"Work"};

/* The test's own window with two controls; the second has the focus. */
struct window
{
    HWND root, first, second;
};

/* What the last window made has got; not on a test's stack, because a failed test leaves its window behind. */
static HWND counted;
static unsigned int paints, ticks;

static inline LRESULT CALLBACK window_procedure(HWND hwnd, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (hwnd == counted && message == WM_PAINT)
        paints++;
    if (hwnd == counted && message == WM_TIMER)
        ticks++;
    return DefWindowProcW(hwnd, message, wparam, lparam);
}

static inline void window_create(struct window *window, DWORD style)
{
    WNDCLASSW class = {.lpfnWndProc = window_procedure, .lpszClassName = L"Postroom test window"};
    int x = 100 + (int)(GetCurrentProcessId() % 50);

    RegisterClassW(&class);
    memset(window, 0, sizeof(*window));
    window->root = CreateWindowW(class.lpszClassName, L"Owner", WS_OVERLAPPEDWINDOW | style, x, 120, 600, 400, NULL,
                                 NULL, NULL, NULL);
    window->first = CreateWindowW(L"Edit", L"", WS_CHILD | WS_VISIBLE, 0, 0, 90, 20, window->root, NULL, NULL, NULL);
    window->second = CreateWindowW(L"Edit", L"", WS_CHILD | WS_VISIBLE, 0, 30, 90, 20, window->root, NULL, NULL, NULL);
    counted = window->root;
    if (style & WS_VISIBLE && !(style & WS_DISABLED))
    {
        SetForegroundWindow(window->root);
        SetFocus(window->second);
    }
}

static inline void window_destroy(struct window *window)
{
    counted = NULL;
    if (IsWindow(window->root))
        DestroyWindow(window->root);
    UnregisterClassW(L"Postroom test window", NULL);
}

/* Runs the dialog over parent with a script. */
static inline HRESULT run(HWND parent, BOOL (*script)(HWND, void *, unsigned int), void *context)
{
    struct modal modal = {.lock = SRWLOCK_INIT};
    struct drive drive;
    HRESULT hr;

    drive_begin(&drive, script, context);
    hr = logoff_dialog_run(parent, &question, &modal);
    assert_true(drive_end(&drive));
    assert_null(modal.window);
    assert_false(modal.ended);
    return hr;
}

static inline BOOL press(HWND dialog, void *context, unsigned int step)
{
    (void)step;
    PostMessageW(dialog, WM_COMMAND, *(UINT *)context, 0);
    return TRUE;
}

#endif
