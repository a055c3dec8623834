/*
 * Property sheets from display tables: what they show, what they write and when, and tables that make no sense.
 *
 *   display.exe --show LANGUAGE PAGE    shows the sheet for screenshots until its standard input ends
 */
#include "display_object.h"

#include <stdlib.h>

#include "profile/profile.h"
#include "provider/support.h"

/* The position of a control in the display table: that of its window. */
static HWND field(HWND sheet, BYTE id)
{
    static const BYTE order[] = {PAGE,      LABELS, NAME,     LABELS + 1, NARROW, CHECK, LABELS + 2, RADIO_ONE,
                                 RADIO_TWO, BUTTON, PAGE_TWO, COMBO,      DROP,   LIST,  VALUES,     DROPPED_VALUES};
    HWND page = NULL, found = NULL;
    size_t i;

    for (i = 0; order[i] != id; i++)
        ;
    while (!found && (page = FindWindowExW(sheet, page, L"#32770", NULL)))
        found = GetDlgItem(page, IDC_DISPLAY + (int)i);
    return found;
}

static void type_text(HWND window, const WCHAR *text)
{
    SendMessageW(window, EM_SETSEL, 0, -1);
    SendMessageW(window, EM_REPLACESEL, TRUE, (LPARAM)L"");
    while (*text)
        SendMessageW(window, WM_CHAR, *text++, 1);
}

static BOOL text_is(HWND window, const WCHAR *expected)
{
    WCHAR text[200] = {0};

    GetWindowTextW(window, text, ARRAY_SIZE(text));
    if (!wcscmp(text, expected))
        return TRUE;
    harness_note("text is %ls, not %ls", text, expected);
    return FALSE;
}

static HRESULT run_sheet(BOOL (*script)(HWND, void *, unsigned int), void *context)
{
    IMAPITable *table;
    struct drive drive;
    HRESULT hr;

    assert_hr(ITableData_HrGetView(subject.display, NULL, NULL, 0, &table), S_OK);
    drive_begin(&drive, script, context);
    hr = display_sheet_run(NULL, L"Settings", table, &subject.object, 0);
    assert_true(drive_end(&drive));
    IMAPITable_Release(table);
    return hr;
}

static unsigned int wrong;
#define CHECK_THAT(what)                                                                                               \
    do                                                                                                                 \
    {                                                                                                                  \
        if (!(what))                                                                                                   \
        {                                                                                                              \
            wrong++;                                                                                                   \
            harness_note("line %d: %s", __LINE__, #what);                                                              \
        }                                                                                                              \
    } while (0)

static BOOL shows_script(HWND sheet, void *context, unsigned int step)
{
    (void)context;
    (void)step;
    CHECK_THAT(text_is(sheet, L"Settings"));
    CHECK_THAT(text_is(field(sheet, NAME), L"Ada Lovelace"));
    CHECK_THAT(text_is(field(sheet, NARROW), L""));
    CHECK_THAT(text_is(field(sheet, COMBO), L"mail.example"));
    CHECK_THAT(text_is(field(sheet, DROP), L"Encrypted"));
    CHECK_THAT(text_is(field(sheet, LABELS), L"&Name:"));
    CHECK_THAT(SendMessageW(field(sheet, CHECK), BM_GETCHECK, 0, 0) == BST_CHECKED);
    CHECK_THAT(SendMessageW(field(sheet, RADIO_ONE), BM_GETCHECK, 0, 0) == BST_UNCHECKED);
    CHECK_THAT(SendMessageW(field(sheet, RADIO_TWO), BM_GETCHECK, 0, 0) == BST_CHECKED);
    CHECK_THAT(SendMessageW(field(sheet, COMBO), CB_GETCOUNT, 0, 0) == 3);
    CHECK_THAT(SendMessageW(field(sheet, LIST), LB_GETCOUNT, 0, 0) == 3);
    CHECK_THAT(SendMessageW(field(sheet, VALUES), LB_GETCOUNT, 0, 0) == 2);
    CHECK_THAT(SendMessageW(field(sheet, DROPPED_VALUES), CB_GETCOUNT, 0, 0) == 2);
    CHECK_THAT(IsWindowEnabled(field(sheet, BUTTON)));
    CHECK_THAT(!IsWindowEnabled(GetDlgItem(sheet, IDC_APPLY)));
    CHECK_THAT(IsWindowVisible(field(sheet, NAME)) && !IsWindowVisible(field(sheet, COMBO)));
    type_text(field(sheet, NAME), L"changed");
    CHECK_THAT(IsWindowEnabled(GetDlgItem(sheet, IDC_APPLY)));
    SendMessageW(field(sheet, CHECK), BM_CLICK, 0, 0);
    PostMessageW(sheet, WM_COMMAND, IDCANCEL, 0);
    return TRUE;
}

static void display_shows_values_and_cancel_changes_nothing(void **state)
{
    (void)state;
    subject_make(DT_EDITABLE);
    wrong = 0;
    assert_hr(run_sheet(shows_script, NULL), MAPI_E_USER_CANCEL);
    assert_int_equal(wrong, 0);
    assert_int_equal(subject.set_calls, 0);
    assert_int_equal(subject.saves, 0);
    subject_free();
}

static BOOL ok_script(HWND sheet, void *context, unsigned int step)
{
    (void)context;
    (void)step;
    type_text(field(sheet, NAME), L"Grace Hopper");
    type_text(field(sheet, NARROW), L"9a9x3");
    CHECK_THAT(text_is(field(sheet, NARROW), L"993"));
    SendMessageW(field(sheet, CHECK), BM_CLICK, 0, 0);
    SendMessageW(field(sheet, RADIO_ONE), BM_CLICK, 0, 0);
    SendMessageW(field(sheet, DROP), CB_SETCURSEL, 2, 0);
    SendMessageW(GetParent(field(sheet, DROP)), WM_COMMAND, MAKEWPARAM(GetDlgCtrlID(field(sheet, DROP)), CBN_SELCHANGE),
                 (LPARAM)field(sheet, DROP));
    PostMessageW(sheet, WM_COMMAND, IDOK, 0);
    return TRUE;
}

static void display_ok_writes_what_changed(void **state)
{
    const SPropValue *value;

    (void)state;
    subject_make(DT_EDITABLE | DT_REQUIRED);
    wrong = 0;
    assert_hr(run_sheet(ok_script, NULL), S_OK);
    assert_int_equal(wrong, 0);
    assert_int_equal(subject.set_calls, 1);
    assert_int_equal(subject.set_values, 5);
    assert_int_equal(subject.saves, 1);
    value = prop_bag_find(&subject.bag, TAG_NAME);
    assert_int_equal(wcscmp(value->Value.lpszW, L"Grace Hopper"), 0);
    value = prop_bag_find(&subject.bag, TAG_NARROW);
    assert_int_equal(value->ulPropTag, TAG_NARROW);
    assert_string_equal(value->Value.lpszA, "993");
    assert_false(prop_bag_find(&subject.bag, TAG_CHECK)->Value.b);
    assert_int_equal(prop_bag_find(&subject.bag, TAG_RADIO)->Value.l, 10);
    assert_int_equal(prop_bag_find(&subject.bag, TAG_CHOICE)->Value.l, 3);
    subject_free();
}

static BOOL required_script(HWND sheet, void *context, unsigned int step)
{
    (void)context;
    if (step == 0)
    {
        type_text(field(sheet, NAME), L"");
        PostMessageW(sheet, WM_COMMAND, IDOK, 0);
        return FALSE;
    }
    if (!IsWindowVisible(GetDlgItem(sheet, IDC_PROBLEM)))
        return FALSE;
    CHECK_THAT(!subject.set_calls);
    PostMessageW(sheet, WM_CLOSE, 0, 0);
    return TRUE;
}

static void display_required_field(void **state)
{
    (void)state;
    subject_make(DT_EDITABLE | DT_REQUIRED);
    wrong = 0;
    assert_hr(run_sheet(required_script, NULL), MAPI_E_USER_CANCEL);
    assert_int_equal(wrong, 0);
    subject_free();
}

static BOOL refused_script(HWND sheet, void *context, unsigned int step)
{
    (void)context;
    if (step == 0)
    {
        type_text(field(sheet, NAME), L"x");
        PostMessageW(sheet, WM_COMMAND, IDOK, 0);
        return FALSE;
    }
    if (!IsWindowVisible(GetDlgItem(sheet, IDC_PROBLEM)))
        return FALSE;
    subject.set_result = S_OK;
    PostMessageW(sheet, WM_COMMAND, IDOK, 0);
    return TRUE;
}

/* What the object refuses stays in the sheet, and can be tried again. */
static void display_refused_values(void **state)
{
    (void)state;
    subject_make(DT_EDITABLE);
    subject.set_result = MAPI_E_NO_ACCESS;
    assert_hr(run_sheet(refused_script, NULL), S_OK);
    assert_int_equal(subject.set_calls, 2);
    subject_free();
}

static BOOL immediate_script(HWND sheet, void *context, unsigned int step)
{
    (void)context;
    if (step == 0)
    {
        SetFocus(field(sheet, NAME));
        type_text(field(sheet, NAME), L"at once");
        CHECK_THAT(!subject.set_calls);
        SetFocus(field(sheet, NARROW));
        CHECK_THAT(subject.set_calls == 1 && subject.set_values == 1);
        SendMessageW(field(sheet, BUTTON), BM_CLICK, 0, 0);
        CHECK_THAT(subject.activated == 1 && subject.activated_over == sheet);
        return FALSE;
    }
    /* The button changed the property and told of it. */
    if (!text_is(field(sheet, NAME), L"from the button"))
        return FALSE;
    if (!subject.activate_result)
    {
        subject.activate_result = MAPI_E_NETWORK_ERROR;
        SendMessageW(field(sheet, BUTTON), BM_CLICK, 0, 0);
        CHECK_THAT(text_is(GetDlgItem(sheet, IDC_PROBLEM), L"The server does not answer"));
        CHECK_THAT(IsWindowVisible(GetDlgItem(sheet, IDC_PROBLEM)));
    }
    PostMessageW(sheet, WM_COMMAND, IDCANCEL, 0);
    return TRUE;
}

static void display_immediate_button_and_notification(void **state)
{
    (void)state;
    subject_make(DT_EDITABLE | DT_SET_IMMEDIATE);
    wrong = 0;
    assert_hr(run_sheet(immediate_script, NULL), MAPI_E_USER_CANCEL);
    assert_int_equal(wrong, 0);
    subject_free();
}

static BOOL read_only_script(HWND sheet, void *context, unsigned int step)
{
    (void)context;
    (void)step;
    CHECK_THAT(GetWindowLongW(field(sheet, NAME), GWL_STYLE) & ES_READONLY);
    CHECK_THAT(GetWindowLongW(field(sheet, NAME), GWL_STYLE) & ES_PASSWORD);
    CHECK_THAT(!IsWindowEnabled(field(sheet, BUTTON)));
    PostMessageW(sheet, WM_COMMAND, IDOK, 0);
    return TRUE;
}

static void display_read_only_and_disabled(void **state)
{
    (void)state;
    subject_make(DT_PASSWORD_EDIT);
    subject.state = MAPI_DISABLED;
    wrong = 0;
    assert_hr(run_sheet(read_only_script, NULL), S_OK);
    assert_int_equal(wrong, 0);
    assert_int_equal(subject.set_calls, 0);
    subject_free();
}

static HRESULT run_without_window(void)
{
    IMAPITable *table;
    HRESULT hr;

    assert_hr(ITableData_HrGetView(subject.display, NULL, NULL, 0, &table), S_OK);
    hr = display_sheet_run(NULL, NULL, table, &subject.object, 9);
    IMAPITable_Release(table);
    ITableData_Release(subject.display);
    subject.display = new_table(PR_CONTROL_ID, PR_CONTROL_TYPE);
    return hr;
}

/* No window appears for any of these. */
static void display_hostile_tables(void **state)
{
    ULONG i;

    (void)state;
    subject_make(0);
    ITableData_Release(subject.display);
    subject.display = new_table(PR_CONTROL_ID, PR_CONTROL_TYPE);
    assert_hr(run_without_window(), MAPI_E_INVALID_PARAMETER); /* no row */
    ADD(1, DTCT_LABEL, 0, L"x", 0, 0, 9, 9, 0, MAPI_UNICODE);
    assert_hr(run_without_window(), MAPI_E_INVALID_PARAMETER); /* no page */
    ADD(0, DTCT_PAGE, 0, NULL, 0, 0, 9, 9, 0, 0);
    assert_hr(run_without_window(), MAPI_E_INVALID_PARAMETER); /* half a structure */
    ADD(0, DTCT_PAGE, 0, NULL, 0, 0, 9, 9, 0x7fffffff, 0, 0, 0);
    assert_hr(run_without_window(), MAPI_E_INVALID_PARAMETER); /* an offset past the end */
    ADD(0, DTCT_PAGE, 0, NULL, 0, 0, 9, 9, 12, 0, 0, 0xffffffff);
    assert_hr(run_without_window(), MAPI_E_INVALID_PARAMETER); /* a text without an end */
    ADD(0, DTCT_PAGE, 0, NULL, -5, 0, 9, 9, 0, 0, 0, 0);
    assert_hr(run_without_window(), MAPI_E_INVALID_PARAMETER);
    ADD(0, DTCT_PAGE, 0, NULL, 0, 0, 9, 9, 0, 0, 0, 0);
    ADD(1, 10, 0, NULL, 0, 0, 9, 9, 0, 0, 0, 0);
    assert_hr(run_without_window(), MAPI_E_INVALID_PARAMETER); /* no such control */
    ADD(0, DTCT_PAGE, 0, NULL, 0, 0, 9, 9, 0, 0, 0, 0);
    ADD(1, DTCT_EDIT, 0, NULL, 0, 0, 9, 9, 0, 0, 0, TAG_RADIO);
    assert_hr(run_without_window(), MAPI_E_INVALID_PARAMETER); /* a number as text */
    ADD(0, DTCT_PAGE, 0, NULL, 0, 0, 9, 9, 0, 0, 0, 0);
    ADD(1, DTCT_RADIOBUTTON, 0, NULL, 0, 0, 9, 9, 0, 0, 0xffffffff, TAG_RADIO, 1);
    assert_hr(run_without_window(), MAPI_E_INVALID_PARAMETER); /* a group without an end */
    ADD(0, DTCT_PAGE, 0, NULL, 0, 0, 9, 9, 0, 0, 0, 0);
    ADD(1, DTCT_RADIOBUTTON, 0, NULL, 0, 0, 9, 9, 0, 0, 0, TAG_RADIO, 1);
    assert_hr(run_without_window(), MAPI_E_INVALID_PARAMETER); /* a group of none */
    for (i = 0; i < PAGES_MAX + 1; i++)
        ADD((BYTE)i, DTCT_PAGE, 0, NULL, 0, 0, 9, 9, 0, 0, 0, 0);
    assert_hr(run_without_window(), MAPI_E_TABLE_TOO_BIG);
    subject_free();
}

static void display_missing_columns(void **state)
{
    SPropValue values[] = {{.ulPropTag = PR_CONTROL_ID, .Value.bin = {1, (BYTE *)"x"}},
                           {.ulPropTag = PR_CONTROL_TYPE, .Value.ul = DTCT_PAGE}};
    SRow row = {.cValues = 2, .lpProps = values};

    (void)state;
    subject_make(0);
    ITableData_Release(subject.display);
    subject.display = new_table(PR_CONTROL_ID, PR_CONTROL_TYPE);
    assert_hr(ITableData_HrModifyRow(subject.display, &row), S_OK);
    assert_hr(run_without_window(), MAPI_E_INVALID_PARAMETER);
    subject_free();
}

static void display_filters(void **state)
{
    static const struct
    {
        const WCHAR *filter;
        WCHAR character;
        BOOL allowed;
    } cases[] = {
            {NULL, 'x', TRUE},
            {L"*", 'x', TRUE},
            {L"[0-9]", '5', TRUE},
            {L"[0-9]", 'a', FALSE},
            {L"[~0-9]", '5', FALSE},
            {L"[~0-9]", 'a', TRUE},
            {L"[\\-\\\\\\[\\]]", '-', TRUE},
            {L"[\\-\\]]", 'x', FALSE},
            {L"[\\-\\]]", ']', TRUE},
            {L"[a-cx]", 'b', TRUE},
            {L"[a-cx]", 'x', TRUE},
            {L"[a-cx]", 'd', FALSE},
            {L"[a-", 'a', TRUE},
            {L"[a-]", '-', TRUE},
            {L"[", 'a', FALSE},
            {L"[\\", '\\', TRUE},
    };
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        if (filter_allows(cases[i].filter, cases[i].character) != cases[i].allowed)
            fail_msg("filter %zu", i);
    }
}

static BOOL cancel_script(HWND sheet, void *context, unsigned int step)
{
    (void)context;
    (void)step;
    PostMessageW(sheet, WM_COMMAND, IDOK, 0);
    return TRUE;
}

static void DoConfigPropsheet_arguments_and_run(void **state)
{
    static const MAPIUID section = {{1, 2, 3}};
    WCHAR name[HARNESS_PROFILE_NAME];
    struct profile *profile = NULL;
    IMAPISupport *support;
    IMAPITable *table;
    struct drive drive;
    HRESULT hr;

    (void)state;
    harness_create_profile(name);
    assert_hr(profile_open(name, &profile), S_OK);
    assert_hr(support_create_configuration(profile, NULL, &section, &support), S_OK);
    subject_make(DT_EDITABLE);
    assert_hr(ITableData_HrGetView(subject.display, NULL, NULL, 0, &table), S_OK);
    assert_hr(IMAPISupport_DoConfigPropsheet(support, 0, 1, NULL, table, &subject.object, 0), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISupport_DoConfigPropsheet(support, 0, 0, NULL, NULL, &subject.object, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISupport_DoConfigPropsheet(support, 0, 0, NULL, table, (IMAPIProp *)8, 0), MAPI_E_INVALID_PARAMETER);
    drive_begin(&drive, cancel_script, NULL);
    hr = IMAPISupport_DoConfigPropsheet(support, 0, 0, (WCHAR *)"Title", table, &subject.object, 1);
    assert_true(drive_end(&drive));
    assert_hr(hr, S_OK);
    IMAPITable_Release(table);
    subject_free();
    support_end(support);
    profile_release(profile);
}

static WCHAR mnemonic(const struct language *language, UINT id)
{
    WCHAR text[TEXT_SIZE], *at;

    assert_true(text_load(language, id, text, ARRAY_SIZE(text)));
    at = wcschr(text, '&');
    assert_non_null(at);
    CharUpperBuffW(&at[1], 1);
    return at[1];
}

static void display_buttons_have_keys_of_their_own(void **state)
{
    const struct language *language;
    size_t i;

    (void)state;
    for (i = 0; (language = language_at(i)); i++)
    {
        assert_int_not_equal(mnemonic(language, IDS_SHEET_APPLY), mnemonic(language, IDS_OK));
        assert_int_not_equal(mnemonic(language, IDS_SHEET_APPLY), mnemonic(language, IDS_CANCEL));
    }
}

static DWORD WINAPI close_at_end(void *thread)
{
    HWND sheet;
    int c;

    while (!(sheet = drive_dialog((DWORD)(ULONG_PTR)thread, NULL)))
        Sleep(20);
    Sleep(500); /* it is painted then */
    puts("ready");
    fflush(stdout);
    while ((c = getchar()) != EOF)
        ;
    PostMessageW(sheet, WM_CLOSE, 0, 0);
    return 0;
}

static int show(LANGID language, ULONG page)
{
    IMAPITable *table;
    HANDLE thread;

    language_set_for_tests(language);
    ScInitMapiUtil(0);
    subject_make(DT_EDITABLE);
    ITableData_HrGetView(subject.display, NULL, NULL, 0, &table);
    thread = CreateThread(NULL, 0, close_at_end, (void *)(ULONG_PTR)GetCurrentThreadId(), 0, NULL);
    display_sheet_run(NULL, L"Example Mail", table, &subject.object, page);
    CloseHandle(thread);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
            harness_test(display_shows_values_and_cancel_changes_nothing),
            harness_test(display_ok_writes_what_changed),
            harness_test(display_required_field),
            harness_test(display_refused_values),
            harness_test_thread(display_immediate_button_and_notification),
            harness_test(display_read_only_and_disabled),
            harness_test(display_hostile_tables),
            harness_test(display_missing_columns),
            harness_test(display_filters),
            harness_test_plain(display_buttons_have_keys_of_their_own),
            harness_test(DoConfigPropsheet_arguments_and_run),
    };

    if (argc == 4 && !strcmp(argv[1], "--show"))
        return show((LANGID)strtoul(argv[2], NULL, 0), strtoul(argv[3], NULL, 0));
    return harness_run(tests);
}
