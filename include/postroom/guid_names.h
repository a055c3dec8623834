/*
 * The names and values of MAPI's GUIDs: interface identifiers, property sets, well-known sections. They are declared
 * here; <postroom/guids.h> defines them, and so does this header when INITGUID is defined before it, as usual in COM.
 *
 * OLE(name, first): {first-0000-0000-C000-000000000046}. FULL(name, ...): any other.
 */
#ifndef POSTROOM_GUID_NAMES_H
#define POSTROOM_GUID_NAMES_H

#include <postroom/imports.h>

#define POSTROOM_INTERFACE_IDS(OLE, FULL) \
    OLE(IID_IMAPISession, 0x00020300) \
    OLE(IID_IMAPITable, 0x00020301) \
    OLE(IID_IMAPIAdviseSink, 0x00020302) \
    OLE(IID_IMAPIProp, 0x00020303) \
    OLE(IID_IProfSect, 0x00020304) \
    OLE(IID_IMAPIStatus, 0x00020305) \
    OLE(IID_IMsgStore, 0x00020306) \
    OLE(IID_IMessage, 0x00020307) \
    OLE(IID_IAttachment, 0x00020308) \
    OLE(IID_IAddrBook, 0x00020309) \
    OLE(IID_IMailUser, 0x0002030a) \
    OLE(IID_IMAPIContainer, 0x0002030b) \
    OLE(IID_IMAPIFolder, 0x0002030c) \
    OLE(IID_IABContainer, 0x0002030d) \
    OLE(IID_IDistList, 0x0002030e) \
    OLE(IID_IMAPISup, 0x0002030f) \
    OLE(IID_IMSProvider, 0x00020310) \
    OLE(IID_IABProvider, 0x00020311) \
    OLE(IID_IXPProvider, 0x00020312) \
    OLE(IID_IMSLogon, 0x00020313) \
    OLE(IID_IABLogon, 0x00020314) \
    OLE(IID_IXPLogon, 0x00020315) \
    OLE(IID_IMAPITableData, 0x00020316) \
    OLE(IID_IMAPISpoolerInit, 0x00020317) \
    OLE(IID_IMAPISpoolerSession, 0x00020318) \
    OLE(IID_ITNEF, 0x00020319) \
    OLE(IID_IMAPIPropData, 0x0002031a) \
    OLE(IID_IMAPIControl, 0x0002031b) \
    OLE(IID_IProfAdmin, 0x0002031c) \
    OLE(IID_IMsgServiceAdmin, 0x0002031d) \
    OLE(IID_IMAPISpoolerService, 0x0002031e) \
    OLE(IID_IMAPIProgress, 0x0002031f) \
    OLE(IID_ISpoolerHook, 0x00020320) \
    OLE(IID_IMAPIViewContext, 0x00020321) \
    OLE(IID_IMAPIFormMgr, 0x00020322) \
    OLE(IID_IEnumMAPIFormProp, 0x00020323) \
    OLE(IID_IMAPIFormInfo, 0x00020324) \
    OLE(IID_IProviderAdmin, 0x00020325) \
    OLE(IID_IMAPIForm, 0x00020327) \
    OLE(IID_IPersistMessage, 0x0002032a) \
    OLE(IID_IMAPIViewAdviseSink, 0x0002032b) \
    OLE(IID_IStreamDocfile, 0x0002032c) \
    OLE(IID_IMAPIFormProp, 0x0002032d) \
    OLE(IID_IMAPIFormContainer, 0x0002032e) \
    OLE(IID_IMAPIFormAdviseSink, 0x0002032f) \
    OLE(IID_IStreamTnef, 0x00020330) \
    OLE(IID_IMAPIFormFactory, 0x00020350) \
    OLE(IID_IMAPIMessageSite, 0x00020370) \
    OLE(IID_IMsgServiceAdmin2, 0x00020387) \
    OLE(IID_IMessageRaw, 0x0002038a) \
    OLE(IID_IMAPIClientShutdown, 0x00020397) \
    OLE(IID_IMAPIProviderShutdown, 0x00020398) \
    OLE(IID_CAPONE_PROF, 0x00020d0a) \
    FULL(IID_IMAPIGetSession, 0x614ab435, 0x491d, 0x4f5b, 0xa8, 0xb4, 0x60, 0xeb, 0x03, 0x10, 0x30, 0xc6)

#define POSTROOM_PROPERTY_SETS(OLE, FULL) \
    OLE(PS_MAPI, 0x00020328) \
    OLE(PS_PUBLIC_STRINGS, 0x00020329) \
    OLE(PS_ROUTING_EMAIL_ADDRESSES, 0x00020380) \
    OLE(PS_ROUTING_ADDRTYPE, 0x00020381) \
    OLE(PS_ROUTING_DISPLAY_NAME, 0x00020382) \
    OLE(PS_ROUTING_ENTRYID, 0x00020383) \
    OLE(PS_ROUTING_SEARCH_KEY, 0x00020384) \
    OLE(MUID_PROFILE_INSTANCE, 0x00020385) \
    OLE(PS_INTERNET_HEADERS, 0x00020386) \
    OLE(PSETID_Appointment, 0x00062002) \
    OLE(PSETID_Task, 0x00062003) \
    OLE(PSETID_Address, 0x00062004) \
    OLE(PSETID_Common, 0x00062008) \
    OLE(PSETID_Log, 0x0006200a) \
    OLE(PSETID_Note, 0x0006200e) \
    OLE(PSETID_Report, 0x00062013) \
    OLE(PSETID_Remote, 0x00062014) \
    OLE(PSETID_Sharing, 0x00062040) \
    OLE(PSETID_PostRss, 0x00062041) \
    FULL(PSETID_Meeting, 0x6ed8da90, 0x450b, 0x101b, 0x98, 0xda, 0x00, 0xaa, 0x00, 0x3f, 0x13, 0x05) \
    FULL(PSETID_UnifiedMessaging, 0x4442858e, 0xa9e3, 0x4e80, 0xb9, 0x00, 0x31, 0x7a, 0x21, 0x0c, 0xc1, 0x5b) \
    FULL(PSETID_AirSync, 0x71035549, 0x0739, 0x4dcb, 0x91, 0x63, 0x00, 0xf0, 0x58, 0x0d, 0xbb, 0xdf) \
    FULL(PSETID_Attachment, 0x96357f7f, 0x59e1, 0x47d0, 0x99, 0xa7, 0x46, 0x51, 0x5c, 0x18, 0x3b, 0x54) \
    FULL(PSETID_CalendarAssistant, 0x11000e07, 0xb51b, 0x40d6, 0xaf, 0x21, 0xca, 0xa8, 0x5e, 0xda, 0xb1, 0xd0) \
    FULL(PSETID_XmlExtractedEntities, 0x23239608, 0x685d, 0x4732, 0x9c, 0x55, 0x4c, 0x95, 0xcb, 0x4e, 0x8e, 0x33) \
    FULL(PSETID_Messaging, 0x41f28f13, 0x83f4, 0x4114, 0xa5, 0x84, 0xee, 0xdb, 0x5a, 0x6b, 0x0b, 0xff)

/* In C, selectany only counts when nothing declared the name before: so either a definition or a declaration. */
#if defined(INITGUID) || defined(POSTROOM_GUIDS_H)
#define POSTROOM_GUIDS_DEFINED
#if defined(__cplusplus)
#define POSTROOM_GUID extern "C" const GUID DECLSPEC_SELECTANY
#else
#define POSTROOM_GUID const GUID DECLSPEC_SELECTANY
#endif
#define POSTROOM_GUID_OLE(name, first) \
    POSTROOM_GUID name = {first, 0x0000, 0x0000, {0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46}};
#define POSTROOM_GUID_FULL(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
    POSTROOM_GUID name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}};
#else
#define POSTROOM_GUID_OLE(name, first) EXTERN_C const GUID name;
#define POSTROOM_GUID_FULL(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) EXTERN_C const GUID name;
#endif

POSTROOM_INTERFACE_IDS(POSTROOM_GUID_OLE, POSTROOM_GUID_FULL)
POSTROOM_PROPERTY_SETS(POSTROOM_GUID_OLE, POSTROOM_GUID_FULL)

#undef POSTROOM_GUID
#undef POSTROOM_GUID_OLE
#undef POSTROOM_GUID_FULL

#endif
