/*
 * profile_admin: IProfAdmin (MAPIAdminProfiles). Needs no session, and is not affected by any session's end.
 *
 * Strings are ANSI unless MAPI_UNICODE is among the flags; the flag is taken by every method that has flags, also where
 * its page names none, as it is the only way to a name outside the ANSI code page. No state but the last error.
 */
#include "service/changes.h"
#include "table/table.h"

struct profile_admin
{
    IProfAdmin IProfAdmin_iface;
    LONG refcount;
    struct object_mark mark;
    struct last_error last;
    struct told_error told;
};

static inline struct profile_admin *impl_from_IProfAdmin(IProfAdmin *iface)
{
    return CONTAINING_RECORD(iface, struct profile_admin, IProfAdmin_iface);
}

static HRESULT STDMETHODCALLTYPE admin_QueryInterface(IProfAdmin *iface, REFIID riid, void **ppvObj)
{
    TRACE("iface %p, riid %s, out %p", iface, debugstr_guid(riid), ppvObj);

    if (!ppvObj)
        return MAPI_E_INVALID_PARAMETER;
    *ppvObj = NULL;
    if (!riid)
        return MAPI_E_INVALID_PARAMETER;
    if (!IsEqualIID(riid, &IID_IUnknown) && !IsEqualIID(riid, &IID_IProfAdmin))
    {
        WARN("no interface %s", debugstr_guid(riid));
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    IProfAdmin_AddRef(iface);
    *ppvObj = iface;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE admin_AddRef(IProfAdmin *iface)
{
    ULONG refcount = InterlockedIncrement(&impl_from_IProfAdmin(iface)->refcount);

    TRACE("iface %p, refcount %lu", iface, refcount);
    return refcount;
}

static ULONG STDMETHODCALLTYPE admin_Release(IProfAdmin *iface)
{
    struct profile_admin *admin = impl_from_IProfAdmin(iface);
    ULONG refcount = InterlockedDecrement(&admin->refcount);

    TRACE("iface %p, refcount %lu", iface, refcount);

    if (!refcount)
    {
        told_error_set(&admin->told, S_OK, NULL);
        object_died(&admin->mark);
        heap_free(admin);
    }
    return refcount;
}

static HRESULT STDMETHODCALLTYPE admin_GetLastError(IProfAdmin *iface, HRESULT hResult, ULONG ulFlags,
                                                    MAPIERROR **lppMAPIError)
{
    struct profile_admin *admin = impl_from_IProfAdmin(iface);
    HRESULT hr;

    TRACE("iface %p, hResult %#lx, flags %#lx, error %p", iface, hResult, ulFlags, lppMAPIError);

    if (lppMAPIError)
        *lppMAPIError = NULL;
    hr = init_check();
    return FAILED(hr) ? hr : told_error_get(&admin->told, &admin->last, hResult, ulFlags, lppMAPIError);
}

/* One row a profile: PROF-06, PROF-08. */
static HRESULT fill_table(struct row_set *rows, const struct profile_list *list)
{
    HRESULT hr = S_OK;
    SPropValue row[3];
    ULONG i;

    for (i = 0; i < list->count && SUCCEEDED(hr); ++i)
    {
        row[0].ulPropTag = PR_DISPLAY_NAME_W;
        row[0].Value.lpszW = (WCHAR *)list->profiles[i].name;
        row[1].ulPropTag = PR_DEFAULT_PROFILE;
        row[1].Value.b = list->profiles[i].is_default != 0;
        row[2].ulPropTag = PR_INSTANCE_KEY;
        row[2].Value.bin.cb = sizeof(i);
        row[2].Value.bin.lpb = (BYTE *)&i;
        hr = row_set_put(rows, row, ARRAY_SIZE(row));
    }
    return hr;
}

static HRESULT create_table(ULONG flags, IMAPITable **table)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_DISPLAY_NAME_W, PR_DEFAULT_PROFILE}};
    struct profile_list *list;
    struct row_set *rows;
    HRESULT hr;

    hr = profile_list((flags & MAPI_APP_PROFILE) != 0, &list);
    if (FAILED(hr))
        return hr;
    hr = row_set_create(PR_INSTANCE_KEY, &rows);
    if (SUCCEEDED(hr))
    {
        hr = fill_table(rows, list);
        if (SUCCEEDED(hr)) /* PROF-07 */
            hr = table_view_create(rows, NULL, (const SPropTagArray *)&columns, flags & MAPI_UNICODE, NULL, TRUE,
                                   table);
        row_set_release(rows);
    }
    heap_free(list);
    return hr;
}

static HRESULT STDMETHODCALLTYPE admin_GetProfileTable(IProfAdmin *iface, ULONG ulFlags, IMAPITable **lppTable)
{
    struct profile_admin *admin = impl_from_IProfAdmin(iface);
    HRESULT hr;

    TRACE("iface %p, flags %#lx, table %p", iface, ulFlags, lppTable);

    if (lppTable)
        *lppTable = NULL;
    hr = init_check();
    if (FAILED(hr))
        return hr;
    if (!lppTable)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~(MAPI_APP_PROFILE | MAPI_UNICODE))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = create_table(ulFlags, lppTable);
    return last_error_set(&admin->last, hr);
}

/* A caller's profile name. MAPI_E_INVALID_PARAMETER: none, or unreadable; missing: longer than a name can be, or not
 * one that a profile can have. */
static HRESULT take_name(const void *text, ULONG flags, HRESULT missing, WCHAR name[PROFILE_NAME_MAX + 1])
{
    HRESULT hr;

    name[0] = 0;
    if (!text)
        return MAPI_E_INVALID_PARAMETER;
    hr = text_from_caller(text, flags, name, PROFILE_NAME_MAX + 1);
    if (hr == MAPI_E_TOO_BIG)
        return missing;
    if (SUCCEEDED(hr) && !profile_name_valid(name))
        return missing;
    return hr;
}

/* Profiles have no passwords: S_OK for NULL and "", else refused. */
static HRESULT check_password(const void *password, ULONG flags, HRESULT refused)
{
    size_t width = flags & MAPI_UNICODE ? sizeof(WCHAR) : sizeof(char);

    if (!password)
        return S_OK;
    if (!memory_readable(password, width))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & MAPI_UNICODE ? *(const WCHAR *)password : *(const char *)password)
        return refused;
    return S_OK;
}

/* PROF-04. A profile without all of its default services is none. */
static HRESULT add_defaults(struct profile_admin *admin, const WCHAR *name, ULONG_PTR window, ULONG flags)
{
    BOOL dialog = !!(flags & MAPI_DIALOG);
    struct profile *profile;
    MAPIERROR *told;
    HRESULT hr;

    if (FAILED(hr = profile_attach(name, &profile)))
        return hr;
    /* MAPI_DIALOG itself would mean MSG_SERVICE_UI_READ_ONLY to an entry function. */
    hr = service_add_defaults(profile, dialog ? window : 0, dialog ? SERVICE_UI_ALLOWED | (flags & MAPI_UNICODE) : 0,
                              &told);
    profile_drop(profile);
    told_error_set(&admin->told, hr, told);
    if (FAILED(hr))
    {
        service_tell_deletion(name);
        profile_delete(name, TRUE);
    }
    return hr;
}

static HRESULT STDMETHODCALLTYPE admin_CreateProfile(IProfAdmin *iface, LPTSTR lpszProfileName, LPTSTR lpszPassword,
                                                     ULONG_PTR ulUIParam, ULONG ulFlags)
{
    struct profile_admin *admin = impl_from_IProfAdmin(iface);
    WCHAR name[PROFILE_NAME_MAX + 1];
    HRESULT hr;

    TRACE("iface %p, name %s, window %p, flags %#lx", iface, debugstr_t(lpszProfileName, ulFlags), (void *)ulUIParam,
          ulFlags);

    hr = init_check();
    if (FAILED(hr))
        return hr;
    if (ulFlags & ~(MAPI_DEFAULT_SERVICES | MAPI_DIALOG | MAPI_APP_PROFILE | MAPI_UNICODE))
        return last_error_set(&admin->last, MAPI_E_UNKNOWN_FLAGS);
    hr = take_name(lpszProfileName, ulFlags, MAPI_E_INVALID_PARAMETER, name); /* PROF-05 */
    if (SUCCEEDED(hr))
        hr = check_password(lpszPassword, ulFlags, MAPI_E_INVALID_PARAMETER);
    if (SUCCEEDED(hr))
        hr = profile_create(name, (ulFlags & MAPI_APP_PROFILE) != 0);
    if (SUCCEEDED(hr) && (ulFlags & MAPI_DEFAULT_SERVICES))
        hr = add_defaults(admin, name, ulUIParam, ulFlags);
    return last_error_set(&admin->last, hr);
}

static HRESULT STDMETHODCALLTYPE admin_DeleteProfile(IProfAdmin *iface, LPTSTR lpszProfileName, ULONG ulFlags)
{
    struct profile_admin *admin = impl_from_IProfAdmin(iface);
    WCHAR name[PROFILE_NAME_MAX + 1];
    HRESULT hr;

    TRACE("iface %p, name %s, flags %#lx", iface, debugstr_t(lpszProfileName, ulFlags), ulFlags);

    hr = init_check();
    if (FAILED(hr))
        return hr;
    if (ulFlags & ~(MAPI_APP_PROFILE | MAPI_UNICODE))
        return last_error_set(&admin->last, MAPI_E_UNKNOWN_FLAGS);
    hr = take_name(lpszProfileName, ulFlags, MAPI_E_NOT_FOUND, name); /* PROF-09 */
    if (SUCCEEDED(hr))
        hr = profile_check_change(name, (ulFlags & MAPI_APP_PROFILE) != 0);
    if (SUCCEEDED(hr))
        hr = service_tell_deletion(name); /* PROF-10 */
    if (SUCCEEDED(hr))
        hr = profile_delete(name, (ulFlags & MAPI_APP_PROFILE) != 0);
    return last_error_set(&admin->last, hr);
}

/* PROF-11: deprecated, and documented to do nothing. */
static HRESULT STDMETHODCALLTYPE admin_ChangeProfilePassword(IProfAdmin *iface, LPTSTR lpszProfileName,
                                                             LPTSTR lpszOldPassword, LPTSTR lpszNewPassword,
                                                             ULONG ulFlags)
{
    struct profile_admin *admin = impl_from_IProfAdmin(iface);
    HRESULT hr;

    TRACE("iface %p, name %s, flags %#lx", iface, debugstr_t(lpszProfileName, ulFlags), ulFlags);

    (void)lpszOldPassword;
    (void)lpszNewPassword;
    hr = init_check();
    if (FAILED(hr))
        return hr;
    return last_error_set(&admin->last, ulFlags & ~MAPI_UNICODE ? MAPI_E_UNKNOWN_FLAGS : S_OK);
}

/* The parameters that CopyProfile and RenameProfile share. */
static HRESULT take_names(const void *old_text, const void *password, const void *new_text, ULONG flags,
                          WCHAR old_name[PROFILE_NAME_MAX + 1], WCHAR new_name[PROFILE_NAME_MAX + 1])
{
    HRESULT hr;

    if (flags & ~(MAPI_DIALOG | MAPI_APP_PROFILE | MAPI_UNICODE))
        return MAPI_E_UNKNOWN_FLAGS;
    hr = take_name(new_text, flags, MAPI_E_INVALID_PARAMETER, new_name);
    if (SUCCEEDED(hr))
        hr = take_name(old_text, flags, MAPI_E_NOT_FOUND, old_name); /* PROF-14 */
    if (SUCCEEDED(hr))
        hr = check_password(password, flags, MAPI_E_LOGON_FAILED);
    return hr;
}

static HRESULT STDMETHODCALLTYPE admin_CopyProfile(IProfAdmin *iface, LPTSTR lpszOldProfileName, LPTSTR lpszOldPassword,
                                                   LPTSTR lpszNewProfileName, ULONG_PTR ulUIParam, ULONG ulFlags)
{
    struct profile_admin *admin = impl_from_IProfAdmin(iface);
    WCHAR old_name[PROFILE_NAME_MAX + 1], new_name[PROFILE_NAME_MAX + 1];
    HRESULT hr;

    TRACE("iface %p, from %s, to %s, window %p, flags %#lx", iface, debugstr_t(lpszOldProfileName, ulFlags),
          debugstr_t(lpszNewProfileName, ulFlags), (void *)ulUIParam, ulFlags);

    hr = init_check();
    if (FAILED(hr))
        return hr;
    hr = take_names(lpszOldProfileName, lpszOldPassword, lpszNewProfileName, ulFlags, old_name, new_name);
    if (SUCCEEDED(hr))
        hr = profile_copy(old_name, new_name, (ulFlags & MAPI_APP_PROFILE) != 0);
    return last_error_set(&admin->last, hr);
}

static HRESULT STDMETHODCALLTYPE admin_RenameProfile(IProfAdmin *iface, LPTSTR lpszOldProfileName,
                                                     LPTSTR lpszOldPassword, LPTSTR lpszNewProfileName,
                                                     ULONG_PTR ulUIParam, ULONG ulFlags)
{
    struct profile_admin *admin = impl_from_IProfAdmin(iface);
    WCHAR old_name[PROFILE_NAME_MAX + 1], new_name[PROFILE_NAME_MAX + 1];
    HRESULT hr;

    TRACE("iface %p, from %s, to %s, window %p, flags %#lx", iface, debugstr_t(lpszOldProfileName, ulFlags),
          debugstr_t(lpszNewProfileName, ulFlags), (void *)ulUIParam, ulFlags);

    hr = init_check();
    if (FAILED(hr))
        return hr;
    hr = take_names(lpszOldProfileName, lpszOldPassword, lpszNewProfileName, ulFlags, old_name, new_name);
    if (SUCCEEDED(hr))
        hr = profile_rename(old_name, new_name, (ulFlags & MAPI_APP_PROFILE) != 0);
    return last_error_set(&admin->last, hr);
}

static HRESULT STDMETHODCALLTYPE admin_SetDefaultProfile(IProfAdmin *iface, LPTSTR lpszProfileName, ULONG ulFlags)
{
    struct profile_admin *admin = impl_from_IProfAdmin(iface);
    WCHAR name[PROFILE_NAME_MAX + 1];
    HRESULT hr;

    TRACE("iface %p, name %s, flags %#lx", iface, debugstr_t(lpszProfileName, ulFlags), ulFlags);

    hr = init_check();
    if (FAILED(hr))
        return hr;
    if (ulFlags & ~MAPI_UNICODE)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!lpszProfileName)
        hr = profile_set_default(NULL);
    else
    {
        hr = take_name(lpszProfileName, ulFlags, MAPI_E_NOT_FOUND, name); /* PROF-16 */
        if (SUCCEEDED(hr))
            hr = profile_set_default(name);
    }
    return last_error_set(&admin->last, hr);
}

/* The object does not put the profile in use: deleting a profile waits for sessions, not for administration. */
static HRESULT open_services(const WCHAR *name, IMsgServiceAdmin **services)
{
    struct profile *profile;
    HRESULT hr;

    hr = profile_attach(name, &profile);
    if (hr == MAPI_E_NOT_FOUND)
        return MAPI_E_LOGON_FAILED; /* PROF-18 */
    if (FAILED(hr))
        return hr;
    hr = service_admin_create(profile, NULL, services);
    profile_drop(profile);
    return hr;
}

static HRESULT STDMETHODCALLTYPE admin_AdminServices(IProfAdmin *iface, LPTSTR lpszProfileName, LPTSTR lpszPassword,
                                                     ULONG_PTR ulUIParam, ULONG ulFlags,
                                                     IMsgServiceAdmin **lppServiceAdmin)
{
    struct profile_admin *admin = impl_from_IProfAdmin(iface);
    WCHAR name[PROFILE_NAME_MAX + 1];
    HRESULT hr;

    TRACE("iface %p, name %s, window %p, flags %#lx, out %p", iface, debugstr_t(lpszProfileName, ulFlags),
          (void *)ulUIParam, ulFlags, lppServiceAdmin);

    if (lppServiceAdmin)
        *lppServiceAdmin = NULL;
    hr = init_check();
    if (FAILED(hr))
        return hr;
    if (!lppServiceAdmin)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~(MAPI_DIALOG | MAPI_UNICODE))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = take_name(lpszProfileName, ulFlags, MAPI_E_LOGON_FAILED, name);
    if (SUCCEEDED(hr))
        hr = check_password(lpszPassword, ulFlags, MAPI_E_LOGON_FAILED);
    if (SUCCEEDED(hr))
        hr = open_services(name, lppServiceAdmin);
    return last_error_set(&admin->last, hr);
}

static const IProfAdminVtbl admin_vtbl = {
        admin_QueryInterface,  admin_AddRef,        admin_Release,           admin_GetLastError,
        admin_GetProfileTable, admin_CreateProfile, admin_DeleteProfile,     admin_ChangeProfilePassword,
        admin_CopyProfile,     admin_RenameProfile, admin_SetDefaultProfile, admin_AdminServices,
};

HRESULT profile_admin_create(IProfAdmin **out)
{
    struct profile_admin *admin = heap_alloc_zero(sizeof(*admin));

    *out = NULL;
    if (!admin)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    admin->IProfAdmin_iface.lpVtbl = &admin_vtbl;
    admin->refcount = 1;
    InitializeSRWLock(&admin->told.lock);
    object_born(&admin->mark, "profile administration");
    *out = &admin->IProfAdmin_iface;
    return S_OK;
}

/*
 * Creates a profile administration object (mapiadminprofiles).
 * ulFlags: 0 or MAPI_UNICODE, which changes nothing here. MAPI_E_NOT_INITIALIZED: INIT-06; MAPI_E_INVALID_PARAMETER:
 * no out pointer; MAPI_E_UNKNOWN_FLAGS; MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT WINAPI MAPIAdminProfiles(ULONG ulFlags, LPPROFADMIN *lppProfAdmin)
{
    HRESULT hr;

    TRACE("flags %#lx, out %p", ulFlags, lppProfAdmin);

    if (lppProfAdmin)
        *lppProfAdmin = NULL;
    hr = init_check();
    if (FAILED(hr))
        return hr;
    if (!lppProfAdmin)
        return MAPI_E_INVALID_PARAMETER;
    if (ulFlags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    return profile_admin_create(lppProfAdmin);
}
