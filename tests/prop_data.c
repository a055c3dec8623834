/*
 * IPropData: access levels, problems, copies, streams on properties, names.
 */
#include "prop_samples.h"

#include <postroom/guids.h>

#include <mapiutil.h>

static IPropData *create(void)
{
    IPropData *data = NULL;

    assert_hr(CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, &data), S_OK);
    assert_non_null(data);
    return data;
}

static void set_long(IPropData *data, ULONG tag, LONG number)
{
    SPropValue value = {tag, 0, {0}};

    value.Value.l = number;
    assert_hr(IPropData_SetProps(data, 1, &value, NULL), S_OK);
}

static LONG get_long(IPropData *data, ULONG tag)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    SPropValue *values;
    ULONG count;
    LONG number;

    assert_hr(IPropData_GetProps(data, (SPropTagArray *)&tags, 0, &count, &values), S_OK);
    assert_int_equal(count, 1);
    assert_int_equal(values[0].ulPropTag, tag);
    number = values[0].Value.l;
    MAPIFreeBuffer(values);
    return number;
}

static ULONG flags_of(IPropData *data, ULONG tag)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    SPropTagArray *list = (SPropTagArray *)&tags;
    ULONG *access, flags;

    assert_hr(IPropData_HrGetPropAccess(data, &list, &access), S_OK);
    assert_ptr_equal(list, &tags);
    flags = access[0];
    MAPIFreeBuffer(access);
    return flags;
}

static ULONG count_props(IPropData *data)
{
    SPropTagArray *tags;
    ULONG count;

    assert_hr(IPropData_GetPropList(data, 0, &tags), S_OK);
    count = tags->cValues;
    MAPIFreeBuffer(tags);
    return count;
}

static void IPROP_create(void **state)
{
    IPropData *data;

    (void)state;
    data = (IPropData *)1;
    assert_hr(CreateIProp(&IID_IMAPIProp, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, &data),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_null(data);
    assert_hr(CreateIProp(NULL, NULL, MAPIAllocateMore, MAPIFreeBuffer, NULL, &data), MAPI_E_INVALID_PARAMETER);
    assert_hr(CreateIProp(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, &data, &data),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(CreateIProp(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, NULL),
              MAPI_E_INVALID_PARAMETER);
    data = create();
    assert_int_equal(count_props(data), 0);
    assert_hr(IPropData_SaveChanges(data, KEEP_OPEN_READWRITE), S_OK);
    assert_hr(IPropData_SaveChanges(data, 0x4000), MAPI_E_UNKNOWN_FLAGS);
    assert_int_equal(IPropData_Release(data), 0);
}

/* Every type goes in and comes out as it was. */
static void IPROP_every_type(void **state)
{
    IPropData *data = create();
    SPropValue value, *values;
    ULONG count, i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(samples); i++)
    {
        make(samples[i].type, 0x6600 + i, &value);
        if (samples[i].type == PT_BOOLEAN)
            value.Value.b = TRUE;
        assert_hr(IPropData_SetProps(data, 1, &value, NULL),
                  samples[i].type == PT_OBJECT ? MAPI_E_INVALID_PARAMETER : S_OK);
        if (samples[i].type != PT_OBJECT && samples[i].type != PT_ERROR)
        {
            SizedSPropTagArray(1, tags) = {1, {value.ulPropTag}};

            assert_hr(IPropData_GetProps(data, (SPropTagArray *)&tags, 0, &count, &values), S_OK);
            assert_int_equal(LPropCompareProp(values, &value), 0);
            assert_int_equal(UlPropSize(values), samples[i].size);
            MAPIFreeBuffer(values);
        }
    }
    assert_int_equal(count_props(data), ARRAY_SIZE(samples) - 2);
    IPropData_Release(data);
}

static void IPROP_set_refused(void **state)
{
    SPropProblemArray *problems = (SPropProblemArray *)1;
    IPropData *data = create();
    SPropValue values[3];

    (void)state;
    memset(values, 0, sizeof(values));
    assert_hr(IPropData_SetProps(data, 0, values, &problems), MAPI_E_INVALID_PARAMETER);
    assert_null(problems);
    assert_hr(IPropData_SetProps(data, 1, NULL, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IPropData_SetProps(data, 0x7fffffff, values, NULL), MAPI_E_INVALID_PARAMETER);
    values[0].ulPropTag = PROP_TAG(PT_NULL, 1);
    assert_hr(IPropData_SetProps(data, 1, values, NULL), MAPI_E_INVALID_PARAMETER);
    values[0].ulPropTag = PROP_TAG(PT_MV_LONG, 1);
    assert_hr(IPropData_SetProps(data, 1, values, NULL), MAPI_E_INVALID_PARAMETER);
    values[0].ulPropTag = PROP_TAG(PT_UNICODE, 1);
    values[0].Value.lpszW = (WCHAR *)16;
    assert_hr(IPropData_SetProps(data, 1, values, NULL), MAPI_E_INVALID_PARAMETER);
    /* PR_NULL and errors are passed over, unknown types are problems, the rest is set */
    values[0].ulPropTag = PR_NULL;
    values[1].ulPropTag = PROP_TAG(0x77, 2);
    values[2].ulPropTag = PR_IMPORTANCE;
    values[2].Value.l = 2;
    assert_hr(IPropData_SetProps(data, 3, values, &problems), S_OK);
    assert_non_null(problems);
    assert_int_equal(problems->cProblem, 1);
    assert_int_equal(problems->aProblem[0].ulIndex, 1);
    assert_int_equal(problems->aProblem[0].ulPropTag, PROP_TAG(0x77, 2));
    assert_hr(problems->aProblem[0].scode, MAPI_E_INVALID_TYPE);
    MAPIFreeBuffer(problems);
    assert_int_equal(count_props(data), 1);
    assert_int_equal(get_long(data, PR_IMPORTANCE), 2);
    IPropData_Release(data);
}

static void IPROP_access(void **state)
{
    static const ULONG wrong[] = {0, IPROP_READONLY | IPROP_READWRITE, IPROP_READWRITE | IPROP_CLEAN | IPROP_DIRTY, 4};
    SizedSPropTagArray(2, tags) = {1, {PR_IMPORTANCE, PR_SENSITIVITY}};
    SPropTagArray *list = NULL, *one = (SPropTagArray *)&tags;
    SPropProblemArray *problems;
    IPropData *data = create();
    ULONG *access, i;

    (void)state;
    set_long(data, PR_IMPORTANCE, 1);
    assert_int_equal(flags_of(data, PR_IMPORTANCE), IPROP_DIRTY);
    assert_int_equal(flags_of(data, PR_SENSITIVITY), 0);
    for (i = 0; i < ARRAY_SIZE(wrong); i++)
    {
        ULONG flags = wrong[i];

        assert_hr(IPropData_HrSetPropAccess(data, one, &flags), MAPI_E_INVALID_PARAMETER);
    }
    i = IPROP_READONLY | IPROP_CLEAN;
    assert_hr(IPropData_HrSetPropAccess(data, one, &i), S_OK);
    assert_int_equal(flags_of(data, PR_IMPORTANCE), IPROP_READONLY);
    assert_hr(IPropData_DeleteProps(data, one, &problems), S_OK);
    assert_non_null(problems);
    assert_int_equal(problems->cProblem, 1);
    assert_hr(problems->aProblem[0].scode, MAPI_E_NO_ACCESS);
    assert_int_equal(problems->aProblem[0].ulPropTag, PR_IMPORTANCE);
    MAPIFreeBuffer(problems);
    set_long(data, PR_IMPORTANCE, 7); /* a problem that nobody asked for */
    assert_int_equal(get_long(data, PR_IMPORTANCE), 1);

    assert_hr(IPropData_HrSetObjAccess(data, 3), MAPI_E_INVALID_PARAMETER);
    assert_hr(IPropData_HrSetObjAccess(data, IPROP_READONLY), S_OK);
    i = IPROP_READWRITE | IPROP_CLEAN;
    assert_hr(IPropData_HrSetPropAccess(data, one, &i), MAPI_E_NO_ACCESS);
    assert_hr(IPropData_DeleteProps(data, one, &problems), MAPI_E_NO_ACCESS);
    assert_null(problems);
    assert_hr(IPropData_HrAddObjProps(data, one, NULL), MAPI_E_INVALID_TYPE);
    assert_hr(IPropData_SaveChanges(data, KEEP_OPEN_READWRITE), MAPI_E_NO_ACCESS);
    assert_hr(IPropData_HrSetObjAccess(data, IPROP_READWRITE), S_OK);
    assert_hr(IPropData_HrSetPropAccess(data, one, &i), S_OK);
    assert_int_equal(flags_of(data, PR_IMPORTANCE), IPROP_READWRITE);
    assert_hr(IPropData_DeleteProps(data, one, &problems), S_OK);
    assert_null(problems);
    /* what was deleted is told of until it is declared clean */
    assert_int_equal(flags_of(data, PR_IMPORTANCE), 0);
    assert_hr(IPropData_HrGetPropAccess(data, &list, &access), S_OK);
    assert_int_equal(list->cValues, 1);
    assert_int_equal(list->aulPropTag[0], PR_IMPORTANCE);
    assert_int_equal(access[0], 0);
    MAPIFreeBuffer(list);
    MAPIFreeBuffer(access);
    i = IPROP_CLEAN;
    assert_hr(IPropData_HrSetPropAccess(data, one, &i), S_OK);
    list = NULL;
    assert_hr(IPropData_HrGetPropAccess(data, &list, &access), S_OK);
    assert_int_equal(list->cValues, 0);
    MAPIFreeBuffer(list);
    MAPIFreeBuffer(access);
    IPropData_Release(data);
}

static void IPROP_object_properties(void **state)
{
    SizedSPropTagArray(2, tags) = {2, {PR_CONTAINER_CONTENTS, PR_CONTAINER_HIERARCHY}};
    SPropProblemArray *problems;
    IPropData *data = create(), *other = create();
    IUnknown *unknown;

    (void)state;
    assert_hr(IPropData_HrAddObjProps(data, (SPropTagArray *)&tags, &problems), S_OK);
    assert_null(problems);
    assert_int_equal(count_props(data), 2);
    assert_hr(IPropData_OpenProperty(data, PR_CONTAINER_CONTENTS, &IID_IMAPITable, 0, 0, &unknown),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_hr(IPropData_CopyTo(data, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, other, 0, &problems), S_OK);
    assert_null(problems);
    assert_int_equal(count_props(other), 2);
    IPropData_Release(data);
    IPropData_Release(other);
}

static void IPROP_copies(void **state)
{
    SizedSPropTagArray(1, exclude) = {1, {PR_SENSITIVITY}};
    SizedSPropTagArray(2, include) = {2, {PR_IMPORTANCE, PR_PRIORITY}};
    IPropData *from = create(), *to = create();
    SPropProblemArray *problems;
    ULONG flags = IPROP_READONLY;

    (void)state;
    set_long(from, PR_IMPORTANCE, 1);
    set_long(from, PR_SENSITIVITY, 2);
    set_long(from, PR_PRIORITY, 3);
    assert_hr(IPropData_CopyTo(from, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, from, 0, NULL), MAPI_E_NO_ACCESS);
    assert_hr(IPropData_CopyTo(from, 0, NULL, NULL, 0, NULL, &IID_IMAPITable, to, 0, NULL),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_hr(IPropData_CopyTo(from, 1, &IID_IMAPIProp, NULL, 0, NULL, &IID_IMAPIProp, to, 0, NULL),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_hr(IPropData_CopyTo(from, 0, NULL, NULL, 0, NULL, NULL, to, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(IPropData_CopyTo(from, 0, NULL, (SPropTagArray *)&exclude, 0, NULL, &IID_IMAPIProp, to, 0, &problems),
              S_OK);
    assert_null(problems);
    assert_int_equal(count_props(to), 2);

    set_long(to, PR_PRIORITY, 30);
    assert_hr(IPropData_CopyTo(from, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, to, MAPI_NOREPLACE, NULL), S_OK);
    assert_int_equal(get_long(to, PR_PRIORITY), 30);
    assert_int_equal(get_long(to, PR_SENSITIVITY), 2);

    /* what the target refuses stays here and is told by its place in the caller's list */
    include.aulPropTag[0] = PR_PRIORITY;
    include.cValues = 1;
    assert_hr(IPropData_HrSetPropAccess(to, (SPropTagArray *)&include, &flags), S_OK);
    include.aulPropTag[0] = PR_IMPORTANCE;
    include.cValues = 2;
    assert_hr(IPropData_CopyProps(from, (SPropTagArray *)&include, 0, NULL, &IID_IMAPIProp, to, MAPI_MOVE, &problems),
              S_OK);
    assert_non_null(problems);
    assert_int_equal(problems->cProblem, 1);
    assert_int_equal(problems->aProblem[0].ulIndex, 1);
    assert_hr(problems->aProblem[0].scode, MAPI_E_NO_ACCESS);
    MAPIFreeBuffer(problems);
    assert_int_equal(count_props(from), 2);
    assert_int_equal(get_long(from, PR_PRIORITY), 3);
    assert_int_equal(get_long(to, PR_PRIORITY), 30);
    IPropData_Release(from);
    IPropData_Release(to);
}

static void IPROP_names(void **state)
{
    GUID set = {1, 2, 3, {4}};
    MAPINAMEID text = {.lpguid = &set, .ulKind = MNID_STRING, .Kind = {.lpwstrName = L"colour"}};
    MAPINAMEID id = {.lpguid = &set, .ulKind = MNID_ID, .Kind = {.lID = 5}};
    MAPINAMEID *names[] = {&text, &id}, **found;
    IPropData *from = create(), *to = create();
    SPropTagArray *tags, *there;
    ULONG count;

    (void)state;
    assert_hr(IPropData_GetIDsFromNames(from, 2, names, 0, &tags), MAPI_W_ERRORS_RETURNED);
    assert_int_equal(tags->aulPropTag[0], PROP_TAG(PT_ERROR, 0));
    MAPIFreeBuffer(tags);
    assert_hr(IPropData_GetIDsFromNames(from, 0, NULL, MAPI_CREATE, &tags), MAPI_E_INVALID_PARAMETER);
    assert_hr(IPropData_GetIDsFromNames(from, 0x40000000, names, MAPI_CREATE, &tags), MAPI_E_INVALID_PARAMETER);
    assert_hr(IPropData_GetIDsFromNames(from, 2, names, MAPI_CREATE, &tags), S_OK);
    assert_int_equal(tags->aulPropTag[0], PROP_TAG(PT_UNSPECIFIED, 0x8000));
    assert_int_equal(tags->aulPropTag[1], PROP_TAG(PT_UNSPECIFIED, 0x8001));
    assert_hr(IPropData_GetNamesFromIDs(from, &tags, NULL, 0, &count, &found), S_OK);
    assert_int_equal(count, 2);
    assert_true(FEqualNames(found[0], &text));
    assert_true(FEqualNames(found[1], &id));
    MAPIFreeBuffer(found);
    MAPIFreeBuffer(tags);
    tags = NULL;
    assert_hr(IPropData_GetNamesFromIDs(from, &tags, NULL, MAPI_NO_STRINGS, &count, &found), S_OK);
    assert_int_equal(count, 1);
    assert_int_equal(tags->aulPropTag[0], PROP_TAG(PT_UNSPECIFIED, 0x8001));
    MAPIFreeBuffer(found);
    MAPIFreeBuffer(tags);

    /* a copy goes under the name's identifier there, which is another */
    assert_hr(IPropData_GetIDsFromNames(to, 1, &names[1], MAPI_CREATE, &there), S_OK);
    MAPIFreeBuffer(there);
    set_long(from, PROP_TAG(PT_LONG, 0x8000), 11);
    set_long(from, PROP_TAG(PT_LONG, 0x8001), 22);
    assert_hr(IPropData_CopyTo(from, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, to, MAPI_MOVE, NULL), S_OK);
    assert_int_equal(count_props(from), 0);
    assert_int_equal(get_long(to, PROP_TAG(PT_LONG, 0x8000)), 22);
    assert_int_equal(get_long(to, PROP_TAG(PT_LONG, 0x8001)), 11);
    IPropData_Release(from);
    IPropData_Release(to);
}

static void seek(IStream *stream, LONGLONG to)
{
    LARGE_INTEGER move = {.QuadPart = to};

    assert_hr(IStream_Seek(stream, move, STREAM_SEEK_SET, NULL), S_OK);
}

static void IPROP_streams(void **state)
{
    ULARGE_INTEGER size = {.QuadPart = 2};
    IStream *stream, *clone;
    IPropData *data = create();
    SPropValue *value;
    char buffer[16];
    ULONG count;
    STATSTG stat;

    (void)state;
    assert_hr(IPropData_OpenProperty(data, PR_BODY_W, &IID_IStream, 0, 0, (IUnknown **)&stream), MAPI_E_NOT_FOUND);
    assert_hr(IPropData_OpenProperty(data, PR_BODY_W, &IID_IStream, 0, MAPI_CREATE, (IUnknown **)&stream),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(IPropData_OpenProperty(data, PR_BODY_A, &IID_IStream, 0, MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream),
              S_OK);
    assert_hr(IStream_Write(stream, "hello", 5, &count), S_OK);
    assert_int_equal(count, 5);
    /* nothing there before Commit */
    assert_hr(HrGetOneProp((IMAPIProp *)data, PR_BODY_A, &value), S_OK);
    assert_string_equal(value->Value.lpszA, "");
    MAPIFreeBuffer(value);
    assert_hr(IStream_Commit(stream, 0), S_OK);
    assert_hr(HrGetOneProp((IMAPIProp *)data, PR_BODY_A, &value), S_OK);
    assert_string_equal(value->Value.lpszA, "hello");
    MAPIFreeBuffer(value);
    assert_hr(IStream_Clone(stream, &clone), S_OK);
    assert_hr(IStream_SetSize(clone, size), S_OK);
    assert_hr(IStream_Stat(stream, &stat, STATFLAG_NONAME), S_OK);
    assert_int_equal(stat.cbSize.QuadPart, 2);
    assert_hr(IStream_Revert(stream), S_OK);
    seek(stream, 0);
    assert_hr(IStream_Read(stream, buffer, sizeof(buffer), &count), S_FALSE);
    assert_int_equal(count, 5);
    seek(stream, 0x7fffffffffll);
    assert_hr(IStream_Write(stream, "x", 1, NULL), STG_E_MEDIUMFULL);
    /* the object lives as long as its streams */
    IPropData_Release(data);
    IStream_Release(clone);
    seek(stream, 7);
    assert_hr(IStream_Write(stream, "!", 1, NULL), S_OK);
    assert_hr(IStream_Commit(stream, 0), S_OK);
    IStream_Release(stream);
}

static void IPROP_streams_read(void **state)
{
    SPropValue value = {PR_SUBJECT_W, 0, {.lpszW = (WCHAR *)L"abc"}};
    IPropData *data = create();
    IStream *stream;
    WCHAR buffer[8];
    ULONG count;

    (void)state;
    assert_hr(IPropData_SetProps(data, 1, &value, NULL), S_OK);
    assert_hr(IPropData_HrSetObjAccess(data, IPROP_READONLY), S_OK);
    assert_hr(IPropData_OpenProperty(data, PR_SUBJECT_W, &IID_IStream, 0, MAPI_MODIFY, (IUnknown **)&stream),
              MAPI_E_NO_ACCESS);
    assert_hr(IPropData_OpenProperty(data, PR_SUBJECT_W, &IID_IStream, 0, 0, (IUnknown **)&stream), S_OK);
    assert_hr(IStream_Read(stream, buffer, sizeof(buffer), &count), S_FALSE);
    assert_int_equal(count, 3 * sizeof(WCHAR));
    assert_memory_equal(buffer, L"abc", 3 * sizeof(WCHAR));
    assert_hr(IStream_Write(stream, "x", 1, NULL), STG_E_ACCESSDENIED);
    IStream_Release(stream);
    IPropData_Release(data);
}

/* Allocators of the caller's own: what comes out is from them, everything else is not. */
static LONG theirs;

static SCODE STDMETHODCALLTYPE their_buffer(ULONG size, void **out)
{
    *out = HeapAlloc(GetProcessHeap(), 0, size);
    theirs++;
    return *out ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

static SCODE STDMETHODCALLTYPE their_more(ULONG size, void *base, void **out)
{
    (void)base;
    return their_buffer(size, out);
}

static ULONG STDMETHODCALLTYPE their_free(void *block)
{
    HeapFree(GetProcessHeap(), 0, block);
    theirs--;
    return 0;
}

static void IPROP_allocators(void **state)
{
    SPropTagArray *tags = NULL;
    IPropData *data;
    SPropValue *values;
    ULONG count, *access;

    (void)state;
    theirs = 0;
    assert_hr(CreateIProp(NULL, their_buffer, their_more, their_free, NULL, &data), S_OK);
    set_long(data, PR_IMPORTANCE, 5);
    assert_int_equal(theirs, 0);
    assert_hr(IPropData_GetProps(data, NULL, 0, &count, &values), S_OK);
    assert_int_equal(theirs, 1);
    assert_int_equal(values[0].Value.l, 5);
    their_free(values);
    assert_hr(IPropData_GetPropList(data, 0, &tags), S_OK);
    their_free(tags);
    tags = NULL;
    assert_hr(IPropData_HrGetPropAccess(data, &tags, &access), S_OK);
    assert_int_equal(theirs, 2);
    their_free(tags);
    their_free(access);
    IPropData_Release(data);
    assert_int_equal(theirs, 0);
}

/* Whatever allocation fails, nothing is lost and a failed call has changed nothing. */
static void IPROP_faults(void **state)
{
    GUID set = {7, 2, 3, {4}};
    MAPINAMEID text = {.lpguid = &set, .ulKind = MNID_STRING, .Kind = {.lpwstrName = L"name"}}, *names[] = {&text};
    SPropValue values[2] = {{PR_IMPORTANCE, 0, {0}}, {PR_SUBJECT_A, 0, {0}}};

    (void)state;
    values[1].Value.lpszA = (char *)"text";
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        SPropProblemArray *problems = NULL;
        IPropData *data = NULL, *other = NULL;
        SPropTagArray *tags = NULL;
        IStream *stream = NULL;
        HRESULT hr;

        hr = CreateIProp(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, &data);
        if (SUCCEEDED(hr))
            hr = CreateIProp(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, &other);
        if (SUCCEEDED(hr) && FAILED(hr = IPropData_SetProps(data, 2, values, &problems)))
        {
            harness_fault_hit(&fault);
            assert_int_equal(count_props(data), 0);
        }
        if (SUCCEEDED(hr))
            hr = IPropData_GetIDsFromNames(data, 1, names, MAPI_CREATE, &tags);
        MAPIFreeBuffer(tags);
        if (SUCCEEDED(hr))
        {
            values[0].ulPropTag = PROP_TAG(PT_LONG, 0x8000);
            hr = IPropData_SetProps(data, 1, values, NULL);
            values[0].ulPropTag = PR_IMPORTANCE;
        }
        if (SUCCEEDED(hr))
            hr = IPropData_CopyTo(data, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, other, MAPI_MOVE | MAPI_NOREPLACE,
                                  &problems);
        MAPIFreeBuffer(problems);
        if (SUCCEEDED(hr))
            hr = IPropData_OpenProperty(other, PR_SUBJECT_A, &IID_IStream, 0, MAPI_MODIFY, (IUnknown **)&stream);
        if (SUCCEEDED(hr))
            hr = IStream_Commit(stream, 0);
        if (harness_fault_hit(&fault))
            assert_true(hr == MAPI_E_NOT_ENOUGH_MEMORY || hr == E_OUTOFMEMORY);
        else
            assert_hr(hr, S_OK);
        if (stream)
            IStream_Release(stream);
        if (data)
            IPropData_Release(data);
        if (other)
            IPropData_Release(other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(IPROP_create),
            harness_test(IPROP_every_type),
            harness_test(IPROP_set_refused),
            harness_test(IPROP_access),
            harness_test(IPROP_object_properties),
            harness_test(IPROP_copies),
            harness_test(IPROP_names),
            harness_test(IPROP_streams),
            harness_test(IPROP_streams_read),
            harness_test(IPROP_allocators),
            harness_test(IPROP_faults),
    };

    return harness_run(tests);
}
