/*
 * display: display tables and the property sheets that they describe.
 *
 * Contract: the table, the object and the tables of choices are foreign: each call of theirs may run for long, pump
 * messages or close the sheet, and nothing that they say is believed. No lock is held while they are called. Depends on
 * ui, prop and table.
 */
#ifndef POSTROOM_DISPLAY_DISPLAY_H
#define POSTROOM_DISPLAY_DISPLAY_H

#include "base/base.h"

/*
 * Shows the sheet, modal to parent (any window, none, or garbage). title may be NULL. top_page: shown first, the first
 * one when there is no such page.
 * S_OK: the user chose OK, or Apply before anything else; the object has the values. MAPI_E_USER_CANCEL: the object is
 * as it was, but for controls with DT_SET_IMMEDIATE. MAPI_E_INVALID_PARAMETER: no display table, or one that makes no
 * sense; MAPI_E_TABLE_TOO_BIG; MAPI_E_NOT_ENOUGH_MEMORY; what the table's QueryRows fails with.
 */
HRESULT display_sheet_run(HWND parent, const WCHAR *title, IMAPITable *table, IMAPIProp *object, ULONG top_page);

#endif
