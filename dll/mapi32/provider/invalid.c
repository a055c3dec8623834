/*
 * MakeInvalid: objects of providers whose methods have become ours.
 *
 * The code of the object's provider is not needed any more, so the memory alone keeps the count: after the pointer to the
 * methods. On 32 bits a method removes its parameters, so there is a table of methods for each interface that clients
 * hold, told apart by how many methods it has.
 */
#include "provider/support.h"

#define INVALID_BYTES_MIN 16
#define INVALID_METHODS_MAX 64

struct invalid_object
{
    const void *const *vtbl;
    volatile LONG refcount;
};

C_ASSERT(sizeof(struct invalid_object) <= INVALID_BYTES_MIN);

static HRESULT STDMETHODCALLTYPE invalid_QueryInterface(struct invalid_object *object, REFIID riid, void **out)
{
    TRACE("object %p, riid %s, out %p\n", object, debugstr_guid(riid), out);

    if ((out = OUT_POINTER(out)))
        *out = NULL;
    return MAPI_E_INVALID_OBJECT;
}

static ULONG STDMETHODCALLTYPE invalid_AddRef(struct invalid_object *object)
{
    return InterlockedIncrement(&object->refcount);
}

static ULONG STDMETHODCALLTYPE invalid_Release(struct invalid_object *object)
{
    ULONG refcount = InterlockedDecrement(&object->refcount);

    TRACE("object %p, refcount %lu\n", object, refcount);

    if (!refcount)
        MAPIFreeBuffer(object);
    return refcount;
}

/* The methods by how many parameters they have, the object included. */
#define A1 void *
#define A2 A1, ULONG_PTR
#define A3 A2, ULONG_PTR
#define A4 A3, ULONG_PTR
#define A5 A4, ULONG_PTR
#define A6 A5, ULONG_PTR
#define A7 A6, ULONG_PTR
#define A8 A7, ULONG_PTR
#define A9 A8, ULONG_PTR
#define A10 A9, ULONG_PTR
#define A11 A10, ULONG_PTR
#define A12 A11, ULONG_PTR
#define A13 A12, ULONG_PTR
#define INVALID_METHOD(count)                                                                                          \
    static HRESULT STDMETHODCALLTYPE invalid_##count(A##count)                                                         \
    {                                                                                                                  \
        return MAPI_E_INVALID_OBJECT;                                                                                  \
    }

INVALID_METHOD(1)
INVALID_METHOD(2)
INVALID_METHOD(3)
INVALID_METHOD(4)
INVALID_METHOD(5)
INVALID_METHOD(6)
INVALID_METHOD(7)
INVALID_METHOD(8)
INVALID_METHOD(9)
INVALID_METHOD(10)
INVALID_METHOD(13)

#define I(count) (const void *)invalid_##count
#define UNKNOWN_METHODS                                                                                                \
    (const void *)invalid_QueryInterface, (const void *)invalid_AddRef, (const void *)invalid_Release
#define PROP_METHODS UNKNOWN_METHODS, I(4), I(2), I(5), I(3), I(6), I(4), I(3), I(10), I(8), I(6), I(5)
#define CONTAINER_METHODS PROP_METHODS, I(3), I(3), I(7), I(4), I(5)
#define LOGON_METHODS UNKNOWN_METHODS, I(4), I(2), I(7), I(7), I(6), I(2), I(5)

static const void *const unknown_vtbl[] = {UNKNOWN_METHODS};
static const void *const ms_provider_vtbl[] = {UNKNOWN_METHODS, I(2), I(13), I(13), I(7)};
static const void *const ms_logon_vtbl[] = {LOGON_METHODS};
static const void *const ab_logon_vtbl[] = {LOGON_METHODS, I(8), I(3), I(4)};
static const void *const prop_vtbl[] = {PROP_METHODS};
static const void *const xp_logon_vtbl[] = {
        UNKNOWN_METHODS, I(6), I(4), I(3), I(2), I(2), I(5), I(3), I(2), I(4), I(5), I(3), I(5)};
static const void *const status_vtbl[] = {PROP_METHODS, I(3), I(3), I(4), I(5)};
static const void *const container_vtbl[] = {CONTAINER_METHODS};
static const void *const message_vtbl[] = {PROP_METHODS, I(3), I(5), I(5), I(5), I(3), I(3), I(2), I(2)};
static const void *const ab_container_vtbl[] = {CONTAINER_METHODS, I(5), I(5), I(3), I(5)};
static const void *const table_vtbl[] = {UNKNOWN_METHODS,
                                         I(4),
                                         I(4),
                                         I(2),
                                         I(3),
                                         I(3),
                                         I(3),
                                         I(3),
                                         I(4),
                                         I(3),
                                         I(4),
                                         I(4),
                                         I(3),
                                         I(2),
                                         I(2),
                                         I(3),
                                         I(2),
                                         I(4),
                                         I(1),
                                         I(7),
                                         I(5),
                                         I(4),
                                         I(6),
                                         I(5)};
static const void *const store_vtbl[] = {PROP_METHODS, I(6), I(2), I(7), I(7), I(5), I(6),
                                         I(3),         I(2), I(4), I(3), I(3), I(4), I(2)};
static const void *const folder_vtbl[] = {
        CONTAINER_METHODS, I(4), I(7), I(5), I(7), I(9), I(6), I(5), I(5), I(6), I(3), I(4)};

#define INVALID_VTBL(vtbl)                                                                                             \
    {                                                                                                                  \
        ARRAY_SIZE(vtbl), (vtbl)                                                                                       \
    }
static const struct
{
    ULONG methods;
    const void *const *vtbl;
} known_vtbls[] = {
        INVALID_VTBL(unknown_vtbl),  INVALID_VTBL(ms_provider_vtbl),  INVALID_VTBL(ms_logon_vtbl),
        INVALID_VTBL(ab_logon_vtbl), INVALID_VTBL(prop_vtbl),         INVALID_VTBL(xp_logon_vtbl),
        INVALID_VTBL(status_vtbl),   INVALID_VTBL(container_vtbl),    INVALID_VTBL(message_vtbl),
        INVALID_VTBL(table_vtbl),    INVALID_VTBL(ab_container_vtbl), INVALID_VTBL(store_vtbl),
        INVALID_VTBL(folder_vtbl),
};

#ifdef _WIN64
/* Where the caller removes the parameters one method does for all. */
#define I8 I(1), I(1), I(1), I(1), I(1), I(1), I(1), I(1)
static const void *const any_vtbl[INVALID_METHODS_MAX] = {
        UNKNOWN_METHODS, I(1), I(1), I(1), I(1), I(1), I8, I8, I8, I8, I8, I8, I8};
#endif

static const void *const *find_vtbl(ULONG methods)
{
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(known_vtbls); i++)
    {
        if (known_vtbls[i].methods == methods)
            return known_vtbls[i].vtbl;
    }
#ifdef _WIN64
    if (methods <= INVALID_METHODS_MAX)
        return any_vtbl;
#endif
    return NULL;
}

HRESULT support_make_invalid(void *object, ULONG refcount, ULONG methods)
{
    const void *const *vtbl;
    struct invalid_object *invalid = object;

    if (methods < 3 || !refcount || !object || !memory_writable(object, INVALID_BYTES_MIN))
        return MAPI_E_INVALID_PARAMETER;
    if (!(vtbl = find_vtbl(methods)))
        return MAPI_E_NO_SUPPORT;
    invalid->refcount = refcount;
    invalid->vtbl = vtbl;
    return S_OK;
}
