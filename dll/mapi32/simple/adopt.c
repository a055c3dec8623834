/*
 * Results of the other client's DLL as buffers of ours: one buffer each, freed by one MAPIFreeBuffer.
 */
#include "simple/simple.h"

/* A copy of size bytes chained to base; NULL source or no bytes give NULL. FALSE: out of memory. */
static BOOL copy_bytes(const void *source, ULONG size, void *base, void **copy)
{
    *copy = NULL;
    if (!source || !size)
        return TRUE;
    if (MAPIAllocateMore(size, base, copy))
        return FALSE;
    memcpy(*copy, source, size);
    return TRUE;
}

static BOOL copy_text(char **text, void *base)
{
    size_t size = *text ? strlen(*text) + 1 : 0;

    return size <= MAXLONG && copy_bytes(*text, (ULONG)size, base, (void **)text);
}

/* What an array's elements point to, each pointer replaced by its copy's. */
static BOOL copy_recipients(MapiRecipDesc *recipients, ULONG count, void *base)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (!copy_text(&recipients[i].lpszName, base) || !copy_text(&recipients[i].lpszAddress, base)
            || !copy_bytes(recipients[i].lpEntryID, recipients[i].ulEIDSize, base, &recipients[i].lpEntryID))
            return FALSE;
    return TRUE;
}

static BOOL copy_file_type(void **type, void *base)
{
    MapiFileTagExt *copy;

    if (!*type)
        return TRUE;
    if (!copy_bytes(*type, sizeof(*copy), base, type))
        return FALSE;
    copy = *type;
    return copy_bytes(copy->lpTag, copy->cbTag, base, (void **)&copy->lpTag)
           && copy_bytes(copy->lpEncoding, copy->cbEncoding, base, (void **)&copy->lpEncoding);
}

static BOOL copy_files(MapiFileDesc *files, ULONG count, void *base)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (!copy_text(&files[i].lpszPathName, base) || !copy_text(&files[i].lpszFileName, base)
            || !copy_file_type(&files[i].lpFileType, base))
            return FALSE;
    return TRUE;
}

/* An array behind a pointer, the pointer replaced by the copy's; the elements' own pointers still lead outside. */
static BOOL copy_array(void **array, ULONG *count, size_t size, void *base)
{
    size_t bytes;

    if (!*array)
        *count = 0;
    if (!size_multiply(*count, size, &bytes) || bytes > MAXLONG)
        return FALSE;
    return copy_bytes(*array, (ULONG)bytes, base, array);
}

static BOOL copy_message(MapiMessage *message)
{
    ULONG originators = 1;

    if (!copy_text(&message->lpszSubject, message) || !copy_text(&message->lpszNoteText, message)
        || !copy_text(&message->lpszMessageType, message) || !copy_text(&message->lpszDateReceived, message)
        || !copy_text(&message->lpszConversationID, message))
        return FALSE;
    return copy_array((void **)&message->lpOriginator, &originators, sizeof(*message->lpOriginator), message)
           && copy_recipients(message->lpOriginator, originators, message)
           && copy_array((void **)&message->lpRecips, &message->nRecipCount, sizeof(*message->lpRecips), message)
           && copy_recipients(message->lpRecips, message->nRecipCount, message)
           && copy_array((void **)&message->lpFiles, &message->nFileCount, sizeof(*message->lpFiles), message)
           && copy_files(message->lpFiles, message->nFileCount, message);
}

ULONG adopt_message(const struct forward *forward, MapiMessage **result)
{
    LPMAPIFREEBUFFER free_buffer = (LPMAPIFREEBUFFER)forward_function(forward, "MAPIFreeBuffer");
    MapiMessage *theirs = *result, *ours = NULL;
    BOOL copied;

    if (!theirs || !free_buffer)
        return SUCCESS_SUCCESS;
    copied = !MAPIAllocateBuffer(sizeof(*ours), (void **)&ours);
    if (copied)
    {
        *ours = *theirs;
        copied = copy_message(ours);
    }
    if (!copied)
    {
        MAPIFreeBuffer(ours);
        ours = NULL;
    }
    free_buffer(theirs);
    *result = ours;
    return copied ? SUCCESS_SUCCESS : MAPI_E_INSUFFICIENT_MEMORY;
}

ULONG adopt_recipients(const struct forward *forward, MapiRecipDesc **result, ULONG count)
{
    LPMAPIFREEBUFFER free_buffer = (LPMAPIFREEBUFFER)forward_function(forward, "MAPIFreeBuffer");
    MapiRecipDesc *theirs = *result, *ours = NULL;
    size_t bytes;
    BOOL copied;

    if (!theirs || !free_buffer)
        return SUCCESS_SUCCESS;
    copied = size_multiply(count, sizeof(*ours), &bytes) && bytes <= MAXLONG
             && !MAPIAllocateBuffer((ULONG)bytes, (void **)&ours);
    if (copied)
    {
        memcpy(ours, theirs, bytes);
        copied = copy_recipients(ours, count, ours);
    }
    if (!copied)
    {
        MAPIFreeBuffer(ours);
        ours = NULL;
    }
    free_buffer(theirs);
    *result = ours;
    return copied ? SUCCESS_SUCCESS : MAPI_E_INSUFFICIENT_MEMORY;
}
