/*
 * session: logon, the session object, log-off.
 *
 * Contract: a session is open, closing or closed; its gate (base/gate.h) holds that state. Client references decide
 * when the session ends (the last Release without Logoff ends it like Logoff does); the gate's count are the internal
 * references, the last one frees the memory. What ends a session runs session_end, once, in the order of
 * conformance.md 1.5. Nothing in it needs memory that it could fail to get.
 */
#ifndef POSTROOM_SESSION_SESSION_H
#define POSTROOM_SESSION_SESSION_H

#include "base/base.h"
#include "membership/membership.h"
#include "notify/advise.h"
#include "profile/profile.h"
#include "provider/providers.h"
#include "service/service.h"
#include "session/asking.h"
#include "spooler/spooler.h"
#include "table/table.h"

struct form_token;

struct session
{
    IMAPISession IMAPISession_iface;
    IMAPIClientShutdown IMAPIClientShutdown_iface;
    volatile LONG refcount; /* client references */
    volatile LONG let_go;   /* they were gone once; what a sink does with the pointer meanwhile changes nothing */
    struct gate gate;       /* state and internal references */
    struct object_mark mark;
    struct session *next, *prev; /* the list of open sessions, under its lock (session.c) */
    struct profile *profile;     /* held from logon to the end of the shut-down; name stays until the memory goes */
    WCHAR profile_name[PROFILE_NAME_MAX + 1];
    ULONG logon_flags;
    struct membership membership; /* in the shared session, or in none; constant until session_end */
    struct last_error last;
    struct advise_list advise;       /* session-level registrations */
    struct provider_set *providers;  /* until the shut-down is over */
    struct spooler *spooler;         /* as long as them; NULL: none */
    struct row_set *volatile stores; /* made on first use */
    struct row_set *volatile status;
    DWORD ending_thread;       /* that runs session_end; under the list's lock */
    SRWLOCK lock;              /* guards the rest */
    struct asking *asking;     /* the log-off dialog that is open */
    struct form_token *tokens; /* prepared forms */
    ULONG last_token;
};

static inline struct session *impl_from_IMAPISession(IMAPISession *iface)
{
    return CONTAINING_RECORD(iface, struct session, IMAPISession_iface);
}

static inline struct session *impl_from_IMAPIClientShutdown(IMAPIClientShutdown *iface)
{
    return CONTAINING_RECORD(iface, struct session, IMAPIClientShutdown_iface);
}

/* An open session on a profile in use; takes over the caller's reference on profile when it succeeds. offer: the shared
 * session to join or make (membership_join, whose failures it returns); NULL: an individual session. */
HRESULT session_create(struct profile *profile, ULONG logon_flags, const struct membership_offer *offer,
                       IMAPISession **out);
/* Another session on the profile of an open one, and in the same shared session if that one is in any (logon.c). */
HRESULT session_logon_beside(struct session *session, IMAPISession **out);

/* First and last line of every method. session_leave keeps hr for GetLastError and returns it. */
HRESULT session_enter(struct session *session, struct gate_call *call);
HRESULT session_leave(struct session *session, struct gate_call *call, HRESULT hr);

/*
 * Ends the session: for Logoff, the last Release, the last MAPIUninitialize and fast shutdown. FALSE: somebody else
 * is ending or has ended it. Waits for calls in flight on other threads, pumping sent messages. show_progress: what
 * takes more than a second is shown (logoff-dialog.md).
 */
enum session_ending
{
    SESSION_LOGS_OFF,
    SESSION_LOGS_OFF_SHARED, /* and has the others of its shared session do the same */
    SESSION_FAST_SHUTDOWN    /* sinks hear nothing, no provider is called */
};
BOOL session_end(struct session *session, enum session_ending ending, BOOL show_progress);

/* This thread ends the session / out of the list of open sessions, it has ended (logoff.c). */
void session_is_ending(struct session *session);
void session_forget(struct session *session);
/* Has the last MAPIUninitialize end what is open; before anything that it would have to end. */
void session_watch_uninitialize(void);

/*
 * Shared sessions (sharing.c). session_share: the session becomes a member, results as membership_join's but for S_FALSE.
 * session_unshare: it is none any more, the others are told, and its own sinks hear what others did before.
 */
HRESULT session_share(struct session *session, const struct membership_offer *offer);
void session_unshare(struct session *session, enum session_ending ending);
/* Queues count notifications of fnevCriticalError or fnevExtended about log-offs for the session's own registrations that
 * want them (S-19, S-22). Under any lock. */
void session_tell(struct session *session, ULONG event, ULONG count);

/* The session's row sets for its providers; rows NULL: not made yet, and not to be made (tables.c). */
HRESULT session_status_rows(IMAPISession *iface, BOOL create, struct row_set **rows);
HRESULT session_store_rows(IMAPISession *iface, BOOL create, struct row_set **rows);

/* Prepared forms: drops every token with its reference on the message. */
void session_drop_tokens(struct session *session);

/* The methods, by file. */
HRESULT STDMETHODCALLTYPE session_Logoff(IMAPISession *iface, ULONG_PTR ulUIParam, ULONG ulFlags, ULONG ulReserved);

HRESULT STDMETHODCALLTYPE session_GetMsgStoresTable(IMAPISession *iface, ULONG ulFlags, IMAPITable **lppTable);
HRESULT STDMETHODCALLTYPE session_GetStatusTable(IMAPISession *iface, ULONG ulFlags, IMAPITable **lppTable);
HRESULT STDMETHODCALLTYPE session_QueryIdentity(IMAPISession *iface, ULONG *lpcbEntryID, ENTRYID **lppEntryID);
HRESULT STDMETHODCALLTYPE session_EnumAdrTypes(IMAPISession *iface, ULONG ulFlags, ULONG *lpcAdrTypes,
                                               LPTSTR **lpppszAdrTypes);
HRESULT STDMETHODCALLTYPE session_SetDefaultStore(IMAPISession *iface, ULONG ulFlags, ULONG cbEntryID,
                                                  ENTRYID *lpEntryID);

HRESULT STDMETHODCALLTYPE session_OpenMsgStore(IMAPISession *iface, ULONG_PTR ulUIParam, ULONG cbEntryID,
                                               ENTRYID *lpEntryID, const IID *lpInterface, ULONG ulFlags,
                                               IMsgStore **lppMDB);
HRESULT STDMETHODCALLTYPE session_OpenEntry(IMAPISession *iface, ULONG cbEntryID, ENTRYID *lpEntryID,
                                            const IID *lpInterface, ULONG ulFlags, ULONG *lpulObjType,
                                            IUnknown **lppUnk);
HRESULT STDMETHODCALLTYPE session_CompareEntryIDs(IMAPISession *iface, ULONG cbEntryID1, ENTRYID *lpEntryID1,
                                                  ULONG cbEntryID2, ENTRYID *lpEntryID2, ULONG ulFlags,
                                                  ULONG *lpulResult);
HRESULT STDMETHODCALLTYPE session_Advise(IMAPISession *iface, ULONG cbEntryID, ENTRYID *lpEntryID, ULONG ulEventMask,
                                         IMAPIAdviseSink *lpAdviseSink, ULONG_PTR *lpulConnection);
HRESULT STDMETHODCALLTYPE session_Unadvise(IMAPISession *iface, ULONG_PTR ulConnection);

HRESULT STDMETHODCALLTYPE session_PrepareForm(IMAPISession *iface, const IID *lpInterface, IMessage *lpMessage,
                                              ULONG_PTR *lpulMessageToken);
HRESULT STDMETHODCALLTYPE session_ShowForm(IMAPISession *iface, ULONG_PTR ulUIParam, IMsgStore *lpMsgStore,
                                           IMAPIFolder *lpParentFolder, const IID *lpInterface,
                                           ULONG_PTR ulMessageToken, IMessage *lpMessageSent, ULONG ulFlags,
                                           ULONG ulMessageStatus, ULONG ulMessageFlags, ULONG ulAccess,
                                           LPSTR lpszMessageClass);

extern const IMAPIClientShutdownVtbl client_shutdown_vtbl;

/*
 * Status objects (status.c): the three of MAPI's own.
 */
#define STATUS_OBJECTS 3
C_ASSERT(STATUS_OBJECTS <= STATUS_KEY_FIRST);

/* Fills a bag with what the index-th object's row and properties say. */
HRESULT status_describe(struct session *session, ULONG index, struct prop_bag *bag);
/* Whether an entry identifier is one of ours, and of which object. */
BOOL status_find(const ENTRYID *entryid, ULONG size, ULONG *index);
/* iid NULL: IMAPIStatus. */
HRESULT status_open(struct session *session, ULONG index, const IID *iid, IUnknown **out);

#endif
