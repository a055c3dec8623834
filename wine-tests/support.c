/*
 * support: see support.h.
 */
#include "support.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct mapi mapi;

static unsigned int checks, failures;

static void print(const char *prefix, const char *format, va_list arguments)
{
    fputs(prefix, stdout);
    vprintf(format, arguments);
    fputc('\n', stdout);
    fflush(stdout);
}

static void check_v(BOOL passed, const char *format, va_list arguments)
{
    char prefix[32];

    checks++;
    failures += !passed;
    snprintf(prefix, sizeof(prefix), "%sok %u - ", passed ? "" : "not ", checks);
    print(prefix, format, arguments);
}

void check(BOOL passed, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    check_v(passed, format, arguments);
    va_end(arguments);
}

void check_result(HRESULT actual, HRESULT expected, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    check_v(actual == expected, format, arguments);
    va_end(arguments);
    if (actual != expected)
        note("%#lx instead of %#lx", actual, expected);
}

void note(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print("# ", format, arguments);
    va_end(arguments);
}

int checks_end(void)
{
    printf("1..%u\n", checks);
    fflush(stdout);
    return failures != 0;
}

static void *function(const char *name, int bytes)
{
    FARPROC address = GetProcAddress(mapi.module, name);
    char decorated[100];

    snprintf(decorated, sizeof(decorated), "%s@%d", name, bytes);
    if (!address)
        address = GetProcAddress(mapi.module, decorated);
    return (void *)(ULONG_PTR)address;
}

void mapi_load(void)
{
    mapi.module = LoadLibraryW(L"mapi32.dll");
    mapi.initialize = function("MAPIInitialize", 4);
    mapi.uninitialize = function("MAPIUninitialize", 0);
    mapi.logon = function("MAPILogonEx", 20);
    mapi.admin_profiles = function("MAPIAdminProfiles", 8);
    mapi.free_buffer = function("MAPIFreeBuffer", 4);
    mapi.diagnostics = function("PostroomDiagnostics", 8);
    if (mapi.initialize && mapi.uninitialize && mapi.logon && mapi.admin_profiles && mapi.free_buffer
        && mapi.diagnostics)
        return;
    printf("Bail out! mapi32.dll is not there or not ours\n");
    exit(1);
}

HRESULT profile_make(const char *name)
{
    IProfAdmin *admin;
    HRESULT hr = mapi.admin_profiles(0, &admin);

    if (FAILED(hr))
        return hr;
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)(ULONG_PTR)name, NULL, 0, 0);
    IProfAdmin_Release(admin);
    return hr;
}

HRESULT profile_drop(const char *name)
{
    IProfAdmin *admin;
    HRESULT hr = mapi.admin_profiles(0, &admin);

    if (FAILED(hr))
        return hr;
    hr = IProfAdmin_DeleteProfile(admin, (LPTSTR)(ULONG_PTR)name, 0);
    IProfAdmin_Release(admin);
    return hr;
}

HRESULT session_open(const char *profile, ULONG flags, IMAPISession **session)
{
    return mapi.logon(0, (LPTSTR)(ULONG_PTR)profile, NULL, MAPI_EXTENDED | MAPI_NEW_SESSION | flags, session);
}

static const WCHAR confirm_key[] = L"Software\\Postroom";
static const WCHAR confirm_value[] = L"ConfirmLogoff";

void set_confirm(LONG value)
{
    DWORD number = (DWORD)value;
    HKEY key;

    if (RegCreateKeyExW(HKEY_CURRENT_USER, confirm_key, 0, NULL, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, NULL))
        return;
    if (value < 0)
        RegDeleteValueW(key, confirm_value);
    else
        RegSetValueExW(key, confirm_value, 0, REG_DWORD, (const BYTE *)&number, sizeof(number));
    RegCloseKey(key);
}

LONG get_confirm(void)
{
    DWORD number = 0, size = sizeof(number);
    LONG result = -1;
    HKEY key;

    if (RegOpenKeyExW(HKEY_CURRENT_USER, confirm_key, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key))
        return -1;
    if (!RegQueryValueExW(key, confirm_value, NULL, NULL, (BYTE *)&number, &size))
        result = (LONG)number;
    RegCloseKey(key);
    return result;
}

static BOOL CALLBACK find_dialog(HWND window, LPARAM found)
{
    WCHAR name[16];

    if (!IsWindowVisible(window) || !GetClassNameW(window, name, ARRAY_SIZE(name)) || lstrcmpW(name, L"#32770"))
        return TRUE;
    *(HWND *)found = window;
    return FALSE;
}

HWND dialog_of(DWORD thread)
{
    HWND found = NULL;

    EnumThreadWindows(thread, find_dialog, (LPARAM)&found);
    return found;
}

BOOL wait_until(BOOL (*condition)(void *context), void *context)
{
    DWORD start = GetTickCount();

    while (!condition(context))
    {
        if (GetTickCount() - start > 20000)
            return FALSE;
        Sleep(10);
    }
    return TRUE;
}

static BOOL has_dialog(void *thread)
{
    return dialog_of(*(DWORD *)thread) != NULL;
}

HWND wait_for_dialog(DWORD thread)
{
    return wait_until(has_dialog, &thread) ? dialog_of(thread) : NULL;
}

/* Also the focus is there, which comes after the window. */
static BOOL is_foreground(void *window)
{
    GUITHREADINFO info = {.cbSize = sizeof(info)};

    return GetForegroundWindow() == window && GetGUIThreadInfo(GetWindowThreadProcessId(window, NULL), &info)
           && info.hwndFocus && IsChild(window, info.hwndFocus);
}

BOOL wait_for_foreground(HWND window)
{
    return wait_until(is_foreground, window);
}

void type_key(WORD key)
{
    keybd_event((BYTE)key, (BYTE)MapVirtualKeyW(key, MAPVK_VK_TO_VSC), 0, 0);
    keybd_event((BYTE)key, (BYTE)MapVirtualKeyW(key, MAPVK_VK_TO_VSC), KEYEVENTF_KEYUP, 0);
}
