/*
 * Progress: "Logging off from ..." while a log-off waits for someone.
 *
 * progress_begin only remembers: a thread costs about a millisecond under Wine, and most log-offs wait for nobody. The
 * first progress_waiting_for makes the thread, because a call into a provider that blocks cannot be watched from the
 * thread that is inside it. That thread sleeps until a second has passed since progress_begin, or the end has come,
 * and only then makes a window; all of the window's life is on it. struct progress outlives it (progress_end waits).
 */
#include "ui/dialog.h"

#include <commctrl.h>

#define PATIENCE 1000
#define TIMER_TEXT 1
#define TEXT_PERIOD 100

struct progress_window
{
    struct progress *progress;
    const struct language *language;
    struct layout layout;
    HWND window;
    WCHAR shown[ARRAY_SIZE(((struct progress *)0)->waiting_for)];
};

static void set_texts(struct progress_window *state)
{
    struct progress *progress = state->progress;
    WCHAR clean[ARRAY_SIZE(state->shown)], name[ARRAY_SIZE(state->shown) + 8], text[TEXT_SIZE];

    AcquireSRWLockShared(&progress->lock);
    lstrcpynW(clean, progress->waiting_for, ARRAY_SIZE(clean));
    ReleaseSRWLockShared(&progress->lock);
    if (!lstrcmpW(clean, state->shown))
        return;
    lstrcpynW(state->shown, clean, ARRAY_SIZE(state->shown));
    text[0] = 0;
    if (*clean)
    {
        text_clean(state->shown, clean, ARRAY_SIZE(clean));
        text_isolate(state->language, clean, name, ARRAY_SIZE(name));
        text_format(state->language, IDS_PROGRESS_WAITING, name, NULL, text, ARRAY_SIZE(text));
    }
    SetDlgItemTextW(state->window, IDC_WAITING, text);
}

static SIZE place(struct progress_window *state)
{
    const struct layout *layout = &state->layout;
    HWND window = state->window;
    int margin = layout_x(layout, 7), y = layout_y(layout, 7), width = layout_x(layout, 200);
    SIZE size, client;

    client.cx = width + 2 * margin;
    size = layout_text(layout, window, IDC_WHAT, width, FALSE);
    layout_move(window, IDC_WHAT, margin, y, width, size.cy);
    y += size.cy + layout_y(layout, 5);
    layout_move(window, IDC_BAR, margin, y, width, layout_y(layout, 9));
    y += layout_y(layout, 9 + 5);
    layout_move(window, IDC_WAITING, margin, y, width, layout_y(layout, 9));
    client.cy = y + layout_y(layout, 9 + 7);
    return client;
}

static void initialise(struct progress_window *state, HWND window)
{
    WCHAR clean[NAME_SIZE], name[NAME_SIZE + 8], text[TEXT_SIZE];

    state->window = window;
    text_load(state->language, IDS_LOGOFF_TITLE, text, ARRAY_SIZE(text));
    SetWindowTextW(window, text);
    layout_set(&state->layout, window, state->language);
    text_clean(state->progress->profile_name, clean, ARRAY_SIZE(clean));
    layout_shorten(&state->layout, window, clean, layout_x(&state->layout, 180));
    text_isolate(state->language, clean, name, ARRAY_SIZE(name));
    text_format(state->language, *clean ? IDS_PROGRESS_WHAT : IDS_PROGRESS_WHAT_PLAIN, name, NULL, text,
                ARRAY_SIZE(text));
    SetDlgItemTextW(window, IDC_WHAT, text);
    set_texts(state);
    layout_centre(window, layout_window_size(window, place(state)), NULL);
    SendDlgItemMessageW(window, IDC_BAR, PBM_SETMARQUEE, TRUE, 0);
    SetTimer(window, TIMER_TEXT, TEXT_PERIOD, NULL);
}

static INT_PTR CALLBACK progress_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct progress_window *state = (struct progress_window *)GetWindowLongPtrW(window, DWLP_USER);

    switch (message)
    {
    case WM_INITDIALOG:
        SetWindowLongPtrW(window, DWLP_USER, lparam);
        initialise((struct progress_window *)lparam, window);
        return FALSE;
    case WM_TIMER:
        if (state && wparam == TIMER_TEXT)
            set_texts(state);
        return TRUE;
    case WM_CTLCOLORSTATIC:
        if (state)
            dialog_prepare_drawing((HDC)wparam, state->language, FALSE);
        return FALSE;
    case WM_CLOSE:
    case WM_COMMAND:
        /* A log-off that runs cannot be taken back. */
        return TRUE;
    }
    return FALSE;
}

static void show_until_done(struct progress *progress)
{
    struct progress_window state = {0};
    HMODULE controls = dialog_load_controls(ICC_PROGRESS_CLASS);
    HWND window;
    MSG msg;

    state.progress = progress;
    state.language = progress->language;
    window = dialog_create(IDD_PROGRESS, state.language, NULL, progress_procedure, (LPARAM)&state);
    if (!window)
    {
        if (controls)
            FreeLibrary(controls);
        return;
    }
    window_counted(1);
    /* The user may be working elsewhere by now: seen, not in the way. */
    SetWindowPos(window, HWND_TOP, 0, 0, 0, 0, SWP_SHOWWINDOW | SWP_NOACTIVATE | SWP_NOMOVE | SWP_NOSIZE);
    while (MsgWaitForMultipleObjects(1, &progress->done, FALSE, INFINITE, QS_ALLINPUT) == WAIT_OBJECT_0 + 1)
    {
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE))
            DispatchMessageW(&msg);
    }
    DestroyWindow(window);
    window_counted(-1);
    layout_free(&state.layout);
    if (controls)
        FreeLibrary(controls);
}

static DWORD WINAPI progress_run(void *context)
{
    struct progress *progress = context;
    DWORD passed = GetTickCount() - progress->begun;

    if (WaitForSingleObject(progress->done, passed < PATIENCE ? PATIENCE - passed : 0) == WAIT_TIMEOUT)
        show_until_done(progress);
    return 0;
}

void progress_begin(struct progress *progress, const WCHAR *profile_name)
{
    memset(progress, 0, sizeof(*progress));
    InitializeSRWLock(&progress->lock);
    lstrcpynW(progress->profile_name, profile_name ? profile_name : L"", ARRAY_SIZE(progress->profile_name));
    progress->begun = GetTickCount();
    progress->language = language_current();
}

void progress_waiting_for(struct progress *progress, const WCHAR *name)
{
    AcquireSRWLockExclusive(&progress->lock);
    lstrcpynW(progress->waiting_for, name ? name : L"", ARRAY_SIZE(progress->waiting_for));
    ReleaseSRWLockExclusive(&progress->lock);
    if (progress->done || memory_should_fail())
        return;
    progress->done = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!progress->done)
        return;
    thread_counted(1);
    progress->thread = CreateThread(NULL, 0, progress_run, progress, 0, NULL);
    if (!progress->thread)
        thread_counted(-1);
}

void progress_end(struct progress *progress)
{
    if (progress->thread)
    {
        SetEvent(progress->done);
        wait_answering(progress->thread, INFINITE);
        CloseHandle(progress->thread);
        thread_counted(-1);
    }
    if (progress->done)
        CloseHandle(progress->done);
    progress->thread = NULL;
    progress->done = NULL;
}
