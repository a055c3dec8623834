/*
 * providers: the service providers that a session has loaded, and its logons to them.
 *
 * Contract: a provider set belongs to one session (S-47), which makes it at logon, calls it from inside its gate, and
 * shuts it down once, when no other thread is inside. One provider object a DLL and kind (SESS-13), a logon each time that
 * something is opened. Support objects keep the set's memory. provider knows the session by its COM interface and by
 * struct provider_host; foreign code is called with no lock held.
 */
#ifndef POSTROOM_PROVIDER_PROVIDERS_H
#define POSTROOM_PROVIDER_PROVIDERS_H

#include "profile/profile.h"
#include "table/table.h"

struct provider_set;

/* What the set needs of its session. */
struct provider_host
{
    IMAPISession *session;   /* valid, not counted, until the shut-down is over */
    struct gate *gate;       /* the session's */
    struct profile *profile; /* its memory is kept */
    ULONG logon_flags;
    /* The session's row sets. create FALSE: NULL when nobody has asked for them yet. */
    HRESULT (*status_rows)(IMAPISession *session, BOOL create, struct row_set **rows);
    HRESULT (*store_rows)(IMAPISession *session, BOOL create, struct row_set **rows);
    /* The session's address book, without loading a provider for it. */
    HRESULT (*open_book)(IMAPISession *session, IAddrBook **book);
    /* service_configure (service/service.h), which stands above. */
    HRESULT(*configure)
    (struct profile *profile, struct gate *gate, const MAPIUID *service, ULONG_PTR window, ULONG flags, ULONG count,
     const SPropValue *values, MAPIERROR **error);
};

HRESULT providers_create(const struct provider_host *host, struct provider_set **out);
/* The session's reference. */
void providers_release(struct provider_set *set);

/* The clock that the shut-down tells whom it waits for; name is a provider's. */
struct providers_progress
{
    void (*waiting_for)(void *context, const WCHAR *name);
    void *context;
};
/*
 * The shut-down trace (conformance.md 1.6): transports, address books, stores; in each kind the newest logon first; then
 * the provider objects in the same order. The session's gate is closed and drained. Fails nowhere; afterwards support
 * objects are inert. Deletes the sections of temporary stores (LOGOFF-62).
 */
void providers_shut_down(struct provider_set *set, const struct providers_progress *progress);
/* Fast shutdown: no provider is called any more; support objects are inert, everything else is left as it is. */
void providers_abandon(struct provider_set *set);

/* Fast shutdown, phase by phase (1.13): transports, address books, stores. */
enum fast_phase
{
    FAST_QUERY,
    FAST_NOTIFY,
    FAST_DO
};
/* all: a provider without the interface counts as one that refuses. MAPI_E_NO_SUPPORT: somebody refused. */
HRESULT providers_fast_shutdown(struct provider_set *set, enum fast_phase phase, BOOL all);

/*
 * Message stores.
 */
/* imapisession-openmsgstore; parameters are checked. MAPI_E_NOT_FOUND: no store's identifier, or a DLL that is no
 * provider; what the provider answers. */
HRESULT providers_open_store(struct provider_set *set, ULONG_PTR window, ULONG size, const ENTRYID *entryid,
                             const IID *iid, ULONG flags, IMsgStore **out);
/* Whether it looks like a store's identifier, wrapped or of a store that was never opened. */
BOOL providers_is_store(const ENTRYID *entryid, ULONG size);
/* Puts a row for each store that the profile lists. */
HRESULT providers_fill_stores(struct provider_set *set, struct row_set *rows);
/* imapisession-setdefaultstore; flag is one of MAPI_DEFAULT_STORE ..., entryid NULL: none. MAPI_E_NOT_FOUND: not in the
 * table; MAPI_E_NO_SUPPORT: the store cannot be it. */
HRESULT providers_set_default_store(struct provider_set *set, ULONG flag, ULONG size, const ENTRYID *entryid);

/*
 * Address books. Logs on to every one that the profile lists and that is not logged on yet. MAPI_W_ERRORS_RETURNED: some
 * could not be.
 */
HRESULT providers_open_books(struct provider_set *set, ULONG_PTR window, ULONG flags);

/*
 * Entry identifiers of providers' objects. MAPI_E_UNKNOWN_ENTRYID: no logon has registered the MAPIUID.
 */
HRESULT providers_open_entry(struct provider_set *set, ULONG size, const ENTRYID *entryid, const IID *iid, ULONG flags,
                             ULONG *type, IUnknown **out);
HRESULT providers_compare(struct provider_set *set, ULONG size1, const ENTRYID *entryid1, ULONG size2,
                          const ENTRYID *entryid2, ULONG *same);
HRESULT providers_compare_stores(struct provider_set *set, ULONG size1, const ENTRYID *entryid1, ULONG size2,
                                 const ENTRYID *entryid2, ULONG *same);
BOOL providers_own(struct provider_set *set, ULONG size, const ENTRYID *entryid);
/* Registers with the provider that owns the entry. connection is of ours; providers_unadvise: MAPI_E_NOT_FOUND. */
HRESULT providers_advise(struct provider_set *set, ULONG size, const ENTRYID *entryid, ULONG mask,
                         IMAPIAdviseSink *sink, ULONG *connection);
HRESULT providers_unadvise(struct provider_set *set, ULONG_PTR connection);

/*
 * Status rows of providers. Their entry identifiers are MAPI's own; keys below STATUS_KEY_FIRST are MAPI's own objects.
 */
#define STATUS_KEY_FIRST 16
struct status_entryid
{
    BYTE flags[4];
    MAPIUID uid;
    ULONG key;
};
extern const MAPIUID status_uid;
void status_entryid_make(ULONG key, struct status_entryid *entryid);
/* FALSE: not one of ours. */
BOOL status_entryid_key(const ENTRYID *entryid, ULONG size, ULONG *key);
HRESULT providers_fill_status(struct provider_set *set, struct row_set *rows);
/* OpenStatusEntry of the logon whose row has the key. MAPI_E_NOT_FOUND. */
HRESULT providers_open_status(struct provider_set *set, ULONG key, const IID *iid, ULONG flags, ULONG *type,
                              IUnknown **out);
/* PR_IDENTITY_ENTRYID of the row that has the primary identity, else of the first that has one. MAPI_E_NOT_FOUND. */
HRESULT providers_identity(struct provider_set *set, ULONG *size, ENTRYID **entryid);

/* What a provider said about its failure hr, for the session's GetLastError. FALSE: nothing. */
BOOL providers_last_error(struct provider_set *set, HRESULT hr, ULONG flags, MAPIERROR **error, HRESULT *result);

#endif
