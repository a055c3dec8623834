/*
 * MAPISendMailW: the other client's own, or a copy of the message in the ANSI code page for its MAPISendMail.
 */
#include "simple/simple.h"

/* Everything of one converted message, so that one loop frees it. */
struct narrow_message
{
    MapiMessage message;
    MapiRecipDesc originator;
};

static BOOL narrow_text(const WCHAR *text, char **out)
{
    int size;

    *out = NULL;
    if (!text)
        return TRUE;
    size = WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    if (size <= 0 || !(*out = heap_alloc((size_t)size)))
        return FALSE;
    return WideCharToMultiByte(CP_ACP, 0, text, -1, *out, size, NULL, NULL) == size;
}

static void free_recipient(MapiRecipDesc *recipient)
{
    heap_free(recipient->lpszName);
    heap_free(recipient->lpszAddress);
}

static void narrow_free(struct narrow_message *narrow)
{
    MapiMessage *message = &narrow->message;
    ULONG i;

    heap_free(message->lpszSubject);
    heap_free(message->lpszNoteText);
    heap_free(message->lpszMessageType);
    heap_free(message->lpszDateReceived);
    heap_free(message->lpszConversationID);
    free_recipient(&narrow->originator);
    for (i = 0; message->lpRecips && i < message->nRecipCount; i++)
        free_recipient(&message->lpRecips[i]);
    heap_free(message->lpRecips);
    for (i = 0; message->lpFiles && i < message->nFileCount; i++)
    {
        heap_free(message->lpFiles[i].lpszPathName);
        heap_free(message->lpFiles[i].lpszFileName);
    }
    heap_free(message->lpFiles);
}

/* Entry identifiers and file types are bytes: they stay the caller's. */
static BOOL narrow_recipient(const MapiRecipDescW *wide, MapiRecipDesc *recipient)
{
    recipient->ulReserved = wide->ulReserved;
    recipient->ulRecipClass = wide->ulRecipClass;
    recipient->ulEIDSize = wide->ulEIDSize;
    recipient->lpEntryID = wide->lpEntryID;
    return narrow_text(wide->lpszName, &recipient->lpszName) && narrow_text(wide->lpszAddress, &recipient->lpszAddress);
}

static BOOL narrow_file(const MapiFileDescW *wide, MapiFileDesc *file)
{
    file->ulReserved = wide->ulReserved;
    file->flFlags = wide->flFlags;
    file->nPosition = wide->nPosition;
    file->lpFileType = wide->lpFileType;
    return narrow_text(wide->lpszPathName, &file->lpszPathName) && narrow_text(wide->lpszFileName, &file->lpszFileName);
}

/* A zeroed array for count elements; NULL when it cannot be had. */
static void *array_create(ULONG count, size_t size)
{
    size_t bytes;

    return size_multiply(count, size, &bytes) ? heap_alloc_zero(bytes) : NULL;
}

static BOOL narrow_create(const MapiMessageW *wide, struct narrow_message *narrow)
{
    MapiMessage *message = &narrow->message;
    ULONG i;

    memset(narrow, 0, sizeof(*narrow));
    message->ulReserved = wide->ulReserved;
    message->flFlags = wide->flFlags;
    if (!narrow_text(wide->lpszSubject, &message->lpszSubject)
        || !narrow_text(wide->lpszNoteText, &message->lpszNoteText)
        || !narrow_text(wide->lpszMessageType, &message->lpszMessageType)
        || !narrow_text(wide->lpszDateReceived, &message->lpszDateReceived)
        || !narrow_text(wide->lpszConversationID, &message->lpszConversationID))
        return FALSE;
    if (wide->lpOriginator)
    {
        message->lpOriginator = &narrow->originator;
        if (!narrow_recipient(wide->lpOriginator, &narrow->originator))
            return FALSE;
    }
    if (wide->nRecipCount && wide->lpRecips)
    {
        if (!(message->lpRecips = array_create(wide->nRecipCount, sizeof(*message->lpRecips))))
            return FALSE;
        message->nRecipCount = wide->nRecipCount;
        for (i = 0; i < wide->nRecipCount; i++)
            if (!narrow_recipient(&wide->lpRecips[i], &message->lpRecips[i]))
                return FALSE;
    }
    if (wide->nFileCount && wide->lpFiles)
    {
        if (!(message->lpFiles = array_create(wide->nFileCount, sizeof(*message->lpFiles))))
            return FALSE;
        message->nFileCount = wide->nFileCount;
        for (i = 0; i < wide->nFileCount; i++)
            if (!narrow_file(&wide->lpFiles[i], &message->lpFiles[i]))
                return FALSE;
    }
    return TRUE;
}

/*
 * MAPISendMailW: MAPISendMail with wide texts.
 * MAPI_E_UNICODE_NOT_SUPPORTED: MAPI_FORCE_UNICODE, and the other client takes ANSI only; MAPI_E_FAILURE: no message;
 * MAPI_E_INSUFFICIENT_MEMORY; what mail_call_begin and the other client answer.
 */
ULONG WINAPI MAPISendMailW(LHANDLE lhSession, ULONG_PTR ulUIParam, lpMapiMessageW lpMessage, FLAGS flFlags,
                           ULONG ulReserved)
{
    struct narrow_message narrow;
    struct mail_call call;
    LPMAPISENDMAILW wide;
    ULONG code;

    TRACE("%#Ix, %#Ix, %p, %#lx, %lu", (size_t)lhSession, (size_t)ulUIParam, lpMessage, flFlags, ulReserved);

    if (!memory_readable(lpMessage, sizeof(*lpMessage)))
        return MAPI_E_FAILURE;
    code = mail_call_begin(&call, "MAPISendMail", lhSession, ulUIParam, FALSE);
    if (code != SUCCESS_SUCCESS)
        return code;
    wide = (LPMAPISENDMAILW)forward_function(&call.forward, "MAPISendMailW");
    if (wide)
        code = wide(call.other, ulUIParam, lpMessage, flFlags, ulReserved);
    else if (flFlags & MAPI_FORCE_UNICODE)
        code = MAPI_E_UNICODE_NOT_SUPPORTED;
    else
    {
        code = MAPI_E_INSUFFICIENT_MEMORY;
        if (narrow_create(lpMessage, &narrow))
            code = ((LPMAPISENDMAIL)call.function)(call.other, ulUIParam, &narrow.message, flFlags, ulReserved);
        narrow_free(&narrow);
    }
    mail_call_end(&call);
    return code;
}
