/*
 * prop_object: the IMAPIProp half of an object whose properties are fixed when it is made (status objects, one-off
 * recipients, the address book and its root).
 *
 * Who owns whom: the object embeds it. The bag is filled before the object is handed out and never changes, so
 * reading needs no lock. gate is the session's; every method asks it.
 */
#ifndef POSTROOM_PROP_PROP_OBJECT_H
#define POSTROOM_PROP_PROP_OBJECT_H

#include "prop/prop.h"

struct prop_object
{
    struct gate *gate;
    struct last_error last;
    struct prop_bag bag;
};

/* Takes a reference on the gate. */
void prop_object_init(struct prop_object *object, struct gate *gate);
/* Frees the bag, releases the gate (which may free the session). */
void prop_object_destroy(struct prop_object *object);

/* IMAPIProp's methods; parameters and results as on the pages imapiprop-*. Writing is refused with
 * MAPI_E_NO_ACCESS, named properties with MAPI_E_NO_SUPPORT. */
HRESULT prop_object_GetLastError(struct prop_object *object, HRESULT hResult, ULONG ulFlags, MAPIERROR **error);
HRESULT prop_object_SaveChanges(struct prop_object *object, ULONG ulFlags);
HRESULT prop_object_GetProps(struct prop_object *object, const SPropTagArray *tags, ULONG ulFlags, ULONG *count,
                             SPropValue **values);
HRESULT prop_object_GetPropList(struct prop_object *object, ULONG ulFlags, SPropTagArray **tags);
HRESULT prop_object_OpenProperty(struct prop_object *object, ULONG tag, IUnknown **unknown);
HRESULT prop_object_SetProps(struct prop_object *object, ULONG count, const SPropValue *values,
                             SPropProblemArray **problems);
HRESULT prop_object_DeleteProps(struct prop_object *object, const SPropTagArray *tags, SPropProblemArray **problems);
/* CopyTo (include FALSE, tags are left out) and CopyProps (include TRUE): through the target's SetProps. */
HRESULT prop_object_copy(struct prop_object *object, const SPropTagArray *tags, BOOL include, const IID *iid,
                         void *target, ULONG ulFlags, SPropProblemArray **problems);
HRESULT prop_object_named(struct prop_object *object);

/*
 * Defines the eleven IMAPIProp methods of an interface over the prop_object of the object behind it.
 * prefix: of the functions; iface_type: the interface; object_of: function from interface to struct prop_object *.
 */
#define PROP_OBJECT_METHODS(prefix, iface_type, object_of)                                                             \
    static HRESULT STDMETHODCALLTYPE prefix##_GetLastError(iface_type *iface, HRESULT hResult, ULONG ulFlags,          \
                                                           MAPIERROR **lppMAPIError)                                   \
    {                                                                                                                  \
        return prop_object_GetLastError(object_of(iface), hResult, ulFlags, lppMAPIError);                             \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_SaveChanges(iface_type *iface, ULONG ulFlags)                            \
    {                                                                                                                  \
        return prop_object_SaveChanges(object_of(iface), ulFlags);                                                     \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_GetProps(iface_type *iface, SPropTagArray *lpPropTagArray,               \
                                                       ULONG ulFlags, ULONG *lpcValues, SPropValue **lppPropArray)     \
    {                                                                                                                  \
        return prop_object_GetProps(object_of(iface), lpPropTagArray, ulFlags, lpcValues, lppPropArray);               \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_GetPropList(iface_type *iface, ULONG ulFlags,                            \
                                                          SPropTagArray **lppPropTagArray)                             \
    {                                                                                                                  \
        return prop_object_GetPropList(object_of(iface), ulFlags, lppPropTagArray);                                    \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_OpenProperty(iface_type *iface, ULONG ulPropTag, const IID *lpiid,       \
                                                           ULONG ulInterfaceOptions, ULONG ulFlags, IUnknown **lppUnk) \
    {                                                                                                                  \
        (void)lpiid;                                                                                                   \
        (void)ulInterfaceOptions;                                                                                      \
        (void)ulFlags;                                                                                                 \
        return prop_object_OpenProperty(object_of(iface), ulPropTag, lppUnk);                                          \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_SetProps(iface_type *iface, ULONG cValues, SPropValue *lpPropArray,      \
                                                       SPropProblemArray **lppProblems)                                \
    {                                                                                                                  \
        return prop_object_SetProps(object_of(iface), cValues, lpPropArray, lppProblems);                              \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_DeleteProps(iface_type *iface, SPropTagArray *lpPropTagArray,            \
                                                          SPropProblemArray **lppProblems)                             \
    {                                                                                                                  \
        return prop_object_DeleteProps(object_of(iface), lpPropTagArray, lppProblems);                                 \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_CopyTo(iface_type *iface, ULONG ciidExclude, const IID *rgiidExclude,    \
                                                     SPropTagArray *lpExcludeProps, ULONG_PTR ulUIParam,               \
                                                     IMAPIProgress *lpProgress, const IID *lpInterface,                \
                                                     void *lpDestObj, ULONG ulFlags, SPropProblemArray **lppProblems)  \
    {                                                                                                                  \
        (void)ciidExclude;                                                                                             \
        (void)rgiidExclude;                                                                                            \
        (void)ulUIParam;                                                                                               \
        (void)lpProgress;                                                                                              \
        return prop_object_copy(object_of(iface), lpExcludeProps, FALSE, lpInterface, lpDestObj, ulFlags,              \
                                lppProblems);                                                                          \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_CopyProps(                                                               \
            iface_type *iface, SPropTagArray *lpIncludeProps, ULONG_PTR ulUIParam, IMAPIProgress *lpProgress,          \
            const IID *lpInterface, void *lpDestObj, ULONG ulFlags, SPropProblemArray **lppProblems)                   \
    {                                                                                                                  \
        (void)ulUIParam;                                                                                               \
        (void)lpProgress;                                                                                              \
        return prop_object_copy(object_of(iface), lpIncludeProps, TRUE, lpInterface, lpDestObj, ulFlags, lppProblems); \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_GetNamesFromIDs(iface_type *iface, SPropTagArray **lppPropTags,          \
                                                              GUID *lpPropSetGuid, ULONG ulFlags, ULONG *lpcPropNames, \
                                                              MAPINAMEID ***lpppPropNames)                             \
    {                                                                                                                  \
        (void)lppPropTags;                                                                                             \
        (void)lpPropSetGuid;                                                                                           \
        (void)ulFlags;                                                                                                 \
        if (lpcPropNames)                                                                                              \
            *lpcPropNames = 0;                                                                                         \
        if (lpppPropNames)                                                                                             \
            *lpppPropNames = NULL;                                                                                     \
        return prop_object_named(object_of(iface));                                                                    \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_GetIDsFromNames(iface_type *iface, ULONG cPropNames,                     \
                                                              MAPINAMEID **lppPropNames, ULONG ulFlags,                \
                                                              SPropTagArray **lppPropTags)                             \
    {                                                                                                                  \
        (void)cPropNames;                                                                                              \
        (void)lppPropNames;                                                                                            \
        (void)ulFlags;                                                                                                 \
        if (lppPropTags)                                                                                               \
            *lppPropTags = NULL;                                                                                       \
        return prop_object_named(object_of(iface));                                                                    \
    }

/* The same eleven in the order of the vtable. */
#define PROP_OBJECT_VTBL(prefix)                                                                                       \
    prefix##_GetLastError, prefix##_SaveChanges, prefix##_GetProps, prefix##_GetPropList, prefix##_OpenProperty,       \
            prefix##_SetProps, prefix##_DeleteProps, prefix##_CopyTo, prefix##_CopyProps, prefix##_GetNamesFromIDs,    \
            prefix##_GetIDsFromNames

#endif
