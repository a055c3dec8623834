#!/usr/bin/env bash
# clean.sh [--build DIR] [--all]: deletes what was built; with --all also Wine's prefixes, the private root and the
# fetched sources. What still runs in our prefixes is ended first.
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$top/build
all=
while [ $# -gt 0 ]; do
    case $1 in
    --build) build=$2; shift 2 ;;
    --all) all=1; shift ;;
    *) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
    esac
done
case $build in
/*) ;;
*) build=$PWD/$build ;;
esac

for prefix in "$build"/*prefix*/; do
    [ -e "${prefix}system.reg" ] || continue
    "$top/tools/wine.sh" --prefix "${prefix%/}" --kill >/dev/null 2>&1
done
rm -rf "${build:?}/x86_64" "$build/i686" "$build/gen" "$build/check" "$build"/run*.png "$build"/postroom-*
[ -n "$all" ] || exit 0
rm -rf "$build"/*prefix* "$build/home"
"$top/tools/setup.sh" remove || exit 1
rm -f "$build/.setup.lock"
rmdir "$build" 2>/dev/null || true
