#!/usr/bin/env bash
# The delivered binaries themselves: what they import, how they are linked, their version resource, and that linking
# again gives the same bytes. Environment: ARCH, BUILD (build/<architecture>). Prints TAP.
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
objdump=$ARCH-w64-mingw32-objdump
version=$(sed -n 's/.*POSTROOM_VERSION_STRING "\(.*\)".*/\1/p' "$top/dll/version.h")
count=0

# result STATUS NAME [TEXT]
result()
{
    count=$((count + 1))
    if [ "$1" = 0 ]; then
        echo "ok $count - $2"
    else
        echo "not ok $count - $2"
        [ -z "${3-}" ] || printf '%s\n' "$3" | sed 's/^/# /'
    fi
}

# Windows' own DLLs that Windows 7 has; no run-time DLL of the compiler.
system='advapi32|comctl32|comdlg32|gdi32|kernel32|msvcrt|ole32|oleaut32|shell32|shlwapi|user32|version'

for file in "$BUILD"/*.dll "$BUILD"/*.exe; do
    name=${file##*/}
    headers=$("$objdump" -p "$file")
    foreign=$(printf '%s\n' "$headers" | sed -n 's/.*DLL Name: //p' | grep -viE "^($system)\.dll\$")
    result "$([ -z "$foreign" ]; echo $?)" "$name imports from the system only" "$foreign"

    wanted=(DYNAMIC_BASE NX_COMPAT)
    [ "$ARCH" != x86_64 ] || wanted+=(HIGH_ENTROPY_VA)
    lacking=
    for flag in "${wanted[@]}"; do
        printf '%s\n' "$headers" | grep -q "$flag" || lacking="$lacking $flag"
    done
    result "$([ -z "$lacking" ]; echo $?)" "$name is linked with address space randomisation and DEP" "lacks$lacking"

    stamp=$(printf '%s\n' "$headers" | sed -n 's/^Time\/Date[[:space:]]*//p')
    case $stamp in
    '' | *1970*) result 0 "$name carries no time stamp" ;;
    *) result 1 "$name carries no time stamp" "$stamp" ;;
    esac

    text=$(tr -d '\0' <"$file" | grep -ac "ProductVersion.*$version\|FileVersion.*$version")
    result "$([ "$text" != 0 ]; echo $?)" "$name has a version resource"
done

cmp -s "$BUILD/mapi32.dll" "$BUILD/postroom.dll"
result $? "postroom.dll is the same binary as mapi32.dll"

# MAPI programs call the plain names; on i686 compilers ask for them with decoration.
symbol=MAPILogonEx
[ "$ARCH" != i686 ] || symbol=_MAPILogonEx@20
"$ARCH-w64-mingw32-nm" "$BUILD/libmapi32.a" 2>/dev/null | grep -q " T $symbol\$"
result $? "the import library has $symbol"
echo "1..$count"
