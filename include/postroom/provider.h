/*
 * The service provider interface: what providers implement and what MAPI gives them.
 */
#ifndef POSTROOM_PROVIDER_H
#define POSTROOM_PROVIDER_H

#include <postroom/property.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What MAPI offers to a provider. */
#undef MAPI_IMAPISUPPORT_METHODS
#define MAPI_IMAPISUPPORT_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(GetMemAllocRoutines)(THIS_ LPALLOCATEBUFFER *lpAllocateBuffer, LPALLOCATEMORE *lpAllocateMore, \
            LPFREEBUFFER *lpFreeBuffer) IPURE; \
    MAPIMETHOD(Subscribe)(THIS_ LPNOTIFKEY lpKey, ULONG ulEventMask, ULONG ulFlags, LPMAPIADVISESINK lpAdviseSink, \
            ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unsubscribe)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(Notify)(THIS_ LPNOTIFKEY lpKey, ULONG cNotification, LPNOTIFICATION lpNotifications, \
            ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(ModifyStatusRow)(THIS_ ULONG cValues, LPSPropValue lpColumnVals, ULONG ulFlags) IPURE; \
    MAPIMETHOD(OpenProfileSection)(THIS_ LPMAPIUID lpUid, ULONG ulFlags, LPPROFSECT *lppProfileObj) IPURE; \
    MAPIMETHOD(RegisterPreprocessor)(THIS_ LPMAPIUID lpMuid, LPTSTR lpszAdrType, LPTSTR lpszDLLName, \
            LPSTR lpszPreprocess, LPSTR lpszRemovePreprocessInfo, ULONG ulFlags) IPURE; \
    MAPIMETHOD(NewUID)(THIS_ LPMAPIUID lpMuid) IPURE; \
    MAPIMETHOD(MakeInvalid)(THIS_ ULONG ulFlags, LPVOID lpObject, ULONG ulRefCount, ULONG cMethods) IPURE; \
    MAPIMETHOD(SpoolerYield)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(SpoolerNotify)(THIS_ ULONG ulFlags, LPVOID lpvData) IPURE; \
    MAPIMETHOD(CreateOneOff)(THIS_ LPTSTR lpszName, LPTSTR lpszAdrType, LPTSTR lpszAddress, ULONG ulFlags, \
            ULONG *lpcbEntryID, LPENTRYID *lppEntryID) IPURE; \
    MAPIMETHOD(SetProviderUID)(THIS_ LPMAPIUID lpProviderID, ULONG ulFlags) IPURE; \
    MAPIMETHOD(CompareEntryIDs)(THIS_ ULONG cbEntry1, LPENTRYID lpEntry1, ULONG cbEntry2, LPENTRYID lpEntry2, \
            ULONG ulCompareFlags, ULONG *lpulResult) IPURE; \
    MAPIMETHOD(OpenTemplateID)(THIS_ ULONG cbTemplateID, LPENTRYID lpTemplateID, ULONG ulTemplateFlags, \
            LPMAPIPROP lpMAPIPropData, LPCIID lpInterface, LPMAPIPROP *lppMAPIPropNew, \
            LPMAPIPROP lpMAPIPropSibling) IPURE; \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, ULONG ulOpenFlags, \
            ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(GetOneOffTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(Address)(THIS_ ULONG_PTR *lpulUIParam, LPADRPARM lpAdrParms, LPADRLIST *lppAdrList) IPURE; \
    MAPIMETHOD(Details)(THIS_ ULONG_PTR *lpulUIParam, LPFNDISMISS lpfnDismiss, LPVOID lpvDismissContext, \
            ULONG cbEntryID, LPENTRYID lpEntryID, LPFNBUTTON lpfButtonCallback, LPVOID lpvButtonContext, \
            LPTSTR lpszButtonText, ULONG ulFlags) IPURE; \
    MAPIMETHOD(NewEntry)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, ULONG cbEIDContainer, LPENTRYID lpEIDContainer, \
            ULONG cbEIDNewEntryTpl, LPENTRYID lpEIDNewEntryTpl, ULONG *lpcbEIDNewEntry, \
            LPENTRYID *lppEIDNewEntry) IPURE; \
    MAPIMETHOD(DoConfigPropsheet)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, LPTSTR lpszTitle, \
            LPMAPITABLE lpDisplayTable, LPMAPIPROP lpConfigData, ULONG ulTopPage) IPURE; \
    MAPIMETHOD(CopyMessages)(THIS_ LPCIID lpSrcInterface, LPVOID lpSrcFolder, LPENTRYLIST lpMsgList, \
            LPCIID lpDestInterface, LPVOID lpDestFolder, ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, \
            ULONG ulFlags) IPURE; \
    MAPIMETHOD(CopyFolder)(THIS_ LPCIID lpSrcInterface, LPVOID lpSrcFolder, ULONG cbEntryID, LPENTRYID lpEntryID, \
            LPCIID lpDestInterface, LPVOID lpDestFolder, LPTSTR lpszNewFolderName, ULONG_PTR ulUIParam, \
            LPMAPIPROGRESS lpProgress, ULONG ulFlags) IPURE; \
    MAPIMETHOD(DoCopyTo)(THIS_ LPCIID lpSrcInterface, LPVOID lpSrcObj, ULONG ciidExclude, LPCIID rgiidExclude, \
            LPSPropTagArray lpExcludeProps, ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, LPCIID lpDestInterface, \
            LPVOID lpDestObj, ULONG ulFlags, LPSPropProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(DoCopyProps)(THIS_ LPCIID lpSrcInterface, LPVOID lpSrcObj, LPSPropTagArray lpIncludeProps, \
            ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, LPCIID lpDestInterface, LPVOID lpDestObj, \
            ULONG ulFlags, LPSPropProblemArray *lppProblems) IPURE; \
    MAPIMETHOD(DoProgressDialog)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags, LPMAPIPROGRESS *lppProgress) IPURE; \
    MAPIMETHOD(ReadReceipt)(THIS_ ULONG ulFlags, LPMESSAGE lpReadMessage, LPMESSAGE *lppEmptyMessage) IPURE; \
    MAPIMETHOD(PrepareSubmit)(THIS_ LPMESSAGE lpMessage, ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(ExpandRecips)(THIS_ LPMESSAGE lpMessage, ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(UpdatePAB)(THIS_ ULONG ulFlags, LPMESSAGE lpMessage) IPURE; \
    MAPIMETHOD(DoSentMail)(THIS_ ULONG ulFlags, LPMESSAGE lpMessage) IPURE; \
    MAPIMETHOD(OpenAddressBook)(THIS_ LPCIID lpInterface, ULONG ulFlags, LPADRBOOK *lppAdrBook) IPURE; \
    MAPIMETHOD(Preprocess)(THIS_ ULONG ulFlags, ULONG cbEntryID, LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(CompleteMsg)(THIS_ ULONG ulFlags, ULONG cbEntryID, LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(StoreLogoffTransports)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(StatusRecips)(THIS_ LPMESSAGE lpMessage, LPADRLIST lpRecipList) IPURE; \
    MAPIMETHOD(WrapStoreEntryID)(THIS_ ULONG cbOrigEntry, LPENTRYID lpOrigEntry, ULONG *lpcbWrappedEntry, \
            LPENTRYID *lppWrappedEntry) IPURE; \
    MAPIMETHOD(ModifyProfile)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(IStorageFromStream)(THIS_ LPUNKNOWN lpUnkIn, LPCIID lpInterface, ULONG ulFlags, \
            LPSTORAGE *lppStorageOut) IPURE; \
    MAPIMETHOD(GetSvcConfigSupportObj)(THIS_ ULONG ulFlags, LPMAPISUP *lppSvcSupport) IPURE;

#undef INTERFACE
#define INTERFACE IMAPISupport
POSTROOM_INTERFACE(IMAPISupport, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IMAPISUPPORT_METHODS(PURE)
};

/* What ABProviderInit returns. */
#undef MAPI_IABPROVIDER_METHODS
#define MAPI_IABPROVIDER_METHODS(IPURE) \
    MAPIMETHOD(Shutdown)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(Logon)(THIS_ LPMAPISUP lpMAPISup, ULONG_PTR ulUIParam, LPTSTR lpszProfileName, ULONG ulFlags, \
            ULONG *lpulpcbSecurity, LPBYTE *lppbSecurity, LPMAPIERROR *lppMAPIError, LPABLOGON *lppABLogon) IPURE;

#undef INTERFACE
#define INTERFACE IABProvider
POSTROOM_INTERFACE(IABProvider, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IABPROVIDER_METHODS(PURE)
};

/* One logon to an address book provider. */
#undef MAPI_IABLOGON_METHODS
#define MAPI_IABLOGON_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(Logoff)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, ULONG ulFlags, \
            ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(CompareEntryIDs)(THIS_ ULONG cbEntryID1, LPENTRYID lpEntryID1, ULONG cbEntryID2, \
            LPENTRYID lpEntryID2, ULONG ulFlags, ULONG *lpulResult) IPURE; \
    MAPIMETHOD(Advise)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulEventMask, \
            LPMAPIADVISESINK lpAdviseSink, ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unadvise)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(OpenStatusEntry)(THIS_ LPCIID lpInterface, ULONG ulFlags, ULONG *lpulObjType, \
            LPMAPISTATUS *lppEntry) IPURE; \
    MAPIMETHOD(OpenTemplateID)(THIS_ ULONG cbTemplateID, LPENTRYID lpTemplateID, ULONG ulTemplateFlags, \
            LPMAPIPROP lpMAPIPropData, LPCIID lpInterface, LPMAPIPROP *lppMAPIPropNew, \
            LPMAPIPROP lpMAPIPropSibling) IPURE; \
    MAPIMETHOD(GetOneOffTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(PrepareRecips)(THIS_ ULONG ulFlags, LPSPropTagArray lpPropTagArray, LPADRLIST lpRecipList) IPURE;

#undef INTERFACE
#define INTERFACE IABLogon
POSTROOM_INTERFACE(IABLogon, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IABLOGON_METHODS(PURE)
};

/* What XPProviderInit returns. */
#undef MAPI_IXPPROVIDER_METHODS
#define MAPI_IXPPROVIDER_METHODS(IPURE) \
    MAPIMETHOD(Shutdown)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(TransportLogon)(THIS_ LPMAPISUP lpMAPISup, ULONG_PTR ulUIParam, LPTSTR lpszProfileName, \
            ULONG *lpulFlags, LPMAPIERROR *lppMAPIError, LPXPLOGON *lppXPLogon) IPURE;

#undef INTERFACE
#define INTERFACE IXPProvider
POSTROOM_INTERFACE(IXPProvider, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IXPPROVIDER_METHODS(PURE)
};

/* One logon to a transport provider. */
#undef MAPI_IXPLOGON_METHODS
#define MAPI_IXPLOGON_METHODS(IPURE) \
    MAPIMETHOD(AddressTypes)(THIS_ ULONG *lpulFlags, ULONG *lpcAdrType, LPTSTR **lpppAdrTypeArray, \
            ULONG *lpcMAPIUID, LPMAPIUID **lpppUIDArray) IPURE; \
    MAPIMETHOD(RegisterOptions)(THIS_ ULONG *lpulFlags, ULONG *lpcOptions, LPOPTIONDATA *lppOptions) IPURE; \
    MAPIMETHOD(TransportNotify)(THIS_ ULONG *lpulFlags, LPVOID *lppvData) IPURE; \
    MAPIMETHOD(Idle)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(TransportLogoff)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(SubmitMessage)(THIS_ ULONG ulFlags, LPMESSAGE lpMessage, ULONG_PTR *lpulMsgRef, \
            ULONG_PTR *lpulReturnParm) IPURE; \
    MAPIMETHOD(EndMessage)(THIS_ ULONG_PTR ulMsgRef, ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(Poll)(THIS_ ULONG *lpulIncoming) IPURE; \
    MAPIMETHOD(StartMessage)(THIS_ ULONG ulFlags, LPMESSAGE lpMessage, ULONG_PTR *lpulMsgRef) IPURE; \
    MAPIMETHOD(OpenStatusEntry)(THIS_ LPCIID lpInterface, ULONG ulFlags, ULONG *lpulObjType, \
            LPMAPISTATUS *lppEntry) IPURE; \
    MAPIMETHOD(ValidateState)(THIS_ ULONG_PTR ulUIParam, ULONG ulFlags) IPURE; \
    MAPIMETHOD(FlushQueues)(THIS_ ULONG_PTR ulUIParam, ULONG cbTargetTransport, LPENTRYID lpTargetTransport, \
            ULONG ulFlags) IPURE;

#undef INTERFACE
#define INTERFACE IXPLogon
POSTROOM_INTERFACE(IXPLogon, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IXPLOGON_METHODS(PURE)
};

/* What MSProviderInit returns. */
#undef MAPI_IMSPROVIDER_METHODS
#define MAPI_IMSPROVIDER_METHODS(IPURE) \
    MAPIMETHOD(Shutdown)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(Logon)(THIS_ LPMAPISUP lpMAPISup, ULONG_PTR ulUIParam, LPTSTR lpszProfileName, ULONG cbEntryID, \
            LPENTRYID lpEntryID, ULONG ulFlags, LPCIID lpInterface, ULONG *lpcbSpoolSecurity, \
            LPBYTE *lppbSpoolSecurity, LPMAPIERROR *lppMAPIError, LPMSLOGON *lppMSLogon, LPMDB *lppMDB) IPURE; \
    MAPIMETHOD(SpoolerLogon)(THIS_ LPMAPISUP lpMAPISup, ULONG_PTR ulUIParam, LPTSTR lpszProfileName, \
            ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulFlags, LPCIID lpInterface, ULONG cbSpoolSecurity, \
            LPBYTE lpbSpoolSecurity, LPMAPIERROR *lppMAPIError, LPMSLOGON *lppMSLogon, LPMDB *lppMDB) IPURE; \
    MAPIMETHOD(CompareStoreIDs)(THIS_ ULONG cbEntryID1, LPENTRYID lpEntryID1, ULONG cbEntryID2, \
            LPENTRYID lpEntryID2, ULONG ulFlags, ULONG *lpulResult) IPURE;

#undef INTERFACE
#define INTERFACE IMSProvider
POSTROOM_INTERFACE(IMSProvider, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IMSPROVIDER_METHODS(PURE)
};

/* One logon to a message store provider. */
#undef MAPI_IMSLOGON_METHODS
#define MAPI_IMSLOGON_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(Logoff)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, ULONG ulFlags, \
            ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(CompareEntryIDs)(THIS_ ULONG cbEntryID1, LPENTRYID lpEntryID1, ULONG cbEntryID2, \
            LPENTRYID lpEntryID2, ULONG ulFlags, ULONG *lpulResult) IPURE; \
    MAPIMETHOD(Advise)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulEventMask, \
            LPMAPIADVISESINK lpAdviseSink, ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unadvise)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(OpenStatusEntry)(THIS_ LPCIID lpInterface, ULONG ulFlags, ULONG *lpulObjType, \
            LPVOID *lppEntry) IPURE;

#undef INTERFACE
#define INTERFACE IMSLogon
POSTROOM_INTERFACE(IMSLogon, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IMSLOGON_METHODS(PURE)
};

/* What HPProviderInit returns. */
#undef MAPI_ISPOOLERHOOK_METHODS
#define MAPI_ISPOOLERHOOK_METHODS(IPURE) \
    MAPIMETHOD(InboundMsgHook)(THIS_ LPMESSAGE lpMessage, LPMAPIFOLDER lpFolder, LPMDB lpMDB, ULONG *lpulFlags, \
            ULONG *lpcbEntryID, LPBYTE *lppEntryID) IPURE; \
    MAPIMETHOD(OutboundMsgHook)(THIS_ LPMESSAGE lpMessage, LPMAPIFOLDER lpFolder, LPMDB lpMDB, ULONG *lpulFlags, \
            ULONG *lpcbEntryID, LPBYTE *lppEntryID) IPURE;

#undef INTERFACE
#define INTERFACE ISpoolerHook
POSTROOM_INTERFACE(ISpoolerHook, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_ISPOOLERHOOK_METHODS(PURE)
};

/* A message service's entry point. ulContext is one of MSG_SERVICE_*. */
typedef HRESULT(WINAPI MSGSERVICEENTRY)(HINSTANCE hInstance, LPMALLOC lpMalloc, LPMAPISUP lpMAPISup,
        ULONG_PTR ulUIParam, ULONG ulFlags, ULONG ulContext, ULONG cValues, LPSPropValue lpProps,
        LPPROVIDERADMIN lpProviderAdmin, LPMAPIERROR *lppMapiError);
typedef MSGSERVICEENTRY *LPMSGSERVICEENTRY;

#undef INTERFACE

#ifdef __cplusplus
}
#endif

#endif
