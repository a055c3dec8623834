/*
 * Wizard: LaunchWizard, and how a profile with services is made (launchwizardentry).
 */
#include "wizard/wizard.h"
#include "profile/inf_file.h"
#include "profile/profile.h"
#include "service/service.h"

#include <mapiwz.h>

#define WIZARD_FLAGS                                                                                                   \
    (MAPI_PW_FIRST_PROFILE | MAPI_PW_LAUNCHED_BY_CONFIG | MAPI_PW_ADD_SERVICE_ONLY | MAPI_PW_PROVIDER_UI_ONLY          \
     | MAPI_PW_HIDE_SERVICES_LIST)
#define NAMES_MAX 100

static HRESULT add_service(IMsgServiceAdmin *admin, const WCHAR *service, HWND window, ULONG flags)
{
    return IMsgServiceAdmin_CreateMsgService(admin, (LPTSTR)service, NULL, (ULONG_PTR)window, flags | MAPI_UNICODE);
}

/* The profile and the chosen services; taken back when one of them fails. */
static HRESULT make(struct service_choice *choice, HWND window, const WCHAR *name)
{
    struct wizard_services *services = CONTAINING_RECORD(choice, struct wizard_services, choice);
    IMsgServiceAdmin *admin = NULL;
    IProfAdmin *profiles;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = profile_admin_create(&profiles)))
        return hr;
    hr = IProfAdmin_CreateProfile(profiles, (LPTSTR)name, NULL, 0, MAPI_UNICODE);
    if (SUCCEEDED(hr))
    {
        hr = IProfAdmin_AdminServices(profiles, (LPTSTR)name, NULL, 0, MAPI_UNICODE, &admin);
        for (i = 0; SUCCEEDED(hr) && i < choice->count + services->hidden; i++)
        {
            if (choice->chosen[i])
                hr = add_service(admin, services->sections[i], window, services->flags);
        }
        if (admin)
            IMsgServiceAdmin_Release(admin);
        if (FAILED(hr))
        {
            IProfAdmin_DeleteProfile(profiles, (LPTSTR)name, MAPI_UNICODE);
            /* Not the profile's own failures, which the dialog has words for. */
            if (hr == MAPI_E_NO_ACCESS || hr == MAPI_E_INVALID_PARAMETER)
                hr = MAPI_E_CALL_FAILED;
        }
    }
    IProfAdmin_Release(profiles);
    return hr;
}

HRESULT wizard_services(struct wizard_services *services)
{
    HRESULT hr = inf_file_read(&services->inf);
    size_t i, room = services->inf.count + 1;
    ULONG count = 0;

    services->choice.create = make;
    services->flags = SERVICE_UI_ALLOWED | SERVICE_UI_ALWAYS;
    if (FAILED(hr))
        return hr;
    services->names = heap_alloc_zero(room * sizeof(*services->names));
    services->sections = heap_alloc_zero(room * sizeof(*services->sections));
    services->choice.chosen = heap_alloc_zero(room * sizeof(*services->choice.chosen));
    if (!services->names || !services->sections || !services->choice.chosen)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < services->inf.count && count < NAMES_MAX; i++)
    {
        const struct inf_entry *entry = &services->inf.entries[i];

        if (lstrcmpiW(entry->section, L"Services") || !*entry->key)
            continue;
        services->names[count] = *entry->value ? entry->value : entry->key;
        services->sections[count++] = entry->key;
    }
    services->choice.count = count;
    services->choice.names = services->names;
    return S_OK;
}

void wizard_services_free(struct wizard_services *services)
{
    inf_clear(&services->inf);
    heap_free(services->names);
    heap_free(services->sections);
    heap_free(services->choice.chosen);
    memset(services, 0, sizeof(*services));
}

/* How many names the caller gives, at most NAMES_MAX; MAPI_E_INVALID_PARAMETER for an unreadable list. */
static HRESULT count_names(const char **names, ULONG *count)
{
    *count = 0;
    while (names && *count < NAMES_MAX)
    {
        if (!memory_readable(&names[*count], sizeof(*names)))
            return MAPI_E_INVALID_PARAMETER;
        if (!names[*count])
            return S_OK;
        (*count)++;
    }
    return names ? MAPI_E_INVALID_PARAMETER : S_OK;
}

/* Marks what the caller names. MAPI_E_NOT_FOUND: mapisvc.inf has no such service. */
static HRESULT preselect(struct wizard_services *services, const char **names, ULONG count)
{
    const WCHAR *section;
    WCHAR name[128];
    HRESULT hr;
    ULONG i, j;

    for (i = 0; i < count; i++)
    {
        if (FAILED(hr = text_from_caller(names[i], 0, name, ARRAY_SIZE(name))))
            return hr;
        if (!(section = inf_service_section(&services->inf, name)))
            return MAPI_E_NOT_FOUND;
        for (j = 0; j < services->choice.count; j++)
            services->choice.chosen[j] |= !lstrcmpiW(services->sections[j], section);
    }
    return S_OK;
}

static BOOL has_service(IMsgServiceAdmin *admin, const WCHAR *service)
{
    SizedSPropTagArray(1, columns) = {1, {PR_SERVICE_NAME_W}};
    IMAPITable *table;
    SRowSet *rows = NULL;
    BOOL found = FALSE;
    ULONG i;

    if (FAILED(IMsgServiceAdmin_GetMsgServiceTable(admin, MAPI_UNICODE, &table)))
        return FALSE;
    if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
    {
        for (i = 0; i < rows->cRows; i++)
            found |= rows->aRow[i].lpProps[0].ulPropTag == PR_SERVICE_NAME_W
                     && !lstrcmpiW(rows->aRow[i].lpProps[0].Value.lpszW, service);
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return found;
}

/* MAPI_PW_ADD_SERVICE_ONLY with a default profile: no page of ours. A single service that is there already is enough. */
static HRESULT add_to(const WCHAR *profile, const struct wizard_services *services, HWND window, ULONG count)
{
    IMsgServiceAdmin *admin;
    IProfAdmin *profiles;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = profile_admin_create(&profiles)))
        return hr;
    hr = IProfAdmin_AdminServices(profiles, (LPTSTR)profile, NULL, 0, MAPI_UNICODE, &admin);
    if (SUCCEEDED(hr))
    {
        for (i = 0; SUCCEEDED(hr) && i < services->choice.count; i++)
        {
            if (services->choice.chosen[i] && !(count == 1 && has_service(admin, services->sections[i])))
                hr = add_service(admin, services->sections[i], window, services->flags);
        }
        IMsgServiceAdmin_Release(admin);
    }
    IProfAdmin_Release(profiles);
    return hr;
}

/* name: the default profile; "" without one. */
static HRESULT run(HWND parent, ULONG flags, const char **names, struct wizard_services *services, WCHAR *name)
{
    ULONG listed;
    HRESULT hr;

    if (FAILED(hr = count_names(names, &listed)))
        return hr;
    hr = wizard_services(services);
    if (FAILED(hr) && (hr != MAPI_E_NOT_FOUND || listed))
        return hr;
    if (FAILED(hr = preselect(services, names, listed)))
        return hr;
    if ((flags & MAPI_PW_ADD_SERVICE_ONLY) && *name)
        return add_to(name, services, parent, listed);
    if ((flags & MAPI_PW_ADD_SERVICE_ONLY) && (flags & MAPI_PW_PROVIDER_UI_ONLY))
    {
        lstrcpyW(name, L"Default");
        return make(&services->choice, parent, name);
    }
    if (!ui_can_ask())
        return MAPI_E_CALL_FAILED;
    if (!(flags & (MAPI_PW_ADD_SERVICE_ONLY | MAPI_PW_HIDE_SERVICES_LIST)))
        return new_profile_run(parent, &services->choice, name, NULL);
    /* The name only: the services are those of the caller. */
    services->hidden = services->choice.count;
    services->choice.count = 0;
    return new_profile_run(parent, &services->choice, name, NULL);
}

/*
 * LaunchWizard: asks for a new profile's name and message services and makes it, each service with its own configuration
 * (launchwizardentry). It becomes the default profile when there is none.
 *
 * hParentWnd             the windows are modal to it; any, none, or garbage
 * ulFlags                MAPI_PW_*
 * lppszServiceNameToAdd  services of mapisvc.inf, ended by NULL; selected at first. May be NULL
 * cchBufferMax           room in lpszNewProfileName, with the terminator
 * lpszNewProfileName     gets the profile's name; may be NULL
 *
 * MAPI_E_UNKNOWN_FLAGS; MAPI_E_INVALID_PARAMETER; MAPI_E_USER_CANCEL; MAPI_E_NOT_FOUND: a service that mapisvc.inf has not;
 * MAPI_E_TOO_BIG: the profile is there, but its name does not fit; MAPI_E_CALL_FAILED: nobody could see the assistant; what
 * a service's entry function fails with.
 */
HRESULT WINAPI LaunchWizard(HWND hParentWnd, ULONG ulFlags, const char **lppszServiceNameToAdd, ULONG cchBufferMax,
                            char *lpszNewProfileName)
{
    struct wizard_services services = {0};
    WCHAR name[PROFILE_NAME_MAX + 1] = {0};
    BOOL had_default;
    HRESULT hr;

    TRACE("%p, %#lx, %p, %lu, %p", hParentWnd, ulFlags, lppszServiceNameToAdd, cchBufferMax, lpszNewProfileName);

    if (lpszNewProfileName && !memory_writable(lpszNewProfileName, cchBufferMax))
        return MAPI_E_INVALID_PARAMETER;
    if (lpszNewProfileName && cchBufferMax)
        *lpszNewProfileName = 0;
    if (ulFlags & ~WIZARD_FLAGS)
        return MAPI_E_UNKNOWN_FLAGS;
    if ((ulFlags & MAPI_PW_PROVIDER_UI_ONLY) && !(ulFlags & MAPI_PW_ADD_SERVICE_ONLY))
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(MAPIInitialize(NULL)))
        return MAPI_E_CALL_FAILED;
    had_default = profile_default(name) == S_OK;
    if (!had_default)
        name[0] = 0;
    hr = run(hParentWnd, ulFlags, lppszServiceNameToAdd, &services, name);
    if (SUCCEEDED(hr) && !had_default)
        profile_set_default(name);
    if (SUCCEEDED(hr) && lpszNewProfileName && cchBufferMax
        && !WideCharToMultiByte(CP_ACP, 0, name, -1, lpszNewProfileName, (int)min(cchBufferMax, 0x7fff), NULL, NULL))
    {
        *lpszNewProfileName = 0;
        hr = MAPI_E_TOO_BIG;
    }
    wizard_services_free(&services);
    MAPIUninitialize();
    return hr;
}
