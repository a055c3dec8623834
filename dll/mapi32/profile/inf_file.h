/*
 * inf_file: which mapisvc.inf counts, and the message services that it has.
 *
 * Contract: the file is read anew each time, so a change counts from the next call on. No state, no locks.
 */
#ifndef POSTROOM_PROFILE_INF_FILE_H
#define POSTROOM_PROFILE_INF_FILE_H

#include "profile/inf.h"

/*
 * The file that the value "MapisvcInf" (REG_SZ, an absolute path) of Software\Postroom names, the user's before the
 * machine's; else the mapisvc.inf beside this DLL, else that of the system directory; when none is there, our own, of the
 * services that this DLL brings.
 * MAPI_E_NOT_ENOUGH_MEMORY; MAPI_E_TOO_BIG; MAPI_E_DISK_ERROR: it is there and cannot be read.
 */
HRESULT inf_file_read(struct inf *inf);

/* Of a named file; MAPI_E_NOT_FOUND: it is not there. */
HRESULT inf_file_read_path(const WCHAR *path, struct inf *inf);
/* The bytes of a file of at most INF_SIZE_MAX, on our heap; as inf_file_read_path. */
HRESULT inf_file_bytes(const WCHAR *path, BYTE **bytes, size_t *size);

/* Where that file is, or would be: by the registry's value, else beside this DLL. FALSE: the path is too long. */
BOOL inf_file_path(WCHAR path[MAX_PATH]);

/* The name of a service's section: itself when [Services] has it, else the one whose name in [Services] this is. NULL: no
 * such service. The pointer lives as long as inf. */
const WCHAR *inf_service_section(const struct inf *inf, const WCHAR *service);

#endif
