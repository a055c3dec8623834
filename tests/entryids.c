/*
 * Entry identifiers as text and as compounds, conversation indexes.
 */
#include "harness.h"

#include <postroom/guids.h>

#define T(text) ((LPTSTR)(text))

void WINAPI EncodeID(LPBYTE pb, ULONG cb, LPTSTR sz);
BOOL WINAPI FDecodeID(LPTSTR sz, LPBYTE pb, ULONG *pcb);
ULONG WINAPI CchOfEncoding(ULONG cb);
ULONG WINAPI CbOfEncoded(LPCTSTR sz);

static BYTE key[] = {9, 8, 7, 6, 5};
static BYTE entry[] = {0, 0, 0, 0, 0xab, 0xcd, 0xef, 1, 2, 3};
static BYTE store_entry[] = {0, 0, 0, 0, 0x55, 0x66};
#define ENTRY ((ENTRYID *)entry)

/* A session that has one store, in a table of ours. */
static ITableData *stores;

static HRESULT STDMETHODCALLTYPE fake_stores_table(IMAPISession *session, ULONG flags, IMAPITable **table)
{
    (void)session, (void)flags;
    return ITableData_HrGetView(stores, NULL, NULL, 0, table);
}

static IMAPISessionVtbl fake_vtbl = {.GetMsgStoresTable = fake_stores_table};
static IMAPISession fake_session = {&fake_vtbl};

static void stores_create(void)
{
    SizedSPropTagArray(3, columns) = {3, {PR_INSTANCE_KEY, PR_ENTRYID, PR_RECORD_KEY}};
    SPropValue values[3] = {
            {.ulPropTag = PR_INSTANCE_KEY, .Value.bin = {1, (BYTE *)"1"}},
            {.ulPropTag = PR_ENTRYID, .Value.bin = {sizeof(store_entry), store_entry}},
            {.ulPropTag = PR_RECORD_KEY, .Value.bin = {sizeof(key), key}},
    };
    SRow row = {0, 3, values};

    assert_hr(CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                          TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (SPropTagArray *)&columns, &stores),
              S_OK);
    assert_hr(ITableData_HrModifyRow(stores, &row), S_OK);
}

static void UTIL_entryid_as_text(void **state)
{
    ULONG size;
    ENTRYID *back;
    LPTSTR text;

    (void)state;
    assert_hr(HrSzFromEntryID(sizeof(entry), ENTRY, &text), S_OK);
    assert_string_equal((char *)text, "00000000ABCDEF010203");
    assert_hr(HrEntryIDFromSz(text, &size, &back), S_OK);
    assert_int_equal(size, sizeof(entry));
    assert_memory_equal(back, entry, size);
    MAPIFreeBuffer(back);
    MAPIFreeBuffer(text);
}

static void UTIL_entryid_as_text_bad(void **state)
{
    static const char *const bad[] = {"", "0", "000", "0g", "00 ", " 00", "0x00", "\xff\xff", NULL, (const char *)16};
    ENTRYID *back;
    LPTSTR text;
    ULONG size;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(bad); i++)
    {
        size = 5;
        back = (ENTRYID *)1;
        assert_hr(HrEntryIDFromSz(T(bad[i]), &size, &back), MAPI_E_INVALID_ENTRYID);
        assert_int_equal(size, 0);
        assert_null(back);
    }
    assert_hr(HrEntryIDFromSz(T("00"), NULL, &back), MAPI_E_INVALID_PARAMETER);
    assert_null(back);
    size = 5;
    assert_hr(HrEntryIDFromSz(T("00"), &size, NULL), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(size, 0);
    text = T(1);
    assert_hr(HrSzFromEntryID(0, ENTRY, &text), MAPI_E_INVALID_ENTRYID);
    assert_null(text);
    assert_hr(HrSzFromEntryID(5, NULL, &text), MAPI_E_INVALID_ENTRYID);
    assert_hr(HrSzFromEntryID(5, (ENTRYID *)16, &text), MAPI_E_INVALID_ENTRYID);
    assert_hr(HrSzFromEntryID(0xffffffff, ENTRY, &text), MAPI_E_INVALID_ENTRYID);
    assert_null(text);
    assert_hr(HrSzFromEntryID(5, ENTRY, NULL), MAPI_E_INVALID_PARAMETER);
}

static void UTIL_encoded_identifiers(void **state)
{
    BYTE back[8];
    char text[16];
    ULONG size;

    (void)state;
    assert_int_equal(CchOfEncoding(3), 7);
    assert_int_equal(CchOfEncoding(0xffffffff), 0);
    memset(text, 'x', sizeof(text));
    EncodeID(entry + 4, 3, T(text));
    assert_string_equal(text, "ABCDEF");
    assert_int_equal(text[7], 'x');
    assert_int_equal(CbOfEncoded(T(text)), 3);
    assert_int_equal(CbOfEncoded(T("abc")), 0);
    assert_int_equal(CbOfEncoded(NULL), 0);
    memset(back, 0xcc, sizeof(back));
    assert_true(FDecodeID(T(text), back, &size));
    assert_int_equal(size, 3);
    assert_memory_equal(back, entry + 4, 3);
    assert_int_equal(back[3], 0xcc);
    assert_false(FDecodeID(T("zz"), back, &size));
    assert_int_equal(size, 0);
    assert_false(FDecodeID(T(text), NULL, &size));
    assert_false(FDecodeID(T(text), back, NULL));
    EncodeID(NULL, 3, T(text));
    assert_string_equal(text, "");
    EncodeID(entry, 3, NULL);
}

static void UTIL_compound_entryid(void **state)
{
    ULONG size, store_size, back_size;
    ENTRYID *compound, *store, *back;
    LPTSTR text;

    (void)state;
    stores_create();
    assert_hr(HrComposeEID(&fake_session, sizeof(key), key, sizeof(entry), ENTRY, &size, &compound), S_OK);
    assert_true(size > sizeof(key) + sizeof(entry));
    assert_hr(HrDecomposeEID(&fake_session, size, compound, &store_size, &store, &back_size, &back), S_OK);
    assert_int_equal(store_size, sizeof(store_entry));
    assert_memory_equal(store, store_entry, store_size);
    assert_int_equal(back_size, sizeof(entry));
    assert_memory_equal(back, entry, back_size);
    MAPIFreeBuffer(store);
    MAPIFreeBuffer(back);
    MAPIFreeBuffer(compound);

    assert_hr(HrComposeMsgID(&fake_session, sizeof(key), key, sizeof(entry), ENTRY, &text), S_OK);
    assert_hr(HrDecomposeMsgID(&fake_session, text, &store_size, &store, &back_size, &back), S_OK);
    assert_int_equal(store_size, sizeof(store_entry));
    assert_int_equal(back_size, sizeof(entry));
    assert_memory_equal(back, entry, back_size);
    MAPIFreeBuffer(store);
    MAPIFreeBuffer(back);
    MAPIFreeBuffer(text);

    /* A key that no store of the session has. */
    assert_hr(HrComposeEID(&fake_session, sizeof(key) - 1, key, sizeof(entry), ENTRY, &size, &compound), S_OK);
    assert_hr(HrDecomposeEID(&fake_session, size, compound, &store_size, &store, &back_size, &back), MAPI_E_NOT_FOUND);
    assert_true(!store_size && !store && !back_size && !back);
    assert_hr(HrDecomposeEID(NULL, size, compound, &store_size, &store, &back_size, &back), MAPI_E_INVALID_PARAMETER);
    MAPIFreeBuffer(compound);
    ITableData_Release(stores);
}

static void UTIL_not_compound(void **state)
{
    ULONG size, store_size = 5;
    ENTRYID *copy, *store = (ENTRYID *)1;
    LPTSTR text;

    (void)state;
    assert_hr(HrComposeEID(NULL, 0, NULL, sizeof(entry), ENTRY, &size, &copy), S_OK);
    assert_int_equal(size, sizeof(entry));
    assert_memory_equal(copy, entry, size);
    MAPIFreeBuffer(copy);
    assert_hr(HrDecomposeEID(NULL, sizeof(entry), ENTRY, &store_size, &store, &size, &copy), S_OK);
    assert_true(!store_size && !store);
    assert_int_equal(size, sizeof(entry));
    assert_memory_equal(copy, entry, size);
    MAPIFreeBuffer(copy);
    assert_hr(HrComposeMsgID(NULL, 0, NULL, sizeof(entry), ENTRY, &text), S_OK);
    assert_string_equal((char *)text, "00000000ABCDEF010203");
    MAPIFreeBuffer(text);
}

/* Every byte of a compound one changed to every value that matters, and every length: no read outside of it (it ends
 * where its page does), and never a part that is larger than the whole. */
static void UTIL_compound_hostile(void **state)
{
    static const BYTE values[] = {0, 1, 0x7f, 0x80, 0xff};
    BYTE *pages = VirtualAlloc(NULL, 0x2000, MEM_RESERVE, PAGE_NOACCESS), *place;
    ULONG size, length, at, store_size, back_size;
    ENTRYID *compound, *store, *back;
    size_t i;
    HRESULT hr;

    (void)state;
    assert_ptr_equal(VirtualAlloc(pages, 0x1000, MEM_COMMIT, PAGE_READWRITE), pages);
    stores_create();
    assert_hr(HrComposeEID(NULL, sizeof(key), key, sizeof(entry), ENTRY, &size, &compound), S_OK);
    for (length = 1; length <= size; length++)
    {
        place = pages + 0x1000 - length;
        for (at = 0; at < length; at++)
        {
            for (i = 0; i < ARRAY_SIZE(values); i++)
            {
                memcpy(place, compound, length);
                place[at] = values[i];
                hr = HrDecomposeEID(&fake_session, length, (ENTRYID *)place, &store_size, &store, &back_size, &back);
                assert_true(hr == S_OK || hr == MAPI_E_NOT_FOUND);
                assert_true((hr == S_OK) == (back != NULL));
                assert_true(back_size <= length);
                if (store)
                    assert_true(back_size + sizeof(key) < length);
                MAPIFreeBuffer(store);
                MAPIFreeBuffer(back);
            }
        }
    }
    hr = HrDecomposeEID(&fake_session, 0x1001, (ENTRYID *)pages, &store_size, &store, &back_size, &back);
    assert_hr(hr, MAPI_E_INVALID_ENTRYID);
    assert_hr(HrComposeEID(NULL, 5, NULL, sizeof(entry), ENTRY, &size, &back), MAPI_E_INVALID_PARAMETER);
    assert_true(!size && !back);
    assert_hr(HrComposeEID(NULL, 5, key, 0, ENTRY, &size, &back), MAPI_E_INVALID_ENTRYID);
    assert_hr(HrComposeEID(NULL, 5, key, 0x1001, (ENTRYID *)pages, &size, &back), MAPI_E_INVALID_ENTRYID);
    assert_hr(HrComposeEID(NULL, 5, key, 4, ENTRY, NULL, &back), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrComposeMsgID(NULL, 5, key, 4, ENTRY, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(HrDecomposeMsgID(NULL, T("zz"), &store_size, &store, &back_size, &back), MAPI_E_INVALID_ENTRYID);
    MAPIFreeBuffer(compound);
    ITableData_Release(stores);
    VirtualFree(pages, 0, MEM_RELEASE);
}

static void UTIL_compound_faults(void **state)
{
    (void)state;
    stores_create();
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        ULONG store_size = 0, size = 0;
        ENTRYID *store = NULL, *back = NULL;
        LPTSTR text;
        HRESULT hr = HrComposeMsgID(&fake_session, sizeof(key), key, sizeof(entry), ENTRY, &text);

        if (SUCCEEDED(hr))
            hr = HrDecomposeMsgID(&fake_session, text, &store_size, &store, &size, &back);
        assert_hr(hr, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        assert_true(SUCCEEDED(hr) ? store && back : !store && !back && !size && !store_size);
        MAPIFreeBuffer(text);
        MAPIFreeBuffer(store);
        MAPIFreeBuffer(back);
    }
    ITableData_Release(stores);
}

/* The time in an index's header, bits 16 to 55 of a FILETIME. */
static ULONGLONG header_time(const BYTE *index)
{
    ULONGLONG time = 0;
    int i;

    for (i = 1; i <= 5; i++)
        time = time << 8 | index[i];
    return time;
}

static void UTIL_conversation_index(void **state)
{
    ULONGLONG before, after;
    ULONG size, child_size;
    BYTE *index, *child;
    FILETIME time;

    (void)state;
    GetSystemTimeAsFileTime(&time);
    before = (((ULONGLONG)time.dwHighDateTime << 32 | time.dwLowDateTime) >> 16) & 0xffffffffffull;
    assert_hr(ScCreateConversationIndex(0, NULL, &size, &index), S_OK);
    GetSystemTimeAsFileTime(&time);
    after = (((ULONGLONG)time.dwHighDateTime << 32 | time.dwLowDateTime) >> 16) & 0xffffffffffull;
    assert_int_equal(size, 22);
    assert_int_equal(index[0], 1);
    assert_in_range(header_time(index), before, after);

    assert_hr(ScCreateConversationIndex(size, index, &child_size, &child), S_OK);
    assert_int_equal(child_size, 27);
    assert_memory_equal(child, index, 22);
    /* Seconds at most have passed: the fine unit, and nearly nothing of it (2^18 * 100 ns = 26 ms). */
    assert_true(!(child[22] & 0x80) && !child[22] && !child[23]);
    MAPIFreeBuffer(index);
    assert_hr(ScCreateConversationIndex(child_size, child, &size, &index), S_OK);
    assert_int_equal(size, 32);
    assert_memory_equal(index, child, 27);
    MAPIFreeBuffer(index);

    /* A conversation of ten years ago: the coarse unit, 2^23 * 100 ns. */
    child[1] = child[2] = 0;
    after = ((after - header_time(child)) << 16) >> 23;
    assert_hr(ScCreateConversationIndex(22, child, &size, &index), S_OK);
    assert_true(index[22] & 0x80);
    assert_in_range((ULONG)(index[22] & 0x7f) << 24 | index[23] << 16 | index[24] << 8 | index[25], after & 0x7fffffff,
                    (after & 0x7fffffff) + 1000);
    MAPIFreeBuffer(index);
    MAPIFreeBuffer(child);
}

static void UTIL_conversation_index_bad(void **state)
{
    BYTE parent[64] = {1}, *index = (BYTE *)1;
    ULONG size = 5, length;

    (void)state;
    assert_hr(ScCreateConversationIndex(22, NULL, &size, &index), MAPI_E_INVALID_PARAMETER);
    assert_true(!size && !index);
    assert_hr(ScCreateConversationIndex(0xffffffff, parent, &size, &index), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCreateConversationIndex(0, NULL, NULL, &index), MAPI_E_INVALID_PARAMETER);
    assert_hr(ScCreateConversationIndex(0, NULL, &size, NULL), MAPI_E_INVALID_PARAMETER);
    for (length = 0; length <= sizeof(parent); length++)
    {
        BOOL answers = length >= 22 && (length - 22) % 5 == 0;

        assert_hr(ScCreateConversationIndex(length, parent, &size, &index), S_OK);
        assert_int_equal(size, answers ? length + 5 : 22);
        MAPIFreeBuffer(index);
    }
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        SCODE code = ScCreateConversationIndex(22, parent, &size, &index);

        assert_hr(code, harness_fault_hit(&fault) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK);
        assert_true((code == S_OK) == (index != NULL));
        MAPIFreeBuffer(index);
    }
}

/* The store's own identifier behind the name of its DLL, and everything that is refused. */
static void UTIL_wrap_store(void **state)
{
    BYTE own[] = {0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 77};
    ENTRYID *narrow = NULL, *wide = NULL;
    ULONG size, wide_size;

    (void)state;
    assert_hr(WrapStoreEntryID(0, (LPTSTR) "store.dll", sizeof(own), (ENTRYID *)own, &size, &narrow), S_OK);
    assert_true(size > sizeof(own) + 22);
    assert_string_equal((char *)narrow + 22, "store.dll");
    assert_memory_equal((BYTE *)narrow + size - sizeof(own), own, sizeof(own));
    assert_hr(WrapStoreEntryID(MAPI_UNICODE, (LPTSTR)L"store.dll", sizeof(own), (ENTRYID *)own, &wide_size, &wide),
              S_OK);
    assert_int_equal(wide_size, size);
    assert_memory_equal(wide, narrow, size);
    MAPIFreeBuffer(narrow);
    MAPIFreeBuffer(wide);
    wide = (ENTRYID *)1;
    assert_hr(WrapStoreEntryID(4, (LPTSTR) "store.dll", sizeof(own), (ENTRYID *)own, &size, &wide),
              MAPI_E_UNKNOWN_FLAGS);
    assert_null(wide);
    assert_int_equal(size, 0);
    assert_hr(WrapStoreEntryID(0, NULL, sizeof(own), (ENTRYID *)own, &size, &wide), MAPI_E_INVALID_PARAMETER);
    assert_hr(WrapStoreEntryID(0, (LPTSTR) "", sizeof(own), (ENTRYID *)own, &size, &wide), MAPI_E_INVALID_PARAMETER);
    assert_hr(WrapStoreEntryID(0, (LPTSTR) "a.dll", 0xffffffff, (ENTRYID *)own, &size, &wide),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(WrapStoreEntryID(0, (LPTSTR) "a.dll", sizeof(own), NULL, &size, &wide), MAPI_E_INVALID_PARAMETER);
    assert_hr(WrapStoreEntryID(0, (LPTSTR) "a.dll", sizeof(own), (ENTRYID *)own, NULL, &wide),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(WrapStoreEntryID(0, (LPTSTR) "a.dll", sizeof(own), (ENTRYID *)own, &size, NULL),
              MAPI_E_INVALID_PARAMETER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test(UTIL_wrap_store),          harness_test(UTIL_entryid_as_text),
            harness_test(UTIL_entryid_as_text_bad), harness_test(UTIL_encoded_identifiers),
            harness_test(UTIL_compound_entryid),    harness_test(UTIL_not_compound),
            harness_test(UTIL_compound_hostile),    harness_test(UTIL_compound_faults),
            harness_test(UTIL_conversation_index),  harness_test(UTIL_conversation_index_bad),
    };

    return harness_run(tests);
}
