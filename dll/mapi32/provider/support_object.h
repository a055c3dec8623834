/*
 * support_object: what the files of the support object share. Inside provider/ only.
 */
#ifndef POSTROOM_PROVIDER_SUPPORT_OBJECT_H
#define POSTROOM_PROVIDER_SUPPORT_OBJECT_H

#include "provider/support.h"

enum support_flavour
{
    SUPPORT_BOOK = 1,
    SUPPORT_STORE = 2,
    SUPPORT_TRANSPORT = 4,
    SUPPORT_PROVIDERS = 7,
    SUPPORT_CONFIGURATION = 8,
    SUPPORT_ALL = 15
};

struct logon;

struct support
{
    IMAPISupport IMAPISupport_iface;
    IMAPIGetSession IMAPIGetSession_iface;
    volatile LONG refcount;
    volatile LONG ended;
    struct object_mark mark;
    struct last_error last;
    enum support_flavour flavour;
    struct profile *profile; /* kept */
    struct gate *gate;       /* a reference; of the sections that it opens; may be NULL */
    MAPIUID section;
    struct logon *logon; /* a reference on its memory; NULL: configuration */
};

static inline struct support *impl_from_IMAPISupport(IMAPISupport *iface)
{
    return CONTAINING_RECORD(iface, struct support, IMAPISupport_iface);
}

HRESULT support_create(enum support_flavour flavour, struct profile *profile, struct gate *gate, const MAPIUID *section,
                       struct support **out);

/* First and last line of every method. MAPI_E_INVALID_OBJECT: ended; MAPI_E_NO_SUPPORT: not for this flavour. */
HRESULT support_enter(struct support *support, ULONG flavours);
HRESULT support_leave(struct support *support, HRESULT hr);

/*
 * A method that is not for the flavour, or that nothing stands behind: MAPI_E_NO_SUPPORT either way, its outputs stay as
 * they were. The parameters are given by type only.
 */
HRESULT support_decline(IMAPISupport *iface, const char *method);
#define SUPPORT_DECLINES(method, ...)                                                                                  \
    static HRESULT STDMETHODCALLTYPE support_##method(IMAPISupport *iface, __VA_ARGS__)                                \
    {                                                                                                                  \
        return support_decline(iface, #method);                                                                        \
    }

/* support_session.c */
extern const IMAPIGetSessionVtbl get_session_vtbl;
HRESULT STDMETHODCALLTYPE support_Subscribe(IMAPISupport *iface, NOTIFKEY *lpKey, ULONG ulEventMask, ULONG ulFlags,
                                            IMAPIAdviseSink *lpAdviseSink, ULONG_PTR *lpulConnection);
HRESULT STDMETHODCALLTYPE support_Unsubscribe(IMAPISupport *iface, ULONG_PTR ulConnection);
HRESULT STDMETHODCALLTYPE support_Notify(IMAPISupport *iface, NOTIFKEY *lpKey, ULONG cNotification,
                                         NOTIFICATION *lpNotifications, ULONG *lpulFlags);
HRESULT STDMETHODCALLTYPE support_ModifyStatusRow(IMAPISupport *iface, ULONG cValues, SPropValue *lpColumnVals,
                                                  ULONG ulFlags);
HRESULT STDMETHODCALLTYPE support_CreateOneOff(IMAPISupport *iface, LPTSTR lpszName, LPTSTR lpszAdrType,
                                               LPTSTR lpszAddress, ULONG ulFlags, ULONG *lpcbEntryID,
                                               ENTRYID **lppEntryID);
HRESULT STDMETHODCALLTYPE support_SetProviderUID(IMAPISupport *iface, MAPIUID *lpProviderID, ULONG ulFlags);
HRESULT STDMETHODCALLTYPE support_CompareEntryIDs(IMAPISupport *iface, ULONG cbEntry1, ENTRYID *lpEntry1,
                                                  ULONG cbEntry2, ENTRYID *lpEntry2, ULONG ulCompareFlags,
                                                  ULONG *lpulResult);
HRESULT STDMETHODCALLTYPE support_OpenEntry(IMAPISupport *iface, ULONG cbEntryID, ENTRYID *lpEntryID,
                                            const IID *lpInterface, ULONG ulOpenFlags, ULONG *lpulObjType,
                                            IUnknown **lppUnk);
HRESULT STDMETHODCALLTYPE support_OpenAddressBook(IMAPISupport *iface, const IID *lpInterface, ULONG ulFlags,
                                                  IAddrBook **lppAdrBook);
HRESULT STDMETHODCALLTYPE support_WrapStoreEntryID(IMAPISupport *iface, ULONG cbOrigEntry, ENTRYID *lpOrigEntry,
                                                   ULONG *lpcbWrappedEntry, ENTRYID **lppWrappedEntry);
HRESULT STDMETHODCALLTYPE support_ModifyProfile(IMAPISupport *iface, ULONG ulFlags);
HRESULT STDMETHODCALLTYPE support_StoreLogoffTransports(IMAPISupport *iface, ULONG *lpulFlags);

/* support_spooler.c */
HRESULT STDMETHODCALLTYPE support_SpoolerNotify(IMAPISupport *iface, ULONG ulFlags, void *lpvData);
HRESULT STDMETHODCALLTYPE support_SpoolerYield(IMAPISupport *iface, ULONG ulFlags);
HRESULT STDMETHODCALLTYPE support_CompleteMsg(IMAPISupport *iface, ULONG ulFlags, ULONG cbEntryID, ENTRYID *lpEntryID);
HRESULT STDMETHODCALLTYPE support_StatusRecips(IMAPISupport *iface, IMessage *lpMessage, ADRLIST *lpRecipList);
HRESULT STDMETHODCALLTYPE support_DoSentMail(IMAPISupport *iface, ULONG ulFlags, IMessage *lpMessage);

HRESULT STDMETHODCALLTYPE support_RegisterPreprocessor(IMAPISupport *iface, MAPIUID *lpMuid, LPTSTR lpszAdrType,
                                                       LPTSTR lpszDLLName, LPSTR lpszPreprocess,
                                                       LPSTR lpszRemovePreprocessInfo, ULONG ulFlags);

/* report.c */
HRESULT STDMETHODCALLTYPE support_ReadReceipt(IMAPISupport *iface, ULONG ulFlags, IMessage *lpReadMessage,
                                              IMessage **lppEmptyMessage);

/* support_recipients.c */
HRESULT STDMETHODCALLTYPE support_PrepareSubmit(IMAPISupport *iface, IMessage *lpMessage, ULONG *lpulFlags);
HRESULT STDMETHODCALLTYPE support_ExpandRecips(IMAPISupport *iface, IMessage *lpMessage, ULONG *lpulFlags);

#endif
