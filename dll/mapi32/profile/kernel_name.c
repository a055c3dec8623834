/*
 * kernel_name: profile names, how they are compared, and the kernel objects that stand for them between processes.
 *
 * Kernel objects live in the namespace of the logon session, have the user's SID and the folded profile name hashed
 * into their names (fixed length, any script, the same for both bitnesses) and admit that user only.
 */
#include "profile/internal.h"

BOOL profile_name_valid(const WCHAR *name)
{
    size_t length;

    if (!name || name[0] == ' ')
        return FALSE;
    for (length = 0; name[length]; ++length)
    {
        if (length == PROFILE_NAME_MAX)
            return FALSE;
        if (name[length] == '\\' || name[length] < ' ' || (name[length] >= 0x7F && name[length] <= 0x9F))
            return FALSE;
    }
    return length && name[length - 1] != ' ';
}

BOOL profile_name_equal(const WCHAR *a, const WCHAR *b)
{
    return CompareStringOrdinal(a, -1, b, -1, TRUE) == CSTR_EQUAL;
}

static ULONGLONG hash_bytes(const void *bytes, size_t count)
{
    const BYTE *byte = bytes;
    ULONGLONG hash = 0xCBF29CE484222325ull; /* FNV-1a */

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

static ULONGLONG user_hash(void)
{
    user_read();
    return user.hash;
}

static WCHAR *append_text(WCHAR *to, const WCHAR *text)
{
    while (*text)
        *to++ = *text++;
    *to = 0;
    return to;
}

static WCHAR *append_hash(WCHAR *to, ULONGLONG hash)
{
    int shift;

    for (shift = 60; shift >= 0; shift -= 4)
        *to++ = L"0123456789abcdef"[(hash >> shift) & 15];
    *to = 0;
    return to;
}

void kernel_name_mutex(WCHAR name[KERNEL_NAME_MAX])
{
    append_text(append_hash(append_text(name, L"Local\\Postroom."), user_hash()), L".Profiles");
}

void kernel_name_use(const WCHAR *profile, WCHAR name[KERNEL_NAME_MAX])
{
    WCHAR folded[PROFILE_NAME_MAX];
    int length = LCMapStringEx(LOCALE_NAME_INVARIANT, LCMAP_UPPERCASE, profile, lstrlenW(profile), folded,
                               ARRAY_SIZE(folded), NULL, NULL, 0);
    WCHAR *end = append_text(append_hash(append_text(name, L"Local\\Postroom."), user_hash()), L".Use.");

    append_hash(end, length > 0 ? hash_bytes(folded, length * sizeof(WCHAR))
                                : hash_bytes(profile, lstrlenW(profile) * sizeof(WCHAR)));
}

SECURITY_ATTRIBUTES *kernel_security_init(struct kernel_security *security)
{
    user_read();
    if (!user.sid_size || !InitializeSecurityDescriptor(&security->descriptor, SECURITY_DESCRIPTOR_REVISION)
        || !InitializeAcl(&security->dacl.acl, sizeof(security->dacl), ACL_REVISION)
        || !AddAccessAllowedAce(&security->dacl.acl, ACL_REVISION, GENERIC_ALL, user.token.user.User.Sid)
        || !SetSecurityDescriptorDacl(&security->descriptor, TRUE, &security->dacl.acl, FALSE))
        return NULL;
    security->attributes.nLength = sizeof(security->attributes);
    security->attributes.lpSecurityDescriptor = &security->descriptor;
    security->attributes.bInheritHandle = FALSE;
    return &security->attributes;
}
