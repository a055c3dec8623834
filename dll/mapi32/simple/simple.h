/*
 * simple: Simple MAPI. Sessions are ours; the mail functions are still done by the mail client that the user had
 * before us, so that nobody loses what worked.
 *
 * Contract: an LHANDLE that we give out is a number with a generation, never a pointer, and may hold a session of
 * ours, a session of that other client, or both. A struct simple_session lives as long as a call uses it, however early
 * MAPILogoff comes. No lock is held while the other client's DLL or a session runs. Depends on session, membership,
 * profile, register and base.
 */
#ifndef POSTROOM_SIMPLE_SIMPLE_H
#define POSTROOM_SIMPLE_SIMPLE_H

#include "base/base.h"

/*
 * The other client's DLL, loaded for the time between begin and end. On the caller's stack: the running ones form a
 * list, which is how a DLL that calls us back without end is stopped.
 */
struct forward
{
    struct forward *next; /* the list, under its lock (forward.c) */
    DWORD thread;
    HMODULE module;
};

/* FALSE: no other client, or too deep. Then there is nothing to end. */
BOOL forward_begin(struct forward *forward);
void forward_end(struct forward *forward);
/* NULL: it has no such function. */
void *forward_function(const struct forward *forward, const char *name);

/* A session behind an LHANDLE. */
struct simple_session
{
    LONG refcount;         /* under the lock of the handles (handles.c), like other and module */
    IMAPISession *session; /* ours, or NULL; set before the handle exists, then constant */
    FLAGS flags;           /* of MAPILogon */
    LHANDLE other;         /* the other client's handle; 0: none yet */
    HMODULE module;        /* its DLL, kept loaded while there is a handle of its */
    BOOL initialized;      /* one MAPIInitialize of ours to give back */
    struct object_mark mark;
};

/* A session without a handle, one reference. NULL: out of memory. */
struct simple_session *simple_session_create(FLAGS flags);
void simple_session_release(struct simple_session *simple);

/* A handle for it: SUCCESS_SUCCESS; MAPI_E_TOO_MANY_SESSIONS; MAPI_E_INSUFFICIENT_MEMORY. Takes a reference. */
ULONG handle_create(struct simple_session *simple, LHANDLE *handle);
/* What is behind a handle, with a reference; NULL: not a handle of ours, or no longer. */
struct simple_session *handle_get(LHANDLE handle);
/* As handle_get, and the handle is none any more: its reference is the caller's. */
struct simple_session *handle_take(LHANDLE handle);

/* The other client's handle for this session, logging on there when that has not been done. Returns its code. */
ULONG simple_session_other(struct simple_session *simple, const struct forward *forward, ULONG_PTR ui, char *name,
                           char *password, LHANDLE *other);

/*
 * What every mail function begins with: the other client's function of that name and its handle for ours.
 * SUCCESS_SUCCESS: mail_call_end must follow. MAPI_E_INVALID_SESSION: no such session, or none where one is needed;
 * MAPI_E_NOT_SUPPORTED: no other client; its own codes.
 */
struct mail_call
{
    struct forward forward;
    struct simple_session *simple;
    LHANDLE other;
    void *function;
};
ULONG mail_call_begin(struct mail_call *call, const char *function, LHANDLE session, ULONG_PTR ui, BOOL handle_needed);
void mail_call_end(struct mail_call *call);

/*
 * Results of the other client's are freed by its callers with our MAPIFreeBuffer, so they are copied to buffers of ours
 * when it has a MAPIFreeBuffer of its own; *result is replaced, on failure by NULL (MAPI_E_INSUFFICIENT_MEMORY).
 */
ULONG adopt_message(const struct forward *forward, MapiMessage **result);
ULONG adopt_recipients(const struct forward *forward, MapiRecipDesc **result, ULONG count);

#endif
