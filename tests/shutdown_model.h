/*
 * What providers of random sessions must be called with: the model of shutdown_random.c.
 */
#ifndef POSTROOM_TESTS_SHUTDOWN_MODEL_H
#define POSTROOM_TESTS_SHUTDOWN_MODEL_H

#include "harness_random.h"
#include "harness_spy.h"

#include <postroom/guids.h>

#define WORKERS 4
#define STEPS 25000
#define SESSIONS 3
#define LOGONS 12
#define ADVISES 16
#define TABLES 4
#define SINKS 3
#define LEFT 16
#define EVENTS 512

/* The sections of the profile. "d" cannot be logged on to. A store that is open twice has one MAPIUID (SPI-08). */
#define STORES 4
#define BOOKS 2
static const struct spy_setup setups[STORES + BOOKS] = {
        {MAPI_STORE_PROVIDER, L"a", 0, NULL, 1, 0, NULL, 0},
        {MAPI_STORE_PROVIDER, L"b", SPY_FLAG_FAST_SHUTDOWN, NULL, 2, 0, NULL, 0},
        {MAPI_STORE_PROVIDER, L"c", 0, NULL, 4, 0, NULL, 0},
        {MAPI_STORE_PROVIDER, L"d", 0, NULL, 3, 0, NULL, 0},
        {MAPI_AB_PROVIDER, L"k", SPY_FLAG_FAST_SHUTDOWN, NULL, 5, 0, NULL, 0},
        {MAPI_AB_PROVIDER, L"l", 0, NULL, 6, 0, NULL, 0},
};
#define FAILING (STORES - 1)
#define SCRIPT L"MSd.Logon=fail:8004011d" /* MAPI_E_FAILONEPROVIDER */

struct event
{
    const char *kind, *method;
    WCHAR name;
    ULONG value;
};

struct events
{
    struct event list[EVENTS];
    ULONG count;
};

struct logon
{
    ULONG setup;
    IMsgStore *store; /* with references of the test's; NULL: an address book */
    ULONG refcount;
    ULONG last_connection;
};

struct advise
{
    ULONG_PTR connection;
    struct logon *logon;
    ULONG theirs;
};

struct sink
{
    struct harness_sink sink;
    ULONG_PTR connection; /* 0: not registered */
    LONG calls;
    BOOL extended;
};

struct slot
{
    IMAPISession *session; /* NULL: nobody is logged on */
    struct logon logons[LOGONS], *order[LOGONS];
    ULONG logon_count;
    struct advise advises[ADVISES]; /* the newest last */
    ULONG advise_count;
    IMAPITable *tables[TABLES];
    IAddrBook *books[TABLES];
    ULONG table_count, book_count;
    struct sink sinks[SINKS];
    BOOL loaded[2], fast[2]; /* stores, address books */
};

struct worker
{
    struct harness_random random;
    struct slot slots[SESSIONS];
    struct logon left[LEFT]; /* stores whose session has gone */
    ULONG left_count, step;
    struct events expected, actual;
    const char *operation;
    char failure[400];
};

static struct worker workers[WORKERS];
static struct
{
    ULONG size;
    ENTRYID *entryid;
} stores[STORES];
static WCHAR profile[HARNESS_PROFILE_NAME];
static ULONG seed;
static DWORD worker_slot;

/*
 * What was called and what must have been.
 */

static void add(struct events *events, const char *kind, WCHAR name, const char *method, ULONG value)
{
    const struct event event = {kind, method, name, value};

    if (events->count < EVENTS)
        events->list[events->count] = event;
    events->count++;
}

static void record(const struct spy_record *record)
{
    struct worker *worker = TlsGetValue(worker_slot);

    if (worker && strcmp(record->method, "created"))
        add(&worker->actual, record->kind, *record->name, record->method, record->value);
}

static void expect(struct worker *worker, const char *kind, WCHAR name, const char *method, ULONG value)
{
    add(&worker->expected, kind, name, method, value);
}

static void check(struct worker *worker, BOOL right, const char *what)
{
    if (!right && !*worker->failure)
        snprintf(worker->failure, sizeof(worker->failure), "step %lu, %s: %s", worker->step, worker->operation, what);
}

static void check_hr(struct worker *worker, HRESULT hr, HRESULT expected)
{
    char what[40];

    snprintf(what, sizeof(what), "result %#lx, not %#lx", hr, expected);
    check(worker, hr == expected, what);
}

static BOOL same_event(const struct event *a, const struct event *b)
{
    return !strcmp(a->kind, b->kind) && a->name == b->name && !strcmp(a->method, b->method) && a->value == b->value;
}

static void event_text(const struct events *events, ULONG i, char *text, size_t size)
{
    const struct event *event = &events->list[i];

    if (i >= events->count || i >= EVENTS)
        snprintf(text, size, "nothing");
    else
        snprintf(text, size, "%s%c.%s %lu", event->kind, event->name ? (char)event->name : ' ', event->method,
                 event->value);
}

static void compare(struct worker *worker)
{
    char expected[64], actual[64], what[200];
    ULONG i;

    for (i = 0; i < worker->expected.count && i < worker->actual.count && i < EVENTS; i++)
        if (!same_event(&worker->expected.list[i], &worker->actual.list[i]))
            break;
    if (i < EVENTS && (i < worker->expected.count || i < worker->actual.count))
    {
        event_text(&worker->expected, i, expected, sizeof(expected));
        event_text(&worker->actual, i, actual, sizeof(actual));
        snprintf(what, sizeof(what), "call %lu is %s, must be %s", i, actual, expected);
        check(worker, FALSE, what);
    }
    worker->expected.count = worker->actual.count = 0;
}

/*
 * The model.
 */

static WCHAR name_of(const struct logon *logon)
{
    return *setups[logon->setup].name;
}

static BOOL is_book(const struct logon *logon)
{
    return setups[logon->setup].type == MAPI_AB_PROVIDER;
}

static const char *kind_of(const struct logon *logon)
{
    return is_book(logon) ? "ABLogon" : "MSLogon";
}

static void expect_loading(struct worker *worker, struct slot *slot, BOOL book)
{
    if (!slot->loaded[book])
        expect(worker, book ? "AB" : "MS", 0, "ProviderInit", 0);
    slot->loaded[book] = TRUE;
}

static struct logon *add_logon(struct slot *slot, ULONG setup, IMsgStore *store)
{
    struct logon *logon;

    for (logon = slot->logons; logon->refcount; logon++)
        ;
    memset(logon, 0, sizeof(*logon));
    logon->setup = setup;
    logon->store = store;
    logon->refcount = 1;
    slot->order[slot->logon_count++] = logon;
    if (setups[setup].flags & SPY_FLAG_FAST_SHUTDOWN)
        slot->fast[is_book(logon)] = TRUE;
    return logon;
}

static void remove_logon(struct slot *slot, struct logon *logon)
{
    ULONG i;

    for (i = 0; slot->order[i] != logon; i++)
        ;
    memmove(&slot->order[i], &slot->order[i + 1], (--slot->logon_count - i) * sizeof(slot->order[0]));
    logon->refcount = 0;
}

/* The first logon that has registered the MAPIUID. */
static struct logon *owner_of(const struct slot *slot, BYTE uid)
{
    ULONG i;

    for (i = 0; i < slot->logon_count; i++)
        if (setups[slot->order[i]->setup].uid == uid)
            return slot->order[i];
    return NULL;
}

static BOOL has_logon(const struct slot *slot, ULONG setup)
{
    ULONG i;

    for (i = 0; i < slot->logon_count; i++)
        if (slot->order[i]->setup == setup)
            return TRUE;
    return FALSE;
}

/* Those of a logon, or all: the newest first. */
static void expect_unadvises(struct worker *worker, struct slot *slot, const struct logon *logon)
{
    ULONG i, kept = 0;

    for (i = slot->advise_count; i; i--)
        if (!logon || slot->advises[i - 1].logon == logon)
            expect(worker, kind_of(slot->advises[i - 1].logon), name_of(slot->advises[i - 1].logon), "Unadvise",
                   slot->advises[i - 1].theirs);
    for (i = 0; logon && i < slot->advise_count; i++)
        if (slot->advises[i].logon != logon)
            slot->advises[kept++] = slot->advises[i];
    slot->advise_count = kept;
}

static void expect_log_offs(struct worker *worker, struct slot *slot, BOOL books)
{
    ULONG i;

    for (i = slot->logon_count; i; i--)
    {
        const struct logon *logon = slot->order[i - 1];

        if (is_book(logon) != books)
            continue;
        expect(worker, kind_of(logon), name_of(logon), "Logoff", 0);
        expect(worker, kind_of(logon), name_of(logon), "Support.Release", 0);
        expect(worker, kind_of(logon), name_of(logon), "Release", 0);
    }
}

static void expect_shut_down(struct worker *worker, const struct slot *slot, BOOL books)
{
    if (!slot->loaded[books])
        return;
    expect(worker, books ? "AB" : "MS", 0, "Shutdown", 0);
    expect(worker, books ? "AB" : "MS", 0, "Release", 0);
}

/* Conformance.md 1.6. */
static void expect_end(struct worker *worker, struct slot *slot)
{
    expect_unadvises(worker, slot, NULL);
    expect_log_offs(worker, slot, TRUE);
    expect_log_offs(worker, slot, FALSE);
    expect_shut_down(worker, slot, TRUE);
    expect_shut_down(worker, slot, FALSE);
}

#endif
