#!/usr/bin/env bash
# SHARED-26: shared sessions between a 32-bit and a 64-bit process, in one prefix: tests/shared_processes.exe of this
# architecture with members that are the same program of the other one. `make check` has built both.
# Environment: ARCH, BUILD (build/<architecture>), WINE (runs a Windows program), WINEPREFIX, DISPLAY. Prints TAP.
set -u
case $ARCH in
i686) other=x86_64 ;;
*) other=i686 ;;
esac
child=$(dirname "$BUILD")/$other/tests/shared_processes.exe
export CMOCKA_MESSAGE_OUTPUT=TAP
if [ ! -e "$child" ]; then
    echo "Bail out! $child is not built"
    exit 1
fi
cd "$BUILD/tests" || exit 1
exec "$WINE" "$BUILD/tests/shared_processes.exe" --child "$(printf 'Z:%s' "$child" | tr / '\\')"
