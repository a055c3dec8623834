/*
 * Rows: a display table becomes controls. Everything is checked here, so that what comes after need not.
 */
#include "display/sheet.h"

#include <mapiutil.h>
#include <mapival.h>

#define ROWS_AT_ONCE 100
#define COORDINATE_MAX 0x7fff

enum
{
    COLUMN_X,
    COLUMN_Y,
    COLUMN_WIDTH,
    COLUMN_HEIGHT,
    COLUMN_TYPE,
    COLUMN_FLAGS,
    COLUMN_STRUCTURE,
    COLUMN_ID,
    COLUMNS
};

static SizedSPropTagArray(COLUMNS, columns) = {COLUMNS,
                                               {PR_XPOS, PR_YPOS, PR_DELTAX, PR_DELTAY, PR_CONTROL_TYPE,
                                                PR_CONTROL_FLAGS, PR_CONTROL_STRUCTURE, PR_CONTROL_ID}};

/* The text at an offset of the structure, with a terminator inside it; *text is NULL for offset 0. */
static HRESULT read_text(const SBinary *structure, ULONG offset, ULONG flags, WCHAR **text)
{
    const BYTE *bytes = structure->lpb;
    size_t room, length, width = flags & MAPI_UNICODE ? sizeof(WCHAR) : 1;
    WCHAR *copy;

    *text = NULL;
    if (!offset)
        return S_OK;
    if (offset >= structure->cb)
        return MAPI_E_INVALID_PARAMETER;
    room = (structure->cb - offset) / width;
    for (length = 0;
         length < room && (bytes[offset + length * width] || (width == 2 && bytes[offset + length * 2 + 1])); length++)
        ;
    if (length == room)
        return MAPI_E_INVALID_PARAMETER;
    if (!(copy = heap_alloc_zero((length + 1) * sizeof(WCHAR))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (width == sizeof(WCHAR))
        memcpy(copy, bytes + offset, length * sizeof(WCHAR));
    else
        MultiByteToWideChar(CP_ACP, 0, (const char *)bytes + offset, (int)length, copy, (int)length);
    *text = copy;
    return S_OK;
}

static BOOL is_text(ULONG tag)
{
    return PROP_TYPE(tag) == PT_UNICODE || PROP_TYPE(tag) == PT_STRING8;
}

/* The types that the structures' pages ask for. */
static BOOL tags_fit(const struct control *control)
{
    ULONG property = control_property(control);

    if (control->shape->choices && PROP_TYPE(control->fields[control->shape->choices]) != PT_OBJECT)
        return FALSE;
    switch (control->shape->type)
    {
    case DTCT_EDIT:
    case DTCT_COMBOBOX:
        return is_text(property);
    case DTCT_CHECKBOX:
        return PROP_TYPE(property) == PT_BOOLEAN;
    case DTCT_RADIOBUTTON:
        return PROP_TYPE(property) == PT_LONG && control->fields[2];
    case DTCT_MVLISTBOX:
    case DTCT_MVDDLBX:
        return PROP_TYPE(property) == PT_MV_UNICODE || PROP_TYPE(property) == PT_MV_STRING8;
    case DTCT_DDLBX:
        return property != PR_NULL && is_text(control->fields[1]);
    }
    return TRUE;
}

static HRESULT read_row(struct sheet *sheet, const SRow *row)
{
    const SPropValue *values = row->lpProps;
    struct control *control;
    HRESULT hr = S_OK;
    ULONG i;

    if (row->cValues != COLUMNS)
        return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < COLUMNS; i++)
    {
        if (values[i].ulPropTag != columns.aulPropTag[i] || !prop_valid(&values[i])
            || (i <= COLUMN_HEIGHT && values[i].Value.ul > COORDINATE_MAX))
            return MAPI_E_INVALID_PARAMETER;
    }
    if (sheet->count >= CONTROLS_MAX)
        return MAPI_E_TABLE_TOO_BIG;
    if (!array_reserve((void **)&sheet->controls, &sheet->capacity, sheet->count + 1, sizeof(*sheet->controls)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    control = &sheet->controls[sheet->count];
    memset(control, 0, sizeof(*control));
    control->shape = control_shape_of(values[COLUMN_TYPE].Value.ul);
    if (!control->shape || values[COLUMN_STRUCTURE].Value.bin.cb < control->shape->size)
        return MAPI_E_INVALID_PARAMETER;
    control->flags = values[COLUMN_FLAGS].Value.ul & control->shape->allowed;
    control->x = values[COLUMN_X].Value.l;
    control->y = values[COLUMN_Y].Value.l;
    control->width = values[COLUMN_WIDTH].Value.l;
    control->height = values[COLUMN_HEIGHT].Value.l;
    memcpy(control->fields, values[COLUMN_STRUCTURE].Value.bin.lpb, control->shape->size);
    if (control->shape->type == DTCT_PAGE)
        sheet->page_count++;
    if (!sheet->page_count || !tags_fit(control))
        return MAPI_E_INVALID_PARAMETER;
    if (sheet->page_count > PAGES_MAX)
        return MAPI_E_TABLE_TOO_BIG;
    control->page = sheet->page_count - 1;
    if (control->shape->label || control->shape->filter)
        hr = read_text(&values[COLUMN_STRUCTURE].Value.bin, control->fields[0], control->fields[1], &control->text);
    if (FAILED(hr))
        return hr;
    sheet->count++; /* sheet_free has it from now on */
    control->id.cb = values[COLUMN_ID].Value.bin.cb;
    if (!(control->id.lpb = heap_alloc(control->id.cb)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(control->id.lpb, values[COLUMN_ID].Value.bin.lpb, control->id.cb);
    return S_OK;
}

/* Radio buttons stand in groups: as many rows as each of them says, of one property, on one page. */
static HRESULT check_groups(const struct sheet *sheet)
{
    const struct control *first, *other;
    size_t i, j;

    for (i = 0; i < sheet->count; i++)
    {
        first = &sheet->controls[i];
        if (first->shape->type != DTCT_RADIOBUTTON)
            continue;
        if (first->fields[2] > sheet->count - i)
            return MAPI_E_INVALID_PARAMETER;
        for (j = 1; j < first->fields[2]; j++)
        {
            other = first + j;
            if (other->shape != first->shape || other->fields[2] != first->fields[2]
                || other->fields[3] != first->fields[3])
                return MAPI_E_INVALID_PARAMETER;
        }
        i += first->fields[2] - 1;
    }
    return S_OK;
}

/* As large as the page says, or as its controls need. */
static void measure_pages(struct sheet *sheet)
{
    size_t i;

    sheet->page_width = 120;
    sheet->page_height = 40;
    for (i = 0; i < sheet->count; i++)
    {
        const struct control *control = &sheet->controls[i];
        BOOL drops = control->shape->type == DTCT_COMBOBOX || control->shape->type == DTCT_DDLBX
                     || control->shape->type == DTCT_MVDDLBX;

        sheet->page_width = max(sheet->page_width, control->x + control->width);
        sheet->page_height = max(sheet->page_height, control->y + (drops ? 14 : control->height));
    }
    sheet->page_width = min(sheet->page_width, PAGE_WIDTH_MAX);
    sheet->page_height = min(sheet->page_height, PAGE_HEIGHT_MAX);
}

HRESULT sheet_read(struct sheet *sheet)
{
    HRESULT hr = IMAPITable_SetColumns(sheet->table, (SPropTagArray *)&columns, TBL_BATCH);
    BOOL more = TRUE;

    if (SUCCEEDED(hr))
        hr = IMAPITable_SeekRow(sheet->table, BOOKMARK_BEGINNING, 0, NULL);
    while (SUCCEEDED(hr) && more)
    {
        SRowSet *rows = NULL;
        ULONG i;

        hr = IMAPITable_QueryRows(sheet->table, ROWS_AT_ONCE, 0, &rows);
        if (FAILED(hr))
            break;
        if (FBadRowSet(rows))
            return MAPI_E_INVALID_PARAMETER;
        more = rows->cRows != 0;
        for (i = 0; SUCCEEDED(hr) && i < rows->cRows; i++)
            hr = read_row(sheet, &rows->aRow[i]);
        FreeProws(rows);
    }
    if (SUCCEEDED(hr) && !sheet->page_count)
        hr = MAPI_E_INVALID_PARAMETER;
    if (SUCCEEDED(hr))
        hr = check_groups(sheet);
    measure_pages(sheet);
    return hr;
}

void sheet_free(struct sheet *sheet)
{
    size_t i;

    for (i = 0; i < sheet->count; i++)
    {
        struct control *control = &sheet->controls[i];

        if (control->button)
            IMAPIControl_Release(control->button);
        if (control->rows)
            FreeProws(control->rows);
        heap_free(control->text);
        heap_free(control->id.lpb);
    }
    heap_free(sheet->controls);
    sheet->controls = NULL;
    sheet->count = 0;
}
