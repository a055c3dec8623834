/*
 * PrepareForm and ShowForm: tokens that hold a message until its form is shown, or until the session ends.
 */
#include "session/session.h"

/* In the session's list, under session->lock; holds a reference on the message. */
struct form_token
{
    struct form_token *next;
    ULONG number;
    IMessage *message;
};

/* Out of the list; NULL when the session has no such token. */
static struct form_token *take_token(struct session *session, ULONG_PTR number)
{
    struct form_token **link, *token;

    AcquireSRWLockExclusive(&session->lock);
    for (link = &session->tokens; (token = *link); link = &token->next)
    {
        /* The high half of what comes back is not ours (conformance.md 9.3). */
        if (token->number == (ULONG)number)
        {
            *link = token->next;
            break;
        }
    }
    ReleaseSRWLockExclusive(&session->lock);
    return token;
}

/* Gives the token a number and puts it on the list; 0: the session has ended, by the message's AddRef perhaps. */
static ULONG add_token(struct session *session, struct form_token *token)
{
    ULONG number = 0;

    AcquireSRWLockExclusive(&session->lock);
    if (gate_is_open(&session->gate))
    {
        if (!++session->last_token)
            ++session->last_token;
        number = token->number = session->last_token;
        token->next = session->tokens;
        session->tokens = token;
    }
    ReleaseSRWLockExclusive(&session->lock);
    return number;
}

static void drop_token(struct form_token *token)
{
    IMessage_Release(token->message);
    heap_free(token);
}

void session_drop_tokens(struct session *session)
{
    struct form_token *token, *next;

    AcquireSRWLockExclusive(&session->lock);
    token = session->tokens;
    session->tokens = NULL;
    ReleaseSRWLockExclusive(&session->lock);
    for (; token; token = next)
    {
        next = token->next;
        drop_token(token);
    }
}

static BOOL is_message_interface(const IID *iid)
{
    return !iid || IsEqualGUID(iid, &IID_IMessage);
}

/* imapisession-prepareform; SESS-55, 56. Writes 32 bits through lpulMessageToken (9.3). */
HRESULT STDMETHODCALLTYPE session_PrepareForm(IMAPISession *iface, const IID *lpInterface, IMessage *lpMessage,
                                              ULONG_PTR *lpulMessageToken)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct form_token *token;
    struct gate_call call;
    ULONG number;
    HRESULT hr;

    TRACE("iface %p, iid %s, message %p, token %p\n", iface, debugstr_guid(lpInterface), lpMessage, lpulMessageToken);

    if ((lpulMessageToken = OUT_CONNECTION(lpulMessageToken)))
        advise_store_connection(lpulMessageToken, 0);
    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if (!lpulMessageToken || !memory_is_interface(lpMessage, sizeof(IMessageVtbl) / sizeof(void *))
        || !memory_is_iid_or_null(lpInterface))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (!is_message_interface(lpInterface))
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    else if (!(token = heap_alloc(sizeof(*token))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        IMessage_AddRef(lpMessage);
        token->message = lpMessage;
        if ((number = add_token(session, token)))
            advise_store_connection(lpulMessageToken, number);
        else
        {
            drop_token(token);
            hr = MAPI_E_INVALID_OBJECT;
        }
    }
    return session_leave(session, &call, hr);
}

/*
 * imapisession-showform; SESS-57. There is no form for any message class before forms exist, so a good call ends in
 * MAPI_E_NO_SUPPORT; as with a form that was shown, the token is used up then.
 */
HRESULT STDMETHODCALLTYPE session_ShowForm(IMAPISession *iface, ULONG_PTR ulUIParam, IMsgStore *lpMsgStore,
                                           IMAPIFolder *lpParentFolder, const IID *lpInterface,
                                           ULONG_PTR ulMessageToken, IMessage *lpMessageSent, ULONG ulFlags,
                                           ULONG ulMessageStatus, ULONG ulMessageFlags, ULONG ulAccess,
                                           LPSTR lpszMessageClass)
{
    struct session *session = impl_from_IMAPISession(iface);
    struct form_token *token;
    struct gate_call call;
    HRESULT hr;

    TRACE("iface %p, window %#Ix, store %p, folder %p, iid %s, token %#Ix, sent %p, flags %#lx, status %#lx, "
          "message flags %#lx, access %#lx, class %s\n",
          iface, ulUIParam, lpMsgStore, lpParentFolder, debugstr_guid(lpInterface), ulMessageToken, lpMessageSent,
          ulFlags, ulMessageStatus, ulMessageFlags, ulAccess, debugstr_a(lpszMessageClass));

    if (FAILED(hr = session_enter(session, &call)))
        return hr;
    if (lpMessageSent || !memory_is_iid_or_null(lpInterface))
        hr = MAPI_E_INVALID_PARAMETER;
    else if (ulFlags & ~(ULONG)(MAPI_POST_MESSAGE | MAPI_NEW_MESSAGE))
        hr = MAPI_E_UNKNOWN_FLAGS;
    else if (!is_message_interface(lpInterface))
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    else if (!(token = take_token(session, ulMessageToken)))
        hr = MAPI_E_INVALID_PARAMETER;
    else
    {
        drop_token(token);
        hr = MAPI_E_NO_SUPPORT;
    }
    return session_leave(session, &call, hr);
}
