/*
 * Kernel: see kernel.h.
 */
#include "base/base.h"
#include "base/kernel.h"

ULONGLONG hash_bytes(const void *bytes, size_t count)
{
    const BYTE *byte = bytes;
    ULONGLONG hash = 0xCBF29CE484222325ull;

    while (count--)
        hash = (hash ^ *byte++) * 0x100000001B3ull;
    return hash;
}

/* The user of this process. Filled once under lock, never changed again; sid_size 0 when it cannot be told. */
static struct
{
    SRWLOCK lock;
    BOOL known;
    DWORD sid_size;
    ULONGLONG hash;
    union
    {
        TOKEN_USER user;
        BYTE bytes[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    } token;
} user = {.lock = SRWLOCK_INIT};

static void user_read(void)
{
    DWORD size = 0;
    HANDLE token;

    AcquireSRWLockExclusive(&user.lock);
    if (!user.known && OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
    {
        if (GetTokenInformation(token, TokenUser, &user.token, sizeof(user.token), &size)
            && IsValidSid(user.token.user.User.Sid))
        {
            user.sid_size = GetLengthSid(user.token.user.User.Sid);
            user.hash = hash_bytes(user.token.user.User.Sid, user.sid_size);
        }
        CloseHandle(token);
    }
    user.known = TRUE;
    ReleaseSRWLockExclusive(&user.lock);
}

WCHAR *kernel_name_text(WCHAR *to, const WCHAR *text)
{
    while (*text)
        *to++ = *text++;
    *to = 0;
    return to;
}

WCHAR *kernel_name_number(WCHAR *to, ULONGLONG number)
{
    int shift;

    for (shift = 60; shift >= 0; shift -= 4)
        *to++ = L"0123456789abcdef"[(number >> shift) & 15];
    *to = 0;
    return to;
}

WCHAR *kernel_name_begin(WCHAR name[KERNEL_NAME_MAX])
{
    user_read();
    return kernel_name_number(kernel_name_text(name, L"Local\\Postroom."), user.hash);
}

SECURITY_ATTRIBUTES *kernel_security_init(struct kernel_security *security)
{
    user_read();
    if (!user.sid_size || !InitializeSecurityDescriptor(&security->descriptor, SECURITY_DESCRIPTOR_REVISION)
        || !InitializeAcl(&security->dacl.acl, sizeof(security->dacl), ACL_REVISION)
        || !AddAccessAllowedAce(&security->dacl.acl, ACL_REVISION, GENERIC_ALL, user.token.user.User.Sid)
        || !SetSecurityDescriptorOwner(&security->descriptor, user.token.user.User.Sid, FALSE)
        || !SetSecurityDescriptorDacl(&security->descriptor, TRUE, &security->dacl.acl, FALSE))
        return NULL;
    security->attributes.nLength = sizeof(security->attributes);
    security->attributes.lpSecurityDescriptor = &security->descriptor;
    security->attributes.bInheritHandle = FALSE;
    return &security->attributes;
}

BOOL kernel_is_ours(HANDLE object)
{
    union
    {
        SECURITY_DESCRIPTOR_RELATIVE descriptor;
        BYTE bytes[sizeof(SECURITY_DESCRIPTOR_RELATIVE) + SECURITY_MAX_SID_SIZE];
    } security;
    BOOL defaulted;
    DWORD size;
    SID *owner;

    user_read();
    return user.sid_size
           && GetKernelObjectSecurity(object, OWNER_SECURITY_INFORMATION, (SECURITY_DESCRIPTOR *)&security,
                                      sizeof(security), &size)
           && GetSecurityDescriptorOwner((SECURITY_DESCRIPTOR *)&security, (PSID *)&owner, &defaulted) && owner
           && EqualSid(owner, user.token.user.User.Sid);
}
