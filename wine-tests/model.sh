#!/usr/bin/env bash
# The model of the membership protocol (docs/models): spin finds nothing wrong in it, and finds each mistake that is put
# in. One architecture's run looks at three programs, the other's at two that are started twice: nothing here depends on
# the architecture. Environment: ARCH. Prints TAP.
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
model=$top/docs/models/membership.pml
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
count=0

result()
{
    count=$((count + 1))
    if [ "$1" = 0 ]; then
        echo "ok $count - $2"
    else
        echo "not ok $count - $2"
        sed 's/^/# /' out 2>/dev/null
    fi
}

# verify SWITCH...: makes and runs the verifier; its report is in "out". Fails when it did not come to an end.
verify()
{
    rm -f pan* out
    spin "$@" -a "$model" >out 2>&1 && gcc -O2 -w -DSAFETY -DCOLLAPSE -o pan pan.c >>out 2>&1 &&
        ./pan -m100000 -w22 >out 2>&1
    ! grep -qE 'max search depth too small|out of memory|truncated' out && grep -q '^State-vector' out
}

errors()
{
    sed -n 's/.*errors: \([0-9]*\).*/\1/p' out
}

if [ "$ARCH" = x86_64 ]; then
    size=(-DPROCS=3 -DLIVES=1) what='three programs'
    mistakes='LOOKS_ONCE NO_CLOSE LOCK_LOST NO_WAKE TELLS_AGAIN STOPS_AT_DEAD'
else
    size=(-DPROCS=2 -DLIVES=2) what='two programs, each started twice'
    mistakes='LOOKS_ONCE NO_CLOSE LOCK_LOST NO_WAKE TELLS_AGAIN NO_REAP IDENTIFIER_ALONE'
fi
verify "${size[@]}"
result "$([ $? = 0 ] && [ "$(errors)" = 0 ]; echo $?)" "$what: nothing is wrong"
! grep -n 'unreached in proctype Program' -A40 out | grep -q 'membership.pml:.*assert'
result $? "$what: every assertion of a program was reached"
for mistake in $mistakes; do
    verify "${size[@]}" "-DMISTAKE_$mistake"
    result "$([ $? = 0 ] && [ "$(errors)" = 1 ]; echo $?)" "$what: MISTAKE_$mistake is found"
done
echo "1..$count"
