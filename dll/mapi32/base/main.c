/*
 * The module: its entry point, its handle, and whether it may go.
 */
#include "base/base.h"
#include "base/buffer.h"
#include "base/init_internal.h"

/* The linker's name for the start of this module, so nobody has to remember it. */
extern IMAGE_DOS_HEADER __ImageBase;

HINSTANCE module_instance(void)
{
    return (HINSTANCE)&__ImageBase;
}

/*
 * Nothing is set up here: everything is made on first use. When the module is unloaded (not when the process ends) what
 * only it knows of is given back; nothing of that takes a lock of others or calls out of kernel32.
 */
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    (void)instance;
    if (reason == DLL_PROCESS_DETACH && !reserved)
    {
        object_report("unloading");
        init_unload();
        buffer_unload();
    }
    return TRUE;
}

/* S_OK when nothing of ours is alive; S_FALSE otherwise. Buffers do not count, they only need MAPIFreeBuffer. */
HRESULT WINAPI DllCanUnloadNow(void)
{
    TRACE("()\n");
    return object_count() || init_count() || !FAILED(init_check_utilities()) || thread_count() ? S_FALSE : S_OK;
}
