/*
 * The record of shared sessions from the inside: who may touch it, what it withstands, and what a dead owner of its lock
 * leaves behind.
 */
#include <aclapi.h>
#include <stdlib.h>

#include "harness_session.h"

#include "membership_member.h"

#define TEST(name) static void name(void **state __attribute__((unused)))

/* Exactly one entry, for the user of this process, who owns the object too. */
static void assert_users_only(HANDLE object)
{
    union
    {
        TOKEN_USER user;
        BYTE bytes[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    } user;
    SECURITY_DESCRIPTOR *descriptor;
    ACCESS_ALLOWED_ACE *ace;
    HANDLE token;
    DWORD size;
    SID *owner;
    ACL *dacl;

    assert_non_null(object);
    assert_true(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token));
    assert_true(GetTokenInformation(token, TokenUser, &user, sizeof(user), &size));
    CloseHandle(token);
    assert_int_equal(GetSecurityInfo(object, SE_KERNEL_OBJECT, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                     (PSID *)&owner, NULL, &dacl, NULL, (PSECURITY_DESCRIPTOR *)&descriptor),
                     0);
    assert_true(EqualSid(owner, user.user.User.Sid));
    assert_non_null(dacl);
    assert_int_equal(dacl->AceCount, 1);
    assert_true(GetAce(dacl, 0, (void **)&ace));
    assert_int_equal(ace->Header.AceType, ACCESS_ALLOWED_ACE_TYPE);
    assert_int_equal(ace->Header.AceFlags, 0);
    assert_true(EqualSid((SID *)&ace->SidStart, user.user.User.Sid));
    LocalFree(descriptor);
}

TEST(security_is_for_one_user)
{
    struct member member;

    assert_hr(join(&member), S_OK);
    assert_users_only(here.handles.section);
    assert_users_only(here.handles.mutex);
    assert_users_only(here.watcher->event);
    leave(&member, LEAVE);
    assert_null(here.handles.record);
}

static void section_name(WCHAR name[KERNEL_NAME_MAX], const WCHAR *end)
{
    kernel_name_text(kernel_name_text(kernel_name_begin(name), L".Shared.1"), end);
}

/* The session of a program that wanted a shared one works all the same. */
static void assert_logon_works(void)
{
    IMAPISession *session = log_on(MAPI_ALLOW_OTHERS), *joined;

    assert_hr(MAPILogonEx(0, NULL, NULL, MAPI_EXTENDED, &joined), MAPI_E_LOGON_FAILED);
    log_off(session);
}

static BYTE another_user[SECURITY_MAX_SID_SIZE];

/* The descriptor of an object of ours, with somebody else in the user's place. */
static void descriptor_of_another_user(HANDLE object, struct kernel_security *security)
{
    SID_IDENTIFIER_AUTHORITY nt = {SECURITY_NT_AUTHORITY};
    SECURITY_DESCRIPTOR *descriptor;
    ACCESS_ALLOWED_ACE *ace;
    SID *owner, *another;
    ACL *dacl;

    assert_int_equal(GetSecurityInfo(object, SE_KERNEL_OBJECT, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                     (PSID *)&owner, NULL, &dacl, NULL, (PSECURITY_DESCRIPTOR *)&descriptor),
                     0);
    assert_true(AllocateAndInitializeSid(&nt, 5, 21, 11, 22, 33, 1001, 0, 0, 0, (PSID *)&another));
    assert_true(GetAce(dacl, 0, (void **)&ace));
    assert_non_null(kernel_security_init(security));
    assert_true(InitializeAcl(&security->dacl.acl, sizeof(security->dacl), ACL_REVISION));
    assert_true(AddAccessAllowedAce(&security->dacl.acl, ACL_REVISION, ace->Mask, another));
    assert_true(CopySid(sizeof(another_user), another_user, another));
    assert_true(SetSecurityDescriptorOwner(&security->descriptor, another_user, FALSE));
    FreeSid(another);
    LocalFree(descriptor);
}

/* Each way to get at the three objects of a shared session. */
static void assert_access(const WCHAR *section, const WCHAR *mutex, const WCHAR *event, BOOL granted)
{
    static const DWORD sections[] = {FILE_MAP_READ, FILE_MAP_WRITE, SECTION_QUERY, READ_CONTROL, WRITE_DAC};
    static const DWORD mutexes[] = {SYNCHRONIZE, MUTEX_MODIFY_STATE, READ_CONTROL, WRITE_DAC};
    static const DWORD events[] = {EVENT_MODIFY_STATE, SYNCHRONIZE, READ_CONTROL, WRITE_DAC};
    HANDLE object;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(sections) + ARRAY_SIZE(mutexes) + ARRAY_SIZE(events); i++)
    {
        SetLastError(0);
        if (i < ARRAY_SIZE(sections))
            object = OpenFileMappingW(sections[i], FALSE, section);
        else if (i < ARRAY_SIZE(sections) + ARRAY_SIZE(mutexes))
            object = OpenMutexW(mutexes[i - ARRAY_SIZE(sections)], FALSE, mutex);
        else
            object = OpenEventW(events[i - ARRAY_SIZE(sections) - ARRAY_SIZE(mutexes)], FALSE, event);
        if (granted)
            assert_non_null(object);
        else
        {
            assert_null(object);
            assert_int_equal(GetLastError(), ERROR_ACCESS_DENIED);
        }
        if (object)
            CloseHandle(object);
    }
}

/*
 * Two users, with the parts exchanged: the objects are another's, as that one's members would have made them, and this
 * process is the stranger who can neither read, nor join, nor signal. To its own it has every access.
 */
TEST(another_user_is_kept_out)
{
    struct kernel_security of_section, of_mutex, of_event;
    WCHAR section[KERNEL_NAME_MAX], mutex[KERNEL_NAME_MAX], event[KERNEL_NAME_MAX];
    struct record_process self;
    PostroomSharedMember *list;
    struct member member;
    HANDLE objects[3];
    ULONG count, i;

    assert_hr(join(&member), S_OK);
    section_name(section, L"");
    section_name(mutex, L".Lock");
    local_process(&self);
    record_event_name(&self, event);
    assert_access(section, mutex, event, TRUE);
    descriptor_of_another_user(here.handles.section, &of_section);
    descriptor_of_another_user(here.handles.mutex, &of_mutex);
    descriptor_of_another_user(here.watcher->event, &of_event);
    leave(&member, LEAVE);

    kernel_name_text(event + wcslen(event), L".another");
    objects[0] = CreateFileMappingW(INVALID_HANDLE_VALUE, &of_section.attributes, PAGE_READWRITE, 0,
                                    sizeof(struct record), section);
    objects[1] = CreateMutexW(&of_mutex.attributes, FALSE, mutex);
    objects[2] = CreateEventW(&of_event.attributes, FALSE, FALSE, event);
    assert_access(section, mutex, event, FALSE);
    assert_hr(join(&member), S_FALSE);
    assert_logon_works();
    assert_hr(PostroomListSharedSessions(&count, &list), S_OK);
    assert_int_equal(count, 0);
    assert_hr(PostroomLogoffShared(), MAPI_E_NOT_FOUND);
    for (i = 0; i < ARRAY_SIZE(objects); i++)
    {
        assert_non_null(objects[i]);
        CloseHandle(objects[i]);
    }
}

TEST(names_taken_by_somebody_else)
{
    BYTE everyone[SECURITY_MAX_SID_SIZE];
    struct kernel_security security;
    DWORD size = sizeof(everyone);
    WCHAR name[KERNEL_NAME_MAX];
    struct member member;
    HANDLE object;

    assert_true(CreateWellKnownSid(WinWorldSid, NULL, everyone, &size));
    assert_non_null(kernel_security_init(&security));
    assert_true(SetSecurityDescriptorOwner(&security.descriptor, everyone, FALSE));

    section_name(name, L"");
    object = CreateFileMappingW(INVALID_HANDLE_VALUE, &security.attributes, PAGE_READWRITE, 0, sizeof(struct record),
                                name);
    assert_non_null(object);
    assert_hr(join(&member), S_FALSE);
    assert_int_equal(member.membership.session, 0);
    leave(&member, LEAVE_SHARED);
    assert_logon_works();
    CloseHandle(object);

    section_name(name, L".Lock");
    object = CreateMutexW(&security.attributes, FALSE, name);
    assert_non_null(object);
    assert_hr(join(&member), S_FALSE);
    assert_logon_works();
    CloseHandle(object);

    assert_hr(join(&member), S_OK);
    leave(&member, LEAVE);
}

TEST(names_taken_by_other_objects)
{
    WCHAR name[KERNEL_NAME_MAX];
    struct member member;
    HANDLE object;

    section_name(name, L"");
    assert_non_null(object = CreateEventW(NULL, FALSE, FALSE, name));
    assert_hr(join(&member), S_FALSE);
    assert_logon_works();
    CloseHandle(object);
    /* Ours, and too small. */
    assert_non_null(object = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, name));
    assert_hr(join(&member), S_FALSE);
    assert_logon_works();
    CloseHandle(object);
    section_name(name, L".Lock");
    assert_non_null(object = CreateSemaphoreW(NULL, 1, 1, name));
    assert_hr(join(&member), S_FALSE);
    assert_logon_works();
    CloseHandle(object);
    assert_hr(join(&member), S_OK);
    leave(&member, LEAVE);
}

static void fill(void *bytes, size_t count)
{
    BYTE *byte = bytes;

    while (count--)
        *byte++ = (BYTE)(rand() >> 4);
}

/* Nobody follows what is in it, and the next one makes it whole again. */
TEST(garbage_is_replaced)
{
    PostroomSharedMember *members;
    struct record_handles handles;
    struct member member, second;
    struct record *record;
    ULONG round, count, i;

    srand(1);
    assert_hr(record_open(&handles, TRUE), S_OK);
    record = handles.record;
    for (round = 0; round < 300; round++)
    {
        fill(record, sizeof(*record));
        if (round % 3 == 1)
            for (i = 0; i < RECORD_SLOTS; i++)
                record->slots[i].used = 1;
        if (round % 3 == 2)
        {
            record->magic = RECORD_MAGIC;
            record->version = RECORD_VERSION;
            record->size = sizeof(*record);
            record->slot_count = RECORD_SLOTS;
            record->open = 1;
            record->checksum = (uint32_t)hash_bytes(record, offsetof(struct record, checksum));
        }
        if (round % 2)
        {
            assert_hr(PostroomListSharedSessions(&count, &members), S_OK);
            assert_int_equal(count, 0);
        }
        assert_hr(join(&member), S_OK);
        assert_hr(join(&second), S_OK);
        assert_int_equal(member.membership.session, second.membership.session);
        leave(&second, LEAVE_SHARED);
        assert_true(heard(&member, MEMBERSHIP_SHUTS_DOWN, 1));
        leave(&member, LEAVE);
        assert_int_equal(second.heard[0], 0);
        assert_hr(PostroomListSharedSessions(&count, &members), S_OK);
        assert_int_equal(count, 0);
        assert_int_equal(used_slots(record), 0);
    }
    record_close(&handles);
}

/* Slots that would be whole, of processes that are not there. */
TEST(forged_members_are_dead)
{
    struct record_handles handles;
    struct record_slot slot;
    struct member member;
    ULONG i;

    assert_hr(record_open(&handles, TRUE), S_OK);
    assert_true(record_lock(&handles));
    for (i = 0; i < RECORD_SLOTS; i++)
    {
        memset(&slot, 0, sizeof(slot));
        slot.process.id = i % 2 ? GetCurrentProcessId() : 4 * i;
        slot.process.started = i;
        slot.process.event = 1 + i % 3;
        slot.session = handles.record->session;
        record_write(handles.record, i, &slot);
    }
    handles.record->open = 1;
    record_unlock(&handles);
    assert_hr(join(&member), S_OK); /* all places were taken */
    assert_int_equal(used_slots(handles.record), 1);
    leave(&member, LEAVE);
    assert_int_equal(used_slots(handles.record), 0);
    record_close(&handles);
}

/* A member stays one when the header goes, and leaves in peace when its own slot goes. */
TEST(members_survive_a_torn_header)
{
    struct member member, next;
    struct record_slot *slots = malloc(RECORD_SLOTS * sizeof(*slots));

    assert_hr(join(&member), S_OK);
    fill(here.handles.record, offsetof(struct record, slots));
    assert_int_equal(record_list(&here.handles, member.membership.session, slots), 1);
    assert_hr(join(&next), S_OK); /* another shared session */
    assert_true(next.membership.session > member.membership.session);
    leave(&member, LEAVE_SHARED);
    assert_int_equal(used_slots(here.handles.record), 1);
    fill(&here.handles.record->slots[next.membership.slot], sizeof(struct record_slot));
    leave(&next, LEAVE_SHARED);
    free(slots);
}

/* Counters that jump are believed to a bound. */
TEST(counters_are_bounded)
{
    struct member member;

    assert_hr(join(&member), S_OK);
    here.handles.record->slots[member.membership.slot].told[MEMBERSHIP_LEFT] = -1;
    local_wake();
    assert_true(heard(&member, MEMBERSHIP_LEFT, 1000));
    leave(&member, LEAVE);
    assert_int_equal(member.heard[MEMBERSHIP_LEFT], 1000);
}

/* What an owner does before it dies with the lock. */
struct dying
{
    struct record_handles *handles;
    struct member *member;
    enum
    {
        DIES_ONLY,
        DIES_IN_A_SLOT,
        DIES_IN_THE_HEADER,
        DIES_BEFORE_WAKING,
        DYING_WAYS
    } way;
    HANDLE locked, go; /* only when it does not die at once */
};

static DWORD WINAPI dies(void *context)
{
    struct dying *dying = context;
    struct record *record = dying->handles->record;
    ULONG index;

    if (!record_lock(dying->handles))
        return 1;
    switch (dying->way)
    {
    case DIES_IN_A_SLOT:
        index = record_free_slot(record);
        record->slots[index] = record->slots[dying->member->membership.slot];
        record->slots[index].number++; /* no checksum yet */
        record->slots[index].used = 1;
        break;
    case DIES_IN_THE_HEADER:
        record->session++;
        break;
    case DIES_BEFORE_WAKING:
        InterlockedIncrement(&record->slots[dying->member->membership.slot].told[MEMBERSHIP_SHUTS_DOWN]);
        break;
    default:
        break;
    }
    if (dying->locked)
    {
        SetEvent(dying->locked);
        WaitForSingleObject(dying->go, DEADLINE);
    }
    return 0;
}

TEST(abandoned_lock_is_repaired)
{
    struct member member, next;
    struct dying dying = {0};
    HANDLE thread;

    for (dying.way = 0; dying.way < DYING_WAYS; dying.way++)
    {
        assert_hr(join(&member), S_OK);
        dying.handles = &here.handles;
        dying.member = &member;
        assert_non_null(thread = CreateThread(NULL, 0, dies, &dying, 0, NULL));
        assert_int_equal(WaitForSingleObject(thread, DEADLINE), WAIT_OBJECT_0);
        CloseHandle(thread);
        assert_hr(join(&next), S_OK);
        assert_int_equal(used_slots(here.handles.record), 2);
        if (dying.way == DIES_IN_THE_HEADER)
            assert_int_not_equal(next.membership.session, member.membership.session);
        else
            assert_int_equal(next.membership.session, member.membership.session);
        if (dying.way == DIES_BEFORE_WAKING)
            assert_true(heard(&member, MEMBERSHIP_SHUTS_DOWN, 1));
        leave(&next, LEAVE);
        leave(&member, LEAVE);
        assert_int_equal(member.heard[MEMBERSHIP_SHUTS_DOWN], dying.way == DIES_BEFORE_WAKING);
    }
}

static DWORD WINAPI leaves_without_the_lock(void *member)
{
    leave(member, LEAVE_SHARED);
    return 0;
}

/* A process that was stopped with the lock keeps nobody from leaving, and from coming no longer than the limit. */
TEST(lock_that_is_not_given_back)
{
    struct member member, stays, next;
    struct dying dying = {.handles = &here.handles};
    ULONGLONG start;
    HANDLE threads[2];

    assert_hr(join(&member), S_OK);
    assert_hr(join(&stays), S_OK);
    dying.member = &member;
    dying.locked = CreateEventW(NULL, TRUE, FALSE, NULL);
    dying.go = CreateEventW(NULL, TRUE, FALSE, NULL);
    assert_non_null(threads[0] = CreateThread(NULL, 0, dies, &dying, 0, NULL));
    assert_int_equal(WaitForSingleObject(dying.locked, DEADLINE), WAIT_OBJECT_0);
    assert_non_null(threads[1] = CreateThread(NULL, 0, leaves_without_the_lock, &member, 0, NULL));
    start = GetTickCount64();
    assert_hr(join(&next), MAPI_E_TIMEOUT);
    assert_true(GetTickCount64() - start < 4 * RECORD_LOCK_WAIT);
    assert_int_equal(WaitForSingleObject(threads[1], DEADLINE), WAIT_OBJECT_0);
    assert_true(heard(&stays, MEMBERSHIP_SHUTS_DOWN, 1)); /* told all the same */
    assert_int_equal(used_slots(here.handles.record), 1);
    SetEvent(dying.go);
    assert_int_equal(WaitForSingleObject(threads[0], DEADLINE), WAIT_OBJECT_0);
    CloseHandle(threads[0]);
    CloseHandle(threads[1]);
    CloseHandle(dying.locked);
    CloseHandle(dying.go);
    assert_hr(join(&next), S_OK);
    leave(&next, LEAVE);
    leave(&stays, LEAVE);
}

/* Members of one process, on many threads at once: each log-off reaches each that is there, once. */
struct storm
{
    struct member *members;
    HANDLE go;
    volatile LONG next;
};

static DWORD WINAPI leaves_in_the_storm(void *context)
{
    struct storm *storm = context;

    WaitForSingleObject(storm->go, DEADLINE);
    leave(&storm->members[InterlockedIncrement(&storm->next) - 1], LEAVE_SHARED);
    return 0;
}

TEST(everybody_leaves_at_once)
{
    static struct member members[64];
    struct storm storm = {members, CreateEventW(NULL, TRUE, FALSE, NULL), 0};
    HANDLE threads[ARRAY_SIZE(members)];
    LONG shut_down, left;
    ULONG round, i;

    for (round = 0; round < 20; round++)
    {
        for (i = 0; i < ARRAY_SIZE(members); i++)
            assert_hr(join(&members[i]), S_OK);
        storm.next = 0;
        ResetEvent(storm.go);
        for (i = 0; i < ARRAY_SIZE(members); i++)
            assert_non_null(threads[i] = CreateThread(NULL, 0, leaves_in_the_storm, &storm, 0, NULL));
        SetEvent(storm.go);
        assert_true(WaitForMultipleObjects(ARRAY_SIZE(threads), threads, TRUE, DEADLINE) < ARRAY_SIZE(threads));
        for (i = 0, shut_down = 0, left = 0; i < ARRAY_SIZE(members); i++)
        {
            CloseHandle(threads[i]);
            shut_down += members[i].heard[MEMBERSHIP_SHUTS_DOWN];
            left += members[i].heard[MEMBERSHIP_LEFT];
        }
        assert_int_equal(shut_down, ARRAY_SIZE(members) * (ARRAY_SIZE(members) - 1) / 2);
        assert_int_equal(left, shut_down);
        assert_null(here.handles.record);
    }
    CloseHandle(storm.go);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(security_is_for_one_user),
            harness_test(another_user_is_kept_out),
            harness_test(names_taken_by_somebody_else),
            harness_test(names_taken_by_other_objects),
            harness_test(garbage_is_replaced),
            harness_test(forged_members_are_dead),
            harness_test(members_survive_a_torn_header),
            harness_test(counters_are_bounded),
            harness_test(abandoned_lock_is_repaired),
            harness_test(lock_that_is_not_given_back),
            harness_test(everybody_leaves_at_once),
            harness_test_thread(security_is_for_one_user),
            harness_test_thread(everybody_leaves_at_once),
            harness_test_thread(abandoned_lock_is_repaired),
    };

    return harness_run(tests);
}
