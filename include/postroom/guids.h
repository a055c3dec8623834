/*
 * Defines every GUID of MAPI: include it in one source file of a program. Nothing else is needed, neither INITGUID nor
 * a USES_IID_ macro for each name. When it is the first MAPI header of its file, several files of a program may do so:
 * the linker keeps one copy.
 */
#ifndef POSTROOM_GUIDS_H
#define POSTROOM_GUIDS_H

#include <postroom/mapix.h>

#ifndef POSTROOM_GUIDS_DEFINED
#if defined(__cplusplus)
#define POSTROOM_GUID extern "C" const GUID
#else
#define POSTROOM_GUID const GUID
#endif
#define POSTROOM_GUID_OLE(name, first) \
    POSTROOM_GUID name = {first, 0x0000, 0x0000, {0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46}};
#define POSTROOM_GUID_FULL(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
    POSTROOM_GUID name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}};

POSTROOM_INTERFACE_IDS(POSTROOM_GUID_OLE, POSTROOM_GUID_FULL)
POSTROOM_PROPERTY_SETS(POSTROOM_GUID_OLE, POSTROOM_GUID_FULL)

#undef POSTROOM_GUID
#undef POSTROOM_GUID_OLE
#undef POSTROOM_GUID_FULL
#endif

#endif
