/*
 * spy: a provider DLL that does what a script says and keeps a list of every call. A message store, an address book and
 * a transport in one.
 *
 * The script is the string SPY_SCRIPT of the provider's profile section: point=action, separated by ";". A point is the
 * name of a call as the list shows it ("MSLogon.Logoff"), an action one of
 *
 *   fail:CODE     the call answers CODE (hexadecimal), the first time only with fail1:CODE
 *   sleep:N       it takes N milliseconds
 *   block         it waits until SpyRelease (10 s at most)
 *   call          it calls the function that the test has set
 *   leak          what the call should give up it keeps
 *   flags:BITS    what EndMessage answers (hexadecimal), once
 *
 * A recorder that the test sets gets the calls instead of the list: many of them, at little cost.
 *
 * Exported for tests, all cdecl: see below. Locks: one for list, script and counts, one for who knows whom; nothing is
 * called under them.
 */
#ifndef POSTROOM_TESTS_SPY_H
#define POSTROOM_TESTS_SPY_H

#include <postroom/postroom.h>
#include <postroom/provider.h>
#include <postroom/store.h>
#include <postroom/table.h>

#define SPY_SCRIPT PROP_TAG(PT_UNICODE, 0x6600)
#define SPY_UID PROP_TAG(PT_BINARY, 0x6601)   /* the MAPIUID to register; missing: one of the DLL's own */
#define SPY_NAME PROP_TAG(PT_UNICODE, 0x6602) /* in the list, after the kind; missing: "" */
#define SPY_FLAGS PROP_TAG(PT_LONG, 0x6603)

#define SPY_FLAG_NO_STATUS_ROW 1u
#define SPY_FLAG_NO_SECTION 2u /* a store writes nothing into its section */
#define SPY_FLAG_REUSE 4u      /* a store that is open already is given out again, without a logon */
#define SPY_FLAG_NO_UID 8u
#define SPY_FLAG_FAST_SHUTDOWN 16u /* the provider object has IMAPIProviderShutdown */
#define SPY_FLAG_NOT_KEPT 32u      /* the support object is not counted up */
#define SPY_FLAG_MAKE_INVALID 64u  /* a store object is made invalid in its logon's Logoff */
#define SPY_FLAG_MODIFY_PROFILE 128u
#define SPY_FLAG_IDLE 256u /* a transport that wants Idle, or Poll */
#define SPY_FLAG_POLL 512u
#define SPY_FLAG_READ_ONLY 1024u  /* PR_STORE_SUPPORT_MASK of a store is 0 */
#define SPY_FLAG_PREPROCESS 4096u /* a transport that registers a preprocessor for "SPY" */
#define SPY_FLAG_NO_OBJECT 4096u  /* Logon succeeds without a store, or without an address book's logon object */
#define SPY_FLAG_BAD_OBJECT 8192u /* it gives pointers that are none */
#define SPY_FLAG_ANY_TYPE 2048u   /* a transport that takes every address type */

/* What the test calls; the names are those for GetProcAddress. */
typedef void (*spy_callback)(const char *point, void *context);
typedef const char *(*spy_trace_function)(void); /* SpyTrace: the list, one call a line */
typedef void (*spy_reset_function)(void);        /* SpyReset: empties it; SpyRelease: ends every block */
typedef void (*spy_fail_function)(const char *kind, HRESULT hr, ULONG version); /* SpyFailInit: "MS", its next answer */
typedef LONG (*spy_count_function)(void);            /* SpyObjects: objects alive; SpyBlocked: calls that wait */
typedef IMAPISupport *(*spy_support_function)(void); /* SpyLeakedSupport: the last one that was leaked */
typedef void (*spy_callback_function)(spy_callback callback, void *context); /* SpySetCallback */
/* A message into a store's outgoing queue (to be preprocessed if its subject begins with "pre:"), its recipients as "TYPE:address;TYPE:address": SpySubmit, its number. */
typedef ULONG (*spy_submit_function)(const WCHAR *store, const WCHAR *subject, const WCHAR *recipients);
typedef void (*spy_remove_function)(ULONG number);        /* SpyRemove: out of the queue */
typedef ULONG (*spy_queued_function)(const WCHAR *store); /* SpyQueued: messages in the queue */
/* SpyIncoming: so many messages wait at a transport, which says so. SpyNotify: its SpoolerNotify; number: of the message that
 * flags are about, in the store with the MAPIUID. */
typedef HRESULT (*spy_incoming_function)(const WCHAR *transport, ULONG count);
/* SpyStoreSupport, SpyTransportSupport: of the client's logon to a store, of a transport; not counted. */
typedef IMAPISupport *(*spy_find_support_function)(const WCHAR *name);
typedef HRESULT (*spy_notify_function)(const WCHAR *transport, ULONG flags, const MAPIUID *store, ULONG number);
typedef void (*spy_script_function)(const WCHAR *script); /* SpySetScript: more rules, of no section */

/* A line of the list, for a recorder. */
struct spy_record
{
    const void *object; /* the callee; NULL: an Init function */
    const char *kind;   /* "MSLogon" */
    const WCHAR *name;
    const char *method; /* "created": a new object, which the list does not show */
    ULONG value;        /* a Release's result, else the first number of the list's line */
};
typedef void (*spy_recorder)(const struct spy_record *record); /* on the calling thread */
typedef void (*spy_recorder_function)(spy_recorder recorder);  /* SpySetRecorder; NULL: the list again */

#ifdef SPY_INSIDE

#define SPY_MAX_UIDS 4

/* One object of the DLL's. All begin alike: MakeInvalid needs 16 bytes, MAPI frees them. */
struct spy_object
{
    const void *const *vtbl;
    volatile LONG refcount;
    const char *kind; /* "MSLogon" */
    struct spy_provider *provider;
    struct spy_logon *logon; /* of stores and what comes from them */
    WCHAR name[32];
};

struct spy_provider
{
    struct spy_object object;
    const void *const *shutdown_vtbl; /* IMAPIProviderShutdown */
    const IID *iid;
    BOOL fast_shutdown;
};

struct spy_logon
{
    struct spy_object object;
    IMAPISupport *support;
    MAPIUID uid;
    ULONG flags;       /* SPY_FLAG_* */
    ULONG store_flags; /* MDB_* that it was opened with */
    ULONG next_connection;
    struct spy_object *store; /* not counted */
    ULONG id_size;
    BYTE id[64];
    struct spy_logon *next; /* of the stores that are open */
    ULONG logoff_flags;     /* that a StoreLogoff came with; 0: none */
    BOOL closed;
    ITableData *queue;            /* of a store, once it was asked for */
    struct spy_logon *next_queue; /* of those that have one */
    volatile LONG incoming;       /* of a transport: messages that wait */
};

/* mail.c: messages, and a store's outgoing queue. */
void spy_mail_reset(void);
HRESULT spy_mail_queue(struct spy_logon *logon, IMAPITable **table);
void spy_mail_close(struct spy_logon *logon);
BOOL spy_mail_remove(ULONG number);
HRESULT spy_mail_open(struct spy_logon *logon, ULONG size, const void *id, ULONG *type, void **out);
HRESULT spy_mail_folder_id(struct spy_logon *logon, ULONG *size, void **id);
ULONG spy_mail_number(const void *message); /* of an object of ours */
ULONG spy_mail_id_number(ULONG size, const void *id);

/* Memory and lists, spy.c. MAPI's functions, as the entry point got them. */
extern LPALLOCATEBUFFER spy_allocate;
extern LPALLOCATEMORE spy_more;
extern LPFREEBUFFER spy_free;
struct spy_object *spy_create(size_t size, const char *kind, const void *const *vtbl, const WCHAR *name);
ULONG WINAPI spy_addref(struct spy_object *object);
/* Counts down, puts it on the list; the last one frees the object. */
ULONG WINAPI spy_release(struct spy_object *object);
/* An object has become MAPI's. */
void spy_forget_object(void);
HRESULT spy_query(struct spy_object *object, const IID *riid, void **out, const IID *own);

/* One line: "kind[name].method(arguments)", and what the script says about it. S_OK: go on. */
HRESULT spy_call(struct spy_object *object, const char *method, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
/* What the script has for an out-parameter of flags; 0: nothing. */
ULONG spy_flags(struct spy_object *object, const char *method);
BOOL spy_leaks(struct spy_object *object, const char *method);
/* A line that is no call of the DLL's. */
void spy_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* One of the list's or the recorder's: "kind[name].what() = refcount". */
void spy_released(const struct spy_object *object, const char *what, ULONG refcount);
/* FALSE: there is no recorder. */
BOOL spy_record(const struct spy_object *object, const char *kind, const char *method, ULONG value);

/* Reads the section of a support object: script, name, flags, uid. */
struct spy_section
{
    WCHAR name[32];
    MAPIUID uid;
    ULONG flags;
};
void spy_read_section(IMAPISupport *support, const MAPIUID *default_uid, struct spy_section *section);
/* Registers uid and status row as the flags say. */
void spy_announce(struct spy_logon *logon, ULONG type);

/* Methods of so many parameters that answer MAPI_E_NO_SUPPORT. */
#define NONE(count) SPY_STUB(count)
HRESULT WINAPI spy_none_1(void *);
HRESULT WINAPI spy_none_2(void *, ULONG_PTR);
HRESULT WINAPI spy_none_3(void *, ULONG_PTR, ULONG_PTR);
HRESULT WINAPI spy_none_4(void *, ULONG_PTR, ULONG_PTR, ULONG_PTR);
HRESULT WINAPI spy_none_5(void *, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR);
HRESULT WINAPI spy_none_6(void *, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR);
HRESULT WINAPI spy_none_7(void *, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR);
HRESULT WINAPI spy_none_8(void *, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR);
HRESULT WINAPI spy_none_9(void *, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR,
                          ULONG_PTR);
HRESULT WINAPI spy_none_10(void *, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR,
                           ULONG_PTR, ULONG_PTR);
#define SPY_STUB(count) (const void *)spy_none_##count

/* What the script says of an Init function, whose section nobody has read: SpyFailInit of the tests. */
HRESULT spy_init_result(const char *kind, ULONG *version);

/* object.c: what the three kinds of provider have in common. */
struct spy_kind
{
    const char *name; /* "MS" */
    const void *const *vtbl;
    const IID *iid;
};
struct spy_init
{
    LPALLOCATEBUFFER allocate;
    LPALLOCATEMORE more;
    LPFREEBUFFER release;
    ULONG flags, version;
    ULONG *provider_version;
};
HRESULT spy_provider_create(const struct spy_kind *kind, const struct spy_init *init, void **out);
HRESULT WINAPI spy_provider_QueryInterface(struct spy_provider *provider, REFIID riid, void **out);
HRESULT WINAPI spy_provider_Shutdown(struct spy_provider *provider, ULONG *lpulFlags);
struct spy_logon *spy_logon_create(struct spy_provider *provider, const char *kind, const void *const *vtbl,
                                   IMAPISupport *support, const struct spy_section *section);
void spy_logon_close(struct spy_logon *logon);
/* spy_links guards closed, support, store and the logon of a store. The support object is whose who gets it; NULL: it was
 * claimed before. Under the lock. */
extern SRWLOCK spy_links;
IMAPISupport *spy_logon_claim(struct spy_logon *logon);
void spy_logon_give_up(struct spy_logon *logon, IMAPISupport *support);
HRESULT spy_logon_open_entry(struct spy_logon *logon, const char *kind, ULONG size, ENTRYID *entryid, ULONG flags,
                             ULONG *type, IUnknown **out);
HRESULT WINAPI spy_logon_compare(struct spy_logon *logon, ULONG size1, ENTRYID *entryid1, ULONG size2,
                                 ENTRYID *entryid2, ULONG flags, ULONG *result);
HRESULT spy_logon_advise(struct spy_logon *logon, ULONG size, ULONG mask, ULONG_PTR *connection);
HRESULT spy_logon_open_status(struct spy_logon *logon, ULONG flags, ULONG *type, void **out);
struct spy_object *spy_status_create(struct spy_logon *logon);
/* What an OpenEntry gives out. */
struct spy_object *spy_entry_create(struct spy_logon *logon, const char *kind);
extern const void *const spy_provider_shutdown_vtbl[];

#endif

#endif
