/*
 * postroom doctor: shows what doctor_system.c read and doctor_check.c found. See doctor.h.
 */
#include "doctor.h"

#include <stdlib.h>
#include <string.h>

#include "common/mapi_names.h"

static const struct
{
    const WCHAR *key; /* in JSON */
    const WCHAR *text;
} step_results[] = {
        [STEP_ABSENT] = {L"absent", L"not there"},
        [STEP_USED] = {L"used", L"this one is loaded"},
        [STEP_LATER] = {L"later", L"not reached"},
        [STEP_TOO_LONG] = {L"too-long", L"ignored, the path is too long"},
        [STEP_NO_FILE] = {L"file-missing", L"skipped, no such file"},
        [STEP_WRONG_BITS] = {L"wrong-bitness", L"skipped, not a DLL for these programs"},
        [STEP_NOT_FOLLOWED] = {L"not-followed", L"not followed by doctor"},
};

static const WCHAR *kind(const struct pe_file *pe)
{
    if (!pe->exists)
    {
        return L"missing";
    }
    if (pe->is_postroom)
    {
        return L"postroom";
    }
    if (pe->wine_builtin)
    {
        return L"wine-builtin";
    }
    return pe->is_dll ? L"other" : L"not-a-dll";
}

static const WCHAR *kind_text(const struct pe_file *pe)
{
    if (!pe->exists)
    {
        return L"missing";
    }
    if (pe->is_postroom)
    {
        return L"Postroom";
    }
    if (pe->wine_builtin)
    {
        return L"Wine's own";
    }
    return pe->is_dll ? L"of somebody else" : L"not a DLL";
}

/* Where the system's mapi32.dll forwards Extended MAPI to; NULL: nowhere. */
static const WCHAR *forwarded_extended(const struct bitness *bitness)
{
    const WCHAR *path = text_string(&bitness->dll_path_ex.text);

    return *path && _wcsicmp(path, L"mapi32.dll") ? path : NULL;
}

static const WCHAR *forwarded_simple(const struct bitness *bitness)
{
    return bitness->dll_path.text.length ? text_string(&bitness->dll_path.text) : NULL;
}

static void value_json(struct json *json, const WCHAR *key, const struct value *value)
{
    json_key_string(json, key, value->is_string ? text_string(&value->text) : NULL);
}

static void bitness_json(struct json *json, const struct bitness *bitness)
{
    size_t i;

    json_begin_object(json);
    json_key_number(json, L"bits", bitness->bits);
    value_json(json, L"client", &bitness->client);
    value_json(json, L"DLLPathEx", &bitness->dll_path_ex);
    value_json(json, L"DLLPath", &bitness->dll_path);
    value_json(json, L"MSIComponentID", &bitness->msi_component);
    value_json(json, L"MSIApplicationLCID", &bitness->msi_lcid);
    json_key(json, L"subsystem");
    json_begin_object(json);
    value_json(json, L"MAPI", &bitness->subsystem_mapi);
    value_json(json, L"MAPIX", &bitness->subsystem_mapix);
    value_json(json, L"MAPIXVER", &bitness->subsystem_mapixver);
    json_end_object(json);
    json_key(json, L"stub_library");
    json_begin_object(json);
    json_key_string(json, L"file", bitness->stub ? text_string(&bitness->stub->file) : NULL);
    json_key_string(json, L"kind", bitness->stub ? kind(&bitness->stub->pe) : NULL);
    json_key(json, L"order");
    json_begin_array(json);
    for (i = 0; i < bitness->step_count; i++)
    {
        const struct step *step = &bitness->steps[i];

        json_begin_object(json);
        json_key_string(json, L"place", step->place);
        json_key_string(json, L"value", step->path.length ? text_string(&step->path) : NULL);
        json_key_string(json, L"file", step->file.length ? text_string(&step->file) : NULL);
        json_key_string(json, L"result", step_results[step->result].key);
        json_end_object(json);
    }
    json_end_array(json);
    json_end_object(json);
    json_key(json, L"system_mapi32");
    json_begin_object(json);
    json_key_string(json, L"file", bitness->system_mapi);
    json_key_string(json, L"kind", kind(&bitness->system_pe));
    json_key_string(json, L"simple_forwarded_to", forwarded_simple(bitness));
    json_key_string(json, L"extended_forwarded_to", forwarded_extended(bitness));
    json_end_object(json);
    json_end_object(json);
}

static void own_json(struct json *json, const struct doctor *doctor)
{
    struct text code;

    text_init(&code);
    json_key(json, L"this_program");
    json_begin_object(json);
    json_key_number(json, L"bits", sizeof(void *) * 8);
    json_key_bool(json, L"loaded", doctor->loaded);
    json_key_string(json, L"file", doctor->loaded ? doctor->loaded_path : NULL);
    json_key_string(json, L"version", doctor->loaded_version[0] ? doctor->loaded_version : NULL);
    json_key_bool(json, L"postroom", doctor->loaded_is_postroom);
    if (doctor->loaded)
    {
        text_printf(&code, L"0x%08lX", (ULONG)doctor->initialize_result);
    }
    json_key_string(json, L"initialize", doctor->loaded ? text_string(&code) : NULL);
    json_end_object(json);
    text_free(&code);
}

static void overrides_json(struct json *json, const struct doctor *doctor)
{
    size_t i;

    json_key(json, L"overrides");
    json_begin_object(json);
    json_key_string(json, L"environment", doctor->environment_override_set ? doctor->environment_override : NULL);
    json_key(json, L"registry");
    json_begin_array(json);
    for (i = 0; i < doctor->override_count; i++)
    {
        json_begin_object(json);
        json_key_string(json, L"program", doctor->overrides[i].program[0] ? doctor->overrides[i].program : NULL);
        json_key_string(json, L"order", doctor->overrides[i].order);
        json_end_object(json);
    }
    json_end_array(json);
    json_end_object(json);
}

static void doctor_json(struct json *json, const struct doctor *doctor)
{
    struct text wine;
    size_t i;

    text_init(&wine);
    if (doctor->wine_version)
    {
        text_printf(&wine, L"%hs", doctor->wine_version);
    }
    json_key_string(json, L"wine", doctor->wine_version ? text_string(&wine) : NULL);
    text_free(&wine);
    own_json(json, doctor);
    overrides_json(json, doctor);
    json_key(json, L"programs");
    json_begin_array(json);
    for (i = 0; i < doctor->bitness_count; i++)
    {
        bitness_json(json, &doctor->bitnesses[i]);
    }
    json_end_array(json);
    json_key(json, L"profiles");
    json_begin_object(json);
    json_key_bool(json, L"readable", doctor->profiles_read);
    json_key_number(json, L"count", doctor->profile_count);
    json_key_string(json, L"default", doctor->has_default ? text_string(&doctor->default_profile) : NULL);
    json_end_object(json);
    json_key(json, L"findings");
    json_begin_array(json);
    for (i = 0; i < doctor->finding_count; i++)
    {
        json_begin_object(json);
        json_key_string(json, L"id", doctor->findings[i].id);
        json_key_string(json, L"message", text_string(&doctor->findings[i].problem));
        json_key_string(json, L"remedy", text_string(&doctor->findings[i].remedy));
        json_end_object(json);
    }
    json_end_array(json);
}

static void own_text(struct text *out, const struct doctor *doctor)
{
    text_printf(out, L"This program (%u-bit)\n", (unsigned)sizeof(void *) * 8);
    if (!doctor->loaded)
    {
        text_append(out, L"  mapi32.dll          not usable\n");
    }
    else
    {
        text_append(out, L"  mapi32.dll          ");
        append_visible(out, doctor->loaded_path);
        text_printf(out, L"\n  whose it is         %ls", doctor->loaded_is_postroom ? L"Postroom" : L"not Postroom");
        if (doctor->loaded_version[0])
        {
            text_printf(out, L", version %ls", doctor->loaded_version);
        }
        text_append(out, L"\n  MAPIInitialize      ");
        mapi_error_code(doctor->initialize_result, out);
        text_append(out, L"\n");
    }
    if (doctor->profiles_read)
    {
        text_printf(out, L"  profiles            %lu", doctor->profile_count);
        if (doctor->has_default)
        {
            text_append(out, L", the default is ");
            append_quoted(out, text_string(&doctor->default_profile));
        }
        text_append(out, L"\n");
    }
}

static void overrides_text(struct text *out, const struct doctor *doctor)
{
    size_t i;

    if (!doctor->wine_version)
    {
        return;
    }
    text_printf(out, L"\nWine %hs: overrides for mapi32\n", doctor->wine_version);
    if (!doctor->environment_override_set && !doctor->override_count)
    {
        text_append(out, L"  none: programs that load mapi32.dll by name get the one of the system directory\n");
        return;
    }
    if (doctor->environment_override_set)
    {
        text_printf(out, L"  WINEDLLOVERRIDES    mapi32=%ls (of this program and those it starts)\n",
                    doctor->environment_override);
    }
    for (i = 0; i < doctor->override_count; i++)
    {
        text_append(out, L"  ");
        append_visible(out, doctor->overrides[i].program[0] ? doctor->overrides[i].program : L"all programs");
        text_append(out, L" ");
        text_pad(out, 22);
        append_visible(out, doctor->overrides[i].order);
        text_append(out, L"\n");
    }
    text_append(out, L"  \"native\" first means: mapi32.dll beside the program, then of the system directory, if it is "
                     L"not Wine's own\n");
}

static void bitness_text(struct text *out, const struct bitness *bitness)
{
    size_t i;

    text_printf(out, L"\n%u-bit programs\n", bitness->bits);
    text_append(out, L"  default client      ");
    append_visible(out, bitness->client.text.length ? text_string(&bitness->client.text) : L"(none)");
    text_append(out, L"\n  With the MAPI stub library, the first that can be loaded of:\n");
    for (i = 0; i < bitness->step_count; i++)
    {
        const struct step *step = &bitness->steps[i];

        text_printf(out, L"    %u. %ls ", (unsigned)i + 1, step->place);
        text_pad(out, 26);
        if (step->path.length)
        {
            append_visible(out, text_string(&step->path));
            text_append(out, L": ");
        }
        text_append(out, step_results[step->result].text);
        if (step->result == STEP_USED)
        {
            text_printf(out, L" (%ls%ls)", kind_text(&step->pe),
                        step->pe.exports_known && !step->pe.has_extended ? L", no Extended MAPI" : L"");
        }
        text_append(out, L"\n");
    }
    text_append(out, L"  Loading mapi32.dll by name, without an override:\n    ");
    append_visible(out, bitness->system_mapi);
    text_printf(out, L" (%ls)\n", kind_text(&bitness->system_pe));
    if (!bitness->system_pe.is_postroom && bitness->system_pe.exists)
    {
        text_append(out, L"    which forwards Simple MAPI to ");
        append_visible(out, forwarded_simple(bitness) ? forwarded_simple(bitness) : L"nothing");
        text_append(out, L"\n    and Extended MAPI to ");
        append_visible(out, forwarded_extended(bitness) ? forwarded_extended(bitness) : L"nothing");
        text_append(out, L"\n");
    }
}

static void doctor_text(struct text *out, const struct doctor *doctor)
{
    size_t i;

    own_text(out, doctor);
    overrides_text(out, doctor);
    for (i = 0; i < doctor->bitness_count; i++)
    {
        bitness_text(out, &doctor->bitnesses[i]);
    }
    if (!doctor->finding_count)
    {
        text_append(out, L"\nNothing is wrong.\n");
        return;
    }
    text_printf(out, L"\n%u finding%ls\n", (unsigned)doctor->finding_count, doctor->finding_count == 1 ? L"" : L"s");
    for (i = 0; i < doctor->finding_count; i++)
    {
        text_append(out, L"  * ");
        append_visible(out, text_string(&doctor->findings[i].problem));
        text_append(out, L"\n    What to do: ");
        append_visible(out, text_string(&doctor->findings[i].remedy));
        text_append(out, L"\n");
    }
}

static enum status doctor_run(struct context *context)
{
    struct doctor *doctor = calloc(1, sizeof(*doctor));
    enum status status;

    if (!doctor)
    {
        return context_error(context, STATUS_OUTPUT, L"There is not enough memory.");
    }
    doctor->context = context;
    doctor_read(doctor);
    doctor_check(doctor);
    if (context->json)
    {
        doctor_json(&context->writer, doctor);
    }
    else
    {
        doctor_text(&context->out, doctor);
    }
    status = doctor->finding_count ? STATUS_FAILED : STATUS_OK;
    doctor_free(doctor);
    free(doctor);
    return status;
}

static const struct command doctor_commands[] = {
        {
                .summary = L"Check which MAPI DLL mail programs get, and why",
                .help = L"Looks at the registry, the files and Wine's overrides in the order in which programs do, for "
                        L"both\n"
                        L"bitnesses, and says what is wrong and what to do about it. Changes nothing.\n"
                        L"JSON: {\"ok\", \"wine\", \"this_program\", \"overrides\", \"programs\", \"profiles\", "
                        L"\"findings\"}\n",
                .run = doctor_run,
        },
};

const struct command_area doctor_area = {L"doctor", L"Check which MAPI DLL mail programs get, and why.",
                                         doctor_commands, 1};
