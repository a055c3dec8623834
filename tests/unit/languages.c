/*
 * Every language's windows: all texts there, in every plural form, nothing cut off, nothing overlapping, mnemonics
 * unique; at 96 and at 192 DPI (in a process of its own, because a process keeps its DPI).
 *
 *   languages.exe --show LANGUAGE WINDOW    opens one window (logoff, pending, chooser, empty, progress) for
 *                                           screenshots; LANGUAGE is a LANGID
 */
#include "drive.h"

#include <stdlib.h>

#include <commctrl.h>

#include "ui/dialog.h"

static unsigned int failures;

static void fail_note(const struct language *language, const char *window, UINT control, const char *what)
{
    failures++;
    harness_note("language %#x, %s, control %u: %s", language->id, window, control, what);
}

/* One window's check. */

struct check
{
    const struct language *language;
    const char *window;
    WCHAR mnemonics[32];
    unsigned int mnemonic_count;
    RECT places[32];
    unsigned int place_count;
    HWND dialog;
};

static void check_mnemonic(struct check *check, UINT id, const WCHAR *text, BOOL needed)
{
    const WCHAR *at = text;
    WCHAR letter;
    unsigned int i;

    while ((at = wcschr(at, '&')) && at[1] == '&')
        at += 2;
    if (!at)
    {
        if (needed)
            fail_note(check->language, check->window, id, "no mnemonic");
        return;
    }
    letter = at[1];
    CharUpperBuffW(&letter, 1);
    for (i = 0; i < check->mnemonic_count; i++)
    {
        if (check->mnemonics[i] == letter)
            fail_note(check->language, check->window, id, "mnemonic used twice");
    }
    if (check->mnemonic_count < ARRAY_SIZE(check->mnemonics))
        check->mnemonics[check->mnemonic_count++] = letter;
}

static void check_text_fits(struct check *check, HWND control, UINT id, const WCHAR *text, BOOL is_button)
{
    LONG style = GetWindowLongW(control, GWL_STYLE);
    HDC dc = GetDC(control);
    HFONT previous = SelectObject(dc, (HFONT)SendMessageW(control, WM_GETFONT, 0, 0));
    RECT client, rect;
    SIZE ideal = {0};
    BOOL is_check_box = is_button && (style & BS_TYPEMASK) == BS_AUTOCHECKBOX;

    GetClientRect(control, &client);
    rect = client;
    if (is_check_box)
        rect.right -= 16;
    DrawTextW(dc, text, -1, &rect,
              DT_CALCRECT | DT_WORDBREAK | DT_EXPANDTABS | (style & SS_NOPREFIX && !is_button ? DT_NOPREFIX : 0));
    if (rect.right > client.right)
        fail_note(check->language, check->window, id, "text is too wide");
    if (rect.bottom > client.bottom)
        fail_note(check->language, check->window, id, "text is too high");
    SelectObject(dc, previous);
    ReleaseDC(control, dc);
    /* What the control itself says that it needs, where it can. */
    if (is_button && !is_check_box && SendMessageW(control, BCM_GETIDEALSIZE, 0, (LPARAM)&ideal)
        && ideal.cx > client.right)
        fail_note(check->language, check->window, id, "button is too narrow");
}

static BOOL CALLBACK check_control(HWND control, LPARAM parameter)
{
    struct check *check = (struct check *)parameter;
    UINT id = (UINT)GetDlgCtrlID(control);
    WCHAR class_name[32], text[TEXT_SIZE] = {0};
    RECT rect, client, overlap;
    BOOL is_button;
    unsigned int i;

    if (!IsWindowVisible(control))
        return TRUE;
    GetClassNameW(control, class_name, ARRAY_SIZE(class_name));
    GetWindowTextW(control, text, ARRAY_SIZE(text));
    GetWindowRect(control, &rect);
    MapWindowPoints(NULL, check->dialog, (POINT *)&rect, 2);
    GetClientRect(check->dialog, &client);
    /* In a mirrored window the corners change sides. */
    if (rect.left > rect.right)
    {
        LONG left = rect.right;

        rect.right = rect.left;
        rect.left = left;
    }
    if (rect.left < 0 || rect.top < 0 || rect.right > client.right || rect.bottom > client.bottom || IsRectEmpty(&rect))
        fail_note(check->language, check->window, id, "not inside the window");
    /* The hint for an empty list lies on it. */
    for (i = 0; i < check->place_count && id != IDC_EMPTY; i++)
    {
        if (IntersectRect(&overlap, &rect, &check->places[i]))
            fail_note(check->language, check->window, id, "overlaps another control");
    }
    if (id != IDC_EMPTY && check->place_count < ARRAY_SIZE(check->places))
        check->places[check->place_count++] = rect;

    is_button = !wcsicmp(class_name, L"Button");
    if (!is_button && wcsicmp(class_name, L"Static"))
        return TRUE;
    if ((GetWindowLongW(control, GWL_STYLE) & SS_TYPEMASK) == SS_ICON && !is_button)
        return TRUE;
    if (!*text && id != IDC_WAITING)
        fail_note(check->language, check->window, id, "no text");
    if (wcsstr(text, L"%1") || wcsstr(text, L"%2"))
        fail_note(check->language, check->window, id, "a place holder is left");
    if (is_button || !(GetWindowLongW(control, GWL_STYLE) & SS_NOPREFIX))
        check_mnemonic(check, id, text, TRUE);
    if (id != IDC_WAITING)
        check_text_fits(check, control, id, text, is_button);
    return TRUE;
}

static void check_window(HWND dialog, const struct language *language, const char *name)
{
    struct check check = {.language = language, .window = name, .dialog = dialog};
    BOOL mirrored = (GetWindowLongW(dialog, GWL_EXSTYLE) & WS_EX_LAYOUTRTL) != 0;
    WCHAR title[64];

    EnumChildWindows(dialog, check_control, (LPARAM)&check);
    if (!GetWindowTextW(dialog, title, ARRAY_SIZE(title)))
        fail_note(language, name, 0, "no title");
    if (mirrored != language->right_to_left)
        fail_note(language, name, 0, "wrong reading direction");
}

/* Scripts. */

struct visit
{
    const struct language *language;
    const char *window;
};

static BOOL check_and_close(HWND dialog, void *context, unsigned int step)
{
    struct visit *visit = context;

    (void)step;
    check_window(dialog, visit->language, visit->window);
    PostMessageW(dialog, WM_CLOSE, 0, 0);
    return TRUE;
}

/* At least one count of every plural form of every language; the last is the longest number. */
static const ULONG counts[] = {1, 2, 3, 5, 11, 100, 1000000, 4294967295u};

static void visit_logoff(const struct language *language)
{
    static const WCHAR *const names[] = {
            L"Work",
            L"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
            L"a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f",
            L"\x05e9\x05dc\x05d5\x05dd & %s%n \x202e evil",
            L"",
    };
    struct visit visit = {language, "log-off dialog"};
    struct logoff_question question = {0};
    struct modal modal = {.lock = SRWLOCK_INIT};
    unsigned int form, seen = 0;
    struct drive drive;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        question.profile_name = names[i];
        drive_begin(&drive, check_and_close, &visit);
        assert_hr(logoff_dialog_run(NULL, &question, &modal), MAPI_E_USER_CANCEL);
        assert_true(drive_end(&drive));
    }
    question.profile_name = L"Work";
    question.shared = TRUE;
    question.other_names = L"notes.exe, calendar.exe, "
                           L"averyveryveryveryveryveryveryveryveryveryveryveryveryveryverylongname.exe, d.exe";
    for (i = 0; i < ARRAY_SIZE(counts); i++)
    {
        form = language->plural(counts[i]);
        if (seen & (1u << form) && i + 1 < ARRAY_SIZE(counts))
            continue;
        seen |= 1u << form;
        question.unsent = question.others = counts[i];
        drive_begin(&drive, check_and_close, &visit);
        assert_hr(logoff_dialog_run(NULL, &question, &modal), MAPI_E_USER_CANCEL);
        assert_true(drive_end(&drive));
    }
}

static HRESULT create_result;

static HRESULT create_profile(const WCHAR *name)
{
    (void)name;
    return create_result;
}

/* Opens New..., provokes each problem, looks at each. */
static BOOL visit_new_profile(HWND dialog, void *context, unsigned int step)
{
    static const HRESULT problems[] = {MAPI_E_NO_ACCESS, MAPI_E_INVALID_PARAMETER, MAPI_E_NOT_ENOUGH_MEMORY};
    struct visit *visit = context;
    HWND chooser = GetWindow(dialog, GW_OWNER);

    if (step == 0)
    {
        check_window(dialog, visit->language, "new profile");
        SetDlgItemTextW(dialog, IDC_NAME, L"Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww");
    }
    else if (step <= ARRAY_SIZE(problems))
    {
        create_result = problems[step - 1];
        SendMessageW(dialog, WM_COMMAND, IDOK, 0);
        check_window(dialog, visit->language, "new profile with a problem");
    }
    else
    {
        PostMessageW(dialog, WM_CLOSE, 0, 0);
        PostMessageW(chooser, WM_CLOSE, 0, 0);
        return TRUE;
    }
    return FALSE;
}

static BOOL visit_chooser_script(HWND dialog, void *context, unsigned int step)
{
    struct visit *visit = context;
    struct drive drive;

    (void)step;
    check_window(dialog, visit->language, visit->window);
    drive_begin(&drive, visit_new_profile, context);
    SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(IDC_NEW, BN_CLICKED), (LPARAM)GetDlgItem(dialog, IDC_NEW));
    return drive_end(&drive);
}

static void visit_chooser(const struct language *language)
{
    static const WCHAR *const names[] = {L"Work", L"Home", L"\x05e9\x05dc\x05d5\x05dd (1)"};
    struct visit visit = {language, "chooser"};
    struct profile_choice choice = {.count = 3, .names = names, .preselected = 1, .create = create_profile};
    struct drive drive;

    drive_begin(&drive, visit_chooser_script, &visit);
    assert_hr(profile_chooser_run(NULL, &choice, NULL), MAPI_E_USER_CANCEL);
    assert_true(drive_end(&drive));
    visit.window = "empty chooser";
    choice.count = 0;
    drive_begin(&drive, visit_chooser_script, &visit);
    assert_hr(profile_chooser_run(NULL, &choice, NULL), MAPI_E_USER_CANCEL);
    assert_true(drive_end(&drive));
}

static void visit_all(void)
{
    const struct language *language;
    size_t i;

    failures = 0;
    for (i = 0; (language = language_at(i)); i++)
    {
        language_set_for_tests(language->id);
        assert_ptr_equal(language_current(), language);
        visit_logoff(language);
        visit_chooser(language);
    }
    language_set_for_tests(0);
}

/* Tests. */

static void LOGOFF_03_every_language_fits_at_96_dpi(void **state)
{
    (void)state;
    visit_all();
    assert_int_equal(failures, 0);
}

/* A program that knows of high DPI, on a desktop with 192: the setting is read when a process starts. */
static void LOGOFF_03_every_language_fits_at_192_dpi(void **state)
{
    static const WCHAR desktop[] = L"Control Panel\\Desktop", value[] = L"LogPixels";
    WCHAR path[MAX_PATH], command[MAX_PATH + 32];
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;
    DWORD dpi = 192, old = 0, type, size = sizeof(old), code = 0xffff;
    BOOL had;
    HKEY key;

    (void)state;
    assert_int_equal(RegCreateKeyExW(HKEY_CURRENT_USER, desktop, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL), 0);
    had = !RegQueryValueExW(key, value, NULL, &type, (BYTE *)&old, &size) && type == REG_DWORD;
    RegSetValueExW(key, value, 0, REG_DWORD, (BYTE *)&dpi, sizeof(dpi));
    GetModuleFileNameW(NULL, path, ARRAY_SIZE(path));
    _snwprintf(command, ARRAY_SIZE(command), L"\"%ls\" --high-dpi", path);
    if (CreateProcessW(path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
    {
        WaitForSingleObject(process.hProcess, 300000);
        GetExitCodeProcess(process.hProcess, &code);
        CloseHandle(process.hThread);
        CloseHandle(process.hProcess);
    }
    if (had)
        RegSetValueExW(key, value, 0, REG_DWORD, (BYTE *)&old, sizeof(old));
    else
        RegDeleteValueW(key, value);
    RegCloseKey(key);
    assert_int_equal(code, 0);
}

static int visit_in_child(void)
{
    HDC dc;
    int dpi;

    SetProcessDPIAware();
    dc = GetDC(NULL);
    dpi = GetDeviceCaps(dc, LOGPIXELSX);
    ReleaseDC(NULL, dc);
    if (dpi != 192)
    {
        harness_note("%d DPI instead of 192", dpi);
        return 1;
    }
    visit_all();
    return (int)failures;
}

/* Every table has every text, and no form that the language does not use. */
static void every_text_is_there(void **state)
{
    static const UINT counted[] = {IDS_UNSENT, IDS_OTHERS, IDS_OTHERS_ASKED};
    const struct language *language;
    WCHAR text[TEXT_SIZE];
    BOOL used[6];
    ULONG count;
    size_t i, j;
    UINT id;

    (void)state;
    for (i = 0; (language = language_at(i)); i++)
    {
        memset(used, 0, sizeof(used));
        for (count = 0; count < 1000; count++)
            used[language->plural(count)] = TRUE;
        used[language->plural(1000000)] = TRUE;
        for (id = IDS_LOGOFF_TITLE; id <= IDS_LIST_SEPARATOR; id++)
            assert_true(text_load(language, id, text, ARRAY_SIZE(text)));
        for (id = IDS_CHOOSER_TITLE; id <= IDS_SHEET_FAILED; id++)
            assert_true(text_load(language, id, text, ARRAY_SIZE(text)));
        for (j = 0; j < ARRAY_SIZE(counted); j++)
        {
            /* Those about the others' part may have no form of their own for millions. */
            for (id = 0; id < 6; id++)
            {
                if (text_load(language, counted[j] + id, text, ARRAY_SIZE(text)) != used[id]
                    && !(counted[j] == IDS_OTHERS_ASKED && id == PLURAL_MANY))
                    fail_msg("language %#x, text %u, form %u", language->id, counted[j], id);
            }
        }
    }
}

/* For screenshots. The window is open and painted when "ready" is printed, and closes when the input ends. */

static DWORD shown_by;

static BOOL CALLBACK find_any(HWND window, LPARAM found)
{
    WCHAR name[16];
    DWORD process;

    GetWindowThreadProcessId(window, &process);
    if (process != GetCurrentProcessId() || !IsWindowVisible(window) || !GetClassNameW(window, name, ARRAY_SIZE(name))
        || wcscmp(name, L"#32770"))
        return TRUE;
    *(HWND *)found = window;
    return FALSE;
}

static DWORD WINAPI close_after_input(void *unused)
{
    HWND window = NULL;

    (void)unused;
    while (!window)
    {
        EnumWindows(find_any, (LPARAM)&window);
        Sleep(20);
    }
    Sleep(500);
    printf("ready\n");
    fflush(stdout);
    while (getchar() != EOF)
        ;
    PostMessageW(window, WM_CLOSE, 0, 0);
    PostThreadMessageW(shown_by, WM_QUIT, 0, 0);
    return 0;
}

static HWND mail_window(void)
{
    WNDCLASSW class = {.lpfnWndProc = DefWindowProcW,
                       .lpszClassName = L"Postroom picture",
                       .hbrBackground = (HBRUSH)(COLOR_APPWORKSPACE + 1)};

    RegisterClassW(&class);
    return CreateWindowW(class.lpszClassName, L"Mail", WS_OVERLAPPEDWINDOW | WS_VISIBLE, 40, 40, 560, 360, NULL, NULL,
                         NULL, NULL);
}

static int show(LANGID language, const char *what)
{
    static const WCHAR *const names[] = {L"Work", L"Home", L"Archive 2024"};
    struct logoff_question question = {.profile_name = L"Work"};
    struct profile_choice choice = {.count = 3, .names = names, .preselected = 0, .create = create_profile};
    struct modal modal = {.lock = SRWLOCK_INIT};
    struct progress progress;
    HWND owner;
    MSG msg;

    SetProcessDPIAware();
    language_set_for_tests(language);
    create_result = MAPI_E_NO_ACCESS;
    shown_by = GetCurrentThreadId();
    owner = strcmp(what, "progress") ? mail_window() : NULL;
    CloseHandle(CreateThread(NULL, 0, close_after_input, NULL, 0, NULL));
    if (!strcmp(what, "progress"))
    {
        progress_begin(&progress, L"Work");
        progress_waiting_for(&progress, L"Message Store (msgstore.dll)");
        while (GetMessageW(&msg, NULL, 0, 0) > 0)
            DispatchMessageW(&msg);
        progress_end(&progress);
    }
    else if (!strcmp(what, "chooser") || !strcmp(what, "empty"))
    {
        choice.count = strcmp(what, "empty") ? 3 : 0;
        profile_chooser_run(owner, &choice, NULL);
    }
    else
    {
        if (!strcmp(what, "pending"))
        {
            question.unsent = 3;
            question.others = 2;
            question.other_names = L"notes.exe, calendar.exe";
            question.shared = TRUE;
        }
        logoff_dialog_run(owner, &question, &modal);
    }
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
            harness_test(every_text_is_there),
            harness_test(LOGOFF_03_every_language_fits_at_96_dpi),
            harness_test(LOGOFF_03_every_language_fits_at_192_dpi),
    };

    if (argc > 1 && !strcmp(argv[1], "--high-dpi"))
        return visit_in_child();
    if (argc > 3 && !strcmp(argv[1], "--show"))
        return show((LANGID)strtoul(argv[2], NULL, 0), argv[3]);
    return harness_run(tests);
}
