/*
 * Trace: see trace.h. On Wine the lines go through ntdll's own debug functions, so that they look like everybody
 * else's and obey WINEDEBUG; POSTROOM_TRACE=1 sends them to OutputDebugString, on Wine as well.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"

/* Wine's layout of a debug channel: the flags, then the name. The top bit asks ntdll to look the flags up. */
struct wine_debug_channel
{
    unsigned char flags;
    char name[15];
};

typedef unsigned char(__cdecl *wine_channel_flags)(struct wine_debug_channel *channel);
typedef int(__cdecl *wine_header)(int level, struct wine_debug_channel *channel, const char *function);
typedef int(__cdecl *wine_output)(const char *text);

#define TO_WINE 0x0f /* the bits of the levels that Wine's channel lets through */
#define TO_DEBUGGER_SHIFT 8
#define LINE_SIZE 800 /* Wine's line buffer holds 1020 with the header */

volatile LONG trace_flags = -1;

/* Owner: trace_resolve; written before trace_flags, with the same values by every thread that gets there. */
static struct wine_debug_channel channel = {0xff, "mapi"};
static wine_header dbg_header;
static wine_output dbg_output;

LONG trace_resolve(void)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    DWORD error = GetLastError();
    wine_channel_flags get_flags;
    wine_header header;
    wine_output output;
    LONG flags = 0;
    char value[4];

    if (ntdll)
    {
        get_flags = (wine_channel_flags)(void *)GetProcAddress(ntdll, "__wine_dbg_get_channel_flags");
        header = (wine_header)(void *)GetProcAddress(ntdll, "__wine_dbg_header");
        output = (wine_output)(void *)GetProcAddress(ntdll, "__wine_dbg_output");
        /* all or none: a Wine that has only some of them is one whose functions we do not know */
        if (get_flags && header && output)
        {
            dbg_header = header;
            dbg_output = output;
            flags = get_flags(&channel) & TO_WINE;
        }
    }
    if (GetEnvironmentVariableA("POSTROOM_TRACE", value, sizeof(value)) == 1 && value[0] == '1')
        flags = TO_WINE | (flags << 4) | (1 << TO_DEBUGGER_SHIFT);
    else
        flags |= flags << 4;
    SetLastError(error);
    InterlockedExchange(&trace_flags, flags);
    return flags;
}

static void append(char *line, size_t size, size_t *used, const char *text)
{
    while (*text && *used + 1 < size)
        line[(*used)++] = *text++;
    line[*used] = 0;
}

void trace_print(enum trace_level level, const char *function, const char *format, ...)
{
    static const char *const names[] = {"fixme", "err", "warn", "trace"};
    DWORD error = GetLastError();
    LONG flags = trace_flags >= 0 ? trace_flags : trace_resolve();
    char line[LINE_SIZE], header[160];
    va_list args;
    size_t used;
    int written;

    va_start(args, format);
    written = _vsnprintf(line, sizeof(line) - 2, format, args);
    va_end(args);
    used = written < 0 || (size_t)written > sizeof(line) - 2 ? sizeof(line) - 2 : (size_t)written;
    if (!used || line[used - 1] != '\n')
        line[used++] = '\n';
    line[used] = 0;

    if ((flags >> (4 + level)) & 1 && dbg_header(level, &channel, function) != -1)
        dbg_output(line);
    if (flags & (1 << TO_DEBUGGER_SHIFT))
    {
        char text[LINE_SIZE + sizeof(header)];
        size_t length = 0;

        _snprintf(header, sizeof(header) - 1, "%04lx:%s:mapi:%.100s ", GetCurrentThreadId(), names[level], function);
        header[sizeof(header) - 1] = 0;
        text[0] = 0;
        append(text, sizeof(text), &length, header);
        append(text, sizeof(text), &length, line);
        OutputDebugStringA(text);
    }
    SetLastError(error);
}

/*
 * Places for the debugstr functions: groups of some, a group for each thread. Threads that share a group by chance can
 * garble each other's text, never more: the last byte of a place is always 0.
 */
#define PLACES_A_GROUP 10
#define GROUPS 32
#define PLACE_SIZE 160

static char places[GROUPS][PLACES_A_GROUP][PLACE_SIZE];
static volatile LONG next_place[GROUPS];

static char *get_place(void)
{
    size_t group = (GetCurrentThreadId() >> 2) % GROUPS;
    ULONG place = (ULONG)InterlockedIncrement(&next_place[group]) % PLACES_A_GROUP;

    return places[group][place];
}

/* One character of the text; FALSE when its memory cannot be read. */
static BOOL character_at(const void *text, size_t step, size_t index, WCHAR *character)
{
    const unsigned char *address = (const unsigned char *)text + index * step;

    if ((index == 0 || ((ULONG_PTR)address & 0xfff) < step) && !memory_readable(address, step))
        return FALSE;
    *character = step == 1 ? address[0] : (WCHAR)(address[0] | address[1] << 8);
    return TRUE;
}

/* Quotes a text of characters of step bytes. */
static const char *quote(const void *text, size_t step)
{
    char *place, *out, *end;
    size_t index;
    WCHAR c;

    if (!text)
        return "(null)";
    place = get_place();
    if (!((ULONG_PTR)text >> 16))
    {
        _snprintf(place, PLACE_SIZE - 1, "#%04x", (unsigned int)(ULONG_PTR)text);
        return place;
    }

    out = place;
    end = place + PLACE_SIZE - 12; /* room for the longest escape and the end */
    if (step == 2)
        *out++ = 'L';
    *out++ = '"';
    for (index = 0; out < end; index++)
    {
        if (!character_at(text, step, index, &c))
        {
            if (index == 0)
                return "<bad>";
            break;
        }
        if (!c)
            break;
        if (c == '"' || c == '\\')
        {
            *out++ = '\\';
            *out++ = (char)c;
        }
        else if (c == '\n' || c == '\r' || c == '\t')
        {
            *out++ = '\\';
            *out++ = c == '\n' ? 'n' : c == '\r' ? 'r' : 't';
        }
        else if (c >= ' ' && c < 127)
            *out++ = (char)c;
        else
            out += _snprintf(out, 8, step == 1 ? "\\x%02x" : "\\%04x", c);
    }
    *out++ = '"';
    if (out > end)
    {
        memcpy(out, "...", 3);
        out += 3;
    }
    *out = 0;
    return place;
}

const char *debugstr_w(const WCHAR *text)
{
    return quote(text, 2);
}

const char *debugstr_a(const char *text)
{
    return quote(text, 1);
}

const char *debugstr_t(const void *text, ULONG flags)
{
    return quote(text, flags & MAPI_UNICODE ? 2 : 1);
}

const char *debugstr_guid(const GUID *guid)
{
    char *place;
    GUID copy;

    if (!guid)
        return "(null)";
    if (!memory_readable(guid, sizeof(*guid)))
        return "<bad>";
    memcpy(&copy, guid, sizeof(copy));
    place = get_place();
    _snprintf(place, PLACE_SIZE - 1, "{%08lx-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x}", copy.Data1, copy.Data2,
              copy.Data3, copy.Data4[0], copy.Data4[1], copy.Data4[2], copy.Data4[3], copy.Data4[4], copy.Data4[5],
              copy.Data4[6], copy.Data4[7]);
    return place;
}
