/*
 * secret: protection of the secure range (ids 0x67F0 to 0x67FF) on the disk.
 *
 * The bytes are protected for this user by the system (CryptProtectData) and kept as REG_BINARY behind a mark of ours
 * that also carries the type the value had. crypt32 is loaded when the first such property is met and kept until the
 * last MAPIUninitialize: most programs never meet one.
 */
#include "profile/internal.h"

#include <wincrypt.h>

static const BYTE mark[4] = {'P', 'R', 's', '1'};

typedef BOOL(WINAPI *protect_function)(DATA_BLOB *, const WCHAR *, DATA_BLOB *, void *, CRYPTPROTECT_PROMPTSTRUCT *,
                                       DWORD, DATA_BLOB *);
typedef BOOL(WINAPI *unprotect_function)(DATA_BLOB *, WCHAR **, DATA_BLOB *, void *, CRYPTPROTECT_PROMPTSTRUCT *, DWORD,
                                         DATA_BLOB *);

static struct
{
    SRWLOCK lock; /* guards the others */
    HMODULE module;
    protect_function protect;
    unprotect_function unprotect;
} crypt = {.lock = SRWLOCK_INIT};

static void crypt_close(void)
{
    HMODULE module;

    AcquireSRWLockExclusive(&crypt.lock);
    module = crypt.module;
    crypt.module = NULL;
    crypt.protect = NULL;
    crypt.unprotect = NULL;
    ReleaseSRWLockExclusive(&crypt.lock);
    if (module)
        FreeLibrary(module);
}

static struct uninit_hook uninit_hook = {.run = crypt_close};

/* From the system directory only. */
static HMODULE load_crypt32(void)
{
    WCHAR path[MAX_PATH + 16];
    UINT length = GetSystemDirectoryW(path, MAX_PATH);

    if (!length || length >= MAX_PATH)
        return NULL;
    memcpy(path + length, L"\\crypt32.dll", sizeof(L"\\crypt32.dll"));
    return LoadLibraryW(path);
}

static BOOL crypt_open(protect_function *protect, unprotect_function *unprotect)
{
    AcquireSRWLockExclusive(&crypt.lock);
    if (!crypt.module)
    {
        init_on_uninitialize(&uninit_hook);
        crypt.module = load_crypt32();
        if (crypt.module)
        {
            crypt.protect = (protect_function)(void *)GetProcAddress(crypt.module, "CryptProtectData");
            crypt.unprotect = (unprotect_function)(void *)GetProcAddress(crypt.module, "CryptUnprotectData");
        }
    }
    *protect = crypt.protect;
    *unprotect = crypt.unprotect;
    ReleaseSRWLockExclusive(&crypt.lock);
    return *protect && *unprotect;
}

HRESULT secret_protect(struct stored_value *value)
{
    unprotect_function unprotect;
    protect_function protect;
    DATA_BLOB clear = {(DWORD)value->size, value->data}, hidden = {0, NULL};
    BYTE *data;

    if (!crypt_open(&protect, &unprotect)
        || !protect(&clear, L"MAPI", NULL, NULL, NULL, CRYPTPROTECT_UI_FORBIDDEN, &hidden))
    {
        /* A password that cannot be hidden is not written in the clear. */
        WARN("property %#lx cannot be protected, error %lu", value->tag, GetLastError());
        return MAPI_E_NO_ACCESS;
    }
    data = heap_alloc(sizeof(mark) + sizeof(DWORD) + hidden.cbData);
    if (data)
    {
        memcpy(data, mark, sizeof(mark));
        memcpy(data + sizeof(mark), &value->type, sizeof(DWORD));
        memcpy(data + sizeof(mark) + sizeof(DWORD), hidden.pbData, hidden.cbData);
        SecureZeroMemory(value->data, value->size);
        heap_free(value->data);
        value->data = data;
        value->size = sizeof(mark) + sizeof(DWORD) + hidden.cbData;
        value->type = REG_BINARY;
    }
    LocalFree(hidden.pbData);
    return data ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

HRESULT secret_unprotect(DWORD type, const BYTE *data, size_t size, DWORD *clear_type, BYTE **clear, size_t *clear_size)
{
    DATA_BLOB hidden, shown = {0, NULL};
    unprotect_function unprotect;
    protect_function protect;

    *clear = NULL;
    *clear_size = 0;
    *clear_type = type;
    if (type != REG_BINARY || size < sizeof(mark) + sizeof(DWORD) || memcmp(data, mark, sizeof(mark)))
        return S_OK;
    memcpy(clear_type, data + sizeof(mark), sizeof(DWORD));
    hidden.pbData = (BYTE *)data + sizeof(mark) + sizeof(DWORD);
    hidden.cbData = (DWORD)(size - sizeof(mark) - sizeof(DWORD));
    if (!crypt_open(&protect, &unprotect)
        || !unprotect(&hidden, NULL, NULL, NULL, NULL, CRYPTPROTECT_UI_FORBIDDEN, &shown))
        return MAPI_E_NOT_FOUND;
    *clear = heap_alloc(shown.cbData ? shown.cbData : 1);
    if (*clear)
    {
        memcpy(*clear, shown.pbData, shown.cbData);
        *clear_size = shown.cbData;
    }
    SecureZeroMemory(shown.pbData, shown.cbData);
    LocalFree(shown.pbData);
    return *clear ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}
