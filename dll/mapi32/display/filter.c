/*
 * Filter: which characters may be typed into a field. "*" is any; "[...]" a set with ranges, "[~...]" its contrary; a
 * backslash takes the next character as it is. A filter that is none of these allows everything.
 */
#include "display/sheet.h"

static BOOL take(const WCHAR **at, WCHAR *character)
{
    if (**at == '\\' && (*at)[1])
        (*at)++;
    if (!**at)
        return FALSE;
    *character = *(*at)++;
    return TRUE;
}

BOOL filter_allows(const WCHAR *filter, WCHAR character)
{
    BOOL negative, found = FALSE;
    WCHAR first, last;

    if (!filter || filter[0] != '[')
        return TRUE;
    filter++;
    negative = *filter == '~';
    if (negative)
        filter++;
    while (*filter && *filter != ']' && take(&filter, &first))
    {
        last = first;
        if (filter[0] == '-' && filter[1] && filter[1] != ']')
        {
            filter++;
            take(&filter, &last);
        }
        found |= character >= first && character <= last;
    }
    return found != negative;
}
