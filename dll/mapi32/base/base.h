/*
 * base: what every area of the DLL stands on.
 *
 * Contract: base knows nothing of MAPI's objects and calls no other area. Everything in it may be called from any
 * thread, needs no MAPIInitialize unless it says so, and takes no lock that is held while foreign code runs.
 */
#ifndef POSTROOM_BASE_BASE_H
#define POSTROOM_BASE_BASE_H

#include <postroom/postroom.h>

#include "base/trace.h"
#include "base/memory.h"
#include "base/object.h"
#include "base/text.h"
#include "base/error.h"
#include "base/gate.h"
#include "base/init.h"
#include "base/wait.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* A caller's out-parameter, NULL when nothing can be written there: at the head of a method, before it is cleared. */
#define OUT_POINTER(pointer) (memory_writable((pointer), sizeof(*(pointer))) ? (pointer) : NULL)

#endif
