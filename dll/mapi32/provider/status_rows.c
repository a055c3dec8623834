/*
 * Status rows of providers: what ModifyStatusRow says, with the columns that MAPI adds (status-tables).
 *
 * A row is kept with its logon, so that a table that is made later has it, and goes when the support object goes.
 */
#include "provider/set.h"

/* {8E2B6C01-5B7A-4D0E-9C63-2F4B6D1A7E10}: the MAPIUID in status objects' entry identifiers. */
const MAPIUID status_uid = {
        {0x01, 0x6c, 0x2b, 0x8e, 0x7a, 0x5b, 0x0e, 0x4d, 0x9c, 0x63, 0x2f, 0x4b, 0x6d, 0x1a, 0x7e, 0x10}};

void status_entryid_make(ULONG key, struct status_entryid *entryid)
{
    memset(entryid, 0, sizeof(*entryid));
    entryid->flags[0] = MAPI_SHORTTERM | MAPI_NOTRECIP | MAPI_THISSESSION | MAPI_NOTRESERVED;
    entryid->uid = status_uid;
    entryid->key = key;
}

BOOL status_entryid_key(const ENTRYID *entryid, ULONG size, ULONG *key)
{
    struct status_entryid given;

    if (size != sizeof(given))
        return FALSE;
    memcpy(&given, entryid, sizeof(given));
    *key = given.key;
    return !memcmp(&given.uid, &status_uid, sizeof(status_uid));
}

/* A property of the logon's section becomes a column when it is there and the provider has not given it. */
static HRESULT add_from_section(struct prop_bag *row, const struct prop_bag *section, ULONG tag)
{
    const SPropValue *value = prop_bag_find(section, tag);

    if (!value || PROP_TYPE(value->ulPropTag) != PROP_TYPE(tag))
        return S_OK;
    return prop_bag_set(row, value);
}

/* The columns that are MAPI's. */
static HRESULT complete_row(struct logon *logon, struct prop_bag *row)
{
    static const LONG types[PROVIDER_KINDS] = {MAPI_TRANSPORT_PROVIDER, MAPI_AB_PROVIDER, MAPI_STORE_PROVIDER};
    struct status_entryid entryid;
    struct prop_bag section;
    HRESULT hr;

    if (FAILED(hr = provider_section_read(logon->set->host.profile, &logon->section, &section)))
    {
        prop_bag_clear(&section);
        return hr;
    }
    status_entryid_make(logon->row_key, &entryid);
    if (SUCCEEDED(hr = prop_bag_set_text(row, PR_PROVIDER_DLL_NAME, logon->provider->dll))
        && SUCCEEDED(hr = prop_bag_set_long(row, PR_RESOURCE_FLAGS, 0))
        && SUCCEEDED(hr = add_from_section(row, &section, PR_RESOURCE_FLAGS))
        && SUCCEEDED(hr = prop_bag_set_long(row, PR_RESOURCE_TYPE, types[logon->provider->kind]))
        && SUCCEEDED(hr = prop_bag_set_long(row, PR_OBJECT_TYPE, MAPI_STATUS))
        && SUCCEEDED(hr = prop_bag_set_long(row, PR_ROWID, logon->row_key))
        && SUCCEEDED(hr = prop_bag_set_binary(row, PR_INSTANCE_KEY, &logon->row_key, sizeof(logon->row_key))))
        hr = prop_bag_set_binary(row, PR_ENTRYID, &entryid, sizeof(entryid));
    prop_bag_clear(&section);
    return hr;
}

/* The values of a bag, wide. */
static HRESULT bag_values(const struct prop_bag *bag, ULONG *count, SPropValue **values)
{
    return prop_bag_get(bag, NULL, MAPI_UNICODE, count, values);
}

static HRESULT bag_add(struct prop_bag *bag, ULONG count, const SPropValue *values)
{
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (PROP_TYPE(values[i].ulPropTag) != PT_ERROR)
            hr = prop_bag_set(bag, &values[i]);
    return hr;
}

static HRESULT show_row(struct provider_set *set, const struct prop_bag *row, BOOL create)
{
    SPropValue *values = NULL;
    struct row_set *rows;
    ULONG count;
    HRESULT hr = set->host.status_rows(set->host.session, create, &rows);

    if (FAILED(hr) || !rows)
        return hr;
    if (SUCCEEDED(hr = bag_values(row, &count, &values)))
        hr = row_set_put(rows, values, count);
    MAPIFreeBuffer(values);
    return hr;
}

/* The spooler acts on what a transport's row says. */
static void tell_spooler(struct logon *logon)
{
    const struct spooling *spooling = logon->set->spooling;
    const SPropValue *value;
    ULONG status = 0;

    if (!spooling || logon->provider->kind != PROVIDER_TRANSPORT)
        return;
    AcquireSRWLockShared(&logon->set->lock);
    value = prop_bag_find(&logon->row, PR_STATUS_CODE);
    if (value && PROP_TYPE(value->ulPropTag) == PT_LONG)
        status = value->Value.l;
    ReleaseSRWLockShared(&logon->set->lock);
    spooling->row_changed(logon->set->spooler, logon, status);
}

/* SPI-09. merge: only the given columns change (STATUSROW_UPDATE); else the row is a new one. */
HRESULT logon_set_row(struct logon *logon, ULONG count, const SPropValue *values, BOOL merge)
{
    struct provider_set *set = logon->set;
    SPropValue *old_values = NULL;
    struct prop_bag row, old;
    ULONG old_count = 0;
    HRESULT hr = S_OK;

    if (logon->spooler && logon->provider->kind == PROVIDER_STORE)
        return S_OK; /* the client's logon has the store's row */
    prop_bag_init(&row);
    AcquireSRWLockExclusive(&set->lock);
    if (!logon->row_key)
        logon->row_key = ++set->last_key;
    if (merge)
        hr = bag_values(&logon->row, &old_count, &old_values);
    ReleaseSRWLockExclusive(&set->lock);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = bag_add(&row, old_count, old_values))
        && SUCCEEDED(hr = bag_add(&row, count, values)) && SUCCEEDED(hr = complete_row(logon, &row)))
        hr = show_row(set, &row, FALSE);
    MAPIFreeBuffer(old_values);
    if (SUCCEEDED(hr))
    {
        AcquireSRWLockExclusive(&set->lock);
        old = logon->row;
        logon->row = row;
        row = old;
        ReleaseSRWLockExclusive(&set->lock);
        tell_spooler(logon);
    }
    prop_bag_clear(&row);
    return hr;
}

/* SPI-10. Needs no memory. */
void logon_forget_row(struct logon *logon)
{
    struct provider_set *set = logon->set;
    SPropValue index = {.ulPropTag = PR_INSTANCE_KEY};
    struct row_set *rows = NULL;
    struct prop_bag row;
    ULONG key;

    AcquireSRWLockExclusive(&set->lock);
    key = logon->row_key;
    logon->row_key = 0;
    row = logon->row;
    prop_bag_init(&logon->row);
    ReleaseSRWLockExclusive(&set->lock);
    prop_bag_clear(&row);
    if (!key || FAILED(set->host.status_rows(set->host.session, FALSE, &rows)) || !rows)
        return;
    index.Value.bin.cb = sizeof(key);
    index.Value.bin.lpb = (BYTE *)&key;
    row_set_remove(rows, &index);
}

HRESULT providers_fill_status(struct provider_set *set, struct row_set *rows)
{
    SPropValue *values;
    struct logon *logon;
    HRESULT hr = S_OK;
    ULONG count;

    /* Putting a row calls nobody. */
    AcquireSRWLockShared(&set->lock);
    for (logon = set->first; logon && SUCCEEDED(hr); logon = logon->next)
    {
        if (!logon->row_key || !logon->row.count)
            continue;
        values = NULL;
        if (SUCCEEDED(hr = bag_values(&logon->row, &count, &values)))
            hr = row_set_put(rows, values, count);
        MAPIFreeBuffer(values);
    }
    ReleaseSRWLockShared(&set->lock);
    return hr;
}

static struct logon *logon_of_row(struct provider_set *set, ULONG key)
{
    struct logon *logon;

    AcquireSRWLockShared(&set->lock);
    for (logon = set->first; logon; logon = logon->next)
        if (key && logon->row_key == key && logon->state == LOGON_OPEN && logon_use(logon))
            break;
    ReleaseSRWLockShared(&set->lock);
    return logon;
}

/* SESS-22 */
HRESULT providers_open_status(struct provider_set *set, ULONG key, const IID *iid, ULONG flags, ULONG *type,
                              IUnknown **out)
{
    struct logon *logon = logon_of_row(set, key);
    void *entry = NULL;
    HRESULT hr;

    *out = NULL;
    if (!logon)
        return MAPI_E_NOT_FOUND;
    switch (logon->provider->kind)
    {
    case PROVIDER_TRANSPORT:
        hr = IXPLogon_OpenStatusEntry((IXPLogon *)logon->object, iid, flags, type, (IMAPIStatus **)&entry);
        break;
    case PROVIDER_BOOK:
        hr = IABLogon_OpenStatusEntry((IABLogon *)logon->object, iid, flags, type, (IMAPIStatus **)&entry);
        break;
    default:
        hr = IMSLogon_OpenStatusEntry((IMSLogon *)logon->object, iid, flags, type, &entry);
        break;
    }
    if (SUCCEEDED(hr))
        *out = entry;
    logon_unuse(logon);
    return hr;
}

/* SESS-47 */
HRESULT providers_identity(struct provider_set *set, ULONG *size, ENTRYID **entryid)
{
    const SPropValue *flags, *identity, *best = NULL;
    struct logon *logon;
    HRESULT hr = MAPI_E_NOT_FOUND;

    AcquireSRWLockShared(&set->lock);
    for (logon = set->first; logon; logon = logon->next)
    {
        identity = prop_bag_find(&logon->row, PR_IDENTITY_ENTRYID);
        flags = prop_bag_find(&logon->row, PR_RESOURCE_FLAGS);
        if (!identity || PROP_TYPE(identity->ulPropTag) != PT_BINARY || !identity->Value.bin.cb)
            continue;
        if (!best)
            best = identity;
        if (flags && (flags->Value.l & STATUS_PRIMARY_IDENTITY))
        {
            best = identity;
            break;
        }
    }
    if (best && SUCCEEDED(hr = MAPIAllocateBuffer(best->Value.bin.cb, (void **)entryid)))
    {
        *size = best->Value.bin.cb;
        memcpy(*entryid, best->Value.bin.lpb, *size);
    }
    ReleaseSRWLockShared(&set->lock);
    return hr;
}
