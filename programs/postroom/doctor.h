/*
 * doctor: what a mail program on this system gets for MAPI, and what is wrong.
 *
 * doctor_system.c reads (registry, files, environment), doctor_check.c and doctor_providers.c judge, doctor.c shows. Nothing is changed and
 * no DLL but this program's own mapi32.dll is loaded.
 */
#ifndef POSTROOM_PROGRAMS_DOCTOR_H
#define POSTROOM_PROGRAMS_DOCTOR_H

#include "command.h"
#include "pe_file.h"

#define FINDINGS_MAX 48
#define STEPS_MAX 12
#define OVERRIDES_MAX 16

/* DLLPathEx of more characters is not seen by programs with the MAPI stub library (its buffer has 260 bytes). */
#define STUB_PATH_MAX 129

/* A string value of the registry. */
struct value
{
    BOOL present;
    BOOL is_string;   /* REG_SZ or REG_EXPAND_SZ; text is empty otherwise */
    struct text text; /* expanded */
};

enum step_result
{
    STEP_ABSENT,       /* nothing there */
    STEP_USED,         /* this one is loaded */
    STEP_LATER,        /* would do, but an earlier one is loaded */
    STEP_TOO_LONG,     /* ignored for its length */
    STEP_NO_FILE,      /* the file is missing */
    STEP_WRONG_BITS,   /* a DLL for the other bitness, or no DLL at all */
    STEP_NOT_FOLLOWED, /* needs a function call into a DLL that doctor does not load */
};

/* One place of the stub library's look-up order. */
struct step
{
    const WCHAR *place; /* "DLLPathEx" */
    struct text path;   /* as written there */
    struct text file;   /* what it means for programs of this bitness */
    struct pe_file pe;
    enum step_result result;
};

/* What programs of one bitness see. */
struct bitness
{
    unsigned bits;
    REGSAM view;
    WCHAR system_shown[MAX_PATH]; /* the system directory as those programs name it, no backslash at the end */
    WCHAR system_real[MAX_PATH];  /* where this program finds the same files */

    struct value client; /* HKLM\Software\Clients\Mail, default value */
    BOOL client_key;     /* the key of that name exists */
    struct value dll_path_ex, dll_path, msi_component, msi_lcid;
    struct value subsystem_mapi, subsystem_mapix, subsystem_mapixver;

    struct step steps[STEPS_MAX];
    size_t step_count;
    const struct step *stub; /* the step that is used, NULL: none */

    WCHAR system_mapi[MAX_PATH]; /* system_shown\mapi32.dll */
    struct pe_file system_pe;
};

/* A Wine override for mapi32 that applies to all programs (program empty) or to one. */
struct override
{
    WCHAR program[64];
    WCHAR order[64];
};

struct finding
{
    const WCHAR *id;
    struct text problem;
    struct text remedy;
};

struct doctor
{
    struct context *context;
    const char *wine_version; /* NULL: this is Windows */

    struct bitness bitnesses[2];
    size_t bitness_count;

    WCHAR environment_override[64]; /* from WINEDLLOVERRIDES, "" for none */
    BOOL environment_override_set;
    struct override overrides[OVERRIDES_MAX];
    size_t override_count;

    /* This program's own mapi32.dll. */
    BOOL loaded;
    WCHAR loaded_path[MAX_PATH];
    WCHAR loaded_version[32];
    BOOL loaded_is_postroom;
    DWORD load_error;
    const char *load_missing;
    HRESULT initialize_result;

    BOOL profiles_read;
    ULONG profile_count;
    struct text default_profile;
    BOOL has_default;

    struct finding findings[FINDINGS_MAX];
    size_t finding_count;
};

/* Reads everything into doctor, which is zero but for context. */
void doctor_read(struct doctor *doctor);

/* Walks the look-up orders and fills the findings. */
void doctor_check(struct doctor *doctor);

void doctor_free(struct doctor *doctor);

/* doctor_check's parts. A finding, once: the same is told once. */
void doctor_add_finding(struct doctor *doctor, const WCHAR *id, const WCHAR *remedy, const WCHAR *format, ...);
/* The DLLs of every provider and service of every profile: there, for this bitness, with their entry points. */
void doctor_check_providers(struct doctor *doctor);

/* For doctor_check: the real place of a path that programs of that bitness see; FALSE: it is nowhere. */
BOOL doctor_find_file(const struct bitness *bitness, const WCHAR *path, WCHAR shown[MAX_PATH], WCHAR real[MAX_PATH]);

#endif
