/*
 * Sharing: a session as a member of the shared session, and what its sinks hear of the other members' log-offs
 * (conformance.md 1.9).
 */
#include "session/session.h"

/* S-20, S-21: each log-off of another member is one notification. */
static const ULONG event_types[MEMBERSHIP_EVENTS] = {fnevCriticalError, fnevExtended};

void session_tell(struct session *session, ULONG event, ULONG count)
{
    NOTIFICATION notification;
    HRESULT hr;

    memset(&notification, 0, sizeof(notification));
    notification.ulEventType = event;
    if (event == fnevCriticalError)
        notification.info.err.scode = POSTROOM_LOGOFF_SCODE;
    else
        notification.info.ext.ulEvent = POSTROOM_LOGOFF_EXTENDED_EVENT;
    while (count--)
        if (FAILED(hr = advise_queue(&session->advise, &notification)))
            WARN("Event %#lx is lost, hr %#lx.\n", event, hr);
}

static void membership_hears(struct membership *membership, enum membership_event event, ULONG count)
{
    session_tell(CONTAINING_RECORD(membership, struct session, membership), event_types[event], count);
}

HRESULT session_share(struct session *session, const struct membership_offer *offer)
{
    HRESULT hr;

    session->membership.hear = membership_hears;
    hr = membership_join(&session->membership, offer, session->logon_flags);
    if (hr == S_FALSE)
        WARN("Sessions cannot be shared here; this one is not.\n");
    return hr;
}

void session_unshare(struct session *session, enum session_ending ending)
{
    ULONG unheard[MEMBERSHIP_EVENTS], i;

    membership_leave(&session->membership,
                     ending == SESSION_FAST_SHUTDOWN     ? LEAVE_QUIETLY
                     : ending == SESSION_LOGS_OFF_SHARED ? LEAVE_SHARED
                                                         : LEAVE,
                     unheard);
    /* S-24 */
    for (i = 0; ending != SESSION_FAST_SHUTDOWN && i < MEMBERSHIP_EVENTS; i++)
        session_tell(session, event_types[i], unheard[i]);
}
