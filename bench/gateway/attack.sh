#!/usr/bin/env bash
# What well-behaved callers notice of an attack on the gateway, and what it costs in memory: each attack in turn, a quiet
# time before every one; see bench/README.md.
#
#   bench/gateway/attack.sh [attack …]
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${ATTACK_ROUNDS:-3} seconds=${ATTACK_SECONDS:-8}
attacks=(idle slow-heads slow-bodies slow-readers oversized hostile-tokens malformed pipelined one-address ill-service parallel)
if [ $# -gt 0 ]; then attacks=("$@"); fi

# Cargo would take make's job server for its own.
unset MAKEFLAGS MFLAGS
deploy/scripts/need.sh compiler
if [ -z "${BENCH_BUILT:-}" ]; then deploy/scripts/build.sh --whole; fi
release=$(realpath "${CARGO_TARGET_DIR:-target}/release")

place=$(mktemp -d "${TMPDIR:-/tmp}/gateway-attack.XXXXXX")
children=()
stop() {
    for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$place"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Ports next to each other, and nobody else's.
base=$((RANDOM % 5000 + 22000))
upstream=$base attacked=$((base + 1)) gateway=$((base + 2))
"$release/gateway-tokens" "$place/keys" 2000 >"$place/tokens"
head -n 100 "$place/tokens" >"$place/callers"
tail -n +101 "$place/tokens" >"$place/attackers"

# Attackers call other services than the well-behaved: what is measured is what they do to the door. All of them would have
# machines of their own and never keep the gateway's processors from it. Here they share them, so the kernel lets the
# well-behaved and their service go first, then the gateway, and attackers and theirs get what is left. Where real-time
# priorities aren't allowed, niceness does it less well: a time slice of an attacker is some milliseconds long.
first=(chrt --fifo 2) second=(chrt --fifo 1)
if ! "${first[@]}" true 2>/dev/null; then
    first=(nice -n -15) second=()
    "${first[@]}" true 2>/dev/null || first=()
    echo "real-time priorities aren't allowed here: others' figures hold what they wait for attackers' time slices" >&2
fi
"${first[@]}" "$release/gateway-attack" upstream "$upstream" &
children+=($!)
nice -n 19 "$release/gateway-attack" upstream "$attacked" &
children+=($!)
issuers='[{"iss":"local","audience":"order-aftercare","algorithm":"RS256","roles":["member"],"jwks_file":"'$place'/keys/local-issuer.jwks.json"}]'
# The settings are those everybody has.
env GATEWAY_HOST=127.0.0.1 GATEWAY_PORT="$gateway" GATEWAY_LOG__FILTER=warn GATEWAY_ISSUERS="$issuers" \
    GATEWAY_IDENTITY__SECRET=0123456789012345678901234567890123456789 \
    GATEWAY_UPSTREAMS__MEMBER_URL="http://127.0.0.1:$attacked" GATEWAY_UPSTREAMS__CS_INQUIRY_URL="http://127.0.0.1:$attacked" \
    GATEWAY_UPSTREAMS__PROMOTION_URL="http://127.0.0.1:$upstream" GATEWAY_UPSTREAMS__CLAIM_URL="http://127.0.0.1:$attacked" \
    "${second[@]}" "$release/gateway" >"$place/gateway.log" 2>&1 &
children+=($!)
pid=$!
for port in "$upstream" "$attacked" "$gateway"; do
    for _ in $(seq 100); do
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then continue 2; fi
        sleep 0.1
    done
    cat "$place/gateway.log" >&2
    echo "attack: port $port does not answer" >&2
    exit 1
done

memory() { sed -n "s/^$1:[^0-9]*\([0-9]*\) kB/\1/p" "/proc/$pid/status"; }
callers() { "${first[@]}" "$release/gateway-attack" callers "127.0.0.1:$gateway" "$place/callers" "$1"; }

callers 3 >/dev/null
for ((round = 1; round <= rounds; round++)); do
    for attack in "${attacks[@]}"; do
        quiet=$(callers "$seconds")
        before=$(memory VmRSS)
        # The highest there was is reckoned anew from here on.
        echo 5 >"/proc/$pid/clear_refs"
        (
            renice -n 19 "$BASHPID" >/dev/null
            exec "$release/gateway-attack" "$attack" "127.0.0.1:$gateway" "$place/attackers" "$((seconds + 1))"
        ) >"$place/outcome" &
        attacker=$!
        children+=("$attacker")
        attacked=$(callers "$seconds")
        peak=$(memory VmHWM)
        wait "$attacker"
        sleep 3
        echo "$attack $quiet $attacked $before $peak $(memory VmRSS)" | tee -a "$place/figures" >&2
        sed "s/^/    /" "$place/outcome" >&2
        if [ "$round" -eq 1 ]; then sed "s/^/$attack: /" "$place/outcome" >>"$place/outcomes"; fi
    done
done

if ! kill -0 "$pid"; then
    cat "$place/gateway.log" >&2
    echo "attack: the gateway did not survive" >&2
    exit 1
fi

awk '
    function median(list,   values, count, i, j, swap) {
        count = split(list, values, " ")
        for (i = 1; i <= count; i++) for (j = i + 1; j <= count; j++)
            if (values[j] + 0 < values[i] + 0) { swap = values[i]; values[i] = values[j]; values[j] = swap }
        return values[int((count + 1) / 2)]
    }
    !($1 in failed) { order[++kinds] = $1 }
    {
        failed[$1] += $3 + $8
        q50[$1] = q50[$1] " " $4; q99[$1] = q99[$1] " " $5; a50[$1] = a50[$1] " " $9; a99[$1] = a99[$1] " " $10
        ratio[$1] = ratio[$1] " " $10 / $5
        before[$1] = before[$1] " " $12; peak[$1] = peak[$1] " " $13; after[$1] = after[$1] " " $14
    }
    END {
        print "| attack | quiet p50 ms | p99 ms | attacked p50 ms | p99 ms | p99, attacked to quiet | failed | MiB before | peak | after |"
        print "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
        for (i = 1; i <= kinds; i++) {
            who = order[i]
            printf "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %d | %d | %d | %d |\n", who, median(q50[who]) / 1000,
                median(q99[who]) / 1000, median(a50[who]) / 1000, median(a99[who]) / 1000, median(ratio[who]), failed[who],
                median(before[who]) / 1024, median(peak[who]) / 1024, median(after[who]) / 1024
        }
    }' "$place/figures"
echo
cat "$place/outcomes"
