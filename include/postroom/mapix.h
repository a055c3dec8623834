/*
 * Extended MAPI, corrected: mingw-w64's headers plus what they lack or have wrong on Win64.
 */
#ifndef POSTROOM_MAPIX_H
#define POSTROOM_MAPIX_H

#include <windows.h>
#include <ole2.h>
#include <mapix.h>
#include <mapidefs.h>
#include <mapitags.h>
#include <mapicode.h>
#include <mapiguid.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapi.h>

#endif
