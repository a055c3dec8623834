/*
 * Every allocation of logon, of each session method and of Logoff fails once: no crash, nothing left, no half state,
 * and Logoff never fails for it.
 */
#include "harness_session.h"

#define TEST(name) static void name(void **state __attribute__((unused)))

/* What a run with a fault may answer. */
static void check(struct harness_fault *fault, HRESULT hr, HRESULT good, const void *out)
{
    if (harness_fault_hit(fault) && FAILED(hr))
    {
        assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
        assert_null(out);
    }
    else
        assert_hr(hr, good);
}

TEST(FAULT_logon)
{
    const WCHAR *name = test_profile();

    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        IMAPISession *session = (IMAPISession *)0x5a5a5a5a;
        HRESULT hr = MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_NEW_SESSION | MAPI_UNICODE, &session);

        check(&fault, hr, S_OK, session);
        if (session)
            log_off(session);
    }
}

/* Objects that a method hands out, by method. Each is opened in a session of its own and released. */
static HRESULT open_object(IMAPISession *session, int which, IUnknown **out)
{
    static const MAPIUID uid = {{'f', 'a', 'u', 'l', 't'}};
    ENTRYID *entryid;
    ULONG size, type;
    HRESULT hr;

    switch (which)
    {
    case 0:
        return IMAPISession_GetMsgStoresTable(session, MAPI_UNICODE, (IMAPITable **)out);
    case 1:
        return IMAPISession_GetStatusTable(session, 0, (IMAPITable **)out);
    case 2:
        return IMAPISession_OpenAddressBook(session, 0, NULL, 0, (IAddrBook **)out);
    case 3:
        return IMAPISession_OpenProfileSection(session, (MAPIUID *)&uid, NULL, MAPI_MODIFY, (IProfSect **)out);
    case 4:
        return IMAPISession_AdminServices(session, 0, (IMsgServiceAdmin **)out);
    case 5:
        *out = NULL;
        if (FAILED(hr = IMAPISession_QueryIdentity(session, &size, &entryid)))
            return hr;
        hr = IMAPISession_OpenEntry(session, size, entryid, NULL, 0, &type, out);
        MAPIFreeBuffer(entryid);
        return hr;
    }
    return E_NOTIMPL;
}

TEST(FAULT_objects_of_a_session)
{
    const WCHAR *name = test_profile();
    int which;

    for (which = 0; which < 6; which++)
    {
        HARNESS_FOR_EACH_ALLOCATION(fault)
        {
            IUnknown *object = (IUnknown *)0x5a5a5a5a;
            IMAPISession *session = NULL;
            HRESULT hr;

            hr = MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_NEW_SESSION | MAPI_UNICODE, &session);
            if (SUCCEEDED(hr))
            {
                hr = open_object(session, which, &object);
                check(&fault, hr, S_OK, object);
                if (object)
                    IUnknown_Release(object);
                assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
                IMAPISession_Release(session);
            }
            else
                assert_true(harness_fault_hit(&fault));
        }
    }
}

TEST(FAULT_status_objects)
{
    const WCHAR *name = test_profile();

    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
        IMAPISession *session = NULL;
        IMAPITable *table = NULL;
        SRowSet *rows = NULL;
        IUnknown *object = NULL;
        SPropValue *values = NULL;
        ULONG type, count;
        HRESULT hr;

        hr = MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_NEW_SESSION | MAPI_UNICODE, &session);
        if (SUCCEEDED(hr) && SUCCEEDED(hr = IMAPISession_GetStatusTable(session, 0, &table))
            && SUCCEEDED(hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows))
            && SUCCEEDED(hr = IMAPISession_OpenEntry(session, rows->aRow[0].lpProps[0].Value.bin.cb,
                                                     (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL, 0, &type,
                                                     &object)))
            hr = IMAPIStatus_GetProps((IMAPIStatus *)object, NULL, 0, &count, &values);
        check(&fault, hr, S_OK, values);
        MAPIFreeBuffer(values);
        if (object)
            IUnknown_Release(object);
        FreeProws(rows);
        if (table)
            IMAPITable_Release(table);
        if (session)
            log_off(session);
    }
}

TEST(FAULT_advise_and_forms)
{
    struct harness_sink *sink = test_sink_create();
    const WCHAR *name = test_profile();
    struct test_message message;

    test_message_init(&message);
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        IMAPISession *session = NULL;
        ULONG_PTR connection = 0, token = 0;
        HRESULT hr;

        hr = MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_NEW_SESSION | MAPI_UNICODE, &session);
        if (SUCCEEDED(hr)
            && SUCCEEDED(hr = IMAPISession_Advise(session, 0, NULL, fnevExtended, &sink->IMAPIAdviseSink_iface,
                                                  &connection)))
            hr = IMAPISession_PrepareForm(session, NULL, &message.IMessage_iface, &token);
        check(&fault, hr, S_OK, (void *)(token * FAILED(hr)));
        if (session)
            log_off(session);
        assert_int_equal(sink->refcount, 1);
        assert_int_equal(message.refcount, 1);
    }
    assert_int_equal(test_sink_release(sink), 0);
}

/* The methods that hand out a buffer, or nothing. */
static HRESULT call_method(IMAPISession *session, int which, void **out)
{
    BYTE entryid[24] = {0};
    ULONG number;

    switch (which)
    {
    case 0:
        IMAPISession_GetStatusTable(session, 0x4, (IMAPITable **)out); /* the error to be told */
        return IMAPISession_GetLastError(session, MAPI_E_UNKNOWN_FLAGS, 0, (MAPIERROR **)out);
    case 1:
        return IMAPISession_QueryIdentity(session, &number, (ENTRYID **)out);
    case 2:
        return IMAPISession_EnumAdrTypes(session, 0, &number, (LPTSTR **)out);
    case 3:
        return IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, 0, NULL);
    case 4:
        return IMAPISession_CompareEntryIDs(session, sizeof(entryid), (ENTRYID *)entryid, sizeof(entryid),
                                            (ENTRYID *)entryid, 0, &number);
    case 5:
        return IMAPISession_OpenMsgStore(session, 0, sizeof(entryid), (ENTRYID *)entryid, NULL, 0, (IMsgStore **)out);
    case 6:
        return IMAPISession_MessageOptions(session, 0, 0, NULL, NULL);
    case 7:
        return IMAPISession_QueryDefaultMessageOpt(session, NULL, 0, &number, (SPropValue **)out);
    case 8:
        return IMAPISession_ShowForm(session, 0, NULL, NULL, NULL, 1, NULL, 0, 0, 0, 0, NULL);
    case 9:
        return IMAPISession_Unadvise(session, 1);
    }
    return E_NOTIMPL;
}

TEST(FAULT_other_methods)
{
    static const HRESULT good[] = {S_OK,
                                   MAPI_W_NO_SERVICE,
                                   S_OK,
                                   S_OK,
                                   MAPI_E_UNKNOWN_ENTRYID,
                                   MAPI_E_NOT_FOUND,
                                   MAPI_E_NO_SUPPORT,
                                   MAPI_E_NO_SUPPORT,
                                   MAPI_E_INVALID_PARAMETER,
                                   MAPI_E_NOT_FOUND};
    IMAPISession *session = log_on(0);
    int which;

    for (which = 0; which < (int)ARRAY_SIZE(good); which++)
    {
        HARNESS_FOR_EACH_ALLOCATION(fault)
        {
            void *out = NULL;
            HRESULT hr = call_method(session, which, &out);

            if (harness_fault_hit(&fault) && hr == MAPI_E_NOT_ENOUGH_MEMORY)
                assert_null(out);
            else
                assert_hr(hr, good[which]);
            MAPIFreeBuffer(out);
        }
    }
    log_off(session);
}

/* Faults switched on only for the Logoff: whatever is open, it succeeds and leaves nothing. */
TEST(FAULT_logoff_never_fails)
{
    LPPOSTROOMDIAGNOSTICS diagnostics = PostroomDiagnostics;
    PostroomCounts counts = {.cbSize = sizeof(counts)};
    ULONG nth;

    for (nth = 1, counts.cUntilFault = 0; !counts.cUntilFault; nth++)
    {
        static const MAPIUID uid = {{'l', 'o', 'g', 'o', 'f', 'f'}};
        struct harness_sink *sink = test_sink_create();
        WCHAR name[HARNESS_PROFILE_NAME];
        IMAPISession *session = log_on_temporary(name);
        ULONG_PTR connection = 0;
        IProfSect *section;
        IMAPITable *table;

        assert_hr(IMAPISession_Advise(session, 0, NULL, fnevExtended, &sink->IMAPIAdviseSink_iface, &connection), S_OK);
        assert_hr(IMAPISession_GetStatusTable(session, 0, &table), S_OK);
        assert_hr(IMAPISession_OpenProfileSection(session, (MAPIUID *)&uid, NULL, MAPI_MODIFY, &section), S_OK);
        assert_hr(delete_profile(name), S_OK);
        assert_hr(diagnostics(NULL, nth), S_OK);
        assert_hr(IMAPISession_Logoff(session, 0, 0, 0), S_OK);
        assert_hr(diagnostics(&counts, 0), S_OK); /* a fault that was not reached ends the loop */
        assert_int_equal(sink->refcount, 1);
        assert_int_equal(sink->calls, 1);
        assert_int_equal(IMAPISession_Release(session), 0);
        assert_int_equal(IMAPITable_Release(table), 0);
        assert_int_equal(IProfSect_Release(section), 0);
        assert_int_equal(test_sink_release(sink), 0);
        assert_false(profile_listed(name));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(FAULT_logon),          harness_test(FAULT_objects_of_a_session),
            harness_test(FAULT_status_objects), harness_test(FAULT_advise_and_forms),
            harness_test(FAULT_other_methods),  harness_test(FAULT_logoff_never_fails),
    };

    return harness_run(tests);
}
