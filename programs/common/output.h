/*
 * Output of the programs: Unicode on consoles, UTF-8 everywhere else.
 */
#ifndef POSTROOM_PROGRAMS_OUTPUT_H
#define POSTROOM_PROGRAMS_OUTPUT_H

#include <windows.h>

/*
 * Writes length characters to a handle: as they are when it is a console, as UTF-8 when it is a file or a pipe.
 * FALSE: not everything could be written (a full disk, a closed pipe) or there is no such handle.
 */
BOOL output_write(HANDLE handle, const WCHAR *string, size_t length);

/* The same to STD_OUTPUT_HANDLE or STD_ERROR_HANDLE. */
BOOL output_std(DWORD std_handle, const WCHAR *string);

#endif
