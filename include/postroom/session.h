/*
 * The session, what it opens, and how it is shut down.
 */
#ifndef POSTROOM_SESSION_H
#define POSTROOM_SESSION_H

#include <postroom/property.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A session: what MAPILogonEx returns. */
#undef MAPI_IMAPISESSION_METHODS
#define MAPI_IMAPISESSION_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(GetMsgStoresTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(OpenMsgStore)(THIS_ ULONG_PTR ulUIParam, ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, \
            ULONG ulFlags, LPMDB *lppMDB) IPURE; \
    MAPIMETHOD(OpenAddressBook)(THIS_ ULONG_PTR ulUIParam, LPCIID lpInterface, ULONG ulFlags, \
            LPADRBOOK *lppAdrBook) IPURE; \
    MAPIMETHOD(OpenProfileSection)(THIS_ LPMAPIUID lpUID, LPCIID lpInterface, ULONG ulFlags, \
            LPPROFSECT *lppProfSect) IPURE; \
    MAPIMETHOD(GetStatusTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, ULONG ulFlags, \
            ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(CompareEntryIDs)(THIS_ ULONG cbEntryID1, LPENTRYID lpEntryID1, ULONG cbEntryID2, \
            LPENTRYID lpEntryID2, ULONG ulFlags, ULONG *lpulResult) IPURE; \
    MAPIMETHOD(Advise)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulEventMask, \
            LPMAPIADVISESINK lpAdviseSink, ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unadvise)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(MessageOptions)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, LPTSTR lpszAdrType, \
            LPMESSAGE lpMessage) IPURE; \
    MAPIMETHOD(QueryDefaultMessageOpt)(THIS_ LPTSTR lpszAdrType, ULONG ulFlags, ULONG *lpcValues, \
            LPSPropValue *lppOptions) IPURE; \
    MAPIMETHOD(EnumAdrTypes)(THIS_ ULONG ulFlags, ULONG *lpcAdrTypes, LPTSTR **lpppszAdrTypes) IPURE; \
    MAPIMETHOD(QueryIdentity)(THIS_ ULONG *lpcbEntryID, LPENTRYID *lppEntryID) IPURE; \
    MAPIMETHOD(Logoff)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, ULONG ulReserved) IPURE; \
    MAPIMETHOD(SetDefaultStore)(THIS_ ULONG ulFlags, ULONG cbEntryID, LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(AdminServices)(THIS_ ULONG ulFlags, LPSERVICEADMIN *lppServiceAdmin) IPURE; \
    MAPIMETHOD(ShowForm)(THIS_ ULONG_PTR ulUIParam, LPMDB lpMsgStore, LPMAPIFOLDER lpParentFolder, \
            LPCIID lpInterface, ULONG_PTR ulMessageToken, LPMESSAGE lpMessageSent, ULONG ulFlags, \
            ULONG ulMessageStatus, ULONG ulMessageFlags, ULONG ulAccess, LPSTR lpszMessageClass) IPURE; \
    MAPIMETHOD(PrepareForm)(THIS_ LPCIID lpInterface, LPMESSAGE lpMessage, ULONG_PTR *lpulMessageToken) IPURE;

#undef INTERFACE
#define INTERFACE IMAPISession
POSTROOM_INTERFACE(IMAPISession, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IMAPISESSION_METHODS(PURE)
};

/* The address books of a session as one. */
#undef MAPI_IADDRBOOK_METHODS
#define MAPI_IADDRBOOK_METHODS(IPURE) \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, ULONG ulFlags, \
            ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(CompareEntryIDs)(THIS_ ULONG cbEntryID1, LPENTRYID lpEntryID1, ULONG cbEntryID2, \
            LPENTRYID lpEntryID2, ULONG ulFlags, ULONG *lpulResult) IPURE; \
    MAPIMETHOD(Advise)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulEventMask, \
            LPMAPIADVISESINK lpAdviseSink, ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unadvise)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(CreateOneOff)(THIS_ LPTSTR lpszName, LPTSTR lpszAdrType, LPTSTR lpszAddress, ULONG ulFlags, \
            ULONG *lpcbEntryID, LPENTRYID *lppEntryID) IPURE; \
    MAPIMETHOD(NewEntry)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, ULONG cbEIDContainer, LPENTRYID lpEIDContainer, \
            ULONG cbEIDNewEntryTpl, LPENTRYID lpEIDNewEntryTpl, ULONG *lpcbEIDNewEntry, \
            LPENTRYID *lppEIDNewEntry) IPURE; \
    MAPIMETHOD(ResolveName)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, LPTSTR lpszNewEntryTitle, \
            LPADRLIST lpAdrList) IPURE; \
    MAPIMETHOD(Address)(THIS_ ULONG_PTR *lpulUIParam, LPADRPARM lpAdrParms, LPADRLIST *lppAdrList) IPURE; \
    MAPIMETHOD(Details)(THIS_ ULONG_PTR *lpulUIParam, LPFNDISMISS lpfnDismiss, LPVOID lpvDismissContext, \
            ULONG cbEntryID, LPENTRYID lpEntryID, LPFNBUTTON lpfButtonCallback, LPVOID lpvButtonContext, \
            LPTSTR lpszButtonText, ULONG ulFlags) IPURE; \
    MAPIMETHOD(RecipOptions)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, LPADRENTRY lpRecip) IPURE; \
    MAPIMETHOD(QueryDefaultRecipOpt)(THIS_ LPTSTR lpszAdrType, ULONG ulFlags, ULONG *lpcValues, \
            LPSPropValue *lppOptions) IPURE; \
    MAPIMETHOD(GetPAB)(THIS_ ULONG *lpcbEntryID, LPENTRYID *lppEntryID) IPURE; \
    MAPIMETHOD(SetPAB)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(GetDefaultDir)(THIS_ ULONG *lpcbEntryID, LPENTRYID *lppEntryID) IPURE; \
    MAPIMETHOD(SetDefaultDir)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(GetSearchPath)(THIS_ ULONG ulFlags, LPSRowSet *lppSearchPath) IPURE; \
    MAPIMETHOD(SetSearchPath)(THIS_ ULONG ulFlags, LPSRowSet lpSearchPath) IPURE; \
    MAPIMETHOD(PrepareRecips)(THIS_ ULONG ulFlags, LPSPropTagArray lpPropTagArray, LPADRLIST lpRecipList) IPURE;

#undef INTERFACE
#define INTERFACE IAddrBook
POSTROOM_INTERFACE(IAddrBook, IMAPIProp)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE) MAPI_IMAPIPROP_METHODS(PURE))
    MAPI_IADDRBOOK_METHODS(PURE)
};

/* A row of the status table as an object. */
#undef MAPI_IMAPISTATUS_METHODS
#define MAPI_IMAPISTATUS_METHODS(IPURE) \
    MAPIMETHOD(ValidateState)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags) IPURE; \
    MAPIMETHOD(SettingsDialog)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags) IPURE; \
    MAPIMETHOD(ChangePassword)(THIS_ LPTSTR lpOldPass, LPTSTR lpNewPass, ULONG ulFlags) IPURE; \
    MAPIMETHOD(FlushQueues)(THIS_ ULONG_PTR ulUIParam, ULONG cbTargetTransport, LPENTRYID lpTargetTransport, \
            ULONG ulFlags) IPURE;

#undef INTERFACE
#define INTERFACE IMAPIStatus
POSTROOM_INTERFACE(IMAPIStatus, IMAPIProp)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE) MAPI_IMAPIPROP_METHODS(PURE))
    MAPI_IMAPISTATUS_METHODS(PURE)
};

/* Fast shutdown, the client's side: QueryInterface of a session yields it. */
#undef MAPI_IMAPICLIENTSHUTDOWN_METHODS
#define MAPI_IMAPICLIENTSHUTDOWN_METHODS(IPURE) \
    MAPIMETHOD(QueryFastShutdown)(THIS) IPURE; \
    MAPIMETHOD(NotifyProcessShutdown)(THIS) IPURE; \
    MAPIMETHOD(DoFastShutdown)(THIS) IPURE;

#undef INTERFACE
#define INTERFACE IMAPIClientShutdown
POSTROOM_INTERFACE(IMAPIClientShutdown, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IMAPICLIENTSHUTDOWN_METHODS(PURE)
};

/* Fast shutdown, the provider's side: asked for on logon and provider objects. */
#undef MAPI_IMAPIPROVIDERSHUTDOWN_METHODS
#define MAPI_IMAPIPROVIDERSHUTDOWN_METHODS(IPURE) \
    MAPIMETHOD(QueryFastShutdown)(THIS) IPURE; \
    MAPIMETHOD(NotifyProcessShutdown)(THIS) IPURE; \
    MAPIMETHOD(DoFastShutdown)(THIS) IPURE;

#undef INTERFACE
#define INTERFACE IMAPIProviderShutdown
POSTROOM_INTERFACE(IMAPIProviderShutdown, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IMAPIPROVIDERSHUTDOWN_METHODS(PURE)
};

/* The session of a support object. */
#undef MAPI_IMAPIGETSESSION_METHODS
#define MAPI_IMAPIGETSESSION_METHODS(IPURE) \
    MAPIMETHOD(GetMAPISession)(THIS_ LPUNKNOWN *lppSession) IPURE;

#undef INTERFACE
#define INTERFACE IMAPIGetSession
POSTROOM_INTERFACE(IMAPIGetSession, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IMAPIGETSESSION_METHODS(PURE)
};

#undef INTERFACE

#ifdef __cplusplus
}
#endif

#endif
