/*
 * template: what a dialog template in a resource says, for BuildDisplayTable. Private to display/.
 *
 * The bytes are a stranger's: nothing is read past their end, every count is only a hint.
 */
#ifndef POSTROOM_DISPLAY_TEMPLATE_H
#define POSTROOM_DISPLAY_TEMPLATE_H

#include "base/base.h"

struct template_item
{
    DWORD id;
    SHORT x, y, width, height; /* dialog units */
    const WCHAR *text;         /* inside the template, with its terminator; "" when it has a number instead */
};

struct template_reader
{
    const BYTE *bytes;
    size_t size, at;
    BOOL extended, bad;
    WORD left; /* items */
    struct template_item page;
};

/* Reads the head: page has the title and the size. FALSE: no dialog template. */
BOOL template_open(struct template_reader *reader, const void *bytes, size_t size);
/* The next item. FALSE: there is no more; reader->bad: because the template is cut short. */
BOOL template_next(struct template_reader *reader, struct template_item *item);

#endif
