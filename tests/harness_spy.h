/*
 * harness_spy: sessions whose profile has providers of the spy DLL (providers/spy/spy.h), and the list of their calls.
 */
#ifndef POSTROOM_TESTS_HARNESS_SPY_H
#define POSTROOM_TESTS_HARNESS_SPY_H

#include "harness_session.h"
#include "providers/spy/spy.h"

struct spy_setup
{
    ULONG type; /* MAPI_STORE_PROVIDER, MAPI_AB_PROVIDER, MAPI_TRANSPORT_PROVIDER */
    const WCHAR *name;
    ULONG flags;         /* SPY_FLAG_* */
    const WCHAR *script; /* NULL: none */
    BYTE uid;            /* the last byte of the MAPIUID to register; 0: the DLL's own */
    BYTE service;        /* the last byte of the service's uid; 0: of no service */
    const WCHAR *dll;    /* NULL: "spy.dll" */
    LONG resource_flags;
};

/* Loads the DLL for the test's own use, empties its list; the calling thread is A in it. */
void spy_begin(void);
void spy_unload(void);
/* A profile with these providers, in this order; deleted by the harness. */
void spy_profile(WCHAR name[HARNESS_PROFILE_NAME], const struct spy_setup *setups, ULONG count);
#define SPY_PROFILE(name, setups) spy_profile((name), (setups), ARRAY_SIZE(setups))
/* The uid of the n-th section of a spy_profile. */
MAPIUID spy_section_uid(ULONG index);

/* The flags of the n-th section of a profile of spy_profile become others. */
void spy_set_flags(const WCHAR *profile, ULONG index, ULONG flags);
/* An identifier of an entry of whoever has registered the uid with that last byte. */
#define SPY_ENTRYID_SIZE 20
void spy_entryid(BYTE uid, BYTE entryid[SPY_ENTRYID_SIZE]);

/* The stores table's identifier of the store with the name; free with MAPIFreeBuffer. */
ENTRYID *spy_store_entryid(IMAPISession *session, const WCHAR *name, ULONG *size);
IMsgStore *spy_open_store(IMAPISession *session, const WCHAR *name, ULONG flags);

/* The list so far must be exactly this; it is emptied. */
#define assert_spy(expected) spy_assert((expected), __FILE__, __LINE__)
void spy_assert(const char *expected, const char *file, int line);
const char *spy_trace(void);
void spy_clear(void); /* the list, not the script */
void spy_release_blocked(void);
LONG spy_objects(void);
LONG spy_blocked(void);
void spy_set_callback(spy_callback callback, void *context);
void spy_set_script(const WCHAR *script); /* besides what the sections say */
void spy_set_recorder(spy_recorder recorder);
IMAPISupport *spy_leaked_support(void);
/* spy.h has the functions of the DLL. */
ULONG spy_submit(const WCHAR *store, const WCHAR *subject, const WCHAR *recipients);
void spy_remove(ULONG number);
ULONG spy_queued(const WCHAR *store);
HRESULT spy_incoming(const WCHAR *transport, ULONG count);
HRESULT spy_notify(const WCHAR *transport, ULONG flags, const MAPIUID *store, ULONG number);
IMAPISupport *spy_store_support(const WCHAR *name);
IMAPISupport *spy_transport_support(const WCHAR *name);
/* Waits until the list has the text, 10 s at most; messages are dispatched meanwhile. */
#define await_spy(text) spy_await((text), __FILE__, __LINE__)
void spy_await(const char *text, const char *file, int line);
void spy_fail_init(const char *kind, HRESULT hr, ULONG version);

#endif
