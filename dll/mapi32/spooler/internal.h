/*
 * internal: what the files of the spooler share. Inside spooler/ only.
 *
 * Who owns whom: the spooler's memory is the provider set's and goes with it, so its references are those of the set's
 * gate: its thread has one, each store's sink. Its transports and stores keep their logons' memory; whoever calls a logon
 * uses it (logon_use) around the call.
 * Locks: spooler->lock guards the lists and what is marked so. What is called of others is called without it.
 */
#ifndef POSTROOM_SPOOLER_INTERNAL_H
#define POSTROOM_SPOOLER_INTERNAL_H

#include "provider/set.h"
#include "provider/spooling.h"
#include "spooler/spooler.h"

struct transport
{
    struct transport *next; /* in transport order */
    struct logon *logon;    /* its memory */
    ULONG wants;            /* LOGON_SP_* that it answered its logon with */
    BOOL any_type;          /* takes every address type */
    ULONG type_count, uid_count;
    WCHAR *types; /* one after the other, each with its terminator; under the lock */
    MAPIUID *uids;
    BOOL begun;             /* it was told to begin, and not to end */
    BOOL flushing;          /* FlushQueues was called and has not come to its end */
    volatile LONG flush;    /* FLUSH_* that its own status object was asked for */
    volatile LONG incoming; /* it has said that something came in */
    volatile LONG changed;  /* it has said that its address types are others */
    volatile LONG critical; /* in its critical section: neither Idle nor Poll */
    volatile LONG dead;     /* a critical error: nothing is called but what releases it */
    BOOL tried;             /* for the message that is being sent */
};

struct deferred;
struct preprocessor;
struct queue_sink;

enum store_state
{
    STORE_OFFERED, /* a client has it open, SpoolerLogon has not been called */
    STORE_READY,
    STORE_REFUSED, /* SpoolerLogon has failed */
    STORE_GONE     /* out of the list, or about to be */
};

struct spool_store
{
    struct spool_store *next;
    volatile LONG refcount;
    enum store_state state; /* under the lock */
    BOOL in_use;            /* the spooler's thread is at work on it; under the lock */
    BOOL closes;            /* to be let go when its queue was looked at once more; under the lock */
    BOOL sending, receiving;
    ULONG waiting;             /* messages in its queue when it was last looked at */
    struct provider *provider; /* the client's */
    MAPIUID section;
    ULONG id_size, security_size;
    BYTE *id, *security;
    HANDLE token;        /* named: a client of this session has it open; under the lock. NULL: none */
    BOOL is_default;     /* STATUS_DEFAULT_STORE */
    struct logon *logon; /* the spooler's own; its memory */
    IMsgStore *store;
    IMAPITable *queue;       /* NULL: it has none */
    struct queue_sink *sink; /* advised on queue */
    ULONG_PTR connection;
    struct deferred *deferred; /* its messages that wait; under the lock */
};

enum request_kind
{
    REQUEST_NONE,
    REQUEST_FLUSH,
    REQUEST_VALIDATE
};

struct spooler
{
    struct provider_set *set;
    HANDLE mutex;             /* NULL: it cannot be had, every session runs its own */
    HANDLE wake, shared_wake; /* events; the second one is every process's. NULL: there is none */
    HANDLE thread;
    HMODULE module; /* the thread's reference */
    DWORD thread_id;
    DWORD interval; /* milliseconds between looks that nobody has asked for */
    volatile LONG stopping, quietly, started, ended;
    volatile LONG retries;                       /* what waits for its time is to be tried now */
    volatile LONG wakes, looked;                 /* equal: nothing has come since the last look */
    const struct provider *volatile waiting_for; /* whom a log-off waits for */
    SRWLOCK lock;                                /* guards what follows */
    struct preprocessor *preprocessors;
    struct transport *transports; /* constant once started */
    struct spool_store *stores;
    struct spool_store *current; /* whose message is being sent or received */
    struct
    {
        enum request_kind kind;
        ULONG_PTR window;
        ULONG key, flags, number; /* number of the newest; done: of the last one that is over */
        ULONG done;
        HRESULT hr;
    } request;
};

void spooler_addref(struct spooler *spooler);
void spooler_wake(struct spooler *spooler);
BOOL spooler_is_this_thread(const struct spooler *spooler);
/* The turn of logons, two of which to one provider it keeps apart. FALSE: the session ends, and whoever has the turn may be
 * waiting for this thread. */
BOOL spooler_take_turn(struct spooler *spooler);
/* A step of a wait on another thread than the spooler's. FALSE: the session ends, or the spooler has. */
BOOL spooler_pause(struct spooler *spooler);

/* transport.c. All on the spooler's thread. */
void transports_log_on(struct spooler *spooler);
/* The log-off of all, newest first, and the end of their list (quietly: without calling anybody). */
void transports_log_off(struct spooler *spooler);
/* Tells them to begin or to end, when there is a store or no more. */
void transports_enable(struct spooler *spooler, BOOL stores);
/* Asks again those that have changed. */
void transports_refresh(struct spooler *spooler, BOOL all);
void transports_idle(struct spooler *spooler);
void transport_notify(struct transport *transport, ULONG flags, void *data);
/* Around each call of a transport's. NULL: it is gone or dead. */
IXPLogon *transport_enter(struct transport *transport);
void transport_leave(struct transport *transport);
/* Whether it takes an address, by MAPIUID or by type. */
BOOL transport_takes_uid(const struct transport *transport, const SBinary *entryid);
/* Who would have a recipient (a row of outbound_recipients). NULL: nobody. */
struct transport *transport_for(struct spooler *spooler, const SRow *row);
BOOL transport_takes_type(const struct transport *transport, const WCHAR *type);

/* stores.c */
void stores_opened(void *context, struct logon *client, ULONG security_size, const BYTE *security);
HRESULT stores_log_off(void *context, struct logon *client, ULONG *flags);
/* Under the lock. */
struct spool_store *stores_find(struct spooler *spooler, const MAPIUID *section);
void stores_unlink(struct spooler *spooler, struct spool_store *store);
/* store_logoff.c. Under the lock: who else has the store open can see it. */
void token_hold(const struct spooler *spooler, struct spool_store *store);
/* Of one that is out of the list and not in use: gives up what the spooler has of it. */
void stores_let_go(struct spool_store *store);
/* Logs on to those that are offered. */
void stores_log_on(struct spooler *spooler);
/* Each ready one in turn, in use; NULL begins, the last one's use ends with the next call. */
struct spool_store *stores_next(struct spooler *spooler, struct spool_store *store);
/* The one that what comes in goes into, in use. NULL: none. */
struct spool_store *stores_inbound(struct spooler *spooler);
void stores_unuse(struct spooler *spooler, struct spool_store *store);
/* Lets those go that are to close. */
void stores_close(struct spooler *spooler);
/* The end: queues and stores are let go, their logons stay for the shut-down. */
void stores_end(struct spooler *spooler);
/* The spooler's object of a client's store, counted. NULL: it has none. */
IMsgStore *stores_object(struct spooler *spooler, const struct logon *client);
BOOL stores_any(struct spooler *spooler);
void spool_store_release(struct spool_store *store);

/* outbound.c: the queues. only: of this transport, NULL: all. */
void outbound_run(struct spooler *spooler, struct transport *only);
/* A transport wants a deferred message sent. MAPI_E_NOT_FOUND: nothing is known of it. */
HRESULT outbound_resume(struct spooler *spooler, const struct transport *transport, const SBinary *entryid);
/* LOGOFF-39 */
void outbound_abort_deferred(struct spooler *spooler);
void deferred_free(struct spool_store *store);
/* The time that the next message that waits is tried again; 0: none does. */
ULONGLONG outbound_next(struct spooler *spooler);

/* What a message's recipients table says, wide, in this order; free with FreeProws. */
enum recipient_column
{
    RECIPIENT_ROWID,
    RECIPIENT_RESPONSIBILITY,
    RECIPIENT_TYPE,
    RECIPIENT_ENTRYID,
    RECIPIENT_NAME,
    RECIPIENT_ADDRESS,
    RECIPIENT_KIND,
    RECIPIENT_COLUMNS
};

HRESULT outbound_recipients(IMessage *message, SRowSet **rows);

/* preprocess.c. The first two are the set's; the message is the caller's, locked. */
HRESULT preprocess_register(void *context, struct logon *logon, const struct preprocessor_names *names);
BOOL preprocess_needed(void *context, IMessage *message);
/* All that suit its recipients, and the store's SubmitMessage after them. */
HRESULT preprocess_run(struct spooler *spooler, IMessage *message);
/* It has been sent: takes away what they have put in, if they were run on it. */
void preprocess_undo(struct spooler *spooler, IMessage *message);
void preprocess_end(struct spooler *spooler);

/* inbound.c */
void inbound_run(struct spooler *spooler, struct transport *only);
/* Puts a report about a message into the store that messages come into: of delivery, or that it was not delivered. The
 * recipients are copied. MAPI_E_NOT_FOUND: there is no such store; what the store answers. */
HRESULT inbound_report(struct spooler *spooler, IMessage *message, const ADRLIST *recipients, BOOL delivered);
/* StatusRecips; MAPI_E_BUSY outside of a call of the spooler's to a transport. */
HRESULT inbound_status(void *context, IMessage *message, const ADRLIST *recipients);
/* A tightly coupled store has put a message into itself. */
HRESULT inbound_received(struct spooler *spooler, struct logon *client, const NEWMAIL_NOTIFICATION *mail);

/* requests.c */
void requests_run(struct spooler *spooler);
void requests_end(struct spooler *spooler);
void requests_row_changed(void *context, struct logon *logon, ULONG status);
HRESULT requests_complete(void *context, struct logon *client, const SBinary *id);
HRESULT requests_notified(void *context, struct logon *logon, ULONG flags, void *data);

#endif
