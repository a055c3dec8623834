/*
 * admin: what the test of a message service's administration shares with its service DLL.
 */
#ifndef POSTROOM_TESTS_PROVIDERS_ADMIN_H
#define POSTROOM_TESTS_PROVIDERS_ADMIN_H

#include <postroom/postroom.h>

#define ADMIN_CALLS_MAX 32

struct admin_call
{
    ULONG context, flags, count, first_tag;
    ULONG_PTR window;
    BOOL complete; /* its own module, allocator, support object, provider administration, error pointer */
};

struct admin_script
{
    HRESULT result; /* what the entry function answers, without act */
    /* Runs inside the entry function; its result is the answer. */
    HRESULT(*act)
    (struct admin_script *script, IMAPISupport *support, IProviderAdmin *providers, ULONG context, MAPIERROR **error);
    void *context; /* the test's */
    ULONG count;
    struct admin_call calls[ADMIN_CALLS_MAX];
};

typedef void(__cdecl *admin_script_function)(struct admin_script *script);

#endif
