/*
 * spooling: what a provider set asks of the spooler, which stands above it and is none of its own. Nothing here is called
 * with a lock held; a set without a spooler (MAPI_NO_MAIL, a profile without transports) has none of it.
 */
#ifndef POSTROOM_PROVIDER_SPOOLING_H
#define POSTROOM_PROVIDER_SPOOLING_H

#include "provider/providers.h"

struct logon;

/* What a transport registers with RegisterPreprocessor; "": none. */
#define PREPROCESSOR_TYPE_MAX 64
#define PREPROCESSOR_NAME_MAX 64
struct preprocessor_names
{
    BOOL has_uid;
    MAPIUID uid;
    WCHAR type[PREPROCESSOR_TYPE_MAX], dll[MAX_PATH];
    char run[PREPROCESSOR_NAME_MAX], undo[PREPROCESSOR_NAME_MAX]; /* for GetProcAddress */
};

struct spooling
{
    /* The shut-down's first step: transports are logged off, the spooler's thread ends. quietly: nobody is called. */
    void (*stop)(void *context, const struct providers_progress *progress, BOOL quietly);
    /* A client has opened a store and wants mail; security is what its provider's Logon gave for SpoolerLogon. */
    void (*store_opened)(void *context, struct logon *client, ULONG security_size, const BYTE *security);
    /* StoreLogoffTransports of a client's store; *flags is one of LOGOFF_*, then what is the matter. */
    HRESULT (*store_logs_off)(void *context, struct logon *client, ULONG *flags);
    /* SpoolerNotify; flags and data are checked but for what data points to. */
    HRESULT (*notified)(void *context, struct logon *logon, ULONG flags, void *data);
    /* A transport's status row has this PR_STATUS_CODE now. */
    void (*row_changed)(void *context, struct logon *logon, ULONG status);
    /* SpoolerYield. TRUE: the message that is being sent is not to be sent any more. */
    BOOL (*yielded)(void *context);
    /* CompleteMsg. */
    HRESULT (*completed)(void *context, struct logon *client, const SBinary *id);
    /* StatusRecips. */
    HRESULT (*reported)(void *context, IMessage *message, const ADRLIST *recipients);
    /* RegisterPreprocessor; what loading the DLL answers. And whether a message's recipients need one. */
    HRESULT (*preprocessor)(void *context, struct logon *logon, const struct preprocessor_names *names);
    BOOL (*needs_preprocessing)(void *context, IMessage *message);
    /* The set's memory goes, and the spooler's with it. */
    void (*destroy)(void *context);
};

/* Once, before anybody else can call the set. */
void providers_set_spooling(struct provider_set *set, const struct spooling *spooling, void *context);

#endif
