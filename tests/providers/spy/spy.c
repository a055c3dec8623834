/*
 * The list of calls, the script, and what all objects have.
 */
#define SPY_INSIDE
#include "spy.h"

#include <postroom/guids.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRACE_MAX (1024 * 1024)
#define SCRIPT_MAX 64
#define BLOCK_PATIENCE 10000

struct rule
{
    char point[48];
    char action[16];
    ULONG value;
    BOOL once, used;
};

/* Under the lock, but for the trace that the test reads when nothing runs. */
static struct
{
    SRWLOCK lock;
    char *trace;
    size_t length;
    DWORD threads[26];
    ULONG thread_count;
    struct rule rules[SCRIPT_MAX];
    ULONG rule_count;
    spy_callback callback;
    void *context;
    spy_recorder recorder;
    HANDLE released;
} spy = {.lock = SRWLOCK_INIT};

LPALLOCATEBUFFER spy_allocate;
LPALLOCATEMORE spy_more;
LPFREEBUFFER spy_free;

static volatile LONG objects, blocked;

static char thread_letter(void)
{
    DWORD thread = GetCurrentThreadId();
    ULONG i;

    for (i = 0; i < spy.thread_count; i++)
        if (spy.threads[i] == thread)
            return (char)('A' + i);
    if (i < ARRAYSIZE(spy.threads))
        spy.threads[spy.thread_count++] = thread;
    return (char)('A' + min(i, ARRAYSIZE(spy.threads) - 1));
}

static void append(const char *text)
{
    size_t length = strlen(text);

    AcquireSRWLockExclusive(&spy.lock);
    if (spy.trace && spy.length + length + 4 < TRACE_MAX)
    {
        spy.length += sprintf(spy.trace + spy.length, "%c %s\n", thread_letter(), text);
    }
    ReleaseSRWLockExclusive(&spy.lock);
}

void spy_note(const char *format, ...)
{
    char text[512];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof(text), format, list);
    va_end(list);
    append(text);
}

BOOL spy_record(const struct spy_object *object, const char *kind, const char *method, ULONG value)
{
    const struct spy_record record = {object, kind, object ? object->name : L"", method, value};

    if (!spy.recorder)
        return FALSE;
    spy.recorder(&record);
    return TRUE;
}

void spy_released(const struct spy_object *object, const char *what, ULONG refcount)
{
    if (!spy_record(object, object->kind, what, refcount))
        spy_note("%s%ls.%s() = %lu", object->kind, object->name, what, refcount);
}

/* The first rule for a point whose action is not used up. */
static BOOL take_rule(const char *point, struct rule *rule)
{
    BOOL found = FALSE;
    ULONG i;

    AcquireSRWLockExclusive(&spy.lock);
    for (i = 0; i < spy.rule_count && !found; i++)
    {
        if (!strcmp(spy.rules[i].point, point) && !spy.rules[i].used && strcmp(spy.rules[i].action, "leak")
            && strcmp(spy.rules[i].action, "flags"))
        {
            *rule = spy.rules[i];
            spy.rules[i].used = rule->once;
            found = TRUE;
        }
    }
    ReleaseSRWLockExclusive(&spy.lock);
    return found;
}

static HRESULT perform(const struct rule *rule, const char *point)
{
    if (!strcmp(rule->action, "fail"))
        return (HRESULT)rule->value;
    if (!strcmp(rule->action, "sleep"))
        Sleep(rule->value);
    else if (!strcmp(rule->action, "block"))
    {
        InterlockedIncrement(&blocked);
        WaitForSingleObject(spy.released, BLOCK_PATIENCE);
        InterlockedDecrement(&blocked);
    }
    else if (!strcmp(rule->action, "call") && spy.callback)
        spy.callback(point, spy.context);
    return S_OK;
}

static void point_of(const struct spy_object *object, const char *method, char *point, size_t size)
{
    snprintf(point, size, "%s%ls.%s", object->kind, object->name, method);
}

HRESULT spy_call(struct spy_object *object, const char *method, const char *format, ...)
{
    const char *number = strchr(format, '%');
    char point[96], arguments[256];
    struct rule rule;
    ULONG value = 0;
    va_list list;

    va_start(list, format);
    if (spy.recorder && number && number[1] != 's')
        value = va_arg(list, ULONG);
    else
        vsnprintf(arguments, sizeof(arguments), format, list);
    va_end(list);
    if (spy_record(object, object->kind, method, value) && !spy.rule_count)
        return S_OK;
    point_of(object, method, point, sizeof(point));
    if (!spy.recorder)
        spy_note("%s(%s)", point, arguments);
    return take_rule(point, &rule) ? perform(&rule, point) : S_OK;
}

ULONG spy_flags(struct spy_object *object, const char *method)
{
    ULONG flags = 0, i;
    char point[96];

    point_of(object, method, point, sizeof(point));
    AcquireSRWLockExclusive(&spy.lock);
    for (i = 0; i < spy.rule_count && !flags; i++)
    {
        if (strcmp(spy.rules[i].point, point) || strcmp(spy.rules[i].action, "flags") || spy.rules[i].used)
            continue;
        spy.rules[i].used = TRUE;
        flags = spy.rules[i].value;
    }
    ReleaseSRWLockExclusive(&spy.lock);
    return flags;
}

BOOL spy_leaks(struct spy_object *object, const char *method)
{
    BOOL leaks = FALSE;
    char point[96];
    ULONG i;

    point_of(object, method, point, sizeof(point));
    AcquireSRWLockShared(&spy.lock);
    for (i = 0; i < spy.rule_count; i++)
        leaks = leaks || (!strcmp(spy.rules[i].point, point) && !strcmp(spy.rules[i].action, "leak"));
    ReleaseSRWLockShared(&spy.lock);
    return leaks;
}

/* point=action or point=action:value */
static void add_rule(char *text)
{
    char *action = strchr(text, '='), *value;
    struct rule rule = {0};
    ULONG i;

    if (!action)
        return;
    *action++ = 0;
    if ((value = strchr(action, ':')))
    {
        *value++ = 0;
        rule.value = strtoul(value, NULL, strncmp(action, "fail", 4) && strcmp(action, "flags") ? 10 : 16);
    }
    if ((rule.once = !strcmp(action, "fail1")))
        action = "fail";
    snprintf(rule.point, sizeof(rule.point), "%s", text);
    snprintf(rule.action, sizeof(rule.action), "%s", action);
    AcquireSRWLockExclusive(&spy.lock);
    for (i = 0; i < spy.rule_count; i++) /* a section may be read more than once */
        if (!strcmp(spy.rules[i].point, rule.point) && !strcmp(spy.rules[i].action, rule.action))
            break;
    if (i == spy.rule_count && i < SCRIPT_MAX)
        spy.rules[spy.rule_count++] = rule;
    ReleaseSRWLockExclusive(&spy.lock);
}

static void read_script(const WCHAR *wide)
{
    char text[1024], *part, *next;

    snprintf(text, sizeof(text), "%ls", wide);
    for (part = text; part; part = next)
    {
        if ((next = strchr(part, ';')))
            *next++ = 0;
        add_rule(part);
    }
}

void spy_read_section(IMAPISupport *support, const MAPIUID *default_uid, struct spy_section *section)
{
    static const SizedSPropTagArray(4, tags) = {4, {SPY_SCRIPT, SPY_UID, SPY_NAME, SPY_FLAGS}};
    SPropValue *values = NULL;
    IProfSect *profsect;
    ULONG count;

    memset(section, 0, sizeof(*section));
    section->uid = *default_uid;
    if (FAILED(support->lpVtbl->OpenProfileSection(support, NULL, 0, &profsect)))
        return;
    if (SUCCEEDED(profsect->lpVtbl->GetProps(profsect, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &values)))
    {
        if (values[0].ulPropTag == SPY_SCRIPT)
            read_script(values[0].Value.lpszW);
        if (values[1].ulPropTag == SPY_UID && values[1].Value.bin.cb == sizeof(section->uid))
            memcpy(&section->uid, values[1].Value.bin.lpb, sizeof(section->uid));
        if (values[2].ulPropTag == SPY_NAME)
            lstrcpynW(section->name, values[2].Value.lpszW, ARRAYSIZE(section->name));
        if (values[3].ulPropTag == SPY_FLAGS)
            section->flags = values[3].Value.l;
        spy_free(values);
    }
    profsect->lpVtbl->Release(profsect);
}

void spy_announce(struct spy_logon *logon, ULONG type)
{
    SPropValue row[4] = {{.ulPropTag = PR_DISPLAY_NAME_W},
                         {.ulPropTag = PR_STATUS_CODE},
                         {.ulPropTag = PR_RESOURCE_METHODS},
                         {.ulPropTag = PR_PROVIDER_DISPLAY_W}};

    if (type != MAPI_TRANSPORT_PROVIDER && !(logon->flags & SPY_FLAG_NO_UID))
        logon->support->lpVtbl->SetProviderUID(logon->support, &logon->uid, 0);
    if (logon->flags & SPY_FLAG_NO_STATUS_ROW)
        return;
    row[0].Value.lpszW = logon->object.name;
    row[1].Value.l = STATUS_AVAILABLE;
    row[2].Value.l = STATUS_VALIDATE_STATE;
    row[3].Value.lpszW = (WCHAR *)L"Spy";
    logon->support->lpVtbl->ModifyStatusRow(logon->support, ARRAYSIZE(row), row, 0);
}

struct spy_object *spy_create(size_t size, const char *kind, const void *const *vtbl, const WCHAR *name)
{
    struct spy_object *object;

    if (FAILED(spy_allocate((ULONG)size, (void **)&object)))
        return NULL;
    memset(object, 0, size);
    object->vtbl = vtbl;
    object->refcount = 1;
    object->kind = kind;
    lstrcpynW(object->name, name, ARRAYSIZE(object->name));
    InterlockedIncrement(&objects);
    spy_record(object, kind, "created", 0);
    return object;
}

ULONG WINAPI spy_addref(struct spy_object *object)
{
    return InterlockedIncrement(&object->refcount);
}

ULONG WINAPI spy_release(struct spy_object *object)
{
    ULONG refcount = InterlockedDecrement(&object->refcount);

    spy_released(object, "Release", refcount);
    if (!refcount)
    {
        InterlockedDecrement(&objects);
        spy_free(object);
    }
    return refcount;
}

void spy_forget_object(void)
{
    InterlockedDecrement(&objects);
}

HRESULT spy_query(struct spy_object *object, const IID *riid, void **out, const IID *own)
{
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, own))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *out = object;
    spy_addref(object);
    return S_OK;
}

HRESULT WINAPI spy_none_1(void *a)
{
    (void)a;
    return MAPI_E_NO_SUPPORT;
}

#define STUB(count, ...)                                                                                               \
    HRESULT WINAPI spy_none_##count(void *a, __VA_ARGS__)                                                              \
    {                                                                                                                  \
        (void)a;                                                                                                       \
        return MAPI_E_NO_SUPPORT;                                                                                      \
    }
STUB(2, ULONG_PTR)
STUB(3, ULONG_PTR, ULONG_PTR)
STUB(4, ULONG_PTR, ULONG_PTR, ULONG_PTR)
STUB(5, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR)
STUB(6, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR)
STUB(7, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR)
STUB(8, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR)
STUB(9, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR)
STUB(10, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR)

__declspec(dllexport) const char *SpyTrace(void)
{
    return spy.trace ? spy.trace : "";
}

static struct
{
    char kind[4];
    HRESULT hr;
    ULONG version;
} init_rule;

HRESULT spy_init_result(const char *kind, ULONG *version)
{
    if (strcmp(kind, init_rule.kind))
        return S_OK;
    init_rule.kind[0] = 0;
    if (init_rule.version)
        *version = init_rule.version;
    return init_rule.hr;
}

/* The next kindProviderInit answers hr, with that version if it is not 0. */
__declspec(dllexport) void SpyFailInit(const char *kind, HRESULT hr, ULONG version)
{
    snprintf(init_rule.kind, sizeof(init_rule.kind), "%s", kind);
    init_rule.hr = hr;
    init_rule.version = version;
}

/* The thread that calls it is A in the list. The script goes as well. */
__declspec(dllexport) void SpyReset(void)
{
    AcquireSRWLockExclusive(&spy.lock);
    if (!spy.trace)
        spy.trace = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, TRACE_MAX);
    if (!spy.released)
        spy.released = CreateEventW(NULL, TRUE, FALSE, NULL);
    ResetEvent(spy.released);
    spy.length = 0;
    if (spy.trace)
        *spy.trace = 0;
    spy.thread_count = 0;
    spy.rule_count = 0;
    spy.callback = NULL;
    spy.recorder = NULL;
    thread_letter();
    ReleaseSRWLockExclusive(&spy.lock);
    spy_mail_reset();
}

__declspec(dllexport) void SpyClear(void)
{
    AcquireSRWLockExclusive(&spy.lock);
    spy.length = 0;
    if (spy.trace)
        *spy.trace = 0;
    ReleaseSRWLockExclusive(&spy.lock);
}

__declspec(dllexport) void SpyRelease(void)
{
    SetEvent(spy.released);
}

__declspec(dllexport) LONG SpyObjects(void)
{
    return objects;
}

__declspec(dllexport) LONG SpyBlocked(void)
{
    return blocked;
}

__declspec(dllexport) void SpySetCallback(spy_callback callback, void *context)
{
    spy.context = context;
    spy.callback = callback;
}

__declspec(dllexport) void SpySetScript(const WCHAR *script)
{
    read_script(script);
}

/* When nothing runs. */
__declspec(dllexport) void SpySetRecorder(spy_recorder recorder)
{
    spy.recorder = recorder;
}

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    (void)instance;
    if (reason == DLL_PROCESS_DETACH && !reserved)
    {
        spy_mail_reset();
        if (spy.trace)
            HeapFree(GetProcessHeap(), 0, spy.trace);
        if (spy.released)
            CloseHandle(spy.released);
    }
    return TRUE;
}
