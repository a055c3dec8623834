/*
 * set: what the files of the provider set share. Inside provider/ and spooler/ only.
 *
 * Who owns whom: the set owns the provider objects and the logons; both stay in memory until the set goes. A logon is
 * used (struct logon, users) by the set while it is open and by each routed call; the last user releases the provider's
 * logon object. The set's own gate counts internal references: the session's, one of each support object. Lock: set->lock
 * guards the lists, uids, rows and the last error.
 */
#ifndef POSTROOM_PROVIDER_SET_H
#define POSTROOM_PROVIDER_SET_H

#include "base/turn.h"
#include "profile/provider_sections.h"
#include "provider/providers.h"
#include "provider/spooling.h"
#include "provider/support_object.h"

#define DLL_NAME_MAX 260

/* In the order of the shut-down (S-15). */
enum provider_kind
{
    PROVIDER_TRANSPORT,
    PROVIDER_BOOK,
    PROVIDER_STORE,
    PROVIDER_KINDS
};

struct provider
{
    struct provider *next; /* newest first */
    enum provider_kind kind;
    WCHAR dll[DLL_NAME_MAX]; /* as the profile has it, without "32" */
    IUnknown *object;        /* IXPProvider, IABProvider, IMSProvider */
};

enum logon_state
{
    LOGON_STARTING, /* the provider's Logon runs */
    LOGON_OPEN,
    LOGON_CLOSED
};

struct logon
{
    struct logon *next, *prev; /* oldest first */
    struct provider_set *set;
    struct provider *provider;
    volatile LONG state;     /* enum logon_state */
    volatile LONG users;     /* 0: the object was released */
    volatile LONG memory;    /* references of the set's list, of each user, of its support object */
    IUnknown *object;        /* IXPLogon, IABLogon, IMSLogon; NULL: none yet */
    struct support *support; /* NULL when it is gone */
    MAPIUID section, service;
    BOOL temporary, has_service, spooler;
    MAPIUID *uids;
    size_t uid_count, uid_capacity;
    ULONG row_key; /* of its status row; 0: none */
    struct prop_bag row;
    ULONG id_size; /* the store's own identifier */
    BYTE *id;
    IUnknown *store; /* a spooler's own store object, released after the logon object */
};

/* An Advise that a provider has. Its number has the bit that the session's own ones never have. */
#define FORWARDED_FIRST 0x80000000u
struct forwarded
{
    struct forwarded *next; /* newest first */
    ULONG connection;
    struct logon *logon; /* used */
    ULONG_PTR theirs;
};

struct provider_failure
{
    struct provider_failure *next;
    MAPIUID service;
    HRESULT hr;
};

struct provider_set
{
    struct gate gate;
    struct provider_host host;
    const struct spooling *spooling; /* NULL: no spooler; constant */
    void *spooler;
    struct turn turn; /* one provider is loaded or logged on at a time */
    SRWLOCK lock;     /* guards the rest */
    BOOL closed;      /* nothing is added any more */
    struct provider *providers;
    struct logon *first, *last;
    struct forwarded *forwarded;
    MAPIUID *known; /* the sections that this session may use (LOGOFF-69) */
    ULONG known_count;
    struct provider_failure *failures; /* services that are out for this session */
    ULONG last_connection, last_key;
    struct
    {
        HRESULT hr;
        WCHAR *text, *component;
        ULONG low, context;
    } error;
};

/* The provider object of a DLL, loaded and initialised on first use. Inside the turn. */
HRESULT provider_find(struct provider_set *set, enum provider_kind kind, const WCHAR *dll, struct provider **out);
/* The kind's provider list, its tag. */
ULONG provider_list_tag(enum provider_kind kind);
/* A list of the profile's, without what came after the session's logon but through it; as provider_list. */
HRESULT provider_listed(struct provider_set *set, ULONG tag, MAPIUID **uids, ULONG *count);
/* ModifyProfile: the session knows its own store. */
HRESULT provider_make_known(struct provider_set *set, const MAPIUID *section);
/* PR_PROVIDER_DLL_NAME and PR_SERVICE_UID of a section. MAPI_E_NOT_FOUND: no such section, or no usable name. */
HRESULT provider_section_dll(struct provider_set *set, const MAPIUID *section, WCHAR dll[DLL_NAME_MAX],
                             MAPIUID *service, BOOL *has_service);

/* A logon that is about to be tried, with a support object of the flavour. Not on the set's list. */
HRESULT logon_create(struct provider_set *set, struct provider *provider, const MAPIUID *section, struct logon **out);
/* The provider's Logon has succeeded with an object: puts it on the list; or it has not: frees it. Both give back the
 * creator's reference on the support object (SPI-05). */
void logon_succeeded(struct logon *logon, IUnknown *object);
void logon_failed(struct logon *logon);
/* FALSE: it is closed. */
BOOL logon_use(struct logon *logon);
void logon_unuse(struct logon *logon);
void logon_addref(struct logon *logon);
void logon_release(struct logon *logon);
/* The one that gets TRUE closes: forgets row and uids, has the provider log off, gives up the set's use. */
BOOL logon_close(struct logon *logon);
/* From the support object's last Release (STORE-08). */
void logon_support_gone(struct logon *logon);
/* Whoever has registered the MAPIUID first, used. NULL: nobody. */
struct logon *logon_of_uid(struct provider_set *set, ULONG size, const ENTRYID *entryid);
HRESULT logon_add_uid(struct logon *logon, const MAPIUID *uid);

/* A provider's Logon answered MAPI_E_UNCONFIGURED: its service configures itself (LOGON-23). TRUE: the Logon is to be tried
 * again, once. *error, of the Logon, becomes what the service says. shows: there may be a dialog, of the window's. */
BOOL logon_configure(struct logon *logon, ULONG_PTR window, BOOL shows, MAPIERROR **error);
/* A provider's Logon answered hr: keeps its error, and what the failure means for its service. */
HRESULT provider_answered(struct logon *logon, HRESULT hr, MAPIERROR *error);
/* A provider of several could not be had: that is what MAPI_W_ERRORS_RETURNED means to GetLastError. */
void provider_failed(struct provider_set *set, HRESULT hr);
/* S_OK, or why the service is out. */
HRESULT service_check(struct provider_set *set, const MAPIUID *service);

/* Status rows. */
HRESULT logon_set_row(struct logon *logon, ULONG count, const SPropValue *values, BOOL merge);
void logon_forget_row(struct logon *logon);

/* Every Advise of a logon is undone (S-17a). logon NULL: of all. */
void forwarded_drop(struct provider_set *set, const struct logon *logon);

/* Wrapped store entry identifiers (MS-OXCDATA 2.2.4.3). entryid_unwrap: FALSE when it is none; private points into it. */
HRESULT entryid_wrap(const WCHAR *dll, ULONG size, const void *private, ULONG *wrapped_size, ENTRYID **wrapped);
BOOL entryid_unwrap(const ENTRYID *entryid, ULONG size, WCHAR dll[DLL_NAME_MAX], ULONG *private_size,
                    const BYTE **private);
/* The identifier in the stores table of a store whose section has no PR_ENTRYID. */
struct store_section_entryid
{
    BYTE flags[4];
    MAPIUID uid, section;
};
void store_section_entryid(const MAPIUID *section, struct store_section_entryid *entryid);
/* The store's own identifier in a section's PR_ENTRYID. */
BOOL store_section_id(const struct prop_bag *section, WCHAR dll[DLL_NAME_MAX], ULONG *size, const BYTE **id);
/* The row of a store's section in the table is as the section says, or gone. */
void store_row_refresh(struct provider_set *set, const MAPIUID *section);

#endif
