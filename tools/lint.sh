#!/usr/bin/env bash
# lint.sh [--format]: what can be told from the files alone. With --format clang-format changes the sources instead.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

mapfile -d '' sources < <(find dll programs tests wine-tests bench include -name '*.[ch]' -print0 2>/dev/null | sort -z)
if [ "${1-}" = --format ]; then
    exec clang-format -i "${sources[@]}"
fi

failed=0
step()
{
    local title=$1
    shift
    if ! "$@"; then
        echo "lint: $title failed" >&2
        failed=1
    fi
}

# The headers of MAPI and Windows are not read: their macros are more than cppcheck understands.
cpp_check()
{
    local platform=$1 define=$2
    # shellcheck disable=SC2046
    cppcheck --quiet --error-exitcode=1 --enable=warning,performance,portability --std=c11 --platform="$platform" \
        -j"$(nproc)" --inline-suppr --suppressions-list=tools/cppcheck.txt --max-configs=1 \
        -D_WIN32 -D"$define" -DWINAPI= -DCALLBACK= -DUNICODE -D_UNICODE -DCOBJMACROS -DCINTERFACE \
        --template='{file}:{line}: {severity}: {message} [{id}]' \
        -Idll -Idll/mapi32 $(find dll programs wine-tests -name '*.c' | sort)
}

# The list of exports is the source of docs/status.md.
status_is_current()
{
    awk -f def/generate.awk -v arch=status def/exports.txt | cmp -s - docs/status.md ||
        { echo "docs/status.md is not what def/exports.txt gives: make -f Makefile.mingw status"; return 1; }
}

# Notes to oneself belong into an issue; FIXME("...") is the trace macro.
no_notes()
{
    ! grep -nHE '\b(TODO|XXX|HACK)\b|\bFIXME\b[^(]|^#if 0' "${sources[@]}"
}

no_long_files()
{
    find dll programs include -name '*.[ch]' -exec awk \
        'FNR > 600 && !said[FILENAME]++ { print FILENAME ": more than 600 lines"; bad = 1 } END { exit bad }' {} +
}

no_stray_space()
{
    ! grep -nHE '[[:blank:]]+$|	' "${sources[@]}"
}

scripts_parse()
{
    local script bad=0
    for script in .ci/run tools/*.sh wine-tests/*.sh; do
        [ ! -e "$script" ] || bash -n "$script" || bad=1
    done
    return $bad
}

step clang-format clang-format --dry-run -Werror "${sources[@]}"
step cppcheck cpp_check win64 _WIN64
step status status_is_current
step notes no_notes
step length no_long_files
step space no_stray_space
step scripts scripts_parse
[ $failed = 0 ] && echo "lint: clean, ${#sources[@]} files"
exit $failed
