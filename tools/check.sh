#!/usr/bin/env bash
# Runs the test suites of both architectures under Wine and counts their results; `make check` builds them first.
#
#   check.sh [--build DIR] [--arch x86_64|i686]... [SUITE...]      SUITE: as printed, for example tests/profile
#
# A suite is a program of tests/, tests/unit/ or wine-tests/, or a script of wine-tests/. Each prints TAP. A suite that
# prints no plan, gives fewer results than planned, skips, is still running after its time or ends with an error and no
# "not ok" counts as one failure more. The architectures run side by side, each with a prefix and a display of its own.
# The last line is "N passed, N failed" over everything.
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$top/build
limit=${CHECK_TIMEOUT:-600}

# One line of the report and, for a failure, what the suite said.
report()
{
    local arch=$1 suite=$2 log=$3 status=$4 seconds=$5
    tr -d '\r' <"$log.out" | awk -v arch="$arch" -v suite="$suite" -v status="$status" -v seconds="$seconds" \
        -v counts="$log.counts" -v limit="$limit" '
        function problem(text) { failed++; lines[++shown] = "not ok - " text }
        /^1\.\.[0-9]+[ \t]*($|#)/ { planned += substr($1, 4); plans++; failing = 0; next }
        /^not ok / { results++; failed++; failing = 1; lines[++shown] = $0; next }
        /^ok / && /# *[Ss][Kk][Ii][Pp]/ { results++; failed++; lines[++shown] = "not ok - skipped: " $0; next }
        /^ok / { results++; passed++; failing = 0; next }
        /^Bail out!/ { problem($0); next }
        /^#/ { if (failing) lines[++shown] = $0; next }
        END {
            if (status == 124 || status == 137)
                problem("still running after " limit " seconds")
            if (!plans)
                problem("no plan was printed (exit status " status ")")
            else if (results != planned)
                problem(results + 0 " results where " planned " were planned (exit status " status ")")
            else if (status != 0 && !failed)
                problem("exit status " status)
            printf "%-7s %-32s %4d passed %4d failed %6.1f s\n", arch, suite, passed, failed, seconds
            for (i = 1; i <= shown && i <= 80; i++)
                print "        " lines[i]
            print passed + 0, failed + 0 > counts
        }'
    if [ "$(cut -d' ' -f2 "$log.counts")" != 0 ] && [ -s "$log.err" ]; then
        tail -n 20 "$log.err" | tr -d '\r' | sed 's/^/        | /'
    fi
}

# Inside the display of one architecture: every suite in turn.
worker()
{
    local arch=$1 suite log status start command folder
    shift
    export ARCH=$arch BUILD=$build/$arch WINE=$top/tools/wine.sh CMOCKA_MESSAGE_OUTPUT=TAP
    for suite in "$@"; do
        log=$build/check/$arch/${suite//\//-}
        folder=$BUILD/${suite%/*}
        if [ -e "$top/$suite.sh" ]; then
            command=(bash "$top/$suite.sh")
        else
            command=("$WINE" "$BUILD/$suite.exe")
        fi
        start=${EPOCHREALTIME/[.,]/}
        (cd "$folder" 2>/dev/null || cd "$BUILD" || exit 1
            exec timeout --kill-after=10 "$limit" "${command[@]}") >"$log.out" 2>"$log.err" </dev/null
        status=$?
        if [ $status = 124 ] || [ $status = 137 ]; then
            "$WINE" --kill >/dev/null 2>&1
        fi
        report "$arch" "$suite" "$log" $status "$(((${EPOCHREALTIME/[.,]/} - start) / 1000))e-3" >"$log.report"
        cat "$log.report"
    done
    "$WINE" --kill >/dev/null 2>&1
}

arches=()
suites=()
while [ $# -gt 0 ]; do
    case $1 in
    --build) build=$(cd "$2" && pwd) || exit 1; shift 2 ;;
    --arch) arches+=("$2"); shift 2 ;;
    --worker) shift; worker "$@"; exit ;;
    -*) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
    *) suites+=("$1"); shift ;;
    esac
done
[ ${#arches[@]} != 0 ] || arches=(x86_64 i686)

if [ ${#suites[@]} = 0 ]; then
    for file in "$top"/tests/*.c "$top"/tests/unit/*.c "$top"/wine-tests/*.c "$top"/wine-tests/*.sh; do
        suite=${file#"$top/"}
        suite=${suite%.*}
        case $suite in
        tests/harness* | wine-tests/support* | *'*'*) continue ;;
        esac
        case " ${suites[*]-} " in
        *" $suite "*) ;;
        *) suites+=("$suite") ;;
        esac
    done
fi

export WINEPREFIX
workers=()
for arch in "${arches[@]}"; do
    rm -rf "${build:?}/check/$arch"
    mkdir -p "$build/check/$arch"
    (
        WINEPREFIX=$build/check-prefix-$arch
        if [ -d "$WINEPREFIX" ]; then
            "$top/tools/wine.sh" --kill >/dev/null 2>&1
            rm -rf "$WINEPREFIX"
        fi
        "$top/tools/wine.sh" --create || exit 1
        exec "$top/tools/display.sh" --private "$top/tools/check.sh" --build "$build" --worker "$arch" "${suites[@]}"
    ) &
    workers+=($!)
done
# When the run is interrupted the workers end too.
trap 'kill "${workers[@]}" 2>/dev/null; exit 130' INT TERM
for pid in "${workers[@]}"; do
    wait "$pid"
done

passed=0
failed=0
for arch in "${arches[@]}"; do
    ran=0
    for suite in "${suites[@]}"; do
        counts=$build/check/$arch/${suite//\//-}.counts
        if [ -s "$counts" ]; then
            read -r good bad <"$counts"
        else
            good=0 bad=1
            echo "$arch: $suite did not run"
        fi
        passed=$((passed + good)) failed=$((failed + bad)) ran=$((ran + good + bad))
    done
    if [ $ran = 0 ]; then
        echo "$arch: no test ran"
        failed=$((failed + 1))
    fi
done
if [ $failed != 0 ]; then
    echo "failures (logs: $build/check):"
    for arch in "${arches[@]}"; do
        grep -l 'not ok' "$build/check/$arch"/*.report 2>/dev/null | while read -r file; do
            cat "$file"
        done
    done
fi
echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed != 0 ]
