/*
 * services: what the commands about one profile's message services share.
 */
#ifndef POSTROOM_PROGRAMS_SERVICES_H
#define POSTROOM_PROGRAMS_SERVICES_H

#include "command.h"

typedef enum status (*services_work)(struct context *context, IMsgServiceAdmin2 *services);

/* The first option of each of these commands. */
#define PROFILE_OPTION                                                                                                 \
    {                                                                                                                  \
        L"--profile", L"NAME", L"the profile, instead of the default one"                                              \
    }

/* Has work done with the administration of that profile, or of the default one. */
enum status services_run(struct context *context, services_work work);
/* The reason that the administration object gives for its last failure, else the code's own. */
enum status services_failed(struct context *context, IMsgServiceAdmin2 *services, HRESULT hr, const WCHAR *what);
/* 32 hex digits; "" when the row has no such uid. */
void services_uid_text(const SRow *row, ULONG tag, WCHAR text[33]);

#endif
