/*
 * Layout: font, measures and places of the controls in our dialogs.
 *
 * Everything is measured when a window opens, so that the height follows the text in every language, font and DPI.
 * The font is the user's message font at the window's DPI, owned by struct layout.
 */
#include "ui/dialog.h"

/* From Windows 10 on; found at run time because the API level is older. */
static UINT window_dpi(HWND window)
{
    UINT(WINAPI * get_dpi)(HWND);
    HDC dc;
    UINT dpi;

    get_dpi = (void *)GetProcAddress(GetModuleHandleW(L"user32.dll"), "GetDpiForWindow");
    dpi = get_dpi ? get_dpi(window) : 0;
    if (dpi)
        return dpi;
    dc = GetDC(window);
    dpi = dc ? (UINT)GetDeviceCaps(dc, LOGPIXELSX) : 0;
    if (dc)
        ReleaseDC(window, dc);
    return dpi ? dpi : USER_DEFAULT_SCREEN_DPI;
}

static BOOL message_font(UINT dpi, LOGFONTW *font)
{
    BOOL(WINAPI * get_for_dpi)(UINT, UINT, void *, UINT, UINT);
    NONCLIENTMETRICSW metrics;

    get_for_dpi = (void *)GetProcAddress(GetModuleHandleW(L"user32.dll"), "SystemParametersInfoForDpi");
    metrics.cbSize = sizeof(metrics);
    if (!(get_for_dpi && get_for_dpi(SPI_GETNONCLIENTMETRICS, sizeof(metrics), &metrics, 0, dpi))
        && !SystemParametersInfoW(SPI_GETNONCLIENTMETRICS, sizeof(metrics), &metrics, 0))
        return FALSE;
    *font = metrics.lfMessageFont;
    return TRUE;
}

static HFONT font_of(const struct layout *layout)
{
    return layout->font ? layout->font : GetStockObject(DEFAULT_GUI_FONT);
}

static BOOL CALLBACK give_font(HWND control, LPARAM font)
{
    SendMessageW(control, WM_SETFONT, (WPARAM)font, FALSE);
    return TRUE;
}

/* Whether a font has the language's letters, by the title of the log-off dialog, and lines of a usual height: where the
 * wanted font is missing, Wine may take one for formulas. */
static BOOL font_is_usable(HFONT font, const LOGFONTW *logical, const struct language *language)
{
    WCHAR text[32];
    WORD glyphs[ARRAY_SIZE(text)];
    TEXTMETRICW metrics;
    HDC dc = GetDC(NULL);
    HFONT previous;
    BOOL all = TRUE;
    int i, length;

    if (!dc)
        return TRUE;
    text_load(language, IDS_LOGOFF_TITLE, text, ARRAY_SIZE(text));
    length = lstrlenW(text);
    previous = SelectObject(dc, font);
    if (GetGlyphIndicesW(dc, text, length, glyphs, GGI_MARK_NONEXISTING_GLYPHS) == (DWORD)length)
    {
        for (i = 0; i < length; i++)
            all &= glyphs[i] != 0xffff;
    }
    if (logical->lfHeight < 0 && GetTextMetricsW(dc, &metrics))
        all &= metrics.tmHeight <= -2 * logical->lfHeight;
    SelectObject(dc, previous);
    ReleaseDC(NULL, dc);
    return all;
}

/* A font of that very name with the language's letters; NULL when the system has none. */
static HFONT create_font_named(LOGFONTW *logical, const WCHAR *face, const struct language *language)
{
    HFONT font = NULL, previous;
    WCHAR got[LF_FACESIZE] = {0};
    HDC dc;

    lstrcpynW(logical->lfFaceName, face, ARRAY_SIZE(logical->lfFaceName));
    font = CreateFontIndirectW(logical);
    dc = font ? GetDC(NULL) : NULL;
    if (dc)
    {
        previous = SelectObject(dc, font);
        GetTextFaceW(dc, ARRAY_SIZE(got), got);
        SelectObject(dc, previous);
        ReleaseDC(NULL, dc);
    }
    if (font && (lstrcmpiW(got, face) || !font_is_usable(font, logical, language)))
    {
        DeleteObject(font);
        font = NULL;
    }
    return font;
}

/*
 * The user's font. When that is for other scripts (a Japanese window on an English system), Windows would find the
 * letters in another font, Wine draws boxes; so the font that belongs to the language on Windows or on a Linux desktop
 * is taken, and at last whatever the system has for the character set.
 */
static HFONT create_font(UINT dpi, const struct language *language)
{
    static const struct
    {
        BYTE charset; /* DEFAULT_CHARSET: any */
        const WCHAR *face;
    } fonts[] = {
            {SHIFTJIS_CHARSET, L"Yu Gothic UI"},
            {SHIFTJIS_CHARSET, L"Meiryo UI"},
            {SHIFTJIS_CHARSET, L"Noto Sans CJK JP"},
            {SHIFTJIS_CHARSET, L"WenQuanYi Micro Hei"},
            {HANGUL_CHARSET, L"Malgun Gothic"},
            {HANGUL_CHARSET, L"Noto Sans CJK KR"},
            {HANGUL_CHARSET, L"WenQuanYi Micro Hei"},
            {GB2312_CHARSET, L"Microsoft YaHei UI"},
            {GB2312_CHARSET, L"Noto Sans CJK SC"},
            {GB2312_CHARSET, L"WenQuanYi Micro Hei"},
            {CHINESEBIG5_CHARSET, L"Microsoft JhengHei UI"},
            {CHINESEBIG5_CHARSET, L"Noto Sans CJK TC"},
            {CHINESEBIG5_CHARSET, L"WenQuanYi Micro Hei"},
            {DEFAULT_CHARSET, L"Segoe UI"},
            {DEFAULT_CHARSET, L"DejaVu Sans"},
            {DEFAULT_CHARSET, L"Liberation Sans"},
    };
    LOGFONTW logical, wanted;
    HFONT font;
    size_t i;

    if (!message_font(dpi, &logical))
        return NULL;
    font = CreateFontIndirectW(&logical);
    if (!font || font_is_usable(font, &logical, language))
        return font;
    wanted = logical;
    DeleteObject(font);
    logical.lfCharSet = language->charset;
    logical.lfPitchAndFamily = VARIABLE_PITCH | FF_SWISS;
    for (i = 0; i < ARRAY_SIZE(fonts); i++)
    {
        if ((fonts[i].charset == language->charset || fonts[i].charset == DEFAULT_CHARSET)
            && (font = create_font_named(&logical, fonts[i].face, language)))
            return font;
    }
    logical.lfFaceName[0] = 0;
    return CreateFontIndirectW(language->charset == DEFAULT_CHARSET ? &wanted : &logical);
}

void layout_set(struct layout *layout, HWND window, const struct language *language)
{
    static const WCHAR letters[] = L"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    HFONT old_font = layout->font, previous;
    TEXTMETRICW metrics;
    SIZE size;
    HDC dc;

    layout->dpi = window_dpi(window);
    layout->font = create_font(layout->dpi, language);
    layout->base_x = layout_scale(layout, 6);
    layout->base_y = layout_scale(layout, 13);
    dc = GetDC(window);
    if (dc)
    {
        previous = SelectObject(dc, font_of(layout));
        if (GetTextExtentPoint32W(dc, letters, 52, &size) && GetTextMetricsW(dc, &metrics))
        {
            layout->base_x = (size.cx / 26 + 1) / 2;
            layout->base_y = metrics.tmHeight;
        }
        SelectObject(dc, previous);
        ReleaseDC(window, dc);
    }
    SendMessageW(window, WM_SETFONT, (WPARAM)font_of(layout), FALSE);
    EnumChildWindows(window, give_font, (LPARAM)font_of(layout));
    if (old_font)
        DeleteObject(old_font);
}

void layout_free(struct layout *layout)
{
    if (layout->font)
        DeleteObject(layout->font);
    layout->font = NULL;
}

int layout_x(const struct layout *layout, int units)
{
    return MulDiv(units, layout->base_x, 4);
}

int layout_y(const struct layout *layout, int units)
{
    return MulDiv(units, layout->base_y, 8);
}

int layout_scale(const struct layout *layout, int pixels)
{
    return MulDiv(pixels, (int)layout->dpi, USER_DEFAULT_SCREEN_DPI);
}

static SIZE measure(const struct layout *layout, HWND window, const WCHAR *text, int width, UINT flags)
{
    RECT rect = {0, 0, width, 0};
    SIZE size = {0};
    HDC dc = GetDC(window);
    HFONT previous;

    if (!dc)
        return size;
    previous = SelectObject(dc, font_of(layout));
    DrawTextW(dc, text, -1, &rect, DT_CALCRECT | DT_EXPANDTABS | flags);
    SelectObject(dc, previous);
    ReleaseDC(window, dc);
    size.cx = rect.right - rect.left;
    size.cy = rect.bottom - rect.top;
    return size;
}

static void control_text(HWND window, UINT control, WCHAR *text, size_t size)
{
    text[0] = 0;
    GetDlgItemTextW(window, (int)control, text, (int)size);
}

SIZE layout_text(const struct layout *layout, HWND window, UINT control, int width, BOOL prefix)
{
    WCHAR text[TEXT_SIZE];

    control_text(window, control, text, ARRAY_SIZE(text));
    return measure(layout, window, text, width, DT_WORDBREAK | (prefix ? 0 : DT_NOPREFIX));
}

int layout_button(const struct layout *layout, HWND window, UINT control)
{
    WCHAR text[TEXT_SIZE];
    int needed;

    control_text(window, control, text, ARRAY_SIZE(text));
    needed = measure(layout, window, text, 0, DT_SINGLELINE).cx + 2 * layout_x(layout, 7);
    return max(needed, layout_x(layout, 50));
}

SIZE layout_check_box(const struct layout *layout, HWND window, UINT control, int width)
{
    /* The box and the gap after it; Windows and Wine draw 13 pixels and about 4. One more on each side of the text
     * for the focus rectangle. */
    int box = layout_scale(layout, 13) + layout_scale(layout, 8);
    SIZE size = layout_text(layout, window, control, width - box, TRUE);
    HWND check_box = GetDlgItem(window, (int)control);
    LONG style = GetWindowLongW(check_box, GWL_STYLE) & ~(BS_TOP | BS_VCENTER);

    /* The box stands beside the first line. */
    style |= size.cy > layout->base_y + layout->base_y / 2 ? BS_TOP : BS_VCENTER;
    SetWindowLongW(check_box, GWL_STYLE, style);
    size.cx += box;
    size.cy = max(size.cy + layout_scale(layout, 2), layout_scale(layout, 15));
    return size;
}

void layout_move(HWND window, UINT control, int x, int y, int width, int height)
{
    SetWindowPos(GetDlgItem(window, (int)control), NULL, x, y, width, height,
                 SWP_NOZORDER | SWP_NOACTIVATE | SWP_NOCOPYBITS);
}

void layout_shorten(const struct layout *layout, HWND window, WCHAR *text, int width)
{
    size_t length = (size_t)lstrlenW(text);

    while (length && measure(layout, window, text, 0, DT_SINGLELINE | DT_NOPREFIX).cx > width)
    {
        WORD type;

        /* Not between the halves of a pair, not before a mark that belongs to the letter. */
        do
        {
            length--;
            type = 0;
            GetStringTypeW(CT_CTYPE3, text + length, 1, &type);
        } while (length
                 && ((text[length] & 0xfc00) == 0xdc00
                     || (type & (C3_NONSPACING | C3_DIACRITIC | C3_VOWELMARK)) == C3_NONSPACING));
        text[length] = 0x2026;
        text[length + 1] = 0;
    }
}

int layout_buttons_width(const struct layout *layout, HWND window, UINT first, UINT second)
{
    return 2 * max(layout_button(layout, window, first), layout_button(layout, window, second)) + layout_x(layout, 4);
}

void layout_buttons(const struct layout *layout, HWND window, UINT first, UINT second, int right, int y)
{
    int width = max(layout_button(layout, window, first), layout_button(layout, window, second));
    int height = layout_y(layout, 14);

    layout_move(window, second, right - width, y, width, height);
    layout_move(window, first, right - 2 * width - layout_x(layout, 4), y, width, height);
}

static BOOL frame_for_dpi(RECT *rect, DWORD style, DWORD extended, UINT dpi)
{
    BOOL(WINAPI * adjust)(RECT *, DWORD, BOOL, DWORD, UINT);

    adjust = (void *)GetProcAddress(GetModuleHandleW(L"user32.dll"), "AdjustWindowRectExForDpi");
    return adjust ? adjust(rect, style, FALSE, extended, dpi) : AdjustWindowRectEx(rect, style, FALSE, extended);
}

SIZE layout_window_size(HWND window, SIZE client)
{
    RECT rect = {0, 0, client.cx, client.cy};
    SIZE size;

    frame_for_dpi(&rect, (DWORD)GetWindowLongW(window, GWL_STYLE), (DWORD)GetWindowLongW(window, GWL_EXSTYLE),
                  window_dpi(window));
    size.cx = rect.right - rect.left;
    size.cy = rect.bottom - rect.top;
    return size;
}

static void move_inside(HWND window, int x, int y, SIZE size, const RECT *work)
{
    x = max(min(x, (int)(work->right - size.cx)), (int)work->left);
    y = max(min(y, (int)(work->bottom - size.cy)), (int)work->top);
    SetWindowPos(window, NULL, x, y, size.cx, size.cy, SWP_NOZORDER | SWP_NOACTIVATE);
}

static void work_area(HMONITOR monitor, RECT *work)
{
    MONITORINFO info;

    info.cbSize = sizeof(info);
    if (GetMonitorInfoW(monitor, &info))
        *work = info.rcWork;
    else
        SystemParametersInfoW(SPI_GETWORKAREA, 0, work, 0);
}

void layout_centre(HWND window, SIZE size, HWND owner)
{
    RECT around, work;
    POINT cursor = {0};

    if (owner && (!IsWindowVisible(owner) || IsIconic(owner)))
        owner = NULL;
    GetCursorPos(&cursor);
    work_area(owner ? MonitorFromWindow(owner, MONITOR_DEFAULTTONEAREST)
                    : MonitorFromPoint(cursor, MONITOR_DEFAULTTONEAREST),
              &work);
    if (!owner || !GetWindowRect(owner, &around))
        around = work;
    move_inside(window, around.left + (around.right - around.left - size.cx) / 2,
                around.top + (around.bottom - around.top - size.cy) / 2, size, &work);
}

void layout_resize(HWND window, SIZE size, const POINT *corner)
{
    RECT now = {0}, work;
    POINT at;

    GetWindowRect(window, &now);
    at.x = corner ? corner->x : now.left;
    at.y = corner ? corner->y : now.top;
    work_area(MonitorFromPoint(at, MONITOR_DEFAULTTONEAREST), &work);
    move_inside(window, at.x, at.y, size, &work);
}
