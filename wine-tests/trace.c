/*
 * The program that trace.sh looks at: some calls, one mistake, and an object that is never released.
 */
#include <stdio.h>

#include <postroom/postroom.h>

int main(void)
{
    HMODULE module = LoadLibraryW(L"mapi32.dll");
    LPMAPIINITIALIZE initialize = (LPMAPIINITIALIZE)(void *)GetProcAddress(module, "MAPIInitialize");
    LPMAPIUNINITIALIZE uninitialize = (LPMAPIUNINITIALIZE)(void *)GetProcAddress(module, "MAPIUninitialize");
    LPMAPIADMINPROFILES admin_profiles = (LPMAPIADMINPROFILES)(void *)GetProcAddress(module, "MAPIAdminProfiles");
    LPMAPIFREEBUFFER free_buffer = (LPMAPIFREEBUFFER)(void *)GetProcAddress(module, "MAPIFreeBuffer");
    IProfAdmin *leaked;

    if (!initialize || !uninitialize || !admin_profiles || !free_buffer || initialize(NULL))
        return 1;
    free_buffer((void *)(ULONG_PTR)0x1230);
    if (admin_profiles(0, &leaked))
        return 2;
    uninitialize();
    FreeLibrary(module);
    return 0;
}
