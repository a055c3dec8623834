/*
 * What a log-off does for its profile: deleting and renaming that was put off.
 */
#include "harness_session.h"

static void LOGOFF_63_delete_in_use(void **state __attribute__((unused)))
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IMAPISession *session = log_on_temporary(name);
    IMAPITable *table;

    assert_hr(delete_profile(name), S_OK);
    assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
    IMAPITable_Release(table);
    assert_true(profile_key_exists(name));
    assert_false(profile_listed(name)); /* LOGOFF-65 */
    assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
    assert_false(profile_key_exists(name)); /* inside the Logoff, not the Release: S-40 */
    IMAPISession_Release(session);
}

static void LOGOFF_64_delete_in_use_twice(void **state __attribute__((unused)))
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IMAPISession *session = log_on_temporary(name), *second = log_on_to(name, 0);

    assert_hr(delete_profile(name), S_OK);
    log_off(session);
    assert_true(profile_key_exists(name));
    log_off(second);
    assert_false(profile_key_exists(name));
}

static void LOGOFF_65_marked_profile_takes_no_new_logon(void **state __attribute__((unused)))
{
    WCHAR name[HARNESS_PROFILE_NAME];
    IMAPISession *session = log_on_temporary(name), *second = (IMAPISession *)0x5a5a5a5a;

    assert_hr(delete_profile(name), S_OK);
    assert_hr(MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_UNICODE | MAPI_EXTENDED | MAPI_NEW_SESSION, &second),
              MAPI_E_LOGON_FAILED);
    assert_null(second);
    log_off(session);
}

static void LOGOFF_66_rename_in_use(void **state __attribute__((unused)))
{
    WCHAR name[HARNESS_PROFILE_NAME], renamed[HARNESS_PROFILE_NAME];
    IMAPISession *session = log_on_temporary(name);
    IProfAdmin *profiles;

    harness_profile_name(renamed);
    assert_hr(MAPIAdminProfiles(0, &profiles), S_OK);
    assert_hr(IProfAdmin_RenameProfile(profiles, (LPTSTR)name, NULL, (LPTSTR)renamed, 0, MAPI_UNICODE), S_OK);
    assert_true(profile_key_exists(name));
    log_off(session);
    assert_false(profile_key_exists(name));
    assert_true(profile_key_exists(renamed));
    IProfAdmin_Release(profiles);
    assert_hr(delete_profile(renamed), S_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(LOGOFF_63_delete_in_use),
            harness_test(LOGOFF_64_delete_in_use_twice),
            harness_test(LOGOFF_65_marked_profile_takes_no_new_logon),
            harness_test(LOGOFF_66_rename_in_use),
    };

    return harness_run(tests);
}
