/*
 * inf_property: entries of a mapisvc.inf as properties.
 */
#include "profile/inf.h"

#define NAME(name)                                                                                                     \
    {                                                                                                                  \
        L## #name, name                                                                                                \
    }

/* PR_SERVICE_UID is not among them: it must not be in the file, MAPI makes it. */
static const struct
{
    const WCHAR *name;
    ULONG tag;
} tags[] = {
        {L"PR_DISPLAY_NAME", PR_DISPLAY_NAME_A},
        {L"PR_SERVICE_DLL_NAME", PR_SERVICE_DLL_NAME_A},
        NAME(PR_SERVICE_ENTRY_NAME),
        {L"PR_SERVICE_SUPPORT_FILES", PR_SERVICE_SUPPORT_FILES_A},
        {L"PR_SERVICE_DELETE_FILES", PR_SERVICE_DELETE_FILES_A},
        NAME(PR_RESOURCE_FLAGS),
        NAME(PR_RESOURCE_TYPE),
        {L"PR_PROVIDER_DISPLAY", PR_PROVIDER_DISPLAY_A},
        {L"PR_PROVIDER_DLL_NAME", PR_PROVIDER_DLL_NAME_A},
        NAME(PR_PROVIDER_ORDINAL),
        NAME(PR_MDB_PROVIDER),
        NAME(PR_AB_PROVIDER_ID),
        NAME(PR_STATUS_CODE),
        {L"PR_COMMENT", PR_COMMENT_A},
        {L"PR_RESOURCE_PATH", PR_RESOURCE_PATH_A},
};

static const struct
{
    const WCHAR *name;
    ULONG number;
} numbers[] = {
        NAME(MAPI_STORE_PROVIDER),
        NAME(MAPI_AB),
        NAME(MAPI_AB_PROVIDER),
        NAME(MAPI_TRANSPORT_PROVIDER),
        NAME(MAPI_SPOOLER),
        NAME(MAPI_PROFILE_PROVIDER),
        NAME(MAPI_SUBSYSTEM),
        NAME(MAPI_HOOK_PROVIDER),
        NAME(SERVICE_DEFAULT_STORE),
        NAME(SERVICE_SINGLE_COPY),
        NAME(SERVICE_CREATE_WITH_STORE),
        NAME(SERVICE_PRIMARY_IDENTITY),
        NAME(SERVICE_NO_PRIMARY_IDENTITY),
        NAME(STATUS_DEFAULT_OUTBOUND),
        NAME(STATUS_DEFAULT_STORE),
        NAME(STATUS_PRIMARY_IDENTITY),
        NAME(STATUS_SIMPLE_STORE),
        NAME(STATUS_XP_PREFER_LAST),
        NAME(STATUS_NO_PRIMARY_IDENTITY),
        NAME(STATUS_NO_DEFAULT_STORE),
        NAME(STATUS_TEMP_SECTION),
        NAME(STATUS_OWN_STORE),
        NAME(STATUS_NEED_IPM_TREE),
        NAME(STATUS_PRIMARY_STORE),
        NAME(STATUS_SECONDARY_STORE),
        NAME(HOOK_INBOUND),
        NAME(HOOK_OUTBOUND),
        NAME(STATUS_AVAILABLE),
        NAME(STATUS_OFFLINE),
        NAME(STATUS_FAILURE),
};

static int hex_digit(WCHAR c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static BOOL find_tag(const WCHAR *key, ULONG *tag)
{
    ULONG number = 0;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(tags); ++i)
    {
        if (_wcsicmp(tags[i].name, key))
            continue;
        *tag = tags[i].tag;
        return TRUE;
    }
    if (wcslen(key) != 8)
        return FALSE;
    for (i = 0; i < 8; ++i)
    {
        int digit = hex_digit(key[i]);

        if (digit < 0)
            return FALSE;
        number = number << 4 | (ULONG)digit;
    }
    *tag = number;
    return PROP_ID(number) && PROP_ID(number) < 0x8000 && PROP_ID(number) != PROP_ID(PR_SERVICE_UID);
}

/* Hex bytes, blanks and commas between them allowed. bytes NULL: only counts. FALSE: anything else. */
static BOOL hex_bytes(const WCHAR *text, BYTE *bytes, size_t *count)
{
    int high, low;

    *count = 0;
    for (; *text; text += 2, ++*count)
    {
        while (*text == ' ' || *text == '\t' || *text == ',')
            ++text;
        if (!*text)
            break;
        if ((high = hex_digit(text[0])) < 0 || (low = hex_digit(text[1])) < 0)
            return FALSE;
        if (bytes)
            bytes[*count] = (BYTE)(high << 4 | low);
    }
    return TRUE;
}

/* One operand of a "|" list. */
static BOOL take_number(const WCHAR *text, size_t length, ULONG *number)
{
    ULONG base = 10, value = 0;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(numbers); ++i)
    {
        if (wcslen(numbers[i].name) != length || _wcsnicmp(numbers[i].name, text, length))
            continue;
        *number = numbers[i].number;
        return TRUE;
    }
    if (length > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
    {
        base = 16;
        text += 2;
        length -= 2;
    }
    for (i = 0; i < length; ++i)
    {
        int digit = hex_digit(text[i]);

        if (digit < 0 || (ULONG)digit >= base || value > (0xFFFFFFFFu - (ULONG)digit) / base)
            return FALSE;
        value = value * base + (ULONG)digit;
    }
    *number = value;
    return length != 0;
}

static BOOL numbers_joined(const WCHAR *text, ULONG *number)
{
    ULONG operand;

    for (*number = 0; text;)
    {
        const WCHAR *end = wcschr(text, '|');
        size_t length = end ? (size_t)(end - text) : wcslen(text);

        while (length && (*text == ' ' || *text == '\t'))
        {
            ++text;
            --length;
        }
        while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
            --length;
        if (!take_number(text, length, &operand))
            return FALSE;
        *number |= operand;
        text = end ? end + 1 : NULL;
    }
    return TRUE;
}

static BOOL take_long(const WCHAR *text, ULONG *number)
{
    size_t count;

    if (wcslen(text) == 8 && hex_bytes(text, NULL, &count) && count == sizeof(*number))
        return hex_bytes(text, (BYTE *)number, &count);
    return numbers_joined(text, number);
}

/* A text of the tag's width; the tag becomes PT_UNICODE when the code page cannot hold it. */
static HRESULT take_text(const WCHAR *text, void *base, SPropValue *value)
{
    BOOL lost = FALSE;

    if (PROP_TYPE(value->ulPropTag) == PT_STRING8)
        WideCharToMultiByte(CP_ACP, WC_NO_BEST_FIT_CHARS, text, -1, NULL, 0, NULL, &lost);
    if (PROP_TYPE(value->ulPropTag) == PT_STRING8 && !lost)
    {
        value->Value.lpszA = text_more_a(text, base);
        return value->Value.lpszA ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    }
    value->ulPropTag = CHANGE_PROP_TYPE(value->ulPropTag, PT_UNICODE);
    value->Value.lpszW = text_more_w(text, base);
    return value->Value.lpszW ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

#define ELEMENT_MAX 512

static HRESULT take_texts(const WCHAR *text, void *base, SPropValue *value)
{
    WCHAR element[ELEMENT_MAX];
    const WCHAR *list = text;
    SPropValue one = {0};
    ULONG count = 0;
    HRESULT hr;

    while (inf_next(&list, element, ELEMENT_MAX))
        ++count;
    if (!count)
        return MAPI_E_NOT_FOUND;
    if (MAPIAllocateMore(count * sizeof(void *), base, (void **)&value->Value.MVszW.lppszW))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    value->ulPropTag = CHANGE_PROP_TYPE(value->ulPropTag, PT_MV_UNICODE);
    for (list = text; inf_next(&list, element, ELEMENT_MAX);)
    {
        one.ulPropTag = PROP_TAG(PT_UNICODE, PROP_ID(value->ulPropTag));
        if (FAILED(hr = take_text(element, base, &one)))
            return hr;
        value->Value.MVszW.lppszW[value->Value.MVszW.cValues++] = one.Value.lpszW;
    }
    return S_OK;
}

/* Types of fixed size, and binaries. */
static HRESULT take_bytes(const WCHAR *text, void *base, SPropValue *value)
{
    size_t count, expected;
    BYTE *bytes;

    switch (PROP_TYPE(value->ulPropTag))
    {
    case PT_BINARY:
        expected = 0;
        break;
    case PT_I8:
    case PT_SYSTIME:
    case PT_DOUBLE:
    case PT_CURRENCY:
    case PT_APPTIME:
        expected = 8;
        break;
    case PT_CLSID:
        expected = sizeof(GUID);
        break;
    default:
        return MAPI_E_NOT_FOUND;
    }
    if (!hex_bytes(text, NULL, &count) || (expected && count != expected))
        return MAPI_E_NOT_FOUND;
    if (expected == 8)
    {
        hex_bytes(text, (BYTE *)&value->Value, &count);
        return S_OK;
    }
    if (MAPIAllocateMore((ULONG)(count ? count : 1), base, (void **)&bytes))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hex_bytes(text, bytes, &count);
    if (expected)
        value->Value.lpguid = (GUID *)bytes;
    else
    {
        value->Value.bin.cb = (ULONG)count;
        value->Value.bin.lpb = bytes;
    }
    return S_OK;
}

HRESULT inf_property(const struct inf_entry *entry, void *base, SPropValue *value)
{
    ULONG number = 0;

    memset(value, 0, sizeof(*value));
    if (!find_tag(entry->key, &value->ulPropTag))
        return MAPI_E_NOT_FOUND;
    switch (PROP_TYPE(value->ulPropTag))
    {
    case PT_STRING8:
    case PT_UNICODE:
        return take_text(entry->value, base, value);
    case PT_MV_STRING8:
    case PT_MV_UNICODE:
        return take_texts(entry->value, base, value);
    case PT_LONG:
        if (!take_long(entry->value, &number))
            return MAPI_E_NOT_FOUND;
        value->Value.ul = number;
        return S_OK;
    case PT_I2:
    case PT_BOOLEAN:
        if (!_wcsicmp(entry->value, L"TRUE"))
            number = 1;
        else if (_wcsicmp(entry->value, L"FALSE") && !take_long(entry->value, &number))
            return MAPI_E_NOT_FOUND;
        if (PROP_TYPE(value->ulPropTag) == PT_I2)
            value->Value.i = (SHORT)number;
        else
            value->Value.b = number != 0;
        return S_OK;
    default:
        return take_bytes(entry->value, base, value);
    }
}
