/*
 * harness_random: numbers of tests with random operations. The seed is printed; the program's first argument, or
 * POSTROOM_SEED in the environment, sets it.
 */
#ifndef POSTROOM_TESTS_HARNESS_RANDOM_H
#define POSTROOM_TESTS_HARNESS_RANDOM_H

#include <stdlib.h>

#include "harness.h"

struct harness_random
{
    ULONG state; /* not 0 */
};

static inline ULONG random_below(struct harness_random *random, ULONG below)
{
    random->state ^= random->state << 13;
    random->state ^= random->state >> 17;
    random->state ^= random->state << 5;
    return random->state % below;
}

/* The numbers of the n-th thread. */
static inline void random_start(struct harness_random *random, ULONG seed, ULONG n)
{
    random->state = seed ^ (n + 1) * 0x9e3779b9u;
    random->state |= !random->state;
}

static inline ULONG random_seed(int argc, char **argv)
{
    const char *wanted = argc > 1 ? argv[1] : getenv("POSTROOM_SEED");
    ULONG seed = wanted ? strtoul(wanted, NULL, 0) : GetTickCount() ^ GetCurrentProcessId() << 16;

    harness_note("POSTROOM_SEED=%lu", seed);
    return seed;
}

#endif
