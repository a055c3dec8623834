/*
 * Unfinished: exported functions that later work brings. Each clears its outputs and answers with its documented
 * failure, never with success; def/exports.txt says which work brings it and tests/exports.c checks the answers
 * against that list.
 */
#ifndef POSTROOM_UTIL_UNFINISHED_H
#define POSTROOM_UTIL_UNFINISHED_H

#include "base/base.h"

/* Outputs as callers give them: each may be missing. */
static inline void clear_pointer(void *out)
{
    if (out)
        ZeroMemory(out, sizeof(void *));
}

static inline void clear_ulong(void *out)
{
    if (out)
        ZeroMemory(out, sizeof(ULONG));
}

static inline void clear_text(char *out, size_t size)
{
    if (out && size)
        *out = 0;
}

#endif
