#!/usr/bin/env bash
# Installs what building, testing and linting need and is missing; the Makefile calls it. Does nothing when all is there.
#
#   setup.sh build     the cross compilers; SQLite for both architectures, from Debian's source package, into build/deps
#   setup.sh tests     cmocka for both architectures, from Debian's source package, into build/deps; spin, a C compiler
#   setup.sh wine      Wine for 32- and 64-bit programs, a virtual display, a window manager, screenshots
#   setup.sh lint      clang-format, cppcheck
#   setup.sh remove    deletes what was put below build/ by the above
#
# Packages are installed with apt; that, and making the private root, is when root is asked for (sudo). The system's
# apt configuration and its list of architectures stay as they are.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$top/build
deps=${DEPS:-$build/deps}
case $deps in
/*) ;;
*) deps=$top/$deps ;;
esac
log=$build/setup.log
export PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

say()
{
    printf 'set-up: %s\n' "$*"
}

fail()
{
    printf 'set-up: %s\n' "$*" >&2
    exit 1
}

as_root()
{
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -- "$@"
    else
        fail "root is needed for: $*; log in as root, or install sudo"
    fi
}

# Runs a command with its output in the log, which is shown when the command fails.
logged()
{
    mkdir -p "$build"
    printf '\n$ %s\n' "$*" >>"$log"
    local start
    start=$(wc -c <"$log")
    if ! "$@" >>"$log" 2>&1 </dev/null; then
        tail -c "+$start" "$log" | tail -n 40 >&2
        return 1
    fi
}

# Packages, each with a command or file by which its presence is told.
packages()
{
    case $1 in
    build)
        cat <<'END'
gcc-mingw-w64-x86-64-win32 x86_64-w64-mingw32-gcc-win32
gcc-mingw-w64-i686-win32 i686-w64-mingw32-gcc-win32
gcc gcc
libc6-dev /usr/include/stdio.h
make make
tcl tclsh
xz-utils xz
END
        ;;
    tests)
        cat <<'END'
spin spin
g++-mingw-w64-x86-64-win32 x86_64-w64-mingw32-g++-win32
g++-mingw-w64-i686-win32 i686-w64-mingw32-g++-win32
END
        ;;
    lint)
        cat <<'END'
clang-format clang-format
cppcheck cppcheck
END
        ;;
    wine)
        cat <<'END'
xvfb Xvfb
openbox openbox
x11-utils xprop
xdotool xdotool
imagemagick import
END
        ;;
    system-wine)
        cat <<'END'
wine wine
wine64 /usr/lib/wine/wine64
wine32:i386 /usr/lib/wine/wine
fonts-wine /usr/share/wine/fonts/tahoma.ttf
fonts-dejavu-core /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
fonts-wqy-microhei /usr/share/fonts/truetype/wqy/wqy-microhei.ttc
END
        ;;
    root)
        cat <<'END'
debootstrap debootstrap
debian-archive-keyring /usr/share/keyrings/debian-archive-keyring.gpg
END
        ;;
    esac
}

missing()
{
    local package sign
    packages "$1" | while read -r package sign; do
        case $sign in
        /*) [ -e "$sign" ] || echo "$package" ;;
        *) command -v "$sign" >/dev/null || echo "$package" ;;
        esac
    done
}

update_lists()
{
    # A list that cannot be fetched now is no reason to stop: what is needed may well be in the others.
    logged as_root apt-get -q update || say "some package lists could not be fetched; going on with the others"
}

install_packages()
{
    local wanted
    wanted=$(missing "$1")
    [ -n "$wanted" ] || return 0
    command -v apt-get >/dev/null || fail "please install: ${wanted//$'\n'/ }"
    say "installing ${wanted//$'\n'/ } (log: $log)"
    # shellcheck disable=SC2086
    if ! apt-get -s --no-install-recommends install $wanted >/dev/null 2>&1; then
        update_lists
    fi
    # shellcheck disable=SC2086
    set -- $wanted
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@" >>"$log" 2>&1; then
        update_lists
        logged as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@" ||
            fail "these packages could not be installed: $*"
    fi
}

# The Debian archives that the system uses, main component only: "URI RELEASE" a line, in apt's order.
archives()
{
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' 'Origin: Debian' 'Component: main' |
        awk '!seen[$0]++'
}

keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# ---------------------------------------------------------------------------------------------------------------------
# Libraries from source packages
# ---------------------------------------------------------------------------------------------------------------------

# source_package NAME FOLDER: fetches Debian's source package and unpacks its original archive into FOLDER. apt checks the
# signatures; its configuration, lists and cache are of our own, below build/apt.
source_package()
{
    local apt=$build/apt signed= original
    mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/source/$1"
    [ ! -e $keyring ] || signed="[signed-by=$keyring] "
    [ -n "$(archives)" ] || update_lists
    archives | sed "s|^|deb-src $signed|; s|\$| main|" >"$apt/sources.list"
    [ -s "$apt/sources.list" ] || fail "apt knows no Debian archive to take the source of $1 from"
    cat >"$apt/apt.conf" <<END
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "-";
Dir::State "$apt/state";
Dir::State::status "/var/lib/dpkg/status";
Dir::Cache "$apt/cache";
Acquire::Languages "none";
APT::Update::Post-Invoke-Success "";
END
    logged env APT_CONFIG="$apt/apt.conf" apt-get -q update ||
        say "some source lists could not be fetched; going on with the others"
    (cd "$apt/source/$1" && rm -f -- * && logged env APT_CONFIG="$apt/apt.conf" apt-get -q source --download-only "$1") ||
        fail "the source package of $1 could not be fetched"
    rm -rf "$2"
    mkdir -p "$2"
    shopt -s nullglob
    original=("$apt/source/$1/$1"_*.orig.tar.?z "$apt/source/$1/$1"_*.orig.tar.bz2)
    shopt -u nullglob
    tar -xf "${original[0]}" -C "$2" --strip-components=1 ||
        fail "the source package of $1 could not be unpacked"
}

cmocka_complete()
{
    [ -e "$deps/x86_64/libcmocka.a" ] && [ -e "$deps/i686/libcmocka.a" ] && [ -e "$deps/include/cmocka.h" ]
}

make_cmocka()
{
    local arch source=$build/apt/cmocka cc
    say "building cmocka for both architectures"
    source_package cmocka "$source"
    for arch in x86_64 i686; do
        cc=$arch-w64-mingw32-gcc-win32
        command -v "$cc" >/dev/null || cc=$arch-w64-mingw32-gcc
        mkdir -p "$deps/$arch" "$deps/include"
        # Instead of its CMake configuration: what that finds with mingw-w64.
        logged "$cc" -O2 -g -w -std=gnu11 "-ffile-prefix-map=$source=cmocka" -D__USE_MINGW_ANSI_STDIO=1 \
            -DHAVE_MALLOC_H -DHAVE_INTTYPES_H -DHAVE_SIGNAL_H -DHAVE_STRINGS_H -DHAVE_STRUCT_TIMESPEC \
            -DHAVE_GCC_THREAD_LOCAL_STORAGE -I"$source/include" -c "$source/src/cmocka.c" -o "$deps/$arch/cmocka.o" ||
            fail "cmocka could not be compiled"
        rm -f "$deps/$arch/libcmocka.a"
        "$arch-w64-mingw32-ar" rcsD "$deps/$arch/libcmocka.a" "$deps/$arch/cmocka.o"
        rm "$deps/$arch/cmocka.o"
    done
    cp "$source/include/cmocka.h" "$deps/include/"
}

sqlite_complete()
{
    [ -e "$deps/x86_64/libsqlite3.a" ] && [ -e "$deps/i686/libsqlite3.a" ] && [ -e "$deps/include/sqlite3.h" ]
}

# The source package's tree is put together to the one file that is compiled, with its own tools.
make_sqlite()
{
    local arch source=$build/apt/sqlite3 cc cache
    say "building SQLite for both architectures"
    source_package sqlite3 "$source"
    (cd "$source" && logged sh ./configure --disable-tcl --disable-readline --disable-shared) ||
        fail "SQLite's source could not be configured"
    (cd "$source" && logged make sqlite3.c sqlite3.h) || fail "SQLite's source could not be put together"
    cache=$(command -v ccache || true)
    for arch in x86_64 i686; do
        cc=$arch-w64-mingw32-gcc-win32
        command -v "$cc" >/dev/null || cc=$arch-w64-mingw32-gcc
        mkdir -p "$deps/$arch" "$deps/include"
        # In its folder, so that no path of this machine gets into it.
        # shellcheck disable=SC2086
        (cd "$source" && logged $cache "$cc" -O2 -w -std=gnu11 -D_WIN32_WINNT=0x0601 -DSQLITE_THREADSAFE=2 \
            -DSQLITE_DQS=0 -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_DEPRECATED \
            -DSQLITE_OMIT_SHARED_CACHE -DSQLITE_DEFAULT_FOREIGN_KEYS=1 -DSQLITE_TEMP_STORE=2 \
            -c sqlite3.c -o "sqlite3-$arch.o") || fail "SQLite could not be compiled"
        rm -f "$deps/$arch/libsqlite3.a"
        "$arch-w64-mingw32-ar" rcsD "$deps/$arch/libsqlite3.a" "$source/sqlite3-$arch.o"
    done
    cp "$source/sqlite3.h" "$deps/include/"
}

# ---------------------------------------------------------------------------------------------------------------------
# Wine
# ---------------------------------------------------------------------------------------------------------------------

# What the private root holds besides Debian's minimal system. The fonts cover every language of the dialogs (Droid Sans
# Fallback would not do: it has no Latin letters).
root_packages="wine wine64 wine32:i386 fonts-wine fonts-dejavu-core fonts-liberation2 fonts-wqy-microhei"

system_wine()
{
    [ -x /usr/lib/wine/wine ] && [ -x /usr/lib/wine/wine64 ] && command -v wine >/dev/null
}

root_complete()
{
    [ "$(cat "$build/root/.postroom-complete" 2>/dev/null)" = "$root_packages" ]
}

# The system's own 32-bit Wine is taken when apt could install it as the system is. Adding the i386 architecture to it is
# the user's decision, so without it Wine goes into a root of its own.
system_wine_possible()
{
    dpkg --print-foreign-architectures 2>/dev/null | grep -qx i386 &&
        apt-get -s --no-install-recommends install wine wine64 wine32:i386 >/dev/null 2>&1
}

make_root()
{
    local archive uri release proxy
    install_packages root
    [ -n "$(archives)" ] || update_lists
    # The release itself; its updates and security archives differ between architectures for hours, and then nothing
    # that exists for both can be installed.
    archive=$(archives | awk '$2 !~ /[-\/]/ { print; exit }')
    [ -n "$archive" ] || fail "apt knows no Debian archive to make a root for 32-bit Wine from"
    uri=${archive% *}
    release=${archive#* }
    case $uri in
    mirror+file:*)
        # A file with a list of mirrors, as Debian's cloud images have it: the first.
        uri=$(awk '!/^#/ && NF { print $1; exit }' "$(printf '%s' "${uri#mirror+file:}" | sed 's|^//*|/|; s|/$||')")
        ;;
    esac
    proxy=$(apt-config shell proxy Acquire::http::Proxy)
    proxy=${proxy#proxy=}
    proxy=${proxy//\'/}
    [ "$proxy" != DIRECT ] || proxy=
    say "making a private Debian $release for 32- and 64-bit Wine in build/root; this takes some minutes (log: $log)"
    logged as_root env http_proxy="${http_proxy-$proxy}" unshare --mount --propagation private -- \
        "$top/tools/setup.sh" --make-root "$uri" "$release" || fail "the private root could not be made; see $log"
}

# As root, in a mount namespace that ends with this process.
make_root_inside()
{
    local part uri=$1 release=$2 signed=
    rm -rf --one-file-system "$build/root.part"
    mkdir -p "$build/root.part"
    # debootstrap cannot work in a folder with a space in its path: give it another name for this one.
    part=$(mktemp -d)
    mount --bind "$build/root.part" "$part"
    debootstrap --variant=minbase ${keyring:+--keyring="$keyring"} "$release" "$part" "$uri"
    mount -t proc proc "$part/proc"
    signed="[signed-by=$keyring] "
    echo "deb $signed$uri $release main" >"$part/etc/apt/sources.list"
    # Proxies and the like as the system has them, no translations, no documentation, no services.
    apt-config dump | grep -E '^Acquire::(https?::|Check-Valid-Until|Check-Date|Retries|ForceIPv4)' \
        >"$part/etc/apt/apt.conf.d/10postroom" || true
    echo 'Acquire::Languages "none";' >>"$part/etc/apt/apt.conf.d/10postroom"
    printf 'path-exclude=/usr/share/%s/*\n' doc man locale info >"$part/etc/dpkg/dpkg.cfg.d/postroom"
    printf '#!/bin/sh\nexit 101\n' >"$part/usr/sbin/policy-rc.d"
    chmod 755 "$part/usr/sbin/policy-rc.d"
    [ ! -e /etc/resolv.conf ] || cp -L /etc/resolv.conf "$part/etc/resolv.conf"
    [ ! -e /etc/hosts ] || cp -L /etc/hosts "$part/etc/hosts"
    local inside=(chroot "$part" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive)
    [ -z "${http_proxy-}" ] || inside+=("http_proxy=$http_proxy")
    "${inside[@]}" dpkg --add-architecture i386
    "${inside[@]}" apt-get -q update
    # shellcheck disable=SC2086
    "${inside[@]}" apt-get -q -y --no-install-recommends install $root_packages
    "${inside[@]}" apt-get clean
    rm -rf "$part"/var/lib/apt/lists/* "$part/usr/share/doc" "$part/usr/share/man"
    umount "$part/proc"
    # A project below /usr or /var is reached through a folder of the same name (in-root.sh).
    case $top in
    /usr/* | /var/*) mkdir -p "$part$top" ;;
    esac
    echo "$root_packages" >"$part/.postroom-complete"
    chmod 755 "$part"
    umount "$part"
    rmdir "$part"
    rm -rf --one-file-system "$build/root"
    mv "$build/root.part" "$build/root"
}

setup_wine()
{
    install_packages wine
    root_complete && return
    case ${POSTROOM_WINE:-auto} in
    root) make_root ;;
    system) system_wine || install_packages system-wine ;;
    *)
        if system_wine; then
            return
        elif system_wine_possible; then
            install_packages system-wine
        else
            make_root
        fi
        ;;
    esac
}

complete()
{
    local what
    for what in "$@"; do
        [ -z "$(missing "$what")" ] || return 1
        case $what in
        build) sqlite_complete || return 1 ;;
        tests) cmocka_complete || return 1 ;;
        wine)
            case ${POSTROOM_WINE:-auto} in
            root) root_complete || return 1 ;;
            *) root_complete || system_wine || return 1 ;;
            esac
            ;;
        esac
    done
}

remove()
{
    local folder
    for folder in root root.part; do
        [ -d "$build/$folder" ] || continue
        say "deleting build/$folder"
        if grep -qF " $build/$folder" /proc/self/mountinfo; then
            fail "something is mounted below $build/$folder; nothing was deleted"
        fi
        if [ -w "$build/$folder/etc" ]; then
            rm -rf --one-file-system "${build:?}/$folder"
        else
            as_root rm -rf --one-file-system "${build:?}/$folder"
        fi
    done
    rm -rf "$build/apt" "$build/deps" "$build/view" "$log"
}

if [ $# = 0 ]; then
    sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2
    exit 2
fi
case $1 in
--make-root)
    make_root_inside "$2" "$3"
    exit
    ;;
remove)
    remove
    exit
    ;;
esac

complete "$@" && exit 0

# One at a time; who waited finds it done.
mkdir -p "$build"
exec 8>"$build/.setup.lock"
flock 8
for what in "$@"; do
    complete "$what" && continue
    case $what in
    build)
        install_packages build
        sqlite_complete || make_sqlite
        ;;
    lint) install_packages lint ;;
    tests)
        install_packages build
        install_packages tests
        cmocka_complete || make_cmocka
        ;;
    wine) setup_wine ;;
    *) fail "unknown: $what" ;;
    esac
    complete "$what" || fail "'$what' is still not complete; see $log"
done
