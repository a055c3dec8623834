/*
 * display_object: what a property sheet works on: an object with a few properties, a table of choices and a button's
 * control, and display tables made row by row.
 */
#ifndef POSTROOM_TESTS_UNIT_DISPLAY_OBJECT_H
#define POSTROOM_TESTS_UNIT_DISPLAY_OBJECT_H

#include "drive.h"

#include <mapiutil.h>
#include <wchar.h>

#include "display/sheet.h"

#define TAG_TABLE PROP_TAG(PT_OBJECT, 0x6601)
#define TAG_BUTTON PROP_TAG(PT_OBJECT, 0x6602)
#define TAG_NAME PROP_TAG(PT_UNICODE, 0x6610)
#define TAG_NARROW PROP_TAG(PT_STRING8, 0x6611)
#define TAG_CHECK PROP_TAG(PT_BOOLEAN, 0x6612)
#define TAG_RADIO PROP_TAG(PT_LONG, 0x6613)
#define TAG_CHOICE PROP_TAG(PT_LONG, 0x6614)
#define TAG_SHOWN PROP_TAG(PT_UNICODE, 0x6615)
#define TAG_VALUES PROP_TAG(PT_MV_UNICODE, 0x6616)
#define TAG_COMBO PROP_TAG(PT_UNICODE, 0x6617)

/* One object for the whole program. */
static struct
{
    IMAPIProp object;
    IMAPIControl control;
    struct prop_bag bag;
    ITableData *choices, *display;
    ULONG set_calls, set_values, saves, activated, state;
    HRESULT set_result, activate_result;
    HWND activated_over;
} subject;

static HRESULT STDMETHODCALLTYPE subject_QueryInterface(IMAPIProp *iface, REFIID riid, void **out)
{
    (void)riid;
    *out = iface;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE subject_AddRef(IMAPIProp *iface)
{
    (void)iface;
    return 2;
}

static HRESULT STDMETHODCALLTYPE subject_GetLastError(IMAPIProp *iface, HRESULT hr, ULONG flags, MAPIERROR **error)
{
    (void)iface;
    (void)hr;
    (void)flags;
    *error = NULL;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE subject_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    (void)iface;
    (void)flags;
    subject.saves++;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE subject_GetProps(IMAPIProp *iface, SPropTagArray *tags, ULONG flags, ULONG *count,
                                                  SPropValue **values)
{
    (void)iface;
    return prop_bag_get(&subject.bag, tags, flags, count, values);
}

static HRESULT STDMETHODCALLTYPE subject_OpenProperty(IMAPIProp *iface, ULONG tag, const IID *iid, ULONG options,
                                                      ULONG flags, IUnknown **out)
{
    (void)iface;
    (void)options;
    (void)flags;
    if (tag == TAG_BUTTON && IsEqualIID(iid, &IID_IMAPIControl))
    {
        *out = (IUnknown *)&subject.control;
        return S_OK;
    }
    if (tag == TAG_TABLE && IsEqualIID(iid, &IID_IMAPITable) && subject.choices)
        return ITableData_HrGetView(subject.choices, NULL, NULL, 0, (IMAPITable **)out);
    return MAPI_E_NOT_FOUND;
}

static HRESULT STDMETHODCALLTYPE subject_SetProps(IMAPIProp *iface, ULONG count, SPropValue *values,
                                                  SPropProblemArray **problems)
{
    ULONG i;

    (void)iface;
    if (problems)
        *problems = NULL;
    subject.set_calls++;
    subject.set_values += count;
    for (i = 0; SUCCEEDED(subject.set_result) && i < count; i++)
        prop_bag_set(&subject.bag, &values[i]);
    return subject.set_result;
}

static const IMAPIPropVtbl subject_vtbl = {
        .QueryInterface = subject_QueryInterface,
        .AddRef = subject_AddRef,
        .Release = subject_AddRef,
        .GetLastError = subject_GetLastError,
        .SaveChanges = subject_SaveChanges,
        .GetProps = subject_GetProps,
        .OpenProperty = subject_OpenProperty,
        .SetProps = subject_SetProps,
};

static HRESULT STDMETHODCALLTYPE button_QueryInterface(IMAPIControl *iface, REFIID riid, void **out)
{
    (void)riid;
    *out = iface;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE button_AddRef(IMAPIControl *iface)
{
    (void)iface;
    return 2;
}

static HRESULT STDMETHODCALLTYPE button_GetLastError(IMAPIControl *iface, HRESULT hr, ULONG flags, MAPIERROR **error)
{
    (void)iface;
    (void)hr;
    (void)flags;
    MAPIAllocateBuffer(sizeof(**error), (void **)error);
    memset(*error, 0, sizeof(**error));
    (*error)->lpszError = (WCHAR *)L"The server does not answer";
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE button_Activate(IMAPIControl *iface, ULONG flags, ULONG_PTR window)
{
    SPropValue changed = {.ulPropTag = TAG_NAME, .Value.lpszW = (WCHAR *)L"from the button"};
    SPropValue id = {.ulPropTag = PR_CONTROL_ID, .Value.bin = {1, (BYTE *)"\1"}};

    (void)iface;
    (void)flags;
    subject.activated++;
    subject.activated_over = (HWND)window;
    prop_bag_set(&subject.bag, &changed);
    ITableData_HrNotify(subject.display, 0, 1, &id);
    return subject.activate_result;
}

static HRESULT STDMETHODCALLTYPE button_GetState(IMAPIControl *iface, ULONG flags, ULONG *state)
{
    (void)iface;
    (void)flags;
    *state = subject.state;
    return S_OK;
}

static const IMAPIControlVtbl button_vtbl = {
        button_QueryInterface, button_AddRef, button_AddRef, button_GetLastError, button_Activate, button_GetState,
};

/* A row of the display table; the text goes behind the structure, its offset into the first field. */
static inline HRESULT add_control(BYTE id, ULONG type, ULONG flags, const void *structure, ULONG size,
                                  const WCHAR *text, int x, int y, int width, int height)
{
    BYTE bytes[600];
    SPropValue values[] = {
            {.ulPropTag = PR_CONTROL_ID, .Value.bin = {1, &id}},
            {.ulPropTag = PR_CONTROL_TYPE, .Value.ul = type},
            {.ulPropTag = PR_CONTROL_FLAGS, .Value.ul = flags},
            {.ulPropTag = PR_CONTROL_STRUCTURE, .Value.bin = {size, bytes}},
            {.ulPropTag = PR_XPOS, .Value.l = x},
            {.ulPropTag = PR_YPOS, .Value.l = y},
            {.ulPropTag = PR_DELTAX, .Value.l = width},
            {.ulPropTag = PR_DELTAY, .Value.l = height},
    };
    SRow row = {.cValues = ARRAY_SIZE(values), .lpProps = values};

    memcpy(bytes, structure, size);
    if (text)
    {
        memcpy(bytes, &size, sizeof(size));
        memcpy(bytes + size, text, (wcslen(text) + 1) * sizeof(*text));
        values[3].Value.bin.cb += (ULONG)((wcslen(text) + 1) * sizeof(*text));
    }
    return ITableData_HrModifyRow(subject.display, &row);
}

#define ADD(id, type, flags, text, x, y, width, height, ...)                                                           \
    assert_hr(add_control(id, type, flags, (const ULONG[]){__VA_ARGS__}, sizeof((const ULONG[]){__VA_ARGS__}), text,   \
                          x, y, width, height),                                                                        \
              S_OK)

static inline ITableData *new_table(ULONG index, ULONG other)
{
    SizedSPropTagArray(2, columns) = {2, {index, other}};
    ITableData *data = NULL;

    assert_hr(CreateTable(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, TBLTYPE_DYNAMIC, index,
                          (SPropTagArray *)&columns, &data),
              S_OK);
    return data;
}

static inline void add_choice(LONG value, const WCHAR *text)
{
    SPropValue values[] = {{.ulPropTag = TAG_CHOICE, .Value.l = value},
                           {.ulPropTag = TAG_COMBO, .Value.lpszW = (WCHAR *)text},
                           {.ulPropTag = TAG_SHOWN, .Value.lpszW = (WCHAR *)text}};
    SRow row = {.cValues = 3, .lpProps = values};

    assert_hr(ITableData_HrModifyRow(subject.choices, &row), S_OK);
}

enum
{
    PAGE = 0,
    NAME = 1,
    NARROW,
    CHECK,
    BUTTON,
    RADIO_ONE,
    RADIO_TWO,
    PAGE_TWO,
    COMBO,
    DROP,
    LIST,
    VALUES,
    DROPPED_VALUES,
    LABELS
};

/* Every kind of control, on two pages. */
static inline void subject_make(ULONG name_flags)
{
    static const WCHAR *const texts[] = {L"one", L"two"};
    SPropValue values = {.ulPropTag = TAG_VALUES};

    memset(&subject, 0, sizeof(subject));
    subject.object.lpVtbl = (IMAPIPropVtbl *)&subject_vtbl;
    subject.control.lpVtbl = (IMAPIControlVtbl *)&button_vtbl;
    subject.state = MAPI_ENABLED;
    prop_bag_init(&subject.bag);
    values.Value.MVszW.cValues = 2;
    values.Value.MVszW.lppszW = (WCHAR **)texts;
    assert_hr(prop_bag_set(&subject.bag, &values), S_OK);
    assert_hr(prop_bag_set_text(&subject.bag, TAG_NAME, L"Ada Lovelace"), S_OK);
    assert_hr(prop_bag_set_text(&subject.bag, TAG_COMBO, L"mail.example"), S_OK);
    assert_hr(prop_bag_set_bool(&subject.bag, TAG_CHECK, TRUE), S_OK);
    assert_hr(prop_bag_set_long(&subject.bag, TAG_RADIO, 20), S_OK);
    assert_hr(prop_bag_set_long(&subject.bag, TAG_CHOICE, 2), S_OK);
    subject.choices = new_table(TAG_CHOICE, TAG_SHOWN);
    add_choice(1, L"Plain");
    add_choice(2, L"Encrypted");
    add_choice(3, L"Signed");
    subject.display = new_table(PR_CONTROL_ID, PR_CONTROL_TYPE);
    ADD(PAGE, DTCT_PAGE, 0, L"Account", 0, 0, 200, 130, 0, MAPI_UNICODE, 0, 0);
    ADD(LABELS, DTCT_LABEL, 0, L"&Name:", 7, 9, 60, 8, 0, MAPI_UNICODE);
    ADD(NAME, DTCT_EDIT, name_flags, NULL, 70, 7, 120, 14, 0, 0, 40, TAG_NAME);
    ADD(LABELS + 1, DTCT_LABEL, 0, L"&Port:", 7, 27, 60, 8, 0, MAPI_UNICODE);
    ADD(NARROW, DTCT_EDIT, DT_EDITABLE, L"[0-9]", 70, 25, 40, 14, 0, MAPI_UNICODE, 5, TAG_NARROW);
    ADD(CHECK, DTCT_CHECKBOX, DT_EDITABLE, L"&Remember the password", 70, 44, 120, 10, 0, MAPI_UNICODE, TAG_CHECK);
    ADD(LABELS + 2, DTCT_GROUPBOX, 0, L"Connection", 7, 60, 186, 42, 0, MAPI_UNICODE);
    ADD(RADIO_ONE, DTCT_RADIOBUTTON, 0, L"&Direct", 14, 72, 120, 10, 0, MAPI_UNICODE, 2, TAG_RADIO, 10);
    ADD(RADIO_TWO, DTCT_RADIOBUTTON, 0, L"Pro&xy", 14, 86, 120, 10, 0, MAPI_UNICODE, 2, TAG_RADIO, 20);
    ADD(BUTTON, DTCT_BUTTON, 0, L"&Test...", 143, 108, 50, 14, 0, MAPI_UNICODE, TAG_BUTTON);
    ADD(PAGE_TWO, DTCT_PAGE, 0, L"Lists", 0, 0, 200, 130, 0, MAPI_UNICODE, 0, 0);
    ADD(COMBO, DTCT_COMBOBOX, DT_EDITABLE, NULL, 7, 7, 90, 80, 0, 0, 30, TAG_COMBO, TAG_TABLE);
    ADD(DROP, DTCT_DDLBX, DT_EDITABLE, NULL, 103, 7, 90, 80, 0, TAG_SHOWN, TAG_CHOICE, TAG_TABLE);
    ADD(LIST, DTCT_LBX, 0, NULL, 7, 30, 90, 60, MAPI_NO_HBAR, PR_NULL, TAG_TABLE);
    ADD(VALUES, DTCT_MVLISTBOX, 0, NULL, 103, 30, 90, 60, 0, TAG_VALUES);
    ADD(DROPPED_VALUES, DTCT_MVDDLBX, 0, NULL, 103, 96, 90, 14, 0, TAG_VALUES);
}

static inline void subject_free(void)
{
    ITableData_Release(subject.display);
    ITableData_Release(subject.choices);
    prop_bag_clear(&subject.bag);
}

#endif
