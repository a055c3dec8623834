/*
 * Numbers of the mail client's resources and controls.
 */
#ifndef POSTROOM_MAILCLIENT_RESOURCE_H
#define POSTROOM_MAILCLIENT_RESOURCE_H

#define IDI_MAILCLIENT 1
#define IDI_STORE 2

#define IDR_MENU 100
#define IDR_ACCELERATORS 101

#define IDC_TREE 200
#define IDC_LIST 201
#define IDC_STATUS 202
#define IDC_NOTICE 203
#define IDC_NOTICE_LOG_OFF 204

#define IDM_LOG_ON 300
#define IDM_LOG_OFF 301
#define IDM_LOG_OFF_ALL 302
#define IDM_EXIT 303
#define IDM_REFRESH 310
#define IDM_NEXT_PANE 311
#define IDM_ABOUT 320

#endif
