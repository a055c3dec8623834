/*
 * What the panes show: the profile and its message stores in the tree; for the profile the rows of the status table,
 * for a store what the stores table says of it.
 */
#include "mailclient.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "common/mapi_names.h"

#define IMAGE_PROFILE 0
#define IMAGE_STORE 1
#define ROOT_PARAM ((LPARAM)-1)

void view_status(struct mail_client *client, int part, const WCHAR *text)
{
    _snwprintf(client->status_text[part], ARRAYSIZE(client->status_text[part]) - 1, L"%ls", text);
    SendMessageW(client->status, SB_SETTEXTW, (WPARAM)part, (LPARAM)client->status_text[part]);
}

static void add_image(struct mail_client *client, WORD id, int size)
{
    HICON icon = LoadImageW(client->instance, MAKEINTRESOURCEW(id), IMAGE_ICON, size, size, 0);

    if (icon)
    {
        ImageList_ReplaceIcon(client->images, -1, icon);
        DestroyIcon(icon);
    }
}

BOOL view_create(struct mail_client *client)
{
    int size = layout_scale(client, 16);

    client->tree = CreateWindowExW(WS_EX_CLIENTEDGE, WC_TREEVIEWW, L"Folders",
                                   WS_CHILD | WS_TABSTOP | TVS_HASBUTTONS | TVS_LINESATROOT | TVS_SHOWSELALWAYS, 0, 0,
                                   0, 0, client->window, (HMENU)IDC_TREE, client->instance, NULL);
    client->list = CreateWindowExW(WS_EX_CLIENTEDGE, WC_LISTVIEWW, L"Contents",
                                   WS_CHILD | WS_TABSTOP | LVS_REPORT | LVS_SHOWSELALWAYS | LVS_SINGLESEL, 0, 0, 0, 0,
                                   client->window, (HMENU)IDC_LIST, client->instance, NULL);
    client->notice =
            CreateWindowExW(0, L"Static", L"Another program is logging off this session.", WS_CHILD | SS_NOPREFIX, 0, 0,
                            0, 0, client->window, (HMENU)IDC_NOTICE, client->instance, NULL);
    client->notice_button = CreateWindowExW(0, L"Button", L"&Log off", WS_CHILD | WS_TABSTOP | BS_PUSHBUTTON, 0, 0, 0,
                                            0, client->window, (HMENU)IDC_NOTICE_LOG_OFF, client->instance, NULL);
    client->status = CreateWindowExW(0, STATUSCLASSNAMEW, L"", WS_CHILD | WS_VISIBLE | SBARS_SIZEGRIP, 0, 0, 0, 0,
                                     client->window, (HMENU)IDC_STATUS, client->instance, NULL);
    if (!client->tree || !client->list || !client->notice || !client->notice_button || !client->status)
    {
        return FALSE;
    }
    client->images = ImageList_Create(size, size, ILC_COLOR32 | ILC_MASK, 2, 1);
    if (client->images)
    {
        add_image(client, IDI_MAILCLIENT, size);
        add_image(client, IDI_STORE, size);
        SendMessageW(client->tree, TVM_SETIMAGELIST, TVSIL_NORMAL, (LPARAM)client->images);
    }
    /* An image list without images: only its height counts, it makes the rows easier to read. */
    client->row_height = ImageList_Create(1, layout_scale(client, 20), ILC_COLOR, 0, 1);
    if (client->row_height)
    {
        SendMessageW(client->list, LVM_SETIMAGELIST, LVSIL_SMALL, (LPARAM)client->row_height);
    }
    SendMessageW(client->tree, TVM_SETITEMHEIGHT, (WPARAM)layout_scale(client, 20), 0);
    SendMessageW(client->list, LVM_SETEXTENDEDLISTVIEWSTYLE, 0,
                 LVS_EX_FULLROWSELECT | LVS_EX_DOUBLEBUFFER | LVS_EX_LABELTIP);
    return TRUE;
}

static void free_stores(struct mail_client *client)
{
    if (client->stores)
    {
        client->session.mapi.free_rows(client->stores);
        client->stores = NULL;
    }
}

void view_destroy(struct mail_client *client)
{
    free_stores(client);
    if (client->images)
    {
        SendMessageW(client->tree, TVM_SETIMAGELIST, TVSIL_NORMAL, 0);
        ImageList_Destroy(client->images);
        client->images = NULL;
    }
    if (client->row_height)
    {
        SendMessageW(client->list, LVM_SETIMAGELIST, LVSIL_SMALL, 0);
        ImageList_Destroy(client->row_height);
        client->row_height = NULL;
    }
}

static HTREEITEM add_item(struct mail_client *client, HTREEITEM parent, const WCHAR *text, int image, LPARAM param)
{
    TVINSERTSTRUCTW insert = {0};

    insert.hParent = parent;
    insert.hInsertAfter = TVI_LAST;
    insert.item.mask = TVIF_TEXT | TVIF_PARAM | TVIF_IMAGE | TVIF_SELECTEDIMAGE;
    insert.item.pszText = (WCHAR *)text;
    insert.item.lParam = param;
    insert.item.iImage = insert.item.iSelectedImage = image;
    return (HTREEITEM)SendMessageW(client->tree, TVM_INSERTITEMW, 0, (LPARAM)&insert);
}

static void set_columns(struct mail_client *client, const WCHAR *const *titles, const int *widths, int count)
{
    LVCOLUMNW column = {.mask = LVCF_TEXT | LVCF_WIDTH | LVCF_SUBITEM};

    SendMessageW(client->list, LVM_DELETEALLITEMS, 0, 0);
    while (SendMessageW(client->list, LVM_DELETECOLUMN, 0, 0))
    {
    }
    for (column.iSubItem = 0; column.iSubItem < count; column.iSubItem++)
    {
        column.pszText = (WCHAR *)titles[column.iSubItem];
        column.cx = layout_scale(client, widths[column.iSubItem]);
        SendMessageW(client->list, LVM_INSERTCOLUMNW, (WPARAM)column.iSubItem, (LPARAM)&column);
    }
}

static void set_cell(struct mail_client *client, int row, int column, const WCHAR *text)
{
    LVITEMW item = {0};

    item.mask = LVIF_TEXT;
    item.iItem = row;
    item.iSubItem = column;
    item.pszText = (WCHAR *)text;
    SendMessageW(client->list, column ? LVM_SETITEMW : LVM_INSERTITEMW, 0, (LPARAM)&item);
}

static void show_count(struct mail_client *client, const WCHAR *noun)
{
    WCHAR text[64];
    int count = (int)SendMessageW(client->list, LVM_GETITEMCOUNT, 0, 0);

    _snwprintf(text, ARRAYSIZE(text), L"%d %ls%ls", count, noun, count == 1 ? L"" : L"s");
    view_status(client, 2, text);
}

/* The cell for a long property: its meaning, or nothing when the row has none. */
static void set_bits_cell(struct mail_client *client, int row, int column, const SRow *from, ULONG tag,
                          void (*describe)(LONG value, struct text *out))
{
    const SPropValue *value = mapi_row_property(from, tag);
    struct text text;

    text_init(&text);
    if (value)
    {
        describe(value->Value.l, &text);
    }
    set_cell(client, row, column, text_string(&text));
    text_free(&text);
}

static void show_status_rows(struct mail_client *client)
{
    static const WCHAR *const titles[] = {L"Name", L"Kind", L"Status", L"Provider DLL", L"Can do"};
    static const int widths[] = {150, 120, 100, 110, 140};
    SRowSet *rows;
    WCHAR number[32];
    ULONG i;

    set_columns(client, titles, widths, ARRAYSIZE(titles));
    if (FAILED(mail_session_status(&client->session, &rows)))
    {
        view_status(client, 2, L"no status");
        return;
    }
    for (i = 0; i < rows->cRows; i++)
    {
        const SRow *row = &rows->aRow[i];
        LONG type = mapi_row_long(row, PR_RESOURCE_TYPE, 0);
        const WCHAR *kind = mapi_resource_type_name(type);

        _snwprintf(number, ARRAYSIZE(number), L"%ld", type);
        set_cell(client, (int)i, 0, mapi_row_string(row, PR_DISPLAY_NAME_W, L""));
        set_cell(client, (int)i, 1, kind ? kind : number);
        set_bits_cell(client, (int)i, 2, row, PR_STATUS_CODE, mapi_status_code_text);
        set_cell(client, (int)i, 3, mapi_row_string(row, PR_PROVIDER_DLL_NAME_W, L""));
        set_bits_cell(client, (int)i, 4, row, PR_RESOURCE_METHODS, mapi_resource_methods_text);
    }
    client->session.mapi.free_rows(rows);
    show_count(client, L"status row");
}

static void show_store(struct mail_client *client, const SRow *row)
{
    static const WCHAR *const titles[] = {L"Property", L"Value"};
    static const int widths[] = {160, 320};
    const SPropValue *value = mapi_row_property(row, PR_DEFAULT_STORE);
    WCHAR flags[32];

    set_columns(client, titles, widths, ARRAYSIZE(titles));
    set_cell(client, 0, 0, L"Name");
    set_cell(client, 0, 1, mapi_row_string(row, PR_DISPLAY_NAME_W, L""));
    set_cell(client, 1, 0, L"Provider");
    set_cell(client, 1, 1, mapi_row_string(row, PR_PROVIDER_DISPLAY_W, L""));
    set_cell(client, 2, 0, L"Default store");
    set_cell(client, 2, 1, value && value->Value.b ? L"Yes" : L"No");
    set_cell(client, 3, 0, L"Resource flags");
    _snwprintf(flags, ARRAYSIZE(flags), L"0x%08lX", (ULONG)mapi_row_long(row, PR_RESOURCE_FLAGS, 0));
    set_cell(client, 3, 1, flags);
    show_count(client, L"property row");
}

void view_selected(struct mail_client *client)
{
    TVITEMW item = {.mask = TVIF_PARAM};

    item.hItem = (HTREEITEM)SendMessageW(client->tree, TVM_GETNEXTITEM, TVGN_CARET, 0);
    if (!item.hItem || !client->session.session || !SendMessageW(client->tree, TVM_GETITEMW, 0, (LPARAM)&item))
    {
        return;
    }
    if (item.lParam == ROOT_PARAM)
    {
        show_status_rows(client);
    }
    else if (client->stores && (ULONG)item.lParam < client->stores->cRows)
    {
        show_store(client, &client->stores->aRow[item.lParam]);
    }
}

static void show_tree(struct mail_client *client)
{
    const WCHAR *profile = text_string(&client->session.profile_name);
    HTREEITEM root = add_item(client, TVI_ROOT, *profile ? profile : L"Session", IMAGE_PROFILE, ROOT_PARAM);
    ULONG i;

    if (SUCCEEDED(mail_session_stores(&client->session, &client->stores)))
    {
        for (i = 0; i < client->stores->cRows; i++)
        {
            add_item(client, root, mapi_row_string(&client->stores->aRow[i], PR_DISPLAY_NAME_W, L"(no name)"),
                     IMAGE_STORE, (LPARAM)i);
        }
    }
    SendMessageW(client->tree, TVM_EXPAND, TVE_EXPAND, (LPARAM)root);
    SendMessageW(client->tree, TVM_SELECTITEM, TVGN_CARET, (LPARAM)root);
}

void view_others(struct mail_client *client)
{
    WCHAR names[160], text[256] = L"";
    ULONG others = mail_session_others(&client->session, names, ARRAYSIZE(names));

    if (others)
    {
        _snwprintf(text, ARRAYSIZE(text) - 1, others == 1 ? L"%lu other program: %ls" : L"%lu other programs: %ls",
                   others, names);
    }
    if (wcscmp(text, client->status_text[STATUS_OTHERS]))
    {
        view_status(client, STATUS_OTHERS, text);
    }
}

void view_refresh(struct mail_client *client)
{
    struct mail_session *session = &client->session;
    struct text title;

    /* Nothing of the old rows may be asked for while the tree loses its items. */
    SendMessageW(client->tree, WM_SETREDRAW, FALSE, 0);
    SendMessageW(client->tree, TVM_DELETEITEM, 0, (LPARAM)TVI_ROOT);
    free_stores(client);
    SendMessageW(client->list, LVM_DELETEALLITEMS, 0, 0);
    view_status(client, 0, session->session ? L"Logged on" : L"Not logged on");
    view_status(client, 1, session->session ? text_string(&session->profile_name) : L"");
    view_status(client, 2, L"");
    view_others(client);
    if (session->session)
    {
        show_tree(client);
    }
    else
    {
        client->asked_to_leave = FALSE;
    }
    SendMessageW(client->tree, WM_SETREDRAW, TRUE, 0);
    layout_arrange(client);

    text_init(&title);
    if (session->session && session->profile_name.length)
    {
        text_printf(&title, L"%ls - ", text_string(&session->profile_name));
    }
    text_append(&title, APPLICATION_NAME);
    SetWindowTextW(client->window, text_string(&title));
    text_free(&title);
}
