/*
 * Confirm: whether a log-off has to be confirmed: policy before user, and nobody is asked where nobody can see it.
 */
#include "ui/confirm.h"
#include "ui/ui.h"

static const WCHAR policy_key[] = L"Software\\Policies\\Postroom";
static const WCHAR user_key[] = L"Software\\Postroom";
static const WCHAR value_name[] = L"ConfirmLogoff";

/* A value of another type or size is as good as none; one that is too big asks. */
static BOOL read_value(HKEY root, const WCHAR *path, REGSAM view, enum confirm *confirm)
{
    DWORD value, type, size = sizeof(value);
    BOOL found;
    HKEY key;

    if (RegOpenKeyExW(root, path, 0, KEY_QUERY_VALUE | view, &key))
        return FALSE;
    found = !RegQueryValueExW(key, value_name, NULL, &type, (BYTE *)&value, &size) && type == REG_DWORD
            && size == sizeof(value);
    RegCloseKey(key);
    if (found)
        *confirm = value > CONFIRM_ALWAYS ? CONFIRM_ALWAYS : (enum confirm)value;
    return found;
}

enum confirm confirm_get(BOOL *policy)
{
    enum confirm confirm = CONFIRM_ALWAYS;

    /* Windows has one such key for both bitnesses, Wine has two: the system's own comes first. */
    *policy = read_value(HKEY_LOCAL_MACHINE, policy_key, KEY_WOW64_64KEY, &confirm)
              || read_value(HKEY_LOCAL_MACHINE, policy_key, KEY_WOW64_32KEY, &confirm);
    if (!*policy)
        read_value(HKEY_CURRENT_USER, user_key, KEY_WOW64_64KEY, &confirm);
    return confirm;
}

void confirm_set(enum confirm confirm)
{
    DWORD value = confirm;
    LSTATUS status;
    HKEY key;

    status =
            RegCreateKeyExW(HKEY_CURRENT_USER, user_key, 0, NULL, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, NULL);
    if (!status)
    {
        status = RegSetValueExW(key, value_name, 0, REG_DWORD, (const BYTE *)&value, sizeof(value));
        RegCloseKey(key);
    }
    if (status)
        WARN("ConfirmLogoff not stored: %ld\n", status);
}

/* A service's window station shows nothing, and nobody is there to answer. */
BOOL ui_can_ask(void)
{
    USEROBJECTFLAGS flags = {0};
    HWINSTA station = GetProcessWindowStation();

    return !init_is_service() && station && GetUserObjectInformationW(station, UOI_FLAGS, &flags, sizeof(flags), NULL)
           && (flags.dwFlags & WSF_VISIBLE);
}

BOOL logoff_wants_confirmation(BOOL something_pending)
{
    enum confirm confirm;
    BOOL policy;

    if (!ui_can_ask())
        return FALSE;
    confirm = confirm_get(&policy);
    return confirm == CONFIRM_ALWAYS || (confirm == CONFIRM_PENDING && something_pending);
}
