/*
 * Names of properties (see name_map.h). A name is one MAPI buffer: the structure, its property set, its text.
 */
#include "prop/name_map.h"

#include "prop/layout.h"

#include <string.h>

#define FIRST_NAMED 0x8000
#define LAST_NAMED 0xfffe

void name_map_clear(struct name_map *map)
{
    size_t i;

    for (i = 0; i < map->count; i++)
        MAPIFreeBuffer(map->names[i]);
    heap_free(map->names);
    memset(map, 0, sizeof(*map));
}

BOOL name_map_names_valid(ULONG count, MAPINAMEID **names)
{
    size_t bytes;
    ULONG i;

    if (!size_multiply(count, sizeof(*names), &bytes) || !memory_readable(names, bytes))
        return FALSE;
    for (i = 0; i < count; i++)
    {
        /* FEqualNames reads both with care, and a readable name equals itself */
        if (!FEqualNames(names[i], names[i]))
            return FALSE;
    }
    return TRUE;
}

static size_t name_bytes(const MAPINAMEID *name)
{
    size_t bytes = sizeof(*name) + sizeof(GUID);

    if (name->ulKind == MNID_STRING)
        bytes += (wcslen(name->Kind.lpwstrName) + 1) * sizeof(WCHAR);
    return bytes;
}

/* Into bytes that name_bytes counted; returns what follows. */
static BYTE *name_place(MAPINAMEID *copy, const MAPINAMEID *name, BYTE *at)
{
    copy->ulKind = name->ulKind;
    copy->lpguid = (GUID *)at;
    *copy->lpguid = *name->lpguid;
    at += sizeof(GUID);
    copy->Kind.lID = name->Kind.lID;
    if (name->ulKind == MNID_STRING)
    {
        size_t bytes = (wcslen(name->Kind.lpwstrName) + 1) * sizeof(WCHAR);

        copy->Kind.lpwstrName = (WCHAR *)at;
        memcpy(at, name->Kind.lpwstrName, bytes);
        at += bytes;
    }
    return at;
}

/* The identifier of a name; 0: none. */
static ULONG find_id(const struct name_map *map, MAPINAMEID *name)
{
    size_t i;

    if (name->ulKind == MNID_ID && IsEqualGUID(name->lpguid, &PS_MAPI))
        return name->Kind.lID > 0 && name->Kind.lID < FIRST_NAMED ? name->Kind.lID : 0;
    for (i = 0; i < map->count; i++)
    {
        if (FEqualNames(map->names[i], name))
            return FIRST_NAMED + i;
    }
    return 0;
}

static HRESULT add_name(struct name_map *map, const MAPINAMEID *name, ULONG *id)
{
    MAPINAMEID *copy;
    size_t bytes;

    if (map->count > LAST_NAMED - FIRST_NAMED)
        return MAPI_E_TOO_BIG;
    bytes = name_bytes(name);
    if (!array_reserve((void **)&map->names, &map->capacity, map->count + 1, sizeof(*map->names)) || bytes > MAXLONG
        || FAILED(MAPIAllocateBuffer(bytes, (void **)&copy)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    name_place(copy, name, (BYTE *)(copy + 1));
    map->names[map->count] = copy;
    *id = FIRST_NAMED + map->count++;
    return S_OK;
}

HRESULT name_map_ids(struct name_map *map, ULONG count, MAPINAMEID **names, BOOL create, SPropTagArray **tags)
{
    SPropTagArray *list;
    HRESULT hr = S_OK;
    ULONG i, id;

    *tags = NULL;
    if (!names)
        count = map->count;
    if (count > LAST_NAMED)
        return MAPI_E_TOO_BIG;
    if (FAILED(MAPIAllocateBuffer(CbNewSPropTagArray(count), (void **)&list)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    list->cValues = count;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        id = names ? find_id(map, names[i]) : FIRST_NAMED + i;
        if (!id && create && !(names[i]->ulKind == MNID_ID && IsEqualGUID(names[i]->lpguid, &PS_MAPI)))
        {
            HRESULT added = add_name(map, names[i], &id);

            if (FAILED(added))
                hr = added;
        }
        if (!id && SUCCEEDED(hr))
            hr = MAPI_W_ERRORS_RETURNED;
        list->aulPropTag[i] = PROP_TAG(id ? PT_UNSPECIFIED : PT_ERROR, id);
    }
    if (FAILED(hr))
        MAPIFreeBuffer(list);
    else
        *tags = list;
    return hr;
}

const MAPINAMEID *name_map_name(const struct name_map *map, ULONG tag)
{
    ULONG id = PROP_ID(tag);

    return id >= FIRST_NAMED && id - FIRST_NAMED < map->count ? map->names[id - FIRST_NAMED] : NULL;
}

static BOOL is_wanted(const MAPINAMEID *name, const GUID *set, ULONG flags)
{
    return name && (!set || IsEqualGUID(set, name->lpguid))
           && !(flags & (name->ulKind == MNID_ID ? MAPI_NO_IDS : MAPI_NO_STRINGS));
}

/* The tags of all names that are wanted. */
static HRESULT list_tags(const struct name_map *map, const GUID *set, ULONG flags, SPropTagArray **tags)
{
    SPropTagArray *list;
    size_t i;

    if (FAILED(MAPIAllocateBuffer(CbNewSPropTagArray(map->count), (void **)&list)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    list->cValues = 0;
    for (i = 0; i < map->count; i++)
    {
        if (is_wanted(map->names[i], set, flags))
            list->aulPropTag[list->cValues++] = PROP_TAG(PT_UNSPECIFIED, FIRST_NAMED + i);
    }
    *tags = list;
    return S_OK;
}

/* set counts only where all names are asked for, as the page has it. */
HRESULT name_map_names(const struct name_map *map, SPropTagArray **tags, const GUID *set, ULONG flags, ULONG *count,
                       MAPINAMEID ***names)
{
    SPropTagArray *list = *tags;
    size_t bytes, i;
    HRESULT hr = S_OK;
    void *block;
    BYTE *at;

    *count = 0;
    *names = NULL;
    if (!list && FAILED(hr = list_tags(map, set, flags, &list)))
        return hr;
    /* room for a pointer and a structure a name, which keeps all of them aligned */
    bytes = list->cValues * (sizeof(**names) + sizeof(***names));
    for (i = 0; i < list->cValues; i++)
    {
        const MAPINAMEID *name = name_map_name(map, list->aulPropTag[i]);

        if (is_wanted(name, NULL, flags) && !size_add(bytes, name_bytes(name) - sizeof(*name), &bytes))
            bytes = MAXDWORD;
    }
    if (list->cValues && (bytes > MAXLONG || FAILED(MAPIAllocateBuffer(bytes, &block))))
    {
        if (!*tags)
            MAPIFreeBuffer(list);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (list->cValues)
    {
        MAPINAMEID *structures = (MAPINAMEID *)((MAPINAMEID **)block + list->cValues);

        *names = block;
        *count = list->cValues;
        at = (BYTE *)(structures + list->cValues);
        for (i = 0; i < list->cValues; i++)
        {
            const MAPINAMEID *name = name_map_name(map, list->aulPropTag[i]);

            (*names)[i] = NULL;
            if (!is_wanted(name, NULL, flags))
            {
                hr = MAPI_W_ERRORS_RETURNED;
                continue;
            }
            (*names)[i] = &structures[i];
            at = name_place(&structures[i], name, at);
        }
    }
    *tags = list;
    return hr;
}
