/*
 * Postroom's own additions to MAPI. Includes the corrected Extended MAPI headers.
 */
#ifndef POSTROOM_POSTROOM_H
#define POSTROOM_POSTROOM_H

#include <postroom/mapix.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Payload of the notifications about a log-off (conformance.md S-22). */
#define POSTROOM_LOGOFF_SCODE MAPI_E_END_OF_SESSION
#define POSTROOM_LOGOFF_EXTENDED_EVENT 0

/*
 * What the DLL holds at this moment, for leak tests and support. Only Postroom's mapi32.dll exports it, so finding
 * it also tells which DLL a program has got.
 */
typedef struct PostroomCounts
{
    ULONG cbSize;       /* in: sizeof(PostroomCounts) */
    ULONG cObjects;     /* COM objects alive */
    ULONG cHeapBlocks;  /* blocks of our own heap */
    ULONG cBuffers;     /* MAPI buffers not freed, MAPIAllocateMore's included */
    ULONG cWindows;     /* windows of ours, hidden ones included */
    ULONG cThreads;     /* threads of ours */
    ULONG cInit;        /* MAPIInitialize's count */
    ULONG cAllocations; /* calls to allocate since the module was loaded */
    ULONG cUntilFault;  /* allocations from now to the one that is going to fail; 0: none is */
} PostroomCounts;

/*
 * Fills counts. ulFailAllocation n > 0 makes the n-th allocation from now fail, once (fault injection for tests); 0
 * switches that off. S_OK; MAPI_E_INVALID_PARAMETER when counts is not NULL and its cbSize is wrong.
 */
HRESULT WINAPI PostroomDiagnostics(PostroomCounts *counts, ULONG ulFailAllocation);
typedef HRESULT(WINAPI *LPPOSTROOMDIAGNOSTICS)(PostroomCounts *counts, ULONG ulFailAllocation);

/* Room for the file name of a member's program, and for a profile's name. */
#define POSTROOM_PROGRAM_NAME 64
#define POSTROOM_PROFILE_NAME 65

/* PostroomSharedMember's ulFlags. */
#define POSTROOM_MEMBER_ASKED 0x1   /* its session was logged off SHARED: it should log off, nobody joins it any more */
#define POSTROOM_MEMBER_NO_MAIL 0x2 /* MAPI_NO_MAIL */
#define POSTROOM_MEMBER_OWN 0x4     /* of the calling process */

/* A member of a shared session: one session object of one process. */
typedef struct PostroomSharedMember
{
    WCHAR szProfileName[POSTROOM_PROFILE_NAME];
    WCHAR szProgram[POSTROOM_PROGRAM_NAME]; /* file name, safe to show; "" when it cannot be told */
    ULONG ulProcessId;
    ULONG ulFlags;
    FILETIME ftSince; /* when it logged on */
} PostroomSharedMember;

/*
 * Who is on shared sessions of this user in this logon session, oldest first. *members: one buffer, freed with
 * MAPIFreeBuffer; NULL when there is nobody.
 * S_OK; MAPI_E_NOT_INITIALIZED; MAPI_E_INVALID_PARAMETER: no place for the results; MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT WINAPI PostroomListSharedSessions(ULONG *count, PostroomSharedMember **members);
typedef HRESULT(WINAPI *LPPOSTROOMLISTSHAREDSESSIONS)(ULONG *count, PostroomSharedMember **members);

/*
 * Asks every member of the shared session to log off, as a Logoff with MAPI_LOGOFF_SHARED does, and lets nobody join it
 * any more. Waits for no member. Does not end sessions of the calling process either.
 * S_OK; MAPI_E_NOT_FOUND: there is no shared session that could be joined; MAPI_E_NOT_INITIALIZED; MAPI_E_TIMEOUT: the
 * record of shared sessions stays locked; MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT WINAPI PostroomLogoffShared(void);
typedef HRESULT(WINAPI *LPPOSTROOMLOGOFFSHARED)(void);

/*
 * Installs the message services of an .inf file for this system: its sections go into the mapisvc.inf that counts
 * (docs/services.md), but for [Default Services]; sections of the same names are replaced. Then each service's entry
 * function hears MSG_SERVICE_INSTALL; what it answers changes nothing. The DLLs have to be where they are looked for.
 * path: of the file. ulUIParam, ulFlags (SERVICE_UI_*): for the entry functions.
 * *lppError: the first failure of an entry function in words, for MAPIFreeBuffer, or NULL; lppError may be NULL.
 * MAPI_E_NOT_INITIALIZED: no MAPIInitialize; MAPI_E_NOT_FOUND: no such file, or no service in it; MAPI_E_TOO_BIG;
 * MAPI_E_NO_ACCESS: mapisvc.inf cannot be written; MAPI_E_DISK_ERROR; MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT WINAPI PostroomInstallServices(const WCHAR *path, ULONG_PTR ulUIParam, ULONG ulFlags, LPMAPIERROR *lppError);
typedef HRESULT(WINAPI *LPPOSTROOMINSTALLSERVICES)(const WCHAR *path, ULONG_PTR ulUIParam, ULONG ulFlags,
                                                   LPMAPIERROR *lppError);

/*
 * Takes a service out of mapisvc.inf; profiles keep what they have of it. Its entry function hears MSG_SERVICE_UNINSTALL
 * first, and MAPI_E_USER_CANCEL of it stops everything. Files are left alone.
 * MAPI_E_NOT_FOUND: no such service; else as above.
 */
HRESULT WINAPI PostroomUninstallService(const WCHAR *service, ULONG_PTR ulUIParam, ULONG ulFlags,
                                        LPMAPIERROR *lppError);
typedef HRESULT(WINAPI *LPPOSTROOMUNINSTALLSERVICE)(const WCHAR *service, ULONG_PTR ulUIParam, ULONG ulFlags,
                                                    LPMAPIERROR *lppError);

#ifdef __cplusplus
}
#endif
#endif
