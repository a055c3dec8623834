#!/usr/bin/env bash
# Traces on Wine's debug channel "mapi": on with WINEDEBUG=+mapi, faults only by default, silent with -all; and the leak
# report of debug builds. Prints TAP. Reads ARCH, BUILD, WINE, WINEPREFIX.
set -u
program=$BUILD/wine-tests/trace.exe
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0

# check NAME COMMAND...: one test
check()
{
    local name=$1
    shift
    count=$((count + 1))
    if "$@"; then
        echo "ok $count - $name"
    else
        echo "not ok $count - $name"
        sed 's/^/# /' "$work/output" | head -40
    fi
}

run()
{
    WINEDEBUG=$1 WINEDLLOVERRIDES="mapi32=n" "$WINE" "$program" > "$work/stdout" 2> "$work/output"
    status=$?
    tr -d '\r' < "$work/output" > "$work/clean" && mv "$work/clean" "$work/output"
}

succeeded() { [ "$status" = 0 ]; }
has() { grep -Eq "$1" "$work/output"; }
lacks() { ! grep -Eq "$1" "$work/output"; }

# the build says in its first word of this file whether it is a debug build
flavour=$(sed -n '1s/ .*//p' "$BUILD/flavour" 2>/dev/null)

run -all,+mapi
check "the program runs with WINEDEBUG=+mapi" succeeded
check "entries are traced like Wine's own" has '^[0-9a-f]{4}:trace:mapi:MAPIInitialize \('
check "the caller's mistakes are warned of" has '^[0-9a-f]{4}:warn:mapi:MAPIFreeBuffer '
check "lines are whole" lacks '.mapi:.*:trace:mapi:'
run -all,trace+mapi
check "a class can be chosen alone" lacks 'warn:mapi:'
run -all
check "nothing is said with WINEDEBUG=-all" lacks ':mapi:'
run -all,err+mapi
check "no trace without being asked" lacks '(trace|warn):mapi:'
# The check builds a debug DLL too: the same program beside that one.
debug=$BUILD/../debug/$ARCH/mapi32.dll
if [ "$flavour" != debug ] && [ -e "$debug" ]; then
    check "a release build keeps no list of objects" lacks 'leaked'
    check "a release build has no errors to tell" lacks 'err:mapi:'
    mkdir -p "$BUILD/debug-trace"
    cp "$program" "$debug" "$BUILD/debug-trace/"
    program=$BUILD/debug-trace/${program##*/}
    run -all,err+mapi
fi
if [ "$flavour" = debug ] || [ -e "$debug" ]; then
    check "a debug build reports the leak, with type and place" \
        has '^[0-9a-f]{4}:err:mapi:object_report leaked at the last MAPIUninitialize: [A-Za-z_ ]+ made at [^ ]*\.c:[0-9]+ by '
    check "a debug build reports it again when it is unloaded" has 'err:mapi:object_report leaked at unloading: '
else
    check "a release build keeps no list of objects" lacks 'leaked'
    check "a release build has no errors to tell" lacks 'err:mapi:'
fi
echo "1..$count"
