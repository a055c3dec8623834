/*
 * membership_member: members without sessions, for the tests of the record: they join, count what they hear, and leave.
 */
#ifndef POSTROOM_TESTS_MEMBERSHIP_MEMBER_H
#define POSTROOM_TESTS_MEMBERSHIP_MEMBER_H

#include "harness.h"

#include "membership/local.h"

#define DEADLINE 30000 /* milliseconds, for what has to come */

struct member
{
    struct membership membership;
    volatile LONG heard[MEMBERSHIP_EVENTS];
};

static inline void hears(struct membership *membership, enum membership_event event, ULONG count)
{
    InterlockedExchangeAdd(&CONTAINING_RECORD(membership, struct member, membership)->heard[event], (LONG)count);
}

/* Joins what there is, or makes one. */
static inline HRESULT join(struct member *member)
{
    struct membership_offer offer;
    HRESULT hr;

    memset(member, 0, sizeof(*member));
    member->membership.hear = hears;
    if (FAILED(hr = membership_find(&offer)))
        return hr;
    if (!offer.session)
        lstrcpyW(offer.profile, L"profile");
    hr = membership_join(&member->membership, &offer, 0);
    membership_offer_end(&offer);
    return hr;
}

static inline void leave(struct member *member, enum membership_leaving how)
{
    ULONG unheard[MEMBERSHIP_EVENTS], i;

    membership_leave(&member->membership, how, unheard);
    for (i = 0; i < MEMBERSHIP_EVENTS; i++)
        member->heard[i] += (LONG)unheard[i];
}

static inline BOOL heard(struct member *member, enum membership_event event, LONG count)
{
    ULONGLONG start = GetTickCount64();

    while (member->heard[event] < count && GetTickCount64() - start < DEADLINE)
        Sleep(1);
    return member->heard[event] == count;
}

static inline ULONG used_slots(const struct record *record)
{
    ULONG i, count = 0;

    for (i = 0; i < RECORD_SLOTS; i++)
        count += record->slots[i].used != 0;
    return count;
}

#endif
