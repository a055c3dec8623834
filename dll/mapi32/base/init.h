/*
 * Init: MAPIInitialize's count, and what exists only while it is above zero (the notification window or thread).
 */
#ifndef POSTROOM_BASE_INIT_H
#define POSTROOM_BASE_INIT_H

#include <windows.h>

/* This module (not the process), without DllMain having kept it. */
HINSTANCE module_instance(void);

/* S_OK or MAPI_E_NOT_INITIALIZED (the count of MAPIInitialize is 0). */
HRESULT init_check(void);
/* The same, but ScInitMapiUtil counts too: for the utilities. */
HRESULT init_check_utilities(void);
/* The first MAPIInitialize had MAPI_NT_SERVICE. */
BOOL init_is_service(void);
/* The hidden notification window; NULL when not initialised. */
HWND init_window(void);

/* Where notifications are to be delivered. FALSE: MAPI is not initialised. It is, here, until the hooks of the last
 * MAPIUninitialize have run. */
struct init_delivery
{
    ULONG generation; /* never 0, another one after each full uninitialisation */
    HWND window;      /* may be gone, with its thread */
    DWORD thread_id;
    BOOL own_thread; /* it is one of ours */
};
BOOL init_delivery(struct init_delivery *delivery);
/* Has MAPI's own notification thread, if there is one, wait for an event too (window_listen). */
BOOL init_listen(HANDLE event, void (*run)(void));

/* A piece of work for the last MAPIUninitialize, before the notification window goes: static memory of its owner,
 * registered once and kept for the life of the module; registering again is harmless. Called newest first, without
 * a lock, at each time that the count reaches zero. */
struct uninit_hook
{
    struct uninit_hook *next;
    volatile LONG registered;
    void (*run)(void);
    BOOL last; /* after all others: it takes away what their work needs */
};
void init_on_uninitialize(struct uninit_hook *hook);

/* The thread-local slot of gate.c; TLS_OUT_OF_INDEXES when none could be had. Made on first use, given back by
 * DllMain's process detach (the one thing done there, it needs no lock of anybody's). */
DWORD init_tls_slot(void);

#endif
