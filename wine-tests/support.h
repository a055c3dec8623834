/*
 * support: what the whole-program tests share: TAP, mapi32.dll loaded as any program loads it, a profile, and the
 * dialog that a call of ours has opened.
 */
#ifndef POSTROOM_WINE_TESTS_SUPPORT_H
#define POSTROOM_WINE_TESTS_SUPPORT_H

#include <postroom/postroom.h>

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#endif

/* TAP: one line a test, the plan at the end. */
void check(BOOL passed, const char *format, ...) __attribute__((format(ms_printf, 2, 3)));
void note(const char *format, ...) __attribute__((format(ms_printf, 1, 2)));
int checks_end(void); /* what main returns */

/* An HRESULT as expected; notes what came instead. */
#define check_hr(actual, expected, ...) check_result((actual), (expected), __VA_ARGS__)
void check_result(HRESULT actual, HRESULT expected, const char *format, ...) __attribute__((format(ms_printf, 3, 4)));

struct mapi
{
    HMODULE module;
    LPMAPIINITIALIZE initialize;
    LPMAPIUNINITIALIZE uninitialize;
    LPMAPILOGONEX logon;
    LPMAPIADMINPROFILES admin_profiles;
    LPMAPIFREEBUFFER free_buffer;
    LPPOSTROOMDIAGNOSTICS diagnostics;
};

extern struct mapi mapi;

/* Ends the program when the DLL cannot be loaded. */
void mapi_load(void);
/* Creates or deletes a profile; MAPI has to be initialised. */
HRESULT profile_make(const char *name);
HRESULT profile_drop(const char *name);
/* A new session on a profile. */
HRESULT session_open(const char *profile, ULONG flags, IMAPISession **session);

/* ConfirmLogoff of the user; -1: none. */
void set_confirm(LONG value);
LONG get_confirm(void);

/* The visible dialog of a thread, NULL when there is none; and the same, waited for. */
HWND dialog_of(DWORD thread);
HWND wait_for_dialog(DWORD thread);
/* Waits until a dialog has the keyboard. */
BOOL wait_for_foreground(HWND window);
/* Waits until a condition holds, 20 seconds at most. */
BOOL wait_until(BOOL (*condition)(void *context), void *context);

/* Types a key as the keyboard would. */
void type_key(WORD key);

#endif
