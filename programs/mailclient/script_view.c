/*
 * The main window for scripts: menu, tree, list and status bar as a person would read them. See script.h.
 */
#include "script.h"

#include <stdio.h>
#include <wchar.h>

#define CELL_MAX 512
#define COLUMNS_MAX 16

/* "Log &on...\tCtrl+L" is called "Log on". */
static void plain_menu_text(const WCHAR *in, WCHAR *out)
{
    size_t length = 0;

    for (; *in && *in != '\t'; in++)
    {
        if (*in != '&')
        {
            out[length++] = *in;
        }
    }
    while (length && out[length - 1] == '.')
    {
        length--;
    }
    out[length] = 0;
}

static UINT find_command(HMENU menu, const WCHAR *name)
{
    WCHAR text[128], plain[128];
    int i, count = GetMenuItemCount(menu);

    for (i = 0; i < count; i++)
    {
        HMENU sub = GetSubMenu(menu, i);
        UINT found = sub ? find_command(sub, name) : 0;

        if (found)
        {
            return found;
        }
        if (!sub && GetMenuStringW(menu, (UINT)i, text, ARRAYSIZE(text), MF_BYPOSITION))
        {
            plain_menu_text(text, plain);
            if (!wcscmp(plain, name))
            {
                return GetMenuItemID(menu, i);
            }
        }
    }
    return 0;
}

/* menu NAME: chooses it, if it could be chosen by a person: the window enabled, the item not grey. */
enum script_result script_menu(struct script *script, const WCHAR *name)
{
    HWND window = script->client->window;
    HMENU menu = GetMenu(window);
    UINT command = find_command(menu, name);

    if (!command)
    {
        wcscpy(script->why, L"there is no such menu item");
        return SCRIPT_FAIL;
    }
    SendMessageW(window, WM_INITMENUPOPUP, (WPARAM)menu, 0);
    if (!IsWindowEnabled(window) || (GetMenuState(menu, command, MF_BYCOMMAND) & (MF_GRAYED | MF_DISABLED)))
    {
        wcscpy(script->why, L"the menu item cannot be chosen now");
        return SCRIPT_WAIT;
    }
    PostMessageW(window, WM_COMMAND, MAKEWPARAM(command, 0), 0);
    return SCRIPT_DONE;
}

static void item_text(HWND tree, HTREEITEM item, WCHAR text[CELL_MAX])
{
    TVITEMW get = {.mask = TVIF_TEXT, .hItem = item, .pszText = text, .cchTextMax = CELL_MAX};

    text[0] = 0;
    SendMessageW(tree, TVM_GETITEMW, 0, (LPARAM)&get);
}

static HTREEITEM tree_next(HWND tree, WPARAM relation, HTREEITEM item)
{
    return (HTREEITEM)SendMessageW(tree, TVM_GETNEXTITEM, relation, (LPARAM)item);
}

static void dump_items(struct script *script, HTREEITEM item, int depth)
{
    HWND tree = script->client->tree;
    WCHAR text[CELL_MAX];

    for (; item; item = tree_next(tree, TVGN_NEXT, item))
    {
        item_text(tree, item, text);
        script_tell(script, L"      %*ls%ls%ls", depth * 2, L"", text,
                    item == tree_next(tree, TVGN_CARET, NULL) ? L" (selected)" : L"");
        dump_items(script, tree_next(tree, TVGN_CHILD, item), depth + 1);
    }
}

void script_dump_tree(struct script *script)
{
    dump_items(script, tree_next(script->client->tree, TVGN_ROOT, NULL), 0);
}

static HTREEITEM find_item(HWND tree, HTREEITEM item, const WCHAR *wanted)
{
    WCHAR text[CELL_MAX];
    HTREEITEM found;

    for (; item; item = tree_next(tree, TVGN_NEXT, item))
    {
        item_text(tree, item, text);
        if (!wcscmp(text, wanted))
        {
            return item;
        }
        found = find_item(tree, tree_next(tree, TVGN_CHILD, item), wanted);
        if (found)
        {
            return found;
        }
    }
    return NULL;
}

BOOL script_tree_has(struct script *script, const WCHAR *text, BOOL select)
{
    HWND tree = script->client->tree;
    HTREEITEM item = find_item(tree, tree_next(tree, TVGN_ROOT, NULL), text);

    if (item && select)
    {
        SendMessageW(tree, TVM_SELECTITEM, TVGN_CARET, (LPARAM)item);
    }
    return item != NULL;
}

static int column_count(HWND list)
{
    HWND header = (HWND)SendMessageW(list, LVM_GETHEADER, 0, 0);
    int count = header ? (int)SendMessageW(header, HDM_GETITEMCOUNT, 0, 0) : 0;

    return count < 0 ? 0 : count > COLUMNS_MAX ? COLUMNS_MAX : count;
}

static void cell_text(HWND list, int row, int column, WCHAR text[CELL_MAX])
{
    LVITEMW item = {.iSubItem = column, .pszText = text, .cchTextMax = CELL_MAX};

    text[0] = 0;
    SendMessageW(list, LVM_GETITEMTEXTW, (WPARAM)row, (LPARAM)&item);
}

static void column_title(HWND list, int column, WCHAR text[CELL_MAX])
{
    LVCOLUMNW get = {.mask = LVCF_TEXT, .pszText = text, .cchTextMax = CELL_MAX};

    text[0] = 0;
    SendMessageW(list, LVM_GETCOLUMNW, (WPARAM)column, (LPARAM)&get);
}

void script_dump_list(struct script *script)
{
    HWND list = script->client->list;
    int row, column, columns = column_count(list), rows = (int)SendMessageW(list, LVM_GETITEMCOUNT, 0, 0);
    WCHAR cell[CELL_MAX];
    struct text line;

    text_init(&line);
    for (row = -1; row < rows; row++)
    {
        for (column = 0; column < columns; column++)
        {
            if (row < 0)
            {
                column_title(list, column, cell);
            }
            else
            {
                cell_text(list, row, column, cell);
            }
            text_printf(&line, L"%ls%ls", column ? L" | " : L"      ", cell);
        }
        script_tell(script, L"%ls", text_string(&line));
        text_free(&line);
    }
}

BOOL script_list_has(struct script *script, const WCHAR *text)
{
    HWND list = script->client->list;
    int row, column, columns = column_count(list), rows = (int)SendMessageW(list, LVM_GETITEMCOUNT, 0, 0);
    WCHAR cell[CELL_MAX];

    for (row = 0; row < rows; row++)
    {
        for (column = 0; column < columns; column++)
        {
            cell_text(list, row, column, cell);
            if (wcsstr(cell, text))
            {
                return TRUE;
            }
        }
    }
    return FALSE;
}

void script_status(struct script *script, struct text *out)
{
    int i;

    for (i = 0; i < STATUS_PARTS; i++)
    {
        text_printf(out, L"%ls%ls", i ? L" | " : L"", script->client->status_text[i]);
    }
}
