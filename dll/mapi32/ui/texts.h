/*
 * Texts: the string tables of the windows in ui, one per language.
 *
 * A window picks its language once, when it opens, and reads every text in it. Nothing here is allocated, and nothing
 * that came from outside is ever used as a format.
 */
#ifndef POSTROOM_UI_TEXTS_H
#define POSTROOM_UI_TEXTS_H

#include <windows.h>

#include "ui/resource.h"

enum plural_form
{
    PLURAL_ZERO = FORM_ZERO,
    PLURAL_ONE = FORM_ONE,
    PLURAL_TWO = FORM_TWO,
    PLURAL_FEW = FORM_FEW,
    PLURAL_MANY = FORM_MANY,
    PLURAL_OTHER = FORM_OTHER
};

struct language
{
    LANGID id; /* that of the string table */
    BOOL right_to_left;
    BYTE charset; /* for a font that has its letters when the user's has not */
    enum plural_form (*plural)(ULONG count);
};

/* Room for any text, with what is put into it. */
#define TEXT_SIZE 1024
/* Room for a name that is shown, with the marks around it. */
#define NAME_SIZE 80

/* The language of the calling thread's user interface; English when there is no table for it. */
const struct language *language_current(void);
/* The table for a language: itself, another variety of it, or English. */
const struct language *language_find(LANGID id);
/* The index-th one, NULL past the end. */
const struct language *language_at(size_t index);
/* For tests and screenshots, because Wine's SetThreadUILanguage has no effect: 0 gives back the thread's own. Owner:
 * the test; one word, written and read with interlocked operations. */
void language_set_for_tests(LANGID id);

/* Copies text id. buffer is "" and FALSE returned when there is none in the language. */
BOOL text_load(const struct language *language, UINT id, WCHAR *buffer, size_t size);

/*
 * Text id with %1 and %2 replaced. The arguments are put in as they are: a % in them has no meaning. Cut when it does
 * not fit. NULL arguments give nothing.
 */
void text_format(const struct language *language, UINT id, const WCHAR *first, const WCHAR *second, WCHAR *buffer,
                 size_t size);
/* The same with the plural form for count; %1 is the count. */
void text_format_count(const struct language *language, UINT id, ULONG count, const WCHAR *second, WCHAR *buffer,
                       size_t size);

/* A name that text_clean made, fenced off, where need be, so that neither it nor the text around it turns the other's
 * order round. */
void text_isolate(const struct language *language, const WCHAR *clean, WCHAR *buffer, size_t size);

#endif
