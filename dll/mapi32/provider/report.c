/*
 * report: see report.h.
 */
#include <stdio.h>

#include "provider/report.h"
#include "provider/support_object.h"

static const struct
{
    const WCHAR *suffix, *subject;
} kinds[] = {{L"DR", L"Delivered"}, {L"NDR", L"Undeliverable"}, {L"IPNRN", L"Read"}, {L"IPNNRN", L"Not read"}};

/* What of the message is in the report, and under which name. */
enum
{
    ORIGINAL_CLASS,
    ORIGINAL_SUBJECT
};
static const SizedSPropTagArray(7, originals) = {7,
                                                 {PR_MESSAGE_CLASS_W, PR_SUBJECT_W, PR_CLIENT_SUBMIT_TIME,
                                                  PR_DISPLAY_TO_W, PR_DISPLAY_CC_W, PR_SEARCH_KEY, PR_REPORT_TAG}};
static const ULONG copies[7] = {0,
                                PR_ORIGINAL_SUBJECT_W,
                                PR_ORIGINAL_SUBMIT_TIME,
                                PR_ORIGINAL_DISPLAY_TO_W,
                                PR_ORIGINAL_DISPLAY_CC_W,
                                PR_ORIGINAL_SEARCH_KEY,
                                PR_REPORT_TAG};

static void join(WCHAR *buffer, size_t size, const WCHAR *format, const WCHAR *one, const WCHAR *two)
{
    _snwprintf(buffer, size - 1, format, one, two);
    buffer[size - 1] = 0;
}

/* required-report-message-properties */
HRESULT report_fill(IMessage *report, IMessage *message, enum report_kind kind)
{
    const WCHAR *subject = L"", *class_name = L"IPM.Note";
    WCHAR new_class[256], new_subject[512];
    SPropValue *values = NULL, set[ARRAY_SIZE(copies) + 3];
    ULONG count, i, found = 0;
    HRESULT hr;

    hr = IMessage_GetProps(message, (SPropTagArray *)&originals, MAPI_UNICODE, &count, &values);
    if (FAILED(hr))
        return hr;
    for (i = 0; i < count && i < ARRAY_SIZE(copies); i++)
    {
        if (values[i].ulPropTag != originals.aulPropTag[i])
            continue;
        if (i == ORIGINAL_CLASS)
            class_name = values[i].Value.lpszW;
        if (i == ORIGINAL_SUBJECT)
            subject = values[i].Value.lpszW;
        if (!copies[i])
            continue;
        set[found] = values[i];
        set[found++].ulPropTag = copies[i];
    }
    join(new_class, ARRAY_SIZE(new_class), L"REPORT.%ls.%ls", class_name, kinds[kind].suffix);
    join(new_subject, ARRAY_SIZE(new_subject), L"%ls: %ls", kinds[kind].subject, subject);
    set[found].ulPropTag = PR_MESSAGE_CLASS_W;
    set[found++].Value.lpszW = new_class;
    set[found].ulPropTag = PR_SUBJECT_W;
    set[found++].Value.lpszW = new_subject;
    set[found].ulPropTag = PR_REPORT_TIME;
    GetSystemTimeAsFileTime(&set[found++].Value.ft);
    hr = IMessage_SetProps(report, found, set, NULL);
    MAPIFreeBuffer(values);
    return hr;
}

#define ADDRESS_PROPS 4

/* The sender in the order of what a reply would take. */
static const SizedSPropTagArray(2 * ADDRESS_PROPS, senders) = {
        2 * ADDRESS_PROPS,
        {PR_SENT_REPRESENTING_ENTRYID, PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_ADDRTYPE_W,
         PR_SENT_REPRESENTING_EMAIL_ADDRESS_W, PR_SENDER_ENTRYID, PR_SENDER_NAME_W, PR_SENDER_ADDRTYPE_W,
         PR_SENDER_EMAIL_ADDRESS_W}};

HRESULT report_address(IMessage *report, IMessage *message)
{
    static const ULONG tags[ADDRESS_PROPS] = {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W};
    SPropValue *values = NULL, set[ADDRESS_PROPS + 1];
    ADRLIST list = {.cEntries = 1};
    ULONG count, i, first = 0, found = 0;
    HRESULT hr;

    hr = IMessage_GetProps(message, (SPropTagArray *)&senders, MAPI_UNICODE, &count, &values);
    if (FAILED(hr))
        return hr;
    if (count == 2 * ADDRESS_PROPS && values[0].ulPropTag != senders.aulPropTag[0])
        first = ADDRESS_PROPS;
    for (i = 0; count == 2 * ADDRESS_PROPS && i < ADDRESS_PROPS; i++)
    {
        if (values[first + i].ulPropTag != senders.aulPropTag[first + i])
            continue;
        set[found] = values[first + i];
        set[found++].ulPropTag = tags[i];
    }
    hr = MAPI_E_NOT_FOUND;
    if (found && set[0].ulPropTag == PR_ENTRYID)
    {
        set[found].ulPropTag = PR_RECIPIENT_TYPE;
        set[found++].Value.l = MAPI_TO;
        list.aEntries[0].cValues = found;
        list.aEntries[0].rgPropVals = set;
        hr = IMessage_ModifyRecipients(report, MODRECIP_ADD, &list);
    }
    MAPIFreeBuffer(values);
    return hr;
}

/*
 * imapisupport-readreceipt: *lppEmptyMessage becomes the report, addressed to whom the message came from; the store submits
 * it. MAPI_E_UNKNOWN_FLAGS, MAPI_E_INVALID_PARAMETER; MAPI_E_NOT_FOUND: the message does not say from whom; what the
 * messages answer.
 */
HRESULT STDMETHODCALLTYPE support_ReadReceipt(IMAPISupport *iface, ULONG ulFlags, IMessage *lpReadMessage,
                                              IMessage **lppEmptyMessage)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, flags %#lx, message %p, report %p\n", iface, ulFlags, lpReadMessage, lppEmptyMessage);

    if (FAILED(hr = support_enter(support, SUPPORT_STORE)))
        return hr;
    if (ulFlags & ~(ULONG)MAPI_NON_READ)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!OUT_POINTER(lppEmptyMessage) || !memory_is_interface(lpReadMessage, 22)
             || !memory_is_interface(*lppEmptyMessage, 22))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (SUCCEEDED(hr = report_address(*lppEmptyMessage, lpReadMessage)))
        hr = report_fill(*lppEmptyMessage, lpReadMessage, ulFlags & MAPI_NON_READ ? REPORT_NOT_READ : REPORT_READ);
    return support_leave(support, hr);
}
