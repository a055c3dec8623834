/*
 * kinds: the twelve controls of display tables as data. Private to display/.
 */
#ifndef POSTROOM_DISPLAY_KINDS_H
#define POSTROOM_DISPLAY_KINDS_H

#include "base/base.h"

/* More than any real dialog has, and little enough for hostile tables. */
#define PAGES_MAX 64
#define CONTROLS_MAX 1024

/* Every structure begins with an offset and flags, or with flags only; offset first: label or filter. */
struct control_shape
{
    ULONG type;
    ULONG size;         /* of the structure */
    BOOL label, filter; /* what the first field is the offset of */
    ULONG allowed;      /* the DT_* that mean something */
    ULONG property;     /* the field that has the property's tag; 0: none */
    ULONG choices;      /* the field that has the tag of the table of choices, or of the button's object; 0: none */
};

/* NULL: no such control. */
const struct control_shape *control_shape_of(ULONG type);

#endif
