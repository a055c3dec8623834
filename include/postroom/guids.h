/*
 * Defines every GUID of MAPI: include it in one source file of a program. Nothing else is needed, neither INITGUID nor
 * a USES_IID_ macro for each name. Including it in several files is harmless, the linker keeps one copy.
 */
#ifndef POSTROOM_GUIDS_H
#define POSTROOM_GUIDS_H

#include <postroom/mapix.h>

#if defined(__cplusplus)
#define POSTROOM_DEFINE_GUID extern "C" const GUID DECLSPEC_SELECTANY
#else
#define POSTROOM_DEFINE_GUID const GUID DECLSPEC_SELECTANY
#endif

#define POSTROOM_DEFINE_OLE(name, first) \
    POSTROOM_DEFINE_GUID name = {first, 0x0000, 0x0000, {0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46}};
#define POSTROOM_DEFINE_FULL(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
    POSTROOM_DEFINE_GUID name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}};

POSTROOM_INTERFACE_IDS(POSTROOM_DEFINE_OLE, POSTROOM_DEFINE_FULL)
POSTROOM_PROPERTY_SETS(POSTROOM_DEFINE_OLE, POSTROOM_DEFINE_FULL)

#endif
