/*
 * Tables: views of rows, and the rows kept in memory behind them.
 */
#ifndef POSTROOM_TABLE_H
#define POSTROOM_TABLE_H

#include <postroom/property.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Called when a view that HrGetView made is released. */
typedef void(WINAPI CALLERRELEASE)(ULONG_PTR ulCallerData, LPTABLEDATA lpTblData, LPMAPITABLE lpVue);

/* A view of rows and columns. */
#undef MAPI_IMAPITABLE_METHODS
#define MAPI_IMAPITABLE_METHODS(IPURE) \
    MAPIMETHOD(GetLastError)(THIS_ HRESULT hResult, ULONG ulFlags, LPMAPIERROR *lppMAPIError) IPURE; \
    MAPIMETHOD(Advise)(THIS_ ULONG ulEventMask, LPMAPIADVISESINK lpAdviseSink, ULONG_PTR *lpulConnection) IPURE; \
    MAPIMETHOD(Unadvise)(THIS_ ULONG_PTR ulConnection) IPURE; \
    MAPIMETHOD(GetStatus)(THIS_ ULONG *lpulTableStatus, ULONG *lpulTableType) IPURE; \
    MAPIMETHOD(SetColumns)(THIS_ LPSPropTagArray lpPropTagArray, ULONG ulFlags) IPURE; \
    MAPIMETHOD(QueryColumns)(THIS_ ULONG ulFlags, LPSPropTagArray *lpPropTagArray) IPURE; \
    MAPIMETHOD(GetRowCount)(THIS_ ULONG ulFlags, ULONG *lpulCount) IPURE; \
    MAPIMETHOD(SeekRow)(THIS_ BOOKMARK bkOrigin, LONG lRowCount, LONG *lplRowsSought) IPURE; \
    MAPIMETHOD(SeekRowApprox)(THIS_ ULONG ulNumerator, ULONG ulDenominator) IPURE; \
    MAPIMETHOD(QueryPosition)(THIS_ ULONG *lpulRow, ULONG *lpulNumerator, ULONG *lpulDenominator) IPURE; \
    MAPIMETHOD(FindRow)(THIS_ LPSRestriction lpRestriction, BOOKMARK bkOrigin, ULONG ulFlags) IPURE; \
    MAPIMETHOD(Restrict)(THIS_ LPSRestriction lpRestriction, ULONG ulFlags) IPURE; \
    MAPIMETHOD(CreateBookmark)(THIS_ BOOKMARK *lpbkPosition) IPURE; \
    MAPIMETHOD(FreeBookmark)(THIS_ BOOKMARK bkPosition) IPURE; \
    MAPIMETHOD(SortTable)(THIS_ LPSSortOrderSet lpSortCriteria, ULONG ulFlags) IPURE; \
    MAPIMETHOD(QuerySortOrder)(THIS_ LPSSortOrderSet *lppSortCriteria) IPURE; \
    MAPIMETHOD(QueryRows)(THIS_ LONG lRowCount, ULONG ulFlags, LPSRowSet *lppRows) IPURE; \
    MAPIMETHOD(Abort)(THIS) IPURE; \
    MAPIMETHOD(ExpandRow)(THIS_ ULONG cbInstanceKey, LPBYTE pbInstanceKey, ULONG ulRowCount, ULONG ulFlags, \
            LPSRowSet *lppRows, ULONG *lpulMoreRows) IPURE; \
    MAPIMETHOD(CollapseRow)(THIS_ ULONG cbInstanceKey, LPBYTE pbInstanceKey, ULONG ulFlags, \
            ULONG *lpulRowCount) IPURE; \
    MAPIMETHOD(WaitForCompletion)(THIS_ ULONG ulFlags, ULONG ulTimeout, ULONG *lpulTableStatus) IPURE; \
    MAPIMETHOD(GetCollapseState)(THIS_ ULONG ulFlags, ULONG cbInstanceKey, LPBYTE lpbInstanceKey, \
            ULONG *lpcbCollapseState, LPBYTE *lppbCollapseState) IPURE; \
    MAPIMETHOD(SetCollapseState)(THIS_ ULONG ulFlags, ULONG cbCollapseState, LPBYTE pbCollapseState, \
            BOOKMARK *lpbkLocation) IPURE;

#undef INTERFACE
#define INTERFACE IMAPITable
POSTROOM_INTERFACE(IMAPITable, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_IMAPITABLE_METHODS(PURE)
};

/* The rows behind table views, kept in memory (CreateTable). */
#undef MAPI_ITABLEDATA_METHODS
#define MAPI_ITABLEDATA_METHODS(IPURE) \
    MAPIMETHOD(HrGetView)(THIS_ LPSSortOrderSet lpSSortOrderSet, CALLERRELEASE *lpfCallerRelease, \
            ULONG_PTR ulCallerData, LPMAPITABLE *lppMAPITable) IPURE; \
    MAPIMETHOD(HrModifyRow)(THIS_ LPSRow lpSRow) IPURE; \
    MAPIMETHOD(HrDeleteRow)(THIS_ LPSPropValue lpSPropValue) IPURE; \
    MAPIMETHOD(HrQueryRow)(THIS_ LPSPropValue lpsPropValue, LPSRow *lppSRow, ULONG *lpuliRow) IPURE; \
    MAPIMETHOD(HrEnumRow)(THIS_ ULONG ulRowNumber, LPSRow *lppSRow) IPURE; \
    MAPIMETHOD(HrNotify)(THIS_ ULONG ulFlags, ULONG cValues, LPSPropValue lpSPropValue) IPURE; \
    MAPIMETHOD(HrInsertRow)(THIS_ ULONG uliRow, LPSRow lpSRow) IPURE; \
    MAPIMETHOD(HrModifyRows)(THIS_ ULONG ulFlags, LPSRowSet lpSRowSet) IPURE; \
    MAPIMETHOD(HrDeleteRows)(THIS_ ULONG ulFlags, LPSRowSet lprowsetToDelete, ULONG *cRowsDeleted) IPURE;

#undef INTERFACE
#define INTERFACE ITableData
POSTROOM_INTERFACE(ITableData, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_ITABLEDATA_METHODS(PURE)
};

#undef INTERFACE

#ifdef __cplusplus
}
#endif

#endif
