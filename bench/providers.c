/*
 * Sessions with a message store, an address book and a transport of three DLLs: the whole of MAPIInitialize, logon, log-off
 * and MAPIUninitialize, as DLLs stay loaded until then, against loading and freeing the three DLLs; and what a log-off
 * costs for each table and sink that was left open.
 */
#include "bench.h"

#include <postroom/provider.h>

#include "../tests/providers/spy/spy.h"

#define CYCLES 5
#define LOADS 5
#define PROVIDERS 3

static LPMAPIINITIALIZE initialize;
static LPMAPIUNINITIALIZE uninitialize;
static LPMAPIADMINPROFILES admin_profiles;
static LPMAPILOGONEX logon;

static WCHAR profile[65], files[PROVIDERS][MAX_PATH];

static BOOL load(HMODULE module)
{
    if (!module)
        return FALSE;
    initialize = (LPMAPIINITIALIZE)(void *)GetProcAddress(module, "MAPIInitialize");
    uninitialize = (LPMAPIUNINITIALIZE)(void *)GetProcAddress(module, "MAPIUninitialize");
    admin_profiles = (LPMAPIADMINPROFILES)(void *)GetProcAddress(module, "MAPIAdminProfiles");
    logon = (LPMAPILOGONEX)(void *)GetProcAddress(module, "MAPILogonEx");
    return initialize && uninitialize && admin_profiles && logon;
}

/* Three copies of the spy, beside the program. */
static BOOL copy_providers(void)
{
    WCHAR path[MAX_PATH], folder[MAX_PATH];
    DWORD length = GetModuleFileNameW(NULL, folder, MAX_PATH - 20);
    unsigned i;

    while (length && folder[length - 1] != '\\')
        length--;
    folder[length] = 0;
    wsprintfW(path, L"%sspy32.dll", folder);
    for (i = 0; i < PROVIDERS; i++)
    {
        wsprintfW(files[i], L"%sbench%u32.dll", folder, i);
        if (!CopyFileW(path, files[i], FALSE))
            return FALSE;
    }
    return TRUE;
}

static HRESULT write_section(IMsgServiceAdmin *services, const MAPIUID *uid, ULONG count, SPropValue *values)
{
    IProfSect *section;
    HRESULT hr = IMsgServiceAdmin_OpenProfileSection(services, (MAPIUID *)uid, NULL, MAPI_MODIFY | MAPI_FORCE_ACCESS,
                                                     &section);

    if (FAILED(hr))
        return hr;
    hr = IProfSect_SetProps(section, count, values, NULL);
    IProfSect_Release(section);
    return hr;
}

static HRESULT write_profile(IMsgServiceAdmin *services)
{
    static const MAPIUID global = {
            {0x92, 0x07, 0xf3, 0xe0, 0xa3, 0xb1, 0x10, 0x19, 0x90, 0x8b, 0x08, 0x00, 0x2b, 0x2a, 0x56, 0xc2}};
    static const ULONG types[PROVIDERS] = {MAPI_STORE_PROVIDER, MAPI_AB_PROVIDER, MAPI_TRANSPORT_PROVIDER};
    static const ULONG lists[PROVIDERS] = {PR_STORE_PROVIDERS, PR_AB_PROVIDERS, PR_TRANSPORT_PROVIDERS};
    SPropValue values[4] = {{.ulPropTag = PR_PROVIDER_DLL_NAME_W},
                            {.ulPropTag = PR_RESOURCE_TYPE},
                            {.ulPropTag = PR_DISPLAY_NAME_W},
                            {.ulPropTag = SPY_FLAGS}};
    MAPIUID uid = {{0x59, 0x59}};
    WCHAR dll[16];
    HRESULT hr = S_OK;
    unsigned i;

    for (i = 0; i < PROVIDERS && SUCCEEDED(hr); i++)
    {
        SPropValue list = {.ulPropTag = lists[i]};

        uid.ab[15] = (BYTE)(i + 1);
        wsprintfW(dll, L"bench%u.dll", i);
        values[0].Value.lpszW = values[2].Value.lpszW = dll;
        values[1].Value.l = types[i];
        values[3].Value.l = SPY_FLAG_NO_SECTION; /* what a provider writes into its profile is its own time */
        list.Value.bin.cb = sizeof(uid);
        list.Value.bin.lpb = uid.ab;
        if (SUCCEEDED(hr = write_section(services, &uid, 4, values)))
            hr = write_section(services, &global, 1, &list);
    }
    return hr;
}

/* The profile's only store, and every address book. */
static HRESULT open_all(IMAPISession *session, IMsgStore **store, IAddrBook **book)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    SRowSet *rows = NULL;
    IMAPITable *table;
    HRESULT hr;

    if (FAILED(hr = IMAPISession_GetMsgStoresTable(session, 0, &table)))
        return hr;
    if (SUCCEEDED(hr = IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0))
        && SUCCEEDED(hr = IMAPITable_QueryRows(table, 1, 0, &rows)))
    {
        SBinary *entryid = &rows->aRow[0].lpProps[0].Value.bin;

        hr = rows->cRows ? IMAPISession_OpenMsgStore(session, 0, entryid->cb, (ENTRYID *)entryid->lpb, NULL,
                                                     MDB_NO_DIALOG, store)
                         : MAPI_E_NOT_FOUND;
        if (rows->cRows)
            IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, book);
    }
    IMAPITable_Release(table);
    return hr;
}

static HRESULT begin(ULONG flags, IMAPISession **session)
{
    return logon(0, (LPTSTR)profile, NULL, MAPI_NEW_SESSION | MAPI_EXTENDED | MAPI_UNICODE | flags, session);
}

static HRESULT cycle(const void *flags)
{
    IMAPISession *session = NULL;
    IMsgStore *store = NULL;
    IAddrBook *book = NULL;
    HRESULT hr = initialize(NULL), opened;

    if (FAILED(hr))
        return hr;
    if (SUCCEEDED(hr = begin(*(const ULONG *)flags, &session)))
    {
        opened = open_all(session, &store, &book);
        hr = IMAPISession_Logoff(session, 0, 0, 0);
        if (book)
            IAddrBook_Release(book);
        if (store)
            IMsgStore_Release(store);
        IMAPISession_Release(session);
        if (SUCCEEDED(hr))
            hr = opened;
    }
    uninitialize();
    return hr;
}

static long cycles(void *context)
{
    HRESULT hr = S_OK;
    unsigned i;

    for (i = 0; i < CYCLES && SUCCEEDED(hr); i++)
        hr = cycle(context);
    return FAILED(hr) ? hr : 0;
}

static long loads(void *context)
{
    HMODULE modules[PROVIDERS];
    unsigned i, k;

    (void)context;
    for (i = 0; i < LOADS; i++)
    {
        for (k = 0; k < PROVIDERS; k++)
            if (!(modules[k] = LoadLibraryW(files[k])))
                return (long)GetLastError();
        for (k = 0; k < PROVIDERS; k++)
            FreeLibrary(modules[k]);
    }
    return 0;
}

static HRESULT WINAPI sink_QueryInterface(IMAPIAdviseSink *sink, REFIID riid, void **out)
{
    (void)riid;
    *out = sink;
    return S_OK;
}

static ULONG WINAPI sink_count(IMAPIAdviseSink *sink)
{
    (void)sink;
    return 1;
}

static ULONG WINAPI sink_OnNotify(IMAPIAdviseSink *sink, ULONG count, NOTIFICATION *notifications)
{
    (void)sink;
    (void)count;
    (void)notifications;
    return 0;
}

/* Microseconds of a Logoff with so many tables and so many sinks left open. */
static HRESULT time_left_open(unsigned count, double *time)
{
    static const IMAPIAdviseSinkVtbl vtbl = {sink_QueryInterface, sink_count, sink_count, sink_OnNotify};
    IMAPITable **tables = calloc(count, sizeof(*tables));
    IMAPIAdviseSink sink = {(IMAPIAdviseSinkVtbl *)&vtbl};
    IMAPISession *session = NULL;
    ULONG_PTR connection = 0;
    unsigned i;
    double start;
    HRESULT hr = tables ? begin(MAPI_NO_MAIL, &session) : MAPI_E_NOT_ENOUGH_MEMORY;

    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (SUCCEEDED(hr = IMAPISession_GetStatusTable(session, 0, &tables[i])))
            hr = IMAPISession_Advise(session, 0, NULL, fnevExtended, &sink, &connection);
    if (SUCCEEDED(hr))
    {
        start = bench_now();
        hr = IMAPISession_Logoff(session, 0, 0, 0);
        *time = bench_now() - start;
    }
    for (i = 0; tables && i < count; i++)
        if (tables[i])
            IMAPITable_Release(tables[i]);
    free(tables);
    if (session)
        IMAPISession_Release(session);
    return hr;
}

/* The median of some runs, for each thing left open. */
static HRESULT per_item(unsigned count, unsigned runs, double *time)
{
    double samples[31];
    HRESULT hr = S_OK;
    unsigned i;

    for (i = 0; i < runs && SUCCEEDED(hr); i++)
        hr = time_left_open(count, &samples[i]);
    if (SUCCEEDED(hr))
        *time = bench_median(samples, runs) / (2.0 * count);
    return hr;
}

static int left_open(void)
{
    double ten, thousand, many;
    HRESULT hr;

    if (FAILED(hr = per_item(10, 31, &ten)) || FAILED(hr = per_item(1000, 15, &thousand))
        || FAILED(hr = per_item(100000, 3, &many)))
        return bench_failed("Logoff with tables and sinks left open", hr);
    bench_row("Logoff, each of 1,000 left open (of 10)", thousand, ten, thousand / ten, FALSE, 2);
    bench_row("Logoff, each of 100,000 left open (of 1,000)", many, thousand, many / thousand, FALSE, 2);
    return 0;
}

static int compare(const char *name, ULONG flags, double target)
{
    const struct bench_pair pair = {cycles, loads, &flags, CYCLES, LOADS, 15};
    long code = bench_compare_pair(name, &pair, FALSE, FALSE, target);

    return code ? bench_failed(name, code) : 0;
}

static int measure(void)
{
    int result;

    result = compare("logon + Logoff, three providers, mail", 0, 3);
    result = compare("logon + Logoff, store and address book", MAPI_NO_MAIL, 3) || result;
    if (FAILED(initialize(NULL)))
        return 1;
    result = left_open() || result;
    uninitialize();
    return result;
}

/* MAPI has been initialised for this, and is not any more. */
static HRESULT make_profile(void)
{
    IMsgServiceAdmin *services;
    IProfAdmin *admin;
    HRESULT hr;

    if (FAILED(hr = admin_profiles(0, &admin)))
        return hr;
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)profile, NULL, 0, MAPI_UNICODE);
    if (SUCCEEDED(hr)
        && SUCCEEDED(hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, MAPI_UNICODE, &services)))
    {
        hr = write_profile(services);
        IMsgServiceAdmin_Release(services);
    }
    IProfAdmin_Release(admin);
    return hr;
}

static void delete_profile(void)
{
    IProfAdmin *admin;

    if (FAILED(admin_profiles(0, &admin)))
        return;
    IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, MAPI_UNICODE);
    IProfAdmin_Release(admin);
}

int main(void)
{
    HMODULE module = bench_load_ours();
    HRESULT hr;
    int result;
    unsigned i;

    bench_head();
    if (!load(module) || !copy_providers())
        return bench_failed("providers", GetLastError());
    wsprintfW(profile, L"Postroom bench %lu", GetCurrentProcessId());
    if (FAILED(hr = initialize(NULL)))
        return bench_failed("providers", hr);
    hr = make_profile();
    uninitialize();
    result = FAILED(hr) ? bench_failed("providers: a profile", hr) : measure();
    initialize(NULL);
    delete_profile();
    uninitialize();
    FreeLibrary(module);
    for (i = 0; i < PROVIDERS; i++)
        DeleteFileW(files[i]);
    return result;
}
