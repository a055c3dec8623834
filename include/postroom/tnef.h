/*
 * TNEF: properties encapsulated in a stream.
 */
#ifndef POSTROOM_TNEF_H
#define POSTROOM_TNEF_H

#include <postroom/property.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Encapsulates properties as a TNEF stream. */
#undef MAPI_ITNEF_METHODS
#define MAPI_ITNEF_METHODS(IPURE) \
    MAPIMETHOD(AddProps)(THIS_ ULONG ulFlags, ULONG ulElemID, LPVOID lpvData, LPSPropTagArray lpPropList) IPURE; \
    MAPIMETHOD(ExtractProps)(THIS_ ULONG ulFlags, LPSPropTagArray lpPropList, \
            LPSTnefProblemArray *lpProblems) IPURE; \
    MAPIMETHOD(Finish)(THIS_ ULONG ulFlags, WORD *lpKey, LPSTnefProblemArray *lpProblems) IPURE; \
    MAPIMETHOD(OpenTaggedBody)(THIS_ LPMESSAGE lpMessage, ULONG ulFlags, LPSTREAM *lppStream) IPURE; \
    MAPIMETHOD(SetProps)(THIS_ ULONG ulFlags, ULONG ulElemID, ULONG cValues, LPSPropValue lpProps) IPURE; \
    MAPIMETHOD(EncodeRecips)(THIS_ ULONG ulFlags, LPMAPITABLE lpRecipientTable) IPURE; \
    MAPIMETHOD(FinishComponent)(THIS_ ULONG ulFlags, ULONG ulComponentID, LPSPropTagArray lpCustomPropList, \
            LPSPropValue lpCustomProps, LPSPropTagArray lpPropList, LPSTnefProblemArray *lpProblems) IPURE;

#undef INTERFACE
#define INTERFACE ITnef
POSTROOM_INTERFACE(ITnef, IUnknown)
{
    POSTROOM_INHERITED(MAPI_IUNKNOWN_METHODS(PURE))
    MAPI_ITNEF_METHODS(PURE)
};

#undef INTERFACE

#ifdef __cplusplus
}
#endif

#endif
