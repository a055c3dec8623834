/*
 * draft: see the header.
 */
#include <stdio.h>

#include "profile/draft.h"

HRESULT drafts_init(struct drafts *drafts)
{
    memset(drafts, 0, sizeof(*drafts));
    return MAPIAllocateBuffer(sizeof(ULONG), &drafts->base);
}

void drafts_clear(struct drafts *drafts)
{
    size_t i;

    for (i = 0; i < drafts->count; ++i)
    {
        if (drafts->list[i].stored)
            section_free_stored(drafts->list[i].stored, (ULONG)drafts->list[i].count);
        heap_free(drafts->list[i].values);
    }
    heap_free(drafts->list);
    MAPIFreeBuffer(drafts->base);
    memset(drafts, 0, sizeof(*drafts));
}

HRESULT draft_add(struct drafts *drafts, const MAPIUID *uid, struct draft **out)
{
    struct draft *draft;
    MAPIUID made;

    C_ASSERT(sizeof(GUID) == sizeof(made));
    if (!uid && FAILED(CoCreateGuid((GUID *)&made)))
        return MAPI_E_CALL_FAILED;
    if (!array_reserve((void **)&drafts->list, &drafts->capacity, drafts->count + 1, sizeof(*drafts->list)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    draft = &drafts->list[drafts->count++];
    memset(draft, 0, sizeof(*draft));
    draft->uid = uid ? *uid : made;
    draft->fresh = TRUE;
    *out = draft;
    return S_OK;
}

static SPropValue *find(const struct draft *draft, ULONG tag)
{
    size_t i;

    for (i = 0; i < draft->count; ++i)
        if (PROP_ID(draft->values[i].ulPropTag) == PROP_ID(tag))
            return &draft->values[i];
    return NULL;
}

const SPropValue *draft_find(const struct draft *draft, ULONG tag)
{
    return find(draft, tag);
}

/* A value whose memory is the drafts' already. */
static HRESULT put(struct draft *draft, const SPropValue *value)
{
    SPropValue *place = find(draft, value->ulPropTag);

    if (!place)
    {
        if (!array_reserve((void **)&draft->values, &draft->capacity, draft->count + 1, sizeof(*draft->values)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        place = &draft->values[draft->count++];
    }
    *place = *value;
    return S_OK;
}

HRESULT draft_set(struct drafts *drafts, struct draft *draft, const SPropValue *value)
{
    SPropValue copy;
    HRESULT hr = prop_copy_more(&copy, value, drafts->base);

    return SUCCEEDED(hr) ? put(draft, &copy) : hr;
}

HRESULT draft_set_text(struct drafts *drafts, struct draft *draft, ULONG tag, const WCHAR *text)
{
    struct inf_entry entry = {.section = L"", .value = text};
    WCHAR key[9];
    SPropValue value;
    HRESULT hr;

    swprintf(key, ARRAY_SIZE(key), L"%08lX", tag);
    entry.key = key;
    hr = inf_property(&entry, drafts->base, &value);
    return SUCCEEDED(hr) ? put(draft, &value) : hr;
}

HRESULT draft_set_binary(struct drafts *drafts, struct draft *draft, ULONG tag, const void *bytes, size_t size)
{
    SPropValue value = {.ulPropTag = tag};

    value.Value.bin.cb = (ULONG)size;
    value.Value.bin.lpb = (BYTE *)bytes;
    return draft_set(drafts, draft, &value);
}

HRESULT draft_read_inf(struct drafts *drafts, struct draft *draft, const struct inf *inf, const WCHAR *section,
                       BOOL *found)
{
    HRESULT hr = S_OK;
    SPropValue value;
    size_t i;

    if (found)
        *found = FALSE;
    for (i = 0; i < inf->count && SUCCEEDED(hr); ++i)
    {
        if (_wcsicmp(inf->entries[i].section, section))
            continue;
        if (found)
            *found = TRUE;
        hr = inf_property(&inf->entries[i], drafts->base, &value);
        if (SUCCEEDED(hr) && !find(draft, value.ulPropTag))
            hr = put(draft, &value);
        if (hr == MAPI_E_NOT_FOUND)
            hr = S_OK; /* no property: a list, or what nobody can read */
    }
    return hr;
}

HRESULT drafts_encode(struct drafts *drafts)
{
    struct draft *draft;
    HRESULT hr = S_OK;
    size_t i;

    for (i = 0; i < drafts->count && SUCCEEDED(hr); ++i)
    {
        draft = &drafts->list[i];
        if (!(draft->stored = heap_alloc_zero(draft->count * sizeof(*draft->stored))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        hr = section_encode_values(&draft->uid, (ULONG)draft->count, draft->values, draft->stored, NULL);
    }
    return hr;
}

LONG draft_write(HKEY profile, const struct draft *draft)
{
    WCHAR name[SECTION_NAME_SIZE], value[TAG_NAME_SIZE];
    LONG error;
    size_t i;
    HKEY key;

    section_name(&draft->uid, name);
    error = registry_create(profile, name, NULL, &key);
    if (error != ERROR_SUCCESS)
        return error;
    for (i = 0; i < draft->count && error == ERROR_SUCCESS; ++i)
    {
        if (!draft->stored[i].data)
            continue;
        value_name(draft->stored[i].tag, value);
        error = registry_set(key, value, draft->stored[i].type, draft->stored[i].data, draft->stored[i].size);
        if (error == ERROR_SUCCESS && !draft->fresh)
            error = section_remove_id(key, draft->stored[i].tag, draft->stored[i].tag);
    }
    RegCloseKey(key);
    return error;
}
