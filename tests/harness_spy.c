/*
 * harness_spy: see harness_spy.h.
 */
#include "harness_spy.h"

static HMODULE module;

static FARPROC function(const char *name)
{
    FARPROC found = module ? GetProcAddress(module, name) : NULL;

    assert_non_null(found);
    return found;
}

void spy_begin(void)
{
    if (!module)
        module = LoadLibraryW(L"spy32.dll");
    assert_non_null(module);
    ((spy_reset_function)(void *)function("SpyReset"))();
}

void spy_unload(void)
{
    if (module)
        FreeLibrary(module);
    module = NULL;
}

const char *spy_trace(void)
{
    return ((spy_trace_function)(void *)function("SpyTrace"))();
}

void spy_clear(void)
{
    ((spy_reset_function)(void *)function("SpyClear"))();
}

void spy_release_blocked(void)
{
    ((spy_reset_function)(void *)function("SpyRelease"))();
}

LONG spy_objects(void)
{
    return ((spy_count_function)(void *)function("SpyObjects"))();
}

LONG spy_blocked(void)
{
    return ((spy_count_function)(void *)function("SpyBlocked"))();
}

void spy_set_callback(spy_callback callback, void *context)
{
    ((spy_callback_function)(void *)function("SpySetCallback"))(callback, context);
}

void spy_set_script(const WCHAR *script)
{
    ((spy_script_function)(void *)function("SpySetScript"))(script);
}

void spy_set_recorder(spy_recorder recorder)
{
    ((spy_recorder_function)(void *)function("SpySetRecorder"))(recorder);
}

IMAPISupport *spy_leaked_support(void)
{
    return ((spy_support_function)(void *)function("SpyLeakedSupport"))();
}

void spy_fail_init(const char *kind, HRESULT hr, ULONG version)
{
    ((spy_fail_function)(void *)function("SpyFailInit"))(kind, hr, version);
}

ULONG spy_submit(const WCHAR *store, const WCHAR *subject, const WCHAR *recipients)
{
    return ((spy_submit_function)(void *)function("SpySubmit"))(store, subject, recipients);
}

void spy_remove(ULONG number)
{
    ((spy_remove_function)(void *)function("SpyRemove"))(number);
}

ULONG spy_queued(const WCHAR *store)
{
    return ((spy_queued_function)(void *)function("SpyQueued"))(store);
}

HRESULT spy_incoming(const WCHAR *transport, ULONG count)
{
    return ((spy_incoming_function)(void *)function("SpyIncoming"))(transport, count);
}

HRESULT spy_notify(const WCHAR *transport, ULONG flags, const MAPIUID *store, ULONG number)
{
    return ((spy_notify_function)(void *)function("SpyNotify"))(transport, flags, store, number);
}

IMAPISupport *spy_store_support(const WCHAR *name)
{
    return ((spy_find_support_function)(void *)function("SpyStoreSupport"))(name);
}

IMAPISupport *spy_transport_support(const WCHAR *name)
{
    return ((spy_find_support_function)(void *)function("SpyTransportSupport"))(name);
}

void spy_await(const char *text, const char *file, int line)
{
    ULONG i;

    for (i = 0; i < 1000 && !strstr(spy_trace(), text); i++)
        harness_pump(10);
    if (!strstr(spy_trace(), text))
    {
        harness_note("awaited:\n%s", text);
        harness_note("actual:\n%s", spy_trace());
        _fail(file, line);
    }
}

MAPIUID spy_section_uid(ULONG index)
{
    MAPIUID uid = {{0x59, 0x59}};

    uid.ab[15] = (BYTE)(index + 1);
    return uid;
}

static IMsgServiceAdmin *open_services(const WCHAR *name)
{
    IMsgServiceAdmin *services;
    IProfAdmin *profiles;

    assert_hr(MAPIAdminProfiles(0, &profiles), S_OK);
    assert_hr(IProfAdmin_AdminServices(profiles, (LPTSTR)name, NULL, 0, MAPI_UNICODE, &services), S_OK);
    IProfAdmin_Release(profiles);
    return services;
}

static void write_section(IMsgServiceAdmin *services, const MAPIUID *uid, ULONG count, SPropValue *values)
{
    IProfSect *section;

    assert_hr(IMsgServiceAdmin_OpenProfileSection(services, (MAPIUID *)uid, NULL, MAPI_MODIFY | MAPI_FORCE_ACCESS,
                                                  &section),
              S_OK);
    assert_hr(IProfSect_SetProps(section, count, values, NULL), S_OK);
    IProfSect_Release(section);
}

static void write_provider(IMsgServiceAdmin *services, const struct spy_setup *setup, const MAPIUID *section)
{
    MAPIUID uid = {{0x57, 0x4f}}, service = {{0x53, 0x56}};
    SPropValue values[9] = {{.ulPropTag = PR_PROVIDER_DLL_NAME_W},
                            {.ulPropTag = PR_RESOURCE_TYPE},
                            {.ulPropTag = PR_DISPLAY_NAME_W},
                            {.ulPropTag = SPY_NAME},
                            {.ulPropTag = SPY_FLAGS},
                            {.ulPropTag = PR_RESOURCE_FLAGS}};
    ULONG count = 6;

    values[0].Value.lpszW = (WCHAR *)(setup->dll ? setup->dll : L"spy.dll");
    values[1].Value.l = setup->type;
    values[2].Value.lpszW = (WCHAR *)setup->name;
    values[3].Value.lpszW = (WCHAR *)setup->name;
    values[4].Value.l = setup->flags;
    values[5].Value.l = setup->resource_flags;
    if (setup->script)
    {
        values[count].ulPropTag = SPY_SCRIPT;
        values[count++].Value.lpszW = (WCHAR *)setup->script;
    }
    if (setup->uid)
    {
        uid.ab[15] = setup->uid;
        values[count].ulPropTag = SPY_UID;
        values[count].Value.bin.cb = sizeof(uid);
        values[count++].Value.bin.lpb = uid.ab;
    }
    if (setup->service)
    {
        service.ab[15] = setup->service;
        values[count].ulPropTag = PR_SERVICE_UID;
        values[count].Value.bin.cb = sizeof(service);
        values[count++].Value.bin.lpb = service.ab;
    }
    write_section(services, section, count, values);
}

void spy_profile(WCHAR name[HARNESS_PROFILE_NAME], const struct spy_setup *setups, ULONG count)
{
    static const MAPIUID global = {
            {0x92, 0x07, 0xf3, 0xe0, 0xa3, 0xb1, 0x10, 0x19, 0x90, 0x8b, 0x08, 0x00, 0x2b, 0x2a, 0x56, 0xc2}};
    static const struct
    {
        ULONG type, tag;
    } lists[] = {{MAPI_STORE_PROVIDER, PR_STORE_PROVIDERS},
                 {MAPI_AB_PROVIDER, PR_AB_PROVIDERS},
                 {MAPI_TRANSPORT_PROVIDER, PR_TRANSPORT_PROVIDERS}};
    IMsgServiceAdmin *services;
    SPropValue values[3];
    MAPIUID uids[3][64];
    ULONG i, k, found = 0;

    assert_true(count <= 64);
    harness_create_profile(name);
    services = open_services(name);
    for (i = 0; i < count; i++)
    {
        MAPIUID section = spy_section_uid(i);

        write_provider(services, &setups[i], &section);
    }
    for (k = 0; k < ARRAY_SIZE(lists); k++)
    {
        ULONG listed = 0;

        for (i = 0; i < count; i++)
            if (setups[i].type == lists[k].type)
                uids[k][listed++] = spy_section_uid(i);
        if (!listed)
            continue;
        values[found].ulPropTag = lists[k].tag;
        values[found].Value.bin.cb = listed * sizeof(MAPIUID);
        values[found++].Value.bin.lpb = uids[k][0].ab;
    }
    if (found)
        write_section(services, &global, found, values);
    IMsgServiceAdmin_Release(services);
}

void spy_set_flags(const WCHAR *profile, ULONG index, ULONG flags)
{
    IMsgServiceAdmin *services = open_services(profile);
    SPropValue value = {.ulPropTag = SPY_FLAGS};
    MAPIUID section = spy_section_uid(index);

    value.Value.l = flags;
    write_section(services, &section, 1, &value);
    IMsgServiceAdmin_Release(services);
}

void spy_entryid(BYTE uid, BYTE entryid[SPY_ENTRYID_SIZE])
{
    memset(entryid, 0, SPY_ENTRYID_SIZE);
    entryid[4] = 0x57;
    entryid[5] = 0x4f;
    entryid[19] = uid;
}

ENTRYID *spy_store_entryid(IMAPISession *session, const WCHAR *name, ULONG *size)
{
    SizedSPropTagArray(2, columns) = {2, {PR_DISPLAY_NAME_W, PR_ENTRYID}};
    ENTRYID *entryid = NULL;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    assert_hr(IMAPISession_GetMsgStoresTable(session, MAPI_UNICODE, &table), S_OK);
    assert_hr(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), S_OK);
    for (i = 0; i < rows->cRows && !entryid; i++)
    {
        const SPropValue *values = rows->aRow[i].lpProps;

        if (values[0].ulPropTag != PR_DISPLAY_NAME_W || wcscmp(values[0].Value.lpszW, name))
            continue;
        *size = values[1].Value.bin.cb;
        assert_hr(MAPIAllocateBuffer(*size, (void **)&entryid), S_OK);
        memcpy(entryid, values[1].Value.bin.lpb, *size);
    }
    FreeProws(rows);
    IMAPITable_Release(table);
    return entryid;
}

IMsgStore *spy_open_store(IMAPISession *session, const WCHAR *name, ULONG flags)
{
    IMsgStore *store = NULL;
    ULONG size = 0;
    ENTRYID *entryid = spy_store_entryid(session, name, &size);

    assert_non_null(entryid);
    assert_hr(IMAPISession_OpenMsgStore(session, 0, size, entryid, NULL, flags, &store), S_OK);
    assert_non_null(store);
    MAPIFreeBuffer(entryid);
    return store;
}

void spy_assert(const char *expected, const char *file, int line)
{
    const char *actual = spy_trace();

    if (strcmp(actual, expected))
    {
        harness_note("expected:\n%s", expected);
        harness_note("actual:\n%s", actual);
    }
    _assert_string_equal(actual, expected, file, line);
    spy_clear();
}
