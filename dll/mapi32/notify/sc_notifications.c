/*
 * ScCountNotifications, ScCopyNotifications, ScRelocNotifications: arrays of notifications as one block.
 */
#include "notify/copy.h"

/* Bytes of the block for count notifications that a caller passed; FALSE: bad pointers, unknown event types, too many. */
static BOOL array_extent(const NOTIFICATION *notifications, int count, size_t *size)
{
    int i;

    if (count < 0 || !size_multiply(count, sizeof(*notifications), size) || !memory_readable(notifications, *size))
        return FALSE;
    for (i = 0; i < count; i++)
        if (!notification_extent(&notifications[i], size))
            return FALSE;
    return *size <= MAXDWORD;
}

/*
 * ScCountNotifications: the size of the block that ScCopyNotifications makes of these; with lpcb NULL only checks them.
 * MAPI_E_INVALID_PARAMETER: bad pointers, an unknown event type; *lpcb is untouched then.
 */
SCODE WINAPI ScCountNotifications(int cNotifications, LPNOTIFICATION lpNotifications, ULONG *lpcb)
{
    size_t size;

    TRACE("count %d, notifications %p, size %p\n", cNotifications, lpNotifications, lpcb);

    if ((lpcb && !memory_writable(lpcb, sizeof(*lpcb))) || !array_extent(lpNotifications, cNotifications, &size))
        return MAPI_E_INVALID_PARAMETER;
    if (lpcb)
        *lpcb = size;
    return S_OK;
}

/*
 * ScCopyNotifications: copies notifications and what they point to into one block at lpvDst, which has room for what
 * ScCountNotifications tells. *lpcb gets the bytes written. With both lpvDst and lpcb NULL it only checks. (The page has
 * nothing copied whenever lpcb is NULL, and calls lpcb optional.)
 * MAPI_E_INVALID_PARAMETER: bad pointers, an unknown event type.
 */
SCODE WINAPI ScCopyNotifications(int cNotification, LPNOTIFICATION lpNotifications, LPVOID lpvDst, ULONG *lpcb)
{
    size_t size, offset;
    NOTIFICATION copy;
    int i;

    TRACE("count %d, notifications %p, block %p, size %p\n", cNotification, lpNotifications, lpvDst, lpcb);

    if ((lpcb && !memory_writable(lpcb, sizeof(*lpcb))) || !array_extent(lpNotifications, cNotification, &size))
        return MAPI_E_INVALID_PARAMETER;
    if (!lpvDst && !lpcb)
        return S_OK;
    if (!lpvDst || !memory_writable(lpvDst, size))
        return MAPI_E_INVALID_PARAMETER;
    offset = (size_t)cNotification * sizeof(copy);
    for (i = 0; i < cNotification; i++)
    {
        if (!notification_place(&copy, &lpNotifications[i], lpvDst, size, &offset))
            return MAPI_E_INVALID_PARAMETER;
        memcpy((BYTE *)lpvDst + i * sizeof(copy), &copy, sizeof(copy));
    }
    if (lpcb)
        *lpcb = size;
    return S_OK;
}

/*
 * ScRelocNotifications: adjusts the pointers of a block that ScCopyNotifications made and that moves, or has moved, from
 * lpvBaseOld to lpvBaseNew. lpNotifications is where it is now; either base may be a mere number. *lpcb gets its size.
 * MAPI_E_INVALID_PARAMETER: bad pointers, an unknown event type; nothing is changed then.
 */
SCODE WINAPI ScRelocNotifications(int cNotification, LPNOTIFICATION lpNotifications, LPVOID lpvBaseOld,
                                  LPVOID lpvBaseNew, ULONG *lpcb)
{
    struct prop_relocation relocation;
    size_t size, unused = 0;
    int i;

    TRACE("count %d, notifications %p, old %p, new %p, size %p\n", cNotification, lpNotifications, lpvBaseOld,
          lpvBaseNew, lpcb);

    if ((lpcb && !memory_writable(lpcb, sizeof(*lpcb))) || cNotification < 0
        || !size_multiply(cNotification, sizeof(*lpNotifications), &size) || !memory_writable(lpNotifications, size))
        return MAPI_E_INVALID_PARAMETER;
    prop_relocation_init(&relocation, lpNotifications, lpvBaseOld, lpvBaseNew);
    for (i = 0; i < cNotification; i++)
        if (!notification_relocate(&lpNotifications[i], &relocation, FALSE, &size) || size > MAXDWORD)
            return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < cNotification; i++)
        notification_relocate(&lpNotifications[i], &relocation, TRUE, &unused);
    if (lpcb)
        *lpcb = size;
    return S_OK;
}
