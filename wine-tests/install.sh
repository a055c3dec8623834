#!/usr/bin/env bash
# make install and make uninstall on a prefix: what is written, and that afterwards everything is as it was, byte for
# byte: twice, with a mail client that came before or comes in between, with files that were there already.
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
unset WINEDLLOVERRIDES
count=0

finish()
{
    "$top/tools/install.sh" uninstall "$out" >/dev/null 2>&1
    "$top/tools/wine.sh" --kill >/dev/null 2>&1
    rm -rf "$work"
}
trap finish EXIT

result() # result passed name
{
    count=$((count + 1))
    if [ "$1" = 1 ]; then
        echo "ok $count - $2"
    else
        echo "not ok $count - $2"
        head -n 20 "$work/out" | sed 's/^/# /'
    fi
}

# holds name command...: the command succeeds.
holds()
{
    local name=$1 passed=1
    shift
    "$@" >"$work/out" 2>&1 || passed=0
    result $passed "$name"
}

# reg.exe of this architecture: a copy, because a 32-bit wine finds only the 32-bit one in the system directory.
registry()
{
    [ -e "$work/reg.exe" ] || cp "$windows/$folder/reg.exe" "$work/"
    "$WINE" "$work/reg.exe" "$@" 2>&1 </dev/null | tr -d '\r'
}

# The value of a name below a key: value key name ("" = the default value).
value()
{
    if [ -n "$2" ]; then
        registry query "$1" /v "$2"
    else
        registry query "$1" /ve
    fi | sed -n 's/^    .*    REG_[A-Z_]*    //p'
}

# Everything that a program of this architecture sees of machine's and user's software, as files below a folder. What Wine
# keeps for itself while programs run is left out of the user's part.
snapshot()
{
    mkdir "$work/$1"
    registry export 'HKLM\Software' "$(printf 'Z:%s' "$work/$1/machine" | tr / '\\')" /y >/dev/null
    registry export 'HKCU\Software' "$(printf 'Z:%s' "$work/$1/user.all" | tr / '\\')" /y >/dev/null
    iconv -f UTF-16LE -t UTF-8 "$work/$1/user.all" | tr -d '\r' |
        awk '/^\[/ { skip = /^\[HKEY_CURRENT_USER\\Software\\Wine[\\\]]/ } !skip' >"$work/$1/user"
    rm "$work/$1/user.all"
    (cd "$WINEPREFIX" && find . -path ./drive_c/users -prune -o -type f ! -name '*.reg' ! -name '.update-timestamp' \
        ! -name wineserver -printf '%p %s %T@\n' -o -type l -printf '%p %l\n' -o -type d -printf '%p\n' | sort) >"$work/$1/files"
    [ -s "$work/$1/machine" ] && [ -s "$work/$1/user" ]
}

same()
{
    diff -r "$work/$1" "$work/$2"
}

installs()
{
    "$top/tools/install.sh" install "$out"
}

uninstalls()
{
    "$top/tools/install.sh" uninstall "$out"
}

client='HKLM\Software\Clients\Mail'
subsystem='HKLM\Software\Microsoft\Windows Messaging Subsystem'

has_value() # has_value key name value
{
    local is
    is=$(value "$1" "$2")
    echo "$1 $2: $is"
    [ "$is" = "$3" ]
}

has_no_value()
{
    ! registry query "$1" /v "$2" | grep -q REG_
}

echo 1..35
[ -d "$WINEPREFIX/drive_c" ] || "$top/tools/wine.sh" --create
# The first programs in a new prefix write values of their own.
registry query "$client" >/dev/null

holds 'what is there before' snapshot before
cp "$windows/$folder/mapi32.dll" "$work/"
holds 'install' installs
holds 'the DLL is where its architecture looks for it' cmp "$BUILD/postroom.dll" "$windows/$folder/postroom.dll"
holds 'the message store is beside it' cmp "$BUILD/postroomstore32.dll" "$windows/$folder/postroomstore32.dll"
holds 'the programs are there' test -s "$WINEPREFIX/drive_c/Program Files/Postroom/postroom.exe" -a \
    -s "$WINEPREFIX/drive_c/Program Files/Postroom/mailclient.exe"
holds 'default mail client' has_value "$client" '' Postroom
holds 'DLLPathEx: the system directory' has_value "$client\\Postroom" DLLPathEx 'C:\windows\system32\postroom.dll'
holds 'DLLPath: what the client before has' has_value "$client\\Postroom" DLLPath 'C:\windows\system32\winemapi.dll'
holds 'MAPIX' has_value "$subsystem" MAPIX 1
holds 'MAPI' has_value "$subsystem" MAPI 1
version=$(value "$subsystem" MAPIXVER)
echo "$version" >"$work/out"
if [[ $version =~ ^[0-9]+(\.[0-9]+)+$ ]]; then result 1 'MAPIXVER'; else result 0 'MAPIXVER'; fi
holds 'neither CMC nor OLE Messaging is claimed' has_no_value "$subsystem" CMC
holds 'the builtin mapi32.dll is unchanged' cmp "$work/mapi32.dll" "$windows/$folder/mapi32.dll"

# A second installation keeps the first record.
holds 'install again' installs
holds 'DLLPath is still the one of the client before' has_value "$client\\Postroom" DLLPath 'C:\windows\system32\winemapi.dll'
holds 'uninstall' uninstalls
holds 'what is there after' snapshot after
holds 'registry and files are byte for byte what they were' same before after
holds 'uninstall without installation' uninstalls

# Somebody else becomes the default client in between.
holds 'install for the second round' installs
registry add "$client\\Other" /ve /d Other /f >/dev/null
registry add "$client" /ve /d Other /f >/dev/null
holds 'uninstall when there is another default client' uninstalls
holds 'that client stays' has_value "$client" '' Other
holds 'and our key is gone' bash -c "! '$WINE' '$work/reg.exe' query '$client\\Postroom' >/dev/null 2>&1"
# And this time it is there first.
registry add "$client\\Other" /v DLLPath /t REG_EXPAND_SZ /d '%SystemRoot%\system32\winemapi.dll' /f >/dev/null
holds 'install over another client' installs
holds 'its DLLPath is taken as it stands' has_value "$client\\Postroom" DLLPath '%SystemRoot%\system32\winemapi.dll'
holds 'uninstall' uninstalls
holds 'it is the default client again' has_value "$client" '' Other
registry delete "$client\\Other" /f >/dev/null
registry add "$client" /ve /d 'Native Mail Client' /f >/dev/null

# Values that did not exist vanish again, and so does the key when it was not there.
registry export "$subsystem" "$(printf 'Z:%s' "$work/subsystem.reg" | tr / '\\')" /y >/dev/null
registry delete "$subsystem" /f >/dev/null
holds 'install without the messaging subsystem key' installs
holds 'it is there then' has_value "$subsystem" MAPIX 1
holds 'uninstall' uninstalls
holds 'and gone again' bash -c "! '$WINE' '$work/reg.exe' query '$subsystem' >/dev/null 2>&1"
registry import "$(printf 'Z:%s' "$work/subsystem.reg" | tr / '\\')" >/dev/null

# Files of the same names that were there come back.
echo 'somebody else' >"$windows/$folder/postroom.dll"
mkdir -p "$WINEPREFIX/drive_c/Program Files/Postroom"
echo 'settings' >"$WINEPREFIX/drive_c/Program Files/Postroom/notes.txt"
holds 'install over a file of that name' installs
uninstalls >"$work/out" 2>&1
if [ "$(cat "$windows/$folder/postroom.dll")" = 'somebody else' ]; then result 1 'it comes back'; else result 0 'it comes back'; fi
holds 'and a folder with the user'"'"'s files stays' test -s "$WINEPREFIX/drive_c/Program Files/Postroom/notes.txt"
rm -rf "$windows/$folder/postroom.dll" "$windows/$folder/postroomstore32.dll" "$WINEPREFIX/drive_c/Program Files/Postroom"

snapshot last >"$work/out" 2>&1
holds 'at the end everything is as at the beginning' same before last
