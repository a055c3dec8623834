# What is made of exports.txt: awk -v arch=WHAT -f generate.awk exports.txt
#   arch=x86_64, arch=i686   the module definition file of that architecture
#   arch=header              rows of a C array (see tests/exports.c)
#   arch=status              docs/status.md
# POSIX awk; mawk will do.

function fail(text)
{
    print "exports.txt:" NR ": " text > "/dev/stderr"
    failed = 1
}

function ordinal(number)
{
    return number == "-" ? "" : " @" number
}

# "3u,4p" in words.
function outputs(list,    count, parts, i, text)
{
    if (list == "-" || list == "")
        return ""
    count = split(list, parts, ",")
    text = count == 1 ? "; argument " : "; arguments "
    for (i = 1; i <= count; i++)
        text = text (i > 1 ? ", " : "") (parts[i] + 0)
    return text (count == 1 ? " is cleared" : " are cleared")
}

BEGIN {
    answer["hr"] = "MAPI_E_NO_SUPPORT"
    answer["init"] = "MAPI_E_NO_SUPPORT, MAPI_E_NOT_INITIALIZED before MAPIInitialize"
    answer["idle"] = "1"
    answer["noclass"] = "CLASS_E_CLASSNOTAVAILABLE"
    answer["mapi"] = "MAPI_E_NOT_SUPPORTED (26)"
    answer["cmc"] = "CMC_E_NOT_SUPPORTED (21)"
    answer["null"] = "NULL"
    answer["zero"] = "0"
    answer["false"] = "FALSE"
    answer["true"] = "TRUE"
    answer["ft"] = "a FILETIME of 0"
    answer["void"] = "nothing"
    if (arch == "x86_64" || arch == "i686")
        print "EXPORTS"
    else if (arch == "header")
        print "/* Generated from def/exports.txt. */"
    else if (arch != "status")
    {
        print "generate.awk: arch is x86_64, i686, header or status" > "/dev/stderr"
        failed = 1
        exit 1
    }
}

/^#/ {
    if (documented)
        title = substr($0, 3)
    next
}

NF == 0 {
    documented = 1
    next
}

$1 == "alias" {
    if (!($3 in bytes))
        fail("alias of an unknown name " $3)
    if (arch == "x86_64")
        print "    \"" $2 "\" = " $3 ordinal($4)
    else if (arch == "i686")
        print "    \"" $2 "\" = " $3 "@" bytes[$3] ordinal($4)
    else if (arch == "header")
        printf "EXPORT_ALIAS(\"%s\", \"%s\", %d)\n", $2, $3, $4 + 0
    else
        rows[++total] = "| `" $2 "` | " bytes[$3] " | " ($4 == "-" ? "" : $4) " | the same as `" $3 "` | |"
    next
}

{
    if ($1 in bytes)
        fail($1 " is listed twice")
    if (NF != 6 && NF != 8)
        fail($1 " has " NF " columns")
    if ($6 != "done" && !($7 in answer))
        fail($1 " has no known answer")
    if ($2 != "cdecl" && $2 % 4 != 0)
        fail($1 " has odd argument bytes")
    bytes[$1] = $2
    private = $1 ~ /^Dll/ ? " PRIVATE" : ""

    if (arch == "x86_64")
    {
        print "    " $1 ordinal($4) private
        if ($2 != "cdecl")
            print "    \"" $1 "@" $2 "\" = " $1 ordinal($3) private
    }
    else if (arch == "i686")
    {
        if ($2 == "cdecl")
            print "    " $1 ordinal($4) private
        else
        {
            print "    " $1 "@" $2 ordinal($3) private
            print "    " $1 " = " $1 "@" $2 ordinal($4) private
        }
    }
    else if (arch == "header")
        printf("EXPORT_ENTRY(\"%s\", %d, %d, %d, \"%s\", \"%s\", \"%s\")\n", $1, ($2 == "cdecl" ? -1 : $2), $3 + 0,
                $4 + 0, $6, (NF > 6 ? $7 : ""), (NF > 6 && $8 != "-" ? $8 : ""))
    else
    {
        if (title != "")
        {
            rows[++total] = "\n## " toupper(substr(title, 1, 1)) substr(title, 2) "\n\n" \
                    "| name | bytes | ordinals | state | until then it answers |\n|---|---|---|---|---|"
            title = ""
        }
        numbers = ($3 == "-" ? "" : $3) ($3 != "-" && $4 != "-" ? ", " : "") ($4 == "-" ? "" : $4)
        rows[++total] = "| `" $1 "` | " $2 " | " numbers " | " ($6 == "done" ? "works" : "later: " $6) " | " \
                ($6 == "done" ? "" : answer[$7] outputs($8)) " |"
        if ($6 == "done")
            done++
        else
            later++
    }
}

END {
    if (arch == "status")
    {
        print "# What mapi32.dll exports and what works"
        print ""
        print "Generated from `def/exports.txt` by `def/generate.awk`; change it there."
        print ""
        print "Each name is exported plain and as `name@bytes` on both architectures; `cdecl` ones only plain. " done \
                " functions"
        print "work, " later " do not yet: they clear their outputs and answer with the failure in the last column, never with"
        print "success. Ordinals are given where Wine's and Microsoft's DLLs agree on one (decorated name, plain name)."
        for (i = 1; i <= total; i++)
            print rows[i]
    }
    exit failed
}
