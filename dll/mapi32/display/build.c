/*
 * Build: BuildDisplayTable. A row is a DTCTL with its structure, and the place and the label that the dialog resource
 * has for it; texts follow the structure in PR_CONTROL_STRUCTURE.
 */
#include "display/kinds.h"
#include "display/template.h"
#include "prop/prop.h"

/* The longest text that goes into a structure. */
#define LABEL_SIZE 4096
#define COMPONENT_SIZE 32 /* mapisvc-inf-help-file-mappings-section: 30 characters */

struct builder
{
    HINSTANCE instance;
    ULONG flags;
    ITableData *data;
    LPFREEBUFFER free_buffer;
    LONG row;
    MAPIUID uid; /* of the identifiers that the caller left out */
};

/* The structure of one row: room for the largest one and its texts. */
struct structure
{
    ULONG size;
    union
    {
        BYTE bytes[sizeof(DTBLPAGE) + (LABEL_SIZE + COMPONENT_SIZE) * sizeof(WCHAR)];
        ULONG fields[1];
    };
};

/* Appends a text in the width of flags; its offset is put into the field. */
static HRESULT append(struct structure *structure, ULONG offset_field, const WCHAR *text, ULONG flags)
{
    BYTE *end = structure->bytes + structure->size;
    size_t room = sizeof(structure->bytes) - structure->size, length = (size_t)lstrlenW(text) + 1;
    int size;

    structure->fields[offset_field] = structure->size;
    if (flags & MAPI_UNICODE)
    {
        if (length * sizeof(WCHAR) > room)
            return MAPI_E_TOO_BIG;
        memcpy(end, text, length * sizeof(WCHAR));
        structure->size += (ULONG)(length * sizeof(WCHAR));
        return S_OK;
    }
    size = WideCharToMultiByte(CP_ACP, 0, text, -1, (char *)end, (int)room, NULL, NULL);
    structure->size += (ULONG)size;
    return size ? S_OK : MAPI_E_TOO_BIG;
}

/* The page's help component: a text, or the number of a string resource; "" without one. */
static HRESULT component_of(const struct builder *builder, const DTPAGE *page, WCHAR *component)
{
    component[0] = 0;
    if (!page->lpszComponent)
        return S_OK;
    if (!IS_INTRESOURCE(page->lpszComponent))
        return text_from_caller(page->lpszComponent, builder->flags, component, COMPONENT_SIZE);
    LoadStringW(builder->instance, (UINT)(ULONG_PTR)page->lpszComponent, component, COMPONENT_SIZE);
    return S_OK;
}

static HRESULT fill_structure(const struct builder *builder, const DTPAGE *page, const DTCTL *control,
                              const struct control_shape *shape, const WCHAR *label, struct structure *structure)
{
    WCHAR text[LABEL_SIZE];
    HRESULT hr = S_OK;

    if (!memory_readable(control->ctl.lpv, shape->size))
        return MAPI_E_INVALID_PARAMETER;
    memcpy(structure->bytes, control->ctl.lpv, shape->size);
    structure->size = shape->size;
    if (shape->label || shape->filter)
        structure->fields[1] = (structure->fields[1] & ~MAPI_UNICODE) | (builder->flags & MAPI_UNICODE);
    if (shape->label)
        hr = append(structure, 0, label, builder->flags);
    else if (shape->filter)
    {
        structure->fields[0] = 0;
        hr = text_from_caller(control->lpszFilter, builder->flags, text, ARRAY_SIZE(text));
        if (SUCCEEDED(hr) && text[0])
            hr = append(structure, 0, text, builder->flags);
    }
    if (SUCCEEDED(hr) && control->ulCtlType == DTCT_PAGE)
    {
        structure->fields[2] = 0;
        hr = component_of(builder, page, text);
        if (SUCCEEDED(hr) && text[0])
            hr = append(structure, 2, text, builder->flags);
    }
    return hr;
}

/* The caller's identifier, or one of ours: no two rows may have the same. */
static void identifier_of(const struct builder *builder, const DTCTL *control, BYTE *own, SBinary *identifier)
{
    SPropValue value = {.ulPropTag = PR_CONTROL_ID};
    SRow *row = NULL;

    identifier->cb = control->cbNotif;
    identifier->lpb = control->lpbNotif;
    if (control->cbNotif)
    {
        value.Value.bin = *identifier;
        if (ITableData_HrQueryRow(builder->data, &value, &row, NULL) == MAPI_E_NOT_FOUND)
            return;
        if (row)
            builder->free_buffer(row);
    }
    memcpy(own, &builder->uid, sizeof(builder->uid));
    memcpy(own + sizeof(builder->uid), &builder->row, sizeof(builder->row));
    identifier->cb = sizeof(builder->uid) + sizeof(builder->row);
    identifier->lpb = own;
}

static HRESULT add_row(struct builder *builder, const DTCTL *control, const struct template_item *place,
                       struct structure *structure)
{
    BYTE own[sizeof(MAPIUID) + sizeof(LONG)];
    SPropValue values[] = {
            {.ulPropTag = PR_CONTROL_ID},
            {.ulPropTag = PR_ROWID, .Value.l = builder->row},
            {.ulPropTag = PR_CONTROL_TYPE, .Value.ul = control->ulCtlType},
            {.ulPropTag = PR_CONTROL_FLAGS, .Value.ul = control->ulCtlFlags},
            {.ulPropTag = PR_CONTROL_STRUCTURE, .Value.bin = {structure->size, structure->bytes}},
            {.ulPropTag = PR_XPOS, .Value.l = place->x},
            {.ulPropTag = PR_YPOS, .Value.l = place->y},
            {.ulPropTag = PR_DELTAX, .Value.l = place->width},
            {.ulPropTag = PR_DELTAY, .Value.l = place->height},
    };
    SRow row = {.cValues = ARRAY_SIZE(values), .lpProps = values};

    identifier_of(builder, control, own, &values[0].Value.bin);
    builder->row++;
    return ITableData_HrModifyRow(builder->data, &row);
}

static HRESULT find_template(const struct builder *builder, const DTPAGE *page, struct template_reader *reader)
{
    WCHAR name[256];
    const WCHAR *resource_name = name;
    HRSRC resource;
    DWORD size;
    const void *bytes;
    HRESULT hr;

    if (IS_INTRESOURCE(page->lpszResourceName))
        resource_name = MAKEINTRESOURCEW((WORD)(ULONG_PTR)page->lpszResourceName);
    else if (FAILED(hr = text_from_caller(page->lpszResourceName, builder->flags, name, ARRAY_SIZE(name))))
        return hr;
    resource = FindResourceW(builder->instance, resource_name, (const WCHAR *)RT_DIALOG);
    size = resource ? SizeofResource(builder->instance, resource) : 0;
    bytes = size ? LockResource(LoadResource(builder->instance, resource)) : NULL;
    if (!bytes)
        return MAPI_E_NOT_FOUND;
    return template_open(reader, bytes, size) ? S_OK : MAPI_E_CORRUPT_DATA;
}

/* The control's place and text in the template. The first one counts. */
static HRESULT find_item(struct template_reader *reader, const DTCTL *control, struct template_item *item)
{
    struct template_reader again = *reader;

    while (template_next(&again, item))
    {
        if (item->id == control->ulItemID || (!reader->extended && item->id == (WORD)control->ulItemID))
            return S_OK;
    }
    return again.bad ? MAPI_E_CORRUPT_DATA : MAPI_E_NOT_FOUND;
}

static HRESULT add_control(struct builder *builder, const DTPAGE *page, const DTCTL *control,
                           struct template_reader *reader)
{
    const struct control_shape *shape = control_shape_of(control->ulCtlType);
    struct structure *structure;
    struct template_item item;
    HRESULT hr;

    if (!shape || !memory_readable(control->lpbNotif, control->cbNotif) || control->cbNotif > 0x10000)
        return MAPI_E_INVALID_PARAMETER;
    item = reader->page;
    if (control->ulCtlType == DTCT_PAGE)
        item.x = item.y = 0;
    else if (FAILED(hr = find_item(reader, control, &item)))
        return hr;
    if (!(structure = heap_alloc_zero(sizeof(*structure))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = fill_structure(builder, page, control, shape, item.text, structure);
    if (SUCCEEDED(hr))
        hr = add_row(builder, control, &item, structure);
    heap_free(structure);
    return hr;
}

static HRESULT add_page(struct builder *builder, const DTPAGE *page)
{
    struct template_reader reader;
    HRESULT hr;
    ULONG i;

    if (page->cctl > CONTROLS_MAX || !memory_readable(page->lpctl, page->cctl * sizeof(*page->lpctl)))
        return MAPI_E_INVALID_PARAMETER;
    hr = find_template(builder, page, &reader);
    for (i = 0; SUCCEEDED(hr) && i < page->cctl; i++)
        hr = add_control(builder, page, &page->lpctl[i], &reader);
    return hr;
}

/*
 * BuildDisplayTable: a display table from controls and dialog resources (builddisplaytable).
 *
 * lpAllocateBuffer, lpAllocateMore, lpFreeBuffer   the table data object's, as for CreateTable
 * lpMalloc       unused
 * hInstance      where the dialog resources and the strings are
 * cPages, lpPage the pages; each names its dialog. Labels and titles come from there, whatever the structures say
 * ulFlags        MAPI_UNICODE: strings that come in are wide, and so are those in PR_CONTROL_STRUCTURE
 * lppTable       the view, released by the caller
 * lppTblData     may be NULL; else the table's data, indexed by PR_CONTROL_ID, which is what HrNotify wants. A control
 *                without an identifier, or with one that another row has, gets one of its own
 *
 * MAPI_E_UNKNOWN_FLAGS; MAPI_E_INVALID_PARAMETER: unreadable, an unknown control, too many; MAPI_E_NOT_FOUND: no such
 * dialog, or a control that is not in it; MAPI_E_CORRUPT_DATA: the dialog is cut short; MAPI_E_TOO_BIG: a text is too
 * long; MAPI_E_NOT_INITIALIZED; MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT WINAPI BuildDisplayTable(LPALLOCATEBUFFER lpAllocateBuffer, LPALLOCATEMORE lpAllocateMore,
                                 LPFREEBUFFER lpFreeBuffer, LPMALLOC lpMalloc, HINSTANCE hInstance, UINT cPages,
                                 LPDTPAGE lpPage, ULONG ulFlags, LPMAPITABLE *lppTable, LPTABLEDATA *lppTblData)
{
    static SizedSPropTagArray(9, columns) = {9,
                                             {PR_XPOS, PR_DELTAX, PR_YPOS, PR_DELTAY, PR_CONTROL_TYPE, PR_CONTROL_FLAGS,
                                              PR_CONTROL_STRUCTURE, PR_CONTROL_ID, PR_ROWID}};
    struct builder builder = {.instance = hInstance, .flags = ulFlags, .free_buffer = lpFreeBuffer};
    HRESULT hr;
    UINT i;

    TRACE("%p, %p, %p, %p, %p, %u, %p, %#lx, %p, %p", lpAllocateBuffer, lpAllocateMore, lpFreeBuffer, lpMalloc,
          hInstance, cPages, lpPage, ulFlags, lppTable, lppTblData);

    if ((lppTable = OUT_POINTER(lppTable)))
        *lppTable = NULL;
    if ((lppTblData = OUT_POINTER(lppTblData)))
        *lppTblData = NULL;
    if (ulFlags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!lppTable || cPages > PAGES_MAX || !memory_readable(lpPage, cPages * sizeof(*lpPage)))
        return MAPI_E_INVALID_PARAMETER;
    if (FAILED(CoCreateGuid((GUID *)&builder.uid)))
        return MAPI_E_CALL_FAILED;
    hr = CreateTable(NULL, lpAllocateBuffer, lpAllocateMore, lpFreeBuffer, NULL, TBLTYPE_DYNAMIC, PR_CONTROL_ID,
                     (SPropTagArray *)&columns, &builder.data);
    if (FAILED(hr))
        return hr;
    for (i = 0; SUCCEEDED(hr) && i < cPages; i++)
        hr = add_page(&builder, &lpPage[i]);
    if (SUCCEEDED(hr))
        hr = ITableData_HrGetView(builder.data, NULL, NULL, 0, lppTable);
    if (SUCCEEDED(hr) && lppTblData)
        *lppTblData = builder.data;
    else
        ITableData_Release(builder.data);
    return hr;
}
