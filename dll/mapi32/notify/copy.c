/*
 * Copies of notifications: what each event type points to, measuring it, placing it into one block.
 *
 * fields tells where a type's byte strings and property values are; the three oddities (texts of a critical error, the
 * message class, the tags of an object's changes) have functions of their own.
 */
#include "notify/copy.h"

#include <string.h>

#include "prop/layout.h"

#define OBJECT_EVENTS                                                                                                  \
    (fnevObjectCreated | fnevObjectDeleted | fnevObjectModified | fnevObjectMoved | fnevObjectCopied                   \
     | fnevSearchComplete)
#define EXTENDED_EVENTS (fnevExtended | fnevIndexing)

/* A count and the pointer that belongs to it. */
struct field
{
    ULONG events;
    size_t size; /* of an element: bytes, or SPropValue */
    size_t count, pointer;
};

#define FIELD(events, size, count, pointer)                                                                            \
    {                                                                                                                  \
        (events), (size), offsetof(NOTIFICATION, info.count), offsetof(NOTIFICATION, info.pointer)                     \
    }

static const struct field fields[] = {
        FIELD(fnevCriticalError, 1, err.cbEntryID, err.lpEntryID),
        FIELD(fnevNewMail, 1, newmail.cbEntryID, newmail.lpEntryID),
        FIELD(fnevNewMail, 1, newmail.cbParentID, newmail.lpParentID),
        FIELD(OBJECT_EVENTS, 1, obj.cbEntryID, obj.lpEntryID),
        FIELD(OBJECT_EVENTS, 1, obj.cbParentID, obj.lpParentID),
        FIELD(OBJECT_EVENTS, 1, obj.cbOldID, obj.lpOldID),
        FIELD(OBJECT_EVENTS, 1, obj.cbOldParentID, obj.lpOldParentID),
        FIELD(fnevTableModified, sizeof(SPropValue), tab.row.cValues, tab.row.lpProps),
        FIELD(fnevStatusObjectModified, 1, statobj.cbEntryID, statobj.lpEntryID),
        FIELD(fnevStatusObjectModified, sizeof(SPropValue), statobj.cValues, statobj.lpPropVals),
        FIELD(EXTENDED_EVENTS, 1, ext.cb, ext.pbEventParameters),
};

/* The block that is filled; without one only offset moves. */
struct room
{
    BYTE *block;
    size_t size;
    size_t *offset;
};

/* The number of an event's bit is one of those that have a structure. */
static BOOL type_is_known(ULONG type)
{
    return type && !(type & (type - 1))
           && (type
               & (OBJECT_EVENTS | EXTENDED_EVENTS | fnevCriticalError | fnevNewMail | fnevTableModified
                  | fnevStatusObjectModified));
}

static ULONG *count_of(NOTIFICATION *notification, const struct field *field)
{
    return (ULONG *)((BYTE *)notification + field->count);
}

static void **pointer_of(NOTIFICATION *notification, const struct field *field)
{
    return (void **)((BYTE *)notification + field->pointer);
}

/* Takes room for bytes at *pointer and, with a block, copies them there and lets *pointer say where. */
static BOOL put_bytes(struct room *room, void **pointer, size_t bytes)
{
    const void *source = *pointer;
    size_t start;

    if (!size_add(*room->offset, sizeof(LONGLONG) - 1, &start))
        return FALSE;
    start &= ~(sizeof(LONGLONG) - 1);
    if (!size_add(start, bytes, room->offset))
        return FALSE;
    if (!room->block)
        return memory_readable(source, bytes);
    if (*room->offset > room->size)
        return FALSE;
    memcpy(room->block + start, source, bytes);
    *pointer = room->block + start;
    return TRUE;
}

static BOOL put_value(struct room *room, SPropValue *dest, const SPropValue *source)
{
    ULONG type = PROP_TYPE(source->ulPropTag);

    if (room->block)
        return prop_place(dest, source, type, room->block, room->size, room->offset);
    return prop_valid(source) && prop_extent(source, type, room->offset);
}

static BOOL put_values(struct room *room, void **pointer, size_t count)
{
    const SPropValue *source = *pointer;
    SPropValue *dest, unused;
    size_t bytes, i;

    if (!size_multiply(count, sizeof(*source), &bytes) || !put_bytes(room, pointer, bytes))
        return FALSE;
    dest = *pointer;
    for (i = 0; i < count; i++)
        if (!put_value(room, room->block ? &dest[i] : &unused, &source[i]))
            return FALSE;
    return TRUE;
}

/* A text as a value of a property that nobody sees, so that it is laid out like one. NULL stays. */
static BOOL put_text(struct room *room, void **pointer, BOOL wide)
{
    SPropValue source = {PROP_TAG(wide ? PT_UNICODE : PT_STRING8, 1), 0, {0}}, dest = {0};

    if (!*pointer)
        return TRUE;
    source.Value.lpszA = *pointer;
    if (!put_value(room, &dest, &source))
        return FALSE;
    if (room->block)
        *pointer = dest.Value.lpszA;
    return TRUE;
}

static BOOL put_error(struct room *room, ERROR_NOTIFICATION *err)
{
    MAPIERROR texts;
    BOOL wide = (err->ulFlags & MAPI_UNICODE) != 0;

    if (!err->lpMAPIError)
        return TRUE;
    if (!memory_readable(err->lpMAPIError, sizeof(texts)))
        return FALSE;
    texts = *err->lpMAPIError;
    if (!put_bytes(room, (void **)&err->lpMAPIError, sizeof(texts)) || !put_text(room, (void **)&texts.lpszError, wide)
        || !put_text(room, (void **)&texts.lpszComponent, wide))
        return FALSE;
    if (room->block)
        *err->lpMAPIError = texts;
    return TRUE;
}

static BOOL put_tags(struct room *room, OBJECT_NOTIFICATION *obj)
{
    size_t bytes;
    ULONG count;

    if (!obj->lpPropTagArray)
        return TRUE;
    if (!room->block && !prop_tags_valid(obj->lpPropTagArray))
        return FALSE;
    count = obj->lpPropTagArray->cValues;
    if (!size_multiply(count, sizeof(ULONG), &bytes) || !size_add(bytes, offsetof(SPropTagArray, aulPropTag), &bytes)
        || !put_bytes(room, (void **)&obj->lpPropTagArray, bytes))
        return FALSE;
    if (room->block)
        obj->lpPropTagArray->cValues = count;
    return TRUE;
}

static BOOL put_fields(struct room *room, NOTIFICATION *notification)
{
    ULONG count;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(fields); i++)
    {
        void **pointer = pointer_of(notification, &fields[i]);

        if (!(fields[i].events & notification->ulEventType))
            continue;
        if (!(count = *count_of(notification, &fields[i])))
            *pointer = NULL;
        else if (fields[i].size == 1 ? !put_bytes(room, pointer, count) : !put_values(room, pointer, count))
            return FALSE;
    }
    return TRUE;
}

/* Turns a copy of the structure into a copy of it all. */
static BOOL put(struct room *room, NOTIFICATION *notification)
{
    TABLE_NOTIFICATION *table = &notification->info.tab;
    SPropValue index, prior;

    if (!put_fields(room, notification))
        return FALSE;
    switch (notification->ulEventType)
    {
    case fnevCriticalError:
        return put_error(room, &notification->info.err);
    case fnevNewMail:
        return put_text(room, (void **)&notification->info.newmail.lpszMessageClass,
                        (notification->info.newmail.ulFlags & MAPI_UNICODE) != 0);
    case fnevTableModified:
        index = table->propIndex;
        prior = table->propPrior;
        return put_value(room, &table->propIndex, &index) && put_value(room, &table->propPrior, &prior);
    case fnevExtended:
    case fnevIndexing:
    case fnevStatusObjectModified:
        return TRUE;
    default:
        return put_tags(room, &notification->info.obj);
    }
}

BOOL notification_extent(const NOTIFICATION *notification, size_t *offset)
{
    struct room room = {NULL, 0, offset};
    NOTIFICATION copy;

    if (!memory_readable(notification, sizeof(*notification)))
        return FALSE;
    copy = *notification;
    return type_is_known(copy.ulEventType) && put(&room, &copy);
}

BOOL notification_place(NOTIFICATION *dest, const NOTIFICATION *source, BYTE *block, size_t size, size_t *offset)
{
    struct room room = {block, size, offset};
    NOTIFICATION copy = *source;

    if (!type_is_known(copy.ulEventType) || !put(&room, &copy))
        return FALSE;
    *dest = copy;
    return TRUE;
}
