/*
 * profile, inside: what the files of this area share. Nobody else includes this.
 *
 * Layers, downwards only: profsect (COM object) -> use (profiles in use), service_sections (services and providers), change
 * (create, copy, rename, delete) -> section_lists, draft, store (names and marks of all profiles, cached), section (one
 * section's properties) -> value, secret (one property) -> registry (every access to the registry), kernel_name (names of
 * kernel objects).
 */
#ifndef POSTROOM_PROFILE_INTERNAL_H
#define POSTROOM_PROFILE_INTERNAL_H

#include "prop/transfer.h"
#include "base/kernel.h"
#include "profile/profile.h"
#include "prop/prop.h"

/* ---- registry.c: the one small interface to the registry ---- */

#define PROFILES_SUBSYSTEM L"Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows Messaging Subsystem"
#define PROFILES_ROOT PROFILES_SUBSYSTEM L"\\Profiles"
#define DEFAULT_PROFILE_VALUE L"DefaultProfile"

/* Marks of ours on a profile's key; docs/profiles.md describes them. */
#define PROFILE_CLASS L"Postroom.Profile"
#define MARK_FLAGS L"Postroom"
#define MARK_RENAME L"PostroomRename"
#define MARK_ORIGIN L"PostroomRenamedFrom"
#define MARK_SECTIONS L"PostroomSections"
#define FLAG_COMPLETE 1u
#define FLAG_APP 2u
#define FLAG_DELETE 4u
#define FLAG_RENAME 8u
#define FLAG_SECTIONS 16u

#define REGISTRY_VALUE_MAX (1024 * 1024) /* bytes of one value; what is larger is skipped */
#define REGISTRY_VALUES_MAX 4096         /* values of one section that are looked at */
#define REGISTRY_PROFILES_MAX 4096       /* profiles that are looked at */
#define REGISTRY_DEPTH_MAX 8             /* keys below keys */

/* Called before each change of the registry; NULL but in tests (which end the process there). */
extern void (*registry_before_write)(void);

HRESULT registry_result(LONG error);
/* As the functions of the same name; links are opened as such, never followed. */
LONG registry_open(HKEY parent, const WCHAR *name, REGSAM access, HKEY *key);
LONG registry_create(HKEY parent, const WCHAR *name, const WCHAR *class, HKEY *key);
LONG registry_set(HKEY key, const WCHAR *name, DWORD type, const void *data, size_t size);
LONG registry_remove(HKEY key, const WCHAR *name);
/* The key with everything below it; the values of the key itself go last. */
LONG registry_remove_tree(HKEY parent, const WCHAR *name);
/* Values and keys below; at the top without our marks. What is hostile is skipped. ERROR_SUCCESS or the first error. */
LONG registry_copy_tree(HKEY from, HKEY to);
/* FALSE: not there, or not of that type and size. */
BOOL registry_get_dword(HKEY key, const WCHAR *name, DWORD *number);
/* A REG_SZ that is a valid profile name; FALSE: no such value or anything else. */
BOOL registry_get_profile_name(HKEY key, const WCHAR *name, WCHAR out[PROFILE_NAME_MAX + 1]);
/* The key was made by profile_create or a copy (ours), so FLAG_COMPLETE must be there. */
BOOL registry_is_ours(HKEY key);

/* ---- kernel_name.c ---- */

BOOL profile_name_equal(const WCHAR *a, const WCHAR *b);
/* The mutex of all changes to profiles. */
void kernel_name_mutex(WCHAR name[KERNEL_NAME_MAX]);
/* The event that exists while the profile is in use. */
void kernel_name_use(const WCHAR *profile, WCHAR name[KERNEL_NAME_MAX]);

/* ---- store.c: names and marks ---- */

struct profile_info
{
    WCHAR name[PROFILE_NAME_MAX + 1];     /* as the registry spells it */
    BOOL exists;                          /* there is a complete profile, marked or not */
    BOOL building;                        /* a key that somebody began and has not completed */
    BOOL superseded;                      /* renamed already, but for the removal of this key */
    DWORD flags;                          /* FLAG_* */
    WCHAR new_name[PROFILE_NAME_MAX + 1]; /* with FLAG_RENAME */
};

/* Reads one profile's marks; root is open. Never fails: what cannot be read does not exist. */
void store_read_info(HKEY root, const WCHAR *name, struct profile_info *info);
/* From the cache. MAPI_E_NOT_ENOUGH_MEMORY; S_OK also when it does not exist. */
HRESULT store_info(const WCHAR *name, struct profile_info *info);
/* Whether the marks of a profile, as they were when it was last looked up, may have changed since. Costs one call. */
BOOL store_unchanged(const WCHAR *name);
/* All infos as one heap block. */
HRESULT store_infos(struct profile_info **infos, size_t *count);
/* After each change of ours: nothing cached is believed any more. */
void store_changed(void);
/* Grows with each change in the registry below the profiles; 0: it cannot be told, so read. */
ULONG store_generation(void);
HRESULT store_default_name(WCHAR name[PROFILE_NAME_MAX + 1]);

/* ---- change.c: create, copy, rename, delete; one at a time in the whole logon session ---- */

struct change
{
    HANDLE mutex;
    HKEY root; /* all access */
};
#define CHANGE_WAIT 10000 /* milliseconds that a caller's change waits for another's */
/* MAPI_E_TIMEOUT: another process holds the mutex for too long; MAPI_E_NOT_FOUND: no profile at all, without create. */
HRESULT change_begin(struct change *change, DWORD milliseconds, BOOL create);
void change_end(struct change *change);
BOOL profile_in_use(const WCHAR *name);
/* Carries out what was put off or left half done, for profiles that are not in use. */
void change_settle(struct change *change);
/* The same with a mutex of its own; gives up quietly when it cannot have it within the time. */
void profiles_settle(DWORD milliseconds);

/* Writes a new PR_SEARCH_KEY into the instance section of the profile's key. */
LONG profile_write_search_key(HKEY profile);

/* ---- value.c ---- */

/* One property as the registry has it. data is on our heap. */
struct stored_value
{
    ULONG tag;
    DWORD type;
    BYTE *data;
    size_t size;
};
/* One property as MAPI has it. scratch is on our heap; value points into it and into the data it was made of. */
struct decoded_value
{
    SPropValue value;
    void *scratch;
};
#define TAG_NAME_SIZE 9
void value_name(ULONG tag, WCHAR name[TAG_NAME_SIZE]);
BOOL value_name_parse(const WCHAR *name, ULONG *tag);
BOOL value_type_known(ULONG tag);
/* MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_TOO_BIG, MAPI_E_INVALID_TYPE, MAPI_E_BAD_CHARWIDTH. */
HRESULT value_encode(const SPropValue *value, struct stored_value *out);
/* PT_STRING8 comes out as PT_UNICODE. MAPI_E_NOT_FOUND: hostile, skip it; MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT value_decode(ULONG tag, DWORD type, const BYTE *data, size_t size, struct decoded_value *out);

/* ---- secret.c: the secure range ---- */

#define SECURE_FIRST 0x67F0
#define SECURE_LAST 0x67FF
#define tag_is_secure(tag) (PROP_ID(tag) >= SECURE_FIRST && PROP_ID(tag) <= SECURE_LAST)
/* Replaces data and type by what is written to the disk; unchanged when the system cannot protect it. */
HRESULT secret_protect(struct stored_value *value);
/* *clear is on our heap, NULL: data was not protected by us. MAPI_E_NOT_FOUND: not by this user. */
HRESULT secret_unprotect(DWORD type, const BYTE *data, size_t size, DWORD *clear_type, BYTE **clear,
                         size_t *clear_size);

/* ---- section.c ---- */

extern const MAPIUID section_instance, section_global;
#define SECTION_NAME_SIZE 33
void section_name(const MAPIUID *uid, WCHAR name[SECTION_NAME_SIZE]);
/* MAPI_E_NOT_FOUND: no such profile or section. created tells whether create had to make it; may be NULL. */
HRESULT section_open_key(const WCHAR *profile, const MAPIUID *uid, BOOL write, BOOL create, HKEY *key);
/* Fills an empty bag. */
HRESULT section_load(HKEY key, const WCHAR *profile, struct prop_bag *bag);
/* Removes every value with the id of tag but the one named keep (0: none). */
LONG section_remove_id(HKEY key, ULONG tag, ULONG keep);
HRESULT section_read(const WCHAR *profile, const MAPIUID *uid, struct prop_bag *bag);
/* The instance section's search key is there afterwards. */
HRESULT section_make_search_key(const WCHAR *profile);
/* Belongs to a provider: listed as one, or tells its DLL. */
HRESULT section_is_provider(const WCHAR *profile, const MAPIUID *uid, BOOL *yes);
/* Computed by us: cannot be set or deleted. */
BOOL section_is_computed(const MAPIUID *uid, ULONG tag);

struct section_lock;
/* MAPI_E_NO_ACCESS: a writer is there, or a writer is wanted and anybody is there. */
HRESULT section_lock_take(const WCHAR *profile, const MAPIUID *uid, BOOL write, struct section_lock **out);
/* NULL allowed; needs no memory. */
void section_lock_give(struct section_lock *lock, BOOL write);

/* ---- profsect.c ---- */

HRESULT profile_section_create(struct profile *profile, struct gate *gate, const MAPIUID *uid, BOOL write,
                               struct section_lock *lock, IProfSect **out);

/* ---- section_write.c ---- */
/* SetProps' parameters. MAPI_E_INVALID_PARAMETER. */
HRESULT section_check_values(ULONG count, const SPropValue *values);
/* Fills stored (zeroed by the caller, freed with section_free_stored); what cannot be set becomes a problem and has no
 * data. MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT section_encode_values(const MAPIUID *uid, ULONG count, const SPropValue *values, struct stored_value *stored,
                              SPropProblemArray *problems);
void section_free_stored(struct stored_value *stored, ULONG count);
/* bag: what the section holds now, NULL: not known. */
HRESULT section_write_values(const WCHAR *profile, const MAPIUID *uid, const struct prop_bag *bag, ULONG count,
                             const struct stored_value *stored);
/* By id, whatever the type. */
HRESULT section_remove_values(const WCHAR *profile, const MAPIUID *uid, const SPropTagArray *tags,
                              SPropProblemArray *problems);

#endif
