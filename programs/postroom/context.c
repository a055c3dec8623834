/*
 * What the commands share: loading MAPI and telling about failures. See command.h.
 */
#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

#include "common/mapi_names.h"

#define SENTENCE_MAX 1024

void append_visible(struct text *text, const WCHAR *name)
{
    for (; *name; name++)
    {
        BOOL control = *name < 0x20 || (*name >= 0x7f && *name < 0xa0);
        BOOL direction = (*name >= 0x202a && *name <= 0x202e) || (*name >= 0x2066 && *name <= 0x2069);

        text_append_count(text, control || direction ? L"\xfffd" : name, 1);
    }
}

void append_quoted(struct text *text, const WCHAR *name)
{
    text_append(text, L"\"");
    append_visible(text, name);
    text_append(text, L"\"");
}

static void report(struct context *context, HRESULT hr, const WCHAR *sentence, const WCHAR *what)
{
    struct text code;

    text_init(&code);
    if (context->json)
    {
        json_key(&context->writer, L"error");
        json_begin_object(&context->writer);
        if (FAILED(hr))
        {
            text_printf(&code, L"0x%08lX", (ULONG)hr);
            json_key_string(&context->writer, L"code", text_string(&code));
            json_key_string(&context->writer, L"name", mapi_error_name(hr));
        }
        text_free(&code);
        text_append(&code, what);
        if (sentence)
        {
            text_printf(&code, L": %ls", sentence);
        }
        json_key_string(&context->writer, L"message", text_string(&code));
        json_end_object(&context->writer);
    }
    else
    {
        text_append(&context->err, L"postroom: ");
        append_visible(&context->err, what);
        if (sentence)
        {
            text_printf(&context->err, L": %ls", sentence);
        }
        if (FAILED(hr))
        {
            mapi_error_code(hr, &code);
            text_printf(&context->err, L" (%ls)", text_string(&code));
        }
        text_append(&context->err, L"\n");
    }
    text_free(&code);
}

enum status context_failed(struct context *context, enum status status, HRESULT hr, const WCHAR *sentence,
                           const WCHAR *format, ...)
{
    WCHAR what[SENTENCE_MAX];
    va_list args;

    va_start(args, format);
    _vsnwprintf(what, SENTENCE_MAX - 1, format, args);
    va_end(args);
    what[SENTENCE_MAX - 1] = 0;
    report(context, hr, sentence ? sentence : mapi_error_sentence(hr), what);
    return status;
}

enum status context_error(struct context *context, enum status status, const WCHAR *format, ...)
{
    WCHAR what[SENTENCE_MAX];
    va_list args;

    va_start(args, format);
    _vsnwprintf(what, SENTENCE_MAX - 1, format, args);
    va_end(args);
    what[SENTENCE_MAX - 1] = 0;
    report(context, S_OK, NULL, what);
    return status;
}

enum status context_need_mapi(struct context *context)
{
    const char *missing;
    DWORD error;
    HRESULT hr;

    if (!mapi_library_load(&context->mapi, &error, &missing))
    {
        if (missing)
        {
            return context_error(
                    context, STATUS_NO_MAPI,
                    L"The mapi32.dll that this program gets lacks %hs. Run \"postroom doctor\" to see why.", missing);
        }
        return context_error(context, STATUS_NO_MAPI,
                             L"mapi32.dll cannot be loaded (Windows error %lu). Run \"postroom doctor\" to see why.",
                             error);
    }
    hr = mapi_library_initialize(&context->mapi);
    if (FAILED(hr))
    {
        return context_failed(context, STATUS_NO_MAPI, hr, NULL,
                              L"MAPI cannot be initialised. Run \"postroom doctor\" to see why");
    }
    return STATUS_OK;
}
