/*
 * Text that grows: what the programs build their output in before it is written in one piece.
 *
 * One owner, one thread. A text that could not grow remembers it (failed) and takes nothing more, so that callers
 * check once, at the end.
 */
#ifndef POSTROOM_PROGRAMS_TEXT_H
#define POSTROOM_PROGRAMS_TEXT_H

#include <windows.h>

struct text
{
    WCHAR *data; /* terminated when not NULL */
    size_t length;
    size_t capacity;
    BOOL failed;
};

void text_init(struct text *text);
void text_free(struct text *text);

/* The text as a string, "" when nothing was appended. Valid until the next append. */
const WCHAR *text_string(const struct text *text);

void text_append(struct text *text, const WCHAR *string);
void text_append_count(struct text *text, const WCHAR *string, size_t length);

/* printf with wide formats; strings are always "%ls", so that every C runtime means the same. */
void text_printf(struct text *text, const WCHAR *format, ...);

/* Spaces until the text's last line has column characters. */
void text_pad(struct text *text, size_t column);

#endif
