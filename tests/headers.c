/*
 * The headers of include/postroom: slots of the interfaces, widths of parameters, sizes of structures, values of
 * constants and GUIDs (conformance.md 9). That they compile in every way is what wine-tests/headers.sh checks.
 */
#include "harness.h"

#include <postroom/guids.h>

/* 9.1 and 9.2: methods with IUnknown's. */
/* clang-format off */
#define SLOTS(iface, count) {#iface, sizeof(iface##Vtbl) / sizeof(void *), (count)}
/* clang-format on */

static const struct
{
    const char *name;
    size_t actual, expected;
} slots[] = {
        SLOTS(IMAPIAdviseSink, 4),
        SLOTS(IMAPIProgress, 8),
        SLOTS(IMAPIProp, 14),
        SLOTS(IPropData, 18),
        SLOTS(IMAPITable, 26),
        SLOTS(ITableData, 12),
        SLOTS(IProfSect, 14),
        SLOTS(IProviderAdmin, 8),
        SLOTS(IMsgServiceAdmin, 15),
        SLOTS(IMsgServiceAdmin2, 16),
        SLOTS(IProfAdmin, 12),
        SLOTS(IMAPISession, 22),
        SLOTS(IAddrBook, 32),
        SLOTS(IMAPIClientShutdown, 6),
        SLOTS(IMAPIProviderShutdown, 6),
        SLOTS(IMAPIGetSession, 4),
        SLOTS(IMAPIStatus, 18),
        SLOTS(IMAPIContainer, 19),
        SLOTS(IABContainer, 23),
        SLOTS(IMailUser, 14),
        SLOTS(IDistList, 23),
        SLOTS(IMAPIFolder, 30),
        SLOTS(IMsgStore, 27),
        SLOTS(IMessage, 22),
        SLOTS(IAttach, 14),
        SLOTS(IMAPIControl, 6),
        SLOTS(IMAPISupport, 44),
        SLOTS(IABProvider, 5),
        SLOTS(IABLogon, 13),
        SLOTS(IXPProvider, 5),
        SLOTS(IXPLogon, 15),
        SLOTS(IMSProvider, 7),
        SLOTS(IMSLogon, 10),
        SLOTS(ISpoolerHook, 5),
        SLOTS(IPersistMessage, 11),
        SLOTS(IMAPIMessageSite, 16),
        SLOTS(IMAPIForm, 10),
        SLOTS(IMAPIViewContext, 9),
        SLOTS(IMAPIFormAdviseSink, 5),
        SLOTS(IMAPIViewAdviseSink, 8),
        SLOTS(IMAPIFormInfo, 19),
        SLOTS(IMAPIFormMgr, 15),
        SLOTS(IMAPIFormContainer, 10),
        SLOTS(IMAPIFormFactory, 6),
        SLOTS(ITnef, 10),
};

static void HEADERS_9_1_slots(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(slots); i++)
    {
        if (slots[i].actual != slots[i].expected)
            fail_msg("%s has %u slots instead of %u", slots[i].name, (unsigned)slots[i].actual,
                     (unsigned)slots[i].expected);
    }
}

/* clang-format off */
#define METHOD(iface, method) {#iface "::" #method, offsetof(iface##Vtbl, method) / sizeof(void *)}
/* clang-format on */

static const struct
{
    const char *name;
    size_t slot;
} session_methods[] = {
        METHOD(IMAPISession, QueryInterface),
        METHOD(IMAPISession, AddRef),
        METHOD(IMAPISession, Release),
        METHOD(IMAPISession, GetLastError),
        METHOD(IMAPISession, GetMsgStoresTable),
        METHOD(IMAPISession, OpenMsgStore),
        METHOD(IMAPISession, OpenAddressBook),
        METHOD(IMAPISession, OpenProfileSection),
        METHOD(IMAPISession, GetStatusTable),
        METHOD(IMAPISession, OpenEntry),
        METHOD(IMAPISession, CompareEntryIDs),
        METHOD(IMAPISession, Advise),
        METHOD(IMAPISession, Unadvise),
        METHOD(IMAPISession, MessageOptions),
        METHOD(IMAPISession, QueryDefaultMessageOpt),
        METHOD(IMAPISession, EnumAdrTypes),
        METHOD(IMAPISession, QueryIdentity),
        METHOD(IMAPISession, Logoff),
        METHOD(IMAPISession, SetDefaultStore),
        METHOD(IMAPISession, AdminServices),
        METHOD(IMAPISession, ShowForm),
        METHOD(IMAPISession, PrepareForm),
};

static void LOGOFF_74_header_slots(void **state)
{
    size_t i;

    (void)state;
    assert_int_equal(ARRAY_SIZE(session_methods), 22);
    for (i = 0; i < ARRAY_SIZE(session_methods); i++)
    {
        if (session_methods[i].slot != i)
            fail_msg("%s is slot %u instead of %u", session_methods[i].name, (unsigned)session_methods[i].slot,
                     (unsigned)i);
    }
    assert_int_equal(offsetof(IMAPISessionVtbl, Logoff) / sizeof(void *), 17);
    assert_int_equal(offsetof(IMAPISession, lpVtbl), 0);
}

/* Slots in the middle of the other interfaces, where an order could be wrong (4.3, 6.2). */
static void HEADERS_9_1_order(void **state)
{
    (void)state;
#define assert_slot(iface, method, slot) assert_int_equal(offsetof(iface##Vtbl, method) / sizeof(void *), (slot))
    assert_slot(IMsgServiceAdmin, RenameMsgService, 8);
    assert_slot(IMsgServiceAdmin, ConfigureMsgService, 9);
    assert_slot(IMsgServiceAdmin2, GetProviderTable, 14);
    assert_slot(IMsgServiceAdmin2, CreateMsgServiceEx, 15);
    assert_slot(IABProvider, Shutdown, 3);
    assert_slot(IABProvider, Logon, 4);
    assert_slot(IAddrBook, OpenEntry, 14);
    assert_slot(IAddrBook, PrepareRecips, 31);
    assert_slot(IMAPIStatus, ValidateState, 14);
    assert_slot(IMAPIClientShutdown, QueryFastShutdown, 3);
    assert_slot(IMAPIClientShutdown, NotifyProcessShutdown, 4);
    assert_slot(IMAPIClientShutdown, DoFastShutdown, 5);
    assert_slot(IMAPIProviderShutdown, DoFastShutdown, 5);
    assert_slot(IMAPIGetSession, GetMAPISession, 3);
    assert_slot(IMAPITable, SetCollapseState, 25);
    assert_slot(IMSProvider, CompareStoreIDs, 6);
    assert_slot(IMSLogon, OpenStatusEntry, 9);
    assert_slot(IXPLogon, FlushQueues, 14);
    assert_slot(IMAPISupport, OpenProfileSection, 9);
#undef assert_slot
}

/* 9.3: whether a method has exactly this type. */
#define IS(iface, method, ...)                                                                                         \
    _Generic(((iface##Vtbl *)NULL)->method, HRESULT(WINAPI *)(iface *, __VA_ARGS__) : TRUE, default : FALSE)

static void HEADERS_9_3_out_pointers(void **state)
{
    (void)state;
    assert_true(IS(IMAPISession, Advise, ULONG, LPENTRYID, ULONG, LPMAPIADVISESINK, ULONG_PTR *));
    assert_true(IS(IMAPISession, PrepareForm, LPCIID, LPMESSAGE, ULONG_PTR *));
    assert_true(IS(IAddrBook, Advise, ULONG, LPENTRYID, ULONG, LPMAPIADVISESINK, ULONG_PTR *));
    assert_true(IS(IAddrBook, Details, ULONG_PTR *, LPFNDISMISS, LPVOID, ULONG, LPENTRYID, LPFNBUTTON, LPVOID, LPTSTR,
                   ULONG));
    assert_true(IS(IAddrBook, Address, ULONG_PTR *, LPADRPARM, LPADRLIST *));
    assert_true(IS(IMsgStore, Advise, ULONG, LPENTRYID, ULONG, LPMAPIADVISESINK, ULONG_PTR *));
    assert_true(IS(IMAPITable, Advise, ULONG, LPMAPIADVISESINK, ULONG_PTR *));
    assert_true(IS(IMAPITable, CreateBookmark, BOOKMARK *));
    assert_true(IS(IMAPITable, SetCollapseState, ULONG, ULONG, LPBYTE, ULONG_PTR *));
    assert_true(IS(IMSLogon, Advise, ULONG, LPENTRYID, ULONG, LPMAPIADVISESINK, ULONG_PTR *));
    assert_true(IS(IABLogon, Advise, ULONG, LPENTRYID, ULONG, LPMAPIADVISESINK, ULONG_PTR *));
    assert_true(IS(IMAPISupport, Subscribe, LPNOTIFKEY, ULONG, ULONG, LPMAPIADVISESINK, ULONG_PTR *));
    assert_true(IS(IMAPISupport, Address, ULONG_PTR *, LPADRPARM, LPADRLIST *));
    assert_true(IS(IMAPIForm, Advise, LPMAPIVIEWADVISESINK, ULONG_PTR *));
    assert_true(IS(IXPLogon, SubmitMessage, ULONG, LPMESSAGE, ULONG_PTR *, ULONG_PTR *));
    assert_true(IS(IXPLogon, StartMessage, ULONG, LPMESSAGE, ULONG_PTR *));
}

static void HEADERS_9_3_values(void **state)
{
    (void)state;
    assert_true(IS(IMAPISession, Logoff, ULONG_PTR, ULONG, ULONG));
    assert_true(IS(IMAPISession, Unadvise, ULONG_PTR));
    assert_true(IS(IMAPISession, ShowForm, ULONG_PTR, LPMDB, LPMAPIFOLDER, LPCIID, ULONG_PTR, LPMESSAGE, ULONG, ULONG,
                   ULONG, ULONG, LPSTR));
    assert_true(IS(IAddrBook, Unadvise, ULONG_PTR));
    assert_true(IS(IMAPITable, Unadvise, ULONG_PTR));
    assert_true(IS(IMAPITable, SeekRow, ULONG_PTR, LONG, LONG *));
    assert_true(IS(IMAPITable, FindRow, LPSRestriction, ULONG_PTR, ULONG));
    assert_true(IS(IMAPITable, FreeBookmark, ULONG_PTR));
    assert_true(IS(IMAPIProp, CopyTo, ULONG, LPCIID, LPSPropTagArray, ULONG_PTR, LPMAPIPROGRESS, LPCIID, LPVOID, ULONG,
                   LPSPropProblemArray *));
    assert_true(IS(IMAPIStatus, ValidateState, ULONG_PTR, ULONG));
    assert_true(IS(IMAPIStatus, SettingsDialog, ULONG_PTR, ULONG));
    assert_true(IS(IMAPIStatus, FlushQueues, ULONG_PTR, ULONG, LPENTRYID, ULONG));
    assert_true(IS(IProviderAdmin, CreateProvider, LPTSTR, ULONG, LPSPropValue, ULONG_PTR, ULONG, MAPIUID *));
    assert_true(IS(IABContainer, CopyEntries, LPENTRYLIST, ULONG_PTR, LPMAPIPROGRESS, ULONG));
    assert_true(IS(IDistList, CopyEntries, LPENTRYLIST, ULONG_PTR, LPMAPIPROGRESS, ULONG));
    assert_true(IS(IMAPIFolder, EmptyFolder, ULONG_PTR, LPMAPIPROGRESS, ULONG));
    assert_true(IS(IMessage, DeleteAttach, ULONG, ULONG_PTR, LPMAPIPROGRESS, ULONG));
    assert_true(IS(IMAPIControl, Activate, ULONG, ULONG_PTR));
    assert_true(IS(IMAPISupport, Unsubscribe, ULONG_PTR));
    assert_true(IS(IXPLogon, EndMessage, ULONG_PTR, ULONG *));
    assert_true(IS(IXPLogon, ValidateState, ULONG_PTR, ULONG));
    assert_true(
            IS(IABProvider, Logon, LPMAPISUP, ULONG_PTR, LPTSTR, ULONG, ULONG *, LPBYTE *, LPMAPIERROR *, LPABLOGON *));
    assert_true(IS(IMAPIForm, DoVerb, LONG, LPMAPIVIEWCONTEXT, ULONG_PTR, LPCRECT));
    assert_true(IS(ITableData, HrGetView, LPSSortOrderSet, CALLERRELEASE *, ULONG_PTR, LPMAPITABLE *));
    assert_true(_Generic((CALLERRELEASE *)NULL, void(WINAPI *)(ULONG_PTR, LPTABLEDATA, LPMAPITABLE)
                         : TRUE, default
                         : FALSE));
    assert_true(_Generic((LPFNABSDI)NULL, BOOL(WINAPI *)(ULONG_PTR, LPVOID) : TRUE, default : FALSE));
    assert_true(
            _Generic((MSGSERVICEENTRY *)NULL, HRESULT(WINAPI *)(HINSTANCE, LPMALLOC, LPMAPISUP, ULONG_PTR, ULONG, ULONG,
                                                                ULONG, LPSPropValue, LPPROVIDERADMIN, LPMAPIERROR *)
                     : TRUE, default
                     : FALSE));
    assert_int_equal(sizeof(BOOKMARK), sizeof(void *));
    assert_int_equal(sizeof(BOOKMARK_BEGINNING), sizeof(void *));
}

/* A whole pointer goes through a method that used to cut it. */
static ULONG_PTR seen;

static HRESULT WINAPI fake_Unadvise(IMAPISession *iface, ULONG_PTR connection)
{
    (void)iface;
    seen = connection;
    return S_OK;
}

static void HEADERS_9_3_whole_value(void **state)
{
    IMAPISessionVtbl methods;
    IMAPISession session = {&methods};
    ULONG_PTR value = (ULONG_PTR)0 - 0x1234;

    (void)state;
    ZeroMemory(&methods, sizeof(methods));
    methods.Unadvise = fake_Unadvise;
    assert_hr(IMAPISession_Unadvise(&session, value), S_OK);
    assert_true(seen == value);
}

/* 32-bit size, 64-bit size */
/* clang-format off */
#define SIZE(type, size32, size64) {#type, sizeof(type), sizeof(void *) == 8 ? (size64) : (size32)}
/* clang-format on */

static const struct
{
    const char *name;
    size_t actual, expected;
} sizes[] = {
        SIZE(NOTIFICATION, 64, 88),
        SIZE(TABLE_NOTIFICATION, 56, 80),
        SIZE(EXTENDED_NOTIFICATION, 12, 16),
        SIZE(ERROR_NOTIFICATION, 20, 32),
        SIZE(SPropValue, 16, 24),
        SIZE(SRow, 12, 16),
        SIZE(SRowSet, 16, 24),
        SIZE(ADRENTRY, 12, 16),
        SIZE(SRestriction, 16, 32),
        SIZE(SSortOrderSet, 20, 20),
        SIZE(SCountRestriction, 8, 16),
        SIZE(MAPIERROR, 20, 32),
        SIZE(MAPIINIT_0, 8, 8),
        SIZE(MAPIUID, 16, 16),
        SIZE(MAPINAMEID, 12, 24),
        SIZE(ADRPARM, 72, 136),
        SIZE(MapiMessageW, 48, 96),
        SIZE(MapiRecipDescW, 24, 40),
        SIZE(MapiFileDescW, 24, 40),
        SIZE(RTF_WCSINFO, 16, 16),
        SIZE(RTF_WCSRETINFO, 8, 8),
};

static void HEADERS_9_1_sizes(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        if (sizes[i].actual != sizes[i].expected)
            fail_msg("%s has %u bytes instead of %u", sizes[i].name, (unsigned)sizes[i].actual,
                     (unsigned)sizes[i].expected);
    }
    assert_int_equal(offsetof(NOTIFICATION, info), 8);
    assert_int_equal(sizeof(MapiMessageW), sizeof(MapiMessage));
}

/* clang-format off */
#define VALUE(name, value) {#name, (ULONG)(name), (value)}
/* clang-format on */

static const struct
{
    const char *name;
    ULONG actual, expected;
} values[] = {
        VALUE(MAPI_LOGOFF_SHARED, 0x00000001),
        VALUE(MAPI_LOGOFF_UI, 0x00000002),
        VALUE(MAPI_LOGON_UI, 0x00000001),
        VALUE(MAPI_NEW_SESSION, 0x00000002),
        VALUE(MAPI_APP_PROFILE, 0x00000004),
        VALUE(MAPI_ALLOW_OTHERS, 0x00000008),
        VALUE(MAPI_EXPLICIT_PROFILE, 0x00000010),
        VALUE(MAPI_EXTENDED, 0x00000020),
        VALUE(MAPI_USE_DEFAULT, 0x00000040),
        VALUE(MAPI_FORCE_DOWNLOAD, 0x00001000),
        VALUE(MAPI_SERVICE_UI_ALWAYS, 0x00002000),
        VALUE(MAPI_NO_MAIL, 0x00008000),
        VALUE(MAPI_NT_SERVICE, 0x00010000),
        VALUE(MAPI_PASSWORD_UI, 0x00020000),
        VALUE(MAPI_TIMEOUT_SHORT, 0x00100000),
        VALUE(MAPI_BG_SESSION, 0x00200000),
        VALUE(MAPI_UNICODE, 0x80000000),
        VALUE(MAPI_MULTITHREAD_NOTIFICATIONS, 0x00000001),
        VALUE(MAPI_NO_COINIT, 0x00000008),
        VALUE(MAPI_FORCE_ACCESS, 0x00080000),
        VALUE(MDB_ONLINE, 0x00000100),
        VALUE(MAPI_NO_CACHE, 0x00000200),
        VALUE(MAPI_CACHE_ONLY, 0x00004000),
        VALUE(MAPI_GAL_ONLY, 0x00000080),
        VALUE(SHOW_SOFT_DELETES, 0x00000002),
        VALUE(AB_UNICODEUI, 0x00000040),
        VALUE(SERVICE_NO_RESTART_WARNING, 0x00000080),
        VALUE(STORE_HTML_OK, 0x00010000),
        VALUE(STORE_ANSI_OK, 0x00020000),
        VALUE(STORE_UNICODE_OK, 0x00040000),
        VALUE(STORE_LOCALSTORE, 0x00080000),
        VALUE(STORE_ITEMPROC, 0x00200000),
        VALUE(STORE_PUSHER_OK, 0x00800000),
        VALUE(fnevIndexing, 0x00010000),
        VALUE(fnevExtended, 0x80000000),
        VALUE(fnevCriticalError, 0x00000001),
        VALUE(MAPI_E_RECONNECTED, 0x80040125),
        VALUE(MAPI_E_OFFLINE, 0x80040126),
        VALUE(MAPI_E_END_OF_SESSION, 0x80040200),
        VALUE(MAPI_E_NOT_INITIALIZED, 0x80040605),
        VALUE(MAPI_E_INVALID_OBJECT, 0x80040108),
        VALUE(MAPI_E_UNKNOWN_FLAGS, 0x80040106),
        VALUE(MAPI_E_LOGON_FAILED, 0x80040111),
        VALUE(MAPI_E_SESSION_LIMIT, 0x80040112),
        VALUE(MAPI_E_USER_CANCEL, 0x80040113),
        VALUE(MAPI_E_TIMEOUT, 0x80040401),
        VALUE(MAPI_W_NO_SERVICE, 0x00040203),
        VALUE(MAPI_W_ERRORS_RETURNED, 0x00040380),
        VALUE(RES_COUNT, 0x0000000B),
        VALUE(RES_ANNOTATION, 0x0000000C),
        VALUE(TABLE_SORT_CATEG_MAX, 0x00000004),
        VALUE(TABLE_SORT_CATEG_MIN, 0x00000008),
        VALUE(MAPI_FORCE_UNICODE, 0x00040000),
        VALUE(MAPI_DIALOG_MODELESS, 0x0000000C),
        VALUE(MAPI_E_UNICODE_NOT_SUPPORTED, 27),
        VALUE(MAPI_E_ATTACHMENT_TOO_LARGE, 28),
        VALUE(MAPI_DEFAULT_STORE, 1),
        VALUE(MAPI_SIMPLE_STORE_PERMANENT, 3),
        VALUE(MAPI_SECONDARY_STORE, 5),
};

static void HEADERS_9_2_values(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(values); i++)
    {
        if (values[i].actual != values[i].expected)
            fail_msg("%s is %#lx instead of %#lx", values[i].name, values[i].actual, values[i].expected);
    }
    assert_int_equal(PT_PTR, sizeof(void *) == 8 ? PT_I8 : PT_LONG);
    assert_string_equal(szHrDispatchNotifications,
                        sizeof(void *) == 8 ? "HrDispatchNotifications" : "_HrDispatchNotifications@4");
}

static const struct
{
    const GUID *guid;
    const WCHAR *text;
} guids[] = {
        {&IID_IMAPISession, L"{00020300-0000-0000-C000-000000000046}"},
        {&IID_IMAPITable, L"{00020301-0000-0000-C000-000000000046}"},
        {&IID_IMAPIProp, L"{00020303-0000-0000-C000-000000000046}"},
        {&IID_IProfSect, L"{00020304-0000-0000-C000-000000000046}"},
        {&IID_IMAPIStatus, L"{00020305-0000-0000-C000-000000000046}"},
        {&IID_IMsgStore, L"{00020306-0000-0000-C000-000000000046}"},
        {&IID_IAddrBook, L"{00020309-0000-0000-C000-000000000046}"},
        {&IID_IProfAdmin, L"{0002031C-0000-0000-C000-000000000046}"},
        {&IID_IMsgServiceAdmin, L"{0002031D-0000-0000-C000-000000000046}"},
        {&IID_IProviderAdmin, L"{00020325-0000-0000-C000-000000000046}"},
        {&MUID_PROFILE_INSTANCE, L"{00020385-0000-0000-C000-000000000046}"},
        {&PS_INTERNET_HEADERS, L"{00020386-0000-0000-C000-000000000046}"},
        {&IID_IMsgServiceAdmin2, L"{00020387-0000-0000-C000-000000000046}"},
        {&IID_IMessageRaw, L"{0002038A-0000-0000-C000-000000000046}"},
        {&IID_IMAPIClientShutdown, L"{00020397-0000-0000-C000-000000000046}"},
        {&IID_IMAPIProviderShutdown, L"{00020398-0000-0000-C000-000000000046}"},
        {&IID_CAPONE_PROF, L"{00020D0A-0000-0000-C000-000000000046}"},
        {&IID_IMAPIGetSession, L"{614AB435-491D-4F5B-A8B4-60EB031030C6}"},
        {&PSETID_Meeting, L"{6ED8DA90-450B-101B-98DA-00AA003F1305}"},
        {&PSETID_Messaging, L"{41F28F13-83F4-4114-A584-EEDB5A6B0BFF}"},
};

static void HEADERS_9_2_guids(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(guids); i++)
    {
        WCHAR text[40];

        assert_int_equal(StringFromGUID2(guids[i].guid, text, ARRAY_SIZE(text)), 39);
        if (lstrcmpW(text, guids[i].text))
            fail_msg("GUID %u is %ls instead of %ls", (unsigned)i, text, guids[i].text);
    }
}

/* 9.2: prototypes that mingw-w64 lacks are those of the DLL, which is linked here. */
static void HEADERS_9_2_functions(void **state)
{
    LPMAPIREALLOCATEBUFFER reallocate = MAPIReallocateBuffer;
    LPMAPISENDMAILW send = MAPISendMailW;
    LPOPENSTREAMONFILEW open = OpenStreamOnFileW;
    LPWRAPCOMPRESSEDRTFSTREAMEX wrap = WrapCompressedRTFStreamEx;

    (void)state;
    assert_non_null(reallocate);
    assert_non_null(send);
    assert_non_null(open);
    assert_non_null(wrap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(HEADERS_9_1_slots),  harness_test_plain(LOGOFF_74_header_slots),
            harness_test_plain(HEADERS_9_1_order),  harness_test_plain(HEADERS_9_3_out_pointers),
            harness_test_plain(HEADERS_9_3_values), harness_test_plain(HEADERS_9_3_whole_value),
            harness_test_plain(HEADERS_9_1_sizes),  harness_test_plain(HEADERS_9_2_values),
            harness_test_plain(HEADERS_9_2_guids),  harness_test_plain(HEADERS_9_2_functions),
    };

    return harness_run(tests);
}
