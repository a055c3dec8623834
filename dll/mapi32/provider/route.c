/*
 * What the session does with entry identifiers of providers' objects: the logon that has registered the MAPIUID is asked.
 */
#include "provider/set.h"

BOOL providers_own(struct provider_set *set, ULONG size, const ENTRYID *entryid)
{
    struct logon *logon = logon_of_uid(set, size, entryid);

    if (logon)
        logon_unuse(logon);
    return logon != NULL;
}

HRESULT providers_open_entry(struct provider_set *set, ULONG size, const ENTRYID *entryid, const IID *iid, ULONG flags,
                             ULONG *type, IUnknown **out)
{
    struct logon *logon = logon_of_uid(set, size, entryid);
    ENTRYID *id = (ENTRYID *)entryid;
    HRESULT hr;

    *out = NULL;
    if (!logon)
        return MAPI_E_UNKNOWN_ENTRYID;
    if (logon->provider->kind == PROVIDER_STORE) /* SESS-20, 21 */
        hr = IMSLogon_OpenEntry((IMSLogon *)logon->object, size, id, iid, flags, type, out);
    else
        hr = IABLogon_OpenEntry((IABLogon *)logon->object, size, id, iid, flags, type, out);
    if (FAILED(hr))
        *out = NULL;
    logon_unuse(logon);
    return hr;
}

/* SESS-24, 26: two owners' objects are different ones. */
HRESULT providers_compare(struct provider_set *set, ULONG size1, const ENTRYID *entryid1, ULONG size2,
                          const ENTRYID *entryid2, ULONG *same)
{
    struct logon *one = logon_of_uid(set, size1, entryid1), *other = logon_of_uid(set, size2, entryid2);
    ENTRYID *id1 = (ENTRYID *)entryid1, *id2 = (ENTRYID *)entryid2;
    HRESULT hr = S_OK;

    *same = FALSE;
    if (!one || !other)
        hr = MAPI_E_UNKNOWN_ENTRYID;
    else if (one == other && one->provider->kind == PROVIDER_STORE)
        hr = IMSLogon_CompareEntryIDs((IMSLogon *)one->object, size1, id1, size2, id2, 0, same);
    else if (one == other)
        hr = IABLogon_CompareEntryIDs((IABLogon *)one->object, size1, id1, size2, id2, 0, same);
    if (FAILED(hr))
        *same = FALSE;
    if (one)
        logon_unuse(one);
    if (other)
        logon_unuse(other);
    return hr;
}

static void unadvise(struct forwarded *forwarded)
{
    struct logon *logon = forwarded->logon;

    if (logon->provider->kind == PROVIDER_STORE)
        IMSLogon_Unadvise((IMSLogon *)logon->object, forwarded->theirs);
    else
        IABLogon_Unadvise((IABLogon *)logon->object, forwarded->theirs);
    logon_unuse(logon);
    heap_free(forwarded);
}

/* SESS-39, 40. The number that the client gets is ours: theirs may be as wide as a pointer. */
HRESULT providers_advise(struct provider_set *set, ULONG size, const ENTRYID *entryid, ULONG mask,
                         IMAPIAdviseSink *sink, ULONG *connection)
{
    struct logon *logon = logon_of_uid(set, size, entryid);
    ENTRYID *id = (ENTRYID *)entryid;
    struct forwarded *forwarded;
    BOOL closed;
    HRESULT hr;

    *connection = 0;
    if (!logon)
        return MAPI_E_UNKNOWN_ENTRYID;
    hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if ((forwarded = heap_alloc_zero(sizeof(*forwarded))))
    {
        if (logon->provider->kind == PROVIDER_STORE)
            hr = IMSLogon_Advise((IMSLogon *)logon->object, size, id, mask, sink, &forwarded->theirs);
        else
            hr = IABLogon_Advise((IABLogon *)logon->object, size, id, mask, sink, &forwarded->theirs);
    }
    if (FAILED(hr))
    {
        heap_free(forwarded);
        logon_unuse(logon);
        return hr;
    }
    forwarded->logon = logon;
    AcquireSRWLockExclusive(&set->lock);
    if (!(closed = logon->state != LOGON_OPEN))
    {
        forwarded->connection = *connection = FORWARDED_FIRST | (++set->last_connection & ~FORWARDED_FIRST);
        forwarded->next = set->forwarded;
        set->forwarded = forwarded;
    }
    ReleaseSRWLockExclusive(&set->lock);
    if (closed)
    {
        unadvise(forwarded);
        return MAPI_E_UNKNOWN_ENTRYID;
    }
    return S_OK;
}

/* Takes out one that suits; NULL: none does. */
static struct forwarded *forwarded_take(struct provider_set *set, const struct logon *logon, ULONG_PTR connection)
{
    struct forwarded **link, *forwarded;

    AcquireSRWLockExclusive(&set->lock);
    for (link = &set->forwarded; (forwarded = *link); link = &forwarded->next)
        if (connection ? forwarded->connection == (ULONG)connection : !logon || forwarded->logon == logon)
            break;
    if (forwarded)
        *link = forwarded->next;
    ReleaseSRWLockExclusive(&set->lock);
    return forwarded;
}

HRESULT providers_unadvise(struct provider_set *set, ULONG_PTR connection)
{
    struct forwarded *forwarded = (ULONG)connection ? forwarded_take(set, NULL, (ULONG)connection) : NULL;

    if (!forwarded)
        return MAPI_E_NOT_FOUND;
    unadvise(forwarded);
    return S_OK;
}

/* LOGOFF-50 */
void forwarded_drop(struct provider_set *set, const struct logon *logon)
{
    struct forwarded *forwarded;

    while ((forwarded = forwarded_take(set, logon, 0)))
        unadvise(forwarded);
}
