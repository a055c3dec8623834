/*
 * A writer of JSON. See json.h.
 */
#include "json.h"

#include <string.h>

void json_init(struct json *json, struct text *out)
{
    memset(json, 0, sizeof(*json));
    json->out = out;
}

static void new_line(struct json *json)
{
    unsigned i;

    text_append(json->out, L"\n");
    for (i = 0; i < json->depth; i++)
    {
        text_append(json->out, L"  ");
    }
}

/* What comes before a value: nothing behind its key, else comma and line break. */
static void before_value(struct json *json)
{
    if (json->after_key)
    {
        json->after_key = FALSE;
        return;
    }
    if (!json->depth)
    {
        return;
    }
    if (json->filled[json->depth - 1])
    {
        text_append(json->out, L",");
    }
    json->filled[json->depth - 1] = TRUE;
    new_line(json);
}

static void begin(struct json *json, const WCHAR *bracket)
{
    before_value(json);
    text_append(json->out, bracket);
    if (json->depth == JSON_DEPTH)
    {
        json->out->failed = TRUE;
        return;
    }
    json->filled[json->depth++] = FALSE;
}

static void end(struct json *json, const WCHAR *bracket)
{
    BOOL filled;

    if (!json->depth)
    {
        return;
    }
    filled = json->filled[--json->depth];
    if (filled)
    {
        new_line(json);
    }
    text_append(json->out, bracket);
}

void json_begin_object(struct json *json)
{
    begin(json, L"{");
}

void json_end_object(struct json *json)
{
    end(json, L"}");
}

void json_begin_array(struct json *json)
{
    begin(json, L"[");
}

void json_end_array(struct json *json)
{
    end(json, L"]");
}

static void quoted(struct text *out, const WCHAR *string)
{
    text_append(out, L"\"");
    for (; *string; string++)
    {
        WCHAR c = *string;

        if (c == '"' || c == '\\')
        {
            text_printf(out, L"\\%lc", c);
        }
        else if (c == '\n')
        {
            text_append(out, L"\\n");
        }
        else if (c == '\t')
        {
            text_append(out, L"\\t");
        }
        else if (IS_HIGH_SURROGATE(c) && IS_LOW_SURROGATE(string[1]))
        {
            text_append_count(out, string++, 2);
        }
        else if (c < 0x20 || c == 0x7f || (c >= 0xd800 && c <= 0xdfff))
        {
            text_printf(out, L"\\u%04x", c);
        }
        else
        {
            text_append_count(out, string, 1);
        }
    }
    text_append(out, L"\"");
}

void json_key(struct json *json, const WCHAR *key)
{
    before_value(json);
    quoted(json->out, key);
    text_append(json->out, L": ");
    json->after_key = TRUE;
}

void json_string(struct json *json, const WCHAR *string)
{
    before_value(json);
    if (string)
    {
        quoted(json->out, string);
    }
    else
    {
        text_append(json->out, L"null");
    }
}

void json_bool(struct json *json, BOOL value)
{
    before_value(json);
    text_append(json->out, value ? L"true" : L"false");
}

void json_number(struct json *json, ULONG value)
{
    before_value(json);
    text_printf(json->out, L"%lu", value);
}

void json_key_string(struct json *json, const WCHAR *key, const WCHAR *string)
{
    json_key(json, key);
    json_string(json, string);
}

void json_key_bool(struct json *json, const WCHAR *key, BOOL value)
{
    json_key(json, key);
    json_bool(json, value);
}

void json_key_number(struct json *json, const WCHAR *key, ULONG value)
{
    json_key(json, key);
    json_number(json, value);
}
