/*
 * Template: dialog templates of both kinds (DLGTEMPLATE and DLGTEMPLATEEX), read item by item.
 */
#include "display/template.h"

static BOOL take(struct template_reader *reader, void *out, size_t size)
{
    if (reader->bad || reader->size - reader->at < size)
    {
        reader->bad = TRUE;
        memset(out, 0, size);
        return FALSE;
    }
    memcpy(out, reader->bytes + reader->at, size);
    reader->at += size;
    return TRUE;
}

static WORD take_word(struct template_reader *reader)
{
    WORD word;

    take(reader, &word, sizeof(word));
    return word;
}

static DWORD take_dword(struct template_reader *reader)
{
    DWORD dword;

    take(reader, &dword, sizeof(dword));
    return dword;
}

static void skip(struct template_reader *reader, size_t size)
{
    if (reader->bad || reader->size - reader->at < size)
        reader->bad = TRUE;
    else
        reader->at += size;
}

static const WCHAR *take_text(struct template_reader *reader)
{
    const WCHAR *text = (const WCHAR *)(reader->bytes + reader->at);

    while (take_word(reader))
        ;
    return reader->bad ? L"" : text;
}

/* A text, or 0xffff and a number, which is no text. */
static const WCHAR *take_text_or_number(struct template_reader *reader)
{
    WORD first = take_word(reader);

    if (reader->bad || !first)
        return L"";
    if (first == 0xffff)
    {
        take_word(reader);
        return L"";
    }
    reader->at -= sizeof(first);
    return take_text(reader);
}

static void take_place(struct template_reader *reader, struct template_item *item)
{
    item->x = (SHORT)take_word(reader);
    item->y = (SHORT)take_word(reader);
    item->width = (SHORT)take_word(reader);
    item->height = (SHORT)take_word(reader);
}

BOOL template_open(struct template_reader *reader, const void *bytes, size_t size)
{
    DWORD style;

    memset(reader, 0, sizeof(*reader));
    reader->bytes = bytes;
    reader->size = size;
    if (size >= 2 * sizeof(DWORD) && ((const WORD *)bytes)[0] == 1 && ((const WORD *)bytes)[1] == 0xffff)
    {
        reader->extended = TRUE;
        skip(reader, 3 * sizeof(DWORD)); /* version, signature, help, extended style */
        style = take_dword(reader);
    }
    else
    {
        style = take_dword(reader);
        take_dword(reader);
    }
    reader->left = take_word(reader);
    take_place(reader, &reader->page);
    take_text_or_number(reader); /* menu */
    take_text_or_number(reader); /* class */
    reader->page.text = take_text_or_number(reader);
    if (style & DS_SETFONT)
    {
        skip(reader, reader->extended ? 3 * sizeof(WORD) : sizeof(WORD));
        take_text(reader);
    }
    return !reader->bad;
}

BOOL template_next(struct template_reader *reader, struct template_item *item)
{
    memset(item, 0, sizeof(*item));
    item->text = L"";
    if (reader->bad || !reader->left)
        return FALSE;
    reader->left--;
    skip(reader, (4 - reader->at % 4) % 4);
    skip(reader, (reader->extended ? 3 : 2) * sizeof(DWORD)); /* styles, help */
    take_place(reader, item);
    item->id = reader->extended ? take_dword(reader) : take_word(reader);
    take_text_or_number(reader); /* class */
    item->text = take_text_or_number(reader);
    skip(reader, take_word(reader)); /* what the control itself is given */
    return !reader->bad;
}
