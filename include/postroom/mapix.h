/*
 * Extended MAPI for C and C++, correct on 32 and 64 bits: mingw-w64's headers plus what they lack, and every interface
 * with the parameters that Windows' MAPI has (conformance.md 9). Include this instead of mapix.h and its relatives.
 */
#ifndef POSTROOM_MAPIX_H
#define POSTROOM_MAPIX_H

#include <postroom/imports.h>
#include <postroom/property.h>
#include <postroom/table.h>
#include <postroom/profile.h>
#include <postroom/session.h>
#include <postroom/store.h>
#include <postroom/provider.h>
#include <postroom/form.h>
#include <postroom/tnef.h>
#include <postroom/uuid.h>
#include <postroom/simple.h>
#include <postroom/functions.h>
#include <postroom/calls_session.h>
#include <postroom/calls_store.h>
#include <postroom/calls_provider.h>

#endif
