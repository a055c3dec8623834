/*
 * service_tables: the message service table and the provider table of a profile, read from its sections.
 *
 * MAPI's own section lists the services and the providers of each kind as uids one after the other; each has a section
 * of its own. Lists and sections are hostile: what is missing becomes PT_ERROR in its column, a uid that is listed twice
 * one row.
 */
#include "profile/services.h"

static const SizedSPropTagArray(8, service_columns) = {8,
                                                       {PR_DISPLAY_NAME_W, PR_INSTANCE_KEY, PR_RESOURCE_FLAGS,
                                                        PR_SERVICE_DLL_NAME_W, PR_SERVICE_ENTRY_NAME, PR_SERVICE_NAME_W,
                                                        PR_SERVICE_SUPPORT_FILES_W, PR_SERVICE_UID}};
static const SizedSPropTagArray(10, provider_columns) = {
        10,
        {PR_INSTANCE_KEY, PR_DISPLAY_NAME_W, PR_PROVIDER_DISPLAY_W, PR_PROVIDER_DLL_NAME_W, PR_PROVIDER_ORDINAL,
         PR_PROVIDER_UID, PR_RESOURCE_FLAGS, PR_RESOURCE_TYPE, PR_SERVICE_NAME_W, PR_SERVICE_UID}};

HRESULT services_list(const WCHAR *profile, ULONG tag, MAPIUID **uids, ULONG *count)
{
    const SPropValue *value;
    struct prop_bag bag;
    HRESULT hr;

    *uids = NULL;
    *count = 0;
    hr = section_read(profile, &section_global, &bag);
    if (hr == MAPI_E_NOT_FOUND)
        return S_OK; /* a profile without services has no such section */
    if (FAILED(hr))
        return hr;
    value = prop_bag_find(&bag, tag);
    if (value && PROP_TYPE(value->ulPropTag) == PT_BINARY && value->Value.bin.cb >= sizeof(**uids))
    {
        if (value->Value.bin.cb % sizeof(**uids))
            WARN("list %#lx of %s ends in the middle of a uid", tag, debugstr_w(profile));
        *count = value->Value.bin.cb / sizeof(**uids);
        *uids = heap_alloc(*count * sizeof(**uids));
        if (*uids)
            memcpy(*uids, value->Value.bin.lpb, *count * sizeof(**uids));
        else
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    prop_bag_clear(&bag);
    if (FAILED(hr))
        *count = 0;
    return hr;
}

BOOL services_contain(const MAPIUID *uids, ULONG count, const MAPIUID *uid)
{
    ULONG i;

    for (i = 0; i < count; ++i)
        if (!memcmp(&uids[i], uid, sizeof(*uid)))
            return TRUE;
    return FALSE;
}

/* The section's properties that are columns, with what we know better than the section. */
static HRESULT put_row(struct row_set *rows, struct prop_bag *bag, const SPropTagArray *columns)
{
    SPropValue *values;
    ULONG i, count, kept = 0;
    HRESULT hr;

    hr = prop_bag_get(bag, columns, MAPI_UNICODE, &count, &values);
    if (FAILED(hr))
        return hr;
    for (i = 0; i < count; ++i)
        if (PROP_TYPE(values[i].ulPropTag) != PT_ERROR)
            values[kept++] = values[i];
    hr = row_set_put(rows, values, kept);
    MAPIFreeBuffer(values);
    return hr;
}

/* One list into rows. ordinal: the column that counts them, 0: none. */
static HRESULT add_list(struct row_set *rows, const WCHAR *profile, ULONG list_tag, ULONG uid_tag, ULONG ordinal,
                        const SPropTagArray *columns)
{
    struct prop_bag bag;
    MAPIUID *uids;
    ULONG count, i;
    HRESULT hr;

    hr = services_list(profile, list_tag, &uids, &count);
    for (i = 0; SUCCEEDED(hr) && i < count; ++i)
    {
        hr = section_read(profile, &uids[i], &bag);
        if (hr == MAPI_E_NOT_FOUND)
        {
            WARN("section %s of profile %s is listed but not there, skipped", debugstr_guid((const GUID *)&uids[i]),
                 debugstr_w(profile));
            hr = S_OK;
            continue;
        }
        if (SUCCEEDED(hr))
            hr = prop_bag_set_binary(&bag, PR_INSTANCE_KEY, &uids[i], sizeof(uids[i]));
        if (SUCCEEDED(hr))
            hr = prop_bag_set_binary(&bag, uid_tag, &uids[i], sizeof(uids[i]));
        if (SUCCEEDED(hr) && ordinal)
            hr = prop_bag_set_long(&bag, ordinal, (LONG)i);
        if (SUCCEEDED(hr))
            hr = put_row(rows, &bag, columns);
        prop_bag_clear(&bag);
    }
    heap_free(uids);
    return hr;
}

static HRESULT make_view(struct row_set *rows, struct gate *gate, const SPropTagArray *columns, ULONG flags, HRESULT hr,
                         IMAPITable **table)
{
    if (SUCCEEDED(hr))
        hr = table_view_create(rows, gate, columns, flags & MAPI_UNICODE, NULL, TRUE, table);
    row_set_release(rows);
    return hr;
}

/* SVC-01, SVC-02. In the order of the list: clients take the last row for the newest service. */
HRESULT services_table(const WCHAR *profile, struct gate *gate, ULONG flags, IMAPITable **table)
{
    const SPropTagArray *columns = (const SPropTagArray *)&service_columns;
    struct row_set *rows;
    HRESULT hr;

    hr = row_set_create(PR_INSTANCE_KEY, &rows);
    if (FAILED(hr))
        return hr;
    hr = add_list(rows, profile, PR_SERVICES, PR_SERVICE_UID, 0, columns);
    return make_view(rows, gate, columns, flags, hr, table);
}

/* SVC-16 */
HRESULT providers_table(const WCHAR *profile, struct gate *gate, ULONG flags, IMAPITable **table)
{
    const SPropTagArray *columns = (const SPropTagArray *)&provider_columns;
    struct row_set *rows;
    HRESULT hr;

    hr = row_set_create(PR_INSTANCE_KEY, &rows);
    if (FAILED(hr))
        return hr;
    hr = add_list(rows, profile, PR_STORE_PROVIDERS, PR_PROVIDER_UID, PR_PROVIDER_ORDINAL, columns);
    if (SUCCEEDED(hr))
        hr = add_list(rows, profile, PR_AB_PROVIDERS, PR_PROVIDER_UID, PR_PROVIDER_ORDINAL, columns);
    if (SUCCEEDED(hr))
        hr = add_list(rows, profile, PR_TRANSPORT_PROVIDERS, PR_PROVIDER_UID, PR_PROVIDER_ORDINAL, columns);
    return make_view(rows, gate, columns, flags, hr, table);
}
