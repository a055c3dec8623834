/*
 * postroom doctor on registries that are wrong in each way that it knows, and on one that is right. The keys are set for
 * both bitnesses (Wine keeps HKLM\Software\Clients apart for them) and are put back at the end.
 * postroom.exe and mapi32.dll stand beside this program. Prints TAP.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <windows.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define OUTPUT_MAX 65536
#define VALUE_MAX 2048

static const WCHAR clients_key[] = L"Software\\Clients\\Mail";
static const WCHAR client_name[] = L"Postroom doctor test";
static const WCHAR client_key[] = L"Software\\Clients\\Mail\\Postroom doctor test";
static const WCHAR subsystem_key[] = L"Software\\Microsoft\\Windows Messaging Subsystem";
static const REGSAM views[] = {KEY_WOW64_64KEY, KEY_WOW64_32KEY};

static int test_count;
static char output[OUTPUT_MAX];
static DWORD exit_status;

static void result(BOOL passed, const char *name)
{
    printf("%sok %d - %s\n", passed ? "" : "not ", ++test_count, name);
}

/* Every value that the tests change, to be put back. */
static const struct
{
    const WCHAR *key, *name;
} changed[] = {
        {clients_key, NULL},
        {subsystem_key, L"MAPI"},
        {subsystem_key, L"MAPIX"},
        {subsystem_key, L"MAPIXVER"},
};

static struct
{
    BOOL present;
    DWORD type, size;
    BYTE data[VALUE_MAX];
} saved[COUNT(views)][COUNT(changed)];

static void set_value(size_t view, const WCHAR *path, const WCHAR *name, DWORD type, const void *data, DWORD size)
{
    HKEY key;

    if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_ALL_ACCESS | views[view], NULL, &key, NULL)
        != ERROR_SUCCESS)
    {
        return;
    }
    if (data)
    {
        RegSetValueExW(key, name, 0, type, data, size);
    }
    else
    {
        RegDeleteValueW(key, name);
    }
    RegCloseKey(key);
}

/* text NULL deletes the value. */
static void set_string(const WCHAR *path, const WCHAR *name, const WCHAR *text)
{
    size_t view;

    for (view = 0; view < COUNT(views); view++)
    {
        set_value(view, path, name, REG_SZ, text, text ? (DWORD)((wcslen(text) + 1) * sizeof(WCHAR)) : 0);
    }
}

static void set_bytes(const WCHAR *path, const WCHAR *name, DWORD type, const void *data, DWORD size)
{
    size_t view;

    for (view = 0; view < COUNT(views); view++)
    {
        set_value(view, path, name, type, data, size);
    }
}

static void save(void)
{
    size_t view, i;
    HKEY key;

    for (view = 0; view < COUNT(views); view++)
    {
        for (i = 0; i < COUNT(changed); i++)
        {
            if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, changed[i].key, 0, KEY_READ | views[view], &key) == ERROR_SUCCESS)
            {
                saved[view][i].size = VALUE_MAX;
                saved[view][i].present = RegQueryValueExW(key, changed[i].name, NULL, &saved[view][i].type,
                                                          saved[view][i].data, &saved[view][i].size)
                                         == ERROR_SUCCESS;
                RegCloseKey(key);
            }
        }
    }
}

static void restore(void)
{
    size_t view, i;

    for (view = 0; view < COUNT(views); view++)
    {
        for (i = 0; i < COUNT(changed); i++)
        {
            set_value(view, changed[i].key, changed[i].name, saved[view][i].type,
                      saved[view][i].present ? saved[view][i].data : NULL, saved[view][i].size);
        }
        RegDeleteKeyExW(HKEY_LOCAL_MACHINE, client_key, views[view], 0);
    }
}

/* Runs postroom.exe with the arguments; its standard output is in output, its exit status in exit_status. */
static void postroom(const WCHAR *arguments)
{
    SECURITY_ATTRIBUTES inherit = {sizeof(inherit), NULL, TRUE};
    WCHAR path[MAX_PATH], command[MAX_PATH + 256], *slash;
    PROCESS_INFORMATION process;
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    DWORD length = 0, part;
    HANDLE in, out;

    exit_status = (DWORD)-1;
    output[0] = 0;
    if (!GetModuleFileNameW(NULL, path, MAX_PATH) || !(slash = wcsrchr(path, '\\'))
        || !CreatePipe(&in, &out, &inherit, 0))
    {
        return;
    }
    slash[1] = 0;
    SetHandleInformation(in, HANDLE_FLAG_INHERIT, 0);
    _snwprintf(command, COUNT(command) - 1, L"\"%lspostroom.exe\" %ls", path, arguments);
    command[COUNT(command) - 1] = 0;
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    startup.hStdOutput = out;
    startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    if (CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process))
    {
        CloseHandle(out);
        out = NULL;
        while (length < OUTPUT_MAX - 1 && ReadFile(in, output + length, OUTPUT_MAX - 1 - length, &part, NULL) && part)
        {
            length += part;
        }
        output[length] = 0;
        WaitForSingleObject(process.hProcess, 60000);
        GetExitCodeProcess(process.hProcess, &exit_status);
        CloseHandle(process.hProcess);
        CloseHandle(process.hThread);
    }
    if (out)
    {
        CloseHandle(out);
    }
    CloseHandle(in);
}

static BOOL found(const char *id)
{
    char text[128];

    snprintf(text, sizeof(text), "\"id\": \"%s\"", id);
    return strstr(output, text) != NULL;
}

/* With the registry as it is now, doctor finds id and ends with 1. */
static void finds(const char *id, const char *name)
{
    postroom(L"doctor --json");
    result(exit_status == 1 && found(id), name);
    if (exit_status != 1 || !found(id))
    {
        const char *findings = strstr(output, "\"findings\"");

        printf("# exit status %lu, wanted the finding %s, output from its findings on:\n", exit_status, id);
        for (findings = findings ? findings : output; *findings; findings++)
        {
            if (findings == output || findings[-1] == '\n')
            {
                printf("# ");
            }
            putchar(*findings);
        }
        printf("\n");
    }
}

static void write_file(const WCHAR *path, const void *data, DWORD size)
{
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD written;

    if (file != INVALID_HANDLE_VALUE)
    {
        WriteFile(file, data, size, &written, NULL);
        CloseHandle(file);
    }
}

/* Up to size bytes of our own postroom.dll. */
static DWORD read_own_dll(void *data, DWORD size)
{
    WCHAR path[MAX_PATH], *slash;
    HANDLE file;
    DWORD got = 0;

    GetModuleFileNameW(NULL, path, MAX_PATH - 16);
    slash = wcsrchr(path, '\\');
    wcscpy(slash ? slash + 1 : path, L"postroom.dll");
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file != INVALID_HANDLE_VALUE)
    {
        ReadFile(file, data, size, &got, NULL);
        CloseHandle(file);
    }
    return got;
}

static void test_client(void)
{
    set_string(clients_key, NULL, NULL);
    finds("no-default-client", "no default client");
    set_bytes(clients_key, NULL, REG_BINARY, "\1\2\3", 3);
    finds("no-default-client", "the default client is no string");
    set_string(clients_key, NULL, client_name);
    finds("client-key-missing", "the default client has no key");
}

static void test_path_ex(void)
{
    static const WCHAR endless[] = {'C', ':', '\\', 'x'};
    WCHAR path[2 * MAX_PATH];
    DWORD number = 1;
    size_t i;

    set_string(client_key, L"DLLPath", L"C:\\windows\\system32\\winemapi.dll");
    finds("dllpathex-missing", "no DLLPathEx");
    result(found("simple-only"), "a DLL with Simple MAPI only takes the client");
    set_bytes(client_key, L"DLLPathEx", REG_DWORD, &number, sizeof(number));
    finds("dllpathex-type", "DLLPathEx is no string");
    set_string(client_key, L"DLLPathEx", L"C:\\windows\\system32\\mapi32.dll");
    finds("dllpathex-recursion", "DLLPathEx is called mapi32.dll");
    set_string(client_key, L"DLLPathEx", L"MAPI32.DLL");
    finds("dllpathex-recursion", "DLLPathEx is a bare mapi32.dll, in capitals");
    set_string(client_key, L"DLLPathEx", L"C:\\nowhere\\postroom.dll");
    finds("file-missing", "the file is missing");
    set_bytes(client_key, L"DLLPathEx", REG_SZ, endless, sizeof(endless) - 1);
    finds("file-missing", "a value of an odd size without an end");
    set_string(client_key, L"DLLPathEx", L"");
    finds("dllpathex-missing", "an empty DLLPathEx");
    wcscpy(path, L"C:\\");
    for (i = 3; i < 130; i++)
    {
        path[i] = 'x';
    }
    path[129] = 0;
    set_string(client_key, L"DLLPathEx", path);
    finds("file-missing", "129 characters are not too long");
    result(!found("path-too-long"), "and are not called so");
    wcscat(path, L"x");
    set_string(client_key, L"DLLPathEx", path);
    finds("path-too-long", "130 characters are too long");
    for (i = 3; i < 2 * MAX_PATH - 1; i++)
    {
        path[i] = 'y';
    }
    path[i] = 0;
    set_string(client_key, L"DLLPathEx", path);
    finds("path-too-long", "a path longer than any file's");
}

static void test_files(const WCHAR *folder)
{
    static BYTE bytes[4096];
    WCHAR path[MAX_PATH];
    DWORD size;

    _snwprintf(path, MAX_PATH, L"%lsprd.dll", folder);
    set_string(client_key, L"DLLPathEx", path);
    write_file(path, "MZ", 2);
    finds("wrong-bitness", "a file of two bytes");
    write_file(path, "", 0);
    finds("wrong-bitness", "an empty file");
    size = read_own_dll(bytes, sizeof(bytes));
    write_file(path, bytes, size);
    postroom(L"doctor --json");
    result(size == sizeof(bytes) && exit_status == 1, "a DLL that was cut off does no harm");
    memset(bytes + 0x40, 0xff, sizeof(bytes) - 0x40);
    write_file(path, bytes, sizeof(bytes));
    finds("wrong-bitness", "headers full of ones");
    set_string(client_key, L"DLLPathEx", folder);
    finds("file-missing", "a folder");
#ifdef _WIN64
    set_string(client_key, L"DLLPathEx", L"C:\\windows\\syswow64\\kernel32.dll");
    postroom(L"doctor --json");
    result(exit_status == 1 && (found("wrong-bitness") || found("file-missing")), "a DLL for the other bitness");
#else
    set_string(client_key, L"DLLPathEx", L"C:\\windows\\syswow64\\kernel32.dll");
    postroom(L"doctor --json");
    result(exit_status == 1, "a DLL of the 32-bit system directory");
#endif
    DeleteFileW(path);
}

static void test_subsystem(void)
{
    static const WCHAR *const names[] = {L"MAPI", L"MAPIX", L"MAPIXVER"};
    size_t i;

    for (i = 0; i < COUNT(names); i++)
    {
        char name[64];

        set_string(subsystem_key, names[i], NULL);
        snprintf(name, sizeof(name), "the subsystem lacks %ls", names[i]);
        finds("subsystem-value", name);
        set_string(subsystem_key, names[i], i < 2 ? L"1" : L"1.0.0.1");
    }
}

/* All that this program can set right for its own bitness is right. */
static void test_healthy(const WCHAR *folder)
{
    static const char *const ids[] = {"no-default-client",
                                      "client-key-missing",
                                      "dllpathex-missing",
                                      "dllpathex-type",
                                      "path-too-long",
                                      "dllpathex-recursion",
                                      "no-dll",
                                      "not-loadable",
                                      "file-missing",
                                      "subsystem-value",
                                      "no-profiles",
                                      "no-default-profile"};
    WCHAR from[MAX_PATH], to[MAX_PATH], *slash;
    size_t i;

    GetModuleFileNameW(NULL, from, MAX_PATH - 16);
    slash = wcsrchr(from, '\\');
    wcscpy(slash ? slash + 1 : from, L"postroom.dll");
    _snwprintf(to, MAX_PATH, L"%lsprd.dll", folder);
    CopyFileW(from, to, FALSE);
    set_string(client_key, L"DLLPathEx", to);
    postroom(L"profile create \"Doctor test\"");
    postroom(L"profile default --json");
    if (strstr(output, "\"default\": null"))
    {
        finds("no-default-profile", "there is no default profile");
        postroom(L"profile default \"Doctor test\"");
    }
    else
    {
        postroom(L"doctor --json");
        result(!found("no-default-profile"), "there is a default profile");
    }
    postroom(L"doctor --json");
    for (i = 0; i < COUNT(ids); i++)
    {
        char name[64];

        snprintf(name, sizeof(name), "not found when it is not there: %s", ids[i]);
        result(!found(ids[i]), name);
    }
    result(strstr(output, "\"kind\": \"postroom\"") != NULL, "the stub library takes the registered DLL");
    postroom(L"profile delete \"Doctor test\"");
    DeleteFileW(to);
}

int main(void)
{
    WCHAR folder[MAX_PATH];

    setvbuf(stdout, NULL, _IONBF, 0);
    if (!GetWindowsDirectoryW(folder, MAX_PATH - 16))
    {
        printf("Bail out! no Windows directory\n");
        return 1;
    }
    wcscat(folder, L"\\temp\\");
    CreateDirectoryW(folder, NULL);
    SetEnvironmentVariableW(L"WINEDLLOVERRIDES", L"mapi32=n");
    save();
    test_client();
    test_path_ex();
    test_files(folder);
    test_subsystem();
    test_healthy(folder);
    restore();
    printf("1..%d\n", test_count);
    return 0;
}
