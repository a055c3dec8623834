/*
 * One way of loading mapi32.dll, and what a program then has. loading.sh runs this in every placement of the DLL.
 *
 *   loading bare | path FILE | restricted | stub      loads by name, by path, from the system directory only, or as the
 *                                                     MAPI stub library does; prints what it got
 *   loading profile NAME                              makes a profile (DLL beside the program)
 *   loading unprofile NAME                            deletes it
 *
 * Prints lines "name=value": module (path), ours (the module itself is Postroom), behind (postroom.dll is in the
 * process and is Postroom), session (HRESULT of logon and log-off on the
 * profile in PROFILE), simple (code of MAPILogon; winemapi when that DLL served it).
 */
#include <postroom/postroom.h>

#include <stdio.h>
#include <stdlib.h>

/* By its plain name, else by its decorated one. */
static void *function(HMODULE module, const char *name, int bytes)
{
    FARPROC address = GetProcAddress(module, name);
    char decorated[100];

    if (!address)
    {
        snprintf(decorated, sizeof(decorated), "%s@%d", name, bytes);
        address = GetProcAddress(module, decorated);
    }
    return (void *)(ULONG_PTR)address;
}

static HMODULE load_stub(void)
{
    WCHAR client[200], key[300], path[MAX_PATH];
    DWORD size = sizeof(client);

    /* HKLM only, DLLPathEx of the default client (the stub library's first choice). */
    if (RegGetValueW(HKEY_LOCAL_MACHINE, L"Software\\Clients\\Mail", NULL, RRF_RT_REG_SZ, NULL, client, &size))
        return NULL;
    swprintf(key, ARRAYSIZE(key), L"Software\\Clients\\Mail\\%ls", client);
    size = sizeof(path);
    if (RegGetValueW(HKEY_LOCAL_MACHINE, key, L"DLLPathEx", RRF_RT_REG_SZ, NULL, path, &size))
        return NULL;
    return LoadLibraryW(path);
}

static HRESULT session_on(HMODULE module, const char *profile)
{
    LPMAPIINITIALIZE initialize = (LPMAPIINITIALIZE)function(module, "MAPIInitialize", 4);
    LPMAPIUNINITIALIZE uninitialize = (LPMAPIUNINITIALIZE)function(module, "MAPIUninitialize", 0);
    LPMAPILOGONEX logon = (LPMAPILOGONEX)function(module, "MAPILogonEx", 20);
    IMAPISession *session = NULL;
    HRESULT hr;

    if (!initialize || !uninitialize || !logon)
        return E_NOTIMPL;
    hr = initialize(NULL);
    if (FAILED(hr))
        return hr;
    hr = logon(0, (LPTSTR)profile, NULL, MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE, &session);
    if (SUCCEEDED(hr) && !session)
        hr = E_POINTER;
    if (SUCCEEDED(hr))
    {
        hr = session->lpVtbl->Logoff(session, 0, 0, 0);
        session->lpVtbl->Release(session);
    }
    uninitialize();
    return hr;
}

static void try_simple(HMODULE module)
{
    LPMAPILOGON logon = (LPMAPILOGON)function(module, "MAPILogon", 24);
    LPMAPILOGOFF logoff = (LPMAPILOGOFF)function(module, "MAPILogoff", 16);
    LHANDLE session = 0;
    ULONG code;

    if (!logon || !logoff)
    {
        printf("simple=missing\n");
        return;
    }
    code = logon(0, NULL, NULL, 0, 0, &session);
    printf("simple=%lu %s\n", code, GetModuleHandleW(L"winemapi.dll") ? "winemapi" : "-");
    if (code == SUCCESS_SUCCESS)
        logoff(session, 0, 0, 0);
}

static int administer(const char *name, BOOL create)
{
    HMODULE module = LoadLibraryW(L"mapi32.dll");
    LPMAPIADMINPROFILES admin_profiles;
    IProfAdmin *admin = NULL;
    HRESULT hr;

    if (!module || !GetProcAddress(module, "PostroomDiagnostics"))
        return 2;
    admin_profiles = (LPMAPIADMINPROFILES)function(module, "MAPIAdminProfiles", 8);
    ((LPMAPIINITIALIZE)function(module, "MAPIInitialize", 4))(NULL);
    hr = admin_profiles(0, &admin);
    if (SUCCEEDED(hr))
    {
        hr = create ? admin->lpVtbl->CreateProfile(admin, (LPTSTR)name, NULL, 0, 0)
                    : admin->lpVtbl->DeleteProfile(admin, (LPTSTR)name, 0);
        admin->lpVtbl->Release(admin);
    }
    ((LPMAPIUNINITIALIZE)function(module, "MAPIUninitialize", 0))();
    printf("profile=%#lx\n", hr);
    return FAILED(hr);
}

int main(int argc, char **argv)
{
    const char *profile = getenv("PROFILE");
    HMODULE module = NULL, behind;
    WCHAR path[MAX_PATH] = L"";
    HRESULT hr;

    if (argc == 3 && !strcmp(argv[1], "profile"))
        return administer(argv[2], TRUE);
    if (argc == 3 && !strcmp(argv[1], "unprofile"))
        return administer(argv[2], FALSE);
    if (argc == 2 && !strcmp(argv[1], "bare"))
        module = LoadLibraryW(L"mapi32.dll");
    else if (argc == 3 && !strcmp(argv[1], "path"))
        module = LoadLibraryA(argv[2]);
    else if (argc == 2 && !strcmp(argv[1], "restricted"))
        module = LoadLibraryExW(L"mapi32.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    else if (argc == 2 && !strcmp(argv[1], "stub"))
        module = load_stub();
    else
        return 2;
    if (!module)
    {
        printf("module=none %lu\n", GetLastError());
        return 1;
    }
    GetModuleFileNameW(module, path, MAX_PATH);
    printf("module=%ls\n", path);
    printf("ours=%d\n", GetProcAddress(module, "PostroomDiagnostics") != NULL);
    hr = session_on(module, profile ? profile : "");
    behind = GetModuleHandleW(L"postroom.dll");
    printf("behind=%d\n", behind && GetProcAddress(behind, "PostroomDiagnostics"));
    printf("session=%#lx\n", hr);
    try_simple(module);
    return 0;
}
