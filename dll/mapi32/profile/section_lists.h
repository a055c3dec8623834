/*
 * section_lists: the lists of services and providers in MAPI's own section, and sections that are to go. Inside profile/
 * only; everything here is called under the mutex of changes.
 */
#ifndef POSTROOM_PROFILE_SECTION_LISTS_H
#define POSTROOM_PROFILE_SECTION_LISTS_H

#include "profile/internal.h"

struct section_list
{
    ULONG tag;
    MAPIUID *uids;
    ULONG count;
    BOOL changed;
};

#define SECTION_LISTS 5 /* PR_SERVICES first, then those of providers */

struct section_lists
{
    struct section_list lists[SECTION_LISTS];
};

/* The list of a tag; NULL: none has it. */
struct section_list *lists_of(struct section_lists *lists, ULONG tag);
HRESULT lists_read(const WCHAR *profile, struct section_lists *lists);
void lists_clear(struct section_lists *lists);
/* In front of the element at index, at the end when there is none. Nothing is added twice. */
HRESULT list_insert(struct section_list *list, ULONG index, const MAPIUID *uid);
BOOL list_remove(struct section_list *list, const MAPIUID *uid);
/* Those that have changed; profile is the profile's key. */
LONG lists_write(HKEY profile, const struct section_lists *lists);

/* The list of providers of a PR_RESOURCE_TYPE; 0: none. */
ULONG list_of_type(LONG type);

/* Sections that are to go (MARK_SECTIONS), as one heap block; none: S_OK and 0. */
HRESULT sections_marked(HKEY profile, MAPIUID **uids, ULONG *count);
/* Writes the mark, flag included; 0: takes it off. */
LONG sections_mark(HKEY profile, const MAPIUID *uids, ULONG count);
/* Sections that are marked leave the lists, and with remove the registry; then the mark goes. Needs no memory. */
LONG sections_leave(HKEY profile, struct section_lists *lists, const MAPIUID *uids, ULONG count, BOOL remove);
/* The same with what the registry has: marked sections leave the lists, and with remove the registry; then the mark goes. */
LONG sections_settle(HKEY profile, const WCHAR *name, BOOL remove);

#endif
