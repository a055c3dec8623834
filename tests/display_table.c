/*
 * BuildDisplayTable: what it makes of dialog resources, good and bad ones. The resources are written into a copy of a DLL.
 */
#include "harness.h"

#include <mapiutil.h>
#include <wchar.h>

struct template_bytes
{
    BYTE bytes[1024];
    size_t size;
};

static HINSTANCE resources;
static WCHAR resource_path[MAX_PATH];

static void put(struct template_bytes *template, const void *bytes, size_t size)
{
    memcpy(template->bytes + template->size, bytes, size);
    template->size += size;
}

static void put_words(struct template_bytes *template, unsigned int count, const WORD *words)
{
    put(template, words, count * sizeof(*words));
}

static void put_text(struct template_bytes *template, const WCHAR *text)
{
    put(template, text, (wcslen(text) + 1) * sizeof(*text));
}

static void put_head(struct template_bytes *template, BOOL extended, WORD count, const WCHAR *title)
{
    template->size = 0;
    if (extended)
        put_words(template, 8, (const WORD[]){1, 0xffff, 0, 0, 0, 0, DS_SETFONT, 0});
    else
        put_words(template, 4, (const WORD[]){DS_SETFONT, 0, 0, 0});
    put_words(template, 7, (const WORD[]){count, 3, 4, 180, 90, 0, 0}); /* place, no menu, no class */
    put_text(template, title);
    put_words(template, extended ? 3 : 1, (const WORD[]){8, 400, 0});
    put_text(template, L"MS Shell Dlg");
}

static void put_item(struct template_bytes *template, BOOL extended, DWORD id, WORD x, const WCHAR *text)
{
    while (template->size % 4)
        template->bytes[template->size++] = 0;
    put_words(template, extended ? 6 : 4, (const WORD[]){0, 0, 0, 0, 0, 0});
    put_words(template, 4, (const WORD[]){x, 20, 50, 14});
    put(template, &id, extended ? 4 : 2);
    put_words(template, 2, (const WORD[]){0xffff, 0x80});
    if (text)
        put_text(template, text);
    else
        put_words(template, 2, (const WORD[]){0xffff, 7}); /* a number in its stead */
    put_words(template, 2, (const WORD[]){2, 0x1234});     /* two bytes for the control */
}

static void update(HANDLE handle, WORD name, const struct template_bytes *template, size_t size)
{
    assert_true(UpdateResourceW(handle, (WCHAR *)RT_DIALOG, MAKEINTRESOURCEW(name), LANG_NEUTRAL,
                                (void *)template->bytes, (DWORD)size));
}

static void make_resources(void)
{
    struct template_bytes template;
    WCHAR source[MAX_PATH], folder[MAX_PATH];
    HANDLE handle;
    WORD kind;

    GetModuleFileNameW(GetModuleHandleW(L"mapi32.dll"), source, MAX_PATH);
    GetTempPathW(MAX_PATH, folder);
    GetTempFileNameW(folder, L"dtb", 0, resource_path);
    assert_true(CopyFileW(source, resource_path, FALSE));
    assert_non_null(handle = BeginUpdateResourceW(resource_path, TRUE));
    for (kind = 0; kind < 2; kind++)
    {
        put_head(&template, kind, 3, L"Account");
        put_item(&template, kind, 500, 7, L"&Name:");
        put_item(&template, kind, 501, 60, NULL);
        put_item(&template, kind, 502, 7, L"Ch\x00e4ck");
        update(handle, 100 + kind, &template, template.size);
        update(handle, 110 + kind, &template, template.size - 20); /* cut short */
        update(handle, 120 + kind, &template, 9);
    }
    assert_true(EndUpdateResourceW(handle, FALSE));
    resources = LoadLibraryExW(resource_path, NULL, LOAD_LIBRARY_AS_DATAFILE);
    assert_non_null(resources);
    assert_int_equal(ScInitMapiUtil(0), S_OK);
}

static void drop_resources(void)
{
    DeinitMapiUtil();
    FreeLibrary(resources);
    DeleteFileW(resource_path);
}

static DTBLPAGE page_structure = {.ulContext = 5};
static DTBLLABEL label_structure;
static DTBLEDIT edit_structure = {.ulNumCharsAllowed = 9, .ulPropTag = PR_DISPLAY_NAME_W};
static DTBLCHECKBOX check_structure = {.ulPRPropertyName = PR_DELETE_AFTER_SUBMIT};
static BYTE edit_id[20] = {7}, check_id[20] = {9};

static HRESULT build(DTPAGE *page, UINT count, ULONG flags, IMAPITable **table, ITableData **data)
{
    return BuildDisplayTable(MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, resources, count, page, flags,
                             table, data);
}

static void fill(DTCTL *controls, DTPAGE *page, WORD resource)
{
    DTCTL made[] = {
            {.ulCtlType = DTCT_PAGE, .ctl.lppage = &page_structure},
            {.ulCtlType = DTCT_LABEL, .ulItemID = 500, .ctl.lplabel = &label_structure},
            {.ulCtlType = DTCT_EDIT, .ulCtlFlags = DT_EDITABLE | DT_REQUIRED, .ulItemID = 501},
            {.ulCtlType = DTCT_CHECKBOX, .ulCtlFlags = DT_EDITABLE, .ulItemID = 502},
    };

    made[2].ctl.lpedit = &edit_structure;
    made[2].lpbNotif = edit_id;
    made[2].cbNotif = sizeof(edit_id);
    made[2].lpszFilter = (WCHAR *)L"[0-9]";
    made[3].ctl.lpcheckbox = &check_structure;
    made[3].lpbNotif = check_id;
    made[3].cbNotif = sizeof(check_id);
    memcpy(controls, made, sizeof(made));
    memset(page, 0, sizeof(*page));
    page->cctl = ARRAY_SIZE(made);
    page->lpszResourceName = MAKEINTRESOURCEW(resource);
    page->lpszComponent = (WCHAR *)L"Helping";
    page->lpctl = controls;
}

/* By column in the order of BuildDisplayTable's. */
enum
{
    COLUMN_X,
    COLUMN_WIDTH,
    COLUMN_Y,
    COLUMN_HEIGHT,
    COLUMN_TYPE,
    COLUMN_FLAGS,
    COLUMN_STRUCTURE,
    COLUMN_ID
};

static void BuildDisplayTable_reads_the_dialog(void **state)
{
    DTCTL controls[4];
    ITableData *data;
    IMAPITable *table;
    DTPAGE page;
    SRowSet *rows;
    SPropValue *row, index = {.ulPropTag = PR_CONTROL_ID, .Value.bin = {sizeof(edit_id), edit_id}};
    const BYTE *bytes;
    WORD kind;

    (void)state;
    for (kind = 0; kind < 2; kind++)
    {
        fill(controls, &page, 100 + kind);
        assert_hr(build(&page, 1, MAPI_UNICODE, &table, &data), S_OK);
        assert_hr(IMAPITable_QueryRows(table, 10, 0, &rows), S_OK);
        assert_int_equal(rows->cRows, 4);
        row = rows->aRow[0].lpProps;
        assert_int_equal(row[COLUMN_TYPE].Value.l, DTCT_PAGE);
        assert_int_equal(row[COLUMN_X].Value.l, 0);
        assert_int_equal(row[COLUMN_WIDTH].Value.l, 180);
        assert_int_equal(row[COLUMN_HEIGHT].Value.l, 90);
        bytes = row[COLUMN_STRUCTURE].Value.bin.lpb;
        assert_int_equal(((const DTBLPAGE *)bytes)->ulContext, 5);
        assert_int_equal(((const DTBLPAGE *)bytes)->ulFlags, MAPI_UNICODE);
        assert_int_equal(wcscmp((const WCHAR *)(bytes + ((const DTBLPAGE *)bytes)->ulbLpszLabel), L"Account"), 0);
        assert_int_equal(wcscmp((const WCHAR *)(bytes + ((const DTBLPAGE *)bytes)->ulbLpszComponent), L"Helping"), 0);
        row = rows->aRow[1].lpProps;
        bytes = row[COLUMN_STRUCTURE].Value.bin.lpb;
        assert_int_equal(row[COLUMN_X].Value.l, 7);
        assert_int_equal(wcscmp((const WCHAR *)(bytes + ((const DTBLLABEL *)bytes)->ulbLpszLabelName), L"&Name:"), 0);
        assert_true(row[COLUMN_ID].Value.bin.cb > 0);
        row = rows->aRow[2].lpProps;
        bytes = row[COLUMN_STRUCTURE].Value.bin.lpb;
        assert_int_equal(row[COLUMN_FLAGS].Value.l, DT_EDITABLE | DT_REQUIRED);
        assert_int_equal(row[COLUMN_ID].Value.bin.cb, sizeof(edit_id));
        assert_memory_equal(row[COLUMN_ID].Value.bin.lpb, edit_id, sizeof(edit_id));
        assert_int_equal(((const DTBLEDIT *)bytes)->ulNumCharsAllowed, 9);
        assert_int_equal(((const DTBLEDIT *)bytes)->ulPropTag, PR_DISPLAY_NAME_W);
        assert_int_equal(wcscmp((const WCHAR *)(bytes + ((const DTBLEDIT *)bytes)->ulbLpszCharsAllowed), L"[0-9]"), 0);
        FreeProws(rows);
        assert_hr(ITableData_HrNotify(data, 0, 1, &index), S_OK);
        IMAPITable_Release(table);
        assert_int_equal(ITableData_Release(data), 0);
    }
}

static void BuildDisplayTable_ansi(void **state)
{
    DTCTL controls[4];
    IMAPITable *table;
    DTPAGE page;
    SRowSet *rows;
    const BYTE *bytes;
    const SPropValue *row;

    (void)state;
    fill(controls, &page, 100);
    page.lpszComponent = (WCHAR *)"Helping";
    controls[2].lpszFilter = (WCHAR *)"[~a]";
    /* The same identifier twice: the second row is another one all the same. */
    controls[3].lpbNotif = edit_id;
    assert_hr(build(&page, 1, 0, &table, NULL), S_OK);
    assert_hr(IMAPITable_QueryRows(table, 10, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 4);
    row = rows->aRow[2].lpProps;
    bytes = row[COLUMN_STRUCTURE].Value.bin.lpb;
    assert_int_equal(((const DTBLEDIT *)bytes)->ulFlags, 0);
    assert_string_equal((const char *)bytes + ((const DTBLEDIT *)bytes)->ulbLpszCharsAllowed, "[~a]");
    bytes = rows->aRow[1].lpProps[COLUMN_STRUCTURE].Value.bin.lpb;
    assert_string_equal((const char *)bytes + ((const DTBLLABEL *)bytes)->ulbLpszLabelName, "&Name:");
    FreeProws(rows);
    assert_int_equal(IMAPITable_Release(table), 0);
}

static void BuildDisplayTable_refuses(void **state)
{
    static WCHAR long_text[5000];
    DTCTL controls[4];
    ITableData *data = (ITableData *)1;
    IMAPITable *table = (IMAPITable *)1;
    DTPAGE page;
    WORD kind;

    (void)state;
    fill(controls, &page, 100);
    assert_hr(build(&page, 1, 1, &table, &data), MAPI_E_UNKNOWN_FLAGS);
    assert_null(table);
    assert_null(data);
    assert_hr(build(&page, 1, 0, NULL, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(build(&page, 0x10000000, MAPI_UNICODE, &table, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(build(NULL, 1, MAPI_UNICODE, &table, NULL), MAPI_E_INVALID_PARAMETER);
    page.cctl = 0xffffffff;
    assert_hr(build(&page, 1, MAPI_UNICODE, &table, NULL), MAPI_E_INVALID_PARAMETER);
    for (kind = 0; kind < 2; kind++)
    {
        fill(controls, &page, 110 + kind);
        assert_hr(build(&page, 1, MAPI_UNICODE, &table, NULL), MAPI_E_CORRUPT_DATA);
        fill(controls, &page, 120 + kind);
        assert_hr(build(&page, 1, MAPI_UNICODE, &table, NULL), MAPI_E_CORRUPT_DATA);
    }
    fill(controls, &page, 77);
    assert_hr(build(&page, 1, MAPI_UNICODE, &table, NULL), MAPI_E_NOT_FOUND);
    page.lpszResourceName = (WCHAR *)L"no such dialog";
    assert_hr(build(&page, 1, MAPI_UNICODE, &table, NULL), MAPI_E_NOT_FOUND);
    fill(controls, &page, 100);
    controls[1].ulItemID = 999;
    assert_hr(build(&page, 1, MAPI_UNICODE, &table, NULL), MAPI_E_NOT_FOUND);
    fill(controls, &page, 100);
    controls[1].ulCtlType = 10;
    assert_hr(build(&page, 1, MAPI_UNICODE, &table, NULL), MAPI_E_INVALID_PARAMETER);
    fill(controls, &page, 100);
    controls[2].ctl.lpedit = (DTBLEDIT *)16;
    assert_hr(build(&page, 1, MAPI_UNICODE, &table, NULL), MAPI_E_INVALID_PARAMETER);
    fill(controls, &page, 100);
    controls[2].cbNotif = 0x7fffffff;
    assert_hr(build(&page, 1, MAPI_UNICODE, &table, NULL), MAPI_E_INVALID_PARAMETER);
    fill(controls, &page, 100);
    wmemset(long_text, 'x', ARRAY_SIZE(long_text) - 1);
    controls[2].lpszFilter = long_text;
    assert_hr(build(&page, 1, MAPI_UNICODE, &table, NULL), MAPI_E_TOO_BIG);
    assert_null(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            harness_test_plain(BuildDisplayTable_reads_the_dialog),
            harness_test_plain(BuildDisplayTable_ansi),
            harness_test_plain(BuildDisplayTable_refuses),
    };
    int failed;

    make_resources();
    failed = harness_run(tests);
    drop_resources();
    return failed;
}
