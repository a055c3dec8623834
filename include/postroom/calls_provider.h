/*
 * Call macros for C, as COM has them with COBJMACROS: providers and forms.
 */
#ifndef POSTROOM_CALLS_PROVIDER_H
#define POSTROOM_CALLS_PROVIDER_H

#if defined(COBJMACROS) && (!defined(__cplusplus) || defined(CINTERFACE))

/* IMAPISupport */
#define IMAPISupport_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPISupport_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPISupport_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPISupport_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPISupport_GetMemAllocRoutines(This, lpAllocateBuffer, lpAllocateMore, lpFreeBuffer) \
    ((This)->lpVtbl->GetMemAllocRoutines(This, lpAllocateBuffer, lpAllocateMore, lpFreeBuffer))
#define IMAPISupport_Subscribe(This, lpKey, ulEventMask, ulFlags, lpAdviseSink, lpulConnection) \
    ((This)->lpVtbl->Subscribe(This, lpKey, ulEventMask, ulFlags, lpAdviseSink, lpulConnection))
#define IMAPISupport_Unsubscribe(This, ulConnection) ((This)->lpVtbl->Unsubscribe(This, ulConnection))
#define IMAPISupport_Notify(This, lpKey, cNotification, lpNotifications, lpulFlags) \
    ((This)->lpVtbl->Notify(This, lpKey, cNotification, lpNotifications, lpulFlags))
#define IMAPISupport_ModifyStatusRow(This, cValues, lpColumnVals, ulFlags) \
    ((This)->lpVtbl->ModifyStatusRow(This, cValues, lpColumnVals, ulFlags))
#define IMAPISupport_OpenProfileSection(This, lpUid, ulFlags, lppProfileObj) \
    ((This)->lpVtbl->OpenProfileSection(This, lpUid, ulFlags, lppProfileObj))
#define IMAPISupport_RegisterPreprocessor(This, lpMuid, lpszAdrType, lpszDLLName, lpszPreprocess, \
            lpszRemovePreprocessInfo, ulFlags) \
    ((This)->lpVtbl->RegisterPreprocessor(This, lpMuid, lpszAdrType, lpszDLLName, lpszPreprocess, \
            lpszRemovePreprocessInfo, ulFlags))
#define IMAPISupport_NewUID(This, lpMuid) ((This)->lpVtbl->NewUID(This, lpMuid))
#define IMAPISupport_MakeInvalid(This, ulFlags, lpObject, ulRefCount, cMethods) \
    ((This)->lpVtbl->MakeInvalid(This, ulFlags, lpObject, ulRefCount, cMethods))
#define IMAPISupport_SpoolerYield(This, ulFlags) ((This)->lpVtbl->SpoolerYield(This, ulFlags))
#define IMAPISupport_SpoolerNotify(This, ulFlags, lpvData) ((This)->lpVtbl->SpoolerNotify(This, ulFlags, lpvData))
#define IMAPISupport_CreateOneOff(This, lpszName, lpszAdrType, lpszAddress, ulFlags, lpcbEntryID, lppEntryID) \
    ((This)->lpVtbl->CreateOneOff(This, lpszName, lpszAdrType, lpszAddress, ulFlags, lpcbEntryID, lppEntryID))
#define IMAPISupport_SetProviderUID(This, lpProviderID, ulFlags) \
    ((This)->lpVtbl->SetProviderUID(This, lpProviderID, ulFlags))
#define IMAPISupport_CompareEntryIDs(This, cbEntry1, lpEntry1, cbEntry2, lpEntry2, ulCompareFlags, lpulResult) \
    ((This)->lpVtbl->CompareEntryIDs(This, cbEntry1, lpEntry1, cbEntry2, lpEntry2, ulCompareFlags, lpulResult))
#define IMAPISupport_OpenTemplateID(This, cbTemplateID, lpTemplateID, ulTemplateFlags, lpMAPIPropData, lpInterface, \
            lppMAPIPropNew, lpMAPIPropSibling) \
    ((This)->lpVtbl->OpenTemplateID(This, cbTemplateID, lpTemplateID, ulTemplateFlags, lpMAPIPropData, lpInterface, \
            lppMAPIPropNew, lpMAPIPropSibling))
#define IMAPISupport_OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulOpenFlags, lpulObjType, lppUnk) \
    ((This)->lpVtbl->OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulOpenFlags, lpulObjType, lppUnk))
#define IMAPISupport_GetOneOffTable(This, ulFlags, lppTable) ((This)->lpVtbl->GetOneOffTable(This, ulFlags, lppTable))
#define IMAPISupport_Address(This, lpulUIParam, lpAdrParms, lppAdrList) \
    ((This)->lpVtbl->Address(This, lpulUIParam, lpAdrParms, lppAdrList))
#define IMAPISupport_Details(This, lpulUIParam, lpfnDismiss, lpvDismissContext, cbEntryID, lpEntryID, \
            lpfButtonCallback, lpvButtonContext, lpszButtonText, ulFlags) \
    ((This)->lpVtbl->Details(This, lpulUIParam, lpfnDismiss, lpvDismissContext, cbEntryID, lpEntryID, \
            lpfButtonCallback, lpvButtonContext, lpszButtonText, ulFlags))
#define IMAPISupport_NewEntry(This, ulUIParam, ulFlags, cbEIDContainer, lpEIDContainer, cbEIDNewEntryTpl, \
            lpEIDNewEntryTpl, lpcbEIDNewEntry, lppEIDNewEntry) \
    ((This)->lpVtbl->NewEntry(This, ulUIParam, ulFlags, cbEIDContainer, lpEIDContainer, cbEIDNewEntryTpl, \
            lpEIDNewEntryTpl, lpcbEIDNewEntry, lppEIDNewEntry))
#define IMAPISupport_DoConfigPropsheet(This, ulUIParam, ulFlags, lpszTitle, lpDisplayTable, lpConfigData, ulTopPage) \
    ((This)->lpVtbl->DoConfigPropsheet(This, ulUIParam, ulFlags, lpszTitle, lpDisplayTable, lpConfigData, ulTopPage))
#define IMAPISupport_CopyMessages(This, lpSrcInterface, lpSrcFolder, lpMsgList, lpDestInterface, lpDestFolder, \
            ulUIParam, lpProgress, ulFlags) \
    ((This)->lpVtbl->CopyMessages(This, lpSrcInterface, lpSrcFolder, lpMsgList, lpDestInterface, lpDestFolder, \
            ulUIParam, lpProgress, ulFlags))
#define IMAPISupport_CopyFolder(This, lpSrcInterface, lpSrcFolder, cbEntryID, lpEntryID, lpDestInterface, \
            lpDestFolder, lpszNewFolderName, ulUIParam, lpProgress, ulFlags) \
    ((This)->lpVtbl->CopyFolder(This, lpSrcInterface, lpSrcFolder, cbEntryID, lpEntryID, lpDestInterface, \
            lpDestFolder, lpszNewFolderName, ulUIParam, lpProgress, ulFlags))
#define IMAPISupport_DoCopyTo(This, lpSrcInterface, lpSrcObj, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, \
            lpProgress, lpDestInterface, lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->DoCopyTo(This, lpSrcInterface, lpSrcObj, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, \
            lpProgress, lpDestInterface, lpDestObj, ulFlags, lppProblems))
#define IMAPISupport_DoCopyProps(This, lpSrcInterface, lpSrcObj, lpIncludeProps, ulUIParam, lpProgress, \
            lpDestInterface, lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->DoCopyProps(This, lpSrcInterface, lpSrcObj, lpIncludeProps, ulUIParam, lpProgress, \
            lpDestInterface, lpDestObj, ulFlags, lppProblems))
#define IMAPISupport_DoProgressDialog(This, ulUIParam, ulFlags, lppProgress) \
    ((This)->lpVtbl->DoProgressDialog(This, ulUIParam, ulFlags, lppProgress))
#define IMAPISupport_ReadReceipt(This, ulFlags, lpReadMessage, lppEmptyMessage) \
    ((This)->lpVtbl->ReadReceipt(This, ulFlags, lpReadMessage, lppEmptyMessage))
#define IMAPISupport_PrepareSubmit(This, lpMessage, lpulFlags) \
    ((This)->lpVtbl->PrepareSubmit(This, lpMessage, lpulFlags))
#define IMAPISupport_ExpandRecips(This, lpMessage, lpulFlags) ((This)->lpVtbl->ExpandRecips(This, lpMessage, lpulFlags))
#define IMAPISupport_UpdatePAB(This, ulFlags, lpMessage) ((This)->lpVtbl->UpdatePAB(This, ulFlags, lpMessage))
#define IMAPISupport_DoSentMail(This, ulFlags, lpMessage) ((This)->lpVtbl->DoSentMail(This, ulFlags, lpMessage))
#define IMAPISupport_OpenAddressBook(This, lpInterface, ulFlags, lppAdrBook) \
    ((This)->lpVtbl->OpenAddressBook(This, lpInterface, ulFlags, lppAdrBook))
#define IMAPISupport_Preprocess(This, ulFlags, cbEntryID, lpEntryID) \
    ((This)->lpVtbl->Preprocess(This, ulFlags, cbEntryID, lpEntryID))
#define IMAPISupport_CompleteMsg(This, ulFlags, cbEntryID, lpEntryID) \
    ((This)->lpVtbl->CompleteMsg(This, ulFlags, cbEntryID, lpEntryID))
#define IMAPISupport_StoreLogoffTransports(This, lpulFlags) ((This)->lpVtbl->StoreLogoffTransports(This, lpulFlags))
#define IMAPISupport_StatusRecips(This, lpMessage, lpRecipList) \
    ((This)->lpVtbl->StatusRecips(This, lpMessage, lpRecipList))
#define IMAPISupport_WrapStoreEntryID(This, cbOrigEntry, lpOrigEntry, lpcbWrappedEntry, lppWrappedEntry) \
    ((This)->lpVtbl->WrapStoreEntryID(This, cbOrigEntry, lpOrigEntry, lpcbWrappedEntry, lppWrappedEntry))
#define IMAPISupport_ModifyProfile(This, ulFlags) ((This)->lpVtbl->ModifyProfile(This, ulFlags))
#define IMAPISupport_IStorageFromStream(This, lpUnkIn, lpInterface, ulFlags, lppStorageOut) \
    ((This)->lpVtbl->IStorageFromStream(This, lpUnkIn, lpInterface, ulFlags, lppStorageOut))
#define IMAPISupport_GetSvcConfigSupportObj(This, ulFlags, lppSvcSupport) \
    ((This)->lpVtbl->GetSvcConfigSupportObj(This, ulFlags, lppSvcSupport))

/* IABProvider */
#define IABProvider_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IABProvider_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IABProvider_Release(This) ((This)->lpVtbl->Release(This))
#define IABProvider_Shutdown(This, lpulFlags) ((This)->lpVtbl->Shutdown(This, lpulFlags))
#define IABProvider_Logon(This, lpMAPISup, ulUIParam, lpszProfileName, ulFlags, lpulpcbSecurity, lppbSecurity, \
            lppMAPIError, lppABLogon) \
    ((This)->lpVtbl->Logon(This, lpMAPISup, ulUIParam, lpszProfileName, ulFlags, lpulpcbSecurity, lppbSecurity, \
            lppMAPIError, lppABLogon))

/* IABLogon */
#define IABLogon_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IABLogon_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IABLogon_Release(This) ((This)->lpVtbl->Release(This))
#define IABLogon_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IABLogon_Logoff(This, ulFlags) ((This)->lpVtbl->Logoff(This, ulFlags))
#define IABLogon_OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk) \
    ((This)->lpVtbl->OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk))
#define IABLogon_CompareEntryIDs(This, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, ulFlags, lpulResult) \
    ((This)->lpVtbl->CompareEntryIDs(This, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, ulFlags, lpulResult))
#define IABLogon_Advise(This, cbEntryID, lpEntryID, ulEventMask, lpAdviseSink, lpulConnection) \
    ((This)->lpVtbl->Advise(This, cbEntryID, lpEntryID, ulEventMask, lpAdviseSink, lpulConnection))
#define IABLogon_Unadvise(This, ulConnection) ((This)->lpVtbl->Unadvise(This, ulConnection))
#define IABLogon_OpenStatusEntry(This, lpInterface, ulFlags, lpulObjType, lppEntry) \
    ((This)->lpVtbl->OpenStatusEntry(This, lpInterface, ulFlags, lpulObjType, lppEntry))
#define IABLogon_OpenTemplateID(This, cbTemplateID, lpTemplateID, ulTemplateFlags, lpMAPIPropData, lpInterface, \
            lppMAPIPropNew, lpMAPIPropSibling) \
    ((This)->lpVtbl->OpenTemplateID(This, cbTemplateID, lpTemplateID, ulTemplateFlags, lpMAPIPropData, lpInterface, \
            lppMAPIPropNew, lpMAPIPropSibling))
#define IABLogon_GetOneOffTable(This, ulFlags, lppTable) ((This)->lpVtbl->GetOneOffTable(This, ulFlags, lppTable))
#define IABLogon_PrepareRecips(This, ulFlags, lpPropTagArray, lpRecipList) \
    ((This)->lpVtbl->PrepareRecips(This, ulFlags, lpPropTagArray, lpRecipList))

/* IXPProvider */
#define IXPProvider_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IXPProvider_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IXPProvider_Release(This) ((This)->lpVtbl->Release(This))
#define IXPProvider_Shutdown(This, lpulFlags) ((This)->lpVtbl->Shutdown(This, lpulFlags))
#define IXPProvider_TransportLogon(This, lpMAPISup, ulUIParam, lpszProfileName, lpulFlags, lppMAPIError, lppXPLogon) \
    ((This)->lpVtbl->TransportLogon(This, lpMAPISup, ulUIParam, lpszProfileName, lpulFlags, lppMAPIError, lppXPLogon))

/* IXPLogon */
#define IXPLogon_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IXPLogon_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IXPLogon_Release(This) ((This)->lpVtbl->Release(This))
#define IXPLogon_AddressTypes(This, lpulFlags, lpcAdrType, lpppAdrTypeArray, lpcMAPIUID, lpppUIDArray) \
    ((This)->lpVtbl->AddressTypes(This, lpulFlags, lpcAdrType, lpppAdrTypeArray, lpcMAPIUID, lpppUIDArray))
#define IXPLogon_RegisterOptions(This, lpulFlags, lpcOptions, lppOptions) \
    ((This)->lpVtbl->RegisterOptions(This, lpulFlags, lpcOptions, lppOptions))
#define IXPLogon_TransportNotify(This, lpulFlags, lppvData) ((This)->lpVtbl->TransportNotify(This, lpulFlags, lppvData))
#define IXPLogon_Idle(This, ulFlags) ((This)->lpVtbl->Idle(This, ulFlags))
#define IXPLogon_TransportLogoff(This, ulFlags) ((This)->lpVtbl->TransportLogoff(This, ulFlags))
#define IXPLogon_SubmitMessage(This, ulFlags, lpMessage, lpulMsgRef, lpulReturnParm) \
    ((This)->lpVtbl->SubmitMessage(This, ulFlags, lpMessage, lpulMsgRef, lpulReturnParm))
#define IXPLogon_EndMessage(This, ulMsgRef, lpulFlags) ((This)->lpVtbl->EndMessage(This, ulMsgRef, lpulFlags))
#define IXPLogon_Poll(This, lpulIncoming) ((This)->lpVtbl->Poll(This, lpulIncoming))
#define IXPLogon_StartMessage(This, ulFlags, lpMessage, lpulMsgRef) \
    ((This)->lpVtbl->StartMessage(This, ulFlags, lpMessage, lpulMsgRef))
#define IXPLogon_OpenStatusEntry(This, lpInterface, ulFlags, lpulObjType, lppEntry) \
    ((This)->lpVtbl->OpenStatusEntry(This, lpInterface, ulFlags, lpulObjType, lppEntry))
#define IXPLogon_ValidateState(This, ulUIParam, ulFlags) ((This)->lpVtbl->ValidateState(This, ulUIParam, ulFlags))
#define IXPLogon_FlushQueues(This, ulUIParam, cbTargetTransport, lpTargetTransport, ulFlags) \
    ((This)->lpVtbl->FlushQueues(This, ulUIParam, cbTargetTransport, lpTargetTransport, ulFlags))

/* IMSProvider */
#define IMSProvider_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMSProvider_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMSProvider_Release(This) ((This)->lpVtbl->Release(This))
#define IMSProvider_Shutdown(This, lpulFlags) ((This)->lpVtbl->Shutdown(This, lpulFlags))
#define IMSProvider_Logon(This, lpMAPISup, ulUIParam, lpszProfileName, cbEntryID, lpEntryID, ulFlags, lpInterface, \
            lpcbSpoolSecurity, lppbSpoolSecurity, lppMAPIError, lppMSLogon, lppMDB) \
    ((This)->lpVtbl->Logon(This, lpMAPISup, ulUIParam, lpszProfileName, cbEntryID, lpEntryID, ulFlags, lpInterface, \
            lpcbSpoolSecurity, lppbSpoolSecurity, lppMAPIError, lppMSLogon, lppMDB))
#define IMSProvider_SpoolerLogon(This, lpMAPISup, ulUIParam, lpszProfileName, cbEntryID, lpEntryID, ulFlags, \
            lpInterface, cbSpoolSecurity, lpbSpoolSecurity, lppMAPIError, lppMSLogon, lppMDB) \
    ((This)->lpVtbl->SpoolerLogon(This, lpMAPISup, ulUIParam, lpszProfileName, cbEntryID, lpEntryID, ulFlags, \
            lpInterface, cbSpoolSecurity, lpbSpoolSecurity, lppMAPIError, lppMSLogon, lppMDB))
#define IMSProvider_CompareStoreIDs(This, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, ulFlags, lpulResult) \
    ((This)->lpVtbl->CompareStoreIDs(This, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, ulFlags, lpulResult))

/* IMSLogon */
#define IMSLogon_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMSLogon_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMSLogon_Release(This) ((This)->lpVtbl->Release(This))
#define IMSLogon_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMSLogon_Logoff(This, lpulFlags) ((This)->lpVtbl->Logoff(This, lpulFlags))
#define IMSLogon_OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk) \
    ((This)->lpVtbl->OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk))
#define IMSLogon_CompareEntryIDs(This, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, ulFlags, lpulResult) \
    ((This)->lpVtbl->CompareEntryIDs(This, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, ulFlags, lpulResult))
#define IMSLogon_Advise(This, cbEntryID, lpEntryID, ulEventMask, lpAdviseSink, lpulConnection) \
    ((This)->lpVtbl->Advise(This, cbEntryID, lpEntryID, ulEventMask, lpAdviseSink, lpulConnection))
#define IMSLogon_Unadvise(This, ulConnection) ((This)->lpVtbl->Unadvise(This, ulConnection))
#define IMSLogon_OpenStatusEntry(This, lpInterface, ulFlags, lpulObjType, lppEntry) \
    ((This)->lpVtbl->OpenStatusEntry(This, lpInterface, ulFlags, lpulObjType, lppEntry))

/* ISpoolerHook */
#define ISpoolerHook_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define ISpoolerHook_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ISpoolerHook_Release(This) ((This)->lpVtbl->Release(This))
#define ISpoolerHook_InboundMsgHook(This, lpMessage, lpFolder, lpMDB, lpulFlags, lpcbEntryID, lppEntryID) \
    ((This)->lpVtbl->InboundMsgHook(This, lpMessage, lpFolder, lpMDB, lpulFlags, lpcbEntryID, lppEntryID))
#define ISpoolerHook_OutboundMsgHook(This, lpMessage, lpFolder, lpMDB, lpulFlags, lpcbEntryID, lppEntryID) \
    ((This)->lpVtbl->OutboundMsgHook(This, lpMessage, lpFolder, lpMDB, lpulFlags, lpcbEntryID, lppEntryID))

/* IPersistMessage */
#define IPersistMessage_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IPersistMessage_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IPersistMessage_Release(This) ((This)->lpVtbl->Release(This))
#define IPersistMessage_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IPersistMessage_GetClassID(This, lpClassID) ((This)->lpVtbl->GetClassID(This, lpClassID))
#define IPersistMessage_IsDirty(This) ((This)->lpVtbl->IsDirty(This))
#define IPersistMessage_InitNew(This, pMessageSite, pMessage) ((This)->lpVtbl->InitNew(This, pMessageSite, pMessage))
#define IPersistMessage_Load(This, pMessageSite, pMessage, ulMessageStatus, ulMessageFlags) \
    ((This)->lpVtbl->Load(This, pMessageSite, pMessage, ulMessageStatus, ulMessageFlags))
#define IPersistMessage_Save(This, pMessage, fSameAsLoad) ((This)->lpVtbl->Save(This, pMessage, fSameAsLoad))
#define IPersistMessage_SaveCompleted(This, pMessage) ((This)->lpVtbl->SaveCompleted(This, pMessage))
#define IPersistMessage_HandsOffMessage(This) ((This)->lpVtbl->HandsOffMessage(This))

/* IMAPIMessageSite */
#define IMAPIMessageSite_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIMessageSite_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIMessageSite_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIMessageSite_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPIMessageSite_GetSession(This, ppSession) ((This)->lpVtbl->GetSession(This, ppSession))
#define IMAPIMessageSite_GetStore(This, ppStore) ((This)->lpVtbl->GetStore(This, ppStore))
#define IMAPIMessageSite_GetFolder(This, ppFolder) ((This)->lpVtbl->GetFolder(This, ppFolder))
#define IMAPIMessageSite_GetMessage(This, ppmsg) ((This)->lpVtbl->GetMessage(This, ppmsg))
#define IMAPIMessageSite_GetFormManager(This, ppFormMgr) ((This)->lpVtbl->GetFormManager(This, ppFormMgr))
#define IMAPIMessageSite_NewMessage(This, fComposeInFolder, pFolderFocus, pPersistMessage, ppMessage, ppMessageSite, \
            ppViewContext) \
    ((This)->lpVtbl->NewMessage(This, fComposeInFolder, pFolderFocus, pPersistMessage, ppMessage, ppMessageSite, \
            ppViewContext))
#define IMAPIMessageSite_CopyMessage(This, pFolderDestination) ((This)->lpVtbl->CopyMessage(This, pFolderDestination))
#define IMAPIMessageSite_MoveMessage(This, pFolderDestination, pViewContext, prcPosRect) \
    ((This)->lpVtbl->MoveMessage(This, pFolderDestination, pViewContext, prcPosRect))
#define IMAPIMessageSite_DeleteMessage(This, pViewContext, prcPosRect) \
    ((This)->lpVtbl->DeleteMessage(This, pViewContext, prcPosRect))
#define IMAPIMessageSite_SaveMessage(This) ((This)->lpVtbl->SaveMessage(This))
#define IMAPIMessageSite_SubmitMessage(This, ulFlags) ((This)->lpVtbl->SubmitMessage(This, ulFlags))
#define IMAPIMessageSite_GetSiteStatus(This, lpulStatus) ((This)->lpVtbl->GetSiteStatus(This, lpulStatus))

/* IMAPIForm */
#define IMAPIForm_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIForm_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIForm_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIForm_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPIForm_SetViewContext(This, pViewContext) ((This)->lpVtbl->SetViewContext(This, pViewContext))
#define IMAPIForm_GetViewContext(This, ppViewContext) ((This)->lpVtbl->GetViewContext(This, ppViewContext))
#define IMAPIForm_ShutdownForm(This, ulSaveOptions) ((This)->lpVtbl->ShutdownForm(This, ulSaveOptions))
#define IMAPIForm_DoVerb(This, iVerb, lpViewContext, hwndParent, lprcPosRect) \
    ((This)->lpVtbl->DoVerb(This, iVerb, lpViewContext, hwndParent, lprcPosRect))
#define IMAPIForm_Advise(This, pAdvise, lpulConnection) ((This)->lpVtbl->Advise(This, pAdvise, lpulConnection))
#define IMAPIForm_Unadvise(This, ulConnection) ((This)->lpVtbl->Unadvise(This, ulConnection))

/* IMAPIViewContext */
#define IMAPIViewContext_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIViewContext_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIViewContext_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIViewContext_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPIViewContext_SetAdviseSink(This, pmvns) ((This)->lpVtbl->SetAdviseSink(This, pmvns))
#define IMAPIViewContext_ActivateNext(This, ulDir, prcPosRect) ((This)->lpVtbl->ActivateNext(This, ulDir, prcPosRect))
#define IMAPIViewContext_GetPrintSetup(This, ulFlags, lppFormPrintSetup) \
    ((This)->lpVtbl->GetPrintSetup(This, ulFlags, lppFormPrintSetup))
#define IMAPIViewContext_GetSaveStream(This, pulFlags, pulFormat, ppstm) \
    ((This)->lpVtbl->GetSaveStream(This, pulFlags, pulFormat, ppstm))
#define IMAPIViewContext_GetViewStatus(This, lpulStatus) ((This)->lpVtbl->GetViewStatus(This, lpulStatus))

/* IMAPIFormAdviseSink */
#define IMAPIFormAdviseSink_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIFormAdviseSink_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIFormAdviseSink_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIFormAdviseSink_OnChange(This, ulDir) ((This)->lpVtbl->OnChange(This, ulDir))
#define IMAPIFormAdviseSink_OnActivateNext(This, lpszMessageClass, ulMessageStatus, ulMessageFlags, ppPersistMessage) \
    ((This)->lpVtbl->OnActivateNext(This, lpszMessageClass, ulMessageStatus, ulMessageFlags, ppPersistMessage))

/* IMAPIViewAdviseSink */
#define IMAPIViewAdviseSink_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIViewAdviseSink_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIViewAdviseSink_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIViewAdviseSink_OnShutdown(This) ((This)->lpVtbl->OnShutdown(This))
#define IMAPIViewAdviseSink_OnNewMessage(This) ((This)->lpVtbl->OnNewMessage(This))
#define IMAPIViewAdviseSink_OnPrint(This, dwPageNumber, hrStatus) \
    ((This)->lpVtbl->OnPrint(This, dwPageNumber, hrStatus))
#define IMAPIViewAdviseSink_OnSubmitted(This) ((This)->lpVtbl->OnSubmitted(This))
#define IMAPIViewAdviseSink_OnSaved(This) ((This)->lpVtbl->OnSaved(This))

/* IMAPIFormInfo */
#define IMAPIFormInfo_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIFormInfo_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIFormInfo_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIFormInfo_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPIFormInfo_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IMAPIFormInfo_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IMAPIFormInfo_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IMAPIFormInfo_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IMAPIFormInfo_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IMAPIFormInfo_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IMAPIFormInfo_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IMAPIFormInfo_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IMAPIFormInfo_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IMAPIFormInfo_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))
#define IMAPIFormInfo_CalcFormPropSet(This, ulFlags, ppFormPropArray) \
    ((This)->lpVtbl->CalcFormPropSet(This, ulFlags, ppFormPropArray))
#define IMAPIFormInfo_CalcVerbSet(This, ulFlags, ppMAPIVerbArray) \
    ((This)->lpVtbl->CalcVerbSet(This, ulFlags, ppMAPIVerbArray))
#define IMAPIFormInfo_MakeIconFromBinary(This, nPropID, phicon) \
    ((This)->lpVtbl->MakeIconFromBinary(This, nPropID, phicon))
#define IMAPIFormInfo_SaveForm(This, szFileName) ((This)->lpVtbl->SaveForm(This, szFileName))
#define IMAPIFormInfo_OpenFormContainer(This, ppformcontainer) \
    ((This)->lpVtbl->OpenFormContainer(This, ppformcontainer))

/* IMAPIFormMgr */
#define IMAPIFormMgr_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIFormMgr_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIFormMgr_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIFormMgr_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPIFormMgr_LoadForm(This, ulUIParam, ulFlags, lpszMessageClass, ulMessageStatus, ulMessageFlags, \
            pFolderFocus, pMessageSite, pmsg, pViewContext, riid, ppvObj) \
    ((This)->lpVtbl->LoadForm(This, ulUIParam, ulFlags, lpszMessageClass, ulMessageStatus, ulMessageFlags, \
            pFolderFocus, pMessageSite, pmsg, pViewContext, riid, ppvObj))
#define IMAPIFormMgr_ResolveMessageClass(This, szMsgClass, ulFlags, pFolderFocus, ppResult) \
    ((This)->lpVtbl->ResolveMessageClass(This, szMsgClass, ulFlags, pFolderFocus, ppResult))
#define IMAPIFormMgr_ResolveMultipleMessageClasses(This, pMsgClasses, ulFlags, pFolderFocus, pfrminfoarray) \
    ((This)->lpVtbl->ResolveMultipleMessageClasses(This, pMsgClasses, ulFlags, pFolderFocus, pfrminfoarray))
#define IMAPIFormMgr_CalcFormPropSet(This, pfrminfoarray, ulFlags, ppResults) \
    ((This)->lpVtbl->CalcFormPropSet(This, pfrminfoarray, ulFlags, ppResults))
#define IMAPIFormMgr_CreateForm(This, ulUIParam, ulFlags, pfrminfoToActivate, refiidToAsk, ppvObj) \
    ((This)->lpVtbl->CreateForm(This, ulUIParam, ulFlags, pfrminfoToActivate, refiidToAsk, ppvObj))
#define IMAPIFormMgr_SelectForm(This, ulUIParam, ulFlags, pszTitle, pfld, ppfrminfoReturned) \
    ((This)->lpVtbl->SelectForm(This, ulUIParam, ulFlags, pszTitle, pfld, ppfrminfoReturned))
#define IMAPIFormMgr_SelectMultipleForms(This, ulUIParam, ulFlags, pszTitle, pfld, pfrminfoarray, ppfrminfoarray) \
    ((This)->lpVtbl->SelectMultipleForms(This, ulUIParam, ulFlags, pszTitle, pfld, pfrminfoarray, ppfrminfoarray))
#define IMAPIFormMgr_SelectFormContainer(This, ulUIParam, ulFlags, lppfcnt) \
    ((This)->lpVtbl->SelectFormContainer(This, ulUIParam, ulFlags, lppfcnt))
#define IMAPIFormMgr_OpenFormContainer(This, hfrmreg, lpunk, lppfcnt) \
    ((This)->lpVtbl->OpenFormContainer(This, hfrmreg, lpunk, lppfcnt))
#define IMAPIFormMgr_PrepareForm(This, ulUIParam, ulFlags, pfrminfo) \
    ((This)->lpVtbl->PrepareForm(This, ulUIParam, ulFlags, pfrminfo))
#define IMAPIFormMgr_IsInConflict(This, ulMessageFlags, ulMessageStatus, szMessageClass, pFolderFocus) \
    ((This)->lpVtbl->IsInConflict(This, ulMessageFlags, ulMessageStatus, szMessageClass, pFolderFocus))

/* IMAPIFormContainer */
#define IMAPIFormContainer_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIFormContainer_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIFormContainer_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIFormContainer_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPIFormContainer_InstallForm(This, ulUIParam, ulFlags, szCfgPathName) \
    ((This)->lpVtbl->InstallForm(This, ulUIParam, ulFlags, szCfgPathName))
#define IMAPIFormContainer_RemoveForm(This, szMessageClass) ((This)->lpVtbl->RemoveForm(This, szMessageClass))
#define IMAPIFormContainer_ResolveMessageClass(This, szMessageClass, ulFlags, pforminfo) \
    ((This)->lpVtbl->ResolveMessageClass(This, szMessageClass, ulFlags, pforminfo))
#define IMAPIFormContainer_ResolveMultipleMessageClasses(This, pMsgClassArray, ulFlags, ppfrminfoarray) \
    ((This)->lpVtbl->ResolveMultipleMessageClasses(This, pMsgClassArray, ulFlags, ppfrminfoarray))
#define IMAPIFormContainer_CalcFormPropSet(This, ulFlags, ppResults) \
    ((This)->lpVtbl->CalcFormPropSet(This, ulFlags, ppResults))
#define IMAPIFormContainer_GetDisplay(This, ulFlags, pszDisplayName) \
    ((This)->lpVtbl->GetDisplay(This, ulFlags, pszDisplayName))

/* IMAPIFormFactory */
#define IMAPIFormFactory_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIFormFactory_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIFormFactory_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIFormFactory_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPIFormFactory_CreateClassFactory(This, clsidForm, ulFlags, lppClassFactory) \
    ((This)->lpVtbl->CreateClassFactory(This, clsidForm, ulFlags, lppClassFactory))
#define IMAPIFormFactory_LockServer(This, ulFlags, fLockServer) ((This)->lpVtbl->LockServer(This, ulFlags, fLockServer))

#endif

#endif
