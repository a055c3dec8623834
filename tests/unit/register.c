/*
 * Registration: values that are put back exactly, with both architectures in one record as on Windows, and which paths
 * of mail clients are believed. Works below a key of its own; HKEY_LOCAL_MACHINE has to be writable.
 */
#include "harness.h"

#include <wchar.h>

#include "register/client.h"
#include "register/values.h"

#define ROOT L"Software\\Postroom registration test"

static const WCHAR *const keys[] = {ROOT L"\\Outer", ROOT L"\\Outer\\Inner"};
static const struct value_set set = {ROOT L"\\Outer\\Inner\\Record", keys, ARRAY_SIZE(keys)};
static const struct set_value values[] = {
        {ROOT L"\\Outer", NULL, L"default", L"ours", NULL, 0, 0},
        {ROOT L"\\Outer\\Inner", L"Text", L"text", L"new text", NULL, 0, 0},
        {ROOT L"\\Outer\\Inner", L"Left alone", L"alone", NULL, NULL, 0, 0},
};

static void write_text(const WCHAR *key_name, const WCHAR *name, const WCHAR *text)
{
    HKEY key;

    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, key_name, 0, NULL, 0, KEY_SET_VALUE, NULL, &key, NULL), 0);
    assert_int_equal(
            RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)text, (DWORD)(wcslen(text) + 1) * sizeof(WCHAR)), 0);
    RegCloseKey(key);
}

static BOOL has_text(const WCHAR *key, const WCHAR *name, const WCHAR *text)
{
    struct value value;
    BOOL same = !value_read(HKEY_LOCAL_MACHINE, key, name, &value) && value.type == REG_SZ
                && value.size == (wcslen(text) + 1) * sizeof(WCHAR) && !memcmp(value.data, text, value.size);

    heap_free(value.data);
    return same;
}

static BOOL key_exists(const WCHAR *name)
{
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, name, 0, KEY_READ, &key))
        return FALSE;
    RegCloseKey(key);
    return TRUE;
}

static void clean(void)
{
    RegDeleteKeyW(HKEY_LOCAL_MACHINE, ROOT L"\\Outer\\Inner\\Record");
    RegDeleteKeyW(HKEY_LOCAL_MACHINE, ROOT L"\\Outer\\Inner");
    RegDeleteKeyW(HKEY_LOCAL_MACHINE, ROOT L"\\Outer");
    RegDeleteKeyW(HKEY_LOCAL_MACHINE, ROOT);
}

/* As DllRegisterServer does it. */
static LONG register_as(const struct set_value *as, DWORD bit)
{
    struct undo undo = {NULL, 0, 0};
    LONG error = values_write(&set, as, ARRAY_SIZE(values), bit, &undo);

    if (error)
        undo_run(&undo);
    else
        undo_forget(&undo);
    return error;
}

#define register_for(bit) register_as(values, bit)
#define unregister_for(bit) values_restore(&set, values, ARRAY_SIZE(values), bit)

static void REGISTER_nothing_was_there(void **state)
{
    (void)state;
    clean();
    assert_int_equal(unregister_for(1), 0);
    assert_int_equal(register_for(1), 0);
    assert_true(has_text(ROOT L"\\Outer", NULL, L"ours"));
    assert_true(has_text(ROOT L"\\Outer\\Inner", L"Text", L"new text"));
    assert_int_equal(unregister_for(1), 0);
    assert_false(key_exists(ROOT L"\\Outer"));
    clean();
}

static void REGISTER_both_architectures(void **state)
{
    (void)state;
    clean();
    write_text(ROOT L"\\Outer", NULL, L"before");
    assert_int_equal(register_for(1), 0);
    assert_int_equal(register_for(2), 0);
    assert_int_equal(register_for(2), 0);
    /* The first one to go leaves everything to the other. */
    assert_int_equal(unregister_for(1), 0);
    assert_true(has_text(ROOT L"\\Outer", NULL, L"ours"));
    assert_int_equal(unregister_for(1), 0);
    assert_true(has_text(ROOT L"\\Outer", NULL, L"ours"));
    assert_int_equal(unregister_for(2), 0);
    assert_true(has_text(ROOT L"\\Outer", NULL, L"before"));
    assert_false(key_exists(ROOT L"\\Outer\\Inner"));
    clean();
}

static void REGISTER_others_changes_stay(void **state)
{
    (void)state;
    clean();
    write_text(ROOT L"\\Outer", NULL, L"before");
    assert_int_equal(register_for(1), 0);
    write_text(ROOT L"\\Outer", NULL, L"somebody else");
    write_text(ROOT L"\\Outer\\Inner", L"Added", L"by somebody else");
    assert_int_equal(unregister_for(1), 0);
    assert_true(has_text(ROOT L"\\Outer", NULL, L"somebody else"));
    assert_true(has_text(ROOT L"\\Outer\\Inner", L"Added", L"by somebody else"));
    assert_false(has_text(ROOT L"\\Outer\\Inner", L"Text", L"new text"));
    assert_false(key_exists(ROOT L"\\Outer\\Inner\\Record"));
    clean();

    /* Registered again after somebody else's change: that is what comes back then. */
    write_text(ROOT L"\\Outer", NULL, L"before");
    assert_int_equal(register_for(1), 0);
    write_text(ROOT L"\\Outer", NULL, L"somebody else");
    assert_int_equal(register_for(1), 0);
    assert_true(has_text(ROOT L"\\Outer", NULL, L"ours"));
    assert_int_equal(unregister_for(1), 0);
    assert_true(has_text(ROOT L"\\Outer", NULL, L"somebody else"));
    clean();
}

/* Out of memory anywhere: an error, and nothing of what was there is lost. */
static void REGISTER_faults(void **state)
{
    (void)state;
    clean();
    HARNESS_FOR_EACH_ALLOCATION(fault)
    {
        LONG error, undo;
        BOOL hit;

        write_text(ROOT L"\\Outer", NULL, L"before");
        error = register_for(1);
        undo = unregister_for(1);
        hit = harness_fault_hit(&fault);
        if (!hit)
            assert_true(!error && !undo);
        else
            assert_true(error == ERROR_NOT_ENOUGH_MEMORY || undo == ERROR_NOT_ENOUGH_MEMORY);
        if (undo)
            assert_int_equal(unregister_for(1), 0);
        assert_true(has_text(ROOT L"\\Outer", NULL, L"before"));
        assert_false(key_exists(ROOT L"\\Outer\\Inner"));
    }
    clean();
}

/* A later registration that fails leaves the earlier one as it was, of whichever architecture. */
static void REGISTER_faults_of_a_second_one(void **state)
{
    struct set_value others[ARRAY_SIZE(values)];
    DWORD bit;

    (void)state;
    memcpy(others, values, sizeof(others));
    others[0].text = L"ours, elsewhere";
    others[1].text = L"newer text";
    for (bit = 1; bit <= 2; bit++)
    {
        clean();
        write_text(ROOT L"\\Outer", NULL, L"before");
        assert_int_equal(register_for(1), 0);
        HARNESS_FOR_EACH_ALLOCATION(fault)
        {
            LONG error = register_as(others, bit);

            if (harness_fault_hit(&fault))
            {
                assert_int_equal(error, ERROR_NOT_ENOUGH_MEMORY);
                assert_true(has_text(ROOT L"\\Outer", NULL, L"ours"));
                assert_true(has_text(ROOT L"\\Outer\\Inner", L"Text", L"new text"));
            }
            else
                assert_int_equal(error, 0);
        }
        assert_true(has_text(ROOT L"\\Outer", NULL, L"ours, elsewhere"));
        if (bit == 2)
            assert_int_equal(unregister_for(1), 0);
        assert_true(has_text(ROOT L"\\Outer", NULL, L"ours, elsewhere"));
        assert_int_equal(unregister_for(bit), 0);
        assert_true(has_text(ROOT L"\\Outer", NULL, L"before"));
        assert_false(key_exists(ROOT L"\\Outer\\Inner"));
    }
    clean();
}

static void SIMPLE_client_paths(void **state)
{
    static const struct
    {
        const WCHAR *value;
        BOOL good;
    } cases[] = {
            {L"winemapi.dll", TRUE},
            {L"C:\\Program Files\\Client\\mapi.dll", TRUE},
            {L"C:/client/mapi.dll", TRUE},
            {L"", FALSE},
            {L"C:client.dll", FALSE},
            {L"client\\mapi.dll", FALSE},
            {L"..\\mapi.dll", FALSE},
            {L"\\\\server\\share\\mapi.dll", FALSE},
            {L"\\mapi.dll", FALSE},
            {L"C:\\folder\\", FALSE},
            {L"mapi32.dll", FALSE},
            {L"MAPI32", FALSE},
            {L"C:\\windows\\system32\\mapi32.dll", FALSE},
            {L"C:\\windows\\system32\\MapiStub.dll", FALSE},
            {L"C:\\windows\\system32\\postroom.dll", FALSE},
    };
    WCHAR path[MAX_PATH], directory[MAX_PATH], longer[2 * MAX_PATH];
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        if (client_dll_path(cases[i].value, path) != cases[i].good)
            fail_msg("%ls", cases[i].value);
        assert_true(cases[i].good == (path[0] != 0));
    }
    assert_true(client_dll_path(L"winemapi.dll", path));
    assert_true(GetSystemDirectoryW(directory, MAX_PATH));
    wcscat(directory, L"\\winemapi.dll");
    assert_int_equal(wcscmp(path, directory), 0);

    wmemset(longer, 'x', ARRAY_SIZE(longer));
    longer[ARRAY_SIZE(longer) - 1] = 0;
    assert_false(client_dll_path(longer, path));
    memcpy(longer, L"C:\\", 3 * sizeof(WCHAR));
    assert_false(client_dll_path(longer, path));
}

/* Registry text of the wrong type, without an end, too long. */
static void SIMPLE_registry_text(void **state)
{
    static const WCHAR unterminated[] = {'a', 'b', 'c'};
    static const DWORD number = 5;
    WCHAR text[8], longer[2000];
    HKEY key;

    (void)state;
    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, ROOT, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL), 0);
    RegSetValueExW(key, L"unterminated", 0, REG_SZ, (const BYTE *)unterminated, sizeof(unterminated));
    RegSetValueExW(key, L"odd", 0, REG_SZ, (const BYTE *)unterminated, 5);
    RegSetValueExW(key, L"number", 0, REG_DWORD, (const BYTE *)&number, sizeof(number));
    RegSetValueExW(key, L"empty", 0, REG_SZ, NULL, 0);
    wmemset(longer, 'x', ARRAY_SIZE(longer));
    RegSetValueExW(key, L"longer", 0, REG_SZ, (const BYTE *)longer, sizeof(longer));
    RegSetValueExW(key, L"eight", 0, REG_SZ, (const BYTE *)longer, 8 * sizeof(WCHAR));

    assert_true(registry_text(key, L"unterminated", FALSE, text, ARRAY_SIZE(text)));
    assert_int_equal(wcscmp(text, L"abc"), 0);
    assert_true(registry_text(key, L"odd", FALSE, text, ARRAY_SIZE(text)));
    assert_int_equal(wcscmp(text, L"ab"), 0);
    assert_true(registry_text(key, L"empty", FALSE, text, ARRAY_SIZE(text)));
    assert_int_equal(text[0], 0);
    assert_false(registry_text(key, L"number", FALSE, text, ARRAY_SIZE(text)));
    assert_false(registry_text(key, L"longer", FALSE, text, ARRAY_SIZE(text)));
    assert_false(registry_text(key, L"eight", FALSE, text, ARRAY_SIZE(text)));
    assert_int_equal(text[0], 0);
    assert_false(registry_text(key, L"missing", FALSE, text, ARRAY_SIZE(text)));
    RegCloseKey(key);
    clean();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(REGISTER_nothing_was_there),
            harness_test_plain(REGISTER_both_architectures),
            harness_test_plain(REGISTER_others_changes_stay),
            harness_test_plain(REGISTER_faults),
            harness_test_plain(REGISTER_faults_of_a_second_one),
            harness_test_plain(SIMPLE_client_paths),
            harness_test_plain(SIMPLE_registry_text),
    };

    return harness_run(tests);
}
