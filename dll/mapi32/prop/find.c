/*
 * Finding and comparing: the exported functions that look for properties in arrays and objects and compare values.
 */
#include "prop/layout.h"

#include <string.h>

/* A value that may be compared: one that can be read. */
static BOOL comparable(const SPropValue *a, const SPropValue *b)
{
    return prop_valid(a) && prop_valid(b) && PROP_TYPE(a->ulPropTag) == PROP_TYPE(b->ulPropTag);
}

static BOOL contains_text(const char *text, const char *pattern, ULONG fuzzy)
{
    WCHAR text_buffer[128], pattern_buffer[128], *text_folded = NULL, *pattern_folded = NULL;
    WCHAR *text_wide = NULL, *pattern_wide = NULL;
    BOOL found = FALSE;

    if (!(fuzzy & (FL_IGNORECASE | FL_IGNORENONSPACE | FL_LOOSE)))
        return prop_bytes_contain((const BYTE *)text, strlen(text), (const BYTE *)pattern, strlen(pattern), fuzzy);
    if (FAILED(text_dup_from_caller(text, 0, MAXLONG / 4, &text_wide))
        || FAILED(text_dup_from_caller(pattern, 0, MAXLONG / 4, &pattern_wide)))
        goto done;
    text_folded = prop_text_fold(text_wide, fuzzy, text_buffer, ARRAY_SIZE(text_buffer));
    pattern_folded = prop_text_fold(pattern_wide, fuzzy, pattern_buffer, ARRAY_SIZE(pattern_buffer));
    found = text_folded && pattern_folded && prop_text_contains(text_folded, pattern_folded, fuzzy);
done:
    if (text_folded != text_buffer)
        heap_free(text_folded);
    if (pattern_folded != pattern_buffer)
        heap_free(pattern_folded);
    heap_free(text_wide);
    heap_free(pattern_wide);
    return found;
}

/*
 * FPropContainsProp: whether the value Dst contains (is, begins with: lower half of ulFuzzyLevel) the value Src. Only for
 * PT_STRING8 and PT_BINARY, both of the same type; case and nonspacing marks can be ignored in strings. A level that is
 * none of the three means the whole.
 */
BOOL WINAPI FPropContainsProp(LPSPropValue lpSPropValueDst, LPSPropValue lpSPropValueSrc, ULONG ulFuzzyLevel)
{
    const __UPV *text, *pattern;

    TRACE("(%p, %p, %#lx)", lpSPropValueDst, lpSPropValueSrc, ulFuzzyLevel);

    if (!comparable(lpSPropValueDst, lpSPropValueSrc))
        return FALSE;
    text = &lpSPropValueDst->Value;
    pattern = &lpSPropValueSrc->Value;
    switch (PROP_TYPE(lpSPropValueDst->ulPropTag))
    {
    case PT_STRING8:
        return contains_text(text->lpszA, pattern->lpszA, ulFuzzyLevel);
    case PT_BINARY:
        return prop_bytes_contain(text->bin.lpb, text->bin.cb, pattern->bin.lpb, pattern->bin.cb, ulFuzzyLevel);
    default:
        return FALSE;
    }
}

/*
 * FPropCompareProp: whether "value 1 RELOP value 2" holds. FALSE for different types, bad values and RELOP_RE.
 */
BOOL WINAPI FPropCompareProp(LPSPropValue lpSPropValue1, ULONG ulRelOp, LPSPropValue lpSPropValue2)
{
    TRACE("(%p, %lu, %p)", lpSPropValue1, ulRelOp, lpSPropValue2);

    if (!comparable(lpSPropValue1, lpSPropValue2))
        return FALSE;
    return prop_relation(prop_order(lpSPropValue1, lpSPropValue2), ulRelOp);
}

/*
 * LPropCompareProp: -1, 0 or 1. Booleans that both are set are equal. Values that cannot be read come first and equal
 * each other; different types are ordered by type.
 */
LONG WINAPI LPropCompareProp(LPSPropValue lpSPropValueA, LPSPropValue lpSPropValueB)
{
    BOOL valid_a, valid_b;

    TRACE("(%p, %p)", lpSPropValueA, lpSPropValueB);

    valid_a = prop_valid(lpSPropValueA);
    valid_b = prop_valid(lpSPropValueB);
    if (!valid_a || !valid_b)
        return valid_a - valid_b;
    return prop_order(lpSPropValueA, lpSPropValueB);
}

static SPropValue *find_prop(SPropValue *values, ULONG count, ULONG tag, BOOL by_id)
{
    size_t bytes;
    ULONG i;

    if (!count || !values || !size_multiply(count, sizeof(*values), &bytes) || !memory_readable(values, bytes))
        return NULL;
    for (i = 0; i < count; i++)
    {
        if (values[i].ulPropTag == tag || (by_id && PROP_ID(values[i].ulPropTag) == PROP_ID(tag)))
            return &values[i];
    }
    return NULL;
}

/*
 * PpropFindProp: the first value with the tag, with PT_UNSPECIFIED the first with the id. NULL when there is none.
 */
LPSPropValue WINAPI PpropFindProp(LPSPropValue rgprop, ULONG cprop, ULONG ulPropTag)
{
    TRACE("(%p, %lu, %#lx)", rgprop, cprop, ulPropTag);

    return find_prop(rgprop, cprop, ulPropTag, PROP_TYPE(ulPropTag) == PT_UNSPECIFIED);
}

/*
 * LpValFindProp: as PpropFindProp with the parameters the other way round; PT_NULL stands for any type too.
 */
LPSPropValue WINAPI LpValFindProp(ULONG ulPropTag, ULONG cValues, LPSPropValue lpPropArray)
{
    ULONG type = PROP_TYPE(ulPropTag);

    TRACE("(%#lx, %lu, %p)", ulPropTag, cValues, lpPropArray);

    return find_prop(lpPropArray, cValues, ulPropTag, type == PT_UNSPECIFIED || type == PT_NULL);
}

/* An interface pointer that can at least be called. */
static BOOL interface_readable(const void *object)
{
    return object && memory_readable(object, sizeof(void *)) && memory_readable(*(void *const *)object, sizeof(void *));
}

/*
 * FPropExists: whether an object lists the property; with PT_UNSPECIFIED any type will do.
 */
BOOL WINAPI FPropExists(LPMAPIPROP pobj, ULONG ulPropTag)
{
    ULONG type = PROP_TYPE(ulPropTag), flags, i;
    SPropTagArray *tags = NULL;
    BOOL found = FALSE;

    TRACE("(%p, %#lx)", pobj, ulPropTag);

    if (!interface_readable(pobj))
        return FALSE;
    flags = (type & ~(ULONG)MV_FLAG) == PT_UNICODE ? MAPI_UNICODE : 0;
    if (FAILED(IMAPIProp_GetPropList(pobj, flags, &tags)) || !tags)
        return FALSE;
    for (i = 0; i < tags->cValues && !found; i++)
    {
        found = tags->aulPropTag[i] == ulPropTag
                || (type == PT_UNSPECIFIED && PROP_ID(tags->aulPropTag[i]) == PROP_ID(ulPropTag));
    }
    MAPIFreeBuffer(tags);
    return found;
}

/*
 * HrGetOneProp: one property of an object, freed with MAPIFreeBuffer. Never a warning: a property that GetProps answers
 * with an error value is that error, MAPI_E_NOT_FOUND when it has none.
 */
HRESULT WINAPI HrGetOneProp(LPMAPIPROP pmp, ULONG ulPropTag, LPSPropValue *ppprop)
{
    SizedSPropTagArray(1, tags) = {1, {ulPropTag}};
    SPropValue *value = NULL;
    ULONG count = 0;
    HRESULT hr;

    TRACE("(%p, %#lx, %p)", pmp, ulPropTag, ppprop);

    if (!ppprop || !memory_writable(ppprop, sizeof(*ppprop)))
        return MAPI_E_INVALID_PARAMETER;
    *ppprop = NULL;
    if (!interface_readable(pmp))
        return MAPI_E_INVALID_PARAMETER;
    hr = IMAPIProp_GetProps(pmp, (SPropTagArray *)&tags, 0, &count, &value);
    if (FAILED(hr))
        return hr;
    if (!value || count != 1)
        hr = MAPI_E_NOT_FOUND;
    else if (PROP_TYPE(value->ulPropTag) == PT_ERROR && PROP_TYPE(ulPropTag) != PT_ERROR)
        hr = FAILED(value->Value.err) ? value->Value.err : MAPI_E_NOT_FOUND;
    else
        hr = S_OK;
    if (FAILED(hr))
    {
        MAPIFreeBuffer(value);
        return hr;
    }
    *ppprop = value;
    return S_OK;
}

/*
 * HrSetOneProp: sets one property of an object. Never a warning: a problem that SetProps reports is the error.
 */
HRESULT WINAPI HrSetOneProp(LPMAPIPROP pmp, LPSPropValue pprop)
{
    SPropProblemArray *problems = NULL;
    HRESULT hr;

    TRACE("(%p, %p)", pmp, pprop);

    if (!interface_readable(pmp) || !pprop || !memory_readable(pprop, sizeof(*pprop)))
        return MAPI_E_INVALID_PARAMETER;
    hr = IMAPIProp_SetProps(pmp, 1, pprop, &problems);
    if (FAILED(hr))
        return hr;
    hr = S_OK;
    if (problems && problems->cProblem && FAILED(problems->aProblem[0].scode))
        hr = problems->aProblem[0].scode;
    MAPIFreeBuffer(problems);
    return hr;
}

static BOOL name_readable(const MAPINAMEID *name)
{
    return name && memory_readable(name, sizeof(*name)) && name->lpguid && memory_readable(name->lpguid, sizeof(GUID))
           && (name->ulKind == MNID_ID
               || (name->ulKind == MNID_STRING && prop_text_readable(name->Kind.lpwstrName, sizeof(WCHAR))));
}

/*
 * FEqualNames: whether two names of named properties are the same: property set, kind, and number or text (with case).
 */
BOOL WINAPI FEqualNames(LPMAPINAMEID lpName1, LPMAPINAMEID lpName2)
{
    TRACE("(%p, %p)", lpName1, lpName2);

    if (!name_readable(lpName1) || !name_readable(lpName2) || lpName1->ulKind != lpName2->ulKind
        || !IsEqualGUID(lpName1->lpguid, lpName2->lpguid))
        return FALSE;
    if (lpName1->ulKind == MNID_ID)
        return lpName1->Kind.lID == lpName2->Kind.lID;
    return !wcscmp(lpName1->Kind.lpwstrName, lpName2->Kind.lpwstrName);
}
