/*
 * Rows of the message stores table, from the profile's sections (message-store-tables), and which store is the default.
 */
#include "provider/set.h"

/* Copies a property of the section; text is wide there. */
static HRESULT copy_value(struct prop_bag *row, const struct prop_bag *section, ULONG tag)
{
    const SPropValue *value = prop_bag_find(section, tag);

    if (!value || PROP_TYPE(value->ulPropTag) != PROP_TYPE(tag))
        return S_OK;
    return prop_bag_set(row, value);
}

/* A store that has not told its identifier yet is known by its section. */
static HRESULT add_entryid(struct prop_bag *row, const struct prop_bag *section, const MAPIUID *uid)
{
    struct store_section_entryid entryid;

    if (prop_bag_find(section, PR_ENTRYID))
        return copy_value(row, section, PR_ENTRYID);
    store_section_entryid(uid, &entryid);
    return prop_bag_set_binary(row, PR_ENTRYID, &entryid, sizeof(entryid));
}

static LONG section_flags(const struct prop_bag *section)
{
    const SPropValue *value = prop_bag_find(section, PR_RESOURCE_FLAGS);

    return value && PROP_TYPE(value->ulPropTag) == PT_LONG ? value->Value.l : 0;
}

static HRESULT make_row(const struct prop_bag *section, const MAPIUID *uid, struct prop_bag *row)
{
    static const ULONG copied[] = {PR_DISPLAY_NAME_W, PR_MDB_PROVIDER, PR_PROVIDER_DISPLAY_W, PR_RECORD_KEY};
    LONG flags = section_flags(section);
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(copied) && SUCCEEDED(hr); i++)
        hr = copy_value(row, section, copied[i]);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = add_entryid(row, section, uid))
        && SUCCEEDED(hr = prop_bag_set_bool(row, PR_DEFAULT_STORE, !!(flags & STATUS_DEFAULT_STORE)))
        && SUCCEEDED(hr = prop_bag_set_binary(row, PR_INSTANCE_KEY, uid, sizeof(*uid)))
        && SUCCEEDED(hr = prop_bag_set_long(row, PR_OBJECT_TYPE, MAPI_STORE))
        && SUCCEEDED(hr = prop_bag_set_long(row, PR_RESOURCE_FLAGS, flags)))
        hr = prop_bag_set_long(row, PR_RESOURCE_TYPE, MAPI_STORE_PROVIDER);
    return hr;
}

static HRESULT put_row(struct provider_set *set, struct row_set *rows, const MAPIUID *uid)
{
    SPropValue *values = NULL;
    struct prop_bag section, row;
    ULONG count;
    HRESULT hr;

    prop_bag_init(&row);
    if (SUCCEEDED(hr = provider_section_read(set->host.profile, uid, &section))
        && SUCCEEDED(hr = make_row(&section, uid, &row))
        && SUCCEEDED(hr = prop_bag_get(&row, NULL, MAPI_UNICODE, &count, &values)))
        hr = row_set_put(rows, values, count);
    MAPIFreeBuffer(values);
    prop_bag_clear(&row);
    prop_bag_clear(&section);
    return hr;
}

/* A listed section that is not there makes no row. */
HRESULT providers_fill_stores(struct provider_set *set, struct row_set *rows)
{
    MAPIUID *uids;
    ULONG count, i;
    HRESULT hr;

    if (FAILED(hr = provider_listed(set, PR_STORE_PROVIDERS, &uids, &count)))
        return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if ((hr = put_row(set, rows, &uids[i])) == MAPI_E_NOT_FOUND)
            hr = S_OK;
    heap_free(uids);
    return hr;
}

void store_row_refresh(struct provider_set *set, const MAPIUID *section)
{
    struct row_set *rows;
    BOOL listed = FALSE;
    MAPIUID *uids;
    ULONG count, i;

    if (FAILED(set->host.store_rows(set->host.session, FALSE, &rows)) || !rows
        || FAILED(provider_listed(set, PR_STORE_PROVIDERS, &uids, &count)))
        return;
    for (i = 0; i < count && !listed; i++)
        listed = !memcmp(&uids[i], section, sizeof(*section));
    heap_free(uids);
    if (listed && FAILED(put_row(set, rows, section)))
        WARN("the row of a store is not current\n");
}

/*
 * SetDefaultStore.
 */

struct store_choice
{
    LONG flag, needed; /* STATUS_*, STORE_* */
    BOOL permanent;
};

static const struct store_choice choices[] = {
        {STATUS_DEFAULT_STORE, STORE_SUBMIT_OK | STORE_CREATE_OK | STORE_MODIFY_OK, TRUE},
        {STATUS_SIMPLE_STORE, 0, FALSE},
        {STATUS_SIMPLE_STORE, 0, TRUE},
        {STATUS_PRIMARY_STORE, 0, TRUE},
        {STATUS_SECONDARY_STORE, 0, TRUE},
};

/* SESS-52: opens the store, as it alone knows what it can. */
static HRESULT check_store(struct provider_set *set, ULONG size, const ENTRYID *entryid, LONG needed)
{
    static const SizedSPropTagArray(1, tags) = {1, {PR_STORE_SUPPORT_MASK}};
    SPropValue *values = NULL;
    IMsgStore *store;
    LONG mask = 0;
    ULONG count;
    HRESULT hr;

    hr = providers_open_store(set, 0, size, entryid, NULL, MDB_NO_DIALOG | MDB_NO_MAIL | MDB_WRITE, &store);
    if (FAILED(hr))
        return hr;
    if (SUCCEEDED(hr = IMsgStore_GetProps(store, (SPropTagArray *)&tags, 0, &count, &values)))
    {
        if (count == 1 && values[0].ulPropTag == PR_STORE_SUPPORT_MASK)
            mask = values[0].Value.l;
        MAPIFreeBuffer(values);
    }
    IMsgStore_Release(store);
    if (FAILED(hr))
        return hr;
    return (mask & needed) == needed ? S_OK : MAPI_E_NO_SUPPORT;
}

/* One store's flag as it has to be: in the profile if it is to last, in the table always. */
static HRESULT set_flag(struct provider_set *set, struct row_set *rows, const MAPIUID *uid,
                        const struct store_choice *choice, BOOL yes)
{
    SPropValue value = {.ulPropTag = PR_RESOURCE_FLAGS}, index = {.ulPropTag = PR_INSTANCE_KEY}, *values = NULL;
    ULONG count, i;
    HRESULT hr;

    index.Value.bin.cb = sizeof(*uid);
    index.Value.bin.lpb = (BYTE *)uid;
    if (FAILED(hr = row_set_get(rows, &index, &count, &values)))
        return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
    for (i = 0; i < count && values[i].ulPropTag != PR_RESOURCE_FLAGS; i++)
        ;
    value.Value.l = i < count ? values[i].Value.l : 0;
    if (i < count && !!(value.Value.l & choice->flag) != yes)
    {
        value.Value.l ^= choice->flag;
        values[i].Value.l = value.Value.l;
        for (i = 0; i < count; i++)
            if (values[i].ulPropTag == PR_DEFAULT_STORE)
                values[i].Value.b = !!(value.Value.l & STATUS_DEFAULT_STORE);
        if (choice->permanent)
            hr = provider_section_write(set->host.profile, uid, 1, &value);
        if (SUCCEEDED(hr))
            hr = row_set_put(rows, values, count);
    }
    MAPIFreeBuffer(values);
    return hr;
}

/* The section of the row with an identifier. */
static HRESULT find_row(struct row_set *rows, const MAPIUID *uids, ULONG uid_count, ULONG size, const ENTRYID *entryid,
                        ULONG *found)
{
    SPropValue index = {.ulPropTag = PR_INSTANCE_KEY}, *values;
    ULONG count, i, k;
    HRESULT hr = MAPI_E_NOT_FOUND;

    for (i = 0; i < uid_count && hr == MAPI_E_NOT_FOUND; i++)
    {
        index.Value.bin.cb = sizeof(*uids);
        index.Value.bin.lpb = (BYTE *)&uids[i];
        if ((hr = row_set_get(rows, &index, &count, &values)) != S_OK)
            continue;
        hr = MAPI_E_NOT_FOUND;
        for (k = 0; k < count; k++)
            if (values[k].ulPropTag == PR_ENTRYID && values[k].Value.bin.cb == size
                && !memcmp(values[k].Value.bin.lpb, entryid, size))
                hr = S_OK;
        MAPIFreeBuffer(values);
        *found = i;
    }
    return hr;
}

/* With a reference. What is to last in the tables alone needs the session's; else rows that nobody sees do as well. */
static HRESULT rows_to_change(struct provider_set *set, BOOL session_only, struct row_set **rows)
{
    HRESULT hr;

    if (FAILED(hr = set->host.store_rows(set->host.session, session_only, rows)))
        return hr;
    if (*rows)
    {
        row_set_addref(*rows);
        return S_OK;
    }
    if (SUCCEEDED(hr = row_set_create(PR_INSTANCE_KEY, rows)) && FAILED(hr = providers_fill_stores(set, *rows)))
        row_set_release(*rows);
    return hr;
}

HRESULT providers_set_default_store(struct provider_set *set, ULONG flag, ULONG size, const ENTRYID *entryid)
{
    const struct store_choice *choice = &choices[flag - MAPI_DEFAULT_STORE];
    ULONG count, i, chosen = (ULONG)-1;
    struct row_set *rows;
    MAPIUID *uids;
    HRESULT hr;

    if (FAILED(hr = rows_to_change(set, !choice->permanent, &rows)))
        return hr;
    if (FAILED(hr = provider_listed(set, PR_STORE_PROVIDERS, &uids, &count)))
    {
        row_set_release(rows);
        return hr;
    }
    if (entryid && SUCCEEDED(hr = find_row(rows, uids, count, size, entryid, &chosen)) && choice->needed)
        hr = check_store(set, size, entryid, choice->needed);
    /* SESS-50, 51: the one that had it loses it first, so that there are never two. */
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (i != chosen)
            hr = set_flag(set, rows, &uids[i], choice, FALSE);
    if (SUCCEEDED(hr) && entryid)
        hr = set_flag(set, rows, &uids[chosen], choice, TRUE);
    row_set_release(rows);
    heap_free(uids);
    return hr;
}
