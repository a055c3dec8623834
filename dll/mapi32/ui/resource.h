/*
 * Resource numbers of the windows in ui: used by the C code and by the resource scripts, so numbers only.
 */
#ifndef POSTROOM_UI_RESOURCE_H
#define POSTROOM_UI_RESOURCE_H

/* Dialog templates. */
#define IDD_LOGOFF 4000
#define IDD_CHOOSER 4001
#define IDD_NEW_PROFILE 4002
#define IDD_PROGRESS 4003
#define IDD_SHEET 4004
#define IDD_PAGE 4005

/* The manifest that asks for the themed common controls, for our own windows only. */
#define IDM_CONTROLS 4000

/* Controls. */
#define IDC_TEXT_ICON 4100
#define IDC_QUESTION 4101
#define IDC_UNSENT 4102
#define IDC_OTHERS 4103
#define IDC_ASK 4104
#define IDC_PROMPT 4110
#define IDC_PROFILES 4111
#define IDC_NEW 4112
#define IDC_ALWAYS 4113
#define IDC_EMPTY 4114
#define IDC_NAME_LABEL 4120
#define IDC_NAME 4121
#define IDC_PROBLEM 4122
#define IDC_SERVICES_LABEL 4123
#define IDC_SERVICES 4124
#define IDC_WHAT 4130
#define IDC_BAR 4131
#define IDC_WAITING 4132
#define IDC_TABS 4140
#define IDC_APPLY 4141
/* The controls of a display table: this and the following ones. */
#define IDC_DISPLAY 5000

/*
 * Strings. Counted texts take six numbers in a row, one a plural form (zero, one, two, few, many, other); a language
 * defines those that it has.
 */
#define IDS_LOGOFF_TITLE 4000
#define IDS_LOGOFF_QUESTION 4001
#define IDS_LOGOFF_QUESTION_PLAIN 4002
#define IDS_LOGOFF_ASK 4003
#define IDS_LOGOFF_YES 4004
#define IDS_CANCEL 4005
#define IDS_OK 4006
#define IDS_OTHER_NAMES 4007
#define IDS_LIST_SEPARATOR 4008

#define IDS_CHOOSER_TITLE 4016
#define IDS_CHOOSER_PROMPT 4017
#define IDS_CHOOSER_NEW 4018
#define IDS_CHOOSER_ALWAYS 4019
#define IDS_CHOOSER_EMPTY 4020
#define IDS_NEW_TITLE 4021
#define IDS_NEW_NAME 4022
#define IDS_NEW_EXISTS 4023
#define IDS_NEW_BAD_NAME 4024
#define IDS_NEW_FAILED 4025
#define IDS_PROGRESS_WHAT 4026
#define IDS_PROGRESS_WHAT_PLAIN 4027
#define IDS_PROGRESS_WAITING 4028
#define IDS_SHEET_APPLY 4029
#define IDS_SHEET_REQUIRED 4030
#define IDS_SHEET_FAILED 4031
#define IDS_NEW_SERVICES 4009

/* Offsets of the plural forms; enum plural_form has the same order. */
#define FORM_ZERO 0
#define FORM_ONE 1
#define FORM_TWO 2
#define FORM_FEW 3
#define FORM_MANY 4
#define FORM_OTHER 5

#define IDS_UNSENT 4032
#define IDS_OTHERS 4038
#define IDS_OTHERS_ASKED 4048

#endif
