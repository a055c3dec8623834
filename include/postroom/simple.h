/*
 * Simple MAPI: mingw-w64's <mapi.h> and the wide functions of Windows 8 and later that it lacks.
 */
#ifndef POSTROOM_SIMPLE_H
#define POSTROOM_SIMPLE_H

#include <windows.h>
#include <mapi.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef MAPI_E_UNICODE_NOT_SUPPORTED
#define MAPI_E_UNICODE_NOT_SUPPORTED 27
#endif
#ifndef MAPI_E_ATTACHMENT_TOO_LARGE
#define MAPI_E_ATTACHMENT_TOO_LARGE 28
#endif
#ifndef MAPI_DIALOG_MODELESS
#define MAPI_DIALOG_MODELESS (0x00000004 | MAPI_DIALOG)
#endif

/* A later mingw-w64 may have the rest. */
#ifndef MAPI_FORCE_UNICODE
#define MAPI_FORCE_UNICODE 0x00040000

/* An attachment. */
typedef struct
{
    ULONG ulReserved;
    ULONG flFlags;
    ULONG nPosition;
    PWSTR lpszPathName;
    PWSTR lpszFileName;
    PVOID lpFileType;
} MapiFileDescW, *lpMapiFileDescW;

/* A sender or a recipient. */
typedef struct
{
    ULONG ulReserved;
    ULONG ulRecipClass;
    PWSTR lpszName;
    PWSTR lpszAddress;
    ULONG ulEIDSize;
    PVOID lpEntryID;
} MapiRecipDescW, *lpMapiRecipDescW;

typedef struct
{
    ULONG ulReserved;
    PWSTR lpszSubject;
    PWSTR lpszNoteText;
    PWSTR lpszMessageType;
    PWSTR lpszDateReceived;
    PWSTR lpszConversationID;
    FLAGS flFlags;
    lpMapiRecipDescW lpOriginator;
    ULONG nRecipCount;
    lpMapiRecipDescW lpRecips;
    ULONG nFileCount;
    lpMapiFileDescW lpFiles;
} MapiMessageW, *lpMapiMessageW;

typedef ULONG(WINAPI MAPISENDMAILW)(LHANDLE lhSession, ULONG_PTR ulUIParam, lpMapiMessageW lpMessage, FLAGS flFlags,
        ULONG ulReserved);
typedef MAPISENDMAILW *LPMAPISENDMAILW;
MAPISENDMAILW MAPISendMailW;
#endif

#ifdef __cplusplus
}
#endif

#endif
