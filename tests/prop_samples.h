/*
 * One value of every property type, for the tests of the property functions.
 */
#ifndef POSTROOM_TESTS_PROP_SAMPLES_H
#define POSTROOM_TESTS_PROP_SAMPLES_H

#include "harness.h"

/* One value of every type, with what its copy needs beyond the structure. */
static SHORT shorts[] = {1, -2, 3};
static LONG longs[] = {1, -2, 3};
static float floats[] = {1, -2, 3};
static double doubles[] = {1, -2, 3};
static LARGE_INTEGER larges[] = {{{1, 0}}, {{2, 0}}, {{3, 0}}};
static GUID guids[] = {{1, 2, 3, {4}}, {5, 6, 7, {8}}, {9, 10, 11, {12}}};
static char *texts_a[] = {"one", "", "three"};
static WCHAR *texts_w[] = {L"one", L"", L"three"};
static BYTE bytes[] = {1, 2, 3, 4, 5, 6, 7};
static SBinary binaries[] = {{3, bytes}, {0, NULL}, {7, bytes}};

struct sample
{
    ULONG type;
    ULONG size;  /* UlPropSize */
    ULONG extra; /* bytes in a block behind the structure, alone */
};

static const struct sample samples[] = {
        {PT_I2, 2, 0},
        {PT_LONG, 4, 0},
        {PT_R4, 4, 0},
        {PT_DOUBLE, 8, 0},
        {PT_CURRENCY, 8, 0},
        {PT_APPTIME, 8, 0},
        {PT_ERROR, 4, 0},
        {PT_BOOLEAN, 2, 0},
        {PT_OBJECT, 0, 0},
        {PT_I8, 8, 0},
        {PT_SYSTIME, 8, 0},
        {PT_STRING8, 6, 6},
        {PT_UNICODE, 12, 12},
        {PT_CLSID, 16, 16},
        {PT_BINARY, 7, 7},
        {PT_MV_I2, 6, 6},
        {PT_MV_LONG, 12, 12},
        {PT_MV_R4, 12, 12},
        {PT_MV_DOUBLE, 24, 24},
        {PT_MV_CURRENCY, 24, 24},
        {PT_MV_APPTIME, 24, 24},
        {PT_MV_SYSTIME, 24, 24},
        {PT_MV_I8, 24, 24},
        {PT_MV_CLSID, 48, 48},
        {PT_MV_STRING8, 11, 11 + 3 * sizeof(char *)},
        {PT_MV_UNICODE, 22, 22 + 3 * sizeof(char *)},
        {PT_MV_BINARY, 10, 10 + 3 * sizeof(SBinary)},
};

static inline void make(ULONG type, ULONG id, SPropValue *value)
{
    memset(value, 0, sizeof(*value));
    value->ulPropTag = PROP_TAG(type, id);
    switch (type)
    {
    case PT_STRING8:
        value->Value.lpszA = texts_a[2];
        break;
    case PT_UNICODE:
        value->Value.lpszW = texts_w[2];
        break;
    case PT_CLSID:
        value->Value.lpguid = guids;
        break;
    case PT_BINARY:
        value->Value.bin = binaries[2];
        break;
    default:
        if (!(type & MV_FLAG))
        {
            value->Value.li.QuadPart = 0x0102030405060708;
            break;
        }
        value->Value.MVi.cValues = 3;
        value->Value.MVi.lpi = type == PT_MV_I2                                ? shorts
                               : type == PT_MV_LONG                            ? (SHORT *)longs
                               : type == PT_MV_R4                              ? (SHORT *)floats
                               : type == PT_MV_DOUBLE || type == PT_MV_APPTIME ? (SHORT *)doubles
                               : type == PT_MV_CLSID                           ? (SHORT *)guids
                               : type == PT_MV_STRING8                         ? (SHORT *)texts_a
                               : type == PT_MV_UNICODE                         ? (SHORT *)texts_w
                               : type == PT_MV_BINARY                          ? (SHORT *)binaries
                                                                               : (SHORT *)larges;
        break;
    }
}

#endif
