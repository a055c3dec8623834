/*
 * What a DLL file says about itself. See pe_file.h. Every offset of the file is checked before it is followed.
 */
#include "pe_file.h"

#include <stddef.h>
#include <string.h>

#define FILE_SIZE_MAX (512u << 20)
#define EXPORTS_MAX 65536

struct view
{
    const BYTE *data;
    size_t size;
    const IMAGE_SECTION_HEADER *sections;
    unsigned section_count;
    const char *wanted; /* a function's name; NULL: none */
};

static const void *at_offset(const struct view *view, size_t offset, size_t count)
{
    return offset <= view->size && count <= view->size - offset ? view->data + offset : NULL;
}

/* What the loader would put at an address, count bytes of it; NULL when they are not all in one section's file part. */
static const void *at_address(const struct view *view, DWORD address, size_t count)
{
    unsigned i;

    for (i = 0; i < view->section_count; i++)
    {
        const IMAGE_SECTION_HEADER *section = &view->sections[i];

        if (address >= section->VirtualAddress && address - section->VirtualAddress <= section->SizeOfRawData
            && count <= section->SizeOfRawData - (address - section->VirtualAddress))
        {
            return at_offset(view, (size_t)section->PointerToRawData + (address - section->VirtualAddress), count);
        }
    }
    return NULL;
}

static BOOL name_is(const struct view *view, DWORD address, const char *name)
{
    size_t length = strlen(name) + 1;
    const char *found = at_address(view, address, length);

    return found && !memcmp(found, name, length);
}

/* "name", "name@8", "_name@8" */
static BOOL is_wanted(const struct view *view, DWORD address)
{
    size_t length = view->wanted ? strlen(view->wanted) : 0;
    const char *found;

    if (!length)
    {
        return FALSE;
    }
    if (name_is(view, address, view->wanted))
    {
        return TRUE;
    }
    found = at_address(view, address, length + 2); /* "_", the name, "@" */
    if (!found)
    {
        return FALSE;
    }
    if (found[0] == '_' && view->wanted[0] != '_')
    {
        return !memcmp(found + 1, view->wanted, length) && found[length + 1] == '@';
    }
    return !memcmp(found, view->wanted, length) && found[length] == '@';
}

static void read_exports(const struct view *view, const IMAGE_DATA_DIRECTORY *directory, struct pe_file *file)
{
    const IMAGE_EXPORT_DIRECTORY *exports = at_address(view, directory->VirtualAddress, sizeof(*exports));
    BOOL initialize = FALSE, logon = FALSE;
    const DWORD *names;
    DWORD i;

    if (!exports || exports->NumberOfNames > EXPORTS_MAX)
    {
        return;
    }
    names = at_address(view, exports->AddressOfNames, exports->NumberOfNames * sizeof(*names));
    if (!names)
    {
        return;
    }
    for (i = 0; i < exports->NumberOfNames; i++)
    {
        initialize |= name_is(view, names[i], "MAPIInitialize") || name_is(view, names[i], "MAPIInitialize@4");
        logon |= name_is(view, names[i], "MAPILogonEx") || name_is(view, names[i], "MAPILogonEx@20");
        file->has_simple |= name_is(view, names[i], "MAPISendMail");
        file->is_postroom |= name_is(view, names[i], "PostroomDiagnostics");
        file->has_wanted |= is_wanted(view, names[i]);
    }
    file->has_extended = initialize && logon;
    file->exports_known = TRUE;
}

static void read_headers(struct view *view, struct pe_file *file)
{
    static const char builtin[] = "Wine builtin DLL", placeholder[] = "Wine placeholder DLL";
    const IMAGE_DOS_HEADER *dos = at_offset(view, 0, sizeof(*dos));
    const IMAGE_DATA_DIRECTORY *directory;
    const IMAGE_FILE_HEADER *header;
    const DWORD *signature;
    const WORD *magic;
    const void *mark;
    size_t optional;

    if (!dos || dos->e_magic != IMAGE_DOS_SIGNATURE || dos->e_lfanew < 0)
    {
        return;
    }
    mark = at_offset(view, sizeof(*dos), sizeof(placeholder));
    file->wine_builtin =
            mark && (!memcmp(mark, builtin, sizeof(builtin)) || !memcmp(mark, placeholder, sizeof(placeholder)));
    signature = at_offset(view, (size_t)dos->e_lfanew, sizeof(*signature) + sizeof(*header));
    if (!signature || *signature != IMAGE_NT_SIGNATURE)
    {
        return;
    }
    header = (const IMAGE_FILE_HEADER *)(signature + 1);
    file->machine = header->Machine;
    file->is_dll = (header->Characteristics & IMAGE_FILE_DLL) != 0;
    optional = (size_t)dos->e_lfanew + sizeof(*signature) + sizeof(*header);
    view->section_count = header->NumberOfSections;
    view->sections =
            at_offset(view, optional + header->SizeOfOptionalHeader, view->section_count * sizeof(*view->sections));
    magic = at_offset(view, optional, header->SizeOfOptionalHeader);
    if (!view->sections || !magic)
    {
        return;
    }
    /* The export directory is the first data directory; its place depends on the header's kind. */
    optional += *magic == IMAGE_NT_OPTIONAL_HDR64_MAGIC ? offsetof(IMAGE_OPTIONAL_HEADER64, DataDirectory)
                                                        : offsetof(IMAGE_OPTIONAL_HEADER32, DataDirectory);
    directory = at_offset(view, optional, sizeof(*directory));
    if (directory && directory->VirtualAddress)
    {
        read_exports(view, directory, file);
    }
}

void pe_file_read(const WCHAR *path, struct pe_file *file)
{
    pe_file_read_for(path, NULL, file);
}

void pe_file_read_for(const WCHAR *path, const char *name, struct pe_file *file)
{
    struct view view = {.wanted = name};
    LARGE_INTEGER size;
    HANDLE handle, mapping = NULL;

    memset(file, 0, sizeof(*file));
    handle = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                         OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    if (handle == INVALID_HANDLE_VALUE)
    {
        return;
    }
    file->exists = TRUE;
    if (GetFileType(handle) == FILE_TYPE_DISK && GetFileSizeEx(handle, &size) && size.QuadPart > 0
        && size.QuadPart <= FILE_SIZE_MAX)
    {
        mapping = CreateFileMappingW(handle, NULL, PAGE_READONLY, 0, 0, NULL);
    }
    if (mapping)
    {
        view.data = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
        view.size = (size_t)size.QuadPart;
        if (view.data)
        {
            read_headers(&view, file);
            UnmapViewOfFile(view.data);
        }
        CloseHandle(mapping);
    }
    CloseHandle(handle);
}

unsigned pe_file_bits(const struct pe_file *file)
{
    switch (file->machine)
    {
    case IMAGE_FILE_MACHINE_AMD64:
        return 64;
    case IMAGE_FILE_MACHINE_I386:
        return 32;
    default:
        return 0;
    }
}
