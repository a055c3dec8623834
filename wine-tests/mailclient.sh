#!/usr/bin/env bash
# mailclient.exe, driven by the scripts in mailclient/: logging on and off with real windows. Their named tests are the
# tests here; each script counts once more for its exit status.
# Environment: BUILD (build/<architecture>), WINE (runs a Windows program), WINEPREFIX, DISPLAY. Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$BUILD/wine-tests
[ -e "$folder/mailclient.exe" ] || folder=$BUILD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export WINEDLLOVERRIDES=mapi32=n
count=0

result() # result passed name
{
    count=$((count + 1))
    if [ "$1" = 1 ]; then
        echo "ok $count - $2"
    else
        echo "not ok $count - $2"
    fi
}

# run status script [option...]: runs mailclient.exe, hands its named tests on, and checks the exit status.
run()
{
    local wanted=$1 name=$2 status line
    shift 2
    timeout --kill-after=5 240 "$WINE" "$folder/mailclient.exe" --script "Z:$here/mailclient/$name.script" "$@" \
        >"$work/raw" 2>"$work/err"
    status=$?
    tr -d '\r' <"$work/raw" >"$work/out"
    while IFS= read -r line; do
        case $line in
        "ok - "*) result 1 "$name: ${line#ok - }" ;;
        "not ok - "*) result 0 "$name: ${line#not ok - }" ;;
        esac
    done <"$work/out"
    [ "$status" = "$wanted" ]
    result $((1 - $?)) "$name: exit status $wanted"
    if [ "$status" != "$wanted" ]; then
        echo "# exit status $status"
        sed 's/^/# /' "$work/out"
        tail -n 5 "$work/err" | sed 's/^/# err: /'
    fi
}

postroom()
{
    "$WINE" "$folder/postroom.exe" "$@" >/dev/null 2>&1
}

previous=$("$WINE" "$folder/postroom.exe" profile default 2>/dev/null | tr -d '\r')
"$WINE" reg delete 'HKCU\Software\Postroom' /v ConfirmLogoff /f >/dev/null 2>&1
postroom profile create "ML Почта"
postroom profile create "ML two"
postroom profile default "ML two"

run 0 session
run 0 again
run 0 exit
run 0 plain-exit
run 0 quit
run 0 destroyed
run 0 chooser
run 0 failure
run 0 outside
run 0 profile-option --profile "ML Почта"

# Two at once: the second one's results come behind those of the first.
"$WINE" "$folder/postroom.exe" session list >"$work/nobody" 2>&1
grep -q 'Nobody is on' "$work/nobody"
result $((1 - $?)) "postroom session list: nobody is on"
"$WINE" "$folder/postroom.exe" session logoff >"$work/nobody" 2>&1
[ $? = 4 ]
result $((1 - $?)) "postroom session logoff: exit status 4 when there is nobody"
timeout --kill-after=5 240 "$WINE" "$folder/mailclient.exe" --script "Z:$here/mailclient/shared-stays.script" \
    >"$work/second" 2>/dev/null &
second=$!
run 0 shared-ends
wait $second
status=$?
grep -cE '^ok - ' "$work/second" >"$work/passed"
[ "$status" = 0 ] && [ "$(cat "$work/passed")" = 1 ]
result $((1 - $?)) "shared-stays: the other program is told, works on, and logs off"
[ "$status" = 0 ] || tr -d '\r' <"$work/second" | sed 's/^/# /'

# postroom asks a program that is on.
timeout --kill-after=5 240 "$WINE" "$folder/mailclient.exe" --script "Z:$here/mailclient/shared-asked.script" \
    >"$work/second" 2>/dev/null &
second=$!
for _ in $(seq 100); do
    "$WINE" "$folder/postroom.exe" session list --json >"$work/list" 2>&1
    grep -q '"mailclient.exe"' "$work/list" && break
    sleep 0.2
done
grep -q '"profile": "ML two"' "$work/list" && grep -q '"program": "mailclient.exe"' "$work/list" &&
    grep -q '"asked": false' "$work/list"
result $((1 - $?)) "postroom session list --json: profile and program"
"$WINE" "$folder/postroom.exe" session list | grep -q '^ML two .*mailclient.exe .*process [0-9]*, since 2'
result $((1 - $?)) "postroom session list: a line for each member"
"$WINE" "$folder/postroom.exe" session logoff >"$work/asked" 2>&1
result $((1 - $?)) "postroom session logoff: every member is asked"
wait $second
result $((1 - $?)) "shared-asked: the program was told and has logged off"

# The scripts themselves: what is wrong is told, in time, and never counts as passed.
cat >"$work/wrong.script" <<'END'
timeout 1
test "must fail"
expect rows 77
test "must not be reached"
END
"$WINE" "$folder/mailclient.exe" --script "Z:$work/wrong.script" >"$work/raw" 2>&1
[ $? = 1 ] && grep -q '^not ok - must fail' "$work/raw" && ! grep -q 'must not be reached' "$work/raw"
result $((1 - $?)) "an expectation that is not met fails at its time limit"
grep -q '^FAILED line 3:' "$work/raw"
result $((1 - $?)) "and tells the line"
printf 'nonsense\n' >"$work/wrong.script"
"$WINE" "$folder/mailclient.exe" --script "Z:$work/wrong.script" >"$work/raw" 2>&1
[ $? = 1 ] && grep -q 'there is no such command' "$work/raw"
result $((1 - $?)) "an unknown command fails"
printf 'menu "Log off\n' >"$work/wrong.script"
"$WINE" "$folder/mailclient.exe" --script "Z:$work/wrong.script" >"$work/raw" 2>&1
[ $? = 1 ] && grep -q 'open quote' "$work/raw"
result $((1 - $?)) "an open quote fails"
"$WINE" "$folder/mailclient.exe" --script "Z:$work/nowhere.script" >"$work/raw" 2>&1
[ $? = 2 ]
result $((1 - $?)) "a script that is missing: exit status 2"
"$WINE" "$folder/mailclient.exe" --nonsense >"$work/raw" 2>&1
[ $? = 2 ] && grep -q '^usage: mailclient' "$work/raw"
result $((1 - $?)) "an unknown option: usage and exit status 2"
printf 'dump status\n' >"$work/output.script"
"$WINE" "$folder/mailclient.exe" --script "Z:$work/output.script" --output "Z:$work/transcript" >"$work/raw" 2>&1
[ $? = 0 ] && grep -q 'Not logged on' "$work/transcript"
result $((1 - $?)) "--output takes the transcript"

postroom profile delete "ML Почта"
postroom profile delete "ML two"
case $previous in
"" | "There is no default profile.") ;;
*) postroom profile default "$previous" ;;
esac
echo "1..$count"
