/* The interface identifiers, defined once. */
#define INITGUID
#include "msgstore.h"
#include <postroom/guids.h>
