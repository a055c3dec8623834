#!/usr/bin/env bash
# bench.sh [--build DIR] BENCHMARK...: runs the x86_64 benchmarks one after the other, in a prefix of their own, with
# nothing else of ours running. Ends with an error when one of them could not measure something.
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$top/build
if [ "${1-}" = --build ]; then
    build=$(cd "$2" && pwd) || exit 1
    shift 2
fi
if [ -z "${DISPLAY-}" ]; then
    exec "$top/tools/display.sh" "$top/tools/bench.sh" --build "$build" "$@"
fi
export WINEPREFIX=$build/bench-prefix
"$top/tools/wine.sh" --create || exit 1
status=0
for name in "$@"; do
    echo "== $name"
    "$top/tools/wine.sh" "$build/x86_64/bench/$name.exe" || status=1
done
"$top/tools/wine.sh" --kill
exit $status
