/*
 * harness_session: logging on and off, and what tests of sessions need besides.
 */
#ifndef POSTROOM_TESTS_HARNESS_SESSION_H
#define POSTROOM_TESTS_HARNESS_SESSION_H

#include "harness.h"

/* The profile of the running test: made on first use, deleted by the harness at the test's end. */
const WCHAR *test_profile(void);

/* MAPI_NEW_SESSION | MAPI_EXTENDED | flags on test_profile(); never NULL. */
IMAPISession *log_on(ULONG flags);
IMAPISession *log_on_to(const WCHAR *name, ULONG flags);
/* On a profile of its own, whose name is returned. */
IMAPISession *log_on_temporary(WCHAR name[HARNESS_PROFILE_NAME]);
/* Logoff(0, 0, 0) gives S_OK and Release gives 0. */
void log_off(IMAPISession *session);

HRESULT delete_profile(const WCHAR *name);
BOOL profile_key_exists(const WCHAR *name); /* in the registry */
BOOL profile_listed(const WCHAR *name);     /* by IProfAdmin::GetProfileTable */

/* HKCU\Software\Postroom, ConfirmLogoff. */
void set_confirmation(DWORD value);
void clear_confirmation(void);

/* The dialog that a thread has open, waited for; NULL: none came. On another thread than that. */
HWND dialog_of(DWORD thread_id);

/* The status object of a resource type (MAPI_SUBSYSTEM ...), opened through its row's entry identifier. */
IMAPIStatus *open_status(IMAPISession *session, ULONG type);

/* A sink on the heap; the last reference of the test frees it. */
struct harness_sink *test_sink_create(void);
ULONG test_sink_release(struct harness_sink *sink);

/* A message that can be counted and nothing else. */
struct test_message
{
    IMessage IMessage_iface;
    LONG refcount;
};
void test_message_init(struct test_message *message);

#endif
