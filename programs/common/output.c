/*
 * Output of the programs. See output.h.
 */
#include "output.h"

#include <wchar.h>

#define CHUNK 4096 /* characters a call; consoles refuse very large writes */

/* How much of string may go out in one call without cutting a surrogate pair. */
static size_t chunk_length(const WCHAR *string, size_t length)
{
    if (length <= CHUNK)
    {
        return length;
    }
    return IS_HIGH_SURROGATE(string[CHUNK - 1]) ? CHUNK - 1 : CHUNK;
}

static BOOL write_bytes(HANDLE handle, const char *bytes, DWORD count)
{
    DWORD done = 0, written;

    while (done < count)
    {
        written = 0;
        if (!WriteFile(handle, bytes + done, count - done, &written, NULL) || !written)
        {
            return FALSE;
        }
        done += written;
    }
    return TRUE;
}

static BOOL write_console(HANDLE handle, const WCHAR *string, DWORD count)
{
    DWORD done = 0, written;

    while (done < count)
    {
        written = 0;
        if (!WriteConsoleW(handle, string + done, count - done, &written, NULL) || !written)
        {
            return FALSE;
        }
        done += written;
    }
    return TRUE;
}

BOOL output_write(HANDLE handle, const WCHAR *string, size_t length)
{
    char bytes[CHUNK * 3];
    DWORD mode;
    BOOL console;

    if (!handle || handle == INVALID_HANDLE_VALUE)
    {
        return FALSE;
    }
    console = GetConsoleMode(handle, &mode);
    while (length)
    {
        size_t count = chunk_length(string, length);
        int converted;

        if (console)
        {
            if (!write_console(handle, string, (DWORD)count))
            {
                return FALSE;
            }
        }
        else
        {
            converted = WideCharToMultiByte(CP_UTF8, 0, string, (int)count, bytes, sizeof(bytes), NULL, NULL);
            if (converted <= 0 || !write_bytes(handle, bytes, (DWORD)converted))
            {
                return FALSE;
            }
        }
        string += count;
        length -= count;
    }
    return TRUE;
}

BOOL output_std(DWORD std_handle, const WCHAR *string)
{
    return output_write(GetStdHandle(std_handle), string, wcslen(string));
}
