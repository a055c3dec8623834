/*
 * Message stores and address books: containers and what they hold.
 */
#ifndef POSTROOM_STORE_H
#define POSTROOM_STORE_H

#include <postroom/property.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What folders and address book containers have in common. */
#undef MAPI_IMAPICONTAINER_METHODS
#define MAPI_IMAPICONTAINER_METHODS(IPURE) \
    MAPIMETHOD(GetContentsTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(GetHierarchyTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, ULONG ulFlags, \
            ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(SetSearchCriteria)(THIS_ LPSRestriction lpRestriction, LPENTRYLIST lpContainerList, \
            ULONG ulSearchFlags) IPURE; \
    MAPIMETHOD(GetSearchCriteria)(THIS_ ULONG ulFlags, LPSRestriction *lppRestriction, \
            LPENTRYLIST *lppContainerList, ULONG *lpulSearchState) IPURE;

#undef INTERFACE
#define INTERFACE IMAPIContainer
POSTROOM_INTERFACE(IMAPIContainer, IMAPIProp)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE) MAPI_IMAPIPROP_METHODS(PURE))
    MAPI_IMAPICONTAINER_METHODS(PURE)
};

/* A container of an address book. */
#undef MAPI_IABCONTAINER_METHODS
#define MAPI_IABCONTAINER_METHODS(IPURE) \
    MAPIMETHOD(CreateEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulCreateFlags, \
            LPMAPIPROP *lppMAPIPropEntry) IPURE; \
    MAPIMETHOD(CopyEntries)(THIS_ LPENTRYLIST lpEntries, ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, \
            ULONG ulFlags) IPURE; \
    MAPIMETHOD(DeleteEntries)(THIS_ LPENTRYLIST lpEntries, ULONG ulFlags) IPURE; \
    MAPIMETHOD(ResolveNames)(THIS_ LPSPropTagArray lpPropTagArray, ULONG ulFlags, LPADRLIST lpAdrList, \
            LPFlagList lpFlagList) IPURE;

#undef INTERFACE
#define INTERFACE IABContainer
POSTROOM_INTERFACE(IABContainer, IMAPIContainer)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE) MAPI_IMAPIPROP_METHODS(PURE) MAPI_IMAPICONTAINER_METHODS(PURE))
    MAPI_IABCONTAINER_METHODS(PURE)
};

/* One recipient; no methods of its own. */
#undef MAPI_IMAILUSER_METHODS
#define MAPI_IMAILUSER_METHODS(IPURE)

#undef INTERFACE
#define INTERFACE IMailUser
POSTROOM_INTERFACE(IMailUser, IMAPIProp)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE) MAPI_IMAPIPROP_METHODS(PURE))
};

/* A distribution list. */
#undef MAPI_IDISTLIST_METHODS
#define MAPI_IDISTLIST_METHODS(IPURE) \
    MAPIMETHOD(CreateEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulCreateFlags, \
            LPMAPIPROP *lppMAPIPropEntry) IPURE; \
    MAPIMETHOD(CopyEntries)(THIS_ LPENTRYLIST lpEntries, ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, \
            ULONG ulFlags) IPURE; \
    MAPIMETHOD(DeleteEntries)(THIS_ LPENTRYLIST lpEntries, ULONG ulFlags) IPURE; \
    MAPIMETHOD(ResolveNames)(THIS_ LPSPropTagArray lpPropTagArray, ULONG ulFlags, LPADRLIST lpAdrList, \
            LPFlagList lpFlagList) IPURE;

#undef INTERFACE
#define INTERFACE IDistList
POSTROOM_INTERFACE(IDistList, IMAPIContainer)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE) MAPI_IMAPIPROP_METHODS(PURE) MAPI_IMAPICONTAINER_METHODS(PURE))
    MAPI_IDISTLIST_METHODS(PURE)
};

/* A folder of a message store. */
#undef MAPI_IMAPIFOLDER_METHODS
#define MAPI_IMAPIFOLDER_METHODS(IPURE) \
    MAPIMETHOD(CreateMessage)(THIS_ LPCIID lpInterface, ULONG ulFlags, LPMESSAGE *lppMessage) IPURE; \
    MAPIMETHOD(CopyMessages)(THIS_ LPENTRYLIST lpMsgList, LPCIID lpInterface, LPVOID lpDestFolder, \
            ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, ULONG ulFlags) IPURE; \
    MAPIMETHOD(DeleteMessages)(THIS_ LPENTRYLIST lpMsgList, ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, \
            ULONG ulFlags) IPURE; \
    MAPIMETHOD(CreateFolder)(THIS_ ULONG ulFolderType, LPTSTR lpszFolderName, LPTSTR lpszFolderComment, \
            LPCIID lpInterface, ULONG ulFlags, LPMAPIFOLDER *lppFolder) IPURE; \
    MAPIMETHOD(CopyFolder)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, LPVOID lpDestFolder, \
            LPTSTR lpszNewFolderName, ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, ULONG ulFlags) IPURE; \
    MAPIMETHOD(DeleteFolder)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG_PTR ulUIParam, \
            LPMAPIPROGRESS lpProgress, ULONG ulFlags) IPURE; \
    MAPIMETHOD(SetReadFlags)(THIS_ LPENTRYLIST lpMsgList, ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, \
            ULONG ulFlags) IPURE; \
    MAPIMETHOD(GetMessageStatus)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulFlags, \
            ULONG *lpulMessageStatus) IPURE; \
    MAPIMETHOD(SetMessageStatus)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulNewStatus, \
            ULONG ulNewStatusMask, ULONG *lpulOldStatus) IPURE; \
    MAPIMETHOD(SaveContentsSort)(THIS_ LPSSortOrderSet lpSortCriteria, ULONG ulFlags) IPURE; \
    MAPIMETHOD(EmptyFolder)(THIS_ ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, ULONG ulFlags) IPURE;

#undef INTERFACE
#define INTERFACE IMAPIFolder
POSTROOM_INTERFACE(IMAPIFolder, IMAPIContainer)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE) MAPI_IMAPIPROP_METHODS(PURE) MAPI_IMAPICONTAINER_METHODS(PURE))
    MAPI_IMAPIFOLDER_METHODS(PURE)
};

/* A message store. */
#undef MAPI_IMSGSTORE_METHODS
#define MAPI_IMSGSTORE_METHODS(IPURE) \
    MAPIMETHOD(Advise)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulEventMask, \
            LPMAPIADVISESINK lpAdviseSink, ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unadvise)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(CompareEntryIDs)(THIS_ ULONG cbEntryID1, LPENTRYID lpEntryID1, ULONG cbEntryID2, \
            LPENTRYID lpEntryID2, ULONG ulFlags, ULONG *lpulResult) IPURE; \
    MAPIMETHOD(OpenEntry)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, LPCIID lpInterface, ULONG ulFlags, \
            ULONG *lpulObjType, LPUNKNOWN *lppUnk) IPURE; \
    MAPIMETHOD(SetReceiveFolder)(THIS_ LPTSTR lpszMessageClass, ULONG ulFlags, ULONG cbEntryID, \
            LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(GetReceiveFolder)(THIS_ LPTSTR lpszMessageClass, ULONG ulFlags, ULONG *lpcbEntryID, \
            LPENTRYID *lppEntryID, LPTSTR *lppszExplicitClass) IPURE; \
    MAPIMETHOD(GetReceiveFolderTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(StoreLogoff)(THIS_ ULONG *lpulFlags) IPURE; \
    MAPIMETHOD(AbortSubmit)(THIS_ ULONG cbEntryID, LPENTRYID lpEntryID, ULONG ulFlags) IPURE; \
    MAPIMETHOD(GetOutgoingQueue)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(SetLockState)(THIS_ LPMESSAGE lpMessage, ULONG ulLockState) IPURE; \
    MAPIMETHOD(FinishedMsg)(THIS_ ULONG ulFlags, ULONG cbEntryID, LPENTRYID lpEntryID) IPURE; \
    MAPIMETHOD(NotifyNewMail)(THIS_ LPNOTIFICATION lpNotification) IPURE;

#undef INTERFACE
#define INTERFACE IMsgStore
POSTROOM_INTERFACE(IMsgStore, IMAPIProp)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE) MAPI_IMAPIPROP_METHODS(PURE))
    MAPI_IMSGSTORE_METHODS(PURE)
};

/* A message. */
#undef MAPI_IMESSAGE_METHODS
#define MAPI_IMESSAGE_METHODS(IPURE) \
    MAPIMETHOD(GetAttachmentTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(OpenAttach)(THIS_ ULONG ulAttachmentNum, LPCIID lpInterface, ULONG ulFlags, \
            LPATTACH *lppAttach) IPURE; \
    MAPIMETHOD(CreateAttach)(THIS_ LPCIID lpInterface, ULONG ulFlags, ULONG *lpulAttachmentNum, \
            LPATTACH *lppAttach) IPURE; \
    MAPIMETHOD(DeleteAttach)(THIS_ ULONG ulAttachmentNum, ULONG_PTR ulUIParam, LPMAPIPROGRESS lpProgress, \
            ULONG ulFlags) IPURE; \
    MAPIMETHOD(GetRecipientTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(ModifyRecipients)(THIS_ ULONG ulFlags, LPADRLIST lpMods) IPURE; \
    MAPIMETHOD(SubmitMessage)(THIS_ ULONG ulFlags) IPURE; \
    MAPIMETHOD(SetReadFlag)(THIS_ ULONG ulFlags) IPURE;

#undef INTERFACE
#define INTERFACE IMessage
POSTROOM_INTERFACE(IMessage, IMAPIProp)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE) MAPI_IMAPIPROP_METHODS(PURE))
    MAPI_IMESSAGE_METHODS(PURE)
};

/* An attachment; no methods of its own. */
#undef MAPI_IATTACH_METHODS
#define MAPI_IATTACH_METHODS(IPURE)

#undef INTERFACE
#define INTERFACE IAttach
POSTROOM_INTERFACE(IAttach, IMAPIProp)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE) MAPI_IMAPIPROP_METHODS(PURE))
};

/* A button in a display table. */
#undef MAPI_IMAPICONTROL_METHODS
#define MAPI_IMAPICONTROL_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(Activate)(THIS_ ULONG ulFlags, ULONG_PTR ulUIParam) IPURE; \
    MAPIMETHOD(GetState)(THIS_ ULONG ulFlags, ULONG *lpulState) IPURE;

#undef INTERFACE
#define INTERFACE IMAPIControl
POSTROOM_INTERFACE(IMAPIControl, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IMAPICONTROL_METHODS(PURE)
};

#undef INTERFACE

#ifdef __cplusplus
}
#endif

#endif
