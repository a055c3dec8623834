/*
 * name_map: names of properties and the identifiers from 0x8000 on that stand for them, in one object.
 *
 * Contract: no lock, the owner has one. Names are copied; nothing here calls foreign code.
 */
#ifndef POSTROOM_PROP_NAME_MAP_H
#define POSTROOM_PROP_NAME_MAP_H

#include "prop/prop.h"

struct name_map
{
    MAPINAMEID **names; /* MAPI buffers; the i-th has the identifier 0x8000 + i */
    size_t count, capacity;
};

void name_map_clear(struct name_map *map);

/* TRUE when count names, with their property sets and texts, can be read. */
BOOL name_map_names_valid(ULONG count, MAPINAMEID **names);

/*
 * GetIDsFromNames: tags of type PT_UNSPECIFIED in the order of names, PT_ERROR with identifier 0 for unknown ones. count
 * and names 0: all of the map. create: unknown names get identifiers. Names in PS_MAPI with numbers are these numbers.
 * Identifiers that were given are kept whatever comes. S_OK, MAPI_W_ERRORS_RETURNED, MAPI_E_TOO_BIG (no identifiers left),
 * MAPI_E_NOT_ENOUGH_MEMORY. The result is one MAPI buffer.
 */
HRESULT name_map_ids(struct name_map *map, ULONG count, MAPINAMEID **names, BOOL create, SPropTagArray **tags);

/* The name of an identifier, or NULL. */
const MAPINAMEID *name_map_name(const struct name_map *map, ULONG tag);

/*
 * GetNamesFromIDs: *names becomes one MAPI buffer with the names of *tags, NULL for those without one (and
 * MAPI_W_ERRORS_RETURNED); with *tags NULL, of the whole map (in set, if that is not NULL), *tags becomes a MAPI buffer
 * then. MAPI_NO_IDS and MAPI_NO_STRINGS leave names of a kind out. MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT name_map_names(const struct name_map *map, SPropTagArray **tags, const GUID *set, ULONG flags, ULONG *count,
                       MAPINAMEID ***names);

#endif
