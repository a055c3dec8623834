/*
 * Kinds: pidtagcontroltype, pidtagcontrolflags and the structures' pages as one table.
 */
#include "display/kinds.h"

static const struct control_shape shapes[] = {
        {DTCT_LABEL, sizeof(DTBLLABEL), TRUE, FALSE, 0, 0, 0},
        {DTCT_EDIT, sizeof(DTBLEDIT), FALSE, TRUE,
         DT_ACCEPT_DBCS | DT_MULTILINE | DT_EDITABLE | DT_PASSWORD_EDIT | DT_REQUIRED | DT_SET_IMMEDIATE, 3, 0},
        {DTCT_LBX, sizeof(DTBLLBX), FALSE, FALSE, DT_EDITABLE | DT_SET_IMMEDIATE | DT_SET_SELECTION, 1, 2},
        {DTCT_COMBOBOX, sizeof(DTBLCOMBOBOX), FALSE, TRUE,
         DT_ACCEPT_DBCS | DT_EDITABLE | DT_REQUIRED | DT_SET_IMMEDIATE, 3, 4},
        {DTCT_DDLBX, sizeof(DTBLDDLBX), FALSE, FALSE, DT_EDITABLE | DT_SET_IMMEDIATE, 2, 3},
        {DTCT_CHECKBOX, sizeof(DTBLCHECKBOX), TRUE, FALSE, DT_EDITABLE | DT_SET_IMMEDIATE, 2, 0},
        {DTCT_GROUPBOX, sizeof(DTBLGROUPBOX), TRUE, FALSE, 0, 0, 0},
        {DTCT_BUTTON, sizeof(DTBLBUTTON), TRUE, FALSE, 0, 0, 2},
        {DTCT_PAGE, sizeof(DTBLPAGE), TRUE, FALSE, 0, 0, 0},
        {DTCT_RADIOBUTTON, sizeof(DTBLRADIOBUTTON), TRUE, FALSE, DT_EDITABLE | DT_SET_IMMEDIATE, 3, 0},
        {DTCT_MVLISTBOX, sizeof(DTBLMVLISTBOX), FALSE, FALSE, 0, 1, 0},
        {DTCT_MVDDLBX, sizeof(DTBLMVDDLBX), FALSE, FALSE, 0, 1, 0},
};

const struct control_shape *control_shape_of(ULONG type)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(shapes); i++)
    {
        if (shapes[i].type == type)
            return &shapes[i];
    }
    return NULL;
}
