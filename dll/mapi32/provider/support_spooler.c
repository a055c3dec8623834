/*
 * The support object's methods that reach the spooler, and what transports and stores need to carry messages.
 */
#include "provider/set.h"

/* NULL: the session has none. */
static const struct spooling *spooling_of(const struct support *support)
{
    return support->logon->set->spooling;
}

static void *spooler_of(const struct support *support)
{
    return support->logon->set->spooler;
}

/* What data has to point to, by the one flag that says so. */
static BOOL data_valid(ULONG flags, void *data)
{
    const SBinary *id = data;

    if (flags & NOTIFY_SENTDEFERRED)
        return memory_readable(id, sizeof(*id)) && id->cb && memory_readable(id->lpb, id->cb);
    if (flags & NOTIFY_NEWMAIL_RECEIVED)
        return data && memory_readable(data, sizeof(NEWMAIL_NOTIFICATION));
    return TRUE;
}

/*
 * imapisupport-spoolernotify.
 *
 * MAPI_E_UNKNOWN_FLAGS: none, unknown ones, or not the flavour's; MAPI_E_INVALID_PARAMETER: two that use lpvData, or it
 * cannot be read; MAPI_E_NOT_FOUND: no such deferred message; MAPI_E_BUSY: a transport's TransportLogon has not returned.
 * Without a spooler nothing hears it, which is no failure.
 */
HRESULT STDMETHODCALLTYPE support_SpoolerNotify(IMAPISupport *iface, ULONG ulFlags, void *lpvData)
{
    static const ULONG transport = NOTIFY_NEWMAIL | NOTIFY_READYTOSEND | NOTIFY_SENTDEFERRED | NOTIFY_CRITSEC
                                   | NOTIFY_NONCRIT | NOTIFY_CONFIG_CHANGE | NOTIFY_CRITICAL_ERROR;
    static const ULONG store = NOTIFY_NEWMAIL_RECEIVED | NOTIFY_READYTOSEND;
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, flags %#lx, data %p\n", iface, ulFlags, lpvData);

    if (FAILED(hr = support_enter(support, SUPPORT_STORE | SUPPORT_TRANSPORT)))
        return hr;
    if (!ulFlags || (ulFlags & ~(support->flavour == SUPPORT_STORE ? store : transport)))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if ((ulFlags & NOTIFY_SENTDEFERRED && ulFlags & NOTIFY_CRITICAL_ERROR)
             || (ulFlags & NOTIFY_CRITSEC && ulFlags & NOTIFY_NONCRIT) || !data_valid(ulFlags, lpvData))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (spooling_of(support))
        hr = spooling_of(support)->notified(spooler_of(support), support->logon, ulFlags, lpvData);
    return support_leave(support, hr);
}

/* imapisupport-spooleryield. MAPI_W_CANCEL_MESSAGE: the session ends. */
HRESULT STDMETHODCALLTYPE support_SpoolerYield(IMAPISupport *iface, ULONG ulFlags)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, flags %#lx\n", iface, ulFlags);

    if (FAILED(hr = support_enter(support, SUPPORT_TRANSPORT)))
        return hr;
    if (ulFlags)
        return support_leave(support, MAPI_E_UNKNOWN_FLAGS);
    SwitchToThread();
    if (spooling_of(support) && spooling_of(support)->yielded(spooler_of(support)))
        hr = MAPI_W_CANCEL_MESSAGE;
    return support_leave(support, hr);
}

/* imapisupport-completemsg. MAPI_E_BUSY: the spooler is not on the store. */
HRESULT STDMETHODCALLTYPE support_CompleteMsg(IMAPISupport *iface, ULONG ulFlags, ULONG cbEntryID, ENTRYID *lpEntryID)
{
    struct support *support = impl_from_IMAPISupport(iface);
    SBinary id = {cbEntryID, (BYTE *)lpEntryID};
    HRESULT hr;

    TRACE("iface %p, flags %#lx, size %lu, entryid %p\n", iface, ulFlags, cbEntryID, lpEntryID);

    if (FAILED(hr = support_enter(support, SUPPORT_STORE)))
        return hr;
    if (ulFlags)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!cbEntryID || !lpEntryID || !memory_readable(lpEntryID, cbEntryID))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!spooling_of(support))
        hr = MAPI_E_BUSY;
    else
        hr = spooling_of(support)->completed(spooler_of(support), support->logon, &id);
    return support_leave(support, hr);
}

static BOOL recipients_valid(const ADRLIST *list)
{
    size_t size;
    ULONG i, k;

    if (!list || !memory_readable(list, FIELD_OFFSET(ADRLIST, aEntries)) || !list->cEntries
        || !size_multiply(list->cEntries, sizeof(ADRENTRY), &size) || !memory_readable(list->aEntries, size))
        return FALSE;
    for (i = 0; i < list->cEntries; i++)
    {
        if (!size_multiply(list->aEntries[i].cValues, sizeof(SPropValue), &size)
            || !memory_readable(list->aEntries[i].rgPropVals, size))
            return FALSE;
        for (k = 0; k < list->aEntries[i].cValues; k++)
            if (!prop_valid(&list->aEntries[i].rgPropVals[k]))
                return FALSE;
    }
    return TRUE;
}

/*
 * imapisupport-statusrecips. A success frees the list. MAPI_E_INVALID_PARAMETER; MAPI_E_BUSY: not inside a call of the
 * spooler's; MAPI_E_NOT_FOUND: there is no store that a report could go into; what that store answers.
 */
HRESULT STDMETHODCALLTYPE support_StatusRecips(IMAPISupport *iface, IMessage *lpMessage, ADRLIST *lpRecipList)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, message %p, recipients %p\n", iface, lpMessage, lpRecipList);

    if (FAILED(hr = support_enter(support, SUPPORT_TRANSPORT)))
        return hr;
    if (!memory_is_interface(lpMessage, 22) || !recipients_valid(lpRecipList))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!spooling_of(support))
        hr = MAPI_E_BUSY;
    else if (SUCCEEDED(hr = spooling_of(support)->reported(spooler_of(support), lpMessage, lpRecipList)))
        FreePadrlist(lpRecipList);
    return support_leave(support, hr);
}

static BOOL copy_name(const char *name, char copy[PREPROCESSOR_NAME_MAX])
{
    WCHAR wide[PREPROCESSOR_NAME_MAX];

    *copy = 0;
    if (FAILED(text_from_caller(name, 0, wide, ARRAY_SIZE(wide))))
        return FALSE;
    return WideCharToMultiByte(CP_ACP, 0, wide, -1, copy, PREPROCESSOR_NAME_MAX, NULL, NULL) > 0;
}

/*
 * imapisupport-registerpreprocessor. The strings are ANSI, as ulFlags is reserved; the DLL's name is one of a provider's,
 * without "32". MAPI_E_INVALID_PARAMETER: a string that cannot be read or is too long, no DLL, neither function;
 * MAPI_E_UNKNOWN_FLAGS; what loading the DLL answers (provider/library.h).
 */
HRESULT STDMETHODCALLTYPE support_RegisterPreprocessor(IMAPISupport *iface, MAPIUID *lpMuid, LPTSTR lpszAdrType,
                                                       LPTSTR lpszDLLName, LPSTR lpszPreprocess,
                                                       LPSTR lpszRemovePreprocessInfo, ULONG ulFlags)
{
    struct support *support = impl_from_IMAPISupport(iface);
    struct preprocessor_names names = {0};
    HRESULT hr;

    TRACE("iface %p, uid %p, type %p, dll %p, functions %p %p, flags %#lx\n", iface, lpMuid, lpszAdrType, lpszDLLName,
          lpszPreprocess, lpszRemovePreprocessInfo, ulFlags);

    if (FAILED(hr = support_enter(support, SUPPORT_TRANSPORT)))
        return hr;
    if (ulFlags)
        return support_leave(support, MAPI_E_UNKNOWN_FLAGS);
    if ((names.has_uid = lpMuid != NULL) && !memory_readable(lpMuid, sizeof(*lpMuid)))
        return support_leave(support, MAPI_E_INVALID_PARAMETER);
    if (lpMuid)
        names.uid = *lpMuid;
    if (FAILED(text_from_caller(lpszAdrType, 0, names.type, ARRAY_SIZE(names.type)))
        || FAILED(text_from_caller(lpszDLLName, 0, names.dll, ARRAY_SIZE(names.dll))) || !*names.dll
        || !copy_name(lpszPreprocess, names.run) || !copy_name(lpszRemovePreprocessInfo, names.undo)
        || (!*names.run && !*names.undo))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (spooling_of(support))
        hr = spooling_of(support)->preprocessor(spooler_of(support), support->logon, &names);
    return support_leave(support, hr);
}

/*
 * DoSentMail.
 */

static const SizedSPropTagArray(4, sent_tags) = {
        4, {PR_DELETE_AFTER_SUBMIT, PR_SENTMAIL_ENTRYID, PR_PARENT_ENTRYID, PR_ENTRYID}};

static HRESULT open_folder(struct support *support, const SPropValue *id, IMAPIFolder **folder)
{
    IMAPISession *session = support->logon->set->host.session;
    ULONG type;

    *folder = NULL;
    return IMAPISession_OpenEntry(session, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, &IID_IMAPIFolder,
                                  MAPI_MODIFY, &type, (IUnknown **)folder);
}

/* imsgstore-finishedmsg, the table: both properties move it there, and the one that deletes comes last. */
static HRESULT file_message(struct support *support, const SPropValue *values)
{
    ENTRYLIST list = {1, (SBinary *)&values[3].Value.bin};
    BOOL deletes = values[0].ulPropTag == PR_DELETE_AFTER_SUBMIT && values[0].Value.b;
    BOOL moves = values[1].ulPropTag == PR_SENTMAIL_ENTRYID && values[1].Value.bin.cb;
    IMAPIFolder *folder, *sent;
    HRESULT hr = S_OK;

    if (!deletes && !moves)
        return S_OK;
    if (values[2].ulPropTag != PR_PARENT_ENTRYID || values[3].ulPropTag != PR_ENTRYID)
        return MAPI_E_NOT_FOUND;
    if (FAILED(hr = open_folder(support, &values[2], &folder)))
        return hr;
    if (deletes)
        hr = IMAPIFolder_DeleteMessages(folder, &list, 0, NULL, 0);
    else if (SUCCEEDED(hr = open_folder(support, &values[1], &sent)))
    {
        hr = IMAPIFolder_CopyMessages(folder, &list, &IID_IMAPIFolder, sent, 0, NULL, MESSAGE_MOVE);
        IMAPIFolder_Release(sent);
    }
    IMAPIFolder_Release(folder);
    return hr;
}

/*
 * imapisupport-dosentmail. The message is released in any case, before it is moved: who moves it needs it closed. Hook
 * providers are not supported. MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_FLAGS: nothing was done; MAPI_E_NOT_FOUND: it has
 * no folder; what the folders answer.
 */
HRESULT STDMETHODCALLTYPE support_DoSentMail(IMAPISupport *iface, ULONG ulFlags, IMessage *lpMessage)
{
    struct support *support = impl_from_IMAPISupport(iface);
    SPropValue *values = NULL;
    ULONG count;
    HRESULT hr;

    TRACE("iface %p, flags %#lx, message %p\n", iface, ulFlags, lpMessage);

    if (FAILED(hr = support_enter(support, SUPPORT_STORE)))
        return hr;
    if (ulFlags)
        return support_leave(support, MAPI_E_UNKNOWN_FLAGS);
    if (!memory_is_interface(lpMessage, 22))
        return support_leave(support, MAPI_E_INVALID_PARAMETER);
    hr = IMessage_GetProps(lpMessage, (SPropTagArray *)&sent_tags, 0, &count, &values);
    IMessage_Release(lpMessage);
    if (SUCCEEDED(hr) && count == ARRAY_SIZE(sent_tags.aulPropTag))
        hr = file_message(support, values);
    MAPIFreeBuffer(values);
    return support_leave(support, FAILED(hr) ? hr : S_OK);
}
