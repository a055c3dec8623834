/*
 * The mail client's layout: two panes with a splitter, a status bar; everything scaled to the monitor's resolution.
 */
#include "mailclient.h"

#define SPLITTER 5
#define PANE_MIN 80
#define NOTICE 36
#define DPI_BASE 96

int layout_scale(const struct mail_client *client, int pixels)
{
    return MulDiv(pixels, (int)client->dpi, DPI_BASE);
}

static BOOL CALLBACK set_font(HWND child, LPARAM param)
{
    SendMessageW(child, WM_SETFONT, (WPARAM)param, TRUE);
    return TRUE;
}

void layout_set_dpi(struct mail_client *client, UINT dpi)
{
    NONCLIENTMETRICSW metrics = {.cbSize = sizeof(metrics)};
    HFONT old = client->font;
    UINT system_dpi = DPI_BASE;
    HDC dc = GetDC(NULL);

    if (dc)
    {
        system_dpi = (UINT)GetDeviceCaps(dc, LOGPIXELSY);
        ReleaseDC(NULL, dc);
    }
    client->dpi = dpi ? dpi : system_dpi;
    if (SystemParametersInfoW(SPI_GETNONCLIENTMETRICS, sizeof(metrics), &metrics, 0))
    {
        /* The metrics are for the system's resolution; the monitor may have another. */
        metrics.lfMessageFont.lfHeight = MulDiv(metrics.lfMessageFont.lfHeight, (int)client->dpi, (int)system_dpi);
        client->font = CreateFontIndirectW(&metrics.lfMessageFont);
    }
    if (!client->font)
    {
        client->font = old ? old : GetStockObject(DEFAULT_GUI_FONT);
    }
    EnumChildWindows(client->window, set_font, (LPARAM)client->font);
    if (old && old != client->font)
    {
        DeleteObject(old);
    }
}

static int splitter_x(const struct mail_client *client, int width)
{
    int least = layout_scale(client, PANE_MIN);
    int x = MulDiv(width, client->split, 1000);

    if (x > width - least - layout_scale(client, SPLITTER))
    {
        x = width - least - layout_scale(client, SPLITTER);
    }
    return x < least ? least : x;
}

/* The bar at the top, while it is shown. Its height. */
static int arrange_notice(struct mail_client *client, int width)
{
    BOOL shown = client->session.session && client->asked_to_leave;
    int height = layout_scale(client, NOTICE), margin = layout_scale(client, 8), button = layout_scale(client, 90);
    int text = width - button - 3 * margin;

    MoveWindow(client->notice, margin, layout_scale(client, 9), text > 0 ? text : 0, layout_scale(client, 20), TRUE);
    MoveWindow(client->notice_button, width - button - margin, layout_scale(client, 5), button,
               layout_scale(client, 26), TRUE);
    ShowWindow(client->notice, shown ? SW_SHOWNA : SW_HIDE);
    ShowWindow(client->notice_button, shown ? SW_SHOWNA : SW_HIDE);
    return shown ? height : 0;
}

void layout_arrange(struct mail_client *client)
{
    int parts[STATUS_PARTS], width, height, x, splitter = layout_scale(client, SPLITTER), top;
    BOOL shown = client->session.session != NULL;
    RECT rect, bar;

    SendMessageW(client->status, WM_SIZE, 0, 0);
    GetClientRect(client->window, &rect);
    GetWindowRect(client->status, &bar);
    width = rect.right;
    top = arrange_notice(client, width);
    height = rect.bottom - (bar.bottom - bar.top) - top;
    parts[0] = width / 3;
    parts[1] = width / 2;
    parts[2] = width * 2 / 3;
    parts[3] = -1;
    SendMessageW(client->status, SB_SETPARTS, STATUS_PARTS, (LPARAM)parts);
    x = splitter_x(client, width);
    MoveWindow(client->tree, 0, top, x, height > 0 ? height : 0, TRUE);
    MoveWindow(client->list, x + splitter, top, width > x + splitter ? width - x - splitter : 0,
               height > 0 ? height : 0, TRUE);
    ShowWindow(client->tree, shown ? SW_SHOWNA : SW_HIDE);
    ShowWindow(client->list, shown ? SW_SHOWNA : SW_HIDE);
    InvalidateRect(client->window, NULL, TRUE);
}

BOOL layout_over_splitter(const struct mail_client *client, int x)
{
    RECT rect;
    int left;

    GetClientRect(client->window, &rect);
    left = splitter_x(client, rect.right);
    return client->session.session && x >= left && x < left + layout_scale(client, SPLITTER);
}

void layout_move_splitter(struct mail_client *client, int x)
{
    RECT rect;

    GetClientRect(client->window, &rect);
    if (rect.right > 0 && x > 0 && x < rect.right)
    {
        client->split = MulDiv(x, 1000, rect.right);
        layout_arrange(client);
    }
}

/* While nobody is logged on, the window says so in the middle instead of showing empty panes. */
static void paint_logged_off(struct mail_client *client, HDC dc, RECT rect)
{
    static const WCHAR title[] = L"You are not logged on";
    static const WCHAR hint[] = L"Choose File > Log on... or press Ctrl+L.";
    int icon = layout_scale(client, 48), line = layout_scale(client, 22), top;
    HICON image = LoadImageW(client->instance, MAKEINTRESOURCEW(IDI_MAILCLIENT), IMAGE_ICON, icon, icon, 0);
    LOGFONTW bold;
    HFONT title_font = NULL;
    HGDIOBJ old;

    FillRect(dc, &rect, GetSysColorBrush(COLOR_WINDOW));
    top = (rect.bottom - icon - 2 * line - layout_scale(client, 12)) / 2;
    if (image)
    {
        DrawIconEx(dc, (rect.right - icon) / 2, top, image, icon, icon, 0, NULL, DI_NORMAL);
        DestroyIcon(image);
    }
    if (GetObjectW(client->font, sizeof(bold), &bold))
    {
        bold.lfWeight = FW_BOLD;
        title_font = CreateFontIndirectW(&bold);
    }
    SetBkMode(dc, TRANSPARENT);
    SetTextColor(dc, GetSysColor(COLOR_WINDOWTEXT));
    old = SelectObject(dc, title_font ? title_font : client->font);
    rect.top = top + icon + layout_scale(client, 12);
    DrawTextW(dc, title, -1, &rect, DT_CENTER | DT_SINGLELINE | DT_NOPREFIX);
    SelectObject(dc, client->font);
    rect.top += line;
    DrawTextW(dc, hint, -1, &rect, DT_CENTER | DT_SINGLELINE | DT_NOPREFIX);
    SelectObject(dc, old);
    if (title_font)
    {
        DeleteObject(title_font);
    }
}

void layout_paint(struct mail_client *client)
{
    PAINTSTRUCT paint;
    RECT rect, bar;
    HDC dc = BeginPaint(client->window, &paint);

    if (!dc)
    {
        return;
    }
    GetClientRect(client->window, &rect);
    GetWindowRect(client->status, &bar);
    rect.bottom -= bar.bottom - bar.top;
    if (client->session.session)
    {
        FillRect(dc, &rect, GetSysColorBrush(COLOR_BTNFACE));
    }
    else
    {
        paint_logged_off(client, dc, rect);
    }
    EndPaint(client->window, &paint);
}
