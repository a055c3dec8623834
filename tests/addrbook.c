/*
 * The address book of a profile without address book providers, and one-off recipients (SESS-03).
 */
#include "harness_session.h"
#include <postroom/guids.h>

#define TEST(name) static void name(void **state __attribute__((unused)))

static const MAPIUID foreign_uid = {{0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};

/* An entry identifier of a provider that nobody knows. */
struct foreign_entryid
{
    BYTE flags[4];
    MAPIUID uid;
    BYTE rest[12];
};

static void foreign_entryid(struct foreign_entryid *entryid)
{
    memset(entryid, 0, sizeof(*entryid));
    entryid->uid = foreign_uid;
}

TEST(SESS_03_OpenAddressBook)
{
    IMAPISession *session = log_on(0);
    IAddrBook *book, *again;
    IMAPIProp *prop;

    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), S_OK);
    assert_hr(IMAPISession_OpenAddressBook(session, 0, &IID_IAddrBook, AB_NO_DIALOG, &again), S_OK);
    assert_hr(IAddrBook_QueryInterface(book, &IID_IMAPIProp, (void **)&prop), S_OK);
    assert_int_equal(IMAPIProp_Release(prop), 1);
    assert_int_equal(IAddrBook_Release(book), 0);
    assert_int_equal(IAddrBook_Release(again), 0);
    book = (IAddrBook *)0x5a5a5a5a;
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0x80, &book), MAPI_E_UNKNOWN_FLAGS);
    assert_null(book);
    assert_hr(IMAPISession_OpenAddressBook(session, 0, &IID_IMAPIFolder, 0, &book), MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, NULL), MAPI_E_INVALID_PARAMETER);
    log_off(session);
}

TEST(SESS_03_one_off_recipients)
{
    IMAPISession *session = log_on(0);
    ENTRYID *wide, *narrow, *other;
    ULONG cb_wide, cb_narrow, cb_other, type, same, count;
    SizedSPropTagArray(3, tags) = {3, {PR_DISPLAY_NAME_W, PR_ADDRTYPE_A, PR_EMAIL_ADDRESS_W}};
    SPropValue *values;
    IMailUser *user;
    IAddrBook *book;

    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), S_OK);
    assert_hr(IAddrBook_CreateOneOff(book, (LPTSTR)L"Жанна", (LPTSTR)L"SMTP", (LPTSTR)L"zh@example.org", MAPI_UNICODE,
                                     &cb_wide, &wide),
              S_OK);
    assert_hr(IAddrBook_CreateOneOff(book, NULL, (LPTSTR) "smtp", (LPTSTR) "ZH@example.org", MAPI_SEND_NO_RICH_INFO,
                                     &cb_narrow, &narrow),
              S_OK);
    assert_hr(IAddrBook_CreateOneOff(book, NULL, (LPTSTR) "FAX", (LPTSTR) "1", 0, &cb_other, &other), S_OK);

    assert_hr(IAddrBook_CompareEntryIDs(book, cb_wide, wide, cb_narrow, narrow, 0, &same), S_OK);
    assert_true(same);
    assert_hr(IMAPISession_CompareEntryIDs(session, cb_wide, wide, cb_other, other, 0, &same), S_OK);
    assert_false(same);

    assert_hr(IMAPISession_OpenEntry(session, cb_wide, wide, NULL, 0, &type, (IUnknown **)&user), S_OK);
    assert_int_equal(type, MAPI_MAILUSER);
    assert_hr(IMailUser_GetProps(user, (SPropTagArray *)&tags, 0, &count, &values), S_OK);
    assert_int_equal(count, 3);
    assert_int_equal(wcscmp(values[0].Value.lpszW, L"Жанна"), 0);
    assert_string_equal(values[1].Value.lpszA, "SMTP");
    assert_int_equal(wcscmp(values[2].Value.lpszW, L"zh@example.org"), 0);
    MAPIFreeBuffer(values);
    assert_hr(IMailUser_SetProps(user, 1, NULL, NULL), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(IMailUser_Release(user), 0);

    assert_hr(IAddrBook_OpenEntry(book, cb_narrow, narrow, &IID_IMailUser, 0, &type, (IUnknown **)&user), S_OK);
    assert_int_equal(IMailUser_Release(user), 0);

    MAPIFreeBuffer(wide);
    MAPIFreeBuffer(narrow);
    MAPIFreeBuffer(other);
    assert_int_equal(IAddrBook_Release(book), 0);
    log_off(session);
}

TEST(SESS_03_bad_one_offs)
{
    static const char unterminated[] = {0,          0,          0,    0,    (char)0x81, 0x2b, 0x1f, (char)0xa4,
                                        (char)0xbe, (char)0xa3, 0x10, 0x19, (char)0x9d, 0x6e, 0,    (char)0xdd,
                                        1,          0x0f,       0x54, 2,    0,          0,    0,    0,
                                        'a',        0,          'S',  'M',  'T',        'P'};
    IMAPISession *session = log_on(0);
    ENTRYID *entryid = (ENTRYID *)0x5a5a5a5a;
    ULONG size = 9, type = 9, i;
    IUnknown *unknown;
    IAddrBook *book;

    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), S_OK);
    assert_hr(IAddrBook_CreateOneOff(book, NULL, NULL, (LPTSTR) "x", 0, &size, &entryid), MAPI_E_INVALID_PARAMETER);
    assert_null(entryid);
    assert_int_equal(size, 0);
    assert_hr(IAddrBook_CreateOneOff(book, NULL, (LPTSTR) "SMTP", NULL, 0, &size, &entryid), MAPI_E_INVALID_PARAMETER);
    assert_hr(IAddrBook_CreateOneOff(book, NULL, (LPTSTR) "", (LPTSTR) "x", 0, &size, &entryid),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(IAddrBook_CreateOneOff(book, NULL, (LPTSTR) "S:P", (LPTSTR) "x", 0, &size, &entryid),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(IAddrBook_CreateOneOff(book, NULL, (LPTSTR) "SMTP", (LPTSTR) "x", 0x2, &size, &entryid),
              MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IAddrBook_CreateOneOff(book, NULL, (LPTSTR)0x10, (LPTSTR) "x", 0, &size, &entryid),
              MAPI_E_INVALID_PARAMETER);
    /* Cut at every byte. */
    for (i = 20; i <= sizeof(unterminated); i++)
    {
        assert_hr(IMAPISession_OpenEntry(session, i, (ENTRYID *)unterminated, NULL, 0, &type, &unknown),
                  MAPI_E_INVALID_ENTRYID);
        assert_null(unknown);
        assert_int_equal(type, 0);
    }
    assert_int_equal(IAddrBook_Release(book), 0);
    log_off(session);
}

TEST(SESS_03_empty_address_book)
{
    IMAPISession *session = log_on(0);
    ENTRYID *entryid = (ENTRYID *)0x5a5a5a5a;
    ULONG size = 5, type, count = 7;
    struct foreign_entryid foreign;
    IABContainer *root;
    IMAPITable *table;
    IAddrBook *book;
    SRowSet *path;

    foreign_entryid(&foreign);
    assert_hr(IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book), S_OK);
    assert_hr(IAddrBook_OpenEntry(book, 0, NULL, NULL, 0, &type, (IUnknown **)&root), S_OK);
    assert_int_equal(type, MAPI_ABCONT);
    assert_hr(IABContainer_GetHierarchyTable(root, 0, &table), S_OK);
    assert_hr(IMAPITable_GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 0);
    assert_int_equal(IMAPITable_Release(table), 0);
    assert_int_equal(IABContainer_Release(root), 0);

    assert_hr(IAddrBook_GetPAB(book, &size, &entryid), S_OK);
    assert_null(entryid);
    assert_int_equal(size, 0);
    assert_hr(IAddrBook_GetDefaultDir(book, &size, &entryid), S_OK);
    assert_null(entryid);
    assert_hr(IAddrBook_SetPAB(book, sizeof(foreign), (ENTRYID *)&foreign), MAPI_E_UNKNOWN_ENTRYID);
    assert_hr(IAddrBook_GetSearchPath(book, 0, &path), S_OK);
    assert_int_equal(path->cRows, 0);
    FreeProws(path);
    assert_hr(IAddrBook_OpenEntry(book, sizeof(foreign), (ENTRYID *)&foreign, NULL, 0, &type, (IUnknown **)&root),
              MAPI_E_UNKNOWN_ENTRYID);
    assert_int_equal(IAddrBook_Release(book), 0);
    log_off(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SESS_03_OpenAddressBook),
            harness_test(SESS_03_one_off_recipients),
            harness_test(SESS_03_bad_one_offs),
            harness_test(SESS_03_empty_address_book),
    };

    return harness_run(tests);
}
