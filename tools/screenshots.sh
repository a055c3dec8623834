#!/usr/bin/env bash
# screenshots.sh [--build DIR] [--out DIR]: pictures of our windows over a program's window, into docs/images.
#
# The programs are the languages test, which can show one window in one language, and the display test (a property sheet). Runs on a virtual display of its own, so
# that the pictures do not depend on the desktop. The fonts come with Wine's set-up (setup.sh).
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$top/build
out=$top/docs/images
inside=
while [ $# -gt 0 ]; do
    case $1 in
    --build) build=$(cd "$2" && pwd); shift 2 ;;
    --out) mkdir -p "$2"; out=$(cd "$2" && pwd); shift 2 ;;
    --inside) inside=1; shift ;;
    *) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
    esac
done

export WINEPREFIX=$build/screenshots-prefix
if [ -z "$inside" ]; then
    exec "$top/tools/display.sh" --private "$top/tools/screenshots.sh" --inside --build "$build" --out "$out"
fi

programs=$build/x86_64/tests/unit
work=$(mktemp -d)
trap '"$top/tools/wine.sh" --kill >/dev/null 2>&1; rm -rf "$work"' EXIT
mkfifo "$work/in" "$work/out"
mkdir -p "$out"

# picture LANGID WINDOW NAME [PROGRAM]
picture()
{
    local line=
    timeout --kill-after=5 90 "$top/tools/wine.sh" "$programs/${4:-languages}.exe" --show "$1" "$2" <"$work/in" >"$work/out" 2>/dev/null &
    exec 3>"$work/in" 4<"$work/out"
    if ! read -r -t 60 line <&4 || [ "${line%$'\r'}" != ready ]; then
        echo "screenshots: the window did not appear: $3" >&2
        exec 3>&- 4<&-
        exit 1
    fi
    import -window root "$work/picture.png"
    exec 3>&- 4<&-
    wait "$!" || true
    # The program's window only; without times and other traces of the day, so that the same picture is the same file.
    convert "$work/picture.png" -trim +repage -strip -define png:exclude-chunks=date,time "$out/$3.png"
    echo "$out/$3.png"
}

"$top/tools/wine.sh" --create
picture 0x09 logoff logoff-english
picture 0x09 pending logoff-pending-english
picture 0x07 pending logoff-pending-german
picture 0x01 pending logoff-pending-arabic
picture 0x11 pending logoff-pending-japanese
picture 0x09 chooser chooser-english
picture 0x09 0 sheet-english display
