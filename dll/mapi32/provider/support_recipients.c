/*
 * The support object's methods that prepare a message's recipients for sending (sending-messages-message-store-provider-
 * tasks).
 */
#include "provider/set.h"

#define PERSONAL_LIST L"MAPIPDL"
#define LIST_MAX 0x1000 /* members of a personal distribution list */

/* Every column that the message has of its recipients, wide where it can be. */
static HRESULT read_recipients(IMessage *message, SRowSet **rows)
{
    IMAPITable *table;
    HRESULT hr;

    *rows = NULL;
    if (FAILED(hr = IMessage_GetRecipientTable(message, MAPI_UNICODE, &table)))
        return hr;
    hr = HrQueryAllRows(table, NULL, NULL, NULL, 0, rows);
    IMAPITable_Release(table);
    return hr;
}

static SPropValue *find(const SRow *row, ULONG tag)
{
    ULONG i;

    for (i = 0; i < row->cValues; i++)
        if (row->lpProps[i].ulPropTag == tag)
            return &row->lpProps[i];
    return NULL;
}

/*
 * PrepareSubmit.
 */

/* The row without what it lacks, with these two; chained to the row's own buffer. */
static HRESULT change_recipient(const SRow *row, LONG type, BOOL responsible, ADRENTRY *entry)
{
    SPropValue *values;
    ULONG i, count = 0;
    HRESULT hr;

    hr = MAPIAllocateMore((row->cValues + 2) * sizeof(*values), row->lpProps, (void **)&values);
    if (FAILED(hr))
        return hr;
    for (i = 0; i < row->cValues; i++)
    {
        ULONG tag = row->lpProps[i].ulPropTag;

        if (PROP_TYPE(tag) != PT_ERROR && tag != PR_RECIPIENT_TYPE && tag != PR_RESPONSIBILITY)
            values[count++] = row->lpProps[i];
    }
    values[count].ulPropTag = PR_RECIPIENT_TYPE;
    values[count++].Value.l = type;
    values[count].ulPropTag = PR_RESPONSIBILITY;
    values[count++].Value.b = (unsigned short)responsible;
    entry->cValues = count;
    entry->rgPropVals = values;
    return S_OK;
}

static HRESULT prepare(IMessage *message)
{
    SPropValue *type;
    ADRLIST *list;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = read_recipients(message, &rows)))
        return hr;
    if (SUCCEEDED(hr = MAPIAllocateBuffer(CbNewADRLIST(rows->cRows), (void **)&list)))
    {
        memset(list, 0, CbNewADRLIST(rows->cRows));
        for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
        {
            if (!(type = find(&rows->aRow[i], PR_RECIPIENT_TYPE)) || !find(&rows->aRow[i], PR_ROWID))
                continue;
            if (type->Value.l & (LONG)MAPI_SUBMITTED) /* did not get it: is sent to */
                hr = change_recipient(&rows->aRow[i], type->Value.l & ~(LONG)MAPI_SUBMITTED, FALSE,
                                      &list->aEntries[list->cEntries++]);
            else
                hr = change_recipient(&rows->aRow[i], MAPI_P1, TRUE, &list->aEntries[list->cEntries++]);
        }
        if (SUCCEEDED(hr) && list->cEntries)
            hr = IMessage_ModifyRecipients(message, MODRECIP_MODIFY, list);
        MAPIFreeBuffer(list);
    }
    FreeProws(rows);
    return hr;
}

/*
 * imapisupport-preparesubmit: only a message with MSGFLAG_RESEND changes. *lpulFlags has to be 0 and stays so.
 * MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_FLAGS; what the message answers.
 */
HRESULT STDMETHODCALLTYPE support_PrepareSubmit(IMAPISupport *iface, IMessage *lpMessage, ULONG *lpulFlags)
{
    static const SizedSPropTagArray(1, tags) = {1, {PR_MESSAGE_FLAGS}};
    struct support *support = impl_from_IMAPISupport(iface);
    SPropValue *values = NULL;
    ULONG count;
    HRESULT hr;

    TRACE("iface %p, message %p, flags %p\n", iface, lpMessage, lpulFlags);

    if (FAILED(hr = support_enter(support, SUPPORT_STORE)))
        return hr;
    if (!memory_is_interface(lpMessage, 22) || !OUT_POINTER(lpulFlags))
        return support_leave(support, MAPI_E_INVALID_PARAMETER);
    if (*lpulFlags)
        return support_leave(support, MAPI_E_UNKNOWN_FLAGS);
    hr = IMessage_GetProps(lpMessage, (SPropTagArray *)&tags, 0, &count, &values);
    if (SUCCEEDED(hr))
    {
        hr = S_OK;
        if (count == 1 && values[0].ulPropTag == PR_MESSAGE_FLAGS && (values[0].Value.l & MSGFLAG_RESEND))
            hr = prepare(lpMessage);
        MAPIFreeBuffer(values);
    }
    return support_leave(support, hr);
}

/*
 * ExpandRecips.
 */

static BOOL same_text(const SRow *a, const SRow *b, ULONG tag)
{
    const SPropValue *one = find(a, tag), *other = find(b, tag);

    return one && other && !lstrcmpiW(one->Value.lpszW, other->Value.lpszW);
}

/* Two that are to get the message in the same way. */
static BOOL is_duplicate(const SRow *a, const SRow *b)
{
    const SPropValue *one = find(a, PR_RECIPIENT_TYPE), *other = find(b, PR_RECIPIENT_TYPE);

    return (one ? one->Value.l : MAPI_TO) == (other ? other->Value.l : MAPI_TO) && same_text(a, b, PR_ADDRTYPE_W)
           && same_text(a, b, PR_EMAIL_ADDRESS_W);
}

static BOOL is_list(const SRow *row)
{
    const SPropValue *type = find(row, PR_ADDRTYPE_W);

    return type && find(row, PR_ENTRYID) && !wcscmp(type->Value.lpszW, PERSONAL_LIST);
}

/* The members as recipients of the list's kind. */
static HRESULT add_members(IMessage *message, const SRow *row, SRowSet *members)
{
    const SPropValue *type = find(row, PR_RECIPIENT_TYPE);
    ADRLIST *list;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = MAPIAllocateBuffer(CbNewADRLIST(members->cRows), (void **)&list)))
        return hr;
    memset(list, 0, CbNewADRLIST(members->cRows));
    for (i = 0; i < members->cRows && SUCCEEDED(hr); i++)
        hr = change_recipient(&members->aRow[i], type ? type->Value.l : MAPI_TO, FALSE,
                              &list->aEntries[list->cEntries++]);
    if (SUCCEEDED(hr) && list->cEntries)
        hr = IMessage_ModifyRecipients(message, MODRECIP_ADD, list);
    MAPIFreeBuffer(list);
    return hr;
}

/* One that cannot be opened stays as it is: nobody takes its type, and the sender hears of it. */
static HRESULT expand_list(struct support *support, IMessage *message, const SRow *row, BOOL *expanded)
{
    static const SizedSPropTagArray(6, columns) = {
            6, {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_SEARCH_KEY, PR_OBJECT_TYPE}};
    IMAPISession *session = support->logon->set->host.session;
    const SBinary *id = &find(row, PR_ENTRYID)->Value.bin;
    SRowSet *members = NULL;
    IDistList *list = NULL;
    IMAPITable *table;
    ULONG type;
    HRESULT hr;

    *expanded = FALSE;
    hr = IMAPISession_OpenEntry(session, id->cb, (ENTRYID *)id->lpb, &IID_IDistList, 0, &type, (IUnknown **)&list);
    if (FAILED(hr) || FAILED(hr = IDistList_GetContentsTable(list, MAPI_UNICODE, &table)))
    {
        WARN("a personal distribution list cannot be had, %#lx\n", hr);
        if (list)
            IDistList_Release(list);
        return S_OK;
    }
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, LIST_MAX, &members);
    IMAPITable_Release(table);
    IDistList_Release(list);
    if (SUCCEEDED(hr))
    {
        hr = add_members(message, row, members);
        FreeProws(members);
    }
    *expanded = SUCCEEDED(hr);
    return hr;
}

static HRESULT remove_recipient(IMessage *message, const SRow *row)
{
    SPropValue *id = find(row, PR_ROWID);
    ADRLIST list = {.cEntries = 1};

    if (!id)
        return S_OK;
    list.aEntries[0].cValues = 1;
    list.aEntries[0].rgPropVals = id;
    return IMessage_ModifyRecipients(message, MODRECIP_REMOVE, &list);
}

static HRESULT expand_lists(struct support *support, IMessage *message)
{
    BOOL expanded;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = read_recipients(message, &rows)))
        return hr;
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
        if (is_list(&rows->aRow[i]) && SUCCEEDED(hr = expand_list(support, message, &rows->aRow[i], &expanded))
            && expanded)
            hr = remove_recipient(message, &rows->aRow[i]);
    FreeProws(rows);
    return hr;
}

static HRESULT remove_duplicates(IMessage *message)
{
    SRowSet *rows;
    HRESULT hr;
    ULONG i, k;

    if (FAILED(hr = read_recipients(message, &rows)))
        return hr;
    for (i = 1; i < rows->cRows && SUCCEEDED(hr); i++)
    {
        for (k = 0; k < i && !is_duplicate(&rows->aRow[k], &rows->aRow[i]); k++)
            ;
        if (k < i)
            hr = remove_recipient(message, &rows->aRow[i]);
    }
    FreeProws(rows);
    return hr;
}

/* Whether a transport's preprocessor has to see it, which PR_PREPROCESS keeps. */
static HRESULT check_preprocessing(const struct support *support, IMessage *message, ULONG *flags)
{
    const struct provider_set *set = support->logon->set;
    SPropValue value = {.ulPropTag = PR_PREPROCESS};

    if (!set->spooling || !set->spooling->needs_preprocessing(set->spooler, message))
        return S_OK;
    *flags |= NEEDS_PREPROCESSING;
    value.Value.b = TRUE;
    return IMessage_SetProps(message, 1, &value, NULL);
}

/*
 * imapisupport-expandrecips: personal distribution lists become their members, who is there twice is there once. The
 * spooler sends what a store does not send itself. MAPI_E_INVALID_PARAMETER; what the message answers.
 */
HRESULT STDMETHODCALLTYPE support_ExpandRecips(IMAPISupport *iface, IMessage *lpMessage, ULONG *lpulFlags)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, message %p, flags %p\n", iface, lpMessage, lpulFlags);

    if ((lpulFlags = OUT_POINTER(lpulFlags)))
        *lpulFlags = 0;
    if (FAILED(hr = support_enter(support, SUPPORT_STORE)))
        return hr;
    if (!lpulFlags || !memory_is_interface(lpMessage, 22))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (SUCCEEDED(hr = expand_lists(support, lpMessage)) && SUCCEEDED(hr = remove_duplicates(lpMessage)))
    {
        *lpulFlags = NEEDS_SPOOLER;
        hr = check_preprocessing(support, lpMessage, lpulFlags);
    }
    return support_leave(support, hr);
}
