#!/usr/bin/env bash
# Runs a Windows program of either architecture; see the usage text.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$top/build

usage()
{
    cat <<'END'
usage: tools/wine.sh [--prefix DIR] [--arch x86_64|i686] PROGRAM [ARGUMENT...]
       tools/wine.sh [--prefix DIR] --kill | --wait | --create

Runs PROGRAM with Wine and ends with its exit status. 32- and 64-bit programs run in the same prefix.

  --prefix DIR   the Wine prefix, made when it does not exist; default: $WINEPREFIX, else build/prefix
  --arch ARCH    only says which program is meant when PROGRAM is found in build/ARCH/
  --kill         ends everything that runs in the prefix
  --wait         waits until nothing runs in the prefix any more
  --create       only makes the prefix

The private root below build/ is used when tools/setup.sh has made one, else the system's Wine.
WINEDLLOVERRIDES is "mapi32=n" when it is not set; WINEDEBUG is "-all". A virtual display is started when DISPLAY is
not set; run several programs under one tools/display.sh to share it.
END
}

prefix=${WINEPREFIX:-$build/prefix}
arch=
action=
while [ $# -gt 0 ]; do
    case $1 in
    --prefix) prefix=${2:?}; shift 2 ;;
    --arch) arch=${2:?}; shift 2 ;;
    --kill | --wait | --create) action=$1; shift ;;
    --help | -h) usage; exit 0 ;;
    --) shift; break ;;
    -*) usage >&2; exit 2 ;;
    *) break ;;
    esac
done
if [ $# = 0 ] && [ -z "$action" ]; then
    usage >&2
    exit 2
fi
case $prefix in
/*) ;;
*) prefix=$PWD/$prefix ;;
esac

# Wine keeps caches and menu entries in the home folder: give it one of our own.
mkdir -p "$build/home" "$(dirname "$prefix")"
if [ -n "${XAUTHORITY-}" ] && [ -r "$XAUTHORITY" ]; then
    cp -f "$XAUTHORITY" "$build/home/.Xauthority"
elif [ -r "${HOME:-/nonexistent}/.Xauthority" ] && [ "${HOME-}" != "$build/home" ]; then
    cp -f "$HOME/.Xauthority" "$build/home/.Xauthority"
fi
export HOME=$build/home XAUTHORITY=$build/home/.Xauthority
export WINEPREFIX=$prefix LANG=C.UTF-8 LC_ALL=C.UTF-8
export WINEDEBUG=${WINEDEBUG--all}
export WINEDLLOVERRIDES="${WINEDLLOVERRIDES-mapi32=n};mscoree,mshtml=d;winemenubuilder.exe=d"
unset WINEARCH WINELOADER WINESERVER

run=()
if [ -e "$build/root/.postroom-complete" ]; then
    run=("$top/tools/in-root.sh")
    export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
fi
exec 9>&-

case $action in
--kill)
    [ -d "$prefix" ] || exit 0
    "${run[@]}" wineserver -k || true
    exec "${run[@]}" wineserver -w
    ;;
--wait)
    [ -d "$prefix" ] || exit 0
    exec "${run[@]}" wineserver -w
    ;;
esac

if [ ! -e "$prefix/.postroom-complete" ]; then
    # One at a time: several programs may find the prefix missing at once.
    (
        flock 9
        if [ ! -e "$prefix/.postroom-complete" ]; then
            if [ ! -e "$prefix/system.reg" ]; then
                DISPLAY= WINEARCH=win64 WINEDLLOVERRIDES="$WINEDLLOVERRIDES" "${run[@]}" wine wineboot -i \
                    >"$prefix.log" 2>&1 9>&- </dev/null || { cat "$prefix.log" >&2; exit 1; }
                DISPLAY= "${run[@]}" wineserver -w 9>&-
                rm -f "$prefix.log"
            fi
            touch "$prefix/.postroom-complete"
        fi
    ) 9>"$prefix.lock"
fi
[ "$action" != --create ] || exit 0

program=$1
shift
case $program in
/* | [A-Za-z]:*) ;;
*)
    if [ -n "$arch" ] && [ ! -e "$program" ] && [ -e "$build/$arch/$program" ]; then
        program=$build/$arch/$program
    elif [ -e "$program" ]; then
        program=$PWD/$program
    fi
    ;;
esac
if [ -z "${DISPLAY-}" ]; then
    exec "$top/tools/display.sh" "${run[@]}" wine "$program" "$@"
fi
exec "${run[@]}" wine "$program" "$@"
