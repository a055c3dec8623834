/*
 * report: report messages about another message (mapi-report-messages).
 */
#ifndef POSTROOM_PROVIDER_REPORT_H
#define POSTROOM_PROVIDER_REPORT_H

#include "base/base.h"

enum report_kind
{
    REPORT_DELIVERED,
    REPORT_UNDELIVERABLE,
    REPORT_READ,
    REPORT_NOT_READ
};

/* Sets what a report says of a message: class, subject, time, and the original's properties. What the messages answer. */
HRESULT report_fill(IMessage *report, IMessage *message, enum report_kind kind);
/* Addresses a report to whom the message came from. MAPI_E_NOT_FOUND: it does not say. */
HRESULT report_address(IMessage *report, IMessage *message);

#endif
