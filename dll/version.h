/*
 * Postroom's version number. Plain numbers and strings only: resource scripts, C and the Makefile read this file.
 */
#ifndef POSTROOM_VERSION_H
#define POSTROOM_VERSION_H

#define POSTROOM_VERSION_MAJOR 0
#define POSTROOM_VERSION_MINOR 1
#define POSTROOM_VERSION_PATCH 0
#define POSTROOM_VERSION_STRING "0.1.0"

#endif
