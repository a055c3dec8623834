# Checks that standard input is exactly one JSON value, and writes each simple value of it as "path=value", strings
# without their quotes but with their escapes: .profiles[0].name=Demo. Exit status 1 and the reason when it is not JSON.

function fail(why)
{
    print "not JSON at byte " at ": " why
    failed = 1
    exit 1
}

function blanks()
{
    while (at <= size && index(" \t\r\n", substr(text, at, 1))) at++
}

function string(    start, c)
{
    start = ++at
    for (;; at++)
    {
        if (at > size) fail("a string is open")
        c = substr(text, at, 1)
        if (c == "\"") break
        if (c < " ") fail("a control character in a string")
        if (c != "\\") continue
        at++
        c = substr(text, at, 1)
        if (c == "u")
        {
            if (substr(text, at + 1, 4) !~ /^[0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]$/) fail("a bad \\u")
            at += 4
        }
        else if (c == "" || !index("\"\\/bfnrt", c)) fail("a bad escape")
    }
    at++
    return substr(text, start, at - 1 - start)
}

function object(path,    key, count)
{
    at++
    blanks()
    if (substr(text, at, 1) == "}") { at++; print path "={}"; return }
    for (;;)
    {
        blanks()
        if (substr(text, at, 1) != "\"") fail("a key is missing")
        key = string()
        if ((path, key) in seen) fail("the key " key " comes twice")
        seen[path, key] = 1
        blanks()
        if (substr(text, at++, 1) != ":") fail("a colon is missing")
        value(path "." key)
        blanks()
        if (substr(text, at, 1) == "}") { at++; return }
        if (substr(text, at++, 1) != ",") fail("a comma is missing")
    }
}

function array(path,    count)
{
    at++
    blanks()
    if (substr(text, at, 1) == "]") { at++; print path "=[]"; return }
    for (count = 0;; count++)
    {
        value(path "[" count "]")
        blanks()
        if (substr(text, at, 1) == "]") { at++; return }
        if (substr(text, at++, 1) != ",") fail("a comma is missing")
    }
}

function value(path,    c, rest)
{
    blanks()
    c = substr(text, at, 1)
    if (c == "{") object(path)
    else if (c == "[") array(path)
    else if (c == "\"") print path "=" string()
    else
    {
        rest = substr(text, at, 40)
        if (!match(rest, /^(true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?)/)) fail("no value")
        print path "=" substr(rest, 1, RLENGTH)
        at += RLENGTH
    }
}

{ text = text $0 "\n" }

END {
    if (failed) exit 1
    size = length(text)
    at = 1
    value("")
    blanks()
    if (at <= size) fail("something follows")
}
