/*
 * Message services that come to this system: PostroomInstallServices, PostroomUninstallService, mapisvc.inf.
 */
#include "service_support.h"

static const char main_inf[] = "; kept\r\n[Services]\r\nOLD=Old Service\r\n[OLD]\r\nPR_DISPLAY_NAME=Old\r\n"
                               "Providers=OLD Book\r\n[OLD Book]\r\nPR_PROVIDER_DLL_NAME=spy.dll\r\n"
                               "PR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\n";
static const char new_inf[] = "[Services]\nADM=Recording Service\n[Default Services]\nADM=Recording Service\n"
                              "[ADM]\nPR_DISPLAY_NAME=Recorder\nPR_SERVICE_DLL_NAME=admin.dll\n"
                              "PR_SERVICE_ENTRY_NAME=ServiceEntry\nProviders=ADM Book\n6600001e=\"a ; b\"\n"
                              "[ADM Book]\nPR_PROVIDER_DLL_NAME=spy.dll\nPR_RESOURCE_TYPE=MAPI_AB_PROVIDER\n";

static void write_new(const struct service_test *test, WCHAR path[MAX_PATH], const char *text)
{
    struct service_test other = *test;

    wsprintfW(other.inf, L"%s.new", test->inf);
    wcscpy(path, other.inf);
    write_inf(&other, text);
}

static void SVC_25_install(void **state)
{
    struct service_test test;
    WCHAR path[MAX_PATH];
    MAPIERROR *error = NULL;
    SPropValue *value;
    SRowSet *rows;
    MAPIUID uid;

    (void)state;
    service_begin(&test, main_inf);
    write_new(&test, path, new_inf);
    assert_hr(create_service(&test, "ADM", 0, NULL), MAPI_E_NOT_FOUND);
    assert_hr(PostroomInstallServices(path, 0x44, SERVICE_UI_ALLOWED, &error), S_OK);
    assert_null(error);
    assert_int_equal(test.script.count, 1);
    assert_int_equal(test.script.calls[0].context, MSG_SERVICE_INSTALL);
    assert_int_equal(test.script.calls[0].window, 0x44);
    assert_int_equal(test.script.calls[0].flags, SERVICE_UI_ALLOWED);
    assert_true(test.script.calls[0].complete);
    /* Again is no second one. */
    test.script.result = MAPI_E_CALL_FAILED;
    assert_hr(PostroomInstallServices(path, 0, 0, NULL), S_OK);
    test.script.result = S_OK;
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK);
    assert_hr(create_service(&test, "OLD", 0, NULL), S_OK);
    assert_int_equal(count_services(test.services), 2);
    assert_int_equal(count_providers(test.services), 2);
    assert_non_null(value = section_value(test.services, &uid, PROP_TAG(PT_STRING8, 0x6600)));
    assert_string_equal(value->Value.lpszA, "a ; b");
    MAPIFreeBuffer(value);
    /* It was not asked for by default. */
    assert_hr(IProfAdmin_CreateProfile(test.profiles, (LPTSTR)L"Q", NULL, 0, MAPI_DEFAULT_SERVICES | MAPI_UNICODE),
              S_OK);
    IMsgServiceAdmin2_Release(test.services);
    test.services = services_of(test.profiles, L"Q");
    assert_int_equal(count_services(test.services), 0);
    /* And away: what profiles have of it stays. */
    test.script.count = 0;
    test.script.result = MAPI_E_USER_CANCEL;
    assert_hr(PostroomUninstallService(L"ADM", 0, 0, NULL), MAPI_E_USER_CANCEL);
    test.script.result = S_OK;
    assert_hr(PostroomUninstallService(L"ADM", 0, 0, NULL), S_OK);
    assert_int_equal(test.script.calls[1].context, MSG_SERVICE_UNINSTALL);
    assert_hr(PostroomUninstallService(L"ADM", 0, 0, NULL), MAPI_E_NOT_FOUND);
    assert_hr(create_service(&test, "ADM", 0, NULL), MAPI_E_NOT_FOUND);
    assert_hr(create_service(&test, "OLD", 0, NULL), S_OK);
    IMsgServiceAdmin2_Release(test.services);
    test.services = services_of(test.profiles, L"P");
    rows = service_rows(test.services);
    assert_int_equal(rows->cRows, 2);
    free_rows(rows);
    DeleteFileW(path);
    service_end(&test);
}

static void SVC_25_install_failures(void **state)
{
    struct service_test test;
    WCHAR path[MAX_PATH];

    (void)state;
    service_begin(&test, main_inf);
    write_new(&test, path, "[Nothing]\nX=Y\n");
    assert_hr(PostroomInstallServices(path, 0, 0, NULL), MAPI_E_NOT_FOUND);
    assert_hr(PostroomInstallServices(L"C:\\no\\such\\file.inf", 0, 0, NULL), MAPI_E_NOT_FOUND);
    assert_hr(PostroomInstallServices(NULL, 0, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(PostroomInstallServices(path, 0, 0x100, NULL), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(PostroomUninstallService(NULL, 0, 0, NULL), MAPI_E_INVALID_PARAMETER);
    /* There was no file: there is one. */
    DeleteFileW(test.inf);
    write_new(&test, path, new_inf);
    assert_hr(PostroomInstallServices(path, 0, 0, NULL), S_OK);
    assert_hr(create_service(&test, "ADM", 0, NULL), S_OK);
    DeleteFileW(path);
    service_end(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(SVC_25_install),
            harness_test_plain(SVC_25_install_failures),
    };

    return harness_run(tests);
}
