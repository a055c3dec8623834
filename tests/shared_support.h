/*
 * shared_support: what the tests of shared sessions have in common: logging on as they do, and sinks that count each
 * kind of event.
 */
#ifndef POSTROOM_TESTS_SHARED_SUPPORT_H
#define POSTROOM_TESTS_SHARED_SUPPORT_H

#include "harness_session.h"

#define DEADLINE 30000 /* milliseconds, for what has to come */

/* A session-level sink. on_notify may run on any thread. */
struct listener
{
    struct harness_sink sink;
    volatile LONG critical, extended, others, malformed;
    IMAPISession *session;
    ULONG_PTR connection;
};

static inline BOOL bytes_zero(const void *bytes, size_t size)
{
    const BYTE *byte = bytes;

    while (size && !*byte)
        byte++, size--;
    return !size;
}

static inline void listener_notified(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications)
{
    struct listener *listener = CONTAINING_RECORD(sink, struct listener, sink);
    NOTIFICATION expected;
    ULONG i;

    if (!count)
        InterlockedIncrement(&listener->malformed);
    for (i = 0; i < count; i++)
    {
        /* SHARED_03, 04, 09, 12: everything but these is zero. */
        memset(&expected, 0, sizeof(expected));
        expected.ulEventType = notifications[i].ulEventType;
        if (notifications[i].ulEventType == 1)
            expected.info.err.scode = (SCODE)0x80040200;
        if (memcmp(&expected.info, &notifications[i].info, sizeof(expected.info)))
            InterlockedIncrement(&listener->malformed);
        InterlockedIncrement(notifications[i].ulEventType == 1                   ? &listener->critical
                             : notifications[i].ulEventType == (ULONG)0x80000000 ? &listener->extended
                                                                                 : &listener->others);
    }
}

static inline void listen_to(struct listener *listener, IMAPISession *session, ULONG mask)
{
    memset(listener, 0, sizeof(*listener));
    harness_sink_init(&listener->sink);
    listener->sink.on_notify = listener_notified;
    listener->session = session;
    assert_hr(IMAPISession_Advise(session, 0, NULL, mask, &listener->sink.IMAPIAdviseSink_iface, &listener->connection),
              S_OK);
}

/* Waits until a count is reached; pumps messages meanwhile. */
static inline BOOL comes_to(volatile LONG *value, LONG expected)
{
    ULONGLONG start = GetTickCount64();

    while (*value < expected && GetTickCount64() - start < DEADLINE)
        harness_pump(2);
    return *value >= expected;
}

/* Exactly so many of each have come, when the last of them has. */
static inline void assert_heard(struct listener *listener, LONG critical, LONG extended)
{
    assert_true(comes_to(&listener->critical, critical));
    assert_true(comes_to(&listener->extended, extended));
    assert_int_equal(listener->critical, critical);
    assert_int_equal(listener->extended, extended);
    assert_int_equal(listener->others, 0);
    assert_int_equal(listener->malformed, 0);
}

/* The session that makes the shared one, on test_profile(). */
static inline IMAPISession *log_on_shared(ULONG flags)
{
    IMAPISession *session = NULL;

    assert_hr(MAPILogonEx(0, (LPTSTR)test_profile(), NULL, MAPI_ALLOW_OTHERS | MAPI_EXTENDED | MAPI_UNICODE | flags,
                          &session),
              S_OK);
    assert_non_null(session);
    return session;
}

/* Flags 0, NULL name, NULL password. */
static inline HRESULT try_join(IMAPISession **session)
{
    return MAPILogonEx(0, NULL, NULL, MAPI_EXTENDED, session);
}

static inline IMAPISession *join(void)
{
    IMAPISession *session = NULL;

    assert_hr(try_join(&session), S_OK);
    assert_non_null(session);
    return session;
}

static inline void assert_nothing_to_join(void)
{
    IMAPISession *session = (IMAPISession *)1;

    assert_hr(try_join(&session), MAPI_E_LOGON_FAILED);
    assert_null(session);
}

static inline void log_off_shared(IMAPISession *session)
{
    assert_hr(IMAPISession_Logoff(session, 0, MAPI_LOGOFF_SHARED, 0), S_OK);
    assert_int_equal(IMAPISession_Release(session), 0);
}

#endif
