/*
 * wizard: the assistant that makes a new profile with message services, for LaunchWizard and the profile chooser.
 *
 * Contract: everything goes through IProfAdmin and IMsgServiceAdmin. Services' entry functions run and may show windows:
 * no lock is held. A profile is made whole or not at all.
 */
#ifndef POSTROOM_WIZARD_WIZARD_H
#define POSTROOM_WIZARD_WIZARD_H

#include "profile/inf.h"
#include "ui/ui.h"

/* The services of mapisvc.inf as a choice. */
struct wizard_services
{
    struct service_choice choice;
    struct inf inf;
    const WCHAR **names, **sections; /* shown; what CreateMsgService is given */
    ULONG hidden;                    /* how many the dialog does not show; choice.count is 0 then */
    ULONG flags;                     /* SERVICE_UI_* for CreateMsgService */
};

/* services is zero before. MAPI_E_NOT_FOUND: no mapisvc.inf; what reading it fails with. Free it either way. */
HRESULT wizard_services(struct wizard_services *services);
void wizard_services_free(struct wizard_services *services);

#endif
