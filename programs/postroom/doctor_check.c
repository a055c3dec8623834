/*
 * doctor's judging part: the look-up order of the MAPI stub library and what is wrong. See doctor.h.
 *
 * The order is that of Microsoft's MAPI stub library, which most Extended MAPI programs contain: DLLPathEx of the
 * default mail client, Outlook's own DLL, DLLPath, MSIComponentID, mapi32.dll of the system directory. The first file
 * that can be loaded wins, whatever it exports.
 */
#include "doctor.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

typedef UINT(WINAPI *provide_component)(const WCHAR *category, const WCHAR *qualifier, DWORD mode, WCHAR *path,
                                        DWORD *size);

/* MsiProvideQualifiedComponent must find what is installed and never start an installation. */
#define INSTALLMODE_FIND_ONLY ((DWORD)-2)

static const WCHAR *const outlook_categories[] = {
        L"{5812C571-53F0-4467-BEFA-0A4F47A9437C}", L"{E83B4360-C208-4325-9504-0D23003A74A5}",
        L"{1E77DE88-BCAB-4C37-B9E5-073AF52DFD7A}", L"{24AAE126-0911-478F-A019-07B875EB9996}",
        L"{BC174BAD-2F53-4855-A1D5-0D575C19B1EA}", L"{BC174BAD-2F53-4855-A1D5-1D575C19B1EA}",
};

/* The same for both bitnesses is told once. problem and remedy are joined by a line break. */
void doctor_add_finding(struct doctor *doctor, const WCHAR *id, const WCHAR *remedy, const WCHAR *format, ...)
{
    struct finding *finding;
    WCHAR problem[1024];
    va_list args;
    size_t i;

    va_start(args, format);
    _vsnwprintf(problem, ARRAYSIZE(problem) - 1, format, args);
    va_end(args);
    problem[ARRAYSIZE(problem) - 1] = 0;
    for (i = 0; i < doctor->finding_count; i++)
    {
        if (!wcscmp(doctor->findings[i].id, id) && !wcscmp(text_string(&doctor->findings[i].problem), problem))
        {
            return;
        }
    }
    if (doctor->finding_count == FINDINGS_MAX)
    {
        return;
    }
    finding = &doctor->findings[doctor->finding_count++];
    finding->id = id;
    text_append(&finding->problem, problem);
    text_append(&finding->remedy, remedy);
}

/* Adds a place to the order and decides whether it is the one that is used. path NULL: nothing there. */
static struct step *add_step(struct bitness *bitness, const WCHAR *place, const WCHAR *path)
{
    struct step *step = &bitness->steps[bitness->step_count++];
    WCHAR shown[MAX_PATH], real[MAX_PATH];

    memset(step, 0, sizeof(*step));
    step->place = place;
    if (!path || !*path)
    {
        return step;
    }
    text_append(&step->path, path);
    if (wcslen(path) > STUB_PATH_MAX)
    {
        step->result = STEP_TOO_LONG;
        return step;
    }
    if (!doctor_find_file(bitness, path, shown, real))
    {
        step->result = STEP_NO_FILE;
        return step;
    }
    text_append(&step->file, shown);
    pe_file_read(real, &step->pe);
    if (!step->pe.is_dll || pe_file_bits(&step->pe) != bitness->bits)
    {
        step->result = STEP_WRONG_BITS;
        return step;
    }
    step->result = bitness->stub ? STEP_LATER : STEP_USED;
    if (!bitness->stub)
    {
        bitness->stub = step;
    }
    return step;
}

/* olmapi32.dll beside an Outlook that Windows Installer knows. Only the program's own bitness can be asked. */
static void add_outlook_step(struct bitness *bitness)
{
    static const WCHAR *const qualifiers[] = {L"outlook.x64.exe", L"outlook.exe"};
    WCHAR path[MAX_PATH] = L"", *slash;
    provide_component provide = NULL;
    HMODULE msi = LoadLibraryW(L"msi.dll");
    FARPROC proc = msi ? GetProcAddress(msi, "MsiProvideQualifiedComponentW") : NULL;
    BOOL found = FALSE;
    size_t i, j;

    if (proc)
    {
        memcpy(&provide, &proc, sizeof(provide));
        for (i = 0; i < ARRAYSIZE(outlook_categories) && !found; i++)
        {
            for (j = 0; j < ARRAYSIZE(qualifiers) && !found; j++)
            {
                DWORD size = MAX_PATH - 16;

                found = provide(outlook_categories[i], qualifiers[j], INSTALLMODE_FIND_ONLY, path, &size)
                        == ERROR_SUCCESS;
            }
        }
    }
    slash = found ? wcsrchr(path, '\\') : NULL;
    if (slash)
    {
        wcscpy(slash + 1, L"olmapi32.dll");
    }
    add_step(bitness, L"Outlook", slash ? path : NULL);
    if (msi)
    {
        FreeLibrary(msi);
    }
}

static void walk_order(struct bitness *bitness)
{
    struct step *step;

    add_step(bitness, L"DLLPathEx", text_string(&bitness->dll_path_ex.text));
    add_outlook_step(bitness);
    add_step(bitness, L"DLLPath", text_string(&bitness->dll_path.text));
    step = add_step(bitness, L"MSIComponentID", NULL);
    if (bitness->msi_component.text.length)
    {
        text_append(&step->path, text_string(&bitness->msi_component.text));
        step->result = STEP_NOT_FOLLOWED;
    }
    add_step(bitness, L"system mapi32.dll", bitness->system_mapi);
}

static const WCHAR register_remedy[] = L"Register Postroom: make -f Makefile.mingw install WINEPREFIX=..., or run "
                                       L"regsvr32 on postroom.dll in the system "
                                       L"directory.";

static const WCHAR *base_name(const WCHAR *path)
{
    const WCHAR *slash = wcsrchr(path, '\\');

    return slash ? slash + 1 : path;
}

static void check_path_ex(struct doctor *doctor, const struct bitness *bitness)
{
    const struct step *step = &bitness->steps[0];
    const WCHAR *path = text_string(&step->path);

    if (bitness->dll_path_ex.present && !bitness->dll_path_ex.is_string)
    {
        doctor_add_finding(doctor, L"dllpathex-type", register_remedy,
                           L"DLLPathEx of the default mail client is not a string.");
        return;
    }
    if (!*path)
    {
        doctor_add_finding(doctor, L"dllpathex-missing", register_remedy,
                           L"The default mail client \"%ls\" has no DLLPathEx, so programs find no Extended MAPI.",
                           text_string(&bitness->client.text));
        return;
    }
    if (!_wcsicmp(base_name(path), L"mapi32.dll") || !_wcsicmp(base_name(path), L"mapi32"))
    {
        doctor_add_finding(
                doctor, L"dllpathex-recursion",
                L"Register the DLL under another name: Postroom's is called postroom.dll for that reason.",
                L"DLLPathEx names a file called mapi32.dll (\"%ls\"): the system's mapi32.dll then forwards to itself "
                L"until the stack is used up, or ignores it.",
                path);
    }
    switch (step->result)
    {
    case STEP_TOO_LONG:
        doctor_add_finding(doctor, L"path-too-long", L"Move the DLL to a shorter path, best to the system directory.",
                           L"DLLPathEx has %u characters; programs with the MAPI stub library ignore more than %u.",
                           (unsigned)wcslen(path), STUB_PATH_MAX);
        break;
    case STEP_NO_FILE:
        doctor_add_finding(doctor, L"file-missing", register_remedy,
                           L"DLLPathEx names \"%ls\", which %u-bit programs do not find.", path, bitness->bits);
        break;
    case STEP_WRONG_BITS:
        doctor_add_finding(
                doctor, L"wrong-bitness",
                L"Put the DLL of each bitness into the system directory of that bitness, under the same name.",
                L"DLLPathEx names \"%ls\", which is no DLL for %u-bit programs.", path, bitness->bits);
        break;
    default:
        break;
    }
}

static void check_client(struct doctor *doctor, const struct bitness *bitness)
{
    if (!bitness->client.text.length)
    {
        doctor_add_finding(doctor, L"no-default-client", register_remedy,
                           L"There is no default mail client (HKLM\\Software\\Clients\\Mail has no default value).");
        return;
    }
    if (!bitness->client_key)
    {
        doctor_add_finding(doctor, L"client-key-missing", register_remedy,
                           L"The default mail client \"%ls\" has no key below HKLM\\Software\\Clients\\Mail.",
                           text_string(&bitness->client.text));
        return;
    }
    check_path_ex(doctor, bitness);
}

static void check_stub(struct doctor *doctor, const struct bitness *bitness)
{
    const struct step *stub = bitness->stub;

    if (!stub)
    {
        doctor_add_finding(doctor, L"no-dll", register_remedy,
                           L"%u-bit programs with the MAPI stub library find no MAPI DLL at all.", bitness->bits);
    }
    else if (stub->pe.exports_known && !stub->pe.has_extended)
    {
        doctor_add_finding(
                doctor, L"simple-only", register_remedy,
                L"%u-bit programs with the MAPI stub library load \"%ls\" (from %ls), which has no Extended MAPI: "
                L"their MAPIInitialize fails with MAPI_E_CALL_FAILED.",
                bitness->bits, text_string(&stub->path), stub->place);
    }
}

static void check_subsystem(struct doctor *doctor, const struct bitness *bitness)
{
    const struct
    {
        const WCHAR *name;
        const struct value *value;
        const WCHAR *wanted;
    } values[] = {
            {L"MAPI", &bitness->subsystem_mapi, L"1"},
            {L"MAPIX", &bitness->subsystem_mapix, L"1"},
            {L"MAPIXVER", &bitness->subsystem_mapixver, NULL},
    };
    size_t i;

    for (i = 0; i < ARRAYSIZE(values); i++)
    {
        const WCHAR *text = text_string(&values[i].value->text);

        if (!*text || (values[i].wanted && wcscmp(text, values[i].wanted)))
        {
            doctor_add_finding(
                    doctor, L"subsystem-value", register_remedy,
                    L"HKLM\\Software\\Microsoft\\Windows Messaging Subsystem lacks %ls%ls%ls for %u-bit programs: "
                    L"some programs conclude that there is no MAPI.",
                    values[i].name, values[i].wanted ? L"=" : L"", values[i].wanted ? values[i].wanted : L"",
                    bitness->bits);
        }
    }
}

static void check_own(struct doctor *doctor)
{
    if (!doctor->loaded)
    {
        if (doctor->load_missing)
        {
            doctor_add_finding(doctor, L"function-missing", register_remedy,
                               L"The mapi32.dll that this program gets lacks %hs.", doctor->load_missing);
        }
        else
        {
            doctor_add_finding(doctor, L"not-loadable", register_remedy,
                               L"This program cannot load mapi32.dll (Windows error %lu).", doctor->load_error);
        }
    }
    else if (FAILED(doctor->initialize_result))
    {
        doctor_add_finding(doctor, L"not-initializable", register_remedy,
                           L"MAPIInitialize of \"%ls\" fails with 0x%08lX.", doctor->loaded_path,
                           (ULONG)doctor->initialize_result);
    }
    else if (!doctor->profiles_read)
    {
        doctor_add_finding(doctor, L"profiles-unreadable", register_remedy, L"The MAPI DLL cannot list the profiles.");
    }
    else if (!doctor->profile_count)
    {
        doctor_add_finding(doctor, L"no-profiles", L"Create one: postroom profile create NAME",
                           L"There are no profiles, so nobody can log on.");
    }
    else if (!doctor->has_default)
    {
        doctor_add_finding(doctor, L"no-default-profile", L"Choose one: postroom profile default NAME",
                           L"There is no default profile: programs that do not ask cannot log on.");
    }
}

void doctor_check(struct doctor *doctor)
{
    size_t i;

    for (i = 0; i < doctor->bitness_count; i++)
    {
        walk_order(&doctor->bitnesses[i]);
        check_client(doctor, &doctor->bitnesses[i]);
        check_stub(doctor, &doctor->bitnesses[i]);
        check_subsystem(doctor, &doctor->bitnesses[i]);
    }
    check_own(doctor);
    if (doctor->profiles_read)
    {
        doctor_check_providers(doctor);
    }
}
