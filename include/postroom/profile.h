/*
 * Profiles: their administration, their message services and their sections.
 */
#ifndef POSTROOM_PROFILE_H
#define POSTROOM_PROFILE_H

#include <postroom/property.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A section of a profile; no methods of its own. */
#undef MAPI_IPROFSECT_METHODS
#define MAPI_IPROFSECT_METHODS(IPURE)

#undef INTERFACE
#define INTERFACE IProfSect
POSTROOM_INTERFACE(IProfSect, IMAPIProp)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE) MAPI_IMAPIPROP_METHODS(PURE))
};

/* The service providers of one message service. */
#undef MAPI_IPROVIDERADMIN_METHODS
#define MAPI_IPROVIDERADMIN_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(GetProviderTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(CreateProvider)(THIS_ LPTSTR lpszProvider, ULONG cValues, LPSPropValue lpProps, ULONG_PTR ulUIParam, \
            ULONG ulFlags, MAPIUID *lpUID) IPURE; \
    MAPIMETHOD(DeleteProvider)(THIS_ LPMAPIUID lpUID) IPURE; \
    MAPIMETHOD(OpenProfileSection)(THIS_ LPMAPIUID lpUID, LPCIID lpInterface, ULONG ulFlags, \
            LPPROFSECT *lppProfSect) IPURE;

#undef INTERFACE
#define INTERFACE IProviderAdmin
POSTROOM_INTERFACE(IProviderAdmin, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IPROVIDERADMIN_METHODS(PURE)
};

/* The message services of one profile. */
#undef MAPI_IMSGSERVICEADMIN_METHODS
#define MAPI_IMSGSERVICEADMIN_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(GetMsgServiceTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(CreateMsgService)(THIS_ LPTSTR lpszService, LPTSTR lpszDisplayName, ULONG_PTR ulUIParam, \
            ULONG ulFlags) IPURE; \
    MAPIMETHOD(DeleteMsgService)(THIS_ LPMAPIUID lpUID) IPURE; \
    MAPIMETHOD(CopyMsgService)(THIS_ LPMAPIUID lpUID, LPTSTR lpszDisplayName, LPCIID lpInterfaceToCopy, \
            LPCIID lpInterfaceDst, LPVOID lpObjectDst, ULONG_PTR ulUIParam, ULONG ulFlags) IPURE; \
    MAPIMETHOD(RenameMsgService)(THIS_ LPMAPIUID lpUID, ULONG ulFlags, LPTSTR lpszDisplayName) IPURE; \
    MAPIMETHOD(ConfigureMsgService)(THIS_ LPMAPIUID lpUID, ULONG_PTR ulUIParam, ULONG ulFlags, ULONG cValues, \
            LPSPropValue lpProps) IPURE; \
    MAPIMETHOD(OpenProfileSection)(THIS_ LPMAPIUID lpUID, LPCIID lpInterface, ULONG ulFlags, \
            LPPROFSECT *lppProfSect) IPURE; \
    MAPIMETHOD(MsgServiceTransportOrder)(THIS_ ULONG cUID, LPMAPIUID lpUIDList, ULONG ulFlags) IPURE; \
    MAPIMETHOD(AdminProviders)(THIS_ LPMAPIUID lpUID, ULONG ulFlags, LPPROVIDERADMIN *lppProviderAdmin) IPURE; \
    MAPIMETHOD(SetPrimaryIdentity)(THIS_ LPMAPIUID lpUID, ULONG ulFlags) IPURE; \
    MAPIMETHOD(GetProviderTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE;

#undef INTERFACE
#define INTERFACE IMsgServiceAdmin
POSTROOM_INTERFACE(IMsgServiceAdmin, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IMSGSERVICEADMIN_METHODS(PURE)
};

/* As IMsgServiceAdmin; creating a service also tells its PR_SERVICE_UID. */
#undef MAPI_IMSGSERVICEADMIN2_METHODS
#define MAPI_IMSGSERVICEADMIN2_METHODS(IPURE) \
    MAPIMETHOD(CreateMsgServiceEx)(THIS_ LPTSTR lpszService, LPTSTR lpszDisplayName, ULONG_PTR ulUIParam, \
            ULONG ulFlags, LPMAPIUID lpuidService) IPURE;

#undef INTERFACE
#define INTERFACE IMsgServiceAdmin2
POSTROOM_INTERFACE(IMsgServiceAdmin2, IMsgServiceAdmin)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE) MAPI_IMSGSERVICEADMIN_METHODS(PURE))
    MAPI_IMSGSERVICEADMIN2_METHODS(PURE)
};

/* All profiles of the user (MAPIAdminProfiles). */
#undef MAPI_IPROFADMIN_METHODS
#define MAPI_IPROFADMIN_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(GetProfileTable)(THIS_ ULONG ulFlags, LPMAPITABLE *lppTable) IPURE; \
    MAPIMETHOD(CreateProfile)(THIS_ LPTSTR lpszProfileName, LPTSTR lpszPassword, ULONG_PTR ulUIParam, \
            ULONG ulFlags) IPURE; \
    MAPIMETHOD(DeleteProfile)(THIS_ LPTSTR lpszProfileName, ULONG ulFlags) IPURE; \
    MAPIMETHOD(ChangeProfilePassword)(THIS_ LPTSTR lpszProfileName, LPTSTR lpszOldPassword, LPTSTR lpszNewPassword, \
            ULONG ulFlags) IPURE; \
    MAPIMETHOD(CopyProfile)(THIS_ LPTSTR lpszOldProfileName, LPTSTR lpszOldPassword, LPTSTR lpszNewProfileName, \
            ULONG_PTR ulUIParam, ULONG ulFlags) IPURE; \
    MAPIMETHOD(RenameProfile)(THIS_ LPTSTR lpszOldProfileName, LPTSTR lpszOldPassword, LPTSTR lpszNewProfileName, \
            ULONG_PTR ulUIParam, ULONG ulFlags) IPURE; \
    MAPIMETHOD(SetDefaultProfile)(THIS_ LPTSTR lpszProfileName, ULONG ulFlags) IPURE; \
    MAPIMETHOD(AdminServices)(THIS_ LPTSTR lpszProfileName, LPTSTR lpszPassword, ULONG_PTR ulUIParam, \
            ULONG ulFlags, LPSERVICEADMIN *lppServiceAdmin) IPURE;

#undef INTERFACE
#define INTERFACE IProfAdmin
POSTROOM_INTERFACE(IProfAdmin, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IPROFADMIN_METHODS(PURE)
};

#undef INTERFACE

#ifdef __cplusplus
}
#endif

#endif
