/*
 * A writer of JSON: one document into a text. It takes care of commas, line breaks and escapes; the caller of the order.
 */
#ifndef POSTROOM_PROGRAMS_JSON_H
#define POSTROOM_PROGRAMS_JSON_H

#include "text.h"

#define JSON_DEPTH 16

struct json
{
    struct text *out;
    unsigned depth;
    BOOL filled[JSON_DEPTH]; /* per level: something is in it */
    BOOL after_key;
};

void json_init(struct json *json, struct text *out);

void json_begin_object(struct json *json);
void json_end_object(struct json *json);
void json_begin_array(struct json *json);
void json_end_array(struct json *json);

void json_key(struct json *json, const WCHAR *key);

/* NULL is written as null. Half a surrogate pair is written as an escape, so that nothing of a name is lost. */
void json_string(struct json *json, const WCHAR *string);
void json_bool(struct json *json, BOOL value);
void json_number(struct json *json, ULONG value);

/* A key and its value at once. */
void json_key_string(struct json *json, const WCHAR *key, const WCHAR *string);
void json_key_bool(struct json *json, const WCHAR *key, BOOL value);
void json_key_number(struct json *json, const WCHAR *key, ULONG value);

#endif
