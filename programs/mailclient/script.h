/*
 * Scripts that drive the mail client for tests; the language is described in docs/mailclient-script.md.
 *
 * A timer of the main window runs them, so they go on while a modal window is open on the same thread. Every command
 * is tried again until it is done or its time limit is over: nothing sleeps. A watchdog thread ends the process when
 * the window's thread does not answer any more.
 */
#ifndef POSTROOM_MAILCLIENT_SCRIPT_H
#define POSTROOM_MAILCLIENT_SCRIPT_H

#include "mailclient.h"

#define SCRIPT_WORDS 8
#define SCRIPT_TICK 15             /* milliseconds */
#define SCRIPT_LIMIT_DEFAULT 20000 /* milliseconds a command */

enum script_result
{
    SCRIPT_DONE,
    SCRIPT_WAIT, /* not yet: try again at the next tick */
    SCRIPT_FAIL,
};

struct script
{
    struct mail_client *client;
    WCHAR *source; /* the file; lines point into it */
    WCHAR *next;   /* the rest of it */
    HANDLE output;

    unsigned line;      /* of the running command */
    BOOL running;       /* a command is being tried */
    unsigned phase;     /* its own progress */
    ULONG requests;     /* client->requests_done when it began */
    WCHAR text[1024];   /* the command as written */
    WCHAR buffer[4096]; /* its words */
    WCHAR *words[SCRIPT_WORDS];
    unsigned word_count;
    WCHAR why[512]; /* what it is waiting for, or why it failed */

    ULONGLONG limit;
    volatile LONGLONG deadline; /* of the running command; read by the watchdog */
    HANDLE finished;            /* for the watchdog: the process is about to end */
    HANDLE watchdog;

    HWND dialog;     /* the one that the script talks about */
    WCHAR test[256]; /* the named test that is going on */
    unsigned commands;
    BOOL ended, failed;
};

/* Reads the file. FALSE: it cannot be read (told on the output). */
BOOL script_open(struct script *script, struct mail_client *client, const WCHAR *file, HANDLE output);

/* Starts the timer and the watchdog. */
void script_start(struct script *script);

/* After the message loop and after MAPI has ended: the exit status, 0 or 1. */
int script_close(struct script *script);

/* A line of the transcript. */
void script_tell(struct script *script, const WCHAR *format, ...);

/* Runs or tries again the command in words. */
enum script_result script_run_command(struct script *script);

/* script_dialog.c: dialogs of this process, other than the main window. */
HWND script_find_dialog(struct script *script, const WCHAR *title);
enum script_result script_press(struct script *script, HWND dialog, const WCHAR *button);
BOOL script_dialog_has_text(HWND dialog, const WCHAR *text);
void script_dump_dialog(struct script *script, HWND dialog);

/* script_view.c: what the main window shows. */
enum script_result script_menu(struct script *script, const WCHAR *name);
void script_dump_tree(struct script *script);
void script_dump_list(struct script *script);
BOOL script_tree_has(struct script *script, const WCHAR *text, BOOL select);
BOOL script_list_has(struct script *script, const WCHAR *text);
void script_status(struct script *script, struct text *out);

#endif
