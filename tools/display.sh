#!/usr/bin/env bash
# display.sh [--private] COMMAND [ARGUMENT...]: runs COMMAND with a display. When there is none (or with --private) a
# virtual one is started for it, with a window manager, and ended with it. The exit status is the command's.
set -u
if [ "${1-}" = --private ]; then
    shift
elif [ -n "${DISPLAY-}" ]; then
    exec "$@"
fi
if [ $# = 0 ]; then
    echo "usage: display.sh [--private] COMMAND [ARGUMENT...]" >&2
    exit 2
fi

work=$(mktemp -d) || exit 1
server=
manager=
ended()
{
    [ -z "$manager" ] || kill "$manager" 2>/dev/null
    [ -z "$server" ] || kill "$server" 2>/dev/null
    wait 2>/dev/null
    rm -rf "$work"
}
trap ended EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The server picks a free number itself and writes it when it is ready.
mkfifo "$work/number"
Xvfb -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp 3>"$work/number" >"$work/log" 2>&1 </dev/null &
server=$!
if ! read -r -t 60 number <"$work/number"; then
    echo "display.sh: the virtual display did not start:" >&2
    cat "$work/log" >&2
    exit 1
fi
export DISPLAY=:$number
unset XAUTHORITY WAYLAND_DISPLAY

# Without a window manager Wine waits about two seconds for every window.
mkdir "$work/home"
HOME=$work/home XDG_CONFIG_HOME=$work/home openbox --sm-disable >"$work/openbox" 2>&1 </dev/null &
manager=$!
for _ in $(seq 100); do
    if xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id'; then
        break
    fi
    sleep 0.05
done

"$@" &
command=$!
trap 'kill -TERM "$command" 2>/dev/null; exit 143' TERM
trap 'kill -TERM "$command" 2>/dev/null; exit 130' INT
wait "$command"
exit $?
