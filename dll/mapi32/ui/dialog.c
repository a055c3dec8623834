/*
 * Dialog: the modal loop and everything else that the log-off dialog and the profile chooser share.
 *
 * Our own loop instead of DialogBox's: a WM_QUIT closes the window as a cancel and is posted again (a DialogBox under
 * Wine may end with its default button then), and the window can be closed from another thread. No lock is held while
 * anything is dispatched; modal->lock covers two words.
 */
#include "ui/dialog.h"

#include <commctrl.h>

#ifndef WM_DPICHANGED
#define WM_DPICHANGED 0x02e0
#endif

/* Asks the window to look at modal->ended. */
#define WM_MODAL_END (WM_APP + 0x4d)
#define TIMER_OWNER 1
/* How often a window looks whether its owner, another thread's, is still there: then the system does not always
 * destroy it along with the owner. */
#define OWNER_PERIOD 200

void modal_end(struct modal *modal)
{
    AcquireSRWLockExclusive(&modal->lock);
    modal->ended = TRUE;
    if (modal->window)
        PostMessageW(modal->window, WM_MODAL_END, 0, 0);
    ReleaseSRWLockExclusive(&modal->lock);
}

static BOOL modal_has_ended(struct modal *modal)
{
    BOOL ended;

    AcquireSRWLockShared(&modal->lock);
    ended = modal->ended;
    ReleaseSRWLockShared(&modal->lock);
    return ended;
}

/* Tells the window (NULL: that there is none any more); FALSE when the end has come. Closing takes the end with it, so
 * that the struct can be used again. */
static BOOL modal_publish(struct modal *modal, HWND window)
{
    BOOL ended;

    AcquireSRWLockExclusive(&modal->lock);
    ended = modal->ended;
    modal->window = window;
    if (!window)
        modal->ended = FALSE;
    ReleaseSRWLockExclusive(&modal->lock);
    return !ended;
}

void dialog_finish(struct dialog *dialog, HRESULT result)
{
    if (dialog->finished)
        return;
    dialog->finished = TRUE;
    dialog->result = result;
    if (dialog->nested)
        dialog_finish(dialog->nested, result);
    /* The user may have the window's menu open, which has a loop of its own. */
    if (dialog->window)
        SendMessageW(dialog->window, WM_CANCELMODE, 0, 0);
    /* The loop may be inside GetMessage when a sent message brings us here. */
    if (!dialog->window || !PostMessageW(dialog->window, WM_NULL, 0, 0))
        PostThreadMessageW(GetCurrentThreadId(), WM_NULL, 0, 0);
}

void dialog_set_text(struct dialog *dialog, UINT control, UINT text)
{
    WCHAR buffer[TEXT_SIZE];

    text_load(dialog->language, text, buffer, ARRAY_SIZE(buffer));
    SetDlgItemTextW(dialog->window, (int)control, buffer);
}

void dialog_place(struct dialog *dialog)
{
    dialog->size = layout_window_size(dialog->window, dialog->kind->place(dialog));
    layout_resize(dialog->window, dialog->size, NULL);
}

/* Font or DPI have changed. The window stays where the user has put it, or goes to corner. */
static void lay_out_again(struct dialog *dialog, const POINT *corner)
{
    layout_set(&dialog->layout, dialog->window, dialog->language);
    dialog->size = layout_window_size(dialog->window, dialog->kind->place(dialog));
    layout_resize(dialog->window, dialog->size, corner);
    InvalidateRect(dialog->window, NULL, TRUE);
}

/* We place everything ourselves when the DPI changes, the system need not. From Windows 10 on. */
static void keep_dpi_changes(HWND window)
{
    BOOL(WINAPI * set_behavior)(HWND, int, int);

    set_behavior = (void *)GetProcAddress(GetModuleHandleW(L"user32.dll"), "SetDialogDpiChangeBehavior");
    if (set_behavior)
        set_behavior(window, 1, 1);
}

/* The size follows the texts, whatever a window manager makes of it. */
static void keep_size(const struct dialog *dialog, WINDOWPOS *position)
{
    if (!dialog->size.cx || (position->flags & SWP_NOSIZE))
        return;
    position->cx = dialog->size.cx;
    position->cy = dialog->size.cy;
}

static void initialise(struct dialog *dialog, HWND window)
{
    dialog->window = window;
    window_counted(1);
    keep_dpi_changes(window);
    dialog->kind->init(dialog);
    layout_set(&dialog->layout, window, dialog->language);
    dialog->size = layout_window_size(window, dialog->kind->place(dialog));
    layout_centre(window, dialog->size, dialog->owner.window);
}

static void destroyed(struct dialog *dialog)
{
    if (dialog->kind->destroy)
        dialog->kind->destroy(dialog);
    KillTimer(dialog->window, TIMER_OWNER);
    dialog->window = NULL;
    window_counted(-1);
    /* By itself: the owner was destroyed. */
    dialog_finish(dialog, MAPI_E_USER_CANCEL);
}

void dialog_prepare_drawing(HDC dc, const struct language *language, BOOL has_picture)
{
    static volatile LONG on_wine; /* 0: not known, 1: no, 2: yes; every thread finds the same */

    if (!language->right_to_left)
        return;
    if (!on_wine)
        InterlockedExchange(&on_wine, GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") ? 2 : 1);
    if (on_wine == 2)
    {
        /* Windows reads text in a mirrored window from right to left and would be told the contrary by this; Wine's
         * mirrored windows read from left to right, and their check marks are drawn as in a mirror. */
        SetTextAlign(dc, GetTextAlign(dc) | TA_RTLREADING);
        if (has_picture)
            SetLayout(dc, GetLayout(dc) | LAYOUT_BITMAPORIENTATIONPRESERVED);
    }
}

static INT_PTR CALLBACK dialog_procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct dialog *dialog = (struct dialog *)GetWindowLongPtrW(window, DWLP_USER);

    if (message == WM_INITDIALOG)
    {
        SetWindowLongPtrW(window, DWLP_USER, lparam);
        initialise((struct dialog *)lparam, window);
        return FALSE;
    }
    if (!dialog)
        return FALSE;
    switch (message)
    {
    case WM_COMMAND:
        if (LOWORD(wparam) == IDCANCEL)
            dialog_finish(dialog, MAPI_E_USER_CANCEL);
        else
            dialog->kind->command(dialog, LOWORD(wparam), HIWORD(wparam));
        return TRUE;
    case WM_NOTIFY:
        if (dialog->kind->notify)
            dialog->kind->notify(dialog, (const NMHDR *)lparam);
        return FALSE;
    case WM_CLOSE:
        dialog_finish(dialog, MAPI_E_USER_CANCEL);
        return TRUE;
    case WM_QUERYENDSESSION:
        dialog_finish(dialog, MAPI_E_USER_CANCEL);
        SetWindowLongPtrW(window, DWLP_MSGRESULT, TRUE);
        return TRUE;
    case WM_ENDSESSION:
        if (wparam)
            dialog_finish(dialog, MAPI_E_USER_CANCEL);
        return TRUE;
    case WM_MODAL_END:
        /* Any program can post this; only the struct is believed. */
        if (dialog->modal && modal_has_ended(dialog->modal))
            dialog_finish(dialog, MAPI_E_INVALID_OBJECT);
        return TRUE;
    case WM_TIMER:
        if (wparam == TIMER_OWNER && !owner_is_alive(&dialog->owner))
            dialog_finish(dialog, MAPI_E_USER_CANCEL);
        return TRUE;
    case WM_CTLCOLORSTATIC:
    case WM_CTLCOLORBTN:
        dialog_prepare_drawing((HDC)wparam, dialog->language, message == WM_CTLCOLORSTATIC);
        if (message == WM_CTLCOLORSTATIC && dialog->kind->colour)
            return (INT_PTR)dialog->kind->colour(dialog, (HWND)lparam, (HDC)wparam);
        return FALSE;
    case WM_DPICHANGED:
        /* The suggested rectangle's upper left corner, the size is ours. */
        lay_out_again(dialog, (const POINT *)lparam);
        return TRUE;
    case WM_WINDOWPOSCHANGING:
        keep_size(dialog, (WINDOWPOS *)lparam);
        return FALSE;
    case WM_SETTINGCHANGE:
        if (wparam == SPI_SETNONCLIENTMETRICS)
            lay_out_again(dialog, NULL);
        return FALSE;
    case WM_DESTROY:
        destroyed(dialog);
        return TRUE;
    }
    return FALSE;
}

/* The context in which windows get the themed controls, made from our manifest; INVALID_HANDLE_VALUE: without. */
static HANDLE controls_context(void)
{
    WCHAR path[MAX_PATH];
    ACTCTXW context = {.cbSize = sizeof(context)};
    DWORD length = GetModuleFileNameW(module_instance(), path, ARRAY_SIZE(path));

    if (!length || length >= ARRAY_SIZE(path))
        return INVALID_HANDLE_VALUE;
    context.dwFlags = ACTCTX_FLAG_RESOURCE_NAME_VALID | ACTCTX_FLAG_HMODULE_VALID;
    context.lpSource = path;
    context.hModule = module_instance();
    context.lpResourceName = MAKEINTRESOURCEW(IDM_CONTROLS);
    return CreateActCtxW(&context);
}

/* Its DLL is not among our imports, because every program that loads us would pay for it. */
HMODULE dialog_load_controls(DWORD classes)
{
    static const WCHAR name[] = L"\\comctl32.dll";
    INITCOMMONCONTROLSEX controls = {sizeof(controls), classes};
    BOOL(WINAPI * init)(const INITCOMMONCONTROLSEX *);
    WCHAR path[MAX_PATH + ARRAY_SIZE(name)];
    UINT length = GetSystemDirectoryW(path, MAX_PATH);
    HMODULE module;

    if (!length || length >= MAX_PATH)
        return NULL;
    lstrcpyW(path + length, name);
    module = LoadLibraryW(path);
    init = module ? (void *)GetProcAddress(module, "InitCommonControlsEx") : NULL;
    if (init)
        init(&controls);
    return module;
}

/* The head of an extended dialog template; windows.h does not have it. */
#pragma pack(push, 2)
struct template_head
{
    WORD version, signature;
    DWORD help, extended_style, style;
};
#pragma pack(pop)

HWND dialog_create(UINT template_id, const struct language *language, HWND owner, DLGPROC procedure, LPARAM context)
{
    HINSTANCE module = module_instance();
    HRSRC resource = FindResourceW(module, MAKEINTRESOURCEW(template_id), (const WCHAR *)RT_DIALOG);
    DWORD size = resource ? SizeofResource(module, resource) : 0;
    const void *original = size ? LockResource(LoadResource(module, resource)) : NULL;
    struct template_head *template;
    HANDLE controls;
    ULONG_PTR cookie;
    HWND window;

    if (!original || size < sizeof(*template) || !(template = heap_alloc(size)))
        return NULL;
    memcpy(template, original, size);
    if (language->right_to_left)
        template->extended_style |= WS_EX_LAYOUTRTL;
    controls = controls_context();
    if (controls != INVALID_HANDLE_VALUE && !ActivateActCtx(controls, &cookie))
    {
        ReleaseActCtx(controls);
        controls = INVALID_HANDLE_VALUE;
    }
    window = CreateDialogIndirectParamW(module, (DLGTEMPLATE *)template, owner, procedure, context);
    if (controls != INVALID_HANDLE_VALUE)
    {
        DeactivateActCtx(0, cookie);
        ReleaseActCtx(controls);
    }
    heap_free(template);
    return window;
}

static void show(struct dialog *dialog)
{
    HWND focus = GetDlgItem(dialog->window, (int)dialog->kind->focus);

    if (dialog->owner.foreign && dialog->owner.window)
        SetTimer(dialog->window, TIMER_OWNER, OWNER_PERIOD, NULL);
    /* Not ShowWindow: it obeys the start-up state of a process that was started hidden or minimised. */
    SetWindowPos(dialog->window, HWND_TOP, 0, 0, 0, 0, SWP_SHOWWINDOW | SWP_NOMOVE | SWP_NOSIZE);
    /* An owner of this thread is in front, or the user is elsewhere and stays there. Another thread's owner does not
     * bring us along. */
    if (!dialog->owner.window || (dialog->owner.foreign && GetForegroundWindow() == dialog->owner.window))
        SetForegroundWindow(dialog->window);
    if (focus && dialog->window)
        SendMessageW(dialog->window, WM_NEXTDLGCTL, (WPARAM)focus, TRUE);
}

/* Dispatches until the dialog is finished. TRUE: WM_QUIT came, *exit_code is its. */
static BOOL loop(struct dialog *dialog, int *exit_code)
{
    MSG msg;

    while (!dialog->finished)
    {
        BOOL got = GetMessageW(&msg, NULL, 0, 0);

        if (got <= 0)
        {
            dialog_finish(dialog, MAPI_E_USER_CANCEL);
            *exit_code = (int)msg.wParam;
            return got == 0;
        }
        if (CallMsgFilterW(&msg, MSGF_DIALOGBOX))
            continue;
        if (dialog->window && IsDialogMessageW(dialog->window, &msg))
            continue;
        TranslateMessage(&msg);
        DispatchMessageW(&msg);
    }
    return FALSE;
}

HRESULT dialog_run(struct dialog *dialog, HWND parent, struct modal *modal)
{
    struct modal nobody = {.lock = SRWLOCK_INIT};
    BOOL quit = FALSE;
    int exit_code = 0;

    dialog->modal = modal ? modal : &nobody;
    dialog->result = MAPI_E_NOT_ENOUGH_MEMORY;
    owner_find(&dialog->owner, parent);
    owner_take(&dialog->owner);
    /* Whoever holds the mouse would keep it from the dialog. */
    ReleaseCapture();
    if (!memory_should_fail())
        dialog_create(dialog->kind->template_id, dialog->language, dialog->owner.window, dialog_procedure,
                      (LPARAM)dialog);
    if (dialog->window)
    {
        if (modal_publish(dialog->modal, dialog->window))
        {
            show(dialog);
            quit = loop(dialog, &exit_code);
        }
        if (!modal_publish(dialog->modal, NULL))
            dialog->result = MAPI_E_INVALID_OBJECT;
    }
    else if (!owner_is_alive(&dialog->owner))
        dialog->result = MAPI_E_USER_CANCEL;
    dialog->finished = TRUE;
    owner_restore(&dialog->owner, dialog->window);
    if (dialog->window)
        DestroyWindow(dialog->window);
    layout_free(&dialog->layout);
    owner_restore_focus(&dialog->owner);
    dialog->modal = NULL;
    if (quit)
        PostQuitMessage(exit_code);
    return dialog->result;
}
