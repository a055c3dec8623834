/*
 * Functions that mingw-w64's headers lack, and pointer types for GetProcAddress.
 */
#ifndef POSTROOM_FUNCTIONS_H
#define POSTROOM_FUNCTIONS_H

#include <postroom/property.h>
#include <postroom/session.h>
#include <postroom/simple.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Another size for a buffer of MAPIAllocateBuffer's; what was chained to it stays chained. */
typedef SCODE(WINAPI MAPIREALLOCATEBUFFER)(LPVOID lpv, ULONG ulSize, LPVOID *lppv);
typedef MAPIREALLOCATEBUFFER *LPMAPIREALLOCATEBUFFER;
MAPIREALLOCATEBUFFER MAPIReallocateBuffer;

/* Simple MAPI's session as an Extended MAPI one (mapi.h has it only when it is read after mapix.h). */
SCODE WINAPI ScMAPIXFromSMAPI(LHANDLE lhSimpleSession, ULONG ulFlags, LPCIID lpInterface,
        LPMAPISESSION *lppMAPISession);

/* The wide OpenStreamOnFile. */
typedef HRESULT(WINAPI *LPOPENSTREAMONFILEW)(LPALLOCATEBUFFER lpAllocateBuffer, LPFREEBUFFER lpFreeBuffer,
        ULONG ulFlags, LPWSTR lpszFileName, LPWSTR lpszPrefix, LPSTREAM *lppStream);
HRESULT WINAPI OpenStreamOnFileW(LPALLOCATEBUFFER lpAllocateBuffer, LPFREEBUFFER lpFreeBuffer, ULONG ulFlags,
        LPWSTR lpszFileName, LPWSTR lpszPrefix, LPSTREAM *lppStream);

/* WrapCompressedRTFStreamEx: in, code pages; out, what the stream holds. size is the structure's own. */
typedef struct
{
    ULONG size;
    ULONG ulFlags;
    ULONG ulInCodePage;
    ULONG ulOutCodePage;
} RTF_WCSINFO;

typedef struct
{
    ULONG size;
    ULONG ulStreamFlags;
} RTF_WCSRETINFO;

typedef HRESULT(WINAPI *LPWRAPCOMPRESSEDRTFSTREAMEX)(LPSTREAM lpCompressedRTFStream, const RTF_WCSINFO *pWCSInfo,
        LPSTREAM *lppUncompressedRTFStream, RTF_WCSRETINFO *pRetInfo);
HRESULT WINAPI WrapCompressedRTFStreamEx(LPSTREAM lpCompressedRTFStream, const RTF_WCSINFO *pWCSInfo,
        LPSTREAM *lppUncompressedRTFStream, RTF_WCSRETINFO *pRetInfo);

/* Finds the DLL of a Windows Installer component (a mail client's MAPI DLL). */
typedef BOOL(WINAPI FGETCOMPONENTPATH)(LPCSTR szComponent, LPSTR szQualifier, LPSTR szDllPath, DWORD cchBufferSize,
        BOOL fInstall);
typedef FGETCOMPONENTPATH *LPFGETCOMPONENTPATH;
FGETCOMPONENTPATH FGetComponentPath;

#ifdef __cplusplus
}

/* The pages give a notification callback a ULONG, the headers a LONG: both kinds are accepted. */
typedef ULONG(WINAPI *LPNOTIFCALLBACK_ULONG)(LPVOID lpvContext, ULONG cNotification, LPNOTIFICATION lpNotifications);
inline HRESULT HrAllocAdviseSink(LPNOTIFCALLBACK_ULONG lpfnCallback, LPVOID lpvContext,
        LPMAPIADVISESINK *lppAdviseSink)
{
    return HrAllocAdviseSink(reinterpret_cast<LPNOTIFCALLBACK>(lpfnCallback), lpvContext, lppAdviseSink);
}
#endif

#endif
