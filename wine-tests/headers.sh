#!/bin/bash
# Compiles small programs against include/postroom for every way in which a client may use the headers: language
# standards, UNICODE, CINTERFACE, COBJMACROS, each header alone, orders, and beside mingw-w64's own headers.
# Environment: ARCH (x86_64 or i686). Prints TAP.
set -u

root=$(cd "$(dirname "$0")/.." && pwd)
include=$root/include
arch=${ARCH:-x86_64}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0

report() # report status name log
{
    count=$((count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $count - $2"
    else
        echo "not ok $count - $2"
        head -n 12 "$3" | sed 's/^/# /'
    fi
}

# compiles language standard name source-text flags...
compiles()
{
    local language=$1 standard=$2 name=$3 text=$4 compiler=gcc status
    shift 4
    [ "$language" = c ] || compiler=g++
    printf '%s\n' "$text" > "$work/program.$language"
    "$arch-w64-mingw32-$compiler" -std="$standard" -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I"$include" "$@" \
            "$work/program.$language" > "$work/log" 2>&1
    status=$?
    report $status "$name ($standard)" "$work/log"
}

# refused name source-text expected-words
refused()
{
    printf '%s\n' "$2" > "$work/program.c"
    if "$arch-w64-mingw32-gcc" -fsyntax-only -I"$include" "$work/program.c" > "$work/log" 2>&1; then
        report 1 "$1" "$work/log"
    else
        grep -q "$3" "$work/log"
        report $? "$1" "$work/log"
    fi
}

c_text='#include <postroom/mapix.h>
HRESULT use(IMAPISession *session, IMAPITable *table);
HRESULT use(IMAPISession *session, IMAPITable *table)
{
    ULONG_PTR connection = 0;
    BOOKMARK bookmark = BOOKMARK_BEGINNING;
    HRESULT hr = table->lpVtbl->Advise(table, fnevTableModified, NULL, &connection);
    if (hr == S_OK)
        hr = table->lpVtbl->CreateBookmark(table, &bookmark);
    return hr == S_OK ? session->lpVtbl->Logoff(session, connection, MAPI_LOGOFF_UI, 0) : hr;
}'

macros_text='#include <postroom/mapix.h>
HRESULT use(IMAPISession *session, IAddrBook *book, IMsgServiceAdmin2 *services, IMAPIClientShutdown *shutdown);
HRESULT use(IMAPISession *session, IAddrBook *book, IMsgServiceAdmin2 *services, IMAPIClientShutdown *shutdown)
{
    ULONG_PTR window = 0;
    MAPIUID uid;
    ADRPARM parameters;
    LPADRLIST list = NULL;
    ZeroMemory(&parameters, sizeof(parameters));
    IAddrBook_Address(book, &window, &parameters, &list);
    IMsgServiceAdmin2_CreateMsgServiceEx(services, NULL, NULL, window, 0, &uid);
    IMAPIClientShutdown_DoFastShutdown(shutdown);
    IMAPISession_Logoff(session, window, 0, 0);
    return IMAPISession_Release(session) ? S_FALSE : S_OK;
}'

cxx_text='#include <postroom/mapix.h>
class Sink : public IMAPIAdviseSink
{
public:
    virtual ~Sink() {}
    STDMETHODIMP QueryInterface(REFIID, LPVOID *out) { *out = NULL; return E_NOINTERFACE; }
    STDMETHODIMP_(ULONG) AddRef() { return 2; }
    STDMETHODIMP_(ULONG) Release() { return 1; }
    STDMETHODIMP_(ULONG) OnNotify(ULONG, LPNOTIFICATION) { return 0; }
};
static ULONG WINAPI by_the_page(LPVOID, ULONG, LPNOTIFICATION) { return 0; }
static LONG WINAPI by_the_headers(LPVOID, ULONG, LPNOTIFICATION) { return 0; }
HRESULT use(IMAPISession *session, IMAPITable *table, IProfSect *section, IMAPIFolder *folder)
{
    ULONG_PTR connection = 0;
    IMAPIAdviseSink *sink = NULL;
    IMAPIProp *base = section;
    IMAPIContainer *container = folder;
    static Sink own;
    HrAllocAdviseSink(by_the_page, NULL, &sink);
    HrAllocAdviseSink(by_the_headers, NULL, &sink);
    base->SaveChanges(0);
    container->GetContentsTable(0, &table);
    session->QueryInterface(__uuidof(IMAPIClientShutdown), reinterpret_cast<void **>(&sink));
    return table->Advise(fnevTableModified, &own, &connection) | session->Logoff(0, 0, 0);
}'

class_text='#include <postroom/mapix.h>
class Status : public IMAPIStatus
{
public:
    virtual ~Status() {}
    MAPI_IUNKNOWN_METHODS(;)
    MAPI_IMAPIPROP_METHODS(;)
    MAPI_IMAPISTATUS_METHODS(;)
};'

for unicode in "" "-DUNICODE -D_UNICODE"; do
    for style in "" "-DCINTERFACE -DCOBJMACROS -DCONST_VTABLE"; do
        flags="$unicode $style -DWIN32_LEAN_AND_MEAN"
        name="${flags//-D/}"
        for standard in c99 c11; do
            # shellcheck disable=SC2086 # a list of flags
            compiles c $standard "C $name" "$c_text" $flags
        done
        for standard in c++98 c++11 c++17; do
            text=$cxx_text
            [ -z "$style" ] || text=$c_text
            # shellcheck disable=SC2086
            compiles cpp $standard "C++ $name" "$text" $flags
        done
    done
done

compiles c c11 "call macros" "$macros_text" -DCOBJMACROS
compiles cpp c++17 "call macros in C++" "$macros_text" -DCOBJMACROS -DCINTERFACE

for header in "$include"/postroom/*.h; do
    file=postroom/$(basename "$header")
    compiles c c11 "$file alone" "#include <$file>
#include <$file>
typedef int not_empty;"
done

reversed=$(printf "%s\n" "$include"/postroom/*.h | tac | sed "s|.*/|#include <postroom/|; s|$|>|")
compiles c c11 "all headers in reversed order" "$reversed"
compiles cpp c++17 "all headers in reversed order, C++" "$reversed"
compiles c c11 "after <mapi.h>" "#include <windows.h>
#include <mapi.h>
$c_text"
compiles cpp c++11 "after <mapi.h>, C++" "#include <windows.h>
#include <mapi.h>
$cxx_text"
others='#include <mapix.h>
#include <mapidefs.h>
#include <mapiguid.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapiform.h>
#include <mapihook.h>
#include <mapi.h>
#include <tnef.h>
#include <mapiwz.h>
#include <mapioid.h>'
compiles c c11 "before mingw-w64's headers" "$c_text
$others"
compiles cpp c++17 "before mingw-w64's headers, C++" "$cxx_text
$others"
compiles c c11 "INITGUID before" "#define INITGUID
#define USES_IID_IMAPISession
$c_text
$others
#include <postroom/guids.h>"
compiles cpp c++11 "INITGUID before, C++" "#define INITGUID
$cxx_text
#include <postroom/guids.h>"
compiles c c11 "INITGUID after" "$c_text
#define INITGUID
#define USES_IID_IMAPISession
#include <initguid.h>
#include <mapiguid.h>"
refused "after <mapix.h>: a clear refusal" "#include <windows.h>
#include <mapix.h>
$c_text" 'Include <postroom/mapix.h> before'
refused "MAPI_IF: a clear refusal" "#define MAPI_IF
$c_text" 'MAPI_IF is not supported'

# A method list with an empty ending declares the methods of a class that implements the interface.
compiles cpp c++11 "method lists in a class" "${class_text//(;)/()}"

compiles c c11 "guids.h after mapix.h" "#include <postroom/mapix.h>
#include <postroom/guids.h>"
compiles cpp c++11 "guids.h after mapix.h, C++" "#include <postroom/mapix.h>
#include <postroom/guids.h>"

# A program of two files, each with the GUIDs, links.
printf '#include <postroom/guids.h>\nconst IID *other(void);\nint main(void) { return other() == &IID_IMAPISession; }\n' \
        > "$work/one.c"
printf '#include <postroom/guids.h>\nextern "C" const IID *other(void) { return &IID_IMAPITable; }\n' > "$work/two.cpp"
{
    "$arch-w64-mingw32-gcc" -Wall -Wextra -Werror -I"$include" -c "$work/one.c" -o "$work/one.o" &&
    "$arch-w64-mingw32-g++" -Wall -Wextra -Werror -I"$include" -c "$work/two.cpp" -o "$work/two.o" &&
    "$arch-w64-mingw32-g++" "$work/one.o" "$work/two.o" -o "$work/two.exe"
} > "$work/log" 2>&1
report $? "guids.h in two files of a program" "$work/log"

# Wrong widths are told at compile time (on 32 bits there is no difference).
if [ "$arch" = x86_64 ]; then
    printf '%s\n' "#include <postroom/mapix.h>
HRESULT use(IMAPITable *table, ULONG *narrow);
HRESULT use(IMAPITable *table, ULONG *narrow) { return IMAPITable_Advise(table, 0, NULL, narrow); }" > "$work/program.c"
    if "$arch-w64-mingw32-gcc" -DCOBJMACROS -Wall -Werror -fsyntax-only -I"$include" "$work/program.c" > "$work/log" 2>&1; then
        report 1 "a connection that is too narrow is refused" "$work/log"
    else
        report 0 "a connection that is too narrow is refused" "$work/log"
    fi
fi

echo "1..$count"
