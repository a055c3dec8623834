/*
 * Names and plain English for MAPI's numbers: errors, kinds of resources, status bits.
 */
#ifndef POSTROOM_PROGRAMS_MAPI_NAMES_H
#define POSTROOM_PROGRAMS_MAPI_NAMES_H

#include <postroom/postroom.h>

#include "text.h"

/* "MAPI_E_NO_ACCESS"; NULL for a code without a name. */
const WCHAR *mapi_error_name(HRESULT hr);

/* A sentence for people; never NULL. */
const WCHAR *mapi_error_sentence(HRESULT hr);

/* "MAPI_E_NO_ACCESS, 0x80070005" or "0x81234567". */
void mapi_error_code(HRESULT hr, struct text *out);

/* The code whose name is given, for scripts and tests. FALSE: no such name. */
BOOL mapi_error_by_name(const WCHAR *name, HRESULT *hr);

/* PR_RESOURCE_TYPE for people: "Message store". NULL for an unknown one. */
const WCHAR *mapi_resource_type_name(LONG type);

/* PR_STATUS_CODE for people: "Available", "Failed, offline". */
void mapi_status_code_text(LONG code, struct text *out);

/* PR_RESOURCE_METHODS for people: "Validate, settings". */
void mapi_resource_methods_text(LONG methods, struct text *out);

#endif
