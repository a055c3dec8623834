/*
 * What the log-off dialog says and whether it comes at all: its check box, the settings, its texts.
 */
#include "dialog_window.h"

#include "ui/confirm.h"

static const WCHAR user_key[] = L"Software\\Postroom";
static const WCHAR policy_key[] = L"Software\\Policies\\Postroom";
static const WCHAR value_name[] = L"ConfirmLogoff";

/* Registry values of these tests; saved and put back. */
static void set_value(HKEY root, const WCHAR *path, LONG value)
{
    DWORD number = (DWORD)value;
    HKEY key;

    assert_int_equal(RegCreateKeyExW(root, path, 0, NULL, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, NULL), 0);
    if (value < 0)
        RegDeleteValueW(key, value_name);
    else
        RegSetValueExW(key, value_name, 0, REG_DWORD, (BYTE *)&number, sizeof(number));
    RegCloseKey(key);
}

static LONG get_value(HKEY root, const WCHAR *path)
{
    DWORD number = 0, size = sizeof(number), type;
    LONG result = -1;
    HKEY key;

    if (RegOpenKeyExW(root, path, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key))
        return -1;
    if (!RegQueryValueExW(key, value_name, NULL, &type, (BYTE *)&number, &size))
        result = (LONG)number;
    RegCloseKey(key);
    return result;
}

/* The check box */

struct box
{
    BOOL enabled, checked;
    UINT set_to, answer;
};

static BOOL use_box(HWND dialog, void *context, unsigned int step)
{
    struct box *box = context;

    (void)step;
    box->enabled = IsWindowEnabled(GetDlgItem(dialog, IDC_ASK));
    box->checked = IsDlgButtonChecked(dialog, IDC_ASK) == BST_CHECKED;
    CheckDlgButton(dialog, IDC_ASK, box->set_to);
    PostMessageW(dialog, WM_COMMAND, box->answer, 0);
    return TRUE;
}

static void LOGOFF_03_check_box_is_stored_on_log_off_only(void **state)
{
    static const struct
    {
        LONG before, policy;
        BOOL checked, enabled;
        UINT set_to, answer;
        LONG after;
    } cases[] = {
            {-1, -1, TRUE, TRUE, BST_UNCHECKED, IDCANCEL, -1}, {-1, -1, TRUE, TRUE, BST_CHECKED, IDOK, -1},
            {-1, -1, TRUE, TRUE, BST_UNCHECKED, IDOK, 1},      {2, -1, TRUE, TRUE, BST_UNCHECKED, IDOK, 1},
            {2, -1, TRUE, TRUE, BST_UNCHECKED, IDCANCEL, 2},   {2, -1, TRUE, TRUE, BST_CHECKED, IDOK, 2},
            {7, -1, TRUE, TRUE, BST_CHECKED, IDOK, 7},         {1, -1, FALSE, TRUE, BST_CHECKED, IDOK, 2},
            {1, -1, FALSE, TRUE, BST_CHECKED, IDCANCEL, 1},    {1, -1, FALSE, TRUE, BST_UNCHECKED, IDOK, 1},
            {2, 1, FALSE, FALSE, BST_CHECKED, IDOK, 2},        {1, 2, TRUE, FALSE, BST_UNCHECKED, IDOK, 1},
    };
    LONG user = get_value(HKEY_CURRENT_USER, user_key), policy = get_value(HKEY_LOCAL_MACHINE, policy_key);
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        struct box box = {.set_to = cases[i].set_to, .answer = cases[i].answer};
        HRESULT hr;
        LONG after;

        set_value(HKEY_CURRENT_USER, user_key, cases[i].before);
        set_value(HKEY_LOCAL_MACHINE, policy_key, cases[i].policy);
        hr = run(NULL, use_box, &box);
        after = get_value(HKEY_CURRENT_USER, user_key);
        set_value(HKEY_CURRENT_USER, user_key, user);
        set_value(HKEY_LOCAL_MACHINE, policy_key, policy);
        assert_hr(hr, cases[i].answer == IDOK ? S_OK : MAPI_E_USER_CANCEL);
        if (box.checked != cases[i].checked || box.enabled != cases[i].enabled || after != cases[i].after)
            fail_msg("case %u: checked %d, enabled %d, stored %ld", (unsigned int)i, box.checked, box.enabled, after);
    }
}

static void LOGOFF_03_wants_confirmation(void **state)
{
    static const struct
    {
        LONG user, policy;
        BOOL idle, pending;
    } cases[] = {
            {-1, -1, TRUE, TRUE}, {2, -1, TRUE, TRUE},  {1, -1, FALSE, TRUE}, {0, -1, FALSE, FALSE},
            {99, -1, TRUE, TRUE}, {2, 0, FALSE, FALSE}, {0, 2, TRUE, TRUE},   {0, 1, FALSE, TRUE},
    };
    LONG user = get_value(HKEY_CURRENT_USER, user_key), policy = get_value(HKEY_LOCAL_MACHINE, policy_key);
    BOOL idle, pending;
    size_t i;
    HKEY key;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        set_value(HKEY_CURRENT_USER, user_key, cases[i].user);
        set_value(HKEY_LOCAL_MACHINE, policy_key, cases[i].policy);
        idle = logoff_wants_confirmation(FALSE);
        pending = logoff_wants_confirmation(TRUE);
        set_value(HKEY_CURRENT_USER, user_key, user);
        set_value(HKEY_LOCAL_MACHINE, policy_key, policy);
        if (idle != cases[i].idle || pending != cases[i].pending)
            fail_msg("case %u: %d %d", (unsigned int)i, idle, pending);
    }
    /* A value of another type or size is none. */
    assert_int_equal(RegOpenKeyExW(HKEY_CURRENT_USER, user_key, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, &key), 0);
    RegSetValueExW(key, value_name, 0, REG_SZ, (const BYTE *)L"0", 4);
    idle = logoff_wants_confirmation(FALSE);
    RegSetValueExW(key, value_name, 0, REG_BINARY, (const BYTE *)"\0\0\0\0", 4);
    pending = logoff_wants_confirmation(FALSE);
    RegSetValueExW(key, value_name, 0, REG_DWORD, (const BYTE *)"\0\0", 2);
    RegCloseKey(key);
    idle &= logoff_wants_confirmation(FALSE);
    set_value(HKEY_CURRENT_USER, user_key, user);
    assert_true(idle && pending);
}

/* The station of a service shows nothing. */
static void LOGOFF_03_no_visible_window_station(void **state)
{
    HWINSTA old = GetProcessWindowStation(), station = CreateWindowStationW(NULL, 0, WINSTA_ALL_ACCESS, NULL);
    BOOL wants;

    (void)state;
    assert_non_null(station);
    assert_true(SetProcessWindowStation(station));
    wants = logoff_wants_confirmation(TRUE);
    SetProcessWindowStation(old);
    CloseWindowStation(station);
    assert_false(wants);
}

/* Texts */

struct texts
{
    WCHAR question[256], unsent[256], others[512];
    BOOL unsent_shown, others_shown;
};

static BOOL read_texts(HWND dialog, void *context, unsigned int step)
{
    struct texts *texts = context;

    (void)step;
    GetDlgItemTextW(dialog, IDC_QUESTION, texts->question, ARRAY_SIZE(texts->question));
    GetDlgItemTextW(dialog, IDC_UNSENT, texts->unsent, ARRAY_SIZE(texts->unsent));
    GetDlgItemTextW(dialog, IDC_OTHERS, texts->others, ARRAY_SIZE(texts->others));
    texts->unsent_shown = IsWindowVisible(GetDlgItem(dialog, IDC_UNSENT));
    texts->others_shown = IsWindowVisible(GetDlgItem(dialog, IDC_OTHERS));
    PostMessageW(dialog, WM_COMMAND, IDCANCEL, 0);
    return TRUE;
}

static void read_dialog(const struct logoff_question *asked, struct texts *texts)
{
    struct modal modal = {.lock = SRWLOCK_INIT};
    struct drive drive;

    memset(texts, 0, sizeof(*texts));
    drive_begin(&drive, read_texts, texts);
    assert_hr(logoff_dialog_run(NULL, asked, &modal), MAPI_E_USER_CANCEL);
    assert_true(drive_end(&drive));
}

static void assert_text(const WCHAR *actual, const WCHAR *expected)
{
    if (wcscmp(actual, expected))
        fail_msg("\"%ls\" instead of \"%ls\"", actual, expected);
}

static void LOGOFF_03_texts(void **state)
{
    static const WCHAR sixty_four[] = L"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW";
    struct logoff_question asked = {.profile_name = L"Work"};
    struct texts texts;

    (void)state;
    language_set_for_tests(MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US));
    read_dialog(&asked, &texts);
    assert_text(texts.question, L"Log off from the profile \"Work\"?");
    assert_false(texts.unsent_shown);
    assert_false(texts.others_shown);

    asked.profile_name = L"%s%n%1%2 && &x";
    read_dialog(&asked, &texts);
    assert_text(texts.question, L"Log off from the profile \"%s%n%1%2 && &x\"?");
    asked.profile_name = L"a\r\nb\x202e"
                         L"c";
    read_dialog(&asked, &texts);
    assert_text(texts.question, L"Log off from the profile \"a  bc\"?");
    asked.profile_name = sixty_four;
    read_dialog(&asked, &texts);
    assert_non_null(wcschr(texts.question, 0x2026));
    assert_null(wcsstr(texts.question, sixty_four));
    asked.profile_name = NULL;
    read_dialog(&asked, &texts);
    assert_text(texts.question, L"Log off?");

    asked.profile_name = L"Work";
    asked.unsent = 1;
    asked.others = 1;
    asked.other_names = L"notes.exe";
    read_dialog(&asked, &texts);
    assert_true(texts.unsent_shown);
    assert_true(texts.others_shown);
    assert_text(texts.unsent, L"1 message has not been sent. It stays in the Outbox until you log on again.");
    assert_text(texts.others, L"1 other program uses this session (notes.exe).");
    asked.unsent = 3;
    asked.others = 2;
    asked.other_names = L"notes.exe, calendar\x202e.exe";
    asked.shared = TRUE;
    read_dialog(&asked, &texts);
    assert_text(texts.unsent, L"3 messages have not been sent. They stay in the Outbox until you log on again.");
    assert_text(texts.others,
                L"2 other programs use this session (notes.exe, calendar.exe). They will be asked to log off "
                L"too.");
    asked.other_names = NULL;
    read_dialog(&asked, &texts);
    assert_text(texts.others, L"2 other programs use this session. They will be asked to log off too.");
    language_set_for_tests(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGOFF_03_check_box_is_stored_on_log_off_only),
            harness_test(LOGOFF_03_wants_confirmation),
            harness_test(LOGOFF_03_no_visible_window_station),
            harness_test(LOGOFF_03_texts),
    };

    return harness_run(tests);
}
