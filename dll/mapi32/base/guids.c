/*
 * The one place where the DLL defines MAPI's GUIDs.
 */
#include <postroom/guids.h>
