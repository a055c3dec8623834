/*
 * Call macros for C, as COM has them with COBJMACROS: message stores, address books and TNEF.
 */
#ifndef POSTROOM_CALLS_STORE_H
#define POSTROOM_CALLS_STORE_H

#if defined(COBJMACROS) && (!defined(__cplusplus) || defined(CINTERFACE))

/* IMAPIContainer */
#define IMAPIContainer_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIContainer_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIContainer_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIContainer_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPIContainer_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IMAPIContainer_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IMAPIContainer_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IMAPIContainer_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IMAPIContainer_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IMAPIContainer_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IMAPIContainer_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IMAPIContainer_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IMAPIContainer_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IMAPIContainer_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))
#define IMAPIContainer_GetContentsTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetContentsTable(This, ulFlags, lppTable))
#define IMAPIContainer_GetHierarchyTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetHierarchyTable(This, ulFlags, lppTable))
#define IMAPIContainer_OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk) \
    ((This)->lpVtbl->OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk))
#define IMAPIContainer_SetSearchCriteria(This, lpRestriction, lpContainerList, ulSearchFlags) \
    ((This)->lpVtbl->SetSearchCriteria(This, lpRestriction, lpContainerList, ulSearchFlags))
#define IMAPIContainer_GetSearchCriteria(This, ulFlags, lppRestriction, lppContainerList, lpulSearchState) \
    ((This)->lpVtbl->GetSearchCriteria(This, ulFlags, lppRestriction, lppContainerList, lpulSearchState))

/* IABContainer */
#define IABContainer_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IABContainer_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IABContainer_Release(This) ((This)->lpVtbl->Release(This))
#define IABContainer_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IABContainer_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IABContainer_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IABContainer_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IABContainer_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IABContainer_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IABContainer_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IABContainer_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IABContainer_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IABContainer_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IABContainer_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))
#define IABContainer_GetContentsTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetContentsTable(This, ulFlags, lppTable))
#define IABContainer_GetHierarchyTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetHierarchyTable(This, ulFlags, lppTable))
#define IABContainer_OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk) \
    ((This)->lpVtbl->OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk))
#define IABContainer_SetSearchCriteria(This, lpRestriction, lpContainerList, ulSearchFlags) \
    ((This)->lpVtbl->SetSearchCriteria(This, lpRestriction, lpContainerList, ulSearchFlags))
#define IABContainer_GetSearchCriteria(This, ulFlags, lppRestriction, lppContainerList, lpulSearchState) \
    ((This)->lpVtbl->GetSearchCriteria(This, ulFlags, lppRestriction, lppContainerList, lpulSearchState))
#define IABContainer_CreateEntry(This, cbEntryID, lpEntryID, ulCreateFlags, lppMAPIPropEntry) \
    ((This)->lpVtbl->CreateEntry(This, cbEntryID, lpEntryID, ulCreateFlags, lppMAPIPropEntry))
#define IABContainer_CopyEntries(This, lpEntries, ulUIParam, lpProgress, ulFlags) \
    ((This)->lpVtbl->CopyEntries(This, lpEntries, ulUIParam, lpProgress, ulFlags))
#define IABContainer_DeleteEntries(This, lpEntries, ulFlags) ((This)->lpVtbl->DeleteEntries(This, lpEntries, ulFlags))
#define IABContainer_ResolveNames(This, lpPropTagArray, ulFlags, lpAdrList, lpFlagList) \
    ((This)->lpVtbl->ResolveNames(This, lpPropTagArray, ulFlags, lpAdrList, lpFlagList))

/* IMailUser */
#define IMailUser_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMailUser_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMailUser_Release(This) ((This)->lpVtbl->Release(This))
#define IMailUser_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMailUser_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IMailUser_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IMailUser_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IMailUser_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IMailUser_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IMailUser_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IMailUser_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IMailUser_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IMailUser_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IMailUser_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))

/* IDistList */
#define IDistList_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IDistList_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IDistList_Release(This) ((This)->lpVtbl->Release(This))
#define IDistList_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IDistList_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IDistList_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IDistList_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IDistList_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IDistList_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IDistList_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IDistList_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IDistList_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IDistList_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IDistList_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))
#define IDistList_GetContentsTable(This, ulFlags, lppTable) ((This)->lpVtbl->GetContentsTable(This, ulFlags, lppTable))
#define IDistList_GetHierarchyTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetHierarchyTable(This, ulFlags, lppTable))
#define IDistList_OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk) \
    ((This)->lpVtbl->OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk))
#define IDistList_SetSearchCriteria(This, lpRestriction, lpContainerList, ulSearchFlags) \
    ((This)->lpVtbl->SetSearchCriteria(This, lpRestriction, lpContainerList, ulSearchFlags))
#define IDistList_GetSearchCriteria(This, ulFlags, lppRestriction, lppContainerList, lpulSearchState) \
    ((This)->lpVtbl->GetSearchCriteria(This, ulFlags, lppRestriction, lppContainerList, lpulSearchState))
#define IDistList_CreateEntry(This, cbEntryID, lpEntryID, ulCreateFlags, lppMAPIPropEntry) \
    ((This)->lpVtbl->CreateEntry(This, cbEntryID, lpEntryID, ulCreateFlags, lppMAPIPropEntry))
#define IDistList_CopyEntries(This, lpEntries, ulUIParam, lpProgress, ulFlags) \
    ((This)->lpVtbl->CopyEntries(This, lpEntries, ulUIParam, lpProgress, ulFlags))
#define IDistList_DeleteEntries(This, lpEntries, ulFlags) ((This)->lpVtbl->DeleteEntries(This, lpEntries, ulFlags))
#define IDistList_ResolveNames(This, lpPropTagArray, ulFlags, lpAdrList, lpFlagList) \
    ((This)->lpVtbl->ResolveNames(This, lpPropTagArray, ulFlags, lpAdrList, lpFlagList))

/* IMAPIFolder */
#define IMAPIFolder_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIFolder_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIFolder_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIFolder_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPIFolder_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IMAPIFolder_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IMAPIFolder_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IMAPIFolder_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IMAPIFolder_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IMAPIFolder_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IMAPIFolder_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IMAPIFolder_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IMAPIFolder_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IMAPIFolder_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))
#define IMAPIFolder_GetContentsTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetContentsTable(This, ulFlags, lppTable))
#define IMAPIFolder_GetHierarchyTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetHierarchyTable(This, ulFlags, lppTable))
#define IMAPIFolder_OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk) \
    ((This)->lpVtbl->OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk))
#define IMAPIFolder_SetSearchCriteria(This, lpRestriction, lpContainerList, ulSearchFlags) \
    ((This)->lpVtbl->SetSearchCriteria(This, lpRestriction, lpContainerList, ulSearchFlags))
#define IMAPIFolder_GetSearchCriteria(This, ulFlags, lppRestriction, lppContainerList, lpulSearchState) \
    ((This)->lpVtbl->GetSearchCriteria(This, ulFlags, lppRestriction, lppContainerList, lpulSearchState))
#define IMAPIFolder_CreateMessage(This, lpInterface, ulFlags, lppMessage) \
    ((This)->lpVtbl->CreateMessage(This, lpInterface, ulFlags, lppMessage))
#define IMAPIFolder_CopyMessages(This, lpMsgList, lpInterface, lpDestFolder, ulUIParam, lpProgress, ulFlags) \
    ((This)->lpVtbl->CopyMessages(This, lpMsgList, lpInterface, lpDestFolder, ulUIParam, lpProgress, ulFlags))
#define IMAPIFolder_DeleteMessages(This, lpMsgList, ulUIParam, lpProgress, ulFlags) \
    ((This)->lpVtbl->DeleteMessages(This, lpMsgList, ulUIParam, lpProgress, ulFlags))
#define IMAPIFolder_CreateFolder(This, ulFolderType, lpszFolderName, lpszFolderComment, lpInterface, ulFlags, \
            lppFolder) \
    ((This)->lpVtbl->CreateFolder(This, ulFolderType, lpszFolderName, lpszFolderComment, lpInterface, ulFlags, \
            lppFolder))
#define IMAPIFolder_CopyFolder(This, cbEntryID, lpEntryID, lpInterface, lpDestFolder, lpszNewFolderName, ulUIParam, \
            lpProgress, ulFlags) \
    ((This)->lpVtbl->CopyFolder(This, cbEntryID, lpEntryID, lpInterface, lpDestFolder, lpszNewFolderName, ulUIParam, \
            lpProgress, ulFlags))
#define IMAPIFolder_DeleteFolder(This, cbEntryID, lpEntryID, ulUIParam, lpProgress, ulFlags) \
    ((This)->lpVtbl->DeleteFolder(This, cbEntryID, lpEntryID, ulUIParam, lpProgress, ulFlags))
#define IMAPIFolder_SetReadFlags(This, lpMsgList, ulUIParam, lpProgress, ulFlags) \
    ((This)->lpVtbl->SetReadFlags(This, lpMsgList, ulUIParam, lpProgress, ulFlags))
#define IMAPIFolder_GetMessageStatus(This, cbEntryID, lpEntryID, ulFlags, lpulMessageStatus) \
    ((This)->lpVtbl->GetMessageStatus(This, cbEntryID, lpEntryID, ulFlags, lpulMessageStatus))
#define IMAPIFolder_SetMessageStatus(This, cbEntryID, lpEntryID, ulNewStatus, ulNewStatusMask, lpulOldStatus) \
    ((This)->lpVtbl->SetMessageStatus(This, cbEntryID, lpEntryID, ulNewStatus, ulNewStatusMask, lpulOldStatus))
#define IMAPIFolder_SaveContentsSort(This, lpSortCriteria, ulFlags) \
    ((This)->lpVtbl->SaveContentsSort(This, lpSortCriteria, ulFlags))
#define IMAPIFolder_EmptyFolder(This, ulUIParam, lpProgress, ulFlags) \
    ((This)->lpVtbl->EmptyFolder(This, ulUIParam, lpProgress, ulFlags))

/* IMsgStore */
#define IMsgStore_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMsgStore_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMsgStore_Release(This) ((This)->lpVtbl->Release(This))
#define IMsgStore_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMsgStore_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IMsgStore_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IMsgStore_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IMsgStore_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IMsgStore_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IMsgStore_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IMsgStore_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IMsgStore_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IMsgStore_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IMsgStore_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))
#define IMsgStore_Advise(This, cbEntryID, lpEntryID, ulEventMask, lpAdviseSink, lpulConnection) \
    ((This)->lpVtbl->Advise(This, cbEntryID, lpEntryID, ulEventMask, lpAdviseSink, lpulConnection))
#define IMsgStore_Unadvise(This, ulConnection) ((This)->lpVtbl->Unadvise(This, ulConnection))
#define IMsgStore_CompareEntryIDs(This, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, ulFlags, lpulResult) \
    ((This)->lpVtbl->CompareEntryIDs(This, cbEntryID1, lpEntryID1, cbEntryID2, lpEntryID2, ulFlags, lpulResult))
#define IMsgStore_OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk) \
    ((This)->lpVtbl->OpenEntry(This, cbEntryID, lpEntryID, lpInterface, ulFlags, lpulObjType, lppUnk))
#define IMsgStore_SetReceiveFolder(This, lpszMessageClass, ulFlags, cbEntryID, lpEntryID) \
    ((This)->lpVtbl->SetReceiveFolder(This, lpszMessageClass, ulFlags, cbEntryID, lpEntryID))
#define IMsgStore_GetReceiveFolder(This, lpszMessageClass, ulFlags, lpcbEntryID, lppEntryID, lppszExplicitClass) \
    ((This)->lpVtbl->GetReceiveFolder(This, lpszMessageClass, ulFlags, lpcbEntryID, lppEntryID, lppszExplicitClass))
#define IMsgStore_GetReceiveFolderTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetReceiveFolderTable(This, ulFlags, lppTable))
#define IMsgStore_StoreLogoff(This, lpulFlags) ((This)->lpVtbl->StoreLogoff(This, lpulFlags))
#define IMsgStore_AbortSubmit(This, cbEntryID, lpEntryID, ulFlags) \
    ((This)->lpVtbl->AbortSubmit(This, cbEntryID, lpEntryID, ulFlags))
#define IMsgStore_GetOutgoingQueue(This, ulFlags, lppTable) ((This)->lpVtbl->GetOutgoingQueue(This, ulFlags, lppTable))
#define IMsgStore_SetLockState(This, lpMessage, ulLockState) \
    ((This)->lpVtbl->SetLockState(This, lpMessage, ulLockState))
#define IMsgStore_FinishedMsg(This, ulFlags, cbEntryID, lpEntryID) \
    ((This)->lpVtbl->FinishedMsg(This, ulFlags, cbEntryID, lpEntryID))
#define IMsgStore_NotifyNewMail(This, lpNotification) ((This)->lpVtbl->NotifyNewMail(This, lpNotification))

/* IMessage */
#define IMessage_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMessage_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMessage_Release(This) ((This)->lpVtbl->Release(This))
#define IMessage_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMessage_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IMessage_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IMessage_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IMessage_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IMessage_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IMessage_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IMessage_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IMessage_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IMessage_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IMessage_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))
#define IMessage_GetAttachmentTable(This, ulFlags, lppTable) \
    ((This)->lpVtbl->GetAttachmentTable(This, ulFlags, lppTable))
#define IMessage_OpenAttach(This, ulAttachmentNum, lpInterface, ulFlags, lppAttach) \
    ((This)->lpVtbl->OpenAttach(This, ulAttachmentNum, lpInterface, ulFlags, lppAttach))
#define IMessage_CreateAttach(This, lpInterface, ulFlags, lpulAttachmentNum, lppAttach) \
    ((This)->lpVtbl->CreateAttach(This, lpInterface, ulFlags, lpulAttachmentNum, lppAttach))
#define IMessage_DeleteAttach(This, ulAttachmentNum, ulUIParam, lpProgress, ulFlags) \
    ((This)->lpVtbl->DeleteAttach(This, ulAttachmentNum, ulUIParam, lpProgress, ulFlags))
#define IMessage_GetRecipientTable(This, ulFlags, lppTable) ((This)->lpVtbl->GetRecipientTable(This, ulFlags, lppTable))
#define IMessage_ModifyRecipients(This, ulFlags, lpMods) ((This)->lpVtbl->ModifyRecipients(This, ulFlags, lpMods))
#define IMessage_SubmitMessage(This, ulFlags) ((This)->lpVtbl->SubmitMessage(This, ulFlags))
#define IMessage_SetReadFlag(This, ulFlags) ((This)->lpVtbl->SetReadFlag(This, ulFlags))

/* IAttach */
#define IAttach_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IAttach_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IAttach_Release(This) ((This)->lpVtbl->Release(This))
#define IAttach_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IAttach_SaveChanges(This, ulFlags) ((This)->lpVtbl->SaveChanges(This, ulFlags))
#define IAttach_GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray) \
    ((This)->lpVtbl->GetProps(This, lpPropTagArray, ulFlags, lpcValues, lppPropArray))
#define IAttach_GetPropList(This, ulFlags, lppPropTagArray) \
    ((This)->lpVtbl->GetPropList(This, ulFlags, lppPropTagArray))
#define IAttach_OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk) \
    ((This)->lpVtbl->OpenProperty(This, ulPropTag, lpiid, ulInterfaceOptions, ulFlags, lppUnk))
#define IAttach_SetProps(This, cValues, lpPropArray, lppProblems) \
    ((This)->lpVtbl->SetProps(This, cValues, lpPropArray, lppProblems))
#define IAttach_DeleteProps(This, lpPropTagArray, lppProblems) \
    ((This)->lpVtbl->DeleteProps(This, lpPropTagArray, lppProblems))
#define IAttach_CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyTo(This, ciidExclude, rgiidExclude, lpExcludeProps, ulUIParam, lpProgress, lpInterface, \
            lpDestObj, ulFlags, lppProblems))
#define IAttach_CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, lppProblems) \
    ((This)->lpVtbl->CopyProps(This, lpIncludeProps, ulUIParam, lpProgress, lpInterface, lpDestObj, ulFlags, \
            lppProblems))
#define IAttach_GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames) \
    ((This)->lpVtbl->GetNamesFromIDs(This, lppPropTags, lpPropSetGuid, ulFlags, lpcPropNames, lpppPropNames))
#define IAttach_GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags) \
    ((This)->lpVtbl->GetIDsFromNames(This, cPropNames, lppPropNames, ulFlags, lppPropTags))

/* IMAPIControl */
#define IMAPIControl_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define IMAPIControl_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define IMAPIControl_Release(This) ((This)->lpVtbl->Release(This))
#define IMAPIControl_GetLastError(This, hResult, ulFlags, lppMAPIError) \
    ((This)->lpVtbl->GetLastError(This, hResult, ulFlags, lppMAPIError))
#define IMAPIControl_Activate(This, ulFlags, ulUIParam) ((This)->lpVtbl->Activate(This, ulFlags, ulUIParam))
#define IMAPIControl_GetState(This, ulFlags, lpulState) ((This)->lpVtbl->GetState(This, ulFlags, lpulState))

/* ITnef */
#define ITnef_QueryInterface(This, riid, ppvObj) ((This)->lpVtbl->QueryInterface(This, riid, ppvObj))
#define ITnef_AddRef(This) ((This)->lpVtbl->AddRef(This))
#define ITnef_Release(This) ((This)->lpVtbl->Release(This))
#define ITnef_AddProps(This, ulFlags, ulElemID, lpvData, lpPropList) \
    ((This)->lpVtbl->AddProps(This, ulFlags, ulElemID, lpvData, lpPropList))
#define ITnef_ExtractProps(This, ulFlags, lpPropList, lpProblems) \
    ((This)->lpVtbl->ExtractProps(This, ulFlags, lpPropList, lpProblems))
#define ITnef_Finish(This, ulFlags, lpKey, lpProblems) ((This)->lpVtbl->Finish(This, ulFlags, lpKey, lpProblems))
#define ITnef_OpenTaggedBody(This, lpMessage, ulFlags, lppStream) \
    ((This)->lpVtbl->OpenTaggedBody(This, lpMessage, ulFlags, lppStream))
#define ITnef_SetProps(This, ulFlags, ulElemID, cValues, lpProps) \
    ((This)->lpVtbl->SetProps(This, ulFlags, ulElemID, cValues, lpProps))
#define ITnef_EncodeRecips(This, ulFlags, lpRecipientTable) \
    ((This)->lpVtbl->EncodeRecips(This, ulFlags, lpRecipientTable))
#define ITnef_FinishComponent(This, ulFlags, ulComponentID, lpCustomPropList, lpCustomProps, lpPropList, lpProblems) \
    ((This)->lpVtbl->FinishComponent(This, ulFlags, ulComponentID, lpCustomPropList, lpCustomProps, lpPropList, \
            lpProblems))

#endif

#endif
