/*
 * Numbers: 64-bit arithmetic on FILETIMEs, numbers in texts, hexadecimal texts, byte order.
 * All arithmetic wraps as unsigned numbers do. The texts are ANSI whatever the compiler thinks of LPTSTR.
 */
#include "base/base.h"

static inline ULONGLONG number_of(FILETIME time)
{
    return ((ULONGLONG)time.dwHighDateTime << 32) | time.dwLowDateTime;
}

static inline FILETIME filetime_of(ULONGLONG number)
{
    FILETIME time = {(DWORD)number, (DWORD)(number >> 32)};

    return time;
}

FILETIME WINAPI FtAddFt(FILETIME ftAddend1, FILETIME ftAddend2)
{
    TRACE("%#I64x, %#I64x", number_of(ftAddend1), number_of(ftAddend2));

    return filetime_of(number_of(ftAddend1) + number_of(ftAddend2));
}

/* Adds with carry: *carry becomes 1 when the sum does not fit, else 0. */
FILETIME WINAPI FtAdcFt(FILETIME ftAddend1, FILETIME ftAddend2, WORD *carry)
{
    ULONGLONG sum = number_of(ftAddend1) + number_of(ftAddend2);

    TRACE("%#I64x, %#I64x, %p", number_of(ftAddend1), number_of(ftAddend2), carry);

    if (carry)
        *carry = sum < number_of(ftAddend1);
    return filetime_of(sum);
}

FILETIME WINAPI FtSubFt(FILETIME ftMinuend, FILETIME ftSubtrahend)
{
    TRACE("%#I64x, %#I64x", number_of(ftMinuend), number_of(ftSubtrahend));

    return filetime_of(number_of(ftMinuend) - number_of(ftSubtrahend));
}

FILETIME WINAPI FtMulDw(DWORD ftMultiplier, FILETIME ftMultiplicand)
{
    TRACE("%#lx, %#I64x", ftMultiplier, number_of(ftMultiplicand));

    return filetime_of(number_of(ftMultiplicand) * ftMultiplier);
}

FILETIME WINAPI FtMulDwDw(DWORD ftMultiplicand, DWORD ftMultiplier)
{
    TRACE("%#lx, %#lx", ftMultiplicand, ftMultiplier);

    return filetime_of((ULONGLONG)ftMultiplicand * ftMultiplier);
}

FILETIME WINAPI FtNegFt(FILETIME ft)
{
    TRACE("%#I64x", number_of(ft));

    return filetime_of(0 - number_of(ft));
}

unsigned int WINAPI UFromSz(LPCTSTR lpsz)
{
    const char *text = (const char *)lpsz;
    unsigned int number = 0;

    TRACE("%s", debugstr_a(text));

    for (; text && *text >= '0' && *text <= '9'; text++)
        number = number * 10 + (unsigned int)(*text - '0');
    return number;
}

/* The value of a hexadecimal digit, -1: none. */
static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

ULONG WINAPI UlFromSzHex(LPCTSTR lpsz)
{
    const char *text = (const char *)lpsz;
    ULONG number = 0;

    TRACE("%s", debugstr_a(text));

    for (; text && digit_value(*text) >= 0; text++)
        number = (number << 4) | (ULONG)digit_value(*text);
    return number;
}

/* Reads pairs of digits up to the end of the text. FALSE and nothing written: something else, half a byte, or more
 * than limit bytes. */
static BOOL bytes_from_hex(const char *text, BYTE *bytes, size_t limit)
{
    size_t length, i;

    for (length = 0; digit_value(text[length]) >= 0; length++)
        ;
    if (text[length] || length % 2 || length / 2 > limit)
        return FALSE;
    for (i = 0; i < length / 2; i++)
        bytes[i] = (BYTE)(digit_value(text[2 * i]) << 4 | digit_value(text[2 * i + 1]));
    return TRUE;
}

BOOL WINAPI FBinFromHex(LPTSTR lpsz, LPBYTE lpb)
{
    TRACE("%s, %p", debugstr_a((const char *)lpsz), lpb);

    if (!lpsz || !lpb)
        return FALSE;
    return bytes_from_hex((const char *)lpsz, lpb, MAXLONG);
}

SCODE WINAPI ScBinFromHexBounded(LPTSTR lpsz, LPBYTE lpb, ULONG cb)
{
    TRACE("%s, %p, %lu", debugstr_a((const char *)lpsz), lpb, cb);

    if (!lpsz || (!lpb && cb))
        return MAPI_E_CALL_FAILED;
    return bytes_from_hex((const char *)lpsz, lpb, cb) ? S_OK : MAPI_E_CALL_FAILED;
}

void WINAPI HexFromBin(LPBYTE lpb, int cb, LPTSTR lpsz)
{
    static const char digits[] = "0123456789ABCDEF";
    char *text = (char *)lpsz;
    int i;

    TRACE("%p, %d, %p", lpb, cb, lpsz);

    if (!text)
        return;
    for (i = 0; lpb && i < cb; i++)
    {
        *text++ = digits[lpb[i] >> 4];
        *text++ = digits[lpb[i] & 15];
    }
    *text = 0;
}

/* Other byte order for each whole DWORD in cb bytes. */
void WINAPI SwapPlong(PVOID pv, ULONG cb)
{
    BYTE *bytes = pv;
    ULONG i, value;

    TRACE("%p, %lu", pv, cb);

    for (i = 0; bytes && i < cb / sizeof(ULONG); i++, bytes += sizeof(ULONG))
    {
        memcpy(&value, bytes, sizeof(value));
        value = __builtin_bswap32(value);
        memcpy(bytes, &value, sizeof(value));
    }
}

void WINAPI SwapPword(PVOID pv, ULONG cb)
{
    BYTE *bytes = pv;
    USHORT value;
    ULONG i;

    TRACE("%p, %lu", pv, cb);

    for (i = 0; bytes && i < cb / sizeof(USHORT); i++, bytes += sizeof(USHORT))
    {
        memcpy(&value, bytes, sizeof(value));
        value = __builtin_bswap16(value);
        memcpy(bytes, &value, sizeof(value));
    }
}
