/*
 * harness: what every cmocka program of ours uses. See the notes at each function; an example:
 *
 *     static void SESS_42_unadvise(void **state) { ... }
 *
 *     int main(void)
 *     {
 *         const struct CMUnitTest tests[] = {
 *             harness_test(SESS_42_unadvise),
 *         };
 *         return harness_run(tests);
 *     }
 *
 * Each test ends with a check that nothing of the DLL's is left: objects, heap blocks, buffers, windows, threads, the
 * count of MAPIInitialize, and kernel handles. A test whose handle count grew is run again, as systems keep some
 * handles after the first use of something; it has failed when every run adds some. So a test has to be repeatable.
 */
#ifndef POSTROOM_TESTS_HARNESS_H
#define POSTROOM_TESTS_HARNESS_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include <postroom/postroom.h>

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#endif

enum harness_start
{
    HARNESS_PLAIN,       /* without MAPIInitialize */
    HARNESS_INITIALIZED, /* MAPIInitialize(NULL) before, MAPIUninitialize after */
    HARNESS_THREAD       /* the same with MAPI_MULTITHREAD_NOTIFICATIONS */
};

struct harness_case
{
    CMUnitTestFunction function;
    enum harness_start start;
};

#define HARNESS_CASE(function, start)                                                                                  \
    {                                                                                                                  \
#function, harness_case_run, NULL, harness_case_end, &(struct harness_case)                                    \
        {                                                                                                              \
            (function), (start)                                                                                        \
        }                                                                                                              \
    }
#define harness_test(function) HARNESS_CASE(function, HARNESS_INITIALIZED)
#define harness_test_thread(function) HARNESS_CASE(function, HARNESS_THREAD)
#define harness_test_plain(function) HARNESS_CASE(function, HARNESS_PLAIN)

/* Runs an array of tests, prints TAP; what main returns. */
#define harness_run(tests) harness_run_tests((tests), ARRAY_SIZE(tests))
int harness_run_tests(const struct CMUnitTest *tests, size_t count);

void harness_case_run(void **state);
int harness_case_end(void **state);

/* Kernel handles of this process, counted in the system's list, where nothing is missed. */
ULONG harness_handle_count(void);

/* A line of TAP diagnostics. */
void harness_note(const char *format, ...) __attribute__((format(ms_printf, 1, 2)));

/* assert_int_equal for HRESULTs and SCODEs: shows both in hexadecimal. */
#define assert_hr(actual, expected) harness_assert_hr((actual), (expected), #actual, __FILE__, __LINE__)
void harness_assert_hr(HRESULT actual, HRESULT expected, const char *text, const char *file, int line);

/*
 * Profiles. A name no profile has, up to 64 characters with the terminator in 65. Profiles made by
 * harness_create_profile are deleted at the test's end, passed or failed, if the test has not done it. MAPI has to be
 * initialised.
 */
#define HARNESS_PROFILE_NAME 65
void harness_profile_name(WCHAR name[HARNESS_PROFILE_NAME]);
void harness_create_profile(WCHAR name[HARNESS_PROFILE_NAME]); /* makes a name and the profile */
void harness_delete_profile(const WCHAR *name);

/*
 * Fault injection. The body is run with the 1st allocation of the DLL failing, then with the 2nd, and so on until a run
 * has fewer allocations than that (so the last run is one without a fault). After each run nothing may be left: the
 * body releases what it got.
 *
 *     HARNESS_FOR_EACH_ALLOCATION(fault)
 *     {
 *         hr = operation(&object);
 *         if (harness_fault_hit(&fault))
 *             assert_hr(hr, MAPI_E_NOT_ENOUGH_MEMORY);
 *         else
 *             assert_hr(hr, S_OK);
 *         if (object) release(object);
 *     }
 */
struct harness_fault
{
    ULONG nth;       /* the allocation that fails in this run; 0 before the first */
    BOOL known, hit; /* whether it has been asked yet if it was tried, and the answer */
    PostroomCounts before;
};
#define HARNESS_FOR_EACH_ALLOCATION(fault)                                                                             \
    for (struct harness_fault fault = {.nth = 0}; harness_fault_next(&(fault), __FILE__, __LINE__);)
BOOL harness_fault_next(struct harness_fault *fault, const char *file, int line);
/* Whether the allocation that was to fail has been tried. Switches the fault off, so clean-up can follow safely. */
BOOL harness_fault_hit(struct harness_fault *fault);

/* Fills counts; the fault switch goes off. */
void harness_counts(PostroomCounts *counts);
/* Fails the test when objects, blocks, buffers, windows, threads or the init count differ from before. */
void harness_assert_counts(const PostroomCounts *before, const char *what, const char *file, int line);

/* An advise sink that counts. It lives where the test puts it; Release to 0 frees nothing. */
struct harness_sink
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    volatile LONG refcount; /* starts at 1, the test's own */
    volatile LONG calls;    /* of OnNotify */
    volatile LONG events;   /* notifications in all */
    NOTIFICATION last;
    DWORD thread_id;                                                                        /* of the last call */
    void (*on_notify)(struct harness_sink *sink, ULONG count, NOTIFICATION *notifications); /* may be NULL */
    void *context;                                                                          /* the test's */
};
void harness_sink_init(struct harness_sink *sink);

/* Runs a function on a thread of its own and waits for it (60 s at most), answering sent messages meanwhile.
 * cmocka's assertions work on the test's own thread only: put results into context. */
void harness_on_thread(void (*function)(void *context), void *context);

/* Dispatches messages for so many milliseconds. */
void harness_pump(DWORD milliseconds);

#endif
