/*
 * draft: sections as they are going to be, in memory, before anything is written. Inside profile/ only.
 */
#ifndef POSTROOM_PROFILE_DRAFT_H
#define POSTROOM_PROFILE_DRAFT_H

#include "profile/inf.h"
#include "profile/internal.h"

struct draft
{
    MAPIUID uid;
    BOOL fresh;         /* no section of that uid is there yet */
    ULONG list;         /* the provider list it belongs in; 0: none */
    SPropValue *values; /* on our heap; what they point to is chained to the drafts' base */
    size_t count, capacity;
    struct stored_value *stored; /* after drafts_encode */
};

struct drafts
{
    void *base; /* a MAPI buffer */
    struct draft *list;
    size_t count, capacity;
};

HRESULT drafts_init(struct drafts *drafts);
void drafts_clear(struct drafts *drafts);
/* uid NULL: a new one. The pointer lives until the next draft is added. */
HRESULT draft_add(struct drafts *drafts, const MAPIUID *uid, struct draft **out);
/* By id; NULL: not there. */
const SPropValue *draft_find(const struct draft *draft, ULONG tag);
/* Adds or replaces by id; copies. */
HRESULT draft_set(struct drafts *drafts, struct draft *draft, const SPropValue *value);
/* A text as the profile has it, narrow when the code page allows: tag has PT_STRING8. */
HRESULT draft_set_text(struct drafts *drafts, struct draft *draft, ULONG tag, const WCHAR *text);
HRESULT draft_set_binary(struct drafts *drafts, struct draft *draft, ULONG tag, const void *bytes, size_t size);
/* The properties of a section of the file; of two with one id the first counts. *found tells whether there is such a
 * section; may be NULL. */
HRESULT draft_read_inf(struct drafts *drafts, struct draft *draft, const struct inf *inf, const WCHAR *section,
                       BOOL *found);

/* Everything that needs memory is done; nothing can be added any more. */
HRESULT drafts_encode(struct drafts *drafts);
LONG draft_write(HKEY profile, const struct draft *draft);

#endif
