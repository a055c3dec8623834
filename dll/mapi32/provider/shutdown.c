/*
 * The shut-down of a session's providers (conformance.md 1.6), and their fast shutdown (1.13).
 */
#include "provider/set.h"

static void tell_progress(const struct providers_progress *progress, const struct provider *provider)
{
    if (progress && progress->waiting_for)
        progress->waiting_for(progress->context, provider->dll);
}

/* The newest open logon of a kind, with a reference on its memory (S-16). */
static struct logon *newest_logon(struct provider_set *set, enum provider_kind kind, BOOL spooler)
{
    struct logon *logon;

    AcquireSRWLockShared(&set->lock);
    for (logon = set->last; logon; logon = logon->prev)
        if (logon->provider->kind == kind && logon->state == LOGON_OPEN && logon->spooler == spooler)
            break;
    if (logon)
        logon_addref(logon);
    ReleaseSRWLockShared(&set->lock);
    return logon;
}

/* LOGOFF-19 to 25, 30, 32 */
static void close_logons(struct provider_set *set, enum provider_kind kind, BOOL spooler,
                         const struct providers_progress *progress)
{
    struct logon *logon;

    while ((logon = newest_logon(set, kind, spooler)))
    {
        tell_progress(progress, logon->provider);
        logon_close(logon);
        logon_release(logon);
    }
}

/* LOGOFF-26 to 29; the argument is a pointer to 0 (S-18). */
static void shut_down(struct provider *provider)
{
    IUnknown *object = InterlockedExchangePointer((void *volatile *)&provider->object, NULL);
    ULONG none = 0;

    if (!object)
        return;
    if (provider->kind == PROVIDER_TRANSPORT)
        IXPProvider_Shutdown((IXPProvider *)object, &none);
    else if (provider->kind == PROVIDER_BOOK)
        IABProvider_Shutdown((IABProvider *)object, &none);
    else
        IMSProvider_Shutdown((IMSProvider *)object, &none);
    IUnknown_Release(object);
}

static void shut_down_providers(struct provider_set *set, enum provider_kind kind,
                                const struct providers_progress *progress)
{
    struct provider *provider;

    /* Nobody adds one any more. */
    for (provider = set->providers; provider; provider = provider->next)
    {
        if (provider->kind != kind)
            continue;
        tell_progress(progress, provider);
        shut_down(provider);
    }
}

/* S-32, S-34: whatever providers have kept is inert. Under the lock no support object goes. */
static void end_support(struct provider_set *set)
{
    struct logon *logon;

    AcquireSRWLockExclusive(&set->lock);
    set->closed = TRUE;
    for (logon = set->first; logon; logon = logon->next)
        if (logon->support)
            InterlockedExchange(&logon->support->ended, TRUE);
    ReleaseSRWLockExclusive(&set->lock);
}

/* LOGOFF-62: needs no memory of ours. */
static void delete_temporary_sections(struct provider_set *set)
{
    const struct logon *logon;

    for (logon = set->first; logon; logon = logon->next)
        if (logon->temporary && FAILED(provider_section_delete(set->host.profile, &logon->section)))
            WARN("the section of a temporary store stays in the profile\n");
}

static void free_logons(struct provider_set *set)
{
    struct logon *logon;

    while ((logon = set->first))
    {
        AcquireSRWLockExclusive(&set->lock);
        set->first = logon->next;
        if (!set->first)
            set->last = NULL;
        ReleaseSRWLockExclusive(&set->lock);
        logon_release(logon);
    }
}

void providers_shut_down(struct provider_set *set, const struct providers_progress *progress)
{
    enum provider_kind kind;

    forwarded_drop(set, NULL); /* S-17a, LOGOFF-50 */
    if (set->spooling)
        set->spooling->stop(set->spooler, progress, FALSE);
    for (kind = 0; kind < PROVIDER_KINDS; kind++)
    {
        close_logons(set, kind, TRUE, progress);
        close_logons(set, kind, FALSE, progress);
    }
    for (kind = 0; kind < PROVIDER_KINDS; kind++) /* S-17, LOGOFF-31 */
        shut_down_providers(set, kind, progress);
    end_support(set);
    if (gate_close(&set->gate))
        gate_close_children(&set->gate); /* sections that providers left open: S-39 */
    delete_temporary_sections(set);
    free_logons(set);
}

/* Provider and logon objects are left as they are. */
void providers_abandon(struct provider_set *set)
{
    struct forwarded *forwarded;
    struct logon *logon;

    if (set->spooling)
        set->spooling->stop(set->spooler, NULL, TRUE);
    end_support(set);
    while ((forwarded = set->forwarded))
    {
        set->forwarded = forwarded->next;
        InterlockedExchangePointer((void *volatile *)&forwarded->logon->object, NULL);
        logon_unuse(forwarded->logon);
        heap_free(forwarded);
    }
    for (logon = set->first; logon; logon = logon->next)
    {
        if (InterlockedExchange(&logon->state, LOGON_CLOSED) != LOGON_OPEN)
            continue;
        InterlockedExchangePointer((void *volatile *)&logon->object, NULL);
        logon_unuse(logon);
    }
    if (gate_close(&set->gate))
        gate_close_children(&set->gate);
    free_logons(set);
}

static HRESULT fast_shutdown_one(struct provider *provider, enum fast_phase phase, BOOL all)
{
    IMAPIProviderShutdown *shutdown;
    HRESULT hr;

    if (FAILED(IUnknown_QueryInterface(provider->object, &IID_IMAPIProviderShutdown, (void **)&shutdown)))
        return all && phase == FAST_QUERY ? MAPI_E_NO_SUPPORT : S_OK;
    switch (phase)
    {
    case FAST_QUERY:
        hr = IMAPIProviderShutdown_QueryFastShutdown(shutdown);
        break;
    case FAST_NOTIFY:
        hr = IMAPIProviderShutdown_NotifyProcessShutdown(shutdown);
        break;
    default:
        hr = IMAPIProviderShutdown_DoFastShutdown(shutdown);
        break;
    }
    IMAPIProviderShutdown_Release(shutdown);
    /* FAST-02, 03: with the strict policy only S_OK is a yes. */
    if (hr == MAPI_E_NO_SUPPORT || (all && hr != S_OK))
        return MAPI_E_NO_SUPPORT;
    return S_OK;
}

/* FAST-05 */
HRESULT providers_fast_shutdown(struct provider_set *set, enum fast_phase phase, BOOL all)
{
    struct provider *provider, *first;
    enum provider_kind kind;
    HRESULT hr = S_OK, one;

    AcquireSRWLockShared(&set->lock);
    first = set->providers;
    ReleaseSRWLockShared(&set->lock);
    for (kind = 0; kind < PROVIDER_KINDS; kind++)
        for (provider = first; provider; provider = provider->next)
            if (provider->kind == kind && FAILED(one = fast_shutdown_one(provider, phase, all)))
                hr = one;
    return hr;
}
