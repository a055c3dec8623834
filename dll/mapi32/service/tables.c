/*
 * tables: the message service table and the provider tables of a profile, read from its sections.
 *
 * MAPI's own section lists the services and the providers of each kind as uids one after the other; each has a section
 * of its own. Lists and sections are hostile: what is missing becomes PT_ERROR in its column, a uid that is listed twice
 * one row.
 */
#include "service/tables.h"
#include "profile/provider_sections.h"
#include "profile/service_sections.h"
#include "table/table.h"

static const SizedSPropTagArray(8, service_columns) = {8,
                                                       {PR_DISPLAY_NAME_W, PR_INSTANCE_KEY, PR_RESOURCE_FLAGS,
                                                        PR_SERVICE_DLL_NAME_W, PR_SERVICE_ENTRY_NAME, PR_SERVICE_NAME_W,
                                                        PR_SERVICE_SUPPORT_FILES_W, PR_SERVICE_UID}};
static const SizedSPropTagArray(10, provider_columns) = {
        10,
        {PR_INSTANCE_KEY, PR_DISPLAY_NAME_W, PR_PROVIDER_DISPLAY_W, PR_PROVIDER_DLL_NAME_W, PR_PROVIDER_ORDINAL,
         PR_PROVIDER_UID, PR_RESOURCE_FLAGS, PR_RESOURCE_TYPE, PR_SERVICE_NAME_W, PR_SERVICE_UID}};

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

/* One section as a row; one that is not there makes none. ordinal_tag: the column that counts the rows, 0: none. */
static HRESULT add_row(struct row_set *rows, const struct profile *profile, const MAPIUID *uid, ULONG uid_tag,
                       ULONG ordinal_tag, ULONG ordinal, const SPropTagArray *columns)
{
    struct prop_bag bag;
    HRESULT hr;

    hr = provider_section_read(profile, uid, &bag);
    if (hr == MAPI_E_NOT_FOUND)
    {
        WARN("section %s of profile %s is listed but not there, skipped", debugstr_guid((const GUID *)uid),
             debugstr_w(profile_name(profile)));
        return S_OK;
    }
    if (SUCCEEDED(hr))
        hr = prop_bag_set_binary(&bag, PR_INSTANCE_KEY, uid, sizeof(*uid));
    if (SUCCEEDED(hr))
        hr = prop_bag_set_binary(&bag, uid_tag, uid, sizeof(*uid));
    if (SUCCEEDED(hr) && ordinal_tag)
        hr = prop_bag_set_long(&bag, ordinal_tag, (LONG)ordinal);
    if (SUCCEEDED(hr))
        hr = put_row(rows, &bag, columns);
    prop_bag_clear(&bag);
    return hr;
}

/* One list into rows. only: of these uids, NULL: all. */
static HRESULT add_list(struct row_set *rows, const struct profile *profile, ULONG list_tag, ULONG uid_tag,
                        ULONG ordinal_tag, const MAPIUID *only, ULONG only_count, const SPropTagArray *columns)
{
    MAPIUID *uids;
    ULONG count, i;
    HRESULT hr;

    hr = provider_list(profile, list_tag, &uids, &count);
    for (i = 0; SUCCEEDED(hr) && i < count; ++i)
        if (!only || provider_list_contains(only, only_count, &uids[i]))
            hr = add_row(rows, profile, &uids[i], uid_tag, ordinal_tag, i, columns);
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
HRESULT services_table(const struct profile *profile, struct gate *gate, ULONG flags, IMAPITable **table)
{
    const SPropTagArray *columns = (const SPropTagArray *)&service_columns;
    struct row_set *rows;
    HRESULT hr;

    hr = row_set_create(PR_INSTANCE_KEY, &rows);
    if (FAILED(hr))
        return hr;
    hr = add_list(rows, profile, PR_SERVICES, PR_SERVICE_UID, 0, NULL, 0, columns);
    return make_view(rows, gate, columns, flags, hr, table);
}

/* The providers of all kinds, each with its place in its kind's list. */
static HRESULT add_providers(struct row_set *rows, const struct profile *profile, const MAPIUID *only, ULONG only_count,
                             const SPropTagArray *columns)
{
    static const ULONG kinds[] = {PR_STORE_PROVIDERS, PR_AB_PROVIDERS, PR_TRANSPORT_PROVIDERS, PR_FILTERING_HOOKS};
    HRESULT hr = S_OK;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(kinds) && SUCCEEDED(hr); ++i)
        hr = add_list(rows, profile, kinds[i], PR_PROVIDER_UID, PR_PROVIDER_ORDINAL, only, only_count, columns);
    return hr;
}

/* SVC-16 */
HRESULT providers_table(const struct profile *profile, struct gate *gate, ULONG flags, IMAPITable **table)
{
    const SPropTagArray *columns = (const SPropTagArray *)&provider_columns;
    struct row_set *rows;
    HRESULT hr;

    hr = row_set_create(PR_INSTANCE_KEY, &rows);
    if (FAILED(hr))
        return hr;
    hr = add_providers(rows, profile, NULL, 0, columns);
    return make_view(rows, gate, columns, flags, hr, table);
}

/* SVC-17: and a row for each section that is none of a provider; it has no PR_RESOURCE_TYPE. */
HRESULT service_providers_table(const struct profile *profile, const MAPIUID *service, struct gate *gate, ULONG flags,
                                IMAPITable **table)
{
    const SPropTagArray *columns = (const SPropTagArray *)&provider_columns;
    ULONG count, extra_count, i;
    MAPIUID *uids, *extras;
    struct row_set *rows;
    HRESULT hr;

    if (FAILED(hr = service_sections_list(profile, service, &uids, &count, &extras, &extra_count)))
        return hr;
    hr = row_set_create(PR_INSTANCE_KEY, &rows);
    if (SUCCEEDED(hr))
    {
        hr = add_providers(rows, profile, uids, count, columns);
        for (i = 0; SUCCEEDED(hr) && i < extra_count; ++i)
            hr = add_row(rows, profile, &extras[i], PR_PROVIDER_UID, 0, 0, columns);
        hr = make_view(rows, gate, columns, flags, hr, table);
    }
    heap_free(uids);
    heap_free(extras);
    return hr;
}
