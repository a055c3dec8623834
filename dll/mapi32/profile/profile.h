/*
 * profile: profiles, their sections and their administration, in the registry (conformance.md 4.6).
 *
 * Contract: a struct profile is a profile in use. While one exists, in any process, deleting and renaming the profile
 * is put off; the last profile_release does it. All names are checked by profile_name_valid before they reach the
 * registry. Registry content is hostile. Depends on table, prop and base; knows nothing of sessions but their gate.
 */
#ifndef POSTROOM_PROFILE_PROFILE_H
#define POSTROOM_PROFILE_PROFILE_H

#include "base/base.h"

#define PROFILE_NAME_MAX 64 /* characters, without the terminator */

struct profile;

/* 1 to 64 characters, no leading or trailing space, no backslash, no control character. */
BOOL profile_name_valid(const WCHAR *name);

/* Puts a profile in use. MAPI_E_NOT_FOUND: no such profile, or marked for deletion; MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT profile_open(const WCHAR *name, struct profile **out);
/* The same for who joins others that have the profile in use, and who checks afterwards that they still have: it may be
 * marked for deletion or another name. */
HRESULT profile_open_joined(const WCHAR *name, struct profile **out);
void profile_addref(struct profile *profile);
/* Needs no memory. The last reference of the last process does the deferred work. */
void profile_release(struct profile *profile);
/* Memory only: objects of a session keep the name alive, not the use. */
void profile_keep(struct profile *profile);
void profile_drop(struct profile *profile);
/* The name as it was when the profile was opened. */
const WCHAR *profile_name(const struct profile *profile);

/* The default profile's name. MAPI_E_NOT_FOUND: there is none. */
HRESULT profile_default(WCHAR name[PROFILE_NAME_MAX + 1]);
/* MAPI_E_NOT_FOUND; NULL: no default any more. */
HRESULT profile_set_default(const WCHAR *name);

/* Empty profile. MAPI_E_NO_ACCESS: there is one of that name already; MAPI_E_INVALID_PARAMETER: bad name. */
HRESULT profile_create(const WCHAR *name, BOOL app_profile);

/* app_allowed: app profiles too. MAPI_E_NOT_FOUND; MAPI_E_NO_ACCESS: an app profile, or the new name is taken. */
HRESULT profile_copy(const WCHAR *from, const WCHAR *to, BOOL app_allowed);
/* Put off while the profile is in use (LOGOFF-63, LOGOFF-66). */
HRESULT profile_rename(const WCHAR *from, const WCHAR *to, BOOL app_allowed);
HRESULT profile_delete(const WCHAR *name, BOOL app_allowed);
/* Whether they could begin; changes nothing. */
HRESULT profile_check_change(const WCHAR *name, BOOL app_allowed);

/* A profile that is administered but not in use: deleting it is not put off; profile_drop. MAPI_E_NOT_FOUND. */
HRESULT profile_attach(const WCHAR *name, struct profile **out);
/* One that nobody has: every section of it is MAPI_E_NOT_FOUND. For services that are installed, not in a profile. */
HRESULT profile_attach_none(struct profile **out);

/* All names, sorted, without marked ones; app profiles only when asked for. One heap block, heap_free. */
struct profile_list
{
    ULONG count;
    struct
    {
        WCHAR name[PROFILE_NAME_MAX + 1];
        BOOL is_default;
        BOOL is_app;
    } profiles[];
};
HRESULT profile_list(BOOL app_profiles, struct profile_list **out);

/*
 * IProfSect on a section (IMAPISession::OpenProfileSection and others). gate may be NULL (administration without a
 * session). Many readers or one writer per section, counted across all sessions of the process.
 * flags: MAPI_MODIFY creates what is missing, MAPI_FORCE_ACCESS, MAPI_DEFERRED_ERRORS.
 * MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS, MAPI_E_UNKNOWN_FLAGS, MAPI_E_INTERFACE_NOT_SUPPORTED (iid NULL = IProfSect).
 */
HRESULT profile_open_section(struct profile *profile, struct gate *gate, const MAPIUID *uid, const IID *iid,
                             ULONG flags, IProfSect **out);

#endif
