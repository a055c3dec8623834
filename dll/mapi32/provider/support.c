/*
 * The support object: its life, and the methods that every flavour has.
 */
#include "provider/set.h"
#include "display/display.h"
#include "notify/subscribe.h"
#include "ui/ui.h"

HRESULT support_new_uid(MAPIUID *uid)
{
    C_ASSERT(sizeof(GUID) == sizeof(*uid));

    return SUCCEEDED(CoCreateGuid((GUID *)uid)) ? S_OK : MAPI_E_CALL_FAILED;
}

HRESULT support_enter(struct support *support, ULONG flavours)
{
    if (support->ended)
        return MAPI_E_INVALID_OBJECT;
    return support->flavour & flavours ? S_OK : support_leave(support, MAPI_E_NO_SUPPORT); /* SPI-06 */
}

HRESULT support_leave(struct support *support, HRESULT hr)
{
    return last_error_set(&support->last, hr);
}

HRESULT support_decline(IMAPISupport *iface, const char *method)
{
    struct support *support = impl_from_IMAPISupport(iface);

    TRACE("iface %p, method %s\n", iface, method);

    return support->ended ? MAPI_E_INVALID_OBJECT : support_leave(support, MAPI_E_NO_SUPPORT);
}

static HRESULT STDMETHODCALLTYPE support_QueryInterface(IMAPISupport *iface, REFIID riid, void **out)
{
    struct support *support = impl_from_IMAPISupport(iface);

    TRACE("iface %p, riid %s, out %p\n", iface, debugstr_guid(riid), out);

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (support->ended)
        return MAPI_E_INVALID_OBJECT;
    if (!memory_readable(riid, sizeof(*riid)))
        return MAPI_E_INVALID_PARAMETER;
    if (IsEqualGUID(riid, &IID_IMAPIGetSession) && support->logon)
    {
        IMAPISupport_AddRef(iface);
        *out = &support->IMAPIGetSession_iface;
        return S_OK;
    }
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IMAPISup))
    {
        WARN("%s not implemented, returning E_NOINTERFACE.\n", debugstr_guid(riid));
        return E_NOINTERFACE;
    }
    IMAPISupport_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE support_AddRef(IMAPISupport *iface)
{
    ULONG refcount = InterlockedIncrement(&impl_from_IMAPISupport(iface)->refcount);

    TRACE("iface %p, refcount %lu\n", iface, refcount);
    return refcount;
}

static ULONG STDMETHODCALLTYPE support_Release(IMAPISupport *iface)
{
    struct support *support = impl_from_IMAPISupport(iface);
    ULONG refcount = InterlockedDecrement(&support->refcount);

    TRACE("iface %p, refcount %lu\n", iface, refcount);

    if (!refcount)
    {
        subscription_remove_all(support);
        if (support->logon)
            logon_support_gone(support->logon);
        profile_drop(support->profile);
        if (support->gate)
            gate_release(support->gate);
        object_died(&support->mark);
        heap_free(support);
    }
    return refcount;
}

/* imapisupport-getlasterror */
static HRESULT STDMETHODCALLTYPE support_GetLastError(IMAPISupport *iface, HRESULT hResult, ULONG ulFlags,
                                                      MAPIERROR **lppMAPIError)
{
    struct support *support = impl_from_IMAPISupport(iface);

    TRACE("iface %p, hResult %#lx, flags %#lx, error %p\n", iface, hResult, ulFlags, lppMAPIError);

    if ((lppMAPIError = OUT_POINTER(lppMAPIError)))
        *lppMAPIError = NULL;
    return support->ended ? MAPI_E_INVALID_OBJECT : last_error_get(&support->last, hResult, ulFlags, lppMAPIError);
}

/* imapisupport-getmemallocroutines; SPI-15. Every one of the three may be left out. */
static HRESULT STDMETHODCALLTYPE support_GetMemAllocRoutines(IMAPISupport *iface, LPALLOCATEBUFFER *lpAllocateBuffer,
                                                             LPALLOCATEMORE *lpAllocateMore, LPFREEBUFFER *lpFreeBuffer)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, out %p %p %p\n", iface, lpAllocateBuffer, lpAllocateMore, lpFreeBuffer);

    if (FAILED(hr = support_enter(support, SUPPORT_ALL)))
        return hr;
    if ((lpAllocateBuffer = OUT_POINTER(lpAllocateBuffer)))
        *lpAllocateBuffer = MAPIAllocateBuffer;
    if ((lpAllocateMore = OUT_POINTER(lpAllocateMore)))
        *lpAllocateMore = MAPIAllocateMore;
    if ((lpFreeBuffer = OUT_POINTER(lpFreeBuffer)))
        *lpFreeBuffer = MAPIFreeBuffer;
    return S_OK;
}

/* imapisupport-openprofilesection; SPI-11. NULL is the caller's own section; any other may be a provider's too, as for
 * a client that insists. MAPI_E_NO_ACCESS: somebody writes in it; MAPI_E_NOT_FOUND; MAPI_E_UNKNOWN_FLAGS. */
static HRESULT STDMETHODCALLTYPE support_OpenProfileSection(IMAPISupport *iface, MAPIUID *lpUid, ULONG ulFlags,
                                                            IProfSect **lppProfileObj)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, uid %s, flags %#lx, section %p\n", iface, debugstr_guid((GUID *)lpUid), ulFlags, lppProfileObj);

    if ((lppProfileObj = OUT_POINTER(lppProfileObj)))
        *lppProfileObj = NULL;
    if (FAILED(hr = support_enter(support, SUPPORT_ALL)))
        return hr;
    if (!lppProfileObj)
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = profile_open_section(support->profile, support->gate, lpUid ? lpUid : &support->section, NULL,
                                  ulFlags | MAPI_FORCE_ACCESS, lppProfileObj);
    return support_leave(support, hr);
}

/* imapisupport-newuid; SPI-14 */
static HRESULT STDMETHODCALLTYPE support_NewUID(IMAPISupport *iface, MAPIUID *lpMuid)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, uid %p\n", iface, lpMuid);

    if (FAILED(hr = support_enter(support, SUPPORT_ALL)))
        return hr;
    return support_leave(support, OUT_POINTER(lpMuid) ? support_new_uid(lpMuid) : MAPI_E_INVALID_PARAMETER);
}

/* imapisupport-makeinvalid; SPI-13. A support object that has ended does it too: it needs nothing of the session, and
 * this is what providers call late. */
static HRESULT STDMETHODCALLTYPE support_MakeInvalid(IMAPISupport *iface, ULONG ulFlags, void *lpObject,
                                                     ULONG ulRefCount, ULONG cMethods)
{
    TRACE("iface %p, flags %#lx, object %p, refcount %lu, methods %lu\n", iface, ulFlags, lpObject, ulRefCount,
          cMethods);

    return support_leave(impl_from_IMAPISupport(iface),
                         ulFlags ? MAPI_E_UNKNOWN_FLAGS : support_make_invalid(lpObject, ulRefCount, cMethods));
}

/* imapisupport-getsvcconfigsupportobj; SPI-18. It opens the caller's section for NULL and lives as long as it is held,
 * but for the profile's use. */
static HRESULT STDMETHODCALLTYPE support_GetSvcConfigSupportObj(IMAPISupport *iface, ULONG ulFlags,
                                                                IMAPISupport **lppSvcSupport)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("iface %p, flags %#lx, support %p\n", iface, ulFlags, lppSvcSupport);

    if ((lppSvcSupport = OUT_POINTER(lppSvcSupport)))
        *lppSvcSupport = NULL;
    if (FAILED(hr = support_enter(support, SUPPORT_ALL)))
        return hr;
    if (!lppSvcSupport)
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else
        hr = support_create_configuration(support->profile, support->gate, &support->section, lppSvcSupport);
    return support_leave(support, hr);
}

/*
 * imapisupport-doconfigpropsheet. lpszTitle is wide with MAPI_UNICODE; it may be NULL. S_OK: the object has what the user
 * entered; MAPI_E_USER_CANCEL; MAPI_E_UNKNOWN_FLAGS; MAPI_E_INVALID_PARAMETER, also for a display table that makes no
 * sense; MAPI_E_NO_SUPPORT: nobody could see it; MAPI_E_NOT_ENOUGH_MEMORY.
 */
static HRESULT STDMETHODCALLTYPE support_DoConfigPropsheet(IMAPISupport *iface, ULONG_PTR ulUIParam, ULONG ulFlags,
                                                           LPTSTR lpszTitle, IMAPITable *lpDisplayTable,
                                                           IMAPIProp *lpConfigData, ULONG ulTopPage)
{
    struct support *support = impl_from_IMAPISupport(iface);
    WCHAR title[256];
    HRESULT hr;

    TRACE("iface %p, window %#Ix, flags %#lx, title %s, table %p, object %p, page %lu\n", iface, ulUIParam, ulFlags,
          debugstr_t(lpszTitle, ulFlags), lpDisplayTable, lpConfigData, ulTopPage);

    if (FAILED(hr = support_enter(support, SUPPORT_ALL)))
        return hr;
    if (ulFlags & ~MAPI_UNICODE)
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!memory_is_interface(lpDisplayTable, 3) || !memory_is_interface(lpConfigData, 3))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!ui_can_ask())
        hr = MAPI_E_NO_SUPPORT;
    else
        hr = text_from_caller(lpszTitle, ulFlags, title, ARRAY_SIZE(title));
    if (SUCCEEDED(hr))
    {
        IMAPISupport_AddRef(iface);
        hr = display_sheet_run((HWND)ulUIParam, title, lpDisplayTable, lpConfigData, ulTopPage);
        support_leave(support, hr);
        IMAPISupport_Release(iface);
        return hr;
    }
    return support_leave(support, hr);
}

SUPPORT_DECLINES(OpenTemplateID, ULONG, ENTRYID *, ULONG, IMAPIProp *, const IID *, IMAPIProp **, IMAPIProp *)
SUPPORT_DECLINES(GetOneOffTable, ULONG, IMAPITable **)
SUPPORT_DECLINES(Address, ULONG_PTR *, ADRPARM *, ADRLIST **)
SUPPORT_DECLINES(Details, ULONG_PTR *, LPFNDISMISS, void *, ULONG, ENTRYID *, LPFNBUTTON, void *, LPTSTR, ULONG)
SUPPORT_DECLINES(NewEntry, ULONG_PTR, ULONG, ULONG, ENTRYID *, ULONG, ENTRYID *, ULONG *, ENTRYID **)
SUPPORT_DECLINES(CopyMessages, const IID *, void *, ENTRYLIST *, const IID *, void *, ULONG_PTR, IMAPIProgress *, ULONG)
SUPPORT_DECLINES(CopyFolder, const IID *, void *, ULONG, ENTRYID *, const IID *, void *, LPTSTR, ULONG_PTR,
                 IMAPIProgress *, ULONG)
SUPPORT_DECLINES(DoCopyTo, const IID *, void *, ULONG, const IID *, SPropTagArray *, ULONG_PTR, IMAPIProgress *,
                 const IID *, void *, ULONG, SPropProblemArray **)
SUPPORT_DECLINES(DoCopyProps, const IID *, void *, SPropTagArray *, ULONG_PTR, IMAPIProgress *, const IID *, void *,
                 ULONG, SPropProblemArray **)
SUPPORT_DECLINES(DoProgressDialog, ULONG_PTR, ULONG, IMAPIProgress **)
SUPPORT_DECLINES(UpdatePAB, ULONG, IMessage *)
SUPPORT_DECLINES(Preprocess, ULONG, ULONG, ENTRYID *)
SUPPORT_DECLINES(IStorageFromStream, IUnknown *, const IID *, ULONG, IStorage **)

static const IMAPISupportVtbl support_vtbl = {
        support_QueryInterface,
        support_AddRef,
        support_Release,
        support_GetLastError,
        support_GetMemAllocRoutines,
        support_Subscribe,
        support_Unsubscribe,
        support_Notify,
        support_ModifyStatusRow,
        support_OpenProfileSection,
        support_RegisterPreprocessor,
        support_NewUID,
        support_MakeInvalid,
        support_SpoolerYield,
        support_SpoolerNotify,
        support_CreateOneOff,
        support_SetProviderUID,
        support_CompareEntryIDs,
        support_OpenTemplateID,
        support_OpenEntry,
        support_GetOneOffTable,
        support_Address,
        support_Details,
        support_NewEntry,
        support_DoConfigPropsheet,
        support_CopyMessages,
        support_CopyFolder,
        support_DoCopyTo,
        support_DoCopyProps,
        support_DoProgressDialog,
        support_ReadReceipt,
        support_PrepareSubmit,
        support_ExpandRecips,
        support_UpdatePAB,
        support_DoSentMail,
        support_OpenAddressBook,
        support_Preprocess,
        support_CompleteMsg,
        support_StoreLogoffTransports,
        support_StatusRecips,
        support_WrapStoreEntryID,
        support_ModifyProfile,
        support_IStorageFromStream,
        support_GetSvcConfigSupportObj,
};

HRESULT support_create(enum support_flavour flavour, struct profile *profile, struct gate *gate, const MAPIUID *section,
                       struct support **out)
{
    struct support *support = heap_alloc_zero(sizeof(*support));

    *out = NULL;
    if (!support)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    support->IMAPISupport_iface.lpVtbl = &support_vtbl;
    support->IMAPIGetSession_iface.lpVtbl = &get_session_vtbl;
    support->refcount = 1;
    support->flavour = flavour;
    support->profile = profile;
    profile_keep(profile);
    support->gate = gate;
    if (gate)
        gate_addref(gate);
    support->section = *section;
    object_born(&support->mark, "support object");
    *out = support;
    return S_OK;
}

HRESULT support_create_configuration(struct profile *profile, struct gate *gate, const MAPIUID *section,
                                     IMAPISupport **out)
{
    struct support *support;
    HRESULT hr = support_create(SUPPORT_CONFIGURATION, profile, gate, section, &support);

    *out = SUCCEEDED(hr) ? &support->IMAPISupport_iface : NULL;
    return hr;
}

void support_end(IMAPISupport *support)
{
    InterlockedExchange(&impl_from_IMAPISupport(support)->ended, TRUE);
    IMAPISupport_Release(support);
}
