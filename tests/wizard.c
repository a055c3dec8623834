/*
 * LaunchWizard: the assistant's window, what it makes, and what it is told to leave out.
 */
#include "service_support.h"
#include "unit/drive.h"

#include <mapiwz.h>

#include "ui/resource.h"

HRESULT WINAPI LaunchWizard(HWND parent, ULONG flags, const char **services, ULONG size, char *name);

static const char inf[] = "[Services]\n"
                          "ADM=Recording Service\n"
                          "BARE=Without Entry\n"
                          "GONE=Without DLL\n"
                          "[ADM]\n"
                          "PR_DISPLAY_NAME=Recorder\n"
                          "PR_SERVICE_DLL_NAME=admin.dll\n"
                          "PR_SERVICE_ENTRY_NAME=ServiceEntry\n"
                          "Providers=ADM Book\n"
                          "[ADM Book]\n"
                          "PR_PROVIDER_DLL_NAME=spy.dll\n"
                          "PR_RESOURCE_TYPE=MAPI_AB_PROVIDER\n"
                          "[BARE]\n"
                          "Providers=ADM Book\n"
                          "[GONE]\n"
                          "PR_SERVICE_DLL_NAME=nowhere.dll\n"
                          "PR_SERVICE_ENTRY_NAME=ServiceEntry\n"
                          "Providers=ADM Book\n";

struct entry
{
    const WCHAR *name;
    int select;           /* a service to select, -1: none */
    BOOL cancel;          /* when the list has been looked at */
    LRESULT count, first; /* out: services shown (-1: no list), whether the first is selected */
    BOOL told;            /* out: the assistant said that something failed */
};

static BOOL enter(HWND window, void *context, unsigned int step)
{
    struct entry *entry = context;
    HWND list = GetDlgItem(window, IDC_SERVICES);

    if (step == 0)
    {
        entry->count = IsWindowVisible(list) ? SendMessageW(list, LB_GETCOUNT, 0, 0) : -1;
        entry->first = SendMessageW(list, LB_GETSEL, 0, 0);
        SetDlgItemTextW(window, IDC_NAME, entry->name);
        if (entry->select >= 0)
            SendMessageW(list, LB_SETSEL, TRUE, entry->select);
        PostMessageW(window, WM_COMMAND, entry->cancel ? IDCANCEL : IDOK, 0);
        return entry->cancel || entry->select != 2;
    }
    /* The service whose DLL is not there: the assistant stays open and says so. */
    entry->told = IsWindowVisible(GetDlgItem(window, IDC_PROBLEM));
    if (!entry->told)
        return FALSE;
    PostMessageW(window, WM_COMMAND, IDCANCEL, 0);
    return TRUE;
}

static HRESULT launch(ULONG flags, const char **names, struct entry *entry, char *name)
{
    struct drive drive;
    HRESULT hr;

    drive_begin(&drive, enter, entry);
    hr = LaunchWizard(NULL, flags, names, 65, name);
    assert_true(drive_end(&drive));
    return hr;
}

static ULONG services_in(struct service_test *test, const WCHAR *profile)
{
    IMsgServiceAdmin2 *services = services_of(test->profiles, profile);
    SRowSet *rows = service_rows(services);
    ULONG count = rows->cRows;

    FreeProws(rows);
    IMsgServiceAdmin2_Release(services);
    return count;
}

static void LaunchWizard_makes_a_profile(void **state)
{
    const char *names[] = {"ADM", NULL};
    struct entry entry = {.name = L"New", .select = 1};
    struct service_test test;
    char name[65];

    (void)state;
    service_begin(&test, inf);
    assert_hr(launch(0, names, &entry, name), S_OK);
    assert_string_equal(name, "New");
    assert_int_equal(entry.count, 3);
    assert_int_equal(entry.first, 1);
    assert_int_equal(services_in(&test, L"New"), 2);
    /* Without the list: those of the caller. */
    entry.name = L"Another";
    entry.select = -1;
    assert_hr(launch(MAPI_PW_HIDE_SERVICES_LIST, names, &entry, name), S_OK);
    assert_string_equal(name, "Another");
    assert_int_equal(entry.count, -1);
    assert_int_equal(services_in(&test, L"Another"), 1);
    service_end(&test);
}

/* Neither a service that fails nor a cancel leaves a profile. */
static void LaunchWizard_leaves_nothing(void **state)
{
    struct entry entry = {.name = L"Half", .select = 2};
    IMsgServiceAdmin *services = NULL;
    struct service_test test;
    char name[65];

    (void)state;
    service_begin(&test, inf);
    assert_hr(launch(0, NULL, &entry, name), MAPI_E_USER_CANCEL);
    assert_true(entry.told);
    assert_string_equal(name, "");
    assert_hr(admin_services(test.profiles, L"Half", &services), MAPI_E_LOGON_FAILED);
    entry.select = -1;
    entry.cancel = TRUE;
    assert_hr(launch(0, NULL, &entry, name), MAPI_E_USER_CANCEL);
    assert_hr(admin_services(test.profiles, L"Half", &services), MAPI_E_LOGON_FAILED);
    service_end(&test);
}

/* MAPI_PW_ADD_SERVICE_ONLY: to the default profile, without a window; once is enough. */
static void LaunchWizard_adds_to_the_default(void **state)
{
    const char *names[] = {"BARE", NULL}, *unknown[] = {"WHAT", NULL};
    struct service_test test;
    char name[65];

    (void)state;
    service_begin(&test, inf);
    assert_hr(IProfAdmin_SetDefaultProfile(test.profiles, (LPTSTR) "P", 0), S_OK);
    assert_hr(LaunchWizard(NULL, MAPI_PW_ADD_SERVICE_ONLY, names, sizeof(name), name), S_OK);
    assert_string_equal(name, "P");
    assert_int_equal(services_in(&test, L"P"), 1);
    assert_hr(LaunchWizard(NULL, MAPI_PW_ADD_SERVICE_ONLY, names, sizeof(name), name), S_OK);
    assert_int_equal(services_in(&test, L"P"), 1);
    assert_hr(LaunchWizard(NULL, MAPI_PW_ADD_SERVICE_ONLY, unknown, sizeof(name), name), MAPI_E_NOT_FOUND);
    assert_hr(LaunchWizard(NULL, MAPI_PW_ADD_SERVICE_ONLY, names, 1, name), MAPI_E_TOO_BIG);
    assert_string_equal(name, "");
    service_end(&test);
}

static void LaunchWizard_arguments(void **state)
{
    struct service_test test;
    char name[65] = "x";

    (void)state;
    service_begin(&test, inf);
    assert_hr(LaunchWizard(NULL, 0x100, NULL, sizeof(name), name), MAPI_E_UNKNOWN_FLAGS);
    assert_string_equal(name, "");
    assert_hr(LaunchWizard(NULL, MAPI_PW_PROVIDER_UI_ONLY, NULL, sizeof(name), name), MAPI_E_INVALID_PARAMETER);
    assert_hr(LaunchWizard(NULL, 0, (const char **)8, sizeof(name), name), MAPI_E_INVALID_PARAMETER);
    assert_hr(LaunchWizard(NULL, 0, NULL, sizeof(name), (char *)8), MAPI_E_INVALID_PARAMETER);
    service_end(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(LaunchWizard_makes_a_profile),
            harness_test_plain(LaunchWizard_leaves_nothing),
            harness_test_plain(LaunchWizard_adds_to_the_default),
            harness_test_plain(LaunchWizard_arguments),
    };

    return harness_run(tests);
}
