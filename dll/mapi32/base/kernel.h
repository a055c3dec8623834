/*
 * Kernel: named kernel objects that processes of one user share.
 *
 * They live in the namespace of the logon session, have the user's SID hashed into their names (fixed length, the same
 * for both bitnesses), belong to that user and admit nobody else. Nothing here waits with a lock held.
 */
#ifndef POSTROOM_BASE_KERNEL_H
#define POSTROOM_BASE_KERNEL_H

#include <windows.h>

#define KERNEL_NAME_MAX 96

/* FNV-1a: for names, and for telling whole data from torn. */
ULONGLONG hash_bytes(const void *bytes, size_t count);

/* Begins a name; each call returns where the next one goes on. A number takes 16 characters, a text must be short. */
WCHAR *kernel_name_begin(WCHAR name[KERNEL_NAME_MAX]);
WCHAR *kernel_name_text(WCHAR *to, const WCHAR *text);
WCHAR *kernel_name_number(WCHAR *to, ULONGLONG number);

/* Of and for this user only. Valid as long as the structure lives. */
struct kernel_security
{
    SECURITY_ATTRIBUTES attributes;
    SECURITY_DESCRIPTOR descriptor;
    union
    {
        ACL acl;
        BYTE bytes[sizeof(ACL) + sizeof(ACCESS_ALLOWED_ACE) + SECURITY_MAX_SID_SIZE];
    } dacl;
};
/* NULL when it cannot be had (the default security then). */
SECURITY_ATTRIBUTES *kernel_security_init(struct kernel_security *security);

/* Whether an object that existed already was made by this user and not by somebody who sits on its name. The handle
 * needs READ_CONTROL. */
BOOL kernel_is_ours(HANDLE object);

#endif
