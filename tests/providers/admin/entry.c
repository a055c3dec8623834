/*
 * admin: a service DLL that records how its entry functions are called and does what the test tells it to.
 *
 * The test sets the script with AdminScript (any thread, but not while an entry function runs); the DLL keeps nothing
 * else.
 */
#include <postroom/postroom.h>

#include "admin.h"

static struct admin_script *script;
static HINSTANCE instance;

void __cdecl AdminScript(struct admin_script *new_script)
{
    script = new_script;
}

/* What the test wants to know of one call. */
static HRESULT record(HINSTANCE given, IMalloc *allocator, IMAPISupport *support, ULONG_PTR window, ULONG flags,
                      ULONG context, ULONG count, SPropValue *values, IProviderAdmin *providers, MAPIERROR **error)
{
    struct admin_call *call;

    if (!script)
        return S_OK;
    if (script->count < ADMIN_CALLS_MAX)
    {
        call = &script->calls[script->count++];
        call->context = context;
        call->flags = flags;
        call->window = window;
        call->count = count;
        call->first_tag = count && values ? values[0].ulPropTag : 0;
        call->complete = given == instance && allocator && support && providers && error;
    }
    return script->act ? script->act(script, support, providers, context, error) : script->result;
}

HRESULT STDAPICALLTYPE ServiceEntry(HINSTANCE given, IMalloc *allocator, IMAPISupport *support, ULONG_PTR window,
                                    ULONG flags, ULONG context, ULONG count, SPropValue *values,
                                    IProviderAdmin *providers, MAPIERROR **error)
{
    return record(given, allocator, support, window, flags, context, count, values, providers, error);
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved)
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH)
        instance = module;
    return TRUE;
}
