/*
 * Properties, progress and notifications: the interfaces that the others build on.
 */
#ifndef POSTROOM_PROPERTY_H
#define POSTROOM_PROPERTY_H

#include <postroom/imports.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Receives notifications; the client implements it. */
#undef MAPI_IMAPIADVISESINK_METHODS
#define MAPI_IMAPIADVISESINK_METHODS(IPURE) \
    MAPIMETHOD_(ULONG, OnNotify)(THIS_ ULONG cNotif, LPNOTIFICATION lpNotifications) IPURE;

#undef INTERFACE
#define INTERFACE IMAPIAdviseSink
POSTROOM_INTERFACE(IMAPIAdviseSink, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IMAPIADVISESINK_METHODS(PURE)
};

/* A progress indicator that a client lends to a long operation. */
#undef MAPI_IMAPIPROGRESS_METHODS
#define MAPI_IMAPIPROGRESS_METHODS(IPURE) \
    MAPIMETHOD(Progress)(THIS_ ULONG ulValue, ULONG ulCount, ULONG ulTotal) IPURE; \
    MAPIMETHOD(GetFlags)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(GetMax)(THIS_ ULONG *lpulMax) IPURE; \
    MAPIMETHOD(GetMin)(THIS_ ULONG *lpulMin) IPURE; \
    MAPIMETHOD(SetLimits)(THIS_ LPULONG lpulMin, LPULONG lpulMax, LPULONG lpulFlags) IPURE;

#undef INTERFACE
#define INTERFACE IMAPIProgress
POSTROOM_INTERFACE(IMAPIProgress, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IMAPIPROGRESS_METHODS(PURE)
};

/* Properties of an object: the base of most interfaces. */
#undef MAPI_IMAPIPROP_METHODS
#define MAPI_IMAPIPROP_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(SaveChanges)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(GetProps)(THIS_ LPSPropTagArray lpPropTagArray, ULONG ulFlags, ULONG *lpcValues, \
            LPSPropValue *lppPropArray) IPURE; \
    MAPIMETHOD(GetPropList)(THIS_ ULONG ulFlags, LPSPropTagArray *lppPropTagArray) IPURE; \
    MAPIMETHOD(OpenProperty)(THIS_ ULONG ulPropTag, LPCIID lpiid, ULONG ulInterfaceOptions, ULONG ulFlags, \
            LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(SetProps)(THIS_ ULONG cValues, LPSPropValue lpPropArray, LPSPropProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(DeleteProps)(THIS_ LPSPropTagArray lpPropTagArray, LPSPropProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(CopyTo)(THIS_ ULONG ciidExclude, LPCIID rgiidExclude, LPSPropTagArray lpExcludeProps, \
            ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, LPCIID lpInterface, LPVOID lpDestObj, ULONG ulFlags, \
            LPSPropProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(CopyProps)(THIS_ LPSPropTagArray lpIncludeProps, ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, \
            LPCIID lpInterface, LPVOID lpDestObj, ULONG ulFlags, LPSPropProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(GetNamesFromIDs)(THIS_ LPSPropTagArray *lppPropTags, LPGUID lpPropSetGuid, ULONG ulFlags, \
            ULONG *lpcPropNames, LPMAPINAMEID **lpppPropNames) IPURE; \
    MAPIMETHOD(GetIDsFromNames)(THIS_ ULONG cPropNames, LPMAPINAMEID *lppPropNames, ULONG ulFlags, \
            LPSPropTagArray *lppPropTags) IPURE;

#undef INTERFACE
#define INTERFACE IMAPIProp
POSTROOM_INTERFACE(IMAPIProp, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IMAPIPROP_METHODS(PURE)
};

/* Properties kept in memory (CreateIProp). */
#undef MAPI_IPROPDATA_METHODS
#define MAPI_IPROPDATA_METHODS(IPURE) \
    MAPIMETHOD(HrSetObjAccess)(THIS_ ULONG ulAccess) IPURE; \
    MAPIMETHOD(HrSetPropAccess)(THIS_ LPSPropTagArray lpPropTagArray, ULONG *rgulAccess) IPURE; \
    MAPIMETHOD(HrGetPropAccess)(THIS_ LPSPropTagArray *lppPropTagArray, ULONG **lprgulAccess) IPURE; \
    MAPIMETHOD(HrAddObjProps)(THIS_ LPSPropTagArray lppPropTagArray, LPSPropProblemArray *lprgulAccess) IPURE;

#undef INTERFACE
#define INTERFACE IPropData
POSTROOM_INTERFACE(IPropData, IMAPIProp)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE) MAPI_IMAPIPROP_METHODS(PURE))
    MAPI_IPROPDATA_METHODS(PURE)
};

#undef INTERFACE

#ifdef __cplusplus
}
#endif

#endif
