/*
 * What a DLL file says about itself, read from the file without loading it: so it works for the other bitness too,
 * and no foreign code runs.
 */
#ifndef POSTROOM_PROGRAMS_PE_FILE_H
#define POSTROOM_PROGRAMS_PE_FILE_H

#include <windows.h>

struct pe_file
{
    BOOL exists;
    BOOL is_dll;       /* a PE file that is a DLL; the rest is FALSE otherwise */
    WORD machine;      /* IMAGE_FILE_MACHINE_* */
    BOOL wine_builtin; /* carries Wine's mark: Wine uses its own module instead */
    BOOL exports_known;
    BOOL has_extended; /* exports MAPIInitialize and MAPILogonEx, plain or decorated */
    BOOL has_simple;   /* exports MAPISendMail */
    BOOL is_postroom;  /* exports PostroomDiagnostics */
    BOOL has_wanted;   /* exports the function that was asked for */
};

/* Reads path, which is used as it is. Damaged and hostile files give what could be told, never more. */
void pe_file_read(const WCHAR *path, struct pe_file *file);

/* The same, and whether it exports a function of the name, plain or as stdcall decorates it. */
void pe_file_read_for(const WCHAR *path, const char *name, struct pe_file *file);

/* 64, 32, or 0 for a machine that is neither x86-64 nor x86. */
unsigned pe_file_bits(const struct pe_file *file);

#endif
