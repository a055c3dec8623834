#!/usr/bin/env bash
# in-root.sh COMMAND [ARGUMENT...]: runs COMMAND inside the private Debian root below build/ (see setup.sh), as the
# calling user, in the current folder.
#
# The view is put together in a mount namespace of its own, which goes away with the command: /usr, /etc and /var come
# from the root, the folders with the user's files from the host at their own paths. Nothing is ever mounted where the
# rest of the system sees it, so the root can be deleted at any time. Without being root a user namespace does the same.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
root=${POSTROOM_ROOT:-$top/build/root}

if [ "${1-}" = --namespace ]; then
    shift
    view=$top/build/view
    mount -t tmpfs -o mode=755 postroom "$view"
    for entry in "$root"/*; do
        name=${entry##*/}
        if [ -L "$entry" ]; then
            cp -P "$entry" "$view/$name"
        else
            case $name in
            usr | etc | var)
                mkdir "$view/$name"
                mount --rbind "$entry" "$view/$name"
                ;;
            esac
        fi
    done
    for path in /dev /proc /sys /tmp /run /home /mnt /media /opt /srv "$top" "$PWD" "${WINEPREFIX:-$top}"; do
        name=${path#/}
        name=${name%%/*}
        case $name in
        usr | etc | var)
            # A project below /usr/local or /var: setup.sh made the folder in the root.
            mount --rbind "$path" "$view$path"
            ;;
        *)
            if [ -d "/$name" ] && [ ! -e "$view/$name" ]; then
                mkdir "$view/$name"
                mount --rbind "/$name" "$view/$name"
            fi
            ;;
        esac
    done
    # The second change of folder is to the same place inside.
    export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    exec chroot "$view" /bin/sh -c 'cd "$0" && exec "$@"' "$PWD" "$@"
fi

if [ $# = 0 ]; then
    echo "usage: in-root.sh COMMAND [ARGUMENT...]" >&2
    exit 2
fi
if [ ! -e "$root/.postroom-complete" ]; then
    echo "in-root.sh: there is no complete root in $root; tools/setup.sh wine makes it" >&2
    exit 1
fi
[ -d "$top/build/view" ] || mkdir -p "$top/build/view"
if [ "$(id -u)" = 0 ]; then
    exec unshare --mount --propagation private -- "$top/tools/in-root.sh" --namespace "$@"
fi
if ! unshare --user --map-root-user --mount true; then
    echo "in-root.sh: this system does not let users make namespaces; run it as root, or install wine32 and wine64" >&2
    exit 1
fi
exec unshare --user --map-root-user --mount --propagation private -- "$top/tools/in-root.sh" --namespace "$@"
