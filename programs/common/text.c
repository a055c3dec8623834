/*
 * Text that grows. See text.h.
 */
#include "text.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define TEXT_MAX (SIZE_MAX / sizeof(WCHAR) / 4)
#define PRINTF_MAX (1 << 20)

void text_init(struct text *text)
{
    memset(text, 0, sizeof(*text));
}

void text_free(struct text *text)
{
    free(text->data);
    text_init(text);
}

const WCHAR *text_string(const struct text *text)
{
    return text->data ? text->data : L"";
}

/* Room for extra characters and a terminator. */
static BOOL text_reserve(struct text *text, size_t extra)
{
    size_t capacity = text->capacity ? text->capacity : 256;
    WCHAR *data;

    if (text->failed || extra > TEXT_MAX || text->length > TEXT_MAX)
    {
        text->failed = TRUE;
        return FALSE;
    }
    while (capacity < text->length + extra + 1)
    {
        capacity *= 2;
    }
    if (capacity == text->capacity)
    {
        return TRUE;
    }
    data = realloc(text->data, capacity * sizeof(*data));
    if (!data)
    {
        text->failed = TRUE;
        return FALSE;
    }
    text->data = data;
    text->capacity = capacity;
    return TRUE;
}

void text_append_count(struct text *text, const WCHAR *string, size_t length)
{
    if (!text_reserve(text, length))
    {
        return;
    }
    memcpy(text->data + text->length, string, length * sizeof(*string));
    text->length += length;
    text->data[text->length] = 0;
}

void text_append(struct text *text, const WCHAR *string)
{
    text_append_count(text, string, wcslen(string));
}

void text_printf(struct text *text, const WCHAR *format, ...)
{
    size_t room = 128;
    int written = -1;
    va_list args;

    /* The runtime tells that the room was too small, but not how much is needed. */
    while (written < 0 && room <= PRINTF_MAX)
    {
        if (!text_reserve(text, room))
        {
            return;
        }
        va_start(args, format);
        written = _vsnwprintf(text->data + text->length, room, format, args);
        va_end(args);
        room *= 4;
    }
    if (written < 0)
    {
        text->failed = TRUE;
        text->data[text->length] = 0;
        return;
    }
    text->length += (size_t)written;
    text->data[text->length] = 0;
}

void text_pad(struct text *text, size_t column)
{
    size_t start = text->length;

    while (start > 0 && text->data[start - 1] != '\n')
    {
        start--;
    }
    while (!text->failed && text->length - start < column)
    {
        text_append_count(text, L" ", 1);
    }
}
