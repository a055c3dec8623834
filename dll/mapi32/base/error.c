/*
 * Errors: texts for codes, and what objects' GetLastError says.
 */
#include <string.h>

#include "base/base.h"

#define COMPONENT L"Postroom"

static const struct
{
    HRESULT code;
    const WCHAR *text;
} texts[] = {
        {S_OK, L"The operation was completed."},
        {MAPI_E_CALL_FAILED, L"The operation failed."},
        {MAPI_E_NOT_ENOUGH_MEMORY, L"There is not enough memory to complete the operation."},
        {MAPI_E_INVALID_PARAMETER, L"A parameter is not valid."},
        {MAPI_E_INTERFACE_NOT_SUPPORTED, L"The object does not support the interface asked for."},
        {MAPI_E_NO_ACCESS, L"Access was denied."},
        {MAPI_E_NO_SUPPORT, L"The operation is not supported."},
        {MAPI_E_BAD_CHARWIDTH, L"The character width asked for is not supported."},
        {MAPI_E_STRING_TOO_LONG, L"A text is too long."},
        {MAPI_E_UNKNOWN_FLAGS, L"A flag is not known, or not valid here."},
        {MAPI_E_INVALID_ENTRYID, L"The entry identifier is not valid."},
        {MAPI_E_INVALID_OBJECT, L"The object is no longer valid; its session may have ended."},
        {MAPI_E_OBJECT_CHANGED, L"The object was changed since it was opened."},
        {MAPI_E_OBJECT_DELETED, L"The object was deleted since it was opened."},
        {MAPI_E_BUSY, L"The object is busy."},
        {MAPI_E_NOT_ENOUGH_DISK, L"There is not enough room on the disk."},
        {MAPI_E_NOT_ENOUGH_RESOURCES, L"There are not enough system resources to complete the operation."},
        {MAPI_E_NOT_FOUND, L"The object was not found."},
        {MAPI_E_VERSION, L"The version is not compatible."},
        {MAPI_E_LOGON_FAILED, L"The logon failed. Check the name of the profile."},
        {MAPI_E_SESSION_LIMIT, L"No further session can be opened."},
        {MAPI_E_USER_CANCEL, L"The operation was cancelled."},
        {MAPI_E_UNABLE_TO_ABORT, L"The operation cannot be stopped any more."},
        {MAPI_E_NETWORK_ERROR, L"The network failed."},
        {MAPI_E_DISK_ERROR, L"A disk could not be read or written."},
        {MAPI_E_TOO_COMPLEX, L"The operation is too complex."},
        {MAPI_E_BAD_COLUMN, L"A column is not valid."},
        {MAPI_E_EXTENDED_ERROR, L"The operation failed; the provider has more information."},
        {MAPI_E_COMPUTED, L"The property is computed and cannot be changed."},
        {MAPI_E_CORRUPT_DATA, L"The data is damaged."},
        {MAPI_E_UNCONFIGURED, L"The service is not configured completely."},
        {MAPI_E_FAILONEPROVIDER, L"A provider could not be started."},
        {MAPI_E_UNKNOWN_CPID, L"The code page is not known."},
        {MAPI_E_UNKNOWN_LCID, L"The language is not known."},
        {MAPI_E_PASSWORD_CHANGE_REQUIRED, L"The password has to be changed."},
        {MAPI_E_PASSWORD_EXPIRED, L"The password has expired."},
        {MAPI_E_INVALID_WORKSTATION_ACCOUNT, L"The account of this computer is not valid."},
        {MAPI_E_INVALID_ACCESS_TIME, L"The account may not be used at this time."},
        {MAPI_E_ACCOUNT_DISABLED, L"The account is disabled."},
        {MAPI_E_RECONNECTED, L"The connection was lost and made again."},
        {MAPI_E_OFFLINE, L"The server is not connected."},
        {MAPI_E_END_OF_SESSION, L"The session has ended."},
        {MAPI_E_UNKNOWN_ENTRYID, L"The entry identifier belongs to no open provider."},
        {MAPI_E_MISSING_REQUIRED_COLUMN, L"A required column is missing."},
        {MAPI_W_NO_SERVICE, L"The operation succeeded, but the service is not available."},
        {MAPI_E_BAD_VALUE, L"A value is not valid."},
        {MAPI_E_INVALID_TYPE, L"A type is not valid."},
        {MAPI_E_TYPE_NO_SUPPORT, L"The type is not supported."},
        {MAPI_E_UNEXPECTED_TYPE, L"A property has an unexpected type."},
        {MAPI_E_TOO_BIG, L"The object is too large."},
        {MAPI_E_DECLINE_COPY, L"The provider leaves the copying to the caller."},
        {MAPI_E_UNEXPECTED_ID, L"A property has an unexpected identifier."},
        {MAPI_W_ERRORS_RETURNED, L"The operation succeeded, but some properties were not available."},
        {MAPI_E_UNABLE_TO_COMPLETE, L"The operation could not be completed."},
        {MAPI_E_TIMEOUT, L"The operation took too long."},
        {MAPI_E_TABLE_EMPTY, L"The table is empty."},
        {MAPI_E_TABLE_TOO_BIG, L"The table is too large."},
        {MAPI_E_INVALID_BOOKMARK, L"The bookmark is not valid."},
        {MAPI_W_POSITION_CHANGED, L"The operation succeeded, but the position has changed."},
        {MAPI_W_APPROX_COUNT, L"The operation succeeded; the count is an estimate."},
        {MAPI_E_WAIT, L"The operation has to wait for another."},
        {MAPI_E_CANCEL, L"The operation was cancelled."},
        {MAPI_E_NOT_ME, L"This provider does not handle the object."},
        {MAPI_W_CANCEL_MESSAGE, L"The message was cancelled."},
        {MAPI_E_CORRUPT_STORE, L"The message store is damaged."},
        {MAPI_E_NOT_IN_QUEUE, L"The message is not in the queue."},
        {MAPI_E_NO_SUPPRESS, L"The duplicate cannot be suppressed."},
        {MAPI_E_COLLISION, L"An object of that name exists already."},
        {MAPI_E_NOT_INITIALIZED, L"MAPI is not initialized."},
        {MAPI_E_NON_STANDARD, L"The message is not of a standard kind."},
        {MAPI_E_NO_RECIPIENTS, L"The message has no recipients."},
        {MAPI_E_SUBMITTED, L"The message was submitted already."},
        {MAPI_E_HAS_FOLDERS, L"The folder has subfolders."},
        {MAPI_E_HAS_MESSAGES, L"The folder has messages."},
        {MAPI_E_FOLDER_CYCLE, L"A folder would contain itself."},
        {MAPI_W_PARTIAL_COMPLETION, L"The operation succeeded in part."},
        {MAPI_E_AMBIGUOUS_RECIP, L"A recipient's name has several matches."},
        {E_NOTIMPL, L"The operation is not supported."},
        {E_UNEXPECTED, L"Something unexpected happened."},
        {RPC_E_CHANGED_MODE, L"COM was initialized on this thread in another way."},
};

const WCHAR *error_text(HRESULT hr)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(texts); i++)
        if (texts[i].code == hr)
            return texts[i].text;
    return FAILED(hr) ? L"The operation failed." : L"The operation succeeded, but with a reservation.";
}

HRESULT last_error_set(struct last_error *last, HRESULT hr)
{
    if (hr != S_OK)
        InterlockedExchange(&last->code, hr);
    return hr;
}

HRESULT last_error_get(const struct last_error *last, HRESULT hr, ULONG flags, MAPIERROR **error)
{
    size_t text_size, component_size;
    const WCHAR *text;
    char *position;

    if (!error)
        return MAPI_E_INVALID_PARAMETER;
    *error = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (hr == S_OK || hr != last->code)
        return S_OK;

    /* all texts here are plain ASCII, so each has as many bytes in any code page as it has characters */
    text = error_text(hr);
    text_size = wcslen(text) + 1;
    component_size = ARRAY_SIZE(COMPONENT);
    if (MAPIAllocateBuffer((ULONG)(sizeof(**error) + (text_size + component_size) * sizeof(WCHAR)), (void **)error))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(*error, 0, sizeof(**error));
    (*error)->ulVersion = MAPI_ERROR_VERSION;
    position = (char *)(*error + 1);
    (*error)->lpszError = (LPTSTR)position;
    if (flags & MAPI_UNICODE)
    {
        memcpy(position, text, text_size * sizeof(WCHAR));
        position += text_size * sizeof(WCHAR);
        memcpy(position, COMPONENT, component_size * sizeof(WCHAR));
    }
    else
    {
        WideCharToMultiByte(CP_ACP, 0, text, (int)text_size, position, (int)text_size, NULL, NULL);
        position += text_size;
        WideCharToMultiByte(CP_ACP, 0, COMPONENT, (int)component_size, position, (int)component_size, NULL, NULL);
    }
    (*error)->lpszComponent = (LPTSTR)position;
    return S_OK;
}
