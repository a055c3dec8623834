/*
 * told: errors in the words of those whose failures they are.
 */
#include "base/base.h"

#define TEXT_MAX 0x400 /* characters of a stranger's text */

HRESULT error_make(const WCHAR *text, const WCHAR *component, ULONG low, ULONG context, ULONG flags, MAPIERROR **error)
{
    BOOL wide = !!(flags & MAPI_UNICODE);
    MAPIERROR *made;
    HRESULT hr;

    *error = NULL;
    if (FAILED(hr = MAPIAllocateBuffer(sizeof(*made), (void **)&made)))
        return hr;
    memset(made, 0, sizeof(*made));
    made->ulVersion = MAPI_ERROR_VERSION;
    made->ulLowLevelError = low;
    made->ulContext = context;
    if (text)
        made->lpszError = wide ? (LPTSTR)text_more_w(text, made) : (LPTSTR)text_more_a(text, made);
    if (component)
        made->lpszComponent = wide ? (LPTSTR)text_more_w(component, made) : (LPTSTR)text_more_a(component, made);
    if ((text && !made->lpszError) || (component && !made->lpszComponent))
    {
        MAPIFreeBuffer(made);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    *error = made;
    return S_OK;
}

MAPIERROR *error_take(MAPIERROR *theirs, ULONG flags, const WCHAR *component)
{
    WCHAR *text = NULL, *named = NULL;
    MAPIERROR *ours = NULL;

    if (!theirs || !memory_readable(theirs, sizeof(*theirs)))
        return NULL;
    if (FAILED(text_dup_from_caller(theirs->lpszError, flags, TEXT_MAX, &text)))
        text = NULL;
    if (FAILED(text_dup_from_caller(theirs->lpszComponent, flags, TEXT_MAX, &named)))
        named = NULL;
    if (text || theirs->ulLowLevelError)
        error_make(text, named ? named : component, theirs->ulLowLevelError, theirs->ulContext, MAPI_UNICODE, &ours);
    heap_free(text);
    heap_free(named);
    MAPIFreeBuffer(theirs);
    return ours;
}

void told_error_set(struct told_error *told, HRESULT hr, MAPIERROR *error)
{
    MAPIERROR *old;

    AcquireSRWLockExclusive(&told->lock);
    old = told->error;
    told->hr = hr;
    told->error = error;
    ReleaseSRWLockExclusive(&told->lock);
    MAPIFreeBuffer(old);
}

HRESULT told_error_get(struct told_error *told, const struct last_error *last, HRESULT hr, ULONG flags,
                       MAPIERROR **error)
{
    HRESULT result = S_FALSE;

    if (!error || (flags & ~MAPI_UNICODE))
        return last_error_get(last, hr, flags, error);
    *error = NULL;
    AcquireSRWLockShared(&told->lock);
    if (hr != S_OK && told->error && told->hr == hr && last->code == hr)
    {
        const WCHAR *text = (const WCHAR *)told->error->lpszError;

        result = error_make(text ? text : error_text(hr), (const WCHAR *)told->error->lpszComponent,
                            told->error->ulLowLevelError, told->error->ulContext, flags, error);
    }
    ReleaseSRWLockShared(&told->lock);
    return result == S_FALSE ? last_error_get(last, hr, flags, error) : result;
}
