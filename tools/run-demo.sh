#!/usr/bin/env bash
# run-demo.sh [--build DIR] [--headless]: what `make run` does once everything is built.
#
# With a display the mail client opens and stays open. Without one (or with --headless) it runs on a virtual display,
# logs on, opens File > Log off; a picture of the dialog over the window goes to DIR/run.png, the dialog is confirmed,
# and what the program saw is printed. Then two mail clients share a session and one logs off both: pictures of its
# dialog and of the other one's window go to DIR/run-shared-dialog.png and DIR/run-shared.png. The profile "Demo" is made
# when there is none.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
wine=$top/tools/wine.sh
build=$top/build
headless=
inside=

usage()
{
    sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"
}

while [ $# -gt 0 ]; do
    case $1 in
    --build) build=$(cd "${2:?}" && pwd); shift 2 ;;
    --headless) headless=1; shift ;;
    --inside) inside=1; shift ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
    esac
done

out=$build/x86_64
picture=$build/run.png
work=
# The project's own prefix, and the DLL beside the programs, whatever the user's settings are.
export WINEPREFIX=$build/prefix WINEDLLOVERRIDES=mapi32=n

die()
{
    echo "run-demo.sh: $*" >&2
    exit 1
}

postroom()
{
    "$wine" "$out/postroom.exe" "$@"
}

# Makes the profile that is asked for when it is missing, and the default when there is no other.
prepare_profile()
{
    local status=0

    postroom profile create Demo >/dev/null 2>"$build/run-profile.log" || status=$?
    case $status in
    0 | 5) ;; # made, or there already
    *)
        cat "$build/run-profile.log" >&2
        die "the profile Demo cannot be made"
        ;;
    esac
    if postroom profile default --json | grep -q '"default": null'; then
        postroom profile default Demo >/dev/null
    fi
    rm -f "$build/run-profile.log"
}

write_script()
{
    cat >"$1" <<'END'
# What a person would do: log on, look, File > Log off, confirm.
timeout 60
logon "Demo"
expect status "Demo"
expect rows >= 3
dump tree
dump list
menu "Log off"
wait dialog "Log off"
expect window disabled
dump dialog
screenshot-ready "%POSTROOM_READY%"
press "Log off"
expect no dialog
expect no session
expect window enabled
dump status
END
}

write_shared_scripts()
{
    cat >"$1/first" <<'END'
# One of two programs on the same session: log off both.
timeout 60
logon "Demo"
expect status "1 other program"
dump status
menu "Log off all"
wait dialog "Log off"
dump dialog
screenshot-ready "%POSTROOM_READY%"
press "Log off"
expect no session
dump status
END
    cat >"$1/second" <<'END'
# The other one: it joins without a question, is told, and its user logs off.
timeout 60
logon
expect notice
expect session
dump status
screenshot-ready "%POSTROOM_READY%"
answer-notice
expect no session
dump status
END
}

# Fails unless the dialog is on the display, and its part of the picture is drawn.
check_picture()
{
    local id colours X Y WIDTH HEIGHT SCREEN WINDOW

    id=$(xdotool search --onlyvisible --name '^Log off$' | head -n 1)
    [ -n "$id" ] || die "the log-off dialog is not on the display"
    eval "$(xdotool getwindowgeometry --shell "$id")"
    [ "$WIDTH" -ge 150 ] && [ "$HEIGHT" -ge 60 ] || die "the log-off dialog is only $WIDTH x $HEIGHT"
    colours=$(convert "$1" -crop "${WIDTH}x$HEIGHT+$X+$Y" +repage -unique-colors -format '%w' info:)
    [ "$colours" -ge 8 ] || die "the dialog's part of the picture has only $colours colours"
    echo "The log-off dialog is on the display: $WIDTH x $HEIGHT at $X,$Y, $colours colours."
}

# Waits until the mail client has made the file, as long as it runs.
wait_for_ready()
{
    local deadline=$((SECONDS + 120))

    until [ -e "$1" ]; do
        kill -0 "$2" 2>/dev/null || return 1
        [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 0.1
    done
}

run_headless()
{
    local client status=0 checked=

    work=$(mktemp -d "$build/run.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    write_script "$work/script"
    rm -f "$picture"
    # Somebody may have told the dialog, in an earlier run with a display, not to come any more.
    "$wine" reg delete 'HKCU\Software\Postroom' /v ConfirmLogoff /f >/dev/null 2>&1 || true
    POSTROOM_READY=Z:$work/ready "$wine" "$out/mailclient.exe" --script "Z:$work/script" >"$work/transcript" \
        2>"$work/errors" &
    client=$!
    if wait_for_ready "$work/ready" "$client"; then
        import -window root "$work/screen.png"
        if (check_picture "$work/screen.png") >"$work/check" 2>&1; then
            checked=1
            # Only the window, without the empty rest of the screen.
            convert "$work/screen.png" -trim +repage "$picture"
        fi
        rm -f "$work/ready"
    fi
    wait "$client" || status=$?
    echo "Transcript of the mail client:"
    tr -d '\r' <"$work/transcript"
    if [ "$status" != 0 ]; then
        cat "$work/errors" >&2
        die "the mail client ended with $status"
    fi
    cat "$work/check"
    [ -n "$checked" ] || die "there is no picture of the dialog"
    echo "Picture: ${picture#"$PWD"/}"
}

# take_picture READY PID PICTURE [TITLE]: when the program is ready for it, with its dialog of that title in front; it goes
# on afterwards.
take_picture()
{
    wait_for_ready "$1" "$2" || return 1
    # The two windows lie on each other.
    if [ -n "${4-}" ]; then
        xdotool search --onlyvisible --name "$4" windowactivate --sync 2>/dev/null || return 1
        sleep 1
    fi
    import -window root "$work/screen.png"
    [ -z "${4-}" ] || (check_picture "$work/screen.png") || return 1
    convert "$work/screen.png" -trim +repage "$3"
    rm -f "$1"
}

run_shared()
{
    local first second status=0 taken=0

    write_shared_scripts "$work"
    rm -f "$build/run-shared.png" "$build/run-shared-dialog.png"
    POSTROOM_READY=Z:$work/ready-second "$wine" "$out/mailclient.exe" --script "Z:$work/second" \
        >"$work/transcript-second" 2>"$work/errors" &
    second=$!
    POSTROOM_READY=Z:$work/ready-first "$wine" "$out/mailclient.exe" --script "Z:$work/first" \
        >"$work/transcript-first" 2>>"$work/errors" &
    first=$!
    take_picture "$work/ready-first" "$first" "$build/run-shared-dialog.png" '^Log off$' && taken=1
    wait "$first" || status=$?
    take_picture "$work/ready-second" "$second" "$build/run-shared.png" && taken=$((taken + 1))
    wait "$second" || status=$?
    echo
    echo "Transcript of a program that logs off everybody on its session:"
    tr -d '\r' <"$work/transcript-first"
    echo "Transcript of another program on that session:"
    tr -d '\r' <"$work/transcript-second"
    if [ "$status" != 0 ]; then
        cat "$work/errors" >&2
        die "a mail client ended with $status"
    fi
    [ "$taken" = 2 ] || die "a picture of the shared session is missing"
    echo "Pictures: ${build#"$PWD"/}/run-shared-dialog.png, ${build#"$PWD"/}/run-shared.png"
}

if [ -n "$inside" ]; then
    prepare_profile
    run_headless
    run_shared
elif [ -z "$headless" ] && [ -n "${DISPLAY-}" ] && xprop -root _NET_SUPPORTED >/dev/null 2>&1; then
    prepare_profile
    echo "The mail client is open: File > Log off asks before it ends the session."
    exec "$wine" "$out/mailclient.exe"
else
    unset DISPLAY
    exec "$top/tools/display.sh" --private "$top/tools/run-demo.sh" --inside --build "$build"
fi
