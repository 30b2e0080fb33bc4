# Medians over the rounds, and ratios within a round, as a table. Lines: round, who, requests, microseconds, p50, p99,
# errors, nanoseconds of processor, name.
function median(values, count,   i, j, swap) {
    for (i = 1; i <= count; i++) for (j = i + 1; j <= count; j++)
        if (values[j] < values[i]) { swap = values[i]; values[i] = values[j]; values[j] = swap }
    return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
}
function middle(table, who, base,   round, values) {
    for (round = 1; round <= rounds; round++)
        values[round] = base < 0 ? table[round, who] : table[round, who] / table[round, base]
    return median(values, rounds)
}
# A column of a peer that takes part.
function beside(base, text) { return base < 0 ? "" : text }
!($2 in names) { order[++count] = $2 }
{
    names[$2] = $9
    for (i = 10; i <= NF; i++) names[$2] = names[$2] " " $i
    rate[$1, $2] = $3 / $4 * 1e6; p50[$1, $2] = $5 / 1000; p99[$1, $2] = $6 / 1000; errors[$2] += $7; cpu[$1, $2] = $8 / $3 / 1000
}
END {
    print "| | requests/s | p50 ms | p99 ms | CPU µs | requests/s of verifying | CPU of verifying |" \
        beside(plain, " CPU of plain |") beside(lua, " CPU of nginx-lua |") " errors |"
    print "|---|---:|---:|---:|---:|---:|---:|" beside(plain, "---:|") beside(lua, "---:|") "---:|"
    for (i = 1; i <= count; i++) {
        who = order[i]
        printf "| %s | %d | %.2f | %.2f | %.1f | %.2f | %.2f |", names[who], middle(rate, who, -1), middle(p50, who, -1),
            middle(p99, who, -1), middle(cpu, who, -1), middle(rate, who, verifying), middle(cpu, who, verifying)
        if (plain >= 0) printf " %.2f |", middle(cpu, who, plain)
        if (lua >= 0) printf " %.2f |", middle(cpu, who, lua)
        printf " %d |\n", errors[who]
    }
}
