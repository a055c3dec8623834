#!/usr/bin/env bash
# Every way in which a program comes to mapi32.dll, and which DLL it then has: registered (unchanged builtin mapi32, and
# the MAPI stub library's way), and the override in each placement of the file; a program linked with mingw-w64's own
# import library; the traps of Wine's loader.
# Environment: ARCH, BUILD (build/<architecture>), WINE (runs a Windows program). Prints TAP.
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$(dirname "$BUILD")
work=$(mktemp -d)
export WINEPREFIX=$BUILD/install-prefix
windows=$WINEPREFIX/drive_c/windows
case $ARCH in
i686) folder=syswow64 ;;
*) folder=system32 ;;
esac
system=$windows/$folder
count=0
# Nobody may rely on an override of the caller's.
unset WINEDLLOVERRIDES
export PROFILE=loading

finish()
{
    [ ! -e "$work/mapi32.dll.before" ] || mv -f "$work/mapi32.dll.before" "$system/mapi32.dll"
    "$top/tools/install.sh" uninstall "$out" >/dev/null 2>&1
    "$top/tools/wine.sh" --kill >/dev/null 2>&1
    rm -rf "$work"
}

result() # result passed name
{
    count=$((count + 1))
    if [ "$1" = 1 ]; then
        echo "ok $count - $2"
    else
        echo "not ok $count - $2"
        sed 's/^/# /' "$work/out" | head -n 20
    fi
}

# run override folder command...: loading.exe of that folder; output in $work/out.
run()
{
    local override=$1 place=$2
    shift 2
    (cd "$place" && WINEDLLOVERRIDES=$override "$WINE" "$place/loading.exe" "$@") 2>"$work/err" | tr -d '\r' >"$work/out"
}

# expect name line...: the output has each of these lines.
expect()
{
    local name=$1 passed=1 line
    shift
    for line in "$@"; do
        grep -qxE -- "$line" "$work/out" || passed=0
    done
    result $passed "$name"
}

echo 1..23
trap finish EXIT
[ -d "$WINEPREFIX/drive_c" ] || "$top/tools/wine.sh" --create

# Two folders: the program alone, and with the DLL beside it.
mkdir "$work/alone" "$work/beside"
for place in alone beside; do
    cp "$BUILD/wine-tests/loading.exe" "$work/$place/"
done
cp "$BUILD/mapi32.dll" "$work/beside/"
run mapi32=n "$work/beside" profile "$PROFILE"
expect 'a profile for the tests' 'profile=0'

# Not installed.
run '' "$work/alone" bare
expect 'not installed: the builtin without Extended MAPI' 'ours=0' 'behind=0' 'simple=0 winemapi'
run '' "$work/beside" bare
expect 'G.1: a mapi32.dll beside the program is not taken without the override' 'ours=0' 'behind=0'
run mapi32=n "$work/beside" bare
expect 'override, beside the program, by bare name' 'ours=1' 'session=0' 'simple=0 winemapi'
run mapi32=n,b "$work/beside" bare
expect 'override n,b, beside the program, by bare name' 'ours=1' 'session=0'
run mapi32=n "$work/alone" bare
expect 'override without the file: no DLL' 'module=none [0-9]+'

# Without another mail client there is nobody to ask.
cp "$system/reg.exe" "$work/"
clients='HKLM\Software\Clients\Mail'
"$WINE" "$work/reg.exe" add "$clients" /ve /d '' /f >/dev/null 2>&1
run mapi32=n "$work/beside" bare
"$WINE" "$work/reg.exe" add "$clients" /ve /d 'Native Mail Client' /f >/dev/null 2>&1
expect 'override, without another mail client: Simple MAPI fails, Extended MAPI does not' 'ours=1' 'session=0' 'simple=3 -'

# A program that imports every name of the import library that comes with the compiler.
library=$("$ARCH-w64-mingw32-gcc" -print-file-name=libmapi32.a)
"$ARCH-w64-mingw32-nm" "$library" 2>/dev/null | awk '$2 == "I" && $3 ~ /^__imp_/ { print $3 }' | sort -u >"$work/names"
awk '
    # The same name is there with and without decoration; one import of each is enough.
    { plain = $1; sub(/^__imp__?/, "", plain); sub(/@[0-9]*$/, "", plain) }
    !(plain in seen) { seen[plain] = 1; print "extern void *import_" ++n " __asm__(\"" $1 "\");"; }
    END {
        print "#include <stdio.h>\nvoid **const volatile all[] = {"
        for (i = 1; i <= n; i++) print "&import_" i ","
        print "};"
        print "#include <windows.h>"
        print "int main(void) { int i, missing = 0;"
        print "for (i = 0; i < " n "; i++) missing += !*all[i];"
        print "printf(\"imports=%d\\nmissing=%d\\nours=%d\\n\", " n ", missing, GetProcAddress(GetModuleHandleA(\"mapi32.dll\"), \"PostroomDiagnostics\") != NULL);"
        print "return missing; }" }' "$work/names" >"$work/import.c"
if "$ARCH-w64-mingw32-gcc" -w "$work/import.c" -o "$work/beside/import.exe" -lmapi32 >"$work/out" 2>&1; then
    result 1 'a program with every import of the import library links'
else
    result 0 'a program with every import of the import library links'
fi
(cd "$work/beside" && WINEDLLOVERRIDES=mapi32=n "$WINE" "$work/beside/import.exe") 2>/dev/null | tr -d '\r' >"$work/out"
expect 'override, beside the program, by import: it starts and has them all' 'imports=1[4-7][0-9]' 'missing=0' 'ours=1'

# The file over the builtin's in the system directory, with the override.
cp -a "$system/mapi32.dll" "$work/mapi32.dll.before"
cp --remove-destination "$BUILD/mapi32.dll" "$system/mapi32.dll"
run mapi32=n "$work/alone" path 'C:\windows\system32\mapi32.dll'
expect 'override, over the system file, by full path' 'ours=1' 'session=0' 'simple=0 winemapi'
run mapi32=n "$work/alone" restricted
expect 'override, over the system file, from the system directory only' 'ours=1' 'session=0'
run mapi32=n "$work/alone" bare
expect 'override, over the system file, by bare name' 'ours=1' 'session=0'
run '' "$work/alone" bare
expect 'G.1: over the system file without the override: the builtin' 'ours=0'
mv -f "$work/mapi32.dll.before" "$system/mapi32.dll"

# G.2: under the name mapi32.dll it does not register itself.
cp "$system/regsvr32.exe" "$work/beside/"
(cd "$work/beside" && WINEDLLOVERRIDES=mapi32=n "$WINE" "$work/beside/regsvr32.exe" /s "$(printf 'Z:%s' "$work/beside/mapi32.dll" | tr / '\\')") \
    >"$work/out" 2>&1
if [ $? != 0 ]; then
    result 1 'G.2: a file called mapi32.dll refuses to be registered'
else
    result 0 'G.2: a file called mapi32.dll refuses to be registered'
fi
run '' "$work/alone" stub
expect 'G.2: and nothing was registered' 'module=none [0-9]+'

# Installed and registered; Wine's own mapi32 stays as it is.
"$top/tools/install.sh" install "$out" >"$work/out" 2>&1
if [ $? = 0 ]; then
    result 1 'install'
else
    result 0 'install'
fi
run '' "$work/alone" bare
expect 'registered, by bare name: the builtin, and our session behind it' 'ours=0' 'behind=1' 'session=0' 'simple=0 winemapi'
run '' "$work/alone" path 'C:\windows\system32\mapi32.dll'
expect 'registered, by full path' 'ours=0' 'behind=1' 'session=0' 'simple=0 winemapi'
run '' "$work/alone" restricted
expect 'registered, from the system directory only' 'ours=0' 'behind=1' 'session=0' 'simple=0 winemapi'
run '' "$work/alone" stub
expect 'registered, the stub library: our DLL itself' 'module=.*postroom\.dll' 'ours=1' 'session=0' 'simple=0 winemapi'
run mapi32=n "$work/beside" bare
expect 'registered and overridden, beside the program' 'ours=1' 'session=0' 'simple=0 winemapi'
"$top/tools/install.sh" uninstall "$out" >"$work/out" 2>&1
run '' "$work/alone" bare
expect 'after uninstall: the builtin alone again' 'ours=0' 'behind=0' 'simple=0 winemapi'
run mapi32=n "$work/beside" unprofile "$PROFILE"
expect 'the profile is gone' 'profile=0'
