/*
 * The mail client's main window: menu, keys, logging on and off, closing.
 *
 * Logging on and off may show windows and dispatch any message meanwhile, also the destruction of this window: busy
 * keeps a second one from starting, and everything is looked at again after the call.
 */
#include "mailclient.h"

#include <string.h>

#include "version.h"

#define WIDE_(string) L##string
#define WIDE(string) WIDE_(string)

static const WCHAR window_class[] = L"PostroomMailClient";

static void show_error(struct mail_client *client)
{
    HRESULT hr = client->session.last_error;

    if (hr == MAPI_E_USER_CANCEL || hr == MAPI_E_CANCEL || !IsWindow(client->window))
    {
        return;
    }
    MessageBoxW(client->window, text_string(&client->session.error_text), APPLICATION_NAME, MB_OK | MB_ICONERROR);
}

void window_log_on(struct mail_client *client, enum logon_choice choice)
{
    HRESULT hr;

    if (client->busy || client->session.session)
    {
        return;
    }
    client->busy = TRUE;
    view_status(client, 0, L"Logging on...");
    hr = mail_session_logon(&client->session, client->window, choice, client->logon_profile);
    if (IsWindow(client->window))
    {
        view_refresh(client);
        if (FAILED(hr))
        {
            show_error(client);
        }
        else
        {
            client->focus = client->tree;
            SetFocus(client->tree);
        }
    }
    client->busy = FALSE;
    client->requests_done++;
}

/* TRUE: nobody is logged on any more. */
BOOL window_log_off(struct mail_client *client, ULONG flags)
{
    HRESULT hr;

    if (client->busy)
    {
        return FALSE;
    }
    if (!client->session.session)
    {
        return TRUE;
    }
    client->busy = TRUE;
    hr = mail_session_logoff(&client->session, client->window, flags);
    if (IsWindow(client->window))
    {
        if (SUCCEEDED(hr))
        {
            view_refresh(client);
        }
        else
        {
            show_error(client);
        }
    }
    client->busy = FALSE;
    client->requests_done++;
    return client->session.session == NULL;
}

static void session_event(struct mail_client *client, ULONG event, HRESULT hr)
{
    if (!client->session.session)
    {
        return;
    }
    /* The session works on until we log off: that is the user's to decide. */
    if (event == fnevCriticalError && hr == MAPI_E_END_OF_SESSION && !client->asked_to_leave)
    {
        client->asked_to_leave = TRUE;
        layout_arrange(client);
    }
    view_others(client);
}

static void about(struct mail_client *client)
{
    struct text text;
    WCHAR path[MAX_PATH] = L"(not loaded yet)";

    if (client->session.mapi.module)
    {
        GetModuleFileNameW(client->session.mapi.module, path, MAX_PATH);
        path[MAX_PATH - 1] = 0;
    }
    text_init(&text);
    text_printf(&text,
                L"Postroom Mail " WIDE(POSTROOM_VERSION_STRING) L"\n\nA small client for Extended MAPI.\n\n"
                                                                L"MAPI: %ls%ls",
                path, client->session.mapi.diagnostics ? L"\n(Postroom)" : L"");
    MessageBoxW(client->window, text_string(&text), L"About Postroom Mail", MB_OK | MB_ICONINFORMATION);
    text_free(&text);
}

static void next_pane(struct mail_client *client)
{
    if (client->session.session)
    {
        SetFocus(GetFocus() == client->tree ? client->list : client->tree);
    }
}

static void command(struct mail_client *client, WORD id)
{
    switch (id)
    {
    case IDM_LOG_ON:
        window_log_on(client, LOGON_ASK);
        break;
    case IDM_LOG_OFF:
        window_log_off(client, MAPI_LOGOFF_UI);
        break;
    case IDM_LOG_OFF_ALL:
        window_log_off(client, MAPI_LOGOFF_UI | MAPI_LOGOFF_SHARED);
        break;
    case IDC_NOTICE_LOG_OFF:
        window_log_off(client, 0);
        break;
    case IDM_EXIT:
        PostMessageW(client->window, WM_CLOSE, 0, 0);
        break;
    case IDM_REFRESH:
        if (!client->busy)
        {
            view_refresh(client);
        }
        break;
    case IDM_NEXT_PANE:
        next_pane(client);
        break;
    case IDM_ABOUT:
        about(client);
        break;
    }
}

static void enable_commands(struct mail_client *client, HMENU menu)
{
    UINT logged_on = client->session.session && !client->busy ? MF_ENABLED : MF_GRAYED;
    UINT logged_off = client->session.session || client->busy ? MF_GRAYED : MF_ENABLED;

    EnableMenuItem(menu, IDM_LOG_ON, MF_BYCOMMAND | logged_off);
    EnableMenuItem(menu, IDM_LOG_OFF, MF_BYCOMMAND | logged_on);
    EnableMenuItem(menu, IDM_LOG_OFF_ALL, MF_BYCOMMAND | logged_on);
    EnableMenuItem(menu, IDM_REFRESH, MF_BYCOMMAND | logged_on);
}

static UINT window_dpi(HWND window)
{
    UINT(WINAPI * get_dpi)(HWND window);
    FARPROC proc = GetProcAddress(GetModuleHandleW(L"user32.dll"), "GetDpiForWindow");

    if (!proc)
    {
        return 0;
    }
    memcpy(&get_dpi, &proc, sizeof(proc));
    return get_dpi(window);
}

static BOOL created(struct mail_client *client, HWND window)
{
    client->window = window;
    layout_set_dpi(client, window_dpi(window));
    if (!view_create(client))
    {
        return FALSE;
    }
    layout_set_dpi(client, client->dpi);
    view_refresh(client);
    SetTimer(window, OTHERS_TIMER, 1000, NULL);
    return TRUE;
}

static void dpi_changed(struct mail_client *client, UINT dpi, const RECT *rect)
{
    layout_set_dpi(client, dpi);
    SetWindowPos(client->window, NULL, rect->left, rect->top, rect->right - rect->left, rect->bottom - rect->top,
                 SWP_NOZORDER | SWP_NOACTIVATE);
    layout_arrange(client);
}

static void destroyed(struct mail_client *client)
{
    view_destroy(client);
    if (client->script)
    {
        KillTimer(client->window, SCRIPT_TIMER);
        script_window_closed(client->script);
    }
    PostQuitMessage(0);
}

static LRESULT splitter_message(struct mail_client *client, UINT message, WPARAM wparam, LPARAM lparam)
{
    int x = (short)LOWORD(lparam);

    if (message == WM_LBUTTONDOWN && layout_over_splitter(client, x))
    {
        client->splitting = TRUE;
        SetCapture(client->window);
    }
    else if (message == WM_MOUSEMOVE && client->splitting && (wparam & MK_LBUTTON))
    {
        layout_move_splitter(client, x);
    }
    else if (message == WM_LBUTTONUP && client->splitting)
    {
        ReleaseCapture();
    }
    return 0;
}

static BOOL set_cursor(struct mail_client *client)
{
    POINT point;

    if (!GetCursorPos(&point) || !ScreenToClient(client->window, &point) || !layout_over_splitter(client, point.x))
    {
        return FALSE;
    }
    SetCursor(LoadCursorW(NULL, (const WCHAR *)IDC_SIZEWE));
    return TRUE;
}

static LRESULT client_message(struct mail_client *client, UINT message, WPARAM wparam, LPARAM lparam)
{
    const NMHDR *header;

    switch (message)
    {
    case WM_SIZE:
        layout_arrange(client);
        return 0;
    case WM_PAINT:
        layout_paint(client);
        return 0;
    case WM_ERASEBKGND:
        return 1;
    case WM_INITMENUPOPUP:
        enable_commands(client, (HMENU)wparam);
        return 0;
    case WM_COMMAND:
        command(client, LOWORD(wparam));
        return 0;
    case WM_NOTIFY:
        header = (const NMHDR *)lparam;
        if (header->idFrom == IDC_TREE && header->code == TVN_SELCHANGEDW)
        {
            view_selected(client);
        }
        return 0;
    case WM_SETFOCUS:
        if (client->session.session)
        {
            SetFocus(client->focus ? client->focus : client->tree);
        }
        return 0;
    case WM_ACTIVATE:
        if (LOWORD(wparam) == WA_INACTIVE && IsChild(client->window, GetFocus()))
        {
            client->focus = GetFocus();
        }
        break;
    case WM_LBUTTONDOWN:
    case WM_MOUSEMOVE:
    case WM_LBUTTONUP:
        return splitter_message(client, message, wparam, lparam);
    case WM_CAPTURECHANGED:
        client->splitting = FALSE;
        return 0;
    case WM_SETCURSOR:
        if (LOWORD(lparam) == HTCLIENT && set_cursor(client))
        {
            return TRUE;
        }
        break;
    case WM_DPICHANGED:
        dpi_changed(client, HIWORD(wparam), (const RECT *)lparam);
        return 0;
    case WM_SYSCOLORCHANGE:
        SendMessageW(client->tree, message, wparam, lparam);
        SendMessageW(client->list, message, wparam, lparam);
        break;
    case WM_TIMER:
        if (wparam == SCRIPT_TIMER && client->script)
        {
            script_tick(client->script);
        }
        else if (wparam == OTHERS_TIMER)
        {
            view_others(client);
        }
        return 0;
    case WM_APP_LOG_ON:
        window_log_on(client, (enum logon_choice)wparam);
        return 0;
    case WM_APP_SESSION_EVENT:
        session_event(client, (ULONG)wparam, (HRESULT)lparam);
        return 0;
    case WM_APP_QUIT:
        DestroyWindow(client->window);
        return 0;
    case WM_CLOSE:
        if (window_log_off(client, MAPI_LOGOFF_UI) && IsWindow(client->window))
        {
            DestroyWindow(client->window);
        }
        return 0;
    case WM_ENDSESSION:
        if (wparam)
        {
            window_log_off(client, 0);
        }
        return 0;
    case WM_DESTROY:
        destroyed(client);
        return 0;
    }
    return DefWindowProcW(client->window, message, wparam, lparam);
}

static LRESULT CALLBACK window_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct mail_client *client = (struct mail_client *)GetWindowLongPtrW(window, GWLP_USERDATA);

    if (message == WM_NCCREATE)
    {
        client = ((const CREATESTRUCTW *)lparam)->lpCreateParams;
        SetWindowLongPtrW(window, GWLP_USERDATA, (LONG_PTR)client);
    }
    else if (message == WM_CREATE)
    {
        return created(client, window) ? 0 : -1;
    }
    /* Before WM_CREATE and while it runs there is nothing to arrange. */
    if (!client || !client->status)
    {
        return DefWindowProcW(window, message, wparam, lparam);
    }
    return client_message(client, message, wparam, lparam);
}

BOOL window_translate(struct mail_client *client, MSG *message)
{
    HACCEL accelerators = LoadAcceleratorsW(client->instance, MAKEINTRESOURCEW(IDR_ACCELERATORS));

    return TranslateAcceleratorW(client->window, accelerators, message) || IsDialogMessageW(client->window, message);
}

BOOL window_create(struct mail_client *client, int show)
{
    INITCOMMONCONTROLSEX controls = {sizeof(controls), ICC_TREEVIEW_CLASSES | ICC_LISTVIEW_CLASSES | ICC_BAR_CLASSES};
    WNDCLASSEXW class = {.cbSize = sizeof(class)};
    HWND window;

    InitCommonControlsEx(&controls);
    class.lpfnWndProc = window_proc;
    class.hInstance = client->instance;
    class.hIcon = LoadIconW(client->instance, MAKEINTRESOURCEW(IDI_MAILCLIENT));
    class.hIconSm = LoadImageW(client->instance, MAKEINTRESOURCEW(IDI_MAILCLIENT), IMAGE_ICON,
                               GetSystemMetrics(SM_CXSMICON), GetSystemMetrics(SM_CYSMICON), LR_SHARED);
    class.hCursor = LoadCursorW(NULL, (const WCHAR *)IDC_ARROW);
    class.lpszMenuName = MAKEINTRESOURCEW(IDR_MENU);
    class.lpszClassName = window_class;
    if (!RegisterClassExW(&class))
    {
        return FALSE;
    }
    client->split = 280;
    window = CreateWindowExW(WS_EX_CONTROLPARENT, window_class, APPLICATION_NAME, WS_OVERLAPPEDWINDOW | WS_CLIPCHILDREN,
                             CW_USEDEFAULT, CW_USEDEFAULT, 900, 560, NULL, NULL, client->instance, client);
    if (!window)
    {
        return FALSE;
    }
    ShowWindow(window, show);
    UpdateWindow(window);
    return TRUE;
}
