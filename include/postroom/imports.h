/*
 * What these headers take from mingw-w64's MAPI headers: structures, constants, property tags and codes, and the
 * prototypes that are right. mingw-w64 declares ULONG where 64-bit MAPI has ULONG_PTR, so none of its interface
 * definitions is taken: while its headers are read, DECLARE_INTERFACE_ makes scratch structures that nobody uses, and
 * the few types that are wrong are read under another name. The real names are declared by the headers beside this.
 */
#ifndef POSTROOM_IMPORTS_H
#define POSTROOM_IMPORTS_H

#if defined(MAPIDEFS_H)
#error "Include <postroom/mapix.h> before <mapix.h>, <mapidefs.h> and the like (or instead of them)."
#endif
#if defined(MAPI_IF)
#error "MAPI_IF is not supported: interfaces are declared as COM does (see COBJMACROS and CINTERFACE)."
#endif

#include <windows.h>
#include <ole2.h>

/* One name for each interface and for a pointer to it, before anything mentions them. */
#if defined(__cplusplus)
#define POSTROOM_FORWARD(iface, pointer) \
    struct iface; \
    typedef struct iface *pointer
#else
#define POSTROOM_FORWARD(iface, pointer) typedef struct iface iface, *pointer
#endif

POSTROOM_FORWARD(IMAPIAdviseSink, LPMAPIADVISESINK);
POSTROOM_FORWARD(IMAPIProgress, LPMAPIPROGRESS);
POSTROOM_FORWARD(IMAPIProp, LPMAPIPROP);
POSTROOM_FORWARD(IPropData, LPPROPDATA);
POSTROOM_FORWARD(IMAPITable, LPMAPITABLE);
POSTROOM_FORWARD(ITableData, LPTABLEDATA);
POSTROOM_FORWARD(IProfSect, LPPROFSECT);
POSTROOM_FORWARD(IProviderAdmin, LPPROVIDERADMIN);
POSTROOM_FORWARD(IMsgServiceAdmin, LPSERVICEADMIN);
POSTROOM_FORWARD(IMsgServiceAdmin2, LPSERVICEADMIN2);
POSTROOM_FORWARD(IProfAdmin, LPPROFADMIN);
POSTROOM_FORWARD(IMAPISession, LPMAPISESSION);
POSTROOM_FORWARD(IAddrBook, LPADRBOOK);
POSTROOM_FORWARD(IMAPIClientShutdown, LPMAPICLIENTSHUTDOWN);
POSTROOM_FORWARD(IMAPIProviderShutdown, LPMAPIPROVIDERSHUTDOWN);
POSTROOM_FORWARD(IMAPIGetSession, LPMAPIGETSESSION);
POSTROOM_FORWARD(IMAPIStatus, LPMAPISTATUS);
POSTROOM_FORWARD(IMAPIContainer, LPMAPICONTAINER);
POSTROOM_FORWARD(IABContainer, LPABCONT);
POSTROOM_FORWARD(IMailUser, LPMAILUSER);
POSTROOM_FORWARD(IDistList, LPDISTLIST);
POSTROOM_FORWARD(IMAPIFolder, LPMAPIFOLDER);
POSTROOM_FORWARD(IMsgStore, LPMDB);
POSTROOM_FORWARD(IMessage, LPMESSAGE);
POSTROOM_FORWARD(IAttach, LPATTACH);
POSTROOM_FORWARD(IMAPIControl, LPMAPICONTROL);
POSTROOM_FORWARD(IMAPISupport, LPMAPISUP);
POSTROOM_FORWARD(IABProvider, LPABPROVIDER);
POSTROOM_FORWARD(IABLogon, LPABLOGON);
POSTROOM_FORWARD(IXPProvider, LPXPPROVIDER);
POSTROOM_FORWARD(IXPLogon, LPXPLOGON);
POSTROOM_FORWARD(IMSProvider, LPMSPROVIDER);
POSTROOM_FORWARD(IMSLogon, LPMSLOGON);
POSTROOM_FORWARD(ISpoolerHook, LPSPOOLERHOOK);
POSTROOM_FORWARD(IPersistMessage, LPPERSISTMESSAGE);
POSTROOM_FORWARD(IMAPIMessageSite, LPMAPIMESSAGESITE);
POSTROOM_FORWARD(IMAPIForm, LPMAPIFORM);
POSTROOM_FORWARD(IMAPIViewContext, LPMAPIVIEWCONTEXT);
POSTROOM_FORWARD(IMAPIFormAdviseSink, LPMAPIFORMADVISESINK);
POSTROOM_FORWARD(IMAPIViewAdviseSink, LPMAPIVIEWADVISESINK);
POSTROOM_FORWARD(IMAPIFormInfo, LPMAPIFORMINFO);
POSTROOM_FORWARD(IMAPIFormMgr, LPMAPIFORMMGR);
POSTROOM_FORWARD(IMAPIFormContainer, LPMAPIFORMCONTAINER);
POSTROOM_FORWARD(IMAPIFormFactory, LPMAPIFORMFACTORY);
POSTROOM_FORWARD(ITnef, LPITNEF);

#undef POSTROOM_FORWARD

#pragma push_macro("DECLARE_INTERFACE_")
#undef DECLARE_INTERFACE_
#define DECLARE_INTERFACE_(iface, base) struct iface##_of_mingw

/* Wrong on Win64: width of a handle that is a ULONG_PTR, or a structure that holds such a thing. */
#define BOOKMARK BOOKMARK_of_mingw
#define ACCELERATEABSDI ACCELERATEABSDI_of_mingw
#define LPFNABSDI LPFNABSDI_of_mingw
#define DISMISSMODELESS DISMISSMODELESS_of_mingw
#define LPFNDISMISS LPFNDISMISS_of_mingw
#define LPFNBUTTON LPFNBUTTON_of_mingw
#define _ADRPARM ADRPARM_tag_of_mingw
#define ADRPARM ADRPARM_of_mingw
#define LPADRPARM LPADRPARM_of_mingw
#define CALLERRELEASE CALLERRELEASE_of_mingw
#define MSGSERVICEENTRY MSGSERVICEENTRY_of_mingw
#define LPMSGSERVICEENTRY LPMSGSERVICEENTRY_of_mingw

/* guids.h takes the place of this one. */
#pragma push_macro("MAPIGUID_H")
#ifndef MAPIGUID_H
#define MAPIGUID_H
#endif

#include <mapidefs.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapiform.h>
#include <mapihook.h>
#include <tnef.h>

/* Read a second time by a program, it would only repeat declarations; with INITGUID it would define them twice. */
#if !defined(INITGUID)
#pragma pop_macro("MAPIGUID_H")
#endif

#undef BOOKMARK
#undef ACCELERATEABSDI
#undef LPFNABSDI
#undef DISMISSMODELESS
#undef LPFNDISMISS
#undef LPFNBUTTON
#undef _ADRPARM
#undef ADRPARM
#undef LPADRPARM
#undef CALLERRELEASE
#undef MSGSERVICEENTRY
#undef LPMSGSERVICEENTRY

#pragma pop_macro("DECLARE_INTERFACE_")

/* These keep working, but an object of this kind has one list of methods now. */
#undef MAPI_IMAPISUPPORT_METHODS1
#undef MAPI_IMAPISUPPORT_METHODS2
#undef MAPI_IMAPISUPPORT_METHODS3
#define MAPI_IMAPISUPPORT_METHODS1(IPURE) MAPI_IMAPISUPPORT_METHODS(IPURE)
#define MAPI_IMAPISUPPORT_METHODS2(IPURE)
#define MAPI_IMAPISUPPORT_METHODS3(IPURE)

/*
 * An interface: in C++ an abstract class that adds its own methods to those of base, in C a structure with a pointer
 * to a table of all of them. The table is constant for everybody but the one who defines it.
 */
#undef POSTROOM_INTERFACE
#undef POSTROOM_INHERITED
#if defined(__cplusplus) && !defined(CINTERFACE)
#define POSTROOM_INTERFACE(iface, base) struct DECLSPEC_NOVTABLE iface : public base
#define POSTROOM_INHERITED(methods)
#else
#define POSTROOM_INTERFACE(iface, base) \
    typedef struct iface##Vtbl iface##Vtbl; \
    struct iface \
    { \
        const struct iface##Vtbl *lpVtbl; \
    }; \
    struct iface##Vtbl
#define POSTROOM_INHERITED(methods) methods
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef ULONG_PTR BOOKMARK;

/* Called back by the address book's dialogs. ulUIParam is a window handle. */
typedef BOOL(WINAPI ACCELERATEABSDI)(ULONG_PTR ulUIParam, LPVOID lpvmsg);
typedef ACCELERATEABSDI *LPFNABSDI;
typedef void(WINAPI DISMISSMODELESS)(ULONG_PTR ulUIParam, LPVOID lpvContext);
typedef DISMISSMODELESS *LPFNDISMISS;
typedef SCODE(WINAPI *LPFNBUTTON)(ULONG_PTR ulUIParam, LPVOID lpvContext, ULONG cbEntryID, LPENTRYID lpSelection,
        ULONG ulFlags);

/* What IAddrBook::Address shall show. */
typedef struct _ADRPARM
{
    ULONG cbABContEntryID;
    LPENTRYID lpABContEntryID;
    ULONG ulFlags;
    LPVOID lpReserved;
    ULONG ulHelpContext;
    LPTSTR lpszHelpFileName;
    LPFNABSDI lpfnABSDI;
    LPFNDISMISS lpfnDismiss;
    LPVOID lpvDismissContext;
    LPTSTR lpszCaption;
    LPTSTR lpszNewEntryTitle;
    LPTSTR lpszDestWellsTitle;
    ULONG cDestFields;
    ULONG nDestFieldFocus;
    LPTSTR *lppszDestTitles;
    ULONG *lpulDestComps;
    LPSRestriction lpContRestriction;
    LPSRestriction lpHierRestriction;
} ADRPARM, *LPADRPARM;

#ifdef __cplusplus
}
#endif

#include <postroom/constants.h>
#include <postroom/guid_names.h>

#endif
