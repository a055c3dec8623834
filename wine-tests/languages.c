/*
 * The log-off dialog in every language, and of two threads at once, through IMAPISession::Logoff: what its windows show,
 * not what its resources say.
 */
#include "support.h"

#define PROFILE "Languages test"

static const struct
{
    LANGID id;
    BOOL right_to_left;
} languages[] = {
        {0x0409, FALSE}, {0x0407, FALSE}, {0x040c, FALSE}, {0x0c0a, FALSE}, {0x0410, FALSE},
        {0x0416, FALSE}, {0x0413, FALSE}, {0x0415, FALSE}, {0x0405, FALSE}, {0x041d, FALSE},
        {0x0419, FALSE}, {0x0422, FALSE}, {0x041f, FALSE}, {0x0411, FALSE}, {0x0412, FALSE},
        {0x0804, FALSE}, {0x0404, FALSE}, {0x0401, TRUE},  {0x040d, TRUE},
};

/* The language that programs of this process are to speak. Wine does not heed SetThreadUILanguage, but has one for the
 * process. */
static BOOL language_set(LANGID id)
{
    LONG(WINAPI * set_default)(LANGID);

    SetThreadUILanguage(id);
    if (GetThreadUILanguage() == id)
        return TRUE;
    set_default = (void *)(ULONG_PTR)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtSetDefaultUILanguage");
    return set_default && !set_default(id) && GetThreadUILanguage() == id;
}

/* What the second thread found in the dialog. */
struct look
{
    DWORD thread;
    HANDLE handle;
    BOOL seen, mirrored;
    WCHAR texts[1024]; /* of all controls, one after the other */
    unsigned int controls, cut_off, outside;
    unsigned int longer_fit; /* texts ten times as long that are said to fit: none may be */
};

static BOOL fits(HWND control, const WCHAR *text, BOOL is_button)
{
    LONG style = GetWindowLongW(control, GWL_STYLE);
    BOOL is_check_box = is_button && (style & BS_TYPEMASK) == BS_AUTOCHECKBOX;
    UINT format = DT_CALCRECT | DT_WORDBREAK | DT_EXPANDTABS;
    HDC dc = GetDC(control);
    HGDIOBJ previous = SelectObject(dc, (HGDIOBJ)SendMessageW(control, WM_GETFONT, 0, 0));
    RECT client, rect;

    if (!is_button && (style & SS_NOPREFIX))
        format |= DT_NOPREFIX;
    GetClientRect(control, &client);
    rect = client;
    if (is_check_box)
        rect.right -= GetSystemMetrics(SM_CXMENUCHECK);
    DrawTextW(dc, text, -1, &rect, format);
    SelectObject(dc, previous);
    ReleaseDC(control, dc);
    return rect.right <= client.right && rect.bottom <= client.bottom;
}

static BOOL CALLBACK look_at_control(HWND control, LPARAM parameter)
{
    struct look *look = (struct look *)parameter;
    RECT rect, dialog, both;
    WCHAR name[16], text[512], longer[10 * 512 + 1] = {0};
    BOOL is_button;
    int i;

    if (!IsWindowVisible(control) || !GetWindowTextW(control, text, ARRAY_SIZE(text)))
        return TRUE;
    GetClassNameW(control, name, ARRAY_SIZE(name));
    is_button = !lstrcmpiW(name, L"Button");
    if (!is_button && ((GetWindowLongW(control, GWL_STYLE) & SS_TYPEMASK) == SS_ICON || lstrcmpiW(name, L"Static")))
        return TRUE;
    GetWindowRect(control, &rect);
    GetWindowRect(GetParent(control), &dialog);
    look->controls++;
    look->cut_off += !fits(control, text, is_button);
    for (i = 0; i < 10; i++)
        lstrcatW(longer, text);
    look->longer_fit += fits(control, longer, is_button);
    look->outside += !IntersectRect(&both, &rect, &dialog) || !EqualRect(&both, &rect);
    if (lstrlenW(look->texts) + lstrlenW(text) + 2 < (int)ARRAY_SIZE(look->texts))
    {
        lstrcatW(look->texts, text);
        lstrcatW(look->texts, L"|");
    }
    return TRUE;
}

static DWORD WINAPI look_run(void *context)
{
    struct look *look = context;
    HWND dialog = wait_for_dialog(look->thread);

    if (!dialog)
        return 1;
    look->seen = TRUE;
    look->mirrored = (GetWindowLongW(dialog, GWL_EXSTYLE) & WS_EX_LAYOUTRTL) != 0;
    EnumChildWindows(dialog, look_at_control, (LPARAM)look);
    PostMessageW(dialog, WM_COMMAND, IDCANCEL, 0);
    return 0;
}

static void test_language(IMAPISession *session, size_t i, WCHAR english[1024])
{
    struct look look = {.thread = GetCurrentThreadId()};
    LANGID id = languages[i].id;

    check(language_set(id), "language %#x can be set", id);
    look.handle = CreateThread(NULL, 0, look_run, &look, 0, NULL);
    check_hr(IMAPISession_Logoff(session, 0, MAPI_LOGOFF_UI, 0), MAPI_E_USER_CANCEL, "LOGOFF_03 language %#x", id);
    WaitForSingleObject(look.handle, 60000);
    CloseHandle(look.handle);
    check(look.seen && look.controls >= 4, "language %#x: question, check box and two buttons have texts", id);
    check(!look.cut_off && !look.outside, "language %#x: %u texts cut off, %u outside", id, look.cut_off, look.outside);
    check(!look.longer_fit, "language %#x: longer texts would be noticed", id);
    check(look.mirrored == languages[i].right_to_left, "language %#x: reading direction", id);
    if (!i)
        lstrcpyW(english, look.texts);
    else
        check(lstrcmpW(english, look.texts) != 0, "language %#x: texts of its own", id);
}

/* Two threads, each with a window, a session and a dialog of its own. */
struct caller
{
    DWORD id;
    HWND window;
    HANDLE thread;
    HRESULT logon, logoff;
    BOOL owned, enabled;
};

static DWORD WINAPI caller_run(void *context)
{
    struct caller *caller = context;
    IMAPISession *session;

    caller->window = CreateWindowW(L"Static", L"Mail", WS_OVERLAPPEDWINDOW | WS_VISIBLE, 40, 40, 400, 300, NULL, NULL,
                                   NULL, NULL);
    caller->logon = session_open(PROFILE, 0, &session);
    if (FAILED(caller->logon))
        return 1;
    caller->logoff = IMAPISession_Logoff(session, (ULONG_PTR)caller->window, MAPI_LOGOFF_UI, 0);
    caller->enabled = IsWindowEnabled(caller->window);
    IMAPISession_Release(session);
    DestroyWindow(caller->window);
    return 0;
}

static void test_two_threads(void)
{
    struct caller callers[2] = {{.logoff = E_FAIL}, {.logoff = E_FAIL}};
    HWND dialogs[2];
    int i;

    for (i = 0; i < 2; i++)
        callers[i].thread = CreateThread(NULL, 0, caller_run, &callers[i], 0, &callers[i].id);
    for (i = 0; i < 2; i++)
        dialogs[i] = wait_for_dialog(callers[i].id);
    check(dialogs[0] && dialogs[1] && dialogs[0] != dialogs[1], "LOGOFF_03 two threads, two dialogs at once");
    for (i = 0; i < 2; i++)
        callers[i].owned = dialogs[i] && GetWindow(dialogs[i], GW_OWNER) == callers[i].window
                           && !IsWindowEnabled(callers[i].window);
    /* The first one's answer leaves the second one open. */
    PostMessageW(dialogs[0], WM_COMMAND, IDOK, 0);
    WaitForSingleObject(callers[0].thread, 60000);
    check(IsWindow(dialogs[1]) && !IsWindowEnabled(callers[1].window), "LOGOFF_03 the other dialog stays");
    PostMessageW(dialogs[1], WM_COMMAND, IDCANCEL, 0);
    WaitForSingleObject(callers[1].thread, 60000);
    check_hr(callers[0].logoff, S_OK, "LOGOFF_03 the first thread logs off");
    check_hr(callers[1].logoff, MAPI_E_USER_CANCEL, "LOGOFF_03 the second one cancels");
    for (i = 0; i < 2; i++)
    {
        check(callers[i].owned && callers[i].enabled, "LOGOFF_03 thread %d: its window owned it, and is enabled", i);
        CloseHandle(callers[i].thread);
    }
}

int main(void)
{
    MAPIINIT_0 init = {MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS};
    PostroomCounts counts = {.cbSize = sizeof(counts)};
    LONG confirm = get_confirm();
    IMAPISession *session = NULL;
    WCHAR english[1024] = {0};
    size_t i;

    mapi_load();
    set_confirm(-1);
    check_hr(mapi.initialize(&init), S_OK, "MAPIInitialize");
    profile_drop(PROFILE);
    check_hr(profile_make(PROFILE), S_OK, "a profile");
    check_hr(session_open(PROFILE, 0, &session), S_OK, "logon");
    for (i = 0; session && i < ARRAY_SIZE(languages); i++)
        test_language(session, i, english);
    language_set(languages[0].id);
    if (session)
    {
        check_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK, "log off");
        IMAPISession_Release(session);
    }
    test_two_threads();
    check_hr(profile_drop(PROFILE), S_OK, "the profile deleted");
    mapi.uninitialize();
    set_confirm(confirm);
    mapi.diagnostics(&counts, 0);
    check(!counts.cObjects && !counts.cWindows && !counts.cThreads, "LOGOFF_73 nothing is left");
    return checks_end();
}
