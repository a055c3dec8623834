/*
 * Call macros for C, as COM has them with COBJMACROS: sessions, profiles, tables and properties.
 */
#ifndef POSTROOM_CALLS_SESSION_H
#define POSTROOM_CALLS_SESSION_H

#if defined(COBJMACROS) && (!defined(__cplusplus) || defined(CINTERFACE))

/* IMAPISession */
#define IMAPISession_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPISession_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPISession_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPISession_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPISession_GetMsgStoresTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetMsgStoresTable(This, ulFlags, lppTable))
#define IMAPISession_OpenMsgStore(This, ulUIParam, cbEntryID, lpEntryID, lpInterface, ulFlags, lppMDB) \
    ((This)->lpVtbl->OpenMsgStore(This, ulUIParam, cbEntryID, lpEntryID, lpInterface, ulFlags, lppMDB))
#define IMAPISession_OpenAddressBook(This, ulUIParam, lpInterface, ulFlags, lppAdrBook) \
    ((This)->lpVtbl->OpenAddressBook(This, ulUIParam, lpInterface, ulFlags, lppAdrBook))
#define IMAPISession_OpenProfileSection(This, lpUID, lpInterface, ulFlags, lppProfSect) \
    ((This)->lpVtbl->OpenProfileSection(This, lpUID, lpInterface, ulFlags, lppProfSect))
#define IMAPISession_GetStatusTable(This, ulFlags, lppTable) ((This)->lpVtbl->GetStatusTable(This, ulFlags, lppTable))
#define IMAPISession_OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk) \
    ((This)->lpVtbl->OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk))
#define IMAPISession_CompareEntryIDs(This, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, ulFlags, lpulResult) \
    ((This)->lpVtbl->CompareEntryIDs(This, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, ulFlags, lpulResult))
#define IMAPISession_Advise(This, cbEntryID, lpEntryID, ulEventMask, lpAdviseSink, lpulConnection) \
    ((This)->lpVtbl->Advise(This, cbEntryID, lpEntryID, ulEventMask, lpAdviseSink, lpulConnection))
#define IMAPISession_Unadvise(This, ulConnection) ((This)->lpVtbl->Unadvise(This, ulConnection))
#define IMAPISession_MessageOptions(This, ulUIParam, ulFlags, lpszAdrType, lpMessage) \
    ((This)->lpVtbl->MessageOptions(This, ulUIParam, ulFlags, lpszAdrType, lpMessage))
#define IMAPISession_QueryDefaultMessageOpt(This, lpszAdrType, ulFlags, lpcValues, lppOptions) \
    ((This)->lpVtbl->QueryDefaultMessageOpt(This, lpszAdrType, ulFlags, lpcValues, lppOptions))
#define IMAPISession_EnumAdrTypes(This, ulFlags, lpcAdrTypes, lpppszAdrTypes) \
    ((This)->lpVtbl->EnumAdrTypes(This, ulFlags, lpcAdrTypes, lpppszAdrTypes))
#define IMAPISession_QueryIdentity(This, lpcbEntryID, lppEntryID) \
    ((This)->lpVtbl->QueryIdentity(This, lpcbEntryID, lppEntryID))
#define IMAPISession_Logoff(This, ulUIParam, ulFlags, ulReserved) \
    ((This)->lpVtbl->Logoff(This, ulUIParam, ulFlags, ulReserved))
#define IMAPISession_SetDefaultStore(This, ulFlags, cbEntryID, lpEntryID) \
    ((This)->lpVtbl->SetDefaultStore(This, ulFlags, cbEntryID, lpEntryID))
#define IMAPISession_AdminServices(This, ulFlags, lppServiceAdmin) \
    ((This)->lpVtbl->AdminServices(This, ulFlags, lppServiceAdmin))
#define IMAPISession_ShowForm(This, ulUIParam, lpMsgStore, lpParentFolder, lpInterface, ulMessageToken, \
            lpMessageSent, ulFlags, ulMessageStatus, ulMessageFlags, ulAccess, lpszMessageClass) \
    ((This)->lpVtbl->ShowForm(This, ulUIParam, lpMsgStore, lpParentFolder, lpInterface, ulMessageToken, \
            lpMessageSent, ulFlags, ulMessageStatus, ulMessageFlags, ulAccess, lpszMessageClass))
#define IMAPISession_PrepareForm(This, lpInterface, lpMessage, lpulMessageToken) \
    ((This)->lpVtbl->PrepareForm(This, lpInterface, lpMessage, lpulMessageToken))

/* IAddrBook */
#define IAddrBook_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IAddrBook_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IAddrBook_Release(This) ((This)->lpVtbl->Release(This))
#define IAddrBook_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IAddrBook_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IAddrBook_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IAddrBook_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IAddrBook_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IAddrBook_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IAddrBook_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IAddrBook_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IAddrBook_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IAddrBook_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IAddrBook_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))
#define IAddrBook_OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk) \
    ((This)->lpVtbl->OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk))
#define IAddrBook_CompareEntryIDs(This, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, ulFlags, lpulResult) \
    ((This)->lpVtbl->CompareEntryIDs(This, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, ulFlags, lpulResult))
#define IAddrBook_Advise(This, cbEntryID, lpEntryID, ulEventMask, lpAdviseSink, lpulConnection) \
    ((This)->lpVtbl->Advise(This, cbEntryID, lpEntryID, ulEventMask, lpAdviseSink, lpulConnection))
#define IAddrBook_Unadvise(This, ulConnection) ((This)->lpVtbl->Unadvise(This, ulConnection))
#define IAddrBook_CreateOneOff(This, lpszName, lpszAdrType, lpszAddress, ulFlags, lpcbEntryID, lppEntryID) \
    ((This)->lpVtbl->CreateOneOff(This, lpszName, lpszAdrType, lpszAddress, ulFlags, lpcbEntryID, lppEntryID))
#define IAddrBook_NewEntry(This, ulUIParam, ulFlags, cbEIDContainer, lpEIDContainer, cbEIDNewEntryTpl, \
            lpEIDNewEntryTpl, lpcbEIDNewEntry, lppEIDNewEntry) \
    ((This)->lpVtbl->NewEntry(This, ulUIParam, ulFlags, cbEIDContainer, lpEIDContainer, cbEIDNewEntryTpl, \
            lpEIDNewEntryTpl, lpcbEIDNewEntry, lppEIDNewEntry))
#define IAddrBook_ResolveName(This, ulUIParam, ulFlags, lpszNewEntryTitle, lpAdrList) \
    ((This)->lpVtbl->ResolveName(This, ulUIParam, ulFlags, lpszNewEntryTitle, lpAdrList))
#define IAddrBook_Address(This, lpulUIParam, lpAdrParms, lppAdrList) \
    ((This)->lpVtbl->Address(This, lpulUIParam, lpAdrParms, lppAdrList))
#define IAddrBook_Details(This, lpulUIParam, lpfnDismiss, lpvDismissContext, cbEntryID, lpEntryID, lpfButtonCallback, \
            lpvButtonContext, lpszButtonText, ulFlags) \
    ((This)->lpVtbl->Details(This, lpulUIParam, lpfnDismiss, lpvDismissContext, cbEntryID, lpEntryID, \
            lpfButtonCallback, lpvButtonContext, lpszButtonText, ulFlags))
#define IAddrBook_RecipOptions(This, ulUIParam, ulFlags, lpRecip) \
    ((This)->lpVtbl->RecipOptions(This, ulUIParam, ulFlags, lpRecip))
#define IAddrBook_QueryDefaultRecipOpt(This, lpszAdrType, ulFlags, lpcValues, lppOptions) \
    ((This)->lpVtbl->QueryDefaultRecipOpt(This, lpszAdrType, ulFlags, lpcValues, lppOptions))
#define IAddrBook_GetPAB(This, lpcbEntryID, lppEntryID) ((This)->lpVtbl->GetPAB(This, lpcbEntryID, lppEntryID))
#define IAddrBook_SetPAB(This, cbEntryID, lpEntryID) ((This)->lpVtbl->SetPAB(This, cbEntryID, lpEntryID))
#define IAddrBook_GetDefaultDir(This, lpcbEntryID, lppEntryID) \
    ((This)->lpVtbl->GetDefaultDir(This, lpcbEntryID, lppEntryID))
#define IAddrBook_SetDefaultDir(This, cbEntryID, lpEntryID) ((This)->lpVtbl->SetDefaultDir(This, cbEntryID, lpEntryID))
#define IAddrBook_GetSearchPath(This, ulFlags, lppSearchPath) \
    ((This)->lpVtbl->GetSearchPath(This, ulFlags, lppSearchPath))
#define IAddrBook_SetSearchPath(This, ulFlags, lpSearchPath) \
    ((This)->lpVtbl->SetSearchPath(This, ulFlags, lpSearchPath))
#define IAddrBook_PrepareRecips(This, ulFlags, lpPropTagArray, lpRecipList) \
    ((This)->lpVtbl->PrepareRecips(This, ulFlags, lpPropTagArray, lpRecipList))

/* IMAPIStatus */
#define IMAPIStatus_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIStatus_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIStatus_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIStatus_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPIStatus_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IMAPIStatus_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IMAPIStatus_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IMAPIStatus_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IMAPIStatus_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IMAPIStatus_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IMAPIStatus_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IMAPIStatus_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IMAPIStatus_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IMAPIStatus_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))
#define IMAPIStatus_ValidateState(This, ulUIParam, ulFlags) ((This)->lpVtbl->ValidateState(This, ulUIParam, ulFlags))
#define IMAPIStatus_SettingsDialog(This, ulUIParam, ulFlags) ((This)->lpVtbl->SettingsDialog(This, ulUIParam, ulFlags))
#define IMAPIStatus_ChangePassword(This, lpOldPass, lpNewPass, ulFlags) \
    ((This)->lpVtbl->ChangePassword(This, lpOldPass, lpNewPass, ulFlags))
#define IMAPIStatus_FlushQueues(This, ulUIParam, cbTargetTransport, lpTargetTransport, ulFlags) \
    ((This)->lpVtbl->FlushQueues(This, ulUIParam, cbTargetTransport, lpTargetTransport, ulFlags))

/* IMAPIClientShutdown */
#define IMAPIClientShutdown_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIClientShutdown_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIClientShutdown_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIClientShutdown_QueryFastShutdown(This) ((This)->lpVtbl->QueryFastShutdown(This))
#define IMAPIClientShutdown_NotifyProcessShutdown(This) ((This)->lpVtbl->NotifyProcessShutdown(This))
#define IMAPIClientShutdown_DoFastShutdown(This) ((This)->lpVtbl->DoFastShutdown(This))

/* IMAPIProviderShutdown */
#define IMAPIProviderShutdown_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIProviderShutdown_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIProviderShutdown_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIProviderShutdown_QueryFastShutdown(This) ((This)->lpVtbl->QueryFastShutdown(This))
#define IMAPIProviderShutdown_NotifyProcessShutdown(This) ((This)->lpVtbl->NotifyProcessShutdown(This))
#define IMAPIProviderShutdown_DoFastShutdown(This) ((This)->lpVtbl->DoFastShutdown(This))

/* IMAPIGetSession */
#define IMAPIGetSession_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIGetSession_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIGetSession_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIGetSession_GetMAPISession(This, lppSession) ((This)->lpVtbl->GetMAPISession(This, lppSession))

/* IProfSect */
#define IProfSect_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IProfSect_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IProfSect_Release(This) ((This)->lpVtbl->Release(This))
#define IProfSect_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IProfSect_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IProfSect_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IProfSect_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IProfSect_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IProfSect_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IProfSect_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IProfSect_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IProfSect_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IProfSect_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IProfSect_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))

/* IProviderAdmin */
#define IProviderAdmin_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IProviderAdmin_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IProviderAdmin_Release(This) ((This)->lpVtbl->Release(This))
#define IProviderAdmin_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IProviderAdmin_GetProviderTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetProviderTable(This, ulFlags, lppTable))
#define IProviderAdmin_CreateProvider(This, lpszProvider, cValues, lpProps, ulUIParam, ulFlags, lpUID) \
    ((This)->lpVtbl->CreateProvider(This, lpszProvider, cValues, lpProps, ulUIParam, ulFlags, lpUID))
#define IProviderAdmin_DeleteProvider(This, lpUID) ((This)->lpVtbl->DeleteProvider(This, lpUID))
#define IProviderAdmin_OpenProfileSection(This, lpUID, lpInterface, ulFlags, lppProfSect) \
    ((This)->lpVtbl->OpenProfileSection(This, lpUID, lpInterface, ulFlags, lppProfSect))

/* IMsgServiceAdmin */
#define IMsgServiceAdmin_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMsgServiceAdmin_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMsgServiceAdmin_Release(This) ((This)->lpVtbl->Release(This))
#define IMsgServiceAdmin_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMsgServiceAdmin_GetMsgServiceTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetMsgServiceTable(This, ulFlags, lppTable))
#define IMsgServiceAdmin_CreateMsgService(This, lpszService, lpszDisplayName, ulUIParam, ulFlags) \
    ((This)->lpVtbl->CreateMsgService(This, lpszService, lpszDisplayName, ulUIParam, ulFlags))
#define IMsgServiceAdmin_DeleteMsgService(This, lpUID) ((This)->lpVtbl->DeleteMsgService(This, lpUID))
#define IMsgServiceAdmin_CopyMsgService(This, lpUID, lpszDisplayName, lpInterfaceToCopy, lpInterfaceDst, lpObjectDst, \
            ulUIParam, ulFlags) \
    ((This)->lpVtbl->CopyMsgService(This, lpUID, lpszDisplayName, lpInterfaceToCopy, lpInterfaceDst, lpObjectDst, \
            ulUIParam, ulFlags))
#define IMsgServiceAdmin_RenameMsgService(This, lpUID, ulFlags, lpszDisplayName) \
    ((This)->lpVtbl->RenameMsgService(This, lpUID, ulFlags, lpszDisplayName))
#define IMsgServiceAdmin_ConfigureMsgService(This, lpUID, ulUIParam, ulFlags, cValues, lpProps) \
    ((This)->lpVtbl->ConfigureMsgService(This, lpUID, ulUIParam, ulFlags, cValues, lpProps))
#define IMsgServiceAdmin_OpenProfileSection(This, lpUID, lpInterface, ulFlags, lppProfSect) \
    ((This)->lpVtbl->OpenProfileSection(This, lpUID, lpInterface, ulFlags, lppProfSect))
#define IMsgServiceAdmin_MsgServiceTransportOrder(This, cUID, lpUIDList, ulFlags) \
    ((This)->lpVtbl->MsgServiceTransportOrder(This, cUID, lpUIDList, ulFlags))
#define IMsgServiceAdmin_AdminProviders(This, lpUID, ulFlags, lppProviderAdmin) \
    ((This)->lpVtbl->AdminProviders(This, lpUID, ulFlags, lppProviderAdmin))
#define IMsgServiceAdmin_SetPrimaryIdentity(This, lpUID, ulFlags) \
    ((This)->lpVtbl->SetPrimaryIdentity(This, lpUID, ulFlags))
#define IMsgServiceAdmin_GetProviderTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetProviderTable(This, ulFlags, lppTable))

/* IMsgServiceAdmin2 */
#define IMsgServiceAdmin2_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMsgServiceAdmin2_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMsgServiceAdmin2_Release(This) ((This)->lpVtbl->Release(This))
#define IMsgServiceAdmin2_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMsgServiceAdmin2_GetMsgServiceTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetMsgServiceTable(This, ulFlags, lppTable))
#define IMsgServiceAdmin2_CreateMsgService(This, lpszService, lpszDisplayName, ulUIParam, ulFlags) \
    ((This)->lpVtbl->CreateMsgService(This, lpszService, lpszDisplayName, ulUIParam, ulFlags))
#define IMsgServiceAdmin2_DeleteMsgService(This, lpUID) ((This)->lpVtbl->DeleteMsgService(This, lpUID))
#define IMsgServiceAdmin2_CopyMsgService(This, lpUID, lpszDisplayName, lpInterfaceToCopy, lpInterfaceDst, \
            lpObjectDst, ulUIParam, ulFlags) \
    ((This)->lpVtbl->CopyMsgService(This, lpUID, lpszDisplayName, lpInterfaceToCopy, lpInterfaceDst, lpObjectDst, \
            ulUIParam, ulFlags))
#define IMsgServiceAdmin2_RenameMsgService(This, lpUID, ulFlags, lpszDisplayName) \
    ((This)->lpVtbl->RenameMsgService(This, lpUID, ulFlags, lpszDisplayName))
#define IMsgServiceAdmin2_ConfigureMsgService(This, lpUID, ulUIParam, ulFlags, cValues, lpProps) \
    ((This)->lpVtbl->ConfigureMsgService(This, lpUID, ulUIParam, ulFlags, cValues, lpProps))
#define IMsgServiceAdmin2_OpenProfileSection(This, lpUID, lpInterface, ulFlags, lppProfSect) \
    ((This)->lpVtbl->OpenProfileSection(This, lpUID, lpInterface, ulFlags, lppProfSect))
#define IMsgServiceAdmin2_MsgServiceTransportOrder(This, cUID, lpUIDList, ulFlags) \
    ((This)->lpVtbl->MsgServiceTransportOrder(This, cUID, lpUIDList, ulFlags))
#define IMsgServiceAdmin2_AdminProviders(This, lpUID, ulFlags, lppProviderAdmin) \
    ((This)->lpVtbl->AdminProviders(This, lpUID, ulFlags, lppProviderAdmin))
#define IMsgServiceAdmin2_SetPrimaryIdentity(This, lpUID, ulFlags) \
    ((This)->lpVtbl->SetPrimaryIdentity(This, lpUID, ulFlags))
#define IMsgServiceAdmin2_GetProviderTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetProviderTable(This, ulFlags, lppTable))
#define IMsgServiceAdmin2_CreateMsgServiceEx(This, lpszService, lpszDisplayName, ulUIParam, ulFlags, lpuidService) \
    ((This)->lpVtbl->CreateMsgServiceEx(This, lpszService, lpszDisplayName, ulUIParam, ulFlags, lpuidService))

/* IProfAdmin */
#define IProfAdmin_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IProfAdmin_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IProfAdmin_Release(This) ((This)->lpVtbl->Release(This))
#define IProfAdmin_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IProfAdmin_GetProfileTable(This, ulFlags, lppTable) ((This)->lpVtbl->GetProfileTable(This, ulFlags, lppTable))
#define IProfAdmin_CreateProfile(This, lpszProfileName, lpszPassword, ulUIParam, ulFlags) \
    ((This)->lpVtbl->CreateProfile(This, lpszProfileName, lpszPassword, ulUIParam, ulFlags))
#define IProfAdmin_DeleteProfile(This, lpszProfileName, ulFlags) \
    ((This)->lpVtbl->DeleteProfile(This, lpszProfileName, ulFlags))
#define IProfAdmin_ChangeProfilePassword(This, lpszProfileName, lpszOldPassword, lpszNewPassword, ulFlags) \
    ((This)->lpVtbl->ChangeProfilePassword(This, lpszProfileName, lpszOldPassword, lpszNewPassword, ulFlags))
#define IProfAdmin_CopyProfile(This, lpszOldProfileName, lpszOldPassword, lpszNewProfileName, ulUIParam, ulFlags) \
    ((This)->lpVtbl->CopyProfile(This, lpszOldProfileName, lpszOldPassword, lpszNewProfileName, ulUIParam, ulFlags))
#define IProfAdmin_RenameProfile(This, lpszOldProfileName, lpszOldPassword, lpszNewProfileName, ulUIParam, ulFlags) \
    ((This)->lpVtbl->RenameProfile(This, lpszOldProfileName, lpszOldPassword, lpszNewProfileName, ulUIParam, ulFlags))
#define IProfAdmin_SetDefaultProfile(This, lpszProfileName, ulFlags) \
    ((This)->lpVtbl->SetDefaultProfile(This, lpszProfileName, ulFlags))
#define IProfAdmin_AdminServices(This, lpszProfileName, lpszPassword, ulUIParam, ulFlags, lppServiceAdmin) \
    ((This)->lpVtbl->AdminServices(This, lpszProfileName, lpszPassword, ulUIParam, ulFlags, lppServiceAdmin))

/* IMAPITable */
#define IMAPITable_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPITable_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPITable_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPITable_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPITable_Advise(This, ulEventMask, lpAdviseSink, lpulConnection) \
    ((This)->lpVtbl->Advise(This, ulEventMask, lpAdviseSink, lpulConnection))
#define IMAPITable_Unadvise(This, ulConnection) ((This)->lpVtbl->Unadvise(This, ulConnection))
#define IMAPITable_GetStatus(This, lpulTableStatus, lpulTableType) \
    ((This)->lpVtbl->GetStatus(This, lpulTableStatus, lpulTableType))
#define IMAPITable_SetColumns(This, lpPropTagArray, ulFlags) ((This)->lpVtbl->SetColumns(This, lpPropTagArray, ulFlags))
#define IMAPITable_QueryColumns(This, ulFlags, lpPropTagArray) \
    ((This)->lpVtbl->QueryColumns(This, ulFlags, lpPropTagArray))
#define IMAPITable_GetRowCount(This, ulFlags, lpulCount) ((This)->lpVtbl->GetRowCount(This, ulFlags, lpulCount))
#define IMAPITable_SeekRow(This, bkOrigin, lRowCount, lplRowsSought) \
    ((This)->lpVtbl->SeekRow(This, bkOrigin, lRowCount, lplRowsSought))
#define IMAPITable_SeekRowApprox(This, ulNumerator, ulDenominator) \
    ((This)->lpVtbl->SeekRowApprox(This, ulNumerator, ulDenominator))
#define IMAPITable_QueryPosition(This, lpulRow, lpulNumerator, lpulDenominator) \
    ((This)->lpVtbl->QueryPosition(This, lpulRow, lpulNumerator, lpulDenominator))
#define IMAPITable_FindRow(This, lpRestriction, bkOrigin, ulFlags) \
    ((This)->lpVtbl->FindRow(This, lpRestriction, bkOrigin, ulFlags))
#define IMAPITable_Restrict(This, lpRestriction, ulFlags) ((This)->lpVtbl->Restrict(This, lpRestriction, ulFlags))
#define IMAPITable_CreateBookmark(This, lpbkPosition) ((This)->lpVtbl->CreateBookmark(This, lpbkPosition))
#define IMAPITable_FreeBookmark(This, bkPosition) ((This)->lpVtbl->FreeBookmark(This, bkPosition))
#define IMAPITable_SortTable(This, lpSortCriteria, ulFlags) ((This)->lpVtbl->SortTable(This, lpSortCriteria, ulFlags))
#define IMAPITable_QuerySortOrder(This, lppSortCriteria) ((This)->lpVtbl->QuerySortOrder(This, lppSortCriteria))
#define IMAPITable_QueryRows(This, lRowCount, ulFlags, lppRows) \
    ((This)->lpVtbl->QueryRows(This, lRowCount, ulFlags, lppRows))
#define IMAPITable_Abort(This) ((This)->lpVtbl->Abort(This))
#define IMAPITable_ExpandRow(This, cbInstanceKey, pbInstanceKey, ulRowCount, ulFlags, lppRows, lpulMoreRows) \
    ((This)->lpVtbl->ExpandRow(This, cbInstanceKey, pbInstanceKey, ulRowCount, ulFlags, lppRows, lpulMoreRows))
#define IMAPITable_CollapseRow(This, cbInstanceKey, pbInstanceKey, ulFlags, lpulRowCount) \
    ((This)->lpVtbl->CollapseRow(This, cbInstanceKey, pbInstanceKey, ulFlags, lpulRowCount))
#define IMAPITable_WaitForCompletion(This, ulFlags, ulTimeout, lpulTableStatus) \
    ((This)->lpVtbl->WaitForCompletion(This, ulFlags, ulTimeout, lpulTableStatus))
#define IMAPITable_GetCollapseState(This, ulFlags, cbInstanceKey, lpbInstanceKey, lpcbCollapseState, \
            lppbCollapseState) \
    ((This)->lpVtbl->GetCollapseState(This, ulFlags, cbInstanceKey, lpbInstanceKey, lpcbCollapseState, \
            lppbCollapseState))
#define IMAPITable_SetCollapseState(This, ulFlags, cbCollapseState, pbCollapseState, lpbkLocation) \
    ((This)->lpVtbl->SetCollapseState(This, ulFlags, cbCollapseState, pbCollapseState, lpbkLocation))

/* ITableData */
#define ITableData_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define ITableData_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITableData_Release(This) ((This)->lpVtbl->Release(This))
#define ITableData_HrGetView(This, lpSSortOrderSet, lpfCallerRelease, ulCallerData, lppMAPITable) \
    ((This)->lpVtbl->HrGetView(This, lpSSortOrderSet, lpfCallerRelease, ulCallerData, lppMAPITable))
#define ITableData_HrModifyRow(This, lpSRow) ((This)->lpVtbl->HrModifyRow(This, lpSRow))
#define ITableData_HrDeleteRow(This, lpSPropValue) ((This)->lpVtbl->HrDeleteRow(This, lpSPropValue))
#define ITableData_HrQueryRow(This, lpsPropValue, lppSRow, lpuliRow) \
    ((This)->lpVtbl->HrQueryRow(This, lpsPropValue, lppSRow, lpuliRow))
#define ITableData_HrEnumRow(This, ulRowNumber, lppSRow) ((This)->lpVtbl->HrEnumRow(This, ulRowNumber, lppSRow))
#define ITableData_HrNotify(This, ulFlags, cValues, lpSPropValue) \
    ((This)->lpVtbl->HrNotify(This, ulFlags, cValues, lpSPropValue))
#define ITableData_HrInsertRow(This, uliRow, lpSRow) ((This)->lpVtbl->HrInsertRow(This, uliRow, lpSRow))
#define ITableData_HrModifyRows(This, ulFlags, lpSRowSet) ((This)->lpVtbl->HrModifyRows(This, ulFlags, lpSRowSet))
#define ITableData_HrDeleteRows(This, ulFlags, lprowsetToDelete, cRowsDeleted) \
    ((This)->lpVtbl->HrDeleteRows(This, ulFlags, lprowsetToDelete, cRowsDeleted))

/* IMAPIAdviseSink */
#define IMAPIAdviseSink_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIAdviseSink_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIAdviseSink_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIAdviseSink_OnNotify(This, cNotif, lpNotifications) \
    ((This)->lpVtbl->OnNotify(This, cNotif, lpNotifications))

/* IMAPIProgress */
#define IMAPIProgress_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIProgress_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIProgress_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIProgress_Progress(This, ulValue, ulCount, ulTotal) \
    ((This)->lpVtbl->Progress(This, ulValue, ulCount, ulTotal))
#define IMAPIProgress_GetFlags(This, lpulFlags) ((This)->lpVtbl->GetFlags(This, lpulFlags))
#define IMAPIProgress_GetMax(This, lpulMax) ((This)->lpVtbl->GetMax(This, lpulMax))
#define IMAPIProgress_GetMin(This, lpulMin) ((This)->lpVtbl->GetMin(This, lpulMin))
#define IMAPIProgress_SetLimits(This, lpulMin, lpulMax, lpulFlags) \
    ((This)->lpVtbl->SetLimits(This, lpulMin, lpulMax, lpulFlags))

/* IMAPIProp */
#define IMAPIProp_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIProp_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIProp_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIProp_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPIProp_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IMAPIProp_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IMAPIProp_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IMAPIProp_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IMAPIProp_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IMAPIProp_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IMAPIProp_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IMAPIProp_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IMAPIProp_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IMAPIProp_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))

/* IPropData */
#define IPropData_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IPropData_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IPropData_Release(This) ((This)->lpVtbl->Release(This))
#define IPropData_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IPropData_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IPropData_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IPropData_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IPropData_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IPropData_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IPropData_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IPropData_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IPropData_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IPropData_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IPropData_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))
#define IPropData_HrSetObjAccess(This, ulAccess) ((This)->lpVtbl->HrSetObjAccess(This, ulAccess))
#define IPropData_HrSetPropAccess(This, lpPropTagArray, rgulAccess) \
    ((This)->lpVtbl->HrSetPropAccess(This, lpPropTagArray, rgulAccess))
#define IPropData_HrGetPropAccess(This, lppPropTagArray, lprgulAccess) \
    ((This)->lpVtbl->HrGetPropAccess(This, lppPropTagArray, lprgulAccess))
#define IPropData_HrAddObjProps(This, lppPropTagArray, lprgulAccess) \
    ((This)->lpVtbl->HrAddObjProps(This, lppPropTagArray, lprgulAccess))

#endif

#endif
