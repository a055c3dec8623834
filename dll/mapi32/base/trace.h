/*
 * Trace: four levels, to Wine's debug channel "mapi" when ntdll exports Wine's debug functions, and to
 * OutputDebugString when POSTROOM_TRACE is 1. Costs one test of a flag when it is off. Never allocates.
 *
 *   TRACE(...)  entry of every exported function and COM method, first statement
 *   WARN(...)   the caller's mistakes
 *   FIXME(...)  gaps of ours
 *   ERR(...)    faults of ours
 */
#ifndef POSTROOM_BASE_TRACE_H
#define POSTROOM_BASE_TRACE_H

#include <windows.h>

/* In the order of the bits that Wine's channel flags have. */
enum trace_level
{
    TRACE_LEVEL_FIXME,
    TRACE_LEVEL_ERR,
    TRACE_LEVEL_WARN,
    TRACE_LEVEL_TRACE
};

/* One bit a level; negative until the first question. Owner: trace.c, written once by whoever asks first (all would
 * write the same). */
extern volatile LONG trace_flags;
LONG trace_resolve(void);

/* Whether a level is on. */
static inline BOOL trace_on(enum trace_level level)
{
    LONG flags = trace_flags;

    if (__builtin_expect(flags < 0, 0))
        flags = trace_resolve();
    return (flags >> level) & 1;
}

/* One message; a line's end is added when it lacks one. format is printf's of the C runtime (%#lx for ULONG and
 * HRESULT, %p, %s, %u, %Iu for size_t). */
void trace_print(enum trace_level level, const char *function, const char *format, ...)
        __attribute__((format(ms_printf, 3, 4)));

#define TRACE_AT(level, ...)                                                                                           \
    do                                                                                                                 \
    {                                                                                                                  \
        if (trace_on(level))                                                                                           \
            trace_print((level), __func__, __VA_ARGS__);                                                               \
    } while (0)

#define TRACE(...) TRACE_AT(TRACE_LEVEL_TRACE, __VA_ARGS__)
#define WARN(...) TRACE_AT(TRACE_LEVEL_WARN, __VA_ARGS__)
#define FIXME(...) TRACE_AT(TRACE_LEVEL_FIXME, __VA_ARGS__)
#define ERR(...) TRACE_AT(TRACE_LEVEL_ERR, __VA_ARGS__)

/* Text for a trace line, quoted, cut and escaped; valid until the same thread has asked for some 8 more. Bad
 * pointers are told ("<bad>"), not followed. Never NULL. */
const char *debugstr_w(const WCHAR *text);
const char *debugstr_a(const char *text);
const char *debugstr_guid(const GUID *guid);
/* A MAPI LPTSTR: wide when flags has MAPI_UNICODE, else ANSI. */
const char *debugstr_t(const void *text, ULONG flags);

#endif
