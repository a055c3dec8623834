/*
 * member: joining and leaving (conformance.md 2.4; S-26 to S-28).
 */
#include "membership/local.h"

BOOL membership_may_exist(void)
{
    return record_exists();
}

static void profile_from_slot(const struct record_slot *slot, WCHAR profile[MEMBERSHIP_PROFILE_MAX + 1])
{
    memcpy(profile, slot->profile, MEMBERSHIP_PROFILE_MAX * sizeof(WCHAR));
    profile[MEMBERSHIP_PROFILE_MAX] = 0;
}

HRESULT membership_find(struct membership_offer *offer)
{
    struct record_slot slot;
    HRESULT hr;

    memset(offer, 0, sizeof(*offer));
    if ((hr = local_attach(FALSE)) != S_OK)
        return hr == MAPI_E_NOT_ENOUGH_MEMORY ? hr : S_OK;
    offer->attached = TRUE;
    if (!record_current(here.handles.record, &slot))
        return S_OK;
    offer->session = slot.session;
    profile_from_slot(&slot, offer->profile);
    TRACE("session %I64u on %s\n", offer->session, debugstr_w(offer->profile));
    return S_OK;
}

void membership_offer_end(struct membership_offer *offer)
{
    if (offer->attached)
        local_detach();
    offer->attached = FALSE;
}

/* With the lock: what was seen before it is seen again, or the caller has to look anew. */
static HRESULT take_slot(struct membership *membership, const struct membership_offer *offer, struct record_slot *slot)
{
    struct record *record = here.handles.record;
    struct record_slot current;
    BOOL is_open = record_current(record, &current);
    ULONG index;

    if ((is_open ? current.session : 0) != offer->session)
        return MAPI_E_NOT_FOUND;
    if ((index = record_free_slot(record)) == RECORD_SLOTS)
        return MAPI_E_LOGON_FAILED;
    slot->session = is_open ? current.session : record_new_session(record);
    local_place(membership, index, slot->session);
    record_write(record, index, slot);
    if (!is_open)
        InterlockedExchange(&record->open, 1);
    return S_OK;
}

/* For a member that is listed. */
static HRESULT join(struct membership *membership, const struct membership_offer *offer, struct record_slot *slot)
{
    FILETIME now;
    HRESULT hr;

    GetSystemTimeAsFileTime(&now);
    slot->since = (uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime;
    slot->number = membership->number;
    lstrcpynW((WCHAR *)slot->profile, offer->profile, MEMBERSHIP_PROFILE_MAX + 1);
    if (!record_lock(&here.handles))
        return MAPI_E_TIMEOUT;
    hr = take_slot(membership, offer, slot);
    record_unlock(&here.handles);
    return hr;
}

HRESULT membership_join(struct membership *membership, const struct membership_offer *offer, ULONG flags)
{
    struct record_slot slot = {.flags = flags};
    HRESULT hr = local_attach(!offer->session);

    if (hr != S_OK)
        return hr;
    hr = local_add(membership, &slot.process);
    if (SUCCEEDED(hr) && FAILED(hr = join(membership, offer, &slot)))
        local_remove(membership, NULL);
    if (FAILED(hr))
        local_detach();
    TRACE("session %I64u, slot %lu, hr %#lx\n", membership->session, membership->slot, hr);
    return hr;
}

void membership_leave(struct membership *membership, enum membership_leaving how, ULONG unheard[MEMBERSHIP_EVENTS])
{
    const BOOL events[MEMBERSHIP_EVENTS] = {how == LEAVE_SHARED, TRUE};
    struct record *record = here.handles.record;
    uint64_t session = membership->session;
    struct record_process self;
    BOOL locked;

    memset(unheard, 0, MEMBERSHIP_EVENTS * sizeof(*unheard));
    if (!session)
        return;
    TRACE("session %I64u, slot %lu, how %d\n", session, membership->slot, how);

    /* Who cannot have the lock goes without it: its own slot is its own, and counters count without it. */
    locked = record_lock(&here.handles);
    local_process(&self);
    if (record_is_member(record, membership->slot, &self, membership->number))
        record_free(record, membership->slot);
    local_remove(membership, unheard);
    /* S-26: closed from here on. */
    if (how == LEAVE_SHARED && record->session == session)
        InterlockedExchange(&record->open, 0);
    if (how != LEAVE_QUIETLY)
        record_tell(record, session, events, locked);
    if (locked)
        record_unlock(&here.handles);
    local_settle();
    local_detach();
}
