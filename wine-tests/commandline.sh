#!/usr/bin/env bash
# postroom.exe: every command, its exit status, its output for people and as JSON, names of all scripts in and out,
# hostile arguments.
# Environment: BUILD (build/<architecture>), WINE (runs a Windows program), WINEPREFIX. Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$BUILD/wine-tests/postroom.exe
[ -e "$program" ] || program=$BUILD/postroom.exe
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
        sed 's/^/# out: /' "$work/out" | head -n 30
        sed 's/^/# err: /' "$work/err" | head -n 10
    fi
}

# Runs postroom.exe; output in $work/out and err, exit status in $status.
postroom()
{
    "$WINE" "$program" "$@" >"$work/out.raw" 2>"$work/err.raw"
    status=$?
    tr -d '\r' <"$work/out.raw" >"$work/out"
    tr -d '\r' <"$work/err.raw" >"$work/err"
}

# expect name status [text]: the exit status, and that the output (of either kind) contains the text.
expect()
{
    local passed=1
    [ "$status" = "$2" ] || passed=0
    if [ $# -gt 2 ]; then
        cat "$work/out" "$work/err" | grep -qF -- "$3" || passed=0
    fi
    [ $passed = 1 ] || echo "# exit status $status, expected $2${3:+ and: $3}"
    result $passed "$1"
}

# json name status [path=value...]: the output is one JSON value with these in it, nothing on standard error.
json()
{
    local name=$1 passed=1 line
    [ "$status" = "$2" ] || passed=0
    shift 2
    LC_ALL=C awk -f "$here/commandline/json.awk" <"$work/out" >"$work/json" || passed=0
    [ ! -s "$work/err" ] || passed=0
    for line in "$@"; do
        grep -qxF -- "$line" "$work/json" || { passed=0; echo "# missing: $line"; }
    done
    [ $passed = 1 ] || { echo "# exit status $status"; sed 's/^/# json: /' "$work/json" | head -n 20; }
    result $passed "$name"
}

# --- the command line itself -----------------------------------------------------------------------------------------

postroom
expect "without a command: usage error" 2 "postroom --help"
postroom --help
expect "--help" 0 "postroom profile create NAME"
postroom -h
expect "-h" 0 "Exit status:"
postroom --help --json
json "--help as JSON" 0 .ok=true
postroom --version
expect "--version" 0 "postroom 0."
postroom version --json
json "version as JSON" 0 .ok=true .program=postroom ".architecture=${ARCH:-x86_64}"
postroom profile
expect "an area without a command" 2 "profile --help"
postroom profile --help
expect "help of an area" 0 "postroom profile delete NAME"
for command in list create copy rename delete default; do
    postroom profile $command --help
    expect "help of profile $command" 0 "Usage: postroom profile $command"
done
postroom doctor --help
expect "help of doctor" 0 "Usage: postroom doctor"
postroom nonsense
expect "an unknown area" 2 'There is no command "nonsense"'
postroom profile nonsense --json
json "an unknown command as JSON" 2 .ok=false
postroom profile list --nonsense
expect "an unknown option" 2 'There is no option "--nonsense"'
postroom profile create
expect "too few arguments" 2 "An argument is missing"
postroom profile copy one --json
json "too few arguments as JSON" 2 .ok=false
postroom profile list extra
expect "too many arguments" 2 "too many"
postroom profile default one --none
expect "a name and --none" 2 "not both"

# --- profiles --------------------------------------------------------------------------------------------------------

cyrillic='Почта дома'
japanese='郵便受け 日本語'
emoji='Mail 📮 and ⭐'
long64=$(printf 'L%.0s' $(seq 64))
names=("CL one" "CL two" "CL three" "$cyrillic" "$japanese" "$emoji" "$long64" "--none" 'CL "quoted"' "CL a'b %x %s%n")

# Deletes those of the names that there are.
clean()
{
    local name
    postroom profile list
    for name in "${names[@]}"; do
        if grep -qxF -e "$name" -e "$name (default)" "$work/out"; then
            "$WINE" "$program" profile delete -- "$name" >/dev/null 2>&1
        fi
    done
}
postroom profile default --json
LC_ALL=C awk -f "$here/commandline/json.awk" <"$work/out" >"$work/before"
previous=$(sed -n 's/^\.default=//p' "$work/before")
clean

postroom profile create "CL one"
expect "create" 0 'The profile "CL one" was created.'
postroom profile create "CL one"
expect "create once more: exists already" 5 "MAPI_E_NO_ACCESS"
postroom profile create "CL one" --json
json "create once more as JSON" 5 .ok=false .error.code=0x80070005 .error.name=MAPI_E_NO_ACCESS
postroom profile create --json "CL two"
json "create as JSON, option first" 0 .ok=true ".profile=CL two"
postroom profile list
expect "list" 0 "CL two"
postroom profile copy "CL one" "CL three"
expect "copy" 0 'copied to "CL three"'
postroom profile copy "CL one" "CL two"
expect "copy over another profile" 5 "already"
postroom profile copy "CL nowhere" "CL four" --json
json "copy of no profile" 4 .ok=false .error.name=MAPI_E_NOT_FOUND
postroom profile rename "CL three" "$cyrillic" --json
json "rename to Cyrillic" 0 ".from=CL three" ".to=$cyrillic"
postroom profile rename "CL two" "$cyrillic"
expect "rename over another profile" 5 "already"
postroom profile rename "CL nowhere" "CL four"
expect "rename of no profile" 4 "There is no profile of that name"
postroom profile copy "$cyrillic" "$japanese"
expect "copy to Japanese" 0 "$japanese"
postroom profile create "$emoji"
expect "create with characters beyond the first plane" 0 "$emoji"
postroom profile list --json
json "list as JSON has every name" 0
passed=1
for name in "CL one" "CL two" "$cyrillic" "$japanese" "$emoji"; do
    grep -q "^\.profiles\[[0-9]*\]\.name=$name\$" "$work/json" || { passed=0; echo "# missing: $name"; }
done
result $passed "every name comes back as it went in"
grep -q '=CL three$' "$work/json"
result $((1 - !$?)) "the name before the renaming is gone"

postroom profile default "$japanese"
expect "set the default" 0 "$japanese"
postroom profile default
expect "show the default" 0 "$japanese"
postroom profile default --json
json "show the default as JSON" 0 ".default=$japanese"
postroom profile list
expect "list marks the default" 0 "$japanese (default)"
[ "$(grep -c '(default)$' "$work/out")" = 1 ]
result $((1 - $?)) "only one profile is the default"
postroom profile default "CL nowhere"
expect "no profile cannot be the default" 4 "There is no profile of that name"
postroom profile default --none
expect "take the default away" 0 "no default profile"
postroom profile default --json
json "no default as JSON" 0 .default=null
postroom profile default
expect "no default for people" 0 "There is no default profile."

# --- hostile names ---------------------------------------------------------------------------------------------------

postroom profile create "$long64"
expect "64 characters" 0
postroom profile create "L$long64"
expect "65 characters" 1 "MAPI_E_INVALID_PARAMETER"
postroom profile create "$(printf 'X%.0s' $(seq 5000))" --json
json "5000 characters" 1 .ok=false .error.name=MAPI_E_INVALID_PARAMETER
postroom profile create ""
expect "an empty name" 1 "1 to 64 characters"
postroom profile create " CL"
expect "a space at the beginning" 1 "MAPI_E_INVALID_PARAMETER"
postroom profile create "CL "
expect "a space at the end" 1 "MAPI_E_INVALID_PARAMETER"
postroom profile create 'CL\one'
expect "a backslash" 1 "MAPI_E_INVALID_PARAMETER"
postroom profile create 'CL\..\one' --json
json "a backslash as JSON" 1 .ok=false
postroom profile create "$(printf 'CL\001x')"
expect "a control character" 1 "MAPI_E_INVALID_PARAMETER"
postroom profile create "$(printf 'CL\033[2J')"
passed=1
LC_ALL=C grep -q "$(printf '\033')" "$work/err" && passed=0
[ "$status" = 1 ] || passed=0
result $passed "an escape sequence does not reach the terminal"
postroom profile create -- --none
expect "a name like an option, behind --" 0 '"--none"'
postroom profile delete -- --none
expect "and deleted again" 0
postroom profile create 'CL "quoted"' --json
json "quotes in a name" 0 '.profile=CL \"quoted\"'
postroom profile create "CL a'b %x %s%n"
expect "percent signs in a name" 0 "CL a'b %x %s%n"
postroom profile copy "CL one" ""
expect "copy to an empty name" 1 "MAPI_E_INVALID_PARAMETER"
postroom profile rename "CL one" "L$long64"
expect "rename to 65 characters" 1 "MAPI_E_INVALID_PARAMETER"
postroom profile delete "CL nowhere"
expect "delete of no profile" 4 "MAPI_E_NOT_FOUND"
postroom profile delete "CL nowhere" --json
json "delete of no profile as JSON" 4 .error.code=0x8004010F
postroom profile delete "CL one"
expect "delete" 0 'The profile "CL one" was deleted.'
postroom profile list
! grep -qx "CL one" "$work/out"
result $((1 - $?)) "a deleted profile is gone"

# --- message services and providers: those of the recording DLL beside mapi32.dll ------------------------------------

key='HKCU\Software\Postroom'
windows_path() { "$WINE" winepath -w "$1" 2>/dev/null | tr -d '\r'; }
"$WINE" reg add "$key" /v MapisvcInf /t REG_SZ /d "$(windows_path "$work")\\mapisvc.inf" /f >/dev/null 2>&1
cat >"$work/admin.inf" <<'INF'
[Services]
RECORDER=Recording Service
[RECORDER]
PR_DISPLAY_NAME=Recorder
PR_SERVICE_DLL_NAME=admin.dll
PR_SERVICE_ENTRY_NAME=ServiceEntry
Providers=RECORDER Store, RECORDER Book
[RECORDER Book]
PR_DISPLAY_NAME=Recorder's Book
PR_PROVIDER_DLL_NAME=admin.dll
PR_RESOURCE_TYPE=MAPI_AB_PROVIDER
[RECORDER Store]
PR_DISPLAY_NAME=Recorder's Store
PR_PROVIDER_DLL_NAME=nowhere.dll
PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER
INF
postroom profile create "CL one"
postroom service list --profile "CL one"
expect "no services" 0 "There are no message services"
postroom service add RECORDER --profile "CL one"
expect "a service that mapisvc.inf has not" 4 "MAPI_E_NOT_FOUND"
postroom service add "$(windows_path "$work/nowhere.inf")" --profile "CL one"
expect "no such file" 4 "no such file"
postroom service add "$(windows_path "$work/admin.inf")" --profile "CL one"
expect "a service from a file" 0 'The message service "RECORDER" was added.'
postroom service add "$(windows_path "$work/admin.inf")" --profile "CL one" --json
json "a service from a file as JSON" 0 .ok=true '.added[0]=RECORDER'
postroom service remove RECORDER --profile "CL one" --json
expect "remove one of two" 1 "uid"
postroom service list --profile "CL one" --json
json "the services of both" 0 '.services[0].service=RECORDER'
postroom service remove "$(sed -n 's/^\.services\[1\]\.uid=//p' "$work/json")" --profile "CL one" --json
json "remove as JSON" 0 .ok=true
postroom service add RECORDER --profile "CL one" --json
json "another one, from mapisvc.inf" 0 .ok=true .service=RECORDER ".profile=CL one"
postroom service list --profile "CL one" --json
json "services as JSON" 0 .services[0].service=RECORDER .services[0].name=Recorder .services[0].dll=admin.dll
uid=$(sed -n 's/^\.services\[1\]\.uid=//p' "$work/json")
postroom service list --profile "CL one"
expect "services" 0 "Recorder"
postroom provider list --profile "CL one"
expect "providers" 0 "nowhere.dll"
postroom provider list --profile "CL one" --json
json "providers as JSON" 0 .providers[0].type=store .providers[0].service=RECORDER .providers[1].ordinal=1
postroom service configure RECORDER --profile "CL one"
expect "two of one name" 1 "Name one by its uid"
postroom service configure "$uid" 6600001e=text 66000003=7 --profile "CL one"
expect "configure" 0 "was configured"
postroom service configure "$uid" nonsense --profile "CL one"
expect "configure with what is no property" 2 "is no property"
postroom doctor --json
grep -q 'provider-missing' "$work/out"
result $((1 - $?)) "doctor finds a provider's DLL missing"
grep -q 'lacks the function ABProviderInit' "$work/out"
result $((1 - $?)) "doctor finds an entry point missing"
! grep -q 'Message service' "$work/out"
result $((1 - $?)) "doctor has nothing against the service's own DLL"
postroom service remove "$uid" --profile "CL one"
expect "remove by uid" 0 "was removed"
postroom service remove Recorder --profile "CL one"
expect "remove by display name" 0 "was removed"
postroom service remove Recorder --profile "CL one"
expect "remove what is not there" 4 "has no message service"
postroom service remove RECORDER --uninstall
expect "uninstall" 0 "was uninstalled"
postroom service add RECORDER --profile "CL one"
expect "what was uninstalled" 4 "MAPI_E_NOT_FOUND"
postroom service list --profile "CL nowhere" --json
json "services of no profile" 4 .ok=false .error.name=MAPI_E_LOGON_FAILED
"$WINE" reg delete "$key" /v MapisvcInf /f >/dev/null 2>&1

# --- doctor: commandline_doctor.c has what it finds in a registry that is wrong ---------------------------------------

postroom doctor --json
json "doctor as JSON" "$status" .this_program.postroom=true .this_program.initialize=0x00000000 .profiles.readable=true
postroom doctor
expect "doctor for people" "$status" "With the MAPI stub library"

# Without any mapi32.dll that can be used.
WINEDLLOVERRIDES=mapi32=d "$WINE" "$program" profile list --json >"$work/out.raw" 2>"$work/err.raw"
status=$?
tr -d '\r' <"$work/out.raw" >"$work/out"
tr -d '\r' <"$work/err.raw" >"$work/err"
json "no mapi32.dll at all" 3 .ok=false
# --- as it was -------------------------------------------------------------------------------------------------------

clean
if [ -n "$previous" ] && [ "$previous" != null ]; then
    "$WINE" "$program" profile default "$previous" >/dev/null 2>&1
fi
echo "1..$count"
