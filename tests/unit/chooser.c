/*
 * The profile chooser and its New... dialog: what is chosen, created, remembered, and how it closes.
 */
#include "drive.h"

#include <wchar.h>

#include "ui/dialog.h"

static const WCHAR *const names[] = {L"Work", L"Home", L"\x05e9\x05dc\x05d5\x05dd (1)", L"a\tb\x202e & %s"};

static HRESULT create_result;
static WCHAR created[65];
static unsigned int create_calls;

static HRESULT create_profile(const WCHAR *name)
{
    create_calls++;
    lstrcpynW(created, name, ARRAY_SIZE(created));
    return create_result;
}

static HRESULT run_chooser(struct profile_choice *choice, BOOL (*script)(HWND, void *, unsigned int), void *context)
{
    struct drive drive;
    HRESULT hr;

    create_calls = 0;
    drive_begin(&drive, script, context);
    hr = profile_chooser_run(NULL, choice, NULL);
    assert_true(drive_end(&drive));
    return hr;
}

static LRESULT list_message(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    return SendDlgItemMessageW(dialog, IDC_PROFILES, message, wparam, lparam);
}

/* Selects the item whose data is index, as a user would. */
static void select_index(HWND dialog, LRESULT index)
{
    LRESULT item;

    for (item = 0; item < list_message(dialog, LB_GETCOUNT, 0, 0); item++)
    {
        if (list_message(dialog, LB_GETITEMDATA, (WPARAM)item, 0) == index)
            list_message(dialog, LB_SETCURSEL, (WPARAM)item, 0);
    }
    SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(IDC_PROFILES, LBN_SELCHANGE), 0);
}

struct choice_check
{
    LRESULT select;    /* -1: leave it */
    UINT notification; /* of the list box instead of OK */
    BOOL always;
    BOOL ok_enabled;  /* out: at first */
    LRESULT selected; /* out: item data at first, -1: none */
    UINT focus;
};

static BOOL choose_script(HWND dialog, void *context, unsigned int step)
{
    struct choice_check *check = context;
    LRESULT item;

    /* The focus arrives after the window has been shown. */
    if (!GetFocus() || !IsChild(dialog, GetFocus()))
        return FALSE;
    (void)step;
    item = list_message(dialog, LB_GETCURSEL, 0, 0);
    check->selected = item < 0 ? -1 : list_message(dialog, LB_GETITEMDATA, (WPARAM)item, 0);
    check->ok_enabled = IsWindowEnabled(GetDlgItem(dialog, IDOK));
    check->focus = (UINT)GetDlgCtrlID(GetFocus());
    if (check->select >= 0)
        select_index(dialog, check->select);
    CheckDlgButton(dialog, IDC_ALWAYS, check->always ? BST_CHECKED : BST_UNCHECKED);
    if (check->notification)
        PostMessageW(dialog, WM_COMMAND, MAKEWPARAM(IDC_PROFILES, check->notification),
                     (LPARAM)GetDlgItem(dialog, IDC_PROFILES));
    else
        PostMessageW(dialog, WM_COMMAND, check->ok_enabled || check->select >= 0 ? IDOK : IDCANCEL, 0);
    return TRUE;
}

static void LOGON_26_default_is_preselected(void **state)
{
    struct profile_choice choice = {.count = 4, .names = names, .preselected = 1, .create = create_profile};
    struct choice_check check = {.select = -1};

    (void)state;
    assert_hr(run_chooser(&choice, choose_script, &check), S_OK);
    assert_int_equal(check.selected, 1);
    assert_true(check.ok_enabled);
    assert_int_equal(check.focus, IDC_PROFILES);
    assert_memory_equal(choice.chosen, L"Home", sizeof(L"Home"));
    assert_false(choice.always);
}

static void LOGON_26_explicit_profile_preselects_nothing(void **state)
{
    struct profile_choice choice = {.count = 4,
                                    .names = names,
                                    .preselected = 1,
                                    .explicit_profile = TRUE,
                                    .create = create_profile,
                                    .chosen = L"x",
                                    .always = TRUE};
    struct choice_check check = {.select = -1};

    (void)state;
    assert_hr(run_chooser(&choice, choose_script, &check), MAPI_E_USER_CANCEL);
    assert_int_equal(check.selected, -1);
    assert_false(check.ok_enabled);
    assert_int_equal(choice.chosen[0], 0);
    assert_false(choice.always);
}

/* The very name comes back, however it had to be shown; also by a double click. */
static void LOGON_26_each_name_comes_back_exactly(void **state)
{
    struct profile_choice choice = {.count = 4, .names = names, .preselected = -1, .create = create_profile};
    LONG i;

    (void)state;
    for (i = 0; i < 4; i++)
    {
        struct choice_check check = {.select = i, .notification = i % 2 ? LBN_DBLCLK : 0, .always = i == 2};

        assert_hr(run_chooser(&choice, choose_script, &check), S_OK);
        assert_memory_equal(choice.chosen, names[i], (wcslen(names[i]) + 1) * sizeof(WCHAR));
        assert_int_equal(choice.always, i == 2);
    }
}

/* Names that cannot be given back, and 64 characters, which can. */
static void LOGON_26_long_names(void **state)
{
    static WCHAR name64[65], name65[66], name400[401];
    const WCHAR *const long_names[] = {name65, name64, name400};
    struct profile_choice choice = {.count = 3, .names = long_names, .preselected = 1, .create = create_profile};
    struct choice_check check = {.select = -1};

    (void)state;
    wmemset(name64, 'x', 64);
    wmemset(name65, 'y', 65);
    wmemset(name400, 'z', 400);
    assert_hr(run_chooser(&choice, choose_script, &check), S_OK);
    assert_memory_equal(choice.chosen, name64, sizeof(name64));
    choice.preselected = 0;
    assert_hr(run_chooser(&choice, choose_script, &check), MAPI_E_USER_CANCEL);
}

static void LOGON_26_empty_list(void **state)
{
    struct profile_choice choice = {.preselected = -1, .create = create_profile};
    struct choice_check check = {.select = -1};

    (void)state;
    assert_hr(run_chooser(&choice, choose_script, &check), MAPI_E_USER_CANCEL);
    assert_int_equal(check.focus, IDC_NEW);
    assert_false(check.ok_enabled);
}

/* Someone else's numbers in the list box lead nowhere. */
static BOOL forge_script(HWND dialog, void *context, unsigned int step)
{
    (void)context;
    if (step < 3)
    {
        list_message(dialog, LB_SETCURSEL, 0, 0);
        list_message(dialog, LB_SETITEMDATA, 0, step == 0 ? -1 : step == 1 ? 4 : 0x7fffffff);
        SendMessageW(dialog, WM_COMMAND, IDOK, 0);
        return FALSE;
    }
    PostMessageW(dialog, WM_CLOSE, 0, 0);
    return TRUE;
}

static void LOGON_26_forged_list(void **state)
{
    struct profile_choice choice = {.count = 4, .names = names, .preselected = 0, .create = create_profile};

    (void)state;
    assert_hr(run_chooser(&choice, forge_script, NULL), MAPI_E_USER_CANCEL);
    assert_int_equal(choice.chosen[0], 0);
}

/* New... */

struct new_check
{
    const WCHAR *type;
    HRESULT results[2]; /* of the first and second attempt */
    BOOL ok_when_empty, problem_shown, problem_gone, chooser_disabled;
    BOOL (*inner)(HWND dialog, void *context, unsigned int step);
    struct modal *modal;
    BOOL close_after;
};

static BOOL new_script(HWND dialog, void *context, unsigned int step)
{
    struct new_check *check = context;

    if (step == 0)
    {
        check->chooser_disabled = !IsWindowEnabled(GetWindow(dialog, GW_OWNER));
        check->ok_when_empty = IsWindowEnabled(GetDlgItem(dialog, IDOK));
        SetDlgItemTextW(dialog, IDC_NAME, check->type);
        create_result = check->results[0];
        SendMessageW(dialog, WM_COMMAND, IDOK, 0);
        if (SUCCEEDED(check->results[0]))
            return TRUE;
        check->problem_shown = IsWindowVisible(GetDlgItem(dialog, IDC_PROBLEM))
                               && GetWindowTextLengthW(GetDlgItem(dialog, IDC_PROBLEM));
        return FALSE;
    }
    SetDlgItemTextW(dialog, IDC_NAME, L"Second");
    check->problem_gone = !IsWindowVisible(GetDlgItem(dialog, IDC_PROBLEM));
    create_result = check->results[1];
    SendMessageW(dialog, WM_COMMAND, IDOK, 0);
    return TRUE;
}

static BOOL cancel_script(HWND dialog, void *context, unsigned int step)
{
    (void)context;
    (void)step;
    PostMessageW(dialog, WM_COMMAND, IDCANCEL, 0);
    return TRUE;
}

static BOOL end_script(HWND dialog, void *context, unsigned int step)
{
    (void)dialog;
    (void)step;
    modal_end(((struct new_check *)context)->modal);
    return TRUE;
}

static BOOL quit_script(HWND dialog, void *context, unsigned int step)
{
    (void)dialog;
    (void)context;
    (void)step;
    PostQuitMessage(5);
    return TRUE;
}

static BOOL press_new(HWND dialog, void *context, unsigned int step)
{
    struct new_check *check = context;
    struct drive drive;
    BOOL done;

    (void)step;
    drive_begin(&drive, check->inner, check);
    SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(IDC_NEW, BN_CLICKED), (LPARAM)GetDlgItem(dialog, IDC_NEW));
    done = drive_end(&drive);
    if (check->close_after)
        PostMessageW(dialog, WM_COMMAND, IsWindowEnabled(GetDlgItem(dialog, IDOK)) ? IDOK : IDCANCEL, 0);
    return done;
}

static void LOGON_26_new_creates(void **state)
{
    struct profile_choice choice = {.count = 2, .names = names, .preselected = -1, .create = create_profile};
    struct new_check check = {.type = L"  Brand new\x3000", .inner = new_script, .close_after = TRUE};

    (void)state;
    assert_hr(run_chooser(&choice, press_new, &check), S_OK);
    assert_true(check.chooser_disabled);
    assert_false(check.ok_when_empty);
    assert_int_equal(create_calls, 1);
    assert_memory_equal(created, L"Brand new", sizeof(L"Brand new"));
    assert_memory_equal(choice.chosen, L"Brand new", sizeof(L"Brand new"));
}

static void LOGON_26_new_tells_what_is_wrong(void **state)
{
    static const HRESULT problems[] = {MAPI_E_NO_ACCESS, MAPI_E_INVALID_PARAMETER, MAPI_E_NOT_ENOUGH_MEMORY, E_FAIL};
    struct profile_choice choice = {.preselected = -1, .create = create_profile};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(problems); i++)
    {
        struct new_check check = {
                .type = L"First", .results = {problems[i], S_OK}, .inner = new_script, .close_after = TRUE};

        assert_hr(run_chooser(&choice, press_new, &check), S_OK);
        assert_true(check.problem_shown);
        assert_true(check.problem_gone);
        assert_int_equal(create_calls, 2);
        assert_memory_equal(choice.chosen, L"Second", sizeof(L"Second"));
    }
}

static void LOGON_26_new_cancelled(void **state)
{
    struct profile_choice choice = {.preselected = -1, .create = create_profile};
    struct new_check check = {.inner = cancel_script, .close_after = TRUE};

    (void)state;
    assert_hr(run_chooser(&choice, press_new, &check), MAPI_E_USER_CANCEL);
    assert_int_equal(create_calls, 0);
}

/* The end of the session and the end of the program reach both windows. */
static void LOGON_26_both_windows_close(void **state)
{
    struct profile_choice choice = {.preselected = -1, .create = create_profile};
    struct modal modal = {.lock = SRWLOCK_INIT};
    struct new_check check = {.inner = end_script, .modal = &modal};
    struct drive drive;
    MSG msg;

    (void)state;
    drive_begin(&drive, press_new, &check);
    assert_hr(profile_chooser_run(NULL, &choice, &modal), MAPI_E_INVALID_OBJECT);
    assert_true(drive_end(&drive));
    check.inner = quit_script;
    drive_begin(&drive, press_new, &check);
    assert_hr(profile_chooser_run(NULL, &choice, &modal), MAPI_E_USER_CANCEL);
    assert_true(drive_end(&drive));
    while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE) && msg.message != WM_QUIT)
        DispatchMessageW(&msg);
    assert_int_equal(msg.message, WM_QUIT);
    assert_int_equal(msg.wParam, 5);
}

static void LOGON_26_without_memory(void **state)
{
    struct profile_choice choice = {.count = 2, .names = names, .preselected = 0, .create = create_profile};
    HRESULT hr;

    (void)state;
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        struct choice_check check = {.select = -1};
        struct drive drive;

        drive_begin(&drive, choose_script, &check);
        hr = profile_chooser_run(NULL, &choice, NULL);
        drive_end(&drive);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        assert_int_equal(choice.chosen[0] != 0, hr == S_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGON_26_default_is_preselected),
            harness_test(LOGON_26_explicit_profile_preselects_nothing),
            harness_test(LOGON_26_each_name_comes_back_exactly),
            harness_test(LOGON_26_long_names),
            harness_test(LOGON_26_empty_list),
            harness_test(LOGON_26_forged_list),
            harness_test(LOGON_26_new_creates),
            harness_test(LOGON_26_new_tells_what_is_wrong),
            harness_test(LOGON_26_new_cancelled),
            harness_test(LOGON_26_both_windows_close),
            harness_test(LOGON_26_without_memory),
    };

    return harness_run(tests);
}
