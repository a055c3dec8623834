/*
 * Simple MAPI's mail functions, done by the mail client that the user had before us. Without one they answer
 * MAPI_E_NOT_SUPPORTED. Parameters and results are that client's business; only handles are translated, results become
 * buffers of ours, and outputs are cleared first.
 */
#include "simple/simple.h"

ULONG mail_call_begin(struct mail_call *call, const char *function, LHANDLE session, ULONG_PTR ui, BOOL handle_needed)
{
    ULONG code = SUCCESS_SUCCESS;

    call->simple = NULL;
    call->other = 0;
    if ((session || handle_needed) && !(call->simple = handle_get(session)))
        return MAPI_E_INVALID_SESSION;
    if (!forward_begin(&call->forward))
    {
        if (call->simple)
            simple_session_release(call->simple);
        return MAPI_E_NOT_SUPPORTED;
    }
    if (!(call->function = forward_function(&call->forward, function)))
        code = MAPI_E_NOT_SUPPORTED;
    else if (call->simple) /* our profile's name means nothing there */
        code = simple_session_other(call->simple, &call->forward, ui, NULL, NULL, &call->other);
    if (code != SUCCESS_SUCCESS)
        mail_call_end(call);
    return code;
}

void mail_call_end(struct mail_call *call)
{
    forward_end(&call->forward);
    if (call->simple)
        simple_session_release(call->simple);
}

ULONG WINAPI MAPISendMail(LHANDLE lhSession, ULONG_PTR ulUIParam, lpMapiMessage lpMessage, FLAGS flFlags,
                          ULONG ulReserved)
{
    struct mail_call call;
    ULONG code;

    TRACE("%#Ix, %#Ix, %p, %#lx, %lu", (size_t)lhSession, (size_t)ulUIParam, lpMessage, flFlags, ulReserved);

    code = mail_call_begin(&call, "MAPISendMail", lhSession, ulUIParam, FALSE);
    if (code != SUCCESS_SUCCESS)
        return code;
    code = ((LPMAPISENDMAIL)call.function)(call.other, ulUIParam, lpMessage, flFlags, ulReserved);
    mail_call_end(&call);
    return code;
}

ULONG WINAPI MAPISendDocuments(ULONG_PTR ulUIParam, LPSTR lpszDelimChar, LPSTR lpszFilePaths, LPSTR lpszFileNames,
                               ULONG ulReserved)
{
    struct mail_call call;
    ULONG code;

    TRACE("%#Ix, %s, %s, %s, %lu", (size_t)ulUIParam, debugstr_a(lpszDelimChar), debugstr_a(lpszFilePaths),
          debugstr_a(lpszFileNames), ulReserved);

    code = mail_call_begin(&call, "MAPISendDocuments", 0, ulUIParam, FALSE);
    if (code != SUCCESS_SUCCESS)
        return code;
    code = ((LPMAPISENDDOCUMENTS)call.function)(ulUIParam, lpszDelimChar, lpszFilePaths, lpszFileNames, ulReserved);
    mail_call_end(&call);
    return code;
}

/* lpszMessageID goes in and out and stays as it is when the call fails. */
ULONG WINAPI MAPISaveMail(LHANDLE lhSession, ULONG_PTR ulUIParam, lpMapiMessage lpMessage, FLAGS flFlags,
                          ULONG ulReserved, LPSTR lpszMessageID)
{
    struct mail_call call;
    ULONG code;

    TRACE("%#Ix, %#Ix, %p, %#lx, %lu, %p", (size_t)lhSession, (size_t)ulUIParam, lpMessage, flFlags, ulReserved,
          lpszMessageID);

    code = mail_call_begin(&call, "MAPISaveMail", lhSession, ulUIParam, FALSE);
    if (code != SUCCESS_SUCCESS)
        return code;
    code = ((LPMAPISAVEMAIL)call.function)(call.other, ulUIParam, lpMessage, flFlags, ulReserved, lpszMessageID);
    mail_call_end(&call);
    return code;
}

ULONG WINAPI MAPIReadMail(LHANDLE lhSession, ULONG_PTR ulUIParam, LPSTR lpszMessageID, FLAGS flFlags, ULONG ulReserved,
                          lpMapiMessage *lppMessage)
{
    struct mail_call call;
    ULONG code;

    TRACE("%#Ix, %#Ix, %s, %#lx, %lu, %p", (size_t)lhSession, (size_t)ulUIParam, debugstr_a(lpszMessageID), flFlags,
          ulReserved, lppMessage);

    if (!memory_writable(lppMessage, sizeof(*lppMessage)))
        return MAPI_E_FAILURE;
    *lppMessage = NULL;
    code = mail_call_begin(&call, "MAPIReadMail", lhSession, ulUIParam, TRUE);
    if (code != SUCCESS_SUCCESS)
        return code;
    code = ((LPMAPIREADMAIL)call.function)(call.other, ulUIParam, lpszMessageID, flFlags, ulReserved, lppMessage);
    if (code == SUCCESS_SUCCESS)
        code = adopt_message(&call.forward, lppMessage);
    mail_call_end(&call);
    return code;
}

ULONG WINAPI MAPIFindNext(LHANDLE lhSession, ULONG_PTR ulUIParam, LPSTR lpszMessageType, LPSTR lpszSeedMessageID,
                          FLAGS flFlags, ULONG ulReserved, LPSTR lpszMessageID)
{
    struct mail_call call;
    ULONG code;

    TRACE("%#Ix, %#Ix, %s, %s, %#lx, %lu, %p", (size_t)lhSession, (size_t)ulUIParam, debugstr_a(lpszMessageType),
          debugstr_a(lpszSeedMessageID), flFlags, ulReserved, lpszMessageID);

    /* A caller may give one buffer for both identifiers. */
    if (lpszMessageID && lpszMessageID != lpszSeedMessageID)
        *lpszMessageID = 0;
    code = mail_call_begin(&call, "MAPIFindNext", lhSession, ulUIParam, TRUE);
    if (code != SUCCESS_SUCCESS)
        return code;
    code = ((LPMAPIFINDNEXT)call.function)(call.other, ulUIParam, lpszMessageType, lpszSeedMessageID, flFlags,
                                           ulReserved, lpszMessageID);
    mail_call_end(&call);
    return code;
}

ULONG WINAPI MAPIDeleteMail(LHANDLE lhSession, ULONG_PTR ulUIParam, LPSTR lpszMessageID, FLAGS flFlags,
                            ULONG ulReserved)
{
    struct mail_call call;
    ULONG code;

    TRACE("%#Ix, %#Ix, %s, %#lx, %lu", (size_t)lhSession, (size_t)ulUIParam, debugstr_a(lpszMessageID), flFlags,
          ulReserved);

    code = mail_call_begin(&call, "MAPIDeleteMail", lhSession, ulUIParam, TRUE);
    if (code != SUCCESS_SUCCESS)
        return code;
    code = ((LPMAPIDELETEMAIL)call.function)(call.other, ulUIParam, lpszMessageID, flFlags, ulReserved);
    mail_call_end(&call);
    return code;
}

ULONG WINAPI MAPIAddress(LHANDLE lhSession, ULONG_PTR ulUIParam, LPSTR lpszCaption, ULONG nEditFields, LPSTR lpszLabels,
                         ULONG nRecips, lpMapiRecipDesc lpRecips, FLAGS flFlags, ULONG ulReserved, LPULONG lpnNewRecips,
                         lpMapiRecipDesc *lppNewRecips)
{
    struct mail_call call;
    ULONG code;

    TRACE("%#Ix, %#Ix, %s, %lu, %s, %lu, %p, %#lx, %lu, %p, %p", (size_t)lhSession, (size_t)ulUIParam,
          debugstr_a(lpszCaption), nEditFields, debugstr_a(lpszLabels), nRecips, lpRecips, flFlags, ulReserved,
          lpnNewRecips, lppNewRecips);

    if (!memory_writable(lpnNewRecips, sizeof(*lpnNewRecips)) || !memory_writable(lppNewRecips, sizeof(*lppNewRecips)))
        return MAPI_E_FAILURE;
    *lpnNewRecips = 0;
    *lppNewRecips = NULL;
    code = mail_call_begin(&call, "MAPIAddress", lhSession, ulUIParam, FALSE);
    if (code != SUCCESS_SUCCESS)
        return code;
    code = ((LPMAPIADDRESS)call.function)(call.other, ulUIParam, lpszCaption, nEditFields, lpszLabels, nRecips,
                                          lpRecips, flFlags, ulReserved, lpnNewRecips, lppNewRecips);
    if (code == SUCCESS_SUCCESS)
    {
        code = adopt_recipients(&call.forward, lppNewRecips, *lpnNewRecips);
        if (!*lppNewRecips)
            *lpnNewRecips = 0;
    }
    mail_call_end(&call);
    return code;
}

ULONG WINAPI MAPIDetails(LHANDLE lhSession, ULONG_PTR ulUIParam, lpMapiRecipDesc lpRecip, FLAGS flFlags,
                         ULONG ulReserved)
{
    struct mail_call call;
    ULONG code;

    TRACE("%#Ix, %#Ix, %p, %#lx, %lu", (size_t)lhSession, (size_t)ulUIParam, lpRecip, flFlags, ulReserved);

    code = mail_call_begin(&call, "MAPIDetails", lhSession, ulUIParam, FALSE);
    if (code != SUCCESS_SUCCESS)
        return code;
    code = ((LPMAPIDETAILS)call.function)(call.other, ulUIParam, lpRecip, flFlags, ulReserved);
    mail_call_end(&call);
    return code;
}

ULONG WINAPI MAPIResolveName(LHANDLE lhSession, ULONG_PTR ulUIParam, LPSTR lpszName, FLAGS flFlags, ULONG ulReserved,
                             lpMapiRecipDesc *lppRecip)
{
    struct mail_call call;
    ULONG code;

    TRACE("%#Ix, %#Ix, %s, %#lx, %lu, %p", (size_t)lhSession, (size_t)ulUIParam, debugstr_a(lpszName), flFlags,
          ulReserved, lppRecip);

    if (!memory_writable(lppRecip, sizeof(*lppRecip)))
        return MAPI_E_FAILURE;
    *lppRecip = NULL;
    code = mail_call_begin(&call, "MAPIResolveName", lhSession, ulUIParam, FALSE);
    if (code != SUCCESS_SUCCESS)
        return code;
    code = ((LPMAPIRESOLVENAME)call.function)(call.other, ulUIParam, lpszName, flFlags, ulReserved, lppRecip);
    if (code == SUCCESS_SUCCESS)
        code = adopt_recipients(&call.forward, lppRecip, 1);
    mail_call_end(&call);
    return code;
}
