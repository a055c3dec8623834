/*
 * Names and plain English for MAPI's numbers. See mapi_names.h.
 */
#include "mapi_names.h"

#include <wchar.h>

struct error_entry
{
    HRESULT hr;
    const WCHAR *name;
    const WCHAR *sentence;
};

/* A sentence of NULL: the name says all that there is to say to somebody who meets it. */
#define ERROR_ENTRY(name, sentence)                                                                                    \
    {                                                                                                                  \
        name, L## #name, sentence                                                                                      \
    }

static const struct error_entry error_entries[] = {
        {S_OK, L"S_OK", L"It worked."},
        ERROR_ENTRY(MAPI_E_CALL_FAILED, L"The call failed for a reason that is not told."),
        ERROR_ENTRY(MAPI_E_NOT_ENOUGH_MEMORY, L"There is not enough memory."),
        ERROR_ENTRY(MAPI_E_INVALID_PARAMETER, L"An argument is not valid."),
        ERROR_ENTRY(MAPI_E_INTERFACE_NOT_SUPPORTED, L"The object does not have what was asked of it."),
        ERROR_ENTRY(MAPI_E_NO_ACCESS, L"Access was refused."),
        ERROR_ENTRY(MAPI_E_NO_SUPPORT, L"This is not supported."),
        ERROR_ENTRY(MAPI_E_BAD_CHARWIDTH, L"The text is of the wrong kind (Unicode or not)."),
        ERROR_ENTRY(MAPI_E_STRING_TOO_LONG, L"A text is too long."),
        ERROR_ENTRY(MAPI_E_UNKNOWN_FLAGS, L"The MAPI DLL does not know a flag that was used."),
        ERROR_ENTRY(MAPI_E_INVALID_ENTRYID, L"The entry identifier is not valid."),
        ERROR_ENTRY(MAPI_E_INVALID_OBJECT, L"The session or object has been closed already."),
        ERROR_ENTRY(MAPI_E_OBJECT_CHANGED, L"The object was changed by somebody else."),
        ERROR_ENTRY(MAPI_E_OBJECT_DELETED, L"The object was deleted."),
        ERROR_ENTRY(MAPI_E_BUSY, L"Something else is still going on; try again when it has finished."),
        ERROR_ENTRY(MAPI_E_NOT_ENOUGH_DISK, L"The disk is full."),
        ERROR_ENTRY(MAPI_E_NOT_ENOUGH_RESOURCES, L"The system is short of resources."),
        ERROR_ENTRY(MAPI_E_NOT_FOUND, L"It does not exist."),
        ERROR_ENTRY(MAPI_E_VERSION, L"The versions do not fit."),
        ERROR_ENTRY(MAPI_E_LOGON_FAILED, L"The logon failed. Is there a profile of that name?"),
        ERROR_ENTRY(MAPI_E_SESSION_LIMIT, L"There are too many sessions."),
        ERROR_ENTRY(MAPI_E_USER_CANCEL, L"It was cancelled."),
        ERROR_ENTRY(MAPI_E_UNABLE_TO_ABORT, L"It cannot be stopped any more."),
        ERROR_ENTRY(MAPI_E_NETWORK_ERROR, L"The network failed."),
        ERROR_ENTRY(MAPI_E_DISK_ERROR, L"The disk failed."),
        ERROR_ENTRY(MAPI_E_TOO_COMPLEX, L"It is too complex."),
        ERROR_ENTRY(MAPI_E_BAD_COLUMN, L"The table does not have that column."),
        ERROR_ENTRY(MAPI_E_EXTENDED_ERROR, L"A provider reports an error of its own."),
        ERROR_ENTRY(MAPI_E_COMPUTED, L"The property cannot be changed."),
        ERROR_ENTRY(MAPI_E_CORRUPT_DATA, L"The data is damaged."),
        ERROR_ENTRY(MAPI_E_UNCONFIGURED, L"A message service is not set up completely."),
        ERROR_ENTRY(MAPI_E_FAILONEPROVIDER, L"A provider failed; the others go on."),
        ERROR_ENTRY(MAPI_E_UNKNOWN_CPID, L"The code page is not known."),
        ERROR_ENTRY(MAPI_E_UNKNOWN_LCID, L"The language is not known."),
        ERROR_ENTRY(MAPI_E_PASSWORD_CHANGE_REQUIRED, L"The password must be changed."),
        ERROR_ENTRY(MAPI_E_PASSWORD_EXPIRED, L"The password has expired."),
        ERROR_ENTRY(MAPI_E_END_OF_SESSION, L"The session has ended."),
        ERROR_ENTRY(MAPI_E_UNKNOWN_ENTRYID, L"No provider knows that entry identifier."),
        ERROR_ENTRY(MAPI_W_NO_SERVICE, L"No message service offers this."),
        ERROR_ENTRY(MAPI_E_TOO_BIG, L"It is too big."),
        ERROR_ENTRY(MAPI_E_UNEXPECTED_TYPE, L"A property is of an unexpected type."),
        ERROR_ENTRY(MAPI_W_ERRORS_RETURNED, L"Some of it failed."),
        ERROR_ENTRY(MAPI_E_UNABLE_TO_COMPLETE, L"It could not be completed."),
        ERROR_ENTRY(MAPI_E_TIMEOUT, L"It took too long."),
        ERROR_ENTRY(MAPI_E_TABLE_EMPTY, L"The table is empty."),
        ERROR_ENTRY(MAPI_E_TABLE_TOO_BIG, L"The table is too big."),
        ERROR_ENTRY(MAPI_E_WAIT, L"Something has to finish first."),
        ERROR_ENTRY(MAPI_E_CANCEL, L"It was cancelled."),
        ERROR_ENTRY(MAPI_E_COLLISION, L"There is one of that name already."),
        ERROR_ENTRY(MAPI_E_NOT_INITIALIZED, L"MAPI is not initialised, or cannot reach the profiles in the registry."),
        {REGDB_E_CLASSNOTREG, L"REGDB_E_CLASSNOTREG", L"A component is not registered."},
        {E_NOTIMPL, L"E_NOTIMPL", L"The MAPI DLL does not have this."},
        {E_UNEXPECTED, L"E_UNEXPECTED", L"Something unexpected happened."},
};

static const struct error_entry *find_error(HRESULT hr)
{
    size_t i;

    for (i = 0; i < sizeof(error_entries) / sizeof(error_entries[0]); i++)
    {
        if (error_entries[i].hr == hr)
        {
            return &error_entries[i];
        }
    }
    return NULL;
}

const WCHAR *mapi_error_name(HRESULT hr)
{
    const struct error_entry *entry = find_error(hr);

    return entry ? entry->name : NULL;
}

const WCHAR *mapi_error_sentence(HRESULT hr)
{
    const struct error_entry *entry = find_error(hr);

    return entry ? entry->sentence : L"An error without a name occurred.";
}

void mapi_error_code(HRESULT hr, struct text *out)
{
    const WCHAR *name = mapi_error_name(hr);

    if (name)
    {
        text_printf(out, L"%ls, ", name);
    }
    text_printf(out, L"0x%08lX", (ULONG)hr);
}

BOOL mapi_error_by_name(const WCHAR *name, HRESULT *hr)
{
    size_t i;

    for (i = 0; i < sizeof(error_entries) / sizeof(error_entries[0]); i++)
    {
        if (!wcscmp(error_entries[i].name, name))
        {
            *hr = error_entries[i].hr;
            return TRUE;
        }
    }
    return FALSE;
}

const WCHAR *mapi_resource_type_name(LONG type)
{
    switch (type)
    {
    case MAPI_STORE_PROVIDER:
        return L"Message store";
    case MAPI_AB:
        return L"Address book";
    case MAPI_AB_PROVIDER:
        return L"Address book provider";
    case MAPI_TRANSPORT_PROVIDER:
        return L"Transport";
    case MAPI_SPOOLER:
        return L"Spooler";
    case MAPI_PROFILE_PROVIDER:
        return L"Profile provider";
    case MAPI_SUBSYSTEM:
        return L"MAPI subsystem";
    case MAPI_HOOK_PROVIDER:
        return L"Hook provider";
    default:
        return NULL;
    }
}

struct bit_name
{
    LONG bit;
    const WCHAR *name;
};

static const struct bit_name status_bits[] = {
        {STATUS_AVAILABLE, L"available"},
        {STATUS_OFFLINE, L"offline"},
        {STATUS_FAILURE, L"failed"},
        {STATUS_INBOUND_ENABLED, L"receiving enabled"},
        {STATUS_INBOUND_ACTIVE, L"receiving"},
        {STATUS_INBOUND_FLUSH, L"receiving everything"},
        {STATUS_OUTBOUND_ENABLED, L"sending enabled"},
        {STATUS_OUTBOUND_ACTIVE, L"sending"},
        {STATUS_OUTBOUND_FLUSH, L"sending everything"},
        {STATUS_REMOTE_ACCESS, L"remote access"},
};

static const struct bit_name method_bits[] = {
        {STATUS_VALIDATE_STATE, L"validate"},
        {STATUS_SETTINGS_DIALOG, L"settings"},
        {STATUS_CHANGE_PASSWORD, L"change password"},
        {STATUS_FLUSH_QUEUES, L"flush queues"},
};

static void bits_text(ULONG value, const struct bit_name *names, size_t count, struct text *out)
{
    const WCHAR *separator = L"";
    size_t i;

    for (i = 0; i < count; i++)
    {
        if (value & (ULONG)names[i].bit)
        {
            text_printf(out, L"%ls%ls", separator, names[i].name);
            separator = L", ";
            value &= ~(ULONG)names[i].bit;
        }
    }
    if (value)
    {
        text_printf(out, L"%ls0x%lX", separator, value);
    }
}

/* The first letter of what was appended since start becomes a capital: all names are ASCII. */
static void capitalize(struct text *out, size_t start)
{
    if (!out->failed && out->length > start && out->data[start] >= 'a' && out->data[start] <= 'z')
    {
        out->data[start] = (WCHAR)(out->data[start] - 'a' + 'A');
    }
}

void mapi_status_code_text(LONG code, struct text *out)
{
    size_t start = out->length;

    bits_text((ULONG)code, status_bits, sizeof(status_bits) / sizeof(status_bits[0]), out);
    capitalize(out, start);
}

void mapi_resource_methods_text(LONG methods, struct text *out)
{
    size_t start = out->length;

    bits_text((ULONG)methods, method_bits, sizeof(method_bits) / sizeof(method_bits[0]), out);
    capitalize(out, start);
}
