/*
 * The mail clients that are registered with the system: where they are written down, and which of their DLLs does
 * Simple MAPI. Read only; what writes is in register.c.
 *
 * Contract: registry content is hostile: types are checked, text need not be terminated, nothing relative is loaded.
 */
#ifndef POSTROOM_REGISTER_CLIENT_H
#define POSTROOM_REGISTER_CLIENT_H

#include "base/base.h"

#define CLIENT_NAME L"Postroom"
#define CLIENTS_KEY L"Software\\Clients\\Mail"
#define CLIENT_KEY CLIENTS_KEY L"\\" CLIENT_NAME

/* A text value (REG_SZ, or REG_EXPAND_SZ when expand; then expanded), name NULL or "": the default value. FALSE and ""
 * when there is none or it does not fit into size characters. */
BOOL registry_text(HKEY key, const WCHAR *name, BOOL expand, WCHAR *buffer, size_t size);

/*
 * The full path that a DLLPath stands for: a bare name is one in the system directory, everything else must begin at
 * the root of a drive. FALSE: neither, or a DLL that would lead back to us (mapi32.dll, mapistub.dll, postroom.dll).
 */
BOOL client_dll_path(const WCHAR *value, WCHAR path[MAX_PATH]);

/*
 * The Simple MAPI DLL of the client that a user without us has: what was remembered when we were registered, else the
 * default client's of this user or of the machine. FALSE: there is none.
 */
BOOL client_previous_dll(WCHAR path[MAX_PATH]);

#endif
