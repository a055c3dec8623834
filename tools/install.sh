#!/usr/bin/env bash
# install.sh install|uninstall BUILD: puts Postroom into a Wine prefix, or puts back what was there.
#
# WINEPREFIX names the prefix (default: ~/.wine), WINE the command that runs a Windows program in it (default: the
# system's wine when it can run what the prefix holds, else tools/wine.sh). Nothing outside the prefix is touched and
# root is not needed.
#
# What is copied: postroom.dll and postroomstore32.dll into the system directory of each architecture, postroom.exe and mailclient.exe into
# Program Files/Postroom. Files that were there before are kept in WINEPREFIX/.postroom-install, beside a list of what
# was copied, and come back; files that somebody has changed since are left alone.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage()
{
    sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2
    exit 2
}

fail()
{
    echo "install.sh: $*" >&2
    exit 1
}

[ $# = 2 ] || usage
action=$1
build=$2
prefix=${WINEPREFIX:-${HOME:?}/.wine}
case $prefix in
/*) ;;
*) fail "WINEPREFIX has to be an absolute path: $prefix" ;;
esac
export WINEPREFIX=$prefix WINEDEBUG=${WINEDEBUG--all}
state=$prefix/.postroom-install
list=$state/files
system=drive_c/windows/system32
system_32=drive_c/windows/syswow64
programs='drive_c/Program Files/Postroom'

# The machine that a program is for, from its PE header.
machine()
{
    local header
    header=$(od -An -tu4 -j60 -N4 "$1")
    case $(od -An -tx2 -j$((header + 4)) -N2 "$1") in
    *8664) echo x86_64 ;;
    *014c) echo i686 ;;
    *) fail "$1 is for another machine" ;;
    esac
}

# Each architecture with its system directory, as seen from the prefix and by its own programs; the main one first.
architectures()
{
    local main
    main=$(machine "$prefix/$system/regsvr32.exe") || exit 1
    printf '%s\n' "$main|$system|C:\\windows\\system32"
    if [ "$main" = x86_64 ] && [ -e "$prefix/$system_32/regsvr32.exe" ]; then
        printf '%s\n' "i686|$system_32|C:\\windows\\syswow64"
    fi
}

choose_wine()
{
    if [ -n "${WINE-}" ]; then
        return
    fi
    WINE=$top/tools/wine.sh
    if command -v wine >/dev/null && wine cmd /c exit >/dev/null 2>&1 </dev/null &&
        { [ ! -e "$prefix/$system_32/cmd.exe" ] || wine 'C:\windows\syswow64\cmd.exe' /c exit >/dev/null 2>&1 </dev/null; }; then
        WINE=wine
    fi
}

# regsvr32 options...: with every architecture; fails when one fails. A 32-bit wine looks for the 64-bit program in the
# 32-bit system directory, whatever it is told; a copy elsewhere is what it seems.
regsvr32()
{
    local arch folder directory program result=0
    while IFS='|' read -r arch folder directory <&3; do
        program=$state/$arch/regsvr32.exe
        mkdir -p "$state/$arch"
        cp "$prefix/$folder/regsvr32.exe" "$program"
        if ! "$WINE" "$program" "$@" "$directory\\postroom.dll" </dev/null; then
            echo "install.sh: regsvr32 $* $directory\\postroom.dll failed ($arch)" >&2
            result=1
        fi
    done 3< <(architectures)
    return $result
}

sum()
{
    sha256sum <"$1" | cut -d' ' -f1
}

copy() # copy source target: target is relative to the prefix
{
    local target=$prefix/$2 line
    line=$(grep -F "|$2" "$list" 2>/dev/null || true)
    if [ -z "$line" ] && { [ -e "$target" ] || [ -L "$target" ]; }; then
        mkdir -p "$state/before/$(dirname "$2")"
        cp -a "$target" "$state/before/$2"
    fi
    # The list says what is about to be there, then it is there: an interrupted run can be undone.
    { grep -vF "|$2" "$list" 2>/dev/null || true; echo "$(sum "$1")|$2"; } >"$list.new"
    mv -f "$list.new" "$list"
    cp "$1" "$target.postroom-new"
    mv -f "$target.postroom-new" "$target"
}

restore()
{
    local hash file target
    while IFS='|' read -r hash file; do
        target=$prefix/$file
        if [ -f "$target" ] && [ "$(sum "$target")" != "$hash" ]; then
            echo "install.sh: $target has been changed since and stays" >&2
            continue
        fi
        rm -f "$target"
        if [ -e "$state/before/$file" ] || [ -L "$state/before/$file" ]; then
            mv -f "$state/before/$file" "$target"
        fi
    done <"$list"
    if [ -e "$state/made-programs" ]; then
        rmdir "$prefix/$programs" 2>/dev/null || true
    fi
    rm -rf "$state"
}

install()
{
    local arch folder main='' file
    for file in x86_64/postroom.dll i686/postroom.dll x86_64/postroomstore32.dll i686/postroomstore32.dll x86_64/postroom.exe x86_64/mailclient.exe; do
        [ -e "$build/$file" ] || fail "$build/$file is missing: make -f Makefile.mingw all"
    done
    choose_wine
    if [ ! -e "$prefix/$system/regsvr32.exe" ]; then
        "$WINE" wineboot.exe -i </dev/null >/dev/null 2>&1 || true
        [ -e "$prefix/$system/regsvr32.exe" ] || fail "$prefix is no Wine prefix and could not be made one"
    fi
    mkdir -p "$state"
    while IFS='|' read -r arch folder _; do
        main=${main:-$arch}
        copy "$build/$arch/postroom.dll" "$folder/postroom.dll"
        copy "$build/$arch/postroomstore32.dll" "$folder/postroomstore32.dll"
    done < <(architectures)
    if [ ! -d "$prefix/$programs" ]; then
        : >"$state/made-programs"
        mkdir -p "$prefix/$programs"
    fi
    for file in postroom.exe mailclient.exe; do
        copy "$build/$main/$file" "$programs/$file"
    done
    if ! regsvr32 /s; then
        regsvr32 /s /u || true
        restore
        fail "registration failed; everything is as it was"
    fi
    echo "Postroom is installed in $prefix"
}

uninstall()
{
    if [ ! -e "$list" ]; then
        echo "Postroom is not installed in $prefix"
        return
    fi
    choose_wine
    regsvr32 /s /u || fail "could not unregister; nothing was removed"
    restore
    echo "Postroom is removed from $prefix"
}

case $action in
install | uninstall) "$action" ;;
*) usage ;;
esac
