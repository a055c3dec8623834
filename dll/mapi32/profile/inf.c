/*
 * inf: the text of a mapisvc.inf, cut into entries in place.
 */
#include "profile/inf.h"

static BOOL is_blank(WCHAR c)
{
    return c == ' ' || c == '\t' || c == 0xFEFF;
}

static BOOL is_line_end(WCHAR c)
{
    return c == '\n' || c == '\r' || !c;
}

HRESULT inf_decode(const void *bytes, size_t size, WCHAR **out, size_t *length)
{
    const BYTE *byte = bytes;
    size_t i;
    int count;

    if (!(*out = heap_alloc((size + 1) * sizeof(WCHAR)))) /* never more characters than bytes */
        return MAPI_E_NOT_ENOUGH_MEMORY;
    *length = 0;
    if (size >= 2 && ((byte[0] == 0xFF && byte[1] == 0xFE) || (byte[0] == 0xFE && byte[1] == 0xFF)))
    {
        size_t low = byte[0] == 0xFE;

        for (i = 2; i + 1 < size; i += 2)
            (*out)[(*length)++] = (WCHAR)(byte[i + low] | byte[i + !low] << 8);
    }
    else if (size)
    {
        count = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, (const char *)byte, (int)size, *out, (int)size);
        if (!count)
            count = MultiByteToWideChar(CP_ACP, 0, (const char *)byte, (int)size, *out, (int)size);
        *length = count > 0 ? (size_t)count : 0;
    }
    (*out)[*length] = 0;
    return S_OK;
}

/* Cuts blanks off both ends of text, which has so many characters; ends it. */
static WCHAR *trim(WCHAR *text, size_t length)
{
    while (length && is_blank(text[length - 1]))
        --length;
    while (length && is_blank(*text))
    {
        ++text;
        --length;
    }
    text[length] = 0;
    return text;
}

/* Where a line's comment begins, or its end. */
static size_t without_comment(const WCHAR *line, size_t length)
{
    BOOL quoted = FALSE;
    size_t i;

    for (i = 0; i < length; ++i)
    {
        if (line[i] == '"')
            quoted = !quoted;
        else if (line[i] == ';' && !quoted && (!i || is_blank(line[i - 1])))
            return i;
    }
    return length;
}

/* TRUE and *length without the backslash: the next line belongs to this one. */
static BOOL goes_on(const WCHAR *line, size_t *length)
{
    size_t end = *length;

    while (end && is_blank(line[end - 1]))
        --end;
    if (end < 2 || line[end - 1] != '\\')
        return FALSE;
    if (!is_blank(line[end - 2]) && line[end - 2] != ',' && line[end - 2] != '|')
        return FALSE;
    *length = end - 1;
    return TRUE;
}

/* The next line with what continues it, joined at its own place; it ends at *length. *from moves behind it. */
static WCHAR *next_line(WCHAR *text, size_t size, size_t *from, size_t *length)
{
    WCHAR *line = text + *from;
    BOOL more = TRUE;

    *length = 0;
    while (more && *from < size)
    {
        WCHAR *part = text + *from;
        size_t part_length = 0, rest = size - *from;

        while (part_length < rest && !is_line_end(part[part_length]))
            ++part_length;
        *from += part_length;
        if (*from < size)
            *from += text[*from] == '\r' && *from + 1 < size && text[*from + 1] == '\n' ? 2 : 1;
        part_length = without_comment(part, part_length);
        more = goes_on(part, &part_length);
        memmove(line + *length, part, part_length * sizeof(WCHAR));
        *length += part_length;
    }
    return line;
}

static HRESULT add_entry(struct inf *inf, const WCHAR *section, WCHAR *line, size_t length)
{
    struct inf_entry *entry;
    size_t equals = 0, value_length;
    WCHAR *value;

    while (equals < length && line[equals] != '=')
        ++equals;
    if (equals == length)
        return S_OK;
    line[length] = 0;
    value = trim(line + equals + 1, length - equals - 1);
    value_length = wcslen(value);
    if (value_length >= 2 && value[0] == '"' && value[value_length - 1] == '"')
    {
        value[value_length - 1] = 0;
        ++value;
    }
    line = trim(line, equals);
    if (!*line)
        return S_OK;
    if (!array_reserve((void **)&inf->entries, &inf->capacity, inf->count + 1, sizeof(*inf->entries)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    entry = &inf->entries[inf->count++];
    entry->section = section;
    entry->key = line;
    entry->value = value;
    return S_OK;
}

HRESULT inf_parse(const void *bytes, size_t size, struct inf *inf)
{
    const WCHAR *section = L"";
    size_t length, from = 0, line_length;
    HRESULT hr;

    memset(inf, 0, sizeof(*inf));
    if (size > INF_SIZE_MAX)
        return MAPI_E_TOO_BIG;
    hr = inf_decode(bytes, size, &inf->text, &length);
    while (SUCCEEDED(hr) && from < length)
    {
        WCHAR *line = next_line(inf->text, length, &from, &line_length);
        size_t end;

        while (line_length && is_blank(*line))
        {
            ++line;
            --line_length;
        }
        if (line_length && *line == '[')
        {
            for (end = 1; end < line_length && line[end] != ']'; ++end)
                ;
            /* the character at end is a bracket, or behind a line that lacks it */
            section = end < line_length ? trim(line + 1, end - 1) : L"";
        }
        else if (line_length)
            hr = add_entry(inf, section, line, line_length);
    }
    if (FAILED(hr))
        inf_clear(inf);
    return hr;
}

void inf_clear(struct inf *inf)
{
    heap_free(inf->entries);
    heap_free(inf->text);
    memset(inf, 0, sizeof(*inf));
}

const WCHAR *inf_find(const struct inf *inf, const WCHAR *section, const WCHAR *key)
{
    size_t i;

    for (i = 0; i < inf->count; ++i)
        if (!_wcsicmp(inf->entries[i].section, section) && !_wcsicmp(inf->entries[i].key, key))
            return inf->entries[i].value;
    return NULL;
}

BOOL inf_next(const WCHAR **list, WCHAR *element, size_t size)
{
    while (*list)
    {
        const WCHAR *start = *list, *end = wcschr(start, ',');
        size_t length = end ? (size_t)(end - start) : wcslen(start);

        *list = end ? end + 1 : NULL;
        while (length && is_blank(*start))
        {
            ++start;
            --length;
        }
        while (length && is_blank(start[length - 1]))
            --length;
        if (!length || length >= size)
            continue;
        memcpy(element, start, length * sizeof(WCHAR));
        element[length] = 0;
        return TRUE;
    }
    return FALSE;
}
