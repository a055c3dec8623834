/*
 * ScCountNotifications, ScCopyNotifications, ScRelocNotifications for every event type, and with hostile structures.
 */
#include "notify_support.h"

#define UNREADABLE ((void *)0x10)

static BYTE id[5] = {1, 2, 3, 4, 5}, parent_id[4] = {6, 7, 8, 9}, old_id[3] = {1, 0, 1}, old_parent_id[1] = {3};
static BYTE parameters[7] = "params";
static MAPIERROR texts_a = {0, (LPTSTR) "text", (LPTSTR) "component", 3, 4}, texts_w = {0, L"text", L"component", 3, 4};
static SizedSPropTagArray(3, tags) = {3, {PR_SUBJECT_A, PR_ENTRYID, PR_ROWID}};
static SPropValue values[4];
static SBinary binaries[2] = {{5, id}, {4, parent_id}};

static const ULONG types[] = {fnevCriticalError,  fnevNewMail,     fnevObjectCreated,        fnevObjectDeleted,
                              fnevObjectModified, fnevObjectMoved, fnevObjectCopied,         fnevSearchComplete,
                              fnevTableModified,  fnevIndexing,    fnevStatusObjectModified, fnevExtended};

static void make_values(void)
{
    memset(values, 0, sizeof(values));
    values[0].ulPropTag = PR_ENTRYID;
    values[0].Value.bin.cb = sizeof(id);
    values[0].Value.bin.lpb = id;
    values[1].ulPropTag = PR_SUBJECT_W;
    values[1].Value.lpszW = L"subject";
    values[2].ulPropTag = PROP_TAG(PT_MV_BINARY, 0x6600);
    values[2].Value.MVbin.cValues = 2;
    values[2].Value.MVbin.lpbin = binaries;
    values[3].ulPropTag = PR_ROWID;
    values[3].Value.l = 77;
}

static NOTIFICATION sample(ULONG type, BOOL wide)
{
    NOTIFICATION event = event_of(type);
    OBJECT_NOTIFICATION *obj = &event.info.obj;

    make_values();
    switch (type)
    {
    case fnevCriticalError:
        event.info.err = (ERROR_NOTIFICATION){sizeof(id), (ENTRYID *)id, MAPI_E_END_OF_SESSION, wide ? MAPI_UNICODE : 0,
                                              wide ? &texts_w : &texts_a};
        break;
    case fnevNewMail:
        event.info.newmail.cbEntryID = sizeof(id);
        event.info.newmail.lpEntryID = (ENTRYID *)id;
        event.info.newmail.cbParentID = sizeof(parent_id);
        event.info.newmail.lpParentID = (ENTRYID *)parent_id;
        event.info.newmail.ulFlags = wide ? MAPI_UNICODE : 0;
        event.info.newmail.lpszMessageClass = wide ? L"IPM.Note" : (LPTSTR) "IPM.Note";
        event.info.newmail.ulMessageFlags = 9;
        break;
    case fnevTableModified:
        event.info.tab.ulTableEvent = TABLE_ROW_ADDED;
        event.info.tab.propIndex = values[0];
        event.info.tab.propPrior = values[1];
        event.info.tab.row.cValues = 4;
        event.info.tab.row.lpProps = values;
        break;
    case fnevStatusObjectModified:
        event.info.statobj.cbEntryID = sizeof(id);
        event.info.statobj.lpEntryID = (ENTRYID *)id;
        event.info.statobj.cValues = 4;
        event.info.statobj.lpPropVals = values;
        break;
    case fnevExtended:
    case fnevIndexing:
        event.info.ext = (EXTENDED_NOTIFICATION){5, sizeof(parameters), parameters};
        break;
    default:
        *obj = (OBJECT_NOTIFICATION){sizeof(id),
                                     (ENTRYID *)id,
                                     MAPI_MESSAGE,
                                     sizeof(parent_id),
                                     (ENTRYID *)parent_id,
                                     sizeof(old_id),
                                     (ENTRYID *)old_id,
                                     sizeof(old_parent_id),
                                     (ENTRYID *)old_parent_id,
                                     (SPropTagArray *)&tags};
        break;
    }
    return event;
}

static BOOL same_bytes(ULONG count_a, const void *a, ULONG count_b, const void *b)
{
    return count_a == count_b && (!count_a || (a != b && !memcmp(a, b, count_a)));
}

static BOOL same_texts(const void *a, const void *b, BOOL wide)
{
    return a != b && (wide ? !wcscmp(a, b) : !strcmp(a, b));
}

static BOOL same_value(const SPropValue *a, const SPropValue *b)
{
    if (a->ulPropTag != b->ulPropTag)
        return FALSE;
    switch (PROP_TYPE(a->ulPropTag))
    {
    case PT_BINARY:
        return same_bytes(a->Value.bin.cb, a->Value.bin.lpb, b->Value.bin.cb, b->Value.bin.lpb);
    case PT_UNICODE:
        return same_texts(a->Value.lpszW, b->Value.lpszW, TRUE);
    case PT_MV_BINARY:
        return a->Value.MVbin.cValues == 2 && b->Value.MVbin.cValues == 2
               && same_bytes(a->Value.MVbin.lpbin[0].cb, a->Value.MVbin.lpbin[0].lpb, b->Value.MVbin.lpbin[0].cb,
                             b->Value.MVbin.lpbin[0].lpb)
               && same_bytes(a->Value.MVbin.lpbin[1].cb, a->Value.MVbin.lpbin[1].lpb, b->Value.MVbin.lpbin[1].cb,
                             b->Value.MVbin.lpbin[1].lpb);
    default:
        return a->Value.l == b->Value.l;
    }
}

static BOOL same_values(ULONG count_a, const SPropValue *a, ULONG count_b, const SPropValue *b)
{
    ULONG i;

    if (count_a != count_b || a == b)
        return FALSE;
    for (i = 0; i < count_a; i++)
        if (!same_value(&a[i], &b[i]))
            return FALSE;
    return TRUE;
}

/* Equal in all that counts, and with no pointer in common. */
static BOOL same(const NOTIFICATION *a, const NOTIFICATION *b)
{
    const OBJECT_NOTIFICATION *one = &a->info.obj, *two = &b->info.obj;

    if (a->ulEventType != b->ulEventType)
        return FALSE;
    switch (a->ulEventType)
    {
    case fnevCriticalError:
        return a->info.err.scode == b->info.err.scode && a->info.err.ulFlags == b->info.err.ulFlags
               && same_bytes(a->info.err.cbEntryID, a->info.err.lpEntryID, b->info.err.cbEntryID, b->info.err.lpEntryID)
               && a->info.err.lpMAPIError != b->info.err.lpMAPIError
               && a->info.err.lpMAPIError->ulContext == b->info.err.lpMAPIError->ulContext
               && same_texts(a->info.err.lpMAPIError->lpszError, b->info.err.lpMAPIError->lpszError,
                             a->info.err.ulFlags)
               && same_texts(a->info.err.lpMAPIError->lpszComponent, b->info.err.lpMAPIError->lpszComponent,
                             a->info.err.ulFlags);
    case fnevNewMail:
        return same_bytes(a->info.newmail.cbEntryID, a->info.newmail.lpEntryID, b->info.newmail.cbEntryID,
                          b->info.newmail.lpEntryID)
               && same_bytes(a->info.newmail.cbParentID, a->info.newmail.lpParentID, b->info.newmail.cbParentID,
                             b->info.newmail.lpParentID)
               && a->info.newmail.ulFlags == b->info.newmail.ulFlags
               && a->info.newmail.ulMessageFlags == b->info.newmail.ulMessageFlags
               && same_texts(a->info.newmail.lpszMessageClass, b->info.newmail.lpszMessageClass,
                             a->info.newmail.ulFlags);
    case fnevTableModified:
        return a->info.tab.ulTableEvent == b->info.tab.ulTableEvent
               && same_value(&a->info.tab.propIndex, &b->info.tab.propIndex)
               && same_value(&a->info.tab.propPrior, &b->info.tab.propPrior)
               && same_values(a->info.tab.row.cValues, a->info.tab.row.lpProps, b->info.tab.row.cValues,
                              b->info.tab.row.lpProps);
    case fnevStatusObjectModified:
        return same_bytes(a->info.statobj.cbEntryID, a->info.statobj.lpEntryID, b->info.statobj.cbEntryID,
                          b->info.statobj.lpEntryID)
               && same_values(a->info.statobj.cValues, a->info.statobj.lpPropVals, b->info.statobj.cValues,
                              b->info.statobj.lpPropVals);
    case fnevExtended:
    case fnevIndexing:
        return a->info.ext.ulEvent == b->info.ext.ulEvent
               && same_bytes(a->info.ext.cb, a->info.ext.pbEventParameters, b->info.ext.cb,
                             b->info.ext.pbEventParameters);
    default:
        return one->ulObjType == two->ulObjType
               && same_bytes(one->cbEntryID, one->lpEntryID, two->cbEntryID, two->lpEntryID)
               && same_bytes(one->cbParentID, one->lpParentID, two->cbParentID, two->lpParentID)
               && same_bytes(one->cbOldID, one->lpOldID, two->cbOldID, two->lpOldID)
               && same_bytes(one->cbOldParentID, one->lpOldParentID, two->cbOldParentID, two->lpOldParentID)
               && one->lpPropTagArray != two->lpPropTagArray
               && same_bytes(CbSPropTagArray(one->lpPropTagArray), one->lpPropTagArray,
                             CbSPropTagArray(two->lpPropTagArray), two->lpPropTagArray);
    }
}

/* Copies, moves the block with a relocation before and after the move, and compares. */
static void round_trip(NOTIFICATION *events, int count)
{
    BYTE *block, *second;
    ULONG size = 0, copied = 0, relocated = 0, i;

    assert_hr(ScCountNotifications(count, events, &size), S_OK);
    assert_hr(ScCountNotifications(count, events, NULL), S_OK);
    assert_true(size >= count * sizeof(*events));
    block = HeapAlloc(GetProcessHeap(), 0, size + 8);
    second = HeapAlloc(GetProcessHeap(), 0, size + 8);
    memset(block, 0xcc, size + 8);
    assert_hr(ScCopyNotifications(count, events, block, &copied), S_OK);
    assert_int_equal(copied, size);
    for (i = 0; i < 8; i++)
        assert_int_equal(block[size + i], 0xcc); /* not a byte more than counted */
    for (i = 0; i < (ULONG)count; i++)
        assert_true(same(&events[i], (NOTIFICATION *)block + i));

    /* moved, then relocated */
    memcpy(second, block, size);
    assert_hr(ScRelocNotifications(count, (NOTIFICATION *)second, block, second, &relocated), S_OK);
    assert_int_equal(relocated, size);
    memset(block, 0xdd, size);
    for (i = 0; i < (ULONG)count; i++)
        assert_true(same(&events[i], (NOTIFICATION *)second + i));
    /* relocated, then moved */
    assert_hr(ScRelocNotifications(count, (NOTIFICATION *)second, second, block, NULL), S_OK);
    memcpy(block, second, size);
    memset(second, 0xdd, size);
    for (i = 0; i < (ULONG)count; i++)
        assert_true(same(&events[i], (NOTIFICATION *)block + i));
    HeapFree(GetProcessHeap(), 0, block);
    HeapFree(GetProcessHeap(), 0, second);
}

TEST(every_type)
{
    NOTIFICATION events[ARRAY_SIZE(types)];
    size_t i;
    int wide;

    for (wide = 0; wide < 2; wide++)
    {
        for (i = 0; i < ARRAY_SIZE(types); i++)
        {
            events[i] = sample(types[i], wide);
            round_trip(&events[i], 1);
        }
        round_trip(events, ARRAY_SIZE(types));
    }
}

/* The smallest of each type: no pointers at all. */
TEST(empty_ones)
{
    ULONG size, copied, relocated;
    NOTIFICATION event, copy;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(types); i++)
    {
        event = event_of(types[i]);
        assert_hr(ScCountNotifications(1, &event, &size), S_OK);
        assert_int_equal(size, sizeof(event));
        assert_hr(ScCopyNotifications(1, &event, &copy, &copied), S_OK);
        assert_int_equal(copied, size);
        assert_memory_equal(&copy, &event, sizeof(event));
        assert_hr(ScRelocNotifications(1, &copy, &copy, UNREADABLE, &relocated), S_OK);
        assert_int_equal(relocated, size);
        assert_memory_equal(&copy, &event, sizeof(event));
    }
    size = copied = relocated = 1;
    assert_hr(ScCountNotifications(0, NULL, &size), S_OK);
    assert_int_equal(size, 0);
    assert_hr(ScCopyNotifications(0, NULL, &copy, &copied), S_OK);
    assert_int_equal(copied, 0);
    assert_hr(ScRelocNotifications(0, NULL, NULL, NULL, &relocated), S_OK);
    assert_int_equal(relocated, 0);
    assert_hr(ScCopyNotifications(1, &event, NULL, NULL), S_OK); /* only checks */
}

static void refused(NOTIFICATION *event)
{
    BYTE block[4096];
    ULONG size = 99;

    assert_hr(ScCountNotifications(1, event, &size), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(size, 99);
    assert_hr(ScCopyNotifications(1, event, block, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScRelocNotifications(1, event, event, event, &size), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(size, 99);
}

TEST(unknown_types)
{
    static const ULONG unknown[] = {0, 3, fnevReservedForMapi, 0x400, 0x20000, 0xffffffff, fnevExtended | fnevNewMail};
    NOTIFICATION event = event_of(0);
    size_t i;

    for (i = 0; i < ARRAY_SIZE(unknown); i++)
    {
        event.ulEventType = unknown[i];
        refused(&event);
    }
}

/* Every pointer of every type, led astray one at a time. */
TEST(bad_pointers)
{
    static const size_t fields[][2] = {
#define PLACE(type, field) {type, offsetof(NOTIFICATION, info.field)}
            PLACE(fnevCriticalError, err.lpEntryID),
            PLACE(fnevCriticalError, err.lpMAPIError),
            PLACE(fnevNewMail, newmail.lpEntryID),
            PLACE(fnevNewMail, newmail.lpParentID),
            PLACE(fnevNewMail, newmail.lpszMessageClass),
            PLACE(fnevObjectMoved, obj.lpEntryID),
            PLACE(fnevObjectMoved, obj.lpParentID),
            PLACE(fnevObjectMoved, obj.lpOldID),
            PLACE(fnevObjectMoved, obj.lpOldParentID),
            PLACE(fnevObjectMoved, obj.lpPropTagArray),
            PLACE(fnevSearchComplete, obj.lpEntryID),
            PLACE(fnevTableModified, tab.propIndex.Value.bin.lpb),
            PLACE(fnevTableModified, tab.propPrior.Value.lpszW),
            PLACE(fnevTableModified, tab.row.lpProps),
            PLACE(fnevStatusObjectModified, statobj.lpEntryID),
            PLACE(fnevStatusObjectModified, statobj.lpPropVals),
            PLACE(fnevExtended, ext.pbEventParameters),
            PLACE(fnevIndexing, ext.pbEventParameters),
    };
    SizedSPropTagArray(1, endless) = {0x40000000, {PR_ROWID}};
    MAPIERROR bad_texts = {0, UNREADABLE, NULL, 0, 0};
    NOTIFICATION event;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(fields); i++)
    {
        event = sample(fields[i][0], TRUE);
        *(void **)((BYTE *)&event + fields[i][1]) = UNREADABLE;
        refused(&event);
    }
    event = sample(fnevCriticalError, TRUE);
    event.info.err.lpMAPIError = &bad_texts;
    refused(&event);
    event = sample(fnevTableModified, TRUE);
    values[2].Value.MVbin.lpbin = UNREADABLE;
    refused(&event);
    event = sample(fnevTableModified, TRUE);
    values[3].ulPropTag = PROP_TAG(0x7777, 1);
    refused(&event);
    event = sample(fnevTableModified, TRUE);
    event.info.tab.row.cValues = 0xffffffff;
    refused(&event);
    event = sample(fnevExtended, TRUE);
    event.info.ext.cb = 0xffffffff;
    refused(&event);
    event = sample(fnevObjectCreated, TRUE);
    event.info.obj.lpPropTagArray = (SPropTagArray *)&endless;
    refused(&event);
}

TEST(bad_arguments)
{
    NOTIFICATION event = sample(fnevExtended, FALSE);
    BYTE block[256];
    ULONG size;

    assert_hr(ScCountNotifications(-1, &event, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCountNotifications(0x7fffffff, &event, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCountNotifications(1, NULL, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCountNotifications(1, UNREADABLE, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCountNotifications(1, &event, UNREADABLE), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCopyNotifications(-1, &event, block, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCopyNotifications(1, &event, NULL, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCopyNotifications(1, &event, UNREADABLE, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCopyNotifications(1, NULL, block, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCopyNotifications(1, &event, block, UNREADABLE), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScRelocNotifications(-1, &event, block, block, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScRelocNotifications(1, NULL, block, block, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScRelocNotifications(1, UNREADABLE, block, block, &size), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScRelocNotifications(1, &event, &event, block, UNREADABLE), MAPI_E_INVALID_PARAMETER);
}

/* A block whose relocation fails half way is as it was. */
TEST(relocation_all_or_nothing)
{
    NOTIFICATION events[2] = {sample(fnevExtended, FALSE), sample(fnevExtended, FALSE)};
    BYTE block[512], before[512];

    assert_hr(ScCopyNotifications(2, events, block, NULL), S_OK);
    ((NOTIFICATION *)block)[1].info.ext.pbEventParameters = UNREADABLE;
    memcpy(before, block, sizeof(block));
    assert_hr(ScRelocNotifications(2, (NOTIFICATION *)block, block, (void *)0x1000, NULL), MAPI_E_INVALID_PARAMETER);
    assert_memory_equal(block, before, sizeof(block));
}

static ULONG random_state;

static ULONG next_random(void)
{
    random_state = random_state * 1664525 + 1013904223;
    return random_state >> 8;
}

/* Garbage of every kind: whatever the answers are, count and copy agree and nobody falls. */
TEST(garbage)
{
    static BYTE block[0x20000];
    ULONG seed = GetTickCount(), round, size, copied, i;
    NOTIFICATION event;
    SCODE sc;

    random_state = seed;
    harness_note("seed %lu", seed);
    for (round = 0; round < 20000; round++)
    {
        event = sample(types[next_random() % ARRAY_SIZE(types)], next_random() & 1);
        for (i = next_random() % 4; i; i--)
        {
            ULONG *word = (ULONG *)&event + next_random() % (sizeof(event) / sizeof(ULONG));

            *word = next_random() & 1 ? next_random() : next_random() % 64;
        }
        size = copied = 0;
        sc = ScCountNotifications(1, &event, &size);
        assert_true(sc == S_OK || sc == MAPI_E_INVALID_PARAMETER);
        if (sc || size > sizeof(block))
            continue;
        assert_hr(ScCopyNotifications(1, &event, block, &copied), S_OK);
        assert_int_equal(copied, size);
        assert_hr(ScRelocNotifications(1, (NOTIFICATION *)block, block, (void *)0x100000, &copied), S_OK);
        assert_int_equal(copied, size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(every_type),    harness_test_plain(empty_ones),
            harness_test_plain(unknown_types), harness_test_plain(bad_pointers),
            harness_test_plain(bad_arguments), harness_test_plain(relocation_all_or_nothing),
            harness_test_plain(garbage),
    };

    return harness_run(tests);
}
