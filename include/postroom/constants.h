/*
 * Constants that mingw-w64's headers lack. Each is left alone if a later mingw-w64 has it.
 */
#ifndef POSTROOM_CONSTANTS_H
#define POSTROOM_CONSTANTS_H

#include <postroom/imports.h>

/* MAPILogonEx */
#ifndef MAPI_APP_PROFILE
#define MAPI_APP_PROFILE 0x00000004
#endif
#ifndef MAPI_BG_SESSION
#define MAPI_BG_SESSION 0x00200000
#endif

/* MAPIInitialize (MAPIINIT_0::ulFlags) */
#ifndef MAPI_NO_COINIT
#define MAPI_NO_COINIT 0x00000008
#endif

/* OpenProfileSection: a provider's section too */
#ifndef MAPI_FORCE_ACCESS
#define MAPI_FORCE_ACCESS 0x00080000
#endif

/* Opening stores and entries */
#ifndef MDB_ONLINE
#define MDB_ONLINE ((ULONG)0x00000100)
#endif
#ifndef MAPI_NO_CACHE
#define MAPI_NO_CACHE ((ULONG)0x00000200)
#endif
#ifndef MAPI_CACHE_ONLY
#define MAPI_CACHE_ONLY ((ULONG)0x00004000)
#endif
#ifndef MAPI_GAL_ONLY
#define MAPI_GAL_ONLY ((ULONG)0x00000080)
#endif
#ifndef SHOW_SOFT_DELETES
#define SHOW_SOFT_DELETES ((ULONG)0x00000002)
#endif
#ifndef AB_UNICODEUI
#define AB_UNICODEUI ((ULONG)0x00000040)
#endif

/* CreateMsgService */
#ifndef SERVICE_NO_RESTART_WARNING
#define SERVICE_NO_RESTART_WARNING 0x00000080
#endif

/* PR_STORE_SUPPORT_MASK */
#ifndef STORE_HTML_OK
#define STORE_HTML_OK ((ULONG)0x00010000)
#endif
#ifndef STORE_ANSI_OK
#define STORE_ANSI_OK ((ULONG)0x00020000)
#endif
#ifndef STORE_UNICODE_OK
#define STORE_UNICODE_OK ((ULONG)0x00040000)
#endif
#ifndef STORE_LOCALSTORE
#define STORE_LOCALSTORE ((ULONG)0x00080000)
#endif
#ifndef STORE_ITEMPROC
#define STORE_ITEMPROC ((ULONG)0x00200000)
#endif
#ifndef STORE_PUSHER_OK
#define STORE_PUSHER_OK ((ULONG)0x00800000)
#endif

/* Events */
#ifndef fnevIndexing
#define fnevIndexing ((ULONG)0x00010000)
#endif

/* Codes */
#ifndef MAPI_E_RECONNECTED
#define MAPI_E_RECONNECTED ((SCODE)0x80040125)
#endif
#ifndef MAPI_E_OFFLINE
#define MAPI_E_OFFLINE ((SCODE)0x80040126)
#endif

/* Tables */
#ifndef TABLE_SORT_CATEG_MAX
#define TABLE_SORT_CATEG_MAX ((ULONG)0x00000004)
#endif
#ifndef TABLE_SORT_CATEG_MIN
#define TABLE_SORT_CATEG_MIN ((ULONG)0x00000008)
#endif
#ifndef RES_COUNT
#define RES_COUNT ((ULONG)0x0000000B)

/* A restriction of type RES_COUNT; SRestriction's union has no name for it, so its address is cast to this. */
typedef struct _SCountRestriction
{
    ULONG ulCount;
    LPSRestriction lpRes;
} SCountRestriction;
#endif
#ifndef RES_ANNOTATION
#define RES_ANNOTATION ((ULONG)0x0000000C)

/* Shaped as a comment (SRestriction::res.resComment). */
typedef SCommentRestriction SAnnotationRestriction;
#endif

/* A property of the size of a pointer. */
#ifndef PT_PTR
#ifdef _WIN64
#define PT_PTR PT_I8
#else
#define PT_PTR PT_LONG
#endif
#endif

/* HrDispatchNotifications' name for GetProcAddress; 32-bit DLLs export it decorated. */
#ifndef szHrDispatchNotifications
#define szHrDispatchNotifications "HrDispatchNotifications"
#endif
#ifndef szScCreateConversationIndex
#define szScCreateConversationIndex "ScCreateConversationIndex"
#endif

#endif
