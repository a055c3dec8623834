/*
 * Message services that come into a profile and go: mapisvc.inf, their sections, their entry functions.
 */
#include "service_support.h"

static const char inf[] = "[Services]\n"
                          "ADM=Recording Service\n"
                          "ONE=Only Once\n"
                          "BARE=Without Entry\n"
                          "GONE=Without DLL\n"
                          "NOENTRY=Without Function\n"
                          "[Default Services]\n"
                          "ADM=Recording Service\n"
                          "ONE=Only Once\n"
                          "[ADM]\n"
                          "PR_DISPLAY_NAME=Recorder\n"
                          "PR_SERVICE_DLL_NAME=admin.dll\n"
                          "PR_SERVICE_ENTRY_NAME=ServiceEntry\n"
                          "PR_SERVICE_SUPPORT_FILES=admin32.dll\n"
                          "PR_RESOURCE_FLAGS=SERVICE_NO_PRIMARY_IDENTITY\n"
                          "Providers=ADM Store, ADM Book, ADM Nowhere\n"
                          "Sections=ADM Extra\n"
                          "6600001e=text of the service\n"
                          "[ADM Store]\n"
                          "PR_DISPLAY_NAME=Recorder's Store\n"
                          "PR_PROVIDER_DLL_NAME=spy.dll\n"
                          "PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\n"
                          "PR_RESOURCE_FLAGS=STATUS_NO_DEFAULT_STORE|STATUS_PRIMARY_STORE\n"
                          "6601001e=text of the store\n"
                          "66020003=04030201\n"
                          "66030102=00ff10\n"
                          "[ADM Book]\n"
                          "PR_PROVIDER_DLL_NAME=spy.dll\n"
                          "PR_RESOURCE_TYPE=MAPI_AB_PROVIDER\n"
                          "[ADM Extra]\n"
                          "UID=13DB0C8AA05101A9BB000AA002FC45A7\n"
                          "66050003=03000000\n"
                          "[ONE]\n"
                          "PR_SERVICE_DLL_NAME=admin.dll\n"
                          "PR_SERVICE_ENTRY_NAME=ServiceEntry\n"
                          "PR_RESOURCE_FLAGS=SERVICE_SINGLE_COPY\n"
                          "Providers=ONE Transport\n"
                          "[ONE Transport]\n"
                          "PR_PROVIDER_DLL_NAME=spy.dll\n"
                          "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\n"
                          "[BARE]\n"
                          "Providers=ADM Book\n"
                          "[GONE]\n"
                          "PR_SERVICE_DLL_NAME=nowhere.dll\n"
                          "PR_SERVICE_ENTRY_NAME=ServiceEntry\n"
                          "Providers=ADM Book\n"
                          "[NOENTRY]\n"
                          "PR_SERVICE_DLL_NAME=admin.dll\n"
                          "PR_SERVICE_ENTRY_NAME=NoSuchFunction\n"
                          "Providers=ADM Book\n";
static const MAPIUID extra_uid = {
        {0x13, 0xDB, 0x0C, 0x8A, 0xA0, 0x51, 0x01, 0xA9, 0xBB, 0x00, 0x0A, 0xA0, 0x02, 0xFC, 0x45, 0xA7}};

static void SVC_03_unknown(void **state)
{
    struct service_test test;
    MAPIUID uid;

    (void)state;
    service_begin(&test, inf);
    memset(&uid, 9, sizeof(uid));
    assert_hr(create_service(&test, "No Such Service", 0, &uid), MAPI_E_NOT_FOUND);
    assert_memory_equal(&uid, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
    assert_hr(create_service(&test, "ADM", 0x4, NULL), MAPI_E_UNKNOWN_FLAGS);
    assert_int_equal(count_services(test.services), 0);
    assert_int_equal(test.script.count, 0);
    service_end(&test);
}

/* What the entry function sees of the profile while it is called with MSG_SERVICE_CREATE. */
static HRESULT see_sections(struct admin_script *script, IMAPISupport *support, IProviderAdmin *providers,
                            ULONG context, MAPIERROR **error)
{
    struct service_test *test = script->context;

    (void)support;
    (void)providers;
    (void)error;
    assert_int_equal(context, MSG_SERVICE_CREATE);
    assert_int_equal(count_services(test->services), 1);
    assert_int_equal(count_providers(test->services), 2);
    return S_OK;
}

static void SVC_04_create(void **state)
{
    struct service_test test;
    const SPropValue *value;
    SPropValue *stored;
    MAPIUID uid;
    SRowSet *rows;

    (void)state;
    service_begin(&test, inf);
    test.script.act = see_sections;
    test.script.context = &test;
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK);
    assert_int_equal(test.script.count, 1);
    assert_int_equal(test.script.calls[0].context, MSG_SERVICE_CREATE);
    assert_int_equal(test.script.calls[0].flags, 0);
    assert_true(test.script.calls[0].complete);
    rows = service_rows(test.services);
    assert_int_equal(rows->cRows, 1);
    assert_text(&rows->aRow[0], PR_DISPLAY_NAME_A, "Recorder");
    assert_text(&rows->aRow[0], PR_SERVICE_NAME_A, "ADM");
    assert_text(&rows->aRow[0], PR_SERVICE_DLL_NAME_A, "admin.dll");
    assert_text(&rows->aRow[0], PR_SERVICE_ENTRY_NAME, "ServiceEntry");
    value = row_value(&rows->aRow[0], PR_RESOURCE_FLAGS);
    assert_non_null(value);
    assert_int_equal(value->Value.l, SERVICE_NO_PRIMARY_IDENTITY);
    free_rows(rows);
    rows = provider_rows(test.services);
    assert_int_equal(rows->cRows, 2); /* the section that is not there makes no provider */
    assert_text(&rows->aRow[0], PR_DISPLAY_NAME_A, "Recorder's Store");
    assert_text(&rows->aRow[0], PR_PROVIDER_DLL_NAME_A, "spy.dll");
    assert_text(&rows->aRow[1], PR_DISPLAY_NAME_A, "Recorder");
    assert_text(&rows->aRow[1], PR_SERVICE_NAME_A, "ADM");
    free_rows(rows);
    stored = section_value(test.services, &uid, PROP_TAG(PT_STRING8, 0x6600)); /* SVC-26 */
    assert_non_null(stored);
    assert_string_equal(stored->Value.lpszA, "text of the service");
    MAPIFreeBuffer(stored);
    /* instance, MAPI's own, service, two providers, one more */
    assert_int_equal(count_sections(L"P"), 6);
    service_end(&test);
}

static void SVC_05_06_uid(void **state)
{
    struct service_test test;
    MAPIUID uid, in_row;
    SRowSet *rows;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "ADM", 0, NULL), S_OK);
    assert_hr(create_service(&test, "ONE", 0, &uid), S_OK);
    rows = service_rows(test.services);
    assert_int_equal(rows->cRows, 2);
    in_row = row_uid(&rows->aRow[1], PR_SERVICE_UID);
    assert_memory_equal(&in_row, &uid, sizeof(uid));
    free_rows(rows);
    service_end(&test);
}

static void SVC_07_single_copy(void **state)
{
    struct service_test test;
    DWORD sections;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "ONE", 0, NULL), S_OK);
    sections = count_sections(L"P");
    assert_hr(create_service(&test, "ONE", 0, NULL), MAPI_E_NO_ACCESS);
    assert_int_equal(count_sections(L"P"), sections);
    assert_int_equal(count_services(test.services), 1);
    assert_int_equal(test.script.count, 1);
    service_end(&test);
}

static HRESULT still_there(struct admin_script *script, IMAPISupport *support, IProviderAdmin *providers, ULONG context,
                           MAPIERROR **error)
{
    struct service_test *test = script->context;

    (void)support;
    (void)providers;
    (void)error;
    if (context == MSG_SERVICE_DELETE)
        assert_int_equal(count_services(test->services), 1);
    return context == MSG_SERVICE_DELETE ? script->result : S_OK;
}

static void SVC_08_delete(void **state)
{
    struct service_test test;
    DWORD before;
    MAPIUID uid;

    (void)state;
    service_begin(&test, inf);
    before = count_sections(L"P");
    test.script.act = still_there;
    test.script.context = &test;
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK);
    test.script.result = MAPI_E_USER_CANCEL;
    assert_hr(IMsgServiceAdmin2_DeleteMsgService(test.services, &uid), MAPI_E_USER_CANCEL);
    assert_int_equal(count_services(test.services), 1);
    test.script.result = MAPI_E_CALL_FAILED; /* its opinion, nothing more */
    assert_hr(IMsgServiceAdmin2_DeleteMsgService(test.services, &uid), S_OK);
    assert_int_equal(test.script.count, 3);
    assert_int_equal(test.script.calls[2].context, MSG_SERVICE_DELETE);
    assert_true(test.script.calls[2].complete);
    assert_int_equal(count_services(test.services), 0);
    assert_int_equal(count_providers(test.services), 0);
    assert_int_equal(count_sections(L"P"), before + 1); /* MAPI's own, empty */
    assert_hr(IMsgServiceAdmin2_DeleteMsgService(test.services, &uid), MAPI_E_NOT_FOUND);
    service_end(&test);
}

static void SVC_11_no_entry(void **state)
{
    struct service_test test;
    MAPIUID uid;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "BARE", 0, &uid), S_OK);
    assert_hr(IMsgServiceAdmin2_ConfigureMsgService(test.services, &uid, 0, 0, 0, NULL), MAPI_E_NOT_INITIALIZED);
    assert_hr(IMsgServiceAdmin2_DeleteMsgService(test.services, &uid), S_OK);
    service_end(&test);
}

static void SVC_12_configure(void **state)
{
    static const ULONG passed = SERVICE_UI_ALLOWED | MSG_SERVICE_UI_READ_ONLY | MAPI_UNICODE;
    SPropValue value = {.ulPropTag = PROP_TAG(PT_LONG, 0x6600), .Value.l = 5};
    struct service_test test;
    MAPIUID uid;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK);
    test.script.result = MAPI_E_USER_CANCEL;
    assert_hr(IMsgServiceAdmin2_ConfigureMsgService(test.services, &uid, 0x1234, passed, 1, &value),
              MAPI_E_USER_CANCEL);
    assert_int_equal(test.script.calls[1].context, MSG_SERVICE_CONFIGURE);
    assert_int_equal(test.script.calls[1].flags, passed);
    assert_int_equal(test.script.calls[1].window, 0x1234);
    assert_int_equal(test.script.calls[1].count, 1);
    assert_int_equal(test.script.calls[1].first_tag, value.ulPropTag);
    assert_true(test.script.calls[1].complete);
    test.script.result = S_OK;
    assert_hr(IMsgServiceAdmin2_ConfigureMsgService(test.services, &uid, 0, SERVICE_UI_ALWAYS, 0, &value), S_OK);
    assert_int_equal(test.script.calls[2].flags, SERVICE_UI_ALWAYS);
    assert_int_equal(test.script.calls[2].count, 0);
    assert_hr(IMsgServiceAdmin2_ConfigureMsgService(test.services, &uid, 0, 0, 1, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMsgServiceAdmin2_ConfigureMsgService(test.services, &uid, 0, 1, 0, NULL), MAPI_E_UNKNOWN_FLAGS);
    assert_int_equal(test.script.count, 3);
    service_end(&test);
}

/* Window and flags reach the creation only with permission to show something. */
static void SVC_04_create_window(void **state)
{
    struct service_test test;

    (void)state;
    service_begin(&test, inf);
    assert_hr(IMsgServiceAdmin2_CreateMsgService(test.services, (LPTSTR)L"ADM", NULL, 0x77, MAPI_UNICODE), S_OK);
    assert_int_equal(test.script.calls[0].window, 0);
    assert_int_equal(test.script.calls[0].flags, 0);
    assert_hr(IMsgServiceAdmin2_CreateMsgService(test.services, (LPTSTR)L"Recording Service", NULL, 0x77,
                                                 MAPI_UNICODE | SERVICE_UI_ALLOWED | SERVICE_NO_RESTART_WARNING),
              S_OK); /* SVC-25: by the name on the right as well */
    assert_int_equal(test.script.calls[1].window, 0x77);
    assert_int_equal(test.script.calls[1].flags, MAPI_UNICODE | SERVICE_UI_ALLOWED);
    service_end(&test);
}

static void SVC_04_display_name(void **state)
{
    struct service_test test;
    SRowSet *rows;

    (void)state;
    service_begin(&test, inf);
    assert_hr(IMsgServiceAdmin2_CreateMsgService(test.services, (LPTSTR) "ADM", (LPTSTR) "Mine", 0, 0), S_OK);
    assert_hr(IMsgServiceAdmin2_CreateMsgService(test.services, (LPTSTR) "BARE", (LPTSTR) "Mine", 0, 0), S_OK);
    assert_hr(IMsgServiceAdmin2_CreateMsgService(test.services, (LPTSTR) "BARE", NULL, 0, 0), S_OK);
    rows = service_rows(test.services);
    assert_int_equal(rows->cRows, 3);
    assert_text(&rows->aRow[0], PR_DISPLAY_NAME_A, "Recorder");
    assert_text(&rows->aRow[1], PR_DISPLAY_NAME_A, "Mine");
    assert_text(&rows->aRow[2], PR_DISPLAY_NAME_A, "Without Entry");
    free_rows(rows);
    service_end(&test);
}

static HRESULT fail_in_words(struct admin_script *script, IMAPISupport *support, IProviderAdmin *providers,
                             ULONG context, MAPIERROR **error)
{
    (void)support;
    (void)providers;
    (void)context;
    assert_hr(MAPIAllocateBuffer(sizeof(**error), (void **)error), S_OK);
    memset(*error, 0, sizeof(**error));
    (*error)->lpszError = (LPTSTR) "The tape is full.";
    (*error)->ulLowLevelError = 17;
    return script->result;
}

static void assert_told(IMsgServiceAdmin2 *services, HRESULT hr, const WCHAR *part)
{
    MAPIERROR *error = NULL;

    assert_hr(IMsgServiceAdmin2_GetLastError(services, hr, MAPI_UNICODE, &error), S_OK);
    assert_non_null(error);
    if (!wcsstr((WCHAR *)error->lpszError, part))
        fail_msg("\"%ls\" is not in \"%ls\"", part, (WCHAR *)error->lpszError);
    MAPIFreeBuffer(error);
}

/* Whatever fails, the profile is as it was, and somebody can read why. */
static void SVC_04_failures(void **state)
{
    struct service_test test;
    MAPIERROR *error;
    DWORD sections;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "BARE", 0, NULL), S_OK);
    sections = count_sections(L"P");
    assert_hr(create_service(&test, "GONE", 0, NULL), MAPI_E_NOT_FOUND);
    assert_told(test.services, MAPI_E_NOT_FOUND, L"nowhere32.dll");
    assert_hr(create_service(&test, "NOENTRY", 0, NULL), MAPI_E_NOT_INITIALIZED);
    assert_told(test.services, MAPI_E_NOT_INITIALIZED, L"NoSuchFunction");
    test.script.act = fail_in_words;
    test.script.result = MAPI_E_EXTENDED_ERROR;
    assert_hr(create_service(&test, "ADM", 0, NULL), MAPI_E_EXTENDED_ERROR);
    assert_told(test.services, MAPI_E_EXTENDED_ERROR, L"The tape is full.");
    assert_hr(IMsgServiceAdmin2_GetLastError(test.services, MAPI_E_EXTENDED_ERROR, 0, &error), S_OK);
    assert_string_equal((char *)error->lpszError, "The tape is full.");
    assert_string_equal((char *)error->lpszComponent, "admin.dll");
    assert_int_equal(error->ulLowLevelError, 17);
    MAPIFreeBuffer(error);
    assert_int_equal(count_sections(L"P"), sections);
    assert_int_equal(count_services(test.services), 1);
    assert_int_equal(count_providers(test.services), 1);
    /* Not configured yet, and not allowed to ask: that is what ConfigureMsgService is for. */
    test.script.act = NULL;
    test.script.result = MAPI_E_UNCONFIGURED;
    assert_hr(create_service(&test, "ADM", 0, NULL), S_OK);
    assert_hr(create_service(&test, "ADM", SERVICE_UI_ALLOWED, NULL), MAPI_E_UNCONFIGURED);
    assert_int_equal(count_services(test.services), 2);
    service_end(&test);
}

/* A change of the file counts from the next call on. */
static void SVC_25_file_changes(void **state)
{
    struct service_test test;

    (void)state;
    service_begin(&test, "[Services]\n");
    assert_hr(create_service(&test, "ADM", 0, NULL), MAPI_E_NOT_FOUND);
    write_inf(&test, inf);
    assert_hr(create_service(&test, "ADM", 0, NULL), S_OK);
    DeleteFileW(test.inf);
    assert_hr(create_service(&test, "ADM", 0, NULL), MAPI_E_NOT_FOUND);
    assert_int_equal(count_services(test.services), 1);
    service_end(&test);
}

static void SVC_26_27_28_values(void **state)
{
    struct service_test test;
    SPropValue *value;
    MAPIUID store;
    SRowSet *rows;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "ADM", 0, NULL), S_OK);
    assert_true(test.script.calls[0].complete); /* SVC-28: admin.dll is admin32.dll */
    rows = provider_rows(test.services);
    store = row_uid(&rows->aRow[0], PR_PROVIDER_UID);
    assert_int_equal(row_value(&rows->aRow[0], PR_RESOURCE_TYPE)->Value.l, MAPI_STORE_PROVIDER);
    assert_int_equal(row_value(&rows->aRow[0], PR_RESOURCE_FLAGS)->Value.l,
                     STATUS_NO_DEFAULT_STORE | STATUS_PRIMARY_STORE);
    assert_int_equal(row_value(&rows->aRow[1], PR_RESOURCE_TYPE)->Value.l, MAPI_AB_PROVIDER);
    free_rows(rows);
    assert_non_null(value = section_value(test.services, &store, PROP_TAG(PT_STRING8, 0x6601)));
    assert_string_equal(value->Value.lpszA, "text of the store");
    MAPIFreeBuffer(value);
    assert_non_null(value = section_value(test.services, &store, PROP_TAG(PT_LONG, 0x6602)));
    assert_int_equal(value->Value.l, 0x01020304);
    MAPIFreeBuffer(value);
    assert_non_null(value = section_value(test.services, &store, PROP_TAG(PT_BINARY, 0x6603)));
    assert_int_equal(value->Value.bin.cb, 3);
    assert_memory_equal(value->Value.bin.lpb, "\0\xff\x10", 3);
    MAPIFreeBuffer(value);
    assert_non_null(value = section_value(test.services, &extra_uid, PROP_TAG(PT_LONG, 0x6605)));
    assert_int_equal(value->Value.l, 3);
    MAPIFreeBuffer(value);
    service_end(&test);
}

static void PROF_04_default_services(void **state)
{
    struct service_test test;
    IMsgServiceAdmin2 *services;
    SRowSet *rows;

    (void)state;
    service_begin(&test, inf);
    assert_hr(IProfAdmin_CreateProfile(test.profiles, (LPTSTR)L"Q", NULL, 0x55, MAPI_DEFAULT_SERVICES | MAPI_UNICODE),
              S_OK);
    assert_int_equal(test.script.count, 2);
    assert_int_equal(test.script.calls[0].context, MSG_SERVICE_CREATE);
    assert_int_equal(test.script.calls[1].context, MSG_SERVICE_CREATE);
    assert_int_equal(test.script.calls[0].window, 0);
    services = services_of(test.profiles, L"Q");
    rows = service_rows(services);
    assert_int_equal(rows->cRows, 2);
    assert_text(&rows->aRow[0], PR_SERVICE_NAME_A, "ADM");
    assert_text(&rows->aRow[1], PR_SERVICE_NAME_A, "ONE");
    free_rows(rows);
    IMsgServiceAdmin2_Release(services);
    assert_hr(IProfAdmin_CreateProfile(test.profiles, (LPTSTR)L"R", NULL, 0x55,
                                       MAPI_DEFAULT_SERVICES | MAPI_DIALOG | MAPI_UNICODE),
              S_OK);
    assert_int_equal(test.script.calls[2].window, 0x55);
    assert_int_equal(test.script.calls[2].flags, SERVICE_UI_ALLOWED | MAPI_UNICODE);
    /* A profile without all of them is none. */
    test.script.result = MAPI_E_USER_CANCEL;
    assert_hr(IProfAdmin_CreateProfile(test.profiles, (LPTSTR)L"S", NULL, 0,
                                       MAPI_DEFAULT_SERVICES | MAPI_DIALOG | MAPI_UNICODE),
              MAPI_E_USER_CANCEL);
    assert_false(profile_key_exists(L"S"));
    service_end(&test);
}

static HRESULT profile_there(struct admin_script *script, IMAPISupport *support, IProviderAdmin *providers,
                             ULONG context, MAPIERROR **error)
{
    IMAPITable *table;

    (void)support;
    (void)error;
    if (context != MSG_SERVICE_DELETE)
        return S_OK;
    assert_hr(IProviderAdmin_GetProviderTable(providers, 0, &table), S_OK);
    free_rows(all_rows(table));
    assert_true(profile_key_exists(script->context));
    return MAPI_E_CALL_FAILED;
}

static void PROF_10_delete_profile(void **state)
{
    struct service_test test;

    (void)state;
    service_begin(&test, inf);
    assert_hr(IProfAdmin_CreateProfile(test.profiles, (LPTSTR)L"Q", NULL, 0, MAPI_DEFAULT_SERVICES | MAPI_UNICODE),
              S_OK);
    test.script.count = 0;
    test.script.act = profile_there;
    test.script.context = (void *)L"Q";
    assert_hr(delete_profile(test.profiles, L"Q"), S_OK);
    assert_int_equal(test.script.count, 2);
    assert_int_equal(test.script.calls[0].context, MSG_SERVICE_DELETE);
    assert_int_equal(test.script.calls[1].context, MSG_SERVICE_DELETE);
    assert_false(profile_key_exists(L"Q"));
    assert_hr(delete_profile(test.profiles, L"Q"), MAPI_E_NOT_FOUND);
    assert_int_equal(test.script.count, 2);
    service_end(&test);
}

static void PROF_12_copy_profile(void **state)
{
    BYTE key[16], copied_key[16];
    struct service_test test;
    IMsgServiceAdmin2 *copy;
    SPropValue *value;
    MAPIUID uid;
    SRowSet *rows;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK);
    test.script.count = 0;
    assert_hr(copy_profile(test.profiles, L"P", L"Q"), S_OK);
    assert_int_equal(test.script.count, 0);
    copy = services_of(test.profiles, L"Q");
    rows = service_rows(copy);
    assert_int_equal(rows->cRows, 1);
    assert_text(&rows->aRow[0], PR_SERVICE_NAME_A, "ADM");
    free_rows(rows);
    assert_int_equal(count_providers(copy), 2);
    assert_non_null(value = section_value(copy, &uid, PROP_TAG(PT_STRING8, 0x6600)));
    assert_string_equal(value->Value.lpszA, "text of the service");
    MAPIFreeBuffer(value);
    assert_true(read_search_key(L"P", key));
    assert_true(read_search_key(L"Q", copied_key));
    assert_memory_not_equal(key, copied_key, sizeof(key));
    IMsgServiceAdmin2_Release(copy);
    service_end(&test);
}

/* With each allocation failing in turn, a service is in the profile or is not. */
static void SVC_04_faults(void **state)
{
    struct service_test test;
    MAPIUID uid;
    HRESULT hr;

    (void)state;
    service_begin(&test, inf);
    assert_hr(create_service(&test, "ADM", 0, &uid), S_OK); /* the DLL is loaded, MAPI's own section made */
    assert_hr(IMsgServiceAdmin2_DeleteMsgService(test.services, &uid), S_OK);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        hr = create_service(&test, "ADM", 0, &uid);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        if (SUCCEEDED(hr))
            assert_hr(IMsgServiceAdmin2_DeleteMsgService(test.services, &uid), S_OK);
        assert_int_equal(count_services(test.services), 0);
        assert_int_equal(count_sections(L"P"), 2);
    }
    service_end(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(SVC_03_unknown),         harness_test_plain(SVC_04_create),
            harness_test_plain(SVC_04_create_window),   harness_test_plain(SVC_04_display_name),
            harness_test_plain(SVC_04_failures),        harness_test_plain(SVC_04_faults),
            harness_test_plain(SVC_05_06_uid),          harness_test_plain(SVC_07_single_copy),
            harness_test_plain(SVC_08_delete),          harness_test_plain(SVC_11_no_entry),
            harness_test_plain(SVC_12_configure),       harness_test_plain(SVC_25_file_changes),
            harness_test_plain(SVC_26_27_28_values),    harness_test_plain(PROF_04_default_services),
            harness_test_plain(PROF_10_delete_profile), harness_test_plain(PROF_12_copy_profile),
    };

    return harness_run(tests);
}
