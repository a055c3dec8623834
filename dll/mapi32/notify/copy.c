/*
 * Copies of notifications: what each event type points to, measuring it, placing it into one block, and adjusting the
 * pointers of a block that moves. One walk (put) does all of them.
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

/* What the walk does: with a block it fills that; with a relocation it checks the pointers, or applies it; with neither it
 * checks and measures. */
struct room
{
    BYTE *block;
    size_t size;
    size_t *offset;
    const struct prop_relocation *relocation;
    BOOL apply;
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

/* Where the bytes of a stored pointer are. */
static void *live(const struct room *room, const void *pointer)
{
    return (void *)((UINT_PTR)pointer + (room->relocation ? room->relocation->to_live : 0));
}

/* Takes room for what *pointer leads to and lets it lead to the copy, or to the new place. *now is where what was there
 * can be read, and with a block or a relocation written. */
static BOOL put_bytes(struct room *room, void **pointer, size_t bytes, void **now)
{
    void *source = live(room, *pointer);
    size_t start;

    if (!size_add(*room->offset, sizeof(LONGLONG) - 1, &start))
        return FALSE;
    start &= ~(sizeof(LONGLONG) - 1);
    if (!size_add(start, bytes, room->offset))
        return FALSE;
    *now = source;
    if (room->relocation)
    {
        if (room->apply)
            *pointer = (void *)((UINT_PTR)*pointer + room->relocation->to_new);
        return memory_writable(source, bytes);
    }
    if (!room->block)
        return memory_readable(source, bytes);
    if (*room->offset > room->size)
        return FALSE;
    *pointer = *now = room->block + start;
    memcpy(*now, source, bytes);
    return TRUE;
}

/* value is changed with a block, or when a relocation is applied. */
static BOOL put_value(struct room *room, SPropValue *value)
{
    SPropValue source = *value;
    ULONG type = PROP_TYPE(source.ulPropTag);

    if (room->block)
        return prop_place(value, &source, type, room->block, room->size, room->offset);
    if (!room->relocation)
        return prop_valid(&source) && prop_extent(&source, type, room->offset);
    if (!room->apply)
        return prop_relocation_check(room->relocation, &source, room->offset);
    prop_relocation_apply(room->relocation, value);
    return TRUE;
}

static BOOL put_values(struct room *room, void **pointer, size_t count)
{
    BOOL writing = room->block || room->apply;
    SPropValue *values, value;
    size_t bytes, i;
    void *now;

    if (!size_multiply(count, sizeof(*values), &bytes) || !put_bytes(room, pointer, bytes, &now))
        return FALSE;
    values = now;
    for (i = 0; i < count; i++)
    {
        value = values[i];
        if (!put_value(room, &value))
            return FALSE;
        if (writing)
            values[i] = value;
    }
    return TRUE;
}

/* A text as a value of a property that nobody sees, so that it is laid out like one. NULL stays. */
static BOOL put_text(struct room *room, void **pointer, BOOL wide)
{
    SPropValue value = {PROP_TAG(wide ? PT_UNICODE : PT_STRING8, 1), 0, {0}};

    if (!*pointer)
        return TRUE;
    value.Value.lpszA = *pointer;
    if (!put_value(room, &value))
        return FALSE;
    *pointer = value.Value.lpszA;
    return TRUE;
}

static BOOL put_error(struct room *room, ERROR_NOTIFICATION *err)
{
    BOOL wide = (err->ulFlags & MAPI_UNICODE) != 0;
    MAPIERROR texts;
    void *now;

    if (!err->lpMAPIError)
        return TRUE;
    if (!put_bytes(room, (void **)&err->lpMAPIError, sizeof(texts), &now))
        return FALSE;
    texts = *(MAPIERROR *)now;
    if (!put_text(room, (void **)&texts.lpszError, wide) || !put_text(room, (void **)&texts.lpszComponent, wide))
        return FALSE;
    if (room->block || room->apply)
        *(MAPIERROR *)now = texts;
    return TRUE;
}

static BOOL put_tags(struct room *room, OBJECT_NOTIFICATION *obj)
{
    const SPropTagArray *tags = live(room, obj->lpPropTagArray);
    size_t bytes;
    ULONG count;
    void *now;

    if (!obj->lpPropTagArray)
        return TRUE;
    if (!room->block && !prop_tags_valid(tags))
        return FALSE;
    count = tags->cValues;
    if (!size_multiply(count, sizeof(ULONG), &bytes) || !size_add(bytes, offsetof(SPropTagArray, aulPropTag), &bytes)
        || !put_bytes(room, (void **)&obj->lpPropTagArray, bytes, &now))
        return FALSE;
    if (room->block) /* it may have changed since it was read */
        ((SPropTagArray *)now)->cValues = count;
    return TRUE;
}

static BOOL put_fields(struct room *room, NOTIFICATION *notification)
{
    ULONG count;
    void *now;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(fields); i++)
    {
        void **pointer = pointer_of(notification, &fields[i]);

        if (!(fields[i].events & notification->ulEventType))
            continue;
        if (!(count = *count_of(notification, &fields[i])))
            *pointer = NULL;
        else if (fields[i].size == 1 ? !put_bytes(room, pointer, count, &now) : !put_values(room, pointer, count))
            return FALSE;
    }
    return TRUE;
}

/* Turns a copy of the structure into a copy of it all. */
static BOOL put(struct room *room, NOTIFICATION *notification)
{
    TABLE_NOTIFICATION *table = &notification->info.tab;

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
        return put_value(room, &table->propIndex) && put_value(room, &table->propPrior);
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
    struct room room = {.offset = offset};
    NOTIFICATION copy;

    if (!memory_readable(notification, sizeof(*notification)))
        return FALSE;
    copy = *notification;
    return type_is_known(copy.ulEventType) && put(&room, &copy);
}

BOOL notification_place(NOTIFICATION *dest, const NOTIFICATION *source, BYTE *block, size_t size, size_t *offset)
{
    struct room room = {.block = block, .size = size, .offset = offset};
    NOTIFICATION copy = *source;

    if (!type_is_known(copy.ulEventType) || !put(&room, &copy))
        return FALSE;
    *dest = copy;
    return TRUE;
}

BOOL notification_relocate(NOTIFICATION *notification, const struct prop_relocation *relocation, BOOL apply,
                           size_t *offset)
{
    struct room room = {.offset = offset, .relocation = relocation, .apply = apply};
    NOTIFICATION copy = *notification;

    if (!type_is_known(copy.ulEventType) || !put(&room, &copy))
        return FALSE;
    if (apply)
        *notification = copy;
    return TRUE;
}
