/*
 * mapi32.dll as a program gets it: loaded at run time, every function looked for under its plain and its decorated
 * name, because the DLLs of this world export one or the other.
 */
#ifndef POSTROOM_PROGRAMS_MAPI_LIBRARY_H
#define POSTROOM_PROGRAMS_MAPI_LIBRARY_H

#include <postroom/postroom.h>

struct mapi_library
{
    HMODULE module;
    BOOL initialized; /* a MAPIInitialize of ours to be undone */
    HRESULT(WINAPI *initialize)(void *init);
    void(WINAPI *uninitialize)(void);
    HRESULT(WINAPI *logon)(ULONG_PTR ui, WCHAR *profile, WCHAR *password, ULONG flags, IMAPISession **session);
    HRESULT(WINAPI *admin_profiles)(ULONG flags, IProfAdmin **admin);
    ULONG(WINAPI *free_buffer)(void *buffer);
    void(WINAPI *free_rows)(SRowSet *rows);
    HRESULT(WINAPI *query_all_rows)
    (IMAPITable *table, SPropTagArray *columns, SRestriction *restriction, SSortOrderSet *order, LONG max,
     SRowSet **rows);
    /* Only Postroom's DLL has these: NULL with any other. */
    HRESULT(WINAPI *diagnostics)(PostroomCounts *counts, ULONG fail_allocation);
    HRESULT(WINAPI *list_shared)(ULONG *count, PostroomSharedMember **members);
    HRESULT(WINAPI *logoff_shared)(void);
    HRESULT(WINAPI *install_services)(const WCHAR *path, ULONG_PTR ui, ULONG flags, MAPIERROR **error);
    HRESULT(WINAPI *uninstall_service)(const WCHAR *service, ULONG_PTR ui, ULONG flags, MAPIERROR **error);
};

/*
 * Loads mapi32.dll by its bare name, as mail programs do. FALSE: it cannot be loaded (error: GetLastError's code,
 * missing: NULL) or lacks a function (missing: its name); library is empty then.
 */
BOOL mapi_library_load(struct mapi_library *library, DWORD *error, const char **missing);

/* Undoes MAPIInitialize, if it was done, and unloads. */
void mapi_library_unload(struct mapi_library *library);

/* MAPIInitialize, once. */
HRESULT mapi_library_initialize(struct mapi_library *library);

/* All rows of a table with the given columns. S_OK with *rows, which free_rows frees. */
HRESULT mapi_library_query_rows(const struct mapi_library *library, IMAPITable *table, const SPropTagArray *columns,
                                SRowSet **rows);

/* A property of a row by its tag, NULL when the row has none or an error in its place. */
const SPropValue *mapi_row_property(const SRow *row, ULONG tag);
const WCHAR *mapi_row_string(const SRow *row, ULONG tag, const WCHAR *otherwise);
LONG mapi_row_long(const SRow *row, ULONG tag, LONG otherwise);

#endif
