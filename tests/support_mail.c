/*
 * The support objects' methods about messages, on a message of the test's own that notes what is done with it.
 */
#include "harness_spy.h"

#include <postroom/guids.h>

static const struct spy_setup setups[] = {{MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0},
                                          {MAPI_TRANSPORT_PROVIDER, L"xp", 0, NULL, 0, 0, NULL, 0}};

struct mock
{
    IMessage IMessage_iface;
    LONG refcount;
    ULONG prop_count;
    SPropValue *props;
    SRowSet *recipients;
    char trace[2048];
};

static struct mock *impl_from_IMessage(IMessage *iface)
{
    return CONTAINING_RECORD(iface, struct mock, IMessage_iface);
}

static void note(struct mock *mock, const char *format, ...)
{
    size_t length = strlen(mock->trace);
    va_list list;

    va_start(list, format);
    vsnprintf(mock->trace + length, sizeof(mock->trace) - length, format, list);
    va_end(list);
}

static HRESULT WINAPI mock_QueryInterface(IMessage *iface, REFIID riid, void **out)
{
    (void)iface;
    (void)riid;
    *out = NULL;
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
}

static ULONG WINAPI mock_AddRef(IMessage *iface)
{
    return InterlockedIncrement(&impl_from_IMessage(iface)->refcount);
}

static ULONG WINAPI mock_Release(IMessage *iface)
{
    return InterlockedDecrement(&impl_from_IMessage(iface)->refcount);
}

static HRESULT WINAPI mock_GetProps(IMessage *iface, SPropTagArray *tags, ULONG flags, ULONG *count,
                                    SPropValue **values)
{
    struct mock *mock = impl_from_IMessage(iface);
    ULONG i, k;

    (void)flags;
    *count = tags->cValues;
    if (MAPIAllocateBuffer(tags->cValues * sizeof(**values), (void **)values))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < tags->cValues; i++)
    {
        (*values)[i].ulPropTag = PROP_TAG(PT_ERROR, PROP_ID(tags->aulPropTag[i]));
        (*values)[i].Value.err = MAPI_E_NOT_FOUND;
        for (k = 0; k < mock->prop_count; k++)
            if (mock->props[k].ulPropTag == tags->aulPropTag[i])
                (*values)[i] = mock->props[k];
    }
    return S_OK;
}

static HRESULT WINAPI mock_SetProps(IMessage *iface, ULONG count, SPropValue *values, SPropProblemArray **problems)
{
    ULONG i;

    (void)problems;
    for (i = 0; i < count; i++)
    {
        if (PROP_TYPE(values[i].ulPropTag) == PT_UNICODE)
            note(impl_from_IMessage(iface), "%#lx=%ls\n", values[i].ulPropTag, values[i].Value.lpszW);
        else
            note(impl_from_IMessage(iface), "%#lx\n", values[i].ulPropTag);
    }
    return S_OK;
}

static HRESULT WINAPI mock_GetRecipientTable(IMessage *iface, ULONG flags, IMAPITable **table)
{
    static const SizedSPropTagArray(4, columns) = {4, {PR_ROWID, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_RECIPIENT_TYPE}};
    struct mock *mock = impl_from_IMessage(iface);
    ITableData *data;
    HRESULT hr;
    ULONG i;

    (void)flags;
    hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, TBLTYPE_DYNAMIC,
                     PR_ROWID, (SPropTagArray *)&columns, &data);
    if (FAILED(hr))
        return hr;
    for (i = 0; mock->recipients && i < mock->recipients->cRows; i++)
        ITableData_HrModifyRow(data, &mock->recipients->aRow[i]);
    hr = ITableData_HrGetView(data, NULL, NULL, 0, table);
    ITableData_Release(data);
    return hr;
}

static HRESULT WINAPI mock_ModifyRecipients(IMessage *iface, ULONG flags, ADRLIST *list)
{
    struct mock *mock = impl_from_IMessage(iface);
    const SPropValue *value;
    ULONG i, k;

    for (i = 0; i < list->cEntries; i++)
    {
        note(mock, "%#lx:", flags);
        for (k = 0; k < list->aEntries[i].cValues; k++)
        {
            value = &list->aEntries[i].rgPropVals[k];
            if (PROP_TYPE(value->ulPropTag) == PT_LONG)
                note(mock, " %#lx=%ld", PROP_ID(value->ulPropTag), value->Value.l);
            else if (PROP_TYPE(value->ulPropTag) == PT_BOOLEAN)
                note(mock, " %#lx=%d", PROP_ID(value->ulPropTag), value->Value.b);
            else if (PROP_TYPE(value->ulPropTag) == PT_UNICODE)
                note(mock, " %#lx=%ls", PROP_ID(value->ulPropTag), value->Value.lpszW);
        }
        note(mock, "\n");
    }
    return S_OK;
}

static IMessageVtbl mock_vtbl;

static void mock_init(struct mock *mock, ULONG prop_count, SPropValue *props, SRowSet *recipients)
{
    void **slots = (void **)&mock_vtbl;
    ULONG i;

    for (i = 0; i < sizeof(mock_vtbl) / sizeof(*slots); i++)
        slots[i] = (void *)(ULONG_PTR)16; /* is not to be called */
    mock_vtbl.QueryInterface = mock_QueryInterface;
    mock_vtbl.AddRef = mock_AddRef;
    mock_vtbl.Release = mock_Release;
    mock_vtbl.GetProps = mock_GetProps;
    mock_vtbl.SetProps = mock_SetProps;
    mock_vtbl.GetRecipientTable = mock_GetRecipientTable;
    mock_vtbl.ModifyRecipients = mock_ModifyRecipients;
    memset(mock, 0, sizeof(*mock));
    mock->IMessage_iface.lpVtbl = &mock_vtbl;
    mock->refcount = 1;
    mock->prop_count = prop_count;
    mock->props = props;
    mock->recipients = recipients;
}

struct fixture
{
    WCHAR profile[HARNESS_PROFILE_NAME];
    IMAPISession *session;
    IMsgStore *store;
    IMAPISupport *of_store, *of_transport;
};

static void begin(struct fixture *fixture)
{
    spy_begin();
    SPY_PROFILE(fixture->profile, setups);
    fixture->session = log_on_to(fixture->profile, 0);
    fixture->store = spy_open_store(fixture->session, L"one", MDB_WRITE);
    await_spy("TransportNotify(0x3)\n");
    spy_clear();
    fixture->of_store = spy_store_support(L"one");
    fixture->of_transport = spy_transport_support(L"xp");
    assert_non_null(fixture->of_store);
    assert_non_null(fixture->of_transport);
}

static void end(struct fixture *fixture)
{
    assert_hr(IMAPISession_Logoff(fixture->session, 0, 0, 0), S_OK);
    assert_int_equal(IMsgStore_Release(fixture->store), 0);
    assert_int_equal(IMAPISession_Release(fixture->session), 0);
    assert_int_equal(spy_objects(), 0);
}

/* One recipient's row. */
static void recipient(SRowSet *rows, SPropValue values[4], const WCHAR *type, const WCHAR *address, LONG kind)
{
    SRow *row = &rows->aRow[rows->cRows];

    values[0].ulPropTag = PR_ROWID;
    values[0].Value.l = (LONG)rows->cRows++;
    values[1].ulPropTag = PR_ADDRTYPE_W;
    values[1].Value.lpszW = (WCHAR *)type;
    values[2].ulPropTag = PR_EMAIL_ADDRESS_W;
    values[2].Value.lpszW = (WCHAR *)address;
    values[3].ulPropTag = PR_RECIPIENT_TYPE;
    values[3].Value.l = kind;
    row->ulAdrEntryPad = 0;
    row->cValues = 4;
    row->lpProps = values;
}

/* imapisupport-preparesubmit */
static void SUPPORT_prepare_submit(void **state)
{
    SPropValue flags = {.ulPropTag = PR_MESSAGE_FLAGS}, values[2][4];
    SizedSRowSet(2, rows) = {0};
    struct fixture fixture;
    struct mock mock;
    ULONG out = 0;

    (void)state;
    recipient((SRowSet *)&rows, values[0], L"SPY", L"got it", MAPI_TO);
    recipient((SRowSet *)&rows, values[1], L"SPY", L"did not", MAPI_CC | (LONG)MAPI_SUBMITTED);
    begin(&fixture);
    mock_init(&mock, 1, &flags, (SRowSet *)&rows);
    assert_hr(IMAPISupport_PrepareSubmit(fixture.of_store, &mock.IMessage_iface, &out), S_OK);
    assert_string_equal(mock.trace, ""); /* is not sent again */
    flags.Value.l = MSGFLAG_RESEND;
    assert_hr(IMAPISupport_PrepareSubmit(fixture.of_store, &mock.IMessage_iface, &out), S_OK);
    assert_string_equal(mock.trace, "0x4: 0x3000=0 0x3002=SPY 0x3003=got it 0xc15=268435456 0xe0f=1\n"
                                    "0x4: 0x3000=1 0x3002=SPY 0x3003=did not 0xc15=2 0xe0f=0\n");
    out = 1;
    assert_hr(IMAPISupport_PrepareSubmit(fixture.of_store, &mock.IMessage_iface, &out), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISupport_PrepareSubmit(fixture.of_store, NULL, &out), MAPI_E_INVALID_PARAMETER);
    out = 0;
    assert_hr(IMAPISupport_PrepareSubmit(fixture.of_transport, &mock.IMessage_iface, &out), MAPI_E_NO_SUPPORT);
    end(&fixture);
}

/* imapisupport-expandrecips: who is there twice, in the same way, is there once. */
static void SUPPORT_expand_recips(void **state)
{
    SPropValue values[4][4];
    SizedSRowSet(4, rows) = {0};
    struct fixture fixture;
    struct mock mock;
    ULONG out = 77;

    (void)state;
    recipient((SRowSet *)&rows, values[0], L"SPY", L"a", MAPI_TO);
    recipient((SRowSet *)&rows, values[1], L"SPY", L"a", MAPI_CC);
    recipient((SRowSet *)&rows, values[2], L"SPY", L"A", MAPI_TO);
    recipient((SRowSet *)&rows, values[3], L"FAX", L"a", MAPI_TO);
    begin(&fixture);
    mock_init(&mock, 0, NULL, (SRowSet *)&rows);
    assert_hr(IMAPISupport_ExpandRecips(fixture.of_store, &mock.IMessage_iface, &out), S_OK);
    assert_int_equal(out, NEEDS_SPOOLER);
    assert_string_equal(mock.trace, "0x8: 0x3000=2\n");
    assert_hr(IMAPISupport_ExpandRecips(fixture.of_store, &mock.IMessage_iface, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISupport_ExpandRecips(fixture.of_transport, &mock.IMessage_iface, &out), MAPI_E_NO_SUPPORT);
    end(&fixture);
}

/* imapisupport-readreceipt */
static void SUPPORT_read_receipt(void **state)
{
    BYTE id[4] = {1, 2, 3, 4};
    SPropValue props[4] = {{.ulPropTag = PR_MESSAGE_CLASS_W},
                           {.ulPropTag = PR_SUBJECT_W},
                           {.ulPropTag = PR_SENDER_ENTRYID},
                           {.ulPropTag = PR_SENDER_NAME_W}};
    struct mock mock, report;
    struct fixture fixture;
    IMessage *empty = &report.IMessage_iface;

    (void)state;
    props[0].Value.lpszW = (WCHAR *)L"IPM.Note";
    props[1].Value.lpszW = (WCHAR *)L"lunch";
    props[2].Value.bin.cb = sizeof(id);
    props[2].Value.bin.lpb = id;
    props[3].Value.lpszW = (WCHAR *)L"Sender";
    begin(&fixture);
    mock_init(&mock, ARRAY_SIZE(props), props, NULL);
    mock_init(&report, 0, NULL, NULL);
    assert_hr(IMAPISupport_ReadReceipt(fixture.of_store, 0, &mock.IMessage_iface, &empty), S_OK);
    assert_ptr_equal(empty, &report.IMessage_iface);
    assert_string_equal(report.trace, "0x2: 0x3001=Sender 0xc15=1\n"
                                      "0x49001f=lunch\n"
                                      "0x1a001f=REPORT.IPM.Note.IPNRN\n"
                                      "0x37001f=Read: lunch\n"
                                      "0x320040\n");
    *report.trace = 0;
    assert_hr(IMAPISupport_ReadReceipt(fixture.of_store, MAPI_NON_READ, &mock.IMessage_iface, &empty), S_OK);
    assert_non_null(strstr(report.trace, "REPORT.IPM.Note.IPNNRN"));
    assert_hr(IMAPISupport_ReadReceipt(fixture.of_store, 2, &mock.IMessage_iface, &empty), MAPI_E_UNKNOWN_FLAGS);
    empty = NULL;
    assert_hr(IMAPISupport_ReadReceipt(fixture.of_store, 0, &mock.IMessage_iface, &empty), MAPI_E_INVALID_PARAMETER);
    empty = &report.IMessage_iface;
    mock.prop_count = 2;
    assert_hr(IMAPISupport_ReadReceipt(fixture.of_store, 0, &mock.IMessage_iface, &empty), MAPI_E_NOT_FOUND);
    end(&fixture);
}

/* imapisupport-dosentmail: the message is released in any case. */
static void SUPPORT_do_sent_mail(void **state)
{
    SPropValue deletes = {.ulPropTag = PR_DELETE_AFTER_SUBMIT};
    struct fixture fixture;
    struct mock mock;

    (void)state;
    begin(&fixture);
    mock_init(&mock, 0, NULL, NULL);
    assert_hr(IMAPISupport_DoSentMail(fixture.of_store, 0, &mock.IMessage_iface), S_OK);
    assert_int_equal(mock.refcount, 0);
    deletes.Value.b = TRUE;
    mock_init(&mock, 1, &deletes, NULL);
    assert_hr(IMAPISupport_DoSentMail(fixture.of_store, 1, &mock.IMessage_iface), MAPI_E_UNKNOWN_FLAGS);
    assert_int_equal(mock.refcount, 1);
    assert_hr(IMAPISupport_DoSentMail(fixture.of_store, 0, &mock.IMessage_iface), MAPI_E_NOT_FOUND);
    assert_int_equal(mock.refcount, 0);
    assert_hr(IMAPISupport_DoSentMail(fixture.of_store, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISupport_DoSentMail(fixture.of_transport, 0, &mock.IMessage_iface), MAPI_E_NO_SUPPORT);
    end(&fixture);
}

/* imapisupport-completemsg: the spooler finishes a message that a tightly coupled store has sent. */
static void SUPPORT_complete_msg(void **state)
{
    static const struct spy_setup defers[] = {
            {MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0},
            {MAPI_TRANSPORT_PROVIDER, L"xp", 0, L"XPLogonxp.EndMessage=flags:40000", 0, 0, NULL, 0}};
    BYTE id[24] = {0, 0, 0, 0, 0x57, 0x4f};
    struct fixture fixture;

    (void)state;
    spy_begin();
    SPY_PROFILE(fixture.profile, defers);
    fixture.session = log_on_to(fixture.profile, 0);
    fixture.store = spy_open_store(fixture.session, L"one", MDB_WRITE);
    spy_submit(L"one", L"sent by itself", L"SPY:a");
    await_spy("SetLockState(1, 0)\n");
    spy_clear();
    id[19] = 1;
    id[20] = 1;
    assert_hr(IMAPISupport_CompleteMsg(spy_store_support(L"one"), 0, sizeof(id), (ENTRYID *)id), S_OK);
    await_spy("A SpoolStoreone.SetLockState(1, 1)\nA SpoolStoreone.FinishedMsg(0, 1)\n");
    id[20] = 9;
    assert_hr(IMAPISupport_CompleteMsg(spy_store_support(L"one"), 0, sizeof(id), (ENTRYID *)id), MAPI_E_NOT_FOUND);
    assert_hr(IMAPISupport_CompleteMsg(spy_store_support(L"one"), 1, sizeof(id), (ENTRYID *)id), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISupport_CompleteMsg(spy_store_support(L"one"), 0, 0, (ENTRYID *)id), MAPI_E_INVALID_PARAMETER);
    end(&fixture);
}

/* imapisupport-spoolernotify: each flavour its flags. imapisupport-spooleryield. */
static void SUPPORT_spooler_notify(void **state)
{
    BYTE id[24] = {0};
    NEWMAIL_NOTIFICATION mail = {sizeof(id), (ENTRYID *)id, 0, NULL, MAPI_UNICODE, (LPTSTR)L"IPM.Own", 0};
    struct fixture fixture;

    (void)state;
    begin(&fixture);
    assert_hr(IMAPISupport_SpoolerNotify(fixture.of_store, NOTIFY_READYTOSEND, NULL), S_OK);
    assert_hr(IMAPISupport_SpoolerNotify(fixture.of_store, NOTIFY_NEWMAIL, NULL), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISupport_SpoolerNotify(fixture.of_store, NOTIFY_NEWMAIL_RECEIVED, NULL), MAPI_E_INVALID_PARAMETER);
    spy_clear();
    assert_hr(IMAPISupport_SpoolerNotify(fixture.of_store, NOTIFY_NEWMAIL_RECEIVED, &mail), S_OK);
    assert_spy("A SpoolStoreone.NotifyNewMail(0, IPM.Own)\nA SpoolStoreone.Release() = 1\n");
    assert_hr(IMAPISupport_SpoolerNotify(fixture.of_transport, NOTIFY_CRITSEC | NOTIFY_NONCRIT, NULL),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(IMAPISupport_SpoolerYield(fixture.of_transport, 0), S_OK);
    assert_hr(IMAPISupport_SpoolerYield(fixture.of_transport, 1), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(IMAPISupport_SpoolerYield(fixture.of_store, 0), MAPI_E_NO_SUPPORT);
    end(&fixture);
}

/* imapisupport-statusrecips: from inside a call of the spooler's; the list is freed when it succeeds. */
struct status_call
{
    IMAPISupport *support;
    IMessage *message;
    HRESULT hr;
};

static ADRLIST *status_list(BOOL delivered)
{
    ADRLIST *list;

    assert_hr(MAPIAllocateBuffer(CbNewADRLIST(1), (void **)&list), S_OK);
    memset(list, 0, CbNewADRLIST(1));
    list->cEntries = 1;
    list->aEntries[0].cValues = 1;
    assert_hr(MAPIAllocateBuffer(sizeof(SPropValue), (void **)&list->aEntries[0].rgPropVals), S_OK);
    memset(list->aEntries[0].rgPropVals, 0, sizeof(SPropValue));
    list->aEntries[0].rgPropVals[0].ulPropTag = delivered ? PR_DELIVER_TIME : PR_NDR_REASON_CODE;
    return list;
}

static void call_status_recips(const char *point, void *context)
{
    struct status_call *call = context;

    (void)point;
    call->hr = IMAPISupport_StatusRecips(call->support, call->message, status_list(TRUE));
}

static void SUPPORT_status_recips(void **state)
{
    static const struct spy_setup calls[] = {
            {MAPI_STORE_PROVIDER, L"one", 0, NULL, 1, 0, NULL, 0},
            {MAPI_TRANSPORT_PROVIDER, L"xp", 0, L"XPLogonxp.SubmitMessage=call", 0, 0, NULL, 0}};
    struct status_call call = {NULL, NULL, E_UNEXPECTED};
    SPropValue subject = {.ulPropTag = PR_SUBJECT_W};
    struct fixture fixture;
    struct mock mock;
    ADRLIST *list;

    (void)state;
    subject.Value.lpszW = (WCHAR *)L"hello";
    mock_init(&mock, 1, &subject, NULL);
    spy_begin();
    SPY_PROFILE(fixture.profile, calls);
    fixture.session = log_on_to(fixture.profile, 0);
    fixture.store = spy_open_store(fixture.session, L"one", MDB_WRITE);
    await_spy("TransportNotify(0x3)\n");
    call.support = spy_transport_support(L"xp");
    call.message = &mock.IMessage_iface;
    spy_set_callback(call_status_recips, &call);
    list = status_list(FALSE);
    assert_hr(IMAPISupport_StatusRecips(call.support, call.message, list), MAPI_E_BUSY);
    FreePadrlist(list);
    spy_submit(L"one", L"hello", L"SPY:a");
    await_spy("FinishedMsg(0, 1)\n");
    assert_hr(call.hr, S_OK);
    await_spy("B Messageone.SaveChanges(0x2, \"Delivered: hello\", REPORT.IPM.Note.DR, 1)\n"
              "B SpoolStoreone.NotifyNewMail(2, REPORT.IPM.Note.DR)\n");
    assert_hr(IMAPISupport_StatusRecips(call.support, NULL, NULL), MAPI_E_INVALID_PARAMETER);
    end(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(SUPPORT_prepare_submit), harness_test(SUPPORT_expand_recips),
            harness_test(SUPPORT_read_receipt),   harness_test(SUPPORT_do_sent_mail),
            harness_test(SUPPORT_complete_msg),   harness_test(SUPPORT_spooler_notify),
            harness_test(SUPPORT_status_recips),
    };
    return harness_run(tests);
}
