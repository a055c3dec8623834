/*
 * Messages, their folder and the outgoing queue of a store. The queue belongs to the DLL, so whoever opens the store finds
 * what was submitted before; its table is one of mapi32's, which tells of changes.
 */
#define SPY_INSIDE
#include "spy.h"

#include <stdio.h>
#include <string.h>

#define RECIPIENTS_MAX 8

struct recipient
{
    WCHAR type[16], address[48];
    BOOL responsible;
};

struct mail
{
    struct mail *next; /* oldest first */
    ULONG number, recipient_count;
    BOOL queued, preprocessed;
    WCHAR store[32], subject[64], class_name[64];
    struct recipient recipients[RECIPIENTS_MAX];
};

struct message
{
    struct spy_object object;
    ULONG number;
    BOOL saved;
};

/* Under the lock, which is held for calls of table data too: nothing comes back from there. */
static struct
{
    SRWLOCK lock;
    struct mail *first;
    struct spy_logon *logons; /* whose queue is open */
    ULONG last;
} mails = {.lock = SRWLOCK_INIT};

static SCODE create_table(const SPropTagArray *columns, ITableData **table)
{
    SCODE(WINAPI * create)
    (LPCIID, ALLOCATEBUFFER *, ALLOCATEMORE *, FREEBUFFER *, void *, ULONG, ULONG, SPropTagArray *, ITableData **);

    *(FARPROC *)&create = GetProcAddress(GetModuleHandleW(L"mapi32.dll"), "CreateTable");
    return create(&IID_IMAPITableData, spy_allocate, spy_more, spy_free, NULL, TBLTYPE_DYNAMIC, PR_ROWID,
                  (SPropTagArray *)columns, table);
}

/* Under the lock. */
static struct mail *find(ULONG number)
{
    struct mail *mail;

    for (mail = mails.first; mail && mail->number != number; mail = mail->next)
        ;
    return mail;
}

static struct mail *add(const WCHAR *store)
{
    struct mail *mail = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*mail)), **link;

    lstrcpynW(mail->store, store, ARRAYSIZE(mail->store));
    lstrcpyW(mail->class_name, L"IPM.Note");
    mail->number = ++mails.last;
    for (link = &mails.first; *link; link = &(*link)->next)
        ;
    return *link = mail;
}

static void drop(struct mail *mail)
{
    struct mail **link;

    for (link = &mails.first; *link != mail; link = &(*link)->next)
        ;
    *link = mail->next;
    HeapFree(GetProcessHeap(), 0, mail);
}

void spy_mail_reset(void)
{
    AcquireSRWLockExclusive(&mails.lock);
    while (mails.first)
        drop(mails.first);
    mails.last = 0;
    ReleaseSRWLockExclusive(&mails.lock);
}

#define ID_SIZE (4 + sizeof(MAPIUID) + 4)

static void make_id(const struct spy_logon *logon, ULONG number, BYTE id[ID_SIZE])
{
    memset(id, 0, ID_SIZE);
    memcpy(id + 4, &logon->uid, sizeof(logon->uid));
    memcpy(id + 4 + sizeof(logon->uid), &number, sizeof(number));
}

/* 0: no message's. */
static ULONG number_of(ULONG size, const void *id)
{
    ULONG number = 0;

    if (size == ID_SIZE)
        memcpy(&number, (const BYTE *)id + 4 + sizeof(MAPIUID), sizeof(number));
    return number;
}

/* One that needs none. */
static BOOL is_preprocessed(const struct mail *mail)
{
    return wcsncmp(mail->subject, L"pre:", 4) != 0;
}

/* Under the lock. */
static void show_row(struct spy_logon *logon, const struct mail *mail)
{
    SPropValue values[4] = {{.ulPropTag = PR_ENTRYID},
                            {.ulPropTag = PR_SUBMIT_FLAGS},
                            {.ulPropTag = PR_CLIENT_SUBMIT_TIME},
                            {.ulPropTag = PR_ROWID}};
    SRow row = {0, ARRAYSIZE(values), values};
    BYTE id[ID_SIZE];

    make_id(logon, mail->number, id);
    values[0].Value.bin.cb = sizeof(id);
    values[0].Value.bin.lpb = id;
    values[1].Value.l = is_preprocessed(mail) || mail->preprocessed ? 0 : SUBMITFLAG_PREPROCESS;
    values[2].Value.ft.dwLowDateTime = mail->number;
    values[3].Value.l = mail->number;
    logon->queue->lpVtbl->HrModifyRow(logon->queue, &row);
}

static void hide_row(struct spy_logon *logon, ULONG number)
{
    SPropValue index = {.ulPropTag = PR_ROWID};

    index.Value.l = number;
    logon->queue->lpVtbl->HrDeleteRow(logon->queue, &index);
}

HRESULT spy_mail_queue(struct spy_logon *logon, IMAPITable **table)
{
    static const SizedSPropTagArray(4, columns) = {4, {PR_ENTRYID, PR_SUBMIT_FLAGS, PR_CLIENT_SUBMIT_TIME, PR_ROWID}};
    const struct mail *mail;
    HRESULT hr = S_OK;

    AcquireSRWLockExclusive(&mails.lock);
    if (!logon->queue && SUCCEEDED(hr = create_table((SPropTagArray *)&columns, &logon->queue)))
    {
        logon->next_queue = mails.logons;
        mails.logons = logon;
        for (mail = mails.first; mail; mail = mail->next)
            if (mail->queued && !lstrcmpW(mail->store, logon->object.name))
                show_row(logon, mail);
    }
    if (SUCCEEDED(hr))
        hr = logon->queue->lpVtbl->HrGetView(logon->queue, NULL, NULL, 0, table);
    ReleaseSRWLockExclusive(&mails.lock);
    return hr;
}

void spy_mail_close(struct spy_logon *logon)
{
    ITableData *queue = NULL;
    struct spy_logon **link;

    AcquireSRWLockExclusive(&mails.lock);
    for (link = &mails.logons; *link && *link != logon; link = &(*link)->next_queue)
        ;
    if (*link)
    {
        *link = logon->next_queue;
        queue = logon->queue;
        logon->queue = NULL;
    }
    ReleaseSRWLockExclusive(&mails.lock);
    if (queue)
        queue->lpVtbl->Release(queue);
}

/* recipients: "TYPE:address;TYPE:address". What SubmitMessage of a message in the store would do. */
__declspec(dllexport) ULONG SpySubmit(const WCHAR *store, const WCHAR *subject, const WCHAR *recipients)
{
    struct recipient *recipient;
    struct spy_logon *logon;
    const WCHAR *colon, *end;
    struct mail *mail;
    ULONG number;

    AcquireSRWLockExclusive(&mails.lock);
    mail = add(store);
    mail->queued = TRUE;
    lstrcpynW(mail->subject, subject, ARRAYSIZE(mail->subject));
    for (; *recipients && (colon = wcschr(recipients, ':')); recipients = *end ? end + 1 : end)
    {
        if (!(end = wcschr(colon, ';')))
            end = colon + lstrlenW(colon);
        recipient = &mail->recipients[mail->recipient_count++];
        lstrcpynW(recipient->type, recipients, (int)min(colon - recipients + 1, ARRAYSIZE(recipient->type)));
        lstrcpynW(recipient->address, colon + 1, (int)min(end - colon, ARRAYSIZE(recipient->address)));
    }
    number = mail->number;
    for (logon = mails.logons; logon; logon = logon->next_queue)
        if (!lstrcmpW(store, logon->object.name))
            show_row(logon, mail);
    ReleaseSRWLockExclusive(&mails.lock);
    return number;
}

/* Out of the queue: what AbortSubmit or FinishedMsg does. FALSE: it is not in it. */
BOOL spy_mail_remove(ULONG number)
{
    struct spy_logon *logon;
    struct mail *mail;

    AcquireSRWLockExclusive(&mails.lock);
    if ((mail = find(number)))
    {
        for (logon = mails.logons; logon; logon = logon->next_queue)
            if (!lstrcmpW(mail->store, logon->object.name))
                hide_row(logon, number);
        drop(mail);
    }
    ReleaseSRWLockExclusive(&mails.lock);
    return mail != NULL;
}

__declspec(dllexport) void SpyRemove(ULONG number)
{
    spy_mail_remove(number);
}

__declspec(dllexport) ULONG SpyQueued(const WCHAR *store)
{
    const struct mail *mail;
    ULONG count = 0;

    AcquireSRWLockShared(&mails.lock);
    for (mail = mails.first; mail; mail = mail->next)
        count += mail->queued && !lstrcmpW(mail->store, store);
    ReleaseSRWLockShared(&mails.lock);
    return count;
}

/*
 * The message object.
 */

static HRESULT WINAPI message_QueryInterface(struct message *message, REFIID riid, void **out)
{
    return spy_query(&message->object, riid, out, IsEqualGUID(riid, &IID_IMAPIProp) ? &IID_IMAPIProp : &IID_IMessage);
}

static ULONG WINAPI message_Release(struct message *message)
{
    ULONG refcount = InterlockedDecrement(&message->object.refcount);

    if (!refcount)
    {
        spy_forget_object();
        spy_free(message);
    }
    return refcount;
}

/* A copy of the message as it is; FALSE: it is gone. */
static BOOL read_mail(ULONG number, struct mail *copy)
{
    const struct mail *mail;

    AcquireSRWLockShared(&mails.lock);
    if ((mail = find(number)))
        *copy = *mail;
    ReleaseSRWLockShared(&mails.lock);
    return mail != NULL;
}

/* A new one is there when it is saved for the first time. */
static HRESULT WINAPI message_SaveChanges(struct message *message, ULONG ulFlags)
{
    struct mail mail;

    if (!read_mail(message->number, &mail))
        return MAPI_E_OBJECT_DELETED;
    if (mail.queued)
        return S_OK;
    message->saved = TRUE;
    return spy_call(&message->object, "SaveChanges", "%#lx, \"%ls\", %ls, %lu", ulFlags, mail.subject, mail.class_name,
                    mail.recipient_count);
}

static void copy_text(void *base, const WCHAR *text, SPropValue *value)
{
    if (SUCCEEDED(spy_more((lstrlenW(text) + 1) * sizeof(WCHAR), base, (void **)&value->Value.lpszW)))
        lstrcpyW(value->Value.lpszW, text);
}

static HRESULT WINAPI message_GetProps(struct message *message, SPropTagArray *tags, ULONG ulFlags, ULONG *count,
                                       SPropValue **values)
{
    struct mail mail;
    SPropValue *value;
    ULONG i;

    (void)ulFlags;
    *count = 0;
    *values = NULL;
    if (!tags || !read_mail(message->number, &mail)
        || FAILED(spy_allocate(tags->cValues * sizeof(*value), (void **)values)))
        return MAPI_E_CALL_FAILED;
    for (i = 0; i < tags->cValues; i++)
    {
        value = &(*values)[i];
        value->ulPropTag = tags->aulPropTag[i];
        if (value->ulPropTag == PR_SUBJECT_W)
            copy_text(*values, mail.subject, value);
        else if (value->ulPropTag == PR_MESSAGE_CLASS_W)
            copy_text(*values, mail.class_name, value);
        else if (value->ulPropTag == PR_MESSAGE_FLAGS)
            value->Value.l = 0;
        else if (value->ulPropTag == PR_PREPROCESS)
            value->Value.b = (unsigned short)!is_preprocessed(&mail);
        else if (value->ulPropTag == PR_ENTRYID && (mail.queued || message->saved)
                 && SUCCEEDED(spy_more(ID_SIZE, *values, (void **)&value->Value.bin.lpb)))
        {
            value->Value.bin.cb = ID_SIZE;
            make_id(message->object.logon, mail.number, value->Value.bin.lpb);
        }
        else
        {
            value->ulPropTag = PROP_TAG(PT_ERROR, PROP_ID(value->ulPropTag));
            value->Value.err = MAPI_E_NOT_FOUND;
        }
    }
    *count = tags->cValues;
    return S_OK;
}

static HRESULT WINAPI message_SetProps(struct message *message, ULONG count, SPropValue *values,
                                       SPropProblemArray **problems)
{
    struct mail *mail;
    ULONG i;

    if (problems)
        *problems = NULL;
    AcquireSRWLockExclusive(&mails.lock);
    for (i = 0, mail = find(message->number); mail && i < count; i++)
    {
        if (values[i].ulPropTag == PR_SUBJECT_W)
            lstrcpynW(mail->subject, values[i].Value.lpszW, ARRAYSIZE(mail->subject));
        else if (values[i].ulPropTag == PR_MESSAGE_CLASS_W)
            lstrcpynW(mail->class_name, values[i].Value.lpszW, ARRAYSIZE(mail->class_name));
    }
    ReleaseSRWLockExclusive(&mails.lock);
    return mail ? S_OK : MAPI_E_OBJECT_DELETED;
}

static HRESULT WINAPI message_GetRecipientTable(struct message *message, ULONG ulFlags, IMAPITable **table)
{
    static const SizedSPropTagArray(5, columns) = {
            5, {PR_ROWID, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_RESPONSIBILITY, PR_RECIPIENT_TYPE}};
    SPropValue values[5] = {{.ulPropTag = PR_ROWID},
                            {.ulPropTag = PR_ADDRTYPE_W},
                            {.ulPropTag = PR_EMAIL_ADDRESS_W},
                            {.ulPropTag = PR_RESPONSIBILITY},
                            {.ulPropTag = PR_RECIPIENT_TYPE}};
    SRow row = {0, ARRAYSIZE(values), values};
    struct mail mail;
    ITableData *data;
    HRESULT hr;
    ULONG i;

    (void)ulFlags;
    if (!read_mail(message->number, &mail))
        return MAPI_E_OBJECT_DELETED;
    if (FAILED(hr = create_table((SPropTagArray *)&columns, &data)))
        return hr;
    for (i = 0; i < mail.recipient_count; i++)
    {
        values[0].Value.l = i;
        values[1].Value.lpszW = mail.recipients[i].type;
        values[2].Value.lpszW = mail.recipients[i].address;
        values[3].Value.b = (unsigned short)mail.recipients[i].responsible;
        values[4].Value.l = MAPI_TO;
        data->lpVtbl->HrModifyRow(data, &row);
    }
    hr = data->lpVtbl->HrGetView(data, NULL, NULL, 0, table);
    data->lpVtbl->Release(data);
    return hr;
}

/* Responsibility of those that are there, or any others at the end. */
static HRESULT WINAPI message_ModifyRecipients(struct message *message, ULONG ulFlags, ADRLIST *list)
{
    const SPropValue *values;
    struct mail *mail;
    ULONG i, k, index;

    AcquireSRWLockExclusive(&mails.lock);
    mail = find(message->number);
    for (i = 0; mail && i < list->cEntries; i++)
    {
        values = list->aEntries[i].rgPropVals;
        index = ulFlags & MODRECIP_ADD && mail->recipient_count < RECIPIENTS_MAX ? mail->recipient_count++ : 0;
        for (k = 0; k < list->aEntries[i].cValues; k++)
        {
            if (values[k].ulPropTag == PR_ROWID && (ulFlags & MODRECIP_MODIFY))
                index = min((ULONG)values[k].Value.l, RECIPIENTS_MAX - 1);
            else if (values[k].ulPropTag == PR_RESPONSIBILITY)
                mail->recipients[index].responsible = values[k].Value.b;
        }
    }
    ReleaseSRWLockExclusive(&mails.lock);
    return mail ? S_OK : MAPI_E_OBJECT_DELETED;
}

/* Of a message in the queue: it has been preprocessed. */
static HRESULT WINAPI message_SubmitMessage(struct message *message, ULONG ulFlags)
{
    struct spy_logon *logon;
    struct mail *mail;

    spy_call(&message->object, "SubmitMessage", "%#lx", ulFlags);
    AcquireSRWLockExclusive(&mails.lock);
    if ((mail = find(message->number)))
    {
        mail->preprocessed = TRUE;
        for (logon = mails.logons; logon; logon = logon->next_queue)
            if (!lstrcmpW(mail->store, logon->object.name))
                show_row(logon, mail);
    }
    ReleaseSRWLockExclusive(&mails.lock);
    return mail ? S_OK : MAPI_E_OBJECT_DELETED;
}

static const void *const message_vtbl[] = {message_QueryInterface,
                                           spy_addref,
                                           message_Release,
                                           NONE(4),
                                           message_SaveChanges,
                                           message_GetProps,
                                           NONE(3),
                                           NONE(6),
                                           message_SetProps,
                                           NONE(3),
                                           NONE(10),
                                           NONE(8),
                                           NONE(6),
                                           NONE(5),
                                           NONE(3),
                                           NONE(5),
                                           NONE(5),
                                           NONE(5),
                                           message_GetRecipientTable,
                                           message_ModifyRecipients,
                                           message_SubmitMessage,
                                           NONE(2)};

static HRESULT create_message(struct spy_logon *logon, ULONG number, void **out)
{
    struct message *message =
            (struct message *)spy_create(sizeof(*message), "Message", message_vtbl, logon->object.name);

    *out = message;
    if (!message)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    message->object.logon = logon;
    message->number = number;
    return S_OK;
}

/*
 * The one folder.
 */

static HRESULT WINAPI folder_QueryInterface(struct spy_object *folder, REFIID riid, void **out)
{
    return spy_query(folder, riid, out, IsEqualGUID(riid, &IID_IMAPIProp) ? &IID_IMAPIProp : &IID_IMAPIFolder);
}

static ULONG WINAPI folder_Release(struct spy_object *folder)
{
    ULONG refcount = InterlockedDecrement(&folder->refcount);

    if (!refcount)
    {
        spy_forget_object();
        spy_free(folder);
    }
    return refcount;
}

static HRESULT WINAPI folder_CreateMessage(struct spy_object *folder, const IID *iid, ULONG ulFlags, void **message)
{
    ULONG number;

    (void)iid;
    (void)ulFlags;
    AcquireSRWLockExclusive(&mails.lock);
    number = add(folder->name)->number;
    ReleaseSRWLockExclusive(&mails.lock);
    return create_message(folder->logon, number, message);
}

static const void *const folder_vtbl[] = {folder_QueryInterface,
                                          spy_addref,
                                          folder_Release,
                                          NONE(4),
                                          NONE(2),
                                          NONE(5),
                                          NONE(3),
                                          NONE(6),
                                          NONE(4),
                                          NONE(3),
                                          NONE(10),
                                          NONE(8),
                                          NONE(6),
                                          NONE(5),
                                          NONE(3),
                                          NONE(3),
                                          NONE(7),
                                          NONE(4),
                                          NONE(5),
                                          folder_CreateMessage,
                                          NONE(7),
                                          NONE(5),
                                          NONE(7),
                                          NONE(9),
                                          NONE(6),
                                          NONE(5),
                                          NONE(5),
                                          NONE(6),
                                          NONE(3),
                                          NONE(4)};

/* A message, or for any other identifier the folder. */
HRESULT spy_mail_open(struct spy_logon *logon, ULONG size, const void *id, ULONG *type, void **out)
{
    ULONG number = number_of(size, id);
    struct spy_object *folder;
    struct mail mail;

    *out = NULL;
    if (number)
    {
        *type = MAPI_MESSAGE;
        return read_mail(number, &mail) ? create_message(logon, number, out) : MAPI_E_NOT_FOUND;
    }
    if (!(folder = spy_create(sizeof(*folder), "Inbox", folder_vtbl, logon->object.name)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    folder->logon = logon;
    *type = MAPI_FOLDER;
    *out = folder;
    return S_OK;
}

HRESULT spy_mail_folder_id(struct spy_logon *logon, ULONG *size, void **id)
{
    HRESULT hr = spy_allocate(ID_SIZE, id);

    if (SUCCEEDED(hr))
        make_id(logon, 0, *id);
    *size = SUCCEEDED(hr) ? ID_SIZE : 0;
    return hr;
}

ULONG spy_mail_number(const void *message)
{
    return ((const struct message *)message)->number;
}

ULONG spy_mail_id_number(ULONG size, const void *id)
{
    return number_of(size, id);
}

__declspec(dllexport) void SpyMessageId(const MAPIUID *uid, ULONG number, BYTE *id)
{
    struct spy_logon logon = {.uid = *uid};

    make_id(&logon, number, id);
}
